"""Proposes rows of `corpus/curation/registry.csv` for meetings that have a provisional IRI. A person accepts them, or does not."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from baligraph.errors import InputError
from baligraph.iris import meeting_key
from baligraph.settings import Settings
from baligraph.tables import read_table, read_text
from ingest.context import reading_context
from ingest.curation import COLUMNS, load_curation
from ingest.curation_quads import registered
from ingest.extract import read_document
from ingest.findings import Fact, Reading, Ref
from ingest.gather import gather
from ingest.meetings import Profile
from ingest.reference import load_reference
from ingest.resolve import Resolution, resolve

_FILE: Final = "corpus/curation/registry.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A row to be accepted: the columns of the registry but for who, when and why. `provisional` is the key that it replaces."""

    key: str
    kind: str
    series: str
    ordinal: str
    edtf: str
    start: str
    end: str
    place: str
    area: str
    title: str
    document: str
    provisional: str


def propose(resolution: Resolution, readings: Iterable[Reading], taken: Collection[str]) -> list[Proposal]:
    """A row for each provisional meeting, in the order of their dates; `taken` are the keys that the registry has already."""
    titles = _titles(resolution, readings)
    used = set(taken)
    found: list[Proposal] = []
    ordered = sorted(resolution.provisional.items(), key=lambda x: (_dates(x[1]) or (dt.date.max, dt.date.max), x[1].kind, x[0]))
    for key, profile in ordered:
        row = _proposal(key, profile, titles.get(key, ""), resolution.first_document[key], used)
        used.add(row.key)
        found.append(row)
    return found


def kind_slug(kind: str) -> str:
    """The kind in a key: `MinisterialConference` → `ministerial-conference`; `meeting` where a text names none."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind).lower()


def edtf_of(start: dt.date, end: dt.date) -> str:
    """The shortest EDTF of closed bounds: 2002-02-01 to 2002-02-28 is 2002-02."""
    if start == end:
        return start.isoformat()
    after = end + dt.timedelta(days=1)
    if start.day == 1 and after.day == 1:
        if (start.year, start.month) == (end.year, end.month):
            return f"{start:%Y-%m}"
        if (start.month, end.month) == (1, 12) and start.year == end.year:
            return f"{start.year:04}"
        return f"{start:%Y-%m}/{end:%Y-%m}"
    return f"{start.isoformat()}/{end.isoformat()}"


def _proposal(provisional: str, profile: Profile, title: str, document: str, used: Collection[str]) -> Proposal:
    place, series = _one(profile.places), _one(profile.series)
    area = "" if place else _one(profile.areas)  # the table of places has the area of a place
    dates = _dates(profile)
    edtf = edtf_of(*dates) if dates else ""
    base = meeting_key(edtf.partition("/")[0] or "undated", place or area or None, kind_slug(profile.kind))
    key, n = base, 1
    while key in used:
        n += 1
        key = f"{base}-{n}"
    return Proposal(
        key=key,
        kind=profile.kind,
        series=series,
        ordinal=str(min(profile.ordinals)) if len(profile.ordinals) == 1 else "",
        edtf=edtf,
        start=dates[0].isoformat() if dates else "",
        end=dates[1].isoformat() if dates else "",
        place=place,
        area=area,
        title=title,
        document=document,
        provisional=provisional,
    )


def _dates(profile: Profile) -> tuple[dt.date, dt.date] | None:
    """The finest of the dates."""
    return min(profile.dates, key=lambda d: (d[1] - d[0], d), default=None)


def _one(refs: frozenset[Ref]) -> str:
    """The key of the only ref, or nothing where there are several: a row says only what is sure."""
    return next(iter(refs)).partition(":")[2] if len(refs) == 1 else ""


def _titles(resolution: Resolution, readings: Iterable[Reading]) -> Mapping[str, str]:
    """The label that the first document gives to each meeting."""
    found: dict[str, str] = {}
    for reading in sorted(readings, key=lambda r: r.slug):
        for fact in reading.of(Fact):
            kind, _, meeting = fact.subject.partition(":")
            if kind == "meeting" and fact.property == "rdfs:label":
                key = resolution.keys.get((reading.slug, meeting))
                if key is not None:
                    found.setdefault(key, str(fact.value))
    return found


def open_proposals(
    corpus: Path | None = None, folders: Sequence[Path] = (), settings: Settings | None = None, cache: Path | None = None
) -> list[Proposal]:
    """The rows that the registry lacks for the documents of the corpus and of `folders`. Raises InputError as a build does."""
    reference = load_reference(corpus)
    curation = load_curation(reference)
    texts = gather(reference, folders, settings, cache).texts
    context = reading_context(reference)
    readings = [read_document(t.slug, t.text, context) for t in texts]
    rows = registered(curation, reference)
    resolution = resolve(readings, {t.slug: t.sha256 for t in texts}, rows, merges=curation.merged(), country_of=reference.country_of())
    return propose(resolution, readings, {row.key for row in rows})


def accept(registry: Path, rows: Sequence[Proposal], *, who: str, when: dt.date, why: str) -> None:
    """Add proposed rows to the registry `corpus/curation/registry.csv` as the decision of a person. Rows are only ever added.

    Raises InputError for what the next build would refuse: a document that is not registered, a `who` or `why` that says too little. The
    table is then as it was.
    """
    known = load_reference(registry.parents[1]).documents
    for slug in sorted({row.document for row in rows} - known.keys()):
        raise InputError(slug, "is no document of corpus/documents.csv", "Register the document first: only then can its meetings be.")
    decision = {"who": who, "when": when.isoformat(), "why": why}
    text = read_text(registry, _FILE)
    added = io.StringIO()
    columns = next(csv.reader(text.splitlines()), [])
    csv.DictWriter(added, columns, extrasaction="ignore", lineterminator="\n").writerows([asdict(row) | decision for row in rows])
    draft = registry.with_name(f"{registry.name}.new")
    draft.write_text(text + "\n" * (not text.endswith("\n")) + added.getvalue(), encoding="utf-8", newline="")
    try:
        read_table(draft, COLUMNS["registry"], file=_FILE)
        draft.replace(registry)  # whole or not at all
    finally:
        draft.unlink(missing_ok=True)
