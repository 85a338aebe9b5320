"""The days of a meeting of which a sentence tells only how it began or ended: "concluded in Colombo on 20 June. The two-day meeting …".

The other days are counted from the one that is named, where the text says how many there were; else the day stays as it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.document import Passage
from ingest.findings import DateRead, Source
from ingest.grammar.dates import DateHit
from ingest.grammar.numbers import read_number

_MEETING = (
    r"(?:[a-z]+\s+){0,2}?(?:meeting|workshop|conference|seminar|round\s?table|forum|training|course|event|session|gathering|dialogue|talks"
    r"|symposium)"
)
_LONG = re.compile(rf"\b(?P<n>two|three|four|five|[2-5])-day\s+{_MEETING}\b", re.IGNORECASE)
_ON = re.compile(r"\b(?:continued|went\s+on|ran)\s+(?:in|on|to|until|over)(?:to)?\s+the\s+(?:following|next)\s+day\b")
_ENDED = re.compile(r"\b(?:concluded|completed|ended|closed|wrapped\s+up|came\s+to\s+an\s+end)\b")
_ENDED_IT = re.compile(
    r"(?<!be\s)\b(?:concluded|completed|closed|wrapped\s+up)\s+(?:an?\s+|the\s+|its\s+|their\s+)?$"
)  # right before its name
_BEGAN = re.compile(r"\b(?:opened|began|started|commenced|got\s+under\s+way|kicked\s+off)\b")


@dataclass(frozen=True, slots=True)
class Edge:
    """The first or the last day of a meeting, as a sentence names it."""

    p: Passage
    hit: DateHit
    first: bool


def edge_of(p: Passage, name: int, name_end: int, hit: DateHit) -> Edge | None:
    """Whether the sentence says that the meeting named at s[name:name_end] began or ended on this one day."""
    low, high = (name_end, hit.start) if hit.start >= name_end else (hit.end, name)  # the verb stands between the two
    if hit.date.precision != "day":
        return None
    if _ENDED.search(p.s, low, high) or _ENDED_IT.search(p.s, 0, name):
        return Edge(p, hit, False)
    return Edge(p, hit, True) if _BEGAN.search(p.s, low, high) else None


def days_of(edge: Edge, passages: Iterable[Passage], *, alone: bool) -> tuple[DateRead, Source] | None:
    """The days from the first to the last with where it is said how many there were; `alone`: the text tells of no other meeting."""
    if edge.first and (on := _ON.search(edge.p.s, edge.hit.end)):
        return _counted(edge, 2), edge.p.source(on.start(), on.end(), "duration.days")
    said = [(p, m) for p in passages for m in p.find(_LONG)] if alone else []
    if len({m["n"].lower() for _, m in said}) != 1:
        return None
    p, m = said[0]
    number = read_number(m["n"])
    return (_counted(edge, number), p.source(m.start(), m.end(), "duration.days")) if number else None


def _counted(edge: Edge, days: int) -> DateRead:
    day, more = edge.hit.date.start, dt.timedelta(days=days - 1)
    first, last = (day, day + more) if edge.first else (day - more, day)
    return DateRead(edge.hit.date.written, f"{first.isoformat()}/{last.isoformat()}", first, last, "range")
