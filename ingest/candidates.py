"""Which accounts can be of the same meeting at all: an index over profiles, so that each is compared with few others.

It may name too many and never too few: `meetings.compare` alone decides. Each key stands for one way in which that function can say yes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TypeAlias

from ingest.meetings import NUMBERED, Profile, telling_words, where

Key: TypeAlias = tuple[object, ...]


class Candidates:
    """The numbers under which profiles were added, by what they have in common with another one."""

    def __init__(self) -> None:
        self._numbers: dict[Key, set[int]] = {}

    def add(self, number: int, profile: Profile) -> None:
        """Enter a profile; one that has grown by `join` is entered again under the same number."""
        for key in _keys(profile):
            self._numbers.setdefault(key, set()).add(number)

    def of(self, profile: Profile) -> list[int]:
        """All that `compare` could take for the same meeting, and perhaps others, ascending."""
        found: set[int] = set()
        for key in _keys(profile, asking=True):
            found |= self._numbers.get(key, set())
        return sorted(found)


def _keys(p: Profile, *, asking: bool = False) -> Iterator[Key]:
    for ordinal in p.ordinals:
        yield from (("ordinal", ordinal, ref) for ref in (*p.series, *p.bodies))
        if p.kind in NUMBERED:
            yield ("ordinal", ordinal, p.kind)
    months, places = _months(p), where(p)
    words = sorted({word for title in p.titles for word in telling_words(title)})
    pairs = list(combinations(words, 2))
    # Two accounts have dates in common, places in common, both or neither; what they do not have in common one of them lacks.
    yield from (("when and where", month, place) for month in months for place in places)
    for lacking in _lacking(bool(places), asking=asking):
        yield from (("when", lacking, month, word) for month in months for word in words)
    for lacking in _lacking(bool(months), asking=asking):
        yield from (("where", lacking, place, word) for place in places for word in words)
    for no_date in _lacking(bool(months), asking=asking):
        for no_place in _lacking(bool(places), asking=asking):
            yield from (("title", no_date, no_place, *pair) for pair in pairs)


def _lacking(has: bool, *, asking: bool) -> tuple[bool, ...]:
    """Whether the one entered lacks it: one that has it asks for those that lack it, one that lacks it asks for all."""
    if not asking:
        return (not has,)
    return (True,) if has else (True, False)


def _months(p: Profile) -> set[int]:
    """The months that the dates touch, counted from the year 0."""
    return {month for start, end in p.dates for month in range(12 * start.year + start.month, 12 * end.year + end.month + 1)}
