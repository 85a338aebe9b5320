"""Who is to act and who is addressed: the names around the operative verb of a clause, as far as the reference tables know them.

A name that no table has gives nothing; a collective ("members", "affected countries") is an entity of its own and is never expanded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.document import Passage
from ingest.findings import Ref
from ingest.gazetteer import Match, normal
from ingest.grammar.clauses import Clause
from ingest.grammar.cues import ASK, Act
from ingest.grammar.numbers import NUMBER_WORD
from ingest.lexicon import Lexicon

ACTING: Final = ("group", "process", "area", "org", "gov", "body")
_DEPENDENT = re.compile(
    r"\b(?:of|for|from|in|to|with|by|on|at|between|among|amongst|against|within|across|under|through|as)\s+(?:the\s+|all\s+|other\s+|\d+\s+|"
    rf"(?:{NUMBER_WORD})\s+)*$"
)
# Members of something else: "Task Force members".
_OF_ANOTHER = re.compile(r"\b[A-Z][\w’'-]*\s+(?:Force|Group|Board|Council|Committee|Commission|Team)\s+$")
# Not all of them: "some members", "two participants".
_NOT_ALL = re.compile(rf"\b(?:some|several|many|most|certain|various|few|individual|\d\d?|{NUMBER_WORD})\s+$", re.IGNORECASE)
# After the name of a process these words begin no noun that it would modify ("Bali Process workshop").
_NO_NOUN = (
    "and or which who that as to in through with should must will shall need needs is are was were has have had also further agreed could "
    "would may at by on for together including jointly therefore"
).split()
_GOES_ON = re.compile(rf"\s+(?!(?:{'|'.join(_NO_NOUN)})\b)[a-z]")
_OWNS = re.compile(r"['’-]")
_ASIDE = re.compile(
    r"\s[–—-]\s.*?\s[–—-]\s|\([^()]*\)"
    r"|,\s+(?:such\s+as|including|like|for\s+example|e\.g\.)\s[^.;]*?(?:$|(?=,?\s(?:is|are|was|were|should|will|shall|must)\b))"
)
_BY = re.compile(r"\bby\s+(?:the\s+|all\s+(?:of\s+)?(?:the\s+)?|relevant\s+|interested\s+)*")
_BETWEEN = re.compile(
    r"\b(?:cooperation|coordination|collaboration|exchange|dialogue)\s+(?:between|among|amongst)\s+(?:the\s+)?", re.IGNORECASE
)
_ITEM_VERBS = re.compile(
    r"\s*(?:continue to\s+)?(?P<first>[a-z]+)(?:\s+and\s+[a-z]+)?\s+(?:on\s+|upon\s+)?(?:the\s+|all\s+)?", re.IGNORECASE
)
_LIST = re.compile(r"[\s,]*(?:and|or|as well as)?\s*(?:[Tt]he\s+|other\s+)*")


@dataclass(frozen=True, slots=True)
class Parties:
    """`actors` are to act, or speak where the clause is a recognition or decision; `addressees` are asked or told to."""

    actors: tuple[Ref, ...] = ()
    addressees: tuple[Ref, ...] = ()


NOBODY: Final = Parties()


def parties(p: Passage, clause: Clause) -> Parties:
    """The actors and addressees of a clause of the passage `p`."""
    names = acting_names(p)
    if clause.rule == "provisions.aside":
        return Parties(actors=_sequence(p, names, clause.head.speaker or 0, clause.head.start))
    return _parties(p, clause, names)


def _parties(p: Passage, clause: Clause, names: list[Match]) -> Parties:
    head = clause.head
    if head.passive and head.act in (Act.ASK, Act.DECIDE) and not p.s[head.start : head.end].lower().startswith("be "):
        impersonal = re.match(r"\s*it\b", p.s[clause.start : head.start], re.IGNORECASE) is not None
        asked = () if impersonal else _subject(p, names, clause.start, head.start) or _between(p, names, clause.start, head.start)
        return Parties(actors=_by(p, names, head.end, clause.end), addressees=asked)
    if head.spoken and not head.passive:
        told = _told(p, names, head.end, clause.end) if head.act in (Act.ASK, Act.DECIDE) else ()
        if head.speaker is not None and head.speaker < clause.start:  # the subject stands with another verb before
            return Parties(actors=_sequence(p, names, head.speaker, head.start), addressees=told)
        return Parties(actors=_subject(p, names, clause.start, head.start), addressees=told)
    if head.act is Act.RECOGNISE or head.act in (Act.VALUE, Act.MODAL):
        return Parties(actors=_by(p, names, head.end, clause.end) if head.passive else ())
    if re.match(r"\s*be\s", p.s[head.end : clause.end]):  # "should be enacted by …"
        return Parties(actors=_by(p, names, head.end, clause.end) or _between(p, names, head.end, clause.end))
    return Parties(actors=_subject(p, names, clause.start, head.start))


def item_addressees(p: Passage, lexicon: Lexicon) -> tuple[Ref, ...]:
    """Whom an item addresses that begins with its verb: "encourage and support members to …"."""
    m = _ITEM_VERBS.match(p.s)
    if m is None or not any(lexicon.wording.get(normal(w)) in ASK for w in re.findall(r"\w+", m[0])):
        return ()
    return _sequence(p, acting_names(p), m.end(), len(p.s))


def opening_name(p: Passage) -> Match | None:
    """The name with which a bullet begins: "members to consider …"."""
    return next((m for m in acting_names(p) if p.s[: m.start].strip().lower() in ("", "the", "all") and _whole(p, m)), None)


def opening_names(p: Passage) -> tuple[Ref, ...]:
    """The names with which a bullet begins: "IOM and UNHCR prepare a paper"."""
    first = opening_name(p)
    return _sequence(p, acting_names(p), first.start, len(p.s)) if first else ()


def acting_names(p: Passage) -> list[Match]:
    """Names that may act, without those inside the name of a collective ("Bali Process" in "Bali Process countries")."""
    names = p.named(*ACTING)
    groups = [m for m in names if m.kind == "group"]
    others = [m for m in groups if _NOT_ALL.search(p.s, 0, m.start) or (m.ref == "group:members" and _OF_ANOTHER.search(p.s, 0, m.start))]
    names = [m for m in names if m not in others]
    return [m for m in names if m.kind == "group" or not any(g.start <= m.start and m.end <= g.end for g in groups)]


def named(p: Passage, start: int, end: int, kinds: Sequence[str]) -> tuple[Ref, ...]:
    """The entities of these kinds named in s[start:end], each once, in order."""
    return tuple(dict.fromkeys(ref for m in p.named(*kinds, start=start, end=end) for ref in m.refs if ref.partition(":")[0] in kinds))


def engaged(p: Passage, start: int, end: int) -> tuple[Ref, ...]:
    """The bodies and organisations with or through which s[start:end] is to be done; a mere owner or recipient is left out."""
    found = [
        m for m in p.named("body", "org", start=start, end=end) if not re.search(r"\b(?:to|of|from)\s+(?:the\s+)?$", p.s[start : m.start])
    ]
    return tuple(dict.fromkeys(ref for m in found for ref in m.refs if ref.partition(":")[0] in ("body", "org")))


def _refs(found: Sequence[Match]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(m.refs[0] for m in found if len(m.refs) == 1))


def _whole(p: Passage, m: Match) -> bool:
    """Whether the name is no modifier of a noun after it, as in "Bali Process workshop"."""
    if m.kind == "group":
        return True
    if _OWNS.match(p.s, m.end) or re.match(r"\s+[A-Z][a-z]+", p.s[m.end :]):
        return False
    return m.kind != "process" or _GOES_ON.match(p.s, m.end) is None


def _subject(p: Passage, names: list[Match], start: int, end: int) -> tuple[Ref, ...]:
    aside = [a.span() for a in _ASIDE.finditer(p.s, start, end)]
    names = [m for m in names if not any(a <= m.start < b for a, b in aside)]
    heads = [m for m in names if start <= m.start and m.end <= end and not _DEPENDENT.search(p.s[start : m.start].lower()) and _whole(p, m)]
    return _refs(heads)


def _sequence(p: Passage, names: list[Match], start: int, end: int) -> tuple[Ref, ...]:
    """The list of names that begins at `start`."""
    found: list[Match] = []
    position = start
    for m in names:
        if m.start >= position and m.end <= end and _LIST.fullmatch(p.s, position, m.start) and _whole(p, m):
            found.append(m)
            position = m.end
    return _refs(found)


def _by(p: Passage, names: list[Match], start: int, end: int) -> tuple[Ref, ...]:
    return next((found for m in _BY.finditer(p.s, start, end) if (found := _sequence(p, names, m.end(), end))), ())


def _between(p: Passage, names: list[Match], start: int, end: int) -> tuple[Ref, ...]:
    return next((found for m in _BETWEEN.finditer(p.s, start, end) if (found := _sequence(p, names, m.end(), end))), ())


def _told(p: Passage, names: list[Match], start: int, end: int) -> tuple[Ref, ...]:
    m = re.compile(r"\s*(?:on\s+|upon\s+)?(?:that\s+)?(?:the\s+|all\s+|its\s+|their\s+|interested\s+|relevant\s+|concerned\s+)*").match(
        p.s, start, end
    )
    return _sequence(p, names, m.end() if m else start, end)
