"""Those who met: whom a text means that says "the meeting", "the Group", "the Task Force" or "Officials" and names them elsewhere.

An event stands for those who took part in it. A bare "Group" is the body whose meeting the document tells of, and the passage that names
that body in full is told beside; where another body was named last, or two may be meant, it is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from ingest.document import Document, Passage
from ingest.findings import Ref, Source
from ingest.gazetteer import Match, normal
from ingest.grammar.cues import ADVERBS

_PARTICIPANTS: Final = "group:participants"
_SENIOR: Final = "group:senior-officials"
_HEAD: Final = 6  # passages of the title page and the opening
_SUBJECT = re.compile(
    r"(?:the|this)\s+(?:(?:\w+-day|special|regional|ministerial|joint)\s+)*"
    r"(?P<event>meeting|conference|workshop|seminar|round\s?table|symposium|dialogue|plenary|forum|webinar)\b"
    r"|(?:the\s+|all\s+)?(?P<people>delegates|delegations|experts|practitioners|representatives|heads\s+of\s+delegations?|those\s+present|all\s+present)\b"
    r"|(?:the\s+)?(?P<officials>officials)\b"
    r"|(?:the|this)\s+(?P<body>(?:(?:ad\s+hoc|working|steering|technical|experts?'?)\s+)*group|task\s?force|network)\b"
    r"|the\s+(?P<short>[a-z]{2,9}(?:-[a-z]{1,4})?)\b"
)
# The subject ends here: "the Group of Friends", "officials from Fiji" and "experts and members" are others.
_ENDS = re.compile(
    rf"\s*(?:[:,.;]|$)|\s+{ADVERBS}*(?!(?:of|on|for|from|at|in|to|by|with|and|or|who|which|that|representing|attending)\b)[a-z]"
)
_LEADS_OUT = re.compile(r"(?:,?\s+(?:have|had|has|also|further|therefore|then|jointly))*\s*:?\s*")
_DEFINED = re.compile(r"\s*\((?:the\s+)?[\"“'‘]?(?P<short>[A-Z][A-Za-z]{1,8}(?:-[A-Z]{1,4})?)[\"”'’]?\)")
_OFFICIALS = re.compile(r"\bsenior officials\b")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks where the text only says "we" or "they", or begins with the verb; `source` is the passage that names them."""

    refs: tuple[Ref, ...] = ()
    source: Source | None = None

    @property
    def said(self) -> tuple[Source, ...]:
        return (self.source,) if self.source else ()


@dataclass(frozen=True, slots=True)
class _Named:
    """A body where a passage names it; `short` is the abbreviation that is given behind the name."""

    ref: Ref
    words: str
    short: str
    at: int
    p: Passage
    match: Match

    @property
    def source(self) -> Source:
        return self.p.source(self.match.start, self.match.end, "assembly.body")


class Assembly:
    """Those whose meetings a document tells of: `bodies`, or with `officials` officials whom its head calls senior."""

    def __init__(self, document: Document, bodies: Collection[Ref] = (), *, officials: bool = False):
        self._bodies = frozenset(bodies)
        self._named = [_named(p, m) for p in document.passages for m in p.named("body")]
        body = [p for p in document.passages if p.block.kind != "heading"]
        head = [*document.front, *body[:_HEAD]] if officials else []
        senior = ((p, m) for p in head if (m := _OFFICIALS.search(normal(p.s))))
        self._senior = next((p.source(*m.span(), "assembly.officials") for p, m in senior), None)

    def voice(self, p: Passage, start: int) -> Voice:
        """Those whom the words of the passage at `start` mean, if they are the subject of a verb and name nobody."""
        n = normal(p.s)
        m = _SUBJECT.match(n, start)
        return self._of(p, m) if m and _ENDS.match(n, m.end()) else Voice()

    def leading(self, p: Passage) -> Voice:
        """Those with whom a passage ends that leads to a list: "At the close of the meeting the Task Force:"."""
        n = normal(p.s)
        last = next((m for m in _SUBJECT.finditer(n) if _LEADS_OUT.fullmatch(n, m.end())), None)
        return self._of(p, last) if last else Voice()

    def _of(self, p: Passage, m: re.Match[str]) -> Voice:
        if m["event"] or m["people"]:
            return Voice((_PARTICIPANTS,))
        if m["officials"]:
            return Voice((_SENIOR,), self._senior) if self._senior else Voice((_PARTICIPANTS,))
        body = re.sub(r"\s+", " ", m["body"] or "").replace("taskforce", "task force")
        found = self._body(p, m.start(), body) if body else self._abbreviated(p.s[slice(*m.span("short"))])
        return Voice((found.ref,), found.source) if found else Voice()

    def _body(self, p: Passage, start: int, noun: str) -> _Named | None:
        named = [x for x in self._named if noun in x.words]
        at = p.text.at[start]
        near = [x for x in named if x.p.block is p.block and x.at < at]
        if near:  # the one that the paragraph named last; a bare "group" may be any
            return near[-1] if near[-1].ref in self._bodies or noun != "group" else None
        own = [x for x in named if x.ref in self._bodies]
        return own[0] if len({x.ref for x in own}) == 1 else None

    def _abbreviated(self, short: str) -> _Named | None:
        """The body that "the TEG" means: it is named with the letters, or its name begins with words that have them."""
        if not short.isupper():
            return None
        own = [x for x in self._named if x.ref in self._bodies and "".join(w[0] for w in x.words.split()).startswith(short.lower())]
        defined = [x for x in self._named if x.short == short]
        return next(iter(defined or own), None)


def _named(p: Passage, m: Match) -> _Named:
    defined = _DEFINED.match(p.s, m.end)
    words = re.sub(r"\s+", " ", normal(p.s[m.start : m.end])).replace("taskforce", "task force")
    return _Named(m.ref, words, defined["short"] if defined else "", p.text.at[m.start], p, m)
