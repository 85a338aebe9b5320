"""The documents: the list, and the reader of each."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from api.pages import kept, page
from api.problems import Problem
from api.service import service_of
from api.site import asking, reader
from baligraph.parameters import ParameterError
from baligraph.review_model import KINDS


async def show_documents(request: Request) -> Response:
    """What was read from each document, and how much was not."""

    async def make(headers: Mapping[str, str]) -> Response:
        documents = await reader.list_documents(service_of(request))
        return page(request, "documents.html", headers=headers, documents=documents, query=asking.text("documents"))

    return await kept(request, make)


async def show_document(request: Request) -> Response:
    """The text of a document with its facts."""
    slug = request.path_params["slug"]

    async def make(headers: Mapping[str, str]) -> Response:
        try:
            reading = await reader.read_document(service_of(request), slug)
        except ParameterError:
            reading = None
        if reading is None:
            raise Problem(404, "Not found", f"This release holds no document {slug[:80]!r}.")
        return page(request, "reader.html", headers=headers, reading=reading, d=reading.document, kinds=KINDS)

    return await kept(request, make)
