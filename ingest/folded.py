"""Text that was cleaned for reading and still knows where each of its characters stands in the stored text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.findings import Span

# Emphasis, heading marks, inline tags and the numbers of pages are layout, not words. An asterisk between two spaces is kept: it may be
# a bullet.
_MARKUP = re.compile(
    r"</?[a-zA-Z][a-zA-Z0-9]{0,9}>|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|^#{1,6}\s+|(?<=\s)Page \d{1,2} of \d{1,2}(?=\s)", re.MULTILINE
)
_SPACE = re.compile(r"\s+")
# Words after which a full stop ends no sentence; a single capital is an initial.
_ABBREVIATION = re.compile(
    r"(?:\b(?:H\.E|Dr|Mr|Mrs|Ms|Prof|Hon|Amb|Gen|Col|Lt|Maj|Capt|Pol|Brig|Adm|Cdr|Supt|Insp|Sgt|Retd|Sen|Rev|Engr|Atty|Asst|Sr|Jr|St|No|Nos|Art|para|paras|cf|vs|etc|e\.g|i\.e|approx|Dept|Govt|Snr|Prog|Md|Mohd|Muhd|Abd)"
    r"|(?<!\bBali )(?<!\bAHEG )(?<!\bGroup )(?<!\bPhase )\b[A-Z])$"
)
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$")  # before a year or a day
# Where a converter glued a sentence to the next there is no white space ("Geneva .This meeting looked …", "June 2003In the chair …").
_SENTENCE_END = re.compile(
    r"[.!?]+[\"”’')\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])|(?<=[a-z0-9)\s])\.(?=[A-Z][a-z]+ [a-z])|(?<=\b[12][09]\d\d)(?=[A-Z][a-z]+ [a-z])"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """Cleaned words `s`; `at[i]` is the offset of character i in the stored text."""

    s: str
    at: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.s)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The span of the stored text under s[start:end]."""
        last = len(self.s) if end is None else end
        return Span(self.at[start], self.at[last - 1] + 1)

    def part(self, start: int, end: int) -> Folded:
        """s[start:end] without surrounding white space."""
        while start < end and self.s[start].isspace():
            start += 1
        while end > start and self.s[end - 1].isspace():
            end -= 1
        return Folded(self.s[start:end], self.at[start:end])

    def sentences(self) -> Iterator[Folded]:
        """The sentences in order; titles and initials ("H.E.", "A. Ruddyard") end none."""
        begin = 0
        for m in _SENTENCE_END.finditer(self.s):
            if self.s[m.start()] == "." and _ABBREVIATION.search(self.s[begin : m.start()]):
                continue
            if self.s[m.end() : m.end() + 1].isdigit() and _MONTH.search(self.s[begin : m.start()]):
                continue
            yield self.part(begin, m.end())
            begin = m.end()
        if begin < len(self.s):
            yield self.part(begin, len(self.s))


def fold(text: str, start: int, end: int) -> Folded:
    """Join the lines of text[start:end], drop markup, and keep the offset of every character that stays.

    A hyphen at the end of a line joins its word without a space and stays, as in "multi-" + "lateral".
    """
    drop = bytearray(end - start)
    for m in _MARKUP.finditer(text, start, end):
        for i in range(m.start(), m.end()):
            drop[i - start] = 1
    chars: list[str] = []
    at: list[int] = []
    i = start
    while i < end:
        c = text[i]
        if drop[i - start]:
            i += 1
        elif c.isspace():
            j, broken = i, False
            while j < end and (text[j].isspace() or drop[j - start]):
                broken |= text[j] == "\n"
                j += 1
            hyphenated = broken and len(chars) > 1 and chars[-1] == "-" and chars[-2].isalpha() and j < end and text[j].isalpha()
            if chars and j < end and not hyphenated:
                chars.append(" ")
                at.append(i)
            i = j
        else:
            chars.append(c)
            at.append(i)
            i += 1
    return Folded("".join(chars), tuple(at)).part(0, len(chars))


def plain(text: str) -> str:
    """The words of a raw span, lines joined and markup removed."""
    return fold(text, 0, len(text)).s


def squeeze(text: str) -> str:
    """White space as single spaces."""
    return _SPACE.sub(" ", text).strip()
