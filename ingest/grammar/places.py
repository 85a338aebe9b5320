"""Where a meeting was held, as the text says it: "Port Dickson", "Seoul, Korea", "Fiji", "Macau SAR".

A label such as "Bali III" is no place, and an island is no town: only what stands where a place stands (after "in", or as the last
parts of a heading) is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.document import Passage
from ingest.findings import Ref
from ingest.gazetteer import Match
from ingest.grammar.dates import MONTHS

_LABEL_AFTER = re.compile(r"\s+(?:I{1,3}|IV|VI{0,3}|IX|X|\d|Process|process|Declaration|Regional|members?)\b|-\w|['’]s\b")


@dataclass(frozen=True, slots=True)
class PlaceRead:
    """A place and the country that the text names with it; either may be missing. Offsets cover the words of both."""

    place: Match | None
    area: Match | None
    start: int
    end: int

    @property
    def place_ref(self) -> Ref | None:
        return next((r for r in self.place.refs if r.startswith("place:")), None) if self.place else None

    @property
    def area_ref(self) -> Ref | None:
        return next((r for r in self.area.refs if r.startswith("area:")), None) if self.area else None


def place_at(p: Passage, position: int, end: int | None = None) -> PlaceRead | None:
    """The place that begins at `position`, with its country where it follows after a comma."""
    last = len(p.s) if end is None else end
    here = next((m for m in p.matches if m.start == position and m.end <= last and _located(m)), None)
    if here is None or _LABEL_AFTER.match(p.s, here.end):
        return None
    if not _is_place(here):
        return PlaceRead(None, here, here.start, here.end)
    comma = _COMMA.match(p.s, here.end)
    wider = next((m for m in p.matches if comma and m.start == comma.end() and m.end <= last and _is_place(m) and not _is_area(m)), None)
    if wider:  # "Nusa Dua, Bali, Indonesia": the nearest place is the place, the country follows the wider one
        comma = _COMMA.match(p.s, wider.end)
    country = next((m for m in p.matches if comma and m.start == comma.end() and m.end <= last and _is_area(m)), None)
    # "Singapore" and "Macau SAR" are a town and a territory at once: the one word names both.
    return PlaceRead(here, country or (here if _is_area(here) else None), here.start, (country or here).end)


SAME_PLACE = re.compile(r"[^.;]{0,120}?\b(?:in|at)\s+the\s+same\s+(?:city|town|place|venue|hotel|location)\b")
_COMMA = re.compile(r"\s*[,(]\s*(?:the\s+)?")
# "in Bali", "in the city of Bali", "in the Thai capital, Bangkok".
IN = re.compile(
    r"\b(?:[Ii]n|[Aa]t)\s+(?:(?:the\s+)?(?:[a-z]+\s+)?(?:city|town)\s+of\s+|(?:the\s+)?(?:[A-Z][\w’'-]*\s+){1,3}capital(?:\s+city)?(?:,|\s+of)?\s+|(?:the\s+)?)"
)
# "at the Grand Hotel, Suva": the town stands after the house.
_VENUE = re.compile(r"\b(?:[Ii]n|[Aa]t)\s+(?:the\s+)?(?P<house>[A-Z][\w’'&.-]*(?:\s+(?:[A-Z][\w’'&.-]*|of|and|for|the)){0,7}),\s+")
_NO_HOUSE = re.compile(r"\b(?:Persons|Meeting|Conference|Workshop|Forum|Session|Process|Group|Children|Women|Migrants)\b")
_HOSTED = re.compile(r"\s+(?:also\s+)?(?:hosted|welcomed|was\s+(?:the\s+)?(?:venue|host|setting)|played\s+host)\b")
_WELCOMED = re.compile(r"\bwelcomed\s[^.;,]{0,60}?\bto\s+$")
_UNKNOWN_TOWN = re.compile(r"\b(?:held|convened|hosted|place|met|gathered)\s+in\s+(?:[A-Z][\w’'-]+\s?){1,3},\s+(?:the\s+)?(?=[A-Z])")
_CLOSED = re.compile(r"\s*(?:[,.;)]|$)|\s+(?:on|from|between|in|for)\b")
_BEHIND = re.compile(r"\s*[,(]\s*|\s+[–—-]\s+")
_GAP = re.compile(r"[\s,(–—-]*")


def place_after_in(p: Passage, start: int = 0, end: int | None = None) -> PlaceRead | None:
    """The first place that stands after "in": "held in Bali, Indonesia"."""
    for m in p.find(IN, start, end):
        if read := place_at(p, m.end(), end):
            return read
    return venue_in(p, start, end) or _country_in(p, start, end)


def _country_in(p: Passage, start: int, end: int | None) -> PlaceRead | None:
    """The country behind a town that no table knows: "was held in Alotau, Papua New Guinea, on 6 May"."""
    for m in p.find(_UNKNOWN_TOWN, start, end):
        read = place_at(p, m.end(), end)
        if read and read.place is None and _CLOSED.match(p.s, read.end):
            return read
    return None


def venue_in(p: Passage, start: int = 0, end: int | None = None) -> PlaceRead | None:
    """The town of the first house that s[start:end] names: "at the Grand Hotel, Suva"."""
    return next((read for m in p.find(_VENUE, start, end) if (read := _of_venue(p, m, end))), None)


def venue_at(p: Passage, position: int) -> PlaceRead | None:
    """The town of a house that the words from `position` on name: " at the Grand Hotel, Suva"."""
    m = _VENUE.match(p.s, position + (p.s[position : position + 1] == " "))
    return _of_venue(p, m, None) if m else None


def _of_venue(p: Passage, m: re.Match[str], end: int | None) -> PlaceRead | None:
    read = None if _NO_HOUSE.search(m["house"]) else place_at(p, m.end(), end)
    return read if read and read.place else None


def place_beside(p: Passage, start: int, end: int) -> PlaceRead | None:
    """The town right before or behind a date that stands at s[start:end]: "(Colombo, Sri Lanka, 12 May 2014)"."""
    for m in p.named("place"):
        read = place_at(p, m.start)
        if read and read.place and (_GAP.fullmatch(p.s, read.end, start) or (m.start >= end and _BEHIND.fullmatch(p.s, end, m.start))):
            return read
    return None


def host_city(p: Passage, end: int) -> PlaceRead | None:
    """The town of which the sentence says that it was host: "Colombo hosted the Ninth …", "… welcomed members to Colombo for"."""
    for m in p.named("place", end=end):
        read = place_at(p, m.start, end)
        if read and read.place and (_HOSTED.match(p.s, read.end) or _WELCOMED.search(p.s, 0, m.start)):
            return read
    return None


def places_of_tail(p: Passage, start: int, end: int) -> PlaceRead | None:
    """The place that the last parts of a heading name, each after a comma: "…, Victim Support, Bali, Indonesia"."""
    for m in sorted((m for m in p.matches if _located(m) and start <= m.start and m.end <= end), key=lambda m: m.start):
        before = p.s[start : m.start].rstrip()
        read = place_at(p, m.start, end)
        if read and (before.endswith((",", "|", "–", "—", " -", "(", ":")) or not before) and not p.s[read.end : end].strip(" .)"):
            return read
    return None


# "was held in Ruritania on 3 May", "met at Strelsau, Ruritania": a name with a capital stands where a place stands.
_SOMEWHERE = re.compile(
    r"\b(?:held|took\s+place|convened|met|gathered|assembled|hosted|organi[sz]ed|conducted|opened|meeting|workshop|conference)\s+"
    r"(?:(?!\b(?:on|for|of|which|who|that)\s)[^.;]){0,50}?(?:in|at)\s+(?:the\s+(?:city|town)\s+of\s+)?"
    rf"(?!(?i:{MONTHS})\b)(?P<name>[A-Z][\w’'-]+(?:,?\s+[A-Z][\w’'-]+){{0,3}})(?=\s+(?:on|from|between|in|by|during|to|and|with)\b|\s*(?:[.,;(]|$)|\s+\d)"
)


_TOLD = re.compile(
    r"\s*(?:\([^()]{1,40}\))?,?\s+(?:(?:which|that)\s+)?(?:was\s+)?(?:met|held|convened|took\s+place|gathered|hosted)\s+"
    r"(?:[^.;,]{0,40}?\s)?(?:in|at)\s+(?:the\s+)?"
)
_HERE = re.compile(
    r"\b(?:held|took\s+place|convened|met|gathered|concluded|opened|ended|closed)\s+(?:\w+\s+)?(?P<name>here)\b"
    r"|\b(?P<same>the\s+same\s+(?:hotel|venue|city|town|place))\b"
)


def place_told(p: Passage, end: int) -> PlaceRead | None:
    """The place that a sentence gives to the meeting whose name ends at `end`: "the Sixth Conference, which met in Bali"."""
    m = _TOLD.match(p.s, end)
    return place_at(p, m.end()) if m else None


def somewhere(p: Passage) -> tuple[int, int] | None:
    """Where words stand that something was held at a place that no table knows, "here" or "in the same hotel"; None where none do."""
    if here := _HERE.search(p.s):
        return here.span(str(here.lastgroup))
    for m in p.find(_SOMEWHERE):
        start, end = m.span("name")
        if not any(x.start < end and start < x.end for x in p.matches) and not _NO_HOUSE.search(m["name"]):
            return start, end
    return None


def _is_place(m: Match) -> bool:
    return any(r.startswith("place:") for r in m.refs)


def _is_area(m: Match) -> bool:
    return any(r.startswith("area:") for r in m.refs)


def _located(m: Match) -> bool:
    return _is_place(m) or _is_area(m)
