"""What a review page shows of one document: its passages, its findings with how to decide on each, and its conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from baligraph.decide import Choice
from baligraph.passages import Passage

KINDS: Final = {
    "meeting": "meeting",
    "date": "date",
    "place": "place",
    "people": "who took part",
    "provision": "provision",
    "name": "name",
    "state": "count or state",
    "other": "other fact",
    "candidate": "candidate",
}
"""The kinds of finding by which a page is coloured, with their names."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A further passage that a finding rests on."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `ids` are those of findings.csv, the first the one to decide on; `number` is that of the words that carry it."""

    ids: tuple[str, ...]
    kind: str
    says: tuple[tuple[str, str], ...]
    written: str
    paragraph: str
    rule: str
    status: str
    reason: str
    number: int
    start: int
    quote_start: int
    beside: tuple[Beside, ...] = ()
    similar: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one property that disagree. `here` are those that this document gives, with the findings that say so."""

    subject: str
    predicate: str
    here: tuple[tuple[str, Finding], ...]
    elsewhere: tuple[str, ...]
    accepted: tuple[str, ...]
    reason: str
    decided: bool

    @property
    def within(self) -> bool:
        """Whether the document disagrees with itself."""
        return len({value for value, _ in self.here}) > 1


@dataclass(frozen=True, slots=True)
class DocumentReview:
    """All that a page shows of one document. `whole` is False where only quotations of it may be published."""

    slug: str
    title: str
    genre: str
    whole: bool
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...]

    def of(self, passage: Passage) -> list[Finding]:
        """The findings whose words stand in this passage."""
        return [f for f in self.findings if passage.read and passage.start <= f.start < passage.end]

    def home_of(self, beside: Beside) -> Passage:
        """The passage of the page in which a quotation stands."""
        return next(p for p in self.passages if p.start <= beside.start < p.end)

    def lent(self, passage: Passage) -> list[Finding]:
        """The findings of other passages that also rest on this one."""
        return [
            f
            for f in self.findings
            if passage.read and not passage.start <= f.start < passage.end and any(passage.start <= b.start < passage.end for b in f.beside)
        ]

    def with_status(self, *status: str) -> list[Finding]:
        return [f for f in self.findings if f.status in status]

    @property
    def unread(self) -> list[Passage]:
        return [p for p in self.passages if not p.read and not p.aside]

    @property
    def named_only(self) -> list[Passage]:
        """Passages of which nothing was read but names."""
        return [p for p in self.passages if p.read and all(f.kind == "name" for f in self.of(p))]

    @property
    def open_conflicts(self) -> list[Conflict]:
        return [c for c in self.conflicts if not c.decided]

    @property
    def counts(self) -> dict[str, int]:
        found = dict.fromkeys(KINDS, 0)
        for f in self.findings:
            found[f.kind] += 1
        return {kind: n for kind, n in found.items() if n}
