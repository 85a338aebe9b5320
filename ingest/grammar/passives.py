"""Operative verbs in the passive: "members are encouraged to", "it was agreed that", "the work plan was endorsed"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.grammar.cues import ADVERBS, Act, Cue, Party, act_of, patterns, slug_of
from ingest.grammar.negation import NOT
from ingest.grammar.speakers import SOME, speakers
from ingest.grammar.subjects import is_dependent, party_before
from ingest.lexicon import Lexicon

_IT = re.compile(rf"\bit\s+(?:(?:has|have|had)\s+)?{ADVERBS}*$")
_CONTENT_OF_IT = re.compile(r"\s*,?\s*(?:that|to|by)\b")
_AFTER_MODAL = re.compile(rf"\b(?:should|must|shall|will|could|would|to)\s+{ADVERBS}*$")
_TO_MEET = re.compile(r"\s+to\s+(?:meet|convene|gather|attend|arrive|open|come|take place|be (?:held|convened|hosted|completed))\b")
_TO_COME = re.compile(r"\s+to\s+(?:attend|join|observe|participate in|take part in|be present at)\b(?!\s+future\b)")
_BY_THEM = re.compile(
    rf"\s+{ADVERBS}*by\s+(?:the\s+)?(?:bali process\s+)?(?:ministers|members|participants|senior|officials|delegat(?:es|ions)|co-chairs"
    r"|meeting|conference|workshop|(?:ad hoc |working |steering )?group|task force)\b"
)
_BY_SOME = re.compile(
    rf"\s+{ADVERBS}*by\s+(?:{SOME}|an?|one\s+of\s+the|those)\s+(?:[a-z-]+\s+){{0,2}}?"
    r"(?:participants?|delegat(?:es?|ions?)|members?|experts?|officials?|states?|countr(?:y|ies)|representatives?|speakers?|panellists?|presenters?)\b"
)
# What a meeting decides on: "the work plan was endorsed" is its own decision, "the law was adopted" is not.
_PAPER = re.compile(
    r"\b(?:plans?|terms of reference|recommendations?|reports?|programmes?|programs?|proposals?|guides?|guidelines|strateg(?:y|ies)"
    r"|statements?|declarations?|roadmap|framework|toolkit|minutes|summary|notes?|papers?|calendar|budget|documents?|curriculum|handbook)"
    r"(?:\s+(?:for|of|on)\s+[^.,;:]{1,60}?)?\s*$"
)
# "The establishment of a task force was endorsed".
_STEP = re.compile(
    r"\W*(?:the\s+)?(?:establishment|creation|formation|convening|holding|extension|continuation|proposal|launch|adoption)\s+(?:of|to)\s[^.;]{3,160}\s$"
)
_AND_NO_MORE = re.compile(
    r"\s*(?:[.;]|$|,\s+(?:and|with|subject)\b|by\s+consensus\b|unanimously\b|in\s+principle\b|as\s+(?!soon|early|far)|and\s)"
)
_SUBMITTED: Final = ("accept", "adopt", "approve", "endorse")
_ASKED_OF_ANYTHING: Final = ("encourage", "recommend", "urge", "call-on", "appeal")
_ASKED: Final = (*_ASKED_OF_ANYTHING, "ask", "invite", "request", "task", "direct", "instruct", "mandate", "authorise", "entrust")
_TOLD: Final = ("task", "direct", "instruct", "mandate", "authorise", "entrust")
# Of whom a report tells what others had them do: no meeting asks anything of these.
_TOLD_OF = re.compile(
    r"\b(?:migrants?|victims?|refugees?|smugglers?|traffickers?|suspects?|police|officers?|witness(?:es)?|applicants?|passengers?|workers?|children)\s+$"
)
_RECOGNISED: Final = (
    "acknowledge",
    "affirm",
    "emphasise",
    "highlight",
    "note",
    "reaffirm",
    "recognise",
    "reiterate",
    "stress",
    "underline",
    "underscore",
    "welcome",
)


_GUESTS = re.compile(
    r"\b(?:ministers|delegates|participants|officials|guests|members|delegations|experts|representatives|they)\s+(?:all\s+|also\s+)?$"
)


def _greets(n: str, start: int, m: re.Match[str], rest: str) -> bool:
    """Whether it was people who were welcomed, or somebody else who welcomed: "Ministers were welcomed by the President"."""
    return _GUESTS.search(n, start, m.start()) is not None or (rest.startswith(" by ") and _BY_THEM.match(rest) is None)


def passives(n: str, start: int, end: int, lexicon: Lexicon, parties: Sequence[Party]) -> Iterator[Cue]:
    """The cues of passive verbs in the sentence n[start:end]."""
    for m in patterns(lexicon).passive.finditer(n, start, end):
        slug = slug_of(lexicon, m["verb"])
        if slug is None or is_dependent(n, start, m.start()):
            continue
        # "it was not agreed that …", "it was stressed by some delegations that …": what follows those who met did not decide
        if NOT.search(m[0]) or _BY_SOME.match(n, m.end(), end):
            yield Cue(m.start(), m.end(), Act.NARRATE, slug)
            continue
        act, rest = act_of(slug), n[m.end() : end]
        impersonal = _IT.search(n, start, m.start())
        if impersonal and _CONTENT_OF_IT.match(rest) and slug not in ("support", "propose", "suggest"):
            yield Cue(m.start(), m.end(), act, slug, passive=True, speaker=impersonal.start())
        elif _AFTER_MODAL.search(n, start, m.start()):
            if act is Act.ASK:  # "should be permitted and encouraged"
                yield Cue(m.start(), m.end(), act, slug, passive=True)
        elif _tells_of_work(n, start, m, slug, parties):
            continue
        elif slug == "expect" and rest.startswith(" to ") and not _TO_MEET.match(rest) and m["be"] in ("is", "are"):
            if speakers(n, start, m.start(), m["verb"]) is not None or party_before(n, m.start(), parties) is not None:
                yield Cue(m.start(), m.end(), act, slug, passive=True)
        elif slug in _ASKED and (slug in _ASKED_OF_ANYTHING or re.match(r"(?:,\s[^,;.]{3,80},)?\s+(?:to|with)\b", rest)):
            yield Cue(m.start(), m.end(), act, slug, passive=True)
        elif (
            (slug in _SUBMITTED and _is_submitted(n, start, m, rest))
            or (act is Act.DECIDE and _BY_THEM.match(rest))
            or (act is Act.RECOGNISE and slug in _RECOGNISED and not (slug == "welcome" and _greets(n, start, m, rest)))
        ):
            yield Cue(m.start(), m.end(), act, slug, passive=True, speaker=m.start())
        elif slug == "commit" and rest.startswith(" to "):
            yield Cue(m.start(), m.end(), act, slug, speaker=speakers(n, start, m.start(), m["verb"]))


def _is_submitted(n: str, start: int, m: re.Match[str], rest: str) -> bool:
    """ "The work plan was endorsed": what lay before the meeting, and no word of when, where or by whom else."""
    if m["be"] not in ("was", "were") or _AND_NO_MORE.match(rest) is None:
        return False
    return _PAPER.search(n, start, m.start()) is not None or _STEP.match(n, start, m.start()) is not None


def _tells_of_work(n: str, start: int, m: re.Match[str], slug: str, parties: Sequence[Party]) -> bool:
    """ "Officers are tasked with patrols", "the victim was asked to testify": not what a meeting asks, as in "the Co-Chairs are tasked"."""
    if slug == "invite" and m["be"] in ("was", "were") and _TO_COME.match(n, m.end()):  # an invitation that was sent
        return True
    if slug in _ASKED and m["be"] in ("was", "were") and _TOLD_OF.search(n, start, m.start()):
        return True
    named = speakers(n, start, m.start(), m["verb"]) is not None or party_before(n, m.start(), parties) is not None
    return slug in _TOLD and m["be"] in ("is", "are") and not named
