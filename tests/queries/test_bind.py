"""Values become typed terms at their placeholder, or are refused by the name of their parameter; no text of anybody enters a query."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baligraph.parameters import LONGEST, MOST, Parameter, ParameterError, declared
from baligraph.prefixes import expand
from baligraph.questions import bind, bind_coverage, load_questions

QUESTIONS = {question.name: question for question in load_questions()}
XSD = "http://www.w3.org/2001/XMLSchema#"

TERMS = [
    ("integer", "4", f'"4"^^<{XSD}integer>'),
    ("integer", "-007", f'"-7"^^<{XSD}integer>'),
    ("year", "2012", f'"2012"^^<{XSD}integer>'),
    ("date", "2012-01-12", f'"2012-01-12"^^<{XSD}date>'),
    ("string", 'say "no" \\', '"say \\"no\\" \\\\"'),
    ("area", "mys", "<https://w3id.org/baligraph/id/area_mys>"),
    ("doc", "strategy-for-cooperation-2018", "<https://w3id.org/baligraph/id/doc_strategy-for-cooperation-2018>"),
    ("meeting", "2012-01-12_kuala-lumpur_workshop", "<https://w3id.org/baligraph/id/meeting_2012-01-12_kuala-lumpur_workshop>"),
    ("thing", "org:iom", "<https://w3id.org/baligraph/id/org_iom>"),
    ("concept theme", "victim-protection", "<https://w3id.org/baligraph/concept/theme_victim-protection>"),
    ("class", "Workshop", "<https://w3id.org/baligraph/ontology#Workshop>"),
    ("concept observed-property", "count", "<https://w3id.org/baligraph/concept/observed-property_count>"),
]

# each would end the block, the string or the IRI that it stands in, if it were pasted
ATTACKS = [
    "} } DROP ALL #",
    "mys } ?s ?p ?o . VALUES ?x { id:area_idn",
    "mys> ; ?p ?o . <x",
    "mys idn",
    "mys\nidn",
    '" } ?s ?p ?o { "',
    "\\",
    '\\"',
    "mys } #= country",
    "2012 2013",
    "2012 } SERVICE <http://example.org/> { ?s ?p ?o",
    "%22",
    "../../area_mys",
    "https://w3id.org/baligraph/id/area_mys",
    "id:area_mys",
    "MYS",
    "Malaysia",
    "mÿs",
    "٢٠١٢",
    "",
    " ",
    "\x00",
    "\ud800",
    "x" * (LONGEST + 1),
]


def parameter(kind: str, **more: Any) -> Parameter:
    return declared("it", f"{kind} | Something.") if not more else Parameter("it", kind, "Something.", **more)


@pytest.mark.parametrize(("kind", "value", "term"), TERMS)
def test_a_value_becomes_a_term_and_back(kind: str, value: str, term: str) -> None:
    (found,) = parameter(kind).terms(value)
    assert str(found) == term
    assert parameter(kind).terms(parameter(kind).written(found)) == (found,)


@pytest.mark.parametrize("value", ATTACKS)
@pytest.mark.parametrize("kind", ["integer", "year", "date", "area", "doc", "thing", "concept theme"])
def test_what_is_no_value_is_refused(kind: str, value: str) -> None:
    with pytest.raises(ParameterError, match=r"^parameter it: ") as caught:
        parameter(kind).terms(value)
    assert caught.value.parameter == "it"


@pytest.mark.parametrize("value", [value for value in ATTACKS if not value.isascii() or not value.isalpha()])
def test_a_class_is_one_word(value: str) -> None:
    with pytest.raises(ParameterError, match=r"no name of a class|longer than"):
        parameter("class").terms(value)


@pytest.mark.parametrize("value", ["2012-02-30", "2012-1-1", "20120112", "2012-W02-4", "2012-01-12T00:00:00", "2012-01"])
def test_a_date_is_a_day_of_the_calendar(value: str) -> None:
    with pytest.raises(ParameterError, match="not a day of the calendar"):
        parameter("date").terms(value)


@pytest.mark.parametrize("value", ["", "  ", "two\nlines", "tab\t", "\x7f", "\u2028", "\ud800", "x" * (LONGEST + 1)])
def test_a_string_is_one_line_of_words(value: str) -> None:
    with pytest.raises(ParameterError, match=r"control characters|longer than"):
        parameter("string").terms(value)


def test_how_many_values_a_parameter_takes() -> None:
    with pytest.raises(ParameterError, match="takes one value, not 2"):
        parameter("area").terms(["mys", "idn"])
    several = declared("it", "list of area | The countries.")
    assert [str(term) for term in several.terms(["mys", "idn", "mys"])] == [f"<{expand('id:area_mys')}>", f"<{expand('id:area_idn')}>"]
    with pytest.raises(ParameterError, match="no value was given"):
        several.terms([])
    with pytest.raises(ParameterError, match=f"takes at most {MOST} values"):
        several.terms([f"a{n}" for n in range(MOST + 1)])


def test_only_the_values_that_are_listed() -> None:
    role = declared("role", "concept role (host, co-host) | As what.")
    assert role.terms("co-host") == (ox.NamedNode(expand("c:role_co-host")),)
    with pytest.raises(ParameterError, match="parameter role: 'chair' is none of host, co-host"):
        role.terms("chair")


def test_an_unknown_parameter_is_named() -> None:
    with pytest.raises(ParameterError, match="parameter when: meetings-per-year takes from, to"):
        bind(QUESTIONS["meetings-per-year"], {"when": "2012"})
    with pytest.raises(ParameterError, match="parameter year: observers takes no parameter"):
        bind(QUESTIONS["observers"], {"year": "2012"})


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_defaults_may_be_given_too(name: str) -> None:
    question = QUESTIONS[name]
    bound = bind(question, {parameter.name: parameter.default for parameter in question.parameters})
    assert canonical(bound) == canonical(question.text)


def select(store: ox.Store, query: str) -> list[Any]:
    rows: Any = store.query(query)
    return list(rows)


def canonical(query: str) -> list[str]:
    """The query without its placeholder lines, and the values in those lines."""
    lines = [line for line in query.splitlines() if "} #= " not in line]
    prologue = "\n".join(line for line in lines if line.startswith("PREFIX "))
    for line in query.splitlines():
        if "} #= " in line and not line.startswith("#+"):
            terms = line.partition("{ ")[2].rpartition(" } #= ")[0]
            lines += [str(row["x"]) for row in select(ox.Store(), f"{prologue}\nSELECT ?x {{ VALUES ?x {{ {terms} }} }}")]
    return lines


def test_the_coverage_is_bound_with_the_question() -> None:
    question = QUESTIONS["meetings-per-year"]
    assert f'VALUES ?from {{ "2005"^^<{XSD}integer> }} #= from' in (bind_coverage(question, {"from": "2005"}) or "")
    assert bind_coverage(QUESTIONS["side-events"], {}) is None


MEETING = ox.NamedNode(expand("id:meeting_a"))


def titles(title: str) -> ox.Store:
    """A store with one reported meeting of this title."""
    store, graph = ox.Store(), ox.DefaultGraph()
    claim = ox.NamedNode(expand("id:claim_a"))
    label = ox.NamedNode(expand("rdfs:label"))
    for s, p, o in (
        (MEETING, expand("bp:recordedIn"), ox.NamedNode(expand("id:doc_a"))),
        (MEETING, label.value, ox.Literal(title)),
        (claim, expand("bp:claimSubject"), MEETING),
        (claim, expand("bp:claimPredicate"), label),
    ):
        store.add(ox.Quad(s, ox.NamedNode(p), o, graph))
    return store


# ASCII: how a letter beyond it changes its case is for each engine to say
WORDS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=40).filter(str.strip)


@given(word=WORDS)
def test_any_words_are_only_ever_searched_for(word: str) -> None:
    query = bind(QUESTIONS["order-of-meetings"], {"word": word})
    assert [row["meeting"] for row in select(titles(f"a {word} b"), query)] == [MEETING]
    assert select(titles(""), query) == []


@pytest.mark.parametrize("word", ['" } ?s ?p ?o { "', "} #= word", "x } #= word\\", "\\", "'''", "?title", "#", "<x>"])
def test_a_word_that_looks_like_sparql_is_a_word(word: str) -> None:
    query = bind(QUESTIONS["order-of-meetings"], {"word": word})
    assert len(query.splitlines()) == len(QUESTIONS["order-of-meetings"].text.splitlines())
    assert [row["meeting"] for row in select(titles(word), query)] == [MEETING]
    assert select(titles("another title"), query) == []
