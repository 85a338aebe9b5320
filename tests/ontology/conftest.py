"""The vocabulary as the tests of this folder need it: read once, whole or merged for a strict reasoner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from rdflib import OWL, RDF, XSD, Graph, Literal, Namespace, URIRef

from baligraph import data

BP = Namespace("https://w3id.org/baligraph/ontology#")
C = Namespace("https://w3id.org/baligraph/concept/")
ONTOLOGY = URIRef("https://w3id.org/baligraph/ontology")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
CURIE = re.compile(r"(?<![\w:/#-])(bp|c):([A-Za-z][\w-]*)")


@dataclass(frozen=True)
class Vocabulary:
    core: Graph
    concepts: Graph
    alignments: dict[str, Graph]

    @property
    def everything(self) -> Graph:
        """What a release carries in g:ontology and g:concepts."""
        graph = Graph()
        for part in (self.core, self.concepts, *self.alignments.values()):
            for triple in part:
                graph.add(triple)
        return graph

    def terms(self, *kinds: URIRef) -> dict[str, URIRef]:
        """Local name → IRI of the terms of bp: that are declared, or of those that are of `kinds`."""
        found = {term for kind in kinds or KINDS for term in self.core.subjects(RDF.type, kind)}
        return {str(term).removeprefix(BP): URIRef(str(term)) for term in found if str(term).startswith(BP)}

    def concept_names(self) -> set[str]:
        """Local names of all concepts and schemes."""
        return {str(s).removeprefix(C) for s in self.concepts.subjects(RDF.type) if str(s).startswith(C)}

    def undeclared(self, text: str) -> set[str]:
        """CURIEs of bp: and c: in a text that name neither a term nor a concept."""
        known = {"bp": set(self.terms()), "c": self.concept_names()}
        return {f"{prefix}:{local}" for prefix, local in CURIE.findall(text) if local not in known[prefix]}


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    concepts = Graph()
    for path in sorted(data.ontology("concepts").glob("*.ttl")):
        concepts.parse(path)
    alignments = {path.stem: Graph().parse(path) for path in sorted(data.ontology("alignments").glob("*.ttl"))}
    return Vocabulary(Graph().parse(data.ontology("baligraph.ttl")), concepts, alignments)


def for_reasoner(graph: Graph) -> Graph:
    """A copy with one ontology header and, because OWL 2 knows no xsd:date, xsd:dateTime in its place."""
    copy = Graph()
    other_headers = set(graph.subjects(RDF.type, OWL.Ontology)) - {ONTOLOGY}
    for s, p, o in graph:
        if s in other_headers:
            continue
        value = o
        if o == XSD.date:
            value = XSD.dateTime
        elif isinstance(o, Literal) and o.datatype == XSD.date:
            value = Literal(f"{o}T00:00:00", datatype=XSD.dateTime)
        copy.add((s, p, value))
    return copy


@pytest.fixture
def strict_file(tmp_path: Path):
    """Writes a graph as RDF/XML that the OWLAPI reads."""

    def write(graph: Graph) -> Path:
        path = tmp_path / "strict.owl"
        for_reasoner(graph).serialize(path, format="xml")
        return path

    return write
