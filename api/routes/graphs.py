"""`/graphs`: the read side of the SPARQL 1.1 Graph Store Protocol. One graph by name, the default graph, or all of them as quads."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.negotiate import DATASETS, GRAPHS, Format, by_name, negotiate
from api.problems import Problem
from api.service import service_of
from api.streaming import caching, digest, etag, send_unchanged, send_whole, stream, unchanged, while_connected
from baligraph.store import ALL_GRAPHS, Query

_ALLOW = {"Allow": "GET, HEAD, OPTIONS"}


class Graphs:
    """The graph store."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; raises Problem and StoreError for the handlers."""
        request = Request(scope, receive)
        service = service_of(request)
        if request.method == "OPTIONS":
            await Response(status_code=204, headers=_ALLOW)(scope, receive, send)
            return
        if request.method not in {"GET", "HEAD"}:
            raise Problem(405, "Method not allowed", "The graphs are built from documents and only read here: GET or HEAD.", headers=_ALLOW)
        name = _graph(request)
        chosen = _choose(request, DATASETS if name == ALL_GRAPHS else GRAPHS)
        key = (service.release.id, "graphs", name, chosen.media_type)
        tag = etag(service, digest(key))
        fields = [(b"vary", b"Accept"), *caching(service, tag)]
        if unchanged(scope, tag):
            await send_unchanged(send, fields)
            return
        kept = service.cache.get(key)
        if kept is not None:
            await send_whole(send, [*fields, *kept.fields()], kept.body, head=request.method == "HEAD")
            return
        media_type = next(offer.media_type for offer in GRAPHS if offer.name == chosen.name)
        query = Query(dump=name, triples=media_type, unlimited=scope["baligraph.client"] is None)
        fields += service.ledger.fields(scope["baligraph.client"])
        await while_connected(stream(scope, query, {media_type: chosen.content_type}, fields, key, send), receive)


def _graph(request: Request) -> str:
    """What is asked for, as `Query.dump` names it."""
    names, default = request.query_params.getlist("graph"), "default" in request.query_params
    if len(names) + default > 1:
        raise Problem(400, "One graph, please", "Ask for ?graph=IRI or for ?default, once; or for neither, which gives all graphs.")
    if default:
        return ""
    if not names:
        return ALL_GRAPHS
    if ":" not in names[0] or names[0] == ALL_GRAPHS:
        raise Problem(400, "No IRI", f"graph={names[0][:80]!r} is no absolute IRI.")
    return names[0]


def _choose(request: Request, offers: tuple[Format, ...]) -> Format:
    wanted = request.query_params.get("format")
    chosen = by_name(wanted, offers) if wanted else negotiate(request.headers.get("accept"), offers)
    if chosen is None:
        raise Problem(406, "Not acceptable", f"There are {', '.join(offer.media_type for offer in offers)}.", headers={"Vary": "Accept"})
    return chosen
