"""Rows of an engine's JSON results as plain values, and the safe writing of terms into queries."""

from __future__ import annotations

import json
from typing import Any, NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode

from baligraph.errors import LimitError
from baligraph.store import Engine, Query

XSD = "http://www.w3.org/2001/XMLSchema#"


class Term(NamedTuple):
    """An RDF term: kind is `uri`, `literal` or `bnode`. An answer may hold many thousands: a tuple is made in a third of the time."""

    kind: str
    value: str
    datatype: str = ""
    language: str = ""

    @property
    def is_iri(self) -> bool:
        return self.kind == "uri"


Row: TypeAlias = dict[str, Term]


async def select(engine: Engine, text: str) -> list[Row]:
    """The rows of a SELECT query of ours. Raises StoreError."""
    async with await engine.ask(Query(text=text)) as answer:
        return rows(await answer.read())[1]


def rows(body: bytes) -> tuple[list[str], list[Row]]:
    """(variables, rows) of SPARQL JSON results."""
    document = json.loads(body)
    if "results" not in document:
        raise LimitError("form", "an ASK query has no rows")
    return document["head"]["vars"], [{name: term(cell) for name, cell in row.items()} for row in document["results"]["bindings"]]


def term(cell: dict[str, Any]) -> Term:
    """A cell of SPARQL JSON results."""
    if cell["type"] == "triple":
        return Term("literal", json.dumps(cell["value"]))
    return Term(cell["type"], cell["value"], cell.get("datatype", ""), cell.get("xml:lang", ""))


def iri(value: str) -> str:
    """An IRI for a query's text. Raises ValueError where it is none, so nothing can break out of the brackets."""
    return str(NamedNode(value))


def string(value: str) -> str:
    """A string for a query's text."""
    return str(Literal(value))
