"""The content verbs of a clause, as lemmas: what is to be done, as against how binding the clause is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.gazetteer import normal
from ingest.grammar.cues import ADVERBS
from ingest.lexicon import Lexicon

_BE = re.compile(r"\s*be\s+")
_WORD = re.compile(rf"\s*{ADVERBS}*(?P<verb>[a-z][a-z-]*)")
_AND = re.compile(rf"\s*(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+){ADVERBS}*(?P<verb>[a-z][a-z-]*)")
_CHAIN = re.compile(rf"\bto\s+{ADVERBS}*[a-z-]+(?:,\s+[a-z-]+(?=,|\s+(?:and|or)\b))*(?:,?\s+(?:and|or)\s+{ADVERBS}*[a-z-]+)?")
_PURPOSE = re.compile(r"\b(?:to|continue to)\s+(?=[a-z])")
_NOUN_AFTER = re.compile(r"\s+(?:of|for|from|in|services|measures|,|;|\.)")
_PARTICIPLE = re.compile(r"[a-z-]+(?:ed|en|own)|made|held|set|built|sought|found|put|brought|kept|met|led|done|sent|paid|drawn")
_TO = re.compile(r"\s+to\s+")
_NEXT = re.compile(r"\s+([a-z]+)")
_OBJECT = re.compile(r"(?:\s+[a-z-]+){1,3}")
_OBJECT_FOLLOWS = re.compile(r"\s+(?!of\b|and\b|or\b|for\b|from\b|in\b|to\b|that\b|which\b|who\b)[a-z]")
_SUBJUNCTIVE = re.compile(
    r"\b(?:(?P<be>be)\s+[a-z]+(?:ed|en|t)|(?P<verb>[a-z]+)(?=\s+(?:the|an?|its|their|all|any|each|this|these|such|how|whether|further|more|with|on)\b))\b"
)
_DETERMINED = re.compile(r"\b(?:the|an?|of|to|and|for|in|on|their|its|our|by|with)\s+$")
_LATER = re.compile(rf"[^.;:]*?,\s+and\s+{ADVERBS}*(?P<verb>[a-z]+ed)(?=\s+(?:in|by|with|from|to|as|under|through)\b)")
_LIGHT = {"made": "make", "given": "give", "taken": "take", "paid": "pay", "put": "put", "make": "make", "give": "give", "take": "take"}
_WEAK = ("continue", "wish", "seek", "further", "help", "endeavour", "aim", "begin", "work")
_NO_VERB = frozenset(
    "the a an all any each both this that these those no more greater better further closer other its their our in on at by for".split()
)
_NOUN_ENDINGS = ("ment", "tion", "sion", "ance", "ence", "ity", "ness")
_OPENERS = ("to", *_WEAK)
_LINKING = (*_WEAK, "consider")
_SILENT_E = re.compile(r"(?:[aeiou](?:s|z|c|g|v)|[^aeiou]l|[^aeiou](?:v|c|g)|[aeiou]u?r|u[a-z]|at|it|et|iz|is)$")
_DOUBLED = re.compile(r"([bdgklmnprt])\1$")


def lemma(form: str, lexicon: Lexicon) -> str:
    """The base form of a verb: as the scheme action has it, else by the rules of English spelling."""
    word = normal(form)
    if slug := lexicon.action(word):
        return lexicon.verbs[slug]
    if slug := lexicon.wording.get(word):
        return slug
    return _base(word)


def _base(word: str) -> str:
    stem = next((word[: -len(end)] for end in ("ing", "ed") if word.endswith(end) and len(word) > len(end) + 2), None)
    if stem is None:
        plural = re.sub(r"ies$", "y", word) if len(word) > 4 else word
        return re.sub(r"(?<=[^s]{3})s$", "", plural)
    if _DOUBLED.search(stem) and not stem.endswith(("ll", "ss")):
        return stem[:-1]
    if stem.endswith(("plet", "elet", "mpet")):
        return f"{stem}e"
    if stem.endswith("i"):
        return f"{stem[:-1]}y"
    return f"{stem}e" if _SILENT_E.search(stem) and not stem.endswith(("er", "en", "on", "it", "et", "ow", "or")) else stem


def after_modal(n: str, start: int, end: int, lexicon: Lexicon) -> list[str]:
    """The verbs that follow "should", "to", "will": "be developed and endorsed" → develop, endorse."""
    be = _BE.match(n, start, end)
    first = _WORD.match(n, be.end() if be else start, end)
    if first is None or (be and not _PARTICIPLE.fullmatch(first["verb"])):
        return []
    if be is None and first["verb"] in _LINKING and (m := _TO.match(n, first.end(), end)):
        inner = after_modal(n, m.end(), end, lexicon)
        return inner if first["verb"] in _WEAK else [lemma(first["verb"], lexicon), *inner]
    if two := _two_words(n, first, end, lexicon):
        return [two]
    if first["verb"] in _LIGHT:  # "consideration should be given", "must take careful consideration"
        noun = (
            named_actions(n, max(0, n.rfind(".", 0, start)), start, lexicon)[-1:]
            if be
            else named_actions(n, *_object(n, first, end), lexicon)[:1]
        )
        return noun or [_LIGHT[first["verb"]]]
    found = [lemma(first["verb"], lexicon)]
    position = first.end()
    while m := (_AND.match(n, position, end) or (_LATER.search(n, position, end) if be else None)):
        word = m["verb"]
        known = lexicon.action(word) or normal(word) in lexicon.wording
        if not known or (be is not None) != word.endswith(("ed", "en", "own")) or (be is None and _NOUN_AFTER.match(n, m.end(), end)):
            break
        found.append(lemma(word, lexicon))
        position = m.end()
    return found


def _two_words(n: str, first: re.Match[str], end: int, lexicon: Lexicon) -> str | None:
    """A verb of two words ("enter into"), where the scheme has it."""
    m = _NEXT.match(n, first.end(), end)
    slug = lexicon.actions.get(f"{first['verb']} {m[1]}") if m else None
    return lexicon.verbs[slug] if slug else None


def _object(n: str, first: re.Match[str], end: int) -> tuple[int, int]:
    m = _OBJECT.match(n, first.end(), end)
    return (m.start(), m.end()) if m else (end, end)


def purposes(n: str, start: int, end: int, lexicon: Lexicon, asked: bool = False) -> list[str]:
    """The verbs of the first "to …" in n[start:end] with a known verb: "encouraged members to share and use" → share, use.

    `asked`: somebody is asked to do something, so that a verb follows even where the scheme action lacks it ("to draft guidance").
    """
    for m in _PURPOSE.finditer(n, start, end):
        word = _WORD.match(n, m.end(), end)
        if word and (lexicon.action(word["verb"]) or word["verb"] in _LINKING or _two_words(n, word, end, lexicon)):
            return after_modal(n, m.end(), end, lexicon)
        if asked and word and not word["verb"].endswith("s") and word["verb"] not in _NO_VERB and _OBJECT_FOLLOWS.match(n, word.end(), end):
            return after_modal(n, m.end(), end, lexicon)
    return []


def subjunctive(n: str, start: int, end: int, lexicon: Lexicon) -> list[str]:
    """The verbs of what is recommended: "that members review how …", "that a fund be set up"; none where the words may be nouns."""
    for m in _SUBJUNCTIVE.finditer(n, start, end):
        word = m["verb"]
        slug = lexicon.action(word) if word else None
        if m["be"] or (slug and normal(lexicon.verbs[slug]) == word and not _DETERMINED.search(n, start, m.start())):
            return after_modal(n, m.start(), end, lexicon)
    return []


def main_verbs(n: str, start: int, end: int, lexicon: Lexicon, unknown: bool = False) -> list[str]:
    """The verbs of an item that begins with its verb: "support campaigns to …, and promote and implement the handbook".

    `unknown`: the item is known to begin with a verb, even where the scheme action lacks it.
    """
    first = _WORD.match(n, start, end)
    if first is None or first["verb"] in _NO_VERB:
        return []
    if _is_noun(first["verb"], lexicon):  # "development of …"
        verb = lexicon.action(first["verb"].removesuffix("ment"))
        return [lexicon.verbs[verb]] if verb else []
    return _opening_verbs(n, first, start, end, lexicon, unknown)


def _is_noun(word: str, lexicon: Lexicon) -> bool:
    return word.endswith(_NOUN_ENDINGS) and lexicon.action(word) is None


def _opening_verbs(n: str, first: re.Match[str], start: int, end: int, lexicon: Lexicon, unknown: bool) -> list[str]:
    if not (unknown or lexicon.action(first["verb"]) or first["verb"] in lexicon.wording or first["verb"] in _OPENERS):
        return []
    if first["verb"] in ("would", "will", "shall"):  # "the group would meet", an item of what was decided
        return after_modal(n, first.end(), end, lexicon)
    if first["verb"] == "to":
        return main_verbs(n, first.end(), end, lexicon, True)
    if first["verb"] == "continue" and (m := re.compile(r"\s+(?:to\s+)?").match(n, first.end(), end)):
        return main_verbs(n, m.end(), end, lexicon, True)
    chained = [m.span() for m in _CHAIN.finditer(n, start, end)]
    found = [lemma(first["verb"], lexicon)]
    for word, at, after in _coordinated(n, first.end(), end):
        base = lexicon.action(word)
        inside = any(a <= at < b for a, b in chained) or _PURPOSE.search(n, n.rfind(",", start, at) + 1, at)
        if base and normal(lexicon.verbs[base]).split()[0] == word and not inside and not _NOUN_AFTER.match(n, after, end):
            found.append(lexicon.verbs[base])
    return list(dict.fromkeys(found))


def _coordinated(n: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for m in re.compile(rf"\s+and\s+{ADVERBS}*(?P<verb>[a-z][a-z-]*)").finditer(n, start, end):
        yield m["verb"], m.start("verb"), m.end("verb")


def named_actions(n: str, start: int, end: int, lexicon: Lexicon) -> list[str]:
    """The verbs behind the nouns of n[start:end]: "further training", "cooperation between agencies".

    A word that is both noun and verb ("support", "process") says nothing; a gerund that opens the words outweighs every noun.
    """
    words = re.findall(r"[a-z-]+", n[start:end])
    if words and words[0].endswith("ing"):
        words = [w for w in words if w.endswith("ing")]
    found = [lexicon.verbs[slug] for w in words if (slug := lexicon.action(w)) and w != lexicon.verbs[slug] and not w.endswith("s")]
    return list(dict.fromkeys(found))
