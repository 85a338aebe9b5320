"""Every question runs in Oxigraph and in rdflib's own engine, with equal rows; and a fact that several graphs hold counts once."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import rows

from baligraph.prefixes import sparql_header, turtle_header
from baligraph.questions import Question, bind, load_questions

# rdflib's own readers and engine use what it has itself deprecated
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")

QUESTIONS = load_questions()
NAMED = {question.name: question for question in QUESTIONS}

# Two documents and a table say that a conference is of the process; the documents differ in its date, and the finer one is preferred.
MEETING = "id:meeting_2011-03-30_unknown_ministerial-conference"
COMMON = f"{MEETING} bp:ofProcess id:process_bali-process ."
OF_DOCUMENT = f"{MEETING} a bp:MinisterialConference ; bp:ordinal 4 ; rdfs:label 'Fourth Conference'@en ; bp:recordedIn"
FINE = f"""{MEETING} bp:edtf "2011-03-30" ; bp:earliestStart "2011-03-30"^^xsd:date ; bp:latestEnd "2011-03-30"^^xsd:date ;
    bp:datePrecision c:precision_day ; bp:placeBasis c:place-basis_absent ; bp:year 2011 ."""
COARSE = f"""{MEETING} bp:edtf "2011-03" ; bp:earliestStart "2011-03-01"^^xsd:date ; bp:latestEnd "2011-03-31"^^xsd:date ;
    bp:datePrecision c:precision_month ; bp:placeBasis c:place-basis_absent ."""
REFERENCE = """id:process_bali-process a bp:ConsultativeProcess ; rdfs:label "Bali Process"@en .
    c:precision_day skos:prefLabel "day"@en . c:precision_month skos:prefLabel "month"@en ."""


def claim(key: str, document: str, edtf: str, words: str) -> str:
    return f"""id:claim_{key} a bp:Claim ; bp:claimSubject {MEETING} ; bp:claimPredicate bp:edtf ; bp:claimValue "{edtf}" ;
        bp:inGraph <https://w3id.org/baligraph/graph/doc/{document}> ; bp:anchor "{words}" ; bp:evidence id:evidence_{key} .
        id:evidence_{key} bp:fromDocument id:doc_{document} ."""


CLAIMS = {"one": claim("1", "one", "2011-03-30", "30 March 2011"), "two": claim("2", "two", "2011-03", "March 2011")}
GRAPHS = {
    "reference": f"{REFERENCE} {COMMON}",
    "doc/one": f"{COMMON} {OF_DOCUMENT} id:doc_one . {FINE}",
    "doc/two": f"{COMMON} {OF_DOCUMENT} id:doc_two . {COARSE}",
    "evidence/one": CLAIMS["one"],
    "evidence/two": CLAIMS["two"],
}
ACCEPTED = f"{REFERENCE} {COMMON} {OF_DOCUMENT} id:doc_one, id:doc_two . {FINE} {CLAIMS['one']} {CLAIMS['two']}"
SMALL = f"{turtle_header()}\n{ACCEPTED}\n" + "\n".join(
    f"<https://w3id.org/baligraph/graph/{name}> {{ {turtle} }}" for name, turtle in GRAPHS.items()
)


@pytest.fixture(scope="module")
def small() -> tuple[ox.Store, rdflib.Dataset]:
    store, dataset = ox.Store(), rdflib.Dataset(default_union=False)
    store.load(SMALL, format=ox.RdfFormat.TRIG)
    dataset.parse(data=store.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
    return store, dataset


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMED)
def test_two_engines_give_the_same_rows(question: Question, oxigraph: ox.Store, dataset: rdflib.Dataset) -> None:
    assert rows.ask(oxigraph, question.text, question.witness) == rows.ask(dataset, question.text, question.witness)
    if question.coverage_query is not None:
        (ours,) = rows.ask(oxigraph, question.coverage_query)
        assert [ours] == rows.ask(dataset, question.coverage_query)
        assert all(ours.values()), f"the coverage of {question.name} lacks a number: {ours}"


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMED)
def test_two_engines_give_the_same_rows_where_graphs_disagree(question: Question, small: tuple[ox.Store, rdflib.Dataset]) -> None:
    store, dataset = small
    assert rows.ask(store, question.text, question.witness) == rows.ask(dataset, question.text, question.witness)


def test_the_small_graph_holds_one_triple_three_times_and_one_conflict(small: tuple[ox.Store, rdflib.Dataset]) -> None:
    store, _ = small
    homes = f"SELECT ?g {{ GRAPH ?g {{ {COMMON.rstrip(' .')} }} }}"
    dates = f"SELECT ?d {{ GRAPH ?g {{ {MEETING} bp:edtf ?d }} }}"
    assert [len(rows.ask(store, sparql_header() + query)) for query in (homes, dates)] == [3, 2]


@pytest.mark.parametrize("engine", [0, 1], ids=["oxigraph", "rdflib"])
def test_a_meeting_of_two_documents_that_disagree_counts_once(engine: int, small: tuple[ox.Store, rdflib.Dataset]) -> None:
    per_year = NAMED["meetings-per-year"]
    (row,) = rows.ask(small[engine], bind(per_year, {"from": "2011", "to": "2011"}), per_year.witness)
    assert (row["year"], row["meetings"]) == (number(2011), number(1))
    conferences = NAMED["ministerial-conferences"]
    (row,) = rows.ask(small[engine], conferences.text, conferences.witness)
    assert row["date"] == ("2011-03-30", rows.STRING), "the finer date is the accepted one"
    conflicts = NAMED["conflicting-values"]
    found = rows.ask(small[engine], conflicts.text, conflicts.witness)
    assert [(row["value"], row["words"]) for row in found] == [
        (("2011-03-30", rows.STRING), ("30 March 2011", rows.STRING)),
        (("2011-03", rows.STRING), ("March 2011", rows.STRING)),
    ]


def test_a_union_of_the_graphs_would_show(small: tuple[ox.Store, rdflib.Dataset]) -> None:
    """The fixture has teeth: over the union of the named graphs, the conference comes twice."""
    union: Any = small[0].query(NAMED["ministerial-conferences"].text, use_default_graph_as_union=True)
    assert len(list(union)) > 1


def number(value: int) -> tuple[str, str]:
    return str(value), "http://www.w3.org/2001/XMLSchema#integer"
