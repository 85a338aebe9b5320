"""The five documents give the rows of the competency questions. Their ids are those of the annotation: the mapping to ours is here."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rows

from baligraph.prefixes import expand, sparql_header
from baligraph.questions import Question, load_questions
from baligraph.release import Release

ANSWERS = Path(__file__).parents[3] / "shared" / "questions.json"
QUESTIONS = load_questions()
NO_ROW_YET = {"Q33"}  # links that only an analyst can assert; nobody has

# question → for each column of its expected rows, how the value is read from one of ours: "kind:column"
COLUMNS = {
    "Q1": "number:year number:meetings",
    "Q2": "place:place area:country number:meetings",
    "Q3": "text:month number:meetings",
    "Q4": "key:body meeting:meeting start:date",
    "Q5": "area:country meeting:meeting start:date",
    "Q6": "meeting:meeting start:date",
    "Q7": "meeting:meeting start:date text:eventName",
    "Q8": "meeting:meeting start:date",
    "Q9": "meeting:meeting start:date area:country",
    "Q10": "text:last text:first number:months",
    "Q11": "meeting:meeting start:date meeting:follows number:position",
    "Q12": "number:ordinal meeting:meeting start:date text:precision text:standing",
    "Q13": "meeting:meeting text:start text:end",
    "Q14": "meeting:meeting party:party slug:role",
    "Q15": "meeting:meeting start:date party:host slug:role",
    "Q16": "meeting:meeting area:state person:chairName",
    "Q17": "key:agency meeting:meeting slug:role",
    "Q18": "text:name slug:role meeting:meeting",
    "Q20": "area:state",
    "Q21": "area:state meeting:meeting",
    "Q22": "meeting:meeting area:state",
    "Q23": "meeting:meeting party:party",
    "Q24": "key:organisation meeting:meeting slug:role",
    "Q25": "meeting:meeting number:exactly number:more_than",
    "Q26": "area:state",
    "Q27": "meeting:meeting area:state",
    "Q29": "area:state number:meetings",
    "Q30": "number:number number:commitments",
    "Q31": "text:number key:body",
    "Q32": "key:instrument text:number",
    "Q34": "text:number text:wordingName number:directives",
    "Q35": "provision:recommendation",
    "Q36": "provision:decision key:document",
    "Q37": "subject:theme provision:provision",
    "Q38": "statement:statement value: text:asOf",
    "Q39": "key:thing number:documents",
    "Q40": "meeting:thing key:document start:value text:words",
}
# what the sentence of the coverage says, where the expected answers give a figure
COVERAGE = {
    "Q1": {"meetings": 36, "documents": 1},
    "Q2": {"meetings": 36, "nowhere": 3, "country_only": 1},
    "Q3": {"meetings": 39},
    "Q8": {"meetings": 39},
    "Q9": {"meetings": 39, "placed": 35, "members": 45},
    "Q10": {"meetings": 36, "documents": 1},
    "Q20": {"lists": 2, "meetings": 5},
    "Q21": {"lists": 2, "meetings": 2},
    "Q26": {"lists": 2, "meetings": 39},
    "Q29": {"lists": 2, "meetings": 39},
    "Q30": {"commitments": 27, "placed": 26},  # the opening sentence belongs to no area
    "Q31": {"commitments": 26, "naming": 12},
    "Q32": {"commitments": 26},
    "Q33": {"links": 0},
    "Q34": {"items": 10, "directives": 12},
    "Q35": {"items": 10},
    "Q36": {"own": 0},
    "Q39": {"documents": 5},
}


@cache
def expected() -> dict[str, Any]:
    """The expected answers; they lie beside the checkout."""
    if not ANSWERS.is_file():
        reason = f"{ANSWERS} is missing: the answers of the competency questions are NOT tested"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    found: dict[str, Any] = json.loads(ANSWERS.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def service(release: Release, serve: Callable[..., AbstractContextManager[str]]) -> Iterator[rows.Service]:
    """The release behind `/sparql`. The tests are one client, and ask more in a minute than one may."""
    with serve(release.path.parent, client_seconds=0.0) as address:
        yield rows.Service(f"{address}sparql")


@pytest.fixture(scope="session")
def reader(oxigraph: ox.Store) -> Reader:
    return Reader(oxigraph, expected())


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.id for question in QUESTIONS])
def test_answer(question: Question, reader: Reader, oxigraph: ox.Store) -> None:
    (wanted,) = (entry for entry in expected()["questions"] if entry["id"] == question.id)
    found = rows.ask(oxigraph, question.text, question.witness)
    if question.id in NO_ROW_YET:
        assert wanted["rows"] is None
        assert found == []
        return
    ours = [reader.row(question, row) for row in found]
    theirs = wanted["rows"]
    assert all(len(row) == len(wanted["columns"]) for row in ours)
    if not wanted["ordered"]:
        ours, theirs = sorted(ours, key=json.dumps), sorted(theirs, key=json.dumps)
    assert ours == theirs


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.id for question in QUESTIONS])
def test_each_row_has_its_witness(question: Question, oxigraph: ox.Store) -> None:
    """The witnesses are nodes of the graph that lead to a sentence or to the row of a table."""
    text = sparql_header(("bp",)) + "SELECT ?n { VALUES ?w { <%s> } ?w bp:evidence/bp:quote|bp:sourceRow|bp:decidedBy ?n } LIMIT 1"
    for row in rows.ask(oxigraph, question.text, question.witness):
        witnesses = frozenset[str]().union(*(row[name] or () for name in question.witness))
        assert witnesses, f"no witness for {row}"
        for iri in witnesses:
            assert rows.ask(oxigraph, text % iri), f"{iri} has no sentence and no row"


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.id for question in QUESTIONS])
def test_the_service_gives_the_same_rows(question: Question, service: rows.Service, oxigraph: ox.Store) -> None:
    ours, theirs = (rows.ask(engine, question.text, question.witness) for engine in (oxigraph, service))
    assert Counter(frozenset(row.items()) for row in theirs) == Counter(frozenset(row.items()) for row in ours)
    assert ours or question.id in NO_ROW_YET


@pytest.mark.parametrize("name", COVERAGE)
def test_coverage(name: str, oxigraph: ox.Store) -> None:
    (question,) = (question for question in QUESTIONS if question.id == name)
    assert question.coverage_query is not None
    (row,) = rows.ask(oxigraph, question.coverage_query)
    assert {column: int(rows.text(value)) for column, value in row.items()} == COVERAGE[name]


def test_every_question_that_the_documents_answer_has_a_file() -> None:
    assert {entry["id"] for entry in expected()["questions"]} == {question.id for question in QUESTIONS}
    assert set(COLUMNS) | NO_ROW_YET == {question.id for question in QUESTIONS}


class Reader:
    """Reads our rows as those of the annotation: meetings by start and place, provisions by document and number or words."""

    def __init__(self, store: ox.Store, answers: dict[str, Any]) -> None:
        self.store, self.answers = store, answers
        self.names = self._names()
        self.meetings = self._meetings()
        self.provisions = self._provisions()
        self.places = {place for entry in answers["meetings"].values() if (place := entry["place"])} | {
            row[0] for entry in answers["questions"] if entry["id"] == "Q2" for row in entry["rows"] if row[0]
        }

    def row(self, question: Question, row: rows.Row) -> list[Any]:
        return [self.value(kind, column, row) for kind, _, column in (spec.partition(":") for spec in COLUMNS[question.id].split())]

    def value(self, kind: str, column: str, row: rows.Row) -> Any:
        if kind == "value":  # the number of an observation, or who developed the instrument
            return self.value("area", "party", row) if row["party"] else self.value("number", "value", row)
        text = rows.text(row[column])
        if not text:
            return None
        readers: dict[str, Callable[[str], Any]] = {
            "text": str,
            "number": int,
            "start": lambda edtf: edtf.split("/")[0],
            "area": lambda iri: iri.removeprefix(expand("id:area_")).upper(),
            "key": lambda iri: iri.removeprefix(expand("id:")).partition("_")[2],
            "slug": lambda iri: iri.removeprefix(expand("c:")).partition("_")[2],
            "party": lambda iri: self.value("area" if "/id/area_" in iri else "key", column, row),
            "person": lambda name: name if "/id/person_" in str(row["chair"]) else None,  # a state has no person's name
            "place": lambda iri: min(self.names[iri] & self.places, default=iri),
            "meeting": lambda iri: self.meetings.get(iri, iri),
            "provision": lambda iri: self.provisions.get(iri, iri),
            "subject": {expand("c:theme_statelessness"): "statelessness", expand("c:theme_financial-crime"): "finance"}.__getitem__,
            "statement": lambda iri: "developed-by" if iri == expand("bp:developedBy") else self.value("slug", column, row),
        }
        return readers[kind](text)

    def ask(self, query: str) -> list[list[str]]:
        found = rows.ask(self.store, sparql_header(("bp", "rdfs", "skos")) + query)
        return [[rows.text(value) for value in row.values()] for row in found]

    def _names(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for iri, label in self.ask("SELECT ?x ?l { ?x rdfs:label|skos:altLabel ?l }"):
            found.setdefault(iri, set()).add(label)
        return found

    def _meetings(self) -> dict[str, str]:
        """IRI → id: the meeting with this start and place; its title has at least half of the words."""
        query = "SELECT ?m ?d ?p { ?m a bp:Meeting ; bp:edtf ?d OPTIONAL { ?m bp:inPlace ?p } }"
        known = [(iri, date.split("/")[0], self.names.get(place, set())) for iri, date, place in self.ask(query)]
        found: dict[str, str] = {}
        for key, entry in self.answers["meetings"].items():
            same = [
                iri
                for iri, start, places in known
                if start == entry["start"] and (entry["place"] in places if entry["place"] else not places) and self._titled(iri, entry)
            ]
            assert len(same) == 1, f"{key} ({entry['title']}) is {same}"
            assert found.setdefault(same[0], key) == key
        return found

    def _titled(self, iri: str, entry: dict[str, str]) -> bool:
        theirs = words(entry["title"])
        return any(len(theirs & words(name)) >= len(theirs) / 2 for name in self.names[iri])

    def _provisions(self) -> dict[str, str]:
        """IRI → id: the provision of this document with this number, or with these words."""
        known = self.ask("SELECT ?p ?d ?n ?t { ?p bp:inDocument ?d ; bp:text ?t OPTIONAL { ?p bp:number ?n } }")
        found: dict[str, str] = {}
        for key, entry in self.answers["provisions"].items():
            document = expand(f"id:doc_{entry['document']}")
            same = [
                iri
                for iri, where, number, text in known
                if where == document and (number == entry["number"] if entry["number"] else words(text) == words(entry["text"]))
            ]
            assert len(same) == 1, f"{key} ({entry['text']}) is {same}"
            found[same[0]] = key
        return found


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
