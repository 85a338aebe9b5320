"""Rows of a list of activities whose cells have labels of their own, one below the other, and the marks that say what became of each.

A label ends with a colon ("Date: 3 May 2019"), or its value stands in a column of its own ("when    3 May 2019"). A mark before the title
("[x]", "[ ]") says what the key of the list says of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

from ingest.document import Document
from ingest.grammar.row_lines import LABELS, Line, Started, is_title, kind_of_label, lines_of

_LABEL = re.compile(r"[\s•*-]*(?P<label>[A-Za-z][A-Za-z\s/&-]{2,24}?)\s*:\s*")
_COLUMN = re.compile(r"[ \t]+(?P<label>[A-Za-z][A-Za-z/&-]+(?: [A-Za-z/&-]+){0,2})(?:[ ]{2,}|[ ]*\t\s*)(?=\S)(?!.*\S(?:\s{3,}|\t)\S)")
_MARK = r"(?:\[[^\]\n]{0,2}\]|\([A-Za-z]\)|[✓✔✗✘✕×○●◯►→])"
_MARKED = re.compile(rf"\s*(?P<mark>{_MARK})\s+(?=\S)")
_KEY = re.compile(rf"(?P<mark>{_MARK})\s*[=:–-]?\s*(?P<words>[A-Za-z][^\n\[\]()✓✔✗✘✕×○●◯►→]*)")
_KEYS = 2  # marks that a line explains
_SAID: Final = (
    (
        "off",
        re.compile(
            r"\b(?:put\s+off|postponed|deferred|suspended|given\s+up|cancel\w+|dropped|abandoned|withdrawn|not\s+held)\b", re.IGNORECASE
        ),
    ),
    (
        "planned",
        re.compile(
            r"\b(?:to\s+come|planned|upcoming|scheduled|forthcoming|future|tentative|proposed|to\s+be\s+held|ahead)\b", re.IGNORECASE
        ),
    ),
    ("held", re.compile(r"\b(?:held|done|completed|concluded|past|took\s+place|carried\s+out)\b", re.IGNORECASE)),
)


@dataclass(slots=True)
class _Open:
    """A row in the making: the kinds of its cells with their pieces of text; `column` is where the values stand, if in a column."""

    cells: list[tuple[str, list[tuple[int, int]]]] = field(default_factory=list)
    column: int | None = None
    status: str = ""

    def close(self) -> Started | None:
        dated = [n for n, (k, _) in enumerate(self.cells) if k == "date"]
        if not dated or not any(k == "title" for k, _ in self.cells):
            return None
        columns = tuple(k for k, _ in self.cells if k != "date")
        started = Started([c for _, c in self.cells], [0] * len(self.cells), columns, None, None, None, date_at=dated[0])
        started.status = self.status
        return started


def records(document: Document) -> list[Started]:
    """Rows whose cells have labels of their own: "Title: …", "Date: …", "Venue: …", one below the other."""
    found: list[Started] = []
    now = _Open()
    key = _key(document.text)
    whole = list(lines_of(document.text))
    for line, following in zip_longest([*whole, None], whole[1:]):
        label = _label(line, now.column) if line else None
        if line and now.cells and not line.blank and _indent(line) == now.column:  # the value above goes on
            now.cells[-1][1].append(line.part(now.column, len(line.text)))
            continue
        marked = _MARKED.match(line.text) if line and key else None
        over = (
            line is not None
            and line.blank
            and following is not None
            and not following.blank
            and _COLUMN.match(following.text)
            and _label(following, None)
        )
        title = line is not None and label is None and bool(marked or over or is_title(line.text))
        if line is None or title or (label and label[0] in [k for k, _ in now.cells]):
            if row := now.close():
                found.append(row)
            now = _Open()
        if line and label:
            kind, at, column = label
            now.column = at if column else now.column
            now.cells.append((kind, [line.part(at, len(line.text))] if at < len(line.text) else []))
        elif line and title:
            start = marked.end() if marked else len(line.text) - len(line.text.lstrip(" *#•"))
            now.status = key.get(marked["mark"], "") if marked else ""
            now.cells.append(("title", [line.part(start, len(line.text))]))
        elif line and now.cells and label is None and not line.blank and now.cells[-1][1]:
            now.cells[-1][1].append(line.part(0, len(line.text)))
    return found


def _label(line: Line, column: int | None) -> tuple[str, int, bool] | None:
    """The kind of the cell that a line begins, where its value begins, and whether that stands in a column of its own.

    The longest label may leave but one blank before the `column` of the rows above.
    """
    if column and line.text[column - 1 : column] == " " and (label := LABELS.fullmatch(line.text[:column].strip())):
        return kind_of_label(label), column, True
    for pattern in (_LABEL, _COLUMN):
        m = pattern.match(line.text)
        if m and (label := LABELS.fullmatch(m["label"].strip())):
            return kind_of_label(label), m.end(), pattern is _COLUMN
    return None


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _key(text: str) -> dict[str, str]:
    """What the key of a list says of each mark: "Key: [x] held, [ ] to come"."""
    found: dict[str, str] = {}
    for line in lines_of(text):
        said = {m["mark"]: status for m in _KEY.finditer(line.text) for status in [_status(m["words"])] if status}
        if len(said) >= _KEYS:
            found |= said
    return found


def _status(words: str) -> str:
    return next((status for status, pattern in _SAID if pattern.search(words)), "")
