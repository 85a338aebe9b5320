"""What the reference tables hold, as typed records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from baligraph.tables import Row
from ingest.findings import Ref
from ingest.phrases import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every named thing of the tables has. `row` is its place in the table, for errors and bp:sourceRow."""

    ref: Ref
    label: str
    sources: tuple[str, ...]
    checked: dt.date | None
    note: str
    row: Row
    type: str = ""
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    generic: bool = False
    area: Ref | None = None

    @property
    def kind(self) -> str:
        return self.ref.partition(":")[0]

    @property
    def key(self) -> str:
        return self.ref.partition(":")[2]

    @property
    def source_row(self) -> str:
        """`corpus/reference/areas.csv#mys`"""
        return f"{self.row.file}#{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Entry):
    """A state, or a territory that takes part under its own name. Codes are strings: "036"."""

    iso2: str
    iso3: str
    m49: str
    region: str
    subregion: str
    eu_authority: str
    wikidata: str
    wikidata_match: str
    pacific_island: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Entry):
    geonames: str
    lat: float | None
    long: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Entry):
    wikidata: str
    wikidata_match: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Government(Entry):
    """A ministry, agency or unit; `parent` is the one that it is a part of."""

    parent: Ref | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Entry):
    """A body of the process, or (type process, ref `process:…`) a process. `established` is EDTF."""

    process: Ref | None
    established: str
    basis: str
    coordination: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Entry):
    """`generic` marks a kind of instrument ("national action plans"), which is no individual one. `published` is EDTF."""

    process: Ref | None
    published: str
    publishers: tuple[Ref, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Entry):
    """A series of meetings; `type` is the class of its meetings, `body` the body that holds them."""

    process: Ref | None
    body: Ref | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    key: str
    member: Ref
    organisation: Ref
    status: str
    since: str
    attested: dt.date | None
    sources: tuple[str, ...]
    checked: dt.date | None
    note: str
    row: Row

    @property
    def source_row(self) -> str:
        return f"{self.row.file}#{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """A row of documents.csv. `rights` is "full text" or "quote only" (then the text itself is never published)."""

    slug: str
    title: str
    language: str
    source: str
    retrieved: dt.date | None
    sha256: str
    rights: str
    row: Row

    @property
    def source_row(self) -> str:
        return f"{self.row.file}#{self.slug}"


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing and the names by which texts call it.

    `label` and `aliases` are compared without case, `acronyms` and `adjectives` as they stand, all as whole words. `aliases` also has
    "Name (ACRONYM)" for each acronym, and the phrases that are whole names (which several entities may share).
    """

    ref: Ref
    kind: str
    label: str
    aliases: tuple[str, ...]
    acronyms: tuple[str, ...]
    adjectives: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    generic: bool
    area: Ref | None


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Reference:
    """All reference tables. `entries` has every named thing by its ref, in the order of tables and rows."""

    entries: Mapping[Ref, Entry]
    members: tuple[Membership, ...]
    documents: Mapping[str, DocumentRecord]
    corpus: Path

    def entities(self, kinds: Collection[str] | None = None) -> Iterator[Entity]:
        """The entities, or those of `kinds` ("area", "place", "org", "gov", "body", "process", "instrument", "person", "series", "event",
        "group")."""
        for entry in self.entries.values():
            if kinds is None or entry.kind in kinds:
                yield entity(entry)

    def of(self, kind: type[E]) -> Iterator[E]:
        """The entries of one class: `reference.of(Area)`."""
        return (entry for entry in self.entries.values() if isinstance(entry, kind))

    def country_of(self) -> dict[Ref, Ref]:
        """Each place with its area."""
        return {place.ref: place.area for place in self.of(Place) if place.area}


def entity(entry: Entry) -> Entity:
    """The names of an entry, with those that follow from them."""
    names = (entry.label, *entry.aliases)
    both = [f"{name} ({acronym})" for acronym in entry.acronyms for name in names if not name.endswith(")")]
    whole = [phrase.name for phrase in entry.phrases if phrase.whole]
    aliases = dict.fromkeys([*entry.aliases, *both, *whole])
    return Entity(
        entry.ref,
        entry.kind,
        entry.label,
        tuple(aliases),
        entry.acronyms,
        entry.adjectives,
        tuple(phrase for phrase in entry.phrases if not phrase.whole),
        entry.generic,
        entry.area,
    )
