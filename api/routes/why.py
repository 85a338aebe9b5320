"""`/why?s=&p=&o=`: through what rule, row and sentence a triple of the accepted view came to be."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, NamedNode
from starlette.requests import Request
from starlette.responses import Response

from api.asked_store import AskedStore
from api.document import Document, base_of, known
from api.negotiate import HTML, Format
from api.pages import page
from api.problems import Problem
from api.service import Service, service_of
from baligraph.explanation import Explanation
from baligraph.prefixes import shrink
from baligraph.typed import TypedError, means, node, shown, some
from baligraph.why import Explainer, UnexplainedError

_FORMS = (Format("json", "application/json", "JSON"), HTML)
_REMEMBERED = 20_000
"""Explanations that are kept for the next."""


@dataclass(slots=True)
class _Whys:
    """What explains the triples of one release, one at a time."""

    explainer: Explainer
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


async def why(request: Request) -> Response:
    """The explanation, as JSON or as a page. `o` may be an IRI, a prefixed name, or the words of a literal."""
    service = service_of(request)
    given = [request.query_params.get(name, "") for name in ("s", "p", "o")]
    if not all(given):
        raise Problem(400, "A triple, please", "s, p and o name the triple: IRIs or prefixed names; o may be the words of a literal.")
    document = Document(f"{base_of(request)}why?{request.url.query}", "why", _FORMS)
    chosen = document.choose(request)
    headers = document.headers(service, chosen) | {"Vary": "Accept"}
    headers["Link"] = ", ".join(part for part in headers["Link"].split(", ") if "alternate" not in part)  # there are no suffixes here
    if answer := known(request, headers):
        return answer
    try:
        found = await _explain(service, *given)
    except TypedError as error:
        raise Problem(400, "No IRI", str(error)) from None
    except UnexplainedError as error:
        raise Problem(404, "Not found", str(error)) from None
    if chosen is HTML:
        return page(request, "why.html", headers=headers, why=found, depth=0)
    body = {"release": service.release.id, **found.as_json()}
    content = (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()
    return Response(content, headers={**headers, "Content-Type": chosen.content_type})


async def _explain(service: Service, subject: str, predicate: str, words: str) -> Explanation:
    store = AskedStore(service.engine, asyncio.get_running_loop(), service.settings.query_timeout)
    if "why" not in service.kept:
        explainer = await asyncio.to_thread(Explainer, store)  # its rules are read once
        service.kept.setdefault("why", _Whys(explainer))
    whys: _Whys = service.kept["why"]
    async with whys.turn:
        return await asyncio.to_thread(_explain_here, whys.explainer, store, node(subject), node(predicate), words)


def _explain_here(explainer: Explainer, store: AskedStore, subject: NamedNode, predicate: NamedNode, words: str) -> Explanation:
    said = [quad.object for quad in store.quads_for_pattern(subject, predicate, None, DefaultGraph())]
    value = next((term for term in said if means(term, words)), None)
    if value is None:
        told = f"it says {some(map(shown, said))}" if said else "it says nothing"
        raise UnexplainedError(f"The release does not say that. Of {shrink(subject.value)} {shrink(predicate.value)} {told}.")
    explainer.renew(store, _REMEMBERED)
    return explainer.explain(subject, predicate, value)  # type: ignore[arg-type]  # an object is a term
