"""The arithmetic of a measurement: median and range of a few rounds, and ratios round by round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, least and greatest of several values of one unit."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Raises ValueError where there is no value."""
        if not values:
            raise ValueError("a spread needs at least one value")
        return cls(median(values), min(values), max(values))

    def __str__(self) -> str:
        return f"{figure(self.median)} ({figure(self.low)}–{figure(self.high)})"


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """Ours over theirs, each round with itself: what slowed the machine in one round slowed both.

    Raises ValueError where the rounds differ in number, or where theirs has a zero.
    """
    if 0 in theirs:
        raise ValueError("nothing was measured in a round: there is no ratio to zero")
    return Spread.of([a / b for a, b in zip(ours, theirs, strict=True)])


def figure(value: float) -> str:
    """A number with three digits that count: 0.0123, 1.23, 12.3, 12,300."""
    if value >= 100:
        digits = max(len(str(int(value))) - 3, 0)
        return f"{round(value, -digits):,.0f}"
    return f"{value:.3g}"
