"""A worker: a forked copy of the loader that evaluates queries, one after the other, and can reach nothing else.

After `confine` the process can open no file, no socket and no pipe, and gets no more memory than the limit. So there is no poll, no late
import and no traceback here, and every query has a thread of its own: random numbers would otherwise be the same in all workers.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import resource
import signal
import socket
import threading
from typing import Any, BinaryIO, cast

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, Store

from baligraph.store import frames

_STACK = 64 << 20  # brackets nest some thousand deep before the stack ends
_POSITION = re.compile(r"^error at (\d+):(\d+): ")
_LONGEST_MESSAGE = 300
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def serve(store: Store, connection: socket.socket, memory: int) -> None:
    """Answer the queries that come through `connection` until it closes. `memory` is in bytes, beside what is in use now."""
    threading.stack_size(_STACK)
    confine(memory)
    while (frame := frames.receive(connection)) is not None:
        thread = threading.Thread(target=_answer, args=(store, connection, json.loads(frame[1])))
        thread.start()
        thread.join()


def die_with(parent: int) -> None:
    """End this process when `parent` does: no orphan goes on counting."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the call
        os._exit(0)


def confine(memory: int) -> None:
    """Take from this process all that a query must not have."""
    with open("/proc/self/statm", encoding="ascii") as status:  # noqa: PTH123  (the last file that this process opens)
        in_use = int(status.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (in_use + memory + _STACK, in_use + memory + _STACK))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


class _Frames:
    """The file that the engine writes its answer to: whole frames of `frames.SIZE`, the head before the first."""

    def __init__(self, connection: socket.socket, media_type: str) -> None:
        self._connection = connection
        self._head: bytes | None = media_type.encode()
        self._buffer = bytearray()

    def write(self, part: bytes) -> int:
        self._buffer += part
        while len(self._buffer) > frames.SIZE:
            self._send(frames.DATA, bytes(self._buffer[: frames.SIZE]))
            del self._buffer[: frames.SIZE]
        return len(part)

    def flush(self) -> None:
        """Nothing: an early small frame would cost more than it gives."""

    def finish(self) -> None:
        self._send(frames.LAST, self._buffer)

    def _send(self, kind: bytes, payload: bytes | bytearray) -> None:
        if self._head is not None:
            frames.send(self._connection, frames.HEAD, self._head)
            self._head = None
        frames.send(self._connection, kind, payload)


def _answer(store: Store, connection: socket.socket, request: dict[str, Any]) -> None:
    try:
        try:
            _evaluate(store, connection, request)
        except SyntaxError as error:
            _refuse(connection, "query", *_place(str(error)))
        except MemoryError:
            _refuse(connection, "memory", "the query needed more memory than it may have")
        except (ValueError, OSError, RuntimeError) as error:
            if isinstance(error, BrokenPipeError | ConnectionResetError):
                return
            _refuse(connection, "query", str(error))
    except BaseException:
        os._exit(70)  # a traceback would need files; the gateway sees the process end and says so


def _evaluate(store: Store, connection: socket.socket, request: dict[str, Any]) -> None:
    dataset: dict[str, Any] = {}
    if request["default_graphs"] or request["named_graphs"]:
        dataset["default_graph"] = [NamedNode(iri) for iri in request["default_graphs"]]
        dataset["named_graphs"] = [NamedNode(iri) for iri in request["named_graphs"]]
    results = store.query(request["text"], **dataset)
    kind: QueryResultsFormat | RdfFormat | None
    if isinstance(results, QueryTriples):
        out = _Frames(connection, request["triples"])
        kind = RdfFormat.from_media_type(request["triples"])
        results.serialize(cast(BinaryIO, out), format=kind)
    else:
        if isinstance(results, QueryBoolean) and request["solutions"] in {"text/csv", "text/tab-separated-values"}:
            raise ValueError("the answer to ASK has no CSV or TSV form; ask for JSON or XML")
        out = _Frames(connection, request["solutions"])
        kind = QueryResultsFormat.from_media_type(request["solutions"])
        results.serialize(cast(BinaryIO, out), format=kind)
    out.finish()


def _place(message: str) -> tuple[str, int | None, int | None]:
    found = _POSITION.match(message)
    if not found:
        return message, None, None
    text = message[found.end() :]
    if "Prefix not found" in text:
        text = "a prefix that the query does not declare"
    else:  # the engine lists every token and character that could stand here
        text = re.sub(r", or |, (?=,|$)", ", ", re.sub(r",?\s*\[[^\]]*\](?:[^,]*\])?", "", text))
        text = text if len(text) <= _LONGEST_MESSAGE else text[:_LONGEST_MESSAGE].rpartition(",")[0] + " …"
    return text, int(found[1]), int(found[2])


def _refuse(connection: socket.socket, kind: str, message: str, line: int | None = None, column: int | None = None) -> None:
    body = json.dumps({"kind": kind, "message": message, "line": line, "column": column})
    frames.send(connection, frames.ERROR, body.encode())
