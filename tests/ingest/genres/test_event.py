"""Pages of events: what is one, and what is told there of other meetings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from told import dates, meetings, parties, values

from ingest.document import Document, ReadingContext
from ingest.findings import Fact, ParticipationFound, PersonFound, ProvisionFound
from ingest.genres import event

Make = Callable[[str], Document]

HEAD = "Eleventh Meeting of the Ad Hoc Group Senior Officials\n\nLocation: Manila, PhilippinesDate: 3 March 2016\nmanila-bay-min Image\n\n"
WORKSHOP = "Workshop on Visa Fraud\n\nDate: 12/13 June 2013\nVenue: Hotel Nikko, Hanoi, Viet Nam\n\n"


def test_a_page_of_an_event_has_a_title_and_labels(document: Make) -> None:
    assert event.likeness(document(f"{HEAD}It was attended by Fiji.")) > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Our office in Manila\n\nLocation: 3 Bay Road, Manila\nOpen on weekdays.",
        "Workshop on Visa Fraud\n\nThe workshop was held in Hanoi on 3 May 2013. It was attended by Fiji.",
    ],
)
def test_an_address_and_a_report_are_no_page_of_an_event(document: Make, text: str) -> None:
    assert event.likeness(document(text)) < 0.5


def test_a_name_that_spells_out_its_acronym_is_the_meeting_of_the_title(document: Make, context: ReadingContext) -> None:
    made = document(f"{HEAD}The Eleventh Meeting of the Ad Hoc Group (AHG) Senior Officials took place in Manila on 3 March 2016.")
    reading = event.read(made, context)
    assert meetings(reading) == [("GroupMeeting", "reported")]
    assert values(reading, "inSeries") == {"series:ad-hoc-group-meetings"}


@pytest.mark.parametrize(
    "sentence",
    [
        "A meeting of the Working Group on Trafficking in Persons was held in Hanoi on 3 July 2018. It was attended by Nepal and Samoa.",
        "The Steering Group met in Perth on 9 March 2016 and was attended by New Zealand.",
    ],
)
def test_who_came_to_the_meeting_of_another_body_is_not_said_of_this_one(document: Make, context: ReadingContext, sentence: str) -> None:
    reading = event.read(document(f"{HEAD}It was attended by Fiji.\n\n{sentence}"), context)
    assert parties(reading) == {("attendee", "fji")}
    assert dates(reading) == {"2016-03-03"}


@pytest.mark.parametrize(
    "sentence",
    [
        "A similar workshop held in Suva, Fiji in May 2012 was attended by Tonga.",
        "A workshop held in Suva, Fiji in May 2012 had shown the way.",
        "The workshop was modelled on one hosted by Canada in Suva in 2011, which Mexico, Japan and India attended.",
        "Dr Jane Wu, a lecturer at the University of Malaya, Malaysia, spoke about forged visas.",
    ],
)
def test_other_workshops_and_lecturers_say_nothing_of_this_workshop(document: Make, context: ReadingContext, sentence: str) -> None:
    reading = event.read(document(f"{WORKSHOP}Officials attended from Cambodia.\n\n{sentence}"), context)
    assert parties(reading) == {("attendee", "khm")}
    assert dates(reading) == {"2013-06-12/2013-06-13"}
    assert values(reading, "inPlace") == {"place:hanoi"}
    assert not list(reading.of(PersonFound))


def test_another_day_in_the_same_place_is_a_contradiction_and_is_kept(document: Make, context: ReadingContext) -> None:
    reading = event.read(document(f"{HEAD}The Eleventh Meeting of the Ad Hoc Group was held in Manila on 3 May 2016."), context)
    assert dates(reading) == {"2016-03-03", "2016-05-03"}


def test_outcomes_in_bullets_and_below_an_introduction_are_read_and_an_agenda_is_not(document: Make, context: ReadingContext) -> None:
    text = (
        f"{HEAD}Agenda\n• Adoption of the work plan\n• Report that members should read\n\nOutcomes\n• Ministers endorsed the work plan.\n\n"
        "Participants recommended:\n- the creation of a network of liaison officers;\n- training for airline staff."
    )
    found = event.read(document(text), context).of(ProvisionFound)
    assert [f.wording for f in found] == [("endorse",), ("recommend",), ("recommend",)]


def test_a_list_behind_a_label_ends_with_its_sentence(document: Make, context: ReadingContext) -> None:
    reading = event.read(document(f"{HEAD}Participating members: Fiji, Nepal and Samoa. Also taking part: IOM, UNHCR."), context)
    assert parties(reading) == {("attendee", x) for x in ("fji", "npl", "wsm", "iom", "unhcr")}


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("Participants: Fiji, Hong Kong (SAR China), Nepal and IOM", {("attendee", x) for x in ("fji", "hkg", "npl", "iom")}),
        ("Chairs: Fiji and Nepal\nHost: Regional Support Office", {("co-chair", "fji"), ("co-chair", "npl"), ("host", "rso")}),
        ("Host: Regional Support Office, Bangkok, Thailand", {("host", "rso")}),
        ("Participants: 45 officials from Fiji and Nepal", {("attendee", "fji"), ("attendee", "npl")}),
        ("Members: Fiji and Nepal.\nApologies: Tonga.", {("attendee", "fji"), ("attendee", "npl"), ("apology", "ton")}),
        ("Who took part\n\nMembers: Fiji and Nepal.", {("attendee", "fji"), ("attendee", "npl")}),
        (
            "Members attending: Fiji; RSO\nBy invitation: Blue Cross; Embassy of Canada",
            {("attendee", "fji"), ("attendee", "rso"), ("guest", "can")},
        ),
        ("Observers: Frontier Agency; Japan", {("observer", "jpn")}),
        ("Guest organisations: Blue Cross; the officials who came from Japan", set()),
        ("Members: Fiji and Nepal.\nObservers: Tonga.", {("observer", "ton")}),
        ("The group was set up in 2011.\n\nMembers: Fiji and Nepal.", set()),
    ],
)
def test_labels_say_who_came_in_what_role(document: Make, context: ReadingContext, labels: str, expected: set[tuple[str, str]]) -> None:
    assert parties(event.read(document(f"{HEAD}{labels}\n\nThe meeting reviewed its plan."), context)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The Eleventh Meeting of the Ad Hoc Group Senior Officials will be held in Manila.",
        "The meeting, to be held in Manila, is open to members.",
    ],
)
def test_who_is_listed_for_a_meeting_to_come_has_not_come(document: Make, context: ReadingContext, sentence: str) -> None:
    text = f"{HEAD}Participants: Fiji and Nepal\n\n{sentence}"
    assert parties(event.read(document(text), context)) == set()


def test_what_those_who_will_come_will_do_is_no_commitment(document: Make, context: ReadingContext) -> None:
    head = "Ninth Ad Hoc Group Senior Officials’ Meeting\n\nDate: 14 May 2024\nLocation: Suva, Fiji\n\n"
    told = "Fiji will host the Ninth Ad Hoc Group Senior Officials’ Meeting. Delegates will discuss visas. Members agreed to meet in Fiji."
    reading = event.read(document(f"{head}{told}"), context)
    assert values(reading, "eventStatus") == {"c:event-status_planned"}
    assert [f.wording for f in reading.of(ProvisionFound)] == [("agree",)]


HELD = "The meeting reviewed its plan and was attended by Fiji.\n\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("09:00 Opening remarks – Ms Ana Lim, Director, Immigration Department, Fiji", {("opener", "ana-lim")}),
        ("09:00-09:15 Welcome remarks – Pol. Col. Tan Ho, Immigration Bureau, Fiji", {("speaker", "tan-ho")}),
        ("Opening statements: Ms Ana Lim, Director (Fiji); Mr Tan Ho, Ambassador (Nepal)", {("opener", "ana-lim"), ("opener", "tan-ho")}),
        ("Keynote: Dr Ana Lim, former Special Rapporteur", {("keynote-speaker", "ana-lim")}),
        ("10:00 Session 1: What was found – Mr Tan Ho, consultant", {("presenter", "tan-ho")}),
        ("10:00 Session 2: Standards – presentation by Ms Ana Lim, Immigration Department, Fiji", {("presenter", "ana-lim")}),
        ("15:00 Closing – Mr Tan Ho, Co-Manager (Fiji), RSO", {("speaker", "tan-ho")}),
        ("10:00 Session 1: Panel on visas – Mr Tan Ho, consultant", set()),
        ("10:00 Session 1: Visas – Mr Tan Ho, consultant (moderator)", set()),
        ("09:00 Opening remarks – Ms Ana Lim, Director, Fiji (tbc)", set()),
        ("09:00 Opening remarks – Mr Tan Ho, Director, on behalf of the Minister", set()),
        ("09:00 Opening remarks – Immigration Department, Fiji", set()),
        ("09:00 Opening remarks – Ana Lim", set()),
        ("09:00 Opening remarks – followed by a photograph with Ms Ana Lim, Director", set()),
        ("17:00 Dinner hosted by Samoa", set()),
        ("08:30 Arrival: the meeting is attended by Samoa and Nepal", set()),
        ("Previous meeting\n\nThe previous meeting was attended by Samoa.", set()),
        ("Related events\nCo-chairs: Nepal and Samoa", set()),
        ("Related events\nOpening remarks – Ms Ana Lim, Director, Fiji", set()),
    ],
)
def test_rows_of_a_programme_say_who_opened_and_presented(
    document: Make, context: ReadingContext, row: str, expected: set[tuple[str, str]]
) -> None:
    reading = event.read(document(f"{HEAD}{HELD}Programme\n\n08:30 Registration\n{row}\n11:00 Coffee break\n"), context)
    assert parties(reading) == expected | {("attendee", "fji")}


@pytest.mark.parametrize(
    "text",
    [
        "Participants will meet over two days.\n\nProgramme\n\n",
        f"{HELD}Draft programme\n\n",
        "The Eleventh Meeting of the Ad Hoc Group Senior Officials will be held in Manila.\n\nProgramme\n\n",
        "Programme\n\n",
        "It was announced by the Co-Chairs.\n\nProgramme\n\n",
        "The previous meeting was held in Suva.\n\nProgramme\n\n",
    ],
)
def test_a_programme_of_what_is_to_come_or_not_known_to_have_been_gives_nobody_a_role(
    document: Make, context: ReadingContext, text: str
) -> None:
    reading = event.read(document(f"{HEAD}{text}09:00 Opening remarks – Ms Ana Lim, Director, Immigration Department, Fiji"), context)
    assert not [x for x in parties(reading) if x[1] == "ana-lim"]


def test_where_a_page_stands_on_its_site_is_no_title(document: Make, context: ReadingContext) -> None:
    reading = event.read(document(f"Home > Events > Workshop on Visa Fraud\n\n{WORKSHOP}Officials attended from Fiji."), context)
    assert values(reading, "rdfs:label") == {"Workshop on Visa Fraud"}


def test_what_other_events_are_listed_for_is_not_of_this_one(document: Make, context: ReadingContext) -> None:
    other = "Related events\n> The meeting was attended by Tonga and held in Suva, Fiji.\n\nOutcomes\n• Ministers endorsed the work plan.\n"
    reading = event.read(document(f"{HEAD}It was attended by Fiji.\n\n{other}"), context)
    assert parties(reading) == {("attendee", "fji")}
    assert [f.wording for f in reading.of(ProvisionFound)] == [("endorse",)]


def test_the_line_above_the_count_names_the_group_that_met(document: Make, context: ReadingContext) -> None:
    head = "MINUTES\nTask Force on Planning and Preparedness\n3rd meeting\nHeld: 26/02/2018\nPlace: Hanoi, Viet Nam\n\n"
    reading = event.read(document(f"{head}Item 1. Plan\nMembers endorsed the work plan."), context)
    assert meetings(reading) == [("GroupMeeting", "reported")]
    assert values(reading, "ordinal") == {3}


def test_an_office_ends_with_its_row_of_a_programme(document: Make, context: ReadingContext) -> None:
    rows = "Programme\n\n09:00 Keynote address by the Hon. Ana Lim, Minister for Visas\n10:00 Report of Samoa\n"
    reading = event.read(document(f"{HEAD}{HELD}{rows}"), context)
    assert {(f.office, f.on_behalf_of) for f in reading.of(ParticipationFound) if f.role == "keynote-speaker"} == {
        ("Minister for Visas", None)
    }


def test_short_numbered_sentences_are_minutes_and_an_agenda_is_not(document: Make, context: ReadingContext) -> None:
    page = "Fifth Meeting of the Task Force on Planning and Preparedness\nDate: 12 – 13 June 2017\nLocation: Dhaka, Bangladesh\n\n{}\n"
    minutes = "1. Fiji, Nauru and IOM attended.\n2. Members agreed to share data.\n3. Others\n4. It was agreed that a plan was needed."
    reading = event.read(document(page.format(minutes)), context)
    assert [f.wording for f in reading.of(ProvisionFound)] == [("agree",), ("agree", "need")]
    assert parties(reading) == {("attendee", "fji"), ("attendee", "nru"), ("attendee", "iom")}
    agenda = "1. Opening by Fiji.\n2. Templates of members.\n3. Country updates: Nauru and IOM.\n4. Discussion of a plan by the RSO."
    reading = event.read(document(page.format(agenda)), context)
    assert parties(reading) == set() and reading.of(ProvisionFound) == []


@pytest.mark.parametrize(
    ("told", "sign"),
    [
        ("Agenda\n• Opening\n• Plans", None),
        ("It was attended by Fiji and Nauru.", "It was attended by Fiji and Nauru."),
        ("Participants:\nFiji\nNauru", "Fiji"),
        (
            "The Fifth Meeting of the Task Force was held in Dhaka.\n\nIt was a success.",
            "The Fifth Meeting of the Task Force was held in Dhaka.",
        ),
    ],
)
def test_a_title_with_a_date_does_not_say_that_a_meeting_was_held(
    document: Make, context: ReadingContext, told: str, sign: str | None
) -> None:
    page = (
        f"Fifth Meeting of the Task Force on Planning and Preparedness (2017)\nDate: 12 June 2017\nLocation: Dhaka, Bangladesh\n\n{told}\n"
    )
    reading = event.read(document(page), context)
    said = [f.source for f in reading.of(Fact) if f.property == "eventStatus"]
    assert [page[s.passage.start : s.passage.end] for s in said] == ([sign] if sign else [])


def test_the_heading_of_a_part_of_minutes_is_no_word_of_its_sentence(document: Make, context: ReadingContext) -> None:
    page = "Fifth Meeting of the Task Force on Planning and Preparedness\nDate: 12 June 2017\nLocation: Dhaka, Bangladesh\n\n{}\n"
    parts = "1. Toolkit\nThe Task Force endorsed the toolkit.\n2. Attendance\nFiji and Nauru attended. Samoa sent its apologies."
    reading = event.read(document(page.format(parts)), context)
    assert [f.text for f in reading.of(ProvisionFound)] == ["The Task Force endorsed the toolkit."]
    assert parties(reading) == {("attendee", "fji"), ("attendee", "nru"), ("apology", "wsm")}
    wrapped = "1. Members of the group\nendorsed the toolkit."
    assert [f.text for f in event.read(document(page.format(wrapped)), context).of(ProvisionFound)] == [
        "Members of the group endorsed the toolkit."
    ]


def test_a_record_with_labels_has_its_date_in_a_line_of_its_head(document: Make, context: ReadingContext) -> None:
    text = (
        "Working Group on Trafficking in Persons\n\nTHIRD MEETING – SUMMARY\nManila, 3-4 May 2017        OFFICIAL\n\n"
        "Host:\t\tDepartment of Home Affairs, Fiji\nVenue:\t\tBayview Hotel, Manila\n\n"
        "The third meeting was opened by its hosts. Officials from Fiji, Nepal and Samoa attended the meeting.\n"
    )
    reading = event.read(document(text), context)
    assert (dates(reading), values(reading, "inPlace")) == ({"2017-05-03/2017-05-04"}, {"place:manila"})
    assert ("host", "fji") in parties(reading)


def test_the_day_of_a_piece_of_news_is_not_that_of_the_meeting(document: Make, context: ReadingContext) -> None:
    text = (
        "Fiji takes part in the Fourth Ministerial Conference of the Bali Process\nDate: 12 May 2016 Category: News Ref: 44\n\n"
        "The Fourth Ministerial Conference of the Bali Process was held in Suva, Fiji, on 10 May 2016.\n"
        "The Conference was preceded by the Senior Officials' Meeting on 9 May 2016.\n"
    )
    reading = event.read(document(text), context)
    assert (dates(reading), values(reading, "inPlace"), values(reading, "placeBasis")) == (
        {"2016-05-10"},
        {"place:suva"},
        {"c:place-basis_stated"},
    )
    assert dates(reading, "m2") == {"2016-05-09"}


STACKED = """Skip to content
Home  >  Events  >  Past

Search   |   Log in   |   Contact

# Fifth Regional Workshop on Seals

Status
    Past event
Date
    22 Nov 2022, 9:00 am to 23 Nov 2022, 1:30 pm (UTC+12)
Venue
    Grand Hotel, Suva, Fiji
Hosts
    Fiji and
    Samoa
Organisers
    Bali Process Regional Support Office; UNODC
Funding
    Norway

## Who took part

Government officials from Fiji, Nepal and Papua New
Guinea; staff of UNHCR. Palau had registered and then excused itself.

## Agenda

09:00   Opening: Ana Lim, Permanent Secretary for Ports, Fiji
09:30   Keynote: "The sea waits"
        Dr Tan Ho, University of the Coast
11:00   Session 1. Where next?
        Moderator: Jo Roe, IOM Nepal
        Speakers: Om Rai, Office of the President, Kiribati
                  Climate Change Division, Tonga
                  Eva Lund (Nepal)
                  Speaker from Nauru (cancelled)
12:00   Report back. Rapporteur: Per Lund (Samoa)

## What came out of it

Participants agreed to share seals.

## You may also be interested in

* 6 Dec 2022 – Webinar on seals, Nadi. Opening: Ray Ho, Director, Tuvalu
"""


def test_labels_over_their_values_and_an_agenda_with_labels(document: Make, context: ReadingContext) -> None:
    reading = event.read(document(STACKED), context)
    assert (dates(reading), values(reading, "inPlace")) == ({"2022-11-22/2022-11-23"}, {"place:suva"})
    ran = {("co-host", "fji"), ("co-host", "wsm"), ("organiser", "rso"), ("organiser", "unodc"), ("contributor", "nor"), ("apology", "plw")}
    did = {("opener", "ana-lim"), ("keynote-speaker", "tan-ho"), ("moderator", "jo-roe"), ("speaker", "om-rai"), ("speaker", "eva-lund")}
    came = {("attendee", x) for x in ("fji", "npl", "png", "unhcr")}
    assert parties(reading) == ran | came | did | {("rapporteur", "per-lund")}


@pytest.mark.parametrize("said", ["The workshop will be held in Suva.", "It is open to all."])
def test_an_agenda_of_a_meeting_to_come_names_nobody_who_spoke(document: Make, context: ReadingContext, said: str) -> None:
    head = STACKED.split("## Who took part", maxsplit=1)[0]
    text = f"{head}\n{said}\n\n## Agenda\n\n09:00   Opening: Ana Lim, Permanent Secretary, Fiji\n"
    assert "ana-lim" not in {agent for _, agent in parties(event.read(document(text), context))}


def test_a_label_names_the_meeting_and_the_kind_of_text_does_not(document: Make, context: ReadingContext) -> None:
    text = (
        "MEETING NOTE\n\nMeeting:    Third Annual Meeting of the Working Group on Trafficking in\n            Persons\n"
        "Date:       7–8 June 2017\nVenue:      Hotel Nikko, Hanoi, Viet Nam\n\nMs Ana Lim, Director of Ports, Fiji, opened the meeting.\n"
    )
    reading = event.read(document(text), context)
    assert values(reading, "rdfs:label") == {"Third Annual Meeting of the Working Group on Trafficking in Persons"}
    assert (values(reading, "ordinal"), dates(reading)) == ({3}, {"2017-06-07/2017-06-08"})


def test_bullets_in_which_a_group_acts_are_outcomes(document: Make, context: ReadingContext) -> None:
    text = f"{HEAD}It was attended by Fiji.\n\nResults\n\n• The Task Force adopted a checklist.\n\n• The port of Suva\n\n• Agreed list\n"
    assert [(p.wording, p.text) for p in event.read(document(text), context).of(ProvisionFound)] == [
        (("adopt",), "The Task Force adopted a checklist.")
    ]
