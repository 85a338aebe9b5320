"""Hosts that no table knows by their names: an agency of a state, the state whose officer speaks as the host, those who invited.

"Hosted by the Philippines' Department of Justice": the state hosted, by its agency. What is named without a state says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import Passage, ReadingContext
from ingest.findings import ParticipationFound, Ref
from ingest.grammar.lists import read_backward, read_forward
from ingest.grammar.nations import Nation, nation_of

_NOUN = (
    r"(?:Department|Ministry|Bureau|Office|Police|Agency|Authority|Service|Services|Force|Directorate|Directorate-General|Secretariat|Council"
    r"|Commission|Navy|Guard|Coastguard|Customs|Immigration|Treasury|Judiciary|Court|Command|Division|Parliament|Government|Administration)"
)
_AGENCY = (
    rf"(?=[^.;]{{0,110}}?\b{_NOUN}\b)"
    r"[A-Z][\w’'-]*(?:\s\([A-Z]{2,8}\))?(?:(?:,?\s+(?:of|and|for|the|on|&)){0,3}\s+[A-Z][\w’'-]*(?:\s\([A-Z]{2,8}\))?)*(?:,\s+(?=[A-Z])[A-Z]\w+(?=[\s.,;]))?"
)
_THERE = r"(?:\s+(?:in|at|on|from)\s+[^.;:()]{2,60}?)?"
# The verb before the agency, or behind it.
_BY = re.compile(rf"\b(?P<co>co-?)?[Hh]osted{_THERE}\s+(?P<both>jointly\s+)?by\s+(?:the\s+)?(?P<who>{_AGENCY})")
_DID = re.compile(
    rf"(?:^|[.;,]\s+|\b(?:and|when|while)\s+)(?:[Tt]he\s+)?(?P<who>{_AGENCY})\s+(?:kindly\s+|generously\s+)?(?P<co>co-?|jointly\s+|together\s+)?hosted"
    r"(?=\s+(?:an?|the|this|both)\b|\s*[.,;]|$)(?!\s+(?:an?|the)\s+(?:[\w-]+\s+){0,3}?(?:dinner|reception|lunch|tour|visit|exhibition|office)\b)"
)
_WAS_HOST = re.compile(
    rf"(?:^|[.;]\s+)(?:[Tt]he\s+)?(?P<who>{_AGENCY})\s+(?:was|acted\s+as|served\s+as|played)\s+(?:the\s+)?host\b(?!\s+(?:to|of)\b)"
)
_AS = re.compile(rf"\bwith\s+(?:the\s+)?(?P<who>{_AGENCY})\s+as\s+(?:its\s+|the\s+)?host\b")
_IS_AGENCY = re.compile(rf"\b{_NOUN}\b")
_WHOLE = re.compile(r"(?:\s*\([A-Z]{2,8}\))?\s*")
_BOTH = re.compile(r",?\s+and\s+(?:the\s+)?|,\s+the\s+")
_FOR_HOST = re.compile(
    r"\b(?:on\s+behalf\s+of|representing|for)\s+(?:the|its|their)\s+host(?:\s+(?:country|government|state|nation))?(?=[\s.,;]|$)"
)
# Those who met somewhere did so because these had asked them to.
_INVITED = re.compile(
    r"(?:^|\b(?:met|gathered|assembled|convened|held|took\s+place|came\s+together)\b[^.;]{0,120}?\s)[Aa]t\s+the\s+(?:kind\s+|gracious\s+|generous\s+)?(?P<joint>joint\s+)?"
    r"invitation\s+of\s+(?:the\s+)?(?=[A-Z])"
)
_WITH_OTHERS = re.compile(r",?\s+(?:together|along)\s+with\b")


def read_hosts(p: Passage, meeting: Ref, context: ReadingContext, start: int = 0, end: int | None = None) -> Iterator[ParticipationFound]:
    """The hosts of `meeting` that s[start:end] tells of in these ways."""
    last = len(p.s) if end is None else end
    for pattern in (_BY, _DID, _AS):
        for m in p.find(pattern, start, last):
            found = list(_states(p, *m.span("who"), context))
            together = "co-host" if len(found) > 1 or any(m.groupdict().get(g) for g in ("co", "both")) else "host"
            if pattern is _DID and found and m[0].startswith("and "):  # "the Office and Fiji's Police hosted"
                for item in read_backward(p, start, m.start(), ("area", "org", "gov", "body")).items:
                    found.append(Nation(_party(item.match.refs), item.match.start, item.match.end))
                together = "co-host" if len(found) > 1 else together
            for n in found:
                yield _host(p, meeting, n, together, min(m.start(), n.start), max(m.end(), n.end), "hosts.agency")
    for m in p.find(_WAS_HOST, start, last):
        for n in _states(p, *m.span("who"), context):
            yield _host(p, meeting, n, "host", min(m.start(), n.start), m.end(), "hosts.agency")
    for m in p.find(_FOR_HOST, start, last):
        areas = {x.ref: x for x in p.named("area", start=start, end=m.start())}
        if len(areas) == 1:
            x = next(iter(areas.values()))
            yield _host(p, meeting, Nation(x.ref, x.start, x.end), "host", x.start, m.end(), "hosts.behalf")
    for m in p.find(_INVITED, start, last):
        beside = _WITH_OTHERS.search(p.s, m.end(), last)
        listed = read_forward(p, m.end(), beside.start() if beside else last, ("area",)).items
        for item in listed:
            x = item.match
            role = "co-host" if len(listed) > 1 else "host"
            yield _host(p, meeting, Nation(x.ref, x.start, x.end), role, m.start(), x.end, "hosts.invitation")


def _party(refs: tuple[Ref, ...]) -> Ref:
    return next((r for r in refs if not r.startswith("place:")), refs[0])


def _states(p: Passage, start: int, end: int, context: ReadingContext) -> Iterator[Nation]:
    """The states of the agencies that s[start:end] names, and the organisations beside them; an agency of the tables has its own name."""
    edges = [(m.start(), m.end()) for m in _BOTH.finditer(p.s, start, end) if _IS_AGENCY.search(p.s, m.end(), end)]
    for low, high in zip([start, *(b for _, b in edges)], [*(a for a, _ in edges), end], strict=True):
        known = p.named("gov", "org", "body", start=low, end=high)
        if known:
            last = known[-1]
            of = next((x.end + 1 for x in p.named("process", start=low, end=last.start)), low)  # "the Bali Process Regional Support Office"
            led = last.start in (low, of) or p.s[low : last.start].lower().endswith("the ")
            whole = last if led and edges and _WHOLE.fullmatch(p.s, last.end, high) else None
            yield from [Nation(whole.ref, whole.start, whole.end)] if whole else []
        elif _IS_AGENCY.search(p.s, low, high) and (nation := nation_of(p, low, high, context.areas, context.nations)):
            yield nation


def _host(p: Passage, meeting: Ref, n: Nation, role: str, start: int, end: int, rule: str) -> ParticipationFound:
    low = start + len(p.s[start:end]) - len(p.s[start:end].lstrip(" .;,"))
    return ParticipationFound(meeting=meeting, agent=n.ref, role=role, written=p.s[n.start : n.end], source=p.source(low, end, rule))
