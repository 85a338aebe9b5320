"""One build in a fresh process, and what it took: python -m bench.child {"out": …, "documents": …, "cache": …, "processes": …}"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.errors import BenchError
from bench.machine import memory

_SAMPLED = 0.2  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Built:
    """Seconds from the start of the process to its end, seconds of each step that the build reports, the most memory that was seen (bytes,
    all processes, what they share once), what was counted, the id of the release, and how many documents were left out."""

    wall: float
    steps: Mapping[str, float]
    memory: int
    counts: Mapping[str, int]
    release: str = ""
    left_out: int = 0

    @property
    def parts(self) -> dict[str, float]:
        """The steps, and what is none of them: the start of Python and the imports."""
        return {**self.steps, "start and imports": self.wall - sum(self.steps.values())}


def build(out: Path, *, documents: Path | None = None, cache: Path | None = None, processes: int | None = None) -> Built:
    """Build below `out`. Raises BenchError if no release comes of it."""
    given = {"out": out, "documents": documents, "cache": cache}
    asked = {**{name: str(path) for name, path in given.items() if path}, "processes": processes}
    # an installed package is compiled: where bytecode is not kept, every start would compile it
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "bench.child", json.dumps(asked)]
    began, most = time.perf_counter(), 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        while True:
            try:
                said, _ = process.communicate(timeout=_SAMPLED)
                break
            except subprocess.TimeoutExpired:
                most = max(most, memory(process.pid))
    wall = time.perf_counter() - began
    if process.returncode:
        raise BenchError(f"the build ended with {process.returncode}: {said[-500:]}")
    told = json.loads(said)
    return Built(wall, told["steps"], most, told["counts"], told["release"], told["left_out"])


def main(given: Mapping[str, str]) -> int:
    """Build as told, and print steps and counts as JSON."""
    from ingest.build import build as build_release  # noqa: PLC0415  (its imports are part of what is measured)

    result = build_release(
        out=Path(given["out"]),
        documents=[Path(given["documents"])] if "documents" in given else (),
        cache=Path(given["cache"]) if "cache" in given else None,
        processes=int(given["processes"]) if given["processes"] else None,
    )
    if result.release is None:
        print(result.error)
        return 1
    told = {"steps": dict(result.timings), "counts": dict(result.counts), "release": result.release.id}
    print(json.dumps({**told, "left_out": sum(problem.blocking for problem in result.problems)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
