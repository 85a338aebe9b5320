"""Lists of members: what is one, and what in it is no member."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Document, ReadingContext
from ingest.findings import MembershipFound
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
