"""Days that a text names without their year ("from 12 to 13 March"), and the year that the text itself ties to them.

The year is that of the same day elsewhere in the text, or the one year of its head: of a title with a date, of a dateline, of a title that
ends in the year of a meeting. Where the head gives a date, what was held can't be later and what is planned can't be earlier; where it
names two years, it gives none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.findings import DateRead, Source
from ingest.folded import Folded
from ingest.grammar.dates import DateHit, find_dates, find_days, find_months
from ingest.grammar.weekdays import after_dateline, days_before
from ingest.layout import Block

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# "… Meeting 2024", "Workshop (2011)", "Activities in 2013": the year of what the text is about.
_OF_TITLE = re.compile(
    r"\b(?:meetings?|conference|workshops?|seminar|forum|dialogue|round\s?table|training(?:\s+course)?|activities|events|calendar|news|(?:annual\s+|progress\s+)?report|highlights|review)"
    r"(?:\s+(?:held|completed|undertaken|conducted|organi[sz]ed|carried\s+out|implemented))?\s*[,:(–-]?\s*(?:of|in|for|during)?\s*(?P<year>(?:19|20)\d\d)\b\)?\s*$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"(?:[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)?(?:\s\([A-Z][\w\s’'-]{2,30}\))?,\s){0,2}(?=\(?\d|[A-Z][a-z]{2,8}\s\d)")
_AFTER_DATELINE = re.compile(r"\)?\s*(?:[–—:]|-\s|\.)")
_TO_COME = re.compile(
    r"\b(?:will|scheduled|upcoming|forthcoming|to\s+be\s+(?:held|hosted|convened)|to\s+take\s+place|next)\b", re.IGNORECASE
)
_LINE = 160  # characters of a line that may stand at the head of a text

Days = tuple[int, int, int, int]
"""Month and day of the beginning and of the end."""


@dataclass(frozen=True, slots=True)
class Head:
    """The year of a text with the words that give it; `date` where they are a whole date."""

    year: int
    source: Source
    date: DateRead | None = None


@dataclass(frozen=True, slots=True)
class Years:
    """What a text tells of the years of its days."""

    head: Head | None = None
    days: Mapping[Days, tuple[int, Source]] = field(default_factory=dict)

    def complete(self, words: str) -> Iterator[DateHit]:
        """The days in these words whose year the text gives elsewhere. None where the words name a year: then it may be theirs."""
        if self.head and self.head.date and not _TO_COME.search(words):
            yield from days_before(words, self.head.date, self.head.source)
        start = after_dateline(words)
        if (self.head is None and not self.days) or _YEAR.search(words, start):
            return
        for hit in (h for h in (*find_days(words), *find_months(words)) if h.start >= start):
            year, source = self.days.get(_days(hit.days(2000)), (0, None)) if hit.days(2000) else (0, None)
            if source is None and self.head is not None and self._fits(hit.days(self.head.year), words):
                year, source = self.head.year, self.head.source
            if source is not None and (date := hit.days(year)):
                yield DateHit(hit.start, hit.end, date, (source,))

    def _fits(self, date: DateRead | None, words: str) -> bool:
        known = self.head.date if self.head else None
        if date is None or known is None:
            return date is not None
        if _TO_COME.search(words):
            return date.start >= known.start
        return date.end <= known.end or date.start <= known.start <= date.end


NO_YEARS = Years()


def years_of(blocks: Sequence[Block]) -> Years:
    """The years that the blocks of a text give."""
    found: dict[Days, dict[int, Source]] = {}
    for block in blocks:
        for hit in find_dates(block.text.s):
            if hit.date.precision in ("day", "range") and hit.date.start.year == hit.date.end.year:
                found.setdefault(_days(hit.date), {}).setdefault(hit.date.start.year, _source(block, block.text, hit.start, hit.end))
    return Years(_head(blocks), {days: next(iter(by.items())) for days, by in found.items() if len(by) == 1})


def _head(blocks: Sequence[Block]) -> Head | None:
    heads: list[Head] = []
    for n, block in enumerate(blocks):
        words = block.text
        short = block.kind == "heading" or (block.kind == "paragraph" and len(words) < _LINE and not re.search(r"\b[a-z]+ed\b", words.s))
        if not short:
            first = next(block.text.sentences(), words)
            hits = find_dates(first.s)
            lead = _DATELINE.match(first.s) if block.kind == "paragraph" and hits else None
            if lead and lead.end() == hits[0].start and _AFTER_DATELINE.match(first.s, hits[0].end):
                heads.append(
                    Head(hits[0].date.end.year, _source(block, words.part(0, hits[0].end), hits[0].start, hits[0].end), hits[0].date)
                )
            break
        if n > 7:
            break
        for hit in find_dates(words.s):
            heads.append(Head(hit.date.end.year, _source(block, words, hit.start, hit.end), hit.date))
            if hit.date.start.year != hit.date.end.year:
                return None
        if m := _OF_TITLE.search(words.s):
            heads.append(Head(int(m["year"]), _source(block, words, *m.span("year"))))
    if len({h.year for h in heads}) != 1:
        return None
    dated = [h for h in heads if h.date]
    return max(dated, key=lambda h: h.date.end if h.date else dt.date.min) if dated else heads[0]


def _days(date: DateRead | None) -> Days:
    return (date.start.month, date.start.day, date.end.month, date.end.day) if date else (0, 0, 0, 0)


def _source(block: Block, words: Folded, start: int, end: int) -> Source:
    return Source(passage=words.span(), anchor=words.span(start, end), paragraph=block.label, rule="dates.year")
