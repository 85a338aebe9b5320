"""Lines, cells, and the words of a header: what rows of a list of activities are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.findings import Source
from ingest.grammar.kinds import MEETING_NOUN

YEAR_LINE = re.compile(
    r"[\W_]*(?:(?:(?:bali\s+process\s+)?(?:activities|events|meetings|workshops|calendar|programme|year)|in|for|held|of)\W+){0,3}"
    r"(?P<year>(?:19|20)\d\d)(?:\s+(?:activities|events|meetings|programme|calendar))?(?:\s*\(?(?:continued|cont(?:inue)?[’']?d\.?)\)?)?[\W_]*",
    re.IGNORECASE,
)
CELL = re.compile(r"\s*\|\s*|\s*\t\s*|\s{3,}")
VERB = re.compile(r"\b(?:was|were|will|is|are|has|have|had|held|took|met|agreed)\b")
_TRAINING = re.compile(r"\b(?:training|course|study\s+(?:visit|tour)|consultation)\b", re.IGNORECASE)
LABELS = re.compile(
    r"(?P<date>dates?|when|month|period)|(?P<title>activit(?:y|ies)|events?|meetings?|titles?|names?(?:\s+of\s+(?:activity|event|meeting))?|what|description)"
    r"|(?P<place>places?|venues?|locations?|where|city|country|held\s+in)"
    r"|(?P<host>(?:co-?)?hosts?(?:ed\s+by)?|hosts?\s*(?:/|and|&)\s*co-?hosts?|host\s+(?:country|countries|government)|(?:co-?)?hosting\s+countr(?:y|ies))"
    r"|(?P<chair>(?:co-?)?chairs?(?:ed\s+by)?)|(?P<who>who|by\s+whom|participation|parties|involved)"
    r"|(?P<rest>remarks?|notes?|outcomes?|comments?|results?|details?|status|participants|summary|year|no\.?|#|organi[sz]ers?|leads?)",
    re.IGNORECASE,
)
PAGE = re.compile(r"\s*(?:[Pp]age\s+\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?|[-–]?\s*\d{1,3}\s*[-–]?|[-_=*|+: ]+)\s*")


@dataclass(slots=True)
class Line:
    """A line with words; `start` is its offset in the stored text."""

    start: int
    text: str
    blank: bool  # whether the line before it is blank

    def part(self, a: int, b: int) -> tuple[int, int]:
        """Offsets in the stored text of the words text[a:b]."""
        return self.start + a, self.start + b


@dataclass(slots=True)
class Started:
    """A row in the making: the pieces of text of each cell."""

    cells: list[list[tuple[int, int]]]
    at: list[int]  # in which column of the page each cell begins
    columns: tuple[str, ...]
    year: tuple[int, Source] | None
    month: tuple[str, Source] | None
    under: tuple[int, int] | None
    alone: bool = False  # whether its date stands on a line of its own
    date_at: int = 0  # which cell is the date
    below: bool = False  # whether its title is the line below its date, and remarks follow
    lines: int = 0  # how many of these there are
    status: str = ""  # what a mark before it says: "held", "planned", or "off" where it was put off or given up


def lines_of(text: str) -> Iterator[Line]:
    """The lines that have words and are no rule or number of a page."""
    position, blank = 0, True
    for raw in text.splitlines(keepends=True):
        line = raw.rstrip()
        if line.strip() and not (PAGE.fullmatch(line) and not YEAR_LINE.fullmatch(line)):
            yield Line(position, line, blank)
            blank = False
        elif not line.strip():
            blank = True
        position += len(raw)


def cells_of(s: str, start: int) -> Iterator[tuple[int, int]]:
    """The cells of s[start:]; an empty one between two bars is kept, that the others stay in their columns."""
    end = len(s.rstrip(" |")) if not s.rstrip().endswith("| |") else len(s.rstrip()) - 1
    low = start
    for m in [*CELL.finditer(s, start, end), None]:
        yield low, m.start() if m else max(low, end)
        low = m.end() if m else end


def kind_of_label(m: re.Match[str]) -> str:
    """What a word of a header calls its column: that of co-hosts is told from that of hosts."""
    kind = m.lastgroup or ""
    return f"co-{kind}" if kind in ("host", "chair") and m[0].lower().startswith("co") and "/" not in m[0] else kind


def is_title(line: str) -> bool:
    """Whether a line is the title of a meeting and no sentence."""
    return bool(MEETING_NOUN.search(line) or _TRAINING.search(line)) and not VERB.search(line) and not line.rstrip().endswith(".")
