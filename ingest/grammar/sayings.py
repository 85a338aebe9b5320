"""What a sentence says of meetings: which ones it names, whether they were held or are planned, when and where.

"The 17th … and the 18th … were held in Kuala Lumpur on 2 and 3 May 2024 respectively" says it of two. A meeting that a sentence only
refers to ("since the Third Ministerial Conference", "the last meeting was held") is none of those that it tells of.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.document import Passage
from ingest.findings import DateRead
from ingest.grammar.conferences import full_name, numbered_meetings
from ingest.grammar.datelines import dateline
from ingest.grammar.dates import DateHit
from ingest.grammar.kinds import MEETING_NOUN, ORDINAL_WORD, SESSIONS, KindHit, kind_of, kind_of_group, ordinal
from ingest.grammar.places import PlaceRead, host_city, place_after_in, place_at, place_beside, venue_at

_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Ii]ts|[Tt]heir|[Oo]ur)\s+")
_TITLE = re.compile(
    r"[A-Z]\w+(?:\s+[Cc]ourse)?\s+on\s+(?:the\s+)?[A-Z]|\w+\s+on\s+(?!the\b|an?\b|this\b|that\b|[a-z]+day\b)[a-z]+"
)  # "The Workshop on Visas": the noun begins the name
_FIRST_WORD = re.compile(rf"(?P<ordinal>(?i:{ORDINAL_WORD}))\s+(?:[\w-]+\s+){{0,2}}?[A-Z]")
_THE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]heir)\s+$")
_PLAIN = re.compile(r"(?:(?:[\w-]+-days?|regional|joint|national|technical|virtual|first|second|third|inaugural)\s+)+")
_ABOUT = re.compile(r"\s+on\s+(?!(?:the|an?|this|that|\d|[A-Z][a-z]+day)\b)\w")
_NO_NAME = re.compile(
    r"[.;:]|\b(?:was|were|is|are|has|had|that|which|who|held|in|at|to|by|from|and|will|hosted|organi[sz]ed|attended|chaired|opened)\b"
)
_END = re.compile(
    r"\s+(?:in|at)\s+(?:the\s+)?(?=[A-Z])|\s+(?:from|on|between)\s+(?:the\s+)?(?=\d|Mon|Tue|Wed|Thu|Fri|Sat|Sun)|,|\.\s*$|;|\s+(?:that|which|was|were|held|took|followed|will|is|are|convened|met|ran|began|has|had|brought|gathered|concluded|opened|looked|commenced|started|wrapped|ended|closed|assembled|got)\b|\s*\((?!\w+\))"
)
# A town that no table knows, before a date: "… Forum in Langkawi from 18 to 20 September".
_UNKNOWN_TOWN = re.compile(r"\s+(?:in|at)\s+(?:[A-Z][\w’'-]+,?\s+){1,3}(?:(?:from|on|between)\s+)?(?:the\s+)?(?=\d)")
_HELD = re.compile(
    r"\b(?:(?:was|were|(?:has|have)\s+been)\s+(?:\w+ly\s+)?(?:held|convened|hosted|co-?hosted|organi[sz]ed|conducted|co-?chaired|chaired|led|attended|opened)|took\s+place|"
    r"(?:was|were)\s+(?:also\s+)?(?:run|staged)|ran(?=\s+(?:from|in|at|on|for|between)\b)|held(?=\s+their\s)|(?<!be\s)convened|met|gathered|assembled|concluded|wrapped\s+up|ended(?=\s+(?:in|on|at|today|yesterday)\b)|(?:was|were)\s+(?:launched|inaugurated)(?=\s+(?:in|on|at|today)\b)|commenced|(?:opened|closed|began|started)(?=\s+(?:in|on|at|today|yesterday)\b)|got\s+under\s+way|brought\s+together|followed(?=\s+(?:in|on|at|from)\b))\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will\s+(?:be\s+)?(?:held|take\s+place|host(?:ed)?|convened?|meet)|(?:is|are)\s+(?:to\s+be\s+(?:held|convened|hosted)|scheduled|planned|due|expected)|to\s+be\s+(?:held|hosted|convened)|to\s+take\s+place)\b",
    re.IGNORECASE,
)
_ACTIVE = re.compile(
    r"\b(?:(?:co-?hosted|hosted|convened|held|organi[sz]ed|conducted|ran|delivered|staged|arranged|facilitated|co-?chaired|chaired|opened|led|concluded|completed|wrapped\s+up|closed)(?:,?\s+(?:jointly\s+|together\s+)?with\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:and\s+|of\s+|the\s+)*[A-Z][\w’'-]*){0,5},?)?|(?:was|played)\s+(?:the\s+)?(?:host\s+to|venue\s+(?:for|of))|(?:This|It)\s+was|welcomed\s+[^.;]{0,80}?\bto(?:\s+[A-Z]\w+(?:,?\s+[A-Z]\w+)*\s+for)?|(?:was|were)\s+(?:\w+\s+){0,3}(?:followed|preceded)\s+(?:[^.;]{0,40}\s)?by|(?:met|convened|reconvened|sat|gathered|assembled|came\s+together|came\s+back|returned|travelled|brought\s+together|logged\s+(?:in|on)|tuned\s+in|dialled\s+in)\b[^.;]{0,100}?\b(?:for|at|to|to\s+attend))\s+(?:an?|the|its|their|this|our)?\s*$",
    re.IGNORECASE,
)
_REFERRED = re.compile(
    r"\b(?:since|after|before|following|ahead\s+of|prior\s+to|at|to|from|of|for|by|until|towards?|with|in|on|during|recalling|preparing)\s+(?:an?\s+|the\s+|its\s+|this\s+)?$",
    re.IGNORECASE,
)
# "Held in Suva on 3 May 2018, the Ninth … reviewed": said of the meeting that the sentence begins with.
_HELD_IN = re.compile(r"(?:Held|Hosted|Convened|Chaired|Co-?chaired|Organi[sz]ed)\s[^.;]{3,120},\s+(?:the|this)\s+")
_CAME = re.compile(
    r"^[^.;]{0,90}\b(?:officials|officers|participants|delegates|representatives|experts|practitioners|prosecutors|members|countries|states|governments|delegation|team|trainers|trainees)\b[^.;]{0,140}"
    r"\b(?:attended|(?:has|have)\s+(?:attended|taken\s+part\s+in|participated\s+in)|(?:today\s+)?completed|participated\s+(?:this\s+week\s+|last\s+week\s+|today\s+)?in|took\s+part\s+(?:this\s+week\s+|last\s+week\s+|today\s+)?in)\s+(?:an?|the|this)\s+$",
    re.IGNORECASE,
)
# "Fiji was represented at the Third Meeting of the Task Force, held in Suva on 3 May".
_THERE = re.compile(
    r"\s+(?:(?:has\s+|have\s+)?(?:attended|taken\s+part\s+in|took\s+part\s+in|participated\s+in)|(?:was|were)\s+represented\b[^.;]{0,100}?\bat)\s+(?:an?|the)\s+$"
)
_HELD_THEN = re.compile(r",\s+(?:which\s+was\s+)?held\s")
# "…, hosted by Fiji in Suva on 3 May"
# "The Sixth Meeting, held by video link from 3 to 5 May, began with": told of the meeting that the sentence begins with.
_HELD_APART = re.compile(
    r",\s+(?:which\s+was\s+)?(?:held|convened|hosted)\s[^.;]{3,140}?,\s+(?:\w+ly\s+)?(?:began|opened|ended|closed|started|concluded|heard|brought|drew|looked|agreed|"
    r"reviewed|considered|discussed|examined|took\s+stock|focused|was\s+(?:attended|opened|chaired|co-?chaired|hosted)|attracted|gathered)\b"
)
HOSTED_THEN = re.compile(
    r",\s+(?:which\s+was\s+)?(?:co-?)?(?:hosted|convened|organi[sz]ed|held)\s+by\s+[^.;,]{2,80}?\s(?:in|at)\s+(?=[A-Z])"
)
# "On 15 and 16 March, the eighth meeting heard from survivors".
_ON_DAYS = re.compile(r"(?:On|From|Between)\s+[^.;,a-z]{0,6}[\w\s–-]{3,40},?\s+the\s+")
_ACTED = re.compile(r"\s+(?:heard|reviewed|discussed|considered|examined|agreed|endorsed|adopted|drew|looked|took\s+stock|focused)\b")
_NOT = re.compile(r"\b(?:not|never|cancelled|postponed|instead)\b", re.IGNORECASE)
# "The meeting took place in Suva on 3 May 2018", "The seminar, which ran from 14 to 15 July, was co-hosted by".
_BARE = re.compile(
    r"(?:The|This)\s+(?:[a-z]+-day\s+|half-day\s+)?(?P<noun>[Mm]eeting|[Cc]onference|[Ww]orkshop|[Ss]eminar|[Rr]ound\s?table|[Ff]orum|[Ss]ymposium|"
    r"[Tt]raining(?:\s+(?:course|workshop|event))?|[Cc]ourse|[Ee]vent)\b(?!\s+(?:of|on|for)\b)"
)
# "Fiji hosted the workshop, which ran from 7 to 9 November".
_BARE_OBJECT = re.compile(
    r"\b(?:hosted|organi[sz]ed|convened|opened|attended|joined|chaired|ran|delivered)\s+(?:the|this)\s+(?P<noun>meeting|conference|workshop|seminar"
    r"|round\s?table|forum|symposium|training|course|event)(?=,\s+which\b)"
)
_BARE_HELD = re.compile(
    r"(?:,\s+which)?\s+(?:(?:was|were)\s+(?:held|convened|hosted|co-?hosted|conducted|organi[sz]ed|run)\b|took\s+place\b|(?:is|are)\s+(?:being\s+held|taking\s+place)\b|(?:ran|runs)\s+(?=from|for|in|on|at|between)|"
    r"(?:opened|began|concluded|ended)\s+(?=in|on|at))(?!\s+(?:to|back|since|after|before|following|because|until)\b)"
)
_WILL = re.compile(r"\bwill\s+(?:\w+\s+)?(?:co-?)?(?:host|convene|hold)\s+(?:an?|the|its)?\s*$")
# "The Ad Hoc Group met in Colombo".
_TOPIC = r"(?:\s+on\s+[A-Z]\w+(?:\s+(?:and|in|of|by|[A-Z]\w+))*)?"
_GROUP = (
    r"(?P<group>Steering\s+Group|Ad\s+Hoc\s+Group(?:\s+\(AHG\))?(?:\s+Senior\s+Officials)?"
    rf"|Ad\s+Hoc\s+Experts?['’]?\s+Group(?:\s+[IV]+)?|(?:Technical\s+Experts?['’]?(?:\s+Working)?|Working)\s+Group{_TOPIC}|Task\s?[Ff]orce{_TOPIC}"
    r"|[Ss]enior\s+[Oo]fficials(?:\s+(?:from|of)\s+the\s+Ad\s+Hoc\s+Group)?)(?:\s+\(\w+\))?(?:\s+of\s+the\s+[A-Z]\w+\s+Process)?"
)
_GROUP_MET = re.compile(
    rf"(?:^|(?<=[.;,–—-]\s))(?:The\s+|the\s+)?(?:Bali\s+Process\s+)?{_GROUP}"
    r"\s+(?:met|convened|gathered|assembled|held\s+(?:its|a)\s+(?:[a-z]+\s+){0,2}meeting(?:\s+since\s+its\s+\w+)?)\s+(?:back\s+to\s+back\b[^.;]{0,30}?\s)?"
    r"(?=(?:in|at|on|here|from|today)\b)"
)
_GROUP_HOSTED = re.compile(rf"\b(?:hosted|was\s+host\s+to)\s+the\s+(?:Bali\s+Process\s+)?{_GROUP}(?=\s*(?:[.,;]|$)|\s+(?:in|on|at|from)\b)")
_OF_ORG = re.compile(r"\s+(?:also\s+)?(?:held|hosted|convened|organi[sz]ed)\s+(?:its|their)\s+|['’]s?\s+")  # "ASEAN held its …"
_AT = re.compile(r"(?:Meeting\s+)?(?:At|During|In)\s+(?:the|its|their)\s+")
_THEY_DID = re.compile(
    r"(?:\s+(?:in|at|on|from)\s[^.;]{2,80}?|,[^.;]{2,80}?)?,\s+(?:the\s+)?(?:[Ss]enior\s+|[Bb]ali\s+[Pp]rocess\s+)*"
    r"(?:officials|ministers|Ministers|members|Members|participants|delegates|representatives|experts|they|Officials|Group|Task\s+Force)\s+(?:also\s+)?"
    r"(?:[a-z]+ed|took|met|heard|had)\b"
)
# What a report tells of its own days: "…, which concluded here on Friday".
NEWS = re.compile(
    r"(?:,\s+(?:which\s+)?|\s+(?:that|which)\s+)(?:held|(?:was\s+held|took\s+place|met|opened|concluded|ended|closed|wrapped\s+up|began))\s+"
    r"(?:in\s+[A-Z]\w+(?:\s+[A-Z]\w+)?\s+)?(?:here|today|yesterday|last\s+week|this\s+week|on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_HERE = re.compile(r"\b(?:met|held|gathered|convened|took\s+place|concluded|opened|ended|closed)\s+(?:\w+\s+)?here\b")
_CLAUSE = re.compile(r"\b(?:which|that|who|had\s+been|where|when)\s+(?:also\s+)?$")
_EARLIER = re.compile(r"\b(?:last|previous|earlier|preceding|next|forthcoming|upcoming|future)\s+$", re.IGNORECASE)
_NOT_ITS_DATE = re.compile(
    r"\b(?:since|until|by|before|after|adopted|established|endorsed|launched|agreed)\s+(?:\w+\s+)?(?:in\s+|on\s+)?$", re.IGNORECASE
)
_NAMED = ("Conference", "Dialogue", "Symposium", "Forum", "Consultation", "Gathering", "Webinar", "webinar")  # without a class of their own
_OF_WHOM = re.compile(r"\s+of\s+(?!the\b)(?:[A-Z][\w’'-]*\s*){2,}")  # "the Constituency Meeting of Pacific Immigration Heads"
_BOTH = re.compile(r"\s*,?\s*(?:and|as\s+well\s+as|followed\s+by|together\s+with|alongside|&)\s+(?:by\s+)?(?:the\s+)?", re.IGNORECASE)
_AND_ALSO = re.compile(
    r"\s+(?:on|from|in|at)\s+(?:[A-Z0-9–-][\w–-]*,?\s+|and\s+(?=[\dA-Z])|to\s+|on\s+|in\s+){1,10}and\s+(?:then\s+)?the\s+"
)
_NUMBERS_ALONE = re.compile(r"\bmeetings,?\s+respectively\b")  # which number is whose, not which day
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)


@dataclass(slots=True)
class Saying:
    """A meeting named at s[start:end]; `status` is held, planned or None where the sentence only refers to it."""

    p: Passage
    start: int
    end: int
    kind: str
    ordinal: int | None
    ordinal_start: int
    ordinal_end: int
    status: str | None = None
    date: DateHit | None = None
    place: PlaceRead | None = None
    bare: bool = False  # "the seminar", without a name
    at: bool = False  # "At the Ninth … in Colombo, officials reviewed …"


def sayings(p: Passage) -> list[Saying]:
    """The meetings that the sentence names, in order."""
    numbered = numbered_meetings(p)
    found = [Saying(p, n.start, full_name(p, n.end), n.kind, n.ordinal, n.ordinal_start, n.ordinal_end) for n in numbered]
    for noun in p.find(MEETING_NOUN):
        if any(f.start <= noun.start() < f.end for f in found) or any(o.start <= noun.start() < o.end for o in p.named("org")):
            continue
        if (start := _start(p, noun.start())) is not None and (
            hit := kind_of(p.s, start, noun.end()) or kind_of(p.s, start, _stop(p, noun.end())) or _plain(p, start, noun)
        ):
            found.append(Saying(p, start, max(_stop(p, noun.end()), hit.end), hit.name, *_nth(p, start)))
    held = {n.owner for n in numbered}  # those who met for "their ninth meeting" are told of with it
    found += [f for f in _groups_met(p) if f.start not in held and not any(o.start < f.end and f.start < o.end for o in found)]
    found = sorted((f for f in found if not _of_others(f)), key=lambda f: f.start)
    for f in found:
        f.status = _status(f)
        f.at = _AT.fullmatch(p.s, 0, f.start) is not None and _THEY_DID.match(p.s, f.end) is not None
    if (m := _BARE.match(p.s) or _BARE_OBJECT.search(p.s)) and _BARE_HELD.match(p.s, m.end()) and not any(f.start < m.end() for f in found):
        hit = kind_of(p.s, *m.span("noun"))
        found.insert(0, Saying(p, *m.span("noun"), hit.name if hit else "Meeting", None, 0, 0, "held", bare=True))
    for f, following in pairwise(found):  # "hosted the Tenth … and the Twelfth …": the verb is said of both
        if f.status and following.status is None and (_BOTH.fullmatch(p.s, f.end, following.start) or _both_objects(f, following)):
            following.status = f.status
    _when(p, found)
    _where(p, found)
    return found


def _nth(p: Passage, start: int) -> tuple[int | None, int, int]:
    """The number with which a name begins: "the Second Regional Workshop on Visas"; not that of "a second workshop"."""
    m = _FIRST_WORD.match(p.s, start)
    number = ordinal(m["ordinal"]) if m and _THE.search(p.s, 0, start) else None
    return (number, *m.span("ordinal")) if m and number else (None, 0, 0)


def _groups_met(p: Passage) -> Iterator[Saying]:
    """ "The Steering Group met in Manila", "Manila hosted the Steering Group": the group stands for its meeting."""
    for m in (*p.find(_GROUP_MET), *p.find(_GROUP_HOSTED)):
        start = m.start("group")
        if not any(x.start <= start < x.end and x.end <= m.end("group") + 1 for x in p.named("body")) and p.named(
            "org", start=start, end=m.end("group")
        ):
            continue
        kind = kind_of_group(m["group"]) or "SeniorOfficialsMeeting"
        yield Saying(p, start, m.end("group"), kind, None, 0, 0)


def _of_others(f: Saying) -> bool:
    """Whether a session bears the name of an organisation and not of a process or a body of one: "the ASEAN Senior Officials Meeting"."""
    if f.kind in SESSIONS and any(_OF_ORG.fullmatch(f.p.s, m.end, f.start) for m in f.p.named("org", end=f.start)):
        return True
    if f.kind not in SESSIONS or not f.p.named("org", start=f.start, end=f.end):
        return False
    return not f.p.named("process", "body", start=f.start, end=f.end)


def _plain(p: Passage, start: int, noun: re.Match[str]) -> KindHit | None:
    """A conference of no kind that the ontology knows: "the Special Conference on Visas", "a two-day regional forum on returns"."""
    told = noun[0] in ("forum", "conference", "dialogue", "meeting") and _ABOUT.match(p.s, noun.end())
    named = noun[0] in _NAMED or (noun[0] == "Meeting" and start < noun.start() and _OF_WHOM.match(p.s, noun.end()))
    return KindHit("Meeting", *noun.span()) if named or (told and _PLAIN.fullmatch(p.s, start, noun.start())) else None


def _both_objects(f: Saying, following: Saying) -> bool:
    """Whether one verb has both meetings as objects, the first with its date or place: "hosted the Ninth … on 6 May and the Tenth …"."""
    return bool(_ACTIVE.search(f.p.s, 0, f.start) and _AND_ALSO.fullmatch(f.p.s, f.end, following.start))


def _start(p: Passage, noun: int) -> int | None:
    """Where the name begins whose noun stands at `noun`: after the last article before it."""
    article = list(_ARTICLE.finditer(p.s, max(0, noun - 140), noun))
    for m in reversed(article):
        words = p.s[m.end() : noun]
        if _NO_NAME.search(_without(p, m.end(), noun)):
            return None
        if (
            re.search(r"[A-Z]", words)
            or ((not words or _PLAIN.fullmatch(words)) and _TITLE.match(p.s, noun))
            or m[0].strip().lower() in ("a", "an")
        ):
            return m.end()
    return None


def _without(p: Passage, start: int, end: int) -> str:
    """s[start:end] without the names in it: "and" inside "Returns and Reintegration" ends nothing."""
    words = p.s[start:end]
    for m in p.named("body", "process", "series", "group", start=start, end=end):
        words = words.replace(m.written, " ")
    return re.sub(r"[A-Z][\w’'-]*\s+(?:and|in)\s+(?=[A-Z])", " ", words)


def _stop(p: Passage, noun: int) -> int:
    """Where a name without number ends: before its place, date or verb."""
    inside = [(m.start, m.end) for m in p.named("process", "series", "body")]
    for e in _END.finditer(p.s, noun):
        of_place = e[0].split()[:1] in (["in"], ["at"])
        known = not of_place or place_at(p, e.end()) or venue_at(p, e.start()) or _UNKNOWN_TOWN.match(p.s, e.start())
        if any(a < e.start() < b for a, b in inside) or not known:
            continue
        return e.start()
    return len(p.s.rstrip(" ."))


def _status(f: Saying) -> str | None:
    """Held, planned, or None where the sentence only refers to the meeting."""
    s, before = f.p.s, f.p.s[: f.start]
    after = re.split(r"[.;]\s", s[f.end :])[0]
    if (
        _EARLIER.search(before)
        or re.search(r"\b(?:last|previous|earlier|next)\s+(?:[\w’'-]+\s+){0,2}$", before)
        or re.match(r"(?:last|previous|earlier)\b", s[f.start :])
    ):
        planned = _PLANNED.search(after[:160])
        return "planned" if planned and re.search(r"\bnext|upcoming|forthcoming", before + s[f.start :][:12]) else None
    if _WILL.search(before):
        return "planned"
    if NEWS.match(after):
        return "held"
    did = _ON_DAYS.fullmatch(before) and _ACTED.match(after)
    there = _THERE.search(before) if _HELD_THEN.match(after) else None
    was_there = there is not None and any(m.end == there.start() for m in f.p.named("area"))
    apart = f.ordinal is not None and before.strip() in ("The", "This", "Our") and _HELD_APART.match(after)
    if did or was_there or apart or _ACTIVE.search(before) or _CAME.search(before) or _HELD_IN.fullmatch(before):
        return "held"
    if _REFERRED.search(before) and not (f.ordinal is None and before.strip() == ""):
        return None
    return _by_verb(after)


def _by_verb(after: str) -> str | None:
    """What the first verb of holding behind a name says."""
    planned = _PLANNED.search(after[:160])
    for held in _HELD.finditer(after[:220]):
        if planned and planned.start() <= held.start():
            return "planned"
        if not _CLAUSE.search(after[: held.start()]) and not _NOT.search(after[: held.end()]):
            return "held"
    return "planned" if planned else None


def _when(p: Passage, found: list[Saying]) -> None:
    line = dateline(p)
    written = line.hit if line and not line.today else None
    hits = [h for h in p.dates() if not _NOT_ITS_DATE.search(p.s, 0, h.start) and h != written]
    told = [f for f in found if f.status]
    if len(told) == 2 and _RESPECTIVELY.search(p.s) and not _NUMBERS_ALONE.search(p.s):
        after = [h for h in hits if h.start >= told[1].end]
        days = after if len(after) == 2 else _split(after[0]) if len(after) == 1 else []
        if len(days) == 2:
            told[0].date, told[1].date = days
            return
    for i, f in enumerate(found):
        stop = found[i + 1].start if i + 1 < len(found) else len(p.s)
        f.date = next((h for h in hits if f.end <= h.start < stop), None)
    first = next((h for h in hits if found and h.end <= found[0].start), None)
    for i, f in reversed(list(enumerate(found))):
        following = found[i + 1] if i + 1 < len(found) else None
        if f.date is None and f.status and following and following.status == f.status and _BOTH.fullmatch(p.s, f.end, following.start):
            f.date = following.date
    for f in told:
        f.date = f.date or first


def _split(hit: DateHit) -> list[DateHit]:
    """The two days of "2 and 3 May 2024", each with the words that name both: which is whose, "respectively" says."""
    d = hit.date
    if d.precision != "range" or (d.end - d.start) != dt.timedelta(days=1) or not re.search(r"\band\b|&", d.written):
        return []
    low = re.search(r"\s*(?:\band\b|&)\s*", d.written)
    if low is None:
        return []
    second = d.written[low.end() :]
    last = DateHit(hit.start + low.end(), hit.end, DateRead(second, d.end.isoformat(), d.end, d.end, "day"))
    return [DateHit(hit.start, hit.end, DateRead(d.written, d.start.isoformat(), d.start, d.start, "day")), last]


def _where(p: Passage, found: list[Saying]) -> None:
    for i, f in enumerate(found):
        stop = found[i + 1].start if i + 1 < len(found) else len(p.s)
        f.place = place_after_in(p, f.end, stop) or (place_beside(p, f.date.start, f.date.end) if f.date and f.status else None)
    before = (place_after_in(p, 0, found[0].start) or host_city(p, found[0].start)) if found else None
    if before is None and (line := dateline(p)) and (line.today or _HERE.search(p.s)):
        before = line.place
    for i, f in reversed(list(enumerate(found))):
        following = found[i + 1] if i + 1 < len(found) else None
        if f.place is None and f.status and following and following.status == f.status and _BOTH.fullmatch(p.s, f.end, following.start):
            f.place = following.place
        if f.status:
            f.place = f.place or before
