"""Terms of the concept schemes where they stand in a text: themes, types of documents, what a count counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from baligraph import data
from ingest.gazetteer import Gazetteer
from ingest.lexicon import Concept, read_concepts

_SCHEMES = ("theme", "document-type", "observed-property")


@dataclass(frozen=True, slots=True)
class TermHit:
    """A concept's slug and the words that stand for it, s[start:end]."""

    slug: str
    start: int
    end: int


class Terms:
    """All labels of the schemes theme, document-type and observed-property."""

    def __init__(self, concepts: Iterable[Concept]):
        known = list(concepts)
        self._of = {scheme: Gazetteer(c for c in known if c.scheme == scheme) for scheme in _SCHEMES}

    @classmethod
    def load(cls, folder: Path | None = None) -> Terms:
        """The terms of `folder` (default: the project's `ontology/concepts`). Raises LexiconError as the lexicon does."""
        files = {s: folder / f"{s}.ttl" if folder else data.ontology("concepts", f"{s}.ttl") for s in _SCHEMES}
        return cls(c for scheme, path in files.items() for c in read_concepts(path, scheme))

    def themes(self, s: str, start: int = 0, end: int | None = None) -> list[TermHit]:
        """The themes whose terms stand in s[start:end]."""
        return self._find("theme", s, start, end)

    def document_type(self, s: str) -> TermHit | None:
        """The last type of document that a heading names: "Strategy for Cooperation", "Co-Chairs' Summary"."""
        return next(iter(self._find("document-type", s, 0, None)[-1:]), None)

    def observed_property(self, s: str, start: int, end: int) -> str | None:
        """What a count in s[start:end] counts: "had made use of" → used-model-law."""
        return next((h.slug for h in self._find("observed-property", s, start, end)), None)

    def _find(self, scheme: str, s: str, start: int, end: int | None) -> list[TermHit]:
        hits = self._of[scheme].find(s[start:end])
        return [TermHit(ref.partition("_")[2], start + m.start, start + m.end) for m in hits for ref in m.refs]
