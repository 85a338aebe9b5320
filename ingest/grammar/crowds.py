"""Long lists of parties in a sentence that speaks of presence, whatever its construction: "The meeting drew participation from …".

Four states or more that are named in one breath with a word for presence came, unless another word says why else they are named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ingest.document import Passage
from ingest.grammar.lists import Listed, read_forward

_MANY = 4
_PRESENCE = re.compile(
    r"\b(?:attend(?:ed|ance|ees?|ing)|participat(?:ed|ion|ing)|participants?|took\s+part|taking\s+part|present\b(?!ed|ation)|represented|delegat\w+"
    r"|representatives|joined|c[ao]me\s+from|drawn\s+from|gathered|brought\s+together|bringing\s+together|assembled)\b"
    r"|\b(?:officials|officers)\s+(?:of|from|representing)\s+(?:the\s+)?(?:governments?\s+of\s+)?(?:the\s+)?…",
    re.IGNORECASE,
)
# Why else states are named together; and what did not, or did not yet, happen here.
_OTHERWISE = re.compile(
    r"\b(?:no|none|neither|nobody|whose|\w+[’\']s\s+participating|absent|absence|will|would|shall|should|must|may|might|could|can|not|never|invited|expected|hoped?|encourag\w+|urg\w+|request\w+|recommend\w+|agreed?|asked"
    r"|propos\w+|ratif\w+|signator\w+|signed|part(?:y|ies)\s+to|members?\s+of|membership|nationals?|victims?|migrants?|refugees?|caseloads?|boats?|smuggl\w+|traffick\w+"
    r"|routes?|origin|transit|destination|border\w*|legislat\w+|laws?(?!\s+enforcement)|experiences?|cases?|stud(?:y|ies)|presentations?|presented|spoke|spoken|trainers?|provided"
    r"|fund\w*|donors?|donat\w+|hosted|previous\w*|earlier|last|next|had|following\s+the|since|conducted\s+in|implemented|operat\w+|posted|deployed|countries\s+such"
    r"|thank\w*|liaison|bilateral\w*|between)\b",
    re.IGNORECASE,
)
_WATCHED = re.compile(r"\bobserv(?:ers?|ed)\b", re.IGNORECASE)
_SORRY = re.compile(r"\b(?:apolog\w+|regrets?|unable|absent|absence)\b", re.IGNORECASE)
_PROPER = re.compile(r"\b[A-Z][\w’'-]+(?:\s+(?:(?:of|on|and|in|for|the)\s+)*[A-Z][\w’'-]+)+")  # names of meetings and bodies say nothing


def crowds(p: Passage, start: int, end: int, read: Collection[int]) -> Iterator[tuple[Listed, str]]:
    """The long lists of s[start:end] that are not `read` yet (offsets of names), each with the role that its sentence gives."""
    position = start
    for m in p.named("area", start=start, end=end):
        if m.start < position:
            continue
        listed = read_forward(p, m.start, end)
        position = max(listed.end, m.end)
        areas = sum(i.match.kind == "area" for i in listed.items)
        if areas < _MANY or any(i.match.start in read for i in listed.items):
            continue
        said = _PROPER.sub(" ", p.s[start : listed.start]) + "… " + _PROPER.sub(" ", p.s[listed.end : end])
        if _PRESENCE.search(said) and not _OTHERWISE.search(said) and not _SORRY.search(said):
            yield listed, "observer" if _WATCHED.search(said) else "attendee"
