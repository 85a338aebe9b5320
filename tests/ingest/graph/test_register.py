"""Rows that are proposed for the registry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from ingest.curation import Curation, RegisteredMeeting
from ingest.curation_quads import registered
from ingest.extract import read_document
from ingest.gather import gather
from ingest.reference import load_reference
from ingest.register import Proposal, edtf_of, kind_slug, propose
from ingest.resolve import resolve

Made = Callable[..., Any]


def proposals(*papers: Any, taken: frozenset[str] = frozenset()) -> list[Any]:
    resolution = resolve([p.reading for p in papers], {p.slug: p.input.sha256 for p in papers}, [])
    return propose(resolution, [p.reading for p in papers], taken)


def test_key_has_date_place_and_kind(paper: Made) -> None:
    p = paper("a", "Victim Protection, 12-13 January 2012, Kuala Lumpur").meeting("m", "Victim Protection", title="Victim Protection")
    p.date("meeting:m", "12-13 January 2012", "2012-01-12", "2012-01-13").place("m", "place:kuala-lumpur", None, "Kuala Lumpur")
    (row,) = proposals(p)
    assert row.key == "2012-01-12_kuala-lumpur_workshop"
    assert (row.edtf, row.start, row.end) == ("2012-01-12/2012-01-13", "2012-01-12", "2012-01-13")
    assert (row.place, row.area, row.title, row.document) == ("kuala-lumpur", "", "Victim Protection", "a")


def test_key_of_what_is_unknown(paper: Made) -> None:
    p = paper("a", "Workshop Recommendations\nFiji").meeting("m", "Workshop").meeting("n", "Fiji", "Meeting")
    p.place("n", None, "area:fji", "Fiji")
    assert [r.key for r in proposals(p)] == ["undated_fji_meeting", "undated_unknown_workshop"]


def test_a_second_one_of_the_same_key_is_numbered(paper: Made) -> None:
    p = paper("a", "One seminar, March 2009\nTwo lectures, March 2009")
    for key, words in (("m", "One seminar"), ("n", "Two lectures")):
        p.meeting(key, words, title=words).date(f"meeting:{key}", words, "2009-03-01", "2009-03-31")
    assert {r.key for r in proposals(p)} == {"2009-03_unknown_workshop", "2009-03_unknown_workshop-2"}
    taken = frozenset({"2009-03_unknown_workshop"})
    assert {r.key for r in proposals(p, taken=taken)} == {"2009-03_unknown_workshop-2", "2009-03_unknown_workshop-3"}


def test_the_finest_date_of_several_documents_names_the_meeting(paper: Made) -> None:
    papers = []
    for slug, words, dates in (("a", "March 2011", ("2011-03-01", "2011-03-31")), ("b", "30 March 2011", ("2011-03-30",))):
        p = paper(slug, f"Fourth Ministerial Conference, {words}").meeting("m", "Fourth", "MinisterialConference")
        papers.append(p.fact("meeting:m", "ordinal", 4, "Fourth").date("meeting:m", words, *dates))
    (row,) = proposals(*papers)
    assert (row.key, row.ordinal) == ("2011-03-30_unknown_ministerial-conference", "4")


@pytest.mark.parametrize(
    ("start", "end", "edtf"),
    [
        ("2011-03-30", "2011-03-30", "2011-03-30"),
        ("2002-02-01", "2002-02-28", "2002-02"),
        ("2004-02-01", "2004-02-29", "2004-02"),
        ("2004-01-01", "2004-12-31", "2004"),
        ("2004-03-01", "2004-05-31", "2004-03/2004-05"),
        ("2012-01-12", "2012-01-13", "2012-01-12/2012-01-13"),
    ],
)
def test_edtf_of_bounds(start: str, end: str, edtf: str) -> None:
    assert edtf_of(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == edtf


def test_kind_slug() -> None:
    assert [kind_slug(k) for k in ("MinisterialConference", "Workshop", "Meeting")] == ["ministerial-conference", "workshop", "meeting"]


def test_rows_that_are_accepted_name_the_meetings_that_they_were_proposed_for(context: Any) -> None:
    """Each meeting of the corpus, matched against the whole set of proposed rows, comes back to its own row."""
    reference = load_reference()
    texts = gather(reference).texts
    readings = [read_document(t.slug, t.text, context) for t in texts]
    shas, places = {t.slug: t.sha256 for t in texts}, reference.country_of()
    before = resolve(readings, shas, [], country_of=places)
    rows = propose(before, readings, set())
    curation = Curation(tuple(_accepted(row) for row in rows), (), (), (), (), ())
    after = resolve(readings, shas, registered(curation, reference), country_of=places)
    names = {row.provisional: row.key for row in rows}
    assert {key: names[old] for key, old in before.keys.items()} == after.keys
    assert not after.provisional


def _accepted(row: Proposal) -> RegisteredMeeting:
    def ref(kind: str, key: str) -> str | None:
        return f"{kind}:{key}" if key else None

    def day(text: str) -> dt.date | None:
        return dt.date.fromisoformat(text) if text else None

    decision: dict[str, Any] = {"key": row.key, "who": "a test", "when": dt.date(2020, 1, 1), "why": "to see", "row": None}
    return RegisteredMeeting(
        **decision,
        kind=row.kind,
        series=ref("series", row.series),
        ordinal=int(row.ordinal) if row.ordinal else None,
        edtf=row.edtf,
        start=day(row.start),
        end=day(row.end),
        place=ref("place", row.place),
        area=ref("area", row.area),
        title=row.title,
        document=row.document,
    )
