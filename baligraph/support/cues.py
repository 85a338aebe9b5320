"""The checker's own vocabulary: patterns that say which words may carry a role, a kind of meeting, a state of affairs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CUES: Final[Mapping[str, str]] = {
    "host": r"host|hospitality|invitation of",
    "co-host": r"host|invitation of",
    "chair": r"chair|presid",
    "co-chair": r"chair|presid|\b(led|guided) (jointly|together)\b",
    "opener": r"open(ed|ing)|inaugur|welcom|declar.*\bopen\b",
    "keynote-speaker": r"keynote",
    "speaker": r"sp(oke|eak)|statement|address|remark|speech|not(ed|ing)|highlight|emphasi|underlin|update|discuss|shar(ed|ing)|remind"
    r"|brief|welcom|greet|panell?ist|heard from|intervention"
    r"|clos(ed|ing)|respond|said|stat(ed|ing)|told|report|explain|describ|outlin|stress|argu|recount|summari|caution|warn|observed|comment"
    r"|\badded\b|inquir|attention|point(ed|ing)|show(ed|n)|relat(ed|ing)|inform|assur|repli"
    r"|panel.*(heard|consist|compris|includ|featur|made up)|lecture|\btalk\b",
    "presenter": r"present|overview|outlin|case study"
    r"|sp(oke|eak)|shar(ed|ing)|highlight|explain|describ|not(ed|ing)|discuss|update|deliver|brief"
    r"|\bsession\b|introduc|tabled|demonstrat|account of",
    "moderator": r"moderat|facilitat|under the guidance|discussions? (was|were) guided"
    r"|(chair|presid).*(session|panel|discussion|day|noon|morning)|(session|panel|discussion|day).*(chair|presid)",
    "rapporteur": r"rapporteur",
    "attendee": r"accompanied|conven|involv|"
    r"attend|participa|represent|delegat|present|took part|compris|were there|list|br(ought|ing\w*) together|"
    r"c[ao]me (from|together)|joined|taking part|gathered|assembled|on hand|\bmet\b|were at\b|drawn from|\b(led|headed)\b"
    r"|offic(ials|ers) (of|from)\b|\b(members|states|countries|organi[sz]ations|agencies)( and organi[sz]ations)?:"
    r"|\b(in|into|around|at) the (room|table)\b|\b(filled|took) (the|their) seats\b|\bspoke for\b"
    r"|\bsent (an?|\w+[eo]rs)\b|\bso did\b|\bcame\b|\bcompleted the (course|training|workshop|seminar)\b",
    "observer": r"observer|observed(?!\s+that)",
    "guest": r"guest|invit",
    "apology": r"apolog|regret|excuse|unable|not able|could not|no \w+ could|had to (cancel|withdraw)|prevented from",
    "organiser": r"organi[sz]|\brun\b|conven|joint|arrang|held by|in cooperation with|together with|develop|in collaboration|partner",
    "coordinator": r"co-?ordinat",
    "contributor": r"input|contribut|support|assist|represent|provid|\brun\b|present|help|fund|sponsor|facilitat",
    "logistics": r"logistic|arrangement|administrat|support|facilitat|secretariat",
    "training-provider": r"train",
    "member": r"member|participa|countr|states|includ|join|compris|consist|made up|composed",
    "steering-group": r"steering",
}
"""A word for a role or status, as a pattern on the bare passage."""

KINDS: Final[Mapping[str, str]] = {
    "MinisterialConference": r"minist",
    "SeniorOfficialsMeeting": r"senior official|\bSOM\b",
    "SteeringGroupMeeting": r"steering",
    "GroupMeeting": r"meet|group|conven|task force|\bAHG\b",
    "Workshop": r"workshop|seminar|symposium|roundtable|round table|meeting",
    "TrainingEvent": r"train|course",
    "SideEvent": r"side[ -]?event",
    "ForumSession": r"forum",
}
# What a text may call a collective that it does not name: an event stands for those who took part in it.
COLLECTIVES: Final[Mapping[str, str]] = {
    "participants": r"\b(?:the|this)\s+(?:[\w-]+\s+){0,2}(?:meeting|conference|workshop|seminar|round\s?table|symposium|dialogue|plenary|"
    r"forum|webinar)\b|\b(?:delegates|delegations|experts|practitioners|representatives|officials|present)\s+[a-z]",
}
STATES: Final[Mapping[str, str]] = {
    "proposed": r"propos|should|suggest|could",
    "planned": r"plan|will|develop|to be|pilot|intend",
    "in-preparation": r"prepar|finalis|finaliz|develop|draft|underway",
    "recommended": r"recommend|should|encourag",
    "redesigned": r"redesign|revis|updat",
    "endorsed": r"endors|adopt|agreed",
    "published": r"publish|launch|issu|releas|post",
}
