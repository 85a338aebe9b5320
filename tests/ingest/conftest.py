"""What the tests of reading share: the context of the project's own tables, and passages made of a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.context import reading_context
from ingest.document import Document, Passage, ReadingContext
from ingest.reference import load_reference


@pytest.fixture(scope="session")
def context() -> ReadingContext:
    return reading_context(load_reference())


@pytest.fixture
def document(context: ReadingContext) -> Callable[[str], Document]:
    return lambda text: Document.of("made", text, context.gazetteer)


@pytest.fixture
def passage(document: Callable[[str], Document]) -> Callable[[str], Passage]:
    """The one passage of a sentence, as a numbered paragraph."""

    def make(sentence: str) -> Passage:
        passages = document(f"1. {sentence}").passages
        assert len(passages) == 1, [p.s for p in passages]
        return passages[0]

    return make
