"""The gate's verdict and its report: what blocks, what does not, and what a person is shown."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rich.console import Console
from small import BESIDE, OBSERVED, TEXT, Small, node, small

from baligraph.checks import Check
from baligraph.errors import ReleaseError
from baligraph.gate import GateReport, Row, check, print_report
from baligraph.shapes import load_shapes

SHAPES = load_shapes()
NO_CHECKS: list[Check] = []


def gate(made: Small, text: str = TEXT) -> GateReport:
    return check(made.release(), {"small": text}, shapes=SHAPES, checks=NO_CHECKS)


def rules(report: GateReport, kind: str) -> set[str]:
    return {row.rule for row in report.rows if row.rule.startswith(kind)}


def test_the_evidence_of_the_small_document_is_whole() -> None:
    report = gate(small())
    assert rules(report, "evidence:") == set() == rules(report, "support:")
    assert report.figures["facts with evidence"] == 1.0
    assert report.figures["documents"] == 1


def test_a_shifted_offset_is_found() -> None:
    made = small()
    made.named["passage"] = made.passage(OBSERVED)
    made.change("passage", "bp:startOffset", ox.Literal(TEXT.index(OBSERVED) + 1))
    assert "evidence:quote" in rules(gate(made), "evidence:")


def test_a_changed_quote_is_found() -> None:
    made = small()
    made.named["passage"] = made.passage(OBSERVED)
    made.change("passage", "bp:quote", ox.Literal(OBSERVED.replace("United Arab Emirates", "Republic of Indonesia")))
    assert "evidence:quote" in rules(gate(made), "evidence:")


def test_another_text_is_found() -> None:
    assert "evidence:text" in rules(gate(small(), TEXT + " "), "evidence:")


def test_a_missing_text_is_found() -> None:
    report = check(small().release(), {}, shapes=SHAPES, checks=NO_CHECKS)
    assert "evidence:text" in rules(report, "evidence:")


@pytest.mark.parametrize(("property_", "value"), [("bp:anchorStart", ox.Literal(3)), ("bp:anchor", ox.Literal("Bangkok"))])
def test_an_anchor_elsewhere_is_found(property_: str, value: ox.Literal) -> None:
    made = small()
    made.change("place", property_, value)
    assert rules(gate(made), "evidence:") == {"evidence:anchor"}


def test_support_is_part_of_the_verdict() -> None:
    made = small()
    made.change("attendee", "bp:participant", node("area:idn"))
    rows = [row for row in gate(made).rows if row.rule == "support:name"]
    assert [row.severity for row in rows] == ["violation"]
    assert rows[0].focus == made.named["attendee"].value
    assert rows[0].sentence.startswith("Over 100 participants attended")
    assert rows[0].graph.endswith("/graph/doc/small")


def test_a_row_names_the_file_and_line_of_its_shape() -> None:
    made = small()
    made.change("observer", "bp:role", ox.Literal("observer"))
    rows = [row for row in gate(made).rows if row.rule == "bps:Participation-role" and row.component == "Pattern"]
    (row,) = rows
    assert row.focus == made.named["observer"].value
    file, _, line = row.where.partition(":")
    assert file == "shapes/assertions.ttl"
    assert (Path(__file__).parents[2] / file).read_text().splitlines()[int(line) - 1].startswith("bps:Participation-role ")
    assert row.sentence == "The United Arab Emirates participated as observers."
    assert row.message.endswith("a concept of scheme role.")


def test_a_documents_graph_is_judged_by_its_own_rules() -> None:
    made = small()
    made.quads.append(
        ox.Quad(
            node("area:mys"),
            node("rdfs:label"),
            ox.Literal("Malaysia", language="en"),
            ox.NamedNode(BESIDE.value.replace("evidence", "doc")),
        )
    )
    row = next(row for row in gate(made).rows if row.rule == "bps:DocLabelShape")
    assert row.graph == "https://w3id.org/baligraph/graph/doc/small"
    assert row.where.startswith("shapes/document.ttl:")


def test_checks_are_rows_with_their_severity() -> None:
    query = "SELECT ?focus WHERE { ?focus a <https://w3id.org/baligraph/ontology#Document> }"
    checks = [Check(name, "Documents are found.", name, "Nothing is to be done.", query, "here:1") for name in ("warning", "violation")]
    report = check(small().release(), {"small": TEXT}, shapes=SHAPES, checks=checks)
    assert {(row.severity, row.rule, row.where) for row in report.rows if row.rule.startswith("check:")} == {
        ("warning", "check:warning", "here:1"),
        ("violation", "check:violation", "here:1"),
    }


def test_warnings_do_not_block() -> None:
    assert GateReport((Row("warning", "check:x", "y"),)).conforms
    assert not GateReport((Row("warning", "check:x", "y"), Row("violation", "check:x", "y"))).conforms


def test_the_same_release_gives_the_same_report(tmp_path: Path) -> None:
    quads = small().release()
    lines = sorted(f"{quad} .\n" for quad in quads)
    (tmp_path / "graph.nq.gz").write_bytes(gzip.compress("".join(lines).encode()))
    (tmp_path / "graph.nq").write_text("".join(lines))
    given = (quads, list(reversed(quads)), lines, tmp_path / "graph.nq.gz", tmp_path / "graph.nq")
    reports = [check(item, {"small": TEXT}, shapes=SHAPES, checks=NO_CHECKS) for item in given]
    assert all(report.as_json() == reports[0].as_json() and report.turtle == reports[0].turtle for report in reports)
    assert reports[0].rows


def test_the_shacl_report_is_turtle_that_names_each_result() -> None:
    report = gate(small())
    graph = rdflib.Graph().parse(data=report.turtle)
    shape_rows = [row for row in report.rows if row.rule.startswith("bps:")]
    results = set(graph.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult))
    assert len(results) == len(shape_rows) > 0
    assert {str(o) for o in graph.objects(None, rdflib.SH.focusNode)} == {row.focus for row in shape_rows}
    assert (None, rdflib.SH.conforms, rdflib.Literal(False)) in graph


def test_the_report_as_json_counts_what_it_lists() -> None:
    found = gate(small()).as_json()
    assert found["violations"] + found["warnings"] == len(found["rows"]) == sum(found["rules"].values())
    assert found["conforms"] is False  # the small document has no labels and no kinds


def test_people_are_shown_node_rule_place_and_sentence() -> None:
    made = small()
    made.change("observer", "bp:role", node("c:role_host"))
    report = gate(made)
    shown = GateReport(tuple(row for row in report.rows if row.rule == "support:role"), report.figures)
    out = io.StringIO()
    print_report(shown, Console(file=out, width=200))
    text = " ".join(out.getvalue().split())
    for part in (
        "does not conform",
        ": 1 violation, 0 warnings",
        "support:role",
        "id:participation_",
        "no word for this role",
        "United Arab Emirates",
    ):
        assert part in text, part


def test_a_long_report_is_cut_and_says_so() -> None:
    out = io.StringIO()
    print_report(GateReport(tuple(Row("warning", "check:x", f"n{n}") for n in range(5))), Console(file=out, width=120), limit=2)
    assert "3 more" in out.getvalue() and "n1" in out.getvalue() and "n2" not in out.getvalue()


def test_quads_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_text("<a> <b> .\n")
    with pytest.raises(ReleaseError, match=r"graph\.nq: can't be read"):
        check(tmp_path / "graph.nq", {}, shapes=SHAPES, checks=NO_CHECKS)
    with pytest.raises(ReleaseError, match=r"none\.nq: can't be read"):
        check(tmp_path / "none.nq", {}, shapes=SHAPES, checks=NO_CHECKS)
