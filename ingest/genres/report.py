"""A report in numbered paragraphs on one meeting: a co-chairs' or co-hosts' summary, a statement.

The front matter and the opening paragraph say what met, when and where; the others who came, who spoke, and what was recommended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import DateRead, Fact, ParticipationFound, Reading, Ref, Source
from ingest.genres.beside import read_beside
from ingest.genres.draft import Draft
from ingest.genres.listed import Lists
from ingest.genres.occasion import Told, find_occasion
from ingest.genres.occasion_told import date_of
from ingest.grammar.actions import with_actions
from ingest.grammar.attendance import read_attendance, read_headcount
from ingest.grammar.chairs import states_in_chair
from ingest.grammar.conferences import numbered_meetings
from ingest.grammar.dates import DateHit, find_dates, is_periodical
from ingest.grammar.hosts import read_hosts
from ingest.grammar.kinds import MEETING_NOUN, KindHit, kind_of
from ingest.grammar.people import People
from ingest.grammar.places import PlaceRead, place_after_in, place_at
from ingest.grammar.provisions import provisions_of_prose
from ingest.grammar.roles import read_roles, settle
from ingest.grammar.sayings import Saying, sayings
from ingest.layout import Block

NAME = "report"

# "Governments … co-hosted a Bali Process Workshop on …": the name of the meeting stands after the verb and an article.
_HELD = re.compile(
    r"\b(?:co-?hosted|hosted|co-?chaired|convened|held|organi[sz]ed|opened)\s+(?P<article>an?\s+|the\s+|their\s+)(?=[A-Za-z“\"])",
    re.IGNORECASE,
)
_TITLE_END = re.compile(r"\s+(?:in|at)\s+(?:the\s+)?(?=[A-Z])|\s+(?:from|on|between)\s+(?=\d)|,|\.\s*$|\s+(?:was|were|held|took)\b|\s*\(")
_THEME_IS = re.compile(
    r"\b(?:theme\s+of\s+the\s+(?:workshop|meeting|program(?:me)?|conference|seminar)|(?:workshop|meeting|conference)\s+theme)\s+was\s+",
    re.IGNORECASE,
)
_DOCUMENT_OF = re.compile(r"(?:workshop|meeting|conference|seminar|forum)\s+(?:on|of)\s*$", re.IGNORECASE)
# Roles that any paragraph may state; hosting and running are told in the opening and in the thanks.
_OPENING = frozenset({"host", "co-host", "chair", "co-chair", "organiser", "contributor", "logistics", "training-provider"})
_NEAR = 4  # sentences of the body that still belong to the opening
_ANYWHERE = frozenset({"presenter", "logistics", "contributor"})
_THANKS = re.compile(r"\b(?:appreciation|thank(?:ed|s)?|gratitude|grateful)\b", re.IGNORECASE)


def likeness(document: Document) -> float:
    """Numbered paragraphs of prose with past verbs, and a front or an opening that names one meeting."""
    numbered = [b for b in document.blocks if b.kind == "numbered"]
    if len(numbered) < 2 or any(is_periodical(p.s) for p in document.front):
        return 0.0
    long = sum(len(b.text.s) > (50 if b.text.s.rstrip().endswith(".") else 120) for b in numbered) / len(numbered)
    opening = numbered[0].text.s
    few = len(document.front) < _NEAR + 2  # lines of a title page, not the rows of a table
    most = few and 2 * len(numbered) > sum(b.kind != "heading" for b in document.blocks)
    dated = bool(find_dates(opening)) or (most and any(_is_day(p.s) for p in document.front))
    named = bool(MEETING_NOUN.search(opening)) and dated
    return 0.9 * long if named and _tells(document, numbered[0]) else 0.0


def _is_day(line: str) -> bool:
    """Whether a line of the title page gives the days of a meeting."""
    return any(hit.date.precision != "month" for hit in find_dates(line))


def _tells(document: Document, opening: Block) -> bool:
    """Whether the title names a meeting or the opening says that one was held; one that it only goes back to or plans is none."""
    if any(kind_of(p.s) for p in document.front) or find_occasion(document):
        return True
    first = [p for p in document.passages if p.block == opening]
    return any(_title(p) or any(f.status == "held" for f in sayings(p)) for p in first[:_NEAR])


def read(document: Document, context: ReadingContext) -> Reading:
    """One reported meeting with its people and its provisions."""
    draft = Draft(document, context, NAME)
    body = [p for p in document.passages if p.block.kind != "heading"]
    opening = [p for p in body if p.block == body[0].block]
    meeting = _meeting(draft, opening)
    read_beside(draft, meeting, body)
    draft.mention_numbered(document.passages)
    took_part(draft, meeting, body, opening)
    themes_of(draft, meeting, body)
    blocks = [b for b in document.blocks if b.kind != "heading"]
    found = provisions_of_prose(document, blocks, context, lambda p: conference_of(draft, document, p), met=draft.assembly())
    draft.add(*with_actions(found, document, context))
    return draft.reading()


def _meeting(draft: Draft, opening: list[Passage]) -> Ref:
    document, first = draft.document, opening[0]
    front = document.front
    numbered = [(p, n) for p in [*front, first] for n in numbered_meetings(p)]
    held = next((f for f in sayings(first) if f.status == "held"), None)
    title = _title(first) or ((held.start, held.end) if held else None)
    kind = _kind([*([(first, title)] if title else []), *((p, (0, len(p.s))) for p in front)])
    where = first.source(*title, "report.title") if title else first.whole("report.opening")
    meeting = draft.meeting(
        kind[1].name if kind else "Meeting", "reported", kind[0].source(kind[1].start, kind[1].end, "report.kind") if kind else where
    )
    draft.reported(meeting, where)
    draft.link("document", "outcomeOf", meeting, where)
    if title:
        draft.claim(first, *title)
        draft.label(meeting, first.s[title[0] : title[1]], where)
    for p, name in _front_titles(front):
        draft.fact(meeting, "skos:altLabel", name, p.whole("report.front"), language="en")
        draft.claim(p, 0, len(p.s))
    if held and held.ordinal and not numbered:  # "the Second Regional Seminar on …"
        draft.series(meeting, None, held.ordinal, first.source(held.ordinal_start, held.ordinal_end, "report.ordinal"))
    for p, n in numbered[:1]:
        draft.number(p, n, meeting, "report.ordinal")
        draft.claim(p, n.start, n.end)
    for p, hit in _dates(front, first, title):
        draft.date(meeting, p, hit, "report.date")
    places = _places(front, first, held)
    for p, place in places:
        draft.place(meeting, p, place, where)
    if not places:
        draft.place(meeting, first, None, where)
    draft.process(meeting, where, first)
    for m in first.named("body", start=title[0] if title else 0, end=title[1] if title else 0):
        draft.link(meeting, "ofBody", m.ref, first.source(m.start, m.end, "report.body"))
    return meeting


def _title(p: Passage) -> tuple[int, int] | None:
    """Where the name of the meeting stands in the opening sentence."""
    for m in p.find(_HELD):
        noun = MEETING_NOUN.search(p.s, m.end(), m.end() + 120)
        if noun is None:
            continue
        ends = (end for end in _TITLE_END.finditer(p.s, noun.end()) if not _is_in(end) or place_at(p, end.end()))
        end = next(ends, None)
        return m.end(), end.start() if end else len(p.s.rstrip(" ."))
    return None


def _is_in(end: re.Match[str]) -> bool:
    """Whether a title may end here because "in" stands here: it does only before a place ("Trafficking in Persons" goes on)."""
    return end[0].split()[:1] in (["in"], ["at"])


def _front_titles(front: list[Passage]) -> Iterator[tuple[Passage, str]]:
    """Headings that name the meeting; a heading that breaks off at "workshop on" goes on in the next."""
    for p, following in zip(front, [*front[1:], None], strict=False):  # there may be none
        if kind_of(p.s) and not find_dates(p.s):
            if _DOCUMENT_OF.search(p.s) and following:
                continue
            yield p, p.s


def _kind(where: list[tuple[Passage, tuple[int, int]]]) -> tuple[Passage, KindHit] | None:
    for p, (start, end) in where:
        if hit := kind_of(p.s, start, end):
            return p, hit
    return None


def _dates(front: list[Passage], opening: Passage, title: tuple[int, int] | None) -> list[tuple[Passage, DateHit]]:
    """The dates of the front matter and the first of the opening; what disagrees is kept side by side."""
    found = [(p, hit) for p in front for hit in find_dates(p.s)[:1]]
    hit = date_of(Told(opening, *(title or (0, 0))))
    return [*found, *([(opening, hit)] if hit else [])]


def _places(front: list[Passage], opening: Passage, held: Saying | None) -> list[tuple[Passage, PlaceRead]]:
    found = []
    for p in front:
        for m in p.named("place", "area"):
            before = p.s[: m.start].rstrip()
            if (not before or before[-1] in ",:0123456789") and (place := place_at(p, m.start)):
                found.append((p, place))
                break
    place = place_after_in(opening) or (held.place if held else None)
    return [*found, *([(opening, place)] if place else [])]


def took_part(draft: Draft, meeting: Ref, body: list[Passage], opening: list[Passage]) -> None:
    """Who hosted, chaired, came and spoke, how many came, and how complete the list is. `opening` tells who convened the meeting."""
    lists = Lists(draft.document, draft.context)
    people = People(draft.document, draft.context.gazetteer, dict(draft.context.areas), draft.context.nations, lists.people())
    dated = next((f.value for f in draft.findings if isinstance(f, Fact) and f.subject == meeting and f.property == "date"), None)
    held = dated if isinstance(dated, DateRead) else None
    for p in body:
        people.read(p, meeting, held)
    roles: list[ParticipationFound] = []
    named: list[Source] = []
    listed: list[tuple[Source, bool, int]] = []
    for n, p in enumerate(body):
        only = _OPENING if n < _NEAR or p in opening or _THANKS.search(p.s) else _ANYWHERE
        roles += [*read_roles(p, meeting, only=only | _ANYWHERE), *read_hosts(p, meeting, draft.context)]
        seen = read_attendance(p, meeting, before=body[n - 1] if n else None)
        draft.add(*seen.found, *seen.unknown)
        named += [f.source for f in seen.found if f.role != "apology"]
        if seen.listed:
            anchors = [f.source.anchor for f in seen.found]
            at = p.text.at
            low, high = at.index(anchors[0].start), at.index(max(a.end for a in anchors) - 1) + 1
            source = p.source(low, high, "attendance.coverage").with_beside(*seen.found[0].source.beside)
            listed.append((source, seen.partial, len(anchors)))
        if count := read_headcount(p, meeting):
            draft.add(count)
    came = {f.agent for f in draft.findings if isinstance(f, ParticipationFound) and f.role == "attendee"}
    found = lists.of_meeting(meeting, held, came)
    coverage = found.coverage
    draft.add(*found.findings, *settle([*roles, *found.roles]))
    draft.add(*people.settled(draft.findings))
    draft.add(*states_in_chair(draft.document, draft.findings, draft.context))
    if listed:
        source, partial, _ = max(listed, key=lambda x: x[2])
        whole = "c:coverage_partial-list" if partial and not coverage else "c:coverage_complete-list"
        draft.link(meeting, "attendanceCoverage", whole, source if not coverage else coverage[0])
    elif coverage:
        draft.link(meeting, "attendanceCoverage", "c:coverage_complete-list", coverage[0])
    elif first := named[0] if named else people.came(meeting):  # observers or guests alone, or people by name
        draft.link(meeting, "attendanceCoverage", "c:coverage_partial-list", first)
    else:
        draft.link(meeting, "attendanceCoverage", "c:coverage_no-list", body[0].whole("attendance.none"))


def themes_of(draft: Draft, meeting: Ref, body: list[Passage]) -> None:
    """Themes of the title, and those that the text calls a theme of the meeting."""
    terms = draft.context.terms
    for f in list(draft.findings):
        if isinstance(f, Fact) and f.subject == meeting and f.property in ("rdfs:label", "skos:altLabel"):
            for hit in terms.themes(str(f.value)):
                draft.link(meeting, "theme", f"c:theme_{hit.slug}", f.source)
    for p in body:
        for m in p.find(_THEME_IS):
            for hit in terms.themes(p.s, m.end()):
                draft.link(meeting, "theme", f"c:theme_{hit.slug}", p.source(hit.start, hit.end, "report.theme"))


def conference_of(draft: Draft, document: Document, where: object) -> Ref | None:
    """The numbered meeting named in the passage that holds a quotation: whose decision it quotes."""
    span = getattr(where, "passage", where)
    for p in document.passages:
        if p.text.span() == span:
            named = numbered_meetings(p)
            return draft.known(p, named[0]) if len(named) == 1 else None
    return None
