"""Rows of a programme that name somebody with what they did: "09:00 Opening remarks – Ms Ana Lim, Director, Immigration, Fiji".

A row is read only where all that stands behind its first words are people, each with a form of address: who is to be confirmed, whose
words somebody else read out, or who only sat in a panel gave no presentation for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from ingest.document import Document, Passage
from ingest.gazetteer import Gazetteer
from ingest.grammar.kinds import kind_of
from ingest.grammar.labels import stacked
from ingest.grammar.lines import indent, lines
from ingest.grammar.names import NOBODY, TITLE, Named, people_in, person_of
from ingest.grammar.roster_cues import ONE

_CLOCK = r"\d{1,2}[:.h]\d{2}(?:\s*(?:[ap]\.?m\.?|hrs?))?"
_TIME = re.compile(rf"{_CLOCK}(?:\s*(?:[–—-]|to)\s*{_CLOCK})?\s*[|:–—-]?\s+")
_WORDS = r"(?:remarks|statements?|address(?:es)?|speech(?:es)?|words)"
_TO = r"(?:\s*:\s+|\s+[–—|-]\s+|\s+(?:given\s+|delivered\s+)?by\s+)(?:the\s+)?"
_LEADS: Final = (
    (
        "opener",
        re.compile(rf"(?:(?:Official|Formal)\s+)?(?:Welcome\s+and\s+)?(?:[Oo]pening|Inaugural)(?:\s+and\s+welcome)?(?:\s+{_WORDS})?{_TO}"),
    ),
    ("keynote-speaker", re.compile(rf"Keynote(?:\s+(?:speakers?|presentation|{_WORDS}))?{_TO}", re.IGNORECASE)),
    ("speaker", re.compile(rf"(?:Welcom(?:e|ing)|Closing|Concluding|Introductory|Special)(?:\s+{_WORDS})?{_TO}", re.IGNORECASE)),
    # the title of a session stands before the dash
    (
        "presenter",
        re.compile(
            r"Session\s+(?:\d{1,2}|[IVX]{1,4})\s*[:.–—-]\s+[^;|]{3,120}?\s+[–—-]\s+(?:[Pp]resentation\s+by\s+|[Pp]resented\s+by\s+)?"
        ),
    ),
    ("presenter", re.compile(rf"(?:Country\s+|Technical\s+)?Presentations?{_TO}", re.IGNORECASE)),
)
# A title in quotation marks, in a list of presentations.
_QUOTED = re.compile(r"[“\"‘'][^“”\"]{3,160}[”\"’'],?\s+(?:[–—-]\s+)?(?:(?:presented\s+)?by\s+)?(?:the\s+)?")
_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|several|\d+)"
_PRESENTATIONS = re.compile(
    rf"(?:The\s+)?(?:following\s+)?(?:{_COUNT}\s+)?presentations\s+were\s+(?:heard|given|made|delivered|received):"
    rf"|(?:The\s+)?(?:meeting|workshop|seminar|conference|group|participants|delegates|members)\s+(?:then\s+)?(?:heard|received)\s+"
    rf"(?:the\s+)?(?:following\s+)?(?:{_COUNT}\s+)?presentations:",
    re.IGNORECASE,
)
# "Moderator: Jo Roe, IOM": the people behind a label need no form of address.
_LABELS: Final = (
    ("opener", r"Opening(?:\s+(?:remarks|address|words))?"),
    ("keynote-speaker", r"Keynote(?:\s+(?:speakers?|address|speech))?"),
    ("moderator", r"Moderators?|Facilitators?"),
    ("rapporteur", r"Rapporteurs?"),
    ("presenter", r"(?:Country\s+)?Present(?:ations?|ers?)(?:\s+by)?"),
    ("speaker", r"(?:(?:Guest|Invited)\s+)?Speakers?|Panell?ists?|Welcome"),
)
_LABELLED = re.compile("(?:" + "|".join(f"(?P<{n.replace('-', '_')}>{pattern})" for n, pattern in _LABELS) + r")\s*:\s+(?=[A-Z])")
_LABEL_BEHIND = re.compile(rf"(?<=[.;]\s){_LABELLED.pattern}")  # "11.00 Report back. Rapporteur: …"
_KEYNOTE: Final = "keynote-speaker"
_TITLED = re.compile(r"Keynote(?:\s+(?:speech|address))?\s*:\s*[“\"‘'][^“”\"]{3,160}[”\"’']\s*$")  # who gives it stands below
# What is no presentation, and what leaves open who spoke.
_NO_TALK = re.compile(
    r"\b(?:panel\w*|discussions?|q\s?&\s?a|questions|lunch|break|tea|coffee|dinner|reception|registration|exercises?|groups|moderat\w+|facilitat\w+"
    r"|chair\w*|message)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:tbc|tba|to\s+be\s+(?:confirmed|announced)|invited|(?:read|delivered)\s+(?:out\s+)?(?:by|for)|on\s+behalf\s+of|cancelled|postponed|absent"
    r"|recorded)\b|\((?:moderator|facilitator|chair|rapporteur|discussant|panell?ist)\)",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:Agenda|Programme|Program|Schedule)(?:\s+(?:highlights|overview|of\s+(?:the\s+)?(?:meeting|workshop|event|conference)))?\s*:?",
    re.IGNORECASE,
)
_NOT_FINAL = re.compile(
    r"\b(?:draft|tentative|provisional|proposed|indicative|preliminary)\s+(?:agenda|programme|program|schedule)\b", re.IGNORECASE
)
# Sections of a page that are about something else.
ELSEWHERE: Final = re.compile(
    r"(?:(?:Related|Other|Upcoming|Past|Previous|More|Further|Next)\s+(?:events?|meetings?|news|links|pages|stories|information)"
    r"|See\s+also|(?:You\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested\s+in))|(?:Latest\s+)?News(?:\s+from\s+(?:our\s+)?(?:partners|members))?|Documents?|Downloads?|Resources|Links|Contacts?(?:\s+us)?)\s*:?",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"(?:(?:About|Background|Overview|Summary|Introduction)(?:\s+(?:the|this)\s+\w+)?|(?:Key\s+|Main\s+)?Outcomes?|Recommendations|Conclusions|Decisions"
    r"|Who\s+(?:took\s+part|attended)|Participants|Participation|Attendance|What\s+(?:came\s+out(?:\s+of\s+it)?|was\s+(?:agreed|decided))|Agenda|Programme|Program|Schedule)\s*:?",
    re.IGNORECASE,
)
EARLIER: Final = (
    r"(?:previous|last|earlier|next|preceding)\s+(?:[\w’'-]+\s+){0,3}?(?:meeting|workshop|conference|seminar|round\s?table|forum)\b"
)
_PREVIOUS = re.compile(rf"\b{EARLIER}", re.IGNORECASE)
_HELD = re.compile(
    r"\b(?:met|brought\s+together|took\s+(?:part|place)|attended|participated|gathered|discussed|agreed|reviewed|considered|heard|examined|explored"
    r"|welcomed|concluded|logged\s+in|(?:was|were)\s+(?:\w+ly\s+)?(?:held|opened|hosted|co-?hosted|chaired|co-?chaired|convened|organi[sz]ed|closed))\b"
)
_TO_BE = re.compile(
    r"(?<!next )\b(?:meeting|workshop|round\s?table|conference|seminar|forum|training|event|it|participants|delegates)\s+"
    r"(?:will|is\s+to|are\s+to|shall)\b"
    r"|\bto\s+be\s+held\b",
    re.IGNORECASE,
)
_LONG = 200  # characters: a row is shorter
_BETWEEN = re.compile(r"\)?\s*(?:[;,]|,?\s+and|&|/)\s*(?:and\s+)?(?:the\s+)?")
_REST = re.compile(r"[\s.;,)]*")


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody in a row, with the role that its first words give; s[start:end] holds both."""

    p: Passage
    person: Named
    role: str
    start: int
    end: int
    below: Passage | None = None  # the line with the label, or that introduces a list of presentations


def elsewhere(document: Document, gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """Offsets of the sections of a page that tell of other events: "Related events", "News from partners", "Contact"."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    page = list(lines(document, gazetteer))
    title = next((line.text.at[0] for line in page if kind_of(line.s)), 0)  # above it stands the menu of the site
    values = [(f.p.text.at[0], f.p.text.at[-1]) for f in stacked(document, gazetteer)]  # "Status" over "Past event"
    for line in page:
        at = line.text.at[0]
        if start is None and at > title and not any(a <= at <= b for a, b in values) and ELSEWHERE.fullmatch(line.s.strip()):
            start = at
        elif start is not None and _BACK.fullmatch(line.s.strip()):
            found.append((start, at))
            start = None
    return [*found, (start, len(document.text))] if start is not None else found


def was_held(prose: Iterable[Passage]) -> bool:
    """Whether sentences tell of the meeting as of one that was held, and none as of one to come."""
    told = list(prose)
    return any(_HELD.search(p.s) and not _PREVIOUS.search(p.s) for p in told) and not any(_TO_BE.search(p.s) for p in told)


def programme(document: Document, gazetteer: Gazetteer) -> list[Row]:
    """The people in the rows of the programme, and in lists of the presentations that were heard; none of a draft."""
    if any(_NOT_FINAL.search(p.s) for p in document.passages):
        return []
    rows: list[Row] = []
    listed: Passage | None = None
    within = {line.text.at[0] for line in rows_of_programme(document, gazetteer)}
    role, column = "", 0  # of the label above, and where its names stand
    above: Passage | None = None  # the line of that label
    for line in lines(document, gazetteer):
        if line.text.at[0] in within:
            time = _TIME.match(line.s)
            said = list(_row(line, time.end() if time else 0))
            label = _LABELLED.match(line.s, time.end() if time else 0) or _LABEL_BEHIND.search(line.s)
            at = indent(document, line)
            if label and not said:
                role = next(n for n, _ in _LABELS if label[n.replace("-", "_")])
                column, above = at + line.text.at[label.end()] - line.text.at[0], line
                said = [] if ONE.match(line.s) else list(_labelled(line, role, label.start(), label.end()))  # a roster has it
            elif not (role and at == column and not time):
                role, column = (
                    (_KEYNOTE, at + line.text.at[time.end()] - line.text.at[0]) if time and _TITLED.match(line.s, time.end()) else ("", 0)
                )
                above = line
            elif not said:
                said = [replace(r, below=above) for r in _labelled(line, role, 0, 0)]
            rows += said
        quoted = _QUOTED.match(line.s) if listed else None
        if quoted:
            rows += [replace(r, below=listed) for r in _people(line, "presenter", quoted.start(), quoted.end())]
        else:
            listed = line if _PRESENTATIONS.fullmatch(line.s.strip()) else None
    return rows


def rows_of_programme(document: Document, gazetteer: Gazetteer) -> list[Passage]:
    """The lines below the heading of a programme, and those that begin with a time of the day."""
    found: list[Passage] = []
    other = elsewhere(document, gazetteer)
    within = False
    for line in lines(document, gazetteer):
        s = line.s.strip()
        if any(a <= line.text.at[0] < b for a, b in other):
            within = False
        elif _HEAD.fullmatch(s):
            within = True
        elif _BACK.fullmatch(s):
            within = False
        elif _TIME.match(line.s) or (within and not s.endswith(".") and len(s) < _LONG):
            found.append(line)
    return found


def _row(p: Passage, start: int) -> Iterator[Row]:
    for role, lead in _LEADS:
        if (m := lead.match(p.s, start)) and not _NO_TALK.search(p.s, start, m.end()):
            yield from _people(p, role, start, m.end())
            return


def _labelled(p: Passage, role: str, start: int, position: int) -> Iterator[Row]:
    """The one person behind a label or below it, with a form of address or with what tells whom they are with."""
    named = person_of(p, position)
    if named is None or _UNSURE.search(p.s, start):
        return
    rest = p.s[named.end :]
    beside = p.named("area", "org", "gov", "body", start=named.end)
    if named.address or ((beside or TITLE.search(rest)) and not NOBODY.search(named.name)):
        yield Row(p, named, role, start, named.last)


def _people(p: Passage, role: str, start: int, position: int) -> Iterator[Row]:
    """The people from `position` to the end of the line, if nothing else stands there."""
    if _UNSURE.search(p.s, start):
        return
    named = people_in(p, position)
    at, found = position, []
    for n in named:
        if n.bare or not n.address or (n.start != at if n is named[0] else not _BETWEEN.fullmatch(p.s, at, n.start)):
            return
        at = n.last
        found.append(Row(p, n, role, start, n.last))
    if found and _REST.fullmatch(p.s, at):
        yield from found
