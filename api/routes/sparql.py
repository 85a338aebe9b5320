"""`/sparql`: the SPARQL 1.1 Protocol, all three ways to query. The text is handed on; nothing here parses it.

Plain ASGI, because of one rule: an answer is whole or looks broken (see `streaming`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from api import description, results
from api.asked import READ_ONLY, understand
from api.cache import Key
from api.headers import Fields, header
from api.known import Before
from api.negotiate import GRAPHS, HTML, SOLUTIONS, TRIPLES, TRUTH, Format, by_name, negotiate
from api.pinned import one_release, told
from api.problems import Problem
from api.service import Service
from api.streaming import caching, digest, etag, send_unchanged, send_whole, stream, unchanged, while_connected
from baligraph.sparql_text import Form, Sketch
from baligraph.store import Query

_ALLOW = {"Allow": "GET, HEAD, POST, OPTIONS"}
_NO_SERVICE = (
    "SERVICE would make this server call another one, which it never does. Federate from your side: a client such as Comunica "
    "(https://comunica.dev) joins this endpoint with others in one query."
)
_RECIPE = "comunica-sparql ADDRESS-OF-THIS-ENDPOINT ADDRESS-OF-THE-OTHER -q 'the query without SERVICE'"
_USUAL: Final = 500
"""Characters of an Accept header that is worth remembering."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The form of an answer: as it is called (perhaps by an alias), and the media type that the engine is to write for either kind."""

    format: Format
    solutions: str
    triples: str
    types: Mapping[str, str]


class Sparql:
    """The endpoint."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; raises Problem and StoreError for the handlers."""
        service: Service = scope["service"]
        method = scope["method"]
        if method not in {"GET", "HEAD", "POST"}:
            if method != "OPTIONS":
                raise Problem(405, "Method not allowed", "Ask by GET or POST.", headers=_ALLOW)
            await Response(status_code=204, headers=_ALLOW)(scope, receive, send)
            return
        asked = await understand(scope, receive, service.settings.max_query_length)
        if asked is None:
            response = await _describe(scope, service)
            await response(scope, receive, send)
            return
        if asked.release is not None:
            service = await _pinned(scope, asked.release)
        scope["baligraph.query"] = asked.query  # for a suggestion, if it is refused
        _refuse(asked.seen)
        accept = header(scope, b"accept")
        chosen = (_remembered if len(accept) < _USUAL else _choose)(asked.seen.form, asked.format, accept)
        key: Key = (service.release.id, asked.text, asked.default_graphs, asked.named_graphs, chosen.format.media_type)
        name = digest(key)
        log = scope["baligraph.log"] = {"query": name, "format": chosen.format.name}
        fields: Fields = [(b"vary", b"Accept")]
        if asked.seen.volatile:
            fields.append((b"cache-control", b"no-store"))
        elif method == "POST":
            fields.append((b"cache-control", b"no-cache"))
        else:
            tag = etag(service, name)
            fields += caching(service, tag)
            if method == "GET" and not service.pinned:
                url = scope["raw_path"] + b"?" + scope["query_string"]
                service.known.remember(url, accept.encode("latin-1"), Before(key, tag.encode("latin-1"), told(scope, 200, fields), log))
            if unchanged(scope, tag):
                await send_unchanged(send, fields)
                return
        kept = None if asked.seen.volatile or chosen.format is HTML else service.cache.get(key)
        if kept is not None:
            await send_whole(send, [*fields, *kept.fields()], kept.body, head=method == "HEAD")
            return
        fields += service.ledger.fields(scope["baligraph.client"])
        query = Query(
            text=asked.query,
            solutions=chosen.solutions,
            triples=chosen.triples,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
            timeout=asked.timeout,
            unlimited=scope["baligraph.client"] is None,
        )
        if chosen.format is HTML:
            await while_connected(_page(scope, receive, send, query, fields), receive)
            return
        await while_connected(stream(scope, query, chosen.types, fields, None if asked.seen.volatile else key, send), receive)


async def _pinned(scope: Scope, name: str) -> Service:
    """The service of the release that a form names. Raises Problem and StoreError."""
    service: Service = scope["service"]
    if service.pinned:
        one_release((service.release.id, name))
    else:
        await scope["baligraph.pin"](name)
    found: Service = scope["service"]
    return found


def _refuse(seen: Sketch) -> None:
    """What is never answered, told early and with the reason."""
    if seen.form == "update":
        raise Problem(400, "Not a query", READ_ONLY)
    if seen.service:
        raise Problem(400, "SERVICE is refused", _NO_SERVICE, recipe=_RECIPE)


# --- negotiation ---------------------------------------------------------------------------------------------------------------------

_OFFERS: Final[Mapping[Form, tuple[Format, ...]]] = {
    "triples": (*GRAPHS, HTML),
    "truth": (*TRUTH, HTML),
    **dict.fromkeys(("solutions", "unknown"), (*SOLUTIONS, HTML)),
}


def _choose(form: Form, name: str | None, accept: str) -> _Chosen:
    """By `?format=` if that is given, else by the Accept header. Raises Problem."""
    offers = _OFFERS[form]
    if name is not None:
        chosen = by_name(name, offers)
        if chosen is None:
            known = ", ".join(offer.name for offer in offers)
            raise Problem(400, "Unknown format", f"format={name[:40]} is not offered for this query; there are {known}.")
    else:
        chosen = negotiate(accept, offers)
        if chosen is None and form == "unknown":
            chosen = offers[0]  # not a query at all: the parser's message helps more than a 406
        if chosen is None:
            names = ", ".join(offer.media_type for offer in offers)
            raise Problem(406, "Not acceptable", f"For this query there are {names}.", headers={"Vary": "Accept"})
    if chosen is HTML:
        # TSV and N-Triples have a row on each line, so reading can stop after the rows that are shown
        solutions = "application/sparql-results+json" if form == "truth" else "text/tab-separated-values"
        return _Chosen(chosen, solutions, "application/n-triples", {})
    # the media type under its own name: an alias only names the answer
    own = next(offer.media_type for offer in (*SOLUTIONS, *GRAPHS) if offer.name == chosen.name)
    triples = form == "triples"
    return _Chosen(
        chosen, SOLUTIONS[0].media_type if triples else own, own if triples else GRAPHS[0].media_type, {own: chosen.content_type}
    )


_remembered = lru_cache(maxsize=512)(_choose)


# --- what is no plain answer ---------------------------------------------------------------------------------------------------------


async def _page(scope: Scope, receive: Receive, send: Send, query: Query, fields: Fields) -> None:
    service: Service = scope["service"]
    async with await service.engine.ask(query) as answer:
        table = await results.read(answer, service.settings.max_table_rows)
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in fields}
    response = results.show(Request(scope), query.text, table, headers)
    await response(scope, receive, send)


async def _describe(scope: Scope, service: Service) -> Response:
    """A GET without a query: the service description, or the form for a browser."""
    chosen = negotiate(header(scope, b"accept"), (*TRIPLES, HTML))
    if chosen is None:
        raise Problem(
            406, "Not acceptable", "The service description has RDF forms and, as the query page, HTML.", headers={"Vary": "Accept"}
        )
    if chosen is HTML:
        return RedirectResponse(service.keep("query"), 303, {"Vary": "Accept"})
    return await description.service_description(service, chosen)
