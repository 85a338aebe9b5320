"""Lines of a title page: which lines of a text are headings by their look, and which two of them are one title torn by a line break.

Capitals throughout mark a heading anywhere; lines in which only small words are lower case ("Kuala Lumpur, Malaysia") mark one only
before the first sentence of the text, because a list of names looks just like that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SMALL = frozenset("a an and as at by de for from in la of on or the to with".split())
_CONNECTS_ON = re.compile(r"(?:\b(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with)|[,&–-])$", re.IGNORECASE)
_CONNECTS_BACK = re.compile(r"(?:and|by|for|in|of|on|or|to|with)\b", re.IGNORECASE)
# A line that says what kind of text this is, or when something was, begins and ends a title of its own.
_UNIT = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:statement|declaration|communiqu[eé]|summary|report|agenda|recommendations|minutes|chairs?|chairmen)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.:;!?][\"”’')\]*_]*$")
_MARKED = re.compile(r"\s*(?:[#•·‣▪●◦*_|>–-]|\(?\d{1,3}[.)]\s|\(?[a-z]\))")
_NOUN_WITHIN = re.compile(r"\S\s+(?:meeting|conference|workshop|seminar|forum)\b", re.IGNORECASE)
_PATH = re.compile(r"^\W*Home\s*[>»›/|]|\S\s+[>»›]\s+\S")
_WRAPPED = 45  # characters; in shorter lines a break says nothing of the width of the page
_TOPICS_ON = re.compile(r"\w+,\s+(?:[\w’'-]+\s+)+and\b", re.IGNORECASE)  # "SMUGGLING, TRAFFICKING IN PERSONS AND" below "… ON PEOPLE"
_OVER = re.compile(r"[A-Z][\w’'-]*(?:\s+[\w’'&-]+){0,5}")  # a few words without stops or figures
_LEADS = re.compile(r"(?:The\s+)?[A-Z][\w’'-]*(?:\s+[\w’'-]+){0,6}:")  # "The Group:" over the items of a list
_LONG, _LONG_NAME = 120, 220  # characters; the full name of a conference is longer than another title
_LONGEST = 8  # lines of one title; more are a list


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with its offsets, without the line break."""

    start: int
    text: str

    @property
    def words(self) -> str:
        return self.text.strip()


def breaks_off(words: str) -> bool:
    """Whether a line ends on a word after which a title must go on ("Conference of the Process on")."""
    return _CONNECTS_ON.search(words.rstrip()) is not None


def is_path(words: str) -> bool:
    """Whether a line says where a page stands on its site: "Home > Events > Workshop on Visa Fraud"."""
    return _PATH.search(words) is not None


def is_capitals(words: str) -> bool:
    """Whether a line is written in capitals throughout; an acronym or two are no heading."""
    letters = [c for c in words if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def is_title_case(words: str) -> bool:
    """Whether only small words are lower case, as in a title or in "Bali, Indonesia, 3 May 2012"."""
    lower = [w for w in re.findall(r"[^\W\d_][\w'’-]*", words) if w[0].islower()]
    return (
        0 < len(words) < (_LONG_NAME if _NOUN_WITHIN.search(words) else _LONG)
        and words[:1] not in "(["
        and any(c.isupper() for c in words)
        and all(w in _SMALL for w in lower)
        and not _CLOSED.search(words)
        and not _MARKED.match(words)
    )


def is_headline(words: str) -> bool:
    """Whether a line may stand over a text: it begins with a capital and no full stop ends it, nor does it break off."""
    return words.strip()[:1].isupper() and not _CLOSED.search(words) and not breaks_off(words) and "\n" not in words.strip()


def title_lines(lines: list[Line]) -> dict[int, bool]:
    """Start of each line that is a heading by its look → whether it goes on with the title line before it."""
    found: dict[int, bool] = {}
    before_prose, previous = True, ""
    for group in _groups(lines):
        head = 0 if previous.endswith(",") else _capitals(group)  # a list of acronyms that goes on from the line before is no heading
        if before_prose:
            head = max(head, _front(group))
        head = head or _over_prose(group)
        if head:
            found |= _joined(group[:head])
        before_prose = before_prose and all(is_title_case(x.words) or is_capitals(x.words) or len(x.words) < 60 for x in group)
        previous = group[-1].words
    return found


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Runs of lines without a blank one between them; after a line that is closed by a full stop capitals begin a run of their own."""
    groups: list[list[Line]] = [[]]
    for line in lines:
        if not line.words:
            groups.append([])
        elif groups[-1] and is_capitals(line.words) and not is_capitals(groups[-1][-1].words) and _CLOSED.search(groups[-1][-1].words):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [g for g in groups if g]


def _capitals(group: list[Line]) -> int:
    head = next((n for n, x in enumerate(group) if not is_capitals(x.words) or _MARKED.match(x.words)), len(group))
    return head if head <= _LONGEST else 0


def _front(group: list[Line]) -> int:
    """How many lines at the head of a run before the first sentence are titles: those over prose, or a few lines with a title in them."""
    head = next((n for n, x in enumerate(group) if not is_title_case(x.words)), len(group))
    if not head or head > _LONGEST:
        return 0
    if head == len(group):
        return head if len(group) > 1 and any(_UNIT.search(x.words) for x in group) else 0
    return head if _is_prose(group[head].words) else 0


def _over_prose(group: list[Line]) -> int:
    """1 where a few words stand over a paragraph of their own accord: the line breaks although the next word had room in it."""
    if len(group) < 2 or not _OVER.fullmatch(group[0].words):
        return 0
    if len(group) > 2 and _LEADS.fullmatch(group[1].words) and _MARKED.match(group[2].words) and not breaks_off(group[0].words):
        return 1
    if not _is_prose(group[1].words):
        return 0
    first, rest = group[0].words, group[1].words
    room = max(len(x.words) for x in group[1:]) - len(first)
    return 1 if rest[0].isupper() and room > max(30, len(rest.split(maxsplit=1)[0]) + 1) else 0


def _is_prose(rest: str) -> bool:
    return len(rest) > 40 and not _MARKED.match(rest) and len(re.findall(r"\b[a-z]{3,}\b", rest)) > 3 and not re.match(r"\w+:", rest)


def _joined(group: list[Line]) -> dict[int, bool]:
    width = max(len(x.words) for x in group)
    found: dict[int, bool] = {}
    for before, line in zip([None, *group], group, strict=False):
        found[line.start] = before is not None and _goes_on(before.words, line.words, width)
    return found


def _goes_on(before: str, line: str, width: int) -> bool:
    if _UNIT.search(line) and re.search(r"\d{4}", line):
        return bool(re.search(r"\b(?:of|on|and|for|to|from|–|-|\d{1,2})$", before, re.IGNORECASE))
    if re.fullmatch(r"(?:[\w.'’-]+\s){0,2}[\w.'’-]+,(?:\s[\w.'’-]+){1,3}", line) and not _CONNECTS_ON.search(before):
        return False  # "Kuala Lumpur, Malaysia"
    if _CONNECTS_ON.search(before) or _CONNECTS_BACK.match(line):
        return True
    wrapped = width >= _WRAPPED and len(before) + 1 + len(line.split(maxsplit=1)[0]) > width
    return wrapped and (_TOPICS_ON.match(line) is not None or not any(_UNIT.search(x) or _NOUN_WITHIN.search(x) for x in (before, line)))
