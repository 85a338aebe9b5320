"""The dateline of a report: "MANILA, 8 November 2019 – …".

It says where and when the text was written, and no more, unless "today" follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.document import Passage
from ingest.grammar.dates import DateHit, find_dates
from ingest.grammar.places import PlaceRead, place_at

_PLACE = re.compile(r"(?:[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*(?:\s\([A-Z][\w\s’'-]{2,30}\))?,\s*){0,2}\(?")
_DASH = re.compile(r"\)?\s*(?:[–—:]|-\s)")
_TODAY = re.compile(r"\btoday\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The date that heads a sentence, the place before it, and whether what the sentence tells was on that day."""

    hit: DateHit
    place: PlaceRead | None
    today: bool


def dateline(p: Passage) -> Dateline | None:
    """The dateline at the head of a sentence, if it has one."""
    head = _PLACE.match(p.s)
    for hit in find_dates(p.s)[:1]:
        if head and head.end() == hit.start and (dash := _DASH.match(p.s, hit.end)):
            return Dateline(hit, place_at(p, 0, hit.start), _TODAY.search(p.s, dash.end()) is not None)
    return None
