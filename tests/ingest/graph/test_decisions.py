"""From a document and the lines that its review page gives, through a build, to the default graph: reject, correct, prefer, merge."""

from __future__ import annotations

import csv
import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import review_text
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from baligraph import data
from baligraph.prefixes import expand
from baligraph.review_model import DocumentReview, Finding
from baligraph.why import Decision, Explainer
from ingest.build import BuildResult, build
from ingest.context import reading_context
from ingest.extract import read_document
from ingest.preview import preview
from ingest.reference import load_reference

Built = Callable[..., tuple[BuildResult, Store, dict[str, dict[str, str]]]]
SLUG = "returns-workshop"
STAYS = "2014-05_bali_workshop"
REGISTERED = (
    f"{STAYS},Workshop,,,2014-05,2014-05-01,2014-05-31,bali,,,victim-protection-workshop-2012,Ann,2026-11-22,a meeting for this test"
)


@pytest.fixture(scope="module")
def read() -> DocumentReview:
    reference = load_reference()
    return preview(read_document(SLUG, review_text.TEXT, reading_context(reference)), review_text.TEXT, reference)


def finding(read: DocumentReview, kind: str, *words: str) -> Finding:
    """The one finding of a kind that says all of these words."""
    found = [f for f in read.findings if f.kind == kind and all(any(w in " ".join(s) for s in f.says) for w in words)]
    assert len(found) == 1, [f.says for f in found]
    return found[0]


def line(found: Finding, what: str, **changes: str) -> tuple[str, str]:
    """The table and the line of a decision as the page gives it, signed, with the right value put in by its column."""
    (choice,) = [c for c in found.choices if c.what == what]
    columns = (data.corpus("curation") / f"{choice.table}.csv").read_text(encoding="utf-8").split()[0].split(",")
    (cells,) = csv.reader([choice.line])
    row = dict(zip(columns, cells, strict=True))
    assert (row["who"], row["when"], row["why"]) == ("WHO", "YYYY-MM-DD", "WHY")
    row |= {"who": "Ann", "when": "2026-11-22", "why": "the text says otherwise", **changes}
    return choice.table, ",".join(row.values())


def meeting(store: Store) -> NamedNode:
    (found,) = [q.subject for q in store.quads_for_pattern(None, node("bp:recordedIn"), node(f"id:doc_{SLUG}"), DefaultGraph())]
    assert isinstance(found, NamedNode)
    return found


def node(curie: str) -> NamedNode:
    return NamedNode(expand(curie))


def values(store: Store, subject: NamedNode, curie: str) -> set[str]:
    return {q.object.value for q in store.quads_for_pattern(subject, node(curie), None, DefaultGraph())}  # type: ignore[union-attr]


@pytest.fixture
def built(tmp_path: Path, warm: Path) -> Built:
    """Build the text beside the corpus with these lines of curation: the result, its quads, its findings by id."""

    def make(*lines: tuple[str, str]) -> tuple[BuildResult, Store, dict[str, dict[str, str]]]:
        corpus = Path(shutil.copytree(data.corpus(), tmp_path / "corpus"))
        for table, text in lines:
            with (corpus / f"curation/{table}.csv").open("a", encoding="utf-8") as file:
                file.write(text + "\n")
        (tmp_path / "more").mkdir()
        (tmp_path / "more" / f"{SLUG}.txt").write_text(review_text.TEXT, encoding="utf-8")
        result = build(corpus=corpus, documents=[tmp_path / "more"], out=tmp_path / "out", cache=warm, processes=1)
        assert result.release is not None, (result.error, result.report)
        store = Store()
        store.bulk_load(gzip.decompress(result.release.quads_path.read_bytes()), format=RdfFormat.N_QUADS)
        with (result.release.path / "findings.csv").open(encoding="utf-8", newline="") as file:
            return result, store, {row["id"]: row for row in csv.DictReader(file) if row["document"] == SLUG}

    return make


def test_every_decision_takes_effect_and_is_in_the_graph(read: DocumentReview, built: Built) -> None:
    thailand, zealand = finding(read, "people", "Thailand"), finding(read, "people", "New Zealand")
    place = finding(read, "place", "in place", "Kuala Lumpur")
    dates = [f for f in read.findings if f.kind == "date" and f.status == "conflicting"]
    second = next(f for f in dates if f.written == "14-15 March 2013")
    kind = finding(read, "meeting", "is a", "Workshop")
    result, store, rows = built(
        line(thailand, "reject it"),
        line(zealand, "correct it", property="bp:role", value="c:role_observer"),
        line(place, "correct it", value="place:port-dickson"),
        line(second, "prefer it"),
        ("registry", REGISTERED),
        line(kind, "merge the meeting", into=f"meeting:{STAYS}"),
    )
    assert (result.exit_code, [p.message for p in result.problems]) == (0, [])
    held = meeting(store)
    assert held == node(f"id:meeting_{STAYS}")
    given_up = [q.subject for q in store.quads_for_pattern(None, node("dcterms:isReplacedBy"), held, DefaultGraph())]
    assert len(given_up) == 1
    assert values(store, held, "bp:edtf") == {"2013-03-14/2013-03-15"}
    assert values(store, held, "bp:inPlace") == {expand("id:place_port-dickson")}
    assert expand("id:area_tha") not in values(store, held, "bp:hasParticipant")
    assert expand("id:area_nzl") not in values(store, held, "bp:attendedBy")
    assert values(store, held, "bp:observedBy") == {expand("id:area_nzl")}
    # the ids of findings about a meeting change with its IRI, and the decisions still hold
    assert {row["written"] for row in rows.values() if row["status"] == "rejected"} == {"Thailand"}
    right = {row["id"]: row["written"] for row in rows.values() if row["status"] == "corrected"}
    assert sorted(right.values()) == ["Kuala Lumpur", "New Zealand"]
    # what the document says stays in its own graph
    said = {q.object for q in store.quads_for_pattern(held, node("bp:inPlace"), None, node(f"g:doc/{SLUG}"))}
    assert said == {node("id:place_kuala-lumpur")}
    # each decision is in the graph, and explains
    decisions = {q.subject.value for q in store.quads_for_pattern(None, node("rdf:type"), node("bp:CurationDecision"), DefaultGraph())}  # type: ignore[union-attr]
    tables = ("rejections_reject", "corrections_correct", "preferences_prefer", "merges_merge")
    assert all(any(f"decision_{table}" in d for d in decisions) for table in tables)
    explained = Explainer(store).explain(held, node("bp:inPlace"), node("id:place_port-dickson"))
    assert [g.by for g in explained.grounds if isinstance(g, Decision)] == ["Ann"]
    (corrected,) = list(store.quads_for_pattern(None, node("bp:corrects"), None, DefaultGraph()))
    assert right[corrected.object.value] == "Kuala Lumpur"  # type: ignore[union-attr]
    assert corrected.object != node(place.ids[0])


def test_a_date_is_corrected_and_rejected_as_a_whole(read: DocumentReview, built: Built) -> None:
    first, second = sorted((f for f in read.findings if f.kind == "date" and f.status == "conflicting"), key=lambda f: f.written)
    assert len(first.ids) == 5
    result, store, _ = built(line(first, "correct it", value="2013-04"), line(second, "reject it"))
    assert [p.message for p in result.problems] == []
    held = meeting(store)
    expected = {"bp:edtf": "2013-04", "bp:earliestStart": "2013-04-01", "bp:latestEnd": "2013-04-30", "bp:year": "2013"}
    assert {name: values(store, held, name) for name in expected} == {name: {value} for name, value in expected.items()}
    assert values(store, held, "bp:datePrecision") == {expand("c:precision_month")}
    assert values(store, held, "bp:dateText") == set()
    explainer = Explainer(store)
    for quad in store.quads_for_pattern(held, None, None, DefaultGraph()):
        explainer.explain(quad.subject, quad.predicate, quad.object)  # type: ignore[arg-type]


def test_of_two_dates_the_one_that_is_not_rejected_stays(read: DocumentReview, built: Built) -> None:
    first, second = sorted((f for f in read.findings if f.kind == "date" and f.status == "conflicting"), key=lambda f: f.written)
    result, store, _ = built(line(second, "reject it"))
    held = meeting(store)
    assert result.exit_code == 0
    assert values(store, held, "bp:dateText") == {first.written}
    assert values(store, held, "bp:earliestStart") == {"2013-03-12"}
    assert values(store, held, "bp:datePrecision") == {expand("c:precision_range")}


def test_a_decision_that_meets_nothing_is_told_and_stops_nobody(
    built: Built,
) -> None:
    signed = "Ann,2026-11-22,because of the text"
    result, store, _ = built(
        ("rejections", f"old,claim:0123456789ab,,,,{signed}"),
        ("corrections", f"old,claim:0123456789ab,area:mys,bp:inPlace,place:bali,ref,{signed}"),
        ("preferences", f"old,meeting:1999_bali_workshop,bp:edtf,1999,string,{signed}"),
    )
    assert result.exit_code == 0
    told = [p.message for p in result.problems]
    assert len(told) == 3
    assert all("has no effect" in message for message in told)
    assert Quad(node("id:area_mys"), node("bp:inPlace"), node("id:place_bali"), DefaultGraph()) not in store
    assert list(store.quads_for_pattern(None, node("bp:decidedBy"), Literal("Ann"), DefaultGraph())) == []
