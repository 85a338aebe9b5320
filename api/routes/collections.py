"""The pages of collections: `/meetings`, `/states`, `/commitments` … on the same filters as `/api/v1`."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from api.pages import kept, links_of, page
from api.rest.asked import pairs
from api.service import service_of
from api.site import asking
from api.site.listing import read_listing
from api.site.pages import PAGES


async def show_collection(request: Request) -> Response:
    """The page that the first step of the path names."""
    name = links_of(request).here

    async def make(headers: Mapping[str, str]) -> Response:
        given = [pair for pair in pairs(request.scope["query_string"]) if pair[1]]  # an empty box of a form asks for nothing
        listing = await read_listing(service_of(request), links_of(request), name, given)
        query = asking.text(PAGES[name].query) if PAGES[name].query else ""
        return page(request, "collection.html", headers=headers, listing=listing, query=query)

    return await kept(request, make)
