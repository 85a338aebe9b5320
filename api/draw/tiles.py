"""A map of equal tiles, one for each state or territory: the small ones are as visible as the large, and no boundary is drawn.

Where a tile stands is a table of the corpus, `reference/tiles.csv`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from api.draw.drawing import Cell, Drawing, Key, number, written
from api.draw.svg import el, label, link, told
from baligraph import data
from baligraph.tables import Column, read_table

_SIDE, _GAP = 44.0, 3.0
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """A state by the key of its row (`mys`), and its number; None: nothing is recorded."""

    key: str
    name: str
    value: float | None
    href: str | None = None


@cache
def places() -> dict[str, tuple[int, int]]:
    """(column, row) of each tile by key. Raises InputError."""
    columns = (Column("key"), Column("column", "number", True), Column("row", "number", True), Column("source", required=True))
    rows = read_table(data.corpus("reference", "tiles.csv"), columns, file="corpus/reference/tiles.csv")
    return {row["key"]: (int(row["column"]), int(row["row"])) for row in rows}


def tiles(title: str, description: str, unit: str, items: Sequence[Tile], empty: str = "not recorded") -> Drawing:
    """The drawing; a state that has no place stands in the table alone. `empty` is said of a tile without a number."""
    known = places()
    shown = [item for item in items if item.key in known]
    highest = max((item.value for item in shown if item.value is not None), default=0)
    steps = _steps(highest)
    first_column = min((known[item.key][0] for item in shown), default=0)
    first_row = min((known[item.key][1] for item in shown), default=0)
    parts = []
    for item in shown:
        column, row = known[item.key]
        x, y = (column - first_column) * (_SIDE + _GAP), (row - first_row) * (_SIDE + _GAP)
        class_ = "s0" if not item.value else f"s{next(place for place, step in enumerate(steps, 1) if item.value <= step)}"
        words = empty if item.value is None else written(item.value)
        drawn = [
            told(f"{item.name}: {words}"),
            el("rect", x=x, y=y, width=_SIDE, height=_SIDE, rx=4, class_=class_),
            label(item.key.upper(), x + _SIDE / 2, y + 19, anchor="middle", class_=f"on-{class_}"),
            label("–" if item.value is None else words, x + _SIDE / 2, y + 35, anchor="middle", class_=f"on-{class_}"),
        ]
        parts.append(link(item.href, *drawn))
    wide = max(((known[item.key][0] - first_column + 1) * (_SIDE + _GAP) for item in shown), default=1.0)
    high = max(((known[item.key][1] - first_row + 1) * (_SIDE + _GAP) for item in shown), default=1.0)
    ranges = [Key(f"s{place}", _range(steps, place)) for place in range(1, len(steps) + 1)]
    key = (*ranges, Key("s0", f"– {empty}")) if any(item.value is None for item in items) else tuple(ranges)
    rows = tuple(
        (Cell(item.name, item.href), Cell(empty) if item.value is None else number(item.value))
        for item in sorted(items, key=lambda item: (-(item.value or 0), item.name))
    )
    return Drawing(title, description, wide, high, Markup("").join(parts), ("State or territory", unit), rows, key, narrow=False)


def _steps(highest: float) -> list[float]:
    """The upper ends of at most four ranges, whole numbers."""
    return sorted({math.ceil(highest * place / _STEPS) for place in range(1, _STEPS + 1)}) if highest else []


def _range(steps: list[float], place: int) -> str:
    low, high = (steps[place - 2] + 1 if place > 1 else 1), steps[place - 1]
    return written(high) if low == high else f"{written(low)}–{written(high)}"
