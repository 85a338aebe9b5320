"""Marks by two names: who did what in which year. What was not recorded looks different from what did not happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.draw.drawing import Cell, Drawing, Key
from api.draw.marks import mark
from api.draw.svg import el, fit, label, link, told

_WIDE, _HIGH = 38.0, 19.0
_MARK = 8.0
NOTHING = "nothing"
"""Class of the ground of a column in which nothing could be; it is not in the table."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its name, and for each column the places of the key that hold, with their numbers."""

    name: str
    cells: Mapping[str, Mapping[int, int]]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """What a column is where a row has no mark in it: `class_` of its ground, and the words for the table; `shape` of its mark, if any."""

    class_: str
    words: str
    shape: str = ""


def matrix(
    title: str, description: str, what: str, columns: Sequence[str], grounds: Mapping[str, Field], rows: Sequence[Row], key: Sequence[Key]
) -> Drawing:
    """The drawing. `grounds` says of each column what an empty cell means."""
    left = 214.0
    right = left + _WIDE * len(columns)
    parts: list[Markup] = [
        label(column, left + place * _WIDE + _WIDE / 2, 15, anchor="middle", class_="soft") for place, column in enumerate(columns)
    ]
    high = _HIGH * len(rows)
    for place, column in enumerate(columns):  # one ground for the whole column: a rectangle for each cell would weigh ten times as much
        x = left + place * _WIDE
        parts.append(
            el(
                "rect",
                told(f"{column}: {grounds[column].words}"),
                x=x + 1,
                y=22,
                width=_WIDE - 2,
                height=high,
                class_=grounds[column].class_,
            )
        )
    for number, row in enumerate(rows):
        y = 22 + number * _HIGH
        parts.append(el("line", x1=left, x2=right, y1=y, y2=y, class_="grid"))
        parts.append(link(row.href, label(fit(row.name, left - 14), left - 8, y + 14, anchor="end")))
        for place, column in enumerate(columns):
            parts.append(_cell(row, column, grounds[column], left + place * _WIDE + _WIDE / 2, y + _HIGH / 2, key))
    told_of = [column for column in columns if grounds[column].class_ != NOTHING]
    table = tuple(
        (Cell(row.name, row.href), *(Cell(_words(row.cells.get(column, {}), grounds[column], key)) for column in told_of)) for row in rows
    )
    return Drawing(title, description, right + 4, high + 26, Markup("").join(parts), (what, *told_of), table, tuple(key), narrow=False)


def _cell(row: Row, column: str, ground: Field, x: float, y: float, key: Sequence[Key]) -> Markup:
    found = row.cells.get(column, {})
    if not found:
        return mark(ground.shape, x, y, _MARK, "c7") if ground.shape else Markup("")
    first = x - (len(found) - 1) * (_MARK + 3) / 2
    marks = [mark(key[kind].mark, first + place * (_MARK + 3), y, _MARK, key[kind].class_) for place, kind in enumerate(sorted(found))]
    return el("g", told(f"{row.name}, {column}: {_words(found, ground, key)}"), *marks)


def _words(found: Mapping[int, int], ground: Field, key: Sequence[Key]) -> str:
    return ", ".join(f"{key[kind].name}{f' ({many})' if many > 1 else ''}" for kind, many in sorted(found.items())) or ground.words
