"""Dereferencing over a real server: names, documents about things, their forms and their pages."""

from __future__ import annotations

import html.parser
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import rdflib
import releases
from rdflib.compare import isomorphic

from baligraph.release_writer import write_release
from baligraph.withdrawn import mark

BASE = "https://w3id.org/baligraph/"
MEETING = releases.MEETING
FORMS = {
    "ttl": ("text/turtle", "text/turtle; charset=utf-8", "turtle"),
    "nt": ("application/n-triples", "application/n-triples", "nt"),
    "rdf": ("application/rdf+xml", "application/rdf+xml", "xml"),
    "jsonld": ("application/ld+json", "application/ld+json", "json-ld"),
    "html": ("text/html", "text/html; charset=utf-8", ""),
}
ORIGIN = re.compile(
    "“.+”.*, ¶ |Row of a table: corpus/|Follows by the rule |Defined by this project|Taken from the text of"
    "|the same words as above|the words at the top"
)
THINGS = [
    f"data/{MEETING}",
    "data/area_mys",
    "data/doc_one",
    "data/participation_000000000001",
    "data/provision_one_2",
    "data/evidence_000000000001",
    "data/org_bad",
    "data/concept_role_host",
    "data/concept_role",
    "graph/doc/one",
    "graph/reference",
    "graph/ontology",
]


class Page(html.parser.HTMLParser):
    """Rows of tables as lists of (class, text), links, and marked words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, str]]] = []
        self.links: list[str] = []
        self.marks: list[str] = []
        self._marking = self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append((given.get("class") or "", ""))
            self._inside = True
        elif tag == "q":
            self.handle_data("“")
        elif tag == "mark":
            self.marks.append("")
            self._marking = True
        self.links += [value for name in ("href", "src", "action") if (value := given.get(name))]

    def handle_endtag(self, tag: str) -> None:
        self._marking = self._marking and tag != "mark"
        if tag == "q":
            self.handle_data("”")
        self._inside = self._inside and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self._inside:
            kind, text = self.rows[-1][-1]
            self.rows[-1][-1] = (kind, text + data)
        if self._marking:
            self.marks[-1] += data

    def sources(self) -> list[tuple[str, str]]:
        """(value, where it is written) of every row that has both."""
        found = []
        for row in self.rows:
            cells = [(kind, " ".join(text.split())) for kind, text in row]
            for kind, text in cells:
                if kind == "source":
                    found.append((" | ".join(other for name, other in cells if name != "source"), text))
        return found


def about(document: str) -> str:
    """The path of what a document is about."""
    return document.replace("data/concept_", "concept/").replace("data/", "id/")


def get(server: str, path: str, accept: str = "*/*") -> httpx.Response:
    return httpx.get(f"{server}{path}", headers={"accept": accept})


@pytest.mark.parametrize("accept", ["*/*", "text/html", "application/ld+json", "image/png"])
@pytest.mark.parametrize("document", [f"data/{MEETING}", "data/concept_role_host", "data/concept_role"])
def test_a_name_leads_to_its_document_by_303(server: str, document: str, accept: str) -> None:
    answer = get(server, about(document), accept)
    assert answer.status_code == 303
    assert "Accept" in answer.headers["vary"]
    assert str(answer.url.join(answer.headers["location"])) == f"{server}{document}"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own JSON-LD parser
@pytest.mark.parametrize("thing", THINGS)
def test_each_form_is_had_by_suffix_and_by_negotiation(server: str, thing: str) -> None:
    graphs = []
    for suffix, (accept, content_type, parser) in FORMS.items():
        direct, negotiated = get(server, f"{thing}.{suffix}", "image/png"), get(server, thing, accept)
        assert (direct.status_code, negotiated.status_code) == (200, 200), (suffix, direct.text[:300])
        assert direct.headers["content-type"] == negotiated.headers["content-type"] == content_type
        assert direct.content == negotiated.content
        assert direct.headers["etag"] == negotiated.headers["etag"]
        assert f'<{BASE}{about(thing)}>; rel="canonical"' in direct.headers["link"]
        assert "Accept" in negotiated.headers["vary"]
        again = httpx.get(f"{server}{thing}.{suffix}", headers={"if-none-match": direct.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        head = httpx.head(f"{server}{thing}.{suffix}")
        assert (head.status_code, head.headers["content-type"]) == (200, content_type)
        if parser:
            graphs.append(rdflib.Graph().parse(data=direct.content, format=parser))
            assert "127.0.0.1" not in direct.text
    assert len(graphs[0]) > 1
    for graph in graphs[1:]:
        assert isomorphic(graph, graphs[0])
    assert (rdflib.URIRef(BASE + about(thing)), None, None) in graphs[0] or thing.startswith("graph/")


def test_the_default_is_turtle_and_nothing_acceptable_is_406(server: str) -> None:
    assert get(server, f"data/{MEETING}").headers["content-type"].startswith("text/turtle")
    answer = get(server, f"data/{MEETING}", "image/png")
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        "id/area_xxx",
        "data/area_xxx",
        "data/area_xxx.html",
        "data/area_mys.pdf",
        "data/area_mys.ttl.ttl",
        "data/%3E%20%3Cx",
        "data/a%22b",
        "data/a%7Db.html",
        "data/%F0%9F%90%A8",
        "id/%3E%7D%20UNION%20%7B",
        "concept/nothing",
        "graph/doc/nothing",
        "graph/",
        "graph/doc/%3E",
        "nothing",
        "static/nothing.css",
        "static/../app.py",
    ],
)
def test_what_is_unknown_is_a_404_problem(server: str, path: str) -> None:
    answer = get(server, path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["status"] == 404
    page = get(server, path, "text/html")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")


def test_a_description_holds_assertions_evidence_and_names(server: str) -> None:
    graph = rdflib.Graph().parse(data=get(server, f"data/{MEETING}.ttl").text, format="turtle")
    bp, ident = rdflib.Namespace(f"{BASE}ontology#"), rdflib.Namespace(f"{BASE}id/")
    host = ident["participation_000000000001"]
    assert (host, bp.participant, ident.area_mys) in graph
    assert graph.value(graph.value(host, bp.evidence), bp.quote) is not None
    assert graph.value(ident["place_harbour-town"], rdflib.RDFS.label) is not None
    claims = list(graph.subjects(bp.claimSubject, ident[MEETING]))
    assert len(claims) == sum(subject == f"id:{MEETING}" for _, subject, *_ in releases.CLAIMS)


def test_jsonld_is_nested_like_an_object(server: str) -> None:
    body = get(server, f"data/{MEETING}.jsonld").json()
    assert body["id"] == f"{BASE}id/{MEETING}"
    assert body["label"] == "Workshop on Returns"
    assert body["inPlace"]["label"] == "Harbour Town"
    hosts = [entry for entry in body["@reverse"]["inMeeting"] if entry["role"]["id"].endswith("role_host")]
    assert [entry["nameAsWritten"] for entry in hosts] == ["Government of Malaysia"]
    assert hosts[0]["evidence"]["quote"] == "It was hosted by the Government of Malaysia."


@pytest.mark.parametrize("thing", [thing for thing in THINGS if not thing.startswith("graph/")])
def test_on_a_page_every_value_says_where_it_is_written(server: str, thing: str) -> None:
    page = Page(get(server, f"{thing}.html").text)
    sources = page.sources()
    assert sources
    for value, source in sources:
        assert ORIGIN.search(f"{value} {source}"), (value, source)


def test_the_page_of_a_meeting_shows_sentence_anchor_rule_conflict_and_participants(server: str) -> None:
    page = Page(get(server, f"data/{MEETING}.html").text)
    sources = dict(page.sources())
    found = {value: source for value, source in sources.items() if "12-13 March 2011" in value or "March 2011 also on record" in value}
    assert found["date as written | 12-13 March 2011"] == "“The workshop was held in Harbour Town on 12-13 March 2011.” one, ¶ 1"
    assert found["March 2011 also on record"] == "“The workshop of March 2011 was recalled.” two, ¶ p2"
    assert sources["year | 2011"] == "Follows by the rule year"
    assert sources["in country | Malaysia"] == "Follows by the rule country"  # who hosted says nothing of where
    assert sources["hosted by | Malaysia"] == "Follows by the rule shortcuts “It was hosted by the Government of Malaysia.” one, ¶ 1"
    assert sources["host | Malaysia | Government of Malaysia"] == "“It was hosted by the Government of Malaysia.” one, ¶ 1"
    assert {"12-13 March 2011", "Harbour Town", "Government of Malaysia", "Australia", "Türkiye"} <= set(page.marks)


def test_the_page_of_a_state_shows_its_row_and_where_it_took_part(server: str) -> None:
    sources = dict(Page(get(server, "data/area_mys.html").text).sources())
    assert sources["ISO alpha-3 code | MYS"] == "Row of a table: corpus/reference/areas.csv#mys, after its source"
    assert sources["host | Workshop on Returns | Government of Malaysia"].startswith("“It was hosted by")


def test_the_page_of_evidence_shows_the_passage_in_its_document(server: str) -> None:
    page = Page(get(server, "data/evidence_000000000002.html").text)
    assert "It was hosted by the Government of Malaysia." in page.marks
    assert "Participants agreed" in get(server, "data/evidence_000000000002.html").text  # what follows it in the text


def test_nothing_of_the_data_becomes_mark_up_or_a_dangerous_link(server: str) -> None:
    for path in ("data/org_bad.html", "graph/reference.html"):
        answer = get(server, path)
        assert answer.status_code == 200
        assert "<script" not in answer.text.replace('<script type="application/ld+json">', "", 1)  # data, which nothing runs
        assert "alert(1)" in answer.text
        assert not [link for link in Page(answer.text).links if link.startswith("javascript")]
    assert "&lt;in dignity&gt;" in get(server, "data/doc_one.html").text


@pytest.mark.parametrize("path", ["", "query", "ontology", *(f"{thing}.html" for thing in THINGS)])
def test_pages_have_a_strict_policy_and_relative_links_that_lead_somewhere(server: str, path: str) -> None:
    answer = get(server, path, "text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    scripts = re.findall(r"script-src ([^;]+)", answer.headers["content-security-policy"])
    assert all(source.startswith("'nonce-") for source in scripts)  # only the editor's page has one
    assert bool(scripts) <= (path == "query")
    assert 'lang="en"' in answer.text
    assert " style=" not in answer.text
    ours = set()
    for link in Page(answer.text).links:
        assert not link.startswith("/"), f"{link} would break under a sub-path"
        if not link.startswith(("http:", "https:", "#")):
            ours.add(str(answer.url.join(link)).partition("#")[0])
    with httpx.Client(headers={"accept": "text/html"}, follow_redirects=True) as client:
        for link in sorted(ours)[:60]:
            status = client.get(link).status_code
            # the fixture names a few things about which it says nothing
            assert status == 200 or (status == 404 and re.search(r"/run_|realizedBy|/ontology/", link)), (path, link, status)


def test_the_home_page_counts_what_sparql_counts(server: str) -> None:
    page = get(server, "", "text/html").text
    counts = dict(re.findall(r"<strong>([\d,]+)</strong> ([^<]+)</a>", page))
    assert counts == {
        "1": counts["1"],
        "3": "states and territories that took part",
        "2": "documents read",
    }
    linked = [httpx.URL(link.replace("&amp;", "&")).params["query"] for link in re.findall(r'href="(query\?query=[^"]+)"', page)]
    assert len(linked) == 6
    for query in linked:
        answer = httpx.get(f"{server}sparql", params={"query": query}, headers={"accept": "application/json"})
        assert answer.status_code == 200, query
        assert answer.json()["results"]["bindings"], query
    assert re.search(r"<strong>100\.0 %</strong> of the \d+ facts", page)
    for bar in ("2011", "Malaysia", "Returns and reintegration"):
        assert bar in page


def test_the_query_page_is_filled_from_its_address_and_posts_to_sparql(server: str) -> None:
    page = httpx.get(f"{server}query", params={"query": "ASK { ?s ?p '</textarea><b>' }"})
    assert "ASK { ?s ?p &#39;&lt;/textarea&gt;&lt;b&gt;&#39; }" in page.text
    assert 'action="sparql" method="post"' in page.text


def test_healthz_names_the_release(server: str) -> None:
    assert get(server, "healthz").json()["release"].startswith("2011-03-13-")


def test_what_was_withdrawn_is_gone(tmp_path: Path, serve: Callable[..., AbstractContextManager[str]]) -> None:
    about = {"withdrawn": [mark(f"{BASE}id/person_somebody")]}
    write_release(tmp_path, replace(releases.draft(), about=about))
    with serve(tmp_path, workers=1) as address:
        for path in ("id/person_somebody", "data/person_somebody", "data/person_somebody.html", "data/person_somebody.ttl"):
            answer = get(address, path, "application/json")
            assert (answer.status_code, answer.json()["title"]) == (410, "Gone"), path
        assert get(address, "id/person_nobody").status_code == 404
