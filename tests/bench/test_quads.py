"""The data and the queries of `python -m bench serve`."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from bench import quads
from bench.questions import questions
from bench.serve import _expected


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, quads.Made]:
    file = tmp_path_factory.mktemp("quads") / "made.nq"
    return file, quads.write(file, 3000, seed=1)


def test_the_seed_decides_every_byte(written: tuple[Path, quads.Made], tmp_path: Path) -> None:
    file, made = written
    assert quads.write(tmp_path / "again.nq", 3000, seed=1) == made
    assert (tmp_path / "again.nq").read_bytes() == file.read_bytes()
    quads.write(tmp_path / "other.nq", 3000, seed=2)
    assert (tmp_path / "other.nq").read_bytes() != file.read_bytes()


def test_the_default_graph_is_the_union_of_the_named_graphs_which_share_nothing(written: tuple[Path, quads.Made]) -> None:
    file, made = written
    parsed = list(ox.parse(path=file, format=ox.RdfFormat.N_QUADS))
    default = {q.triple for q in parsed if q.graph_name == ox.DefaultGraph()}
    named = [q.triple for q in parsed if q.graph_name != ox.DefaultGraph()]
    assert len(parsed) == made.quads >= 3000
    assert default == set(named)
    assert len(set(named)) == len(named)


def test_terms_are_those_of_the_ontology(written: tuple[Path, quads.Made], release: object) -> None:
    """What is generated speaks of nothing that a release could not."""
    from baligraph.release import Release

    assert isinstance(release, Release)
    store = ox.Store()
    import gzip

    with gzip.open(release.quads_path) as file:
        store.bulk_load(file, format=ox.RdfFormat.N_QUADS)  # type: ignore[arg-type]
    real = {q.predicate for q in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    assert {q.predicate for q in ox.parse(path=written[0], format=ox.RdfFormat.N_QUADS)} <= real


def test_every_question_is_worded_anew_and_finds_something(written: tuple[Path, quads.Made]) -> None:
    file, made = written
    mix = questions(made)
    assert all((question.word(1) == question.word(2)) == (question.name == "repeated") for question in mix)
    found = _expected(file, mix)
    for question in mix:
        if question.name not in ("join", "ask"):  # of these, not every wording has an answer
            assert all(found[question.name, number] for number in range(5)), question.name
    store = ox.Store()
    store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS)
    by_name = {question.name: question for question in mix}
    assert len({bool(store.query(by_name["ask"].word(n))) for n in range(40)}) == 2
    assert any(len(list(store.query(by_name["join"].word(n)))) for n in range(80))  # type: ignore[arg-type]
