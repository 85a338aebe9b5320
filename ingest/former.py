"""The ids that findings had before their meeting was registered or merged: a decision that names one of them still holds.

The id of a finding about a meeting holds the meeting's IRI, and that changes, once, when a person registers the meeting or merges it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pyoxigraph import NamedNode

from baligraph import iris
from baligraph.prefixes import expand
from ingest.contribution import DocumentQuads
from ingest.curation import Curation, Statement
from ingest.findings import MeetingFound, Reading, Ref
from ingest.nodes import bp
from ingest.resolve import Resolution, provisional_key

S = TypeVar("S", bound=Statement)


@dataclass(frozen=True, slots=True)
class Former:
    """What was called otherwise before: refs of meetings and of findings, each with its present one."""

    refs: Mapping[Ref, Ref] = field(default_factory=dict)

    def present(self, curation: Curation) -> Curation:
        """The same decisions, about what their subjects, values and findings are called now."""
        return replace(
            curation,
            rejections=tuple(map(self._moved, curation.rejections)),
            preferences=tuple(map(self._moved, curation.preferences)),
            corrections=tuple(replace(self._moved(c), finding=self._of(c.finding)) for c in curation.corrections),
        )

    def _of(self, ref: Ref) -> Ref:
        return self.refs.get(ref, ref)

    def _moved(self, s: S) -> S:
        return replace(s, subject=self._of(s.subject), value=self._of(s.value) if s.type == "ref" else s.value)


def former(
    curation: Curation, resolution: Resolution, readings: Iterable[Reading], shas: Mapping[str, str], documents: Iterable[DocumentQuads]
) -> Former:
    """What the decisions of `curation` may name by a former id. Nothing is computed where there is no decision."""
    named = {s.subject for s in (*curation.rejections, *curation.preferences)}
    named |= {ref for c in curation.corrections for ref in (c.subject, c.finding)}
    if not named:
        return Former()
    olds: dict[str, set[str]] = {}
    for reading in readings:
        for m in reading.of(MeetingFound):
            now = resolution.keys.get((reading.slug, m.key))
            if now is not None:
                olds.setdefault(now, set()).add(provisional_key(shas[reading.slug], m))
    for old, now in curation.merged().items():
        olds.setdefault(now, set()).add(old)
    moved = {iris.id_iri(f"meeting:{now}"): {iris.id_iri(f"meeting:{old}") for old in before - {now}} for now, before in olds.items()}
    refs = {iris.ref_of(old): iris.ref_of(now) for now, before in moved.items() for old in before}
    for d in documents:
        refs |= _findings(d, moved)
    return Former(refs)


def _findings(d: DocumentQuads, moved: Mapping[str, Iterable[str]]) -> dict[Ref, Ref]:
    graph, found = iris.doc_graph(d.slug), dict[Ref, Ref]()
    for iri, (s, p, o) in d.claims.items():
        held = o.value if isinstance(o, NamedNode) else str(o)
        for subject in (s.value, *moved.get(s.value, ())):
            for value in (held, *moved.get(held, ())):
                found[iris.ref_of(iris.claim_iri(graph, subject, p.value, value))] = iris.ref_of(iri)
    parts: dict[str, dict[str, str]] = {}
    for q in d.asserted:
        if q.predicate in {bp("inMeeting"), bp("participant"), bp("role")}:
            parts.setdefault(str(q.subject)[1:-1], {})[q.predicate.value.removeprefix(expand("bp:"))] = str(q.object)[1:-1]
    for iri, of in parts.items():
        for meeting in moved.get(of.get("inMeeting", ""), ()):
            found[iris.ref_of(iris.participation_iri(graph, meeting, of["participant"], of["role"]))] = iris.ref_of(iri)
    return found
