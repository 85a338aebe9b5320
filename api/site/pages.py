"""The table of the pages that show a collection of the REST interface: what each shows of it, in reading order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from api.draw.drawing import Drawing
from api.pages import Links
from api.service import Service
from api.site import pictures

Draw: TypeAlias = Callable[[Service, Links, frozenset[str]], Awaitable[list[Drawing]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`filters` are (field whose values are counted, parameter of REST that they are given to); `columns` are (heading, fields, whichever
    of them have values); `draw` draws what was found, `query` names the file in `queries/site/` behind the drawing."""

    title: str
    lede: str
    filters: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    draw: Draw | None = None
    query: str = ""
    heads: tuple[str, ...] = ("label",)
    others: tuple[tuple[str, str], ...] = field(default=())
    """(path, words) of what else there is to see."""


PAGES: Final[dict[str, Page]] = {
    "meetings": Page(
        title="Meetings",
        lede="When and where the process met, who hosted, and on what: every meeting that a document reports or names.",
        filters=(
            ("year", "year"),
            ("inCountry", "country"),
            ("ofBody", "body"),
            ("theme", "theme"),
            ("attendanceCoverage", "coverage"),
            ("recordedIn", "document"),
        ),
        columns=(
            ("Date", ("dateText",)),
            ("Place", ("inPlace", "inCountry")),
            ("Host", ("hostedBy",)),
            ("Group", ("ofBody",)),
            ("List of who came", ("attendanceCoverage",)),
        ),
        draw=pictures.meetings,
        query="meetings-timeline",
    ),
    "states": Page(
        title="States and territories",
        lede="Who hosted, chaired, took part and observed, year by year. Where no list of participants exists, who came is not recorded,"
        " which is not the same as absent.",
        filters=(("memberOf", "memberOf"), ("inRegion", "region")),
        columns=(("Code", ("iso3",)), ("Member of", ("memberOf",)), ("Observer of", ("observerOf",))),
        draw=pictures.states,
        query="states-years",
    ),
    "bodies": Page(
        title="Bodies",
        lede="Working groups, offices, networks and mechanisms: when each was set up, and which meetings of it are reported.",
        filters=(("ofProcess", "process"), ("theme", "theme")),
        columns=(
            ("Set up", ("establishedEdtf",)),
            ("Coordinated by", ("coordinatedBy",)),
            ("Succeeded by", ("succeededBy",)),
            ("Theme", ("theme",)),
        ),
        draw=pictures.bodies,
        query="bodies-meetings",
    ),
    "organisations": Page(
        title="Organisations",
        lede="International and civil society organisations, and ministries and agencies of states, with what they are members of.",
        filters=(("ofState", "country"), ("memberOf", "memberOf"), ("observerOf", "observerOf")),
        columns=(("State", ("ofState",)), ("Member of", ("memberOf",)), ("Observer of", ("observerOf",))),
    ),
    "people": Page(
        title="People",
        lede="Office holders whom a document names with their part in a meeting. Their pages show in which office, and the sentence.",
        filters=(),
        columns=(("Form of address", ("honorific",)), ("Also written", ("altLabel",))),
    ),
    "themes": Page(
        title="Themes",
        lede="What meetings and provisions were about, by our list of themes, and when.",
        filters=(),
        columns=(("Above it", ("broader",)), ("What it means", ("definition",))),
        draw=pictures.themes,
        query="themes-years",
        heads=("prefLabel",),
    ),
    "commitments": Page(
        title="Commitments",
        lede="What was promised or agreed, in its exact words. Whether it was kept is stated only where a document reports it.",
        filters=(
            ("theme", "theme"),
            ("strength", "strength"),
            ("responsibleBody", "body"),
            ("usesInstrument", "instrument"),
            ("strategyArea", "area"),
            ("inDocument", "document"),
        ),
        columns=(("Wording", ("strength",)), ("Body", ("responsibleBody",)), ("Theme", ("theme",)), ("Document", ("inDocument",))),
        draw=pictures.provisions,
        query="provisions",
        heads=("text",),
        others=(("provisions", "Recommendations, decisions and findings, too"),),
    ),
    "provisions": Page(
        title="Provisions",
        lede="Commitments, recommendations, decisions and findings, in their exact words. A recommendation is no commitment.",
        filters=(
            ("theme", "theme"),
            ("strength", "strength"),
            ("addressee", "addressee"),
            ("responsibleBody", "body"),
            ("inDocument", "document"),
        ),
        columns=(("Wording", ("strength",)), ("Addressed to", ("addressee",)), ("Theme", ("theme",)), ("Document", ("inDocument",))),
        draw=pictures.provisions,
        query="provisions",
        heads=("text",),
        others=(("commitments", "Commitments alone"),),
    ),
    "instruments": Page(
        title="Instruments",
        lede="Policy guides, model laws, toolkits, portals and other instruments, with who made them.",
        filters=(("developedBy", "developedBy"), ("publishedBy", "publishedBy")),
        columns=(
            ("Made or published", ("establishedEdtf",)),
            ("By", ("developedBy", "establishedBy", "publishedBy")),
            ("Theme", ("theme",)),
        ),
    ),
}
