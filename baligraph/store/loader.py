"""The loader: one process with one thread that holds a dataset in memory and forks workers, which share it copy-on-write.

    python -m baligraph.store.loader FD PATH MEMORY [FOLDER]

With FOLDER the dataset lies there, on disk. (The engine then has threads of its own for writing, which a reader never waits for.)

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
import shutil
import signal
import socket
import sys
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, cast

from pyoxigraph import Store

from baligraph.dataset import rdf_format
from baligraph.store import worker
from baligraph.store.confine import die_with

_KEPT = 2


def load(path: Path) -> Store:
    """The dataset of a file, gzipped or not, in memory. Raises OSError, or SyntaxError with the place."""
    store = Store()
    _fill(store, path)
    return store


def keep(path: Path, folder: Path) -> Store:
    """The same on disk: loaded into `folder` unless it is there already, then opened for reading. Raises as `load` does.

    A loader that is killed leaves a half-filled folder under another name, which the next one for this file removes. Of older stores
    beside it one is kept, to go back to; whoever still has another open keeps it open.
    """
    if not folder.exists():
        half = folder.with_name(f"{folder.name}.loading")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        store = Store(str(half))
        _fill(store, path)
        store.optimize()
        store.flush()
        del store
        half.rename(folder)
        _drop_old(folder.parent)
    return Store.read_only(str(folder))


def _drop_old(folder: Path) -> None:
    stores = [path for path in folder.iterdir() if (path / "IDENTITY").is_file() and (path / "CURRENT").is_file()]
    for path in sorted(stores, key=lambda path: path.stat().st_mtime_ns, reverse=True)[_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)


def _fill(store: Store, path: Path) -> None:
    kind = rdf_format(path)
    if kind is None:
        raise OSError("has no extension of an RDF format")
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        store.bulk_load(cast(BinaryIO, file), format=kind)


def main(descriptor: int, path: Path, memory: int, folder: Path | None) -> None:
    """Load, then fork and end workers until the gateway closes the socket."""
    control = socket.socket(fileno=descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the gateway decides when it ends
    try:
        store = load(path) if folder is None else keep(path, folder)
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
                die_with(own)
                _work(store, control, descriptors, memory, files=folder is not None)
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


def _work(store: Store, control: socket.socket, descriptors: list[int], memory: int, *, files: bool) -> NoReturn:
    status = 1
    try:
        control.close()
        connection, errors = descriptors
        os.dup2(errors, 2)
        os.close(errors)
        worker.serve(store, socket.socket(fileno=connection), memory, files=files)
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
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]) if len(sys.argv) > 4 else None)
