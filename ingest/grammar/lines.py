"""The lines of a document as passages: what stands on one line of a page, a table or a list, whatever paragraph it was joined to.

A line is cut where a converter glued things together: after a year ("2003In the chair"), at a semicolon of a list of people, before a
label ("IndonesiaDate:").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ingest.document import Document, Passage
from ingest.folded import fold
from ingest.gazetteer import Gazetteer
from ingest.layout import BULLETS, YEAR_GLUED, Block

_LINE = re.compile(r"[^\n\r]+")
_SHORT = 60  # characters of a line that is the beginning or the end of a name
_BULLET = re.compile(rf"\s*(?:[{BULLETS}*|]|[-–o](?=\s)|§(?=\s+[A-Z])|#{{1,6}}\s)*\s*")


def lines(document: Document, gazetteer: Gazetteer) -> list[Passage]:
    """Every line that has words, without its bullet, with the names in it."""
    found: list[Passage] = []
    if not document.blocks:
        return found
    for m in _LINE.finditer(document.text):
        begin = _BULLET.match(document.text, m.start(), m.end())
        start = begin.end() if begin else m.start()
        if start < m.end() and any(c.isalnum() for c in document.text[start : m.end()]):
            edges = [start, *(g.start() for g in YEAR_GLUED.finditer(document.text, start, m.end())), m.end()]
            found += [passage_of(document, gazetteer, a, b) for a, b in pairwise(edges)]
    return found


def whole_names(document: Document, gazetteer: Gazetteer, found: Iterable[Passage]) -> list[Passage]:
    """The lines, with two as one where a name begins the first and ends the second: "Papua New" over "Guinea"."""
    joined: list[Passage] = []
    for line in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and len(last.s) <= _SHORT >= len(line.s)
            and "\n" not in document.text[last.text.at[-1] : line.text.at[0]].replace("\n", "", 1)
        ):
            both = passage_of(document, gazetteer, last.text.at[0], line.text.at[-1] + 1)
            whole = next((m for m in both.matches if m.start <= len("1. The ") and m.end == len(both.s)), None)
            if whole and whole.start < len(last.s) < whole.end - 1:
                joined[-1] = both
                continue
        if last is not None and "," in last.s and "," in line.s and (wrapped := _wrapped(document, gazetteer, last, line)):
            joined[-1] = wrapped
            continue
        joined.append(line)
    return joined


def _wrapped(document: Document, gazetteer: Gazetteer, last: Passage, line: Passage) -> Passage | None:
    """Two lines of a list as one, where a name is broken between them: "…, Samoa, Sri" over "Lanka, …"."""
    end, start = last.text.at[-1], line.text.at[0]
    begin, stop = last.s.rindex(",") + 1, line.s.index(",")
    if document.text.count("\n", end, start) != 1 or begin == len(last.s) or not stop:
        return None
    seam = passage_of(document, gazetteer, last.text.at[begin], line.text.at[stop - 1] + 1)
    broken = len(fold(document.text, seam.text.at[0], end + 1).s)
    whole = any(m.start < broken < m.end - 1 for m in seam.matches)
    return passage_of(document, gazetteer, last.text.at[0], line.text.at[-1] + 1) if whole else None


def indent(document: Document, line: Passage) -> int:
    """How far from the margin a line begins."""
    return line.text.at[0] - document.text.rfind("\n", 0, line.text.at[0]) - 1


def passage_of(document: Document, gazetteer: Gazetteer, start: int, end: int) -> Passage:
    """The passage text[start:end], in the block that it begins in."""
    words = fold(document.text, start, end)
    return Passage(block_at(document, start), words, tuple(gazetteer.find(words.s)), document.years)


def block_at(document: Document, position: int) -> Block:
    """The block that holds a position of the stored text, or the last one before it."""
    best = document.blocks[0]
    for block in document.blocks:
        if block.text.at[0] > position:
            break
        best = block
    return best


def parts(p: Passage, pattern: re.Pattern[str]) -> Iterator[Passage]:
    """The pieces of a passage between the matches of `pattern`, each with the names that lie in it."""
    start = 0
    for m in [*pattern.finditer(p.s), None]:
        piece = cut(p, start, m.start() if m else len(p.s))
        if piece:
            yield piece
        start = m.end() if m else 0


def cut(p: Passage, start: int, end: int) -> Passage | None:
    """s[start:end] as a passage of its own, or None where it has no words."""
    words = p.text.part(start, end)
    if not words.s or not any(c.isalnum() for c in words.s):
        return None
    low = p.text.at.index(words.at[0])
    names = tuple(
        type(m)(m.start - low, m.end - low, m.refs, m.written) for m in p.matches if low <= m.start and m.end <= low + len(words.s)
    )
    return Passage(p.block, words, names, p.years)
