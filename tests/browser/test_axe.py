"""Accessibility of every type of page, by axe-core, in both themes, wide and narrow; and the contrast of what drawings write."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import releases
from seen import contrast

import api.pages
from baligraph.release import Release

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(api.pages.__file__).parent / "editor" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUERY = "SELECT%20?x%20?n%20{%20BIND(%22a%22%20AS%20?x)%20BIND(3%20AS%20?n)%20}"
PAGES = [
    "",
    "meetings",
    "states",
    "bodies",
    "organisations",
    "people",
    "themes",
    "commitments",
    "provisions",
    "instruments",
    "documents",
    "documents/one",
    "query",
    "build",
    "build?of=meetings&year=2011",
    f"sparql?format=html&view=bar&query={QUERY}",
    "queries",
    "queries/meetings-per-year",
    "search?q=returns",
    "quality",
    "ontology",
    "ontology/class/Meeting",
    "limits",
    "about",
    f"data/{releases.MEETING}.html",
    "data/area_mys.html",
    "data/provision_one_2.html",
    "data/evidence_000000000001.html",
    "graph/doc/one.html",
    "data/no",
]


@pytest.fixture(scope="module", params=[(1280, "light"), (390, "dark")], ids=lambda p: f"{p[0]}-{p[1]}")
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page: Page, server: str, path: str) -> None:
    if not AXE.is_file():
        message = "NOT TESTED: accessibility by axe-core (make editor brings it, and needs Node)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    page.goto(server + path)
    page.evaluate("document.querySelectorAll('main details').forEach(entry => { entry.open = true; })")
    page.add_script_tag(path=AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES)
    told = [(entry["id"], entry["help"], [node["html"][:120] for node in entry["nodes"][:3]]) for entry in found["violations"]]
    assert told == []
    assert len(found["passes"]) > 10


@pytest.fixture(scope="module")
def bundled(release: Release, serve: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    """The address of a server over the bundled release: the small one has too little for some drawings."""
    with serve(release.path) as address:
        yield address


@pytest.mark.parametrize("path", ["", "meetings", "states", "commitments", "themes", f"sparql?format=html&view=bar&query={QUERY}"])
def test_what_a_drawing_writes_can_be_read(page: Page, bundled: str, path: str) -> None:
    page.goto(bundled + path)
    pairs = page.evaluate(
        """[...document.querySelectorAll(".drawing svg text")].map(text => {
            const box = text.getBoundingClientRect(), [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
            const paper = getComputedStyle(document.body).backgroundColor;
            const below = [...text.parentNode.querySelectorAll("rect")].find(rect => {
                const r = rect.getBoundingClientRect();
                return r.left <= x && x <= r.right && r.top <= y && y <= r.bottom;
            });
            return [getComputedStyle(text).fill, below ? getComputedStyle(below).fill : paper, text.textContent];
        })"""
    )
    assert pairs
    for ink, paper, words in pairs:
        assert contrast(ink, paper) >= 4.5, (words, ink, paper)


@pytest.mark.parametrize("path", ["meetings", "states", "commitments", "themes"])
def test_marks_stand_out_from_the_paper(page: Page, bundled: str, path: str) -> None:
    page.goto(bundled + path)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    marks = ".drawing [class^=c]:not(.open):not(text), .swatch [class^=c]:not(.open)"
    fills = page.evaluate("marks => [...document.querySelectorAll(marks)].map(mark => getComputedStyle(mark).fill)", marks)
    assert fills
    for fill in set(fills):
        assert contrast(fill, paper) >= 3, fill
