"""Values are read back out of words, and out of no others."""

from __future__ import annotations

import datetime as dt

import pytest

from baligraph.support.readback import bare, loosely_in, numbers, runs_in, stands_in, why_not_date


@pytest.mark.parametrize(
    ("said", "start", "end", "precision"),
    [
        ("February 2002", "2002-02-01", "2002-02-28", "month"),
        ("12-13 January 2012", "2012-01-12", "2012-01-13", "range"),
        ("**28 – 30 MAY 2012**", "2012-05-28", "2012-05-30", "range"),
        ("from 28 to 30 May 2012", "2012-05-28", "2012-05-30", "range"),
        ("7 August 2018", "2018-08-07", "2018-08-07", "day"),
        ("August 7th, 2018", "2018-08-07", "2018-08-07", "day"),
        ("31ST MAY TO 1ST JUNE 2018", "2018-05-31", "2018-06-01", "range"),
        ("the ninth and tenth of February 2023", "2023-02-09", "2023-02-10", "range"),
        ("the twenty-first of May 2012", "2012-05-21", "2012-05-21", "day"),
        ("31 May - 2 June 2003", "2003-05-31", "2003-06-02", "range"),
        ("30 December 2010 to 2 January 2011", "2010-12-30", "2011-01-02", "range"),
        ("9, 10 and 11 March 2011", "2011-03-09", "2011-03-11", "range"),
        ("2016-03-23", "2016-03-23", "2016-03-23", "day"),
        ("23/03/2016", "2016-03-23", "2016-03-23", "day"),
        ("in 2016", "2016-01-01", "2016-12-31", "year"),
        ("Feb 2003", "2003-02-01", "2003-02-28", "month"),
        ("July and August 2009", "2009-07-01", "2009-08-31", "month"),
    ],
)
def test_a_date_is_read_back(said: str, start: str, end: str, precision: str) -> None:
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    assert why_not_date(said, first, last, precision) == ""
    assert why_not_date(said, first.replace(year=first.year + 1), last.replace(year=last.year + 1), precision)
    assert why_not_date(said, first, last, "month" if precision != "month" else "day")


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("Wednesday", "2017-02-01", "2017-02-01"),
        ("Wednesday and Thursday", "2017-02-01", "2017-02-02"),
        ("Friday", "2017-02-03", "2017-02-03"),
        ("today", "2017-02-03", "2017-02-03"),
        ("yesterday", "2017-02-02", "2017-02-02"),
        ("today and yesterday", "2017-02-02", "2017-02-03"),
    ],
)
def test_a_day_of_the_week_is_counted_back_from_the_day_of_the_text(said: str, start: str, end: str) -> None:
    first, last, passage = dt.date.fromisoformat(start), dt.date.fromisoformat(end), f"SUVA, 3 February 2017 – They met {said}."
    precision = "day" if first == last else "range"
    assert why_not_date(said, first, last, precision, passage) == ""
    assert why_not_date(said, first, last, precision, "They met there.")
    for days in (-7, -1, 1, 7):
        shift = dt.timedelta(days=days)
        assert why_not_date(said, first + shift, last + shift, precision, passage)


def test_a_day_of_the_week_is_the_first_or_last_of_as_many_as_the_passage_says() -> None:
    first, last, news = dt.date(2017, 2, 1), dt.date(2017, 2, 2), "SUVA, 3 February 2017 – The RSO wrapped up a {}-day forum on Thursday."
    assert why_not_date("Thursday", first, last, "range", news.format("two")) == ""
    assert why_not_date("Wednesday", first, last, "range", news.format("two")) == ""
    assert why_not_date("Friday", first, last, "range", news.format("two"))
    assert why_not_date("Thursday", first, last, "range", news.format("three"))
    assert why_not_date("Thursday", last, last + dt.timedelta(days=7), "range", news.format("two"))


def test_a_year_may_stand_in_the_passage() -> None:
    first, last = dt.date(2012, 1, 12), dt.date(2012, 1, 13)
    assert why_not_date("12-13 January", first, last, "range", "Workshop of 2012, 12-13 January") == ""
    assert why_not_date("12-13 January", first, last, "range", "Workshop, 12-13 January")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Eighty officials", {80}),
        ("twenty-five countries", {20, 5, 25}),
        ("over two hundred people", {2, 100, 200}),
        ("1,200 migrants", {1200}),
        ("the 4<sup>th</sup> Conference", {4}),
        ("the Fourth Conference", {4}),
        ("Bali III", {3}),
        ("AHEG II", {2}),
        ("Meeting XIV", {14}),
        ("a third in a series", {3}),
        ("nobody", set()),
    ],
)
def test_numbers_are_read_back(text: str, held: set[int]) -> None:
    assert numbers(text) == held


def test_text_is_compared_without_markup_and_line_breaks() -> None:
    assert bare("a *model*\n <b>law</b>") == "a model law"
    assert runs_in("multi-jurisdictional aspects", "often with multi-\njurisdictional aspects;")
    assert runs_in("Co-Chairs’ Statement", "the **Co-Chairs' Statement** of")
    assert runs_in("Ad Hoc Group", "Ministers welcomed the Ad Hoc Group’s report")
    assert not runs_in("countries must ensure", "countries must not ensure")
    assert runs_in("UN", "a UN-led forum") and runs_in("multilateral", "multi-\nlateral")
    assert runs_in("June 2003 In the chair", "June 2003<br>In the chair") and runs_in("4th", "4<sup>th</sup>")
    assert not runs_in("", "anything")


def test_whole_words_and_acronyms() -> None:
    assert stands_in("Iran", "Pakistan, Iran and Turkey")
    assert not stands_in("Oman", "a woman")
    assert stands_in("US", "the US Immigration service") and not stands_in("US", "let us go")
    assert loosely_in("Ad Hoc Group", "the groups met, ad-hoc, and adhoc; Ad Hoc") and not loosely_in("Ad Hoc Group", "the group")
