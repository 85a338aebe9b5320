"""Names of the reference tables, found in a text in one pass (Aho-Corasick).

Full names match without regard to case, typographic variants and -ise/-ize; acronyms match as they are written. Of overlapping
names the leftmost, then the longest wins, so that "UN" is not read inside "UN Convention …". Collectives ("members of the Ad Hoc
Group") and series are layers of their own: they hide no name inside them.

Names that are names only in their context ("{UNGIFT} Forum") are `ingest.phrases`; they are found whether or not another name overlaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ahocorasick_rs import AhoCorasick

from ingest.findings import Ref

if TYPE_CHECKING:
    from ingest.phrases import Phrase

# One character for one, so that offsets stay.
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " "})
_LAYERS = ("group", "series")
_TORN = re.compile(r"(?<=[^\W\d_])-\s?(?=[^\W\d_])")  # where a line end may have torn a word: "Bangla-desh", "Darussa- lam"


class Named(Protocol):
    """What the gazetteer needs of an entity of the reference tables."""

    @property
    def ref(self) -> Ref: ...
    @property
    def label(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def acronyms(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Match:
    """A name in a text: offsets into the text that was searched, the entities it may stand for (mostly one), the words as written."""

    start: int
    end: int
    refs: tuple[Ref, ...]
    written: str

    @property
    def ref(self) -> Ref:
        return self.refs[0]

    @property
    def kind(self) -> str:
        return self.refs[0].partition(":")[0]


def normal(text: str) -> str:
    """The form in which names are compared; same length as `text`."""
    same = text.translate(_SAME)
    low = same.lower() if same.isascii() else "".join(c.lower() if len(c.lower()) == 1 else c for c in same)
    return low.replace("iz", "is")


class Gazetteer:
    """All names of a set of entities. `phrases` are pairs of a phrase and the entity that it names."""

    def __init__(self, entities: Iterable[Named], phrases: Iterable[tuple[Phrase, Ref]] = ()):
        names: dict[str, set[Ref]] = {}
        acronyms: dict[str, set[Ref]] = {}
        for e in entities:
            for name in (e.label, *e.aliases):
                names.setdefault(normal(name), set()).add(e.ref)
            for name in e.acronyms:
                acronyms.setdefault(name.translate(_SAME), set()).add(e.ref)
        self._names, self._acronyms = _Automaton(names), _Automaton(acronyms)
        self._phrases = tuple(phrases)

    def within(self, text: str) -> Gazetteer:
        """The names that hold in the document with this text: phrases whose condition it lacks are left out."""
        view = object.__new__(Gazetteer)
        view._names, view._acronyms = self._names, self._acronyms
        view._phrases = tuple((phrase, ref) for phrase, ref in self._phrases if phrase.applies(text))
        return view

    def find(self, text: str) -> list[Match]:
        """Every name in `text`, in order; names of one layer don't overlap, but for those that a phrase gives."""
        normalised = normal(text)
        found = self._names.find(text, normalised) + self._torn(text, normalised) + self._acronyms.find(text, text.translate(_SAME))
        found.sort(key=lambda m: (m.start, -m.end))
        kept: list[Match] = []
        reach: dict[str, int] = {}
        for m in found:
            layer = m.kind if m.kind in _LAYERS else ""
            if m.start >= reach.get(layer, 0):
                kept.append(m)
                reach[layer] = m.end
        names = tuple(kept)
        kept += [m for m in self._by_phrase(text) if not any(n.start <= m.start and m.end <= n.end and n.refs == m.refs for n in names)]
        return sorted(kept, key=lambda m: (m.start, -m.end))

    def exact(self, text: str) -> tuple[Ref, ...]:
        """The entities that the whole of `text` names (a leading article is no part of a name)."""
        for name in (text.strip(), re.sub(r"^[Tt]he\s+", "", text.strip())):
            if refs := self._names.refs.get(normal(name)) or self._acronyms.refs.get(name.translate(_SAME)):
                return refs
        return ()

    def goes_on(self, name: str) -> bool:
        """Whether a longer name begins with this one, as names of its agencies do with that of the United Nations."""
        begin = f"{normal(name)} "
        return any(n.startswith(begin) for n in self._names.refs)

    def _torn(self, text: str, normalised: str) -> list[Match]:
        """The names in which a hyphen stands that is no part of them."""
        torn = list(_TORN.finditer(normalised))
        if not torn:
            return []
        gone = {i for m in torn for i in range(m.start(), m.end())}
        at = [i for i in range(len(normalised)) if i not in gone]
        joined = "".join(normalised[i] for i in at)
        found = [(at[m.start], at[m.end - 1] + 1, m) for m in self._names.find(joined, joined)]
        return [Match(a, b, m.refs, text[a:b]) for a, b, m in found if b - a > m.end - m.start]

    def _by_phrase(self, text: str) -> list[Match]:
        spans: dict[tuple[int, int], list[Ref]] = {}
        for phrase, ref in self._phrases:
            for span in phrase.find(text):
                spans.setdefault(span, []).append(ref)
        return [Match(start, end, tuple(sorted(set(refs))), text[start:end]) for (start, end), refs in spans.items()]


class _Automaton:
    def __init__(self, names: Mapping[str, set[Ref]]):
        self.patterns: Sequence[str] = sorted(n for n in names if n)
        self.refs = {n: tuple(sorted(names[n])) for n in self.patterns}
        self._machine = AhoCorasick(self.patterns) if self.patterns else None

    def find(self, text: str, normalised: str) -> list[Match]:
        if self._machine is None:
            return []
        hits = self._machine.find_matches_as_indexes(normalised, overlapping=True)
        return [
            Match(start, end, self.refs[self.patterns[n]], text[start:end]) for n, start, end in hits if _is_word(normalised, start, end)
        ]


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] stands as whole words; a possessive 's after it is allowed."""
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())
