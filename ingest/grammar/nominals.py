"""Acts told by a noun instead of a verb: "there was consensus that", "a request was made to", "were given the task of"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.grammar.cues import ADVERBS, Act, Cue, Party
from ingest.grammar.negation import DENIED, NO_AGREEMENT
from ingest.grammar.speakers import speakers
from ingest.grammar.subjects import party_before

_CONTENT = r"(?=\s+(?:that|to|on)\b)"
_AMONG = r"(?:\s+(?:among|amongst|between)\s+(?:all\s+|the\s+)*[a-z]+(?:\s+(?:states|countries|officials))?)?"
_TO = re.compile(r"\s+to\s+[a-z]")
_TASK = r"(?:(?:(?:the|a)\s+(?:[a-z]+\s+)?)?(?:task|mandate|authority)\s+(?:of|to)\b)"
_WHO = r"(?:(?!\b(?:to|with|that)\b)[\w'-]+\s+){1,7}?"
# What is told of nobody in particular: it stands for those who met.
_IMPERSONAL = (
    (
        "agree",
        re.compile(
            rf"\bthere\s+(?:was|is)\s+(?:(?!no\b|not\b|little\b|insufficient\b)[a-z]+\s+){{0,2}}(?:agreement|consensus)"
            rf"{_AMONG}{_CONTENT}|"
            r"(?<!\bno )(?<!\bany )(?<!\bneither )(?<!\blittle )"
            rf"(?:\ban?\s+)?\b(?:(?:broad|general|wide)\s+)?(?:agreement|consensus)"
            r"\s+(?:(?:was|has been)\s+(?:reached|achieved|found)|emerged)"
            rf"{_AMONG}{_CONTENT}"
        ),
    ),
    ("decide", re.compile(rf"\b(?:a|the)\s+decision\s+was\s+(?:taken|made){_CONTENT}")),
    (
        "agree",
        re.compile(rf"\bthe\s+following\s+(?:[a-z]+\s+){{1,3}}(?:was|were)\s+{ADVERBS}*agreed(?:\s+upon)?(?=\s*:)"),
    ),
    ("request", re.compile(r"\ba\s+(?:[a-z]+\s+)?request\s+was\s+(?:also\s+)?made(?=\s+(?:to|for|that)\b)")),
    ("call-on", re.compile(r"\ba\s+(?:[a-z]+\s+)?call\s+was\s+(?:also\s+)?made(?=\s+(?:to|for|on)\b)")),
    ("recommend", re.compile(r"\ba\s+(?:[a-z]+\s+)?recommendation\s+was\s+(?:also\s+)?made(?=\s+(?:to|that)\b)")),
)
# What those who met did together.
_COLLECTIVE = (
    (
        "agree",
        re.compile(
            r"\b(?:reached|achieved|came\s+to|were\s+in|was\s+in)\s+(?:an?\s+)?(?:(?!no\b|little\b)[a-z]+\s+)?(?:agreement|consensus)"
            + _CONTENT
        ),
    ),
    ("agree", re.compile(r"\b(?:were|was)\s+(?:all\s+)?(?:unanimous|agreed|united\s+in\s+(?:the\s+view|agreeing))(?=\s+that\b)")),
    ("decide", re.compile(rf"\b(?:took|made)\s+(?:a|the)\s+decision{_CONTENT}")),
    ("request", re.compile(r"\b(?:made|addressed)\s+a\s+(?:[a-z]+\s+)?request(?=\s+(?:to|for|that)\b)")),
    ("call-on", re.compile(r"\b(?:made|issued)\s+an?\s+(?:[a-z]+\s+)?(?:call|appeal)(?=\s+(?:to|for|on)\b)")),
    ("task", re.compile(rf"\b(?:gave|give|assigned|assign)\s+{_WHO}{_TASK}")),
    ("task", re.compile(rf"\b(?:charged|charge|assigned|assign)\s+{_WHO}(?:with(?=\s+\w+ing\b)|to(?=\s+[a-z]))")),
    ("entrust", re.compile(r"\bleft\s+it\s+to(?=\s+(?:the\s+)?[\w'-]+(?:\s+[\w'-]+){0,3}\s+to\b)")),
)
# What a state or an organisation may do alone, too.
_OF_ANYBODY = (
    (
        "intend",
        re.compile(
            r"\b(?:announced|declared|expressed|affirmed|confirmed|stated)\s+(?:their|its|our)\s+(?:[a-z]+\s+)?intention(?=\s+to\b)"
        ),
    ),
    (
        "determine",
        re.compile(
            r"\b(?:express(?:ed)?|declared?|voiced?|stand\s+firm\s+in|stood\s+firm\s+in)\s+(?:their|its|our)\s+(?:[a-z]+\s+){0,2}?"
            r"(?:determination|resolve)(?=\s+to\b)"
        ),
    ),
    (
        "commit",
        re.compile(r"\b(?:renew|renewed|declared?|voiced?)\s+(?:their|its|our)\s+(?:[a-z]+\s+){0,2}?(?:commitment|pledge)(?=\s+to\b)"),
    ),
)
_TASKED = re.compile(
    rf"\b(?:was|were|is|are)\s+{ADVERBS}*(?:(?:given|assigned|entrusted\s+with)\s+{_TASK}|(?:charged|assigned)\s+with(?=\s+\w+ing\b))"
)
_ACTS = {
    "request": Act.ASK,
    "call-on": Act.ASK,
    "recommend": Act.ASK,
    "intend": Act.PROMISE,
    "determine": Act.PROMISE,
    "commit": Act.PROMISE,
}


def nominals(n: str, start: int, end: int, parties: Sequence[Party], opens: bool) -> Iterator[Cue]:
    """The cues of the sentence n[start:end] in which a noun tells what those who met did; `n` is normal text.

    `opens`: at the head of the sentence a verb needs no subject.
    """
    for m in NO_AGREEMENT.finditer(n, start, end):
        yield Cue(m.start(), m.end(), Act.NARRATE, None)
    for slug, pattern in _IMPERSONAL:
        for m in pattern.finditer(n, start, end):
            yield _cue(n, m, end, slug, m.start())
    for slug, pattern in (*_COLLECTIVE, *_OF_ANYBODY):
        for m in pattern.finditer(n, start, end):
            begin = speakers(n, start, m.start(), m[0].split()[0])
            if begin is None and any(slug == s for s, _ in _OF_ANYBODY):
                begin = party_before(n, m.start(), parties)
            if begin is None and opens and not n[start : m.start()].strip():
                begin = m.start()
            if begin is not None and not DENIED.search(n, start, m.start()):
                yield _cue(n, m, end, _task(m) if slug == "task" else slug, begin)
    for m in _TASKED.finditer(n, start, end):
        if speakers(n, start, m.start(), "were") is not None or party_before(n, m.start(), parties) is not None:
            yield Cue(m.start(), m.end(), Act.DECIDE, _task(m), passive=True)


def _task(m: re.Match[str]) -> str:
    """The wording of what somebody was given: a task, a mandate or authority."""
    return "mandate" if "mandate" in m[0] else "authorise" if "authority" in m[0] else "task"


def _cue(n: str, m: re.Match[str], end: int, slug: str, speaker: int) -> Cue:
    act = _ACTS.get(slug, Act.PROMISE if slug == "agree" and _TO.match(n, m.end(), end) else Act.DECIDE)
    return Cue(m.start(), m.end(), act, slug, speaker=speaker)
