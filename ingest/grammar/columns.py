"""Tables of people whose cells a converter wrote one behind the other: "3 Fiji Ms Ana Lim Senior Legal Officer Ministry of Justice".

Where white space was kept, a gap parts the cells; else the first word of a post or of an agency ends the name.
"""

from __future__ import annotations

import re
from typing import Final

from ingest.document import Passage

# The first word of a post; family names that are posts, too (Judge, Head), need more of the post behind them.
_POST: Final = re.compile(
    r"(?:(?:Acting|Assistant|Associate|Deputy|Senior|Junior|Principal|Chief|First|Second|Third|National|Regional|Federal|Public|Legal|Liaison"
    r"|Project|Programme|Program|Policy|State|Foreign|Permanent|Executive|Special|Technical|Protection|Criminal|Country|International"
    r"|Immigration|Customs|Border|Police|Consular|Maritime|Migration|Political|Counter|Anti)(?=[\s-]\w)"
    r"|(?:Judge|Head|Lead|Justice|General|Major|Agent|Officer)(?=\s+(?:of|for|,|[A-Z]))"
    r"|(?:(?:Prime\s+|Vice[- ])?Minister|Secretary|Under-?[Ss]ecretary|Director|Directress|Ambassador|Commissioner|President|Attorney"
    r"|Coordinator|Advis[eo]r|Representative|Counsell?or|Counsel|Consul|Manager|Commander|Chair(?:man|person|woman)?|Superintendent|Inspector"
    r"|Chargé|Envoy|Administrator|Controller|Registrar|Analyst|Attaché|Delegate|Specialist|Expert|Prosecutor|Magistrate|Solicitor"
    r"|Lawyer|Chief|Barrister|Investigator|Detective|Consultant|Trainer|Lecturer|Professor|Researcher|Fellow|Economist|Officer)(?![\w’'])"
    r"|(?:University|Ministry|Department|Embassy|Bureau|Directorate|Office|Institute|Agency|Secretariat)\b)"
)
_WORD: Final = re.compile(r"\S+")
_FEWEST: Final = 2  # words of a name


def name_end(p: Passage, start: int, end: int) -> int:
    """Where the name s[start:end] ends before the next column; `end` where it has no other words."""
    words = list(_WORD.finditer(p.s, start, end))
    for before, word in zip(words[_FEWEST - 1 :], words[_FEWEST:], strict=False):
        if is_gap(p, before.end(), word.start()) or _POST.match(p.s, word.start()):
            return before.end()
    return end


def is_gap(p: Passage, end: int, start: int) -> bool:
    """Whether more than one blank stands between s[:end] and s[start:] in the text as it came."""
    return p.text.at[start] - p.text.at[end - 1] > 2
