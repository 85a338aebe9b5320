"""Filters, fields and orders that the tables of several collections have in common."""

from __future__ import annotations

from typing import Final

from api.rest.table import Field, Filter, Sort, classes, concepts
from baligraph.parameters import Parameter

BY_NAME: Final = Sort("label", "?x rdfs:label ?k", "text")

SAME: Final = (Field("exactMatch", "iri", many=True), Field("closeMatch", "iri", many=True))
"""What others call it."""

LISTED: Final = (Field("altLabel", "words", many=True), Field("sourceRow", "string", many=True, shown=False))
"""What the row of a reference table gives to everything."""

TAKING_PART: Final = ("named", "FILTER EXISTS { ?x ^bp:hasParticipant ?some }")
"""Counts those that a document names as taking part."""

MENTIONED: Final = ("named", "FILTER EXISTS { ?x ^bp:mentions ?some }")
"""Counts those that a document names at all."""


def by(name: str, kind: str, path: str, meaning: str) -> Filter:
    """A filter by the values of a path; where the ontology lists the values, no others are taken."""
    scheme = kind.removeprefix("concept ") if kind.startswith("concept ") else ""
    return Filter(Parameter(name, kind, meaning, many=True, values=concepts(scheme) if scheme else ()), f"?x {path} ?value .")


def kinds(below: str, meaning: str, path: str = "rdf:type") -> Filter:
    """A filter by class."""
    return Filter(Parameter("kind", "class", meaning, many=True, values=classes(below)), f"?x {path} ?value .")


def words(paths: str) -> Filter:
    """A filter by words that stand anywhere in some texts, whatever their case."""
    meaning = "Words that stand in its names or its text, as one piece, whatever their case."
    return Filter(Parameter("q", "string", meaning, many=True), f"?x {paths} ?words . FILTER (CONTAINS(LCASE(STR(?words)), LCASE(?value)))")


def dated(start: str, end: str, what: str) -> tuple[Filter, Filter]:
    """Filters by a span of days; what is known to the month counts with all its days."""
    return (
        Filter(Parameter("from", "date", f"{what} on this day or after it."), f"?x {end} ?end . FILTER (?end >= ?value)"),
        Filter(Parameter("to", "date", f"{what} on this day or before it."), f"?x {start} ?start . FILTER (?start <= ?value)"),
    )


NAMED: Final = words("rdfs:label|skos:altLabel")
"""By words of its names."""
