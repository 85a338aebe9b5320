"""The whole graph of a few hand-made documents: what changes when a document comes or goes, and what does not."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import astuple, replace
from itertools import permutations
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from baligraph import iris
from ingest.assemble import Assembled, assemble
from ingest.curation import Curation, Redaction, RegisteredMeeting, Statement
from ingest.frame import Frame
from ingest.nodes import bp, literal, node
from ingest.parts.whole import Whole, make
from ingest.withhold import withhold

Made = Callable[..., Any]
DAY = dt.date(2020, 1, 1)
ROW: Any = None  # where a decision stands in its table: no matter here


def decided(key: str) -> dict[str, Any]:
    row = type("Row", (), {"file": "corpus/curation/preferences.csv"})()
    return {"key": key, "who": "an editor", "when": DAY, "why": "for the sake of a test", "row": row}


@pytest.fixture
def papers(paper: Made) -> list[Any]:
    """Three documents: two report one conference with dates that differ, one of them mentions the workshop that the third reports."""
    a = paper("a", "Fourth Ministerial Conference, March 2011, Bali.\nAustralia attended, Indonesia hosted.")
    a.meeting("m", "Fourth Ministerial Conference", "MinisterialConference", title="Fourth Ministerial Conference").fact(
        "meeting:m", "ordinal", 4, "Fourth"
    )
    a.date("meeting:m", "March 2011", "2011-03-01", "2011-03-31").place("m", "place:bali", None, "Bali")
    a.took_part("m", "area:aus", "attendee", "Australia").took_part("m", "area:idn", "host", "Indonesia")
    a.link("meeting:m", "attendanceCoverage", "c:coverage_partial-list", "Australia attended")
    b = paper("b", "The 4th Conference of 30 March 2011 welcomed the Manila seminar on lost documents.\nStates should return victims.")
    b.meeting("m", "4th Conference", "MinisterialConference", title="4th Conference").fact("meeting:m", "ordinal", 4, "4th")
    b.date("meeting:m", "30 March 2011", "2011-03-30").provision("1", "States should return victims.")
    b.meeting("s", "seminar", standing="mentioned", title="seminar on lost documents").place("s", "place:manila", None, "Manila")
    c = paper("c", "Seminar on lost documents, Manila, 3 April 2009. IOM spoke.")
    c.meeting("s", "Seminar", title="Seminar on lost documents").date("meeting:s", "3 April 2009", "2009-04-03")
    c.place("s", "place:manila", None, "Manila").took_part("s", "org:iom", "speaker", "IOM")
    return [a, b, c]


def graphs(made: Assembled) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for q in made.store.quads_for_pattern(None, None, None, None):
        name = q.graph_name.value if isinstance(q.graph_name, NamedNode) else ""
        found.setdefault(name, set()).add(f"{q.subject} {q.predicate} {q.object}")
    return found


def meeting_of(made: Assembled, slug: str, key: str) -> NamedNode:
    return NamedNode(iris.id_iri(f"meeting:{made.resolution.keys[slug, key]}"))


def values(made: Assembled, subject: NamedNode, name: str) -> set[str]:
    found = made.store.quads_for_pattern(subject, bp(name), None, DefaultGraph())
    return {q.object.value for q in found}


def test_the_order_of_documents_does_not_matter(papers: list[Any], graph_of: Made) -> None:
    found = [graph_of(*order).lines for order in permutations(papers)]
    assert all(x == found[0] for x in found)


def test_documents_that_disagree_share_one_meeting_with_one_date(papers: list[Any], graph_of: Made) -> None:
    made = graph_of(*papers)
    conference = meeting_of(made, "a", "m")
    assert conference == meeting_of(made, "b", "m")
    assert meeting_of(made, "b", "s") == meeting_of(made, "c", "s")
    assert values(made, conference, "edtf") == {"2011-03-30"}
    assert values(made, conference, "year") == {"2011"}
    assert values(made, conference, "attendedBy") == {iris.id_iri("area:aus")}
    assert values(made, conference, "hostState") == {iris.id_iri("area:idn")}
    row = {r.status for r in made.rows if r.written == "March 2011"}
    assert row == {"conflicting"}
    assert Quad(conference, bp("edtf"), literal("2011-03"), node("g:doc/a")) in made.store


def test_the_view_has_each_triple_once_and_nothing_of_its_own(papers: list[Any], graph_of: Made) -> None:
    found = graphs(graph_of(*papers))
    named = set().union(*(triples for name, triples in found.items() if name))
    assert found[""] <= named


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_document_takes_its_graphs_with_it_and_nothing_of_the_others(papers: list[Any], graph_of: Made, bare: Frame, gone: int) -> None:
    frame = replace(bare, curation=_registered(bare.curation))
    whole, rest = graph_of(*papers, frame=frame), graph_of(*(p for n, p in enumerate(papers) if n != gone), frame=frame)
    slug = papers[gone].slug
    before, after = graphs(whole), graphs(rest)
    monotone = {iris.inferred_graph(rule.name) for rule in bare.rules if not rule.unless}  # the others conclude from silence
    own = {iris.doc_graph(slug), iris.evidence_graph(slug)}
    assert own <= before.keys()
    assert not own & after.keys()
    for name in after.keys() - {""}:
        if "/graph/doc/" in name or "/graph/evidence/" in name or name.endswith(("/ontology", "/concepts", "/reference")):
            assert after[name] == before[name], name
        elif name in monotone:
            assert after[name] <= before[name], name
    kept = {key: iri for key, iri in whole.resolution.keys.items() if key[0] != slug}
    assert rest.resolution.keys == kept


def _registered(curation: Curation) -> Curation:
    shared: dict[str, Any] = {"series": None, "area": None, "document": "a"}
    conference = RegisteredMeeting(
        **decided("2011-03-30_bali_ministerial-conference"),
        **shared,
        kind="MinisterialConference",
        ordinal=4,
        edtf="",
        start=None,
        end=None,
        place=None,
        title="",
    )
    day = dt.date(2009, 4, 3)
    seminar = RegisteredMeeting(
        **decided("2009-04-03_manila_workshop"),
        **shared,
        kind="Workshop",
        ordinal=None,
        edtf="2009-04-03",
        start=day,
        end=day,
        place="place:manila",
        title="Lost documents",
    )
    return replace(curation, registry=(conference, seminar))


def test_provisional_meetings_say_so_and_registered_ones_do_not(papers: list[Any], graph_of: Made, bare: Frame) -> None:
    made = graph_of(*papers)
    assert values(made, meeting_of(made, "a", "m"), "provisional") == {"true"}
    settled = graph_of(*papers, frame=replace(bare, curation=_registered(bare.curation)))
    assert values(settled, meeting_of(settled, "a", "m"), "provisional") == set()
    assert meeting_of(settled, "c", "s") == node("id:meeting_2009-04-03_manila_workshop")


def test_what_curation_rejects_is_neither_shown_nor_built_upon(papers: list[Any], graph_of: Made, bare: Frame) -> None:
    made = graph_of(*papers)
    (part,) = (q.subject.value for q in made.store.quads_for_pattern(None, bp("participant"), node("id:area_aus"), DefaultGraph()))
    no = Statement(**decided("no"), subject=iris.ref_of(part), property="", value="", type="")
    after = graph_of(*papers, frame=replace(bare, curation=replace(bare.curation, rejections=(no,))))
    assert values(after, meeting_of(after, "a", "m"), "attendedBy") == set()
    assert {r.status for r in after.rows if r.id == part} == {"rejected"}
    assert list(after.store.quads_for_pattern(NamedNode(part), None, None, node("g:doc/a")))


def test_what_is_printed_is_what_became_of_each_finding(
    papers: list[Any], graph_of: Made, bare: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []

    def spy(*given: Any, **more: Any) -> Whole:
        whole = make(*given, **more)
        printed.extend("".join(whole.table()) for _ in range(2))  # made, and found as it was made
        return whole

    monkeypatch.setattr("ingest.assemble.make", spy)
    part = next(r.id for r in graph_of(*papers).rows if r.kind == "Participation")
    no = Statement(**decided("no"), subject=iris.ref_of(part), property="", value="", type="")
    made = graph_of(*papers, frame=replace(bare, curation=replace(bare.curation, rejections=(no,))))
    assert {row.status for row in made.rows} == {"accepted", "conflicting", "rejected"}
    told = [list(row) for row in csv.reader(io.StringIO(printed[-1]))]
    assert told[1:] == [[str(value) for value in astuple(row)] for row in made.rows]
    assert printed[-2] == printed[-1] != printed[0]


def test_a_redacted_person_is_nowhere(paper: Made, graph_of: Made, bare: Frame) -> None:
    p = paper("a", "Foo Bar opened the workshop").meeting("m", "workshop", title="Workshop").person("foo-bar", "Foo Bar")
    p.took_part("m", "person:foo-bar", "opener", "Foo Bar").mention("person:foo-bar", "Foo Bar")
    assert any("person_foo-bar" in line for line in graph_of(p).lines)
    gone = Redaction(**decided("r"), person="person:foo-bar")
    after = graph_of(p, frame=replace(bare, curation=replace(bare.curation, redactions=(gone,))))
    assert not any("person_foo-bar" in line for line in after.lines)


def test_a_document_with_a_fault_is_left_out_and_named(papers: list[Any], graph_of: Made) -> None:
    papers[1].link("meeting:nowhere", "inPlace", "place:bali", "4th")
    made = graph_of(*papers)
    assert set(made.failed) == {"b"}
    assert "nowhere" in made.failed["b"]
    assert not list(made.store.quads_for_pattern(None, None, None, node("g:doc/b")))
    assert list(made.store.quads_for_pattern(None, None, None, node("g:doc/a")))


# --- withholding ------------------------------------------------------------------------------------------------------------------------


def test_what_is_withheld_leaves_no_trace_but_its_row(papers: list[Any], bare: Frame) -> None:
    texts = {p.slug: p.input for p in papers}
    readings = [p.reading for p in papers]
    made = assemble(readings, texts, bare, DAY)
    part = next(r.id for r in made.rows if r.kind == "Participation" and r.written == "Australia")
    date = next(r.id for r in made.rows if r.kind == "Claim" and r.written == "30 March 2011")
    after = assemble(readings, texts, bare, DAY, {part: "nobody says so", date: "no such date"})
    conference = meeting_of(after, "a", "m")
    assert values(after, conference, "attendedBy") == set()
    assert values(after, conference, "edtf") == {"2011-03"}
    assert not list(after.store.quads_for_pattern(NamedNode(part), None, None, None))
    assert next(r for r in after.rows if r.id == part).reason == "withheld: nobody says so"
    dated = [r for r in after.rows if r.written == "30 March 2011" and r.kind == "Claim"]
    assert {r.status for r in dated} == {"rejected"}
    assert len(dated) == 5


def test_a_kind_that_is_withheld_leaves_a_meeting(paper: Made) -> None:
    from ingest.quads import document_quads

    p = paper("a", "The Seminar met").meeting("m", "Seminar", "TrainingEvent")
    d = document_quads(p.reading, p.input, {"m": "x000000000001"}, "v")
    claim = next(iri for iri, spo in d.claims.items() if spo[2] == bp("TrainingEvent"))
    after = withhold(d, {claim: "no training"})
    meeting = node("id:meeting_x000000000001")
    assert [q.object for q in after.asserted if q.predicate == node("rdf:type") and q.subject == meeting] == [bp("Meeting")]
    assert [q.object for q in after.evidence if q.subject == NamedNode(claim) and q.predicate == bp("claimObject")] == [bp("Meeting")]
    assert withhold(d, {"https://example.org/other": "x"}) is d
