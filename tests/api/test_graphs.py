"""`/graphs`: the read side of the Graph Store Protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pyoxigraph as ox
import pytest

Serve = Callable[..., AbstractContextManager[str]]
DATA = "<http://e/s> <http://e/p> 'plain' . <http://e/g> { <http://e/s> <http://e/p> 'named' }"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from conftest import serving

    path = tmp_path_factory.mktemp("graphs") / "data.trig"
    path.write_text(DATA)
    with serving(path, workers=1) as found:
        yield found


def objects(answer: httpx.Response) -> set[str]:
    kind = ox.RdfFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
    return {getattr(quad.object, "value", "") for quad in ox.parse(answer.content, format=kind)}


@pytest.mark.parametrize(
    ("query", "accept", "kind", "found"),
    [
        ("?graph=http://e/g", "*/*", "text/turtle; charset=utf-8", {"named"}),
        ("?graph=http%3A%2F%2Fe%2Fg", "application/rdf+xml", "application/rdf+xml", {"named"}),
        ("?graph=http://e/g", "application/n-quads", "application/n-quads", {"named"}),
        ("?default", "application/ld+json", "application/ld+json", {"plain"}),
        ("?default=", "application/n-triples", "application/n-triples", {"plain"}),
        ("", "*/*", "application/trig", {"plain", "named"}),
        ("", "application/n-quads", "application/n-quads", {"plain", "named"}),
    ],
)
def test_a_graph_is_read(address: str, query: str, accept: str, kind: str, found: set[str]) -> None:
    answer = httpx.get(f"{address}graphs{query}", headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert objects(answer) == found
    head = httpx.head(f"{address}graphs{query}", headers={"accept": accept})
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", answer.headers["etag"])
    again = httpx.get(f"{address}graphs{query}", headers={"accept": accept, "if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("method", "query", "accept", "status"),
    [
        ("GET", "?graph=http://e/none", "*/*", 404),
        ("GET", "?graph=relative", "*/*", 400),
        ("GET", "?graph=no%20iri:", "*/*", 400),
        ("GET", "?graph=http://e/g&default", "*/*", 400),
        ("GET", "?graph=http://e/g&graph=http://e/h", "*/*", 400),
        ("GET", "?graph=http://e/g", "text/csv", 406),
        ("GET", "", "text/turtle", 406),
        *((method, "?graph=http://e/g", "*/*", 405) for method in ("PUT", "POST", "DELETE", "PATCH")),
    ],
)
def test_a_wrong_request_is_a_problem(address: str, method: str, query: str, accept: str, status: int) -> None:
    answer = httpx.request(method, f"{address}graphs{query}", headers={"accept": accept})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert status != 405 or answer.headers["allow"] == "GET, HEAD, OPTIONS"
