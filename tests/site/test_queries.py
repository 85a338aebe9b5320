"""The queries of pages: each file can be read, is asked by a page, and gives rows without an error."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from api.site import asking
from baligraph import data
from baligraph.errors import InputError
from baligraph.parameters import ParameterError
from baligraph.questions import load_page_query

NAMES = sorted(path.stem for path in data.queries("site").glob("*.rq"))
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", NAMES)
def test_a_query_is_what_its_header_says(name: str) -> None:
    query = asking.query(name)
    assert query.summary.endswith(".")
    shown = asking.text(name)
    assert "#+" not in shown
    assert "#=" not in shown
    ox.Store().query(shown)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_is_asked_by_a_page(name: str) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "api").rglob("*.py"))
    assert re.search(rf'"{name}"', code), f"nothing asks queries/site/{name}.rq"


def test_a_value_is_written_as_a_term_or_refused() -> None:
    assert "VALUES ?document { <https://w3id.org/baligraph/id/doc_one> }" in asking.text("reader-document", document="one")
    with pytest.raises(ParameterError, match="is no key"):
        asking.text("reader-document", document="one> } #")


def test_a_query_without_a_summary_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.rq"
    path.write_text("SELECT * { ?s ?p ?o }\n", encoding="utf-8")
    with pytest.raises(InputError, match="the header lacks summary"):
        load_page_query(path)
