"""The pages of collections: the same filters and numbers as REST, drawings of what was found, and clear words where nothing is."""

from __future__ import annotations

import html
import re

import httpx
import pytest

from api.rest.collections import collections
from api.site.pages import PAGES


def total(page: str) -> int:
    found = re.search(r"<h2>([\d,]+) ", page)
    assert found is not None
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_counts_what_rest_counts(whole: str, name: str) -> None:
    page = httpx.get(f"{whole}{name}")
    rest = httpx.get(f"{whole}api/v1/{name}").json()
    assert page.status_code == 200
    assert total(page.text) == rest["total"]
    assert html.escape(PAGES[name].lede, quote=False) in page.text.replace("&#39;", "'")
    assert "style=" not in page.text
    assert len(page.content) < 100_000


@pytest.mark.parametrize("name", PAGES)
def test_every_value_of_a_filter_leads_to_as_many_as_it_says(whole: str, name: str) -> None:
    page = httpx.get(f"{whole}{name}").text
    links = re.findall(r'<li><a href="(\?[^"]+)">[^<]*</a> <span class="many">([\d,]+)</span>', page)
    for href, number in links[:: max(1, len(links) // 6)]:
        narrowed = httpx.get(f"{whole}{name}{html.unescape(href)}").text
        assert total(narrowed) == int(number.replace(",", "")), href
        assert 'aria-current="true"' in narrowed
        assert "Take all filters away" in narrowed


def test_the_filters_of_a_page_are_parameters_of_rest() -> None:
    for name, page in PAGES.items():
        collection = collections()[name]
        parameters = {entry.parameter.name for entry in collection.filters}
        assert {parameter for _, parameter in page.filters} <= parameters, name
        assert {field for field, _ in page.filters} <= {entry.name for entry in collection.facets}, name
        assert {*page.heads, *(field for _, many in page.columns for field in many)} <= set(collection.by_name), name


def test_the_drawing_is_of_what_was_found(whole: str) -> None:
    page = httpx.get(f"{whole}meetings?year=2003").text
    drawn = re.search(r'<figure class="drawing".*?</figure>', page, re.DOTALL)
    assert drawn is not None
    assert total(page) == len(re.findall(r"<tr><th scope=row>", drawn[0])) == 6
    assert ">2003<" in drawn[0]
    assert ">2004<" not in drawn[0]


def test_the_matrix_tells_not_recorded_from_in_no_list(whole: str) -> None:
    page = httpx.get(f"{whole}states?q=Bhutan").text
    table = page.partition("Who did what, year by year, as a table")[2]
    row = dict(
        zip(
            re.findall(r'<th scope="col">([^<]+)', table),
            re.findall(r"<t[hd][^>]*>(?:<a[^>]*>)?([^<]+)", table.partition("<tbody>")[2]),
            strict=False,
        )
    )
    assert row["2012"] == "in no list"
    assert row["2004"] == "not recorded"
    assert "2010" not in row


def test_where_nothing_fits_the_page_says_so(server: str) -> None:
    page = httpx.get(f"{server}meetings?q=%3Cscript%3Enothing")
    assert page.status_code == 200
    assert "Nothing of this release fits." in page.text
    assert "<script" not in page.text
    assert 'value="&lt;script&gt;nothing"' in page.text


@pytest.mark.parametrize(("query", "status"), [("year=never", 422), ("nothing=1", 422), ("year=", 200), ("q=", 200), ("cursor=x", 422)])
def test_a_wrong_parameter_is_named(server: str, query: str, status: int) -> None:
    answer = httpx.get(f"{server}meetings?{query}", headers={"accept": "text/html"})
    assert answer.status_code == status
    if status == 422:
        assert query.partition("=")[0] in answer.text


def test_the_same_list_is_there_for_programs(server: str) -> None:
    page = httpx.get(f"{server}meetings?year=2011").text
    forms = re.findall(r'<a href="(api/v1/meetings[^"]*)">', page)
    assert forms == [f"api/v1/meetings{suffix}?year=2011" for suffix in (".json", ".csv", ".xlsx", ".ttl")]
    assert all(httpx.get(server + form).status_code == 200 for form in forms)


def test_a_long_list_goes_on(whole: str) -> None:
    first = httpx.get(f"{whole}states").text
    onward = re.search(r'<a rel="next" href="([^"]+)"', first)
    assert onward is not None
    second = httpx.get(f"{whole}states{html.unescape(onward[1])}").text
    names = [set(re.findall(r'<th scope="row"><a href="(data/area_\w+)', page)) for page in (first, second)]
    assert len(names[0]) == 50
    assert names[1]
    assert not names[0] & names[1]
    assert '<figure class="drawing"' not in second


def test_a_column_in_which_nothing_stands_is_left_out(whole: str) -> None:
    heads = [
        re.findall(r'<th scope="col">([^<]+)</th>', httpx.get(f"{whole}{path}").text.rpartition("<thead>")[2])
        for path in ("bodies", "meetings")
    ]
    assert "Set up" in heads[0]
    assert "Succeeded by" not in heads[0]
    assert "Host" in heads[1]
    assert httpx.get(f"{whole}api/v1/bodies?with=succeededBy").json()["total"] == 0


def test_commitments_are_drawn_by_theme_year_and_area_of_the_strategy(whole: str) -> None:
    page = httpx.get(f"{whole}commitments").text
    figures = dict(re.findall(r'<figure class="drawing".*?<figcaption>(.*?)</figcaption>(.*?)</figure>', page, re.DOTALL))
    assert list(figures) == [
        "By theme and strength of wording",
        "By year and strength of wording",
        "The strategy by area, edition by edition",
    ]
    rest = httpx.get(f"{whole}api/v1/commitments?facets=strategyArea,strength&limit=1").json()
    for title, facet in (("The strategy by area, edition by edition", "strategyArea"),):
        told = dict(re.findall(r"<tr><th scope=row><a[^>]*>([^<]+)</a></th><td class=\"number\">(\d+)</td></tr>", figures[title]))
        assert {name: int(number) for name, number in told.items()} == {entry["name"]: entry["count"] for entry in rest["facets"][facet]}
    assert re.search(r"<th scope=row><a[^>]*>2018</a></th>", figures["By year and strength of wording"])
