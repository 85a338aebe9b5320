"""A very small release and its claims, made from `tests/data/tiny.trig` through the real writer. No ingest needed."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path

import pyoxigraph as ox

from baligraph import data
from baligraph.prefixes import expand
from baligraph.release import Release
from baligraph.release_writer import Draft, write_release

DATA = Path(__file__).parent / "data"
TEXTS = {slug: (DATA / f"tiny-{slug}.txt").read_text(encoding="utf-8") for slug in ("one", "two")}
MEETING = "meeting_2011-03-12_harbour-town_workshop"

# (document, subject, predicate, evidence, anchor) of the triples that no assertion node carries
CLAIMS = [
    ("one", f"id:{MEETING}", "rdf:type", 7, "WORKSHOP"),
    ("one", f"id:{MEETING}", "rdfs:label", 7, "WORKSHOP ON RETURNS"),
    *(
        ("one", f"id:{MEETING}", f"bp:{name}", 1, "12-13 March 2011")
        for name in ("dateText", "edtf", "earliestStart", "latestEnd", "datePrecision")
    ),
    ("one", f"id:{MEETING}", "bp:inPlace", 1, "Harbour Town"),
    ("one", f"id:{MEETING}", "bp:placeBasis", 1, "Harbour Town"),
    ("one", f"id:{MEETING}", "bp:recordedIn", 1, "The workshop was held"),
    ("one", "id:doc_one", "bp:mentions", 5, "Model Arrangement"),
    ("two", f"id:{MEETING}", "bp:dateText", 6, "March 2011"),
    ("two", f"id:{MEETING}", "bp:datePrecision", 6, "March 2011"),
]

# what the gate of a build would have written: something to look at, and a fact on which the documents disagree
REPORT = {
    "conforms": True,
    "violations": 0,
    "warnings": 1,
    "figures": {"claims": 14, "conflicts": 1, "documents": 2, "facts": 20, "facts with evidence": 1.0, "passages": 7},
    "rows": [
        {
            "severity": "warning",
            "rule": "bps:Provision-theme-known",
            "focus": expand("id:provision_one_2"),
            "message": "No theme was found for this provision.",
            "sentence": "The workshop was held in Harbour Town on 12-13 March 2011.",
        }
    ],
    "conflicts": [
        {
            "subject": expand(f"id:{MEETING}"),
            "property": expand("bp:dateText"),
            "values": ['"12-13 March 2011"@en', '"March 2011"@en'],
            "accepted": ['"12-13 March 2011"@en'],
            "reason": "the finer date is kept",
            "decided": False,
        }
    ],
}


def quads() -> list[ox.Quad]:
    """All quads: the named graphs, and the accepted view as default graph."""

    def offset(match: re.Match[str]) -> str:
        at = TEXTS[match[2]].index(match[3])
        return str(at if match[1] == "at" else at + len(match[3]))

    trig = re.sub(r"\[\[(at|end) (\w+): (.+?)\]\]", offset, (DATA / "tiny.trig").read_text(encoding="utf-8"))
    given = list(ox.parse(trig, format=ox.RdfFormat.TRIG))
    lost = {quad.triple for quad in given if quad.graph_name == ox.NamedNode("urn:lost")}
    named = [quad for quad in given if quad.graph_name != ox.NamedNode("urn:lost")]
    for document, subject, predicate, evidence, anchor in CLAIMS:
        graph, s, p = ox.NamedNode(expand(f"g:doc/{document}")), ox.NamedNode(expand(subject)), ox.NamedNode(expand(predicate))
        (value,) = {quad.object for quad in named if (quad.graph_name, quad.subject, quad.predicate) == (graph, s, p)}
        digest = hashlib.sha256(f"{graph}|{s}|{p}|{value}".encode()).hexdigest()[:12]
        claim, home = ox.NamedNode(expand(f"id:claim_{digest}")), ox.NamedNode(expand(f"g:evidence/{document}"))
        for name, term in (
            ("rdf:type", ox.NamedNode(expand("bp:Claim"))),
            ("bp:claimSubject", s),
            ("bp:claimPredicate", p),
            ("bp:claimObject" if isinstance(value, ox.NamedNode) else "bp:claimValue", value),
            ("bp:inGraph", graph),
            ("bp:evidence", ox.NamedNode(expand(f"id:evidence_{evidence:012}"))),
            ("bp:anchor", ox.Literal(anchor)),
            ("bp:anchorStart", ox.Literal(TEXTS[document].index(anchor))),
            ("bp:rule", ox.Literal("test.rule")),
        ):
            named.append(ox.Quad(claim, ox.NamedNode(expand(name)), term, home))
    for path in (data.ontology("baligraph.ttl"), *sorted(data.ontology("concepts").glob("*.ttl"))):
        graph = "concepts" if path.parent.name == "concepts" else "ontology"
        parsed = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
        home = ox.NamedNode(expand(f"g:{graph}"))
        # blank nodes get new names whenever they are read: the fixture shall be the same each time
        named += [ox.Quad(*q.triple, home) for q in parsed if not any(isinstance(node, ox.BlankNode) for node in q.triple)]
    return named + [ox.Quad(*triple) for triple in {quad.triple for quad in named} - lost]


def draft(*, conforms: bool = True, day: int = 13, lines: list[str] | None = None, extra: list[ox.Quad] | None = None) -> Draft:
    """The tiny draft; another `day` makes another release."""
    return Draft(
        date=dt.date(2011, 3, day),
        quads=lines if lines is not None else quads() + (extra or []),
        texts=TEXTS,
        report_turtle="# nothing to report\n",
        report=REPORT,
        findings=["document,kind,value\n", "one,place,Harbour Town\n"],
        gate={"conforms": conforms},
        about={"versions": {"code": "0"}},
    )


def write(folder: Path) -> Release:
    """A release below `folder`."""
    return write_release(folder, draft())
