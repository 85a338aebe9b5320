"""An account of a meeting: what is told of another one, and who came without being named."""

from __future__ import annotations

from told import meetings, parties, values

from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.findings import ParticipationFound, Unresolved

FIRST = (
    "Officials meet\n\nThe sixth meeting of the Bali Process Ad Hoc Group was held in Bangkok on 6 August 2014. "
    "Fourteen of its members were present, as were IOM and UNHCR.\n\n"
)


def test_who_came_to_the_gathering_of_another_body_is_not_tied_to_the_meeting(context: ReadingContext) -> None:
    text = (
        f"{FIRST}Two months later, in Canberra, Australia hosted the first gathering of the Working Group on Trafficking in Persons. "
        "Delegates from Fiji and Nepal attended."
    )
    reading = read_document("account", text, context)
    assert ("attendee", "fji") not in parties(reading)
    assert {("attendee", "iom"), ("attendee", "unhcr")} <= parties(reading)
    assert {"Fiji", "Nepal"} <= {f.written for f in reading.of(Unresolved)}


def test_organisations_alone_are_no_complete_list(context: ReadingContext) -> None:
    reading = read_document("account", FIRST, context)
    assert meetings(reading) == [("GroupMeeting", "reported")]
    assert values(reading, "attendanceCoverage") == {"c:coverage_partial-list"}


def test_the_whole_name_of_a_conference_is_a_title_however_long(context: ReadingContext) -> None:
    text = (
        "Declaration of the Ninth Ministerial Conference of the Bali Process on People Smuggling, Trafficking in Persons and Related "
        "Transnational Crime\nSuva, 3 May 2031\n\nWe, the Ministers of the Bali Process, meeting in Suva, Fiji, on 3 May 2031,\n\n"
        "1. Commit to sharing information on routes;\n2. Direct our senior officials to report in 2032.\n"
    )
    reading = read_document("declaration", text, context)
    assert reading.genre == "declaration"
    assert meetings(reading) == [("MinisterialConference", "reported")]
    assert (values(reading, "ordinal"), values(reading, "inPlace")) == ({9}, {"place:suva"})


def test_a_secretariat_of_a_forum_is_an_organisation_and_no_other_meeting(context: ReadingContext) -> None:
    """A statement says of whom it speaks; a workshop or a forum that its sentence names would be another meeting."""
    text = (
        "BALI PROCESS AD HOC GROUP\nCO-CHAIRS’ STATEMENT\n\n1. The Ninth Ad Hoc Group Senior Officials’ Meeting was held in Colombo on "
        "12 May 2014. Representatives of Fiji, Palau and Tonga, as well as of {} took part.\n\n2. Officials agreed to share data.\n"
    )
    for name, who in (("the Pacific Islands Forum Secretariat", 4), ("a forum on ports", 0)):
        found = read_document("made", text.format(name), context).of(ParticipationFound)
        assert len(found) == who, name
