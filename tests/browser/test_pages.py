"""A browser goes from the home page to a sentence: light and dark, wide and narrow, with nothing from elsewhere and no script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import releases
from seen import contrast

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = [
    "",
    "query",
    "build",
    "build?of=meetings&year=2011",
    "about",
    "documents",
    "documents/one",
    "meetings",
    "states",
    "commitments",
    "search?q=returns",
    "queries",
    "quality",
    "ontology",
    "ontology/class/Meeting",
    f"data/{releases.MEETING}.html",
    "data/doc_one.html",
    "data/area_mys.html",
    "graph/doc/one.html",
    "data/no",
]


@pytest.fixture(params=[(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")], ids=lambda p: f"{p[0]}-{p[1]}")
def page(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=False, java_script_enabled=False
    )
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("console", lambda message: trouble.append(message.text) if message.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("request", lambda asked: None if asked.url.startswith(server) else trouble.append(f"left the house: {asked.url}"))
    yield opened
    context.close()
    assert [text for text in trouble if "404" not in text] == []


def test_from_the_home_page_to_a_sentence(page: Page, server: str) -> None:
    page.goto(server)
    page.get_by_role("link", name="meetings reported").click()
    page.get_by_role("rowheader").get_by_role("link", name="Workshop on Returns").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Workshop on Returns"
    sentence = page.get_by_role("row").filter(has_text="date as written").locator("q.said").first
    assert sentence.is_visible()
    assert sentence.locator("mark").inner_text() == "12-13 March 2011"
    page.get_by_role("row").filter(has_text="date as written").get_by_role("link", name="one, ¶ 1").first.click()
    assert "The workshop was held in Harbour Town on 12-13 March 2011." in page.locator(".row:has(:target) .words").inner_text().replace(
        "\n", " "
    )
    page.locator(".pilcrow:target").click()
    assert page.locator(".passage mark").inner_text() == "The workshop was held in Harbour Town on 12-13 March 2011."


def test_a_starter_question_opens_its_query_and_its_answer(page: Page, server: str) -> None:
    page.goto(server)
    page.get_by_role("link", name="See the query behind this").nth(1).click()
    assert "role_host" in page.get_by_label("Query", exact=True).input_value().replace("c:role_host", "role_host")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("cell", name="Malaysia").first.wait_for()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_and_all_can_be_read(page: Page, server: str, path: str) -> None:
    page.goto(server + path)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    ink, paper = page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
    assert contrast(ink, paper) > 7
    faint = page.evaluate(
        "[...document.querySelectorAll('main a:not([aria-current]), main small, .source, .where, .lede, .tag, .kind, footer p')]"
        ".map(e => getComputedStyle(e).color)"
    )
    for colour in set(faint):
        assert contrast(colour, paper) >= 4.5, colour


@pytest.mark.parametrize("path", PAGES[:3])
def test_the_keyboard_reaches_everything_and_focus_shows(page: Page, server: str, path: str) -> None:
    page.goto(server + path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
