"""Numbered meetings: what number, which series, whose meeting."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import Fact, MeetingFound, Reading, Unresolved
from ingest.genres.draft import Draft
from ingest.grammar.conferences import numbered_meetings, series_named

MINISTERIAL, SENIOR, STEERING, AD_HOC = (
    f"series:{key}" for key in ("ministerial-conferences", "senior-officials-meetings", "steering-group-meetings", "ad-hoc-group-meetings")
)
NAMES = [
    ("The Fourth Ministerial Conference agreed so.", MINISTERIAL),
    ("The 4th Bali Process Regional Ministerial Conference held in March 2011 agreed so.", MINISTERIAL),
    ("Bali Regional Ministerial Conference II agreed so.", MINISTERIAL),
    ("The Sixth Ministerial Conference of the Bali Process in Bali agreed so.", MINISTERIAL),
    ("The Fourth Ministerial Conference on 30 March 2011 agreed so.", MINISTERIAL),
    ("The third Senior Officials’ Meeting agreed so.", SENIOR),
    ("The Fifth Steering Group Meeting agreed so.", STEERING),
    ("The Second Bali Process Ad Hoc Group Meeting agreed so.", AD_HOC),
    ("The first Meeting of the Ad Hoc Group Senior Officials of the Bali Process agreed so.", AD_HOC),
    ("The Second ASEAN Ministerial Meeting agreed so.", None),
    ("The Second ASEAN Senior Officials Meeting agreed so.", None),
    ("The Third Ministerial Conference on Asylum agreed so.", None),
    ("The Third Ministerial Conference for Landlocked States agreed so.", None),
    ("The Fifth Ministerial Conference of the Budapest Process agreed so.", None),
    ("The Fifth Budapest Process Ministerial Conference agreed so.", None),
    ("The Second Meeting of the Working Group on Trafficking in Persons agreed so.", None),
]


@pytest.mark.parametrize(("sentence", "series"), NAMES)
def test_a_series_is_the_one_that_the_name_names(
    passage: Callable[[str], Passage], context: ReadingContext, sentence: str, series: str | None
) -> None:
    p = passage(sentence)
    (n,) = numbered_meetings(p)
    assert series_named(p, n, context) == series


def mentioned(document: Document, context: ReadingContext) -> Reading:
    draft = Draft(document, context, "general")
    draft.mention_numbered(document.passages)
    return draft.reading()


def values(reading: Reading, name: str) -> list[str]:
    return [str(f.value) for f in reading.of(Fact) if f.property == name]


def test_a_meeting_of_nobody_we_know_is_left_to_a_person(document: Callable[[str], Document], context: ReadingContext) -> None:
    text = (
        "Statement of the Bali Process\n\n1. Members recalled the Second ASEAN Ministerial Meeting and the Second Ministerial Conference."
    )
    found = mentioned(document(text), context)
    assert [u.written for u in found.of(Unresolved)] == ["Second ASEAN Ministerial Meeting"]
    assert len(list(found.of(MeetingFound))) == 1
    assert (values(found, "inSeries"), values(found, "ofProcess")) == ([MINISTERIAL], ["process:bali-process"])


def test_a_meeting_of_another_process_is_none_of_ours(document: Callable[[str], Document], context: ReadingContext) -> None:
    text = "Statement of the Bali Process\n\n1. The Bali Process saw the Fifth Ministerial Conference of the Budapest Process."
    found = mentioned(document(text), context)
    assert len(list(found.of(MeetingFound))) == 1
    assert (values(found, "inSeries"), values(found, "ofProcess")) == ([], ["process:budapest-process"])
