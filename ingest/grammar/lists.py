"""Coordinated lists of names: "Australia, China (Macau SAR), the Solomon Islands and Vietnam, and from IOM and UNHCR".

A list is what stands between names and connecting words. A capitalised item that no table knows is kept as unknown and does not end
the list; anything else ends it. A name is an item only if it is the whole of one: "the University of Malaysia", "Thailand's universities"
and "UK Border Agency" are no states, and the country in "IOM Fiji" is where an office stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ingest.document import Passage
from ingest.gazetteer import Match

_WORDS = (
    r"and|&|or|the|of|from|by|for|also|both|as well as|as well|together with|along with|in addition to|plus|including|with|namely|"
    r"(?:the )?[Gg]overnments? of|(?:the )?(?:[Ee]mbass(?:y|ies)|[Hh]igh [Cc]ommissions?) of|"
    r"(?:the )?(?:Deputy |Assistant )?(?:(?:Director|Secretary)[- ]General|High Commissioner|Executive Director|Chief of Mission) of|"
    r"(?:the )?[Hh]eads?(?: of delegations?)? of|(?:[Rr]epresentatives?|[Oo]fficials|[Oo]fficers|[Ss]taff|[Ee]xperts|[Mm]embers"
    r"|[Dd]elegat(?:es|ions?)) (?:of|from)|(?:alongside|joined by)|a local|an?|international|local|NGOs?|"
    r"(?:the )?(?:(?:\d|two|three|four|five|other|several) )?(?:(?:member|observer|international|regional|partner|intergovernmental|UN) )*"
    r"(?:organi[sz]ations|agencies)"
)
_NOTE = (
    r"\((?:\d{1,3}|(?:Mr|Ms|Mrs|Dr|Ambassador)\.?\s[^()]{3,60}"
    r"|(?=[^()]*\b(?:Ministry|Department|Police|Agency|Office|Bureau|Authority|Immigration|Customs|Embassy|Guard|Service|Force)\b)[A-Z][^()]{3,90}"
    r"|[A-Z][A-Za-z-]{1,9}|[a-z][^()]{2,40}|[Cc]o-?[Cc]hairs?|[Cc]hair|[Hh]ost|[Oo]bservers?)\)"
)
_DASH = r"(?<=\s)[–—-](?=\s(?:and|as well as|together|along)\b)"
_MARK = r"(?<=\w)[*†‡]+(?=\s*[,;.]|\s|$)"  # that a note explains: "Fiji*, Nauru"
_CONNECT = re.compile(
    rf"(?:\s|[,;:•·]|{_MARK}|{_DASH}|(?<=ions )\(|(?<=cies )\(|\b(?:{_WORDS})(?!\w)|{_NOTE}|\((?=(?:including|and|with)\b)|\))*"
)
# Words that begin a new part of a list, with a role of its own: what "as observers" after it speaks of.
_PART = re.compile(r"\b(?:as well as|together with|along with|with|plus|and (?:by|from)|in addition to)\b|;")
_OBSERVING = re.compile(
    r"(?:[\s,;]*(?:and\b[\s,]*)?(?:as (?:an )?observers?|in an observer capacity)\b[\s,;:]*(?:the\b\s*)?"
    r"|[\s,;]*\b(?:and|with|by|plus|together with|as well as)\s+(?:by\s+)?observers?\s+"
    r"(?:(?:states?|countries|organi[sz]ations|delegations)\s+)?(?:from|of)?\s*(?:the\b\s*)?)",
    re.IGNORECASE,
)
_OBSERVED = re.compile(
    r"\s*(?:attending|participating|present|taking part|joining|serving|being)?\s*"
    r"(?:as\s+(?P<one>an\s+)?(?:(?:non-member|official|invited)\s+)?observers?\b"
    r"|in\s+an\s+observer\s+capacity)",
    re.IGNORECASE,
)
# Behind a region: "Hong Kong (SAR China)", "Macao (China)" came, not China.
_OF_CHINA = re.compile(r"\s*\((?:SAR,?\s+(?:of\s+)?)?China\)")
_NOTES = re.compile(r"\s*\((?:as\s+)?(?:(?P<observers>observers?)|members?)(?:\s+(?:states|countries|organi[sz]ations))?\)", re.IGNORECASE)
_OBSERVER = re.compile(r"\s*\((?:as\s+)?(?:an\s+)?observer\)", re.IGNORECASE)
# An item of a list that no table knows: a few capitalised words up to the next comma, "and" or full stop.
_UNKNOWN = re.compile(
    r"(?:\s*\(\d{1,3}\))?[\s,;]*(?:and\b\s*)?(?:the\b\s*)?(?P<name>[A-Z][\w.'’-]+(?:\s+(?:(?:of|and|for|the|de"
    r"|du)\s+){0,2}[A-Z][\w.'’-]+){0,5})(?=\s*(?:,|;|\.|$|and\b|\())"
)
# After a name: what makes it a part of a longer name.
_LONGER = re.compile(r"(?:['’]s?(?=\s)|-[a-z]|\s+(?!(?:SAR|Observers?|Apologies|Present)\b)[A-Z][a-z]+|\s+[a-z]+(?:[\s-]based)\b)")
_SEPARATOR = re.compile(r"[,;.]|\s+and\s|$")
# Before the first name of a list that a verb follows: whose name is it?
_OF = re.compile(r"\b(?:of|from|in|for|at|by|with|to|near|outside|between|against|on|than|like)\s+(?:the\s+)?$", re.IGNORECASE)
# Representatives of no government: of an airline, of business, of victims.
OTHERS: Final = r"\b(?:airlines?|industry|business|NGO|civil\s+society|private\s+sector|media|youth|carriers?|academic)\s+"
_OF_OTHERS = re.compile(rf"{OTHERS}[a-z]+\s+(?:of|from)\s+(?:the\s+)?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:of|from)\s+(?:the\s+)?$", re.IGNORECASE)
_DELEGATES = re.compile(
    r"\b(?:representatives?|delegat(?:es?|ions?)|officials?|governments?|ministers?|observers?|participants|attendees|members|teams?|"
    r"officers?|experts?|practitioners|prosecutors|investigators|staff|envoys?|ambassadors?|authorities|counterparts|"
    r"(?:foreign|interior|justice|home|prime|deputy)\s+ministers?|by|also)\s+(?:(?:of|from"
    r"|by)\s+)?(?:the\s+)?(?:governments?\s+of\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"(?<=[\w’'])\s+(?:the\s+)?$")
_PLAIN_WORD = re.compile(r"(?:^|[^\w’'-])(?P<word>[\w’'-]+)\s+(?:the\s+)?$")
PARTIES = ("area", "org", "gov", "process", "body")


@dataclass(frozen=True, slots=True)
class Item:
    """A name in a list; `observing` where the list says so of it."""

    match: Match
    observing: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """`unknown` holds offsets of names that no table knows."""

    items: tuple[Item, ...]
    unknown: tuple[tuple[int, int], ...]
    start: int
    end: int


def read_forward(p: Passage, start: int, end: int, kinds: Sequence[str] = PARTIES) -> Listed:
    """The list that begins at `start`."""
    items: list[Item] = []
    unknown: list[tuple[int, int]] = []
    position, observing, part = start, False, 0
    while position < end:
        position = _past_agency(p, items, position)
        following = next((m for m in p.matches if m.start >= position and m.kind in kinds), None)
        gap_end = following.start if following and following.start <= end else end
        if items and (m := _OBSERVED.match(p.s, position, end)) and position == items[-1].match.end:
            first = len(items) - 1 if m["one"] else part
            items[first:] = [Item(i.match, True) for i in items[first:]]
            position = m.end()
            continue
        if items and position == items[-1].match.end and (m := _OF_CHINA.match(p.s, position, end)):
            position = m.end()
            continue
        if m := _OBSERVING.match(p.s, position, gap_end):
            observing, position = True, m.end()
            continue
        within = following is not None and bool(items) and following.end <= end and _is_part(p, items[-1].match, following)
        if following and following.end <= end and (within or _CONNECT.fullmatch(p.s, position, following.start)):
            if _PART.search(p.s, position, following.start):
                part = len(items)
            if following.kind in ("body", "process") and _HEADS_LIST.match(p.s, following.end, end):  # "members of the Ad Hoc Group: Fiji"
                position = following.end
                continue
            if items and _is_station(p, items[-1].match, following):
                position = following.end
                continue
            if longer := _longer(p, following, end):
                unknown.append((following.start, longer))
                position = longer
                continue
            if within:
                items.pop()
            noted = _OBSERVER.match(p.s, following.end, end)
            items.append(Item(following, observing or noted is not None))
            position = noted.end() if noted else following.end
            continue
        if items and (town := _station_town(p, items[-1].match, position, end)):
            position = town
            continue
        strange = _UNKNOWN.match(p.s, position, gap_end if following else end)
        if not items or strange is None:
            break
        unknown.append((strange.start("name"), strange.end("name")))
        position = strange.end()
    return Listed(tuple(_noted(p, items)), tuple(unknown), items[0].match.start if items else start, position)


def _noted(p: Passage, items: Sequence[Item]) -> list[Item]:
    """The items with what a note in brackets says of all before it, back to the last such note or semicolon: "A, B (members); C, D
    (observers)". How far a note goes that is the only one of a list without semicolons is not said.
    """
    floor = items[0].match.start if items else 0
    closed = False
    found: list[Item] = []
    for item, following in pairwise([*items, None]):
        if item is None:
            break
        found.append(item)
        behind = item.match.end
        if note := _NOTES.match(p.s, item.match.end):
            if closed and note["observers"]:
                found = [Item(i.match, i.observing or i.match.start >= floor) for i in found]
            floor, closed, behind = note.end(), True, note.end()
        if following and p.s.find(";", behind, following.match.start) >= 0:
            floor, closed = behind, True
    return found


def read_backward(p: Passage, start: int, end: int, kinds: Sequence[str] = PARTIES, *, subject: bool = True) -> Listed:
    """The list that ends at `end`. A `subject` is a name that acts: not the state that somebody else is from."""
    items: list[Item] = []
    unknown: list[tuple[int, int]] = []
    position = end = _without_place(p, start, end)
    for m in reversed([m for m in p.matches if m.kind in kinds and start <= m.start and m.end <= end]):
        strange = _UNKNOWN_BETWEEN.fullmatch(p.s, m.end, position)
        if p.s[m.start - 1 : m.start] == "(" and p.s[m.end : m.end + 1] == ")":  # the state of a person: "Mr X (Fiji) sent apologies"
            break
        if not (strange or _CONNECT.fullmatch(p.s, m.end, position)) or _PART_ONLY.search(p.s, m.end, position) or _is_of_town(p, m):
            break
        if strange:
            unknown.insert(0, strange.span("name"))
        items.insert(0, Item(m))
        position = m.start
    while subject and items and not _is_whole(p, items[0].match, start):
        first = items.pop(0)
        if _FROM.search(p.s, start, first.match.start):  # "Airlines from Japan and Canada": the preposition governs all of them
            items = []
    items = [i for n, i in enumerate(items) if n == 0 or not _is_station(p, items[n - 1].match, i.match)]
    while (
        items
        and (strange := _UNKNOWN_BEFORE.search(p.s, start, position))
        and not p.named(*kinds, start=strange.start("name"), end=position)
    ):
        unknown.insert(0, strange.span("name"))
        position = strange.start("name")
    return Listed(tuple(_noted(p, items)), tuple(unknown) if items else (), position, end)


def _without_place(p: Passage, start: int, end: int) -> int:
    """The end of a list before the place where those stay that it names: "the Embassies of Japan and Canada in Bangkok observed"."""
    place = next((m for m in p.matches if m.end == end and m.start > start and any(r.startswith("place:") for r in m.refs)), None)
    at = _AT_PLACE.search(p.s, start, place.start) if place else None
    return at.start() if at else end


_AT_PLACE = re.compile(r"\s+(?:based\s+)?in\s+$")
# One item that no table knows, after a name of a list and before its verb or its next name.
_UNKNOWN_BETWEEN = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?(?:,\s*(?:and\s+|as\s+well\s+as\s+)?|\s+and\s+)(?:the\s+)?(?P<name>[A-Z][\w.’'-]+(?:\s+(?:(?:of|and|for|on"
    r"|the)\s+){0,2}[A-Z][\w.’'-]+){0,5})(?:\s*\([A-Z]{2,8}\))?(?:\s*,\s*(?:and\s+(?:the\s+)?)?|\s+and\s+(?:the\s+)?|\s*)"
)
_UNKNOWN_BEFORE = re.compile(
    r"(?:^|(?<=[,;.]\s)|(?<=and\s)|(?<=from\s)|(?<=of\s))(?:the\s+)?(?P<name>(?!(?:The|In|On|At|While|Also|Both"
    r"|When)\b)[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){0,3})(?:,|,?\s+and)\s+(?:the\s+)?$"
)
_PART_ONLY = re.compile(r"\bby\b|:")


def _longer(p: Passage, m: Match, end: int) -> int | None:
    """Where the longer name ends of which this one is the beginning."""
    longer = _LONGER.match(p.s, m.end, end)
    if longer is None:
        return None
    after = m.end + len(p.s[m.end : longer.end()]) - len(p.s[m.end : longer.end()].lstrip())
    if any(x.start <= after < x.end for x in p.matches if x.kind in PARTIES):  # a list that lost its comma, or a name that goes on
        return None
    stop = _SEPARATOR.search(p.s, longer.end(), end)
    return stop.start() if stop else end


def _is_station(p: Passage, before: Match, m: Match) -> bool:
    """Whether the country of an office follows: "IOM Fiji"."""
    return before.kind == "org" and m.kind == "area" and p.s[before.end : m.start] in (" ", " in ", " - ", " – ")


def _past_agency(p: Passage, items: Sequence[Item], position: int) -> int:
    """Where the brackets close in which an agency of the last state is named: "Fiji (Fiji Police)"; else `position`."""
    agency = next((m for m in p.named("gov", start=position) if p.s[position : m.start] in (" (", " (the ")), None)
    if not items or agency is None or items[-1].match.kind != "area" or items[-1].match.end != position:
        return position
    return p.s.find(")", agency.end) + 1 or position


def _is_part(p: Passage, whole: Match, m: Match) -> bool:
    """Whether names in brackets say which part of the state before them is meant: "China (Hong Kong SAR and Macau SAR)"."""
    if p.s[whole.end : m.start] != " (" or m.kind not in ("area", "org"):
        return False
    if whole.kind in ("body", "process"):  # "members of the Ad Hoc Group (Fiji, Nepal and IOM)"
        return True
    if whole.kind != "area" or m.kind != "area":
        return False
    close = p.s.find(")", m.end)
    parts = p.named("area", start=m.start, end=max(close, m.end))
    between = [p.s[a.end : b.start] for a, b in pairwise(parts)]
    return close > 0 and _JOINED_PARTS.fullmatch("".join(between) + p.s[parts[-1].end : close]) is not None


_HEADS_LIST = re.compile(r"\s*:\s*(?=\S)")
_JOINED_PARTS = re.compile(r"(?:\s|,|\band\b|&|/|\bthe\b)*")


def _station_town(p: Passage, before: Match, position: int, end: int) -> int | None:
    """The end of the town of an office, if one follows: "UNHCR Bangkok"."""
    if before.kind != "org" or before.end != position:
        return None
    town = next((x for x in p.matches if x.kind == "place" and x.start == position + 1 and x.end <= end), None)
    return town.end if town and p.s[position] == " " else None


def _is_of_town(p: Passage, m: Match) -> bool:
    """Whether a country belongs to the town before it: "In Bangkok, Thailand, …"."""
    towns = [x for x in p.matches if all(r.startswith("place:") for r in x.refs) and x.end < m.start]
    return m.kind == "area" and any(p.s[t.end : m.start].strip() == "," for t in towns)


def _is_whole(p: Passage, m: Match, start: int) -> bool:
    """Whether the first name of a list is no end of a longer one, and its state is not only where somebody comes from."""
    before = p.s[start : m.start]
    if _OF.search(before):
        return _DELEGATES.search(before) is not None and _OF_OTHERS.search(before) is None
    if not _NAME_BEFORE.search(before) or any(x.end == m.start - 1 and x.kind in ("place", "area") for x in p.matches):  # a line above
        return True
    word = _PLAIN_WORD.search(before)
    return word is None or not word["word"][:1].isupper() or word.start("word") == 0 or word["word"].lower() in _LEADING


_LEADING = frozenset(
    "the and but while also both when as since after in government governments country member members "
    # "On 5 March Fiji hosted"
    "january february march april may june july august september october november december".split()
)
