"""The reading of documents on this machine, in several processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Final

from ingest.cache import ReadingCache
from ingest.contribution import TextInput
from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.findings import Reading
from ingest.parts.work import pool

_FEW: Final = 8  # documents that are read sooner than processes are started


def read_all(
    texts: Sequence[TextInput], context: ReadingContext, processes: int, kept: ReadingCache | None = None
) -> Iterator[tuple[TextInput, Reading | str]]:
    """The reading of each text, or why there is none. One that ends its process is read again in a process of its own.

    Where `kept` is given, whoever reads a text keeps its reading there, and nothing but slug and genre comes back: this process would have
    to take in and write down what the others are done with.
    """
    if len(texts) <= _FEW or processes < 2:
        for text in texts:
            yield text, _kept(text, read_one(text, context), kept)
        return
    # forked workers inherit texts and context: it would take longer to send them than to read
    _Worker.texts, _Worker.context, _Worker.kept = texts, context, kept
    ended: list[int] = []
    with pool(min(processes, len(texts))) as readers:
        futures = [readers.submit(_read_here, n) for n in range(len(texts))]
        for n, future in enumerate(futures):
            outcome = _result(future)
            if outcome is None:
                ended.append(n)
            else:
                yield texts[n], outcome
    for n in ended:  # one of them ended its process, and with it the pool: each gets one of its own
        with pool(1) as reader:
            yield texts[n], _result(reader.submit(_read_here, n)) or "the process that read it was ended"


class _Worker:
    texts: Sequence[TextInput]
    context: ReadingContext
    kept: ReadingCache | None


def _read_here(number: int) -> Reading | str:
    text = _Worker.texts[number]
    return _kept(text, read_one(text, _Worker.context), _Worker.kept)


def _kept(text: TextInput, outcome: Reading | str, kept: ReadingCache | None) -> Reading | str:
    if kept is None or isinstance(outcome, str):
        return outcome
    kept.put(outcome, text.sha256)
    return Reading(outcome.slug, outcome.genre)


def read_one(text: TextInput, context: ReadingContext) -> Reading | str:
    """The reading of a text, or the error that it raises."""
    try:
        return read_document(text.slug, text.text, context)
    except Exception as error:  # one document's trouble, whatever it is, must not stop the others
        return f"{type(error).__name__}: {error}"


def _result(future: Future[Reading | str]) -> Reading | str | None:
    try:
        return future.result()
    except BrokenProcessPool:
        return None
