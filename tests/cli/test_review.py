"""`baligraph extract --html` and `baligraph review`: one page with everything, from a file and from a release."""

from __future__ import annotations

import csv
import html.parser
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import review_text

from baligraph.prefixes import shrink
from baligraph.release import Release
from ingest.build import build

Run = Callable[..., Any]
VOID = {"meta", "input", "br", "img"}


class Page(html.parser.HTMLParser):
    """What a page holds: its elements, its ids, its links, its words; that its elements nest is checked on the way."""

    def __init__(self, path: Path):
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = dict(attrs)
        self.tags.append(tag)
        self.ids += [of["id"] or ""] if "id" in of else []
        self.links += [of[name] or "" for name in ("href", "src", "srcset", "action") if name in of]
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data if self._open[-1:] not in (["style"], ["title"]) else ""

    def said(self, start: str, end: str) -> str:
        return " ".join(self.words[self.words.index(start) : self.words.index(end)].split())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("texts") / "returns-workshop.txt"
    path.write_text(review_text.TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def built(file: Path, tmp_path_factory: pytest.TempPathFactory, warm: Path) -> Release:
    made = build(documents=[file.parent], out=tmp_path_factory.mktemp("reviewed"), cache=warm, processes=1)
    assert made.release is not None, made.error
    return made.release


def test_the_page_of_a_file(run: Run, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert run("extract", file, "--html", out).code == 0
    page = Page(out)
    assert len(page.ids) == len(set(page.ids))
    assert [link for link in page.links if not link.startswith("#") or link[1:] not in page.ids] == []
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(page.tags)
    counts = page.said("findings", "Text and findings")
    assert "1 unknown names" in counts
    assert "1 open conflicts" in counts
    assert "Atlantis" in page.said("Unknown names\n", "Rejected or corrected\n")
    conflict = page.said("Conflicts\n", "Unknown names\n")
    assert "within this document" in conflict
    assert "2013-03-12/2013-03-13, here" in conflict
    assert "2013-03-14/2013-03-15, here" in conflict
    assert "<script>alert(1)</script>" in page.said("Not read\n", "Read for names only\n")


def test_a_file_has_the_ids_of_the_release(run: Run, file: Path, built: Release, tmp_path: Path) -> None:
    run("extract", file, "--html", tmp_path / "page.html")
    page = Page(tmp_path / "page.html")
    with (built.path / "findings.csv").open(encoding="utf-8", newline="") as rows:
        ids = {shrink(row["id"]) for row in csv.DictReader(rows) if row["document"] == "returns-workshop"}
    assert ids == set(re.findall(r"\b(?:id:[a-z]+_[0-9a-z_-]+|finding_[0-9a-f]{12})\b", page.words)) - {"id:doc_returns-workshop"}
    claim = re.search(r"reject-claim-([0-9a-f]{12}),claim:\1,,,,WHO,YYYY-MM-DD,WHY", page.words)
    assert claim is not None
    assert f"id:claim_{claim[1]}" in ids


def test_pages_of_a_release(run: Run, built: Release, tmp_path: Path) -> None:
    said = run("review", tmp_path / "pages", "--release", built.path)
    assert said.code == 0
    assert said.out.endswith("6 documents\n")
    assert sorted(p.stem for p in (tmp_path / "pages").iterdir()) == sorted([*built.slugs, "index"])
    index = Page(tmp_path / "pages" / "index.html")
    assert index.links == ["#main", *(f"{slug}.html" for slug in built.slugs)]
    for slug in built.slugs:
        page = Page(tmp_path / "pages" / f"{slug}.html")
        assert len(page.ids) == len(set(page.ids))
        wrong = [link for link in page.links if link != "index.html" and link.removeprefix("#") not in page.ids]
        assert wrong == []
    again = tmp_path / "again"
    run("review", again, "--release", built.path)
    assert [p.read_bytes() for p in sorted(again.iterdir())] == [p.read_bytes() for p in sorted((tmp_path / "pages").iterdir())]


def test_of_a_text_that_may_not_be_published_only_quotations_are_shown(run: Run, corpus: Path, tmp_path: Path, warm: Path) -> None:
    register = corpus / "documents.csv"
    lines = register.read_text(encoding="utf-8").splitlines()
    quoted = [line.replace("full text", "quote only") if line.startswith("victim-protection") else line for line in lines]
    register.write_text("\n".join(quoted) + "\n", encoding="utf-8")
    assert quoted != lines
    made = build(corpus=corpus, out=tmp_path / "releases", cache=warm, processes=1)
    assert made.release is not None, made.error
    run("review", tmp_path / "pages", "--release", made.release.path)
    page = Page(tmp_path / "pages" / "victim-protection-workshop-2012.html")
    assert "Quotations only." in page.words
    assert "Kuala Lumpur" in page.words
    text = (corpus / "documents" / "victim-protection-workshop-2012.txt").read_text(encoding="utf-8")
    unread = next(p for p in re.findall(r"[^.\n]{60,}\.", text) if p.strip() not in _quotes(made.release))
    assert unread.strip() not in " ".join(page.words.split())


def _quotes(release: Release) -> str:
    with (release.path / "findings.csv").open(encoding="utf-8", newline="") as rows:
        return "\n".join(row["quote"] for row in csv.DictReader(rows))


def test_a_text_of_no_genre_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text("Some words about Malaysia.\n", encoding="utf-8")
    run("extract", tmp_path / "odd.txt", "--html", tmp_path / "odd.html")
    assert "Read by fallback." in Page(tmp_path / "odd.html").words


def test_where_no_page_can_be_written(run: Run, built: Release, file: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    said = run("review", tmp_path / "taken", "--release", built.path)
    assert (said.code, "is no folder" in said.err) == (1, True)
    said = run("extract", file, "--html", tmp_path / "nowhere" / "page.html")
    assert (said.code, "No such file" in said.err) == (1, True)
