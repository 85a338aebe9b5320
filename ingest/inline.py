"""Numbers, bullets and headings that a converter left inside a line: a text flattened to one line is cut into its paragraphs again.

A number in running text opens a paragraph only if it is the next one of the sequence and stands after the end of a sentence or of a
heading, so that "Article 3. The …" or "3. 5 million" cuts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.titles import is_capitals, is_title_case

_NUMBER = re.compile(r"(?<!\S)\(?(?P<number>\d{1,3})[.)](?:\s+|(?=[A-Z]))(?=[A-Z“\"‘(])")
# The same without a mark ("… of persons. 4 Ministers agreed"); no day of a month.
_BARE = re.compile(
    r"(?<!\S)(?P<number>\d{1,3})\s+(?=[A-Z“\"‘(])(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
_FOOTER = re.compile(r"\s(?:\d{1,3}\s*\|\s*P\s?a\s?g\s?e|[Pp]age\s+\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?|[-–]\s*\d{1,3}\s*[-–])\s*$")
_BULLET = re.compile(r"(?<=[:;,.])\s+(?:[•‣▪●◦]|o(?=\s[a-z]))\s*(?=\w)|(?<=[;:,]\sand)\s+[•‣▪●◦]\s*(?=\w)")
_BEGINS = r"(?:(?<=[:;,.])|(?<=[;,]\s(?:and|but))|(?<=[;,]\sor))\s+"
# Items with letters or numbers of their own. The first one, in brackets, may stand behind any word ("Ministers agreed (a) to …").
_LETTERED = (
    (re.compile(rf"(?:{_BEGINS}\(?|\s+\((?=a\)))(?P<item>[a-h])\)\s+(?=\w)"), "a b c d e f g h".split()),
    (
        re.compile(rf"(?:{_BEGINS}\(?|\s+\((?=i\)))(?P<item>[ivx]{{1,4}})(?:\)|\.(?<=[ivx]\.))\s+(?=\w)"),
        "i ii iii iv v vi vii viii ix x".split(),
    ),
    (re.compile(rf"(?:{_BEGINS}\(|\s+\((?=1\)))(?P<item>\d)\)\s+(?=\w)"), list("123456789")),
)
_ITEM_END = re.compile(r"[;,]\s*(?:and|or)?\s*$")
_NEXT_SENTENCE = re.compile(r"(?<=[a-z)]{2})\.\s+(?=(?:[A-Z][a-z]+|It|A)\s)")
_ENDED = re.compile(r"[.:;!?][\"”’')\]]*\s*$")
_SENTENCE_END = re.compile(r"(?<!\s[IVX])(?<!\s[IVX]{2})(?<!\s[IVX]{3})[.:;!?][\"”’')\]]*\s+")  # "II. Review" begins a heading
_FEWEST = 3  # numbers in sequence that make a numbered text


@dataclass(frozen=True, slots=True)
class Cut:
    """A block that begins inside a line at `start`; the block before it ends at `end`. `number` is as printed."""

    end: int
    start: int
    kind: Literal["numbered", "bullet", "heading", "paragraph"]
    number: str | None = None


def number_cuts(text: str, start: int, end: int, after: int, taken: Collection[int]) -> list[Cut]:
    """The paragraphs that begin inside text[start:end]. `after`: the number of the paragraph that it belongs to (0: none yet);
    `taken`: the numbers that begin a line somewhere in the document, which are never meant here.
    """
    return _number_cuts(_NUMBER, text, start, end, after, taken) or _number_cuts(_BARE, text, start, end, after, taken)


def _number_cuts(pattern: re.Pattern[str], text: str, start: int, end: int, after: int, taken: Collection[int]) -> list[Cut]:
    cuts: list[Cut] = []
    expected, floor = after + 1, start
    for m in pattern.finditer(text, start, end):
        if int(m["number"]) != expected or expected in taken:
            continue
        footer = _FOOTER.search(text, floor, m.start())
        at = footer.start() if footer else m.start()
        titled = expected == 1 and not start and not _SENTENCE_END.search(text, start, at)
        heading = start if titled else _heading(text, floor, at)
        if heading is None or (pattern is _BARE and heading < at and not titled):
            continue
        if heading < at and heading > start:
            cuts.append(Cut(heading, heading, "heading"))
        cuts.append(Cut(at, m.end(), "numbered", m["number"]))
        expected, floor = expected + 1, m.end()
    numbers = sum(c.kind == "numbered" for c in cuts)
    return cuts if numbers + (after > 0) >= _FEWEST or (numbers and len(taken) >= _FEWEST) else []


def _heading(text: str, start: int, at: int) -> int | None:
    """Where the heading begins that stands right before `at`; `at` itself where a sentence has ended; None inside a sentence."""
    before = text[start:at]
    if not before.strip() or _ENDED.search(before):
        return at
    ends = [m.end() for m in _SENTENCE_END.finditer(before)]
    last = start + (ends[-1] if ends else 0)
    words = text[last:at].strip()
    return (
        last
        if words and (is_capitals(words) or (is_title_case(words) and len(words.split()) < 40) or _plain_heading(words, bool(ends)))
        else None
    )


def _plain_heading(words: str, closed_before: bool) -> bool:
    """A few words with a capital only at their head ("Way forward"), after a full stop."""
    return closed_before and len(words.split()) <= 6 and words[:1].isupper() and "," not in words


def _after_items(text: str, items: list[Cut], end: int) -> list[Cut]:
    """The sentence that goes on behind the last item of a sentence: "… (a) to share data; and (b) to train police. Members agreed …"."""
    if not all(text[c.start].islower() for c in items) or not all(_ITEM_END.search(text, a.start, b.end) for a, b in pairwise(items)):
        return []
    m = _NEXT_SENTENCE.search(text, items[-1].start, end)
    return [Cut(m.start() + 1, m.end(), "paragraph")] if m else []


def bullet_cuts(text: str, start: int, end: int) -> list[Cut]:
    """The bullets and lettered items that begin inside text[start:end], each after a colon, a semicolon or a full stop."""
    found = [Cut(m.start(), m.end(), "bullet") for m in _BULLET.finditer(text, start, end)]
    for pattern, names in _LETTERED:
        cuts: list[Cut] = []
        for m in pattern.finditer(text, start, end):
            if len(cuts) < len(names) and m["item"] == names[len(cuts)]:
                cuts.append(Cut(m.start(), m.end(), "bullet"))
        if len(cuts) > 1:
            found += [*cuts, *_after_items(text, cuts, end)]
            break
    return sorted(found, key=lambda c: c.start) if len(found) > 1 else []
