"""Time of a build of the bundled corpus by steps: with nothing kept, and with every reading in the cache."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.progress import track

from bench import child
from bench.child import Built
from bench.spread import Spread, figure, ratios
from bench.table import Table


def measure(rounds: int) -> list[tuple[Built, Built]]:
    """(full, warm) of each round, each in a process and folder of its own. Raises BenchError if a build fails."""
    return [_round() for _ in track(range(rounds), "building", transient=True)]


def _round() -> tuple[Built, Built]:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        full = child.build(folder / "one", cache=folder / "cache")
        return full, child.build(folder / "two", cache=folder / "cache")


def table(measured: Sequence[tuple[Built, Built]]) -> Table:
    """A row for each step in the order of the build, then all of it."""
    counts = measured[0][0].counts
    result = Table("Build of the bundled corpus", ("step", "full, s", "warm, s", "warm / full", "least–most"))
    for step in [*measured[0][0].parts, "all"]:
        full, warm = ([built.wall if step == "all" else built.parts[step] for built in pair] for pair in zip(*measured, strict=True))
        ratio = ratios(warm, full)
        result.add(step, Spread.of(full), Spread.of(warm), figure(ratio.median), f"{figure(ratio.low)}–{figure(ratio.high)}")
    most = Spread.of([built.memory / 2**20 for pair in measured for built in pair])
    result.note = (
        f"Each build in a fresh process: {', '.join(f'{n:,} {name}' for name, n in counts.items())}. Seconds are medians (least–most) of "
        f"{len(measured)} rounds; most memory {most} MiB."
    )
    return result
