"""The files of questions: what a header must say, how a wrong one is refused, and what all our files keep to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from baligraph import data
from baligraph.errors import InputError
from baligraph.prefixes import prefixes
from baligraph.questions import TOPICS, Question, load_question, load_questions

QUESTIONS = load_questions()
IDS = [question.name for question in QUESTIONS]

GOOD = """#+ summary: Who hosted?
#+ id: Q1
#+ topic: hosting
#+ description: A text that goes on
#+   in a second line.
#+ parameters:
#+   year: year | The year.
#+   country: list of area | The countries.
#+ columns:
#+   meeting: the meeting
#+   witness: the participations
#+ witness: witness
#+ coverage: {all} meetings.
#+ coverage-query:
#+   SELECT (COUNT(*) AS ?all) {
#+     VALUES ?year { 2012 } #= year
#+     ?meeting bp:year ?year
#+   }
PREFIX bp: <https://w3id.org/baligraph/ontology#>
PREFIX id: <https://w3id.org/baligraph/id/>

SELECT ?meeting (STR(?meeting) AS ?witness)
WHERE {
  VALUES ?year { 2012 } #= year
  VALUES ?country { id:area_mys id:area_idn } #= country
  ?meeting bp:year ?year ; bp:hostState ?country .
}
ORDER BY ?meeting
"""

# what is changed, into what, the line that the error names, and what it says
FAULTS = [
    ("#+ topic: hosting\n", "", 1, "the header lacks topic"),
    ("#+ topic: hosting", "#+ topic: weather", 3, "'weather' is no topic. It is one of meetings,"),
    ("#+ topic: hosting", "#+ topic:", 3, "the header's topic is empty"),
    ("#+ topic: hosting", "#+ topics: hosting", 3, "an unknown field 'topics'"),
    ("#+ topic: hosting", "#+ topic = hosting", 3, "is no header line"),
    ("#+ id: Q1\n", "#+ id: Q1\n#+ id: Q2\n", 3, "the header has id twice"),
    ("#+ id: Q1", "#+ id: first", 2, "'first' is no id. Write Q and a number"),
    ("#+   meeting: the meeting", "#+   meeting", 10, "'meeting' is no entry of columns"),
    ("#+   meeting: the meeting", "#+   witness: the meeting", 11, "columns has witness twice"),
    (
        "#+   meeting: the meeting",
        "#+   host: the host",
        9,
        "the header's columns are host, witness. List them as",
    ),
    ("#+ witness: witness", "#+ witness: sentence", 12, "'sentence' is no witness. It is one of meeting, witness"),
    ("{all} meetings", "{some} meetings", 13, "coverage and coverage-query differ in all, some"),
    ("{all} meetings", "{all meetings", 13, "the braces of the coverage do not match"),
    ("#+   SELECT (COUNT(*) AS ?all) {", "#+   SELECT (COUNT(*) AS ?all", 14, "is not SPARQL"),
    ("#+   year: year | The year.", "#+   year: year", 7, "parameter year: 'year' is not of the form"),
    ("#+   year: year | The year.", "#+   year: week | The week.", 7, "parameter year: there is no type 'week'"),
    ("#+   year: year | The year.", "#+   year: concept | The theme.", 7, "parameter year: there is no type 'concept'"),
    ("#+   year: year | The year.", "#+   year: body | The body.", 7, "is no body"),
    ("#+   year: year | The year.", "#+   year: year (2011, 2013) | The year.", 7, "'2012' is none of 2011, 2013"),
    ("#+   year: year | The year.", "#+   year: year (now) | The year.", 7, "'now' is not a year of four digits"),
    ("#+   country: list of area | The countries.", "#+   country: area | The country.", 8, "takes one value, not 2"),
    ("#+   country: list of area | The countries.\n", "", None, "the placeholders are"),
    ("  VALUES ?country { id:area_mys id:area_idn } #= country", "", 8, "the parameter country has not one default"),
    ("  VALUES ?country {", "  VALUES ?land {", 8, "the placeholder of country binds ?land"),
    ("#= country", "#= country here", None, "the placeholders are"),
    ("{ id:area_mys id:area_idn }", "{ UNDEF }", 8, "None is no area"),
    ("{ id:area_mys id:area_idn }", "{ id:org_iom }", 8, "is no key of type area"),
    ("#+     VALUES ?year { 2012 }", "#+     VALUES ?year { 2013 }", 7, "the parameter year has not one default"),
    ("SELECT ?meeting (STR", "SELEKT ?meeting (STR", None, "is not SPARQL"),
    ("SELECT ?meeting (STR(?meeting) AS ?witness)", "ASK", None, "is not a SELECT"),
]


def write(folder: Path, text: str, name: str = "hosts.rq") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    question = load_question(write(tmp_path, GOOD))
    assert (question.name, question.id, question.topic) == ("hosts", "Q1", "hosting")
    assert question.description == "A text that goes on in a second line."
    assert [(p.name, p.type, p.many, p.default) for p in question.parameters] == [
        ("year", "year", False, ("2012",)),
        ("country", "area", True, ("mys", "idn")),
    ]
    assert question.columns == (("meeting", "the meeting"), ("witness", "the participations"))
    assert question.coverage_query is not None
    assert "  VALUES ?year { 2012 } #= year\n" in question.coverage_query
    assert question.text == GOOD


@pytest.mark.parametrize(("old", "new", "line", "says"), FAULTS, ids=[says for *_, says in FAULTS])
def test_a_faulty_file_is_refused(old: str, new: str, line: int | None, says: str, tmp_path: Path) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(InputError) as caught:
        load_question(write(tmp_path, GOOD.replace(old, new)))
    assert says in str(caught.value)
    assert (caught.value.file, caught.value.line) == ("queries/hosts.rq", line)
    assert caught.value.mend


def test_a_file_is_named_by_words_in_utf8(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"queries/Q1_hosts\.rq: is no name of a question"):
        load_question(write(tmp_path, GOOD, "Q1_hosts.rq"))
    path = tmp_path / "latin.rq"
    path.write_bytes(GOOD.replace("Who", "Où").encode("latin-1"))
    with pytest.raises(InputError, match=r"queries/latin\.rq: is not UTF-8"):
        load_question(path)


def test_two_questions_have_two_ids(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no question"):
        load_questions(tmp_path)
    write(tmp_path, GOOD)
    assert [question.name for question in load_questions(tmp_path)] == ["hosts"]
    write(tmp_path, GOOD, "others.rq")
    with pytest.raises(InputError, match=r"queries/others\.rq: has the id Q1 of queries/hosts\.rq"):
        load_questions(tmp_path)


# --- our own files ---------------------------------------------------------------------------------------------------------------------


def test_there_is_a_question_of_each_topic() -> None:
    assert {question.topic for question in QUESTIONS} == set(TOPICS)


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_a_file_declares_the_prefixes_that_it_uses_and_no_others(question: Question) -> None:
    declared = dict(re.findall(r"^PREFIX (\S+): <(\S+)>$", question.text, re.MULTILINE))
    assert declared.items() <= prefixes().items()
    body = "\n".join(line for line in question.text.splitlines() if not line.startswith(("#+", "PREFIX")))
    words = re.sub(r'"[^"\n]*"|<[^<>\s]*>|#.*', "", body + (question.coverage_query or "").partition("SELECT")[2])
    assert set(re.findall(r"(?<![\w?:-])([a-z][a-z-]*):", words)) == set(declared)


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_a_question_is_short_ordered_and_asks_no_store_of_its_own(question: Question) -> None:
    query = "\n".join(line for line in question.text.splitlines() if not line.startswith("#+"))
    assert "ORDER BY" in query.rpartition("}")[2], "without an order, two runs may differ"
    assert len(query.splitlines()) <= 40
    assert not re.search(r"\b(?:SERVICE|FROM|gYearMonth|NOW|RAND|UUID|BNODE)\b", query)
    assert question.summary.endswith("?")
    assert max(map(len, query.splitlines())) <= 140


def test_the_files_are_all_of_the_folder() -> None:
    assert {path.stem for path in data.queries().glob("*.rq")} == set(IDS)
