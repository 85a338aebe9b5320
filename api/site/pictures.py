"""The drawings of the pages: rows of `queries/site/`, narrowed to what a page found, given to the drawing module."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace

from api.draw import matrix as grid
from api.draw.bars import Bar, bars
from api.draw.drawing import Drawing, Key
from api.draw.tiles import Tile, tiles
from api.draw.timeline import Event, Lane, timeline
from api.pages import Links
from api.service import Service
from api.site.asking import ask_once, value
from api.terms import Row

ROLES = (
    Key("c1", "hosted", "square"),
    Key("c2", "chaired", "diamond"),
    Key("c3", "took part", "circle"),
    Key("c4", "observed", "ring"),
)
_GROUNDS = (Key("unknown", "not recorded: no list", "square"), Key("c7", "in no list", "dash"))
_OTHER = "Other meetings"


async def meetings(service: Service, links: Links, found: frozenset[str]) -> list[Drawing]:
    """The timeline in lanes by level."""
    lanes: dict[str, list[Event]] = {}
    seen: set[str] = set()
    for row in await ask_once(service, "meetings-timeline"):
        iri = row["meeting"].value
        if iri in found and iri not in seen:
            seen.add(iri)
            lanes.setdefault(value(row, "lane") or _OTHER, []).append(_event(row, links, ""))
    if not lanes:
        return []
    ordered = sorted(lanes.items(), key=lambda item: item[0] == _OTHER)
    drawn = [
        Lane(name, tuple(replace(event, class_=f"c{place % 7 + 1}") for event in events)) for place, (name, events) in enumerate(ordered)
    ]
    undated = len(found) - len(seen)
    description = f"{len(seen)} meetings in {len(drawn)} lanes, from left to right in order of time; {undated} more have no date."
    return [timeline("Meetings over time", description, drawn, "Meeting")]


def _event(row: Row, links: Links, class_: str) -> Event:
    cell = {name: value(row, name) for name in ("meeting", "label", "when", "start", "end")}
    start, end = dt.date.fromisoformat(cell["start"]), dt.date.fromisoformat(cell["end"])
    return Event(cell["label"] or "Meeting", start, end, cell["when"] or cell["start"], links.of(cell["meeting"]), class_)


async def states(service: Service, links: Links, found: frozenset[str]) -> list[Drawing]:
    """The map, and the matrix by year."""
    rows = [row for row in await ask_once(service, "states") if row["state"].value in found]
    shown = [row for row in rows if value(row, "member") != "0" or value(row, "meetings") != "0"]
    if not shown:
        return []
    items = [
        Tile(row["state"].value.rpartition("_")[2], value(row, "label"), int(value(row, "meetings")) or None, links.of(row["state"].value))
        for row in shown
    ]
    description = (
        f"{len(items)} states and territories on tiles of equal size; the number is that of the meetings in which a part is recorded."
    )
    map_ = tiles("Meetings in which a part is recorded", description, "meetings", items)
    return [map_, await _matrix(service, links, [(row["state"].value, value(row, "label")) for row in shown])]


async def _matrix(service: Service, links: Links, shown: list[tuple[str, str]]) -> Drawing:
    counted = {int(row["year"].value): (int(row["meetings"].value), int(row["lists"].value)) for row in await ask_once(service, "years")}
    years = range(min(counted, default=0), max(counted, default=-1) + 1)
    cells: dict[str, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in await ask_once(service, "states-years"):
        cells[row["state"].value][row["year"].value][int(row["as"].value)] = int(row["meetings"].value)
    grounds = {str(year): _ground(*counted.get(year, (0, 0))) for year in years}
    lines = [grid.Row(label, cells.get(iri, {}), links.of(iri)) for iri, label in shown]
    all_, lists = sum(n for n, _ in counted.values()), sum(n for _, n in counted.values())
    description = (
        f"{len(lines)} states and territories by year. Lists of who came exist for {lists} of {all_} dated meetings; where none exists, a"
        " tint says that nothing is recorded, and where all meetings of a year have one, a dash says that the state is in none."
    )
    return grid.matrix("Who did what, year by year", description, "State or territory", list(grounds), grounds, lines, (*ROLES, *_GROUNDS))


def _ground(meetings: int, lists: int) -> grid.Field:
    if not meetings:
        return grid.Field(grid.NOTHING, "no meeting reported")
    return grid.Field("ground", "in no list", "dash") if lists == meetings else grid.Field("unknown", "not recorded")


async def bodies(service: Service, links: Links, found: frozenset[str]) -> list[Drawing]:
    """A lane for each body: when it was set up, and its meetings."""
    lanes: dict[str, tuple[str, list[Event]]] = {}
    for row in await ask_once(service, "bodies-meetings"):
        iri = row["body"].value
        if iri not in found:
            continue
        if iri not in lanes:
            lanes[iri] = (value(row, "name"), [])
            if "from" in row:
                start, end = dt.date.fromisoformat(value(row, "from")), dt.date.fromisoformat(value(row, "to"))
                lanes[iri][1].append(Event("set up", start, end, value(row, "established"), links.of(iri), "c2"))
        if "meeting" in row:
            lanes[iri][1].append(_event(row, links, "c1"))
    dated = [Lane(name, tuple(events), links.of(iri)) for iri, (name, events) in lanes.items() if events]
    if not dated:
        return []
    description = f"{len(dated)} bodies with a date of their own or a dated meeting; {len(lanes) - len(dated)} more have neither."
    return [timeline("Bodies over time", description, dated, "What", (Key("c2", "set up"), Key("c1", "a meeting of it")))]


async def provisions(service: Service, links: Links, found: frozenset[str]) -> list[Drawing]:
    """How many by theme and by year, stacked by the strength of the wording, and by area of the strategy, edition by edition."""
    rows = [row for row in await ask_once(service, "provisions") if row["provision"].value in found]
    words = {value(row, "strength"): value(row, "words") for row in rows if "strength" in row}
    order = sorted(words, reverse=True)

    def drawn(title: str, description: str, what: str, name: str, by: str, series: dict[str, str], link: str = "") -> list[Drawing]:
        counted: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        hrefs: dict[str, str | None] = {}
        for row in (row for row in rows if name in row and by in row):
            counted[value(row, name)][value(row, by)].add(row["provision"].value)
            hrefs[value(row, name)] = links.of(row[link].value) if link else links.again(f"?{name}={value(row, name)}")
        items = [Bar(key, tuple(float(len(many[one])) for one in series), hrefs[key]) for key, many in counted.items()]
        if not items:
            return []
        items.sort(key=lambda item: (0.0 if name == "year" else -sum(item.values), item.name))
        told = sum(1 for _ in {one for many in counted.values() for part in many.values() for one in part})
        return [bars(title, description.format(told=told, rest=len(found) - told), what, list(series.values()), items)]

    strengths = {key: words[key] for key in order}
    editions = {year: year for year in sorted({value(row, "year") for row in rows if "area" in row and "year" in row})}
    return [
        *drawn(
            "By theme and strength of wording",
            "{told} provisions by theme; many have several themes, so bars add up to more. Colour: strength of wording.",
            "Theme",
            "name",
            "strength",
            strengths,
            "theme",
        ),
        *drawn(
            "By year and strength of wording",
            "{told} provisions by the year of the meeting whose outcome their document is; of {rest} more no year is known.",
            "Year",
            "year",
            "strength",
            strengths,
        ),
        *drawn(
            "The strategy by area, edition by edition",
            f"{{told}} provisions by area, in {len(editions)} edition{'' if len(editions) == 1 else 's'} of the strategy in this release:"
            f" {', '.join(editions)}. The table has a column for each edition.",
            "Area",
            "areaName",
            "year",
            editions,
            "area",
        ),
    ]


async def themes(service: Service, links: Links, found: frozenset[str]) -> list[Drawing]:
    """How many meetings and provisions each theme has."""
    totals: dict[tuple[str, str], list[float]] = {}
    for row in await ask_once(service, "themes-years"):
        key = (row["theme"].value, value(row, "name"))
        if key[0] in found:
            total = totals.setdefault(key, [0.0, 0.0])
            total[0] += int(value(row, "meetings") or 0)
            total[1] += int(value(row, "provisions") or 0)
    items = [
        Bar(name, tuple(numbers), links.of(iri))
        for (iri, name), numbers in sorted(totals.items(), key=lambda item: (-sum(item[1]), item[0][1]))
        if sum(numbers)
    ]
    description = f"{len(items)} themes in use, with the meetings and the provisions on each."
    return [bars("Themes in use", description, "Theme", ["meetings", "provisions"], items, ["c1", "c3"])] if items else []
