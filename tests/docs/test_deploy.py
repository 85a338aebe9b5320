"""The files of deploy/ set only what exists."""

from __future__ import annotations

import re

import pytest
from doc_pages import ROOT

from baligraph.settings import Settings, documentation


@pytest.mark.parametrize("name", ["baligraph.service", "Containerfile"])
def test_every_setting_that_is_used_exists_and_is_accepted(name: str) -> None:
    found = dict(re.findall(r"\b(BALIGRAPH_[A-Z_]+)=(\S+)", (ROOT / "deploy" / name).read_text(encoding="utf-8")))
    assert found
    assert found.keys() <= {variable for variable, _, _ in documentation()}
    Settings.from_environment(found)


def test_all_files_are_known() -> None:
    assert {path.name for path in (ROOT / "deploy").iterdir()} == {"baligraph.service", "Containerfile"}
