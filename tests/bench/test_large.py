"""The release of `python -m bench lists`."""

from __future__ import annotations

from pathlib import Path

from baligraph.release import Release
from bench import large


def _lines(release: Release) -> set[str]:
    with release.lines() as lines:
        return set(lines)


def test_a_large_release_is_the_bundled_one_and_more(release: Release, tmp_path: Path) -> None:
    size = int(release.manifest["graph"]["quads"]) + 3000
    for name in ("one", "again"):
        (tmp_path / name).mkdir()
    found, made = large.enlarge(release, tmp_path / "one", size, seed=1)
    assert size <= found.manifest["graph"]["quads"] == len(_lines(found)) < size + 3000
    assert _lines(release) < _lines(found)
    assert found.date == release.date and found.slugs == release.slugs
    assert large.enlarge(release, tmp_path / "again", size, seed=1)[0].id == found.id
    assert made.meetings
