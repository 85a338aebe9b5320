"""The operative cues of one sentence, in order: which of its words act, and which only look as if they did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.grammar.consensus import agreements
from ingest.grammar.cues import ADVERBS, ASK, DECIDE, PROMISE, Act, Cue, Party, patterns
from ingest.grammar.negation import DENIED, NOT, released
from ingest.grammar.speakers import goes_on, is_body, is_people, may_be_finite, speakers
from ingest.lexicon import Lexicon

_INTERROGATIVE = re.compile(r"\b(?:how|whether|what|why|if|so that|in order that)\b(?!\s+to\b)")
_RELATIVE = re.compile(rf"\b(?:which|who|whom|that|whose)\s+{ADVERBS}*$")
_RELATIVE_SUBJECT = re.compile(r"\b(?:which|whom|whose|where|in which)\s+(?:[\w'-]+\s+){1,4}$")
# "that" opens a content clause after these words; after any other noun it opens a relative clause.
_CONTENT_HOSTS: Final = re.compile(
    r"(?:\b(?:and|or|but|it|view|fact|agreement|consensus|hope|understanding|participants|members|delegates|so|such|now|given|clear|true|timely|"
    r"important|essential|critical|crucial|vital|imperative|necessary|appropriate|desirable|ensure|ensuring|ensured|meant|means|is|was|felt|held|view|opinion|belief|"
    r"need|needs|emphasis|recognition|said|stated|explained|showed|indicated|argued|mentioned|reported)|(?:agree|note|recognise|acknowledge|"
    r"emphasise|underline|underscore|reiterate|observe|conclude|believe|urge|propose|stress|suggest|affirm|reaffirm|recommend|highlight|"
    r"request|confirm|recall)s?|stresses|\w+ed|\w+ing|[,;:])\s+$"
)
_THAT_SUBJECT = re.compile(r"\bthat\s+(?:[\w'-]+\s+){1,3}$")
_FINITE: Final = re.compile(r"(?:ed|s)$|^(?:took|undertook|gave)\b")
_PARTICIPLE = re.compile(r"\s+(?:by|in|at|from|under|above|during|as|for)\b|\s*[,.;)]")
_CLAUSE_END = re.compile(r"[;,]|\band,?\s+that\b")
_THAT = re.compile(r"\s*,?\s*(?:that\b|:)")
_TO = re.compile(r"\s+to\s+(?:\(a\)\s+)?[a-z]")
_TO_SOMEBODY = re.compile(
    r"\s+that\b|\s+[^.;]{1,160}?\s(?:to\s+[a-z]|with\b|that\b|for\s)"
    r"|\s+(?:an?|further|regular|additional|annual)\s+(?:[\w-]+\s+){0,3}?(?:reports?|updates?|briefings?|papers?|assessments?|advice|proposals?|plans?|stud(?:y|ies))\b|\s+(?:greater|further|continued|ongoing|more|stronger|better|wider|closer|enhanced|all|the|such|increased)\s"
)
_CONTENT = re.compile(
    r"\s+(?:that\b|to\b|on\b|in\b|(?:it|them)\s+(?:to|for)\b|against\b|:|the\b|an?\b|its\b|their\b|our\b|this\b|these\b|members\b|states\b|countries\b|governments\b|"
    r"further\b|closer\b|greater\b|enhanced\b|improved\b|increased\b|continued\b|establishing\b|developing\b|\w+ing\b)"
)
_OWN_COMMITMENT = re.compile(r"\s+(?:our|their|its)\s+(?:[a-z]+\s+){0,3}?(?:commitments?|determination|resolve)\s+(?:to|towards)\b")
_NOUN_GOES_ON = re.compile(r"\s+(?:for|from|of|was|were|is|are|will|by|and)\b|\s*[,.;:]")
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
_BROKEN_OFF = re.compile(r"\s*[.;)]|\s*,(?!\s*(?:inter alia|among others|in particular|in this (?:regard|context))\s*,)")
_WITH_SOMEBODY = re.compile(r"\s+with\s+(?!the\s+(?:recommendations?|proposals?|suggestions?|conclusions?|need|view)\b)")
_BY_WHOM = re.compile(rf"\s+{ADVERBS}*[a-z]+(?:ed|en|ade|un|wn)(?:\s+and\s+[a-z]+ed)?\s+by\s+(?:the\s+)?")
_AMOUNT = re.compile(
    r"\s+(?:(?:up to|over|about|some|almost|an? (?:additional|further))\s+)?(?:(?:aud|usd|nzd|eur|gbp)\s?|(?:a|us|nz)?[$€£])\s?\d"
)
_IN_THE_ROOM = re.compile(r"\s+(?:the\s+|all\s+)*(?:participants|delegates|experts|speakers|presenters)\b")
_TO_DOING = re.compile(rf"\s+(?:themselves\s+|itself\s+|ourselves\s+)?{ADVERBS}*to\s")
_WELCOMED = re.compile(r"(?!\s+(?:what|participants|delegates|all|members (?:and thanked|to))\b)")
_IT = re.compile(rf"\bit\s+(?:(?:has|have|had)\s+)?{ADVERBS}*$")
_CONTENT_OF_IT = re.compile(r"\s*,?\s*(?:that|to|by)\b")
_AFTER_MODAL = re.compile(rf"\b(?:should|must|shall|will|could|would|to)\s+{ADVERBS}*$")
_BY_THEM = re.compile(
    rf"\s+{ADVERBS}*by\s+(?:the\s+)?(?:bali process\s+)?(?:ministers|members|participants|senior|officials|delegat(?:es|ions)|co-chairs"
    r"|meeting|conference|workshop|(?:ad hoc |working |steering )?group|task force)\b"
)
# What a meeting decides on: "the work plan was endorsed" is its own decision, "the law was adopted" is not.
_PAPER = re.compile(
    r"\b(?:plans?|terms of reference|recommendations?|reports?|programmes?|programs?|proposals?|guides?|guidelines|strateg(?:y|ies)"
    r"|statements?|declarations?|roadmap|framework|toolkit|minutes|summary|notes?|papers?|calendar|budget|documents?|curriculum|handbook)"
    r"(?:\s+(?:for|of|on)\s+[^.,;:]{1,60}?)?\s*$"
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
_FOUNDING: Final = ("accept", "establish")
_PEOPLE_VERBS: Final = ("support", "welcome", "confirm", "recall")
# Worth recognising: a recognition of these is an outcome, of anything else it reports what was talked about.
WORTH: Final = re.compile(
    r"\b(?:importance|important|need|needs|necessity|value|vital|crucial|critical|essential|urgency|urgent|compelling|imperative|"
    r"priority|benefits?|usefulness|key role|central role|commitment)\b"
)

_PERSON = re.compile(r"\s+(?:mr|mrs|ms|dr|ambassador)\b\.?\s+(?![^,.;]{0,60}'s?\s)")
_FORCE = re.compile(r"task\s?forces?\b")


def find_cues(n: str, start: int, end: int, lexicon: Lexicon, parties: Sequence[Party] = (), *, opens: bool = False) -> list[Cue]:
    """The cues of the sentence n[start:end]; `n` is normal text, `parties` the offsets of names that may promise something.

    `opens`: a verb at the head of the sentence acts in any form, because its subject was named before.
    """
    found = [*_passives(n, start, end, lexicon, parties), *_values(n, start, end, lexicon), *agreements(n, start, end, lexicon)]
    found += _obligations(n, start, end, lexicon, parties, opens)
    found = [c for c in found if not any(o is not c and o.start <= c.start and c.end <= o.end for o in found)]
    taken = [(c.start, c.end) for c in found]
    found += [c for c in _actives(n, start, end, lexicon, parties, opens) if not any(a <= c.start < b for a, b in taken)]
    told = {c.start for c in found}
    for m in patterns(lexicon).narrate.finditer(n, start, end):
        if m.start() not in told and may_be_finite(n, start, m.start()):
            found.append(Cue(m.start(), m.end(), Act.NARRATE, None))
    return sorted((c for c in found if not _in_name(n, c, parties)), key=lambda c: (c.start, c.end))


def _in_name(n: str, cue: Cue, parties: Sequence[Party]) -> bool:
    """Whether the verb is a word of a name ("the Regional Support Office", "Task Force members"), or greets a person."""
    greets = cue.slug == "welcome" and _PERSON.match(n, cue.end) is not None  # "and welcome Mr Roe", but not "Mr Roe's offer"
    return greets or any(x.start <= cue.start < x.end for x in parties) or _FORCE.match(n, cue.start) is not None


def _slug(lexicon: Lexicon, words: str) -> str | None:
    return lexicon.wording.get(re.sub(r"\s+", " ", words))


def _act(slug: str) -> Act:
    if slug in PROMISE:
        return Act.PROMISE
    if slug in DECIDE:
        return Act.DECIDE
    return Act.ASK if slug in ASK else Act.RECOGNISE


def _dependent(n: str, start: int, at: int) -> bool:
    """Whether the verb at `at` stands in a relative clause or an indirect question."""
    if _RELATIVE.search(n, start, at) or _RELATIVE_SUBJECT.search(n, start, at):
        return True
    that = _THAT_SUBJECT.search(n, start, at)
    if that and that.start() > start and not _CONTENT_HOSTS.search(n, start, that.start()):
        return True
    last = max((m.end() for m in _CLAUSE_END.finditer(n, start, at) if m[0][0] in ";a"), default=start)
    return _INTERROGATIVE.search(n, last, at) is not None and not _condition(n, last, at)


def _condition(n: str, start: int, at: int) -> bool:
    """ "If requested, members should …": a condition before the main clause is no indirect question."""
    return re.match(r"\W*if\b[^,]*,", n[start:at]) is not None


def _passives(n: str, start: int, end: int, lexicon: Lexicon, parties: Sequence[Party]) -> Iterator[Cue]:
    for m in patterns(lexicon).passive.finditer(n, start, end):
        slug = _slug(lexicon, m["verb"])
        if slug is None or _dependent(n, start, m.start()):
            continue
        if NOT.search(m[0]):  # "it was not agreed that …": what follows is what nobody decided
            yield Cue(m.start(), m.end(), Act.NARRATE, slug)
            continue
        act, rest = _act(slug), n[m.end() : end]
        impersonal = _IT.search(n, start, m.start())
        if impersonal and _CONTENT_OF_IT.match(rest) and slug not in ("support", "propose", "suggest"):
            yield Cue(m.start(), m.end(), act, slug, passive=True, speaker=impersonal.start())
        elif _AFTER_MODAL.search(n, start, m.start()):
            if act is Act.ASK:  # "should be permitted and encouraged"
                yield Cue(m.start(), m.end(), act, slug, passive=True)
        elif _tells_of_work(n, start, m, slug, parties):
            continue
        elif slug == "expect" and rest.startswith(" to ") and m["be"] in ("is", "are"):
            if speakers(n, start, m.start(), m["verb"]) is not None or _party(n, m.start(), parties) is not None:
                yield Cue(m.start(), m.end(), act, slug, passive=True)
        elif slug in _ASKED and (slug in _ASKED_OF_ANYTHING or re.match(r"\s+(?:to|with)\b", rest)):
            yield Cue(m.start(), m.end(), act, slug, passive=True)
        elif (
            (slug in _SUBMITTED and _is_submitted(n, start, m, rest))
            or (act is Act.DECIDE and _BY_THEM.match(rest))
            or (act is Act.RECOGNISE and slug in _RECOGNISED)
        ):
            yield Cue(m.start(), m.end(), act, slug, passive=True, speaker=m.start())
        elif slug == "commit" and rest.startswith(" to "):
            yield Cue(m.start(), m.end(), act, slug, speaker=speakers(n, start, m.start(), m["verb"]))


def _is_submitted(n: str, start: int, m: re.Match[str], rest: str) -> bool:
    """ "The work plan was endorsed": what lay before the meeting, and no word of when, where or by whom else."""
    return m["be"] in ("was", "were") and _AND_NO_MORE.match(rest) is not None and _PAPER.search(n, start, m.start()) is not None


def _tells_of_work(n: str, start: int, m: re.Match[str], slug: str, parties: Sequence[Party]) -> bool:
    """ "Officers are tasked with patrols", "the victim was asked to testify": not what a meeting asks, as in "the Co-Chairs are tasked"."""
    if slug in _ASKED and m["be"] in ("was", "were") and _TOLD_OF.search(n, start, m.start()):
        return True
    named = speakers(n, start, m.start(), m["verb"]) is not None or _party(n, m.start(), parties) is not None
    return slug in _TOLD and m["be"] in ("is", "are") and not named


def _actives(n: str, start: int, end: int, lexicon: Lexicon, parties: Sequence[Party], opens: bool) -> Iterator[Cue]:
    # The verb with which the sentence begins, as the subject of those that are coordinated with it.
    first = _FIRST_VERB.match(n, start, end) if opens else None
    opened = (first["verb"], first.start("verb")) if first else None
    for m in patterns(lexicon).active.finditer(n, start, end):
        slug = _slug(lexicon, m["verb"])
        opening = _opens(n, start, m, slug, opens)
        if slug is None or re.match(r"\s+by\b", n[m.end() : end]):
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
        begin = m.start() if opening else _subject(n, start, m, opened, parties)
        if opening or (begin is not None and any(begin <= x.start < m.start() and x.speaks for x in parties)):
            opened = (m["verb"], m.start() if begin is None else begin)
        yield from _active(n, start, end, m, slug, begin)


def _is_appended(n: str, start: int, m: re.Match[str]) -> bool:
    """Whether the verb only tells when the thing before it came to be: ", adopted in 2011"."""
    return _APPENDED.search(n, start, m.start()) is not None and _PAST_OCCASION.match(n, m.end()) is not None


def _subject(n: str, start: int, m: re.Match[str], opened: tuple[str, int] | None, parties: Sequence[Party]) -> int | None:
    """Where the subject of the verb begins: a collective, a party that promises something, or the verb that opens the sentence."""
    begin = speakers(n, start, m.start(), m["verb"])
    if begin is None and opened is not None and goes_on(n, start, m.start(), opened[0], m["verb"]):
        return opened[1]
    promises = m["verb"].startswith(("agree", "commit", "pledge", "undert")) and _TO.match(n, m.end())
    promises = promises or (m["verb"].startswith("pledge") and _AMOUNT.match(n, m.end()))
    return _party(n, m.start(), [x for x in parties if promises or x.speaks]) if begin is None else begin


def _active(n: str, start: int, end: int, m: re.Match[str], slug: str, begin: int | None) -> Iterator[Cue]:
    if begin is None:
        if _FINITE.search(m["verb"]) and not _PARTICIPLE.match(n, m.end(), end):
            yield Cue(m.start(), m.end(), Act.NARRATE, slug)
    elif (
        slug in _FOUNDING
        and begin != m.start()
        and not (m["verb"].endswith("ed") and (is_people(n, begin, m.start()) or is_body(n, begin, m.start())))
    ):
        return  # "nominate officers and establish units": what is done, not a decision
    elif not _earlier(n, start, m.start(), slug) and _takes(slug, n, begin, m.start(), m.end(), end):
        promise = slug in ("agree", "resolve", "decide") and _TO.match(n, m.end(), end) is not None
        promise |= slug in ("affirm", "reaffirm", "reiterate", "confirm") and _OWN_COMMITMENT.match(n, m.end(), end) is not None
        yield Cue(m.start(), m.end(), Act.PROMISE if promise else _act(slug), slug, speaker=begin)
    else:
        yield Cue(m.start(), m.end(), Act.NARRATE, slug)


def _recital(n: str, start: int, at: int, slug: str, opens: bool) -> bool:
    """Whether a participle recognises something: after a comma ("…, reaffirming …"), or at the head of a recital of a declaration."""
    if slug in ("reaffirm", "reiterate") and re.search(r",\s+$", n[start:at]):
        return True
    return opens and _act(slug) is Act.RECOGNISE and _LEADS.fullmatch(n, start, at) is not None


def _party(n: str, verb: int, parties: Sequence[Party]) -> int | None:
    """Where the name begins that is the subject of the verb, or None."""
    for a, b, _ in parties:
        if b <= verb and re.fullmatch(rf"(?:,\s+as\s+[^,;]+,)?\s+(?:(?:have|has|had)\s+)?{ADVERBS}*", n[b:verb]):
            return a - 4 if n.startswith("the ", a - 4) else a
    return None


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
        return True
    return (
        slug in ("accept", "adopt", "approve", "authorise", "direct", "establish", "mandate")
        and re.search(rf"\b(?:have|has)\s+{ADVERBS}*$", n[start:at]) is not None
    )


def _takes(slug: str, n: str, begin: int, at: int, after: int, end: int) -> bool:
    """Whether what follows is a complement with which this verb acts: "considered that", not "considered the role of"."""
    rest = n[after:end]
    if _BROKEN_OFF.match(rest) or (slug in _PEOPLE_VERBS and begin != at and not is_people(n, begin, at)):
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


def _obligations(n: str, start: int, end: int, lexicon: Lexicon, parties: Sequence[Party], opens: bool) -> Iterator[Cue]:
    p = patterns(lexicon)
    for m in p.oblige.finditer(n, start, end):
        if (
            not released(n, start, m.start(), m.end("verb"), end)
            and not _dependent(n, start, m.start())
            and may_be_finite(n, start, m.start())
        ):
            past = m["verb"].startswith("needed")
            yield Cue(m.start(), m.end(), Act.OBLIGE, "need" if m["verb"].startswith("need") else _slug(lexicon, m["verb"]), past=past)
    for m in p.needed.finditer(n, start, end):
        at = m.start("verb") if m["verb"] else m.start()
        if m["be"] in ("was", "were", "remained") and not re.match(
            r"\s+(?:to|for|in order|on|among|between|from)\b|\s*[.,;)]|$", n[m.end() : end]
        ):
            continue
        if m["be"] == "been" or (m["have"] and not re.search(r"\b(?:states|members|countries|we)\s+$", n[start : m.start()])):
            continue
        if not _dependent(n, start, m.start()):
            slug = "must" if m["have"] else _slug(lexicon, m["verb"] or m["noun"])
            yield Cue(m.start(), m.end(), Act.OBLIGE, slug, passive=at != m.start())
    for m in p.will.finditer(n, start, end):
        heads = opens and not n[start : m.start()].strip()  # an item that begins with its verb
        if (
            not released(n, start, m.start(), m.end("verb"), end)
            and not _dependent(n, start, m.start())
            and (heads or may_be_finite(n, start, m.start()))
        ):
            begin = m.start() if heads else speakers(n, start, m.start(), m["verb"])
            begin = _party(n, m.start(), parties) if begin is None else begin
            begin = m.start() if begin is None and m["next"] == "be" and _done_by(n, m.end(), end, parties) else begin
            yield Cue(m.start(), m.end("verb"), Act.PROMISE, m["verb"], passive=m["next"] == "be", speaker=begin)


def _done_by(n: str, after: int, end: int, parties: Sequence[Party]) -> bool:
    """Whether a party is named behind a passive verb as the one who acts: "will be compiled by Australia"."""
    m = _BY_WHOM.match(n, after, end)
    return m is not None and any(a == m.end() for a, _, _ in parties)


def _values(n: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Cue]:
    p = patterns(lexicon)
    for m in p.value.finditer(n, start, end):
        if NOT.search(m[0]) or _dependent(n, start, m.start()):
            continue
        word = m["value"] or m["require"] or m["required"]
        past = (m["be"] or m["require"] or m["passive"]) in ("was", "were", "remained", "required")
        yield Cue(m.start(), m.end(), Act.VALUE, _slug(lexicon, word), past=past)
    for m in p.modal.finditer(n, start, end):
        word = m["verb"] or m["would"] or m["may"]
        if not NOT.search(m[0]) and not _dependent(n, start, m.start()):
            yield Cue(m.start(), m.end(), Act.MODAL, _slug(lexicon, word))
