"""What is read of every document, whatever its genre."""

from __future__ import annotations

import pytest

from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.findings import Fact

BODY = "\n\nThe Sixth Ministerial Conference of the Bali Process was held in Bali on 23 March 2016.\n"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Statement of the Bali Process", "Statement of the Bali Process"),
        ("Conference of the Bali Process on\n\nStatement of the Bali Process", "Statement of the Bali Process"),
        ("Conference of the Bali Process and", None),
    ],
)
def test_a_title_that_breaks_off_names_no_document(context: ReadingContext, head: str, title: str | None) -> None:
    found = read_document("made", f"# {head.replace(chr(10) * 2, chr(10) * 2 + '# ')}{BODY}", context).of(Fact)
    titles = [f.value for f in found if f.subject == "document" and f.property == "skos:altLabel"]
    assert titles == ([title] if title else [])


def test_a_text_of_rules_and_numbers_of_pages_says_nothing(context: ReadingContext) -> None:
    assert read_document("made", "* * * * *\n\nPage 1 of 2\n\n- 2 -\n", context).findings == []
