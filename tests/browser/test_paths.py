"""Whole paths in a browser: the first visit, the keyboard alone, a very narrow screen, nothing that jumps, paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import releases

from api.site.editor import script

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = ["", "meetings", "states", "commitments", "documents/one", "build?of=meetings", "quality", "ontology/class/Meeting", "api"]
PAGES += [f"data/{releases.MEETING}.html", "data/area_mys.html", "query"]
ARRIVED = """document.addEventListener("readystatechange", () => requestAnimationFrame(() => requestAnimationFrame(now => {
    window.arrived = now;
})), {once: true})"""  # the whole text is there and has been painted: a line that had half arrived before may have grown
SHIFTS = """() => new Promise(done => {
    const found = [];
    new PerformanceObserver(list => found.push(...list.getEntries())).observe({type: "layout-shift", buffered: true});
    const told = one => (one.node || {}).outerHTML || (one.node || {}).textContent || "";
    const since = () => found.filter(entry => entry.startTime >= window.arrived);
    setTimeout(() => done(since().map(entry => [entry.value, entry.sources.map(told)])), 300);
})"""


@pytest.fixture(params=[(1280, True), (390, False)], ids=["wide-scripts", "narrow-plain"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scripts = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def narrow(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    context.add_init_script(ARRIVED)
    yield context.new_page()
    context.close()


def test_the_first_visit(page: Page, server: str) -> None:
    page.goto(server)
    page.get_by_role("link", name="See the query behind this").nth(1).click()
    assert "role_host" in page.locator("textarea#query").input_value()
    page.get_by_role("button", name="Run").click()
    page.get_by_role("cell", name="Malaysia").first.wait_for()
    page.get_by_role("link", name="Query", exact=True).click()
    page.get_by_role("link", name="build a question", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Meetings").click()
    page.get_by_role("link", name="2011", exact=True).click()
    assert page.url == f"{server}build?of=meetings&year=2011"
    assert "Meetings where year is 2011" in page.locator(".sentence").inner_text()
    page.get_by_label("Ordinal", exact=True).check()
    page.get_by_role("button", name="Ask").click()
    permalink = page.url
    assert "fields=ordinal" in permalink
    page.goto("about:blank")
    page.goto(permalink)
    assert page.get_by_role("columnheader", name="Ordinal").is_visible()
    page.get_by_role("rowheader").get_by_role("link", name="Workshop on Returns").click()
    page.get_by_role("row").filter(has_text="date as written").get_by_role("link", name="one, ¶ 1").first.click()
    words = page.locator(".row:has(:target) .words").inner_text().replace("\n", " ")
    assert "The workshop was held in Harbour Town on 12-13 March 2011." in words


ACTIVE = """() => {
    const here = document.activeElement;
    return [(here.labels?.[0] ?? here).textContent.trim(), getComputedStyle(here).outlineStyle];
}"""


def follow(page: Page, name: str) -> None:
    """Go by the tabulator to what has this name, which must show that it is there, and use it."""
    for _ in range(160):
        page.keyboard.press("Tab")
        text, outline = page.evaluate(ACTIVE)
        if text == name:
            assert outline in {"solid", "auto"}, name
            if page.evaluate("document.activeElement.type === 'checkbox'"):
                page.keyboard.press("Space")
            else:
                with page.expect_navigation():
                    page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach {name!r} on {page.url}")


def test_the_keyboard_alone(page: Page, server: str) -> None:
    page.goto(server)
    for name in ("Query", "Build a question"):
        follow(page, name)
    follow(page, "Meetings 1")
    follow(page, "2011")
    follow(page, "Ordinal")
    follow(page, "Ask")
    assert "fields=ordinal" in page.url
    follow(page, "Workshop on Returns")
    follow(page, "one, ¶ 1")
    assert "/documents/one#evidence_" in page.url


@pytest.mark.parametrize("path", PAGES)
def test_a_very_narrow_screen_and_nothing_that_jumps(narrow: Page, server: str, path: str) -> None:
    narrow.goto(server + path)
    assert narrow.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if path != "query" or script() is None:  # the editor takes the place of the text area
        narrow.wait_for_function("window.arrived")
        assert narrow.evaluate(SHIFTS) == []
        narrow.evaluate("requestAnimationFrame(() => document.body.prepend('something late'))")
        assert narrow.evaluate(SHIFTS) != []  # which would have been seen


def test_a_brief_prints(narrow: Page, server: str) -> None:
    narrow.emulate_media(media="print")
    narrow.goto(f"{server}data/area_mys.html")
    assert narrow.locator(".brief dd").first.is_visible()
    assert narrow.locator(".brief .notes li").first.is_visible()
    assert not narrow.locator("header.site nav").first.is_visible()
    assert not narrow.locator("header.site .search").is_visible()
    assert narrow.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert narrow.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    narrow.emulate_media(media="screen")
