"""Why a triple stands in the accepted view: down to sentences, a row of a table that names its source, a decision, or a file.

    explain(store, subject, predicate, object) -> Explanation

A triple may be grounded more than once (two documents say it): all grounds are given. An inferred triple is explained by its rule and the
premises of one solution, each explained in turn. What can't be explained is an error, never an empty answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QueryBoolean, QuerySolution, QuerySolutions, QueryTriples, Store, Variable
from pyoxigraph import Literal as RdfLiteral

from baligraph.errors import BaligraphError
from baligraph.explanation import Decision, Explanation, File, Ground, How, Sentence, SourcedRow
from baligraph.origins import Origins
from baligraph.prefixes import expand
from baligraph.rules import Pattern, Rule, load_rules

__all__ = ["Decision", "Explainer", "Explanation", "File", "Sentence", "SourcedRow", "UnexplainedError", "explain"]

Term: TypeAlias = NamedNode | BlankNode | RdfLiteral
Spo: TypeAlias = tuple[NamedNode | BlankNode, NamedNode, Term]

_ENGLISH: Final[dict[str, str]] = {
    "document": "said by a document",
    "evidence": "about where a fact was read",
    "reference": "from a table",
    "curated": "decided by an editor",
    "ontology": "defined by the project",
    "inferred": "inferred",
    "computed": "computed: the words of two passages are alike. No document says so",
    "meta": "counted or recorded when the release was built",
}


class Quads(Protocol):
    """What is read of a store: a `pyoxigraph.Store`, or whatever answers in its place."""

    def __contains__(self, quad: Quad) -> bool: ...

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | None,
        predicate: NamedNode | None,
        object: Term | None,
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]: ...

    def query(self, query: str) -> QuerySolutions | QueryBoolean | QueryTriples: ...


class UnexplainedError(BaligraphError):
    """A triple that is not in the accepted view, or has no ground there (which the gate should have refused)."""


def explain(store: Store, subject: Term, predicate: Term, object_: Term) -> Explanation:
    """Explain one triple of the default graph of a release.

    Raises UnexplainedError where the triple is not there or rests on nothing.
    """
    return Explainer(store).explain(subject, predicate, object_)


class Explainer:
    """Explains triples of one release; whoever asks for many should keep one, since it remembers what it has explained."""

    def __init__(self, store: Quads, *, rules: Path | None = None, ontology: Path | None = None):
        self.store = store
        self.rules: dict[str, Rule] = {rule.name: rule for rule in load_rules(rules)}
        self.origins = Origins(ontology)
        self._done: dict[Spo, Explanation] = {}
        self._open: set[Spo] = set()
        self._sentences: dict[NamedNode, Sentence] = {}

    def renew(self, store: Quads, most: int) -> None:
        """Go on with another reader of the same release; what was explained so far is forgotten where it is more than `most`."""
        self.store = store
        self._open.clear()
        if len(self._done) > most:
            self._done.clear()
            self._sentences.clear()

    def explain(self, subject: Term, predicate: Term, object_: Term) -> Explanation:
        """Explain one triple of the accepted view. Raises UnexplainedError."""
        if not isinstance(predicate, NamedNode) or isinstance(subject, RdfLiteral):
            raise UnexplainedError(f"{subject} {predicate} {object_} is no triple: only its object may be a literal")
        if Quad(subject, predicate, object_, DefaultGraph()) not in self.store:
            raise UnexplainedError(f"{subject} {predicate} {object_} is not in the accepted view of this release")
        return self._explain((subject, predicate, object_))

    def _explain(self, spo: Spo) -> Explanation:
        if spo not in self._done:
            self._open.add(spo)
            try:
                self._done[spo] = self._fresh(spo)
            finally:
                self._open.discard(spo)
        return self._done[spo]

    def _fresh(self, spo: Spo) -> Explanation:
        graphs = sorted({q.graph_name.value for q in self.store.quads_for_pattern(*spo, None) if isinstance(q.graph_name, NamedNode)})
        grounds: list[Ground] = []
        how: list[How] = []
        rule: Rule | None = None
        for graph in graphs:
            kind, _, rest = shrink_graph(graph)
            match kind:
                case "doc":
                    grounds += self._document(spo, NamedNode(graph))
                    how.append("document")
                case "evidence":
                    grounds += self._evidence(spo)
                    how.append("evidence")
                case "reference":
                    grounds.append(self._row(spo, NamedNode(graph)))
                    how.append("reference")
                case "curated":
                    grounds += self._decisions(spo)
                    how.append("curated")
                case "ontology" | "concepts":
                    grounds += [File(path) for path in self._files(spo, NamedNode(graph))]
                    how.append("ontology")
                case "meta":
                    grounds.append(File("manifest.json"))
                    how.append("meta")
                case "inferred" if self._compared(spo[0]):
                    grounds += [s for p in sorted(self._objects(spo[0], _bp("compares")), key=str) for s in self._sentences_of(p)]
                    how.append("computed")
                case "inferred" if rest in self.rules:
                    rule = rule or self.rules[rest]
                case _:
                    raise UnexplainedError(f"{_text(spo)}: stands in {graph}, which no rule and no document of this project writes")
        if grounds:
            return _explanation(spo, graphs, how[0], _ENGLISH[how[0]], grounds)
        if rule is None:
            raise UnexplainedError(f"{_text(spo)}: stands in {', '.join(graphs) or 'no named graph'} and rests on nothing there")
        premises = self._premises(spo, rule)
        return _explanation(spo, graphs, "inferred", rule.summary, [File(rule.file)], premises, rule.unless)

    # --- grounds --------------------------------------------------------------------------------------------------------------------

    def _document(self, spo: Spo, graph: NamedNode) -> list[Ground]:
        """The sentences of the claim on this triple, or of its subject where that is an assertion or a provision."""
        s, p, o = spo
        held = _bp("claimValue") if isinstance(o, RdfLiteral) else _bp("claimObject")
        for quad in self.store.quads_for_pattern(None, held, o, DefaultGraph()):
            claim: NamedNode | BlankNode = quad.subject  # type: ignore[assignment]  # no quoted triples here
            wanted = ((_bp("claimSubject"), s), (_bp("claimPredicate"), p), (_bp("inGraph"), graph))
            if all(Quad(claim, name, value, DefaultGraph()) in self.store for name, value in wanted):
                return list(self._sentences_of(claim))
        return list(self._sentences_of(s))

    def _evidence(self, spo: Spo) -> list[Ground]:
        """What is said of a passage is explained by the passage, what is said of a claim by the claim's passages."""
        if Quad(spo[0], _rdf_type(), _bp("Evidence"), DefaultGraph()) in self.store and isinstance(spo[0], NamedNode):
            return [self._sentence(spo[0])]
        return list(self._sentences_of(spo[0]))

    def _sentences_of(self, subject: Term) -> Iterator[Sentence]:
        anchor, rule = self._value(subject, "anchor"), self._value(subject, "rule")
        for evidence in sorted(self._objects(subject, _bp("evidence")), key=str):
            if isinstance(evidence, NamedNode):
                found = self._sentence(evidence)
                words = anchor if anchor in found.quote else ""
                yield replace(found, anchor=words, rule=rule)

    def _sentence(self, evidence: NamedNode) -> Sentence:
        if evidence not in self._sentences:
            of = {q.predicate: q.object for q in self.store.quads_for_pattern(evidence, None, None, DefaultGraph())}
            try:
                self._sentences[evidence] = Sentence(
                    document=_value(of[_bp("fromDocument")]).rpartition("/id/doc_")[2],
                    paragraph=_value(of.get(_bp("paragraph"), RdfLiteral(""))),
                    start=int(_value(of[_bp("startOffset")])),
                    end=int(_value(of[_bp("endOffset")])),
                    quote=_value(of[_bp("quote")]),
                    page=int(_value(of[_bp("page")])) if _bp("page") in of else None,
                )
            except KeyError as missing:
                raise UnexplainedError(f"{evidence}: this evidence lacks {missing}") from None
        return self._sentences[evidence]

    def _compared(self, subject: Term) -> bool:
        """Whether this is the likeness of two provisions."""
        return next(self._objects(subject, _bp("compares")), None) is not None

    def _row(self, spo: Spo, graph: NamedNode) -> SourcedRow:
        rows = [_value(q.object) for q in self.store.quads_for_pattern(spo[0], _bp("sourceRow"), None, graph)]
        sources = [_value(q.object) for q in self.store.quads_for_pattern(spo[0], NamedNode(expand("dcterms:source")), None, graph)]
        if not rows or not sources:
            raise UnexplainedError(f"{_text(spo)}: its subject names no row of corpus/reference, or the row no source")
        return SourcedRow(", ".join(sorted(rows)), tuple(sorted(sources)))

    def _decisions(self, spo: Spo) -> list[Ground]:
        """The decisions on this triple; what is said about a decision is explained by itself."""
        if self._value(spo[0], "decidedBy"):
            return [self._decision(spo[0])]
        s, p, o = spo
        held = _bp("claimValue") if isinstance(o, RdfLiteral) else _bp("claimObject")
        found: list[Ground] = []
        for quad in sorted(self.store.quads_for_pattern(None, held, o, NamedNode(expand("g:curated"))), key=str):
            decision: Term = quad.subject  # type: ignore[assignment]  # no quoted triples here
            of_it = ((_bp("claimSubject"), s), (_bp("claimPredicate"), p))
            known = all(Quad(quad.subject, name, value, DefaultGraph()) in self.store for name, value in of_it)
            if known and self._value(decision, "decidedBy"):
                found.append(self._decision(decision))
        return found

    def _decision(self, node: Term) -> Decision:
        row, by, on, why = (self._value(node, name) for name in ("sourceRow", "decidedBy", "decidedOn", "reason"))
        return Decision(row, by, on, why)

    def _files(self, spo: Spo, graph: NamedNode) -> list[str]:
        """The files that write this triple; one with a blank node stands where the named node that it hangs on stands."""
        if isinstance(spo[0], BlankNode) or isinstance(spo[2], BlankNode):
            return self.origins.of_subject(self._owner(spo[0], graph))
        return self.origins.of_triple(spo[0], spo[1], spo[2])

    def _owner(self, node: NamedNode | BlankNode, graph: NamedNode) -> NamedNode:
        seen: set[NamedNode | BlankNode] = set()
        while isinstance(node, BlankNode):
            seen.add(node)
            above = [q.subject for q in self.store.quads_for_pattern(None, None, node, graph) if q.subject not in seen]
            if not above:  # the blank node is a subject of its own, such as owl:AllDisjointClasses: its members name the file
                return self._member(node, graph)
            node = min(above, key=str)  # type: ignore[assignment]
        return node

    def _member(self, node: BlankNode, graph: NamedNode) -> NamedNode:
        todo: list[BlankNode] = [node]
        seen = {node}
        while todo:
            for quad in self.store.quads_for_pattern(todo.pop(), None, None, graph):
                if isinstance(quad.object, NamedNode) and self.origins.of_subject(quad.object):
                    return quad.object
                if isinstance(quad.object, BlankNode) and quad.object not in seen:
                    seen.add(quad.object)
                    todo.append(quad.object)
        raise UnexplainedError(f"{node}: a blank node of {graph} that hangs on nothing with a name")

    # --- inference ------------------------------------------------------------------------------------------------------------------

    def _premises(self, spo: Spo, rule: Rule) -> list[Explanation]:
        """The premises of the first solution that rests on something else than the triple itself."""
        for solution in self._solutions(spo, rule):
            try:
                return [self._premise(pattern, solution) for pattern in rule.premises]
            except _CircularError:
                continue
        raise UnexplainedError(f"{_text(spo)}: the rule {rule.file} does not give it (any more); build the release again")

    def _solutions(self, spo: Spo, rule: Rule) -> Iterator[QuerySolution]:
        for template in rule.template:
            bound = _bind(template, spo)
            if bound is None:
                continue
            given = {name: term for name, term in bound.items() if name not in rule.computed}
            tests = " ".join(f"FILTER (sameTerm(?{name}, {term}))" for name, term in bound.items() if name in rule.computed)
            values = f"VALUES ({' '.join(f'?{n}' for n in given)}) {{ ({' '.join(str(t) for t in given.values())}) }}" if given else ""
            found = self.store.query(f"{rule.prologue}\nSELECT * WHERE {{ {values} {rule.where} {tests} }}")
            if isinstance(found, QuerySolutions):
                yield from found

    def _premise(self, pattern: Pattern, solution: QuerySolution) -> Explanation:
        s, p, o = (_filled(x, solution) for x in (pattern.subject, pattern.predicate, pattern.object))
        spo: Spo = (s, p, o)  # type: ignore[assignment]  # a pattern that matched is a triple
        if pattern.graph is None:
            if spo in self._open:
                raise _CircularError
            return self._explain(spo)
        graph = _filled(pattern.graph, solution)
        kind, _, _ = shrink_graph(graph.value)
        if kind != "doc" or not isinstance(graph, NamedNode):
            raise UnexplainedError(f"{_text(spo)}: a premise in {graph}, but rules look at documents' graphs only")
        grounds = self._document(spo, graph)
        if not grounds:
            raise UnexplainedError(f"{_text(spo)}: stands in {graph} without a sentence")
        return _explanation(spo, [graph.value], "document", _ENGLISH["document"], grounds)

    # --- reading the store ----------------------------------------------------------------------------------------------------------

    def _objects(self, subject: Term, predicate: NamedNode) -> Iterator[Term]:
        if not isinstance(subject, RdfLiteral):
            for quad in self.store.quads_for_pattern(subject, predicate, None, DefaultGraph()):
                yield quad.object  # type: ignore[misc]  # no quoted triples here

    def _value(self, subject: Term, name: str) -> str:
        return min((_value(o) for o in self._objects(subject, _bp(name))), default="")


class _CircularError(Exception):
    """A premise is what is to be explained."""


def shrink_graph(graph: str) -> tuple[str, str, str]:
    """`…/graph/doc/x` → ("doc", "/", "x"); `…/graph/meta` → ("meta", "", "")."""
    return graph.removeprefix(expand("g:")).partition("/")


def _bind(pattern: Pattern, spo: Spo) -> dict[str, Term] | None:
    """The variables of a template that make it this triple, or None where it never is."""
    bound: dict[str, Term] = {}
    for slot, term in zip((pattern.subject, pattern.predicate, pattern.object), spo, strict=True):
        if isinstance(slot, Variable):
            if bound.setdefault(slot.value, term) != term:
                return None
        elif slot != term:
            return None
    return bound


def _filled(slot: NamedNode | RdfLiteral | Variable, solution: QuerySolution) -> Term:
    return solution[slot.value] if isinstance(slot, Variable) else slot


def _explanation(
    spo: Spo,
    graphs: list[str],
    how: How,
    says: str,
    grounds: list[Ground],
    premises: list[Explanation] | None = None,
    unless: tuple[str, ...] = (),
) -> Explanation:
    s, p, o = (str(term) for term in spo)
    return Explanation(s, p, o, tuple(graphs), how, says, tuple(dict.fromkeys(grounds)), tuple(premises or ()), unless)


def _bp(name: str) -> NamedNode:
    return _node(f"bp:{name}")


def _rdf_type() -> NamedNode:
    return _node("rdf:type")


_nodes: dict[str, NamedNode] = {}


def _node(curie: str) -> NamedNode:
    if curie not in _nodes:
        _nodes[curie] = NamedNode(expand(curie))
    return _nodes[curie]


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | RdfLiteral | BlankNode) else str(term)


def _text(spo: Spo) -> str:
    return " ".join(str(term) for term in spo)
