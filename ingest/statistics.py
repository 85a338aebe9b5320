"""Counts of a release in VoID and DCAT, for g:meta: per named graph, class and property of the accepted view (g:meta itself apart)."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from baligraph.prefixes import expand, shrink
from ingest.nodes import Object, bp, date, literal, node

DATASET: Final = "id:dataset_baligraph"


def statistics(store: Store, day: dt.date) -> list[Quad]:
    """The quads that say what `store` holds. `day` is the newest date of the inputs."""
    meta = node("g:meta")
    apart = {(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, meta)}
    types: Counter[NamedNode] = Counter()
    properties: Counter[NamedNode] = Counter()
    triples = 0
    for q in store.quads_for_pattern(None, None, None, DefaultGraph()):
        if (q.subject, q.predicate, q.object) in apart:
            continue
        triples += 1
        properties[q.predicate] += 1
        if q.predicate == node("rdf:type") and isinstance(q.object, NamedNode):
            types[q.object] += 1
    found: list[tuple[NamedNode, str, Object]] = [
        (node(DATASET), "rdf:type", node("void:Dataset")),
        (node(DATASET), "rdf:type", node("dcat:Dataset")),
        (node(DATASET), "dcterms:title", literal("Bali Process Graph", "en")),
        (node(DATASET), "dcterms:modified", date(day)),
        (node(DATASET), "void:triples", literal(triples)),
        (node(DATASET), "void:classes", literal(len(types))),
        (node(DATASET), "void:properties", literal(len(properties))),
    ]
    found += _partitions("class", types)
    found += _partitions("property", properties)
    for graph in sorted((g for g in store.named_graphs() if isinstance(g, NamedNode) and g != meta), key=str):
        size = sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
        found += [
            (node(DATASET), "void:subset", graph),
            (graph, "rdf:type", node("void:Dataset")),
            (graph, "void:triples", literal(size)),
        ]
    return [Quad(s, node(p), o, meta) for s, p, o in found]


def count(store: Store) -> dict[str, int]:
    """The figures that people ask for first."""
    names = ("Document", "Meeting", "Participation", "Provision", "Commitment", "Recommendation", "StatusObservation", "Claim", "Evidence")
    counts = {name: _size(store.quads_for_pattern(None, node("rdf:type"), bp(name), DefaultGraph())) for name in names}
    counts["triples"] = _size(store.quads_for_pattern(None, None, None, DefaultGraph()))
    counts["quads"] = len(store)
    return counts


def _size(quads: Iterable[Quad]) -> int:
    return sum(1 for _ in quads)


def _partitions(kind: str, counts: Counter[NamedNode]) -> Iterator[tuple[NamedNode, str, Object]]:
    many = "void:entities" if kind == "class" else "void:triples"
    for term, n in sorted(counts.items(), key=lambda x: x[0].value):
        part = node(f"id:dataset_{kind}-{_slug(term)}")
        yield (node(DATASET), f"void:{kind}Partition", part)
        yield (part, "rdf:type", node("void:Dataset"))
        yield (part, f"void:{kind}", term)
        yield (part, many, literal(n))


def _slug(term: NamedNode) -> str:
    """`bp:earliestStart` → bp-earliest-start; capitals count, because rdf:type and a class may differ by them alone."""
    name = shrink(term.value)
    plain = name if name != term.value else term.value.removeprefix(expand("bp:"))
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", plain).lower()).strip("-")
