"""Where the readings of a build are: in memory, or on disk, so that no more of them are held than are being worked on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, Protocol

from ingest.cache import ReadingCache, from_json, to_json
from ingest.contribution import TextInput
from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.findings import Reading, Source, Span
from ingest.parts.memo import Memo, digest

_NOWHERE: Final = Source(Span(0, 1), Span(0, 1), "", "")


class Readings(Protocol):
    """The readings of a build by slug."""

    def slugs(self) -> list[str]: ...
    def key(self, slug: str) -> str:
        """The hash of all that decided the reading."""
        ...

    def get(self, slug: str) -> Reading: ...


class Held:
    """Readings in memory."""

    def __init__(self, readings: Iterable[Reading]):
        self._by_slug = {reading.slug: reading for reading in readings}

    def slugs(self) -> list[str]:
        return sorted(self._by_slug)

    def key(self, slug: str) -> str:
        return digest(json.dumps(to_json(self._by_slug[slug]), sort_keys=True))

    def get(self, slug: str) -> Reading:
        return self._by_slug[slug]


class Kept:
    """Readings in a cache; one that has vanished from it is read again."""

    def __init__(self, cache: ReadingCache, texts: Mapping[str, TextInput], context: ReadingContext):
        self._cache, self._texts, self._context = cache, texts, context

    def slugs(self) -> list[str]:
        return sorted(self._texts)

    def key(self, slug: str) -> str:
        return self._cache.key(self._texts[slug].sha256)

    def get(self, slug: str) -> Reading:
        text = self._texts[slug]
        return self._cache.get(slug, text.sha256) or read_document(slug, text.text, self._context)


def meetings_of(readings: Readings, slug: str, memo: Memo) -> Reading:
    """The reading with nothing but its meetings and what is said of them, no matter where: what the identity of meetings is decided by."""
    key = f"meetings:{readings.key(slug)}"
    if (known := memo.get(key)) is None:
        whole = to_json(readings.get(slug))
        told = [f for f in whole["findings"] if f["is"] == "MeetingFound" or (f["is"] == "Fact" and f["subject"].startswith("meeting:"))]
        for fact in told:
            if fact["is"] == "Fact":  # most of what there is to decode is where each was read
                del fact["source"]
        known = json.dumps(whole | {"findings": told, "passages": []}, ensure_ascii=False).encode()
        memo.put([(key, known)])
    value = json.loads(known)
    for found in value["findings"]:
        found.setdefault("source", _NOWHERE)
    return replace(from_json(value), slug=slug)
