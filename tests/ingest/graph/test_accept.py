"""The accepted view: one value where one is due, conflicts seen, nothing invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from pyoxigraph import NamedNode, Quad

from ingest.accept import Accepted, Decisions, Preference, accept
from ingest.contribution import Dated
from ingest.nodes import Object, bp, literal, node

M = node("id:meeting_m")
A, B, CURATED = node("g:doc/a"), node("g:doc/b"), node("g:curated")
SINGLE = [bp(n) for n in ("inPlace", "ordinal", "placeBasis", "attendanceCoverage", "eventStatus", "edtf", "earliestStart", "latestEnd")]


def view(*quads: tuple[NamedNode, str, Object, NamedNode], dates: list[Dated] | None = None, **more: object) -> Accepted:
    found = [Quad(s, node(p), o, g) for s, p, o, g in quads]
    found += [Quad(*t, d.graph) for d in dates or () for t in d.triples()]
    return accept(found, SINGLE, dates=dates or (), **more)  # type: ignore[arg-type]


def values(found: Accepted, name: str, subject: NamedNode = M) -> set[str]:
    return {o.value for s, p, o in found.triples if s == subject and p == node(name)}


def dated(edtf: str, start: str, end: str = "", graph: NamedNode = A, precision: str = "range") -> Dated:
    return Dated(M, graph, f"{edtf} as written", edtf, dt.date.fromisoformat(start), dt.date.fromisoformat(end or start), precision)


MARCH = dated("2011-03", "2011-03-01", "2011-03-31", precision="month")
DAY = dated("2011-03-30", "2011-03-30", graph=B, precision="day")


def test_equal_triples_of_several_graphs_stand_once() -> None:
    found = view((M, "bp:inPlace", node("id:place_bali"), A), (M, "bp:inPlace", node("id:place_bali"), B))
    assert len(found.triples) == 1
    assert not found.conflicts


def test_a_finer_date_replaces_the_coarser_one_that_holds_it() -> None:
    found = view(dates=[MARCH, DAY])
    assert values(found, "bp:edtf") == {"2011-03-30"}
    assert values(found, "bp:dateText") == {"2011-03-30 as written"}
    assert values(found, "bp:earliestStart") == values(found, "bp:latestEnd") == {"2011-03-30"}
    assert len(values(found, "bp:datePrecision")) == 1
    (conflict,) = found.conflicts
    assert (conflict.decided, [v.value for v in conflict.values]) == (True, ["2011-03", "2011-03-30"])


def test_undecided_dates_give_enclosing_bounds_and_no_words() -> None:
    other = dated("2011-03-10/2011-03-12", "2011-03-10", "2011-03-12")
    found = view(dates=[MARCH, DAY, other])
    assert (values(found, "bp:earliestStart"), values(found, "bp:latestEnd")) == ({"2011-03-10"}, {"2011-03-30"})
    assert values(found, "bp:edtf") == values(found, "bp:dateText") == values(found, "bp:datePrecision") == set()
    assert [c.decided for c in found.conflicts] == [False]


def test_two_dates_in_one_document_are_never_mixed() -> None:
    june = dated("2009-06-27/2009-06-29", "2009-06-27", "2009-06-29")
    july = dated("2009-07-27/2009-07-29", "2009-07-27", "2009-07-29")
    found = view(dates=[june, july], decisions=Decisions(preferences=(Preference(M, bp("edtf"), literal(july.edtf)),)))
    assert (values(found, "bp:earliestStart"), values(found, "bp:latestEnd")) == ({"2009-07-27"}, {"2009-07-29"})
    assert values(found, "bp:dateText") == {july.written}


def test_equal_dates_in_other_words_keep_the_words_of_the_report() -> None:
    said = replace(DAY, graph=A, written="30th March 2011")
    assert values(view(dates=[DAY, said], reported_by={M: {B}}), "bp:dateText") == {DAY.written}
    assert values(view(dates=[DAY, said], reported_by={M: {A}}), "bp:dateText") == {"30th March 2011"}


def test_an_undecided_conflict_has_no_value() -> None:
    found = view((M, "bp:ordinal", literal(3), A), (M, "bp:ordinal", literal(4), B))
    assert values(found, "bp:ordinal") == set()
    (conflict,) = found.conflicts
    assert (conflict.decided, conflict.accepted) == (False, ())
    assert set(found.lost) == {(M, bp("ordinal"), literal(3)), (M, bp("ordinal"), literal(4))}


def test_curation_decides() -> None:
    rows = ((M, "bp:ordinal", literal(3), A), (M, "bp:ordinal", literal(4), B))
    prefer = Decisions(preferences=(Preference(M, bp("ordinal"), literal(4)),))
    assert values(view(*rows, decisions=prefer), "bp:ordinal") == {"4"}
    assert values(view(*rows, (M, "bp:ordinal", literal(5), CURATED)), "bp:ordinal") == {"5"}


@pytest.mark.parametrize(
    ("name", "less", "more"),
    [
        ("bp:attendanceCoverage", "c:coverage_no-list", "c:coverage_partial-list"),
        ("bp:attendanceCoverage", "c:coverage_partial-list", "c:coverage_complete-list"),
        ("bp:eventStatus", "c:event-status_planned", "c:event-status_held"),
    ],
)
def test_what_says_more_is_kept(name: str, less: str, more: str) -> None:
    found = view((M, name, node(less), A), (M, name, node(more), B))
    assert values(found, name) == {node(more).value}


def test_held_and_cancelled_are_a_real_conflict() -> None:
    found = view((M, "bp:eventStatus", node("c:event-status_held"), A), (M, "bp:eventStatus", node("c:event-status_cancelled"), B))
    assert values(found, "bp:eventStatus") == set()


def test_the_basis_follows_the_place() -> None:
    stated, absent = node("c:place-basis_stated"), node("c:place-basis_absent")
    both = ((M, "bp:placeBasis", stated, A), (M, "bp:placeBasis", absent, B))
    assert values(view(*both, (M, "bp:inPlace", node("id:place_bali"), A)), "bp:placeBasis") == {stated.value}
    rivals = ((M, "bp:inPlace", node("id:place_bali"), A), (M, "bp:inPlace", node("id:place_jakarta"), B))
    found = view((M, "bp:placeBasis", stated, A), *rivals)
    assert values(found, "bp:inPlace") == values(found, "bp:placeBasis") == set()


def test_an_exact_number_replaces_a_minimum_that_it_respects() -> None:
    least = (M, "bp:attendanceMin", literal(100), A)
    assert values(view(least, (M, "bp:attendanceExact", literal(120), B)), "bp:attendanceMin") == set()
    found = view(least, (M, "bp:attendanceExact", literal(80), B))
    assert values(found, "bp:attendanceMin") == values(found, "bp:attendanceExact") == set()
    assert [c.decided for c in found.conflicts] == [False]


def test_one_label_the_reporting_document_first() -> None:
    a, b, c = (literal(t, "en") for t in ("A title", "B title", "C title"))
    labels = ((M, "rdfs:label", a, CURATED), (M, "rdfs:label", b, A), (M, "rdfs:label", c, B))
    assert values(view(*labels, reported_by={M: {B}}), "rdfs:label") == {"C title"}
    assert values(view(*labels), "rdfs:label") == {"B title"}
    assert values(view(labels[0]), "rdfs:label") == {"A title"}
    prefer = Decisions(preferences=(Preference(M, node("rdfs:label"), a),))
    assert values(view(*labels, decisions=prefer), "rdfs:label") == {"A title"}


def test_labels_of_two_languages_and_of_tables_stay() -> None:
    area = node("id:area_mys")
    found = view(
        (area, "rdfs:label", literal("Malaysia", "en"), node("g:reference")),
        (area, "rdfs:label", literal("Malaisie", "fr"), node("g:reference")),
        (area, "rdfs:label", literal("Federation", "en"), A),
    )
    assert values(found, "rdfs:label", area) == {"Malaysia", "Malaisie"}


def test_the_report_gives_the_kind() -> None:
    below = tuple((bp(k), "rdfs:subClassOf", bp("Meeting"), node("g:ontology")) for k in ("Workshop", "GroupMeeting"))
    kinds = ((M, "rdf:type", bp("Workshop"), A), (M, "rdf:type", bp("GroupMeeting"), B))
    assert values(view(*below, *kinds, reported_by={M: {A}}), "rdf:type") == {bp("Workshop").value}
    assert len(values(view(*below, *kinds), "rdf:type")) == 2


def test_a_rejected_claim_takes_its_triple_but_not_that_of_another_document() -> None:
    claim = node("id:claim_000000000001")
    about = (
        (claim, "bp:claimSubject", M, node("g:evidence/a")),
        (claim, "bp:claimPredicate", bp("ordinal"), node("g:evidence/a")),
        (claim, "bp:claimValue", literal(3), node("g:evidence/a")),
        (claim, "bp:inGraph", A, node("g:evidence/a")),
    )
    no = Decisions(rejected_nodes=frozenset({claim}))
    found = view((M, "bp:ordinal", literal(3), A), *about, decisions=no)
    assert values(found, "bp:ordinal") == set()
    assert values(found, "bp:claimValue", claim) == {"3"}
    assert values(view((M, "bp:ordinal", literal(3), A), (M, "bp:ordinal", literal(3), B), *about, decisions=no), "bp:ordinal") == {"3"}


def test_a_rejected_node_takes_what_hangs_on_it() -> None:
    person, part = node("id:person_x"), node("id:participation_000000000001")
    found = view(
        (part, "bp:participant", person, A),
        (part, "bp:inMeeting", M, A),
        (node("id:doc_a"), "bp:mentions", person, A),
        (M, "bp:ordinal", literal(1), A),
        decisions=Decisions(rejected_nodes=frozenset({person})),
    )
    assert found.triples == {(M, bp("ordinal"), literal(1))}


def test_a_rejected_triple_is_out_whoever_says_it() -> None:
    spo = (M, bp("ordinal"), literal(3))
    no = Decisions(rejected_triples=frozenset({spo}))
    found = view((M, "bp:ordinal", literal(3), A), (M, "bp:ordinal", literal(3), B), (M, "bp:ordinal", literal(4), B), decisions=no)
    assert values(found, "bp:ordinal") == {"4"}
    assert spo in found.rejected
