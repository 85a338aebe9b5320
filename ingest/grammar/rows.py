"""The rows of a list of activities, whatever its layout: each begins with its date, and the year may stand in a heading above it.

Columns may be kept apart by bars, tabs or blanks, or each cell may stand on a line of its own; a row may go on in the lines below it. A row
is one passage in which " | " stands between the cells, so that a name never runs from one cell into the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from ingest.document import Document, Passage
from ingest.findings import DateRead, Source
from ingest.folded import Folded, fold
from ingest.gazetteer import Gazetteer
from ingest.grammar.dates import MONTHS, DateHit, find_dates, find_days, month_alone
from ingest.grammar.lines import block_at

BAR = " | "
_YEAR = re.compile(
    r"[\W_]*(?:(?:(?:bali\s+process\s+)?(?:activities|events|meetings|workshops|calendar|programme|year)|in|for|held|of)\W+){0,3}"
    r"(?P<year>(?:19|20)\d\d)(?:\s+(?:activities|events|meetings|programme|calendar))?(?:\s*\(?(?:continued|cont(?:inue)?[’']?d\.?)\)?)?[\W_]*",
    re.IGNORECASE,
)
_MONTH = re.compile(r"[\W_]*(?P<month>[A-Z][A-Za-z]{2,8})\.?,?(?:\s+(?P<year>(?:19|20)\d\d))?[\W_]*")
_MARKS = re.compile(r"[\s|•·*▪●◦>-]*(?:\(?\d{1,3}[.)]\s+|\d{1,3}\s*\|\s*)?")
_CELL = re.compile(r"\s*\|\s*|\s*\t\s*|\s{3,}")
_AFTER = re.compile(
    r"(?:\s*\((?:[A-Z][a-z]+day|[A-Z][a-z]{2})\))?(?:\s*(?:[|:;\t]|[–—-](?=\s))\s*|,\s+|\.?\s{2,}|\.\s+|\s+(?=[A-Z“\"(])|\s*$)"
)
# "April and June", "second quarter", "date tbc": a row whose date can't be read.
_VAGUE = re.compile(
    rf"(?:(?:date|to\s+be|tb[ac]|q[1-4]|(?:first|second|third|fourth|last|1st|2nd|3rd|4th)\s+(?:quarter|half|week)|(?:early|late|mid|end)\b|{MONTHS}\b)"
    r"[\w\s,.&/–—-]{0,30}|\?+|[–—-])",
    re.IGNORECASE,
)
_HALF = re.compile(r"\s*(?P<dash>[–—-]|\bto)(?:\s*\t\s*|\s{3,}|\s*\|\s*)")  # the first half of a date that goes on in the next line
_RANGE = re.compile(r"\d\s*(?:[-–—/&]|to|and)\s*\d")
_OPEN = re.compile(r"(?:[–—-]|\bto)$")
_DAYS = re.compile(r"\d{1,2}(?:st|nd|rd|th)?(?:\s*(?:[-–—/&]|to|and)\s*\d{1,2}(?:st|nd|rd|th)?)?(?=\s*(?:[|:\t.,)–—-]|\s[A-Z“\"]|$))")
_LABELS = re.compile(
    r"(?P<date>dates?|when|month|period)|(?P<title>activit(?:y|ies)|events?|meetings?|titles?|names?(?:\s+of\s+(?:activity|event|meeting))?|what|description)"
    r"|(?P<place>places?|venues?|locations?|where|city|country|held\s+in)"
    r"|(?P<host>(?:co-?)?hosts?(?:ed\s+by)?|hosts?\s*(?:/|and|&)\s*co-?hosts?|host\s+(?:country|countries|government)|(?:co-?)?hosting\s+countr(?:y|ies))"
    r"|(?P<chair>(?:co-?)?chairs?(?:ed\s+by)?)|(?P<rest>remarks?|notes?|outcomes?|comments?|results?|details?|status|participants|summary|no\.?|#|organi[sz]ers?|leads?)",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\s*(?:[Pp]age\s+\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?|[-–]?\s*\d{1,3}\s*[-–]?|[-_=*|+: ]+)\s*")
_LEAST = 3  # rows make a list
_SHARE = 0.4  # of the words of a text


@dataclass(frozen=True, slots=True)
class Row:
    """`p` holds the whole row; `cells` are the offsets in it of what stands behind the date, `columns` what the header calls them.

    `under` is the heading over the row that is neither a year nor a month, if one is.
    """

    p: Passage
    date: DateHit
    cells: tuple[tuple[int, int], ...]
    columns: tuple[str, ...]
    under: Passage | None


@dataclass(slots=True)
class _Line:
    start: int
    text: str
    blank: bool  # whether the line before it is blank

    def part(self, a: int, b: int) -> tuple[int, int]:
        return self.start + a, self.start + b


@dataclass(slots=True)
class _Started:
    """A row in the making: the pieces of text of each cell, the date first."""

    cells: list[list[tuple[int, int]]]
    at: list[int]  # in which column of the page each cell begins
    columns: tuple[str, ...]
    year: tuple[int, Source] | None
    month: tuple[str, Source] | None
    under: tuple[int, int] | None
    alone: bool = field(default=False)  # whether its date stands on a line of its own


def rows_of(document: Document, gazetteer: Gazetteer) -> list[Row]:
    """The rows of a text that is a list of activities; none of any other text."""
    found = [row for o in _Scan(document).open_rows() if (row := _close(document, gazetteer, o))]
    words = sum(len(r.p.s) for r in found)
    return found if len(found) >= _LEAST and words > _SHARE * len(re.sub(r"\s+", " ", document.text)) else []


class _Scan:
    """Reads the lines of a text from the top; what a heading says holds until the next one."""

    def __init__(self, document: Document):
        self._document = document
        self._lines = list(_lines(document.text))
        head = document.years.head
        self._year: tuple[int, Source] | None = (head.year, head.source) if head and head.date is None else None
        self._month: tuple[str, Source] | None = None
        self._columns: tuple[str, ...] = ()
        self._header: list[str] = []
        self._under: tuple[int, int] | None = None

    def open_rows(self) -> Iterator[_Started]:
        row: _Started | None = None
        for n, line in enumerate(self._lines):
            if self._is_heading(n, line):
                if row:
                    yield row
                row = None
                continue
            fresh = self._begin(line)
            if fresh and row and self._goes_on(row, line, fresh):
                continue
            if fresh:
                if row:
                    yield row
                row = fresh
            elif row and self._is_more(row, line):
                self._add(row, line)
            else:
                if row:
                    yield row
                row = None
                self._under = line.part(0, len(line.text))
        if row:
            yield row

    def _is_heading(self, n: int, line: _Line) -> bool:
        s = line.text
        if _PAGE.fullmatch(s):
            return False
        if m := _YEAR.fullmatch(s):
            self._year = (int(m["year"]), self._source(line))
            self._month, self._header, self._under = None, [], None
            return True
        if (m := _MONTH.fullmatch(s)) and month_alone(m["month"].title()) and self._counts_days(n):
            self._month = (m["month"].title(), self._source(line))
            if m["year"]:
                self._year = (int(m["year"]), self._source(line))
            return True
        cells = [c.strip(" :*#") for c in _CELL.split(s.strip(" |\t"))]
        kinds = [m.lastgroup or "" for c in cells if (m := _LABELS.fullmatch(c))]
        if len(kinds) == len(cells) > 1 and {"date", "title"} <= {*kinds}:
            self._columns = tuple(kinds[kinds.index("date") + 1 :])
            return True
        if len(kinds) == len(cells) == 1 and (kinds[0] == "date" or self._header):
            self._header.append(kinds[0])  # each cell on a line of its own
            if "title" in self._header:
                self._columns = tuple(self._header[self._header.index("date") + 1 :])
            return True
        return False

    def _counts_days(self, n: int) -> bool:
        """Whether the next line begins with a day, so that the month above it is a heading."""
        after = next((x.text for x in self._lines[n + 1 :] if not _PAGE.fullmatch(x.text)), "")
        m = _MARKS.match(after)
        return _DAYS.match(after, m.end() if m else 0) is not None or re.match(r"[\s•*-]*\d{1,2}[.)]?\s", after) is not None

    def _begin(self, line: _Line) -> _Started | None:
        s = line.text
        marks = _MARKS.match(s)
        for low in dict.fromkeys((marks.end() if marks else 0, len(s) - len(s.lstrip(" \t|•·*-")))):
            end = self._date_end(s, low)
            if end is None:
                continue
            if half := _HALF.match(s, end) if not _RANGE.search(s, low, end) else None:
                end, stop = half.end("dash"), half.end()
            elif after := _AFTER.match(s, end):
                stop = after.end()
            else:
                continue
            cells, at = [[line.part(low, end)]], [low]
            for a, b in _cells(s, stop) if stop < len(s) or "|" in s else ():
                cells.append([line.part(a, b)] if b > a else [])
                at.append(a)
            return _Started(cells, at, self._columns, self._year, self._month, self._under, alone=len(cells) == 1)
        return self._vague(line)

    def _vague(self, line: _Line) -> _Started | None:
        """A row that begins with a date that can't be read: nothing is read of it, and it ends the row before."""
        s = line.text
        low = len(s) - len(s.lstrip(" |•*"))
        first = _CELL.search(s, low)
        if first is None or not _VAGUE.fullmatch(s[low : first.start()].strip()):
            return None
        return _Started([[line.part(low, first.start())]], [low], (), None, None, None)

    def _date_end(self, s: str, low: int) -> int | None:
        """Where the date ends that begins at `low`."""
        cell = _CELL.split(s[low:])[0]
        hits = [h.end for h in find_dates(cell) if h.start == 0] + [h.end for h in find_days(cell) if h.start == 0]
        hits += [month_alone(cell)] if self._year or re.search(r"(?:19|20)\d\d", cell) else []
        best = max(hits, default=0)
        if best:
            return low + best
        m = _DAYS.match(s, low) if self._month else None
        return m.end() if m else None

    def _goes_on(self, row: _Started, line: _Line, fresh: _Started) -> bool:
        """Whether a line gives the end of the date that the line before began: "26 January –" over "6 February"."""
        if line.blank or len(row.cells[0]) > 1 or not _OPEN.search(self._document.text[slice(*row.cells[0][0])]):
            return False
        for n, cell in enumerate(fresh.cells):
            if n < len(row.cells):
                row.cells[n] += cell
            else:
                row.cells.append(cell)
                row.at.append(fresh.at[n])
        return True

    def _is_more(self, row: _Started, line: _Line) -> bool:
        if row.alone:  # cells on lines of their own
            return len(row.cells) <= max(len(row.columns), 3)
        return not line.blank or (
            line.text[:1].isspace() and not _PAGE.fullmatch(line.text) and len(line.text) - len(line.text.lstrip()) > 7
        )

    def _add(self, row: _Started, line: _Line) -> None:
        s = line.text
        if row.alone:
            low = len(s) - len(s.lstrip(" \t|•·*"))
            row.cells.append([line.part(low, len(s.rstrip(" |")))])
            row.at.append(0)
            return
        if s.count("|") > 1:
            for n, (a, b) in enumerate(_cells(s, len(s) - len(s.lstrip(" |")) if s.lstrip()[:1] == "|" else 0)):
                if n < len(row.cells) and b > a:
                    row.cells[n].append(line.part(a, b))
            return
        low = len(s) - len(s.lstrip())
        pieces = list(_cells(s, low)) if "\t" not in s.strip() and len(row.cells) > 2 else [(low, len(s))]
        if len(row.cells) == 1:
            row.cells.append([])
            row.at.append(low)
        for a, b in pieces:
            near = [n for n, at in enumerate(row.at) if n and abs(at - a) <= 3]
            row.cells[near[0] if near else -1].append(line.part(a, b))

    def _source(self, line: _Line) -> Source:
        words = fold(self._document.text, *line.part(0, len(line.text)))
        block = block_at(self._document, line.start)
        return Source(passage=words.span(), anchor=words.span(), paragraph=block.label, rule="rows.heading")


def _lines(text: str) -> Iterator[_Line]:
    position, blank = 0, True
    for raw in text.splitlines(keepends=True):
        line = raw.rstrip()
        if line.strip() and not (_PAGE.fullmatch(line) and not _YEAR.fullmatch(line)):
            yield _Line(position, line, blank)
            blank = False
        elif not line.strip():
            blank = True
        position += len(raw)


def _cells(s: str, start: int) -> Iterator[tuple[int, int]]:
    """The cells of s[start:]; an empty one between two bars is kept, that the others stay in their columns."""
    end = len(s.rstrip(" |")) if not s.rstrip().endswith("| |") else len(s.rstrip()) - 1
    low = start
    for m in [*_CELL.finditer(s, start, end), None]:
        yield low, m.start() if m else max(low, end)
        low = m.end() if m else end


def _joined(text: str, pieces: Sequence[tuple[int, int]]) -> Folded:
    words = ""
    at: list[int] = []
    for a, b in pieces:
        piece = fold(text, a, b)
        if words and piece.s:
            words, at = f"{words} ", [*at, at[-1]]
        words, at = words + piece.s, [*at, *piece.at]
    return Folded(words, tuple(at))


def _close(document: Document, gazetteer: Gazetteer, o: _Started) -> Row | None:
    words = ""
    at: list[int] = []
    edges: list[tuple[int, int]] = []
    for pieces in o.cells:
        cell = _joined(document.text, pieces)
        if edges:
            words, at = words + BAR, [*at, *[at[-1]] * len(BAR)]
        edges.append((len(words), len(words) + len(cell.s)))
        words, at = words + cell.s, [*at, *cell.at]
    date = _date(words[slice(*edges[0])], o) if words else None
    if date is None or len(edges) < 2:
        return None
    block = block_at(document, at[0])
    text = Folded(words, tuple(at))
    matches = tuple(replace(m, start=m.start + a, end=m.end + a) for a, b in edges for m in gazetteer.find(words[a:b]))
    under = None
    if o.under:
        head = fold(document.text, *o.under)
        under = Passage(block_at(document, o.under[0]), head, tuple(gazetteer.find(head.s)), document.years)
    columns = tuple(c or "" for c, _ in zip_longest(o.columns[: len(edges) - 1], edges[1:], fillvalue="")) if o.columns else ()
    return Row(Passage(block, text, matches, document.years), date, tuple(edges[1:]), columns, under)


def _date(s: str, o: _Started) -> DateHit | None:
    """The date of a row, with the year and the month of the headings over it, or that of the title of the text."""
    for hit in find_dates(s)[:1]:
        return hit if hit.start == 0 else None
    days = next((h for h in find_days(s) if h.start == 0), None)
    beside: tuple[Source, ...] = ()
    if o.month and days is None and (m := _DAYS.match(s)):
        days = next((h for h in find_days(f"{m[0]} {o.month[0]}") if h.start == 0), None)
        days = replace(days, end=m.end(), written=m[0]) if days else None
        beside = (o.month[1],)
    if o.year is None:
        return None
    year, said = o.year
    if days:
        date: DateRead | None = days.days(year)
        end = days.end
    else:
        end = month_alone(s)
        date = next((h.date for h in find_dates(f"{s[:end]} {year}")), None) if end else None
        date = replace(date, written=s[:end]) if date else None
    if date is None or date.start.year != year:  # "30 December - 2 January": the heading is of the one or of the other
        return None
    return DateHit(0, end, date, (*beside, *(x for x in [said] if x not in beside)))
