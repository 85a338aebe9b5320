"""REST over a real server: one mechanism, so what is held of one collection is held of all."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pyoxigraph as ox
import pytest
import rdflib
import releases

from api.rest import forms
from api.rest.asked import Cursor, read_cursor, write_cursor
from api.rest.collections import collections
from api.rest.matches import Matches
from api.rest.table import context
from baligraph.release import Release

BASE = "https://w3id.org/baligraph/"
MEETING = releases.MEETING.removeprefix("meeting_")
TABLES = collections()
FILTERS = [(name, entry) for name, table in TABLES.items() for entry in table.filters]
SAMPLES = {
    "year": "2011",
    "date": "2011-03-12",
    "string": "workshop",
    "area": "mys",
    "place": "harbour-town",
    "thing": "area:mys",
    "class": "",
    "meeting": MEETING,
    "doc": "one",
}
ATTACKS = ['" } ?s ?p ?o { "', "} DROP ALL #", "\\", "'", "?x", "<b>", "*", "é", "%", "\U0001f428"]


@pytest.fixture(scope="module")
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{server}api/v1/") as found:
        yield found


@pytest.fixture(scope="module")
def accepted(tiny: Path) -> set[ox.Triple]:
    """The default graph of the release that is served."""
    with gzip.open(Release.open(tiny).quads_path) as quads:
        return {quad.triple for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS) if quad.graph_name == ox.DefaultGraph()}


def inlined(body: dict[str, Any]) -> str:
    """JSON-LD with its context in it, so that no parser asks the network."""
    assert body["@context"] == f"{BASE}context.jsonld"
    return json.dumps(body | {"@context": context().document})


def sample(kind: str, values: tuple[str, ...]) -> str:
    return values[0] if values else SAMPLES.get(kind, "x")


@pytest.mark.parametrize("name", TABLES)
def test_each_form_is_had_by_suffix_and_by_negotiation(client: httpx.Client, name: str) -> None:
    offers = forms.offers(TABLES[name])
    for offer in offers:
        direct, negotiated = client.get(f"{name}.{offer.name}"), client.get(name, headers={"accept": offer.media_type})
        assert (direct.status_code, negotiated.status_code) == (200, 200), direct.text
        assert direct.headers["content-type"] == negotiated.headers["content-type"] == offer.content_type
        if "json" not in offer.name:  # JSON names its own address
            assert direct.content == negotiated.content
        assert direct.headers["baligraph-release"] == "2011-03-13-" + direct.headers["etag"].split("-")[3]
        assert f'<{name}.csv>; rel="alternate"; type="text/csv"' in direct.headers["link"]
        assert 'rel="http://www.w3.org/ns/json-ld#context"' in direct.headers["link"]
        assert direct.headers["vary"] == "Accept"
        again = client.get(f"{name}.{offer.name}", headers={"if-none-match": direct.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.head(f"{name}.{offer.name}").headers["etag"] == direct.headers["etag"]
    assert client.get(name).headers["content-type"] == "application/json"
    assert client.get(name, headers={"accept": "image/png"}).status_code == 406
    assert client.post(name).status_code == 405
    assert (client.get(f"{name}.geojson").status_code == 200) is bool(TABLES[name].geometry)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own JSON-LD parser
@pytest.mark.parametrize("name", TABLES)
def test_json_is_json_ld_and_says_nothing_that_the_release_does_not(client: httpx.Client, accepted: set[ox.Triple], name: str) -> None:
    names = ",".join(entry.name for entry in TABLES[name].fields)
    given = {"fields": names, "include": "evidence", "limit": "500"}
    body, turtle = client.get(name, params=given).json(), client.get(f"{name}.ttl", params={"fields": names})
    meant = {quad.triple for quad in ox.parse(turtle.content, format=ox.RdfFormat.TURTLE)}
    assert meant <= accepted
    assert {quad.triple for quad in ox.parse(inlined(body), format=ox.RdfFormat.JSON_LD)} == meant
    assert len(rdflib.Graph().parse(data=inlined(body), format="json-ld")) == len(meant)
    for item in body["items"]:
        one = client.get(f"{name}/{item['key']}", params=given | {"limit": []}).json()
        assert {key: one[key] for key in item} == item
        assert {quad.triple for quad in ox.parse(inlined(one), format=ox.RdfFormat.JSON_LD)} <= meant
    assert bool(meant) is bool(body["items"])


def test_what_stands_beside_the_items_is_no_term_of_the_context(client: httpx.Client) -> None:
    body = client.get("meetings", params={"include": "evidence", "facets": "year"}).json()
    assert not {*body, "key", "facts"} - {"@context", "items"} & context().document.keys()
    assert set(body) == {"@context", "total", "next", "coverage", "release", "facets", "items"}
    assert body["release"]["citation"].startswith(f"Bali Process Graph, release {body['release']['id']}. {BASE}api/v1/meetings?include=")


def test_an_item_is_as_the_release_has_it(client: httpx.Client) -> None:
    body = client.get(f"meetings/{MEETING}").json()
    assert {name: body[name] for name in ("id", "key", "type", "label", "dateText", "earliestStart", "year", "ordinal", "ofBody")} == {
        "id": f"{BASE}id/{releases.MEETING}",
        "key": MEETING,
        "type": ["Meeting", "Workshop"],
        "label": "Workshop on Returns",
        "dateText": "12-13 March 2011",
        "earliestStart": "2011-03-12",
        "year": 2011,
        "ordinal": None,
        "ofBody": [],
    }
    assert body["attendedBy"] == [
        {"id": f"{BASE}id/area_aus", "key": "aus", "label": "Australia"},
        {"id": f"{BASE}id/area_tur", "key": "tur", "label": "Türkiye"},
    ]
    assert body["recordedIn"][0]["title"] == "Summary of the workshop on returns"
    assert client.get("provisions/one_2").json()["strategyArea"]["prefLabel"] == "Returns and reintegration"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nothing", 404),
        ("meetings/nothing", 404),
        ("meetings/%22%7D", 404),
        ("meetings/area_mys", 404),
        ("organisations/area_mys", 404),
        ("states/nothing", 404),
        ("people/chair", 404),
        ("meetings.pdf", 404),
        (f"meetings/{MEETING}.pdf", 404),
        ("states/mys.geojson", 404),
        (f"meetings/{MEETING}?year=2011", 422),
        ("?year=2011", 422),
    ],
)
def test_what_is_not_there_is_a_problem(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path if path[0] != "?" else str(client.base_url).rstrip("/") + path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


# --- filters, orders, fields -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "entry"), FILTERS, ids=[f"{name}-{entry.parameter.name}" for name, entry in FILTERS])
def test_every_filter_is_a_query_that_runs(client: httpx.Client, name: str, entry: Any) -> None:
    parameter = entry.parameter
    value = sample(parameter.type, parameter.values)
    answer = client.get(name, params={parameter.name: value})
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] <= client.get(name).json()["total"]
    several = client.get(name, params=[(parameter.name, value), (parameter.name, value)])
    assert several.status_code == (200 if parameter.many else 422)


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("meetings?kind=Workshop", [MEETING]),
        ("meetings?kind=SideEvent", []),
        ("meetings?kind=SideEvent&kind=Workshop", [MEETING]),
        ("meetings?year=2011&country=mys&host=area:mys&place=harbour-town", [MEETING]),
        ("meetings?host=area:aus", []),
        ("meetings?attended=area:tur&attended=org:iom", [MEETING]),
        ("meetings?from=2011-03-13", [MEETING]),
        ("meetings?from=2011-03-14", []),
        ("meetings?to=2011-03-12", [MEETING]),
        ("meetings?to=2011-03-11", []),
        ("meetings?q=on RETURNS", [MEETING]),
        ("meetings?with=inPlace,year&without=ordinal", [MEETING]),
        ("meetings?without=inPlace", []),
        ("states?q=turkey", ["tur"]),
        (f"states?attended={MEETING}", ["aus", "tur"]),
        (f"states?attended={MEETING}&sort=-label", ["tur", "aus"]),
        (f"states?hosted={MEETING}", ["mys"]),
        ("states?sort=-iso3", ["mys", "aus", "tur"]),
        ("participations?role=host", ["000000000001"]),
        ("participations?kind=State&participant=area:aus", ["000000000002"]),
        ("commitments?area=2018-7", ["one_2"]),
        ("provisions?kind=Recommendation", []),
        ("documents?mentions=instrument:model-arrangement", ["one"]),
        ("organisations", ["org_bad"]),
        ("places?country=mys", ["harbour-town"]),
        ("people", []),
    ],
)
def test_filters_find_what_they_say(client: httpx.Client, path: str, keys: list[str]) -> None:
    body = client.get(path).json()
    assert ([item["key"] for item in body["items"]], body["total"]) == (keys, len(keys))


@pytest.mark.parametrize("name", TABLES)
def test_every_order_and_facet_runs(client: httpx.Client, name: str) -> None:
    table = TABLES[name]
    keys = {item["key"] for item in client.get(name).json()["items"]}
    for sort in table.sorts:
        for order in (sort.name, f"-{sort.name}"):
            assert {item["key"] for item in client.get(name, params={"sort": order}).json()["items"]} == keys
    for entry in table.facets:
        body = client.get(name, params={"facets": entry.name}).json()
        having = client.get(name, params={"with": entry.name}).json()["total"]
        counts = [found["count"] for found in body["facets"][entry.name]]
        assert sum(counts) >= having
        assert counts == sorted(counts, reverse=True)
        if not entry.many:
            assert sum(counts) == having


def test_a_facet_names_and_counts_the_values(client: httpx.Client) -> None:
    body = client.get("meetings", params={"facets": ["year", "inPlace"]}).json()
    assert body["facets"] == {
        "year": [{"id": None, "value": "2011", "name": "2011", "count": 1}],
        "inPlace": [{"id": f"{BASE}id/place_harbour-town", "value": "harbour-town", "name": "Harbour Town", "count": 1}],
    }


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("meetings?yaer=2011", "yaer"),
        ("meetings?year=11", "year"),
        ("meetings?from=2011-02-30", "from"),
        ("meetings?from=2011-02-01&from=2011-02-02", "from"),
        ("meetings?country=Malaysia", "country"),
        ("meetings?country=", "country"),
        ("meetings?theme=nothing", "theme"),
        ("meetings?kind=Nothing", "kind"),
        ("meetings?host=iom", "host"),
        ("meetings?sort=nothing", "sort"),
        ("meetings?sort=date&sort=label", "sort"),
        ("meetings?fields=nothing", "fields"),
        ("meetings?with=nothing", "with"),
        ("meetings?facets=label", "facets"),
        ("meetings?include=everything", "include"),
        ("meetings?limit=0", "limit"),
        ("meetings?limit=501", "limit"),
        ("meetings?limit=%D9%A3", "limit"),
        ("meetings?cursor=x", "cursor"),
        ("meetings?cursor=W10", "cursor"),
        ("meetings?cursor=WyJsYWJlbCIsImEiLCJiIl0", "cursor"),
        ("meetings?q=%00", "q"),
        ("meetings?" + "&".join(f"country=a{n}" for n in range(51)), "country"),
    ],
)
def test_a_wrong_parameter_is_named(client: httpx.Client, path: str, parameter: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["parameter"], answer.json()["title"]) == (parameter, "Wrong parameter")
    assert parameter in answer.json()["detail"]


def test_parameters_that_are_no_text_are_refused(client: httpx.Client) -> None:
    assert client.get("meetings?q=%ff").status_code == 400


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_value_becomes_part_of_a_query(client: httpx.Client, attack: str) -> None:
    whole = client.get("meetings").json()["total"]
    for table, entry in FILTERS:
        answer = client.get(table, params={entry.parameter.name: attack})
        if entry.parameter.type == "string":
            assert (answer.status_code, answer.json()["total"]) == (200, 0), entry.parameter.name
        else:
            assert answer.status_code == 422
    assert client.get("meetings").json()["total"] == whole


def test_only_the_fields_that_are_asked_for(client: httpx.Client) -> None:
    (item,) = client.get("meetings", params={"fields": "hasParticipant,label"}).json()["items"]
    assert list(item) == ["id", "key", "type", "label", "hasParticipant"]


# --- pages -------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", ["label", "-label", "iso3", "-iso3"])
def test_pages_end_to_end_are_the_whole(client: httpx.Client, sort: str) -> None:
    whole = [item["key"] for item in client.get("states", params={"sort": sort}).json()["items"]]
    assert len(whole) == 3
    found, at = [], f"states?sort={sort}&limit=1"
    for _ in whole:
        answer = client.get(at)
        body = answer.json()
        assert body["total"] == 3
        found += [item["key"] for item in body["items"]]
        assert answer.links.get("next", {}).get("url") == body["next"]
        at = str(answer.url.join(body["next"])) if body["next"] else ""
    assert (found, at) == (whole, "")


@pytest.mark.parametrize("descending", [False, True])
def test_a_cursor_finds_its_place_whatever_changed(descending: bool) -> None:
    found = Matches([("a", "i1"), ("b", "i2"), ("b", "i3"), ("d", "i4")], ["i0", "i9"], descending=descending)
    order = ["i4", "i3", "i2", "i1", "i0", "i9"] if descending else ["i1", "i2", "i3", "i4", "i0", "i9"]
    seen: list[str] = []
    cursor = None
    for _ in order:
        page, cursor = found.page(cursor, 1)
        seen += page
        cursor = read_cursor("x", write_cursor("x", cursor)) if cursor else None
    assert (seen, cursor) == (order, None)
    assert found.page(Cursor("c", "gone"), 1)[0] == (["i3"] if descending else ["i4"])
    assert found.page(Cursor("b", "i2x"), 1)[0] == (["i2"] if descending else ["i3"])
    assert found.page(Cursor(None, "i5"), 5)[0] == ["i9"]


# --- evidence, coverage, tables ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_every_fact_says_where_it_comes_from(client: httpx.Client, name: str) -> None:
    for item in client.get(name, params={"include": "evidence"}).json()["items"]:
        values = sum(len(v) if isinstance(v, list) else v is not None for k, v in item.items() if k not in {"id", "key", "type", "facts"})
        assert len(item["facts"]) == values
        for fact in item["facts"]:
            assert fact["origins"], (item["key"], fact)
            for origin in fact["origins"]:
                if origin["kind"] == "sentence":
                    text = releases.TEXTS[origin["document"]["key"]]
                    assert text[origin["start"] : origin["end"]] == origin["quote"]
                    assert (origin["anchor"] or "") in " ".join(origin["quote"].split())
                    assert origin["link"].startswith(f"{BASE}id/evidence_")


def test_a_shortcut_has_the_sentence_of_its_participation(client: httpx.Client) -> None:
    facts = client.get(f"meetings/{MEETING}", params={"include": "evidence"}).json()["facts"]
    (host,) = [fact for fact in facts if fact["field"] == "hostedBy"]
    assert [(origin["kind"], origin.get("text") or origin["quote"]) for origin in host["origins"]] == [
        ("rule", "shortcuts"),
        ("sentence", "It was hosted by the Government of Malaysia."),
    ]
    (year,) = [fact for fact in facts if fact["field"] == "year"]
    assert [origin.get("quote") for origin in year["origins"]] == [None, "The workshop was held in Harbour Town on 12-13 March 2011."]


def test_coverage_counts_what_was_found(client: httpx.Client) -> None:
    assert client.get("meetings").json()["coverage"].startswith("Attendance lists exist for 0 of 1 meetings; 1 have a place or a country.")
    assert client.get("meetings?year=1999").json()["coverage"].startswith("Attendance lists exist for 0 of 0 meetings")
    assert client.get("states").json()["coverage"].startswith("3 states and territories of the reference table, 3 of which")


def test_a_table_has_names_and_iris_and_says_its_release(client: httpx.Client) -> None:
    answer = client.get("meetings.csv", params={"fields": "label,attendedBy,year", "include": "evidence"})
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert (row["label"], row["attendedBy"], row["year"]) == ("Workshop on Returns", "Australia; Türkiye", "2011")
    assert row["attendedBy_id"] == f"{BASE}id/area_aus {BASE}id/area_tur"
    assert row["release"] == answer.headers["baligraph-release"]
    assert row["coverage"].startswith("Attendance lists exist for 0 of 1")
    assert "“Representatives of Australia, Malaysia and “Türkiye” attended.” (one, ¶ 1)" in row["quotes"]
    assert f"{BASE}id/evidence_000000000003" in row["evidence"].split()


def test_on_a_map(client: httpx.Client) -> None:
    for name in ("meetings", "places"):
        body = client.get(f"{name}.geojson").json()
        (feature,) = body["features"]
        assert (body["type"], body["total"]) == ("FeatureCollection", 1)
        assert feature["geometry"] == {"type": "Point", "coordinates": [101.5, 3.05]}
        assert feature["properties"]["id"] == feature["id"]
    assert client.get("places").json()["items"][0]["lat"] == "3.05"  # as JSON-LD a decimal is a string: a number would be a double


def test_the_index_leads_to_every_collection(server: str) -> None:
    answer = httpx.get(f"{server}api/v1")
    found = [entry["href"] for entry in answer.json()["collections"]]
    assert len(found) == len(TABLES)
    for href in found:
        assert httpx.get(cast(Any, answer.url.join(href))).status_code == 200


def test_examples_are_of_the_bundled_release(release: Release) -> None:
    with gzip.open(release.quads_path) as quads:
        subjects = {quad.subject for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS)}
    for table in TABLES.values():
        if table.example:
            assert ox.NamedNode(str(table.iri(table.example))) in subjects


# --- search ------------------------------------------------------------------------------------------------------------------------------


def test_search_names_marks_and_leads_to_what_it_found(client: httpx.Client) -> None:
    body = client.get("search", params={"q": "dignity"}).json()
    assert (body["total"], body["next"], body["types"]) == (1, None, [{"value": "provisions", "count": 1}])
    (item,) = body["items"]
    assert (item["type"], item["field"], item["document"], item["href"]) == ("provisions", "provision", "one", "provisions/one_2")
    assert [part["text"] for part in item["parts"] if part["match"]] == ["dignity"]
    assert client.get(item["href"]).json()["id"] == item["id"]
    assert body["release"]["link"] == f"{BASE}api/v1/search?q=dignity&release={body['release']['id']}"


def test_search_has_pages_types_and_a_table(client: httpx.Client) -> None:
    whole = [item["id"] for item in client.get("search", params={"q": "workshop"}).json()["items"]]
    assert len(whole) > 2
    found, at = [], "search?q=workshop&limit=1"
    while at:
        answer = client.get(at)
        found += [item["id"] for item in answer.json()["items"]]
        assert answer.links.get("next", {}).get("url") == answer.json()["next"]
        at = str(answer.url.join(answer.json()["next"])) if answer.json()["next"] else ""
    assert found == whole
    only = client.get("search", params={"q": "workshop", "type": "meetings"}).json()
    assert {item["type"] for item in only["items"]} == {"meetings"}
    table = client.get("search.csv", params={"q": "workshop returns", "type": "meetings"})
    (row,) = csv.DictReader(io.StringIO(table.text))
    assert (row["key"], row["text"]) == (MEETING, "*Workshop* on *Returns*")


def test_every_type_of_hit_leads_somewhere(client: httpx.Client) -> None:
    for word in ("malaysia", "workshop", "model", "participants", "role", "bad", "alert", "trafficking"):
        for item in client.get("search", params={"q": word, "limit": "500"}).json()["items"]:
            if item["href"] and not item["href"].startswith("instruments/"):  # of the fixture: its class is not inferred
                assert client.get(item["href"]).status_code == 200, item


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=a&q=b", "q"),
        ("q=a&type=nothing", "type"),
        ("q=a&document=%22", "document"),
        ("q=a&limit=0", "limit"),
        ("q=a&cursor=WyJzY29yZSIsImEiLCJiIl0", "cursor"),
        ("q=a&x=y", "x"),
    ],
)
def test_a_wrong_search_is_named(client: httpx.Client, query: str, parameter: str) -> None:
    answer = client.get(f"search?{query}")
    assert (answer.status_code, answer.json()["parameter"]) == (422, parameter)


def test_what_has_no_index_says_so(tmp_path: Path, serve: Any) -> None:
    file = tmp_path / "x.nt"
    file.write_text(f'<{BASE}id/area_mys> <http://www.w3.org/2000/01/rdf-schema#label> "Malaysia"@en .\n', encoding="utf-8")
    with serve(file, workers=1) as address:
        assert httpx.get(f"{address}api/v1/search?q=malaysia").json()["title"] == "No index"
        assert httpx.get(f"{address}api/v1/states").json()["total"] == 0
