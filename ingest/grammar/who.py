"""The cell of a list of activities that says who was there in what role: "Fiji (host); Nepal and IOM (co-chairs); sent regrets: Samoa".

Each piece between two semicolons names its parties and their role: before them with a colon or a verb, behind them in brackets, or by the
people who came of them. A piece that says no role is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ingest.document import Passage, ReadingContext
from ingest.findings import ParticipationFound, Ref
from ingest.grammar.lines import cut, parts
from ingest.grammar.lists import read_forward
from ingest.grammar.nations import nation_of

_PIECE = re.compile(r"\s*;\s*")
_ROLES: Final = {
    "chair": r"in\s+the\s+chair|(?:co-?)?chair(?:s|ed|ing|persons?)?",
    "host": r"(?:(?:joint|co)[\s-]*)?host(?:s|ed|ing)?",
    "organiser": r"(?:(?:joint|co)[\s-]*)?(?:organi[sz]ers?|organi[sz]ed|conveners?|convened|run)",
    "coordinator": r"(?:(?:joint|co)[\s-]*)?coordinat(?:ors?|ed)(?!\s+designate)",
    "contributor": r"(?:co-?)?(?:sponsor(?:s|ed)?|funder|fund(?:s|ed|ing)|donors?|financed|paid(?:\s+for)?)",
    "observer": r"observers?|observing",
    "apology": r"(?:sent\s+)?(?:apologies|regrets)|apologi[sz]ed|absent\s+with\s+apologies",
    "attendee": r"participants|participating(?:\s+\w+)?|attendees|attended|present|attendance|with\s+officers\s+of",
}
_SHARED = re.compile(r"joint|co[\s-]*(?:host|chair)", re.IGNORECASE)
_NAMES = "|".join(f"(?P<{n}>{pattern})" for n, pattern in _ROLES.items())
_BEFORE = re.compile(
    rf"(?:(?:jointly|together)\s+)?(?:{_NAMES})(?:\s*:\s*|\s+(?:jointly\s+)?by\s+|(?<=gies)\s+from\s+|(?<=rets)\s+from\s+)(?:the\s+)?",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"\s*\(\s*(?:as\s+)?(?:{_NAMES})\s*\)\s*", re.IGNORECASE)
# "Bangladesh Coast Guard (host)": an agency that no table knows acts for its state.
_AGENCY = re.compile(
    rf"(?P<agency>(?=[^;()]*\b(?:Ministry|Department|Directorate|Bureau|Agency|Authority|Police|Service|Office|Administration|Commission|Guard|Navy|"
    rf"Immigration|Customs)\b)[^;,()]+?){_BEHIND.pattern}",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:was|were|is|are|had|has|have|did|will|would|could|can|may|should|came|took|sent|attended|said|agreed|of\s+whom)\b"
)
_SEVERAL = 2
# Whose people came: "officers of Fiji and Nepal", "12 inspectors from Samoa"; those of an agency do not stand for its state.
_PEOPLE = re.compile(
    r"(?:(?:\d{1,3}|[A-Z]?[a-z]+)\s+){0,3}?(?i:officials|officers|inspectors|delegates|delegations|participants|representatives|practitioners|prosecutors|judges"
    r"|investigators|analysts|guards|experts|ministers|trainees|staff|policy[\s-]?makers|managers|investigators|examiners)\s+(?:of|from)\s+(?:the\s+)?"
)
_BY_THEM = ("chair", "host")  # roles that two have together
_AGENTS = ("area", "org", "gov", "body")


def read_who(row: Passage, start: int, end: int, meeting: Ref, context: ReadingContext) -> Iterator[ParticipationFound]:
    """The roles that the cell s[start:end] of a row gives to the parties that it names."""
    cell = cut(row, start, end)
    for piece in parts(cell, _PIECE) if cell else ():
        low = row.text.at.index(piece.text.at[0])
        before, crowd = _BEFORE.match(piece.s), _PEOPLE.match(piece.s)
        lead = before or crowd
        listed = read_forward(piece, lead.end() if lead else 0, len(piece.s), _AGENTS)
        if agency := _AGENCY.fullmatch(piece.s):
            nation = nation_of(piece, 0, agency.end("agency"), context.areas, context.nations)
            named = piece.named("gov", "org", "body", end=agency.end("agency"))
            if nation and not named and len(piece.named("area", end=agency.end("agency"))) < _SEVERAL:
                role = next(n for n in _ROLES if agency[n])
                source = row.source(low, low + len(piece.s), "who.cell")
                written = piece.s[nation.start : nation.end]
                yield ParticipationFound(meeting=meeting, agent=nation.ref, role=role, written=written, source=source)
                continue
        if not listed.items or listed.items[0].match.start > (lead.end() if lead else 0) + len("the "):
            continue
        behind = None if lead else next(_BEHIND.finditer(piece.s, listed.items[-1].match.end), None)
        if behind and piece.s[listed.items[-1].match.end : behind.start()].strip():
            continue
        said = before or behind
        if said is None and crowd is None:
            continue
        role = next(n for n in _ROLES if said[n]) if said else "attendee"
        if role in _BY_THEM and (len(listed.items) > 1 or (said and _SHARED.search(said[0]))):
            role = f"co-{role}"
        for item in listed.items:
            m = item.match
            ref = next((r for r in m.refs if not r.startswith("place:")), m.ref)
            of = "observer" if item.observing and role == "attendee" else role
            source = row.source(low + m.start, low + m.end, "who.cell")
            yield ParticipationFound(meeting=meeting, agent=ref, role=of, written=m.written, source=source)


def read_people(p: Passage, meeting: Ref, heading: Passage) -> Iterator[ParticipationFound]:
    """Whose people came, by a sentence without a verb below a heading that asks who did: "Officials from Fiji; staff of IOM."."""
    if _VERB.search(p.s) or _PEOPLE.match(p.s) is None:
        return
    for piece in parts(p, _PIECE):
        crowd = _PEOPLE.match(piece.s)
        if crowd is None:
            continue
        low = p.text.at.index(piece.text.at[0])
        for item in read_forward(piece, crowd.end(), len(piece.s), _AGENTS).items:
            m = item.match
            ref = next((r for r in m.refs if not r.startswith("place:")), m.ref)
            source = p.source(low + m.start, low + m.end, "who.people").with_beside(heading.whole("who.heading"))
            role = "observer" if item.observing else "attendee"
            yield ParticipationFound(meeting=meeting, agent=ref, role=role, written=m.written, source=source)
