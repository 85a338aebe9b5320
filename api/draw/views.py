"""Which drawings suit the rows of a query, by their columns alone; and those drawings.

| view | asks for |
|---|---|
| bar | a column of names and a column of numbers |
| line | a column of days, or of years, and a column of numbers |
| map | a column of states, and perhaps one of numbers (else rows are counted) |
| timeline | a column of days, perhaps a second one, and a column of names |

A column of things counts as names; where a column holds the things and another their names, the names are shown and the things linked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from api.draw.bars import Bar, bars
from api.draw.drawing import Drawing
from api.draw.line import line
from api.draw.tiles import Tile, places, tiles
from api.draw.timeline import Event, Lane, timeline
from api.terms import XSD, Term
from baligraph.prefixes import shrink

MOST_BARS: Final = 60
MOST_EVENTS: Final = 400
_NUMBERS: Final = frozenset(XSD + name for name in "integer decimal double float int long short nonNegativeInteger positiveInteger".split())
_YEARS: Final = range(1000, 3000)

Rows = Sequence[Sequence[Term | None]]
Links = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns by what they hold: numbers, days, states, things, and words."""

    numbers: list[int]
    days: list[int]
    areas: list[int]
    things: list[int]
    words: list[int]


def columns_of(rows: Rows, count: int, base: str) -> Columns:
    """What each column holds in all its rows; an empty cell says nothing."""
    found = Columns([], [], [], [], [])
    for place in range(count):
        cells = [row[place] for row in rows]
        terms = [cell for cell in cells if cell is not None]
        if not terms:
            continue
        if all(term.datatype in _NUMBERS and _number(term) is not None for term in terms):
            found.numbers.append(place)
        elif all(term.datatype == f"{XSD}date" and _day(term) is not None for term in terms):
            found.days.append(place)
        elif all(term.is_iri and term.value.startswith(f"{base}id/area_") for term in terms):
            found.areas.append(place)
        elif all(term.is_iri for term in terms):
            found.things.append(place)
        elif all(term.kind == "literal" for term in terms):
            found.words.append(place)
    return found


def views(title: str, names: Sequence[str], rows: Rows, base: str, links: Links) -> dict[str, Drawing]:
    """The drawings that suit these rows, by the name of the view."""
    columns = columns_of(rows, len(names), base)
    makers = {"bar": _bar, "line": _line, "map": _map, "timeline": _timeline}
    drawn = {name: maker(title, names, rows, columns, links) for name, maker in makers.items()}
    return {name: drawing for name, drawing in drawn.items() if drawing is not None}


def _bar(title: str, names: Sequence[str], rows: Rows, columns: Columns, links: Links) -> Drawing | None:
    label, thing = _label(columns)
    years = [place for place in columns.numbers if _are_years(rows, place)]
    values = [place for place in columns.numbers if place not in years]
    if label is None and years and len(values) >= 1:
        label = years[0]
    if label is None or not values or not 1 <= len(rows) <= MOST_BARS:
        return None
    value = values[-1]
    if label in years:
        rows = sorted(rows, key=lambda row: _number(row[label]) or 0)
    items = [
        Bar(_named(row[label]), (_number(row[value]) or 0.0,), _href(row[thing] if thing is not None else None, links))
        for row in rows
        if row[label] is not None and row[value] is not None
    ]
    description = f"Bars of {names[value]} by {names[label]}, {len(items)} in all."
    return bars(title, description, names[label], (names[value],), items) if items else None


def _line(title: str, names: Sequence[str], rows: Rows, columns: Columns, links: Links) -> Drawing | None:  # noqa: ARG001  (one form for all)
    years = [place for place in columns.numbers if _are_years(rows, place)]
    along = next(iter((*columns.days, *years)), None)
    values = [place for place in columns.numbers if place != along and place not in years]
    if along is None or not values or len({row[along] for row in rows}) < 3:
        return None
    value, label = values[-1], _label(columns)[0]
    series: dict[str, list[tuple[float | dt.date, float]]] = {}
    for row in rows:
        x = _day(row[along]) if along in columns.days else _number(row[along])
        y = _number(row[value])
        if x is not None and y is not None:
            series.setdefault(_named(row[label]) if label is not None else "", []).append((x, y))
    if not series or len(series) > 7:
        return None
    return line(title, f"A line of {names[value]} over {names[along]}.", names[along], names[value], series)


def _map(title: str, names: Sequence[str], rows: Rows, columns: Columns, links: Links) -> Drawing | None:
    if not columns.areas:
        return None
    area = columns.areas[0]
    values = [place for place in columns.numbers if not _are_years(rows, place)]
    counted: dict[str, float] = {}
    named: dict[str, str] = {}
    words = columns.words[0] if columns.words else None
    for row in rows:
        term = row[area]
        if term is not None:
            counted[term.value] = counted.get(term.value, 0) + ((_number(row[values[-1]]) or 0) if values else 1)
            named.setdefault(term.value, _named(row[words]) if words is not None else shrink(term.value))
    known = places()
    items = [Tile(_key(iri), named[iri], value, links(iri)) for iri, value in counted.items()]
    if not any(item.key in known for item in items):
        return None
    unit = names[values[-1]] if values else "rows"
    return tiles(title, f"Tiles of equal size, one for each of {len(items)} states and territories, with {unit}.", unit, items)


def _timeline(title: str, names: Sequence[str], rows: Rows, columns: Columns, links: Links) -> Drawing | None:
    label, thing = _label(columns)
    if not columns.days or label is None:
        return None
    first, last = columns.days[0], columns.days[1] if len(columns.days) > 1 else columns.days[0]
    events = []
    for row in rows[:MOST_EVENTS]:
        start, end = _day(row[first]), _day(row[last]) or _day(row[first])
        if start is not None and end is not None:
            low, high = min(start, end), max(start, end)
            when = low.isoformat() if low == high else f"{low.isoformat()} to {high.isoformat()}"
            events.append(Event(_named(row[label]), low, high, when, _href(row[thing] if thing is not None else None, links)))
    if not events:
        return None
    return timeline(title, f"{len(events)} dated rows in order of time.", [Lane(names[label], tuple(events))], names[label])


def _label(columns: Columns) -> tuple[int | None, int | None]:
    """The column of names, and the one of the things that bear them."""
    things = [*columns.things, *columns.areas]
    thing = min(things) if things else None
    return (columns.words[0] if columns.words else thing), thing


def _are_years(rows: Rows, place: int) -> bool:
    found = [_number(row[place]) for row in rows if row[place] is not None]
    return bool(found) and all(value is not None and value == int(value) and int(value) in _YEARS for value in found)


def _named(term: Term | None) -> str:
    return "" if term is None else shrink(term.value) if term.is_iri else " ".join(term.value.split())


def _href(term: Term | None, links: Links) -> str | None:
    return links(term.value) if term is not None and term.is_iri else None


def _key(iri: str) -> str:
    return iri.rpartition("/area_")[2]


def _number(term: Term | None) -> float | None:
    try:
        value = float(term.value) if term is not None else None
    except ValueError:
        return None
    return value if value is not None and abs(value) < 1e15 else None  # also drops nan


def _day(term: Term | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(term.value[:10]) if term is not None else None
    except ValueError:
        return None
