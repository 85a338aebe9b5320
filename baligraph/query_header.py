"""The header of a query file: the lines that begin with `#+`, read the same way for questions, rules and checks.

    #+ summary: One line of text.
    #+ columns:
    #+   year: the year
    #+   meetings: how many

A field is a name, a colon and its text; text that is longer, or a list of entries, stands below it, indented by three blanks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from baligraph.errors import InputError

_MARK: Final = "#+"
_INDENT: Final = "   "
_FIELD: Final = re.compile(r" ([a-z][a-z-]*):(?: +(\S.*?))? *")
_ENTRY: Final = re.compile(r"([A-Za-z][A-Za-z0-9_-]*): +(\S.*?) *")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: `name: text`, with its line in the file."""

    name: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a header. `lines` are its lines of text with their numbers in the file."""

    name: str
    line: int
    file: str
    lines: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        """The text in one line."""
        return " ".join(line.strip() for _, line in self.lines)

    @property
    def block(self) -> str:
        """The text with its line breaks, for a query."""
        return "\n".join(line for _, line in self.lines)

    def entries(self) -> tuple[Entry, ...]:
        """The text as a list of entries. Raises InputError for a line that is none, and for a name that stands twice."""
        found: dict[str, Entry] = {}
        for number, line in self.lines:
            entry = _ENTRY.fullmatch(line)
            if entry is None:
                raise InputError(self.file, f"{line!r} is no entry of {self.name}", "Write `#+   name: text`.", line=number)
            if entry[1] in found:
                raise InputError(self.file, f"{self.name} has {entry[1]} twice", "Keep one of the two.", line=number)
            found[entry[1]] = Entry(entry[1], entry[2], number)
        return tuple(found.values())


def read_header(text: str, file: str, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Field]:
    """The fields of the header of `file`, by name.

    Raises InputError: a line is neither field nor text of one, a field is unknown, stands twice, is empty or is missing.
    """
    known = (*required, *optional)
    found: dict[str, Field] = {}
    for name, line, lines in _fields(text, file):
        if name not in known:
            raise InputError(file, f"the header has an unknown field {name!r}", f"A field is one of {', '.join(known)}.", line=line)
        if name in found:
            raise InputError(file, f"the header has {name} twice", f"The first stands in line {found[name].line}: keep one.", line=line)
        if not lines:
            raise InputError(file, f"the header's {name} is empty", f"Write `#+ {name}: …`, or leave the line out.", line=line)
        found[name] = Field(name, line, file, tuple(lines))
    for name in required:
        if name not in found:
            raise InputError(file, f"the header lacks {name}", f"Add a line `#+ {name}: …`.", line=1)
    return found


def _fields(text: str, file: str) -> Iterator[tuple[str, int, list[tuple[int, str]]]]:
    current: tuple[str, int, list[tuple[int, str]]] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith(_MARK):
            continue
        rest = line.removeprefix(_MARK)
        if current is not None and rest.startswith(_INDENT):
            current[2].append((number, rest.removeprefix(_INDENT)))
            continue
        field = _FIELD.fullmatch(rest)
        if field is None:
            raise InputError(file, f"{line!r} is no header line", "Write `#+ name: text`, and below it `#+   ` for more.", line=number)
        if current is not None:
            yield current
        current = field[1], number, [(number, field[2])] if field[2] else []
    if current is not None:
        yield current
