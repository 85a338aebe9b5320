"""The named questions as endpoints and pages, over the release of the bundled corpus."""

from __future__ import annotations

import csv
import html.parser
import io
import re
from collections.abc import Iterator
from typing import Any

import httpx
import openpyxl
import pyoxigraph as ox
import pytest

from api.rest.answers import questions
from api.routes.questions import OFFERS, SRJ
from api.workbook import XLSX, Sheet, write
from baligraph.prefixes import expand
from baligraph.questions import bind_list
from baligraph.release import Release

QUESTIONS = questions()
PARAMETERS = [(name, parameter) for name, question in QUESTIONS.items() for parameter in question.parameters]
ATTACKS = ["} } DROP ALL #", '" } ?s ?p ?o { "', "mys> ; ?p ?o . <x", "\\", "2012 2013", "} #= year", "http://example.org/", "MYS", "é", ""]


@pytest.fixture(scope="module")
def client(release: Release) -> Iterator[httpx.Client]:
    from conftest import serving

    with serving(release.path, client_seconds=0) as address, httpx.Client(base_url=address, timeout=30) as found:
        yield found


class Page(html.parser.HTMLParser):
    """What is linked, what can be linked to, and what can be given."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.inputs: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [given["href"]] if tag == "a" and given.get("href") else []  # type: ignore[list-item]
        self.ids |= {given["id"]} if given.get("id") else set()  # type: ignore[arg-type]
        if tag == "input" and given.get("aria-label") != "Search":  # that box is on every page
            self.inputs.append((str(given["name"]), str(given["value"])))


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_has_its_rows_footnotes_lists_and_coverage(client: httpx.Client, release: Release, name: str) -> None:
    question, body = QUESTIONS[name], client.get(f"api/v1/queries/{name}").json()
    whole = client.get(f"api/v1/queries/{name}.srj").json()["results"]["bindings"]
    assert [{k: str(v) for k, v in row["cells"].items() if v is not None} for row in body["rows"]] == [
        {k: cell["value"] for k, cell in row.items() if k not in question.witness} for row in whole
    ]
    assert [note["number"] for note in body["footnotes"]] == list(range(1, len(body["footnotes"]) + 1))
    assert {number for row in body["rows"] for number in row["notes"]} == {note["number"] for note in body["footnotes"]}
    for note in body["footnotes"]:
        assert note["release"] == release.id == body["release"]["id"]
        if note["kind"] == "sentence":
            assert release.text(note["document"]["key"])[note["start"] : note["end"]] == note["quote"]
            assert note["link"].startswith(expand("id:evidence_"))
        else:
            assert note["kind"] == "decision" or note["text"].startswith("corpus/reference/")
    for row in body["rows"]:
        assert row["notes"], row
        assert set(row["lists"]) == set(question.counted)
        for column, things in row["lists"].items():
            assert len(things) == row["cells"][column]
    assert body["coverage"]
    assert "{" not in body["coverage"]


def test_counts_are_found() -> None:
    assert {name: question.counted for name, question in QUESTIONS.items() if question.counted} == {
        "meetings-per-year": {"meetings": "meeting"},
        "meeting-places": {"meetings": "meeting"},
        "busy-months": {"meetings": "meeting"},
        "attendance-of-a-group": {"meetings": "meeting"},
        "commitments-per-area": {"commitments": "commitment"},
        "named-in-several-documents": {"documents": "document"},
    }
    with pytest.raises(KeyError):
        bind_list(QUESTIONS["meetings-per-year"], "year", {})


@pytest.mark.parametrize("name", ["commitments-per-area", "members-in-no-list"])
def test_each_form_is_had_by_suffix_and_by_negotiation(client: httpx.Client, name: str) -> None:
    for offer in OFFERS:
        direct = client.get(f"api/v1/queries/{name}.{offer.name}", headers={"accept": "image/png"})
        negotiated = client.get(f"api/v1/queries/{name}", headers={"accept": offer.media_type})
        assert (direct.status_code, negotiated.status_code) == (200, 200)
        assert direct.headers["content-type"] == negotiated.headers["content-type"] == offer.content_type
        assert direct.headers["baligraph-release"] in direct.headers["etag"]
        again = client.get(f"api/v1/queries/{name}.{offer.name}", headers={"if-none-match": direct.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"api/v1/queries/{name}").headers["content-type"] == "application/json"
    assert client.get(f"api/v1/queries/{name}.pdf").status_code == 404
    assert client.get(f"api/v1/queries/{name}", headers={"accept": "image/png"}).status_code == 406
    assert client.post(f"api/v1/queries/{name}").status_code == 405


def test_a_table_can_be_read_alone(client: httpx.Client, release: Release) -> None:
    answer = client.get("api/v1/queries/in-every-attendance-list.csv")
    found = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(found) == 19
    assert found[0]["name"] == "Afghanistan"
    assert found[0]["notes"] == "1 2"
    assert re.match(r"\[1\] “.*Afghanistan.*?” \(.*?, ¶ \d+\) https://w3id\.org/baligraph/id/evidence_\w+ \| \[2\] “", found[0]["sources"])
    assert {(row["release"], row["coverage"][:40]) for row in found} == {(release.id, "Attendance lists exist for 2 of the 5 me")}
    counted = next(csv.DictReader(io.StringIO(client.get("api/v1/queries/commitments-per-area.csv").text)))
    assert len(counted["commitments_list"].split()) == int(counted["commitments"]) == 5


def test_a_workbook_has_answer_footnotes_and_what_it_is(client: httpx.Client, release: Release) -> None:
    answer = client.get(f"api/v1/queries/meetings-per-year.{XLSX.name}", params={"from": "2004"})
    assert answer.content == client.get(f"api/v1/queries/meetings-per-year.{XLSX.name}", params={"from": "2004"}).content
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Answer", "Footnotes", "About"]
    rows = list(book["Answer"].iter_rows(values_only=True))
    assert rows[0] == ("year", "meetings", "meetings_list", "notes")
    assert rows[1][:2] == (2004, 9)
    assert len(str(rows[1][2]).split()) == 9
    notes = list(book["Footnotes"].iter_rows(values_only=True))
    assert len(notes) == 1 + 26
    assert notes[1][0] == 1
    assert str(notes[1][1]).startswith("[1] “")
    about = dict(book["About"].iter_rows(values_only=True))  # type: ignore[arg-type]
    assert about["question"] == QUESTIONS["meetings-per-year"].summary
    assert about["release"] == release.id
    assert about["parameter from"] == "2004"
    assert str(about["how to cite"]).endswith(f"/api/v1/queries/meetings-per-year?from=2004&release={release.id}")
    assert book.properties.created.date().isoformat() == release.manifest["date"]


def test_nothing_in_a_workbook_is_a_formula() -> None:
    body = write("t", None, [Sheet("s", ("a",), [("=1+1",), ("http://example.org/",), (True,), (2,), (None,), ("x" * 40_000,)])])
    page = openpyxl.load_workbook(io.BytesIO(body))["s"]
    assert [page.cell(row, 1).data_type for row in range(2, 7)] == ["s", "s", "b", "n", "n"]
    assert page.cell(2, 1).value == "=1+1"
    assert page.cell(3, 1).hyperlink is None
    assert len(str(page.cell(7, 1).value)) == 32_767


# --- parameters --------------------------------------------------------------------------------------------------------------------------


def test_parameters_change_the_answer(client: httpx.Client) -> None:
    body = client.get("api/v1/queries/meetings-of-a-body", params={"body": "aheg-1"}).json()
    assert (body["parameters"], body["total"]) == ({"body": ["aheg-1"]}, 5)
    assert client.get("api/v1/queries/meetings-of-a-body", params={"body": ["aheg-1", "aheg-2"]}).json()["total"] == 11
    assert client.get("api/v1/queries/pacific-participants", params={"year": "2009"}).json()["rows"] == []


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS, ids=[f"{name}-{parameter.name}" for name, parameter in PARAMETERS])
def test_no_value_becomes_part_of_a_query(client: httpx.Client, name: str, parameter: Any) -> None:
    for attack in ATTACKS:
        answer = client.get(f"api/v1/queries/{name}", params={parameter.name: attack})
        if parameter.type == "string" and attack:
            assert (answer.status_code, answer.json()["rows"]) == (200, []), attack
        else:
            assert answer.status_code == 422, attack
            assert answer.json()["parameter"] == parameter.name
            assert answer.headers["content-type"] == "application/problem+json"


def test_an_unknown_parameter_or_question_is_named(client: httpx.Client) -> None:
    answer = client.get("api/v1/queries/observers", params={"year": "2012"})
    assert (answer.status_code, answer.json()["parameter"]) == (422, "year")
    assert client.get("api/v1/queries/meetings-per-year", params={"from": ["2004", "2005"]}).status_code == 422
    assert client.get("api/v1/queries/nothing").status_code == client.get("queries/nothing").status_code == 404
    assert client.get("api/v1/queries", params={"x": "y"}).status_code == 422


# --- pages and RDF -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_page_shows_answer_and_footnotes_and_leads_on(client: httpx.Client, name: str) -> None:
    answer = client.get(f"queries/{name}", headers={"accept": "text/html,*/*;q=0.8"})
    body = client.get(f"api/v1/queries/{name}").json()
    page = Page(answer.text)
    assert answer.headers["content-type"].startswith("text/html")
    notes = [link for link in page.links if link.startswith("#note-")]
    assert len(notes) == sum(len(row["notes"]) for row in body["rows"])
    assert {link[1:] for link in notes} <= page.ids
    assert page.inputs == [(name, value) for name, values in body["parameters"].items() for value in values]
    assert " ".join(body["coverage"].split()) in " ".join(html.unescape(answer.text).split())
    assert "<script" not in answer.text
    for link in page.links:
        assert not link.startswith("/"), "links are relative"
    forms = [link for link in page.links if link.startswith(f"../api/v1/queries/{name}.")]
    assert {link.rpartition(".")[2] for link in forms} == {"json", "csv", "xlsx", "srj"}
    assert any(link.startswith("../query?query=") for link in page.links)


def test_a_page_keeps_its_parameters(client: httpx.Client) -> None:
    answer = client.get("queries/meetings-per-year", params={"from": "2008"}, headers={"accept": "text/html"})
    page = Page(answer.text)
    assert page.inputs == [("from", "2008"), ("to", "2009")]
    assert "../api/v1/queries/meetings-per-year.csv?from=2008" in page.links
    assert client.get("api/v1/queries/meetings-per-year", headers={"accept": "text/html"}).headers["content-type"].startswith("text/html")


def test_the_library_lists_all(client: httpx.Client) -> None:
    page = Page(client.get("queries", headers={"accept": "text/html"}).text)
    assert {link.removeprefix("queries/") for link in page.links if link.startswith("queries/")} == set(QUESTIONS)
    body = client.get("api/v1/queries").json()
    assert [entry["name"] for entry in body["queries"]] == list(QUESTIONS)
    for entry in body["queries"]:
        assert client.get(f"api/v1/{entry['href']}.{SRJ.name}").status_code == 200


def test_the_questions_are_published_as_executables(client: httpx.Client) -> None:
    triples = [quad.triple for quad in ox.parse(client.get("queries.ttl").content, format=ox.RdfFormat.TURTLE)]
    found = {t.subject: t.object.value for t in triples if t.predicate.value == expand("sh:select")}
    assert {str(subject.value).rpartition("/")[2] for subject in found} == set(QUESTIONS)
    for subject, text in found.items():
        answer = client.get("sparql", params={"query": text}, headers={"accept": "text/csv"})
        assert answer.text.partition("\r\n")[0] == ",".join(name for name, _ in QUESTIONS[subject.value.rpartition("/")[2]].columns)
    assert sum(t.object == ox.NamedNode(expand("sh:SPARQLExecutable")) for t in triples) == len(QUESTIONS)
    assert client.get("queries.jsonld").headers["content-type"] == "application/ld+json"
