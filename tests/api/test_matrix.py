"""Dereferencing as a matrix: kind of resource × Accept × suffix × method × condition. Every cell has its expected answer."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import rdflib
import releases

from baligraph.prefixes import expand
from baligraph.release_writer import write_release
from baligraph.withdrawn import mark

BASE = "https://w3id.org/baligraph/"
TYPES = {
    "ttl": "text/turtle; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "csv": "text/csv; charset=utf-8; header=present",
    "geojson": "application/geo+json",
}
RDF = ("ttl", "jsonld", "nt", "rdf")
THING = ("ttl", "html", "jsonld", "nt", "rdf", "csv")
PAGED = ("ttl", "html", "jsonld", "nt", "rdf")
PLACED = (*THING, "geojson")
PARSERS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}


@dataclass(frozen=True)
class Kind:
    """What is asked for: a document with its forms, or a status and where it leads."""

    path: str
    forms: tuple[str, ...] = ()
    status: int = 200
    leads: str = ""
    about: str = ""


KINDS = {
    "thing with a place": Kind(f"data/{releases.MEETING}", PLACED, about=f"id/{releases.MEETING}"),
    "place": Kind("data/place_harbour-town", PLACED, about="id/place_harbour-town"),
    "thing without a place": Kind("data/area_mys", THING, about="id/area_mys"),
    "assertion": Kind("data/participation_000000000001", THING, about="id/participation_000000000001"),
    "evidence": Kind("data/evidence_000000000001", THING, about="id/evidence_000000000001"),
    "document": Kind("data/doc_one", THING, about="id/doc_one"),
    "provision": Kind("data/provision_one_2", THING, about="id/provision_one_2"),
    "concept": Kind("data/concept_role_host", THING, about="concept/role_host"),
    "scheme": Kind("data/concept_role", THING, about="concept/role"),
    "graph": Kind("graph/doc/one", THING, about="graph/doc/one"),
    "ontology": Kind("ontology", THING, about="ontology"),
    "version of the ontology": Kind("ontology/1.0.0", THING, about="ontology"),
    "catalogue": Kind("data", PAGED, about="data"),
    "shapes": Kind("shapes", PAGED, about="shapes"),
    "prefixes": Kind("prefixes", PAGED, about="prefixes"),
    "name of a thing": Kind("id/area_mys", status=303, leads="data/area_mys"),
    "name of a concept": Kind("concept/role_host", status=303, leads="data/concept_role_host"),
    "name given up": Kind("id/area_old", status=301, leads="id/area_mys"),
    "document of a name given up": Kind("data/area_old", status=301, leads="data/area_mys"),
    "unknown name": Kind("id/area_xxx", status=404),
    "unknown thing": Kind("data/area_xxx", status=404),
    "unknown concept": Kind("concept/xxx", status=404),
    "unknown graph": Kind("graph/doc/xxx", status=404),
    "unknown version": Kind("ontology/9.9.9", status=404),
    "withdrawn name": Kind("id/person_somebody", status=410),
    "withdrawn thing": Kind("data/person_somebody", status=410),
}
# header → the forms that it accepts, the best first
ACCEPTS = {
    None: THING,
    "": THING,
    "*/*": THING,
    "text/turtle": ("ttl",),
    "TEXT/Turtle": ("ttl",),
    "text/html": ("html",),
    "application/ld+json": ("jsonld",),
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"': ("jsonld",),
    "application/n-triples": ("nt",),
    "application/rdf+xml": ("rdf",),
    "text/csv": ("csv",),
    "application/geo+json": ("geojson",),
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": ("html", *THING),  # a browser
    "text/turtle;q=0.5, text/html": ("html", "ttl"),
    "text/turtle;q=0, */*;q=0.1": ("html", "jsonld", "nt", "rdf", "csv"),
    "application/geo+json, text/turtle;q=0.9": ("geojson", "ttl"),
    "text/*": ("ttl", "html", "csv"),
    "application/*": ("jsonld", "nt", "rdf", "geojson"),
    "image/png": (),
    "image/png, text/csv;q=0.1": ("csv",),
    "no media range": THING,
}
WRONG = ("POST", "PUT", "DELETE", "PATCH")
DIRECT = (None, "image/png", "text/html")  # a suffix is stronger than any header
SUFFIXES = ("", *TYPES, "pdf")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny release with a name that was given up and a person who was withdrawn."""
    place = tmp_path_factory.mktemp("matrix")
    old, new = (ox.NamedNode(expand(name)) for name in ("id:area_old", "id:area_mys"))
    replaced = [
        ox.Quad(old, ox.NamedNode(expand("dcterms:isReplacedBy")), new, graph)
        for graph in (ox.NamedNode(expand("g:curated")), ox.DefaultGraph())
    ]
    draft = replace(releases.draft(extra=replaced), about={"withdrawn": [mark(f"{BASE}id/person_somebody")]})
    write_release(place, draft)
    return place


@pytest.fixture(scope="module")
def client(folder: Path, serve: Callable[..., AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    with serve(folder, client_seconds=0) as address, httpx.Client(base_url=address) as found:
        found.headers.clear()
        yield found


def ask(client: httpx.Client, method: str, path: str, accept: str | None, **headers: str) -> httpx.Response:
    request = client.build_request(method, path, headers={**({} if accept is None else {"accept": accept}), **headers})
    if accept is None:
        request.headers.pop("accept", None)
    return client.send(request)


def expected(kind: Kind, accept: str | None, suffix: str) -> tuple[int, str]:
    """(status, form) of a GET without a condition."""
    if suffix and (suffix not in PLACED or (not kind.forms and suffix not in PLACED)):
        return (410 if kind.status == 410 and not suffix else 404), ""
    if not kind.forms:
        return kind.status, ""
    if suffix:
        return (200, suffix) if suffix in kind.forms else (404, "")
    found = next((form for form in ACCEPTS[accept] if form in kind.forms), "")
    return (200, found) if found else (406, "")


@pytest.mark.parametrize("name", KINDS)
def test_every_cell(client: httpx.Client, name: str) -> None:
    kind, bodies, cells = KINDS[name], dict[str, bytes](), 0
    suffixes = ("",) if kind.path.startswith(("id/", "concept/")) else SUFFIXES
    for suffix, accept in [("", accept) for accept in ACCEPTS] + list(itertools.product(suffixes[1:], DIRECT)):
        path = f"{kind.path}.{suffix}" if suffix else kind.path
        status, form = expected(kind, accept, suffix)
        answer = ask(client, "GET", path, accept)
        where = f"{path} {accept}"
        assert answer.status_code == status, where
        cells += 1
        if status == 200:
            assert answer.headers["content-type"] == TYPES[form], where
            first = form not in bodies or (bool(suffix) and accept is None)
            assert bodies.setdefault(form, answer.content) == answer.content, f"{where}: suffix and negotiation differ"
            check_headers(client, kind, answer)
        elif status in {301, 303}:
            leads = f"{kind.leads}.{suffix}" if suffix else kind.leads
            assert answer.url.join(answer.headers["location"]) == client.base_url.join(leads), where
            assert "Accept" in answer.headers["vary"]
        else:
            html = bool(accept) and accept.startswith(("text/html", "text/turtle;q=0.5", "text/*"))
            assert answer.headers["content-type"] == ("text/html; charset=utf-8" if html else "application/problem+json"), where
        head = ask(client, "HEAD", path, accept)
        assert (head.status_code, head.content) == (status, b""), where
        assert {k: v for k, v in head.headers.items() if k != "date"} == {k: v for k, v in answer.headers.items() if k != "date"}, where
        cells += 1
        if status == 200 and first:
            tag = answer.headers["etag"]
            for method, (condition, code) in itertools.product(
                ("GET", "HEAD"), {tag: 304, f"W/{tag}": 304, f'"x", {tag}': 304, "*": 304, '"x"': 200, f'"{tag}"x': 200}.items()
            ):
                again = ask(client, method, path, accept, **{"if-none-match": condition})
                assert again.status_code == code, f"{where} {condition}"
                assert again.headers["etag"] == tag
                assert again.headers["vary"] == answer.headers["vary"]
                assert code == 200 or again.content == b""
                cells += 1
    for method in WRONG:
        answer = ask(client, method, kind.path, "*/*")
        assert answer.status_code == 405, method
        assert {"GET", "HEAD"} <= set(re.findall(r"[A-Z]+", answer.headers["allow"]))
        assert answer.headers["content-type"] == "application/problem+json"
        cells += 1
    assert set(bodies) == set(kind.forms)
    print(f"{name}: {cells} cells")


def check_headers(client: httpx.Client, kind: Kind, answer: httpx.Response) -> None:
    links = re.findall(r'<([^>]*)>; rel="([^"]+)"(?:; type="([^"]+)")?', answer.headers["link"])
    by = {rel: [target for target, other, _ in links if other == rel] for _, rel, _ in links}
    assert by["canonical"] == [BASE + kind.about]
    assert by["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert [answer.url.join(target) for target in by["describedby"]] == [client.base_url.join(x) for x in ("ontology", "shapes")]
    alternates = {media: answer.url.join(target) for target, rel, media in links if rel == "alternate"}
    assert alternates == {TYPES[form].partition(";")[0]: client.base_url.join(f"{kind.path}.{form}") for form in kind.forms}
    assert "Accept" in answer.headers["vary"]
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own JSON-LD parser
@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.forms])
def test_the_rdf_forms_say_the_same_in_two_readers(client: httpx.Client, name: str) -> None:
    kind = KINDS[name]
    texts = {form: ask(client, "GET", f"{kind.path}.{form}", None).content for form in RDF}
    formats = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML}
    read = {}
    for form, text in texts.items():
        dataset = ox.Dataset(ox.Quad(*q.triple) for q in ox.parse(text, format=formats[form]))
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        read[form] = set(dataset)
    assert len(read["ttl"]) > 1
    assert read["ttl"] == read["nt"] == read["rdf"] == read["jsonld"]
    sizes = {form: len(rdflib.Graph().parse(data=text, format=PARSERS[form])) for form, text in texts.items()}
    assert set(sizes.values()) == {len(read["ttl"])}


# --- further addresses of a thing --------------------------------------------------------------------------------------------------------


def test_what_points_at_a_thing_comes_in_pages(tmp_path: Path, serve: Callable[..., AbstractContextManager[str]]) -> None:
    hub, via = ox.NamedNode(expand("id:series_hub")), ox.NamedNode(expand("bp:inSeries"))
    label = ox.NamedNode(expand("rdfs:label"))
    extra = [ox.Quad(hub, label, ox.Literal("Hub", language="en"))]
    spokes = [ox.NamedNode(expand(f"id:meeting_{n:04}")) for n in range(1101)]
    for spoke in spokes:
        extra += [ox.Quad(spoke, via, hub), ox.Quad(spoke, label, ox.Literal(spoke.value[-4:], language="en"))]
    crowded = ox.NamedNode(expand("id:series_crowded"))
    extra += [ox.Quad(crowded, label, ox.Literal("Crowded", language="en"))]
    extra += [ox.Quad(ox.NamedNode(expand(f"id:event_{n:04}")), via, crowded) for n in range(6000)]
    extra += [ox.Quad(*quad.triple, ox.NamedNode(expand("g:reference"))) for quad in extra]
    write_release(tmp_path, releases.draft(extra=extra))
    with serve(tmp_path, workers=1, client_seconds=0) as address:
        found, pages, url = set(), 0, httpx.URL(f"{address}data/series_hub.ttl")
        while url:
            answer = httpx.get(url)
            graph = rdflib.Graph().parse(data=answer.text, format="turtle")
            new = set(graph.subjects(rdflib.URIRef(via.value), rdflib.URIRef(hub.value)))
            assert new and not new & found
            assert all(graph.value(node, rdflib.RDFS.label) for node in new)
            onward = list(graph.objects(None, rdflib.URIRef(expand("xhv:next"))))
            found, pages, told = found | new, pages + 1, re.search(r'<([^>]*)>; rel="next"', answer.headers["link"])
            assert bool(told) == bool(onward)
            url = answer.url.join(told[1]) if told else None
        assert found == {rdflib.URIRef(spoke.value) for spoke in spokes}
        assert pages == 3
        assert httpx.get(f"{address}data/series_hub?page=4").status_code == 404
        assert [httpx.get(f"{address}data/series_hub?page={bad}").status_code for bad in ("0", "-1", "x", "9" * 30)] == [400] * 4
        names, url = set(), httpx.URL(f"{address}data/series_hub.html")
        while url:
            answer = httpx.get(url)
            names |= set(re.findall(r">(\d{4})</a>", answer.text))
            told = re.search(r'rel="next" href="([^"]*)"', answer.text)
            url = answer.url.join(told[1]) if told else None
        assert len(names) == 1101
        first = httpx.get(f"{address}data/series_crowded.html", timeout=60).text
        assert "6,000" in first
        of_each = len(set(re.findall(r"event_\d{4}", first)))
        last = httpx.get(f"{address}data/series_crowded.html?page={6000 // of_each}").text
        assert {"event_5999", f"event_{6000 - of_each}"} <= set(re.findall(r"event_\d{4}", last)), "however many they are, all are had"
        assert 'rel="next"' not in last
        assert httpx.get(f"{address}data/series_crowded.html?page={6000 // of_each + 1}").status_code == 404


@pytest.mark.parametrize("way", [{"path": "?profile=oa"}, {"accept-profile": "<http://www.w3.org/ns/anno.jsonld>"}])
def test_evidence_is_a_web_annotation_too(client: httpx.Client, way: dict[str, str]) -> None:
    path = "data/evidence_000000000002" + way.get("path", "")
    headers = {name: value for name, value in way.items() if name != "path"}
    answer = ask(client, "GET", path, "application/ld+json", **headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    assert answer.headers["content-profile"] == "<http://www.w3.org/ns/anno.jsonld>"
    assert "Accept-Profile" in answer.headers["vary"]
    body = answer.json()
    assert (body["@context"], body["type"]) == ("http://www.w3.org/ns/anno.jsonld", "Annotation")
    assert body["body"] == [f"{BASE}id/participation_000000000001"]
    position, quotation = body["target"]["selector"]
    text = releases.TEXTS["one"]
    assert text[position["start"] : position["end"]] == quotation["exact"] == "It was hosted by the Government of Malaysia."
    assert quotation["prefix"] + quotation["exact"] + quotation["suffix"] in text
    turtle = ask(client, "GET", path, "text/turtle", **headers)
    graph = rdflib.Graph().parse(data=turtle.text, format="turtle")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    assert (None, rdflib.RDF.type, oa.Annotation) in graph
    assert [str(value) for value in graph.objects(None, oa.exact)] == [quotation["exact"]]
    assert turtle.headers["etag"] != ask(client, "GET", "data/evidence_000000000002", "text/turtle").headers["etag"]


def test_only_evidence_has_that_profile_and_q_0_refuses_it(client: httpx.Client) -> None:
    plain = ask(client, "GET", "data/area_mys", "text/turtle").content
    assert ask(client, "GET", "data/area_mys?profile=oa", "text/turtle").content == plain
    evidence = "data/evidence_000000000002"
    refused = ask(client, "GET", evidence, "text/turtle", **{"accept-profile": "<http://www.w3.org/ns/anno.jsonld>;q=0"})
    assert refused.content == ask(client, "GET", evidence, "text/turtle").content


def test_geojson_is_the_place_of_a_meeting(client: httpx.Client) -> None:
    body = ask(client, "GET", f"data/{releases.MEETING}.geojson", None).json()
    assert (body["type"], body["id"]) == ("Feature", f"{BASE}id/{releases.MEETING}")
    assert body["geometry"] == {"type": "Point", "coordinates": [101.5, 3.05]}
    assert body["properties"]["label"] == "Workshop on Returns"
    assert body["properties"]["placeLabel"] == "Harbour Town"
    assert body["release"].startswith("2011-03-13-")


def test_csv_has_a_row_for_each_fact_and_source(client: httpx.Client) -> None:
    import csv

    rows = list(csv.DictReader(ask(client, "GET", f"data/{releases.MEETING}.csv", None).text.splitlines()))
    dates = {(row["value"], row["accepted"], row["quote"]) for row in rows if row["property_name"] == "date as written"}
    assert dates == {
        ("12-13 March 2011", "true", "The workshop was held in Harbour Town on 12-13 March 2011."),
        ("March 2011", "false", "The workshop of March 2011 was recalled."),
    }
    assert {row["subject"] for row in rows if row["property"] == f"{BASE}ontology#inMeeting"} == {
        f"{BASE}id/participation_{n:012}" for n in (1, 2, 3)
    }
    assert {row["release"][:11] for row in rows} == {"2011-03-13-"}


# --- why ---------------------------------------------------------------------------------------------------------------------------------


HOSTED = "Hosted by the Indonesian Department of Foreign Affairs."


def test_why_goes_down_to_the_sentence(release_server: str) -> None:
    meeting = "meeting_2004-12_bali_workshop"
    asked = {"s": f"id:{meeting}", "p": "bp:hostState", "o": "id:area_idn"}
    answer = httpx.get(f"{release_server}why", params=asked, headers={"accept": "application/json"})
    assert answer.status_code == 200
    body = answer.json()
    assert body["how"] == "inferred"
    assert body["grounds"] == [{"kind": "File", "path": "queries/rules/22-host-state.rq"}]
    assert HOSTED in " ".join(answer.text.replace("\\n", " ").split())
    whole = {"s": f"{BASE}id/{meeting}", "p": f"{BASE}ontology#year", "o": "2004"}
    assert httpx.get(f"{release_server}why", params=whole).json()["triple"][2].startswith('"2004"')
    page = httpx.get(f"{release_server}why", params=asked, headers={"accept": "text/html"})
    assert HOSTED in " ".join(page.text.split())


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"s": "id:area_mys", "p": "rdfs:label", "o": "Malaya"}, 404),
        ({"s": "id:area_xxx", "p": "rdfs:label", "o": "x"}, 404),
        ({"s": "id:area_mys", "p": "rdfs:label"}, 400),
        ({"s": "nothing", "p": "rdfs:label", "o": "x"}, 400),
        ({"s": "https://x> } #", "p": "rdfs:label", "o": "x"}, 400),
        ({}, 400),
    ],
)
def test_why_of_what_is_not_said(client: httpx.Client, asked: dict[str, str], status: int) -> None:
    answer = client.get("why", params=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


@pytest.fixture(scope="module")
def release_server(release: object, serve: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    with serve(release.path, client_seconds=0) as address:  # type: ignore[attr-defined]
        yield address


# --- behind a proxy, and over another base ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["graph/", ""])
def test_below_a_path_every_link_stays_there(folder: Path, serve: Callable[..., AbstractContextManager[str]], prefix: str) -> None:
    with serve(folder, root_path="/graph", workers=1) as address:
        headers = {"accept": "text/turtle", "host": "elsewhere.example"}
        see = httpx.get(f"{address}{prefix}id/area_mys", headers=headers)
        public = httpx.URL("https://public.example/graph/id/area_mys")  # what the client asked of the proxy
        document = public.join(see.headers["location"])
        assert str(document) == "https://public.example/graph/data/area_mys"
        answer = httpx.get(f"{address}{prefix}data/area_mys", headers=headers)
        for target, rel in re.findall(r'<([^>]*)>; rel="([^"]+)"', answer.headers["link"]):
            found = str(document.join(target))
            assert found.startswith("https://public.example/graph/") or rel in {"canonical", "license", "cite-as"}, (rel, found)
        assert "elsewhere.example" not in answer.text + str(answer.headers)
        slash = httpx.get(f"{address}{prefix}data/area_mys/", headers=headers)
        assert slash.status_code == 404, "the framework's redirect would name the host of the request"


FOREIGN = """
@prefix : <https://elsewhere.example/daten/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix x: <urn:x:> .
:Türkiye a x:Land ; <http://www.w3.org/2000/01/rdf-schema#label> "Türkiye"@tr ; x:nachbar :Ελλάδα ; x:flagge "🇹🇷" .
:Ελλάδα a x:Land ; <http://www.w3.org/2000/01/rdf-schema#label> "Ελλάδα"@el .
<https://elsewhere.example/daten/id/a%20b> x:name "a b" .
<https://elsewhere.example/daten/id/v1.2> x:name "with a dot" .
<https://elsewhere.example/daten/id/Schönes> dcterms:isReplacedBy :Türkiye .
"""


def test_another_base_and_letters_of_every_script(tmp_path: Path, serve: Callable[..., AbstractContextManager[str]]) -> None:
    file = tmp_path / "foreign.ttl"
    file.write_text(FOREIGN, encoding="utf-8")
    base = "https://elsewhere.example/daten/"
    with serve(file, base_iri=base, workers=1) as address, httpx.Client(follow_redirects=True) as client:
        for name in ("Türkiye", "Ελλάδα", "a%20b", "v1.2", "Sch%C3%B6nes"):
            for form in THING:
                answer = client.get(f"{address}id/{name}", headers={"accept": TYPES[form].partition(";")[0]})
                assert (answer.status_code, answer.headers["content-type"]) == (200, TYPES[form]), (name, form)
                assert answer.headers["link"].isascii()
            assert client.get(f"{address}data/{name}.nt").status_code == 200
        turtle = client.get(f"{address}data/Türkiye.ttl")
        graph = rdflib.Graph().parse(data=turtle.text, format="turtle")
        assert (rdflib.URIRef(f"{base}id/Türkiye"), rdflib.URIRef("urn:x:nachbar"), rdflib.URIRef(f"{base}id/Ελλάδα")) in graph
        assert '<https://elsewhere.example/daten/id/T%C3%BCrkiye>; rel="canonical"' in turtle.headers["link"]
        assert 'rel="license"' not in turtle.headers["link"], "nobody told us the licence of this file"
        moved = httpx.get(f"{address}id/Schönes")
        assert (moved.status_code, str(moved.url.join(moved.headers["location"]))) == (301, f"{address}id/T%C3%BCrkiye")
        for bad in ("%00", "%7F", "%C3%28", "%ED%A0%80", "x%0Ay", "%EF%BF%BF", "%E2%80%AE"):
            assert client.get(f"{address}id/{bad}").status_code == 404, bad
            assert client.get(f"{address}data/{bad}.html").status_code == 404, bad
