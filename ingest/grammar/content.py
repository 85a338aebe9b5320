"""What a clause says is to be done: its content verbs, found from the construction of its head."""

from __future__ import annotations

import re

from ingest.grammar.clauses import Clause
from ingest.grammar.cues import Act, Cue
from ingest.grammar.verbs import after_modal, named_actions, purposes, subjunctive
from ingest.lexicon import Lexicon

_TO = re.compile(r"\s+to\s+")
_MODAL = re.compile(
    r"\s*(?:should|must|ought to|needs? to|need not|(?:is|are) to|will|"
    r"shall|could|might|would|may)\b(?:\s*,[^,]{1,100},)?(?:\s+(?:also|further|not)\b)*\s*"
)
_THAT = re.compile(r"\s*,?\s*that\s")
_IT_IS = re.compile(r"\bit\s+(?:is|was|would be|remains)\s+[a-z ]{2,40}?\bto\s+")
_LAST_WORD = re.compile(r"\b([a-z]+)\s+$")
_OBJECT_OF = re.compile(r"\s+(?:the|an?)\s+(?:[a-z-]+\s+)?(?P<noun>[a-z]+)\s+of\b")
_TOLD = ("direct", "instruct", "mandate", "task")
_DOING = ("accept", "adopt", "approve", "endorse", "establish")  # decisions whose verb is itself what is done


def content_verbs(n: str, clause: Clause, lexicon: Lexicon) -> list[str]:
    """The content verbs of a clause as lemmas; `n` is normal text of its passage."""
    if clause.rule == "provisions.item":
        return []
    head, end = clause.head, clause.end
    verbs: list[str] = []
    since = clause.start
    for c in clause.cues:
        softened = c.slug == "encourage" and c is not head and n.startswith("be ", c.start)  # "should be encouraged" is read as one
        if c.start >= clause.start and not softened:
            verbs += _verbs_of(n, c, since, end, lexicon)
        since = max(since, c.end)
    if not verbs and (m := _IT_IS.search(n, head.end, end)):  # "noted that it was timely to activate …"
        return after_modal(n, m.end(), end, lexicon)
    if verbs or _THAT.match(n, head.end, end):
        return list(dict.fromkeys(verbs))
    return purposes(n, head.end, end, lexicon)


def _verbs_of(n: str, c: Cue, since: int, end: int, lexicon: Lexicon) -> list[str]:
    """The content verbs that go with one cue, whose subject stands in n[since:c.start]."""
    if m := _MODAL.match(n, c.start, end):
        return after_modal(n, m.end(), end, lexicon)
    subject = named_actions(n, since, c.start, lexicon)
    if c.act is Act.VALUE and not re.match(r"\s*it\b", n[since : c.start]):
        return subject[:3]
    head = _LAST_WORD.search(n, since, c.start) if c.slug == "need" else None
    if head and (noun := named_actions(n, head.start(1), head.end(1), lexicon)):  # "further training was needed to …"
        return noun
    if to := _TO.match(n, c.end, end):
        return after_modal(n, to.end(), end, lexicon)
    return subject[:1] if c.passive else _after_speaking(n, c, end, lexicon)


def _after_speaking(n: str, c: Cue, end: int, lexicon: Lexicon) -> list[str]:
    """The verbs after a verb of deciding, asking or recognising."""
    if c.slug in _DOING:
        return [c.slug]
    if (object_ := _OBJECT_OF.match(n, c.end, end)) and (named := named_actions(n, *object_.span("noun"), lexicon)):
        return named  # "recommended the development of …"
    if that := _THAT.search(n, c.end, end):
        if c.act is Act.ASK and (verbs := subjunctive(n, that.end(), end, lexicon)):
            return verbs
        return named_actions(n, that.end(), end, lexicon)[:1] if c.act is Act.ASK else []
    return purposes(n, c.end, end, lexicon, asked=c.act is Act.ASK or c.slug in _TOLD)
