"""Who took part and who observed, with the names as written, how complete the list is, and how many came.

A list of states that is no list of participants (members of another group, authors of a law) has no cue of attendance and is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.document import Passage
from ingest.findings import Fact, ParticipationFound, Ref, Unresolved
from ingest.grammar.lists import Listed, read_backward, read_forward
from ingest.grammar.numbers import NUMBER_WORD, read_number

_CAME = r"(?:attended|took\s+part|participated|were\s+present|was\s+attended)"
# The list follows.
_AFTER = [
    re.compile(rf"\b{_CAME}\b[^.;]{{0,60}}?,?\s*\brepresent(?:ing|atives?\s+(?:of|from))\s+(?:the\s+)?(?:[Gg]overnments?\s+of\s+)?"),
    re.compile(r"\b(?:[Rr]epresentatives|[Dd]elegat(?:es|ions)|[Pp]articipants|[Oo]fficials)\s+attended\s+from\s+(?:the\s+)?"),
    re.compile(r"\b(?:was|were)\s+attended\s+by\s+(?:representatives\s+(?:of|from)\s+)?(?:the\s+)?(?:[Gg]overnments?\s+of\s+)?"),
    re.compile(r"\b(?:attended|attendance)\s+by\s+(?:representatives\s+(?:of|from)\s+)?(?:the\s+)?(?:[Gg]overnments?\s+of\s+)?"),
    re.compile(r"^[Pp]resent\s+were:?\s+(?:the\s+)?"),
]
# The list follows, and the verb comes after it: "Representatives of … took part".
_FRAMED = re.compile(
    r"\b(?:[Rr]epresentatives|[Dd]elegat(?:es|ions)|[Pp]articipants|[Oo]fficials)\s+(?:of|from)\s+(?:the\s+)?(?:[Gg]overnments?\s+of\s+)?"
)
# The list stands before.
_TOOK_PART = re.compile(
    rf",?\s+(?:all\s+|also\s+)?(?:{_CAME}|attended)\b(?!\s+from)(?=\s*\.|\s+(?:in\s+|at\s+)?(?:the|this)\s+(?:\w+\s+)?(?:meeting|workshop|conference))"
)
_OBSERVED = re.compile(
    r",?\s+(?:also\s+)?(?:participated|attended|took\s+part|(?:was|were)\s+(?:also\s+)?(?:there|present)?|joined)\s*(?:also\s+)?"
    r"(?:the\s+\w+\s+)?as\s+(?:an\s+)?observers?\b"
)
_APOLOGY = re.compile(r",?\s+(?:sent|tendered|extended)\s+(?:their\s+|its\s+)?apolog(?:y|ies)\b")
_GUEST = re.compile(r",?\s+(?:also\s+)?(?:participated|attended|took\s+part|joined)\s+as\s+(?:an?\s+)?(?:invited\s+|special\s+)?guests?\b")
_PARTIAL = re.compile(r"\b(?:including|among (?:them|others)|such as|inter alia)\b", re.IGNORECASE)

_CROWD = r"(?:participants|officials|delegates|experts|representatives|practitioners|people|attendees)"
_COUNT = re.compile(
    rf"(?P<more>\b(?:over|more\s+than|at\s+least|in\s+excess\s+of)\s+)?(?P<about>\b(?:about|around|some|approximately|nearly|almost)\s+)?"
    rf"\b(?P<number>\d[\d,]*|(?:{NUMBER_WORD}|hundred)(?:-\w+)?)\s+(?:\w+\s+){{0,2}}?{_CROWD}\b(?:\s+and\s+{_CROWD}\b)?(?=\s+(?:from\s+[^.]*?)?(?:attended|took\s+part|participated))",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Attendance:
    """What one sentence says of attendance; `listed` where it gives a list of participants, `partial` where that is not the whole."""

    found: list[ParticipationFound]
    unknown: list[Unresolved]
    listed: bool = False
    partial: bool = False


def read_attendance(p: Passage, meeting: Ref, start: int = 0, end: int | None = None) -> Attendance:
    """Participants, observers, guests and apologies that s[start:end] names."""
    last = len(p.s) if end is None else end
    out = Attendance([], [])
    for pattern, role in ((_OBSERVED, "observer"), (_GUEST, "guest"), (_APOLOGY, "apology")):
        for m in p.find(pattern, start, last):
            _add(out, p, meeting, read_backward(p, start, m.start()), role, f"attendance.{role}", m.end())
    if out.found:
        return out
    for pattern in _AFTER:
        for m in p.find(pattern, start, last):
            listed = read_forward(p, m.end(), last)
            if listed.items:
                _add(out, p, meeting, listed, "attendee", "attendance.list", 0)
                out.listed, out.partial = True, bool(_PARTIAL.search(p.s, m.start(), listed.end))
                return out
    for m in p.find(_FRAMED, start, last):
        listed = read_forward(p, m.end(), last)
        if listed.items and re.compile(rf"[\s,]*(?:all\s+|also\s+)?{_CAME}\b").match(p.s, listed.end):
            _add(out, p, meeting, listed, "attendee", "attendance.list", 0)
            out.listed = True
            return out
    for m in p.find(_TOOK_PART, start, last):
        listed = read_backward(p, start, m.start())
        _add(out, p, meeting, listed, "attendee", "attendance.sentence", m.end())
    return out


def _add(out: Attendance, p: Passage, meeting: Ref, listed: Listed, role: str, rule: str, verb_end: int) -> None:
    for item in listed.items:
        name = item.match
        actual = "observer" if item.observing else role
        start = name.start
        if p.s[:start].lower().endswith("the "):  # the article belongs to the name as written
            start -= 4
        source = p.source(start, max(name.end, verb_end), rule)
        ref = next((r for r in name.refs if not r.startswith("place:")), name.ref)
        found = ParticipationFound(meeting=meeting, agent=ref, role=actual, written=p.s[start : name.end], source=source)
        if found not in out.found:
            out.found.append(found)
    for start, end in listed.unknown:
        out.unknown.append(Unresolved(written=p.s[start:end], kind="party", source=p.source(start, end, rule)))


def read_headcount(p: Passage, meeting: Ref, start: int = 0, end: int | None = None) -> Fact | None:
    """How many came: an exact number, or a lower bound ("over 100"); "about 100" is neither."""
    for m in p.find(_COUNT, start, end):
        number = read_number(m["number"])
        if number is None or m["about"]:
            continue
        name = "attendanceMin" if m["more"] else "attendanceExact"
        return Fact(subject=meeting, property=name, value=number, source=p.source(m.start(), m.end(), "attendance.headcount"))
    return None
