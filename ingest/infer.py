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
    for _ in range(_ROUNDS):
        before = sum(added.values())
        for rule in rules:
            added[rule.name] += _apply(store, rule)
        if sum(added.values()) == before:
            return added
    raise InputError(
        rules[-1].file, f"the rules still add triples after {_ROUNDS} rounds", "A rule may not mint new nodes from its own results."
    )


def _apply(store: Store, rule: Rule) -> int:
    try:
        found = store.query(rule.query)
    except SyntaxError as error:  # rdflib took it, this engine does not
        raise InputError(rule.file, f"is not SPARQL ({error})", "Mend the query.") from None
    if not isinstance(found, QueryTriples):
        raise InputError(rule.file, "gives no triples", "A rule is a CONSTRUCT.")
    fresh = {q for t in found if (q := Quad(t.subject, t.predicate, t.object)) not in store}
    graph = NamedNode(inferred_graph(rule.name))
    store.extend([*fresh, *(Quad(q.subject, q.predicate, q.object, graph) for q in fresh)])
    return len(fresh)
