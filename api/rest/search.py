"""Full-text search over the index of the release, under the same shares and the same time as queries."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.fairness import CLIENT
from api.problems import Problem
from api.rest.asked import USUAL, Cursor, grouped, limit_of, one_of, onward, read_cursor, refused, wrong
from api.rest.collections import collections
from api.rest.items import key_of, read_names
from api.service import Service
from baligraph import search_index
from baligraph.parameters import Parameter, ParameterError
from baligraph.prefixes import expand
from baligraph.search_index import Found, Hit

GROUPS: Final = {
    "meetings": ("meeting",),
    "states": ("area",),
    "organisations": ("org", "gov"),
    "bodies": ("body",),
    "people": ("person",),
    "provisions": ("provision",),
    "documents": ("doc",),
    "instruments": ("instrument",),
    "concepts": ("concept",),
    "places": ("place",),
    "passages": ("evidence",),
    "others": ("process", "group", "series", "event"),
}
"""What `type` may say, and which types of things it means."""

Q: Final = Parameter(
    "q", "string", 'Words that must all be there; "words in a row"; begin* for words that begin so. Case and marks do not count.'
)
TYPE: Final = Parameter("type", "string", "Only things of this type; passages of the text are found, too.", many=True, values=tuple(GROUPS))
DOCUMENT: Final = Parameter("document", "doc", "Only provisions and passages of this document.", many=True)
COVERAGE: Final = (
    "Names and titles of all things of this release, names as the documents write them, provisions, and the passages that facts were read"
    " from; not every word of every document."
)
_ORDER: Final = "score"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of hits with the names of the things; `onward` is the query string of the next page."""

    query: str
    found: Found
    hits: list[Hit]
    names: dict[str, str]
    onward: str | None


async def find(service: Service, given: Sequence[tuple[str, str]]) -> Page:
    """Search. Raises Problem and StoreError."""
    values = grouped(given, (Q.name, TYPE.name, DOCUMENT.name, "limit", "cursor"))
    text = one_of(values, Q.name)
    if text is None:
        raise wrong(Q.name, "say what to look for, such as q=legislation.")
    try:
        Q.terms(text)
        types = [kind for term in TYPE.terms(values[TYPE.name]) for kind in GROUPS[term.value]] if TYPE.name in values else []
        documents = [term.value for term in DOCUMENT.terms(values[DOCUMENT.name])] if DOCUMENT.name in values else []
    except ParameterError as error:
        raise refused(error) from None
    limit, cursor = limit_of(values) or USUAL, read_cursor(_ORDER, one_of(values, "cursor"))
    try:
        after = (float(cursor.key or ""), cursor.iri) if cursor else None
    except ValueError:
        raise wrong("cursor", "this is no cursor of a search; begin again without it.") from None
    found = await _search(service, text, types, documents, limit + 1, after)
    hits = found.hits[:limit]
    names = {iri: name.value for iri, (_, name) in (await read_names(service, {hit.iri for hit in hits})).items()}
    last = hits[-1] if len(found.hits) > limit else None
    further = onward(given, _ORDER, Cursor(repr(last.score), last.iri), limit) if last else None
    return Page(text, found, hits, names, further)


async def _search(
    service: Service, text: str, types: list[str], documents: list[str], limit: int, after: tuple[float, str] | None
) -> Found:
    path = service.release.search_path
    if path is None:
        raise Problem(404, "No index", "What is served here has no full-text index; a release that `baligraph build` writes has one.")
    client, began = CLIENT.get(), 0.0
    if client is not None:
        await service.ledger.enter(client)
    try:
        began = time.monotonic()
        return await asyncio.to_thread(
            search_index.search,
            path,
            text,
            types=types,
            documents=documents,
            limit=limit,
            after=after,
            timeout=service.settings.query_timeout,
        )
    finally:
        if client is not None:
            service.ledger.leave(client, time.monotonic() - began)


def as_json(page: Page, keep: Callable[[str], str] = str) -> dict[str, Any]:
    """A page of hits without the release. `keep` lets addresses keep the release that the request named."""
    counts = {name: sum(page.found.types.get(kind, 0) for kind in kinds) for name, kinds in GROUPS.items()}
    return {
        "query": page.query,
        "total": page.found.total,
        "next": keep(page.onward) if page.onward else None,
        "coverage": COVERAGE,
        "types": [{"value": name, "count": count} for name, count in counts.items() if count],
        "items": [_item(page, hit, keep) for hit in page.hits],
    }


def _item(page: Page, hit: Hit, keep: Callable[[str], str]) -> dict[str, Any]:
    group = _group(hit.type)
    table = collections().get("themes" if hit.iri.startswith(expand("c:theme_")) else group)
    return {
        "id": hit.iri,
        "key": key_of(hit.iri),
        "type": group,
        "name": page.names.get(hit.iri),
        "href": keep(f"{table.name}/{table.key(hit.iri)}") if table else None,
        "field": hit.field,
        "parts": [{"text": text, "match": match} for text, match in hit.parts],
        "document": key_of(hit.document) if hit.document else None,
    }


def table(page: Page, release: str) -> tuple[list[str], list[list[Any]]]:
    """A row for each hit; what was asked for stands between asterisks."""
    rows = []
    for item in as_json(page)["items"]:
        text = "".join(f"*{part['text']}*" if part["match"] else part["text"] for part in item["parts"])
        rows.append([item["id"], item["key"], item["type"], item["name"], item["field"], text, item["document"], release])
    return ["id", "key", "type", "name", "field", "text", "document", "release"], rows


def _group(kind: str) -> str:
    return next(name for name, kinds in GROUPS.items() if kind in kinds)
