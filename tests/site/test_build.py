"""Build a question: what is chosen, what the sentence says, what the query and REST answer are the same."""

from __future__ import annotations

import html
import re

import httpx
import pytest

from api.rest.collections import collections


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def query_of(page: str) -> str:
    found = re.search(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def rows(address: str, query: str) -> list[dict[str, dict[str, str]]]:
    answer = httpx.post(f"{address}sparql", data={"query": query}, headers={"accept": "application/sparql-results+json"}, timeout=60)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, dict[str, str]]] = answer.json()["results"]["bindings"]
    return found


@pytest.mark.parametrize("name", collections())
def test_the_query_gives_the_items_of_rest_in_their_order(whole: str, name: str) -> None:
    page = httpx.get(f"{whole}build?of={name}", timeout=60).text
    rest = httpx.get(f"{whole}api/v1/{name}?limit=500").json()
    assert f"<h2>{rest['total']} found</h2>" in page
    query = query_of(page)
    found = [next(iter(row.values()))["value"] for row in rows(whole, query)]
    assert sorted(found) == sorted(item["id"] for item in rest["items"])
    if name in {"meetings", "commitments", "provisions"}:  # an order by what a machine compares, not by letters
        assert found == [item["id"] for item in rest["items"]]
    assert len(page.encode()) < 100_000


def test_a_question_is_a_sentence_a_query_an_address_and_an_answer(whole: str) -> None:
    page = httpx.get(f"{whole}build?of=meetings&host=area:idn&year=2004&fields=label&fields=theme&sort=-date").text
    assert "Meetings where year is 2004 and host is Indonesia, in the order of date, the last first." in words(page)
    assert "<code>/api/v1/meetings?host=area:idn&amp;year=2004&amp;sort=-date&amp;fields=label,theme</code>" in page
    (row,) = rows(whole, query_of(page))
    assert row["meeting"]["value"].endswith("/meeting_2004-12_bali_workshop")
    (item,) = httpx.get(f"{whole}api/v1/meetings?host=area:idn&year=2004&fields=label,theme").json()["items"]
    assert row["label"]["value"] == item["label"]
    assert set(row["theme"]["value"].split("; ")) == {theme["prefLabel"] for theme in item["theme"]}
    table = page.partition('id="answer"')[2]
    assert re.findall(r'<th scope="col">([^<]+)', table) == ["Name", "Theme"]


def test_each_value_leads_to_as_many_as_it_says(whole: str) -> None:
    page = httpx.get(f"{whole}build?of=meetings&year=2003").text
    links = re.findall(r'<li><a href="(\?[^"]+)">[^<]*</a> <span class="many">([\d,]+)</span>', page)
    assert {"country", "participant", "body", "kind"} <= {re.sub(r".*&amp;(\w+)=.*", r"\1", href) for href, _ in links}
    for href, number in links[::4]:
        narrowed = httpx.get(f"{whole}build{html.unescape(href)}").text
        assert f"<h2>{number} found</h2>" in narrowed, href
        assert "take away" in narrowed


def test_all_values_of_a_filter_and_a_choice_that_leaves_nothing(whole: str) -> None:
    few = httpx.get(f"{whole}build?of=meetings").text
    more = re.search(r'href="(\?of=meetings&amp;choose=country)">All (\d+)<', few)
    assert more is not None
    page = httpx.get(f"{whole}build{html.unescape(more[1])}").text
    assert re.findall(r"<section>\s*<h3>(\w+)", page) == ["Country"]
    assert len(re.findall(r'<li><a href="[^"]+">[^<]*</a> <span class="many">', page)) == int(more[2])
    nothing = httpx.get(f"{whole}build?of=meetings&year=2004&country=mys").text
    assert "Meetings where year is 2004 and country is Malaysia" in words(nothing)
    assert "Nothing of this release fits." in nothing


def test_what_is_typed_stays_text(whole: str) -> None:
    typed = '"?x <http://x> \\ } #'
    page = httpx.get(f"{whole}build", params={"of": "meetings", "q": typed}).text
    assert rows(whole, query_of(page)) == []
    assert "<http://x>" not in page
    assert f"the words “{typed}” stand in it" in html.unescape(re.sub(r"</?strong>", "", page))


@pytest.mark.parametrize(
    ("query", "status"),
    [("of=nothing", 404), ("of=meetings&year=never", 422), ("of=a&of=b", 422), ("year=2004", 422), ("of=meetings&from=", 200)],
)
def test_what_cannot_be_asked_is_named(server: str, query: str, status: int) -> None:
    assert httpx.get(f"{server}build?{query}", headers={"accept": "text/html"}).status_code == status


def test_the_page_of_a_collection_leads_here_with_its_filters(whole: str) -> None:
    page = httpx.get(f"{whole}meetings?year=2004&country=aus").text
    found = re.search(r'href="(build\?[^"]+)"', page)
    assert found is not None
    assert "where year is 2004 and country is Australia" in words(httpx.get(whole + html.unescape(found[1])).text)
