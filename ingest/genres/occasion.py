"""The meeting that a text in prose is the outcome of: its name, number, date and place, from the title page and the sentences on it.

A sentence tells of the meeting if it says that it was convened, chaired, held or attended, or that those who speak gathered for it. What
the title page and the sentences say differently is kept side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.document import Document, Passage
from ingest.findings import Source
from ingest.grammar.conferences import NumberedMeeting, numbered_meetings
from ingest.grammar.dates import find_dates
from ingest.grammar.kinds import MEETING_NOUN, SESSIONS, KindHit, kind_of
from ingest.grammar.places import place_at
from ingest.grammar.sayings import sayings

_OF_GROUP: Final = {"GroupMeeting", "SeniorOfficialsMeeting"}
_ARTICLES: Final = 20  # characters before the name of those who met
_OPENING: Final = 5  # sentences in which a text says what met
_NOT_OF_OTHERS = r"(?<!which\s)(?<!that\s)(?<!who\s)(?<!had\s)"
_ARTICLE = r"(?:an?|the|their|our|this|its)\s+"
# "co-chaired the …": the name stands after the verb and an article; "met in Bali on 3 May for the …": after a preposition behind the verb.
_AFTER = re.compile(
    rf"{_NOT_OF_OTHERS}\b(?:co-?hosted|hosted|co-?chaired|chaired|convened|held|organi[sz]ed|opened|attended)\s+{_ARTICLE}(?=[\w“\"])",
    re.IGNORECASE,
)
_MET = re.compile(
    rf"{_NOT_OF_OTHERS}\b(?:met|gathered|assembled|convened|came\s+together|participated|took\s+part|were\s+present)\b",
    re.IGNORECASE,
)
_FOR_IT = re.compile(rf"\b(?:for|at|in|during|on\s+the\s+occasion\s+of)\s+{_ARTICLE}(?=[\w“\"])", re.IGNORECASE)
_HOW_FAR: Final = 140  # characters between the verb and the name
_STOP = re.compile(r"[.;]")
_WHO = (
    r"^(?:At\s+the\s+(?:kind\s+)?invitation\s+of[^.;]{1,120}?,\s+)?"
    r"(?:We|(?:The\s+|We,?\s+the\s+)?(?:Foreign\s+)?Ministers|(?:The\s+)?[Ss]enior\s+[Oo]fficials|(?:The\s+)?[Rr]epresentatives)\b"
)
_WE_MEETING = re.compile(rf"{_WHO}[^.;]{{0,200}}?\b(?:meeting|gathering|gathered|met|assembled|convened|participating|present)\b")
_WE_ATTENDING = re.compile(rf"{_WHO}[^.;]{{0,1500}}?,?\s+(?:attending|participating\s+in|having\s+attended)\s+{_ARTICLE}(?=[\w“\"])")
_TOLD = (
    r"(?:was|were)\s+(?:successfully\s+)?(?:held|convened|hosted|co-?hosted|co-?chaired|chaired|led|opened|attended|organi[sz]ed)|took\s+place|met|"
    r"brought\s+together|looked|reviewed|considered|discussed|assessed|took\s+stock|agreed|focus(?:s?ed)|convened|commenced|"
    r"(?:concluded|opened|began|started|closed|ran)(?=\s+(?:in|on|at|from|today)\b)|assembled|gathered|wrapped\s+up"
)
# "The Seventh … was held", "This Fifth … looked at": the name stands between an article and the verb.
_BEFORE = re.compile(r"(?:(?<=^)|(?<=[\s,]))(?:The|This|Our|the|this|our)\s+(?!(?:kind\s+)?(?:invitation|request)\b)(?=[\w“\"])")
_BEFORE_IT = re.compile(
    r"\b(?:since|after|before|until|when|where|although|while|had|recalling|whether|if|that|whose|at\s+which|in\s+which)\s*$", re.IGNORECASE
)
_VERB = re.compile(rf"(?:\s*\([^()]{{1,40}}\))?(?:\s*,[^,;.]{{1,80}},)?\s+(?:{_TOLD})\b")
_AGAIN = re.compile(
    rf"^(?:The|This)\s+(?:[Mm]eeting|[Cc]onference|[Ww]orkshop|[Ss]eminar|[Ff]orum|[Ss]ession)(?:\s+(?:{_TOLD})\b|,\s+(?:which\s+was\s+)?held\b)|^It\s+(?:{_TOLD})\b"
)
_WE_MET = re.compile(
    rf"{_WHO}(?:(?!\s+(?:had|will\s+have|have\s+not|not)\s+met\b)[^.;]){{0,1500}}?,?\s+(?:(?:having\s+)?met|meeting|gathered|gathering|assembled|convened)\s+(?:together\s+)?(?=(?:in|at|on|for\s+the)\b)"
)
_OFFICIALS = re.compile(r"(?:The\s+)?[Ss]enior\s+[Oo]fficials\b")
_GROUP_MET = re.compile(
    r"^(?:The\s+)?(?:Bali\s+Process\s+)?(?P<who>(?P<steering>Steering\s+Group)|(?:(?:Ad\s+Hoc|Technical|Working|Experts?)\s+){1,3}Group|Task\s?[Ff]orce|AHG"
    r"|(?:Steering|Drafting|Organi[sz]ing|Coordinat(?:ion|ing)|Planning|Editorial)\s+Committee)\b"
    r"(?:(?!\b(?:which|that|who|whose|had|has|not|will)\b)[^.;]){0,80}?\s(?:met|convened)\s+(?=(?:in|at|on|for)\b)"
)
_END = re.compile(
    r"\s+(?:in|at)\s+(?:the\s+)?(?=[A-Z])|\s+(?:from|on|between)\s+(?=\d)|,|\.\s*$|;|\s+(?:was|were|held|took|which|that|to|with|by|met|looked|"
    r"has|have|had|under|for)\b|\s*\((?![A-Z]{2,8}\)\s+[A-Z]|(?:the|hereafter)\s[^()]{2,40}\)\s+(?:on|of|for)\b)"
)
_TOPIC = r"[A-Z][\w’'-]*(?:\s+(?:in|of|the|for|against|[A-Z][\w’'-]*)){0,4}"
_TOPICS = re.compile(
    rf"\s+on\s+(?:the\s+)?{_TOPIC}(?:,\s+{_TOPIC})+,?\s+and\s+{_TOPIC}"
)  # "on People Smuggling, Trafficking in Persons and …"
_DOCUMENT_OF = re.compile(
    r"\b(?:statement|declaration|communiqu[eé]|summary|report|outcomes?|conclusions)\s+(?:of|from|by)\s+(?:the\s+)?$", re.IGNORECASE
)
_STATEMENT = re.compile(r"\b(?:statement|communiqu[eé]|summary|outcomes?|conclusions|report|record|declaration)\b", re.IGNORECASE)
_ADOPTED = re.compile(r"(?:Adopted|Agreed|Issued|Made|Done|Released|Endorsed)\s+(?:at|by|on)\s+(?:the\s+)?")  # below a title


_ACRONYM = re.compile(r"[A-Z]{3,}\s(?!OFFICIAL|[A-Z]{4,}\s)(?=[A-Z][a-z])")  # of another organisation: "ASEAN Senior Officials Meeting"
IN_UNKNOWN = re.compile(r"\b(?:in|at)\s+(?:[A-Z][\w’'-]+\s?){1,3},\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Told:
    """A passage that tells of the meeting. Its name stands at s[start:end] (both 0 where the passage gives none)."""

    p: Passage
    start: int
    end: int
    numbered: NumberedMeeting | None = None
    kind: KindHit | None = None

    @property
    def source(self) -> Source:
        return self.p.source(self.start, self.end, "occasion.title") if self.end else self.p.whole("occasion.told")


@dataclass(frozen=True, slots=True)
class Occasion:
    """The meeting: `told` in sentences, `titled` in the title page."""

    told: tuple[Told, ...]
    titled: tuple[Told, ...]

    @property
    def kind(self) -> str:
        """A class of the ontology; `Meeting` where no words name one."""
        kinds = [t.kind.name for t in (*self.told, *self.titled) if t.kind]
        return "GroupMeeting" if set(kinds) == _OF_GROUP else next(iter(kinds), "Meeting")


def find_occasion(document: Document) -> Occasion | None:
    """The meeting that the text is the outcome of; None where no sentence tells of one."""
    body = [p for p in document.passages if p.block.kind != "heading"]
    told: list[Told] = []
    for n, p in enumerate(body):
        # "It was held …" tells of the meeting that the sentence before tells of.
        if (t := _told(p, n)) and (not p.s.startswith("It ") or (told and told[-1].p is body[n - 1])):
            told.append(t)
    adopted = [p for p in document.passages[: _OPENING + 1] if p not in document.front and _ADOPTED.match(p.s)]
    titled = [t for p in (*document.front, *adopted) if (t := _titled(p))]
    titled = [t for t in titled if not any(o is not t and _repeats(t, o) for o in titled)]
    if not any(n < _OPENING for n, p in enumerate(body) if any(t.p is p for t in told)):
        return _of_title(document, titled)
    told = [t for t in told if not _of_officials(t, titled)] or told
    first = max(told, key=lambda t: (all(_agree(t, o) for o in titled), t.end > 0, t.numbered is not None))
    return Occasion((first, *(t for t in told if t is not first and _agree(first, t))), tuple(t for t in titled if _agree(first, t)))


def _of_title(document: Document, titled: list[Told]) -> Occasion | None:
    """The meeting that the title page of a statement names with its date, where no sentence tells of it."""
    dated = any(find_dates(p.s) for p in document.front)
    first = next((t for t in titled if t.kind and t.end), None)
    if not dated or first is None or not any(_STATEMENT.search(p.s) for p in document.front):
        return None
    return Occasion((first,), tuple(t for t in titled if t is not first and _agree(first, t)))


def _repeats(a: Told, b: Told) -> bool:
    """Whether a title is but the beginning of another one: a line that a converter printed twice."""
    return len(a.p.s) < len(b.p.s) and b.p.s.startswith(a.p.s.rstrip())


def _of_officials(t: Told, titled: list[Told]) -> bool:
    """Whether a sentence without a name tells when senior officials met, in a text that is titled as the conference of ministers."""
    return not t.end and _OFFICIALS.match(t.p.s) is not None and any(o.kind and o.kind.name == "MinisterialConference" for o in titled)


def _agree(a: Told, b: Told) -> bool:
    """Whether two passages may tell of one meeting: not of another number, not of another kind."""
    if a.numbered and b.numbered and a.numbered.ordinal != b.numbered.ordinal:
        return False
    if a.kind is None or b.kind is None or a.kind.name == b.kind.name:
        return True
    # "the Group's twelfth Senior Officials' Meeting" is the Twelfth Ad Hoc Group Senior Officials' Meeting of the title
    both = bool(a.numbered and b.numbered) and {a.kind.name, b.kind.name} == _OF_GROUP
    return both or (b.end == 0 and not (a.numbered and b.numbered))


def _told(p: Passage, position: int) -> Told | None:
    for start, end in _names(p, position):
        told = _with_kind(p, start, end)
        if not _of_others(told):
            return told
    if position < _OPENING and (m := _GROUP_MET.match(p.s)):
        kind = KindHit("SteeringGroupMeeting" if m["steering"] else "GroupMeeting", m.start("who"), m.end())
        return Told(p, 0, 0, _nth_time(p), kind)
    if position < _OPENING and (_AGAIN.match(p.s) or _WE_MET.match(p.s)):
        numbered = _nth_time(p)
        return Told(p, 0, 0, numbered, KindHit(numbered.kind, numbered.start, numbered.end) if numbered else None)
    return None


def _nth_time(p: Passage) -> NumberedMeeting | None:
    """The meeting that a sentence counts without its noun: "Senior Officials met for the ninth time"."""
    return next((n for n in numbered_meetings(p) if n.start <= _ARTICLES and n.end <= n.ordinal_start), None)


def _of_others(t: Told) -> bool:
    """Whether a session bears the name of an organisation and not of a process or a body of one: "the ASEAN Senior Officials Meeting"."""
    if t.kind is None or t.kind.name not in SESSIONS:
        return False
    other = t.p.named("org", start=t.start, end=t.end) or _ACRONYM.match(t.p.s, t.start)
    return bool(other) and not t.p.named("process", "body", start=t.start, end=t.end)


def _names(p: Passage, position: int) -> Iterator[tuple[int, int]]:
    """Where the names of meetings stand that this sentence says were held or attended. Past the opening only "This … looked at" tells."""
    if position == 0:
        for f in (f for f in sayings(p) if f.at and f.ordinal and f.date):
            yield f.start, f.end
    if position < _OPENING:
        for at in _starts(p):
            if span := _name(p, at):
                yield span
    for m in p.find(_BEFORE):
        if (
            (position < _OPENING or (m.start() == 0 and m[0].startswith("This")))
            and not _BEFORE_IT.search(p.s, 0, m.start())
            and (span := _name(p, m.end()))
            and _VERB.match(p.s, span[1])
        ):
            yield span


def _starts(p: Passage) -> Iterator[int]:
    """Where a name may begin behind a verb that says that it was held or attended, or that those who speak came for it."""
    for m in (*p.find(_AFTER), *p.find(_WE_ATTENDING)):
        yield m.end()
    for m in (*p.find(_MET), *p.find(_WE_MEETING)):
        stop = _STOP.search(p.s, m.end())
        for for_it in p.find(_FOR_IT, m.end(), min(m.end() + _HOW_FAR, stop.start() if stop else len(p.s))):
            yield for_it.end()


def _name(p: Passage, start: int) -> tuple[int, int] | None:
    """The name of a meeting that begins at `start`: one with a capital, so that "the meeting" is none."""
    noun = MEETING_NOUN.search(p.s, start, start + 140)
    if (
        noun is None
        or p.s.startswith(("presence", "absence", "margins"), start)
        or (noun.start() == start and not re.match(r"\s+(?:of|on|for)\b", p.s[noun.end() :]))
        or re.search(r"[.;:]|,\s+(?:the|this|our)\s", p.s[start : noun.start()])
        or _END.search(p.s[start : noun.start()].replace(",", ""))
    ):
        return None
    inside = [(m.start, m.end) for m in p.named("process", "series")]
    inside += [m.span() for m in p.find(_TOPICS, noun.end()) if not p.named("place", "area", start=m.start(), end=m.end())]
    for e in _END.finditer(p.s, noun.end()):
        if any(low < e.start() < high for low, high in inside) or not _ends(p, e):
            continue
        return (start, e.start()) if re.search(r"[A-Z]|\d", p.s[start : e.start()]) else None
    end = len(p.s.rstrip(" ."))
    return (start, end) if re.search(r"[A-Z]|\d", p.s[start:end]) and end - start < 200 else None


def _ends(p: Passage, e: re.Match[str]) -> bool:
    """Whether a name may end here: where "in" stands it does only before a place ("Trafficking in Persons" goes on)."""
    if e[0].split()[:1] not in (["in"], ["at"]):
        return True
    unknown = IN_UNKNOWN.match(p.s, e.start() + 1)
    return place_at(p, e.end()) is not None or (unknown is not None and place_at(p, unknown.end()) is not None)


def _with_kind(p: Passage, start: int, end: int) -> Told:
    numbered = next((n for n in numbered_meetings(p) if start <= n.start < end), None)
    kind = kind_of(p.s, start, end)
    if kind is None and numbered:  # "its Third Meeting": who held it says of what kind it is
        kind = KindHit(numbered.kind, numbered.start, numbered.end)
    return Told(p, start, max(end, numbered.end if numbered else 0), numbered, kind)


def _before_when(p: Passage, end: int) -> int:
    """Where the name ends in a title on one line that goes on with place and date; 0 where it names no kind of meeting."""
    for m in reversed(p.named("place", "area", end=end)):
        if re.fullmatch(r"[\s,–—-]*", p.s[m.end : end]):
            end = m.start
    name = p.s[:end].rstrip(" ,–—-")
    return len(name) if kind_of(name) else 0


def _titled(p: Passage) -> Told | None:
    """A heading of the title page that names a meeting."""
    numbered = next(iter(numbered_meetings(p)), None)
    if numbered is None and not (kind_of(p.s) or (MEETING_NOUN.search(p.s) and p.s.isupper())):
        return None
    dates = [h.start for h in find_dates(p.s)]
    whole = not dates and len(p.s) < 240
    first = numbered.start if numbered and (_DOCUMENT_OF.search(p.s[: numbered.start]) or _ADOPTED.match(p.s)) else 0
    start, end = (
        (first, len(p.s)) if whole else (numbered.start, numbered.end) if numbered else (0, _before_when(p, dates[0]) if dates else 0)
    )
    return Told(p, start, end, numbered, kind_of(p.s, start, end) if end else None)
