"""A release made in parts is the one made at once, whatever was kept from before, and its report that of a full run of the gate."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from baligraph.gate import check
from baligraph.release import Release
from bench.documents import write
from ingest.build import BuildResult, build
from ingest.parts import plan
from ingest.parts.memo import Memo
from ingest.parts.merge import Sorter
from ingest.parts.work import WorkError, mapped

FILES = ("manifest.json", "graph.nq.gz", "report.ttl", "report.json", "findings.csv")
DOCUMENTS = 12


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents of every genre, whose meetings and people meet."""
    folder = tmp_path_factory.mktemp("parts") / "texts"
    write.write(folder, DOCUMENTS, seed=7)
    return folder


@pytest.fixture(scope="module", autouse=True)
def kept(texts: Path) -> BuildResult:
    """Built with a cache, by which the builds of the other tests go on."""
    result = build(documents=[texts], out=texts.parent / "out", cache=texts.parent / "cache", processes=2)
    assert result.release is not None, result.error
    return result


def same(one: BuildResult, other: BuildResult) -> None:
    assert one.release is not None, one.error
    assert other.release is not None, other.error
    for name in FILES:
        assert (one.release.path / name).read_bytes() == (other.release.path / name).read_bytes(), name


def test_the_report_is_that_of_the_gate_over_the_whole(kept: BuildResult) -> None:
    assert kept.release is not None
    assert kept.report is not None
    opened = Release.open(kept.release.path)
    full = check(opened.quads_path, {slug: opened.text(slug) for slug in opened.slugs})
    assert kept.report.rows == full.rows
    assert kept.report.figures == full.figures
    assert kept.report.turtle == full.turtle
    assert any(row.graph for row in full.rows) or any("/meeting_" in row.focus for row in full.rows)  # there was something to be told


@pytest.mark.parametrize("size", [1, 10_000])
def test_each_part_alone_and_all_at_once_give_the_same(
    kept: BuildResult, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(plan, "_BATCH", size)
    monkeypatch.setattr(plan, "_SHARED", size)
    same(build(documents=[texts], out=tmp_path, processes=1 if size > 1 else 2), kept)


def _append(folder: Path) -> None:
    with min(folder.iterdir()).open("a", encoding="utf-8") as file:
        file.write("\nThis page was printed on paper.\n")


def _remove(folder: Path) -> None:
    max(folder.iterdir()).unlink()


def _redate(folder: Path) -> None:
    """Meetings and documents of another year: they meet others than before."""
    for path in sorted(folder.iterdir())[3:6]:
        path.write_text(path.read_text(encoding="utf-8").replace("201", "200"), encoding="utf-8")


def _add(folder: Path) -> None:
    first = sorted(folder.iterdir())[2]
    shutil.copy(first, folder / "another.txt")
    (folder / "another.txt").write_text(f"{first.read_text(encoding='utf-8')}\nA copy for the files.\n", encoding="utf-8")


@pytest.mark.parametrize("edits", [(_append, _remove), (_redate, _add)], ids=["append-remove", "redate-add"])
def test_after_edits_the_cache_gives_what_a_build_from_nothing_gives(
    kept: BuildResult, texts: Path, tmp_path: Path, edits: tuple[Callable[[Path], None], ...]
) -> None:
    shutil.copytree(texts, tmp_path / "texts")
    shutil.copytree(texts.parent / "cache", tmp_path / "cache")
    for edit in edits:
        edit(tmp_path / "texts")
    warm = build(documents=[tmp_path / "texts"], out=tmp_path / "warm", cache=tmp_path / "cache")
    cold = build(documents=[tmp_path / "texts"], out=tmp_path / "cold")
    same(warm, cold)
    assert warm.report is not None
    assert cold.report is not None
    assert warm.report.rows == cold.report.rows
    assert kept.release is not None
    assert warm.release is not None
    assert warm.release.id != kept.release.id


def test_only_what_an_edit_touches_is_made_again(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(texts, tmp_path / "texts")
    shutil.copytree(texts.parent / "cache", tmp_path / "cache")
    _append(tmp_path / "texts")
    judged: list[str] = []
    evaluate = plan.evaluate

    def noted(parts: Any, *rest: Any) -> Any:
        judged.extend(part.name for part in parts)
        return evaluate(parts, *rest)

    monkeypatch.setattr(plan, "evaluate", noted)
    build(documents=[tmp_path / "texts"], out=tmp_path / "out", cache=tmp_path / "cache", processes=1)
    documents = [name for name in judged if name.startswith("doc:")]
    assert "tables" not in judged
    assert f"doc:{min(texts.iterdir()).stem}" in documents
    assert len(set(documents)) < DOCUMENTS / 2


def test_what_a_later_build_may_need_does_not_grow_old(kept: BuildResult, texts: Path, tmp_path: Path) -> None:
    shutil.copytree(texts.parent / "cache", tmp_path / "cache")
    same(build(documents=[texts], out=tmp_path / "out", cache=tmp_path / "cache"), kept)
    with sqlite3.connect(tmp_path / "cache" / "made.sqlite") as base:
        asked = "SELECT count(*), sum(seen = (SELECT max(number) FROM builds)) FROM made WHERE key LIKE ?"
        for kind in ("rows:%", "printed:%", "index:%"):
            entries, fresh = base.execute(asked, (kind,)).fetchone()
            assert entries == fresh > 0, kind


def test_a_cache_that_is_damaged_is_begun_again(kept: BuildResult, texts: Path, tmp_path: Path) -> None:
    shutil.copytree(texts.parent / "cache", tmp_path / "cache")
    for left in (tmp_path / "cache").glob("made.sqlite-*"):
        left.unlink()
    (tmp_path / "cache" / "made.sqlite").write_bytes(b"no database" * 1000)
    same(build(documents=[texts], out=tmp_path / "out", cache=tmp_path / "cache"), kept)


def test_a_person_may_be_tied_to_what_the_tables_describe(tmp_path: Path) -> None:
    """Who coordinates a body is made after the body, which has to know that it is somebody."""
    note = Path(__file__).parents[4] / "shared" / "devset" / "steering-group5-2003.txt"
    if not note.is_file():
        pytest.skip(f"{note} is not there: the development documents lie beside the checkout, not in it")
    (tmp_path / "texts").mkdir()
    shutil.copy(note, tmp_path / "texts")
    result = build(documents=[tmp_path / "texts"], out=tmp_path / "out", processes=1)
    assert not [problem for problem in result.problems if problem.blocking]
    assert result.release is not None
    assert result.report is not None
    opened = Release.open(result.release.path)
    full = check(opened.quads_path, {slug: opened.text(slug) for slug in opened.slugs})
    assert result.report.rows == full.rows


# --- its tools --------------------------------------------------------------------------------------------------------------------------


def test_a_memo_keeps_what_was_asked_for_lately(tmp_path: Path) -> None:
    memo = Memo(tmp_path / "memo")
    memo.put([("a", b"1"), ("b", b"2")])
    memo.close()
    for _ in range(5):
        memo = Memo(tmp_path / "memo")
        assert memo.get("a") == b"1"
        memo.close()
    memo = Memo(tmp_path / "memo")
    assert (memo.get("a"), memo.get("b")) == (b"1", None)
    memo.close()


def test_an_entry_that_is_damaged_is_not_there(tmp_path: Path) -> None:
    memo = Memo(tmp_path / "memo")
    memo.put([("a", b"1")])
    memo.close()
    with sqlite3.connect(tmp_path / "memo") as base:
        base.execute("UPDATE made SET value = x'00'")
    memo = Memo(tmp_path / "memo")
    assert memo.get("a") is None
    with pytest.raises(OSError, match="build again"):
        memo.kept("a")
    memo.close()
    memo = Memo(tmp_path / "memo")  # and the next build makes it anew
    memo.put([("a", b"1")])
    assert memo.kept("a") == b"1"
    memo.close()


def test_lines_that_do_not_fit_into_memory_are_sorted_all_the_same(tmp_path: Path) -> None:
    lines = [f"{(n * 7919) % 1000:04} é\n" for n in range(3000)]
    sorter = Sorter(tmp_path, most=500)
    for start in range(0, len(lines), 70):
        sorter.add(lines[start : start + 70])
    assert any(tmp_path.iterdir())
    assert list(sorter) == sorted(set(lines))
    assert sorter.repeated == Counter(dict.fromkeys(lines, 2))
    assert not any(tmp_path.iterdir())


def test_later_lines_that_all_belong_behind_the_first_are_sorted_in_turn(tmp_path: Path) -> None:
    first, later = [f"a{n:03}\n" for n in range(200)], [f"b{(n * 7919) % 5000:04}\n" for n in range(6000)]
    sorter = Sorter(tmp_path, most=500)
    for start in range(0, 6200, 70):
        sorter.add([*first, *later][start : start + 70])
    found = []
    for line in sorter:
        found.append(line)
        assert len(list(tmp_path.glob("*.more"))) <= 1
    assert found == [*first, *sorted(set(later))]
    assert sorter.repeated == Counter(line for line in later[5000:])
    assert not any(tmp_path.iterdir())


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(mapped(lambda n: n * n, range(20), 2)) == [n * n for n in range(20)]


def test_a_process_that_is_ended_is_told() -> None:
    def task(n: int) -> int:
        import os

        if n == 3:
            os._exit(9)
        return n

    with pytest.raises(WorkError, match="--jobs"):
        list(mapped(task, range(8), 2))
