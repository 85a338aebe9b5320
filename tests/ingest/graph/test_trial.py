"""Strangers on trial: what they can't support is withheld, what can't conform is left out; the corpus is never spared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pytest

from baligraph.gate import GateReport, Row
from ingest.contribution import TextInput
from ingest.frame import Frame
from ingest.parts.documents import Inputs
from ingest.parts.memo import Memo
from ingest.parts.readings import Held
from ingest.parts.whole import Speakers, Whole, make
from ingest.trial import Trial

Made = Callable[..., Any]
DAY = dt.date(2020, 1, 1)


@pytest.fixture
def stranger(paper: Made) -> Any:
    p = paper("a", "The Bali Process workshop on returns was held in Bangkok.\nAustralia attended it. Nobody else.")
    p.meeting("m", "workshop", title="workshop on returns").place("m", "place:bangkok", None, "Bangkok")
    p.took_part("m", "area:aus", "attendee", "Australia").took_part("m", "area:fra", "attendee", "Nobody")
    return p.link("meeting:m", "attendanceCoverage", "c:coverage_partial-list", "Australia attended")


@pytest.fixture
def supported(stranger: Any, bare: Frame, tmp_path: Path) -> Callable[[Trial], Whole]:
    """The release of what a trial lets through, when the checker of support has nothing more to refuse."""
    memo = Memo(tmp_path / "made.sqlite")

    def make_release(trial: Trial) -> Whole:
        def mends(report: GateReport, speakers: Speakers) -> bool:
            return any(row.rule.startswith("support:") for row in report.rows) and trial.mends(report, speakers)

        return make(Inputs(Held([stranger.reading]), trial.texts, bare, DAY, trial.refused), memo, mends=mends)

    return make_release


def speakers(nodes: Collection[str]) -> dict[str, list[str]]:
    """The one document speaks of whatever is its own."""
    return {node: ["a"] if "/area_" not in node else [] for node in nodes}


def attended(made: Whole) -> set[str]:
    said = (line.split(" ") for line in made.lines())
    return {words[2].rpartition("_")[2][:-1] for words in said if words[1].endswith("#attendedBy>")}


def about(made: Whole, name: str) -> list[str]:
    return [line for line in made.lines() if name in line]


def test_an_unsupported_finding_of_a_stranger_is_withheld_and_named(stranger: Any, supported: Any) -> None:
    trial = Trial({"a": stranger.input})
    made = supported(trial)
    assert attended(made) == {"aus"}
    told = [p for p in trial.problems() if "participation" in p.message]
    assert told
    assert not any(p.blocking for p in told)
    assert [r.status for r in made.rows() if r.written == "Nobody"] == ["rejected"]


def test_the_same_finding_of_the_corpus_stays_for_the_gate_to_see(stranger: Any, supported: Any) -> None:
    text = TextInput(slug="a", text=stranger.text, registered=True)
    trial = Trial({"a": text})
    assert attended(supported(trial)) == {"aus", "fra"}
    assert trial.problems() == []


def test_first_the_node_then_the_document(stranger: Any, supported: Any) -> None:
    trial = Trial({"a": stranger.input})
    made = supported(trial)
    (meeting,) = {
        line.split(" ")[0][1:-1] for line in about(made, "#Workshop>") if line.startswith("<https://w3id.org/baligraph/id/meeting_")
    }
    report = GateReport((Row("violation", "bps:X", meeting, message="wrong"),))
    assert trial.mends(report, speakers)
    after = supported(trial)
    assert not about(after, f"<{meeting}>")
    assert trial.mends(report, speakers)
    assert [p.blocking for p in trial.problems()] == [True]
    assert "left out, because of" in trial.problems()[0].message
    assert not about(supported(trial), "graph/doc/a>")


def test_nothing_is_spared_where_the_corpus_is_at_fault(stranger: Any, supported: Any) -> None:
    trial = Trial({"a": stranger.input})
    supported(trial)
    before = dict(trial.refused)
    rows = (
        Row("violation", "bps:X", "https://w3id.org/baligraph/id/area_mys", message="a row of a table"),
        Row("violation", "bps:Y", "https://w3id.org/baligraph/id/doc_a", message="a stranger"),
    )
    assert not trial.mends(GateReport(rows), speakers)
    assert trial.refused == before
    assert "a" in trial.texts


def test_warnings_are_no_reason(stranger: Any, supported: Any) -> None:
    trial = Trial({"a": stranger.input})
    supported(trial)
    assert not trial.mends(GateReport((Row("warning", "bps:X", "https://w3id.org/baligraph/id/doc_a"),)), speakers)


def test_a_document_that_is_wrong_as_such_is_left_out_at_once(stranger: Any, supported: Any) -> None:
    trial = Trial({"a": stranger.input})
    supported(trial)
    assert trial.mends(GateReport((Row("violation", "bps:X", "https://w3id.org/baligraph/id/doc_a", message="no type"),)), speakers)
    assert trial.texts == {}
