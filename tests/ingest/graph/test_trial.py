"""Strangers on trial: what they can't support is withheld, what can't conform is left out; the corpus is never spared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from pyoxigraph import DefaultGraph

from baligraph.gate import GateReport, Row
from ingest.assemble import Assembled, Frame
from ingest.contribution import TextInput
from ingest.nodes import bp, node
from ingest.trial import Trial

Made = Callable[..., Any]
DAY = dt.date(2020, 1, 1)


@pytest.fixture
def stranger(paper: Made) -> Any:
    p = paper("a", "The Bali Process workshop on returns was held in Bangkok.\nAustralia attended it. Nobody else.")
    p.meeting("m", "workshop", title="workshop on returns").place("m", "place:bangkok", None, "Bangkok")
    p.took_part("m", "area:aus", "attendee", "Australia").took_part("m", "area:fra", "attendee", "Nobody")
    return p.link("meeting:m", "attendanceCoverage", "c:coverage_partial-list", "Australia attended")


def attended(made: Assembled) -> set[str]:
    return {q.object.value.rpartition("_")[2] for q in made.store.quads_for_pattern(None, bp("attendedBy"), None, DefaultGraph())}


def test_an_unsupported_finding_of_a_stranger_is_withheld_and_named(stranger: Any, bare: Frame) -> None:
    trial = Trial({"a": stranger.input})
    made = trial.supported([stranger.reading], bare, DAY)
    assert attended(made) == {"aus"}
    told = [p for p in trial.problems() if "participation" in p.message]
    assert told
    assert not any(p.blocking for p in told)
    assert [r.status for r in made.rows if r.written == "Nobody"] == ["rejected"]


def test_the_same_finding_of_the_corpus_stays_for_the_gate_to_see(stranger: Any, bare: Frame) -> None:
    text = TextInput(slug="a", text=stranger.text, registered=True)
    trial = Trial({"a": text})
    assert attended(trial.supported([stranger.reading], bare, DAY)) == {"aus", "fra"}
    assert trial.problems() == []


def test_first_the_node_then_the_document(stranger: Any, bare: Frame) -> None:
    trial = Trial({"a": stranger.input})
    made = trial.supported([stranger.reading], bare, DAY)
    (meeting,) = {q.subject.value for q in made.store.quads_for_pattern(None, node("rdf:type"), bp("Workshop"), DefaultGraph())}
    report = GateReport((Row("violation", "bps:X", meeting, message="wrong"),))
    assert trial.mends(report, made.store)
    after = trial.supported([stranger.reading], bare, DAY)
    assert not [
        q for q in after.store.quads_for_pattern(None, None, None, DefaultGraph()) if meeting in (str(q.subject)[1:-1], str(q.object)[1:-1])
    ]
    assert trial.mends(report, made.store)
    assert [p.blocking for p in trial.problems()] == [True]
    assert "left out, because of" in trial.problems()[0].message
    assert not list(trial.supported([stranger.reading], bare, DAY).store.quads_for_pattern(None, None, None, node("g:doc/a")))


def test_nothing_is_spared_where_the_corpus_is_at_fault(stranger: Any, bare: Frame) -> None:
    trial = Trial({"a": stranger.input})
    made = trial.supported([stranger.reading], bare, DAY)
    before = dict(trial.refused)
    rows = (
        Row("violation", "bps:X", "https://w3id.org/baligraph/id/area_mys", message="a row of a table"),
        Row("violation", "bps:Y", "https://w3id.org/baligraph/id/doc_a", message="a stranger"),
    )
    assert not trial.mends(GateReport(rows), made.store)
    assert trial.refused == before
    assert "a" in trial.texts


def test_warnings_are_no_reason(stranger: Any, bare: Frame) -> None:
    trial = Trial({"a": stranger.input})
    made = trial.supported([stranger.reading], bare, DAY)
    assert not trial.mends(GateReport((Row("warning", "bps:X", "https://w3id.org/baligraph/id/doc_a"),)), made.store)


def test_a_document_that_is_wrong_as_such_is_left_out_at_once(stranger: Any, bare: Frame) -> None:
    trial = Trial({"a": stranger.input})
    made = trial.supported([stranger.reading], bare, DAY)
    assert trial.mends(GateReport((Row("violation", "bps:X", "https://w3id.org/baligraph/id/doc_a", message="no type"),)), made.store)
    assert trial.texts == {}
