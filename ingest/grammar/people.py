"""People whom a document names with an office, and what they did at the meeting.

A person is read only where a form of address stands before the name ("H.E.", "Ms", "the Honourable"), so that no title of a document
and no place turns into a person. What is kept is the name as written, the office as written, and the state that the office names.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ingest.document import Document, Passage
from ingest.findings import AppointmentFound, DateRead, ParticipationFound, PersonFound, Ref
from ingest.gazetteer import Gazetteer, Match

_ADDRESS = (
    r"(?:[Tt]he\s+)?(?:H\.\s?E\.?|His\s+Excellency|Her\s+Excellency|(?:Right\s+)?Hon(?:ou?rable|\.)?|Mr|Mrs|Ms|Miss|Dr|Prof(?:essor)?|"
    r"Ambassador|Senator|Sen|General|Gen|Colonel|Col|Major|Maj|Captain|Lieutenant|Lt|Brigadier|Admiral|Commissioner|Minister|"
    r"Sir|Dame|Dato|Datuk|Tan\s+Sri|YB|YAB|Tun|Drs?)(?:\.|['’])?"
)
_NAME = r"[A-Z][\w'’-]+(?:\s+(?:[A-Z]\.|[A-Z][\w'’-]+|bin|binti|de|van|al|Al|[A-Z]))*"
_PERSON = re.compile(rf"(?<![\w.])(?P<address>(?:{_ADDRESS}\s+)+)(?P<name>{_NAME})")
_NEXT = re.compile(rf",?\s+and\s+(?={_ADDRESS}\s+[A-Z])")
_AND = re.compile(r",?\s+and\s+")
_DID = (
    r"(?:\s+\w+ly)?\s*(?:delivered|gave|made|opened|presented|provided|chaired|co-?chaired|spoke|addressed|attended|welcomed|noted|stated|"
    r"emphasi[sz]ed|underlined|highlighted|thanked|also|in\s+(?:his|her)\s+capacity)\b"
)
_OFFICE_END = re.compile(rf"\s*(?:;|,?\s*(?={_DID})|\.\s*$|\.\s+(?=[A-Z]))")
_TITLE_WORDS = re.compile(r"\b(?:Minister|Secretary|Director|Ambassador|Commissioner|President|Governor|Attorney|General|Chief|Head)\b")

# Words before a person, or after one, that say what the person did.
_BEFORE = [
    ("opener", re.compile(r"\b(?:opened|inaugurated)\s+by\s+$")),
    ("co-chair", re.compile(r"\bco-?chaired\s+by\s+$")),
    ("chair", re.compile(r"(?<![-\w])chaired\s+by\s+$")),
    ("keynote-speaker", re.compile(r"\bkeynote\s+(?:address|speech)\s+by\s+$")),
]
_AFTER = [
    ("keynote-speaker", re.compile(r"\s*,?\s*(?:delivered|gave|made)\s+(?:a|the)\s+keynote\b")),
    ("opener", re.compile(r"\s*,?\s*(?:opened|inaugurated)\s+the\b|\s*,?\s*(?:delivered|gave|made)\s+(?:an?|the)\s+opening\b")),
    ("speaker", re.compile(r"\s*,?\s*(?:delivered|gave|made)\s+(?:an?|the)\s+(?:\w+\s+)?(?:statement|address|speech|remarks)\b")),
    ("presenter", re.compile(r"\s*,?\s*(?:delivered|gave|made)\s+(?:an?|the)\s+(?:\w+\s+)?presentation\b")),
    ("chair", re.compile(r"\s*,?\s*chaired\s+the\b")),
]
_CAPACITY = re.compile(
    r"\bin\s+(?:his|her|their)\s+capacity\s+as\s+(?:the\s+)?(?P<what>Coordinator|Chair|Co-Chair)\s+(?:of|for)\s+(?:the\s+)?"
)
_CAPACITIES = {"coordinator": "coordinator", "chair": "chair", "co-chair": "co-chair"}


@dataclass(frozen=True, slots=True)
class Named:
    """A person at s[start:end] with the office as written, which stands at s[office_start:office_end] (both 0 where there is none)."""

    name: str
    address: str
    start: int
    name_start: int
    end: int
    office_start: int
    office_end: int


def people_in(p: Passage, start: int = 0, end: int | None = None) -> list[Named]:
    """The people named in s[start:end]."""
    last = len(p.s) if end is None else end
    hits = list(_PERSON.finditer(p.s, start, last))
    named = []
    for i, m in enumerate(hits):
        stop = hits[i + 1].start() if i + 1 < len(hits) else last
        office_start, office_end = 0, 0
        comma = re.compile(r"\s*,\s+").match(p.s, m.end())
        if comma and comma.end() < stop:
            joint = _NEXT.search(p.s, comma.end(), last)
            edge = _OFFICE_END.search(p.s, comma.end(), stop)
            cut = min([stop, *([joint.start()] if joint else []), *([edge.start()] if edge else [])])
            office_start, office_end = comma.end(), max(cut, comma.end())
            while office_end > office_start and p.s[office_end - 1] in " ,.;":
                office_end -= 1
        if _TITLE_WORDS.match(m["name"]):  # "the Honourable Minister": an office, no name
            continue
        named.append(Named(m["name"], m["address"].strip(), m.start(), m.start("name"), m.end(), office_start, office_end))
    return named


@dataclass(frozen=True, slots=True)
class _Known:
    key: str
    name: str
    area: Ref | None


class People:
    """The people of one document: a name without office further down ("Dr Akapin") is the one named before."""

    def __init__(self, document: Document, gazetteer: Gazetteer, areas: dict[Ref, Ref]):
        self._gazetteer = gazetteer
        self._areas = areas  # government body → its area
        self._governments = [(p, m) for p in document.passages for m in p.named("gov")]
        self._known: dict[str, _Known] = {}
        self.found: list[PersonFound | ParticipationFound | AppointmentFound] = []

    def read(self, p: Passage, meeting: Ref, attested: DateRead | None) -> None:
        """Add what `p` says of people at `meeting`."""
        named = people_in(p)
        for n in named:
            known = self._identify(p, n)
            if known is None:
                continue
            role = self._role(p, n, named)
            if role is None:
                continue
            office = p.s[n.office_start : n.office_end] or None
            area, antecedent = self._area(p, n)
            low, high = min(role[1], n.start), max(role[2], n.end, n.office_end)
            sources = [p.source(low, high, "people.role")]
            if antecedent:
                sources.append(antecedent[0].source(antecedent[1].start, antecedent[1].end, "people.antecedent"))
            self.found += [
                ParticipationFound(
                    meeting=meeting, agent=f"person:{known.key}", role=role[0], written=n.name, office=office, on_behalf_of=area, source=s
                )
                for s in sources
            ]
            self._appointments(p, known, n, attested)

    def _identify(self, p: Passage, n: Named) -> _Known | None:
        if n.name in self._known:
            return self._known[n.name]
        surname = [k for k in self._known.values() if " " not in n.name and k.name.endswith(f" {n.name}")]
        if len(surname) == 1:
            return surname[0]
        if not n.office_end:
            return None  # no office, no person: see the rule on personal data
        refs = [r for r in self._gazetteer.exact(n.name) if r.startswith("person:")]
        key = refs[0].partition(":")[2] if refs else slug(n.name)
        known = _Known(key, n.name, None)
        self._known[n.name] = known
        source = p.source(n.start, n.office_end, "people.name")
        self.found.append(PersonFound(key=key, name=n.name, honorific=n.address, registered=bool(refs), source=source))
        return known

    def _role(self, p: Passage, n: Named, named: list[Named]) -> tuple[str, int, int] | None:
        for role, after in _AFTER:
            if m := after.match(p.s, max(n.end, n.office_end)):
                return role, n.start, m.end()
        first = n
        for other in reversed([o for o in named if o.end <= n.start]):  # "opened by A, office, and B, office": B opened too
            if not _AND.fullmatch(p.s, max(other.end, other.office_end), first.start):
                break
            first = other
        before = p.s[: first.start]
        for role, cue in _BEFORE:
            if m := cue.search(before):
                return role, m.start(), n.end
        return None

    def _area(self, p: Passage, n: Named) -> tuple[Ref | None, tuple[Passage, Match] | None]:
        """The state that the office names, directly or by a ministry of it; a bare "Ministry of X" is the one that the document named."""
        if not n.office_end:
            return None, None
        for m in p.named("area", "gov", start=n.office_start, end=n.office_end):
            return (m.ref if m.kind == "area" else self._areas.get(m.ref)), None
        office = p.s[n.office_start : n.office_end]
        for bare in re.findall(r"\b(?:Ministry|Department|Office)\s+(?:of|for)\s+(?:[A-Z]\w+|and|of|the|\s)+", office):
            same = [(q, m) for q, m in self._governments if bare.strip().lower() in m.written.lower()]
            areas = {self._areas[m.ref] for _, m in same if m.ref in self._areas}
            if len(areas) == 1:
                return areas.pop(), same[0]
        return None, None

    def _appointments(self, p: Passage, known: _Known, n: Named, attested: DateRead | None) -> None:
        for m in p.find(_CAPACITY, n.end):
            body = next((b for b in p.named("body") if b.start == m.end()), None)
            if body:
                source = p.source(m.start(), body.end, "people.capacity")
                status = _CAPACITIES[m["what"].lower()]
                self.found.append(
                    AppointmentFound(
                        holder=f"person:{known.key}", body=body.ref, status=status, written=n.name, attested=attested, source=source
                    )
                )


def slug(name: str) -> str:
    """Key of a person who is in no table: the name in lower-case ASCII words."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
