"""What a reader knows before it opens a document: the names of the reference tables and the words of the concept schemes."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.document import ReadingContext
from ingest.findings import Ref
from ingest.gazetteer import Gazetteer
from ingest.lexicon import Lexicon
from ingest.reference import Body, Reference, Series
from ingest.terms import Terms


@dataclass(frozen=True, slots=True)
class _Government:
    """The government of a state, named by the adjective: "the Indonesian Government", "the Royal Thai Government"."""

    ref: Ref
    adjectives: tuple[str, ...]
    acronyms: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.adjectives[0]} Government"

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(f"{royal}{word} Government" for word in self.adjectives for royal in ("", "Royal "))


def reading_context(reference: Reference) -> ReadingContext:
    """The context that these tables and the project's own concept schemes give."""
    entities = list(reference.entities())
    governments = [_Government(e.ref, e.adjectives) for e in entities if e.kind == "area" and e.adjectives]
    gazetteer = Gazetteer([*entities, *governments], [(phrase, e.ref) for e in entities for phrase in e.phrases if not phrase.whole])
    areas = {e.ref: e.area for e in entities if e.kind == "gov" and e.area}
    processes = {s.ref: s.process for s in reference.of(Series)} | {b.ref: b.process for b in reference.of(Body)}
    nations = {word: e.ref for e in entities if e.kind == "area" for word in e.adjectives}
    sequences = {(s.body, s.type): s.ref for s in reference.of(Series) if s.body}
    return ReadingContext(gazetteer, Lexicon.load(), Terms.load(), areas, processes, nations, sequences)
