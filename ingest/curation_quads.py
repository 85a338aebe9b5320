"""Curation as RDF: the named graph `graph/curated`, and what the accepted view and the resolver need of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from baligraph import iris
from ingest.accept import Decisions, Preference
from ingest.curation import Curation, Decision, RegisteredMeeting, Statement
from ingest.meetings import Profile
from ingest.nodes import bp, literal, node
from ingest.reference import Reference, Series
from ingest.resolve import Registered

Object: TypeAlias = NamedNode | Literal


def curated_quads(curation: Curation, meetings: Collection[str] | None = None) -> Iterator[Quad]:
    """All quads of `graph/curated`: a bp:CurationDecision for each row, and the triples that merges, links and the registry add.

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
    for statement in _public((*curation.preferences, *curation.rejections), curation):
        fact = (node(statement.property), value_of(statement)) if statement.property else None
        yield from _decision(statement, _id(statement.subject), *(fact or (None, None)))


def decisions(curation: Curation) -> Decisions:
    """What the accepted view has to respect."""
    nodes = frozenset(_id(s.subject) for s in curation.rejections if not s.property)
    triples = frozenset((_id(s.subject), node(s.property), value_of(s)) for s in curation.rejections if s.property)
    preferred = tuple(Preference(_id(s.subject), node(s.property), value_of(s)) for s in curation.preferences)
    return Decisions(nodes, triples, preferred)


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


def _public(statements: Iterable[Statement], curation: Curation) -> Iterator[Statement]:
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
