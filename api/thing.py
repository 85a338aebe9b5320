"""What a page tells of a thing: each value with its origin, values that lost, and what points here."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from api import origins as origin
from api.incoming import Group, incoming
from api.origins import Note, Origin
from api.service import Service
from api.terms import Row, Term, iri, select
from api.vocabulary import Vocabulary, labels_of, vocabulary
from baligraph.prefixes import expand, shrink

_ORDER = """
    rdf:type rdfs:label skos:prefLabel dcterms:title skos:altLabel bp:text bp:number bp:dateText bp:edtf bp:earliestStart
    bp:latestEnd bp:datePrecision bp:year bp:inPlace bp:inCountry bp:placeBasis bp:hostedBy bp:coHostedBy bp:hostState
    bp:chairedBy bp:coChairedBy bp:ofProcess bp:ofBody bp:ordinal bp:inSeries bp:follows bp:sideEventOf bp:theme
    bp:attendanceExact bp:attendanceMin bp:attendanceCoverage bp:wording bp:verb bp:strength bp:actor bp:addressee
    bp:responsibleBody bp:usesInstrument
""".split()
_LAST = "bp:anchor bp:anchorStart bp:rule bp:method bp:reviewStatus bp:evidence bp:sourceRow bp:hasParticipant".split()
_FOLDED = """
    bp:hasParticipant bp:attendedBy bp:observedBy bp:addressedBy bp:supportedBy bp:coHostedBy bp:coChairedBy bp:hostState
    bp:evidence bp:mentions bp:anchor bp:anchorStart bp:rule bp:method bp:reviewStatus
""".split()


@dataclass(frozen=True, slots=True)
class Value:
    """One value; `accepted` is False where another was preferred. `carrier` is the participation that it is a shortcut for, which the
    page lists with its sentence."""

    term: Term
    label: str
    origins: list[Origin]
    accepted: bool = True
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A property and its values; `folded` where there may be many and the lists below tell more."""

    property: str
    label: str
    values: list[Value]
    folded: bool = False


@dataclass(slots=True)
class Thing:
    """Everything that the page of a thing shows."""

    iri: str
    label: str
    kinds: list[str]
    facts: list[Fact]
    groups: list[Group]
    own: list[Origin]
    labels: dict[str, str]
    raw: dict[str, str] = field(default_factory=dict)
    """First literal of each property by short name, for what a template shows in its own way."""

    @property
    def more(self) -> bool:
        """Whether more points at it than this page shows."""
        return any(group.more for group in self.groups)


async def read_thing(service: Service, name: str, page: int = 1) -> Thing | None:
    """The thing of an IRI, with a page of what points at it; None if the release says nothing about it, or has no such page.

    Raises StoreError.
    """
    graphs = await select(service.engine, f"SELECT ?g ?p ?o {{ GRAPH ?g {{ {iri(name)} ?p ?o }} }}")
    accepted = await select(service.engine, f"SELECT ?p ?o {{ {iri(name)} ?p ?o }}")
    if not graphs and not accepted:
        return None
    terms, claims, own, (groups, seen) = await asyncio.gather(
        vocabulary(service), origin.claims_about(service, [name]), origin.evidence_of(service, [name]), incoming(service, name, page)
    )
    if page > 1 and not groups:
        return None
    wanted = seen | {row["o"].value for row in (*graphs, *accepted) if row["o"].is_iri} | _documents(claims, own)
    labels = await labels_of(service, {*wanted, name})
    facts = _facts(service, terms, labels, graphs, accepted, {key[1:]: found for key, found in claims.items()}, own.get(name, []), groups)
    kinds = terms.narrowest(row["o"].value for row in accepted if row["p"].value == expand("rdf:type"))
    raw: dict[str, str] = {}
    for row in accepted:
        raw.setdefault(shrink(row["p"].value), row["o"].value)
    for group in groups:
        group.name(labels)
    return Thing(name, labels.get(name, shrink(name)), [terms.label(kind) for kind in kinds], facts, groups, own.get(name, []), labels, raw)


def _documents(claims: dict[tuple[str, str, Term], list[Origin]], own: dict[str, list[Origin]]) -> set[str]:
    every = [entry for found in (*claims.values(), *own.values()) for entry in found]
    return {entry.document for entry in every if isinstance(entry, origin.Sentence)}


def _facts(
    service: Service,
    terms: Vocabulary,
    labels: dict[str, str],
    graphs: list[Row],
    accepted: list[Row],
    claims: dict[tuple[str, Term], list[Origin]],
    own: list[Origin],
    groups: list[Group],
) -> list[Fact]:
    base = service.settings.base_iri
    where: dict[tuple[str, Term], set[str]] = {}
    for row in graphs:
        where.setdefault((row["p"].value, row["o"]), set()).add(row["g"].value)
    chosen = {(row["p"].value, row["o"]) for row in accepted}
    source_row = next((o.value for p, o in sorted(where) if p == expand("bp:sourceRow")), "")
    source = next((o.value for p, o in sorted(where) if p == expand("dcterms:source") and o.is_iri), "")

    facts: dict[str, list[Value]] = {}
    for prop, value in sorted(where.keys() | chosen):
        places, carrier = where.get((prop, value), set()), ""
        found = origin.of_value(claims.get((prop, value), ()), own, places, base, source_row, source)
        if value.is_iri and any(entry.kind == "rule" for entry in found):
            carrier, said = _carrier(terms, groups, prop, value.value)
            found += said
        label = terms.labels.get(value.value) or labels.get(value.value) or (shrink(value.value) if value.is_iri else value.value)
        entry = Value(value, label, found or [Note("release", "accepted view")], (prop, value) in chosen, carrier)
        facts.setdefault(prop, []).append(entry)

    kinds = {value.value for prop, value in chosen if prop == expand("rdf:type")}
    implied = kinds - set(terms.narrowest(kinds))

    def order(prop: str) -> tuple[int, str]:
        short = shrink(prop)
        place = _ORDER.index(short) if short in _ORDER else 900 + _LAST.index(short) if short in _LAST else 500
        return place, terms.label(prop)

    return [
        Fact(
            prop,
            terms.label(prop),
            sorted(facts[prop], key=lambda v: (not v.accepted, v.term.value in implied, v.label)),
            shrink(prop) in _FOLDED,
        )
        for prop in sorted(facts, key=order)
    ]


def _carrier(terms: Vocabulary, groups: list[Group], prop: str, value: str) -> tuple[str, list[Origin]]:
    """The participation that a shortcut stands for, and its sentence; nothing where the page does not list it."""
    for row in (row for group in groups if group.via == "bp:inMeeting" for row in group.rows):
        if value in row.all("bp:participant") and any(prop in terms.shortcuts.get(role, ()) for role in row.all("bp:role")):
            return row.iri, row.origins[:1]
    return "", []
