"""A table with a column that says who attended: "Australia | Yes | Co-Chair", in cells on one line or one below the other.

A row is read where a word in it answers the heading: yes, no, present, absent. Who did not attend sent apologies only if the row says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.document import Document, Passage
from ingest.findings import Ref
from ingest.gazetteer import Gazetteer
from ingest.grammar.lines import lines, passage_of

_COLUMN = re.compile(r"\b(?:Attended|Attendance|Attending|Present|Participated)\b")
_PARTY_COLUMN = re.compile(
    r"\b(?:Members?|Countr(?:y|ies)|Part(?:y|ies)|States?|Organi[sz]ations?|Delegations?|Governments?)\b", re.IGNORECASE
)
_CELLS = re.compile(r"\||\t")
_ANSWER = re.compile(
    r"(?<![\w-])(?:(?P<yes>Yes|Present|Attended|✓|✔)|(?P<no>No|Absent|Did\s+not\s+attend|–|-))(?=\s*(?:[|\t]|$)|\s+[A-Z(–-])"
)
_SORRY = re.compile(r"\b[Aa]polog(?:y|ies)\b|\b[Rr]egrets\b")
_ROLE = re.compile(r"[|\t\s]+(?P<role>[Cc]o-?[Cc]hair|[Cc]hair|[Hh]ost)\b(?!\s+of\b)")
_HEAD = re.compile(rf"{_COLUMN.pattern}[^\n]{{0,40}}(?:\||\t|\n)")
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


def attended(document: Document, gazetteer: Gazetteer) -> list[Table]:
    """The tables of a document that say who attended."""
    if not _HEAD.search(document.text):
        return []
    on_lines = [p for p in lines(document, gazetteer) if _CELLS.search(document.text[p.text.at[0] : p.text.at[-1] + 1])]
    tables = [t for t in _tables(on_lines) if t.read >= _FEWEST]
    groups = [passage_of(document, gazetteer, *m.span()) for m in _GROUP.finditer(document.text)] if not tables else []
    return tables or [t for t in _tables(groups) if t.read >= _FEWEST]


def _tables(units: list[Passage]) -> list[Table]:
    found: list[Table] = []
    current: Table | None = None
    for p in units:
        if len(p.s) < _LONG and _COLUMN.search(p.s) and _PARTY_COLUMN.search(p.s) and not p.named("area", "org"):
            current = Table(p)
            found.append(current)
        elif current is not None and not _add(current, p):
            current = None
    return found


def _add(table: Table, p: Passage) -> bool:
    """Add a row; False where these words are none."""
    party = next((m for m in p.matches if m.start <= len("The ") and any(r.startswith(("area:", "org:")) for r in m.refs)), None)
    answer = _ANSWER.search(p.s, party.end) if party else None
    if party is None or answer is None:
        return False
    table.read += 1
    sorry = _SORRY.search(p.s, answer.end())
    role = "attendee" if answer["yes"] else "apology" if sorry else None
    if role is not None:
        ref = next(r for r in party.refs if r.startswith(("area:", "org:")))
        end = sorry.end() if sorry and role == "apology" else answer.end()
        also = _ROLE.match(p.s, answer.end()) if answer["yes"] else None
        word = also["role"].lower().replace("cochair", "co-chair") if also else None
        table.rows.append(Row(p, ref, role, party.start, party.end, end, word, also.end() if also else 0))
    return True
