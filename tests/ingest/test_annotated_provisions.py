"""The provisions of the annotated documents: all are found, with number, wording and class, and nothing is invented."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ingest.document import ReadingContext
from ingest.extract import read_document
from ingest.findings import ProvisionFound

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD = SHARED / "gold" / "gold_corpus.json"
pytestmark = pytest.mark.skipif(not GOLD.is_file(), reason=f"THE ANNOTATION IS NOT HERE ({GOLD}): provisions are not checked against it")

DOCUMENTS = {
    "000": "workshop-recommendations",
    "001": "summary-of-activities-2002-2009",
    "002": "victim-protection-workshop-2012",
    "003": "strategy-for-cooperation-2018",
    "004": "trafficking-technical-experts-workshop-2012",
}
KIND = {"recommendation": "Recommendation", "commitment": "Commitment", "quoted": "Decision"}
LEMMA = {"needed": "need", "necessary": "need", "encouraged": "encourage", "agreed": "agree", "noted": "note"}


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"(?<=\w)-\s+(?=\w)", "-", text).lower().replace("-", ""))


def likeness(a: str, b: str) -> float:
    left, pool = words(a), words(b)
    total = len(left) + len(pool)
    return 2 * sum(1 for w in left if w in pool and not pool.remove(w)) / total  # type: ignore[func-returns-value]


def annotated(doc: str) -> list[dict[str, Any]]:
    return [c for c in json.loads(GOLD.read_text())["commitments"] if c["doc_id"] == doc]


def best(text: str, found: list[ProvisionFound]) -> ProvisionFound | None:
    ranked = sorted(found, key=lambda f: likeness(text, f.text))
    return ranked[-1] if ranked and likeness(text, ranked[-1].text) >= 0.8 else None


@pytest.fixture(params=DOCUMENTS)
def pair(request: pytest.FixtureRequest, context: ReadingContext) -> tuple[list[dict[str, Any]], list[ProvisionFound]]:
    slug = DOCUMENTS[request.param]
    reading = read_document(slug, (SHARED / "corpus" / f"{slug}.txt").read_text(), context)
    return annotated(request.param), reading.of(ProvisionFound)


def test_every_annotated_provision_is_read(pair: tuple[list[dict[str, Any]], list[ProvisionFound]]) -> None:
    gold, found = pair
    assert [c["id"] for c in gold if not c.get("optional") and best(c["text"], found) is None] == []


def test_number_wording_and_class_are_as_annotated(pair: tuple[list[dict[str, Any]], list[ProvisionFound]]) -> None:
    gold, found = pair
    for c in gold:
        f = best(c["text"], found)
        if f is None or not c["strict"]:
            continue
        assert f.kind == KIND[c["class_"]], c["id"]
        assert {LEMMA.get(w, w) for w in re.split(r";\s*", c["strength"])} <= set(f.wording), c["id"]
        assert f.directives == c["directives"], c["id"]
        if c["number"]:
            assert f.number == c["number"], c["id"]
        assert (f.attributed_to is not None) == ("attributed_to" in c), c["id"]


def test_no_provision_is_invented(pair: tuple[list[dict[str, Any]], list[ProvisionFound]]) -> None:
    gold, found = pair
    assert [f.text for f in found if not any(likeness(c["text"], f.text) >= 0.8 for c in gold)] == []


def test_only_one_recommendation_names_the_process_itself(context: ReadingContext) -> None:
    slug = DOCUMENTS["000"]
    reading = read_document(slug, (SHARED / "corpus" / f"{slug}.txt").read_text(), context)
    assert [f.number for f in reading.of(ProvisionFound) if "process:bali-process" in f.actors] == ["5"]


def test_every_bullet_of_the_strategy_has_the_theme_of_its_area(context: ReadingContext) -> None:
    slug = DOCUMENTS["003"]
    reading = read_document(slug, (SHARED / "corpus" / f"{slug}.txt").read_text(), context)
    by_area: dict[str, set[str]] = {}
    for f in reading.of(ProvisionFound):
        if f.number:
            by_area.setdefault(f.number.partition(".")[0], set()).add(f.themes[0])
    assert sorted(map(len, by_area.values())) == [1] * 8
    assert len(set().union(*by_area.values())) == 8
