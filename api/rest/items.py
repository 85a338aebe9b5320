"""The items of a page: their values by field, the names of what they point to, as JSON that is JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Triple

from api.rest.table import REFERENCE, Collection, Field, context
from api.service import Service
from api.terms import Row, Term, iri, select
from baligraph.prefixes import expand, shrink, sparql_header

_NAMES: Final = ("rdfs:label", "skos:prefLabel", "dcterms:title", "bp:text")
_AT_ONCE: Final = 500


@dataclass(slots=True)
class Item:
    """An item: `values` by field, in the order of their text. `place` is (latitude, longitude), where that is known."""

    iri: str
    kinds: list[str] = field(default_factory=list)
    values: dict[str, list[Term]] = field(default_factory=dict)
    place: tuple[str, str] | None = None
    facts: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Items:
    """The items of a page; `names` tells what other things are called: (property, name)."""

    collection: Collection
    fields: tuple[Field, ...]
    items: list[Item]
    names: dict[str, tuple[str, Term]]

    def name(self, thing: str) -> str:
        """What a thing is called, else its short name."""
        return self.names[thing][1].value if thing in self.names else shrink(thing)

    def json(self, item: Item) -> dict[str, Any]:
        """An item as JSON. Each field is there: a list where there may be several values, else a value or null."""
        body: dict[str, Any] = {"id": item.iri, "key": self.collection.key(item.iri), "type": [context().term(kind) for kind in item.kinds]}
        for entry in self.fields:
            values = [self._json(entry, value) for value in item.values.get(entry.name, ())]
            body[entry.name] = values if entry.many else values[0] if values else None
        return body

    def _json(self, entry: Field, value: Term) -> Any:
        if entry.kind == REFERENCE:
            return self.reference(value.value)
        if value.is_iri:
            return value.value
        return context().value(entry.iri, literal(value))

    def reference(self, thing: str) -> dict[str, str]:
        """A thing that is pointed to: IRI, key, name."""
        body = {"id": thing, "key": key_of(thing)}
        if thing in self.names:
            prop, name = self.names[thing]
            body[context().term(prop)] = name.value
        return body

    def triples(self) -> list[Triple]:
        """The same as triples, each once, sorted."""
        found: dict[Triple, None] = {}
        for item in self.items:
            subject = NamedNode(item.iri)
            for kind in item.kinds:
                found[Triple(subject, NamedNode(expand("rdf:type")), NamedNode(kind))] = None
            for entry in self.fields:
                for value in item.values.get(entry.name, ()):
                    found[Triple(subject, NamedNode(entry.iri), NamedNode(value.value) if value.is_iri else literal(value))] = None
                    if entry.kind == REFERENCE and value.value in self.names:
                        prop, name = self.names[value.value]
                        found[Triple(NamedNode(value.value), NamedNode(prop), literal(name))] = None
        return sorted(found, key=str)


def key_of(thing: str) -> str:
    """The key of a thing of ours: what stands after its type or scheme."""
    return shrink(thing).rpartition(":")[2].partition("_")[2] or shrink(thing)


def literal(value: Term) -> Literal:
    """A literal as the RDF library has it."""
    if value.language:
        return Literal(value.value, language=value.language)
    return Literal(value.value, datatype=NamedNode(value.datatype)) if value.datatype else Literal(value.value)


async def read_items(service: Service, collection: Collection, fields: tuple[Field, ...], iris: Sequence[str], *, places: bool) -> Items:
    """The items of these IRIs, in this order. Raises StoreError."""
    found = {name: Item(name) for name in iris}
    by_iri = {entry.iri: entry for entry in fields}
    properties = ", ".join(f"<{name}>" for name in (expand("rdf:type"), *by_iri))
    for rows in [await _of(service, part, f"?x ?p ?v . FILTER (?p IN ({properties}))") for part in _parts(iris)]:
        for row in rows:
            _add(found[row["x"].value], row, by_iri)
    wanted = {
        value.value for item in found.values() for entry in fields if entry.kind == REFERENCE for value in item.values.get(entry.name, ())
    }
    result = Items(collection, fields, list(found.values()), await read_names(service, wanted))
    for item in result.items:
        item.kinds.sort()
        for entry in fields:
            values = item.values.get(entry.name, [])
            values.sort(key=lambda value: (result.name(value.value) if value.is_iri else value.value, value))
    if places and collection.geometry:
        for part in _parts(iris):
            for row in await _of(service, part, f"{collection.geometry} ?place geo:lat ?lat ; geo:long ?long ."):
                found[row["x"].value].place = row["lat"].value, row["long"].value
    return result


def _add(item: Item, row: Row, by_iri: dict[str, Field]) -> None:
    prop, value = row["p"].value, row["v"]
    if prop == expand("rdf:type"):
        if value.is_iri and context().term(value.value) != value.value:
            item.kinds.append(value.value)
    elif prop in by_iri and _fits(by_iri[prop], value):
        item.values.setdefault(by_iri[prop].name, []).append(value)


def _fits(entry: Field, value: Term) -> bool:
    """Whether a value is of the kind that the table promises; another one is left to SPARQL."""
    kind = value.datatype.rpartition("#")[2]
    match entry.kind:
        case "reference" | "iri":
            return value.is_iri
        case "words":
            return value.language == "en"
        case "string":
            return value.kind == "literal" and not value.language and kind in {"", "string"}
        case _:
            return value.kind == "literal" and kind == entry.kind


async def read_names(service: Service, things: Iterable[str]) -> dict[str, tuple[str, Term]]:
    """What things are called, and by which property. Raises StoreError."""
    found: dict[str, tuple[str, Term]] = {}
    properties = ", ".join(_NAMES)
    order = [expand(name) for name in _NAMES]
    for part in _parts(sorted(things)):
        for row in await _of(service, part, f"?x ?p ?v . FILTER (?p IN ({properties}) && LANG(?v) = 'en')"):
            thing, entry = row["x"].value, (row["p"].value, row["v"])
            if thing not in found or (order.index(entry[0]), entry[1]) < (order.index(found[thing][0]), found[thing][1]):
                found[thing] = entry
    return found


# a second VALUES would make the engine join by a scan of the whole graph: two seconds instead of twenty milliseconds at a million quads
async def _of(service: Service, iris: Sequence[str], pattern: str) -> list[Row]:
    values = " ".join(iri(name) for name in iris)
    header = sparql_header(("bp", "geo", "rdfs", "skos", "dcterms"))
    return await select(service.engine, f"{header}SELECT * {{ VALUES ?x {{ {values} }} {pattern} }}")


def _parts(iris: Sequence[str]) -> list[Sequence[str]]:
    return [iris[start : start + _AT_ONCE] for start in range(0, len(iris), _AT_ONCE)]
