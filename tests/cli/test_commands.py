"""Each command does what its help says."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
import releases
from rich.console import Console
from rich.table import Table

from baligraph import cli, data
from baligraph.console import show_table
from baligraph.release import Release
from ingest.folded import plain

Run = Callable[..., Any]
COMMANDS = ("build", "check", "serve", "publish", "query", "why", "register", "extract", "review", "export", "info")
DOCUMENTS = sorted(path.stem for path in data.corpus("documents").iterdir())


# --- help ---------------------------------------------------------------------------------------------------------------------------------


def test_the_help_lists_every_command(run: Run) -> None:
    said = run("--help")
    assert said.code == 0
    listed = [line.split()[0] for line in said.out.partition("Commands:")[2].splitlines() if line.strip()]
    assert listed == list(COMMANDS) == [command.name or command.callback.__name__ for command in cli.app.registered_commands]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("command", "named"),
    [
        ("build", ["--documents", "--out", "published whole"]),
        ("check", ["--release"]),
        ("serve", ["--release", "--port"]),
        ("query", ["FILE|TEXT", "--format"]),
        ("why", ["OBJECT", "--json"]),
        ("register", ["--accept", "--who", "--why"]),
        ("extract", ["--json", "--html"]),
        ("review", ["OUT", "--release"]),
        ("info", ["--release"]),
    ],
)
def test_the_help_of_a_command_names_its_options(run: Run, command: str, named: list[str]) -> None:
    said = run(command, "--help")
    assert said.code == 0
    assert [name for name in named if name not in said.out] == []


# --- query --------------------------------------------------------------------------------------------------------------------------------

ROWS = "SELECT ?d ?title WHERE { ?d a bp:Document ; dcterms:title ?title } ORDER BY ?d"


def test_a_query_is_shown_as_a_table(run: Run, tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "rows.rq").write_text(f"# prefix: a word, no declaration\n{ROWS}", encoding="utf-8")
    said = run("query", ROWS, "--release", tiny)
    assert said.code == 0
    assert "id:doc_one" in said.out
    assert said.out.endswith("2 rows\n")
    assert run("query", tmp_path / "rows.rq", "--release", tiny) == said


def test_the_witness_of_a_row_is_counted(run: Run, tiny: Path) -> None:
    said = run("query", 'SELECT ("a b c" AS ?witness) {}', "--release", tiny)
    assert "│ 3 sources │" in said.out
    one = run("query", 'SELECT ("a" AS ?witness) {}', "--release", tiny)
    assert "│ 1 source │" in one.out.replace("  ", "")
    assert one.out.endswith("1 row\n")


def test_a_piped_table_has_each_row_whole_on_its_line(tiny: Path) -> None:
    names = [f"https://example.org/{'name' * 30}/{n}" for n in range(3)]
    text = f"SELECT * {{ VALUES (?a ?b ?c) {{ ({' '.join(f'<{name}>' for name in names)}) }} }}"
    words = [sys.executable, "-m", "baligraph.cli", "query", text, "--release", str(tiny)]
    said = subprocess.run(words, check=True, capture_output=True, text=True, env={**os.environ, "COLUMNS": "80"})
    assert f"│ {' │ '.join(names)} │" in said.stdout.splitlines()


def test_a_table_on_a_terminal_breaks_what_is_too_long() -> None:
    shown, name = io.StringIO(), "https://example.org/" + "abcdefghij" * 12
    table = Table("iri", "n")
    table.add_row(name, "1")
    show_table(Console(file=shown, width=50, force_terminal=True, no_color=True), table)
    cells = [line.split("│")[1].strip() for line in shown.getvalue().splitlines() if line.startswith("│")]
    assert len(cells) > 1
    assert "".join(cells) == name


def test_a_prefix_that_the_query_declares_is_its_own(run: Run, tiny: Path) -> None:
    ask = "ASK { ?d a bp:Document }"
    assert run("query", ask, "--release", tiny).out == "true\n"
    assert run("query", f"PREFIX bp: <http://example.org/>\n{ask}", "--release", tiny).out == "false\n"


def _json(out: str) -> list[str]:
    return [row["d"]["value"] for row in json.loads(out)["results"]["bindings"]]


def _xml(out: str) -> list[str]:
    return [x.text or "" for x in ET.fromstring(out).iterfind(".//{*}binding[@name='d']/{*}uri")]


READ: dict[str, Callable[[str], list[str]]] = {
    "json": _json,
    "xml": _xml,
    "csv": lambda out: [line.split(",")[0] for line in out.splitlines()[1:]],
    "tsv": lambda out: [line.split("\t")[0].strip("<>") for line in out.splitlines()[1:]],
}


@pytest.mark.parametrize("form", READ)
def test_rows_in_every_format(run: Run, tiny: Path, form: str) -> None:
    said = run("query", ROWS, "--release", tiny, "--format", form)
    assert said.code == 0
    assert READ[form](said.out) == ["https://w3id.org/baligraph/id/doc_one", "https://w3id.org/baligraph/id/doc_two"]


@pytest.mark.parametrize(
    ("form", "known"),
    [("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES), ("rdf", ox.RdfFormat.RDF_XML), ("jsonld", ox.RdfFormat.JSON_LD)],
)
def test_a_graph_in_every_format(run: Run, tiny: Path, form: str, known: ox.RdfFormat) -> None:
    said = run("query", "CONSTRUCT WHERE { ?d a bp:Document }", "--release", tiny, "--format", form)
    assert said.code == 0
    subjects = {quad.subject.value for quad in ox.parse(said.out, format=known)}  # type: ignore[union-attr]
    assert subjects == {"https://w3id.org/baligraph/id/doc_one", "https://w3id.org/baligraph/id/doc_two"}


# --- a real release: check, info, why -----------------------------------------------------------------------------------------------------


def grounds(explanation: dict[str, Any]) -> list[dict[str, Any]]:
    return explanation["grounds"] + [g for premise in explanation.get("premises", []) for g in grounds(premise)]


def test_a_release_is_judged_described_and_explained(run: Run, release: Release) -> None:
    where = ("--release", release.path.parent)
    judged = run("check", *where)
    assert judged.code == 0
    assert re.fullmatch(r"The release conforms: 0 violations, (1 warning|\d+ warnings)", judged.out.splitlines()[0])

    told = run("info", *where).out
    lines = {line.split()[0]: line.split()[-1] for line in told.splitlines()}
    assert [line for line in told.splitlines() if line.endswith(f" {release.id}")] == [f"release      {release.id}"]
    assert lines["release"] == release.id
    assert {name: int(lines[name].replace(",", "")) for name in release.manifest["counts"]} == release.manifest["counts"]

    hosted = json.loads(run("query", "SELECT ?m ?h { ?m bp:hostedBy ?h } ORDER BY ?m ?h LIMIT 1", "--format", "json", *where).out)
    m, h = (hosted["results"]["bindings"][0][name]["value"] for name in ("m", "h"))
    said = run("why", m, "bp:hostedBy", h, "--json", *where)
    assert said.code == 0
    explained = json.loads(said.out)
    assert explained["how"] == "inferred"
    assert explained["triple"][0] == f"<{m}>"
    sentences = [g for g in grounds(explained) if g["kind"] == "Sentence"]
    assert sentences
    for s in sentences:
        assert release.text(s["document"])[s["start"] : s["end"]] == s["quote"]
    tree = run("why", m.replace("https://w3id.org/baligraph/id/", "id:"), "bp:hostedBy", f"<{h}>", *where)
    assert tree.code == 0
    assert " ".join(sentences[0]["anchor"].split()) in " ".join(tree.out.split())


@pytest.mark.parametrize("typed", ["id:place_harbour-town", "https://w3id.org/baligraph/id/place_harbour-town"])
def test_why_takes_names_and_addresses(run: Run, tiny: Path, typed: str) -> None:
    said = run("why", f"id:{releases.MEETING}", "bp:inPlace", typed, "--release", tiny, "--json")
    assert said.code == 0
    assert [g["kind"] for g in json.loads(said.out)["grounds"]] == ["Sentence"]


@pytest.mark.parametrize("typed", ["12-13 March 2011", '"12-13 March 2011"'])
def test_why_takes_literals_with_and_without_quotes(run: Run, tiny: Path, typed: str) -> None:
    said = run("why", f"id:{releases.MEETING}", "bp:dateText", typed, "--release", tiny)
    assert said.code == 0
    assert "12-13 March 2011" in said.out


# --- extract ------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_extract_quotes_the_text(run: Run, slug: str) -> None:
    path = data.corpus("documents", f"{slug}.txt")
    text = path.read_bytes().decode()
    said = run("extract", path, "--json")
    assert (said.code, said.err) == (0, "")
    found = json.loads(said.out)
    assert found["document"] == slug
    assert found["genre"] != "general"
    assert len(found["findings"]) > 10
    for x in found["findings"]:
        assert text[x["start"] : x["end"]] == x["quote"]
        assert x["start"] <= x["words_start"] < x["words_end"] <= x["end"]
        assert x["words"].split()[0] in plain(text.split("\n")[x["line"] - 1])
        assert x["paragraph"] == "" or x["paragraph"][0].isdigit(), "numbers that the text prints, and no other"
        assert plain(text[x["words_start"] : x["words_end"]]) == x["words"]


def test_extract_shows_a_table(run: Run) -> None:
    said = run("extract", data.corpus("documents", "workshop-recommendations.txt"))
    assert said.code == 0
    assert said.out.splitlines()[1].replace("┃", " ").split() == ["place", "kind", "what", "words", "rule"]
    counts = said.out.splitlines()[-1]
    assert counts.startswith("workshop-recommendations.txt: genre recommendations; ")
    recommended = sum("│ recommendation │" in " ".join(line.split()) for line in said.out.splitlines())
    assert recommended > 0
    assert f" {recommended} recommendation" in counts


def test_extract_says_how_it_had_to_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("In T\u00fcrkiye it rained.\n".encode("latin-1"))
    said = run("extract", tmp_path / "latin.txt")
    assert said.code == 0
    assert "latin.txt: is not UTF-8; it was read as windows-1252" in said.err
    assert "latin.txt: is of no known genre" in said.err


# --- register -----------------------------------------------------------------------------------------------------------------------------

HEADER = "key,kind,series,ordinal,edtf,start,end,place,area,title,document,provisional\n"


@pytest.fixture
def lacking(corpus: Path) -> Path:
    """The registry of a corpus without its last row, and that row."""
    path = corpus / "curation" / "registry.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]), encoding="utf-8")  # and without a last line break
    return path


def test_register_only_proposes(run: Run, lacking: Path) -> None:
    before = lacking.read_bytes()
    said = run("register")
    assert said.code == 0
    assert said.out.startswith(HEADER)
    assert len(said.out.splitlines()) == 2
    assert said.err == "1 row proposed; add them with --accept --who NAME --why REASON\n"
    assert lacking.read_bytes() == before


def test_register_adds_what_a_person_accepts(run: Run, lacking: Path) -> None:
    before = lacking.read_text(encoding="utf-8")
    said = run("register", "--accept", "--who", "an editor", "--why", "it is in the text")
    assert said.code == 0
    proposed = said.out.splitlines()[1].rpartition(",")[0]
    added = lacking.read_text(encoding="utf-8").removeprefix(before).splitlines()
    assert added[0] == ""
    assert len(added) == 2
    assert added[1].startswith(f"{proposed},an editor,")
    assert added[1].endswith(",it is in the text")
    assert run("register") == (0, HEADER, "every meeting has its row\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "a decision needs --who and --why"),
        (["--why", "it is in the text"], "a decision needs --who and --why"),
        (["--who", " ", "--why", "it is in the text"], "a decision needs --who and --why"),
        (["--who", "an editor", "--why", "short"], "[why]: 'short' is not a reason of a few words"),
    ],
)
def test_a_decision_that_says_too_little_changes_nothing(run: Run, lacking: Path, words: list[str], told: str) -> None:
    before = {path.name: path.read_bytes() for path in lacking.parent.iterdir()}
    said = run("register", "--accept", *words)
    assert said.code == 1
    assert told in said.err
    assert {path.name: path.read_bytes() for path in lacking.parent.iterdir()} == before


def test_meetings_of_a_document_that_is_not_registered_can_not_be_accepted(run: Run, lacking: Path, tmp_path: Path) -> None:
    corpus = lacking.parents[1]
    (tmp_path / "more").mkdir()
    (corpus / "documents" / "workshop-recommendations.txt").rename(tmp_path / "more" / "new-recommendations.txt")
    for table in ("documents.csv", "curation/registry.csv"):
        rows = (corpus / table).read_text(encoding="utf-8").splitlines()
        (corpus / table).write_text("\n".join(r for r in rows if "workshop-recommendations" not in r) + "\n", encoding="utf-8")
    for path in (corpus / "reference").iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("workshop-recommendations", "victim-protection-workshop-2012"), "utf-8")
    before = lacking.read_bytes()
    said = run("register", "--documents", tmp_path / "more", "--accept", "--who", "an editor", "--why", "it is in the text")
    assert said.code == 1
    assert said.err == (
        "error: new-recommendations: is no document of corpus/documents.csv. Register the document first: only then can its meetings be.\n"
    )
    assert lacking.read_bytes() == before


# --- serve --------------------------------------------------------------------------------------------------------------------------------


def test_serve_answers_until_it_is_stopped(tiny: Path) -> None:
    words = [sys.executable, "-m", "baligraph.cli", "serve", "--release", str(tiny), "--port", "0", "--workers", "1"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            assert line.startswith("serving at http://127.0.0.1:")
            address = line.split()[2]
            assert httpx.get(f"{address}healthz", timeout=10).status_code == 200
        finally:
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=20)
    assert "Traceback" not in told
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}healthz", timeout=10)
