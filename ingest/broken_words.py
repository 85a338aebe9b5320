"""Words that the end of a line broke: "bilat-" + "eral" is one word where the document writes it so, "co-" + "chairs" keeps its hyphen."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN: Final = re.compile(r"(?<![\w-])([^\W\d_]+)-[ \t]*\r?\n\s*([a-z]+)(?![\w-])")
_STEM: Final = 6  # letters: a word that begins so is of the same family


def words_of(text: str) -> Counter[str]:
    """How often each word stands in a text, in small letters; hyphened words count as one."""
    return Counter(word.lower() for word in _WORD.findall(text))


def is_one_word(first: str, rest: str, words: Counter[str]) -> bool:
    """Whether the document writes the word without a hyphen, and nowhere with one."""
    return words[(first + rest).lower()] > 0 and not words[f"{first}-{rest}".lower()]


def joined(read: str, raw: str, words: Counter[str]) -> str:
    """The words `read` off the stored text `raw`, with a word that a line's end broke in one piece where that is sure.

    Sure is a word of the document (`words`), or one of the family of such a word ("prose-" + "cuted" beside "prosecution").
    """
    for m in _BROKEN.finditer(raw):
        if is_one_word(m[1], m[2], words) or _is_of_family(m[1], m[2], words):
            read = read.replace(f"{m[1]}-{m[2]}", m[1] + m[2])
    return read


def _is_of_family(first: str, rest: str, words: Counter[str]) -> bool:
    whole = (first + rest).lower()
    stem = whole[: max(_STEM, len(first) + 2)]
    if words[f"{first}-{rest}".lower()] or len(stem) >= len(whole):
        return False
    return any(word.startswith(stem) for word in words)
