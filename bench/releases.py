"""What is made of a large release when somebody asks for it: its dumps, and its difference to the release after it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from baligraph.diff import compare
from baligraph.dumps import write_dumps
from baligraph.release import Release
from bench import child, large
from bench.serve import SEED
from bench.spread import Spread, figure
from bench.table import Table

_MORE = 100  # of so many quads, the next release has one more


def table(size: int, rounds: int, console: Console) -> Table:
    """Both over a release of `size` quads. Raises BenchError where the corpus can't be built."""
    result = Table(f"Dumps and differences, {size:,} quads", ("what", "s", "s of a processor", "of it"))
    with tempfile.TemporaryDirectory(prefix="bench-") as name, console.status("building the releases …") as status:
        folder = Path(name)
        child.build(folder / "bundled")
        bundled = Release.open(folder / "bundled")
        releases = []
        for which, quads in (("old", size), ("new", size + size // _MORE)):
            (folder / which).mkdir()
            releases.append(large.enlarge(bundled, folder / which, quads, SEED)[0])
        old, new = releases
        status.update("dumps …")
        dumps = iter(range(rounds))
        _add(result, "dumps", rounds, lambda: f"{len(write_dumps(old, folder / f'dumps-{next(dumps)}')):,} files")
        status.update("differences …")
        _add(result, "difference to a release with 1 % more", rounds, lambda: f"{len(compare(old, new).added):,} triples")
    result.note = f"{rounds} rounds in one process; median (least–most)."
    return result


def _add(result: Table, what: str, rounds: int, work: Callable[[], str]) -> None:
    seconds, used, told = [], [], ""
    for _ in range(rounds):
        began, before = time.perf_counter(), time.process_time()
        told = work()
        seconds.append(time.perf_counter() - began)
        used.append(time.process_time() - before)
    result.add(what, Spread.of(seconds), figure(Spread.of(used).median), told)
