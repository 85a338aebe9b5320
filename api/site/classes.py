"""The page of a class: what it means, where it stands among the others, what its shape asks, and a real thing of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from api.draw.drawing import Drawing
from api.draw.tree import Branch, tree
from api.ontology import TermEntry, read_ontology
from api.pages import Links
from api.service import Service
from api.site.asking import ask, value
from api.terms import Row, Term
from api.vocabulary import Vocabulary, vocabulary
from baligraph import data
from baligraph.parameters import ParameterError
from baligraph.prefixes import expand, shrink

_SHOWN: Final = 3
_NAMES: Final = ("rdfs:label", "skos:prefLabel", "dcterms:title", "bp:text")
_COUNTS: Final = {(1, 1): "exactly one", (1, None): "one or more", (0, 1): "at most one", (0, 0): "none"}


@dataclass(slots=True)
class Property:
    """A property of the things of a class. `asks` is what the shape asks, in words; `things` how many have it; `values` are those of the
    example, as (term, name), and `more` how many of them are not shown."""

    iri: str
    label: str
    definition: str
    counts: str = ""
    asks: list[str] = field(default_factory=list)
    things: int = 0
    values: list[tuple[Term, str]] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True, slots=True)
class ClassPage:
    """All that the page shows. `example` is (IRI, name), None where the release has no thing of the class."""

    entry: TermEntry
    drawing: Drawing
    properties: list[Property]
    example: tuple[str, str] | None
    query: str


async def read_class(service: Service, links: Links, name: str) -> ClassPage | None:
    """None where the ontology has no such class. Raises StoreError."""
    known = {entry.fragment: entry for entry in (await read_ontology(service))["classes"]}
    entry = known.get(name)
    if entry is None:
        return None
    try:
        example, used, terms = await asyncio.gather(
            ask(service, "class-example", **{"class": name}), ask(service, "class-properties", **{"class": name}), vocabulary(service)
        )
    except ParameterError:  # a name that is none of ours, in a file that is no release
        return None
    properties = await _properties(service, terms, entry, used, example)
    called = next((value(row, "value") for name in _NAMES for row in example if row["property"].value == expand(name)), "")
    thing = (example[0]["thing"].value, called or shrink(example[0]["thing"].value)) if example else None
    query = f"SELECT ?thing {{ ?thing a {entry.short} }}\nORDER BY ?thing\n"
    return ClassPage(entry, _place(links, terms, known, entry), properties, thing, f"PREFIX bp: <{expand('bp:')}>\n{query}")


async def _properties(service: Service, terms: Vocabulary, entry: TermEntry, used: list[Row], example: list[Row]) -> list[Property]:
    meaning = {term.iri: term.definition for term in (await read_ontology(service))["properties"]}
    found: dict[str, Property] = {}

    def of(iri: str) -> Property:
        return found.setdefault(iri, Property(iri, terms.label(iri), meaning.get(iri, "")))

    for asked in _asked((entry.iri, *sorted(terms.parents.get(entry.iri, ())))):
        own = of(asked.path)
        own.counts = own.counts or _COUNTS.get((asked.least, asked.most), "")
        own.asks.append(asked.message)
    for row in used:
        of(row["property"].value).things = int(row["things"].value)
    for row in example:
        own = of(row["property"].value)
        if all(term != row["value"] for term, _ in own.values):
            own.values.append((row["value"], value(row, "name") or terms.label(row["value"].value)))
    for own in found.values():
        own.more = max(0, len(own.values) - _SHOWN)
        del own.values[_SHOWN:]
    found.pop(expand("rdf:type"), None)
    return sorted(found.values(), key=lambda own: (not own.asks, -own.things, own.label))


def _place(links: Links, terms: Vocabulary, known: dict[str, TermEntry], entry: TermEntry) -> Drawing:
    """The classes above it, from the widest, and those directly below it."""
    by_iri = {other.iri: other for other in known.values()}
    above = [by_iri[iri] for iri in terms.parents.get(entry.iri, ()) if iri in by_iri]
    above.sort(key=lambda other: (len(terms.parents.get(other.iri, ())), other.label))
    below = sorted((other for other in known.values() if entry.iri in other.above), key=lambda other: other.label.lower())

    def branch(other: TermEntry, depth: int) -> Branch:
        return Branch(other.label, depth, other.used, links.to(f"ontology/class/{other.fragment}"), "c1" if other is entry else "c7")

    branches = [branch(other, depth) for depth, other in enumerate((*above, entry))]
    branches += [branch(other, len(above) + 1) for other in below]
    description = (
        f"{len(above)} classes above {entry.label}, {len(below)} directly below it; the numbers are those of things in this release."
    )
    return tree(f"Where {entry.label} stands", description, "Class", "Things", branches)


@dataclass(frozen=True, slots=True)
class _Asked:
    path: str
    least: int
    most: int | None
    message: str


def _asked(classes: Iterable[str]) -> list[_Asked]:
    """What the shapes of these classes ask of a single property."""
    store, found = _shapes(), []

    def one(node: NamedNode, name: str) -> NamedNode | Literal | None:
        return next((q.object for q in store.quads_for_pattern(node, NamedNode(expand(name)), None)), None)  # type: ignore[return-value]

    for class_ in classes:
        for target in store.quads_for_pattern(None, NamedNode(expand("sh:targetClass")), NamedNode(class_)):
            for quad in store.quads_for_pattern(target.subject, NamedNode(expand("sh:property")), None):
                shape = quad.object
                path = one(shape, "sh:path") if isinstance(shape, NamedNode) else None
                if isinstance(shape, NamedNode) and isinstance(path, NamedNode):
                    least, most, message, severity = (
                        one(shape, name) for name in ("sh:minCount", "sh:maxCount", "sh:message", "sh:severity")
                    )
                    warns = severity is not None and severity.value == expand("sh:Warning")
                    counts = [None if bound is None or warns else int(bound.value) for bound in (least, most)]
                    words = f"{message.value if message else ''}{' (A warning only.)' if warns else ''}"
                    found.append(_Asked(path.value, counts[0] or 0, counts[1], words))
    return sorted(found, key=lambda asked: (asked.path, asked.message))


@cache
def _shapes() -> Store:
    """The shapes of the project."""
    store = Store()
    for path in sorted(data.shapes().glob("*.ttl")):
        store.load(path=path, format=RdfFormat.TURTLE)
    return store
