"""Heads of texts in several lines: preambles of declarations, and groups whose meeting is counted in another line."""

from __future__ import annotations

import pytest

from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.findings import DateRead, Fact, MeetingFound, ParticipationFound, ProvisionFound

PREAMBLE = (
    "Conference on Movement by Sea\nApia, 20 August 2013\nAPIA DECLARATION\n\nWe, the Ministers and Representatives of Fiji, Nauru, Samoa "
    "and Tonga, attending the Conference on Movement by Sea in Apia on 20 August 2013;\nConcerned at the loss of life at sea;\n"
)


@pytest.mark.parametrize(
    "lead", ["Have agreed:", "Agree as follows:", "Therefore agree to the following:", "We have agreed on the following:"]
)
def test_what_follows_the_preamble_of_a_declaration_is_what_they_agree(context: ReadingContext, lead: str) -> None:
    reading = read_document("made", f"{PREAMBLE}{lead}\n1. To share what is known of routes;\n2. To train the police.\n", context)
    assert [m.standing for m in reading.of(MeetingFound)] == ["reported"]
    assert {f.agent for f in reading.of(ParticipationFound)} == {"area:fji", "area:nru", "area:wsm", "area:ton"}
    assert [(p.wording, p.text) for p in reading.of(ProvisionFound)] == [
        (("agree",), "To share what is known of routes"),
        (("agree",), "To train the police"),
    ]


def test_a_group_and_the_number_of_its_meeting_in_other_words(context: ReadingContext) -> None:
    page = (
        "Task Force on Planning and Preparedness: Seventh Meeting\nLocation: Nadi, Fiji\nDate: 4 June 2019\n\nThe Bali Process Task Force "
        "on Planning and Preparedness held its seventh meeting in Nadi, Fiji, on 4 June 2019.\n\nOutcomes\nThe Task Force:\n"
        "• endorsed its plan; and\n• agreed to meet again.\n"
    )
    reading = read_document("made", page, context)
    assert len(reading.of(MeetingFound)) == 1
    assert {str(f.value) for f in reading.of(Fact) if f.property == "ofBody"} == {"body:tfpp"}
    assert [p.wording for p in reading.of(ProvisionFound)] == [("endorse",), ("agree",)]


def test_a_page_of_single_lines_below_the_menu_of_its_site(context: ReadingContext) -> None:
    page = (
        "Home\nEvents\nContact\nSenior Officials Meeting 2013\nLocation: Suva, FijiDate: 1 April 2013\nbeach-min Image\n"
        "Co-chaired by Fiji and Nauru, the Bali Process Senior Officials Meeting was held on 1 April 2013 in Suva, "
        "Fiji, on the day before the ministers met there, "
        "and looked at what had been done since.\n"
        "Participants\nMember countries: Australia, Fiji, Nauru, Samoa\nInternational organisations: IOM\nObservers: Canada\n"
        "Related events\nTraining on visas 2 April 2013\n"
    )
    found = {(f.role, f.agent.partition(":")[2]) for f in read_document("made", page, context).of(ParticipationFound)}
    came = {("attendee", x) for x in ("aus", "fji", "nru", "wsm", "iom")}
    assert found == came | {("observer", "can"), ("co-chair", "fji"), ("co-chair", "nru")}


def test_a_meeting_on_a_topic_below_the_name_of_its_group(context: ReadingContext) -> None:
    text = (
        "BALI PROCESS AD HOC EXPERTS' GROUP II\nMeeting on Legislation and Law Enforcement\nApia, 17 - 18 November 2003\n\n"
        "Delegations from Fiji, Nauru, Samoa and Tonga were present.\n\nThe experts recommended that a network of advisers be formed.\n"
    )
    reading = read_document("made", text, context)
    assert [(m.kind, m.standing) for m in reading.of(MeetingFound)] == [("GroupMeeting", "reported")]
    assert {f.agent for f in reading.of(ParticipationFound)} == {"area:fji", "area:nru", "area:wsm", "area:ton"}


def test_a_flattened_statement_with_roman_headings(context: ReadingContext) -> None:
    text = (
        "FOURTH BALI REGIONAL MINISTERIAL CONFERENCE ON PEOPLE SMUGGLING APIA, SAMOA, 29-30 MARCH 2011 CO-CHAIRS’ STATEMENT I. "
        "INTRODUCTION 1. The Fourth Bali Regional Ministerial Conference (the Conference) on People Smuggling was held in Apia, "
        "Samoa on 29-30 March 2011. It was opened by H.E. Dr N Tavita Lealofi, Minister for Foreign Affairs of Samoa. 2. "
        "Ministers were welcomed by Ms Ana Lim. II. WAY FORWARD 3. Ministers tasked senior officials to develop a plan. The "
        "Conference was followed by the Government and Business Forum on 31 March 2011."
    )
    reading = read_document("made", text, context)
    meetings = {m.key: m.kind for m in reading.of(MeetingFound) if m.standing == "reported"}
    assert sorted(meetings.values()) == ["ForumSession", "MinisterialConference"]
    main = next(f"meeting:{key}" for key, kind in meetings.items() if kind == "MinisterialConference")
    assert {f.value for f in reading.of(Fact) if f.subject == main and f.property == "inPlace"} == {"place:apia"}
    assert {f.written for f in reading.of(ParticipationFound) if f.role == "opener"} == {"N Tavita Lealofi"}
    assert [p.wording for p in reading.of(ProvisionFound)] == [("task",)]


def test_participants_over_what_they_agreed_is_no_list_of_them(context: ReadingContext) -> None:
    text = (
        "Workshop on Visa Fraud\nApia, 18 – 19 March 2013\n\nThe workshop was held in Apia on 18 – 19 March 2013.\n\nParticipants:\n"
        "(a) recommended that a network be formed; and\n(b) invited IOM to prepare a paper.\n"
    )
    assert [p.wording for p in read_document("made", text, context).of(ProvisionFound)] == [("recommend",), ("invite",)]


def test_the_month_of_the_days_of_a_meeting_is_no_date_beside_them(context: ReadingContext) -> None:
    page = (
        "Bali Process Workshop on Visa Fraud\nLocation: Apia, SamoaDate: 7 - 9 November 2006\n\nIn November 2006 the Government of Samoa "
        "hosted a Bali Process Workshop on Visa Fraud, held on 7-9 November in Apia.\n"
    )
    reading = read_document("made", page, context)
    dates = {f.value.edtf for f in reading.of(Fact) if f.property == "date" and isinstance(f.value, DateRead)}
    assert dates == {"2006-11-07/2006-11-09"}


@pytest.mark.parametrize(("whose", "actors"), [("of Fiji, Nauru and Samoa", ()), ("of the Bali Process", ("group:ministers",))])
def test_the_ministers_of_some_states_are_not_those_of_the_process(context: ReadingContext, whose: str, actors: tuple[str, ...]) -> None:
    reading = read_document("made", f"APIA DECLARATION\n\nWe, the Ministers {whose}, met in Apia.\n\nWe commit to act.\n", context)
    assert [p.actors for p in reading.of(ProvisionFound)] == [actors]


def test_a_text_on_few_lines_has_its_headings_between_gaps(context: ReadingContext) -> None:
    text = (
        "BALI PROCESS AD HOC GROUP  Fifth Meeting of the Ad Hoc Group, Nadi, Fiji, 4 – 5 June 2012  CO-CHAIRS' SUMMARY  Attendance  The "
        "Ad Hoc Group came together for the fifth time. Representatives of Fiji, Nauru, Samoa and Tonga took part. Vanuatu had asked to "
        "be excused.\nNext  The Group noted that boats had become smaller than they had been a year before, and that they "
        "were also slower. Page 1 of 2 In ports  The Group agreed to train the officers of its ports, and to report on it in a year, "
        "whatever had been done until then. Page 2 of 2\n"
    )
    reading = read_document("made", text, context)
    assert [(m.kind, m.standing) for m in reading.of(MeetingFound)] == [("GroupMeeting", "reported")]
    assert {f.value.edtf for f in reading.of(Fact) if isinstance(f.value, DateRead)} == {"2012-06-04/2012-06-05"}
    came = {("attendee", x) for x in ("area:fji", "area:nru", "area:wsm", "area:ton")}
    assert {(f.role, f.agent) for f in reading.of(ParticipationFound)} == came | {("apology", "area:vut")}
    assert [p.text for p in reading.of(ProvisionFound) if p.wording == ("agree",)] == [
        "The Group agreed to train the officers of its ports, and to report on it in a year, whatever had been done until then.",
    ]


@pytest.mark.parametrize(
    "recalled",
    [
        "They thanked Nauru for its hospitality in Yaren, where the Fourth Conference took place in 2011.",
        "They thanked Nauru, in whose capital the Fourth Conference had taken place in 2011.",
    ],
)
def test_a_conference_has_the_name_of_the_sentence_on_it_and_not_of_what_is_recalled(context: ReadingContext, recalled: str) -> None:
    text = (
        "CO-CHAIRS' STATEMENT\n\nFIFTH MINISTERIAL CONFERENCE OF THE BALI PROCESS ON PEOPLE\nSMUGGLING, TRAFFICKING IN PERSONS AND "
        "RELATED\nTRANSNATIONAL CRIME\n\nApia, Samoa, 4 and 5 March 2014\n\n1. Ministers assembled in the capital on 4 and 5 March 2014 "
        f"for the Fifth Ministerial Conference. {recalled}\n\n2. Ministers agreed to share what is known of routes.\n"
    )
    labels = [str(f.value) for f in read_document("made", text, context).of(Fact) if f.property in ("rdfs:label", "skos:altLabel")]
    names = [x for x in labels if "STATEMENT" not in x]
    assert names[:2] == [
        "Fifth Ministerial Conference",
        "FIFTH MINISTERIAL CONFERENCE OF THE BALI PROCESS ON PEOPLE SMUGGLING, TRAFFICKING IN PERSONS AND RELATED TRANSNATIONAL CRIME",
    ]
    assert not any("Fourth" in x for x in names)
