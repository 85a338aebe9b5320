"""Accepted view, inference and gate of a batch of parts: what comes out is the same whatever else is in the batch."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, astuple, dataclass, field, replace
from typing import Any, Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from baligraph.checks import Check
from baligraph.iris import inferred_graph
from baligraph.judges import Judged, Row, judge, tally
from baligraph.prefixes import expand
from baligraph.rules import Rule
from baligraph.shapes import Finding, Shapes
from baligraph.support import Facts
from ingest.accept import Accepted, Decisions, accept
from ingest.infer import infer
from ingest.nodes import node
from ingest.parts.contribute import dated, plain, spo_text
from ingest.parts.memo import Memo, digest
from ingest.parts.route import DOCUMENT, Routes, made_by_document

_ELSEWHERE: Final = NamedNode(expand("g:elsewhere"))  # accepted triples of other parts stand in some graph, no matter which
_INFERRED: Final = expand("g:inferred/")


@dataclass(frozen=True, slots=True)
class Judges:
    """All that is the same for every part."""

    routes: Routes
    single: frozenset[NamedNode]
    rules: Sequence[Rule]
    shapes: Shapes
    checks: Sequence[Check]
    decisions: Decisions
    wording: frozenset[NamedNode] = frozenset()


@dataclass(slots=True)
class Part:
    """What one part is made of, as lines of N-Quads.

    `own` are the quads of its nodes, `aside` those of a document's graph about the nodes of other parts, `tied` the quads of others'
    assertions about its nodes, `context` triples of others' nodes as their parts have accepted them. `reported` are the graphs of the
    documents that report a meeting.
    """

    name: str
    own: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    tied: list[str] = field(default_factory=list)
    context: list[str] = field(default_factory=list)
    dates: list[list[str]] = field(default_factory=list)
    reported: dict[str, list[str]] = field(default_factory=dict)
    text: str | None = None

    @property
    def slug(self) -> str | None:
        """The slug of a document's part."""
        return self.name.removeprefix(DOCUMENT) if self.name.startswith(DOCUMENT) else None


@dataclass(slots=True)
class View:
    """The quads that a part adds to those it was made of: `view` are the accepted triples by node, `inferred` stand in rules' graphs."""

    view: dict[str, list[str]] = field(default_factory=dict)
    inferred: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        return self.inferred + [line for lines in self.view.values() for line in lines]

    @classmethod
    def load(cls, memo: Memo, key: str) -> View:
        """That of the part with this key. Raises OSError if it has vanished."""
        return cls(**json.loads(memo.kept(f"view:{key}")))


@dataclass(slots=True)
class Made:
    """What came of a part, and is told of it. `accepted` are the hashes of the triples of shared nodes, `worded` the triples by which
    similar wording is found."""

    name: str
    view: View = field(default_factory=View)
    worded: list[str] = field(default_factory=list)
    accepted: dict[str, str] = field(default_factory=dict)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)
    rejected: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    findings: list[tuple[str, list[str]]] = field(default_factory=list)
    tally: dict[str, int] = field(default_factory=dict)
    graphs: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)  # nodes by class; `types`, `properties` and `listed` leave out what g:meta says
    types: dict[str, int] = field(default_factory=dict)
    properties: dict[str, int] = field(default_factory=dict)
    listed: int = 0

    def dump(self, key: str) -> list[tuple[str, bytes]]:
        """What a memo keeps of it: what is told apart from the quads, which are many."""
        told = plain(replace(self, view=View(), worded=[]))
        return [(key, told), (f"view:{key}", plain(self.view)), (f"worded:{key}", plain(self.worded))]

    @classmethod
    def load(cls, memo: Memo, key: str) -> Made:
        """What `dump` gave, without the quads. Raises OSError if it has vanished."""
        value = json.loads(memo.kept(key))
        return cls(**value | {"view": View()})

    def judged(self) -> Judged:
        """Its rows and findings as the gate has them."""
        return Judged([Row(*row) for row in self.rows], [(graph, Finding(*values)) for graph, values in self.findings])  # type: ignore[arg-type]


class Tables:
    """The nodes of the tables' part, with what the other parts look at of their accepted triples."""

    def __init__(self, nodes: Collection[str] = (), lines: Iterable[str] = ()):
        self.nodes = frozenset(nodes)
        self._quads = _quads(lines)
        self._quads += [Quad(q.subject, q.predicate, q.object, _ELSEWHERE) for q in self._quads]

    def store(self) -> Store:
        """A new store that holds them. One that is used again keeps room for whatever was taken out of it."""
        store = Store()
        store.extend(self._quads)
        return store


def evaluate(parts: Sequence[Part], judges: Judges, tables: Tables, others: Collection[str] = ()) -> list[Made]:
    """Make these parts, which are all documents or all not. `tables` are empty for the part of the tables itself. `others` are nodes that
    have parts of their own."""
    return _Batch(parts, judges, tables, others).make()


class _Batch:
    def __init__(self, parts: Sequence[Part], judges: Judges, tables: Tables, others: Collection[str]):
        self.parts, self.judges, self.store, self.known, self.others = parts, judges, tables.store(), tables.nodes, others
        self.made = {part.name: Made(part.name) for part in parts}
        self.owner: dict[str, Made] = {}
        own: list[Quad] = []
        for part in parts:
            for quad in _quads(sorted(set(part.own))):
                own.append(quad)
                self.owner[_name(quad)] = self.made[part.name]
        tied = _quads({line for part in parts for line in part.tied})
        self.own = own
        self.named = [*own, *tied, *_quads(line for part in parts for line in part.aside)]
        self.context = _quads({line for part in parts for line in part.context})
        self.context += [Quad(q.subject, q.predicate, q.object, _ELSEWHERE) for q in self.context]
        self.elsewhere = {_name(q) for q in (*tied, *self.context, *self.named)} - self.owner.keys()
        self.accepted = accept(
            [*own, *tied],
            judges.single,
            dates=[dated(d) for part in parts for d in part.dates],
            reported_by={NamedNode(m): {NamedNode(g) for g in graphs} for part in parts for m, graphs in part.reported.items()},
            decisions=judges.decisions,
        )

    def make(self) -> list[Made]:
        view = (Quad(s, p, o) for s, p, o in self.accepted.triples)
        self.store.extend([*self.named, *self.context, *view])
        infer(self.store, self.judges.rules)
        self._view()
        self._accepted(self.accepted)
        self._judged()
        return list(self.made.values())

    # --- what comes of it -----------------------------------------------------------------------------------------------------------

    def _view(self) -> None:
        for quad in self.own:
            _count(self.owner[_name(quad)].graphs, quad.graph_name)
        for graph in (NamedNode(inferred_graph(rule.name)) for rule in self.judges.rules):
            for quad in self.store.quads_for_pattern(None, None, None, graph):
                if (made := self.owner.get(_name(quad))) is not None:
                    made.view.inferred.append(f"{quad.subject} {quad.predicate} {quad.object} {graph} .\n")
                    _count(made.graphs, graph)
        meta, types = node("g:meta"), node("rdf:type")
        self.pointed: dict[str, Made] = {q.graph_name.value: self.owner[_name(q)] for q in self.own}  # type: ignore[union-attr]
        for name, made in self.owner.items():
            lines = made.view.view.setdefault(name, [])
            for quad in self.store.quads_for_pattern(_node(name), None, None, DefaultGraph()):
                lines.append(f"{quad.subject} {quad.predicate} {quad.object} .\n")
                self.pointed |= {term.value: made for term in (quad.predicate, quad.object) if isinstance(term, NamedNode)}
                if quad.predicate in self.judges.wording:
                    made.worded.append(lines[-1])
                if quad.predicate == types:
                    _count(made.kinds, quad.object)
                if Quad(quad.subject, quad.predicate, quad.object, meta) not in self.store:
                    made.listed += 1
                    _count(made.properties, quad.predicate)
                    if quad.predicate == types:
                        _count(made.types, quad.object)
            lines.sort()
            if not made_by_document(name):
                made.accepted[name] = digest(*lines)

    def _accepted(self, accepted: Accepted) -> None:
        for conflict in accepted.conflicts:
            if (made := self.owner.get(conflict.subject.value)) is not None:
                made.conflicts.append(conflict.as_json())
        for spo, reason in accepted.lost.items():
            if (made := self.owner.get(spo[0].value)) is not None:
                made.lost[spo_text(spo)] = reason
        for spo in accepted.rejected:
            if (made := self.owner.get(spo[0].value)) is not None:
                made.rejected.append(spo_text(spo))

    def _judged(self) -> None:
        documents = [part for part in self.parts if part.slug is not None]
        facts = Facts.of(self.store, {part.slug: part.text for part in documents if part.slug and part.text is not None})
        graphs = [expand(f"g:doc/{part.slug}") for part in documents]
        present = {g.value for g in self.store.named_graphs() if isinstance(g, NamedNode)}
        checks = [check for check in self.judges.checks if documents or check.scope == "node"]
        shown, beside = self._shown()
        judged = judge(self.store, facts, self.judges.shapes, checks, shown, [g for g in graphs if g in present], beside)
        for row in judged.rows:
            made = self._judge_of(row.focus, row.graph)
            if made is not None:
                made.rows.append(list(astuple(replace(row, sentence=facts.sentence(row.focus)))))
        for graph, finding in judged.findings:
            made = self._judge_of(finding.focus, graph)
            if made is not None:
                made.findings.append((graph, list(astuple(finding))))
        nodes: dict[str, list[str]] = {}
        for name in facts.nodes:
            if (made := self.owner.get(name)) is not None:
                nodes.setdefault(made.name, []).append(name)
        contested = self._contested()
        for name, made in self.made.items():
            found = tally(facts, nodes.get(name, []))
            found.conflicts = contested[name]
            found.triples = sum(map(len, made.view.view.values()))
            made.tally = asdict(found)

    def _shown(self) -> tuple[list[Quad], list[Quad]]:
        """What the shapes judge, and what they only look at: the triples of the own nodes, and the classes of whatever they point to. For
        what is nobody's, a part that points to it answers."""
        shown = [quad for name in self.owner for quad in self.store.quads_for_pattern(_node(name), None, None, DefaultGraph())]
        beside: list[Quad] = []
        types = node("rdf:type")
        for target in self.pointed:
            if target not in self.owner:
                into = beside if self._judge_of(target, "") is None else shown
                into += self.store.quads_for_pattern(NamedNode(target), types, None, DefaultGraph())
        if self.known:
            shown += self.store.quads_for_pattern(None, node("rdfs:subClassOf"), None, DefaultGraph())
        return shown, beside

    def _contested(self) -> Counter[str]:
        """For how many properties with one value documents claim several, by part."""
        carried = {q.subject for q in self.own if q.predicate.value == expand("bp:evidence")}
        said: dict[tuple[str, str], set[str]] = {}
        for quad in self.own:
            if quad.predicate in self.judges.single and "/graph/doc/" in str(quad.graph_name) and quad.subject not in carried:
                said.setdefault((_name(quad), quad.predicate.value), set()).add(str(quad.object))
        return Counter(self.owner[name].name for (name, _), values in said.items() if len(values) > 1)

    def _judge_of(self, focus: str, graph: str) -> Made | None:
        """The part that answers for a row: that of the document's graph, or of the node; for nobody's node, one that points to it."""
        if graph.startswith(expand("g:doc/")):
            return self.made.get(DOCUMENT + graph.removeprefix(expand("g:doc/")))
        found = self.owner.get(focus)
        if found is None and not (made_by_document(focus) or focus in self.others or focus in self.elsewhere or focus in self.known):
            return self.pointed.get(focus)
        return found


def _quads(lines: Iterable[str]) -> list[Quad]:
    return list(parse("".join(lines), format=RdfFormat.N_QUADS))


def _name(quad: Quad) -> str:
    """The IRI of the subject; a blank node (the ontology has some) by its label."""
    return quad.subject.value if isinstance(quad.subject, NamedNode) else str(quad.subject)


def _count(counts: dict[str, int], term: Any) -> None:
    if isinstance(term, NamedNode):
        counts[term.value] = counts.get(term.value, 0) + 1


def _node(name: str) -> NamedNode | BlankNode:
    return BlankNode(name[2:]) if name.startswith("_:") else NamedNode(name)
