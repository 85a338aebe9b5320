"""A build that is killed leaves no reader behind. (That the old release stays is tested where releases are written.)"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

SCRIPT = """
import time
from typing import Any
from ingest import readers
from ingest.contribution import TextInput
readers.read_document = lambda *_: time.sleep(600)
texts = [TextInput(slug=f"d{n}", text="x") for n in range(12)]
list(readers.read_all(texts, None, 2))
"""


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def until(seconds: float, met: object) -> bool:
    end = time.monotonic() + seconds
    while not met():  # type: ignore[operator]
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_the_readers_end_with_the_build() -> None:
    with subprocess.Popen([sys.executable, "-c", SCRIPT]) as process:
        try:
            assert until(30, lambda: len(children(process.pid)) == 2)
            readers = children(process.pid)
        finally:
            process.send_signal(signal.SIGKILL)
    assert until(10, lambda: not any(Path(f"/proc/{pid}").exists() for pid in readers))
