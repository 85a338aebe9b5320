"""The rows of lists of those who came: a party, a person with a post, or both, and what a row says of itself ("apologies", "observer")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, TypeAlias

from ingest.document import Document, Passage
from ingest.findings import Ref
from ingest.gazetteer import Gazetteer, Match
from ingest.grammar import roster_cues as cues
from ingest.grammar.columns import is_gap
from ingest.grammar.lines import cut, indent, parts, passage_of
from ingest.grammar.lists import read_forward
from ingest.grammar.names import TITLE, Named, person_of
from ingest.grammar.nations import Nation, nation_of
from ingest.titles import is_capitals

OWN: Final = ""  # the role of a list in which each line gives its own

Party: TypeAlias = tuple[Passage, Ref, str] | None  # the line or the words that name a party, which it is, and as what


@dataclass(slots=True)
class Entry:
    """One line of a roster: a person, a party or both. `heading` is the line that names the delegation, where the entry does not."""

    p: Passage
    person: Named | None
    party: Ref | None
    written: str
    start: int
    end: int
    heading: Passage | None = None
    role: str | None = None  # the role that the line itself gives: "(observer)", "(Co-Chair)"


@dataclass(slots=True)
class Roster:
    """A heading with its entries; `unknown` are parties that no table knows (passage, start, end), `over` as in `Field`."""

    role: str
    head: Passage
    entries: list[Entry] = field(default_factory=list)
    unknown: list[tuple[Passage, int, int]] = field(default_factory=list)
    over: Passage | None = None
    open: frozenset[int] = frozenset()  # columns whose last cell may go on in the next row


@dataclass(frozen=True, slots=True)
class Nations:
    """What tells whom an office speaks for."""

    areas: Mapping[Ref, Ref]
    adjectives: Mapping[str, Ref]


@dataclass(frozen=True, slots=True)
class Row:
    """The row of a table that begins with a party: rows below it whose first cell is empty have its party."""

    party: Party
    indent: int
    numbered: bool

    def has(self, document: Document, line: Passage, entry: Passage) -> bool:
        """Whether a line is such a row."""
        person = person_of(entry)
        deeper = self.numbered if entry is not line else not self.numbered and indent(document, line) > self.indent
        return deeper and person is not None and bool(person.address)


def joined(document: Document, gazetteer: Gazetteer, every: Iterable[Passage]) -> Iterator[Passage]:
    """Every line of a document; where the second column of a row of people goes on in the lines below it, they are one with the row."""
    held: Passage | None = None
    column = known = 0
    for line in every:
        if held and column and indent(document, line) == column and line.s[0] not in "([" and not _begins_row(line):
            held = passage_of(document, gazetteer, held.text.at[0], line.text.at[-1] + 1)
            continue
        if held:
            yield held
        held, column = line, _second_column(document, line, known)
        known = column or known
    if held:
        yield held


def _second_column(document: Document, line: Passage, known: int) -> int:
    """How far from the margin the one other column of a row of people begins: where it is `known` to, if the name fills the first one.

    0 where there is none or more.
    """
    person = person_of(line)
    if person is None or not person.address or "|" in line.s:
        return 0
    gaps = [i for i, c in enumerate(line.s) if c == " " and is_gap(line, i, i + 1)]
    return indent(document, line) + line.text.at[gaps[0] + 1] - line.text.at[0] if len(gaps) == 1 else 0 if gaps else known


def is_row(document: Document, roster: Roster, line: Passage) -> bool:
    """Whether a line is laid out in two columns like the person above it, whatever its words are."""
    last = roster.entries[-1] if roster.entries else None
    columns = any(c == " " and is_gap(line, i, i + 1) for i, c in enumerate(line.s))
    return last is not None and columns and indent(document, line) == indent(document, last.p) > 0


def _begins_row(line: Passage) -> bool:
    person = person_of(line)
    return (person is not None and bool(person.address)) or delegation_of(line) is not None


def row_of(document: Document, line: Passage, entry: Passage, led: tuple[Passage, Passage, Ref, str]) -> Row | None:
    """A row in whose first cell the party stands; "Fiji: Ms Ana Lim" is none."""
    between = entry.s[entry.s.index(led[0].s) + len(led[0].s) : entry.s.index(led[1].s)]
    return Row((led[0], led[2], led[3]), indent(document, line), entry is not line) if not between.strip(" |") else None


def said_of_last(document: Document, roster: Roster, line: Passage, *, sorry: bool) -> bool:
    """Whether "Apologies" stands below a delegation in a list of delegations with people, and so is said of it; if so, note it.

    Not `sorry`: the line says that it did not come, and no more. Nothing else is said so far from the margin.
    """
    last = roster.entries[-1] if roster.entries else None
    if last is None or last.person or last.p.text.at[-1] > line.text.at[0] or sum(e.p is last.p for e in roster.entries) > 1:
        return False
    if is_capitals(line.s) and not is_capitals(last.p.s):  # the heading of the next list
        return False
    if sorry and not any(e.heading for e in roster.entries) and indent(document, line) <= indent(document, last.p):
        return False
    if sorry:
        last.heading, last.p, last.start, last.end, last.role = last.p, line, 0, len(line.s), "apology"
    else:
        roster.entries.pop()
    return True


def goes_on(document: Document, roster: Roster, line: Passage) -> bool:
    """Whether a line is the rest of an entry: in brackets, or further from the margin than the person above it."""
    last = roster.entries[-1] if roster.entries else None
    if last is None or last.person is None or line.s.rstrip().endswith("."):
        return False
    start, above = indent(document, line), indent(document, last.p)
    numbered = above > 0 and document.text[last.p.text.at[0] - above : last.p.text.at[0]].strip() != ""  # "3. Mr Tan Ho"
    return (line.s[:1] in "([" and line.s[-1:] in ")]") or start > above or (numbered and start == above)


def is_office(roster: Roster, line: Passage) -> bool:
    """Whether a line has nothing but the office of the person on the line before it."""
    last = roster.entries[-1] if roster.entries else None
    alone = last is not None and last.person is not None and not last.person.office_end and not line.s.rstrip().endswith(".")
    return alone and TITLE.search(line.s) is not None and line.s[:1].isupper()


def own_role(word: str) -> str | None:
    """The role that a word in brackets names: "(apologies)", "(Co-Chair)"; a head of delegation has that of the list."""
    if word.lower().endswith(("delegation", "hod")):
        return None
    if word.lower() == "facilitator":
        return "moderator"
    if word.lower() in ("by invitation", "guests"):
        return "guest"
    return (
        "observer"
        if word.lower() == "observers"
        else "apology"
        if "apolog" in word.lower()
        else re.sub(r"\s+", "-", word.lower().replace("cochair", "co-chair"))
    )


def item_of(line: Passage) -> Passage | None:
    """What stands behind the number of a numbered entry: "1 | Mr Tan Ho | Director", "2. Fiji"."""
    m = cues.NUMBER.match(line.s)
    rest = cut(line, m.end(), len(line.s)) if m else None
    person = person_of(rest) if rest else None
    named = rest and (delegation_of(rest) or led_by(rest) or away_of(rest) or _parties(Roster("attendee", line), rest))
    return rest if rest and ((person and person.address) or named) else None


def delegation_of(line: Passage) -> tuple[Ref, str] | None:
    """The party that a line names and nothing else; an office of the process has people, too."""
    m = cues.DELEGATION.match(line.s)
    inside = cues.INCLUDING.search(line.s)
    last = inside.start() if inside else len(line.s)
    named = [
        x
        for x in line.matches
        if x.end <= last and (x.kind in ("area", "org") or any(r.startswith("area:") for r in x.refs) or _is_office(x))
    ]
    if m and len(named) == 1 and named[0].start == m.end() and not line.s[named[0].end : last].strip(" :.*"):
        ref = next(r for r in named[0].refs if not r.startswith("place:"))
        return ref, named[0].written
    return None


def read_value(roster: Roster, value: Passage, nations: Nations) -> None:
    """Add the entries of what stands behind a label; bars and strokes may part parties: "Fiji | Nepal"."""
    for piece in _apart(roster, value, cues.BARS) or [value]:
        read_line(roster, piece, None, nations)


def _is_office(name: Match) -> bool:
    """Whether a name is that of an office of the process, and not of a group, which has no people of its own but those of its members."""
    acronym = name.written.isupper() and " " not in name.written
    return name.kind == "body" and (acronym or "office" in name.written.lower())


def _apart(roster: Roster, line: Passage, mark: re.Pattern[str]) -> list[Passage]:
    """The pieces between the marks of a line, where each of them names parties and nothing else."""
    pieces = list(parts(line, mark))
    return pieces if len(pieces) > 1 and all(_parties(Roster(roster.role, roster.head), p) for p in pieces) else []


_ROWS = 2  # rows with several parties make columns
_PART_OF_NAME = re.compile(
    r"(?:(?:for|and|of|the|on)\s+)*[A-Z][\w’'-]*(?:\s+(?:(?:of|on|for|and|the)\s+)*[A-Z][\w’'-]*){0,5}(?:\s+(?:of|on|for|and|the))*"
)


def read_line(roster: Roster, line: Passage, delegation: Party, nations: Nations) -> bool:
    """Add the entries of a line; False where it has none."""
    if roster.open and _cells(roster, line):
        return True
    added = False
    for piece in _apart(roster, line, cues.SEMICOLON) or [line]:
        added |= _parties(roster, piece)
    if added:
        return True
    for part, led in _people(line, delegation):
        person = person_of(part)
        if person is not None:
            roster.entries.append(_person(part, person, led, nations))
            added = True
    return added or _cells(roster, line)


def _cells(roster: Roster, line: Passage) -> bool:
    """Add the parties of a row of a list in columns, of whose cells some are but a part of a name that goes on in the next row; False
    where the list has no columns, or the line is no row of them.
    """
    rows = Counter(id(e.p) for e in roster.entries if not e.person)
    if sum(n > 1 for n in rows.values()) < _ROWS:
        return False
    gaps = [i for i, c in enumerate(line.s) if c == " " and is_gap(line, i, i + 1)]
    cells = [cell for a, b in pairwise([-1, *gaps, len(line.s)]) if (cell := cut(line, a + 1, b))]
    if not all(_PART_OF_NAME.fullmatch(cell.s) and not is_capitals(cell.s) for cell in cells) or (len(cells) == 1 and not roster.open):
        return False
    open_, roster.open = roster.open, frozenset[int]()
    for n, cell in enumerate(cells):
        goes_on = n in open_ or (len(cells) == 1 and bool(open_))  # below the beginning of a name: "Korea" is the end of one
        if goes_on or not _parties(roster, cell):
            roster.unknown.append((cell, 0, len(cell.s)))
            roster.open |= {n} if not goes_on or cues.UNFINISHED.search(cell.s) else frozenset()
    return True


def _parties(roster: Roster, line: Passage) -> bool:
    """Add the parties of a line that names nothing else; False where it does not."""
    lead = cues.CROWD.match(line.s) or cues.AND_FROM.match(line.s) or cues.GROUP.match(line.s)
    first = lead.end() if lead else 0
    listed = read_forward(line, first, len(line.s), ("area", "org", "gov", "body"))
    away = away_of(line)
    alone = listed.items and listed.items[0].match.start <= first + 4 and cues.TAIL.fullmatch(line.s, listed.end)
    if not away and (not alone or person_of(line) is not None):
        return False
    for item in listed.items if not away or away["sorry"] else ():
        name = item.match
        ref = next((r for r in name.refs if not r.startswith("place:")), name.ref)
        role = "apology" if away else "observer" if item.observing else None
        roster.entries.append(Entry(line, None, ref, name.written, name.start, len(line.s) if away else name.end, role=role))
    roster.unknown += [(line, a, b) for a, b in listed.unknown if not away]
    return True


def _person(part: Passage, person: Named, led: Party, nations: Nations) -> Entry:
    """The entry of a person, with the role that the line gives and the party that the line, else `led`, names."""
    role = None
    named, own = cues.ROLE_FIRST.match(part.s, person.end), cues.OWN_ROLE.search(part.s, person.end)
    post = cues.ROLE_CELL.match(part.s, person.office_start) if person.office_end else None
    if post and not named and not own:
        role = own_role(post["role"])
    elif named:
        role, after = own_role(named["role"]), named.end() < person.office_end
        person = replace(person, office_start=named.end() if after else 0, office_end=person.office_end if after else 0)
    elif own:
        role = own_role(own["role"])
        person = replace(person, office_end=min(person.office_end, own.start()) if own.start() > person.office_start else 0)
    entry = Entry(part, person, None, "", person.start, own.end() if own else person.last, role=role)
    low = person.end
    nation = nation_of(part, low, len(part.s), nations.areas, nations.adjectives)
    if led and (nation is None or nation.ref == led[1] or _is_citizen(part, nation)) and not part.named("org", start=low):
        entry.heading, entry.party, entry.written = led
    elif nation:
        entry.party, entry.written = nation.ref, part.s[nation.start : nation.end]
        entry.end = max(entry.end, nation.end)
        if role is None and (watched := cues.WATCHES.match(part.s, nation.end)):
            entry.role, entry.end = "observer", max(entry.end, watched.end())
    elif org := next((m for m in part.named("org", start=low) if part.s[m.end : m.end + 1] != "-"), None):
        entry.party, entry.written = org.ref, org.written
    elif led:
        entry.heading, entry.party, entry.written = led
    return entry


def _is_citizen(part: Passage, nation: Nation) -> bool:
    """Whether a nation is that of a person and not of a delegation: "Project officer, Suva (Fijian)", "Co-Manager (Samoa)"."""
    return part.s[nation.start - 1 : nation.start] == "(" and cues.CITIZEN.match(part.s, nation.end) is not None


def away_of(line: Passage) -> re.Match[str] | None:
    """What a line says of a party that did not come, where it says nothing else."""
    listed = read_forward(line, 0, len(line.s), ("area", "org"))
    return cues.AWAY.fullmatch(line.s, listed.end) if listed.items and listed.items[0].match.start <= len("the ") else None


def _people(line: Passage, above: Party) -> Iterator[tuple[Passage, Party]]:
    """The pieces of a line, each with the party that it stands behind ("Fiji: Ms Ana Lim; Nepal: Mr Om Rai") or else with that above."""
    for piece in parts(line, cues.SEMICOLON):
        led = led_by(piece)
        above = (led[0], led[2], led[3]) if led else above
        yield from ((part, above) for part in parts(led[1] if led else piece, cues.SPLIT))


def led_by(line: Passage) -> tuple[Passage, Passage, Ref, str] | None:
    """A line that begins with the party of its people: the party, the rest, and what the party is."""
    party = next((m for m in line.named("area", "org") if m.start <= 4), None)
    colon = cues.BEFORE.match(line.s, party.end) if party else None
    if party is None or colon is None:
        return None
    head, rest = cut(line, party.start, party.end), cut(line, colon.end(), len(line.s))
    ref = next((r for r in party.refs if r.startswith(("area:", "org:"))), None)
    return (head, rest, ref, party.written) if head and rest and ref else None
