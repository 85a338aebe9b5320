"""Decisions that a text quotes from another occasion: Ministers "agreed to …"."""

from __future__ import annotations

import re

from ingest.grammar.clauses import KIND_OF, Clause
from ingest.grammar.cues import RECOGNISE, Act, Cue, patterns
from ingest.lexicon import Lexicon

_QUOTED = re.compile(r'"(?P<words>[^"]{20,})"')
_SUBJECT = re.compile(r"\b(?:ministers|members|participants|senior officials|delegates|conference|meeting|workshop|group|it)\b")
# What one person is quoted to have said binds nobody else: "“We will help,” said Ms Lim".
_SAID = re.compile(
    r"[,.!?][\"”’']\s+(?:[\w.’'-]+\s+){0,6}?(?:said|says|added|told|explained|remarked)\b"
    r"|\b(?:said|says|added|told\s+\w+|explained|remarked)\s*[,:]?\s+[\"“‘'](?=[A-Z])"
)
# So does an opinion: "Critics say that Ministers must …".
_HOLDS = re.compile(
    r"(?:Critics|Analysts|Commentators|Advocates|Activists|Journalists|Academics|Researchers|(?:The|One)\s+authors?|He|She|I)\s+(?:\w+ly\s+)?"
    r"(?:says?|said|thinks?|thought|argue[sd]?|believe[sd]?|claim(?:s|ed)?|feels?|felt|insist(?:s|ed)?|warn(?:s|ed)?|hope[sd]?)\b"
)
_I = re.compile(
    r"(?:(?<![^\s“\"(])(?<!\w\s)|\b(?:that|and|but|when|what|as)\s+)I\s+(?:[a-z]{3,})\b"
)  # "I remember that the ministers agreed to act"
_NEAR = 60  # how far before a verb its subject may begin


def is_said(s: str, start: int, end: int) -> bool:
    """Whether the sentence s[start:end] gives what one person, or people outside, said or think."""
    return any(told.search(s, start, end) for told in (_SAID, _I)) or _HOLDS.match(s, start, end) is not None


def quoted_clauses(n: str, start: int, end: int, lexicon: Lexicon) -> list[Clause]:
    """The decisions quoted in the sentence n[start:end]; `n` is normal text, in which every double quotation mark is straight.

    A quotation is a decision if it begins with a verb of deciding, or follows one; words in quotation marks ("whole of government")
    are not.
    """
    first, last = patterns(lexicon).opens, patterns(lexicon).leads
    found: list[Clause] = []
    for m in _QUOTED.finditer(n, start, end):
        a, b = m.span("words")
        while b > a and n[b - 1] in " .,;":
            b -= 1
        if (verb := first.match(n, a, b)) and (who := _subject(n, start, a)) is not None:
            begin, where = a, verb.span("verb")
        elif (verb := last.search(n, start, m.start())) and (who := _subject(n, start, verb.start())) is not None:
            begin, where = verb.start(), verb.span("verb")
        else:
            continue
        slug = lexicon.wording[re.sub(r"\s+", " ", verb["verb"])]
        act = Act.RECOGNISE if slug in RECOGNISE else Act.DECIDE
        cue = Cue(*where, act, slug, speaker=who)
        found.append(Clause(begin, b, KIND_OF[act], cue, (cue,), rule="provisions.quotation"))
    return found


def _subject(n: str, start: int, verb: int) -> int | None:
    """Where the nearest collective before `verb` begins."""
    return max((m.start() for m in _SUBJECT.finditer(n, max(start, verb - _NEAR), verb)), default=None)
