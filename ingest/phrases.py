"""Names that can be read only with the words around them, written as data in the reference tables (column `phrases`).

`{…}` marks the words that name the entity, a lone `…` stands for any words of the same sentence, ` @ ` separates words that must stand
somewhere in the same document:

* `Ministerial Declarations of 2016 and {2018}`: a title that a coordinated phrase shortens;
* `policy guides on … {Criminalising Trafficking in Persons}`: words that are a title only there;
* `{Strategy for Cooperation} @ October 2017 Update`: one name, several editions;
* `{ROK Justice and Gender Equality ministries}`: one phrase that names two entities, and stands in the row of each.

Case, typographic variants and -ise/-ize do not count, as for all names. A phrase is found whether or not another name overlaps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.gazetteer import normal

_BRACES = re.compile(r"[^{}]*\{([^{}]+)\}[^{}]*")
_GAP = "…"
_WITHIN = r"[^.;]{0,300}?"  # a gap stays in its sentence; a bound keeps matching linear


class PhraseError(ValueError):
    """The phrase does not mark exactly one name, or its name is empty."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """`before`{`name`}`after`, to be read only where `context` (if any) stands in the document."""

    before: str
    name: str
    after: str
    context: str | None = None

    @classmethod
    def parse(cls, text: str) -> Phrase:
        """Read the notation of the tables. Raises PhraseError."""
        body, at, context = text.partition(" @ ")
        found = _BRACES.fullmatch(body)
        if found is None or not found[1].strip() or _GAP in found[1] or (at and not context.strip()):
            raise PhraseError(f"{text!r} must mark one name in braces, as in 'Declarations of 2016 and {{2018}}'")
        start, end = found.span(1)
        return cls(body[: start - 1], found[1], body[end + 1 :], context.strip() or None)

    @property
    def whole(self) -> bool:
        """Whether the phrase is nothing but a name: then it can be matched like any alias."""
        return not (self.before or self.after or self.context)

    def applies(self, document: str) -> bool:
        """Whether the words that this phrase needs stand in the document."""
        return self.context is None or _flat(self.context) in _flat(document)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end in `text` of each name that stands in this phrase; the caller has asked `applies` of the whole document."""
        for found in _pattern(self).finditer(normal(text)):
            yield found.span("name")


@cache
def _pattern(phrase: Phrase) -> re.Pattern[str]:
    before, name, after = (_words(part) for part in (phrase.before, phrase.name, phrase.after))
    return re.compile(rf"(?<!\w){before}(?P<name>(?<!\w){name}(?!\w)){after}(?!\w)")


def _words(part: str) -> str:
    """A part of a phrase as a pattern: white space is any white space, a gap any words, and the white space beside it may be none."""
    pieces = re.sub(rf"\s*{_GAP}\s*", _GAP, normal(part)).split(_GAP)
    return _WITHIN.join(r"\s+".join(re.escape(word) for word in re.split(r"\s+", piece)) for piece in pieces)


def _flat(text: str) -> str:
    return " ".join(re.sub(r"[*_#]+", " ", normal(text)).split())
