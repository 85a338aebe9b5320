"""A reading becomes quads: what the document asserts, and beside it the evidence of every single triple.

* `g:doc/{slug}`: plain triples, assertion nodes, provisions;
* `g:evidence/{slug}`: one bp:Evidence per passage, shared by all that was read from it, and one bp:Claim per plain triple;
* `g:meta`: the run that read the document.

An assertion node or provision carries its evidence itself; every other triple has a Claim. Facts read twice are one fact with two
pieces of evidence, and the first in the text gives the anchor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pyoxigraph import NamedNode, Quad

from baligraph import iris
from ingest.contribution import Dated, DocumentQuads, FindingRow, TextInput
from ingest.findings import (
    AppointmentFound,
    DateRead,
    Fact,
    MeetingFound,
    MembershipFound,
    MentionFound,
    ObservationFound,
    ParticipationFound,
    PersonFound,
    ProvisionFound,
    Reading,
    Source,
    Unresolved,
)
from ingest.layout import printed
from ingest.nodes import Object, Scope, Spo, bp, concept, date, literal, node
from ingest.read.extraction import page_of
from ingest.read.media import MEDIA_TYPES

EXTRACTOR: Final = "id:extractor_baligraph"


def document_quads(reading: Reading, text: TextInput, meetings: Mapping[str, str], extractor: str) -> DocumentQuads:
    """The quads of one reading.

    `meetings` maps the key of each MeetingFound to the key of its IRI (`ingest.resolve`), `extractor` is the version of the code that
    read it. Raises ValueError where a finding points to a meeting or provision that was not found, or outside the text.
    """
    return _Writer(reading, text, meetings, extractor).write()


class _Writer:
    def __init__(self, reading: Reading, text: TextInput, meetings: Mapping[str, str], extractor: str):
        self.reading, self.text, self.extractor = reading, text, extractor
        self.scope = Scope(reading.slug, meetings)
        self.graph, self.beside = NamedNode(iris.doc_graph(reading.slug)), NamedNode(iris.evidence_graph(reading.slug))
        self.document = self.scope.iri("document")
        self.claims: dict[Spo, list[Source]] = {}
        self.nodes: dict[NamedNode, tuple[list[Source], dict[NamedNode, list[Object]]]] = {}
        self.dates: dict[Dated, None] = {}
        self.sha = text.sha256
        self.version = NamedNode(iris.version_iri(reading.slug, self.sha))
        self.run = NamedNode(iris.run_iri(reading.slug, self.sha, extractor))

    def write(self) -> DocumentQuads:
        provisions = self.reading.of(ProvisionFound)
        # in the order of the text, whatever the order in which a genre found them
        for f in sorted(self.reading.findings, key=lambda f: _position(f.source)):
            match f:
                case MeetingFound():
                    self._meeting(f)
                case Fact():
                    self._fact(f)
                case PersonFound():
                    self._person(f)
                case ParticipationFound():
                    self._participation(f)
                case MembershipFound():
                    self._membership(f)
                case AppointmentFound():
                    self._appointment(f)
                case ObservationFound():
                    self._observation(f)
                case ProvisionFound():
                    self._provision(f)
                case MentionFound():
                    self._mention(f, provisions)
                case Unresolved():
                    pass  # reported in findings.csv, never asserted
        asserted, evidence = self._quads()
        return DocumentQuads(
            slug=self.reading.slug,
            asserted=asserted,
            evidence=evidence,
            meta=self._meta(),
            dates=sorted(self.dates, key=lambda d: (d.subject.value, d.start, d.end, d.written)),
            reported=frozenset(self.scope.iri(f"meeting:{m.key}") for m in self.reading.of(MeetingFound) if m.standing != "mentioned"),
            rows=self._rows(),
            claims={self._claim_iri(spo).value: spo for spo in self.claims},
        )

    # --- findings ---------------------------------------------------------------------------------------------------------------------

    def _claim(self, s: NamedNode, p: NamedNode, o: Object, source: Source) -> None:
        self.claims.setdefault((s, p, o), []).append(source)

    def _assert(self, iri: NamedNode, cls: str, source: Source, values: Iterable[tuple[str, Object | None]]) -> None:
        """A node with its own evidence. `None` values are left out; of a node found twice, the first value of the text stays."""
        sources, properties = self.nodes.setdefault(iri, ([], {}))
        sources.append(source)
        fresh: dict[NamedNode, list[Object]] = {node("rdf:type"): [bp(cls)]}
        for name, value in values:
            if value is not None:
                fresh.setdefault(bp(name), []).append(value)
        for p, found in fresh.items():
            properties.setdefault(p, found)

    def _meeting(self, found: MeetingFound) -> None:
        iri = self.scope.iri(f"meeting:{found.key}")
        self._claim(iri, node("rdf:type"), bp(found.kind), found.source)
        if found.standing == "mentioned":
            self._claim(self.document, bp("mentions"), iri, found.source)
        else:
            self._claim(iri, bp("recordedIn"), self.document, found.source)

    def _fact(self, fact: Fact) -> None:
        subject = self.scope.iri(fact.subject)
        if isinstance(fact.value, DateRead):
            d = fact.value
            dated = Dated(subject, self.graph, d.written, d.edtf, d.start, d.end, d.precision)
            self.dates[dated] = None
            for s, p, o in dated.triples():
                self._claim(s, p, o, fact.source)  # type: ignore[arg-type]  # our own subjects are IRIs
            return
        predicate = node(fact.property) if ":" in fact.property else bp(fact.property)
        value = self.scope.iri(str(fact.value)) if fact.is_ref else literal(fact.value, fact.language)
        self._claim(subject, predicate, value, fact.source)

    def _person(self, found: PersonFound) -> None:
        iri = self.scope.iri(f"person:{found.key}")
        self._claim(self.document, bp("mentions"), iri, found.source)
        if not found.registered:
            self._claim(iri, node("rdf:type"), bp("Person"), found.source)
            self._claim(iri, node("rdfs:label"), literal(found.name, self.text.language), found.source)
        if found.honorific:
            self._claim(iri, bp("honorific"), literal(found.honorific), found.source)

    def _participation(self, f: ParticipationFound) -> None:
        meeting, agent, role = self.scope.iri(f.meeting), self.scope.iri(f.agent), concept("role", f.role)
        values: list[tuple[str, Object | None]] = [
            ("inMeeting", meeting),
            ("participant", agent),
            ("role", role),
            ("nameAsWritten", literal(f.written)),
            ("officeHeld", literal(f.office) if f.office else None),
            ("onBehalfOf", self.scope.iri(f.on_behalf_of) if f.on_behalf_of else None),
        ]
        iri = iris.participation_iri(self.graph.value, meeting.value, agent.value, role.value)
        self._assert(NamedNode(iri), "Participation", f.source, values)

    def _membership(self, f: MembershipFound) -> None:
        member, whole, status = self.scope.iri(f.member), self.scope.iri(f.organisation), concept("status", f.status)
        values: list[tuple[str, Object | None]] = [("member", member), ("organisation", whole), ("status", status)]
        values += [("nameAsWritten", literal(f.written)), *_attested(f.attested)]
        iri = iris.membership_iri(self.graph.value, member.value, whole.value, status.value)
        self._assert(NamedNode(iri), "Membership", f.source, values)

    def _appointment(self, f: AppointmentFound) -> None:
        holder, body, status = self.scope.iri(f.holder), self.scope.iri(f.body), concept("status", f.status)
        values: list[tuple[str, Object | None]] = [("holder", holder), ("organisation", body), ("status", status)]
        values += [("nameAsWritten", literal(f.written)), *_attested(f.attested)]
        iri = iris.appointment_iri(self.graph.value, holder.value, body.value, status.value)
        self._assert(NamedNode(iri), "Appointment", f.source, values)

    def _observation(self, f: ObservationFound) -> None:
        about, observed = self.scope.iri(f.about), concept("observed-property", f.observed)
        is_concept = isinstance(f.value, str) and f.value.startswith("c:")
        value = self.scope.iri(str(f.value)) if is_concept else literal(f.value)
        values: list[tuple[str, Object | None]] = [
            ("about", about),
            ("observedProperty", observed),
            ("valueConcept" if is_concept else "value", value),
            ("unit", concept("unit", f.unit) if f.unit else None),
            ("population", self.scope.iri(f.population) if f.population else None),
            *(("namedStates", self.scope.iri(state)) for state in f.named_states),
        ]
        if f.as_of:
            values += [("asOfText", literal(f.as_of.written)), ("asOfEdtf", literal(f.as_of.edtf))]
            values += [("asOfStart", date(f.as_of.start)), ("asOfEnd", date(f.as_of.end))]
        counted = " ".join(filter(None, (value.value, f.unit, f.population)))
        iri = iris.observation_iri(self.graph.value, about.value, observed.value, counted, f.as_of.edtf if f.as_of else "")
        self._assert(NamedNode(iri), "StatusObservation", f.source, values)

    def _provision(self, f: ProvisionFound) -> None:
        iri = self.scope.iri(f"provision:{f.key}")
        if iri in self.nodes:
            raise ValueError(f"{self.reading.slug}: two provisions have the key {f.key!r}")
        refs = {
            "actor": f.actors,
            "addressee": f.addressees,
            "responsibleBody": f.responsible,
            "usesInstrument": f.instruments,
            "attributedTo": (f.attributed_to,) if f.attributed_to else (),
        }
        concepts = {"wording": f.wording, "action": f.actions, "theme": f.themes, "crime": f.crimes}
        values: list[tuple[str, Object | None]] = [
            ("inDocument", self.document),
            ("number", literal(f.number) if f.number else None),
            ("order", literal(f.order)),
            ("text", literal(f.text, self.text.language)),
            ("directives", literal(f.directives)),
            ("condition", literal(f.condition) if f.condition else None),
            ("dueText", literal(f.due) if f.due else None),
            *(("verb", literal(v)) for v in f.verbs),
            *((name, self.scope.iri(ref)) for name, found in refs.items() for ref in found),
            *((name, concept(name, slug)) for name, found in concepts.items() for slug in found),
        ]
        self._assert(iri, f.kind, f.source, values)

    def _mention(self, f: MentionFound, provisions: Sequence[ProvisionFound]) -> None:
        """The document mentions the target, and so does every provision whose words hold the name."""
        target = self.scope.iri(f.target)
        self._claim(self.document, bp("mentions"), target, f.source)
        for p in provisions:
            if p.source.anchor.holds(f.source.anchor):
                self._claim(self.scope.iri(f"provision:{p.key}"), bp("mentions"), target, f.source)

    # --- quads ------------------------------------------------------------------------------------------------------------------------

    def _quads(self) -> tuple[list[Quad], list[Quad]]:
        asserted = [Quad(s, p, o, self.graph) for s, p, o in self.claims]
        beside: dict[Quad, None] = {}
        for iri, (sources, properties) in self.nodes.items():
            asserted += [Quad(iri, p, o, self.graph) for p, found in properties.items() for o in dict.fromkeys(found)]
            asserted += [Quad(iri, p, o, self.graph) for p, o in self._about(sources, beside)]
        for spo, sources in self.claims.items():
            claim = self._claim_iri(spo)
            for predicate, value in (*self._claim_node(*spo), *self._about(sources, beside)):
                beside[Quad(claim, predicate, value, self.beside)] = None
        return sorted(set(asserted), key=str), sorted(beside, key=str)

    def _claim_iri(self, spo: Spo) -> NamedNode:
        s, p, o = spo
        held = o.value if isinstance(o, NamedNode) else str(o)
        return NamedNode(iris.claim_iri(self.graph.value, s.value, p.value, held))

    def _claim_node(self, s: object, p: NamedNode, o: object) -> list[tuple[NamedNode, Object]]:
        held = bp("claimObject") if isinstance(o, NamedNode) else bp("claimValue")
        return [
            (node("rdf:type"), bp("Claim")),
            (bp("claimSubject"), s),  # type: ignore[list-item]  # our own subjects are IRIs
            (bp("claimPredicate"), p),
            (held, o),  # type: ignore[list-item]
            (bp("inGraph"), self.graph),
        ]

    def _about(self, sources: Sequence[Source], beside: dict[Quad, None]) -> list[tuple[NamedNode, Object]]:
        """What is said about a fact: its evidence (written to `beside`), and the anchor, rule and method of its first source."""
        first = min(sources, key=_position)
        quote = self._cut(first.anchor.start, first.anchor.end)
        found: list[tuple[NamedNode, Object]] = [
            (bp("evidence"), self._evidence(passage, beside)) for s in sources for passage in (s, *s.beside)
        ]
        found += [(bp("anchor"), literal(quote)), (bp("anchorStart"), literal(first.anchor.start)), (bp("rule"), literal(first.rule))]
        return [*found, (bp("method"), node("c:method_rule")), (bp("reviewStatus"), node("c:review-status_unreviewed"))]

    def _evidence(self, source: Source, beside: dict[Quad, None]) -> NamedNode:
        start, end = source.passage.start, source.passage.end
        iri = NamedNode(iris.evidence_iri(self.sha, start, end))
        values: tuple[tuple[NamedNode, Object], ...] = (
            (node("rdf:type"), bp("Evidence")),
            (bp("fromDocument"), self.document),
            (bp("inVersion"), self.version),
            (bp("startOffset"), literal(start)),
            (bp("endOffset"), literal(end)),
            (bp("quote"), literal(self._cut(start, end))),
            (node("prov:wasGeneratedBy"), self.run),
        )
        first = Quad(iri, *values[0], self.beside)
        if first not in beside:  # a passage lies in one paragraph: the first label stays
            beside[first] = None
            if number := printed(source.paragraph):
                beside[Quad(iri, bp("paragraph"), literal(number), self.beside)] = None
            if (page := page_of(self.text.pages, start)) is not None:
                beside[Quad(iri, bp("page"), literal(page), self.beside)] = None
            for p, o in values[1:]:
                beside[Quad(iri, p, o, self.beside)] = None
        return iri

    def _cut(self, start: int, end: int) -> str:
        if end > len(self.text.text):
            raise ValueError(f"{self.reading.slug}: span {start}..{end} ends after the text ({len(self.text.text)} characters)")
        return self.text.text[start:end]

    def _meta(self) -> list[Quad]:
        graph, tool = node("g:meta"), node(EXTRACTOR)
        found: list[tuple[NamedNode, str, Object]] = [
            (self.run, "rdf:type", bp("ExtractionRun")),
            (self.run, "prov:used", self.version),
            (self.run, "prov:wasAssociatedWith", tool),
            (self.run, "bp:softwareVersion", literal(self.extractor)),
            (self.run, "bp:genre", literal(self.reading.genre)),
            (self.run, "rdfs:label", literal(f"Reading of {self.reading.slug} as {self.reading.genre}", "en")),
            (tool, "rdf:type", bp("Extractor")),
            (tool, "rdfs:label", literal("Baligraph's reading grammar", "en")),
        ]
        if not self.text.registered:
            found += [
                (self.document, "rdf:type", bp("Document")),
                (self.document, "bp:realizedBy", self.version),
                (self.version, "rdf:type", bp("TextVersion")),
                (self.version, "bp:sha256", literal(self.sha)),
                (self.version, "dcterms:language", literal(self.text.language)),
                (self.version, "bp:charLength", literal(len(self.text.text))),
                *self._file(),
            ]
            if not any(p == node("dcterms:title") for _, p, _ in self.claims):  # the name of the file, where the text has no title
                found.append((self.document, "dcterms:title", literal(self.text.title or self.text.slug, self.text.language)))
        return [Quad(s, node(p), o, graph) for s, p, o in found]

    def _file(self) -> list[tuple[NamedNode, str, Object]]:
        """The file that the text was read from."""
        file = NamedNode(iris.file_iri(self.text.slug, self.text.file.sha256))
        return [
            (self.version, "bp:embodiedBy", file),
            (file, "rdf:type", bp("File")),
            (file, "bp:sha256", literal(self.text.file.sha256)),
            (file, "dcterms:format", literal(MEDIA_TYPES[self.text.file.format])),
        ]

    def _rows(self) -> list[FindingRow]:
        rows = [self._row(iri.value, _kind(props), sources, "accepted", "") for iri, (sources, props) in self.nodes.items()]
        rows += [self._row(self._claim_iri(spo).value, "Claim", sources, "accepted", "") for spo, sources in self.claims.items()]
        for f in self.reading.of(Unresolved):
            span = f.source.anchor
            iri = f"finding_{iris.digest(self.sha, f.kind, str(span.start), str(span.end))}"
            row = self._row(iri, f.kind, [f.source], "unresolved", "no row of corpus/reference has this name")
            rows.append(replace(row, written=f.written))
        return sorted(rows, key=lambda r: r.id)

    def _row(self, iri: str, kind: str, sources: Sequence[Source], status: str, reason: str) -> FindingRow:
        first = min(sources, key=_position)
        written = self._cut(first.anchor.start, first.anchor.end)
        quote = self._cut(first.passage.start, first.passage.end)
        return FindingRow(
            id=iri,
            kind=kind,
            document=self.reading.slug,
            paragraph=printed(first.paragraph),
            written=written,
            quote=quote,
            status=status,
            reason=reason,
            rule=first.rule,
            start=first.anchor.start,
            end=first.anchor.end,
            quote_start=first.passage.start,
        )


def _position(source: Source) -> tuple[int, int, int, int, str]:
    return (source.passage.start, source.anchor.start, source.anchor.end, source.passage.end, source.rule)


def _kind(properties: Mapping[NamedNode, Sequence[Object]]) -> str:
    return properties[node("rdf:type")][0].value.rpartition("#")[2]


def _attested(found: DateRead | None) -> list[tuple[str, Object | None]]:
    """The day on which a document attests a status; a list that is dated to a month or year attests no day."""
    if found is None or found.start != found.end:
        return []
    return [("attestedOn", date(found.start))]
