"""Which file of `ontology/` a triple or a term comes from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from baligraph import data

Term: TypeAlias = NamedNode | BlankNode | Literal


class Origins:
    """An index of the Turtle files, read when first asked."""

    def __init__(self, folder: Path | None = None):
        self.folder = folder

    def of_triple(self, s: Term, p: Term, o: Term) -> list[str]:
        """The files that write this triple, `ontology/concepts/role.ttl`; [] where none does."""
        return sorted(self._triples.get(f"{s} {p} {o}", ()))

    def of_subject(self, subject: NamedNode) -> list[str]:
        """The files in which this node is described; [] where it is in none."""
        return sorted(self._subjects.get(subject.value, ()))

    @cached_property
    def _triples(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, quad in self._quads():
            found.setdefault(f"{quad[0]} {quad[1]} {quad[2]}", set()).add(name)
        return found

    @cached_property
    def _subjects(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, (s, _, _) in self._quads():
            if isinstance(s, NamedNode):
                found.setdefault(s.value, set()).add(name)
        return found

    def _quads(self) -> Iterator[tuple[str, tuple[object, object, object]]]:
        folder = data.ontology() if self.folder is None else self.folder
        for path in sorted(folder.rglob("*.ttl")):
            name = f"ontology/{path.relative_to(folder).as_posix()}"
            for quad in parse(path=path, format=RdfFormat.TURTLE):
                yield name, (quad.subject, quad.predicate, quad.object)
