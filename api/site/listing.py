"""A page over a collection of the REST interface: the same filters in the same words, with counts, and the same items."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from api.draw.drawing import Drawing
from api.pages import Links
from api.rest.asked import USUAL, Asked, understand
from api.rest.collections import collections
from api.rest.items import Items, read_items
from api.rest.matches import Matches, coverage, facet, matches
from api.rest.table import Collection
from api.service import Service
from api.site.choices import Choice, Pairs, choices
from api.site.pages import PAGES, Page
from api.vocabulary import vocabulary

_MOST_CHOICES = 60


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its values, the commonest first."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def active(self) -> bool:
        return any(choice.active for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Listing:
    """All that the template shows. `words` is what is looked for; `given` the parameters of REST, which the address of the page is."""

    page: Page
    collection: Collection
    given: list[tuple[str, str]]
    filters: list[Filter]
    words: str
    total: int
    coverage: str
    items: Items
    onward: str | None
    drawings: list[Drawing]

    @property
    def columns(self) -> list[tuple[str, tuple[str, ...]]]:
        """The columns in which at least one of these items has a value."""
        return [
            (heading, names) for heading, names in self.page.columns if any(item.values.get(n) for item in self.items.items for n in names)
        ]

    @property
    def query_string(self) -> str:
        """The same for REST."""
        rest = [pair for pair in self.given if pair[0] != "cursor"]
        return f"?{urlencode(rest)}" if rest else ""


async def read_listing(service: Service, links: Links, name: str, given: Pairs) -> Listing:
    """What the page `name` shows for these parameters. Raises Problem (422) for a wrong one, StoreError."""
    page, collection = PAGES[name], collections()[name]
    fields = {field for _, many in page.columns for field in many} | set(page.heads)
    asked = understand(collection, given)
    asked = replace(asked, fields=tuple(field for field in collection.fields if field.name in fields))
    found = await matches(service, asked)
    shown, last = found.page(asked.cursor, asked.limit or USUAL)
    all_ = frozenset((*(iri for _, iri in found.sorted), *found.others))
    items, told, drawings = await asyncio.gather(
        read_items(service, collection, asked.fields, shown, places=False),
        coverage(service, asked, found),
        page.draw(service, links, all_) if page.draw and asked.cursor is None else _nothing(),
    )
    filters = [await _filter(service, asked, found, field, parameter, given) for field, parameter in page.filters]
    onward = None if last is None else asked.next(last, asked.limit or USUAL)
    words = next((value for key, value in given if key == "q"), "")
    return Listing(page, collection, list(given), filters, words, found.total, told, items, onward, drawings)


async def _nothing() -> list[Drawing]:
    return []


async def _filter(service: Service, asked: Asked, found: Matches, name: str, parameter: str, given: Pairs) -> Filter:
    """The values of a field among what was found, as links."""
    entry = asked.collection.by_name[name]
    taken = next(filter_.parameter for filter_ in asked.collection.filters if filter_.parameter.name == parameter)
    offered = await choices(service, taken, await facet(service, asked, entry, found), given, _MOST_CHOICES)
    label = (await vocabulary(service)).label(entry.iri)
    return Filter(parameter, label[:1].upper() + label[1:], offered)
