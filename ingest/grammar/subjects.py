"""What the subject of a verb is: a named party right before it; and whether the verb stands in a clause of its own at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest.grammar.cues import ADVERBS, Party

_INTERROGATIVE = re.compile(r"\b(?:how|whether|what|why|if|so that|in order that)\b(?!\s+to\b)")
_RELATIVE = re.compile(rf"\b(?:which|who|whom|that(?!\s+more\s+$)|whose)\s+{ADVERBS}*$")
_RELATIVE_SUBJECT = re.compile(r"\b(?:which|whom|whose|where|in which)\s+(?:[\w'-]+\s+){1,4}$")
# "that" opens a content clause after these words; after any other noun it opens a relative clause.
_CONTENT_HOSTS: Final = re.compile(
    r"(?:\b(?:and|or|but|it|view|fact|agreement|consensus|hope|understanding|participants|members|delegates|so|such|now|given|clear|true|timely|"
    r"important|essential|critical|crucial|vital|imperative|necessary|appropriate|desirable|ensure|ensuring|ensured|meant|means|is|was|felt|held|view|opinion|belief|"
    r"need|needs|emphasis|recognition|said|stated|explained|showed|indicated|argued|mentioned|reported)|(?:agree|note|recognise|acknowledge|"
    r"emphasise|underline|underscore|reiterate|observe|conclude|believe|urge|propose|stress|suggest|affirm|reaffirm|recommend|highlight|"
    r"request|confirm|recall)s?|stresses|\w+ed|\w+ing|strongly|[,;:])\s+$"
)
_THAT_SUBJECT = re.compile(r"\bthat\s+(?:[\w'-]+\s+){1,3}$")
# "The RSO thanked members for their replies and undertook to …": nobody else has a verb between the two.
_THANKED_AND = re.compile(
    rf"(?:\s+\([^()]{{2,12}}\))?\s+{ADVERBS}*(?:thanked|congratulated|commended|expressed\s+(?:its|their)\s+(?:[a-z]+\s+)?(?:appreciation|thanks|gratitude))\s"
    rf"(?:(?!\b(?:who|which|that|whose|and\s+(?:the\s+)?[\w'-]+\s+[a-z]+ed)\b)[^.;:]){{2,200}}?,?\s+and\s+{ADVERBS}*"
)
_CLAUSE_END = re.compile(r"[;,]|\band,?\s+that\b")


def party_before(n: str, verb: int, parties: Sequence[Party]) -> int | None:
    """Where the name begins that is the subject of the verb, or None."""
    for a, b, _ in parties:
        if b <= verb and re.fullmatch(rf"(?:,\s+as\s+[^,;]+,)?\s+(?:(?:have|has|had)\s+)?{ADVERBS}*", n[b:verb]):
            return a - 4 if n.startswith("the ", a - 4) else a
    return None


def party_that_thanked(n: str, start: int, verb: int, parties: Sequence[Party]) -> int | None:
    """Where the name begins of the party that the sentence says thanked somebody "and" did this, or None."""
    for a, b, _ in parties:
        if n[start:a].strip() in ("", "the") and _THANKED_AND.fullmatch(n, b, verb):
            return a
    return None


def is_dependent(n: str, start: int, at: int) -> bool:
    """Whether the verb at `at` stands in a relative clause or an indirect question."""
    if _RELATIVE.search(n, start, at) or _RELATIVE_SUBJECT.search(n, start, at):
        return True
    that = _THAT_SUBJECT.search(n, start, at)
    if that and that.start() > start and not _CONTENT_HOSTS.search(n, start, that.start()):
        return True
    last = max((m.end() for m in _CLAUSE_END.finditer(n, start, at) if m[0][0] in ";a"), default=start)
    return _INTERROGATIVE.search(n, last, at) is not None and not _condition(n, last, at)


def _condition(n: str, start: int, at: int) -> bool:
    """ "If requested, members should …": a condition before the main clause is no indirect question."""
    return re.match(r"\W*if\b[^,]*,", n[start:at]) is not None
