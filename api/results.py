"""Results of a query as an HTML table: the first rows, and how to have them all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat
from starlette.requests import Request
from starlette.responses import Response

from api.draw.views import views
from api.negotiate import SOLUTIONS, TRIPLES, TRUTH
from api.pages import links_of, page
from api.service import service_of
from api.terms import Term
from baligraph.store import Answer

_MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows of terms; `truth` for ASK. `more`: there are further rows that were not read."""

    kind: str
    columns: list[str]
    rows: list[list[Term | None]]
    more: bool = False
    truth: bool | None = None


async def read(answer: Answer, most: int) -> Table:
    """The first `most` rows of an answer in TSV or N-Triples, or the truth in JSON. Raises StoreError."""
    if answer.media_type.endswith("json"):
        return Table("truth", [], [], truth=json.loads(await answer.read())["boolean"])
    triples = answer.media_type == "application/n-triples"
    head = 0 if triples else 1
    body, more = bytearray(answer.whole or b""), False
    if answer.whole is None:
        async for chunk in answer.chunks():
            body += chunk
            if body.count(b"\n") > most + head or len(body) > _MOST_BYTES:
                more = True
                break
    lines = bytes(body).split(b"\n")
    if more:
        lines.pop()  # perhaps half a line
    lines = [line for number, line in enumerate(lines) if line or (number < len(lines) - 1 and not triples)]
    more = more or len(lines) > most + head
    text = b"\n".join(lines[: most + head]) + b"\n"
    return _triples(text, more) if triples else _solutions(text, more)


def _solutions(text: bytes, more: bool) -> Table:
    parsed = pyoxigraph.parse_query_results(text, format=QueryResultsFormat.TSV)
    if not isinstance(parsed, QuerySolutions):
        raise TypeError("TSV holds solutions")
    names = [variable.value for variable in parsed.variables]
    return Table("solutions", names, [[_term(solution[name]) for name in names] for solution in parsed], more)


def _triples(text: bytes, more: bool) -> Table:
    quads = pyoxigraph.parse(text, format=RdfFormat.N_TRIPLES)
    rows = [[_term(quad.subject), _term(quad.predicate), _term(quad.object)] for quad in quads]
    return Table("triples", ["subject", "predicate", "object"], rows, more)


def _term(node: object) -> Term | None:
    if node is None:
        return None
    if isinstance(node, pyoxigraph.NamedNode):
        return Term("uri", node.value)
    if isinstance(node, pyoxigraph.Literal):
        return Term("literal", node.value, node.datatype.value, node.language or "")
    return Term("bnode", str(node))


def show(request: Request, query: str, table: Table, headers: Mapping[str, str]) -> Response:
    """The page: the rows, or the view of them that `?view=` names where they allow it."""
    formats = {"truth": TRUTH, "triples": TRIPLES}.get(table.kind, SOLUTIONS)
    links, base = links_of(request), service_of(request).settings.base_iri
    drawn = views("The answer, drawn", table.columns, table.rows, base, links.of) if table.kind == "solutions" and table.rows else {}
    view = request.query_params.get("view", "table")
    context: dict[str, Any] = {
        "query": query,
        "table": table,
        "formats": formats,
        "views": drawn,
        "view": view if view in drawn else "table",
    }
    return page(request, "results.html", headers=headers, **context)
