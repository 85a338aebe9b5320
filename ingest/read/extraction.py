"""What reading a file gives: its text with the pages of it, or a refusal that names the mend."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

# Marks that turn the direction of what follows, and characters without width: they would make a quotation look other than it is.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WIDTHLESS = re.compile("[\u00ad\u200b\u2060\ufeff]")
# What no text holds: control characters but tab and line ends, halves of surrogate pairs, code points that are no characters.
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_FEED = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")


LONGEST_HEADING: Final = 160  # characters


class RefusedError(Exception):
    """A file can't be read. `problem` and `mend` make the line that the operator gets; `line` counts from 1."""

    def __init__(self, problem: str, mend: str, line: int | None = None):
        super().__init__(problem)
        self.problem, self.mend, self.line = problem, mend, line


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The text of a file.

    `library` is what made the text, with its version; it is empty where the text is the file itself, character for character. `pages`
    says, in the order of the text, from which offset it stands on which page (counted from 1), `encoding` is one that had to be guessed,
    `notes` are whole sentences for the report. `left_out` has what stands around the text on its pages, such as running heads.
    """

    text: str
    format: str
    library: str = ""
    encoding: str = ""
    pages: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without characters that can't be seen, and what there is to say of those that were left out."""
    text, directions = _DIRECTION.subn("", text)
    text, controls = _CONTROL.subn("", _FEED.sub("\n", text))
    notes = []
    if directions:
        notes.append(f"holds {directions} marks that turn the direction of the text; they were left out. Check its quotations.")
    if controls:
        notes.append(f"holds {controls} control characters; they were left out. Check its quotations.")
    return _WIDTHLESS.sub("", text), tuple(notes)


def is_clean(text: str) -> bool:
    """Whether `clean` would leave the text as it is."""
    return not any(pattern.search(text) for pattern in (_DIRECTION, _WIDTHLESS, _CONTROL, _FEED))


def squeeze(text: str) -> str:
    """White space as single spaces; the breaks of lines stay."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def joined(blocks: Iterable[str]) -> str:
    """Blocks as the layout reader knows them: with a blank line between."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def heading(blocks: Sequence[str], level: int) -> list[str]:
    """A heading as the layout reader knows it, on one line; what is too long for one stays what it is."""
    text = " ".join(" ".join(blocks).split())
    return [f"{'#' * min(level, 6)} {text}"] if 0 < len(text) <= LONGEST_HEADING else list(blocks)


def row(cells: Sequence[Sequence[str]]) -> list[str]:
    """The blocks of a row of a table, whose cells are blocks: one line for the row where each cell is one line, else cell after cell."""
    filled = [cell for cell in cells if cell]
    if any(len(cell) > 1 or "\n" in cell[0] for cell in filled):
        return [block for cell in filled for block in cell]
    return [" | ".join(cell[0] for cell in filled)] if filled else []


def page_of(pages: Sequence[tuple[int, int]], offset: int) -> int | None:
    """The page on which the character at an offset stands; None where the text has no pages."""
    before = bisect_right(pages, offset, key=lambda part: part[0])
    return pages[max(before - 1, 0)][1] if pages else None
