"""The store of triples for pySHACL answers every pattern as rdflib's own does."""

from __future__ import annotations

from itertools import product

import pytest
from rdflib import Graph, URIRef

from baligraph.triples import Triples

A, B, P, Q, T = (URIRef(f"urn:x:{name}") for name in "abpqt")
ALL = [(A, P, B), (A, P, A), (B, P, A), (A, Q, B), (B, T, Q)]


@pytest.fixture()
def ours() -> Triples:
    store = Triples()
    for triple in [*ALL, ALL[0]]:
        store.add(triple)
    return store


@pytest.mark.parametrize("pattern", list(product([None, A, B, T], [None, P, Q, T], [None, A, B, Q])))
def test_a_pattern_finds_what_it_finds_in_a_graph_of_rdflib(ours: Triples, pattern: tuple[URIRef | None, ...]) -> None:
    theirs = Graph()
    for triple in ALL:
        theirs.add(triple)
    assert sorted(Graph(ours).triples(pattern)) == sorted(theirs.triples(pattern))  # type: ignore[arg-type]


def test_one_is_counted_once_and_taken_out_again(ours: Triples) -> None:
    assert len(ours) == len(ALL)
    ours.remove((A, P, None))
    assert sorted(t for t, _ in ours.triples((None, None, None))) == sorted(ALL[2:])
    assert len(ours) == len(ALL) - 2
    assert list(ours.triples((None, P, B))) == []


def test_one_beside_is_seen_from_its_subject_alone(ours: Triples) -> None:
    ours.beside((B, T, P))
    assert set(Graph(ours).objects(B, T)) == {Q, P}
    assert set(Graph(ours).subjects(T, P)) == set()
    assert set(Graph(ours).subjects(T, Q)) == {B}
