"""The loader: one process with one thread that holds a dataset in memory and forks workers, which share it copy-on-write.

    python -m baligraph.store.loader FD PATH MEMORY STACK [FOLDER]

With FOLDER the dataset lies there, on disk. (The engine then has threads of its own for writing, which a reader never waits for.)

`FD` is a Unix stream socket to the gateway. It begins with one line, {"quads": n} or {"error": text}; then workers are forked and ended as
`baligraph.confined` says. The descriptors of a fork are the worker's end of a socket pair and its stderr.
"""

from __future__ import annotations

import gc
import gzip
import os
import shutil
import signal
import socket
import sys
from pathlib import Path
from typing import Any, BinaryIO, cast

from pyoxigraph import Store

from baligraph.confined import reply, serve_forks
from baligraph.dataset import rdf_format
from baligraph.store import worker

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


def main(descriptor: int, path: Path, memory: int, stack: int, folder: Path | None) -> None:
    """Load, then fork and end workers until the gateway closes the socket."""
    control = socket.socket(fileno=descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the gateway decides when it ends
    try:
        store = load(path) if folder is None else keep(path, folder)
    except (OSError, SyntaxError, ValueError) as error:
        reply(control, {"error": f"{path}: {error}"})
        return
    gc.collect()
    gc.freeze()  # else the first collection in a worker would copy the pages it shares
    reply(control, {"quads": len(store)})

    def work(_: Any, descriptors: list[int]) -> None:
        connection, errors = descriptors
        os.dup2(errors, 2)
        os.close(errors)
        worker.serve(store, socket.socket(fileno=connection), memory, stack, files=folder is not None)

    serve_forks(control, work)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]) if len(sys.argv) > 5 else None)
