"""A decision told in an aside: "Two groups would be set up, Ministers decided, to follow up the recommendations"."""

from __future__ import annotations

import re
from functools import cache

from ingest.grammar.clauses import KIND_OF, Clause
from ingest.grammar.cues import ADVERBS, ASK, DECIDE, Act, Cue, any_of
from ingest.grammar.speakers import PEOPLE
from ingest.lexicon import Lexicon

_ACTING = re.compile(r"\b(?:should|must|shall|will|would|needs? to|(?:is|are|was|were) to)\b")


def aside_clause(n: str, start: int, end: int, lexicon: Lexicon) -> Clause | None:
    """The clause of the sentence n[start:end], if its main clause says what somebody in an aside decided or asked for."""
    m = _aside(lexicon).search(n, start, end)
    if m is None or not _ACTING.search(n, start, m.start()):
        return None
    slug = lexicon.wording.get(re.sub(r"\s+", " ", m["verb"]))
    act = Act.DECIDE if slug in DECIDE else Act.ASK
    head = Cue(m.start("verb"), m.end("verb"), act, slug, speaker=m.start("who"))
    stop = end
    while stop > start and n[stop - 1] in " ,;:":
        stop -= 1
    return Clause(start, stop, KIND_OF[act], head, (head,), rule="provisions.aside")


@cache
def _aside(lexicon: Lexicon) -> re.Pattern[str]:
    verbs = any_of(f for f in lexicon.forms(*DECIDE, *ASK) if f.endswith("ed"))
    return re.compile(rf",\s+(?P<who>(?:the\s+)?(?:{PEOPLE}))\s+{ADVERBS}*(?P<verb>{verbs})(?=\s*(?:,|[.;]\s*$|$))")
