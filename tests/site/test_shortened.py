"""Names with too little room."""

from __future__ import annotations

import pytest

from api.shortened import shortened

PROCESS = "Bali Process on People Smuggling, Trafficking in Persons and Related Transnational Crime"


def test_titles_that_begin_alike_stay_apart() -> None:
    short = {shortened(f"{PROCESS}: {kind}", 64) for kind in ("Summary of Activities", "Strategy for Cooperation", "Co-Hosts' Summary")}
    assert len(short) == 3
    assert all(name.startswith("Bali Process on People … ") and len(name) <= 64 for name in short)


@pytest.mark.parametrize(
    ("name", "most", "short"),
    [
        ("Fiji", 4, "Fiji"),
        ("one two three four five six", 20, "one … five six"),
        ("Donaudampfschifffahrtsgesellschaft", 13, "Dona … schaft"),
    ],
)
def test_whole_words_are_kept_where_there_are_some(name: str, most: int, short: str) -> None:
    assert shortened(name, most) == short
    assert len(short) <= most
