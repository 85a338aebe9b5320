"""A text of no known genre: what the shared grammars are sure of, and nothing else.

Sure are the meetings that a sentence names by their number, and what Ministers, members, bodies or states of the process decided, promised
or were asked to do in so many words. A text that never names the process, its bodies or its meetings has none of these.
"""

from __future__ import annotations

import re

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import Fact, Finding, ParticipationFound, ProvisionFound, Reading, Ref, Span
from ingest.gazetteer import Match
from ingest.genres.account import Account
from ingest.genres.draft import Draft
from ingest.genres.reported import Reported
from ingest.grammar.cues import ASK, DECIDE, PROMISE, RECOGNISE
from ingest.grammar.provisions import provisions_of_prose
from ingest.grammar.sayings import NEWS, sayings

NAME = "general"
_OWN = ("process", "body", "series")
_SPOKEN = {*PROMISE, *DECIDE, *ASK, *RECOGNISE}  # what those who met did, as against what somebody thinks that others should do
_PROCESS_MET = re.compile(r"\b(?P<name>[A-Z]\w+\s+(?:Process|Dialogue|Forum))\s+(?:also\s+)?(?:met|convened|gathered|held)\b")
_WORKSHOPS = ("Workshop", "TrainingEvent")
_TITLED = re.compile(r"(?:[A-Z]\w+\s+)*(?:Workshop|Seminar|Round\s?table|Training(?:\s+Course)?)\s+on\s+(?:the\s+)?[A-Z]")
_IN_TOWN = re.compile(
    r"\s(?:was\s+)?(?:held|convened|took\s+place)\s+in\s+(?:[A-Z][\w’'-]+\s?){1,3}(?:,\s|(?<=\s)(?:on|from|between)\b)"
)  # no table knows it
_HELD_BY = ("host", "co-host", "organiser")
_RAN = re.compile(
    r"(?:\s*\(\w+\))?\s*,?\s+(?:(?:and|together\s+with|with|in\s+partnership\s+with)\s[^.;]{2,60}?\s+)?(?:jointly\s+|successfully\s+)?"
    r"(?:co-?hosted|hosted|held|organi[sz]ed|ran|delivered|convened|conducted|facilitated|concluded|completed|wrapped\s+up)\s+(?:an?|the|its)\s+"
)
_LEAD = 2  # sentences, or lines of a title
_ANNOUNCED = re.compile(
    r"\b(?:meetings?|meets?|met|conference|workshops?|seminar|round\s?tables?|forum|symposium|dialogue|training|talks|gathers?|convenes?|hosts?|"
    r"hosted|held|concludes?|opens?)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:The|This)\s+(?:[a-z-]+\s+){0,2}(?:[Mm]eeting|[Cc]onference|[Ww]orkshop|[Ss]eminar|[Rr]ound\s?table|[Ff]orum|[Tt]raining|[Cc]ourse|"
    r"[Ee]vent|[Ss]ession|[Ss]ymposium)(?:,|\s+(?!of\b|on\b))"
)
_SURE = (
    "group:ministers",
    "group:members",
    "group:senior-officials",
    "group:co-chairs",
    "group:member-organisations",
    "group:working-groups",
)


def read(document: Document, context: ReadingContext) -> Reading:
    """Meetings, and provisions: all of a text that begins with a meeting, else those whose actor or addressee is known."""
    draft = Draft(document, context, NAME)
    if any(p.named(*_OWN) for p in document.passages):
        lead = _lead(document)
        meetings = _meetings(draft, lead)
        blocks = [b for b in document.blocks if b.kind != "heading"]
        about = any(p.text.span() == m.told.passage for m in meetings for p in (*_first(document), *lead))
        bodies = {ref for m in meetings for ref in m.bodies}
        found = provisions_of_prose(document, blocks, context, speaking=bodies, met=draft.assembly())
        items = {b.label for b in blocks if b.kind in ("numbered", "bullet")} if about else set()
        others = _of_others(draft)
        found = [f for f in found if f.source.passage not in others]
        draft.add(*(f for f in found if _sure(f) or (about and _SPOKEN & {*f.wording}) or f.source.paragraph in items))
    return draft.reading()


def _meetings(draft: Draft, lead: list[Passage]) -> list[Reported]:
    """The meetings of which the text gives an account: a sentence says that it was held, with its date, another who ran it or came.

    So is the one with which a text begins that its title announces or that it goes on about, if its date and its place or number are told
    there. Any other meeting that is only said to have been held is mentioned, not reported.
    """
    trial = _account(Draft(draft.document, draft.context, NAME), None, lead)
    findings = trial.draft.findings
    told = {f.meeting for f in findings if isinstance(f, ParticipationFound)}
    told |= {f.subject for f in findings if isinstance(f, Fact) and f.property.startswith("attendance") and not f.is_ref}
    told |= {m.ref for m in trial.meetings if m.dated and (m.placed or m.ordinal) and any(p.text.span() == m.told.passage for p in lead)}
    told |= {m.ref for m in trial.meetings if any(_ran(p, m) for p in draft.document.passages)}
    told |= {m.ref for m in trial.meetings if _is_titled(draft.document, m)}
    news = [p.text.span() for p in _first(draft.document) if NEWS.search(p.s)]
    told |= {m.ref for m in trial.meetings if m.dated and m.placed and m.ordinal and m.told.passage in news}
    told -= {m.ref for m in trial.meetings if not (_is_own(draft, m, lead) or _is_of_members(draft.document, m, findings))}
    if kept := {m.told.anchor for m in trial.meetings if m.ref in told and m.dated}:
        return _account(draft, kept, lead).meetings
    return []


def is_on_process(document: Document) -> bool:
    """Whether the title of the text, or its first sentences, name the process or what is its own."""
    body = [p for p in document.passages if p.block.kind != "heading"]
    return any(p.named(*_OWN) for p in (*document.front, *body[:_LEAD]))


def names_own(draft: Draft, p: Passage) -> bool:
    """Whether the sentence names the process that the text names first, or a body or series of it; what is another's is none."""

    def of(m: Match) -> Ref | None:
        return m.ref if m.kind == "process" else draft.context.processes.get(m.ref)

    own = next((ref for x in draft.document.passages for m in x.named(*_OWN) if (ref := of(m))), None)
    return any(of(m) in (own, None) for m in p.named(*_OWN))


def _told_in(document: Document, m: Reported) -> Passage | None:
    return next((p for p in document.passages if p.text.span().holds(m.told.passage)), None)


def _is_own(draft: Draft, m: Reported, lead: list[Passage]) -> bool:
    """Whether the sentence that tells of the meeting, or the place where it stands, says that it is one of the process."""
    p = _told_in(draft.document, m)
    return p is None or m.ordinal is not None or names_own(draft, p) or any(p.text.span() == x.text.span() for x in lead)


def _is_of_members(document: Document, m: Reported, findings: list[Finding]) -> bool:
    """Whether a workshop of which the text tells where and when is one that states held: it is in no organisation's hands alone."""
    p = _told_in(document, m)
    if p is None or m.kind not in _WORKSHOPS or not m.dated or not _is_somewhere(p, m) or p.named("process"):
        return False
    ran = [f.agent for f in findings if isinstance(f, ParticipationFound) and f.meeting == m.ref and f.role in _HELD_BY]
    return any(a.startswith(("area:", "gov:")) for a in ran) if ran or p.named("org") else any(p.named(*_OWN) for p in document.front)


def _is_somewhere(p: Passage | None, m: Reported) -> bool:
    """Whether a place of the meeting is told, be it one that no table knows."""
    return m.placed or (p is not None and _IN_TOWN.search(p.s, p.s.find(m.title) + len(m.title)) is not None)


def _is_titled(document: Document, m: Reported) -> bool:
    """Whether a text on the process gives a workshop its title, with its date and its place, and names no organisation with it."""
    p = _told_in(document, m)
    named = p is not None and _TITLED.match(m.title) is not None and not p.named("org", "event", "process")
    return named and bool(m.dated and _is_somewhere(p, m)) and any(x.named(*_OWN) for x in document.front)


def _ran(p: Passage, m: Reported) -> bool:
    """Whether the sentence that names the meeting says that the process or a body of it ran it."""
    if not p.text.span().holds(m.told.passage):
        return False
    return any(
        verb.start() == x.end
        for x in p.named("process", "body")
        for verb in p.find(_RAN, x.end)
        if p.text.at[verb.end() - 1] < m.told.anchor.start
    )


def _of_others(draft: Draft) -> set[Span]:
    """The sentences behind one that says that another process met: "Members" are its own there."""
    found: set[Span] = set()
    block, told = None, False
    for p in draft.document.passages:
        told = told and p.block is block and not names_own(draft, p)
        if told:
            found.add(p.text.span())
        block = p.block
        own = {m.end for m in p.named("process") if names_own(draft, p)}
        told |= any(m.end("name") not in own for m in p.find(_PROCESS_MET))
    return found


def _first(document: Document) -> list[Passage]:
    return [p for p in document.passages if p.block.kind != "heading"][:_LEAD]


def _lead(document: Document) -> list[Passage]:
    """The first sentences of a text that is about a meeting, where they or the title over them name the process."""
    body = [p for p in document.passages if p.block.kind != "heading"]
    heads = [p for p in document.passages if p.block.kind == "heading"][:_LEAD]
    text = [p for p in body if p not in heads]
    lead = [p for n, p in enumerate(text) if n < _LEAD or (n < 2 * _LEAD and p.block is text[0].block)]
    about = any(_ANNOUNCED.search(p.s) for p in heads) or any(_GOES_ON.match(p.s) for p in body)
    return lead if about and any(p.named(*_OWN) for p in (*document.front, *body[: 2 * _LEAD])) else []


def _account(draft: Draft, kept: set[Span] | None, lead: list[Passage]) -> Account:
    """Read the meetings that sentences say were held; with `kept`, those alone whose names stand there."""
    account = Account(draft)
    on_process = is_on_process(draft.document)
    for p in account.body():
        if p.block.kind == "heading":
            continue
        leads = any(x.text.span() == p.text.span() for x in lead)
        ours = leads or names_own(draft, p) or (on_process and not p.named("event", "process"))
        told = [f for f in sayings(p) if f.status == "held" and (f.date or leads) and (f.ordinal or ours)]
        account.tell(p, new=any(kept is None or p.text.span(f.start, f.end) in kept for f in told), bare=leads)
        account.took_part(p)
    for m in account.meetings[:1]:
        account.programme(m, account.body())
    account.finish([])
    return account


def _sure(f: ProvisionFound) -> bool:
    """Whether a clause is binding or a request, and says who acts or is asked: one of the process, or its body."""
    return f.kind != "Finding" and any(r in _SURE or r.startswith(("body:", "process:")) for r in (*f.actors, *f.addressees))
