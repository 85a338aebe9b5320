from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Document, ReadingContext
from ingest.findings import ProvisionFound
from ingest.genres import plan, recommendations

ITEMS = """Recommendations of the meeting:

1. Ports are many; as such they need to be watched through cooperation between affected countries.

2. Laws on ports should be
enacted by members

and member states are encouraged to train multi-
lingual pilots.

3. The harbours should be watched by affected countries. Due consideration should be given to bays.

4. A model chart should be developed and endorsed by the Bali Process, which could be printed later.

5. The value of meetings was recognised by all of the participants and holding more meetings is encouraged.

6. Establishment of a register of ports.
"""
Make = Callable[[str], Document]


@pytest.fixture
def found(document: Make, context: ReadingContext) -> list[ProvisionFound]:
    return recommendations.read(document(ITEMS), context).of(ProvisionFound)


def test_each_item_is_one_recommendation_with_its_number(found: list[ProvisionFound]) -> None:
    assert [(f.key, f.number, f.order) for f in found] == [(str(n), str(n), n) for n in range(1, 7)]
    assert {f.kind for f in found} == {"Recommendation"}


def test_the_text_is_the_whole_item_with_its_lines_joined(found: list[ProvisionFound]) -> None:
    assert found[1].text == "Laws on ports should be enacted by members and member states are encouraged to train multi-lingual pilots."
    assert found[2].text.endswith("Due consideration should be given to bays.")


def test_directives_are_counted_by_clauses(found: list[ProvisionFound]) -> None:
    assert [f.directives for f in found] == [1, 2, 2, 1, 1, 1]


def test_wording_in_the_order_of_the_text(found: list[ProvisionFound]) -> None:
    assert [f.wording for f in found] == [
        ("need",),
        ("should", "encourage"),
        ("should",),
        ("should",),
        ("recognise", "encourage"),
        ("recommend",),
    ]


def test_who_is_to_act(found: list[ProvisionFound]) -> None:
    assert [f.actors for f in found] == [
        ("group:affected-countries",),
        ("group:members",),
        ("group:affected-countries",),
        ("process:bali-process",),
        (),  # "by all of the participants" says who recognised, not who is to hold meetings
        (),
    ]
    assert found[1].addressees == ("group:members",)


def test_what_is_to_be_done(found: list[ProvisionFound]) -> None:
    assert [f.verbs for f in found[:4]] == [("watch",), ("enact", "train"), ("watch", "consider"), ("develop", "endorse")]


def test_recommendations_are_told_from_reports_and_plans(document: Make) -> None:
    assert recommendations.likeness(document(ITEMS)) > 0.5
    assert plan.likeness(document(ITEMS)) < 0.5
    report = "Co-Chairs' Summary\n\n1. The workshop was held in Suva.\n\n2. Members should act.\n\n3. Participants left.\n"
    assert recommendations.likeness(document(report)) < 0.5
    assert recommendations.likeness(document(ITEMS.replace("Recommendations of", "Notes on"))) < 0.5
    assert recommendations.likeness(document("")) == 0
