"""Documents in, a release out.

    build() -> BuildResult

Exit codes: 0 published whole; 2 published although some documents could not be read (they are named); 1 not published (the corpus is
wrong, the release does not conform, or it could not be written): then the old release keeps serving.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

from rich.console import Console

from baligraph import data, iris
from baligraph.errors import BaligraphError, GateError, ReleaseError
from baligraph.gate import GateReport
from baligraph.release import Release
from baligraph.release_writer import Draft, write_release
from baligraph.settings import Settings
from baligraph.withdrawn import mark
from ingest.cache import ReadingCache, context_digest, extractor_version
from ingest.cluster import read_on
from ingest.context import reading_context
from ingest.contribution import TextInput
from ingest.curation import Curation, load_curation
from ingest.extract import GENERAL, UNKNOWN_GENRE
from ingest.findings import Reading
from ingest.frame import Frame, load_frame
from ingest.gather import Documents, Problem, gather
from ingest.parts.documents import Inputs
from ingest.parts.memo import Memo
from ingest.parts.readings import Kept
from ingest.parts.whole import Whole, make
from ingest.parts.work import cores
from ingest.readers import read_all
from ingest.reference import Reference, load_reference
from ingest.steps import Steps
from ingest.trial import Trial

RELEASES: Final = Path("build/releases")


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
    dask: str | None = None,
    settings: Settings | None = None,
    console: Console | None = None,
) -> BuildResult:
    """Build and publish a release below `out`, from the corpus and the files in the folders `documents`; `settings` has their limits.

    `cache` keeps what was read and judged (None: nothing is kept), `processes` work in parallel (None: as many as the machine has), and
    where `dask` is the address of a Dask scheduler, its workers read the documents. Progress is shown where `console` is a terminal.
    Errors of the corpus, of the gate and of writing are in the result, not raised.
    """
    steps = Steps(console)
    result = BuildResult(exit_code=1, timings=steps.timings)
    try:
        _prepare(out)
        with steps.shown():
            _build(corpus or data.corpus(), documents, out, cache, processes, dask, settings, steps, result)
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
    dask: str | None,
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
    texts = {text.slug: text for text in found.texts}
    workers = processes or cores()
    with ExitStack() as after:
        folder = cache or Path(after.enter_context(TemporaryDirectory(prefix="baligraph-")))
        with steps("reading", len(texts)):
            context = reading_context(reference)
            kept = ReadingCache(folder, context_digest(corpus))
            readers = (
                partial(read_on, dask, reference=reference, kept=kept)
                if dask
                else partial(read_all, context=context, processes=workers, kept=kept)
            )
            general = _read(found.texts, readers, kept, steps, problems)
        readings = Kept(kept, texts, context)
        day = newest(reference, curation, found)
        trial = Trial({slug: text for slug, text in texts.items() if slug in general})
        memo = Memo(folder / "made.sqlite")
        after.callback(memo.close)
        with steps("parts"):
            made = make(Inputs(readings, trial.texts, frame, day, trial.refused), memo, workers, trial.mends)
        result.report = made.report
        problems += [Problem(slug, f"{slug}: {UNKNOWN_GENRE}", blocking=False) for slug, unknown in general.items() if unknown]
        problems += trial.problems()
        problems += [Problem(why.partition("#")[0], why, blocking=False) for why in made.idle]
        problems += [Problem(slug, f"{slug}: {why}") for slug, why in made.failed.items()]
        result.problems = tuple(sorted(problems))
        result.counts = made.counts
        with steps("writing"):
            try:
                result.release = write_release(out, _draft(made, trial.texts, frame, day, result), keep=(settings or Settings()).keep)
            except GateError as error:
                raise GateError(f"{error} ({sum(r.severity == 'violation' for r in made.report.rows)} violations)") from None
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
    readers: Callable[[Sequence[TextInput]], Iterator[tuple[TextInput, Reading | str]]],
    kept: ReadingCache,
    steps: Steps,
    problems: list[Problem],
) -> dict[str, bool]:
    """See that the reading of each text is in the cache, where `readers` keep it: whether it is of no known genre, by slug.

    A document that can't be read is a problem, and the others go on.
    """
    found: dict[str, bool] = {}
    fresh: list[TextInput] = []
    for text in texts:
        genre = kept.genre(text.slug, text.sha256)
        if genre is None:
            fresh.append(text)
        else:
            found[text.slug] = genre == GENERAL
            steps.advance()
    for text, outcome in readers(fresh):
        steps.advance()
        if isinstance(outcome, Reading):
            found[text.slug] = outcome.genre == GENERAL
        else:
            problems.append(Problem(text.slug, f"{text.slug}: could not be read ({outcome}); the other documents are not touched"))
    return found


# --- the release -----------------------------------------------------------------------------------------------------------------------


def _draft(made: Whole, texts: Mapping[str, TextInput], frame: Frame, day: dt.date, result: BuildResult) -> Draft:
    verdict = made.report
    summary = verdict.as_json()
    return Draft(
        date=day,
        quads=made.blocks(),
        texts={slug: text.text for slug, text in texts.items() if text.public},
        report_turtle=verdict.turtle,
        report=summary | _quality(made, result.problems),
        findings=made.table(),
        gate={key: summary[key] for key in ("conforms", "violations", "warnings")},
        about={
            "versions": {"extractor": extractor_version(), "ontology": _digest("ontology"), "shapes": _digest("shapes")},
            "counts": dict(result.counts),
            "inferred": dict(made.inferred),
            "sources": [_source(text, frame.reference) for text in texts.values()],
            "withdrawn": sorted(mark(iris.id_iri(person)) for person in frame.curation.redacted),
        },
    )


def _quality(made: Whole, problems: Sequence[Problem]) -> dict[str, Any]:
    """Figures of the report that are no matter of conformance. Files go by their names: a release must not tell where it was built."""
    return {
        "problems": [
            {"file": Path(p.file).name, "message": p.message.replace(str(Path(p.file).parent) + "/", ""), "blocking": p.blocking}
            for p in problems
        ],
        "conflicts": made.conflicts,
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
