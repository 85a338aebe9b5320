"""The asking side of `ingest.read.child`: files are parsed in processes of their own, which can neither reach anything nor last."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final

from baligraph.errors import EngineError
from baligraph.settings import Settings
from ingest.read.extraction import Extraction, RefusedError

_AGAIN: Final = "Save it anew, or in another format."
_NAME: Final = 64  # the end of a name: its suffix is all that counts


@dataclass(frozen=True, slots=True)
class Child:
    """A process that parses a file, and the socket on which it answers."""

    pid: int
    answer: socket.socket


class Parsers:
    """Starts a child for each file. Nothing runs until the first is asked for."""

    def __init__(self, settings: Settings):
        self._settings = settings
        self._open = ExitStack()
        self._control: socket.socket | None = None
        self._answers: set[socket.socket] = set()

    def __enter__(self) -> Parsers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for answer in self._answers:  # of files that nobody waited for, because another one stopped the build
            answer.close()
        self._open.close()

    def start(self, file: int, name: str) -> Child:
        """Have the file that is open as descriptor `file` parsed; `finish` waits for it."""
        given = {
            "name": name[-_NAME:],
            "limit": self._settings.max_document_bytes,
            "memory": self._settings.document_memory << 20,
            "seconds": self._settings.document_timeout,
        }
        ours, theirs = socket.socketpair()
        self._answers.add(ours)
        with theirs:
            pid = self._ask({"fork": given}, [file, theirs.fileno()])["pid"]
        return Child(pid, ours)

    def finish(self, child: Child) -> tuple[str, Extraction]:
        """The hash of the file and its text. Raises RefusedError where it has none, or its process has ended."""
        # a child waits for nothing but the processor and us, and ends by its own limit; this one is for a machine that stands still
        deadline = time.monotonic() + 10 + 10 * self._settings.document_timeout
        answer, late = bytearray(), False
        self._answers.remove(child.answer)
        with child.answer:
            try:
                while True:
                    child.answer.settimeout(max(deadline - time.monotonic(), 0.01))
                    part = child.answer.recv(1 << 20)
                    if not part:
                        break
                    answer += part
            except TimeoutError:
                late = True
        status = self._ask({"end": child.pid})["status"]
        if late or status in {-signal.SIGXCPU, -signal.SIGKILL}:
            told = f"takes more than {self._settings.document_timeout} s to be read"
            raise RefusedError(told, "Leave it out, or raise BALIGRAPH_DOCUMENT_TIMEOUT.")
        if status != 0:
            ended = signal.Signals(-status).name if status < 0 else f"status {status}"
            raise RefusedError(f"ended the process that parsed it ({ended})", _AGAIN)
        found: dict[str, Any] = json.loads(answer)
        if "refused" in found:
            raise RefusedError(found["refused"], found["mend"], found["line"])
        return found["sha256"], extraction_of(found["extraction"])

    def _ask(self, message: dict[str, Any], descriptors: list[int] | None = None) -> dict[str, Any]:
        if self._control is None:
            self._control = self._begin()
        socket.send_fds(self._control, [json.dumps(message).encode() + b"\n"], descriptors or [])
        return _line(self._control)

    def _begin(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        # -P: a folder from which somebody starts a build must not be able to replace modules
        command = [sys.executable, "-P", "-m", "ingest.read.child", str(theirs.fileno())]
        with theirs:
            process = self._open.enter_context(subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]))  # noqa: S603
        self._open.enter_context(ours)  # closed first: then the process ends, and is waited for
        try:
            _line(ours)
        except EngineError:
            process.kill()
            raise
        return ours


def extraction_of(value: dict[str, Any]) -> Extraction:
    """An extraction from its JSON. Raises KeyError or TypeError for anything else."""
    pages = tuple((int(offset), int(page)) for offset, page in value["pages"])
    return Extraction(**{**value, "pages": pages, "notes": tuple(value["notes"]), "left_out": tuple(value["left_out"])})


def _line(control: socket.socket) -> dict[str, Any]:
    line = b""
    while not line.endswith(b"\n"):
        part = control.recv(4096)
        if not part:
            raise EngineError("the process that parses files has ended")
        line += part
    reply: dict[str, Any] = json.loads(line)
    return reply


def processors() -> int:
    """How many children may run at once."""
    return len(os.sched_getaffinity(0))
