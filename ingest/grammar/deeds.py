"""What a person did at a meeting, by the words before and after the name, and for whom: "led the Thai delegation", "represented Fiji"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.document import Passage
from ingest.findings import Ref
from ingest.grammar.attendance import MEETING as _MEETING
from ingest.grammar.lists import read_backward, read_forward
from ingest.grammar.names import Named
from ingest.grammar.nations import nation_of

_AND = re.compile(r"\)?(?:,?\s+and|\s*[;,])\s+(?:and\s+)?(?:the\s+)?")
_JOINED = re.compile(r"\)?,?\s+and\s+(?:the\s+)?")
_THEM = r"(?:(?:the\s+)?(?:two\s+)?[Cc]o-?[Cc]hairs?(?:['’]\s+representatives)?,\s+|jointly\s+)?(?:the\s+)?$"
_GIVEN = r"(?:(?:was|were)\s+(?:also\s+)?)?(?:delivered|given|made|presented|provided)\s+by\s+(?:the\s+)?$"
_WHOSE = r"(?:(?:the|its|their|his|her)\s+)?"
# What else is opened: "opened the floor", "opened the shelter".
_NO_MEETING = (
    r"(?:\w+\s+)?(?:floor|discussions?|debate|door|way|shelter|centre|center|office|file|camp|school|facility|exhibition"
    r"|investigation|case)"
)
_PRESENT = r"(?:present|attending|participating|taking\s+part|there|in\s+attendance|represented)"
_BEFORE = [
    ("opener", re.compile(rf"\b(?:opened|inaugurated|declared\s+open)\s+(?:jointly\s+)?by\s+{_THEM}")),
    ("opener", re.compile(r"\b[Ii]n\s+(?:(?:his|her|their)\s+)?opening\s+(?:remarks|address|statement|speech),\s+(?:the\s+)?$")),
    ("co-chair", re.compile(rf"\b[Cc]o-?[Cc]haired\s+(?:jointly\s+)?by\s+{_THEM}")),
    ("co-chair", re.compile(r"\b[Cc]o-?[Cc]haired\s+by\s+[^.;]{2,300}?,\s+represented\s+by\s+(?:the\s+)?$")),
    ("co-chair", re.compile(rf"\b(?:[Ii]n\s+the\s+[Cc]hair|[Cc]o-?[Cc]hairs|[Ss]haring\s+the\s+[Cc]hair)\s+were:?\s+{_THEM}")),
    ("co-chair", re.compile(r"\b[Cc]o-?[Cc]hairs(?:\s+of\s+the\s+[Mm]eeting)?\s+were\s+represented\s+by\s+(?:the\s+)?$")),
    ("co-chair", re.compile(r"\b[Cc]o-?[Cc]hairs?(?:\s+of\s+the\s+[Mm]eeting)?\s*[,:]\s+(?:the\s+)?$")),
    ("co-chair", re.compile(r"(?<!former )(?<!next )(?<!future )(?<!incoming )(?<!outgoing )\b[Cc]o-?[Cc]hairs\s+$")),
    ("co-chair", re.compile(rf"(?<![-\w])(?:[Cc]haired\s+jointly|[Jj]ointly\s+chaired)\s+by\s+{_THEM}")),
    ("chair", re.compile(rf"(?<![-\w])(?<!ointly )(?:[Cc]haired|[Pp]resided\s+over)\s+by\s+{_THEM}")),
    ("chair", re.compile(r"\b(?:[Ii]n\s+the\s+[Cc]hair|(?<![-\w])[Cc]hair(?:man|person)?)\s+was\s+(?:the\s+)?$")),
    ("chair", re.compile(r"\b[Uu]nder\s+the\s+chairmanship\s+of\s+(?:the\s+)?$")),
    ("co-chair", re.compile(r"\b[Uu]nder\s+the\s+(?:joint\s+chairmanship|co-?[Cc]hairmanship)\s+of\s+(?:the\s+)?$")),
    ("chair", re.compile(r"(?:^|[.;]\s)(?:[Ii]n\s+the\s+)?[Cc]hair(?:s|man|person)?\s*:\s+$")),
    (
        "keynote-speaker",
        re.compile(rf"\b[Kk]eynote(?:\s+(?:address|speech|remarks|statement|presentation))?\s+(?:by\s+(?:the\s+)?$|{_GIVEN})"),
    ),
    ("keynote-speaker", re.compile(r"\b[Kk]eynote\s+speakers?\s*(?:was|were|:)\s+(?:the\s+)?$")),
    (
        "opener",
        re.compile(rf"\b[Oo]pening\s+(?:address|speech|remarks|statement|words)\s+(?:by\s+(?:the\s+)?$|{_GIVEN})"),
    ),
    (
        "speaker",
        re.compile(
            rf"\b(?:[Aa]\s+|[Tt]he\s+|[Cc]losing\s+|[Ww]elcom(?:e|ing)\s+|[Cc]oncluding\s+|[Ii]ntroductory\s+)*(?:[Ss]tatement|[Rr]emarks|[Ss]peech|[Aa]ddress)s?\s+{_GIVEN}"
        ),
    ),
    ("speaker", re.compile(r"\bfollowed\s+by\s+(?:\w+\s+){0,2}?(?:remarks|statement|address|speech)\s+by\s+(?:the\s+)?$")),
    ("speaker", re.compile(r"\b(?:was|were)\s+(?:also\s+)?addressed\s+by\s+(?:the\s+)?$")),
    ("presenter", re.compile(rf"\b[Pp]resentations?(?:\s+on\s+[^.;]{{3,80}}?)?\s+{_GIVEN}")),
    (
        "attendee",
        re.compile(rf"(?:^|\b[Aa]lso\s+|[.;]\s)(?i:{_PRESENT})(?:\s+(?:at|in)\s+the\s+\w+)?(?:\s+also)?\s+(?:was|were):?\s+(?:the\s+)?$"),
    ),
    ("attendee", re.compile(rf"\b(?:attended|led|headed)\s+by\s+{_WHOSE}$")),
    (
        "attendee",
        re.compile(
            r"(?:^|[.;]\s)(?:Present\s+for|Attending\s+for|Representing|(?:Leading|Heading)\s+the\s+delegation\s+of)"
            r"\s+[^.;,]{2,60}?\s+(?:was|were)\s+$"
        ),
    ),
    ("attendee", re.compile(r"['’]s?\s+(?:chief\s+|senior\s+)?(?:representative|delegate|head\s+of\s+delegation)\s+was\s+$")),
    ("attendee", re.compile(r"\brepresented\s+by\s[^.;]{3,200}?\band\s+(?:the\s+)?[A-Z][^,.;()]{1,60}?\s+by\s+$")),
    ("attendee", re.compile(rf"\brepresented\s+(?:at\s+the\s+\w+\s+)?by\s+{_WHOSE}(?:deputy,\s+)?$")),
    (
        "attendee",
        re.compile(r"(?:^|[.;]\s)(?:Participants|Attendees|Delegates|Present|In\s+attendance|Attended\s+by|Those\s+present):\s+$"),
    ),
]
_CHAIRED = (
    r"(?=\s*(?:$|[.;,])|\s+(?:the|both|this|it)\b"
    r"(?!\s+(?:[\w’'-]+\s+){0,4}?(?:board|commission|inquiry|council|committee|association|foundation|panel|previous|last|next)\b))"
)
# What somebody did first: "welcomed participants and opened the meeting".
_FIRST = r"\)?\s*,?\s*(?:(?:who\s+)?(?:welcomed|thanked|greeted)\s+[^.;]{2,60}?\s+and\s+)?(?:then\s+|also\s+|\w+ly\s+)?"
_AFTER = [
    ("keynote-speaker", re.compile(rf"{_FIRST}(?:delivered|gave|made|presented)\s+(?:a|the|his|her)\s+keynote\b")),
    (
        "opener",
        re.compile(
            rf"{_FIRST}(?:opened|inaugurated)\s+(?:the|both|this|all)\b(?!\s+{_NO_MEETING}\b)|{_FIRST}declared\s+(?:the\s+[^.;,]{{3,60}}?\s+)?open\b"
            rf"|{_FIRST}(?:delivered|gave|made)\s+(?:(?:an?|the|his|her|some|brief)\s+)?opening\b"
        ),
    ),
    (
        "speaker",
        re.compile(
            rf"{_FIRST}(?:delivered|gave|made)\s+(?:(?:an?|the|his|her|some)\s+)?(?:\w+\s+){{0,2}}?(?:statement|address|speech|remarks)\b"
            r"|\)?\s*,?\s*(?:also\s+)?briefed\s+(?:the\s+(?:[Mm]eeting|[Ww]orkshop|[Cc]onference|[Gg]roup)|participants|delegates|ministers|members)\b"
            r"|\)?\s*,?\s*(?:also\s+)?spoke\s+(?:on|about|of|at|to)\b"
            r"|\)?\s*,?\s*addressed\s+(?:the|this|participants|delegates|ministers|members)\b(?!\s+(?:issues?|problems?|questions?|challenges?)\b)"
        ),
    ),
    (
        "presenter",
        re.compile(rf"{_FIRST}(?:(?:delivered|gave|made)\s+(?:(?:an?|the)\s+)?(?:\w+\s+){{0,2}}?presentations?|presented\s+on)\b"),
    ),
    ("co-chair", re.compile(rf"\)?\s*,?\s*(?:(?:MP|AO|AC|QC),?\s+)?(?:who\s+)?(?:jointly\s+chaired|co-?chaired){_CHAIRED}")),
    ("co-chair", re.compile(r"\)?\s*,?\s*presided\s+over\s+[^.;,]{3,80}?\s+as\s+(?:the\s+)?[Cc]o-?[Cc]hairs\b")),
    ("co-chair", re.compile(r"\)?\s*,?\s*(?:who\s+)?(?:shared\s+the\s+chair\b|chaired\s+(?:the\s+\w+\s+)?(?:jointly|together)\b)")),
    (
        "co-chair",
        re.compile(
            r"\)?\s*,?\s*(?:acted|served)\s+as\s+(?:the\s+)?[Cc]o-?[Cc]hairs\b|\)?\s*,?\s*were\s+(?:(?:the\s+)?[Cc]o-?[Cc]hairs|in\s+the\s+[Cc]hair)\b"
        ),
    ),
    (
        "chair",
        re.compile(
            rf"\)?\s*,?\s*(?:who\s+)?(?:chaired|presided(?:\s+over)?){_CHAIRED}|\)?\s*,?\s*(?:was\s+in|took)\s+the\s+chair\b|\)?\s*,?\s*(?:acted|served)\s+as\s+(?:the\s+)?[Cc]hair(?:man|person)?\b(?!\s+of\s+(?!(?:the|this)\s+(?:meeting|workshop|conference|session|seminar)))"
        ),
    ),
]
# Who came, with the words after which the party stands that they came for.
_CAME = re.compile(
    r"\)?\s*,?\s*(?:also\s+)?(?:(?P<led>(?:led|headed)\s+(?:the|its|his|her|a)\s+(?:[\w’'-]+\s+){0,4}?delegations?\b(?:\s+(?:of|from))?)"
    r"|(?P<for>represented(?!\s+by\b)|(?:attended|took\s+part|participated|was\s+(?:also\s+)?(?:there|present))\s+(?:for|on\s+behalf\s+of))"
    r"|(?:attended|took\s+part|participated|(?:was|were)\s+(?:also\s+)?(?:present|in\s+attendance|there))\b(?!\s+(?:by|from)\b))"
)
# "IOM (Mr X) and UNHCR (Ms Y) took part": what stands between a person in brackets and the verb of the list.
_LIST = re.compile(r"\)(?:[\s,;]|\b(?:and|the|of|as\s+well\s+as|also|both|all)\b|\([^()]*\)|\b[A-Z][\w’'-]*)*?")
_LISTED = re.compile(
    r"\b(?:attended|took\s+part|participated|joined|(?:was|were)\s+(?:also\s+)?(?:present|represented|in\s+attendance|there))\b"
)
_SUBJECT = re.compile(
    rf"\s+(?:delegations?\s+)?(?:was|were)\s+(?:(?:led|headed)\s+by|represented\s+(?:at\s+the\s+\w+\s+)?by)\s+{_WHOSE}(?:deputy,\s+)?$"
    r"|\s+by\s+$|['’]s?\s+(?:chief\s+|senior\s+)?(?:representative|delegate|head\s+of\s+delegation)\s+was\s+$"
)
_FOR = re.compile(r"\b(?:for|[Rr]epresenting|delegation\s+of)\s+(?:the\s+)?(?=[A-Z])")
# What a passive verb before a name speaks of: the meeting itself, or those who came as a delegation.
_OF_MEETING = re.compile(
    rf"^\W*$|[,;(:]\s*$|\b(?:it|which|and|{_MEETING}|proceedings|sessions?|day|summit|symposium|training|course|gathering|event|group|groups|they|both)\b"
    r"(?!\s+(?:visited|noted|heard))",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"(?:opened|inaugurated|open|chaired|over|jointly)\s+(?:jointly\s+)?(?:by)\b")
_OF_DELEGATION = re.compile(
    r"\b(?:delegations?|team|contingent|representatives|officials|mission)\W*(?:from\s+[^,;.]*|of\s+[^,;.]*)?\W*(?:was|were)?\s*$"
)
_ELSE = re.compile(
    r"\b(?:is|are|will\s+be|would\s+be|to\s+be|should\s+be|could\s+be|may\s+be|had\s+been|being|not|previously|earlier)\s+(?:\w+ly\s+)?$"
    rf"|\b(?:previous|last|next|earlier|another|similar)\s+(?:[\w’'-]+\s+){{0,3}}?{_MEETING}\s+(?:was\s+|were\s+)?(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_LED_BY = re.compile(
    r"(?P<who>(?:the\s+)?(?:delegation\s+(?:of|from)\s+)?(?:the\s+)?[^,;.]{2,60}?)(?:\s+delegation)?\s*,?\s+(?:was\s+)?(?:led|headed)\s+by\s+(?:the\s+)?$"
)


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


def deeds_of(p: Passage, n: Named, named: Sequence[Named], areas: Mapping[Ref, Ref], adjectives: Mapping[str, Ref]) -> list[Deed]:
    """What `n` did, among the people whom the passage names: each role once."""
    if bracketed := _in_brackets(p, n):
        return [bracketed]
    final = n
    for other in [o for o in named if o.start >= n.end]:  # "A, office, and B, office, co-chaired the …": A did too
        if not _JOINED.fullmatch(p.s, final.last, other.start):
            break
        final = other
    found = [Deed(role, n.start, end) for role, end in _verbs(p, final.last, named)]
    if not found and (m := _CAME.match(p.s, final.last)):
        party = _party_after(p, m, areas, adjectives) if final is n else None
        return [Deed("attendee", n.start, max(m.end(), party.end if party else 0), party)]
    before = _passive(p, n, named, areas, adjectives)
    if before and (not found or (before.role != "attendee" and before.role not in [d.role for d in found])):
        found.append(before)
    return found


def _verbs(p: Passage, position: int, named: Sequence[Named]) -> list[tuple[str, int]]:
    """The roles that the verbs after the names give, with the ends of their words: "opened the workshop and gave the keynote address"."""
    if m := _BOTH.match(p.s, position):
        return [("opener", m.end()), ("co-chair" if m["co"] else "chair", m.end())]
    first = next(((role, m.end()) for role, after in _AFTER if (m := after.match(p.s, position))), None)
    if first is None:
        return []
    found = [first]
    stop = min((o.start for o in named if o.start > position), default=len(p.s))
    for m in _AND_THEN.finditer(p.s, first[1], stop):
        later = next(((role, x.end()) for role, after in _AFTER if (x := after.match(p.s, m.end()))), None)
        if later and later[0] not in [role for role, _ in found]:
            found.append(later)
    return found


def _passive(p: Passage, n: Named, named: Sequence[Named], areas: Mapping[Ref, Ref], adjectives: Mapping[str, Ref]) -> Deed | None:
    """The role that the words before the name give: "opened by A, office, and B, office", "co-chaired by Fiji (A)"."""
    start, own = _lead(p, n)
    for other in reversed([o for o in named if o.end <= n.start]):
        if not _AND.fullmatch(p.s, max(other.end, other.office_end), start):
            break
        start = _lead(p, other)[0]
    before = p.s[:start]
    for role, cue in _BEFORE:
        if (m := cue.search(before)) and _is_meant(p, m):
            party = own or (_party_before(p, start, areas, adjectives) if role == "attendee" else None)
            return Deed(role, min(m.start(), party.start) if party else m.start(), n.end, party)
    return None


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
    """Where the words on a person begin, with the party in whose brackets the name stands: "Fiji (Ms Lim)"."""
    name = next((m for m in p.named("area", "org") if p.s[m.end : n.start] == " ("), None)
    if name is None:
        return n.start, None
    ref = next((r for r in name.refs if not r.startswith("place:")), name.ref)
    start = name.start - 4 if p.s[: name.start].lower().endswith("the ") else name.start
    return start, Party(ref, name.start, name.end)


def _in_brackets(p: Passage, n: Named) -> Deed | None:
    """Somebody whom a list names in brackets behind the party that took part."""
    if not p.s[: n.start].endswith("("):
        return None
    name = next((m for m in p.named("area", "org") if p.s[m.end : n.start] == " ("), None)
    end = next((m for m in _LISTED.finditer(p.s, n.last) if _LIST.fullmatch(p.s, n.last, m.start())), None)
    if name is None or end is None:
        return None
    ref = next((r for r in name.refs if not r.startswith("place:")), name.ref)
    return Deed("attendee", name.start, end.end(), Party(ref, name.start, name.end))


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
    if m := next(p.find(_FOR, 0, start), None):
        return _first(p, m.end())
    if (m := _LED_BY.search(p.s, 0, start)) and (nation := nation_of(p, m.start("who"), m.end("who"), areas, adjectives)):
        return Party(nation.ref, nation.start, nation.end)
    return None
