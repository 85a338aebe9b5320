"""Every triple of the accepted view is explained, down to sentences, sourced rows, decisions or files."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store
from rich.console import Console

from baligraph.prefixes import expand
from baligraph.why import Decision, Explainer, Explanation, File, Sentence, SourcedRow, UnexplainedError, explain
from ingest.assemble import Assembled
from ingest.curation import Statement
from ingest.frame import Frame
from ingest.nodes import bp, literal, node

Made = Callable[..., Any]
TEXT = """Fourth Ministerial Conference, Kuala Lumpur, 12 January 2012
The Sri Lankan National Police hosted it. Australia attended.
States should return victims to IOM."""


@pytest.fixture(scope="module")
def made(paper: Made, graph_of: Made, bare: Frame) -> Assembled:
    p = conference(paper("a", TEXT), "12 January 2012", "2012-01-12")
    p.took_part("m", "gov:lk-police", "host", "Sri Lankan National Police").took_part("m", "area:aus", "attendee", "Australia")
    p.link("meeting:m", "attendanceCoverage", "c:coverage_partial-list", "Australia attended")
    p.provision("1", "States should return victims to IOM.").mention("org:iom", "IOM")
    q = paper("b", "Fourth Ministerial Conference, Kuala Lumpur, 13 January 2012\nA later meeting")
    conference(q, "13 January 2012", "2012-01-13").meeting("n", "later meeting", "Meeting")
    link = Statement(
        **{"key": "close", "who": "an editor", "when": dt.date(2020, 1, 1), "why": "they look alike", "row": Row()},
        **{"subject": "body:aheg-1", "property": "skos:closeMatch", "value": "body:aheg-2", "type": "ref"},
    )
    return graph_of(p, q, frame=replace(bare, curation=replace(bare.curation, links=(link,))))


class Row:
    """Where a decision stands."""

    file = "corpus/curation/links.csv"


def conference(p: Any, words: str, day: str) -> Any:
    p.meeting("m", "Fourth Ministerial Conference", "MinisterialConference", title="Fourth Ministerial Conference")
    p.fact("meeting:m", "ordinal", 4, "Fourth").date("meeting:m", words, day)
    return p.place("m", "place:kuala-lumpur", None, "Kuala Lumpur")


def one(made: Assembled, predicate: str, object_: Any = None, graph: Any = None) -> Explanation:
    quads = sorted(made.store.quads_for_pattern(None, node(predicate), object_, graph or DefaultGraph()), key=str)
    return explain(made.store, quads[0].subject, quads[0].predicate, quads[0].object)


def test_every_triple_ends_in_a_sentence_a_row_a_decision_or_a_file(made: Assembled) -> None:
    explainer = Explainer(made.store)
    hows = set()
    for q in made.store.quads_for_pattern(None, None, None, DefaultGraph()):
        found = explainer.explain(q.subject, q.predicate, q.object)  # type: ignore[arg-type]
        assert list(found.leaves()), q
        hows.add(found.how)
    assert hows == {"document", "evidence", "reference", "curated", "ontology", "inferred", "meta"}


def test_a_claim_gives_its_sentence_and_its_words(made: Assembled) -> None:
    found = one(made, "bp:inPlace", node("id:place_kuala-lumpur"))
    assert found.how == "document"
    assert [(g.document, g.anchor) for g in found.grounds if isinstance(g, Sentence)] == [("a", "Kuala Lumpur"), ("b", "Kuala Lumpur")]
    first = found.grounds[0]
    assert isinstance(first, Sentence)
    assert TEXT[first.start : first.end] == first.quote == TEXT.splitlines()[0]


def test_an_assertion_rests_on_its_own_evidence(made: Assembled) -> None:
    (ground,) = one(made, "bp:participant", node("id:area_aus")).grounds
    assert isinstance(ground, Sentence)
    assert (ground.anchor, ground.rule) == ("Australia", "handmade")


def test_an_inferred_triple_names_its_rule_and_its_premises(made: Assembled) -> None:
    found = one(made, "bp:hostState")
    assert (found.how, found.grounds) == ("inferred", (File("queries/rules/22-host-state.rq"),))
    leaves = list(found.leaves())
    assert any(isinstance(leaf, Sentence) and "hosted" in leaf.quote for leaf in leaves)
    assert any(isinstance(leaf, SourcedRow) and "governments.csv#lk-police" in leaf.row for leaf in leaves)


def test_what_is_inferred_from_silence_says_so(made: Assembled) -> None:
    found = one(made, "bp:placeBasis", node("c:place-basis_absent"))
    assert found.how == "inferred"
    assert len(found.unless) == 3


def test_a_disputed_date_shows_both_sentences(made: Assembled) -> None:
    found = one(made, "bp:datePrecision", node("c:precision_disputed"))
    quotes = {leaf.quote for leaf in found.leaves() if isinstance(leaf, Sentence)}
    assert any("12 January 2012" in q for q in quotes)
    assert any("13 January 2012" in q for q in quotes)


def test_tables_decisions_and_files(made: Assembled) -> None:
    (row,) = one(made, "bp:iso3", literal("MYS")).grounds
    assert isinstance(row, SourcedRow)
    assert row.row == "corpus/reference/areas.csv#mys"
    assert row.sources
    assert one(made, "skos:closeMatch", node("id:body_aheg-2")).grounds == (
        Decision("corpus/curation/links.csv#close", "an editor", "2020-01-01", "they look alike"),
    )
    assert one(made, "bp:shortcut", bp("coHostedBy")).grounds == (File("ontology/concepts/role.ttl"),)
    assert one(made, "bp:provisional").grounds == (File("manifest.json"),)


def test_blank_nodes_of_the_ontology_have_a_file(made: Assembled) -> None:
    explainer = Explainer(made.store)
    quads = [q for q in made.store.quads_for_pattern(None, None, None, DefaultGraph()) if isinstance(q.subject, BlankNode)]
    assert quads
    for q in quads:
        files = [g.path for g in explainer.explain(q.subject, q.predicate, q.object).grounds if isinstance(g, File)]  # type: ignore[arg-type]
        assert files
        assert all(f.startswith("ontology/") for f in files)


def shown(found: Explanation) -> str:
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(found.tree())
    return console.export_text()


def test_a_passage_is_shown_once(made: Assembled) -> None:
    found = one(made, "bp:hostState")
    sentences = [leaf for leaf in found.leaves() if isinstance(leaf, Sentence)]
    assert len(sentences) > len({s.quote for s in sentences}), "several premises rest on one passage"
    text = shown(found)
    for s in sentences:
        assert text.count(f"“{s.quote}”") == 1
        assert text.count(f"characters {s.start}–{s.end}") == len([x for x in sentences if x.quote == s.quote])


@pytest.mark.parametrize(
    ("label", "where"), [("14", "a, paragraph 14, characters 0–20"), ("1.3", "a, paragraph 1.3, "), ("b3", "a, characters ")]
)
def test_a_paragraph_is_named_where_the_text_numbers_it(paper: Made, graph_of: Made, label: str, where: str) -> None:
    p = paper("a", "States met in Perth.").mention("place:perth", "Perth")
    p.reading = replace(p.reading, findings=[replace(f, source=replace(f.source, paragraph=label)) for f in p.reading.findings])
    assert where in shown(one(graph_of(p), "bp:mentions", node("id:place_perth")))


def test_it_reads_as_a_tree_and_as_json(made: Assembled) -> None:
    found = one(made, "bp:hostState")
    text = shown(found)
    assert "queries/rules/22-host-state.rq" in text
    assert "The Sri Lankan National Police hosted it." in text
    plain = json.loads(json.dumps(found.as_json()))
    assert plain["how"] == "inferred"
    assert plain["premises"][0]["grounds"][0]["kind"] in {"SourcedRow", "Sentence", "File"}


# --- what can't be explained ------------------------------------------------------------------------------------------------------------


def test_a_triple_that_is_not_there(made: Assembled) -> None:
    with pytest.raises(UnexplainedError, match="not in the accepted view"):
        explain(made.store, node("id:area_mys"), node("rdf:type"), bp("Meeting"))
    with pytest.raises(UnexplainedError, match="no triple"):
        explain(made.store, Literal("x"), node("rdf:type"), bp("Meeting"))


@pytest.mark.parametrize(
    "graph", ["g:doc/a", "g:evidence/a", "g:reference", "g:curated", "g:ontology", "g:inferred/shortcuts", "g:inferred/no-rule", "g:x"]
)
def test_a_planted_triple_is_not_explained(made: Assembled, graph: str) -> None:
    planted = (node("id:meeting_planted"), bp("hostedBy"), node("id:area_grc"))
    store = Store()
    store.bulk_extend([*made.store, Quad(*planted), Quad(*planted, NamedNode(expand(graph)))])
    with pytest.raises(UnexplainedError):
        explain(store, *planted)


def test_a_rule_does_not_explain_a_triple_by_itself(tmp_path: Path) -> None:
    (tmp_path / "10-x.rq").write_text("#+ summary: x\n#+ writes: inferred/x\nCONSTRUCT { ?s a ?o }\nWHERE { ?s a ?o }\n")
    store, triple = Store(), (node("id:area_x"), node("rdf:type"), bp("Area"))
    store.extend([Quad(*triple), Quad(*triple, node("g:inferred/x"))])
    with pytest.raises(UnexplainedError, match="does not give it"):
        Explainer(store, rules=tmp_path).explain(*triple)
