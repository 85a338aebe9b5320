"""Who speaks: whether the subject of a verb is the meeting itself (Ministers, participants, the workshop) or one voice in it.

A meeting's provisions are what those who met said together. What one state, organisation or minister said at it is narration.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest.gazetteer import normal
from ingest.grammar.cues import ADVERBS, Party
from ingest.grammar.numbers import NUMBER_WORD

PEOPLE: Final = (
    r"ministers|participants|members|membership|member (?:states|countries|economies|governments|organisations)|delegates|delegations|"
    r"officials|representatives|co-chairs|co-hosts|chairs|organisers|experts|countries|states|governments|parties|practitioners|we|"
    r"heads of (?:delegations?|state|government)|(?:business )?leaders|sides|all present|all|those (?:present|attending|in attendance)"
)
GATHERINGS: Final = (
    r"workshop|meeting|conference|forum|seminar|roundtable|symposium|summit|committee|"
    r"dialogue|plenary|group|working group|task force|taskforce|"
    r"(?:ad hoc|working|experts?'?|experts?' working) groups|bali process"
)
_LEAD = (
    r"(?:(?!\w+ed\b|(?:in|of|for|by|with|to|from|between|among|on|at|within|across|against|as|that|which|who|how|is|are|was|were)\b)"
    r"[\w'&-]+\s+){0,4}?"
)
_TAIL = (
    r"(?:\s+-\s[^;:]{1,200}?\s-|,?\s+(?:from|of|at|in|representing|attending|present|and|or|with)\s"
    r"(?:(?!\b(?:is|are|was|were|be|have|has|had|will|would|should|could|that|which|who|by)\b)[^;:]){1,120}?)?"
)
# "Technical Experts Group (TEG)": in the rest of the document those who met are "the TEG".
_DEFINED = re.compile(
    r"\b(?:group|force|meeting|conference|forum|dialogue|committee|network|workshop)(?:\s+(?:on|of|for)\s+[^()\n.;]{3,90})?\s*"
    r"\((?:the\s+)?[\"“']?(?P<short>[A-Z][A-Z-]{1,9}(?:\s[A-Z]{2,6})?)[\"”']?\)",
    re.IGNORECASE,
)
# "They agreed …", "In this regard, they called for …".
THEY: Final = re.compile(
    r"(?:(?:(?:in|to|with) (?:this|that|so doing) ?(?:regard|end|respect|context|connection|view)?|"
    r"in addition|in particular|furthermore|moreover|finally|"
    r"accordingly|therefore|further|to that end|at the same time),? )?(?P<they>they)\b(?=[ :])"
)
_ASIDE = r"(?:\s*,\s*(?:inter alia|for (?:their|its) part|in particular|however|therefore)\s*,)?"
_AUXILIARY = rf"{_ASIDE}(?:\s*,)?\s+(?:(?:have|has|had|did|do|does)\s+)?{ADVERBS}*$"
_COLLECTIVE = re.compile(rf"[\"'(]?{_LEAD}(?P<who>{PEOPLE}|{GATHERINGS})\b{_TAIL}{_AUXILIARY}")
_PEOPLE_HEAD = re.compile(rf"[\"'(]?{_LEAD}(?:{PEOPLE})\b")
_BODY_HEAD = re.compile(rf"[\"'(]?{_LEAD}(?:meeting|conference|group|task force|taskforce)\b\s+(?:(?:has|had)\s+)?{ADVERBS}*")
_MEETING_HEAD = re.compile(rf"{_LEAD}(?:meeting|conference|group|task force|taskforce)\s")
_BOUNDARY = re.compile(
    r"(?:[,;:(–—]|\b(?:in|to|with)\s+(?:this|that)\s+(?:end|regard|respect|context)\b|"
    r"\b(?:and|that|where|when|while|but|although|though|(?:19|20)\d\d)\b)\s+"
)
# "From the exercise the Task Force agreed …": words before the subject, without a comma.
_FRONTED = re.compile(
    r"(?:at|by|from|on|in|after|during|following|throughout|towards?)\s+"
    r"(?:[\w'-]+\s+){1,7}?(?<!\bof )(?<!\bto )(?<!\bby )(?<!\bfor )(?<!\bin )(?<!\bat )"
    r"(?<!\bon )(?<!\bwith )(?<!\bfrom )(?<!\band )(?<!\bthat )(?<!\bbetween )(?:(?<=meeting )|(?<!ing ))(?<!ed )"
    r"(?=the\s|(?:senior )?officials\s|members\s|ministers\s|participants\s|delegates\s)"
)
_WE_WHO = re.compile(r"we,\s[^;:.]{0,120}?(?:\band|,)\s+(?:the\s+)?")  # "We, the Ministers and …"
_COORDINATED = re.compile(
    rf"(?:,|\band|\bbut)\s+(?:and\s+)?(?:(?:in|to|with)\s+(?:this|that)\s+(?:regard|context|connection|end|respect)\s*,?\s+)?(?:(?:have|has|had)\s+)?{ADVERBS}*$"
)
# An opening subject with its verb: the subject of every verb in the same tense that is coordinated with that verb.
_OPENING = re.compile(
    rf"{_LEAD}(?:{PEOPLE}|{GATHERINGS})\b{_ASIDE}\s+(?:(?:have|has|had)\s+)?{ADVERBS}*"
    r"(?:(?!(?:of|in|from|to|and|at|on|with|for|is|are|was|were|will|would|should|could|must|may|can|representing|attending"
    rf"|{GATHERINGS})\b)(?P<verb>[a-z-]+)"
    r"|(?P<held>were|was)\s+(?:of\s+the\s+(?:[a-z]+\s+)?(?:view|opinion)|"
    r"(?:briefed|informed|updated|agreed(?= that\b)|united|unanimous|convinced|confident|aware))\b)"
    rf"|{_LEAD}(?:{PEOPLE})\s+(?:from|of|representing)\s[^;:.]{{1,250}}?\s(?P<told>[a-z]+ed)\b(?!\s+by\b)"
)
# Not those who met, but a part of them: "some experts", "several participants".
SOME: Final = (
    r"some|several|many|most|certain|various|numerous|individual|other|a\s+few|few|a\s+(?:small\s+)?(?:number|majority|minority|group)\s+of|"
    rf"(?:at\s+least\s+|more\s+than\s+|over\s+)?(?:\d+|{NUMBER_WORD})"
)
_PARTIAL = re.compile(rf"[\"'(]?(?:{SOME})\s+(?!sides\b|co-chairs\b|co-hosts\b)")
_OF_SOME = re.compile(
    r"[\"'(]?(?:the\s+)?(?:[a-z-]+\s+){0,2}?(?:experts|representatives|officials|delegates|practitioners|delegations)\s+(?:from|of)\s+(?:the\s+)?"
)
_ROLL: Final = 3  # commas in a list of all who met: "representatives of Fiji, Nauru, Nepal, … and Tonga"
_PAST = re.compile(r"(?:\w+ed|took|undertook|made|gave|held|met|heard|had|saw|set)(?:\s+(?:note|on|upon|for|to))?")
_NOT_TOLD = re.compile(r"\s+(?:by|in|at|from|on|to)\b|\s+(?:countries|states|parties|members)\b")  # "Members affected by …, agreed"
_NOUN_BEFORE = re.compile(
    r"\b(?:an?|the|this|that|these|those|their|its|our|his|her|no|any|of|in|to|for|by|with|from|as|on|at|or|not|be|being)\s+$"
)


def short_names(text: str) -> re.Pattern[str] | None:
    """What finds, in normal text, the abbreviations that a document defines for those who met: "the TEG"; None where it has none."""
    names = {normal(m["short"]) for m in _DEFINED.finditer(text) if m["short"].isupper()}
    return re.compile(rf"\bthe (?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?= )") if names else None


def short_as_we(n: str, short: re.Pattern[str] | None) -> str:
    """A sentence with "we" for an abbreviation of those who met; as long as before, so that offsets stay."""
    return short.sub(lambda m: f"we{' ' * (len(m[0]) - 2)}", n) if short else n


def they_as_we(n: str) -> str:
    """A sentence with "we" for the "they" that is its subject; as long as before, so that offsets stay."""
    m = THEY.match(n)
    return f"{n[: m.start('they')]}we  {n[m.end() :]}" if m else n


def speakers(n: str, start: int, verb: int, word: str) -> int | None:
    """The offset where the collective subject of the verb `word` at `verb` begins, or None where no collective is its subject.

    `n` is normal text, `start` the beginning of the sentence. "Some experts" are no collective: their view is not that of the meeting.
    """
    begin = some_speakers(n, start, verb, word)
    return None if begin is None or is_partial(n, begin) else begin


def some_speakers(n: str, start: int, verb: int, word: str) -> int | None:
    """Where the people begin who are the subject of the verb, all who met or some of them: "twelve members agreed to pay"."""
    boundaries = [start, *(m.end() for m in _BOUNDARY.finditer(n, start, verb))]
    if fronted := _FRONTED.match(n, start, verb):
        boundaries = sorted({*boundaries, fronted.end()})
    for begin in reversed(boundaries):
        if _COLLECTIVE.fullmatch(n[begin:verb]):
            return start if _WE_WHO.fullmatch(n, start, begin) else begin
    if _COORDINATED.search(n, start, verb):
        for begin in reversed(boundaries[:-1]):
            m = _OPENING.match(n, begin, verb)
            if m and _is_past(m["verb"] or m["held"] or m["told"]) == _is_past(word):
                return begin
    return None


def is_partial(n: str, begin: int) -> bool:
    """Whether the subject that begins at `begin` is only some of those who met."""
    return _PARTIAL.match(n, begin) is not None


def are_of(n: str, begin: int, verb: int, parties: Sequence[Party]) -> bool:
    """Whether the subject that begins at `begin` is the people of a few named parties: "experts from UNODC"."""
    m = _OF_SOME.match(n, begin, verb)
    if m is None or n.count(",", begin, verb) >= _ROLL:
        return False
    return any(x.start == m.end() and not x.speaks and not n[x.start : x.end].endswith("process") for x in parties)


def _is_past(verb: str) -> bool:
    return verb in ("was", "were") or _PAST.fullmatch(verb) is not None


def goes_on(n: str, start: int, verb: int, first: str, word: str) -> bool:
    """Whether the verb `word` at `verb` is coordinated with the verb `first` that opens the sentence, in the same tense."""
    return _is_past(first) == _is_past(word) and _COORDINATED.search(n, start, verb) is not None


def tells_before(n: str, start: int, verb: int) -> bool:
    """Whether the subject of the verb at `verb` has a verb in the past before it, which acts on nothing: "They met, agreed to …"."""
    m = _OPENING.match(n, start, verb)
    if m is None or m.end() >= verb:
        return False
    return m["held"] is not None or (_is_past(m["verb"] or m["told"]) and _NOT_TOLD.match(n, m.end()) is None)


def is_people(n: str, begin: int, verb: int) -> bool:
    """Whether the subject that begins at `begin` names people rather than an event."""
    return _PEOPLE_HEAD.match(n, begin, verb) is not None


def is_body(n: str, begin: int, verb: int) -> bool:
    """Whether the subject that begins at `begin` is those who meet as a body: "the Group accepted"."""
    return _BODY_HEAD.fullmatch(n, begin, verb) is not None


def is_meeting(n: str, begin: int) -> bool:
    """Whether the subject that begins at `begin` is a meeting or a group: what it welcomes or supports, those who meet do."""
    return _MEETING_HEAD.match(n, begin) is not None


def may_be_finite(n: str, start: int, verb: int) -> bool:
    """Whether a word at `verb` may be a finite verb: no article, preposition or "to" stands before it."""
    return verb > start and _NOUN_BEFORE.search(n, start, verb) is None
