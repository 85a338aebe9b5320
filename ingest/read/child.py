"""The process that parses files, one confined child for each.

    python -m ingest.read.child FD

`FD` is a Unix stream socket to the asking side (`ingest.read.parsers`). Children are forked as `baligraph.confined` says, with two
descriptors: the file, opened by the other side, and where to write the answer. What stands beside "fork" is {"name", "limit", "memory",
"seconds"}: the name of the file, the most bytes and characters that it may have, the most memory in bytes and processor time.

The answer is one JSON object: an extraction and the hash of what was read, or {"refused": problem, "mend": …, "line": …}. A child that dies
leaves it unfinished.
"""

from __future__ import annotations

import gc
import hashlib
import heapq  # noqa: F401  (a Counter imports it when it is asked, which is too late here)
import json
import os
import signal
import socket
import sys
from dataclasses import asdict
from typing import Any

from baligraph.confined import confine, reply, serve_forks
from ingest.read import formats
from ingest.read.encoding import preload
from ingest.read.extraction import RefusedError

_AGAIN = "Save it anew, or in another format."


def main(descriptor: int) -> None:
    """Fork a child for each file until the asking side closes the socket."""
    control = socket.socket(fileno=descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the asking side decides when this ends
    preload()
    gc.freeze()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    reply(control, {"ready": True})

    def work(given: dict[str, Any], descriptors: list[int]) -> None:
        file, out = descriptors
        with os.fdopen(file, "rb") as opened:
            raw = opened.read(given["limit"] + 1)
        os.dup2(nowhere, 1)  # a library may chat
        os.dup2(nowhere, 2)
        confine(given["memory"], given["seconds"])
        answer = json.dumps(_answer(raw, given)).encode()
        while answer:
            answer = answer[os.write(out, answer) :]

    serve_forks(control, work)


def _answer(raw: bytes, given: dict[str, Any]) -> dict[str, Any]:
    try:
        if len(raw) > given["limit"]:
            raise RefusedError("grew while it was read", "Wait until it is whole.")
        found = formats.parse(raw, given["name"])
        if len(found.text) > given["limit"]:
            raise RefusedError(f"holds more than {given['limit']:,} characters of text", "Split it, or leave it out.")
        return {"sha256": hashlib.sha256(raw).hexdigest(), "extraction": asdict(found)}
    except RefusedError as error:
        return {"refused": error.problem, "mend": error.mend, "line": error.line}
    except MemoryError:
        told = f"needs more than {given['memory'] >> 20:,} MiB of memory to be read"
        return {"refused": told, "mend": "Leave it out, or raise BALIGRAPH_DOCUMENT_MEMORY.", "line": None}
    except Exception as error:  # whatever a hostile file makes of a parser, it is one refused file
        return {"refused": f"can't be parsed ({type(error).__name__}: {str(error)[:200]})", "mend": _AGAIN, "line": None}


if __name__ == "__main__":
    main(int(sys.argv[1]))
