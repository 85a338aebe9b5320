"""The navigation: sections, and the pages of each. A page belongs to the section of its first step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the navigation; `pages` are (path, name), the first its own address; `others` are further paths that belong to it."""

    name: str
    pages: tuple[tuple[str, str], ...]
    others: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where it leads."""
        return self.pages[0][0]


_SECTIONS: Final = (
    Section(
        "Explore",
        (
            ("meetings", "Meetings"),
            ("states", "States"),
            ("bodies", "Bodies"),
            ("organisations", "Organisations"),
            ("people", "People"),
            ("themes", "Themes"),
        ),
    ),
    Section("Commitments", (("commitments", "Commitments"), ("provisions", "All provisions"), ("instruments", "Instruments"))),
    Section("Documents", (("documents", "Documents"),)),
    Section("Query", (("query", "Workbench"), ("build", "Build a question"), ("queries", "Questions")), ("sparql",)),
    Section(
        "Data and API",
        (
            ("data", "Data"),
            ("releases", "Releases"),
            ("quality", "Quality"),
            ("ontology", "Ontology"),
            ("api", "REST"),
            ("limits", "Limits"),
        ),
    ),
)


def sections() -> tuple[Section, ...]:
    """All sections, in order."""
    return _SECTIONS


def within(path: str) -> Section | None:
    """The section of a path such as `/meetings`; none for the pages of things, which belong to several."""
    first = path.strip("/").partition("/")[0].partition(".")[0]
    if first == "data" and "/" in path.strip("/"):
        return None
    return next((section for section in _SECTIONS if first in {*(page for page, _ in section.pages), *section.others}), None)
