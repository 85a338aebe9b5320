"""The release of the bundled corpus in two engines that share no code."""

from __future__ import annotations

import gzip
from typing import BinaryIO, cast

import pyoxigraph as ox
import pytest
import rdflib

from baligraph.release import Release


@pytest.fixture(scope="session")
def oxigraph(release: Release) -> ox.Store:
    """The release in Oxigraph."""
    store = ox.Store()
    with gzip.open(release.quads_path) as quads:
        store.bulk_load(cast(BinaryIO, quads), format=ox.RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="session")
def dataset(release: Release) -> rdflib.Dataset:
    """The release in rdflib's own store and engine."""
    found = rdflib.Dataset(default_union=False)
    with gzip.open(release.quads_path) as quads:
        found.parse(data=quads.read(), format="nquads")
    return found
