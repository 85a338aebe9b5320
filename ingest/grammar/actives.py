"""Operative verbs in the active: "Ministers agreed to", "Fiji pledged to", "Commit to" at the head of an item; and what only looks so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.grammar.cues import ADVERBS, ASK, Act, Cue, Party, act_of, patterns, slug_of
from ingest.grammar.negation import DENIED
from ingest.grammar.speakers import are_of, goes_on, is_body, is_meeting, is_partial, is_people, may_be_finite, some_speakers, speakers
from ingest.grammar.subjects import party_before, party_that_thanked
from ingest.lexicon import Lexicon

_FINITE: Final = re.compile(r"(?:ed|s)$|^(?:took|undertook|gave)\b")
_PARTICIPLE = re.compile(r"\s+(?:by|in|at|from|under|above|during|as|for)\b|\s*[,.;)]")
_THAT = re.compile(r"\s*,?\s*(?:that\b|:)")
_TO = re.compile(r"(?:\s*,\s*[^,;.]{3,50},|\s+in principle)?\s+to\s+(?:\(a\)\s+)?(?!an?\s|the\s)[a-z]")
_TO_SOMEBODY = re.compile(
    r"\s+that\b|\s+[^.;]{1,160}?\s(?:to\s+[a-z]|with\b|that\b|for\s)"
    r"|\s+(?:an?|further|regular|additional|annual)\s+(?:[\w-]+\s+){0,3}?(?:reports?|updates?|briefings?|papers?|assessments?|advice|proposals?|plans?|stud(?:y|ies))\b|\s+(?:greater|further|continued|ongoing|more|stronger|better|wider|closer|enhanced|all|the|such|increased)\s"
    r"|\s+(?:(?:their|its)\s+)?(?:use|adoption|ratification|implementation|dissemination|translation|uptake)\b\s+(?:of|in|by|as)\b"
)
_CONTENT = re.compile(
    r"\s+(?:that\b|to\b|on\b|in\b|(?:it|them)\s+(?:to|for)\b|against\b|:|the\b|an?\b|its\b|their\b|our\b|this\b|these\b|members\b|states\b|countries\b|governments\b|"
    r"further\b|closer\b|greater\b|enhanced\b|improved\b|increased\b|continued\b|establishing\b|developing\b|\w+ing\b)"
)
_OWN_COMMITMENT = re.compile(r"\s+(?:our|their|its)\s+(?:[a-z]+\s+){0,3}?(?:commitments?|determination|resolve)\s+(?:to|towards)\b")
_NOUN_GOES_ON = re.compile(r"\s+(?:for|from|of|was|were|is|are|will|by|and)\b|\s*(?:[,.;:]|$)")
# "Adopted in Manila on the twelfth day of March": the last line of a text says when it came to be.
_COLOPHON = re.compile(
    r"\s+(?:in|at)\s+(?!principle\b|particular\b|general\b|this\b|full\b)|\s+on\s+(?:the\s+)?(?:\d|[a-z-]+\s+day\b)|\s+this\s+\d"
)
# A complement does not begin with a stop, unless what stands between commas is an aside.
# Verbs with which an item of a declaration may begin although they bind nobody: "Take note of … and request …".
_FIRST_VERB = re.compile(
    rf"\W*{ADVERBS}*(?P<verb>take|took|express(?:ed)?|extend(?:ed)?|thank(?:ed)?|look(?:ed)?|recall(?:ed)?|regret(?:ted)?|note[sd]?|pay|paid|see)\b"
)
_APPENDED = re.compile(r",\s+$")
_PAST_OCCASION = re.compile(r"\s+(?:by|in|at|on|from|under|during|earlier)\s+(?!this\b|that\b|principle\s+(?:to|that|on)\b|particular\b)")
_LEADS = re.compile(rf"\W*(?:(?:have|has|do|hereby)\s+)?{ADVERBS}*")
_BROKEN_OFF = re.compile(
    r"\s*[.;)]|\s*,(?!\s*(?:inter alia|among others|in particular|in this (?:regard|context)|subject to [^,;.]{3,60}|"
    r"as (?:amended|appropriate)[^,;.]{0,40})\s*,|[^,;.]{3,50},\s+(?:to|that)\s)"
)
_WITH_SOMEBODY = re.compile(r"\s+with\s+(?!the\s+(?:recommendations?|proposals?|suggestions?|conclusions?|need|view)\b)")
_AMOUNT = re.compile(
    r"\s+(?:(?:up to|over|about|some|almost|an? (?:additional|further))\s+)?(?:(?:aud|usd|nzd|eur|gbp)\s?|(?:a|us|nz)?[$€£])\s?\d"
)
_IN_THE_ROOM = re.compile(r"\s+(?:the\s+|all\s+)*(?:participants|delegates|experts|speakers|presenters)\b")
_TO_DOING = re.compile(rf"\s+(?:themselves\s+|itself\s+|ourselves\s+)?{ADVERBS}*to\s")
_WELCOMED = re.compile(r"(?!\s+(?:what|participants|delegates|all|members (?:and thanked|to))\b)")
# "By the end of the workshop, participants had agreed to …": at this meeting.
_BY_THE_END = re.compile(r"\W*(?:by|at)\s+the\s+(?:end|close|conclusion)\s+of\s+the\s+[^,;.]{3,60},")
_PROMISING: Final = ("agree", "commit", "pledge", "undert", "promised", "vowed")  # what a party says for itself
_FOUNDING: Final = ("accept", "establish")
_PEOPLE_VERBS: Final = ("support", "welcome", "confirm", "recall")


_IN_THIS_REGARD = re.compile(r"\bin (?:this|that) (?:regard|respect|context) $")

# Who is invited, encouraged or urged stands before "to": "all countries invited to the Group".
_ASKED = re.compile(r"(?:invited|encouraged|urged|tasked|instructed|directed)\s+to\b")


def actives(n: str, start: int, end: int, lexicon: Lexicon, parties: Sequence[Party], opens: bool) -> Iterator[Cue]:
    """The cues of active verbs in the sentence n[start:end]; `opens`: its first verb needs no subject."""
    # The verb with which the sentence begins, as the subject of those that are coordinated with it.
    first = _FIRST_VERB.match(n, start, end) if opens else None
    opened = (first["verb"], first.start("verb")) if first else None
    for m in patterns(lexicon).active.finditer(n, start, end):
        slug = slug_of(lexicon, m["verb"])
        opening = _opens(n, start, m, slug, opens)
        if slug is None or re.match(r"\s+by\b", n[m.end() : end]) or _ASKED.match(n, m.start(), end):
            continue
        if DENIED.search(n, start, m.start()):
            yield Cue(m.start(), m.end(), Act.NARRATE, slug)
            continue
        if re.split(r"\s", m["verb"])[0].endswith("ing"):
            if _recital(n, start, m.start(), slug, opens):
                yield Cue(m.start(), m.end(), Act.RECOGNISE, slug, speaker=m.start())
            continue
        if not (opening or may_be_finite(n, start, m.start())) or _is_appended(n, start, m):
            continue
        begin = m.start() if opening else _subject(n, start, m, slug, opened, parties)
        if opening or (begin is not None and any(begin <= x.start < m.start() and x.speaks for x in parties)):
            opened = (m["verb"], m.start() if begin is None else begin)
        # coordinated with the verb that opens the sentence, and no remark on what that says
        led = opened is not None and begin == opened[1] != m.start() and not _IN_THIS_REGARD.search(n, opened[1], m.start())
        yield from _active(n, start, end, m, slug, begin, led)


def _is_appended(n: str, start: int, m: re.Match[str]) -> bool:
    """Whether the verb only tells when the thing before it came to be: ", adopted in 2011"."""
    return _APPENDED.search(n, start, m.start()) is not None and _PAST_OCCASION.match(n, m.end()) is not None


def _subject(n: str, start: int, m: re.Match[str], slug: str, opened: tuple[str, int] | None, parties: Sequence[Party]) -> int | None:
    """Where the subject of the verb begins: a collective, a party that promises something, or the verb that opens the sentence.

    Some of those who met may promise something or think so; they neither decide nor ask for the meeting.
    """
    begin = speakers(n, start, m.start(), m["verb"])
    if begin is None and opened is not None and goes_on(n, start, m.start(), opened[0], m["verb"]):
        return opened[1]
    if begin is not None:
        return None if are_of(n, begin, m.start(), parties) else begin
    promises = m["verb"].startswith(_PROMISING) and _TO.match(n, m.end())
    promises = promises or (m["verb"].startswith("pledge") and _AMOUNT.match(n, m.end()))
    if (some := some_speakers(n, start, m.start(), m["verb"])) is not None:
        return some if promises or act_of(slug) is Act.RECOGNISE else None
    able = [x for x in parties if promises or x.speaks]
    begin = party_before(n, m.start(), able)
    return party_that_thanked(n, start, m.start(), able) if begin is None else begin


def _active(n: str, start: int, end: int, m: re.Match[str], slug: str, begin: int | None, led: bool) -> Iterator[Cue]:
    if begin is None:
        if _FINITE.search(m["verb"]) and not _PARTICIPLE.match(n, m.end(), end):
            yield Cue(m.start(), m.end(), Act.NARRATE, slug)
    elif (
        slug in _FOUNDING
        and begin != m.start()
        and not (m["verb"].endswith("ed") and (is_people(n, begin, m.start()) or is_body(n, begin, m.start())))
    ):
        return  # "nominate officers and establish units": what is done, not a decision
    elif not _earlier(n, start, m.start(), slug) and _takes(slug, n, m.start() if led else begin, m.start(), m.end(), end):
        promise = slug in ("agree", "resolve") and _TO.match(n, m.end(), end) is not None
        promise |= slug in ("affirm", "reaffirm", "reiterate", "confirm") and _OWN_COMMITMENT.match(n, m.end(), end) is not None
        act = Act.PROMISE if promise else act_of(slug)
        yield Cue(m.start(), m.end(), act, slug, speaker=begin, part=act is Act.RECOGNISE and is_partial(n, begin))
    else:
        yield Cue(m.start(), m.end(), Act.NARRATE, slug)


def _recital(n: str, start: int, at: int, slug: str, opens: bool) -> bool:
    """Whether a participle recognises something: after a comma ("…, reaffirming …"), or at the head of a recital of a declaration."""
    if slug in ("reaffirm", "reiterate") and re.search(r",\s+$", n[start:at]):
        return True
    return opens and act_of(slug) is Act.RECOGNISE and _LEADS.fullmatch(n, start, at) is not None


def _opens(n: str, start: int, m: re.Match[str], slug: str | None, any_form: bool) -> bool:
    """Whether a sentence begins with this verb, as the items of a declaration do ("Commit to …"); a noun goes on otherwise.

    `any_form` takes "agreed to …" and "have decided to …" too: the subject stands above.
    """
    if slug is None or _NOUN_GOES_ON.match(n, m.end()) or (m["verb"].endswith("ed") and _COLOPHON.match(n, m.end())):
        return False
    lead, first = n[start : m.start()], slug.replace("-", " ")
    if any_form:
        return _LEADS.fullmatch(lead) is not None and not m["verb"].split()[0].endswith("ing")
    return not lead.strip(' "(') and m["verb"] in (first, slug, _third_person(first))


def _third_person(verb: str) -> str:
    head, _, rest = verb.partition(" ")
    return f"{head}{'es' if head.endswith(('s', 'sh', 'ch')) else 's'} {rest}".rstrip()


def _earlier(n: str, start: int, at: int, slug: str) -> bool:
    """Whether the verb tells of an earlier occasion ("had agreed") or of what states did at home ("have adopted laws")."""
    if re.search(rf"\bhad\s+{ADVERBS}*$", n[start:at]):
        return _BY_THE_END.match(n, start) is None
    return (
        slug in ("accept", "adopt", "approve", "authorise", "direct", "establish", "mandate")
        and re.search(rf"\b(?:have|has)\s+{ADVERBS}*$", n[start:at]) is not None
    )


def _takes(slug: str, n: str, begin: int, at: int, after: int, end: int) -> bool:
    """Whether what follows is a complement with which this verb acts: "considered that", not "considered the role of"."""
    rest = n[after:end]
    if _BROKEN_OFF.match(rest) or (slug in _PEOPLE_VERBS and begin != at and not (is_people(n, begin, at) or is_meeting(n, begin))):
        return False
    if re.match(r"\s+to\s+do\s+so\b", rest):
        return False
    if slug == "agree" and _WITH_SOMEBODY.match(rest):
        return False
    if slug == "call-on" and n[at:after].endswith("for"):
        return True
    if slug in ("ask", "invite", "request") and _IN_THE_ROOM.match(rest):
        return False
    needed = {
        **dict.fromkeys(("conclude", "consider", "propose", "suggest"), _THAT),
        **dict.fromkeys(ASK, _TO_SOMEBODY),
        **dict.fromkeys(("task", "direct", "instruct", "mandate", "authorise", "entrust", "demand"), _TO_SOMEBODY),
        **dict.fromkeys(("commit", "undertake", "intend"), _TO_DOING),
        "recommend": _CONTENT,
        "welcome": _WELCOMED,
    }.get(slug)
    return needed is None or needed.match(rest) is not None
