"""People whom a document names with an office, and what they did at the meeting.

A person is read only where a form of address stands before the name ("H.E.", "Ms", "the Honourable"), so that no title of a document
and no place turns into a person. What is kept is the name as written, the office as written, and the state that the office names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.document import Document, Passage
from ingest.findings import AppointmentFound, DateRead, ParticipationFound, PersonFound, Ref
from ingest.gazetteer import Gazetteer, Match
from ingest.grammar.names import TITLE, Named, people_in
from ingest.grammar.nations import nation_of

# Words before a person, or after one, that say what the person did.
_AND = re.compile(r"\)?,?\s+and\s+(?:the\s+)?")
_THEM = r"(?:(?:the\s+)?(?:two\s+)?[Cc]o-?[Cc]hairs?(?:['’]\s+representatives)?,\s+|jointly\s+)?(?:the\s+)?$"
_BEFORE = [
    ("opener", re.compile(rf"\b(?:opened|inaugurated)\s+(?:jointly\s+)?by\s+{_THEM}")),
    ("co-chair", re.compile(rf"\b[Cc]o-?[Cc]haired\s+(?:jointly\s+)?by\s+{_THEM}")),
    ("co-chair", re.compile(rf"\b(?:[Ii]n\s+the\s+[Cc]hair|[Cc]o-?[Cc]hairs)\s+were:?\s+{_THEM}")),
    ("co-chair", re.compile(r"\b[Cc]o-?[Cc]hairs?(?:\s+of\s+the\s+[Mm]eeting)?\s*[,:]\s+(?:the\s+)?$")),
    ("co-chair", re.compile(rf"(?<![-\w])(?:[Cc]haired\s+jointly|[Jj]ointly\s+chaired)\s+by\s+{_THEM}")),
    ("chair", re.compile(rf"(?<![-\w])(?<!ointly )(?:[Cc]haired|[Pp]resided\s+over)\s+by\s+{_THEM}")),
    ("chair", re.compile(r"\b(?:[Ii]n\s+the\s+[Cc]hair|(?<![-\w])[Cc]hair(?:man|person)?)\s+was\s+(?:the\s+)?$")),
    ("chair", re.compile(r"\b[Uu]nder\s+the\s+chairmanship\s+of\s+(?:the\s+)?$")),
    ("co-chair", re.compile(r"\b[Uu]nder\s+the\s+(?:joint\s+chairmanship|co-?[Cc]hairmanship)\s+of\s+(?:the\s+)?$")),
    ("keynote-speaker", re.compile(r"\bkeynote\s+(?:address|speech)\s+(?:was\s+)?(?:delivered\s+|given\s+)?by\s+(?:the\s+)?$")),
]
_AFTER = [
    ("keynote-speaker", re.compile(r"\)?\s*,?\s*(?:delivered|gave|made)\s+(?:a|the)\s+keynote\b")),
    ("opener", re.compile(r"\)?\s*,?\s*(?:opened|inaugurated)\s+the\b|\)?\s*,?\s*(?:delivered|gave|made)\s+(?:an?|the)\s+opening\b")),
    ("speaker", re.compile(r"\)?\s*,?\s*(?:delivered|gave|made)\s+(?:an?|the)\s+(?:\w+\s+)?(?:statement|address|speech|remarks)\b")),
    ("presenter", re.compile(r"\)?\s*,?\s*(?:delivered|gave|made)\s+(?:an?|the)\s+(?:\w+\s+)?presentation\b")),
    ("co-chair", re.compile(r"\)?\s*,?\s*(?:(?:MP|AO|AC|QC),?\s+)?(?:jointly\s+chaired|co-?chaired)\s+(?:the|both|this|it)\b")),
    ("chair", re.compile(r"\)?\s*,?\s*chaired\s+(?:the|both|this|it)\b")),
]
_DESCRIPTION = re.compile(r"(?:an?|one\s+of)\s")  # "an Australian academic" tells what somebody is, not which office they hold
_CAPACITY = re.compile(
    r"\bin\s+(?:his|her|their)\s+capacity\s+as\s+(?:the\s+)?(?P<what>Coordinator|Chair|Co-Chair)\s+(?:of|for)\s+(?:the\s+)?"
)
_CAPACITIES = {"coordinator": "coordinator", "chair": "chair", "co-chair": "co-chair"}


@dataclass(frozen=True, slots=True)
class _Known:
    key: str
    name: str
    area: Ref | None


class People:
    """The people of one document: a name without office further down ("Dr Akapin") is the one named before."""

    def __init__(self, document: Document, gazetteer: Gazetteer, areas: dict[Ref, Ref], nations: Mapping[str, Ref] | None = None):
        self._gazetteer = gazetteer
        self._areas = areas  # government body → its area
        self._nations = nations or {}  # adjective → area
        self._governments = [(p, m) for p in document.passages for m in p.named("gov")]
        self._known: dict[str, _Known] = {}
        self.found: list[PersonFound | ParticipationFound | AppointmentFound] = []

    def read(self, p: Passage, meeting: Ref, attested: DateRead | None) -> None:
        """Add what `p` says of people at `meeting`."""
        named = people_in(p)
        for n in named:
            role = self._role(p, n, named)
            if role is None and n.bare:
                continue
            known = self._identify(p, n)
            if known is None or role is None:
                continue
            office = self._office(p, n)
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

    @staticmethod
    def _office(p: Passage, n: Named) -> str | None:
        """The office as written; "Ambassador" of "Ambassador X of Fiji", where only the state follows the name."""
        alone = any((m.start, m.end) == (n.office_start, n.office_end) for m in p.named("area"))
        return n.address if alone and TITLE.search(n.address) else p.s[n.office_start : n.office_end] or None

    def _identify(self, p: Passage, n: Named) -> _Known | None:
        if n.name in self._known:
            return self._known[n.name]
        surname = [k for k in self._known.values() if " " not in n.name and k.name.endswith(f" {n.name}")]
        if len(surname) == 1:
            return surname[0]
        if not n.office_end or _DESCRIPTION.match(p.s, n.office_start):
            return None  # no office, no person: see the rule on personal data
        refs = [r for r in self._gazetteer.exact(n.name) if r.startswith("person:")]
        key = refs[0].partition(":")[2] if refs else slug(n.name)
        known = _Known(key, n.name, None)
        self._known[n.name] = known
        source = p.source(n.start, n.last, "people.name")
        self.found.append(PersonFound(key=key, name=n.name, honorific=n.address, registered=bool(refs), source=source))
        return known

    def _role(self, p: Passage, n: Named, named: list[Named]) -> tuple[str, int, int] | None:
        final = n
        for other in [o for o in named if o.start >= n.end]:  # "A, office, and B, office, co-chaired the …": A did too
            if not _AND.fullmatch(p.s, final.last, other.start):
                break
            final = other
        for role, after in _AFTER:
            if m := after.match(p.s, final.last):
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
        if nation := nation_of(p, n.office_start, n.office_end, self._areas, self._nations):
            return nation.ref, None
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
