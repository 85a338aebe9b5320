"""Sentences that say who belongs to a body, and those that only seem to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Document, ReadingContext
from ingest.extract import read_document
from ingest.findings import AppointmentFound, MembershipFound
from ingest.grammar.belonging import read_belonging

Make = Callable[[str], Document]


def belonging(document: Document, *, alone: bool = True) -> set[tuple[str, str, str]]:
    found: set[tuple[str, str, str]] = set()
    for f in read_belonging(document, alone=alone):
        if isinstance(f, MembershipFound):
            found.add((f.status, f.member.partition(":")[2], f.organisation.partition(":")[2]))
        elif isinstance(f, AppointmentFound):
            found.add((f.status, f.holder.partition(":")[2], f.body.partition(":")[2]))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The members of the Ad Hoc Group are Fiji, the Maldives and IOM.", {("member", x, "ad-hoc-group") for x in ("fji", "mdv", "iom")}),
        ("Fiji, IOM and UNHCR are members of the Bali Process.", {("member", x, "bali-process") for x in ("fji", "iom", "unhcr")}),
        ("The Maldives joined the Bali Process in 2002 and will host a workshop.", {("member", "mdv", "bali-process")}),
        (
            "The Steering Group, made up of Fiji and IOM, looked at its work.",
            {("member", "fji", "steering-group"), ("member", "iom", "steering-group")},
        ),
        ("New Zealand coordinates the Technical Experts Group on Returns and Reintegration.", {("coordinator", "nzl", "teg-rr")}),
        (
            "The Ad Hoc Group is small. Canada and Samoa take part as observers.",
            {("observer", "can", "ad-hoc-group"), ("observer", "wsm", "ad-hoc-group")},
        ),
        (
            "The Ad Hoc Group is small. Fiji and Nepal co-chair the Group.",
            {("co-chair", "fji", "ad-hoc-group"), ("co-chair", "npl", "ad-hoc-group")},
        ),
    ],
)
def test_a_sentence_says_who_belongs(document: Make, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert belonging(document(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nepal has asked to become a member of the Ad Hoc Group.",
        "Fiji joined the Bali Process in urging restraint.",
        "Fiji joined the Bali Process workshop in 2012.",
        "Fiji and Nepal are members of the Bali Process Business Alliance.",
        "More than 45 countries are members of the Bali Process.",
        "The Ad Hoc Group is small. Fiji and Nepal co-chair the Forum.",
        "The members of the Ad Hoc Group met in Bali, Indonesia.",
    ],
)
def test_who_asked_joined_in_or_met_is_no_member(document: Make, text: str) -> None:
    assert belonging(document(text)) == set()


def test_members_are_those_of_the_whole_in_the_title(document: Make) -> None:
    text = "The Bali Process\n\nParticipating members are Fiji and Nepal. Observer states are Austria and Canada."
    assert belonging(document(text)) == {
        ("member", "fji", "bali-process"),
        ("member", "npl", "bali-process"),
        ("observer", "aut", "bali-process"),
        ("observer", "can", "bali-process"),
    }
    assert belonging(document(text.replace("The Bali Process", "Workshop of the Bali Process"))) == set()


def test_its_members_and_observers_are_those_of_the_title(document: Make) -> None:
    text = "The Ad Hoc Group\n\nIt was set up in 2009. Fiji and Nepal are its Co-Chairs. IOM and UNHCR attend as observers."
    assert belonging(document(text)) == {
        ("co-chair", "fji", "ad-hoc-group"),
        ("co-chair", "npl", "ad-hoc-group"),
        ("observer", "iom", "ad-hoc-group"),
        ("observer", "unhcr", "ad-hoc-group"),
    }
    assert belonging(document(text), alone=False) == set()


def test_member_states_are_those_of_the_whole_before(document: Make) -> None:
    text = "Who belongs\n\nThe Bali Process has 49 members. Member states include Fiji and Nepal."
    assert belonging(document(text)) == {("member", "fji", "bali-process"), ("member", "npl", "bali-process")}
    assert belonging(document(text.replace("has 49 members", "met in Bali"))) == set()


def test_where_a_meeting_is_reported_the_group_is_not_told_by_the_sentence_before(document: Make) -> None:
    assert belonging(document("The Ad Hoc Group met. Canada and Samoa take part as observers."), alone=False) == set()


def test_the_sentence_before_is_kept_as_evidence_of_what_they_belong_to(document: Make) -> None:
    found = list(read_belonging(document("The Ad Hoc Group is small. Fiji is a member too."), alone=True))
    assert [len(f.source.beside) for f in found] == [1]


def test_texts_of_no_known_genre_say_who_belongs(context: ReadingContext) -> None:
    reading = read_document("made", "The Maldives joined the Bali Process in 2002. It did so gladly.", context)
    assert [(f.member, f.status) for f in reading.of(MembershipFound)] == [("area:mdv", "member")]
