"""`baligraph serve --dataset`: any RDF file behind the same service."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from baligraph.dataset import Dataset
from baligraph.errors import ReleaseError

Serve = Callable[..., AbstractContextManager[str]]
TRIPLE = "<http://e/s> <http://e/p> <http://e/o> "
QUERY = "SELECT ?g ?s { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
PLAIN, NAMED = "g,s\r\n,http://e/s\r\n", "g,s\r\nhttp://e/g,http://e/s\r\n"


@pytest.mark.parametrize(
    ("name", "content", "rows"),
    [
        ("a.nq", f"{TRIPLE}<http://e/g> .", NAMED),
        ("a.trig", f"<http://e/g> {{ {TRIPLE} }}", NAMED),
        ("a.ttl", f"{TRIPLE}.", PLAIN),
        ("a.nt.gz", f"{TRIPLE}.", PLAIN),
    ],
)
def test_a_file_is_served(tmp_path: Path, serve: Serve, name: str, content: str, rows: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(content.encode()) if name.endswith(".gz") else content.encode())
    with serve(path, workers=1) as address, httpx.Client(base_url=address) as client:
        answer = client.get("sparql", params={"query": QUERY}, headers={"accept": "text/csv"})
        assert answer.text == rows
        assert Dataset.open(path).id in answer.headers["etag"]
        for page in ("", "query", "ontology", "healthz", "sparql"):
            assert client.get(page).status_code == 200, page
        assert client.get("id/nothing").status_code == 404


def test_another_content_has_another_id(tmp_path: Path) -> None:
    path = tmp_path / "a.nq"
    path.write_text(f"{TRIPLE}.\n")
    first = Dataset.open(path).id
    path.write_text(f"{TRIPLE}<http://e/g> .\n")
    assert Dataset.open(path).id != first


@pytest.mark.parametrize(("name", "says"), [("a.csv", "no RDF format"), ("missing.nq", "No such file")])
def test_a_file_that_can_not_be_served_is_named(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "a.csv").write_text("a,b\n")
    with pytest.raises(ReleaseError, match=f"{name}.*{says}"):
        Dataset.open(tmp_path / name)


def test_a_release_and_a_file_exclude_each_other(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "baligraph.cli", "serve", "--release", str(tmp_path), "--dataset", str(tmp_path / "a.nq")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "exclude each other" in ran.stderr
