"""What is of a prose genre and what only resembles one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Document, ReadingContext
from ingest.findings import DateRead, Fact, MeetingFound, ParticipationFound, ProvisionFound
from ingest.genres import declaration, note, statement
from ingest.genres.occasion import find_occasion

Make = Callable[[str], Document]

SESSION = "The Third Ministerial Conference was held in Bali on 3 May 2009. Ministers agreed to meet again. Ministers thanked Indonesia."


def test_a_statement_tells_of_a_session_at_its_head(document: Make) -> None:
    assert statement.likeness(document(SESSION)) >= 0.5
    assert statement.likeness(document(f"Co-Chairs' Statement\n\n{SESSION}")) > statement.likeness(document(SESSION))


@pytest.mark.parametrize(
    "text",
    [
        "A workshop on visas was held in Nadi on 3 May 2009. Participants agreed to meet again.",
        "I write to thank you. The Third Ministerial Conference was held in Bali. The weather was fine. We ate well.",
        "Ministers agreed to meet again. Ministers thanked Indonesia.",
    ],
)
def test_a_workshop_a_letter_and_a_text_without_a_meeting_are_no_statement(document: Make, text: str) -> None:
    assert statement.likeness(document(text)) < 0.5


def test_a_declaration_says_we(document: Make) -> None:
    assert declaration.likeness(document("We, the Ministers of the Bali Process, agree to act. We urge members to act.")) > 0.9
    assert declaration.likeness(document("Our office is small. We paint it in May. We, too, are tired.")) == 0.0


@pytest.mark.parametrize(
    "sentence",
    [
        "The aim was to prepare for the Sixth Ministerial Conference.",
        "Ministers will meet again in Bali in May 2030.",
        "Papers for the Third Senior Officials' Meeting are attached.",
        "The Conference was opened with a song.",
    ],
)
def test_a_meeting_that_is_planned_or_named_in_passing_is_not_the_occasion(document: Make, sentence: str) -> None:
    occasion = find_occasion(document(sentence))
    assert occasion is None or not occasion.told[0].end


def test_a_workshop_that_a_session_speaks_of_is_not_its_own(document: Make) -> None:
    made = document(f"{SESSION} A Workshop on Visas was held in Nadi on 9 June 2009. It was attended by Fiji.")
    occasion = find_occasion(made)
    assert occasion is not None
    assert {t.p.s[:3] for t in occasion.told if t.end} == {"The"}


def test_who_came_to_a_workshop_that_a_session_speaks_of_did_not_come_to_the_session(document: Make, context: ReadingContext) -> None:
    made = document(f"Co-Chairs' Statement\n\n{SESSION} A Workshop on Visas was held in Nadi on 9 June 2009. It was attended by Fiji.")
    reading = statement.read(made, context)
    assert [f.agent for f in reading.of(ParticipationFound)] == []
    assert {f.value.edtf for f in reading.of(Fact) if f.property == "date" and isinstance(f.value, DateRead)} == {"2009-05-03"}


@pytest.mark.parametrize(("line", "expected"), [("9 May 2009", {"2009-05-03"}), ("Bali, 4 May 2009", {"2009-05-03", "2009-05-04"})])
def test_a_later_day_alone_on_its_line_is_not_the_day_of_the_session(
    document: Make, context: ReadingContext, line: str, expected: set[str]
) -> None:
    reading = statement.read(document(f"Co-Chairs' Statement\n\n{line}\n\n{SESSION}"), context)
    found = [f.value.edtf for f in reading.of(Fact) if f.subject == "meeting:m1" and isinstance(f.value, DateRead)]
    assert set(found) == expected


@pytest.mark.parametrize("met", ["had met in the same city on 2 May 2009", "met in the same city on 2 May 2009"])
def test_when_officials_met_before_ministers_is_no_date_of_the_conference(document: Make, context: ReadingContext, met: str) -> None:
    made = document(
        "THIRD MINISTERIAL CONFERENCE OF THE BALI PROCESS\n\nCo-Chairs' Statement\n\n"
        f"1. The Third Ministerial Conference was held in Bali on 3 May 2009. Senior officials {met} to prepare the Conference.\n"
    )
    reading = statement.read(made, context)
    dates = {(f.subject, f.value.edtf) for f in reading.of(Fact) if isinstance(f.value, DateRead)}
    beside = set() if met.startswith("had") else {("meeting:m2", "2009-05-02")}  # which is told as a meeting of its own
    assert dates == {("meeting:m1", "2009-05-03")} | beside
    assert {f.subject for f in reading.of(Fact) if f.property == "inPlace"} == {subject for subject, _ in dates}


PRESENT = (
    "BALI PROCESS STEERING GROUP\nNote of the Fourteenth Meeting, Bangkok, 8 July 2024\n\n"
    "The Steering Group met on 8 July 2024. The meeting was chaired jointly by Ms Ana Lim (Australia) and Mr Tan Ho (Indonesia).\n\n"
    "Present:\nMs Ana Lim, Ambassador for Visas, Department of Foreign Affairs and Trade, Australia (Co-Chair)\n"
    "Dr Eva Berg, Protection Officer, UNHCR\nMr Ali Aziz, Programme Officer, UNODC (observer)\n\nApologies: Mr Jo Barton, UNHCR Geneva.\n\n"
    "1. The Steering Group adopted the agenda.\n2. The Steering Group agreed to extend the plan.\n"
    "3. The Steering Group did not support the request for a second office.\n"
)


def test_a_note_with_a_list_of_those_present_may_have_numbered_paragraphs(document: Make, context: ReadingContext) -> None:
    made = document(PRESENT)
    reading = note.read(made, context)
    assert note.likeness(made) > max(statement.likeness(made), 0.8)
    (meeting,) = [f for f in reading.of(MeetingFound) if f.standing == "reported"]
    assert meeting.kind == "SteeringGroupMeeting"
    assert made.text[meeting.source.passage.start : meeting.source.passage.end] == "BALI PROCESS STEERING GROUP"  # where the kind is said
    said = {(f.property, f.value) for f in reading.of(Fact) if f.subject == "meeting:m1"}
    assert {("ordinal", 14), ("ofBody", "body:steering-group"), ("inPlace", "place:bangkok")} <= said
    assert [p.kind for p in reading.of(ProvisionFound)] == ["Decision", "Commitment"]


def test_a_line_of_a_list_may_give_a_role_of_its_own(document: Make, context: ReadingContext) -> None:
    found = note.read(document(PRESENT), context).of(ParticipationFound)
    assert {(f.agent, f.role) for f in found} == {
        ("area:aus", "attendee"),
        ("org:unhcr", "attendee"),  # one of its people sent apologies, another was there
        ("org:unodc", "observer"),
        ("area:aus", "co-chair"),  # through those who sat for them
        ("area:idn", "co-chair"),
        ("person:ana-lim", "co-chair"),
        ("person:tan-ho", "co-chair"),
        ("person:eva-berg", "attendee"),
        ("person:ali-aziz", "observer"),
        ("person:jo-barton", "apology"),
    }
    assert {f.office for f in found if f.agent == "person:ali-aziz"} == {"Programme Officer, UNODC"}


def test_the_states_of_those_present_are_no_place_of_the_meeting(document: Make, context: ReadingContext) -> None:
    made = document(
        "Steering Group\nRecord of the Third Meeting\nKuala Lumpur, 2-3 April 2019\n\nParticipants\n"
        "Mr Tan Ho, Assistant Secretary, Department of Home Affairs, Australia\nMs Eva Rai, Ministry of Home Affairs, Nepal (observer)\n\n"
        "1. The Steering Group agreed to meet again.\n"
    )
    reading = note.read(made, context)
    assert {f.value for f in reading.of(Fact) if f.property in ("inCountry", "inPlace")} == {"place:kuala-lumpur"}
    assert {(f.agent, f.role) for f in reading.of(ParticipationFound)} >= {("area:aus", "attendee"), ("area:npl", "observer")}


def test_a_statement_may_name_its_meeting_on_its_title_page_alone(document: Make, context: ReadingContext) -> None:
    title = "THIRD MINISTERIAL CONFERENCE OF THE BALI PROCESS\n\nBALI, 3 MAY 2009\n\n"
    body = "1. Ministers agreed to meet again.\n\n2. Ministers thanked Indonesia."
    reading = statement.read(document(f"{title}CO-CHAIRS’ STATEMENT\n\n{body}"), context)
    assert [(m.kind, m.standing) for m in reading.of(MeetingFound)] == [("MinisterialConference", "reported")]
    assert find_occasion(document(f"{title}{body}")) is None


def test_the_line_that_says_where_a_declaration_was_adopted_names_its_meeting(document: Make, context: ReadingContext) -> None:
    text = (
        "PORTS DECLARATION\n\nAdopted at the Third Ministerial Conference of the Bali Process on People Smuggling, "
        "Trafficking in Persons and Related Transnational Crime\nBali, Indonesia – 3 May 2009\n\n"
        "We, the Ministers of the Bali Process, meeting in Bali on 3 May 2009,\n\n"
        "1. Agree to meet again;\n2. Commit to share our lists."
    )
    reading = declaration.read(document(text), context)
    assert [(m.kind, m.standing) for m in reading.of(MeetingFound)] == [("MinisterialConference", "reported")]


def test_lists_of_those_present_belong_to_a_statement(document: Make, context: ReadingContext) -> None:
    text = (
        "Bali Process Senior Officials' Meeting\nBali, 1 April 2013\nOutcome Document\n\n"
        "Attendance: Senior officials of Australia (co-chair), Fiji, Nepal; IOM.\nApologies: Jordan, Palau.\n\n"
        "Senior Officials endorsed the draft statement."
    )
    came = {(f.role, f.agent) for f in statement.read(document(text), context).of(ParticipationFound)}
    assert came == {
        *(("attendee", x) for x in ("area:aus", "area:fji", "area:npl", "org:iom")),
        ("apology", "area:jor"),
        ("apology", "area:plw"),
    }
