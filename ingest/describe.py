"""Findings in words: what `baligraph extract` shows of one document before anything enters the graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.findings import (
    AppointmentFound,
    DateRead,
    Fact,
    Finding,
    MeetingFound,
    MembershipFound,
    MentionFound,
    ObservationFound,
    ParticipationFound,
    PersonFound,
    ProvisionFound,
    Reading,
)
from ingest.folded import plain
from ingest.layout import printed
from ingest.read.extraction import page_of


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: its kind, what it says, the words that carry it, and where they stand.

    `paragraph` is empty where the text prints no number; `line` counts from 1; `page` is where the passage begins, None where the document
    has no pages. `quote` is the text from `start` to `end`; the words stand from `words_start` to `words_end` and are shown without breaks
    and marks.
    """

    kind: str
    says: str
    words: str
    paragraph: str
    line: int
    page: int | None
    quote: str
    rule: str
    start: int
    end: int
    words_start: int
    words_end: int

    @property
    def place(self) -> str:
        """Where a reader finds it: the paragraph that the text numbers, else the line."""
        return f"¶ {self.paragraph}" if self.paragraph else f"line {self.line}"


def describe(reading: Reading, text: str, pages: Sequence[tuple[int, int]] = ()) -> list[Line]:
    """The findings of a reading in the order of the text; `pages` as an extraction has them."""
    found = [_line(f, text, pages) for f in reading.findings]
    return sorted(found, key=lambda x: (x.words_start, x.words_end, x.kind, x.says))


def _line(f: Finding, text: str, pages: Sequence[tuple[int, int]]) -> Line:
    kind, says = _says(f)
    s = f.source
    return Line(
        kind=kind,
        says=says,
        words=plain(text[s.anchor.start : s.anchor.end]),
        paragraph=printed(s.paragraph),
        line=text.count("\n", 0, s.anchor.start) + 1,
        page=page_of(pages, s.passage.start),
        quote=text[s.passage.start : s.passage.end],
        rule=s.rule,
        start=s.passage.start,
        end=s.passage.end,
        words_start=s.anchor.start,
        words_end=s.anchor.end,
    )


def _says(f: Finding) -> tuple[str, str]:  # noqa: PLR0911  (one line per type of finding)
    match f:
        case MeetingFound():
            return "meeting", f"{f.key}: {f.kind}, {f.standing}"
        case Fact():
            return "fact", f"{f.subject} {f.property} {f.value.edtf if isinstance(f.value, DateRead) else f.value}"
        case ParticipationFound():
            office = f", {f.office}" if f.office else ""
            return "participation", f"{f.agent} {f.role} at {f.meeting}{office}"
        case MembershipFound():
            return "membership", f"{f.member} {f.status} of {f.organisation}"
        case AppointmentFound():
            return "appointment", f"{f.holder} {f.status} of {f.body}"
        case ProvisionFound():
            return f.kind.lower(), f"{f.number or f.key}: {f.text}"
        case ObservationFound():
            return "observation", f"{f.about} {f.observed} {f.value}"
        case MentionFound():
            return "mention", f.target
        case PersonFound():
            return "person", f"{f.name} ({f.key})"
        case _:
            return "unresolved", f"{f.written} ({f.kind})"
