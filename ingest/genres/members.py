"""A list of members: of the process or of one of its bodies, in columns that a converter flattened, in bullets or in a line.

A heading says the status ("Member States (45 States)", "Observers"), the names below it have it. Two names on one line are two members; a
name that goes on in the next line is one. What no table knows is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import Finding, MembershipFound, ParticipationFound, Reading, Ref, Source, Unresolved
from ingest.gazetteer import Match
from ingest.genres.draft import Draft
from ingest.grammar.dates import find_dates
from ingest.grammar.kinds import kind_of
from ingest.grammar.lines import passage_of
from ingest.grammar.lists import Listed, read_backward, read_forward
from ingest.grammar.member_lists import Section, rows_of, sections_of, side_by_side

NAME = "members"

# Sentences that say the same as a heading: "The Steering Group consists of …".
_SENTENCES = [
    ("observer", re.compile(r"\b(?:participate|attend|take\s+part)\s+as\s+observers\s*(?::|are\b|include\b)\s*")),
    ("observer", re.compile(r"\b[Oo]bserver(?:s|\s+(?:states|countries|governments|organi[sz]ations))\s+(?:are|include)\s*:?\s+")),
    (
        "steering-group",
        re.compile(r"\b[Ss]teering\s+[Gg]roup\s+(?:consists\s+of|comprises|is\s+made\s+up\s+of|is\s+composed\s+of)\s*:?\s+"),
    ),
]
# "Canada and France are observers.", and not at some meeting.
_ARE_OBSERVERS = re.compile(
    r"\s+(?:are|have)\s+(?:(?:also|its|the|all|currently|permanent)\s+){0,2}observers?(?:\s+status)?(?=\s*(?:[.;,]|$)|\s+(?:of|to)\s+the\s+(?:Bali\s+)?Process\b)"
)
_PERMANENT = re.compile(r"\b(?:permanent\s+)?co-?chairs(?:\s+of\s+the\s+process)?\s*(?::|\bare\b|[–-])\s*(?:the\s+)?", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:[\s,;|/•·*†‡#–-]|\d{1,3}[.)]?(?=\s|$)|\b(?:and|the|The|as well as)\b|\((?:since|from|joined|until)?[^()A-Z]{0,30}\)"
    r"|\.\s*$|\.(?=\s))+"
)
_LISTED = 4  # names below a heading of a page that is no list of members as a whole
_HEADS = 4  # lines of a title page
# "IOM, UNHCR (members); ADB (observer)": the status of the names before it.
_NOTED = re.compile(r"[^();]{0,120}\((?:as\s+)?(?P<status>member|observer)s?\)")
_OVER = re.compile(r"\s*\((?:until|till|formerly|former|withdrew|left)\b")  # a membership that has ended
# "Samoa (represented by New Zealand)", "* through its office in Suva": a name beside a member's own.
_BESIDE = re.compile(
    r"\b(?:on\s+account\s+of|because\s+of|(?:part|delegation)\s+of|represented\s+by|on\s+behalf\s+of|by|through|via|from|in|at|with|replaced|replacing|for)\s+(?:the\s+)?$"
)
_STRANGE = re.compile(r"[A-Z][\w’'.-]+(?:[ \t]+(?:(?:of|for|and|the|on)[ \t]+)?[A-Z(][\w’'.)-]+){0,6}")


def likeness(document: Document) -> float:
    """The share of the text's names of states that stand in sections of a list of members; at least five must."""
    sections = sections_of(document)
    if len(rows_of(document)) >= 5:
        return 0.95
    heads = [p for p in document.passages if p.block.kind == "heading"][:_HEADS]
    if any(kind_of(p.s) for p in heads) and any(find_dates(p.s) for p in heads):  # of a meeting: its members came
        return 0.0
    columns = sum(len(t.names) for t in side_by_side(document))
    if not columns and not any(s.status == "member" for s in sections):
        return 0.0
    listed = sum(len(_names(document, s)) for s in sections) + columns
    everywhere = sum(1 for p in document.passages for m in p.matches if m.kind in ("area", "org"))
    return 0.95 * min(1.0, listed / everywhere) if listed >= 5 and everywhere else 0.0


def read(document: Document, context: ReadingContext) -> Reading:
    """A membership for each name below a heading."""
    draft = Draft(document, context, NAME)
    whole = _whole(document)
    if whole is None:
        return draft.reading()
    organisation, source = whole
    for section in sections_of(document):
        _section(draft, section, organisation)
    for table in side_by_side(document):
        heading = passage_of(document, context.gazetteer, table.start, table.head_end)
        for p, m, status in table.names:
            _member(draft, p, m, organisation, status, heading)
    for p in document.passages:
        for cue in p.find(_PERMANENT):
            if not any(s.start <= p.text.span(cue.start(), cue.end()).start < s.head_end for s in sections_of(document)):
                _co_chairs(draft, p, cue.end(), organisation)
        for status, pattern in _SENTENCES:
            for cue in p.find(pattern):
                _listed(draft, p, read_forward(p, cue.end(), len(p.s), ("area", "org")), cue.span(), organisation, status)
        for cue in p.find(_ARE_OBSERVERS):
            begin = max(a for a, _ in p.sentences() if a <= cue.start())
            _listed(draft, p, read_backward(p, begin, cue.start(), ("area", "org")), cue.span(), organisation, "observer")
    for p, m, status in rows_of(document):
        ref = next(r for r in m.refs if r.startswith(("area:", "org:")))
        row = p.whole("members.row")
        draft.add(MembershipFound(member=ref, organisation=organisation, status=status, written=m.written, source=row))
    draft.link("document", "mentions", organisation, source)
    return draft.reading()


def beside(document: Document, context: ReadingContext, found: Iterable[Finding]) -> list[Finding]:
    """The memberships that a page on meetings lists, too: below its own heading, where the title names the body and no meeting.

    `found` is what was read of the page: names that took part in a meeting are no list of members.
    """
    whole = _whole(document)
    titled = next((p for p in document.front if p.named("process", "body")), None)
    came = [f.source.anchor for f in found if isinstance(f, ParticipationFound)]
    if whole is None or titled is None or whole[1].passage != titled.text.span() or kind_of(titled.s):
        return []
    draft = Draft(document, context, NAME)
    for section in sections_of(document):
        names = _names(document, section)
        if (
            section.status in ("member", "observer")
            and len(names) >= _LISTED
            and not any(section.start <= a.start < section.end for a in came)
        ):
            _section(draft, section, whole[0])
    return draft.findings


def _section(draft: Draft, section: Section, organisation: Ref) -> None:
    """The memberships of one list; `organisation` is the whole of the page."""
    document, gazetteer = draft.document, draft.context.gazetteer
    heading = passage_of(document, gazetteer, section.start, section.head_end)
    body = passage_of(document, gazetteer, section.head_end, section.end)
    whole, status = organisation, section.status
    own = next((m.ref for m in heading.named("body")), None)
    if own and own != organisation and (organisation.startswith("body:") or status == "member"):  # a body with a list of its own
        whole, status = own, "member"
    for m in _parties(body):
        noted = _NOTED.match(body.s, m.end)
        said = noted["status"] if noted else status
        if said and not _OVER.match(body.s, m.end):
            _member(draft, body, m, whole, said, heading)
    for start, end in _strange(body) if status else ():
        draft.add(Unresolved(written=body.s[start:end], kind="member", source=body.source(start, end, "members.unknown")))


def _listed(draft: Draft, p: Passage, listed: Listed, cue: tuple[int, int], organisation: Ref, status: str) -> None:
    """The memberships that a sentence tells, each with the words from the name to the cue, or from the cue to the name."""
    for item in listed.items:
        ref = next(r for r in item.match.refs if not r.startswith("place:"))
        source = p.source(min(cue[0], item.match.start), max(cue[1], item.match.end), "members.sentence")
        draft.add(MembershipFound(member=ref, organisation=organisation, status=status, written=item.match.written, source=source))


def _names(document: Document, section: Section) -> list[Match]:
    return [
        m
        for p in document.passages
        for m in p.matches
        if m.kind in ("area", "org") and section.head_end <= p.text.at[m.start] < section.end
    ]


def _parties(body: Passage) -> list[Match]:
    """The parties that a list names, each for itself."""
    named = [m for m in body.matches if m.kind in ("area", "org") or any(r.startswith("area:") for r in m.refs)]
    return [m for m in named if not _BESIDE.search(body.s, 0, m.start)]


def _member(draft: Draft, p: Passage, m: Match, organisation: Ref, status: str, heading: Passage) -> None:
    """The membership, with the line that has the name and the heading that has the status."""
    ref = next((r for r in m.refs if r.startswith(("area:", "org:"))), m.ref)
    sources = [p.source(m.start, m.end, "members.listed"), heading.whole("members.heading")]
    for source in sources:
        draft.add(MembershipFound(member=ref, organisation=organisation, status=status, written=m.written, source=source))


def _co_chairs(draft: Draft, p: Passage, start: int, organisation: Ref) -> None:
    position = start
    for m in [m for m in _parties(p) if m.start >= start]:
        if not _BETWEEN.fullmatch(p.s[position : m.start]) and position != m.start:
            return
        position = m.end
        source = p.source(m.start, m.end, "members.co-chairs")
        draft.add(
            MembershipFound(
                member=next(r for r in m.refs if not r.startswith("place:")),
                organisation=organisation,
                status="co-chair",
                written=m.written,
                source=source,
            )
        )


def _strange(body: Passage) -> list[tuple[int, int]]:
    """Capitalised words of a list that are no name of the tables."""
    found: list[tuple[int, int]] = []
    position = 0
    for m in [*_parties(body), None]:
        gap_end = m.start if m else len(body.s)
        left = body.s[position:gap_end]
        if left and not _BETWEEN.fullmatch(left):
            found += [
                (position + s.start(), position + s.end())
                for s in _STRANGE.finditer(left)
                if not _BETWEEN.fullmatch(s[0])
                and not any(x.start < position + s.end() and position + s.start() < x.end for x in body.matches)
                and s[0] not in ("They", "These", "The")
            ]
        position = m.end if m else position
    return found


def _whole(document: Document) -> tuple[Ref, Source] | None:
    """What they are members of: the body that the title names, else the process, else what is named first."""
    for p in [*document.front, *document.passages]:
        for kind in ("body", "process"):
            for m in p.named(kind):
                if kind == "process" or not p.s[: m.start].strip() or len(p.s) < 120:
                    return m.ref, p.source(m.start, m.end, "members.of")
    return None
