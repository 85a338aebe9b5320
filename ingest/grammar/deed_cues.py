"""The words before and after a name that say what somebody did at a meeting: "opened by …", "… gave the keynote address"."""

from __future__ import annotations

import re
from typing import Final

_THEM = r"(?:(?:the\s+)?(?:two\s+)?[Cc]o-?[Cc]hairs?(?:['’]\s+representatives)?,\s+|jointly\s+)?(?:the\s+)?$"
_GIVEN = r"(?:(?:was|were)\s+(?:also\s+)?)?(?:delivered|given|made|presented|provided|offered|extended)\s+by\s+(?:the\s+)?$"
# what may stand between "chaired" and "by"
_FOR = (
    r"(?:\s+for\s+(?:the\s+)?(?:governments?|states|business|industry|members)"
    r"|\s+(?:in\s+turn|respectively|alternately)|\s+on\s+behalf\s+of\s+[^.;,]{2,60}?|,\s+[^.;,]{3,80},)?"
)
_ARE = r"\s*(?:were|was|included|:)\s+(?:the\s+)?$"
_WELCOMED = (
    r"(?:(?:all|the|everyone|visiting|fellow)\s+)*(?:participants|delegates|delegations|attendees|representatives|ministers"
    r"|officials|members|experts|guests|everyone)"
)
_FORMS = (
    r"(?:[Mm]eeting|[Cc]onference|[Ww]orkshop|[Ss]eminar|[Rr]ound\s?table|[Ff]orum|[Ee]vent|[Ss]ession|[Tt]raining|[Cc]ourse|[Dd]ialogue)"
)
_WHOSE = r"(?:(?:the|its|their|his|her)\s+)?"
# What else is opened: "opened the floor", "opened the shelter".
_NO_MEETING = (
    r"(?:\w+\s+)?(?:floor|discussions?|debate|door|way|shelter|centre|center|office|file|camp|school|facility|exhibition"
    r"|investigation|case|airport|terminal|port|bridge|building|hospital|clinic|station|embassy|consulate|border|academy|college|laboratory"
    r"|hotline|portal|website|branch|unit)"
)
_PRESENT = r"(?:present|attending|participating|taking\s+part|there|in\s+attendance|represented)"
BEFORE: Final = [
    ("opener", re.compile(rf"\b(?:opened|inaugurated|declared\s+open)\s+(?:jointly\s+)?by\s+{_THEM}")),
    (
        "opener",
        re.compile(
            rf"(?:^|[.;]\s)(?:In\s+)?(?:[Oo]pening|[Ii]naugurating)\s+(?:the|this)\s+(?:[\w’'-]+\s+){{0,2}}?{_FORMS}(?:\s+(?:on|in)\s+[^.;,]{{3,40}})?,\s+(?:the\s+)?$"
        ),
    ),
    (
        "opener",
        re.compile(
            r"\b(?:opened|began|started|commenced)\s+with\s+(?:an?\s+|the\s+)?(?:opening\s+|welcom(?:e|ing)\s+|brief\s+)?"
            r"(?:remarks|address|speech|statement|words)\s+(?:by|from)\s+(?:the\s+)?$"
        ),
    ),
    ("opener", re.compile(r"\b[Ii]n\s+(?:(?:his|her|their)\s+)?opening\s+(?:remarks|address|statement|speech),?\s+(?:the\s+)?$")),
    (
        "keynote-speaker",
        re.compile(r"\b[Ii]n\s+(?:his|her|their|the|a)\s+keynote(?:\s+(?:remarks|address|statement|speech))?,?\s+(?:the\s+)?$"),
    ),
    (
        "speaker",
        re.compile(
            r"\b[Ii]n\s+(?:his|her|their)\s+(?:(?:welcom(?:e|ing)|closing|concluding|introductory)\s+)?(?:remarks|address|statement|speech),?\s+(?:the\s+)?$"
        ),
    ),
    ("co-chair", re.compile(rf"\b[Cc]o-?[Cc]haired{_FOR}\s+(?:jointly\s+)?by\s+{_THEM}")),
    (
        "co-chair",
        re.compile(
            rf"\b[Cc]o-?[Cc]haired\s+(?:the|this)\s+(?:[\w’'-]+\s+){{0,4}}?{_FORMS}(?:\s+(?:jointly|together))?\s+with\s+(?:the\s+)?$"
        ),
    ),
    (
        "co-chair",
        re.compile(
            r"\b[Cc]o-?[Cc]haired\b[^.;]{0,300}?,\s+(?:represented\s+(?:respectively\s+|jointly\s+)?by|in\s+the\s+persons?\s+of)\s+(?:the\s+)?$"
        ),
    ),
    (
        "co-chair",
        re.compile(
            rf"\b(?:[Ii]n\s+the\s+[Cc]hair|[Cc]o-?[Cc]hairs(?:\s+of\s+the\s+{_FORMS})?"
            rf"|[Ss]haring\s+the\s+[Cc]hair)\s+were:?\s+{_THEM}"
        ),
    ),
    ("co-chair", re.compile(r"\b[Cc]o-?[Cc]hairs(?:\s+of\s+the\s+[Mm]eeting)?\s+were\s+represented\s+by\s+(?:the\s+)?$")),
    ("co-chair", re.compile(r"\b[Cc]o-?[Cc]hairs?(?:\s+of\s+the\s+[Mm]eeting)?\s*[,:]\s+(?:the\s+)?$")),
    ("co-chair", re.compile(r"\b[Tt]he\s+(?:two\s+)?[Cc]o-?[Cc]hairs\s+\((?:the\s+)?$")),
    (
        "co-chair",
        re.compile(
            rf"\b[Cc]hair\s+(?:was\s+(?:shared|held\s+jointly|taken\s+jointly)\s+(?:between|by)|alternated\s+between)\s+{_THEM}"
            rf"|\b[Tt]he\s+(?:[\w’'-]+\s+){{0,2}}?{_FORMS}\s+was\s+(?:led|guided)\s+(?:jointly|together)\s+by\s+{_THEM}"
        ),
    ),
    ("co-chair", re.compile(r"(?<!former )(?<!next )(?<!future )(?<!incoming )(?<!outgoing )\b[Cc]o-?[Cc]hairs\s+$")),
    (
        "co-chair",
        re.compile(
            rf"(?<![-\w])(?:(?:[Cc]haired|[Pp]resided\s+over)\s+jointly|[Jj]ointly\s+(?:chaired|presided\s+over)){_FOR}\s+by\s+{_THEM}"
        ),
    ),
    (
        "chair",
        re.compile(
            r"(?<![-\w])(?<!ointly )[Cc]haired\s+by\s+(?:the\s+)?[A-Z][^.;,]{2,60}?,\s+"
            r"(?:represented\s+by|in\s+the\s+person\s+of)\s+(?:the\s+)?$"
        ),
    ),
    ("chair", re.compile(rf"(?<![-\w])(?<!ointly )(?:[Cc]haired|[Pp]resided\s+over){_FOR}\s+by\s+{_THEM}")),
    ("moderator", re.compile(r"\b[Ss]ession\s+[Cc]hairs?\s*(?:were|was|included|:)\s+(?:the\s+)?$")),
    ("chair", re.compile(r"\b(?:[Ii]n\s+the\s+[Cc]hair|(?<![-\w])[Cc]hair(?:man|person)?)\s+was\s+(?:the\s+)?$")),
    ("chair", re.compile(r"\b[Uu]nder\s+the\s+chairmanship\s+of\s+(?:the\s+)?$")),
    ("co-chair", re.compile(r"\b[Uu]nder\s+the\s+(?:joint\s+chairmanship|co-?[Cc]hairmanship)\s+of\s+(?:the\s+)?$")),
    ("chair", re.compile(r"(?:^|[.;]\s)(?:[Ii]n\s+the\s+)?[Cc]hair(?:s|man|person)?\s*:\s+$")),
    (
        "keynote-speaker",
        re.compile(rf"\b[Kk]eynote(?:\s+(?:address|speech|remarks|statement|presentation)(?:e?s)?)?\s+(?:by\s+(?:the\s+)?$|{_GIVEN})"),
    ),
    ("keynote-speaker", re.compile(rf"\b[Kk]eynote\s+speakers?{_ARE}")),
    ("speaker", re.compile(rf"(?<!\b[Kk]eynote )\b(?:[Ss]peakers|[Pp]anell?ists|[Dd]iscussants)(?:\s+(?:at|on)\s+the\s+\w+)?{_ARE}")),
    ("speaker", re.compile(rf"\b{_WELCOMED}\s+were\s+(?:\w+ly\s+)?(?:welcomed|greeted)\s+by\s+(?:the\s+)?$", re.IGNORECASE)),
    ("speaker", re.compile(r"\b(?:was|were)\s+(?:also\s+)?briefed\s+(?:on\s+[^.;,]{3,80}?\s+)?by\s+(?:the\s+)?$")),
    (
        "speaker",
        re.compile(r"\b(?<!\bhad )(?<!\bhave )heard\s+(?:also\s+)?from\s+(?:the\s+)?$"),
    ),
    ("presenter", re.compile(rf"\b[Pp]resenters{_ARE}")),
    (
        "presenter",
        re.compile(
            r"\b(?:heard|received)\s+(?:(?:an?|the|further)\s+)?(?:\w+\s+){0,2}?(?:presentations?|briefings?|updates?|overviews?)"
            r"(?:\s+on\s+[^.;]{3,80}?)?\s+(?:by|from)\s+(?:the\s+)?$"
        ),
    ),
    ("moderator", re.compile(r"\b[Tt]he\s+(?:moderator|facilitator),\s+(?:the\s+)?$")),
    ("rapporteur", re.compile(r"\b[Tt]he\s+rapporteur(?:,\s+|\s+\()(?:the\s+)?$")),
    (
        "speaker",
        re.compile(
            rf"(?:^|[.;]\s)(?:Addressing|Speaking\s+(?:at|to))\s+(?:(?:the|this)\s+(?:\w+\s+)?{_FORMS}|participants|delegates),\s+(?:the\s+)?$"
        ),
    ),
    (
        "moderator",
        re.compile(
            r"\b(?:[Mm]oderated|[Ff]acilitated|[Dd]iscussions?\s+(?:was|were)\s+guided)\s+(?:jointly\s+|throughout\s+|\w+ly\s+)?by\s+(?:the\s+)?$"
        ),
    ),
    ("moderator", re.compile(rf"\b(?:[Mm]oderators?|[Ff]acilitators?)(?:\s+(?:of|for)\s+the\s+(?:\w+\s+){{0,2}}?\w+)?{_ARE}")),
    ("rapporteur", re.compile(rf"\b[Rr]apporteurs?(?:\s+(?:of|for)\s+the\s+(?:\w+\s+){{0,2}}?\w+)?{_ARE}")),
    ("host", re.compile(r"(?<![-\w])(?<!ointly )hosted\s+by\s+(?:the\s+)?$")),
    ("co-host", re.compile(r"\b(?:co-?hosted|jointly\s+hosted|hosted\s+jointly)\s+by\s+(?:the\s+)?$", re.IGNORECASE)),
    ("guest", re.compile(rf"\b(?:[Ss]pecial|[Ii]nvited|[Cc]hief)\s+guests?{_ARE}")),
    ("observer", re.compile(rf"(?:^|[.;]\s|\b[Tt]he\s+)(?:[Oo]bservers|[Oo]bserving){_ARE}")),
    ("observer", re.compile(r"\brepresented\s+(?:as\s+(?:an\s+)?observers?|in\s+an\s+observer\s+capacity)\s+by\s+(?:its\s+|the\s+)?$")),
    (
        "apology",
        re.compile(
            r"\b[Aa]pologies(?:\s+(?:for\s+absence\s+)?(?:were|was|had\s+been)\s+(?:also\s+)?(?:received|conveyed|noted|recorded|tendered)"
            r"\s+(?:from|by)|:)\s+(?:the\s+)?$"
        ),
    ),
    (
        "attendee",
        re.compile(
            r"\b(?:[Hh]eads\s+of\s+[Dd]elegations?|[Aa]mong\s+(?:those|the\s+participants)(?:\s+who\s+(?:attended|took\s+part)|\s+attending|\s+present)?"
            r"|[Tt]hose\s+(?:present|attending|in\s+attendance|who\s+attended)|[Pp]articipants|[Aa]ttendees|[Dd]elegates)"
            r"(?:\s+at\s+the\s+\w+)?\s+(?:were|included)\s+(?:the\s+)?$"
        ),
    ),
    (
        "attendee",
        re.compile(
            r"\b[Dd]elegation(?:\s+(?:of|from)\s+[^.;,]{3,60}?)?,?\s+(?:comprised|consisted\s+of|was\s+made\s+up\s+of|included)\s+(?:the\s+)?$"
        ),
    ),
    (
        "attendee",
        re.compile(r",\s+(?:who\s+was\s+|and\s+was\s+|was\s+)?accompanied\s+by\s+(?:the\s+|(?:his|her)\s+(?:deputy|colleague),\s+)?$"),
    ),
    (
        "opener",
        re.compile(rf"\b[Oo]pening\s+(?:address|speech|remarks|statement|words)\s+(?:by\s+(?:the\s+)?$|{_GIVEN})"),
    ),
    (
        "speaker",
        re.compile(
            rf"\b(?:[Aa]\s+|[Tt]he\s+|[Cc]losing\s+|[Ww]elcom(?:e|ing)\s+|[Cc]oncluding\s+|[Ii]ntroductory\s+)*(?:[Ss]tatement|[Rr]emarks|[Ss]peech|[Aa]ddress|[Ii]ntervention)s?\s+{_GIVEN}"
        ),
    ),
    (
        "speaker",
        re.compile(
            r"\b(?:[Aa]n|[Tt]he|[Aa])\s+(?:\w+\s+){0,2}?(?:address|welcome|statement|intervention|message\s+of\s+welcome)\s+(?:by|from)\s+(?:the\s+)?$"
        ),
    ),
    ("speaker", re.compile(r"(?:^|[.;]\s)(?:[Aa]lso\s+)?[Ss]peaking\s+(?:at|in|during)\s+[^.;,]{3,60}?\s+(?:was|were)\s+(?:the\s+)?$")),
    (
        "speaker",
        re.compile(
            rf"(?:^|[.;]\s)(?:In\s+)?(?:[Cc]losing|[Cc]oncluding)\s+(?:the|this)\s+(?:[\w’'-]+\s+){{0,2}}?{_FORMS},\s+(?:the\s+)?$"
            r"|\b[Pp]anel\b[^.;,]{0,60}?\s(?:consisted\s+of|comprised|included|featured|was\s+made\s+up\s+of)\s+(?:the\s+)?$"
        ),
    ),
    ("moderator", re.compile(r"\bunder\s+the\s+(?:guidance|facilitation|moderation)\s+of\s+(?:the\s+)?$")),
    ("speaker", re.compile(r"\b[Pp]anel\b[^.;]{0,120}?\bheard\s+(?:the\s+)?$")),
    ("speaker", re.compile(r"\b(?:closed|brought\s+to\s+a\s+close)\s+by\s+(?:the\s+)?$")),
    ("speaker", re.compile(r"\bfollowed\s+by\s+(?:\w+\s+){0,2}?(?:remarks|statement|address|speech)\s+(?:by|from)\s+(?:the\s+)?$")),
    (
        "speaker",
        re.compile(
            r"\b(?:[Ww]ords\s+of\s+(?:welcome|greeting|thanks)|(?:[Ww]elcom(?:e|ing)|[Cc]losing|[Ii]ntroductory)\s+(?:remarks|address|speech|statement|words))"
            r"(?:\s+were\s+(?:spoken|said|offered|given|delivered))?\s+(?:by|from)\s+(?:the\s+)?$"
        ),
    ),
    (
        "opener",
        re.compile(
            r"\b[Oo]pening(?:\s+ceremony)?\s+was\s+(?:\w+ly\s+)?(?:performed|conducted|declared|done|carried\s+out|officiated(?:\s+at)?)\s+by\s+(?:the\s+)?$"
        ),
    ),
    (
        "speaker",
        re.compile(
            rf"\b(?:{_FORMS}s?|{_WELCOMED}|gathering|they|it)\s+(?:was|were)\s+(?:also\s+|then\s+)?addressed\s+by\s+(?:the\s+)?$",
            re.IGNORECASE,
        ),
    ),
    (
        "presenter",
        re.compile(
            rf"\b(?:[Pp]resentation|[Cc]ase\s+study|[Cc]ase\s+studie|[Pp]aper|[Oo]verview|[Uu]pdate)s?(?:\s+on\s+[^.;]{{3,80}}?)?\s+{_GIVEN}"
        ),
    ),
    (
        "attendee",
        re.compile(rf"(?:^|\b[Aa]lso\s+|[.;]\s)(?i:{_PRESENT})(?:\s+(?:at|in)\s+the\s+\w+)?(?:\s+also)?\s+(?:was|were):?\s+(?:the\s+)?$"),
    ),
    (
        "attendee",
        re.compile(r"\b(?:attended|took\s+part|participated|were\s+present)\b[^.;]{0,600}?\b(?:together|along)\s+with\s+(?:the\s+)?$"),
    ),
    (
        "attendee",
        re.compile(
            r"\b(?:welcomed|appreciated|noted)\s+the\s+(?:participation|presence|attendance)\s+(?:\w+\s+\w+\s+\w+\s+)?of\s+(?:the\s+)?$"
        ),
    ),
    ("attendee", re.compile(rf"\b(?:attended|led|headed)\s+by\s+{_WHOSE}$")),
    (
        "attendee",
        re.compile(
            r"(?:^|[.;]\s)(?:Present\s+for|Attending\s+for|Representing|(?:Leading|Heading)\s+the\s+delegation\s+of)"
            r"\s+[^.;,]{2,60}?\s+(?:was|were)\s+$"
            r"|(?:^|[.;]\s)(?:Leading|Heading)\s+(?:the|its)\s+(?:[A-Z][\w-]+\s+){1,3}delegation\s+was\s+(?:the\s+)?$"
        ),
    ),
    ("attendee", re.compile(r"['’]s?\s+(?:chief\s+|senior\s+)?(?:representative|delegate|head\s+of\s+delegation)\s+was\s+$")),
    ("attendee", re.compile(r"\brepresented\s+by\s[^.;]{3,200}?\band\s+(?:the\s+)?[A-Z][^,.;()]{1,60}?\s+by\s+$")),
    ("attendee", re.compile(rf"\brepresented\s+(?:at\s+the\s+\w+\s+)?by\s+{_WHOSE}(?:deputy,\s+)?$")),
    (
        "attendee",
        re.compile(r"(?:^|[.;]\s)(?:Participants|Attendees|Delegates|Present|In\s+attendance|Attended\s+by|Those\s+present):\s+$"),
    ),
]
_CHAIRED = (
    r"(?=\s*(?:$|[.;,])|\s+(?:for|on\s+behalf\s+of)\s+(?:the\s+)?[A-Z]|\s+(?:the|both|this|it)\b"
    r"(?!\s+(?:[\w’'-]+\s+){0,4}?(?:board|commission|inquiry|council|committee|association|foundation|panel|previous|last|next)\b))"
)
# A part in this meeting, and not in another one.
_OF_THIS = rf"(?=\s*(?:[.,;)]|$)|\s+(?:of|for|to|at)\s+(?:the|this)\s+(?:{_FORMS}|discussions?|sessions?)\b|\s+and\b)"
# What somebody did first: "welcomed participants and opened the meeting".
_FIRST = r"\)?\s*,?\s*(?:(?:who\s+)?(?:welcomed|thanked|greeted)\s+[^.;]{2,60}?\s+and\s+)?(?:then\s+|also\s+|\w+ly\s+)?"
AFTER: Final = [
    ("keynote-speaker", re.compile(rf"{_FIRST}(?:delivered|gave|made|presented)\s+(?:a|the|his|her)\s+keynote\b")),
    (
        "opener",
        re.compile(
            rf"{_FIRST}(?:opened|inaugurated)\s+(?:the|both|this|all|proceedings)\b(?!\s+{_NO_MEETING}\b)|{_FIRST}declared\s+(?:the\s+[^.;,]{{3,60}}?\s+)?open\b"
            rf"|{_FIRST}(?:delivered|gave|made)\s+(?:(?:an?|the|his|her|some|brief)\s+)?opening\b"
            rf"|{_FIRST}(?:officiated\s+at|graced)\s+the\s+(?:official\s+)?opening\b"
            r"|\)?\s*,?\s*(?!had\b|has\b)\w+(?:ed)?\s[^.;,]{2,40}\sin\s+(?:an|his|her|the)\s+opening\s+(?:address|remarks|statement|speech)\b"
        ),
    ),
    (
        "speaker",
        re.compile(
            rf"{_FIRST}(?:delivered|gave|made)\s+(?:(?:an?|the|his|her|some)\s+)?(?:\w+\s+){{0,2}}?(?:statement|address|speech|remark|intervention|lecture|talk)(?:s|es)?\b"
            r"|\)?\s*,?\s*(?:also\s+)?briefed\s+(?:the\s+(?:[Mm]eeting|[Ww]orkshop|[Cc]onference|[Gg]roup)|participants|delegates|ministers|members|[Oo]fficials)\b"
            r"|\)?\s*,?\s*(?:also\s+|then\s+)?spoke(?:\s+(?:on|about|of|at|to)\b|(?=\s*(?:[.;,]|$)))|\)?\s*,?\s*(?:then\s+)?(?:responded|replied)(?=\s*(?:[.;]|$))"
            r"|\)?\s*,?\s*(?:also\s+)?(?:responded|replied|spoke)\s+on\s+behalf\s+of\b"
            r"|\)?\s*,?\s*(?:also\s+|then\s+|later\s+)?addressed\s+(?:the|this|(?i:participants|delegates|ministers|members))\b(?!\s+(?:issues?|problems?|questions?|challenges?)\b)"
        ),
    ),
    (
        "presenter",
        re.compile(
            rf"{_FIRST}(?:(?:delivered|gave|made)\s+(?:(?:an?|the)\s+)?(?:\w+\s+){{0,2}}?presentations?|presented\s+on)\b"
            r"|\)?\s*,?\s*(?:then\s+|also\s+)?(?:introduced|tabled)\s+(?:an?|the|its|his|her|their)\s+(?:[\w-]+\s+){0,2}?(?:papers?|reports?|guides?|study|studies|draft|plan)\b"
            r"|\)?\s*,?\s*presented\s+(?:them|it|these|this)\b|\)?\s*,?\s*demonstrated\s+(?:an?|the|its|his|her|their)\s|\)?\s*,?\s*walked\s+(?:\w+\s+){1,2}through\b"
            r"|\)?\s*,?\s*(?:then\s+|also\s+)?presented\s+(?:(?:an?|the|its|his|her|their|some|two|three)\s+)?(?!\w*\s?(?:certificates?|awards?|gifts?|medals?"
            r"|credentials|plaques?|tokens?|compliments|flowers|apologies|themselves|himself|herself)\b)(?!to\b|by\b|with\b|at\b|as\b|in\b|for\b)[a-z]+"
            r"|\)?\s*,?\s*(?:was|were)\s+(?:also\s+)?among\s+the\s+presenters\b"
        ),
    ),
    ("speaker", re.compile(r"\)?\s*,?\s*(?:was|were)\s+(?:also\s+)?among\s+the\s+(?:panell?ists|speakers)\b")),
    (
        "attendee",
        re.compile(
            r"\)?\s*,?\s*(?:was|were)\s+(?:also\s+)?among\s+(?:those\s+(?:present|attending|who\s+(?:attended|took\s+part))|the\s+(?:participants|attendees|delegates))\b"
        ),
    ),
    ("guest", re.compile(r"\)?\s*,?\s*was\s+(?:also\s+)?(?:the\s+|an?\s+)?(?:chief|special|invited)\s+guest\b")),
    ("co-chair", re.compile(rf"\)?\s*,?\s*(?:who\s+)?(?:jointly\s+chaired|co-?chaired){_CHAIRED}")),
    # "…, the two co-chairs, led the meeting through its programme"
    (
        "co-chair",
        re.compile(
            r"\)?,\s+(?:the|its|our)\s+(?:two\s+)?[Cc]o-?[Cc]hairs,\s+(?:\w+ly\s+|then\s+)?(?:led|guided|steered|took|conducted|opened|closed|welcomed)\s+"
            rf"(?:(?:the|this)\s+(?:{_FORMS}|discussions?|proceedings|session)|participants|delegates|members|everyone)\b"
        ),
    ),
    (
        "co-chair",
        re.compile(r"\)?\s*,?\s*(?:who\s+)?(?:jointly\s+presided\b|presided\s+(?:jointly|together|as\s+(?:the\s+)?[Cc]o-?[Cc]hairs)\b)"),
    ),
    (
        "chair",
        re.compile(
            r"\)?\s*,?\s*(?:was|were)\s+(?:unanimously\s+)?elected\s+(?:as\s+)?(?:the\s+|its\s+)?[Cc]hair(?:man|person|woman)?(?=\s*[.,;]|\s+(?:of|for)\s+the\s+"
            + _FORMS
            + r"\b|\s+and\b|$)"
        ),
    ),
    (
        "moderator",
        re.compile(
            r"\)?\s*,?\s*(?:moderated|facilitated)(?=\s+(?:the|a|an|this|both|it)\b[^.;,]{0,60}?\b(?:sessions?|panels?|discussions?|meeting|workshop|round\s?table|(?:group|table-?top)\s+(?:work|exercises?)|breakout\s+groups?)\b)|\)?\s*,?\s*moderated(?=\s+and\b|\s*[.,;]|\s*$)"
        ),
    ),
    ("moderator", re.compile(r"\)?\s*,?\s*(?:also\s+)?(?:acted|served|sat)\s+as\s+(?:the\s+)?(?i:moderators?|facilitators?)\b")),
    *(
        (
            role,
            re.compile(
                rf"\)?,?\s+(?:(?:(?:serving|acting)\s+)?as\s+(?:the\s+|its\s+)?|in\s+(?:his|her)\s+(?:role|capacity)\s+as\s+(?:the\s+)?){word}{_OF_THIS}"
                rf"|\)?\s+\((?:the\s+)?{word}\)|\)?,\s+(?:(?:the|our)\s+)?{word}(?=\s*[,.;])"
                rf"|\)?\s*,?\s*(?:was|were)\s+(?:\w+ly\s+)?(?:appointed|elected|chosen|named|designated)\s+(?:as\s+)?(?:the\s+|its\s+)?{word}{_OF_THIS}"
            ),
        )
        for role, word in (("rapporteur", "[Rr]apporteurs?"), ("moderator", "(?:[Mm]oderator|[Ff]acilitator)s?"))
    ),
    (
        "rapporteur",
        re.compile(
            r"\)?\s*,?\s*(?:also\s+)?(?:acted|served|sat)\s+as\s+(?:the\s+)?(?i:rapporteurs?)\b|\)?\s*,?\s*was\s+(?:the\s+)?(?i:rapporteur)\b"
        ),
    ),
    ("speaker", re.compile(r"\)?\s*,?\s*(?:extended\s+(?:a|his|her)\s+(?:\w+\s+)?welcome\b|bade\s+[^.;,]{3,40}?\s+welcome\b)")),
    ("host", re.compile(rf"\)?\s*,?\s*(?:kindly\s+)?hosted\s+(?:the|this|both)\s+(?:[\w’'-]+\s+){{0,8}}?{_FORMS}s?\b")),
    ("speaker", re.compile(rf"\)?\s*,?\s*(?:warmly\s+)?welcomed\s+{_WELCOMED}\b(?![’'])", re.IGNORECASE)),
    (
        "apology",
        re.compile(
            r"\)?\s*,?\s*(?:(?:(?:was|were)\s+(?:unable|not\s+able)\s+to|could\s+not)\s+(?:attend|participate|take\s+part)[^.;,]{0,40}?\s+and\s+(?:had\s+)?)?"
            r"(?:sent|tendered|conveyed|extended)\s+(?:(?:his|her|their)\s+)?apologies\b"
        ),
    ),
    ("co-chair", re.compile(r"\)?\s*,?\s*presided\s+over\s+[^.;,]{3,80}?\s+as\s+(?:the\s+)?[Cc]o-?[Cc]hairs\b")),
    (
        "co-chair",
        re.compile(
            r"\)?\s*,?\s*(?:who\s+)?(?:(?:shared|jointly\s+took)\s+the\s+chair\b|(?:alternated|took\s+turns)\s+in\s+the\s+chair\b|took\s+the\s+chair\s+(?:jointly|together)\b|chaired\s+(?:the\s+\w+\s+)?(?:jointly|together)\b)"
        ),
    ),
    (
        "co-chair",
        re.compile(
            r"\)?\s*,?\s*(?:acted|served|sat)\s+as\s+(?:the\s+)?[Cc]o-?[Cc]hairs\b|\)?\s*,?\s*were\s+(?:(?:the\s+)?[Cc]o-?[Cc]hairs|in\s+the\s+[Cc]hair)\b"
        ),
    ),
    (
        "chair",
        re.compile(
            rf"\)?\s*,?\s*(?:who\s+)?(?:chaired|presided(?:\s+over)?){_CHAIRED}|\)?\s*,?\s*(?:was\s+in|took)\s+the\s+chair\b|\)?\s*,?\s*(?:acted|served|sat)\s+as\s+(?:the\s+)?[Cc]hair(?:man|person)?\b(?!\s+of\s+(?!(?:the|this)\s+(?:meeting|workshop|conference|session|seminar)))"
        ),
    ),
]

# Between a name and its verb: "…, who had chaired the workshop before, opened …".
RELATIVE: Final = re.compile(r"\)?,\s+(?P<who>who)(?:se)?\s[^.;()]{3,120}?(?:,(?=\s+(?!and\b|who\b|which\b|but\b)[a-z])|(?=[.;]|$))")
# In such a clause: what was not here and then.
NOT_HERE: Final = re.compile(
    r"\b(?:previous\w*|earlier|last|next|first\s+such|another|former\w*|had|has|have|will|would|is|are|to|(?:19|20)\d\d)\b"
)

# Words on both sides of the name and its office: "with Ms Lim, Director, as rapporteur".
AROUND_BEFORE: Final = re.compile(r"\b(?:with|elected)\s+(?:the\s+)?$")
AROUND_AFTER: Final = re.compile(
    r"\)?\s*,?\s+(?:as\s+(?:its\s+|the\s+|our\s+)?(?P<role>[Cc]o-?[Cc]hair|[Cc]hair|moderator|rapporteur)(?:man|person|woman)?s?|(?P<chair>presiding|in\s+the\s+[Cc]hair))(?=\s*(?:[.,;]|$))"
)
# "Ministers thanked Ms Lim, Director, for her keynote address".
THANKED: Final = re.compile(
    r"\b(?:thanked|[Tt]hanks\s+(?:went\s+)?to|(?:appreciation|gratitude|thanks)\s+to|grateful\s+to|thank)\s[^.;]{0,240}$"
)
THANKED_FOR: Final = (
    ("keynote-speaker", re.compile(r"\)?\s*,?\s+for\s+(?:his|her|the|their)\s+(?:[\w-]+\s+){0,3}?keynote\b")),
    ("opener", re.compile(r"\)?\s*,?\s+for\s+(?:opening|inaugurating|(?:his|her|the|their)\s+(?:[\w-]+\s+){0,2}?opening)\b")),
    ("co-chair", re.compile(r"\)?\s*,?\s+for\s+(?:co-?chairing|(?:his|her|their)\s+(?:[\w-]+\s+){0,2}?co-?chairmanship)\b")),
    ("chair", re.compile(r"\)?\s*,?\s+for\s+(?:chairing|(?:his|her|their)\s+(?:[\w-]+\s+){0,2}?chairmanship)\b")),
    ("presenter", re.compile(r"\)?\s*,?\s+for\s+(?:presenting|(?:his|her|their)\s+(?:[\w-]+\s+){0,2}?presentations?)\b")),
    ("speaker", re.compile(r"\)?\s*,?\s+for\s+(?:his|her|their)\s+(?:[\w-]+\s+){0,2}?(?:remarks|address|statement|speech)\b")),
)
# What somebody said at a meeting: weaker than a role that is named, and no part of a quotation.
SAID: Final = re.compile(
    r"\)?\s*,?\s*(?:who\s+)?(?:also\s+|then\s+|further\s+|\w+ly\s+)?(?:(?:commended|congratulated|thanked)\s+[^.;,]{2,60}?\s+and\s+)?(?:said|stated|noted|stressed|emphasi[sz]ed|underlined|reported|explained|argued|described"
    r"|outlined|recounted|summari[sz]ed|cautioned|warned|observed|remarked|commented|added|inquired|drew\s+attention\s+to|pointed\s+(?:out|to)"
    r"|shared|related|showed|highlighted|closed(?=\s+(?:the\s+(?:meeting|workshop|conference|seminar|session|event|training|course|forum)|proceedings)\b)|(?:told|informed|reminded|assured)\s+(?:the\s+)?(?i:meeting|group|workshop|conference|round\s?table|seminar|forum|participants|delegates|members|officials|ministers))\b"
)
# An account of something, which may be part of a statement: as weak.
TOLD: Final = re.compile(
    r"\)?\s*,?\s*(?:then\s+|also\s+)?(?:gave|provided)\s+(?:an?|the)\s+(?:[\w-]+\s+){0,2}?(?:overview|briefing|update|account|demonstration)\b"
)
QUOTED: Final = re.compile(r"[“”\"]")
# Who chaired a part of a meeting led a session of it.
OF_SESSION: Final = re.compile(
    r"\b(?:(?:first|second|third|last)\s+day|sessions?|panels?|breakout\s+groups?|discussions?)\b", re.IGNORECASE
)
