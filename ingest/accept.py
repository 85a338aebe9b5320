"""The accepted view: the default graph of a release, in which a single-valued property has at most one value.

It holds the triples of all named graphs, each once, except what a curation decision rejects and what loses a conflict:

* a date is weighed as a whole: a finer one replaces a coarser one that contains it; else curation prefers one; else the view has the
  enclosing bounds alone, and the rule `disputed-date` adds the precision `disputed`;
* a value in g:curated, or one that curation prefers, wins;
* a basis of place, a coverage and a status give way to the one that says more (`absent` to `stated`, `no-list` to a list, `planned` to
  `held`); an exact number replaces a minimum that it respects;
* one label per node: of a meeting that of the document that reports it, before that of one that mentions it, before the registry's;
* anything else has no value in the view, and is reported: somebody has to decide it in corpus/curation.

Whatever loses stays in its document's graph and as a Claim.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from ingest.contribution import DATE_GROUP, Dated
from ingest.nodes import Object, Spo, bp, date, literal, node, triple

# From what says least to what says most.
_LADDERS: Final = {
    "bp:placeBasis": ("c:place-basis_absent", "c:place-basis_inferred", "c:place-basis_stated"),
    "bp:attendanceCoverage": ("c:coverage_no-list", "c:coverage_partial-list", "c:coverage_complete-list"),
    "bp:eventStatus": ("c:event-status_planned", "c:event-status_postponed", "c:event-status_held"),
}
Slot: TypeAlias = tuple[NamedNode, NamedNode]  # subject, property


@dataclass(frozen=True, slots=True)
class Preference:
    """A curation decision for one value of a property; of a date, `value` is its EDTF and the property bp:edtf."""

    subject: NamedNode
    property: NamedNode
    value: Object


@dataclass(frozen=True, slots=True)
class Decisions:
    """What curation decides about acceptance: triples and nodes (claims, assertions, provisions) that are rejected, values preferred,
    and the properties of nodes for which it gives the value itself."""

    rejected_nodes: frozenset[NamedNode] = frozenset()
    rejected_triples: frozenset[Spo] = frozenset()
    preferences: tuple[Preference, ...] = ()
    corrected: frozenset[Slot] = frozenset()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Several values of a single-valued property. `accepted` is what the view shows (empty where nobody decided), `reason` why."""

    subject: NamedNode
    property: NamedNode
    values: tuple[Object, ...]
    accepted: tuple[Object, ...]
    reason: str
    decided: bool = True

    def as_json(self) -> dict[str, Any]:
        """Plain values, for report.json."""
        return {
            "subject": self.subject.value,
            "property": self.property.value,
            "values": [str(v) for v in self.values],
            "accepted": [str(v) for v in self.accepted],
            "reason": self.reason,
            "decided": self.decided,
        }


@dataclass(slots=True)
class Accepted:
    """The triples of the default graph, the conflicts that were met, and why each triple that stands only in named graphs was left out."""

    triples: set[Spo]
    conflicts: list[Conflict] = field(default_factory=list)
    lost: dict[Spo, str] = field(default_factory=dict)
    rejected: set[Spo] = field(default_factory=set)


def accept(
    quads: Iterable[Quad],
    single_valued: Collection[NamedNode],
    *,
    dates: Sequence[Dated] = (),
    reported_by: Mapping[NamedNode, Collection[NamedNode]] | None = None,
    decisions: Decisions | None = None,
) -> Accepted:
    """The accepted view of `quads`, which are those of all named graphs.

    `single_valued` are the properties of which a node has one value; `dates` the dates that documents give, `reported_by` the graphs of
    the documents that report a meeting.
    """
    return _View(quads, frozenset(single_valued), dates, reported_by or {}, decisions or Decisions()).accept()


class _View:
    def __init__(
        self,
        quads: Iterable[Quad],
        single: frozenset[NamedNode],
        dates: Sequence[Dated],
        reported_by: Mapping[NamedNode, Collection[NamedNode]],
        decisions: Decisions,
    ):
        self.single, self.reported_by, self.decisions = single, reported_by, decisions
        self.graphs: dict[Spo, set[NamedNode]] = {}
        for quad in quads:
            self.graphs.setdefault(triple(quad), set()).add(quad.graph_name)  # type: ignore[arg-type]  # all graphs are named
        self.dates = dates
        self.out = Accepted(set())
        self.preferred: dict[Slot, set[Object]] = {}
        for p in decisions.preferences:
            self.preferred.setdefault((p.subject, p.property), set()).add(p.value)

    def accept(self) -> Accepted:
        self._reject()
        self.out.triples = set(self.graphs)
        slots: dict[Slot, list[Spo]] = {}
        group = {bp(name) for name in DATE_GROUP}
        watched = self.single | group | {node("rdfs:label"), node("skos:prefLabel"), node("rdf:type")}
        for spo in self.graphs:
            if spo[1] in watched:
                slots.setdefault((spo[0], spo[1]), []).append(spo)  # type: ignore[arg-type]  # blank nodes are never single-valued here
        self._dates(slots)
        kinds = self._kinds()
        weighed = {d.subject for d in self.dates}
        for slot in sorted((s for s, found in slots.items() if len(found) > 1), key=str):
            found = sorted(slots[slot], key=str)
            if slot[1] == node("rdf:type"):
                self._kind(slot, [t for t in found if t[2] in kinds])
            elif slot[1] in {node("rdfs:label"), node("skos:prefLabel")}:
                self._labels(slot, found)
            elif slot[1] not in group or slot[0] not in weighed:
                self._choose(slot, found)
        self._attendance()
        self._basis()
        return self.out

    # --- what curation rejects ------------------------------------------------------------------------------------------------------

    def _reject(self) -> None:
        claims: dict[NamedNode, dict[str, Object]] = {n: {} for n in self.decisions.rejected_nodes}
        for s, p, o in self.graphs:
            if s in claims and p.value.rpartition("#")[2] in {"claimSubject", "claimPredicate", "claimObject", "claimValue", "inGraph"}:
                claims[s][p.value.rpartition("#")[2]] = o  # type: ignore[index]
        for found in claims.values():
            if found:  # a claim: its triple is rejected as far as this document says it; the claim itself stays to be seen
                said = (found["claimSubject"], found["claimPredicate"], found.get("claimObject", found.get("claimValue")))
                self.graphs.get(said, set()).discard(found["inGraph"])  # type: ignore[arg-type]
        nodes = {n for n, found in claims.items() if not found}
        if nodes:
            self._reject_nodes(nodes)
        wrong = [
            t for t, g in self.graphs.items() if t in self.decisions.rejected_triples or (t[0], t[1]) in self.decisions.corrected or not g
        ]
        for spo in wrong:
            self._rejected(spo)
        self._reject_dates()

    def _reject_dates(self) -> None:
        """A date is one finding: where a part of it is rejected, the rest goes too, but for what another date of that document says."""
        stands = {id(d): all(d.graph in self.graphs.get(t, ()) for t in d.triples()) for d in self.dates}
        kept = {(t, d.graph) for d in self.dates if stands[id(d)] for t in d.triples()}
        for d in self.dates:
            for t in d.triples() if not stands[id(d)] else ():
                if t in self.graphs and (t, d.graph) not in kept:
                    self.graphs[t].discard(d.graph)
                    if not self.graphs[t]:
                        self._rejected(t)

    def _reject_nodes(self, nodes: set[NamedNode]) -> None:
        """What documents say of a rejected node leaves the view, with the assertions that can't stand without it and its claims."""
        ties = {
            bp(name) for name in ("participant", "inMeeting", "member", "organisation", "holder", "about", "claimSubject", "claimObject")
        }
        nodes = nodes | {s for s, p, o in self.graphs if p in ties and o in nodes and isinstance(s, NamedNode)}
        read = ("/graph/doc/", "/graph/evidence/")
        for spo in [t for t in self.graphs if t[0] in nodes or t[2] in nodes]:
            if all(any(part in g.value for part in read) for g in self.graphs[spo]):
                self._rejected(spo)

    def _rejected(self, spo: Spo) -> None:
        if node("g:curated") not in self.graphs[spo]:  # the decision itself may speak of what it rejects
            self.out.rejected.add(spo)
            self.out.lost[spo] = "rejected by a curation decision"
            del self.graphs[spo]

    # --- dates ----------------------------------------------------------------------------------------------------------------------

    def _dates(self, slots: Mapping[Slot, list[Spo]]) -> None:
        by_subject: dict[NamedNode, list[Dated]] = {}
        for dated in self.dates:
            if all(t in self.graphs for t in dated.triples()):
                by_subject.setdefault(dated.subject, []).append(dated)
        for subject, found in sorted(by_subject.items(), key=lambda x: x[0].value):
            whole = [t for name in DATE_GROUP for t in slots.get((subject, bp(name)), [])]
            if decided := {t for t in whole if node("g:curated") in self.graphs[t]}:
                self._drop([t for t in whole if t not in decided], "a curated date wins")
                continue
            choice, reason = self._best_date(subject, found)
            if choice is not None:
                keep = set(choice.triples())
            else:
                tight = _tightest(found)
                keep = {(subject, bp("earliestStart"), date(min(d.start for d in tight)))}
                keep |= {(subject, bp("latestEnd"), date(max(d.end for d in tight)))}
            self._drop([t for t in whole if t not in keep], reason)
            if len({d.edtf for d in found}) > 1:
                values = tuple(literal(e) for e in sorted({d.edtf for d in found}))
                accepted = (literal(choice.edtf),) if choice else ()
                self.out.conflicts.append(Conflict(subject, bp("edtf"), values, accepted, reason, choice is not None))

    def _best_date(self, subject: NamedNode, found: Sequence[Dated]) -> tuple[Dated | None, str]:
        """The date of the view, and why the others are not. None: nobody decided."""
        ranked = sorted(found, key=lambda d: (d.graph not in self.reported_by.get(subject, ()), d.edtf, d.written, d.graph.value))
        preferred = {v.value for v in self.preferred.get((subject, bp("edtf")), ())}
        if chosen := [d for d in ranked if d.edtf in preferred]:
            return chosen[0], f"curation prefers {chosen[0].edtf}"
        tight = _tightest(ranked)
        if len({(d.start, d.end) for d in tight}) == 1:
            return tight[0], f"the finer or first date is kept: {tight[0].edtf} ({tight[0].written})"
        spans = ", ".join(sorted({d.edtf for d in tight}))
        return None, f"dates disagree ({spans}): prefer one in corpus/curation; until then the view has the enclosing bounds"

    # --- single values --------------------------------------------------------------------------------------------------------------

    def _choose(self, slot: Slot, found: Sequence[Spo]) -> None:
        keep, reason = self._decided(slot, found)
        if keep is None and (ladder := _LADDERS.get(_curie(slot[1]))):
            steps = [node(step) for step in ladder]
            if all(t[2] in steps for t in found):
                keep, reason = max(found, key=lambda t: steps.index(t[2])), "the value that says more is kept"  # type: ignore[arg-type]
        if keep is None:
            shown = ", ".join(str(t[2]) for t in found)
            reason = f"values disagree ({shown}): prefer one in corpus/curation; until then the view has none"
        self._record(slot, found, keep, reason)

    def _decided(self, slot: Slot, found: Sequence[Spo]) -> tuple[Spo | None, str]:
        if chosen := [t for t in found if t[2] in self.preferred.get(slot, ())]:
            return chosen[0], "curation prefers this value"
        if len(curated := [t for t in found if node("g:curated") in self.graphs[t]]) == 1:
            return curated[0], "a curated value wins"
        return None, ""

    def _labels(self, slot: Slot, found: Sequence[Spo]) -> None:
        """One label per language; a table's label stands before a document's, but for meetings."""
        by_language: dict[str, list[Spo]] = {}
        for t in found:
            by_language.setdefault(t[2].language or "" if isinstance(t[2], Literal) else "", []).append(t)
        for same in by_language.values():
            if len(same) > 1:
                chosen = [t for t in same if t[2] in self.preferred.get(slot, ())]
                keep = chosen[0] if chosen else min(same, key=self._label_rank)
                self._record(
                    slot, same, keep, "curation prefers this label" if chosen else "one label per node; the others are in their graphs"
                )

    def _label_rank(self, t: Spo) -> tuple[int, str]:
        subject, graphs = t[0], self.graphs[t]
        reports = self.reported_by.get(subject, ())  # type: ignore[arg-type]
        said = any(_is_doc(g) for g in graphs)
        if "/id/meeting_" in str(subject):
            return (0 if any(g in reports for g in graphs) else 1 if said else 2, str(t[2]))
        return (int(said and all(_is_doc(g) for g in graphs)), str(t[2]))

    def _kinds(self) -> set[NamedNode]:
        """The kinds of meeting: classes below bp:Meeting, as the ontology in these quads has them."""
        found: set[NamedNode] = {bp("Meeting")}
        sub = [(s, o) for s, p, o in self.graphs if p == node("rdfs:subClassOf")]
        while more := {s for s, o in sub if o in found and isinstance(s, NamedNode)} - found:
            found |= more
        return found - {bp("Meeting")}

    def _kind(self, slot: Slot, found: Sequence[Spo]) -> None:
        """A meeting has one kind; where equal accounts give several, all stay, since each says so truly."""
        if len(found) < 2:
            return
        keep, reason = self._decided(slot, found)
        reports = self.reported_by.get(slot[0], ())
        if keep is None and len(told := [t for t in found if any(g in reports for g in self.graphs[t])]) == 1:
            keep, reason = told[0], "the document that reports the meeting gives its kind"
        if keep is not None:
            self._record(slot, found, keep, reason)
        else:
            values = tuple(t[2] for t in found)
            self.out.conflicts.append(Conflict(slot[0], slot[1], values, values, "several kinds are stated; all are kept", False))

    # --- what has to agree ----------------------------------------------------------------------------------------------------------

    def _attendance(self) -> None:
        """An exact number of people replaces a minimum that it respects; otherwise neither is accepted."""
        exact = {s: o for s, p, o in self.out.triples if p == bp("attendanceExact")}
        least = {s: o for s, p, o in self.out.triples if p == bp("attendanceMin")}
        for s in sorted(exact.keys() & least.keys(), key=str):
            both: list[Spo] = [(s, bp("attendanceExact"), exact[s]), (s, bp("attendanceMin"), least[s])]
            fits = int(exact[s].value) >= int(least[s].value)
            reason = "the exact number is kept" if fits else "the exact number lies below the minimum: decide in corpus/curation"
            self._drop(both[1:] if fits else both, reason)
            values = (exact[s], least[s])
            self.out.conflicts.append(Conflict(s, bp("attendanceExact"), values, values[:1] if fits else (), reason, fits))  # type: ignore[arg-type]

    def _basis(self) -> None:
        """A place without a value has no basis either (the rule `place-basis` then says that none is recorded), and the reverse."""
        placed = {s for s, p, _ in self.out.triples if p in {bp("inPlace"), bp("inCountry")}}
        absent = node("c:place-basis_absent")
        wrong = [t for t in self.out.triples if t[1] == bp("placeBasis") and (t[0] in placed) == (t[2] == absent)]
        self._drop(wrong, "the basis does not fit the accepted place")

    def _record(self, slot: Slot, found: Sequence[Spo], keep: Spo | None, reason: str) -> None:
        self._drop([t for t in found if t != keep], reason)
        values = tuple(t[2] for t in found)
        accepted = (keep[2],) if keep else ()
        self.out.conflicts.append(Conflict(slot[0], slot[1], values, accepted, reason, keep is not None))

    def _drop(self, losers: Iterable[Spo], reason: str) -> None:
        for t in losers:
            self.out.triples.discard(t)
            self.out.lost[t] = reason


def _tightest(found: Sequence[Dated]) -> list[Dated]:
    """The dates that hold no other, finer one."""
    return [d for d in found if not any(d.start <= x.start and x.end <= d.end and (x.start, x.end) != (d.start, d.end) for x in found)]


def _is_doc(graph: NamedNode) -> bool:
    return "/graph/doc/" in graph.value


def _curie(property_: NamedNode) -> str:
    return "bp:" + property_.value.rpartition("#")[2]
