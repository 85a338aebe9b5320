"""The W3C test suite of the SPARQL 1.1 Protocol: every test that needs no write passes, and every write is refused cleanly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest
import rdflib
from rdflib.collection import Collection

FOLDER = Path(__file__).parents[3] / "shared" / "conformance" / "sparql11-protocol"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
TABULAR = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"}
RDF = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}
Serve = Callable[..., AbstractContextManager[str]]


def load() -> rdflib.Graph:
    return rdflib.Graph().parse(FOLDER / "manifest.ttl", format="turtle") if FOLDER.is_dir() else rdflib.Graph()


MANIFEST = load()
ENTRIES = [
    entry
    for manifest in MANIFEST.subjects(rdflib.RDF.type, MF.Manifest)
    for entry in Collection(MANIFEST, MANIFEST.value(manifest, MF.entries))
]


def short(entry: Any) -> str:
    return str(entry).rpartition("#")[2]


QUERIES = [entry for entry in ENTRIES if not short(entry).startswith("update_")]
UPDATES = [entry for entry in ENTRIES if short(entry).startswith("update_")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over all graphs that the tests name."""
    from conftest import serving

    path = tmp_path_factory.mktemp("conformance") / "data.nq"
    lines = []
    for data in MANIFEST.objects(None, UT.graphData):
        graph = MANIFEST.value(data, rdflib.RDFS.label)
        triples = (FOLDER / Path(str(MANIFEST.value(data, UT.graph))).name).read_text()
        lines += [line.rstrip(" .") + f" <{graph}> ." for line in triples.splitlines() if line.strip()]
    path.write_text("\n".join(sorted(set(lines))) + "\n")
    with serving(path) as found:
        yield found


def requests(entry: Any) -> Iterator[tuple[Any, dict[str, Any]]]:
    """(what is expected, the request) of each request of a test, byte for byte as the manifest has it."""
    (several,) = MANIFEST.objects(MANIFEST.value(entry, MF.action), HT.requests)
    for request in Collection(MANIFEST, several):
        headers = {}
        if (given := MANIFEST.value(request, HT.headers)) is not None:
            for header in Collection(MANIFEST, given):
                headers[str(MANIFEST.value(header, HT.fieldName))] = str(MANIFEST.value(header, HT.fieldValue))
        body = MANIFEST.value(request, HT.body)
        content = None
        if body is not None:
            content = str(MANIFEST.value(body, CNT.chars)).encode(str(MANIFEST.value(body, CNT.characterEncoding)))
        path = str(MANIFEST.value(request, HT.absolutePath)).replace("/sparql/", "sparql", 1)
        method = str(MANIFEST.value(request, HT.methodName))
        yield MANIFEST.value(request, HT.resp), {"method": method, "url": path, "headers": headers, "content": content}


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the W3C protocol tests are not at {FOLDER}")
def test_the_suite_is_whole() -> None:
    assert (len(QUERIES), len(UPDATES)) == (27, 7)


@pytest.mark.parametrize("entry", QUERIES, ids=short)
def test_query(entry: Any, address: str) -> None:
    for expected, request in requests(entry):
        answer = httpx.request(request.pop("method"), address + request.pop("url"), **request)
        classes = {str(status)[-3] for status in MANIFEST.objects(expected, MF.expectedStatus)}
        assert str(answer.status_code)[0] in classes, answer.text
        kind = answer.headers["content-type"].partition(";")[0]
        match str(MANIFEST.value(expected, MF.expectedFormat)):
            case "boolean":
                assert kind in TABULAR
            case "tabular":
                assert kind in TABULAR
            case "RDF":
                assert kind in RDF
        truth = MANIFEST.value(expected, MF.expectedBoolean)
        if truth is not None:
            assert answer.json()["boolean"] is truth.toPython()
        if "4" in classes:
            assert kind == "application/problem+json"


@pytest.mark.parametrize("entry", UPDATES, ids=short)
def test_update_is_refused(entry: Any, address: str) -> None:
    _, request = next(requests(entry))
    answer = httpx.request(request.pop("method"), address + request.pop("url"), **request)
    assert answer.status_code == 403
    assert "never written" in answer.json()["detail"]
