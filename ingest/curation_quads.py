"""Curation as RDF: the named graph `graph/curated`, and what the accepted view and the resolver need of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias, TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from baligraph import iris
from ingest.accept import Decisions, Preference
from ingest.curation import NODES, Correction, Curation, Decision, RegisteredMeeting, Statement
from ingest.meetings import Profile
from ingest.nodes import bp, concept, date, literal, node
from ingest.reference import Reference, Series
from ingest.reference.quads import edtf_bounds
from ingest.resolve import Registered

Object: TypeAlias = NamedNode | Literal
S = TypeVar("S", bound=Statement)


def curated_quads(curation: Curation, meetings: Collection[str] | None = None) -> Iterator[Quad]:
    """All quads of `graph/curated`: a bp:CurationDecision for each row, and the triples that merges, links, corrections and the registry
    add.

    Preferred and rejected values are named by their decision only: they stand in the graphs of their documents. Redactions are not
    published, nor is any decision about a redacted person. `meetings` are the keys of the meetings that the release holds: rows of
    others are left out (None: all rows).
    """
    for meeting in curation.registry:
        if meetings is None or meeting.key in meetings:
            yield from _registered(meeting)
    for merge in curation.merges:
        if meetings is None or merge.stays.partition(":")[2] in meetings:
            yield from _added(merge, _id(merge.given_up), node("dcterms:isReplacedBy"), _id(merge.stays))
    for link in _public(curation.links, curation):
        yield from _added(link, _id(link.subject), node(link.property), value_of(link))
    for correction in _public(curation.corrections, curation):
        yield from _corrected(correction)
    for statement in _public((*curation.preferences, *curation.rejections), curation):
        fact = (node(statement.property), value_of(statement)) if statement.property else None
        yield from _decision(statement, _id(statement.subject), *(fact or (None, None)))


def decisions(curation: Curation) -> Decisions:
    """What the accepted view has to respect."""
    nodes = frozenset(_id(s.subject) for s in curation.rejections if not s.property)
    triples = frozenset((_id(s.subject), node(s.property), value_of(s)) for s in curation.rejections if s.property)
    preferred = tuple(Preference(_id(s.subject), node(s.property), value_of(s)) for s in curation.preferences)
    claims = frozenset(_id(c.finding) for c in curation.corrections if c.finding != c.subject)
    slots = frozenset((_id(c.subject), node(c.property)) for c in curation.corrections if c.finding == c.subject)
    return Decisions(nodes | claims, triples, preferred, slots)


def in_force(curation: Curation, findings: Collection[str], subjects: Collection[str]) -> tuple[Curation, list[str]]:
    """The decisions that meet something in this release, and a line on each of the others.

    `findings` are the IRIs of all findings, `subjects` those of all nodes that documents and tables speak of. A decision outlives a text
    or a reader that no longer gives what it is about; it must then be looked at again, but it is no reason to publish nothing.
    """
    idle: list[str] = []

    def meets(statement: Statement) -> bool:
        ref = statement.finding if isinstance(statement, Correction) else statement.subject
        machine = ref.startswith(("claim:", *(f"{kind}:" for kind in NODES)))
        found = iris.iri(ref) in (findings if machine else subjects)
        if not found:
            idle.append(f"{statement.source_row}: nothing in this release is {ref}, so the decision has no effect. Look at it again.")
        return found

    met = {name: tuple(s for s in getattr(curation, name) if meets(s)) for name in ("corrections", "preferences", "rejections")}
    return replace(curation, **met), idle


def registered(curation: Curation, reference: Reference) -> list[Registered]:
    """The rows of the registry as the resolver compares them; the body of a meeting is that of its series."""
    return [Registered(meeting.key, _profile(meeting, reference), meeting.document) for meeting in curation.registry]


def value_of(statement: Statement) -> Object:
    """The value of a statement as a node or literal."""
    match statement.type:
        case "ref":
            return _id(statement.value)
        case "iri":
            return NamedNode(statement.value)
        case "text":
            return literal(statement.value, "en")
        case "string":
            return literal(statement.value)
        case kind:
            return Literal(statement.value, datatype=node(f"xsd:{kind}"))


def _public(statements: Iterable[S], curation: Curation) -> Iterator[S]:
    return (s for s in statements if not curation.redacted & {s.subject, s.value})


def _id(ref: str) -> NamedNode:
    return NamedNode(iris.iri(ref))


def _profile(meeting: RegisteredMeeting, reference: Reference) -> Profile:
    series = reference.entries.get(meeting.series or "")
    body = series.body if isinstance(series, Series) else None
    area = meeting.area or (reference.country_of().get(meeting.place) if meeting.place else None)
    return Profile(
        kind=meeting.kind,
        titles=(meeting.title,) if meeting.title else (),
        dates=((meeting.start, meeting.end),) if meeting.start and meeting.end else (),
        places=_set(meeting.place),
        areas=_set(area),
        bodies=_set(body),
        series=_set(meeting.series),
        ordinals=frozenset() if meeting.ordinal is None else frozenset({meeting.ordinal}),
    )


def _set(ref: str | None) -> frozenset[str]:
    return frozenset() if ref is None else frozenset({ref})


def _registered(meeting: RegisteredMeeting) -> Iterator[Quad]:
    subject = _id(f"meeting:{meeting.key}")
    if meeting.title:
        yield from _added(meeting, subject, node("rdfs:label"), literal(meeting.title, "en"))
    else:
        yield from _decision(meeting, subject)


def _corrected(correction: Correction) -> Iterator[Quad]:
    """The right triple with its decision, which names the finding; of a date its bounds and precision too, each with one of its own."""
    subject, value = _id(correction.subject), value_of(correction)
    yield from _added(correction, subject, node(correction.property), value)
    if correction.finding != correction.subject:
        decision = NamedNode(iris.decision_iri(correction.table, correction.key))
        yield Quad(decision, bp("corrects"), _id(correction.finding), NamedNode(iris.graph("curated")))
    if correction.property == "bp:edtf":
        start, end = edtf_bounds(correction.value)
        first, _, last = correction.value.partition("/")
        precision = "range" if last else {4: "year", 7: "month"}.get(len(first), "day")
        for name, part in (("earliestStart", date(start)), ("latestEnd", date(end)), ("datePrecision", concept("precision", precision))):
            yield from _added(replace(correction, key=f"{correction.key}-{name.lower()}"), subject, bp(name), part)


def _added(decision: Decision, subject: NamedNode, predicate: NamedNode, value: Object) -> Iterator[Quad]:
    yield Quad(subject, predicate, value, NamedNode(iris.graph("curated")))
    yield from _decision(decision, subject, predicate, value)


def _decision(decision: Decision, subject: NamedNode, predicate: NamedNode | None = None, value: Object | None = None) -> Iterator[Quad]:
    about: list[tuple[NamedNode, Object]] = [
        (node("rdf:type"), bp("CurationDecision")),
        (bp("decidedBy"), literal(decision.who)),
        (bp("decidedOn"), Literal(decision.when.isoformat(), datatype=node("xsd:date"))),
        (bp("reason"), literal(decision.why)),
        (bp("sourceRow"), literal(decision.source_row)),
        (bp("claimSubject"), subject),
    ]
    if predicate is not None:
        about.append((bp("claimPredicate"), predicate))
    if value is not None:
        about.append((bp("claimObject" if isinstance(value, NamedNode) else "claimValue"), value))
    yield from _all(NamedNode(iris.decision_iri(decision.table, decision.key)), about)


def _all(subject: NamedNode, about: Iterable[tuple[NamedNode, Object]]) -> Iterator[Quad]:
    for predicate, value in about:
        yield Quad(subject, predicate, value, NamedNode(iris.graph("curated")))
