"""Numbers in digits and words."""

from __future__ import annotations

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_UNITS = {word: n for n, word in enumerate(_ONES.split())}
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_HUNDREDS = {"hundred": 100, "thousand": 1000}
NUMBER_WORD = "|".join([*_UNITS, *_TENS])


def read_number(written: str) -> int | None:
    """80 for "80", "eighty" and "Eighty", 25 for "twenty-five", 1200 for "1,200"; None for anything else."""
    word = written.strip().lower()
    digits = word.replace(",", "")
    if digits.isascii() and digits.isdigit():
        return int(digits)
    if word in _UNITS:
        return _UNITS[word]
    tens, _, ones = word.partition("-")
    if tens in _TENS and (not ones or 0 < _UNITS.get(ones, 0) < 10):
        return _TENS[tens] + _UNITS.get(ones, 0)
    return _HUNDREDS.get(word)
