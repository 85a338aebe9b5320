import re
from collections.abc import Callable, Mapping

import pytest

from baligraph.support.cues import CUES
from ingest.document import Document, Passage, ReadingContext
from ingest.findings import AppointmentFound, ParticipationFound, PersonFound
from ingest.grammar.chairs import states_in_chair
from ingest.grammar.hosts import read_hosts
from ingest.grammar.people import People
from ingest.grammar.roles import read_roles, settle

Make = Callable[[str], Passage]


def read(p: Passage) -> list[tuple[str, str]]:
    return [(f.role, f.agent) for f in settle(read_roles(p, "meeting:m1"))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Governments of Fiji and Nepal co-hosted a Workshop on Visas.", [("co-host", "area:fji"), ("co-host", "area:npl")]),
        ("The course was prepared and hosted together by Fiji and IOM.", [("co-host", "area:fji"), ("co-host", "org:iom")]),
        ("The Government of Fiji and IOM co-hosted the meeting.", [("co-host", "area:fji"), ("co-host", "org:iom")]),
        ("It was hosted by the Sri Lankan National Police.", [("host", "gov:lk-police")]),
        ("It was hosted in Bangkok on 3 May 2011 by the Royal Thai Government.", [("host", "area:tha")]),
        (
            "Australia and Indonesia co-chaired, and Fiji hosted.",
            [("host", "area:fji"), ("co-chair", "area:aus"), ("co-chair", "area:idn")],
        ),
        ("It was co-chaired by Australia and Indonesia in Bali.", [("co-chair", "area:aus"), ("co-chair", "area:idn")]),
        (
            "Run jointly by ROK Justice and Gender Equality ministries and IOM.",
            [("organiser", "gov:rok-ministry-of-gender-equality"), ("organiser", "gov:rok-ministry-of-justice"), ("organiser", "org:iom")],
        ),
        ("It was held in Bangkok (main substantive input from UNHCR).", [("contributor", "org:unhcr")]),
        ("Coordinator (New Zealand), Protection of Victims, Seoul.", [("coordinator", "area:nzl")]),
        ("Fiji and Nepal spoke about their laws.", [("presenter", "area:fji"), ("presenter", "area:npl")]),
        ("In sharing its experience, Fiji highlighted coordination.", [("presenter", "area:fji")]),
        ("They heard a case study by the Philippines on raids.", [("presenter", "area:phl")]),
        ("Fiji and IOM convened a workshop.", [("organiser", "area:fji"), ("organiser", "org:iom")]),
        ("Thailand kindly hosted.", [("host", "area:tha")]),
        ("It met under the co-chairmanship of Fiji and Nepal.", [("co-chair", "area:fji"), ("co-chair", "area:npl")]),
        ("Fiji and Nepal jointly presided over the meeting.", [("co-chair", "area:fji"), ("co-chair", "area:npl")]),
        ("It met under the chairmanship of Fiji.", [("chair", "area:fji")]),
        ("Thanks went to the IOM for providing logistical support.", [("logistics", "org:iom")]),
        ("It was hosted by the Royal Government of Cambodia.", [("host", "area:khm")]),
        ("It was hosted and chaired by Fiji.", [("host", "area:fji"), ("chair", "area:fji")]),
        ("It was hosted by Fiji and Nepal.", [("co-host", "area:fji"), ("co-host", "area:npl")]),
        ("Fiji and Nepal, in collaboration with IOM, hosted the workshop.", [("co-host", "area:fji"), ("co-host", "area:npl")]),
        ("The RSO co-hosted the workshop.", [("co-host", "body:rso")]),
        ("Chaired jointly by Fiji and IOM, it heard a report.", [("co-chair", "area:fji"), ("co-chair", "org:iom")]),
        ("It was chaired by Fiji, with Nepal as deputy chair.", [("chair", "area:fji")]),
        ("The chair was shared between Fiji and Nepal.", [("co-chair", "area:fji"), ("co-chair", "area:npl")]),
        ("Fiji and Nepal, co-chairs of the Working Group, were joined by Samoa.", [("co-chair", "area:fji"), ("co-chair", "area:npl")]),
        ("Co-Chairs Fiji and Nepal were joined by Samoa.", [("co-chair", "area:fji"), ("co-chair", "area:npl")]),
        ("Fiji played host.", [("host", "area:fji")]),
        ("Members thanked the host, Fiji.", [("host", "area:fji")]),
        ("Fiji chaired the meeting.", [("chair", "area:fji")]),
        ("Officials met with Fiji in the chair.", [("chair", "area:fji")]),
        ("The workshop, with Fiji and Nepal as Co-Chairs, heard a report.", [("co-chair", "area:fji"), ("co-chair", "area:npl")]),
    ],
)
def test_a_cue_gives_its_role_to_the_names_beside_it(passage: Make, sentence: str, expected: list[tuple[str, str]]) -> None:
    assert read(passage(sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Rights-based approaches have been used by Sri Lanka in its procedures.",
        "Sri Lanka is finalising its procedures.",
        "The operation built on cooperation with Malaysia.",
        "Participants highlighted the problem in Fiji.",
        "The workshop was held in Bali, Indonesia.",
        "Ministers thanked Thailand for hosting it.",
        "Ministers thanked Thailand for hosting refugees.",
        "Fiji and Nepal, co-chairs of the Working Group, are to report next year.",
        "Ministers thanked Thailand for hosting the Regional Support Office.",
        "Ministers thanked Thailand for its hospitality to refugees.",
        "Fiji hosted the Pacific Games.",
        "Ministers thanked the Government of Fiji for its warm hospitality.",  # who hosted is not said
        "Fiji is chair of the Forum.",
        "Officers heard of the Budapest Process, chaired by Turkey.",
    ],
)
def test_what_is_said_of_a_state_is_no_role(passage: Make, sentence: str) -> None:
    assert read(passage(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It was hosted by the Philippines' Department of Justice.", {("host", "area:phl")}),
        ("It was hosted in Suva by the Fijian Ministry of Home Affairs.", {("host", "area:fji")}),
        (
            "Both were hosted by the Ministry of Labour of Nepal and the Samoan Police Service.",
            {("co-host", "area:npl"), ("co-host", "area:wsm")},
        ),
        ("The Nepal Immigration Department hosted the workshop.", {("host", "area:npl")}),
        ("It met with the Public Prosecutions Office of Fiji as host.", {("host", "area:fji")}),
        ("The Secretary of Fiji opened it and welcomed all on behalf of the host.", {("host", "area:fji")}),
        ("Ministers met in Suva at the joint invitation of Fiji and Nepal.", {("co-host", "area:fji"), ("co-host", "area:npl")}),
        ("They assembled in Suva at the generous invitation of Fiji, together with Nepal.", {("host", "area:fji")}),
        ("UNODC and the Ministry of Public Security of Fiji co-hosted the workshop.", {("co-host", "org:unodc"), ("co-host", "area:fji")}),
        ("In May the RSO and the Fiji Department of Immigration co-hosted a course.", {("co-host", "body:rso"), ("co-host", "area:fji")}),
        ("Fiji's Department of Immigration was the host.", {("host", "area:fji")}),
        ("UNODC attended at the invitation of Fiji.", set()),
        ("It was hosted by the Department of Justice.", set()),
        ("The Nepal Department of Immigration hosted a dinner.", set()),
        ("It was hosted by the University of Fiji.", set()),
        ("The Nepal Immigration Department hosted them.", set()),
    ],
)
def test_a_state_hosts_by_its_agencies(passage: Make, context: ReadingContext, sentence: str, expected: set[tuple[str, str]]) -> None:
    assert {(f.role, f.agent) for f in read_hosts(passage(sentence), "meeting:m1", context)} == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The meeting was chaired by Mr Tan Ho (Fiji).", {("chair", "Fiji")}),
        (
            "It was co-chaired by Mr Tan Ho of the Fijian Police and Ms Ana Lim, Ambassador of Nepal.",
            {("co-chair", "Fijian"), ("co-chair", "Nepal")},
        ),
        ("Mr Tan Ho (Fiji) and Ms Ana Lim (Nepal) presided over the meeting.", {("co-chair", "Fiji"), ("co-chair", "Nepal")}),
        ("Mr Tan Ho of the Fiji Police Force chaired the meeting.", set()),
        ("The second session was chaired by Mr Tan Ho (Fiji).", set()),
    ],
)
def test_a_state_is_in_the_chair_through_somebody(
    document: Callable[[str], Document], context: ReadingContext, sentence: str, expected: set[tuple[str, str]]
) -> None:
    made = document(sentence)
    people = People(made, context.gazetteer, dict(context.areas), context.nations)
    for p in made.passages:
        people.read(p, "meeting:m1", None)
    assert {(f.role, f.written) for f in states_in_chair(made, people.found, context)} == expected


def test_hosting_said_of_a_co_host_is_more_evidence_of_co_hosting(document: Callable[[str], Document]) -> None:
    first, second = document("1. Fiji and IOM co-hosted the meeting. All thanked the Government of Fiji for hosting the meeting.").passages
    found = settle(read_roles(first, "meeting:m1") + read_roles(second, "meeting:m1"))
    assert [(f.role, f.agent) for f in found] == [("co-host", "area:fji"), ("co-host", "org:iom"), ("co-host", "area:fji")]


def people(document: Document, context: ReadingContext, nations: Mapping[str, str] | None = None) -> People:
    read = People(document, context.gazetteer, dict(context.areas), nations)
    for p in document.passages:
        read.read(p, "meeting:m1", None)
    return read


def roles(read: People) -> list[tuple[str, str, str | None, str | None]]:
    found = [f for f in read.found if isinstance(f, ParticipationFound)]
    return list(dict.fromkeys((f.role, f.agent, f.office, f.on_behalf_of) for f in found))


def test_two_people_open_and_one_of_them_chairs_later_without_office(document: Callable[[str], Document], context: ReadingContext) -> None:
    text = (
        "1. The workshop was opened by H.E. Ana Lim, Director General, Department of Foreign Affairs of Indonesia, and Ms Jo B. Roe, "
        "Visa Branch, Australian Attorney-General's Department.\n"
        "2. It was co-chaired by Mr Tan Ho, Director of Fiji Police, and Ms Jo B. Roe.\n"
    )
    assert roles(people(document(text), context)) == [
        ("opener", "person:ana-lim", "Director General, Department of Foreign Affairs of Indonesia", "area:idn"),
        ("opener", "person:jo-b-roe", "Visa Branch, Australian Attorney-General's Department", "area:aus"),
        ("co-chair", "person:tan-ho", "Director of Fiji Police", "area:fji"),
        ("co-chair", "person:jo-b-roe", None, None),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "It was co-chaired by Ambassador Ana Lim of Australia and Director General Tan Ho of Indonesia.",
            [("co-chair", "person:ana-lim", "Ambassador", "area:aus"), ("co-chair", "person:tan-ho", "Director General", "area:idn")],
        ),
        (
            "Mr Tan Ho (Australia) and Ms Ana Lim (Indonesia) co-chaired the meeting.",
            [("co-chair", "person:tan-ho", "Australia", "area:aus"), ("co-chair", "person:ana-lim", "Indonesia", "area:idn")],
        ),
        (
            "It was convened under the co-chairmanship of Mr Tan Ho, Deputy Secretary, Australia, and Ms Ana Lim, Director, Indonesia.",
            [
                ("co-chair", "person:tan-ho", "Deputy Secretary, Australia", "area:aus"),
                ("co-chair", "person:ana-lim", "Director, Indonesia", "area:idn"),
            ],
        ),
    ],
)
def test_a_state_beside_a_name_is_whom_the_person_speaks_for(
    document: Callable[[str], Document], context: ReadingContext, sentence: str, expected: list[tuple[str, str, str, str]]
) -> None:
    assert roles(people(document(f"1. {sentence}"), context)) == expected


def test_a_capacity_is_an_appointment_and_a_surname_is_the_person_named_before(
    document: Callable[[str], Document], context: ReadingContext
) -> None:
    text = (
        "1. Dr. Pim Chai, Director, Office of the Attorney General of Thailand, delivered a statement in his capacity as the Coordinator "
        "of the Ad Hoc Group. Dr Chai gave a presentation.\n"
    )
    read = people(document(text), context)
    assert [(r, who) for r, who, _, _ in roles(read)] == [("speaker", "person:pim-chai"), ("presenter", "person:pim-chai")]
    (post,) = [f for f in read.found if isinstance(f, AppointmentFound)]
    assert (post.holder, post.body, post.status) == ("person:pim-chai", "body:ad-hoc-group", "coordinator")


def test_the_state_of_a_bare_ministry_is_that_of_the_one_named_before(document: Callable[[str], Document], context: ReadingContext) -> None:
    text = (
        "1. It was hosted by the Indonesian Ministry of Foreign Affairs.\n"
        "2. It was chaired by Mr Tan Ho, Director of the Ministry of Foreign Affairs.\n"
    )
    assert roles(people(document(text), context))[0][3] == "area:idn"


@pytest.mark.parametrize(
    "text",
    [
        "1. It was opened by the Honourable Minister, who spoke.\n",
        "1. It was chaired by Ms Ana Lim.\n",  # no office: no office holder
        "1. It was opened by Dr Ana Lim, an Australian academic.\n",
        "1. Victim Protection was opened, Kuala Lumpur, Malaysia.\n",
    ],
)
def test_nobody_is_read_without_a_name_and_an_office(document: Callable[[str], Document], context: ReadingContext, text: str) -> None:
    assert not [f for f in people(document(text), context).found if isinstance(f, PersonFound)]


@pytest.mark.parametrize(
    ("text", "office"),
    [
        (
            "It was opened by Police Inspector General Agus Santoso, Governor of the Indonesian Police Academy.",
            "Governor of the Indonesian Police Academy",
        ),
        ("It was opened by Police Colonel Agus Santoso, Director of the Royal Thai Police.", "Director of the Royal Thai Police"),
    ],
)
def test_police_is_a_rank_only_before_a_rank(document: Callable[[str], Document], context: ReadingContext, text: str, office: str) -> None:
    found = people(document(f"1. {text}"), context).found
    assert [(f.written, f.office) for f in found if isinstance(f, ParticipationFound)] == [("Agus Santoso", office)]


def test_foreign_ministers_chair_for_their_states(passage: Make) -> None:
    got = read(passage("The Conference was co-chaired by the Foreign Ministers of Indonesia and Australia."))
    assert got == [("co-chair", "area:idn"), ("co-chair", "area:aus")]


def test_who_came_for_a_state_is_a_participant_and_so_is_the_state(document: Callable[[str], Document], context: ReadingContext) -> None:
    text = (
        "Ambassador Ana Lim led the Australian delegation; Mr Desra Tan, Director for Security, headed the Indonesian delegation. "
        "Ms Mere Vula represented Fiji. Thailand was represented by Police Colonel Tan Ho, Immigration Bureau. "
        "IOM (Mr Jon Berg) and UNHCR (Ms Eva Holm) took part as well."
    )
    found = people(document(f"1. {text}"), context, context.nations).found
    came = [(f.agent, f.on_behalf_of) for f in found if isinstance(f, ParticipationFound) and f.role == "attendee"]
    assert came == [
        ("area:aus", None),
        ("person:ana-lim", "area:aus"),
        ("area:idn", None),
        ("person:desra-tan", "area:idn"),
        ("area:fji", None),
        ("person:mere-vula", "area:fji"),
        ("area:tha", None),
        ("person:tan-ho", "area:tha"),
        ("org:iom", None),
        ("person:jon-berg", "org:iom"),
        ("org:unhcr", None),
        ("person:eva-holm", "org:unhcr"),
    ]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("It was co-chaired by the Minister for Foreign Affairs of Indonesia, H.E. Retno L.P. Tan.", ["Retno L.P. Tan"]),
        ("Ms Ana Lim of Australia and Mr Tan Ho of Indonesia shared the chair.", ["Ana Lim", "Tan Ho"]),
        ("Mr Ana Lim (Australia) and Mr Tan Ho, Director (Indonesia), who chaired the meeting jointly, spoke.", ["Ana Lim", "Tan Ho"]),
        ("Mr Ana Lim of Immigration New Zealand and DIG Tan Ho of the Sri Lanka Police served as co-chairs.", ["Ana Lim", "Tan Ho"]),
        ("Dr Ana Lim, Director (Australia), and Mr Tan Ho, Director (Indonesia), presided.", ["Ana Lim", "Tan Ho"]),
        ("Ms Ana Lim, Director, Ports, co-chaired on behalf of Australia.", ["Ana Lim"]),
        ("Ambassador Tan Ho co-chaired for Indonesia.", ["Tan Ho"]),
        ("They met under the co-chairmanship of the Australian Foreign Minister, Mr Ana Lim.", ["Ana Lim"]),
    ],
)
def test_those_in_the_chair(document: Callable[[str], Document], context: ReadingContext, sentence: str, names: list[str]) -> None:
    found = people(document(f"1. {sentence}"), context).found
    assert [f.written for f in found if isinstance(f, ParticipationFound) and f.role in ("chair", "co-chair")] == names


@pytest.mark.parametrize(
    "sentence",
    [
        "The report that Mr Tan Ho, Director of Ports, had drafted was read.",
        "Mr Tan Ho will lead the Australian delegation.",
        "Mr Tan Ho, Director of Ports, Fiji, had chaired the previous workshop.",
        "Mr Tan Ho, Director of Ports, Fiji, chaired the board of a shelter.",
        "Mr Tan Ho, Director of Ports, Fiji, opened a shelter.",
        "Mr Tan Ho (Fiji) and Ms Ana Lim (Nepal), the co-chairs of the Ports Board, led the discussion.",
        "Mr Tan Ho (Fiji) and Ms Ana Lim (Nepal), the co-chairs, sent a letter.",
        "A shelter in Suva was opened by Mr Tan Ho, Director of Ports, Fiji.",
        "Participants visited a shelter opened by Mr Tan Ho, Director of Ports, Fiji.",
        "The previous workshop was opened by Mr Tan Ho, Director of Ports, Fiji.",
        "The next meeting will be chaired by Mr Tan Ho, Director of Ports, Fiji.",
        "The National Committee is chaired by Mr Tan Ho, Director of Ports, Fiji.",
        "Fiji's task force, headed by Mr Tan Ho, Director of Ports, arrested ten smugglers.",
        "It was chaired for Women Empowerment and Children Protection of Fiji.",
        "Mr Tan Ho, Director of Ports, Fiji, was unable to attend.",
        "Mr Tan Ho, Director of Ports, Fiji, welcomed the new law.",
        "Mr Tan Ho, Director of Ports, Fiji, facilitated the return of migrants.",
        "A reception was hosted by Mr Tan Ho, Director of Ports, Fiji.",
        "Migrants, accompanied by Mr Tan Ho, Director of Ports, Fiji, went home.",
        "The centre was closed by Mr Tan Ho, Director of Ports, Fiji.",
        "The problem was addressed by Mr Tan Ho, Director of Ports, Fiji.",
        "A welcome dinner was given by Mr Tan Ho, Director of Ports, Fiji.",
    ],
)
def test_who_is_only_named_did_not_come(document: Callable[[str], Document], context: ReadingContext, sentence: str) -> None:
    found = people(document(f"1. {sentence}"), context).found
    assert [f for f in found if isinstance(f, ParticipationFound)] == []


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Ms Ana Lim, Director of Ports, Fiji, officially opened the workshop.", "opener"),
        ("Ms Ana Lim, Director of Ports, Fiji, delivered opening remarks.", "opener"),
        ("Ms Ana Lim, Director of Ports, Fiji, welcomed participants and opened the meeting.", "opener"),
        ("The workshop was declared open by Ms Ana Lim, Director of Ports, Fiji.", "opener"),
        ("In her opening remarks, Ms Ana Lim, Director of Ports, Fiji, welcomed participants.", "opener"),
        ("The workshop was opened by Fiji’s Director of Ports, Ms Ana Lim, on 3 May.", "opener"),
        ("The meeting was opened by Police General Ana Lim, Commissioner General of the Fiji Police.", "opener"),
        ("Ms Ana Lim, Director of Ports, Fiji, acted as Chair.", "chair"),
        ("The meeting was chaired by Ms Ana Lim from the Department of Ports of Fiji.", "chair"),
        ("A keynote was delivered by Ms Ana Lim, Director of Ports, Fiji.", "keynote-speaker"),
        ("The keynote speaker was Ms Ana Lim, Director of Ports, Fiji.", "keynote-speaker"),
        ("Ms Ana Lim, Director of Ports, Fiji, spoke on joint patrols.", "speaker"),
        ("Ms Ana Lim of the Fiji Police Force spoke on joint patrols.", "speaker"),
        ("Closing remarks were delivered by Ms Ana Lim, Director of Ports, Fiji.", "speaker"),
        ("The workshop was addressed by Ms Ana Lim, Director of Ports, Fiji.", "speaker"),
        ("The Director of Ports of Fiji, Ms Ana Lim, also addressed Ministers.", "speaker"),
        ("In her opening address Ms Ana Lim, Director of Ports, Fiji, spoke of the need for early warning.", "opener"),
        ("Ms Ana Lim, Director of Ports, Fiji, presented on returns.", "presenter"),
        ("Ms Ana Lim of the Department of Ports and Customs, Fiji, presented on returns.", "presenter"),
        ("The workshop was opened by Undersecretary Ana Lim, Department of Ports, Fiji.", "opener"),
        ("Presentations were made by Ms Ana Lim, Director of Ports, Fiji.", "presenter"),
        ("Fiji was represented by its Director of Ports, Ms Ana Lim.", "attendee"),
        ("The Minister was represented by his deputy, Ms Ana Lim, Deputy Director of Ports, Fiji.", "attendee"),
        ("Participants: Ms Ana Lim, Director of Ports, Fiji.", "attendee"),
        ("Representing UNHCR was Ms Ana Lim, Regional Representative.", "attendee"),
        ("IOM was represented by Mr Tan Ho, Chief of Mission, and UNHCR by Ms Ana Lim, Regional Representative.", "attendee"),
        ("The workshop was opened by Pol. Col. Ana Lim, Director of Ports, Fiji.", "opener"),
        ("The meeting opened with remarks by Ms Ana Lim, Director of Ports, Fiji.", "opener"),
        ("In opening the workshop, Ms Ana Lim, Director of Ports, Fiji, stressed its aims.", "opener"),
        ("The meeting was chaired on behalf of Fiji by Ms Ana Lim, Director of Ports.", "chair"),
        ("Ms Ana Lim, Director of Ports, Fiji, was elected Chairperson of the Meeting.", "chair"),
        ("Ms Ana Lim, Co-Chair of the meeting and Director of Ports of Fiji, thanked participants.", "co-chair"),
        ("Ms Ana Lim, Director of Ports, Fiji, hosted the Conference.", "host"),
        ("Participants were welcomed by Ms Ana Lim, Director of Ports, Fiji.", "speaker"),
        ("Speakers included Mr Tan Ho, Chief of Mission, IOM, and Ms Ana Lim, Director of Ports, Fiji.", "speaker"),
        ("The meeting heard a presentation by Ms Ana Lim, Director of Ports, Fiji, on returns.", "presenter"),
        ("The panel was moderated by Ms Ana Lim, Director of Ports, Fiji.", "moderator"),
        ("Ms Ana Lim, Director of Ports, Fiji, moderated the discussion.", "moderator"),
        ("Ms Ana Lim, Director of Ports, Fiji, served as rapporteur.", "rapporteur"),
        (
            "The first session was chaired by Mr Tan Ho, Secretary, Nepal, with Ms Ana Lim, Director of Ports, Fiji, as rapporteur.",
            "rapporteur",
        ),
        ("The second session was chaired by Ms Ana Lim, Director of Ports, Fiji.", "moderator"),
        ("Ms Ana Lim, Director of Ports, Fiji, chaired the closing session.", "moderator"),
        ("Participants elected Ms Ana Lim, Director of Ports, Fiji, as Chair.", "chair"),
        ("Ms Ana Lim, Director of Ports, Fiji, and Mr Tan Ho, Director, IOM, delivered statements.", "speaker"),
        ("The Meeting heard from Ms Ana Lim and Mr Tan Ho, Co-Managers of the RSO.", "speaker"),
        ("Fiji and Nepal participated, together with the Director General of IOM, Ms Ana Lim.", "attendee"),
        ("Ms Ana Lim, Director of Ports, Fiji, was among the panellists.", "speaker"),
        ("Ms Ana Lim, Director of Ports, Fiji, was the chief guest.", "guest"),
        ("In her welcome address Ms Ana Lim, Director of Ports, Fiji, spoke of trust.", "speaker"),
        ("Delegates were then addressed by Ms Ana Lim, Director of Ports, Fiji.", "speaker"),
        ("Ms Ana Lim of the University of the South Pacific gave a presentation on law.", "presenter"),
        ("Ms Ana Lim, Director of Ports, Fiji, presented case studies.", "presenter"),
        ("Ms Ana Lim, Director of Ports, Fiji, presented data on returns.", "presenter"),
        ("Ms Ana Lim, Director of Ports, responded on behalf of Fiji.", "speaker"),
        ("Panel 1 heard from Mr Tan Ho, Director, IOM, and Ms Ana Lim, Director of Ports, Fiji.", "speaker"),
        ("Mr Tan Ho of IOM and Ms Ana Lim of UNHCR made interventions.", "speaker"),
        ("Ms Ana Lim, Director of Ports, Fiji, opened proceedings.", "opener"),
        ("Ms Ana Lim, Director of Ports, Fiji, chaired the first day.", "moderator"),
        ("Case studies were presented by Ms Ana Lim, Director of Ports, Fiji, and Mr Tan Ho, Director, IOM.", "presenter"),
        ("Ambassador Ana Lim of Fiji, Coordinator of the Group, chaired the workshop.", "chair"),
        ("The rapporteur, Ms Ana Lim (Fiji), read out the conclusions.", "rapporteur"),
        ("Addressing the Forum, Ms Ana Lim, Director of Ports, Fiji, told of her time in Nepal.", "speaker"),
        ("Opening the workshop, Fiji's Director of Ports, Ms Ana Lim, called for trust.", "opener"),
        ("Panellists were Ms Jo Roe, Senior Manager, Sinar Foods, and Ms Ana Lim, Director of Ports, Fiji.", "speaker"),
        ("Rapporteur: Ms Ana Lim, Director of Ports, Fiji.", "rapporteur"),
        ("Ms Ana Lim, Director of Ports, Fiji, participated as an observer.", "observer"),
        ("Canada was represented as an observer by Ms Ana Lim, Counsellor.", "observer"),
        ("Ms Ana Lim, Director of Ports, Fiji, attended as a special guest.", "guest"),
        ("Apologies were received from Ms Ana Lim, Director of Ports, Fiji.", "apology"),
        ("Ms Ana Lim, Director of Ports, Fiji, was unable to attend and sent her apologies.", "apology"),
        ("Heads of delegation were Mr Tan Ho (Nepal) and Ms Ana Lim (Fiji).", "attendee"),
        ("The delegation of Nepal comprised Mr Tan Ho, Joint Secretary, and Ms Ana Lim, Under Secretary.", "attendee"),
        ("The Nepalese delegation was led by Mr Tan Ho, Joint Secretary, accompanied by Ms Ana Lim, Under Secretary.", "attendee"),
    ],
)
def test_what_a_person_did_in_many_words(document: Callable[[str], Document], context: ReadingContext, sentence: str, role: str) -> None:
    found = people(document(f"1. {sentence}"), context, context.nations).found
    assert {f.role for f in found if isinstance(f, ParticipationFound) and f.written == "Ana Lim"} == {role}


@pytest.mark.parametrize(
    "sentence",
    [
        "The meeting was co-chaired by Ana Lim of Fiji and Joe Tan of Malaysia.",
        "The meeting was co-chaired by Foreign Ministers Ana Lim of Fiji and Joe Tan of Malaysia.",
        "The meeting was co-chaired by Fiji (Ms Ana Lim) and Malaysia (Mr Joe Tan).",
        "Co-Chairs Ms Ana Lim (Fiji) and Mr Joe Tan (Malaysia) opened the floor.",
        "Fiji's Ambassador for Ports, Ms Ana Lim, and Malaysia's Director for Ports, Mr Joe Tan, co-chaired the day.",
        "The Minister of Ports of Fiji, Ms Ana Lim, and the Minister of Ports of Malaysia, Mr Joe Tan, MP, presided as Co-Chairs.",
        "Fiji's Foreign Minister Senator the Hon Ana Lim and Malaysia's Foreign Minister H.E. Joe Tan presided jointly.",
        "They presided, together with business co-chairs Dr Ana Lim AO (Fiji) and Mr Joe Tan (Malaysia).",
        "It was co-chaired by Fiji, represented by Ms Ana Lim, Director, Fiji, and Malaysia, represented by Mr Joe Tan (Malaysia).",
        "Ms Ana Lim CMG, Ambassador of Fiji, and Mr Joe Tan PSM, Director-General, Malaysia, presided jointly over the meeting.",
        "The meeting was jointly presided over by Ms Ana Lim, Ambassador (Fiji), and Mr Joe Tan, Director (Malaysia).",
        "Fiji (Ms Ana Lim, Director of Ports) and Malaysia (Mr Joe Tan, Director of Ports) co-chaired the meeting.",
        "It was co-chaired, as the last one had been, by Ms Ana Lim, Ambassador (Fiji), and Mr Joe Tan, Director (Malaysia).",
        "It was co-chaired by Ms Ana Lim, Fiji's Ambassador on Smuggling and Trade, and Ambassador Joe Tan, Director, Malaysia.",
        "It was co-chaired by the Ambassador for Ports, Ms Ana Lim, for Fiji and the Director for Trade, Mr Joe Tan, for Malaysia.",
        "It was co-chaired by Ms Ana Lim, Ambassador for Ports, for Fiji and Mr Joe Tan, Director for Trade, for Malaysia.",
        "It was co-chaired by Ambassador Ana Lim for Fiji and Ambassador Joe Tan for Malaysia.",
        "The chair was shared by Ms Ana Lim (Fiji) and Mr Joe Tan (Malaysia).",
        "Then Ms Ana Lim (Fiji) and Mr Joe Tan (Malaysia), the two co-chairs, led the meeting through its programme.",
        "The meeting was led jointly by H.E. Ms Ana Lim, Minister for Ports of Fiji, and the Hon. Joe Tan MP, Minister of Malaysia.",
        "Ms Ana Lim, Ambassador (Fiji), and Mr Joe Tan, Director of Trade, Malaysia (from Kuching), served as co-chairs.",
        "It was co-chaired by the Ambassador for Ports, Ms Ana Lim (Fiji), and the Director for Trade, Mr Joe Tan (Malaysia).",
        "The Foreign Ministers of Fiji and Malaysia, H.E. Dr Ana Lim and the Hon. Joe Tan MP, co-chaired the Conference.",
        "We, the Foreign Ministers of Fiji and Malaysia, Dr Ana Lim and the Hon Joe Tan MP, co-chaired the Conference.",
    ],
)
def test_two_chairs_with_their_states(document: Callable[[str], Document], context: ReadingContext, sentence: str) -> None:
    assert [(role, who, area) for role, who, _, area in roles(people(document(f"1. {sentence}"), context))] == [
        ("co-chair", "person:ana-lim", "area:fji"),
        ("co-chair", "person:joe-tan", "area:mys"),
    ]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("Mr Tan Ho, a Fijian economist on the staff of IOM in Bangkok, presented a survey.", None),
        ("Mr Tan Ho, Fijian Police, presented a survey.", "area:fji"),
    ],
)
def test_where_somebody_is_from_is_not_for_whom_they_speak(
    document: Callable[[str], Document], context: ReadingContext, told: str, state: str | None
) -> None:
    read = people(document(f"1. {told}"), context, {"Fijian": "area:fji"})
    assert [(who, area) for _, who, _, area in roles(read)] == [("person:tan-ho", state)]


def test_who_speaks_is_no_word_of_the_office(document: Callable[[str], Document], context: ReadingContext) -> None:
    text = "1. We, the Foreign Ministers of Fiji and Malaysia, Dr Ana Lim and the Hon Joe Tan MP, co-chaired the Conference."
    assert all("We" not in str(f) for f in roles(people(document(text), context)))


def test_a_verb_behind_the_leader_of_a_delegation_is_not_theirs(document: Callable[[str], Document], context: ReadingContext) -> None:
    told = "1. The Thai delegation, led by Mr Tan Ho, Director of Ports, presented case studies."
    assert {(role, who) for role, who, _, _ in roles(people(document(told), context, context.nations))} >= {("attendee", "person:tan-ho")}
    assert not [f for f in people(document(told), context, context.nations).found if getattr(f, "role", "") == "presenter"]


def test_the_name_of_an_agency_that_goes_on_is_not_its_first_words(document: Callable[[str], Document], context: ReadingContext) -> None:
    told = "1. Present were the United Nations Assistant High Commissioner for Refugees, Ms Ana Lim, and the Director of IOM, Mr Tan Ho."
    assert {f.agent for f in people(document(told), context).found if isinstance(f, ParticipationFound)} == {
        "person:ana-lim",
        "person:tan-ho",
        "org:iom",
    }


def test_several_people_in_the_brackets_of_their_party(document: Callable[[str], Document], context: ReadingContext) -> None:
    text = (
        "1. Present: Fiji (Ms Ana Lim, Mr Tan Ho); Nepal (Mr Om Rai, Chair; Ms Sita Rai); IOM (Dr Eva Holm). "
        "Samoa (Mr Jo Roe and Ms Mere Vula) attended as observers. Tonga (Mr Jon Berg, Director) sent its apologies."
    )
    assert [f for role, who, _, area in roles(people(document(text), context)) if (f := (role, who, area)) and area] == [
        ("attendee", "person:ana-lim", "area:fji"),
        ("attendee", "person:tan-ho", "area:fji"),
        ("chair", "person:om-rai", "area:npl"),
        ("attendee", "person:sita-rai", "area:npl"),
        ("attendee", "person:eva-holm", "org:iom"),
        ("observer", "person:jo-roe", "area:wsm"),
        ("observer", "person:mere-vula", "area:wsm"),
    ]


@pytest.mark.parametrize("between", ["who replaced the Minister", "replacing the Minister", "instead of the absent Minister"])
def test_whom_somebody_in_brackets_replaced_did_not_come(
    document: Callable[[str], Document], context: ReadingContext, between: str
) -> None:
    text = f"1. Fiji (Mr Tan Ho, {between}, Ms Ana Lim) and Nepal (Mr Om Rai) took part."
    assert not [f for f in people(document(text), context).found if getattr(f, "agent", "") == "person:ana-lim"]


def test_a_state_in_the_chair_by_its_officer(document: Callable[[str], Document], context: ReadingContext) -> None:
    text = "1. It was chaired by Sri Lanka, represented by Commodore Ana Lim of the Sri Lanka Navy."
    assert [(role, who, area) for role, who, _, area in roles(people(document(text), context))] == [("chair", "person:ana-lim", "area:lka")]


def test_a_person_may_do_two_things(document: Callable[[str], Document], context: ReadingContext) -> None:
    text = (
        "1. Ms Ana Lim, Director of Ports, Fiji, opened and co-chaired the workshop. "
        "Dr Jo Roe, Secretary, Fiji, chaired the workshop and gave the keynote address."
    )
    assert [(role, who) for role, who, _, _ in roles(people(document(text), context))] == [
        ("opener", "person:ana-lim"),
        ("co-chair", "person:ana-lim"),
        ("chair", "person:jo-roe"),
        ("keynote-speaker", "person:jo-roe"),
    ]


def test_the_office_of_a_person_is_that_of_the_body_named_last(document: Callable[[str], Document], context: ReadingContext) -> None:
    told = "1. IOM and the United Nations High Commissioner for Refugees (UNHCR), Ms Ana Lim, were also in attendance."
    assert [f.on_behalf_of for f in people(document(told), context).found if isinstance(f, ParticipationFound) and f.on_behalf_of] == [
        "org:unhcr"
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ms Ana Lim of UNHCR said that arrivals had fallen.", [("speaker", "Ana Lim", "UNHCR")]),
        ("UNODC's Mr Om Rai told the Meeting that victims had been found.", [("speaker", "Om Rai", "UNODC")]),
        ("Nepal's Ambassador, Mr Om Rai, also spoke.", [("speaker", "Om Rai", "Nepal's Ambassador")]),
        ("Ms Ana Lim (IOM) and Mr Om Rai (Nepal) responded.", [("speaker", "Ana Lim", "IOM"), ("speaker", "Om Rai", "Nepal")]),
        ("Colonel Om Rai gave the closing remarks.", [("speaker", "Om Rai", None)]),
        ("The meeting was closed by Ms Ana Lim, Director, Fiji.", [("speaker", "Ana Lim", "Director, Fiji")]),
        ("Also speaking at the opening were Ms Ana Lim, Director, and Mr Om Rai, Secretary.",
         [("speaker", "Ana Lim", "Director"), ("speaker", "Om Rai", "Secretary")]),
        ("Ministers thanked Ms Ana Lim, Minister of Nauru, for her keynote address.",
         [("keynote-speaker", "Ana Lim", "Minister of Nauru")]),
        ("They thanked Ms Ana Lim, Director, for her presentation.", [("presenter", "Ana Lim", "Director")]),
        ("They welcomed the participation of Ms Ana Lim, Deputy Head, as an observer.", [("observer", "Ana Lim", "Deputy Head")]),
        ("Moderated by Ms Ana Lim of the Ministry of Trade, Industry and Labour, Fiji, this session looked at visas.",
         [("moderator", "Ana Lim", "Ministry of Trade, Industry and Labour, Fiji")]),
        ("Session chairs were Ms Ana Lim (Fiji) and Mr Om Rai (Nepal).",
         [("moderator", "Ana Lim", "Fiji"), ("moderator", "Om Rai", "Nepal")]),
        ("The workshop was opened by Mr Om Rai, Head of the Unit, and chaired jointly by Ms Ana Lim, Director, and Mr Jo Roe, Secretary.",
         [("opener", "Om Rai", "Head of the Unit"), ("co-chair", "Ana Lim", "Director"), ("co-chair", "Jo Roe", "Secretary")]),
        ("The meeting was presided over by Ms Ana Lim, Ambassador, together with Mr Om Rai, Director.",
         [("co-chair", "Ana Lim", "Ambassador"), ("co-chair", "Om Rai", "Director")]),
        ("Ms Ana Lim, Minister, co-chaired the Conference with Mr Om Rai, Minister.",
         [("co-chair", "Ana Lim", "Minister"), ("co-chair", "Om Rai", "Minister")]),
        ("Ms Ana Lim (Fiji) and Mr Om Rai (Nepal) took the chair jointly.",
         [("co-chair", "Ana Lim", "Fiji"), ("co-chair", "Om Rai", "Nepal")]),
        ("Inaugurating the meeting on Monday 19 June, Secretary Ms Ana Lim stated that returns matter.", [("opener", "Ana Lim", None)]),
        ("Ms Ana Lim of Fiji, Coordinator of Group I, presented them.", [("presenter", "Ana Lim", "Fiji, Coordinator of Group I")]),
        ("Mr Om Rai, a prosecutor in the Royal Thai Police, presented a case.",
         [("presenter", "Om Rai", "a prosecutor in the Royal Thai Police")]),
        ("Ms Ana Lim, Permanent Secretary of Fiji, extended a warm welcome to delegates.",
         [("speaker", "Ana Lim", "Permanent Secretary of Fiji")]),
        ("Groups met under the guidance of Ms Ana Lim (Fiji) and Mr Om Rai (Nepal).",
         [("moderator", "Ana Lim", "Fiji"), ("moderator", "Om Rai", "Nepal")]),
        ("The first panel heard Ms Ana Lim (Fiji), Mr Om Rai (Nepal) and Mr Jo Roe (Samoa).",
         [("speaker", "Ana Lim", "Fiji"), ("speaker", "Om Rai", "Nepal"), ("speaker", "Jo Roe", "Samoa")]),
        ("Ms Ana Lim (Fiji) and Mr Om Rai (Nepal) presided.", [("co-chair", "Ana Lim", "Fiji"), ("co-chair", "Om Rai", "Nepal")]),
        ("It was chaired by Ms Ana Lim (Fiji) on the first day and by Mr Om Rai (IOM) on the second.",
         [("chair", "Ana Lim", "Fiji"), ("chair", "Om Rai", "IOM")]),
        (
            "The co-chairs of the workshop were Ms Ana Lim, Secretary, Fiji, and Mr Om Rai, Prosecutor, Nepal.",
            [("co-chair", "Ana Lim", "Secretary, Fiji"), ("co-chair", "Om Rai", "Prosecutor, Nepal")],
        ),
        (
            "Fiji and Nepal co-chaired, represented respectively by Ms Ana Lim, Director, and Mr Om Rai, Secretary.",
            [("co-chair", "Ana Lim", "Director"), ("co-chair", "Om Rai", "Secretary")],
        ),
        (
            "Keynote speeches were delivered by Judge Ana Lim of the Sandiganbayan and by Mr Om Rai, Head, Customs.",
            [("keynote-speaker", "Ana Lim", "Sandiganbayan"), ("keynote-speaker", "Om Rai", "Head, Customs")],
        ),
        ("Squadron Leader Om Rai of the Royal Thai Police explained the search.", [("speaker", "Om Rai", "Royal Thai Police")]),
        ("Mr Om Rai of Nusantara Palm presented on wages.", [("presenter", "Om Rai", "Nusantara Palm")]),
        ("RSO (Mr Om Rai) presented the first downloads.", [("presenter", "Om Rai", None)]),
        ("Nepal's presenter, Mr Om Rai, explained the law.", [("presenter", "Om Rai", "Nepal's presenter")]),
        ("The second day was chaired by Captain Om Rai of the Royal Thai Police.", [("moderator", "Om Rai", "Royal Thai Police")]),
        ("Discussion was guided by Mr Om Rai, Adviser, IOM.", [("moderator", "Om Rai", "Adviser, IOM")]),
        (
            "Members heard presentations from Dr Ana Lim of UNHCR and from Inspector Om Rai, Royal Thai Police.",
            [("presenter", "Ana Lim", "UNHCR"), ("presenter", "Om Rai", "Royal Thai Police")],
        ),
        ("Brig Gen Pol Om Rai, Commander, Nepal, officiated at the opening ceremony.", [("opener", "Om Rai", "Commander, Nepal")]),
        ("Afghanistan's delegate, Mr Om Rai, described reception.", [("speaker", "Om Rai", "Afghanistan's delegate")]),
        ("Ms Ana Lim (Counsellor (Immigration), Fiji) spoke.", [("speaker", "Ana Lim", "Counsellor (Immigration), Fiji")]),
    ],
)  # fmt: skip
def test_what_somebody_did_in_free_words(
    document: Callable[[str], Document], context: ReadingContext, sentence: str, expected: list[tuple[str, str, str | None]]
) -> None:
    found = [f for f in people(document(f"1. {sentence}"), context).settled(()) if isinstance(f, ParticipationFound)]
    assert [(f.role, f.written, f.office) for f in found if f.agent.startswith("person:")] == expected
    assert all(re.search(CUES[role], sentence, re.IGNORECASE) for role, _, _ in expected)  # the gate finds a word for it, too


@pytest.mark.parametrize(
    "sentence",
    [
        "“We are ready,” Ms Ana Lim, Director, Fiji, said.",
        "Ms Ana Lim said that arrivals had fallen.",  # nobody knows for whom
        "Ms Ana Lim, Director, Fiji, recalled what Nauru had said in Bali.",
        "The centre was closed by Ms Ana Lim, Director, Fiji.",
        "Ms Ana Lim, Director, Fiji, had said that arrivals fell.",
        "Ms Ana Lim, Director, Fiji, presented certificates to graduates.",
        "Ms Ana Lim, Co-Manager, took part in a Global Forum on Migration and Development meeting.",
        "After the dinner of Mr Om Rai, the business leaders introduced a paper.",
    ],
)
def test_what_is_said_elsewhere_or_by_nobody_known_is_no_role(
    document: Callable[[str], Document], context: ReadingContext, sentence: str
) -> None:
    found = people(document(f"1. {sentence}"), context).settled(())
    assert [f for f in found if isinstance(f, ParticipationFound)] == []


def test_who_opened_or_is_listed_by_label_is_no_speaker_for_saying_more(
    document: Callable[[str], Document], context: ReadingContext
) -> None:
    text = (
        "1. Ms Ana Lim, Director, Fiji, opened the meeting.\n2. Ms Lim stressed that time was short. Mr Jo Roe, Adviser, IOM, noted it.\n"
    )
    read = people(document(text), context)
    assert [(f.role, f.agent) for f in read.settled(()) if isinstance(f, ParticipationFound)] == [
        ("opener", "person:ana-lim"),
        ("speaker", "person:jo-roe"),
    ]


def test_of_two_delegations_with_two_heads_none_is_guessed(document: Callable[[str], Document], context: ReadingContext) -> None:
    text = "1. The delegations of Fiji and Nepal, headed by Ms Ana Lim, Director, and Mr Om Rai, Secretary, respectively, spoke.\n"
    read = people(document(text), context)
    assert {(f.written, f.office, f.on_behalf_of) for f in read.found if isinstance(f, ParticipationFound)} == {
        ("Ana Lim", "Director", None),
        ("Om Rai", "Secretary", None),
    }


def test_a_surname_before_the_given_name_is_the_one_named_before(document: Callable[[str], Document], context: ReadingContext) -> None:
    read = people(document("1. Mr Kim Young-soo, Prosecutor, Nepal, presented a case. Mr Kim declared the workshop open.\n"), context)
    assert {(f.role, f.agent) for f in read.found if isinstance(f, ParticipationFound)} == {
        ("presenter", "person:kim-young-soo"),
        ("opener", "person:kim-young-soo"),
    }


def test_the_state_in_brackets_is_that_of_somebody_whose_office_stands_before(
    document: Callable[[str], Document], context: ReadingContext
) -> None:
    sentence = "1. The workshop was opened by the Deputy Minister of Ports, Ms Ana Lim (Fiji)."
    assert [(role, who, area) for role, who, _, area in roles(people(document(sentence), context))] == [
        ("opener", "person:ana-lim", "area:fji")
    ]
