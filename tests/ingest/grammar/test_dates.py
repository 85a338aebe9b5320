from collections.abc import Callable
from itertools import pairwise

import pytest

from ingest.document import Passage, ReadingContext
from ingest.grammar.conferences import numbered_meetings, series_named
from ingest.grammar.dates import find_dates, find_days
from ingest.grammar.kinds import ordinal


@pytest.mark.parametrize(
    ("text", "edtf", "precision"),
    [
        ("held from 12-13 January 2012 in", "2012-01-12/2012-01-13", "range"),
        ("BALI, 28 – 30 MAY 2012", "2012-05-28/2012-05-30", "range"),
        ("from 28 to 30 May 2012", "2012-05-28/2012-05-30", "range"),
        ("between 27 and 29 July 2009", "2009-07-27/2009-07-29", "range"),
        ("30 May 2011 To 01 June 2011", "2011-05-30/2011-06-01", "range"),
        ("30 May and 1 June 2011", "2011-05-30/2011-06-01", "range"),
        ("30 December - 2 January 2012", "2011-12-30/2012-01-02", "range"),
        ("March 30 – April 2, 2013", "2013-03-30/2013-04-02", "range"),
        ("May 28-30, 2012", "2012-05-28/2012-05-30", "range"),
        ("the 2nd of April 2013", "2013-04-02", "day"),
        ("March 30, 2011.", "2011-03-30", "day"),
        ("on the tenth of February 2023", "2023-02-10", "day"),
        ("the twenty-first day of May 2012", "2012-05-21", "day"),
        ("the ninth and tenth of February 2023", "2023-02-09/2023-02-10", "range"),
        ("on 07 August 2018", "2018-08-07", "day"),
        ("5-6 June 2003In the chair", "2003-06-05/2003-06-06", "range"),
        ("February 2002:", "2002-02", "month"),
        ("Sept. 2005", "2005-09", "month"),
        ("2012-05-28", "2012-05-28", "day"),
        ("from 2012-05-28 to 2012-05-30", "2012-05-28/2012-05-30", "range"),
        ("2012-05-28/30", "2012-05-28/2012-05-30", "range"),
        ("06/05/2014 – 28/05/2014", "2014-05-06/2014-05-28", "range"),  # the last tells that the day stands first
        ("28-May-2014", "2014-05-28", "day"),
        ("in the week of 5 May 2014", "2014-05", "month"),
        ("the week ending Friday, 9 May 2014", "2014-05", "month"),
        ("in the week of 5 to 9 May 2014", "2014-05-05/2014-05-09", "range"),
        ("in April and May 2015", "2015-04/2015-05", "month"),
        ("December 2014 – January 2015", "2014-12/2015-01", "month"),
        ("early March 2014", "2014-03", "month"),
    ],
)
def test_a_date_is_read_with_its_bounds(text: str, edtf: str, precision: str) -> None:
    (hit,) = find_dates(text)
    assert (hit.date.edtf, hit.date.precision) == (edtf, precision)
    assert text[hit.start : hit.end] == hit.date.written
    assert hit.date.start <= hit.date.end


@pytest.mark.parametrize(
    "text",
    [
        *("31 June 2011", "30 – 28 May 2012", "the declarations of 2016 and 2018", "in May", "paragraph 12", "2012"),
        *("06/05/2014 – 08/05/2014", "from 28.05 to 30.05.2014", "26.-28.5.2014"),  # no single day of them
        *("the week of 28 May 2014", "the week ending 2 May 2014", "the week of May 5, 2014"),
        "in April and June 2015",  # two, and not what lies between
    ],
)
def test_what_names_no_day_or_month_of_the_calendar_is_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_two_months_with_their_years_are_two_dates() -> None:
    assert [h.date.edtf for h in find_dates("in April 2014 and June 2015")] == ["2014-04", "2015-06"]


def test_the_day_that_a_week_is_named_by_is_no_day_of_a_meeting() -> None:
    assert [d.written for d in find_days("in the week of 5 May, and from 8 to 9 May")] == ["8 to 9 May"]


def test_a_month_covers_its_last_day() -> None:
    (hit,) = find_dates("February 2004")
    assert (hit.date.start.isoformat(), hit.date.end.isoformat()) == ("2004-02-01", "2004-02-29")


def test_dates_come_in_the_order_of_the_text_and_do_not_overlap() -> None:
    text = "on 9 March 2011, after 14-15 April 2009 and before 30 March 2011"
    hits = find_dates(text)
    assert [h.date.edtf for h in hits] == ["2011-03-09", "2009-04-14/2009-04-15", "2011-03-30"]
    assert all(a.end <= b.start for a, b in pairwise(hits))


@pytest.mark.parametrize(
    ("written", "number"),
    [("Fourth", 4), ("TWENTY-FIRST", 21), ("Twenty second", 22), ("thirty-ninth", 39), ("21st", 21), ("IX", 9), ("Forty", None)],
)
def test_an_ordinal_is_read_as_a_whole(written: str, number: int | None) -> None:
    assert ordinal(written) == number


def test_no_part_of_a_compound_ordinal_is_one(passage: Callable[[str], Passage]) -> None:
    said = passage("The TWENTY-FIRST MEETING OF THE AD HOC GROUP followed the Hundred-second Meeting of the Ad Hoc Group.")
    assert [n.ordinal for n in numbered_meetings(said)] == [21]


def test_its_meeting_is_that_of_the_process_named_before(passage: Callable[[str], Passage], context: ReadingContext) -> None:
    for process, series in (("Bali", "series:ministerial-conferences"), ("Budapest", None)):
        p = passage(f"The {process} Process is preparing its sixth Ministerial Conference, to be held in Istanbul in February 2019.")
        (n,) = numbered_meetings(p)
        assert series_named(p, n, context) == series
