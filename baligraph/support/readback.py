"""Reading a value back out of the words that are said to carry it.

Used by the checker of support alone, and made without a look at how facts are extracted: nothing here finds a fact in a text, it only
answers whether given words can say a given value. Text is compared without markup, case, hyphens, apostrophes and line breaks.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from functools import lru_cache
from typing import Final

_INLINE: Final = re.compile(r"</?(?:sup|sub|b|i|u|em|strong|span|a)\b[^>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-zA-Z][^>]*>")
_BROKEN: Final = re.compile(r"(?<=\w)-\s*\n\s*(?=\w)")
_APOSTROPHE: Final = re.compile(r"['’‘ʻ`´]")
_OWNS: Final = re.compile(r"(?<=\w)['’]s\b")
_DASH: Final = re.compile(r"(?<=\w)[-\u2010\u2011](?=\w)")
_WORD: Final = re.compile(r"[^\W_]+")
_EMPTY: Final = frozenset("a an and as at by for from in into its of on or the their this to under with".split())

_MONTH_NAMES: Final = (
    "january jan, february feb, march mar, april apr, may, june jun, july jul, august aug, september sep sept, october oct, november nov, "
    "december dec"
)
_DAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
_RELATIVE: Final = frozenset([*_DAYS, "today", "yesterday"])
_MONTHS: Final = {name: number for number, names in enumerate(_MONTH_NAMES.split(", "), 1) for name in names.split()}
_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_NTH: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth"
)
_NUMBERS: Final = (
    {word: number for number, word in enumerate(_ONES.split())}
    | {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
    | {word: number for number, word in enumerate(_NTH.split(), 1)}
    | {"hundred": 100, "dozen": 12, "inaugural": 1}
)
_ROMAN: Final = re.compile(r"\b(X{0,2}(?:IX|IV|V?I{0,3}))\b")
_ROMAN_VALUE: Final = {"I": 1, "V": 5, "X": 10}
_DIGITS: Final = re.compile(r"\b(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)?\b", re.IGNORECASE)
_NUMERIC_DATE: Final = re.compile(r"\b(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[./](\d{1,2})[./](\d{4}))\b")
_SPELT_DAY: Final = re.compile(
    rf"\b(?:(twenty|thirty)[\s-])?({_NTH.replace(' ', '|')}|thirtieth)(?=\s+(?:(?:and|to)\s+(?:the\s+)?[a-z-]+\s+)?(?:day\s+)?of\s+[a-z])",
    re.IGNORECASE,
)
_DATE_PART: Final = re.compile(r"\b(\d{4}|\d{1,2}(?:st|nd|rd|th)?|[a-z]{3,9})\b", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """The text on one line, without tags, emphasis marks and end-of-line hyphenation; letters as written."""
    joined = _BROKEN.sub("-", unicodedata.normalize("NFKC", _TAG.sub(" ", _INLINE.sub("", text))))
    return " ".join(joined.replace("*", "").split())


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case; "multi-lateral" and "Co-Chairs'" are one word each."""
    return tuple(_WORD.findall(_DASH.sub("", _APOSTROPHE.sub("", bare(text))).lower()))


@lru_cache(maxsize=20_000)
def line(text: str) -> str:
    """The words with a space on either side, so that `line(name) in line(passage)` finds whole words only."""
    return f" {' '.join(words(text))} "


@lru_cache(maxsize=20_000)
def _parted(text: str) -> str:
    """The line with hyphened words as several, for names that stand before a hyphen ("UN-led")."""
    return f" {' '.join(_WORD.findall(_APOSTROPHE.sub('', bare(text)).lower()))} "


def stem(word: str) -> str:
    """Enough of a stem to match plurals and both spellings of -ise."""
    word = word.replace("z", "s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


@lru_cache(maxsize=20_000)
def content(text: str) -> frozenset[str]:
    """The stems of the words that mean something."""
    return frozenset(stem(word) for word in words(text) if word not in _EMPTY)


def stands_in(name: str, passage: str) -> bool:
    """Whether a name stands in a passage as whole words. Short capitals ("US", "ICE") must be capitals there too."""
    if name.isupper() and len(name) <= 5:
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", bare(passage)) is not None
    return runs_in(name, passage)


def loosely_in(name: str, passage: str) -> bool:
    """Whether all words of a name that mean something stand in the passage, in any order and number."""
    return bool(content(name)) and content(name) <= content(passage)


def runs_in(text: str, passage: str) -> bool:
    """Whether the words of a text are a run of the words of the passage, none left out, none added."""
    if not words(text):
        return False
    owned = line(text) in line(_OWNS.sub("", passage))  # "the Ad Hoc Group's report" names the Ad Hoc Group
    return owned or line(text) in line(passage) or _parted(text) in _parted(passage)


@lru_cache(maxsize=20_000)
def numbers(text: str) -> frozenset[int]:
    """Every number that the text may be read to hold: figures, words, ordinals, Roman numerals up to 30."""
    plain = bare(text)
    found = {int(match[1].replace(",", "")) for match in _DIGITS.finditer(plain)}
    found |= {_roman(match[1]) for match in _ROMAN.finditer(plain) if match[1]}
    said = [word.lower() for word in re.findall(r"[A-Za-z]+", plain)]
    for first, second in zip(said, [*said[1:], ""], strict=True):
        value = _NUMBERS.get(first)
        if value is None:
            continue
        after = _NUMBERS.get(second)
        found.add(value)
        if after is not None and 20 <= value <= 90 and value % 10 == 0 and 0 < after < 10:
            found.add(value + after)
        if after == 100 and 0 < value < 20:
            found.add(value * 100)
    return frozenset(found)


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUE[letter] for letter in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def why_not_date(said: str, start: dt.date, end: dt.date, precision: str, passage: str = "") -> str:
    """Why these words can't say this date; empty if they can.

    The parts of the words (years, months, days) must be those of the bounds, and no others. A year that the words leave out may stand in
    the passage around them.
    """
    years, months, days = _parts(said)
    if not years and not months and not days and (told := [word for word in words(said) if word in _RELATIVE]):
        return "" if _counted_back(told, start, end, passage) else f"counted back from the dates of the passage it is not {start} to {end}"
    years = years or _parts(passage)[0]
    if start > end or set(years) != {start.year, end.year}:
        return f"the words hold the year {_list(years)}, the date {start} to {end}"
    if precision == "year":
        right = not months and not days and (start, end) == (dt.date(start.year, 1, 1), dt.date(end.year, 12, 31))
    elif precision == "month":
        right = _same_months(months, start, end) and not days and start.day == 1 and (end + dt.timedelta(days=1)).day == 1
    elif start == end and len(days) == 2 and "respectively" in words(passage):
        right = _same_months(months, start, end) and start.day in days  # "on 2 and 3 May respectively" says one of them
    elif len(days) == 1 and precision == "range":
        right = set(months) <= {start.month, end.month} and _counted_on(days[0], start, end, passage)
    else:
        right = _same_months(months, start, end) and bool(days) and days[0] == start.day and days[-1] == end.day
    return "" if right else f"the words hold month {_list(months)} and day {_list(days)}, the date is {start} to {end} ({precision})"


def _counted_back(told: list[str], start: dt.date, end: dt.date, passage: str) -> bool:
    """Whether "Wednesday", "today" or "yesterday" says this date in a text written on a day that the passage names."""
    years, months, days = _parts(passage)
    for day in (dt.date(y, m, d) for y in years for m in months for d in days if d <= calendar.monthrange(y, m)[1]):
        age = (day - end).days
        if set(told) == {"today", "yesterday"}:
            if age == 0 and (end - start).days == 1:
                return True
        elif told in (["today"], ["yesterday"]):
            if start == end and age == (told == ["yesterday"]):
                return True
        elif 0 <= age < 7 and 0 <= (end - start).days < 7 and [_DAYS[start.weekday()], _DAYS[end.weekday()]] == [told[0], told[-1]]:
            return True
        elif len(told) == 1 and start < end and _counted_on(start.day, start, end, passage):  # "wrapped up a two-day forum on Thursday"
            ended, began = 0 <= age < 7 and _DAYS[end.weekday()], 0 <= (day - start).days < 7 and _DAYS[start.weekday()]
            if told[0] in (ended, began):
                return True
    return False


def _counted_on(day: int, start: dt.date, end: dt.date, passage: str) -> bool:
    """Whether a day is the first or the last of as many as the passage says: "opened on 3 May … the two-day meeting"."""
    said, number = _parted(passage), (end - start).days + 1
    spelt = [word for word, n in _NUMBERS.items() if n == number] + [str(number)]
    counted = any(f" {word} day " in said for word in spelt) or (number == 2 and (" following day " in said or " next day " in said))
    return counted and day in (start.day, end.day)


def _same_months(months: list[int], start: dt.date, end: dt.date) -> bool:
    return set(months) == {start.month, end.month} and months[0] == start.month


def _list(values: list[int]) -> str:
    return " ".join(map(str, values)) or "nowhere"


def _parts(text: str) -> tuple[list[int], list[int], list[int]]:
    """Years, months and days in the order of the words."""
    years: list[int] = []
    months: list[int] = []
    days: list[int] = []
    plain = _SPELT_DAY.sub(_day_in_figures, bare(text))
    for match in _NUMERIC_DATE.finditer(plain):
        year, month, day = (int(part) for part in (match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)))
        years, months, days = [*years, year], [*months, month], [*days, day]
    for match in _DATE_PART.finditer(_NUMERIC_DATE.sub(" ", plain)):
        part = match[1].lower()
        number = re.sub(r"\D", "", part)
        if number and len(number) == 4:
            years += [int(number)] if 1900 <= int(number) < 2100 else []
        elif number:
            days += [int(number)] if 1 <= int(number) <= 31 else []
        elif part in _MONTHS:
            months.append(_MONTHS[part])
    return years, months, days


def _day_in_figures(match: re.Match[str]) -> str:
    tens = {"twenty": 20, "thirty": 30}.get((match[1] or "").lower(), 0)
    return str(tens + (30 if match[2].lower() == "thirtieth" else _NUMBERS[match[2].lower()]))
