"""The same text as text, Markdown, HTML, DOCX and PDF gives the same findings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from made import MAKERS, blocks_of

from baligraph import data
from ingest.describe import describe
from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.read.files import read_file

DEVSET = Path(__file__).resolve().parents[4] / "shared" / "devset"
BUNDLED = sorted(path.stem for path in data.corpus("documents").glob("*.txt"))
OTHERS = ("bali-declaration-2016", "ahg4-2011-statement", "bpmc6-2016-statement")


def said(path: Path, context: ReadingContext) -> Counter[tuple[str, str, str]]:
    """What is read from a file, apart from where it stands; and each quotation is in the text at its place."""
    text = read_file(path).extraction.text
    lines = describe(read_document("made", text, context), text)
    assert all(text[line.start : line.end] == line.quote for line in lines)
    return Counter((line.kind, line.says, line.words) for line in lines)


def compare(text: str, tmp_path: Path, context: ReadingContext) -> None:
    (tmp_path / "made.txt").write_text(text, encoding="utf-8")
    expected = said(tmp_path / "made.txt", context)
    assert expected, "nothing is read: nothing is compared"
    for suffix, make in MAKERS.items():
        path = tmp_path / f"made.{suffix}"
        path.write_bytes(make(blocks_of(text)))
        found = said(path, context)
        assert (found - expected, expected - found) == (Counter(), Counter()), suffix


@pytest.mark.parametrize("slug", BUNDLED)
def test_a_document_of_the_corpus(slug: str, tmp_path: Path, context: ReadingContext) -> None:
    compare(data.corpus("documents", f"{slug}.txt").read_text(encoding="utf-8"), tmp_path, context)


@pytest.mark.parametrize("slug", OTHERS)
def test_a_document_of_another_genre(slug: str, tmp_path: Path, context: ReadingContext) -> None:
    path = DEVSET / f"{slug}.txt"
    if not path.is_file():
        pytest.skip(f"{path} is not there: the development documents lie beside the checkout, not in it")
    compare(path.read_text(encoding="utf-8"), tmp_path, context)
