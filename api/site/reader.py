"""The reader: the text of a document with what was read from it, from the release alone. What may only be quoted is only quoted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from api.service import Service
from api.site.asking import ask, ask_once, value
from api.terms import Row, Term
from api.vocabulary import Vocabulary, labels_of, vocabulary
from baligraph import iris
from baligraph.passages import Passage
from baligraph.prefixes import expand, shrink
from baligraph.release import Release
from baligraph.review_data import review
from baligraph.review_model import DocumentReview, Finding

_RIGHTS_WHOLE = "full text"
# That this document tells of a meeting is plain in its reader; the bounds and the precision of a date follow from the date.
_ASIDE = frozenset(expand(f"bp:{name}") for name in ("recordedIn", "earliestStart", "latestEnd", "datePrecision"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the list. `read` is the share of its text that stands in passages from which something was read."""

    iri: str
    slug: str
    title: str
    kind: str
    date: str
    meetings: int
    provisions: int
    facts: int
    read: float | None


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as the reader tells it. `node` is its own page, where it is more than a value; `others` are further things of which the same
    words say the same."""

    number: int
    kind: str
    node: str
    pairs: tuple[tuple[str, str], ...]
    first: bool
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What a passage says of one thing; `subject` is empty for the document itself."""

    subject: str
    name: str
    facts: list[Told]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its text. `about` are the cells of `reader-document.rq`, `sources` where it comes from, `subjects` what a finding
    is about (IRI and name), `places` the passages (start → IRI), `implied` the names of properties that the subject says already."""

    document: DocumentReview
    about: Mapping[str, str]
    sources: list[str]
    subjects: Mapping[str, tuple[str, str]]
    places: Mapping[int, str]
    implied: frozenset[str]
    kinds: dict[int, list[str]] = field(default_factory=dict)

    def parts(self, passage: Passage) -> list[Part]:
        """The findings of a passage by what they are about, in the order of the text; what is said of many things alike stands once."""
        alike: dict[tuple[int, str, tuple[tuple[str, str], ...]], list[Finding]] = {}
        for finding in self.document.of(passage):
            key = (finding.number, finding.kind, self._pairs(finding))
            alike.setdefault(key if _is_claim(finding) else (*key[:2], (("", finding.ids[0]),)), []).append(finding)
        parts: dict[str, Part] = {}
        seen: set[int] = set()
        for (number, kind, _), findings in alike.items():
            finding = findings[0]
            subject, name = self.subjects[finding.ids[0]]
            others = tuple(self.subjects[other.ids[0]] for other in findings[1:])
            node = "" if _is_claim(finding) else expand(finding.ids[0])
            told = Told(number, kind, node, self._pairs(finding), number not in seen, others)
            parts.setdefault(subject, Part(subject, name, [])).facts.append(told)
            seen.add(number)
        return list(parts.values())

    def _pairs(self, finding: Finding) -> tuple[tuple[str, str], ...]:
        said = finding.says[1:] if _is_claim(finding) and not finding.says[0][1] and len(finding.says) > 1 else finding.says
        return tuple(pair for pair in said if pair[0] not in self.implied)


def _is_claim(finding: Finding) -> bool:
    return finding.ids[0].startswith("id:claim_")


async def list_documents(service: Service) -> list[Entry]:
    """All documents that were read, in the order of their dates. Raises StoreError."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in await ask_once(service, "documents-passages"):
        spans.setdefault(row["document"].value, []).append((int(row["start"].value), int(row["end"].value)))
    found: dict[str, Entry] = {}
    for row in await ask_once(service, "documents"):
        iri, length = row["document"].value, int(value(row, "length") or 0)
        found.setdefault(
            iri,
            Entry(
                iri=iri,
                slug=iri.rpartition("/doc_")[2],
                title=value(row, "title") or iri.rpartition("/doc_")[2],
                kind=value(row, "kind"),
                date=value(row, "date"),
                meetings=int(value(row, "meetings") or 0),
                provisions=int(value(row, "provisions") or 0),
                facts=int(value(row, "facts") or 0),
                read=covered(spans.get(iri, [])) / length if length else None,
            ),
        )
    return list(found.values())


def covered(spans: list[tuple[int, int]]) -> int:
    """How many characters some spans cover; where they overlap, once."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


async def read_document(service: Service, slug: str) -> Reading | None:
    """None where the release has no such document. Raises ParameterError for a slug that can't be one, StoreError."""
    about = await ask(service, "reader-document", document=slug)
    if not about:
        return None
    cells = {name: cell.value for row in reversed(about) for name, cell in row.items()}
    found = await ask(service, "reader-findings", document=slug)
    passages = await ask(service, "reader-passages", document=slug)
    terms = await vocabulary(service)
    nodes = _nodes(found)
    store = await _store(service, slug, found, passages, terms)
    text = _text(service, slug, cells.get("rights", _RIGHTS_WHOLE))
    rows = [row for node, facts in nodes.items() if (row := _row(node, facts, passages, terms)) is not None]
    document = await asyncio.to_thread(review, store, slug, rows, text=text, conflicts=_conflicts(service))
    about_each = {finding: _subject(nodes, finding) for f in document.findings for finding in f.ids}
    names = await labels_of(service, about_each.values())
    own = iris.doc_iri(slug)
    subjects = {finding: ("", "") if iri == own else (iri, names.get(iri, shrink(iri))) for finding, iri in about_each.items()}
    kinds: dict[int, list[str]] = {}
    for f in document.findings:
        kinds.setdefault(f.number, [])
        kinds[f.number] += [f.kind] * (f.kind not in kinds[f.number])
    sources = sorted({value(row, "source") for row in about if "source" in row})
    places = {int(row["start"].value): row["evidence"].value for row in passages}
    implied = frozenset({terms.label(expand("bp:inMeeting")), terms.label(expand("bp:inDocument"))})
    return Reading(document, cells, sources, subjects, places, implied, kinds)


def _nodes(found: list[Row]) -> dict[str, dict[str, list[Term]]]:
    nodes: dict[str, dict[str, list[Term]]] = {}
    for row in found:
        nodes.setdefault(row["node"].value, {}).setdefault(row["property"].value, []).append(row["value"])
    return nodes


def _row(node: str, facts: Mapping[str, list[Term]], passages: list[Row], terms: Vocabulary) -> dict[str, Any] | None:
    """A finding as `review` wants it. None where its words stand in no passage of this document: they are another's."""

    def first(name: str) -> str:
        return next((term.value for term in facts.get(expand(name), [])), "")

    if first("bp:claimPredicate") in _ASIDE:
        return None
    at, anchor = int(first("bp:anchorStart")), first("bp:anchor")
    own = {term.value for term in facts.get(expand("bp:evidence"), [])}
    here = [row for row in passages if row["evidence"].value in own]
    home = next((row for row in here if int(row["start"].value) <= at < int(row["end"].value)), None)
    if home is None:
        return None
    start, quote = int(home["start"].value), home["quote"].value
    if quote[at - start : at - start + len(anchor)] != anchor:  # words that the passage holds in pieces
        at, anchor = start, quote
    kind = terms.narrowest(term.value for term in facts.get(expand("rdf:type"), []))[0]
    return {
        "id": node,
        "kind": kind.rpartition("#")[2],
        "paragraph": value(home, "paragraph"),
        "written": anchor,
        "quote": quote,
        "status": "accepted",
        "reason": "",
        "rule": first("bp:rule"),
        "start": at,
        "end": at + len(anchor),
        "quote_start": start,
    }


async def _store(service: Service, slug: str, found: list[Row], passages: list[Row], terms: Vocabulary) -> Store:
    """What `review` looks up: the findings, in their graph, the places of passages, and the names of all that is named."""
    store, graph = Store(), NamedNode(iris.doc_graph(slug))
    quads = [Quad(NamedNode(row["node"].value), NamedNode(row["property"].value), _node(row["value"]), graph) for row in found]
    for row in passages:
        for name, property_ in (("start", "bp:startOffset"), ("end", "bp:endOffset"), ("quote", "bp:quote")):
            quads.append(Quad(NamedNode(row["evidence"].value), NamedNode(expand(property_)), Literal(row[name].value), graph))
    named = {row["value"].value for row in found if row["value"].is_iri} | {iris.doc_iri(slug)}
    labels = {**{term: text for term, text in terms.labels.items() if term in named | {row["property"].value for row in found}}}
    labels |= await labels_of(service, named)
    quads += [Quad(NamedNode(name), NamedNode(expand("rdfs:label")), Literal(text), DefaultGraph()) for name, text in labels.items()]
    title = labels.get(iris.doc_iri(slug), slug)
    quads.append(Quad(NamedNode(iris.doc_iri(slug)), NamedNode(expand("dcterms:title")), Literal(title), DefaultGraph()))
    store.extend(quads)
    return store


def _node(term: Term) -> NamedNode | Literal:
    if term.is_iri:
        return NamedNode(term.value)
    if term.language:
        return Literal(term.value, language=term.language)
    return Literal(term.value, datatype=NamedNode(term.datatype) if term.datatype else None)


def _text(service: Service, slug: str, rights: str) -> str | None:
    """The whole text, where its rights allow it and the release holds it."""
    if rights != _RIGHTS_WHOLE:
        return None
    try:
        return service.release.text(slug)
    except KeyError:
        return None


def _conflicts(service: Service) -> list[Mapping[str, Any]]:
    release = service.release
    if not isinstance(release, Release):
        return []
    if "conflicts" not in service.kept:
        service.kept["conflicts"] = json.loads((release.path / "report.json").read_bytes()).get("conflicts", [])
    found: list[Mapping[str, Any]] = service.kept["conflicts"]
    return found


def _subject(nodes: Mapping[str, Mapping[str, list[Term]]], finding: str) -> str:
    """What a finding is about: the subject of a claim, the meeting of a participation, else the document."""
    facts = nodes.get(expand(finding), {})
    about = facts.get(expand("bp:claimSubject")) or facts.get(expand("bp:inMeeting")) or facts.get(expand("bp:inDocument"))
    return about[0].value if about else expand(finding)
