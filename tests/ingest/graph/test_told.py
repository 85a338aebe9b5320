"""What is read of the ways in which texts tell it, the gate finds in their words: nothing of it is withheld."""

from __future__ import annotations

import datetime as dt

import pytest

from baligraph.prefixes import expand
from baligraph.support import Facts, unsupported
from ingest.assemble import Assembled, assemble
from ingest.contribution import TextInput
from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.frame import Frame

TEXTS = {
    "roster": (
        "REGIONAL WORKSHOP ON SHIPS\nSuva, Fiji, 3-4 March 2016\n\nLIST OF PARTICIPANTS (final, as of 4 March)\nNo Country Name Position "
        "Agency\n\nMembers\n1 Fiji Ms Ana Lim (HoD) Senior Legal Officer Ministry of Ports\n2  Mr Tan Ho Prosecutor Ministry of Justice\n3 "
        "Nepal Mr Om Rai Inspector Nepal Police\n\nMember organisations\n4 IOM Ms Jo Roe Project Manager IOM Suva\n"
    ),
    "counted": (
        "NOTE OF THE NINTH STEERING GROUP MEETING\nJakarta, Indonesia, 17-18 February 2005\n\nThe Steering Group held its ninth meeting in "
        "Jakarta, Indonesia, on 17-18 February 2005. Around the table were Fiji, Nepal, Tonga and IOM. UNHCR outlined its proposal for a "
        "register of guides.\n"
    ),
    "time": (
        "EIGHTH MEETING OF THE AD HOC GROUP SENIOR OFFICIALS\nSuva, Fiji, 11-12 February 2014\n\nSenior officials of the Ad Hoc Group "
        "(AHG) assembled for the eighth time in Suva, Fiji, on 11 and 12 February 2014.\n"
    ),
    "course": (
        "FINAL REPORT\n\nRegional Training Workshop on Ships\n\nSuva, Fiji\n5 – 9 September 2016\n\n1   Background\n\nThe "
        "workshop was led jointly by Ms Ana Lim, Director of Ports, Fiji, and Mr Tan Ho, Director of Trade, Nepal.\n\n2   Participants\n\n"
        "Seven officers completed the course:\n\nFiji (3)      Nauru (2)\nSamoa (1)     Tonga (1)\n"
    ),
    "agenda": (
        "Regional Dialogue on Ships\nDate: 4 June 2015\nLocation: Suva, Fiji\n\nThe Bali Process Regional Dialogue on Ships was held in "
        "Suva, Fiji, on 4 June 2015. Participants from Fiji and Nauru discussed ships.\n\nProgramme\n"
        "09.00   Session 1. Ships at sea\n        Speakers: Ana Lim, Ministry of Ports, Fiji\n"
        "                  Tan Ho, Ministry of Trade, Nauru\n"
    ),
}


@pytest.fixture(scope="module")
def told(frame: Frame, context: ReadingContext) -> Assembled:
    texts = {slug: TextInput(slug=slug, text=text, registered=False, language="en", title=slug) for slug, text in TEXTS.items()}
    return assemble([read_document(slug, text, context) for slug, text in TEXTS.items()], texts, frame, dt.date(2020, 1, 1))


def test_the_gate_finds_the_words(told: Assembled) -> None:
    assert [(fault.node, fault.reason) for fault in unsupported(Facts.of(told.store, TEXTS))] == []


def test_something_was_read_of_each(told: Assembled) -> None:
    assert {slug: sum(row.document == slug and row.kind == "Participation" for row in told.rows) for slug in TEXTS} == {
        "roster": 7,
        "counted": 5,
        "time": 0,
        "course": 8,
        "agenda": 2,
    }


def test_its_meeting_is_that_of_those_who_are_named(told: Assembled) -> None:
    facts = Facts.of(told.store, TEXTS)
    for kinds in facts.types.values():
        if expand("bp:SteeringGroupMeeting") in kinds:
            kinds.clear()
            kinds.add(expand("bp:MinisterialConference"))
    assert "mention" in {fault.kind for fault in unsupported(facts)}
