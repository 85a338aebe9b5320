"""News of two meetings: what is one, and which of the two a sentence speaks of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from told import dates, meetings, parties, values

from ingest.document import Document, ReadingContext
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
