"""One entry of a list of activities: where its date, the title of its meeting, and its place stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.document import Passage
from ingest.findings import Source
from ingest.grammar.dates import DateHit, find_dates
from ingest.grammar.kinds import MEETING_NOUN, KindHit, kind_of
from ingest.grammar.places import PlaceRead, place_after_in, place_at, places_of_tail

_CLOSES = re.compile(r"[\s)\].;]*")
_SENTENCE = re.compile(r"\b(?:was|were|will|is|are|has|have|had|held|took|met|agreed|attended)\b")
_MARK = re.compile(r",\s+(?=[A-Z][^.;:|]{2,80}$)|[^:|]{0,40}?(?::|\s*\||\s[–—-](?=\s))\s*")
_COLUMN = re.compile(r"\s*(?:\||\s[–—-](?=\s))\s*")
_COORDINATED = re.compile(r"Coordinator\s*\([^)]+\),?\s*")
_TAIL = re.compile(
    r",\s+(?:resulting|including|leading|attended|followed|where|which|with)\b|\s+\((?:[\w-]+\s+){2,}[^)]*\)?"
    r"|\s+\((?:co-?)?(?:hosts?|chairs?|organi[sz]ers?)\s*:"
)
# "The Office published the report": no title of a meeting.
_VERB = re.compile(
    r"\b(?:was|were|will|is|are|has|have|had|took|met|agreed|attended|published|launched|released|opened|visited|signed|issued|joined|began|continued)\b"
)
_BY = re.compile(r",?\s+held\s+(?=in\b|at\b)|,?\s+(?:jointly\s+)?(?:co-?)?(?:chaired|hosted|organi[sz]ed|convened)\s+(?:jointly\s+)?by\b")
TOWN = re.compile(r"[A-Z][\w’‘'-]*(?:\s[A-Z][\w’‘'-]*)?,\s*")
_SIDE_EVENT = re.compile(r",\s*(?P<event>[^,]+?)\s+side[\s-]+event\s*$", re.IGNORECASE)
_THIS_KIND = re.compile(
    r"\b(?:this|the|a|joint|national)\s+(?:joint\s+|national\s+)?(?P<noun>workshop|seminar|symposium|round\s?table)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Entry:
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
    def whole(self) -> Source:
        """What names the meeting, with its date and its place."""
        whole = self.p.source(0, self.head_end, "chronology.entry")
        return whole.with_beside(self.row.whole("chronology.row")) if self.row else whole

    @property
    def told(self) -> Passage:
        return self.row or self.p


def entry_of(p: Passage, above: Passage | None = None) -> Entry | None:
    """The entry that begins with its date, or whose title is the line `above`."""
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
    if entry := headed(p, dates[0], body, len(p.s), first):
        return entry
    cut, by = _head(p, body, len(p.s))
    return _titled_above(p, dates[0], first or _place_in_head(p, body, cut, by), above)


def _head(p: Passage, body: int, last: int) -> tuple[int, re.Match[str] | None]:
    """Of the first sentence of s[body:last]: the end of what names the meeting, and the words in it that say who ran it."""
    stop = next((min(end, last) for start, end in p.sentences() if start <= body < end), last)
    stop -= p.s[stop - 1] in ".;"
    cut = min([stop, *(m.start() for m in _TAIL.finditer(p.s, body, stop))])
    return cut, _BY.search(p.s, body, cut)


def headed(p: Passage, date: DateHit, body: int, last: int, first: PlaceRead | None) -> Entry | None:
    """The entry whose title begins at `body`; its place stands in s[body:last], too, where `first` is not given. None without a title."""
    if m := _COORDINATED.match(p.s, body):
        body = m.end()
    cut, by = _head(p, body, last)
    place = first or _place_in_head(p, body, cut, by)
    end = min([cut, *([by.start()] if by else []), *([place.start] if place and place is not first else [])])
    if not p.s[body:end].strip(" ,|–-") or _is_town(p, body, end, place):
        return None
    side = _SIDE_EVENT.search(p.s[:end].rstrip(" ,"), body)
    if side:
        end = side.start()
    if place and place is not first and not side and p.s[body:end].rstrip().endswith(" in"):
        end = len(p.s[:end].rstrip()) - 3
    title_end = len(p.s[:end].rstrip(" ,|–-("))
    if _VERB.search(p.s, body, title_end):
        return None
    kind = kind_of(p.s, side.start(), side.end()) if side else kind_of(p.s, body, title_end)
    if kind is None and (m := _THIS_KIND.search(p.s, title_end)):
        kind = kind_of(p.s, m.start("noun"), m.end("noun"))
    return Entry(p, date, body, title_end, cut, place, side, kind)


def _place_in_head(p: Passage, body: int, cut: int, by: re.Match[str] | None) -> PlaceRead | None:
    if by is None:
        return places_of_tail(p, body, cut) or _in_tail(p, body, cut)
    return places_of_tail(p, body, cut) or places_of_tail(p, body, by.start()) or place_after_in(p, by.start(), cut)


def _is_town(p: Passage, start: int, end: int, place: PlaceRead | None) -> bool:
    """Whether the words before a country are a town that no table knows, and no title: "Savusavu, Fiji"."""
    words = p.s[start:end]
    return place is not None and place.place is None and TOWN.fullmatch(words) is not None and kind_of(words) is None


def _titled_above(row: Passage, date: DateHit, place: PlaceRead | None, title: Passage | None) -> Entry | None:
    """An entry of two lines: the title of the meeting, and its date and place below."""
    if title is None or title.block.kind not in ("heading", "paragraph") or _SENTENCE.search(title.s) or find_dates(title.s):
        return None
    kind = kind_of(title.s)
    if kind is None and not MEETING_NOUN.search(title.s):
        return None
    return Entry(title, date, 0, len(title.s.rstrip(" :.")), len(title.s), place, None, kind, row)


def dated_behind(p: Passage) -> Entry | None:
    """An item that ends in its date: "Workshop on … – Dhaka, Bangladesh, 3 July 2018"."""
    hits = find_dates(p.s) if p.block.kind == "bullet" else []
    if len(hits) != 1 or not _CLOSES.fullmatch(p.s, hits[0].end):
        return None
    low = len(p.s[: hits[0].start].rstrip(" ,(|:–—-"))
    place = places_of_tail(p, 0, low)
    title_end = len(p.s[: place.start if place else low].rstrip(" ,(|:–—-"))
    if title_end < 5 or _SENTENCE.search(p.s, 0, title_end) or not (kind_of(p.s, 0, title_end) or MEETING_NOUN.search(p.s, 0, title_end)):
        return None
    return Entry(p, hits[0], 0, title_end, hits[0].end, place, None, kind_of(p.s, 0, title_end))


def _in_tail(p: Passage, start: int, end: int) -> PlaceRead | None:
    """A place at the very end of the heading after "in"."""
    read = place_after_in(p, start, end)
    return read if read and not p.s[read.end : end].strip(" .") else None
