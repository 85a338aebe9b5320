"""Releases over HTTP: the list, dumps, differences, feed, calendar, `?release=` and citations."""

from __future__ import annotations

import csv
import gzip
import hashlib
import html
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
import releases

from baligraph.dumps import write_dumps
from baligraph.prefixes import expand
from baligraph.release import Release
from baligraph.release_writer import write_release

BASE = "https://w3id.org/baligraph/"
MALAYSIA = ox.NamedNode(expand("id:area_mys"))
LABEL = ox.NamedNode(expand("rdfs:label"))


def later() -> list[ox.Quad]:
    """What the second release says beside."""
    said = ox.Quad(ox.NamedNode(expand("id:area_lka")), LABEL, ox.Literal("Sri Lanka", language="en"), ox.NamedNode(expand("g:reference")))
    return [said, ox.Quad(*said.triple)]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Release, Release]:
    """A folder with two releases, the older one without Sri Lanka."""
    folder = tmp_path_factory.mktemp("two")
    old = releases.write(folder)
    return folder, old, write_release(folder, releases.draft(day=14, extra=later()))


@pytest.fixture(scope="module")
def served(two: tuple[Path, Release, Release], serve: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    with serve(two[0], client_seconds=0) as address:
        yield address


def accepted(release: Release) -> set[ox.Triple]:
    with gzip.open(release.quads_path) as quads:
        return {q.triple for q in ox.parse(quads, format=ox.RdfFormat.N_QUADS) if q.graph_name == ox.DefaultGraph()}  # type: ignore[arg-type]


def get(url: httpx.URL | str, **options: Any) -> httpx.Response:
    """An older release is loaded, and dumps are made, when first asked for: on a busy machine it takes its time."""
    return httpx.get(url, timeout=60, **options)


def names(address: str, release: str = "") -> str:
    asked = {"release": release} if release else {}
    answer = get(f"{address}sparql", params={"query": f"SELECT ?l {{ ?s <{LABEL.value}> ?l }} ORDER BY ?l", **asked})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_list_names_what_is_kept(served: str, two: tuple[Path, Release, Release]) -> None:
    _, old, new = two
    body = get(f"{served}releases", headers={"accept": "application/json"}).json()
    assert body["current"] == new.id
    assert [entry["id"] for entry in body["releases"]] == [new.id, old.id]
    assert "since" in get(f"{served}releases.html").text
    current = get(f"{served}releases/current")
    assert (current.status_code, str(current.url.join(current.headers["location"]))) == (302, f"{served}releases/{new.id}")
    assert get(f"{served}releases/2011-03-13-000000000000").status_code == 404


def test_every_file_of_a_release_is_as_its_hash_says(served: str, two: tuple[Path, Release, Release]) -> None:
    for release in two[1:]:
        body = get(f"{served}releases/{release.id}.json").json()
        assert body["manifest"]["id"] == release.id
        assert {"graph.nq.gz", "texts/one.txt", "datapackage.json", "csv/Meeting.csv", "graphs/doc_one.ttl", "graphs/accepted.ttl"} <= {
            entry["path"] for entry in body["files"]
        }
        for entry in body["files"]:
            answer = get(entry["url"].replace(BASE, served))
            assert answer.status_code == 200, entry
            assert hashlib.sha256(answer.content).hexdigest() == entry["sha256"], entry
            assert len(answer.content) == entry["size"]
            assert answer.headers["content-type"].partition(";")[0] == entry["mediaType"]
            assert "immutable" in answer.headers["cache-control"]


def test_a_part_of_a_file_is_had_and_joined(served: str, two: tuple[Path, Release, Release]) -> None:
    url = f"{served}releases/{two[2].id}/graph.nq.gz"
    whole = get(url)
    size = len(whole.content)
    parts = [get(url, headers={"range": f"bytes={a}-{b}", "if-range": whole.headers["etag"]}) for a, b in ((0, 99), (100, size - 1))]
    assert [part.status_code for part in parts] == [206, 206]
    assert parts[0].headers["content-range"] == f"bytes 0-99/{size}"
    assert b"".join(part.content for part in parts) == whole.content
    assert get(url, headers={"range": "bytes=-10"}).content == whole.content[-10:]
    assert get(url, headers={"range": f"bytes={size}-"}).status_code == 416
    changed = get(url, headers={"range": "bytes=0-9", "if-range": '"other"'})
    assert (changed.status_code, changed.content) == (200, whole.content)
    assert get(url, headers={"if-none-match": whole.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("path", ["manifest.json", "../current/manifest.json", "%2e%2e/%2e%2e/etc/passwd", "csv/", "nothing", "dumps.json"])
def test_what_is_no_listed_file_is_not_there(served: str, two: tuple[Path, Release, Release], path: str) -> None:
    assert get(f"{served}releases/{two[1].id}/{path}").status_code == 404


def test_the_dumps_hold_the_graph_and_nothing_else(release: Release, tmp_path: Path) -> None:
    listed = write_dumps(release, tmp_path / "one")
    with gzip.open(release.quads_path) as quads:
        given: dict[str, set[ox.Triple]] = {}
        for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS):  # type: ignore[arg-type]
            given.setdefault(quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else "", set()).add(quad.triple)
    seen = set()
    for entry in listed:
        if entry["path"].startswith("graphs/"):
            found = re.search(r"https://\S+", entry["title"])
            graph = found[0] if found else ""
            read = ox.Dataset(ox.Quad(*q.triple) for q in ox.parse(path=tmp_path / "one" / entry["path"]))
            mine = ox.Dataset(ox.Quad(*triple) for triple in given[graph])
            for dataset in (read, mine):
                dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
            assert set(read) == set(mine), graph
            seen.add(graph)
    assert seen == set(given)
    again = write_dumps(release, tmp_path / "two")
    assert again == listed, "the same release gives the same bytes"


def test_the_tables_are_a_data_package_that_says_what_they_hold(release: Release, tmp_path: Path) -> None:
    write_dumps(release, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text())
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    view: dict[str, dict[str, set[str]]] = {}
    for triple in accepted(release):
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            view.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, set()).add(triple.object.value)
    for resource in package["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") == (resource["bytes"], resource["hash"])
        fields = resource["schema"]["fields"]
        rows = list(csv.DictReader(content.decode().splitlines(keepends=True)))
        things = {thing for thing, values in view.items() if resource["schema"]["rdfType"] in values.get(expand("rdf:type"), ())}
        assert {row["id"] for row in rows} == things
        assert len(rows) == len(things)
        assert list(rows[0]) == [field["name"] for field in fields]
        for row in rows:
            for field in fields[2:]:
                cell = row[field["name"]]
                values = set(json.loads(cell)) if cell and field["type"] == "array" else {cell} - {""}
                assert values == view[row["id"]].get(field["rdfType"], set()), (row["id"], field["name"])
                if field["type"] == "integer" and cell:
                    int(cell)


def test_a_difference_is_told_in_words_and_as_two_graphs(served: str, two: tuple[Path, Release, Release]) -> None:
    _, old, new = two
    path = f"{served}releases/{old.id}/diff/{new.id}"
    body = get(path, headers={"accept": "application/json"}).json()
    assert body["added"] == [{"id": f"{BASE}id/area_lka", "subject": "Sri Lanka", "property": "rdfs:label", "value": "Sri Lanka"}]
    assert body["removed"] == []
    back = get(f"{served}releases/{new.id}/diff/{old.id}.json").json()
    assert (back["added"], back["removed"]) == ([], body["added"])
    assert "Sri Lanka" in get(f"{path}.html").text
    for suffix, form in (("trig", ox.RdfFormat.TRIG), ("nq", ox.RdfFormat.N_QUADS)):
        graphs: dict[str, set[ox.Triple]] = {"added": set(), "removed": set()}
        for quad in ox.parse(get(f"{path}.{suffix}").content, format=form):
            graphs[quad.graph_name.value.partition("#")[2]].add(quad.triple)  # type: ignore[union-attr]
        assert (accepted(old) | graphs["added"]) - graphs["removed"] == accepted(new)
    same = get(f"{served}releases/{new.id}/diff/{new.id}.json").json()
    assert same["triples"] == {"added": 0, "removed": 0}


def test_the_feed_has_an_entry_for_each_release(served: str, two: tuple[Path, Release, Release]) -> None:
    _, old, new = two
    answer = get(f"{served}feeds/changes.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(answer.content)
    assert [element.tag.removeprefix(atom) for element in feed][:3] == ["id", "title", "updated"]
    entries = feed.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}id") for entry in entries] == [f"{BASE}releases/{release.id}" for release in (new, old)]
    assert entries[0].findtext(f"{atom}content") == "+ Sri Lanka: rdfs:label: Sri Lanka"
    assert entries[0].findtext(f"{atom}updated") == "2011-03-14T00:00:00Z"
    for link in feed.iter(f"{atom}link"):
        assert get(link.attrib["href"].replace(BASE, served)).status_code == 200


def unfold(text: str) -> list[str]:
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_the_calendar_has_meetings_with_days_and_no_others(release: Release, serve: Callable[..., AbstractContextManager[str]]) -> None:
    with serve(release.path, workers=1) as address:
        lines = unfold(get(f"{address}calendar.ics").content.decode())
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events:
            name, _, value = line.partition(":")
            events[-1].setdefault(name, value)
    view: dict[str, dict[str, str]] = {}
    for triple in accepted(release):
        if triple.predicate.value in {expand("bp:datePrecision"), expand("bp:earliestStart"), expand("bp:latestEnd")}:
            name = triple.predicate.value.rpartition("#")[2]
            view.setdefault(str(triple.subject)[1:-1], {})[name] = triple.object.value  # type: ignore[union-attr]
    exact = {name: facts for name, facts in view.items() if "/meeting_" in name and facts["datePrecision"].endswith(("_day", "_range"))}
    assert exact
    assert {event["UID"] for event in events} == set(exact)
    for event in events:
        assert event["DTSTART;VALUE=DATE"] == exact[event["UID"]]["earliestStart"].replace("-", "")
        assert event["DTEND;VALUE=DATE"] > exact[event["UID"]]["latestEnd"].replace("-", ""), "the end is the day after"
    meetings = sum(
        1 for t in accepted(release) if t.predicate.value == expand("rdf:type") and t.object == ox.NamedNode(expand("bp:Meeting"))
    )
    assert any(f"{meetings - len(exact)} meetings of which no document names the days are left out" in line for line in lines)


# --- ?release= ----------------------------------------------------------------------------------------------------------------------------


def test_an_older_release_answers_under_its_name(served: str, two: tuple[Path, Release, Release]) -> None:
    _, old, new = two
    assert "Sri Lanka" in names(served)
    assert "Sri Lanka" in names(served, new.id)
    assert "Sri Lanka" not in names(served, old.id)
    assert "Malaysia" in names(served, old.id)
    assert get(f"{served}data/area_lka?release={new.id}").status_code == 200
    assert get(f"{served}data/area_lka?release={old.id}").status_code == 404
    unknown = get(f"{served}data/area_mys?release=2011-03-13-000000000000")
    assert (unknown.status_code, unknown.headers["content-type"]) == (404, "application/problem+json")


def test_what_a_named_release_answers_never_changes_and_links_stay_in_it(served: str, two: tuple[Path, Release, Release]) -> None:
    _, old, new = two
    see = get(f"{served}id/area_mys?release={old.id}")
    assert see.headers["location"] == f"../data/area_mys?release={old.id}"
    answer = get(see.url.join(see.headers["location"]), headers={"accept": "text/turtle"})
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["baligraph-release"] == old.id
    for target, rel in re.findall(r'<([^>]*)>; rel="(alternate)"', answer.headers["link"]):
        assert f"release={old.id}" in target, rel
    page = get(f"{served}data/area_mys.html?release={old.id}").text
    links = [link for link in re.findall(r'<a [^>]*href="([^"#:]+)"', page) if link]
    assert links and all(f"release={old.id}" in link for link in links)
    assert get(f"{served}data/area_mys", headers={"accept": "text/turtle"}).headers["baligraph-release"] == new.id


def test_a_posted_form_names_its_release_as_an_address_does(served: str, two: tuple[Path, Release, Release]) -> None:
    _, old, new = two
    query = f"SELECT ?l {{ ?s <{LABEL.value}> ?l }}"

    def post(form: dict[str, Any], **address: str) -> httpx.Response:
        return httpx.post(f"{served}sparql", params=address, data={"query": query, **form}, timeout=60)

    for answer in (post({"release": old.id}), post({"release": old.id}, release=old.id), post({}, release=old.id)):
        assert (answer.status_code, answer.headers["baligraph-release"]) == (200, old.id)
        assert "Sri Lanka" not in answer.text and "Malaysia" in answer.text
        assert "immutable" not in answer.headers["cache-control"], "what was posted is not kept by caches"
    assert "Sri Lanka" in post({"release": new.id}).text
    assert post({"release": "2011-03-13-000000000000"}).status_code == 404
    for several in (
        post({"release": [old.id, new.id]}),
        post({"release": old.id}, release=new.id),
        get(f"{served}data/area_mys?release=a&release=b"),
    ):
        assert (several.status_code, several.json()["title"]) == (400, "One release, please")
    assert "Sri Lanka" in post({}).text, "the others are asked as before"


def addresses(found: Any) -> Iterator[str]:
    """What leads on in an answer: `next` and `href`, wherever they stand."""
    if isinstance(found, dict):
        yield from (value for name, value in found.items() if name in {"next", "href"} and value)
    for inner in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from addresses(inner)


@pytest.mark.parametrize("path", ["", "/states", "/search?q=workshop", "/queries", "/states/mys", "/queries/meetings-per-year"])
def test_every_link_of_rest_keeps_the_release(served: str, two: tuple[Path, Release, Release], path: str) -> None:
    old = two[1].id
    more = {"limit": "1"} if path in {"/states", "/search?q=workshop"} else {}
    url = httpx.URL(f"{served}api/v1{path}").copy_merge_params({**more, "release": old})
    answer = get(url)
    assert (answer.status_code, answer.headers["baligraph-release"]) == (200, old)
    onward = list(addresses(answer.json()))
    assert bool(onward) is (path not in {"/states/mys", "/queries/meetings-per-year"})
    linked = re.findall(r'<([^>]*)>; rel="(?:next|alternate|service-desc|describedby)"', answer.headers["link"])
    assert ("next" in answer.links) is bool(more)
    for address in [*onward, *linked]:
        assert address.endswith(f"release={old}"), address
    for address in linked + onward[:1]:
        further = get(url.join(address))
        assert (further.status_code, further.headers["baligraph-release"]) == (200, old), address


@pytest.mark.parametrize(
    "path", ["meetings", "states?limit=1", "search?q=workshop&type=meetings", "queries/meetings-per-year", "sparql?query=ASK{}"]
)
def test_every_link_and_form_of_a_page_keeps_the_release(served: str, two: tuple[Path, Release, Release], path: str) -> None:
    old = two[1].id
    page = get(httpx.URL(f"{served}{path}").copy_merge_params({"release": old}), headers={"accept": "text/html"}).text
    links = [html.unescape(link) for link in re.findall(r'<a [^>]*href="([^"#:]+)"', page)]
    assert links and all(link.partition("#")[0].endswith(f"release={old}") for link in links), links
    forms = re.findall(r"<form .*?</form>", page, re.DOTALL)
    assert forms and all(f'name="release" value="{old}"' in form for form in forms)


def test_the_address_to_cite_answers_the_same_after_another_release(
    tmp_path: Path, serve: Callable[..., AbstractContextManager[str]]
) -> None:
    first = releases.write(tmp_path)
    with serve(tmp_path, workers=1, release_poll=0.1) as address:
        before = get(f"{address}data/area_mys.ttl")
        cited = re.search(r'<([^>]*)>; rel="cite-as"', before.headers["link"])
        assert cited is not None
        assert cited[1] == f"{BASE}data/area_mys.ttl?release={first.id}"
        extra = [ox.Quad(MALAYSIA, ox.NamedNode(expand("skos:altLabel")), ox.Literal("Malaya", language="en"))]
        extra += [ox.Quad(*quad.triple, ox.NamedNode(expand("g:reference"))) for quad in extra]
        write_release(tmp_path, releases.draft(day=15, extra=extra))
        for _ in range(600):
            now = get(f"{address}data/area_mys.ttl")
            if now.headers["baligraph-release"] != first.id:
                break
        assert "Malaya" in now.text.replace("Malaysia", "")
        assert get(cited[1].replace(BASE, address)).content == before.content


def test_older_releases_are_loaded_a_few_at_once(tmp_path: Path, serve: Callable[..., AbstractContextManager[str]]) -> None:
    kept = [write_release(tmp_path, releases.draft(day=day)) for day in (13, 14, 15, 16)]
    with serve(tmp_path, workers=1, kept_loaded=1) as address:
        for _ in range(2):
            for release in kept:
                answer = get(f"{address}healthz?release={release.id}")
                assert answer.json()["release"] == release.id
    with serve(tmp_path, workers=1, kept_loaded=0) as address:
        assert get(f"{address}data/area_mys?release={kept[0].id}").status_code == 404
        assert get(f"{address}data/area_mys?release={kept[-1].id}").status_code == 200


# --- citations ----------------------------------------------------------------------------------------------------------------------------


def test_every_answer_says_its_release_and_how_to_cite_it(served: str, two: tuple[Path, Release, Release]) -> None:
    new = two[2].id
    query = {"query": "ASK {}"}
    for path in ("", "data", "data/area_mys.ttl", "ontology", "graph/reference", "sparql", "graphs", "calendar.ics", "api/v1/states"):
        answer = get(f"{served}{path}", params=query if path == "sparql" else {})
        assert answer.status_code == 200, path
        assert answer.headers["baligraph-release"] == new, path
        assert re.search(rf'<{BASE}[^>]*release(=|s/){new}>; rel="cite-as"', answer.headers["link"]), path
    assert get(f"{served}nothing").headers["baligraph-release"] == new
    text = f"In: Bali Process Graph, release {new}"
    page = get(f"{served}data/area_mys.html").text
    assert text in page
    assert f"{BASE}data/area_mys?release={new}" in page
    assert new in get(f"{served}data/area_mys.ttl").text
    assert new in get(f"{served}data/area_mys.csv").text


def test_citations_are_had_as_text_bibtex_and_csl(served: str, two: tuple[Path, Release, Release]) -> None:
    new = two[2].id
    link = f"{BASE}data/area_mys?release={new}"

    def cite(form: str, path: str = "data/area_mys.html") -> httpx.Response:
        return get(f"{served}cite", params={"path": path, "format": form})

    assert cite("text").text == f"“Malaysia”. In: Bali Process Graph, release {new}. {link}\n"
    bibtex = cite("bibtex")
    assert bibtex.headers["content-type"] == "application/x-bibtex"
    assert re.match(r"@misc\{baligraph-malaysia-", bibtex.text)
    assert bibtex.text.count("{") == bibtex.text.count("}")
    csl: dict[str, Any] = cite("csl").json()[0]
    assert (csl["title"], csl["URL"], csl["issued"]) == ("Malaysia", link, {"date-parts": [[2011, 3, 14]]})
    assert cite("text", "").text == f"Bali Process Graph, release {new}. {BASE}releases/{new}\n"
    assert cite("pdf").status_code == 400
    assert cite("text", "data/<x>").status_code == 400
