"""Settings come from the environment when asked, and a bad one is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from baligraph.errors import SettingsError
from baligraph.settings import Settings, documentation, variable


def test_defaults_hold_where_nothing_is_set() -> None:
    assert Settings.from_environment({"PATH": "/bin"}) == Settings()


def test_values_are_read_and_keywords_win() -> None:
    given = {"BALIGRAPH_PORT": "9000", "BALIGRAPH_QUERY_TIMEOUT": " 2.5 ", "BALIGRAPH_RELEASE": "there"}
    found = Settings.from_environment(given, port=9001, host=None)
    assert (found.port, found.query_timeout, found.release, found.host) == (9001, 2.5, Path("there"), "127.0.0.1")


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("PORT", "eighty", "a whole number from 0 to 65535"),
        ("PORT", "70000", "a whole number from 0 to 65535"),
        ("PORT", "80.5", "a whole number"),
        ("QUERY_TIMEOUT", "nan", "a number from"),
        ("QUERY_TIMEOUT", "-1", "a number from"),
        ("WORKERS", "0", "from 1 to 256"),
        ("BASE_IRI", "https://example.org/no-slash", "ends with /"),
        ("BASE_IRI", "urn:x/", "http(s) address"),
        ("HOST", "a b", "a host name"),
        ("RELEASE", " ", "a folder"),
    ],
)
def test_a_bad_value_is_named_with_what_it_must_be(name: str, value: str, what: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({f"BALIGRAPH_{name}": value})
    assert f"BALIGRAPH_{name}" in str(caught.value)
    assert what in str(caught.value)


def test_a_misspelt_setting_is_refused() -> None:
    with pytest.raises(SettingsError, match="BALIGRAPH_QUERY_TIMOUT: no such setting"):
        Settings.from_environment({"BALIGRAPH_QUERY_TIMOUT": "1"})


def test_every_setting_is_documented() -> None:
    documented = {name for name, _, text in documentation() if len(text) > 20}
    assert documented == {variable(name) for name in Settings.__slots__}


def test_nothing_is_read_at_import() -> None:
    code = "import baligraph.settings, api.app, baligraph.release"
    subprocess.run([sys.executable, "-c", code], env={"BALIGRAPH_PORT": "nonsense"}, check=True)
