"""Scales: where a number, a day or a name stands; and the axes that say so."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.draw.drawing import written
from api.draw.svg import WIDE, el, label


@dataclass(frozen=True, slots=True)
class Linear:
    """Numbers from `low` to `high` on pixels from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value."""
        return self.start if self.high == self.low else self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self, most: int = 5) -> list[float]:
        """Round values within the scale, at most about as many as asked for; whole ones where the scale is short."""
        step = nice((self.high - self.low) / max(most, 1), whole=self.high - self.low > 1 or float(self.high).is_integer())
        first = math.ceil(self.low / step - 1e-9)
        return [round(n * step, 10) for n in range(first, math.floor(self.high / step + 1e-9) + 1)]


def nice(step: float, *, whole: bool = True) -> float:
    """The next step of 1, 2 or 5 times a power of ten; `whole`: not below one."""
    if step <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(step))
    found = next(times * power for times in (1, 2, 5, 10) if times * power >= step - 1e-12)
    return max(found, 1.0) if whole else found


def from_zero(values: Sequence[float], start: float, end: float) -> Linear:
    """A scale that begins at zero (or below, where values do) and ends at a round number."""
    high, low = max((*values, 0.0)), min((*values, 0.0))
    step = nice((high - low) / 8 or 1.0, whole=all(float(value).is_integer() for value in values))
    return Linear(math.floor(low / step) * step, (math.ceil(high / step) or (1 if low == 0 else 0)) * step, start, end)


@dataclass(frozen=True, slots=True)
class Days:
    """Days from the first to the last, whole years, on pixels."""

    first: int
    last: int
    start: float
    end: float

    @classmethod
    def over(cls, days: Sequence[dt.date], start: float, end: float) -> Days:
        """The years that hold these days."""
        return cls(min(day.year for day in days), max(day.year for day in days), start, end)

    def __call__(self, day: dt.date) -> float:
        """The place of the beginning of a day."""
        long = (dt.date(day.year, 12, 31) - dt.date(day.year, 1, 1)).days + 1
        years = day.year - self.first + (day.timetuple().tm_yday - 1) / long
        return self.start + years / (self.last - self.first + 1) * (self.end - self.start)

    def years(self) -> list[int]:
        """The years to write: all, or every second, fifth … where there is no room for all."""
        room = (self.end - self.start) / (self.last - self.first + 1)
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if room * step >= 5 * WIDE or step == 1000)
        return [year for year in range(self.first, self.last + 1) if (year - self.first) % step == 0]

    def axis(self, top: float, bottom: float) -> Markup:
        """A line where each year begins, and its number below."""
        lines = [el("line", x1=x, x2=x, y1=top, y2=bottom, class_="grid") for x in (self(dt.date(year, 1, 1)) for year in self.years())]
        names = [label(str(year), self(dt.date(year, 1, 1)) + 3, bottom + 15, class_="soft") for year in self.years()]
        return Markup("").join((*lines, *names))


def value_axis(scale: Linear, left: float, right: float) -> Markup:
    """Lines across, with their values at the left, for a scale that runs upwards."""
    parts = []
    for tick in scale.ticks():
        y = scale(tick)
        parts += [el("line", x1=left, x2=right, y1=y, y2=y, class_="grid" if tick else "base")]
        parts += [label(written(tick), left - 6, y + 4, anchor="end", class_="soft")]
    return Markup("").join(parts)
