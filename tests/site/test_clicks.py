"""Ten of the forty questions, answered from the home page by clicking alone: each with the clicks that it takes, and what is then read.

A step that begins with + opens what is folded; it is counted, and stays on the page.
"""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

import httpx
import pytest

QUESTIONS = {
    "Q1": ([], ["2002 4", "2003 6", "2004 9", "2005 4", "2006 4", "2007 2", "2008 2", "2009 5"]),
    "Q30": (
        [],
        ["Law enforcement 5", "Stakeholder engagement 3", "Information sharing 4", "Irregular migration 2", "Coordination and support 3"],
    ),
    "Q40": (["Data and API", "Quality"], ["2011-03 / 2011-03-30", "the finer or first date is kept"]),
    "Q4": (["Explore", "+Of body", "Ad Hoc Experts' Group I"], ["5 meetings", "September 2002", "March 2003", "April 2004", "Fiji"]),
    "Q6": (["Query", "Build a question", "Meetings 41", "Budapest Process"], ["2 found", "May 2004", "Perth", "Vienna"]),
    "Q15": (
        ["Explore", "States", "Indonesia"],
        ["December 2004 Protection, Return and Reintegration", "28 to 30 May 2012", "host (Ministry of Foreign"],
    ),
    "Q23": (["Query", "Questions", "observers"], ["United Arab Emirates", "International Committee of the Red Cross"]),
    "Q25": (["Explore", "Bali Process Workshop on “Victim Protection”"], ["at least 100"]),
    "Q34": (
        ["Commitments", "All provisions", "+In document", "Workshop Recommendations"],
        ["10 provisions", "2: recommends", "1: encourages"],
    ),
    "Q38": (["Query", "Questions", "uptake-of-an-instrument"], ["17", "considering"]),
}


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def click(page: httpx.Response, name: str) -> httpx.Response:
    """Follow the first link whose words, or whose last step, these are."""
    for href, words in re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', page.text, re.DOTALL):
        if plain(words) == name or html.unescape(href).rpartition("/")[2] == name:
            found = httpx.get(urljoin(str(page.url), html.unescape(href)), headers={"accept": "text/html"}, follow_redirects=True)
            assert found.status_code == 200
            return found
    raise AssertionError(f"no link {name!r} on {page.url}")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_by_clicking(whole: str, question: str) -> None:
    steps, answers = QUESTIONS[question]
    page = httpx.get(whole, headers={"accept": "text/html"})
    for step in steps:
        if step.startswith("+"):
            assert step[1:] in [plain(summary) for summary in re.findall(r"<summary>(.*?)</summary>", page.text, re.DOTALL)]
        else:
            page = click(page, step)
    text = plain(page.text.partition("<main")[2].partition("</main>")[0])
    assert [answer for answer in answers if answer not in text] == []
    assert len(steps) <= 4
