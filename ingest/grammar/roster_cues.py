"""The words and signs of lists of those who came: their headings, the rows of their tables, and what ends them."""

from __future__ import annotations

import re
from typing import Final

from ingest.grammar.names import ADDRESS
from ingest.grammar.regions import REGION

_PARTIES = (
    r"(?:countries|states|members|governments|delegations|economies|organi[sz]ations)"
    r"(?:\s+and\s+(?:territories|countries|organi[sz]ations|agencies|observers))?"
)
_OF_MEETING = r"(?:\s+of\s+the\s+(?:meeting|conference|workshop|seminar|symposium|round\s?table|forum|training|session))?"
HEADS: Final = {
    "attendee": r"(?:(?:(?:full|final|revised|complete)\s+)?list\s+of\s+)?(?:heads\s+of\s+delegations?|participants|attendees|delegates"
    r"|delegations|those\s+(?:present|attending))"
    r"|(?:(?:also|others?|those)\s+)?present(?:\s+were)?"
    r"|in\s+attendance|attendance(?:\s+(?:list|sheet|record))?|participation"
    r"|(?:attendance|attendees|participation|participants|delegates)\s+by\s+(?:country|delegation|region|state|member)"
    r"|who\s+(?:attended|came|took\s+part|was\s+there)\s*\?"
    rf"|(?:list\s+of\s+)?(?:(?:other\s+)?(?:participating|attending)\s+{_PARTIES}|{_PARTIES}\s+(?:represented|present|attending|participating|in\s+attendance))"
    r"|member\s+(?:states|countries|organi[sz]ations)",
    "observer": r"(?:list\s+of\s+)?observers?(?:\s+(?:states|countries|organi[sz]ations|delegations)(?:\s+and\s+organi[sz]ations)?)?"
    r"(?:\s+(?:present|attending|represented))?",
    "apology": r"(?:(?:persons|participants|delegates|those)\s+)?(?:unable|not\s+able)\s+to\s+(?:attend|come)|excused"
    r"|(?:absent\s+with\s+)?apologies(?:\s+for\s+absence)?(?:\s+(?:received|sent))?(?:\s+from)?",
    "guest": r"(?:invited\s+|special\s+)?guests",
    "co_chair": rf"co-?chairs?{_OF_MEETING}",
    "chair": rf"chair(?:s|man|person|persons)?{_OF_MEETING}",
    "keynote_speaker": r"keynote\s+speakers?",
    "speaker": r"(?:(?:guest|invited)\s+)?speakers?|panell?ists",
    "presenter": r"presenters?",
    "moderator": r"moderators?|facilitators?",
    "rapporteur": r"rapporteurs?",
}
FEW: Final = frozenset({"chair", "co-chair", "moderator", "rapporteur", "keynote-speaker"})  # roles of one person or two
HEAD: Final = re.compile(
    r"(?:(?:annex(?:ure)?|appendix|attachment|table)(?:\s+(?:\d{1,2}|[A-Z]|[IVX]{1,4}))?\s*[:.–-]\s*)?(?:"
    + "|".join(f"(?P<{n}>{pattern})" for n, pattern in HEADS.items())
    + r")\s*(?:\(\s*(?:\d+|final|revised|as\s+(?:of|at|on)|(?:in\s+)?alphabetical)\b[^()]*\))?\s*:?",
    re.IGNORECASE,
)
_KIND = (
    r"(?:(?:Bali\s+Process\s+)?(?:Member|Participating)\s+)?(?:Members?|States?|Countries|Economies|Governments?|Delegations?"
    r"|(?:(?:Inter(?:national|governmental))\s+)?Organi[sz]ations|Agencies)(?:\s+and\s+(?:Territories|Agencies|Organi[sz]ations))?"
)
# Below "List of participants": a heading that says of what kind the next are.
KIND: Final = re.compile(rf"{_KIND}\s*(?:\(\s*\d+[^()]*\))?\s*:?", re.IGNORECASE)
# Over a list in which a heading of their own parts the observers from the others.
MIXED: Final = re.compile(
    r"(?:(?:full|final)\s+)?(?:list\s+of\s+)?(?:participants|delegates|delegations)\s+and\s+observers\s*:?", re.IGNORECASE
)
OBSERVERS: Final = re.compile(rf"^\W*(?:{HEADS['observer']})\s*:?\s*$", re.IGNORECASE | re.MULTILINE)
# "Rapporteur: Ms Jo Roe (Fiji)": a role and one person on a line.
ONE: Final = re.compile(r"(?P<role>(?:moderator|facilitator|rapporteur|(?:keynote\s+)?speaker|presenter)s?)\s*:\s*(?=[A-Z])", re.IGNORECASE)
PAGE: Final = re.compile(r"\W*(?:[Pp]age\s+)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?\W*")  # the number of a page
ASIDE: Final = re.compile(r"\[[^\[\]]*\]|\((?:replac|in\s+place\s+of|instead\s+of)[^()]*\)", re.IGNORECASE)  # on the person above
# Its last word asks for more: the cell goes on in the next line.
UNFINISHED: Final = re.compile(r"(?:\b(?:and|of|for|the|on|to|in|against)|[,&/-])\s*$")
# "Fiji – apologies received", "Nepal (apologies)": who is in the list and did not come; "Nepal: not represented" says no more than that.
AWAY: Final = re.compile(
    r"[\s–—:|(,-]*(?:with\s+|sent\s+|tendered\s+)?(?P<sorry>apolog(?:y|ies)|regrets)(?:\s+(?:received|sent|tendered|noted|given))?[\s–—|).,*-]*"
    r"|[\s–—:|(,-]*(?:absent|not\s+(?:present|represented|attending)|no\s+(?:delegations?|representatives?|participants?)|did\s+not\s+(?:attend|come)|unable\s+to\s+(?:attend|come))[^.;:]{0,30}",
    re.IGNORECASE,
)
# A line of prose that ends with a colon: "Those attending were:", "The following sent observers:".
TOLD: Final = re.compile(
    r"(?:\d{1,3}\.\s+)?[^.;:]{0,60}?\b(?:completed\s+the\s+(?:course|training|workshop|seminar)|attend(?:ed|ing|ance)|participat(?:ed|ing|ion)|participants|present|represented|took\s+part|taking\s+part|observers?|apologies|regrets)"
    r"\b[^.;:]{0,60}:",
    re.IGNORECASE,
)
# A line alone: "Apologies", "No participants. Apologies received on 2 May."; without `sorry` it says no more than that nobody came.
_NOBODY = (
    r"(?:no\s+(?:delegations?|representatives?|participants?|delegates)|not\s+(?:represented|attending|present)|absent"
    r"|(?:did|could)\s+not\s+(?:attend|come)|unable\s+to\s+(?:attend|come))"
)
APOLOGIES: Final = re.compile(
    rf"\W*(?:{_NOBODY}\W+)?(?:with\s+)?(?P<sorry>apologies|regrets)(?:\s+(?:were\s+)?(?:received|sent|tendered|given)(?:\s+(?:on|by)\s[^.;:]{{3,30}})?)?\W*"
    rf"|\W*{_NOBODY}\W*",
    re.IGNORECASE,
)
# Over those who did not come after all, or who were there to serve the meeting.
NOT_THERE: Final = re.compile(
    r"(?:(?:list\s+of\s+)?(?:persons|participants|delegates|those)\s+(?:who\s+)?(?:have\s+)?)?(?:withdrawn|withdrawals|cancel(?:led|lations)|replaced|not\s+attending|absent)"
    r"(?:\s+(?:since|from|after|before|by|participants|persons|delegates|registrations)\b[^.;:]*)?:?"
    r"|(?:(?:meeting|conference|workshop)\s+)?secretariat(?:\s+of\s+the\s+(?:meeting|conference|workshop|seminar|forum))?|(?:support|secretariat|conference)\s+staff"
    r"|interpreters?(?:\s+and\s+\w+)?|organi[sz]ing\s+(?:team|committee)|logistics(?:\s+\w+)?",
    re.IGNORECASE,
)
SORRY: Final = re.compile(r"\b(?:apologies|regrets)\b", re.IGNORECASE)
WATCHED: Final = re.compile(r"\bobservers?\b", re.IGNORECASE)
NOT_SO: Final = re.compile(
    r"\b(?:will|would|should|could|may|not|to|recommended|suggested|agreed|urged|encouraged|noted|heard|discussed|asked|raised|presentations|by\s+which)\b",
    re.IGNORECASE,
)
# "Senior officials of Fiji, Nepal; IOM": whose people came.
AND_FROM: Final = re.compile(r"and\s+(?:also\s+)?(?:from\s+)?(?:the\s+)?(?=[A-Z])")  # below the columns: "and from the ILO"
CROWD: Final = re.compile(
    r"(?i:(?:senior\s+)?(?:officials|ministers|representatives|delegat(?:es|ions)|officers|experts)\s+(?:of|from)\s+(?:the\s+)?)"
)
DELEGATION: Final = re.compile(r"(?:Delegation\s+of\s+|Government\s+of\s+)?(?:the\s+)?")
INCLUDING: Final = re.compile(r"\s*\((?:including|incl\.?)\s[^()]*\)[\s:.*]*$")  # "CHINA (including Macau SAR)", over its people
SPLIT: Final = re.compile(
    rf"\s*;\s*|\s*\|\s*(?={ADDRESS}\s+[A-Z])|\s+[•·]\s+|,\s+(?:and\s+)?(?={ADDRESS}\s+[A-Z])|\)\s+and\s+(?={ADDRESS}\s+[A-Z])"
)
SEMICOLON: Final = re.compile(r"\s*;\s*")
LISTED: Final = re.compile(r"\blist\s+of\b", re.IGNORECASE)  # a heading below which remarks on the list may stand before it
# Over people who speak for nobody: each has the role that their line gives.
RESOURCE: Final = re.compile(
    r"(?:(?:external|invited)\s+)?(?:resource\s+persons?|experts?|trainers?|facilitators?|consultants?)(?:(?:,|\s+and|\s+&)\s+(?:resource\s+persons|experts|trainers|facilitators|"
    r"moderators|speakers|consultants))+\s*:?|(?:external\s+)?resource\s+persons?\s*:?",
    re.IGNORECASE,
)
CITIZEN: Final = re.compile(r"(?:\s+(?:citizen|national|nationality))?\)")
# The head of a table: "No. | Name | Position | Country".
COLUMNS: Final = re.compile(
    r"(?:[\s|/,&.#]|\b(?:and|of|no|s/n|sn|other|head|name|names|surname|given|family|first|last|designation|affiliation|function|ministry|department|institution|rank|title|position|post|designation|office|country|state|member|delegation|organi[sz]ation|agency"
    r"|representative|participant|delegate|role|email|number|total|male|female)s?\b)+",
    re.IGNORECASE,
)
# "Fiji: Ms Ana Lim, Director": the party before its people.
BEFORE: Final = re.compile(rf"\s*(?:[:|]|(?<=\w)\s\(|[–—-](?=\s)|(?<=\w)(?=\s))\s*(?={ADDRESS}\s+[A-Z])")
NUMBER: Final = re.compile(r"\(?[a-z]\)\s+(?=[A-Z])|\d{1,3}(?:\s*[.)|]+\s*|\s+)(?=[^\W\d])")
_ROLES = (
    r"\(\s*(?P<role>observer|guest|co-?chair|chair|(?:keynote[\s-]+)?speaker|presenter|moderator|facilitator|rapporteur|apolog(?:y|ies)|absent\s+with\s+apologies|(?:deputy\s+|alternate\s+)?"
    r"(?:head|leader)\s+of\s+(?:the\s+)?delegation|d?hod)(?:,\s+(?:session|day|panel)\s+\w+)?\s*\)"
)
OWN_ROLE: Final = re.compile(rf"[\s,]*{_ROLES}[\s.;,|]*$", re.IGNORECASE)
WATCHES: Final = re.compile(r"\s*\((?:as\s+)?(?:an\s+)?observers?\)", re.IGNORECASE)  # "… | Canada (observer)"
ROLE_FIRST: Final = re.compile(rf"\s*{_ROLES}(?:\s*,)?\s*(?=\w)", re.IGNORECASE)  # "Mr Tan Ho (Co-Chair), Director"
# "By invitation - China: Mr Li", "Absent with apologies - Fiji": a line of another role within a list.
ROLE_BEFORE: Final = re.compile(
    r"(?P<role>by\s+invitation|guests?|observers?|absent\s+with\s+apologies|apologies)(?:\s+[–—-]\s+|\s*:\s+)(?=\S)", re.IGNORECASE
)
# "Capt. Jo Roe  Facilitator; consultant", "Speaker (session 3), University of …": the role is the first word of the post.
ROLE_CELL: Final = re.compile(
    r"(?P<role>co-?chair|chair|(?:keynote\s+)?speaker|presenter|moderator|facilitator|rapporteur)(?:\s*\((?:session|day|panel|part)s?\s[^()]*\))?\s*(?=[;,]|$)",
    re.IGNORECASE,
)
_HEADCOUNT = r"[1-9]\d{0,2}(?:\s+(?:delegates?|participants?|officials?|officers?|persons?|people|pax|representatives?))?"
# Behind a party: "(coordinator designate).", "(4)", "– 2 delegates", "; and".
TAIL: Final = re.compile(
    rf"(?:\s*\((?:[a-z][^()]*|{_HEADCOUNT})\)|\s*[:–—|-]?\s*(?:{_HEADCOUNT}|(?=[\d\s|]*[1-9])\d{{1,3}}(?:[\s|]+\d{{1,3}})+)[\s|]*)?[\s.;,*)]*(?:(?<=[;,]\s)and\s*)?"
)
# "Pacific: Fiji, Samoa": of what region or kind the parties behind it are.
GROUP: Final = re.compile(rf"(?:{REGION}|(?i:{_KIND}))\s*(?:\(\s*\d+[^()]*\))?\s*(?::|\s[–—-])\s+(?=[A-Z])")
PEOPLE: Final = re.compile(rf"\b{ADDRESS}\s+[A-Z]")
# A heading of no kind that is known here: words that are no name, and not all of them capitalised.
OTHER: Final = re.compile(
    r"(?=[A-Z])[^\d.:;|,()]*\s(?!(?:of|the|and|for|on|in|to|from|by|with|at|de|du|des|against|represented|present|attending|participating)\b)"
    r"[a-z]{3,}\b[^.:;|,()]*|(?i:table|figure|annex(?:ure)?|appendix|box)\s+(?:\d{1,2}|[A-Z]|[IVX]{1,4})\b.*"
)
BARS: Final = re.compile(r"\s+[/|]\s+|(?<=[a-z] \d)\s*[,;]\s+|(?<=[a-z] \d\d)\s*[,;]\s+")
PROSE: Final = re.compile(
    r"\b(?:was|were|is|are|has|had|have|will|would|looked|discussed|noted|agreed|reviewed|welcomed|considered|heard|thanked|met"
    r"|took|opened|recalled|"
    r"recommended|endorsed|tasked|sent|tendered|apologi[sz]ed|attended|participated|spoke|presented|chaired|co-chaired|gave|said|unable|could|did|not|who)\b"
)
