"""A declaration in the first person: "We, the Ministers …, recalling …, agree to …".

Who "we" are is said once, at the head. A meeting is read only where the text says that they gathered for it: a declaration without a date
and a place has none.
"""

from __future__ import annotations

import re

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import Reading
from ingest.genres.draft import Draft
from ingest.genres.occasion import find_occasion
from ingest.genres.report import conference_of
from ingest.genres.statement import read_session
from ingest.grammar.actors import acting_names
from ingest.grammar.assembly import Voice
from ingest.grammar.provisions import provisions_of_prose

NAME = "declaration"

_WE_ARE = re.compile(
    r"^(?:We,?\s+(?:the\s+|as\s+)?|The\s+(?=[^.]*,$))(?:[\w’'-]+,?\s+){0,4}?"
    r"(?:Ministers|ministers|[Rr]epresentatives|[Mm]embers|[Hh]eads|[Ll]eaders|[Oo]fficials|[Cc]o-?[Cc]hairs|[Dd]elegates|[Pp]articipants)\b"
)
_WE = re.compile(r"(?:^|[,;]\s|\b(?:that|end|regard|context|and|therefore)\s)[Ww]e\s")
_RECITAL = re.compile(r"^(?:[A-Z][a-z]+ing|Mindful|Convinced|Aware|Conscious|Concerned|Deeply|Determined|Guided|Inspired|Gravely)\b")
_ITEM = re.compile(
    r"^(?:(?:We|To|We\s+hereby)\s+)?(?:Agree|Commit|Decide|Resolve|Reaffirm|Urge|Encourage|Call|Direct|Task|Welcome|Invite|Request)"
)
_TITLE = re.compile(r"\bdeclaration\b", re.IGNORECASE)


def likeness(document: Document) -> float:
    """How much the text speaks in the first person plural, as those who declare something."""
    body = [p for p in document.passages if p.block.kind != "heading"]
    if not body:
        return 0.0
    own = sum(any(pattern.search(p.s) for pattern in (_WE, _RECITAL, _ITEM)) for p in body) / len(body)
    if any(_WE_ARE.match(p.s) for p in body[:4]):
        return 0.97 if own >= 0.3 else 0.6
    titled = any(_TITLE.search(p.s) for p in document.front)
    return 0.9 if titled and own >= 0.4 else 0.0


def read(document: Document, context: ReadingContext) -> Reading:
    """What is declared, and the meeting at which it was, if the text tells of one."""
    draft = Draft(document, context, NAME)
    body = [p for p in document.passages if p.block.kind != "heading"]
    if occasion := find_occasion(document):
        read_session(draft, occasion, body)
    blocks = [b for b in document.blocks if b.kind != "heading"]
    voice, met = voice_of(body), draft.assembly()
    draft.add(*provisions_of_prose(document, blocks, context, lambda s: conference_of(draft, document, s), voice, met=met))
    return draft.reading()


def voice_of(body: list[Passage]) -> Voice:
    """Who says "we": the names right after the first "We", or before the recitals; nobody where no table knows them."""
    for p in body:
        if m := _WE_ARE.match(p.s):
            names = [n for n in acting_names(p) if n.kind == "group" and n.start < m.end() <= n.end + 1]
            others = p.named("area") and not p.named("process")  # the ministers of the states that it names, not those of the process
            refs = () if others else tuple(dict.fromkeys(r for n in names for r in n.refs))
            return Voice(refs[:1], p.source(0, m.end(), "declaration.voice"))
    return Voice()
