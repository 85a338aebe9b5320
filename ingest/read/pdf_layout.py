"""Lines of pages → one text in blocks: wrapped lines are joined, running heads and page numbers left out, footnotes set at the end.

A line was wrapped if the first word of the next one had no room on it; then the two are joined by a space. A line that ends early ends on
purpose, and its break stays. More space than usual, another size, or the mark of an item begins a new block.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ingest.broken_words import is_one_word
from ingest.read.extraction import LONGEST_HEADING

_MARGIN: Final = 0.12  # share of the height in which running heads and page numbers stand
_CLOSED: Final = re.compile(r"[.:;!?][\"”’')\]]*$")
_BULLET: Final = re.compile(r"[•·‣▪●◦](?=\s|\w)|[-–*](?=\s)")
_NUMBER: Final = re.compile(r"\(?(\d{1,3})[.)](?=\s)|\(?[a-z]\)(?=\s)|\(?[ivx]{1,5}\)(?=\s)|[IVX]{1,5}\.(?=\s)")
_PAGE: Final = re.compile(r"(?:page\s+)?[-–—|\s]*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE)
_ENDED: Final = re.compile(r"[.;!?][\"”’')\]]*$")
_HYPHEN: Final = re.compile(r"[^\W_]-$")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `left`, `right`, `base` (its baseline, upwards) and `first` (the width of its first word) are in points."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    first: float


@dataclass(frozen=True, slots=True)
class Page:
    """`unknown` counts characters without a meaning, `drawn` says whether anything is on the page."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    unknown: int = 0
    drawn: bool = True


@dataclass(frozen=True, slots=True)
class _Placed:
    line: Line
    page: Page


def text_of(pages: Sequence[Page]) -> tuple[str, tuple[tuple[int, int], ...], tuple[str, ...]]:
    """The text, from which offset it stands on which page, and what stands around it on the pages."""
    heads = _heads(pages)
    body, notes = _parted([_Placed(line, page) for page in pages for line in page.lines if (page.number, line) not in heads])
    words = Counter(word.lower() for one in (*body, *notes) for word in _WORD.findall(one.line.text))
    look = _Look.of(body)
    parts, length, segments = list[str](), 0, list[tuple[int, int]]()
    for block in (*_blocks(body), *_blocks(notes)):
        is_heading = look.is_heading([one.line for _, one in block])
        for position, (separator, one) in enumerate(block):
            before = "\n\n" * bool(parts)
            if position:
                last = parts.pop()
                length -= len(last)
                before = _joined(last, " " if is_heading else separator, one.line.text, words)
            length += len(before)
            if not segments or segments[-1][1] != one.page.number:
                segments.append((length, one.page.number))
            line = f"## {one.line.text}" if is_heading and not position else one.line.text
            parts += [before, line]
            length += len(line)
    around = dict.fromkeys(line.text for _, line in sorted(heads, key=lambda x: (x[0], -x[1].base, x[1].left)))
    return "".join(parts) + "\n", tuple(segments), tuple(around)


# --- what stands around the text ----------------------------------------------------------------------------------------------------------


def _heads(pages: Sequence[Page]) -> set[tuple[int, Line]]:
    """Running heads, running feet and page numbers."""
    places: dict[tuple[str, int], list[tuple[int, Line]]] = {}
    for page in pages:
        for line in page.lines:
            if line.base > page.height * (1 - _MARGIN) or line.base < page.height * _MARGIN:
                key = (re.sub(r"\d+", "#", line.text), round(line.base / 4))
                places.setdefault(key, []).append((page.number, line))
    found: set[tuple[int, Line]] = set()
    for lines in places.values():
        if len({number for number, _ in lines}) >= max(2, 0.4 * len(pages)):
            found.update(lines)
    for page in pages:
        rest = [line for line in page.lines if (page.number, line) not in found]
        if len(rest) > 1:
            for line, inner in ((min(rest, key=_base), sorted(map(_base, rest))[1]), (max(rest, key=_base), sorted(map(_base, rest))[-2])):
                outside = line.base < page.height * _MARGIN or line.base > page.height * (1 - _MARGIN)
                if outside and _PAGE.fullmatch(line.text) and abs(line.base - inner) > 1.5 * line.size:
                    found.add((page.number, line))
    return found


def _base(line: Line) -> float:
    return line.base


def _parted(lines: list[_Placed]) -> tuple[list[_Placed], list[_Placed]]:
    """The body, and the footnotes: what is smaller and stands below all of the body of its page."""
    weight: Counter[float] = Counter()
    for one in lines:
        weight[one.line.size] += len(one.line.text)
    usual = max(weight, key=lambda size: (weight[size], size), default=0.0)
    lowest: dict[int, float] = {}
    for one in lines:
        if one.line.size > 0.92 * usual:
            lowest[one.page.number] = min(one.line.base, lowest.get(one.page.number, one.line.base))
    notes = [one for one in lines if one.line.size <= 0.92 * usual and one.line.base < lowest.get(one.page.number, float("-inf"))]
    below = set(map(id, notes))
    return [one for one in lines if id(one) not in below], notes


@dataclass(frozen=True, slots=True)
class _Look:
    """How most of the text looks: what is larger or, alone, bold is a heading."""

    size: float
    bold: bool

    @classmethod
    def of(cls, lines: Sequence[_Placed]) -> _Look:
        weight: Counter[tuple[float, bool]] = Counter()
        for one in lines:
            weight[(one.line.size, one.line.bold)] += len(one.line.text)
        return cls(*max(weight, key=lambda look: (weight[look], look), default=(0.0, False)))

    def is_heading(self, lines: Sequence[Line]) -> bool:
        larger = all(line.size > 1.12 * self.size for line in lines)
        bold = not self.bold and all(line.bold for line in lines)
        short = sum(len(line.text) + 1 for line in lines) <= LONGEST_HEADING
        return short and (larger or bold) and not _ENDED.search(lines[-1].text) and not _BULLET.match(lines[0].text)


# --- lines to blocks ----------------------------------------------------------------------------------------------------------------------


def _blocks(lines: Sequence[_Placed]) -> Iterator[list[tuple[str, _Placed]]]:
    """Lines in blocks, each with what parts it from the line before."""
    if not lines:
        return
    shape, block = _Shape.of(lines), [("", lines[0])]
    for before, after in pairwise(lines):
        separator = shape.between(before, after)
        if separator == "\n\n":
            yield block
            block = []
        block.append((separator, after))
    yield block


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is usual in this document: the distance of lines, in sizes, and the right edges of lines by where they begin."""

    pitch: float
    edges: dict[int, float]

    @classmethod
    def of(cls, lines: Sequence[_Placed]) -> _Shape:
        pairs = pairwise(lines)
        steps = [(a.line.base - b.line.base) / a.line.size for a, b in pairs if a.page is b.page and abs(a.line.size - b.line.size) < 0.5]
        usual = Counter(round(step, 1) for step in steps if 0.8 < step < 2.2)
        most = max(usual.values(), default=0)
        pitch = min((step for step, times in usual.items() if times >= 0.5 * most), default=1.2)
        return cls(pitch, {begin: _edge(lines, begin) for begin in {_begin(one.line) for one in lines}})

    def between(self, before: _Placed, after: _Placed) -> str:
        """What parts two lines: a space where the first was wrapped, its own break, or a blank line."""
        a, b = before.line, after.line
        closed, full = bool(_CLOSED.search(a.text)), self._full(a, b)
        alike = abs(a.size - b.size) < 0.06 * max(a.size, b.size) and (a.bold == b.bold or (full and not closed))
        step = (a.base - b.base) / max(a.size, 1.0)
        if before.page is not after.page or step <= 0:  # the next page, or the next column
            if not alike or self._item(a, b, full, closed) or not (full or (not closed and b.text[:1].islower())):
                return "\n\n"
            return "\n" if closed else " "  # a full line may end a paragraph: then only marks of a new one tell
        if alike and _HYPHEN.search(a.text) and step <= 1.25 * self.pitch + 0.05:
            return " "
        if not alike or step > 1.25 * self.pitch + 0.05 or self._item(a, b, full, closed):
            return "\n\n"
        if full:
            indented = closed and b.left > a.left + 0.9 * a.size and not _marked(a.text)
            return "\n\n" if indented else " "
        return "\n\n" if closed else "\n"

    def _full(self, a: Line, b: Line) -> bool:
        """Whether the first word of `b` had no room at the end of `a`."""
        return a.right + 0.2 * a.size + b.first > self.edges[_begin(a)]

    @staticmethod
    def _item(a: Line, b: Line, full: bool, closed: bool) -> bool:
        """Whether `b` begins an item of a list."""
        if mark := _BULLET.match(b.text):
            return mark[0] not in "-–*" or not full or closed
        mark = _NUMBER.match(b.text)
        return bool(mark) and (not full or closed or b.left < a.left - 0.9 * a.size)


def _begin(line: Line) -> int:
    """Lines that begin about here belong to one column."""
    return round(line.left / 90)


def _edge(lines: Sequence[_Placed], begin: int) -> float:
    """How far the lines that begin at `begin` reach: a width that several of them share, else as far as the page has its left margin."""
    here = [one for one in lines if abs(_begin(one.line) - begin) <= 1]
    widths = sorted(one.line.right for one in here)
    left = min(one.line.left for one in here)
    for reached, right in reversed(list(enumerate(widths, 1))):
        if reached - bisect_left(widths, right - 0.12 * (right - left)) >= max(3, 0.1 * len(widths)):
            return right
    return max(one.page.width for one in here) - min(one.line.left for one in lines)


def _marked(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBER.match(text))


def _joined(text: str, separator: str, following: str, words: Counter[str]) -> str:
    """A line up to where the next one begins; a hyphen at its end goes only if the document writes the word without it."""
    if separator == " " and _HYPHEN.search(text):
        start, end = re.search(r"[^\W\d_]*(?:-[^\W\d_]*)*-$", text), re.match(r"[^\W\d_]+", following)
        if start and end and end[0][0].islower() and is_one_word(start[0][:-1], end[0], words):
            return text[:-1]
        return text
    return text + separator
