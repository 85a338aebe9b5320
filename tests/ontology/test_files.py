"""The files of ontology/: read alike by two engines, and every term labelled, defined and in its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, RdfFormat, parse
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.compare import to_canonical_graph

from baligraph import data

BP = Namespace("https://w3id.org/baligraph/ontology#")
C = Namespace("https://w3id.org/baligraph/concept/")
FILES = sorted(data.ontology().rglob("*.ttl"))
CONCEPT_FILES = [path for path in FILES if path.parent.name == "concepts"]
ROLES_WITHOUT_SHORTCUT = {C["role_apology"]}


def names(path: Path) -> str:
    return str(path.relative_to(data.ontology()))


def lines(quads: object) -> set[str]:
    return {f"{q.subject} {q.predicate} {q.object}" for q in quads}


@pytest.mark.parametrize("path", FILES, ids=names)
def test_two_engines_read_the_same_triples(path: Path) -> None:
    ours = Dataset(parse(path=path, format=RdfFormat.TURTLE))
    theirs = Dataset(parse(Graph().parse(path).serialize(format="nt"), format=RdfFormat.N_TRIPLES))
    for dataset in (ours, theirs):
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert lines(ours), f"{path} holds no triple"
    assert lines(ours) == lines(theirs)


def test_the_only_blank_nodes_are_those_of_owl_syntax(vocabulary) -> None:
    allowed = {RDF.first, RDF.rest, RDF.type, OWL.members}
    stray = {p for s, p, _ in vocabulary.everything if not isinstance(s, URIRef | Literal) and p not in allowed}
    assert not stray
    assert not any(isinstance(q.subject, BlankNode) for path in CONCEPT_FILES for q in parse(path=path, format=RdfFormat.TURTLE))


def test_every_term_is_labelled_defined_and_declared_once(vocabulary) -> None:
    core, faults = vocabulary.core, []
    for name, term in sorted(vocabulary.terms().items()):
        for prop in (RDFS.label, SKOS.definition):
            tags = [v.language for v in core.objects(term, prop) if isinstance(v, Literal)]
            if tags != ["en"]:
                faults.append(f"bp:{name} needs exactly one {prop.n3(core.namespace_manager)} in English, has {tags}")
        if (term, RDFS.isDefinedBy, URIRef("https://w3id.org/baligraph/ontology")) not in core:
            faults.append(f"bp:{name} lacks rdfs:isDefinedBy")
        if len(set(core.objects(term, RDF.type))) != 1:
            faults.append(f"bp:{name} needs exactly one rdf:type")
    assert not faults, "\n".join(faults)


def test_names_follow_the_house_style(vocabulary) -> None:
    classes, properties = vocabulary.terms(OWL.Class), vocabulary.terms().keys() - vocabulary.terms(OWL.Class).keys()
    assert [n for n in classes if not re.fullmatch(r"([A-Z][a-z]+)+", n)] == []
    assert [n for n in properties if not re.fullmatch(r"[a-z]+([A-Z][a-z]+|\d+)*", n)] == []


def test_labels_are_unambiguous_among_classes_and_among_properties(vocabulary) -> None:
    for terms in (vocabulary.terms(OWL.Class), vocabulary.terms(OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)):
        seen: dict[str, str] = {}
        for name, term in sorted(terms.items()):
            label = str(vocabulary.core.value(term, RDFS.label)).lower()
            assert seen.setdefault(label, name) == name, f"bp:{name} and bp:{seen[label]} are both labelled {label!r}"


def test_axioms_speak_only_of_declared_terms(vocabulary) -> None:
    declared = set(vocabulary.terms().values())
    used = {t for triple in vocabulary.everything for t in triple if isinstance(t, URIRef) and str(t).startswith(BP)}
    assert used - declared == set()


def test_no_property_is_functional_because_documents_may_disagree(vocabulary) -> None:
    assert list(vocabulary.everything.subjects(RDF.type, OWL.FunctionalProperty)) == []


def test_there_are_no_imports(vocabulary) -> None:
    assert list(vocabulary.everything.triples((None, OWL.imports, None))) == []


def test_shared_properties_infer_no_type(vocabulary) -> None:
    """bp:theme stands on meetings, provisions and bodies: a domain would make each of them all of these."""
    includes = URIRef("https://schema.org/domainIncludes")
    for term in vocabulary.terms().values():
        if len(set(vocabulary.core.objects(term, includes))) > 1:
            assert vocabulary.core.value(term, RDFS.domain) is None, term


def test_hierarchy_of_participation(vocabulary) -> None:
    below = set(vocabulary.core.transitive_subjects(RDFS.subPropertyOf, BP.hasParticipant)) - {BP.hasParticipant}
    assert below == {BP[n] for n in "hostedBy coHostedBy chairedBy coChairedBy attendedBy observedBy addressedBy supportedBy".split()}
    assert (BP.coHostedBy, RDFS.subPropertyOf, BP.hostedBy) in vocabulary.core
    assert (BP.coChairedBy, RDFS.subPropertyOf, BP.chairedBy) in vocabulary.core


@pytest.mark.parametrize("path", CONCEPT_FILES, ids=lambda path: path.stem)
def test_scheme(path: Path) -> None:
    graph, scheme = Graph().parse(path), C[path.stem]
    assert (scheme, RDF.type, SKOS.ConceptScheme) in graph, f"{path.name} must hold the scheme c:{path.stem}"
    assert len(list(graph.objects(scheme, SKOS.definition))) == 1
    members = set(graph.subjects(RDF.type, SKOS.Concept))
    assert set(graph.subjects(RDF.type)) == members | {scheme}
    assert members, f"{path.name} holds no concept"
    for concept in members:
        curie = f"c:{str(concept).removeprefix(C)}"
        assert re.fullmatch(rf"{re.escape(C + path.stem)}_[a-z0-9]+([-_][a-z0-9]+)*", concept), f"{curie} is not c:{path.stem}_slug"
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme], curie
        for prop in (SKOS.prefLabel, SKOS.definition):
            assert [v.language for v in graph.objects(concept, prop)] == ["en"], f"{curie} {prop}"
        broader, top = set(graph.objects(concept, SKOS.broader)), set(graph.objects(concept, SKOS.topConceptOf))
        assert (top == {scheme}) != bool(broader), f"{curie} is a top concept or has a broader one, never both"
        assert broader <= members, f"{curie} has a broader concept that is not in the scheme"
        above = {ancestor for parent in broader for ancestor in graph.transitive_objects(parent, SKOS.broader)}
        assert concept not in above, f"{curie} is above itself"
        labels = [str(v) for p in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel) for v in graph.objects(concept, p)]
        assert len(labels) == len(set(labels)), f"{curie} repeats a label (SKOS S13)"


@pytest.mark.parametrize("path", CONCEPT_FILES, ids=lambda path: path.stem)
def test_labels_and_notations_of_a_scheme_lead_to_one_concept(path: Path) -> None:
    """A lexicon is read from these labels: a form that stands on two concepts would be read at random."""
    graph = Graph().parse(path)
    seen: dict[str, URIRef] = {}
    for prop in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.notation):
        for concept, label in sorted(graph.subject_objects(prop)):
            key = f"{prop == SKOS.notation} {label.lower()}"
            assert seen.setdefault(key, concept) == concept, f"{label!r} stands on {concept} and {seen[key]}"


def test_every_role_says_which_property_it_becomes(vocabulary) -> None:
    roles = set(vocabulary.concepts.subjects(SKOS.inScheme, C.role))
    shortcuts = {role: set(vocabulary.concepts.objects(role, BP.shortcut)) for role in roles}
    assert {role for role, to in shortcuts.items() if not to} == ROLES_WITHOUT_SHORTCUT
    allowed = set(vocabulary.core.transitive_subjects(RDFS.subPropertyOf, BP.hasParticipant))
    assert all(len(to) == 1 and to <= allowed for role, to in shortcuts.items() if role not in ROLES_WITHOUT_SHORTCUT)


def test_every_wording_has_its_place_on_the_scale(vocabulary) -> None:
    scale = {concept: int(n) for concept, n in vocabulary.concepts.subject_objects(SKOS.notation) if str(concept).startswith(C.strength)}
    assert sorted(scale.values()) == [0, 1, 2, 3, 4]
    for wording in vocabulary.concepts.subjects(SKOS.inScheme, C.wording):
        assert [s in scale for s in vocabulary.concepts.objects(wording, BP.wordingStrength)] == [True], wording

    def strength(slug: str) -> int:
        return scale[vocabulary.concepts.value(C[f"wording_{slug}"], BP.wordingStrength)]

    assert strength("will") == strength("agree") == 4
    assert strength("need") > strength("should") > strength("encourage") > strength("note")


def test_the_scale_says_that_it_is_ours(vocabulary) -> None:
    for concept in (C.strength, BP.strength, BP.wordingStrength, *vocabulary.concepts.subjects(SKOS.inScheme, C.strength)):
        assert re.search("reading|own scale", str(vocabulary.everything.value(concept, SKOS.definition))), concept


def test_areas_of_the_strategy_are_numbered_and_lead_to_themes(vocabulary) -> None:
    graph = vocabulary.concepts
    areas = {
        a: (str(graph.value(a, SKOS.notation)), int(graph.value(a, BP.areaNumber)))
        for a in graph.subjects(SKOS.inScheme, C["strategy-area"])
    }
    assert sorted(areas.values()) == [(f"2018-{n}", n) for n in range(1, 9)]
    themes = [graph.value(a, SKOS.closeMatch) for a in areas]
    assert len(set(themes)) == 8
    assert all((theme, SKOS.inScheme, C.theme) in graph for theme in themes)
    for area in areas:
        theme, heading = graph.value(area, SKOS.closeMatch), str(graph.value(area, SKOS.prefLabel)).lower()
        labels = {str(v).lower() for p in (SKOS.prefLabel, SKOS.altLabel) for v in graph.objects(theme, p)}
        assert heading in labels, f"a heading {heading!r} can't be read as {theme}: make it a skos:altLabel"


def test_canonical_form_is_stable() -> None:
    """The release stores the ontology with canonical blank node labels: the same file gives the same labels."""
    path = data.ontology("baligraph.ttl")
    once, again = (set(to_canonical_graph(Graph().parse(path))) for _ in range(2))
    assert once == again
