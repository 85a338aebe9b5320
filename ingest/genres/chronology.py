"""A list of activities by date: "September 2002: AHEG II legislation workshop, Port Dickson, resulting in …".

An entry's first sentence names the meeting: who coordinated it, its title, the event that it was part of, and its place; the other
sentences tell what it was about, who ran it, and what came of it.
"""

from __future__ import annotations

import re

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import Reading, Ref
from ingest.gazetteer import Gazetteer
from ingest.genres.activities import entry_of_row, is_planned, read_row, remarks
from ingest.genres.draft import Draft
from ingest.genres.entries import Entry, dated_behind, entry_of
from ingest.grammar.conferences import numbered_meetings
from ingest.grammar.counts import read_counts
from ingest.grammar.kinds import ORDINAL_WORD, SESSIONS, counted_title, kind_of_group, ordinal
from ingest.grammar.places import place_at
from ingest.grammar.provisions import provisions_of_entries
from ingest.grammar.roles import read_roles, settle
from ingest.grammar.rows import Row, rows_of

NAME = "chronology"
_LEAST = 3  # entries make a list
_NOTHING = Gazetteer(())

# The title of a list of what is to come: its entries do not say that they took place.
_AHEAD = re.compile(r"\b(?:calendar|upcoming|forthcoming|planned|forward\s+(?:plan|work)|schedule)\b", re.IGNORECASE)
_PAST = re.compile(r"\bpast\b|\bheld\b", re.IGNORECASE)
_NTH = re.compile(rf"\b(?P<ordinal>{ORDINAL_WORD})\s+meeting", re.IGNORECASE)
_SHORT = re.compile(r"\s*\((?P<short>[^)]{2,30})\)")
_FOLLOWS = re.compile(r"\b[Ff]ollowing\s+on\s+from\s+(?:the\s+)?(?P<what>[\w\s-]+?)\s+in\s+(?=[A-Z])")
_IN_SERIES = re.compile(rf"\b(?P<ordinal>{ORDINAL_WORD})\s+in\s+(?:a|the)\s+series\s+of\b", re.IGNORECASE)
_MEMBERS_OF = re.compile(r"\bmembers?\s+(?:countries\s+|states\s+)?of\s+(?:the\s+)?")


def likeness(document: Document) -> float:
    """The share of items that begin with a date; the rows of a list of activities are known by their layout."""
    items = [b for b in document.blocks if b.kind in ("dated", "bullet", "numbered")]
    dated = sum(b.kind == "dated" for b in items) + sum(dated_behind(p) is not None for p in document.passages)
    share = dated / len(items) if dated >= _LEAST else 0.0
    rows = _entries_of_rows(document, _NOTHING)
    labelled = len(rows) > 1 and all("title" in row.columns for _, row in rows)  # else taken for the page of one event
    return max(share, 0.98 if labelled else 0.95 if len(rows) >= _LEAST else 0.0)


def read(document: Document, context: ReadingContext) -> Reading:
    """Each dated entry is a meeting that the document reports."""
    draft = Draft(document, context, NAME)
    group = next(((p, kind) for p in document.front if (kind := kind_of_group(p.s))), None)
    above = [None, *document.passages]
    entries = [entry_of(p, a) if p.block.kind == "dated" else dated_behind(p) for a, p in zip(above, document.passages, strict=False)]
    ahead = next((p for p in document.front if _AHEAD.search(p.s) and not _PAST.search(p.s)), None)
    known = [e for e in entries if e]
    rows = _entries_of_rows(document, context.gazetteer)
    if len(rows) > len(known) or (len(rows) == len(known) and any(len(row.cells) > 1 for _, row in rows)):
        _read_rows(draft, rows, group, ahead)
        return draft.reading()
    meetings = [(e, _meeting(draft, e, group, ahead)) for e in known]
    for entry, meeting in meetings:
        draft.link(meeting, "attendanceCoverage", "c:coverage_no-list", entry.whole)
        draft.add(*settle(read_roles(entry.p, meeting)))
        _follow(draft, entry, meeting, meetings)
    blocks = [b for b in document.blocks if b.kind in ("dated", "bullet", "paragraph")]
    whole = [Passage(b, b.text, tuple(context.gazetteer.within(b.text.s).find(b.text.s))) for b in blocks]
    draft.add(*provisions_of_entries(whole, context))
    return draft.reading()


def _entries_of_rows(document: Document, gazetteer: Gazetteer) -> list[tuple[Entry, Row]]:
    """The rows that are meetings; those that bear the name of another process or of an organisation alone are not of this one."""
    found = [x for row in rows_of(document, gazetteer) if (x := entry_of_row(row))]
    own = next((m.ref for p in document.passages for m in p.named("process")), None)
    return [(e, row) for e, row in found if (any(own in refs for refs in named) if (named := _joint(e)) else not _of_others(e))]


def _of_others(e: Entry) -> bool:
    """Whether a session bears the name of an organisation and not of a body: "ASEAN Senior Officials' Meeting"."""
    session = e.kind is not None and e.kind.name in SESSIONS
    return session and bool(e.p.named("org", start=e.head, end=e.title_end)) and not e.p.named("body", start=e.head, end=e.title_end)


def _read_rows(draft: Draft, rows: list[tuple[Entry, Row]], group: tuple[Passage, str] | None, ahead: Passage | None) -> None:
    meetings: list[tuple[Entry, Ref]] = []
    for e, row in rows:
        own = row.under or e.p if is_planned(row) else None
        planned = own if row.status else ahead or own  # what the key of the list says of its marks is no title
        meetings.append((e, meeting := _meeting(draft, e, group, planned)))
        read_row(draft, row, e, meeting)
    for e, meeting in meetings:
        _follow(draft, e, meeting, meetings)
    draft.add(*provisions_of_entries([p for e, row in rows for p in remarks(row, e)], draft.context, rows=True))


def _meeting(draft: Draft, e: Entry, group: tuple[Passage, str] | None, ahead: Passage | None) -> Ref:
    p = e.p
    nth = _NTH.fullmatch(p.s, e.head, e.title_end)
    own = kind_of_group(p.s[e.head : e.title_end])
    title = p.source(e.head, e.title_end, "chronology.title")
    whole = e.whole
    kind = p.source(e.kind.start, e.kind.end, "chronology.kind") if e.kind else whole
    of_group = group[1] if group and nth and e.kind is None else None
    if group and of_group:
        kind = group[0].whole("chronology.group").with_beside(title)
    meeting = draft.meeting(e.kind.name if e.kind else of_group or own or "Meeting", "reported", kind)
    draft.claim(p, e.head, e.title_end)
    if ahead:
        draft.reported(meeting, whole.with_beside(ahead.whole("chronology.calendar")), "planned")
    else:
        draft.reported(meeting, whole)
    words = p.s[e.head : e.title_end]
    draft.label(meeting, _SHORT.sub("", words) if e.kind and "(" in words else words, title)
    for m in _SHORT.finditer(p.s, e.head, e.title_end):
        draft.fact(meeting, "skos:altLabel", m["short"], p.source(m.start("short"), m.end("short"), "chronology.short"), language="en")
    draft.date(meeting, e.told, e.date, "chronology.date")
    draft.place(meeting, e.told, e.place, whole)
    draft.process(meeting, whole, p if len({r for m in _joint(e) for r in m}) > 1 else None)
    for body in p.named("body", start=e.head, end=e.title_end):
        draft.link(meeting, "ofBody", body.ref, p.source(body.start, body.end, "chronology.body"))
    for of in p.find(_MEMBERS_OF, e.title_end):
        for body in p.named("body", start=of.end()):
            if body.start == of.end():
                draft.link(meeting, "ofBody", body.ref, p.source(of.start(), body.end, "chronology.members-of"))
    if e.side and (event := draft.context.exact(e.side["event"], "event")):
        draft.link(meeting, "sideEventOf", event, p.source(e.side.start("event"), e.side.end(), "chronology.side-event"))
    for hit in draft.context.terms.themes(p.s, e.head, e.title_end):
        draft.link(meeting, "theme", f"c:theme_{hit.slug}", p.source(hit.start, hit.end, "chronology.theme"))
    _number(draft, e, meeting)
    nth = nth or (_NTH.search(p.s, e.head, e.title_end) if own else None)
    if (of_group or own) and nth and not numbered_meetings(p) and (number := ordinal(nth["ordinal"])):
        draft.series(meeting, None, number, p.source(nth.start("ordinal"), nth.end("ordinal"), "chronology.ordinal"))
    elif (counted := counted_title(p.s, e.head, e.title_end)) and not numbered_meetings(p):
        number, start, end = counted
        draft.series(meeting, None, number, p.source(start, end, "chronology.ordinal"))
    draft.add(*read_counts(p, draft.context, "group:regional-countries", e.date.date))
    return meeting


def _joint(e: Entry) -> list[tuple[Ref, ...]]:
    return [m.refs for m in e.p.named("process", start=e.head, end=e.title_end)]


def _number(draft: Draft, e: Entry, meeting: Ref) -> None:
    p = e.p
    for n in numbered_meetings(p):
        if n.start == e.head:
            draft.number(p, n, meeting, "chronology.ordinal")
    for m in p.find(_IN_SERIES, e.title_end):
        number = ordinal(m["ordinal"])
        series = p.named("series", start=e.head, end=e.title_end)
        if number and series:
            draft.series(meeting, series[0].ref, number, p.source(m.start(), m.end(), "chronology.in-series"))


def _follow(draft: Draft, e: Entry, meeting: Ref, all_meetings: list[tuple[Entry, Ref]]) -> None:
    """The meeting that this one follows, where the words fit exactly one other entry."""
    for m in e.p.find(_FOLLOWS):
        place = place_at(e.p, m.end())
        words = set(m["what"].lower().split())
        fits = [
            (other, ref)
            for other, ref in all_meetings
            if ref != meeting
            and place
            and other.place
            and other.place.place_ref == place.place_ref
            and words <= set(other.p.s[other.head : other.title_end].lower().split())
        ]
        if len(fits) == 1 and place:
            (other, ref) = fits[0]
            told = other.p.source(0, other.head_end, "chronology.entry")
            source = e.p.source(m.start(), place.end, "chronology.follows").with_beside(told)
            draft.link(meeting, "follows", ref, source)
            draft.link("document", "mentions", ref, source)
