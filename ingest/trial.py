"""Documents from outside the corpus on trial: what can't be supported is withheld, what can't conform is left out, the rest goes on.

The documents of the corpus are never spared like this: whatever is wrong with them stops the build.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from baligraph.gate import GateReport
from baligraph.iris import doc_graph
from baligraph.judges import SUPPORT, Row
from baligraph.prefixes import expand
from ingest.contribution import TextInput
from ingest.gather import Problem
from ingest.parts.whole import Speakers

_ROUNDS: Final = 4  # a fact that is withheld may leave another one without its ground


@dataclass(slots=True)
class Trial:
    """What was found wanting so far: `refused` (IRI → reason) is withheld, `left_out` (slug → reason) are whole documents."""

    texts: dict[str, TextInput]
    refused: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    withheld: set[tuple[str, str]] = field(default_factory=set)  # document, and what it says of which node
    rounds: int = 0

    @property
    def outside(self) -> set[str]:
        return {slug for slug, text in self.texts.items() if not text.registered}

    def mends(self, report: GateReport, speakers: Speakers) -> bool:
        """Whether the release may be better if more is withheld or left out: then it has to be made again without it.

        First what the checker of support refuses, then the node that is wrong otherwise, then, if that did not help, the document.
        """
        if self.rounds < _ROUNDS and self.withholds(report):
            self.rounds += 1
            return True
        self.rounds = 0
        return self._unfit([row for row in report.rows if row.severity == "violation"], speakers)

    def withholds(self, report: GateReport) -> bool:
        """Withhold what the checker of support refuses; whether there was anything."""
        graphs = {doc_graph(slug): slug for slug in self.outside}
        rows = [row for row in report.rows if row.rule.startswith(SUPPORT) and row.graph in graphs and row.focus not in self.refused]
        self.refused |= {row.focus: row.message for row in rows}
        self.withheld |= {(graphs[row.graph], f"{row.focus}: {row.message}") for row in rows}
        return bool(rows)

    def _unfit(self, rows: list[Row], speakers: Speakers) -> bool:
        nodes = {row.focus for row in rows if not row.graph and row.focus.startswith(expand("id:"))}
        speaking = speakers(nodes) if nodes else {}
        guilty: list[tuple[str, str, str]] = []
        for row in rows:
            documents = [slug for slug in _documents(row, speaking) if slug in self.outside]
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


def _documents(row: Row, speaking: Mapping[str, list[str]]) -> list[str]:
    """The documents that a row speaks of."""
    if row.graph:
        return [row.graph.removeprefix(expand("g:doc/"))]
    if not row.focus.startswith(expand("id:")):
        return []
    return sorted({*speaking[row.focus], row.focus.removeprefix(expand("id:doc_"))})
