"""The shapes and the context under their canonical addresses."""

from __future__ import annotations

import html

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import to_isomorphic

from baligraph import data
from baligraph.prefixes import expand

FORMS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
}


def graph(triples: bytes, form: ox.RdfFormat) -> rdflib.Graph:
    lines = ox.serialize(dict.fromkeys(q.triple for q in ox.parse(triples, format=form)), format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=lines, format="nt")


@pytest.mark.parametrize("suffix", FORMS)
def test_the_shapes_are_those_of_the_files_in_every_form(server: str, suffix: str) -> None:
    media_type, form = FORMS[suffix]
    negotiated = httpx.get(f"{server}shapes", headers={"accept": media_type})
    direct = httpx.get(f"{server}shapes.{suffix}", headers={"accept": "image/png"})
    assert (negotiated.status_code, direct.status_code) == (200, 200)
    assert direct.headers["content-type"].partition(";")[0] == negotiated.headers["content-type"].partition(";")[0] == media_type
    assert direct.content == negotiated.content
    assert '<https://w3id.org/baligraph/shapes>; rel="canonical"' in direct.headers["link"]
    assert "Accept" in negotiated.headers["vary"]
    files = graph(b"\n".join(path.read_bytes() for path in data.shapes().glob("*.ttl")), ox.RdfFormat.TURTLE)
    assert to_isomorphic(graph(direct.content, form)) == to_isomorphic(files)
    again = httpx.get(f"{server}shapes.{suffix}", headers={"if-none-match": direct.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("path", "accept", "status"), [("shapes", "image/png", 406), ("shapes.x", "*/*", 404)])
def test_other_forms_are_refused(server: str, path: str, accept: str, status: int) -> None:
    answer = httpx.get(f"{server}{path}", headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_browser_reads_the_shapes_on_a_page(server: str) -> None:
    answer = httpx.get(f"{server}shapes", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert html.escape(next(data.shapes().glob("*.ttl")).read_text(encoding="utf-8").splitlines()[0], quote=False) in answer.text


def test_the_context_is_the_file(server: str) -> None:
    answer = httpx.get(f"{server}context.jsonld")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/ld+json")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.content == data.ontology("context.jsonld").read_bytes()
    again = httpx.get(f"{server}context.jsonld", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_document_names_coordinates_and_dates_by_short_keys(server: str) -> None:
    place = httpx.get(f"{server}data/place_harbour-town.jsonld").json()
    triples = {q.predicate.value for q in ox.parse(httpx.get(f"{server}data/place_harbour-town.nt").content, format=ox.RdfFormat.N_TRIPLES)}
    assert {expand("geo:lat"), expand("geo:long"), expand("dcterms:dateAccepted")} <= triples
    assert {"lat", "long", "dateAccepted"} <= place.keys()
