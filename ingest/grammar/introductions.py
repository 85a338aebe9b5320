"""Introductions of lists: "Ministers agreed to:" gives its force to every item, "participants noted:" only says who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.document import Passage
from ingest.findings import Ref, Source
from ingest.gazetteer import normal
from ingest.grammar.clauses import Clause, Kind, clauses
from ingest.grammar.cues import HARD, Act, Cue, Party, patterns
from ingest.grammar.operative import find_cues
from ingest.grammar.speakers import GATHERINGS, PEOPLE, short_as_we, they_as_we
from ingest.lexicon import Lexicon

_OPEN = re.compile(
    r"(?:\s*,\s*(?:in particular|inter alia|among others|among other things|specifically)\s*,)?"
    r"(?:\s+[\w'&,-]+){0,10}?"
    r"(?:\s+(?:to|that|on|by|the following(?:\s+[\w-]+){0,5}|as follows|a focus on))?(?:\s*[–-]?\s*with a focus on)?\s*"
)
_SETTING = re.compile(
    r"(?:(?:In|By|To|With|On|For|Pursuant|Following|Having|Recalling|Accordingly|Therefore|Furthermore|Finally|At)\b[^,:]*,\s+)?(?:[Tt]he\s+)?"
)
_NOTHING_MORE = re.compile(r"(?:\s*,\s[^,:;]{3,80})?,?(?:\s+(?:have|had|also|further|therefore))*\s*:\s*")
_GATHERING = re.compile(
    r"(?:[A-Z][a-z]+(?:\s+[a-z]+){0,3}\s+(?=The\s)|(?:At|By)\s+(?:the|its)\s+(?:close|end|conclusion)(?:\s+of\s+(?:the|its|this)\s+\w+)?,?\s+)?(?:[Tt]he\s+)?(?:[A-Z][\w’'-]*\s+){0,3}(?:[Mm]eeting|[Cc]onference|[Gg]roup|[Tt]ask\s?[Ff]orce|[Ww]orkshop|[Ss]eminar|[Dd]ialogue|[Ff]orum|[Pp]articipants|[Oo]fficials|[Mm]embers|[Dd]elegates)\s*:\s*"
)
_THEY_LEAD = re.compile(r"(?:[A-Z][a-z]+\b[^,:]{0,60},\s+)?[Tt]hey(?:\s+(?:also|further|therefore))?\s*:\s*")
_INLINE = re.compile(rf"(?P<who>(?:the\s+)?(?:[a-z-]+\s+){{0,3}}?(?:{PEOPLE}|{GATHERINGS})(?:\s+(?:also|further|therefore))?):\s+")
_AFTER_RECITALS = re.compile(
    r"[;,]\s+(?!(?:to|towards)\s+(?:this|that|these|those)\s+ends?)(?=(?:and\s+)?[A-Za-z]+(?:\s+[A-Za-z]+){0,6}:\s*$)"
)
_SEMICOLON = re.compile(r";\s+(?:and\s+)?")
_NOMINAL = re.compile(r"\b(?:on|for|of|in|with|at|objectives|areas|activities|priorities|measures|principles)\s*:\s*$")
# "The following recommendations were made:", "adopted the following decisions:", "The following was agreed:".
_FOLLOWING = re.compile(
    r"\bthe\s+following\s+(?:(?:[a-z]+\s+)?(?P<noun>recommendation|decision|commitment)s?(?:\s+(?:was|were|have\s+been)\s+[a-z]+)?"
    r"|(?:[a-z]+\s+)?(?:was|were)\s+(?:also\s+|jointly\s+)?(?P<verb>agreed|decided|recommended|endorsed))\s*$"
)
_NOUNS: dict[str, tuple[str, Act, Kind]] = {
    "recommendation": ("recommend", Act.ASK, "Recommendation"),
    "recommended": ("recommend", Act.ASK, "Recommendation"),
    "decision": ("decide", Act.DECIDE, "Decision"),
    "decided": ("decide", Act.DECIDE, "Decision"),
    "commitment": ("commit", Act.PROMISE, "Commitment"),
    "agreed": ("agree", Act.DECIDE, "Decision"),
    "endorsed": ("endorse", Act.DECIDE, "Decision"),
}
# What stands for the item, so that the construction before the colon is complete: "agreed to:", "recommended:".
_FILLED = (" act so", " that they act so", " to act so")
_TO_THIS_END = re.compile(r",?\s+(?:to|towards)\s+(?:this|that|these|those)\s+ends?,?(?=\s|$)")  # before the colon: "Resolve, to this end:"
_AFTER_THAT = (" they should act so",)


@dataclass(frozen=True, slots=True)
class Introduction:
    """What the items below it inherit: `given` the operative clause that each completes, `frame` a recognition, or `narrated`.

    `speaks`: it names nothing but who speaks ("Ministers:"), so that each item begins with its own verb; `subject` is who, if known.
    """

    passage: Passage
    given: Clause | None = None
    frame: Cue | None = None
    narrated: bool = False
    subject: tuple[Ref, ...] = ()
    speaks: bool = False

    @property
    def verbal(self) -> bool:
        """Whether its words lead to a verb: "agreed to:", not "agreed to concentrate on:"."""
        return _NOMINAL.search(self.passage.s) is None and _FOLLOWING.search(normal(self.passage.s.rstrip(" :"))) is None

    @property
    def source(self) -> Source:
        return self.passage.whole("provisions.introduction")


def introduction(
    p: Passage,
    lexicon: Lexicon,
    parties: Sequence[Party] = (),
    *,
    opens: bool = False,
    leads: bool = False,
    they: bool = False,
    short: re.Pattern[str] | None = None,
) -> Introduction | None:
    """What the passage gives to the bullets after it, or None where it introduces nothing.

    It ends with a colon, or `leads` to a bullet in the middle of its sentence. `they`: that word means those of whom the sentence before
    speaks; `short` finds the abbreviations of those who met.
    """
    text = p.s.rstrip(" ,") if leads else p.s.rstrip()
    if not text.endswith(":") and (not leads or text.endswith((".", ";", "!", "?", ")"))):
        return None
    start = max((a for a, _ in p.sentences()), default=0)
    if opens and (recital := _AFTER_RECITALS.search(p.s, start)):  # "Concerned at …; have agreed to:"
        start = recital.end()
    if subject := _subject(p, start, colon=text.endswith(":")):
        return Introduction(p, subject=subject, speaks=True)
    if they and _THEY_LEAD.fullmatch(p.s, start):
        return Introduction(p, speaks=True)
    if _GATHERING.fullmatch(p.s if text.endswith(":") else f"{text}:", start):
        return Introduction(p, speaks=True)
    if following := _following(p, text, start):
        return following
    n = normal(text.removesuffix(":").rstrip())
    n = short_as_we(n[:start] + they_as_we(n[start:]) if they else n, short)
    n = n[:start] + _TO_THIS_END.sub(lambda m: " " * len(m[0]), n[start:]).rstrip()
    read = [_filled(p, n, start, filled, lexicon, parties, opens) for filled in (*_FILLED, *(_AFTER_THAT if n.endswith(" that") else ()))]
    return next((i for i in read if i and i.given), None) or read[0]


def inline_items(n: str, lexicon: Lexicon) -> str:
    """A list inside a sentence as a sentence: "the group: adopted it; agreed to meet" → "the group  adopted it, agreed to meet".

    `n` is normal text; the result is as long, so that offsets stay.
    """
    m = _INLINE.match(n)
    opens = patterns(lexicon).opens
    if m is None or opens.match(n, m.end()) is None:
        return n
    marks = [s.start() for s in _SEMICOLON.finditer(n, m.end()) if opens.match(n, s.end())]
    return "".join(" " if i == m.end("who") else "," if i in marks else c for i, c in enumerate(n))


def _following(p: Passage, text: str, start: int) -> Introduction | None:
    """What names the kind of the items below it as a noun or a passive verb."""
    n = normal(text.removesuffix(":").rstrip())
    m = _FOLLOWING.search(n, start)
    if m is None or re.search(r"\b(?:not|considered|discussed|heard|noted|previous|earlier|proposed)\b", n[start : m.start()]):
        return None
    slug, act, kind = _NOUNS[m["noun"] or m["verb"]]
    cue = Cue(m.start(), m.end(), act, slug)
    return Introduction(p, given=Clause(start, min(m.end(), len(p.s)), kind, cue, (cue,)))


def _filled(p: Passage, n: str, start: int, filled: str, lexicon: Lexicon, parties: Sequence[Party], opens: bool) -> Introduction | None:
    n += filled
    stop = len(n) - len(filled)
    cues = find_cues(n, start, len(n), lexicon, parties, opens=opens)
    read = clauses(n, start, len(n), lexicon, parties=parties, opens=opens)
    if (
        read
        and read[-1].head.start < stop
        and read[-1].head.act in HARD
        and read[-1].kind != "Finding"
        and _complete(n, read[-1].head.end, stop)
    ):
        last = replace(read[-1], cues=tuple(c for c in read[-1].cues if c.start < stop))
        return Introduction(p, given=Clause(last.start, min(last.end, len(p.s)), last.kind, last.head, last.cues, last.frame))
    if cues and cues[-1].act is Act.RECOGNISE and not read:
        return Introduction(p, frame=cues[-1])
    if cues and any(c.act is Act.NARRATE for c in cues) and not read:
        return Introduction(p, narrated=True)
    return None


def _subject(p: Passage, start: int, *, colon: bool) -> tuple[Ref, ...]:
    """Who speaks in every item below, where the passage names nobody and nothing else: "In this regard, senior officials:"."""
    for m in p.named("group", "body", start=start):
        if _SETTING.fullmatch(p.s, start, m.start) and _NOTHING_MORE.fullmatch(p.s if colon else f"{p.s.rstrip(' ,')}:", m.end):
            return m.refs[:1]
    return ()


def _complete(n: str, after: int, stop: int) -> bool:
    """Whether the words between the verb and the colon only lead to the items ("members to", "the following")."""
    return after >= stop or _OPEN.fullmatch(n, after, stop) is not None
