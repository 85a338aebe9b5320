"""What one document gives to the parts of a release: its own quads, what it says of shared nodes, and what their parts must know of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields, replace
from operator import itemgetter
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from baligraph.prefixes import expand
from ingest.contribution import Dated, DocumentQuads, FindingRow
from ingest.nodes import Spo, bp, node, triple
from ingest.parts.memo import digest
from ingest.parts.route import TABLES, Routes, kind, line, made_by_document, objects


@dataclass(slots=True)
class Section:
    """What a document tells the part of a shared node. `said` are its quads of that node, `tied` those of its own that are about it."""

    said: list[str] = field(default_factory=list)
    tied: list[str] = field(default_factory=list)
    dates: list[list[str]] = field(default_factory=list)
    reported: list[str] = field(default_factory=list)

    def people(self) -> list[str]:
        """The people that these quads point to."""
        return sorted(objects(parse("".join((*self.said, *self.tied)), format=RdfFormat.N_QUADS), {"person"}))


@dataclass(slots=True)
class Contribution:
    """`own` are the quads of the nodes that the document makes, `sections` what it gives to other parts, `refers` the shared nodes that
    its own ones point to. `rows` and `claims` (IRI → triple) are for findings.csv; `dates` are those of the document itself. `quotable`
    are the triples that another document is asked about which quotes this one: its provisions, and whose outcome it is."""

    slug: str
    own: list[str]
    sections: dict[str, Section]
    dates: list[list[str]]
    refers: list[str]
    rows: list[list[Any]]
    claims: dict[str, str]
    quotable: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """All quads of the document's named graphs."""
        return self.own + [said for section in self.sections.values() for said in section.said]

    def index(self) -> dict[str, Any]:
        """What has to be known to plan the build: the hash of all, of what concerns each part, and the shared nodes."""
        sections = {part: digest(plain(section)) for part, section in self.sections.items()}
        own = list(parse("".join(self.own), format=RdfFormat.N_QUADS))
        return {
            "slug": self.slug,
            "sections": sections,
            "links": self.links(),
            "typed": self.typed(),
            "people": {part: people for part, section in self.sections.items() if (people := section.people())},
            "refers": self.refers,
            "nodes": sorted({q.subject.value for q in own} | {row[0] for row in self.rows} | self.sections.keys()),
            "quotes": _pointed(own, "bp:attributedTo"),
            "outcome": _pointed(own, "bp:outcomeOf"),
            "quotable": digest(*self.quotable),
        }

    def links(self) -> list[tuple[str, str]]:
        """Pairs of nodes that have to be in one part: a meeting with its series, and meetings of which one is said of the other."""
        series = expand("bp:inSeries")
        return sorted(
            (part, q.object.value)
            for part, section in self.sections.items()
            for q in parse("".join(section.said), format=RdfFormat.N_QUADS)
            if part != TABLES and isinstance(q.object, NamedNode) and (q.predicate.value == series or kind(q.object.value) == "meeting")
        )

    def typed(self) -> list[str]:
        """The shared nodes that the document gives a class."""
        predicate = f" <{expand('rdf:type')}> "
        return sorted(part for part, section in self.sections.items() if any(predicate in said for said in section.said))

    def dump(self, key: str) -> list[tuple[str, bytes]]:
        """What a memo keeps of it: rows apart, in the order of findings.csv and each with its claim, the same as printed, and the index."""
        rows = [[*row, self.claims.get(row[0], "")] for row in sorted(self.rows, key=itemgetter(0))]
        told = [(key, plain(replace(self, rows=[]))), (f"rows:{key}", plain(rows)), (f"index:{key}", json.dumps(self.index()).encode())]
        return [*told, (f"printed:{key}", plain([sorted({name for row in rows for name in (row[0], row[-1])}), printed(rows)]))]

    @classmethod
    def load(cls, data: bytes) -> Contribution:
        """The contribution that `dump` gave, without its rows."""
        value = json.loads(data)
        return cls(**value | {"sections": {part: Section(**section) for part, section in value["sections"].items()}})


def contribution(d: DocumentQuads, routes: Routes) -> Contribution:
    """Sort the quads of a document by the parts that they belong to."""
    found = Contribution(d.slug, [], {}, [], [], [list(astuple(row)) for row in d.rows], {i: spo_text(spo) for i, spo in d.claims.items()})
    mine: dict[str, list[Quad]] = {}
    for quad in (*d.asserted, *d.evidence, *d.meta):
        subject = quad.subject.value  # type: ignore[union-attr]  # documents have no blank nodes and quote no triples
        if made_by_document(subject):
            mine.setdefault(subject, []).append(quad)
            found.own.append(line(quad))
        else:
            _section(found, routes.part(subject)).said.append(line(quad))
    for quads in mine.values():
        _tie(quads, found, routes)
    _about_document(d, mine, found, routes)
    for section in found.sections.values():
        section.tied = sorted(set(section.tied))
    if _pointed(d.asserted, "bp:outcomeOf"):
        quotable = {node("rdf:type"), bp("inDocument"), bp("text"), bp("outcomeOf")}
        found.quotable = [f"{spo_text(triple(q))} .\n" for q in d.asserted if q.predicate in quotable and _is_quotable(q)]
    found.refers = sorted(n for n in objects(q for quads in mine.values() for q in quads) if routes.part(n) != TABLES)
    return found


def _about_document(d: DocumentQuads, mine: Mapping[str, Sequence[Quad]], found: Contribution, routes: Routes) -> None:
    """Dates, the meetings reported, and for whoever is spoken of what document it is."""
    document = [q for q in mine.get(expand(f"id:doc_{d.slug}"), ()) if q.predicate.value in routes.followed]
    for dated in d.dates:
        plain = dated_text(dated)
        if made_by_document(dated.subject.value):
            found.dates.append(plain)
        else:
            _section(found, routes.part(dated.subject.value)).dates.append(plain)
    for meeting in sorted(n.value for n in d.reported):
        _section(found, routes.part(meeting)).reported.append(meeting)
    for part, section in found.sections.items():
        if part != TABLES:
            section.tied += [line(q) for q in document if q.predicate.value != expand("bp:mentions")]


def _is_quotable(quad: Quad) -> bool:
    return kind(quad.subject.value) in {"doc", "provision"}  # type: ignore[union-attr]  # documents have no blank nodes


def _pointed(quads: Sequence[Quad], curie: str) -> list[str]:
    return sorted({q.object.value for q in quads if q.predicate == node(curie) and isinstance(q.object, NamedNode)})


def light(found: Contribution) -> DocumentQuads:
    """What `ingest.former` asks of a document: its claims and its assertions."""
    asserted = list(parse("".join(s for s in found.own if "/id/participation_" in s[:60]), format=RdfFormat.N_QUADS))
    claims = {iri: triple(next(parse(f"{spo} .", format=RdfFormat.N_QUADS))) for iri, spo in found.claims.items()}
    return DocumentQuads(found.slug, asserted, [], [], claims=claims)


def _section(found: Contribution, part: str) -> Section:
    return found.sections.setdefault(part, Section())


def _tie(quads: Sequence[Quad], found: Contribution, routes: Routes) -> None:
    """Tell the parts of the nodes that this assertion is about."""
    mentions = node("bp:mentions")
    is_document = kind(quads[0].subject.value) == "doc"  # type: ignore[union-attr]
    told = [q for q in quads if q.predicate.value in routes.followed]
    for quad in quads:
        if quad.predicate.value not in routes.about or not isinstance(quad.object, NamedNode) or made_by_document(quad.object.value):
            continue
        part = routes.part(quad.object.value)
        if quad.predicate != mentions:
            _section(found, part).tied.extend(line(q) for q in told if q.predicate != mentions)
        elif is_document and part != TABLES:
            _section(found, part).tied.append(line(quad))


def plain(value: Any) -> bytes:
    """A value of dataclasses as JSON."""
    return json.dumps(value, ensure_ascii=False, default=_fields).encode()


def _fields(value: Any) -> dict[str, Any]:
    return {each.name: getattr(value, each.name) for each in fields(value)}


def printed(rows: Iterable[Sequence[object]]) -> str:
    """Rows of findings as lines of findings.csv; whatever follows the fields of one is left out."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(row[: len(FindingRow.__slots__)] for row in rows)
    return text.getvalue()


def spo_text(spo: Spo) -> str:
    return f"{spo[0]} {spo[1]} {spo[2]}"


def dated_text(d: Dated) -> list[str]:
    """A date as plain values, which `dated` reads back."""
    return [d.subject.value, d.graph.value, d.written, d.edtf, d.start.isoformat(), d.end.isoformat(), d.precision]


def dated(value: Sequence[str]) -> Dated:
    subject, graph, written, edtf, start, end, precision = value
    return Dated(NamedNode(subject), NamedNode(graph), written, edtf, dt.date.fromisoformat(start), dt.date.fromisoformat(end), precision)


def of_quads(quads: Sequence[Quad], routes: Routes, makers: Mapping[str, str]) -> dict[str, list[str]]:
    """The quads of tables and curation by the parts that they belong to. A document's description belongs to the document, and what is
    decided of a node to the document that makes it (`makers`: node → slug)."""
    found: dict[str, list[str]] = {}
    for quad in quads:
        subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
        what = kind(subject)
        if what == "doc":
            part = f"doc:{subject.rpartition('/doc_')[2]}"
        elif what == "version":
            part = f"doc:{subject.rpartition('/version_')[2].rpartition('_')[0]}"
        elif subject in makers:
            part = f"doc:{makers[subject]}"
        else:
            part = routes.part(subject)
        found.setdefault(part, []).append(line(quad))
    return {part: sorted(lines) for part, lines in found.items()}
