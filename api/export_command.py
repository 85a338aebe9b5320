"""`baligraph export` for people: progress while it writes, and what came of it in a few lines."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.export import export
from baligraph.settings import Settings


def run(settings: Settings, folder: Path, out: Console, err: Console) -> None:
    """Export and tell. Raises what `export` raises."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        task = bars.add_task("addresses", total=None)
        done = export(settings, folder, lambda some, whole: bars.update(task, completed=some, total=whole))
    size = done.bytes / 1e6
    out.print(
        f"release [bold]{done.release}[/]  {done.iris:,} IRIs in {done.files:,} files, {size:,.1f} MB, in {folder}",
        highlight=False,
        soft_wrap=True,
    )
    for path in done.missing[:10]:
        err.print(f"not answered: {path}", style="yellow", markup=False, highlight=False, soft_wrap=True)
