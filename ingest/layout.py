"""Text → blocks with offsets: headings, numbered paragraphs, bullets, dated lines, plain paragraphs.

Lines that a page break or a converter tore apart are joined again; no offset is lost, because a block's text is a `Folded`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from ingest.folded import Folded, fold
from ingest.inline import Cut, bullet_cuts, number_cuts
from ingest.titles import Line, breaks_off, is_headline, is_title_case, title_lines

Kind = Literal["heading", "numbered", "bullet", "dated", "paragraph"]

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# Signs that only begin an item; the last three are those of symbol fonts.
BULLETS: Final = "•·‣▪●◦➢➤►▶▸■□◆❖\uf0b7\uf0a7\uf0d8"
_BULLET = re.compile(rf"\s*(?:[{BULLETS}]|[-–*>o](?=\s)|§(?=\s+[A-Z]))\s*")
_LETTER = re.compile(r"\s*(?:\((?:[a-z]|[ivx]{1,4})\)|[a-z]\)|(?:[a-h]|[ivx]{1,4})\.)\s+(?=\S)")
_NUMBER = re.compile(r"\s*\(?(\d{1,3})[.)](?:\s+(?=\S)|(?=[A-Z][a-z])|$)")
_PART = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){1,2})\.?\s+(?=[A-Z“\"])")  # "2.1 The Task Force agreed"
_ROMAN = re.compile(r"\s*[IVX]{1,5}[.)]\s+(?=[A-Z])")
_HEADING = re.compile(r"(#{1,6})\s+")
_AGENDA_ITEM = re.compile(
    r"\s*(?:Agenda\s+[Ii]tem|Item|Session|Part)\s+(?:\d{1,2}|[IVX]{1,4}|One|Two|Three|Four|Five|Six)\s*[:.–-]\s+(?=[A-Z])"
)
_AREA = re.compile(r"\((\d{1,2})\)\s+")
_OVER_BULLETS = re.compile(r"[A-Z][\w’'-]*(?:,?\s+[\w’'&-]+){0,9}\s*")
_DATED = re.compile(rf"\s*(?:\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?\s+)?(?:{_MONTHS}|[A-Z][a-z]{{2}})\.?\s+(?:19|20)\d\d\s*:")
# A row of a list of activities with another mark after its date: "25-26 February 2013 | Workshop on … | Jakarta". One alone is a dateline.
_DATED_ROW = re.compile(
    rf"[\s|•*-]*(?:\d{{1,2}}(?:\s*(?:[-–]|to|and)\s*\d{{1,2}})?\s+)?(?:(?:{_MONTHS}|[A-Z][a-z]{{2}})\.?\s*(?:[-–]|to)\s*(?:\d{{1,2}}\s+)?)?"
    rf"(?:{_MONTHS}|[A-Z][a-z]{{2}})\.?\s+(?:\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?,\s+)?(?:19|20)\d\d\s*(?:[|:]|\s[–—-]\s|\t)"
    rf"|[\s|•*-]*\d{{1,2}}(?:\s*(?:[-–]|to|and)\s*\d{{1,2}})?\s+(?:{_MONTHS})\s*(?:[|:]|\s[–—-]\s|\t)"
)
# "18 - 20 May 2010, Kuala Lumpur, Malaysia", below the title of what was held there.
_DATE_AND_PLACE = re.compile(
    rf"\s*\d{{1,2}}(?:\s*(?:[-–]|to|and)\s*\d{{1,2}})?\s+(?:{_MONTHS})\s+(?:19|20)\d\d,"
    r"\s+[A-Z][\w’‘' ]{2,40}(?:,\s+[A-Z][\w’‘' ]{2,40})?\s*"
)
# The gap before a second column that holds a date or a place with its country.
_COLUMN = re.compile(r"(?<=\w)(?:[ \t]{4,}|\t+)(?=(?:[^\s,]+\s){0,3}[^\s,]+,\s[A-Z][^,]*$|.*\b(?:19|20)\d\d$)")
_DATELINE = re.compile(
    rf"\s*(?:(?:Posted|Published|Updated|Date)\s*(?:on\s+)?:?\s*)?(?:[A-Z][a-z]{{2,8}}day,?\s+)?"
    rf"(?:\d{{1,2}}\s+(?:{_MONTHS}),?|(?:{_MONTHS})\s+\d{{1,2}},)\s+(?:19|20)\d\d\s*"
)
_CLAUSE = re.compile(r"[^;]+(?:;(?:\s+and)?\s*|\.\s*)$")  # a line of its own with one stop, at its end: a recital, no list of names
_WIDEST = 140  # characters of a line that a page can have; where lines are longer, a line break ends a paragraph
_HEAD_OF_TEXT = 600  # characters
_GOES_ON = -1  # the level of a paragraph that goes on behind the items inside it
_ROWS = 3  # at least so many make a list
_RULE = re.compile(r"\s*(?:[*_-]\s*){3,}$")
_CLOSED = re.compile(r"[.:;!?][\"”’')\]*_]*\s*$")
# A heading that a converter glued to the end of the paragraph before it: two spaces, a few words, no full stop.
YEAR_GLUED: Final = re.compile(r"(?<=\b(?:19|20)\d\d)(?=[A-Z][a-z]+(?: [a-z]|(?:-[A-Z][a-z]+)?:))")
# Words that lead to the bullets below them without a colon: "Having met in Bali, senior officials".
_LEADS = re.compile(
    r"\w,\s+(?:the\s+)?(?:[A-Za-z]+\s+){0,2}?(?:[Mm]inisters|[Oo]fficials|[Pp]articipants|[Mm]embers|[Dd]elegates|[Mm]eeting|[Ww]orkshop|[Cc]onference|[Gg]roup)$"
)
_GATHERING = re.compile(
    r"(?:The\s+)?(?:[A-Z][a-z]+\s+){0,3}(?:Group|Force|[Mm]eeting|[Cc]onference|[Ww]orkshop|[Dd]ialogue|[Ff]orum|[Mm]inisters|[Oo]fficials|[Pp]articipants|[Mm]embers)"
)
_SHORT_TITLE = re.compile(r"\s*[A-Z][a-z]+(?:\s+[A-Za-z]+){0,2}\s*")  # "Results", "Next steps"
_PAGE = re.compile(r"\s*(?:[Pp]age\s+\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?|[-–]\s*\d{1,3}\s*[-–])\s*$")
# What parts a heading from the prose of a text on few lines: the mark of a page behind a sentence, or a gap.
_PARTED = re.compile(r"(?:(?<=[.!?][\s\d])|(?<=[.!?]))\s*\b[Pp]age\s+\d{1,3}\s+of\s+\d{1,3}\b\s*|[ \t]{2,}")
_WIDE_HEADING = 110  # characters
_GLUED = re.compile(r"(?<=[.!?])[ \t]{2,}(?=[A-Z][\w’'-]*(?: [\w’'-]+){1,7}\s*$)")


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of layout.

    `number` is what the text prints ("4"); `label` names the block in evidence: the number, "1.3" for the third bullet below a
    numbered heading, else its position "b12". `section` is the label of the heading or numbered paragraph that it stands under.
    """

    kind: Kind
    text: Folded
    label: str
    number: str | None = None
    level: int = 0
    section: str | None = None


@dataclass(slots=True)
class _Open:
    kind: Kind
    start: int
    end: int
    number: str | None = None
    level: int = 0


def printed(label: str) -> str:
    """The label of a block as far as the text prints it: empty for one that only counts blocks."""
    return "" if label.startswith("b") else label


def layout(text: str) -> list[Block]:
    """Cut a text into blocks, in order."""
    return _label(text, _areas(text, _inline(text, _cut(text))))


def _cut(text: str) -> list[_Open]:
    blocks: list[_Open] = []
    blank = True
    lines = list(_lines(text))
    titles = title_lines(lines)
    unwrapped = any(len(x.words) > _WIDEST for x in lines)
    rows = {x.start for x in lines if _DATED_ROW.match(x.text) or _DATE_AND_PLACE.fullmatch(x.text)}
    rows = rows if len(rows) >= _ROWS else set()
    for at in lines:
        start, line = at.start, at.text
        if not line.strip():
            blank = True
            continue
        if _PAGE.fullmatch(line):  # the number of a page: what stood before it goes on after it
            continue
        if start in rows:
            m = _BULLET.match(line)
            blocks.append(_Open("dated", start + (m.end() if m else 0), end=start + len(line)))
            blank = False
            continue
        if start in titles:
            if titles[start] and blocks and blocks[-1].kind == "heading":
                blocks[-1].end = start + len(line)
            else:
                blocks.append(_Open("heading", start, start + len(line)))
            blank = False
            continue
        if _RULE.fullmatch(line):
            blank = True
            blocks.append(_Open("heading", start, start))  # closes the block before; dropped when labelled
            continue
        end = start + len(line)
        glued = _GLUED.search(line)
        tail = _Open("heading", start + glued.end(), end) if glued else None
        if glued:
            line, end = line[: glued.start()], start + glued.start()
        fresh = _start(line, start, end)
        if fresh is None and blocks and _continues(text, blocks[-1], line, blank, unwrapped):
            blocks[-1].end = end
        else:
            blocks.append(fresh or _Open("paragraph", start, end))
        if tail:
            blocks.append(tail)
        blank = False
    return [b for b in blocks if b.end > b.start]


def _lines(text: str) -> Iterator[Line]:
    """The lines of a text; a sentence that a converter glued to the year before it ("5-6 June 2003In the chair …") is a line of its own.

    So is the second column of a head ("Tenth Meeting of …        Colombo, Sri Lanka").
    """
    position = 0
    for raw in text.splitlines(keepends=True):
        start, position = position, position + len(raw)
        line = raw.rstrip()
        if (
            (m := _COLUMN.search(line))
            and start < _HEAD_OF_TEXT
            and is_title_case(line[: m.start()].strip())
            and is_title_case(line[m.end() :])
        ):
            yield Line(start, line[: m.start()])
            start, line = start + m.end(), line[m.end() :]
        elif m := YEAR_GLUED.search(line):
            yield Line(start, line[: m.start()])
            start, line = start + m.start(), line[m.start() :]
        yield from _parted(start, line)


def _parted(start: int, line: str) -> Iterator[Line]:
    """The headings that stand inside a line as long as a page, and the prose between them."""
    if len(line) <= _WIDEST:
        yield Line(start, line)
        return
    cuts = [m.span() for m in _PARTED.finditer(line)]
    parts = [(a, b) for (_, a), (b, _) in pairwise([(0, 0), *cuts, (len(line), 0)]) if b > a]
    heads, over_prose = set[int](), False
    for a, b in reversed(parts):
        over_prose = _is_wide_prose(line[a:b]) or (over_prose and _is_wide_heading(line[a:b]))
        if over_prose and not _is_wide_prose(line[a:b]):
            heads.add(a)
    open_at, last = parts[0]
    for (before, _), (a, b) in pairwise(parts):
        if a in heads or before in heads:
            yield Line(start + open_at, line[open_at:last])
            open_at = a
        if a in heads and before not in heads:
            yield Line(start + a, "")  # as if a blank line stood there
        last = b
    yield Line(start + open_at, line[open_at:last])


def _is_wide_prose(words: str) -> bool:
    return len(words) > _WIDE_HEADING and _CLOSED.search(words) is not None


def _is_wide_heading(words: str) -> bool:
    return len(words) <= _WIDE_HEADING and is_headline(words) and (is_title_case(words) or _OVER_BULLETS.fullmatch(words) is not None)


def _inline(text: str, blocks: list[_Open]) -> list[_Open]:
    """Cut the blocks again where paragraphs and bullets begin inside a line."""
    taken = {int(b.number) for b in blocks if b.kind == "numbered" and b.number and b.number.isdigit()}
    result: list[_Open] = []
    last = 0
    for b in blocks:
        last = int(b.number) if b.kind == "numbered" and b.number and b.number.isdigit() else last
        for part in _apart(b, number_cuts(text, b.start, b.end, last, taken)):
            last = int(part.number) if part.kind == "numbered" and part.number and part.number.isdigit() else last
            result += _apart(part, bullet_cuts(text, part.start, part.end))
    return [b for b in result if b.end > b.start]


def _apart(block: _Open, cuts: list[Cut]) -> list[_Open]:
    parts = [replace(block)]
    for cut in cuts:
        parts[-1].end = cut.end
        parts.append(_Open(cut.kind, cut.start, block.end, cut.number, level=_GOES_ON if cut.kind == "paragraph" else 0))
    if cuts and cuts[0].kind == "numbered" and cuts[0].number == "1" and parts[0].kind == "paragraph":
        parts[0].kind = "heading"  # what stands before the first paragraph is the title
    return parts


def _areas(text: str, blocks: list[_Open]) -> list[_Open]:
    """Where every number stands before a few words over bullets ("1. Law enforcement"), the numbers count headings, not paragraphs."""
    numbered = [(b, after) for b, after in pairwise([*blocks, None]) if b is not None and b.kind == "numbered"]
    if len(numbered) < 2 or not all(
        after is not None and after.kind == "bullet" and _OVER_BULLETS.fullmatch(text, b.start, b.end) for b, after in numbered
    ):
        return blocks
    return [replace(b, kind="heading") if b.kind == "numbered" else b for b in blocks]


def _start(line: str, start: int, end: int) -> _Open | None:
    """The block that this line opens by its own marks."""
    if m := _HEADING.match(line):
        return _Open("heading", start + m.end(), end, level=len(m[1]))
    if _AGENDA_ITEM.match(line) and len(line) < 100 and not _CLOSED.search(line):
        return _Open("heading", start, end)
    if (m := _ROMAN.match(line)) and len(line) < 100 and not _CLOSED.search(line) and is_title_case(line[m.end() :]):
        return _Open("heading", start + m.end(), end)
    if m := _NUMBER.match(line) or _PART.match(line):
        return _Open("numbered", start + m.end(), end, number=m[1])
    if _DATED.match(_BULLET.sub("", line, count=1)):
        m = _BULLET.match(line)
        return _Open("dated", start + (m.end() if m else 0), end)
    m = _LETTER.match(line) or _BULLET.match(line)
    return _Open("bullet", start + m.end(), end) if m and m.end() < len(line) else None


def _continues(text: str, block: _Open, line: str, blank: bool, unwrapped: bool) -> bool:
    """Whether a line without marks goes on with the block before it. `unwrapped`: lines of this text are as long as its paragraphs."""
    before = text[block.start : block.end]
    first = line.lstrip().lstrip('*_"“‘')[:1]
    if block.kind == "heading":
        return False
    if not before.strip():  # the number stands on a line of its own
        return True
    if not blank:
        return not _ends_at_break(block, before, line, first, unwrapped)
    if _CLOSED.search(before) or (block.kind == "bullet" and _SHORT_TITLE.fullmatch(line)):
        return False
    if block.kind == "paragraph" or len(before) < 60:
        return first.islower()
    return True


def _ends_at_break(block: _Open, before: str, line: str, first: str, unwrapped: bool) -> bool:
    """Whether a line break ends the paragraph: below a date of its own, between recitals, over a date or a remark, in unwrapped text."""
    if block.kind != "paragraph":
        return False
    last = before.rpartition("\n")[2]
    if _DATELINE.fullmatch(line):
        return len(before) < _WIDEST and is_headline(before)
    if first == "(":
        return len(before) < 60 and not _CLOSED.search(before)
    if not first.isupper():
        return False
    if unwrapped:
        return not (breaks_off(last) or last.rstrip().endswith(("/", "-", "–")))
    return _DATELINE.fullmatch(last) is not None or (_CLAUSE.fullmatch(before) is not None and _CLAUSE.match(line) is not None)


def _label(text: str, cut: list[_Open]) -> list[Block]:
    blocks: list[Block] = []
    section: str | None = None
    bullets = 0
    for position, b in enumerate(cut, start=1):
        words = fold(text, b.start, b.end)
        if not words.s:
            continue
        kind, number, label = b.kind, b.number, f"b{position}"
        leads = position < len(cut) and _leads_to(text, words.s, cut[position])
        if (
            kind == "paragraph"
            and not leads
            and (len(words) < 160 or is_title_case(words.s))
            and not _CLOSED.search(words.s)
            and not words.s.endswith(",")
        ):
            kind = "heading"
        if kind == "heading":
            if m := _AREA.match(words.s):
                number = m[1]
                words = words.part(m.end(), len(words))
            section, bullets, label = number, 0, number or label
        elif kind == "numbered":
            section, bullets, label = number, 0, number or label
        elif kind == "paragraph" and b.level == _GOES_ON and section:
            label = section
        elif kind in ("bullet", "dated") and section:
            bullets += 1
            label = f"{section}.{bullets}"
        blocks.append(Block(kind, words, label, number, b.level, section))
    return _bullets_of_prose(blocks)


def _leads_to(text: str, words: str, item: _Open) -> bool:
    """Whether words without a colon lead to the item below them: "The Task Force" over "1. agreed to meet"."""
    if item.kind == "bullet" and _LEADS.search(words):
        return True
    return (
        item.kind in ("bullet", "numbered")
        and text[item.start : item.end].lstrip()[:1].islower()
        and _GATHERING.fullmatch(words) is not None
    )


def _bullets_of_prose(blocks: list[Block]) -> list[Block]:
    """Bullets inside a numbered paragraph have no number of their own: evidence names the paragraph."""
    numbered = {b.label for b in blocks if b.kind == "numbered"}
    return [replace(b, label=b.section) if b.kind == "bullet" and b.section in numbered and b.section else b for b in blocks]
