"""The four judges of the gate, over a store that holds a release or a part of one.

A part holds all that its own nodes are judged by (`ingest.parts`): what a judge says of them is then what it would say over the whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Final, Literal

import pyoxigraph as ox

from baligraph import checks as check_files
from baligraph.prefixes import expand, shrink
from baligraph.shapes import Finding, Shapes, graph_of, single_valued, validate
from baligraph.support import Facts, unsupported

Severity = Literal["violation", "warning"]
SUPPORT: Final = "support:"


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One thing that is wrong. `graph` is empty for the accepted view; `sentence` is the passage behind the node, where it has one."""

    severity: Severity
    rule: str
    focus: str
    value: str = ""
    message: str = ""
    where: str = ""
    graph: str = ""
    component: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the judges found: rows for people, and what the shapes found with the graph that they were asked about."""

    rows: list[Row]
    findings: list[tuple[str, Finding]]


def judge(
    store: ox.Store,
    facts: Facts,
    shapes: Shapes,
    checks: Iterable[check_files.Check],
    view: Iterable[ox.Quad],
    documents: Iterable[str],
    beside: Iterable[ox.Quad] = (),
) -> Judged:
    """Ask all four judges.

    `view` are the quads of the accepted view that the shapes judge, `beside` the classes of nodes that these point to and that are judged
    elsewhere, `documents` the graphs that the looser shapes judge. Raises ShapesError if a shape or check can't be evaluated.
    """
    findings = [("", finding) for finding in validate(shapes.spread_accepted, graph_of(view, beside))]
    findings += _document_findings(shapes, store, documents)
    rows = [_shape_row(graph, finding, shapes) for graph, finding in findings]
    check_files.declare_single_valued(store, single_valued(shapes))
    rows += _check_rows(checks, store)
    rows += _evidence_rows(facts, store)
    rows += [Row("violation", f"{SUPPORT}{u.kind}", u.node, u.value, u.reason, graph=u.graph) for u in unsupported(facts)]
    return Judged(rows, findings)


def _document_findings(shapes: Shapes, store: ox.Store, documents: Iterable[str]) -> Iterator[tuple[str, Finding]]:
    """What the looser shapes find in each document's graph. Graphs that share no node are taken together: a run costs more than a graph."""
    together: list[tuple[dict[str, str], list[ox.Quad]]] = []  # node → its graph, quads
    for name in documents:
        quads = list(store.quads_for_pattern(None, None, None, ox.NamedNode(name)))
        nodes = {quad.subject.value for quad in quads if not isinstance(quad.subject, ox.Triple)}
        group = next((group for group in together if nodes.isdisjoint(group[0])), None)
        if group is None:
            group = ({}, [])
            together.append(group)
        group[0].update(dict.fromkeys(nodes, name))
        group[1].extend(quads)
    for graph_of_node, quads in together:
        for finding in validate(shapes.spread_documents, graph_of(quads)):
            yield graph_of_node[finding.focus], finding


def _shape_row(graph: str, finding: Finding, shapes: Shapes) -> Row:
    return Row(
        severity="warning" if finding.severity == "warning" else "violation",
        rule=shrink(finding.constraint),
        focus=finding.focus,
        value=finding.value,
        message=finding.message,
        where=shapes.where(finding.constraint),
        graph=graph,
        component=finding.component,
    )


def _check_rows(checks: Iterable[check_files.Check], store: ox.Store) -> Iterator[Row]:
    for item in checks:
        severity: Severity = "warning" if item.severity == "warning" else "violation"
        for focus, value in check_files.run_check(item, store):
            yield Row(severity, f"check:{item.name}", focus, value, f"{item.summary} {item.mend}", item.where)


def _evidence_rows(facts: Facts, store: ox.Store) -> Iterator[Row]:
    """The texts are those of the versions, each quote stands at its offsets, each anchor inside a passage of its fact."""
    for version, slug in sorted({(passage.version, passage.slug) for passage in facts.passages.values()}):
        yield from _text_rows(facts, store, version, slug)
    for passage in facts.passages.values():
        if facts.texts.get(passage.slug, "")[passage.start : passage.end] != passage.quote:
            told = "The words between the offsets are not the quote: build again."
            yield Row("violation", "evidence:quote", passage.iri, f"{passage.slug} {passage.start}..{passage.end}", told)
    for node, values in facts.nodes.items():
        if "evidence" in values and not _anchored(facts, node, values):
            told = "The anchor does not stand at its offset inside a passage of this fact: build again."
            yield Row("violation", "evidence:anchor", node, " … ".join(values.get("anchor", ())), told)


def _text_rows(facts: Facts, store: ox.Store, version: str, slug: str) -> Iterator[Row]:
    def stated(name: str) -> set[str]:
        quads = store.quads_for_pattern(ox.NamedNode(version), ox.NamedNode(expand(f"bp:{name}")), None, None)
        return {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}

    text = facts.texts.get(slug)
    if text is None:
        yield Row("violation", "evidence:text", version, slug, "The release holds no text of this document: its quotes can't be checked.")
    elif stated("sha256") != {hashlib.sha256(text.encode()).hexdigest()} or stated("charLength") != {str(len(text))}:
        told = "The text is not the one of this version (sha256 or length differ): restore it, or register the new version."
        yield Row("violation", "evidence:text", version, slug, told)


def _anchored(facts: Facts, node: str, values: Mapping[str, list[str]]) -> bool:
    try:
        starts = {int(start) for start in values.get("anchorStart", ())}
    except ValueError:
        return True  # the shapes tell
    anchors = values.get("anchor", [])
    return not anchors or any(
        passage.start <= start and start + len(anchor) <= passage.end and facts.texts.get(passage.slug, "").startswith(anchor, start)
        for passage in facts.behind(node)
        for start in starts
        for anchor in anchors
    )


# --- figures -----------------------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """What is counted of the facts of a release or a part. Parts add up."""

    documents: int = 0
    passages: int = 0
    facts: int = 0
    told: int = 0  # facts with a passage behind them
    claims: int = 0
    conflicts: int = 0  # properties with one value for which documents claim several
    quads: int = 0
    triples: int = 0  # of the accepted view

    def __iadd__(self, other: Tally) -> Tally:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        return self

    def figures(self) -> dict[str, int | float]:
        """For the manifest and for people."""
        return {
            "quads": self.quads,
            "triples": self.triples,
            "documents": self.documents,
            "passages": self.passages,
            "facts": self.facts,
            "facts with evidence": round(self.told / self.facts, 4) if self.facts else 0.0,
            "claims": self.claims,
            "conflicts": self.conflicts,
        }


def tally(facts: Facts, nodes: Iterable[str]) -> Tally:
    """The counts of these nodes of documents' graphs; conflicts, quads and triples are counted by who knows all values."""
    found = Tally()
    documents = set()
    for node in nodes:
        values = facts.nodes[node]
        if passage := facts.passages.get(node):
            documents.add(passage.slug)
            found.passages += 1
        if "anchor" in values or "evidence" in values:
            found.facts += 1
            found.told += bool(facts.behind(node))
        found.claims += "claimPredicate" in values
    found.documents = len(documents)
    return found


def conflicts(facts: Facts, single: Collection[str]) -> int:
    """For how many properties with one value (`single`) the claims name several."""
    said: dict[tuple[str, str], set[str]] = {}
    for values in facts.nodes.values():
        if values.get("claimPredicate", [""])[0] in single and values.get("claimSubject"):
            value = (values.get("claimObject") or values.get("claimValue") or [""])[0]
            said.setdefault((values["claimSubject"][0], values["claimPredicate"][0]), set()).add(value)
    return sum(1 for values in said.values() if len(values) > 1)
