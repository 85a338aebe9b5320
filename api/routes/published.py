"""Files of the project under their canonical addresses: the shapes that a release has to satisfy, the prefixes, and the JSON-LD context."""

from __future__ import annotations

import hashlib
from functools import cache

import pyoxigraph
from pyoxigraph import RdfFormat, Triple
from starlette.requests import Request
from starlette.responses import Response

from api.description import rdf_response
from api.document import LICENCE, Document, base_of, known
from api.negotiate import FILE, HTML, JSONLD
from api.pages import page
from api.service import service_of
from baligraph import data


async def shapes(request: Request) -> Response:
    """`/shapes`, negotiated, and `/shapes.{ttl,jsonld,nt,rdf,html}`: all shapes, in one answer."""
    return _file(request, "shapes", "Shapes", _shapes())


async def prefixes(request: Request) -> Response:
    """`/prefixes`, negotiated, and its forms: the declarations of all prefixes, for SHACL."""
    return _file(request, "prefixes", "Prefixes", data.ontology("prefixes.ttl").read_bytes())


def _file(request: Request, name: str, title: str, turtle: bytes) -> Response:
    document = Document(f"{base_of(request)}{name}", name, FILE)
    chosen = document.choose(request, request.path_params.get("suffix", ""))
    headers = document.headers(service_of(request), chosen, _digest(turtle))
    if answer := known(request, headers):
        return answer
    if chosen.name == "ttl":  # as they are written: with their order and their comments
        return Response(turtle, headers={**headers, "Content-Type": chosen.content_type})
    if chosen is HTML:
        return page(request, "source.html", headers=headers, title=title, text=turtle.decode(), forms=document.forms())
    return rdf_response(_triples(turtle), chosen, headers)


async def context(request: Request) -> Response:
    """`/context.jsonld`: what the keys of our JSON-LD mean."""
    content = data.ontology("context.jsonld").read_bytes()
    headers = {
        "Cache-Control": "no-cache",
        "ETag": f'"{_digest(content)}"',
        "Link": f'<{base_of(request)}context.jsonld>; rel="canonical", <{LICENCE}>; rel="license"',
    }
    return known(request, headers) or Response(content, headers={**headers, "Content-Type": JSONLD.content_type})


@cache
def _shapes() -> bytes:
    """The files of `shapes/` one after the other, which is Turtle again: each declares the prefixes that it uses."""
    return b"\n".join(path.read_bytes() for path in sorted(data.shapes().glob("*.ttl")))


@cache
def _triples(turtle: bytes) -> list[Triple]:
    return list(dict.fromkeys(quad.triple for quad in pyoxigraph.parse(turtle, format=RdfFormat.TURTLE)))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
