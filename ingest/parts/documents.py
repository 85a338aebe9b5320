"""What the documents of a build give to its parts, by the identity of their meetings; what was made before is not made again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.cache import extractor_version
from ingest.contribution import TextInput
from ingest.curation_quads import registered
from ingest.findings import Reading
from ingest.frame import Frame
from ingest.parts.contribute import contribution
from ingest.parts.memo import Memo, digest
from ingest.parts.readings import Readings, meetings_of
from ingest.parts.route import Routes
from ingest.parts.work import mapped
from ingest.quads import document_quads
from ingest.redact import redacted
from ingest.resolve import Resolution, resolve
from ingest.withhold import withhold


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a release is made of. `texts` has the text of each reading by slug, `day` is the newest date of the inputs, `refused` are
    claims, assertions and meetings (IRI → reason) of documents that are not registered: they are withheld."""

    readings: Readings
    texts: Mapping[str, TextInput]
    frame: Frame
    day: dt.date
    refused: Mapping[str, str] = field(default_factory=dict)


class Documents:
    """`keys` are those of what each document gives, `indexes` what is known of it without looking at its quads, `failed` why a document is
    left out."""

    def __init__(self, inputs: Inputs, memo: Memo, processes: int, routes: Routes):
        self.inputs, self.memo, self.processes, self.routes = inputs, memo, processes, routes
        self.frame = inputs.frame
        self.people = {r.person for r in self.frame.curation.redactions}
        self.rows = registered(self.frame.curation, self.frame.reference)
        self.readings: dict[str, Reading] = {}  # without all but their meetings
        self.resolution: Resolution | None = None
        self.resolved: list[str] = []
        self.failed: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        self.indexes: dict[str, dict[str, Any]] = {}

    def make(self) -> Resolution:
        """See that what each document gives is kept. One whose findings can't be written is left out."""
        readings, texts = self.inputs.readings, self.inputs.texts
        slugs = [slug for slug in readings.slugs() if slug in texts and slug not in self.failed]
        if not self.readings:
            self.readings = {slug: redacted(meetings_of(readings, slug, self.memo), self.people) for slug in slugs}
        while True:
            known = [self.readings[slug] for slug in slugs]
            if self.resolution is None or slugs != self.resolved:
                self.resolution, self.resolved = self._resolve(known), slugs
            broken = self._contribute(known, self.resolution)
            if not broken:
                return self.resolution
            self.failed |= broken  # without it, other documents may name a meeting that it named first
            slugs = [slug for slug in slugs if slug not in broken]

    def _resolve(self, known: Sequence[Reading]) -> Resolution:
        return resolve(
            known,
            {slug: text.sha256 for slug, text in self.inputs.texts.items()},
            self.rows,
            merges=self.frame.curation.merged(),
            country_of=self.frame.reference.country_of(),
        )

    def _contribute(self, known: Sequence[Reading], resolution: Resolution) -> dict[str, str]:
        meetings: dict[str, dict[str, str]] = {reading.slug: {} for reading in known}
        for (slug, found), key in resolution.keys.items():
            meetings[slug][found] = key
        self.keys = {slug: self._key(slug, meetings[slug]) for slug in meetings}
        todo = [slug for slug in meetings if not self.memo.has(f"index:{self.keys[slug]}")]
        self.memo.flush()
        broken: dict[str, str] = {}
        for slug, outcome in zip(todo, mapped(lambda s: self._contribution(s, meetings[s]), todo, self.processes), strict=True):
            if isinstance(outcome, str):
                broken[slug] = outcome
            else:
                self.memo.put(outcome)
        self.indexes = {slug: json.loads(self.memo.kept(f"index:{self.keys[slug]}")) for slug in meetings if slug not in broken}
        return broken

    def _key(self, slug: str, meetings: Mapping[str, str]) -> str:
        text = self.inputs.texts[slug]
        about = [slug, text.sha256, str(text.registered), text.language, text.title, json.dumps(meetings, sort_keys=True)]
        base = digest(self.frame.digest, extractor_version(), self.inputs.readings.key(slug), json.dumps(sorted(self.people)), *about)
        if not self.inputs.refused or text.registered:
            return base
        known = self.memo.get(f"index:{base}")
        named = set(json.loads(known)["nodes"]) if known else set(self.inputs.refused)
        refused = {iri: why for iri, why in self.inputs.refused.items() if iri in named}
        return digest(base, json.dumps(refused, sort_keys=True)) if refused else base

    def _contribution(self, slug: str, meetings: Mapping[str, str]) -> list[tuple[str, bytes]] | str:
        text = self.inputs.texts[slug]
        try:
            d = document_quads(redacted(self.inputs.readings.get(slug), self.people), text, meetings, extractor_version())
        except ValueError as error:
            return str(error)
        if self.inputs.refused and not text.registered:
            d = withhold(d, self.inputs.refused)
        return contribution(d, self.routes).dump(self.keys[slug])
