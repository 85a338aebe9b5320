"""A bare list of recommendations: each numbered item, however many sentences it has, is one recommendation."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import ProvisionFound, Reading, Source
from ingest.gazetteer import Gazetteer, normal
from ingest.grammar.actors import parties
from ingest.grammar.clauses import Clause, clauses
from ingest.grammar.content import content_verbs
from ingest.grammar.cues import HARD
from ingest.grammar.provisions import Given, provision
from ingest.layout import Block

NAME = "recommendations"
_HEADED = re.compile(r"\brecommendations?\b", re.IGNORECASE)
_DIRECTIVE = re.compile(
    r"\b(?:should|must|shall|ought to|needs? to|needed|necessary|encouraged?|urged?|invited?|requested?|recommend(?:ed)?|"
    r"call(?:ed)? (?:up)?on)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(r"\b(?:summary|statement|report|communiqu[eé]|minutes|declaration|strategy)\b", re.IGNORECASE)


def likeness(document: Document) -> float:
    """How much the text looks like bare recommendations: headed so, and nearly nothing but items with a directive."""
    items = _items(document)
    body = [b for b in document.blocks if b.kind != "heading"]
    headed = any(_HEADED.search(p.s) for p in document.front)
    if len(items) < 2 or not headed or any(_REPORTED.search(p.s) for p in document.front):
        return 0.0
    directive = sum(_DIRECTIVE.search(b.text.s) is not None for b in items) / len(items)
    return directive * min(1.0, len(items) / max(1, len(body) - 1))


def read(document: Document, context: ReadingContext) -> Reading:
    """One recommendation for each item, with its number."""
    names = context.gazetteer.within(document.text)
    headings = tuple(p.whole("recommendations.heading") for p in document.front if _HEADED.search(p.s))
    found = [_recommendation(b, names, context, headings) for b in _items(document)]
    ordered = [replace(f, order=n, key=f.number or f"{n}") for n, f in enumerate(found, 1)]
    return Reading(document.slug, NAME, [*ordered], document.spans())


def _items(document: Document) -> list[Block]:
    numbered = [b for b in document.blocks if b.kind == "numbered"]
    return numbered or [b for b in document.blocks if b.kind == "bullet"]


def _recommendation(block: Block, names: Gazetteer, context: ReadingContext, headings: tuple[Source, ...]) -> ProvisionFound:
    p = Passage(block, block.text, tuple(names.find(block.text.s)))
    n = normal(p.s)
    read = [c for start, end in p.sentences() for c in clauses(n, start, end, context.lexicon)]
    operative = [c for c in read if c.head.act in HARD]
    whole = provision(p, Clause.whole(len(p.s), "Recommendation", ()), context, Given("Recommendation"))
    who = [parties(p, c) for c in operative]
    verbs = tuple(dict.fromkeys(v for c in operative for v in content_verbs(n, c, context.lexicon))) or whole.verbs
    # An item without a verb of its own ("Establishment of …") is recommended by the heading that it stands under.
    wording = tuple(dict.fromkeys(w for c in read for w in c.wording)) or ("recommend",)
    return replace(
        whole,
        number=block.number,
        source=p.whole("recommendations.item").with_beside(*headings),
        wording=wording,
        verbs=verbs,
        actions=tuple(dict.fromkeys(slug for v in verbs if (slug := context.lexicon.action(v)))),
        actors=tuple(dict.fromkeys(ref for w in who for ref in w.actors)),
        addressees=tuple(dict.fromkeys(ref for w in who for ref in w.addressees)),
        directives=max(1, len(operative)),
    )
