"""A table with a column that says who attended: "Australia | Yes | Co-Chair", in cells on one line or one below the other.

A row is read where a word in it answers the heading: yes, no, present, absent. Who did not attend sent apologies only if the row says so.
Where headings stand over several columns ("Day 1 | Day 2" below "Attendance", "Attended | Apologies"), a cell that is ticked does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.document import Document, Passage
from ingest.findings import Ref
from ingest.gazetteer import Gazetteer, Match
from ingest.grammar.lines import lines, passage_of
from ingest.grammar.rosters import is_head as is_list_head

_COLUMN = re.compile(r"\b(?:Attended|Attendance|Attending|Present|Participated)\b")
_PARTY_COLUMN = re.compile(
    r"\b(?:Members?|Countr(?:y|ies)|Part(?:y|ies)|States?|Organi[sz]ations?|Delegations?|Governments?)\b", re.IGNORECASE
)
_BAR = re.compile(r"\||\t")
_ANSWER = re.compile(
    r"(?<![\w-])(?:(?P<yes>Yes|Present|Attended|✓|✔)|(?P<no>No|Absent|Did\s+not\s+attend|–|-))(?=\s*(?:[|\t]|$)|\s+[A-Z(–-])"
)
_SORRY = re.compile(r"\b[Aa]polog(?:y|ies)\b|\b[Rr]egrets\b")
_ROLE = re.compile(r"[|\t\s]+(?P<role>[Cc]o-?[Cc]hair|[Cc]hair|[Hh]ost)\b(?!\s+of\b)")
_HEAD = re.compile(rf"{_COLUMN.pattern}[^\n]{{0,40}}(?:\||\t|\n)")
_DAY = re.compile(r"(?:Day|Session)\s+(?:\d{1,2}|One|Two|Three|Four)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", re.IGNORECASE)
_DAYS = re.compile(r"\|\s*(?:Day|Session)\s+\w+\s*\||day\s*\|", re.IGNORECASE)
_TICK = re.compile(r"[✓✔☑☒●•Xx]|[Yy](?:es)?")
_GROUP = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|$))+")  # lines without an empty one between them
_FEWEST = 3
_LONG = 160  # characters of the heads of columns


@dataclass(frozen=True, slots=True)
class Row:
    """A party that came (`role` attendee) or sent apologies, named at p.s[start:name_end]; s[start:end] holds the answer, too."""

    p: Passage
    party: Ref
    role: str
    start: int
    name_end: int
    end: int
    also: str | None = None  # what else the row says that it was: co-chair, chair, host
    also_end: int = 0


@dataclass(slots=True)
class Table:
    """The heads of the columns and the rows below them."""

    head: Passage
    rows: list[Row] = field(default_factory=list)
    read: int = 0  # all rows with an answer
    columns: tuple[str | None, ...] = ()  # the role that a tick in each column gives
    over: Passage | None = None  # the heading over columns of days


def attended(document: Document, gazetteer: Gazetteer) -> list[Table]:
    """The tables of a document that say who attended."""
    if not _HEAD.search(document.text) and not _DAYS.search(document.text):
        return []
    on_lines = [p for p in lines(document, gazetteer) if _BAR.search(document.text[p.text.at[0] : p.text.at[-1] + 1])]
    tables = [t for t in _tables(document, gazetteer, on_lines) if t.read >= _FEWEST]
    groups = [passage_of(document, gazetteer, *m.span()) for m in _GROUP.finditer(document.text)] if not tables else []
    return tables or [t for t in _tables(document, gazetteer, groups) if t.read >= _FEWEST]


def _tables(document: Document, gazetteer: Gazetteer, units: list[Passage]) -> list[Table]:
    found: list[Table] = []
    current: Table | None = None
    for p in units:
        above = document.text[: p.text.at[0]].rstrip("\n |")
        begin = above.rfind("\n") + 1
        days = _DAY.search(p.s) is not None and is_list_head(above[begin:])
        if len(p.s) < _LONG and (_COLUMN.search(p.s) or days) and _PARTY_COLUMN.search(p.s) and not p.named("area", "org"):
            over = passage_of(document, gazetteer, begin, len(above)) if days else None
            current = Table(p, columns=tuple(_told(cell, days=days) for cell in _cells(p)), over=over)
            found.append(current)
        elif current is not None and not (_ticked(current, p) or _add(current, p)):
            current = None
    return found


def _cells(p: Passage) -> list[str]:
    return [cell.strip() for cell in p.s.split("|")]


def _told(head: str, *, days: bool) -> str | None:
    """What a tick below a heading says."""
    if _SORRY.search(head):
        return "apology"
    return "attendee" if _COLUMN.fullmatch(head) or (days and _DAY.fullmatch(head)) else None


def _ticked(table: Table, p: Passage) -> bool:
    """Add a row whose cells are ticked or empty below two headings or more; False where these words are none."""
    party = _party(p)
    ticked = [(table.columns[n], cell) for n, cell in enumerate(_cells(p)[: len(table.columns)]) if table.columns[n]]
    if party is None or len(ticked) < 2 or not all(not cell or _TICK.fullmatch(cell) or _ANSWER.fullmatch(cell) for _, cell in ticked):
        return False
    table.read += 1
    told = {role for role, cell in ticked if _TICK.fullmatch(cell)}
    role = "attendee" if "attendee" in told else next(iter(told), None)
    if role is not None:
        table.rows.append(Row(p, _ref(party), role, party.start, party.end, len(p.s.rstrip(" |"))))
    return True


def _party(p: Passage) -> Match | None:
    """The party that a row begins with."""
    return next((m for m in p.matches if m.start <= len("The ") and any(r.startswith(("area:", "org:")) for r in m.refs)), None)


def _ref(party: Match) -> Ref:
    return next(r for r in party.refs if r.startswith(("area:", "org:")))


def _add(table: Table, p: Passage) -> bool:
    """Add a row; False where these words are none."""
    party = _party(p)
    answer = _ANSWER.search(p.s, party.end) if party else None
    if party is None or answer is None:
        return False
    table.read += 1
    sorry = _SORRY.search(p.s, answer.end())
    role = "attendee" if answer["yes"] else "apology" if sorry else None
    if role is not None:
        end = sorry.end() if sorry and role == "apology" else answer.end()
        also = _ROLE.match(p.s, answer.end()) if answer["yes"] else None
        word = also["role"].lower().replace("cochair", "co-chair") if also else None
        table.rows.append(Row(p, _ref(party), role, party.start, party.end, end, word, also.end() if also else 0))
    return True
