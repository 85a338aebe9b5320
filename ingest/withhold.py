"""What the checker of support refuses in a document from outside the corpus is withheld: reported, never asserted.

The corpus itself is held to more: there a refusal stops the build, because the reader has to be mended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pyoxigraph import NamedNode, Quad

from ingest.contribution import DocumentQuads, FindingRow
from ingest.nodes import Object, Spo, bp, node, triple


def withhold(d: DocumentQuads, refused: Mapping[str, str]) -> DocumentQuads:
    """`d` without the claims and nodes in `refused` (IRI → reason) and what can't stand without them.

    A node is an assertion, a provision or a meeting. A kind of meeting that is refused becomes bp:Meeting, and of a date all five values
    go together.
    """
    nodes: set[Object] = {q.subject for q in d.asserted if isinstance(q.subject, NamedNode) and q.subject.value in refused}
    if not nodes and not any(iri in refused for iri in d.claims):
        return d
    carried = {q.subject for q in d.asserted if q.predicate == bp("evidence")}
    nodes |= {t[0] for t in map(triple, d.asserted) if t[2] in nodes and t[0] in carried and t[1] != bp("mentions")}
    claims = {iri: d.claims[iri] for iri in refused if iri in d.claims}
    dates = [x for x in d.dates if not set(x.triples()) & set(claims.values())]
    undated = {t for x in d.dates for t in x.triples()} - {t for x in dates for t in x.triples()}
    claims |= {iri: t for iri, t in d.claims.items() if t in undated}
    claims |= {iri: t for iri, t in d.claims.items() if t[0] in nodes or t[2] in nodes}
    gone = set(claims.values())
    kept = [q for q in d.asserted if triple(q) not in gone and q.subject not in nodes and q.object not in nodes]
    beside = [q for q in d.evidence if q.subject.value not in claims]  # type: ignore[union-attr]  # all are named
    for iri, spo in claims.items():
        if spo[1] == node("rdf:type") and "/id/meeting_" in str(spo[0]) and spo[0] not in nodes:
            _generalise(iri, spo, d, kept, beside)
    gone_too = claims.keys() | {n.value for n in nodes if isinstance(n, NamedNode)}
    rows = [_row(row, refused.get(row.id) or ("it hangs on what was withheld" if row.id in gone_too else "")) for row in d.rows]
    return replace(d, asserted=sorted(kept, key=str), evidence=sorted(beside, key=str), dates=dates, rows=rows, reported=d.reported - nodes)


def _generalise(iri: str, spo: Spo, d: DocumentQuads, kept: list[Quad], beside: list[Quad]) -> None:
    """The claim says only that it is a meeting."""
    for q in d.asserted:
        if triple(q) == spo:
            kept.append(Quad(q.subject, q.predicate, bp("Meeting"), q.graph_name))
    for q in d.evidence:
        if q.subject.value == iri:  # type: ignore[union-attr]
            general = q.predicate == bp("claimObject")
            beside.append(Quad(q.subject, q.predicate, bp("Meeting"), q.graph_name) if general else q)


def _row(row: FindingRow, reason: str) -> FindingRow:
    return replace(row, status="rejected", reason=f"withheld: {reason}") if reason else row
