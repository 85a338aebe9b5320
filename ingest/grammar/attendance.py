"""Who took part, who observed, who was a guest and who sent apologies, with the names as written, and how many came.

A list of states that is no list of participants (members of another group, authors of a law, who is expected, who came to an earlier
meeting) has no cue of attendance and is not read; nor are people who come from a state without speaking for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.document import Passage
from ingest.findings import Fact, ParticipationFound, Ref, Unresolved
from ingest.grammar import attendance_cues as cues
from ingest.grammar.crowds import crowds
from ingest.grammar.lists import Listed, read_backward, read_forward
from ingest.grammar.numbers import read_number


@dataclass(slots=True)
class Attendance:
    """What one sentence says of attendance; `listed` where it gives a list of participants, `partial` where that is not the whole."""

    found: list[ParticipationFound]
    unknown: list[Unresolved]
    listed: bool = False
    partial: bool = False


def read_attendance(p: Passage, meeting: Ref, start: int = 0, end: int | None = None, before: Passage | None = None) -> Attendance:
    """Participants, observers, guests and apologies that s[start:end] names; `before` is the sentence that it goes on from."""
    last = len(p.s) if end is None else end
    out = Attendance([], [])
    if before and (they := cues.THEY_WERE.match(p.s)) and cues.CAME_BEFORE.search(before.s) and not cues.BEFORE_NOW.search(before.s):
        listed = read_forward(p, they.end(), last)
        out.listed = _add(out, p, meeting, listed, "attendee", "attendance.they", 0)
        told = before.whole("attendance.counted")
        out.found = [replace(f, source=f.source.with_beside(told)) for f in out.found]
    for low, high in [(a, min(b, last)) for a, b in p.sentences() if a < last and b > start]:
        _read(out, p, meeting, max(low, start), high)
    # "Fourteen of its members came, as did IOM": who came without a name can't be counted off
    out.partial |= out.listed and not any(f.agent.startswith("area:") for f in out.found if f.role == "attendee")
    return out


def _read(out: Attendance, p: Passage, meeting: Ref, start: int, end: int) -> None:
    _read_other_roles(out, p, meeting, start, end)
    for pattern in cues.AFTER:
        for m in _cues(p, pattern, start, end):
            too = m[0].lstrip(" ,").startswith(("as ", "and so "))
            observed = too and cues.OBSERVED.search(p.s, start, m.start()) is not None
            told = observed or cues.TOLD_BEFORE.search(p.s, start, m.start())
            if (too or m[0].lstrip().startswith(("together ", "along"))) and not told:
                continue
            watched = any(x.search(p.s, start, m.start()) for x in (cues.AS_OBSERVERS, cues.IN_BRACKETS)) or cues.OF_OBSERVERS.search(m[0])
            role = "observer" if watched or observed else "attendee"
            listed = _own_clause(p, read_forward(p, _list_start(p, m), end))
            if _are_observers(p, start, listed):
                role = "observer"
            if listed.items and _add(out, p, meeting, listed, role, "attendance.list", 0):
                out.listed, out.partial = (
                    True,
                    out.partial or bool(cues.PARTIAL.search(p.s, m.start(), listed.end) or cues.BROKEN.match(p.s, listed.end)),
                )
    _read_framed(out, p, meeting, start, end)
    for m in _cues(p, cues.TOOK_PART, start, end):
        listed = read_backward(p, _clause(p, start, m.start()), m.start())
        if listed.items and cues.NOBODY.search(p.s, start, listed.items[0].match.start):
            continue
        role = "observer" if _are_observers(p, start, listed) else "attendee"
        if _add(out, p, meeting, listed, role, "attendance.sentence", m.end()) and not out.listed and role == "attendee":
            out.listed = out.partial = True  # "Fiji and Nepal attended" does not say that nobody else did
    at = p.text.at
    read = {i for f in out.found for i in range(at.index(f.source.anchor.start), at.index(f.source.anchor.end - 1) + 1)}
    for listed, role in crowds(p, start, end, read):
        if _add(out, p, meeting, listed, role, "attendance.crowd", 0) and role == "attendee":
            out.listed = True


def _read_framed(out: Attendance, p: Passage, meeting: Ref, start: int, end: int) -> None:
    """Lists between the words that lead to them and the verb: "Officials of … took part"."""
    for m in _cues(p, cues.FRAMED, start, end):
        listed = read_forward(p, m.end(), end)
        ends = cues.MET.match(p.s, listed.end) if len(listed.items) >= cues.MANY else None
        verb = cues.FRAMED_END.match(p.s, listed.end) or ends
        if any(i.match.kind not in ("process", "body") for i in listed.items) and verb and not _had(verb):
            named_so = cues.AS_OBSERVERS.search(p.s, start, m.start()) is not None or _are_observers(p, start, listed)
            role = "observer" if named_so else "attendee"
            if beside := cues.AND_BEFORE.search(p.s, start, m.start()):
                _add(
                    out,
                    p,
                    meeting,
                    read_backward(p, _clause(p, start, beside.start()), beside.start()),
                    role,
                    "attendance.list",
                    verb.end(),
                )
            out.listed |= _add(out, p, meeting, listed, role, "attendance.list", 0) and role == "attendee"


def _read_other_roles(out: Attendance, p: Passage, meeting: Ref, start: int, end: int) -> None:
    """Observers, guests and apologies: before participants, because their cues say more."""
    for pattern, role in cues.FIRST:
        for m in _cues(p, pattern, start, end):
            own = max((w.end() for w in p.find(cues.APART, start, m.start())), default=start) if cues.ABSOLUTE.match(m[0]) else start
            own = max(own, _clause(p, start, m.start()))
            _add(out, p, meeting, read_backward(p, own, m.start()), role, f"attendance.{role}", m.end())
    for pattern, role in cues.THEN:
        for m in _cues(p, pattern, start, end):
            _add(out, p, meeting, read_forward(p, m.end(), end), role, f"attendance.{role}", 0)
    for m in _cues(p, cues.OBSERVERS_NAMED, start, end):
        listed = read_forward(p, m.end(), end)
        if listed.items and (verb := cues.CAME_TOO.match(p.s, listed.end, end)):
            _add(out, p, meeting, listed, "observer", "attendance.observer", verb.end())
    for m in _cues(p, cues.WITH, start, end):
        if cues.OF_OTHER_WORK.search(p.s, start, m.start()):
            continue
        listed = read_forward(p, m.end(), end)
        there = cues.THERE.match(p.s, listed.end, end)
        if listed.items and there and m[0].startswith("with") and not cues.BEFORE_NOW.search(p.s, start, m.start()):
            out.listed |= _add(out, p, meeting, listed, "attendee", "attendance.with", there.end())
        elif listed.items and all(i.observing for i in listed.items):
            _add(out, p, meeting, listed, "attendee", "attendance.observer", listed.end)


def _cues(p: Passage, pattern: re.Pattern[str], start: int, end: int) -> Iterator[re.Match[str]]:
    """The cues that speak of what happened at this meeting."""
    for m in p.find(pattern, start, end):
        begin = m.start() + len(m[0]) - len(m[0].lstrip(" ,"))
        others = cues.SENT.match(m[0]) is not None and cues.OF_OTHERS.search(p.s, start, begin) is not None
        if not others and not cues.NOT.search(p.s, start, begin):
            yield m


def _are_observers(p: Passage, start: int, listed: Listed) -> bool:
    return bool(listed.items) and cues.OBSERVERS_ARE.search(p.s, start, listed.items[0].match.start) is not None


def _clause(p: Passage, start: int, end: int) -> int:
    """Where the clause begins that s[start:end] ends with: behind a semicolon that a verb stands before."""
    last = p.s.rfind(";", start, end)
    return last + 1 if last >= 0 and cues.TOLD_BEFORE.search(p.s, start, last) else start


def _own_clause(p: Passage, listed: Listed) -> Listed:
    """A list without what a later clause says of others: "attended by Fiji; Nepal sent apologies"."""
    last = p.s.rfind(";", listed.start, listed.end)
    if last < 0 or not cues.NEXT_VERB.match(p.s, listed.end):
        return listed
    return replace(
        listed,
        items=tuple(i for i in listed.items if i.match.end <= last),
        unknown=tuple(u for u in listed.unknown if u[1] <= last),
        end=last,
    )


def _list_start(p: Passage, m: re.Match[str]) -> int:
    """Where the list after a cue begins: at Fiji in "12 states, including Fiji", at China in "China (including Macao)"."""
    inc = m.groupdict().get("inc")
    if not inc:
        return m.end()
    first = next((x for x in p.named("area", "org", start=m.start("inc"), end=m.end("inc"))), None)
    return m.start("inc") if first and first.start <= m.start("inc") + 4 else m.end()


def _had(verb: re.Match[str]) -> bool:
    return re.search(r"\bhad\b", verb[0]) is not None


def _add(out: Attendance, p: Passage, meeting: Ref, listed: Listed, role: str, rule: str, verb_end: int) -> bool:
    """Whether anything was added. What is read already by a more telling cue (observers) stays."""
    known = {(f.agent, f.source.anchor.start) for f in out.found} | {(f.agent, f.source.anchor.end) for f in out.found}
    more = False
    for item in listed.items:
        name = item.match
        actual = "observer" if item.observing and role == "attendee" else role
        start = name.start
        if p.s[:start].lower().endswith("the "):  # the article belongs to the name as written
            start -= 4
        source = p.source(start, max(name.end, verb_end), rule)
        ref = next((r for r in name.refs if not r.startswith("place:")), name.ref)
        if (ref, source.anchor.start) in known or (ref, source.anchor.end) in known:
            continue
        more = True
        out.found.append(ParticipationFound(meeting=meeting, agent=ref, role=actual, written=p.s[start : name.end], source=source))
    told = {u.source.anchor.start for u in out.unknown}
    for start, end in listed.unknown:
        strange = Unresolved(written=p.s[start:end], kind="party", source=p.source(start, end, rule))
        if strange.source.anchor.start not in told:
            out.unknown.append(strange)
    return more


def read_headcount(p: Passage, meeting: Ref, start: int = 0, end: int | None = None) -> Fact | None:
    """How many came: an exact number, or a lower bound ("over 100"); "about 100" is neither."""
    for m in sorted((m for pattern in cues.COUNTS for m in p.find(pattern, start, end)), key=lambda m: m.start("number")):
        number = read_number(m["number"])
        if number is None or m["about"]:
            continue
        name = "attendanceMin" if m["more"] else "attendanceExact"
        return Fact(subject=meeting, property=name, value=number, source=p.source(m.start(), m.end(), "attendance.headcount"))
    return None
