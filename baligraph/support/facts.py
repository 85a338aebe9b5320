"""The facts of a release with the passages behind them, indexed once for the gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from baligraph.prefixes import expand
from baligraph.support.readback import bare

_SPACES: Final = ("doc/", "evidence/")
_DATE_PARTS: Final = ("earliestStart", "latestEnd", "datePrecision")
NAMES: Final = ("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "skos:notation")
Values = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Passage:
    """A node of class bp:Evidence."""

    iri: str
    slug: str
    version: str
    start: int
    end: int
    quote: str


@dataclass(slots=True)
class Facts:
    """What the checker asks about, indexed once: the nodes of documents' and evidence graphs, the names of everything, the texts."""

    texts: Mapping[str, str]
    nodes: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # subject → local name or IRI of the property → values
    graphs: dict[str, str] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)
    types: dict[str, set[str]] = field(default_factory=dict)
    passages: dict[str, Passage] = field(default_factory=dict)
    process_of: dict[str, set[str]] = field(default_factory=dict)
    body_of: dict[str, set[str]] = field(default_factory=dict)
    dates: dict[tuple[str, str, str], dict[str, str]] = field(default_factory=dict)  # subject, graph, anchor → part of the date → value
    dated: dict[tuple[str, str, str], dict[str, set[str]]] = field(default_factory=dict)  # subject, graph, passage → part → values

    @classmethod
    def of(cls, store: ox.Store, texts: Mapping[str, str]) -> Facts:
        """Index a release: the named graphs of documents for facts, the accepted view for names."""
        facts = cls(texts)
        space = expand("g:")
        for graph in store.named_graphs():
            if isinstance(graph, ox.NamedNode) and graph.value.removeprefix(space).startswith(_SPACES):
                facts._index(graph, store)
        facts._index_names(store)
        for iri, values in facts.nodes.items():
            if "quote" in values:
                facts._index_passage(iri, values)
            if "claimPredicate" in values:
                facts._index_date(values)
        return facts

    def _index(self, graph: ox.NamedNode, store: ox.Store) -> None:
        bp = expand("bp:")
        for quad in store.quads_for_pattern(None, None, None, graph):
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
                node = self.nodes.setdefault(quad.subject.value, {})
                node.setdefault(quad.predicate.value.removeprefix(bp), []).append(quad.object.value)
                self.graphs.setdefault(quad.subject.value, graph.value)

    def _index_names(self, store: ox.Store) -> None:
        for curie in NAMES:
            for quad in store.quads_for_pattern(None, ox.NamedNode(expand(curie)), None, ox.DefaultGraph()):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                    self.names.setdefault(quad.subject.value, set()).add(quad.object.value)
        for curie, into in (("rdf:type", self.types), ("bp:ofProcess", self.process_of), ("bp:ofBody", self.body_of)):
            for quad in store.quads_for_pattern(None, ox.NamedNode(expand(curie)), None, ox.DefaultGraph()):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                    into.setdefault(quad.subject.value, set()).add(quad.object.value)

    def _index_passage(self, iri: str, values: Values) -> None:
        try:
            self.passages[iri] = Passage(
                iri,
                values["fromDocument"][0].rpartition("/doc_")[2],
                values["inVersion"][0],
                int(values["startOffset"][0]),
                int(values["endOffset"][0]),
                values["quote"][0],
            )
        except (KeyError, ValueError):
            return  # the shapes tell what is missing or malformed

    def _index_date(self, values: Values) -> None:
        name = values["claimPredicate"][0].removeprefix(expand("bp:"))
        if name in _DATE_PARTS:
            subject, graph = values.get("claimSubject", [""])[0], values.get("inGraph", [""])[0]
            value = (values.get("claimObject") or values.get("claimValue") or [""])[0]
            self.dates.setdefault((subject, graph, " … ".join(values.get("anchor", ()))), {})[name] = value
            for passage in values.get("evidence", ()):
                self.dated.setdefault((subject, graph, passage), {}).setdefault(name, set()).add(value)

    def behind(self, node: str) -> list[Passage]:
        """The passages of a node, in the order of the text."""
        found = (self.passages.get(iri) for iri in self.nodes.get(node, {}).get("evidence", ()))
        return sorted((p for p in found if p is not None), key=lambda p: (p.slug, p.start, p.end))

    def quote(self, node: str) -> str:
        return "\n".join(passage.quote for passage in self.behind(node))

    def sentence(self, node: str) -> str:
        """The words behind a node, for people: its quote, or that of its passages."""
        passage = self.passages.get(node)
        return bare(passage.quote if passage else self.quote(node))
