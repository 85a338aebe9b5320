"""What a person did at a meeting, by the words before and after the name, and for whom: "led the Thai delegation", "represented Fiji"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.document import Passage
from ingest.findings import Ref
from ingest.grammar.lists import read_backward, read_forward
from ingest.grammar.names import Named
from ingest.grammar.nations import nation_of

_AND = re.compile(r"\)?(?:,?\s+and|\s*[;,])\s+(?:and\s+)?(?:the\s+)?")
_JOINED = re.compile(r"\)?,?\s+and\s+(?:the\s+)?")
_THEM = r"(?:(?:the\s+)?(?:two\s+)?[Cc]o-?[Cc]hairs?(?:['’]\s+representatives)?,\s+|jointly\s+)?(?:the\s+)?$"
_PRESENT = r"(?:present|attending|participating|taking\s+part|there|in\s+attendance|represented)"
_BEFORE = [
    ("opener", re.compile(rf"\b(?:opened|inaugurated)\s+(?:jointly\s+)?by\s+{_THEM}")),
    ("co-chair", re.compile(rf"\b[Cc]o-?[Cc]haired\s+(?:jointly\s+)?by\s+{_THEM}")),
    ("co-chair", re.compile(rf"\b(?:[Ii]n\s+the\s+[Cc]hair|[Cc]o-?[Cc]hairs|[Ss]haring\s+the\s+[Cc]hair)\s+were:?\s+{_THEM}")),
    ("co-chair", re.compile(r"\b[Cc]o-?[Cc]hairs(?:\s+of\s+the\s+[Mm]eeting)?\s+were\s+represented\s+by\s+(?:the\s+)?$")),
    ("co-chair", re.compile(r"\b[Cc]o-?[Cc]hairs?(?:\s+of\s+the\s+[Mm]eeting)?\s*[,:]\s+(?:the\s+)?$")),
    ("co-chair", re.compile(rf"(?<![-\w])(?:[Cc]haired\s+jointly|[Jj]ointly\s+chaired)\s+by\s+{_THEM}")),
    ("chair", re.compile(rf"(?<![-\w])(?<!ointly )(?:[Cc]haired|[Pp]resided\s+over)\s+by\s+{_THEM}")),
    ("chair", re.compile(r"\b(?:[Ii]n\s+the\s+[Cc]hair|(?<![-\w])[Cc]hair(?:man|person)?)\s+was\s+(?:the\s+)?$")),
    ("chair", re.compile(r"\b[Uu]nder\s+the\s+chairmanship\s+of\s+(?:the\s+)?$")),
    ("co-chair", re.compile(r"\b[Uu]nder\s+the\s+(?:joint\s+chairmanship|co-?[Cc]hairmanship)\s+of\s+(?:the\s+)?$")),
    ("chair", re.compile(r"(?:^|[.;]\s)[Cc]hair(?:s|man|person)?\s*:\s+$")),
    ("keynote-speaker", re.compile(r"\bkeynote\s+(?:address|speech)\s+(?:was\s+)?(?:delivered\s+|given\s+)?by\s+(?:the\s+)?$")),
    (
        "opener",
        re.compile(
            r"\b[Oo]pening\s+(?:address|speech|remarks|statement)\s+(?:was\s+|were\s+)?(?:delivered|given|made)\s+by\s+(?:the\s+)?$"
        ),
    ),
    (
        "attendee",
        re.compile(rf"(?:^|\b[Aa]lso\s+|[.;]\s)(?i:{_PRESENT})(?:\s+(?:at|in)\s+the\s+\w+)?(?:\s+also)?\s+(?:was|were):?\s+(?:the\s+)?$"),
    ),
    ("attendee", re.compile(r"\b(?:attended|led|headed)\s+by\s+(?:the\s+)?$")),
    ("attendee", re.compile(r"\brepresented\s+(?:at\s+the\s+\w+\s+)?by\s+(?:the\s+)?$")),
]
_CHAIRED = r"(?=\s*(?:$|[.;,])|\s+(?:the|both|this|it)\b)"
_AFTER = [
    ("keynote-speaker", re.compile(r"\)?\s*,?\s*(?:delivered|gave|made)\s+(?:a|the)\s+keynote\b")),
    (
        "opener",
        re.compile(
            r"\)?\s*,?\s*(?:opened|inaugurated)\s+(?:the|both|this|all)\b|\)?\s*,?\s*(?:delivered|gave|made)\s+(?:an?|the)\s+opening\b"
        ),
    ),
    (
        "speaker",
        re.compile(
            r"\)?\s*,?\s*(?:delivered|gave|made)\s+(?:an?|the)\s+(?:\w+\s+)?(?:statement|address|speech|remarks)\b"
            r"|\)?\s*,?\s*addressed\s+(?:the|this|participants|delegates|ministers|members)\b(?!\s+(?:issues?|problems?|questions?|challenges?)\b)"
        ),
    ),
    ("presenter", re.compile(r"\)?\s*,?\s*(?:delivered|gave|made)\s+(?:an?|the)\s+(?:\w+\s+)?presentation\b")),
    ("co-chair", re.compile(rf"\)?\s*,?\s*(?:(?:MP|AO|AC|QC),?\s+)?(?:who\s+)?(?:jointly\s+chaired|co-?chaired){_CHAIRED}")),
    ("co-chair", re.compile(r"\)?\s*,?\s*(?:who\s+)?(?:shared\s+the\s+chair\b|chaired\s+(?:the\s+\w+\s+)?(?:jointly|together)\b)")),
    (
        "co-chair",
        re.compile(
            r"\)?\s*,?\s*(?:acted|served)\s+as\s+(?:the\s+)?[Cc]o-?[Cc]hairs\b|\)?\s*,?\s*were\s+(?:(?:the\s+)?[Cc]o-?[Cc]hairs|in\s+the\s+[Cc]hair)\b"
        ),
    ),
    (
        "chair",
        re.compile(rf"\)?\s*,?\s*(?:who\s+)?(?:chaired|presided(?:\s+over)?){_CHAIRED}|\)?\s*,?\s*(?:was\s+in|took)\s+the\s+chair\b"),
    ),
]
# Who came, with the words after which the party stands that they came for.
_CAME = re.compile(
    r"\)?\s*,?\s*(?:also\s+)?(?:(?P<led>(?:led|headed)\s+(?:the|its|his|her|a)\s+(?:[\w’'-]+\s+){0,4}?delegations?\b(?:\s+(?:of|from))?)"
    r"|(?P<for>represented|(?:attended|took\s+part|participated|was\s+(?:also\s+)?(?:there|present))\s+(?:for|on\s+behalf\s+of))"
    r"|(?:attended|took\s+part|participated|(?:was|were)\s+(?:also\s+)?(?:present|in\s+attendance|there))\b(?!\s+(?:by|from)\b))"
)
# "IOM (Mr X) and UNHCR (Ms Y) took part": what stands between a person in brackets and the verb of the list.
_LIST = re.compile(r"\)(?:[\s,;]|\b(?:and|the|of|as\s+well\s+as|also|both|all)\b|\([^()]*\)|\b[A-Z][\w’'-]*)*?")
_LISTED = re.compile(
    r"\b(?:attended|took\s+part|participated|joined|(?:was|were)\s+(?:also\s+)?(?:present|represented|in\s+attendance|there))\b"
)
_SUBJECT = re.compile(
    r"\s+(?:delegations?\s+)?(?:was|were)\s+(?:(?:led|headed)\s+by|represented\s+(?:at\s+the\s+\w+\s+)?by)\s+(?:the\s+)?$"
)
_LED_BY = re.compile(
    r"(?P<who>(?:the\s+)?(?:delegation\s+(?:of|from)\s+)?(?:the\s+)?[^,;.]{2,60}?)(?:\s+delegation)?\s*,?\s+(?:was\s+)?(?:led|headed)\s+by\s+(?:the\s+)?$"
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


def deed_of(p: Passage, n: Named, named: Sequence[Named], areas: Mapping[Ref, Ref], adjectives: Mapping[str, Ref]) -> Deed | None:
    """What `n` did, among the people whom the passage names."""
    if bracketed := _in_brackets(p, n):
        return bracketed
    final = n
    for other in [o for o in named if o.start >= n.end]:  # "A, office, and B, office, co-chaired the …": A did too
        if not _JOINED.fullmatch(p.s, final.last, other.start):
            break
        final = other
    for role, after in _AFTER:
        if m := after.match(p.s, final.last):
            return Deed(role, n.start, m.end())
    if m := _CAME.match(p.s, final.last):
        party = _party_after(p, m, areas, adjectives) if final is n else None
        return Deed("attendee", n.start, max(m.end(), party.end if party else 0), party)
    first = n
    for other in reversed([o for o in named if o.end <= n.start]):  # "opened by A, office, and B, office": B opened too
        if not _AND.fullmatch(p.s, max(other.end, other.office_end), first.start):
            break
        first = other
    before = p.s[: first.start]
    for role, cue in _BEFORE:
        if m := cue.search(before):
            party = _party_before(p, first.start, areas, adjectives) if role == "attendee" else None
            return Deed(role, min(m.start(), party.start) if party else m.start(), n.end, party)
    return None


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
    if (m := _LED_BY.search(p.s, 0, start)) and (nation := nation_of(p, m.start("who"), m.end("who"), areas, adjectives)):
        return Party(nation.ref, nation.start, nation.end)
    return None
