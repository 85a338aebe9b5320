"""References of a provision to an earlier meeting that a text states: "as agreed at the Fourth Ministerial Conference".

The text names the meeting, seldom the paragraph: the meeting is what is asserted. A cue and the name of the meeting stand together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from ingest.document import Passage
from ingest.findings import Fact, ProvisionFound, Ref
from ingest.grammar.conferences import NumberedMeeting, numbered_meetings

_DONE = (
    r"(?:agreed(?:\s+(?:to|upon))?|decided|endorsed|adopted|recommended|mandated|directed|tasked|requested|proposed|called\s+for|set\s+out"
    r"|outlined|reached|made|taken|given|issued|expressed|concluded|identified)"
)
_WHO = r"(?:\s+by\s+(?:the\s+)?(?:Ministers|members|member\s+states|participants|senior\s+officials|Co-?Chairs))?"
_WHERE = r"\s+(?:at|by|in|during|of|from)\s+(?:the\s+)?$"
_NOUN = (
    r"(?:decision|recommendation|commitment|agreement|outcome|mandate|declaration|statement|call|directive|direction|conclusion|resolution"
    r"|undertaking|request)s?"
)
_OF = rf"{_NOUN}(?:\s+(?:which|that)\s+(?:was|were))?(?:\s+{_DONE})?{_WHO}{_WHERE}"
_NEAR = r"[^.;:]{0,140}?\b"
CUES: Final = {
    "reiterates": re.compile(rf"\b(?:re-?affirm|reiterat|re-?confirm)\w*\s+{_NEAR}{_OF}", re.IGNORECASE),
    "implements": re.compile(rf"\bimplement(?:s|ed|ing|ation\s+of)?\s+{_NEAR}{_OF}", re.IGNORECASE),
    "followsUp": re.compile(rf"\b(?:follow(?:ed|s|ing)?[- ]up\s+(?:on|to)|pursuant\s+to)\s+{_NEAR}{_OF}", re.IGNORECASE),
    "recalls": re.compile(
        rf"\brecall(?:s|ed|ing)?\s+{_NEAR}(?:{_OF}|{_DONE}{_WHO}{_WHERE})"
        rf"|\b(?:in\s+(?:accordance|line|keeping)|consistent(?:ly)?)\s+with\s+{_NEAR}{_OF}"
        rf"|\bas\s+(?:was\s+|were\s+|had\s+been\s+)?{_DONE}{_WHO}{_WHERE}",
        re.IGNORECASE,
    ),
}
"""The property of a reference, and what stands before the name of the meeting; the first that fits is taken."""

_FUTURE: Final = re.compile(r"\b(?:to\s+be|will\s+be|would\s+be|may\s+be|not)\s+\w+\s+\w+\s+(?:the\s+)?$", re.IGNORECASE)


def read_references(
    passages: Iterable[Passage],
    provisions: Iterable[ProvisionFound],
    known: Callable[[Passage, NumberedMeeting], Ref | None],
    own: frozenset[Ref],
) -> Iterator[Fact]:
    """The references of `provisions` to numbered meetings.

    `known` gives the meeting that is written down for a name, `own` are those that the document reports: what is agreed there is no
    reference back. Where the words stand in no provision, the sentence must hold just one.
    """
    found = list(provisions)
    for p in passages:
        for n in numbered_meetings(p):
            meeting = known(p, n)
            cue = _cue(p.s[: n.start])
            if meeting is None or meeting in own or cue is None:
                continue
            name, start = cue
            source = p.source(start, n.end, f"references.{re.sub('U', '-u', name).lower()}")
            here = [f for f in found if f.source.passage == source.passage]
            inside = [f for f in here if f.source.anchor.holds(source.anchor)]
            for f in inside or (here if len(here) == 1 else []):
                if f.attributed_to != meeting:
                    yield Fact(subject=f"provision:{f.key}", property=name, value=meeting, is_ref=True, source=source)


def _cue(before: str) -> tuple[str, int] | None:
    """The property that the words directly before a meeting's name tell, and where they begin."""
    if _FUTURE.search(before):
        return None
    sentence = max(before.rfind(". "), before.rfind("; ")) + 1
    for name, pattern in CUES.items():
        if m := pattern.search(before, sentence):
            return name, m.start()
    return None
