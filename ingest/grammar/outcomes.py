"""Outcomes written as nouns: "Outcomes include … commitment to develop guidelines, and support for a regional approach"."""

from __future__ import annotations

import re
from itertools import zip_longest

from ingest.grammar.clauses import Clause, Kind
from ingest.grammar.cues import Act, Cue
from ingest.lexicon import Lexicon

_OUTCOME = re.compile(
    r"\boutcomes?\s+(?:include[ds]?|were|was|are|is|comprised?)\b|\bresult(?:ed|ing)\s+in\b|\bled\s+to\b|\bleading\s+to\b|\bincluding\b|"
    r"\b(?:reached|secured|achieved|produced)\b"
)
_NOUN = re.compile(
    r"\b(?:(?P<agree>agreements?|consensus)\s+to\s+(?=[a-z])|(?P<commit>commitments?|undertakings?|pledges?)\s+to\s+(?=[a-z])"
    r"|(?P<support>support)\s+for\s+(?=an?\b|the\b)|(?P<agreed>(?:development|adoption|formulation|identification)\s+of\s+agreed)\b"
    r"|(?P<recommend>recommendations?)\s+(?:that|to)\s+(?=[a-z]))"
)
_READ: dict[str, tuple[str, Act, Kind]] = {
    "agree": ("agree", Act.PROMISE, "Commitment"),
    "commit": ("commit", Act.PROMISE, "Commitment"),
    "support": ("support", Act.RECOGNISE, "Finding"),
    "agreed": ("agree", Act.RECOGNISE, "Finding"),
    "recommend": ("recommend", Act.ASK, "Recommendation"),
}
_JOINT = re.compile(r"(?:,|;)?\s*(?:\band\s+)?(?:(?:an?|the|general|broad|strong|their|its|further)\s+)*$")


def outcome_clauses(n: str, start: int, end: int, lexicon: Lexicon) -> list[Clause]:
    """The outcomes that the sentence n[start:end] lists as nouns; `n` is normal text. "Recommendations to Ministers" is none."""
    opening = _OUTCOME.search(n, start, end)
    if opening is None:
        return []
    nouns = [m for m in _NOUN.finditer(n, opening.end(), end) if not (m["recommend"] and re.match(r"ministers|the\b", n[m.end() :]))]
    found: list[Clause] = []
    for m, following in zip_longest(nouns, nouns[1:]):
        slug, act, kind = _READ[str(m.lastgroup)]
        if slug not in lexicon.strengths:
            continue
        stop = end
        if following:
            joint = _JOINT.search(n, m.end(), following.start())
            stop = joint.start() if joint else following.start()
        while stop > m.start() and n[stop - 1] in " ,;":
            stop -= 1
        cue = Cue(m.start(), m.start() + len(m[str(m.lastgroup)]), act, slug)
        found.append(Clause(m.start(), stop, kind, cue, (cue,), rule="provisions.outcome"))
    return found
