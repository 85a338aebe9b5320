"""One table in two forms: on the terminal by rich, in a kept file as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table as RichTable


@dataclass(slots=True)
class Table:
    """Rows of text. Columns after the first `words` are numbers and stand to the right."""

    title: str
    columns: Sequence[str]
    words: int = 1
    rows: list[Sequence[str]] = field(default_factory=list)
    note: str = ""

    def add(self, *cells: object) -> None:
        """One row, with a cell for each column. Raises ValueError where the number is another."""
        if len(cells) != len(self.columns):
            raise ValueError(f"{self.title}: {len(cells)} cells for {len(self.columns)} columns")
        self.rows.append([str(cell) for cell in cells])

    def show(self, console: Console) -> None:
        """Print it."""
        table = RichTable(title=self.title, title_justify="left", caption=self.note or None, caption_justify="left")
        for place, column in enumerate(self.columns):
            table.add_column(column, justify="left" if place < self.words else "right", no_wrap=place >= self.words, overflow="fold")
        for row in self.rows:
            table.add_row(*row)
        console.print(table)

    def markdown(self) -> str:
        """A heading, the table, and the note below it."""
        rule = ["---" if place < self.words else "---:" for place in range(len(self.columns))]
        lines = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in (self.columns, rule, *self.rows)]
        return "\n".join([f"## {self.title}", "", *lines, *(["", self.note] if self.note else [])]) + "\n"
