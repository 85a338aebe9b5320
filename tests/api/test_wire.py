"""Requests as bytes: what is answered at once and what is not stand on one connection, each with its own answer."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx

SLOW = "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3"
QUICK = "SELECT ('wire' AS ?x) {}"


def request(query: str, *headers: str, version: str = "1.1", method: str = "GET") -> bytes:
    lines = [f"{method} /sparql?query={quote(query)} HTTP/{version}", "Host: e", "Accept: text/csv", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def talk(address: str, *sent: bytes, answers: int) -> list[tuple[int, dict[str, str], bytes]]:
    """Send all at once on one connection, and read so many answers that tell their length."""
    parts = urlsplit(address)
    found: list[tuple[int, dict[str, str], bytes]] = []
    with socket.create_connection((parts.hostname or "", parts.port or 0), 30) as connection:
        connection.sendall(b"".join(sent))
        file = connection.makefile("rb")
        while len(found) < answers:
            status = int(file.readline().split()[1])
            fields = dict(line.decode().rstrip().lower().split(": ", 1) for line in iter(file.readline, b"\r\n"))
            found.append((status, fields, file.read(int(fields.get("content-length", "0")) if status != 304 else 0)))
        connection.settimeout(0.2)
        try:
            assert not connection.recv(1), "no more than was asked for"
            found[-1][1]["closed"] = "yes"
        except TimeoutError:
            pass
    return found


def test_pipelined_requests_are_answered_in_their_order(server: str) -> None:
    httpx.get(f"{server}sparql", params={"query": QUICK}, headers={"accept": "text/csv"})
    (tag,) = {answer[1]["etag"] for answer in talk(server, request(QUICK), request(QUICK), answers=2)}
    unique = [SLOW.replace("LIMIT 3", f"LIMIT {n}") for n in (4, 5)]
    sent = [QUICK, unique[0], QUICK, QUICK, unique[1], QUICK]
    requests = [request(query, f"If-None-Match: {tag}") if n == 3 else request(query) for n, query in enumerate(sent)]
    found = talk(server, *requests, answers=6)
    assert [status for status, _, _ in found] == [200, 200, 200, 304, 200, 200]
    assert [body.count(b"\r\n") for _, _, body in found] == [2, 5, 2, 0, 6, 2]
    assert all(b"wire" in found[n][2] for n in (0, 2, 5))


def test_an_answer_at_once_is_as_one_that_was_worked_for(server: str) -> None:
    query = "SELECT ('the same' AS ?x) {}"
    (first,) = talk(server, request(query), answers=1)
    (again,) = talk(server, request(query), answers=1)
    assert (again[0], again[2]) == (first[0], first[2])
    assert again[1]["server-timing"] == "cache;desc=hit"
    assert "ratelimit" in first[1], "it cost a part of the share"
    same = first[1].keys() - {"ratelimit", "ratelimit-policy", "server-timing", "date"}
    assert {name: again[1][name] for name in same} == {name: first[1][name] for name in same}
    for headers in ([f"If-None-Match: {first[1]['etag']}"], [f'If-None-Match: "other", W/{first[1]["etag"]}'], ["If-None-Match: *"]):
        ((status, fields, body),) = talk(server, request(query, *headers), answers=1)
        assert (status, body, fields["etag"], fields["vary"]) == (304, b"", first[1]["etag"], "accept")
        assert fields["access-control-allow-origin"] == "*"
    ((status, _, body),) = talk(server, request(query, 'If-None-Match: "other"'), answers=1)
    assert (status, body) == (200, first[2])


def test_who_asks_for_the_end_of_the_connection_gets_it(server: str) -> None:
    query = "SELECT ('the end' AS ?x) {}"
    talk(server, request(query), answers=1)
    for one in (request(query, "Connection: close"), request(query, version="1.0"), request(query, "Connection: close", method="HEAD")):
        parts = urlsplit(server)
        with socket.create_connection((parts.hostname or "", parts.port or 0), 30) as connection:
            connection.sendall(one)
            text = b"".join(iter(lambda: connection.recv(65536), b""))
        assert text.startswith(b"HTTP/1.1 200 OK\r\n")
        assert text.endswith(b"x\r\nthe end\r\n") != one.startswith(b"HEAD")
    other = talk(server, request(query, "Accept: application/json;q=0.5"), answers=1)  # two lines of one header
    assert other[0][1]["content-type"].startswith("text/csv")


def test_an_answer_at_once_is_counted_and_logged(tiny: Path) -> None:
    command = [sys.executable, "-m", "baligraph.cli", "serve", "--release", str(tiny), "--port", "0"]
    environment = {**os.environ, "BALIGRAPH_ACCESS_LOG": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = process.stdout.readline().split()[2]
        for _ in range(3):
            talk(address, request(QUICK), answers=1)
        text = httpx.get(f"{address}metrics").text
        process.terminate()
        said = process.stderr.read()
        process.wait(20)
    assert re.search(r'^baligraph_requests_total\{method="GET",route="/sparql",status="200"\} 3.0$', text, re.MULTILINE)
    assert re.search(r"^baligraph_cache_hits_total 2.0$", text, re.MULTILINE)
    assert re.search(r"^baligraph_cache_misses_total 1.0$", text, re.MULTILINE)
    assert re.search(r'^baligraph_request_seconds_bucket\{le="\+Inf",route="/sparql"\} 3.0$', text, re.MULTILINE)
    lines = [json.loads(line) for line in said.splitlines()]
    wanted = [{name: line[name] for name in ("path", "status", "bytes", "whole", "query", "format")} for line in lines[:3]]
    assert wanted[0] == wanted[1] == wanted[2]
