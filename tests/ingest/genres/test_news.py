"""News of two meetings: what is one, and which of the two a sentence speaks of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from told import dates, meetings, parties, values

from ingest.document import Document, ReadingContext
from ingest.extract import read_document
from ingest.findings import MeetingFound, ParticipationFound, ProvisionFound
from ingest.genres import news

Make = Callable[[str], Document]

TWO = (
    "The Fifth Meeting of the Working Group on Trafficking in Persons was held in Bangkok on 6 June 2018. "
    "The Fourth Meeting of the Task Force on Planning and Preparedness was held in Bangkok on 7 June 2018. "
)
FOLLOWED = (
    "The Tenth Meeting of the Ad Hoc Group Senior Officials was held in Putrajaya on 12 May 2015. It was attended by Fiji.\n\n"
    "A Workshop on Victim Identification followed in Kuala Lumpur from 14th to 15th May 2015. More than 60 officials attended."
)


@pytest.mark.parametrize("text", [TWO, FOLLOWED])
def test_news_tells_of_two_meetings(document: Make, text: str) -> None:
    assert news.likeness(document(text)) >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "The Fifth Meeting of the Working Group on Trafficking in Persons was held in Bangkok on 6 June 2018. It was attended by Fiji.",
        "The Tenth Meeting of the Ad Hoc Group was held in Bali on 12 May 2015. A workshop on visas will be held in Suva on 1 June 2030.",
    ],
)
def test_one_meeting_and_a_planned_one_are_no_such_news(document: Make, text: str) -> None:
    assert news.likeness(document(text)) < 0.5


def test_how_many_came_is_said_of_the_meeting_that_followed(document: Make, context: ReadingContext) -> None:
    reading = news.read(document(FOLLOWED), context)
    assert meetings(reading) == [("GroupMeeting", "reported"), ("Workshop", "reported")]
    assert (dates(reading, "m1"), dates(reading, "m2")) == ({"2015-05-12"}, {"2015-05-14/2015-05-15"})
    assert (values(reading, "attendanceMin", "m1"), values(reading, "attendanceMin", "m2")) == (set(), {60})


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (
            "On 7 June the Task Force on Planning and Preparedness convened for its fourth annual meeting.",
            ("GroupMeeting", "2018-06-07", 4),
        ),
        ("The day after, 7 June, senior officials from the Ad Hoc Group met at the same venue.", ("GroupMeeting", "2018-06-07", None)),
        ("Fiji hosted the second Border Managers' Forum in Savusavu from 7 to 8 June 2018.", ("Meeting", "2018-06-07/2018-06-08", 2)),
        ("On 7 June 2018 the same hotel hosted the Task Force on Planning and Preparedness.", ("GroupMeeting", "2018-06-07", None)),
        ("Fiji and the RSO co-hosted a train-the-trainer course on visas in Suva on 7 June 2018.", ("TrainingEvent", "2018-06-07", None)),
        (
            "On 7 and 8 June, the fourth meeting of the Task Force on Planning and Preparedness heard from survivors.",
            ("GroupMeeting", "2018-06-07/2018-06-08", 4),
        ),
        ("The first meeting of the Task Force on Planning and Preparedness was held in Suva on 7 June 2016.", None),
        ("The Colombo Process held its Senior Officials' Meeting in Kathmandu on 7 June 2018.", None),
        ("The Parliamentary Association held a separate seminar on visas in Suva on 7 June 2018.", None),
    ],
)
def test_a_second_meeting_is_told_in_many_ways(
    context: ReadingContext, sentences: str, expected: tuple[str, str, int | None] | None
) -> None:
    text = (
        "Groups meet in Bangkok\n\n10 June 2018\n\nThe Fifth Meeting of the Working Group on Trafficking in Persons was held in Bangkok "
        f"on 6 June 2018. It was attended by Fiji.\n\n{sentences}\n"
    )
    reading = read_document("made", text, context)
    found = [(m.kind, *dates(reading, m.key), next(iter(values(reading, "ordinal", m.key)), None)) for m in reading.of(MeetingFound)]
    reported = [f for f, m in zip(found, reading.of(MeetingFound), strict=True) if m.standing == "reported"]
    assert reported[1:] == ([expected] if expected else [])


def test_the_number_of_a_meeting_may_stand_in_the_sentence_behind(document: Make, context: ReadingContext) -> None:
    text = (
        f"{TWO}On 8 June 2018 the same hotel hosted the Technical Experts Group on Returns and Reintegration. Chaired jointly by Fiji and "
        "IOM, the third meeting of the Group brought together Nepal and Samoa."
    )
    reading = news.read(document(text), context)
    assert (dates(reading, "m3"), values(reading, "ordinal", "m3")) == ({"2018-06-08"}, {3})
    assert parties(reading, "m3") == {("co-chair", "fji"), ("co-chair", "iom"), ("attendee", "npl"), ("attendee", "wsm")}


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ("concluded in Colombo on 20 June 2017. The two-day meeting looked at returns.", "2017-06-19/2017-06-20"),
        ("opened in Colombo on 20 June 2017 and continued into the following day.", "2017-06-20/2017-06-21"),
        ("was held in Colombo on 20 June 2017. The two-day meeting looked at returns.", "2017-06-20"),
        ("concluded in Colombo on 20 June 2017. It looked at returns.", "2017-06-20"),
    ],
)
def test_days_are_counted_from_the_first_or_the_last(context: ReadingContext, sentences: str, expected: str) -> None:
    text = f"Bali Process experts meet\n\nThe second meeting of the Bali Process Ad Hoc Group {sentences}\n"
    assert dates(read_document("made", text, context)) == {expected}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It was preceded by a Senior Officials' Meeting on 1 April 2013.", ["2013-04-01"]),
        ("It was preceded by a Workshop on Visas, held on 1 April 2013 in Suva.", ["2013-04-01"]),
        ("It was followed on 3 April 2013 by a Workshop on Visas at the same hotel.", ["2013-04-03"]),
        ("Ministers recalled the Fourth Ministerial Conference, held in Bali on 30 March 2011.", []),
        ("It was preceded by a Senior Officials' Meeting on 1 October 2012.", []),
    ],
)
def test_meetings_beside_that_of_a_statement(context: ReadingContext, sentence: str, expected: list[str]) -> None:
    attended = "It" if sentence.startswith("It") else "The Conference"
    text = (
        "FIFTH MINISTERIAL CONFERENCE OF THE BALI PROCESS\n\nCO-CHAIRS' STATEMENT\n\n1. The Fifth Ministerial Conference of the Bali "
        f"Process was held in Bali on 2 April 2013. {sentence}\n\n2. {attended} was attended by Fiji and Nepal.\n"
    )
    reading = read_document("made", text, context)
    beside = [m for m in reading.of(MeetingFound) if m.standing == "reported"][1:]
    assert [d for m in beside for d in dates(reading, m.key)] == expected
    assert parties(reading) >= {("attendee", "fji"), ("attendee", "npl")}


@pytest.mark.parametrize(
    ("sentence", "first", "second"),
    [
        ("The first was chaired by Thailand.", {("chair", "tha")}, set()),
        ("The second was attended by Fiji.", set(), {("attendee", "fji")}),
        ("Delegates from Malaysia attended the Working Group.", {("attendee", "mys")}, set()),
        ("Delegates from Malaysia attended the Steering Group.", set(), set()),
    ],
)
def test_a_sentence_speaks_of_the_meeting_that_it_names(
    document: Make, context: ReadingContext, sentence: str, first: set[tuple[str, str]], second: set[tuple[str, str]]
) -> None:
    reading = news.read(document(f"{TWO}{sentence}"), context)
    assert (parties(reading, "m1"), parties(reading, "m2")) == (first, second)


def test_the_name_of_a_meeting_has_the_whole_name_of_its_group(document: Make, context: ReadingContext) -> None:
    reading = news.read(document(TWO), context)
    assert values(reading, "rdfs:label", "m1") == {"Fifth Meeting of the Working Group on Trafficking in Persons"}
    assert (values(reading, "ofBody", "m1"), values(reading, "ofBody", "m2")) == ({"body:wg-tip"}, {"body:tfpp"})


def test_one_verb_may_tell_of_two_meetings_with_their_days(document: Make, context: ReadingContext) -> None:
    made = document(
        "Malaysia hosted the Ninth Steering Group Meeting on 6 May 2019 and the Fourteenth Meeting of the Ad Hoc Group Senior Officials on "
        "7 and 8 May 2019 in Kuala Lumpur. It went on to plan the Fifteenth Meeting of the Ad Hoc Group on 3 June 2030."
    )
    assert news.likeness(made) >= 0.5
    reading = news.read(made, context)
    assert (dates(reading, "m1"), dates(reading, "m2")) == ({"2019-05-06"}, {"2019-05-07/2019-05-08"})
    assert [standing for _, standing in meetings(reading)] == ["reported", "reported", "mentioned"]
    assert (parties(reading, "m1"), parties(reading, "m2")) == ({("host", "mys")}, {("host", "mys")})


def test_a_meeting_that_followed_another_was_held(document: Make, context: ReadingContext) -> None:
    text = (
        "The Fifth Meeting of the Working Group on Trafficking in Persons was held in Colombo on 21 May 2019.\n\n"
        "It was followed by the Fourth Meeting of the Technical Experts Group on Returns and Reintegration, "
        "which took place on 23 May 2019."
    )
    assert dates(news.read(document(text), context), "m2") == {"2019-05-23"}


BULLETIN = (
    "RSO Newsletter\nIssue 9 | October to December 2015\n\n"
    "A CONSULTATION IN DHAKA\n\nOn 5 October Bangladesh hosted a Consultation on Ships in Dhaka. Around the table were Bangladesh, "
    "India and Nepal. Participants agreed to meet each year.\n\n"
    "TRAINERS IN SUVA\n\nTwelve trainers completed a training course on visas. The course was held in Suva, Fiji, from 2 to 4 November. "
    "Trainers came from Fiji and Tonga.\n\n"
    "TWO DAYS IN MANILA\n\nOn 8 December the Philippines chaired the second meeting of the TEG-RR in Manila. The TEG-RR will meet again "
    "in Jakarta.\n\n"
    "COMINGS AND GOINGS\n\nOfficials from Japan and Samoa attended a farewell. The workshop in March has been put off.\n"
)


def test_each_piece_of_a_bulletin_is_on_its_own_meeting(context: ReadingContext) -> None:
    reading = read_document("made", BULLETIN, context)
    assert meetings(reading) == [("Meeting", "reported"), ("TrainingEvent", "reported"), ("GroupMeeting", "reported")]
    days = [{"2015-10-05"}, {"2015-11-02/2015-11-04"}, {"2015-12-08"}]
    assert [dates(reading, m) for m in ("m1", "m2", "m3")] == days
    assert [values(reading, "inPlace", m) for m in ("m1", "m2", "m3")] == [{"place:dhaka"}, {"place:suva"}, {"place:manila"}]
    assert [parties(reading, m) for m in ("m1", "m2", "m3")] == [
        {("host", "bgd"), ("attendee", "bgd"), ("attendee", "ind"), ("attendee", "npl")},
        {("attendee", "fji"), ("attendee", "ton")},
        {("chair", "phl")},
    ]
    assert [f.text for f in reading.of(ProvisionFound)] == ["Participants agreed to meet each year."]
    assert values(reading, "ordinal", "m3") == {2}


def test_a_state_was_represented_at_a_meeting_held_elsewhere(context: ReadingContext) -> None:
    text = (
        "MEDIA STATEMENT\nSuva, 22 March 2019\n\nFiji attends Bali Process working group\n\nFiji was represented by police at the third "
        "meeting of the Working Group on Trafficking in Persons, held in Manila, the Philippines, from 18 to 20 March."
    )
    reading = read_document("made", text, context)
    assert (dates(reading), values(reading, "inPlace")) == ({"2019-03-18/2019-03-20"}, {"place:manila"})


PIECES = (
    "News of the month\nPublished 6 June 2018\n\nThe Regional Support Office of the Bali Process was on the road.\n\nA register for all\n\n"
    "Fiji hosted the Experts Gathering on Civil Registration in Suva, Fiji, on 15 and 16 May. Officials from Fiji, Nauru and Samoa "
    "attended.\n\nWho opens the gate\n\nOn 30 May, Tonga hosted the Annual Meeting of Pacific Border Chiefs in Nuku'alofa, Tonga. "
    "Kiribati, Tonga and Tuvalu were represented.\n\nWhat comes next\n\nThe Office will be at home in July.\n"
)


def test_each_piece_of_news_is_on_the_meeting_below_its_heading(context: ReadingContext) -> None:
    reading = read_document("made", PIECES, context)
    assert (dates(reading, "m1"), dates(reading, "m2")) == ({"2018-05-15/2018-05-16"}, {"2018-05-30"})
    assert parties(reading, "m1") == {("host", "fji"), ("attendee", "fji"), ("attendee", "nru"), ("attendee", "wsm")}
    assert parties(reading, "m2") == {("host", "ton"), ("attendee", "kir"), ("attendee", "ton"), ("attendee", "tuv")}


ISSUE = (
    "RSO Newsletter\nIssue 4 | July to September 2015\n\nShips in the Pacific\n\nThe Training Course on Ships took place in Nadi, Fiji, "
    "from 6 to 10 July 2015. Officers from Fiji attended.\n\nGuides take shape\n\nWork goes on. The Second Meeting of the Drafting "
    "Committee was held in Bangkok on 25 August 2015. Fiji and Nepal sent drafters.\n\nWhat works\n\n"
)


def test_a_piece_of_news_is_about_the_meeting_that_it_begins_with(document: Make, context: ReadingContext) -> None:
    told = (
        "What works? This was put to the Workshop on Campaigns, hosted by Malaysia in Kuala Lumpur on 16 September 2015. Nepal attended.\n"
    )
    reading = news.read(document(ISSUE + told), context)
    assert [dates(reading, m) for m in ("m1", "m2", "m3")] == [{"2015-07-06/2015-07-10"}, {"2015-08-25"}, {"2015-09-16"}]
    assert [parties(reading, m) for m in ("m1", "m2")] == [{("attendee", "fji")}, {("attendee", "fji"), ("attendee", "npl")}]
    assert {("host", "mys"), ("attendee", "npl")} == parties(reading, "m3")


def test_a_meeting_that_a_piece_of_news_goes_back_to_is_none_of_its_own(document: Make, context: ReadingContext) -> None:
    told = (
        "Campaigns go on. They were printed again. Posters hang in every port. They go back to the Workshop on Campaigns, hosted by "
        "Malaysia in Kuala Lumpur on 16 September 2015.\n"
    )
    assert meetings(news.read(document(ISSUE + told), context)) == [("TrainingEvent", "reported"), ("GroupMeeting", "reported")]


def test_a_bulletin_with_an_interview_and_a_look_back(context: ReadingContext) -> None:
    text = (
        "BALI PROCESS BULLETIN\n\nIssue 14                 December 2020\n\nSIXTY FACES ON A SCREEN\n\n"
        "The sixth meeting of the Working Group on Trafficking in Persons, held by video link on three afternoons from 17 to 19 November, "
        "began with a silence. Canada looked on as observer. The Working Group agreed to keep short sessions.\n\nSTRANDED AT SEA\n\n"
        "On 24 September 2020 the Philippines organised an Online round table on visas for sailors. Nepal, Fiji and Samoa took part.\n\n"
        "THE RADIO\n\nBulletin: What has changed?\n\nM.N.: Much. The ministers agreed to act faster.\n\nBulletin: And now?\n\n"
        "M.N.: We agreed to call each other.\n\nTEN YEARS AGO\n\n"
        "In June 2010 the Ad Hoc Group met in Bali and agreed to develop options.\n"
    )
    reading = read_document("made", text, context)
    assert [(dates(reading, m), values(reading, "ordinal", m)) for m in ("m1", "m2")] == [
        ({"2020-11-17/2020-11-19"}, {6}),
        ({"2020-09-24"}, set()),
    ]
    assert [x for _, x in meetings(reading)].count("reported") == 2
    assert [p.text for p in reading.of(ProvisionFound)] == ["The Working Group agreed to keep short sessions."]


def test_who_came_is_shown_with_the_name_of_the_meeting(context: ReadingContext) -> None:
    reading = read_document("made", PIECES, context)
    names = {"meeting:m1": "Experts Gathering on Civil Registration", "meeting:m2": "Annual Meeting of Pacific Border Chiefs"}
    for f in reading.of(ParticipationFound):
        shown = " ".join(PIECES[s.passage.start : s.passage.end] for s in (f.source, *f.source.beside))
        assert names[f.meeting] in shown, f
