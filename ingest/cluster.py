"""The reading of documents on a Dask cluster: `baligraph build --dask ADDRESS`, with the extra `cluster`.

Only the reading is sent out: it is what grows with the documents and needs nothing but a text and the reference tables. Every worker must
run the same code as the build, so that a reading is the same wherever it was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from baligraph.errors import BaligraphError
from ingest.cache import ReadingCache, extractor_version
from ingest.context import reading_context
from ingest.contribution import TextInput
from ingest.document import ReadingContext
from ingest.findings import Reading
from ingest.readers import read_one
from ingest.reference import Reference

_AHEAD: Final = 4  # documents per thread of the cluster that wait there: bounds what is held
_WAIT: Final = "15s"


class ClusterError(BaligraphError, RuntimeError):
    """The cluster can't be used; the message says what to do."""


def read_on(
    address: str, texts: Sequence[TextInput], reference: Reference, kept: ReadingCache | None = None
) -> Iterator[tuple[TextInput, Reading | str]]:
    """The reading of each text, or why there is none, in the order in which they are done. Where `kept` is given, readings are put there.

    Raises ClusterError: Dask is not installed, no scheduler answers at `address` ("tcp://10.0.0.5:8786"), it has no workers, or they run
    other code.
    """
    if not texts:
        return
    distributed = _distributed()
    try:
        client = distributed.Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address} ({error}); start one with `dask scheduler`") from error
    with client, client.as_current():
        threads = sum(client.nthreads().values())
        _same_code(client, address)
        tables = client.scatter(reference, broadcast=True, hash=False)
        waiting = {client.submit(_read, text, tables, pure=False, retries=0): text for text in texts[: threads * _AHEAD]}
        done = distributed.as_completed(list(waiting))
        rest = iter(texts[threads * _AHEAD :])
        for future in done:
            text = waiting.pop(future)
            outcome = _outcome(future)
            if kept is not None and isinstance(outcome, Reading):
                kept.put(outcome, text.sha256)
            yield text, outcome
            future.release()
            if (following := next(rest, None)) is not None:
                another = client.submit(_read, following, tables, pure=False, retries=0)
                waiting[another] = following
                done.add(another)


def _distributed() -> Any:
    try:
        import distributed  # noqa: PLC0415  (an extra: builds on one machine do without it)
    except ImportError as error:
        raise ClusterError("--dask needs Dask; install it with `pip install 'baligraph[cluster]'`") from error
    return distributed


def _same_code(client: Any, address: str) -> None:
    """Ask every worker which reader it has."""
    try:
        versions: dict[str, str] = client.run(_version)
    except Exception as error:  # whatever a worker raises comes as what it is
        raise ClusterError(f"the workers at {address} do not have this package ({error}); install it on all of them") from error
    if not versions:
        raise ClusterError(f"the cluster at {address} has no workers; start some with `dask worker {address}`")
    others = {worker: found for worker, found in versions.items() if found != extractor_version()}
    if others:
        told = ", ".join(f"{worker} has {found}" for worker, found in sorted(others.items()))
        raise ClusterError(f"the workers run another version than {extractor_version()}: {told}; install the same on all of them")


def _version() -> str:
    return extractor_version()


def _outcome(future: Any) -> Reading | str:
    error = future.exception()
    if error is None:
        outcome: Reading | str = future.result()
        return outcome
    return f"the worker that read it was ended ({type(error).__name__})"


def _read(text: TextInput, reference: Reference) -> Reading | str:
    return read_one(text, _context(_Tables(reference)))


class _Tables:
    """The tables of a task, told apart by what they are and not by their content: a worker holds one copy of them."""

    def __init__(self, reference: Reference):
        self.reference = reference

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Tables) and other.reference is self.reference

    def __hash__(self) -> int:
        return id(self.reference)


@lru_cache(maxsize=2)
def _context(tables: _Tables) -> ReadingContext:
    return reading_context(tables.reference)
