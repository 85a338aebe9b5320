"""Lists of members in a text: which lines are headings, what each says of the names below it, and where the list ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.document import Document, Passage
from ingest.gazetteer import Match
from ingest.grammar.lines import cut
from ingest.grammar.regions import REGION
from ingest.grammar.side_columns import Columns, columns_of
from ingest.titles import is_capitals

_UNSAID = ""  # the names below the heading are neither
_PARTICIPANT = "participant"  # a member where no heading says "Members"; beside such a heading, what they are is not said
_NOUN = r"(?:states?|countries|governments?|economies|organi[sz]ations?|parties|territories|areas|agencies|nations)"
_COUNT = r"(?:\s*\(\s*\d+(?:\s+[A-Za-z]+)?\s*\)|\s*\([a-z][a-z0-9 ]{2,30}\)|\s*[:–-]?\s*\d+(?=\s*(?:$|:)))?"
_HEADINGS = [
    (
        "observer",
        rf"(?:(?:permanent|participating|participant|international|current|other|further)\s+)?observers?(?:\s+(?:and\s+other\s+)?{_NOUN})?(?:\s+and\s+(?:observer\s+)?{_NOUN})?"
        rf"|(?:(?:other|further)\s+)?(?:participating\s+)?{_NOUN}(?:\s+and\s+{_NOUN})?\s*\(observers?\)"
        rf"|who\s+are\s+(?:the|our|its)\s+observers\?"
        rf"|observing\s+{_NOUN}(?:\s+and\s+{_NOUN})?"
        rf"|(?:participating\s+)?{_NOUN}\s+(?:(?:that|which)\s+)?(?:participat(?:e|ing)|attend(?:ing)?|tak(?:e|ing)\s+part)\s+as\s+observers",
    ),
    ("steering-group", r"(?:members?\s+of\s+the\s+)?steering\s+group(?:\s+members?)?"),
    ("co-chair", r"(?:permanent\s+)?co-?chairs?(?:\s+(?:countries|states))?"),
    (
        "member",
        rf"(?:list\s+of\s+)?(?:the\s+)?(?:current\s+|full\s+)?member(?:ship|s)?\s*(?:(?:international|regional)\s+)?{_NOUN}?(?:\s+and\s+{_NOUN})?"
        rf"|(?:list\s+of\s+|our\s+)?members(?:hip)?(?:\s+(?:and|by)\s+(?:year|date)s?\s+of\s+(?:joining|accession|admission))?"
        rf"|who\s+are\s+(?:the|our|its)\s+members\?",
    ),
    (
        _UNSAID,
        rf"(?:other|further|non-member)\s+(?:(?:participating|participant)\s+)?{_NOUN}(?:\s+and\s+{_NOUN})?|non-member\s+participants",
    ),
    (_PARTICIPANT, rf"(?:list\s+of\s+)?(?:the\s+)?participating\s+{_NOUN}(?:\s+and\s+{_NOUN})?"),
]
_ANY = "|".join(rf"(?P<s{n}>(?i:{pattern}))" for n, (_, pattern) in enumerate(_HEADINGS))
# Words that may be the name of the whole, before the heading: "Bali Process – Members".
_PREFIX = r"(?:(?P<whole>[A-Z][\w’'&-]*(?:[ \t]+[\w’'&-]+){0,5}?)[ \t]*[–—:-]?[ \t]+)??"
_HEADING = re.compile(
    rf"(?:(?:^|(?<=\n)|(?<=[.;]\s))[#*\s•-]*)(?P<head>{_PREFIX}(?:{_ANY}))(?P<of>\s+of\s+the\s+[A-Z][\w ]+?)?{_COUNT}"
    r"\s*(?P<end>:|\t|\*{0,2}\s*(?=\n|$))"
)
_WHOLE_HEADING = re.compile(rf"(?:{_ANY}){_COUNT}")
# In a text on one line, with the names numbered: "Other participants 1. Austria 2. Belgium".
_NUMBERED = re.compile(rf"(?:^|(?<=\s))(?P<head>(?:{_ANY})){_COUNT}(?P<end>:?\s+)(?=\d{{1,2}}[.)]\s+[A-Z])")
# A sentence that leads to a list: "The Ad Hoc Group comprises the following members:", "Membership now stands at 49:".
_LEAD = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;]\s))[ \t]*"
    r"(?P<head>(?=[^.:;\n]*\b(?i:following|comprises?|composed|consists?|made\s+up|stands\s+at|are|includes?|has|now)\b)"
    r"[^.:;\n]{0,120}?\b(?:(?P<observer>(?i:observers?))|(?i:members?|membership))\b[^.:;\n]{0,60}):[ \t]*(?=\n|$|[A-Z•*-]|\d{1,3}\s+[a-z])"
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
_LINE = re.compile(rf"(?<=\n)[#*\s•-]*(?:The\s+)?(?P<head>[A-Z][^\n:(|]{{2,100}}?)(?P<end>{_COUNT}[ \t*]*:?[ \t]*(?=\n))")
# A heading inside a list that says of what kind the members below it are.
_GROUPED = re.compile(
    rf"(?:(?<=\n)|^)[ \t#*]*(?P<head>{REGION}|(?:(?:Member|Participating)\s+)?(?:States?|Countries|Economies|Governments|Territories|"
    r"Organi[sz]ations|International\s+[Oo]rgani[sz]ations|Intergovernmental\s+[Oo]rgani[sz]ations|Agencies|Areas)"
    r"(?:\s+and\s+(?:[Tt]erritories|[Aa]reas|[Ee]conomies|[Aa]gencies|[Oo]ther\s+[Aa]reas))?)(?:\s*\(\s*\d+[^)]*\))?"
    r"[ \t]*(?::[ \t*]*(?=[A-Z•*-])|:?[ \t*]*(?=\n|$))"
)
_ANY_LINE = re.compile(r"(?<=\n)[^\n]+")
# A line that says of what kind those below it are, in words that no other pattern knows: "Dialogue partners", "Donor governments (3)".
_OTHER_KIND = re.compile(
    r"[#*\s•-]*(?=[A-Z])[^\n.:;|]{0,80}?\b(?i:states|countries|governments|economies|organi[sz]ations|agencies|institutions|bodies|partners|"
    r"members|participants|observers|donors|guests|invitees|applicants|candidates|coordinators|groups)[*\s]*(?:\(\s*\d+[^)\n]*\))?[*\s]*:?[*\s]*"
)
_LABEL = re.compile(r"\n[ ]*(?P<label>[^\n\t]{3,40})\t")
# A row of a table with a column for the status: "4 Fiji Member 2002".
_ROW = re.compile(
    r"[\s,|]*(?P<status>[Mm]ember(?:\s+[Ss]tate)?|[Oo]bserver(?:\s+[Ss]tate)?|[Cc]o-?[Cc]hair)\b"
    # a status, not the heading of the list below
    r"(?!\s+(?:[Ss]tates|[Cc]ountr|[Gg]overnments|[Oo]rgani[sz]ations|[Ee]conomies|[Pp]arties))[\s,|]*(?:since\s+)?(?:(?:19"
    r"|20)\d\d)?[\s|]*"
)
# A line of prose below the heading, which names states for another reason than that they are listed.
_PROSE = re.compile(r"\s*(?:The|It|In|Since|When|This)\b[^\n]{0,80}?\b(?:is|was|were|has|have|had|began|grew|took)\b[^\n]*\.[ \t]*(?=\n)")
_LISTS = re.compile(r"\b(?:are|includes?|comprises?|consists?|made\s+up|composed|following|these|namely)\b|:", re.IGNORECASE)
# A sentence on some of those who belong, or on others: "Canada and France are observers."
_SENTENCE = re.compile(r"(?:(?<=\n)|(?<=[.;][ \t]))[ \t]*(?=[A-Z])(?P<said>[^\n.;]+)")
_VERB = re.compile(r"(?<!which\s)(?<!who\s)(?<!that\s)\b(?:is|are|was|were|has|have|had|may|will|would|participates?|attends?|attended)\b")
# Another heading, or prose, ends a list.
_ENDS = re.compile(
    r"(?:^|\n)[ \t]*#{1,6}[ \t]|\n[ \t]*(?:[A-Z][\w’'-]*[ \t]+){1,6}(?:(?:of|the|for|and|on|in)[ \t]+)*+(?:[a-z][\w’'-]*[ \t]+){2,}[^\n]*"
    r"|\n[^\n]{0,40}\b(?:Country"
    r"|Countries|Chair\w*|Contacts?|Website|Links?|Documents?)[ \t]*(?=\n|$)|\n[^\n:]{3,60}:[ \t]*(?=\n|\S)"
    r"|(?<=[.;]\s)(?=[A-Z][^.:;\n]{2,60}:\s)"
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading at text[start:head_end] and the list below it, up to `end`; `status` is empty where the heading says none."""

    status: str
    start: int
    head_end: int
    end: int


def side_by_side(document: Document) -> list[Columns]:
    """The lists in columns of a table, each with its own heading."""
    return columns_of(document, _status_of)


def _status_of(heading: str) -> str | None:
    m = _WHOLE_HEADING.fullmatch(heading)
    status = next(s for n, (s, _) in enumerate(_HEADINGS) if m[f"s{n}"]) if m else None
    return _UNSAID if status == _PARTICIPANT else status


def sections_of(document: Document) -> list[Section]:
    """The lists below headings, but for those side by side."""
    text = document.text
    tables = side_by_side(document)
    heads = [
        (m, next(s for n, (s, _) in enumerate(_HEADINGS) if m[f"s{n}"]))
        for m in [*_HEADING.finditer(text), *_NUMBERED.finditer(text)]
        if "whole" not in m.groupdict() or not m["whole"] or _names_whole(document, m)
    ]
    leads = [m for m in _LEAD.finditer(text) if not _NO_LEAD.search(m["head"]) and not _of_others(document, *m.span("head"))]
    heads += [
        (m, "observer" if m["observer"] else "member")
        for m in leads
        if not any(m.start() < h.end() and h.start() < m.end() for h, _ in heads)
    ]
    heads += [(m, "observer" if m["observer"] else "member") for m in _TABLE.finditer(text)]
    heads += [(m, "member") for m in _bodies(document) if not any(m.start() < h.end() and h.start() < m.end() for h, _ in heads)]
    heads.sort(key=lambda x: x[0].start())
    heads = _parted(text, _grouped(text, heads))
    besides = any(status == "member" for _, status in heads)
    found = []
    for i, (m, status) in enumerate(heads):
        if any(t.start <= m.start("head") < t.end for t in tables):
            continue
        stop = min([*(h.start() for h, _ in heads[i + 1 : i + 2]), *(t.start for t in tables if t.start >= m.end()), len(text)])
        edge = next((e.start() for e in _ENDS.finditer(text, m.end(), stop) if text[m.end() : e.start()].strip()), stop)
        if text[m.end() - 1] == "\t":
            edge = _next_label(document, m.end(), edge)
        edge = _next_sentence(document, m.end(), _next_kind(document, m.end(), _next_capitals(document, m.end(), edge)))
        said = status if status != _PARTICIPANT else _UNSAID if besides else "member"
        begin = prose.end() if (prose := _PROSE.match(text, m.end(), edge)) and not _LISTS.search(prose[0]) else m.end()
        if text[begin:edge].strip():
            found.append(Section(said, m.start("head"), begin, edge))
    return found


def _parted(text: str, heads: list[tuple[re.Match[str], str]]) -> list[tuple[re.Match[str], str]]:
    """The headings, where "Participating countries" and "Participating agencies" are parts of a heading with nothing else below it."""
    found: list[tuple[re.Match[str], str]] = []
    over = _UNSAID
    for n, (m, status) in enumerate(heads):
        if status != _PARTICIPANT:
            empty = n + 1 < len(heads) and not text[m.end() : heads[n + 1][0].start()].strip()
            over = status if empty else _UNSAID
        found.append((m, over if over and status == _PARTICIPANT else status))
    return found


def _bodies(document: Document) -> list[re.Match[str]]:
    """The lines that are the name of a body and nothing else, below the title."""
    names = {span.start: span.end for p in document.passages for m in p.named("body") if (span := p.text.span(m.start, m.end))}
    return [m for m in _LINE.finditer(document.text) if m.start() and names.get(m.start("head")) == m.end("head")]


def _next_label(document: Document, start: int, end: int) -> int:
    """Where the next label stands in front of a tab; a name of a party is none."""
    parties = {p.text.at[m.start] for p in document.passages for m in p.matches}
    return next((m.start() for m in _LABEL.finditer(document.text, start, end) if m.start("label") not in parties), end)


def _next_capitals(document: Document, start: int, end: int) -> int:
    """Where the next line in capitals stands that names no party: another heading, whatever it says."""
    parties = [p.text.at[m.start] for p in document.passages for m in p.matches]
    for line in _ANY_LINE.finditer(document.text, start, end):
        if is_capitals(line[0].strip()) and not any(line.start() <= at < line.end() for at in parties):
            return line.start()
    return end


def _next_sentence(document: Document, start: int, end: int) -> int:
    """Where a sentence stands, below the first of those who are listed, that names parties: why it does, the heading does not say."""
    parties = [p.text.at[m.start] for p in document.passages for m in p.named("area", "org")]
    first = min((at for at in parties if start <= at < end), default=end)
    for sentence in _SENTENCE.finditer(document.text, first, end):
        plain = re.sub(r"\([^()]*\)", "", sentence["said"])
        if _VERB.search(plain) and any(sentence.start("said") <= at < sentence.end() for at in parties):
            return sentence.start("said")
    return end


def _next_kind(document: Document, start: int, end: int) -> int:
    """Where the next line stands that names a kind of parties and no party: what those below it are is not said by the heading above."""
    names = [p.text.span(m.start, m.end) for p in document.passages for m in p.named("area", "org", "place")]
    for line in _ANY_LINE.finditer(document.text, start, end):
        if _OTHER_KIND.fullmatch(line[0]) and not any(line.start() < n.end and n.start < line.end() for n in names):
            return line.start()
    return end


def _names_whole(document: Document, heading: re.Match[str]) -> bool:
    """Whether what stands before a heading is the name of the process or of a body."""
    start, end = heading.span("whole")
    named = [p.text.span(m.start, m.end) for p in document.passages for m in p.named("body", "process")]
    return any(n.end == end and not re.sub(r"(?i:the|our)\s+", "", document.text[start : n.start]) for n in named if n.start >= start)


def _of_others(document: Document, start: int, end: int) -> bool:
    """Whether text[start:end] names another organisation and no body of the process: "ASEAN has ten members:"."""
    named = {m.kind for p in document.passages for m in p.matches if start <= p.text.at[m.start] < end}
    return "org" in named and not named & {"process", "body"}


def _grouped(text: str, heads: list[tuple[re.Match[str], str]]) -> list[tuple[re.Match[str], str]]:
    """The headings with those below them that only group the members: they have the status of the heading above.

    Not so below observers that are listed already: "International organisations" behind them may be members.
    """
    found = list(heads)
    for m in _GROUPED.finditer(text):
        above = max((h for h in found if h[0].end() <= m.start()), key=lambda h: h[0].end(), default=None)
        if above and not any(m.start() < h.end() and h.start() < m.end() for h, _ in heads):
            parted = "\n" in above[0]["head"]  # "Observers" over "Countries:", so that "Agencies:" is the next part of them
            apart = above in heads and above[1] == "observer" and text[above[0].end() : m.start()].strip() and not parted
            found.append((m, _UNSAID if apart else above[1]))
    return sorted(found, key=lambda x: x[0].start())


def rows_of(document: Document) -> list[tuple[Passage, Match, str]]:
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
