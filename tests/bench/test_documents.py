"""Generated documents: their truth is theirs, and the scorer knows right from wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from baligraph import data
from baligraph.release import Release
from bench import child, corpus
from bench.child import Built
from bench.documents import score, write
from bench.documents.draw import wrapped
from bench.documents.score import Tally
from bench.documents.truth import TABLES, Record
from ingest.reference import Reference, load_reference

MANY = 200


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference(data.corpus())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Record]:
    folder = tmp_path_factory.mktemp("generated") / "documents"
    return folder, write.write(folder, MANY, seed=1)


def test_the_seed_decides_every_byte(made: tuple[Path, Record], tmp_path: Path) -> None:
    """And a longer collection begins with the shorter one."""
    folder, truth = made
    again = write.write(tmp_path / "again", 30, seed=1)
    other = write.write(tmp_path / "other", 30, seed=2)
    for path in (tmp_path / "again").iterdir():
        assert path.read_bytes() == (folder / path.name).read_bytes()
    assert again["meetings"] == truth["meetings"][: len(again["meetings"])]
    assert other["meetings"] != again["meetings"]


def test_every_truth_stands_in_its_text(made: tuple[Path, Record]) -> None:
    folder, truth = made
    texts = {path.stem: re.sub(r"\s+", " ", path.read_text(encoding="utf-8")) for path in folder.iterdir()}
    quoted = 0
    for table in TABLES:
        for record in truth[table]:
            for quote in [*record.get("quotes", ()), *([record["quote"]] if "quote" in record else ())]:
                quoted += 1
                assert quote in texts[record["doc_id"]], (table, record)
            assert "quote" in record or "quotes" in record or record["status"] == "implicit"
    assert quoted > 5 * MANY


def test_dates_and_places_stand_in_the_quote(made: tuple[Path, Record]) -> None:
    for meeting in made[1]["meetings"]:
        if meeting["status"] == "reported":
            assert meeting["city"] in meeting["quote"]
            assert meeting["end"][:4] in meeting["quote"]
            if meeting["precision"] == "day":
                assert all(
                    re.search(rf"\b0?{int(day[8:])}(st|nd|rd|th)?\b", meeting["quote"]) for day in (meeting["start"], meeting["end"])
                )


def test_every_genre_comes_in_turn_with_facts_and_variation(made: tuple[Path, Record]) -> None:
    folder, truth = made
    assert {record["genre"] for record in truth["documents"]} == set(write.GENRES)
    due = {record["slug"]: 0 for record in truth["documents"]}
    for table in ("meetings", "commitments", "facts"):
        for record in truth[table]:
            due[record["doc_id"]] += 1
    assert min(due.values()) > 0
    assert len({path.read_bytes() for path in folder.iterdir()}) == MANY


def test_the_shape_is_that_of_the_annotations(made: tuple[Path, Record], reference: Reference) -> None:
    _, truth = made
    assert json.loads(json.dumps(truth)) == truth
    meetings = {meeting["id"] for meeting in truth["meetings"]}
    assert len(meetings) == len(truth["meetings"])
    assert all(record["meeting_id"] in meetings for table in ("attendances", "people") for record in truth[table])
    assert all(record["ref"] in reference.entries for record in truth["attendances"])
    shared = Path(__file__).parents[3] / "shared" / "gold" / "gold_corpus.json"
    if not shared.exists():
        pytest.skip(f"no {shared.name} beside the checkout: the shape is compared where it lies")
    assert set(json.loads(shared.read_text(encoding="utf-8"))) - {"conventions"} == set(truth) - {"note"}


def test_a_list_may_be_damaged_but_never_in_a_name(reference: Reference) -> None:
    for number in range(100):
        draw = write.Draw(reference, str(number))
        parties = draw.states(2, 9)
        assert all(party.written in draw.listed(parties, damaged=True) for party in parties)


def test_lines_break_at_spaces_only() -> None:
    assert wrapped("one two three", 7) == "one two\nthree"
    assert wrapped("unbreakable word", 4) == "unbreakable\nword"


def perfect(truth: Record, slug: str) -> score.Facts:
    records = {table: [record for record in truth[table] if record["doc_id"] == slug] for table in TABLES}
    return score.true_facts(records)[0]


def test_the_scorer_knows_right_from_wrong(made: tuple[Path, Record]) -> None:
    due = perfect(made[1], "generated-000001")
    some = due["attendance"]
    assert score.compare("attendance", some, some, set()) == Tally(len(some), len(some), len(some))
    one = next(iter(some))
    invented = (some - {one}) | {(one[0], one[1], "observer" if one[2] == "attendee" else "attendee")}
    assert score.compare("attendance", some, invented, set()) == Tally(len(some), len(some), len(some) - 1)
    assert score.compare("meetings", set(), {("", "Workshop")}, {("", "Workshop")}) == Tally(0, 0, 0)


def test_provisions_are_the_same_by_their_words() -> None:
    due = {("Members should train officials at the border.",), ("Members should share guides.",)}
    asserted = {("members should train officials at the border",), ("Ministers thanked the host.",), ("It was noted that guides help.",)}
    assert score.compare("provisions", due, asserted, {("It was noted that guides help.",)}) == Tally(2, 2, 1)
    twice = {("Members should share guides.",), ("Members should share guides",)}
    assert score.compare("provisions", {("Members should share guides.",)}, twice, set()) == Tally(1, 2, 1), "each is used once"


def test_figures_of_a_tally() -> None:
    tally = Tally(10, 5, 4)
    tally += Tally(0, 3, 0)
    assert (tally.precision, tally.recall, tally.f1) == (0.5, 0.4, 8 / 18)
    assert Tally().f1 == Tally().precision == Tally().recall == 1.0


def test_what_a_release_asserts_is_read_from_its_graph(release: Release) -> None:
    """Of a bundled document, whose meeting is known."""
    slug = "victim-protection-workshop-2012"
    said = score.asserted_facts(score._graphs(release.quads_path, [slug])[slug], slug)
    assert said["meetings"] == {("2012-01-12", "Workshop")}
    assert said["days"] == {("2012-01-12", "2012-01-13")}
    assert [place.rpartition("/")[2] for _, place in said["places"]] == ["place_kuala-lumpur"]
    assert ("2012-01-12", "https://w3id.org/baligraph/id/area_are", "observer") in said["attendance"]
    assert ("2012-01-12", "Lee Chee Leong", "opener") in said["people"]
    assert len(said["attendance"]) == 33
    assert said["provisions"]


def test_a_collection_is_built_in_a_fresh_process_and_judged(tmp_path: Path) -> None:
    many = 2 * len(write.GENRES)
    truth = write.write(tmp_path / "documents", many, seed=1)
    built = child.build(tmp_path / "releases", documents=tmp_path / "documents", processes=1)
    assert {"reading", "parts", "writing"} <= built.steps.keys()
    assert all(part > 0 for part in built.parts.values())
    assert built.counts["Document"] == 5 + many - built.left_out
    assert built.memory > 2**20
    assert built.release == Release.open(tmp_path / "releases").id
    scores = score.score(tmp_path / "releases" / "current", truth)
    assert scores.keys() == write.GENRES.keys()
    wrong = {(genre, kind): tally for genre, kinds in scores.items() for kind, tally in kinds.items() if tally.f1 < 0.99}
    assert wrong == {}


def test_the_tables_of_a_collection() -> None:
    def built(reading: float, wall: float, release: str) -> Built:
        return Built(wall, {"reading": reading}, 2**20, {}, release, 3)

    scores = {"plan": {kind: Tally() for kind in score.KINDS}, "news": {kind: Tally() for kind in score.KINDS}}
    scores["plan"]["provisions"] += Tally(4, 4, 4)
    scores["news"]["meetings"] += Tally(4, 0, 0)
    made = corpus.Measured(100, built(10, 50, "a"), built(5, 40, "a"), built(1, 2, "b"), built(9, 60, "c"), scores)
    quick, right = corpus.tables(made)
    assert list(quick.rows[1]) == ["two processes", "5", "20", "40", "2.5", "1"]
    assert "reading 2 times as quick (asked: 1.7), all 1.25 times; the same release" in quick.note
    assert "takes 1/30 of one from nothing (asked: 1/20), and gives ANOTHER release" in quick.note
    assert [list(row) for row in right.rows] == [
        ["news", "0.000", "", "", "", "", "", "", "0.000", "1.000", "0.000"],
        ["plan", "", "", "", "", "", "", "1.000", "1.000", "1.000", "1.000"],
        ["all", "0.000", "", "", "", "", "", "1.000", "0.667", "1.000", "0.500"],
    ]
