"""Days that news names by the day of the week, "today" or "yesterday": the last such day up to the day on which it was written."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from ingest.findings import DateRead, Source
from ingest.grammar.dates import DateHit

_NAMES = [name.lower() for name in calendar.day_name]
_DAY = "|".join(calendar.day_name)
_AND = r"\s*(?:and|to|until|&|-|–)\s*"
_WEEKDAYS = re.compile(
    rf"\b(?:on|from|between)\s+(?P<said>(?P<first>{_DAY})(?:{_AND}(?P<last>{_DAY}))?)\b(?!{_AND}(?:{_DAY}))(?!\s*,?\s*\d)(?!\s+(?:next|week|last)\b)"
)
_HELD = (
    r"\b(?:met|held|opened|concluded|convened|launched|began|ended|closed|gathered|(?:co-?)?hosted|attended|(?:co-?)?chaired"
    r"|took\s+place|wrapped\s+up)\b"
)
_BOTH = r"today\s+and\s+yesterday|yesterday\s+and\s+today"
_TODAY = re.compile(
    rf"(?:^|(?<=[–—-]\s))(?P<at>Today|Yesterday)\b(?=,?\s)|{_HELD}[^.;]{{0,90}}?\b(?P<later>{_BOTH}|today|yesterday)\b"
    rf"|\b(?P<then>today|yesterday)\s+(?={_HELD})"
)
# The date at the head of a report, before its first sentence.
_DATELINE = re.compile(r"[^.;–—]{0,45}?\b(?:\d{1,2}\s+[A-Z][a-z]+\.?|[A-Z][a-z]+\.?\s+\d{1,2},?)\s+(?:19|20)\d\d\)?\s*[–—:-]\s")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def after_dateline(words: str) -> int:
    """Where a sentence begins behind the place and date at the head of a report; 0 where it has none."""
    line = _DATELINE.match(words)
    return line.end() if line else 0


def days_before(words: str, written: DateRead, source: Source) -> Iterator[DateHit]:
    """The days in these words, counted back from the day on which the text was `written`. None where the words name a year."""
    start = after_dateline(words)
    if written.precision != "day" or _YEAR.search(words, start):
        return
    for m in _WEEKDAYS.finditer(words, start):
        last = _back(written.end, m["last"] or m["first"])
        yield _hit(m, "said", _back(last, m["first"]), last, source)
    if today := _TODAY.search(words, start):
        name = today.lastgroup or "at"
        said, before = today[name].lower(), written.end - dt.timedelta(days=1)
        yield _hit(today, name, before if "yesterday" in said else written.end, written.end if "today" in said else before, source)


def _back(day: dt.date, name: str) -> dt.date:
    """The last day of this name up to `day`."""
    return day - dt.timedelta(days=(day.weekday() - _NAMES.index(name.lower())) % 7)


def _hit(m: re.Match[str], group: str, first: dt.date, last: dt.date, source: Source) -> DateHit:
    same = first == last
    edtf = first.isoformat() if same else f"{first.isoformat()}/{last.isoformat()}"
    return DateHit(m.start(group), m.end(group), DateRead(m[group], edtf, first, last, "day" if same else "range"), (source,))
