"""Documents in, a release out.

    build() -> BuildResult

Exit codes: 0 published whole; 2 published although some documents could not be read (they are named); 1 not published (the corpus is
wrong, the release does not conform, or it could not be written): then the old release keeps serving.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import astuple, dataclass, field, fields
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, Literal

from rich.console import Console

from baligraph import data, iris
from baligraph.confined import die_with
from baligraph.errors import BaligraphError, GateError, ReleaseError
from baligraph.gate import GateReport, check
from baligraph.release import Draft, Release, write_release
from baligraph.settings import Settings
from baligraph.withdrawn import mark
from ingest.assemble import Assembled, Frame, lines, load_frame
from ingest.cache import ReadingCache, context_digest, extractor_version
from ingest.context import reading_context
from ingest.contribution import FindingRow, TextInput
from ingest.curation import Curation, load_curation
from ingest.document import ReadingContext
from ingest.extract import GENERAL, UNKNOWN_GENRE, read_document
from ingest.findings import Reading
from ingest.gather import Documents, Problem, gather
from ingest.reference import Reference, load_reference
from ingest.statistics import count
from ingest.steps import Steps
from ingest.trial import Trial

RELEASES: Final = Path("build/releases")
_FEW: Final = 8  # documents that are read sooner than processes are started


@dataclass(slots=True)
class BuildResult:
    """What a build did. `timings` are seconds per step, `report` the verdict of the gate where it came that far."""

    exit_code: Literal[0, 1, 2]
    release: Release | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    report: GateReport | None = None
    error: str = ""


def build(
    *,
    corpus: Path | None = None,
    documents: Sequence[Path] = (),
    out: Path = RELEASES,
    cache: Path | None = None,
    processes: int | None = None,
    settings: Settings | None = None,
    console: Console | None = None,
) -> BuildResult:
    """Build and publish a release below `out`, from the corpus and the files in the folders `documents`; `settings` has their limits.

    `cache` keeps what was read (None: nothing is kept), `processes` read in parallel (None: as many as the machine has). Progress is
    shown where `console` is a terminal. Errors of the corpus, of the gate and of writing are in the result, not raised.
    """
    steps = Steps(console)
    result = BuildResult(exit_code=1, timings=steps.timings)
    try:
        _prepare(out)
        with steps.shown():
            _build(corpus or data.corpus(), documents, out, cache, processes, settings, steps, result)
    except BaligraphError as error:
        result.error = str(error)
    return result


def _prepare(out: Path) -> None:
    """Make the folder of releases, so that a wrong one is told before the documents are read. Raises ReleaseError."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        reason = "" if os.access(out, os.W_OK | os.X_OK) else "can't be written"
    except OSError as error:
        reason = "is no folder" if out.exists() else f"can't be made: {error.strerror}"
    if reason:
        raise ReleaseError(f"{out}: {reason}. Name a folder that can be written with --out.")


def _build(
    corpus: Path,
    folders: Sequence[Path],
    out: Path,
    cache: Path | None,
    processes: int | None,
    settings: Settings | None,
    steps: Steps,
    result: BuildResult,
) -> None:
    with steps("tables"):
        reference = load_reference(corpus)
        curation = load_curation(reference)
    with steps("files"):
        found = gather(reference, folders, settings or Settings(), cache)
        frame = load_frame(reference, curation, found.texts)
    problems = list(found.problems)
    result.problems = tuple(problems)
    with steps("reading", len(found.texts)):
        kept = ReadingCache(cache, context_digest(corpus))
        readings = list(_read(found.texts, reading_context(reference), kept, processes, steps, problems))
    day = newest(reference, curation, found)
    trial = Trial({text.slug: text for text in found.texts})
    while True:
        with steps("graph"):
            made = trial.supported(readings, frame, day)
        with steps("lines"):
            quads = lines(made.store)
        with steps("gate"):
            result.report = check(quads, {slug: text.text for slug, text in trial.texts.items()})
        if not trial.mends(result.report, made.store):
            break
    problems += [Problem(r.slug, f"{r.slug}: {UNKNOWN_GENRE}", blocking=False) for r in readings if r.genre == GENERAL]
    problems += trial.problems()
    problems += [Problem(why.partition("#")[0], why, blocking=False) for why in made.idle]
    problems += [Problem(slug, f"{slug}: {why}") for slug, why in made.failed.items()]
    result.problems = tuple(sorted(problems))
    result.counts = count(made.store)
    with steps("writing"):
        try:
            result.release = write_release(out, _draft(made, trial.texts, quads, frame, day, result))
        except GateError as error:
            raise GateError(f"{error} ({sum(r.severity == 'violation' for r in result.report.rows)} violations)") from None
    result.exit_code = 2 if any(p.blocking for p in problems) else 0


def newest(reference: Reference, curation: Curation, documents: Documents) -> dt.date:
    """The newest date that the inputs name: that of the release, whenever it is built."""
    tables = (getattr(curation, table.name) for table in fields(curation))
    dates = [entry.checked for entry in reference.entries.values()] + [member.checked for member in reference.members]
    dates += [decision.when for table in tables for decision in table]
    return max((d for d in (*dates, documents.newest) if d is not None), default=dt.date(2002, 2, 26))  # the First Conference


# --- reading ---------------------------------------------------------------------------------------------------------------------------


def _read(
    texts: Sequence[TextInput],
    context: ReadingContext,
    kept: ReadingCache,
    processes: int | None,
    steps: Steps,
    problems: list[Problem],
) -> Iterator[Reading]:
    """Each text's reading, from the cache where it is there; a document that can't be read is a problem, and the others go on."""
    fresh: list[TextInput] = []
    for text in texts:
        reading = kept.get(text.slug, text.sha256)
        if reading is None:
            fresh.append(text)
        else:
            steps.advance()
            yield reading
    for text, outcome in _outcomes(fresh, context, processes or len(os.sched_getaffinity(0))):
        steps.advance()
        if isinstance(outcome, Reading):
            kept.put(outcome, text.sha256)
            yield outcome
        else:
            problems.append(Problem(text.slug, f"{text.slug}: could not be read ({outcome}); the other documents are not touched"))


def _outcomes(texts: Sequence[TextInput], context: ReadingContext, processes: int) -> Iterator[tuple[TextInput, Reading | str]]:
    if len(texts) <= _FEW or processes < 2:
        for text in texts:
            yield text, _read_one(text, context)
        return
    # forked workers inherit the context: it would take longer to send than to read by it
    _Worker.context = context
    ended: list[TextInput] = []
    with _pool(min(processes, len(texts))) as pool:
        futures = [(text, pool.submit(_read_here, text)) for text in texts]
        for text, future in futures:
            outcome = _result(future)
            if outcome is None:
                ended.append(text)
            else:
                yield text, outcome
    for text in ended:  # one of them ended its process, and with it the pool: each gets one of its own
        with _pool(1) as pool:
            yield text, _result(pool.submit(_read_here, text)) or "the process that read it was ended"


def _pool(processes: int) -> ProcessPoolExecutor:
    """Forked readers, which end with this process even where it is killed."""
    return ProcessPoolExecutor(processes, mp_context=get_context("fork"), initializer=die_with, initargs=(os.getpid(),))


class _Worker:
    context: ReadingContext


def _read_here(text: TextInput) -> Reading | str:
    return _read_one(text, _Worker.context)


def _read_one(text: TextInput, context: ReadingContext) -> Reading | str:
    try:
        return read_document(text.slug, text.text, context)
    except Exception as error:  # one document's trouble, whatever it is, must not stop the others
        return f"{type(error).__name__}: {error}"


def _result(future: Future[Reading | str]) -> Reading | str | None:
    try:
        return future.result()
    except BrokenProcessPool:
        return None


# --- the release -----------------------------------------------------------------------------------------------------------------------


def _draft(made: Assembled, texts: Mapping[str, TextInput], quads: list[str], frame: Frame, day: dt.date, result: BuildResult) -> Draft:
    verdict = result.report
    assert verdict is not None  # noqa: S101  # the gate runs before anything is written
    summary = verdict.as_json()
    return Draft(
        date=day,
        quads=quads,
        texts={slug: text.text for slug, text in texts.items() if text.public},
        report_turtle=verdict.turtle,
        report=summary | _quality(made, result.problems),
        findings=[FindingRow.__slots__, *(astuple(row) for row in sorted(made.rows, key=lambda r: (r.document, r.id)))],
        gate={key: summary[key] for key in ("conforms", "violations", "warnings")},
        about={
            "versions": {"extractor": extractor_version(), "ontology": _digest("ontology"), "shapes": _digest("shapes")},
            "counts": dict(result.counts),
            "inferred": dict(made.inferred),
            "sources": [_source(text, frame.reference) for text in texts.values()],
            "withdrawn": sorted(mark(iris.id_iri(person)) for person in frame.curation.redacted),
        },
    )


def _quality(made: Assembled, problems: Sequence[Problem]) -> dict[str, Any]:
    """Figures of the report that are no matter of conformance. Files go by their names: a release must not tell where it was built."""
    return {
        "problems": [
            {"file": Path(p.file).name, "message": p.message.replace(str(Path(p.file).parent) + "/", ""), "blocking": p.blocking}
            for p in problems
        ],
        "conflicts": [c.as_json() for c in made.accepted.conflicts],
        "meetings": [
            {"document": r.slug, "found": r.found, "key": r.key, "rule": r.rule, "note": r.note} for r in made.resolution.resolved
        ],
    }


def _source(text: TextInput, reference: Reference) -> dict[str, Any]:
    record = reference.documents.get(text.slug)
    return {
        "slug": text.slug,
        "sha256": text.sha256,
        "original": {"sha256": text.file.sha256, "format": text.file.format, "extracted_by": text.file.library},
        "registered": text.registered,
        "source": record.source if record else "",
        "rights": record.rights if record else "",
    }


def _digest(folder: str) -> str:
    """The hash of a data folder: which ontology, which shapes."""
    root = data.root() / folder
    found = hashlib.sha256()
    for path in sorted(root.rglob("*.ttl")):
        found.update(path.relative_to(root).as_posix().encode() + b"\n" + path.read_bytes())
    return found.hexdigest()[:12]
