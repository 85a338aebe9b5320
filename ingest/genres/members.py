"""A list of members: of the process or of one of its bodies, in columns that a converter flattened, in bullets or in a line.

A heading says the status ("Member States (45 States)", "Observers"), the names below it have it. Two names on one line are two members; a
name that goes on in the next line is one. What no table knows is reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import MembershipFound, Reading, Ref, Source, Unresolved
from ingest.gazetteer import Match
from ingest.genres.draft import Draft
from ingest.grammar.dates import find_dates
from ingest.grammar.kinds import kind_of
from ingest.grammar.lines import cut, passage_of
from ingest.grammar.lists import read_forward

NAME = "members"

_NOUN = r"(?:states?|countries|governments?|economies|organi[sz]ations?|parties|territories|areas|agencies|nations)"
_COUNT = r"(?:\s*\(\s*\d+(?:\s+[A-Za-z]+)?\s*\)|\s*[:–-]?\s*\d+(?=\s*(?:$|:)))?"
_HEADINGS = [
    (
        "observer",
        rf"(?:permanent\s+)?observers?(?:\s+(?:and\s+other\s+)?{_NOUN})?(?:\s+and\s+(?:observer\s+)?{_NOUN})?"
        rf"|(?:(?:other|further)\s+)?(?:participating\s+)?{_NOUN}(?:\s+and\s+{_NOUN})?\s*\(observers?\)",
    ),
    ("steering-group", r"(?:members?\s+of\s+the\s+)?steering\s+group(?:\s+members?)?"),
    ("co-chair", r"(?:permanent\s+)?co-?chairs?(?:\s+(?:countries|states))?"),
    (
        "member",
        rf"(?:list\s+of\s+)?(?:the\s+)?(?:current\s+|full\s+)?(?:member|participating)(?:ship|s)?\s*{_NOUN}?(?:\s+and\s+{_NOUN})?"
        rf"|(?:list\s+of\s+|our\s+)?members(?:hip)?",
    ),
]
_OTHER = r"(?:[A-Z][\w’'-]*|of|the|and|for|in)(?:\s+(?:[A-Z]?[\w’'-]+)){0,6}"
_HEADING = re.compile(
    r"(?:(?:^|(?<=\n)|(?<=[.;]\s))[#*\s•-]*)(?P<head>"
    + "|".join(rf"(?P<s{n}>(?i:{pattern}))" for n, (_, pattern) in enumerate(_HEADINGS))
    + rf")(?P<of>\s+of\s+the\s+[A-Z][\w ]+?)?{_COUNT}\s*(?P<end>:|\*{{0,2}}\s*(?=\n|$))"
)
# A sentence that leads to a list: "The Ad Hoc Group comprises the following members:", "Membership now stands at 49:".
_LEAD = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;]\s))[ \t]*"
    r"(?P<head>(?=[^.:;\n]*\b(?i:following|comprises?|composed|consists?|made\s+up|stands\s+at|are|includes?|has|now)\b)"
    r"[^.:;\n]{0,120}?\b(?:(?P<observer>(?i:observers?))|(?i:members?|membership))\b[^.:;\n]{0,60}):[ \t]*(?=\n|$|[A-Z•*-])"
)
# The heading of a column: "| Member | Since |".
_TABLE = re.compile(
    r"(?:^|(?<=\n))[ \t]*\|?[ \t]*(?P<head>(?P<observer>Observers?)|Members?|Member\s+(?:States?|Countries))[ \t]*\|"
    r"[^\n]*(?:\n[ \t]*\|[\s|:-]+(?=\n|$))?"
)
# Who came, who acts, who may or did belong: no list of those who do.
_NO_LEAD = re.compile(
    r"\b(?:attend\w*|meetings?|workshops?|conference|present|delegat\w+|represented|were|that|which|who|whose|with|was|will|"
    r"would|should|may|could|can|former\w*|[a-z]+ed\s+(?:to|that|the)|to|not|appl\w+|candidates?|invited|contact\w*|documents?)\b",
    re.IGNORECASE,
)
# A heading inside a list that says of what kind the members below it are.
_GROUPED = re.compile(
    r"(?:(?<=\n)|^)[ \t#*]*(?P<head>(?:(?:Member|Participating)\s+)?(?:States?|Countries|Economies|Governments|Territories|"
    r"Organi[sz]ations|International\s+[Oo]rgani[sz]ations|Intergovernmental\s+[Oo]rgani[sz]ations|Agencies|Areas)"
    r"(?:\s+and\s+(?:[Tt]erritories|[Aa]reas|[Ee]conomies|[Aa]gencies|[Oo]ther\s+[Aa]reas))?)(?:\s*\(\s*\d+[^)]*\))?"
    r"[ \t]*(?::[ \t*]*(?=[A-Z•*-])|:?[ \t*]*(?=\n|$))"
)
# Sentences that say the same as a heading: "The Steering Group consists of …".
_SENTENCES = [
    ("observer", re.compile(r"\b(?:participate|attend|take\s+part)\s+as\s+observers\s*(?::|are\b|include\b)\s*")),
    ("observer", re.compile(r"\b[Oo]bserver(?:s|\s+(?:states|countries|governments|organi[sz]ations))\s+(?:are|include)\s*:?\s+")),
    (
        "steering-group",
        re.compile(r"\b[Ss]teering\s+[Gg]roup\s+(?:consists\s+of|comprises|is\s+made\s+up\s+of|is\s+composed\s+of)\s*:?\s+"),
    ),
]
# A row of a table with a column for the status: "4 Fiji Member 2002".
_ROW = re.compile(
    r"[\s,|]*(?P<status>[Mm]ember(?:\s+[Ss]tate)?|[Oo]bserver(?:\s+[Ss]tate)?|[Cc]o-?[Cc]hair)\b"
    # a status, not the heading of the list below
    r"(?!\s+(?:[Ss]tates|[Cc]ountr|[Gg]overnments|[Oo]rgani[sz]ations|[Ee]conomies|[Pp]arties))[\s,|]*(?:since\s+)?(?:(?:19"
    r"|20)\d\d)?[\s|]*"
)
_PERMANENT = re.compile(r"\b(?:permanent\s+)?co-?chairs(?:\s+of\s+the\s+process)?\s*(?::|\bare\b|[–-])\s*(?:the\s+)?", re.IGNORECASE)
# Another heading, or prose, ends a list.
_ENDS = re.compile(
    r"(?:^|\n)[ \t]*#{1,6}[ \t]|\n[ \t]*(?:[A-Z][\w’'-]*[ \t]+){1,6}(?:[a-z][\w’'-]*[ \t]+){2,}[^\n]*|\n[^\n]{0,40}\b(?:Country"
    r"|Countries|Chair\w*|Contacts?|Website|Links?|Documents?)[ \t]*(?=\n|$)|\n[^\n:]{3,60}:[ \t]*(?=\n|\S)"
    r"|(?<=[.;]\s)(?=[A-Z][^.:;\n]{2,60}:\s)"
)
_BETWEEN = re.compile(
    r"(?:[\s,;|/•·*†‡#–-]|\d{1,3}[.)]?(?=\s|$)|\b(?:and|the|The|as well as)\b|\((?:since|from|joined|until)?[^()A-Z]{0,30}\)"
    r"|\.\s*$|\.(?=\s))+"
)
_HEADS = 4  # lines of a title page
_OVER = re.compile(r"\s*\((?:until|till|formerly|former|withdrew|left)\b")  # a membership that has ended
_STRANGE = re.compile(r"[A-Z][\w’'.-]+(?:[ \t]+(?:(?:of|for|and|the|on)[ \t]+)?[A-Z(][\w’'.)-]+){0,6}")


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading at text[start:head_end] and the list below it, up to `end`."""

    status: str
    start: int
    head_end: int
    end: int


def likeness(document: Document) -> float:
    """The share of the text's names of states that stand in sections of a list of members; at least five must."""
    sections = _sections(document)
    if len(_rows(document)) >= 5:
        return 0.95
    heads = [p for p in document.passages if p.block.kind == "heading"][:_HEADS]
    if any(kind_of(p.s) for p in heads) and any(find_dates(p.s) for p in heads):  # of a meeting: its members came
        return 0.0
    if not any(s.status == "member" for s in sections):
        return 0.0
    listed = sum(len(_names(document, s)) for s in sections)
    everywhere = sum(1 for p in document.passages for m in p.matches if m.kind in ("area", "org"))
    return 0.95 * min(1.0, listed / everywhere) if listed >= 5 and everywhere else 0.0


def read(document: Document, context: ReadingContext) -> Reading:
    """A membership for each name below a heading."""
    draft = Draft(document, context, NAME)
    whole = _whole(document)
    if whole is None:
        return draft.reading()
    organisation, source = whole
    for section in _sections(document):
        heading = passage_of(document, context.gazetteer, section.start, section.head_end)
        body = passage_of(document, context.gazetteer, section.head_end, section.end)
        whole_of_section, status = organisation, section.status
        own = next((m.ref for m in heading.named("body")), None)
        if own and organisation.startswith("body:") and own != organisation:  # another body has a list of its own on the page of a body
            whole_of_section, status = own, "member"
        for m in _parties(body):
            if _OVER.match(body.s, m.end):
                continue
            _member(draft, body, m, whole_of_section, status, heading)
        for start, end in _strange(body):
            draft.add(Unresolved(written=body.s[start:end], kind="member", source=body.source(start, end, "members.unknown")))
    for p in document.passages:
        for cue in p.find(_PERMANENT):
            if not any(s.start <= p.text.span(cue.start(), cue.end()).start < s.head_end for s in _sections(document)):
                _co_chairs(draft, p, cue.end(), organisation)
        for status, pattern in _SENTENCES:
            for cue in p.find(pattern):
                _listed(draft, p, cue, organisation, status)
    for p, m, status in _rows(document):
        ref = next(r for r in m.refs if r.startswith(("area:", "org:")))
        row = p.whole("members.row")
        draft.add(MembershipFound(member=ref, organisation=organisation, status=status, written=m.written, source=row))
    draft.link("document", "mentions", organisation, source)
    return draft.reading()


def _sections(document: Document) -> list[_Section]:
    text = document.text
    heads = [(m, next(s for n, (s, _) in enumerate(_HEADINGS) if m[f"s{n}"])) for m in _HEADING.finditer(text)]
    leads = [m for m in _LEAD.finditer(text) if not _NO_LEAD.search(m["head"]) and not _of_others(document, *m.span("head"))]
    heads += [
        (m, "observer" if m["observer"] else "member")
        for m in leads
        if not any(m.start() < h.end() and h.start() < m.end() for h, _ in heads)
    ]
    heads += [(m, "observer" if m["observer"] else "member") for m in _TABLE.finditer(text)]
    heads.sort(key=lambda x: x[0].start())
    heads = _grouped(text, heads)
    found = []
    for i, (m, status) in enumerate(heads):
        stop = heads[i + 1][0].start() if i + 1 < len(heads) else len(text)
        edge = next((e.start() for e in _ENDS.finditer(text, m.end(), stop) if text[m.end() : e.start()].strip()), stop)
        start = m.start("head")
        if text[m.end() : edge].strip():
            found.append(_Section(status, start, m.end(), edge))
    return found


def _of_others(document: Document, start: int, end: int) -> bool:
    """Whether text[start:end] names another organisation and no body of the process: "ASEAN has ten members:"."""
    named = {m.kind for p in document.passages for m in p.matches if start <= p.text.at[m.start] < end}
    return "org" in named and not named & {"process", "body"}


def _grouped(text: str, heads: list[tuple[re.Match[str], str]]) -> list[tuple[re.Match[str], str]]:
    """The headings with those below them that only group the members: they have the status of the heading above."""
    found = list(heads)
    for m in _GROUPED.finditer(text):
        above = [(h, status) for h, status in heads if h.end() <= m.start()]
        if above and not any(m.start() < h.end() and h.start() < m.end() for h, _ in heads):
            found.append((m, above[-1][1]))
    return sorted(found, key=lambda x: x[0].start())


def _rows(document: Document) -> list[tuple[Passage, Match, str]]:
    """The rows of a table that name one party and its status."""
    names = [
        (p, m) for p in document.passages for m in p.matches if m.kind in ("area", "org") or any(r.startswith("area:") for r in m.refs)
    ]
    found: list[tuple[Passage, Match, str]] = []
    for p, m in names:
        row = _ROW.match(p.s, m.end)
        lead = re.search(r"(?:^|[\s\d])(?:\d{1,3}[.)]?\s+|[|]\s*)?(?:the\s+)?$", p.s[: m.start], re.IGNORECASE)
        piece = cut(p, m.start, row.end()) if row and lead else None
        if row and piece:
            inside = next((x for x in piece.matches if x.start == 0), None)
            if inside and (row.end() == len(p.s) or p.s[row.end() : row.end() + 1].isalnum()):
                found.append((piece, inside, row["status"].lower().replace("cochair", "co-chair").split()[0]))
    return found


def _listed(draft: Draft, p: Passage, cue: re.Match[str], organisation: Ref, status: str) -> None:
    for item in read_forward(p, cue.end(), len(p.s), ("area", "org")).items:
        ref = next(r for r in item.match.refs if not r.startswith("place:"))
        source = p.source(cue.start(), item.match.end, "members.sentence")
        draft.add(MembershipFound(member=ref, organisation=organisation, status=status, written=item.match.written, source=source))


def _names(document: Document, section: _Section) -> list[Match]:
    return [
        m
        for p in document.passages
        for m in p.matches
        if m.kind in ("area", "org") and section.head_end <= p.text.at[m.start] < section.end
    ]


def _parties(body: Passage) -> list[Match]:
    return [m for m in body.matches if m.kind in ("area", "org") or any(r.startswith("area:") for r in m.refs)]


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
