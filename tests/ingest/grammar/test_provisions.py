"""Provisions of sentences that stand in no document: what acts, what only sounds so, and what is read from each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import ProvisionFound, Source
from ingest.gazetteer import normal
from ingest.grammar.actions import with_actions
from ingest.grammar.assembly import Assembly, Voice
from ingest.grammar.provisions import provisions_of_entries, provisions_of_prose

Read = Callable[[str], list[ProvisionFound]]


@pytest.fixture
def read(document: Callable[[str], Document], context: ReadingContext) -> Read:
    def make(text: str) -> list[ProvisionFound]:
        made = document(text)
        found = provisions_of_prose(made, [b for b in made.blocks if b.kind != "heading"], context)
        for f in found:  # holds for every provision: the words of the anchor are the text, inside a passage of the document
            assert made.text[f.source.anchor.start : f.source.anchor.end].split() == f.text.split()
            assert any(p.text.span() == f.source.passage for p in made.passages)
        return found

    return make


@pytest.fixture
def one(read: Read) -> Callable[[str], ProvisionFound]:
    def make(sentence: str) -> ProvisionFound:
        found = read(f"1. {sentence}")
        assert len(found) == 1, [(f.kind, f.text) for f in found]
        return found[0]

    return make


One = Callable[[str], ProvisionFound]

HARD = [
    ("The meeting decided to invite Samoa to its next session.", "Decision", ("decide",)),
    ("Members agreed that the model law be sent to all states.", "Decision", ("agree",)),
    ("In the discussion members agreed to run the exercise each year.", "Commitment", ("agree",)),
    ("By the end of the week the participants agreed to use one glossary.", "Commitment", ("agree",)),
    ("Ministers encouraged ratification of the Protocol by all members.", "Recommendation", ("encourage",)),
    # decisions
    ("Ministers agreed that the register would open in May.", "Decision", ("agree", "would")),
    ("Ministers agreed the register would open in May.", "Decision", ("agree", "would")),
    ("It was agreed that states should keep a register.", "Decision", ("agree", "should")),
    ("There was broad agreement that ports should be watched.", "Decision", ("agree", "should")),
    ("Ministers endorsed the report of the task force.", "Decision", ("endorse",)),
    ("Members adopted a joint declaration.", "Decision", ("adopt",)),
    ("Ministers tasked the Ad Hoc Group to draft a manual.", "Decision", ("task",)),
    ("Ministers further directed senior officials to review the plan.", "Decision", ("direct",)),
    ("The work plan was adopted by Ministers.", "Decision", ("adopt",)),
    ("Senior officials were tasked to draft a manual.", "Decision", ("task",)),
    ("There was consensus among participants that ports should be watched.", "Decision", ("agree", "should")),
    ("Members reached agreement that ports should be watched.", "Decision", ("agree", "should")),
    ("Participants were in agreement on a common form.", "Decision", ("agree",)),
    ("The work plan was endorsed.", "Decision", ("endorse",)),
    ("The terms of reference of the group were approved by consensus.", "Decision", ("approve",)),
    ("The work plan was adopted by the Meeting.", "Decision", ("adopt",)),
    ("The Meeting gave its endorsement to the work plan.", "Decision", ("endorse",)),
    ("Participants agreed that it was necessary to keep a register.", "Decision", ("agree", "need")),
    ("The Co-Chairs are tasked with drafting a manual.", "Decision", ("task",)),
    ("Senior officials were given the task of drafting a manual.", "Decision", ("task",)),
    ("The Ad Hoc Group was charged with drafting a manual.", "Decision", ("task",)),
    ("Ministers gave senior officials a mandate to draft a manual.", "Decision", ("mandate",)),
    ("Members commissioned the RSO to study returns.", "Decision", ("task",)),
    ("Broad agreement emerged on a common form.", "Decision", ("agree",)),
    ("Ministers settled on a common form.", "Decision", ("agree",)),
    ("The following steps were agreed: a register and joint training.", "Decision", ("agree",)),
    ("Ministers also approved, subject to the views of Ministers, the plan.", "Decision", ("approve",)),
    ("All present were agreed that ports should be watched.", "Decision", ("agree", "should")),
    ("The establishment of a Task Force was endorsed.", "Decision", ("endorse",)),
    ("The Co-Chairs were given authority to convene a group.", "Decision", ("authorise",)),
    ("Ministers left it to the Co-Chairs to fix the date.", "Decision", ("entrust",)),
    ("All agreed that the register would open in May.", "Decision", ("agree", "would")),
    # commitments
    ("The participants, for their part, agreed to stay in touch.", "Commitment", ("agree",)),
    ("Ministers vowed to share their lists.", "Commitment", ("pledge",)),
    ("Australia promised to compile a list.", "Commitment", ("pledge",)),
    ("Ministers agreed, on a trial basis, to share their lists.", "Commitment", ("agree",)),
    ("Participants agreed, inter alia, to share their lists.", "Commitment", ("agree",)),
    ("By the end of the workshop, participants had agreed to share their lists.", "Commitment", ("agree",)),
    ("Fiji and Nepal announced their intention to share their lists.", "Commitment", ("intend",)),
    ("Ministers expressed their firm determination to share their lists.", "Commitment", ("determine",)),
    ("Members renewed their commitment to share their lists.", "Commitment", ("commit",)),
    ("The Co-Chairs are to report to Ministers.", "Commitment", ("shall",)),
    ("The outcomes of the Workshop will be reported to Senior Officials.", "Commitment", ("will",)),
    ("Members reached consensus to share their lists.", "Commitment", ("agree",)),
    ("A decision was taken to share the lists.", "Decision", ("decide",)),
    ("Ministers made a commitment to share their lists.", "Commitment", ("commit",)),
    ("Ministers expressed their commitment to keep the register.", "Commitment", ("commit",)),
    # requests
    ("A request was made to the RSO to prepare a guide.", "Recommendation", ("request",)),
    ("Participants made a call for closer cooperation.", "Recommendation", ("call-on",)),
    ("Ministers appealed for further contributions.", "Recommendation", ("appeal",)),
    ("Ministers implored members to share their lists.", "Recommendation", ("urge",)),
    ("Participants expressed the view that ports should be watched.", "Recommendation", ("should",)),
    ("It was also felt that more should be done.", "Recommendation", ("should",)),
    ("Ministers requested a report from the Co-Chairs.", "Recommendation", ("request",)),
    ("Participants called for regular joint exercises.", "Recommendation", ("call-on",)),
    ("It was felt that ports should be watched.", "Recommendation", ("should",)),
    ("Participants noted that the register needed to be kept.", "Recommendation", ("need",)),
    ("Participants also agreed to share their lists.", "Commitment", ("agree",)),
    ("Ministers committed to keeping the register.", "Commitment", ("commit",)),
    ("We reaffirm our commitment to the principle of burden sharing.", "Commitment", ("reaffirm",)),
    ("We are committed to keeping the register.", "Commitment", ("commit",)),
    ("The Bali Process will continue to support the register.", "Commitment", ("will",)),
    ("Fiji agreed to host the next workshop.", "Commitment", ("agree",)),
    ("Fiji and Nepal, as co-chairs, will write the summary.", "Commitment", ("will",)),
    ("The co-chairs undertook to circulate a summary.", "Commitment", ("undertake",)),
    ("States shall keep a register.", "Commitment", ("shall",)),
    # recommendations
    ("Ministers recommended that members open a register.", "Recommendation", ("recommend",)),
    ("The workshop recommended the establishment of a register.", "Recommendation", ("recommend",)),
    ("It was recommended that states open a register.", "Recommendation", ("recommend",)),
    ("Ministers called on members to open a register.", "Recommendation", ("call-on",)),
    ("In this regard, Ministers urged members to open a register.", "Recommendation", ("urge",)),
    ("Members are also encouraged to open a register.", "Recommendation", ("encourage",)),
    ("Exchange among registrars is encouraged.", "Recommendation", ("encourage",)),
    ("Members should open a register.", "Recommendation", ("should",)),
    ("Members must open a register.", "Recommendation", ("must",)),
    ("Countries need to act together.", "Recommendation", ("need",)),
    ("Better registers are needed to find the missing.", "Recommendation", ("need",)),
    ("There is an urgent need for better registers.", "Recommendation", ("need",)),
    ("Participants noted that better registers are necessary to find the missing.", "Recommendation", ("need",)),
    ("Registers should be kept and encouraged.", "Recommendation", ("should", "encourage")),
    ("If asked, the RSO should help.", "Recommendation", ("should",)),
    ("The Co-Chairs were entrusted with preparing a report.", "Decision", ("entrust",)),
    ("A manual will be compiled by Australia and Fiji.", "Commitment", ("will",)),
    ("Members intend to keep a register.", "Commitment", ("intend",)),
    ("Ministers authorised the Co-Chairs to consult members.", "Decision", ("authorise",)),
    ("The Group is expected to publish the guide.", "Recommendation", ("expect",)),
    ("The Co-Hosts undertook to report to the Group.", "Commitment", ("undertake",)),
    ("Australia pledged AUD 250,000 for the exercise.", "Commitment", ("pledge",)),
]
SOFT = [
    ("It is important to keep good registers.", ("important",)),
    ("Good registers are essential for finding the missing.", ("essential",)),
    ("The upkeep of registers remains an ongoing priority for members.", ("priority",)),
    ("A common register could be opened.", ("could",)),
    ("A common register would be useful in finding the missing.", ("would",)),
    ("Finding the missing requires a common register.", ("require",)),
    ("Participants acknowledged that such registers were important tools.", ("important",)),
    ("Ministers noted that it was timely to open a register.", ("note",)),
    ("Participants recognised the importance of good registers.", ("recognise",)),
    ("Members acknowledged the need for good registers.", ("acknowledge",)),
    ("The important role of registrars was also recognised.", ("recognise",)),
    ("Ministers welcomed the establishment of the register.", ("welcome",)),
    ("Members agreed that smuggling is a grave crime.", ("agree",)),
    ("Some participants considered that a common register would be helpful.", ("would",)),
    ("Ministers also agreed on the importance of good registers.", ("agree",)),
    ("Victims may also be in need of shelter.", ("may",)),
    ("Ministers took note of the importance of good registers.", ("note",)),
    ("Ministers expressed their support for a common register.", ("support",)),
    ("Ministers confirmed their support for the register.", ("confirm",)),
    ("Experts proposed that a common register be kept.", ("propose",)),
]
NOTHING = [
    # what one voice thinks, and who is to do something that is no provision
    "Fiji believed that members should pay.",
    "One delegation felt that members should pay.",
    "The representative of UNHCR cautioned that such laws should not punish refugees.",
    "According to Mr Roe, victims should be protected.",
    "Mr Roe was given the task of drafting a paper.",
    "The suspects were charged with smuggling migrants.",
    "The working group is to meet in May.",
    "Officers are to wear uniforms at the opening.",
    "Ministers of the Bali Process are expected to convene in Adelaide.",
    "In 2010 the company promised to fund a boat.",
    "All left the room.",
    "The establishment of the agency was approved by Parliament.",
    "They promised to do so.",
    # what nobody decided, and what releases from a duty
    "It was not agreed to set up a new fund.",
    "It was not agreed that members should pay.",
    "Ministers did not agree that a fund should be set up.",
    "Ministers have not endorsed the proposal of a fund.",
    "Ministers could not agree to a common visa policy.",
    "Ministers failed to agree that states should pay.",
    "There was no consensus that a fund should be set up.",
    "There was no agreement to establish a fund.",
    "No agreement was reached on a common list.",
    "No member shall be obliged to act contrary to its national laws.",
    "Ministers noted that no member should be obliged to share personal data.",
    "Nothing in this document shall be construed as binding members.",
    "Members should not be required to report.",
    "Members are not required to report annually.",
    "The workshop was opened by the Deputy Minister.",
    "The workshop was attended by eighty officials.",
    "Nepal spoke about the importance of registers.",
    "Nepal explained that its register should be a model and that training is important.",
    "Nepal noted that registers are essential; that laws must be changed; and that training is needed.",
    "The Minister said that all members must act.",
    "The Minister called on members to open a register.",
    "The Minister also underlined the importance of registers.",
    "Participants discussed how registers could be improved and whether laws should be changed.",
    "Participants considered the importance of registers.",
    "Participants recognised that smuggling occurs across many borders.",
    "It was noted that several members had adopted new laws.",
    "The meeting took stock of the work and recommended future directions to Ministers.",
    "The meeting considered the report of the task force.",
    "Senior officials took note of the report.",
    "The next meeting will be held in Nepal.",
    "The training was useful and well received.",
    "The manual was needed in 2009 and has been used since.",
    "The plan, which members should carry out by 2020, was presented.",
    "The report that states should submit was late.",
    "Nepal is an important country of destination.",
    "There is no need for a new register.",
    "No new registers are required.",
    "The presentations were supported by films.",
    "The co-chairs invited participants to introduce themselves.",
    "Ministers expressed appreciation to the Government of Nepal for its hospitality.",
    "Ministers recalled that they had agreed that the group would be activated.",
    "The course required participants to register.",
    "Strong cooperation has been essential in Nepal.",
    "The agreed minutes are attached.",
    "Officers are tasked with patrolling the ports.",
    "The police were tasked to guard the port.",
    "Victims were encouraged to speak.",
    "Participants agreed with the speaker.",
    "A law on ports was approved in 2004 by the Government of Samoa.",
    "The plan was adopted by the parliament of Fiji.",
    "The visa was approved.",
    "The draft plan was not endorsed.",
    "Victims needed to travel by bus.",
    "IOM will be represented by its director.",
    "The report will be compiled by a consultant.",
    "The number of arrivals is expected to grow.",
    "Australia pledged 200 blankets.",
    "A decision was taken by Nepal to close the port.",
    "Cook Islands and Niue, it should be said, are not members of the Bali Process.",
    "The Minister bade participants welcome and opened the session.",
    "I remember that the Ministers agreed to act faster in emergencies.",
    "It was moved to Suva when Fiji agreed to be the host.",
    "Two officers of Nauru will take part in 2017.",
    "Journeys are put off should travel become more difficult.",
]


@pytest.mark.parametrize(("sentence", "kind", "wording"), HARD)
def test_a_binding_clause_is_read_with_its_force(
    one: One, context: ReadingContext, sentence: str, kind: str, wording: tuple[str, ...]
) -> None:
    f = one(sentence)
    forms = context.lexicon.wording  # the gate looks for one of them in the passage
    assert all(any(normal(form) in normal(sentence) for form, slug in forms.items() if slug == w) for w in wording)
    assert (f.kind, f.wording, f.directives) == (kind, wording, 1)


@pytest.mark.parametrize(("sentence", "wording"), SOFT)
def test_an_evaluation_or_recognition_is_a_finding(one: One, sentence: str, wording: tuple[str, ...]) -> None:
    f = one(sentence)
    assert (f.kind, f.wording) == ("Finding", wording)


@pytest.mark.parametrize("sentence", NOTHING)
def test_narration_and_reported_facts_are_no_provisions(read: Read, sentence: str) -> None:
    assert read(f"1. {sentence}") == []


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        (
            "Ministers endorsed the manual, tasked senior officials to print it, and agreed that members should use it.",
            ["Ministers endorsed the manual", "tasked senior officials to print it", "agreed that members should use it."],
        ),
        (
            "Ministers were of the view that the group should be ended, and agreed to meet again.",
            ["Ministers were of the view that the group should be ended", "agreed to meet again."],
        ),
        ("Ministers invited members to give, and express appreciation to Fiji for its gift.", ["Ministers invited members to give"]),
        (
            "Members were agreed that smuggling takes lives and called upon states to act.",
            ["Members were agreed that smuggling takes lives", "called upon states to act."],
        ),
        ("Ministers were briefed by Ms Lim, and asked that IOM keep them informed.", ["asked that IOM keep them informed."]),
        ("We are committed to better laws, and to this end we agree to meet.", ["We are committed to better laws", "we agree to meet."]),
        ("Fiji confirmed that it had signed, and Nepal pledged to pay.", ["Nepal pledged to pay."]),
        (
            "The Group: adopted a list; recommended that members test it; agreed to share lessons.",
            ["The Group: adopted a list", "recommended that members test it", "agreed to share lessons."],
        ),
        ("Members commended the staff of the RSO and encouraged more gifts.", ["encouraged more gifts."]),
        ("Ministers commended the staff and urged members to give more.", ["urged members to give more."]),
        ("Telling them apart was hard and further training was needed.", ["further training was needed."]),
        ("Ports suffer; and harbour masters, as well as others, must act.", ["harbour masters, as well as others, must act."]),
        ("Units were set up, though training of officers remains a priority.", ["training of officers remains a priority."]),
        ("While much was done, participants agreed to do more.", ["participants agreed to do more."]),
        ("However, registers should be kept.", ["registers should be kept."]),
        ("In the context of returns, it is important to keep registers.", ["it is important to keep registers."]),
        ("Registers must be kept, but laws differ.", ["Registers must be kept"]),
        ("Laws should be enacted by states and members are encouraged to train judges.", 2),
        ("Members agreed that this is a crime, and that states must act.", ["Members agreed that this is a crime", "states must act."]),
        ("Cooperation is critical in the fight, and the group is an important forum to strengthen it.", 1),
        ("Members acknowledged the important role of the group, and that a register could be opened.", 2),
        ("It was recognised by participants that maps are necessary to sail.", ["maps are necessary to sail."]),
        ("Where permitted by law, missions should issue papers.", ["Where permitted by law, missions should issue papers."]),
        ("Members should draft rules and procedures for ports, and must publish them.", 1),
    ],
)  # fmt: skip
def test_a_sentence_is_cut_into_its_smallest_operative_clauses(read: Read, sentence: str, clauses: list[str] | int) -> None:
    found = [f.text for f in read(f"1. {sentence}")]
    assert len(found) == clauses if isinstance(clauses, int) else found == clauses


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("No victim should be prosecuted for crossing a border.", "Recommendation"),
        ("Members shall not prosecute victims of trafficking.", "Commitment"),
        ("Ministers agreed that no member should be obliged to share data.", "Decision"),
        ("They recommended that the Consultation Mechanism be activated when large movements occur.", "Recommendation"),
    ],
)
def test_a_prohibition_and_a_decided_release_bind(read: Read, sentence: str, kind: str) -> None:
    assert [f.kind for f in read(f"1. Ministers met. {sentence}")] == [kind]


@pytest.mark.parametrize("link", ["and in this regard", "and, to this end,"])
def test_a_decision_after_a_recognised_need_is_one_of_its_own(read: Read, link: str) -> None:
    found = read(f"1. Ministers agreed on the need for better data {link} tasked the Ad Hoc Group to draft a manual.")
    assert [(f.kind, f.text) for f in found] == [
        ("Finding", "Ministers agreed on the need for better data"),
        ("Decision", "tasked the Ad Hoc Group to draft a manual."),
    ]
    assert found[1].actors == ("group:ministers",)


def test_they_are_those_who_acted_before(read: Read) -> None:
    found = read(
        "1. Senior officials requested the Co-Chairs to circulate a form. They asked members to fill it. They agreed to share it.\n\n"
        "2. They endorsed the plan and tasked the Ad Hoc Group to print it.\n\n"
        "3. Members were encouraged to train officers.\n\n4. They endorsed the list.\n"
    )
    assert [f.actors for f in found] == [("group:senior-officials",)] * 5 + [()]
    assert len({f.source.beside[0].passage for f in found[1:5]}) == 1  # the sentence that names them


def test_they_are_those_of_whom_the_paragraph_before_speaks(read: Read) -> None:
    found = read(
        "1. Senior officials discussed trends at sea.\n\n2. They endorsed the plan.\n\n3. Smugglers change routes.\n\n4. They agreed.\n"
    )
    assert [(f.text, f.actors) for f in found] == [("They endorsed the plan.", ("group:senior-officials",))]


def test_what_follows_the_last_narrated_item_is_read(read: Read) -> None:
    found = read(
        "They discussed (1) trends, (2) agreed routes, and (3) disembarkation. Participants recommended that the RSO map good practice.\n"
    )
    assert [f.text for f in found] == ["Participants recommended that the RSO map good practice."]


def test_items_below_what_they_agreed_are_decisions(read: Read) -> None:
    found = read(
        "1. Members reviewed the year. They agreed on the following priorities for 2014:\n(a) joint training;\n(b) exchange of data."
    )
    assert [(f.kind, f.text, f.actors) for f in found] == [
        ("Decision", "joint training", ("group:members",)),
        ("Decision", "exchange of data", ("group:members",)),
    ]


def test_they_may_stand_behind_an_opening(read: Read) -> None:
    found = read(
        "1. Ministers spoke of victims. In this regard, they called for closer cooperation. To this end, they urged states to act."
    )
    assert [(f.wording, f.actors) for f in found] == [(("call-on",), ("group:ministers",)), (("urge",), ("group:ministers",))]


def test_items_below_a_body_begin_with_any_verb_of_acting(read: Read) -> None:
    found = read("1. The Group:\n(a) accepted the offer of Fiji;\n(b) will work with banks; and\n(c) expressed its thanks.")
    assert [f.wording for f in found] == [("accept",), ("will",)]


def test_items_below_agreed_that_are_decisions_and_objectives_are_not(read: Read) -> None:
    found = read("1. The Meeting agreed that:\n(a) members would share data; and\n(b) a workshop be held.")
    assert [(f.kind, f.wording) for f in found] == [("Decision", ("agree",)), ("Decision", ("agree",))]
    assert read("1. Objectives:\n• to share data\n• to build networks") == []
    found = read("1. Members spoke. They agreed, in particular, to:\na. share data; and\nb. hold a workshop.")
    assert [f.text for f in found] == ["share data", "hold a workshop"]


def test_numbered_items_without_a_capital_go_on_with_their_introduction(read: Read) -> None:
    found = read("The Steering Group:\n\n1. endorsed the plan;\n2. agreed to meet; and\n3. invited Japan to speak.")
    assert [(f.wording, f.number) for f in found] == [(("endorse",), "1"), (("agree",), "2"), (("invite",), "3")]


def test_a_gathering_in_small_letters_leads_to_what_it_did(read: Read) -> None:
    found = read("1. The meeting:\n\n(a) agreed to share data;\n\n(b) asked the RSO to prepare a guide.\n")
    assert [f.text for f in found] == ["agreed to share data", "asked the RSO to prepare a guide."]


def test_the_line_that_says_where_a_text_was_adopted_decides_nothing(document: Callable[[str], Document], context: ReadingContext) -> None:
    made = document("1. We commit to train officers.\n\nAdopted in Manila on the twelfth day of March 2025.\n")
    found = provisions_of_prose(made, made.blocks, context, we=Voice())
    assert [f.kind for f in found] == ["Commitment"]


def test_who_acts_and_who_is_addressed(one: One) -> None:
    def who(sentence: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        f = one(sentence)
        return f.actors, f.addressees

    assert who("Ministers tasked the Ad Hoc Group to draft a manual.") == (("group:ministers",), ("body:ad-hoc-group",))
    assert who("Ministers requested UNHCR and IOM to continue.") == (("group:ministers",), ("org:unhcr", "org:iom"))
    assert who("Members are encouraged to open a register.") == ((), ("group:members",))
    assert who("A register should be opened by affected countries and the Bali Process.") == (
        ("group:affected-countries", "process:bali-process"),
        (),
    )
    assert who("Fiji and Nepal, as co-chairs, will write the summary.") == (("area:fji", "area:npl"), ())
    assert who("The Bali Process – through its working groups and the RSO – will open a register.") == (("process:bali-process",), ())
    assert who("Members with ports, such as Fiji, Nauru and Tonga, are encouraged to open a register.") == ((), ("group:members",))
    assert who("Ministers recommended that members open a register.") == (("group:ministers",), ("group:members",))


@pytest.mark.parametrize(
    "sentence",
    [
        "Registers should be kept.",
        "The harbour masters of Ruritania should keep registers.",
        "The voluntary return of members' nationals should be encouraged.",
        "A Bali Process workshop should be held.",
    ],
)
def test_an_actor_that_is_not_named_is_not_guessed(one: One, sentence: str) -> None:
    assert one(sentence).actors == ()


def test_a_collective_is_never_the_process(one: One) -> None:
    assert one("Bali Process countries should keep registers.").actors == ("group:members",)


def test_what_is_to_be_done(one: One) -> None:
    def verbs(sentence: str) -> tuple[str, ...]:
        return one(sentence).verbs

    assert verbs("Laws should be drafted and endorsed by members.") == ("draft", "endorse")
    assert verbs("Participants agreed to identify and contribute papers.") == ("identify", "contribute")
    assert verbs("Further training was needed to improve registers.") == ("train",)
    assert verbs("Particular consideration should be given to children.") == ("consider",)
    assert verbs("Members are encouraged to enter into agreements.") == ("enter into",)
    assert verbs("Cooperation among registrars is encouraged.") == ("cooperate",)
    assert verbs("The RSO should, together with members, develop a plan.") == ("develop",)
    assert verbs("Members should notify the office.") == ("notify",)
    f = one("Members should criminalise and yodel.")
    assert (f.verbs, f.actions) == (("criminalise",), ("criminalise",))


def test_conditions_and_dates(one: One) -> None:
    f = one("Where permitted by international law, members should share lists by the end of 2025.")
    assert (f.condition, f.due) == ("Where permitted by international law", "by the end of 2025")
    assert one("Members should share lists, as appropriate.").condition == "as appropriate"
    assert one("Until this occurs members should share lists.").condition == "Until this occurs"
    assert one("Members should report within twelve months.").due == "within twelve months"
    assert one("Members should report before the next Ministerial Conference.").due == "before the next Ministerial Conference"
    f = one("Members should share lists.")
    assert (f.condition, f.due) == (None, None)


def test_names_inside_the_clause(one: One) -> None:
    f = one("Through the Regional Support Office, members should promote a model Memorandum of Understanding on people smuggling.")
    assert (f.responsible, f.instruments, f.crimes) == (("body:rso",), ("instrument:model-mou",), ("people-smuggling",))
    assert one("Members should second officers to the RSO.").responsible == ()


QUOTED = (
    'They cited the statement of the Fourth Ministerial Conference, where Ministers "agreed to strengthen the watch on ports and seas".'
)


def test_a_quoted_decision_has_the_quoted_words_and_its_meeting(document: Callable[[str], Document], context: ReadingContext) -> None:
    made, asked = document(f"1. {QUOTED}"), []

    def attribution(source: Source) -> str:
        asked.append(source)
        return "meeting:m7"

    (f,) = provisions_of_prose(made, made.blocks, context, attribution)
    assert (f.kind, f.text, f.attributed_to) == ("Decision", "agreed to strengthen the watch on ports and seas", "meeting:m7")
    assert (f.wording, f.actors, f.verbs) == (("agree",), ("group:ministers",), ("strengthen",))
    assert [s.passage for s in asked] == [made.passages[0].text.span()]


def test_a_quotation_of_what_is_and_should_be_is_still_one_decision(read: Read) -> None:
    (f,) = read("1. The chair recalled that Ministers “agreed that while ports are important, better registers are needed”.")
    assert (f.kind, f.text) == ("Decision", "agreed that while ports are important, better registers are needed")


def test_other_words_in_quotation_marks_are_no_decision(read: Read) -> None:
    assert read("1. Experts spoke of a “whole of government” approach and of “following the money to its very source”.") == []


def test_the_words_of_one_person_bind_nobody(read: Read) -> None:
    assert read("1. “The RSO will give members practical support,” said Ms Ana Lim, Ambassador of Fiji.") == []
    assert read("1. Ms Lim said: “Ministers will open the port.”") == []


def test_an_opinion_binds_nobody(read: Read) -> None:
    assert read("1. Critics say that members should do more for refugees, and that ministers must commit to resettlement.") == []


def test_a_clause_has_the_themes_of_its_own_words(read: Read) -> None:
    one, two = read("1. Ministers underscored the importance of engaging the private sector and urged members to ratify the Convention.")
    assert (one.themes, two.themes) == (("stakeholder-engagement",), ())


@pytest.mark.parametrize(
    "sentence",
    [
        "Several delegates stressed that members should keep a register.",
        "Participants noted the trend, and a few experts proposed that members should keep a register.",
        "A number of delegations recommended that members keep a register.",
        "It was urged by some delegations that members keep a register.",
        "In the view of certain members, legislation should be amended.",
        "Experts from UNODC recommended that members keep a register.",
        "Some officials stressed the need for training and called on the RSO to provide it.",
    ],
)
def test_the_view_of_some_is_no_recommendation_of_the_meeting(read: Read, sentence: str) -> None:
    assert {f.kind for f in read(f"1. {sentence}")} <= {"Finding"}


@pytest.mark.parametrize("who", ["Thirty officials from nine members", "Task Force members", "Some members", "Twelve participants"])
def test_members_of_something_else_are_not_the_members(read: Read, who: str) -> None:
    (f,) = read(f"1. {who} agreed to set up a contact group.")
    assert f.actors == ()


def test_what_is_asked_is_not_done_yet(read: Read) -> None:
    (f,) = read("1. The workshop recommended that members adopt standard travel documents.")
    assert f.wording == ("recommend",)


def test_when_and_where_a_body_will_meet_is_no_promise(read: Read) -> None:
    assert read("1. The Task Force on Planning and Preparedness will meet in Da Nang in September.") == []
    assert read("1. The workshop will be followed by a regional training in Bali.") == []
    assert len(read("1. The Task Force on Planning and Preparedness will meet the costs of translation.")) == 1


def test_who_greets_a_person_recognises_nothing(read: Read) -> None:
    assert read("1. We say farewell to Ms Ana Lim and welcome Mr Jo Roe from Fiji.") == []
    assert len(read("1. Ministers welcomed Mr Roe’s offer to host a workshop.")) == 1


def test_a_name_is_no_topic(read: Read) -> None:
    (f,) = read("1. Ministers requested the Regional Support Office to prepare a short paper.")
    assert f.themes == ()


def test_a_verb_inside_a_name_is_none(read: Read) -> None:
    assert read("1. The Regional Support Office of the Bali Process also took part.") == []
    (f,) = read("1. Task Force members also recommended that members share their maps.")
    assert f.wording == ("recommend",)


def test_an_introduction_gives_its_force_to_every_item(read: Read) -> None:
    found = read(
        "1. Ministers agreed to:\n\n- open a register of ports; and\n- share lists by 2030.\n\n2. Participants recommended that:\n\n"
        "- members train judges;\n- laws should be drafted.\n"
    )
    assert [(f.kind, f.wording, f.verbs, f.text) for f in found] == [
        ("Commitment", ("agree",), ("open",), "open a register of ports"),
        ("Commitment", ("agree",), ("share",), "share lists by 2030"),
        ("Recommendation", ("recommend",), ("train",), "members train judges"),
        ("Recommendation", ("recommend", "should"), ("draft",), "laws should be drafted"),
    ]
    assert [f.actors for f in found] == [("group:ministers",)] * 2 + [("group:participants",)] * 2
    assert found[2].addressees == ("group:members",)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Ministers further agreed (a) to keep a register; (b) to train guards; and (c) to meet again.", 3),
        ("Ministers agreed that the plan would be guided by the following: i. to protect life; ii. to build capacity.", 2),
        ("Participants recommended:\n- the creation of a network;\n- training for guards.", 2),
        ("Ministers agreed to\n- keep a register;\n- train guards.", 2),
    ],
)
def test_items_inside_a_line_and_below_a_verb_alone(read: Read, text: str, items: int) -> None:
    found = read(f"4. {text}")
    assert len(found) == items
    assert {f.wording[0] for f in found} <= {"agree", "recommend"}


def test_a_verb_that_tells_before_the_one_that_acts_is_cut_off(read: Read) -> None:
    found = read("4. Members reviewed progress, welcomed the report and directed the Co-Chairs to write a plan.")
    assert [f.text for f in found] == ["welcomed the report", "directed the Co-Chairs to write a plan."]


def test_what_another_party_did_is_no_part_of_a_promise(read: Read) -> None:
    found = read("4. Australia pledged to continue its contribution, and New Zealand offered expertise.")
    assert [f.text for f in found] == ["Australia pledged to continue its contribution"]


def test_a_body_decides_and_items_below_it_begin_with_their_verbs(read: Read) -> None:
    assert [f.wording for f in read("4. The Group accepted the offer of Fiji to host the next meeting.")] == [("accept",)]
    assert [f.wording for f in read("4. Ministers gave their approval to the plan.")] == [("approve",)]
    found = read("Outcomes\nThe Technical Experts Group:\n• adopted its terms of reference;\n• agreed to draft a guide by May;")
    assert [f.wording for f in found] == [("adopt",), ("agree",)]


def test_they_after_and_are_those_who_speak(read: Read) -> None:
    found = read("4. Members decided that reports would be sent by May, and they encouraged the Coordinators to come.")
    assert [f.wording[0] for f in found] == ["decide", "encourage"]
    assert [f.wording for f in read("4. The RSO was asked to submit its budget by March 2013.")] == [("ask",)]


def test_they_are_the_officials_before(read: Read) -> None:
    found = read("4. Officials expressed strong support for the office. They requested it to report to each meeting.")
    assert [f.wording for f in found] == [("request",)]


def test_a_decision_may_be_told_in_an_aside(read: Read) -> None:
    text = "Two groups would be set up, Ministers decided, to follow up the report."
    (found,) = read(f"4. {text} Ports were full, Ministers noted, in spring.")
    assert (found.kind, found.text, found.actors) == ("Decision", text, ("group:ministers",))


def test_items_below_narration_are_narrated(read: Read) -> None:
    assert read("1. Nepal highlighted its main problems:\n\n- training is needed;\n- laws should be changed.\n") == []


def test_items_below_a_recognition_are_read_one_by_one(read: Read) -> None:
    found = read("1. Participants acknowledged that problems remain:\n\n- Ports are far away.\n- Registers were important tools there.\n")
    assert [(f.kind, f.wording) for f in found] == [("Finding", ("important",))]


def test_a_declaration_in_the_first_person(read: Read) -> None:
    found = read("1. Commit to keeping registers;\n\n2. Encourage members to keep them.\n\n3. Support for registers was voiced.\n")
    assert [(f.number, f.kind) for f in found] == [("1", "Commitment"), ("2", "Recommendation")]


def test_keys_numbers_and_order_follow_the_text(read: Read) -> None:
    found = read(
        "1. Members should act.\n\n2. Members must act. Ministers agreed to act.\n\nOutside of all numbers, states should act too.\n"
    )
    assert [(f.key, f.number, f.order) for f in found[:3]] == [("p1-1", "1", 1), ("p2-1", "2", 2), ("p2-2", "2", 3)]
    assert found[3].number is None
    assert len({f.key for f in found}) == 4


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("Outcomes included agreement to share maps.", [("Commitment", "agreement to share maps.")]),
        (
            "Outcomes include warm relations and commitment to draw maps of ports and bays, and support for a common atlas.",
            [("Commitment", "commitment to draw maps of ports and bays"), ("Finding", "support for a common atlas.")],
        ),
        ("A visit, including tea and development of agreed elements of maps.", [("Finding", "development of agreed elements of maps.")]),
        ("Participants also agreed to share maps.", [("Commitment", "Participants also agreed to share maps.")]),
        ("A workshop resulting in recommendations for the next conference.", []),
        ("The workshop focused on cooperation between agencies.", []),
        ("To promote an integrated response, through promoting plans.", []),
    ],
)  # fmt: skip
def test_outcomes_of_an_entry_are_often_nouns(
    document: Callable[[str], Document], context: ReadingContext, entry: str, found: list[tuple[str, str]]
) -> None:
    (block,) = document(f"March 2004: Atlas workshop, Suva. {entry}").blocks
    whole = Passage(block, block.text, tuple(context.gazetteer.find(block.text.s)))
    read = provisions_of_entries([whole], context)
    assert [(f.kind, f.text) for f in read] == found
    assert [f.order for f in read] == sorted({f.order for f in read})


@pytest.mark.parametrize(
    ("chapeau", "kind", "wording"),
    [
        ("The following recommendations were made", "Recommendation", "recommend"),
        ("Participants adopted the following recommendations", "Recommendation", "recommend"),
        ("The following was agreed", "Decision", "agree"),
        ("Members agreed on the following next steps for 2014", "Decision", "agree"),
        ("The following decisions were taken", "Decision", "decide"),
    ],
)
def test_items_below_a_noun_or_a_passive_verb(read: Read, chapeau: str, kind: str, wording: str) -> None:
    got = read(f"1. {chapeau}:\n• open a register;\n• draft a manual.\n")
    assert [(f.kind, f.wording, f.text) for f in got] == [
        (kind, (wording,), "open a register"),
        (kind, (wording,), "draft a manual"),
    ]


def test_items_below_what_was_only_discussed_are_nothing(read: Read) -> None:
    assert read("1. Participants discussed the following recommendations:\n• open a register;\n• draft a manual.\n") == []


def test_a_sentence_may_end_with_the_number_of_a_conference(read: Read) -> None:
    got = read("1. The meeting took stock of the workshops since Bali I. The Ad Hoc Group agreed to merge the plans.\n")
    assert [f.text for f in got] == ["The Ad Hoc Group agreed to merge the plans."]


def test_items_with_capitals_below_a_gathering_without_number_are_its_acts(read: Read) -> None:
    found = read("Outcomes\n\nThe dialogue:\n\n1. Agreed that members would share data;\n\n2. Requested the RSO to publish a guide.\n")
    assert [(f.wording, f.number) for f in found] == [(("agree", "would"), "1"), (("request",), "2")]


def test_parts_of_a_paragraph_have_numbers_of_their_own(read: Read) -> None:
    found = read(
        "1. Welcome\n1.1 Ms Lim opened the meeting.\n2. Review\n2.1 Members met.\n2.2 The Task Force agreed to run a second exercise.\n"
    )
    assert [(f.text, f.number) for f in found] == [("The Task Force agreed to run a second exercise.", "2.2")]


def test_what_is_welcomed_behind_a_request_is_a_thing_of_its_own(document: Callable[[str], Document], context: ReadingContext) -> None:
    made = document(
        "1. Call upon banks to act and welcome the report.\n2. Stress the need for data, and in this regard welcome the report.\n"
    )
    found = provisions_of_prose(made, made.blocks, context, we=Voice())
    assert [f.wording for f in found] == [("call-on",), ("welcome",), ("stress",)]


def test_they_may_lead_to_a_list(read: Read) -> None:
    found = read("1. Members welcomed the report. In particular, they:\n- resolved to improve data;\n- undertook to share lists.\n")
    assert [(f.wording, f.actors) for f in found[1:]] == [(("resolve",), ("group:members",)), (("undertake",), ("group:members",))]


def test_a_gathering_leads_to_items_without_a_colon(read: Read) -> None:
    found = read("Summary\n\nThe Task Force\n\n1. agreed to map focal points;\n2. tasked the RSO with compiling a list.\n")
    assert [(f.wording, f.number) for f in found] == [(("agree",), "1"), (("task",), "2")]
    found = read("Summary\n\nHaving met in Bali, senior officials\n\n• approved the plan;\n• reached agreement on a list.\n")
    assert [(f.wording, f.actors) for f in found] == [
        (("approve",), ("group:senior-officials",)),
        (("agree",), ("group:senior-officials",)),
    ]


TABLE = (
    "ACTIONS\n\nNo. | Action | Who | By\n1 | Print the manual | RSO | 31 May 2018\n"
    "2 | Send comments | All members | next meeting\n3 | Book a hall | Roe & Co |\n"
)


def test_rows_of_a_table_of_actions_task_those_whom_they_name(document: Callable[[str], Document], context: ReadingContext) -> None:
    found = with_actions([], document(TABLE), context)
    assert [(f.kind, f.wording, f.text, f.addressees, f.due) for f in found] == [
        ("Decision", ("task",), "Print the manual", ("body:rso",), "31 May 2018"),
        ("Decision", ("task",), "Send comments", ("group:members",), "next meeting"),
        ("Decision", ("task",), "Book a hall", (), None),
    ]
    assert [f.source.beside[0].rule for f in found] == ["provisions.actions"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "Action points:\n\n- RSO to print the manual by 31 May 2018.\n- Roe & Co to book a hall.\n- Fiji was glad to help.\n",
        "Agreed actions\n\n1. The Regional Support Office will print the manual by 31 May 2018.\n\n2. Those present were thanked.\n",
        "The meeting looked at the manual.\n\nACTION 3: RSO to print the manual by 31 May 2018.\n",
    ],
)
def test_an_action_point_tasks_those_whom_it_names(document: Callable[[str], Document], context: ReadingContext, text: str) -> None:
    found = with_actions([], document(text), context)
    assert [(f.kind, f.wording, f.addressees, f.due) for f in found] == [("Decision", ("task",), ("body:rso",), "by 31 May 2018")]
    assert found[0].text.endswith("print the manual by 31 May 2018")


def test_those_who_met_may_be_an_abbreviation(read: Read) -> None:
    text = (
        "Working Group on Sea Ports (WGSP)\n\nThe WGSP agreed:\no  to open a register;\no  to meet twice a year.\n\n"
        "The WGSP recommended that:\n- lists be shared;\n- members report.\n\nThe WGSP requested the RSO to print a manual.\n"
    )
    assert [f.wording for f in read(text)] == [("agree",), ("agree",), ("recommend",), ("recommend",), ("request",)]
    assert not read("The WGSP requested the RSO to print a manual.\n")  # what that is nobody says


@pytest.mark.parametrize(
    "text",
    [
        "1. Resolve, to this end:\n\nPorts\n\na. to open a register;\n\nLists\n\nb. to share lists;\n",
        "1. At the close of the meeting the Task Force:\n\n- Resolved to open a register;\n- Resolved to share lists.\n",
        "1. By the end of the day, senior officials had:\n\na) resolved to open a register;\nb) resolved to share lists.\n",
    ],
)
def test_what_leads_to_a_list_may_stand_behind_other_words(document: Callable[[str], Document], context: ReadingContext, text: str) -> None:
    made = document(text)
    found = provisions_of_prose(made, [b for b in made.blocks if b.kind != "heading"], context, we=Voice())
    assert [f.wording for f in found] == [("resolve",), ("resolve",)]


@pytest.mark.parametrize(
    ("sentence", "wordings"),
    [
        ("From the review the Task Force agreed to open a register.", [("agree",)]),
        ("At the close of the meeting the Conference adopted the plan.", [("adopt",)]),
        ("A paper sent after the review to the Task Force agreed to nothing.", []),
        ("On the advice of the Group the consultant agreed to open a register.", []),
        ("The RSO was tasked, with the help of IOM, with printing a manual.", [("task",)]),
    ],
)
def test_words_before_the_subject_need_no_comma(read: Read, sentence: str, wordings: list[tuple[str, ...]]) -> None:
    assert [f.wording for f in read(f"1. {sentence}")] == wordings


@pytest.mark.parametrize("head", ["Session | Speaker | Time", "Action | Status | Date", "Country | Who | When"])
def test_a_table_of_anything_else_has_no_actions(document: Callable[[str], Document], context: ReadingContext, head: str) -> None:
    assert with_actions([], document(TABLE.replace("No. | Action | Who | By", head)), context) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Two charities were invited to attend the session on ports as guests.",
        "The Pacific Islands Forum was invited to join the meeting.",
        "Members will discuss the framework at the next meeting in Jakarta.",
        "The Ad Hoc Group will take up the matter during its next meeting.",
        "Fiji thanked Australia, which had agreed to pay, for its help.",
    ],
)
def test_invitations_that_were_sent_and_plans_to_talk_bind_nobody(read: Read, sentence: str) -> None:
    assert read(f"1. {sentence}") == []


def test_a_verb_behind_thanks_has_the_subject_of_the_thanks(one: One) -> None:
    found = one("The RSO thanked members for their replies and undertook to circulate a draft by the end of 2014.")
    assert (found.kind, found.wording, found.actors) == ("Commitment", ("undertake",), ("body:rso",))
    assert one("Fiji thanked Australia and New Zealand pledged to pay for a course.").actors == ("area:nzl",)
    assert one("Members will discuss with industry how fees can be ended.").wording == ("will",)


@pytest.mark.parametrize(
    ("sentence", "themes"),
    [
        ("Members asked the secretariat to circulate the list.", ()),
        ("Members agreed to set up a secretariat.", ("coordination",)),
        ("Members tasked the Pacific Disembarkation Office to draft a list.", ()),
        ("Members agreed to plan for disembarkation.", ("maritime-movements",)),
    ],
)
def test_the_name_of_an_office_is_no_topic(one: One, sentence: str, themes: tuple[str, ...]) -> None:
    assert one(sentence).themes == themes


def test_the_subject_of_a_first_verb_acts_in_the_second(one: One) -> None:
    assert one("The Steering Group reviewed the calendar and decided to invite Samoa.").actors == ("body:steering-group",)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("1. The workshop recommended that ports be watched.", ["group:participants"]),
        ("1. Delegates noted the report and endorsed the work plan.", ["group:participants"]),
        ("1. The offer of Fiji was welcomed by the Conference.", ["group:participants"]),
        ("1. Officials agreed to keep a register. They also asked IOM to maintain it.", ["group:senior-officials"] * 2),
        ("1. The Group agreed to keep a register. It also invited Fiji to host it.", ["body:teg-rr"] * 2),
        ("The TEG recommended that:\n\n- ports be watched\n- registers be kept", ["body:teg-rr"] * 2),
        ("At the end of the day the Group:\n\n- agreed to keep a register\n- asked IOM to maintain it", ["body:teg-rr"] * 2),
    ],
)
def test_those_who_met_act_under_any_name(
    document: Callable[[str], Document], context: ReadingContext, text: str, actors: list[str]
) -> None:
    head = "Senior Officials' Meeting of the Technical Experts Group on Returns and Reintegration (TEG)\n\nSuva, 3 May 2018\n\n"
    made = document(head + text)
    met = Assembly(made, {"body:teg-rr"}, officials=True)
    found = provisions_of_prose(made, [b for b in made.blocks if b.kind != "heading"], context, met=met)
    assert [a for f in found for a in f.actors] == actors
    beside = [made.text[b.anchor.start : b.anchor.end] for f in found for b in f.source.beside]
    assert actors[0] == "group:participants" or any("Technical Experts" in x or "Senior" in x for x in beside)


@pytest.mark.parametrize(
    "text",
    [
        "1. The Steering Group met in May. The Group agreed to keep a register.",
        "1. The Group of Friends agreed to keep a register.",
        "1. Officials from Fiji agreed to keep a register.",
        "1. Two experts agreed to keep a register.",
    ],
)
def test_a_group_that_may_be_another_is_nobody(document: Callable[[str], Document], context: ReadingContext, text: str) -> None:
    made = document(f"Technical Experts Group on Returns and Reintegration\n\nSuva, 3 May 2018\n\n{text}")
    found = provisions_of_prose(made, [b for b in made.blocks if b.kind != "heading"], context, met=Assembly(made, {"body:teg-rr"}))
    assert [f.actors for f in found if "Group" in f.text or "agreed" in f.text] in ([()], [])


def test_an_item_addresses_all_those_with_whom_it_begins(read: Read) -> None:
    (f,) = read("Ministers recommended that:\n\n- IOM and UNHCR prepare a card for inspectors")
    assert f.addressees == ("org:iom", "org:unhcr")
