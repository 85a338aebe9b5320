"""Similar wording: provisions of two documents that share much of their words, in the same order. Computed, never a fact.

The score is 2·L / (m + n): L words of the longest common subsequence of the two provisions, which have m and n words (the normalised Indel
similarity of rapidfuzz, over words). It is exact, so the same provisions give the same score on every machine. Compared are provisions of
different documents that share a run of words; a run that very many provisions share is a phrase of the trade and tells nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from rapidfuzz.distance import Indel

from baligraph import iris
from ingest.gazetteer import normal
from ingest.nodes import Object, bp, node

GRAPH: Final = "similar-wording"
METHOD: Final = "c:method_similar-wording"
LEAST: Final = 0.6
WORDING: Final = ("bp:text", "bp:inDocument", "bp:outcomeOf", "bp:earliestStart", "bp:latestEnd")
"""The properties that are looked at."""
_WORDS: Final = 8  # shorter ones are alike by chance
_RUN: Final = 4
_BITS: Final = 24  # of a word's number
_MASK: Final = (1 << _BITS * _RUN) - 1
_COMMON: Final = 200  # provisions that may share a run


@dataclass(frozen=True, slots=True)
class _Provision:
    iri: NamedNode
    document: NamedNode
    words: tuple[str, ...]


def similar_wording(store: Store) -> Iterator[list[Quad]]:
    """The quads of all pairs of similar provisions in the accepted view, for `graph/inferred/similar-wording`: those of one provision with
    the later ones together, in the order of their IRIs. There may be too many to be held at once."""
    provisions = sorted(_provisions(store), key=lambda p: p.iri.value)
    when = {document: _dates(store, document) for document in {p.document for p in provisions}}
    graph = NamedNode(iris.inferred_graph(GRAPH))
    for one, others in _pairs(provisions):
        quads: list[Quad] = []
        for two in others:
            score = Indel.normalized_similarity(one.words, two.words, score_cutoff=LEAST)
            if score >= LEAST:
                later = _later(one, two, when)
                quads += (Quad(s, p, o, graph) for s, p, o in _node(one, two, later, score))
        if quads:
            yield quads


def _provisions(store: Store) -> Iterator[_Provision]:
    for quad in store.quads_for_pattern(None, bp("text"), None, DefaultGraph()):
        documents = [q.object for q in store.quads_for_pattern(quad.subject, bp("inDocument"), None, DefaultGraph())]
        words = tuple(re.findall(r"\w+", normal(quad.object.value))) if isinstance(quad.object, Literal) else ()
        if len(words) >= _WORDS and documents and isinstance(documents[0], NamedNode) and isinstance(quad.subject, NamedNode):
            yield _Provision(quad.subject, documents[0], words)


def _pairs(provisions: list[_Provision]) -> Iterator[tuple[_Provision, list[_Provision]]]:
    """Each provision with the later ones of other documents that share a run of words with it."""
    numbers: dict[str, int] = {}
    holders: defaultdict[int, list[int]] = defaultdict(list)  # a run as one number takes a third of the room
    for n, p in enumerate(provisions):
        for run in _runs(p, numbers):
            holders[run].append(n)
    for n, p in enumerate(provisions):
        shared = (found for run in _runs(p, numbers) if 1 < len(found := holders[run]) <= _COMMON)
        others = {b for found in shared for b in found if b > n and provisions[b].document != p.document}
        yield p, [provisions[b] for b in sorted(others)]


def _runs(provision: _Provision, numbers: dict[str, int]) -> set[int]:
    """The runs of its words; `numbers` has that of each word, and is added to."""
    found, runs = 0, set()
    for i, word in enumerate(provision.words, 1):
        found = (found << _BITS | numbers.setdefault(word, len(numbers))) & _MASK
        if i >= _RUN:
            runs.add(found)
    return runs


def _dates(store: Store, document: NamedNode) -> tuple[str, str] | None:
    """The bounds of a document: its own, or those of the one meeting whose outcome it is."""
    meetings = [q.object for q in store.quads_for_pattern(document, bp("outcomeOf"), None, DefaultGraph())]
    for dated in (document, *(meetings if len(meetings) == 1 else ())):
        bounds = [_values(store, dated, name) for name in ("earliestStart", "latestEnd")]
        if all(bounds):
            return bounds[0][0], bounds[1][0]
    return None


def _values(store: Store, subject: object, name: str) -> list[str]:
    if not isinstance(subject, NamedNode):
        return []
    found: Iterable[Quad] = store.quads_for_pattern(subject, bp(name), None, DefaultGraph())
    return [q.object.value for q in found if isinstance(q.object, Literal)]


def _later(one: _Provision, two: _Provision, when: dict[NamedNode, tuple[str, str] | None]) -> _Provision | None:
    """The provision of the document that is certainly the later one."""
    first, second = when[one.document], when[two.document]
    if first is None or second is None:
        return None
    return two if first[1] < second[0] else one if second[1] < first[0] else None


def _node(one: _Provision, two: _Provision, later: _Provision | None, score: float) -> Iterator[tuple[NamedNode, NamedNode, Object]]:
    iri = NamedNode(iris.similarity_iri(one.iri.value, two.iri.value))
    rounded = Decimal(score).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    yield iri, node("rdf:type"), bp("SimilarWording")
    yield iri, bp("compares"), one.iri
    yield iri, bp("compares"), two.iri
    yield iri, bp("score"), Literal(str(rounded.normalize()), datatype=node("xsd:decimal"))
    yield iri, bp("method"), node(METHOD)
    if later is not None:
        yield iri, bp("later"), later.iri
