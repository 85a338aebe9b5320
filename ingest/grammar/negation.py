"""What nobody decided, asked for or is bound to: denied verbs, a lack of agreement, and releases from a duty.

All patterns run over `normal` text, like those of the cues.
"""

from __future__ import annotations

import re
from typing import Final

from ingest.grammar.cues import ADVERBS

# What nobody did: "it was not agreed", "Ministers have not endorsed".
NOT: Final = re.compile(r"\bnot\b(?!\s+only\b)")
DENIED: Final = re.compile(rf"\b(?:not(?!\s+only\b)|never|neither|nor)\s+{ADVERBS}*$")
# That there was no agreement, or that somebody would not: what follows is what they did not decide.
NO_AGREEMENT: Final = re.compile(
    r"\b(?:no|little|insufficient|without)\s+(?:[a-z]+\s+)?(?:agreement|consensus)\b(?=[^.;]{0,40}?\s(?:that|to|on)\b)|"
    r"\b(?:failed|declined|refused|unable|(?:did|could)\s+not\s+reach\s+(?:an?\s+)?(?:agreement|consensus))(?=\s+(?:to|on|that)\b)"
)
# A release or a saving clause binds nobody: "no member shall be obliged to …", "nothing in this declaration shall …".
_RELEASED = re.compile(
    rf"\s+(?P<no>not\s+)?{ADVERBS}*be\s+{ADVERBS}*(?:obliged|obligated|required|bound|compelled|forced|expected|construed|interpreted|understood)\b"
)
_NOBODY = re.compile(r"\b(?:no|none|neither|nothing)\b[^,;:.]{0,120}$")
_NOTHING = re.compile(r"\bnothing\s+(?:in|under|contained)\b[^;:.]{0,160}$")


def released(n: str, start: int, modal: int, after: int, end: int) -> bool:
    """Whether the modal n[modal:after] takes an obligation away, or only says what a text does not do."""
    if _NOTHING.search(n, start, modal):
        return True
    m = _RELEASED.match(n, after, end)
    return m is not None and (" not " in m[0] or _NOBODY.search(n, start, modal) is not None)
