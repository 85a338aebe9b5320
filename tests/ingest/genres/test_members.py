"""Lists of members: what is one, and what in it is no member."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Document, ReadingContext
from ingest.extract import read_document
from ingest.findings import DateRead, Fact, MembershipFound
from ingest.genres import members

Make = Callable[[str], Document]

PAGE = "Ad Hoc Group\n\nMembers\nAustralia Fiji Nepal\nThailand IOM\n\nObservers: Canada; Switzerland (until 2012)\n"


def listed(document: Document, context: ReadingContext) -> set[tuple[str, str]]:
    return {(f.status, f.member.partition(":")[2]) for f in members.read(document, context).of(MembershipFound)}


def test_a_page_of_members_is_mostly_names_below_a_heading(document: Make) -> None:
    assert members.likeness(document(PAGE)) > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Former members\n\nAustralia Fiji Nepal\nThailand IOM",
        "Members were asked to act. The workshop in Bangkok, Thailand was attended by Australia, Fiji, Nepal, Samoa and IOM.",
    ],
)
def test_former_members_and_those_who_came_are_no_list_of_members(document: Make, text: str) -> None:
    assert members.likeness(document(text)) < 0.5


def test_a_membership_that_has_ended_is_none(document: Make, context: ReadingContext) -> None:
    of_group = {("member", x) for x in ("aus", "fji", "npl", "tha", "iom")}
    assert listed(document(PAGE), context) == of_group | {("observer", "can")}


def test_the_list_of_another_body_on_the_page_of_a_body_is_its_own(document: Make, context: ReadingContext) -> None:
    reading = members.read(document(f"{PAGE}\nSteering Group: Australia, IOM\n"), context)
    own = {(f.status, f.member) for f in reading.of(MembershipFound) if f.organisation == "body:steering-group"}
    assert own == {("member", "area:aus"), ("member", "org:iom")}
    assert {f.organisation for f in reading.of(MembershipFound)} == {"body:ad-hoc-group", "body:steering-group"}


def test_a_heading_below_a_name_is_no_status_of_it(document: Make, context: ReadingContext) -> None:
    text = "The Bali Process\n\nMember States\nFiji Nepal\nSamoa Vanuatu\nObserver States\nAustria Norway\n"
    found = listed(document(text), context)
    assert {key for status, key in found if status == "observer"} == {"aut", "nor"}


def test_headings_of_kinds_of_members_have_the_status_of_the_list(document: Make, context: ReadingContext) -> None:
    text = (
        "About the Bali Process\n\nMembership\nThe Bali Process has 5 members: 3 countries and 2 international organisations.\n"
        "Countries and territories: Fiji • Nepal • Samoa\nOrganisations: IOM • UNHCR\n"
        "Participating Countries (observers): Austria, Norway\n"
    )
    assert listed(document(text), context) == {
        *(("member", key) for key in ("fji", "npl", "wsm", "iom", "unhcr")),
        ("observer", "aut"),
        ("observer", "nor"),
    }


LISTED = "Fiji, Nepal, Palau, Samoa and Tonga"
NATIONS = {("member", key) for key in ("fji", "npl", "plw", "wsm", "ton")}


@pytest.mark.parametrize(
    "text",
    [
        f"Ad Hoc Group membership\n\nThe Ad Hoc Group comprises the following members:\n{LISTED}\n",
        "Ad Hoc Group membership\n\nThe Ad Hoc Group comprises the following members:\nFiji     Nepal     Palau\nSamoa     Tonga\n",
        "About the Bali Process\n\nMembership now stands at 5:\n\nStates and territories\n• Fiji\n• Nepal\n• Palau\n• Samoa\n• Tonga\n",
        "| Member | Since |\n|---|---|\n| Fiji | 2002 |\n| Nepal | 2002 |\n| Palau | 2002 |\n| Samoa | 2002 |\n| Tonga "
        "| 2002 |\n\nThe Bali Process\n",
        f"The Bali Process brings together five members. These are: {LISTED}.\n",
        f"The Steering Group guides the Bali Process. It consists of {LISTED}.\n",
    ],
)
def test_a_lead_or_a_column_says_who_belongs(context: ReadingContext, text: str) -> None:
    found = {(f.status, f.member.partition(":")[2]) for f in read_document("made", text, context).of(MembershipFound)}
    assert found == NATIONS


@pytest.mark.parametrize(
    "sentence",
    [
        f"The following members attended the meeting: {LISTED}.",
        f"Members present were: {LISTED}.",
        f"The following members have not yet ratified the Protocol: {LISTED}.",
        f"The following members are invited to comment: {LISTED}.",
        f"Members that have legislation in force now include: {LISTED}.",
        f"Former members are: {LISTED}.",
        "ASEAN has ten members: Brunei Darussalam, Cambodia, Indonesia, Lao PDR, Malaysia, Myanmar.",
        "Fiji, Nepal and Palau are members of the drafting committee.",
        f"The following members are parties to the Convention: {LISTED}.",
    ],
)
@pytest.mark.parametrize("head", ["About the Bali Process\n\n", "The Bali Process is a forum on people smuggling.\n\n"])
def test_other_lists_of_members_say_not_who_belongs(context: ReadingContext, head: str, sentence: str) -> None:
    assert read_document("made", f"{head}{sentence}\n", context).of(MembershipFound) == []


def test_members_named_on_the_page_of_a_meeting_came_to_it(context: ReadingContext) -> None:
    text = (
        "Eleventh Ad Hoc Group Senior Officials Meeting\n\n27 April 2016\nBangkok, Thailand\n\nThe meeting discussed the Bali Declaration. "
        f"Members: {LISTED}.\n"
    )
    assert read_document("made", text, context).of(MembershipFound) == []


def test_a_line_that_names_a_body_begins_its_list_and_participants_beside_members_are_none(document: Make, context: ReadingContext) -> None:
    text = (
        "Bali Process membership\n\nSteering Group\nAustralia, Indonesia\n\nAd Hoc Group\nFiji Nepal\nIOM\n\nMember Organisations\nIOM\n"
        "Office of the United Nations High Commissioner for Refugees\nILO\n\nParticipating Countries\nAustria\nNorway\n"
    )
    found: dict[tuple[str, str], set[str]] = {}
    for f in members.read(document(text), context).of(MembershipFound):
        found.setdefault((f.organisation.partition(":")[2], f.status), set()).add(f.member.partition(":")[2])
    assert found == {
        ("bali-process", "steering-group"): {"aus", "idn"},
        ("ad-hoc-group", "member"): {"fji", "npl", "iom"},
        ("bali-process", "member"): {"iom", "unhcr", "ilo"},
    }


@pytest.mark.parametrize(
    "text",
    [
        "BALI PROCESS PARTICIPANTS\nMembers (5) 1. Fiji 2. Nepal 3. Samoa 4. Tonga International Organisations 5. IOM "
        "Other participating countries 1. Austria",
        "Bali Process – Members\n• Fiji • Nepal • Samoa • Tonga\n"
        "Member international organisations\n• IOM\nNon-member participants\n• Austria • Norway\n",
        "Profile: Bali Process\nParticipating States\tFiji\nNepal\nSamoa\nTonga\nIOM\n"
        "Steering Committee\tAustralia, Indonesia\nBudget\tNone\n",
        "What is it?\nThe Bali Process's 4 member countries are Fiji, Nepal, Samoa and Tonga. Its member organisations are IOM.",
    ],
)
def test_lists_as_pages_and_papers_have_them(context: ReadingContext, text: str) -> None:
    found = {(f.status, f.member.partition(":")[2]) for f in read_document("made", text, context).of(MembershipFound)}
    assert found == {("member", x) for x in ("fji", "npl", "wsm", "ton", "iom")}


def test_brackets_say_the_status_of_those_before_them(document: Make, context: ReadingContext) -> None:
    text = (
        "Bali Process\n\nMember States\nFiji, Nepal, Samoa\n\nObservers\nAustria, Norway\n\nInternational organisations\n"
        "IOM, UNHCR (members); ADB, ICRC (observers); UNICEF\n"
    )
    found = listed(document(text), context)
    assert {key for status, key in found if status == "member"} == {"fji", "npl", "wsm", "iom", "unhcr"}
    assert {key for status, key in found if status == "observer"} == {"aut", "nor", "adb", "icrc"}


SEATED = "The Bali Process\n\nMember countries (5)\n\nFiji   Nepal   Palau\nSamoa*  Tonga\n\n* represented by New Zealand\n\n"


@pytest.mark.parametrize(
    "heading",
    [
        "Participating observer countries",
        "International observers",
        "Observing States (2)",
        "Countries that take part as observers",
    ],
)
def test_a_heading_says_in_many_words_that_those_below_it_observe(context: ReadingContext, document: Make, heading: str) -> None:
    found = listed(document(f"{SEATED}{heading}\n\nAustria Norway\n"), context)
    assert found == NATIONS | {("observer", "aut"), ("observer", "nor")}


@pytest.mark.parametrize("heading", ["Dialogue partners", "DONOR GOVERNMENTS (2)", "Friends of the Process and invited guests"])
def test_those_below_a_heading_that_says_neither_are_neither(context: ReadingContext, document: Make, heading: str) -> None:
    assert listed(document(f"{SEATED}{heading}\n\nAustria Norway\n"), context) == NATIONS


HELD = "The Fourth Steering Group Meeting was held in Jakarta on 3 May 2006.\n"
HELD += "The Fifth Steering Group Meeting was held in Canberra on 4 May 2007."
DATED = "3 May 2006: Fourth Steering Group Meeting, Jakarta\n"
DATED += "4 May 2007: Fifth Steering Group Meeting, Canberra\n5 May 2008: Workshop on Visas, Suva"


@pytest.mark.parametrize("meetings", [HELD, DATED])
@pytest.mark.parametrize(("head", "role"), [("Members: ", "member"), ("Present: ", None)])
def test_a_page_may_list_both_members_and_meetings(context: ReadingContext, head: str, role: str | None, meetings: str) -> None:
    page = f"Steering Group of the Bali Process\n\n{head}Australia, Fiji, Nepal, Thailand, IOM\n\nMeetings\n\n{meetings}\n"
    reading = read_document("made", page, context)
    assert {f.value.edtf for f in reading.of(Fact) if isinstance(f.value, DateRead)} >= {"2006-05-03", "2007-05-04"}
    assert {(f.organisation, f.status) for f in reading.of(MembershipFound)} == ({("body:steering-group", role)} if role else set())
    assert len({f.member for f in reading.of(MembershipFound)}) == (5 if role else 0)


def test_a_list_of_members_may_name_meetings_with_date_and_place(context: ReadingContext) -> None:
    held = "First Regional Ministerial Conference, Bali, February 2002\nFifth Regional Ministerial Conference, 2 April 2013, Bali"
    page = f"{PAGE}\nMeetings\n{held}\n"
    reading = read_document("made", page, context)
    assert len({f.member for f in reading.of(MembershipFound)}) >= 6
    assert [f.value for f in reading.of(Fact) if f.property == "inPlace"] == ["place:bali"] * 2


def test_participating_countries_below_observers_are_observers(context: ReadingContext, document: Make) -> None:
    parts = "Observers\n\nParticipating countries\nAustria, Norway\n\nParticipating agencies\nAsian Development Bank\nInterpol\n"
    found = listed(document(f"{SEATED}{parts}"), context)
    assert found == NATIONS | {("observer", x) for x in ("aut", "nor", "adb", "interpol")}


def test_what_prose_below_a_heading_names_is_not_listed(context: ReadingContext, document: Make) -> None:
    prose = "Membership\n\nThe Bali Process was established in 2002. It is co-chaired by Nauru and Vanuatu.\n\n"
    assert listed(document(f"{prose}{SEATED}"), context) == NATIONS


SIX = {("member", x) for x in ("fji", "npl", "wsm", "ton", "lka")} | {("observer", "can")}


@pytest.mark.parametrize(
    "text",
    [
        "| Members | Observers |\n|---|---|\n| Fiji | Canada |\n| Nepal | |\n| Samoa | |\n| Tonga | |\n| Sri Lanka | |\n",
        "Members          Observers\n\nFiji             Canada\nNepal\nSamoa\nTonga\nSri Lanka\n",
        "| Country | Member | Observer |\n|---|---|---|\n| Fiji | X | |\n| Nepal | X | |\n| Samoa | X | |\n| Tonga | X | |\n"
        "| Sri Lanka | X | |\n| Canada | | X |\n| Norway | | |\n",
        "| Members | Former members |\n|---|---|\n| Fiji | Norway |\n| Nepal | Palau |\n| Samoa | |\n| Tonga | |\n| Sri Lanka | |\n\n"
        "Observers: Canada\n",
        "Members\n\nPacific: Fiji, Samoa, Tonga\nSouth Asia: Nepal, Sri Lanka\n\nObservers\n\nNorth America: Canada\n",
        "Who are the members?\n\n➢ Fiji\n➢ Nepal\n➢ Samoa\n➢ Tonga\n➢ Sri Lanka\n\nWho are the observers?\n\n➢ Canada\n",
        "Members and year of joining\n\nFiji (2002)\nNepal (2002)\nSamoa (2004)\nTonga (2004)\nSri Lanka (2002)\n\n"
        "Observers\n\nCanada (2003)\n",
        # a sentence behind a list is none of its lines
        "Members: Fiji, Nepal, Samoa, Tonga and Sri Lanka. Canada is not a member. Norway and Palau have applied.\n\nObservers: Canada\n",
        "The Ad Hoc Group has the following members: Fiji, Nepal, Samoa, Tonga and Sri Lanka. Canada has observer status.\n\n"
        "Observers\n\nCanada\n",
    ],
)
def test_members_and_observers_side_by_side_and_in_groups(document: Make, context: ReadingContext, text: str) -> None:
    page = document(f"The Ad Hoc Group\n\n{text}")
    assert members.likeness(page) > 0.5
    assert listed(page, context) == SIX


def test_a_sentence_says_who_are_observers(document: Make, context: ReadingContext) -> None:
    said = "Canada and Norway are observers. Palau and Japan are observers at some meetings."
    found = listed(document(f"The Ad Hoc Group\n\nMembers: Fiji, Nepal, Samoa, Tonga, IOM.\n\n{said}\n"), context)
    assert {key for status, key in found if status == "observer"} == {"can", "nor"}
    assert len(found) == len(SIX) + 1


def test_columns_that_blanks_no_longer_part_are_not_guessed(document: Make, context: ReadingContext) -> None:
    text = "The Ad Hoc Group\n\nMembers Observers\nFiji Canada\nNepal Norway\nSamoa\nTonga\n"
    assert listed(document(text), context) == set()


def test_observers_in_two_parts_and_states_that_are_named_for_another_reason(document: Make, context: ReadingContext) -> None:
    text = (
        "Bali Process membership\n\nMembers\n\nName                      Kind    Since\n\nFiji                      State   2002\n"
        "France (on account of New Caledonia)  State   2002\nNepal (Co-Chair)          State   2003 (a)\n"
        "Tonga                     State   2004\n"
        "Samoa                     State   2005\n\n(a) In 2002 part of the delegation of India.\n\nObservers\n\nStates:\nNorway, Canada\n\n"
        "Agencies: ICRC, ADB\n\nApplicants\nTuvalu\n"
    )
    found = {("member", x) for x in ("fji", "fra", "npl", "ton", "wsm")} | {("observer", x) for x in ("nor", "can", "icrc", "adb")}
    assert listed(document(text), context) == found
