"""Meetings named by their number: "4th Bali Process Regional Ministerial Conference held in March 2011", "First Ad Hoc Group Meeting".

The number and the name of the series are what the text states; a date and a place are read only where they follow the name directly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.document import Passage, ReadingContext
from ingest.findings import DateRead, Ref
from ingest.gazetteer import Match
from ingest.grammar.dates import find_dates
from ingest.grammar.kinds import ORDINAL_WORD, kind_of, ordinal
from ingest.grammar.places import PlaceRead, place_at

_ADJECTIVE = r"(?:annual|regular|formal|joint|special|virtual|plenary|full|in-person)\s+"
_NAME = rf"(?:(?:of|the|on|and|for)\s+|\(\w{{2,6}}\)\s+|{_ADJECTIVE}|[A-Z][\w’'-]*\s+){{0,8}}?"
_NOUN = (
    r"(?:[Mm]inisterial\s+(?:[Cc]onference|[Mm]eeting)|(?:[Gg]overnment\s+and\s+[Bb]usiness|[Bb]usiness\s+and\s+[Gg]overnment)\s+[Ff]orum|[Ss]enior\s+[Oo]fficials?['’]?s?['’]?\s+[Mm]eeting|[Ss]teering\s+[Gg]roup(?:\s+\(\w+\))?\s+[Mm]eeting|"
    r"(?-i:(?:AHG\s+)?SOM)|"
    r"[Mm]eeting\s+of\s+(?:the\s+)?(?:Bali\s+Process\s+)?[Ss]enior\s+[Oo]fficials|"
    r"[Mm]eeting\s+of\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s+){0,5}(?:Group|Force)(?:\s+\(\w+\))?(?:\s+Senior\s+Officials)?|"
    r"(?:(?:Ad\s+Hoc|Working)\s+Group|Task\s+Force)(?:\s+\(\w+\))?(?:\s+Senior\s+Officials['’]?)?\s+[Mm]eeting)"
)
_CAPS = rf"(?i:{ORDINAL_WORD})"
_NUMBERED = re.compile(rf"\b(?P<ordinal>{_CAPS})\s+(?P<name>{_NAME}(?i:{_NOUN}))\b")
_ROMAN = re.compile(
    r"\b(?P<name>(?:Bali\s+)?(?:Process\s+)?(?:Regional\s+)?Ministerial\s+Conference)\s+(?P<ordinal>I{1,3}|IV|VI{0,3}|IX|X)\b"
)
# "The Task Force held its third meeting", "Senior Officials gathered for their Tenth Meeting": who met says of what kind it was.
_OF_THEIRS = re.compile(
    rf"\b(?P<group>(?:Steering|Ad\s+Hoc|Working|(?:Technical\s+)?Experts?)\s+Group|Task\s+Force|[Ss]enior\s+[Oo]fficials)\b"
    rf"(?:(?!\b(?:which|that|who|when|where|since|after|before|following|until|had|has|have)\b)[^.;:]){{0,160}}?"
    rf"\b(?:held|hosted|convened|reconvened|met|gathered|assembled|came\s+(?:together|back)|returned|concluded|opened)\b"
    rf"(?:(?!\b(?:which|that|who|since|after|before|following|until)\b)[^.;:]){{0,100}}?\b(?:its|their)\s+"
    rf"(?P<ordinal>{_CAPS})\s+(?P<name>(?:{_ADJECTIVE})?[Mm]eeting)\b(?!\s+(?:of|on|with|since|under|this\s+year|in\s+(?:\d|[a-z]+\s+(?:years|months)))\b)"
)
# "The Task Force met for the third time": the name of those who met stands for the meeting.
_NTH_TIME = re.compile(
    r"\b(?P<group>(?:(?:Steering|Ad\s+Hoc|Working|(?:Technical\s+)?Experts?)\s+Group|Task\s+Force)(?:\s+on\s+[A-Z]\w+(?:\s+(?:and|in|of|[A-Z]\w+))*)?"
    r"|(?:AHE?G|TEG|TE?WG|TF|WG)[A-Z]*(?:-[A-Z]+)?|[Ss]enior\s+[Oo]fficials)(?:\s+\(\w+\))?\s+(?:met|convened|gathered|assembled|came\s+together)\s"
    rf"(?:(?!\b(?:which|that|who|since|after|before|until|following)\b)[^.;:]){{0,60}}?\bfor\s+(?:the|a)\s+(?P<ordinal>{_CAPS})\s+time\b"
)
# "The Task Force and the Ad Hoc Group held their fifth and fourth meetings respectively": which is whose the last word says.
_RESPECTIVE = re.compile(
    rf"(?:\s+\(\w+\))?\s+(?:held|convened)\s+their\s+(?P<first>{_CAPS})\s+and\s+(?P<second>{_CAPS})\s+(?:{_ADJECTIVE})?[Mm]eetings\b"
    r"(?=[^.;]*\brespectively\b)"
)
_AND_THE = re.compile(r"(?:\s+\(\w+\))?\s+and\s+(?:the\s+)?")
# "the third meeting of the TEG-RR": of a body that a table knows.
_OF_BODY = re.compile(rf"\b(?P<ordinal>{_CAPS})\s+(?P<name>(?:{_ADJECTIVE})?[Mm]eeting)\b(?=\s+of\s)")
_GROUP = re.compile(r"(?:AHE?G|TEG|TE?WG|TF|WG)[A-Z]*(?:-[A-Z]+)?$|.*\b(?:[Gg]roup|[Ff]orce)\b")
_BARE = re.compile(r"(?:^|[.;,]\s)\s*(?:[Tt]he\s+)?(?:Bali\s+Process\s+)?$|\b[Tt]he\s+(?:Bali\s+Process\s+)?$|\bBali\s+Process\s+$")
_TO_DATE = re.compile(
    r"[\s,(]*(?:of\s+the\s+Bali\s+Process\s*)?(?:(?:which\s+)?(?:(?:was|is|had\s+been|(?:will|to)\s+be)\s+)?(?:held|convened|took\s+place|hosted)\s*)?(?:(?:earlier\s+)?(?:today|yesterday),?\s+)?(?:on|in|from|between|,)?\s*"
)
_TO_PLACE = re.compile(
    r"[\s,(]*(?:(?:which\s+)?(?:(?:was|is|had\s+been|(?:will|to)\s+be)\s+)?(?:held|convened|took\s+place|hosted)\s+)?in\s+(?:the\s+)?|\s*\("
)
_COMMA = re.compile(r",\s+")
_THEN = re.compile(r"\s*(?:,?\s+(?:(?:in|on)\s+)?(?:\d|[A-Z][a-z]+\s+\d)|\)|[.;]|$)")
_ACRONYM = re.compile(r"\s*\([A-Z]{2,6}\)")
_OF = re.compile(r"\s+of\s+(?:the\s+)?")

_MORE = re.compile(r"\s+(?:of|on|for|about|concerning|under)\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class NumberedMeeting:
    """A numbered meeting named at s[start:end]; `kind` is a class of the ontology; offsets of the ordinal for its anchor."""

    ordinal: int
    kind: str
    title: str
    start: int
    end: int
    ordinal_start: int
    ordinal_end: int
    date: DateRead | None
    date_start: int
    date_end: int
    place: PlaceRead | None
    owner: int | None = None  # where they are named who held it, if its name does not say whose meeting it is
    counted: bool = False  # the number counts the meetings of those who met: "the Task Force met for the third time"

    @property
    def name(self) -> tuple[int, int]:
        """The offsets of the name without its number: "Fourth Ministerial Conference", "Ministerial Conference IV"."""
        return (self.ordinal_end, self.end) if self.ordinal_start == self.start else (self.start, self.ordinal_start)


_ITS = re.compile(r"\b(?:its|their)\s+(?:[a-z]+\s+)?$")


def numbered_meetings(p: Passage) -> list[NumberedMeeting]:
    """Every numbered meeting that the passage names, in order."""
    found: list[NumberedMeeting] = []
    for pattern in (_NUMBERED, _ROMAN):
        for m in pattern.finditer(p.s):
            number, kind = ordinal(m["ordinal"]), kind_of(p.s, m.start(), m.end())
            if number is None or kind is None or any(f.start < m.end() and m.start() < f.end for f in found):
                continue
            found.append(_complete(p, m, number, kind.name))
    for m in _OF_BODY.finditer(p.s):
        number, of = ordinal(m["ordinal"]), _OF.match(p.s, m.end())
        body = next((x for x in p.named("body") if of and x.start == of.end() and _GROUP.match(x.written)), None)
        if number is not None and body and not any(f.start < m.end() and m.start() < f.end for f in found):
            found.append(_complete(p, m, number, _kind_of_group(body.written)))
    for m in _OF_THEIRS.finditer(p.s):
        number, start = ordinal(m["ordinal"]), m.start("ordinal")
        if number is not None and _is_ours(p, m) and not any(f.start < m.end() and start < f.end for f in found):
            found.append(replace(_complete(p, m, number, _kind_of_group(p.s[m.start() : start]), start), counted=True))
    for m in _NTH_TIME.finditer(p.s):
        number = ordinal(m["ordinal"])
        if number is not None and _is_ours(p, m) and not any(f.start < m.end() and m.start() < f.end for f in found):
            low, high = m.span("group")
            where = m.span("ordinal")
            whose = _kind_of_group(m["group"])
            found.append(NumberedMeeting(number, whose, m["group"], low, high, *where, None, 0, 0, None, counted=True))
    return sorted([*found, *_respective(p)], key=lambda f: f.start)


def _respective(p: Passage) -> Iterator[NumberedMeeting]:
    """The meetings of two bodies that one verb and the word "respectively" number; the name of each body stands for its meeting."""
    for a, b in pairwise(p.named("body")):
        m = _RESPECTIVE.match(p.s, b.end) if _AND_THE.fullmatch(p.s, a.end, b.start) else None
        for body, which in ((a, "first"), (b, "second")) if m else ():
            if m and (number := ordinal(m[which])):
                kind = _kind_of_group(p.s[body.start : body.end])
                yield NumberedMeeting(number, kind, body.written, body.start, body.end, *m.span(which), None, 0, 0, None, counted=True)


def _owner(p: Passage, start: int) -> Ref | None:
    """The process or organisation that "its" before s[start] means: "The Budapest Process holds its sixth Ministerial Conference"."""
    its = _ITS.search(p.s, 0, start)
    named = p.named("process", "body", "group", "org", end=its.start()) if its else []
    return named[-1].ref if named and named[-1].kind in ("process", "org") else None


def _is_ours(p: Passage, m: re.Match[str]) -> bool:
    """Whether the group that held "its third meeting" is one that a table knows, or "the Working Group" without the name of another."""
    return any(x.start <= m.start() < x.end for x in p.named("body")) or _BARE.search(p.s, 0, m.start()) is not None


def _kind_of_group(group: str) -> str:
    """The kind of the meeting that these words say who met for."""
    hit = kind_of(f"meeting of the {group.lower().partition('steering group')[1]}")
    return hit.name if hit else "GroupMeeting" if re.search(r"(?:Group|Force)\b|^[A-Z-]+$", group) else "SeniorOfficialsMeeting"


def series_named(p: Passage, n: NumberedMeeting, context: ReadingContext) -> Ref | None:
    """The series that the name of a numbered meeting names, from its first word to its last, or None.

    Words that are no part of the series' name make another meeting of it ("Second ASEAN Ministerial Meeting"), but for the name of its
    process; so does a subject or an owner that follows ("… of the Budapest Process").
    """
    start, end = n.name
    owner = _owner(p, n.start)
    for m in p.named("series", start=start):
        process = context.processes.get(m.ref)
        if owner is not None and process is not None and owner != process:
            return None
        before = p.s[start : m.start].strip()
        whole = not p.s[m.end : end].strip()
        if whole and (not before or (process and context.exact(before, "process") == process)):
            return m.ref if _goes_on_freely(p, max(m.end, n.end), process) else None
    bare = _without_acronym(p, start, end)
    ref = context.exact(bare, "series") if bare else None
    if ref and _goes_on_freely(p, n.end, context.processes.get(ref)):
        return ref
    bodies = {m.ref for m in holders(p, n) if m.kind == "body"} if n.counted else set()
    return context.sequences.get((bodies.pop(), n.kind)) if len(bodies) == 1 else None


def _without_acronym(p: Passage, start: int, end: int) -> str | None:
    """A name without the acronym in brackets that it spells out: "Meeting of the Ad Hoc Group (AHG) Senior Officials"."""
    m = _ACRONYM.search(p.s, start, end)
    spelt = m and any(x.start <= m.start() and m.end() <= x.end for x in p.named("body"))
    return (p.s[start : m.start()] + p.s[m.end() : end]).strip() if m and spelt else None


def holders(p: Passage, n: NumberedMeeting) -> list[Match]:
    """The processes and bodies that the name of a numbered meeting names, or the words right behind it: whose meeting it is."""
    more = _MORE.match(p.s, n.end)
    behind = more.end() if more else n.end
    named = p.named("process", "body")
    return [m for m in named if n.start <= m.start < n.end or m.start == behind or (n.owner is not None and m.start <= n.owner < m.end)]


def _goes_on_freely(p: Passage, end: int, process: Ref | None) -> bool:
    """Whether the words behind a name leave it the meeting that it is: no subject, and no owner but its process."""
    more = _MORE.match(p.s, end)
    if more is None:
        return True
    dated = any(hit.start == more.end() for hit in find_dates(p.s))
    return dated or any(m.start == more.end() and process in m.refs for m in p.named("process", start=end))


def full_name(p: Passage, end: int) -> int:
    """Where the name ends that goes on after the noun: "… Meeting of the Working Group on Trafficking in Persons"."""
    of = _OF.match(p.s, end)
    after = of.end() if of else end
    return max([end, *(x.end for x in p.named("process", "body", "series") if x.start < end < x.end or (of and x.start == after))])


def _complete(p: Passage, m: re.Match[str], number: int, kind: str, begin: int | None = None) -> NumberedMeeting:
    """The meeting with what follows its name. `begin` is where the name begins whose owner stands at the beginning of the match."""
    position, place = full_name(p, m.end()), None
    if to := _TO_PLACE.match(p.s, position):
        place = place_at(p, to.end())
        position = place.end if place else position
    elif (comma := _COMMA.match(p.s, position)) and (town := place_at(p, comma.end())) and town.place and _THEN.match(p.s, town.end):
        place, position = town, town.end  # "the Second Meeting of the Group, Bali, 2009"
    date, start, end = None, 0, 0
    to_date = _TO_DATE.match(p.s, position)
    for hit in find_dates(p.s):
        if to_date and hit.start == to_date.end():
            date, start, end = hit.date, hit.start, hit.end
    behind = _COMMA.match(p.s, end) if date and place is None else None
    if behind and (town := place_at(p, behind.end())) and town.place and _THEN.match(p.s, town.end):
        place = town  # "the Fifth Meeting of the Group, 2 April 2013, Bali"
    low = m.start() if begin is None else begin
    owner = None if begin is None else m.start()
    return NumberedMeeting(
        number, kind, p.s[low : m.end()], low, m.end(), m.start("ordinal"), m.end("ordinal"), date, start, end, place, owner
    )
