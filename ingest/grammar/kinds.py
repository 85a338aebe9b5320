"""The kind of a meeting, by the noun that names it, and the series and ordinal that a name states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SENIOR = r"senior\s+officials?['’]?s?['’]?"
# "Task Force on Planning and Preparedness": words with capitals, whatever the case of the rest of the name.
_TOPIC = r"(?-i:[A-Z][\w’'-]*)(?:(?:,?\s+|,?\s+(?:and|in|of|the|by)\s+)(?-i:[A-Z][\w’'-]*)){0,8}?"
# Committees that those who meet set up for some work; others are of parliaments and treaties.
_COMMITTEE = r"(?:steering|drafting|organi[sz]ing|coordinat(?:ion|ing)|planning|editorial)\s+committee"
# Specific nouns first: a "Senior Officials' Meeting" is no plain meeting, a "Side Event" of a forum no forum.
_KINDS = [
    ("SideEvent", r"side[\s-]+event"),
    ("SteeringGroupMeeting", r"steering\s+group(?:\s+\(\w+\))?\s+meeting|meeting\s+of\s+the\s+(?:bali\s+process\s+)?steering\s+group"),
    ("MinisterialConference", r"ministerial\s+(?:conference|meeting)|meeting\s+of\s+ministers"),
    (
        "GroupMeeting",
        rf"(?:ad\s+hoc\s+group|working\s+group|ad\s+hoc\s+experts?['’]?\s+group|task\s?force|experts?\s+group)"
        rf"(?:\s+on\s+{_TOPIC})?(?:\s+\(\w+\))?(?:\s+{_SENIOR})?\s+meeting"
        rf"|{_COMMITTEE}(?:\s+on\s+{_TOPIC})?\s+meeting|meeting\s+of\s+(?:the\s+)?{_COMMITTEE}"
        rf"|meeting\s+of\s+(?:the\s+)?(?:bali\s+process\s+)?(?:ad\s+hoc|technical\s+experts?|(?:\w+\s+)?working\s+group|task\s?force|experts?['’]?\s+group)"
        rf"|meeting\s+of\s+the\s+(?-i:Group)"
        rf"|(?-i:AHG)\s+(?-i:SOM)|AHE?G(?:\s+[IV]+|\s+\d)?\s+(?:[\w’'-]+\s+){{0,3}}meeting",
    ),
    ("SeniorOfficialsMeeting", rf"{_SENIOR}\s+meeting|meeting\s+of\s+(?:the\s+)?(?:bali\s+process\s+)?{_SENIOR}|(?-i:SOM)"),
    (
        "TrainingEvent",
        r"train-the-trainers?\s+(?:course|workshop|event)|training\s+of\s+trainers|training\s+(?:course|programme|program|seminar|workshop|event)|training(?=\s+on\b)",
    ),
    ("Workshop", r"workshop|seminar|round\s?table|symposium"),
    ("ForumSession", r"(?:government\s+and\s+business|business\s+and\s+government|perth|nusa\s+dua)\s+forum"),
]
_KIND = [(name, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for name, pattern in _KINDS]
MEETING_NOUN = re.compile(
    r"\b(?:(?-i:SOM)|workshop|seminar|round\s?table|symposium|conference|meeting|side[\s-]+event|forum|dialogue|webinar|(?-i:Consultation|Gathering)(?=\s+(?:on|with|of)\b)|training\s+course|train-the-trainers?\s+course|training(?=\s+on\b))\b",
    re.IGNORECASE,
)

SESSIONS: Final = ("MinisterialConference", "SeniorOfficialsMeeting", "SteeringGroupMeeting", "GroupMeeting")  # of a process or its bodies
_UNITS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth".split()
_UNITS += "sixteenth seventeenth eighteenth nineteenth twentieth".split()
_ORDINAL = {word: n for n, word in enumerate(_UNITS, 1)} | {"inaugural": 1}
# "Twenty-first", "TWENTY FIRST"; "First" alone is never read out of them.
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_COMPOUND = rf"(?:{'|'.join(_TENS)})[\s-]+(?:{'|'.join(_UNITS[:9])})"
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
ORDINAL_WORD = rf"(?<![A-Za-z]-)(?:{_COMPOUND}|{'|'.join(_ORDINAL)}|\d{{1,2}}\s?(?:st|nd|rd|th))"


# "Second Roundtable on Passports": not "Third Country Training", "First Responders Workshop".
_COUNTED = re.compile(
    rf"(?i:(?P<ordinal>{ORDINAL_WORD}))\s+(?!(?i:countr|part|respon|aid|line|gener|phase|half|quarter|round\s+of))"
    r"(?:(?:[A-Z][\w’'-]*|of|on|and|for|the|in|regional|annual|joint|technical|expert)\s+){0,8}?"
    r"(?i:meeting|workshop|seminar|round\s?table|symposium|conference|forum|course|training|consultation|dialogue)\b"
)


@dataclass(frozen=True, slots=True)
class KindHit:
    """A class of the ontology below bp:Meeting and the words that name it."""

    name: str
    start: int
    end: int


def kind_of(s: str, start: int = 0, end: int | None = None) -> KindHit | None:
    """The most specific kind named in s[start:end], or None where no noun names one."""
    for name, pattern in _KIND:
        found = list(pattern.finditer(s, start, len(s) if end is None else end))
        if found:
            return KindHit(name, found[-1].start(), found[-1].end())
    return None


_GROUP = re.compile(
    r"\b(?:(?P<steering>steering\s+group)|(?:ad\s+hoc|working|technical\s+experts?['’]?|experts?['’]?)\s+group|task\s?force)\b",
    re.IGNORECASE,
)


def kind_of_group(s: str) -> str | None:
    """The kind of the meetings of the group that these words name."""
    m = _GROUP.search(s)
    return None if m is None else "SteeringGroupMeeting" if m["steering"] else "GroupMeeting"


def counted_title(s: str, start: int, end: int) -> tuple[int, int, int] | None:
    """The number with which the title s[start:end] begins, and its offsets: "Second Roundtable on Passports"."""
    m = _COUNTED.match(s, start, end)
    number = ordinal(m["ordinal"]) if m else None
    return (number, *m.span("ordinal")) if m and number else None


def ordinal(written: str) -> int | None:
    """4 for "Fourth", "4th", "4 th" and "IV"; 21 for "Twenty-first"."""
    word = written.strip().lower()
    tens, _, ones = re.sub(r"[\s-]+", " ", word).partition(" ")
    if tens in _TENS and ones in _UNITS[:9]:
        return _TENS[tens] + _ORDINAL[ones]
    if word in _ORDINAL:
        return _ORDINAL[word]
    if m := re.fullmatch(r"(\d{1,2})\s?(?:st|nd|rd|th)", word):
        return int(m[1])
    return _ROMAN.get(written.strip())
