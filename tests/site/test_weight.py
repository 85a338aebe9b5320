"""What pages weigh: none is more than 100,000 bytes without the editor, whatever its type, and what is left out of one leads on."""

from __future__ import annotations

import html
import re

import httpx
import pytest

from api.navigation import sections
from api.site.pages import PAGES

MOST = 100_000
"""Bytes of a page as it is sent, its style apart."""

STYLE = 40_000
"""Bytes of all style sheets together."""

HTML = {"accept": "text/html"}


def pages(whole: str) -> list[str]:
    """All readers, all pages of the navigation, and of each type of thing those with the most to tell."""
    fixed = ["", "about", "search?q=trafficking", "build?of=meetings", "ontology/class/Meeting", "shapes", "prefixes", *PAGES]
    fixed += [path for section in sections() for path, _ in section.pages]
    things = re.findall(r"/(data/[\w-]+\.html)</loc>", httpx.get(f"{whole}sitemap.xml").text)
    of_type = {thing.partition("_")[0]: thing for thing in things}
    big = [thing for thing in things if thing.startswith(("data/meeting_2012", "data/meeting_2018", "data/doc_", "data/process_"))]
    readers = re.findall(r'<a href="(documents/[\w-]+)"', httpx.get(f"{whole}documents").text)
    assert len(readers) == 5
    return sorted({*fixed, *big, *of_type.values(), *readers, "data/process_bali-process.html"})


def test_no_page_is_heavy(whole: str) -> None:
    found = pages(whole)
    assert len(found) > 45
    weights = {path: len(httpx.get(whole + path, headers=HTML, timeout=60).content) for path in found}
    assert {path: weight for path, weight in weights.items() if weight >= MOST} == {}


def test_no_style_is_heavy(server: str) -> None:
    sheets = {
        sheet for path in ("", "documents/one") for sheet in re.findall(r'href="[^"]*(static/\w+\.css)', httpx.get(server + path).text)
    }
    assert len(sheets) == 3
    assert sum(len(httpx.get(server + sheet).content) for sheet in sheets) < STYLE


def test_a_list_that_is_cut_goes_on_to_its_end(whole: str) -> None:
    path, found = "data/process_bali-process.html", set[str]()
    first = httpx.get(whole + path).text
    told = re.search(r"Members and observers <span class=\"count\">(\d+)</span>", first)
    assert told is not None
    onward: str | None = ""
    while onward is not None:
        page = httpx.get(f"{whole}{path}{html.unescape(onward)}").text
        part = page.partition("<h2>Members and observers ")[2].partition("</section>")[0]
        found |= set(re.findall(r'<th scope="row"><a href="(membership_[\w-]+\.html)"', part))
        link = re.search(r'<a rel="next" href="([^"]+)"', page)
        onward = link[1] if link else None
    assert len(found) == int(told[1])


@pytest.mark.parametrize("thing", ["meeting_2012-05-28_bali_workshop"])
def test_what_is_told_once_is_told(whole: str, thing: str) -> None:
    """Shortcuts lead to the row that has their sentence, and the sentences of the page are all those of the sheet."""
    page = httpx.get(f"{whole}data/{thing}.html").text
    rows = set(re.findall(r'<tr id="(participation_\w+)">', page))
    leads = re.findall(r'<a href="#(participation_\w+)">', page)
    assert len(leads) > 25
    assert set(leads) <= rows
    quotes = {
        html.unescape(re.sub(r"<[^>]+>", "", quote))
        for quote in re.findall(r'<q class="said">(.*?)</q>', page, re.DOTALL)
        if "… <mark>" not in quote
    }
    assert any("Eighty officials and experts attended" in quote for quote in quotes)
