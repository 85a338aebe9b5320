"""A request, understood: its parameters against the table. What is wrong is refused with the name of the parameter."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from api.problems import Problem
from api.rest.table import Collection, Field, Sort
from baligraph.parameters import ParameterError, Term

MOST: Final = 500
"""Items of one page."""

USUAL: Final = 50
WHOLE: Final = 20_000
"""Items of a table, which is not read in pages unless `limit` says so."""

INCLUDES: Final = ("evidence",)
_LISTS: Final = ("fields", "facets", "include", "with", "without")


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after this item. `key` is None for an item that has no value to be sorted by."""

    key: str | None
    iri: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a collection. `filters` are (pattern's place in the table, terms); `given` is the query string, normalised."""

    collection: Collection
    filters: tuple[tuple[int, tuple[Term, ...]], ...]
    having: tuple[str, ...]
    lacking: tuple[str, ...]
    sort: Sort
    descending: bool
    fields: tuple[Field, ...]
    facets: tuple[Field, ...]
    evidence: bool
    limit: int | None
    cursor: Cursor | None
    given: tuple[tuple[str, str], ...]

    def next(self, cursor: Cursor, limit: int) -> str:
        """The query string of the page that begins after the cursor."""
        return onward(self.given, self.order, cursor, limit)

    @property
    def order(self) -> str:
        """The value of `sort`."""
        return f"-{self.sort.name}" if self.descending else self.sort.name

    def first(self) -> Asked:
        """The same without its place."""
        return replace(self, cursor=None)


def pairs(query: bytes) -> list[tuple[str, str]]:
    """The parameters of a query string. Raises Problem (400) where it can't be read."""
    try:
        return parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:  # also what is not UTF-8
        raise Problem(400, "The parameters can't be read", "Parameters are percent-encoded UTF-8, at most 1000 of them.") from None


def wrong(name: str, message: str) -> Problem:
    """422: a parameter, by its name, and what is wrong with it."""
    return Problem(422, "Wrong parameter", f"parameter {name[:80]}: {message}", parameter=name[:80])


def refused(error: ParameterError) -> Problem:
    """422 for a value that its parameter does not take."""
    return Problem(422, "Wrong parameter", str(error), parameter=error.parameter)


def grouped(given: Iterable[tuple[str, str]], known: Sequence[str]) -> dict[str, list[str]]:
    """The values by parameter. Raises Problem (422) for a parameter that there is not."""
    found: dict[str, list[str]] = {}
    for name, value in given:
        if name not in known:
            raise wrong(name, f"there is none of this name here; there are {', '.join(sorted(known))}.")
        found.setdefault(name, []).append(value)
    return found


def understand(collection: Collection, given: Sequence[tuple[str, str]]) -> Asked:
    """Raises Problem (422)."""
    own = [entry.parameter.name for entry in collection.filters]
    lists = [name for name in _LISTS if name != "facets" or collection.facets]
    values = grouped(given, (*own, *lists, "sort", "limit", "cursor"))
    filters = []
    for place, entry in enumerate(collection.filters):
        if entry.parameter.name in values:
            try:
                filters.append((place, entry.parameter.terms(values[entry.parameter.name])))
            except ParameterError as error:
                raise refused(error) from None
    sort, descending = _sort(collection, values)
    names = [entry.name for entry in collection.fields]
    fields = _names(values, "fields", names)
    order = f"-{sort.name}" if descending else sort.name
    return Asked(
        collection=collection,
        filters=tuple(filters),
        having=_names(values, "with", names),
        lacking=_names(values, "without", names),
        sort=sort,
        descending=descending,
        fields=tuple(entry for entry in collection.fields if (entry.name in fields if fields else entry.shown)),
        facets=tuple(collection.by_name[name] for name in _names(values, "facets", [entry.name for entry in collection.facets])),
        evidence="evidence" in _names(values, "include", INCLUDES),
        limit=limit_of(values),
        cursor=read_cursor(order, one_of(values, "cursor")),
        given=tuple(given),
    )


def understand_one(collection: Collection, given: Sequence[tuple[str, str]]) -> Asked:
    """The same for one item, of which only fields and evidence can be asked. Raises Problem (422)."""
    grouped(given, ("fields", "include"))
    return understand(collection, given)


def _sort(collection: Collection, values: Mapping[str, list[str]]) -> tuple[Sort, bool]:
    given = one_of(values, "sort")
    if given is None:
        return collection.sorts[0], False
    found = next((entry for entry in collection.sorts if entry.name == given.removeprefix("-")), None)
    if found is None:
        names = ", ".join(f"{entry.name}, -{entry.name}" for entry in collection.sorts)
        raise wrong("sort", f"{given[:80]!r} is no order of {collection.name}; there are {names}.")
    return found, given.startswith("-")


def _names(values: Mapping[str, list[str]], parameter: str, known: Sequence[str]) -> tuple[str, ...]:
    """A list of names, given more than once or separated by commas."""
    found = [name.strip() for value in values.get(parameter, ()) for name in value.split(",")]
    for name in found:
        if name not in known:
            raise wrong(parameter, f"{name[:80]!r} is none of {', '.join(known)}.")
    return tuple(dict.fromkeys(found))


def one_of(values: Mapping[str, list[str]], parameter: str) -> str | None:
    found = values.get(parameter, [])
    if len(found) > 1:
        raise wrong(parameter, f"takes one value, not {len(found)}.")
    return found[0] if found else None


def limit_of(values: Mapping[str, list[str]]) -> int | None:
    """The limit, if one is given. Raises Problem (422)."""
    given = one_of(values, "limit")
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= 9 and 1 <= int(given) <= MOST):
        raise wrong("limit", f"is a whole number from 1 to {MOST}, not {given[:80]!r}.")
    return int(given)


# --- cursors ---------------------------------------------------------------------------------------------------------------------------


def onward(given: Iterable[tuple[str, str]], order: str, cursor: Cursor, limit: int) -> str:
    """The query string of the page after a cursor, for the same request."""
    rest = [(name, value) for name, value in given if name not in {"cursor", "limit"}]
    return "?" + urlencode([*rest, ("limit", str(limit)), ("cursor", write_cursor(order, cursor))])


def write_cursor(order: str, cursor: Cursor) -> str:
    """A cursor as clients hold it. It names the order that it belongs to."""
    text = json.dumps([order, cursor.key, cursor.iri], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(order: str, given: str | None) -> Cursor | None:
    """Raises Problem (422) for what is no cursor of this order."""
    if given is None:
        return None
    try:
        found = json.loads(base64.b64decode(given + "=" * (-len(given) % 4), altchars=b"-_", validate=True))
        of, key, iri = found
    except (ValueError, TypeError):
        raise wrong("cursor", "this is no cursor; take it as it stands in `next` of the page before.") from None
    if of != order or not isinstance(iri, str) or not (key is None or isinstance(key, str)):
        raise wrong("cursor", f"this cursor is not of the order {order}; begin again without it.")
    return Cursor(key, iri)
