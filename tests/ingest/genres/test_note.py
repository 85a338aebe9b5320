"""Reports without numbers: what is one, and where its front matter ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from told import dates, parties, values

from ingest.document import Document, ReadingContext
from ingest.findings import Fact, MeetingFound, ParticipationFound, PersonFound, ProvisionFound, Unresolved
from ingest.genres import note
from ingest.genres.account import Account
from ingest.genres.draft import Draft

Make = Callable[[str], Document]

FRONT = "REPORT ON THE TRAINING WORKSHOP ON SHIPS\nSemarang, Indonesia\nTuesday 8 to Friday 11 October 2013\n\n"


def test_a_note_has_a_title_over_a_date(document: Make) -> None:
    assert note.likeness(document(f"{FRONT}The workshop was opened by Indonesia.")) >= 0.5


def test_the_title_may_count_the_meetings_of_a_group(document: Make) -> None:
    text = "Task Force on Planning and Preparedness – Third Meeting\n\nManila, Philippines\n20 - 21 November 2017\n\nThe Task Force met."
    assert note.likeness(document(text)) >= 0.5
    assert note.likeness(document(text.replace("Third", "Many a"))) < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Dear colleague,\n\nI thank you for your letter of 3 May 2013. The workshop was good.",
        "STATEMENT BY THE DEPARTMENT\n\nCanberra, 12 February 2023\n\n"
        "Australia saluted more than 200 delegates to the Eighth Bali Process Ministerial Conference in Adelaide on 10 February 2023.",
        "Agenda\n\n1. Opening\n\n2. Workshop of 3 May 2013\n\n3. Report\n\n4. Closing",
    ],
)
def test_a_letter_a_press_release_and_an_agenda_are_no_note(document: Make, text: str) -> None:
    assert note.likeness(document(text)) < 0.5


def test_who_completed_a_course_whose_title_goes_over_two_lines(document: Make, context: ReadingContext) -> None:
    text = (
        "FINAL REPORT\n\nRegional Training Workshop on\nInterviews at Sea\n\nSuva, Fiji\n5 – 9 September 2016\n\n1   Background\n\n"
        "Officers are often the first to whom a victim of trafficking speaks after a long journey.\n\n"
        "2   Participants\n\n"
        "Eleven officers completed the course:\n\nFiji (3)      Nauru (2)     Samoa (2)\nTonga (2)     Tuvalu (2)\n\n"
        "Palau had nominated two officers, who could not travel because their visas were late.\n"
    )
    reading = note.read(document(text), context)
    assert values(reading, "rdfs:label") == {"Regional Training Workshop on Interviews at Sea"}
    came = {("attendee", x) for x in ("fji", "nru", "wsm", "ton", "tuv")}
    assert parties(reading) == came | {("apology", "plw")}


def test_the_day_of_writing_above_the_title_is_no_day_of_the_meeting(document: Make, context: ReadingContext) -> None:
    text = (
        "BPWG/2021/REP\n29 October 2021\n\nFifth Meeting of the Working Group on Trafficking in Persons\n\n"
        "Suva, Fiji, and by video link, 12–14 October 2021\n\nREPORT\n\n"
        "The Working Group held its fifth session from 12 to 14 October 2021.\n\n"
        "Members:     Australia*, Fiji, Nauru*, Samoa\nObservers:   Canada*, IOM\nExcused:     Palau\n"
    )
    reading = note.read(document(text), context)
    assert dates(reading) == {"2021-10-12/2021-10-14"}
    came = {("attendee", x) for x in ("aus", "fji", "nru", "wsm")}
    assert parties(reading) == came | {("observer", "can"), ("observer", "iom"), ("apology", "plw")}


def test_a_conference_that_the_first_sentence_recalls_gives_no_date_and_place_to_the_workshop(
    document: Make, context: ReadingContext
) -> None:
    told = "Background\n\nAt the Fifth Bali Regional Ministerial Conference (Bali, 2 April 2013), Ministers encouraged members to act."
    reading = note.read(document(f"{FRONT}{told}"), context)
    assert (dates(reading), values(reading, "inPlace")) == ({"2013-10-08/2013-10-11"}, {"place:semarang"})
    assert (dates(reading, "m2"), values(reading, "inPlace", "m2")) == ({"2013-04-02"}, {"place:bali"})


def test_heads_of_delegation_came_for_whom_their_office_names(document: Make, context: ReadingContext) -> None:
    listed = "Heads of delegation\nCommander Paul Osborne, Australian Federal Police (Australia)\nSupt. Kamal Perera, Sri Lanka Police\n"
    reading = note.read(document(f"{FRONT}{listed}"), context)
    assert parties(reading) == {("attendee", x) for x in ("aus", "lka", "paul-osborne", "kamal-perera")}
    assert {f.name for f in reading.of(PersonFound)} == {"Paul Osborne", "Kamal Perera"}


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (
            "LIST OF PARTICIPANTS\nNo. | Name | Position | Country\n1 | Mr Tan Ho | Director, Ministry of Justice | Japan\n"
            "2 | Ms Ana Lim | Legal Officer | UNHCR\nOBSERVERS\n1 | Ms Jo Roe | First Secretary | Canada\n",
            {("attendee", x) for x in ("jpn", "unhcr", "tan-ho", "ana-lim")} | {("observer", "can"), ("observer", "jo-roe")},
        ),
        (
            "Present:\nThailand: Pol Col Tan Ho, Superintendent\nUNHCR: Ms Ana Lim, Regional Representative (apologies)\n",
            {("attendee", "tha"), ("attendee", "tan-ho"), ("apology", "unhcr"), ("apology", "ana-lim")},
        ),
        (
            "CO-CHAIRS\nMr Tan Ho, Director, Fiji\nMs Ana Lim PSM, Ambassador, Australia\nRAPPORTEUR\nMs Jo Roe, Legal Officer, IOM\n",
            {("co-chair", x) for x in ("tan-ho", "ana-lim", "fji", "aus")} | {("rapporteur", "jo-roe")},
        ),
        (
            "Present:\nMr Tan Ho (Co-Chair), Department of Immigration, Australia\nMs Ana Lim, IOM\n",
            {("attendee", "aus"), ("co-chair", "aus"), ("co-chair", "tan-ho"), ("attendee", "iom"), ("attendee", "ana-lim")},
        ),
        (
            "The workshop was attended by the following delegations:\n\nFiji        Mr Tan Ho, Director\nUNHCR       Ms Ana Lim, Adviser\n",
            {("attendee", "fji"), ("attendee", "tan-ho"), ("attendee", "unhcr"), ("attendee", "ana-lim")},
        ),
        (
            "Delegates\nRank/Name | Agency | Country\nSAC Dato' Tan Ho | Royal Malaysia Police | Malaysia\nCapt (N) Jo Roe | Navy | Fiji\n",
            {("attendee", "mys"), ("attendee", "tan-ho"), ("attendee", "fji"), ("attendee", "jo-roe")},
        ),
        (
            "Present:\nMs Ana Lim, Legal Officer, IOM\n\nDr Tan Ho (Nepal) and Mr Jo Roe (Fiji) sent apologies.\n",
            {("attendee", "iom"), ("attendee", "ana-lim"), ("apology", "tan-ho"), ("apology", "jo-roe")},
        ),
        (
            "List of participants\nAUSTRALIA\nMs Ana Lim (Co-Chair)\nAmbassador for People Smuggling\nINDONESIA\nMr Tan Ho, Director\n",
            {("attendee", "aus"), ("co-chair", "aus"), ("co-chair", "ana-lim"), ("attendee", "idn"), ("attendee", "tan-ho")},
        ),
        (
            "Annex A: LIST OF THOSE PRESENT\n\nFiji\n  Mr Tan HO (Head of Delegation), Director of Ports\n  Brig. Gen. (Pol) Ana LIM\n"
            "Nepal\n  Mr RAI Om (HOD)\n\nObservers\n  Canada: Mr Jo ROE\n\nApologies\n  Samoa, Tonga\n",
            {("attendee", x) for x in ("fji", "tan-ho", "ana-lim", "npl", "rai-om")}
            | {("observer", "can"), ("observer", "jo-roe"), ("apology", "wsm"), ("apology", "ton")},
        ),
        (
            "Heads of Delegation\nFIJI - The Hon. Tan Ho, MP, Minister of Ports\nNEPAL - Pehin Dato Hj Om Rai, Minister of State\n"
            "Observers: CANADA - Mr. Jo Roe, Chargé d'affaires; UNHCR - Ibu Ana Lim\n",
            {("attendee", x) for x in ("fji", "tan-ho", "npl", "om-rai")}
            | {("observer", x) for x in ("can", "jo-roe", "unhcr", "ana-lim")},
        ),
        (
            "DELEGATIONS\n\nFIJI\nMr Tan Ho, Department of Ports\n\nCHINA (including Macau SAR)\nMs Ana Lim, Ministry of Security\n"
            "Mr Jo Roe, Police, Macau SAR\n\nNEPAL\nMr Om Rai, Police\n",
            {("attendee", x) for x in ("fji", "chn", "mac", "npl", "tan-ho", "ana-lim", "jo-roe", "om-rai")},
        ),
        (
            "Attendance\nNepal - Mr Om Rai\nBy invitation - Fiji: Mr Tan Ho\nAbsent with apologies - Samoa (coordinator)\n",
            {("attendee", "npl"), ("attendee", "om-rai"), ("guest", "fji"), ("guest", "tan-ho"), ("apology", "wsm")},
        ),
        ("Participants\n- Fiji\n- Canada (as an observer)\n", {("attendee", "fji"), ("observer", "can")}),
        ("3. Participating members were:\n• Fiji\n• Nepal\n", {("attendee", "fji"), ("attendee", "npl")}),
        (
            "Participants:\n\nMr Tan Ho, Director, Fiji\n\nThe workshop was opened by Mr Tan Ho, who thanked all.\n",
            {("attendee", "fji"), ("attendee", "tan-ho"), ("opener", "tan-ho")},
        ),
    ],
)
def test_rows_of_those_who_came(document: Make, context: ReadingContext, listed: str, expected: set[tuple[str, str]]) -> None:
    assert parties(note.read(document(f"{FRONT}{listed}"), context)) == expected


def test_a_head_of_delegation_has_the_office_behind_the_brackets(document: Make, context: ReadingContext) -> None:
    listed = "List of those present\n\nFiji\n  Mr Tan HO (Head of Delegation), Director of Ports\n  Ms Ana LIM (HOD)\n"
    found = [f for f in note.read(document(f"{FRONT}{listed}"), context).of(ParticipationFound) if f.agent.startswith("person:")]
    assert [(f.written, f.office, f.on_behalf_of) for f in found] == [
        ("Tan HO", "Director of Ports", "area:fji"),
        ("Ana LIM", None, "area:fji"),
    ]


def test_who_came_by_name_makes_a_list_in_part(document: Make, context: ReadingContext) -> None:
    told = "The delegation of Nepal was headed by Mr Tan Ho, Secretary of Home Affairs.\n"
    reading = note.read(document(f"{FRONT}The workshop was held in Semarang.\n\n{told}"), context)
    assert values(reading, "attendanceCoverage") == {"c:coverage_partial-list"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("12 May 2014", {"2014-05-05"}),
        ("5 May 2014", {"2014-05-05"}),
        ("Nadi, 12 May 2014", {"2014-05-05", "2014-05-12"}),
    ],
)
def test_a_later_day_alone_on_its_line_is_the_day_of_publication(
    document: Make, context: ReadingContext, line: str, expected: set[str]
) -> None:
    made = document(f"Workshop on Ships\n{line}\n\nThe Workshop on Ships was held in Suva, Fiji on 5 May 2014. It was attended by Fiji.")
    assert dates(note.read(made, context)) == expected


def test_those_below_a_line_that_says_who_came_are_read_in_its_role(document: Make, context: ReadingContext) -> None:
    text = (
        f"{FRONT}Delegations were present from:\n\nFiji\nNepal\nIOM\n\nThe following sent observers:\nCanada\n\n"
        "The workshop should be followed by:\nSamoa\nTonga\n"
    )
    assert parties(note.read(document(text), context)) == {
        ("attendee", "fji"),
        ("attendee", "npl"),
        ("attendee", "iom"),
        ("observer", "can"),
    }


@pytest.mark.parametrize(
    "table",
    [
        "Country | Present | Remarks\nFiji | Yes | Co-Chair\nNepal | Yes |\nSamoa | No | apologies received\nTonga | No |\nIOM | Yes | -\n",
        "Member\nAgency\nAttended 20 March\nRemarks\n\nFiji\nMinistry of Ports\nYes\nCo-Chair (Mr Tan Ho)\n\nNepal\nPolice\nYes\n-\n\n"
        "Samoa\nPolice\nNo\nApology received 17 March\n\nTonga\nPolice\nNo\nNo reply\n\nIOM\nOffice\nYes\n-\n",
    ],
)
def test_a_table_with_a_column_for_attendance(document: Make, context: ReadingContext, table: str) -> None:
    reading = note.read(document(f"{FRONT}{table}"), context)
    came = {("attendee", x) for x in ("fji", "npl", "iom")}
    assert {x for x in parties(reading) if x[1] != "tan-ho"} == came | {("apology", "wsm"), ("co-chair", "fji")}


def test_labels_whose_values_stand_in_a_column(document: Make, context: ReadingContext) -> None:
    reading = note.read(document(f"{FRONT}Hosted by    Government of Fiji (Fiji Police)\nCo-chaired by    Nepal and Samoa\n"), context)
    assert parties(reading) == {("host", "fji"), ("co-chair", "npl"), ("co-chair", "wsm")}


def test_those_in_the_chair_are_no_place_of_the_meeting(document: Make, context: ReadingContext) -> None:
    text = (
        "Bali Process Steering Group\nFourth Meeting, Jakarta, 20 March 2003\n\nChair: Mr Tan Ho (Australia) and Ms Ana Lim (Indonesia)\n"
    )
    reading = note.read(document(f"{text}\nParticipants:\nMs Mere Vula, Fiji\n"), context)
    assert (values(reading, "inPlace"), values(reading, "inCountry")) == ({"place:jakarta"}, set())
    assert {f.written for f in reading.of(ParticipationFound) if f.role == "chair"} == {"Tan Ho", "Ana Lim"}
    assert {f.written for f in reading.of(ParticipationFound) if f.role == "co-chair"} == {"Australia", "Indonesia"}


def test_people_are_read_from_tables_and_behind_their_party(document: Make, context: ReadingContext) -> None:
    listed = (
        "Present\n\nName | Position | Country\nMs Ana Lim | Ambassador for Ports | Australia (Co-Chair)\n"
        "Pol. Col. Tan Ho | Immigration Bureau | Thailand\nMs Mere Vula   Fiji\n\n"
        "Others present:\nNepal: Mr Om Rai, Ministry of Home Affairs; Ms Sita Rai, Police\n"
    )
    reading = note.read(document(f"{FRONT}{listed}"), context)
    people = {("co-chair", "ana-lim"), ("co-chair", "aus"), *(("attendee", x) for x in ("tan-ho", "mere-vula", "om-rai", "sita-rai"))}
    assert parties(reading) == people | {("attendee", x) for x in ("aus", "tha", "fji", "npl")}
    assert {f.office for f in reading.of(ParticipationFound) if f.agent == "person:ana-lim"} == {"Ambassador for Ports"}


def test_what_was_recommended_below_the_title_is_no_part_of_it(document: Make, context: ReadingContext) -> None:
    head = "Bali Process Workshop on Visas\nHanoi, Viet Nam, 6-8 November 2002\n\nRecommendations\n\nParticipants recommended that:\n\n"
    reading = note.read(document(f"{head}(1) members enact laws;\n(2) penalties be raised.\n\nMembers agreed to act."), context)
    assert [f.wording for f in reading.of(ProvisionFound)] == [("recommend",), ("recommend",), ("agree",)]


def test_those_who_heard_presentations_are_not_listed_below(document: Make, context: ReadingContext) -> None:
    rows = '- "Of ships", Ms Ana Lim, UNICEF\n- "Of visas", the police\n'
    told = f"The workshop was opened by Fiji.\n\nParticipants heard two presentations:\n{rows}"
    assert parties(note.read(document(f"{FRONT}{told}"), context)) == {("presenter", "ana-lim")}


def test_the_head_of_a_list_behind_another_sentence_and_its_last_line_in_words(document: Make, context: ReadingContext) -> None:
    text = (
        f"{FRONT}The meeting was opened by Ms Ana Lim, Director, Samoa. Some 20 officials attended the meeting from:\n\nFiji\tNepal\n"
        "Tonga\tSri Lanka\n\nand from the International Organization for Migration (IOM).\n"
    )
    reading = note.read(document(text), context)
    assert parties(reading) == {("opener", "ana-lim"), *(("attendee", x) for x in ("fji", "npl", "ton", "lka", "iom"))}
    assert {(f.role, f.written) for f in reading.of(ParticipationFound) if f.agent.startswith("person:")} == {("opener", "Ana Lim")}


def test_the_second_of_two_co_chairs_stands_on_the_next_line(document: Make, context: ReadingContext) -> None:
    text = (
        "Bali Process Steering Group Meeting\nJakarta, 22 July 2002Present:\nCo-Chairs: Mr Tan Ho, Director, Fiji;\nMs Ana Lim, "
        "Ambassador, Samoa;\nMs Mere Vula, Adviser, Tonga;\n\nThe Steering Group agreed to meet again.\n"
    )
    people = {(f.role, f.written) for f in note.read(document(text), context).of(ParticipationFound) if f.agent.startswith("person:")}
    assert people == {("co-chair", "Tan Ho"), ("co-chair", "Ana Lim"), ("attendee", "Mere Vula")}


RELEASE = (
    "Fiji Immigration\n\nPRESS RELEASE\nSuva, 16 May 2019\n\nFiji takes part in Bali Process Working Group meeting\n\n"
    "A team led by the Director of Immigration has taken part in the third meeting of the Working Group on Trafficking in Persons, "
    "which was held in Manila, the Philippines, from 13 to 14 May.\n"
)


def test_a_release_to_the_press_is_neither_of_the_day_nor_of_the_place_of_the_meeting(document: Make, context: ReadingContext) -> None:
    reading = note.read(document(RELEASE), context)
    assert dates(reading) == {"2019-05-13/2019-05-14"}
    assert (values(reading, "inPlace"), values(reading, "inCountry")) == ({"place:manila"}, {"area:phl"})


def test_a_heading_with_a_number_behind_bullets_is_none_of_them(document: Make, context: ReadingContext) -> None:
    head = "8. Preparation\n\nMembers recommended:\n\n• that Ministers consider a cycle;\n• that the map be printed.\n\n"
    text = f"{FRONT}{head}9. Pacific session\n\nA session was held.\n"
    assert [f.text for f in note.read(document(text), context).of(ProvisionFound)] == [
        "that Ministers consider a cycle",
        "that the map be printed",
    ]


def test_a_day_behind_the_name_of_whoever_wrote_is_that_of_the_note(document: Make, context: ReadingContext) -> None:
    text = (
        "Bali Process: Working Group        IOM, 28 March 2011\n\nNOTE OF THE THIRD WORKING GROUP MEETING\nSuva, Fiji, 17-18 March 2011\n\n"
        "The meeting agreed to meet again.\n"
    )
    assert dates(note.read(document(text), context)) == {"2011-03-17/2011-03-18"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Senior officials of the Ad Hoc Group (AHG) assembled for the eighth time in Suva, Fiji, on 17 and 18 March 2011.",
        "The Ad Hoc Group held its eighth meeting in Suva, Fiji, on 17 and 18 March 2011.",
    ],
)
def test_meetings_that_are_counted_by_those_who_met_are_those_of_their_series(
    document: Make, context: ReadingContext, sentence: str
) -> None:
    text = f"EIGHTH MEETING OF THE AD HOC GROUP SENIOR OFFICIALS\nSuva, Fiji, 17-18 March 2011\n\n{sentence}\n"
    assert len(note.read(document(text), context).of(MeetingFound)) == 1


BELOW = "Bali Process\n\nWorkshop on Ships\n\n"


def test_the_sentence_below_a_title_may_say_when_that_meeting_was_held(document: Make, context: ReadingContext) -> None:
    text = f"{BELOW}The workshop was held in Suva, Fiji, in early March 2014. Officials from Nepal attended.\n"
    assert note.likeness(document(text)) >= 0.5
    reading = note.read(document(text), context)
    assert (dates(reading), values(reading, "inPlace")) == ({"2014-03"}, {"place:suva"})
    assert parties(reading) == {("attendee", "npl")}


@pytest.mark.parametrize(
    "said",
    [
        "The workshop will be held in Suva, Fiji, on 3 March 2014.",
        "The conference was held in Suva, Fiji, on 3 March 2014.",  # which is not the meeting of the title
        "The workshop was held.",
        "Ships were seized in Suva, Fiji, on 3 March 2014.",
    ],
)
def test_a_title_alone_makes_no_note(document: Make, said: str) -> None:
    assert note.likeness(document(f"{BELOW}{said}\n")) < 0.5


@pytest.mark.parametrize(
    ("body", "read"), [("Drafting Committee", True), ("Steering Committee on Training", True), ("Finance Committee", False)]
)
def test_committees_that_were_set_up_for_some_work_meet(document: Make, body: str, read: bool) -> None:
    text = f"Bali Process\n\nSecond meeting of the {body}\nJakarta, 6 May 2014\n\nFiji and Nepal attended the meeting.\n"
    assert (note.likeness(document(text)) >= 0.5) is read


@pytest.mark.parametrize(
    ("where", "basis"),
    [
        ("in Strelsau ", set()),
        ("in the city of Strelsau, Ruritania, ", set()),
        ("", {"c:place-basis_absent"}),
        ("in full ", {"c:place-basis_absent"}),
    ],
)
def test_a_place_that_no_table_knows_is_not_absent(document: Make, context: ReadingContext, where: str, basis: set[str]) -> None:
    reading = note.read(document(f"TRAINING WORKSHOP ON SHIPS\n\nThe training workshop was held {where}on 8 October 2013."), context)
    assert values(reading, "placeBasis") == basis
    assert [u.kind for u in reading.of(Unresolved)] == ([] if basis else ["place"])


def test_that_a_list_is_complete_is_said_by_all_of_it(document: Make, context: ReadingContext) -> None:
    made = document(f"{FRONT}The workshop was opened by Indonesia.\n\nParticipants\n\nFiji\nNauru\nSamoa\nTonga\n")
    (coverage,) = [f for f in note.read(made, context).of(Fact) if f.property == "attendanceCoverage"]
    said = [made.text[s.passage.start : s.passage.end] for s in (coverage.source, *coverage.source.beside)]
    assert (coverage.value, said) == ("c:coverage_complete-list", ["Participants", "Fiji", "Nauru", "Samoa", "Tonga"])


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Fiji takes part in the Ninth Bali Process Ministerial Conference", {"Ninth Bali Process Ministerial Conference"}),
        ("Suva hosts Bali Process Workshop on Visa Fraud", {"Bali Process Workshop on Visa Fraud"}),
        ("BALI PROCESS WORKSHOP", set()),
    ],
)
def test_neither_a_headline_nor_a_bare_label_is_the_name_of_a_meeting(
    document: Make, context: ReadingContext, title: str, names: set[str]
) -> None:
    made = document(f"{title}\nSuva, Fiji, 3 May 2018\n\nThe meeting was opened by Fiji.")
    account = Account(Draft(made, context, note.NAME))
    account.open(made.passages[0], 0, len(title), "Workshop", None, "held", note.NAME)
    assert values(account.draft.reading(), "rdfs:label") == names
