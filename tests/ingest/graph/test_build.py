"""The whole: documents in, a release out, and what happens when something is wrong on the way."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from baligraph import data
from baligraph.gate import GateReport
from baligraph.gate import Row as GateRow
from baligraph.release import Release
from baligraph.why import Explainer
from baligraph.withdrawn import mark
from ingest import build as build_module
from ingest import readers
from ingest.build import BuildResult, build
from ingest.contribution import TextInput
from ingest.findings import Reading
from ingest.nodes import node

Made = Callable[..., Any]
SCRIPT = "import sys; from pathlib import Path; from ingest.build import build; sys.exit(build(out=Path(sys.argv[1])).exit_code)"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The corpus, built once for this module."""
    folder = tmp_path_factory.mktemp("built")
    result = build(out=folder / "releases", cache=folder / "cache")
    assert result.exit_code == 0, (result.error, [r for r in result.report.rows if r.severity == "violation"] if result.report else "")
    return result


def store_of(release: Release) -> Store:
    store = Store()
    store.bulk_load(gzip.decompress(release.quads_path.read_bytes()), format=RdfFormat.N_QUADS)
    return store


def releases(result: BuildResult) -> Path:
    assert result.release is not None
    return result.release.path.parent


def test_the_corpus_is_published_whole(built: BuildResult) -> None:
    release = Release.open(releases(built))
    assert release.slugs == sorted(p.stem for p in data.corpus("documents").iterdir())
    assert built.problems == ()
    assert release.manifest["counts"] == built.counts
    assert release.manifest["counts"]["Document"] == len(release.slugs)
    assert list(built.timings) == ["tables", "files", "reading", "parts", "writing"]


def test_the_manifest_has_no_clock_and_no_machine(built: BuildResult) -> None:
    release = Release.open(releases(built))
    text = "".join((release.path / name).read_text(encoding="utf-8") for name in ("manifest.json", "report.json", "findings.csv"))
    assert str(Path.cwd()) not in text
    assert str(releases(built)) not in text
    assert release.manifest["date"] <= time.strftime("%Y-%m-%d")


def test_every_triple_of_the_release_is_explained(built: BuildResult) -> None:
    store = store_of(Release.open(releases(built)))
    explainer = Explainer(store)
    for q in store.quads_for_pattern(None, None, None, DefaultGraph()):
        assert any(explainer.explain(q.subject, q.predicate, q.object).leaves()), q  # type: ignore[arg-type]


def test_the_counts_of_the_graph_are_true(built: BuildResult) -> None:
    store = store_of(Release.open(releases(built)))
    sizes = {q.subject: int(q.object.value) for q in store.quads_for_pattern(None, node("void:triples"), None, node("g:meta"))}
    for graph in store.named_graphs():
        if graph != node("g:meta"):
            assert sizes.pop(graph) == sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
    apart = {(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, node("g:meta"))}
    view = [q for q in store.quads_for_pattern(None, None, None, DefaultGraph()) if (q.subject, q.predicate, q.object) not in apart]
    assert sizes.pop(node("id:dataset_baligraph")) == len(view)
    for part, n in sizes.items():
        (term,) = [q.object for q in store.quads_for_pattern(part, node("void:property"), None, node("g:meta"))]
        assert n == sum(q.predicate == term for q in view)


def test_a_second_build_reads_from_the_cache_and_gives_the_same_release(built: BuildResult, tmp_path: Path, monkeypatch: Any) -> None:
    def fail(*_: object) -> Reading:
        raise AssertionError("read again")

    monkeypatch.setattr(readers, "read_document", fail)
    again = build(out=tmp_path, cache=releases(built).parent / "cache")
    assert again.release is not None
    assert built.release is not None
    assert again.release.manifest == built.release.manifest


@pytest.mark.parametrize(("seed", "zone", "locale"), [("0", "Asia/Tokyo", "C"), ("4711", "America/Lima", "C.UTF-8")])
def test_the_same_bytes_whatever_the_machine(built: BuildResult, tmp_path: Path, seed: str, zone: str, locale: str) -> None:
    changed = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
    subprocess.run([sys.executable, "-c", SCRIPT, str(tmp_path)], env={**os.environ, **changed}, check=True)
    assert built.release is not None
    for name in ("manifest.json", "graph.nq.gz", "report.ttl", "report.json", "findings.csv"):
        assert (Release.open(tmp_path).path / name).read_bytes() == (built.release.path / name).read_bytes(), name


@pytest.mark.parametrize("after", [0.5, 2.0, 4.0])
def test_a_build_that_is_killed_leaves_the_old_release(built: BuildResult, tmp_path: Path, after: float) -> None:
    shutil.copytree(releases(built), tmp_path / "releases", symlinks=True)
    before = Release.open(tmp_path / "releases").id
    with subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path / "releases")]) as process:
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
    assert Release.open(tmp_path / "releases").id == before


# --- what is wrong ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def old(built: BuildResult, tmp_path: Path) -> Path:
    """A folder of releases in which one serves already."""
    return Path(shutil.copytree(releases(built), tmp_path / "releases", symlinks=True))


@pytest.mark.parametrize(
    ("file", "change", "told"),
    [
        ("documents/workshop-recommendations.txt", lambda text: text + "\n", "corpus/documents.csv:"),
        ("documents/workshop-recommendations.txt", None, "there is no file"),
        ("reference/areas.csv", lambda text: text.replace(",AF,AFG,", ",AF,AFX,"), "corpus/reference/areas.csv:2"),
        ("curation/links.csv", lambda text: text + "half,a row\n", "corpus/curation/links.csv:"),
    ],
)
def test_a_wrong_corpus_publishes_nothing(old: Path, tmp_path: Path, file: str, change: Callable[[str], str] | None, told: str) -> None:
    corpus = Path(shutil.copytree(data.corpus(), tmp_path / "corpus"))
    path = corpus / file
    if change is None:
        path.unlink()
    else:
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    before = Release.open(old).id
    result = build(corpus=corpus, out=old)
    assert (result.exit_code, result.release) == (1, None)
    assert told in result.error
    assert Release.open(old).id == before


def test_a_release_that_does_not_conform_is_not_published(old: Path, monkeypatch: Any) -> None:
    row = GateRow("violation", "bps:X", "https://w3id.org/baligraph/id/area_mys", message="planted")
    make = build_module.make

    def planted(*given: Any) -> Any:
        made = make(*given)
        made.report = GateReport((row,))
        return made

    monkeypatch.setattr(build_module, "make", planted)
    before = Release.open(old).id
    result = build(out=old)
    assert result.exit_code == 1
    assert "(1 violations)" in result.error
    assert json.loads((old / "rejected" / "report.json").read_text())["rows"][0]["message"] == "planted"
    assert Release.open(old).id == before


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The corpus with a folder of strangers: a good text, one in Latin-1, an empty file and a binary one."""
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "texts").mkdir()
    (folder / "texts" / "good.txt").write_text("A note of no known kind about the IOM.\n", encoding="utf-8")
    (folder / "texts" / "latin.txt").write_bytes("Notes on T\u00fcrkiye and the IOM.\n".encode("latin-1"))
    (folder / "texts" / "empty.txt").write_bytes(b"")
    (folder / "texts" / "binary.txt").write_bytes(b"\x00\x01\x02")
    return build(out=folder / "releases", documents=[folder / "texts"])


def test_what_can_be_read_is_published_and_what_cannot_is_named(mixed: BuildResult) -> None:
    assert mixed.exit_code == 2, mixed.error
    told = [(Path(p.file).name, p.blocking) for p in mixed.problems]
    assert told == [("binary.txt", True), ("empty.txt", True), ("latin.txt", False), ("good", False), ("latin", False)]
    release = Release.open(releases(mixed))
    assert {"good", "latin"} <= set(release.slugs)
    assert release.text("latin") == "Notes on T\u00fcrkiye and the IOM.\n"
    reported = json.loads((release.path / "report.json").read_text(encoding="utf-8"))["problems"]
    assert [(p["file"], p["blocking"]) for p in reported] == told
    assert not any("/" in p["message"].split(":")[0] for p in reported)


def test_further_documents_change_no_graph_of_the_corpus(built: BuildResult, mixed: BuildResult) -> None:
    assert built.release is not None
    assert mixed.release is not None
    alone, more = store_of(built.release), store_of(mixed.release)
    for graph in alone.named_graphs():
        if isinstance(graph, NamedNode) and ("/doc/" in graph.value or "/evidence/" in graph.value):
            assert set(alone.quads_for_pattern(None, None, None, graph)) == set(more.quads_for_pattern(None, None, None, graph))


# --- reading in parallel ----------------------------------------------------------------------------------------------------------------


def outcomes(count: int, processes: int, context: Any) -> dict[str, Reading | str]:
    texts = [TextInput(slug=f"d{n:02}", text=f"{n}. Ministers met in Bali.") for n in range(count)]
    return {text.slug: outcome for text, outcome in readers.read_all(texts, context, processes)}


def test_parallel_reading_gives_what_one_process_gives(context: Any) -> None:
    assert outcomes(12, 3, context) == outcomes(12, 1, context)


def test_a_document_that_ends_its_process_is_the_only_one_missing(context: Any, monkeypatch: Any) -> None:
    def read(slug: str, _text: str, _context: object) -> Reading:
        if slug == "d03":
            os._exit(9)
        if slug == "d05":
            raise RecursionError("too deep")
        return Reading(slug, "x")

    monkeypatch.setattr(readers, "read_document", read)
    found = outcomes(12, 3, context)
    assert found["d03"] == "the process that read it was ended"
    assert found["d05"] == "RecursionError: too deep"
    assert sum(isinstance(x, Reading) for x in found.values()) == 10


def test_a_redacted_person_is_in_no_release_that_is_kept(built: BuildResult, tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "releases"
    shutil.copytree(data.corpus(), corpus)
    shutil.copytree(releases(built), out, symlinks=True)
    person = node("id:person_hasan-kleib")
    assert built.release is not None
    assert person.value in "".join(str(q) for q in store_of(built.release).quads_for_pattern(person, None, None, None))
    with (corpus / "curation" / "redactions.csv").open("a", encoding="utf-8") as table:
        table.write("a,person:hasan-kleib,an editor,2026-11-22,the person asked for it\n")
    result = build(corpus=corpus, out=out, processes=1)
    assert result.exit_code == 0, result.error
    assert result.release is not None
    assert [p.name for p in out.iterdir() if p.is_dir() and not p.is_symlink()] == [result.release.id]
    for path in result.release.path.rglob("*"):
        if path.is_file():
            content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            assert b"person_hasan-kleib" not in content, path.name
            assert b"person:hasan-kleib" not in content, path.name
    assert result.release.manifest["withdrawn"] == [mark(person.value)]


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    import io

    from rich.console import Console

    (tmp_path / "corpus").mkdir()
    shown = []
    for terminal in (True, False):
        out = io.StringIO()
        result = build(corpus=tmp_path / "corpus", out=tmp_path / "out", console=Console(file=out, force_terminal=terminal))
        assert result.exit_code == 1
        shown.append("tables" in out.getvalue())
    assert shown == [True, False]
