"""How counts and tables are written for people, on a terminal and into a pipe."""

from __future__ import annotations

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

_WITHOUT_END = 1_000_000


def count(number: int, noun: str) -> str:
    """A number with its noun, which takes an s in the plural: "1 row", "2 rows"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def show_table(console: Console, table: Table) -> None:
    """Print a table so that nothing of it is cut: a terminal breaks what is too long; in a pipe, a line is as long as it has to be."""
    for column in table.columns:
        column.overflow = "fold"
    if console.is_terminal:
        console.print(table)
    else:
        needed = Measurement.get(console, console.options.update(width=_WITHOUT_END), table).maximum
        Console(file=console.file, width=needed).print(table)
