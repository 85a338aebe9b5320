"""The state that words of an office name: outright ("Director, Fiji"), by a ministry of it, or as an adjective ("Thai Embassy")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ingest.document import Passage
from ingest.findings import Ref

# "Ambassador of Japan to Indonesia": the state after these words is where somebody works, not whom they speak for.
_WHERE = re.compile(r"\b(?:to|in|at|for|on|with|against)\s+(?:the\s+)?$")
# "an Indian economist on the staff of IOM": where somebody is from. Officials are of the state that they are from.
_FROM_THERE = re.compile(
    r"\s+(?:(?:\w+-)?born\s|(?:[a-z]+\s+)?(?!officials?\b|officers?\b|delega|representative|diplomat|minister|prosecutor|judge|magistrate|police"
    r"|immigration|customs|government|embassy|ambassador|senior|foreign|national|border|coast|navy|military|state|co-chair|chair)[a-z]+)"
)
_AN = re.compile(r"\b[Aa]n?\s+$")
_AT_END = re.compile(r"\s*\)?[\s.;,]*$")


@dataclass(frozen=True, slots=True)
class Nation:
    """A state and the words at s[start:end] that name it."""

    ref: Ref
    start: int
    end: int


def nation_of(p: Passage, start: int, end: int, areas: Mapping[Ref, Ref], adjectives: Mapping[str, Ref]) -> Nation | None:
    """The one state that s[start:end] speaks for, or None where none or several are named."""
    named = [
        Nation(ref, m.start, m.end)
        for m in p.named("area", start=start, end=end)
        if not _WHERE.search(p.s, start, m.start)
        and not any(o.end + 1 == m.start for o in p.named("org", start=start, end=end))  # "IOM Fiji": where an office stands
        and p.s[m.end : m.end + 1] != "-"
        and p.s[m.start - 1 : m.start] != "-"
        for ref in [next(r for r in m.refs if r.startswith("area:"))]
    ]
    ministries = [Nation(areas[m.ref], m.start, m.end) for m in p.named("gov", start=start, end=end) if m.ref in areas]
    taken = [(m.start, m.end) for m in p.named("gov", "org", "body", start=start, end=end)]
    said = [
        Nation(adjectives[m[0]], m.start(), m.end())
        for m in (_words(tuple(sorted(adjectives, key=len, reverse=True))).finditer(p.s, start, end) if adjectives else ())
        if not any(a <= m.start() < b for a, b in taken)
        and not _WHERE.search(p.s, start, m.start())
        and not (_AN.search(p.s, 0, m.start()) and _FROM_THERE.match(p.s, m.end()))
    ]
    for found in (
        [n for n in named if _AT_END.match(p.s, n.end, end) and p.s[n.end : end].strip(") .;,") == ""],
        [*named, *ministries, *said],
    ):
        if len({n.ref for n in found}) == 1:
            return found[0]
    first = sorted([*said, *named, *ministries], key=lambda n: n.start)
    return first[0] if first and first[0].start == start else None


@cache
def _words(adjectives: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, adjectives))})(?![\w-])")
