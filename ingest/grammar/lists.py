"""Coordinated lists of names: "Australia, China (Macau SAR), the Solomon Islands and Vietnam, and from IOM and UNHCR".

A list is what stands between names and connecting words. A capitalised item that no table knows is kept as unknown and does not end
the list; anything else ends it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Passage
from ingest.gazetteer import Match

_WORDS = (
    r"and|&|or|the|of|from|by|for|also|both|as well as|as well|together with|along with|in addition to|plus|including|"
    r"(?:the )?[Gg]overnments? of|representatives? of|a local|an?|international|local|NGOs?"
)
_CONNECT = re.compile(rf"(?:\s|[,;:]|\b(?:{_WORDS})\b|\([A-Z][A-Za-z-]{{1,9}}\))*")
_OBSERVING = re.compile(r"[\s,;]*(?:and\b[\s,]*)?as (?:an )?observers?\b[\s,;:]*(?:the\b\s*)?", re.IGNORECASE)
# An item of a list that no table knows: a few capitalised words up to the next comma, "and" or full stop.
_UNKNOWN = re.compile(
    r"[\s,;]*(?:and\b\s*)?(?:the\b\s*)?(?P<name>[A-Z][\w.'’-]+(?:\s+(?:(?:of|and|for|the|de|du)\s+){0,2}[A-Z][\w.'’-]+){0,5})(?=\s*(?:,|;|\.|$|and\b|\())"
)
PARTIES = ("area", "org", "gov", "process", "body")


@dataclass(frozen=True, slots=True)
class Item:
    """A name in a list; `observing` where the list says so of the items that follow."""

    match: Match
    observing: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """`unknown` holds offsets of names that no table knows."""

    items: tuple[Item, ...]
    unknown: tuple[tuple[int, int], ...]
    start: int
    end: int


def read_forward(p: Passage, start: int, end: int, kinds: Sequence[str] = PARTIES) -> Listed:
    """The list that begins at `start`."""
    items: list[Item] = []
    unknown: list[tuple[int, int]] = []
    position, observing = start, False
    while position < end:
        following = next((m for m in p.matches if m.start >= position and m.kind in kinds), None)
        gap_end = following.start if following and following.start <= end else end
        if m := _OBSERVING.match(p.s, position, gap_end):
            observing, position = True, m.end()
            continue
        if following and following.end <= end and _CONNECT.fullmatch(p.s, position, following.start):
            items.append(Item(following, observing))
            position = following.end
            continue
        strange = _UNKNOWN.match(p.s, position, gap_end if following else end)
        if not items or strange is None:
            break
        unknown.append((strange.start("name"), strange.end("name")))
        position = strange.end()
    return Listed(tuple(items), tuple(unknown), items[0].match.start if items else start, position)


def read_backward(p: Passage, start: int, end: int, kinds: Sequence[str] = PARTIES) -> Listed:
    """The list that ends at `end`."""
    items: list[Item] = []
    position = end
    for m in reversed([m for m in p.matches if m.kind in kinds and start <= m.start and m.end <= end]):
        if not _CONNECT.fullmatch(p.s, m.end, position):
            break
        items.insert(0, Item(m))
        position = m.start
    return Listed(tuple(items), (), position, end)
