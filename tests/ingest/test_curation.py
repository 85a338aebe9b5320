"""Curation: decisions with who, when and why; malformed rows are refused; what they say in the graph."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from baligraph import data
from baligraph.errors import InputError
from baligraph.prefixes import expand
from ingest.curation import COLUMNS, Curation, load_curation
from ingest.curation_quads import curated_quads, decisions, registered
from ingest.reference import Reference, load_reference, reference_quads

WHY = "an editor,2026-11-22,because the source says so"
MEETING = (
    "2012-01-12_kuala-lumpur_workshop,Workshop,,,2012-01-12/2012-01-13,2012-01-12,2012-01-13,kuala-lumpur,mys,Victim Protection,"
    f"victim-protection-workshop-2012,{WHY}"
)
UNDATED = f"undated_unknown_workshop,Workshop,,,,,,,,,workshop-recommendations,{WHY}"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The reference tables of the project, with empty curation tables."""
    folder = Path(shutil.copytree(data.corpus(), tmp_path / "corpus"))
    for table, columns in COLUMNS.items():
        (folder / f"curation/{table}.csv").write_text(",".join(c.name for c in columns) + "\n", encoding="utf-8")
    return folder


def load(corpus: Path, **rows: str) -> tuple[Reference, Curation]:
    for table, line in rows.items():
        with (corpus / f"curation/{table}.csv").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    reference = load_reference(corpus)
    return reference, load_curation(reference)


def spo(quads: list[Quad]) -> set[tuple[str, str, str]]:
    return {(q.subject.value, q.predicate.value, q.object.value) for q in quads}


BAD = [
    ("links", "a,body:aheg-1,skos:closeMatch,body:aheg-2,ref,an editor,2026-11-22,", "why", "is empty"),
    ("links", "a,body:aheg-1,skos:closeMatch,body:aheg-2,ref,,2026-11-22,because of it", "who", "is empty"),
    ("links", "a,body:aheg-1,skos:closeMatch,body:aheg-2,ref,an editor,22 November,because of it", "when", "is not a day"),
    ("links", f"a,body:aheg-1,skos:closeMatch,body:aheg-9,ref,{WHY}", "value", "'body:aheg-9' is no entry of the reference tables"),
    ("links", f"a,body:aheg-9,skos:closeMatch,body:aheg-1,ref,{WHY}", "subject", "'body:aheg-9' is no entry of the reference tables"),
    ("links", f"a,club:x,skos:closeMatch,body:aheg-1,ref,{WHY}", "subject", "is no reference of the form type:key"),
    ("links", f"a,body:aheg-1,sko:closeMatch,body:aheg-1,ref,{WHY}", "property", "is not a CURIE of this project"),
    ("links", f"a,body:aheg-1,rdfs:seeAlso,example.org,iri,{WHY}", "value", "'example.org' is no iri"),
    ("links", f"a,body:aheg-1,skos:closeMatch,body:aheg-2,node,{WHY}", "type", "'node' is not a known value"),
    ("links", "a,body:aheg-1,skos:closeMatch,body:aheg-2", None, "has 4 cells, the header has 8 columns"),
    ("preferences", f"a,meeting:2003-04_bali_ministerial-conference,bp:ordinal,second,integer,{WHY}", "value", "'second' is no integer"),
    ("preferences", f"a,meeting:2003-04_bali_ministerial-conference,bp:earliestStart,2003-04,date,{WHY}", "value", "'2003-04' is no date"),
    ("rejections", f"a,claim:0123456789ab,bp:mentions,,,{WHY}", "property", "go together"),
    ("corrections", f"a,area:mys,area:mys,bp:inPlace,place:bali,ref,{WHY}", "finding", "'area:mys' is no finding"),
    ("corrections", f"a,participation:0123456789ab,area:mys,bp:role,c:role_host,ref,{WHY}", "subject", "is another node than the finding"),
    ("corrections", f"a,claim:0123456789ab,area:mys,bp:edtf,2012-13,string,{WHY}", "value", "'2012-13' is no date in EDTF"),
    ("corrections", "a,claim:0123456789ab,area:mys,bp:iso3,MYS,string,WHO,YYYY-MM-DD,WHY", "when", "is not a day"),
    ("redactions", f"a,Hasan Kleib,{WHY}", "person", "is not person:… of the person"),
    ("registry", MEETING.replace("kuala-lumpur,mys", "atlantis,mys"), "place", "'atlantis' is no key of the reference tables"),
    ("registry", MEETING.replace("kuala-lumpur,mys", "kuala-lumpur,xyz"), "area", "'xyz' is no key of the reference tables"),
    ("registry", MEETING.replace("2012-01-13,kuala", "2012-01-14,kuala"), "edtf", "does not have the bounds"),
    ("registry", MEETING.replace("2012-01-12/2012-01-13,", ","), "edtf", "is empty although there are bounds"),
    ("registry", MEETING.replace(",Workshop,,", ",Party,,"), "kind", "'Party' is not a known value"),
    ("registry", MEETING.replace("victim-protection-workshop-2012", "atlantis"), "document", "'atlantis' is no document"),
    ("registry", MEETING.replace("2012-01-12_kuala-lumpur_workshop", "workshop in KL"), "key", "is not a key such as"),
    ("registry", MEETING + "\n" + MEETING, "key", "stands in line 2 already"),
    ("merges", f"a,meeting:x0123456789ab,meeting:undated_unknown_workshop,{WHY}", "into", "is no key of corpus/curation/registry.csv"),
    ("merges", f"a,x0123456789ab,meeting:undated_unknown_workshop,{WHY}", "from", "is not meeting:… of the IRI that is given up"),
]


@pytest.mark.parametrize(("table", "line", "column", "problem"), BAD)
def test_a_malformed_row_is_named(corpus: Path, table: str, line: str, column: str | None, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        load(corpus, **{table: line})
    error = caught.value
    assert error.file == f"corpus/curation/{table}.csv"
    assert error.line == 2 + line.count("\n")
    assert error.column == column
    assert problem in error.problem
    assert error.mend


def test_merges_do_not_run_in_a_ring(corpus: Path) -> None:
    one, two = "meeting:2012-01-12_kuala-lumpur_workshop", "meeting:undated_unknown_workshop"
    with pytest.raises(InputError, match="leads back to itself") as caught:
        load(corpus, registry=f"{MEETING}\n{UNDATED}", merges=f"a,{one},{two},{WHY}\nb,{two},{one},{WHY}")
    assert caught.value.line == 3


def test_chains_of_merges_end_at_what_stays(corpus: Path) -> None:
    one, two = "meeting:2012-01-12_kuala-lumpur_workshop", "meeting:undated_unknown_workshop"
    _, curation = load(corpus, registry=f"{MEETING}\n{UNDATED}", merges=f"a,meeting:x0123456789ab,{one},{WHY}\nb,{one},{two},{WHY}")
    assert curation.merged() == {
        "x0123456789ab": "undated_unknown_workshop",
        "2012-01-12_kuala-lumpur_workshop": "undated_unknown_workshop",
    }
    triples = spo(list(curated_quads(curation)))
    replaced = (expand("id:meeting_x0123456789ab"), expand("dcterms:isReplacedBy"), expand("id:meeting_2012-01-12_kuala-lumpur_workshop"))
    assert replaced in triples


def test_a_registered_meeting(corpus: Path) -> None:
    reference, curation = load(corpus, registry=f"{MEETING}\n{UNDATED}")
    named, unnamed = registered(curation, reference)
    assert named.key == "2012-01-12_kuala-lumpur_workshop"
    assert named.profile.places == {"place:kuala-lumpur"}
    assert named.profile.areas == {"area:mys"}
    assert len(named.profile.dates) == 1
    assert (unnamed.profile.dates, unnamed.profile.places, unnamed.document) == ((), frozenset(), "workshop-recommendations")
    triples = spo(list(curated_quads(curation, meetings={"undated_unknown_workshop"})))
    assert {s for s, _, _ in triples} == {expand("id:decision_registry_undated_unknown_workshop")}


def test_a_link_stands_with_its_decision(corpus: Path) -> None:
    _, curation = load(corpus, links=f"near,body:aheg-1,skos:closeMatch,body:aheg-2,ref,{WHY}")
    quads = list(curated_quads(curation))
    decision, subject, value = expand("id:decision_links_near"), expand("id:body_aheg-1"), expand("id:body_aheg-2")
    assert spo(quads) == {
        (subject, expand("skos:closeMatch"), value),
        (decision, expand("rdf:type"), expand("bp:CurationDecision")),
        (decision, expand("bp:decidedBy"), "an editor"),
        (decision, expand("bp:decidedOn"), "2026-11-22"),
        (decision, expand("bp:reason"), "because the source says so"),
        (decision, expand("bp:sourceRow"), "corpus/curation/links.csv#near"),
        (decision, expand("bp:claimSubject"), subject),
        (decision, expand("bp:claimPredicate"), expand("skos:closeMatch")),
        (decision, expand("bp:claimObject"), value),
    }
    assert {q.graph_name.value for q in quads} == {expand("g:curated")}


def test_preferences_and_rejections_decide_without_asserting(corpus: Path) -> None:
    meeting = "meeting:2003-04_bali_ministerial-conference"
    _, curation = load(
        corpus,
        preferences=f"a,{meeting},bp:edtf,2003-04-28/2003-04-30,string,{WHY}",
        rejections=f"b,{meeting},bp:inPlace,place:jakarta,ref,{WHY}\nc,claim:0123456789ab,,,,{WHY}",
    )
    subject = NamedNode(expand("id:meeting_2003-04_bali_ministerial-conference"))
    decided = decisions(curation)
    assert [(p.subject, p.value) for p in decided.preferences] == [(subject, Literal("2003-04-28/2003-04-30"))]
    assert decided.rejected_triples == {(subject, NamedNode(expand("bp:inPlace")), NamedNode(expand("id:place_jakarta")))}
    assert decided.rejected_nodes == {NamedNode(expand("id:claim_0123456789ab"))}
    assert all(s.startswith(expand("id:decision_")) for s, _, _ in spo(list(curated_quads(curation))))


def test_redactions_are_published_nowhere(corpus: Path) -> None:
    link = f"near,person:hasan-kleib,skos:altLabel,H. Kleib,text,{WHY}"
    reference, curation = load(corpus, redactions=f"a,person:hasan-kleib,{WHY}", links=link)
    assert curation.redacted == {"person:hasan-kleib"}
    assert list(curated_quads(curation)) == []
    published = {s for s, _, _ in spo(list(reference_quads(reference, (), curation.redacted)))}
    assert expand("id:person_hasan-kleib") not in published
    assert expand("id:person_margaret-close") in published
