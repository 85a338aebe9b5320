"""The home page, the query page and the page about the project."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api import schema_org
from api.negotiate import SOLUTIONS, TRIPLES
from api.pages import page, unchanged
from api.questions import read_home
from api.service import service_of
from api.site import editor
from baligraph.prefixes import sparql_header

_EXAMPLE = """
SELECT ?meeting ?name ?date {
  ?meeting a bp:Meeting ; rdfs:label ?name .
  OPTIONAL { ?meeting bp:earliestStart ?date }
}
ORDER BY ?date
LIMIT 20
"""


async def show_home(request: Request) -> Response:
    """What this is, what it holds, and three questions with their answers."""
    headers, known = unchanged(request)
    service = service_of(request)
    return known or page(request, "home.html", headers=headers, home=await read_home(service), about=schema_org.of_dataset(service))


async def show_about(request: Request) -> Response:
    """Scope, method, limits, corrections."""
    headers, known = unchanged(request)
    return known or page(request, "about.html", headers=headers)


async def show_query(request: Request) -> Response:
    """A form for `/sparql`, filled from `?query=`; an editor where its script was built."""
    text = request.query_params.get("query") or sparql_header(("bp", "rdfs")) + _EXAMPLE
    formats = (*SOLUTIONS, *TRIPLES)
    headers = {"Cache-Control": "no-cache"}
    return page(
        request, "query.html", headers=headers, script=editor.script() is not None, query=text, formats=formats, editor=editor.script()
    )


async def show_names(request: Request) -> Response:
    """`/query/names.json`: what the editor offers to complete."""
    headers, known = unchanged(request, "-names")
    return known or Response(await editor.names(service_of(request)), headers=headers | {"Content-Type": "application/json"})
