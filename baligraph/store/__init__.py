"""The engine behind an interface: a query goes in, a media type and a stream of bytes come out.

`Engine` is all that the service knows. `baligraph.store.embedded` holds a release in memory; others (a remote SPARQL service) can stand
in its place.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

SOLUTIONS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
"""Media types for the solutions of SELECT and the truth value of ASK, which CSV and TSV can't hold."""

TRIPLES = (
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
    "application/trig",
    "application/n-quads",
)
"""Media types for the triples of CONSTRUCT and DESCRIBE."""


TRUTH = "truth"
"""For `Query.form_only`: the query is an ASK."""

ALL_GRAPHS = "*"
"""For `Query.dump`: the default graph and all named graphs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to ask. Only the engine parses `text`, so it is told the media type for either kind of answer.

    `default_graphs` and `named_graphs` are those of the SPARQL protocol (section 2.1.4): if either is given, they win over FROM.
    `timeout` (seconds) can only shorten the engine's own, unless `unlimited`, which an operator may ask for: then it may also be
    longer, and the answer may have any size. `dump` asks, instead of `text`, for the quads of one graph (its IRI, or nothing for the
    default graph) or of `ALL_GRAPHS`, in the media type `triples`. `form_only` asks only whether the query can be
    read, and of what form it is: the media type of the empty answer is `solutions`, `triples` or TRUTH.
    """

    text: str = ""
    dump: str | None = None
    form_only: bool = False
    solutions: str = SOLUTIONS[0]
    triples: str = TRIPLES[0]
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    timeout: float | None = None
    unlimited: bool = False


class Answer(ABC):
    """The answer to one query: an async context manager, whose exit ends a query that still runs.

    `media_type` is what the bytes are. `whole` holds a short answer that was finished at once; else None, and `chunks()` gives the
    bytes as they come. `chunks()` raises a StoreError where the rest can't be had: what was read before is then no valid answer.
    `queued` is how long the query waited, in seconds; `worked`, once it is closed, how long it took after that;
    `on_close` is called then.
    """

    def __init__(self) -> None:
        self.media_type = ""
        self.whole: bytes | None = None
        self.queued = 0.0
        self.worked = 0.0
        self.on_close: Callable[[], None] | None = None

    @abstractmethod
    def chunks(self) -> AsyncIterator[bytes]:
        """The bytes, once."""

    @abstractmethod
    async def close(self) -> None:
        """End the query if it still runs."""

    async def read(self) -> bytes:
        """All bytes in one."""
        return self.whole if self.whole is not None else b"".join([chunk async for chunk in self.chunks()])

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            await self.close()
        finally:
            if self.on_close is not None:
                self.on_close()


@dataclass(frozen=True, slots=True)
class Status:
    """How an engine is: workers that live, those that are free, queries that wait, and queries ended so far by reason."""

    workers: int
    idle: int
    waiting: int
    ended: Mapping[str, int]


class Engine(Protocol):
    """Answers queries over one release."""

    def status(self) -> Status:
        """How it is at this moment."""
        ...

    async def start(self) -> None:
        """Make ready to answer. Raises EngineError."""

    async def close(self) -> None:
        """End everything that was started."""

    async def ask(self, query: Query) -> Answer:
        """Answer a query; returns when the first bytes are there.

        Raises QueryError (the query is wrong), UnknownGraphError (there is no such graph to dump), LimitError (it passed a limit),
        BusyError (too many wait), EngineError (try again).
        Cancelling the call ends the query.
        """
        ...
