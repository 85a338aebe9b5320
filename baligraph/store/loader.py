"""The loader: one process with one thread that holds a dataset in memory and forks workers, which share it copy-on-write.

    python -m baligraph.store.loader FD PATH MEMORY

`FD` is a Unix stream socket to the gateway. It begins with one line, {"quads": n} or {"error": text}; then each request is one line:

    {"fork": true}   with two descriptors beside it, the worker's end of a socket pair and its stderr → {"pid": n}
    {"end": pid}     → {"status": n} once the process is gone (negative: the signal that ended it)

When the gateway closes the socket, the loader ends all workers and itself.
"""

from __future__ import annotations

import contextlib
import gc
import gzip
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, cast

from pyoxigraph import Store

from baligraph.dataset import rdf_format
from baligraph.store import worker


def load(path: Path) -> Store:
    """The dataset of a file, gzipped or not. Raises OSError, or SyntaxError with the place."""
    store = Store()
    kind = rdf_format(path)
    if kind is None:
        raise OSError("has no extension of an RDF format")
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        store.bulk_load(cast(BinaryIO, file), format=kind)
    return store


def main(descriptor: int, path: Path, memory: int) -> None:
    """Load, then fork and end workers until the gateway closes the socket."""
    control = socket.socket(fileno=descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the gateway decides when it ends
    try:
        store = load(path)
    except (OSError, SyntaxError, ValueError) as error:
        _reply(control, {"error": f"{path}: {error}"})
        return
    gc.collect()
    gc.freeze()  # else the first collection in a worker would copy the pages it shares
    _reply(control, {"quads": len(store)})

    children: set[int] = set()
    own = os.getpid()
    while request := _request(control):
        message, descriptors = request
        if "fork" in message:
            pid = os.fork()
            if pid == 0:
                worker.die_with(own)
                _work(store, control, descriptors, memory)
            for passed in descriptors:
                os.close(passed)
            children.add(pid)
            _reply(control, {"pid": pid})
        else:
            pid = message["end"]
            # a pid that is not a child of ours may belong to anybody
            _reply(control, {"status": _end(pid) if pid in children else 0})
            children.discard(pid)
    for pid in children:
        _end(pid)


def _work(store: Store, control: socket.socket, descriptors: list[int], memory: int) -> NoReturn:
    status = 1
    try:
        control.close()
        connection, errors = descriptors
        os.dup2(errors, 2)
        os.close(errors)
        worker.serve(store, socket.socket(fileno=connection), memory)
        status = 0
    finally:
        os._exit(status)


def _end(pid: int) -> int:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _request(control: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """One line and its descriptors. The gateway waits for each reply, so lines never run together."""
    line, descriptors, _, _ = socket.recv_fds(control, 4096, 2)
    return (json.loads(line), descriptors) if line else None


def _reply(control: socket.socket, message: dict[str, Any]) -> None:
    with contextlib.suppress(BrokenPipeError):
        control.sendall(json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
