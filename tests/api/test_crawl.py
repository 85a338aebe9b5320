"""Every IRI of ours leads somewhere: those of the whole bundled release, and those that the answers themselves name."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import BinaryIO, cast

import httpx
import pyoxigraph as ox

from baligraph.release import Release

BASE = "https://w3id.org/baligraph/"
AT_ONCE = 6


def ours(terms: Iterable[object]) -> set[str]:
    """The addresses below our base that the terms name, without fragments."""
    found = {term.value.partition("#")[0] for term in terms if isinstance(term, ox.NamedNode) and term.value.startswith(BASE)}
    return found - {BASE}


def of_release(release: Release) -> set[str]:
    with gzip.open(release.quads_path) as quads:
        return {
            address
            for quad in ox.parse(cast(BinaryIO, quads), format=ox.RdfFormat.N_QUADS)
            for address in ours((*quad.triple, quad.graph_name))
        }


async def crawl(server: str, todo: set[str]) -> tuple[dict[str, str], int]:
    """(faults, addresses asked): what is asked names more, which is asked too."""
    faults: dict[str, str] = {}
    seen: set[str] = set()
    async with httpx.AsyncClient(follow_redirects=True, headers={"accept": "application/n-triples, */*;q=0.1"}, timeout=60) as client:

        async def visit(address: str) -> set[str]:
            answer = await client.get(address.replace(BASE, server))
            if answer.status_code != 200:
                faults[address] = f"{answer.status_code} {answer.text[:200]}"
                return set()
            if answer.headers["content-type"] != "application/n-triples":
                return set()
            found = list(ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES))
            if address.startswith((f"{BASE}id/", f"{BASE}concept/")) and not any(q.subject == ox.NamedNode(address) for q in found):
                faults[address] = "the answer says nothing about it"
            return ours(term for quad in found for term in quad.triple)

        while todo:
            now = sorted(todo)[:AT_ONCE]
            seen |= set(now)
            todo |= set().union(*await asyncio.gather(*map(visit, now)))
            todo -= seen
    return faults, len(seen)


def test_every_iri_of_the_release_leads_somewhere(release: Release, serve: Callable[..., AbstractContextManager[str]]) -> None:
    start = of_release(release)
    assert len(start) > 2000
    with serve(release.path, client_seconds=0, client_queries=0) as address:
        faults, asked = asyncio.run(crawl(address, set(start)))
    assert not faults
    assert asked >= len(start)
    print(f"{asked} addresses")
