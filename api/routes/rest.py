"""`/api/v1`: the collections, by one mechanism."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api import sheet, workbook
from api.description import rdf_response
from api.document import Document, known, split_suffix
from api.negotiate import CSV, GEOJSON, HTML, TURTLE, Format
from api.pages import edition, page
from api.problems import Problem
from api.rest import forms
from api.rest.asked import USUAL, WHOLE, Asked, grouped, pairs, understand, understand_one, wrong
from api.rest.collections import collections
from api.rest.envelope import context_iri, release
from api.rest.facts import add_facts
from api.rest.items import Items, key_of, read_items, read_names
from api.rest.matches import Matches, coverage, facet, matches
from api.rest.openapi import description
from api.rest.search import as_json as found_json
from api.rest.search import find
from api.rest.search import table as found_table
from api.rest.table import Collection
from api.service import Service, service_of
from api.streaming import cache_control
from api.subjects import find_subject, unknown
from api.terms import iri, select
from api.workbook import XLSX, Sheet
from baligraph.prefixes import sparql_header

SEARCHED: Final = (forms.JSON, CSV)
"""The forms of hits."""

_COMMON: Final = 5
"""Operations that may have the same parameter before the page explains it once for all."""

OPENAPI: Final = Format("json", "application/json", "OpenAPI", ("application/vnd.oai.openapi+json", "application/openapi+json"))


async def index(request: Request) -> Response:
    """`/api/v1` and `/api/v1.json`: what there is."""
    service = service_of(request)
    grouped(pairs(request.scope["query_string"]), ())
    document = Document(f"{service.settings.base_iri}api/v1", "api/v1", (forms.JSON,))
    headers = document.headers(service, document.choose(request, request.path_params.get("suffix", "")))
    if answer := known(request, headers):
        return answer
    listed = [
        {"name": entry.name, "title": entry.title, "meaning": entry.meaning, "href": service.keep(f"v1/{entry.name}")}
        for entry in collections().values()
    ]
    body = {"collections": listed, "release": release(service, "api/v1", "")}
    return Response(forms.dump(body), headers={**headers, "Content-Type": forms.JSON.content_type})


async def openapi(request: Request) -> Response:
    """`/api/v1/openapi.json`: the description of all this (OpenAPI 3.1)."""
    service = service_of(request)
    document = Document(f"{service.settings.base_iri}api/v1/openapi.json", "api/v1/openapi.json", (OPENAPI,))
    chosen = document.choose(request)
    headers = document.headers(service, chosen, f"{service.release.id}-{version('baligraph')}")
    headers["Link"] = f'<{document.about}>; rel="canonical"'
    if answer := known(request, headers):
        return answer
    return Response(forms.dump(description("../..", version("baligraph"))), headers={**headers, "Content-Type": chosen.content_type})


async def reference(request: Request) -> Response:
    """`/api`: the same for people."""
    service = service_of(request)
    document = Document(f"{service.settings.base_iri}api", "api", (HTML,))
    headers = document.headers(service, document.choose(request), f"{service.release.id}-{edition()}")
    if answer := known(request, headers):
        return answer
    told = description(".", version("baligraph"))
    every = [parameter for operations in told["paths"].values() for parameter in operations["get"].get("parameters", [])]
    alike = Counter((parameter["name"], parameter["description"]) for parameter in every)
    common = {parameter["name"]: parameter for parameter in every if alike[parameter["name"], parameter["description"]] > _COMMON}
    return page(request, "api.html", headers=headers, document=told, common=common)


async def collection(request: Request) -> Response:
    """`/api/v1/{collection}` and its forms: a page, or the whole as a table."""
    service = service_of(request)
    name, suffix = split_suffix(request.path_params["collection"], forms.PLACED)
    table = _collection(name)
    document = _document(service, table, f"api/v1/{name}", request)
    chosen = document.choose(request, suffix)
    given = pairs(request.scope["query_string"])
    asked = understand(table, given)
    found = await matches(service, asked)
    limit = asked.limit or (USUAL if chosen.name in {"json", "jsonld"} else max(found.total, 1))
    if limit > WHOLE:
        raise wrong(
            "limit", f"this has {found.total} items; a table of more than {WHOLE} is read in pages: give a limit, and follow rel=next."
        )
    iris, last = found.page(asked.cursor, limit)
    onward = None if last is None else service.keep(asked.next(last, limit))
    headers = _headers(service, document, chosen, onward)
    if answer := known(request, headers):
        return answer
    key = (service.release.id, "rest", document.path, document.query, chosen.name)
    kept = service.cache.get(key)
    if kept is None:
        items, told = await asyncio.gather(_items(service, asked, iris, chosen), coverage(service, asked, found))
        body = await _written(service, document, chosen, asked, items, found, told, onward)
        service.cache.put(key, chosen.content_type, body)
    else:
        body = kept.body
    return Response(body, headers={**headers, "Content-Type": chosen.content_type})


async def search(request: Request) -> Response:
    """`/api/v1/search` and its forms: full text."""
    service = service_of(request)
    suffix = request.path_params.get("suffix", "")
    given = pairs(request.scope["query_string"])
    query = f"?{urlencode(given)}" if given else ""
    document = Document(f"{service.settings.base_iri}api/v1/search", "api/v1/search", SEARCHED, query=query)
    chosen = document.choose(request, suffix)
    hits = await find(service, given)
    headers = _headers(service, document, chosen, service.keep(hits.onward) if hits.onward else None)
    if answer := known(request, headers):
        return answer
    if chosen is CSV:
        body = sheet.write(*found_table(hits, service.release.id))
    else:
        body = forms.dump(found_json(hits, service.keep) | {"release": release(service, document.path, query)})
    return Response(body, headers={**headers, "Content-Type": chosen.content_type})


async def item(request: Request) -> Response:
    """`/api/v1/{collection}/{key}` and its forms: one thing."""
    service = service_of(request)
    table = _collection(request.path_params["collection"])
    key, suffix = split_suffix(request.path_params["key"], forms.offers(table))
    thing = table.iri(key)
    if thing is None:
        raise Problem(404, "Not found", f"{key[:80]!r} is no key of {table.name}.")
    document = _document(service, table, f"api/v1/{table.name}/{key}", request)
    chosen = document.choose(request, suffix)
    asked = understand_one(table, pairs(request.scope["query_string"]))
    subject = await find_subject(service, "", thing.removeprefix(service.settings.base_iri))
    if subject.replaced_by:
        return RedirectResponse(service.keep(f"{table.key(subject.replaced_by)}{document.query}"), 301, {"Vary": "Accept"})
    if not await select(
        service.engine, f"{sparql_header(('bp', 'c', 'skos'))}SELECT ?x {{ VALUES ?x {{ {iri(thing)} }} {table.pattern} }}"
    ):
        raise unknown(service, f"{service.settings.base_iri}{document.path}")
    headers = _headers(service, document, chosen, None)
    if answer := known(request, headers):
        return answer
    items = await _items(service, asked, [thing], chosen)
    one = Matches([], [thing], descending=False)
    told = await coverage(service, asked, await matches(service, asked))
    body = await _written(service, document, chosen, asked, items, one, told, None, alone=True)
    return Response(body, headers={**headers, "Content-Type": chosen.content_type})


def _collection(name: str) -> Collection:
    found = collections().get(name)
    if found is None:
        raise Problem(404, "Not found", f"There is no collection {name[:80]!r}; there are {', '.join(collections())}.")
    return found


def _document(service: Service, table: Collection, path: str, request: Request) -> Document:
    text = urlencode(pairs(request.scope["query_string"]))
    up = "../" * path.count("/")
    links = (
        f'<{context_iri(service)}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"',
        f'<{service.keep(f"{up}api/v1/openapi.json")}>; rel="service-desc"; type="application/vnd.oai.openapi+json"',
    )
    return Document(f"{service.settings.base_iri}{path}", path, forms.offers(table), links, f"?{text}" if text else "")


def _headers(service: Service, document: Document, chosen: Format, onward: str | None) -> dict[str, str]:
    if onward is not None:
        document = replace(document, links=(*document.links, f'<{onward}>; rel="next"'))
    headers = document.headers(service, chosen)
    return headers | {"Cache-Control": cache_control(service)}


async def _items(service: Service, asked: Asked, iris: list[str], chosen: Format) -> Items:
    items = await read_items(service, asked.collection, asked.fields, iris, places=chosen is GEOJSON)
    if asked.evidence and chosen.name != TURTLE.name:
        await add_facts(service, items)
    return items


async def _written(
    service: Service,
    document: Document,
    chosen: Format,
    asked: Asked,
    items: Items,
    found: Matches,
    told: str,
    onward: str | None,
    *,
    alone: bool = False,
) -> bytes:
    if chosen.name == TURTLE.name:
        return bytes(rdf_response(items.triples(), chosen, {}).body)
    said = release(service, document.path, document.query)
    if chosen in {CSV, XLSX}:
        columns, rows = forms.table(items, service.release.id, told, evidence=asked.evidence)
        if chosen is CSV:
            return sheet.write(columns, rows)
        title = asked.collection.title
        return workbook.write(title, said["date"], (Sheet(title, columns, rows), Sheet("About", ("how to cite",), [(said["citation"],)])))
    bodies = forms.objects(items, evidence=asked.evidence)
    if chosen is GEOJSON:
        return forms.geojson(items, {"total": found.total, "coverage": told, "release": said}, evidence=asked.evidence)
    if alone:
        return forms.dump({"@context": context_iri(service), **bodies[0], "coverage": told, "release": said})
    facets = {entry.name: await _facet(service, asked, entry.name, found) for entry in asked.facets}
    head: dict[str, Any] = {"@context": context_iri(service), "total": found.total, "next": onward, "coverage": told, "release": said}
    return forms.dump({**head, "facets": facets, "items": bodies})


async def _facet(service: Service, asked: Asked, name: str, found: Matches) -> list[dict[str, Any]]:
    if name in found.written:
        return found.written[name]
    entry = asked.collection.by_name[name]
    counts = await facet(service, asked, entry, found)
    things = [value for value, _ in counts if entry.kind == "reference"]
    names = await read_names(service, things)

    def shown(value: str) -> dict[str, Any]:
        if entry.kind != "reference":
            return {"id": None, "value": value, "name": value}
        return {"id": value, "value": key_of(value), "name": names[value][1].value if value in names else key_of(value)}

    found.written[name] = [shown(value) | {"count": count} for value, count in counts]
    return found.written[name]
