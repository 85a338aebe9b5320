"""A large release: that of the bundled corpus, with generated documents beside it until it has so many quads."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from baligraph.release import Release
from baligraph.release_writer import Draft, write_release
from bench import child, quads
from bench.quads import Made

_ABOUT = ("counts", "versions")


def build(folder: Path, size: int, seed: int) -> tuple[Release, Made]:
    """Write it below `folder/releases`; its IRIs are those of a real one. Raises BenchError and ReleaseError."""
    child.build(folder / "bundled")
    return enlarge(Release.open(folder / "bundled"), folder, size, seed)


def enlarge(bundled: Release, folder: Path, size: int, seed: int) -> tuple[Release, Made]:
    """The same, of a release that stands already."""
    file = folder / "generated.nq"
    with bundled.lines() as lines:
        whole = set(lines)
    made = quads.write(file, max(size - len(whole), 1), seed)
    with file.open(encoding="utf-8") as lines:
        whole.update(lines)
    file.unlink()
    draft = Draft(
        date=dt.date.fromisoformat(bundled.date or "2002-02-26"),
        quads=sorted(whole),
        texts={slug: bundled.text(slug) for slug in bundled.slugs},
        report_turtle=(bundled.path / "report.ttl").read_text(encoding="utf-8"),
        report=json.loads((bundled.path / "report.json").read_bytes()),
        findings=["document\n"],
        gate=bundled.manifest["gate"],
        about={name: value for name, value in bundled.manifest.items() if name in _ABOUT},
    )
    return write_release(folder / "releases", draft), made
