"""What the table of collections is made of. A field is a term of the JSON-LD context: the context alone says which property it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, parse

from api.jsonld import Context
from api.triples import published_context
from baligraph import data
from baligraph.parameters import Parameter
from baligraph.prefixes import expand, shrink

_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
REFERENCE: Final = "reference"
"""Kind of a field whose values are things of ours, shown with key and name; the other kinds are those of literals, and `iri`."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: a term of the context, what kind of value it has, and whether there may be several.

    `shown` fields are there unless others are asked for; `facet` makes counts of its values. `rests_on` names the field from whose
    sentence a rule takes this one.
    """

    name: str
    kind: str = REFERENCE
    many: bool = False
    shown: bool = True
    facet: bool = False
    rests_on: str = ""

    @property
    def iri(self) -> str:
        """The property."""
        return context().iri(self.name)


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: a parameter, and the pattern that binds ?x by ?value, which holds one of the terms that were given."""

    parameter: Parameter
    pattern: str


@dataclass(frozen=True, slots=True)
class Sort:
    """An order: the pattern that binds ?k. Kind is `text` (without case and marks) or `plain` (as it stands)."""

    name: str
    pattern: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How far an answer goes: a sentence with {names}, and for each name a pattern that counts ?n. {total} is known without one.

    A pattern that holds ?x counts among what was asked for, any other in the whole release.
    """

    text: str
    counts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A collection. `pattern` says which ?x belong to it; `spaces` are the beginnings of their IRIs, below the base.

    The key of an item is what stands after the one beginning, or after the last slash where there are several. The first sort is that of an
    answer for which none is asked. `geometry` says from ?x to ?place, which has latitude and longitude.
    """

    name: str
    title: str
    meaning: str
    pattern: str
    spaces: tuple[str, ...]
    fields: tuple[Field, ...]
    filters: tuple[Filter, ...]
    sorts: tuple[Sort, ...]
    coverage: Coverage
    geometry: str = ""
    example: str = ""
    by_name: dict[str, Field] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_name.update({entry.name: entry for entry in self.fields})

    @property
    def facets(self) -> tuple[Field, ...]:
        """The fields whose values can be counted."""
        return tuple(entry for entry in self.fields if entry.facet)

    def key(self, iri: str) -> str:
        """The key of an item."""
        name = shrink(iri).partition(":")[2]
        return name.removeprefix(self._prefix)

    def iri(self, key: str) -> str | None:
        """The IRI that a key would have; None where it can be none of ours."""
        name = f"{self._prefix}{key}"
        found = next((space for space in self.spaces if name.startswith(space.partition(":")[2])), None)
        if found is None or not _KEY.fullmatch(key):
            return None
        return f"{expand(found.partition(':')[0] + ':')}{name}"

    @property
    def _prefix(self) -> str:
        return self.spaces[0].partition(":")[2] if len(self.spaces) == 1 else ""


@cache
def context() -> Context:
    """The published context. Raises DataNotFoundError."""
    found = published_context()
    if found is None:
        raise data.DataNotFoundError("ontology/context.jsonld")
    return found


@cache
def classes(below: str) -> tuple[str, ...]:
    """The names of the classes of our ontology that are directly or indirectly below another, that one not among them."""
    above: dict[str, set[str]] = {}
    for quad in parse(path=data.ontology("baligraph.ttl"), format=RdfFormat.TURTLE):
        if quad.predicate.value == expand("rdfs:subClassOf") and isinstance(quad.object, NamedNode):
            above.setdefault(quad.object.value, set()).add(str(quad.subject.value) if isinstance(quad.subject, NamedNode) else "")

    def walk(name: str) -> Iterator[str]:
        for child in above.get(name, ()):
            yield child
            yield from walk(child)

    return tuple(sorted({shrink(name).partition(":")[2] for name in walk(expand(f"bp:{below}"))}))


@cache
def concepts(scheme: str) -> tuple[str, ...]:
    """The slugs of the concepts of a scheme."""
    found = parse(path=data.ontology("concepts") / f"{scheme}.ttl", format=RdfFormat.TURTLE)
    start = expand(f"c:{scheme}_")
    return tuple(
        sorted(
            {
                quad.subject.value.removeprefix(start)
                for quad in found
                if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(start)
            }
        )
    )
