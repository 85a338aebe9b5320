"""Genres that are lists: a chronology, a plan, recommendations, a declaration in the first person, a table of members."""

from __future__ import annotations

import calendar
import datetime as dt

from bench.documents.draw import DEEDS, TOPICS, Draw, wrapped
from bench.documents.reports import PROCESS
from bench.documents.truth import Written

_HEADINGS = ("Law enforcement", "Border management", "Information sharing", "Victim protection", "Engagement with the private sector")


def chronology(written: Written, draw: Draw) -> None:
    """Activities by month, each a meeting."""
    months = sorted({day.replace(day=1) for day, _ in (draw.days() for _ in range(draw.chance.randint(4, 12)))})
    lines = []
    for month in months:
        topic, place, sign = draw.one(TOPICS), draw.one(draw.places), draw.one(["•", "·", "-"])
        title = f"{draw.one(['', 'AHEG I ', 'AHEG II '])}{topic} workshop"
        head = f"{month:%B %Y}: {title}, {draw.where(place)}."
        last = dt.date(month.year, month.month, calendar.monthrange(month.year, month.month)[1])
        written.meeting("workshop", title, month, last, place, draw, quote=head, precision="month")
        lines.append(f"{sign} {head} The workshop compared the practices of agencies in the region.")
    written.text = "\n".join(["BALI PROCESS", f"ON {PROCESS[16:].upper()}", "SUMMARY OF ACTIVITIES", "", *lines, ""])


def plan(written: Written, draw: Draw) -> None:
    """Numbered headings over bullets that begin with a verb."""
    opening = "The Bali Process, through its working groups, will implement the commitments of Ministers, with a focus on:"
    written.provision(opening, "will", strict=False)
    lines = [PROCESS, "", "Strategy for Cooperation", "", opening, ""]
    deeds, marks = draw.some(DEEDS, 8, 14), draw.one(["", "#### "])
    draw.chance.shuffle(deeds)
    for number, heading in enumerate(draw.some(_HEADINGS, 2, 4), 1):
        share, deeds = deeds[: draw.chance.randint(2, 4)], deeds[4:]
        if not share:
            break
        lines += [f"{marks}({number}) {heading}", ""]
        for place, deed in enumerate(share):
            written.provision(deed, "will")
            lines.append(f"- {deed}{'.' if place == len(share) - 1 else ';'}")
        lines.append("")
    written.text = "\n".join(lines)


def recommendations(written: Written, draw: Draw) -> None:
    """Bare numbered recommendations, on the short lines of a page."""
    lines = ["Workshop Recommendations:", ""]
    written.implied()
    for number, deed in enumerate(draw.some(DEEDS, 5, 12), 1):
        wording = draw.one(["should", "must", "encouraged"])
        who = draw.one(["Bali Process countries", "Member countries", "Affected countries"])
        text = f"{who} {'are encouraged to' if wording == 'encouraged' else wording} {deed}."
        written.provision(text, wording, number=str(number))
        lines += [wrapped(f"{number}. {text}", 60), ""]
    written.text = "\n".join(lines)


def declaration(written: Written, draw: Draw) -> None:
    """Ministers speak of themselves."""
    says = [("agree", "agree to"), ("commit", "commit ourselves to"), ("resolve", "resolve to"), ("encourage", "encourage members to")]
    paragraphs = ["We, Ministers and representatives of the Bali Process, have met to consider irregular migration in the region."]
    for number, deed in enumerate(draw.some(DEEDS, 4, 9), 2):
        strength, verb = draw.one(says)
        paragraphs.append(f"We {verb} {deed}.")
        written.provision(paragraphs[-1], strength, number=str(number))
    body = [f"{number}. {paragraph}" for number, paragraph in enumerate(paragraphs, 1)]
    written.text = "\n\n".join([f"Declaration on {PROCESS.removeprefix('Bali Process on ')}", *body, ""])


def members(written: Written, draw: Draw) -> None:
    """A table of members in two columns, flattened to lines."""
    states = draw.some(draw.areas, 12, 40)
    observers, states = states[-3:], states[:-3]
    names = [draw.short(area) for area in states]
    half = (len(names) + 1) // 2
    rows = [" ".join(pair) for pair in zip(names[:half], [*names[half:], ""], strict=False)]
    if draw.likely(0.5):
        rows = names
    for predicate, some in (("member-states", states), ("observer-states-visible", observers)):
        named = {"value": [area.iso2 for area in some], "refs": [area.ref for area in some], "quotes": [draw.short(area) for area in some]}
        written.add("facts", subject="bali-process", predicate=predicate, **named)
    written.text = "\n".join(
        [
            *("Bali Process", "", "Type: Inter-regional forum on migration", "Established: 2002", ""),
            *(f"Member States ({len(states)} States)", "", *(row.strip() for row in rows), ""),
            *(f"Observer States ({len(observers)} States)", "", *(draw.short(area) for area in observers), ""),
        ]
    )
