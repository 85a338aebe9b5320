"""Strict reading of the project's CSV tables.

A table is UTF-8, comma separated, with a header that names exactly the columns of its schema, in any order. Lists inside a cell are
separated by `|`. What is wrong is refused with the file, the line, the column and the mend: a table is read whole or not at all.

Column kinds: `text`; `list` (`a|b`); `flag` (`yes`/`no`); `date` (ISO 8601 day); `edtf` (year, month or day, or two of them around `/`:
the part of EDTF level 1 that the tables use); `number`; `iri` (http or https).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NoReturn, TypeAlias

from baligraph.errors import InputError

Kind: TypeAlias = Literal["text", "list", "flag", "date", "edtf", "number", "iri"]

KEY: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_EDTF_PART: Final = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_EDTF: Final = re.compile(rf"{_EDTF_PART}(?:/{_EDTF_PART})?")
_IRI: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `pattern` must match a value whole; `values` is a closed vocabulary. Both hold for each item of a list."""

    name: str
    kind: Kind = "text"
    required: bool = False
    pattern: str | None = None
    values: tuple[str, ...] = ()
    hint: str = ""  # what a value looks like, for the message


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, checked, and where it stands."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def many(self, column: str) -> tuple[str, ...]:
        """The items of a list cell; () for an empty one."""
        return tuple(self.cells[column].split("|")) if self.cells[column] else ()

    def flag(self, column: str) -> bool | None:
        """True for yes, False for no, None for an empty cell."""
        return {"yes": True, "no": False}.get(self.cells[column])

    def date(self, column: str) -> dt.date | None:
        return dt.date.fromisoformat(self.cells[column]) if self.cells[column] else None

    def number(self, column: str) -> float | None:
        return float(self.cells[column]) if self.cells[column] else None

    def fail(self, column: str, problem: str, mend: str) -> NoReturn:
        """Refuse the row. Raises InputError with this row's place."""
        raise InputError(self.file, problem, mend, line=self.line, column=column)


def read_text(path: Path, file: str | None = None) -> str:
    """The text of a UTF-8 file.

    Raises:
        InputError: the file can't be read, starts with a byte order mark, or holds bytes that are not UTF-8, or NUL (the line is named).
    """
    name = file or path.as_posix()
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(name, f"can't be read ({error.strerror})", "Restore the file, or give the right folder.") from error
    if raw.startswith(b"\xef\xbb\xbf"):
        raise InputError(name, "starts with a byte order mark", "Save it as UTF-8 without BOM.", line=1)
    if (at := raw.find(0)) >= 0:
        raise InputError(name, "holds a NUL byte, so it is no text", "Remove it, or restore the file.", line=raw.count(b"\n", 0, at) + 1)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(name, f"byte 0x{raw[error.start]:02x} is not UTF-8", "Save the file as UTF-8.", line=line) from error


def read_table(path: Path, columns: Sequence[Column], *, key: str | None = "key", file: str | None = None) -> list[Row]:
    """The rows of a table, each cell checked against its column.

    Args:
        path: the CSV file.
        columns: the schema; the header must name exactly these.
        key: the column whose values are unique and required; None for a table without one.
        file: the name to give in errors (default: the path).

    Raises:
        InputError: with file, line, column and mend.
    """
    name = file or path.as_posix()
    records = _records(read_text(path, name), name)
    if not records:
        raise InputError(name, "is empty", f"Write the header: {','.join(c.name for c in columns)}", line=1)
    _check_header(records[0][1], [c.name for c in columns], name)
    header = records[0][1]
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for line, cells in records[1:]:
        if len(cells) != len(header):
            problem = f"has {len(cells)} cells, the header has {len(header)} columns"
            raise InputError(name, problem, "Quote cells that hold a comma; write one comma for each empty cell.", line=line)
        row = Row(name, line, dict(zip(header, cells, strict=True)))
        for column in columns:
            _check_cell(row, column, required=column.required or column.name == key)
        if key is not None:
            first = seen.setdefault(row[key], line)
            if first != line:
                row.fail(key, f"{row[key]!r} stands in line {first} already", "Give the row its own key, or remove one of the two.")
        rows.append(row)
    return rows


def _records(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Each record with the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return records
        except csv.Error as error:
            mend = 'A quote inside a cell is doubled, and the cell stands in quotes: "a ""b"" c".'
            raise InputError(name, f"is not CSV ({error})", mend, line=line) from error
        if not cells:
            raise InputError(name, "is an empty line", "Remove it.", line=line)
        records.append((line, cells))


def _check_header(header: list[str], wanted: list[str], name: str) -> None:
    missing = [c for c in wanted if c not in header]
    unknown = [c for c in header if c not in wanted]
    if missing or unknown:
        told = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has unknown {', '.join(repr(c) for c in unknown)}"] * bool(unknown)
        raise InputError(name, f"the header {' and '.join(told)}", f"It must be: {','.join(wanted)}", line=1)
    twice = sorted({c for c in header if header.count(c) > 1})
    if twice:
        raise InputError(name, f"the header names {', '.join(twice)} twice", "Remove one of the two columns.", line=1)


def _day(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _edtf(value: str) -> bool:
    return bool(_EDTF.fullmatch(value)) and all(_day(part) for part in value.split("/") if len(part) == 10)


def _number(value: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", value) is not None


_KINDS: Final[dict[str, tuple[Callable[[str], bool], str]]] = {
    "flag": (lambda value: value in {"yes", "no"}, "yes or no"),
    "date": (_day, "a day as YYYY-MM-DD"),
    "edtf": (_edtf, "YYYY, YYYY-MM, YYYY-MM-DD, or two of these around /"),
    "number": (_number, "a decimal number"),
    "iri": (lambda value: _IRI.fullmatch(value) is not None, "an http or https address"),
}


def _check_cell(row: Row, column: Column, *, required: bool) -> None:
    cell = row[column.name]
    if cell != cell.strip():
        row.fail(column.name, f"{cell!r} has white space at its start or end", "Remove it.")
    if not cell:
        if required:
            row.fail(column.name, "is empty", f"Give a value{f': {column.hint}' if column.hint else ''}.")
        return
    for item in cell.split("|") if column.kind == "list" else (cell,):
        if column.kind == "list" and (not item or item != item.strip()):
            row.fail(column.name, f"{cell!r} has an empty item or white space beside |", "Write the items as a|b.")
        if column.values and item not in column.values:
            row.fail(column.name, f"{item!r} is not a known value", f"Use one of: {', '.join(column.values)}.")
        if column.pattern is not None and re.fullmatch(column.pattern, item) is None:
            row.fail(column.name, f"{item!r} is not {column.hint or 'of the right form'}", f"It must match {column.pattern}.")
        good, noun = _KINDS.get(column.kind, (None, ""))
        if good is not None and not good(item):
            row.fail(column.name, f"{item!r} is not {noun}", f"Write {noun}.")


def names(columns: Iterable[Column]) -> str:
    """The header line of a schema."""
    return ",".join(c.name for c in columns)
