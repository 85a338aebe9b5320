"""Answers of two engines that share no code, Oxigraph's and rdflib's own, as plain values that compare."""

from __future__ import annotations

from typing import Any, TypeAlias

import httpx
import pyoxigraph as ox
import rdflib

Value: TypeAlias = tuple[str, str] | frozenset[str] | None
Row: TypeAlias = dict[str, Value]

LANGUAGE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
STRING = "http://www.w3.org/2001/XMLSchema#string"


def plain(term: Any) -> tuple[str, str] | None:
    """(text, kind): the kind is "iri", "@language" or the IRI of the datatype."""
    match term:
        case None:
            return None
        case ox.NamedNode():
            return term.value, "iri"
        case ox.Literal():
            return term.value, f"@{term.language}" if term.language else term.datatype.value
        case rdflib.URIRef():
            return str(term), "iri"
        case rdflib.Literal():
            return str(term), f"@{term.language}" if term.language else str(term.datatype or STRING)
    raise TypeError(f"{term!r} has no place in an answer")


class Service:
    """A SPARQL service as an engine."""

    def __init__(self, address: str) -> None:
        self._address = address

    def query(self, query: str) -> Any:
        answer = httpx.get(self._address, params={"query": query}, headers={"accept": "application/sparql-results+json"}, timeout=60)
        assert answer.status_code == 200, answer.text
        return ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.JSON)


def ask(engine: ox.Store | rdflib.Dataset | Service, query: str, witness: tuple[str, ...] = ()) -> list[Row]:
    """The rows of a SELECT, in order. The cells of `witness` are sets: their IRIs come in no order."""
    found: Any = engine.query(query)
    names = [str(name) for name in found.vars] if isinstance(engine, rdflib.Dataset) else [variable.value for variable in found.variables]
    rows = [dict(zip(names, map(plain, row), strict=True)) for row in found]
    return [{name: frozenset(value[0].split()) if value and name in witness else value for name, value in row.items()} for row in rows]


def text(value: Value) -> str:
    """The text of a cell that is no witness; an empty cell is an empty text."""
    return value[0] if isinstance(value, tuple) else ""
