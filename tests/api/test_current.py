"""A change of release while requests run: nothing is lost, and what can't be served changes nothing."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import releases

from baligraph.release_writer import write_release

MARKED = '<https://w3id.org/baligraph/id/mark> <http://www.w3.org/2000/01/rdf-schema#label> "mark" .\n'
ASK = "ASK { <https://w3id.org/baligraph/id/mark> ?p ?o }"


@contextlib.contextmanager
def server(folder: Path, **settings: object) -> Iterator[tuple[str, int]]:
    """Address and process id."""
    from conftest import SERVE

    given = json.dumps({"release": str(folder), "port": 0, "workers": 2, "release_poll": 0, "client_seconds": 0, **settings})
    with subprocess.Popen([sys.executable, "-c", SERVE, given], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process.pid
        finally:
            process.terminate()
            process.wait(20)


def eventually(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def served(address: str) -> str:
    return str(httpx.get(f"{address}healthz").json()["release"])


def lines(*more: str) -> list[str]:
    return sorted({*(f"{quad} .\n" for quad in map(str, releases.quads())), *more})


@pytest.mark.parametrize("by", ["hangup", "poll"])
def test_the_newest_release_is_served_and_no_request_is_lost(tmp_path: Path, by: str) -> None:
    first = releases.write(tmp_path)
    with server(tmp_path, release_poll=0.2 if by == "poll" else 0) as (address, pid):
        wrong: list[object] = []
        asked, stop = [0], threading.Event()

        def ask() -> None:
            with httpx.Client(timeout=30) as client:
                while not stop.is_set():
                    try:
                        answer = client.get(f"{address}sparql", params={"query": ASK})
                        marked = first.id not in answer.headers["etag"]
                        if answer.status_code != 200 or answer.json()["boolean"] is not marked:
                            wrong.append(answer.text)
                    except httpx.HTTPError as error:
                        wrong.append(error)
                    asked[0] += 1

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        second = write_release(tmp_path, releases.draft(day=14, lines=lines(MARKED)))
        if by == "hangup":
            os.kill(pid, signal.SIGHUP)
        eventually(lambda: served(address) == second.id)
        before = asked[0]
        eventually(lambda: asked[0] > before + 20)
        stop.set()
        for thread in threads:
            thread.join()
        assert not wrong, wrong[:3]
        # the old engine has ended: one loader with two workers is left
        eventually(lambda: len(descendants(pid)) == 3)
        assert 'baligraph_release_switches_total{result="done"} 1.0' in httpx.get(f"{address}metrics").text


def descendants(pid: int) -> list[int]:
    found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*found, *(below for child in found for below in descendants(child))]


def test_a_request_under_way_keeps_its_release(tmp_path: Path) -> None:
    first = releases.write(tmp_path)
    every = "SELECT * { ?s ?p ?o . ?x ?y ?z }"
    with server(tmp_path, query_timeout=60.0, max_result_bytes=30_000_000) as (address, pid):
        with httpx.stream("GET", f"{address}sparql", params={"query": f"{every} LIMIT 60000"}, headers={"accept": "text/csv"}) as answer:
            assert first.id in answer.headers["etag"]
            write_release(tmp_path, releases.draft(day=14, lines=lines(MARKED)))
            os.kill(pid, signal.SIGHUP)
            eventually(lambda: served(address) != first.id)
            assert answer.read().count(b"\n") == 60_001
        eventually(lambda: len(descendants(pid)) == 3)


def test_a_release_that_can_not_be_served_changes_nothing(tmp_path: Path) -> None:
    first = releases.write(tmp_path)
    with server(tmp_path) as (address, pid):
        broken = write_release(tmp_path, releases.draft(day=14, lines=["this is no quad\n"]))
        os.kill(pid, signal.SIGHUP)
        failed = 'baligraph_release_switches_total{result="failed"} 1.0'
        eventually(lambda: failed in httpx.get(f"{address}metrics").text)
        assert served(address) == first.id
        assert httpx.get(f"{address}sparql", params={"query": "ASK {}"}).status_code == 200
        (broken.path / "graph.nq.gz").write_bytes(b"")  # and one that was changed since
        os.kill(pid, signal.SIGHUP)
        eventually(lambda: failed.replace("1.0", "2.0") in httpx.get(f"{address}metrics").text)
        assert served(address) == first.id
