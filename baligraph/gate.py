"""The gate: whether a release may be published, and a report that people can read.

Four judges, each with a rule name that cases and reports use:

* the shapes, on the accepted view and, by the looser rules of `shapes/document.ttl`, on each document's graph ("bps:Meeting-label");
* the checks of `queries/checks/`, over the whole release ("check:area-code");
* the invariant of evidence, which needs the texts ("evidence:quote", "evidence:text", "evidence:anchor");
* the checker of support, whether each passage says what is said to be read from it ("support:date").

A violation blocks, a warning does not.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table
from rich.text import Text

from baligraph import checks as check_files
from baligraph.console import count
from baligraph.errors import ReleaseError
from baligraph.prefixes import expand, shrink, turtle_header
from baligraph.shapes import Finding, Shapes, graph_of, load_shapes, single_valued, validate
from baligraph.support import Facts, unsupported

__all__ = ["GateReport", "Row", "check", "load_shapes", "print_report", "single_valued"]

Severity = Literal["violation", "warning"]
_SHOWN: Final = 40


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
class GateReport:
    """The verdict on a release. `turtle` and `as_json()` are what the release stores as report.ttl and report.json."""

    rows: tuple[Row, ...]
    figures: Mapping[str, int | float] = field(default_factory=dict)
    turtle: str = ""

    @property
    def conforms(self) -> bool:
        return not any(row.severity == "violation" for row in self.rows)

    def counts(self) -> dict[str, int]:
        """How many rows each rule has, in the order of the rules' names."""
        return dict(sorted(Counter(row.rule for row in self.rows).items()))

    def as_json(self) -> dict[str, Any]:
        """Verdict, counts by severity and rule, figures and rows, as plain values."""
        severities = Counter(row.severity for row in self.rows)
        return {
            "conforms": self.conforms,
            "violations": severities["violation"],
            "warnings": severities["warning"],
            "rules": self.counts(),
            "figures": dict(self.figures),
            "rows": [{name: value for name, value in asdict(row).items() if value} for row in self.rows],
        }


def check(
    quads: Path | Iterable[ox.Quad] | Iterable[str],
    texts: Mapping[str, str],
    *,
    shapes: Shapes | None = None,
    checks: Iterable[check_files.Check] | None = None,
) -> GateReport:
    """Judge a release before it is published.

    Args:
        quads: the whole release: a file of N-Quads (.nq or .nq.gz), its lines, or its quads.
        texts: the stored text of each document by slug, those that may only be quoted included.
        shapes, checks: by default those of the project.

    Raises:
        ShapesError: a file of shapes or checks can't be used (with file and line).
        ReleaseError: the quads can't be read.
    """
    shapes = load_shapes() if shapes is None else shapes
    checks = check_files.load_checks() if checks is None else checks
    store = _load(quads)
    facts = Facts.of(store, texts)
    findings = _findings(shapes, store)
    rows = [_shape_row(graph, finding, shapes) for graph, finding in findings]
    check_files.declare_single_valued(store, single_valued(shapes))
    rows += _check_rows(checks, store)
    rows += _evidence_rows(facts, store)
    rows += [Row("violation", f"support:{u.kind}", u.node, u.value, u.reason, graph=u.graph) for u in unsupported(facts)]
    told = {replace(row, sentence=facts.sentence(row.focus)) for row in rows}
    return GateReport(tuple(sorted(told)), _figures(store, facts), report_turtle(findings))


def _load(quads: Path | Iterable[ox.Quad] | Iterable[str]) -> ox.Store:
    store = ox.Store()
    try:
        if isinstance(quads, Path):
            data = gzip.decompress(quads.read_bytes()) if quads.suffix == ".gz" else quads.read_bytes()
            store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
            return store
        items = list(quads)
        lines = [item.rstrip("\n") for item in items if isinstance(item, str)]
        if lines:
            store.bulk_load("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
        store.bulk_extend(item for item in items if isinstance(item, ox.Quad))
    except (OSError, EOFError, SyntaxError) as error:
        raise ReleaseError(
            f"{quads if isinstance(quads, Path) else 'the quads'}: can't be read ({error}); build the release again"
        ) from None
    return store


# --- the judges --------------------------------------------------------------------------------------------------------------------------


def _findings(shapes: Shapes, store: ox.Store) -> list[tuple[str, Finding]]:
    """What the shapes find, with the graph that they were asked about."""
    accepted = graph_of(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    found = [("", finding) for finding in validate(shapes.spread_accepted, accepted)]
    for name in sorted(graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)):
        if name.startswith(expand("g:doc/")):
            view = graph_of(store.quads_for_pattern(None, None, None, ox.NamedNode(name)))
            found += [(name, finding) for finding in validate(shapes.spread_documents, view)]
    return found


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


# --- figures and reports -----------------------------------------------------------------------------------------------------------------


def _figures(store: ox.Store, facts: Facts) -> dict[str, int | float]:
    """Counts for the manifest and for people. A conflict is a property with one value for which documents claim several."""
    quads = len(store) - sum(1 for _ in store.quads_for_pattern(None, None, None, check_files.SHAPES_GRAPH))
    claims = [values for values in facts.nodes.values() if "claimPredicate" in values]
    nodes = [node for node, values in facts.nodes.items() if "anchor" in values or "evidence" in values]
    told = sum(1 for node in nodes if facts.behind(node))
    single = {str(quad.subject).strip("<>") for quad in store.quads_for_pattern(None, None, None, check_files.SHAPES_GRAPH)}
    said: dict[tuple[str, str], set[str]] = {}
    for values in claims:
        if values["claimPredicate"][0] in single and values.get("claimSubject"):
            value = (values.get("claimObject") or values.get("claimValue") or [""])[0]
            said.setdefault((values["claimSubject"][0], values["claimPredicate"][0]), set()).add(value)
    return {
        "quads": quads,
        "triples": sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph())),
        "documents": len({passage.slug for passage in facts.passages.values()}),
        "passages": len(facts.passages),
        "facts": len(nodes),
        "facts with evidence": round(told / len(nodes), 4) if nodes else 0.0,
        "claims": len(claims),
        "conflicts": sum(1 for values in said.values() if len(values) > 1),
    }


def report_turtle(findings: Iterable[tuple[str, Finding]]) -> str:
    """A sh:ValidationReport (SHACL, section 3.6) in a fixed order, so that the same results give the same bytes."""
    results = sorted({(finding, graph) for graph, finding in findings})
    lines = [turtle_header(["bps", "rdfs", "sh"]), "[] a sh:ValidationReport ;", f"    sh:conforms {'false' if results else 'true'}"]
    for finding, graph in results:
        facts = [
            f"sh:resultSeverity sh:{finding.severity.capitalize()}",
            f"sh:focusNode {_iri_or_text(finding.focus)}",
            f"sh:sourceShape <{finding.shape}>",
            f"sh:sourceConstraintComponent sh:{finding.component}ConstraintComponent",
            f"sh:resultMessage {ox.Literal(finding.message)}",
        ]
        facts += [f"sh:sourceConstraint <{finding.constraint}>"] if finding.constraint != finding.shape else []
        facts += [f"sh:resultPath <{finding.path}>"] if finding.path else []
        facts += [f"sh:value {finding.term}"] if finding.term and not finding.term.startswith("_:") else []
        facts += [f"rdfs:seeAlso <{graph}>"] if graph else []
        lines[-1] += " ;"
        lines += ["    sh:result [", "        a sh:ValidationResult ;", "        " + " ;\n        ".join(facts), "    ]"]
    return "\n".join(lines) + " .\n"


def _iri_or_text(node: str) -> str:
    return str(ox.NamedNode(node)) if ":" in node else str(ox.Literal(node))


def print_report(report: GateReport, console: Console, limit: int = _SHOWN) -> None:
    """The report for people: verdict, figures, and per row the node, the rule with file and line, what to do, and the sentence."""
    severities = Counter(row.severity for row in report.rows)
    verdict = Text("conforms", style="bold green") if report.conforms else Text("does not conform", style="bold red")
    told = f": {count(severities['violation'], 'violation')}, {count(severities['warning'], 'warning')}"
    console.print(Text.assemble("The release ", verdict, told))
    console.print(Text(", ".join(f"{name} {value}" for name, value in report.figures.items()), style="dim"))
    if not report.rows:
        return
    table = Table(show_lines=True)
    for column, ratio in (("node", 3), ("rule", 3), ("what is wrong, and the mend", 5), ("sentence", 4)):
        table.add_column(column, ratio=ratio, overflow="fold")
    for row in report.rows[:limit]:
        style = "red" if row.severity == "violation" else "yellow"
        node = shrink(row.focus) + (f"\nin {shrink(row.graph)}" if row.graph else "")
        rule = f"{row.rule} {row.component}".strip() + (f"\n{row.where}" if row.where else "")
        wrong = row.message + (f"\n{shrink(row.value)}" if row.value else "")
        table.add_row(Text(node), Text(rule, style=style), Text(wrong), Text(row.sentence, style="italic"))
    console.print(table)
    if len(report.rows) > limit:
        console.print(Text(f"… and {len(report.rows) - limit} more; report.json holds them all", style="dim"))
