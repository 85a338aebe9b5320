"""Who hosted, chaired, organised, coordinated, contributed and presented.

Each cue says which role it gives and on which side of it the names stand. Hosting, chairing, organising and contributing are different
relations, and none of them is attendance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ingest.document import Passage
from ingest.findings import ParticipationFound, Ref
from ingest.grammar.lists import read_backward, read_forward
from ingest.grammar.names import people_in


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that give a role to the list of names after or before them. `kinds`: which names may have it."""

    name: str
    role: str
    side: Literal["after", "before"]
    pattern: re.Pattern[str]
    kinds: tuple[str, ...] = ("area", "org", "gov")


def _cue(name: str, role: str, side: Literal["after", "before"], pattern: str, *kinds: str) -> Cue:
    return Cue(name, role, side, re.compile(pattern, re.IGNORECASE), kinds or ("area", "org", "gov"))


_BY = (
    r"\s+(?:jointly\s+)?by\s+(?:the\s+)?"
    r"(?:(?:(?:royal\s+|federal\s+)?governments?|(?:foreign\s+)?ministers(?:\s+(?:of|for)\s+foreign\s+affairs)?)\s+of\s+)?"
)
# What was hosted or chaired: named after the verb, or known ("…, and Fiji hosted.").
_OBJECT = r"(?:\s+(?=an?\b|the\b|this\b|both\b)|(?=\s*[.,;](?:\s|$)|\s*$))"
# Games and camps are hosted, too: what was hosted is a meeting by its name.
_MET = (
    r"(?:meetings?|workshops?|conferences?|seminars?|symposi\w+|round\s?tables?|events?|for(?:ums?|a)|dialogues?|sessions?|talks"
    r"|trainings?|courses?|exercises?|consultations?|summits?|SOM|groups?|task\s?force|discussions?|launch|first|second|third|gathering|days?)"
)
_MEETING = rf"(?:\s+(?=(?:an?|the|this|both)\s+(?:[\w’'“”().,-]+\s+){{0,14}}?{_MET}\b)|(?=\s*[.,;](?:\s|$)|\s*$))"
# What else is hosted: an office, its staff, a website.
_NO_HOST_OF_IT = (
    r"(?!\s+(?:it|them)\b|\s+(?:[\w-]+\s+){0,2}(?:refugees|migrants)\b|\s+(?:an?|the|its|their)\s+(?:[\w’'-]+\s+){0,4}?"
    r"(?:RSO|offices?|secretariat|centres?|centers?|websites?|officers?|refugees|migrants)\b)"
)
_THERE = r"(?:\s+(?:in|at|on|from)\s+[^.;:()]{2,60}?)?"
_SPOKE = (
    r"(?:also\s+)?(?:spoke\s+(?:about|on|of)|highlighted|noted|shared\s+(?:its|their)\s+experiences?|outlined|described|"
    r"briefed|presented|provided\s+(?:an?\s+)?(?:overview|update|briefing)|(?:gave|delivered|made)\s+(?:an?\s+)?(?:\w+\s+)?(?:presentation|"
    r"overview|briefing|statement))\b"
)
_HOSTS = ("area", "org", "gov", "body")
# The order matters where two cues could read the same words: the first wins.
CUES = (
    _cue("roles.co-hosted-by", "co-host", "after", rf"\b(?:co-?hosted|hosted{_THERE}\s+(?:jointly|together)){_THERE}{_BY}", *_HOSTS),
    _cue(
        "roles.co-hosted",
        "co-host",
        "before",
        rf"\s+(?:kindly\s+|generously\s+)?(?:(?:jointly|together)\s+hosted|co-?hosted){_MEETING}",
        *_HOSTS,
    ),
    _cue("roles.co-hosting", "co-host", "before", r"\s+for\s+co-?hosting\b"),
    _cue("roles.hosted-by", "host", "after", rf"(?<![-\w])hosted(?:\s+and\s+(?:co-?)?chaired)?{_THERE}{_BY}", *_HOSTS),
    _cue(
        "roles.hosted",
        "host",
        "before",
        rf"(?:,\s+(?:in\s+(?:collaboration|co-?operation|partnership)|together|jointly)\s+with\s+[^,.;]{{2,60}},)?"
        rf"\s+(?:kindly\s+|generously\s+|graciously\s+)?hosted(?:{_MEETING}|\s+(?=its\b|and\s+\w+\s+(?:co-?)?chaired\b))",
        *_HOSTS,
    ),
    _cue(
        "roles.was-host",
        "host",
        "before",
        r"\s+(?:was\s+(?:the\s+)?|as\s+(?:the\s+)?|acted\s+as\s+(?:the\s+)?|served\s+as\s+)host\b(?!\s+(?:to|of)\s+(?:a|many|over|some|more)\b)",
    ),
    _cue("roles.played-host", "host", "before", r"\s+played\s+host\b"),
    _cue("roles.the-host", "host", "after", r"\b(?:the|our|its)\s+host(?:\s+(?:country|government|nation|state))?,\s+(?:the\s+)?(?=[A-Z])"),
    _cue("roles.hosting", "host", "before", rf"\s+for\s+(?:graciously\s+)?hosting\b{_NO_HOST_OF_IT}"),
    _cue("roles.co-chaired-by", "co-chair", "after", rf"\b(?:co-?chaired|chaired\s+jointly|jointly\s+chaired){_BY}", "area", "org"),
    _cue(
        "roles.co-chairs-of",
        "co-chair",
        "before",
        r"\s*,\s+(?:the\s+)?co-?chairs\s+of\s+the\s+(?:Working\s+Group|Group|Task\s+Force|meeting|workshop|conference),"
        r"(?=\s+(?:were|opened|welcomed|chaired|convened|presided)\b)",
        "area",
        "org",
    ),
    _cue("roles.co-chaired", "co-chair", "before", rf"\s+(?:jointly\s+chaired|co-?chaired){_OBJECT}", "area", "org"),
    _cue(
        "roles.co-chairmanship",
        "co-chair",
        "after",
        r"\bunder\s+the\s+(?:co-?chairmanship|joint\s+chairmanship)\s+of\s+(?:the\s+)?",
        "area",
        "org",
    ),
    _cue("roles.presided-jointly", "co-chair", "before", r"\s+(?:jointly\s+presided\b|presided\s+jointly\b)", "area", "org"),
    _cue("roles.chaired", "chair", "before", rf"\s+(?:hosted\s+and\s+)?(?:chaired|presided\s+over){_OBJECT}", "area", "org"),
    _cue("roles.in-the-chair", "chair", "before", r"\s+(?:(?:was|took\s+the|in\s+the)\s+)+chair\b(?!\s+of\b)", "area", "org"),
    _cue(
        "roles.as-co-chairs",
        "co-chair",
        "before",
        r"\s+(?:(?:served|acted|presided)\s+|in\s+their\s+(?:usual|customary|regular)\s+(?:place|role|seats?)\s+)?as\s+(?:its\s+|the\s+)?co-?chairs\b(?!\s+of\b)",
        "area",
        "org",
    ),
    _cue("roles.presided-by", "chair", "after", rf"\bpresided\s+over{_BY}", "area", "org"),
    _cue("roles.chairmanship", "chair", "after", r"\bunder\s+the\s+chair(?:person)?(?:man)?(?:ship)?\s+of\s+(?:the\s+)?", "area", "org"),
    _cue(
        "roles.shared-chair",
        "co-chair",
        "after",
        r"\bchair\s+was\s+(?:shared|held\s+jointly)\s+(?:between|by)\s+(?:the\s+)?",
        "area",
        "org",
    ),
    _cue(
        "roles.named-co-chairs",
        "co-chair",
        "after",
        r"(?:^|(?<=[.;]\s))(?:the\s+)?co-?chairs,?\s+(?=(?:the\s+)?[A-Z][\w\s,’'-]{3,60}?\s+(?:were|opened|welcomed|led|chaired|convened|presided)\b)",
        "area",
        "org",
    ),
    _cue("roles.chaired-by", "chair", "after", rf"(?<![-\w])(?<!jointly )chaired(?! jointly){_BY}", "area", "org"),
    _cue("roles.training-by", "training-provider", "after", rf"\btraining(?:\s+\w+)?\s+(?:run|given|provided|delivered|conducted){_BY}"),
    _cue(
        "roles.run-by",
        "organiser",
        "after",
        r"\b(?:run|organi[sz]ed|convened|arranged)\s+(?:jointly\s+)?by\s+(?:the\s+)?(?:[Gg]overnments?\s+of\s+(?:the\s+)?)?",
        "gov",
        "org",
        "area",
        "body",
    ),
    _cue("roles.convened", "organiser", "before", r"\s+(?:jointly\s+)?(?:convened|organi[sz]ed)\s+(?=an?\b|the\b|this\b)"),
    _cue("roles.represented-by", "contributor", "after", r"\bteam,\s+represented\s+by\s+"),
    _cue("roles.input-from", "contributor", "after", r"\b(?:substantive\s+)?(?:input|contributions?)\s+(?:from|by)\s+(?:the\s+)?"),
    _cue(
        "roles.arrangements",
        "logistics",
        "before",
        r"\s+for\s+(?:providing|its)\s+(?:the\s+)?(?:\w+\s+and\s+)?(?:logistic\w*|administrative)\b",
    ),
    _cue("roles.presentation-by", "presenter", "after", r"\b(?:presentation|overview|case\s+study|briefing|update)s?\s+by\s+(?:the\s+)?"),
    _cue("roles.spoke", "presenter", "before", rf"\s+{_SPOKE}"),
)
_COORDINATOR = re.compile(r"\bCoordinator\s*\(\s*(?P<who>[^)]+?)\s*\),?\s*")


_OTHERS = re.compile(r",\s+with\b|\balongside\b|\bassisted\b|\bsupported\b")  # "chaired by Fiji, with Nepal as deputy"


# "the Budapest Process, chaired by Turkey": what is run by somebody is not the meeting that was told of it.
_OF_OTHERS = re.compile(
    r"\b(?!Bali\s)(?:[A-Z][\w’'-]*\s+)(?:Process|Compact|Initiative|Council|Commission|Committee|Network|Association|Centre|Center|Alliance)"
    r"\s*,?\s*(?:which\s+(?:is|was)\s+)?$"
)


def read_roles(
    p: Passage, meeting: Ref, start: int = 0, end: int | None = None, only: frozenset[str] | None = None
) -> list[ParticipationFound]:
    """The participations that s[start:end] states for `meeting`; `only` restricts the roles."""
    last = len(p.s) if end is None else end
    found: list[ParticipationFound] = []
    for m in p.find(_COORDINATOR, start, last):
        for name in p.named("area", "org", start=m.start("who"), end=m.end("who")):
            source = p.source(m.start(), m.end("who") + 1, "roles.coordinator")
            found.append(ParticipationFound(meeting=meeting, agent=name.ref, role="coordinator", written=name.written, source=source))
    for cue in CUES:
        if only is None or cue.role in only:
            found += _apply(cue, p, meeting, start, last)
    return found


def _apply(cue: Cue, p: Passage, meeting: Ref, start: int, end: int) -> Iterator[ParticipationFound]:
    # A ministry in a person's office did nothing itself: the person did.
    offices = [(n.office_start, n.office_end) for n in people_in(p, start, end)]
    for m in p.find(cue.pattern, start, end):
        if cue.side == "after" and _OF_OTHERS.search(p.s, start, m.start()):
            continue
        listed = (
            read_forward(p, m.end(), end, cue.kinds)
            if cue.side == "after"
            else read_backward(p, start, m.start(), cue.kinds, subject=not m[0].lstrip().startswith(("for ", "as ", "in ")))
        )
        items = [i for n, i in enumerate(listed.items) if not (cue.side == "after" and n and _OTHERS.search(p.s, m.end(), i.match.start))]
        for item in items:
            name = item.match
            if any(low <= name.start and name.end <= high for low, high in offices):
                continue
            low, high = min(m.start(), name.start), max(m.end(), name.end)
            while p.s[low].isspace():
                low += 1
            source = p.source(low, high, cue.name)
            for ref in name.refs:
                if ref.partition(":")[0] in cue.kinds:
                    role = f"co-{cue.role}" if cue.role in ("chair", "host") and len(items) > 1 else cue.role
                    yield ParticipationFound(meeting=meeting, agent=ref, role=role, written=name.written, source=source)


def settle(found: list[ParticipationFound]) -> list[ParticipationFound]:
    """One role for one act: "hosting" said of a co-host is further evidence of co-hosting, and running a training is not organising.

    The order of the findings stays.
    """
    co = {(f.meeting, f.agent, f.role.removeprefix("co-")) for f in found if f.role in ("co-host", "co-chair")}
    training = {(f.meeting, f.agent) for f in found if f.role == "training-provider"}
    settled: list[ParticipationFound] = []
    for f in found:
        if f.role == "organiser" and (f.meeting, f.agent) in training:
            continue
        same = replace(f, role=f"co-{f.role}") if (f.meeting, f.agent, f.role) in co else f
        if same not in settled:
            settled.append(same)
    return settled
