"""Lines: numbers over years or days, or over other numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from api.draw.drawing import Cell, Drawing, Key, number, written
from api.draw.scale import Days, Linear, from_zero, value_axis
from api.draw.svg import el, label, told

_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 668.0, 16.0, 220.0


def line(title: str, description: str, what: str, unit: str, series: Mapping[str, Sequence[tuple[float | dt.date, float]]]) -> Drawing:
    """One line for each name of `series`; all points are days, or all are numbers. `what` names what runs to the right."""
    points = [point for many in series.values() for point in many]
    days = [x for x, _ in points if isinstance(x, dt.date)]
    numbers = [x for x, _ in points if not isinstance(x, dt.date)]
    up = from_zero([y for _, y in points], _BOTTOM, _TOP)
    over = Days.over(days, _LEFT, _RIGHT) if days else None
    along = None if over else Linear(min(numbers), max(numbers), _LEFT + 8, _RIGHT - 24)
    parts = [value_axis(up, _LEFT, _RIGHT)]
    parts.append(over.axis(_TOP, _BOTTOM) if over else _below(along) if along else Markup(""))

    def at(x: float | dt.date) -> float:
        if isinstance(x, dt.date):
            return over(x) if over else _LEFT
        return along(x) if along else _LEFT

    rows: list[tuple[Cell, ...]] = []
    for place, (name, many) in enumerate(series.items()):
        class_ = f"c{place % 7 + 1}"
        ordered = sorted(many)
        parts.append(el("polyline", points=" ".join(f"{at(x):.1f},{up(y):.1f}" for x, y in ordered), class_=f"{class_} line"))
        for x, y in ordered:
            words = f"{_written(x)}{f', {name}' if name else ''}: {written(y)}"
            parts.append(el("circle", told(words), cx=at(x), cy=up(y), r=3.5, class_=class_))
            rows.append((Cell(_written(x)), *((Cell(name),) if len(series) > 1 else ()), number(y)))
    key = tuple(Key(f"c{place % 7 + 1}", name, "circle") for place, name in enumerate(series)) if len(series) > 1 else ()
    columns = (what, *(("Series",) if len(series) > 1 else ()), unit)
    return Drawing(title, description, _RIGHT + 12, _BOTTOM + 28, Markup("").join(parts), columns, tuple(rows), key)


def _below(scale: Linear) -> Markup:
    return Markup("").join(label(_written(tick), scale(tick), _BOTTOM + 16, anchor="middle", class_="soft") for tick in scale.ticks(10))


def _written(x: float | dt.date) -> str:
    return x.isoformat() if isinstance(x, dt.date) else written(x).replace(",", "")
