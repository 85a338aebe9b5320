"""A sentence → its operative clauses: the smallest clauses with an operative verb of their own, each with what makes it operative."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from ingest.grammar.cues import ADVERBS, HARD, Act, Cue, Party
from ingest.grammar.operative import find_cues
from ingest.grammar.speakers import tells_before
from ingest.lexicon import Lexicon

Kind: TypeAlias = Literal["Commitment", "Recommendation", "Decision", "Finding"]
KIND_OF: Final[dict[Act, Kind]] = {
    Act.DECIDE: "Decision",
    Act.PROMISE: "Commitment",
    Act.ASK: "Recommendation",
    Act.OBLIGE: "Recommendation",
    Act.VALUE: "Finding",
    Act.MODAL: "Finding",
    Act.RECOGNISE: "Finding",
}

_CUT = re.compile(
    r"(?P<thanks>,?\s+and\s+(?:also\s+)?(?:(?:express(?:ed|es)?|convey(?:ed|s)?|extend(?:ed|s)?)\s+(?:(?:its|their|our)\s+)?(?:[a-z]+\s+)?(?:appreciation|thanks"
    r"|gratitude|condolences)\b|(?:thank(?:ed|s)?|commend(?:ed|s)?|congratulated?)\s|look(?:ed|s)?\s+forward\b))"
    r"|(?P<semicolon>;\s*(?:(?:and|or|but),?\s+)?(?:that\s+)?)|(?P<that>,?\s+and,?\s+that\s+)|(?P<contrast>,\s+(?:though|although|but|whereas|while)\s+)"
)
_JOINT = re.compile(r"(?:,?\s+(?:and|but)\s+(?:(?:in|to|with)\s+(?:this|that)\s+(?:regard|context|connection|end|respect)\s*,?\s+)?|,\s+)$")
_TO_VERB = re.compile(
    r"(?:,?\s+(?:and|but),?\s+|,\s+)(?:(?:in|to|with)\s+(?:this|that)\s+(?:regard|context|connection|end|respect)\s*,?\s+)?"
    rf"(?={ADVERBS}*$)"
)
_NEXT_CLAUSE = re.compile(r",\s+(?:and|while|but)\s+(?:the\s+)?")
_DID = re.compile(r"\s+(?:also\s+|has\s+|had\s+)?[a-z]+ed\s")
_AND = re.compile(r",?\s+and\s+")
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|should|could|must|shall|may|might|remains?|needs? to|does|do|did)\b")
_THAT = re.compile(r"\bthat\s+")
_CLAUSAL = re.compile(r"\b(?:that|how|whether|what|why)\b|:")
_CONTINUES = re.compile(r"\W*(?:which|who|that|including|as well as|in order|through|such as|e\.g)\b")
_CONTINUES_VERB = re.compile(r"\w+(?:ed|s)\s+(?:with|by|in|to)\b")
_SUPPORT = re.compile(r"\s+(?:their|its|our)\s+(?:[a-z]+\s+){0,2}(?:support|determination|resolve|commitment)\b")
# Worth recognising: a recognition of these is an outcome, of anything else it reports what was talked about.
_WORTH = re.compile(
    r"\b(?:importance|important|need|needs|necessity|value|vital|crucial|critical|essential|urgency|urgent|compelling|imperative|"
    r"priority|benefits?|usefulness|key role|central role|commitment)\b"
)
_ON_WORTH = re.compile(r"\s+on\s+the\s+(?:[a-z]+\s+)?(?:importance|need|necessity|value|urgency|relevance)\b")
_PROPOSED = re.compile(
    r"\s+that\s+(?:[\w'-]+\s+){1,10}?be\s+(?!able\b)[a-z]+"
    r"|\s+that\s+(?:the\s+)?(?:[\w'-]+\s+){0,3}?(?:members|ministers|states|countries|participants|senior officials)\s+"
    r"(?!had\b|were\b|have\b|are\b)[a-z]+\s"
)
_WOULD = re.compile(r"\bwould\b")
_NEGATED = re.compile(r"(?:^|[,;]\s|\bthat\s|\bthere\s(?:is|was)\s)\s*no\s(?:[\w'-]+\s+){1,4}$")
_ACTING = re.compile(
    r"\b(?:should|must|shall|will|would|ought to|needs? to|(?:is|are) to"
    r"|be (?:[a-z]+ed|held|set|made|given|undertaken|sent|put|drawn|taken|brought|built|written|kept|led|run|shown|laid|begun|read))\b"
)
# Openings that are no part of the clause; a condition ("Where permitted by law, …") is part of it.
_SETTING = re.compile(
    r"(?:while|although|though|as|since|given|considering|recalling|noting|recognising|acknowledging|bearing in mind|mindful of|"
    r"in|on|at|to|for|with|by|during|under|following|based on|building on|looking|however|therefore|furthermore|moreover|"
    r"responding|having|introducing|concluding|turning|referring|wishing|"
    r"finally|additionally|accordingly|similarly|likewise|nevertheless|firstly|secondly|thirdly|lastly|against|despite)\b"
)
_CONDITION = re.compile(r"(?:where|when|if|until|unless|once|subject to|in cases? where|provided that)\b")
_NO_SUBJECT = re.compile(
    r"(?:as well as|and|or|including|which|who|such as|not least|particularly|in particular|especially|notably|inter alia)\b"
)
_EMPTY = re.compile(r"[\s,;:.–-]*")


@dataclass(frozen=True, slots=True)
class Clause:
    """An operative clause. Offsets count in the passage.

    `cues` are its operative cues in order, `frame` the recognition or decision that governs it ("participants noted that …"), whether
    or not its words belong to the clause; `head` is the cue that decides `kind`.
    """

    start: int
    end: int
    kind: Kind
    head: Cue
    cues: tuple[Cue, ...]
    frame: Cue | None = None
    directives: int = 1
    rule: str = "provisions.clause"

    @classmethod
    def whole(cls, end: int, kind: Kind, wording: tuple[str, ...]) -> Clause:
        """An item of a list that is operative as a whole; an introduction before the list gives it its wording."""
        act = next(a for a, k in KIND_OF.items() if k == kind)
        head = Cue(0, 1, act, wording[0] if wording else None)
        return cls(0, end, kind, head, (head,), rule="provisions.item")

    @property
    def wording(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c.slug for c in self.cues if c.slug))


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    cut: str  # what separates it from the piece before: "", thanks, semicolon, that, contrast, and, verb
    cues: list[Cue]


def clauses(
    n: str,
    start: int,
    end: int,
    lexicon: Lexicon,
    frame: Cue | None = None,
    parties: Sequence[Party] = (),
    *,
    opens: bool = False,
) -> list[Clause]:
    """The operative clauses of the sentence n[start:end], in order; `n` is normal text of the passage.

    `frame`: a recognition that an introduction before a list gives to each of its items. `parties`: where the text names states,
    organisations and bodies, each of which may promise something for itself. `opens`: a verb at the head needs no subject, as in a
    declaration.
    """
    cues = find_cues(n, start, end, lexicon, parties, opens=opens)
    if not cues:
        return []
    found: list[Clause] = []
    governing = frame
    narrated = False
    for piece in _pieces(n, start, end, cues):
        narrated = narrated and piece.cut not in ("", "verb")
        clause, governing, narrated = _classify(n, piece, governing, narrated)
        if clause is None or (clause.frame is not None and clause.frame.part and clause.kind != "Finding"):
            continue  # "some experts stressed that members should …": the meeting did not ask for it
        if found and piece.cut in ("that", "and") and _belong_together(found[-1], clause):
            before = found[-1]
            found[-1] = replace(before, end=clause.end, cues=before.cues + clause.cues)
        else:
            found.append(clause)
    return [_alone(n, c, parties) for c in found]


def _alone(n: str, c: Clause, parties: Sequence[Party]) -> Clause:
    """The clause without what another party did: "Fiji pledged to pay, and Nepal offered help"."""
    for m in _NEXT_CLAUSE.finditer(n, c.head.end, c.end):
        if any(x.start == m.end() and _DID.match(n, x.end) for x in parties):
            return replace(c, end=m.start(), cues=tuple(x for x in c.cues if x.start < m.start()))
    return c


def _belong_together(a: Clause, b: Clause) -> bool:
    """Coordinated evaluations are one finding; a modal ("could be established") is a proposal of its own."""
    return a.kind == b.kind == "Finding" and Act.MODAL not in (a.head.act, b.head.act)


def _pieces(n: str, start: int, end: int, cues: list[Cue]) -> list[_Piece]:
    cuts = [(m.start(), m.end(), str(m.lastgroup)) for m in _CUT.finditer(n, start, end)]
    floor = start  # the end of the cue before
    for c in cues:
        left = max([start, *(after for _, after, _ in cuts if after <= c.start)])
        low = max(left, floor)
        if c.spoken and c.speaker is not None and c.speaker > low:
            m = _JOINT.search(n, low, c.speaker)
            if m and (_FINITE.search(n, left, m.start()) or any(left <= x.start < m.start() for x in cues)):
                cuts.append((m.start(), c.speaker, "and"))
        elif c.spoken and (floor > start or tells_before(n, start, c.start)):
            m = _TO_VERB.search(n, low, c.start)
            if m:
                cuts.append((m.start(), m.end(), "verb"))
        elif not c.spoken and c.act is not Act.NARRATE and (cut := _coordination(n, left, low, c, cues)):
            cuts.append((*cut, "and"))
        floor = max(floor, c.end)
    pieces: list[_Piece] = []
    position, kind = start, ""
    for a, b, name in [*sorted(cuts), (end, end, "")]:
        if a < position:
            continue
        piece = _Piece(position, a, kind, [c for c in cues if position <= c.start < a])
        if pieces and not piece.cues and (kind not in ("semicolon", "contrast", "thanks") or _continues(n, piece, pieces[-1])):
            pieces[-1].end = piece.end
        else:
            pieces.append(piece)
        position, kind = b, name
    return pieces


def _continues(n: str, piece: _Piece, before: _Piece) -> bool:
    if ": " in n[before.start : before.end]:  # parts of what a colon announces
        return True
    return _CONTINUES.match(n, piece.start) is not None or _CONTINUES_VERB.match(n, piece.start) is not None


def _coordination(n: str, left: int, low: int, c: Cue, cues: list[Cue]) -> tuple[int, int] | None:
    """The "and" before the subject of `c` that joins its clause to a clause with a finite verb of its own."""
    joints = list(_AND.finditer(n, low, c.start))
    if joints and not n[joints[-1].end() : c.start].strip():
        return None  # "X should do this and must do that": one subject
    joints.sort(key=lambda m: (m[0].startswith(","), m.start()), reverse=True)
    for m in joints:
        right = n[m.end() : c.start]
        if not right.strip() or _FINITE.search(right) or re.match(r"(?:that|to|then|not|also)\b", right):
            continue
        inner = max((t.end() for t in _THAT.finditer(n, left, m.start())), default=left)
        if _FINITE.search(n, inner, m.start()) or (
            inner == left and any(left <= x.start < m.start() and x.act in HARD and x.spoken for x in cues)
        ):
            return m.start(), m.end()
    return None


def _classify(n: str, piece: _Piece, frame: Cue | None, narrated: bool) -> tuple[Clause | None, Cue | None, bool]:
    """The clause of a piece if it is operative, the frame that governs the next piece, and whether that one is narrated."""
    own, inner, story = _sorted(n, piece)
    promised = any(c.act is Act.PROMISE and c.speaker == piece.start for c in inner)  # "…, and Fiji pledged to pay": told by nobody else
    if story is not None or (narrated and own is None and not promised):
        return None, None, story if story is not None else True
    governing = own or frame
    if own is not None and own.act is not Act.RECOGNISE:
        return _spoken(n, piece, own, inner), own, False
    inner = [
        c
        for c in inner
        if not (c.act in (Act.VALUE, Act.OBLIGE) and c.slug not in ("should", "must") and _NEGATED.search(n, piece.start, c.start))
    ]
    hard = [c for c in inner if c.act in HARD and not (c.act is Act.PROMISE and not c.spoken and c.slug == "will")]
    hard = [
        c for c in hard if not (c.past and governing is None)
    ]  # "victims needed to travel" is told, "noted that X needed to be" is said
    if hard:
        return _make(n, _inner_start(n, piece, own, hard[0]), piece.end, hard[0], tuple(hard), governing), governing, False
    soft = [c for c in inner if c.act in (Act.VALUE, Act.MODAL) and (governing is not None or (c.slug and not c.past))]
    if soft:
        return _soft(n, piece, own, soft, governing), governing, False
    if own is not None and _worth_recognising(n, piece, own):
        return replace(_make(n, _frame_start(piece, own), piece.end, own, (own,), governing), directives=0), governing, False
    return None, governing, False


def _sorted(n: str, piece: _Piece) -> tuple[Cue | None, list[Cue], bool | None]:
    """The verb of speaking that leads the piece, its other cues, and, if it is narration, whether what follows is reported speech."""
    own: Cue | None = None
    inner: list[Cue] = []
    for c in piece.cues:
        if c.act is Act.NARRATE:
            told = _CLAUSAL.search(n, c.end, piece.end) is not None
            if own is None and not inner:
                return None, [], told
            if told:
                break  # "recalled that they had agreed that …": what follows was said on another occasion
        elif own is None and not inner and (c.act is Act.RECOGNISE or (c.spoken and c.act in (Act.DECIDE, Act.ASK))):
            own = c
        elif c.act is not Act.RECOGNISE:
            inner.append(c)
    return own, inner, None


def _soft(n: str, piece: _Piece, own: Cue | None, soft: list[Cue], governing: Cue | None) -> Clause:
    """An evaluation or a possibility. One that the scheme has no wording for ("timely") is worded by who recognises it."""
    named = tuple(c for c in soft if c.slug)
    if own is not None and not named:
        return _make(n, _frame_start(piece, own), piece.end, own, (own,), governing)
    cues = named or ((governing,) if governing else ())
    return _make(n, _inner_start(n, piece, own, soft[0]), piece.end, soft[0], cues, governing)


def _spoken(n: str, piece: _Piece, own: Cue, inner: list[Cue]) -> Clause:
    """A clause with a verb of deciding or asking: "agreed that X is Y" decides nothing and is a finding."""
    asks = own.act is Act.ASK  # "recommended that members adopt": they have adopted nothing
    cues = (own, *(c for c in inner if c.slug and (c.act in HARD or c.act is Act.MODAL) and not (asks and c.act is Act.DECIDE)))
    would = _WOULD.search(n, own.end, piece.end)
    if would and own.act is Act.DECIDE and all(c.slug != "would" for c in cues):
        cues = (*cues, Cue(would.start(), would.end(), Act.MODAL, "would"))
    clause = _make(n, _frame_start(piece, own), piece.end, own, cues, own)
    if own.slug == "agree" and _ON_WORTH.match(n, own.end, piece.end):  # "agreed on the importance of": nothing is decided
        return replace(clause, kind="Finding", directives=0)
    if (
        own.slug == "agree"
        and re.match(r"\s*,?\s*that\b", n[own.end : piece.end])
        and not _ACTING.search(n, own.end, piece.end)
        and not any(c.act is Act.OBLIGE for c in inner)
    ):
        values = tuple(c for c in inner if c.slug and c.act is Act.VALUE)
        return replace(clause, kind="Finding", cues=(own, *values), directives=1 if values else 0)
    return clause


def _worth_recognising(n: str, piece: _Piece, own: Cue) -> bool:
    """Whether a recognition without an operative verb inside names an importance, a need or a role; what is reported as a fact does not."""
    if own.slug in ("condemn", "reaffirm", "reiterate", "welcome", "support"):
        return True
    if own.slug in ("affirm", "confirm") and _SUPPORT.match(n, own.end, piece.end):
        return True
    if own.slug in ("propose", "suggest"):  # "proposed that members name a contact point"
        return _PROPOSED.match(n, own.end, piece.end) is not None
    if own.passive:
        before = n[piece.start : own.start]
        return _WORTH.search(before) is not None and not re.match(r"\s+as\b", n[own.end : piece.end])
    rest = n[own.end : piece.end]
    if n[own.start : own.end].endswith("note"):  # "took note of the importance of"
        rest = re.sub(r"^\s+of\b", "", rest)
    said = re.split(r"\b(?:that|which|who|where|by|of|in)\b", rest, maxsplit=1)[0] if not re.match(r"\s*,?\s*that\b", rest) else ""
    return _WORTH.search(said) is not None


def _frame_start(piece: _Piece, own: Cue) -> int:
    return max(piece.start, own.speaker if own.speaker is not None and not own.passive else piece.start)


def _inner_start(n: str, piece: _Piece, own: Cue | None, head: Cue) -> int:
    """Where the clause of `head` begins: after "that" of its frame, and after settings that are no part of it."""
    start = piece.start
    if own is not None:
        m = _THAT.search(n, own.end, head.start)
        start = m.end() if m else own.start if own.speaker is None else own.speaker
    return start


def _make(n: str, start: int, end: int, head: Cue, cues: tuple[Cue, ...], frame: Cue | None) -> Clause:
    """The clause, without its setting."""
    start = _strip_setting(n, start, head.start if head.speaker is None or head.speaker < start else max(head.speaker, start))
    while end > start and n[end - 1] in " ,;:":
        end -= 1
    return Clause(start, end, KIND_OF[head.act], head, cues, frame, directives=0 if head.act is Act.RECOGNISE else 1)


def _strip_setting(n: str, start: int, verb: int) -> int:
    """The beginning of the clause without an opening that only sets the scene ("In this context, …", "While X is Y, …")."""
    if blank := _EMPTY.match(n, start, verb):
        start = blank.end()
    if not _SETTING.match(n, start, verb) or _CONDITION.match(n, start, verb):
        return start
    commas = [m.end() for m in re.finditer(r",\s+", n[start:verb])]
    for offset in reversed(commas):
        subject = n[start + offset : verb]
        if subject.strip() and not _NO_SUBJECT.match(subject) and not re.fullmatch(rf"{ADVERBS}*", subject):
            return start + offset
    if n[start:verb].rstrip().endswith(","):  # "In this regard, Ministers": the subject is the cue's own
        return verb
    return start
