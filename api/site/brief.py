"""A brief on a state or a meeting: what is recorded, line by line, each with the number of the sentence that says it, and what is not."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from api.origins import Origin, evidence_of
from api.service import Service
from api.site.asking import ask, ask_once, value
from api.terms import Row
from baligraph.parameters import ParameterError

_NO_LIST = "Not recorded: there is no list of who came."
_PARTS = ("Hosted", "Chaired", "Took part", "Observed")


@dataclass(slots=True)
class Line:
    """`href` is an IRI; `when` stands before the words, `more` after them; `nodes` are the assertions that it rests on, `notes` the numbers
    of their sentences."""

    words: str
    href: str = ""
    when: str = ""
    more: str = ""
    nodes: list[str] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """`empty` is said where there is no line. `short`: the lines may stand one after the other."""

    title: str
    lines: list[Line]
    empty: str = "Not recorded."
    short: bool = False


@dataclass(slots=True)
class Brief:
    """`notes` are the sentences by number; `coverage` says how far the brief goes."""

    sections: list[Section]
    coverage: str
    notes: list[Origin] = field(default_factory=list)


async def brief_of(service: Service, thing: str) -> Brief | None:
    """The brief on a thing; None for kinds of things that have none. Raises StoreError."""
    kind, _, key = thing.removeprefix(f"{service.settings.base_iri}id/").partition("_")
    read = {"area": _area, "meeting": _meeting}.get(kind)
    try:
        return await _numbered(service, await read(service, key)) if read else None
    except ParameterError:  # a name that is none of ours, in a file that is no release
        return None


async def _numbered(service: Service, brief: Brief) -> Brief:
    """Each sentence once, in the order in which the lines need them."""
    found = await evidence_of(service, [node for section in brief.sections for line in section.lines for node in line.nodes])
    numbers: dict[str, int] = {}
    for line in (line for section in brief.sections for line in section.lines):
        for origin in (origin for node in line.nodes for origin in found.get(node, [])):
            name = getattr(origin, "evidence", str(origin))
            if name not in numbers:
                brief.notes.append(origin)
                numbers[name] = len(brief.notes)
            if numbers[name] not in line.notes:
                line.notes.append(numbers[name])
    return brief


async def _area(service: Service, key: str) -> Brief:
    parts, held, lists, provisions, years = await asyncio.gather(
        ask(service, "area-parts", area=key),
        ask(service, "area-held", area=key),
        ask(service, "area-lists", area=key),
        ask(service, "area-provisions", area=key),
        ask_once(service, "meetings-lists"),
    )
    sections = [Section(title, _parts([row for row in parts if row["as"].value == str(place)])) for place, title in enumerate(_PARTS)]
    sections.insert(1, Section("Held there, whoever hosted", _held(held)))
    promised = [Line(value(row, "text"), row["node"].value, nodes=[row["node"].value]) for row in provisions]
    sections.append(Section("Promised, or asked to do, by name", promised, "No provision names it."))
    absent = [_meeting_line(row) for row in lists if row["there"].value == "false"]
    all_there = "It stands in every complete list of who came." if lists else "There is no complete list of who came."
    sections.append(Section("Not in the list of", absent, all_there))
    total, listed = (int(years[0][name].value) for name in ("meetings", "lists")) if years else (0, 0)
    coverage = (
        f"Complete lists of who came exist for {listed} of {total} meetings of this release. Whether it took part in the others is"
        " not recorded, which is not the same as absent."
    )
    return Brief(sections, coverage)


def _parts(rows: list[Row]) -> list[Line]:
    """A line for each meeting, with all parts in it."""
    lines: dict[str, Line] = {}
    for row in rows:
        line = lines.setdefault(row["meeting"].value, _meeting_line(row))
        line.nodes.append(row["node"].value)
        said = ", ".join(part for part in (value(row, "name"), value(row, "office")) if part)
        told = f"{value(row, 'role')}{f' ({said})' if said else ''}"
        if told not in line.more.split("; "):
            line.more = f"{line.more}; {told}" if line.more else told
    return list(lines.values())


def _held(rows: list[Row]) -> list[Line]:
    """A line for each meeting, with its place."""
    lines: dict[str, Line] = {}
    for row in rows:
        line = lines.setdefault(row["meeting"].value, _meeting_line(row))
        line.more = value(row, "place")
        line.nodes += [row["node"].value] if "node" in row else []
    return list(lines.values())


def _meeting_line(row: Row) -> Line:
    return Line(value(row, "label") or "Meeting without a name", row["meeting"].value, value(row, "when") or "undated")


async def _meeting(service: Service, key: str) -> Brief:
    facts, parts, provisions = await asyncio.gather(
        *(ask(service, name, meeting=key) for name in ("meeting-facts", "meeting-parts", "meeting-provisions"))
    )

    def of(*names: str) -> list[Line]:
        lines: dict[str, Line] = {}
        for row in facts:
            if row["property"].value.rpartition("#")[2] in names:
                term = row["value"]
                line = lines.setdefault(term.value, Line(value(row, "name") or term.value, term.value if term.is_iri else ""))
                line.nodes += [row["node"].value] if "node" in row else []
        return list(lines.values())

    def role(place: int) -> list[Line]:
        return [_participant(row, plain=place in {0, 3, 4}) for row in parts if row["as"].value == str(place)]

    attended = role(3)
    many = of("attendanceExact") or [Line(f"at least {line.words}", nodes=line.nodes) for line in of("attendanceMin")]
    sections = [
        Section("When", of("dateText"), "The documents do not say."),
        Section("Where", [*of("inPlace"), *of("inCountry")], "The documents do not say.", short=True),
        Section("Hosted by", role(0), short=True),
        Section("Chaired by", role(1), short=True),
        Section("Spoke or contributed", role(2)),
        Section(f"Took part{f' ({len(attended)} named)' if attended else ''}", attended, _NO_LIST, short=True),
        Section("How many came", many, "Not recorded."),
        Section("Observed", role(4), short=True),
        Section("What was agreed or said", [_provision(row) for row in provisions], "No provision of it is recorded."),
    ]
    coverage = next((f"List of who came: {line.words}." for line in of("attendanceCoverage")), "")
    return Brief(sections, coverage)


def _participant(row: Row, *, plain: bool) -> Line:
    more = [value(row, "office"), "" if plain else value(row, "role")]
    return Line(
        value(row, "name") or "Somebody", row["who"].value, more=", ".join(part for part in more if part), nodes=[row["node"].value]
    )


def _provision(row: Row) -> Line:
    number = value(row, "number")
    return Line(value(row, "text"), row["node"].value, f"{value(row, 'kind')}{f' {number}' if number else ''}", nodes=[row["node"].value])
