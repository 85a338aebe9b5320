"""Hosts that no table knows by their names: an agency of a state, the state whose officer speaks as the host, those who invited.

"Hosted by the Philippines' Department of Justice": the state hosted, by its agency. What is named without a state says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import Passage, ReadingContext
from ingest.findings import ParticipationFound, Ref
from ingest.grammar.lists import read_forward
from ingest.grammar.nations import Nation, nation_of

_NOUN = (
    r"(?:Department|Ministry|Bureau|Office|Police|Agency|Authority|Service|Services|Force|Directorate|Directorate-General|Secretariat|Council"
    r"|Commission|Navy|Guard|Coastguard|Customs|Immigration|Treasury|Judiciary|Court|Command|Division|Parliament|Government|Administration)"
)
_AGENCY = (
    rf"(?=[^.;()]{{0,90}}\b{_NOUN}\b)"
    r"[A-Z][\w’'-]*(?:(?:,?\s+(?:of|and|for|the|on|&)){0,3}\s+[A-Z][\w’'-]*)*(?:,\s+(?=[A-Z])[A-Z]\w+(?=[\s.,;]))?"
)
_THERE = r"(?:\s+(?:in|at|on|from)\s+[^.;:()]{2,60}?)?"
# The verb before the agency, or behind it.
_BY = re.compile(rf"\b(?P<co>co-?)?[Hh]osted{_THERE}\s+(?P<both>jointly\s+)?by\s+(?:the\s+)?(?P<who>{_AGENCY})")
_DID = re.compile(
    rf"(?:^|[.;,]\s+|\b(?:and|when|while)\s+)(?:[Tt]he\s+)?(?P<who>{_AGENCY})\s+(?:kindly\s+|generously\s+)?(?P<co>co-?|jointly\s+)?hosted"
    r"(?=\s+(?:an?|the|this|both)\b|\s*[.,;]|$)"
)
_AS = re.compile(rf"\bwith\s+(?:the\s+)?(?P<who>{_AGENCY})\s+as\s+(?:its\s+|the\s+)?host\b")
_BOTH = re.compile(r",?\s+and\s+(?:the\s+)?|,\s+the\s+")
_FOR_HOST = re.compile(
    r"\b(?:on\s+behalf\s+of|representing|for)\s+(?:the|its|their)\s+host(?:\s+(?:country|government|state|nation))?(?=[\s.,;]|$)"
)
# Those who met somewhere did so because these had asked them to.
_INVITED = re.compile(
    r"(?:^|\b(?:met|gathered|assembled|convened|held|took\s+place|came\s+together)\b[^.;]{0,120}?\s)[Aa]t\s+the\s+(?:kind\s+|gracious\s+)?(?P<joint>joint\s+)?"
    r"invitation\s+of\s+(?:the\s+)?(?=[A-Z])"
)


def read_hosts(p: Passage, meeting: Ref, context: ReadingContext, start: int = 0, end: int | None = None) -> Iterator[ParticipationFound]:
    """The hosts of `meeting` that s[start:end] tells of in these ways."""
    last = len(p.s) if end is None else end
    for pattern in (_BY, _DID, _AS):
        for m in p.find(pattern, start, last):
            found = list(_states(p, *m.span("who"), context))
            together = "co-host" if len(found) > 1 or any(m.groupdict().get(g) for g in ("co", "both")) else "host"
            for n in found:
                yield _host(p, meeting, n, together, min(m.start(), n.start), max(m.end(), n.end), "hosts.agency")
    for m in p.find(_FOR_HOST, start, last):
        areas = {x.ref: x for x in p.named("area", start=start, end=m.start())}
        if len(areas) == 1:
            x = next(iter(areas.values()))
            yield _host(p, meeting, Nation(x.ref, x.start, x.end), "host", x.start, m.end(), "hosts.behalf")
    for m in p.find(_INVITED, start, last):
        listed = read_forward(p, m.end(), last, ("area",)).items
        for item in listed:
            x = item.match
            role = "co-host" if len(listed) > 1 else "host"
            yield _host(p, meeting, Nation(x.ref, x.start, x.end), role, m.start(), x.end, "hosts.invitation")


def _states(p: Passage, start: int, end: int, context: ReadingContext) -> Iterator[Nation]:
    """The states of the agencies that s[start:end] names; one of the tables hosts under its own name."""
    edges = [(m.start(), m.end()) for m in _BOTH.finditer(p.s, start, end) if re.search(rf"\b{_NOUN}\b", p.s[m.end() : end])]
    edges = [(a, b) for a, b in edges if re.search(rf"\b{_NOUN}\b", p.s[start:a])]
    for low, high in zip([start, *(b for _, b in edges)], [*(a for a, _ in edges), end], strict=True):
        known = p.named("gov", "org", "body", "process", start=low, end=high)
        nation = nation_of(p, low, high, context.areas, context.nations)
        if nation and not known and re.search(rf"\b{_NOUN}\b", p.s[low:high]):
            yield nation


def _host(p: Passage, meeting: Ref, n: Nation, role: str, start: int, end: int, rule: str) -> ParticipationFound:
    low = start + len(p.s[start:end]) - len(p.s[start:end].lstrip(" .,;"))
    ref = n.ref
    return ParticipationFound(meeting=meeting, agent=ref, role=role, written=p.s[n.start : n.end], source=p.source(low, end, rule))
