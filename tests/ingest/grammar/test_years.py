"""Days without a year, and where a text gives it; datelines; days of the week."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Document
from ingest.grammar.datelines import dateline
from ingest.grammar.dates import find_dates, find_days

Make = Callable[[str], Document]
NEWS = "Working Group meets in Dhaka\n\n24 March 2019\n\n"


def last(document: Document) -> list[str]:
    """The dates of the last sentence."""
    return [hit.date.edtf for hit in document.passages[-1].dates()]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("on 6 June", "2018-06-06"),
        ("on Friday 6 July", "2018-07-06"),
        ("from 12 to 13 March", "2018-03-12/2018-03-13"),
        ("on the 3rd and 4th of May", "2018-05-03/2018-05-04"),
        ("between 30 May and 1 June", "2018-05-30/2018-06-01"),
        ("on May 3-5", "2018-05-03/2018-05-05"),
        ("on May 30 to June 1", "2018-05-30/2018-06-01"),
    ],
)
def test_days_without_a_year(words: str, edtf: str) -> None:
    (hit,) = find_days(f"It was held {words} in Suva.")
    read = hit.days(2018)
    assert read is not None
    assert read.edtf == edtf


@pytest.mark.parametrize("words", ["on 6 June 2018", "in June", "may 12 states agree", "for 31 May-flies", "on 31 June"])
def test_these_are_no_days_without_a_year(words: str) -> None:
    assert [hit.days(2018) for hit in find_days(f"It was held {words}.") if hit.days(2018)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{NEWS}The meeting was held from 12 to 13 March.", ["2019-03-12/2019-03-13"]),
        ("Dhaka, 24 March 2019 – The workshop was held.\n\nIt ran from 12 to 13 March.", ["2019-03-12/2019-03-13"]),
        ("Bali Process activities in 2013\n\nA workshop was held on 3 May.", ["2013-05-03"]),
        ("Workshop on Visas\n\nIt opened on 3 May.\n\nSuva, 3 May 2013.\n\nIt was on 3 May.", ["2013-05-03"]),
        (f"{NEWS}The next meeting will be held on 5 June.", ["2019-06-05"]),
        ("Annual Report 2016\n\nIn May, the RSO held a workshop.", ["2016-05"]),
        ("Visas\n\nSuva, 30 August 2018 – A workshop was held on 28 and 29 August.", ["2018-08-30", "2018-08-28/2018-08-29"]),
    ],
)
def test_the_year_stands_elsewhere_in_the_text(document: Make, text: str, found: list[str]) -> None:
    assert last(document(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SUVA, Friday 3 February 2017 – Officials met here on Wednesday and Thursday.", ["2017-02-01/2017-02-02", "2017-02-03"]),
        (f"{NEWS}The meeting was held on Friday.", ["2019-03-22"]),
        (f"{NEWS}The meeting was held on Sunday.", ["2019-03-24"]),
        (f"{NEWS}It opened yesterday.", ["2019-03-23"]),
        (f"{NEWS}Today officials met in Dhaka.", ["2019-03-24"]),
        (f"{NEWS}It will meet on Friday.", []),
        (f"{NEWS}The need for it is greater today.", []),
        ("Workshop in Dhaka\n\n22-24 March 2019\n\nThe meeting was held on Friday.", []),
    ],
)
def test_days_of_the_week_are_counted_back_from_the_day_of_the_text(document: Make, text: str, found: list[str]) -> None:
    assert sorted(last(document(text))) == found


@pytest.mark.parametrize(
    "text",
    [
        f"{NEWS}The last meeting was held on 14 November.",  # after the day of the news: of another year
        f"{NEWS}The next meeting will be held on 12 February.",  # before it: of another year
        f"{NEWS}The meeting of 12 March went back to one in 2014.",  # the sentence has a year of its own
        "Workshop on Visas\n\n3 May 2013\nRevised 4 June 2015\n\nIt was held on 2 May.",  # two years
        "Report on the 2016 Declaration\n\nMembers met on 12 March.",  # a year of something else
        "Members met on 12 March.",
    ],
)
def test_no_year_is_guessed(document: Make, text: str) -> None:
    assert last(document(text)) == []


def test_the_words_that_give_the_year_are_quoted(document: Make) -> None:
    made = document(f"{NEWS}The meeting was held from 12 to 13 March.")
    (hit,) = made.passages[-1].dates()
    (beside,) = hit.beside
    assert made.text[beside.anchor.start : beside.anchor.end] == "24 March 2019"


@pytest.mark.parametrize(
    ("sentence", "today"),
    [
        ("Manila, 8 November 2019 – The meeting opened today in Manila.", True),
        ("MANILA, 8 November 2019: The meeting was held last week.", False),
    ],
)
def test_a_dateline(document: Make, sentence: str, today: bool) -> None:
    found = dateline(document(sentence).passages[0])
    assert found is not None
    assert found.today is today
    assert found.place is not None
    assert found.place.place_ref == "place:manila"


def test_a_date_within_a_sentence_is_no_dateline(document: Make) -> None:
    assert dateline(document("It met in Manila, 8 November 2019 – a day to remember.").passages[0]) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Thursday (5/12/2019)", ["2019-12-05"]),
        ("Sunday 5/12/2019", []),  # 12 May 2019, as one country writes it: the words can't be read back
        ("5/12/2019", []),
        ("Monday 5/12/2019", []),
        ("Tue 10 – Thu 12 December 2019", ["2019-12-10/2019-12-12"]),
    ],
)
def test_days_of_the_week(words: str, found: list[str]) -> None:
    assert [hit.date.edtf for hit in find_dates(f"It was held on {words}.")] == found
