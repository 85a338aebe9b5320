"""Readings as JSON: nothing is lost, and nothing damaged is believed."""

from __future__ import annotations

import errno
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.cache import ReadingCache, context_digest, extractor_version, from_json, to_json

Made = Callable[..., Any]


@pytest.fixture
def reading(paper: Made) -> Any:
    p = paper("a", "Workshop of 12-13 January 2012. IOM came; 17 did. Foo Bar spoke. States should act. Acme.")
    p.meeting("m", "Workshop", title="Workshop").date("meeting:m", "12-13 January 2012", "2012-01-12", "2012-01-13")
    p.took_part("m", "org:iom", "attendee", "IOM", office="x").provision("1", "States should act", ("should", "must"))
    p.observation("instrument:model-mou", "used-model-law", 17, "17", "2003-11-30").observation(
        "instrument:model-mou", "status", True, "did"
    )
    p.membership("area:aus", "member", "IOM", "2012-01-13").appointment("area:aus", "body:aheg-1", "chair", "IOM")
    p.mention("org:iom", "IOM").person("foo-bar", "Foo Bar").unknown("Acme")
    p.reading.passages = [f.source.passage for f in p.reading.findings[:2]]
    return p.reading


def test_a_reading_comes_back_unchanged(reading: Any) -> None:
    assert from_json(json.loads(json.dumps(to_json(reading)))) == reading


def test_a_real_reading_comes_back_unchanged(context: Any) -> None:
    from baligraph import data
    from ingest.extract import read_document

    slug = "victim-protection-workshop-2012"
    found = read_document(slug, data.corpus("documents", f"{slug}.txt").read_text(encoding="utf-8"), context)
    assert found.findings
    assert from_json(json.loads(json.dumps(to_json(found)))) == found


def test_kept_under_text_and_tables(reading: Any, tmp_path: Path) -> None:
    kept = ReadingCache(tmp_path / "cache", "tables")
    assert kept.get("a", "0" * 64) is None
    kept.put(reading, "0" * 64)
    assert kept.get("a", "0" * 64) == reading
    assert kept.get("a", "1" * 64) is None
    assert ReadingCache(tmp_path / "cache", "other tables").get("a", "0" * 64) is None
    assert [p.suffix for p in (tmp_path / "cache").iterdir()] == [".json"]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"slug": "a"}', '{"slug": "a", "genre": "x", "findings": [{"is": "os"}], "passages": []}']
)
def test_what_is_damaged_is_read_again(reading: Any, tmp_path: Path, content: str) -> None:
    kept = ReadingCache(tmp_path, "tables")
    kept.put(reading, "0" * 64)
    (file,) = tmp_path.iterdir()
    file.write_text(content)
    assert kept.get("a", "0" * 64) is None


def test_a_cache_that_cannot_be_written_is_no_failure(reading: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ReadingCache(tmp_path / "file", "tables").put(reading, "0" * 64)
    ReadingCache(None, "tables").put(reading, "0" * 64)
    assert ReadingCache(None, "tables").get("a", "0" * 64) is None


def test_versions_name_code_and_tables(tmp_path: Path) -> None:
    import shutil

    from baligraph import data

    assert len(extractor_version().rpartition("+")[2]) == 8
    shutil.copytree(data.corpus("reference"), tmp_path / "reference")
    before = context_digest(tmp_path)
    assert before == context_digest(data.corpus())
    with (tmp_path / "reference" / "people.csv").open("a") as table:
        table.write("x")
    assert context_digest(tmp_path) != before


def test_a_full_disk_leaves_nothing_behind(reading: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = tempfile.NamedTemporaryFile

    def full(*args: Any, **options: Any) -> Any:
        file = opened(*args, **options)
        write = file.write

        def refuse(text: str) -> None:
            write(text[:1])
            raise OSError(errno.ENOSPC, "No space left on device")

        file.write = refuse  # type: ignore[method-assign]
        return file

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    ReadingCache(tmp_path, "tables").put(reading, "0" * 64)
    assert list(tmp_path.iterdir()) == []
