"""Genres that report a meeting in prose: numbered, unnumbered, flattened to one line, as an event page, as news of two meetings."""

from __future__ import annotations

import re
from collections.abc import Callable

from bench.documents.draw import DEEDS, TOPICS, Draw, Party, wrapped
from bench.documents.truth import Record, Written
from ingest.reference import Area, Place

PROCESS = "Bali Process on People Smuggling, Trafficking in Persons and Related Transnational Crime"
_AGREED: list[tuple[str, Callable[[str, str], str]]] = [
    ("agreed", lambda who, deed: f"{who} agreed to {deed}."),
    ("recommended", lambda who, deed: f"{who} recommended that members {deed}."),
    ("encouraged", lambda who, deed: f"{who} encouraged members to {deed}."),
    ("urged", lambda who, deed: f"{who} urged member countries to {deed}."),
    ("tasked", lambda who, deed: f"{who} tasked the Ad Hoc Group to {deed}."),
    ("should", lambda who, deed: f"{who} agreed that members should {deed}."),
]


_BACKGROUND = (
    "Speakers from several agencies compared how they work together in daily practice, and which obstacles they meet on the way.",
    "Presentations showed how the methods of smugglers differ from route to route, and how quickly they change when a route is closed.",
    "The discussion turned on the experience of front-line agencies, whose officers often meet victims first and have little time.",
)


class _Meeting:
    """A meeting as one document reports it: its sentences, and beside each its truth."""

    def __init__(self, written: Written, draw: Draw, kind: str | None = None) -> None:
        self.written, self.draw = written, draw
        self.kind = kind or draw.one(["workshop", "workshop", "ad-hoc-group-meeting", "steering-group-meeting", "ministerial-conference"])
        self.start, self.end = draw.days()
        self.place: Place = draw.one(draw.places)
        self.topic = draw.one(TOPICS)
        self.hosts = [party for party in (draw.state(draw.country(self.place)),) if party.entry in draw.areas]
        self.ordinal, word = draw.ordinal()
        self.title = {
            "workshop": f"Bali Process Workshop on {self.topic}",
            "ad-hoc-group-meeting": f"{word} Meeting of the Ad Hoc Group Senior Officials",
            "steering-group-meeting": f"{word} Meeting of the Bali Process Steering Group",
            "ministerial-conference": f"{word} Bali Process Ministerial Conference",
        }[self.kind]
        self.noun = {"workshop": "workshop", "ministerial-conference": "conference"}.get(self.kind, "meeting")
        self.who = "Ministers" if self.kind == "ministerial-conference" else draw.one(["Participants", "Members", "The " + self.noun])
        self.truth: Record = {}

    def heading(self) -> str:
        """Place and days as they stand alone on a line."""
        return f"{self.draw.where(self.place)}, {self.draw.date(self.start, self.end)}"

    def opening(self) -> str:
        """The sentence that names the meeting, its place, its days and, of workshops, its host."""
        where, when = self.draw.where(self.place), self.draw.when(self.start, self.end)
        helpers: list[Party] = []
        if self.kind == "workshop" and self.hosts and self.draw.likely(0.6):
            host = self.hosts[0].written
            text = f"The Government of {host} hosted the {self.title} in {where}, {when}."
            if self.draw.likely(0.4):
                helpers = self.draw.states(1, 1, but=[self.draw.country(self.place)])
                text = f"The Governments of {helpers[0].written} and {host} co-hosted the {self.title} in {where}, {when}."
        else:
            host = ""
            text = self.draw.one([f"The {self.title} was held in {where}, {when}.", f"The {self.title} took place in {where} {when}."])
        days = (self.start, self.end)
        ordinal = None if self.kind == "workshop" else self.ordinal
        self.truth = self.written.meeting(self.kind, self.title, *days, self.place, self.draw, quote=text, ordinal=ordinal)
        if host:
            self.truth["hosts"] = [party.entry.iso2 for party in (*self.hosts, *helpers) if isinstance(party.entry, Area)]
        return text

    def attendance(self, *, damaged: bool = False) -> list[str]:
        """Sentences that say who came, and who observed."""
        draw, states, agencies = self.draw, self.draw.states(6, 26), self.draw.agencies(1, 3)
        listed, others = draw.listed(states, damaged=damaged), draw.listed(agencies)
        number, count = draw.crowd()
        text = draw.one(
            [
                f"Representatives of {listed}, as well as of {others} took part.",
                f"Representatives attended from {listed}, together with {others}.",
                f"The {self.noun} was attended by representatives of {listed}, and by {others}.",
                f"{count} officials and experts attended the {self.noun}, representing the governments of {listed}, and {others}.",
                f"Over {number} participants attended representing {listed}, and from {others}.",
            ]
        )
        if text.startswith(count):
            self.truth["participants"] = number
        elif text.startswith("Over"):
            self.truth["participants_min"] = number
        self.written.attended(self.truth, [*states, *agencies])
        sentences = [text]
        if draw.likely(0.5):
            here = [party.entry for party in states]
            observers: list[Party] = draw.states(1, 3, but=[entry for entry in here if isinstance(entry, Area)])
            self.written.attended(self.truth, observers, "observer")
            named = draw.listed(observers)
            sentences.append(f"{named[0].upper()}{named[1:]} participated as {'an observer' if len(observers) == 1 else 'observers'}.")
            came = [*here, *(party.entry for party in observers)]
            if draw.likely(0.3):
                (absent,) = draw.states(1, 1, but=[entry for entry in came if isinstance(entry, Area)])
                self.written.attended(self.truth, [absent], "apology")
                sentences.append(f"{absent.written[0].upper()}{absent.written[1:]} sent apologies.")
        return sentences

    def people(self) -> list[str]:
        """Sentences that name who opened the meeting, and who spoke."""
        opener, speaker = (self.draw.person(self.draw.one(self.draw.areas)) for _ in range(2))
        if opener.name == speaker.name:
            return []
        self.written.person(self.truth, opener, "opened")
        self.written.person(self.truth, speaker, "keynote")
        return [
            f"The {self.noun} was opened by {opener.title} {opener.name}, {opener.office} of {self.draw.within(opener.area)}.",
            f"{speaker.title} {speaker.name}, {speaker.office} of {self.draw.within(speaker.area)}, delivered a keynote address.",
        ]

    def provisions(self, least: int, most: int, *, numbers: int | None = None) -> list[str]:
        """One sentence for each; `numbers` is the number of the first paragraph, where each is a paragraph."""
        found = []
        for order, deed in enumerate(self.draw.some(DEEDS, least, most)):
            strength, say = self.draw.one(_AGREED)
            found.append(say(self.who, deed))
            self.written.provision(found[-1], strength, number=str(numbers + order) if numbers is not None else None)
        return found


def numbered(written: Written, draw: Draw) -> None:
    """A co-chairs' summary with numbered paragraphs, on lines of a page or not."""
    _numbered(written, draw, "\n\n", draw.one([0, 72, 90]))


def flattened(written: Written, draw: Draw) -> None:
    """The same as extraction from a PDF leaves it: one line, the numbers inside."""
    _numbered(written, draw, " ", 0)
    written.text = re.sub(r"\s+", " ", written.text)


def _numbered(written: Written, draw: Draw, gap: str, width: int) -> None:
    meeting = _Meeting(written, draw)
    opening = meeting.opening()
    paragraphs = [" ".join([opening, *meeting.attendance(damaged=draw.likely(0.3))])]
    if people := meeting.people():
        paragraphs.append(" ".join(people))
    aim = f"Its aim was to look back over the work of members on {meeting.topic.lower()}"
    paragraphs.append(f"{aim} and to compare the experience of different agencies in the region.")
    provisions = meeting.provisions(3, 6, numbers=len(paragraphs) + 1)
    paragraphs += [f"{draw.one(_BACKGROUND)} {said}" if draw.likely(0.8) else said for said in provisions]
    body = [_lines(f"{number}. {paragraph}", width) for number, paragraph in enumerate(paragraphs, 1)]
    written.text = gap.join([PROCESS.upper(), meeting.title.upper(), meeting.heading().upper(), "Co-Chairs' Statement", *body]) + "\n"


def unnumbered(written: Written, draw: Draw) -> None:
    """A note in plain paragraphs."""
    meeting, width = _Meeting(written, draw), draw.one([0, 80])
    opening = meeting.opening()
    paragraphs = [opening, " ".join(meeting.attendance(damaged=draw.likely(0.3))), " ".join(meeting.people()), *meeting.provisions(2, 4)]
    body = [_lines(paragraph, width) for paragraph in paragraphs if paragraph]
    written.text = "\n\n".join([meeting.title, meeting.heading(), *body]) + "\n"


def _lines(paragraph: str, width: int) -> str:
    return wrapped(paragraph, width) if width else paragraph


def event_page(written: Written, draw: Draw) -> None:
    """A page of a website: labels glued to values, the caption of an image, prose, an agenda."""
    meeting = _Meeting(written, draw)
    opening = meeting.opening()
    caption = f"{meeting.place.key}-skyline-min Image"
    glue = draw.one(["", " ", "\n"])
    agenda = [
        f"{number}. {line}" for number, line in enumerate(["Opening and adoption of the agenda.", f"Overview on {meeting.topic}."], 1)
    ]
    written.text = "\n\n".join(
        [
            meeting.title,
            f"Location: {draw.where(meeting.place)}{glue}Date: {draw.date(meeting.start, meeting.end)}\n{caption}",
            opening,
            " ".join(meeting.attendance()),
            *agenda,
            "",
        ]
    )


def news(written: Written, draw: Draw) -> None:
    """News of two meetings, of which the second came after the first."""
    one, two = _Meeting(written, draw, "workshop"), _Meeting(written, draw, "ad-hoc-group-meeting")
    while (two.start.year, two.start.month) == (one.start.year, one.start.month):
        two.start, two.end = draw.days()
    first, came = one.opening(), " ".join(one.attendance())
    second = two.opening()
    agreed = two.provisions(1, 2)
    written.text = "\n\n".join(
        [
            f"Region acts together on {one.topic.lower()}",
            f"{first} {came}",
            f"{second} {' '.join(agreed)}",
            "Share this page: print, e-mail",
            "",
        ]
    )
