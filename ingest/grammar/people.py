"""People whom a document names with an office, and what they did at the meeting.

A person is read only where a form of address stands before the name ("H.E.", "Ms", "the Honourable"), so that no title of a document
and no place turns into a person. What is kept is the name as written, the office as written, and the state that the office names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from ingest.document import Document, Passage
from ingest.findings import AppointmentFound, DateRead, Finding, ParticipationFound, PersonFound, Ref, Source
from ingest.gazetteer import Gazetteer, Match
from ingest.grammar.deeds import LISTED, Deed, Party, deeds_of
from ingest.grammar.names import RANKED, TITLE, Named, people_in
from ingest.grammar.nations import nation_of
from ingest.grammar.programme import Row

_DESCRIPTION = re.compile(r"(?:an?|one\s+of)\s")  # "an Australian academic" tells what somebody is, not which office they hold
_CAPACITY = re.compile(
    r"\bin\s+(?:his|her|their)\s+capacity\s+as\s+(?:the\s+)?(?P<what>Coordinator|Chair|Co-Chair)\s+(?:of|for)\s+(?:the\s+)?"
)
_CAPITAL = re.compile(r"\s+[A-Z]")  # "the United Nations High Commissioner": maybe a longer name than the tables know
# Who has one of these roles spoke: what they said is no further role.
_SPOKE = {"opener", "keynote-speaker", "presenter", "speaker", "chair", "co-chair", "moderator", "rapporteur"}
# Chairs who did not share the chair, or stand under a label that calls them so.
_APART = re.compile(r"\bin\s+turn\b|\brespectively\b|\bday\b|\bsecond\b|\bafternoon\b|^\W*[\w\s-]{3,30}:")
_SAID = "people.said"
_CAPACITIES = {"coordinator": "coordinator", "chair": "chair", "co-chair": "co-chair"}


@dataclass(frozen=True, slots=True)
class _Known:
    key: str
    name: str
    area: Ref | None


class People:
    """The people of one document: a name without office further down ("Dr Akapin") is the one named before."""

    def __init__(
        self,
        document: Document,
        gazetteer: Gazetteer,
        areas: dict[Ref, Ref],
        nations: Mapping[str, Ref] | None = None,
        listed: Collection[str] = (),
    ):
        self._gazetteer = gazetteer
        self._areas = areas  # government body → its area
        self._nations = nations or {}  # adjective → area
        self._governments = [(p, m) for p in document.passages for m in p.named("gov")]
        self._known: dict[str, _Known] = {}
        self._listed = listed  # names that a list of those who came gives with their offices
        self.found: list[PersonFound | ParticipationFound | AppointmentFound] = []

    def read(self, p: Passage, meeting: Ref, attested: DateRead | None) -> None:
        """Add what `p` says of people at `meeting`."""
        named = people_in(p)
        done = [deeds_of(p, n, named, self._areas, self._nations) for n in named]
        shared = sum(d.role == "chair" for deeds in done for d in deeds) > 1 and not _APART.search(p.s)
        if shared:
            done = [[replace(d, role="co-chair") if d.role == "chair" else d for d in deeds] for deeds in done]
        for n, deeds in zip(named, done, strict=True):
            if not deeds and (n.bare or n.name in self._listed):
                continue
            known = self._identify(p, n, speaks=any(d.party for d in deeds))
            if known is None or not deeds:
                continue
            for deed in deeds:
                self._did(p, meeting, n, known, deed)
            self._appointments(p, known, n, attested)

    def read_row(self, row: Row, meeting: Ref) -> None:
        """Add what a row of the programme says that somebody did, unless a sentence says so, too."""
        known = self._identify(row.p, row.person, speaks=False)
        if known is None or any(
            isinstance(f, ParticipationFound) and (f.meeting, f.agent, f.role) == (meeting, f"person:{known.key}", row.role)
            for f in self.found
        ):
            return
        before = len(self.found)
        self._did(row.p, meeting, row.person, known, Deed(row.role, row.start, row.end))
        if row.below:
            told = row.below.whole("people.presentations")
            self.found[before:] = [replace(f, source=f.source.with_beside(told)) for f in self.found[before:]]

    def came(self, meeting: Ref) -> Source | None:
        """Where it is first said of somebody that they came to `meeting`."""
        roles = (f for f in self.found if isinstance(f, ParticipationFound) and f.meeting == meeting)
        return next((f.source for f in roles if f.role == "attendee"), None)

    def settled(self, others: Iterable[Finding]) -> list[PersonFound | ParticipationFound | AppointmentFound]:
        """What was found, without what adds nothing: that somebody said something who opened, chaired or presented, and that somebody
        was in the chair who shared it. `others` are findings of lists and labels.
        """
        every = [*others, *self.found]
        known = {f"person:{f.key}" for f in every if isinstance(f, PersonFound)}
        roles = {(f.meeting, f.agent, f.role) for f in every if isinstance(f, ParticipationFound) and f.source.rule != _SAID}

        def adds(f: PersonFound | ParticipationFound | AppointmentFound) -> bool:
            if not isinstance(f, ParticipationFound) or not f.agent.startswith("person:"):
                return True
            if f.source.rule == _SAID and any((f.meeting, f.agent, role) in roles for role in _SPOKE):
                return False
            return f.agent in known and not (f.role == "chair" and (f.meeting, f.agent, "co-chair") in roles)

        return [f for f in self.found if adds(f)]

    def _did(self, p: Passage, meeting: Ref, n: Named, known: _Known, deed: Deed) -> None:
        """Add one role of a person."""
        office = self._office(p, n)
        area, antecedent = self._area(p, n)
        if deed.role in LISTED:
            area = self._came_for(p, meeting, n, deed, area)
        elif area is None and deed.party and deed.party.ref.startswith("area:"):
            area = deed.party.ref
        low, high = min(deed.start, n.start), max(deed.end, n.end, n.office_end)
        sources = [p.source(low, high, _SAID if deed.said else "people.role")]
        if antecedent:
            sources.append(antecedent[0].source(antecedent[1].start, antecedent[1].end, "people.antecedent"))
        self.found += [
            ParticipationFound(
                meeting=meeting, agent=f"person:{known.key}", role=deed.role, written=n.name, office=office, on_behalf_of=area, source=s
            )
            for s in sources
        ]

    @staticmethod
    def _office(p: Passage, n: Named) -> str | None:
        """The office as written; "Ambassador" of "Ambassador X of Fiji", where only the state follows the name."""
        alone = any((m.start, m.end) == (n.office_start, n.office_end) for m in p.named("area"))
        if alone and not p.s[: n.office_start].endswith("("):
            return n.address if TITLE.search(n.address) else None
        return p.s[n.office_start : n.office_end] or None

    def _came_for(self, p: Passage, meeting: Ref, n: Named, deed: Deed, area: Ref | None) -> Ref | None:
        """Whom somebody who came spoke for; that party came, too."""
        party = deed.party
        if party is None and area and (nation := nation_of(p, n.office_start, n.office_end, self._areas, self._nations)):
            party = Party(nation.ref, nation.start, nation.end)
        if party is None and area is None:
            org = next(iter(p.named("org", start=n.office_start, end=n.office_end)), None) if n.office_end else None
            whole = org is not None and not (_CAPITAL.match(p.s, org.end) and self._gazetteer.goes_on(org.written))
            party = Party(org.ref, org.start, org.end) if org and whole else None
        if party is None:
            return area
        source = p.source(min(deed.start, party.start), max(deed.end, party.end), "people.party")
        written = p.s[party.start : party.end]
        self.found.append(ParticipationFound(meeting=meeting, agent=party.ref, role=deed.role, written=written, source=source))
        return party.ref

    def _identify(self, p: Passage, n: Named, *, speaks: bool) -> _Known | None:
        if n.name in self._known:
            return self._known[n.name]
        surname = [k for k in self._known.values() if _is_short(n.name, k.name)]
        if len(surname) == 1:
            return surname[0]
        listed = [name for name in self._listed if _is_short(n.name, name)]
        if n.name not in self._listed and len(listed) == 1:
            return self._known.get(listed[0]) or _Known(self._key(listed[0])[0], listed[0], None)  # the list tells who that is
        if not (n.office_end or RANKED.search(n.address) or (speaks and n.address) or n.name in self._listed) or self._described(p, n):
            return None  # no office, no person: see the rule on personal data
        key, registered = self._key(n.name)
        known = _Known(key, n.name, None)
        self._known[n.name] = known
        source = p.source(n.start, n.last, "people.name")
        self.found.append(PersonFound(key=key, name=n.name, honorific=n.address, registered=registered, source=source))
        return known

    def _key(self, name: str) -> tuple[str, bool]:
        """The key of a person, and whether the tables have it."""
        refs = [r for r in self._gazetteer.exact(name) if r.startswith("person:")]
        return (refs[0].partition(":")[2], True) if refs else (slug(name), False)

    @staticmethod
    def _described(p: Passage, n: Named) -> bool:
        """Whether the words beside a name only tell what somebody is; "a prosecutor in the Office of …" says for whom they work."""
        return _DESCRIPTION.match(p.s, n.office_start) is not None and not p.named("org", "gov", start=n.office_start, end=n.office_end)

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


def _is_short(name: str, whole: str) -> bool:
    """Whether a single name stands for the whole one: "Ms Lim" or, as in Thailand, "Mr Somkiat"."""
    return " " not in name and (whole.endswith(f" {name}") or whole.startswith(f"{name} "))


def slug(name: str) -> str:
    """Key of a person who is in no table: the name in lower-case ASCII words."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
