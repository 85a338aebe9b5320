"""The import table of the architecture: ingest and api meet only in the files of a release."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = {"baligraph", "ingest", "api", "tests", "bench"}
MAY = {
    "baligraph": {"baligraph"},
    "ingest": {"ingest", "baligraph"},
    "api": {"api", "baligraph"},
}
BOTH_SIDES = {Path("baligraph/cli.py")}


def imported(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, a.name.partition(".")[0]) for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: import absolutely"
            yield node.lineno, (node.module or "").partition(".")[0]


@pytest.mark.parametrize("package", sorted(MAY))
def test_a_side_imports_only_itself_and_what_both_share(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in files
        if path.relative_to(ROOT) not in BOTH_SIDES
        for line, name in imported(path)
        if name in OURS and name not in MAY[package]
    ]
    assert not wrong, wrong


def test_the_check_sees_an_import_inside_a_function(tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.write_text("def f():\n    from api import app\n    return app\n", encoding="utf-8")
    assert list(imported(file)) == [(2, "api")]


@pytest.mark.parametrize("folder", ["corpus", "ontology", "queries", "shapes"])
def test_data_folders_hold_no_code(folder: str) -> None:
    assert not list((ROOT / folder).rglob("*.py"))
