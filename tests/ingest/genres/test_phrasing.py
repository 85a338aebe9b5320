"""One fact in many ordinary words: that a meeting was held, where and when. And words that come near and do not say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.findings import DateRead, Fact, MeetingFound, Reading

NEWS = ("Bali Process officials meet in South Asia\n\n", "\n\nThe meeting reviewed the work plan of the Bali Process Ad Hoc Group.\n")
STATEMENT = (
    "BALI PROCESS AD HOC GROUP\nCO-CHAIRS’ STATEMENT\n\n1. ",
    "\n\n2. Officials agreed to share data.\n\n3. Officials recommended that members ratify the Protocol.\n",
)
FRAMES = [pytest.param(NEWS, id="news"), pytest.param(STATEMENT, id="statement")]
PHRASES = Path(__file__).parent / "phrases"


def lines(name: str) -> list[str]:
    return (PHRASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def reported(reading: Reading) -> list[tuple[set[str], set[str], set[object]]]:
    """Dates, places and numbers of each meeting that the text gives an account of."""
    told = []
    for m in reading.of(MeetingFound):
        facts = [f for f in reading.of(Fact) if f.subject == f"meeting:{m.key}"]
        if m.standing == "reported":
            told.append(
                (
                    {f.value.edtf for f in facts if isinstance(f.value, DateRead)},
                    {str(f.value) for f in facts if f.property == "inPlace"},
                    {f.value for f in facts if f.property == "ordinal"},
                )
            )
    return told


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("sentence", lines("numbered"))
def test_a_session_was_held(context: ReadingContext, frame: tuple[str, str], sentence: str) -> None:
    reading = read_document("made", sentence.join(frame), context)
    assert reported(reading) == [({"2014-05-12"}, {"place:colombo"}, {9})]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("sentence", lines("workshop"))
def test_a_workshop_was_held(context: ReadingContext, frame: tuple[str, str], sentence: str) -> None:
    ((dates, places, _),) = reported(read_document("made", sentence.join(frame), context))
    assert (dates, places) == ({"2016-05-03/2016-05-05"}, {"place:suva"})


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("sentence", lines("none"))
def test_what_is_planned_recalled_or_put_off_or_not_ours_was_not_held(
    context: ReadingContext, frame: tuple[str, str], sentence: str
) -> None:
    assert reported(read_document("made", sentence.join(frame), context)) == []
