"""Documents from outside the corpus on trial: what can't be supported is withheld, what can't conform is left out, the rest goes on.

The documents of the corpus are never spared like this: whatever is wrong with them stops the build.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode, Store

from baligraph.gate import GateReport
from baligraph.iris import doc_graph
from baligraph.prefixes import expand
from baligraph.support import Facts, unsupported
from ingest.assemble import Assembled, Frame, assemble
from ingest.contribution import TextInput
from ingest.findings import Reading
from ingest.gather import Problem

_ROUNDS: Final = 4  # a fact that is withheld may leave another one without its ground


@dataclass(slots=True)
class Trial:
    """What was found wanting so far: `refused` (IRI → reason) is withheld, `left_out` (slug → reason) are whole documents."""

    texts: dict[str, TextInput]
    refused: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    withheld: set[tuple[str, str]] = field(default_factory=set)  # document, and what it says of which node

    @property
    def outside(self) -> set[str]:
        return {slug for slug, text in self.texts.items() if not text.registered}

    def supported(self, readings: Sequence[Reading], frame: Frame, day: dt.date) -> Assembled:
        """The graph of these readings, without what the checker of support refuses in documents that are not registered."""
        known = [reading for reading in readings if reading.slug in self.texts]
        graphs = {doc_graph(slug): slug for slug in self.outside}
        made = assemble(known, self.texts, frame, day, self.refused)
        for _ in range(_ROUNDS if graphs else 0):
            faults = unsupported(Facts.of(made.store, {slug: text.text for slug, text in self.texts.items()}))
            fresh = [fault for fault in faults if fault.graph in graphs and fault.node not in self.refused]
            if not fresh:
                break
            self.refused |= {fault.node: fault.reason for fault in fresh}
            self.withheld |= {(graphs[fault.graph], f"{fault.node}: {fault.reason}") for fault in fresh}
            made = assemble(known, self.texts, frame, day, self.refused)
        return made

    def mends(self, report: GateReport, store: Store) -> bool:
        """Whether the release may conform if more is withheld or left out: then it is, and the graph has to be made again.

        First the node that is wrong, then, if that did not help, the document.
        """
        guilty: list[tuple[str, str, str]] = []
        for row in report.rows:
            if row.severity == "violation":
                documents = [slug for slug in _documents(row.focus, row.graph, store) if slug in self.outside]
                if not documents:
                    return False  # the corpus itself, the tables or the rules: nothing to be spared
                guilty += [(slug, row.focus, f"{row.message} ({row.rule})") for slug in documents]
        again = [x for x in guilty if x[1] in self.refused or x[1].startswith(expand("id:doc_"))]
        for slug, focus, why in again:
            self.left_out.setdefault(slug, f"{focus}: {why}")
            self.texts.pop(slug, None)
        if not again:
            self.refused |= {focus: why for _, focus, why in guilty}
            self.withheld |= {(slug, f"{focus}: {why}") for slug, focus, why in guilty}
        return bool(guilty)

    def problems(self) -> list[Problem]:
        """For the report: what was withheld, and which documents were left out."""
        found = [Problem(slug, f"{slug}: left out, because of {why}") for slug, why in self.left_out.items()]
        kept = [(slug, why) for slug, why in self.withheld if slug in self.texts]
        return found + [Problem(slug, f"{slug}: withheld {why}", blocking=False) for slug, why in kept]


def _documents(focus: str, graph: str, store: Store) -> list[str]:
    """The documents that speak of a node."""
    if graph:
        return [graph.removeprefix(expand("g:doc/"))]
    if not focus.startswith(expand("id:")):
        return []
    graphs = {
        q.graph_name.value for q in store.quads_for_pattern(NamedNode(focus), None, None, None) if isinstance(q.graph_name, NamedNode)
    }
    graphs |= {
        q.graph_name.value for q in store.quads_for_pattern(None, None, NamedNode(focus), None) if isinstance(q.graph_name, NamedNode)
    }
    spaces = (expand("g:doc/"), expand("g:evidence/"))
    found = {g.removeprefix(space) for g in graphs for space in spaces if g.startswith(space)}
    return sorted(found | {focus.removeprefix(expand("id:doc_"))})
