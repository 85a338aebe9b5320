"""Words that the end of a line broke are joined where that is sure, and nowhere else."""

from __future__ import annotations

import pytest

from ingest.broken_words import joined, words_of
from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.findings import ProvisionFound


@pytest.mark.parametrize(
    ("raw", "elsewhere", "read"),
    [
        ("make bilat-\neral agreements", "a bilateral agreement", "make bilateral agreements"),
        ("be prose-\ncuted for it", "the prosecution", "be prosecuted for it"),
        ("the co-\nchairs met", "Co-Chairs", "the co-chairs met"),
        ("the co-\nchairs met", "", "the co-chairs met"),
        ("a victim-\ncentred approach", "the victim", "a victim-centred approach"),
        ("a follow-\nup meeting", "follow-up", "a follow-up meeting"),
        ("a multi-\nlateral one", "multi-lateral, multilateral", "a multi-lateral one"),
        ("a well-known one", "wellknown", "a well-known one"),
    ],
)
def test_a_word_is_joined_where_the_document_writes_it_so(raw: str, elsewhere: str, read: str) -> None:
    assert joined(raw.replace("-\n", "-"), raw, words_of(f"{raw} {elsewhere}")) == read


def test_a_provision_has_whole_words_and_the_passage_as_it_is(context: ReadingContext) -> None:
    text = (
        "WORKSHOP ON VISAS\n\nSuva, Fiji, 3 May 2018\n\n"
        "The workshop was held in Suva on 3 May 2018 and looked at bilateral arrangements.\n\n"
        "Participants recommended that members conclude bilat-\neral arrangements with the co-\nchairs.\n"
    )
    reading = read_document("made", text, context)
    (found,) = reading.of(ProvisionFound)
    assert found.text == "Participants recommended that members conclude bilateral arrangements with the co-chairs."
    assert "bilat-\neral" in text[found.source.anchor.start : found.source.anchor.end]
