"""Meetings beside the one that a text is on: "It was preceded by a Senior Officials' Meeting on 1 April", in the same days.

What is told of them is that they were held, and when; who came and what was agreed belongs to the meeting of the text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from ingest.document import Passage
from ingest.findings import DateRead, Fact, MeetingFound, Ref
from ingest.genres.draft import Draft
from ingest.genres.reported import is_another, kin
from ingest.grammar.conferences import numbered_meetings
from ingest.grammar.kinds import SESSIONS
from ingest.grammar.places import SAME_PLACE
from ingest.grammar.sayings import Saying, sayings

_NEAR = dt.timedelta(days=4)
_KINDS = (*SESSIONS, "ForumSession", "SideEvent")
_BESIDE = re.compile(r"(?<!\bbe\s)\b(?:preceded|followed)\s+(?:\w+\s+){0,5}by\s+(?:an?\s+|the\s+|its\s+)?$")


def read_beside(draft: Draft, meeting: Ref, passages: Iterable[Passage]) -> None:
    """Write down the sessions that these sentences say were held within a few days of `meeting`, and not on its own days."""
    days = [f.value for f in draft.findings if isinstance(f, Fact) and f.subject == meeting and isinstance(f.value, DateRead)]
    kinds = {f.kind for f in draft.findings if isinstance(f, MeetingFound) and f"meeting:{f.key}" == meeting}
    bodies = {f.value for f in draft.findings if isinstance(f, Fact) and f.subject == meeting and f.property == "ofBody"}
    for p in passages:
        for f in sayings(p):
            of = {m.ref for m in p.named("body", start=f.start, end=f.end)}
            beside = _BESIDE.search(p.s, 0, f.start) is not None  # any meeting that this one is set beside
            own = not beside and any(kin(kind, f.kind) for kind in kinds) and not (of and bodies and not of & bodies)
            told = f.kind in _KINDS or beside
            held = f.status == "held" or (beside and f.status is None)
            if held and f.date and told and not (own or f.bare or is_another(f)) and _is_near(f.date.date, days):
                _write(draft, meeting, f)


def _is_near(date: DateRead, days: list[DateRead]) -> bool:
    if date.precision == "month" or any(d.start <= date.end and date.start <= d.end for d in days):
        return False
    return any(d.precision != "month" and d.start - _NEAR <= date.end and date.start <= d.end + _NEAR for d in days)


def _write(draft: Draft, main: Ref, f: Saying) -> None:
    p, hit = f.p, f.date
    n = next((n for n in numbered_meetings(p) if n.start == f.start), None)
    if hit is None or draft.is_claimed(p, f.start, f.end) or (n and draft.known(p, n)):
        return
    where = p.source(f.start, f.end, "beside.title")
    ref = draft.meeting(f.kind, "reported", where)
    draft.reported(ref, where)
    draft.label(ref, p.s[f.start : f.end], where)
    draft.claim(p, f.start, f.end)
    if n:
        draft.number(p, n, ref, "beside.ordinal")
    draft.date(ref, p, hit, "beside.date")
    same = SAME_PLACE.match(p.s, f.end) or SAME_PLACE.match(p.s)
    places = [
        x for x in draft.findings if isinstance(x, Fact) and x.subject == main and x.property in ("inPlace", "inCountry", "placeBasis")
    ]
    if f.place is None and same and places:
        for x in dict.fromkeys((x.property, x.value) for x in places):
            draft.link(ref, x[0], str(x[1]), next(y.source for y in places if (y.property, y.value) == x).with_beside(where))
    else:
        draft.place(ref, p, f.place, where)
    for m in p.named("body", start=f.start, end=f.end):
        draft.link(ref, "ofBody", m.ref, p.source(m.start, m.end, "beside.body"))
    draft.process(ref, where, p)
    draft.link(ref, "attendanceCoverage", "c:coverage_no-list", where)
