"""`/sparql`: the SPARQL 1.1 Protocol, all three ways to query. The text is handed on; nothing here parses it.

Plain ASGI, because of one rule: an answer is whole or looks broken (see `streaming`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from api import description, results
from api.cache import Key
from api.negotiate import GRAPHS, HTML, SOLUTIONS, TRIPLES, TRUTH, Format, by_name, negotiate
from api.problems import Problem
from api.service import Service, service_of
from api.streaming import caching, digest, send_unchanged, send_whole, stream, unchanged, while_connected
from baligraph.sparql_text import Sketch, glance
from baligraph.store import Query

_ALLOW = {"Allow": "GET, HEAD, POST, OPTIONS"}
_READ_ONLY = "This service only answers queries: the graph is built from documents and never written to."
_NO_SERVICE = (
    "SERVICE would make this server call another one, which it never does. Federate from your side: a client such as Comunica "
    "(https://comunica.dev) joins this endpoint with others in one query."
)
_RECIPE = "comunica-sparql ADDRESS-OF-THIS-ENDPOINT ADDRESS-OF-THE-OTHER -q 'the query without SERVICE'"
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
        seen, text = glance(asked.query)
        _refuse(seen)
        chosen = _choose(request, asked, seen)
        key = _key(service, asked, text, chosen)
        scope["baligraph.log"] = {"query": digest(key), "format": chosen.name}
        headers = _headers(request, service, key, seen)
        if unchanged(request, headers.get("ETag")):
            await send_unchanged(send, headers)
            return
        if chosen is HTML:
            await while_connected(_page(request, service, asked, seen, headers, send), receive)
            return
        kept = None if seen.volatile else service.cache.get(key)
        if kept is not None:
            fields = {**headers, "Content-Type": kept.content_type, "Server-Timing": "cache;desc=hit"}
            await send_whole(send, fields, kept.body, head=request.method == "HEAD")
            return
        media_type = _engine_type(chosen)
        kind = "triples" if chosen.name in {offer.name for offer in GRAPHS} else "solutions"
        query = _query(request, asked, **{kind: media_type})
        types = {media_type: chosen.content_type}
        await while_connected(stream(request, service, query, types, headers, None if seen.volatile else key, send), receive)


def _refuse(seen: Sketch) -> None:
    """What is never answered, told early and with the reason."""
    if seen.form == "update":
        raise Problem(400, "Not a query", _READ_ONLY)
    if seen.service:
        raise Problem(400, "SERVICE is refused", _NO_SERVICE, recipe=_RECIPE)


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
    offers = (*{"triples": GRAPHS, "truth": TRUTH}.get(seen.form, SOLUTIONS), HTML)
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


def _key(service: Service, asked: _Asked, text: str, chosen: Format) -> Key:
    return (service.release.id, text, asked.default_graphs, asked.named_graphs, chosen.media_type)


def _headers(request: Request, service: Service, key: Key, seen: Sketch) -> dict[str, str]:
    headers = {"Vary": "Accept", **service.ledger.headers(request.scope["baligraph.client"])}
    if seen.volatile:
        headers["Cache-Control"] = "no-store"
    elif request.method == "POST":
        headers["Cache-Control"] = "no-cache"
    else:
        headers |= caching(service, key)
    return headers


# --- the answer ----------------------------------------------------------------------------------------------------------------------


def _query(request: Request, asked: _Asked, **media_types: str) -> Query:
    unlimited = request.scope["baligraph.client"] is None
    query = Query(
        text=asked.query,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        timeout=asked.timeout,
        unlimited=unlimited,
    )
    return replace(query, **media_types)  # type: ignore[arg-type]  # only the names of media types


def _engine_type(chosen: Format) -> str:
    """The media type under its own name: an alias only names the answer."""
    return next(offer.media_type for offer in (*SOLUTIONS, *GRAPHS) if offer.name == chosen.name)


async def _page(request: Request, service: Service, asked: _Asked, seen: Sketch, headers: dict[str, str], send: Send) -> None:
    # TSV and N-Triples have a row on each line, so reading can stop after the rows that are shown
    solutions = "application/sparql-results+json" if seen.form == "truth" else "text/tab-separated-values"
    async with await service.engine.ask(_query(request, asked, solutions=solutions, triples="application/n-triples")) as answer:
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
