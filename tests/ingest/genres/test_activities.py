"""Lists of activities in the layouts that sites publish: years in headings, columns, one cell a line, rows that go on in the next line."""

from __future__ import annotations

import pytest
from told import dates, meetings, parties, values

from ingest.document import ReadingContext
from ingest.extract import read_document

HEAD = "Bali Process activities 2014 – 2015\n\n"
BARS = """2014
Date | Activity | Place | Hosts
3-4 March | Third Workshop on Visa Integrity | Suva, Fiji | Fiji and IOM
June | Roundtable on Ship Registers | Manila, Philippines | Philippines

2015
Date | Activity | Place | Hosts
29 April - 1 May | Seminar on Passports | Dhaka, Bangladesh | Bangladesh
"""
TABS = """2014
3-4 March\t\tThird Workshop on Visa Integrity, Suva, Fiji.
\t\tCo-hosted by Fiji and IOM.
June\t\tRoundtable on Ship Registers, Manila, Philippines. Hosted by the Philippines.

2015
29 April –\tSeminar on Passports,
1 May\t\tDhaka, Bangladesh. Host: Bangladesh.
"""
DASHES = """2014
3 and 4 March – Third Workshop on Visa Integrity – Suva, Fiji – Co-hosts: Fiji, IOM
June – Roundtable on Ship Registers – Manila, Philippines – hosted by the Philippines
2015
29 April to 1 May – Seminar on Passports – Dhaka, Bangladesh – Host: Bangladesh
"""
CELLS = """2014
Date
Activity
Place
Hosts
3-4 March
Third Workshop on Visa Integrity
Suva, Fiji
Fiji and IOM
June
Roundtable on Ship Registers
Manila, Philippines
Philippines
2015
29 April - 1 May
Seminar on Passports
Dhaka, Bangladesh
Bangladesh
"""
COLUMNS = """2014
3-4 March          Third Workshop on Visa        Suva, Fiji              Co-hosted by Fiji
                   Integrity                                             and IOM
June               Roundtable on Ship            Manila, Philippines     Hosted by the
                   Registers                                             Philippines
2015
29 April-1 May     Seminar on Passports          Dhaka, Bangladesh       Hosted by Bangladesh
"""
MONTHS = """March 2014
3-4: Third Workshop on Visa Integrity, Suva, Fiji. Co-hosted by Fiji and IOM.

2014
June: Roundtable on Ship Registers, Manila, Philippines. Hosted by the Philippines.

2015
29 April - 1 May: Seminar on Passports, Dhaka, Bangladesh. Hosted by Bangladesh.
"""
RECORDS = """Title: Third Workshop on Visa Integrity
Date: 3-4 March 2014
Venue: Suva, Fiji
Co-hosts: Fiji, IOM

Title: Roundtable on Ship Registers
Date: June 2014
Venue: Manila, Philippines
Host: Philippines

Title: Seminar on Passports
Date: 29 April - 1 May 2015
Venue: Dhaka, Bangladesh
Host: Bangladesh
"""
YEARS = """Year	Date	Activity	Venue	Remarks
2014	3-4 March	Third Workshop on Visa Integrity	Suva, Fiji	Co-hosted by Fiji and IOM
	June	Roundtable on Ship Registers	Manila, Philippines	Hosted by the Philippines
2015	29 April - 1 May	Seminar on Passports	Dhaka, Bangladesh	Host: Bangladesh
"""
BEHIND = """Third Workshop on Visa Integrity (Suva, Fiji, 3-4 March 2014), co-hosted by Fiji and IOM
Roundtable on Ship Registers (Manila, Philippines, June 2014), hosted by the Philippines
Seminar on Passports (Dhaka, Bangladesh, 29 April - 1 May 2015), hosted by Bangladesh
"""
ABOVE = """Activity
Date
Venue
Hosts
Third Workshop on Visa Integrity
3-4 March 2014
Suva, Fiji
Fiji and IOM
Roundtable on Ship Registers
June 2014
Manila, Philippines
Philippines
Seminar on Passports
29 April - 1 May 2015
Dhaka, Bangladesh
Bangladesh
"""
NUMBERED = """2014
1. 3 and 4 March, Suva, Fiji: Third Workshop on Visa Integrity (co-hosted by Fiji and IOM)
2. June, Manila, Philippines: Roundtable on Ship Registers (host: the Philippines)
2015
3. 29 April to 1 May, Dhaka, Bangladesh: Seminar on Passports (hosted by Bangladesh)
"""


@pytest.mark.parametrize("text", [BARS, TABS, DASHES, CELLS, COLUMNS, MONTHS, RECORDS, YEARS, BEHIND, ABOVE, NUMBERED])
def test_every_layout_gives_the_same_meetings(context: ReadingContext, text: str) -> None:
    reading = read_document("made", HEAD + text, context)
    assert meetings(reading) == [("Workshop", "reported")] * 3
    assert [dates(reading, m) for m in ("m1", "m2", "m3")] == [{"2014-03-03/2014-03-04"}, {"2014-06"}, {"2015-04-29/2015-05-01"}]
    assert [values(reading, "inPlace", m) for m in ("m1", "m2", "m3")] == [{"place:suva"}, {"place:manila"}, {"place:dhaka"}]
    assert values(reading, "rdfs:label") == {"Third Workshop on Visa Integrity"}
    assert values(reading, "ordinal") == {3}
    assert [parties(reading, m) for m in ("m1", "m2", "m3")] == [
        {("co-host", "fji"), ("co-host", "iom")},
        {("host", "phl")},
        {("host", "bgd")},
    ]


def test_cells_that_a_converter_glued_together_are_apart(context: ReadingContext) -> None:
    text = (
        "2014\n3-4 MarchThird Workshop on Visa IntegritySuva, Fiji\nJune 2014Roundtable on Ship RegistersManila, Philippines\n"
        "2015\n29 April - 1 MaySeminar on PassportsDhaka, Bangladesh\n"
    )
    reading = read_document("made", HEAD + text, context)
    assert [dates(reading, m) for m in ("m1", "m2", "m3")] == [{"2014-03-03/2014-03-04"}, {"2014-06"}, {"2015-04-29/2015-05-01"}]
    assert [values(reading, "inPlace", m) for m in ("m1", "m2", "m3")] == [{"place:suva"}, {"place:manila"}, {"place:dhaka"}]


def test_what_was_cancelled_is_no_meeting_and_what_is_to_be_confirmed_is_planned(context: ReadingContext) -> None:
    more = (
        "May\t\tWorkshop on Engines, Suva: cancelled for lack of funds.\n"
        "July\t\tLaunch of the report of the Roundtable on Ship Registers.\n"
        "April and October\tWorkshop on Interviews, held in Manila (April) and in Suva (October).\n"
        "November\tFourth Workshop on Visa Integrity, Manila (to be confirmed).\n"
    )
    reading = read_document("made", HEAD + TABS + more, context)
    assert len(meetings(reading)) == 4
    assert [values(reading, "eventStatus", m) for m in ("m3", "m4")] == [{"c:event-status_held"}, {"c:event-status_planned"}]


def test_a_remark_tells_who_came_and_what_was_agreed(context: ReadingContext) -> None:
    rest = "Chaired by Fiji. Participants: Fiji, Nepal, IOM"
    text = HEAD + BARS.replace("Hosts", "Remarks").replace("Fiji and IOM", rest).replace("Bangladesh\n", "Agreed to set up a register\n")
    reading = read_document("made", text, context)
    assert parties(reading) == {("chair", "fji"), ("attendee", "fji"), ("attendee", "npl"), ("attendee", "iom")}
    assert values(reading, "attendanceCoverage") == {"c:coverage_complete-list"}


def test_a_title_over_its_date_is_not_that_of_the_date_before(context: ReadingContext) -> None:
    text = (
        "Bali Process events 2014\n\nThird Workshop on Visa Integrity\n3-4 March | Suva, Fiji\nRoundtable on Ship Registers\n"
        "6 June | Manila, Philippines\nSeminar on Passports\n29 April | Dhaka, Bangladesh\n"
    )
    reading = read_document("made", text, context)
    assert [dates(reading, m) for m in ("m1", "m2", "m3")] == [{"2014-03-03/2014-03-04"}, {"2014-06-06"}, {"2014-04-29"}]
    assert values(reading, "rdfs:label", "m2") == {"Roundtable on Ship Registers"}


def test_sentences_and_meetings_of_others_are_no_activities(context: ReadingContext) -> None:
    sentences = "3 March 2014 – The Workshop on Visas was attended by Fiji.\n6 June 2014 – The RSO published the report of the Seminar.\n"
    assert meetings(read_document("made", f"{HEAD}{sentences}7 July 2014 – Members met to plan a workshop.\n", context)) == []
    more = "5 May\t\tBudapest Process Senior Officials' Meeting, Istanbul.\n6 May\t\tASEAN Senior Officials Meeting, Bangkok.\n"
    assert meetings(read_document("made", HEAD + TABS + more, context)) == [("Workshop", "reported")] * 3


@pytest.mark.parametrize(
    "text",
    [
        "Programme\n\n3 March 2014\n09.00 Opening\n10.00 Session on visas\n4 March 2014\n09.00 Session\n5 March 2014\n09.00 Closing\n",
        "The Group met on\n3 March 2014 in Suva and on\n4 June 2014 in Manila; it met again on\n5 May 2015 in Dhaka. That was all.\n",
    ],
)
def test_a_programme_and_prose_are_no_list_of_activities(context: ReadingContext, text: str) -> None:
    assert read_document("made", text, context).genre != "chronology"


def test_titles_below_date_and_place(context: ReadingContext) -> None:
    text = (
        "Activities 2012 - 2013\n\n2012\n\nFebruary 2012 – Suva, Fiji\nWorkshop on Visas\nCo-hosted by Fiji and IOM. Looked at visas and\n"
        "at stamps.\n\n8-9 May 2012 – Manila, Philippines\nSeventh Ad Hoc Group Senior Officials Meeting\nCo-chaired by Indonesia and "
        "Australia.\n\n                Page 1\n\n2013\n\n2 April 2013 – Colombo\nRoundtable on Ships\n"
    )
    reading = read_document("made", text, context)
    titles = ["Workshop on Visas", "Seventh Ad Hoc Group Senior Officials Meeting", "Roundtable on Ships"]
    told = [({title}, {place}) for title, place in zip(titles, ("place:suva", "place:manila", "place:colombo"), strict=True)]
    assert [(values(reading, "rdfs:label", m), values(reading, "inPlace", m)) for m in ("m1", "m2", "m3")] == told
    assert values(reading, "ordinal", "m2") == {7}
    assert parties(reading) == {("co-host", "fji"), ("co-host", "iom")}
    assert parties(reading, "m2") == {("co-chair", "idn"), ("co-chair", "aus")}


COLUMN_RECORDS = """State of play on 1 May 2016

Key   [x] held    [>] put off, no date yet    [ ] still to come    [-] given up

*** STRAND ONE: PORTS ***

[x]  Course on seals
       when    3-7 March 2014
       where   Suva, Fiji (moved from Nadi)
       who     Regional Support Office (organiser); officers of Kiribati, Samoa and
               Tonga; observers: Canada
       notes   Planned for Nadi. The trainers came from Norway.

[>]  Workshop on visas
       when    May 2014
       where   Dhaka, Bangladesh

[x]  Seminar on ships
       when    5 June 2015
       where   Manila, Philippines
       who     in the chair: Nepal and Fiji; Philippine Coast Guard (host); sent apologies: India
       result  Participants agreed on a list of harbours.

[ ]  Round table on crews
       when    9 September 2016
       where   Hanoi, Viet Nam

[-]  Moot court, Apia, 2015
"""
LABEL_RECORDS = """Summary of activities

Legend: ✓ done   ✗ cancelled   ○ planned

✓ Course on seals
  When:  3-7 March 2014
  Where: Suva, Fiji
  Who:   organised by the Regional Support Office; officers of Kiribati, Samoa and Tonga; observers: Canada

✗ Workshop on visas
  When:  May 2014
  Where: Dhaka, Bangladesh

✓ Seminar on ships
  When:  5 June 2015
  Where: Manila, Philippines
  Who:   chaired by Nepal and Fiji; apologies from India; Philippine Coast Guard (host)
  Notes: Tonga may come another time.

○ Round table on crews
  When:  9 September 2016
  Where: Hanoi, Viet Nam
"""


@pytest.mark.parametrize("text", [COLUMN_RECORDS, LABEL_RECORDS])
def test_marked_records_with_who_was_there(context: ReadingContext, text: str) -> None:
    reading = read_document("made", f"Bali Process\n\n{text}", context)
    titles = [{"Course on seals"}, {"Seminar on ships"}, {"Round table on crews"}]
    assert [values(reading, "rdfs:label", m) for m in ("m1", "m2", "m3")] == titles
    assert len(meetings(reading)) == len(titles)
    held = [values(reading, "eventStatus", m) for m in ("m1", "m2", "m3")]
    assert held == [{"c:event-status_held"}, {"c:event-status_held"}, {"c:event-status_planned"}]
    assert values(reading, "inPlace") == {"place:suva"}
    assert parties(reading) == {("organiser", "rso"), ("observer", "can")} | {("attendee", x) for x in ("kir", "wsm", "ton")}
    assert parties(reading, "m2") == {("co-chair", "npl"), ("co-chair", "fji"), ("host", "phl"), ("apology", "ind")}
    assert parties(reading, "m3") == set()
