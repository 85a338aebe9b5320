"""The machine and the versions that a measurement belongs to. No names of hosts, no paths."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from bench.errors import BenchError


def facts() -> list[str]:
    """Cores, memory, load and Python, one line each."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    load = os.getloadavg()[0]
    return [
        f"{len(os.sched_getaffinity(0))} cores, {pages * size / 2**30:.0f} GiB of memory; load in the minute before the run: {load:.1f}",
        f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in ("baligraph", "pyoxigraph")),
    ]


def finish(command: Sequence[str]) -> None:
    """Run a program to its end. Raises BenchError with what it said, if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise BenchError(f"{Path(command[0]).name} ended with {done.returncode}: {(done.stdout + done.stderr)[-1000:]}")


def memory(pid: int) -> int:
    """Bytes of memory of a process and of all that it started; what several of them share counts once."""
    return sum(_proportional(p) for p in (pid, *_descendants(pid)))


def peak(pid: int) -> int:
    """The most memory (bytes) that a process alone has had so far."""
    lines = _read(Path(f"/proc/{pid}/status")).splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


def _descendants(pid: int) -> Iterable[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(task).split():
            yield int(child)
            yield from _descendants(int(child))


def _proportional(pid: int) -> int:
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(path: Path) -> str:
    """A file of a process, which may have ended meanwhile: it then takes no memory."""
    try:
        return path.read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return ""
