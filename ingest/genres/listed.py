"""What labels and lists of those who came say of the one meeting of a document."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import AppointmentFound, DateRead, Finding, ParticipationFound, PersonFound, Ref, Source, Unresolved
from ingest.grammar.attendance import read_attendance
from ingest.grammar.attended import attended
from ingest.grammar.labels import ROSTERS, Field, fields
from ingest.grammar.lines import parts
from ingest.grammar.lists import read_forward
from ingest.grammar.names import people_in, person_of
from ingest.grammar.nations import nation_of
from ingest.grammar.people import slug
from ingest.grammar.programme import elsewhere
from ingest.grammar.roster_rows import Entry, Nations, Roster
from ingest.grammar.rosters import covered, rosters, value_end

_WORDS = 5  # more than a value has
_CAME = ("attendee", "observer", "guest", "apology")
_SEMICOLON, _COMMA = re.compile(r"\s*;\s*"), re.compile(r",\s*(?:and\s+)?|\s+and\s+")
# One name: capitals, and the small words between them.
_ALONE = re.compile(r"\s*(?:the\s+)?[A-Z][\w.&’'-]*(?:\s+(?:(?:of|and|for|the|on|in|against)\s+){0,2}[A-Z][\w.&’'-]*){0,7}[*†‡]*\s*")
_AN_AGENCY = re.compile(r"\b(?:Ministry|Department|Directorate|Bureau|Agency|Authority|Police|Service|Office|Government|Commission)\b")
_CO = re.compile(r"\W*Co-?", re.IGNORECASE)  # "Co-hosts:"
_COORDINATOR = re.compile(r"\bco-?ordinators?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Came:
    """`roles` are to be settled with those that sentences state; `coverage` are the sources of complete lists, line by line."""

    findings: list[Finding]
    roles: list[ParticipationFound]
    coverage: list[Source]


def _is_prose(f: Field) -> bool:
    """Whether a label leads to a sentence, as a subject does in minutes: "Website: IOM undertook to post all reports."."""
    return f.name == "other" and f.value is not None and f.value.s.endswith(".") and len(f.value.s.split()) > _WORDS


class Lists:
    """The labelled values and the rosters of a document."""

    def __init__(self, document: Document, context: ReadingContext):
        self._context = context
        other = elsewhere(document, context.gazetteer)
        self.labelled: list[Field] = [f for f in fields(document, context.gazetteer) if not any(a <= f.p.text.at[0] < b for a, b in other)]
        self._tables = attended(document, context.gazetteer)
        self.rosters: list[Roster] = rosters(document, context.gazetteer, self.labelled, Nations(context.areas, context.nations))
        heads = [r.head.text.at for r in self.rosters]  # "Participants:" over what they agreed is no label of a list
        self.labelled = [f for f in self.labelled if f.value or f.name not in ROSTERS or f.head.text.at in heads]

    def spans(self) -> list[tuple[int, int]]:
        """Offsets of the text that labels and rosters have read."""
        rows = [p for t in self._tables for p in (t.head, *(r.p for r in t.rows))]
        return (
            covered(self.rosters)
            + [(p.text.at[0], p.text.at[-1] + 1) for p in rows]
            + [(f.p.text.at[0], value_end(f)) for f in self.labelled if not _is_prose(f)]
        )

    def people(self) -> frozenset[str]:
        """The names of the people whom rosters name with an office or a party, and labels with an office."""
        listed = {e.person.name for r in self.rosters for e in r.entries if e.person and (e.person.office_end or e.party)}
        return frozenset(listed | {n.name for p in self.chairs() for n in people_in(p) if n.office_end})

    def chairs(self) -> list[Passage]:
        """The labels with people who were in the chair: "Chair: Mr Tan Ho (Fiji)"."""
        return [f.p for f in self.labelled if f.name in ("chair", "co-chair") and f.value and people_in(f.value)]

    def of_meeting(self, meeting: Ref, dated: DateRead | None, came: Collection[Ref]) -> Came:
        """What they say of `meeting`. `came` are parties that sentences say were there."""
        there = {*came, *(e.party for r in self.rosters for e in r.entries if e.party and "apology" not in (r.role, e.role))}
        found: list[Finding] = []
        coverage: list[Source] = []
        for roster in self.rosters:
            for entry in roster.entries:
                found += self._entry(meeting, dated, roster, entry, there)
            found += [Unresolved(written=p.s[a:b], kind="party", source=p.source(a, b, "rosters.unknown")) for p, a, b in roster.unknown]
            if roster.role == "attendee" and roster.entries:
                lines = (*((roster.over,) if roster.over else ()), *(entry.p for entry in roster.entries))
                whole = [p.whole("attendance.coverage") for p in lines]
                coverage.append(roster.head.whole("attendance.coverage").with_beside(*whole))
        for f in self.labelled:
            valued = list(self._value(meeting, f))
            found += valued
            if any(isinstance(x, ParticipationFound) and x.role == "attendee" for x in valued):
                coverage.append(f.p.whole("attendance.coverage"))
        roles = list(self._labels(meeting))
        for table in self._tables:
            head = table.head.whole("attended.heading")
            heads = [head, *(p.whole("attended.heading") for p in [table.over] if p)]
            for row in table.rows:
                source = row.p.source(row.start, row.end, "attended.row").with_beside(*heads)
                written = row.p.s[row.start : row.name_end]
                found.append(ParticipationFound(meeting=meeting, agent=row.party, role=row.role, written=written, source=source))
                if row.also:
                    said = row.p.source(row.start, row.also_end, "attended.role")
                    roles.append(ParticipationFound(meeting=meeting, agent=row.party, role=row.also, written=written, source=said))
            if table.rows:
                coverage.append(head.with_beside(*heads[1:], *(r.p.whole("attendance.coverage") for r in table.rows)))
        return Came(found, roles, coverage)

    def _value(self, meeting: Ref, f: Field) -> Iterator[Finding]:
        """The parties of a labelled list that no roster could read whole: each must stand alone, some may be in no table."""
        if f.name not in ROSTERS or f.value is None or any(r.head.text.at == f.head.text.at for r in self.rosters):
            return
        pieces = list(parts(f.value, _SEMICOLON if ";" in f.value.s else _COMMA))
        if not all(_ALONE.fullmatch(x.s) and person_of(x) is None for x in pieces):
            told = read_attendance(f.p, meeting)  # "Participants: 45 officials from Fiji and Nepal"
            yield from (x for x in told.found if x.role == f.name)
            yield from told.unknown
            return
        for piece in pieces:
            listed = read_forward(piece, 0, len(piece.s), ("area", "org", "gov", "body"))
            if len(listed.items) == 1 and listed.end >= len(piece.s.rstrip(" .*†‡")):
                name = listed.items[0].match
                ref = next((r for r in name.refs if not r.startswith("place:")), name.ref)
                told_by = [p.whole("rosters.heading") for p in (f.head, f.over) if p]
                source = piece.source(name.start, name.end, "account.label").with_beside(*told_by)
                yield ParticipationFound(meeting=meeting, agent=ref, role=f.name, written=name.written, source=source)
            else:
                yield Unresolved(written=piece.s.rstrip(" .*†‡"), kind="party", source=piece.whole("rosters.unknown"))

    def _labels(self, meeting: Ref) -> Iterator[ParticipationFound]:
        for f in self.labelled:
            if f.name not in ("host", "organiser", "contributor", "co-chair", "chair") or f.value is None:
                continue
            low = next((m.end + 1 for m in f.value.named("process") if m.start == 0 and f.value.s[m.end : m.end + 1] == " "), 0)
            listed = read_forward(
                f.value, low, len(f.value.s), ("area", "org", "gov", *(("body",) if f.name in ("host", "organiser", "contributor") else ()))
            )
            # "Regional Support Office, Bangkok, Thailand": where an office stands hosts nothing
            town = min((m.start for m in f.value.matches if all(r.startswith("place:") for r in m.refs)), default=len(f.value.s))
            items = [i for i in listed.items if i.match.start < town]
            nation = nation_of(f.value, 0, len(f.value.s), self._context.areas, self._context.nations)
            if not items and f.name == "host" and nation and _AN_AGENCY.search(f.value.s, 0, nation.start):  # an agency and its state
                source = f.p.source(0, len(f.p.s), "account.label")
                written = f.value.s[nation.start : nation.end]
                yield ParticipationFound(meeting=meeting, agent=nation.ref, role="host", written=written, source=source)
            shared = f.name in ("host", "chair") and (len(items) > 1 or _CO.match(f.head.s))
            role = f"co-{f.name}" if shared else f.name
            for item in items:
                name = item.match
                start = f.p.s.index(f.value.s) + name.start
                source = f.p.source(start, start + len(name.written), "account.label")
                ref = next(r for r in name.refs if not r.startswith("place:"))
                yield ParticipationFound(meeting=meeting, agent=ref, role=role, written=name.written, source=source)

    def _entry(self, meeting: Ref, dated: DateRead | None, roster: Roster, e: Entry, came: Collection[Ref]) -> Iterator[Finding]:
        """One line: `came` are the parties that were there, so that the apology of one of their people is not theirs."""
        role = e.role or roster.role
        of_party = role if role in _CAME else roster.role
        beside = [
            *(p.whole("rosters.heading") for p in (roster.head, roster.over) if p),
            *([e.heading.whole("rosters.delegation")] if e.heading else []),
        ]
        beside += [e.p.whole("rosters.role")] if e.role and e.heading else []
        came_for = e.person is None or of_party in _CAME  # who chaired or spoke for a party does not make it come
        if e.party and came_for and not (e.person and role == "apology" and e.party in came):
            p, start, end = (e.heading, 0, len(e.heading.s)) if e.heading else (e.p, e.start, e.end)
            source = p.source(start, end, "rosters.party").with_beside(*beside)
            yield ParticipationFound(meeting=meeting, agent=e.party, role=of_party, written=e.written, source=source)
        n = e.person
        if n is None or (not n.office_end and not e.party):
            return
        refs = [r for r in self._context.gazetteer.exact(n.name) if r.startswith("person:")]
        key = refs[0].partition(":")[2] if refs else slug(n.name)
        source = e.p.source(n.start, max(n.last, e.end) if e.role else n.last, "rosters.person").with_beside(*beside)
        named = e.p.source(n.start, n.last, "people.name")
        yield PersonFound(key=key, name=n.name, honorific=n.address or None, registered=bool(refs), source=named)
        yield ParticipationFound(
            meeting=meeting,
            agent=f"person:{key}",
            role=role,
            written=n.name,
            office=e.p.s[n.office_start : n.office_end] or None,
            on_behalf_of=e.party,
            source=source,
        )
        for body in e.p.named("body", start=n.end):
            if m := _COORDINATOR.match(e.p.s, body.end + 1):
                post = e.p.source(n.start, m.end(), "rosters.coordinator")
                attested = dated if dated and dated.precision == "day" else None
                yield AppointmentFound(
                    holder=f"person:{key}", body=body.ref, status="coordinator", written=n.name, attested=attested, source=post
                )
