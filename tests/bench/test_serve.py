"""The client, the servers and the command, on a tiny setting."""

from __future__ import annotations

import itertools
import socket
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bench.__main__ import app
from bench.client import Endpoint, fetch, load
from bench.errors import BenchError
from bench.servers import missing


class Scripted:
    """A server of one connection that answers with given pieces of bytes."""

    def __init__(self, *pieces: bytes) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.pieces = pieces
        self.thread = threading.Thread(target=self._serve)

    def _serve(self) -> None:
        with self.listener, self.listener.accept()[0] as connection:
            while connection.recv(65536):
                for piece in self.pieces:
                    connection.sendall(piece)
                    threading.Event().wait(0.01)  # so that each piece arrives alone
                if b"connection: close" in self.pieces[0]:
                    return

    def __enter__(self) -> Endpoint:
        self.thread.start()
        return Endpoint(self.port, "/sparql")

    def __exit__(self, *_: object) -> None:
        self.thread.join(10)


OK = b"HTTP/1.1 200 OK\r\n"
WHOLE = [
    pytest.param((OK + b"Content-Length: 5\r\n\r\nhello",), id="length"),
    pytest.param((OK + b"Content-Le", b"ngth: 5\r\n\r", b"\nhel", b"lo"), id="length, in pieces"),
    pytest.param((OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n", b"2;x=y\r\nlo\r", b"\n0\r\n", b"\r\n"), id="chunks, in pieces"),
]


@pytest.mark.parametrize("pieces", WHOLE)
def test_the_client_reads_an_answer_to_its_end(pieces: tuple[bytes, ...]) -> None:
    with Scripted(*pieces) as endpoint:
        status, _, body = fetch(endpoint, endpoint.request("ASK {}"))
    assert (status, body) == (200, b"hello")


def test_the_client_reads_chunks_that_look_like_an_end() -> None:
    with Scripted(OK + b"transfer-encoding: chunked\r\n\r\n7\r\na0\r\n\r\nb\r\n", b"0\r\n\r\n") as endpoint:
        assert fetch(endpoint, endpoint.request("ASK {}"))[2] == b"a0\r\n\r\nb"


def test_what_is_not_as_it_should_be_is_no_measurement() -> None:
    busy = b"HTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\nbusy"
    with Scripted(busy) as endpoint, pytest.raises(BenchError, match="status 503 instead of 200: b'busy'"):
        load(endpoint, itertools.repeat(endpoint.request("ASK {}")), connections=1, seconds=0.1)
    half = OK + b"connection: close\r\nContent-Length: 50\r\n\r\nhalf"
    with Scripted(half) as endpoint, pytest.raises(BenchError, match="in the middle"):
        fetch(endpoint, endpoint.request("ASK {}"))


def test_every_request_is_counted_once() -> None:
    with Scripted(OK + b"Content-Length: 5\r\n\r\nhello") as endpoint:
        sent = itertools.count()
        run = load(endpoint, (endpoint.request(str(next(sent))) for _ in itertools.count()), connections=1, seconds=0.1)
    assert run.requests == next(sent) > 1
    assert run.size == run.requests * len(OK + b"Content-Length: 5\r\n\r\nhello")
    assert run.rate == run.requests / run.seconds


def test_a_request_holds_the_query_and_what_the_server_is_told_beside() -> None:
    request = Endpoint(7, "/sparql", (("default-graph-uri", "urn:x"),)).request("ASK { ?s ?p 1 }", headers="If-None-Match: x\r\n")
    assert request.startswith(b"GET /sparql?query=ASK+%7B+%3Fs+%3Fp+1+%7D&default-graph-uri=urn%3Ax HTTP/1.1\r\nHost: 127.0.0.1:7\r\n")
    assert request.endswith(b"\r\nIf-None-Match: x\r\n\r\n")


def test_the_command_measures_and_keeps_a_table(tmp_path: Path) -> None:
    """Beside the peer that starts quickest; where it is not installed, ours alone."""
    peer = "oxigraph in memory"
    arguments = ["serve", "--quads", "800", "--rounds", "1", "--seconds", "0.02", "--out", str(tmp_path), "--peer", peer]
    said = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert said.exit_code == 0, said.output
    (kept,) = tmp_path.iterdir()
    text = kept.read_text(encoding="utf-8")
    assert kept.name.endswith("-serve.md")
    assert "| not modified | bare asgi | 16 |" in text
    assert (f"| lookup | {peer} | 1 |" in text) != (f"- Without {peer}" in text)
    assert (peer in missing()) == (f"- Without {peer}" in text)
    assert "/" not in "".join(line for line in text.splitlines() if line.startswith("- ")), "no paths"
    assert str(tmp_path) not in text


def test_an_unknown_peer_is_refused(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["serve", "--peer", "oxygraph", "--out", str(tmp_path)])
    assert said.exit_code == 2
    assert "oxygraph" in said.output
    assert not list(tmp_path.iterdir())


def test_strain_is_measured_and_kept(tmp_path: Path) -> None:
    said = CliRunner().invoke(
        app, ["strain", "--quads", "1500", "--rounds", "1", "--seconds", "0.05", "--out", str(tmp_path)], catch_exceptions=False
    )
    assert said.exit_code == 0, said.output
    (kept,) = tmp_path.iterdir()
    rows = [line for line in kept.read_text(encoding="utf-8").splitlines() if line.startswith("| ") and ("✓" in line or "✗" in line)]
    assert [row.split(" | ")[1] for row in rows] == ["ms", "MiB", "ms", "of alone"]
