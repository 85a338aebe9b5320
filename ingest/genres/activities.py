"""The rows of a list of activities as entries of a chronology: title, place, who ran it, and what the remarks say of it.

What a row says was cancelled or put off is no meeting that was held, and a row without a meeting (a launch, a visit) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from ingest.document import Passage
from ingest.findings import ParticipationFound, Ref, Unresolved
from ingest.genres.draft import Draft
from ingest.genres.entries import TOWN, Entry, headed
from ingest.grammar.attendance import read_attendance
from ingest.grammar.hosts import read_hosts
from ingest.grammar.kinds import MEETING_NOUN, kind_of
from ingest.grammar.lines import cut
from ingest.grammar.lists import read_forward
from ingest.grammar.places import PlaceRead, place_at
from ingest.grammar.roles import read_roles, settle
from ingest.grammar.rows import BAR, Row
from ingest.grammar.who import read_who

_BREAK = re.compile(r"\s+[–—-]\s+|\s*;\s+")
_PLACE_FIRST = re.compile(r"\s*(?::|\s[–—-])\s+")
_MET = re.compile(
    r"\b(?:trainings?|courses?|study\s+(?:visit|tour)|consultations?|exercise|retreat|symposium|talks|session)\b", re.IGNORECASE
)
# What is launched or published is no meeting, though a meeting be named.
_NO_MEETING = re.compile(
    r"(?:[Oo]fficial\s+)?(?:launch|publication|release|circulation|establishment|appointment|report|survey|study(?!\s+(?:visit|tour))|website|adoption|"
    r"distribution|completion|development|preparation|opening\s+of\s+the\s+(?!\w+\s+(?:meeting|conference)))\b",
    re.IGNORECASE,
)
_NOT_HELD = re.compile(
    r"\b(?:cancell?ed|called\s+off|abandoned|did\s+not\s+take\s+place|not\s+held|(?:postponed|deferred|put\s+off|moved|rescheduled)"
    r"(?:\s+(?:to|until|till|indefinitely|sine\s+die)\b|\s*[.;,)|]|\s*$))",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\(?\b(?:to\s+be\s+(?:confirmed|held|convened|hosted|announced|decided|determined)|tb[acd]|tentative(?:ly)?|provisional|proposed|planned(?!\s+for\b)|upcoming"
    r"|forthcoming|scheduled|expected|will\s+(?:be\s+)?(?:held|take\s+place|host(?:ed)?))\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:planned|upcoming|forthcoming|to\s+come|proposed|tentative|future)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\(|\s*;")
_LABEL = re.compile(
    r"(?:^|(?<=[.;,|(]\s)|(?<=\())(?P<label>(?P<co>[Cc]o-?)?(?P<role>[Hh]ost|[Cc]hair)(?:s|ed\s+by)?|(?P<came>[Pp]articipants|[Pp]articipating\s+\w+|[Aa]ttendees"
    r"|[Aa]ttended\s+by|[Pp]resent)|(?P<saw>[Oo]bservers?))\s*:\s*|^(?P<by>Attended\s+by)\s+(?=[A-Z])"
)
_CAME = ("attendee", "observer", "apology")
_AGENT = ("area", "org", "gov", "body")


def entry_of_row(row: Row) -> tuple[Entry, Row] | None:
    """The meeting of a row, with the row in its cells; None where it tells of none that was held or is to be held."""
    row = _in_cells(row)
    at = _title_cell(row)
    if at is None or row.status == "off" or (row.status != "held" and _NOT_HELD.search(row.p.s)):
        return None
    start, end = row.cells[at]
    if _NO_MEETING.match(row.p.s, start):
        return None
    found = headed(row.p, row.date, start, end, None)
    if found is None or (not _names_meeting(row.p.s, found.head, found.title_end) and found.kind is None):
        return None
    place = next((r for n, (a, b) in enumerate(row.cells) if n != at and (r := _place_of(row, n, a, b))), None)
    return (replace(found, place=place) if place else found), row


def is_planned(row: Row) -> bool:
    """Whether a row, or the heading over it, says that the meeting is to come."""
    if row.status:
        return row.status == "planned"
    return _TO_COME.search(row.p.s) is not None or (row.under is not None and _AHEAD.search(row.under.s) is not None)


def _in_cells(row: Row) -> Row:
    """A row of one cell in the pieces between its dashes or semicolons, where one of them is a place."""
    if len(row.cells) > 1:
        return row
    ((low, high),) = row.cells
    first = place_at(row.p, low, high)
    if first and (m := _PLACE_FIRST.match(row.p.s, first.end)):
        return replace(row, cells=((first.start, first.end), (m.end(), high)))
    edges: list[tuple[int, int]] = []
    start = low
    for m in [*_BREAK.finditer(row.p.s, low, high), None]:
        edges.append((start, m.start() if m else high))
        start = m.end() if m else high
    placed = next((n for n, (a, b) in enumerate(edges) if len(edges) > 1 and _whole_place(row.p, a, b)), None)
    if placed is None:
        return row
    if placed > 1:  # "Bali Process – Colombo Process Symposium – Colombo": what stands before the place is the title
        edges = [(low, edges[placed - 1][1]), *edges[placed:]]
    return replace(row, cells=tuple(edges))


def _title_cell(row: Row) -> int | None:
    if "title" in row.columns:
        return row.columns.index("title")
    return next((n for n, (a, b) in enumerate(row.cells) if not _whole_place(row.p, a, b) and _names_meeting(row.p.s, a, b)), None)


def _names_meeting(s: str, start: int, end: int) -> bool:
    return any(x is not None for x in (kind_of(s, start, end), MEETING_NOUN.search(s, start, end), _MET.search(s, start, end)))


def _place_of(row: Row, n: int, start: int, end: int) -> PlaceRead | None:
    """The place of a cell: in a column of places after the house ("Grand Hotel, Suva"), elsewhere a cell that is but a place."""
    whole = _whole_place(row.p, start, end)
    if whole or not row.columns or row.columns[n] != "place":
        return whole
    for m in row.p.named("place", "area", start=start, end=end):
        read = place_at(row.p, m.start, end)
        before = row.p.s[start : m.start].rstrip()[-1:]
        first = m.start == start and _ASIDE.match(row.p.s, read.end) if read else None  # "Phuket, Thailand (moved from Langkawi)"
        if read and (before in (",", "–", "-", "(", ":") or first) and read.place:
            return read
    return None


def _whole_place(p: Passage, start: int, end: int) -> PlaceRead | None:
    town = None if _names_meeting(p.s, start, end) else TOWN.match(p.s, start, end)
    read = place_at(p, start, end) or (place_at(p, town.end(), end) if town else None)  # "Savusavu, Fiji": a town that no table knows
    return read if read and not p.s[read.end : end].strip(" .)") else None


def read_row(draft: Draft, row: Row, e: Entry, meeting: Ref) -> None:
    """Who hosted, chaired and came by the columns, labels and sentences of a row, and what its remarks say was agreed."""
    p = row.p
    who = [cell for n, cell in enumerate(row.cells) if row.columns and row.columns[n] == "who"]
    rest = [cell for cell in row.cells if cell not in who] if who else [(0, len(p.s))]
    roles = [f for a, b in rest for f in (*read_roles(p, meeting, a, b), *read_hosts(p, meeting, draft.context, max(a, e.title_end), b))]
    listed = False
    for n, (start, end) in enumerate(row.cells):
        column = row.columns[n] if row.columns else ""
        if column.removeprefix("co-") in ("host", "chair"):
            roles += _named(p, meeting, column, start, end)
        elif column == "who":
            told = list(read_who(p, start, end, meeting, draft.context))
            roles += [f for f in told if f.role not in _CAME]
            draft.add(*(f for f in told if f.role in _CAME))
            if any(f.role == "attendee" for f in told):
                listed = True
                draft.link(meeting, "attendanceCoverage", "c:coverage_partial-list", p.source(start, end, "activities.participants"))
    cut_from = e.title_end
    for sentence in _sentences(row, cut_from):
        low = p.text.at.index(sentence.text.at[0])
        if any(a <= low < b for a, b in who):
            continue
        labels = list(_LABEL.finditer(sentence.s))
        for m, following in zip_longest(labels, labels[1:]):
            last = low + (following.start() if following else len(sentence.s))
            if m["role"]:
                roles += _named(p, meeting, f"{'co-' if m['co'] else ''}{m['role'].lower()}", low + m.end(), last)
            else:
                role = "observer" if m["saw"] else "attendee"
                came = list(_came(p, meeting, role, low + m.end(), last))
                listed |= bool(came) and role == "attendee"
                draft.add(*came)
                if came and role == "attendee":
                    source = p.source(low + m.start(), last, "activities.participants")
                    draft.link(meeting, "attendanceCoverage", "c:coverage_complete-list", source)
        if not labels:
            seen = read_attendance(sentence, meeting)
            draft.add(*seen.found, *seen.unknown)
    if not listed:
        draft.link(meeting, "attendanceCoverage", "c:coverage_no-list", e.whole)
    draft.add(*settle(roles))


def remarks(row: Row, e: Entry) -> Iterator[Passage]:
    """The sentences of a row behind what names its meeting."""
    yield from _sentences(row, e.head_end)


def _sentences(row: Row, start: int) -> Iterator[Passage]:
    """The sentences of the cells from `start` on."""
    for a, b in row.cells:
        for low, high in row.p.sentences():
            first, last = max(a, low, start), min(b, high)
            if first < last and (piece := cut(row.p, first, last)):
                yield piece


def _named(p: Passage, meeting: Ref, role: str, start: int, end: int) -> Iterator[ParticipationFound]:
    """The parties of a column or a label; where there are several they did it together."""
    end = min(end, p.s.find(BAR, start) if BAR in p.s[start:end] else end)
    items = read_forward(p, start, end, _AGENT).items
    role = role if role.startswith("co-") or len(items) < 2 else f"co-{role}"
    for item in items:
        m = item.match
        ref = next((r for r in m.refs if not r.startswith("place:")), m.ref)
        yield ParticipationFound(
            meeting=meeting, agent=ref, role=role, written=m.written, source=p.source(m.start, m.end, "activities.column")
        )


def _came(p: Passage, meeting: Ref, role: str, start: int, end: int) -> Iterator[ParticipationFound | Unresolved]:
    listed = read_forward(p, start, end, ("area", "org", "gov", "body"))
    for item in listed.items:
        m = item.match
        ref = next((r for r in m.refs if not r.startswith("place:")), m.ref)
        of = "observer" if item.observing else role
        yield ParticipationFound(meeting=meeting, agent=ref, role=of, written=m.written, source=p.source(m.start, m.end, "activities.list"))
    for a, b in listed.unknown:
        yield Unresolved(written=p.s[a:b], kind="party", source=p.source(a, b, "activities.unknown"))
