"""Declarations, statements, flattened texts and texts of no known genre: invented documents, each with its true facts, read whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.findings import Fact, MeetingFound, ParticipationFound, PersonFound, ProvisionFound, Reading

FOLDER = Path(__file__).resolve().parents[2] / "data" / "prose"
ROLES = {"attendees": "attendee", "observers": "observer", "apologies": "apology"}


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).rstrip(" .;,")


@pytest.fixture(params=sorted(p.stem for p in FOLDER.glob("*.txt")))
def case(request: pytest.FixtureRequest, context: ReadingContext) -> tuple[dict[str, Any], Reading, str]:
    text = (FOLDER / f"{request.param}.txt").read_text(encoding="utf-8")
    truth = json.loads((FOLDER / f"{request.param}.json").read_text(encoding="utf-8"))
    return truth, read_document(request.param, text, context), text


Case = tuple[dict[str, Any], Reading, str]


def values(reading: Reading, subject: str, name: str) -> list[Any]:
    return [f.value for f in reading.of(Fact) if f.subject == subject and f.property == name]


def test_the_genre_is_found_by_features(case: Case) -> None:
    truth, reading, _ = case
    assert reading.genre == truth["genre"]


def test_meetings_have_their_number_date_and_place(case: Case) -> None:
    truth, reading, _ = case
    found = []
    for m in reading.of(MeetingFound):
        ref = f"meeting:{m.key}"
        found.append(
            {
                "kind": m.kind,
                "standing": m.standing,
                "ordinal": next(iter(values(reading, ref, "ordinal")), None),
                "dates": sorted({d.edtf for d in values(reading, ref, "date")}),
                "places": sorted(set(values(reading, ref, "inPlace"))),
                "areas": sorted(set(values(reading, ref, "inCountry"))),
            }
        )
    wanted = [
        {
            "kind": m["kind"],
            "standing": m["standing"],
            "ordinal": m.get("ordinal"),
            "dates": m["dates"],
            "places": [f"place:{x}" for x in m.get("places", [])],
            "areas": [f"area:{x}" for x in m.get("areas", [])],
        }
        for m in truth["meetings"]
    ]
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_who_took_part_and_who_observed(case: Case) -> None:
    truth, reading, _ = case
    for name, role in ROLES.items():
        found = {f.agent.partition(":")[2] for f in reading.of(ParticipationFound) if f.role == role and not f.agent.startswith("person:")}
        assert found == set(truth.get(name, [])), role


def test_people_and_what_they_did(case: Case) -> None:
    truth, reading, _ = case
    names = {f"person:{p.key}": p.name for p in reading.of(PersonFound)}
    found = {(names[f.agent], f.role, f.on_behalf_of) for f in reading.of(ParticipationFound) if f.agent in names}
    assert found == {(name, role, f"area:{area}") for name, role, area in truth.get("people", [])}


def test_provisions_are_those_of_the_text_and_no_others(case: Case) -> None:
    truth, reading, _ = case
    found = reading.of(ProvisionFound)
    assert_same([f for f in found if f.kind != "Finding"], truth["hard"])
    assert_same([f for f in found if f.kind == "Finding"], truth["soft"])


def assert_same(found: Iterable[ProvisionFound], wanted: list[dict[str, Any]]) -> None:
    by_text = {plain(f.text): f for f in found}
    assert list(by_text) == [plain(w["text"]) for w in wanted]
    for w in wanted:
        f = by_text[plain(w["text"])]
        assert f.kind == w.get("kind", "Finding"), w["text"]
        assert set(w["wording"]) <= set(f.wording), w["text"]
        assert f.number == w.get("number"), w["text"]
        for name in ("actors", "addressees"):
            if name in w:
                assert set(getattr(f, name)) == set(w[name]), (name, w["text"])
        assert set(w.get("verbs", [])) <= set(f.verbs), w["text"]


def test_every_finding_stands_in_the_text(case: Case) -> None:
    _, reading, text = case
    for f in reading.findings:
        for source in (f.source, *f.source.beside):
            assert text[source.anchor.start : source.anchor.end].strip()
    for p in reading.of(ProvisionFound):
        anchor = p.source.anchor
        assert text[anchor.start : anchor.end].split() == p.text.split()
