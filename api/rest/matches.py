"""What a filter finds, in order. Found once per release, filter and order, and kept: a deep page costs what the first one does.

A page begins after a cursor, which holds a value to sort by and an IRI, and is found by bisection. So a cursor holds whatever was kept or
forgotten meanwhile, and goes on at the right place in another release, too.
"""

from __future__ import annotations

import asyncio
import csv
import io
import unicodedata
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from api.rest.asked import Asked, Cursor
from api.rest.table import Field, Filter
from api.service import Service
from api.terms import Row, select
from baligraph.errors import LimitError
from baligraph.parameters import Term
from baligraph.prefixes import expand, sparql_header
from baligraph.store import Query

PREFIXES: Final = ("bp", "c", "rdf", "rdfs", "skos", "dcterms", "geo")
_MOST_KEPT: Final = 500_000  # items of all lists; about 150 bytes each
_MOST_VALUES: Final = 500  # of one facet


@dataclass(slots=True)
class Matches:
    """Items with a value to sort by, as (value, IRI), and those without; both ascending. Counts are added when somebody asks."""

    sorted: list[tuple[str, str]]
    others: list[str]
    descending: bool
    coverage: str | None = None
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

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
    """The same, part by part. Terms alone come from outside, serialised by the RDF library unless `term` writes them otherwise."""
    collection = asked.collection
    parts = [collection.pattern]
    for place, terms in asked.filters:
        own = f"?value{place}"
        names = {f"?{name}": f"?{name}{place}" for name in ("words", "start", "end")}
        pattern = collection.filters[place].pattern.replace("?value", own)
        for name, other in names.items():
            pattern = pattern.replace(name, other)
        parts += [f"VALUES {own} {{ {' '.join(map(term, terms))} }}", pattern]
    parts += [f"FILTER EXISTS {{ ?x <{collection.by_name[name].iri}> ?had }}" for name in asked.having]
    return [*parts, *(f"FILTER NOT EXISTS {{ ?x <{collection.by_name[name].iri}> ?lacked }}" for name in asked.lacking)]


async def matches(service: Service, asked: Asked) -> Matches:
    """What is found, in order. Raises StoreError."""
    kept: OrderedDict[str, Matches] = service.kept.setdefault("matches", OrderedDict())
    pattern = where(asked)
    key = f"{asked.order} {pattern}"
    found = kept.get(key)
    if found is None:
        query = (
            f"{sparql_header(PREFIXES)}SELECT DISTINCT ?x (STR(?k) AS ?key) {{ {pattern} OPTIONAL {{ {asked.sort.pattern} }} }}"
            f" LIMIT {_MOST_KEPT + 1}"
        )
        async with await service.engine.ask(Query(text=query, solutions="text/csv")) as answer:
            body = await answer.read()
        found = await asyncio.to_thread(_order, body, asked)
        if found.total > _MOST_KEPT:
            raise LimitError("items", f"{asked.collection.name} holds more than {_MOST_KEPT} items that fit; ask for fewer by a filter")
        kept[key] = found
        while sum(entry.total + 1 for entry in kept.values()) > _MOST_KEPT and len(kept) > 1:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return found


def _order(body: bytes, asked: Asked) -> Matches:
    start = expand("id:").removesuffix("id/")
    least: dict[str, str] = {}
    for iri, key in _rows(body):
        if iri.startswith(start) and (iri not in least or key < least[iri]):
            least[iri] = key
    fold = folded if asked.sort.kind == "text" else str
    with_key = sorted((fold(key), iri) for iri, key in least.items() if key)
    return Matches(with_key, sorted(iri for iri, key in least.items() if not key), asked.descending)


def _rows(body: bytes) -> Iterator[list[str]]:
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
