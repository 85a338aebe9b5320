"""Errors as `application/problem+json` (RFC 9457), or as the same in HTML for a browser. One body for every route.

raise Problem(404, "No such thing", "There is no … in this release")
"""

from __future__ import annotations

import http
import json
import math
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.negotiate import HTML, Format, negotiate
from api.pages import page
from api.suggestions import suggestion
from baligraph.errors import BusyError, EngineError, LimitError, QueryError, RateError, StoreError, UnknownGraphError

_PROBLEM = Format("problem", "application/problem+json", "JSON", ("application/json",))


class Problem(Exception):  # noqa: N818  (the RFC's word)
    """An answer that is an error. `members` become members of the document beside type, title, status and detail."""

    def __init__(self, status: int, title: str, detail: str, *, headers: dict[str, str] | None = None, **members: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.title = title
        self.detail = detail
        self.headers = headers or {}
        self.members = {name: value for name, value in members.items() if value is not None}


def from_store(error: StoreError) -> Problem:
    """The problem that tells a client why the store has no answer."""
    limit: str | None = None
    match error:
        case QueryError():
            return Problem(400, "The query can't be answered", str(error), line=error.line, column=error.column)
        case UnknownGraphError():
            return Problem(404, "No such graph", str(error))
        case LimitError():
            return Problem(503, "The query passed a limit", str(error), limit=error.limit)
        case RateError():
            title, limit, wait = "Too much of one client", "client", max(1, math.ceil(error.wait))
        case BusyError():
            title, limit, wait = "Too many queries at once", "queue", 1
        case EngineError():
            title, wait = "The query was not answered", 1
        case _:
            return Problem(500, "The query was not answered", str(error))
    return Problem(429 if isinstance(error, RateError) else 503, title, str(error), headers={"Retry-After": str(wait)}, limit=limit)


def response(request: Request, problem: Problem) -> Response:
    """The answer to a client: HTML where it prefers that."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept", **problem.headers}
    if negotiate(request.headers.get("accept"), (_PROBLEM, HTML)) is HTML:
        return page(request, "problem.html", status=problem.status, headers=headers, problem=problem)
    body = {"type": "about:blank", "title": problem.title, "status": problem.status, "detail": problem.detail, **problem.members}
    content = (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()
    return Response(content, problem.status, headers, media_type=_PROBLEM.media_type)


async def on_problem(request: Request, error: Exception) -> Response:
    """Handler of `Problem` and `StoreError`."""
    problem = error if isinstance(error, Problem) else from_store(error) if isinstance(error, StoreError) else _fault()
    if isinstance(error, QueryError) and (mend := suggestion(request.scope.get("baligraph.query", ""))):
        problem.members["suggestion"] = mend
    return response(request, problem)


async def on_http(request: Request, error: Exception) -> Response:
    """Handler of what the framework itself refuses: unknown paths, wrong methods."""
    if not isinstance(error, HTTPException):
        return response(request, _fault())
    what = {404: f"There is nothing at {request.url.path}.", 405: f"{request.method} is not for {request.url.path}."}
    detail = what.get(error.status_code, error.detail)
    return response(
        request, Problem(error.status_code, http.HTTPStatus(error.status_code).phrase, detail, headers=dict(error.headers or {}))
    )


async def on_fault(request: Request, error: Exception) -> Response:  # noqa: ARG001  (what went wrong is for the log, not for the client)
    """Handler of everything unforeseen."""
    return response(request, _fault())


def _fault() -> Problem:
    return Problem(500, "The service failed", "This should not have happened, and it is in the log.")
