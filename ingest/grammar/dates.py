"""Dates as these documents write them, with closed bounds.

Day, month and year in the usual orders; ranges within and across months ("28 – 30 MAY 2012", "30 May to 1 June 2011"); months
("February 2002"). A year alone is no date of a meeting and is left to whoever asks for it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.findings import DateRead, Source

_NAMES = [m.lower() for m in calendar.month_name[1:]]
_MONTHS = {name: n for n, name in enumerate(_NAMES, 1)} | {name[:3]: n for n, name in enumerate(_NAMES, 1)} | {"sept": 9}
MONTHS = rf"(?:{'|'.join(_NAMES)})"
_M = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_NAME = r"(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thur?s?|fri|sat|sun)\.?),?\s+)?"
_D = rf"{_DAY_NAME}\d{{1,2}}(?:\s?(?:st|nd|rd|th))?"
_D1, _D2, _LAST = rf"(?P<d1>{_D})", rf"(?P<d2>{_D})", rf"(?:the\s+)?(?P<d2>{_D})"
_TO = r"\s*(?:-|–|—|/|to|until|till|through|and|&)\s*"
_YEAR = r"(?:19|20)\d\d"
_Y = rf"\.?,?\s*(?P<y2>{_YEAR})"
_OF = r"\s*(?:of\s+)?"
_ISO = rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_WEEK = r"(?:the\s+)?weeks?\s+(?P<ends>ending|(?:of|beginning|commencing|starting|from))\s+(?:on\s+)?(?:the\s+)?"
_NTH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth"
).split()
_SPELT = {word: n for n, word in enumerate(_NTH, 1)} | {f"twenty-{word}": 20 + n for n, word in enumerate(_NTH[:9], 1)}
_SPELT |= {"thirtieth": 30, "thirty-first": 31}
_W = "|".join(sorted((word.replace("-", r"[\s-]") for word in _SPELT), key=len, reverse=True))

_FORMS = [
    # 30 May to 1 June 2011; 30 December 2011 - 2 January 2012; 27 July 2009 to 29 July 2009
    rf"{_D1}{_OF}(?P<m1>{_M})\.?,?(?:\s*(?P<y1>{_YEAR}))?{_TO}{_LAST}{_OF}(?P<m2>{_M}){_Y}",
    # 12-13 January 2012; 28 to 30 May 2012; 27, 28 and 29 July 2009
    rf"{_D1}(?:,\s*{_D})*,?{_TO}{_LAST}{_OF}(?P<m2>{_M}){_Y}",
    # May 30 - June 1, 2011; May 30, 2011 to June 1, 2011
    rf"(?P<m1>{_M})\.?\s*{_D1}(?:,?\s+(?P<y1>{_YEAR}))?{_TO}(?P<m2>{_M})\.?\s*{_D2},?\s*(?P<y2>{_YEAR})",
    # May 28-30, 2012; July 27, 28 and 29, 2009
    rf"(?P<m2>{_M})\.?\s*{_D1}(?:,\s*{_D})*,?{_TO}{_LAST},?\s+(?P<y2>{_YEAR})",
    # the tenth of February 2023; the ninth and tenth of February 2023
    rf"(?:(?P<d1>{_W}){_TO}(?:the\s+)?)?(?P<d2>{_W})\s+(?:day\s+)?of\s+(?P<m2>{_M}){_Y}",
    # "the week of 5 May 2014": of the day nothing is said but that it is in that month
    rf"{_WEEK}(?P<within>{_D}){_OF}(?P<m2>{_M}){_Y}",
    rf"(?P<never>{_WEEK}(?:{_M})\.?\s*{_D},?\s+{_YEAR})",
    # 28-Mar-2011
    rf"{_D2}-(?P<m2>{_M})-(?P<y2>{_YEAR})",
    # 30 March 2011
    rf"{_D2}{_OF}(?P<m2>{_M}){_Y}",
    # March 30, 2011
    rf"(?P<m2>{_M})\.?\s*{_D2},?\s+(?P<y2>{_YEAR})",
    # June to July 2009; "April 2014 and June 2015" are two
    rf"(?P<m1>{_M})\.?(?:\s+(?P<y1>{_YEAR})(?!\s*(?:and|&)\s))?{_TO}(?P<m2>{_M}){_Y}",
    # February 2002
    rf"(?P<m2>{_M})\.?,?\s+(?:of\s+)?(?P<y2>{_YEAR})",
    # 2012-05-28 to 2012-05-30, 2012-05-28/30
    rf"(?P<iso>{_ISO})(?:\s*(?:to|until|[-–—/])\s*(?P<iso2>{_ISO})|/(?P<iso3>0[1-9]|[12]\d|3[01]))",
    # 2012-05-28
    rf"(?P<iso>{_ISO})",
    # Thursday (5/12/2019): the day of the week tells which of the two figures is the month
    r"(?P<week>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*\(?(?P<d>\d{1,2})(?P<sep>[./])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)",
    # 28/05/2012 - 30/05/2012: one of them tells the order of day and month; 28.05 to 30.05.2012 is no single day
    rf"(?P<d0>\d{{1,2}})(?P<sep>[./])(?P<m0>\d{{1,2}})(?P=sep)(?P<y0>{_YEAR}){_TO}(?P<d>\d{{1,2}})(?P=sep)(?P<m>\d{{1,2}})(?P=sep)(?P<y>{_YEAR})",
    rf"(?P<never>\d{{1,2}}\.(?:\d{{1,2}}\.?)?{_TO}\d{{1,2}}\.\d{{1,2}}\.{_YEAR})",
    # 28/05/2012, 28.5.2012: read only where no other order of day and month gives a date
    rf"(?P<d>\d{{1,2}})(?P<sep>[./])(?P<m>\d{{1,2}})(?P=sep)(?P<y>{_YEAR})",
]
_DATE = [re.compile(rf"(?<![\w-])(?<!\d:){form}(?!\d)", re.IGNORECASE) for form in _FORMS]
_IN_WEEK = 7
# The same orders without a year; a month is written with a capital ("may 12 states" is none).
_DAYS = [
    re.compile(rf"(?<![\w-])(?<!\d:)(?i:{form})(?!\w|-\w|,?\s*(?:\d|{_YEAR}))")
    for form in (
        rf"{_D1}{_OF}(?P<m1>{_M})\.?,?{_TO}{_LAST}{_OF}(?P<m2>{_M})",
        rf"{_D1}(?:,\s*{_D})*,?{_TO}{_LAST}{_OF}(?P<m2>{_M})",
        rf"(?P<m1>{_M})\.?\s*{_D1}{_TO}(?P<m2>{_M})\.?\s*{_D2}",
        rf"(?P<m2>{_M})\.?\s*{_D1}(?:,\s*{_D})*,?{_TO}{_LAST}",
        rf"{_D2}{_OF}(?P<m2>{_M})",
        rf"(?P<m2>{_M})\.?\s*{_D2}",
    )
]
_OF_WEEK = re.compile(rf"\b{_WEEK}$", re.IGNORECASE)
# "In May, the RSO held …": a month alone, where a preposition says that it is one.
_MONTH = re.compile(
    rf"(?:(?<=\b[Ii]n\s)|(?<=\b[Ee]arly\s)|(?<=\b[Ll]ate\s)|(?<=\b[Mm]id-))(?i:(?P<m2>{'|'.join(_NAMES)}))\b(?!\s*(?:\d|of\b|to\b|and\b|[–-]))"
)


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date at s[start:end]; `beside` is where its year stands, if it stands elsewhere."""

    start: int
    end: int
    date: DateRead
    beside: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class DaysHit:
    """Days without their year at s[start:end]."""

    start: int
    end: int
    written: str
    parts: tuple[tuple[str, str | None], ...]

    def days(self, year: int) -> DateRead | None:
        """These days in a year; None where it has no such day."""
        return _read_parts(self.written, {**dict(self.parts), "y2": str(year)})


def find_dates(s: str) -> list[DateHit]:
    """Every date in `s`, in order; what looks like a date but names no day of the calendar ("31 June 2011") is left out."""
    hits: list[DateHit] = []
    taken = bytearray(len(s))
    for form in _DATE:
        for m in form.finditer(s):
            if any(taken[m.start() : m.end()]):
                continue
            date = _read(m)
            if date:
                hits.append(DateHit(m.start("m2") if m.groupdict().get("within") else m.start(), m.end(), date))
            taken[m.start() : m.end()] = b"\1" * (m.end() - m.start())
    return sorted(hits, key=lambda h: h.start)


def find_days(s: str) -> list[DaysHit]:
    """Every day or range of days that `s` names without a year, in order."""
    hits: list[DaysHit] = []
    taken = bytearray(len(s))
    for hit in find_dates(s):
        taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    for form in _DAYS:
        for m in form.finditer(s):
            months = [word for name in ("m1", "m2") if (word := m.groupdict().get(name))]
            week = _OF_WEEK.search(s, 0, m.start()) and not m.groupdict().get("d1")
            if any(taken[m.start() : m.end()]) or not all(month[0].isupper() for month in months) or week:
                continue
            hits.append(DaysHit(m.start(), m.end(), m[0], tuple(m.groupdict().items())))
            taken[m.start() : m.end()] = b"\1" * (m.end() - m.start())
    return sorted(hits, key=lambda h: h.start)


def find_months(s: str) -> list[DaysHit]:
    """Every month that `s` names alone and without its year: "In May, …"."""
    return [DaysHit(m.start(), m.end(), m[0], (("m2", m[0]),)) for m in _MONTH.finditer(s) if m[0][0].isupper()]


_ALONE = re.compile(
    rf"(?:(?:early|late|mid)[\s-]+)?(?:{'|'.join(_NAMES)}|(?:{_M})(?=\.|\s*$))\.?(?=\s*(?:$|[:|,;)]|[–—-]\s))", re.IGNORECASE
)


def month_alone(s: str) -> int:
    """Where the month ends that `s` begins with and that stands there alone, as in a column of dates; 0 where none does."""
    m = _ALONE.match(s)
    return m.end() if m and s[0].isupper() else 0


def _read(m: re.Match[str]) -> DateRead | None:
    return _read_parts(m[0], m.groupdict())


def _read_parts(written: str, parts: dict[str, str | None]) -> DateRead | None:
    """The date that the words of a form give; None where they name no day of the calendar, or do not say which."""
    try:
        if parts.get("never"):
            return None
        if parts.get("iso") or parts.get("sep"):
            return _of_figures(written, parts)
        return _of_words(written, parts)
    except ValueError:
        return None


def _of_figures(written: str, parts: dict[str, str | None]) -> DateRead | None:
    if iso := parts.get("iso"):
        last = parts.get("iso2") or (f"{iso[:8]}{parts['iso3']}" if parts.get("iso3") else iso)
        start, end = dt.date.fromisoformat(iso), dt.date.fromisoformat(last)
        return _dated(written, start, end) if start <= end else None
    if parts.get("d0"):
        return _figure_range(written, parts)
    return _figures(written, int(str(parts["d"])), int(str(parts["m"])), int(str(parts["y"])), parts.get("week"))


def _of_words(written: str, parts: dict[str, str | None]) -> DateRead | None:
    year, month = int(str(parts["y2"])), _MONTHS[str(parts["m2"]).lower()]
    if parts.get("within"):
        return _of_week(written, parts, year, month)
    if not (last := parts.get("d2")):
        return _months(written, parts, year, month)
    end = dt.date(year, month, _day(last))
    if not (first := parts.get("d1")):
        return _dated(written, end, None)
    m1, y1 = parts.get("m1"), parts.get("y1")
    start_month = _MONTHS[m1.lower()] if m1 else month
    start_year = int(y1) if y1 else year - (start_month > month)
    start = dt.date(start_year, start_month, _day(first))
    return _dated(written, start, end) if start <= end else None


def _of_week(written: str, parts: dict[str, str | None], year: int, month: int) -> DateRead | None:
    """The month that a whole week is in: "the week of 5 May 2014" names no day on which those met."""
    day, last = _day(str(parts["within"])), calendar.monthrange(year, month)[1]
    whole = _IN_WEEK <= day <= last if str(parts["ends"]).lower() == "ending" else day + _IN_WEEK - 1 <= last
    return _months(written[written.index(str(parts["m2"])) :], {}, year, month) if whole else None


def _months(written: str, parts: dict[str, str | None], year: int, month: int) -> DateRead | None:
    """February 2002, June to July 2009: no day is named, the bounds are those of the months."""
    if not parts.get("m1"):
        last = calendar.monthrange(year, month)[1]
        return DateRead(written, f"{year}-{month:02}", dt.date(year, month, 1), dt.date(year, month, last), "month")
    first = _MONTHS[str(parts["m1"]).lower()]
    if re.search(r"\band\b|&", written) and first % 12 + 1 != month:  # "April and June 2015": two, and nothing between
        return None
    start_year = int(parts["y1"] or year - (first > month))
    start, end = dt.date(start_year, first, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    return DateRead(written, f"{start_year}-{first:02}/{year}-{month:02}", start, end, "month") if start < end else None


def _figures(written: str, day: int, month: int, year: int, week: str | None = None) -> DateRead | None:
    """28/05/2012. "05/06/2012" may be May or June and is no date; "05/05/2012" is the same day in both orders.

    A day of the week settles it where it is that of the one order and not of the other.
    """
    if month > 12:
        return None  # month before day, as one country writes it: the words can't be read back without guessing
    if day <= 12 and day != month and not (week and _falls(week, day, month, year) and not _falls(week, month, day, year)):
        return None
    return _dated(written, dt.date(year, month, day), None)


def _figure_range(written: str, parts: dict[str, str | None]) -> DateRead | None:
    """28/05/2012 - 30/05/2012, where one of the days can be no month."""
    d0, m0, y0, day, month, year = (int(str(parts[name])) for name in ("d0", "m0", "y0", "d", "m", "y"))
    if max(d0, day) <= 12 or max(m0, month) > 12:
        return None
    start, end = dt.date(y0, m0, d0), dt.date(year, month, day)
    return _dated(written, start, end) if start <= end else None


def _falls(week: str, day: int, month: int, year: int) -> bool:
    return calendar.day_name[dt.date(year, month, day).weekday()][:3].lower() == week.lower()


def _day(written: str) -> int:
    spelt = _SPELT.get(re.sub(r"\s", "-", written.lower()))
    return spelt or int(re.sub(r"\D", "", written))


def _dated(written: str, start: dt.date, end: dt.date | None) -> DateRead:
    if end is None or end == start:
        return DateRead(written, start.isoformat(), start, start, "day")
    return DateRead(written, f"{start.isoformat()}/{end.isoformat()}", start, end, "range")


def range_of(written: str, first: DateRead, last: DateRead) -> DateRead | None:
    """The range from one day to another, as a page gives them in two places."""
    if first.precision != "day" or last.precision != "day" or first.start > last.start:
        return None
    return _dated(written, first.start, last.start)


_ISSUED = re.compile(
    r"\b(?:newsletter|bulletin|issue|volume|edition|e-?news|media\s+release|press\s+release|published|posted|updated|released|as\s+(?:of|at)|prepared)\b",
    re.IGNORECASE,
)


_RELEASE = re.compile(r"\b(?:media|press|news)\s+(?:release|statement)\b", re.IGNORECASE)
# "Manila, 3 May 2018": a line that says where and when, and no more.
_PLACED = re.compile(r"(?:[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*,\s*){1,2}")


_PERIODICAL = re.compile(
    r"\b(?:newsletter|e-?bulletin|bulletin|e-?news|quarterly\s+(?:update|news)|issue\s+(?:no\.?\s*|#\s*)?\d+)\b|(?-i:(?<=[a-z])Issue\s+\d+)",
    re.IGNORECASE,
)


def is_periodical(line: str) -> bool:
    """Whether a line of a title page is that of a newsletter."""
    return _PERIODICAL.search(line) is not None


def is_month_of(month: DateRead, days: DateRead) -> bool:
    """Whether one date is but the month of the other: then the finer one says it all."""
    return month.precision == "month" and days.precision != "month" and month.start <= days.start <= month.end


def is_release(line: str) -> bool:
    """Whether a line of a title page is that of a release to the press."""
    return _RELEASE.search(line) is not None


def is_publication(line: str, hit: DateHit, told: Sequence[DateRead], *, release: bool = False, sent: bool = False) -> bool:
    """Whether a line of a title page gives the day of publication: it says so, or is a day alone that no sentence tells.

    That is one later than the days that sentences tell, or one of several days. In a `release` to the press a day after those that
    sentences tell is that of the release, even beside the place that it was sent from. `sent` is a day behind the name of whoever wrote.
    """
    if _ISSUED.search(line):
        return True
    if release and told and _PLACED.fullmatch(line, 0, hit.start) and not line[hit.end :].strip():
        return hit.date.start > max(d.end for d in told)
    alone = sent or not re.search(r"\w", line[: hit.start] + line[hit.end :])
    inside = any(d.start <= hit.date.start and hit.date.end <= d.end and d.start < d.end for d in told)  # news of the days of the meeting
    return alone and bool(told) and (inside or hit.date.start > max(d.end for d in told))
