"""What a page of a list costs, without a clock: the queries that it asks and what they bring.

What a list holds, and in what order, is asked once per release, filter and order. After that, a page asks only for what its own items hold:
as much at the end as at the beginning, and as much of a large graph as of a small one. How long that takes, `python -m bench lists` tells.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

import httpx
import pyoxigraph as ox
import pytest

from api.app import create_app
from api.rest.asked import MOST
from api.rest.collections import collections
from baligraph.dataset import Served
from baligraph.settings import Settings
from baligraph.store import Answer, Query, Status
from bench import quads

LIMIT = 8
Asked: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]
"""A collection and its parameters."""

LISTS: list[Asked] = [
    ("meetings", ()),
    ("meetings", (("include", "evidence"),)),
    ("meetings", (("sort", "-date"),)),
    ("meetings", (("q", "workshop"), ("precision", "day"))),
    ("participations", ()),
    ("participations", (("include", "evidence"),)),
    ("participations", (("role", "attendee"),)),
    ("provisions", ()),
    ("provisions", (("kind", "Recommendation"), ("facets", "wording,inDocument"))),
    ("documents", (("include", "evidence"),)),
]


@dataclass
class Page:
    """Its items, the queries that were sent for it, the bytes that came."""

    items: int
    queries: list[str]
    size: int


class _Whole(Answer):
    async def chunks(self) -> AsyncIterator[bytes]:
        yield self.whole or b""

    async def close(self) -> None:
        pass


@dataclass
class Recorder:
    """An engine in this process that notes what it was asked, and how much it answered."""

    store: ox.Store
    asked: list[tuple[str, int]] = field(default_factory=list)

    def status(self) -> Status:
        return Status(1, 1, 0, {})

    async def start(self) -> None:
        pass

    async def close(self) -> None:
        pass

    async def ask(self, query: Query) -> Answer:
        found = self.store.query(query.text)
        assert isinstance(found, ox.QuerySolutions)
        answer = _Whole()
        answer.media_type = query.solutions
        kind = ox.QueryResultsFormat.from_media_type(query.solutions)
        assert kind is not None
        answer.whole = found.serialize(format=kind) or b""
        self.asked.append((query.text, len(answer.whole)))
        return answer


async def walk(file: Path) -> dict[Asked, tuple[Page, list[Page]]]:
    """Of each list the page that is asked for first, and then the first, one in the middle and one towards the end."""
    store = ox.Store()
    store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS)
    recorder = Recorder(store)

    def engine(_: Served) -> Recorder:
        return recorder

    app = create_app(Settings(dataset=file, cache_bytes=0), engine)
    found = {}
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client,
    ):

        async def get(which: Asked, limit: int, cursor: str = "") -> tuple[Page, dict[str, Any]]:
            recorder.asked.clear()
            after = (("cursor", cursor),) if cursor else ()
            answer = await client.get(f"/api/v1/{which[0]}", params=[*which[1], ("limit", str(limit)), *after])
            assert answer.status_code == 200, answer.text
            page = Page(len(answer.json()["items"]), [text for text, _ in recorder.asked], sum(size for _, size in recorder.asked))
            return page, answer.json()

        for which in LISTS:
            once, body = await get(which, LIMIT)
            cursors, stride = [""], min(body["total"] // 3, MOST)
            while len(cursors) < 3:
                _, body = await get(which, stride, cursors[-1])
                cursors.append(parse_qs(urlsplit(body["next"]).query)["cursor"][0])
            found[which] = once, [(await get(which, LIMIT, cursor))[0] for cursor in cursors]
    return found


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> list[dict[Asked, tuple[Page, list[Page]]]]:
    """Every list of a graph, and of one that is four times as large."""
    result = []
    for size in (20_000, 80_000):
        file = tmp_path_factory.mktemp("lists") / "made.nq"
        quads.write(file, size, seed=5)
        result.append(asyncio.run(walk(file)))
    return result


@pytest.mark.parametrize("which", LISTS, ids=str)
def test_a_page_asks_for_its_own_items_alone(which: Asked, walked: list[dict[Asked, tuple[Page, list[Page]]]]) -> None:
    pattern = collections()[which[0]].pattern
    for once, pages in (found[which] for found in walked):
        # that with evidence was read for the one without
        assert any(pattern in query for query in once.queries) or ("include", "evidence") in which[1]
        for page in pages:
            assert page.items == LIMIT
            assert page.queries
            for query in page.queries:
                assert pattern not in query
                # each branch begins with the things that it is about
                assert all(branch.lstrip("{ ").startswith("VALUES ") for branch in branches(query)), query


def branches(query: str) -> list[str]:
    """The parts of a union, or the one pattern."""
    body = query[query.index("SELECT") :].partition("{")[2]
    return re.split(r"\} UNION \{", body) if body.lstrip().startswith("{") else [body]


@pytest.mark.parametrize("which", LISTS, ids=str)
def test_a_page_reads_as_much_at_the_end_and_of_a_larger_graph(which: Asked, walked: list[dict[Asked, tuple[Page, list[Page]]]]) -> None:
    small, large = (found[which][1] for found in walked)
    assert {len(page.queries) for page in large} == {len(page.queries) for page in small}
    least = min(page.size for page in small)  # a meeting has from 12 to 30 participants
    assert all(page.size < 1.5 * least for page in (*small, *large))
