"""The states that were in the chair through somebody: "co-chaired by Mr Tan Ho of Fiji and Ms Ana Lim (Nepal)".

Two who share a chair sit there for their states, whatever their offices. One alone does so only where the state itself is named with them,
not where they come from an agency of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import Finding, ParticipationFound, Source
from ingest.grammar.lines import passage_of

_CHAIRS = ("chair", "co-chair")
_OF_SESSIONS = re.compile(r"\b(?:sessions?|panels?|break-?outs?|breakout\s+groups?)\b(?!\s+of\s+the\b)", re.IGNORECASE)
# Behind a state: what makes it a part of the name of an agency.
_AGENCY = re.compile(r"\s+[A-Z]|['’]s?\s")


def states_in_chair(document: Document, found: Iterable[Finding], context: ReadingContext) -> Iterator[ParticipationFound]:
    """The part that each state has through the people of `found` who chaired for it."""
    found = list(found)
    shared = {(f.meeting, f.agent) for f in found if isinstance(f, ParticipationFound) and f.role == "co-chair"}
    people = [f for f in found if isinstance(f, ParticipationFound) and f.role in _CHAIRS and f.agent.startswith("person:")]
    for f in people:
        if f.on_behalf_of:
            together = (f.meeting, f.on_behalf_of) in shared or any(
                o.source.passage == f.source.passage and o.on_behalf_of not in (None, f.on_behalf_of) for o in people
            )
            if f.source.rule == "people.antecedent" or _OF_SESSIONS.search(_text(document, f.source)):
                continue
            # the state stands beside the name, or in the line that heads its delegation
            for source in (f.source, *f.source.beside):
                p = passage_of(document, context.gazetteer, source.anchor.start, source.anchor.end)
                if named := _words(p, replace(f, role="co-chair") if together else f, context):
                    told = replace(source, beside=()).with_beside(replace(f.source, beside=()), *f.source.beside)
                    written = p.s[named[0] : named[1]]
                    yield replace(
                        f,
                        agent=f.on_behalf_of,
                        role="co-chair" if together else f.role,
                        written=written,
                        office=None,
                        on_behalf_of=None,
                        source=told,
                    )
                    break


def _text(document: Document, source: Source) -> str:
    return document.text[source.anchor.start : source.anchor.end]


def _words(p: Passage, f: ParticipationFound, context: ReadingContext) -> tuple[int, int] | None:
    """Where the state stands for which somebody chaired."""
    state = f.on_behalf_of
    outright = [(m.start, m.end) for m in p.named("area", "org") if state in m.refs]
    if f.role == "chair":
        outright = [(a, b) for a, b in outright if not _AGENCY.match(p.s, b)]
    if outright or f.role == "chair":
        return next(iter(outright), None)
    adjectives = [word for word, ref in context.nations.items() if ref == state]
    said = [m.span() for word in adjectives for m in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", p.s)]
    ministries = [(m.start, m.end) for m in p.named("gov") if context.areas.get(m.ref) == state]
    return next(iter([*said, *ministries]), None)
