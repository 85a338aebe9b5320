"""`/search`: full text for readers, over the same index and parameters as `/api/v1/search`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from api.pages import kept, page
from api.rest.asked import pairs
from api.rest.search import as_json, find
from api.service import service_of


async def show_search(request: Request) -> Response:
    """The hits, the kinds of hits with counts; without words, the box alone."""

    async def make(headers: Mapping[str, str]) -> Response:
        given = [pair for pair in pairs(request.scope["query_string"]) if pair[1].strip()]
        if not any(name == "q" for name, _ in given):
            return page(request, "search.html", headers=headers, found=None, words="")
        hits = await find(service_of(request), given)
        found = as_json(hits)
        rest = [pair for pair in given if pair[0] not in {"type", "cursor"}]
        chosen = {value for name, value in given if name == "type"}
        kinds = [(kind["value"], kind["count"], f"?{urlencode([*rest, ('type', kind['value'])])}") for kind in found["types"]]
        context: dict[str, Any] = {"found": found, "words": hits.query, "kinds": kinds, "chosen": chosen, "every": f"?{urlencode(rest)}"}
        return page(request, "search.html", headers=headers, given=f"?{urlencode(given)}", **context)

    return await kept(request, make)
