"""The full-text index: what is found and in which order, whatever is typed; and that the same graph gives the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import sqlite3
from pathlib import Path

import pytest
import releases
from hypothesis import given, settings
from hypothesis import strategies as st

from baligraph import search_index
from baligraph.errors import LimitError
from baligraph.prefixes import expand
from baligraph.release import Release
from baligraph.release_writer import write_release
from baligraph.search_index import Found, expression


@pytest.fixture(scope="module")
def path(tiny: Path) -> Path:
    found = Release.open(tiny).search_path
    assert found is not None
    return found


def find(path: Path, text: str, *, types: tuple[str, ...] = (), documents: tuple[str, ...] = (), limit: int = 20, **more: object) -> Found:
    return search_index.search(
        path,
        text,
        types=types,
        documents=[expand(f"id:doc_{name}") for name in documents],
        limit=limit,
        after=more.get("after"),  # type: ignore[arg-type]
        timeout=5,
    )


def names(found: Found) -> list[str]:
    return [hit.iri.rpartition("/")[2] for hit in found.hits]


@pytest.mark.parametrize(
    ("text", "types", "expected"),
    [
        ("turkiye", (), ["area_tur", "evidence_000000000003"]),
        ("TÜRKIYE", ("area",), ["area_tur"]),
        ("turkey", (), ["area_tur"]),
        ("government malaysia", (), ["area_mys", "evidence_000000000002"]),
        ('"malaysia government"', (), []),
        ("retur*", ("meeting",), [releases.MEETING]),
        ("retur", ("meeting",), []),
        ("harbour-town", ("place",), ["place_harbour-town"]),
        ("dignity", (), ["provision_one_2"]),
        ("dignity", ("evidence",), ["evidence_000000000004"]),
        ("dignity", ("provision", "evidence"), ["provision_one_2", "evidence_000000000004"]),
        ("co-host", ("concept",), ["role_co-host", "document-type_co-hosts-summary"]),
        ("script alert", (), ["org_bad"]),
        ("nothingofthekind", (), []),
    ],
)
def test_what_is_found(path: Path, text: str, types: tuple[str, ...], expected: list[str]) -> None:
    found = find(path, text, types=types)
    assert names(found) == expected
    assert found.total == sum(found.types.values()) == len(expected)


def test_a_name_as_written_leads_to_whom_it_names(path: Path) -> None:
    (hit, _) = find(path, '"Government of Malaysia"').hits
    assert (hit.iri, hit.field) == (expand("id:area_mys"), "name as written")
    assert ["".join(text for text, _ in hit.parts)] == ["Government of Malaysia"]
    assert all(match for text, match in hit.parts if text.strip())


def test_only_of_a_document(path: Path) -> None:
    assert names(find(path, "workshop", types=("evidence",), documents=("two",))) == ["evidence_000000000006"]
    assert find(path, "workshop", types=("evidence",), documents=("nothing",)).total == 0


def test_pages_end_to_end_are_the_whole(path: Path) -> None:
    whole = find(path, "the")
    assert whole.total == len(whole.hits) > 3
    after, seen = None, []
    while page := find(path, "the", limit=2, after=after).hits:
        seen += page
        after = (page[-1].score, page[-1].iri)
    assert seen == whole.hits
    assert [hit.score for hit in seen] == sorted(hit.score for hit in seen)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("one two", '"one" "two"'),
        ('"one two" three', '"one two" "three"'),
        ("begin*", '"begin"*'),
        ('a"b', '"a""b"'),
        ("NEAR(a b) OR c", '"NEAR(a" "b)" "OR" "c"'),
        ("text: ^x", '"text:" "^x"'),
        ("* - !", None),
        ('""', None),
    ],
)
def test_what_is_typed_is_words_and_never_an_expression(text: str, wanted: str | None) -> None:
    assert expression(text) == wanted


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(path: Path, text: str) -> None:
    found = find(path, text)
    assert found.total >= len(found.hits)
    if expression(text) is None:
        assert found == Found([], 0, {})


def test_a_long_search_is_ended(path: Path) -> None:
    with pytest.raises(LimitError, match="took longer than -1 s"):
        many = " ".join(f"{letter}*" for letter in "the" * 2000)
        search_index.search(path, many, types=(), documents=(), limit=1, after=None, timeout=-1)


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path, path: Path) -> None:
    again = tmp_path / "again.sqlite"
    search_index.write(again, search_index.sift(gzip.decompress(path.with_name("graph.nq.gz").read_bytes())))
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(path.read_bytes()).digest()


def test_only_the_accepted_view_is_indexed(tmp_path: Path) -> None:
    label, home = f"<{expand('id:area_mys')}> <{expand('rdfs:label')}>", f"<{expand('g:doc/one')}>"
    lines = [f'{label} "Accepted" .\n', f'{label} "Lost" {home} .\n']
    search_index.write(tmp_path / "x.sqlite", search_index.sift("".join(lines).encode()))
    assert names(find(tmp_path / "x.sqlite", "accepted")) == ["area_mys"]
    assert find(tmp_path / "x.sqlite", "lost").total == 0


def test_a_reader_can_change_nothing(path: Path) -> None:
    before = path.read_bytes()
    find(path, "workshop")
    with (
        sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True) as base,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        base.execute("DELETE FROM entries")
    base.close()
    assert path.read_bytes() == before


def test_another_layout_of_the_index_is_no_other_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = write_release(tmp_path / "one", releases.draft())
    monkeypatch.setattr(search_index, "_SCHEMA", search_index._SCHEMA.replace("prefix='2 3'", "prefix='2'"))
    other = write_release(tmp_path / "other", releases.draft())
    assert one.manifest["files"]["search.sqlite"] != other.manifest["files"]["search.sqlite"]
    assert one.id == other.id
