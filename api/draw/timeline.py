"""Things with dates, in lanes: a mark is as wide as what is known of its date, so a month is a bar and a day is a dot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.draw.drawing import Cell, Drawing, Key
from api.draw.scale import Days
from api.draw.svg import el, label, link, told

_LEFT, _RIGHT = 8.0, 1080.0
_NARROW, _YEAR = 340.0, 120.0
_HIGH = 13.0
_SMALLEST = 9.0
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Event:
    """Something from one day to another; `when` is the date in words."""

    name: str
    start: dt.date
    end: dt.date
    when: str
    href: str | None = None
    class_: str = "c1"


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane and its events."""

    name: str
    events: tuple[Event, ...]
    href: str | None = None


def timeline(title: str, description: str, lanes: Sequence[Lane], what: str = "What", key: Sequence[Key] = ()) -> Drawing:
    """The drawing; lanes keep their order. Raises ValueError where there is no event at all."""
    days = [day for lane in lanes for event in lane.events for day in (event.start, event.end)]
    years = max(day.year for day in days) - min(day.year for day in days) + 1
    right = min(_RIGHT, max(_NARROW, years * _YEAR))
    scale = Days.over(days, _LEFT, right)
    parts: list[Markup] = []
    y = 6.0
    for place, lane in enumerate(lanes):
        placed, deep = _packed(lane.events, scale)
        high = 22 + deep * (_HIGH + 3) + 6
        parts.append(el("rect", x=0, y=y, width=right + 8, height=high, class_="lane odd" if place % 2 else "lane"))
        name = label(f"{lane.name} · {len(lane.events)}", _LEFT, y + 15, class_="lane-name")
        parts.append(link(lane.href, name))
        parts += [_drawn(event, scale, y + 22 + row * (_HIGH + 3)) for event, row in placed]
        y += high
    rows = tuple(
        (Cell(event.when), Cell(event.name, event.href), Cell(lane.name))
        for lane in lanes
        for event in sorted(lane.events, key=lambda event: (event.start, event.name))
    )
    body = Markup("").join((el("g", scale.axis(6.0, y)), *parts))
    return Drawing(title, description, right + 8, y + 24, body, ("When", what, "Lane"), rows, tuple(key), narrow=False)


def _drawn(event: Event, scale: Days, y: float) -> Markup:
    start, wide = _extent(event, scale)
    words = told(f"{event.when}: {event.name}")
    if (event.end - event.start).days <= _WEEK:
        shape = el("circle", words, cx=start + _SMALLEST / 2, cy=y + _HIGH / 2, r=_SMALLEST / 2 + 0.5, class_=event.class_)
    else:
        shape = el("rect", words, x=start, y=y + 2, width=wide, height=_HIGH - 4, rx=2, class_=event.class_)
    return link(event.href, shape)


def _extent(event: Event, scale: Days) -> tuple[float, float]:
    start = scale(event.start)
    return start, max(_SMALLEST, scale(event.end) - start)


def _packed(events: Sequence[Event], scale: Days) -> tuple[list[tuple[Event, int]], int]:
    """Each event with the row of its lane in which there is room for it, and how many rows that takes."""
    ends: list[float] = []
    placed = []
    for event in sorted(events, key=lambda event: (event.start, event.end, event.name)):
        start, wide = _extent(event, scale)
        row = next((row for row, end in enumerate(ends) if end + 2 <= start), len(ends))
        ends[row : row + 1] = [start + wide]
        placed.append((event, row))
    return placed, max(1, len(ends))
