"""The page about quality says what the report of the gate says, and counts what the reader shows."""

from __future__ import annotations

import html
import json
import re

import httpx

from api.site.quality import Row, _trend
from baligraph.release import Release


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_it_tells_each_finding_of_the_gate(whole: str, release: Release) -> None:
    report = json.loads((release.path / "report.json").read_bytes())
    page = httpx.get(f"{whole}quality").text
    assert report["rows"]
    for row in report["rows"]:
        assert row["rule"] in page
        assert row["sentence"] in html.unescape(page)
    judges = re.findall(r'<td class="number" data-of="(?:Violations|Warnings)">(\d+)</td>', page)
    assert sum(map(int, judges)) == len(report["rows"])


def test_it_tells_where_documents_disagree(whole: str, release: Release, server: str) -> None:
    report = json.loads((release.path / "report.json").read_bytes())
    page = words(httpx.get(f"{whole}quality").text.partition('id="conflicts"')[2])
    for conflict in report["conflicts"]:
        assert " / ".join(value.strip('"') for value in conflict["values"]) in page
        assert conflict["reason"] in page
    open_ = words(httpx.get(f"{server}quality").text.partition('id="conflicts"')[2])
    assert "12-13 March 2011 / March 2011 12-13 March 2011 open the finer date is kept" in open_


def test_passages_that_nobody_read_are_those_of_the_reader(whole: str) -> None:
    page = httpx.get(f"{whole}quality").text
    rows = re.findall(r'<th scope="row"><a href="(documents/[\w-]+)">.*?data-of="Not read">(.*?)</td>', page, re.DOTALL)
    assert len(rows) == 5
    assert any("#t" in cell for _, cell in rows)
    for path, cell in rows:
        reader = httpx.get(f"{whole}{path}").text
        told = re.search(r"Passages not read</dt><dd>(?:<a[^>]*>)?(\d+)", reader)
        assert told is not None
        assert words(cell).partition(" ")[0] in {told[1], "none" if told[1] == "0" else told[1]}
        assert all(f'unread" id="{place}"' in reader for place in re.findall(r"#(t\d+)", cell))


def test_releases_are_drawn_when_there_are_several() -> None:
    rows = [Row("2026-01-02-b", 0, 3, 1, {}), Row("2026-01-01-a", 0, 5, 2, {})]
    assert _trend(rows[:1]) == []
    (drawing,) = _trend(rows)
    assert [[cell.text for cell in row] for row in drawing.rows] == [["2026-01-01-a", "5", "2"], ["2026-01-02-b", "3", "1"]]


def test_its_links_lead_to_the_reports(whole: str) -> None:
    page = httpx.get(f"{whole}quality").text
    for path in re.findall(r'href="(releases/[^"]+/report\.\w+)"', page):
        assert httpx.get(whole + path).status_code == 200
