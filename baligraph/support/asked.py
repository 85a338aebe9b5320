"""One node under judgement, and the questions that several judges ask of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from baligraph.support.cues import KINDS
from baligraph.support.facts import Facts, Values
from baligraph.support.readback import bare, content, loosely_in, runs_in, stands_in, why_not_date, words

Fault: TypeAlias = tuple[str, str, str]
"""Kind, value, reason."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One node under judgement, with the words that it rests on."""

    facts: Facts
    node: str
    values: Values
    quote: str
    anchor: str

    def all(self, name: str) -> list[str]:
        return self.values.get(name, [])

    def one(self, name: str) -> str:
        return next(iter(self.values.get(name, ())), "")

    def names(self, iri: str) -> set[str]:
        return self.facts.names.get(iri, set())

    def named(self, iri: str, where: str) -> bool:
        """Whether a name of the entity stands there, or all the words of one that mean something."""
        names = self.names(iri)
        return any(stands_in(name, where) for name in names) or any(loosely_in(name, where) for name in names if len(content(name)) > 1)

    def alluded(self, iri: str, where: str) -> bool:
        """Whether at least two words of a name that mean something stand there: "the model legislation" for a longer title."""
        return self.named(iri, where) or any(len(content(name) & content(where)) > 1 for name in self.names(iri))

    def named_as_nation(self, area: str, where: str) -> bool:
        """Whether a name of the state or territory stands there, or an adjective that begins like one ("Sri Lankan", "Thai")."""
        said = [word for word in words(where) if len(word) > 3]
        for name in self.names(area):
            first = max(words(name), key=len, default="")
            if len(first) > 3 and any(word.startswith(first[: max(4, len(first) - 2)]) or first.startswith(word) for word in said):
                return True
        return self.named(area, where)

    def before(self, reach: int = 600) -> str:
        """The text that leads up to the first passage."""
        passages = self.facts.behind(self.node)
        text = self.facts.texts.get(passages[0].slug, "") if passages else ""
        return text[max(0, passages[0].start - reach) : passages[0].start] if passages else ""


def belongs(asked: Asked, written: str, entity: str) -> bool:
    names = asked.names(entity)
    return asked.named(entity, written) or any(content(written) and content(written) <= content(name) for name in names)


def said(asked: Asked, kind: str, name: str) -> Iterator[Fault]:
    for value in asked.all(name):
        if not runs_in(value, asked.quote):
            yield kind, value, f"these words ({name}) do not stand in the passage"


def date_fault(said: str, start: str, end: str, precision: str, passage: str) -> Iterator[Fault]:
    try:
        first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    except ValueError:
        yield "date", f"{start}/{end}", "the bounds that belong to these words are missing"
        return
    precisions = [precision] if precision else ["day", "range", "month", "year"]
    reasons = [why_not_date(said, first, last, p, passage) for p in precisions]
    if all(reasons):
        yield "date", f"{start}/{end}", f"the date can't be read back: {reasons[0]}"


def meeting_named(asked: Asked, meeting: str, where: str) -> bool:
    """A meeting is named by a word for its kind and, where it has a number and the words hold one, the same number."""
    kinds = {iri.rpartition("#")[2] for iri in asked.facts.types.get(meeting, ())}
    if not re.search(
        "|".join([r"meet|conference|workshop|event|forum", *(KINDS[k] for k in kinds if k in KINDS)]), bare(where), re.IGNORECASE
    ):
        return False
    specific = [KINDS[kind] for kind in kinds if kind in KINDS]
    return not specific or any(re.search(pattern, bare(where), re.IGNORECASE) for pattern in specific)
