"""Lists of those who came, line by line: parties, or people with their posts, under a heading that says in what role.

"Present were:", "List of participants", "Observers"; below it "Ms Ana Lim, Director, Immigration Department, Fiji", or the name of a
delegation on a line of its own with its people under it. The town of an office ("IOM Canberra") is no state that is represented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from ingest.document import Document, Passage
from ingest.findings import Ref
from ingest.gazetteer import Gazetteer
from ingest.grammar.labels import ROSTERS, Field
from ingest.grammar.lines import cut, lines, parts
from ingest.grammar.lists import read_forward
from ingest.grammar.names import ADDRESS, TITLE, Named, person_of
from ingest.grammar.nations import nation_of

_HEADS = {
    "attendee": r"(?:(?:full\s+)?list\s+of\s+)?(?:heads\s+of\s+delegations?|participants|attendees|delegates|delegations"
    r"|those\s+(?:present|attending))"
    r"|(?:(?:also|others?|those)\s+)?present(?:\s+were)?"
    r"|in\s+attendance|attendance|participation|"
    r"(?:other\s+)?participating\s+(?:countries|states|members|governments|organi[sz]ations)|member\s+(?:states|countries|organi[sz]ations)",
    "observer": r"(?:list\s+of\s+)?observers?(?:\s+(?:states|countries|organi[sz]ations|delegations))?",
    "apology": r"apologies",
    "guest": r"(?:invited\s+|special\s+)?guests",
    "co_chair": r"co-?chairs?(?:\s+of\s+the\s+meeting)?",
    "chair": r"chair(?:s|man|person|persons)?",
    "keynote_speaker": r"keynote\s+speakers?",
    "speaker": r"(?:(?:guest|invited)\s+)?speakers?|panell?ists",
    "presenter": r"presenters?",
    "moderator": r"moderators?|facilitators?",
    "rapporteur": r"rapporteurs?",
}
_HEAD = re.compile(
    r"(?:(?:annex(?:ure)?|appendix|attachment)(?:\s+(?:\d{1,2}|[A-Z]|[IVX]{1,4}))?\s*[:.–-]\s*)?(?:"
    + "|".join(f"(?P<{n}>{pattern})" for n, pattern in _HEADS.items())
    + r")\s*(?:\(\s*\d+[^)]*\))?\s*:?",
    re.IGNORECASE,
)
# A line of prose that ends with a colon: "Those attending were:", "The following sent observers:".
_TOLD = re.compile(
    r"(?:\d{1,3}\.\s+)?[^.;:]{0,60}?\b(?:attend(?:ed|ing|ance)|participat(?:ed|ing|ion)|participants|present|represented|took\s+part|taking\s+part|observers?|apologies|regrets)"
    r"\b[^.;:]{0,60}:",
    re.IGNORECASE,
)
_SORRY = re.compile(r"\b(?:apologies|regrets)\b", re.IGNORECASE)
_WATCHED = re.compile(r"\bobservers?\b", re.IGNORECASE)
_NOT_SO = re.compile(
    r"\b(?:will|would|should|could|may|not|to|recommended|suggested|agreed|urged|encouraged|noted|heard|discussed|asked|raised|presentations|by\s+which)\b",
    re.IGNORECASE,
)
# "Senior officials of Fiji, Nepal; IOM": whose people came.
_AND_FROM = re.compile(r"and\s+(?:also\s+)?(?:from\s+)?(?:the\s+)?(?=[A-Z])")  # below the columns: "and from the ILO"
_CROWD = re.compile(
    r"(?i:(?:senior\s+)?(?:officials|ministers|representatives|delegat(?:es|ions)|officers|experts)\s+(?:of|from)\s+(?:the\s+)?)"
)
_DELEGATION = re.compile(r"(?:Delegation\s+of\s+|Government\s+of\s+)?(?:the\s+)?")
_INCLUDING = re.compile(r"\s*\((?:including|incl\.?)\s[^()]*\)[\s:.*]*$")  # "CHINA (including Macau SAR)", over its people
_SPLIT = re.compile(rf"\s*;\s*|\s+[•·]\s+|,\s+(?:and\s+)?(?={ADDRESS}\s+[A-Z])|\)\s+and\s+(?={ADDRESS}\s+[A-Z])")
_SEMICOLON = re.compile(r"\s*;\s*")
# The head of a table: "No. | Name | Position | Country".
_COLUMNS = re.compile(
    r"(?:[\s|/,&.]|\b(?:and|of|no|name|names|rank|title|position|post|designation|office|country|state|member|delegation|organi[sz]ation|agency"
    r"|representative|participant|delegate|role|email)s?\b)+",
    re.IGNORECASE,
)
# "Fiji: Ms Ana Lim, Director": the party before its people.
_BEFORE = re.compile(rf"\s*(?:[:|]|[–—-](?=\s)|(?<=\w)(?=\s))\s*(?={ADDRESS}\s+[A-Z])")
_NUMBER = re.compile(r"\d{1,3}\s*[.)|]+\s*(?=\S)")
_ROLES = (
    r"\(\s*(?P<role>observer|guest|co-?chair|chair|apolog(?:y|ies)|absent\s+with\s+apologies|(?:deputy\s+|alternate\s+)?"
    r"(?:head|leader)\s+of\s+(?:the\s+)?delegation|d?hod)\s*\)"
)
_OWN_ROLE = re.compile(rf"[\s,]*{_ROLES}[\s.;,|]*$", re.IGNORECASE)
_ROLE_FIRST = re.compile(rf"\s*{_ROLES}\s*,\s*(?=\S)", re.IGNORECASE)  # "Mr Tan Ho (Co-Chair), Director"
# "By invitation - China: Mr Li", "Absent with apologies - Fiji": a line of another role within a list.
_ROLE_BEFORE = re.compile(
    r"(?P<role>by\s+invitation|guests?|observers?|absent\s+with\s+apologies|apologies)(?:\s+[–—-]\s+|\s*:\s+)(?=\S)", re.IGNORECASE
)
_TAIL = re.compile(r"(?:\s*\([a-z][^()]*\))?[\s.;,*)]*")  # "Fiji (coordinator designate)."
_PROSE = re.compile(
    r"\b(?:was|were|is|are|has|had|have|will|would|looked|discussed|noted|agreed|reviewed|welcomed|considered|heard|thanked|met"
    r"|took|opened|recalled|"
    r"recommended|endorsed|tasked|sent|tendered|apologi[sz]ed|attended|participated|spoke|presented|chaired|co-chaired|gave|said|unable|could|did|not|who)\b"
)


_Party: TypeAlias = tuple[Passage, Ref, str] | None  # the line or the words that name a party, which it is, and as what


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


@dataclass(frozen=True, slots=True)
class Nations:
    """What tells whom an office speaks for."""

    areas: Mapping[Ref, Ref]
    adjectives: Mapping[str, Ref]


def rosters(document: Document, gazetteer: Gazetteer, labelled: list[Field], nations: Nations) -> list[Roster]:
    """The rosters of a document, in order."""
    found: list[Roster] = []
    heads = {f.head.text.at[0]: f for f in labelled if f.name in ROSTERS}
    chairs = [(f.p.text.at[0], f.p.text.at[-1]) for f in labelled if f.name in ("chair", "co-chair") and f.value]  # in a list or beside it
    current: Roster | None = None
    delegation: _Party = None
    for line in lines(document, gazetteer):
        if any(a <= line.text.at[0] <= b for a, b in chairs):
            continue
        head = heads.get(line.text.at[0])
        m = _HEAD.fullmatch(line.s)
        told = None if head or m else _told(line)
        if head or m or told:
            role = head.name if head else told[0] if told else next(n.replace("_", "-") for n in _HEADS if m and m[n])
            at = head.head if head else told[1] if told else line
            current, delegation = Roster(role, at, over=head.over if head else None), None
            found.append(current)
            if head and head.value:
                _line(current, next(_sentences(head.value)), None, nations)
            continue
        if current is None or _COLUMNS.fullmatch(line.s):
            continue
        if (led := _ROLE_BEFORE.match(line.s)) and (rest := cut(line, led.end(), len(line.s))):
            apart = Roster(_own_role(led["role"]) or "guest", line)
            if _line(apart, rest, None, nations):
                found.append(apart)
                continue
        item = _item(line)
        if not item and _ends(line):
            current, delegation = None, None
            continue
        entry = item or line
        if named := _delegation(entry):
            delegation = (entry, named[0], named[1])
        if (
            not _line(current, entry, delegation, nations) and not named and "|" not in line.s and not _is_office(current, line)
        ):  # a row of a table may be unreadable
            current, delegation = None, None
    return [r for r in found if r.entries]


def is_head(line: str) -> bool:
    """Whether a line is the heading of a list of those who came."""
    return _HEAD.fullmatch(line.strip()) is not None


def is_columns(line: str) -> bool:
    """Whether a line is the head of a table of people or of parties."""
    return _COLUMNS.fullmatch(line.strip()) is not None


def _told(line: Passage) -> tuple[str, Passage] | None:
    """The role of those below a sentence that only says who came; one before it on the line may tell of something else."""
    last = cut(line, max((a for a, _ in line.sentences()), default=0), len(line.s))
    if last is None or not _TOLD.fullmatch(last.s.strip()) or _NOT_SO.search(last.s):
        return None
    return "apology" if _SORRY.search(last.s) else "observer" if _WATCHED.search(last.s) else "attendee", last


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


def _is_office(roster: Roster, line: Passage) -> bool:
    """Whether a line has nothing but the office of the person on the line before it."""
    last = roster.entries[-1] if roster.entries else None
    alone = last is not None and last.person is not None and not last.person.office_end and not line.s.rstrip().endswith(".")
    return alone and TITLE.search(line.s) is not None and line.s[:1].isupper()


def _own_role(word: str) -> str | None:
    """The role that a word in brackets names: "(apologies)", "(Co-Chair)"; a head of delegation has that of the list."""
    if word.lower().endswith(("delegation", "hod")):
        return None
    if word.lower() in ("by invitation", "guests"):
        return "guest"
    return (
        "observer"
        if word.lower() == "observers"
        else "apology"
        if "apolog" in word.lower()
        else word.lower().replace("cochair", "co-chair")
    )


def _item(line: Passage) -> Passage | None:
    """What stands behind the number of a numbered entry: "1 | Mr Tan Ho | Director", "2. Fiji"."""
    m = _NUMBER.match(line.s)
    rest = cut(line, m.end(), len(line.s)) if m else None
    person = person_of(rest) if rest else None
    return rest if rest and ((person and person.address) or _delegation(rest)) else None


def _ends(line: Passage) -> bool:
    """Whether a line is prose, or a label of something else: the list is over."""
    return (
        bool(_PROSE.search(line.s))
        or line.s.rstrip().endswith(":")
        or (line.block.kind == "numbered" and line.text.at[0] <= line.block.text.at[0])
    )


def _delegation(line: Passage) -> tuple[Ref, str] | None:
    """The party that a line names and nothing else."""
    m = _DELEGATION.match(line.s)
    inside = _INCLUDING.search(line.s)
    last = inside.start() if inside else len(line.s)
    named = [x for x in line.matches if x.end <= last and (x.kind in ("area", "org") or any(r.startswith("area:") for r in x.refs))]
    if m and len(named) == 1 and named[0].start == m.end() and not line.s[named[0].end : last].strip(" :.*"):
        ref = next(r for r in named[0].refs if r.startswith(("area:", "org:")))
        return ref, named[0].written
    return None


def _line(roster: Roster, line: Passage, delegation: _Party, nations: Nations) -> bool:
    """Add the entries of a line; False where it has none."""
    lead = _CROWD.match(line.s) or _AND_FROM.match(line.s)
    first = lead.end() if lead else 0
    listed = read_forward(line, first, len(line.s), ("area", "org", "gov", "body"))
    whole = _TAIL.fullmatch(line.s, listed.end) is not None
    if listed.items and listed.items[0].match.start <= first + 4 and whole and person_of(line) is None:
        for item in listed.items:
            ref = next((r for r in item.match.refs if not r.startswith("place:")), item.match.ref)
            roster.entries.append(Entry(line, None, ref, item.match.written, item.match.start, item.match.end))
            roster.entries[-1].role = "observer" if item.observing else None
        roster.unknown += [(line, a, b) for a, b in listed.unknown]
        return True
    added = False
    for part, led in _people(line, delegation):
        person = person_of(part)
        if person is None:
            continue
        added, role = True, None
        named, own = _ROLE_FIRST.match(part.s, person.end), _OWN_ROLE.search(part.s, person.end)
        if named:
            role, after = _own_role(named["role"]), named.end() < person.office_end
            person = replace(person, office_start=named.end() if after else 0, office_end=person.office_end if after else 0)
        elif own:
            role = _own_role(own["role"])
            person = replace(person, office_end=min(person.office_end, own.start()) if own.start() > person.office_start else 0)
        entry = Entry(part, person, None, "", person.start, own.end() if own else person.last, role=role)
        low = person.end
        nation = nation_of(part, low, len(part.s), nations.areas, nations.adjectives)
        if led and (nation is None or nation.ref == led[1]) and not part.named("org", start=low):
            entry.heading, entry.party, entry.written = led
        elif nation:
            entry.party, entry.written = nation.ref, part.s[nation.start : nation.end]
            entry.end = max(entry.end, nation.end)
        elif org := next((m for m in part.named("org", start=low) if part.s[m.end : m.end + 1] != "-"), None):
            entry.party, entry.written = org.ref, org.written
        elif led:
            entry.heading, entry.party, entry.written = led
        roster.entries.append(entry)
    return added


def _people(line: Passage, above: _Party) -> Iterator[tuple[Passage, _Party]]:
    """The pieces of a line, each with the party that it stands behind ("Fiji: Ms Ana Lim; Nepal: Mr Om Rai") or else with that above."""
    for piece in parts(line, _SEMICOLON):
        led = _led(piece)
        above = (led[0], led[2], led[3]) if led else above
        yield from ((part, above) for part in parts(led[1] if led else piece, _SPLIT))


def _led(line: Passage) -> tuple[Passage, Passage, Ref, str] | None:
    """A line that begins with the party of its people: the party, the rest, and what the party is."""
    party = next((m for m in line.named("area", "org") if m.start <= 4), None)
    colon = _BEFORE.match(line.s, party.end) if party else None
    if party is None or colon is None:
        return None
    head, rest = cut(line, party.start, party.end), cut(line, colon.end(), len(line.s))
    ref = next((r for r in party.refs if r.startswith(("area:", "org:"))), None)
    return (head, rest, ref, party.written) if head and rest and ref else None


def covered(found: list[Roster]) -> list[tuple[int, int]]:
    """Offsets of the text that rosters have read."""
    spans = [(r.head.text.at[0], r.head.text.at[-1] + 1) for r in found]
    return spans + [(e.p.text.at[0], e.p.text.at[-1] + 1) for r in found for e in r.entries]
