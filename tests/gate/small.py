"""A document of a few sentences, and what may be read from it, written by hand: all of it is supported until a test changes something."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from baligraph import iris
from baligraph.prefixes import expand

SLUG = "small"
TEXT = """**12-13 January 2012, Kuala Lumpur, Malaysia**

1. The Government of Malaysia and the International Organization for Migration (IOM) co-hosted the Fourth Bali Process Workshop
in Kuala Lumpur, Malaysia, from 12-13 January 2012. The workshop was opened by Ms Ann Lee, Deputy Minister of Home Affairs of
Malaysia. Over 100 participants attended representing Australia, China, Malaysia and the US. The United Arab Emirates participated as
observers.

2. April 2009: Third Bali Process Ministerial Meeting (Bali III). Eighty officials met.

3. In November 2003, 17 regional countries had made use of the model legislation; and nine were considering it.

4. The working groups will, with a focus on:

- promote multi-
lateral agreements with the Regional Support Office (RSO);

Bali, May 2004: targeting workshop, following on from the workshop in Bangkok.
"""
NAMES = {
    "area:mys": ("Malaysia",),
    "area:aus": ("Australia",),
    "area:are": ("United Arab Emirates", "UAE"),
    "area:usa": ("United States of America", "US"),
    "area:chn": ("China",),
    "area:idn": ("Indonesia",),
    "org:iom": ("International Organization for Migration", "IOM"),
    "org:unhcr": ("UNHCR",),
    "process:bali-process": ("Bali Process",),
    "body:rso": ("Regional Support Office", "RSO"),
    "body:aheg-1": ("Ad Hoc Experts' Group I", "AHEG I"),
    "instrument:model-law": ("Model legislation",),
    "place:kuala-lumpur": ("Kuala Lumpur",),
    "place:bali": ("Bali",),
    "place:bangkok": ("Bangkok",),
    "person:ann-lee": ("Ann Lee",),
    "c:wording_will": ("will",),
    "c:wording_should": ("should",),
    "c:instrument-status_planned": ("planned",),
}


def node(curie: str) -> ox.NamedNode:
    """A node by CURIE, or by reference ("area:mys")."""
    space = curie.partition(":")[0]
    return ox.NamedNode(iris.id_iri(curie) if space in iris.TYPES else expand(curie))


DOC = ox.NamedNode(iris.doc_graph(SLUG))
BESIDE = ox.NamedNode(iris.evidence_graph(SLUG))
SHA = hashlib.sha256(TEXT.encode()).hexdigest()
VERSION = ox.NamedNode(iris.version_iri(SLUG, SHA))
DOCUMENT = ox.NamedNode(iris.doc_iri(SLUG))
Value = ox.NamedNode | ox.Literal


def day(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=node("xsd:date"))


@dataclass
class Small:
    """Facts are added by `fact` and `about`; `quads` are those of the release, `named` the nodes that tests change."""

    quads: list[ox.Quad] = field(default_factory=list)
    named: dict[str, ox.NamedNode] = field(default_factory=dict)

    def passage(self, words: str) -> ox.NamedNode:
        """The evidence node of these words, which stand once in the text."""
        start = TEXT.index(words)
        assert TEXT.count(words) == 1, words
        evidence = ox.NamedNode(iris.evidence_iri(SHA, start, start + len(words)))
        self._add(evidence, BESIDE, [
            ("rdf:type", node("bp:Evidence")), ("bp:fromDocument", DOCUMENT), ("bp:inVersion", VERSION), ("bp:quote", ox.Literal(words)),
            ("bp:startOffset", ox.Literal(start)), ("bp:endOffset", ox.Literal(start + len(words))),
        ])  # fmt: skip
        return evidence

    def about(
        self, name: str, subject: ox.NamedNode, graph: ox.NamedNode, words: str, anchor: str, values: Iterable[tuple[str, Value]]
    ) -> None:
        """A node with its own evidence; `name` is what tests call it."""
        self.named[name] = subject
        start = TEXT.index(words) + words.index(anchor)
        about: list[tuple[str, Value]] = [
            ("bp:evidence", self.passage(words)),
            ("bp:anchor", ox.Literal(anchor)),
            ("bp:anchorStart", ox.Literal(start)),
        ]
        self._add(subject, graph, [*values, *about])

    def fact(self, name: str, subject: ox.NamedNode, predicate: str, value: Value, words: str, anchor: str) -> None:
        """A plain triple and its claim."""
        self.quads.append(ox.Quad(subject, node(predicate), value, DOC))
        claim = ox.NamedNode(iris.claim_iri(DOC.value, subject.value, expand(predicate), str(value)))
        held = "bp:claimObject" if isinstance(value, ox.NamedNode) else "bp:claimValue"
        self.about(name, claim, BESIDE, words, anchor, [
            ("rdf:type", node("bp:Claim")), ("bp:claimSubject", subject), ("bp:claimPredicate", node(predicate)),
            (held, value), ("bp:inGraph", DOC),
        ])  # fmt: skip

    def _add(self, subject: ox.NamedNode, graph: ox.NamedNode, values: Iterable[tuple[str, Value]]) -> None:
        self.quads += [ox.Quad(subject, node(predicate), value, graph) for predicate, value in values]

    def change(self, name: str, predicate: str, value: Value) -> None:
        """Give a named node this value of a property instead of those that it has."""
        subject, property_ = self.named[name], node(predicate)
        graphs = {quad.graph_name for quad in self.quads if quad.subject == subject and quad.predicate == property_}
        assert graphs, f"{name} has no {predicate}"
        self.quads = [quad for quad in self.quads if quad.subject != subject or quad.predicate != property_]
        self.quads += [ox.Quad(subject, property_, value, graph) for graph in graphs]

    def release(self) -> list[ox.Quad]:
        """All quads with the accepted view."""
        unique = list(dict.fromkeys(self.quads))
        return [*unique, *dict.fromkeys(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in unique)]


HOSTS = TEXT[TEXT.index("The Government") : TEXT.index(" The workshop was opened")]
OPENED = TEXT[TEXT.index("The workshop was opened") : TEXT.index(" Over 100")]
ATTENDED = TEXT[TEXT.index("Over 100") : TEXT.index(" The United Arab")]
OBSERVED = TEXT[TEXT.index("The United Arab") : TEXT.index("\n\n2.")]
THIRD = "April 2009: Third Bali Process Ministerial Meeting (Bali III). Eighty officials met."
COUNTS = "In November 2003, 17 regional countries had made use of the model legislation; and nine were considering it."
BULLET = "promote multi-\nlateral agreements with the Regional Support Office (RSO);"
FOLLOWS = "Bali, May 2004: targeting workshop, following on from the workshop in Bangkok."
MEETING, THIRD_MEETING, TARGETING = (node(f"meeting:{key}") for key in ("one", "third", "targeting"))


def small() -> Small:
    """The document with everything in it supported."""
    made = Small()
    for ref, names in NAMES.items():
        kind = {"body": "bp:Body", "process": "bp:ConsultativeProcess", "area": "bp:Area", "c": "skos:Concept"}.get(ref.partition(":")[0])
        label = "skos:prefLabel" if ref.startswith("c:") else "rdfs:label"
        values: list[tuple[str, Value]] = [("skos:altLabel", ox.Literal(name, language="en")) for name in names[1:]]
        values += [(label, ox.Literal(names[0], language="en")), *([("rdf:type", node(kind))] if kind else [])]
        made._add(node(ref), node("g:reference"), values)
    made._add(DOCUMENT, node("g:reference"), [("rdf:type", node("bp:Document")), ("bp:realizedBy", VERSION)])
    text: list[tuple[str, Value]] = [
        ("rdf:type", node("bp:TextVersion")),
        ("bp:sha256", ox.Literal(SHA)),
        ("bp:charLength", ox.Literal(len(TEXT))),
    ]
    made._add(VERSION, node("g:reference"), text)
    _meetings(made)
    _people(made)
    _counts(made)
    return made


def _meetings(made: Small) -> None:
    made.fact("kind", MEETING, "rdf:type", node("bp:Workshop"), HOSTS, "Workshop")
    made.fact(
        "label", MEETING, "rdfs:label", ox.Literal("Fourth Bali Process Workshop", language="en"), HOSTS, "Fourth Bali Process Workshop"
    )
    made.fact("place", MEETING, "bp:inPlace", node("place:kuala-lumpur"), HOSTS, "Kuala Lumpur")
    made.fact("country", MEETING, "bp:inCountry", node("area:mys"), HOSTS, "Kuala Lumpur, Malaysia")
    made.fact("basis", MEETING, "bp:placeBasis", node("c:place-basis_stated"), HOSTS, "Kuala Lumpur, Malaysia")
    made.fact("ordinal", MEETING, "bp:ordinal", ox.Literal(4), HOSTS, "Fourth")
    made.fact("process", MEETING, "bp:ofProcess", node("process:bali-process"), HOSTS, "Bali Process")
    dates = {"dateText": ox.Literal("12-13 January 2012"), "edtf": ox.Literal("2012-01-12/2012-01-13")}
    parts: dict[str, Value] = {
        **dates,
        "earliestStart": day("2012-01-12"),
        "latestEnd": day("2012-01-13"),
        "datePrecision": node("c:precision_range"),
    }
    for name, value in parts.items():
        made.fact(name, MEETING, f"bp:{name}", value, HOSTS, "12-13 January 2012")
    made.fact("least", MEETING, "bp:attendanceMin", ox.Literal(100), ATTENDED, "Over 100 participants")
    made.fact("coverage", MEETING, "bp:attendanceCoverage", node("c:coverage_complete-list"), ATTENDED, "attended")
    made.fact("third-kind", THIRD_MEETING, "rdf:type", node("bp:MinisterialConference"), THIRD, "Ministerial Meeting")
    made.fact("third-basis", THIRD_MEETING, "bp:placeBasis", node("c:place-basis_absent"), THIRD, THIRD)
    made.fact("third-ordinal", THIRD_MEETING, "bp:ordinal", ox.Literal(3), THIRD, "Bali III")
    month: dict[str, Value] = {
        "earliestStart": day("2009-04-01"),
        "latestEnd": day("2009-04-30"),
        "datePrecision": node("c:precision_month"),
    }
    for name, value in month.items():
        made.fact(f"third-{name}", THIRD_MEETING, f"bp:{name}", value, THIRD, "April 2009")
    made.fact("exact", THIRD_MEETING, "bp:attendanceExact", ox.Literal(80), THIRD, "Eighty officials")
    made.fact("held", THIRD_MEETING, "bp:eventStatus", node("c:event-status_held"), THIRD, "met")
    made.fact("targeting-place", TARGETING, "bp:inPlace", node("place:bali"), FOLLOWS, "Bali")
    made.fact("targeting-kind", TARGETING, "rdf:type", node("bp:Workshop"), FOLLOWS, "targeting workshop")
    made.fact("follows", TARGETING, "bp:follows", MEETING, FOLLOWS, "following on from the workshop in Bangkok")
    made.fact("mention", DOCUMENT, "bp:mentions", node("body:rso"), BULLET, "Regional Support Office (RSO)")


def _people(made: Small) -> None:
    rows = [
        ("host", "area:mys", "co-host", "The Government of Malaysia", HOSTS),
        ("host-organisation", "org:iom", "co-host", "International Organization for Migration (IOM)", HOSTS),
        ("opener", "person:ann-lee", "opener", "Ann Lee", OPENED),
        ("attendee", "area:aus", "attendee", "Australia", ATTENDED),
        ("attendee-us", "area:usa", "attendee", "US", ATTENDED),
        ("observer", "area:are", "observer", "United Arab Emirates", OBSERVED),
    ]
    for name, agent, role, written, words in rows:
        iri = ox.NamedNode(iris.participation_iri(DOC.value, MEETING.value, agent, role))
        values: list[tuple[str, Value]] = [
            ("rdf:type", node("bp:Participation")),
            ("bp:inMeeting", MEETING),
            ("bp:participant", node(agent)),
        ]
        values += [("bp:role", node(f"c:role_{role}")), ("bp:nameAsWritten", ox.Literal(written))]
        if name == "opener":
            values += [("bp:officeHeld", ox.Literal("Deputy Minister of Home Affairs")), ("bp:onBehalfOf", node("area:mys"))]
        made.about(name, iri, DOC, words, written, values)


def _counts(made: Small) -> None:
    iri = ox.NamedNode(iris.observation_iri(DOC.value, "model-law", "count", "17"))
    made.about("count", iri, DOC, COUNTS, "17 regional countries", [
        ("rdf:type", node("bp:StatusObservation")), ("bp:about", node("instrument:model-law")), ("bp:value", ox.Literal(17)),
        ("bp:asOfText", ox.Literal("November 2003")), ("bp:asOfStart", day("2003-11-01")), ("bp:asOfEnd", day("2003-11-30")),
    ])  # fmt: skip
    made.about("provision", node("provision:small_4-1"), DOC, BULLET, BULLET, [
        ("rdf:type", node("bp:Commitment")), ("bp:wording", node("c:wording_will")), ("bp:verb", ox.Literal("promote")),
        ("bp:text", ox.Literal("promote multi-lateral agreements with the Regional Support Office (RSO)", language="en")),
        ("bp:responsibleBody", node("body:rso")),
    ])  # fmt: skip
