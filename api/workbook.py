"""Tables as a workbook (Office Open XML): the same rows give the same bytes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import xlsxwriter

from api.negotiate import Format

XLSX: Final = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel")
_LONGEST: Final = 32_767  # characters that a cell takes
_WIDEST: Final = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its columns, its rows. Nothing in it is read as a formula or a link."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def write(title: str, date: str | None, sheets: Sequence[Sheet]) -> bytes:
    """The workbook. `date` (ISO 8601, of the release) stands in the place of the time of writing."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        created = dt.datetime.fromisoformat(date) if date else dt.datetime(2002, 1, 1)
        book.set_properties({"title": title[:255], "created": created})
        head, text = (
            book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            for column, name in enumerate(sheet.columns):
                page.write_string(0, column, name, head)
                longest = max((len(str(row[column])) for row in sheet.rows if row[column] is not None), default=0)
                page.set_column(column, column, min(max(longest, len(name)) + 2, _WIDEST))
            for place, row in enumerate(sheet.rows, 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, bool):
                        page.write_boolean(place, column, cell, text)
                    elif isinstance(cell, int | float):
                        page.write_number(place, column, cell, text)
                    elif cell is not None:
                        page.write_string(place, column, str(cell)[:_LONGEST], text)
    return out.getvalue()
