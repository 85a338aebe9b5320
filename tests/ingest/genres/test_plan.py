from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Document, ReadingContext
from ingest.findings import ProvisionFound
from ingest.genres import plan, recommendations

PLAN = """# Plan for Ports

The Bali Process – through its friends – will carry out the work of recent years – with a focus on:

#### (1) Border management

- continue to promote good maps through the Bali Process *Government and Business Forum*;
- continue training of *pilots*, and prepare a chart of following the money;
- encourage and support members to draw maps, including of bays, and reinvigorate the atlas;

#### (2) Returns and reintegration

- expand cooperation with civil society, including to identify, protect and support sailors;
- members to consider lending boats to the RSO.
"""
Make = Callable[[str], Document]


@pytest.fixture
def found(document: Make, context: ReadingContext) -> list[ProvisionFound]:
    return plan.read(document(PLAN), context).of(ProvisionFound)


def test_bullets_are_numbered_by_area_and_place(found: list[ProvisionFound]) -> None:
    assert [f.number for f in found] == [None, "1.1", "1.2", "1.3", "2.1", "2.2"]
    assert [f.order for f in found] == [1, 2, 3, 4, 5, 6]
    assert {f.kind for f in found} == {"Commitment"}


def test_the_opening_sentence_is_a_commitment_without_its_focus(found: list[ProvisionFound]) -> None:
    assert found[0].text == "The Bali Process – through its friends – will carry out the work of recent years"
    assert found[0].wording == ("will",)


def test_actor_and_wording_come_from_the_opening_sentence(found: list[ProvisionFound]) -> None:
    assert {f.actors for f in found[:5]} == {("process:bali-process",)}
    assert {f.wording for f in found[:5]} == {("will",)}


def test_members_to_consider_is_weaker_and_theirs(found: list[ProvisionFound]) -> None:
    f = found[5]
    assert (f.wording, f.verbs, f.actors, f.addressees) == (("consider",), ("consider",), ("group:members",), ("group:members",))
    assert f.text == "members to consider lending boats to the RSO"


def test_verbs_addressees_and_bodies(found: list[ProvisionFound]) -> None:
    assert [f.verbs for f in found[1:5]] == [
        ("promote",),
        ("train", "prepare"),
        ("encourage", "support", "reinvigorate"),
        ("expand",),
    ]
    assert found[3].addressees == ("group:members",)
    assert found[1].responsible == ("body:gabf",)


def test_the_theme_is_that_of_the_area_and_never_of_another_area(found: list[ProvisionFound]) -> None:
    assert [f.themes[0] for f in found[1:]] == ["border-management"] * 3 + ["returns-reintegration"] * 2
    assert "financial-crime" in found[2].themes
    assert all("returns-reintegration" not in f.themes for f in found[1:4])


def test_a_plan_is_told_from_other_texts(document: Make) -> None:
    assert plan.likeness(document(PLAN)) > 0.5
    assert recommendations.likeness(document(PLAN)) < 0.5
    assert plan.likeness(document("1. The workshop was held.\n\n2. Members should act:\n\n- they must;\n- they will.\n")) < 0.5
    assert plan.likeness(document("")) == 0


def test_a_plan_without_an_opening_sentence_has_no_actor(document: Make, context: ReadingContext) -> None:
    text = PLAN.replace("The Bali Process – through its friends – will carry out the work of recent years – with a focus on:", "")
    found = plan.read(document(text), context).of(ProvisionFound)
    assert [f.number for f in found] == ["1.1", "1.2", "1.3", "2.1", "2.2"]
    assert {f.actors for f in found[:4]} == {()}


def test_a_bullet_is_read_together_with_the_opening_and_its_heading(found: list[ProvisionFound]) -> None:
    said = [[PLAN[s.passage.start : s.passage.end] for s in f.source.beside] for f in found]
    opening = next(line for line in PLAN.splitlines() if line.startswith("The Bali Process"))
    assert [len(s) for s in said] == [0, 2, 2, 2, 2, 2]
    assert {s[0] for s in said[1:]} == {opening}
    assert ["Border management" in s[1] for s in said[1:]] == [True, True, True, False, False]
    assert ["Returns" in s[1] for s in said[1:]] == [False, False, False, True, True]
