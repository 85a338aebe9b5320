"""What the genres draw from: a seeded choice of names, days, people and deeds, in the ways in which documents write them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from ingest.reference import Area, Entry, Organisation, Place, Reference

T = TypeVar("T")

TOPICS = (
    """
Victim Protection|Identity Management|Border Security|Returns and Reintegration|Document Examination|Maritime Interception|Child Sex Tourism
Airport Immigration Systems|Labour Exploitation|Information Campaigns|Financial Investigation|Mutual Legal Assistance
""".strip()
    .replace("\n", "|")
    .split("|")
)
DEEDS = (
    """
strengthen the exchange of information on smuggling networks|enact specific legislation against trafficking in persons
establish focal points for victims of trafficking|develop standard operating procedures for screening at borders
provide regular training to frontline officials|improve the identification of victims of trafficking
support the use of biometrics at border crossings|hold regular workshops on the return of irregular migrants
review national action plans against people smuggling|build the capacity of law enforcement agencies
share best practices in the investigation of smuggling|raise awareness of the risks of irregular travel by sea
harmonise procedures for the return of victims|collect data on smuggling routes
protect the identity of witnesses in criminal proceedings|prosecute the organisers of smuggling ventures
""".strip()
    .replace("\n", "|")
    .split("|")
)
_GIVEN = "Amara Budi Chanthara Daniel Elena Farid Grace Hiroshi Imran Joanna Kavita Lucas Maria Nadeem Olivia Peter Ratna Samuel".split()
_FAMILY = "Achmad Barlow Castillo Dharmawan Ellison Fonseka Ghani Harcourt Ibarra Jayasuriya Kusnadi Lindqvist Morrow Ortega".split()
_OFFICES = (
    "Director General for Multilateral Affairs",
    "Deputy Director of Immigration",
    "Assistant Secretary for Border Policy",
    "Head of the Anti-Trafficking Unit",
)
_ORDINALS = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth".split()
_NUMBERS = {20: "Twenty", 30: "Thirty", 40: "Forty", 50: "Fifty", 60: "Sixty", 70: "Seventy", 80: "Eighty", 90: "Ninety"}
# read with an article in running text
_ARTICLE = ("Philippines", "Maldives", "Solomon Islands", "United ", "Netherlands", "Russian Federation", "Republic of")


@dataclass(frozen=True, slots=True)
class Party:
    """Who is named, and how it is written here."""

    entry: Entry
    written: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an office, made up."""

    name: str
    title: str
    office: str
    area: Area


class Draw:
    """All chance of one document. The same seed gives the same draws."""

    def __init__(self, reference: Reference, seed: str) -> None:
        self.chance = random.Random(seed)
        self.areas = [area for area in reference.of(Area) if area.type == "state"]
        self.territories = [area for area in reference.of(Area) if area.type == "territory"]
        self.organisations = [entry for entry in reference.of(Organisation) if entry.acronyms and entry.type == "igo"]
        self.places = [place for place in reference.of(Place) if place.area and place.type in ("city", "town", "island")]
        self._entries = reference.entries

    def one(self, choices: Sequence[T]) -> T:
        return self.chance.choice(choices)

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Different ones, in the order in which they stand."""
        picked = set(self.chance.sample(range(len(choices)), min(self.chance.randint(least, most), len(choices))))
        return [choice for place, choice in enumerate(choices) if place in picked]

    def likely(self, share: float) -> bool:
        return self.chance.random() < share

    # --- time and place ------------------------------------------------------------------------------------------------------------------

    def days(self) -> tuple[dt.date, dt.date]:
        """First and last day of a meeting, of one to four days, which may lie in two months."""
        start = dt.date(2002, 3, 1) + dt.timedelta(days=self.chance.randrange(20 * 365))
        return start, start + dt.timedelta(days=self.chance.randrange(4))

    def date(self, start: dt.date, end: dt.date) -> str:
        """Days as a heading or a label writes them."""
        dash = self.one(["-", "–", " - ", " – ", " to "])
        first, last, month = self._day(start), self._day(end), f"{end:%B}"
        if start == end:
            return self.one([f"{first} {month} {end.year}", f"{month} {start.day}, {end.year}"])
        if start.month == end.month:
            return self.one([f"{first}{dash}{last} {month} {end.year}", f"{month} {start.day}{dash}{end.day}, {end.year}"])
        if start.year != end.year:
            return f"{first} {start:%B} {start.year}{dash}{last} {month} {end.year}"
        return f"{first} {start:%B}{dash}{last} {month} {end.year}"

    def when(self, start: dt.date, end: dt.date) -> str:
        """Days as a sentence writes them, with their preposition."""
        if start == end:
            return f"on {self.date(start, end)}"
        if start.month != end.month:
            return f"from {self.date(start, end)}"
        first, last = self._day(start), self._day(end)
        rest = f"{end:%B} {end.year}"
        return self.one(
            [f"from {first} to {last} {rest}", f"on {first}-{last} {rest}", f"between {first} and {last} {rest}", f"{first}–{last} {rest}"]
        )

    def _day(self, day: dt.date) -> str:
        ending = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        return self.chance.choices([str(day.day), f"{day.day:02}", f"{day.day}{ending}"], [6, 1, 2])[0]

    def country(self, place: Place) -> Area:
        area = self._entries[place.area or ""]
        assert isinstance(area, Area)
        return area

    def where(self, place: Place) -> str:
        """City and country, or the city alone where it is the country too."""
        country = self.country(place)
        return place.label if place.label == country.label else f"{place.label}, {self.short(country)}"

    def short(self, area: Area) -> str:
        """The name of a state without what official names add in parentheses or after commas."""
        names = [name for name in (area.label, *area.aliases) if not set(name) & set("(),/")]
        return min(names[:2], key=len) if area.label not in names else area.label

    # --- parties and people --------------------------------------------------------------------------------------------------------------

    def states(self, least: int, most: int, *, but: Sequence[Area] = ()) -> list[Party]:
        """States and territories as an attendance list names them."""
        parties = [self.state(area) for area in self.some([area for area in self.areas if area not in but], least, most)]
        if most > 5 and self.likely(0.3):
            area = self.one([area for area in self.territories if area not in but])
            names = [name for name in (area.label, *area.aliases) if "," not in name]  # "China (Macau SAR)" among them
            parties.insert(self.chance.randrange(len(parties)), Party(area, self.one(names)))
        return parties

    def state(self, area: Area) -> Party:
        names = [name for name in (area.label, *area.aliases) if not set(name) & set("(),/’")]
        name = self.chance.choices([self.short(area), self.one(names)], [3, 1])[0]
        return Party(area, f"the {name}" if name.startswith(_ARTICLE) and self.likely(0.7) else name)

    def within(self, area: Area) -> str:
        """A state as a sentence names it."""
        return f"the {self.short(area)}" if self.short(area).startswith(_ARTICLE) else self.short(area)

    def agencies(self, least: int, most: int) -> list[Party]:
        """Organisations, by name, by acronym, or by both."""
        return [self.agency(entry) for entry in self.some(self.organisations, least, most)]

    def agency(self, entry: Entry) -> Party:
        short = entry.acronyms[0]
        return Party(entry, self.one([f"the {entry.label} ({short})", f"the {entry.label}", short, f"the {short}"]))

    def listed(self, parties: Sequence[Party], *, damaged: bool = False) -> str:
        """Names in a row, in the styles of lists; `damaged` as extraction from a page leaves them."""
        names = [party.written for party in parties]
        if len(names) == 1:
            return names[0]
        comma = self.one(["; ", ", ", ", ", ", "])
        last = self.one([" and ", f"{comma}and ", comma])
        text = comma.join(names[:-1]) + last + names[-1]
        return self._damaged(text) if damaged else text

    def _damaged(self, text: str) -> str:
        """A space before one of the signs, two behind it, or none."""
        at = self.one([place for place, sign in enumerate(text) if sign in ",;"] or [len(text)])
        before, sign, after = text[:at], text[at : at + 1], text[at + 1 :]
        return self.one([f"{before} {sign}{after}", f"{before}{sign} {after}", f"{before}{sign}{after.removeprefix(' ')}"])

    def person(self, area: Area) -> Person:
        name = f"{self.one(_GIVEN)} {self.one(_FAMILY)}"
        return Person(name, self.one(["Mr", "Ms", "Dr", "Dr.", "H.E."]), f"{self.one(_OFFICES)}, Ministry of Foreign Affairs", area)

    def crowd(self) -> tuple[int, str]:
        """A number, in digits or in words."""
        number = self.one(list(_NUMBERS))
        return number, self.one([str(number), _NUMBERS[number]])

    def ordinal(self) -> tuple[int, str]:
        """A number and its word."""
        number = self.chance.randrange(len(_ORDINALS))
        return number + 1, _ORDINALS[number]


def wrapped(text: str, width: int) -> str:
    """A paragraph broken into lines at spaces, as a page breaks it."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])
