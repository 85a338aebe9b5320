"""All parts of a release, from the readings to sorted quads and the report of the gate; what was made before is not made again."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Final, TypeAlias

from pyoxigraph import RdfFormat, Store, parse

from baligraph import iris
from baligraph.blocks import Block
from baligraph.gate import GateReport, report_of
from baligraph.judges import Row, Tally
from baligraph.prefixes import expand
from baligraph.shapes import Finding
from ingest.contribution import FindingRow
from ingest.nodes import bp, node
from ingest.parts import graph
from ingest.parts.contribute import Contribution, plain, printed
from ingest.parts.documents import Inputs
from ingest.parts.evaluate import Made, Part, View
from ingest.parts.memo import Memo, digest
from ingest.parts.plan import Plan
from ingest.parts.route import line
from ingest.resolve import Resolution
from ingest.similar import GRAPH as SIMILAR
from ingest.similar import Compared, similar_wording
from ingest.statistics import Counts, asked_first, statistics

STATISTICS: Final = "statistics"
_KEYS: Final = {"contribution": "{}", "view": "view:{}", "quads": "quads:{}"}  # of sources in the memo
Speakers: TypeAlias = Callable[[Collection[str]], Mapping[str, list[str]]]
"""Nodes → the documents that speak of each."""
Mends: TypeAlias = Callable[[GateReport, Speakers], bool]
"""Changes the inputs so that the report may be better; whether it did."""


@dataclass(slots=True)
class Whole:
    """A release that has been made, still in its parts. `failed` names the documents whose findings could not be written, and why."""

    memo: Memo
    resolution: Resolution
    failed: dict[str, str]
    report: GateReport
    counts: dict[str, int]
    inferred: dict[str, int]
    conflicts: list[dict[str, Any]]
    contributions: dict[str, str]  # slug → key
    sources: list[str]  # of the quads: what they are, and the key
    lost: dict[str, str]
    rejected: set[str]
    gone: frozenset[str]  # findings that a decision rejects
    corrected: dict[str, str]  # findings in whose place a decision has put another, with the row of the decision
    idle: list[str]  # decisions that meet nothing

    def lines(self) -> Iterator[str]:
        """The quads as sorted lines of N-Quads."""
        yield from graph.every(self.memo, self.sources, self._lines)

    def blocks(self) -> Iterator[Block]:
        """The same in blocks; those that are as in the release before are not made again."""
        self.memo.ask(_KEYS[kind].format(key) for kind, _, key in (source.partition(" ") for source in self.sources))
        yield from graph.blocks(self.memo, self.sources, self._lines)

    def _lines(self, source: str) -> list[str]:
        kind, _, key = source.partition(" ")
        if kind == "contribution":
            return Contribution.load(self.memo.kept(key)).lines()
        return View.load(self.memo, key).lines() if kind == "view" else _stored(self.memo, key)

    def rows(self) -> Iterator[FindingRow]:
        """What became of each finding, in the order of documents and rows."""
        for _, key in sorted(self.contributions.items()):
            yield from self._rows(key)

    def table(self) -> Iterator[str]:
        """The same as text of findings.csv, head and documents. What became of most is what was printed when it was read."""
        yield printed([FindingRow.__slots__])
        self.memo.ask(f"rows:{key}" for key in self.contributions.values())  # a later decision makes lines of them again
        told = {*self.gone, *self.corrected, *self.rejected, *self.lost}
        for _, key in sorted(self.contributions.items()):
            names, text = json.loads(self.memo.kept(f"printed:{key}"))
            yield text if told.isdisjoint(names) else self._printed(key, told.intersection(names))

    def _printed(self, key: str, told: set[str]) -> str:
        """The lines of a document of which something has become of these findings and triples."""
        became = (f"{name in self.gone or name in self.rejected} {self.corrected.get(name)} {self.lost.get(name)}" for name in sorted(told))
        kept = f"printed:{digest(key, *sorted(told), *became)}"
        if (text := self.memo.get(kept)) is None:
            text = printed(map(attrgetter(*FindingRow.__slots__), self._rows(key))).encode()
            self.memo.put([(kept, text)])
        return text.decode()

    def _rows(self, key: str) -> Iterator[FindingRow]:
        for *values, spo in json.loads(self.memo.kept(f"rows:{key}")):
            yield self._outcome(FindingRow(*values), spo)

    def _outcome(self, row: FindingRow, spo: str) -> FindingRow:
        if row.id in self.corrected:
            return replace(row, status="corrected", reason=f"another value was decided in {self.corrected[row.id]}")
        if row.status == "accepted" and (row.id in self.gone or spo in self.rejected):
            return replace(row, status="rejected", reason="rejected by a curation decision")
        if spo in self.lost:
            return replace(row, status="conflicting", reason=self.lost[spo])
        return row


def make(inputs: Inputs, memo: Memo, processes: int = 1, mends: Mends | None = None) -> Whole:
    """Make the release, and again as long as `mends` changes what is withheld or left out.

    Raises InputError or ShapesError for a rule, shape or check that can't be used.
    """
    plan = Plan(inputs, memo, processes)
    while True:
        made = plan.make()
        counts, found = Counts(), Totals()
        for key in made.values():
            found.add(Made.load(memo, key), counts)
        if mends is None or not mends(found.report(), lambda nodes: _speakers(memo, plan.contributions(), nodes)):
            break
    similar = _similar(plan, made)
    for key in similar:
        found.add(Made.load(memo, key), counts)
    extra = [_store(memo, [said for lines in plan.given.values() for said in lines]), _store(memo, _statistics(plan, counts, found))]
    return Whole(
        memo=memo,
        resolution=plan.resolution,
        failed=plan.documents.failed,
        report=found.report(),
        counts=asked_first(counts) | {"triples": found.tally.triples, "quads": found.tally.quads},
        inferred={name: counts.graphs[iris.inferred_graph(name)] for name in (*(r.name for r in inputs.frame.rules), SIMILAR)},
        conflicts=sorted(found.conflicts, key=_conflict_order),
        contributions=plan.contributions(),
        sources=[
            *(f"contribution {key}" for key in plan.contributions().values()),
            *(f"view {key}" for key in (*made.values(), *similar)),
            *(f"quads {key}" for key in (*similar, *extra)),
        ],
        lost=found.lost,
        rejected=found.rejected,
        gone=frozenset(iris.iri(s.subject) for s in plan.curation.rejections if not s.property),
        corrected={iris.iri(c.finding): c.source_row for c in plan.curation.corrections},
        idle=plan.idle,
    )


def _similar(plan: Plan, made: Mapping[str, str]) -> list[str]:
    """The keys of the parts that say which provisions are worded alike."""
    memo = plan.memo
    worded = sorted(memo.kept(f"worded:{key}") for key in set(made.values()))
    all_of_them = f"similar:{digest(plan.base, plan.told, *worded)}"
    if (known := memo.get(all_of_them)) is None:
        store = Store()
        for told in worded:
            store.extend(parse("".join(json.loads(told)), format=RdfFormat.N_QUADS))
        compared, found = similar_wording(store, plan.processes, _compared(memo, plan.base))
        memo.put([(f"compared:{plan.base}", plain(compared))])
        keys: dict[str, str] = {}  # in the order of the provisions
        for alike in found:
            key = digest(plan.base, plan.told, SIMILAR, alike.told())
            keys[f"{SIMILAR} {key}"] = key
            if not memo.has(key):
                _store(memo, list(map(line, alike.quads())), key)
        plan.evaluated(keys, lambda name: _alike(memo, name, keys[name]))
        known = json.dumps(list(keys.values())).encode()
        memo.put([(all_of_them, known)])
    given: list[str] = json.loads(known)
    return given


def _compared(memo: Memo, base: str) -> Compared | None:
    """What the build before has compared."""
    if (kept := memo.get(f"compared:{base}")) is None:
        return None
    told = json.loads(kept)
    provisions = {iri: (document, words) for iri, (document, words) in told["provisions"].items()}
    return Compared(provisions, {iri: [(two, score) for two, score in others] for iri, others in told["best"].items()})


def _alike(memo: Memo, name: str, key: str) -> Part:
    """The part of what is worded like one provision."""
    own, compares = _stored(memo, key), str(bp("compares"))
    compared = (said.split(" ") for said in own)
    types = {f"{said[2]} {node('rdf:type')} {bp('Provision')} .\n" for said in compared if said[1] == compares}
    return Part(name, own=own, context=sorted(types))


def _store(memo: Memo, lines: list[str], key: str = "") -> str:
    """Keep lines that no part is asked for; gives their key."""
    data = json.dumps(lines).encode()
    key = key or digest(data)
    memo.put([(_KEYS["quads"].format(key), data)])
    return key


def _stored(memo: Memo, key: str) -> list[str]:
    found: list[str] = json.loads(memo.kept(_KEYS["quads"].format(key)))
    return found


def _statistics(plan: Plan, counts: Counts, found: Totals) -> list[str]:
    """The counts of all, judged like a part of its own."""
    quads = [line(q) for q in statistics(counts, plan.inputs.day)]
    key = digest(plan.base, plan.told, STATISTICS, *quads)
    plan.evaluated({STATISTICS: key}, lambda name: Part(name, own=quads))
    made = Made.load(plan.memo, key)
    made.graphs, made.types, made.properties, made.listed = {}, {}, {}, 0
    found.add(made, counts)
    found.tally.quads += len(quads)
    return [*quads, *View.load(plan.memo, key).lines()]


def _speakers(memo: Memo, contributions: Mapping[str, str], nodes: Collection[str]) -> dict[str, list[str]]:
    """The documents that speak of each of these nodes, as subject or object."""
    found: dict[str, set[str]] = {name: set() for name in nodes}
    for slug, key in contributions.items():
        spaces = (f"<{expand('g:doc/')}{slug}>", f"<{expand('g:evidence/')}{slug}>")
        told = "".join(said for said in Contribution.load(memo.kept(key)).lines() if any(space in said for space in spaces))
        for name, slugs in found.items():
            if f"<{name}>" in told:
                slugs.add(slug)
    return {name: sorted(slugs) for name, slugs in found.items()}


@dataclass(slots=True)
class Totals:
    """What the parts add up to, but for their quads."""

    rows: list[Row] = field(default_factory=list)
    findings: list[tuple[str, Finding]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)
    rejected: set[str] = field(default_factory=set)

    def report(self) -> GateReport:
        return report_of(self.rows, self.findings, self.tally.figures())

    def add(self, made: Made, counts: Counts) -> None:
        """Add one part."""
        judged = made.judged()
        self.rows += judged.rows
        self.findings += judged.findings
        self.conflicts += made.conflicts
        self.lost |= made.lost
        self.rejected |= set(made.rejected)
        self.tally += Tally(**made.tally)
        self.tally.quads += sum(made.graphs.values()) + made.tally["triples"]
        counts.graphs.update(made.graphs)
        counts.kinds.update(made.kinds)
        counts.types.update(made.types)
        counts.properties.update(made.properties)
        counts.triples += made.listed


def _conflict_order(conflict: Mapping[str, Any]) -> tuple[int, str, str]:
    """Dates first, then values, then numbers of people; by node and property."""
    first = {expand("bp:edtf"): 0, expand("bp:attendanceExact"): 2}
    return first.get(conflict["property"], 1), conflict["subject"], conflict["property"]
