"""What is asked of assertion nodes and provisions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from baligraph.support.asked import Asked, Fault, belongs, date_fault, meeting_named, said
from baligraph.support.cues import COLLECTIVES, CUES, STATES
from baligraph.support.readback import bare, numbers, runs_in, stands_in


def participation(asked: Asked) -> Iterator[Fault]:
    yield from _name(asked, asked.one("participant"))
    yield from _cue(asked, "role", asked.one("role").rpartition("role_")[2])
    for agent in asked.all("onBehalfOf"):
        if not (asked.named_as_nation if "/area_" in agent else asked.named)(agent, asked.quote):
            yield "name", agent, "no name of the one on whose behalf stands in the passage"
    for property_ in ("officeHeld", "honorific"):
        yield from said(asked, "office", property_)


def membership(asked: Asked) -> Iterator[Fault]:
    yield from _name(asked, asked.one("member"))
    yield from _cue(asked, "status", asked.one("status").rpartition("status_")[2], asked.before(2000))


def appointment(asked: Asked) -> Iterator[Fault]:
    yield from _name(asked, asked.one("holder"))
    yield from _cue(asked, "status", asked.one("status").rpartition("status_")[2])
    if not asked.named(asked.one("organisation"), asked.quote + asked.before()):
        yield "name", asked.one("organisation"), "no name of the body stands in the passage or in the lines before it"
    yield from said(asked, "office", "officeHeld")


def _name(asked: Asked, agent: str) -> Iterator[Fault]:
    """The name as written stands in the passage and belongs to the agent; without one, a name of the agent stands there.

    A state may be named by an adjective: the "Royal Thai Police" speaks for Thailand.
    """
    written = asked.one("nameAsWritten")
    if not written:
        if not asked.named(agent, asked.quote):
            yield "name", agent, "no name of the agent stands in the passage"
    elif not runs_in(written, asked.quote):
        yield "name", written, "the name as written does not stand in the passage"
    elif not belongs(asked, written, agent) and not ("/area_" in agent and asked.named_as_nation(agent, written)):
        yield "name", written, f"the name as written is none of the names of {agent}"


def _cue(asked: Asked, kind: str, slug: str, more: str = "") -> Iterator[Fault]:
    pattern = CUES.get(slug)
    if pattern is None:
        yield kind, slug, "this role or status has no cue: add one to the checker's vocabulary"
    elif not re.search(pattern, bare(asked.quote + " " + more), re.IGNORECASE):
        yield kind, slug, "no word for this role or status stands in the passage"


def observation(asked: Asked) -> Iterator[Fault]:
    for value in asked.all("value"):
        if value.isdigit() and int(value) not in numbers(asked.anchor):
            yield "number", value, "the number can't be read back from the anchor"
    for state in asked.all("valueConcept"):
        slug = state.rpartition("status_")[2]
        if slug in STATES and not re.search(STATES[slug], bare(asked.quote + asked.before()), re.IGNORECASE):
            yield "state", state, "no word for this state of affairs stands in the passage"
    for state in asked.all("namedStates"):
        if not asked.named(state, asked.quote):
            yield "name", state, "no name of the state stands in the passage"
    about = asked.one("about")
    if "/provision_" not in about and not asked.alluded(about, asked.quote):
        yield "name", about, "no name of what the observation is about stands in the passage"
    as_of = asked.one("asOfText")
    if as_of:
        if not runs_in(as_of, asked.quote) and not runs_in(as_of, asked.before(2000)):
            yield "date", as_of, "the date as written stands neither in the passage nor before it"
        yield from date_fault(as_of, asked.one("asOfStart"), asked.one("asOfEnd"), "", as_of)


def succession(asked: Asked) -> Iterator[Fault]:
    for body in (*asked.all("predecessor"), *asked.all("successor")):
        if not asked.named(body, asked.quote):
            yield "name", body, "no name of the body stands in the passage"


def provision(asked: Asked) -> Iterator[Fault]:
    if not runs_in(asked.one("text"), asked.quote):
        yield "text", asked.one("text"), "the words of the provision are not a run of the words of the passage"
    lead = asked.quote + " " + _lead_in(asked.before(100_000))
    for wording in asked.all("wording"):
        if not any(stands_in(form, lead) or (len(form) > 5 and _inflected(form, lead)) for form in asked.names(wording)):
            yield "wording", wording, "no form of this word stands in the passage or in the words that lead in to it"
    for verb in asked.all("verb"):
        if not all(_inflected(part, asked.quote) for part in verb.replace("-", " ").split()):
            yield "verb", verb, "no form of this verb stands in the passage"
    for property_ in ("actor", "addressee", "responsibleBody", "usesInstrument", "mentions"):
        for entity in asked.all(property_):
            collective = COLLECTIVES.get(entity.rpartition("/group_")[2]) if property_ == "actor" else None
            if not asked.named(entity, lead) and not (collective and re.search(collective, bare(lead), re.IGNORECASE)):
                yield "name", entity, f"no name of it stands in the passage (bp:{property_})"
    for property_ in ("condition", "dueText"):
        yield from said(asked, "words", property_)
    for meeting in asked.all("attributedTo"):
        if not meeting_named(asked, meeting, asked.quote):
            yield "meeting", meeting, "no words for the meeting to which this is attributed stand in the passage"


def _lead_in(before: str) -> str:
    """The last paragraph before the passage that ends in a colon: the words that a list completes."""
    return next((part for part in reversed(re.split(r"\n\s*\n", before)) if part.rstrip().endswith(":")), "")


def _inflected(verb: str, passage: str) -> bool:
    root = re.sub(r"(e|y)$", "", verb.lower().replace("z", "s"))
    return any(word.startswith(root) for word in bare(passage).lower().replace("z", "s").replace("-", " ").split()) or verb in _IRREGULAR


_IRREGULAR: Final = frozenset("be do have make take hold build seek give undertake".split())
