"""The editor in a browser: names are completed, prefixes filled in, errors shown at their line, rows streamed and drawn."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from api.site.editor import script

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUERY = "SELECT ?year (COUNT(?m) AS ?n) { ?m bp:year ?year } GROUP BY ?year"


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=lambda p: f"{p[0]}-{p[1]}")
def page(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    if script() is None:
        message = "NOT TESTED: the editor of the query page (it was not built: make editor, which needs Node)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("request", lambda asked: None if asked.url.startswith(server) else trouble.append(f"left the house: {asked.url}"))
    opened.on(
        "console",
        lambda said: trouble.append(said.text) if "Content Security Policy" in said.text and "inline style" not in said.text else None,
    )
    opened.goto(f"{server}query?query=%20")
    opened.locator(".cm-content").click()
    yield opened
    context.close()
    assert trouble == []


def typed(page: Page) -> str:
    return page.locator(".cm-content").inner_text()


def test_a_name_is_completed_by_its_label_and_its_prefix_declared(page: Page) -> None:
    page.keyboard.type("SELECT * WHERE ?x a Ministerial conf")
    page.get_by_role("option").filter(has_text="bp:MinisterialConference").first.wait_for()
    page.wait_for_timeout(200)  # an Enter that comes sooner is meant for the text, the editor holds
    page.keyboard.press("Enter")
    assert typed(page).splitlines()[0] == "PREFIX bp: <https://w3id.org/baligraph/ontology#>"
    assert typed(page).rstrip().endswith("?x a bp:MinisterialConference")


def test_rows_are_counted_and_a_thing_leads_to_its_page(page: Page) -> None:
    page.keyboard.insert_text("SELECT ?m { ?m a bp:Workshop }")
    page.keyboard.press("Control+Enter")
    page.get_by_role("status").filter(has_text=re.compile(r"^\d+ rows? in ")).wait_for()
    assert "PREFIX bp:" in typed(page)
    assert re.search(r"query\?query=PREFIX", page.url)
    page.locator("#answer td a").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Workshop on Returns"


def test_prefixes_are_filled_in_before_any_name_has_come(page: Page) -> None:
    page.route("**/query/names.json", lambda _: None)  # never answered
    page.reload()
    page.locator(".cm-content").click()
    page.keyboard.insert_text("SELECT ?m { ?m a bp:Workshop }")
    page.keyboard.press("Control+Enter")
    page.get_by_role("status").filter(has_text=re.compile(r"^\d+ rows? in ")).wait_for()
    assert typed(page).startswith("PREFIX bp:")


def test_an_error_is_shown_at_its_line(page: Page) -> None:
    page.keyboard.insert_text("SELECT *\n{ ?s ?p }")
    page.keyboard.press("Control+Enter")
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "Line 2" in alert.inner_text()
    page.locator(".cm-line").nth(1).locator(".cm-lintRange-error, .cm-lintPoint-error").first.wait_for(state="attached")


def test_an_answer_is_drawn_and_downloaded_and_asked_from_a_program(page: Page) -> None:
    page.keyboard.insert_text(QUERY)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Draw it").click()
    page.locator(".views a").filter(has_text="Bar").click()
    page.locator("#view svg rect").first.wait_for()
    assert page.locator("#recipes").count() == 1
    address = page.locator("#answer .forms a").filter(has_text="CSV").get_attribute("href")
    assert address is not None
    assert page.request.get(f"{page.url.partition('query?')[0]}{address.removeprefix('./')}").text().startswith("year,n")


def test_the_permalink_opens_the_same_query(page: Page) -> None:
    page.keyboard.insert_text(QUERY)
    page.keyboard.press("Control+Enter")
    page.get_by_role("status").filter(has_text="in ").wait_for()
    page.reload()
    page.locator(".cm-content").wait_for()
    assert QUERY in typed(page)


def test_the_keyboard_leaves_the_editor(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "format"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
