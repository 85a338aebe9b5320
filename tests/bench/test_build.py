"""The measurement of builds."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import build, child
from bench.child import Built
from bench.errors import BenchError


def test_the_rows_are_the_steps_and_what_is_none_of_them() -> None:
    rounds = [
        (Built(10, {"reading": 4, "gate": 5}, 2**20, {"Document": 5}), Built(5, {"reading": 0.5, "gate": 4}, 3 * 2**20, {"Document": 5})),
        (Built(12, {"reading": 5, "gate": 5}, 2**20, {"Document": 5}), Built(9, {"reading": 1, "gate": 5}, 2**20, {"Document": 5})),
    ]
    table = build.table(rounds)
    assert [list(row) for row in table.rows] == [
        ["reading", "4.5 (4–5)", "0.75 (0.5–1)", "0.163", "0.125–0.2"],
        ["gate", "5 (5–5)", "4.5 (4–5)", "0.9", "0.8–1"],
        ["start and imports", "1.5 (1–2)", "1.75 (0.5–3)", "1", "0.5–1.5"],
        ["all", "11 (10–12)", "7 (5–9)", "0.625", "0.5–0.75"],
    ]
    assert "5 Document" in table.note
    assert "1 (1–3) MiB" in table.note


def test_a_build_that_fails_is_no_measurement(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    with pytest.raises(BenchError, match="is no folder"):
        child.build(tmp_path / "taken")
