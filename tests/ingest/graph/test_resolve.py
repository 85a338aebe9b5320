"""Identity of meetings: which rule decides, what stays open, and that other documents never change a registered IRI."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from ingest.meetings import Profile, compare, likeness
from ingest.resolve import Registered, Resolution, resolve

Made = Callable[..., Any]


def row(key: str, kind: str = "Workshop", start: str = "", end: str = "", document: str | None = None, **more: Any) -> Registered:
    dates = ((dt.date.fromisoformat(start), dt.date.fromisoformat(end or start)),) if start else ()
    more = {k: (v,) if k == "titles" else frozenset({v}) for k, v in more.items()}
    return Registered(key, Profile(kind=kind, dates=dates, **more), document)


FOURTH = row("2011-03-30_unknown_ministerial-conference", "MinisterialConference", "2011-03-30", ordinals=4)
FIFTH = row("2013-04-02_bali_ministerial-conference", "MinisterialConference", "2013-04-02", ordinals=5)
KL = row(
    *("2012-01-12_kuala-lumpur_workshop", "Workshop", "2012-01-12", "2012-01-13"),
    places="place:kuala-lumpur",
    areas="area:mys",
    titles="Victim Protection",
)
TARGETING = row(
    "2004-05_bangkok_workshop", "Workshop", "2004-05-01", "2004-05-31", places="place:bangkok", titles="AHEG II targeting workshop"
)
IDENTITY = row(
    "2004-03_bangkok_workshop", "Workshop", "2004-03-01", "2004-03-31", places="place:bangkok", titles="identity management workshop"
)
ROWS = [FOURTH, FIFTH, KL, TARGETING, IDENTITY]


def settle(*papers: Any, rows: list[Registered] | None = None, merges: dict[str, str] | None = None) -> Resolution:
    shas = {p.slug: p.input.sha256 for p in papers}
    places = {"place:bangkok": "area:tha", "place:kuala-lumpur": "area:mys"}
    return resolve([p.reading for p in papers], shas, ROWS if rows is None else rows, merges=merges, country_of=places)


def test_ordinal_decides_even_where_dates_differ(paper: Made) -> None:
    p = paper("a", "The Fourth Ministerial Conference of 10 March 2011").meeting(
        "m", "Fourth Ministerial Conference", "MinisterialConference"
    )
    p.fact("meeting:m", "ordinal", 4, "Fourth").date("meeting:m", "10 March 2011", "2011-03-10")
    found = settle(p)
    assert found.keys["a", "m"] == FOURTH.key
    assert found.resolved[0].rule == "ordinal"


def test_ordinal_of_another_decade_is_another_meeting(paper: Made) -> None:
    p = paper("a", "Fourth Ministerial Conference, 2 May 2019").meeting("m", "Fourth", "MinisterialConference")
    p.fact("meeting:m", "ordinal", 4, "Fourth").date("meeting:m", "2 May 2019", "2019-05-02")
    assert settle(p).resolved[0].provisional


def test_different_ordinals_are_never_one_meeting() -> None:
    a = Profile(kind="MinisterialConference", ordinals=frozenset({4}), dates=((dt.date(2011, 3, 1), dt.date(2011, 3, 31)),))
    b = Profile(kind="MinisterialConference", ordinals=frozenset({5}), dates=((dt.date(2011, 3, 1), dt.date(2011, 3, 31)),))
    assert compare(a, a) is not None
    assert compare(a, b) is None


def test_numbers_of_two_sequences_tell_apart_where_no_date_does() -> None:
    a = Profile(kind="GroupMeeting", titles=("Ad Hoc Group",), ordinals=frozenset({8}))
    b = Profile(kind="GroupMeeting", titles=("First Ad Hoc Group Meeting",), series=frozenset({"series:x"}), ordinals=frozenset({1}))
    assert compare(a, b) is None


def test_date_place_and_title(paper: Made) -> None:
    p = paper("a", "workshop on Victim Protection, January 2012, Malaysia").meeting("m", "workshop", title="Workshop on Victim Protection")
    p.date("meeting:m", "January 2012", "2012-01-01", "2012-01-31").place("m", None, "area:mys", "Malaysia")
    found = settle(p)
    assert (found.keys["a", "m"], found.resolved[0].rule) == (KL.key, "circumstances")


@pytest.mark.parametrize(
    ("date", "place", "title"),
    [
        (("2012-03-01", "2012-03-31"), "place:kuala-lumpur", "Victim Protection"),  # another month
        (("2012-01-01", "2012-01-31"), "place:bangkok", "Victim Protection"),  # another town
        (("2012-01-01", "2012-01-31"), "place:kuala-lumpur", "Airline liaison officers"),  # another subject
    ],
)
def test_what_contradicts_is_another_meeting(paper: Made, date: tuple[str, str], place: str, title: str) -> None:
    p = (
        paper("a", "a workshop")
        .meeting("m", "workshop", title=title)
        .date("meeting:m", "workshop", *date)
        .place("m", place, None, "workshop")
    )
    assert settle(p).resolved[0].provisional


def test_undated_mention_is_found_by_place_and_title(paper: Made) -> None:
    p = paper("a", "Following on from the targeting workshop in Bangkok").meeting(
        "m", "workshop", standing="mentioned", title="targeting workshop"
    )
    p.place("m", "place:bangkok", None, "Bangkok")
    assert settle(p).keys["a", "m"] == TARGETING.key


def test_a_tie_decides_nothing(paper: Made) -> None:
    p = paper("a", "the workshop in Bangkok in 2004").meeting("m", "workshop", title="border workshop")
    p.date("meeting:m", "2004", "2004-01-01", "2004-12-31", "year").place("m", "place:bangkok", None, "Bangkok")
    twin = row("2004-07_bangkok_workshop", "Workshop", "2004-07-01", "2004-07-31", places="place:bangkok", titles="border workshop")
    other = row("2004-08_bangkok_workshop", "Workshop", "2004-08-01", "2004-08-31", places="place:bangkok", titles="border workshop")
    assert settle(p, rows=[twin]).keys["a", "m"] == twin.key
    found = settle(p, rows=[twin, other])
    assert found.resolved[0].provisional
    assert found.resolved[0].note == "2 meetings fit equally well"


def test_a_mention_joins_the_meeting_that_its_own_document_reports(paper: Made) -> None:
    p = paper("a", "Fourth Ministerial Conference, 30 March 2011\nAs the Fourth Conference said")
    p.meeting("m1", "Fourth Ministerial Conference", "MinisterialConference").fact("meeting:m1", "ordinal", 4, "Fourth Ministerial")
    p.meeting("m2", "Fourth Conference", "MinisterialConference", "mentioned").fact("meeting:m2", "ordinal", 4, "Fourth Conference")
    found = settle(p, rows=[])
    assert found.keys["a", "m1"] == found.keys["a", "m2"]
    assert len(found.provisional) == 1


def test_two_reported_meetings_of_one_document_never_share_a_row(paper: Made) -> None:
    p = paper("a", "Victim Protection one, Kuala Lumpur\nVictim Protection two, Kuala Lumpur")
    for key, words in (("m1", "Victim Protection one"), ("m2", "Victim Protection two")):
        p.meeting(key, words, title="Victim Protection").date(f"meeting:{key}", words, "2012-01-12", "2012-01-13")
        p.place(key, "place:kuala-lumpur", None, words)
    found = settle(p)
    assert found.keys["a", "m1"] != found.keys["a", "m2"]
    assert all(r.provisional for r in found.resolved)
    assert "fits the row" in found.resolved[0].note


def test_the_unnamed_meeting_of_a_document_has_a_row_of_its_own(paper: Made) -> None:
    undated = row("undated_unknown_workshop", "Workshop", document="a")
    p = paper("a", "Workshop Recommendations").meeting("m", "Workshop", standing="implicit")
    q = paper("b", "Workshop Recommendations").meeting("m", "Workshop", standing="implicit")
    found = settle(p, q, rows=[undated, KL])
    assert found.keys["a", "m"] == undated.key
    assert found.keys["b", "m"] != undated.key


def test_merges_end_where_a_person_said(paper: Made) -> None:
    p = paper("a", "workshop, Manila").meeting("m", "workshop")
    own = settle(p).keys["a", "m"]
    assert own.startswith("x")
    found = settle(p, merges={own: KL.key})
    assert (found.keys["a", "m"], found.resolved[0].rule) == (KL.key, "merge")
    assert not found.provisional


def pair(paper: Made) -> list[Any]:
    """Three documents on one unregistered meeting, and one on a registered one."""
    papers = []
    for slug in ("b", "c", "a"):
        p = paper(slug, f"{slug}: seminar on lost documents, Manila, March 2009").meeting("m", "seminar", title="Lost Documents")
        papers.append(p.date("meeting:m", "March 2009", "2009-03-01", "2009-03-31").place("m", "place:manila", None, "Manila"))
    known = paper("d", "Victim Protection, Kuala Lumpur, 12-13 January 2012").meeting("m", "Victim Protection", title="Victim Protection")
    known.date("meeting:m", "12-13 January 2012", "2012-01-12", "2012-01-13").place("m", "place:kuala-lumpur", None, "Kuala Lumpur")
    return [*papers, known]


def test_one_unregistered_meeting_of_three_documents_is_one_node_in_any_order(paper: Made) -> None:
    found = [settle(*order).keys for order in permutations(pair(paper))]
    assert len({found[0][slug, "m"] for slug in "abc"}) == 1
    assert all(keys == found[0] for keys in found)


def test_other_documents_change_no_registered_iri(paper: Made) -> None:
    papers = pair(paper)
    whole = settle(*papers)
    assert whole.keys["d", "m"] == KL.key
    for left_out in papers:
        rest = settle(*(p for p in papers if p is not left_out))
        for (slug, key), iri in whole.keys.items():
            if not iri.startswith("x") and slug != left_out.slug:
                assert rest.keys[slug, key] == iri


def test_the_first_document_names_a_provisional_meeting(paper: Made) -> None:
    a, b = sorted((p for p in pair(paper) if p.slug in "ab"), key=lambda p: p.slug)
    assert settle(a, b).keys["b", "m"] == settle(a).keys["a", "m"] != settle(b).keys["b", "m"]
    assert settle(a, b).first_document[settle(a).keys["a", "m"]] == "a"


def test_two_meetings_in_the_same_words_get_two_iris(paper: Made) -> None:
    p = paper("a", "workshops in Seoul and Bali").meeting("m1", "workshops").meeting("m2", "workshops")
    found = settle(p, rows=[])
    assert len(set(found.keys.values())) == 2


def test_likeness_counts_telling_words_only() -> None:
    def of(title: str) -> Profile:
        return Profile(kind="Workshop", titles=(title,))

    assert likeness(of("Bali Process Workshop on People Smuggling"), of("Regional Ministerial Conference on People Smuggling")) == 0
    assert likeness(of("Multi-Jurisdictional Targeting Meeting"), of("the targeting workshop")) == 1
    assert likeness(of("Organising returns"), of("organizing return")) == 1
