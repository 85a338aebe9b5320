"""People who asked to be left out: `corpus/curation/redactions.csv` names them, and nothing that was read of them enters a graph."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from pyoxigraph import NamedNode, Quad

from baligraph import iris
from ingest.findings import AppointmentFound, Fact, Finding, MembershipFound, MentionFound, ParticipationFound, PersonFound, Reading, Ref


def redacted(reading: Reading, people: Collection[Ref]) -> Reading:
    """A reading without what it found of `people` (refs `person:…`)."""
    if not people:
        return reading
    gone = set(people)
    return replace(reading, findings=[f for f in reading.findings if not _names(f) & gone])


def without(quads: Iterable[Quad], people: Collection[Ref]) -> Iterator[Quad]:
    """The quads that do not speak of `people`."""
    gone = {NamedNode(iris.id_iri(person)) for person in people}
    return (q for q in quads if q.subject not in gone and q.object not in gone)


def _names(finding: Finding) -> set[Ref]:
    found: set[Ref] = set()
    match finding:
        case PersonFound():
            found = {f"person:{finding.key}"}
        case ParticipationFound():
            found = {finding.agent}
        case MembershipFound():
            found = {finding.member}
        case AppointmentFound():
            found = {finding.holder}
        case MentionFound():
            found = {finding.target}
        case Fact():
            found = {finding.subject, str(finding.value)}
        case _:
            pass
    return found
