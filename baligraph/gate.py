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
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table
from rich.text import Text

from baligraph import checks as check_files
from baligraph.console import count
from baligraph.errors import ReleaseError
from baligraph.judges import Row, conflicts, judge, tally
from baligraph.prefixes import expand, shrink, turtle_header
from baligraph.shapes import Finding, Shapes, load_shapes, single_valued
from baligraph.support import Facts

__all__ = ["GateReport", "Row", "check", "load_shapes", "print_report", "single_valued"]

_SHOWN: Final = 40


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
    view = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    judged = judge(store, facts, shapes, checks, view, document_graphs(store))
    told = {replace(row, sentence=facts.sentence(row.focus)) for row in judged.rows}
    found = tally(facts, facts.nodes)
    found.quads = len(store) - sum(1 for _ in store.quads_for_pattern(None, None, None, check_files.SHAPES_GRAPH))
    found.triples = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    found.conflicts = conflicts(facts, single_valued(shapes))
    return report_of(told, judged.findings, found.figures())


def report_of(rows: Iterable[Row], findings: Iterable[tuple[str, Finding]], figures: Mapping[str, int | float]) -> GateReport:
    """The report of what the judges found, in an order that does not depend on theirs."""
    return GateReport(tuple(sorted(set(rows))), figures, report_turtle(findings))


def document_graphs(store: ox.Store) -> list[str]:
    """The IRIs of the documents' graphs, sorted."""
    space = expand("g:doc/")
    return sorted(g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode) and g.value.startswith(space))


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


# --- figures and reports -----------------------------------------------------------------------------------------------------------------


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
