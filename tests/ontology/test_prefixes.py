"""Prefixes are written once, in ontology/prefixes.ttl, and the data folders are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from baligraph import data
from baligraph.data import DataNotFoundError
from baligraph.prefixes import PrefixError, expand, prefixes, shrink, sparql_header, turtle_header


@pytest.fixture
def forgotten():
    """Clears what the modules remember, before and after."""

    def clear() -> None:
        data.root.cache_clear()
        prefixes.cache_clear()

    clear()
    yield
    clear()


def test_both_ways_of_writing_a_prefix_agree() -> None:
    """The file declares each prefix as @prefix, for readers, and as sh:declare, for machines."""
    bound = dict(Graph(bind_namespaces="none").parse(data.ontology("prefixes.ttl")).namespaces())
    del bound["prefix"]
    assert {p: str(ns) for p, ns in bound.items()} == dict(prefixes())


def test_every_declaration_hangs_on_the_file() -> None:
    query = """PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT (COUNT(?d) AS ?n) { <https://w3id.org/baligraph/prefixes> sh:declare ?d . ?d a sh:PrefixDeclaration ; sh:prefix ?p }"""
    [[count]] = Graph().parse(data.ontology("prefixes.ttl")).query(query)
    assert int(count) == len(prefixes())


def test_own_spaces() -> None:
    assert expand("bp:Meeting") == "https://w3id.org/baligraph/ontology#Meeting"
    assert expand("id:area_mys") == "https://w3id.org/baligraph/id/area_mys"
    assert expand("c:role_host") == "https://w3id.org/baligraph/concept/role_host"
    assert expand("g:doc/workshop-recommendations") == "https://w3id.org/baligraph/graph/doc/workshop-recommendations"
    assert expand("bps:MeetingShape") == "https://w3id.org/baligraph/shapes#MeetingShape"


@pytest.mark.parametrize("wrong", ["Meeting", "", "nobody:Meeting", "https://w3id.org/baligraph/id/x"])
def test_what_is_no_curie_is_refused(wrong: str) -> None:
    with pytest.raises(PrefixError, match="is not a CURIE"):
        expand(wrong)


@pytest.mark.parametrize("iri", ["https://example.org/x", "https://w3id.org/baligraph/graph/doc/a", "https://w3id.org/baligraph/ontology"])
def test_an_iri_without_a_plain_local_name_stays_whole(iri: str) -> None:
    assert shrink(iri) == iri


@given(st.sampled_from(sorted(prefixes())), st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,20}", fullmatch=True))
def test_shrink_undoes_expand(prefix: str, local: str) -> None:
    assert shrink(expand(f"{prefix}:{local}")) == f"{prefix}:{local}"


def test_headers() -> None:
    assert turtle_header(["bp"]) == "@prefix bp: <https://w3id.org/baligraph/ontology#> .\n"
    assert sparql_header(["c", "bp"]).splitlines()[0] == "PREFIX bp: <https://w3id.org/baligraph/ontology#>"
    assert len(turtle_header().splitlines()) == len(sparql_header().splitlines()) == len(prefixes())
    with pytest.raises(PrefixError):
        turtle_header(["nobody"])


def checkout(folder: Path, turtle: str) -> Path:
    for name in data.FOLDERS:
        (folder / name).mkdir(parents=True)
    (folder / "ontology" / "prefixes.ttl").write_text(f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n{turtle}")
    return folder


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize(
    ("turtle", "told"),
    [
        ('<#a> sh:prefix "a" .', "exactly one"),
        ('<#a> sh:prefix "a" ; sh:namespace "https://example.org/" . <#b> sh:prefix "a" ; sh:namespace "https://example.net/" .', "twice"),
    ],
)
def test_a_bad_prefix_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turtle: str, told: str) -> None:
    place = checkout(tmp_path / "place", turtle.replace("<#", "<https://example.org/prefixes#"))
    monkeypatch.setattr(data, "_places", lambda: (place, place))
    with pytest.raises(PrefixError, match=told) as raised:
        prefixes()
    assert str(place / "ontology" / "prefixes.ttl") in str(raised.value)


@pytest.mark.usefixtures("forgotten")
def test_data_is_found_in_a_wheel_where_there_is_no_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = checkout(tmp_path / "baligraph" / "data", "")
    monkeypatch.setattr(data, "_places", lambda: (tmp_path, wheel))
    assert data.root() == wheel
    assert data.ontology("prefixes.ttl") == wheel / "ontology" / "prefixes.ttl"
    with pytest.raises(DataNotFoundError, match=r"nothing\.csv is missing"):
        data.corpus("reference", "nothing.csv")


@pytest.mark.usefixtures("forgotten")
def test_half_a_checkout_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus").mkdir()
    monkeypatch.setattr(data, "_places", lambda: (tmp_path, tmp_path / "data"))
    with pytest.raises(DataNotFoundError, match="lacks ontology, queries, shapes"):
        data.root()
