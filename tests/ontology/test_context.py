"""The JSON-LD context: hand-kept, whole, and in step with the ontology."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import RdfFormat, Triple, parse
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, URIRef

from baligraph import data
from baligraph.prefixes import expand, prefixes, turtle_header

BP = "https://w3id.org/baligraph/ontology#"
IRI_VALUED = {"claimPredicate", "shortcut"}  # annotation properties whose value is an IRI


@pytest.fixture(scope="module")
def context() -> dict:
    text = data.ontology("context.jsonld").read_text(encoding="utf-8")

    def once(pairs: list[tuple[str, object]]) -> dict:
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), f"context.jsonld says twice: {[k for k in keys if keys.count(k) > 1]}"
        return dict(pairs)

    return json.loads(text, object_pairs_hook=once)["@context"]


def wanted(vocabulary, name: str, term: URIRef) -> object:
    """The line that a term of the ontology needs."""
    kind, ranges = vocabulary.core.value(term, RDF.type), set(vocabulary.core.objects(term, RDFS.range))
    if kind == OWL.ObjectProperty or name in IRI_VALUED:
        return {"@id": f"bp:{name}", "@type": "@id"}
    if XSD.date in ranges:
        return {"@id": f"bp:{name}", "@type": "xsd:date"}
    if RDF.langString in vocabulary.core.objects(term, URIRef("https://schema.org/rangeIncludes")):
        return {"@id": f"bp:{name}", "@language": "en"}
    return f"bp:{name}"


def test_every_term_of_the_ontology_has_its_line(vocabulary, context) -> None:
    faults = [
        f'    "{name}": {json.dumps(wanted(vocabulary, name, term))},'
        for name, term in sorted(vocabulary.terms().items())
        if context.get(name) != wanted(vocabulary, name, term)
    ]
    assert not faults, "ontology/context.jsonld needs these lines:\n" + "\n".join(faults)


def test_nothing_in_the_context_is_unknown(vocabulary, context) -> None:
    for key, value in context.items():
        iri = value["@id"] if isinstance(value, dict) else value
        if key == "@version":
            assert iri == 1.1
        elif key in prefixes() and key != "id":
            assert iri == prefixes()[key], f"prefix {key} differs from prefixes.ttl"
        elif iri.startswith("bp:"):
            assert iri == f"bp:{key}"
            assert key in vocabulary.terms(), f"{key} is no term of the ontology"
        elif not iri.startswith("@"):
            assert expand(iri), f"{key}: {iri}"


def test_foreign_properties_of_the_context_exist(context) -> None:
    closed = {"rdfs": RDFS, "skos": SKOS, "dcterms": DCTERMS, "prov": PROV}
    iris = [value["@id"] if isinstance(value, dict) else str(value) for key, value in context.items() if key not in prefixes()]
    checked = [iri for iri in iris if iri.partition(":")[0] in closed]
    assert {iri.partition(":")[0] for iri in checked} == set(closed)
    assert [iri for iri in checked if URIRef(expand(iri)) not in closed[iri.partition(":")[0]]] == []


def read(node: dict) -> set[str]:
    return {str(Triple(q.subject, q.predicate, q.object)) for q in parse(json.dumps(node), format=RdfFormat.JSON_LD)}


def test_a_node_is_read_as_meant(context) -> None:
    node = {
        "@context": context,
        "id": "https://w3id.org/baligraph/id/meeting_x",
        "type": ["Workshop", "Meeting"],
        "label": "Workshop on “Victim Protection”",
        "earliestStart": "2012-01-12",
        "datePrecision": "c:precision_range",
        "hostedBy": ["https://w3id.org/baligraph/id/area_mys"],
        "attendanceMin": 100,
        "provisional": True,
        "sourceRow": "corpus/reference/areas.csv#mys",
    }
    meant = """<https://w3id.org/baligraph/id/meeting_x> a bp:Workshop, bp:Meeting ;
        rdfs:label "Workshop on “Victim Protection”"@en ;
        bp:earliestStart "2012-01-12"^^xsd:date ;
        bp:datePrecision c:precision_range ;
        bp:hostedBy id:area_mys ;
        bp:attendanceMin 100 ;
        bp:provisional true ;
        bp:sourceRow "corpus/reference/areas.csv#mys" ."""
    assert read(node) == {str(Triple(q.subject, q.predicate, q.object)) for q in parse(turtle_header() + meant, format=RdfFormat.TURTLE)}


def test_a_misspelt_key_adds_nothing(context) -> None:
    """Without @vocab, a key that the context does not know is dropped and not made a term of ours."""
    assert "@vocab" not in context
    node = {"@context": context, "id": "https://w3id.org/baligraph/id/x"}
    assert read(node | {"hostedby": "nobody"}) == set()
    assert len(read(node | {"hostedBy": "https://w3id.org/baligraph/id/y"})) == 1
