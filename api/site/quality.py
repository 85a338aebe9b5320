"""How good a release is, weak places first: what the gate found, how far evidence goes, where documents disagree, what nobody has read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import NamedNode, RdfFormat, parse

from api.draw.bars import Bar, bars
from api.draw.drawing import Drawing
from api.kept import releases_of
from api.service import Service
from api.site.asking import ask_once
from api.site.reader import Entry, list_documents
from api.vocabulary import labels_of, vocabulary
from baligraph.passages import passages
from baligraph.prefixes import shrink
from baligraph.release import Release

JUDGES: Final = (
    ("shapes", "bps:", "whether each thing has what its class needs", "shapes"),
    ("checks", "check:", "whether things, tables and graphs agree with each other", ""),
    ("evidence", "evidence:", "whether each passage stands in the text of its document, word for word", ""),
    ("support", "support:", "whether each passage says what is said to be read from it", ""),
)
"""(name, how its rules begin, what it asks, where its rules can be read)."""

_SHOWN: Final = 100
_PASSAGES: Final = 3


@dataclass(frozen=True, slots=True)
class Judge:
    """What one judge of the gate found."""

    name: str
    asks: str
    href: str
    violations: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is wrong. `about` is its IRI, `name` what it is called."""

    severity: str
    rule: str
    about: str
    name: str
    message: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one property of one thing that disagree; `accepted` are those of the accepted view."""

    about: str
    name: str
    prop: str
    values: tuple[str, ...]
    accepted: tuple[str, ...]
    reason: str
    decided: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A document with the passages from which nothing was read: (place, words). None where its text may not be shown."""

    entry: Entry
    unread: tuple[tuple[int, str], ...] | None

    @property
    def first(self) -> tuple[tuple[int, str], ...]:
        """The first few of them."""
        return (self.unread or ())[:_PASSAGES]


@dataclass(frozen=True, slots=True)
class Row:
    """A release that is kept, by its own report."""

    id: str
    violations: int
    warnings: int
    conflicts: int
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Quality:
    """All that the page shows. `more` says how many findings of the gate are not shown."""

    conforms: bool
    judges: list[Judge]
    found: list[Found]
    more: int
    conflicts: list[Conflict]
    texts: list[Text]
    releases: list[Row]
    drawings: list[Drawing]

    @property
    def unread(self) -> int:
        """Passages of all documents from which nothing was read."""
        return sum(len(text.unread or ()) for text in self.texts)

    @property
    def this(self) -> Row:
        """The release that is served."""
        return self.releases[0]


async def read_quality(service: Service) -> Quality | None:
    """None where a plain file is served, which no gate has judged. Raises StoreError."""
    release = service.release
    if not isinstance(release, Release):
        return None
    report = report_of(release)
    others = [other for other in releases_of(service) if other.id != release.id]
    rows = [_row(release, report), *(_row(other, report_of(other)) for other in others)]
    given = sorted(report.get("rows", []), key=lambda row: (row["severity"], row["rule"], row["focus"]))
    found = await _found(service, given[:_SHOWN])
    judges = [
        Judge(name, asks, href, *(_number(given, start, severity) for severity in ("violation", "warning")))
        for name, start, asks, href in JUDGES
    ]
    conflicts = await _conflicts(service, report.get("conflicts", []))
    texts = await _texts(service, release)
    conforms = release.manifest["gate"].get("conforms") is True
    return Quality(conforms, judges, found, max(0, len(given) - _SHOWN), conflicts, texts, rows, _trend(rows))


def report_of(release: Release) -> dict[str, Any]:
    """The report of the gate, as it lies in the release; empty where there is none."""
    try:
        found = json.loads((release.path / "report.json").read_bytes())
    except OSError:  # an older release that was taken away meanwhile
        return {}
    return found if isinstance(found, dict) else {}


def _row(release: Release, report: Mapping[str, Any]) -> Row:
    return Row(
        release.id, report.get("violations", 0), report.get("warnings", 0), len(report.get("conflicts", [])), report.get("figures", {})
    )


def _number(rows: Iterable[Mapping[str, str]], start: str, severity: str) -> int:
    return sum(1 for row in rows if row["rule"].startswith(start) and row["severity"] == severity)


async def _found(service: Service, rows: Iterable[Mapping[str, str]]) -> list[Found]:
    rows = list(rows)
    names = await labels_of(service, {row["focus"] for row in rows})
    return [
        Found(
            row["severity"],
            row["rule"],
            row["focus"],
            names.get(row["focus"], shrink(row["focus"])),
            row.get("message", ""),
            row.get("sentence", ""),
        )
        for row in rows
    ]


async def _conflicts(service: Service, given: Iterable[Mapping[str, Any]]) -> list[Conflict]:
    given = list(given)
    terms = await vocabulary(service)
    read = {text: _term(text) for entry in given for text in (*entry["values"], *entry["accepted"])}
    things = {entry["subject"] for entry in given} | {term.value for term in read.values() if isinstance(term, NamedNode)}
    names = await labels_of(service, things)

    def told(text: str) -> str:
        term = read[text]
        return names.get(term.value) or terms.label(term.value) if isinstance(term, NamedNode) else term

    found = [
        Conflict(
            entry["subject"],
            names.get(entry["subject"], shrink(entry["subject"])),
            terms.label(entry["property"]),
            tuple(map(told, entry["values"])),
            tuple(map(told, entry["accepted"])),
            entry["reason"],
            bool(entry["decided"]),
        )
        for entry in given
    ]
    return sorted(found, key=lambda conflict: conflict.decided)


def _term(written: str) -> NamedNode | str:
    """A term as N-Triples write it: an IRI, or the words of a literal."""
    try:
        (quad,) = parse(f"<urn:x> <urn:x> {written} .", format=RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError):
        return written
    return quad.object if isinstance(quad.object, NamedNode) else quad.object.value


async def _texts(service: Service, release: Release) -> list[Text]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in await ask_once(service, "documents-passages"):
        spans.setdefault(row["document"].value, []).append((int(row["start"].value), int(row["end"].value)))
    return [Text(entry, _unread(release, entry.slug, spans.get(entry.iri, []))) for entry in await list_documents(service)]


def _unread(release: Release, slug: str, quoted: list[tuple[int, int]]) -> tuple[tuple[int, str], ...] | None:
    try:
        text = release.text(slug)
    except KeyError:
        return None
    return tuple((p.start, text[p.start : p.end].strip()) for p in passages(text, quoted, {}) if not p.read and not p.aside)


def _trend(rows: list[Row]) -> list[Drawing]:
    """Warnings and conflicts by release, the oldest first; nothing to draw of one release."""
    if len(rows) < 2:
        return []
    items = [Bar(row.id, (float(row.warnings), float(row.conflicts))) for row in reversed(rows)]
    description = f"{len(rows)} releases, the oldest first, with the warnings of the gate and the facts on which documents disagree."
    return [bars("Warnings and conflicts by release", description, "Release", ["warnings", "conflicts"], items, ["c2", "c4"])]
