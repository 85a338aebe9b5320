"""The search page: the hits of REST for readers."""

from __future__ import annotations

import re

import httpx
import pytest


def test_the_hits_are_those_of_rest_and_lead_to_their_place(whole: str) -> None:
    page = httpx.get(f"{whole}search?q=model+legislation").text
    rest = httpx.get(f"{whole}api/v1/search?q=model+legislation").json()
    assert f"<h2>{rest['total']} found</h2>" in page
    links = re.findall(r'<p class="hit"><a href="([^"]+)">', page)
    assert len(links) == rest["total"]
    passage = next(link for link in links if link.startswith("documents/"))
    path, _, name = passage.partition("#")
    assert f'id="{name}"' in httpx.get(whole + path).text
    assert "<mark>model</mark>" in page


def test_a_kind_narrows_and_can_be_left_again(whole: str) -> None:
    page = httpx.get(f"{whole}search?q=victim*&type=provisions").text
    assert set(re.findall(r'<p class="kind">(\w+)</p>', page)) == {"provisions"}
    assert '<li><a href="?q=victim%2A">Everything</a></li>' in page


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20"])
def test_without_words_there_is_the_box(whole: str, query: str) -> None:
    page = httpx.get(f"{whole}search{query}")
    assert page.status_code == 200
    assert " found</h2>" not in page.text


def test_words_are_shown_as_words(whole: str) -> None:
    page = httpx.get(f"{whole}search?q=%3Cscript%3Exyzzy").text
    assert "Nothing of this release holds all of these words." in page
    assert "<script" not in page


def test_every_page_has_the_box(whole: str) -> None:
    for path in ("", "meetings", "about", "data/area_mys.html"):
        page = httpx.get(whole + path).text
        (action,) = re.findall(r'<form class="search" action="([^"]+)" role="search">', page)
        assert action.removeprefix("../") == "search"


def test_a_count_of_the_home_page_opens_a_list_of_as_many(whole: str) -> None:
    home = httpx.get(whole).text
    counts = re.findall(r'<li><a href="((?:meetings|provisions)\?[^"]+)"><strong>(\d+)</strong>', home)
    assert len(counts) == 2
    for target, number in counts:
        assert f"<h2>{number} " in httpx.get(whole + target.replace("&amp;", "&")).text
    assert "The process at a glance" in home
