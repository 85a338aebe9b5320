"""Answers that are kept: bounded, right, and told."""

from __future__ import annotations

import httpx
import pytest

from api.cache import Cache
from baligraph.sparql_text import normalised


def test_the_least_used_leave_first_and_the_whole_stays_bounded() -> None:
    cache = Cache(100_000)
    for number in range(1000):
        cache.put((f"{number}",), "text/csv", b"x" * 1000)
        cache.get(("0",))
        assert cache.bytes <= 100_000
    assert cache.get(("0",)) is not None
    assert cache.get(("1",)) is None
    assert len(cache) > 10
    cache.put(("0",), "text/csv", b"y")
    found = cache.get(("0",))
    assert found is not None
    assert found.body == b"y"
    cache.put(("long",), "text/csv", b"x" * 50_000)
    assert cache.get(("long",)) is None  # one answer does not drive out all others


def test_without_bytes_nothing_is_kept() -> None:
    cache = Cache(0)
    cache.put(("a",), "text/csv", b"")
    assert cache.get(("a",)) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT  *   { ?s\t?p ?o } # all", True),
        ("SELECT *\n{}", "\n# first\n\nSELECT *  # x\r\n\n{}", True),
        ("SELECT * {}", "SELECT *\n{}", False),  # a break of line may end a comment that we took for an IRI
        ("ASK { ?s ?p 'a b' }", "ASK { ?s ?p 'a  b' }", False),
        ('ASK { ?s ?p """a\n b""" }', 'ASK { ?s ?p """a\n  b""" }', False),
        ("ASK { ?s ?p '#' , 1 }", "ASK { ?s ?p '#' , 2 }", False),
        ("ASK { ?s ?p <http://e/#a> }", "ASK { ?s ?p <http://e/#b> }", False),
        ("ASK { ?s ?p e:a\\#b }", "ASK { ?s ?p e:a\\#c }", False),
        ("ASK { ?s ?p 'a\n' }", "ASK { ?s ?p 'a ' }", False),
        ("ASK { ?s ?p 'it  }", "ASK { ?s ?p 'it }", False),
        ("SELECT*{}", "SELECT * {}", False),
    ],
)
def test_only_what_means_the_same_has_one_key(one: str, other: str, same: bool) -> None:
    assert (normalised(one) == normalised(other)) is same


def timing(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    return str(answer.headers["server-timing"])


def test_an_answer_is_sent_again_in_its_own_form_only(server: str) -> None:
    query = "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 7"

    def ask(text: str, accept: str, **params: str) -> httpx.Response:
        return httpx.get(f"{server}sparql", params={"query": text, **params}, headers={"accept": accept})

    first = ask(query, "text/csv")
    assert "eval" in timing(first)
    assert "queue" in timing(first)
    again = ask(query.replace(" ", "  "), "text/csv")
    assert timing(again) == "cache;desc=hit"
    assert (again.content, again.headers["content-type"], again.headers["etag"]) == (
        first.content,
        first.headers["content-type"],
        first.headers["etag"],
    )
    posted = httpx.post(f"{server}sparql", data={"query": query}, headers={"accept": "text/csv"})
    assert (timing(posted), posted.content) == ("cache;desc=hit", first.content)
    head = httpx.head(f"{server}sparql", params={"query": query}, headers={"accept": "text/csv"})
    assert (head.content, head.headers["content-length"]) == (b"", str(len(first.content)))
    for other in (
        ask(query, "application/json"),
        ask(query, "application/sparql-results+json"),
        ask(query, "text/csv", **{"default-graph-uri": "http://e/none"}),
        ask(query, "text/csv", **{"named-graph-uri": "http://e/none"}),
        ask(query.replace("7", "8"), "text/csv"),
    ):
        assert "eval" in timing(other)


def test_what_may_differ_is_not_kept_and_neither_is_an_error(server: str) -> None:
    query = "SELECT (STRUUID() AS ?x) {}"
    found = [httpx.get(f"{server}sparql", params={"query": query}) for _ in range(2)]
    assert found[0].content != found[1].content
    assert all("eval" in timing(answer) for answer in found)
    assert found[0].headers["cache-control"] == "no-store"
    assert [httpx.get(f"{server}sparql", params={"query": "SELECT nonsense"}).status_code for _ in range(2)] == [400, 400]


def test_a_long_answer_is_kept_too_once_it_was_whole(server: str) -> None:
    query = "SELECT ?s ?p ?o ?x { ?s ?p ?o . ?x ?y ?z } LIMIT 3000"
    found = [httpx.get(f"{server}sparql", params={"query": query}, headers={"accept": "text/csv"}) for _ in range(2)]
    assert len(found[0].content) > 1 << 16
    assert found[0].content == found[1].content
    assert timing(found[1]) == "cache;desc=hit"
