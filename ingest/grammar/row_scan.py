"""The lines of a text as rows of a list of activities: which headings hold for a row, and in which columns its cells stand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from ingest.document import Document
from ingest.findings import Source
from ingest.folded import fold
from ingest.grammar.dates import MONTHS, find_dates, find_days, month_alone
from ingest.grammar.kinds import MEETING_NOUN
from ingest.grammar.lines import block_at
from ingest.grammar.row_lines import CELL, LABELS, PAGE, VERB, YEAR_LINE, Line, Started, cells_of, is_title, kind_of_label, lines_of

_MONTH = re.compile(r"[\W_]*(?P<month>[A-Z][A-Za-z]{2,8})\.?,?(?:\s+(?P<year>(?:19|20)\d\d))?[\W_]*")
_MARKS = re.compile(r"[\s|•·*▪●◦>-]*(?:\(?\d{1,3}[.)]\s+|\d{1,3}\s*\|\s*)?")
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
DAYS = re.compile(r"\d{1,2}(?:st|nd|rd|th)?(?:\s*(?:[-–—/&]|to|and)\s*\d{1,2}(?:st|nd|rd|th)?)?(?=\s*(?:[|:\t.,)–—-]|\s[A-Z“\"]|$))")
# "Workshop on Passports (Suva, 3 May 2014), hosted by Fiji": a title with its date behind it.
_BEHIND = re.compile(
    r"[\s•·*▪●◦>–-]*(?P<title>[A-Z0-9][^()|;:\t]{7,160}?)\s*\((?:(?P<place>[^()\d]{3,60}?),?\s+)?(?P<date>[^(),]*\d[^()]*)\)(?P<rest>.*)"
)
# "First meeting – Bangkok, 12 March 2010", "Workshop on Ports, Harbour Hotel, Suva, 3-4 June 2010": place and date behind a title.
_WHERE = r"(?P<place>[A-Z][^\d,()|;:\t]{2,40}(?:,\s+[A-Z][^\d,()|;:\t]{2,40}){0,2})"
_WHEN = rf"(?P<date>(?:\d|(?:{MONTHS})\b)[^()|;:\t]{{3,40}})"
_LAST = re.compile(
    rf"[\s•·*▪●◦>–-]*(?:\(?\d{{1,3}}[.)]\s+)?(?P<title>[A-Z0-9][^()|;:\t]{{4,160}}?)(?:,|\s[–—-])\s+{_WHERE}(?:,|\s[–—-])\s+(?i:{_WHEN})(?P<rest>)"
)
_PLACED = re.compile(rf"[\s•·*▪●◦>–-]*{_WHERE}(?:,|\s[–—-])\s+(?i:{_WHEN})")  # below a title
_REMARK = re.compile(
    r"(?:(?:Co-?)?(?:[Hh]osted|[Cc]haired|[Oo]rgani[sz]ed)\s+(?:jointly\s+)?by|Attended\s+by|(?:Co-?)?(?:[Hh]osts?|[Cc]hairs?)\s*:|Participants\b|Agreed|Endorsed|Recommended)"
)
_GLUE = re.compile(rf"(?:(?i:{MONTHS})|(?:19|20)\d\d)(?=[A-Z][a-z])")  # "23 MarchSixth Conference"
_GLUED = re.compile(r"(?<=[a-z’'\d)])(?=[A-Z][a-z])")
_YEAR_CELL = re.compile(r"[\s|]*(?P<year>(?:19|20)\d\d)(?:\s*[|\t]\s*|\s{2,})(?=\S)")


class Scan:
    """Reads the lines of a text from the top; what a heading says holds until the next one."""

    def __init__(self, document: Document):
        self._document = document
        self._lines = list(lines_of(document.text))
        head = document.years.head
        self._year: tuple[int, Source] | None = (head.year, head.source) if head and head.date is None else None
        self._month: tuple[str, Source] | None = None
        self._columns: tuple[str, ...] = ()
        self._header: list[str] = []
        self._above: int | None = None  # how many cells stand above the date, where each is a line
        self._stray: list[tuple[int, int]] = []
        self._under: tuple[int, int] | None = None

    def open_rows(self) -> Iterator[Started]:
        """The rows from the top."""
        row: Started | None = None
        for n, line in enumerate(self._lines):
            if self._is_heading(n, line):
                if row:
                    yield row
                row, self._stray = None, []
                continue
            fresh = self._begin(line) or self._placed(n, line)
            if fresh and row and self._goes_on(row, line, fresh):
                continue
            if fresh:
                self._find_title(n, row, fresh)
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
                self._stray.append(line.part(len(line.text) - len(line.text.lstrip(" |•*")), len(line.text)))
        if row:
            yield row

    def _find_title(self, n: int, row: Started | None, fresh: Started) -> None:
        """Where the title of a row stands, if it is not in its line: over date and place, or below them."""
        if fresh.alone:
            self._take_titles(n, row, fresh)
        elif self._titled_below(n, fresh):
            fresh.below = True
        elif n and row is None and self._stray and is_title(self._lines[n - 1].text) and not any(map(self._titled, fresh.cells)):
            fresh.cells, fresh.at, fresh.date_at = [[self._stray[-1]], *fresh.cells], [0, *fresh.at], fresh.date_at + 1
            fresh.columns = ("title", *fresh.columns) if fresh.columns and "title" not in fresh.columns else fresh.columns

    def _titled_below(self, n: int, fresh: Started) -> bool:
        """Whether the line below date and place is the title: "8-9 May 2012 – Manila" over "Workshop on Passports"."""
        after = self._lines[n + 1] if n + 1 < len(self._lines) else None
        apart = self._lines[n].blank or not is_title(self._lines[n - 1].text)
        return bool(after and apart and not after.blank and is_title(after.text)) and not any(map(self._titled, fresh.cells))

    def _take_titles(self, n: int, row: Started | None, fresh: Started) -> None:
        """Of rows with a cell a line, the cells that stand above the date were taken for the last ones of the row before."""
        if self._above is None:
            after = self._lines[n + 1].text if n + 1 < len(self._lines) else ""
            titled = n > 0 and is_title(self._lines[n - 1].text) and not is_title(after)
            self._above = self._before or (1 if titled else 0)
        if not self._above:
            return
        above = [c[0] for c in row.cells[row.date_at + 1 :] if c] if row and row.alone else self._stray
        taken = above[-self._above :]
        if row and row.alone:
            del row.cells[len(row.cells) - len(taken) :], row.at[len(row.at) - len(taken) :]
        fresh.cells = [*([x] for x in taken), *fresh.cells]
        fresh.at = [0] * len(fresh.cells)
        fresh.date_at = len(taken)

    def _is_heading(self, n: int, line: Line) -> bool:
        s = line.text
        if PAGE.fullmatch(s):
            return False
        if m := YEAR_LINE.fullmatch(s):
            self._year = (int(m["year"]), self._source(line))
            self._month, self._header, self._under = None, [], None
            return True
        if (m := _MONTH.fullmatch(s)) and month_alone(m["month"].title()) and self._counts_days(n):
            self._month = (m["month"].title(), self._source(line))
            if m["year"]:
                self._year = (int(m["year"]), self._source(line))
            return True
        cells = [c.strip(" :*#") for c in CELL.split(s.strip(" |\t"))]
        kinds = [kind_of_label(m) for c in cells if (m := LABELS.fullmatch(c))]
        if len(kinds) == len(cells) > 1 and {"date", "title"} <= {*kinds}:
            self._columns = tuple(kinds)
            return True
        if len(kinds) == len(cells) == 1 and (kinds[0] in ("date", "title") or self._header):
            self._header.append(kinds[0])  # each cell on a line of its own
            if {"date", "title"} <= {*self._header}:
                self._columns = tuple(self._header)
            return True
        return False

    @property
    def _before(self) -> int:
        """How many columns stand before the date."""
        return self._columns.index("date") if "date" in self._columns else 0

    def _counts_days(self, n: int) -> bool:
        """Whether the next line begins with a day, so that the month above it is a heading."""
        after = next((x.text for x in self._lines[n + 1 :] if not PAGE.fullmatch(x.text)), "")
        m = _MARKS.match(after)
        return DAYS.match(after, m.end() if m else 0) is not None or re.match(r"[\s•*-]*\d{1,2}[.)]?\s", after) is not None

    def _begin(self, line: Line) -> Started | None:
        s = line.text
        if (m := _YEAR_CELL.match(s)) and self._date_end(s, m.end()) is not None:
            self._year, self._month = (int(m["year"]), self._source(line)), None
            return self._dated(line, m.end())
        marks = _MARKS.match(s)
        for low in dict.fromkeys((marks.end() if marks else 0, len(s) - len(s.lstrip(" \t|•·*-")))):
            if row := self._dated(line, low):
                return row
        return self._in_column(line) or self._behind(line) or self._vague(line)

    def _dated(self, line: Line, low: int) -> Started | None:
        """A row that begins with its date at `low`."""
        s = line.text
        end = self._date_end(s, low)
        if end is None:
            return None
        glued = _GLUE.match(s, max(low, end - 9)) or next((m for m in _GLUE.finditer(s, low) if m.end() == end), None)
        if half := _HALF.match(s, end) if not _RANGE.search(s, low, end) else None:
            end, stop = half.end("dash"), half.end()
        elif after := _AFTER.match(s, end):
            stop = after.end()
        elif glued:
            stop = end
        else:
            return None
        row = self._row([line.part(low, end)], low)
        edges = [(stop, len(s))] if stop < len(s) or "|" in s else []
        if edges and glued and glued.end() == end:
            cuts = [stop, *(m.start() for m in _GLUED.finditer(s, stop)), len(s)]
            edges = [*itertools.pairwise(cuts)]
        elif edges:
            edges = [*cells_of(s, stop)]
        for a, b in edges:
            row.cells.append([line.part(a, b)] if b > a else [])
            row.at.append(a)
        row.columns = self._columns[self._before + 1 :] if not self._before else ()
        row.alone = len(row.cells) == 1
        if row.alone and self._before:
            row.columns = (*self._columns[: self._before], *self._columns[self._before + 1 :])
        return row

    def _row(self, date: list[tuple[int, int]], at: int) -> Started:
        return Started([date], [at], (), self._year, self._month, self._under)

    def _in_column(self, line: Line) -> Started | None:
        """A row of a table in which the date is not the first column."""
        n, s = self._before, line.text
        if not n or not ("|" in s or "\t" in s):
            return None
        edges = [*cells_of(s, len(s) - len(s.lstrip(" |")))]
        if len(edges) <= n or self._date_end(s, edges[n][0]) != edges[n][1]:
            return None
        row = self._row([line.part(*edges[n])], edges[n][0])
        row.cells = [[line.part(a, b)] if b > a else [] for a, b in edges]
        row.at = [a for a, _ in edges]
        row.date_at = n
        row.columns = (*self._columns[:n], *self._columns[n + 1 :])
        return row

    def _behind(self, line: Line) -> Started | None:
        m = _BEHIND.fullmatch(line.text) or _LAST.fullmatch(line.text.rstrip(" ."))
        if m is None or self._date_end(line.text, m.start("date")) != m.end("date"):
            return None
        if not MEETING_NOUN.search(m["title"]) or VERB.search(m["title"]):
            return None
        names = [x for x in ("title", "place", "date", "rest") if m[x]]
        row = self._row([line.part(*m.span("date"))], m.start("date"))
        row.cells = [[line.part(*m.span(x))] for x in names]
        row.at = [m.start(x) for x in names]
        row.date_at = names.index("date")
        row.columns = tuple(x for x in names if x != "date")
        return row

    def _placed(self, n: int, line: Line) -> Started | None:
        """A row whose title is the line above: "Workshop on Ports" over "Suva, 3-4 June 2010"."""
        m = _PLACED.fullmatch(line.text.rstrip(" .")) if n and not line.blank and is_title(self._lines[n - 1].text) else None
        if m is None or self._date_end(line.text, m.start("date")) != m.end("date"):
            return None
        row = self._row([line.part(*m.span("date"))], m.start("date"))
        row.cells = [[line.part(*m.span("place"))], *row.cells]
        row.at = [m.start("place"), m.start("date")]
        row.date_at = 1
        row.columns = ("place",)
        return row

    def _vague(self, line: Line) -> Started | None:
        """A row that begins with a date that can't be read: nothing is read of it, and it ends the row before."""
        s = line.text
        low = len(s) - len(s.lstrip(" |•*"))
        first = CELL.search(s, low)
        if first is None or not _VAGUE.fullmatch(s[low : first.start()].strip()):
            return None
        return Started([[line.part(low, first.start())]], [low], (), None, None, None)

    def _date_end(self, s: str, low: int) -> int | None:
        """Where the date ends that begins at `low`."""
        cell = re.split(r"[|\t;)]|\s{3,}", s[low:])[0].rstrip()
        if glue := _GLUE.search(cell):
            cell = cell[: glue.end()]
        hits = [h.end for h in find_dates(cell) if h.start == 0] + [h.end for h in find_days(cell) if h.start == 0]
        hits += [month_alone(cell)] if self._year or re.search(r"(?:19|20)\d\d", cell) else []
        best = max(hits, default=0)
        if best:
            return low + best
        m = DAYS.match(s, low) if self._month else None
        return m.end() if m else None

    def _goes_on(self, row: Started, line: Line, fresh: Started) -> bool:
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

    def _is_more(self, row: Started, line: Line) -> bool:
        if row.below:
            return not line.blank
        if row.alone:  # cells on lines of their own
            return len(row.cells) <= max(len(row.columns), 3) + (self._above or 0)
        if not line.text[:1].isspace() and is_title(line.text) and (row.date_at or not any(map(self._titled, row.cells))):
            return False  # the title of the next date
        return not line.blank or (
            line.text[:1].isspace() and not PAGE.fullmatch(line.text) and len(line.text) - len(line.text.lstrip()) > 7
        )

    def _add(self, row: Started, line: Line) -> None:
        s = line.text
        if row.below:
            part = line.part(len(s) - len(s.lstrip()), len(s))
            if row.lines < 2:  # the title, and the first of the remarks
                row.cells.append([part])
                row.at.append(0)
            else:
                row.cells[-1].append(part)
            row.lines += 1
            return
        if row.alone:
            low = len(s) - len(s.lstrip(" \t|•·*"))
            row.cells.append([line.part(low, len(s.rstrip(" |")))])
            row.at.append(0)
            return
        if s.count("|") > 1:
            for n, (a, b) in enumerate(cells_of(s, len(s) - len(s.lstrip(" |")) if s.lstrip()[:1] == "|" else 0)):
                if n < len(row.cells) and b > a:
                    row.cells[n].append(line.part(a, b))
            return
        low = len(s) - len(s.lstrip())
        if len(row.cells) > 2 and _REMARK.match(s, low):
            row.cells.append([line.part(low, len(s))])
            row.at.append(low)
            return
        pieces = list(cells_of(s, low)) if "\t" not in s.strip() and len(row.cells) > 2 else [(low, len(s))]
        if len(row.cells) == 1:
            row.cells.append([])
            row.at.append(low)
        for a, b in pieces:
            near = [n for n, at in enumerate(row.at) if n and abs(at - a) <= 3]
            row.cells[near[0] if near else -1].append(line.part(a, b))

    def _titled(self, pieces: list[tuple[int, int]]) -> bool:
        return is_title(self._text(pieces).rstrip("."))

    def _text(self, pieces: list[tuple[int, int]]) -> str:
        return " ".join(self._document.text[a:b] for a, b in pieces)

    def _source(self, line: Line) -> Source:
        words = fold(self._document.text, *line.part(0, len(line.text)))
        block = block_at(self._document, line.start)
        return Source(passage=words.span(), anchor=words.span(), paragraph=block.label, rule="rows.heading")
