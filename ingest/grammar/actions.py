"""What was to be done: tables ("Action | Who | By when") with one row for each action, and items ("Action points": "IOM to report")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import ProvisionFound
from ingest.grammar.actors import NOBODY, Parties, acting_names
from ingest.grammar.clauses import Clause
from ingest.grammar.cues import Act, Cue
from ingest.grammar.lines import lines
from ingest.grammar.provisions import Given, provision
from ingest.grammar.verbs import main_verbs

_WHAT: Final = re.compile(
    r"(?:agreed\s+|required\s+|follow-?up\s+)?(?:actions?|tasks?)(?:\s+(?:points?|items?|agreed|required))?", re.IGNORECASE
)
_WHO: Final = re.compile(
    r"who|(?:action\s+)?by\s+whom|lead|owner|responsib(?:le|ility)(?:\s+(?:party|parties|agency|body))?|assigned\s+to|action\s+(?:by|officer)",
    re.IGNORECASE,
)
_WHEN: Final = re.compile(
    r"(?:by(?:\s+when)?|when|due(?:\s+date|\s+by)?|deadline|timing|time\s?frame|target(?:\s+date)?|date)", re.IGNORECASE
)
# "Action points" over items, and before one of them: "Action 2: IOM to report".
_POINTS: Final = re.compile(
    r"\W*(?:\d{1,2}\.?\s+)?(?:(?:agreed|follow-?up|next|key|summary\s+of)\s+)?(?:action\s+(?:points?|items?|list)|actions)(?:\s+(?:arising|agreed))?\s*:?\W*",
    re.IGNORECASE,
)
_POINT: Final = re.compile(r"\W*(?:Action(?:\s+(?:point|item))?|ACTION)(?:\s+\d{1,2})?\s*[:–—-]\s*(?=[A-Z])")
_TO_DO: Final = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:to|will|shall)\s+(?!be\b|have\b)(?=[a-z]{2,})")
_BAR = "|"
_STATUS = re.compile(r"\b(?:completed?|closed|done|cancelled|withdrawn|proposed|not\s+agreed)\b", re.IGNORECASE)
_LIST = re.compile(r"(?:[\s,;/&]|\band\b|\bthe\b|\ball\b|\bwith\b)*", re.IGNORECASE)


def with_actions(found: list[ProvisionFound], document: Document, context: ReadingContext) -> list[ProvisionFound]:
    """The provisions `found` in the prose of a document and, behind them, those of its tables of actions."""
    rows = [*_rows(document, context), *_points(document, context)]
    prose = [f for f in found if not any(a <= f.source.anchor.start < b for _, (a, b) in rows)]
    return [*prose, *(replace(f, key=f"action-{i}", order=len(found) + i) for i, (f, _) in enumerate(rows, 1))]


def _rows(document: Document, context: ReadingContext) -> Iterator[tuple[ProvisionFound, tuple[int, int]]]:
    """What each row asks somebody to do, with the offsets of the row in the text; a table without a column for who acts is none."""
    head: Passage | None = None
    columns: dict[str, int] = {}
    for line in lines(document, context.gazetteer):
        cells = _cells(line)
        if named := _columns(line, cells):
            head, columns = line, named
        elif head is None or max(columns.values()) >= len(cells):
            head = None
        elif found := _row(line, cells, columns, head, context):
            yield found, (line.text.at[0], line.text.at[-1] + 1)


def _points(document: Document, context: ReadingContext) -> Iterator[tuple[ProvisionFound, tuple[int, int]]]:
    """The items that say who is "to" do what, below "Action points" or behind "Action:", where the tables know all who are to act."""
    head: Passage | None = None
    for p in document.passages:
        led = _POINT.match(p.s)
        if _POINTS.fullmatch(p.s):
            head = p
        elif head is not None and p.block.kind not in ("bullet", "numbered"):
            head = None
        if (led or head) and head is not p and (found := _point(p, led.end() if led else 0, head, context)):
            yield found, (p.text.at[0], p.text.at[-1] + 1)


def _point(p: Passage, start: int, head: Passage | None, context: ReadingContext) -> ProvisionFound | None:
    who = [m for m in acting_names(p) if m.start >= start and len(m.refs) == 1]
    position = start
    for m in who:
        if not _LIST.fullmatch(p.s, position, m.start):
            break
        position = m.end
    told = tuple(m.refs[0] for m in who if m.end <= position)
    verb = _TO_DO.match(p.s, position) if told else None
    if verb is None:
        return None
    end = len(p.s.rstrip(" ;,."))
    cue = Cue(verb.start(), verb.end(), Act.DECIDE, "task")
    clause = Clause(start, end, "Decision", cue, (cue,), rule="provisions.item")
    said = (head.whole("provisions.actions"),) if head else ()
    found = provision(p, clause, context, Given("Decision", ("task",), Parties(addressees=tuple(dict.fromkeys(told))), said=said))
    verbs = main_verbs(p.s.lower(), verb.end(), end, context.lexicon, unknown=True)
    return replace(found, verbs=tuple(verbs), actions=tuple(dict.fromkeys(slug for v in verbs if (slug := context.lexicon.action(v)))))


def _cells(line: Passage) -> list[tuple[int, int]]:
    """Where the cells of a row stand, without the spaces around them."""
    found, start = [], 0
    for end in [*(i for i, c in enumerate(line.s) if c == _BAR), len(line.s)]:
        words = line.s[start:end]
        low = start + len(words) - len(words.lstrip())
        found.append((low, max(low, start + len(words.rstrip()))))
        start = end + 1
    return found


def _columns(line: Passage, cells: list[tuple[int, int]]) -> dict[str, int]:
    """Which column says what, who and when, if the row is the head of a table of actions."""
    named: dict[str, int] = {}
    for i, (a, b) in enumerate(cells):
        for name, pattern in (("what", _WHAT), ("who", _WHO), ("when", _WHEN)):
            if pattern.fullmatch(line.s[a:b].rstrip(":")):
                named.setdefault(name, i)
    return named if {"what", "who"} <= named.keys() else {}


def _row(
    line: Passage, cells: list[tuple[int, int]], columns: dict[str, int], head: Passage, context: ReadingContext
) -> ProvisionFound | None:
    start, end = cells[columns["what"]]
    if end <= start or _STATUS.search(line.s, end):
        return None
    cue = Cue(start, end, Act.DECIDE, "task")
    clause = Clause(start, end, "Decision", cue, (cue,), rule="provisions.item")
    found = provision(
        line, clause, context, Given("Decision", ("task",), _who(line, *cells[columns["who"]]), said=(head.whole("provisions.actions"),))
    )
    verbs = main_verbs(line.s.lower(), start, end, context.lexicon, unknown=True)
    due = line.s[slice(*cells[columns["when"]])] if "when" in columns else ""
    return replace(
        found,
        verbs=tuple(verbs),
        actions=tuple(dict.fromkeys(slug for v in verbs if (slug := context.lexicon.action(v)))),
        due=due if any(c.isdigit() for c in due) or " " in due else None,
    )


def _who(line: Passage, start: int, end: int) -> Parties:
    """Those who are to act, where the tables know all of them."""
    names = [m for m in acting_names(line) if start <= m.start and m.end <= end and len(m.refs) == 1]
    position = start
    for m in names:
        if not _LIST.fullmatch(line.s, position, m.start):
            return NOBODY
        position = m.end
    return Parties(addressees=tuple(dict.fromkeys(m.refs[0] for m in names))) if names and not line.s[position:end].strip() else NOBODY
