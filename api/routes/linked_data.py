"""Linked data: `/id/x` names a thing, 303 leads to `/data/x`, which negotiates; `/data/x.ttl` and so on give each form directly.

A concept is no document either: 303 leads from `/concept/x` to `/data/concept_x`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api import schema_org, sheet
from api.annotation import VARY, annotation, is_asked
from api.citation import cite
from api.document import Document, base_of, known, page_number, split_suffix, uri, with_pages
from api.lately import lately
from api.negotiate import CSV, GEOJSON, HTML, PLACED, THING, TRIPLES, Format
from api.ontology import read_ontology
from api.pages import kept, links_of, page
from api.places import Place, feature, place_of
from api.problems import Problem
from api.service import Service, service_of
from api.site.brief import brief_of
from api.site.classes import read_class
from api.subjects import Subject, find_subject, unknown
from api.terms import iri, select
from api.thing import read_thing
from api.triples import construct, describe, frame, write
from api.vocabulary import vocabulary
from baligraph.prefixes import sparql_header

_SHOWN = 500
_CONCEPT = "concept_"  # no type of thing: the names of documents about concepts begin with it


async def redirect(request: Request) -> Response:
    """`/id/x` → 303 → `/data/x`, whatever form is wanted; unknown names are 404 here already."""
    return await _see_other(request, "id/", "")


async def concept(request: Request) -> Response:
    """`/concept/x`, a concept or a scheme → 303 → `/data/concept_x`."""
    return await _see_other(request, "concept/", _CONCEPT)


async def _see_other(request: Request, folder: str, prefix: str) -> Response:
    service, name = service_of(request), request.path_params["name"]
    found = await _found(service, folder, name)
    if found.replaced_by:
        return _moved(service, found.replaced_by, name, "")
    return RedirectResponse(service.keep(f"../data/{prefix}{quote(name)}"), 303, {"Vary": "Accept", "Cache-Control": "no-cache"})


async def _found(service: Service, folder: str, name: str) -> Subject:
    """The thing of a name. Raises Problem (404, 410) and StoreError."""
    return await lately(service, ("subject", folder, name), lambda: find_subject(service, folder, name))


def _moved(service: Service, into: str, name: str, suffix: str) -> Response:
    """301 to what replaces a thing: a name to the name, a document to the document in the same form."""
    local = into.removeprefix(f"{service.settings.base_iri}id/")
    if local in {into, name}:
        raise Problem(404, "Not found", f"This is replaced by {into}, which is not here.")
    form = f".{suffix}" if suffix else ""
    return RedirectResponse(service.keep(f"{quote(local)}{form}"), 301, {"Vary": "Accept", "Cache-Control": "no-cache"})


async def data(request: Request) -> Response:
    """`/data/x` and `/data/x.{ttl,jsonld,nt,rdf,html,csv,geojson}`."""
    return await _thing(request, "data/")


async def ontology(request: Request) -> Response:
    """`/ontology`, negotiated, and `/ontology.{ttl,…}`: all terms, in one answer."""
    return await _ontology(request, "ontology", request.path_params.get("suffix", ""))


async def _ontology(request: Request, path: str, suffix: str) -> Response:
    service, base = service_of(request), base_of(request)
    document = Document(f"{base}ontology", path, THING)
    chosen = document.choose(request, suffix)
    headers = document.headers(service, chosen)
    if answer := known(request, headers):
        return answer
    if chosen is HTML:
        return page(request, "ontology.html", headers=headers, ontology=await read_ontology(service), forms=document.forms())
    if chosen is CSV:
        return _sheet(sheet.terms_sheet(await read_ontology(service), service.release.id), headers)
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {iri(f'{base}graph/ontology')} {{ ?s ?p ?o }} }}"
    return write(await construct(service, query), chosen, headers)


async def ontology_class(request: Request) -> Response:
    """`/ontology/class/Meeting`: a class with its place, its shape and an example, for people."""
    name = request.path_params["name"].removesuffix(".html")

    async def make(headers: Mapping[str, str]) -> Response:
        told = await read_class(service_of(request), links_of(request), name)
        if told is None:
            raise Problem(404, "Not found", f"The ontology has no class {name[:80]!r}; /ontology lists them.")
        return page(request, "class.html", headers=headers, told=told)

    return await kept(request, make)


async def ontology_part(request: Request) -> Response:
    """`/ontology/1.0.0`, the version that this release holds, and `/ontology/alignments/x` with its forms."""
    service = service_of(request)
    name, suffix = split_suffix(request.path_params["name"], THING)
    version = f"{base_of(request)}ontology/{name}"
    if re.fullmatch(r"[0-9.]+", name):
        about = iri(f"{base_of(request)}ontology")
        if await select(service.engine, f"{sparql_header(('owl',))}SELECT * {{ {about} owl:versionIRI {iri(version)} }} LIMIT 1"):
            return await _ontology(request, f"ontology/{name}", suffix)
    return await _thing(request, "ontology/")


async def graph(request: Request) -> Response:
    """`/graph/doc/x` and its forms: the triples of one named graph."""
    service = service_of(request)
    name, suffix = split_suffix(request.path_params["name"], THING)
    found = await find_subject(service, "graph/", name, graph=True)
    document = Document(found.iri, f"graph/{name}", THING)
    chosen = document.choose(request, suffix)
    headers = document.headers(service, chosen)
    if answer := known(request, headers):
        return answer
    if chosen is HTML:
        pattern = f"GRAPH {iri(found.iri)} {{ ?subject ?predicate ?object }}"
        text = f"SELECT ?subject ?predicate ?object {{\n  {pattern}\n}}\nORDER BY isBlank(?subject) ?subject ?predicate ?object"
        rows = await select(service.engine, f"{text} LIMIT {_SHOWN}")
        count = await select(service.engine, f"SELECT (COUNT(*) AS ?n) {{ GRAPH {iri(found.iri)} {{ ?s ?p ?o }} }}")
        context: dict[str, Any] = {"iri": found.iri, "rows": rows, "count": int(count[0]["n"].value), "query": text, "formats": TRIPLES}
        return page(request, "graph.html", headers=headers, name=name, forms=document.forms(), **context)
    triples = await construct(service, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {iri(found.iri)} {{ ?s ?p ?o }} }}")
    if chosen is CSV:
        return _sheet(sheet.triples_sheet(triples, service.release.id), headers)
    return write(triples, chosen, headers)


async def _thing(request: Request, folder: str) -> Response:
    service = service_of(request)
    name, suffix = split_suffix(request.path_params["name"], PLACED)
    found = await _found(service, *_subject(folder, name))
    if found.replaced_by:
        return _moved(service, found.replaced_by, name, suffix)
    if is_asked(request) and (answer := await annotation(request, found.iri, f"{folder}{name}", suffix)):
        return answer
    place = await lately(service, ("place", found.iri), lambda: place_of(service, found.iri))
    document = Document(found.iri, f"{folder}{name}", PLACED if place else THING)
    chosen = document.choose(request, suffix)
    if page_number(request) == 1 and (answer := known(request, _headers(service, document, chosen))):
        return answer  # the tag is of the release and the form: nothing has to be read for it
    read = _page if chosen in (HTML, CSV) else _rdf
    return await read(request, service, document, chosen, place)


async def _page(request: Request, service: Service, document: Document, chosen: Format, _place: Place | None) -> Response:
    """What is read by people: the page, or its facts as a table."""
    number = page_number(request)
    thing = await lately(service, ("thing", document.about, number), lambda: read_thing(service, document.about, number))
    if thing is None:
        raise unknown(service, document.about)
    headers = _headers(service, with_pages(service, document, number, more=thing.more), chosen)
    if chosen is CSV:
        return _sheet(sheet.thing_sheet(thing, service.release.id), headers)
    forms, passage = document.forms(), _passage(service, thing.raw)
    address = uri(f"{base_of(request)}{document.path}.html")
    about = schema_org.of_thing(service, await vocabulary(service), thing, address)
    brief = await brief_of(service, thing.iri) if number == 1 else None
    context: dict[str, Any] = {"thing": thing, "forms": forms, "passage": passage, "number": number, "about": about, "brief": brief}
    return page(request, "thing.html", headers=headers, **context)


async def _rdf(request: Request, service: Service, document: Document, chosen: Format, place: Place | None) -> Response:
    number = page_number(request)
    described = await lately(service, ("described", document.about, number), lambda: describe(service, document.about, number))
    triples, more = [*described[0]], described[1]
    if not triples:
        raise unknown(service, document.about)
    headers = _headers(service, with_pages(service, document, number, more=more), chosen)
    if chosen.name == GEOJSON.name and place is not None:
        body = feature(document.about, place, triples, {"release": service.release.id, "citation": cite(service, document.path).text})
        return Response(body, headers={**headers, "Content-Type": chosen.content_type})
    me = uri(f"{base_of(request)}{document.path}")
    triples += frame(service, me, document, f"{me}?page={number + 1}" if more else "")
    return write(triples, chosen, headers, document.about)


def _headers(service: Service, document: Document, chosen: Format) -> dict[str, str]:
    headers = document.headers(service, chosen)
    return headers | {"Vary": VARY} if "/evidence_" in document.about else headers


def _sheet(content: bytes, headers: dict[str, str]) -> Response:
    return Response(content, headers={**headers, "Content-Type": f"{CSV.content_type}; header=present"})


def _subject(folder: str, name: str) -> tuple[str, str]:
    """The folder and name of what a document is about: `data/`, `concept_role_host` → `concept/`, `role_host`."""
    if folder != "data/":
        return folder, name
    return ("concept/", name.removeprefix(_CONCEPT)) if name.startswith(_CONCEPT) else ("id/", name)


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
