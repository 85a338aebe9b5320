"""The documents and their reader: every fact at its words, what was not read, and rights."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import releases
from markupsafe import escape

from api.site.reader import covered
from baligraph.prefixes import expand
from baligraph.release_writer import write_release


@pytest.fixture(scope="module")
def page(server: str) -> str:
    answer = httpx.get(f"{server}documents/one")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(("spans", "length"), [([], 0), ([(0, 5), (3, 8), (10, 12)], 10), ([(4, 6), (0, 10)], 10)])
def test_overlapping_passages_count_once(spans: list[tuple[int, int]], length: int) -> None:
    assert covered(spans) == length


def test_the_list_says_what_was_read_from_each(server: str) -> None:
    text = httpx.get(f"{server}documents").text
    row = next(row for row in text.split("<tr>") if "documents/one" in row)
    assert "Summary of the workshop on returns" in row
    assert 'data-of="Provisions">1<' in row


def test_words_and_facts_lead_to_each_other(page: str) -> None:
    numbers = set(re.findall(r"id=w(\d+)>", page))
    assert numbers
    assert numbers == set(re.findall(r"<li class=k-\w+ id=f(\d+)>", page))
    assert numbers == set(re.findall(r"<a href=#f(\d+)>", page))
    assert "<mark class=k-date id=w" in page
    assert re.search(r"href=#f\d+>12-13 March 2011</a></mark>", page)


def test_a_fact_leads_to_what_it_is_about(page: str) -> None:
    assert f'<p class="subject"><a href="../data/{releases.MEETING}.html">Workshop on Returns</a></p>' in page
    assert "../data/participation_000000000001.html" in page


def test_every_passage_has_an_address(page: str, server: str) -> None:
    passages = re.findall(r'id="(evidence_\w+)" href="../data/(\w+).html"', page)
    assert len(passages) >= 5
    assert all(one == other for one, other in passages)
    thing = httpx.get(f"{server}data/{releases.MEETING}.html").text
    used = set(re.findall(r'href="../documents/one#(evidence_\w+)"', thing))
    assert used
    assert used <= {one for one, _ in passages}


def test_what_nothing_was_read_from_is_shown_as_such(page: str) -> None:
    unread = re.findall(r'<div class="row unread".*?</div></div>', page, re.DOTALL)
    shown = " ".join(re.sub(r"</?(?:mark|a|sup)\b[^>]*>", "", page).split())
    for words in releases.TEXTS["one"].split():
        assert str(escape(words)) in shown, words
    assert len(unread) == int(re.search(r"Passages not read</dt><dd>(?:<a[^>]*>)?(\d+)", page)[1])  # type: ignore[index]


def test_a_document_that_may_only_be_quoted_is_only_quoted(tmp_path: Path, serve: Callable[..., AbstractContextManager[str]]) -> None:
    words = "The sun shone on the harbour."
    triple = (ox.NamedNode(expand("id:doc_one")), ox.NamedNode(expand("dcterms:rights")), ox.Literal("quote only"))
    draft = replace(releases.draft(), texts={**releases.TEXTS, "one": f"{releases.TEXTS['one']}\n\n{words}\n"})
    write_release(tmp_path, draft)
    with serve(tmp_path) as address:
        whole = httpx.get(f"{address}documents/one").text
    assert f'<span class="flag">not read</span> {words}</div>' in whole
    quoted = releases.draft(extra=[ox.Quad(*triple, ox.NamedNode(expand("g:reference"))), ox.Quad(*triple)])
    write_release(tmp_path, replace(quoted, texts=draft.texts))  # a release never holds that text; even then it would not be shown
    with serve(tmp_path) as address:
        text = httpx.get(f"{address}documents/one").text
    assert "Quotations only" in text
    assert "12-13 March 2011" in text
    assert "The sun" not in text


@pytest.mark.parametrize("slug", ["three", "a%20b", "%3Cscript%3E", "x" * 300])
def test_there_is_no_other_document(server: str, slug: str) -> None:
    answer = httpx.get(f"{server}documents/{slug}", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "<script" not in answer.text
