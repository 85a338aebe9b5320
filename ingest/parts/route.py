"""To which part of a release a node belongs, and what the parts have to know of each other's nodes.

The names of the parts: `tables` (ontology, concepts, reference tables, curation), the IRI of a meeting or person, `doc:{slug}`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from pyoxigraph import NamedNode, Quad

from baligraph.checks import Check
from baligraph.prefixes import expand, named
from baligraph.rules import Rule
from baligraph.support.facts import NAMES

TABLES: Final = "tables"
DOCUMENT: Final = "doc:"
# Kinds of nodes that a document makes for itself: their IRIs hold its slug, its hash or its graph.
_MADE: Final = frozenset(
    "appointment claim doc evidence file membership observation participation provision run succession version".split()
)
SHARED: Final = frozenset({"meeting", "person"})
# What an assertion is about: the part of that node has to know the assertion, because a rule may infer something of the node from it.
_ABOUT: Final = ("inMeeting", "member", "organisation", "about", "predecessor", "mentions")


class Routes:
    """Knows the nodes of the tables, and the properties that rules and checks follow from one node to another."""

    def __init__(self, tables: Iterable[Quad], rules: Iterable[Rule], checks: Iterable[Check]):
        self.tables: frozenset[str] = frozenset(
            q.subject.value
            for q in tables
            if isinstance(q.subject, NamedNode) and kind(q.subject.value) not in {"meeting", "doc", "version"}
        )
        queries = [rule.query for rule in rules] + [check.query for check in checks if check.scope == "node"]
        self.followed: frozenset[str] = frozenset().union(
            *map(named, queries), {expand(c) for c in (*NAMES, "rdf:type", "bp:ofProcess", "bp:ofBody")}
        )
        self.about: frozenset[str] = frozenset(expand(f"bp:{name}") for name in _ABOUT)

    def follows(self, told: str) -> bool:
        """Whether rules or checks follow the property of this line."""
        return told.split(" ", 2)[1][1:-1] in self.followed

    def part(self, node: str) -> str:
        """The part of a node that is no document's own."""
        return node if kind(node) in SHARED and node not in self.tables else TABLES


def kind(node: str) -> str:
    """`meeting` of …/id/meeting_2002-02_bali; empty for what is no node of ours."""
    space = expand("id:")
    return node[len(space) :].partition("_")[0] if node.startswith(space) else ""


def made_by_document(node: str) -> bool:
    """Whether a document that speaks of this node has made it."""
    return kind(node) in _MADE


def line(quad: Quad) -> str:
    """A quad of a named graph as a line of N-Quads."""
    return f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name} .\n"


def objects(quads: Iterable[Quad], among: Collection[str] = SHARED) -> set[str]:
    """The nodes of these kinds that the quads point to."""
    return {q.object.value for q in quads if isinstance(q.object, NamedNode) and kind(q.object.value) in among}
