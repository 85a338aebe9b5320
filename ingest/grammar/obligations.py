"""What a clause says must be, will be or would be good: modals, needs and evaluations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.grammar.cues import ADVERBS, Act, Cue, Party, patterns, slug_of
from ingest.grammar.negation import NOT, released
from ingest.grammar.speakers import may_be_finite, speakers
from ingest.grammar.subjects import is_dependent, party_before
from ingest.lexicon import Lexicon

# "The Co-Chairs are to report": what somebody is to do, not what is to take place.
_ARE_TO = re.compile(
    r"\b(?:is|are)\s+to(?=\s+[a-z])(?!\s+(?:meet|convene|gather|attend|take\s+place|come|say|blame|see|happen|be\s+"
    r"(?:held|convened|hosted|opened|found|seen|expected|commended|congratulated|welcomed|chaired|co-chaired))\b)"
)
# "The outcomes of the workshop will be reported to Senior Officials".
_OUTCOME = re.compile(
    r"\b(?:outcomes?|results?|recommendations|conclusions|report|summary|record)\s+of\s+(?:the|this)\s+(?:[a-z-]+\s+){0,2}?"
    r"(?:meeting|workshop|conference|seminar|roundtable|dialogue|forum)\s+$|\b(?:these|the)\s+(?:outcomes|recommendations|conclusions)\s+$"
)
_SUBMITTED = re.compile(
    r"\s+be\s+(?:[a-z]+ly\s+)?(?:reported|submitted|laid|presented|forwarded|conveyed|transmitted|circulated|published|put)\b"
)
_BY_WHOM = re.compile(rf"\s+{ADVERBS}*[a-z]+(?:ed|en|ade|un|wn)(?:\s+and\s+[a-z]+ed)?\s+by\s+(?:the\s+)?")


def obligations(n: str, start: int, end: int, lexicon: Lexicon, parties: Sequence[Party], opens: bool) -> Iterator[Cue]:
    """The cues of modals and needs in the sentence n[start:end]."""
    p = patterns(lexicon)
    for m in p.oblige.finditer(n, start, end):
        if (
            not released(n, start, m.start(), m.end("verb"), end)
            and not is_dependent(n, start, m.start())
            and may_be_finite(n, start, m.start())
        ):
            past = m["verb"].startswith("needed")
            yield Cue(m.start(), m.end(), Act.OBLIGE, "need" if m["verb"].startswith("need") else slug_of(lexicon, m["verb"]), past=past)
    for m in p.needed.finditer(n, start, end):
        at = m.start("verb") if m["verb"] else m.start()
        if m["be"] in ("was", "were", "remained") and not re.match(
            r"\s+(?:to|for|in order|on|among|between|from)\b|\s*[.,;)]|$", n[m.end() : end]
        ):
            continue
        if m["be"] == "been" or (m["have"] and not re.search(r"\b(?:states|members|countries|we)\s+$", n[start : m.start()])):
            continue
        if not is_dependent(n, start, m.start()):
            slug = "must" if m["have"] else slug_of(lexicon, m["verb"] or m["noun"])
            yield Cue(m.start(), m.end(), Act.OBLIGE, slug, passive=at != m.start())
    for m in _ARE_TO.finditer(n, start, end):
        begin = speakers(n, start, m.start(), "will")
        begin = party_before(n, m.start(), parties) if begin is None else begin
        if begin is not None and not is_dependent(n, start, m.start()):
            yield Cue(m.start(), m.end(), Act.PROMISE, "shall", passive=n.startswith(" be ", m.end()), speaker=begin)
    for m in p.will.finditer(n, start, end):
        heads = opens and not n[start : m.start()].strip()  # an item that begins with its verb
        if (
            not released(n, start, m.start(), m.end("verb"), end)
            and not is_dependent(n, start, m.start())
            and (heads or may_be_finite(n, start, m.start()))
        ):
            begin = m.start() if heads else speakers(n, start, m.start(), m["verb"])
            begin = party_before(n, m.start(), parties) if begin is None else begin
            begin = m.start() if begin is None and _OUTCOME.search(n, start, m.start()) and _SUBMITTED.match(n, m.end("verb")) else begin
            begin = m.start() if begin is None and m["next"] == "be" and _done_by(n, m.end(), end, parties) else begin
            yield Cue(m.start(), m.end("verb"), Act.PROMISE, m["verb"], passive=m["next"] == "be", speaker=begin)


def _done_by(n: str, after: int, end: int, parties: Sequence[Party]) -> bool:
    """Whether a party is named behind a passive verb as the one who acts: "will be compiled by Australia"."""
    m = _BY_WHOM.match(n, after, end)
    return m is not None and any(a == m.end() for a, _, _ in parties)


def values(n: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Cue]:
    """The cues of evaluations and possibilities in the sentence n[start:end]."""
    p = patterns(lexicon)
    for m in p.value.finditer(n, start, end):
        if NOT.search(m[0]) or is_dependent(n, start, m.start()):
            continue
        word = m["value"] or m["require"] or m["required"]
        past = (m["be"] or m["require"] or m["passive"]) in ("was", "were", "remained", "required")
        yield Cue(m.start(), m.end(), Act.VALUE, slug_of(lexicon, word), past=past)
    for m in p.modal.finditer(n, start, end):
        word = m["verb"] or m["would"] or m["may"]
        if not NOT.search(m[0]) and not is_dependent(n, start, m.start()):
            yield Cue(m.start(), m.end(), Act.MODAL, slug_of(lexicon, word))
