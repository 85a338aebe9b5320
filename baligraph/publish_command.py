"""`baligraph publish` for people: progress while it loads, and what came of it in a few lines."""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from baligraph.console import count
from baligraph.publish import publish
from baligraph.release import Release
from baligraph.settings import Settings

_STEPS = {"count": "counting", "load": "loading", "verify": "verifying"}


def run(release: Release, settings: Settings, out: Console, err: Console) -> None:
    """Publish and tell. Raises what `publish` raises."""
    began = time.monotonic()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        tasks = {step: bars.add_task(label, total=None, start=False) for step, label in _STEPS.items()}

        def told(step: str, done: int, total: int) -> None:
            if done == 0:
                bars.start_task(tasks[step])
            bars.update(tasks[step], completed=done, total=total)

        loaded = publish(release, settings, told)
    if loaded.already:
        out.print(f"release [bold]{release.id}[/] stands in the store already, whole", highlight=False, soft_wrap=True)
        return
    graphs = count(len(loaded.published.graphs), "named graph")
    took = f"{count(loaded.requests, 'request')}, {time.monotonic() - began:.1f} s"
    out.print(f"release [bold]{release.id}[/]  {loaded.quads:,} quads in {graphs}, verified; {took}", highlight=False, soft_wrap=True)
    if loaded.removed:
        out.print(f"{count(loaded.removed, 'graph')} of an older release removed", highlight=False, style="dim")
    if loaded.foreign:
        shown = ", ".join(loaded.foreign[:3]) + (" …" if len(loaded.foreign) > 3 else "")
        beside = f"{count(len(loaded.foreign), 'graph')} beside it in the store, which queries with GRAPH ?g will see"
        err.print(f"note: {beside}: {shown}", highlight=False, markup=False, style="yellow", soft_wrap=True)
    out.print(f"next: BALIGRAPH_STORE={settings.store} baligraph serve", highlight=False, style="dim", soft_wrap=True)
