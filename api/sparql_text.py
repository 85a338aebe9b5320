"""What can be seen of a query without parsing it: its form, and whether it calls out. Comments, strings, IRIs and names are skipped.

This serves negotiation (which needs the form) and friendly early refusals. It is no guarantee of anything: the worker's limits are.
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
_LEXER: Final = re.compile(
    r"""
      \#[^\r\n]*+                                                          # comment
    | <[^<>"{}|^`\\\x00-\x20]*+>                                          # IRI
    | '''(?:'{0,2}(?:[^'\\]|\\.))*+(?:''')? | \"""(?:"{0,2}(?:[^"\\]|\\.))*+(?:\""")?
    | '(?:[^'\\\r\n]|\\.)*+'? | "(?:[^"\\\r\n]|\\.)*+"?
    | [?$]\w++ | @[A-Za-z-]++                                              # variable, language tag
    | (?P<name>[\w.-]++)? (?P<local>:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*+)?   # keyword, number, prefixed name, blank node
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Sketch:
    """`service`: calls a remote service; `volatile`: two answers to it may differ."""

    form: Form
    service: bool
    volatile: bool


def sketch(query: str) -> Sketch:
    """Look at the words of a query."""
    names = (match["name"] for match in _LEXER.finditer(query) if match["name"] and match["local"] is None)
    words = [word for name in names for word in re.split(r"[.-]", name.upper())]  # a dot may end a triple
    form: Form = next((_FORMS[word] for word in words if word in _FORMS), "unknown")
    return Sketch(form, "SERVICE" in words, not _VOLATILE.isdisjoint(words))


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
