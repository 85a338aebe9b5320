"""Counts of a release in VoID and DCAT, for g:meta: per named graph, class and property of the accepted view (g:meta itself apart)."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode, Quad

from baligraph.prefixes import expand, shrink
from ingest.nodes import Object, bp, date, literal, node

DATASET: Final = "id:dataset_baligraph"


@dataclass(slots=True)
class Counts:
    """What is counted, by IRI: the graphs with their triples; of the accepted view all nodes by class, and, without what g:meta says,
    the triples, the nodes by class and the triples by property."""

    triples: int = 0
    graphs: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)


def statistics(counts: Counts, day: dt.date) -> list[Quad]:
    """The quads that tell these counts. `day` is the newest date of the inputs."""
    meta = node("g:meta")
    found: list[tuple[NamedNode, str, Object]] = [
        (node(DATASET), "rdf:type", node("void:Dataset")),
        (node(DATASET), "rdf:type", node("dcat:Dataset")),
        (node(DATASET), "dcterms:title", literal("Bali Process Graph", "en")),
        (node(DATASET), "dcterms:modified", date(day)),
        (node(DATASET), "void:triples", literal(counts.triples)),
        (node(DATASET), "void:classes", literal(len(counts.types))),
        (node(DATASET), "void:properties", literal(len(counts.properties))),
    ]
    found += _partitions("class", counts.types)
    found += _partitions("property", counts.properties)
    for name, size in sorted(counts.graphs.items()):
        if name != meta.value:
            graph = NamedNode(name)
            found += [
                (node(DATASET), "void:subset", graph),
                (graph, "rdf:type", node("void:Dataset")),
                (graph, "void:triples", literal(size)),
            ]
    return [Quad(s, node(p), o, meta) for s, p, o in found]


def asked_first(counts: Counts) -> dict[str, int]:
    """The figures that people ask for first."""
    names = ("Document", "Meeting", "Participation", "Provision", "Commitment", "Recommendation", "StatusObservation", "Claim", "Evidence")
    return {name: counts.kinds[bp(name).value] for name in names}


def _partitions(kind: str, counts: Mapping[str, int]) -> Iterator[tuple[NamedNode, str, Object]]:
    many = "void:entities" if kind == "class" else "void:triples"
    for term, n in sorted(counts.items()):
        part = node(f"id:dataset_{kind}-{_slug(term)}")
        yield (node(DATASET), f"void:{kind}Partition", part)
        yield (part, "rdf:type", node("void:Dataset"))
        yield (part, f"void:{kind}", NamedNode(term))
        yield (part, many, literal(n))


def _slug(term: str) -> str:
    """`bp:earliestStart` → bp-earliest-start; capitals count, because rdf:type and a class may differ by them alone."""
    name = shrink(term)
    plain = name if name != term else term.removeprefix(expand("bp:"))
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", plain).lower()).strip("-")
