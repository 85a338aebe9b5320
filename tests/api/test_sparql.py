"""`/sparql` over a real server: request → status, type, body."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from runaway import RUNAWAY
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

from baligraph.settings import Settings

BP = "https://w3id.org/baligraph/ontology#"
SELECT = f"SELECT ?m ?d {{ ?m <{BP}dateText> ?d }}"
ASK = f"ASK {{ ?m a <{BP}Meeting> }}"
CONSTRUCT = f"CONSTRUCT WHERE {{ ?m <{BP}dateText> ?d }}"
EVERYTHING = "SELECT * { ?s ?p ?o . ?x ?y ?z }"
FORM = "application/x-www-form-urlencoded"
FORMATS = {
    "SPARQL_Results_JSON": (SELECT, "json"),
    "SPARQL_Results_XML": (SELECT, "xml"),
    "SPARQL_Results_CSV": (SELECT, "csv"),
    "SPARQL_Results_TSV": (SELECT, "tsv"),
    "Turtle": (CONSTRUCT, "ttl"),
    "JSON-LD": (CONSTRUCT, "jsonld"),
    "N-Triples": (CONSTRUCT, "nt"),
    "RDF_XML": (CONSTRUCT, "rdf"),
    "TriG": (CONSTRUCT, "trig"),
    "N-Quads": (CONSTRUCT, "nq"),
}
Serve = Callable[..., AbstractContextManager[str]]


def problem(response: httpx.Response, status: int) -> dict[str, object]:
    """The body, if it is a problem document as every error must be."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["access-control-allow-origin"] == "*"
    body: dict[str, object] = response.json()
    assert {"type", "title", "status", "detail"} <= body.keys()
    assert body["status"] == status
    return body


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "text/html", "text/html; charset=utf-8"),
        (ASK, "*/*", "application/sparql-results+json"),
        (ASK, "text/csv, application/xml;q=0.1", "application/xml"),
        (ASK, "text/html", "text/html; charset=utf-8"),
        (CONSTRUCT, "*/*", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "text/html", "text/html; charset=utf-8"),
        (f"DESCRIBE ?m {{ ?m <{BP}dateText> ?d }}", "text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_three_ways_to_ask_give_the_same(server: str, query: str, accept: str, expected: str) -> None:
    head = {"accept": accept}
    answers = [
        httpx.get(f"{server}sparql", params={"query": query}, headers=head),
        httpx.post(f"{server}sparql", data={"query": query}, headers=head),
        httpx.post(f"{server}sparql", content=query, headers={**head, "content-type": "application/sparql-query; charset=utf-8"}),
    ]
    for answer in answers:
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == expected
        assert "Accept" in answer.headers["vary"]
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.content == answers[0].content
        assert ("12-13 March 2011" in answer.text) == (query not in {ASK})


@pytest.mark.parametrize(
    ("query", "accept"), [(SELECT, "image/png"), (SELECT, "text/turtle"), (ASK, "text/csv"), (CONSTRUCT, "text/csv"), (SELECT, "*/*;q=0")]
)
def test_what_is_not_offered_is_406(server: str, query: str, accept: str) -> None:
    problem(httpx.get(f"{server}sparql", params={"query": query}, headers={"accept": accept}), 406)


def test_format_wins_over_accept(server: str) -> None:
    answer = httpx.get(f"{server}sparql", params={"query": SELECT, "format": "csv"}, headers={"accept": "application/json"})
    assert answer.text.startswith("m,d\r\n")
    assert "there are ttl" in str(problem(httpx.get(f"{server}sparql", params={"query": CONSTRUCT, "format": "csv"}), 400)["detail"])


def test_a_wrong_query_is_answered_with_its_place(server: str) -> None:
    body = problem(httpx.get(f"{server}sparql", params={"query": "SELECT *\n{ ?s foo:bar ?o }"}, headers={"accept": "text/csv"}), 400)
    assert (body["line"], body["column"]) == (2, 13)
    page = httpx.get(f"{server}sparql", params={"query": "SELECT <script>"}, headers={"accept": "text/html"})
    assert page.status_code == 400
    assert "<script" not in page.text


@pytest.mark.parametrize(
    ("method", "kind", "body", "url", "status"),
    [
        ("POST", FORM, "", "", 400),
        ("POST", FORM, "query=ASK{}&query=ASK{}", "", 400),
        ("POST", FORM, "update=DROP+ALL", "", 403),
        ("POST", FORM, "query=%FF", "", 400),
        ("POST", "application/sparql-update", "DROP ALL", "", 403),
        ("POST", "application/sparql-query", b"ASK \xff {}", "", 400),
        ("POST", "application/sparql-query", "", "", 400),
        ("POST", "text/plain", "ASK {}", "", 415),
        ("POST", "", "ASK {}", "", 415),
        ("POST", "multipart/form-data; boundary=x", "--x--", "", 415),
        ("PUT", "application/sparql-query", "ASK {}", "", 405),
        ("DELETE", "", "", "", 405),
        ("GET", "", "", "?query=ASK{}&query=ASK{}", 400),
        ("GET", "", "", "?query=DROP%20ALL", 400),
        ("GET", "", "", "?query=", 400),
        ("GET", "", "", "?query=%FF", 400),
        ("GET", "", "", "?query=ASK{}&timeout=soon", 400),
        ("GET", "", "", "?query=ASK{}&timeout=-1", 400),
        ("GET", "", "", "?query=ASK{}&default-graph-uri=no%20iri", 400),
        ("GET", "", "", "?" + "&".join(f"a{n}=b" for n in range(1100)), 400),
        ("GET", "", "", "?update=DROP%20ALL", 403),
    ],
)
def test_a_wrong_request_is_a_problem(server: str, method: str, kind: str, body: str | bytes, url: str, status: int) -> None:
    headers = {"content-type": kind} if kind else {}
    problem(httpx.request(method, f"{server}sparql{url}", content=body or None, headers=headers), status)


def test_a_query_that_is_too_long_is_413(server: str) -> None:
    long = "ASK {} #" + "x" * 200_000
    for answer in (
        httpx.post(f"{server}sparql", data={"query": long}),
        httpx.post(f"{server}sparql", content=long, headers={"content-type": "application/sparql-query"}),
    ):
        assert problem(answer, 413)["limit"] == "query length"


def test_updates_and_service_are_refused_with_the_reason(server: str) -> None:
    assert "never written" in str(problem(httpx.post(f"{server}sparql", data={"query": "INSERT DATA { <a:a> <b:b> 1 }"}), 400)["detail"])
    assert "Comunica" in str(
        problem(httpx.get(f"{server}sparql", params={"query": "ASK { SERVICE <http://127.0.0.1/> {} }"}), 400)["detail"]
    )


def test_graphs_can_be_chosen(server: str) -> None:
    ask = f"ASK {{ ?m <{BP}dateText> 'March 2011' }}"
    graph = "https://w3id.org/baligraph/graph/doc/two"

    def truth(**params: str) -> bool:
        return bool(httpx.get(f"{server}sparql", params={"query": ask, **params}).json()["boolean"])

    assert not truth()
    assert truth(**{"default-graph-uri": graph})
    direct = httpx.post(
        f"{server}sparql?default-graph-uri={quote(graph, safe='')}", content=ask, headers={"content-type": "application/sparql-query"}
    )
    assert direct.json()["boolean"] is True


def test_head_options_and_preflight(server: str) -> None:
    head = httpx.head(f"{server}sparql", params={"query": SELECT})
    body = httpx.get(f"{server}sparql", params={"query": SELECT})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(body.content))
    assert head.headers["etag"] == body.headers["etag"]
    options = httpx.options(f"{server}sparql")
    assert options.status_code == 204
    assert "POST" in options.headers["allow"]
    preflight = httpx.options(f"{server}sparql", headers={"origin": "https://e.org", "access-control-request-method": "POST"})
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]


def test_etags_tell_queries_and_formats_apart_and_spare_the_work(server: str) -> None:
    def tag(query: str, accept: str) -> str | None:
        return httpx.get(f"{server}sparql", params={"query": query}, headers={"accept": accept}).headers.get("etag")

    tags = [tag(SELECT, "text/csv"), tag(SELECT, "application/json"), tag(ASK, "application/json")]
    assert len(set(tags)) == 3
    again = httpx.get(f"{server}sparql", params={"query": SELECT}, headers={"accept": "text/csv", "if-none-match": f'"other", {tags[0]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tags[0])
    assert tag("SELECT (RAND() AS ?x) {}", "text/csv") is None


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { ?s bp:year ?y }", f"Add at the top: PREFIX bp: <{BP}>"),
        ("SELECT * { ?s skso:prefLabel ?y }", "Did you mean skos: (PREFIX skos: <http://www.w3.org/2004/02/skos/core#>)?"),
        ("SELECT * { ?s zzz:prefLabel ?y }", None),
        ("SELECT * { ?s ?p }", None),
    ],
)
def test_a_prefix_that_is_not_declared_is_suggested(server: str, query: str, told: str | None) -> None:
    body = problem(httpx.get(f"{server}sparql", params={"query": query}), 400)
    assert str(body.get("suggestion", None)).endswith(str(told))
    page = httpx.post(f"{server}sparql", data={"query": query}, headers={"accept": "text/html"})
    assert page.status_code == 400
    assert told is None or told.partition("<")[0] in page.text


def test_the_service_description_lists_the_named_graphs(server: str) -> None:
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    described = rdflib.Graph().parse(data=httpx.get(f"{server}sparql", headers={"accept": "text/turtle"}).text, format="turtle")
    rows = httpx.get(f"{server}sparql", params={"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "format": "csv"}).text.split()[1:]
    listed = [
        str(described.value(node, sd.name))
        for dataset in described.subjects(rdflib.RDF.type, sd.Dataset)
        for node in described[dataset : sd.namedGraph]
    ]
    assert len(listed) > 3
    assert sorted(listed) == sorted(rows)
    assert len(set(described.subjects(rdflib.RDF.type, sd.NamedGraph))) == len(listed)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own JSON-LD parser
@pytest.mark.parametrize(("form", "kind"), [("turtle", "text/turtle"), ("xml", "application/rdf+xml"), ("json-ld", "application/ld+json")])
def test_the_endpoint_of_the_service_description_is_the_address_that_was_asked(server: str, form: str, kind: str) -> None:
    endpoint = rdflib.URIRef("http://www.w3.org/ns/sparql-service-description#endpoint")
    answer = httpx.get(f"{server}sparql", headers={"accept": kind})
    assert server not in answer.text, "it holds behind any proxy"
    found = rdflib.Graph().parse(data=answer.text, format=form, publicID="https://mirror.example/graph/sparql")
    assert list(found.objects(None, endpoint)) == [rdflib.URIRef("https://mirror.example/graph/sparql")]


def test_the_service_description_is_true(server: str) -> None:
    answer = httpx.get(f"{server}sparql", headers={"accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.text, format="turtle", publicID=str(answer.url))
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert list(graph.objects(None, sd.endpoint)) == [rdflib.URIRef(f"{server}sparql")]
    formats = {str(name).rpartition("/")[2] for name in graph.objects(None, sd.resultFormat)}
    assert formats == set(FORMATS)
    for name, (query, wanted) in FORMATS.items():
        found = httpx.get(f"{server}sparql", params={"query": query, "format": wanted})
        assert found.status_code == 200, name
    schema = rdflib.Namespace("https://schema.org/")
    told = {
        str(graph.value(node, schema.name)): graph.value(node, schema.value).toPython()
        for node in graph.objects(None, schema.additionalProperty)
    }
    assert told == {limit["name"]: limit["value"] for limit in httpx.get(f"{server}limits").json()}
    assert told["query_timeout"] == Settings().query_timeout
    page = httpx.get(f"{server}sparql", headers={"accept": "text/html"})
    assert page.status_code == 303
    assert httpx.get(f"{server}{page.headers['location']}").status_code == 200


def test_a_runaway_is_ended_while_lookups_are_served(tiny: Path, serve: Serve) -> None:
    with serve(tiny, query_timeout=1.0) as address, httpx.Client() as client:
        found: list[httpx.Response] = []
        runaway = threading.Thread(target=lambda: found.append(httpx.get(f"{address}sparql", params={"query": RUNAWAY}, timeout=60)))
        runaway.start()
        lookups = 0
        while runaway.is_alive():
            assert client.get(f"{address}sparql", params={"query": ASK}).json()["boolean"] is True
            lookups += 1
        runaway.join()
        assert problem(found[0], 503)["limit"] == "time"
        assert lookups > 5


def test_half_an_answer_is_an_error_for_every_client(tiny: Path, serve: Serve) -> None:
    with serve(tiny, max_result_bytes=1_000_000) as address:
        for accept in ("text/csv", "application/sparql-results+json"):
            with pytest.raises(httpx.RemoteProtocolError):
                httpx.get(f"{address}sparql", params={"query": EVERYTHING}, headers={"accept": accept}, timeout=30)
        # HTTP/1.0 can't tell a cut from an end: such a client gets a problem document instead
        parts = urlsplit(address)
        with socket.create_connection((parts.hostname or "", parts.port or 0), 30) as connection:
            connection.sendall(f"GET /sparql?query={quote(EVERYTHING)} HTTP/1.0\r\nAccept: text/csv\r\n\r\n".encode())
            answer = b""
            while part := connection.recv(65536):
                answer += part
        assert b" 503 " in answer.splitlines()[0]
        assert json.loads(answer.split(b"\r\n\r\n", 1)[1])["limit"] == "result size"
        assert httpx.get(f"{address}sparql", params={"query": ASK}).status_code == 200


def test_a_client_that_leaves_ends_its_query(tiny: Path, serve: Serve) -> None:
    with serve(tiny, workers=1, query_timeout=60.0, queue_timeout=5.0) as address:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{address}sparql", params={"query": RUNAWAY}, timeout=0.5)
        assert httpx.get(f"{address}sparql", params={"query": ASK}, timeout=10).status_code == 200


def test_html_shows_the_first_rows_and_links_the_rest(tiny: Path, serve: Serve) -> None:
    with serve(tiny, max_table_rows=10) as address:
        page = httpx.get(f"{address}sparql", params={"query": EVERYTHING}, headers={"accept": "text/html"}, timeout=30)
        assert page.status_code == 200
        assert page.text.count("<tr>") == 11
        assert "The first 10 rows" in page.text
        few = httpx.get(f"{address}sparql", params={"query": f"{EVERYTHING} LIMIT 3"}, headers={"accept": "text/html"})
        assert "3 rows." in few.text
        one = "SELECT ('line\nbreak \t tab \"q\" <b>' AS ?x) (<javascript:alert(1)> AS ?y) ?unbound {}"
        odd = httpx.get(
            f"{address}sparql", params={"query": one.replace("\n", "\\n").replace("\t", "\\t")}, headers={"accept": "text/html"}
        ).text
        assert "1 row." in odd
        assert "&lt;b&gt;" in odd
        assert 'href="javascript' not in odd


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper(server: str, method: str) -> None:
    client = SPARQLWrapper(f"{server}sparql")
    client.setMethod(method)
    if method == POST:
        client.setRequestMethod(POSTDIRECTLY)
    client.setQuery(SELECT)
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["results"]["bindings"][0]["d"]["value"] == "12-13 March 2011"
    client.setReturnFormat(XML)
    assert "12-13 March 2011" in client.queryAndConvert().toxml()
    client.setReturnFormat(CSV)
    assert b"12-13 March 2011" in client.queryAndConvert()
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(TURTLE)
    assert b"12-13 March 2011" in client.queryAndConvert()


@pytest.mark.filterwarnings("ignore:.*is deprecated:DeprecationWarning")
def test_rdflib_sparqlstore(server: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server}sparql"))
    assert [str(row[1]) for row in graph.query(SELECT)] == ["12-13 March 2011"]
    assert [str(o) for o in graph.objects(None, rdflib.URIRef(f"{BP}dateText"))] == ["12-13 March 2011"]
