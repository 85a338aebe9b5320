"""What machines that look for data find: DCAT, VoID, schema.org, the sitemap."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, BinaryIO, cast

import httpx
import pyoxigraph as ox
import pytest
import rdflib

from baligraph.prefixes import expand
from baligraph.release import Release

BASE = "https://w3id.org/baligraph/"
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DATASET = rdflib.URIRef(f"{BASE}id/dataset_baligraph")


@pytest.fixture(scope="module")
def served(release: Release, serve: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    with serve(release.path, client_seconds=0) as address:
        yield address


@pytest.fixture(scope="module")
def view(release: Release) -> list[ox.Triple]:
    """The accepted view."""
    with gzip.open(release.quads_path) as quads:
        parsed = ox.parse(cast(BinaryIO, quads), format=ox.RdfFormat.N_QUADS)
        return [quad.triple for quad in parsed if quad.graph_name == ox.DefaultGraph()]


@pytest.fixture(scope="module")
def catalogue(served: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=httpx.get(f"{served}.well-known/void").text, format="turtle")


def number(graph: rdflib.Graph, subject: rdflib.term.Node, predicate: rdflib.URIRef) -> int:
    return int(str(graph.value(subject, predicate)))


def test_void_and_the_catalogue_say_the_same(served: str, catalogue: rdflib.Graph) -> None:
    other = rdflib.Graph().parse(data=httpx.get(f"{served}data", headers={"accept": "application/n-triples"}).text, format="nt")
    assert set(other) == set(catalogue)
    assert (rdflib.URIRef(f"{BASE}data"), DCAT.dataset, DATASET) in catalogue
    assert httpx.get(f"{served}.well-known/void").headers["content-type"].startswith("text/turtle")


def test_partitions_count_what_the_release_holds(catalogue: rdflib.Graph, view: list[ox.Triple]) -> None:
    types = Counter(str(t.object.value) for t in view if t.predicate.value == expand("rdf:type") and isinstance(t.object, ox.NamedNode))
    parts = list(catalogue.objects(DATASET, VOID.classPartition))
    counted = {str(catalogue.value(part, VOID["class"])): number(catalogue, part, VOID.entities) for part in parts}
    own = {name: n for name, n in counted.items() if name.startswith(BASE)}
    assert own["https://w3id.org/baligraph/ontology#Meeting"] > 10
    assert own == {name: types[name] for name in own}
    assert len(list(catalogue.objects(DATASET, VOID.propertyPartition))) > 50


def test_linksets_count_the_links(catalogue: rdflib.Graph, view: list[ox.Triple]) -> None:
    links = Counter(
        (t.predicate.value, "/".join(t.object.value.split("/")[:3]) + "/")
        for t in view
        if t.predicate.value.startswith(expand("skos:")) and t.predicate.value.endswith("Match")
        and isinstance(t.object, ox.NamedNode) and not t.object.value.startswith(BASE)
    )  # fmt: skip
    told = {
        (str(catalogue.value(part, VOID.linkPredicate)), str(catalogue.value(part, VOID.objectsTarget))): number(
            catalogue, part, VOID.triples
        )
        for part in catalogue.subjects(rdflib.RDF.type, VOID.Linkset)
    }
    assert told == dict(links)
    assert any("wikidata" in target for _, target in told)


def test_distributions_are_there(served: str, catalogue: rdflib.Graph) -> None:
    found = list(catalogue.objects(DATASET, DCAT.distribution))
    assert found
    for distribution in found:
        address = str(catalogue.value(distribution, DCAT.downloadURL) or catalogue.value(distribution, DCAT.accessURL))
        answer = httpx.get(address.replace(BASE, served))
        assert answer.status_code == 200, address
        media = str(catalogue.value(distribution, DCAT.mediaType)).removeprefix("https://www.iana.org/assignments/media-types/")
        assert answer.headers["content-type"].startswith(media), address
    assert catalogue.value(DATASET, rdflib.DCTERMS.license)


def described(served: str, path: str) -> dict[str, Any]:
    text = httpx.get(f"{served}{path}", headers={"accept": "text/html"}).text
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert len(blocks) == 1
    found: dict[str, Any] = json.loads(blocks[0])
    return found


def test_a_page_says_in_schema_org_what_it_is_about(served: str) -> None:
    exact = described(served, "data/meeting_2012-05-28_bali_workshop.html")
    assert (exact["@type"], exact["startDate"], exact["endDate"]) == ("Event", "2012-05-28", "2012-05-30")
    assert exact["@id"] == f"{BASE}id/meeting_2012-05-28_bali_workshop"
    month = described(served, "data/meeting_2004-12_bali_workshop.html")
    assert "startDate" not in month, "a month is no day"
    assert month["organizer"]["@id"].endswith("gov_id-ministry-of-foreign-affairs")
    state = described(served, "data/area_mys.html")
    assert (state["@type"], state["name"]) == ("AdministrativeArea", "Malaysia")
    assert "http://www.wikidata.org/entity/Q833" in state["sameAs"]
    assert described(served, "data/doc_workshop-recommendations.html")["@type"] == "CreativeWork"


def test_the_data_set_is_described_for_search_engines(served: str) -> None:
    for path in ("data", ""):
        found = described(served, path)
        assert (found["@type"], found["@id"]) == ("Dataset", str(DATASET))
        assert 50 < len(found["description"]) < 5000
        for download in found["distribution"]:
            assert httpx.head(download["contentUrl"].replace(BASE, served)).status_code == 200


def test_mark_up_in_names_stays_inside_its_block(server: str) -> None:
    page = httpx.get(f"{server}data/org_bad.html").text
    assert "<script>alert" not in page
    assert described(server, "data/org_bad.html")["name"] == "<script>alert(1)</script>"


def test_the_sitemap_names_pages_that_are_there(served: str) -> None:
    answer = httpx.get(f"{served}sitemap.xml")
    places = [element.text or "" for element in ET.fromstring(answer.text).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(places) == len(set(places)) > 200
    assert all(place.startswith(BASE) for place in places)
    with httpx.Client(headers={"accept": "text/html"}) as client:
        for place in (*places[:6], *places[6::25]):
            assert client.get(place.replace(BASE, served)).status_code == 200, place


def test_robots_are_told_where_the_sitemap_is(served: str, tiny: Any, serve: Callable[..., AbstractContextManager[str]]) -> None:
    lines = httpx.get(f"{served}robots.txt").text.splitlines()
    assert "Disallow: /sparql" in lines
    assert f"Sitemap: {BASE}sitemap.xml" in lines
    with serve(tiny, root_path="/graph", workers=1) as address:
        assert "Disallow: /graph/sparql" in httpx.get(f"{address}graph/robots.txt").text.splitlines()
