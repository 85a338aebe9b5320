"""The head of a text that names a meeting in two lines: the group in one, "Fourth Meeting" in another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Passage
from ingest.genres.account import Account
from ingest.genres.reported import Reported
from ingest.grammar.conferences import holders, numbered_meetings
from ingest.grammar.kinds import ORDINAL_WORD, kind_of_group, ordinal

_NTH = re.compile(rf"\b(?P<ordinal>{ORDINAL_WORD})\s+(?:(?:annual|regular|formal|joint|special|virtual)\s+)?meeting\b", re.IGNORECASE)
_MEETING_ON = re.compile(r"Meeting(?:\s+on\s+[A-Z][^.;:]{3,120})?")  # below the name of its group
_TITLE = 160  # characters of a line of a title page


@dataclass(frozen=True, slots=True)
class Nth:
    """The line that counts the meeting, at s[start:end], and the line that names the group."""

    p: Passage
    start: int
    end: int
    ordinal: tuple[int, int, int] | None
    group: Passage
    kind: str


def nth_meeting(front: Sequence[Passage]) -> Nth | None:
    """ "Note of the Fourteenth Meeting" below or above the name of a group."""
    group = next(((p, kind) for p in front if len(p.s) < _TITLE and (kind := kind_of_group(p.s))), None)
    line = next(((p, m) for p in front if len(p.s) < _TITLE and (m := _NTH.search(p.s))), None)
    line = line or next(((p, m) for p in front if group and p is not group[0] and (m := _MEETING_ON.fullmatch(p.s))), None)
    if group is None or line is None:
        return None
    p, m = line
    number = ordinal(m["ordinal"]) if m.re is _NTH else None
    stated = (number, m.start("ordinal"), m.end("ordinal")) if number else None
    return Nth(p, m.start(), m.end(), stated, *group)


def open_nth(account: Account, n: Nth, rule: str) -> Reported:
    """The meeting of the group, with both lines as its sources."""
    counted = n.p.source(n.start, n.end, f"{rule}.title")
    told = n.group.whole(f"{rule}.group").with_beside(counted)
    meeting = account.open(n.p, n.start, n.end, n.kind, n.ordinal, "held", rule, told, outcome=True)
    bodies = [m for m in n.group.named("body") if not (n.group is n.p and n.start <= m.start < n.end)][:1]
    for name in bodies:
        account.draft.link(meeting.ref, "ofBody", name.ref, n.group.source(name.start, name.end, f"{rule}.body").with_beside(counted))
    refs = {name.ref for name in bodies}
    for p in account.document.passages:  # "The Sixth Steering Group Meeting considered …" is this one
        for x in numbered_meetings(p):
            of_it = any(m.ref in refs for m in holders(p, x))
            if n.ordinal and p is not n.p and (x.kind, x.ordinal) == (n.kind, n.ordinal[0]) and of_it:
                account.number(meeting, p, (x.ordinal, x.ordinal_start, x.ordinal_end))
                return meeting
    return meeting
