"""Numbers of lists as a document prints them: digits, letters, Roman."""

from __future__ import annotations

from typing import Final

_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def numeral(number: int, kind: str) -> str:
    """A number by the kind that HTML names: `1`, `a`, `A`, `i`, `I`. What has no such form is written in digits."""
    if kind in ("a", "A") and number > 0:
        return _letters(number, "a" if kind == "a" else "A")
    if kind in ("i", "I") and 0 < number < 4000:
        return _roman(number) if kind == "i" else _roman(number).upper()
    return str(number)


def _letters(number: int, first: str) -> str:
    """1 → a, 26 → z, 27 → aa."""
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = chr(ord(first) + rest) + found
    return found


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        found += letters * times
    return found
