"""Strict tables: what is wrong is named with file, line, column and mend."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from baligraph.errors import BaligraphError, InputError
from baligraph.tables import Column, read_table, read_text

COLUMNS = (
    Column("key", pattern="[a-z]+", hint="lower case letters"),
    Column("kind", required=True, values=("city", "island")),
    Column("aliases", "list"),
    Column("on", "date"),
    Column("edtf", "edtf"),
    Column("lat", "number"),
    Column("good", "flag"),
    Column("link", "iri"),
)
HEADER = "key,kind,aliases,on,edtf,lat,good,link\n"
GOOD = "bali,island,Pulau Bali|Bali Island,2026-11-22,2002-02,-8.5,yes,https://example.org/bali\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "places.csv"
    path.write_text(HEADER + GOOD, encoding="utf-8")
    return path


def test_a_good_table_gives_typed_cells(table: Path) -> None:
    (row,) = read_table(table, COLUMNS)
    assert row["key"] == "bali"
    assert row.many("aliases") == ("Pulau Bali", "Bali Island")
    assert row.date("on") == dt.date(2026, 11, 22)
    assert row.number("lat") == -8.5
    assert row.flag("good") is True
    assert (row.line, row.file) == (2, table.as_posix())


def test_empty_cells_are_none_or_nothing(table: Path) -> None:
    table.write_text(HEADER + "bali,island,,,,,,\n", encoding="utf-8")
    (row,) = read_table(table, COLUMNS)
    assert (row.many("aliases"), row.date("on"), row.number("lat"), row.flag("good")) == ((), None, None, None)


def test_columns_may_stand_in_any_order(table: Path) -> None:
    table.write_text("kind,key,aliases,on,edtf,lat,good,link\nisland,bali,,,,,,\n", encoding="utf-8")
    assert read_table(table, COLUMNS)[0]["kind"] == "island"


BAD = [
    ("key,kind\n", 1, None, "lacks aliases, on, edtf, lat, good, link", "It must be: key,kind,aliases"),
    (HEADER.replace("link", "links"), 1, None, "has unknown 'links'", "It must be"),
    ("key,key,kind,aliases,on,edtf,lat,good,link\n", 1, None, "names key twice", "Remove one"),
    ("", 1, None, "is empty", "Write the header: key,kind"),
    (HEADER + "bali,island\n", 2, None, "has 2 cells, the header has 8 columns", "one comma for each empty cell"),
    (HEADER + "\n", 2, None, "is an empty line", "Remove it"),
    (HEADER + GOOD + GOOD, 3, "key", "'bali' stands in line 2 already", "its own key"),
    (HEADER + ",island,,,,,,\n", 2, "key", "is empty", "Give a value: lower case letters."),
    (HEADER + "Bali,island,,,,,,\n", 2, "key", "'Bali' is not lower case letters", "It must match [a-z]+"),
    (HEADER + "bali,,,,,,,\n", 2, "kind", "is empty", "Give a value"),
    (HEADER + "bali,town,,,,,,\n", 2, "kind", "'town' is not a known value", "Use one of: city, island"),
    (HEADER + "bali,island,a||b,,,,,\n", 2, "aliases", "empty item", "Write the items as a|b"),
    (HEADER + "bali,island,a | b,,,,,\n", 2, "aliases", "white space beside |", "Write the items as a|b"),
    (HEADER + "bali,island, a,,,,,\n", 2, "aliases", "white space at its start or end", "Remove it"),
    (HEADER + "bali,island,,22.11.2026,,,,\n", 2, "on", "'22.11.2026' is not a day as YYYY-MM-DD", "Write a day"),
    (HEADER + "bali,island,,2026-02-30,,,,\n", 2, "on", "'2026-02-30' is not a day", "Write a day"),
    (HEADER + "bali,island,,20260228,,,,\n", 2, "on", "'20260228' is not a day", "Write a day"),
    (HEADER + "bali,island,,,2002-13,,,\n", 2, "edtf", "'2002-13' is not YYYY", "Write YYYY"),
    (HEADER + "bali,island,,,2002-02-30,,,\n", 2, "edtf", "'2002-02-30' is not YYYY", "Write YYYY"),
    (HEADER + "bali,island,,,,south,,\n", 2, "lat", "'south' is not a decimal number", "Write a decimal"),
    (HEADER + "bali,island,,,,,true,\n", 2, "good", "'true' is not yes or no", "Write yes or no"),
    (HEADER + "bali,island,,,,,,www.example.org\n", 2, "link", "is not an http or https address", "Write an http"),
    (HEADER + 'bali,"island\n', 2, None, "is not CSV", "A quote inside a cell is doubled"),
]


@pytest.mark.parametrize(("text", "line", "column", "problem", "mend"), BAD)
def test_what_is_wrong_is_named(table: Path, text: str, line: int, column: str | None, problem: str, mend: str) -> None:
    table.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_table(table, COLUMNS, file="corpus/reference/places.csv")
    error = caught.value
    assert (error.file, error.line, error.column) == ("corpus/reference/places.csv", line, column)
    assert problem in error.problem
    assert mend in error.mend
    assert str(error).startswith(f"corpus/reference/places.csv:{line}")
    assert isinstance(error, BaligraphError)


def test_latin_1_is_refused_with_its_line(table: Path) -> None:
    table.write_bytes((HEADER + GOOD).encode() + "malé,city,,,,,,\n".encode("latin-1"))
    with pytest.raises(InputError, match="byte 0xe9 is not UTF-8") as caught:
        read_table(table, COLUMNS)
    assert caught.value.line == 3


def test_a_byte_order_mark_is_refused(table: Path) -> None:
    table.write_bytes(b"\xef\xbb\xbf" + HEADER.encode())
    with pytest.raises(InputError, match="byte order mark"):
        read_table(table, COLUMNS)


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.csv: can't be read"):
        read_text(tmp_path / "nothing.csv")


def test_a_line_break_inside_quotes_keeps_later_lines_right(table: Path) -> None:
    table.write_text(HEADER + '"bali","island","a\nb",,,,,\nx1,city,,,,,,\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_table(table, COLUMNS)
    assert (caught.value.line, caught.value.column) == (4, "key")
