"""What a page is about, in the words of schema.org, for search engines: by the alignment that the ontology publishes.

Dates are given only where they are exact to the day; what a document leaves open is left out.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from api.catalog import DATASET, DESCRIPTION, TITLE
from api.document import LICENCE
from api.negotiate import DATASETS
from api.service import Service
from api.thing import Thing, Value
from api.vocabulary import Vocabulary
from baligraph import data
from baligraph.prefixes import expand

_SCHEMA: Final = "https://schema.org/"
_EXACT: Final = ("precision_day", "precision_range")
_WORDS: Final = {"skos:altLabel": "alternateName", "skos:exactMatch": "sameAs", "dcterms:language": "inLanguage"}
_DATES: Final = {"bp:earliestStart": "startDate", "bp:latestEnd": "endDate"}


@cache
def _alignment() -> dict[str, str]:
    """Term of ours → name in schema.org, as `ontology/alignments/schema.ttl` says."""
    wanted = {expand("rdfs:subClassOf"), expand("rdfs:subPropertyOf")}
    return {
        quad.subject.value: quad.object.value.removeprefix(_SCHEMA)
        for quad in pyoxigraph.parse(path=data.ontology("alignments", "schema.ttl"), format=RdfFormat.TURTLE)
        if quad.predicate.value in wanted
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
        and quad.object.value.startswith(_SCHEMA)
    }


def of_thing(service: Service, terms: Vocabulary, thing: Thing, address: str) -> dict[str, Any]:
    """The thing of a page that stands at `address`."""
    facts = {fact.property: [value for value in fact.values if value.accepted] for fact in thing.facts}
    types = {value.term.value for value in facts.get(expand("rdf:type"), [])}
    kind = next((name for ours, name in sorted(_alignment().items()) if terms.is_a(types, ours)), "Thing")
    found: dict[str, Any] = {"@context": _SCHEMA, "@id": thing.iri, "@type": kind, "name": thing.label, "mainEntityOfPage": address}
    precise = any(value.term.value.endswith(_EXACT) for value in facts.get(expand("bp:datePrecision"), []))
    names = {expand(name): word for name, word in _WORDS.items()} | {ours: name for ours, name in _alignment().items() if ours not in types}
    names |= {expand(name): word for name, word in _DATES.items()} if precise else {}
    for ours, name in names.items():
        values = [_value(value) for value in facts.get(ours, [])]
        if values:
            found[name] = [*found.get(name, []), *(value for value in values if value not in found.get(name, []))]
    found = {name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in found.items()}
    return found | {"subjectOf": {"@id": f"{service.settings.base_iri}{DATASET}", "@type": "Dataset", "name": TITLE}}


def _value(value: Value) -> Any:
    if not value.term.is_iri:
        return value.term.value
    named = value.label and not value.label.startswith("http") and value.label != value.term.value
    return {"@id": value.term.value, "name": value.label} if named and ":" not in value.label[:8] else value.term.value


def of_dataset(service: Service) -> dict[str, Any]:
    """The data set, for its page and the home page."""
    base = service.settings.base_iri
    found: dict[str, Any] = {
        "@context": _SCHEMA,
        "@id": f"{base}{DATASET}",
        "@type": "Dataset",
        "name": TITLE,
        "description": DESCRIPTION,
        "url": f"{base}data",
        "version": service.release.id,
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": TITLE, "url": base},
        "includedInDataCatalog": {"@type": "DataCatalog", "name": TITLE, "url": f"{base}data"},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": offer.media_type, "contentUrl": f"{base}graphs?format={offer.name}"}
            for offer in DATASETS
        ],
    }
    if service.release.date:
        found |= {"license": LICENCE, "dateModified": service.release.date}
    return found
