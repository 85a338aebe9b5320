"""Similar wording: provisions of two documents that share much of their words, in the same order. Computed, never a fact.

The score is 2·L / (m + n): L words of the longest common subsequence of the two provisions, which have m and n words (the normalised Indel
similarity of rapidfuzz, over words). It is exact, so the same provisions give the same score on every machine. Compared are provisions of
different documents that share a run of words; a run that very many provisions share is a phrase of the trade and tells nothing.

Of each provision the most similar ones are given, no more than MOST: all pairs of a formula that hundreds of documents repeat would be most
of a large graph. A pair stands where it is among the most similar of either.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from rapidfuzz import process
from rapidfuzz.distance import Indel

from baligraph import iris
from ingest.gazetteer import normal
from ingest.nodes import Object, bp, node
from ingest.parts.work import mapped

GRAPH: Final = "similar-wording"
METHOD: Final = "c:method_similar-wording"
LEAST: Final = 0.6
MOST: Final = 10
WORDING: Final = ("bp:text", "bp:inDocument", "bp:outcomeOf", "bp:earliestStart", "bp:latestEnd")
"""The properties that are looked at."""
_WORDS: Final = 8  # shorter ones are alike by chance
_RUN: Final = 4
_BITS: Final = 24  # of a word's number
_NOBODYS: Final = (1 << _BITS) - 1
_MASK: Final = (1 << _BITS * _RUN) - 1
_COMMON: Final = 200  # provisions that may share a run
_SLACK: Final = 0.01  # rapidfuzz may drop a score that is the cutoff itself
_TOGETHER: Final = 500  # provisions that a process compares at a time


@dataclass(frozen=True, slots=True)
class _Provision:
    iri: NamedNode
    document: NamedNode
    words: tuple[str, ...]


@dataclass(slots=True)
class Compared:
    """What was compared: the document and words of each provision, and the most similar ones with their scores, by IRIs."""

    provisions: dict[str, tuple[str, str]] = field(default_factory=dict)
    best: dict[str, list[tuple[str, float]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alike:
    """A provision with similar ones that follow in the order of IRIs: each with its score, and which of both is certainly the later one in
    time."""

    one: NamedNode
    others: list[tuple[NamedNode, float, NamedNode | None]]

    def told(self) -> str:
        """All that decides its quads."""
        return " ".join([self.one.value, *(f"{two.value} {score} {later}" for two, score, later in self.others)])

    def quads(self) -> list[Quad]:
        """For `graph/inferred/similar-wording`."""
        graph = NamedNode(iris.inferred_graph(GRAPH))
        return [Quad(s, p, o, graph) for two, score, later in self.others for s, p, o in _node(self.one, two, later, score)]


def similar_wording(store: Store, processes: int = 1, before: Compared | None = None) -> tuple[Compared, Iterator[Alike]]:
    """The pairs of similar provisions in the accepted view: those of one provision with the ones that follow together, in the order of
    their IRIs. Their quads may be too many to be held at once.

    `before` is what came of another view: what cannot have changed since is not compared again.
    """
    provisions = sorted(_provisions(store), key=lambda p: p.iri.value)
    compared = Compared({p.iri.value: (p.document.value, " ".join(p.words)) for p in provisions})
    compared.best = _best_of_all(provisions, compared, before or Compared(), processes)
    return compared, _alike(store, provisions, compared)


def _alike(store: Store, provisions: Sequence[_Provision], compared: Compared) -> Iterator[Alike]:
    known = {p.iri.value: p for p in provisions}
    when = {document: _dates(store, document) for document in {p.document for p in provisions}}
    pairs: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for iri, found in compared.best.items():
        for other, score in found:
            pairs[min(iri, other)][max(iri, other)] = score
    for first, others in sorted(pairs.items()):
        one = known[first]
        yield Alike(one.iri, [(two.iri, score, _later(one, two, when)) for b, score in sorted(others.items()) for two in (known[b],)])


def _provisions(store: Store) -> Iterator[_Provision]:
    for quad in store.quads_for_pattern(None, bp("text"), None, DefaultGraph()):
        documents = [q.object for q in store.quads_for_pattern(quad.subject, bp("inDocument"), None, DefaultGraph())]
        words = tuple(re.findall(r"\w+", normal(quad.object.value))) if isinstance(quad.object, Literal) else ()
        if len(words) >= _WORDS and documents and isinstance(documents[0], NamedNode) and isinstance(quad.subject, NamedNode):
            yield _Provision(quad.subject, documents[0], words)


def _best_of_all(provisions: Sequence[_Provision], now: Compared, before: Compared, processes: int) -> dict[str, list[tuple[str, float]]]:
    """The most similar ones of each provision that has any, and their scores."""
    if now.provisions == before.provisions:
        return before.best
    numbers: dict[str, int] = {}
    spelt = [[numbers.setdefault(word, len(numbers)) for word in p.words] for p in provisions]
    # rapidfuzz compares strings ten times as fast as other sequences: each word is a character, as long as there are enough of them
    coded: list[Sequence[Any]] = ["".join(map(chr, words)) for words in spelt] if len(numbers) <= sys.maxunicode else [*spelt]
    holders: defaultdict[int, list[int]] = defaultdict(list)  # a run as one number takes a third of the room
    for n, words in enumerate(spelt):
        for run in _runs(words):
            holders[run].append(n)

    def compare(some: Sequence[int]) -> list[tuple[int, int, float]]:
        found = []
        for n in some:
            shared = (held for run in _runs(spelt[n]) if 1 < len(held := holders[run]) <= _COMMON)
            others = {b for held in shared for b in held if provisions[b].document != provisions[n].document}
            choices = {b: coded[b] for b in sorted(others)}
            told = process.extract(coded[n], choices, scorer=Indel.normalized_similarity, score_cutoff=LEAST - _SLACK, limit=None)
            found += [(n, b, score) for b, score in _best(n, {b: score for _, score, b in told if score >= LEAST}, provisions)]
        return found

    todo = _touched(provisions, spelt, holders, numbers, now, before)
    again = {provisions[n].iri.value for n in todo}
    best = {iri: found for iri, found in before.best.items() if iri in now.provisions and iri not in again}
    for some in mapped(compare, [todo[at : at + _TOGETHER] for at in range(0, len(todo), _TOGETHER)], processes):
        for n, b, score in some:
            best.setdefault(provisions[n].iri.value, []).append((provisions[b].iri.value, score))
    return best


def _touched(
    provisions: Sequence[_Provision],
    spelt: Sequence[Sequence[int]],
    holders: Mapping[int, Sequence[int]],
    numbers: Mapping[str, int],
    now: Compared,
    before: Compared,
) -> list[int]:
    """The provisions whose likes may be others than before: those that are new, and all that share a run which tells something, now or
    then, with one that came or went."""
    come = [n for n, p in enumerate(provisions) if before.provisions.get(p.iri.value) != now.provisions[p.iri.value]]
    gone = [words for iri, (document, words) in before.provisions.items() if now.provisions.get(iri) != (document, words)]
    fresh = Counter(run for n in come for run in _runs(spelt[n]))
    # a word that nobody has any more is in no run that somebody holds
    stale = Counter(run for words in gone for run in _runs([numbers.get(word, _NOBODYS) for word in words.split(" ")]))
    found = set(come)
    for run in fresh.keys() | stale.keys():
        held = holders.get(run, ())
        if min(len(held), len(held) - fresh[run] + stale[run]) <= _COMMON:
            found.update(held)
    return sorted(found)


def _best(n: int, scores: dict[int, float], provisions: Sequence[_Provision]) -> list[tuple[int, float]]:
    """The highest scores. Of equals, a hash of the pair decides: by their order, the first documents would be everybody's."""
    if len(scores) <= MOST:
        return list(scores.items())
    least = sorted(scores.values(), reverse=True)[MOST - 1]
    equal = [b for b, score in scores.items() if score == least]
    equal.sort(key=lambda b: lot(provisions[n].iri.value, provisions[b].iri.value))
    better = [(b, score) for b, score in scores.items() if score > least]
    return better + [(b, least) for b in equal[: MOST - len(better)]]


def lot(one: str, two: str) -> tuple[int, str, str]:
    """What decides between pairs of IRIs that are alike otherwise: the same for both orders, and on every machine."""
    first, second = sorted((one, two))
    return zlib.crc32(f"{first} {second}".encode()), first, second


def _runs(words: Sequence[int]) -> set[int]:
    """The runs of these words, which are numbers."""
    found, runs = 0, set()
    for i, word in enumerate(words, 1):
        found = (found << _BITS | word) & _MASK
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


def _later(one: _Provision, two: _Provision, when: dict[NamedNode, tuple[str, str] | None]) -> NamedNode | None:
    """The provision of the document that is certainly the later one."""
    first, second = when[one.document], when[two.document]
    if first is None or second is None:
        return None
    return two.iri if first[1] < second[0] else one.iri if second[1] < first[0] else None


def _node(one: NamedNode, two: NamedNode, later: NamedNode | None, score: float) -> Iterator[tuple[NamedNode, NamedNode, Object]]:
    iri = NamedNode(iris.similarity_iri(one.value, two.value))
    rounded = Decimal(score).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    yield iri, node("rdf:type"), bp("SimilarWording")
    yield iri, bp("compares"), one
    yield iri, bp("compares"), two
    yield iri, bp("score"), Literal(str(rounded.normalize()), datatype=node("xsd:decimal"))
    yield iri, bp("method"), node(METHOD)
    if later is not None:
        yield iri, bp("later"), later
