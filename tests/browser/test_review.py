"""The review page in a browser: one file, no script, no request; findings and passages lead to each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import review_text
from seen import contrast

from baligraph.review_page import render
from ingest.context import reading_context
from ingest.extract import read_document
from ingest.preview import preview
from ingest.reference import load_reference

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    reference = load_reference()
    text = f"{review_text.TEXT}\n5. It read \u202eesrever\u202c there.\n"
    reading = read_document("returns-workshop", text, reading_context(reference))
    path: Path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(render(preview(reading, text, reference)), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=[(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")], ids=lambda p: f"{p[0]}-{p[1]}")
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("console", lambda message: trouble.append(message.text))
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("request", lambda asked: None if asked.url == address else trouble.append(f"left the page: {asked.url}"))
    opened.goto(address)
    yield opened
    context.close()
    assert trouble == []


def test_words_lead_to_their_finding_and_back(page: Page) -> None:
    words = page.locator("mark.leaf a").filter(has_text="Atlantis")
    words.click()
    finding = page.locator(":target")
    assert "candidate" in finding.inner_text()
    assert finding.locator(".carried a").is_visible()
    finding.locator(".carried a").click()
    assert page.locator("mark:target").inner_text().startswith("Atlantis")


def test_overlapping_findings_all_have_their_number(page: Page) -> None:
    numbers = page.locator(".group").evaluate_all("groups => groups.map(g => g.id.slice(1))")
    marked = page.locator("mark[id]").evaluate_all("marks => marks.map(m => m.id.slice(1))")
    assert sorted(numbers) == sorted(marked)
    assert page.locator("mark.outer mark.leaf").count() > 0
    for number in numbers:
        assert page.locator(f"#w{number} a[href='#f{number}']").count() == 1


def test_it_can_be_read(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    pairs = page.evaluate(
        """[...document.querySelectorAll("mark, .tag, .of, small, .state, summary, .unread .words, .flag, a, .lede, pre")].map(e => {
            let b = e, paper = "rgba(0, 0, 0, 0)";
            while (b && (paper === "rgba(0, 0, 0, 0)" || paper.includes("/"))) {
                paper = getComputedStyle(b).backgroundColor;
                b = b.parentElement;
            }
            return [getComputedStyle(e).color, paper, e.className];
        })"""
    )
    assert len(pairs) > 50
    for ink, paper, name in {tuple(pair) for pair in pairs}:
        assert contrast(ink, paper) >= 4.5, (name, ink, paper)


def test_a_kind_can_be_hidden_without_a_script(page: Page) -> None:
    people = page.locator(".finding.k-people")
    assert people.first.is_visible()
    page.get_by_label("who took part").uncheck()
    assert not any(people.nth(i).is_visible() for i in range(people.count()))
    assert page.locator(".finding.k-provision").first.is_visible()


def test_the_keyboard_reaches_the_decision(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    summary = page.locator("summary").first
    summary.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").endswith(",WHO,YYYY-MM-DD,WHY")


def test_what_nobody_read_stands_out(page: Page) -> None:
    unread = page.locator(".row.unread").filter(has_text="The sun shone")
    assert unread.locator(".flag").inner_text() == "not read"
    assert "<script>alert(1)</script>" in unread.inner_text()
    assert "⟦U+202E⟧esrever⟦U+202C⟧" in page.locator("#text").inner_text()
    page.get_by_role("link", name="not read").click()
    assert page.locator(":target").inner_text() == "Not read"


def test_it_prints(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="light")
    assert not page.locator("nav").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".finding").first.is_visible()
