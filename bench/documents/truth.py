"""What a document truly says, in the shape of the annotations by hand (`bali-gold/1`); `ref` names a thing as the reference tables do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from bench.documents.draw import Draw, Party, Person
from ingest.reference import Area, Place

TABLES = (
    "meetings",
    "mentioned_meetings",
    "attendances",
    "other_roles",
    "not_attendance",
    "people",
    "bodies",
    "instruments",
    "commitments",
    "facts",
    "traps",
)
Record = dict[str, Any]


@dataclass(slots=True)
class Written:
    """A document: its text, and the records that it truly holds. `quote` in a record stands in the text, but for line breaks."""

    slug: str
    genre: str
    text: str = ""
    tables: dict[str, list[Record]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def record(self) -> Record:
        """The entry of the document itself."""
        return {
            "doc_id": self.slug,
            "slug": self.slug,
            "file": f"{self.slug}.txt",
            "genre": self.genre,
            "kind": self.genre,
            "annotated": True,
        }

    def add(self, table: str, **record: Any) -> Record:
        self.tables[table].append({"doc_id": self.slug, **record})
        return self.tables[table][-1]

    def meeting(
        self,
        kind: str,
        title: str,
        start: dt.date,
        end: dt.date,
        place: Place,
        draw: Draw,
        *,
        quote: str,
        precision: str = "day",
        ordinal: int | None = None,
    ) -> Record:
        """A meeting that the document reports."""
        length = 7 if precision == "month" else 10
        return self.add(
            "meetings",
            id=f"{self.slug}-M{len(self.tables['meetings']) + 1}",
            status="reported",
            title=title,
            kind=kind,
            start=str(start)[:length],
            end=str(end)[:length],
            precision=precision,
            ordinal=ordinal,
            city=place.label,
            country=draw.country(place).iso2,
            place_basis="stated",
            ref=place.ref,
            hosts=[],
            co_hosts=[],
            organiser_group=None,
            quote=quote,
        )

    def implied(self) -> None:
        """A meeting that the document implies without name, day or place: a node of it is right, and no days or places are."""
        nothing = dict.fromkeys(["title", "start", "end", "precision", "city", "country"])
        self.add(
            "meetings", id=f"{self.slug}-M1", status="implicit", kind="workshop", place_basis="absent", hosts=[], co_hosts=[], **nothing
        )

    def attended(self, meeting: Record, parties: list[Party], role: str = "participant") -> None:
        """Who took part, or observed."""
        for party in parties:
            surface = party.written.removeprefix("the ")  # which a sentence may begin with
            area = party.entry if isinstance(party.entry, Area) else None
            self.add(
                "attendances",
                meeting_id=meeting["id"],
                surface=surface,
                party=area.iso2 if area else party.entry.acronyms[0],
                party_type="state" if area else "organisation",
                role=role,
                ref=party.entry.ref,
                quote=surface,
            )

    def person(self, meeting: Record, person: Person, role: str) -> None:
        """A person with a role in a meeting."""
        self.add(
            "people",
            meeting_id=meeting["id"],
            name=person.name,
            office=person.office,
            country=person.area.iso2,
            roles=[role],
            quote=person.name,
        )

    def provision(self, text: str, strength: str, *, number: str | None = None, strict: bool = True) -> None:
        """A provision, or (not `strict`) what only is noted or welcomed. A number of one's own is one that the text prints."""
        name = f"{self.slug}-C{len(self.tables['commitments']) + 1}"
        said = {"number": number, "text": text, "strength": strength}
        self.add("commitments", id=name, **said, strict=strict, optional=not strict, quote=text)
