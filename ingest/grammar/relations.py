"""Relations between entities that a text states outright: who developed or established an instrument, who belongs to a group."""

from __future__ import annotations

import re

from ingest.document import Passage
from ingest.findings import Fact, MembershipFound, ObservationFound
from ingest.grammar.lists import read_forward

_DEVELOPED = {"development": "developedBy", "establishment": "establishedBy", "publication": "publishedBy"}
_NOMINAL = re.compile(r"\b(?P<what>[Dd]evelopment|[Ee]stablishment|[Pp]ublication)\b(?:\s+(?:after|before)\s+that)?\s+by\s+(?:the\s+)?")
_OF = re.compile(r"\s+of\s+(?:the\s+|a\s+)?")
_PASSIVE = re.compile(r"\s*,?\s+(?:was\s+|were\s+)?(?P<what>developed|established|published)\s+by\s+(?:the\s+)?")
_INCLUDES = re.compile(r"\s*,?\s+(?:that|which)\s+(?:includes|comprises|consists\s+of)\s+|\s+(?:comprising|consisting\s+of)\s+")
# Words directly before an instrument that tell its state at the time of writing.
_STATES = [
    (
        "in-preparation",
        re.compile(r"\b(?:is|are)\s+(?:finali[sz]ing|preparing|developing|drafting)\s+(?:the\s+|a\s+|its\s+)?$", re.IGNORECASE),
    ),
    ("redesigned", re.compile(r"\bredesigned\s+$", re.IGNORECASE)),
    (
        "planned",
        re.compile(
            r"\b(?:develop|prepare|draft|produce)\s+(?:a\s+|an\s+|the\s+|new\s+)*(?:policy\s+guid(?:e|ance)\s+on\s+)?$", re.IGNORECASE
        ),
    ),
]
_TO_BE = re.compile(r"\s+(?:should|could|might)\s+be\s+(?:developed|established|prepared|drafted)\b")


def read_relations(p: Passage) -> list[Fact]:
    """developedBy, establishedBy, publishedBy."""
    found: list[Fact] = []
    for m in p.find(_NOMINAL):
        listed = read_forward(p, m.end(), len(p.s))
        of = _OF.match(p.s, listed.end)
        thing = next((x for x in p.named("instrument") if of and x.start == of.end()), None)
        if thing is None:
            continue
        source = p.source(m.start(), thing.end, "relations.nominal")
        for item in listed.items:
            found.append(Fact(subject=thing.ref, property=_DEVELOPED[m["what"].lower()], value=item.match.ref, is_ref=True, source=source))
    for thing in p.named("instrument"):
        m2 = _PASSIVE.match(p.s, thing.end)
        if m2 is None:
            continue
        listed = read_forward(p, m2.end(), len(p.s))
        for item in listed.items:
            source = p.source(thing.start, item.match.end, "relations.passive")
            found.append(Fact(subject=thing.ref, property=f"{m2['what']}By", value=item.match.ref, is_ref=True, source=source))
    return found


def read_group_members(p: Passage) -> list[MembershipFound]:
    """Members of a group that a sentence spells out: no attendance, and no membership of the process."""
    found: list[MembershipFound] = []
    for group in p.named("org", "body"):
        m = _INCLUDES.match(p.s, group.end)
        if m is None:
            continue
        for item in read_forward(p, m.end(), len(p.s), ("area",)).items:
            source = p.source(group.start, item.match.end, "relations.members")
            name = item.match
            found.append(MembershipFound(member=name.ref, organisation=group.ref, status="member", written=name.written, source=source))
    return found


def read_instrument_states(p: Passage) -> list[ObservationFound]:
    """The state of an instrument that the words around its name tell: planned, in preparation, proposed, redesigned."""
    found: list[ObservationFound] = []
    for thing in p.named("instrument"):
        before = p.s[: thing.start]
        state = next(((name, m.start()) for name, cue in _STATES if (m := cue.search(before))), None)
        end = thing.end
        if state is None and (m := _TO_BE.match(p.s, thing.end)):
            state, end = ("proposed", thing.start), m.end()
        if state:
            value = f"c:instrument-status_{state[0]}"
            source = p.source(state[1], end, "relations.state")
            found.append(ObservationFound(about=thing.ref, observed="status", value=value, source=source))
    return found
