"""What can be seen of a query without parsing it: its form, and whether it calls out. Comments, strings, IRIs and names are skipped.

This serves negotiation (which needs the form) and friendly early refusals. Of a text that the parser has not accepted it is no
guarantee of anything: the worker's limits are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Form: TypeAlias = Literal["solutions", "truth", "triples", "update", "unknown"]

_FORMS: Final[dict[str, Form]] = {
    "SELECT": "solutions",
    "ASK": "truth",
    **dict.fromkeys(("CONSTRUCT", "DESCRIBE"), "triples"),
    **dict.fromkeys("INSERT DELETE LOAD CLEAR CREATE DROP COPY MOVE ADD WITH".split(), "update"),
}
_VOLATILE: Final = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
# Linear on any text, or one query could hold up the gateway: possessive repeats, no two branches that scan the same stretch in vain, and a
# string that never ends swallows the rest (the query is wrong anyway).
_SKIPPED: Final = r"""
      \#[^\r\n]*+                                                          # comment
    | <[^<>"{}|^`\\\x00-\x20]*+>                                          # IRI
    | '''(?:'{0,2}(?:[^'\\]|\\.))*+(?:''')? | \"""(?:"{0,2}(?:[^"\\]|\\.))*+(?:\""")?
    | '(?:[^'\\\r\n]|\\.)*+'? | "(?:[^"\\\r\n]|\\.)*+"?
    | [?$]\w++ | @[A-Za-z-]++                                              # variable, language tag
"""
_LOCAL: Final = r":(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*+"
_FLAGS: Final = re.VERBOSE | re.DOTALL
_LEXER: Final = re.compile(rf"{_SKIPPED} | (?P<name>[\w.-]++)? (?P<local>{_LOCAL})?", _FLAGS)  # keyword, number, prefixed name, blank node
_WORDS: Final = re.compile(rf"{_SKIPPED} | (?:[\w.-]++)? {_LOCAL} | ([\w.-]++)", _FLAGS)  # in group 1 what is keyword or number


@dataclass(frozen=True, slots=True)
class Sketch:
    """`service`: calls a remote service; `volatile`: two answers to it may differ; `dataset`: names its graphs itself (FROM)."""

    form: Form
    service: bool
    volatile: bool
    dataset: bool = False


# What keeps its spaces: strings, IRIs, what a backslash escapes
_KEPT: Final = r"""
      '''(?:'{0,2}(?:[^'\\]|\\.))*+''' | \"""(?:"{0,2}(?:[^"\\]|\\.))*+\"""
    | '(?:[^'\\\r\n]|\\.)*+' | "(?:[^"\\\r\n]|\\.)*+" | <[^<>"{}|^`\\\x00-\x20]*+> | \\.
"""
_SPACED: Final = re.compile(
    rf"""
      (?P<kept> {_KEPT} )
    | (?P<space> (?: [ \t\r\n]++ | \#[^\r\n]*+ )++ )                       # comments can be left out
    | (?P<odd>   ['"\\] )
    """,
    _FLAGS,
)
_NEAT: Final = re.compile(rf"(?: {_KEPT} | [^\s'\"\\<\#]++ | < | [ \n](?![\s\#]) )*+", _FLAGS)  # most queries, and quickly seen to be


def normalised(query: str) -> str:
    """The query without comments and with single spaces, as a key: two texts of one key mean the same.

    Breaks of line stay breaks of line, and a text with a stray quote stays as it is: where our reading of it might differ from the
    engine's, the key must not bring together what the engine would keep apart.
    """
    if _NEAT.fullmatch(bare := query.strip()):
        return bare
    if any(match["odd"] for match in _SPACED.finditer(query)):
        return query
    return _SPACED.sub(_squeezed, query).strip()


def _squeezed(match: re.Match[str]) -> str:
    if match["space"] is None:
        return match[0]
    return "\n" if "\n" in match[0] or "\r" in match[0] else " "


def sketch(query: str) -> Sketch:
    """Look at the words of a query."""
    words = " ".join(_WORDS.findall(query)).upper().replace(".", " ").replace("-", " ").split()  # a dot may end a triple
    form: Form = next((_FORMS[word] for word in words if word in _FORMS), "unknown")
    return Sketch(form, "SERVICE" in words, not _VOLATILE.isdisjoint(words), "FROM" in words)


def undeclared(query: str) -> list[str]:
    """The prefixes that a query uses and does not declare, in order. Names of blank nodes (`_:x`) are none."""
    used: dict[str, None] = {}
    declared: set[str] = set()
    before = ""
    for match in _LEXER.finditer(query):
        if match["local"] is not None:
            name = match["name"] or ""
            if before == "PREFIX":
                declared.add(name)
            elif name != "_":
                used[name] = None
        if match[0].strip():
            before = (match["name"] or "").upper() if match["local"] is None else ""
    return [name for name in used if name not in declared]
