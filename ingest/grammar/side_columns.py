"""Lists of members or of those who came, side by side, each with its own heading: "| Members | Observers |" over rows of names.

A name belongs to the column that it stands in: with bars by the number of its cell, else by how far from the margin it begins. In a column
whose heading says nothing of that, a name has the status of the column that is ticked in its row, or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ingest.document import Document, Passage
from ingest.gazetteer import Match
from ingest.grammar.lines import cut

_LINE = re.compile(r"[^\n]+")
_GAP = re.compile(r"[ ]{2,}|[ ]*\t\s*")
_BAR = re.compile(r"\|")
_TICK = re.compile(r"[✓✔☑☒Xx●•]|[Yy]es")
# Around a name that is a cell: a number, a note.
_LEAD = re.compile(r"[\s•*-]*(?:\d{1,3}[.)]?\s+)?(?:[Tt]he\s+)?")
_TAIL = re.compile(r"(?:\s*\([^()]*\)|[\s*†‡\d.,–-]|\b(?:since|joined|in|from)\b)*")
_RULE = re.compile(r"[\s|:=+-]+")


@dataclass(slots=True)
class Columns:
    """A table text[start:end]; `names` are the names in it (the passage is their line or cell) with the status of their column."""

    start: int
    head_end: int
    end: int
    names: list[tuple[Passage, Match, str]] = field(default_factory=list)


def columns_of(document: Document, status_of: Callable[[str], str | None]) -> list[Columns]:
    """The tables whose columns have headings of their own; `status_of` gives what a heading says ("" where it says none), or None."""
    found: list[Columns] = []
    current: tuple[Columns, list[tuple[int, str]], bool] | None = None
    for line in _LINE.finditer(document.text):
        heads = _heads(line[0], status_of)
        if heads:
            current = Columns(line.start(), line.end(), line.end()), heads, "|" in line[0]
            found.append(current[0])
        elif current and line[0].strip() and not _RULE.fullmatch(line[0]):
            table, columns, bars = current
            apart = bars != ("|" in line[0]) or ":" in line[0] or any(status_of(cell) is not None for _, cell in _cells(line[0], bars=bars))
            names = [] if apart else list(_row(document, line, columns, bars=bars))
            if names:
                table.names += names
                table.end = line.end()
            else:
                current = None
    return [t for t in found if t.names]


def _cells(line: str, *, bars: bool) -> list[tuple[int, str]]:
    """The cells of a line with where each begins: with bars its number, else its offset."""
    if bars:
        return [(n, cell.strip()) for n, cell in enumerate(line.strip().removeprefix("|").removesuffix("|").split("|"))]
    edges = [0, *(m.end() for m in _GAP.finditer(line) if m.start())]
    return [
        (a + len(c) - len(c.lstrip()), c.strip()) for a, b in zip(edges, [*edges[1:], len(line)], strict=True) if (c := line[a:b]).strip()
    ]


def _heads(line: str, status_of: Callable[[str], str | None]) -> list[tuple[int, str]]:
    """Where the columns of a head begin, and the status of each; none where blanks part them and one is no heading, or all say the same."""
    bars = "|" in line
    cells = [(at, status_of(cell.strip(" *_:"))) for at, cell in _cells(line, bars=bars)]
    told = [(at, status or "") for at, status in cells if bars or status is not None]
    headed = any(status for _, status in cells) and len(told) == len(cells)
    return told if headed and len({status for _, status in told}) > 1 else []


def _row(document: Document, line: re.Match[str], columns: list[tuple[int, str]], *, bars: bool) -> Iterator[tuple[Passage, Match, str]]:
    for p in document.passages:
        if p.text.at[-1] < line.start() or p.text.at[0] >= line.end():
            continue
        for m in p.named("area", "org"):
            at = p.text.at[m.start]
            piece = cut(p, m.start, m.end) if line.start() <= at < line.end() else None
            inside = next((x for x in piece.matches if x.start == 0), None) if piece else None
            if piece is None or inside is None:
                continue
            before = document.text[line.start() : at]
            cell = (_BAR if bars else _GAP).split(before)[-1]
            behind = (_BAR if bars else _GAP).split(document.text[p.text.at[m.end - 1] + 1 : line.end()])[0]
            if not _LEAD.fullmatch(cell) or not _TAIL.fullmatch(behind):
                continue
            if bars:
                n = before.strip().removeprefix("|").count("|")
                status = (columns[n][1] if n < len(columns) else "") or _ticked(line[0], columns)
            else:
                status = next((told for start, told in reversed(columns) if start <= len(before) + 1), "")
            if status:
                yield piece, inside, status


def _ticked(line: str, columns: list[tuple[int, str]]) -> str:
    """The status of the one column that is ticked in a row."""
    ticked = {columns[n][1] for n, cell in _cells(line, bars=True) if n < len(columns) and columns[n][1] and _TICK.fullmatch(cell)}
    return ticked.pop() if len(ticked) == 1 else ""
