"""The triples of one graph as pySHACL asks for them: from a subject to its values, and from a value to its subjects.

rdflib's own store takes twice as long, because it keeps for each triple the graphs that hold it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from rdflib.plugins.stores.memory import SimpleMemory
from rdflib.term import Node

Triple: TypeAlias = tuple[Node, Node, Node]
Pattern: TypeAlias = tuple[Node | None, Node | None, Node | None]
_Found: TypeAlias = tuple[Triple, Iterator[Any]]
_NOWHERE: Iterator[Any] = iter(())  # the graphs of a triple: nobody asks


class Triples(SimpleMemory):
    """A store of one graph. Triples that are put `beside` are seen from their subject alone: they answer what class a value has, and
    make no node a target."""

    context_aware = graph_aware = True  # pySHACL takes no others; there is one graph

    def __init__(self, configuration: str | None = None, identifier: Node | None = None):
        super().__init__(configuration, identifier)  # type: ignore[arg-type]
        self._of: dict[Node, dict[Node, dict[Node, None]]] = {}  # subject → predicate → objects
        self._to: dict[Node, dict[Node, dict[Node, None]]] = {}  # predicate → object → subjects
        self._size = 0

    def add(self, triple: Triple, context: Any = None, quoted: bool = False) -> None:  # noqa: ARG002
        subject, predicate, value = triple
        self.beside(triple)
        self._to.setdefault(predicate, {}).setdefault(value, {})[subject] = None

    def beside(self, triple: Triple) -> None:
        subject, predicate, value = triple
        values = self._of.setdefault(subject, {}).setdefault(predicate, {})
        self._size += value not in values
        values[value] = None

    def remove(self, triple: Pattern, context: Any = None) -> None:  # noqa: ARG002
        for found in [found for found, _ in self.triples(triple)]:
            subject, predicate, value = found
            del self._of[subject][predicate][value]
            self._to.get(predicate, {}).get(value, {}).pop(subject, None)
            self._size -= 1

    def triples(self, triple_pattern: Pattern, context: Any = None) -> Iterator[_Found]:  # noqa: ARG002
        subject, predicate, value = triple_pattern
        if subject is not None and predicate is not None:
            values = self._of.get(subject, {}).get(predicate, {})
            if value is None:
                for each in values:
                    yield (subject, predicate, each), _NOWHERE
            elif value in values:
                yield (subject, predicate, value), _NOWHERE
        elif predicate is not None and subject is None:
            subjects = self._to.get(predicate, {})
            for each, found in subjects.items() if value is None else ((value, subjects.get(value, {})),):
                for one in found:
                    yield (one, predicate, each), _NOWHERE
        else:
            for one in self._of if subject is None else (subject,):
                for name, values in self._of.get(one, {}).items():
                    for each in values:
                        if value is None or each == value:
                            yield (one, name, each), _NOWHERE

    def __len__(self, context: Any = None) -> int:
        return self._size
