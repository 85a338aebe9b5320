"""`/quality`: how good the release is that is served, and those before it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from api.pages import kept, page
from api.service import service_of
from api.site.quality import read_quality


async def show_quality(request: Request) -> Response:
    """What the gate found, how far evidence goes, where documents disagree, what was not read."""

    async def make(headers: Mapping[str, str]) -> Response:
        return page(request, "quality.html", headers=headers, quality=await read_quality(service_of(request)))

    return await kept(request, make)
