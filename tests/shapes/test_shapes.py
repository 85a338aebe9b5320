"""Each constraint of `shapes/` finds what it is for and nothing else, in two SHACL engines."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox
import pyrudof
import pytest
import rdflib
from rdflib.namespace import RDF, SH
from shape_cases import CASES, Case, Triple, change, read_cases

from baligraph import data
from baligraph.shapes import BPS, Shapes, ShapesError, constraints, load_shapes, single_valued, validate

FILES = sorted(path.stem for path in data.shapes().glob("*.ttl"))
READ = {name: read_cases(CASES / f"{name}.cases") for name in FILES}

# Where the two engines differ. The key is a component, the value says who is right and why.
APART = {
    # SHACL 4.4.3: a pair of values that can't be compared is a violation; pySHACL passes over some of them
    ("LessThanOrEquals", "pySHACL"),
    ("LessThan", "pySHACL"),
    # SHACL 5.2.1: sh:sourceConstraint names the SPARQL constraint; rudof reports the node shape alone
    ("SPARQL", "rudof"),
}


@cache
def shapes() -> Shapes:
    return load_shapes()


@cache
def family(name: str) -> rdflib.Graph:
    """The shapes of one file, with the prefixes of SPARQL constraints."""
    return rdflib.Graph().parse(data.shapes(f"{name}.ttl")).parse(data.ontology("prefixes.ttl"))


@cache
def base(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(CASES / ("document.ttl" if name == "document" else "base.ttl"))


def after(case: Case, name: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for triple in change(triples(base(name)), case, base(name)):
        graph.add(triple)
    assert set(graph) != set(base(name)), "the change changes nothing"
    return graph


def triples(graph: rdflib.Graph) -> list[Triple]:
    return list(graph.triples((None, None, None)))


def pyshacl_finds(name: str, graph: rdflib.Graph) -> set[str]:
    found = validate(spread(name), graph)
    return {f"{finding.constraint.removeprefix(BPS)} {finding.component}" for finding in found}


@cache
def spread(name: str) -> rdflib.Graph:
    """The shapes of one file in the form in which the gate evaluates them."""
    whole = shapes().spread_documents if name == "document" else shapes().spread_accepted
    mine = rdflib.Graph()
    nodes: list[rdflib.term.Node] = [rdflib.URIRef(iri) for iri, where in shapes().lines.items() if where.startswith(f"shapes/{name}.ttl:")]
    while nodes:
        node = nodes.pop()
        for triple in whole.triples((node, None, None)):
            mine.add(triple)
            nodes += [triple[2]] if isinstance(triple[2], rdflib.BNode) else []
    return mine + family_prefixes()


@cache
def family_prefixes() -> rdflib.Graph:
    return rdflib.Graph().parse(data.ontology("prefixes.ttl"))


@cache
def rudof(name: str) -> pyrudof.Rudof:
    engine = pyrudof.Rudof(pyrudof.RudofConfig())
    engine.read_shacl(family(name).serialize(format="turtle"), pyrudof.ShaclFormat.Turtle)
    engine.read_data(base(name).serialize(format="nt"), pyrudof.RDFFormat.NTriples)
    return engine


def rudof_finds(name: str, graph: rdflib.Graph) -> set[str]:
    """What rudof finds after the difference to the base is staged: to read a graph takes it thirty times as long as to judge it."""
    engine = rudof(name)
    engine.begin_staging()
    try:
        engine.remove_triples([_n3(triple) for triple in set(base(name)) - set(graph)])
        engine.add_triples([_n3(triple) for triple in set(graph) - set(base(name))])
        found = [(entry.source_shape or "", entry.constraint_component) for entry in engine.validate_shacl()]
    finally:
        engine.rollback_staging()
    return {f"{shape.rpartition('#')[2]} {component.rpartition('#')[2].removesuffix('ConstraintComponent')}" for shape, component in found}


def _n3(triple: Triple) -> tuple[str, str, str]:
    subject, predicate, value = (_lexical(term) for term in triple)
    return subject, predicate, value


def _lexical(term: rdflib.term.Node) -> str:
    """The term as N-Triples, without Turtle's short forms of numbers."""
    if isinstance(term, rdflib.Literal):
        return str(ox.Literal(str(term), language=term.language, datatype=ox.NamedNode(term.datatype) if term.datatype else None))
    return f"<{term}>" if isinstance(term, rdflib.URIRef) else f"_:{term}"


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_wrong_before_the_change(name: str) -> None:
    assert pyshacl_finds(name, base(name)) == set()
    assert rudof_finds(name, base(name)) == set()


@pytest.mark.parametrize("case", [case for cases in READ.values() for case in cases], ids=str)
def test_the_change_breaks_what_the_case_names(case: Case) -> None:
    assert pyshacl_finds(case.file.removesuffix(".cases"), after(case, case.file.removesuffix(".cases"))) == case.expected


@pytest.mark.parametrize("name", FILES)
def test_rudof_finds_the_same(name: str) -> None:
    for case in READ[name]:
        found = rudof_finds(name, after(case, name))
        only_rudof = {entry for entry in found - case.expected if (entry.split()[1], "pySHACL") not in APART}
        only_pyshacl = {entry for entry in case.expected - found if (entry.split()[1], "rudof") not in APART}
        only_rudof = {entry for entry in only_rudof if (entry.split()[1], "rudof") not in APART}
        assert not only_rudof, f"{case}: only rudof finds {only_rudof}"
        assert not only_pyshacl, f"{case}: only pySHACL finds {only_pyshacl}"


def test_the_engines_still_differ_as_listed() -> None:
    seen = set()
    for name in FILES:
        for case in READ[name]:
            if any(component in entry for entry in case.expected for component in ("Datatype", "SPARQL")):
                found = rudof_finds(name, after(case, name))
                seen |= {(entry.split()[1], "pySHACL") for entry in found - case.expected if "LessThan" in entry}
                seen |= {(entry.split()[1], "rudof") for entry in case.expected - found}
    assert seen == APART, "an engine has changed: take the entry out of APART"


def test_every_constraint_is_broken_by_a_case() -> None:
    named = {BPS + entry.split()[0] for cases in READ.values() for case in cases for entry in case.expected}
    missing = constraints(shapes()) - named
    assert not missing, f"add a line to tests/shapes/cases for {sorted(missing)}"
    assert not named - constraints(shapes()), "a case names a constraint that no shape has"


def test_every_component_is_broken_by_a_case() -> None:
    """Not only each property shape, but each thing that it asks for."""
    asks = {
        SH.minCount: "MinCount", SH.maxCount: "MaxCount", SH.datatype: "Datatype", SH["class"]: "Class", SH.pattern: "Pattern",
        SH.nodeKind: "NodeKind", SH["in"]: "In", SH["or"]: "Or", SH.minInclusive: "MinInclusive", SH.minLength: "MinLength",
        SH.maxLength: "MaxLength", SH.lessThan: "LessThan", SH.lessThanOrEquals: "LessThanOrEquals", SH.uniqueLang: "UniqueLang",
        SH.languageIn: "LanguageIn",
    }  # fmt: skip
    asked = {
        f"{constraint.removeprefix(BPS)} {component}"
        for graph in (shapes().accepted, shapes().documents)
        for constraint in constraints(shapes())
        for predicate, component in asks.items()
        if (rdflib.URIRef(constraint), predicate, None) in graph
    }
    missing = asked - {entry for cases in READ.values() for case in cases for entry in case.expected}
    assert not missing, f"add a line to tests/shapes/cases for {sorted(missing)}"


def test_every_shape_has_a_node_before_the_change() -> None:
    """A shape without a focus node in the base is never shown to accept anything; what must not be there at all is left out."""
    for name in FILES:
        here = base(name)
        for shape, target in family(name).subject_objects(SH.targetClass):
            assert (None, RDF.type, target) in here, f"{shape}: base.ttl has no {target}"
        for shape in set(family(name).subjects(SH.targetSubjectsOf)):
            forbidden = all(
                family(name).value(constraint, SH.maxCount) == rdflib.Literal(0) for constraint in family(name).objects(shape, SH.property)
            )
            used = any((None, target, None) in here for target in family(name).objects(shape, SH.targetSubjectsOf))
            constrained = any(family(name).objects(shape, SH.property))
            assert used or (forbidden and constrained), f"{shape}: the base has none of its targets"


def test_every_class_of_the_ontology_has_a_shape() -> None:
    ontology = rdflib.Graph().parse(data.ontology("baligraph.ttl"))
    targeted = set(shapes().accepted.objects(None, SH.targetClass))
    for cls in ontology.subjects(RDF.type, rdflib.OWL.Class):
        if "baligraph" in str(cls):
            above = set(ontology.transitive_objects(cls, rdflib.RDFS.subClassOf))
            below = set(ontology.transitive_subjects(rdflib.RDFS.subClassOf, cls))
            assert targeted & above or targeted & below, f"{cls} has no shape in shapes/"


def test_every_constraint_says_what_is_wrong_and_where_it_stands() -> None:
    for iri in constraints(shapes()):
        graph = shapes().documents if (rdflib.URIRef(iri), None, None) in shapes().documents else shapes().accepted
        message = graph.value(rdflib.URIRef(iri), SH.message)
        assert message is not None and str(message).endswith("."), f"{iri} has no sh:message, a sentence"
        file, _, line = shapes().where(iri).partition(":")
        assert data.shapes(file.removeprefix("shapes/")).read_text().splitlines()[int(line) - 1].startswith(f"bps:{iri.removeprefix(BPS)} ")


def test_single_valued_properties() -> None:
    single = {iri.rpartition("#")[2] for iri in single_valued(shapes())}
    assert {"earliestStart", "inPlace", "role", "quote", "ordinal", "label"} <= single
    # a joint meeting has two processes, a name several spellings, a claim's property may be decided for several triples
    assert not {"ofProcess", "altLabel", "theme", "evidence", "claimSubject", "sourceRow"} & single


def test_a_broken_file_is_named_with_its_line(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("shapes")
    (folder / "one.ttl").write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\n\nsh:x a ;\n")
    with pytest.raises(ShapesError, match=r"one\.ttl, line 3: not Turtle"):
        load_shapes(folder)


def test_a_constraint_without_a_name_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("shapes")
    (folder / "one.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix bps: <https://w3id.org/baligraph/shapes#> .\n"
        "bps:One a sh:NodeShape ; sh:property [ sh:path bps:x ; sh:minCount 1 ] .\n"
    )
    with pytest.raises(ShapesError, match=r"a constraint of .*One is not written as a subject of its own"):
        load_shapes(folder)


def test_an_empty_folder_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(ShapesError, match="no shapes here"):
        load_shapes(tmp_path_factory.mktemp("shapes"))
