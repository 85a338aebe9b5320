"""The pages of classes: the place among the others, what the shape asks, a real example; and the tree that is drawn."""

from __future__ import annotations

import html
import re

import httpx
import pytest

from api.draw.tree import Branch, tree


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def row(page: str, name: str) -> str:
    rows = re.findall(r"<tr>(.*?)</tr>", page.partition('class="list stack shape"')[2], re.DOTALL)
    return next(words(entry) for entry in rows if words(entry).startswith(f"{name} "))


def test_a_class_shows_its_shape_with_a_real_example(whole: str) -> None:
    page = httpx.get(f"{whole}ontology/class/Meeting").text
    assert "Bali Process Technical Experts&#39; Workshop" in page
    place = row(page, "in place")
    assert "at most one . A meeting is in at most one place of corpus/reference/places.csv" in place
    assert place.endswith("34 Bali")
    assert '<a href="../../ontology/class/Workshop">' in page


def test_a_narrower_class_inherits_what_the_wider_one_asks(whole: str) -> None:
    page = httpx.get(f"{whole}ontology/class/Workshop").text
    assert "A meeting has one label, in English" in row(page, "name")
    tree_ = page.partition('<figure class="drawing" id="place">')[2]
    assert re.findall(r">([\w ]+) · \d+</text>", tree_)[:2] == ["Meeting", "Workshop"]


def test_every_class_of_the_ontology_has_its_page(server: str) -> None:
    found = re.findall(r'href="(ontology/class/\w+)"', httpx.get(f"{server}ontology", headers={"accept": "text/html"}).text)
    assert len(found) > 50
    for path in found[::6]:
        answer = httpx.get(server + path)
        assert answer.status_code == 200, path
        assert len(answer.content) < 100_000


@pytest.mark.parametrize("name", ["Nothing", "meeting", "x>y"])
def test_what_is_no_class_is_not_found(server: str, name: str) -> None:
    assert httpx.get(f"{server}ontology/class/{name}").status_code == 404


def test_a_branch_hangs_below_the_nearest_that_is_less_deep() -> None:
    drawing = tree("T", "D", "Class", "Things", [Branch("a", 0, 3), Branch("b", 1, 2, class_="c1"), Branch("c", 2, 1), Branch("d", 1, 0)])
    lines = re.findall(r'<line x1="([\d.]+)" x2="([\d.]+)" y1="([\d.]+)" y2="([\d.]+)"', drawing.body)
    down = [(float(x), float(y1), float(y2)) for x, x2, y1, y2 in lines if x == x2]
    assert down == [(12.0, 24.0, 42.0), (42.0, 50.0, 68.0), (12.0, 24.0, 94.0)]
    assert [[cell.text for cell in row] for row in drawing.rows] == [["a", "0", "3"], ["b", "1", "2"], ["c", "2", "1"], ["d", "1", "0"]]
