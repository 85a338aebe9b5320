"""A text of no known genre: the meetings that it gives an account of, and what those who met decided there."""

from __future__ import annotations

from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.findings import Fact, MeetingFound, ParticipationFound, ProvisionFound, Reading

HEAD = "Law enforcement workshop held in Bangkok\n\n"
TOLD = "A Bali Process workshop on visas was held in Bangkok from 8 to 10 June 2010. Thailand hosted the event."
ROUND = "Bali Process: Annual Report 2019\n\nThe year was a full one for the region. Its themes were many and various.\n\n"


def reported(reading: Reading) -> list[tuple[str, str]]:
    """Dates and places of the meetings that the text gives an account of."""
    own = [f.subject for f in reading.of(Fact) if f.property == "recordedIn"]
    return [(date(reading, m), place(reading, m)) for m in own]


def date(reading: Reading, meeting: str) -> str:
    return next(f.value.edtf for f in reading.of(Fact) if f.subject == meeting and f.property == "date" and hasattr(f.value, "edtf"))


def place(reading: Reading, meeting: str) -> str:
    return next(str(f.value) for f in reading.of(Fact) if f.subject == meeting and f.property == "inPlace")


def test_what_the_participants_agreed_is_read_where_the_text_is_on_their_meeting(context: ReadingContext) -> None:
    said = "Participants spoke of visas. They agreed to name contact points and called upon states to share data."
    told = read_document("made", f"{HEAD}{TOLD}\n\n{said}\n", context)
    assert [f.wording for f in told.of(ProvisionFound)] == [("agree",), ("call-on",)]
    assert read_document("made", f"{ROUND}{said}\n", context).of(ProvisionFound) == []


def test_a_workshop_of_states_is_read_in_a_text_on_the_process(context: ReadingContext) -> None:
    told = f"{ROUND}On 14 and 15 September, Fiji and IOM co-hosted a workshop on visas in Suva.\n"
    assert reported(read_document("made", told, context)) == [("2019-09-14/2019-09-15", "place:suva")]
    titled = f"{ROUND}A Workshop on Strategic Communications took place in Suva on 3 May 2019.\n"
    assert reported(read_document("made", titled, context)) == [("2019-05-03", "place:suva")]


def test_a_workshop_in_the_hands_of_others_is_none_of_the_process(context: ReadingContext) -> None:
    for sentence in (
        "On 14 and 15 September, IOM hosted a workshop on visas in Suva.",
        "A workshop on visas took place in Suva on 3 May 2019.",
        "The Budapest Process held a workshop on visas in Suva on 3 May 2019, which was attended by Fiji and Nepal.",
        "Fiji will hold a workshop on visas in Suva on 3 May 2019.",
        "IOM told of a Workshop on Strategic Communications that was held in Suva on 3 May 2019.",
    ):
        assert reported(read_document("made", f"{ROUND}{sentence}\n", context)) == []


def test_a_planned_workshop_gives_no_place_to_one_that_was_held(context: ReadingContext) -> None:
    held = "On 14 and 15 September, Fiji and IOM co-hosted a workshop on visas in Suva."
    planned = "A workshop on visas is planned in Nadi in May."
    assert reported(read_document("made", f"{ROUND}{held} {planned}\n", context)) == [("2019-09-14/2019-09-15", "place:suva")]


def test_what_critics_say_is_no_provision(context: ReadingContext) -> None:
    text = (
        "The Bali Process was set up in 2002. Critics say that ministers must commit to resettlement. Some argue that members should act.\n"
    )
    assert read_document("made", text, context).of(ProvisionFound) == []


def test_a_conference_that_ended_on_a_day_of_the_week(context: ReadingContext) -> None:
    said = "Ministers have endorsed a plan at the Eighth Bali Process Ministerial Conference, {}."
    text = f"Ministers back a strategy\n\nSuva, 11 February 2023 – {said}\n"
    told = read_document("made", text.format("which concluded here on Friday"), context)
    assert reported(told) == [("2023-02-10", "place:suva")]
    assert reported(read_document("made", text.format("which will be held on Friday"), context)) == []


def test_members_of_a_process_that_met_before_are_none_of_ours(context: ReadingContext) -> None:
    text = "A region on the move\n\nThe Bali Process is large. It grows.\n\nThe {} Process met in Dhaka. Members agreed to share data.\n"
    assert read_document("made", text.format("Colombo"), context).of(ProvisionFound) == []
    assert len(read_document("made", text.format("Bali"), context).of(ProvisionFound)) == 1


def test_days_of_the_week_before_figures_only_name_them(context: ReadingContext) -> None:
    said = "The Fourth Annual Meeting of the Bali Process Working Group on Trafficking in Persons met in Suva on Tuesday and Wednesday, {}."
    text = f"Officials meet\n\n13 June 2019\n\n{said}\n\nDelegates from Fiji, Palau, Samoa and Tonga attended.\n"
    assert reported(read_document("made", text.format("4–5 June"), context)) == [("2019-06-04/2019-06-05", "place:suva")]


def test_a_list_of_the_presentations_that_were_heard_says_who_gave_them(context: ReadingContext) -> None:
    rows = '- "Of ships", Ms Ana Lim, Customs Service, Fiji;\n- "Of visas", Mr Tan Ho (IOM).\n- "Of planes", an airline.\n'
    for lead, given in (
        ("Two presentations were heard:", {"person:ana-lim", "person:tan-ho"}),
        ("Participants heard three presentations:", {"person:ana-lim", "person:tan-ho"}),
        ("Two presentations were heard in another place:", set()),
        ("Two presentations will be given:", set()),
    ):
        reading = read_document("made", f"{HEAD}{TOLD}\n\n{lead}\n{rows}", context)
        assert {f.agent for f in reading.of(ParticipationFound) if f.role == "presenter"} == given


def test_a_forum_without_a_kind_is_a_meeting_where_it_is_what_the_news_is_about(context: ReadingContext) -> None:
    head = "RSO holds forum on returns\n\nColombo, 6 May 2016\n\n"
    news = f"{head}The Regional Support Office of the Bali Process {{}} in Colombo on {{}}.\n\nTalks went well.\n"
    for did, when, days in (
        ("wrapped up a two-day regional forum on voluntary returns", "3-4 May 2016", "2016-05-03/2016-05-04"),
        ("wrapped up a two-day regional forum on voluntary returns", "Thursday", "2016-05-04/2016-05-05"),
        ("concluded a national dialogue on voluntary returns", "Thursday", "2016-05-05"),
    ):
        reading = read_document("made", news.format(did, when), context)
        assert reported(reading) == [(days, "place:colombo")]
        assert [m.kind for m in reading.of(MeetingFound)] == ["Meeting"]
        assert [f.value for f in reading.of(Fact) if f.property == "rdfs:label"] == [did.split(" a ")[1]]
        assert [f.value for f in reading.of(Fact) if f.property == "ofProcess"] == ["process:bali-process"]
    for did in (
        "will attend a two-day regional forum on returns",
        "held a forum",
        "has since the last regional forum on returns had an office",
    ):
        assert reported(read_document("made", news.format(did, "3 May 2016"), context)) == []


def test_two_bodies_whose_meetings_are_numbered_respectively(context: ReadingContext) -> None:
    told = (
        "Bali Process newsletter\n\nThe Working Group on Trafficking in Persons and the Technical Experts Group on Returns and "
        "Reintegration held their fifth and fourth annual meetings {}.\n"
    )
    for rest, days in (
        ("respectively in Bangkok on 3 and 4 May 2016", ["2016-05-03/2016-05-04"] * 2),
        ("in Bangkok on 3 and 4 May 2016 respectively", ["2016-05-03", "2016-05-04"]),
    ):
        reading = read_document("made", told.format(rest), context)
        assert reported(reading) == [(d, "place:bangkok") for d in days]
        assert [f.value for f in reading.of(Fact) if f.property == "ordinal"] == [5, 4]
        assert [f.value for f in reading.of(Fact) if f.property == "ofBody"] == ["body:wg-tip", "body:teg-rr"]
    assert read_document("made", told.format("in Bangkok on 3 and 4 May 2016"), context).of(MeetingFound) == []


def test_a_town_that_no_table_knows_is_a_place_all_the_same(context: ReadingContext) -> None:
    for town, country in (("Alotau", set()), ("Alotau, Papua New Guinea,", {"area:png"})):
        text = f"Bali Process Ad Hoc Group\n\nThe Workshop on Ships was held in {town} on 6 May 2014. Officials from Fiji attended.\n"
        reading = read_document("made", text, context)
        assert {f.value for f in reading.of(Fact) if f.property == "inCountry"} == country
        assert {f.agent for f in reading.of(ParticipationFound)} == {"area:fji"}
