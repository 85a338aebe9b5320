"""Tables of those who came as converters leave them: cells one behind the other, empty cells, rows that say who stayed away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from told import dates, parties

from ingest.document import Document, ReadingContext
from ingest.findings import ParticipationFound, PersonFound
from ingest.genres import event, note

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
        (  # a table with two columns of people, and rows of those who stayed away
            "Attendance list\nDelegation | Head of delegation | Other delegates\nFiji | Ms Ana Lim, Director (Co-Chair) | Mr Tan Ho, "
            "Mr Om Rai\nNepal | not represented |\nIOM | Ms Jo Roe, Adviser |\nUNHCR (apologies) | |\n",
            {("attendee", x) for x in ("fji", "tan-ho", "om-rai", "iom", "jo-roe")}
            | {("co-chair", "fji"), ("co-chair", "ana-lim"), ("apology", "unhcr")},
        ),
        (  # a list of both, with a heading of their own for the observers
            "List of Participants and Observers\nS/N  Delegation  Name  Designation\n1. Fiji\n   Ms Ana Lim, Director\n"
            "2. Nepal – no delegation\n3. Tonga\n   Mr Tan Ho, Director\nObservers\n   Ms Jo Roe, Embassy of Canada\n",
            {("attendee", x) for x in ("fji", "ana-lim", "ton", "tan-ho")} | {("observer", "can"), ("observer", "jo-roe")},
        ),
        (  # remarks below the heading, a column that goes on, the heading again over the next page, who stayed away, whose citizen
            "LIST OF PARTICIPANTS\n\nNames are as they were given to us. Numbers are those of rooms.\n\nCO-CHAIRS OF THE WORKSHOP\n"
            "   Ms Ana LIM (HoD)   Director, Department of Ports and\n                      Harbours, Fiji\nMEMBERS\nNEPAL\n"
            "   M. Tan HO          Adviser\n\n1\nLIST OF PARTICIPANTS\n\n   Insp. Om RAI       Police\nTONGA\n   No participants. "
            "Apologies received on 2 May.\nSAMOA\n   Not represented\nIOM\n   Ms Jo ROE          Officer, Suva (Fijian)\n"
            "                      [replaces Mr A. Lund, who is ill]\nRESOURCE PERSONS AND TRAINERS\n   Ms Eva LUND        Facilitator; "
            "consultant, Suva\n   Mr Per LUND        Consultant, Oslo\nREGIONAL SUPPORT OFFICE\n   Mr Ole RAI         Co-Manager (Tuvalu)\n"
            "WITHDRAWN SINCE THE FIRST LIST\n   Mr Ray HO          Kiribati Police\n",
            {("co-chair", "ana-lim"), ("co-chair", "fji"), ("apology", "ton"), ("moderator", "eva-lund")}
            | {("attendee", x) for x in ("npl", "tan-ho", "om-rai", "iom", "jo-roe", "rso", "ole-rai")},
        ),
        ("List of Participants and Observers\nFiji\nCanada\n", set()),  # which is which is not said
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


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Jo Roe (INTERPOL) spoke on notices.", {("speaker", "jo-roe")}),
        ("Country Reports (IOM) presented a picture of ports.", set()),
        ("The workshop was chaired by Nepal, in the person of Ms Ana Lim, Director.", {("chair", "npl"), ("chair", "ana-lim")}),
        ("It was moderated throughout by Ms Ana Lim, Adviser.", {("moderator", "ana-lim")}),
        (
            "The workshop was co-chaired for governments by Ms Ana Lim, Director (Nepal), and Mr Tan Ho, Director (Fiji), and for business "
            "by Mr Jo Roe, Chairman of Roe Ports.",
            {("co-chair", x) for x in ("npl", "ana-lim", "fji", "tan-ho")},
        ),
    ],
)
def test_people_and_what_they_did(document: Make, context: ReadingContext, told: str, expected: set[tuple[str, str]]) -> None:
    assert parties(note.read(document(f"{FRONT}The workshop was held in Semarang.\n\n{told}\n"), context)) == expected


LIM = "Ms Ana Lim, Director of Ports"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # a clause between the name and the verb, and what it says itself
        (f"{LIM}, who had drafted the programme, gave the keynote address.", {("keynote-speaker", "ana-lim")}),
        (f"{LIM}, whose office had drafted the programme, closed the workshop.", {("speaker", "ana-lim")}),
        (f"{LIM}, who served as rapporteur, summed up.", {("rapporteur", "ana-lim")}),
        (
            f"{LIM}, who led the Fijian delegation, presented a paper.",
            {("presenter", "ana-lim"), ("attendee", "ana-lim"), ("attendee", "fji")},
        ),
        (f"{LIM}, who had served as rapporteur in 2011, was not there.", set()),
        (f"{LIM}, who led a delegation to Suva in 2011, was mentioned.", set()),
        (f"The paper was read by {LIM}, who also acted as rapporteur.", {("rapporteur", "ana-lim")}),
        (f"{LIM}, who opened the terminal, was thanked.", set()),
        # in apposition
        (f"{LIM} (rapporteur), summed up.", {("rapporteur", "ana-lim")}),
        (f"{LIM}, acting as moderator, put questions.", {("moderator", "ana-lim")}),
        (f"The groups reported through {LIM}, as rapporteur.", {("rapporteur", "ana-lim")}),
        (f"{LIM}, was elected rapporteur of the workshop.", {("rapporteur", "ana-lim")}),
        (f"{LIM}, was appointed rapporteur of a commission.", set()),
        ("Ms Ana Lim, Special Rapporteur on ships, was mentioned.", set()),
        # what stands before the name
        (
            f"After words of welcome by {LIM}, Mr Tan Ho, Minister for Ports, opened the workshop.",
            {("speaker", "ana-lim"), ("opener", "tan-ho")},
        ),
        (f"The official opening was performed by {LIM}.", {("opener", "ana-lim")}),
        (f"Words of welcome were spoken by {LIM}.", {("speaker", "ana-lim")}),
        (f"The rapporteur ({LIM}) read the conclusions.", {("rapporteur", "ana-lim")}),
        (f"The opening of the terminal was performed by {LIM}.", set()),
        (f"Remarks by {LIM}, in the press were discussed.", set()),
        (f"The panel comprised {LIM}, and Mr Tan Ho, Minister for Ports.", {("speaker", "ana-lim"), ("speaker", "tan-ho")}),
        (f"Leading the Nepali delegation was {LIM}.", {("attendee", "ana-lim"), ("attendee", "npl")}),
        (f"The delegation of Nepal, which was led by {LIM}, spoke.", {("attendee", "ana-lim"), ("attendee", "npl")}),
        # whose company it is, and which
        ("Mr Tan Ho of the shipping company Sea Lines demonstrated a reader.", {("presenter", "tan-ho")}),
        ("Mr Tan Ho, from the University of Suva, gave a lecture on tides.", {("speaker", "tan-ho")}),
        (f"The company of {LIM}, opened the terminal.", set()),
        (f"Facilitators: {LIM}; Mr Tan Ho, Minister for Ports", {("moderator", "ana-lim"), ("moderator", "tan-ho")}),
        (f"{LIM}, facilitated the group work.", {("moderator", "ana-lim")}),
    ],
)
def test_people_by_what_is_said_around_the_name(document: Make, context: ReadingContext, told: str, expected: set[tuple[str, str]]) -> None:
    assert parties(note.read(document(f"{FRONT}The workshop was held in Semarang.\n\n{told}\n"), context)) == expected


def test_a_line_of_the_title_page_says_who_hosted(document: Make, context: ReadingContext) -> None:
    front = "WORKSHOP ON SHIPS\nSuva, Fiji, 8 to 11 October 2013\nHosted by the Ministry of Ports of Fiji under the Bali Process\n\n"
    assert parties(note.read(document(f"{front}LIST OF PARTICIPANTS\nNepal Mr Tan Ho Director Ministry of Ports\n"), context)) == {
        ("host", "fji"),
        ("attendee", "npl"),
        ("attendee", "tan-ho"),
    }


PAGE = (
    "Working Group on Ships\n\nFOURTH MEETING - SUMMARY RECORD\nSuva, 8-9 October 2013      OFFICIAL\n\nCo-Chairs:\tFiji and Nepal\n"
    "Host:\t\tDepartment of Ports, Fiji\nVenue:\t\tHarbour Hotel\n\nThe Working Group met for two days.\n\n"
    "Presentations\n\n* Jo Roe (INTERPOL) spoke on notices.\n* Use of notices\n"
)


def test_a_page_with_labels_has_its_days_on_a_line_of_the_head(document: Make, context: ReadingContext) -> None:
    reading = event.read(document(PAGE), context)
    assert dates(reading) == {"2013-10-08/2013-10-09"}
    assert {("host", "fji"), ("co-chair", "npl"), ("speaker", "jo-roe")} <= parties(reading)


def test_the_list_goes_on_below_its_chair_and_a_post_names_nobody(document: Make, context: ReadingContext) -> None:
    rows = (
        "LIST OF PARTICIPANTS\n\nCHAIR\n\nMs Jo Roe, Director, Special Branch\nFiji Police\n\nNEPAL\n\n1. Colonel Om Rai\n   Director, "
        "Ports\n   Ministry of Interior\n2. Mr Tan Ho\n   Federal Agent, Nepal Police\n   Tel: +61 2 6275 0000\n\n        1\n\nSAMOA\n\n"
        "3. Ms Ana Lim\n   Immigration Bureau, Royal Thai Police\n\nOBSERVERS\n\nCANADA\n\n4. Mr Li Wu\n   Canadian High Commission, Suva\n"
    )
    attended = {("attendee", x) for x in ("npl", "wsm", "om-rai", "tan-ho", "ana-lim")}
    found = parties(note.read(document(f"{FRONT}{rows}"), context))
    assert found == {("chair", "jo-roe"), *attended, ("observer", "can"), ("observer", "li-wu")}


CAME = {("attendee", x) for x in ("fji", "npl", "lka")}


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("Participating countries\n\nFiji (4)\nNepal - 2\nSri Lanka: 1 delegate\n\nTotal: 7\n", CAME),
        ("Participants by country\n| Country | Participants |\n|---|---|\n| Fiji | 4 |\n| Nepal | 2 |\n| Sri Lanka | 1 |\n", CAME),
        ("Delegations (number of delegates): Fiji 4, Nepal 2, Sri Lanka 1\n", CAME),
        ("Delegations present:\n\nDemocratic Socialist Republic of\nSri Lanka\nFiji\nNepal\n", CAME),
        ("Delegations: Fiji / Nepal / Sri Lanka\n", CAME),
        (
            "In attendance: Fiji | Nepal | Sri Lanka\nApologies received from: Samoa | Tonga\n",
            CAME | {("apology", "wsm"), ("apology", "ton")},
        ),
        ("Who attended?\n\n➢ Fiji;\n➢ Nepal; and\n➢ Sri Lanka.\n", CAME),
        ("Participants\n\nPacific: Fiji\nSouth Asia: Nepal and Sri Lanka\n", CAME),
        (
            "Annex A – Participating delegations (3): Fiji, Nepal, Sri Lanka\nAnnex B – Observers (1): Canada\n",
            CAME | {("observer", "can")},
        ),
        ("Countries represented\n\nFiji\nNepal\n\nTraining Workshop on Ships\nPage 2 of 4\n\nSri Lanka\n", CAME),
        (
            "Attendance\n\n| Country | Day 1 | Day 2 |\n|---|---|---|\n| Fiji | ✓ | ✓ |\n| Nepal | | ✓ |\n| Samoa | | |\n"
            "| Sri Lanka | ✓ | |\n",
            CAME,
        ),
        ("Delegations\n\n 1. FIJI              3. SRI LANKA\n 2. NEPAL\n", CAME),
        ("Delegations attending:\n(a) Fiji\n(b) Nepal\n(c) Sri Lanka\n", CAME),
        ("Those present\n\nFiji: 3 delegates; Nepal: 2 delegates; Sri Lanka: 1 delegate.\n", CAME),
        ("Participating States and organisations: Fiji* • Nepal • Sri Lanka*\n* joined online\n", CAME),
        ("Table 1. Attendance\n\nNo.  Delegation     Number\n1    Fiji           5\n2    Nepal          2\n3    Sri Lanka      1\n", CAME),
        ("Participants by country\n\nCountry | Male | Female\nFiji | 2 | 1\nNepal | 0 | 1\nSri Lanka | 1 | 0\nSamoa | 0 | 0\n", CAME),
        (
            "Present:\nFiji (Ms Ana Lim, Mr Tan Ho)\nNepal (Mr Om Rai)\nSri Lanka\n",
            CAME | {("attendee", x) for x in ("ana-lim", "tan-ho", "om-rai")},
        ),
        ("Fiji and Nepal attended. Sri Lanka joined them.\n", CAME),
        (
            "Delegation | Attended | Apology\nFiji | X |\nNepal | X |\nSri Lanka | X |\nSamoa | | X\n",
            CAME | {("apology", "wsm")},
        ),
        (
            "List of participants\n\nMembers          Observers\nFiji             Canada\nNepal            Norway\nSri Lanka\n",
            CAME | {("observer", "can"), ("observer", "nor")},
        ),
        (  # marks around a label, and a name that a line breaks
            "**Annex A – Delegations**\n\n*Members:* Fiji, Nepal, Sri Lanka\n*Observers:* Canada\n*Apologies:* Nauru\n",
            CAME | {("observer", "can"), ("apology", "nru")},
        ),
        (
            "List of participants\n\nFiji, Samoa, Nepal, Tonga, Vanuatu, Sri\nLanka, Thailand, Timor-Leste, Tuvalu,\nNauru\n",
            CAME | {("attendee", x) for x in ("wsm", "ton", "vut", "tha", "tls", "tuv", "nru")},
        ),
        (  # "Korea" is the end of a name that began in the row above
            "LIST OF DELEGATIONS\n\nMEMBERS\n\nFiji                             Samoa\nNepal                            Tonga\n"
            "Democratic People's Republic of  Sri Lanka\nKorea                            International Organization for\n"
            "Vanuatu                          Migration\n\nOBSERVERS\n\nCanada                           Sweden\n\n"
            "UNABLE TO ATTEND\n\nNauru                            Palau\n",
            CAME
            | {("attendee", x) for x in ("wsm", "ton", "vut")}
            | {("observer", "can"), ("observer", "swe"), ("apology", "nru"), ("apology", "plw")},
        ),
    ],
)
def test_layouts_of_parties(document: Make, context: ReadingContext, listed: str, expected: set[tuple[str, str]]) -> None:
    assert parties(note.read(document(f"{FRONT}{listed}"), context)) == expected


@pytest.mark.parametrize(
    "listed",
    [
        "Regional priorities\n\nPacific: Fiji, Samoa\nSouth Asia: Nepal, Sri Lanka\n",
        "Status of ratification\n\n| Country | Signed | Ratified |\n|---|---|---|\n| Fiji | ✓ | |\n| Nepal | ✓ | ✓ |\n| Samoa | | ✓ |\n",
        "Plan of visits\n\n| Country | Day 1 | Day 2 |\n|---|---|---|\n| Fiji | ✓ | |\n| Nepal | ✓ | ✓ |\n| Samoa | | ✓ |\n",
        "The workshop looked at the routes:\n(a) Fiji\n(b) Nepal\n\nTraining needs: Samoa; Tonga.\n",
        "Police from Nepal joined them in a raid. Fiji joined them in asking for ships.\n",
        "Delegations absent: Fiji; Nepal\n\nMembers not represented\n\nSamoa\n",
        "Countries invited: Fiji / Nepal\n\nShips by flag\n\nFiji (4)\nNepal (2)\n",
    ],
)
def test_other_lists_of_states_are_not_of_those_who_came(document: Make, context: ReadingContext, listed: str) -> None:
    assert parties(note.read(document(f"{FRONT}{listed}"), context)) == set()


@pytest.mark.parametrize("heading", ["Countries to be invited next time", "Ships seized by flag", "Table 2. Seizures"])
def test_a_heading_of_something_else_ends_a_list_of_parties(document: Make, context: ReadingContext, heading: str) -> None:
    for between in ("", "5\n\n"):
        listed = f"Participants\n\nFiji\nNepal\nSri Lanka\n\n{between}{heading}\n\nSamoa\nTonga\n"
        assert parties(note.read(document(f"{FRONT}{listed}"), context)) == CAME
