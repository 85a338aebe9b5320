"""Drawings: what stands where, what is told in words, and which suit the rows of a query."""

from __future__ import annotations

import csv
import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from urllib.parse import quote

import httpx
import pytest

from api.draw import svg
from api.draw.bars import Bar, bars
from api.draw.drawing import Drawing, Key
from api.draw.line import line
from api.draw.marks import SHAPES, mark
from api.draw.matrix import Field, Row, matrix
from api.draw.scale import Days, Linear, from_zero
from api.draw.tiles import Tile, places, tiles
from api.draw.timeline import Event, Lane, timeline
from api.draw.views import views
from api.terms import XSD, Term
from baligraph import data

BASE = "https://w3id.org/baligraph/"
HOSTILE = "<script>alert(1)</script> & \"quotes\" 'here'"


def tree(drawing: Drawing) -> ET.Element:
    """The picture as XML, which also proves that it is well-formed."""
    return ET.fromstring(f"<svg>{drawing.body}</svg>")


def texts(drawing: Drawing) -> list[str]:
    return [str(e.text) for e in tree(drawing).iter("text")]


# --- scales -------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "low", "high"), [([3, 9], 0, 10), ([1], 0, 1), ([0, 0], 0, 1), ([-4, 7], -4, 8), ([0.25, 0.5], 0, 0.5), ([1234], 0, 1400)]
)
def test_a_scale_begins_at_zero_and_ends_at_a_round_number(values: list[float], low: float, high: float) -> None:
    scale = from_zero(values, 200, 0)
    assert (scale.low, scale.high) == (low, pytest.approx(high))
    assert scale(low) == 200
    assert scale(high) == pytest.approx(0)


def test_ticks_are_round_and_within_the_scale() -> None:
    assert Linear(0, 9, 0, 1).ticks() == [0, 2, 4, 6, 8]
    assert Linear(-5, 5, 0, 1).ticks(2) == [-5, 0, 5]


def test_days_stand_in_the_share_of_their_year() -> None:
    scale = Days.over([dt.date(2002, 2, 1), dt.date(2003, 6, 1)], 0, 200)
    assert scale(dt.date(2002, 1, 1)) == 0
    assert scale(dt.date(2003, 1, 1)) == 100
    assert 40 < scale(dt.date(2002, 6, 30)) < 50
    assert Days(1900, 2020, 0, 300).years() == list(range(1900, 2021, 20))


# --- drawings -----------------------------------------------------------------------------------------------------------------------------


def test_upright_bars_are_as_high_as_their_numbers() -> None:
    drawing = bars("Meetings", "By year", "Year", ["meetings"], [Bar("2002", (4,), "y2"), Bar("2003", (2,)), Bar("2004", (0,))])
    heights = [float(e.get("height", "")) for e in tree(drawing).iter("rect")]
    assert heights == [pytest.approx(2 * heights[1]), heights[1], 0]
    assert [a.get("href") for a in tree(drawing).iter("a")] == ["y2"]
    assert [[cell.text for cell in row] for row in drawing.rows] == [["2002", "4"], ["2003", "2"], ["2004", "0"]]
    assert drawing.columns == ("Year", "meetings")


def test_lying_bars_are_stacked_and_long_names_are_cut_but_told_whole() -> None:
    name = "A name that is far too long for the place that it has on a page of any width"
    drawing = bars("Kinds", "By kind", "Kind", ["will", "should"], [Bar(name, (1, 3)), Bar("B", (2, 0))])
    rects = [(float(e.get("x", "")), float(e.get("width", ""))) for e in tree(drawing).iter("rect")]
    assert rects[0][0] + rects[0][1] == pytest.approx(rects[1][0], abs=0.2)
    assert rects[1][1] == pytest.approx(3 * rects[0][1], abs=0.3)
    assert any(text.endswith("…") for text in texts(drawing))
    assert f"{name}: 1 + 3" in {str(e.text) for e in tree(drawing).iter("title")}
    assert [key.name for key in drawing.key] == ["will", "should"]


def test_a_line_goes_through_its_points_in_order() -> None:
    drawing = line("Share", "Over time", "Day", "share", {"": [(dt.date(2020, 1, 1), 3.0), (dt.date(2019, 1, 1), 1.0)]})
    (points,) = [e.get("points", "") for e in tree(drawing).iter("polyline")]
    (x1, y1), (x2, y2) = [tuple(map(float, point.split(","))) for point in points.split()]
    assert x1 < x2
    assert y1 > y2


def test_a_mark_on_the_timeline_is_as_wide_as_its_date_is_vague() -> None:
    day, month = dt.date(2012, 1, 12), dt.date(2012, 3, 1)
    events = (
        Event("Day", day, day, "12 January 2012", "d"),
        Event("Month", month, dt.date(2012, 3, 31), "March 2012"),
        Event("Same month", month, dt.date(2012, 3, 31), "March 2012"),
        Event("Year", dt.date(2012, 1, 1), dt.date(2012, 12, 31), "2012"),
    )
    drawing = timeline("Meetings", "In lanes", [Lane("Workshops", events), Lane("Others", ())])
    picture = tree(drawing)
    assert [e.get("r") for e in picture.iter("circle")] == ["5"]
    assert [a.get("href") for a in picture.iter("a")] == ["d"]
    shapes = {
        str(e.find("title").text): (float(e.get("y", "")), float(e.get("width", "")))  # type: ignore[union-attr]
        for e in picture.iter("rect")
        if e.find("title") is not None
    }
    assert shapes["2012: Year"][1] > 10 * shapes["March 2012: Month"][1]
    assert shapes["March 2012: Month"][0] != shapes["March 2012: Same month"][0]
    assert "Others · 0" in texts(drawing)
    assert [row[0].text for row in drawing.rows] == ["2012", "12 January 2012", "March 2012", "March 2012"]


def test_not_recorded_looks_and_reads_other_than_absent() -> None:
    grounds = {
        "2011": Field("unknown", "not recorded"),
        "2012": Field("known", "in no list", "dash"),
        "2013": Field("nothing", "no meeting"),
    }
    key = [Key("c1", "hosted", "square"), Key("c3", "took part", "circle")]
    rows = [Row("Malaysia", {"2012": {0: 1, 1: 2}}, "mys"), Row("Tonga", {})]
    drawing = matrix("Who", "By year", "State", ["2011", "2012", "2013"], grounds, rows, key)
    assert [cell.text for cell in drawing.rows[0]] == ["Malaysia", "not recorded", "hosted, took part (2)"]
    assert [cell.text for cell in drawing.rows[1]] == ["Tonga", "not recorded", "in no list"]
    classes = [e.get("class") for e in tree(drawing).iter("rect")]
    assert {"unknown", "known", "nothing"} <= set(classes)
    told = {str(e.text) for e in tree(drawing).iter("title")}
    assert {"2011: not recorded", "2012: in no list", "Malaysia, 2012: hosted, took part (2)"} <= told
    assert sum(e.get("class") == "c7" for e in tree(drawing).iter("rect")) == 1  # the dash of Tonga


def test_every_area_has_a_tile_of_its_own() -> None:
    with data.corpus("reference", "areas.csv").open(encoding="utf-8", newline="") as file:
        areas = {row["key"] for row in csv.DictReader(file)}
    assert set(places()) == areas, "add or remove the rows of corpus/reference/tiles.csv"
    assert len(set(places().values())) == len(places()), "two tiles of corpus/reference/tiles.csv stand in one place"


def test_a_tile_without_a_number_says_so() -> None:
    drawing = tiles(
        "Meetings", "By state", "meetings", [Tile("mys", "Malaysia", 7), Tile("ton", "Tonga", None), Tile("xxx", "Elsewhere", 1)]
    )
    assert sorted(texts(drawing)) == ["7", "MYS", "TON", "–"]
    assert [[cell.text for cell in row] for row in drawing.rows] == [["Malaysia", "7"], ["Elsewhere", "1"], ["Tonga", "not recorded"]]
    assert drawing.key[-1].name == "– not recorded"


@pytest.mark.parametrize("shape", SHAPES)
def test_each_mark_is_a_shape(shape: str) -> None:
    assert ET.fromstring(mark(shape, 5, 5, 8, "c1")).get("class", "").startswith("c1")


def test_there_is_no_other_mark() -> None:
    with pytest.raises(ValueError, match="there is no mark 'star'"):
        mark("star", 0, 0, 1, "c1")


def test_whatever_a_name_holds_is_shown_as_text() -> None:
    day = dt.date(2012, 1, 1)
    for drawing in (
        bars(HOSTILE, "", "x", ["n"], [Bar(HOSTILE, (1,), f"javascript:{HOSTILE}")]),
        timeline("t", "", [Lane(HOSTILE, (Event(HOSTILE, day, day, HOSTILE),))]),
        tiles("t", "", "n", [Tile("mys", HOSTILE, 1)]),
        matrix("t", "", "x", [HOSTILE], {HOSTILE: Field("unknown", HOSTILE)}, [Row(HOSTILE, {})], []),
        line("t", "", "x", "y", {HOSTILE: [(1, 1), (2, 2)], "b": [(1, 2)]}),
    ):
        assert "<script" not in str(drawing.body)
        assert any("<script>alert(1)" in str(e.text) for e in tree(drawing).iter())
    assert "&lt;script&gt;" in str(svg.told(HOSTILE))


# --- views --------------------------------------------------------------------------------------------------------------------------------


def literal(value: str, kind: str) -> Term:
    return Term("literal", value, XSD + kind)


def iri(name: str) -> Term:
    return Term("uri", f"{BASE}id/{name}")


NAMES = [literal(name, "string") for name in "ABC"]
YEARS = [literal(year, "integer") for year in ("2002", "2003", "2004")]
COUNTS = [literal(count, "integer") for count in ("3", "1", "2")]
DAYS = [literal(day, "date") for day in ("2002-02-01", "2003-01-01", "2004-01-01")]
AREAS = [iri("area_mys"), iri("area_idn"), iri("area_tha")]
THINGS = [iri("meeting_a"), iri("meeting_b"), iri("meeting_c")]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ([NAMES, COUNTS], {"bar"}),
        ([YEARS, COUNTS], {"bar", "line"}),
        ([AREAS, COUNTS], {"bar", "map"}),
        ([AREAS], {"map"}),
        ([THINGS, DAYS], {"timeline"}),
        ([DAYS, COUNTS], {"line"}),
        ([THINGS, NAMES], set()),
        ([COUNTS], set()),
        ([[None, None, None], COUNTS], set()),
        ([[literal("NaN", "double")] * 3, NAMES], set()),
        ([[literal("2002-13-45", "date")] * 3, NAMES], set()),
    ],
)
def test_the_columns_decide_which_views_there_are(columns: Sequence[Sequence[Term | None]], expected: set[str]) -> None:
    rows = [[column[place] for column in columns] for place in range(3)]
    found = views("t", [f"v{place}" for place in range(len(columns))], rows, BASE, lambda value: f"to {value}")
    assert set(found) == expected
    for drawing in found.values():
        assert len(drawing.rows) == 3
        tree(drawing)


def test_things_are_linked_and_bear_the_names_beside_them() -> None:
    found = views("t", ["area", "name", "n"], list(zip(AREAS, NAMES, COUNTS, strict=True)), BASE, lambda value: value)
    assert [(cell.text, cell.href) for cell, _ in found["bar"].rows] == [(n.value, a.value) for n, a in zip(NAMES, AREAS, strict=True)]
    assert {row[0].text for row in found["map"].rows} == {"A", "B", "C"}


QUERY = "SELECT ?year (COUNT(?m) AS ?n) { ?m <https://w3id.org/baligraph/ontology#year> ?year } GROUP BY ?year"


def test_a_result_is_drawn_where_its_columns_allow_it(server: str) -> None:
    plain = httpx.get(f"{server}sparql?format=html&query={quote(QUERY)}")
    assert 'view=bar">Bar</a>' in plain.text
    assert "<table" in plain.text
    drawn = httpx.get(f"{server}sparql?format=html&view=bar&query={quote(QUERY)}")
    assert '<figure class="drawing" id="view">' in drawn.text
    assert "2011" in drawn.text
    assert '<figure class="drawing"' not in httpx.get(f"{server}sparql?format=html&view=map&query={quote(QUERY)}").text
