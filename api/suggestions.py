"""What may mend a query that was refused: the declaration of a prefix that it uses."""

from __future__ import annotations

import difflib

from baligraph.prefixes import prefixes
from baligraph.sparql_text import undeclared


def suggestion(query: str) -> str | None:
    """One sentence, or None where nothing simple comes to mind. Looks at the words of the query only."""
    known = prefixes()
    missing = undeclared(query)
    ours = [name for name in missing if name in known]
    if ours:
        return f"Add at the top: {' '.join(f'PREFIX {name}: <{known[name]}>' for name in ours)}"
    for name in missing:
        if near := difflib.get_close_matches(name, known, n=1, cutoff=0.5):
            return f"No prefix {name}: is declared. Did you mean {near[0]}: (PREFIX {near[0]}: <{known[near[0]]}>)?"
    return None
