"""Stores that break: never a 200 with half a result, and a clear word to the client and to whoever runs the service."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import httpx
import pyoxigraph as ox
import pytest

from baligraph.errors import EngineError, SettingsError
from baligraph.settings import Settings
from baligraph.store.remote.body import JSON, N_TRIPLES, XML, End, Mender
from baligraph.store.remote.published import Published, marker, open_store

Serve = Callable[..., AbstractContextManager[str]]
ROWS = 20_000
EVERY = "SELECT ?s ?o { ?s <urn:p> ?o }"
FORMS = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
SECRET = "the password of the store"


class Broken(ThreadingHTTPServer):
    """A SPARQL service that breaks as the comment in a query says; `left` is set when a client went away before the end."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.store = ox.Store()
        quads = (ox.Quad(ox.NamedNode(f"urn:s{n}"), ox.NamedNode("urn:p"), ox.Literal(f"some words {n}")) for n in range(ROWS))
        self.store.bulk_extend(quads)
        self.left = threading.Event()
        self.asked: list[str] = []
        self.publish("one")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sparql"

    def publish(self, publication: str) -> None:
        graph = ox.NamedNode(marker())
        self.store.remove_graph(graph)
        lines = Published(f"2011-03-13-{'0' * 12}", publication, "", ROWS, {}).lines()
        self.store.load(lines, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Broken

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:  # noqa: PLR0912
        given = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        query, accept = given["query"][0], self.headers["accept"]
        self.server.asked.append(query)
        how = query.partition("#")[2].strip()
        results = self.server.store.query(query)
        kind = ox.RdfFormat if isinstance(results, ox.QueryTriples) else ox.QueryResultsFormat
        body = results.serialize(format=kind.from_media_type(accept))  # type: ignore[arg-type]
        match how:
            case "status 500" | "status 400" | "status 401" | "status 503":
                self.reply(int(how[7:]), {}, b"something went wrong at /some/path")
            case "redirect":
                self.reply(302, {"Location": f"{self.server.address}/elsewhere"}, b"")
            case "appended":  # as Oxigraph does at its own limit
                self.chunked(accept, [body[: len(body) // 2], b"The SPARQL operation has been cancelled"])
            case "half":
                self.chunked(accept, [body[: len(body) // 2]])
            case "cut":
                self.chunked(accept, [body[: len(body) // 2]], end=False)
            case "until the end":
                self.close_connection = True
                self.reply(200, {"Content-Type": accept, "Connection": "close"}, body, length=False)
            case "virtuoso time":
                self.reply(200, {"Content-Type": accept, "X-SQL-State": "S1TAT"}, body)
            case "virtuoso rows":
                self.reply(200, {"Content-Type": accept, "X-SPARQL-MaxRows": "1000"}, body)
            case "html":
                self.reply(200, {"Content-Type": "text/html"}, b"<p>Welcome</p>")
            case "other":
                self.chunked(
                    accept, [body[: len(body) // 2]], end=False, then=lambda: self.server.publish("two"), rest=body[len(body) // 2 :]
                )
            case "slow":
                self.chunked(accept, [body[:200_000]], end=False, then=self.wait)
            case "silent":
                self.wait()
            case _:
                self.reply(200, {"Content-Type": accept}, body)

    def reply(self, status: int, headers: dict[str, str], body: bytes, *, length: bool = True) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if length:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def chunked(
        self, accept: str, parts: list[bytes], *, end: bool = True, then: Callable[[], None] | None = None, rest: bytes = b""
    ) -> None:
        self.reply(200, {"Content-Type": accept, "Transfer-Encoding": "chunked"}, b"", length=False)
        for part in parts:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        then()
        if rest:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(rest), rest))
        if end:
            self.wfile.write(b"0\r\n\r\n")
        self.close_connection = True

    def wait(self) -> None:
        """Until the client goes, 20 s at most."""
        self.connection.settimeout(20)
        if self.connection.recv(1) == b"":
            self.server.left.set()
        self.close_connection = True


@pytest.fixture(scope="module")
def broken() -> Iterator[Broken]:
    server = Broken()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def gateway(broken: Broken, serve: Serve) -> Iterator[str]:
    with serve(
        None, store=broken.address, query_timeout=2.0, client_seconds=0, release_poll=0, cache_bytes=0, store_password=SECRET
    ) as address:
        yield address


def ask(gateway: str, how: str, accept: str = FORMS[0], query: str = EVERY, **more: str) -> httpx.Response:
    return httpx.post(f"{gateway}sparql", data={"query": f"{query} # {how}", **more}, headers={"accept": accept}, timeout=40)


@pytest.mark.parametrize("accept", FORMS)
def test_a_whole_answer_is_whole(gateway: str, accept: str) -> None:
    answer = ask(gateway, "", accept)
    assert answer.status_code == 200
    assert b"some words 19999" in answer.content


@pytest.mark.parametrize("how", ["appended", "half", "cut"])
@pytest.mark.parametrize("accept", [*FORMS, "text/turtle", "application/n-triples", "application/rdf+xml"])
def test_half_an_answer_is_never_one(gateway: str, how: str, accept: str) -> None:
    query = EVERY if accept in FORMS else "CONSTRUCT { ?s <urn:p> ?o } WHERE { ?s <urn:p> ?o }"
    if how == "half" and accept not in FORMS:
        query += " ORDER BY ?s"  # cut within a line: at the end of one, N-Triples would be whole
    try:
        answer = ask(gateway, how, accept, query)
    except httpx.RemoteProtocolError:
        return  # what had left before was cut
    assert answer.status_code == 503, answer.text[-200:]


@pytest.mark.parametrize("how", ["appended", "half", "cut"])
def test_a_short_answer_that_breaks_off_is_a_problem_document(gateway: str, how: str) -> None:
    answer = ask(gateway, how, query="SELECT ?s { ?s <urn:p> ?o } LIMIT 5")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")


@pytest.mark.parametrize(
    ("how", "status", "says"),
    [
        ("status 500", 503, "it says 500"),
        ("status 400", 400, "can't evaluate this query: something went wrong"),
        ("status 401", 503, "does not let it ask"),
        ("status 503", 503, "too much to do"),
        ("redirect", 503, "does not let it ask"),
        ("until the end", 503, "where its answer ends"),
        ("virtuoso time", 503, "time limit of its own"),
        ("virtuoso rows", 503, "1000 rows at most"),
        ("html", 503, "answers in text/html"),
    ],
)
def test_what_the_store_says_is_told(gateway: str, broken: Broken, how: str, status: int, says: str) -> None:
    answer = ask(gateway, how)
    assert answer.status_code == status
    assert says in answer.json()["detail"]
    assert broken.address not in answer.text
    assert SECRET not in answer.text


@pytest.mark.parametrize("how", ["silent", "slow"])
def test_time_is_limited_and_the_store_is_let_go(gateway: str, broken: Broken, how: str) -> None:
    broken.left.clear()
    began = time.monotonic()
    try:
        answer = ask(gateway, how, timeout="2")
        assert (answer.status_code, answer.json()["limit"]) == (503, "time")
    except httpx.RemoteProtocolError:
        assert how == "slow"
    assert time.monotonic() - began < 10
    assert broken.left.wait(5)


def test_a_client_that_goes_lets_the_store_go(gateway: str, broken: Broken) -> None:
    broken.left.clear()
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{gateway}sparql", data={"query": f"{EVERY} # silent"}, timeout=0.5)
    assert broken.left.wait(10)  # long before its own time was over


def test_bytes_are_limited(broken: Broken, serve: Serve) -> None:
    with (
        serve(None, store=broken.address, max_result_bytes=300_000) as address,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        ask(address, "", "text/csv")


def test_an_answer_of_two_releases_is_none(broken: Broken, serve: Serve) -> None:
    with serve(None, store=broken.address, release_poll=0, cache_bytes=0) as address:
        assert ask(address, "", query="SELECT ?s { ?s <urn:p> ?o } LIMIT 1").status_code == 200
        try:
            with pytest.raises(httpx.RemoteProtocolError):
                ask(address, "other")
            until = time.monotonic() + 10  # the engine has seen it, and the new publication is served
            while ask(address, "", query="SELECT ?s { ?s <urn:p> ?o } LIMIT 2").status_code != 200:
                assert time.monotonic() < until
                time.sleep(0.05)
        finally:
            broken.publish("one")


def test_only_so_many_ask_at_once(broken: Broken, serve: Serve) -> None:
    with serve(None, store=broken.address, workers=1, queue=0, query_timeout=5.0, client_queries=0) as address:
        threading.Thread(target=lambda: ask(address, "silent"), daemon=True).start()
        until = time.monotonic() + 8
        while not any(query.endswith("# silent") for query in broken.asked[-3:]):
            assert time.monotonic() < until
            time.sleep(0.02)
        answer = ask(address, "", query="SELECT ?s { ?s <urn:p> ?o } LIMIT 3")
        assert (answer.status_code, answer.json()["limit"]) == (503, "queue")


def test_a_store_that_can_not_be_reached_is_told() -> None:
    with pytest.raises(EngineError, match="can't be reached"):
        open_store(Settings(store="http://127.0.0.1:9/sparql"))


@pytest.mark.parametrize("value", ["https://me:secret@example.org/sparql", "ftp://example.org/", "example.org/sparql", "http://e/?a=b"])
def test_an_address_that_can_not_be_used_is_refused_without_secrets(value: str) -> None:
    with pytest.raises(SettingsError, match=r"BALIGRAPH_STORE.*without credentials") as told:
        Settings.from_environment({"BALIGRAPH_STORE": value})
    assert "secret" not in str(told.value)


def test_bytes_are_mended_across_chunks() -> None:
    text = b"<bnode>nodeID://b1</bnode><uri>x</uri><bnode>nodeID://b2</bnode><bnode>nod"
    for size in range(1, len(text) + 1):
        mender = Mender(b"<bnode>nodeID://", b"<bnode>")
        found = b"".join(mender.feed(text[at : at + size]) for at in range(0, len(text), size)) + mender.rest()
        assert found == b"<bnode>b1</bnode><uri>x</uri><bnode>b2</bnode><bnode>nod"


@pytest.mark.parametrize(
    ("text", "media_type", "whole"),
    [
        ('{"head":{},"boolean":true}\n', JSON, True),
        ('{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"value":"a\\\\"}} ] } }', JSON, True),
        ('{"results":{"bindings":[]},"head":{"vars":["x"]}}', JSON, True),
        ('{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"value":"a"}}', JSON, False),
        ('{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"value":"]}}', JSON, False),
        ('{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"value":"\\"]}}', JSON, False),
        ('{"head":{},"results":{"bindings":[]}}cancelled', JSON, False),
        ("</results></sparql>\n", XML, True),
        ("</result>", XML, False),
        ("<urn:s> <urn:p> <urn:o> .\n", N_TRIPLES, True),
        ("", N_TRIPLES, True),
        ("<urn:s> <urn:p> <urn:o> .\nAn error.", N_TRIPLES, False),
        ("<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn", N_TRIPLES, False),
    ],
)
def test_the_end_of_a_form_is_known(text: str, media_type: str, *, whole: bool) -> None:
    for size in (1, 2, 3, 1000):
        end = End(media_type)
        for at in range(0, len(text), size):
            end.feed(text[at : at + size].encode())
        assert end.reached is whole
