"""Descriptions as CSV (RFC 4180): a row for each fact and each of its sources."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from api.incoming import Entry
from api.ontology import TermEntry
from api.origins import Origin, Sentence
from api.terms import Term
from api.thing import Thing
from baligraph.prefixes import shrink, unshrink

FACTS = (
    "subject,subject_name,property,property_name,value,value_name,datatype,language,accepted,source,evidence,document,paragraph,quote,release"
).split(",")
"""Columns of a description. `source` is `sentence`, `row`, `rule`, `decision`, `file`, `text` or `release`."""


def thing_sheet(thing: Thing, release: str) -> bytes:
    """The facts of a thing, and then what points at it."""
    rows = []
    for fact in thing.facts:
        for value in fact.values:
            given = [thing.iri, thing.label, fact.property, fact.label, *_value(value.term, value.label), str(value.accepted).lower()]
            rows += [[*given, *source, release] for source in _sources(value.origins, thing.labels)]
    for group in thing.groups:
        for entry in group.rows:
            rows += _pointing(thing, entry, group.via, release)
    return write(FACTS, rows)


def _pointing(thing: Thing, entry: Entry, via: str, release: str) -> list[list[str]]:
    given = [entry.iri, entry.label, unshrink(via), via, thing.iri, thing.label, "", "", "true"]
    return [[*given, *source, release] for source in _sources(entry.origins, thing.labels)]


def _value(term: Term, label: str) -> list[str]:
    return [term.value, "" if label == term.value else label, "" if term.language else shrink(term.datatype), term.language]


def _sources(origins: Sequence[Origin], labels: dict[str, str]) -> list[list[str]]:
    found = []
    for origin in origins:
        if isinstance(origin, Sentence):
            document = labels.get(origin.document, origin.document)
            found.append([origin.kind, origin.evidence, document, origin.paragraph, origin.quote])
        else:
            found.append([origin.kind, origin.href, "", "", origin.text])
    return found or [["", "", "", "", ""]]


def triples_sheet(triples: Iterable[Triple], release: str) -> bytes:
    """Triples as they are."""
    columns = ("subject", "predicate", "object", "datatype", "language", "release")
    return write(columns, ([*_row(triple), release] for triple in triples))


def _row(triple: Triple) -> list[str]:
    found = triple.object
    if isinstance(found, Literal):
        return [
            _name(triple.subject),
            triple.predicate.value,
            found.value,
            "" if found.language else found.datatype.value,
            found.language or "",
        ]
    return [_name(triple.subject), triple.predicate.value, _name(found), "", ""]


def _name(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else f"_:{node.value}" if isinstance(node, BlankNode) else str(node)


def terms_sheet(terms: dict[str, list[TermEntry]], release: str) -> bytes:
    """The classes and properties of the ontology."""
    rows = [
        [kind, entry.iri, entry.label, entry.definition, " ".join(entry.above), str(entry.used), release]
        for kind, entries in (("class", terms["classes"]), ("property", terms["properties"]))
        for entry in entries
    ]
    return write(("kind", "iri", "label", "definition", "above", "used", "release"), rows)


def write(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """CSV with a header row, in UTF-8."""
    out = io.StringIO()
    csv.writer(out).writerows([columns, *rows])
    return out.getvalue().encode()
