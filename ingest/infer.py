"""Runs the rules of `queries/rules/` on the accepted view until nothing new follows.

What a rule adds goes into the default graph and into the rule's own graph, so that every inferred triple names its rule. A triple that is
already in the view is not inferred again: a document's word stands before a rule's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pyoxigraph import NamedNode, Quad, QueryTriples, Store

from baligraph.errors import InputError
from baligraph.iris import inferred_graph
from baligraph.rules import Rule

_ROUNDS: Final = 50


def infer(store: Store, rules: Sequence[Rule]) -> dict[str, int]:
    """Add what follows to `store`; how many triples each rule added.

    Raises InputError if the rules never come to an end (one that mints ever new nodes), or one can't be evaluated.
    """
    added = dict.fromkeys((rule.name for rule in rules), 0)
    news: dict[str, set[str] | None] = dict.fromkeys(added)  # the properties of triples that came since a rule was run
    for _ in range(_ROUNDS):
        todo = False
        for rule in rules:
            unseen = news[rule.name]
            if unseen is not None and not rule.asks(unseen):
                continue
            news[rule.name] = set()
            fresh = _apply(store, rule)
            added[rule.name] += len(fresh)
            todo = todo or bool(fresh)
            properties = {quad.predicate.value for quad in fresh}
            for known in news.values():
                if known is not None:
                    known.update(properties)
        if not todo:
            return added
    raise InputError(
        rules[-1].file, f"the rules still add triples after {_ROUNDS} rounds", "A rule may not mint new nodes from its own results."
    )


def _apply(store: Store, rule: Rule) -> set[Quad]:
    """What it adds."""
    try:
        found = store.query(rule.query)
    except SyntaxError as error:  # rdflib took it, this engine does not
        raise InputError(rule.file, f"is not SPARQL ({error})", "Mend the query.") from None
    if not isinstance(found, QueryTriples):
        raise InputError(rule.file, "gives no triples", "A rule is a CONSTRUCT.")
    fresh = {q for t in found if (q := Quad(t.subject, t.predicate, t.object)) not in store}
    graph = NamedNode(inferred_graph(rule.name))
    store.extend([*fresh, *(Quad(q.subject, q.predicate, q.object, graph) for q in fresh)])
    return fresh
