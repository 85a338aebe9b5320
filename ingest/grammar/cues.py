"""Cues: the words of a sentence that make it operative, each with what it does and where it stands.

The forms come from the lexicon (scheme wording); what stands here is English grammar: which wording takes which construction. All
patterns run over `normal` text: lower case, straight quotes, -ise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final, NamedTuple

from ingest.lexicon import Lexicon

# What a wording does when those who meet are its subject.
PROMISE: Final = ("commit", "pledge", "undertake", "determine", "intend")
DECIDE: Final = (
    "accept",
    "agree",
    "adopt",
    "approve",
    "authorise",
    "decide",
    "demand",
    "direct",
    "endorse",
    "entrust",
    "establish",
    "instruct",
    "mandate",
    "resolve",
    "task",
)
ASK: Final = ("appeal", "ask", "call-on", "encourage", "expect", "invite", "recommend", "request", "urge")
RECOGNISE: Final = (
    *(
        "acknowledge",
        "affirm",
        "commend",
        "conclude",
        "condemn",
        "confirm",
        "consider",
        "emphasise",
        "highlight",
        "note",
        "observe",
        "propose",
        "reaffirm",
    ),
    *("recall", "recognise", "reiterate", "stress", "suggest", "support", "underline", "underscore", "welcome"),
)
VALUES: Final = ("important", "essential", "critical", "crucial", "vital", "imperative", "priority", "urgent")

ADVERBS: Final = (
    r"(?:(?:also|further|furthermore|therefore|thus|again|always|still|often|now|then|all|both|each|not|hereby|strongly|jointly|very|more|"
    r"even|so|particularly|once|clearly|[a-z]{3,}ly|,\s*(?:inter alia|therefore|however|in particular|as appropriate)\s*,)\s+)"
)
_BE = r"(?:is|are|was|were|be|been|being|remain|remains|remained)"
# "It should be said that …": an aside.
# "should travel become more difficult": a condition.
_INVERTED = (
    r"\s+(?!(?:also|not|first|further|always|then|only|still|therefore|thus|now|all|both|each|together|jointly|\w+ly)\b)"
    r"(?:(?:the|any|this|such|an?)\s+)?[\w'-]+\s+(?:become|arise|occur|prove|worsen|improve|change|persist)\b"
)
_ASIDE = r"\s+(?:also\s+|perhaps\s+)?be\s+(?:said|added|mentioned|noted|recalled|remembered|stressed|borne\s+in\s+mind)\b"
_MODAL_VERB = r"(?:should|must|ought to|need(?:s|ed)? to|need not)"


class Act(Enum):
    """What a cue does. The order is the order of force: the first act of a clause decides what the clause is."""

    DECIDE = "decide"
    PROMISE = "promise"
    ASK = "ask"
    OBLIGE = "oblige"  # should, must, need to
    VALUE = "value"  # is important, remains a priority, requires a …
    MODAL = "modal"  # could, would be useful, may need
    RECOGNISE = "recognise"  # noted, acknowledged: a frame for what follows, or a finding of its own
    NARRATE = "narrate"  # reported speech and narration: what follows is nobody's provision


HARD: Final = frozenset({Act.DECIDE, Act.PROMISE, Act.ASK, Act.OBLIGE})


class Party(NamedTuple):
    """A name at [start, end) that may promise something for itself; `speaks`: its own meeting is told of, so that it may decide and ask."""

    start: int
    end: int
    speaks: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """`slug` is the wording, or None where the scheme has none for it ("timely"). `past`: an evaluation in the past tense.

    `passive`: "members are encouraged", "it was agreed": the subject is no speaker. `spoken`: the cue says who speaks or that somebody
    does ("it was noted"), and `speaker` is the offset where those words begin. `part`: only some of those who met say so.
    """

    start: int
    end: int
    act: Act
    slug: str | None
    passive: bool = False
    past: bool = False
    speaker: int | None = None
    part: bool = False

    @property
    def spoken(self) -> bool:
        return self.speaker is not None


def any_of(forms: Iterable[str]) -> str:
    """A pattern for one of these forms, the longest first."""
    return "|".join(re.escape(f) for f in sorted(forms, key=lambda f: (-len(f), f))) or r"(?!)"


def act_of(slug: str) -> Act:
    """What a wording does where those who meet are its subject."""
    if slug in PROMISE:
        return Act.PROMISE
    if slug in DECIDE:
        return Act.DECIDE
    return Act.ASK if slug in ASK else Act.RECOGNISE


def slug_of(lexicon: Lexicon, words: str) -> str | None:
    """The wording that these words are a form of."""
    return lexicon.wording.get(re.sub(r"\s+", " ", words))


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of one lexicon, compiled once."""

    active: re.Pattern[str]
    passive: re.Pattern[str]
    oblige: re.Pattern[str]
    needed: re.Pattern[str]
    value: re.Pattern[str]
    modal: re.Pattern[str]
    will: re.Pattern[str]
    narrate: re.Pattern[str]
    opens: re.Pattern[str]  # a verb of speaking where a quotation begins
    leads: re.Pattern[str]  # … and right before one


_VALUE_NOUN = (
    r"(?:measures?|steps?|tools?|forums?|fora|platforms?|means|elements?|components?|parts?|roles?|factors?|ways?|mechanisms?|priority|"
    r"priorities|bas[ei]s|considerations?|instruments?|pillars?|responses?|areas?|tasks?|objectives?|starting points?|vehicles?)"
)
# Evaluations that the scheme wording does not hold: they count only where somebody recognises them.
_MERE_VALUE = r"useful|timely|desirable|beneficial|valuable|helpful|appropriate|worthwhile|fundamental|indispensable|integral"
# Forms that are no verbs, or verbs of much else: they tell that somebody agreed or was tasked only in a phrase (see `nominals`).
_NOUN_FORMS: Final = (
    *("agreement", "consensus", "decision", "commitment", "determination", "intention", "authority", "unanimous", "united in"),
    *("action", "assigned", "charged", "left it to"),
)
_NARRATED = (
    r"said|stated|explained|described|outlined|spoke|discussed|presented|shared|reported|mentioned|reminded|thanked|provided|explored|"
    r"examined|heard|exchanged|reviewed|informed|briefed|argued|asserted|claimed|commented|indicated|showed|illustrated|debated|"
    r"expressed|offered|raised|delivered|gave|told|assessed|pointed out|elaborated|cited"
)


@cache
def patterns(lexicon: Lexicon) -> Patterns:
    """The patterns of this lexicon."""
    spoken = any_of(f for f in lexicon.forms(*PROMISE, *DECIDE, *ASK, *RECOGNISE) if f not in _NOUN_FORMS)
    values = any_of(f for f in lexicon.forms(*VALUES) if not f.endswith(("ly", "ce", "cy")))
    participles = any_of(
        f for f in lexicon.forms(*PROMISE, *DECIDE, *ASK, *RECOGNISE) if f not in _NOUN_FORMS and (f.endswith(("ed", "en")) or " " in f)
    )
    worth = rf"(?P<value>{values}|{_MERE_VALUE})"
    return Patterns(
        active=re.compile(rf"(?<![\w-])(?P<verb>{spoken})(?![\w-])"),
        opens=re.compile(rf"{ADVERBS}*(?P<verb>{spoken})\b"),
        leads=re.compile(rf"(?P<verb>{spoken})\s+(?:that\s+|to\s+)?$"),
        passive=re.compile(
            rf"\b(?P<be>{_BE})\s+{ADVERBS}*(?:[a-z]+(?:ed|en|own|pt|ld|nt|ght|de)\s+and\s+)?(?P<verb>{participles})(?![\w-])"
        ),
        oblige=re.compile(rf"(?<!to )\b(?P<verb>{_MODAL_VERB})(?=\s+\w|\s*,)(?!\s+(?:for|of)\b)(?!{_ASIDE})(?!{_INVERTED})"),
        needed=re.compile(
            rf"\b(?P<be>{_BE})\s+{ADVERBS}*(?P<verb>needed|necessary)(?![\w-])|\bthere\s+(?:is|was|remains|remained|exists)\s+{ADVERBS}*"
            rf"(?:an?|the)\s+(?:\w+\s+){{0,2}}(?P<noun>need)\s+(?:to|for)\b|\b(?P<have>have to|has to)\b(?=\s+\w)"
        ),
        value=re.compile(
            rf"\b(?P<be>is|are|was|were|remains?|remained|be)\s+{ADVERBS}*(?:(?:an?|the|one|some)\s+)?(?:(?:ongoing|high|top|key|common|most|"
            rf"[a-z]{{3,}}ly)\s+){{0,2}}{worth}(?:(?:,|\s+and)\s+[a-z]+){{0,2}}"
            rf"(?=\s*(?:$|[.,;:)]|to\b|in\b|for\b|that\b|and\b|as\b|if\b|because\b|when\b|{_VALUE_NOUN}\b))"
            rf"|(?<![\w-])(?P<require>requires?|required)\s+(?=(?:an?|the|greater|more|further|closer|stronger|increased|enhanced|"
            rf"coordinated|collective|joint|continued|strong|effective)\b)"
            rf"|\b(?P<passive>is|are|was|were)\s+{ADVERBS}*(?P<required>required)\b"
        ),
        modal=re.compile(
            rf"\b(?P<verb>could|might)\s+{ADVERBS}*(?!not\b)[a-z]+"
            rf"|\b(?P<would>would)\s+{ADVERBS}*(?!be\s+(?:held|convened|hosted|opened)\b)(?P<what>be\s+{ADVERBS}*(?:{_MERE_VALUE}|{values}|needed|required|necessary|enhanced|"
            r"strengthened|improved|welcome|welcomed)|benefit|contribute|help|assist|enhance|improve|strengthen|support|enable|facilitate|"
            r"allow|ensure|provide|promote|reduce|increase|look|review|consider|continue|seek|work|develop|be(?!\s+(?:[a-z]+ed|lost|spent|gone|over)\b))\b"
            rf"|\b(?P<may>may)\s+{ADVERBS}*(?:be\s+in\s+need|need|require|wish\s+to)\b"
        ),
        will=re.compile(
            rf"\b(?P<verb>will|shall)\s+{ADVERBS}*"
            r"(?!be\s+(?:held|convened|hosted|opened|represented|attended|chaired|co-chaired|present|followed|preceded)\b|take\s+(?:place|part)\b)"
            r"(?!(?:next\s+)?(?:meet|convene|gather)\s+(?:in|on|at|from|early|later|next)\b)"
            r"(?!(?:discuss|revisit|take up|return to)\b[^.;]{1,120}?\b(?:at|during|in)\s+(?:the|its|their|our|an?)\s+"
            r"(?:[\w'-]+\s+){0,5}?(?:meetings?|conferences?|sessions?|workshops?)\b)(?P<next>[a-z]+)"
        ),
        narrate=re.compile(
            rf"\b(?P<verb>{_NARRATED})\b(?!\s+(?:by|at|in|during|above|below|earlier|under|from|through|as|between|with|to)\b)"
            r"|\b(?:says?|thinks?|argues?|warns?|warned|complain(?:s|ed)?)\b(?=\s+that\b|\s*:)"
        ),
    )
