"""A document's text with its findings marked: what the review pages and the reader page are made of.

Offsets are Unicode code points of the stored text, half-open. Nothing here knows HTML or RDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Span: TypeAlias = tuple[int, int]
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_PARAGRAPH: Final = re.compile(r"(?:(?!\n[^\S\n]*\n).)+", re.DOTALL)
_MARKS: Final = " \t\n\r\f\v\u00a0•·*#–-"
_CONTROL: Final = {**{c: 0x2400 + c for c in range(0x20) if chr(c) not in "\t\n\r"}, 0x7F: 0x2421}
_HIDDEN: Final = (*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, *range(0xD800, 0xE000))
_SHOWN: Final = _CONTROL | {c: f"⟦U+{c:04X}⟧" for c in _HIDDEN}


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of text that carries findings: `number` says which. Crossing marks are cut, and only the first piece is `first`."""

    number: int
    first: bool
    inside: tuple[Node, ...]

    @property
    def leaf(self) -> bool:
        return all(isinstance(x, str) for x in self.inside)


Node: TypeAlias = str | Marked


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text in reading order. `read` is False where no finding claims it although it holds words."""

    start: int
    end: int
    read: bool
    nodes: tuple[Node, ...]

    @property
    def aside(self) -> bool:
        """Whether it is only a number or a mark between passages."""
        return not self.read and not any(_WORD.search(x) for x in self.nodes if isinstance(x, str))


def passages(text: str, quoted: Iterable[Span], marks: Mapping[Span, int]) -> list[Passage]:
    """The text: the passages that findings quote (those that overlap are one), and what lies between them, by paragraphs.

    Bare marks between passages are left out.
    `marks` numbers the stretches that carry findings; each lies inside a quoted passage.
    """
    found: list[Passage] = []
    at = 0
    order = sorted(marks, key=lambda span: (span[0], -span[1]))
    for start, end in _joined(quoted):
        found += _between(text, at, start)
        inside = [(*span, marks[span], True) for span in order if start <= span[0] and span[1] <= end]
        found.append(Passage(start, end, True, tuple(_nested(text, start, end, inside))))
        at = end
    return [*found, *_between(text, at, len(text))]


def sparse(quotes: Mapping[int, str]) -> str:
    """A text of which only quotations may be shown: each at its offset, blanks between."""
    length = max((start + len(quote) for start, quote in quotes.items()), default=0)
    letters = [" "] * length
    for start, quote in quotes.items():
        letters[start : start + len(quote)] = quote
    return "".join(letters)


def words(node: Node) -> str:
    """The words of a stretch without its marks."""
    return node if isinstance(node, str) else "".join(map(words, node.inside))


def visible(text: str) -> str:
    """The text with control characters and marks of direction made visible: they must not rule the page that shows them."""
    return text.translate(_SHOWN)


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _between(text: str, start: int, end: int) -> Iterator[Passage]:
    for m in _PARAGRAPH.finditer(text, start, end):
        words = m[0].rstrip(_MARKS).lstrip(_MARKS)
        if any(c.isalnum() for c in words):
            first = m.start() + len(m[0]) - len(m[0].lstrip(_MARKS))
            yield Passage(first, first + len(words), False, (words,))


def _nested(text: str, start: int, end: int, marks: Sequence[tuple[int, int, int, bool]]) -> Iterator[Node]:
    """The text from `start` to `end` with its marks nested; `marks` are sorted by their start, the longer first."""
    at, rest = start, list(marks)
    while rest:
        a, b, number, first = rest.pop(0)
        inside = [m for m in rest if m[0] < b]
        rest = [m for m in rest if m[0] >= b]
        rest += [(b, m[1], m[2], False) for m in inside if m[1] > b]
        rest.sort(key=lambda m: (m[0], -m[1]))
        if at < a:
            yield text[at:a]
        yield Marked(number, first, tuple(_nested(text, a, b, [(m[0], min(m[1], b), m[2], m[3]) for m in inside])))
        at = b
    if at < end:
        yield text[at:end]
