"""Which documents a build reads, and what it says of those that it can't."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from baligraph import data
from baligraph.errors import InputError
from ingest.gather import Documents, gather
from ingest.reference import load_reference

ONE = "workshop-recommendations"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data.corpus(), tmp_path / "corpus"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "more").mkdir()
    return tmp_path / "more"


def found(corpus: Path, *folders: Path) -> Documents:
    return gather(load_reference(corpus), folders)


def test_the_corpus_alone(corpus: Path) -> None:
    documents = found(corpus)
    assert [t.slug for t in documents.texts] == sorted(p.stem for p in (corpus / "documents").iterdir())
    assert all(t.registered and t.title for t in documents.texts)
    assert documents.problems == []


def test_a_folder_adds_its_texts(corpus: Path, folder: Path) -> None:
    (folder / "Some Statement.txt").write_text("Ministers met.", encoding="utf-8")
    (folder / "kept_as-is.md").write_text("Ministers met again.", encoding="utf-8")
    (folder / ".hidden").write_text("x")
    more = {t.slug: t for t in found(corpus, folder).texts if not t.registered}
    assert set(more) == {"some-statement", "kept_as-is"}
    assert more["some-statement"].title == "Some Statement"


def test_a_text_that_is_there_twice_is_read_once(corpus: Path, folder: Path) -> None:
    """Evidence is a span of a text: it could not say in which of the two it stands."""
    (folder / "one.txt").write_text("Ministers met.\n", encoding="utf-8")
    (folder / "two.html").write_text("<html><p>Ministers met.", encoding="utf-8")
    documents = found(corpus, folder)
    assert {t.slug for t in documents.texts if not t.registered} == {"one"}
    (problem,) = documents.problems
    assert not problem.blocking
    assert problem.message.endswith("two.html: has the same text as one, and is read as that alone.")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n", "is empty"),
        ("binary.txt", b"\x7fELF\x00\x01\x02", "binary"),
        ("page.pdf", b"%PDF-1.7", "is a damaged PDF"),
        ("table.csv", b"a,b", "has no format that is read (.txt, .md, .html, .pdf, .docx). If it is a text"),
        ("\u4f1a\u8b70.txt", b"text", "makes no slug"),
    ],
)
def test_a_file_that_is_no_text_is_named_and_the_others_go_on(corpus: Path, folder: Path, name: str, content: bytes, told: str) -> None:
    (folder / name).write_bytes(content)
    (folder / "good.txt").write_text("Ministers met.", encoding="utf-8")
    documents = found(corpus, folder)
    (problem,) = documents.problems
    assert problem.blocking
    assert name in problem.message
    assert told in problem.message
    assert "good" in {t.slug for t in documents.texts}


def test_another_encoding_is_read_and_reported(corpus: Path, folder: Path) -> None:
    (folder / "latin.txt").write_bytes("T\u00fcrkiye took part in the caf\u00e9".encode("latin-1"))
    documents = found(corpus, folder)
    assert next(t.text for t in documents.texts if t.slug == "latin") == "T\u00fcrkiye took part in the caf\u00e9"
    (problem,) = documents.problems
    assert not problem.blocking
    assert "windows-1252" in problem.message


# --- what is wrong with the corpus stops the build --------------------------------------------------------------------------------------


def refused(corpus: Path, *folders: Path) -> str:
    with pytest.raises(InputError) as error:
        found(corpus, *folders)
    return str(error.value)


def test_a_row_without_file(corpus: Path) -> None:
    (corpus / "documents" / f"{ONE}.txt").unlink()
    told = refused(corpus)
    assert "corpus/documents.csv:" in told
    assert f"{ONE}.*" in told
    assert "remove the row" in told


def test_a_wrong_hash(corpus: Path) -> None:
    path = corpus / "documents" / f"{ONE}.txt"
    path.write_bytes(path.read_bytes() + b"\n")
    told = refused(corpus)
    assert "[sha256]" in told
    assert "Restore the file" in told


def test_a_file_without_row(corpus: Path) -> None:
    (corpus / "documents" / "stray.txt").write_text("Ministers met.")
    assert "no row in corpus/documents.csv" in refused(corpus)


def test_a_slug_given_twice(corpus: Path, folder: Path) -> None:
    (folder / f"{ONE}.txt").write_text("Ministers met.")
    assert "the slug 'workshop-recommendations' is that of" in refused(corpus, folder)
    (folder / f"{ONE}.txt").rename(folder / "twice.txt")
    (folder / "Twice.md").write_text("Ministers met.")
    assert "Rename one" in refused(corpus, folder)


def test_a_folder_that_is_none(corpus: Path, tmp_path: Path) -> None:
    assert "is no folder" in refused(corpus, tmp_path / "nowhere")
