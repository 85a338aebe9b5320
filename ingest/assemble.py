"""A few readings → the graph of a release, in memory: what `ingest.build` does with many, for tests and tools."""

from __future__ import annotations

import atexit
import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store, parse

from ingest.contribution import FindingRow, TextInput
from ingest.findings import Reading
from ingest.frame import Frame
from ingest.parts.documents import Inputs
from ingest.parts.memo import Memo
from ingest.parts.readings import Held
from ingest.parts.whole import Mends, make
from ingest.resolve import Resolution


@dataclass(slots=True)
class Assembled:
    """The graph of a release, its sorted lines, and how it came about. `failed` names the documents that could not be written, and why;
    `idle` the decisions of curation that meet nothing in it."""

    lines: list[str]
    store: Store
    resolution: Resolution
    inferred: Mapping[str, int]
    rows: list[FindingRow]
    failed: dict[str, str] = field(default_factory=dict)
    idle: list[str] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)


def assemble(
    readings: Iterable[Reading],
    texts: Mapping[str, TextInput],
    frame: Frame,
    day: dt.date,
    refused: Mapping[str, str] | None = None,
    mends: Mends | None = None,
) -> Assembled:
    """The graph of these readings. `texts` has the text of each by slug, `day` is the newest date of the inputs.

    `refused` are claims, assertions and meetings (by IRI, with the reason) of documents that are not registered: they are withheld.
    `mends` may change `texts` and `refused` and have all made again (`ingest.parts.whole`).
    """
    whole = make(Inputs(Held(readings), texts, frame, day, {} if refused is None else refused), _memo(), mends=mends)
    lines, store = list(whole.lines()), Store()
    store.extend(parse("".join(lines), format=RdfFormat.N_QUADS))
    return Assembled(lines, store, whole.resolution, whole.inferred, list(whole.rows()), whole.failed, whole.idle, whole.conflicts)


@cache
def _memo() -> Memo:
    """One for the process: the tables are judged once. Its folder goes with it."""
    folder = tempfile.TemporaryDirectory(prefix="assemble-")
    memo = Memo(Path(folder.name) / "made.sqlite")
    atexit.register(folder.cleanup)
    return memo
