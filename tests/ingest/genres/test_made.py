"""Texts of ours in the manner of each genre, with what is true of them, written down before they were read."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.findings import DateRead, Fact, MeetingFound, MembershipFound, ParticipationFound, Reading, Unresolved

MADE = Path(__file__).parents[2] / "data" / "made"
TRUTH: dict[str, dict[str, Any]] = json.loads((MADE / "truth.json").read_text(encoding="utf-8"))
ROLES = ("attendee", "observer", "apology", "guest", "host", "co-host", "chair", "co-chair")
STATUSES = ("member", "observer", "co-chair", "steering-group", "coordinator")


def _key(ref: str) -> str:
    return ref.rpartition(":")[2].removeprefix("event-status_")


def _meetings(reading: Reading) -> list[dict[str, Any]]:
    """The reported meetings in order, in the form of the truth."""
    said = []
    for m in reading.of(MeetingFound):
        if m.standing != "reported":
            continue
        ref = f"meeting:{m.key}"
        facts: dict[str, set[Any]] = defaultdict(set)
        for f in reading.of(Fact):
            if f.subject == ref:
                facts[f.property].add(f.value.edtf if isinstance(f.value, DateRead) else f.value)
        row: dict[str, Any] = {
            "kind": m.kind,
            "dates": sorted(facts["date"]),
            "status": ",".join(_key(str(v)) for v in facts["eventStatus"]),
        }
        row["place"] = ",".join(_key(v) for v in facts["inPlace"]) or None
        row["country"] = ",".join(_key(v) for v in facts["inCountry"]) or None
        row["ordinal"] = next(iter(facts["ordinal"]), None) if len(facts["ordinal"]) < 2 else facts["ordinal"]
        people = set()
        for p in reading.of(ParticipationFound):
            if p.meeting != ref:
                continue
            if p.agent.startswith("person:"):
                people.add(f"{p.role} {_key(p.agent)} {_key(p.on_behalf_of or '')}".strip())
            else:
                row.setdefault(p.role, set()).add(_key(p.agent))
        row["people"] = people
        said.append(row)
    return said


def _true(row: dict[str, Any]) -> dict[str, Any]:
    whole = {"ordinal": None, "place": None, "country": None, **row}
    whole["people"] = set(row.get("people", ()))
    return {k: set(v.split()) if k in ROLES else v for k, v in whole.items()}


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_a_text_is_read_as_it_was_written(context: ReadingContext, name: str) -> None:
    text, truth = (MADE / f"{name}.txt").read_text(encoding="utf-8"), TRUTH[name]
    reading = read_document(name, text, context)
    assert reading.genre == truth["genre"]
    assert _meetings(reading) == [_true(row) for row in truth.get("meetings", [])]
    listed = {s: {_key(f.member) for f in reading.of(MembershipFound) if f.status == s} for s in STATUSES}
    assert {s: who for s, who in listed.items() if who} == {s: set(truth[s].split()) for s in STATUSES if s in truth}
    assert {f.organisation for f in reading.of(MembershipFound)} <= {truth.get("organisation")}
    assert {u.written for u in reading.of(Unresolved) if u.kind == "member"} == set(truth.get("unresolved", ()))


def test_every_made_text_has_its_truth() -> None:
    assert {path.stem for path in MADE.glob("*.txt")} == set(TRUTH)
