"""For whoever runs the service: is it alive, is it ready, how is it; and the limits, for everybody."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.metrics import CONTENT_TYPE
from api.negotiate import HTML, Format, negotiate
from api.pages import page
from api.problems import Problem
from api.service import service_of
from baligraph.settings import limits

_NOW = {"Cache-Control": "no-store"}
_JSON = Format("json", "application/json", "JSON")


async def healthz(request: Request) -> Response:
    """Alive, and over which release."""
    return JSONResponse({"status": "alive", "release": service_of(request).release.id}, headers=_NOW)


async def readyz(request: Request) -> Response:
    """A release is loaded and workers live; else 503, while the engine begins anew."""
    service = service_of(request)
    workers = service.engine.status().workers
    body = {"status": "ready" if workers else "starting", "release": service.release.id, "workers": workers}
    return JSONResponse(body, 200 if workers else 503, headers=_NOW)


async def metrics(request: Request) -> Response:
    """For Prometheus. Where an operator's token is set, only for who shows it."""
    service = service_of(request)
    if service.settings.operator_token and request.scope["baligraph.client"] is not None:
        raise Problem(401, "Not for everybody", "Show the operator's token.", headers={"WWW-Authenticate": "Bearer"})
    return Response(service.metrics.text(), headers={**_NOW, "Content-Type": CONTENT_TYPE})


async def show_limits(request: Request) -> Response:
    """What a client may ask for: the numbers in force, as a page or as JSON."""
    settings = service_of(request).settings
    chosen = negotiate(request.headers.get("accept"), (_JSON, HTML))
    if chosen is None:
        raise Problem(406, "Not acceptable", "There are application/json and text/html.", headers={"Vary": "Accept"})
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    rows = limits(settings)
    if chosen is HTML:
        return page(request, "limits.html", headers=headers, rows=rows)
    body = [{"name": name, "value": value, "unit": unit, "description": doc} for name, value, unit, doc in rows]
    return JSONResponse(body, headers=headers)
