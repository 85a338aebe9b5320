"""Labels of terms and the class tree, read once from the release that is served."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from api.service import Service
from api.terms import Row, iri, select
from baligraph.prefixes import expand, shrink, sparql_header

_HEADER = ("rdfs", "skos", "dcterms", "bp", "owl", "rdf")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`parents`: all superclasses of a class, itself not among them; `shortcuts`: the properties that stand for a role."""

    labels: dict[str, str]
    parents: dict[str, frozenset[str]]
    shortcuts: dict[str, frozenset[str]]

    def label(self, term: str) -> str:
        """The label of a class or property, else its short name."""
        return self.labels.get(term) or shrink(term)

    def is_a(self, types: Iterable[str], ancestor: str) -> bool:
        """Whether one of the types is `ancestor` or below it."""
        return any(ancestor == kind or ancestor in self.parents.get(kind, ()) for kind in types)

    def narrowest(self, types: Iterable[str]) -> list[str]:
        """The types without those that another of them implies."""
        given = set(types)
        implied = {parent for kind in given for parent in self.parents.get(kind, ())}
        return sorted(given - implied) or sorted(given)


async def vocabulary(service: Service) -> Vocabulary:
    """The vocabulary of the release; asked for once."""
    if "vocabulary" not in service.kept:
        header = sparql_header(_HEADER)
        labels = await select(
            service.engine,
            f"{header}SELECT ?x ?l {{ VALUES ?k {{ owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }}"
            " ?x a ?k ; rdfs:label ?l }",
        )
        parents = await select(
            service.engine, f"{header}SELECT ?x ?y {{ ?x a owl:Class ; rdfs:subClassOf+ ?y FILTER(isIRI(?y) && ?x != ?y) }}"
        )
        shortcuts = await select(service.engine, f"{header}SELECT ?x ?y {{ ?x bp:shortcut/rdfs:subPropertyOf* ?y }}")
        named = {row["x"].value: row["l"].value for row in labels} | {expand(term): label for term, label in _OTHERS.items()}
        service.kept["vocabulary"] = Vocabulary(named, _sets(parents), _sets(shortcuts))
    found: Vocabulary = service.kept["vocabulary"]
    return found


def _sets(rows: list[Row]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["x"].value, set()).add(row["y"].value)
    return {name: frozenset(values) for name, values in found.items()}


_OTHERS = {
    "rdf:type": "kind",
    "rdfs:label": "name",
    "skos:prefLabel": "name",
    "skos:altLabel": "also called",
    "skos:definition": "definition",
    "skos:notation": "notation",
    "skos:broader": "broader",
    "skos:inScheme": "scheme",
    "skos:topConceptOf": "top concept of",
    "skos:exactMatch": "same as, elsewhere",
    "skos:closeMatch": "close to, elsewhere",
    "dcterms:title": "title",
    "dcterms:source": "source",
    "dcterms:language": "language",
    "dcterms:rights": "rights",
    "dcterms:license": "licence",
    "dcterms:description": "description",
    "prov:wasGeneratedBy": "read by",
}


async def labels_of(service: Service, iris: Iterable[str]) -> dict[str, str]:
    """Names of things: label, title or, for provisions, the first words. Those without one are missing."""
    wanted = sorted({name for name in iris if name.startswith(service.settings.base_iri)})
    if not wanted:
        return {}
    values = " ".join(iri(name) for name in wanted)
    found = await select(
        service.engine,
        f"{sparql_header(_HEADER)}SELECT ?x ?l ?n ?t {{ VALUES ?x {{ {values} }}"
        " { ?x rdfs:label|skos:prefLabel|dcterms:title ?l } UNION { ?x bp:text ?t OPTIONAL { ?x bp:number ?n } } }",
    )
    names: dict[str, str] = {}
    for row in found:
        if "l" in row:
            text = row["l"].value
        else:
            number = f"{row['n'].value} " if "n" in row else ""
            text = number + shorten(row["t"].value)
        names[row["x"].value] = min(text, names.get(row["x"].value, text))
    return names


def shorten(text: str, length: int = 90) -> str:
    """The first words of a text."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"
