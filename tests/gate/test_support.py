"""The checker of support accepts what a text says and finds what somebody made up."""

from __future__ import annotations

import ast
from pathlib import Path

import pyoxigraph as ox
import pytest
from small import ATTENDED, BESIDE, HOSTS, MEETING, OBSERVED, OPENED, TEXT, Small, Value, day, node, small

from baligraph import support
from baligraph.support import Facts, Unsupported, unsupported


def judge(made: Small) -> list[Unsupported]:
    store = ox.Store()
    store.extend(made.release())
    return unsupported(Facts.of(store, {"small": TEXT}))


def test_everything_that_the_text_says_is_supported() -> None:
    assert judge(small()) == []


@pytest.mark.parametrize(
    ("name", "predicate", "value", "kind"),
    [
        # roles
        ("host", "bp:role", node("c:role_observer"), "role"),
        ("attendee", "bp:role", node("c:role_host"), "role"),
        ("observer", "bp:role", node("c:role_keynote-speaker"), "role"),
        ("opener", "bp:role", node("c:role_co-chair"), "role"),
        ("host", "bp:role", node("c:role_jester"), "role"),
        # names
        ("attendee", "bp:participant", node("area:idn"), "name"),
        ("attendee", "bp:nameAsWritten", ox.Literal("Indonesia"), "name"),
        ("host", "bp:participant", node("org:unhcr"), "name"),
        ("attendee-us", "bp:participant", node("area:chn"), "name"),
        ("opener", "bp:officeHeld", ox.Literal("Minister of Home Affairs and Defence"), "office"),
        ("opener", "bp:onBehalfOf", node("area:idn"), "name"),
        ("mention", "bp:claimObject", node("body:aheg-1"), "mention"),
        # dates
        ("earliestStart", "bp:claimValue", day("2012-01-11"), "date"),
        ("latestEnd", "bp:claimValue", day("2012-01-14"), "date"),
        ("latestEnd", "bp:claimValue", day("2012-02-13"), "date"),
        ("earliestStart", "bp:claimValue", day("2011-01-12"), "date"),
        ("datePrecision", "bp:claimObject", node("c:precision_month"), "date"),
        ("edtf", "bp:claimValue", ox.Literal("2012-01-12"), "date"),
        ("dateText", "bp:claimValue", ox.Literal("12-14 January 2012"), "words"),
        ("third-earliestStart", "bp:claimValue", day("2009-03-01"), "date"),
        ("third-latestEnd", "bp:claimValue", day("2009-04-14"), "date"),
        ("third-datePrecision", "bp:claimObject", node("c:precision_day"), "date"),
        ("count", "bp:asOfStart", day("2003-10-01"), "date"),
        ("count", "bp:asOfText", ox.Literal("December 2003"), "date"),
        # places
        ("place", "bp:claimObject", node("place:bangkok"), "place"),
        ("country", "bp:claimObject", node("area:idn"), "place"),
        ("basis", "bp:claimObject", node("c:place-basis_absent"), "place"),
        ("third-basis", "bp:claimObject", node("c:place-basis_stated"), "place"),
        ("targeting-place", "bp:claimObject", node("place:bangkok"), "place"),
        # numbers
        ("ordinal", "bp:claimValue", ox.Literal(5), "number"),
        ("third-ordinal", "bp:claimValue", ox.Literal(2), "number"),
        ("least", "bp:claimValue", ox.Literal(101), "number"),
        ("least", "bp:claimPredicate", node("bp:attendanceExact"), "number"),
        ("exact", "bp:claimPredicate", node("bp:attendanceMin"), "number"),
        ("exact", "bp:claimValue", ox.Literal(18), "number"),
        ("count", "bp:value", ox.Literal(9), "number"),
        ("count", "bp:about", node("body:rso"), "name"),
        # kinds and statuses
        ("kind", "bp:claimObject", node("bp:SideEvent"), "kind"),
        ("label", "bp:claimValue", ox.Literal("Fourth Workshop on Statelessness", language="en"), "label"),
        ("process", "bp:claimObject", node("process:budapest-process"), "name"),
        ("held", "bp:claimObject", node("c:event-status_cancelled"), "status"),
        ("coverage", "bp:claimObject", node("c:coverage_partial-list"), ""),  # how complete a list is, is our reading
        ("coverage", "bp:anchor", ox.Literal("were there"), "anchor"),
        # provisions
        ("provision", "bp:text", ox.Literal("promote agreements with the Regional Support Office (RSO)", language="en"), "text"),
        ("provision", "bp:text", ox.Literal("agreements multi-lateral promote", language="en"), "text"),
        ("provision", "bp:wording", node("c:wording_should"), "wording"),
        ("provision", "bp:verb", ox.Literal("criminalise"), "verb"),
        ("provision", "bp:responsibleBody", node("body:aheg-1"), "name"),
    ],
)
def test_an_invention_is_found(name: str, predicate: str, value: Value, kind: str) -> None:
    made = small()
    made.change(name, predicate, value)
    found = {(fault.kind, fault.node) for fault in judge(made)}
    assert ((kind, made.named[name].value) in found) if kind else not found


@pytest.mark.parametrize(("one", "other"), [(HOSTS, OBSERVED), (ATTENDED, OPENED), (OPENED, OBSERVED)])
def test_swapped_quotes_are_found(one: str, other: str) -> None:
    """Each passage stands rightly in the text: only the facts are under the wrong ones."""
    made = small()
    first, second = made.passage(one), made.passage(other)
    swapped = []
    for quad in made.quads:
        value = quad.object
        if quad.predicate == node("bp:evidence") and value in (first, second):
            value = second if value == first else first
        swapped.append(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
    made.quads = swapped
    assert {fault.kind for fault in judge(made)} >= {"name"}


def test_a_fact_without_a_passage_is_found() -> None:
    made = small()
    made.change("place", "bp:evidence", node("evidence:000000000000"))
    assert [fault.kind for fault in judge(made)] == ["passage"]


def test_a_name_in_small_letters_is_no_acronym() -> None:
    made = small()
    made.fact("us", node("meeting:one"), "bp:hostState", node("area:usa"), OPENED, "Malaysia")
    assert [fault.node for fault in judge(made)] == [made.named["us"].value]


def test_facts_of_losing_documents_are_asked_too() -> None:
    """A value that does not reach the accepted view stands in its document's graph, and its claim beside it."""
    made = small()
    made.change("place", "bp:claimObject", node("place:bangkok"))
    accepted = [quad for quad in made.release() if not (quad.subject == made.named["place"] and quad.graph_name == ox.DefaultGraph())]
    store = ox.Store()
    store.extend(accepted)
    assert [fault.kind for fault in unsupported(Facts.of(store, {"small": TEXT}))] == ["place"]


def test_the_sentence_of_a_node_is_that_of_its_passages() -> None:
    made = small()
    store = ox.Store()
    store.extend(made.release())
    facts = Facts.of(store, {"small": TEXT})
    assert facts.sentence(made.named["observer"].value) == "The United Arab Emirates participated as observers."
    assert facts.sentence("https://example.org/nothing") == ""
    assert BESIDE.value in facts.graphs.values()


def test_the_checker_shares_nothing_with_the_extractor() -> None:
    for path in Path(support.__file__).parent.glob("*.py"):
        for found in ast.walk(ast.parse(path.read_text())):
            names = (
                [a.name for a in found.names]
                if isinstance(found, ast.Import)
                else [found.module or ""]
                if isinstance(found, ast.ImportFrom)
                else []
            )
            assert not [name for name in names if name.partition(".")[0] in {"ingest", "api"}], path


def test_two_dates_may_share_a_bound() -> None:
    """A page gives one day in its label and two in its sentence: they end alike, and the end is one claim, with the anchor of the first."""
    made, said = small(), "13 January 2012"
    made.change("latestEnd", "bp:anchor", ox.Literal(said))
    alone = {"dateText": ox.Literal(said), "edtf": ox.Literal("2012-01-13"), "earliestStart": day("2012-01-13")}
    for name, value in {**alone, "datePrecision": node("c:precision_day")}.items():
        made.fact(f"alone-{name}", MEETING, f"bp:{name}", value, HOSTS, said)
    assert judge(made) == []
    made.change("alone-earliestStart", "bp:claimValue", day("2012-01-11"))
    assert {fault.kind for fault in judge(made)} == {"date"}
