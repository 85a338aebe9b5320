"""The shapes of `shapes/`, read once, and what pySHACL finds with them.

`shapes/document.ttl` holds the looser rules for the graph of one document; all other files judge the accepted view.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import SH

from baligraph import data
from baligraph.errors import BaligraphError
from baligraph.triples import Triples

DOCUMENT: Final = "document.ttl"
BPS: Final = "https://w3id.org/baligraph/shapes#"
_TARGETS: Final = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_SUBJECT: Final = re.compile(r"^bps:([A-Za-z0-9-]+)\s", re.MULTILINE)


class ShapesError(BaligraphError, ValueError):
    """A file of shapes or checks can't be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """`accepted` and `documents` are the shapes of the two targets as written, `lines` says where each shape is written.

    `spread_accepted` and `spread_documents` say the same in the form that pySHACL evaluates fastest.
    """

    accepted: rdflib.Graph
    documents: rdflib.Graph
    spread_accepted: rdflib.Graph
    spread_documents: rdflib.Graph
    lines: Mapping[str, str]

    def where(self, shape: str) -> str:
        """File and line of a shape, "shapes/meetings.ttl:24"; empty for what is not ours."""
        return self.lines.get(shape, "")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One result of validation: IRIs in full, `constraint` is the IRI of the property shape, node shape or SPARQL constraint.

    `shape` is the shape that owns a SPARQL constraint, else the same IRI; `path` is empty where it is no single property; `term` is the
    value as N-Triples, empty where there is none.
    """

    constraint: str
    component: str
    focus: str
    value: str
    severity: str
    message: str
    shape: str = ""
    path: str = ""
    term: str = ""


def load_shapes(folder: Path | None = None) -> Shapes:
    """Read the shapes of a folder, by default the project's.

    Raises:
        ShapesError: a file is not Turtle (with file and line), a shape stands in two places, or a constraint has no name of its own.
    """
    folder = data.shapes() if folder is None else folder
    paths = sorted(folder.glob("*.ttl"))
    if not paths:
        raise ShapesError(f"{folder}: no shapes here; restore the folder or reinstall the package")
    accepted, documents = rdflib.Graph(), rdflib.Graph()
    lines: dict[str, str] = {}
    for path in paths:
        into = documents if path.name == DOCUMENT else accepted
        _read(path, (into,))
        for name, place in _lines(path):
            if name in lines:
                raise ShapesError(f"{place}: {name} stands also at {lines[name]}; give one of the two another name")
            lines[name] = place
    _read(data.ontology("prefixes.ttl"), (accepted, documents))
    _require_names(accepted + documents, lines)
    return Shapes(accepted, documents, _spread(accepted), _spread(documents), lines)


def _read(path: Path, graphs: Iterable[rdflib.Graph]) -> None:
    try:
        triples = list(graph_of(ox.parse(path=path, format=ox.RdfFormat.TURTLE)))
    except SyntaxError as error:
        raise ShapesError(f"{path}, line {error.lineno}: not Turtle: {error.msg}") from None
    for graph in graphs:
        for triple in triples:
            graph.add(triple)


def _lines(path: Path) -> Iterable[tuple[str, str]]:
    text = path.read_text(encoding="utf-8")
    for match in _SUBJECT.finditer(text):
        yield BPS + match[1], f"{path.parent.name}/{path.name}:{text.count(chr(10), 0, match.start()) + 1}"


def _require_names(graph: rdflib.Graph, lines: Mapping[str, str]) -> None:
    """A constraint without a name can't be reported by file and line, and no case can name it."""
    for predicate in (SH.property, SH.sparql, SH.node, SH["not"]):
        for shape, _, constraint in graph.triples((None, predicate, None)):
            if str(constraint) not in lines:
                raise ShapesError(
                    f"{lines.get(str(shape), shape)}: a constraint of {shape} is not written as a subject of its own ({constraint}); "
                    "give it a name in bps: and write it at the start of a line"
                )


def constraints(shapes: Shapes) -> frozenset[str]:
    """The IRIs that a result can name: property shapes, targeted node shapes with constraints of their own, SPARQL constraints.

    What serves only inside sh:or and the like is left out: the shape around it is what fails.
    """
    own = {SH.nodeKind, SH.pattern, SH["class"], SH["or"], SH.xone, SH["and"], SH["not"], SH.datatype, SH["in"]}
    found: set[str] = set()
    for graph in (shapes.accepted, shapes.documents):
        for shape in {s for target in _TARGETS for s in graph.subjects(target)}:
            predicates = set(graph.predicates(shape))
            found |= {str(shape)} if predicates & own else set()
            found |= {str(o) for o in graph.objects(shape, SH.property)} | {str(o) for o in graph.objects(shape, SH.sparql)}
    return frozenset(found)


def single_valued(shapes: Shapes | None = None) -> frozenset[str]:
    """The IRIs of the properties of which the accepted view holds at most one value.

    Those that a shape gives sh:maxCount 1, unless the shape of another class names the property without: bp:ofProcess, one for a body
    and two for a joint meeting, is not among them.
    """
    graph = (load_shapes() if shapes is None else shapes).accepted
    once = {path for shape, path in graph.subject_objects(SH.path) if (shape, SH.maxCount, rdflib.Literal(1)) in graph}
    often: set[rdflib.term.Node | None] = set()
    for owner in set(graph.subjects(SH.targetClass)):
        named = {(graph.value(shape, SH.path), (shape, SH.maxCount, None) in graph) for shape in graph.objects(owner, SH.property)}
        often |= {path for path, limited in named if not limited and (path, True) not in named}
    return frozenset(str(path) for path in once - often if isinstance(path, rdflib.URIRef))


def validate(shapes: rdflib.Graph, graph: rdflib.Graph) -> list[Finding]:
    """What pySHACL finds in a graph, sorted.

    Raises ShapesError if pySHACL refuses the shapes.
    """
    try:
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
    except Exception as error:
        raise ShapesError(f"the shapes can't be evaluated: {error}") from error
    return sorted(_finding(report, node) for node in report.objects(None, SH.result))


def _spread(shapes: rdflib.Graph) -> rdflib.Graph:
    """The same shapes, with the targets of a node shape written on its property shapes.

    pySHACL takes a property shape that has targets once for all its focus nodes, but one that hangs below a node shape once per node:
    four times slower on a release.
    """
    spread = rdflib.Graph(Triples())
    for triple in shapes:
        spread.add(triple)
    for owner in {s for target in _TARGETS for s in shapes.subjects(target)}:
        for shape in shapes.objects(owner, SH.property):
            spread.remove((owner, SH.property, shape))
            for target in _TARGETS:
                for value in shapes.objects(owner, target):
                    spread.add((shape, target, value))
    return spread


def _finding(report: rdflib.Graph, node: rdflib.term.Node) -> Finding:
    def one(predicate: rdflib.URIRef) -> str:
        return min((str(o) for o in report.objects(node, predicate)), default="")

    return Finding(
        constraint=one(SH.sourceConstraint) or one(SH.sourceShape),
        component=one(SH.sourceConstraintComponent).removeprefix(str(SH)).removesuffix("ConstraintComponent"),
        focus=one(SH.focusNode),
        value=one(SH.value),
        severity=one(SH.resultSeverity).removeprefix(str(SH)).lower(),
        message=one(SH.resultMessage),
        shape=one(SH.sourceShape),
        path=next((str(o) for o in report.objects(node, SH.resultPath) if isinstance(o, rdflib.URIRef)), ""),
        term=min((o.n3() for o in report.objects(node, SH.value)), default=""),
    )


def graph_of(quads: Iterable[ox.Quad], beside: Iterable[ox.Quad] = ()) -> rdflib.Graph:
    """The triples of quads as an rdflib graph in memory, lexical forms untouched. Those `beside` say what values are (`Triples`).

    Raises TypeError for a quoted triple, which RDF 1.1 and pySHACL do not know.
    """
    store, terms = Triples(), {}
    for some, add in ((quads, store.add), (beside, store.beside)):
        for quad in some:
            triple = (quad.subject, quad.predicate, quad.object)
            for term in triple:
                if term not in terms:
                    terms[term] = _term(term)
            add((terms[triple[0]], terms[triple[1]], terms[triple[2]]))  # Graph.add checks each term again: twice the time
    return rdflib.Graph(store)


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    raise TypeError(f"no RDF 1.1 term: {term}")
