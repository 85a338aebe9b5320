"""A worker: a forked copy of the loader that evaluates queries, one after the other, and can reach nothing else.

After `confine` the process can open no file, no socket and no pipe, and gets no more memory than the limit. So there is no poll, no late
import and no traceback here. Queries run in a thread that this process starts itself: the random numbers of the loader's thread would
be the same in all workers.
"""

from __future__ import annotations

import json
import marshal
import os
import re
import socket
import threading
from typing import Any, BinaryIO, cast

from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, Store

from baligraph.confined import confine
from baligraph.store import ALL_GRAPHS, TRUTH, frames

_POSITION = re.compile(r"^error at (\d+):(\d+): ")
_LONGEST_MESSAGE = 300
STACK = 64 << 20
"""Bytes of the stack of the thread that evaluates: brackets nest some thousand deep before it ends."""


def serve(store: Store, connection: socket.socket, memory: int, stack: int, *, files: bool) -> None:
    """Answer the queries that come through `connection` until it closes. `memory` (bytes) and `files` as in `confine`; `stack` (bytes)
    as STACK."""
    threading.stack_size(stack)
    confine(memory + stack, files=files)
    thread = threading.Thread(target=_loop, args=(store, connection))
    thread.start()
    thread.join()


def _loop(store: Store, connection: socket.socket) -> None:
    try:
        while (frame := frames.receive(connection)) is not None:
            _answer(store, connection, marshal.loads(frame[1]))  # noqa: S302  (only the gateway writes here)
    except (BrokenPipeError, ConnectionResetError):
        return
    except BaseException:
        os._exit(70)  # a traceback would need files; the gateway sees the process end and says so


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
        head, self._head = self._head, None
        frame = frames.pack(kind, payload)
        self._connection.sendall(frame if head is None else frames.pack(frames.HEAD, head) + frame)


def _answer(store: Store, connection: socket.socket, request: dict[str, Any]) -> None:
    try:
        _evaluate(store, connection, request)
    except SyntaxError as error:
        _refuse(connection, "query", *_place(str(error)))
    except MemoryError:
        _refuse(connection, "memory", "the query needed more memory than it may have")
    except (BrokenPipeError, ConnectionResetError):
        raise
    except (ValueError, OSError, RuntimeError) as error:
        _refuse(connection, "query", str(error))


def _evaluate(store: Store, connection: socket.socket, request: dict[str, Any]) -> None:
    if request["dump"] is not None:
        _dump(store, connection, request["dump"], request["triples"])
        return
    dataset: dict[str, Any] = {}
    if request["default_graphs"] or request["named_graphs"]:
        dataset["default_graph"] = [NamedNode(iri) for iri in request["default_graphs"]]
        dataset["named_graphs"] = [NamedNode(iri) for iri in request["named_graphs"]]
    results = store.query(request["text"], base_iri=request["base_iri"], **dataset)
    kind: QueryResultsFormat | RdfFormat | None
    if request["form_only"]:
        truth, triples = isinstance(results, QueryBoolean), isinstance(results, QueryTriples)
        _Frames(connection, TRUTH if truth else request["triples" if triples else "solutions"]).finish()
        return
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


def _dump(store: Store, connection: socket.socket, name: str, media_type: str) -> None:
    graph = None if name == ALL_GRAPHS else NamedNode(name) if name else DefaultGraph()
    if isinstance(graph, NamedNode) and not store.contains_named_graph(graph):
        _refuse(connection, "graph", f"there is no graph {name}")
        return
    out = _Frames(connection, media_type)
    store.dump(cast(BinaryIO, out), format=RdfFormat.from_media_type(media_type), from_graph=graph)
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
