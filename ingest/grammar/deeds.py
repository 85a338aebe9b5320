"""What a person did at a meeting, by the words before and after the name, and for whom: "led the Thai delegation", "represented Fiji"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest.document import Passage
from ingest.findings import Ref
from ingest.grammar.attendance_cues import MEETING as _MEETING
from ingest.grammar.deed_cues import (
    AFTER,
    AROUND_AFTER,
    AROUND_BEFORE,
    BEFORE,
    NOT_HERE,
    OF_SESSION,
    QUOTED,
    RELATIVE,
    SAID,
    THANKED,
    THANKED_FOR,
    TOLD,
)
from ingest.grammar.lists import read_backward, read_forward
from ingest.grammar.names import ADDRESS, POST, Named
from ingest.grammar.nations import nation_of

_DAY = r"(?:\s+on\s+the\s+(?:first|second|third|opening|last|final|closing)(?:\s+(?:day|morning|afternoon))?)?"
_AND = re.compile(rf"\)?{_DAY}(?:,?\s+(?:and|together\s+with|along\s+with)|\s*[;,])\s+(?:and\s+)?(?:(?:by|from)\s+)?(?:the\s+)?")
_JOINED = re.compile(r"\)?,?\s+(?:and|together\s+with|along\s+with)\s+(?:the\s+)?")
# Who came, with the words after which the party stands that they came for.
_CAME = re.compile(
    r"\)?\s*,?\s*(?:also\s+)?(?:(?P<led>(?:led|headed)\s+(?:the|its|his|her|a)\s+(?:[\w’'-]+\s+){0,4}?delegations?\b(?:\s+(?:of|from))?)"
    r"|(?P<for>represented(?!\s+by\b)|(?:attended|took\s+part|participated|was\s+(?:also\s+)?(?:there|present))\s+(?:for|on\s+behalf\s+of))"
    r"|(?:attended|took\s+part|participated|(?:was|were)\s+(?:also\s+)?(?:present|in\s+attendance|there))\b(?!\s+(?:by|from)\b|\s+(?:(?:in|at)\s+)?(?:an?|another)\s))"
)
LISTED: Final = ("attendee", "observer")  # roles of somebody who came for a party, which came with them
# After "attended".
_CAPACITY = re.compile(
    r"(?:\s+(?:in\s+|at\s+)?(?:the|this)\s+(?:[\w’'-]+\s+){0,6}?\w+)?\s+(?:as\s+(?:an?\s+)?(?:(?:invited|special|chief|official|non-member)\s+)?"
    r"(?:observers?|(?P<guest>guests?))|in\s+an\s+observer\s+capacity)\b"
)
_TOGETHER = re.compile(r"\b(?:together|along)\s+with\s")
_AS_OBSERVER = re.compile(r"\)?\s*,?\s+as\s+an?\s+(?:\w+\s+)?(?:observer|(?P<guest>guest))\b")
# "The Thai delegation, led by Mr Tan, presented its guide": the verb after the name tells of those before it.
_ASIDE = re.compile(r",\s+(?:(?:which\s+was\s+)?(?:led|headed)|(?:who\s+was\s+)?accompanied)\s+by\s+(?:the\s+|its\s+)?$")
# "The company of Mr Tan opened …": that did, and not he.
_THEIRS = re.compile(
    r"\b(?:company|firm|business|office|staff|family|team|agency|organi[sz]ation|foundation|work|case|book|paper)\s+of\s+(?:the\s+)?$"
)
# After "chaired".
_SESSION = re.compile(
    r"(?!\s+the\s+day\b)\s+(?:(?:a|the|this|both|all|that)\s+)?(?:(?!meeting|workshop|conference)[\w’'-]+\s+){0,3}?(?:sessions?|panels?|discussions?|days?|morning|afternoon)\b",
    re.IGNORECASE,
)
# The beginning of an office.
_OWN_CHAIR = re.compile(
    r"(?:the\s+)?(?P<co>[Cc]o-?)?[Cc]hair(?:man|person|woman)?\s+of\s+(?:the|this)\s+(?:[Mm]eeting|[Cc]onference|[Ww]orkshop|[Ss]eminar)\b"
)
# "IOM (Mr X) and UNHCR (Ms Y) took part": what stands between a person in brackets and the verb of the list.
_LIST = re.compile(r"\)(?:[\s,;]|\b(?:and|the|of|as\s+well\s+as|also|both|all)\b|\([^()]*\)|\b[A-Z][\w’'-]*)*?")
_OPENS = re.compile(rf"\s\((?:the\s+)?(?={ADDRESS}\s+[A-Z])")
_WITHIN = re.compile(
    r"\s\((?:the\s+)?(?:(?:(?!\b(?:who|whose|instead|absen\w+|apolog\w+|behalf|replac\w+|represent(?:ing|ed)|deputi[sz]ing|succe\w+|former\w*)\b)[^()])*"
    r"(?:[,;]\s+(?:and\s+)?|\sand\s+))?"
)
_FOR_STATE = re.compile(r",?\s+(?:for|on\s+behalf\s+of|representing)\s+(?:the\s+)?|\s+\((?:the\s+)?")
_STATE_ENDS = re.compile(r"\)?\s*(?:[.,;]|$|and\s)")
_CHAIR = re.compile(r"(?:the\s+)?(?P<co>Co-?)?Chair(?:man|person|woman)?", re.IGNORECASE)  # the whole office of somebody in a list
_POSTS = re.compile(rf"(?:,?\s+{POST}\b)+")  # what is set after a name: "the Hon. Ana Lim, MP, presided"
_LISTED = re.compile(
    r"\b(?:attended|took\s+part|participated|joined|(?:was|were)\s+(?:also\s+)?(?:present|represented|in\s+attendance|there))\b"
)
_WHOSE = r"(?:(?:the|its|their|his|her)\s+)?"
_SUBJECT = re.compile(
    rf"\s+(?:delegations?\s+)?(?:was|were)\s+(?:(?:led|headed)\s+by|represented\s+(?:as\s+(?:an\s+)?observers?\s+|at\s+the\s+\w+\s+)?by)\s+{_WHOSE}(?:deputy,\s+)?$"
    r"|\s+by\s+$|['’]s?\s+(?:chief\s+|senior\s+)?(?:representative|delegate|head\s+of\s+delegation)\s+was\s+$"
)
_FOR = re.compile(r"\b(?:for|[Rr]epresenting|delegation\s+of)\s+(?:the\s+)?(?=[A-Z])")
# What a passive verb before a name speaks of: the meeting itself, or those who came as a delegation.
_OF_MEETING = re.compile(
    rf"^\W*$|[,;(:]\s*$|\b(?:it|which|and|{_MEETING}|proceedings|sessions?|panels?|day|summit|symposium|training|course|gathering|event|group|groups|they|both)\b"
    r"(?!\s+(?:visited|noted|heard))",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"(?:opened|inaugurated|open|chaired|presided\s+over|over|jointly|hosted|moderated|facilitated|closed)\b[^.;]{0,100}?\bby\b",
    re.IGNORECASE,
)
_OF_DELEGATION = re.compile(
    r"\b(?:[Dd]elegations?|team|contingent|representatives|officials|mission)\W*(?:from\s+[^,;.]*|of\s+[^,;.]*)?\W*(?:which\s+)?(?:was|were)?\s*$"
)
_ELSE = re.compile(
    r"\b(?:is|are|will\s+be|would\s+be|to\s+be|should\s+be|could\s+be|may\s+be|had\s+been|being|not|previously|earlier)\s+(?:\w+ly\s+)?$"
    rf"|\b(?:previous|last|next|earlier|another|similar)\s+(?:[\w’'-]+\s+){{0,3}}?{_MEETING}\s+(?:was\s+|were\s+)?(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"(?:Leading|Heading)\s+(?P<who>the\s+[^.;,]{3,40}?\sdelegation)\s+was\s+(?:the\s+)?$")
_LED_BY = re.compile(
    r"(?P<who>(?:the\s+)?(?:delegation\s+(?:of|from)\s+)?(?:the\s+)?[^,;.]{2,60}?)(?:\s+delegation)?\s*,?\s+(?:(?:which\s+)?(?:(?:was\s+)?(?:led|headed)\s+by)|comprised|consisted\s+of|was\s+made\s+up\s+of|included)\s+(?:the\s+)?$"
)


_FROM_AFAR = re.compile(r"\)?\s*\((?:from|via|by|through|online|joining)\b[^()]{0,40}\)")  # "Ms Ana Lim (from Suva) chaired"
_BOTH = re.compile(r"\)?\s*,?\s*opened\s+and\s+(?P<co>co-?)?chaired\s+(?:the|both|this)\b")
_AND_THEN = re.compile(
    r"\s+and\b(?=\s+(?:then\s+|also\s+|\w+ly\s+)?(?:gave|made|delivered|opened|co-?chaired|chaired|presented|presided|addressed)\b)"
)


@dataclass(frozen=True, slots=True)
class Party:
    """The party that somebody spoke for, named at s[start:end]."""

    ref: Ref
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Deed:
    """The role that s[start:end] gives a person, and for whom the words say that they came."""

    role: str
    start: int
    end: int
    party: Party | None = None
    said: bool = False  # only that they said something: told of nobody whose part is named


def deeds_of(p: Passage, n: Named, named: Sequence[Named], areas: Mapping[Ref, Ref], adjectives: Mapping[str, Ref]) -> list[Deed]:
    """What `n` did, among the people whom the passage names: each role once."""
    if bracketed := _in_brackets(p, n):
        return [bracketed]
    final = reached = n
    for other in [o for o in named if o.start >= n.end]:  # "A, office, and B, office, co-chaired the …": A did too
        start = _lead(p, other)[0]
        start = other.start if start < reached.end else start  # in the same brackets
        if _JOINED.fullmatch(p.s, _until(p, reached, start), start):
            final = reached = other
        elif _AND.fullmatch(p.s, _until(p, reached, start), start):
            reached = other
        else:
            break
    low, own_party = _lead(p, n)
    aside = _ASIDE.search(p.s, 0, n.start) is not None or _THEIRS.search(p.s, 0, n.start) is not None
    relative = RELATIVE.match(p.s, final.last)
    last = relative.end() if relative else final.last
    found = [Deed(role, low, end, own_party) for role, end in _verbs(p, final.last, named) or _verbs(p, last, named)] if not aside else []
    found = [replace(d, role="moderator") if d.role in ("chair", "co-chair") and _SESSION.match(p.s, d.end) else d for d in found]
    if not found and (alone := _alone(p, n, final, named, own_party, areas, adjectives)):
        found = [alone]
    else:
        before = _passive(p, n, named, areas, adjectives, joined=_JOINED if found else _AND)
        if before and (not found or (before.role != "attendee" and before.role not in [d.role for d in found])):
            found = [] if before.role == "opener" and [d.role for d in found] == ["speaker"] else found  # the opening words
            found.append(before)
        if not found and not aside and not QUOTED.search(p.s):
            speaker = "presenter" if p.s.endswith("presenter", n.office_start, n.office_end) else "speaker"
            said = ((speaker, SAID.match(p.s, last)), ("presenter", TOLD.match(p.s, last)))
            found = [Deed(role, low, m.end(), own_party, said=True) for role, m in said if m]
    more = _within(p, n, relative, named, areas, adjectives) if relative and not aside else []
    return [*found, *(d for d in more if d.role not in [f.role for f in found])]


def _within(
    p: Passage, n: Named, clause: re.Match[str], named: Sequence[Named], areas: Mapping[Ref, Ref], adjectives: Mapping[str, Ref]
) -> list[Deed]:
    """What a clause on somebody says of this meeting: "…, who served as rapporteur, spoke", "…, who led the delegation of Fiji, spoke"."""
    if not clause["who"] or NOT_HERE.search(clause[0]):
        return []
    low, party = _lead(p, n)
    found = [Deed(role, low, end, party) for role, end in _verbs(p, clause.end("who"), named) if end <= clause.end()]
    led = _CAME.match(p.s, clause.end("who"), clause.end())
    if led and led["led"] and clause[0].endswith(","):
        party = _party_after(p, led, areas, adjectives)
        found.append(Deed("attendee", n.start, max(led.end(), party.end if party else 0), party))
    return found


def _alone(
    p: Passage,
    n: Named,
    final: Named,
    named: Sequence[Named],
    own: Party | None,
    areas: Mapping[Ref, Ref],
    adjectives: Mapping[str, Ref],
) -> Deed | None:
    """The one role of somebody whom no verb gives a part in the proceedings: that they came, or what stands around the name."""
    if m := _CAME.match(p.s, final.last):
        party = _party_after(p, m, areas, adjectives) if final is n else None
        capacity = _CAPACITY.match(p.s, m.end()) if not m["for"] else None
        end = max(m.end(), party.end if party else 0, capacity.end() if capacity else 0)
        return Deed(_role_of(capacity), n.start, end, party)
    if (m := AROUND_AFTER.match(p.s, final.last)) and AROUND_BEFORE.search(p.s[: _first_of(p, n, named)]):
        return Deed("chair" if m["chair"] else m["role"].lower().replace("cochair", "co-chair"), n.start, m.end(), own)
    if thanked := _thanked(p, n, own):
        return thanked
    if chair := _OWN_CHAIR.match(p.s, n.office_start, n.office_end):
        return Deed("co-chair" if chair["co"] else "chair", n.start, chair.end())
    return None


def _thanked(p: Passage, n: Named, party: Party | None) -> Deed | None:
    """What somebody is thanked for: "Ministers thanked Ms Lim for her keynote address"."""
    if not THANKED.search(p.s, max((a for a, _ in p.sentences() if a <= n.start), default=0), n.start):
        return None
    m = next(((role, m) for role, after in THANKED_FOR if (m := after.match(p.s, n.last))), None)
    return Deed(m[0], n.start, m[1].end(), party) if m else None


def _first_of(p: Passage, n: Named, named: Sequence[Named]) -> int:
    """Where the list of people begins that `n` stands in."""
    start = _lead(p, n)[0]
    for other in reversed([o for o in named if o.end <= start]):
        if not _AND.fullmatch(p.s, _until(p, other, start), start):
            break
        start = _lead(p, other)[0]
    return start


def _until(p: Passage, n: Named, start: int) -> int:
    """Where the words on a person end before `start`: an office that two people share stands behind the second."""
    state = _for_state(p, n)
    return state.end if state and state.end <= start else n.last if n.last <= start else n.end


def _for_state(p: Passage, n: Named) -> Party | None:
    """The state for which somebody sat in the chair: "by the Ambassador, Mr Lee, for Australia and Mr Ho for Indonesia"."""
    words = _FOR_STATE.match(p.s, n.last)
    area = next((x for x in p.named("area", start=words.end()) if x.start == words.end()), None) if words else None
    return Party(area.ref, area.start, area.end) if area and _STATE_ENDS.match(p.s, area.end) else None


def _verbs(p: Passage, position: int, named: Sequence[Named]) -> list[tuple[str, int]]:
    """The roles that the verbs after the names give, with the ends of their words: "opened the workshop and gave the keynote address"."""
    position = m.end() if (m := _POSTS.match(p.s, position) or _FROM_AFAR.match(p.s, position)) else position
    if m := _BOTH.match(p.s, position):
        return [("opener", m.end()), ("co-chair" if m["co"] else "chair", m.end())]
    first = next(((role, m.end()) for role, after in AFTER if (m := after.match(p.s, position))), None)
    if first is None:
        return []
    found = [first]
    stop = min((o.start for o in named if o.start > position), default=len(p.s))
    for m in _AND_THEN.finditer(p.s, first[1], stop):
        later = next(((role, x.end()) for role, after in AFTER if (x := after.match(p.s, m.end()))), None)
        if later and later[0] not in [role for role, _ in found]:
            found.append(later)
    return found


def _passive(
    p: Passage, n: Named, named: Sequence[Named], areas: Mapping[Ref, Ref], adjectives: Mapping[str, Ref], *, joined: re.Pattern[str]
) -> Deed | None:
    """The role that the words before the name give: "opened by A, office, and B, office", "co-chaired by Fiji (A)".

    `joined` is what may stand between such people: who has a verb of their own does not go on a list by a comma alone.
    """
    start, own = _lead(p, n)
    state = _for_state(p, n)
    for other in reversed([o for o in named if o.end <= start]):
        if other.end > start:  # in the brackets that were passed
            continue
        if not joined.fullmatch(p.s, _until(p, other, start), start):
            break
        start = _lead(p, other)[0]
    before = p.s[:start]
    for name, cue in BEFORE:
        role = name
        if (m := cue.search(before)) and _is_meant(p, m):
            if "accompanied" in m[0] and not _came_with(p, m.start(), named, areas, adjectives):
                continue
            party = own or (_party_before(p, start, areas, adjectives) if role in LISTED else None)
            subject = max((a for a, _ in p.sentences() if a <= m.start()), default=0)
            led = role in ("chair", "co-chair") and OF_SESSION.search(p.s, subject, m.start()) is not None
            chair = _CHAIR.fullmatch(p.s, n.office_start, n.office_end) if role == "attendee" and own else None
            watched = _AS_OBSERVER.match(p.s, n.last) if role == "attendee" else None
            role = role if watched is None else "guest" if watched["guest"] else "observer"
            role = "co-chair" if role == "chair" and _TOGETHER.search(p.s, m.end()) else role
            given = "moderator" if led else role if chair is None else "co-chair" if chair["co"] else "chair"
            if given not in LISTED and party is None and state:
                return Deed(given, m.start(), state.end, state)
            return Deed(given, min(m.start(), party.start) if party else m.start(), n.end, party)
    return None


def _came_with(p: Passage, end: int, named: Sequence[Named], areas: Mapping[Ref, Ref], adjectives: Mapping[str, Ref]) -> bool:
    """Whether the passage says of somebody whom it names before `end` that they came."""
    before = [o for o in named if o.last <= end]
    return any(deeds_of(p, o, before, areas, adjectives) for o in before)


def _is_meant(p: Passage, m: re.Match[str]) -> bool:
    """Whether a passive verb is said of this meeting, or of a delegation to it, and not of what is to come or was before."""
    if _ELSE.search(p.s, 0, m.start()):
        return False
    sentence = max((a for a, _ in p.sentences() if a <= m.start()), default=0)
    if m[0].startswith(("led", "headed")):
        subject = p.s[sentence : m.start()]
        last = max((x.end for x in p.named("area", "org") if x.end <= m.start()), default=0)
        return _OF_DELEGATION.search(subject) is not None or not re.sub(r"\b(?:was|were)\b", "", p.s[last : m.start()]).strip(" ,")
    return _PASSIVE.match(m[0]) is None or _OF_MEETING.search(p.s[sentence : m.start()]) is not None


def _lead(p: Passage, n: Named) -> tuple[int, Party | None]:
    """Where the words on a person begin, with the party in whose brackets the name stands: "Fiji (Ms Lim)", "Fiji (Mr Ho, Ms Lim)"."""
    name = next(
        (m for m in p.named("area", "org", "body", "gov") if _OPENS.match(p.s, m.end) and _WITHIN.fullmatch(p.s, m.end, n.start)), None
    )
    if name is None:
        return n.start, None
    ref = next((r for r in name.refs if not r.startswith("place:")), name.ref)
    start = name.start - 4 if p.s[: name.start].lower().endswith("the ") else name.start
    return start, Party(ref, name.start, name.end)


def _in_brackets(p: Passage, n: Named) -> Deed | None:
    """Somebody whom a list names in brackets behind the party that took part."""
    party, close = _lead(p, n)[1], p.s.find(")", n.last)
    if party is None or close < 0 or "(" in p.s[n.last : close]:
        return None
    end = next((m for m in _LISTED.finditer(p.s, close) if _LIST.fullmatch(p.s, close, m.start())), None)
    if end is None:
        return None
    capacity = _CAPACITY.match(p.s, end.end())
    return Deed(_role_of(capacity), party.start, capacity.end() if capacity else end.end(), party)


def _role_of(capacity: re.Match[str] | None) -> str:
    """The role of somebody who came: "attended as an observer", "participated as a special guest"."""
    return "attendee" if capacity is None else "guest" if capacity["guest"] else "observer"


def _party_after(p: Passage, m: re.Match[str], areas: Mapping[Ref, Ref], adjectives: Mapping[str, Ref]) -> Party | None:
    """ "led the Thai delegation", "headed the delegation of Fiji", "represented New Zealand"."""
    if m["led"] and (nation := nation_of(p, m.start("led"), m.end("led"), areas, adjectives)):
        return Party(nation.ref, nation.start, nation.end)
    if not m["led"] and not m["for"]:
        return None
    return _first(p, m.end())


def _first(p: Passage, start: int) -> Party | None:
    listed = read_forward(p, start, len(p.s), ("area", "org"))
    if len(listed.items) != 1:
        return None
    name = listed.items[0].match
    return Party(next((r for r in name.refs if not r.startswith("place:")), name.ref), name.start, name.end)


def _party_before(p: Passage, start: int, areas: Mapping[Ref, Ref], adjectives: Mapping[str, Ref]) -> Party | None:
    """ "Thailand was represented by", "the Indonesian delegation, led by"."""
    if m := _SUBJECT.search(p.s, 0, start):
        listed = read_backward(p, 0, m.start(), ("area", "org"))
        if len(listed.items) == 1:
            name = listed.items[0].match
            return Party(next((r for r in name.refs if not r.startswith("place:")), name.ref), name.start, name.end)
    if (m := _LEADING.search(p.s, 0, start)) and (nation := nation_of(p, m.start("who"), m.end("who"), areas, adjectives)):
        return Party(nation.ref, nation.start, nation.end)
    if m := next(p.find(_FOR, 0, start), None):
        return _first(p, m.end())
    if m := _LED_BY.search(p.s, 0, start):
        several = len(p.named("area", start=m.start("who"), end=m.end("who"))) > 1  # "headed by A and B, respectively"
        if not several and (nation := nation_of(p, m.start("who"), m.end("who"), areas, adjectives)):
            return Party(nation.ref, nation.start, nation.end)
    return None
