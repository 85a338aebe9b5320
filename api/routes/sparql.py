"""`/sparql`: the SPARQL 1.1 Protocol, all three ways to query. The text is handed on; nothing here parses it.

Plain ASGI, because of one rule: an answer is whole or looks broken. A limit that is reached before the first byte is a problem document;
after it, the body is left unfinished, so that the server cuts the connection and every client sees an error.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Message, Receive, Scope, Send

from api import description, results
from api.negotiate import HTML, SOLUTIONS, TRIPLES, TRUTH, Format, by_name, negotiate
from api.problems import Problem
from api.service import Service, service_of
from api.sparql_text import Sketch, sketch
from baligraph.errors import StoreError
from baligraph.store import Query

log = logging.getLogger(__name__)

_ALLOW = {"Allow": "GET, HEAD, POST, OPTIONS"}
_READ_ONLY = "This service only answers queries: the graph is built from documents and never written to."
_NO_SERVICE = (
    "SERVICE would make this server call another one, which it never does. Federate from your side: a client such as Comunica "
    "(https://comunica.dev) joins this endpoint with others in one query."
)
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request, understood as far as it can be without parsing the query."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str | None
    timeout: float | None


class Sparql:
    """The endpoint."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; raises Problem and StoreError for the handlers."""
        request = Request(scope, receive)
        service = service_of(request)
        if request.method == "OPTIONS":
            await Response(status_code=204, headers=_ALLOW)(scope, receive, send)
            return
        if request.method not in {"GET", "HEAD", "POST"}:
            raise Problem(405, "Method not allowed", "Ask by GET or POST.", headers=_ALLOW)
        asked = await _understand(request, service)
        if asked is None:
            response = await _describe(request, service)
            await response(scope, receive, send)
            return
        request.state.query = asked.query  # for a suggestion, if it is refused
        seen = sketch(asked.query)
        if seen.form == "update":
            raise Problem(400, "Not a query", _READ_ONLY)
        if seen.service:
            raise Problem(400, "SERVICE is refused", _NO_SERVICE)
        chosen = _choose(request, asked, seen)
        headers = _headers(request, service, asked, seen, chosen)
        if headers.get("ETag") and headers["ETag"] in [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]:
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        if chosen is HTML:
            work = _page(request, service, asked, seen, headers, send)
        else:
            work = _stream(request, service, asked, chosen, headers, send)
        await _while_connected(work, receive)


async def _while_connected(work: Coroutine[None, None, None], receive: Receive) -> None:
    """Do the work, but end it when the client goes away."""
    doing = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_disconnected(receive))
    try:
        await asyncio.wait({doing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            doing.result()
    finally:
        for task in (doing, leaving):
            task.cancel()
        await asyncio.gather(doing, leaving, return_exceptions=True)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


# --- the request ---------------------------------------------------------------------------------------------------------------------


async def _understand(request: Request, service: Service) -> _Asked | None:
    """None for a GET without a query, which asks for the service description."""
    url = _pairs(request.scope["query_string"])
    if request.method != "POST":
        fields = url
    else:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await _body(request, service.settings.max_query_length)
        if kind == _FORM:
            fields = _pairs(body)
        elif kind == "application/sparql-query":
            fields = [*((name, value) for name, value in url if name != "query"), ("query", _utf8(body))]
        elif kind == "application/sparql-update":
            raise Problem(403, "Updates are refused", _READ_ONLY)
        else:
            detail = f"A query is posted as application/sparql-query or as a form ({_FORM}), not as {kind or 'a body of no type'}."
            raise Problem(415, "Unsupported media type", detail, headers={"Accept-Post": f"application/sparql-query, {_FORM}"})

    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for field, value in fields if field == name)

    if all_of("update"):
        raise Problem(403, "Updates are refused", _READ_ONLY)
    queries = all_of("query")
    if not queries and request.method != "POST":
        return None
    if len(queries) != 1:
        raise Problem(400, "One query, please", f"The request has {len(queries)} parameters named query; it needs exactly one.")
    if len(queries[0].encode(errors="replace")) > service.settings.max_query_length:
        raise _too_long(service.settings.max_query_length)
    return _Asked(
        queries[0],
        all_of("default-graph-uri"),
        all_of("named-graph-uri"),
        next(iter(all_of("format")), None) or None,
        _seconds(next(iter(all_of("timeout")), "")),
    )


async def _body(request: Request, limit: int) -> bytes:
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > limit:
            raise _too_long(limit)
    return bytes(parts)


def _too_long(limit: int) -> Problem:
    return Problem(413, "The query is too long", f"A query may have {limit} bytes here.", limit="query length")


def _pairs(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:  # also what is not UTF-8
        raise Problem(400, "The parameters can't be read", "Parameters are percent-encoded UTF-8, at most 1000 of them.") from None


def _utf8(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Problem(400, "The query can't be read", f"A query is UTF-8; byte {error.start} is not.") from None


def _seconds(text: str) -> float | None:
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise Problem(400, "Bad timeout", f"timeout is a number of seconds above 0, not {text[:40]!r}.")
    return seconds


def _choose(request: Request, asked: _Asked, seen: Sketch) -> Format:
    offers = (*{"triples": TRIPLES, "truth": TRUTH}.get(seen.form, SOLUTIONS), HTML)
    names = ", ".join(offer.media_type for offer in offers)
    if asked.format is not None:
        chosen = by_name(asked.format, offers)
        if chosen is None:
            known = ", ".join(offer.name for offer in offers)
            raise Problem(400, "Unknown format", f"format={asked.format[:40]} is not offered for this query; there are {known}.")
        return chosen
    chosen = negotiate(request.headers.get("accept"), offers)
    if chosen is None and seen.form == "unknown":
        return offers[0]  # not a query at all: the parser's message helps more than a 406
    if chosen is None:
        raise Problem(406, "Not acceptable", f"For this query there are {names}.", headers={"Vary": "Accept"})
    return chosen


def _headers(request: Request, service: Service, asked: _Asked, seen: Sketch, chosen: Format) -> dict[str, str]:
    headers = {"Vary": "Accept"}
    if request.method == "POST" or seen.volatile:
        headers["Cache-Control"] = "no-store" if seen.volatile else "no-cache"
    else:
        parts = "\0".join((asked.query, *asked.default_graphs, "", *asked.named_graphs, "", chosen.media_type))
        digest = hashlib.sha256(parts.encode(errors="surrogatepass")).hexdigest()[:20]
        headers |= {"Cache-Control": "no-cache", "ETag": f'"{service.release.id}-{digest}"'}
    return headers


# --- the answer ----------------------------------------------------------------------------------------------------------------------


def _query(asked: _Asked, **media_types: str) -> Query:
    query = Query(text=asked.query, default_graphs=asked.default_graphs, named_graphs=asked.named_graphs, timeout=asked.timeout)
    return replace(query, **media_types)  # type: ignore[arg-type]  # only the names of media types


async def _stream(request: Request, service: Service, asked: _Asked, chosen: Format, headers: dict[str, str], send: Send) -> None:
    media_type = _engine_type(chosen)
    kind = "triples" if chosen.name in {offer.name for offer in TRIPLES} else "solutions"
    query = _query(asked, **{kind: media_type})
    async with await service.engine.ask(query) as answer:
        # the engine knows the query's form better than our glance at it
        content_type = chosen.content_type if answer.media_type == media_type else answer.media_type
        # HTTP/1.0 ends a body by closing, so a cut would pass for an end: such a client gets the whole or a problem document
        whole = answer.whole if answer.whole is not None or request.scope["http_version"] != "1.0" else await answer.read()
        fields = {**headers, "Content-Type": content_type}
        if whole is not None:
            fields["Content-Length"] = str(len(whole))
        await send(_start(fields))
        if whole is not None or request.method == "HEAD":
            await send({"type": "http.response.body", "body": whole or b""})
            return
        try:
            async for chunk in answer.chunks():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        except StoreError as error:
            log.warning("an answer was cut: %s", error)
            return
        await send({"type": "http.response.body", "body": b""})


def _engine_type(chosen: Format) -> str:
    """The media type under its own name: an alias only names the answer."""
    return next(offer.media_type for offer in (*SOLUTIONS, *TRIPLES) if offer.name == chosen.name)


def _start(headers: dict[str, str]) -> Message:
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    return {"type": "http.response.start", "status": 200, "headers": raw}


async def _page(request: Request, service: Service, asked: _Asked, seen: Sketch, headers: dict[str, str], send: Send) -> None:
    # TSV and N-Triples have a row on each line, so reading can stop after the rows that are shown
    solutions = "application/sparql-results+json" if seen.form == "truth" else "text/tab-separated-values"
    async with await service.engine.ask(_query(asked, solutions=solutions, triples="application/n-triples")) as answer:
        table = await results.read(answer, service.settings.max_table_rows)
    response = results.show(request, asked.query, table, headers)
    await response(request.scope, request.receive, send)


async def _describe(request: Request, service: Service) -> Response:
    """A GET without a query: the service description, or the form for a browser."""
    chosen = negotiate(request.headers.get("accept"), (*TRIPLES, HTML))
    if chosen is None:
        raise Problem(
            406, "Not acceptable", "The service description has RDF forms and, as the query page, HTML.", headers={"Vary": "Accept"}
        )
    if chosen is HTML:
        return RedirectResponse("query", 303, {"Vary": "Accept"})
    return await description.service_description(service, chosen)
