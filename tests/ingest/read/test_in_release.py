"""Documents of other formats in a release: their text, their pages, their original, and a text that stays."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest
from made import as_docx, as_pdf, blocks_of
from pyoxigraph import NamedNode, RdfFormat, Store

from baligraph import data, iris
from baligraph.errors import InputError
from baligraph.explanation import Sentence
from baligraph.release import Release
from baligraph.why import explain
from ingest.build import BuildResult, build
from ingest.gather import gather
from ingest.nodes import node
from ingest.read.extraction import page_of
from ingest.read.frozen import FOLDER
from ingest.reference import load_reference

ONE = "victim-protection-workshop-2012"
ODD_NAMES = {
    "<urn:example:x> a <urn:y> .txt": "urn-example-x-a-urn-y",
    "a\"; DROP 'b'.txt": "a-drop-b",
    "red\x1b[31m.txt": "red-31m",
    "two\nlines.txt": "two-lines",
    "[bold]x[-bold].txt": "bold-x-bold",
}


def original(slug: str) -> str:
    return data.corpus("documents", f"{slug}.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus, with one of its documents as a PDF."""
    corpus = Path(shutil.copytree(data.corpus(), tmp_path_factory.mktemp("pdf") / "corpus"))
    pdf = as_pdf(blocks_of(original(ONE)))
    (corpus / "documents" / f"{ONE}.txt").unlink()
    (corpus / "documents" / f"{ONE}.pdf").write_bytes(pdf)
    rows = (corpus / "documents.csv").read_text(encoding="utf-8")
    old = hashlib.sha256(original(ONE).encode()).hexdigest()
    assert old in rows
    (corpus / "documents.csv").write_text(rows.replace(old, hashlib.sha256(pdf).hexdigest()), encoding="utf-8")
    return corpus


@pytest.fixture(scope="module")
def built(corpus: Path, tmp_path_factory: pytest.TempPathFactory, warm: Path) -> BuildResult:
    """That corpus, with a folder that holds a DOCX, names that look like something else, and files that are no documents."""
    folder = tmp_path_factory.mktemp("more")
    (folder / "recommended.docx").write_bytes(
        as_docx(blocks_of("Notes\n\n1. Ministers met in Bali, and IOM took part.\n\n2. Fiji spoke.\n"))
    )
    for number, name in enumerate(ODD_NAMES):
        (folder / name).write_text(f'Note {number} on "> . <http://evil.example/> a <http://evil.example/> . by the IOM in Fiji.\n')
    (folder / "bomb.docx").write_bytes(b"PK\x03\x04 no archive")
    (folder / "scan.pdf").write_bytes(as_pdf([]))
    result = build(corpus=corpus, documents=[folder], out=tmp_path_factory.mktemp("out"), cache=warm)
    assert result.exit_code == 2, result.error
    return result


@pytest.fixture(scope="module")
def release(built: BuildResult) -> Release:
    assert built.release is not None
    return built.release


@pytest.fixture(scope="module")
def store(release: Release) -> Store:
    store = Store()
    store.bulk_load(gzip.decompress(release.quads_path.read_bytes()), format=RdfFormat.N_QUADS)
    return store


def values(store: Store, subject: NamedNode, curie: str) -> set[str]:
    return {q.object.value for q in store.quads_for_pattern(subject, node(curie), None, None)}


def test_the_text_of_a_pdf_is_published_and_its_file_is_named(corpus: Path, release: Release, store: Store) -> None:
    text = release.text(ONE)
    words = re.sub(r"\W+", "", re.sub(r"[*#]|</?\w+>", "", original(ONE)))
    assert re.sub(r"\W+", "", re.sub(r"[*#]|</?\w+>", "", text)) == words
    sha = hashlib.sha256((corpus / "documents" / f"{ONE}.pdf").read_bytes()).hexdigest()
    version = NamedNode(iris.version_iri(ONE, hashlib.sha256(text.encode()).hexdigest()))
    file = NamedNode(iris.file_iri(ONE, sha))
    assert values(store, version, "bp:embodiedBy") == {file.value}
    assert values(store, file, "bp:sha256") == {sha}
    assert values(store, file, "dcterms:format") == {"application/pdf"}
    (source,) = [source for source in release.manifest["sources"] if source["slug"] == ONE]
    assert (source["original"]["sha256"], source["original"]["format"]) == (sha, "pdf")
    assert source["original"]["extracted_by"].startswith("pypdfium2 ")
    assert source["sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_evidence_has_the_page_of_its_passage(corpus: Path, store: Store) -> None:
    read = next(text for text in gather(load_reference(corpus)).texts if text.slug == ONE)
    seen = set()
    for quad in store.quads_for_pattern(None, node("bp:fromDocument"), NamedNode(iris.doc_iri(ONE)), None):
        assert isinstance(quad.subject, NamedNode)
        (start,), (page,) = values(store, quad.subject, "bp:startOffset"), values(store, quad.subject, "bp:page")
        assert int(page) == page_of(read.pages, int(start))
        seen.add(int(page))
    assert seen == {page for _, page in read.pages} == {1, 2, 3}


def test_a_document_without_pages_has_none(store: Store) -> None:
    for slug in ("workshop-recommendations", "recommended"):
        evidence = [q.subject for q in store.quads_for_pattern(None, node("bp:fromDocument"), NamedNode(iris.doc_iri(slug)), None)]
        assert evidence
        assert not any(values(store, subject, "bp:page") for subject in evidence if isinstance(subject, NamedNode))


def test_why_names_the_page(store: Store) -> None:
    meeting = node("id:meeting_2012-01-12_kuala-lumpur_workshop")
    (place,) = {q.object for q in store.quads_for_pattern(meeting, node("bp:inPlace"), None, None)}
    grounds = [ground for ground in explain(store, meeting, node("bp:inPlace"), place).leaves() if isinstance(ground, Sentence)]
    assert {ground.page for ground in grounds} == {1}


def test_hostile_files_are_named_and_the_others_published(built: BuildResult, release: Release, store: Store) -> None:
    assert {*ODD_NAMES.values(), "recommended"} <= set(release.slugs)
    blocking = sorted(Path(problem.file).name for problem in built.problems if problem.blocking)
    assert blocking == ["bomb.docx", "scan.pdf"]
    assert all(problem.message.isprintable() for problem in built.problems), "a name must not steer a terminal"
    assert not re.search("evil", "".join(str(q.subject) + str(q.predicate) for q in store))


def test_a_second_build_takes_the_frozen_text(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {path.suffix: path for path in (corpus / "documents" / FOLDER).iterdir()}
    assert set(kept) == {".txt", ".json"}
    assert json.loads(kept[".json"].read_text())["file"] == f"{ONE}.pdf"
    monkeypatch.setattr("ingest.read.parsers.Parsers.start", lambda *_: pytest.fail("extracted again"))
    assert build(corpus=corpus, out=tmp_path).exit_code == 0


def test_two_files_of_one_document_are_refused(corpus: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(corpus, tmp_path / "corpus"))
    (copy / "documents" / f"{ONE}.txt").write_text(original(ONE), encoding="utf-8")
    with pytest.raises(InputError, match="is a second file of that name beside"):
        gather(load_reference(copy))


def test_a_registered_page_whose_encoding_is_a_guess_is_refused(corpus: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(corpus, tmp_path / "corpus"))
    page = "<html><p>Türkiye took part in the café".encode("latin-1")
    rows = (copy / "documents.csv").read_text(encoding="utf-8")
    old = hashlib.sha256((copy / "documents" / f"{ONE}.pdf").read_bytes()).hexdigest()
    (copy / "documents.csv").write_text(rows.replace(old, hashlib.sha256(page).hexdigest()), encoding="utf-8")
    (copy / "documents" / f"{ONE}.pdf").unlink()
    (copy / "documents" / f"{ONE}.html").write_bytes(page)
    with pytest.raises(InputError, match=r"is not plain UTF-8 \(read as windows-1252\)"):
        gather(load_reference(copy))
