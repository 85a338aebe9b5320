"""What was read from one document, ready to be looked at: from a graph and the rows of its findings.

The graph is that of a release, or of one document that is not in any (`baligraph extract`); the same rows and the same ids either way.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from baligraph import iris
from baligraph.decide import choices
from baligraph.passages import Span, passages, sparse
from baligraph.prefixes import expand, shrink
from baligraph.release import Release
from baligraph.review_model import Beside, Conflict, DocumentReview, Finding

_OF_CLASS: Final = {
    **dict.fromkeys(("Participation", "Membership", "Appointment"), "people"),
    **dict.fromkeys(("Commitment", "Recommendation", "Decision", "Finding"), "provision"),
    "StatusObservation": "state",
}
_DATE: Final = ("edtf", "dateText", "earliestStart", "latestEnd", "datePrecision")
_OF_PROPERTY: Final = {
    **dict.fromkeys(_DATE, "date"),
    **dict.fromkeys(("inPlace", "inCountry", "placeBasis"), "place"),
    **dict.fromkeys(("attendanceExact", "attendanceMin", "attendanceCoverage", "honorific"), "people"),
    "mentions": "name",
}
_NAMES: Final = {"rdf:type": "is a", "rdfs:label": "name", "skos:altLabel": "other name", "dcterms:title": "title"}
_ASIDE: Final = frozenset("evidence anchor anchorStart rule method reviewStatus inDocument order text nameAsWritten directives".split())
_FIRST: Final = (
    "participant",
    "member",
    "holder",
    "about",
    "role",
    "status",
    "observedProperty",
    "value",
    "valueConcept",
    "wording",
    "actor",
)


def review(
    store: Store, slug: str, rows: Iterable[Mapping[str, Any]], *, text: str | None, conflicts: Sequence[Mapping[str, Any]] = ()
) -> DocumentReview:
    """What was read from the document `slug`.

    `rows` are those of its findings, with the columns of findings.csv; `text` is the stored text, None where it may only be quoted;
    `conflicts` those of report.json, whichever documents they are of.
    """
    return _Reviewer(store, slug).review(sorted(rows, key=lambda r: (int(r["start"]), int(r["end"]), r["id"])), text, conflicts)


def review_release(release: Release, store: Store) -> Iterator[DocumentReview]:
    """The reviews of all documents of a release, in the order of their slugs. `store` holds its quads."""
    with (release.path / "findings.csv").open(encoding="utf-8", newline="") as file:
        rows: dict[str, list[Mapping[str, Any]]] = {}
        for row in csv.DictReader(file):
            rows.setdefault(row["document"], []).append(row)
    conflicts = json.loads((release.path / "report.json").read_bytes())["conflicts"]
    whole = set(release.slugs)
    for slug in sorted(rows.keys() | whole):
        text = release.text(slug) if slug in whole else None
        yield review(store, slug, rows.get(slug, []), text=text, conflicts=conflicts)


class _Reviewer:
    def __init__(self, store: Store, slug: str):
        self.store, self.slug = store, slug
        self.graph, self.document = NamedNode(iris.doc_graph(slug)), NamedNode(iris.doc_iri(slug))
        self._names: dict[str, str] = {}

    def review(self, rows: Sequence[Mapping[str, Any]], text: str | None, conflicts: Sequence[Mapping[str, Any]]) -> DocumentReview:
        spans = sorted({(int(r["start"]), int(r["end"])) for r in rows})
        marks: dict[Span, int] = {span: n for n, span in enumerate(spans, 1)}
        claims = {shrink(r["id"]): self._claim(r["id"]) for r in rows}
        disputed = {(c["subject"], c["property"]) for c in conflicts}
        findings = [self._finding(r, marks, claims[shrink(r["id"])], disputed) for r in rows]
        quotes = {int(r["quote_start"]): str(r["quote"]) for r in rows} | {b.start: b.quote for f in findings for b in f.beside}
        shown = sparse(quotes) if text is None else text
        return DocumentReview(
            slug=self.slug,
            title=self._value(self.document, "dcterms:title") or self.slug,
            genre=self._genre(),
            whole=text is not None,
            passages=tuple(passages(shown, ((start, start + len(quote)) for start, quote in quotes.items()), marks)),
            findings=tuple(_folded(findings, claims)),
            conflicts=tuple(self._conflicts(conflicts, findings, claims)),
        )

    # --- findings -------------------------------------------------------------------------------------------------------------------

    def _finding(self, row: Mapping[str, Any], marks: Mapping[Span, int], claim: _Claim | None, disputed: set[tuple[str, str]]) -> Finding:
        node = NamedNode(row["id"]) if row["status"] != "unresolved" else None
        known = claim is not None or (node is not None and self._objects(node, "bp:evidence") != [])
        beside = self._beside(node, int(row["quote_start"])) if node else ()
        return Finding(
            ids=(shrink(row["id"]),),
            kind="candidate" if row["status"] == "unresolved" else _kind(row["kind"], claim),
            says=self._says(row, node, claim),
            written=row["written"],
            paragraph=row["paragraph"],
            rule=row["rule"],
            status=row["status"],
            reason=row["reason"],
            number=marks[int(row["start"]), int(row["end"])],
            start=int(row["start"]),
            quote_start=int(row["quote_start"]),
            beside=beside,
            similar=tuple(self._similar(node)) if node and claim is None else (),
            choices=tuple(
                choices(
                    row["id"] if known else "",
                    row["kind"],
                    row["written"],
                    (claim.subject, claim.predicate, claim.value) if claim else None,
                    disputed=claim is not None and (claim.subject.value, claim.predicate.value) in disputed,
                    status=row["status"],
                )
            ),
        )

    def _says(self, row: Mapping[str, Any], node: NamedNode | None, claim: _Claim | None) -> tuple[tuple[str, str], ...]:
        if claim is not None:
            said = self.name(claim.value)
            about = "" if claim.subject == self.document else self.name(claim.subject)
            return ((about, ""), (self.name(claim.predicate), said)) if about else ((self.name(claim.predicate), said),)
        if node is None:
            return ((f"no {row['kind']} of this name is known", ""),)
        told: list[tuple[str, str]] = [(row["kind"], self._value(node, "bp:number"))]
        facts: dict[str, list[str]] = {}
        for quad in self.store.quads_for_pattern(node, None, None, self.graph):
            name = quad.predicate.value.removeprefix(expand("bp:"))
            if name not in _ASIDE and "/" not in name:
                facts.setdefault(quad.predicate.value, []).append(self.name(quad.object))
        order = [expand(f"bp:{name}") for name in _FIRST]
        for iri in sorted(facts, key=lambda p: (order.index(p) if p in order else len(order), p)):
            told.append((self.name(NamedNode(iri)), ", ".join(sorted(facts[iri]))))
        return tuple(told)

    def _claim(self, iri: str) -> _Claim | None:
        if "/id/claim_" not in iri:
            return None
        node = NamedNode(iri)
        parts = [*self._objects(node, "bp:claimSubject"), *self._objects(node, "bp:claimPredicate")]
        values = self._objects(node, "bp:claimObject") + self._objects(node, "bp:claimValue")
        if len(parts) != 2 or not values or not all(isinstance(x, NamedNode) for x in parts):
            return None
        return _Claim(parts[0], parts[1], values[0])

    def _beside(self, node: NamedNode, quote_start: int) -> tuple[Beside, ...]:
        found = []
        for evidence in self._objects(node, "bp:evidence"):
            start, end = self._value(evidence, "bp:startOffset"), self._value(evidence, "bp:endOffset")
            if start and end and int(start) != quote_start:
                found.append(Beside(int(start), int(end), self._value(evidence, "bp:quote")))
        return tuple(sorted(found, key=lambda b: b.start))

    def _similar(self, node: NamedNode) -> Iterable[str]:
        """The provisions of other documents whose wording is similar: computed, never a fact."""
        for quad in self.store.quads_for_pattern(None, NamedNode(expand("bp:compares")), node, DefaultGraph()):
            likeness: Any = quad.subject
            for other in self._objects(likeness, "bp:compares"):
                if other != node:
                    score = self._value(likeness, "bp:score")
                    yield f"{shrink(other.value)} (score {score}): “{self._value(other, 'bp:text')}”"

    # --- conflicts ------------------------------------------------------------------------------------------------------------------

    def _conflicts(
        self, conflicts: Sequence[Mapping[str, Any]], findings: Sequence[Finding], claims: Mapping[str, _Claim | None]
    ) -> Iterable[Conflict]:
        said: dict[tuple[str, str], list[tuple[str, Finding]]] = {}
        for f in findings:
            claim = claims.get(f.ids[0])
            if claim is not None:
                said.setdefault((claim.subject.value, claim.predicate.value), []).append((str(claim.value), f))
        for c in conflicts:
            here = said.get((c["subject"], c["property"]), [])
            if here:
                told = {value for value, _ in here}
                yield Conflict(
                    subject=self.name(NamedNode(c["subject"])),
                    predicate=self.name(NamedNode(c["property"])),
                    here=tuple((self._named(value), f) for value, f in here),
                    elsewhere=tuple(self._named(value) for value in c["values"] if value not in told),
                    accepted=tuple(self._named(value) for value in c["accepted"]),
                    reason=c["reason"],
                    decided=c["decided"],
                )

    # --- words ----------------------------------------------------------------------------------------------------------------------

    def name(self, term: Any) -> str:
        """A label of a thing, the words of a literal."""
        if not isinstance(term, NamedNode):
            return str(term.value)
        if term.value not in self._names:
            labels = (self._value(term, p) for p in ("skos:prefLabel", "rdfs:label", "dcterms:title"))
            short = shrink(term.value)
            self._names[term.value] = _NAMES.get(short) or next((x for x in labels if x), short)
        return self._names[term.value]

    def _named(self, written: str) -> str:
        """The name of a term in N-Triples form."""
        return self.name(NamedNode(written[1:-1])) if written.startswith("<") else written.rpartition('"')[0].removeprefix('"') or written

    def _genre(self) -> str:
        for quad in self.store.quads_for_pattern(None, NamedNode(expand("prov:used")), None, NamedNode(expand("g:meta"))):
            if "/id/version_" in str(quad.object) and self._is_version(quad.object):
                return self._value(quad.subject, "bp:genre")
        return ""

    def _is_version(self, version: Any) -> bool:
        return bool(list(self.store.quads_for_pattern(self.document, NamedNode(expand("bp:realizedBy")), version, DefaultGraph())))

    def _objects(self, subject: Any, curie: str) -> list[Any]:
        found = self.store.quads_for_pattern(subject, NamedNode(expand(curie)), None, None)
        return sorted({q.object for q in found}, key=str)

    def _value(self, subject: Any, curie: str) -> str:
        accepted = self.store.quads_for_pattern(subject, NamedNode(expand(curie)), None, DefaultGraph())
        values = [q.object for q in accepted] or self._objects(subject, curie)
        return min((x.value for x in values if isinstance(x, Literal | NamedNode)), default="")


@dataclass(frozen=True, slots=True)
class _Claim:
    subject: NamedNode
    predicate: NamedNode
    value: NamedNode | Literal

    @property
    def local(self) -> str:
        return self.predicate.value.removeprefix(expand("bp:"))


def _kind(cls: str, claim: _Claim | None) -> str:
    if claim is None:
        return _OF_CLASS.get(cls, "other")
    if claim.local in _OF_PROPERTY:
        return _OF_PROPERTY[claim.local]
    return "meeting" if "/id/meeting_" in claim.subject.value else "people" if "/id/person_" in claim.subject.value else "other"


def _folded(findings: Sequence[Finding], claims: Mapping[str, _Claim | None]) -> Iterable[Finding]:
    """The five values of a date are one finding: its EDTF stands for it, since curation decides on a date as a whole."""
    dates: dict[tuple[NamedNode, int], list[tuple[int, Finding]]] = {}
    for f in findings:
        claim = claims.get(f.ids[0])
        if claim is not None and claim.local in _DATE:
            dates.setdefault((claim.subject, f.number), []).append((_DATE.index(claim.local), f))
    folded = {id(f): [x for _, x in sorted(found, key=lambda x: x[0])] for found in dates.values() for _, f in found}
    for f in findings:
        parts = folded.get(id(f), [f])
        if f is parts[0]:
            said = tuple(dict.fromkeys(s for part in parts for s in part.says))
            yield replace(f, ids=tuple(i for part in parts for i in part.ids), says=said)
