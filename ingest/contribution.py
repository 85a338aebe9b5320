"""What one document contributes to a release, and the text that it was read from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from pyoxigraph import NamedNode, Quad

from ingest.nodes import Object, Spo, bp, concept, date, literal

DATE_GROUP: Final = ("dateText", "edtf", "earliestStart", "latestEnd", "datePrecision")


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a text comes from: its hash and format, and the library that extracted the text (empty: the text is the file)."""

    sha256: str
    format: str
    library: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextInput:
    """The text that a reading's spans point into.

    `registered` is False where `documents.csv` has no row for it; `public` where the text itself may be published. `pages` says from which
    offset the text stands on which page. Where there is no `original`, the text itself is the file.
    """

    slug: str
    text: str
    registered: bool = True
    language: str = "en"
    title: str = ""
    public: bool = True
    original: Original | None = None
    pages: tuple[tuple[int, int], ...] = ()

    @property
    def file(self) -> Original:
        return self.original or Original(self.sha256, "text")

    @property
    def sha256(self) -> str:
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Dated:
    """One date that a graph gives to a subject: what the accepted view weighs as a whole, never value by value."""

    subject: NamedNode
    graph: NamedNode
    written: str
    edtf: str
    start: dt.date
    end: dt.date
    precision: str

    def triples(self) -> list[Spo]:
        """The five triples of the date, in the order of DATE_GROUP."""
        values: tuple[Object, ...] = (
            literal(self.written),
            literal(self.edtf),
            date(self.start),
            date(self.end),
            concept("precision", self.precision),
        )
        return [(self.subject, bp(name), value) for name, value in zip(DATE_GROUP, values, strict=True)]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A row of findings.csv: what became of one finding, and why.

    The words that carry it stand in the stored text from `start` to `end`, the quote from `quote_start`; `rule` is the one that read it.
    """

    id: str
    kind: str
    document: str
    paragraph: str
    written: str
    quote: str
    status: str
    reason: str
    rule: str
    start: int
    end: int
    quote_start: int


@dataclass(slots=True)
class DocumentQuads:
    """All that one document contributes to a release. `reported` are the meetings that it gives an account of."""

    slug: str
    asserted: list[Quad]
    evidence: list[Quad]
    meta: list[Quad]
    dates: list[Dated] = field(default_factory=list)
    reported: frozenset[NamedNode] = frozenset()
    rows: list[FindingRow] = field(default_factory=list)
    claims: dict[str, Spo] = field(default_factory=dict)  # IRI of a claim → its triple
