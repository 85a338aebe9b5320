"""The reading of documents on this machine, in several processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Final

from ingest.contribution import TextInput
from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.findings import Reading
from ingest.parts.work import pool

_FEW: Final = 8  # documents that are read sooner than processes are started


def read_all(texts: Sequence[TextInput], context: ReadingContext, processes: int) -> Iterator[tuple[TextInput, Reading | str]]:
    """The reading of each text, or why there is none. One that ends its process is read again in a process of its own."""
    if len(texts) <= _FEW or processes < 2:
        for text in texts:
            yield text, read_one(text, context)
        return
    # forked workers inherit the context: it would take longer to send than to read by it
    _Worker.context = context
    ended: list[TextInput] = []
    with pool(min(processes, len(texts))) as readers:
        futures = [(text, readers.submit(_read_here, text)) for text in texts]
        for text, future in futures:
            outcome = _result(future)
            if outcome is None:
                ended.append(text)
            else:
                yield text, outcome
    for text in ended:  # one of them ended its process, and with it the pool: each gets one of its own
        with pool(1) as reader:
            yield text, _result(reader.submit(_read_here, text)) or "the process that read it was ended"


class _Worker:
    context: ReadingContext


def _read_here(text: TextInput) -> Reading | str:
    return read_one(text, _Worker.context)


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
