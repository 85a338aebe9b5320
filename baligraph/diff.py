"""What one release says and another does not: triples of the accepted view, and the same as facts in words.

Releases are sorted, so they are read side by side, line by line; only what differs is held.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Triple

from baligraph.errors import ReleaseError
from baligraph.prefixes import expand, shrink
from baligraph.release import Release

MOST: Final = 500_000
"""Lines that differ, beyond which two releases are better compared by their dumps."""

_LABELS: Final = frozenset(f"<{expand(name)}>" for name in ("rdfs:label", "skos:prefLabel", "dcterms:title", "bp:text"))
_BOOKS: Final = ("claim", "dataset", "decision", "evidence", "extractor", "file", "run", "similarity", "version")
_HOW: Final = frozenset(
    expand(name)
    for name in (
        "bp:anchor bp:anchorStart bp:evidence bp:method bp:reviewStatus bp:rule bp:sourceRow dcterms:dateAccepted dcterms:source"
        " rdfs:isDefinedBy void:triples"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple in words: who or what, which property, which value."""

    subject: str
    name: str
    property: str
    value: str


@dataclass(frozen=True, slots=True)
class Diff:
    """Triples of the accepted view that came and went from release `old` to release `new`, and names for what they speak of."""

    old: str
    new: str
    added: tuple[Triple, ...]
    removed: tuple[Triple, ...]
    names: dict[str, str]

    def facts(self, triples: tuple[Triple, ...]) -> list[Fact]:
        """The triples that tell something of the world, in words; how a fact was read, counts and files are left out."""
        found = [
            Fact(
                triple.subject.value,
                self._name(triple.subject),
                self._name(triple.predicate),
                triple.object.value if isinstance(triple.object, Literal) else self._name(triple.object),
            )
            for triple in triples
            if isinstance(triple.subject, NamedNode) and not _bookkeeping(triple)
        ]
        return sorted(found, key=lambda fact: (fact.name, fact.subject, fact.property, fact.value))

    def _name(self, node: object) -> str:
        if not isinstance(node, NamedNode):
            return str(node)
        return self.names.get(node.value) or shrink(node.value)


def _bookkeeping(triple: Triple) -> bool:
    subject = str(triple.subject)[1:-1]
    kind = subject.removeprefix(expand("id:")).partition("_")[0]
    return kind in _BOOKS or subject.startswith(expand("g:")) or triple.predicate.value in _HOW


def compare(old: Release, new: Release) -> Diff:
    """Compare two releases. Raises ReleaseError where too much differs."""
    gone, come = _differing(old, new)
    removed, added = _accepted(gone), _accepted(come)
    # what stands in one list alone is named alike in both releases, if at all: a name that changes is in both lists
    names = _names(old, removed) | _names(new, added)
    return Diff(old.id, new.id, tuple(added), tuple(removed), names)


def _differing(old: Release, new: Release) -> tuple[list[str], list[str]]:
    gone: list[str] = []
    come: list[str] = []
    with old.lines() as left, new.lines() as right:
        a, b = next(left, ""), next(right, "")
        while a or b:
            if a == b:
                a, b = next(left, ""), next(right, "")
            elif a and (not b or a < b):
                gone.append(a)
                a = next(left, "")
            else:
                come.append(b)
                b = next(right, "")
            if len(gone) + len(come) > MOST:
                raise ReleaseError(f"{old.id} and {new.id} differ in more than {MOST:,} lines: compare their dumps")
    return gone, come


def _accepted(lines: list[str]) -> list[Triple]:
    quads = ox.parse("".join(lines).encode(), format=RdfFormat.N_QUADS)
    return [quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph)]


def _names(release: Release, triples: list[Triple]) -> dict[str, str]:
    """The names of what triples speak of: the first label, title or text that the release has."""
    wanted = {node.value for triple in triples for node in triple if isinstance(node, NamedNode)}
    found: dict[str, str] = {}
    if not wanted:
        return found
    for quad in ox.parse("".join(_labelling(release, wanted)).encode(), format=RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, DefaultGraph) and isinstance(quad.object, Literal):
            text = " ".join(quad.object.value.split())
            found.setdefault(str(quad.subject)[1:-1], text if len(text) < 100 else text[:100].rsplit(" ", 1)[0] + " …")
    return found


def _labelling(release: Release, wanted: set[str]) -> Iterator[str]:
    with release.lines() as lines:
        for line in lines:
            subject, predicate, _ = line.split(" ", 2)
            if predicate in _LABELS and subject[1:-1] in wanted:
                yield line
