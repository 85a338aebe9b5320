"""`/build`: a question by choosing."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from api.pages import kept, page
from api.rest.asked import pairs
from api.service import service_of
from api.site.build import build, kinds


async def show_build(request: Request) -> Response:
    """The kinds of things; of a chosen one its filters, columns, the sentence, the query and the answer."""

    async def make(headers: Mapping[str, str]) -> Response:
        given = [pair for pair in pairs(request.scope["query_string"]) if pair[1]]  # an empty box of a form asks for nothing
        service = service_of(request)
        return page(request, "build.html", headers=headers, built=await build(service, given), kinds=await kinds(service))

    return await kept(request, make)
