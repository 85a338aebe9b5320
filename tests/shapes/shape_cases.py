"""Cases for shapes and checks: a small graph in which nothing is wrong, and one change to it per case.

A line of a `.cases` file is `what breaks | change`. What breaks are the constraints that the change must break, and no others of the same
file, each with its component ("Meeting-label MinCount"), or the names of checks; several are joined by commas. A change is one of

    + triple              add it
    - subject property    take away all values of the property
    = triple              give the property this value alone
    ~ old new             give a node another IRI

in Turtle's terms with the prefixes of the base. In a dataset, ` @ graph` at the end names the graph that is changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import rdflib
from rdflib.util import from_n3

CASES = Path(__file__).parent / "cases"
Triple: TypeAlias = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]


@dataclass(frozen=True, slots=True)
class Case:
    file: str
    line: int
    expected: frozenset[str]
    operation: str
    terms: tuple[str, ...]
    graph: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def read_cases(path: Path) -> list[Case]:
    """The cases of a file. Raises ValueError for a line of another form."""
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            expected, bar, change = (part.strip() for part in line.partition(" | "))
            operation, _, terms = change.partition(" ")
            terms, _, graph = terms.partition(" @ ")
            if not bar or operation not in {"+", "-", "=", "~"}:
                raise ValueError(f"{path.name}, line {number}: not of the form `what breaks | change`: {line}")
            broken = frozenset(name.strip() for name in expected.split(","))
            cases.append(Case(path.name, number, broken, operation, tuple(terms.strip().split(" ", 2)), graph.strip()))
    return cases


def change(triples: Iterable[Triple], case: Case, names: rdflib.Graph) -> set[Triple]:
    """The triples after the change of a case; `names` has the prefixes."""
    terms = [term(text, names) for text in case.terms]
    before = set(triples)
    if case.operation == "~":
        old, new = terms
        return {_renamed(triple, old, new) for triple in before}
    if case.operation == "+":
        return before | {_triple(terms)}
    kept = {triple for triple in before if triple[:2] != (terms[0], terms[1])}
    return kept | {_triple(terms)} if case.operation == "=" else kept


def term(text: str, names: rdflib.Graph) -> rdflib.term.Node:
    found = from_n3(text, nsm=names.namespace_manager)
    assert isinstance(found, rdflib.term.Node), f"{text!r} is no term"
    return found


def _triple(terms: list[rdflib.term.Node]) -> Triple:
    first, second, third = terms
    return first, second, third


def _renamed(triple: Triple, old: rdflib.term.Node, new: rdflib.term.Node) -> Triple:
    first, second, third = (new if part == old else part for part in triple)
    return first, second, third
