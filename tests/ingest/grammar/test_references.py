"""What a provision says of an earlier meeting: which words refer back, which do not, and to whom a reference belongs."""

from __future__ import annotations

import pytest

from ingest.context import reading_context
from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.findings import Fact, ProvisionFound, Reading
from ingest.reference import load_reference

HEAD = """Bali Process Workshop on Returns
Co-Chairs' Summary
Kuala Lumpur, Malaysia, 12-13 March 2013

1. The Governments of Malaysia and Australia co-hosted a Bali Process Workshop on Returns in Kuala Lumpur, Malaysia on 12-13 March 2013. \
The workshop was opened by the hosts in the presence of many experts from the region.

2. """
AGREED = "participants agreed that states should strengthen cooperation on returns with IOM and with all other members of the process."


@pytest.fixture(scope="module")
def context() -> ReadingContext:
    return reading_context(load_reference())


def references(reading: Reading, text: str) -> list[tuple[str, str]]:
    found = [f for f in reading.of(Fact) if f.source.rule.startswith("references.")]
    assert all(f.subject in {f"provision:{p.key}" for p in reading.of(ProvisionFound)} for f in found)
    return [(f.property, " ".join(text[f.source.anchor.start : f.source.anchor.end].split())) for f in found]


@pytest.mark.parametrize(
    ("sentence", "property_"),
    [
        (f"As agreed at the Fourth Ministerial Conference, {AGREED}", "recalls"),
        (f"Recalling the recommendation of the Fourth Ministerial Conference, {AGREED}", "recalls"),
        (f"In line with the decisions taken at the Fourth Ministerial Conference, {AGREED}", "recalls"),
        (f"Reaffirming the commitments made at the Fourth Ministerial Conference, {AGREED}", "reiterates"),
        (f"To implement the outcomes of the Fourth Ministerial Conference, {AGREED}", "implements"),
        (f"As a follow-up to the recommendations of the Fourth Ministerial Conference, {AGREED}", "followsUp"),
        (f"Pursuant to the decision of the Fourth Ministerial Conference, {AGREED}", "followsUp"),
        (f"While preparing for the Fourth Ministerial Conference, {AGREED}", ""),
        (f"Subject to what will be agreed at the Fourth Ministerial Conference, {AGREED}", ""),
        (f"Not as agreed by anybody before the Fourth Ministerial Conference, {AGREED}", ""),
        (
            "The Chair thanked those who had met, as agreed at the Fourth Ministerial Conference, in the hall.",
            "",
        ),
    ],
)
def test_a_reference_is_stated_or_there_is_none(context: ReadingContext, sentence: str, property_: str) -> None:
    text = HEAD + sentence + "\n"
    found = references(read_document("x", text, context), text)
    assert [name for name, _ in found] == ([property_] if property_ else [])
    assert all(words.endswith("the Fourth Ministerial Conference") for _, words in found)


def test_a_document_does_not_refer_back_to_its_own_meeting(context: ReadingContext) -> None:
    text = (
        HEAD.replace("Workshop on Returns", "Fourth Ministerial Conference") + f"As agreed at the Fourth Ministerial Conference, {AGREED}\n"
    )
    assert references(read_document("x", text, context), text) == []


def test_of_two_provisions_neither_is_guessed(context: ReadingContext) -> None:
    text = HEAD + f"As agreed at the Fourth Ministerial Conference, {AGREED[:-1]}, and recommended that members share routes.\n"
    reading = read_document("x", text, context)
    assert len([p for p in reading.of(ProvisionFound) if "routes" in p.text or "returns" in p.text]) == 2
    assert references(reading, text) == []
