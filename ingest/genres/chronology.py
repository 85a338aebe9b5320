"""A list of activities by date: "September 2002: AHEG II legislation workshop, Port Dickson, resulting in …".

An entry's first sentence names the meeting: who coordinated it, its title, the event that it was part of, and its place; the other
sentences tell what it was about, who ran it, and what came of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import Reading, Ref
from ingest.genres.draft import Draft
from ingest.grammar.conferences import numbered_meetings
from ingest.grammar.counts import read_counts
from ingest.grammar.dates import DateHit, find_dates
from ingest.grammar.kinds import MEETING_NOUN, ORDINAL_WORD, KindHit, kind_of, kind_of_group, ordinal
from ingest.grammar.places import PlaceRead, place_after_in, place_at, places_of_tail
from ingest.grammar.provisions import provisions_of_entry
from ingest.grammar.roles import read_roles, settle

NAME = "chronology"

# The title of a list of what is to come: its entries do not say that they took place.
_AHEAD = re.compile(r"\b(?:calendar|upcoming|forthcoming|planned|forward\s+(?:plan|work)|schedule)\b", re.IGNORECASE)
_CLOSES = re.compile(r"[\s)\].;]*")
_SENTENCE = re.compile(r"\b(?:was|were|will|is|are|has|have|had|held|took|met|agreed|attended)\b")
_NTH = re.compile(rf"\b(?P<ordinal>{ORDINAL_WORD})\s+meeting", re.IGNORECASE)
_MARK = re.compile(r",\s+(?=[A-Z][^.;:|]{2,80}$)|[^:|]{0,40}?(?::|\s*\||\s[–—-](?=\s))\s*")
_COLUMN = re.compile(r"\s*(?:\||\s[–—-](?=\s))\s*")
_COORDINATED = re.compile(r"Coordinator\s*\([^)]+\),?\s*")
_TAIL = re.compile(r",\s+(?:resulting|including|leading|attended|followed|where|which|with)\b|\s+\((?:\w+\s+){2,}[^)]*\)?")
_BY = re.compile(r",?\s+(?:co-?)?(?:chaired|hosted|organi[sz]ed)\s+by\b")
_TOWN = re.compile(r"[A-Z][\w’‘'-]*(?:\s[A-Z][\w’‘'-]*)?,\s*")
_SHORT = re.compile(r"\s*\((?P<short>[^)]{2,30})\)")
_SIDE_EVENT = re.compile(r",\s*(?P<event>[^,]+?)\s+side[\s-]+event\s*$", re.IGNORECASE)
_THIS_KIND = re.compile(
    r"\b(?:this|the|a|joint|national)\s+(?:joint\s+|national\s+)?(?P<noun>workshop|seminar|symposium|round\s?table)\b", re.IGNORECASE
)
_FOLLOWS = re.compile(r"\b[Ff]ollowing\s+on\s+from\s+(?:the\s+)?(?P<what>[\w\s-]+?)\s+in\s+(?=[A-Z])")
_IN_SERIES = re.compile(rf"\b(?P<ordinal>{ORDINAL_WORD})\s+in\s+(?:a|the)\s+series\s+of\b", re.IGNORECASE)
_MEMBERS_OF = re.compile(r"\bmembers?\s+(?:countries\s+|states\s+)?of\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where the parts of an entry stand in its passage."""

    p: Passage
    date: DateHit
    head: int  # after date and coordinator
    title_end: int
    head_end: int
    place: PlaceRead | None
    side: re.Match[str] | None
    kind: KindHit | None
    row: Passage | None = None  # where date and place stand, if the title is the line above

    @property
    def told(self) -> Passage:
        return self.row or self.p


def likeness(document: Document) -> float:
    """The share of items that begin with a date."""
    items = [b for b in document.blocks if b.kind in ("dated", "bullet", "numbered")]
    dated = sum(b.kind == "dated" for b in items) + sum(_dated_behind(p) is not None for p in document.passages)
    return dated / len(items) if dated >= 3 else 0.0


def read(document: Document, context: ReadingContext) -> Reading:
    """Each dated entry is a meeting that the document reports."""
    draft = Draft(document, context, NAME)
    group = next(((p, kind) for p in document.front if (kind := kind_of_group(p.s))), None)
    above = [None, *document.passages]
    entries = [_parse(p, a) if p.block.kind == "dated" else _dated_behind(p) for a, p in zip(above, document.passages, strict=False)]
    ahead = next((p for p in document.front if _AHEAD.search(p.s)), None)
    meetings = [(e, _meeting(draft, e, group, ahead)) for e in entries if e]
    for entry, meeting in meetings:
        _follow(draft, entry, meeting, meetings)
    for p in document.passages:
        if p.block.kind in ("dated", "bullet", "paragraph"):
            draft.add(*provisions_of_entry(p.block, context))
    return draft.reading()


def _parse(p: Passage, above: Passage | None = None) -> _Entry | None:
    dates = p.dates()
    mark = _MARK.match(p.s, dates[0].end) if dates and dates[0].start <= 3 else None
    if mark is None:
        return None
    body = mark.end()
    first = place_at(p, body)
    if first and (column := _COLUMN.match(p.s, first.end)):  # the place stands before the title
        body = column.end()
    else:
        first = None
    stop = next((end for start, end in p.sentences() if start <= body < end), len(p.s))
    stop -= p.s[stop - 1] in ".;"
    if m := _COORDINATED.match(p.s, body):
        body = m.end()
    cut = min([stop, *(m.start() for m in _TAIL.finditer(p.s, body, stop))])
    by = _BY.search(p.s, body, cut)
    place = first or places_of_tail(p, body, cut) or (place_after_in(p, by.start(), cut) if by else _in_tail(p, body, cut))
    end = min([cut, *([by.start()] if by else []), *([place.start] if place and place is not first else [])])
    if not p.s[body:end].strip(" ,|–-") or _is_town(p, body, end, place):
        return _titled_above(p, dates[0], place, above)
    side = _SIDE_EVENT.search(p.s[:end].rstrip(" ,"), body)
    if side:
        end = side.start()
    if place and place is not first and not side and p.s[body:end].rstrip().endswith(" in"):
        end = len(p.s[:end].rstrip()) - 3
    title_end = len(p.s[:end].rstrip(" ,|–-("))
    kind = kind_of(p.s, side.start(), side.end()) if side else kind_of(p.s, body, title_end)
    if kind is None and (m := _THIS_KIND.search(p.s, title_end)):
        kind = kind_of(p.s, m.start("noun"), m.end("noun"))
    return _Entry(p, dates[0], body, title_end, cut, place, side, kind)


def _is_town(p: Passage, start: int, end: int, place: PlaceRead | None) -> bool:
    """Whether the words before a country are a town that no table knows, and no title: "Savusavu, Fiji"."""
    words = p.s[start:end]
    return place is not None and place.place is None and _TOWN.fullmatch(words) is not None and kind_of(words) is None


def _titled_above(row: Passage, date: DateHit, place: PlaceRead | None, title: Passage | None) -> _Entry | None:
    """An entry of two lines: the title of the meeting, and its date and place below."""
    if title is None or title.block.kind not in ("heading", "paragraph") or _SENTENCE.search(title.s) or find_dates(title.s):
        return None
    kind = kind_of(title.s)
    if kind is None and not MEETING_NOUN.search(title.s):
        return None
    return _Entry(title, date, 0, len(title.s.rstrip(" :.")), len(title.s), place, None, kind, row)


def _dated_behind(p: Passage) -> _Entry | None:
    """An item that ends in its date: "Workshop on … – Dhaka, Bangladesh, 3 July 2018"."""
    hits = find_dates(p.s) if p.block.kind == "bullet" else []
    if len(hits) != 1 or not _CLOSES.fullmatch(p.s, hits[0].end):
        return None
    low = len(p.s[: hits[0].start].rstrip(" ,(|:–—-"))
    place = places_of_tail(p, 0, low)
    title_end = len(p.s[: place.start if place else low].rstrip(" ,(|:–—-"))
    if title_end < 5 or _SENTENCE.search(p.s, 0, title_end) or not (kind_of(p.s, 0, title_end) or MEETING_NOUN.search(p.s, 0, title_end)):
        return None
    return _Entry(p, hits[0], 0, title_end, hits[0].end, place, None, kind_of(p.s, 0, title_end))


def _in_tail(p: Passage, start: int, end: int) -> PlaceRead | None:
    """A place at the very end of the heading after "in"."""
    read = place_after_in(p, start, end)
    return read if read and not p.s[read.end : end].strip(" .") else None


def _meeting(draft: Draft, e: _Entry, group: tuple[Passage, str] | None, ahead: Passage | None) -> Ref:
    p = e.p
    nth = _NTH.fullmatch(p.s, e.head, e.title_end)
    own = kind_of_group(p.s[e.head : e.title_end])
    title = p.source(e.head, e.title_end, "chronology.title")
    whole = p.source(0, e.head_end, "chronology.entry")
    if e.row:
        whole = whole.with_beside(e.row.whole("chronology.row"))
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
    draft.link(meeting, "attendanceCoverage", "c:coverage_no-list", whole)
    _number(draft, e, meeting)
    nth = nth or (_NTH.search(p.s, e.head, e.title_end) if own else None)
    if (of_group or own) and nth and not numbered_meetings(p) and (number := ordinal(nth["ordinal"])):
        draft.series(meeting, None, number, p.source(nth.start("ordinal"), nth.end("ordinal"), "chronology.ordinal"))
    draft.add(*settle(read_roles(p, meeting)))
    draft.add(*read_counts(p, draft.context, "group:regional-countries", e.date.date))
    return meeting


def _joint(e: _Entry) -> list[tuple[Ref, ...]]:
    return [m.refs for m in e.p.named("process", start=e.head, end=e.title_end)]


def _number(draft: Draft, e: _Entry, meeting: Ref) -> None:
    p = e.p
    for n in numbered_meetings(p):
        if n.start == e.head:
            draft.number(p, n, meeting, "chronology.ordinal")
    for m in p.find(_IN_SERIES, e.title_end):
        number = ordinal(m["ordinal"])
        series = p.named("series", start=e.head, end=e.title_end)
        if number and series:
            draft.series(meeting, series[0].ref, number, p.source(m.start(), m.end(), "chronology.in-series"))


def _follow(draft: Draft, e: _Entry, meeting: Ref, all_meetings: list[tuple[_Entry, Ref]]) -> None:
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
