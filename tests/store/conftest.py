"""Stores that hold a release, and our service before them."""

from __future__ import annotations

import contextlib
import gzip
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

import pyoxigraph as ox
import pytest
import running
from running import Place

from baligraph.publish import publish
from baligraph.release import Release


@pytest.fixture(scope="session")
def local(release: Release) -> ox.Store:
    """The release in our own engine."""
    store = ox.Store()
    with gzip.open(release.quads_path) as quads:
        store.bulk_load(cast(BinaryIO, quads), format=ox.RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="session", params=["oxigraph", "virtuoso"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, release: Release) -> Iterator[Place]:
    """A store that holds the release of the bundled corpus."""
    start = {"oxigraph": running.oxigraph, "virtuoso": running.virtuoso}[request.param]
    with start(tmp_path_factory.mktemp(request.param)) as place:
        publish(release, place.settings())
        yield place


@pytest.fixture(scope="session")
def gateway(place: Place, serve: Callable[..., contextlib.AbstractContextManager[str]]) -> Iterator[str]:
    """The address of our service before that store."""
    with serve(None, **place.known, client_seconds=0, client_queries=0, query_timeout=60.0) as address:
        yield address
