"""Processes that may do no harm: forked one by one from a process with a single thread, and without files, sockets and much memory.

Such a parent is asked over a Unix stream socket. Each request is one line:

    {"fork": …}      with descriptors beside it, which the child gets → {"pid": n}
    {"end": pid}     → {"status": n} once the process is gone (negative: the signal that ended it)

When the asking side closes the socket, the parent ends all children and itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import socket
from collections.abc import Callable
from typing import Any, NoReturn

from baligraph.seccomp import only_read

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with(parent: int) -> None:
    """End this process when `parent` does: no orphan goes on counting."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the call
        os._exit(0)


def confine(memory: int, seconds: int | None = None, *, files: bool = False) -> None:
    """Take from this process all that it does not need, for good.

    That is files, sockets, more memory than `memory` (bytes) beside what is in use now, and more processor time than `seconds`. With
    `files` it may still open files for reading. Raises OSError where the kernel has no seccomp, which that needs.
    """
    with open("/proc/self/statm", encoding="ascii") as status:  # noqa: PTH123  (the last file that this process opens)
        in_use = int(status.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (in_use + memory, in_use + memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if files:
        only_read()
    else:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    if seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def serve_forks(control: socket.socket, work: Callable[[Any, list[int]], None]) -> None:
    """Fork and end children until the other side closes the socket. `work` is what a child does with what stands beside "fork" and with its
    descriptors; no child returns from here."""
    children: set[int] = set()
    own = os.getpid()
    while request := _request(control):
        message, descriptors = request
        if "fork" in message:
            pid = os.fork()
            if pid == 0:
                die_with(own)
                _work(control, work, message["fork"], descriptors)
            for passed in descriptors:
                os.close(passed)
            children.add(pid)
            reply(control, {"pid": pid})
        else:
            pid = message["end"]
            # a pid that is not a child of ours may belong to anybody
            reply(control, {"status": _end(pid) if pid in children else 0})
            children.discard(pid)
    for pid in children:
        _end(pid)


def reply(control: socket.socket, message: dict[str, Any]) -> None:
    """Send one line; a side that is gone needs none."""
    with contextlib.suppress(BrokenPipeError):
        control.sendall(json.dumps(message).encode() + b"\n")


def _work(control: socket.socket, work: Callable[[Any, list[int]], None], given: Any, descriptors: list[int]) -> NoReturn:
    status = 1
    try:
        control.close()
        work(given, descriptors)
        status = 0
    finally:
        os._exit(status)


def _end(pid: int) -> int:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _request(control: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """One line and its descriptors. The other side waits for each reply, so lines never run together."""
    line, descriptors, _, _ = socket.recv_fds(control, 4096, 2)
    return (json.loads(line), descriptors) if line else None
