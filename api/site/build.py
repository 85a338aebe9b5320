"""Build a question: the table of the REST interface as a form.

What is chosen is an address; the address is a sentence, a query and an answer.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import Literal

from api.problems import Problem
from api.rest.asked import Asked, one_of, understand, wrong
from api.rest.collections import collections
from api.rest.items import Items, read_items
from api.rest.matches import PREFIXES, Matches, coverage, matches, patterns, taken
from api.rest.table import REFERENCE, Collection, Field, Filter
from api.service import Service
from api.site.choices import Choice, Pairs, choices
from api.site.pages import PAGES
from api.vocabulary import Vocabulary, vocabulary
from baligraph.parameters import Term
from baligraph.prefixes import shrink, sparql_header

OWN: Final = ("of", "choose")
"""Parameters of the page that REST does not have: the collection, and the filter of which all values are shown."""

_FEW, _ALL, _ROWS, _COLUMNS = 5, 300, 20, 6
_PREFIXES: Final = (*PREFIXES, "id", "xsd")
_FORMS: Final = ((".json", "JSON"), (".csv", "CSV"), (".xlsx", "XLSX"), (".ttl", "Turtle"))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that can be asked for."""

    collection: Collection
    number: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A filter with the values that leave something; `more` leads to those that are not shown."""

    name: str
    label: str
    meaning: str
    choices: list[Choice]
    more: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A filter that is typed: words or a day."""

    name: str
    label: str
    meaning: str
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Column:
    """A field that can be shown."""

    field: Field
    label: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Built:
    """A question with its answer.

    `given` are the parameters of REST, `chosen` those of them that are filters with a value, as links that take them away; `hidden` what
    the form keeps; `head` is the field that names an item; `sentence` are pieces of text, with what was chosen
    marked; `whole` leads from the values of one filter back to all filters."""

    collection: Collection
    given: list[tuple[str, str]]
    hidden: list[tuple[str, str]]
    offers: list[Offer]
    boxes: list[Box]
    columns: list[Column]
    sorts: list[tuple[str, str, bool]]
    chosen: list[tuple[str, str, str]]
    sentence: list[tuple[str, bool]]
    sparql: str
    total: int
    coverage: str
    items: Items
    head: str
    whole: str

    @property
    def page(self) -> str:
        """The page of this collection with the same filters; none where there is no such page."""
        rest = [pair for pair in self.given if pair[0] not in {"fields", "sort"}]
        return f"{self.collection.name}{'?' + urlencode(rest) if rest else ''}" if self.collection.name in PAGES else ""

    @property
    def shown(self) -> list[Column]:
        """The columns of the table, after the name of each item."""
        return [column for column in self.columns if column.shown and column.field.name != self.head]

    @property
    def more(self) -> int:
        """Items that are not shown."""
        return self.total - len(self.items.items)

    @property
    def forms(self) -> list[tuple[str, str]]:
        """(name, address) of the answer in each form of REST."""
        return [(name, self.rest(suffix)) for suffix, name in _FORMS]

    def rest(self, suffix: str = "") -> str:
        """The address of the same in REST."""
        fields = ",".join(column.field.name for column in self.columns if column.shown)
        rest = [*(pair for pair in self.given if pair[0] != "fields"), ("fields", fields)]
        return f"api/v1/{self.collection.name}{suffix}?{urlencode(rest, safe=',:')}"


async def kinds(service: Service) -> list[Kind]:
    """All kinds of things, with how many there are of each. Raises StoreError."""
    if "kinds" not in service.kept:
        found = [await matches(service, understand(entry, ())) for entry in collections().values()]
        service.kept["kinds"] = [Kind(entry, many.total) for entry, many in zip(collections().values(), found, strict=True)]
    made: list[Kind] = service.kept["kinds"]
    return made


async def build(service: Service, given: Pairs) -> Built | None:
    """The question that the parameters make; None where no kind of thing is chosen yet. Raises Problem (404, 422), StoreError."""
    own = {name: [value for key, value in given if key == name] for name in OWN}
    name = one_of(own, "of")
    if name is None:
        if given:
            raise wrong("of", f"is missing: a question begins with a kind of thing: {', '.join(collections())}.")
        return None
    if name not in collections():
        raise Problem(404, "Not found", f"There is nothing of the kind {name[:80]!r}; there are {', '.join(collections())}.")
    collection, rest = collections()[name], [pair for pair in given if pair[0] not in {*OWN, "cursor", "limit", "include", "facets"}]
    asked = understand(collection, [*rest, *([] if any(key == "fields" for key, _ in rest) else usual(collection))])
    found = await matches(service, asked)
    head = next((entry.name for kind in ("words", "string") for entry in collection.fields if entry.kind == kind), "")
    read = tuple(dict.fromkeys((*(entry for entry in collection.fields if entry.name == head), *asked.fields)))
    shown, _ = found.page(None, _ROWS)
    items, told, terms = await asyncio.gather(
        read_items(service, collection, read, shown, places=False), coverage(service, asked, found), vocabulary(service)
    )
    whole = one_of(own, "choose")
    linked = [("of", name), *rest]
    offers = [
        offer for offer in [await _offer(service, asked, found, entry, linked, whole) for entry in collection.filters] if offer.choices
    ]
    chosen = [(label(offer.name), choice.label, choice.href) for offer in offers for choice in offer.choices if choice.active]
    values = {offer.name: [choice.label for choice in offer.choices if choice.active] for offer in offers}
    typed = [entry.parameter for entry in collection.filters if "FILTER" in entry.pattern]
    boxes = [
        Box(
            entry.name,
            "words" if entry.name == "q" else entry.name,
            entry.meaning,
            "date" if entry.type == "date" else "search",
            next((value for key, value in rest if key == entry.name), ""),
        )
        for entry in typed
    ]
    columns = [Column(entry, _first(terms.label(entry.iri)), entry in asked.fields) for entry in collection.fields]
    sorts = [
        (order, f"{label(entry.name)}{', the last first' if order.startswith('-') else ''}", order == asked.order)
        for entry in collection.sorts
        for order in (entry.name, f"-{entry.name}")
    ]
    hidden = [("of", name), *((key, value) for key, value in rest if key not in {"fields", "sort", *(box.name for box in boxes)})]
    sentence = _sentence(asked, values, boxes, terms)
    return Built(
        collection,
        rest,
        hidden,
        [offer for offer in offers if whole is None or offer.name == whole],
        boxes,
        columns,
        sorts,
        chosen,
        sentence,
        sparql(asked),
        found.total,
        told,
        items,
        head,
        f"?{urlencode(linked)}" if whole else "",
    )


def usual(collection: Collection) -> list[tuple[str, str]]:
    """The columns for which nobody asked: those of the page of the collection, else the first few."""
    names = [entry.name for entry in collection.fields if entry.shown][:_COLUMNS]
    if page := PAGES.get(collection.name):
        names = [*page.heads, *(name for _, many in page.columns for name in many)]
    return [("fields", name) for name in dict.fromkeys(names)]


async def _offer(service: Service, asked: Asked, found: Matches, entry: Filter, given: Pairs, whole: str | None) -> Offer:
    counted = await taken(service, asked, entry, found)
    parameter = entry.parameter
    offered = await choices(service, parameter, counted, given, _ALL, left_out=("choose",))
    all_ = len(offered)
    if parameter.name != whole and all_ > _FEW:
        by_number = sorted(offered, key=lambda choice: (not choice.active, -choice.number))[:_FEW]
        offered = [choice for choice in offered if choice in by_number]
    more = f"?{urlencode([*given, ('choose', parameter.name)])}" if all_ > len(offered) else ""
    return Offer(parameter.name, _first(label(parameter.name)), _plain(parameter.meaning), offered, more, all_)


def label(name: str) -> str:
    """A name of the table as words: `hostState` → host state."""
    return re.sub(r"(?<=[a-z])([A-Z])", r" \1", name).lower()


def _plain(meaning: str) -> str:
    """What a filter means, without how its keys are written: here one clicks."""
    return f"{meaning.partition(':')[0].removesuffix(', by ISO 3166 code').removesuffix('.')}."


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(asked: Asked, values: Mapping[str, Sequence[str]], boxes: Sequence[Box], terms: Vocabulary) -> list[tuple[str, bool]]:
    """Pieces of text, and whether each is what was chosen."""
    conditions: list[list[tuple[str, bool]]] = []
    for name, chosen in values.items():
        if chosen:
            ors = [piece for text in chosen for piece in ((" or ", False), (text, True))][1:]
            conditions.append([(f"{label(name)} is ", False), *ors])
    for box in boxes:
        if box.value:
            start, end = ("the words “", "” stand in it") if box.type != "date" else (f"the time is {box.label} ", "")
            conditions.append([(start, False), (box.value, True), (end, False)])
    for word, names in (("a", asked.having), ("no", asked.lacking)):
        conditions += [[(f"there is {word} ", False), (terms.label(asked.collection.by_name[name].iri), True)] for name in names]
    pieces = [(asked.collection.title, True)]
    for number, condition in enumerate(conditions):
        pieces += [(" and " if number else " where ", False), *condition]
    order = label(asked.sort.name)
    return [*pieces, (f", in the order of {order}{', the last first' if asked.descending else ''}.", False)]


def sparql(asked: Asked) -> str:
    """The query that gives the same rows: one for each item; several values of a field stand in one cell, by their names."""
    collection = asked.collection
    name = f"?{collection.spaces[0].partition(':')[2].rstrip('_')}"
    given: list[str] = []

    def place(term: Term) -> str:  # filled in last: nothing that somebody typed shall be rewritten
        given.append(_term(term))
        return f"\0{len(given) - 1}\0"

    inner = patterns(asked, place)
    lines = ["  {", f"    SELECT DISTINCT {name} {{", *(f"      {line}" for line in inner), "    }", "  }"]
    for entry in asked.fields:
        prop = shrink(entry.iri)
        if entry.kind == REFERENCE and entry.many:
            path = f"?x {prop} ?one . ?one rdfs:label|skos:prefLabel|dcterms:title ?named ."
            joined = f'(GROUP_CONCAT(DISTINCT ?named; separator="; ") AS ?{entry.name})'
            lines.append(f"  OPTIONAL {{ SELECT ?x {joined} {{ {path} }} GROUP BY ?x }}")
        elif entry.many:
            joined = f'(GROUP_CONCAT(DISTINCT ?one; separator="; ") AS ?{entry.name})'
            lines.append(f"  OPTIONAL {{ SELECT ?x {joined} {{ ?x {prop} ?one }} GROUP BY ?x }}")
        else:
            language = f' FILTER (LANG(?{entry.name}) = "en")' if entry.kind == "words" else ""
            lines.append(f"  OPTIONAL {{ ?x {prop} ?{entry.name}{language} }}")
    lines.append(f"  OPTIONAL {{ SELECT ?x (MIN(STR(?k)) AS ?order) {{ {asked.sort.pattern} }} GROUP BY ?x }}")
    columns = " ".join([name, *(f"?{entry.name}" for entry in asked.fields)])
    order = f"{'DESC(?order)' if asked.descending else '?order'}"
    text = "\n".join([f"SELECT {columns} {{", *lines, "}", f"ORDER BY (!BOUND(?order)) {order} {name}"])
    text = re.sub(r"\?x\b", name, text)
    text = re.sub("\0(\\d+)\0", lambda found: given[int(found[1])], text)
    used = [prefix for prefix in _PREFIXES if re.search(rf"(?<![\w:/]){prefix}:", text)]
    return f"{sparql_header(used)}\n{text}\n"


def _term(term: Term) -> str:
    """A term as one would write it."""
    if isinstance(term, Literal):
        kind = term.datatype.value.rpartition("#")[2]
        return term.value if kind == "integer" else f'"{term.value}"^^xsd:date' if kind == "date" else str(term)
    short = shrink(term.value)
    return short if re.fullmatch(r"[a-z]+:[\w-]+", short) else str(term)
