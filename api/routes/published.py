"""Files of the project under their canonical addresses: the shapes that a release has to satisfy, and the JSON-LD context."""

from __future__ import annotations

import hashlib
from functools import cache

import pyoxigraph
from pyoxigraph import RdfFormat, Triple
from starlette.requests import Request
from starlette.responses import Response

from api.description import rdf_response
from api.negotiate import JSONLD, TRIPLES, Format, by_name, negotiate
from api.problems import Problem
from api.service import service_of
from baligraph import data


async def shapes(request: Request) -> Response:
    """`/shapes`, negotiated, and `/shapes.{ttl,jsonld,nt,rdf}`: all shapes, in one answer."""
    suffix = request.path_params.get("suffix")
    chosen = by_name(suffix, TRIPLES) if suffix else negotiate(request.headers.get("accept"), TRIPLES)
    if chosen is None:
        if suffix:
            forms = ", ".join(f".{offer.name}" for offer in TRIPLES)
            raise Problem(404, "Not found", f"There is no form .{suffix[:20]} of the shapes; there are {forms}.")
        raise Problem(406, "Not acceptable", f"There are {', '.join(offer.media_type for offer in TRIPLES)}.", headers={"Vary": "Accept"})
    base = service_of(request).settings.base_iri
    links = [f'<{base}shapes>; rel="canonical"', f'<{base}ontology>; rel="describedby"']
    links += [f'<{base}shapes.{offer.name}>; rel="alternate"; type="{offer.media_type}"' for offer in TRIPLES]
    headers = _headers(_turtle(), chosen) | {"Vary": "Accept", "Link": ", ".join(links)}
    if _is_known(request, headers):
        return Response(status_code=304, headers=headers)
    if chosen.name == "ttl":  # as they are written: with their order and their comments
        return Response(_turtle(), headers={**headers, "Content-Type": chosen.content_type})
    return rdf_response(_triples(), chosen, headers)


async def context(request: Request) -> Response:
    """`/context.jsonld`: what the keys of our JSON-LD mean."""
    content = data.ontology("context.jsonld").read_bytes()
    base = service_of(request).settings.base_iri
    headers = _headers(content, JSONLD) | {"Link": f'<{base}context.jsonld>; rel="canonical"'}
    if _is_known(request, headers):
        return Response(status_code=304, headers=headers)
    return Response(content, headers={**headers, "Content-Type": JSONLD.content_type})


@cache
def _turtle() -> bytes:
    """The files of `shapes/` one after the other, which is Turtle again: each declares the prefixes that it uses."""
    return b"\n".join(path.read_bytes() for path in sorted(data.shapes().glob("*.ttl")))


@cache
def _triples() -> list[Triple]:
    return list(dict.fromkeys(quad.triple for quad in pyoxigraph.parse(_turtle(), format=RdfFormat.TURTLE)))


def _headers(content: bytes, chosen: Format) -> dict[str, str]:
    digest = hashlib.sha256(content).hexdigest()[:16]
    return {"Cache-Control": "no-cache", "ETag": f'"{digest}-{chosen.name}-{chosen.media_type.replace("/", "-")}"'}


def _is_known(request: Request, headers: dict[str, str]) -> bool:
    return headers["ETag"] in [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]
