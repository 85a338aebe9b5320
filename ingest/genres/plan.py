"""A plan: numbered areas with bullets, each a commitment of whoever the opening sentence names ("The … will …, with a focus on:")."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import ProvisionFound, Reading, Source
from ingest.gazetteer import normal
from ingest.grammar.actors import Parties, opening_name, parties
from ingest.grammar.clauses import Clause, Kind, clauses
from ingest.grammar.cues import HARD
from ingest.grammar.provisions import Given, item, promising, provision
from ingest.lexicon import Lexicon

NAME = "plan"
_WILL = re.compile(r"\b(?:will|shall|agreed? to|commit(?:s|ted)? to|undertakes? to|should|must)\b")
_FOCUS = re.compile(
    r"[\s,–—-]*(?:with\s+(?:a\s+)?(?:particular\s+)?(?:focus|emphasis)\s+on|in\s+the\s+following\s+areas?|as\s+follows)?[\s:]*$"
)
_TO = re.compile(r"\s+to\s+(?P<verb>[a-z]+)\b")


def likeness(document: Document) -> float:
    """How much the text looks like a plan: several numbered headings over bullets that begin with a verb, under a sentence with "will"."""
    areas = {b.number for b in document.blocks if b.kind == "heading" and b.number}
    bullets = [b for b in document.blocks if b.kind == "bullet" and b.section in areas]
    if len(areas) < 2 or len(bullets) < 4:
        return 0.0
    lower = sum(b.text.s[:1].islower() for b in bullets) / len(bullets)
    share = len(bullets) / sum(b.kind != "heading" for b in document.blocks)
    return 0.4 * lower + 0.3 * share + 0.3 * (_opening(document) is not None)


def read(document: Document, context: ReadingContext) -> Reading:
    """The opening commitment and those of the bullets, numbered by area and place in it ("3.2")."""
    lexicon = context.lexicon
    opening = _opening(document)
    found: list[ProvisionFound] = []
    kind: Kind = "Commitment"
    wording: tuple[str, ...] = ("will",)
    who = Parties()
    if opening is not None and (clause := _chapeau(opening, lexicon)):
        kind, wording, who = clause.kind, clause.wording, parties(opening, clause)
        key = f"{opening.block.label}-1"
        found.append(replace(provision(opening, clause, context), key=key))
    headings = {b.number: b.text.s for b in document.blocks if b.kind == "heading" and b.number}
    said = (opening.whole("plan.opening"),) if opening else ()
    under = _headings(document)
    areas = {number: theme for number, text in headings.items() if number and (theme := lexicon.theme_of(text) or _first(lexicon, text))}
    for p in document.passages:
        section = p.block.section
        if p.block.kind == "bullet" and section in headings:
            area = areas.get(section) if section else None
            themes = tuple(t for t in lexicon.themes(p.s) if t not in areas.values())
            given = Given(kind, wording, who, (area, *themes) if area else themes, said=(*said, *under[section]))
            found.append(replace(_bullet(p, context, given), key=p.block.label, number=p.block.label))
    ordered = [replace(f, order=n) for n, f in enumerate(found, 1)]
    return Reading(document.slug, NAME, [*ordered], document.spans())


def _bullet(p: Passage, context: ReadingContext, given: Given) -> ProvisionFound:
    """One bullet. "members to consider …" has an actor and a wording of its own."""
    first = opening_name(p)
    if first and (m := _TO.match(p.s, first.end)):
        slug = context.lexicon.wording.get(normal(m["verb"]))
        given = replace(given, kind="Commitment", wording=(slug,) if slug else given.wording, parties=Parties((first.ref,)))
    return item(p, context, given)


def _headings(document: Document) -> dict[str | None, tuple[Source, ...]]:
    """The heading of each area, by its number."""
    heads = [p for p in document.passages if p.block.kind == "heading" and p.block.number]
    return {p.block.number: (p.whole("plan.area"),) for p in heads}


def _opening(document: Document) -> Passage | None:
    """The sentence before the areas that says who will do all that follows."""
    before: list[Passage] = []
    for p in document.passages:
        if p.block.kind == "heading" and p.block.number:
            break
        before.append(p)
    return next((p for p in reversed(before) if p.block.kind != "heading" and _WILL.search(p.s)), None)


def _chapeau(p: Passage, lexicon: Lexicon) -> Clause | None:
    read = [c for c in clauses(normal(p.s), 0, len(p.s), lexicon, parties=promising(p)) if c.head.act in HARD]
    if not read:
        return None
    clause = read[-1]
    tail = _FOCUS.search(p.s, clause.head.end)
    return replace(clause, end=min(clause.end, tail.start() if tail else len(p.s)))


def _first(lexicon: Lexicon, text: str) -> str | None:
    return next(iter(lexicon.themes(text)), None)
