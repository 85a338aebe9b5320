"""Programs of others get what they ask for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import rdflib
import releases

BASE = "https://w3id.org/baligraph/"
NODE_MODULES = os.environ.get("NODE_PATH", "")

DEREFERENCE = """
const found = require('rdf-dereference');
const rdfDereferencer = found.rdfDereferencer || found.default;
(async () => {
  const { data, url } = await rdfDereferencer.dereference(process.argv[1]);
  const triples = new Set();
  data.on('data', q => triples.add([q.subject, q.predicate, q.object].map(t => t.termType + t.value + t.language).join()));
  data.on('error', e => { throw e; }).on('end', () => console.log(JSON.stringify({ triples: triples.size, url })));
})();
"""

COMUNICA = """
const { QueryEngine } = require('@comunica/query-sparql');
const [source, query] = process.argv.slice(1);
new QueryEngine().queryBindings(query, { sources: [source] })
  .then(rows => rows.toArray()).then(rows => console.log(JSON.stringify(rows.map(row => row.get('date').value))));
"""

PANDAS = """
import sys, urllib.parse, pandas
table = pandas.read_csv(sys.argv[1] + "?" + urllib.parse.urlencode({"query": sys.argv[2], "format": "csv"}))
print(table.to_json(orient="records"))
"""


def node(package: str, script: str, *given: str) -> str:
    """What a script prints; skipped, and said, where its package is not there."""
    if shutil.which("node") is None or not NODE_MODULES or not (Path(NODE_MODULES) / package).is_dir():
        pytest.skip(f"NOT TESTED: {package}; `npm install {package}` somewhere, and name its node_modules in NODE_PATH")
    run = subprocess.run(["node", "-e", script, *given], capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture
def expected(server: str) -> int:
    """Triples of the description of the meeting."""
    text = httpx.get(f"{server}data/{releases.MEETING}.nt").content
    return len(list(ox.parse(text, format=ox.RdfFormat.N_TRIPLES)))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own JSON-LD parser
@pytest.mark.parametrize("form", [None, "turtle", "xml", "nt", "json-ld"])
def test_rdflib_follows_a_name(server: str, expected: int, form: str | None) -> None:
    graph = rdflib.Graph().parse(f"{server}id/{releases.MEETING}", format=form)
    assert len(graph) == expected


def test_pyoxigraph_reads_each_form(server: str, expected: int) -> None:
    for form in (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD):
        answer = httpx.get(f"{server}id/{releases.MEETING}", headers={"accept": form.media_type}, follow_redirects=True)
        assert len(set(ox.parse(answer.content, format=form))) == expected, form


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_follows_and_resumes_nothing_twice(server: str, tmp_path: Path) -> None:
    def curl(*options: str) -> str:
        return subprocess.run(["curl", "-sS", *options], capture_output=True, text=True, check=True).stdout

    name = f"{server}id/{releases.MEETING}"
    assert f"id:{releases.MEETING} a bp:" in " ".join(curl("-L", name).split())
    assert curl("-s", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", name) == f"303 {server}data/{releases.MEETING}"
    tag = tmp_path / "tag"
    curl("-L", "--etag-save", str(tag), "-o", str(tmp_path / "first"), f"{server}data/{releases.MEETING}.ttl")
    again = curl("--etag-compare", str(tag), "-o", "/dev/null", "-w", "%{http_code}", f"{server}data/{releases.MEETING}.ttl")
    assert again == "304"


def test_rdf_dereference_follows_a_name(server: str, expected: int) -> None:
    """The library by which Comunica reads documents."""
    found = node("rdf-dereference", DEREFERENCE, f"{server}id/{releases.MEETING}")
    assert json.loads(found) == {"triples": expected, "url": f"{server}data/{releases.MEETING}"}


DATE = f"SELECT ?date {{ <{BASE}id/{releases.MEETING}> <{BASE}ontology#dateText> ?date }}"


@pytest.mark.parametrize("source", ["sparql", f"id/{releases.MEETING}"])
def test_comunica_asks_the_endpoint_and_reads_a_name(server: str, source: str) -> None:
    """By the address alone: what kind of source it is, Comunica finds out."""
    assert json.loads(node("@comunica/query-sparql", COMUNICA, server + source, DATE)) == ["12-13 March 2011"]


def test_pandas_reads_an_answer_as_a_table(server: str) -> None:
    where = os.environ.get("PANDAS_PATH", "")
    if not (Path(where) / "pandas").is_dir():
        pytest.skip("NOT TESTED: pandas; `pip install --target FOLDER pandas`, and name the folder in PANDAS_PATH")
    command = [sys.executable, "-c", PANDAS, f"{server}sparql", DATE]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env={**os.environ, "PYTHONPATH": where})
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == [{"date": "12-13 March 2011"}]
