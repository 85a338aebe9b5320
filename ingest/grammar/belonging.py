"""Sentences that say who belongs to a body or to the process: "The members of the Ad Hoc Group are …", "Fiji and Nepal co-chair the Group".

The whole is what the sentence names or, for "the Group" in a text that reports no meeting, what the sentence before it named. Who asked to
become a member, was one or may be one is none; nor is who only takes part in a meeting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import Document, Passage
from ingest.findings import AppointmentFound, Finding, MembershipFound, Ref, Source
from ingest.gazetteer import Match
from ingest.grammar.lists import Listed, read_backward, read_forward

_PARTIES = ("area", "org")
# After the name of the whole.
_ARE = re.compile(r"\s+(?:currently\s+|at\s+present\s+)?(?:are|include|comprise)\s*:?\s+(?=[A-Z]|the\s+[A-Z])")
_MADE_OF = re.compile(
    r"\s*,?\s+(?:(?:which\s+)?(?:is|currently)\s+)?(?:made\s+up\s+of|composed\s+of|comprises|consists\s+of|comprising|consisting\s+of)\s*:?\s+"
)
_NOUNS = r"(?:states|countries|governments|economies|organi[sz]ations|agencies)"
_THOSE = rf"(?:current\s+|present\s+)?(?:(?:\d+|[a-z]+(?:-[a-z]+)?)\s+)??(?P<status>members|observers|(?:member|observer)\s+{_NOUNS})"
_MEMBERS_OF = re.compile(rf"(?:^|[.;]\s)The\s+{_THOSE}\s+of\s+(?:the\s+)?(?:Bali\s+Process\s+)?$")
_ITS_OWN = re.compile(rf"['’]s?\s+{_THOSE}\s+(?:currently\s+)?(?:are|include|comprise)\s*:?\s+(?=[A-Z]|the\s+[A-Z])")
_MEMBERSHIP = re.compile(r"\b(?:members?|membership|member\s+states)\b", re.IGNORECASE)
_TITLE = re.compile(r"(?:About\s+|Members(?:hip)?\s+of\s+)?(?:the\s+)?", re.IGNORECASE)
_PARTICIPATING = re.compile(
    r"(?:^|(?<=[.;]\s))(?i:(?:The\s+|Its\s+)?(?:current\s+|participating\s+|full\s+)*"
    r"(?:(?P<observer>observers?(?:\s+(?:states|countries|governments|organi[sz]ations))?)"
    r"|members|member\s+(?:states|countries|governments|organi[sz]ations))\s+(?:are|include)(?:\s+currently)?\s*:?)\s+(?=[A-Z]|the\s+[A-Z])"
)
# After the list of those who belong.
_COORDINATES = re.compile(r"\s+(?:coordinates|co-ordinates)\s+the\s+$")
_CO_CHAIR = re.compile(r"\s+(?:are\s+the\s+co-?chairs\s+of|co-?chair)\s+(?:the\s+)?(?:work\s+of\s+the\s+)?(?=[A-Z])")
_MEMBERS = re.compile(
    r"\s+(?:is|are)\s+(?:also\s+)?(?:an?\s+)?members?(?:\s+of\s+(?:the\s+)?(?=[A-Z])|\s*,?\s+(?:too|as\s+well)\b|\s+(?:organi[sz]ations|states|countries)(?=[.;]|$))"
)
_JOINED = re.compile(r"\s+(?:joined|became\s+an?\s+(?:full\s+)?member\s+of)\s+(?:the\s+)?(?=[A-Z])")
_OBSERVE = re.compile(
    r"\s+(?:(?:is|are)\s+observers?\s+(?:of|in|to)\s+(?:the\s+)?(?=[A-Z])|(?:takes?\s+part|attends?|participates?)\s+as\s+(?:an\s+)?observers?\b(?=,|\.|;|\s+in\b)|are\s+observers(?=[.;]|$))"
)
_SUBJECT = 4  # characters: an article before the name with which a sentence begins
_IT = re.compile(r"It(?=\s)|The\s+(?:Group|Task\s+Force)(?=\s)")
_THESE = re.compile(r"(?:These|They|The\s+members)\s+are\s*:?\s+(?=[A-Z]|the\s+[A-Z])")
_COUNTED = re.compile(
    r"\b(?:has|have|brings?\s+together|comprises|counts|of)\s+(?:\d+|[a-z-]+)\s+(?:members?\b|member\s+(?:states|countries))"
)
_ITS = re.compile(r"\s+(?:are|is)\s+its\s+(?:permanent\s+)?co-?chairs?\b", re.IGNORECASE)
# What may follow the name of a whole: "joined the Bali Process workshop" and "joined the Bali Process in urging" make no member.
_ENDS = re.compile(r"\s*(?:$|[.,;)]|\s(?:and|but|since|as)\b)")
_SINCE = re.compile(r"\s*(?:[.;]|$|,?\s+(?:in|on)\s+(?:[A-Z][a-z]+\s+|\d{1,2}\s+){0,2}(?:19|20)\d\d\b)")
_THE_GROUP = re.compile(r"(?:Group|Process|Task\s+Force)\b")
_BEFORE = ((_MEMBERS, "member"), (_JOINED, "member"), (_OBSERVE, "observer"), (_CO_CHAIR, "co-chair"))


def read_belonging(document: Document, *, alone: bool) -> Iterator[Finding]:
    """The memberships and coordinators that sentences state. `alone`: the text reports no meeting, so that "the Group" is its subject."""
    last: tuple[Passage, Match] | None = None
    titled = next((p for p in document.front), None)
    over = [m for m in titled.named("body", "process") if _TITLE.fullmatch(titled.s, 0, m.start)] if titled else []
    last = (titled, over[0]) if titled and len(over) == 1 else None
    for p in document.passages:
        if p.block.kind == "heading":
            continue
        if last and alone and (last[0] is titled or _MEMBERSHIP.search(last[0].s)):
            yield from _of_whole(p, *last)
        yield from _after(p)
        yield from _before(p, last if alone else None)
        if last and alone:
            yield from _of_it(p, *last)
        whole = p.named("body", "process")
        subject = [m for m in whole if m.start <= _SUBJECT and m.kind == "body"] if len({m.ref for m in whole}) > 1 else whole
        last = (p, subject[0]) if subject else last if not whole else None


def _of_whole(p: Passage, near: Passage, whole: Match) -> Iterator[Finding]:
    """ "Participating members are …" below a title that is the name of the whole, or after a sentence on its members."""
    for cue in p.find(_PARTICIPATING):
        status = "observer" if cue["observer"] else "member"
        named = near.source(whole.start, whole.end, "belonging.whole")
        yield from _members(p, read_forward(p, cue.end(), len(p.s), _PARTIES), whole.ref, status, cue.start(), cue.end(), named)


def _after(p: Passage) -> Iterator[Finding]:
    """ "The members of the Ad Hoc Group are …", "the Task Force is made up of …"."""
    for whole in p.named("body", "process"):
        own = _ITS_OWN.match(p.s, whole.end)
        head = _MEMBERS_OF.search(p.s, 0, whole.start)
        cue = own or (_ARE.match(p.s, whole.end) if head else _MADE_OF.match(p.s, whole.end))
        if cue:
            start = head.start("status") if head else whole.start
            said = own or head
            status = "observer" if said and said["status"].startswith("observer") else "member"
            yield from _members(p, read_forward(p, cue.end(), len(p.s), _PARTIES), whole.ref, status, start, cue.end())


def _of_it(p: Passage, near: Passage, whole: Match) -> Iterator[Finding]:
    """ "It consists of …", "These are …" after a sentence that counts the members of the whole, "… are its Co-Chairs"."""
    named = near.source(whole.start, whole.end, "belonging.whole")
    it = _IT.match(p.s)
    if it and (cue := _MADE_OF.match(p.s, it.end())):
        yield from _members(p, read_forward(p, cue.end(), len(p.s), _PARTIES), whole.ref, "member", 0, cue.end(), named)
    elif (these := _THESE.match(p.s)) and (counted := _COUNTED.search(near.s, whole.end)):
        beside = near.source(whole.start, counted.end(), "belonging.counted")
        yield from _members(p, read_forward(p, these.end(), len(p.s), _PARTIES), whole.ref, "member", 0, these.end(), beside)
    for m in p.find(_ITS):
        yield from _members(p, read_backward(p, 0, m.start(), _PARTIES), whole.ref, "co-chair", m.start(), m.end(), named)


def _before(p: Passage, last: tuple[Passage, Match] | None) -> Iterator[Finding]:
    for cue, status in _BEFORE:
        for m in p.find(cue):
            listed = read_backward(p, 0, m.start(), _PARTIES)
            whole = next((x for x in p.named("body", "process") if x.start == m.end()), None)
            if whole:
                if (_SINCE if cue is _JOINED else _ENDS).match(p.s, whole.end):
                    yield from _members(p, listed, whole.ref, status, m.start(), whole.end)
            elif last and cue is not _JOINED and (not p.s[m.end() : m.end() + 1].isupper() or _THE_GROUP.match(p.s, m.end())):
                named = last[0].source(last[1].start, last[1].end, "belonging.whole")
                yield from _members(p, listed, last[1].ref, status, m.start(), m.end(), named)
    for body in p.named("body"):
        if led := _COORDINATES.search(p.s, 0, body.start):
            for item in read_backward(p, 0, led.start(), _PARTIES).items:
                source = p.source(item.match.start, body.end, "belonging.coordinator")
                yield AppointmentFound(
                    holder=_party(item.match), body=body.ref, status="coordinator", written=item.match.written, source=source
                )


def _members(p: Passage, listed: Listed, whole: Ref, status: str, start: int, end: int, *beside: Source) -> Iterator[Finding]:
    for item in listed.items:
        source = p.source(min(start, item.match.start), max(end, item.match.end), "belonging.sentence").with_beside(*beside)
        yield MembershipFound(member=_party(item.match), organisation=whole, status=status, written=item.match.written, source=source)


def _party(m: Match) -> Ref:
    return next(r for r in m.refs if not r.startswith("place:"))
