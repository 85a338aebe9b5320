"""Alignments name only terms that exist, declare what they name, and never speak about the anchor alone."""

from __future__ import annotations

import pytest
from rdflib import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, VANN, VOID, XSD, Namespace, URIRef

from baligraph import data

BP = "https://w3id.org/baligraph/ontology#"
ELI = Namespace("http://data.europa.eu/eli/ontology#")
ELI_DL = Namespace("http://data.europa.eu/eli/eli-draft-legislation-ontology#")
GEO = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
OA = Namespace("http://www.w3.org/ns/oa#")
NAMES = sorted(path.stem for path in data.ontology("alignments").glob("*.ttl"))
# rdflib knows the terms of these vocabularies and refuses others
CLOSED = (DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, VANN, VOID, XSD)
# rdflib has no list of these: ELI 1.5, ELI-DL 3, the Web Annotation Vocabulary (W3C Recommendation of 2017), WGS84
KNOWN = {
    *(ELI[n] for n in "Work WorkSubdivision Expression Manifestation is_realized_by is_embodied_by is_part_of number".split()),
    ELI_DL.recorded_in_a_realization_of,
    GEO.lat,
    GEO.long,
    *(OA[n] for n in "SpecificResource hasSource exact start end".split()),
}
RELATIONS = {RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty, RDFS.seeAlso}


def exists(term: URIRef) -> bool:
    return term in KNOWN or any(term in namespace for namespace in CLOSED)


def test_there_is_a_file_for_each_anchor() -> None:
    assert NAMES == ["dcat", "dcterms", "eli", "foaf", "oa", "org", "prov", "schema", "skos"]


@pytest.mark.parametrize(
    "wrong", ["http://www.w3.org/ns/org#Organisation", "http://xmlns.com/foaf/0.1/Agents", "http://www.w3.org/ns/oa#nothing"]
)
def test_a_misspelt_term_is_seen(wrong: str) -> None:
    assert not exists(URIRef(wrong))


@pytest.mark.parametrize("name", [*NAMES, "the ontology", "the concepts"])
def test_only_existing_terms_are_named(vocabulary, name: str) -> None:
    graph = {"the ontology": vocabulary.core, "the concepts": vocabulary.concepts}.get(name) or vocabulary.alignments[name]
    own = ("https://w3id.org/baligraph/", "https://creativecommons.org/")
    foreign = {t for triple in graph for t in triple if isinstance(t, URIRef) and not str(t).startswith(own)}
    assert {t for t in foreign if not exists(t)} == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_foreign_term_is_declared_once_over_all_files(vocabulary, name: str) -> None:
    """A property that is an object property in one file and an annotation in another puts the merge outside OWL 2 DL."""
    merged = vocabulary.everything
    for s, p, o in vocabulary.alignments[name]:
        if p not in RELATIONS:
            continue
        for term in (s, o):
            kinds = set(merged.objects(term, RDF.type))
            assert len(kinds) == 1, f"{name}.ttl: {term} is declared as {sorted(kinds) or 'nothing'}"


@pytest.mark.parametrize("name", NAMES)
def test_like_is_aligned_with_like(vocabulary, name: str) -> None:
    merged = vocabulary.everything
    for s, p, o in vocabulary.alignments[name]:
        if p in RELATIONS:
            assert merged.value(s, RDF.type) == merged.value(o, RDF.type), f"{name}.ttl: {s} and {o} are not of one kind"
            assert p == RDFS.seeAlso or (merged.value(s, RDF.type) == OWL.Class) == (p in {RDFS.subClassOf, OWL.equivalentClass}), (s, p, o)


def test_anchors_of_the_model(vocabulary) -> None:
    wanted = {
        ("Agent", RDFS.subClassOf, PROV.Agent),
        ("Agent", RDFS.subClassOf, DCTERMS.Agent),
        ("Organisation", RDFS.subClassOf, ORG.FormalOrganization),
        ("ConsultativeProcess", RDFS.subClassOf, ORG.OrganizationalCollaboration),
        ("Membership", RDFS.subClassOf, ORG.Membership),
        ("Succession", RDFS.subClassOf, ORG.ChangeEvent),
        ("Meeting", RDFS.subClassOf, SDO.Event),
        ("Meeting", RDFS.subClassOf, PROV.Activity),
        ("MeetingSeries", RDFS.subClassOf, SDO.EventSeries),
        ("Document", RDFS.subClassOf, ELI.Work),
        ("TextVersion", RDFS.subClassOf, ELI.Expression),
        ("File", RDFS.subClassOf, ELI.Manifestation),
        ("inSeries", RDFS.subPropertyOf, SDO.superEvent),
        ("theme", RDFS.subPropertyOf, DCTERMS.subject),
        ("recordedIn", RDFS.subPropertyOf, ELI_DL.recorded_in_a_realization_of),
        ("realizedBy", RDFS.subPropertyOf, ELI.is_realized_by),
    }
    merged = vocabulary.everything
    assert {w for w in wanted if (URIRef(BP + w[0]), *w[1:]) not in merged} == set()


def test_links_between_provisions_are_relations(vocabulary) -> None:
    merged = vocabulary.everything
    for name in "reiterates recalls implements followsUp supersedes modifies antecedent".split():
        assert DCTERMS.relation in merged.transitive_objects(URIRef(BP + name), RDFS.subPropertyOf), name
