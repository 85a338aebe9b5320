from collections.abc import Callable

import pytest

from ingest.document import Document, Passage
from ingest.grammar.attendance import read_attendance, read_headcount
from ingest.grammar.numbers import read_number

Make = Callable[[str], Passage]


def read(p: Passage) -> list[tuple[str, str, str]]:
    return [(f.role, f.agent, f.written) for f in read_attendance(p, "meeting:m1").found]


@pytest.mark.parametrize(
    "sentence",
    [
        "It brought together forty practitioners from coast guards, ministries of justice and immigration services of Fiji, "
        "China (Macau SAR), the Philippines and Vietnam, as well as from IOM and UNHCR.",
        "Over 60 participants attended representing Fiji, China (Macau SAR), the Philippines and Vietnam, and from IOM and UNHCR.",
        "Sixty officials attended the workshop, representing the governments of Fiji, China (Macau SAR), the Philippines, Vietnam, "
        "the International Organization for Migration (IOM) and UNHCR.",
        "Representatives attended from Fiji, China (Macau SAR), the Philippines, Vietnam, together with IOM and also UNHCR.",
        "Representatives of Fiji, China (Macau SAR), the Philippines, Vietnam, as well as of IOM and UNHCR took part.",
        "The meeting was attended by Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR.",
        "Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR attended the meeting.",
        "Taking part in the Conference were Ministers and other representatives of Fiji, China (Macau SAR), the Philippines, Vietnam, "
        "together with the Director General of IOM and the Assistant High Commissioner of UNHCR.",
        "Officials from Fiji, China (Macau SAR), the Philippines and Vietnam joined, along with IOM and UNHCR.",
        "Delegations from Fiji, China (Macau SAR), the Philippines and Vietnam were at the Ministerial Conference, as were IOM and UNHCR.",
        "Experts drawn from Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR came together with airline staff.",
        "The Co-Chairs welcomed the participation of Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR.",
        "Participating countries: Fiji, China (Macau SAR), the Philippines, Vietnam, IOM, UNHCR.",
        "Officers of six members – Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR – exchanged intelligence.",
        "Represented at the Meeting were: Fiji, China (Macau SAR), the Philippines, Vietnam; and the member organisations IOM and UNHCR.",
        "The meeting drew participation from Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR.",
        "Thirty-eight participants took part, drawn from Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR.",
        "Participants came from law enforcement agencies of Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR.",
        "They came from: Fiji, China (Macau SAR), the Philippines, Vietnam, IOM, UNHCR.",
        "The following were represented: Fiji, China (Macau SAR), the Philippines, Vietnam, IOM, UNHCR.",
        "Attended by four countries (Fiji, China (Macau SAR), the Philippines and Vietnam) and two organisations (IOM and UNHCR).",
        "Officers from four countries – Fiji, China (Macau SAR), the Philippines and Vietnam – and from IOM and UNHCR attended.",
        "Countries represented: Fiji, China (Macau SAR), Philippines, Vietnam; organisations represented: IOM, UNHCR.",
        "Officers from Fiji, China (Macau SAR), the Philippines and Vietnam, and staff from IOM and UNHCR, participated.",
        "The workshop had participants from Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR.",
        "The Macao Special Administrative Region of China, Fiji, the Philippines, Vietnam, IOM and UNHCR joined the workshop.",
        "Fiji, Macau SAR (China), the Philippines, Vietnam, IOM and UNHCR participated as members.",
        "Fiji, China (Macau SAR), the Philippines and Vietnam, together with the organisations IOM and UNHCR, joined virtually.",
        "Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR participated through their embassies.",
        "Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR were likewise represented.",
        "Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR attended for the first time.",
        "Border managers from Fiji, China (Macau SAR), the Philippines and Vietnam, and staff from IOM and UNHCR, took part.",
        "It was attended by members of the Ad Hoc Group (Fiji, China (Macau SAR), the Philippines and Vietnam) and by IOM and UNHCR.",
        "Those present included Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR.",
        "Officials of Fiji, China (Macau SAR), the Philippines and Vietnam gathered for the workshop alongside staff of IOM and UNHCR.",
        "It convened law enforcement practitioners from Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR.",
        "They were joined by colleagues from Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR.",
        "Attendance: Fiji, China (Macau SAR), Philippines, Vietnam, IOM, UNHCR.",
        "Heads of delegation from Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR made statements.",
        "Fiji, China (Macau SAR), the Philippines, Vietnam, IOM and UNHCR sent delegations led by senior officials.",
        "Fiji, China (Macau SAR), the Phil- ippines, Viet-\nnam, IOM and UNHCR attended the meeting.",
    ],
)
def test_participants_are_read_from_lists_of_many_shapes(passage: Make, sentence: str) -> None:
    got = read(passage(sentence))
    assert sorted(agent for _, agent, _ in got) == ["area:fji", "area:mac", "area:phl", "area:vnm", "org:iom", "org:unhcr"]
    assert {role for role, _, _ in got} == {"attendee"}


def test_the_name_as_written_keeps_article_and_brackets(passage: Make) -> None:
    got = read(passage("Participants attended from the Philippines, China (Macau SAR) and Turkey."))
    assert [written for _, _, written in got] == ["the Philippines", "China (Macau SAR)", "Turkey"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The United Arab Emirates participated as observers.",
        "The United Arab Emirates also participated as an observer.",
        "The United Arab Emirates was there as an observer.",
        "The United Arab Emirates followed the proceedings as an observer.",
        "The United Arab Emirates attended the meeting as an observer.",
        "The United Arab Emirates sent observers.",
        "Observers: the United Arab Emirates.",
        "Observer delegations came from the United Arab Emirates.",
        "Observers from the following also attended: the United Arab Emirates.",
        "As observers, officials of the United Arab Emirates sat in.",
        "Observer states in attendance were the United Arab Emirates.",
        "Observer States, the United Arab Emirates, also took part.",
        "The United Arab Emirates attended as an official observer.",
        "The United Arab Emirates did so as an observer.",
        "The United Arab Emirates observed the Meeting.",
        "The workshop was also observed by the United Arab Emirates.",
        "The United Arab Emirates looked on as an observer.",
        "The United Arab Emirates participated in its capacity as observer.",
        "The United Arab Emirates participated as Observer.",
        "Also attending, as observers, were the United Arab Emirates.",
        "Observers were present from the United Arab Emirates.",
        "Observers present: the United Arab Emirates.",
        "The meeting was also attended by observers from the following: the United Arab Emirates.",
        "The United Arab Emirates, and the League of Small Ports, attended in an observer capacity.",
        "The United Arab Emirates participated as an Observer.",
        "The United Arab Emirates observed at the invitation of the Co-Chairs.",
        "They met in the presence, as observers, of the United Arab Emirates.",
        "Observers came from the United Arab Emirates.",
        "One observer, namely the United Arab Emirates, also sat in.",
        "The observers (the United Arab Emirates) looked on.",
        "As an observer came the United Arab Emirates.",
        "As observers there were the United Arab Emirates.",
        "There was one guest and there were two observer delegations: the United Arab Emirates and the League of Small Ports.",
        "One State (observer) was there: the United Arab Emirates.",
    ],
)
def test_an_observer_is_no_participant(passage: Make, sentence: str) -> None:
    assert [(role, agent) for role, agent, _ in read(passage(sentence))] == [("observer", "area:are")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nepal and IOM attended, with Samoa and Tonga participating as observers.",
        "The meeting was attended by Nepal and IOM, with Samoa and Tonga as observers.",
        "The meeting was attended by Nepal and IOM, and observer states Samoa and Tonga.",
        "The meeting was attended by Nepal and IOM, and observed by Samoa and Tonga.",
        "Nepal and IOM attended, with Samoa and Tonga observing.",
        "Nepal and IOM attended; Samoa followed the discussion as an observer, and so did Tonga.",
        "Nepal and IOM attended; the discussion benefited from the presence of Samoa and Tonga as observers.",
    ],
)
def test_observers_named_beside_participants(passage: Make, sentence: str) -> None:
    assert sorted((role, agent) for role, agent, _ in read(passage(sentence))) == [
        ("attendee", "area:npl"),
        ("attendee", "org:iom"),
        ("observer", "area:ton"),
        ("observer", "area:wsm"),
    ]


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Apologies: Nepal and IOM.", "apology"),
        ("An apology was received from Nepal and IOM.", "apology"),
        ("Nepal and IOM were apologies.", "apology"),
        ("Guests: Nepal and IOM.", "guest"),
        ("Nepal and IOM attended at the invitation of the Co-Chairs as guests.", "guest"),
        ("Nepal and IOM were invited as guests.", "guest"),
        ("Nepal and IOM attended the first day as invited organisations.", "guest"),
        ("Civil society was represented by Nepal and IOM, who attended as invited guests.", "guest"),
        ("Nepal and IOM took part at the Co-Chairs' invitation.", "attendee"),
        ("Nepal and IOM each sent an adviser.", "attendee"),
        ("Nepal and IOM were likewise in the room.", "attendee"),
        ("So did representatives of Nepal and IOM.", "attendee"),
        ("In the room were Nepal and IOM.", "attendee"),
        ("Nepal, and officers of IOM, took part.", "attendee"),
        ("Officials were present from Nepal and IOM.", "attendee"),
        ("They spoke for Nepal and IOM.", "attendee"),
        ("The Steering Group met with Nepal and IOM around the table.", "attendee"),
        ("The delegations at the meeting were those of Nepal and IOM.", "attendee"),
        ("Officers from Nepal and IOM today completed a five-day training course on visas.", "attendee"),
        ("Two organisations came as guests, namely Nepal and IOM.", "guest"),
    ],
)
def test_apologies_and_guests_behind_a_colon(passage: Make, sentence: str, role: str) -> None:
    assert [(r, agent) for r, agent, _ in read(passage(sentence))] == [(role, "area:npl"), (role, "org:iom")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nepal and IOM regretted that they could not attend.",
        "Nepal and IOM regretted being unable to participate.",
        "Nepal and IOM regretted their inability to take part.",
        "Nepal and IOM were invited but were not able to send a delegate.",
        "Nepal and IOM were also invited but could not attend.",
        "Nepal and IOM were unable to attend.",
        "Because of the storm the delegations of Nepal and IOM could not travel.",
        "No delegation could travel from Nepal or IOM.",
        "Nepal and IOM were not represented and had sent their excuses.",
        "Nepal and IOM submitted an apology.",
        "Nepal and IOM, which had registered two officers, were unable to attend.",
        "A team from Nepal and IOM had to cancel because of the storm.",
        "Nepal and IOM apologised.",
        "Regrets were expressed by Nepal and IOM.",
        "Nepal and IOM withdrew and sent their apologies.",
        "Nepal and IOM were unable to be present and asked that their regrets be recorded.",
        "Nepal and IOM, invited as affected parties, sent word that they could not attend.",
        "Nepal and IOM had hoped to come but were kept away by a storm and conveyed their regrets.",
        "Nepal and IOM had confirmed their attendance but withdrew at short notice with apologies.",
        "Nepal and IOM excused themselves.",
        "Nepal and IOM had sent their apologies.",
        "Nepal and IOM did not attend but conveyed their apologies.",
        "Nepal and IOM, which had planned to come, sent their regrets.",
        "Apologies had come from Nepal and IOM.",
        "Regrets: Nepal, IOM.",
        "Nepal and IOM were to have joined but had to withdraw because flights were cancelled.",
        "Nepal and IOM were prevented from attending and sent regrets.",
        "Nepal and IOM let us know that they were unable to come.",
    ],
)
def test_who_was_invited_and_could_not_come_sent_regrets(passage: Make, sentence: str) -> None:
    assert [(r, agent) for r, agent, _ in read(passage(sentence))] == [("apology", "area:npl"), ("apology", "org:iom")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nepal and IOM regretted that they could not support the text.",
        "Nepal and IOM were invited but came too late.",
        "Nepal and IOM were invited to the next meeting but could not say whether they would attend.",
        "Nepal and IOM regretted that they could not attend the talks in London.",
        "Nepal and IOM were invited but could not attend the previous meeting.",
        "Victims from Nepal regretted that they could not attend school.",
        "Migrants from Nepal could not travel with these documents.",
        "Nepal had to withdraw its proposal.",
        "Nepal had sent apologies to the previous meeting.",
        "Nepal apologised to the victims.",
        "Nepal regretted that victims could not attend the hearing.",
    ],
)
def test_other_regrets_are_no_apologies(passage: Make, sentence: str) -> None:
    assert "apology" not in [r for r, _, _ in read(passage(sentence))]


def test_a_city_that_is_a_party_does_not_end_a_list(passage: Make) -> None:
    """Unlike a town before its country, after which a list would begin."""
    names = "Australia, Bangladesh, Cambodia, China, Fiji, Hong Kong SAR, India, Indonesia, Lao PDR, Singapore, Thailand and Tonga"
    assert len(read(passage(f"Officials from member states and territories ({names}) attended."))) == 12


def test_a_list_that_includes_a_part_of_its_first_party_begins_with_that(passage: Make) -> None:
    got = read(passage("The meeting was attended by China (including Macau SAR) and Fiji."))
    assert [agent for _, agent, _ in got] == ["area:chn", "area:mac", "area:fji"]


def test_a_later_clause_tells_of_others(passage: Make) -> None:
    got = read(passage("The meeting was attended by Fiji and Samoa; Nepal and Tonga sent apologies."))
    assert sorted((role, agent) for role, agent, _ in got) == [
        ("apology", "area:npl"),
        ("apology", "area:ton"),
        ("attendee", "area:fji"),
        ("attendee", "area:wsm"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nepal and Tonga, which are members of the Group, could not attend and sent apologies.",
        "Nepal and Tonga were unable to do so and sent their apologies.",
        "Nepal and Tonga had asked to be excused.",
        "Nepal and Tonga had wished to attend but gave notice that they could not.",
        "Nepal and Tonga had informed the Co-Chairs that they were unable to send a delegation.",
        "Excused: Nepal and Tonga.",
    ],
)
def test_who_could_not_come_and_said_so(passage: Make, sentence: str) -> None:
    assert {agent for role, agent, _ in read(passage(sentence)) if role == "apology"} == {"area:npl", "area:ton"}


def test_a_clause_before_a_semicolon_is_not_told_by_the_verb_behind_it(passage: Make) -> None:
    got = read(passage("Present were Fiji and Samoa; Nepal and Tonga followed as observers, as did Japan."))
    assert sorted((role, agent) for role, agent, _ in got) == [
        ("attendee", "area:fji"),
        ("attendee", "area:wsm"),
        ("observer", "area:jpn"),
        ("observer", "area:npl"),
        ("observer", "area:ton"),
    ]


def test_who_was_there_at_an_earlier_meeting_is_not_said_of_this_one(passage: Make) -> None:
    assert read(passage("The first such seminar had been held in Suva, with Fiji, Tonga and Vanuatu attending.")) == []


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Three delegations came to the table.", ["area:fji", "area:npl", "org:iom"]),
        ("Three countries have ratified the Protocol.", []),
        ("Three delegations had attended the previous meeting.", []),
    ],
)
def test_those_who_were_counted_are_named_in_the_next_sentence(
    document: Callable[[str], Document], before: str, expected: list[str]
) -> None:
    first, second = document(f"1. {before} They were: Fiji, Nepal and IOM.").passages
    assert [f.agent for f in read_attendance(second, "meeting:m1", before=first).found] == expected


def test_an_agency_in_brackets_does_not_end_a_list(passage: Make) -> None:
    got = read(passage("It was attended by Fiji (Ministry of Ports), Australia (Australian Federal Police) and Nepal."))
    assert [agent for _, agent, _ in got] == ["area:fji", "area:aus", "area:npl"]


def test_those_who_were_joined_were_there(passage: Make) -> None:
    got = read(passage("Fiji and Samoa, co-chairs of the Working Group, were joined by investigators from Nepal and Tonga."))
    assert sorted(agent for _, agent, _ in got) == ["area:fji", "area:npl", "area:ton", "area:wsm"]


def test_the_group_whose_members_are_listed_did_not_come(passage: Make) -> None:
    got = read(passage("In attendance were the following members of the Ad Hoc Group: Fiji; Nepal; and IOM."))
    assert [agent for _, agent, _ in got] == ["area:fji", "area:npl", "org:iom"]


def test_embassies_speak_for_their_states(passage: Make) -> None:
    got = read(passage("Representatives of ICMPD and the Embassies of Canada and Japan in Bangkok observed."))
    assert [(role, agent) for role, agent, _ in got] == [("observer", "org:icmpd"), ("observer", "area:can"), ("observer", "area:jpn")]


def test_parts_of_a_state_in_brackets_speak_for_themselves(passage: Make) -> None:
    got = read(passage("The meeting was attended by Nepal, China (Hong Kong SAR and Macau SAR) and Fiji."))
    assert [agent for _, agent, _ in got] == ["area:npl", "area:hkg", "area:mac", "area:fji"]


def test_an_observer_at_the_end_of_a_list_of_participants(passage: Make) -> None:
    got = read(passage("Representatives attended from Nepal and IOM, and, as an observer, the ASEAN Secretariat."))
    assert [(role, agent) for role, agent, _ in got] == [
        ("attendee", "area:npl"),
        ("attendee", "org:iom"),
        ("observer", "org:asean-secretariat"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "It resulted in model legislation by Australia and China.",
        "Agreements exist, like the existing quadrilateral group that includes Pakistan, Iran, Turkey and Greece.",
        "Australia and Malaysia spoke about the challenges that they have faced.",
        "The workshop was held in Bangkok, Thailand, after the one in Manila, Philippines.",
        "Three caseloads were set out: Afghans, Sri Lankans, and people from Myanmar.",
        "It brought together victims from Thailand and Nepal.",
        "Officials from Thailand and Nepal joined the police.",
        "Participants noted boats from Fiji, Nepal, Samoa and Tonga.",
        "Officials noted that Fiji, Nepal, Samoa and Tonga had ratified the Protocol.",
        "Officers from Fiji, Nepal, Samoa and Tonga will attend the next workshop.",
        "Participants thanked Fiji, Nepal, Samoa and Tonga.",
        "Officials from Thailand and Nepal discussed the case.",
        "Officers of the Ad Hoc Group met in Bangkok.",
        "Participants will include officers from Thailand and Nepal.",
        "Airlines from Japan and Canada attended.",
        "Airline representatives from Japan and Canada attended.",
        "Officials discussed return agreements with Fiji, Nepal, Samoa and Tonga.",
        "Palau joined the Bali Process forum.",
        "Japan and Canada were unable to attend an earlier workshop.",
        "No representatives of Fiji, Samoa, Tonga or Vanuatu attended.",
        "The project, whose participating countries are Fiji, Samoa, Tonga and Vanuatu, ends in June.",
        "It brought together airline representatives from Japan and Canada.",
        "A report included cases from Japan and Canada.",
        "Participants wished for the participation of Thailand and Nepal.",
        "The meeting supported a second pilot of the data exchange, with Thailand and Nepal taking part.",
    ],
)
def test_a_list_without_a_cue_of_attendance_is_no_attendance(passage: Make, sentence: str) -> None:
    assert read(passage(sentence)) == []


def test_an_unknown_name_in_a_list_is_reported_and_does_not_end_the_list(passage: Make) -> None:
    seen = read_attendance(passage("Participants attended from Nepal, Ruritania and Thailand."), "meeting:m1")
    assert [f.agent for f in seen.found] == ["area:npl", "area:tha"]
    assert [u.written for u in seen.unknown] == ["Ruritania"]


@pytest.mark.parametrize(
    ("sentence", "name", "value"),
    [
        ("Over 100 participants attended representing Fiji.", "attendanceMin", 100),
        ("More than 40 delegates attended.", "attendanceMin", 40),
        ("Eighty officials and experts attended the workshop.", "attendanceExact", 80),
        ("It drew more than 60 participants from Fiji.", "attendanceMin", 60),
        ("The Roundtable brought together 45 government officials.", "attendanceExact", 45),
        ("The 25 participants attended a dinner.", "attendanceExact", 25),
    ],
)
def test_a_headcount_is_exact_or_a_lower_bound(passage: Make, sentence: str, name: str, value: int) -> None:
    fact = read_headcount(passage(sentence), "meeting:m1")
    assert fact is not None
    assert (fact.property, fact.value) == (name, value)


@pytest.mark.parametrize(
    "sentence",
    ["About 100 participants attended.", "Many participants attended.", "Two reports were read.", "It drew about 60 participants."],
)
def test_a_vague_number_is_no_headcount(passage: Make, sentence: str) -> None:
    assert read_headcount(passage(sentence), "meeting:m1") is None


@pytest.mark.parametrize(
    ("word", "number"),
    [("80", 80), ("eighty", 80), ("Twenty-five", 25), ("1,200", 1200), ("nine", 9), ("ninety-zero", None), ("few", None)],
)
def test_numbers_in_digits_and_words(word: str, number: int | None) -> None:
    assert read_number(word) == number


def test_counts_of_delegates_and_unknown_names_do_not_end_a_list(passage: Make) -> None:
    seen = read_attendance(passage("Officials attended, representing: Fiji; Nepal (2); Ruritania; Sri Lanka (3); and IOM."), "meeting:m1")
    assert [f.agent for f in seen.found] == ["area:fji", "area:npl", "area:lka", "org:iom"]
    assert [u.written for u in seen.unknown] == ["Ruritania"]
    assert not seen.partial


def test_a_list_that_goes_on_in_words_that_are_not_read_is_not_complete(passage: Make) -> None:
    seen = read_attendance(passage("Officials attended, representing: Fiji; Nepal; Two provinces; and Samoa."), "meeting:m1")
    assert seen.listed
    assert seen.partial


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Forty-two immigration and border officials took part.", 42),
        ("Thirty-one investigators attended, representing: Fiji.", 31),
        ("Officials from twenty countries attended.", None),
        ("Delegates from sixteen member countries and representatives from IOM took part.", None),
    ],
)
def test_people_of_many_callings_are_counted_and_countries_are_not(passage: Make, sentence: str, number: int | None) -> None:
    fact = read_headcount(passage(sentence), "meeting:m1")
    assert (fact.value if fact else None) == number


@pytest.mark.parametrize(
    ("sentence", "observers"),
    [
        ("Attending: Fiji, Nauru (members), Japan, Canada (observers), and IOM.", {"jpn", "can"}),
        ("Attending were Fiji, Nauru (members), Japan and Canada (observers), and IOM.", {"jpn", "can"}),
        ("The meeting was attended by Fiji and Nauru; Japan and Canada (observers); IOM.", {"jpn", "can"}),
        ("Fiji and Nauru (members), Japan and Canada (observers) and IOM attended.", {"jpn", "can"}),
        ("Attending: Fiji, Nauru, Canada, Japan (observer), and IOM.", {"jpn"}),
        ("Attending: Fiji, Nauru, Japan, Canada (observers), and IOM.", set()),  # how many of them is not said
    ],
)
def test_a_note_in_brackets_says_what_those_before_it_are(passage: Make, sentence: str, observers: set[str]) -> None:
    found = {(role, agent.partition(":")[2]) for role, agent, _ in read(passage(sentence))}
    assert {agent for role, agent in found if role == "observer"} == observers
    assert {agent for _, agent in found} == {"fji", "nru", "jpn", "can", "iom"}


def test_a_name_with_a_hyphen_may_break_at_the_end_of_a_line(passage: Make) -> None:
    assert [agent for _, agent, _ in read(passage("The meeting was attended by Nepal, Timor-\nLeste and IOM."))][1:2] == ["area:tls"]
