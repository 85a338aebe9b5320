"""The home page, the query page and the page about the project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api import schema_org
from api.negotiate import SOLUTIONS, TRIPLES
from api.pages import kept, links_of, page, unchanged
from api.questions import read_home
from api.service import service_of
from api.site import editor, pictures
from api.site.asking import ask_once
from baligraph.prefixes import prefixes, sparql_header

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

    async def make(headers: Mapping[str, str]) -> Response:
        service = service_of(request)
        every = frozenset(row["meeting"].value for row in await ask_once(service, "meetings-timeline"))
        drawings = await pictures.meetings(service, links_of(request), every)
        context: dict[str, Any] = {"home": await read_home(service), "drawings": drawings, "about": schema_org.of_dataset(service)}
        return page(request, "home.html", headers=headers, **context)

    return await kept(request, make)


async def show_about(request: Request) -> Response:
    """Scope, method, limits, corrections."""
    headers, known = unchanged(request)
    return known or page(request, "about.html", headers=headers)


async def show_query(request: Request) -> Response:
    """A form for `/sparql`, filled from `?query=`; an editor where its script was built."""
    text = request.query_params.get("query") or sparql_header(("bp", "rdfs")) + _EXAMPLE
    formats = (*SOLUTIONS, *TRIPLES)
    context: dict[str, Any] = {"query": text, "formats": formats, "editor": editor.script(), "prefixes": dict(prefixes())}
    return page(request, "query.html", headers={"Cache-Control": "no-cache"}, script=editor.script() is not None, **context)


async def show_names(request: Request) -> Response:
    """`/query/names.json`: what the editor offers to complete."""
    headers, known = unchanged(request, "-names")
    return known or Response(await editor.names(service_of(request)), headers=headers | {"Content-Type": "application/json"})
