"""`baligraph query` for people: a table to look at, or any form of the answer for another program."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table

from baligraph.console import count, show_table
from baligraph.errors import QueryError
from baligraph.prefixes import shrink, sparql_header
from baligraph.tables import read_text

SOLUTIONS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
TRIPLES = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}
TABLE = "table"

T = TypeVar("T")


def run(store: ox.Store, text: str, form: str, out: Console) -> None:
    """Answer `text`, a query or the name of a file that holds one, in the form `form`: TABLE, or a name of SOLUTIONS or TRIPLES.

    Raises QueryError if the query is wrong or can't be answered.
    """
    name, given = (text, read_text(Path(text))) if _is_file(text) else ("the query", text)
    header = sparql_header()  # what the query declares itself, stands
    try:
        _answer(store.query(header + given), form, out)
    except SyntaxError as e:
        raise QueryError(f"{name} is wrong: {_brief(e.msg, header.count(chr(10)))}") from None
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError, ValueError) as e:
        raise QueryError(f"{name} could not be answered: {e}") from None


def write(content: bytes | None) -> None:
    """Write bytes to standard output, with one line break at their end."""
    sys.stdout.buffer.write((content or b"").rstrip(b"\n") + b"\n")


def _answer(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: str, out: Console) -> None:
    if isinstance(answer, ox.QueryTriples):
        write(answer.serialize(format=_choose(TRIPLES, form, "ttl")))
    elif form != TABLE:
        write(answer.serialize(format=_choose(SOLUTIONS, form, "json")))
    elif isinstance(answer, ox.QueryBoolean):
        out.print("true" if answer else "false")
    else:
        _table(answer, out)


def _is_file(text: str) -> bool:
    try:
        return (text.endswith(".rq") and "\n" not in text) or Path(text).is_file()
    except (OSError, ValueError):  # too long for a name, or with a NUL
        return False


def _brief(message: str, above: int) -> str:
    """The parser's message without its list of everything that could have stood there; `above` lines stand above the query."""
    said, expected, rest = message.partition("expected ")
    where = re.sub(r"\berror at (\d+):(\d+)", lambda m: f"line {int(m[1]) - above}, column {m[2]}", said).rstrip(" :")
    reason = re.search(r"\b(?:The|Prefix|Invalid|Undefined)\b [^,\[]+", rest)  # what is no token among the things expected
    return f"{where}: {reason[0].strip() if reason else 'something else is expected here'}" if expected else where


def _choose(formats: dict[str, T], name: str, default: str) -> T:
    if name in (TABLE, ""):
        return formats[default]
    if name not in formats:
        raise QueryError(f"there is no format {name!r} for this kind of query; there are {', '.join(formats)}")
    return formats[name]


def _table(answer: ox.QuerySolutions, out: Console) -> None:
    table = Table(*(v.value for v in answer.variables))
    rows = 0
    for row in answer:
        table.add_row(*("" if (x := row[v]) is None else _short(x, v.value) for v in answer.variables))
        rows += 1
    show_table(out, table)
    out.print(count(rows, "row"), style="dim", highlight=False)


def _short(term: object, column: str) -> str:
    text = str(getattr(term, "value", term))
    if column == "witness":  # the nodes that a row rests on: their number is enough for a look
        return count(len(text.split()), "source")
    return shrink(text) if isinstance(term, ox.NamedNode) else text
