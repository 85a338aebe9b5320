"""The terms of the ontology for their page: classes and properties with definition, and how often each is used."""

from __future__ import annotations

from dataclasses import dataclass

from api.service import Service
from api.terms import iri, select
from baligraph.prefixes import shrink, sparql_header


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A class or property of ours."""

    iri: str
    short: str
    label: str
    definition: str
    above: list[str]
    used: int

    @property
    def fragment(self) -> str:
        """Its anchor on the page."""
        return self.iri.rpartition("#")[2]


async def read_ontology(service: Service) -> dict[str, list[TermEntry]]:
    """`classes` and `properties`, in the order of the alphabet."""
    if "ontology" not in service.kept:
        classes = await _terms(service, "owl:Class", "rdfs:subClassOf", "?any a ?x")
        objects = await _terms(service, "owl:ObjectProperty", "rdfs:subPropertyOf", "?any ?x ?value")
        values = await _terms(service, "owl:DatatypeProperty", "rdfs:subPropertyOf", "?any ?x ?value")
        notes = await _terms(service, "owl:AnnotationProperty", "rdfs:subPropertyOf", "?any ?x ?value")
        properties = {entry.iri: entry for entry in (*objects, *values, *notes)}
        service.kept["ontology"] = {"classes": classes, "properties": sorted(properties.values(), key=lambda entry: entry.label.lower())}
    found: dict[str, list[TermEntry]] = service.kept["ontology"]
    return found


async def _terms(service: Service, kind: str, above: str, use: str) -> list[TermEntry]:
    header = sparql_header(("owl", "rdfs", "skos"))
    own = f"{service.settings.base_iri}ontology#"
    graph = iri(f"{service.settings.base_iri}graph/ontology")
    rows = await select(
        service.engine,
        f"{header}SELECT ?x ?label ?definition ?above {{ GRAPH {graph} {{ ?x a {kind} OPTIONAL {{ ?x rdfs:label ?label }}"
        f" OPTIONAL {{ ?x skos:definition ?definition }} OPTIONAL {{ ?x {above} ?above FILTER(isIRI(?above)) }} }} }}",
    )
    counts = await select(service.engine, f"{header}SELECT ?x (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?x a {kind} }} {use} }} GROUP BY ?x")
    used = {row["x"].value: int(row["n"].value) for row in counts if "x" in row}
    entries: dict[str, TermEntry] = {}
    for row in rows:
        name = row["x"].value
        if not name.startswith(own):
            continue
        label = row["label"].value if "label" in row else shrink(name)
        definition = row["definition"].value if "definition" in row else ""
        entry = entries.setdefault(name, TermEntry(name, shrink(name), label, definition, [], used.get(name, 0)))
        if "above" in row and row["above"].value not in entry.above:
            entry.above.append(row["above"].value)
    return sorted(entries.values(), key=lambda entry: entry.label.lower())
