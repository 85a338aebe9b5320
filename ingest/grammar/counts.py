"""Counts of unnamed states: "17 regional countries had made use of …; 17 already had …; and nine were considering …".

The countries are not named, so none is. What was counted is told by the words of the concepts of scheme observed-property.
"""

from __future__ import annotations

import re

from ingest.document import Passage, ReadingContext
from ingest.findings import DateRead, ObservationFound, Ref
from ingest.grammar.numbers import NUMBER_WORD, read_number

_WHO = r"(?P<population>regional\s+|member\s+|participating\s+)?(?:countries|states|members|governments|economies)"
_COUNT = re.compile(rf"\b(?P<number>\d{{1,3}}|{NUMBER_WORD})\s+{_WHO}\b", re.IGNORECASE)
# After a first count the noun is left out: "; 17 already had …; and nine were …".
_NEXT = re.compile(rf"(?:;|,)\s*(?:and\s+)?(?P<number>\d{{1,3}}|{NUMBER_WORD})\s+(?=already|had|have|were|are|was)", re.IGNORECASE)


def read_counts(p: Passage, context: ReadingContext, population: Ref, as_of: DateRead | None) -> list[ObservationFound]:
    """The counts of the passage about the instrument that it names."""
    about = next((m.ref for m in p.named("instrument")), None)
    first = _COUNT.search(p.s)
    if about is None or first is None:
        return []
    hits = [first, *_NEXT.finditer(p.s, first.end())]
    found = []
    for i, m in enumerate(hits):
        end = hits[i + 1].start() if i + 1 < len(hits) else _sentence_end(p, m.end())
        observed = context.terms.observed_property(p.s, m.end(), end)
        number = read_number(m["number"])
        if observed is None or number is None:
            continue
        found.append(
            ObservationFound(
                about=about,
                observed=observed,
                value=number,
                unit="countries",
                population=population,
                as_of=as_of,
                source=p.source(m.start("number"), end, "counts.states"),
            )
        )
    return found


def _sentence_end(p: Passage, position: int) -> int:
    end = next((end for start, end in p.sentences() if start <= position < end), len(p.s))
    return end - 1 if p.s[end - 1] in ".;" else end
