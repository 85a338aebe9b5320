"""`/data` and `/.well-known/void`: the catalogue; `/sitemap.xml` and `/robots.txt`: where it is worth looking."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response

from api import schema_org
from api.catalog import DATASET, DESCRIPTION, catalog, linksets
from api.document import Document, base_of, known
from api.negotiate import FILE, HTML, TRIPLES
from api.pages import page
from api.service import Service, service_of
from api.terms import Row, iri, select
from api.triples import write
from api.vocabulary import vocabulary
from baligraph.prefixes import sparql_header

_MOST: Final = 50_000
"""Addresses that a sitemap may have."""

_KINDS: Final = "bp:Meeting bp:Agent bp:Document bp:Instrument bp:Provision bp:Place bp:MeetingSeries".split()
"""What has pages that people look for; passages and claims are found from there."""


async def catalogue(request: Request) -> Response:
    """The catalogue, negotiated or by suffix."""
    service = service_of(request)
    document = Document(f"{base_of(request)}data", "data", FILE)
    chosen = document.choose(request, request.path_params.get("suffix", ""))
    headers = document.headers(service, chosen)
    if answer := known(request, headers):
        return answer
    if chosen is HTML:
        return page(
            request,
            "data.html",
            headers=headers,
            forms=document.forms(),
            about=schema_org.of_dataset(service),
            description=DESCRIPTION,
            linksets=await linksets(service),
            classes=await _classes(service),
        )
    return write(await catalog(service), chosen, headers, document.about)


async def void(request: Request) -> Response:
    """`/.well-known/void` (VoID, section 7.2): the same in RDF."""
    service = service_of(request)
    document = Document(f"{base_of(request)}data", ".well-known/void", TRIPLES)
    chosen = document.choose(request)
    headers = replace(document, offers=()).headers(service, chosen)  # its forms have the name of the catalogue
    return known(request, headers) or write(await catalog(service), chosen, headers, document.about)


async def _classes(service: Service) -> list[tuple[str, str, int]]:
    """(IRI, label, how many) of the classes that the release counts."""
    if "classes counted" not in service.kept:
        dataset = iri(f"{service.settings.base_iri}{DATASET}")
        rows = await select(
            service.engine,
            f"{sparql_header(('void',))}SELECT ?x ?n {{ {dataset} void:classPartition ?part . ?part void:class ?x ;"
            " void:entities ?n } ORDER BY DESC(?n) ?x",
        )
        terms = await vocabulary(service)
        service.kept["classes counted"] = [(row["x"].value, terms.label(row["x"].value), int(row["n"].value)) for row in rows]
    found: list[tuple[str, str, int]] = service.kept["classes counted"]
    return found


async def robots(request: Request) -> Response:
    """Everything may be read; what computes is left to people."""
    root = service_of(request).settings.root_path
    closed = [f"Disallow: {root}/{path}" for path in ("sparql", "graphs", "query", "build", "why", "metrics")]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {base_of(request)}sitemap.xml"]
    return Response("\n".join(lines) + "\n", media_type="text/plain", headers={"Cache-Control": "no-cache"})


async def sitemap(request: Request) -> Response:
    """The pages of things that people look for, under their canonical addresses."""
    service, base = service_of(request), base_of(request)
    headers = {"Cache-Control": "no-cache", "ETag": f'"{service.release.id}-sitemap"'}
    if answer := known(request, headers):
        return answer
    fixed = [base, *(f"{base}{path}" for path in ("data", "ontology", "shapes", "quality", "query", "build", "about"))]
    pages = [f"{base}data/{row['x'].value.removeprefix(f'{base}id/')}.html" for row in await _things(service)]
    locations = "\n".join(f" <url><loc>{escape(address)}</loc></url>" for address in (*fixed, *pages)[:_MOST])
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{locations}\n</urlset>\n'
    return Response(body, media_type="application/xml", headers=headers)


async def _things(service: Service) -> list[Row]:
    return await select(
        service.engine,
        f"{sparql_header(('bp',))}SELECT DISTINCT ?x {{ VALUES ?kind {{ {' '.join(_KINDS)} }} ?x a ?kind"
        f' FILTER(STRSTARTS(STR(?x), "{service.settings.base_iri}id/")) }} ORDER BY ?x LIMIT {_MOST}',
    )
