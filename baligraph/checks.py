"""The checks of `queries/checks/`: one SELECT each, which must return no row.

They say what shapes can't say at all, or can't say fast enough: agreement between nodes and between named graphs. A row binds `?focus`,
the node at fault, and may bind `?value`. The header's lines begin with `#+`: summary, severity (violation or warning), mend, and scope
where it is not `node`: a check of scope `document` asks about a whole graph of a document, wherever the nodes in it belong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from baligraph import data
from baligraph.query_header import read_header
from baligraph.shapes import BPS, ShapesError

SHAPES_GRAPH: Final = ox.NamedNode(BPS)
_SINGLE: Final = ox.NamedNode(f"{BPS}SingleValued")
_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_FIELDS: Final = ("summary", "severity", "mend")
SEVERITIES: Final = ("violation", "warning")
SCOPES: Final = ("node", "document")


@dataclass(frozen=True, slots=True)
class Check:
    """One query; `where` is its file and the line where the query begins ("queries/checks/area-code.rq:4")."""

    name: str
    summary: str
    severity: str
    mend: str
    query: str
    where: str
    scope: str = "node"


def load_checks(folder: Path | None = None) -> list[Check]:
    """Read the checks of a folder, by default the project's, in the order of their names.

    Raises InputError: a header can't be read or lacks a field. Raises ShapesError: it names an unknown severity, or there is no check.
    """
    folder = data.queries("checks") if folder is None else folder
    found = [_load(path) for path in sorted(folder.glob("*.rq"))]
    if not found:
        raise ShapesError(f"{folder}: no checks here; restore the folder or reinstall the package")
    return found


def _load(path: Path) -> Check:
    query = path.read_text(encoding="utf-8")
    file = f"queries/{path.parent.name}/{path.name}"
    head = {name: field.text for name, field in read_header(query, file, _FIELDS, ("scope",)).items()}
    if head["severity"] not in SEVERITIES:
        raise ShapesError(f"{file}: severity is {' or '.join(SEVERITIES)}, not {head['severity']!r}")
    if head.get("scope", "node") not in SCOPES:
        raise ShapesError(f"{file}: scope is {' or '.join(SCOPES)}, not {head['scope']!r}")
    begin = next((number for number, line in enumerate(query.splitlines(), 1) if line.startswith("SELECT")), 1)
    return Check(path.stem, query=query, where=f"{file}:{begin}", **head)


def run_check(check: Check, store: ox.Store) -> Iterator[tuple[str, str]]:
    """(focus, value) of each row, in the order of the engine.

    Raises ShapesError if the query is wrong.
    """
    try:
        rows = store.query(check.query)
    except SyntaxError as error:
        raise ShapesError(f"{check.where}: not a SPARQL query: {error}") from None
    if not isinstance(rows, ox.QuerySolutions) or "focus" not in {variable.value for variable in rows.variables}:
        raise ShapesError(f"{check.where}: a check is a SELECT with ?focus and, if it helps, ?value")
    has_value = "value" in {variable.value for variable in rows.variables}
    for row in rows:
        yield _plain(row["focus"]), _plain(row["value"]) if has_value else ""


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.Triple | ox.BlankNode) else term.value


def declare_single_valued(store: ox.Store, properties: Iterable[str]) -> None:
    """Write into the graph of the shapes which properties have one value, so that a check can ask for it."""
    store.extend(ox.Quad(ox.NamedNode(iri), _TYPE, _SINGLE, SHAPES_GRAPH) for iri in properties)
