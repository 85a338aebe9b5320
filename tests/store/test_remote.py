"""The same service before real stores: what it answers is what our own engine answers."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import cast

import httpx
import pyoxigraph as ox
import pytest
import rows
from canary import Canary
from running import Place

from baligraph.prefixes import expand, sparql_header
from baligraph.questions import load_questions
from baligraph.store.remote.published import marker

THING = "meeting_2004-12_bali_workshop"
TERMS = sparql_header() + (
    f"SELECT ?o ?none {{ {{ id:{THING} ?p ?o }} UNION {{ bp:Meeting skos:definition ?o }}"
    " UNION { ?x owl:members ?o FILTER(isBlank(?o)) } UNION { ?x owl:unionOf ?o } }"
)
RDF = ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig", "application/n-quads"]


def ask(gateway: str, query: str, accept: str) -> httpx.Response:
    answer = httpx.post(f"{gateway}sparql", data={"query": query}, headers={"accept": accept}, timeout=60)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == accept
    return answer


def test_every_question_has_the_same_rows(gateway: str, local: ox.Store) -> None:
    service = rows.Service(f"{gateway}sparql")
    found = {}
    for question in load_questions():
        ours, theirs = (rows.ask(engine, question.text, question.witness) for engine in (local, service))
        if Counter(frozenset(row.items()) for row in theirs) != Counter(frozenset(row.items()) for row in ours):
            found[question.name] = (ours, theirs)
    assert not found


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml", "text/tab-separated-values"])
def test_rows_come_in_every_form(gateway: str, local: ox.Store, accept: str) -> None:
    body = ask(gateway, TERMS, accept).content
    assert b"typed-literal" not in body
    kind = ox.QueryResultsFormat.from_media_type(accept)
    found, expected = ox.parse_query_results(body, format=cast(ox.QueryResultsFormat, kind)), local.query(TERMS)
    terms = sorted(shown(row) for row in cast(ox.QuerySolutions, expected))
    assert sorted(shown(row) for row in cast(ox.QuerySolutions, found)) == terms
    assert {"blank", '"2004"^^<http://www.w3.org/2001/XMLSchema#integer>'} < set(terms)
    # the same as CSV, where a blank node has a name of its own
    table = list(csv.reader(io.StringIO(ask(gateway, TERMS, "text/csv").text)))
    assert table[0] == ["o", "none"]
    assert len(table) == len(terms) + 1


def shown(row: ox.QuerySolution) -> str:
    assert row["none"] is None
    return "blank" if isinstance(row["o"], ox.BlankNode) else str(row["o"])


@pytest.mark.parametrize("accept", RDF)
def test_triples_come_in_every_form(gateway: str, local: ox.Store, accept: str) -> None:
    query = f"CONSTRUCT WHERE {{ <{expand(f'id:{THING}')}> ?p ?o }}"
    body = ask(gateway, query, accept).content
    found = ox.parse(body, format=cast(ox.RdfFormat, ox.RdfFormat.from_media_type(accept)))
    assert {quad.triple for quad in found} == set(cast(ox.QueryTriples, local.query(query)))


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_truth_is_a_truth_value(gateway: str, accept: str) -> None:
    kind = cast(ox.QueryResultsFormat, ox.QueryResultsFormat.from_media_type(accept))
    for query, truth in (("ASK { ?s ?p ?o }", True), ("ASK { ?s ?p <urn:nowhere> }", False)):
        found = ox.parse_query_results(ask(gateway, query, accept).content, format=kind)
        assert isinstance(found, ox.QueryBoolean)
        assert bool(found) is truth
    assert httpx.post(f"{gateway}sparql", data={"query": "ASK {}"}, headers={"accept": "text/csv"}).status_code == 406


def test_the_default_graph_is_the_accepted_view_and_the_named_ones_are_those_of_the_release(
    gateway: str, place: Place, local: ox.Store
) -> None:
    def number(query: str) -> int:
        return int(ask(gateway, query, "text/csv").text.split()[1])

    assert number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == len(list(local.quads_for_pattern(None, None, None, ox.DefaultGraph())))
    listed = ask(gateway, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "text/csv").text.split()[1:]
    assert {*listed} - {marker()} == {graph.value for graph in local.named_graphs() if isinstance(graph, ox.NamedNode)}
    assert (marker() in listed) is (place.name == "oxigraph")  # whose default graph we need not name, and so not the others either
    graph = expand("g:meta")
    count = len(list(local.quads_for_pattern(None, None, None, ox.NamedNode(graph))))
    assert number(f"SELECT (COUNT(*) AS ?n) FROM <{graph}> {{ ?s ?p ?o }}") == count
    given = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "default-graph-uri": graph}
    assert httpx.get(f"{gateway}sparql", params=given, headers={"accept": "text/csv"}).text.split()[1] == str(count)
    given = {"query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "default-graph-uri": graph}
    assert httpx.get(f"{gateway}sparql", params=given, headers={"accept": "text/csv"}).text.split()[1] == "0"


def test_things_are_described_in_every_form(gateway: str, local: ox.Store) -> None:
    redirect = httpx.get(f"{gateway}id/{THING}")
    assert redirect.status_code == 303
    own = set(cast(ox.QueryTriples, local.query(f"CONSTRUCT WHERE {{ <{expand(f'id:{THING}')}> ?p ?o }}")))
    for suffix in ("nt", "ttl", "jsonld", "rdf"):
        answer = httpx.get(f"{gateway}data/{THING}.{suffix}", timeout=30)
        assert answer.status_code == 200, answer.text
    triples = {quad.triple for quad in ox.parse(httpx.get(f"{gateway}data/{THING}.nt").content, format=ox.RdfFormat.N_TRIPLES)}
    assert own < triples
    page = httpx.get(f"{gateway}data/{THING}.html", timeout=30)
    assert page.status_code == 200
    assert "Indonesian Department of Foreign Affairs" in page.text
    assert httpx.get(f"{gateway}id/nothing").status_code == 404


@pytest.mark.parametrize("path", ["", "query", "sparql", "limits", "ontology", "graph/doc/workshop-recommendations", "api/v1/meetings"])
def test_pages_and_interfaces_answer(gateway: str, path: str) -> None:
    assert httpx.get(f"{gateway}{path}", timeout=30).status_code == 200


def test_graphs_are_given_whole(gateway: str, local: ox.Store) -> None:
    for graph in (ox.DefaultGraph(), ox.NamedNode(expand("g:reference"))):
        which = {"graph": graph.value} if isinstance(graph, ox.NamedNode) else {"default": ""}
        body = httpx.get(f"{gateway}graphs", params=which, headers={"accept": "application/n-triples"}, timeout=30).content
        found = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
        expected = [quad.triple for quad in local.quads_for_pattern(None, None, None, graph)]
        assert len(found) == len(expected)
        assert {triple for triple in found if not blank(triple)} == {triple for triple in expected if not blank(triple)}
    quads = httpx.get(f"{gateway}graphs", headers={"accept": "application/n-quads"}, timeout=30).content
    assert len(quads.splitlines()) == len(local)
    assert httpx.get(f"{gateway}graphs", params={"graph": "urn:nowhere"}).status_code == 404


def blank(triple: ox.Triple) -> bool:
    return any(isinstance(term, ox.BlankNode) for term in (triple.subject, triple.object))


def test_a_wrong_query_is_told_by_our_own_parser(gateway: str) -> None:
    answer = httpx.get(f"{gateway}sparql", params={"query": "SELECT * {\n ?s ?p }"})
    assert (answer.status_code, answer.json()["line"]) == (400, 2)
    deep = "SELECT * { ?s ?p ?o FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }"
    answer = httpx.post(f"{gateway}sparql", data={"query": deep})  # which would end many a store
    assert (answer.status_code, answer.json()["limit"]) == (503, "nesting")
    assert httpx.get(f"{gateway}readyz").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <ADDRESS> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <ADDRESS> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { service <ADDRESS> { ?s ?p ?o } } }",
        "SELECT * { VALUES ?x { <ADDRESS> } #\n SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <ADDRESS> { ?s ?p ?o } }",
        'SELECT * { ?s ?p "\\u0022 } SERVICE <ADDRESS> { ?s ?p ?o } # " }',
        "LOAD <ADDRESS>",
        'define get:soft "replacing" SELECT * FROM <ADDRESS> { ?s ?p ?o }',
        "SELECT (bif:http_get('ADDRESS') AS ?x) {}",
    ],
)
def test_nothing_is_called(gateway: str, canary: Canary, query: str) -> None:
    answer = httpx.post(f"{gateway}sparql", data={"query": query.replace("ADDRESS", canary.address)})
    assert answer.status_code == 400, answer.text
    assert not canary.called.is_set()


def test_answers_are_kept_and_known_again(gateway: str) -> None:
    given = {"query": "SELECT ?s { ?s a <urn:nothing> }"}
    first = httpx.get(f"{gateway}sparql", params=given)
    again = httpx.get(f"{gateway}sparql", params=given)
    assert (again.text, again.headers["server-timing"]) == (first.text, "cache;desc=hit")
    known = httpx.get(f"{gateway}sparql", params=given, headers={"if-none-match": first.headers["etag"]})
    assert known.status_code == 304
