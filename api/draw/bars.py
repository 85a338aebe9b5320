"""Bars: upright for short names such as years, lying for long ones; stacked where there are several numbers for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.draw.drawing import Cell, Drawing, Key, number, written
from api.draw.scale import Linear, from_zero, value_axis
from api.draw.svg import el, fit, label, link, told, width_of

_SHORT = 6
_LINE = 24
_NARROW = 352.0  # a narrower drawing would be blown up on a small screen


@dataclass(frozen=True, slots=True)
class Bar:
    """A name and its numbers, one for each series."""

    name: str
    values: tuple[float, ...]
    href: str | None = None
    class_: str = ""


def bars(title: str, description: str, what: str, series: Sequence[str], items: Sequence[Bar], classes: Sequence[str] = ()) -> Drawing:
    """The drawing. `what` heads the column of names; `classes` are the colours of the series."""
    classes = classes or [f"c{place % 7 + 1}" for place in range(len(series))]
    draw = _upright if all(len(item.name) <= _SHORT for item in items) and len(items) > 1 else _lying
    width, height, body = draw(items, classes)
    key = tuple(Key(class_, name) for class_, name in zip(classes, series, strict=True)) if len(series) > 1 else ()
    rows = tuple((Cell(item.name, item.href), *map(number, item.values)) for item in items)
    return Drawing(title, description, width, height, body, (what, *series), rows, key)


def _upright(items: Sequence[Bar], classes: Sequence[str]) -> tuple[float, float, Markup]:
    left, top, bottom = 40.0, 20.0, 190.0
    step = max(width_of(max((item.name for item in items), key=len)) + 8, min(56.0, 620 / len(items)))
    right = left + step * len(items)
    scale = from_zero([_total(item) for item in items] + [min(item.values) for item in items], bottom, top)
    parts = [value_axis(scale, left, right)]
    for place, item in enumerate(items):
        x, wide = left + place * step + step * 0.16, step * 0.68
        drawn, at = [told(_words(item))], 0.0
        for value, class_ in zip(item.values, classes, strict=True):
            high, low = scale(at + value), scale(at)
            drawn.append(el("rect", x=x, y=min(high, low), width=wide, height=abs(low - high), class_=item.class_ or class_))
            at += value
        if len(items) <= 30:
            drawn.append(label(written(_total(item)), x + wide / 2, scale(max(_total(item), 0)) - 4, anchor="middle"))
        drawn.append(label(item.name, x + wide / 2, bottom + 16, anchor="middle", class_="soft"))
        parts.append(link(item.href, *drawn))
    return max(right + 8, _NARROW), bottom + 26, Markup("").join(parts)


def _lying(items: Sequence[Bar], classes: Sequence[str]) -> tuple[float, float, Markup]:
    left = min(270.0, max(width_of(item.name) for item in items) + 14)
    right = 640.0
    scale = from_zero([_total(item) for item in items] + [min(item.values) for item in items], left, right - 46)
    parts: list[Markup] = [_ticks(scale, 4, 8 + _LINE * len(items))]
    for place, item in enumerate(items):
        y = 8 + place * _LINE
        drawn, at = [told(_words(item)), label(fit(item.name, left - 12), left - 8, y + 15, anchor="end")], 0.0
        for value, class_ in zip(item.values, classes, strict=True):
            start, end = scale(at), scale(at + value)
            drawn.append(el("rect", x=min(start, end), y=y + 4, width=abs(end - start), height=_LINE - 9, class_=item.class_ or class_))
            at += value
        drawn.append(label(written(_total(item)), scale(max(_total(item), 0)) + 6, y + 15))
        parts.append(link(item.href, *drawn))
    return right, 14.0 + _LINE * len(items), Markup("").join(parts)


def _ticks(scale: Linear, top: float, bottom: float) -> Markup:
    return Markup("").join(
        el("line", x1=scale(tick), x2=scale(tick), y1=top, y2=bottom, class_="grid" if tick else "base") for tick in scale.ticks()
    )


def _total(item: Bar) -> float:
    return sum(item.values)


def _words(item: Bar) -> str:
    return f"{item.name}: {' + '.join(written(value) for value in item.values if value) or '0'}"
