"""Briefs on states and meetings: what is recorded with its sentence, and what is not, each in its own words."""

from __future__ import annotations

import html
import re

import httpx


def brief(address: str, thing: str) -> dict[str, str]:
    """The lines of a brief by their heads, as text; footnotes stand as [n]."""
    page = httpx.get(f"{address}data/{thing}.html").text
    part = page.partition('<section class="brief"')[2].partition("</section>")[0]
    part = re.sub(r'<sup><a href="#note-(\d+)"[^>]*>\d+</a></sup>', r"[\1]", part)
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", part, re.DOTALL)
    return {head: " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split()) for head, text in found}


def test_a_brief_on_a_state_tells_what_is_recorded_and_what_is_not(whole: str) -> None:
    malaysia = brief(whole, "area_mys")
    assert re.search(r"^12-13 January 2012 .*Victim Protection.* \(co-host\)(\[\d+\])+$", malaysia["Hosted"])
    assert "28 to 30 May 2012" in malaysia["Took part"]
    assert malaysia["Observed"] == "Not recorded."
    assert malaysia["Not in the list of"] == "It stands in every complete list of who came."
    emirates = brief(whole, "area_are")
    assert "12-13 January 2012" in emirates["Observed"]
    assert emirates["Took part"] == "Not recorded."
    assert emirates["Not in the list of"].startswith("28 to 30 May 2012")
    bhutan = brief(whole, "area_btn")
    assert all(bhutan[head] == "Not recorded." for head in ("Hosted", "Chaired", "Took part", "Observed"))
    assert "January 2012" in bhutan["Not in the list of"]
    assert "May 2012" in bhutan["Not in the list of"]


def test_who_speaks_for_a_state_and_its_ministries_count_as_its_part(whole: str) -> None:
    indonesia = brief(whole, "area_idn")
    assert "Febrina A. Ruddyard" in indonesia["Chaired"]
    assert "December 2004" in indonesia["Hosted"]
    assert "February 2002" in indonesia["Chaired"]
    assert "February 2002" not in indonesia["Hosted"]  # a conference in Bali has no host until a text names one


def test_every_line_of_a_part_has_a_footnote_with_its_sentence(whole: str) -> None:
    page = httpx.get(f"{whole}data/area_aus.html").text
    for item in re.findall(r'<li><span class="when">.*?</li>', page, re.DOTALL):
        if "(" in item:
            assert "#note-" in item, item
    used = {int(number) for number in re.findall(r'href="#note-(\d+)"', page)}
    notes = dict(re.findall(r'<li id="note-(\d+)"><q class="said">(.*?)</q>', page, re.DOTALL))
    assert used == {int(number) for number in notes}
    held = page.partition("<dt>Held there, whoever hosted</dt>")[2].partition("</dd>")[0]
    places = {
        int(number): place
        for item, place in re.findall(r"<li>(.*?\(([^()]+)\)</small>.*?)</li>", held, re.DOTALL)
        for number in re.findall(r'href="#note-(\d+)"', item)
    }
    assert {"Perth", "Brisbane"} <= set(places.values())
    for number, quote in notes.items():  # where it was held, the sentence names the place, and the table the state
        assert "Australia" in quote or "Close" in quote or places[int(number)] in quote


def test_a_brief_on_a_meeting_tells_when_where_who_and_what(whole: str) -> None:
    workshop = brief(whole, "meeting_2012-01-12_kuala-lumpur_workshop")
    assert workshop["When"].startswith("12-13 January 2012")
    assert workshop["Where"].startswith("Kuala Lumpur")
    assert "International Organization for Migration" in workshop["Hosted by"]
    assert workshop["Chaired by"] == "Not recorded."
    assert "at least 100" in workshop["How many came"]
    assert "United Arab Emirates" in workshop["Observed"]
    assert "nationality" in workshop["What was agreed or said"]
    unplaced = brief(whole, "meeting_2009-04_unknown_ministerial-conference")
    assert unplaced["Where"] == "The documents do not say."
    assert unplaced["Took part"] == "Not recorded: there is no list of who came."


def test_other_things_have_no_brief(whole: str) -> None:
    assert brief(whole, "body_rso") == {}


def test_a_meeting_held_there_is_told_apart_from_one_that_it_hosted(whole: str) -> None:
    found = brief(whole, "area_mys")
    assert found["Held there, whoever hosted"].count("Port Dickson") >= 2
    assert "[" in found["Held there, whoever hosted"]
    assert "Port Dickson" not in found["Hosted"]
