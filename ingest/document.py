"""A document as the genres see it: its stored text in blocks and passages, and what is known to read it by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.findings import Ref, Source, Span
from ingest.folded import Folded
from ingest.gazetteer import Gazetteer, Match
from ingest.grammar.dates import DateHit, find_dates
from ingest.grammar.years import NO_YEARS, Years, years_of
from ingest.layout import Block, layout
from ingest.lexicon import Lexicon
from ingest.terms import Terms


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What a reader knows beforehand: names (reference tables) and words (concept schemes). No fact of a document."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    terms: Terms
    areas: Mapping[Ref, Ref]  # government body → its area
    processes: Mapping[Ref, Ref | None]  # series of meetings, body → its process
    nations: Mapping[str, Ref]  # adjective ("Thai") → area
    sequences: Mapping[tuple[Ref, str], Ref]  # body, kind of its meetings → the series in which they are numbered

    def exact(self, text: str, kind: str) -> Ref | None:
        """The one entity of this kind that the whole of `text` names."""
        refs = [r for r in self.gazetteer.exact(text) if r.startswith(f"{kind}:")]
        return refs[0] if len(refs) == 1 else None


@dataclass(frozen=True, slots=True)
class Passage:
    """What a quotation shows: a sentence of prose, or a whole bullet, dated line or heading. `matches` are the names in it, `years` what
    its document tells of the years of its days.
    """

    block: Block
    text: Folded
    matches: tuple[Match, ...]
    years: Years = NO_YEARS

    @property
    def s(self) -> str:
        return self.text.s

    def source(self, start: int, end: int, rule: str) -> Source:
        """The source of a finding that s[start:end] carries."""
        return Source(passage=self.text.span(), anchor=self.text.span(start, end), paragraph=self.block.label, rule=rule)

    def whole(self, rule: str) -> Source:
        return self.source(0, len(self.s), rule)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Offsets of the sentences inside the passage."""
        for part in self.text.sentences():
            start = self.text.at.index(part.at[0])
            yield start, start + len(part.s)

    def dates(self) -> list[DateHit]:
        """The dates in it, in order: those with a year, and those whose year the document gives elsewhere."""
        return sorted([*find_dates(self.s), *self.years.complete(self.s)], key=lambda h: h.start)

    def named(self, *kinds: str, start: int = 0, end: int | None = None) -> list[Match]:
        """The names of these kinds ("area", "org") inside s[start:end]."""
        last = len(self.s) if end is None else end
        return [m for m in self.matches if m.kind in kinds and start <= m.start and m.end <= last]

    def find(self, pattern: re.Pattern[str], start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        return pattern.finditer(self.s, start, len(self.s) if end is None else end)


# Few words without a verb or a stop, and the sentence below them.
_HEADING = re.compile(
    r"(?!(?:The|This|That|These|It|They|In|On|At|For|By|To)\b)[A-Z][\w’'-]*(?:\s+(?!was\b|were\b|is\b|are\b|agreed\b)[\w’'&/-]+){0,5}"
)
_SENTENCE = re.compile(r"[A-Z][\w’'-]*[^.;]{8,}")


@dataclass(frozen=True, slots=True)
class Document:
    """`text` is the stored text that every offset points into."""

    slug: str
    text: str
    blocks: tuple[Block, ...]
    passages: tuple[Passage, ...]
    years: Years = NO_YEARS

    @classmethod
    def of(cls, slug: str, text: str, gazetteer: Gazetteer) -> Document:
        blocks, names = tuple(layout(text)), gazetteer.within(text)
        years = years_of(blocks)
        return cls(slug, text, blocks, tuple(p for b in blocks for p in _passages(b, names, years, text)), years)

    @property
    def front(self) -> list[Passage]:
        """The headings before the first item or paragraph: title, date, place, kind of document."""
        front: list[Passage] = []
        for p in self.passages:
            if p.block.kind != "heading" and not (p.block.kind == "paragraph" and len(p.s) < 120 and not front):
                break
            front.append(p)
        return front

    def spans(self) -> list[Span]:
        return [p.text.span() for p in self.passages]


def _passages(block: Block, gazetteer: Gazetteer, years: Years, written: str) -> Iterator[Passage]:
    prose = block.kind in ("numbered", "paragraph")
    headed = _headed(block, written) if block.kind == "numbered" else 0
    parts = [block.text.part(0, headed), block.text.part(headed + 1, len(block.text.s))] if headed else [block.text]
    for text in (t for part in parts for t in (part.sentences() if prose else [part])):
        if text.s:
            yield Passage(block, text, tuple(gazetteer.find(text.s)), years)


def _headed(block: Block, written: str) -> int:
    """Where the heading ends with which a numbered part begins, on a line of its own: "3. Toolkit" over "The Group endorsed it."; or 0."""
    s = block.text.s
    end = next((i for i, at in enumerate(block.text.at) if s[i] == " " and written[at] == "\n"), 0)
    if not end or not _HEADING.fullmatch(s, 0, end) or not _SENTENCE.match(s, end + 1) or not s.rstrip().endswith("."):
        return 0
    lines = written[block.text.at[0] : block.text.at[-1] + 1].split("\n")
    fits = end + 1 + len(s[end + 1 :].split(maxsplit=1)[0])
    return end if max(len(line.strip()) for line in lines[1:]) > fits else 0
