"""What a filter finds, in order. Found once per release, filter and order, and kept: a deep page costs what the first one does.

What a collection is sorted by is read once per release and order, too. So a filter is asked for its items alone, which the engine finds by
its indexes, and no page asks for more than its own items.

A page begins after a cursor, which holds a value to sort by and an IRI, and is found by bisection. So a cursor holds whatever was kept or
forgotten meanwhile, and goes on at the right place in another release, too.
"""

from __future__ import annotations

import asyncio
import csv
import io
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any, Final, TypeVar

from api.rest.asked import Asked, Cursor
from api.rest.table import Field, Filter, Sort
from api.service import Service
from api.terms import Row, select
from baligraph.errors import LimitError
from baligraph.parameters import Term
from baligraph.prefixes import expand, sparql_header
from baligraph.store import Query

PREFIXES: Final = ("bp", "c", "rdf", "rdfs", "skos", "dcterms", "geo")
_MOST_KEPT: Final = 500_000  # items of all lists; about 150 bytes each
_MOST_VALUES: Final = 500  # of one facet
_MOST_JOINED: Final = 500  # rows of values of several filters
_VARIABLES: Final = re.compile(r"\?(value|words|start|end)\b")
_Name = TypeVar("_Name")
_Value = TypeVar("_Value")


@dataclass(slots=True)
class Matches:
    """Items with a value to sort by, as (value, IRI), and those without; both ascending. Counts are added when somebody asks."""

    sorted: list[tuple[str, str]]
    others: list[str]
    descending: bool
    coverage: str | None = None
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    written: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Facets as answers show them, with the names of their values."""

    @property
    def total(self) -> int:
        return len(self.sorted) + len(self.others)

    def start(self, cursor: Cursor | None) -> int:
        """The place after the cursor."""
        if cursor is None:
            return 0
        if cursor.key is None:
            return len(self.sorted) + bisect_right(self.others, cursor.iri)
        at = (cursor.key, cursor.iri)
        return len(self.sorted) - bisect_left(self.sorted, at) if self.descending else bisect_right(self.sorted, at)

    def page(self, cursor: Cursor | None, limit: int) -> tuple[list[str], Cursor | None]:
        """The IRIs of a page, and the cursor of the next one if there is one."""
        start = self.start(cursor)
        end = min(start + limit, self.total)
        found = [self._at(place) for place in range(start, end)]
        return [entry.iri for entry in found], found[-1] if found and end < self.total else None

    def _at(self, place: int) -> Cursor:
        count = len(self.sorted)
        if place >= count:
            return Cursor(None, self.others[place - count])
        return Cursor(*self.sorted[count - 1 - place if self.descending else place])


def where(asked: Asked) -> str:
    """The pattern of what is asked for."""
    return " ".join(patterns(asked))


def patterns(asked: Asked, term: Callable[[Term], str] = str) -> list[str]:
    """The same, part by part. Terms alone come from outside, serialised by the RDF library unless `term` writes them otherwise.

    The only term of a filter stands in its pattern, and filters with several share one VALUES: of a second one, the engine would read all
    that its pattern finds, of whatever collection, before it joins the two.
    """
    collection = asked.collection
    several = [(place, terms) for place, terms in asked.filters if len(terms) > 1]
    parts = [collection.pattern]
    joined = several if prod(len(terms) for _, terms in several) <= _MOST_JOINED else several[:1]
    if len(joined) > 1:
        rows = " ".join(f"({' '.join(map(term, row))})" for row in product(*(terms for _, terms in joined)))
        parts.append(f"VALUES ({' '.join(f'?value{place}' for place, _ in joined)}) {{ {rows} }}")
    for place, terms in asked.filters:
        if len(terms) > 1 and (len(joined) < 2 or (place, terms) not in joined):
            parts.append(f"VALUES ?value{place} {{ {' '.join(map(term, terms))} }}")
        parts.append(_with(collection.filters[place].pattern, place, f"?value{place}" if len(terms) > 1 else term(terms[0])))
    parts += [f"FILTER EXISTS {{ ?x <{collection.by_name[name].iri}> ?had }}" for name in asked.having]
    return [*parts, *(f"FILTER NOT EXISTS {{ ?x <{collection.by_name[name].iri}> ?lacked }}" for name in asked.lacking)]


def _with(pattern: str, place: int, value: str) -> str:
    """The pattern of a filter with its value, and with variables of its own. In one go: nothing that somebody typed is rewritten."""
    return _VARIABLES.sub(lambda found: value if found[1] == "value" else f"{found[0]}{place}", pattern)


async def matches(service: Service, asked: Asked) -> Matches:
    """What is found, in order. Raises StoreError."""
    kept: OrderedDict[tuple[str, str], Matches] = service.kept.setdefault("matches", OrderedDict())
    name = (where(asked), asked.order)
    found = kept.get(name)
    if found is None:
        found = await _matches(service, asked, name[0])
        _keep(kept, name, found, lambda entry: entry.total)
    kept.move_to_end(name)
    return found


async def _matches(service: Service, asked: Asked, pattern: str) -> Matches:
    all_, own = asked.collection.pattern, pattern
    keys = await _keys(service, asked, all_)
    iris: Iterable[str] = keys or ()
    if keys is None:  # of a collection that is too large, a part can still be had
        keys = await _keys(service, asked, own)
        if keys is None:
            raise LimitError("items", f"{asked.collection.name} holds more than {_MOST_KEPT} items that fit; ask for fewer by a filter")
        iris = keys
    elif own != all_:
        iris = (row[0] for row in await _read(service, f"SELECT DISTINCT ?x {{ {own} }}"))
    return await asyncio.to_thread(_arranged, iris, keys, descending=asked.descending)


async def _keys(service: Service, asked: Asked, pattern: str) -> dict[str, str] | None:
    """What each item that a pattern finds is sorted by, nothing where it has no such value; None where there are too many."""
    kept: OrderedDict[tuple[str, str], dict[str, str] | None] = service.kept.setdefault("keys", OrderedDict())
    name = (pattern, asked.sort.name)
    if name not in kept:
        query = f"SELECT DISTINCT ?x (STR(?k) AS ?key) {{ {pattern} OPTIONAL {{ {asked.sort.pattern} }} }} LIMIT {_MOST_KEPT + 1}"
        rows = await _read(service, query)
        _keep(kept, name, await asyncio.to_thread(_least, rows, asked.sort), lambda keys: len(keys or ()))
    kept.move_to_end(name)
    return kept[name]


def _least(rows: Iterator[list[str]], sort: Sort) -> dict[str, str] | None:
    """The least value of each item of ours; None where not all rows are there."""
    start = expand("id:").removesuffix("id/")
    fold = folded if sort.kind == "text" else str
    least: dict[str, str] = {}
    found = list(rows)
    for iri, given in found:
        key = fold(given)
        if iri.startswith(start) and (iri not in least or key < least[iri]):
            least[iri] = key
    return least if len(found) <= _MOST_KEPT else None


def _arranged(iris: Iterable[str], keys: dict[str, str], *, descending: bool) -> Matches:
    found = [(keys[iri], iri) for iri in iris if iri in keys]
    return Matches(sorted(entry for entry in found if entry[0]), sorted(iri for key, iri in found if not key), descending)


def _keep(kept: OrderedDict[_Name, _Value], name: _Name, value: _Value, weight: Callable[[_Value], int]) -> None:
    """Keep a value; the least recently used leave first."""
    kept[name] = value
    while sum(weight(entry) + 1 for entry in kept.values()) > _MOST_KEPT and len(kept) > 1:
        kept.popitem(last=False)


async def _read(service: Service, query: str) -> Iterator[list[str]]:
    """The rows of a query as text, without the header."""
    async with await service.engine.ask(Query(text=f"{sparql_header(PREFIXES)}{query}", solutions="text/csv")) as answer:
        body = await answer.read()
    reader = csv.reader(io.StringIO(body.decode(), newline=""))
    next(reader)
    return reader


def folded(text: str) -> str:
    """A text as it is sorted: without case and marks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


async def coverage(service: Service, asked: Asked, found: Matches) -> str:
    """How far the answer goes, with its numbers. Raises StoreError."""
    if found.coverage is None:
        entry = asked.collection.coverage
        numbers = await asyncio.gather(*(_count(service, asked, pattern) for _, pattern in entry.counts))
        found.coverage = entry.text.format(total=found.total, **dict(zip((name for name, _ in entry.counts), numbers, strict=True)))
    return found.coverage


async def _count(service: Service, asked: Asked, pattern: str) -> int:
    if "?x" not in pattern:
        numbers: dict[str, int] = service.kept.setdefault("counts", {})
        if pattern not in numbers:
            numbers[pattern] = await _number_of(service, pattern, "?n")
        return numbers[pattern]
    return await _number_of(service, f"{where(asked)} {pattern}", "?x")


async def _number_of(service: Service, pattern: str, variable: str) -> int:
    rows = await select(service.engine, f"{sparql_header(PREFIXES)}SELECT (COUNT(DISTINCT {variable}) AS ?number) {{ {pattern} }}")
    return int(rows[0]["number"].value)


async def facet(service: Service, asked: Asked, entry: Field, found: Matches) -> list[tuple[str, int]]:
    """The values of a field among what was found, with how often they stand there; the commonest first. Raises StoreError."""
    return await _counted(service, asked, found, entry.name, f"?x <{entry.iri}> ?value")


async def taken(service: Service, asked: Asked, entry: Filter, found: Matches) -> list[tuple[str, int]]:
    """The values by which a filter would find a part of what was found, with how many each would leave; none of a filter that compares.

    Raises StoreError.
    """
    if "FILTER" in entry.pattern:
        return []
    return await _counted(service, asked, found, f"by {entry.parameter.name}", entry.pattern)


async def _counted(service: Service, asked: Asked, found: Matches, key: str, pattern: str) -> list[tuple[str, int]]:
    if key not in found.facets:
        rows = await select(
            service.engine,
            f"{sparql_header(PREFIXES)}SELECT ?value (COUNT(DISTINCT ?x) AS ?number) {{ {where(asked)} {pattern} }}"
            f" GROUP BY ?value ORDER BY DESC(?number) STR(?value) LIMIT {_MOST_VALUES}",
        )
        found.facets[key] = [_value(row) for row in rows]
    return found.facets[key]


def _value(row: Row) -> tuple[str, int]:
    return row["value"].value, int(row["number"].value)
