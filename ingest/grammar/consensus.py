"""Agreement told as a noun: "there was consensus that", "members reached agreement on", "a decision was taken to"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.grammar.cues import Act, Cue
from ingest.grammar.negation import DENIED, NO_AGREEMENT
from ingest.grammar.speakers import speakers
from ingest.lexicon import Lexicon

_CONTENT = r"(?=\s+(?:that|to|on)\b)"
_AMONG = r"(?:\s+(?:among|amongst|between)\s+(?:all\s+|the\s+)*[a-z]+(?:\s+(?:states|countries|officials))?)?"
_REACHED = re.compile(
    rf"\bthere\s+(?:was|is)\s+(?:(?!no\b|not\b|little\b|insufficient\b)[a-z]+\s+){{0,2}}(?:agreement|consensus){_AMONG}{_CONTENT}|"
    r"(?<!\bno )(?<!\bany )(?<!\bneither )(?<!\blittle )"
    rf"(?:\ban?\s+)?\b(?:agreement|consensus)\s+(?:was|has been)\s+reached{_AMONG}{_CONTENT}"
)
_DECISION = re.compile(rf"\b(?:a|the)\s+decision\s+was\s+(?:taken|made){_CONTENT}")
_THEY_REACHED = re.compile(
    r"\b(?:reached|achieved|came\s+to|were\s+in|was\s+in)\s+(?:an?\s+)?(?:(?!no\b|little\b)[a-z]+\s+)?(?:agreement|consensus)" + _CONTENT
)
_TO = re.compile(r"\s+to\s+[a-z]")


def agreements(n: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Cue]:
    """The cues of the sentence n[start:end] in which a noun tells that those who met agreed or decided; `n` is normal text."""
    for m in NO_AGREEMENT.finditer(n, start, end):
        yield Cue(m.start(), m.end(), Act.NARRATE, None)
    for pattern, word in ((_REACHED, "agree"), (_DECISION, "decide")):
        for m in pattern.finditer(n, start, end):
            yield _cue(n, m, end, lexicon, word, m.start())
    for m in _THEY_REACHED.finditer(n, start, end):
        begin = speakers(n, start, m.start(), "reached")
        if begin is not None and not DENIED.search(n, start, m.start()):
            yield _cue(n, m, end, lexicon, "agree", begin)


def _cue(n: str, m: re.Match[str], end: int, lexicon: Lexicon, word: str, speaker: int) -> Cue:
    act = Act.PROMISE if _TO.match(n, m.end(), end) else Act.DECIDE
    return Cue(m.start(), m.end(), act, lexicon.wording.get(word), speaker=speaker)
