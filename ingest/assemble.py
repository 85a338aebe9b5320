"""Readings → the graph of a release: identity, quads, accepted view, inference, counts. Pure: the same inputs give the same quads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from baligraph import data, iris
from baligraph.errors import InputError
from baligraph.rules import Rule, load_rules
from baligraph.shapes import single_valued
from ingest.accept import Accepted, accept
from ingest.cache import extractor_version
from ingest.contribution import DocumentQuads, FindingRow, TextInput
from ingest.curation import Curation
from ingest.curation_quads import curated_quads, decisions, in_force, registered
from ingest.findings import Reading
from ingest.former import former
from ingest.infer import infer
from ingest.nodes import bp, literal, node
from ingest.quads import document_quads
from ingest.redact import redacted, without
from ingest.reference import Reference, reference_quads
from ingest.resolve import Resolution, resolve
from ingest.similar import GRAPH as SIMILAR
from ingest.similar import similar_wording
from ingest.statistics import statistics
from ingest.withhold import withhold


@dataclass(slots=True)
class Assembled:
    """The graph of a release and how it came about. `failed` names the documents whose findings could not be written, and why; `idle` the
    decisions of curation that meet nothing in it."""

    store: Store
    resolution: Resolution
    accepted: Accepted
    inferred: Mapping[str, int]
    rows: list[FindingRow]
    failed: dict[str, str] = field(default_factory=dict)
    idle: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for every set of documents: read it once, assemble often."""

    reference: Reference
    curation: Curation
    vocabulary: tuple[Quad, ...]
    tables: tuple[Quad, ...]
    single: frozenset[NamedNode]
    rules: tuple[Rule, ...]


def load_frame(reference: Reference, curation: Curation, texts: Iterable[TextInput]) -> Frame:
    """Ontology, concepts, reference tables (with the registered among `texts`), shapes and rules.

    Raises InputError or ShapesError for a file that can't be used.
    """
    return Frame(
        reference,
        curation,
        tuple(vocabulary_quads()),
        tuple(reference_quads(reference, texts)),
        frozenset(NamedNode(iri) for iri in single_valued()),
        tuple(load_rules()),
    )


def assemble(
    readings: Iterable[Reading], texts: Mapping[str, TextInput], frame: Frame, day: dt.date, refused: Mapping[str, str] | None = None
) -> Assembled:
    """The graph of these readings. `texts` has the text of each by slug, `day` is the newest date of the inputs.

    `refused` are claims, assertions and meetings (by IRI, with the reason) of documents that are not registered: they are withheld.
    """
    people = {r.person for r in frame.curation.redactions}
    known = sorted((redacted(r, people) for r in readings), key=lambda r: r.slug)
    shas = {slug: text.sha256 for slug, text in texts.items()}
    failed: dict[str, str] = {}
    while True:
        resolution = resolve(
            known,
            shas,
            registered(frame.curation, frame.reference),
            merges=frame.curation.merged(),
            country_of=frame.reference.country_of(),
        )
        documents, broken = _documents(known, texts, resolution)
        if not broken:
            break
        failed |= broken  # without it, other documents may name a meeting that it named first
        known = [r for r in known if r.slug not in broken]
    if refused:
        documents = [d if texts[d.slug].registered else withhold(d, refused) for d in documents]
    quads = [*frame.vocabulary, *without(frame.tables, people)]
    for d in documents:
        quads += [*d.asserted, *d.evidence, *d.meta]
    known_meetings = {q.subject for d in documents for q in d.asserted if q.predicate == node("rdf:type")}
    quads += [q for q in _provisional(resolution) if q.subject in known_meetings]
    findings = {row.id for d in documents for row in d.rows}
    present = former(frame.curation, resolution, known, shas, documents).present(frame.curation)
    curation, idle = in_force(present, findings, {q.subject.value for q in quads if isinstance(q.subject, NamedNode)})
    quads += curated_quads(curation, frozenset(resolution.keys.values()))
    accepted = accept(
        quads,
        frame.single,
        dates=[dated for d in documents for dated in d.dates],
        reported_by=_reported_by(documents),
        decisions=decisions(curation),
    )
    store = Store()
    store.bulk_extend([*quads, *(Quad(s, p, o) for s, p, o in accepted.triples)])
    inferred = infer(store, frame.rules)
    likeness = similar_wording(store)
    store.extend([*likeness, *(Quad(q.subject, q.predicate, q.object) for q in likeness)])
    inferred[SIMILAR] = len(likeness)
    counts = statistics(store, day)
    store.extend([*counts, *(Quad(q.subject, q.predicate, q.object) for q in counts)])
    decided = _Decided.of(curation)
    rows = [_outcome(row, d, accepted, decided) for d in documents for row in d.rows]
    return Assembled(store, resolution, accepted, inferred, rows, failed, idle)


def vocabulary_quads() -> Iterator[Quad]:
    """g:ontology (ontology and alignments, blank nodes named canonically) and g:concepts.

    Raises InputError for a file that is not Turtle.
    """
    paths = [data.ontology("baligraph.ttl"), *sorted(data.ontology("alignments").glob("*.ttl"))]
    ontology = Dataset(q for path in paths for q in _turtle(path.relative_to(data.ontology()).as_posix(), node("g:ontology")))
    ontology.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    yield from ontology
    for path in sorted(data.ontology("concepts").glob("*.ttl")):
        yield from _turtle(f"concepts/{path.name}", node("g:concepts"))


def _turtle(name: str, graph: NamedNode) -> Iterator[Quad]:
    try:
        for q in parse(path=data.ontology(*name.split("/")), format=RdfFormat.TURTLE, rename_blank_nodes=True):
            yield Quad(q.subject, q.predicate, q.object, graph)
    except SyntaxError as error:
        raise InputError(f"ontology/{name}", f"is not Turtle ({error.msg})", "Mend the file.", line=error.lineno) from None


def _documents(
    readings: Sequence[Reading], texts: Mapping[str, TextInput], resolution: Resolution
) -> tuple[list[DocumentQuads], dict[str, str]]:
    found: list[DocumentQuads] = []
    broken: dict[str, str] = {}
    meetings: dict[str, dict[str, str]] = {}
    for (slug, key), iri in resolution.keys.items():
        meetings.setdefault(slug, {})[key] = iri
    for reading in readings:
        try:
            found.append(document_quads(reading, texts[reading.slug], meetings.get(reading.slug, {}), extractor_version()))
        except ValueError as error:
            broken[reading.slug] = str(error)
    return found, broken


def _provisional(resolution: Resolution) -> list[Quad]:
    """What g:meta says of identity: not read from any document, but decided by the build."""
    return [Quad(_meeting(key), bp("provisional"), literal(True), node("g:meta")) for key in sorted(resolution.provisional)]


def _reported_by(documents: Iterable[DocumentQuads]) -> dict[NamedNode, set[NamedNode]]:
    found: dict[NamedNode, set[NamedNode]] = {}
    for d in documents:
        for meeting in d.reported:
            found.setdefault(meeting, set()).add(NamedNode(iris.doc_graph(d.slug)))
    return found


def _meeting(key: str) -> NamedNode:
    return NamedNode(iris.id_iri(f"meeting:{key}"))


@dataclass(frozen=True, slots=True)
class _Decided:
    """The findings that decisions are about: `corrected` (IRI → rows of the table), `rejected`."""

    corrected: Mapping[str, str]
    rejected: frozenset[str]

    @classmethod
    def of(cls, curation: Curation) -> _Decided:
        corrected = {iris.iri(c.finding): c.source_row for c in curation.corrections}
        return cls(corrected, frozenset(iris.iri(s.subject) for s in curation.rejections if not s.property))


def _outcome(row: FindingRow, document: DocumentQuads, accepted: Accepted, decided: _Decided) -> FindingRow:
    """The row of a finding with what became of it in the accepted view."""
    spo = document.claims.get(row.id)
    if row.id in decided.corrected:
        return replace(row, status="corrected", reason=f"another value was decided in {decided.corrected[row.id]}")
    if row.status == "accepted" and (row.id in decided.rejected or spo in accepted.rejected):
        return replace(row, status="rejected", reason="rejected by a curation decision")
    if spo is not None and spo in accepted.lost:
        return replace(row, status="conflicting", reason=accepted.lost[spo])
    return row


def lines(store: Store) -> list[str]:
    """The quads of a store as sorted lines of N-Quads."""
    return sorted({f"{_line(quad)} .\n" for quad in store.quads_for_pattern(None, None, None, None)})


def _line(quad: Quad) -> str:
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else f" {quad.graph_name}"
    return f"{quad.subject} {quad.predicate} {quad.object}{graph}"
