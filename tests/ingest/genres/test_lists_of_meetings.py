"""Lists of meetings by date, with the date before or behind, in columns or in bullets; heads in two columns and in two lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from told import dates, meetings, values

from ingest.document import Document, ReadingContext
from ingest.extract import read_document
from ingest.genres import chronology, note

Make = Callable[[str], Document]

COLUMNS = """Bali Process activities

Date | Activity | Place
25-26 February 2013 | Workshop on Maritime Interception | Jakarta, Indonesia
2 April 2013 | Fifth Bali Regional Ministerial Conference | Bali, Indonesia
19-20 August 2013 | Roundtable on Supply Chains | Manila, Philippines
"""
PLACE_FIRST = """Bali Process activities

25-26 February 2013 – Jakarta, Indonesia – Workshop on Maritime Interception
2 April 2013 – Bali, Indonesia – Fifth Bali Regional Ministerial Conference
19-20 August 2013 – Manila, Philippines – Roundtable on Supply Chains
"""
BEHIND = """Bali Process activities

• Workshop on Maritime Interception – Jakarta, Indonesia, 25-26 February 2013
• Fifth Bali Regional Ministerial Conference (Bali, Indonesia, 2 April 2013)
• Roundtable on Supply Chains, Manila, Philippines, 19-20 August 2013
"""
CALENDAR = """BALI PROCESS CALENDAR OF EVENTS 2013

25-26 February – Workshop on Maritime Interception – Jakarta, Indonesia
2 April – Fifth Bali Regional Ministerial Conference – Bali, Indonesia
19-20 August – Roundtable on Supply Chains – Manila, Philippines
"""
IN_BRACKETS = """BALI PROCESS CALENDAR OF EVENTS 2013

25-26 February – Workshop on Maritime Interception (Jakarta, Indonesia)
2 April – Fifth Bali Regional Ministerial Conference (Bali, Indonesia)
19-20 August – Roundtable on Supply Chains (Manila, Philippines)
"""
TITLE_ABOVE = """Bali Process events

Workshop on Maritime Interception
25-26 February 2013 | Jakarta, Indonesia

Fifth Bali Regional Ministerial Conference
2 April 2013 | Bali, Indonesia

Roundtable on Supply Chains
19-20 August 2013 | Manila, Philippines
"""
WITH_COMMAS = TITLE_ABOVE.replace(" |", ",")
PLACE_LAST = """Bali Process events

Workshop on Maritime Interception
Jakarta, Indonesia, 25-26 February 2013

Fifth Bali Regional Ministerial Conference
Bali, Indonesia, 2 April 2013
Roundtable on Supply Chains
Manila, Philippines – 19-20 August 2013
"""
NUMBERED = """Bali Process events

1. Workshop on Maritime Interception, Harbour Hotel, Jakarta, 25-26 February 2013
2. Fifth Bali Regional Ministerial Conference, Bali, Indonesia, 2 April 2013
3. Roundtable on Supply Chains – Manila, 19-20 August 2013
"""


@pytest.mark.parametrize("text", [COLUMNS, PLACE_FIRST, BEHIND, CALENDAR, IN_BRACKETS, TITLE_ABOVE, WITH_COMMAS, PLACE_LAST, NUMBERED])
def test_each_row_is_a_meeting(context: ReadingContext, text: str) -> None:
    reading = read_document("made", text, context)
    assert meetings(reading) == [("Workshop", "reported"), ("MinisterialConference", "reported"), ("Workshop", "reported")]
    assert [dates(reading, m) for m in ("m1", "m2", "m3")] == [{"2013-02-25/2013-02-26"}, {"2013-04-02"}, {"2013-08-19/2013-08-20"}]
    assert [values(reading, "inPlace", m) for m in ("m1", "m2", "m3")] == [{"place:jakarta"}, {"place:bali"}, {"place:manila"}]


def test_meetings_that_are_only_counted_are_rows(context: ReadingContext) -> None:
    listed = "1st meeting – Bangkok, 12 March 2010\n2nd meeting – Manila, 3-4 June 2010\nThird meeting – Bali, February 2011\n"
    reading = read_document("made", f"Meetings of the Ad Hoc Group\n\n{listed}", context)
    assert [values(reading, "ordinal", m) for m in ("m1", "m2", "m3")] == [{1}, {2}, {3}]
    assert [dates(reading, m) for m in ("m1", "m2", "m3")] == [{"2010-03-12"}, {"2010-06-03/2010-06-04"}, {"2011-02"}]


def test_rows_of_a_list_are_no_head_of_one_meeting(document: Make) -> None:
    listed = "April and June 2015 – Workshops on visas, Suva\nMay 2015 – Workshop on ports, Nadi\nJuly 2015 – Course on ships, Dili\n"
    assert note.likeness(document(f"Bali Process activities 2015\n\n{listed}")) == 0


@pytest.mark.parametrize(("text", "status"), [(COLUMNS, "held"), (CALENDAR, "planned"), (IN_BRACKETS, "planned")])
def test_a_calendar_says_what_is_planned(context: ReadingContext, text: str, status: str) -> None:
    reading = read_document("made", text, context)
    assert [values(reading, "eventStatus", m) for m in ("m1", "m2", "m3")] == [{f"c:event-status_{status}"}] * 3
    assert values(reading, "rdfs:label", "m1") == {"Workshop on Maritime Interception"}


def test_meetings_of_a_group_are_counted_in_a_list(context: ReadingContext) -> None:
    text = (
        "Meetings of the Technical Experts Group on Returns and Reintegration\n\n• First Meeting – Canberra, Australia, 19 August 2015\n"
        "• Second Meeting – Bangkok, Thailand, 24 May 2016\n• Third Meeting – Jakarta, Indonesia, 8 November 2017\n"
    )
    reading = read_document("made", text, context)
    assert meetings(reading) == [("GroupMeeting", "reported")] * 3
    assert [values(reading, "ordinal", m) for m in ("m1", "m2", "m3")] == [{1}, {2}, {3}]


@pytest.mark.parametrize(
    "text",
    [
        "Next steps\n\n• Members met to review the workshop on 3 May 2015.\n• Members will comment by 4 June 2015.\n• "
        "A seminar is due on 5 July 2015.",
        "3 May 2015 – A workshop was held in Suva.",
    ],
)
def test_sentences_that_end_in_a_date_are_no_list_of_meetings(document: Make, text: str) -> None:
    assert chronology.likeness(document(text)) < 0.5


def test_a_newsletter_is_no_note_on_one_meeting(document: Make, context: ReadingContext) -> None:
    text = (
        "RSO Newsletter – March 2018\n\nRegional roundtable on Civil Registration\n\nOn 22 February, the RSO organised "
        "the Bali Process Regional "
        "Roundtable on Civil Registration in Bangkok.\n\nTraining in Nepal\n\nFrom 6 to 8 March the RSO delivered a "
        "training course on document "
        "examination in Kathmandu."
    )
    assert note.likeness(document(text)) == 0
    reading = read_document("made", text, context)
    assert [dates(reading, m) for m in ("m1", "m2")] == [{"2018-02-22"}, {"2018-03-06/2018-03-08"}]


def test_the_second_column_of_a_head_has_place_and_date(context: ReadingContext) -> None:
    text = (
        "Tenth Ad Hoc Group Senior Officials’ Meeting                        Colombo, Sri Lanka\n"
        "Co-Chairs’ Statement                                                23 November 2015\n\n"
        "Officials of the Ad Hoc Group gathered for their tenth meeting.\n\n1. Officials agreed that the RSO should report each year.\n"
    )
    reading = read_document("made", text, context)
    assert (dates(reading), values(reading, "inPlace"), values(reading, "ordinal")) == ({"2015-11-23"}, {"place:colombo"}, {10})


def test_a_meeting_in_the_same_city(context: ReadingContext) -> None:
    text = (
        "Bali Process meetings\n\nThe Fifth Meeting of the Working Group on Trafficking in Persons was held in Colombo on 21 May 2019. "
        "The Fourth Meeting of the Task Force on Planning and Preparedness was held in the same city on 23 May 2019."
    )
    reading = read_document("made", text, context)
    assert [values(reading, "inPlace", m) for m in ("m1", "m2")] == [{"place:colombo"}, {"place:colombo"}]


def test_states_that_act_in_a_title_are_no_place(context: ReadingContext) -> None:
    text = (
        "Indonesia and Australia Lead Steering Group Meeting\n\nThe Steering Group of the Bali Process convened in "
        "Yogyakarta on 5 December 2019.\n"
    )
    reading = read_document("made", text, context)
    assert (values(reading, "inPlace"), values(reading, "inCountry")) == ({"place:yogyakarta"}, set())


def test_a_town_that_no_table_knows_is_no_title(context: ReadingContext) -> None:
    text = "Bali Process events\n\n3 May 2013 | Savusavu, Fiji\n4 May 2013 | Suva, Fiji\n5 May 2013 | Nadi, Fiji\n"
    assert meetings(read_document("made", text, context)) == []
    reading = read_document("made", TITLE_ABOVE.replace("Jakarta, Indonesia", "Savusavu, Fiji"), context)
    assert (values(reading, "inPlace", "m1"), values(reading, "inCountry", "m1")) == (set(), {"area:fji"})
