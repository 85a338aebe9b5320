"""Each check of `queries/checks/` finds what it is for, and nothing else finds it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from shape_cases import CASES, Case, Triple, change, read_cases

from baligraph import data
from baligraph.checks import Check, declare_single_valued, load_checks, run_check
from baligraph.errors import BaligraphError
from baligraph.shapes import ShapesError, graph_of, single_valued

READ = read_cases(CASES / "checks.cases")
DEFAULT = "default"
RULES = "gi:rules"


@cache
def base() -> dict[str, set[Triple]]:
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in ox.parse(path=CASES / "checks.trig", format=ox.RdfFormat.TRIG):
        graphs.setdefault(str(quad.graph_name).strip("<>"), []).append(quad)
    return {name: set(graph_of(quads).triples((None, None, None))) for name, quads in graphs.items()}


@cache
def names() -> rdflib.Graph:
    """An empty graph that has the prefixes of checks.trig."""
    graph = rdflib.Graph()
    for line in (CASES / "checks.trig").read_text().splitlines():
        if line.startswith("@prefix"):
            _, prefix, space, _ = line.split()
            graph.bind(prefix.rstrip(":"), space.strip("<>"))
    return graph


@cache
def single() -> frozenset[str]:
    return single_valued()


@cache
def checks() -> list[Check]:
    return load_checks()


def views(case: Case | None) -> dict[str, set[Triple]]:
    """The triples of each graph after the change; the default graph is the union, unless it alone is changed."""
    graphs = base()
    if case is not None and case.graph != DEFAULT:
        where = case.graph or (RULES if case.operation == "+" else "")
        chosen = {str(names().namespace_manager.expand_curie(where))} if where else set(graphs)
        graphs = {name: changed(found, case) if name in chosen else found for name, found in graphs.items()}
    union = set[Triple]().union(*graphs.values())
    if case is not None and case.graph == DEFAULT:
        union = change(union, case, names())
    return {**graphs, DEFAULT: union}


def changed(triples: set[Triple], case: Case) -> set[Triple]:
    """A value is put in place only of one that the graph has."""
    after = change(triples, case, names())
    return after if case.operation != "=" or len(after) <= len(triples) else triples


def found(case: Case | None) -> set[str]:
    store = ox.Store()
    for name, triples in views(case).items():
        graph = rdflib.Graph()
        for triple in triples:
            graph.add(triple)
        into = ox.DefaultGraph() if name == DEFAULT else ox.NamedNode(name)
        store.load(graph.serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES, to_graph=into)
    declare_single_valued(store, single())
    return {check.name for check in checks() if any(True for _ in run_check(check, store))}


def test_nothing_is_found_before_the_change() -> None:
    assert found(None) == set()


@pytest.mark.parametrize("case", READ, ids=str)
def test_the_change_is_found_by_the_checks_that_the_case_names(case: Case) -> None:
    assert views(case) != views(None), "the change changes nothing"
    assert found(case) == case.expected


def test_every_check_has_a_case() -> None:
    assert {check.name for check in checks()} == {name for case in READ for name in case.expected}


@pytest.mark.parametrize("check", load_checks(), ids=lambda check: check.name)
def test_a_check_says_what_is_wrong_and_what_to_do(check: Check) -> None:
    assert check.summary.endswith(".") and check.mend.endswith(".")
    file, _, line = check.where.rpartition(":")
    assert (data.queries() / file.removeprefix("queries/")).read_text().splitlines()[int(line) - 1].startswith("SELECT")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?focus WHERE { ?focus ?p ?o }", r"one\.rq:1: the header lacks summary"),
        ("#+ summary x\n", r"one\.rq:1: .* is no header line"),
        ("#+ summary: A.\n#+ severity: fatal\n#+ mend: B.\n", "severity is violation or warning"),
    ],
)
def test_a_malformed_header_is_named_with_its_line(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "one.rq").write_text(text)
    with pytest.raises(BaligraphError, match=message):
        load_checks(tmp_path)


@pytest.mark.parametrize("query", ["SELECT ?focus WHERE {", "ASK {}", "SELECT ?other WHERE { ?other ?p ?o }"])
def test_a_query_that_is_no_check_is_refused(query: str, tmp_path: Path) -> None:
    (tmp_path / "one.rq").write_text(f"#+ summary: A.\n#+ severity: warning\n#+ mend: B.\n{query}")
    with pytest.raises(ShapesError, match=r"one\.rq:"):
        list(run_check(load_checks(tmp_path)[0], ox.Store()))
