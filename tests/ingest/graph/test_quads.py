"""A reading as quads: every triple with its evidence, nothing twice, nothing that depends on the order of findings."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from baligraph.prefixes import expand
from ingest.contribution import DocumentQuads
from ingest.findings import Fact
from ingest.nodes import bp, literal, node
from ingest.quads import document_quads

Made = Callable[..., Any]
KEYS = {"m1": "2012-01-12_kuala-lumpur_workshop"}
MEETING = node("id:meeting_2012-01-12_kuala-lumpur_workshop")
DOC, BESIDE = node("g:doc/a"), node("g:evidence/a")
TEXT = """Workshop on Victim Protection, 12-13 January 2012
1. Malaysia hosted it; Australia and Australia's police attended.
2. States should return victims to IOM, with the help of IOM.
Mr Foo Bar spoke. 17 countries used the model law in November 2003."""


@pytest.fixture
def made(paper: Made) -> Any:
    p = paper("a", TEXT).meeting("m1", "Workshop on Victim Protection", title="Workshop on Victim Protection")
    p.date("meeting:m1", "12-13 January 2012", "2012-01-12", "2012-01-13")
    p.took_part("m1", "area:mys", "host", "Malaysia").took_part("m1", "area:aus", "attendee", "Australia")
    p.took_part("m1", "area:aus", "attendee", "Australia's police", office="Commissioner")
    p.provision("2.1", "States should return victims to IOM").mention("org:iom", "IOM").mention("area:mys", "Malaysia")
    p.person("foo-bar", "Foo Bar").took_part("m1", "person:foo-bar", "speaker", "Foo Bar").unknown("model law", "instrument")
    p.observation("instrument:model-legislation", "used-model-law", 17, "17 countries", "2003-11-30")
    return p.membership("area:aus", "member", "Australia", "2012-01-13").appointment("area:nzl", "body:aheg-1", "coordinator", "Foo Bar")


def written(p: Any) -> DocumentQuads:
    return document_quads(p.reading, p.input, KEYS, "0.1.0+test")


def values(quads: list[Quad], subject: NamedNode, name: str) -> set[str]:
    return {q.object.value for q in quads if q.subject == subject and q.predicate == bp(name)}


def test_every_triple_is_explained_by_its_subject_or_a_claim(made: Any) -> None:
    d = written(made)
    with_evidence = {q.subject for q in d.asserted if q.predicate == bp("evidence")}
    claimed = set()
    for claim in {q.subject for q in d.evidence if q.object == bp("Claim")}:
        of = {q.predicate: q.object for q in d.evidence if q.subject == claim}
        assert of[bp("inGraph")] == DOC
        claimed.add((of[bp("claimSubject")], of[bp("claimPredicate")], of.get(bp("claimObject"), of.get(bp("claimValue")))))
    for q in d.asserted:
        assert q.subject in with_evidence or (q.subject, q.predicate, q.object) in claimed, q
    assert claimed <= {(q.subject, q.predicate, q.object) for q in d.asserted}


def test_quotes_and_anchors_stand_where_they_say(made: Any) -> None:
    d = written(made)
    evidence = {q.subject for q in d.evidence if q.object == bp("Evidence")}
    assert len(evidence) == 4  # one for each line, shared by all that was read from it
    for e in evidence:
        (start,), (end,), (quote,) = (values(d.evidence, e, n) for n in ("startOffset", "endOffset", "quote"))
        assert TEXT[int(start) : int(end)] == quote
    for q in [*d.asserted, *d.evidence]:
        if q.predicate == bp("anchorStart"):
            (anchor,) = values([*d.asserted, *d.evidence], q.subject, "anchor")
            assert TEXT.startswith(anchor, int(q.object.value))


def test_a_date_is_five_triples_and_one_dated(made: Any) -> None:
    d = written(made)
    found = {name: values(d.asserted, MEETING, name) for name in ("dateText", "edtf", "earliestStart", "latestEnd", "datePrecision")}
    assert found == {
        "dateText": {"12-13 January 2012"},
        "edtf": {"2012-01-12/2012-01-13"},
        "earliestStart": {"2012-01-12"},
        "latestEnd": {"2012-01-13"},
        "datePrecision": {expand("c:precision_range")},
    }
    assert [x.edtf for x in d.dates] == ["2012-01-12/2012-01-13"]


def test_a_fact_read_twice_is_one_node_and_the_first_words_name_it(made: Any) -> None:
    d = written(made)
    nodes = {q.subject for q in d.asserted if q.predicate == bp("participant") and q.object == node("id:area_aus")}
    (attendee,) = nodes
    assert values(d.asserted, attendee, "nameAsWritten") == {"Australia"}
    assert values(d.asserted, attendee, "officeHeld") == {"Commissioner"}
    assert values(d.asserted, attendee, "anchor") == {"Australia"}


def test_a_fact_that_needs_two_passages_has_both_as_evidence_and_its_own_anchor(paper: Made) -> None:
    p = paper("a", TEXT).meeting("m1", "Workshop on Victim Protection")
    heading, entry = p.source("Workshop on Victim Protection"), p.source("Malaysia hosted it")
    source = entry.with_beside(heading, heading, entry)
    assert source.beside == (heading,)
    p.reading.findings.append(Fact(subject="meeting:m1", property="year", value=2012, source=source))
    d = written(p)
    (claim,) = {q.subject for q in d.evidence if q.predicate == bp("claimPredicate") and q.object == bp("year")}
    quotes = {q.object.value for e in values(d.evidence, claim, "evidence") for q in d.evidence if q.subject.value == e}
    assert {TEXT.splitlines()[0], TEXT.splitlines()[1]} <= quotes
    assert values(d.evidence, claim, "anchor") == {"Malaysia hosted it"}


def test_a_provision_mentions_what_stands_in_its_words(made: Any) -> None:
    d = written(made)
    provision = node("id:provision_a_2-1")
    assert values(d.asserted, provision, "mentions") == {expand("id:org_iom")}
    assert {expand("id:org_iom"), expand("id:area_mys"), expand("id:person_foo-bar")} == values(d.asserted, node("id:doc_a"), "mentions")
    assert values(d.asserted, provision, "wording") == {expand("c:wording_should")}
    assert values(d.asserted, provision, "number") == {"2.1"}


def test_observation_counts_without_naming_states(made: Any) -> None:
    d = written(made)
    (o,) = {q.subject for q in d.asserted if q.object == bp("StatusObservation")}
    assert Quad(o, bp("value"), literal(17), DOC) in d.asserted
    assert values(d.asserted, o, "namedStates") == set()
    assert values(d.asserted, o, "asOfEdtf") == {"2003-11-30"}


def test_a_concept_is_no_plain_value(paper: Made) -> None:
    p = paper("a", "The guide is planned").observation("instrument:model-mou", "status", "c:instrument-status_planned", "planned")
    d = document_quads(p.reading, p.input, {}, "v")
    assert [q.object for q in d.asserted if q.predicate == bp("valueConcept")] == [node("c:instrument-status_planned")]
    assert not [q for q in d.asserted if q.predicate == bp("value")]


def test_reported_meetings_are_recorded_and_others_mentioned(paper: Made) -> None:
    p = paper("a", "First workshop, after the second").meeting("m1", "First").meeting("m2", "second", standing="mentioned")
    d = document_quads(p.reading, p.input, {"m1": "x000000000001", "m2": "x000000000002"}, "v")
    assert Quad(node("id:meeting_x000000000001"), bp("recordedIn"), node("id:doc_a"), DOC) in d.asserted
    assert Quad(node("id:doc_a"), bp("mentions"), node("id:meeting_x000000000002"), DOC) in d.asserted
    assert d.reported == {node("id:meeting_x000000000001")}


def test_unresolved_names_are_reported_and_never_asserted(made: Any) -> None:
    d = written(made)
    (row,) = [r for r in d.rows if r.status == "unresolved"]
    assert (row.kind, row.written, row.paragraph) == ("instrument", "model law", "4")
    assert "model law" in row.quote
    assert not [q for q in d.asserted if isinstance(q.object, Literal) and q.object.value == "model law"]


def test_every_finding_has_a_row(made: Any) -> None:
    d = written(made)
    claims = {q.subject.value for q in d.evidence if q.object == bp("Claim")}
    nodes = {q.subject.value for q in d.asserted if q.predicate == bp("evidence")}
    assert {r.id for r in d.rows if r.status == "accepted"} == claims | nodes


def test_a_document_without_row_describes_itself(made: Any) -> None:
    d = written(made)
    version = node(f"id:version_a_{made.input.sha256[:8]}")
    assert values(d.meta, version, "charLength") == {str(len(TEXT))}
    assert Quad(node("id:doc_a"), node("dcterms:title"), Literal("Paper a", language="en"), node("g:meta")) in d.meta
    runs = {q.object for q in d.evidence if q.predicate == node("prov:wasGeneratedBy")}
    assert runs == {q.subject for q in d.meta if q.object == bp("ExtractionRun")}


def test_the_order_of_findings_does_not_matter(made: Any) -> None:
    whole = written(made)
    for seed in range(5):
        random.Random(seed).shuffle(made.reading.findings)
        again = written(made)
        assert (again.asserted, again.evidence, again.dates, again.rows) == (whole.asserted, whole.evidence, whole.dates, whole.rows)


def test_faults_of_a_genre_are_named(paper: Made) -> None:
    p = paper("a", "text").link("meeting:m9", "inPlace", "place:bali", "text")
    with pytest.raises(ValueError, match="m9"):
        document_quads(p.reading, p.input, {}, "v")
    q = paper("b", "one two").provision("1", "one").provision("1", "two")
    with pytest.raises(ValueError, match="two provisions"):
        document_quads(q.reading, q.input, {}, "v")
    r = paper("c", "some words").mention("org:iom", "words")
    r.text = "some"
    with pytest.raises(ValueError, match="ends after the text"):
        document_quads(r.reading, r.input, {}, "v")
