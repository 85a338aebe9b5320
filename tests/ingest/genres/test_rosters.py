"""Tables of those who came as converters leave them: cells one behind the other, empty cells, rows that say who stayed away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from told import parties

from ingest.document import Document, ReadingContext
from ingest.findings import ParticipationFound, PersonFound
from ingest.genres import note

Make = Callable[[str], Document]

FRONT = "REPORT ON THE TRAINING WORKSHOP ON SHIPS\nSemarang, Indonesia\nTuesday 8 to Friday 11 October 2013\n\n"


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (  # one blank between the cells; an empty first cell; a page number; a cell that breaks off
            "LIST OF PARTICIPANTS (final, as of 2 May)\nNo Country Name Position Agency\nMembers\n1 Fiji Ms Ana Lim (HoD) Senior Legal "
            "Officer Ministry of Ports and\nFisheries\n2  Mr Tan Ho Prosecutor Ministry of Justice\n2\nNepal – apologies received –\n"
            "International organisations\n3 IOM Mr Om Rai (speaker, day two) Adviser IOM Suva\nResource persons\n4 Ms Jo Roe Consultant\n",
            {("attendee", x) for x in ("fji", "ana-lim", "tan-ho", "iom")} | {("speaker", "om-rai"), ("apology", "npl")},
        ),
        (  # columns of white space, and the rest of a cell on the next line
            "FINAL LIST OF DELEGATES\nFiji           Ms Ana Lim      Chief of Ports      Ministry of Ports\n"
            "               Mr Tan Ho       Ship Surveyor       Ministry of Ports\n                                              "
            "and Fisheries\nNepal          (apologies)\nSamoa          absent\n\nOBSERVERS\nCanada         Mr Om Rai       Secretary\n",
            {("attendee", x) for x in ("fji", "ana-lim", "tan-ho")} | {("apology", "npl"), ("observer", "can"), ("observer", "om-rai")},
        ),
        (  # "Apologies" below a delegation is no heading
            "Participants\n\nFIJI\nMs Ana Lim, Director\n\nSAMOA\nApologies\n\nTONGA\nMr Tan Ho, Director\n",
            {("attendee", x) for x in ("fji", "ana-lim", "ton", "tan-ho")} | {("apology", "wsm")},
        ),
        (
            "Participants\nName | Country | Position\nMs Ana Lim | Fiji | Director\nMr Tan Ho | Sweden (observer) | Secretary\n\n"
            "Rapporteur: Ms Jo Roe (IOM)\n",
            {("attendee", "fji"), ("attendee", "ana-lim"), ("observer", "swe"), ("observer", "tan-ho"), ("rapporteur", "jo-roe")},
        ),
        (
            "Participants\n\nFiji\n   Mr Tan Ho, Directorate of Ports\n     (Coordinator, Group II)\n   Ms Ana Lim, Immigration Service\n",
            {("attendee", "fji"), ("attendee", "tan-ho"), ("attendee", "ana-lim")},
        ),
    ],
)
def test_tables_of_those_who_came(document: Make, context: ReadingContext, listed: str, expected: set[tuple[str, str]]) -> None:
    assert parties(note.read(document(f"{FRONT}{listed}"), context)) == expected


@pytest.mark.parametrize("post", ["Legal Adviser", "Liaison Magistrate Embassy of Fiji", "Programme Manager", "Chief, Ports Division"])
def test_a_post_in_the_next_column_is_no_part_of_a_name(document: Make, context: ReadingContext, post: str) -> None:
    reading = note.read(document(f"{FRONT}Participants\n1 IOM Ms Ana Maria Lim {post}\n"), context)
    assert {f.name for f in reading.of(PersonFound)} == {"Ana Maria Lim"}
    assert {f.office for f in reading.of(ParticipationFound) if f.agent.startswith("person:")} == {post}


def test_family_names_that_are_posts_stay_whole(document: Make, context: ReadingContext) -> None:
    listed = "Participants\nMs Ana Maria Judge, Director, Fiji\nMr Md. Tan Ho, Officer, Nepal\n"
    assert {f.name for f in note.read(document(f"{FRONT}{listed}"), context).of(PersonFound)} == {"Ana Maria Judge", "Md. Tan Ho"}


def test_below_a_party_and_a_colon_others_speak_for_themselves(document: Make, context: ReadingContext) -> None:
    listed = "Participants\nFiji: Ms Ana Lim, Director\nMr Tan Ho, Consultant\n"
    found = {f.written: f.on_behalf_of for f in note.read(document(f"{FRONT}{listed}"), context).of(ParticipationFound)}
    assert (found["Ana Lim"], found["Tan Ho"]) == ("area:fji", None)
