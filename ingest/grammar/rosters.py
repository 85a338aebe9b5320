"""Lists of those who came, line by line: parties, or people with their posts, under a heading that says in what role.

"Present were:", "List of participants", "Observers"; below it "Ms Ana Lim, Director, Immigration Department, Fiji", or the name of a
delegation on a line of its own with its people under it. The town of an office ("IOM Canberra") is no state that is represented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.document import Document, Passage
from ingest.gazetteer import Gazetteer
from ingest.grammar import roster_cues as cues
from ingest.grammar.labels import ROSTERS, Field
from ingest.grammar.lines import cut, lines, passage_of, whole_names
from ingest.grammar.names import person_of
from ingest.grammar.roster_rows import (
    OWN,
    Entry,
    Nations,
    Party,
    Roster,
    Row,
    away_of,
    delegation_of,
    goes_on,
    is_office,
    is_row,
    item_of,
    joined,
    led_by,
    own_role,
    read_line,
    read_value,
    row_of,
    said_of_last,
)
from ingest.grammar.side_columns import Columns, columns_of

_WORD = re.compile(r"[^\W\d_]{4,}")
_OWN_NUMBER = re.compile(r"\d{1,3}[.)]\s")
_NEXT_NUMBER = re.compile(r"(?<=[\w).])(?:[ ]{3,}|[ ]*\t\s*)(?=\d{1,3}[.)]\s+[A-Z])")
_FRONT = 600  # characters of the head of a text


def rosters(document: Document, gazetteer: Gazetteer, labelled: list[Field], nations: Nations) -> list[Roster]:
    """The rosters of a document, in order."""
    reader = _Reader(document, nations, {f.head.text.at[0]: f for f in labelled if f.name in ROSTERS})
    # in a list or beside it
    chairs = [(f.p.text.at[0], f.p.text.at[-1]) for f in labelled if f.name in ("chair", "co-chair") and f.value]
    tables = [t for t in columns_of(document, _role_of) if _who_came(document, t)]
    every = whole_names(document, gazetteer, (x for line in lines(document, gazetteer) for x in _numbered(document, gazetteer, line)))
    reader.running = _running(document, every)
    for line in joined(document, gazetteer, every):
        table = next((t for t in tables if t.start <= line.text.at[0] < t.end), None)
        if table is not None:
            reader.found += _columns(document, gazetteer, table) if line.text.at[0] < table.head_end else []
        elif not any(a <= line.text.at[0] <= b for a, b in chairs):
            reader.read(line)
    for r in reader.found:
        r.entries = [e for e in r.entries if r.role != OWN or e.role]
    return [r for r in reader.found if r.entries]


def _numbered(document: Document, gazetteer: Gazetteer, line: Passage) -> Iterator[Passage]:
    """The entries of a line with several, each with its number: "1. AUSTRALIA        6. MALAYSIA"."""
    start, end = line.text.at[0], line.text.at[-1] + 1
    cuts = [m.end() for m in _NEXT_NUMBER.finditer(document.text, start, end)] if _OWN_NUMBER.match(line.s) else []
    if not cuts:
        yield line
        return
    for low, high in pairwise([start, *cuts, end]):
        yield passage_of(document, gazetteer, low, high)


def _running(document: Document, every: list[Passage]) -> set[int]:
    """Offsets of the heads and feet of pages: lines beside the number of a page with no words but those of the head of the text."""
    pages = [n for n, line in enumerate(every) if cues.PAGE.fullmatch(line.s)]
    beside = [every[n] for page in pages for n in (page - 1, page + 1) if 0 <= n < len(every)]
    return {
        line.text.at[0]
        for line in beside
        if set(_WORD.findall(line.s.casefold())) <= set(_WORD.findall(document.text[: min(_FRONT, line.text.at[0])].casefold()))
    }


def _role_of(heading: str) -> str | None:
    """What the heading of a column says of those below it."""
    m = cues.HEAD.fullmatch(heading)
    if m or cues.KIND.fullmatch(heading):
        return next((n for n in ("observer", "apology", "guest") if m and m[n]), "attendee" if not m or m["attendee"] else None)
    return None


def _who_came(document: Document, table: Columns) -> bool:
    """Whether the columns of a table are lists of parties that came: a heading over it says so, or one of its own."""
    above = document.text[: table.start].rstrip().rpartition("\n")[2].strip("#*| ")
    said = [above, *re.split(r"\||\t|\s{2,}", document.text[table.start : table.head_end])]
    told = any((m := cues.HEAD.fullmatch(x.strip())) and m["attendee"] for x in said)
    return told and not cues.PEOPLE.search(document.text, table.start, table.end)


def _columns(document: Document, gazetteer: Gazetteer, table: Columns) -> list[Roster]:
    """A list for each column, with the head of the table as its heading."""
    head = passage_of(document, gazetteer, table.start, table.head_end)
    above = document.text[: table.start].rstrip(" \n#*|")
    begin = above.rfind("\n") + 1
    over = passage_of(document, gazetteer, begin, len(above)) if cues.HEAD.fullmatch(above[begin:].strip(" #*|")) else None
    found: list[Roster] = []
    for role in dict.fromkeys(status for _, _, status in table.names):
        names = [(p, m) for p, m, status in table.names if status == role]
        entries = [Entry(p, None, next(r for r in m.refs if not r.startswith("place:")), m.written, m.start, m.end) for p, m in names]
        found.append(Roster(role, head, entries, over=over))
    return found


@dataclass(slots=True)
class _Reader:
    """Reads a document line by line. `heads` are the labels of lists by their offsets."""

    document: Document
    nations: Nations
    heads: dict[int, Field]
    found: list[Roster] = field(default_factory=list)
    current: Roster | None = None
    delegation: Party = None  # the line that names the party of the people below it
    table: Row | None = None
    broken: bool = False  # the line before breaks off
    running: set[int] = field(default_factory=set)  # offsets of lines beside the number of a page: they may be its head or foot
    over: Passage | None = None  # the heading of the whole list of those who came

    def read(self, line: Passage) -> None:
        """Take the next line."""
        if self._is_running(line) or self._one(line) or self._heading(line):
            return
        broken, self.broken = self.broken, False
        self._resume(line)
        if self.current is None and cues.OTHER.fullmatch(line.s) and line.text.at[0] not in self.running:
            self.over = None
        if self.current is None or cues.COLUMNS.fullmatch(line.s) or cues.PAGE.fullmatch(line.s) or cues.ASIDE.fullmatch(line.s):
            return
        if (led := cues.ROLE_BEFORE.match(line.s)) and self._apart(line, led, "guest"):
            return
        item = item_of(line)
        if item or away_of(line) or not _ends(line):
            self._entry(self.current, line, item or line, broken=broken)
        elif not self._is_new():
            self._close()
            self.over = None

    def _is_running(self, line: Passage) -> bool:
        """Whether the heading of the list is printed again over the next page."""
        return self.current is not None and self.over is not None and line.s == self.over.s

    def _is_new(self) -> bool:
        """Whether a list has no entry yet: what stands below its heading may be a remark on it."""
        roster = self.current
        return roster is not None and cues.LISTED.search(roster.head.s) is not None and not (roster.entries or roster.unknown)

    def _resume(self, line: Passage) -> None:
        """Go on with the whole list at the next delegation, below its chair or behind a row that can't be read."""
        done = self.current is None or (
            (self.current.role in cues.FEW or self.current.role == OWN) and any(e.person for e in self.current.entries)
        )
        if self.over is not None and done and delegation_of(line):
            self.current = Roster("attendee", self.over)
            self.found.append(self.current)

    def _one(self, line: Passage) -> bool:
        """Whether a line is a role and one person, or says of the delegation above it that it stayed away."""
        one = cues.ONE.match(line.s)
        away = cues.APOLOGIES.fullmatch(line.s)
        return (one is not None and self._apart(line, one, "speaker")) or (
            away is not None
            and self.current is not None
            and said_of_last(self.document, self.current, line, sorry=away["sorry"] is not None)
        )

    def _apart(self, line: Passage, lead: re.Match[str], role: str) -> bool:
        """Add a line of another role within a list; False where it has no entry."""
        rest = cut(line, lead.end(), len(line.s))
        apart = Roster(own_role(lead["role"].removesuffix("s")) or role, line)
        if rest is None or not read_line(apart, rest, None, self.nations):
            return False
        self.found.append(apart)
        return True

    def _heading(self, line: Passage) -> bool:
        """Whether a line begins a list, or ends all of them."""
        if self.found and cues.NOT_THERE.fullmatch(line.s):
            self._close()
            self.over = None
            return True
        if self.found and cues.RESOURCE.fullmatch(line.s):
            self.current, self.delegation, self.table = Roster(OWN, line), None, None
            self.found.append(self.current)
            return True
        head, m = self.heads.get(line.text.at[0]), cues.HEAD.fullmatch(line.s)
        told = None if head or m else _told(line)
        kind = self.current is not None and cues.KIND.fullmatch(line.s) and any(r.role == "attendee" for r in self.found)
        mixed = cues.MIXED.fullmatch(line.s) and cues.OBSERVERS.search(self.document.text, line.text.at[-1])
        if not (head or m or told or kind or mixed):
            return False
        if m and m["attendee"]:
            self.over = line
        role = head.name if head else told[0] if told else next((n.replace("_", "-") for n in cues.HEADS if m and m[n]), "attendee")
        at = head.head if head else told[1] if told else line
        # "Members" says who came only below "List of participants"
        over = head.over if head else next((r.over or r.head for r in reversed(self.found) if r.role == role), None) if kind else None
        self.current, self.delegation, self.table = Roster(role, at, over=over), None, None
        self.found.append(self.current)
        if head and head.value:
            read_value(self.current, next(_sentences(head.value)), self.nations)
        return True

    def _entry(self, roster: Roster, line: Passage, entry: Passage, *, broken: bool) -> None:
        """Add the row of a list, or end the list."""
        named = delegation_of(entry)
        if not named and goes_on(self.document, roster, line) and not ((person := person_of(entry)) and person.address):
            return  # "   Federal Agent, Australian Federal Police": a post names nobody
        if named:
            self.delegation, self.table = (entry, named[0], named[1]), None
        elif led := led_by(entry):
            self.delegation, self.table = None, row_of(self.document, line, entry, led)
        empty = self.table.party if self.table and self.table.has(self.document, line, entry) else None
        if read_line(roster, entry, self.delegation or empty, self.nations):
            self.broken = cues.UNFINISHED.search(line.s) is not None
        elif cues.OTHER.fullmatch(line.s) and line.text.at[0] not in self.running:
            self._close()
            self.over = None  # the heading of something else
        elif not (
            named
            or broken
            or "|" in line.s
            or is_office(roster, line)
            or goes_on(self.document, roster, line)
            or line.text.at[0] in self.running
            or is_row(self.document, roster, line)
        ):
            self._close()  # but a row of a table may be unreadable, and a page has a head and a foot

    def _close(self) -> None:
        self.current, self.delegation, self.table = None, None, None


def is_head(line: str) -> bool:
    """Whether a line is the heading of a list of those who came."""
    return cues.HEAD.fullmatch(line.strip()) is not None


def is_columns(line: str) -> bool:
    """Whether a line is the head of a table of people or of parties."""
    return cues.COLUMNS.fullmatch(line.strip()) is not None


def _told(line: Passage) -> tuple[str, Passage] | None:
    """The role of those below a sentence that only says who came; one before it on the line may tell of something else."""
    last = cut(line, max((a for a, _ in line.sentences()), default=0), len(line.s))
    if last is None or not cues.TOLD.fullmatch(last.s.strip()) or cues.NOT_SO.search(last.s):
        return None
    return "apology" if cues.SORRY.search(last.s) else "observer" if cues.WATCHED.search(last.s) else "attendee", last


def _sentences(p: Passage) -> Iterator[Passage]:
    """The sentences of a value: what follows the first one is prose."""
    for a, b in p.sentences():
        if piece := cut(p, a, b):
            yield piece


def value_end(f: Field) -> int:
    """Where the value of a label ends in the text: that of a list of those who came ends with its sentence."""
    whole = f.p.text.at[-1] + 1
    first = next(_sentences(f.value), None) if f.value and f.name in ROSTERS else None
    return first.text.at[-1] + 1 if first else whole


def _ends(line: Passage) -> bool:
    """Whether a line is prose, or a label of something else: the list is over."""
    return (
        bool(cues.PROSE.search(line.s))
        or line.s.rstrip().endswith(":")
        or (line.block.kind == "numbered" and line.text.at[0] <= line.block.text.at[0])
    )


def covered(found: list[Roster]) -> list[tuple[int, int]]:
    """Offsets of the text that rosters have read."""
    spans = [(r.head.text.at[0], r.head.text.at[-1] + 1) for r in found]
    return spans + [(e.p.text.at[0], e.p.text.at[-1] + 1) for r in found for e in r.entries]
