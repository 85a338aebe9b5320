"""Linked data: `/id/x` names a thing, 303 leads to `/data/x`, which negotiates; `/data/x.ttl` and so on give each form directly.

A concept is no document either: 303 leads from `/concept/x` to `/data/concept_x`.
"""

from __future__ import annotations

import re
from typing import Any

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.negotiate import HTML, THING, TRIPLES, Format, by_name, negotiate
from api.ontology import read_ontology
from api.pages import page
from api.problems import Problem
from api.service import Service, service_of
from api.terms import iri, select
from api.thing import read_thing
from api.triples import construct, description_query, write
from baligraph.prefixes import sparql_header
from baligraph.release import Release
from baligraph.withdrawn import mark

_NAME = re.compile(r"[^\s/<>\"{}|^`\\]+")
_SHOWN = 500
_CONCEPT = "concept_"  # no type of thing: the names of documents about concepts begin with it


async def redirect(request: Request) -> Response:
    """`/id/x` → 303 → `/data/x`, whatever form is wanted; unknown names are 404 here already."""
    name = _checked(request.path_params["name"])
    return await _see_other(request, f"id/{name}", f"../data/{name}")


async def concept(request: Request) -> Response:
    """`/concept/x`, a concept or a scheme → 303 → `/data/concept_x`."""
    name = _checked(request.path_params["name"])
    return await _see_other(request, f"concept/{name}", f"../data/concept_{name}")


async def _see_other(request: Request, path: str, document: str) -> Response:
    service = service_of(request)
    thing = f"{service.settings.base_iri}{path}"
    if not await select(service.engine, f"SELECT * {{ {{ {iri(thing)} ?p ?o }} UNION {{ GRAPH ?g {{ {iri(thing)} ?p ?o }} }} }} LIMIT 1"):
        raise _unknown(service, thing)
    return RedirectResponse(document, 303, {"Vary": "Accept", "Cache-Control": "no-cache"})


async def data(request: Request) -> Response:
    """`/data/x` and `/data/x.{ttl,jsonld,nt,rdf,html}`."""
    return await _thing(request, "data/")


async def ontology(request: Request) -> Response:
    """`/ontology`: all terms, in one answer."""
    service = service_of(request)
    name = f"{service.settings.base_iri}ontology"
    chosen = _choose(request, None)
    headers = _headers(service, name, "ontology", chosen, suffix=False)
    if not _changed(request, headers):
        return Response(status_code=304, headers=headers)
    if chosen is HTML:
        return page(request, "ontology.html", headers=headers, ontology=await read_ontology(service))
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {iri(f'{service.settings.base_iri}graph/ontology')} {{ ?s ?p ?o }} }}"
    return write(await construct(service, query), chosen, headers)


async def ontology_part(request: Request) -> Response:
    """`/ontology/1.0.0`, the version that this release holds, and `/ontology/alignments/x` with its forms."""
    service, name = service_of(request), request.path_params["name"]
    base = f"{service.settings.base_iri}ontology"
    version = f"{base}/{'/'.join(_checked(part) for part in name.split('/'))}"
    rows = await select(service.engine, f"{sparql_header(('owl',))}SELECT * {{ {iri(base)} owl:versionIRI {iri(version)} }} LIMIT 1")
    return await ontology(request) if rows else await _thing(request, "ontology/")


async def graph(request: Request) -> Response:
    """`/graph/doc/x` and its forms: the triples of one named graph."""
    service = service_of(request)
    name, chosen_suffix = _split(request.path_params["name"])
    address = f"{service.settings.base_iri}graph/{name}"
    count = await select(service.engine, f"SELECT (COUNT(*) AS ?n) {{ GRAPH {iri(address)} {{ ?s ?p ?o }} }}")
    if count[0]["n"].value == "0":
        raise _unknown(service, address)
    chosen = _choose(request, chosen_suffix)
    headers = _headers(service, address, f"graph/{name}", chosen, suffix=True)
    if not _changed(request, headers):
        return Response(status_code=304, headers=headers)
    if chosen is HTML:
        pattern = f"GRAPH {iri(address)} {{ ?subject ?predicate ?object }}"
        text = f"SELECT ?subject ?predicate ?object {{\n  {pattern}\n}}\nORDER BY ?subject ?predicate"
        rows = await select(service.engine, f"{text} LIMIT {_SHOWN}")
        context: dict[str, Any] = {"iri": address, "rows": rows, "count": int(count[0]["n"].value), "query": text, "formats": TRIPLES}
        return page(request, "graph.html", headers=headers, name=name, **context)
    triples = await construct(service, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {iri(address)} {{ ?s ?p ?o }} }}")
    return write(triples, chosen, headers)


async def _thing(request: Request, folder: str) -> Response:
    service = service_of(request)
    name, suffix = _split(request.path_params["name"])
    address = f"{service.settings.base_iri}{_subject(folder, name)}"
    chosen = _choose(request, suffix)
    headers = _headers(service, address, f"{folder}{name}", chosen, suffix=True)
    if chosen is HTML:
        thing = await read_thing(service, address)
        if thing is None:
            raise _unknown(service, address)
        if not _changed(request, headers):
            return Response(status_code=304, headers=headers)
        forms = [(offer.label, f"{folder}{name}.{offer.name}") for offer in TRIPLES]
        return page(request, "thing.html", headers=headers, thing=thing, forms=forms, passage=_passage(service, thing.raw))
    triples = await construct(service, description_query(address))
    if not any(triple.subject == NamedNode(address) for triple in triples):
        raise _unknown(service, address)
    if not _changed(request, headers):
        return Response(status_code=304, headers=headers)
    return write(triples, chosen, headers, address)


def _subject(folder: str, name: str) -> str:
    """The path of what a document is about: `data/`, `concept_role_host` → `concept/role_host`."""
    if folder != "data/":
        return f"{folder}{name}"
    return f"concept/{name.removeprefix(_CONCEPT)}" if name.startswith(_CONCEPT) else f"id/{name}"


def _passage(service: Service, raw: dict[str, str]) -> tuple[str, str, str] | None:
    """For the page of a piece of evidence: the text before it, the passage, the text after it."""
    if "bp:quote" not in raw or "bp:startOffset" not in raw:
        return None
    slug = raw.get("bp:fromDocument", "").rpartition("/doc_")[2]
    try:
        text = service.release.text(slug)
    except KeyError:
        return None
    start, end = int(raw["bp:startOffset"]), int(raw["bp:endOffset"])
    return text[max(0, start - 600) : start], text[start:end], text[end : end + 600]


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise Problem(404, "Not found", "This is no name of anything here.")
    return name


def _split(path: str) -> tuple[str, Format | None]:
    """The name and the form that its suffix asks for. Names hold no dot, so any other suffix is a 404."""
    stem, dot, suffix = path.rpartition(".")
    if not dot:
        return "/".join(_checked(part) for part in path.split("/")), None
    chosen = by_name(suffix, THING) if "/" not in suffix else None
    if chosen is None:
        forms = ", ".join(f".{offer.name}" for offer in THING)
        raise Problem(404, "Not found", f"There is no form .{suffix[:20]} of this; there are {forms}.")
    return "/".join(_checked(part) for part in stem.split("/")), chosen


def _choose(request: Request, suffix: Format | None) -> Format:
    chosen = suffix or negotiate(request.headers.get("accept"), THING)
    if chosen is None:
        forms = ", ".join(offer.media_type for offer in THING)
        raise Problem(406, "Not acceptable", f"There are {forms}.", headers={"Vary": "Accept"})
    return chosen


def _headers(service: Service, address: str, path: str, chosen: Format, *, suffix: bool) -> dict[str, str]:
    base = service.settings.base_iri
    links = [f'<{address}>; rel="canonical"', f'<{base}ontology>; rel="describedby"']
    if suffix:
        links += [f'<{base}{path}.{offer.name}>; rel="alternate"; type="{offer.media_type}"' for offer in THING]
    return {
        "Vary": "Accept",
        "Link": ", ".join(links),
        "Cache-Control": "no-cache",
        "ETag": f'"{service.release.id}-{chosen.name}-{chosen.media_type.replace("/", "-")}"',
    }


def _changed(request: Request, headers: dict[str, str]) -> bool:
    return headers["ETag"] not in [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]


def _unknown(service: Service, address: str) -> Problem:
    release = service.release
    if isinstance(release, Release) and mark(address) in release.manifest.get("withdrawn", ()):
        return Problem(410, "Gone", "What this address named was withdrawn, and is in no release any more.")
    return Problem(404, "Not found", f"This release says nothing about {address}.")
