"""The gate on the real release: it conforms, and what is planted in it does not."""

from __future__ import annotations

import gzip
import random

import pyoxigraph as ox
import pytest

from baligraph.gate import GateReport, check, load_shapes
from baligraph.prefixes import expand
from baligraph.release import Release
from baligraph.support import Facts, unsupported


@pytest.fixture(scope="module")
def quads(release: Release) -> list[ox.Quad]:
    store = ox.Store()
    store.bulk_load(gzip.decompress(release.quads_path.read_bytes()), format=ox.RdfFormat.N_QUADS)
    return list(store)


@pytest.fixture(scope="module")
def texts(release: Release) -> dict[str, str]:
    return {slug: release.text(slug) for slug in release.slugs}


@pytest.fixture(scope="module")
def report(quads: list[ox.Quad], texts: dict[str, str]) -> GateReport:
    return check(quads, texts, shapes=load_shapes())


def test_the_release_conforms(report: GateReport) -> None:
    assert [row for row in report.rows if row.severity == "violation"] == []
    assert report.figures["facts with evidence"] == 1.0


def changed(quads: list[ox.Quad], swaps: dict[tuple[object, object], ox.NamedNode | ox.Literal]) -> list[ox.Quad]:
    return [ox.Quad(q.subject, q.predicate, swaps.get((q.subject, q.predicate), q.object), q.graph_name) for q in quads]


def of(quads: list[ox.Quad], predicate: str) -> dict[object, object]:
    """subject → value of a property, in a fixed order."""
    found = {(q.subject, q.object) for q in quads if q.predicate == ox.NamedNode(expand(predicate))}
    return dict(sorted(found, key=str))


def shuffled(values: dict[object, object], seed: int) -> dict[object, object]:
    """Every value given to another subject that has another value."""
    keys, others = list(values), list(values.values())
    random.Random(seed).shuffle(others)  # the same each time
    return {key: other for key, other in zip(keys, others, strict=True) if other != values[key]}


@pytest.mark.parametrize(
    ("predicate", "least"),
    [("bp:participant", 0.95), ("bp:nameAsWritten", 0.9), ("bp:evidence", 0.9), ("bp:text", 0.95)],
)
def test_swapped_values_are_found(predicate: str, least: float, quads: list[ox.Quad], texts: dict[str, str]) -> None:
    """Share of the nodes with another's value that are found. A passage shared by many facts may truly support a swapped one."""
    swapped = shuffled(of(quads, predicate), 1)
    property_ = ox.NamedNode(expand(predicate))
    store = ox.Store()
    store.bulk_extend(changed(quads, {(node, property_): value for node, value in swapped.items()}))  # type: ignore[misc]
    bad = {fault.node for fault in unsupported(Facts.of(store, texts))}
    found = sum(str(node).strip("<>") in bad for node in swapped)
    assert found >= least * len(swapped), f"{found} of {len(swapped)}"


def test_shifted_offsets_are_found(quads: list[ox.Quad], texts: dict[str, str]) -> None:
    property_ = ox.NamedNode(expand("bp:startOffset"))
    starts = of(quads, "bp:startOffset")
    moved = changed(quads, {(node, property_): ox.Literal(int(value.value) + 1) for node, value in starts.items()})  # type: ignore[attr-defined]
    rules = check(moved, texts, checks=[]).counts()
    assert rules["evidence:quote"] == len(starts)
