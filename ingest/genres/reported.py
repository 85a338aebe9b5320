"""The meetings that an account reports, and of which of them a sentence speaks: by its body, by "the second", or of none of them.

What is told of another meeting ("a similar workshop", the meeting of another body, another day in another place) is said of none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from ingest.document import Passage
from ingest.findings import DateRead, Ref, Source
from ingest.grammar.sayings import Saying, sayings
from ingest.meetings import telling_words

_OTHER = r"(?:last|previous|earlier|next|another|similar|other|separate)"
_ANOTHER = re.compile(rf"{_OTHER}\b")
IS_ANOTHER = re.compile(rf"\b{_OTHER}\s+(?:[\w’'-]+\s+){{0,2}}$", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:last|previous|earlier|next|another|future|similar|other|separate)\s+(?:[\w’'-]+\s+){0,3}$")
# Said of the meeting that is spoken of, which the next sentence goes on with.
BESIDE = re.compile(
    r"(?:It|The\s+(?:[a-z-]+\s+)?(?:meeting|conference|workshop|seminar))\s+was\s+(?:\w+\s+)?(?:preceded|followed)\s+(?:\w+\s+){0,5}?by\b",
    re.IGNORECASE,
)
_PLACES = {"first": 0, "former": 0, "second": 1, "latter": 1}
_NTH = re.compile(rf"The\s+(?P<which>{'|'.join(_PLACES)})\s+(?:meeting\s+|event\s+|workshop\s+)?(?=(?:was|were|had|brought|heard)\b)")
_GROUP = re.compile(r"\b[Tt]he\s+(?P<group>Working\s+Group|Steering\s+Group|Task\s+Force|Ad\s+Hoc\s+Group|Experts?\s+Group)\b")
_ONE = re.compile(r"\b(?:one|those|that)\s+(?:hosted|co-?hosted|held|convened|organi[sz]ed|chaired)\b")
_MET = re.compile(r"(?:,?\s+which)?\s+(?:also\s+)?(?:met|convened|gathered)\b")
_MEETING_OF = re.compile(
    r"\b(?:meeting|gathering|session|sitting|round|retreat|workshop|conference|talks)\s+of\s+(?:the\s+)?(?:Bali\s+Process\s+)?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Reported:
    """A meeting that the document reports; `told` is where it says so, `named` whether its dates, places, lists were found yet."""

    ref: Ref
    kind: str
    ordinal: int | None
    told: Source
    status: str
    placed: bool = False
    dated: DateRead | None = None
    lists: list[tuple[Source, bool]] = field(default_factory=list)
    title: str = ""
    bodies: frozenset[Ref] = frozenset()
    where: Ref | None = None


def counted_off(p: Passage, meetings: Sequence[Reported]) -> list[Reported] | None:
    """The one of two meetings that the sentence counts off ("The second was …"), none of more; None if it does not count."""
    m = _NTH.match(p.s)
    if m is None:
        return None
    return [meetings[_PLACES[m["which"]]]] if len(meetings) == 2 else []


def of_group(p: Passage, meetings: Sequence[Reported]) -> tuple[list[Reported], bool]:
    """Of several meetings those in whose titles the group stands that the sentence names, and whether it names one that is in no title."""
    named: list[Reported] = []
    other = False
    for m in p.find(_GROUP) if len(meetings) > 1 else ():
        titled = [x for x in meetings if m["group"] in x.title]
        named += titled if len(titled) == 1 else []
        other |= len(titled) != 1
    return named, other


def is_another(f: Saying) -> bool:
    """Whether the words before a name, or its first word, say that it is no meeting of those that the text is on: "a separate seminar"."""
    return bool(_BEFORE.search(f.p.s, 0, f.start) or _ANOTHER.match(f.p.s, f.start))


def other_from(p: Passage) -> int:
    """Where a sentence begins to speak of another meeting ("modelled on one hosted by …"), else its end."""
    m = _ONE.search(p.s)
    return m.start() if m else len(p.s)


def tells_of_other_body(p: Passage, meetings: Sequence[Reported]) -> bool:
    """Whether the sentence says that a body met, or that its meeting was held, whose meeting is not among these."""
    met = {m.ref for m in p.named("body") if _MET.match(p.s, m.end) or _MEETING_OF.search(p.s, 0, m.start)}
    own = {ref for m in meetings for ref in m.bodies}
    return bool(met and meetings) and not met & own


def elsewhere(m: Reported, f: Saying) -> bool:
    """Whether a sentence speaks of another day and another place: then of another meeting. One of both alone is a contradiction.

    So are both where the sentence gives the meeting the name of the title.
    """
    if " " in (name := f.p.s[f.start : f.end].casefold()) and name in m.title.casefold():
        return False
    other_days = bool(m.dated and f.date and _other_days(m.dated, f.date.date))
    other_place = bool(m.where and f.place and f.place.place_ref not in (None, m.where))
    if not f.bare and (other_days or other_place) and other_subject(m.title, name):
        return True
    if m.dated is None or m.where is None or f.date is None or f.place is None or f.place.place_ref in (None, m.where):
        return False
    return _other_days(m.dated, f.date.date)


def tells_of_several(passages: Iterable[Passage]) -> bool:
    """Whether sentences tell of meetings on other days and other subjects: then the text is on no single one."""
    told = [f for p in passages for f in sayings(p) if f.status == "held" and f.date and f.place and not f.bare]
    return any(
        a.date and b.date and _other_days(a.date.date, b.date.date) and other_subject(a.p.s[a.start : a.end], b.p.s[b.start : b.end])
        for a, b in combinations(told, 2)
    )


def _other_days(a: DateRead, b: DateRead) -> bool:
    return b.end < a.start or a.end < b.start


def other_subject(a: str, b: str) -> bool:
    """Whether both names have words for a subject, and none of them in common."""
    left, right = telling_words(a), telling_words(b)
    return bool(left and right) and not left & right


def kin(a: str, b: str) -> bool:
    """Whether two classes may name one meeting."""
    return a == b or {a, b} == {"Workshop", "TrainingEvent"}
