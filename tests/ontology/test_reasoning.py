"""The vocabulary is in OWL 2 DL and consistent: OWLAPI and HermiT where Java is there, OWL RL always."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef

BP = Namespace("https://w3id.org/baligraph/ontology#")
EX = Namespace("https://example.org/")
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
MUST_RUN = os.environ.get("CI", "").lower() == "true" or bool(os.environ.get("BALIGRAPH_CI"))


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def judge(path: Path) -> dict[str, list[str]]:
    """What OWLAPI and HermiT say of a file: key → values."""
    found = importlib.util.find_spec("owlready2")
    java = shutil.which("java")
    # a program is run from its source, which a JRE without the compiler's module can't do
    if java is None or found is None or found.origin is None or "jdk.compiler@" not in run(java, "--list-modules").stdout:
        message = "OWL 2 DL was NOT checked: this needs a JDK (11 or later) and owlready2"
        pytest.fail(message) if MUST_RUN else pytest.skip(message)
    jar = Path(found.origin).parent / "hermit" / "HermiT.jar"
    program = Path(__file__).with_name("OwlCheck.java")
    done = run(java, "-cp", str(jar), str(program), str(path))
    assert done.returncode == 0, done.stderr
    said: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        key, _, value = line.partition(": ")
        said.setdefault(key, []).append(value)
    return said


def test_vocabulary_is_in_owl_dl_and_consistent(vocabulary, strict_file) -> None:
    said = judge(strict_file(vocabulary.everything))
    assert "violation" not in said, "\n".join(said["violation"])
    assert int(said["classes"][0]) >= len(vocabulary.terms(OWL.Class)), "OWLAPI did not read the whole file"
    assert said["consistent"] == ["true"]
    assert "unsatisfiable" not in said, said.get("unsatisfiable")


def test_ontology_alone_is_in_owl_dl(vocabulary, strict_file) -> None:
    assert "violation" not in judge(strict_file(vocabulary.core))


def test_the_judge_sees_a_violation_and_an_unsatisfiable_class(vocabulary, strict_file) -> None:
    spoilt = vocabulary.everything
    spoilt.add((BP.quote, RDF.type, OWL.ObjectProperty))
    spoilt.add((EX.Both, RDF.type, OWL.Class))
    spoilt.add((EX.Both, RDFS.subClassOf, BP.Meeting))
    spoilt.add((EX.Both, RDFS.subClassOf, BP.Document))
    said = judge(strict_file(spoilt))
    assert any("quote" in v for v in said["violation"])
    assert said["unsatisfiable"] == [str(EX.Both)]


def sample(*extra: tuple[URIRef, URIRef, URIRef | Literal]) -> list[tuple[URIRef, URIRef, URIRef | Literal]]:
    """A small graph that touches every disjoint class once."""
    return [
        (EX.meeting, RDF.type, BP.Workshop),
        (EX.meeting, BP.inCountry, EX.area),
        (EX.meeting, BP.inPlace, EX.place),
        (EX.place, BP.inCountry, EX.area),
        (EX.area, RDF.type, BP.State),
        (EX.part, BP.inMeeting, EX.meeting),
        (EX.part, BP.participant, EX.area),
        (EX.part, BP.evidence, EX.evidence),
        (EX.provision, RDF.type, BP.Commitment),
        (EX.provision, BP.inDocument, EX.document),
        (EX.provision, BP.evidence, EX.evidence),
        (EX.evidence, BP.fromDocument, EX.document),
        (EX.meeting, BP.coHostedBy, EX.area),
        *extra,
    ]


def closure(vocabulary, triples) -> Graph:
    graph = vocabulary.everything
    for triple in triples:
        graph.add(triple)
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    return graph


def errors(graph: Graph) -> list[str]:
    return [str(o) for s in graph.subjects(RDF.type, ERROR) for o in graph.objects(s) if isinstance(o, Literal)]


def test_rl_closure_is_consistent_and_infers_what_is_meant(vocabulary) -> None:
    graph = closure(vocabulary, sample())
    assert errors(graph) == []
    assert (EX.meeting, BP.hasParticipant, EX.area) in graph
    assert (EX.meeting, RDF.type, BP.Meeting) in graph
    assert (EX.part, RDF.type, BP.Participation) in graph
    assert (EX.area, RDF.type, BP.Place) not in graph, "a state is not a place: one IRI for actor and country"


def test_rl_closure_shows_a_clash(vocabulary) -> None:
    graph = closure(vocabulary, sample((EX.meeting, RDF.type, BP.Document)))
    assert errors(graph), "a meeting that is a document must be seen"
