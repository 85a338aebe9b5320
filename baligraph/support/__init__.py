"""Whether each passage says what is said to be read from it.

Independent of the extractor: it imports nothing of it, has its own small vocabulary (`cues`) and its own way to read values back
(`readback`), and takes names from the graph alone. For every fact of a document it asks what a careful reader would: does the name stand
there, does a word for the role, can the date or number be read back from the anchor, are the words of the provision the words of the
passage.

What is a reading of ours rather than a statement of the text (themes, actions, crimes, the order of provisions) is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from baligraph.prefixes import expand
from baligraph.support.asked import Asked, Fault
from baligraph.support.assertions import appointment, membership, observation, participation, provision, succession
from baligraph.support.claims import claim
from baligraph.support.facts import Facts

__all__ = ["Facts", "Unsupported", "unsupported"]


@dataclass(frozen=True, slots=True, order=True)
class Unsupported:
    """A fact that its passage does not say. `kind` names the rule ("date", "role"), `graph` the graph of the fact."""

    kind: str
    node: str
    value: str
    reason: str
    graph: str


def unsupported(facts: Facts) -> list[Unsupported]:
    """Every fact of every document that its passages do not say, sorted."""
    found: set[Unsupported] = set()
    for node, values in facts.nodes.items():
        if "evidence" not in values:
            continue
        asked = Asked(facts, node, values, facts.quote(node), " … ".join(values.get("anchor", ())))
        graph = (values.get("inGraph") or [facts.graphs[node]])[0]
        found |= {Unsupported(kind, node, value, reason, graph) for kind, value, reason in _judge(asked)}
    return sorted(found)


def _judge(asked: Asked) -> Iterator[Fault]:
    if not asked.quote:
        yield "passage", "", "no passage stands behind this fact"
        return
    for anchor in asked.all("anchor"):
        if anchor not in asked.quote:
            yield "anchor", anchor, "the words that are said to carry the fact do not stand in its passage"
    kinds = {iri.rpartition("#")[2] for iri in asked.facts.types.get(asked.node, ())} | {
        iri.rpartition("#")[2] for iri in asked.all(expand("rdf:type"))
    }
    for judge in {_BY_CLASS[kind] for kind in kinds if kind in _BY_CLASS}:
        yield from judge(asked)


_BY_CLASS: Final[Mapping[str, Callable[[Asked], Iterable[Fault]]]] = {
    "Participation": participation,
    "Membership": membership,
    "Appointment": appointment,
    "StatusObservation": observation,
    "Succession": succession,
    **dict.fromkeys(("Provision", "Commitment", "Recommendation", "Decision", "Finding"), provision),
    "Claim": claim,
}
