"""The reader in a browser: words and facts lead to each other, kinds can be hidden, and it can be read in every form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from seen import contrast

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=lambda p: f"{p[0]}-{p[1]}")
def page(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=True)
    opened = context.new_page()
    opened.goto(f"{server}documents/one")
    yield opened
    context.close()


def test_words_lead_to_their_fact_and_back(page: Page) -> None:
    page.locator("mark:not(.outer) a").filter(has_text="12-13 March 2011").click()
    fact = page.locator("li:target")
    assert "12-13 March 2011" in fact.inner_text()
    fact.locator("a.to").click()
    assert page.locator("mark:target").inner_text() == "12-13 March 2011"


def test_a_kind_can_be_hidden_without_a_script(page: Page) -> None:
    dates = page.locator(".found .k-date")
    assert dates.first.is_visible()
    page.get_by_label("date").uncheck()
    assert not any(dates.nth(place).is_visible() for place in range(dates.count()))
    assert page.locator(".found .k-people").first.is_visible()


def test_it_can_be_read(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    pairs = page.evaluate(
        """[...document.querySelectorAll("#text mark:not(.outer), .tag, .found i, .found a, .flag, .about dt, .lede")].map(e => {
            let b = e, paper = "rgba(0, 0, 0, 0)";
            while (b && (paper === "rgba(0, 0, 0, 0)" || paper.includes("/"))) {
                paper = getComputedStyle(b).backgroundColor;
                b = b.parentElement;
            }
            return [getComputedStyle(e).color, paper];
        })"""
    )
    assert len(pairs) > 20
    for ink, paper in {tuple(pair) for pair in pairs}:
        assert contrast(ink, paper) >= 4.5, (ink, paper)


def test_it_prints_text_and_facts(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="light")
    assert not page.locator(".legend").is_visible()
    assert page.locator(".found li").first.is_visible()
