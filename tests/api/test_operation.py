"""What whoever runs the service needs: ready, metrics, log, sub-path, and a stop that finishes what runs."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from runaway import RUNAWAY

Serve = Callable[..., AbstractContextManager[str]]
SECRET = "a name that nobody shall read in a log"


def metrics(address: str) -> dict[str, float]:
    text = httpx.get(f"{address}metrics").text
    return {name: float(value) for name, value in re.findall(r"^([a-z][^ ]*) ([-0-9.e+]+)$", text, re.MULTILINE)}


def test_it_says_how_it_is(tiny: Path, serve: Serve) -> None:
    with serve(tiny, query_timeout=0.5, workers=3, client_seconds=0) as address:
        ready = httpx.get(f"{address}readyz")
        assert (ready.status_code, ready.json()["status"], ready.json()["workers"]) == (200, "ready", 3)
        assert httpx.get(f"{address}sparql", params={"query": RUNAWAY}).status_code == 503
        for _ in range(2):
            httpx.get(f"{address}sparql", params={"query": "ASK {}"})
        httpx.get(f"{address}nothing/of/the/kind")
        httpx.get(f"{address}data/area_xxx")
        found = metrics(address)
        assert found['baligraph_requests_total{method="GET",route="/sparql",status="200"}'] == 2
        assert found['baligraph_requests_total{method="GET",route="/sparql",status="503"}'] == 1
        assert found['baligraph_requests_total{method="GET",route="other",status="404"}'] == 1
        assert found['baligraph_requests_total{method="GET",route="/data",status="404"}'] == 1
        assert found['baligraph_workers_ended_total{reason="time"}'] == 1
        assert found["baligraph_cache_hits_total"] == 1
        assert found["baligraph_workers"] == 3
        assert any(name.startswith("baligraph_release_info") for name in found)


def test_the_limits_are_shown(server: str) -> None:
    told = {limit["name"]: limit["value"] for limit in httpx.get(f"{server}limits").json()}
    assert told["query_timeout"] == 10
    page = httpx.get(f"{server}limits", headers={"accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    assert all(name in page.text for name in told)
    assert "token" not in page.text


@pytest.mark.parametrize("prefix", ["", "graph/"])
def test_it_lives_below_a_path_whether_the_proxy_takes_it_off_or_not(tiny: Path, serve: Serve, prefix: str) -> None:
    with serve(tiny, root_path="/graph") as address:
        assert httpx.get(f"{address}{prefix}sparql", params={"query": "ASK {}"}).json()["boolean"] is True
        page = httpx.get(f"{address}{prefix}query", headers={"accept": "text/html"})
        assert 'action="sparql"' in page.text
        assert httpx.get(f"{address}{prefix}static/style.css").status_code == 200
        found = httpx.get(f"{address}{prefix}id/meeting_2011-03-12_harbour-town_workshop")
        assert found.headers["location"].startswith("../data/")


def test_the_log_has_requests_without_what_was_asked(tiny: Path) -> None:
    command = [sys.executable, "-m", "baligraph.cli", "serve", "--release", str(tiny), "--port", "0"]
    environment = {**os.environ, "BALIGRAPH_ACCESS_LOG": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = process.stdout.readline().split()[2]
        httpx.get(f"{address}sparql", params={"query": f"ASK {{ ?s ?p '{SECRET}' }}"})
        httpx.get(f"{address}nothing", params={"name": SECRET})
        process.terminate()
        text = process.stderr.read()
        process.wait(20)
    assert SECRET not in text
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [("GET", "/sparql", 200), ("GET", "/nothing", 404)]
    assert {"at", "ms", "bytes", "release", "query", "format", "whole"} <= lines[0].keys()


def test_a_stop_lets_requests_finish(tiny: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(CONCAT(STR(?c), STR(?f))) > 3) }"
    command = [sys.executable, "-m", "baligraph.cli", "serve", "--release", str(tiny), "--port", "0"]
    environment = {**os.environ, "BALIGRAPH_QUERY_TIMEOUT": "3"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[2]
        found: list[httpx.Response] = []
        thread = threading.Thread(target=lambda: found.append(httpx.get(f"{address}sparql", params={"query": slow}, timeout=30)))
        thread.start()
        threading.Event().wait(0.5)
        process.send_signal(signal.SIGTERM)
        thread.join()
        process.wait(20)
    assert found[0].status_code in {200, 503}  # its own answer, or its own limit: not a broken connection


def test_a_cut_answer_is_one_line_of_the_log(tiny: Path) -> None:
    command = [sys.executable, "-m", "baligraph.cli", "serve", "--release", str(tiny), "--port", "0"]
    environment = {**os.environ, "BALIGRAPH_MAX_RESULT_BYTES": "1000000"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = process.stdout.readline().split()[2]
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{address}sparql", params={"query": "SELECT * { ?s ?p ?o . ?x ?y ?z }"}, timeout=30)
        process.terminate()
        said = process.stderr.read()
        process.wait(20)
    (line,) = said.splitlines()
    assert re.fullmatch(r"[-\d]+ [\d:,]+ WARNING an answer was cut: the answer has more than 1000000 bytes", line)
