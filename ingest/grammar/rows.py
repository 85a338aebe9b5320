"""The rows of a list of activities, whatever its layout: each begins with its date, and the year may stand in a heading above it.

Columns may be kept apart by bars, tabs or blanks, or each cell may stand on a line of its own; a row may go on in the lines below it. A row
is one passage in which " | " stands between the cells, so that a name never runs from one cell into the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from ingest.document import Document, Passage
from ingest.findings import DateRead, Source
from ingest.folded import Folded, fold
from ingest.gazetteer import Gazetteer
from ingest.grammar.dates import DateHit, find_dates, find_days, month_alone
from ingest.grammar.lines import block_at
from ingest.grammar.records import records
from ingest.grammar.row_lines import Started
from ingest.grammar.row_scan import DAYS, Scan

BAR = " | "
_LEAST = 3  # rows make a list
_RECORDS = 2  # with labels
_SHARE = 0.4  # of the words of a text


@dataclass(frozen=True, slots=True)
class Row:
    """`p` holds the whole row; `cells` are the offsets in it of what stands behind the date, `columns` what the header calls them.

    `under` is the heading over the row that is neither a year nor a month, if one is; `status` what a mark before the row says of it.
    """

    p: Passage
    date: DateHit
    cells: tuple[tuple[int, int], ...]
    columns: tuple[str, ...]
    under: Passage | None
    status: str = ""


def rows_of(document: Document, gazetteer: Gazetteer) -> list[Row]:
    """The rows of a text that is a list of activities; none of any other text."""
    for started, least in ((records(document), _RECORDS), (Scan(document).open_rows(), _LEAST)):
        found = [row for o in started if (row := _close(document, gazetteer, o))]
        words = sum(len(r.p.s) for r in found)
        if len(found) >= least and words > _SHARE * len(re.sub(r"\s+", " ", document.text)):
            return found
    return []


def _joined(text: str, pieces: Sequence[tuple[int, int]]) -> Folded:
    words = ""
    at: list[int] = []
    for a, b in pieces:
        piece = fold(text, a, b)
        if words and piece.s:
            words, at = f"{words} ", [*at, at[-1]]
        words, at = words + piece.s, [*at, *piece.at]
    return Folded(words, tuple(at))


def _close(document: Document, gazetteer: Gazetteer, o: Started) -> Row | None:
    words = ""
    at: list[int] = []
    edges: list[tuple[int, int]] = []
    for pieces in o.cells:
        cell = _joined(document.text, pieces)
        if words:
            words, at = words + BAR, [*at, *[at[-1]] * len(BAR)]
        edges.append((len(words), len(words) + len(cell.s)))
        words, at = words + cell.s, [*at, *cell.at]
    dated = edges.pop(o.date_at)
    date = _date(words[slice(*dated)], o) if words else None
    if date is None or not edges:
        return None
    date = replace(date, start=dated[0] + date.start, end=dated[0] + date.end)
    block = block_at(document, at[0])
    text = Folded(words, tuple(at))
    matches = tuple(replace(m, start=m.start + a, end=m.end + a) for a, b in sorted([dated, *edges]) for m in gazetteer.find(words[a:b]))
    under = None
    if o.under:
        head = fold(document.text, *o.under)
        under = Passage(block_at(document, o.under[0]), head, tuple(gazetteer.find(head.s)), document.years)
    columns = tuple(c or "" for c, _ in zip_longest(o.columns[: len(edges)], edges, fillvalue="")) if o.columns else ()
    return Row(Passage(block, text, matches, document.years), date, tuple(edges), columns, under, o.status)


def _date(s: str, o: Started) -> DateHit | None:
    """The date of a row, with the year and the month of the headings over it, or that of the title of the text."""
    for hit in find_dates(s)[:1]:
        return hit if hit.start == 0 else None
    days = next((h for h in find_days(s) if h.start == 0), None)
    beside: tuple[Source, ...] = ()
    if o.month and days is None and (m := DAYS.match(s)):
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
