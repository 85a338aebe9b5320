"""The numbers of paragraphs in a DOCX: they stand in no text, but follow from lists, levels and counters, and have to be counted."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from ingest.read.numerals import numeral

_KINDS: Final = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_BULLET: Final = "•"


@dataclass(slots=True)
class _Level:
    start: int = 1
    kind: str = "decimal"
    text: str = ""
    style: str | None = None
    restart: int | None = None  # the level whose numbers set this one back; None: every one above
    plain: bool = False  # numbers of higher levels in digits


@dataclass(slots=True)
class _List:
    """A numbering definition: the counters belong to it, not to the lists that use it."""

    levels: dict[int, _Level]
    counters: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives each numbered paragraph its mark, in the order of the document."""

    def __init__(self, numbering: Element | None):
        self._lists: dict[str, _List] = {}
        self._of: dict[str, str] = {}  # number of a list → its definition
        self._starts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._load(numbering)

    def level_of(self, number: str, style: str) -> int:
        """The level of a list that belongs to a paragraph style."""
        found = self._lists.get(self._of.get(number, ""))
        return next((n for n, level in found.levels.items() if level.style == style), 0) if found else 0

    def mark(self, number: str, depth: int) -> str:
        """The mark of the next paragraph of list `number` at level `depth` (from 0): `4.`, `(a)`, `•`; nothing where it has none."""
        found = self._lists.get(self._of.get(number, ""))
        if found is None or depth not in found.levels:
            return ""
        level, counters = found.levels[depth], found.counters
        if (number, depth) not in self._begun and depth in self._starts[number]:
            counters[depth] = self._starts[number][depth]
        else:
            counters[depth] = counters.get(depth, level.start - 1) + 1
        self._begun.add((number, depth))
        for deeper, other in found.levels.items():
            if deeper > depth and other.restart != 0 and (other.restart is None or depth < other.restart):
                counters.pop(deeper, None)
        if level.kind == "bullet":
            return _BULLET if level.text.strip() else ""
        return re.sub(r"%([1-9])", lambda m: self._printed(found, int(m[1]) - 1, level), level.text) if level.kind != "none" else ""

    def _printed(self, found: _List, depth: int, at: _Level) -> str:
        level = found.levels.get(depth, _Level())
        number = found.counters.get(depth, level.start)
        if at.plain or level.kind not in _KINDS:
            return f"{number:02}" if level.kind == "decimalZero" and not at.plain else str(number)
        return numeral(number, _KINDS[level.kind])

    def _load(self, numbering: Element) -> None:
        linked: dict[str, str] = {}
        styles: dict[str, str] = {}
        for one in numbering.iter("w_abstractNum"):
            key = one.get("abstractNumId", "")
            self._lists[key] = _List({_int(x, "ilvl", 0): _level(x) for x in one.findall("w_lvl")})
            if (link := _value(one, "w_numStyleLink")) is not None:
                linked[key] = link
            if (name := _value(one, "w_styleLink")) is not None:
                styles[name] = key
        for key, name in linked.items():  # a definition that only names the style of another one
            if name in styles:
                self._lists[key] = self._lists[styles[name]]
        for num in numbering.iter("w_num"):
            number = num.get("numId", "")
            self._of[number] = _value(num, "w_abstractNumId") or ""
            for override in num.findall("w_lvlOverride"):
                if (start := _value(override, "w_startOverride")) is not None:
                    self._starts[number][_int(override, "ilvl", 0)] = _number(start, 1)


def _level(level: Element) -> _Level:
    return _Level(
        start=_number(_value(level, "w_start"), 1),
        kind=_value(level, "w_numFmt") or "decimal",
        text=_value(level, "w_lvlText") or "",
        style=_value(level, "w_pStyle"),
        restart=None if (restart := _value(level, "w_lvlRestart")) is None else _number(restart, 0),
        plain=level.find("w_isLgl") is not None,
    )


def _value(node: Element, name: str) -> str | None:
    found = node.find(name)
    return None if found is None else found.get("val")


def _int(node: Element, name: str, otherwise: int) -> int:
    return _number(node.get(name), otherwise)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else otherwise
