"""What a reader knows before it opens a document: the names of the reference tables and the words of the concept schemes."""

from __future__ import annotations

from ingest.document import ReadingContext
from ingest.gazetteer import Gazetteer
from ingest.lexicon import Lexicon
from ingest.reference import Reference, Series
from ingest.terms import Terms


def reading_context(reference: Reference) -> ReadingContext:
    """The context that these tables and the project's own concept schemes give."""
    entities = list(reference.entities())
    gazetteer = Gazetteer(entities, [(phrase, e.ref) for e in entities for phrase in e.phrases if not phrase.whole])
    areas = {e.ref: e.area for e in entities if e.kind == "gov" and e.area}
    processes = {s.ref: s.process for s in reference.of(Series)}
    nations = {word: e.ref for e in entities if e.kind == "area" for word in e.adjectives}
    return ReadingContext(gazetteer, Lexicon.load(), Terms.load(), areas, processes, nations)
