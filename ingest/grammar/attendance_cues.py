"""The words by which attendance is told: who came, observed, was a guest or sent apologies, and how many came."""

from __future__ import annotations

import re
from typing import Final

from ingest.grammar.lists import OTHERS
from ingest.grammar.numbers import NUMBER_WORD

_DELEGATES = (
    r"(?:[Rr]epresentatives|[Dd]elegat(?:es|ions)|[Pp]articipants|[Aa]ttendees|(?:[Ss]enior\s+|[Gg]overnment\s+)?[Oo]ffic(?:ials|ers)"
    r"|[Mm]inisters|[Ee]xperts|[Ss]taff|[Cc]olleagues|[Tt]rainees|[Tt]rainers|[Ii]nstructors|[Pp]lanners|[Pp]ractitioners|[Pp]rosecutors|[Ii]nvestigators|[Bb]order\s+[Mm]anagers|[Ee]nvoys|[Hh]eads\s+of\s+[Dd]elegations?|"
    r"[Mm]ember\s+(?:states|countries))"
)
_PEOPLE = rf"{_DELEGATES}(?:(?:,|\s+and|,\s+and)\s+(?:other\s+|senior\s+)?[a-z]+s)?"
_ADJECTIVES = rf"(?:(?!{OTHERS})[a-z]+\s+){{0,3}}"  # "law enforcement practitioners", not "airline representatives"
# Words before the first name: "more than 60 representatives of the Governments of".
_WHOSE = (
    rf"(?:(?:[Oo]ver\s+|[Mm]ore\s+than\s+|[Ss]ome\s+|[Aa]bout\s+)?(?:\d+\s+|(?:{NUMBER_WORD})\s+)?{_ADJECTIVES}{_PEOPLE}\s+(?:of"
    rf"|from|representing)\s+|those\s+(?:of|from)\s+)?"
    r"(?:(?:the\s+)?following(?:\s+[a-z]+)?:?\s+)?(?:the\s+)?(?:[Gg]overnments?\s+of\s+)?(?:the\s+)?"
)
_INCLUDING = r"(?P<inc>[^.;:]{0,100}?\b(?:including|namely|such\s+as)\s+|[^.;:]{0,60}?:\s*)?"
_PRESENT = (
    r"(?:present|represented|there|in\s+attendance|on\s+hand|in\s+the\s+room|(?:at|around)\s+the\s+table"
    r"|at\s+(?:the|this)\s+(?:[\w’'-]+\s+){0,4}?(?:[Mm]eeting|[Cc]onference|[Ww]orkshop))"
)
_CAME = rf"(?:attended|took\s+part|participated|(?:were|was)\s+(?:also\s+|all\s+|likewise\s+|similarly\s+)?{_PRESENT}|was\s+attended)"
MEETING: Final = r"(?i:meetings?|workshops?|conferences?|seminars?|round\s?tables?|discussions?|events?|forums?|dialogues?|sessions?|talks)"
_OBJECT = (
    rf"(?=\s*(?:[.,;:]|$)|\s+(?:in\s+|at\s+|on\s+)?(?:the|this|both|these|all)\s+(?:[\w’'-]+\s+){{0,8}}?{MEETING}\b"
    r"|\s+for\s+(?:the|its|their)\s+(?:very\s+)?(?:first|second|third)\s+time\b|\s+as\s+well\b|\s+too\b|\s+(?:in\s+person|online|virtually|remotely)|\s+(?:through|via)\s+(?:its|their)\b|\s+at\s+the\s+level\s+of\b"
    r"|\s+at\s+(?:the|its|their)\s+(?:(?:kind\s+)?invitation\s+of\b|[\w’'-]+\s+invitation\b)|\s+for\s+(?:the|part|one|all|most)\b(?!\s+of\s+(?:their|its|a)\b)|"
    r"\s+(?:as|in\s+their\s+capacity\s+as)\s+(?:full\s+|the\s+)?(?:members?|partners?|participating|international|regional|participants?|secretariat)\b|"
    r"\s+(?:and|while|but|with|alongside)\s)"
)
# The list follows.
AFTER: Final = [
    re.compile(rf"\b{_CAME}\b[^.;]{{0,60}}?,?\s*\brepresent(?:ing|atives?\s+(?:of|from)):?\s+(?:the\s+)?(?:[Gg]overnments?\s+of\s+)?"),
    re.compile(
        # "The trainers came from …": those who taught
        rf"\b(?:(?<![Tt]he )|(?!(?:[Tt]rainers|[Ii]nstructors)\s+came\b)){_PEOPLE}"
        rf"\s+(?:also\s+)?(?:attended|came|travelled|participated|joined|took\s+part|were\s+(?:present|there|drawn|in\s+attendance))\s+from\s+{_INCLUDING}(?:the\s+)?"
    ),
    re.compile(rf"\b{_PEOPLE}\s+(?:were|represented|included|comprised)\s+{_WHOSE}"),
    re.compile(rf"(?<!\bbe\s)\b(?:attended|attendance|joined)\s+by\s+{_WHOSE}{_INCLUDING}(?:the\s+)?"),
    re.compile(
        rf"(?:^|(?<=[.;]\s)|\b[Aa]lso\s+)(?:[Pp]resent|[Pp]articipating|[Aa]ttending|[Ii]n\s+attendance|[Tt]aking\s+part|[Tt]here|[Oo]n\s+hand|[Ii]n\s+the\s+room|(?:[Aa]round|[Aa]t)\s+the\s+table"
        rf"|[Rr]epresented)(?:\s+(?:at|in)\s+(?:the|this)\s+(?:[\w’'-]+\s+){{0,4}}?\w+)?(?:\s+also)?(?:\s+(?:was|were):?|:)\s+{_WHOSE}"
    ),
    re.compile(rf"(?:^|[.;]\s)(?:Attendance|Attendees|Participants|Delegates|Delegations):\s+{_WHOSE}"),
    re.compile(
        rf"\b(?:[Tt]hose|[Aa]mong\s+those)\s+(?:who\s+)?(?:present|attending|in\s+attendance|participating|taking\s+part|attended|took\s+part)\b"
        rf"[^.;:]{{0,40}}?\s(?:were|included)\s+{_WHOSE}"
    ),
    re.compile(
        r"\s+alongside\s+(?:[a-z]+\s+)?(?:representatives|delegates|officials|officers|staff|experts|colleagues)\s+(?:of|from)\s+(?:the\s+)?"
    ),
    re.compile(rf"\b(?:brought|bringing)\s+together\s+{_WHOSE}{_INCLUDING}(?:the\s+)?"),
    re.compile(  # "forty practitioners from coast guards, ministries of justice and immigration services of Fiji and Nauru"
        rf"\b(?:brought|bringing)\s+together\s+[^.;:]{{0,30}}?{_PEOPLE}\s+(?:from|of)\s+[a-z][a-z ,&-]{{5,160}}?"
        r"\s(?:services|agencies|authorities|departments|ministries|offices|forces|police|units|guards)\s+of\s+(?:the\s+)?(?=[A-Z])"
    ),
    re.compile(
        rf"\b(?:had|drew|attracted|gathered|convened|assembled|counted|included|comprised|saw|involved)\s+(?:the\s+(?:participation|attendance)\s+of\s+)?"
        rf"(?:(?:over|more\s+than|some|about|around)\s+)?(?:\d+\s+|(?:{NUMBER_WORD})\s+)?{_ADJECTIVES}{_PEOPLE}\s+(?:from|of|representing)\s+"
        rf"(?:the\s+)?(?:[Gg]overnments?\s+of\s+)?(?:the\s+)?"
    ),
    re.compile(
        rf"\b(?:with|welcomed|appreciated|noted|benefited\s+from|acknowledged)\s+the\s+(?:participation|presence|attendance)\s+of\s+{_WHOSE}"
    ),
    re.compile(rf"\b(?:{_CAME}|(?:They|These)\s+(?:came|were)\s+from)\b[^.;:]{{0,40}}:\s*(?:the\s+)?"),
    re.compile(
        rf"(?:^|(?<=[.;]\s)|;\s+)(?:[Tt]hey|[Tt]hese|[Tt]he\s+latter)\s+(?:came\s+from|were\s+from|spoke\s+for|represented)\s+{_WHOSE}(?=[A-Z])"
    ),
    re.compile(
        r"\b(?i:(?:members|countries|states|delegations|parties|governments|organi[sz]ations)\s+(?:that\s+)?(?:attended|attending|participated"
        r"|participating|took\s+part|taking\s+part|present|represented))(?:\s+[^.;:]{0,40}?)?\s*(?:\bwere\b|\bincluded\b|:)\s*(?:the\s+)?"
    ),
    re.compile(
        r"\b(?i:(?:participating|attending)\s+(?:countries|states|members|governments|delegations|organi[sz]ations))\s*"
        r"(?:\bwere\b|\bincluded\b|:)\s*(?:the\s+)?"
    ),
    re.compile(rf"(?<=,)\s+as\s+(?:did|were)\s+{_WHOSE}"),
    re.compile(rf"(?:(?<=,)|(?<=;))?\s+and\s+so\s+(?:did|were)\s+{_WHOSE}"),
    re.compile(r"\b[Dd]elegations\s+(?:at|to|in)\s+the\s+[a-z]+\s+were\s+(?:those\s+of\s+)?(?:the\s+)?"),
    re.compile(rf"(?<=,)\s+as\s+well\s+as\s+{_WHOSE}"),
    re.compile(r"(?<=\bcame,)\s+with\s+(?:the\s+)?(?=[A-Z]{3,}\b)"),  # organisations behind the states
    re.compile(rf"(?:^|(?<=[.;]\s))So\s+(?:did|were)\s+{_WHOSE}"),
    re.compile(
        rf"\bfollowing\s+(?:[a-z]+\s+)?(?:countries|members|states|delegations|governments|organi[sz]ations"
        rf"|parties)\b[^.;:]{{0,40}}?\b(?:{_CAME}|sent\s+(?:[a-z]+\s+)?(?:delegations|delegates|representatives|officials|officers|experts))[^.;:]{{0,40}}:\s*(?:the\s+)?"
    ),
    re.compile(rf"(?<=,)\s+(?:together|along)\s+with\s+{_WHOSE}"),
]
# After a list behind "with": "The Steering Group met with Fiji and IOM around the table".
THERE: Final = re.compile(
    r"\s+(?:all\s+|also\s+)?(?:present|attending|in\s+attendance|participating|taking\s+part|(?:at|around)\s+the\s+table)(?=\s*(?:[.,;]|$))"
)
BEFORE_NOW: Final = re.compile(r"\b(?:had|will|would|since|previous\w*|earlier|last|next|first\s+such)\b", re.IGNORECASE)
# A sentence that goes on with the names of those whom the sentence before it counts.
THEY_WERE: Final = re.compile(r"(?:They|These)\s+were\s*:?\s+(?:the\s+)?(?=[A-Z])")
CAME_BEFORE: Final = re.compile(
    r"\b(?:delegations?|participants|members|states|countries|delegates)\b[^.;]{0,60}\b(?:came|attended|took\s+part|participated|present|represented|joined)\b"
)
WITH: Final = re.compile(r"\b(?:with|and)\s+(?:the\s+)?")
# Before a semicolon: a verb whose clause it ends.
TOLD_BEFORE: Final = re.compile(
    rf"\b(?:{_CAME}|(?:brought|bringing)\s+together|was|were|joined|came|gathered|met|assembled|convened|sent|included|represented|observed|observers?:|[Pp]resent:|[Pp]articipants:)(?!\w)"
)
# The list follows, and the verb comes after it: "Representatives of … took part".
FRAMED: Final = re.compile(
    rf"\b{_PEOPLE}\s+(?:of|from|representing|drawn\s+from)\s+(?:(?:the\s+)?(?:\d+\s+|(?:{NUMBER_WORD})\s+)?(?:Bali\s+Process\s+)?"
    rf"(?:members|member\s+states|countries|states|governments|economies)(?:,\s+namely|\s*[–—:(-])\s*)?(?:the\s+)?(?:[Gg]overnments?\s+of\s+)?(?:the\s+)?"
)
FRAMED_END: Final = re.compile(
    rf"[\s,–—)-]*(?:all\s+|also\s+|each\s+)?(?:{_CAME}\b|(?:met|gathered|assembled|convened|came(?:\s+together)?|travelled)\s+(?:in|at|on|for|to|with)\b"
    r"|(?:today\s+|yesterday\s+)?completed\s+(?:an?|the|this)\s+(?:[\w-]+\s+){0,5}?(?:training|course|workshop)\b"
    rf"|(?:made|delivered)\s+(?:(?:national|country|opening|brief)\s+)?statements\b|joined(?=\s*[.,;]|\s+(?:them|in|online|remotely|by\s+video)\b|\s+(?:the|this)\s+(?:[\w’'-]+\s+){{0,4}}?{MEETING}\b))"
)
# What those who meet do: enough where four or more parties are named.
MET: Final = re.compile(
    r"[\s,–—)-]*(?:then\s+|also\s+|all\s+)?(?:exchanged|shared|discussed|considered|examined|reviewed|heard|explored|debated|deliberated|agreed|worked"
    r"|learned|learnt|received|compared|looked\s+at|took\s+stock)\b"
)
MANY: Final = 4
AS_OBSERVERS: Final = re.compile(
    r"(?<!and )(?<!or )\b[Oo]bservers?(?:\s+(?:from|of|the|following|also|states|countries|organi[sz]ations|delegations)){0,6}\s+$"
)  # "Observer delegations came from …", "Observers from the following also attended:"
OF_OBSERVERS: Final = re.compile(r"\bby\s+(?:[a-z]+\s+)?observers\b")  # "attended by observers from the following countries:"
IN_BRACKETS: Final = re.compile(r"\(observers?\)\s*$")  # "Two States (observers) were there: …"
# "IOM and officials of Fiji took part": who stands before the words that frame a list.
AND_BEFORE: Final = re.compile(r",?\s+(?:and|together\s+with|along\s+with|as\s+well\s+as)\s+(?:[a-z]+\s+)?$")
# "Observer States Japan and Canada", "the observers, Japan and Canada,": what the names after it are.
OBSERVERS_ARE: Final = re.compile(
    r"\b[Oo]bserver(?:s(?:,|\s+from)?|\s+(?:[Cc]ountries|[Ss]tates|[Gg]overnments|[Dd]elegations|[Oo]rgani[sz]ations)(?:,|\s+(?:of|from))?)\s+(?:the\s+)?$"
)
# The list stands before.
TOOK_PART: Final = re.compile(
    rf",?\s+(?:all\s+|also\s+|each\s+)?(?:{_CAME}|sent\s+(?:an?\s+|{NUMBER_WORD}\s+|\d+\s+)?(?:[a-z]+\s+)?"
    rf"(?:delegat(?:ions?|es?)|representatives?|experts?|advis[eo]rs?|teams?|offic(?:ials?|ers?)|participants?|drafters?|trainers?|trainees?|lawyers?|prosecutors?"
    r"|investigators?))\b(?!\s+(?:from|by)\b)"
    rf"(?:{_OBJECT}|(?=\s+(?:led|headed)\s+by\b))"
    rf"|,?\s+(?:all\s+|also\s+|each\s+)?joined(?=\s+them(?:\s*[.,;]|\s+and\b|\s+(?:as|in\s+the|at\s+the)\b)|\s+(?:in\s+person|online|virtually|remotely|by\s+video)\b"
    rf"|\s+(?:the|this)\s+(?:(?!process\b)[\w’'-]+\s+){{0,6}}?(?!forums?\b|dialogues?\b){MEETING}\b)"
    rf"|(?:,\s+(?:the\s+|as\s+)?[Cc]o-?[Cc]hairs?(?:\s+of\s+[^,.;]{{3,60}})?,)?\s+were\s+(?:also\s+)?joined\s+by\b|,?\s+(?:was|were)\s+(?:also\s+)?represented\s+(?:at\s+the\s+\w+\s+)?by\b"
)
_OBSERVER_OF = re.compile(
    r"\b(?:[Oo]bservers?\s*(?:(?<=\s)(?:(?:delegations?|countries|states|organi[sz]ations)\s+)?(?:(?:in\s+attendance|present|attending|came)(?:\s+|(?=:)))?(?:(?:were|was)\s+(?:also\s+)?(?:present|in\s+attendance|there)\s+from|(?:came|attended|participated|took\s+part|joined)\s+from|from|were|was|included|comprised|(?<=t|g|e):)(?:\s+(?:representatives"
    r"|delegations)\s+(?:of|from))?|:)"
    r"|(?:^|(?<=[.;]\s)|\b[Tt]here\s+were\s+)(?:[a-z]+\s+)?[Oo]bserver\s+(?:delegations?|countries|states|governments|agencies|organi[sz]ations)\s*:"
    r"|\bin\s+the\s+presence\s*,?\s+as\s+(?:an\s+)?observers?\s*,?\s+of"
    r"|\b[Aa]s\s+(?:an\s+)?observers?(?:,?\s+(?:(?:there\s+)?(?:were|was)|came|attended)|:)|\b[Aa]s\s+observers,\s+(?:representatives|delegat(?:es|ions)|officials|officers|experts|staff)\s+(?:of|from)|(?:\b(?:meeting|workshop|conference|seminar)\s+was\s+(?:also\s+)?|,\s+and\s+(?:was\s+)?)observed\s+by)\s+(?:the\s+)?"
)
_BEING = r"(?:(?:was|were|being)\s+(?:also\s+)?(?:there|present|represented|in\s+attendance|admitted|welcomed)?)"
OBSERVED: Final = re.compile(
    rf",?\s+(?:both\s+|all\s+)?(?:also\s+)?(?:participated|attended|took\s+part|followed|{_BEING}|joined|participating|attending)\s*(?:also\s+)?"
    rf"(?:(?:in\s+|at\s+)?(?:the|both|this)\s+(?:[\w’'-]+\s+){{0,8}}?)?(?:(?:in\s+(?:their|its)\s+capacity\s+)?as\s+(?:an\s+)?(?:(?:non-member|official|invited)\s+)?[Oo]bservers?\b"
    rf"|in\s+an?\s+observers?\s+capacity|with\s+(?:the\s+status\s+of\s+observers?|observer\s+status)|in\s+the\s+capacity\s+of\s+(?:an\s+)?observers?)"
    r"|\s+(?:also\s+)?observing(?=\s*(?:[.,;]|$))"
    # any few words from a verb in the past to "as observers": "looked on as observers"
    rf"|,?\s+(?:also\s+)?(?!invited|expected|proposed|admitted)(?:[a-z]+ed|took|came|sat|was|were|did)\s+(?:(?!not\b|and\b|or\b|to\b|invited\b)[a-z]+\s+){{0,4}}?"
    rf"as\s+(?:an\s+)?(?:(?:non-member|official|invited)\s+)?[Oo]bservers?\b"
    rf"|,?\s+(?:both\s+|all\s+|also\s+|each\s+)?(?:(?:sent|had)\s+(?:an\s+)?observers?|(?:were|was)\s+(?:accorded|given|granted)\s+observer\s+status)\b|,?\s+were\s+(?:also\s+)?observers\b(?=\s*[.,;]|\s+at\b)|,?\s+(?:also\s+)?observed(?=\s*\.|\s+at\s+the\s+invitation\b|\s+(?:the|both"
    rf"|this)\s+(?:[\w’'-]+\s+){{0,8}}?(?:{MEETING}|proceedings)\b)"
)
_SORRY = (
    r"(?:sent|tendered|extended|conveyed|offered|gave|submitted|recorded|presented|expressed)\s+(?:their\s+|its\s+|an\s+)?"
    r"(?:apolog(?:y|ies)|regrets|excuses)\b"
)
# What they could not attend is this meeting.
_HERE = (
    rf"(?=\s*(?:[.,;)]|$)|\s+(?:the|this)\s+{MEETING}\b(?!\s+(?:in|of|on|at|held|hosted)\b)"
    r"|\s+(?:and|but|due|because|owing|as|in\s+person|on\s+this\s+occasion|this\s+time)\b)"
)
_COULD_NOT = r"(?:could\s+not|(?:was|were)\s+(?:unable|not\s+able)\s+to)"
_BE_THERE = (
    rf"(?:(?:attend|participate|take\s+part|come|be\s+(?:present|represented)){_HERE}"
    r"|send\s+(?:an?\s+)?(?:delegate|delegation|representative|officer|official)s?\b)"
)
_APOLOGY = re.compile(
    rf"(?:,\s+(?:(?:which\s+was\s+)?invited|(?:which|who)\s+(?:had|have|has|are|is|were|was))\s[^.;,]{{2,60}},)?,?\s+(?:also\s+|both\s+)?(?:(?:(?:was|were)\s+(?:unable|not\s+able)\s+to|could\s+not)\s+"
    rf"(?:attend|participate|be\s+present|be\s+there|come|do\s+so"
    rf"|take\s+part)(?:\s+the\s+\w+)?\s+and\s+(?:had\s+)?|(?:withdrew|cancelled|did\s+not\s+(?:attend|come|participate|take\s+part)|(?:was|were)\s+(?:not\s+represented|not\s+present|absent|prevented\s+from\s+[a-z]+ing))\s*,?\s+(?:and|but)\s+(?:had\s+)?)?"
    r"(?:had\s+(?:hoped|wished|wanted|planned|intended|meant|confirmed|registered|accepted)\b[^.;]{0,100}?\s(?:and|but)\s+(?:then\s+|later\s+)?)?"
    rf"(?:{_SORRY}|had\s+(?:also\s+|both\s+)?{_SORRY}(?=\s*(?:[.,;]|$))|(?:was|were)\s+(?:an\s+)?apolog(?:y|ies)\b|withdrew\s+(?:at\s+short\s+notice\s+)?with\s+(?:its\s+|their\s+)?(?:apologies|regrets)\b|excused\s+(?:itself|themselves)\b"
    rf"|asked\s+that\s+(?:its|their)\s+(?:apologies|regrets)\s+be\s+(?:recorded|noted|conveyed)\b"
    rf"|(?:had\s+)?(?:(?:sent|gave|given)\s+(?:word|notice)|let\s+(?:\w+\s+){{1,3}}know|informed\s+the\s+[\w-]+)\s+that\s+(?:it|they)\s+"
    rf"(?:{_COULD_NOT}\s+{_BE_THERE}|could\s+not(?=\s*[.;]))|(?:had\s+)?asked\s+to\s+be\s+excused\b|regretted\s+(?:that\s+(?:they|it)\s+{_COULD_NOT}|(?:being\s+unable|not\s+being\s+able|(?:its|their)\s+inability)\s+to)\s+{_BE_THERE}"
    rf"|(?:{_COULD_NOT}|(?:was|were)\s+prevented\s+from|(?:was|were)\s+not\s+in\s+a\s+position\s+to)\s+travel(?:ling)?\b(?=\s*(?:[.,;]|$)|\s+(?:to|and|but|due|because|owing)\b)"
    rf"|(?:(?:was|were)\s+(?:also\s+)?invited\s+but\s+)?{_COULD_NOT}\s+{_BE_THERE}"
    # who had meant to come
    rf"|had\s+(?:registered|nominated|named)\s+[^.;,]{{2,60}},?\s+who\s+(?:{_COULD_NOT}|(?:was|were)\s+prevented\s+from)\s+(?:travel(?:ling)?|com(?:e|ing)|attend(?:ing)?)\b"
    rf"|(?:which|who)\s+had\s+(?:registered|nominated|confirmed|accepted|planned|intended|hoped|been\s+invited)\b[^.;,]{{0,60}},\s+"
    rf"{_COULD_NOT}\s+{_BE_THERE}"
    rf"|(?:(?:was|were)\s+to\s+(?:have\s+)?[a-z]+\s+but\s+)?had\s+to\s+(?:cancel|withdraw)(?:\s+(?:its|their)\s+(?:participation|attendance|travel|trip|visit))?"
    r"(?=\s*(?:[.,;]|$)|\s+(?:because|due|owing|at|after|following|on)\b)"
    rf"|apologi[sz]ed(?=\s*(?:[.,;]|$))"
    rf"|apologi[sz]ed\s+for\s+(?:not\s+|their\s+|its\s+|being\s+)?(?:\w+\s+)?(?:absence|attending|unable|participating))"
)
_APOLOGY_OF = re.compile(
    r"\b[Nn]o\s+(?:delegations?|representatives?|officials?|one)\s+(?:(?:could|was\s+able\s+to|were\s+able\s+to)\s+(?:travel|come|attend|participate))\s+from\s+(?:the\s+)?"
    r"|\b(?:[Aa]pologies|[Rr]egrets|Excused):\s+(?:the\s+)?"
    r"|\b(?:[Aa]pologies|(?:An|an)\s+apology|[Rr]egrets)\s+(?:for\s+(?:absence|non-attendance)\s+)?(?:(?:were|was|had\s+been|have\s+been)\s+(?:also\s+)?(?:received"
    r"|conveyed|noted|tendered|given|sent|recorded|expressed|submitted)\s+|(?:had\s+)?(?:come|came|arrived)\s+)?(?:from|by)\s+"
    r"(?:the\s+)?(?:[Gg]overnments?\s+of\s+)?(?:the\s+)?"
)
_AS_GUEST = (
    r"as\s+(?:(?:an?\s+)?(?:(?:invited|special|observer)\s+)?guests?"
    r"|(?:an\s+)?invited\s+(?:organi[sz]ations?|states?|countr(?:y|ies)|agenc(?:y|ies)))\b"
)
_GUEST = re.compile(
    rf",?\s+(?:who\s+|which\s+)?(?:also\s+)?(?:participated|attended|took\s+part|joined|{_BEING})\s*(?:(?:in\s+"
    rf"|at\s+)?the\s+(?:\w+\s+){{0,3}}?)?(?:at\s+the\s+invitation\s+of\s+[^.,;]{{3,40}}?\s+)?{_AS_GUEST}"
    r"|,?\s+(?:was|were)\s+(?:the\s+|invited\s+as\s+)?(?:invited\s+|special\s+|(?<=as\s))guests?\b"
    r"|(?<=[\w)])\s+as\s+an?\s+(?:invited|special)\s+guest\b"
)
_GUEST_OF = re.compile(
    r"\b(?:came|attended|took\s+part|participated|were\s+(?:there|present))\s+as\s+(?:invited\s+|special\s+)?guests\s*[,:]\s*(?:namely\s+|they\s+were\s+)?(?:the\s+)?(?=[A-Z])"
    r"|\b(?:(?:[Ii]nvited|[Ss]pecial)\s+guests?\s*(?:included|were|was|from|:)|[Gg]uests:|[Gg]uests\s+(?:from|were|included"
    r"|at\s+the\s+\w+\s+were))\s+(?:the\s+)?(?:representatives\s+(?:of|from)\s+)?(?:the\s+)?"
)
# "…, with Japan participating as observer": a participle speaks only of those after "with".
OF_OTHER_WORK: Final = re.compile(
    r"\b(?:pilots?|projects?|schemes?|trials?|operations?|patrols?)\b", re.IGNORECASE
)  # in which others take part
ABSOLUTE: Final = re.compile(r",?\s+(?:both\s+|all\s+|also\s+)*(?:participating|attending|being|observing)\b")
APART: Final = re.compile(r"\b(?:with|while|by)\s+")
PARTIAL: Final = re.compile(r"\b(?:included|including|among (?:them|others)|such as|inter alia)\b", re.IGNORECASE)
# A list that goes on in words that could not be read.
BROKEN: Final = re.compile(r"\s*(?:\([^()]*\)\s*)?;\s*(?:and\s+)?(?:the\s+)?[A-Z]")
FIRST: Final = ((OBSERVED, "observer"), (_GUEST, "guest"), (_APOLOGY, "apology"))
THEN: Final = ((_OBSERVER_OF, "observer"), (_GUEST_OF, "guest"), (_APOLOGY_OF, "apology"))
# Before a cue: what takes it back ("will be", "had", "an earlier meeting that was").
NOT: Final = re.compile(
    r"\b(?:no|neither|nor|whose|none\s+of(?:\s+the)?|will|would|shall|may|might|could|should|to|not|never|had|previously|earlier|expected|invited)\s+(?:also\s+|all\s+"
    r"|be\s+|have\s+)*$",
    re.IGNORECASE,
)
# "Three observers, namely Fiji and IOM, also sat in": the verb comes after the list.
OBSERVERS_NAMED: Final = re.compile(
    r"\b[Oo]bservers?(?:\s+delegations?)?(?:\s*\(|,\s+namely\s+|\s*[–—]\s*|,\s+|\s+-\s+)(?:the\s+)?(?=[A-Z])"
)
CAME_TOO: Final = re.compile(
    rf"[\s,–—)-]*(?:also\s+|all\s+|both\s+|likewise\s+)?(?:{_CAME}|sat\s+in|sat\s+at|looked\s+on|listened|followed\s+the|joined)\b"
)
# After a list: a verb whose subject its last names are.
NEXT_VERB: Final = re.compile(
    r"\s+(?:also\s+|both\s+|all\s+)?(?:was|were|attended|took|joined|sent|tendered|participated|observed|followed|did|had|could)\b"
)
# Before the names: who did not come ("No representatives of Fiji attended").
NOBODY: Final = re.compile(r"\b(?:no|neither|none|nobody|whose)\b[^.,;:]*$", re.IGNORECASE)
# "Airline representatives": people whom no government sent.
OF_OTHERS: Final = re.compile(rf"{OTHERS}$", re.IGNORECASE)
SENT: Final = re.compile(_DELEGATES)

_CROWD = r"(?:participants|officials|officers|delegates|experts|representatives|practitioners|investigators|prosecutors|people|attendees)"
_HOW_MANY = (
    rf"(?P<more>\b(?:over|more\s+than|at\s+least|in\s+excess\s+of)\s+)?(?P<about>\b(?:about|around|some|approximately|nearly|almost)\s+)?"
    rf"\b(?P<number>\d[\d,]*|(?:{NUMBER_WORD}"
    rf"|hundred)(?:-\w+)?)\s+(?:(?!(?:from|of|countries|states|governments|members|agencies|organi[sz]ations|delegations)\b)[\w-]+\s+){{0,4}}?{_CROWD}\b(?:\s+and\s+{_CROWD}\b)?"
)
COUNTS: Final = (
    re.compile(
        rf"{_HOW_MANY}(?=\s+(?:from\s+[^.]*?)?(?:attended|took\s+part|participated|came\s+together|gathered|joined|were\s+present))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:drew|attracted|(?:brought|bringing)\s+together|(?:attended|joined)\s+by)\s+(?:a\s+total\s+of\s+)?{_HOW_MANY}", re.IGNORECASE
    ),
)
