"""The command in this process, and a corpus of its own for it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from baligraph import cli, data


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """`run("info", "--release", folder)`: what `main` does with these words. Anything but an exit is a traceback, and fails the test."""

    def main(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["baligraph", *map(str, words)])
        monkeypatch.setattr(cli.out, "width", 400)
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            cli.main()
        return Said(int(end.value.code or 0), *capsys.readouterr())

    return main


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the corpus, which the command takes for that of its installation."""
    root = tmp_path / "installation"
    root.mkdir()
    for folder in data.FOLDERS:
        if folder != "corpus":
            (root / folder).symlink_to(data.root() / folder)
    shutil.copytree(data.corpus(), root / "corpus")
    monkeypatch.setattr(data, "root", lambda: root)
    return root / "corpus"
