"""The public data of the project: every failure names the command or the row that mends it."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from baligraph import data
from baligraph.tables import read_text
from ingest.curation import Curation, load_curation
from ingest.folded import plain
from ingest.gazetteer import normal
from ingest.reference import Area, Reference, load_reference

HERE = Path(__file__).parent
TABLES = sorted((data.corpus() / "reference").glob("*.csv"))
DOCUMENTS = sorted(path.stem for path in (data.corpus() / "documents").glob("*.txt"))


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


NAMES = rows(HERE / "names_as_written.csv")


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def curation(reference: Reference) -> Curation:
    return load_curation(reference)


def test_every_document_is_registered(reference: Reference) -> None:
    assert set(DOCUMENTS) == set(reference.documents), "add or remove the rows of corpus/documents.csv, or the files of corpus/documents"


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_a_document_is_the_one_that_was_registered(reference: Reference, slug: str) -> None:
    found = hashlib.sha256(data.corpus("documents", f"{slug}.txt").read_bytes()).hexdigest()
    assert found == reference.documents[slug].sha256, (
        f"corpus/documents/{slug}.txt was changed: restore it (git checkout), or register the new text with sha256 {found}"
    )


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_rows_are_sorted_by_key(path: Path) -> None:
    keys = [row["key"] for row in rows(path)]
    wrong = next((f"{b} (after {a})" for a, b in pairwise(keys) if a > b), None)
    assert wrong is None, f"corpus/reference/{path.name}: move the row {wrong} to its place in the alphabet"


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_tables_are_plain_lines(path: Path) -> None:
    raw = path.read_bytes()
    assert b"\r" not in raw, f"corpus/reference/{path.name}: save it with line feeds only (sed -i 's/\\r$//')"
    assert raw.endswith(b"\n"), f"corpus/reference/{path.name}: end the last line with a line feed"


@pytest.fixture(scope="module")
def named(reference: Reference) -> dict[tuple[str, str], set[str]]:
    """(document, normalised name) → the entities that the tables read there under this name."""
    found: dict[tuple[str, str], set[str]] = {}
    for slug in DOCUMENTS:
        text = read_text(data.corpus("documents", f"{slug}.txt"))
        words = plain(text)
        compared = normal(words)
        for entity in reference.entities():
            by_phrase = [words[a:b] for p in entity.phrases if p.applies(text) for a, b in p.find(words)]
            for name in (entity.label, *entity.aliases, *entity.acronyms, *by_phrase):
                if normal(name) in compared:
                    found.setdefault((slug, normal(name)), set()).add(entity.ref)
    return found


@pytest.mark.parametrize("row", NAMES, ids=lambda row: f"{row['document'][:8]} {row['name'][:50]}")
def test_a_name_as_written_is_found(named: dict[tuple[str, str], set[str]], row: dict[str, str]) -> None:
    found = named.get((row["document"], normal(row["name"])), set())
    assert found == set(row["refs"].split("|")), f"mend aliases, acronyms or phrases in the rows of {row['refs']} in corpus/reference"


def test_memberships_are_as_counted(reference: Reference) -> None:
    counted = Counter((m.organisation, m.status, m.member.partition(":")[0]) for m in reference.members)
    assert counted["process:bali-process", "member", "area"] == 45, (
        "the process has 45 member states and SARs: mend corpus/reference/members.csv"
    )
    assert counted["process:bali-process", "member", "org"] == 4, (
        "the process has 4 member organisations: mend corpus/reference/members.csv"
    )
    assert counted["body:ad-hoc-group", "member", "area"] == 16, "the Ad Hoc Group has 16 states: mend corpus/reference/members.csv"
    assert counted["body:ad-hoc-group", "member", "org"] == 3, "the Ad Hoc Group has 3 organisations: mend corpus/reference/members.csv"


def test_the_seat_is_that_of_france(reference: Reference) -> None:
    members = {m.member for m in reference.members if m.organisation == "process:bali-process"}
    assert "area:fra" in members, "New Caledonia takes part under France: the member is area:fra"
    assert "area:ncl" not in members, "New Caledonia takes part under France: the member is area:fra"


def test_statuses_of_the_past_are_dated(reference: Reference) -> None:
    undated = [m.key for m in reference.members if m.key.endswith("-2002") and m.attested is None]
    assert undated == [], f"give the day that the source attests in the rows {undated} of corpus/reference/members.csv"


def test_pacific_island_states_are_members(reference: Reference) -> None:
    flagged = {a.iso3 for a in reference.of(Area) if a.pacific_island}
    assert flagged == {"FJI", "KIR", "NRU", "PLW", "PNG", "WSM", "SLB", "TON", "VUT"}, "mend the column pacific_island of areas.csv"
    members = {m.member.partition(":")[2] for m in reference.members if m.status == "member"} - {"fra"}
    unknown = [a.key for a in reference.of(Area) if a.key in members and a.pacific_island is None]
    assert unknown == [], f"fill the column pacific_island of areas.csv for {unknown}"


def test_registered_meetings_stay(curation: Curation) -> None:
    kept = (HERE / "registry_keys.txt").read_text(encoding="utf-8").split()
    keys = [m.key for m in curation.registry]
    gone = [key for key in kept if key not in keys]
    assert gone == [], f"restore the rows {gone} of corpus/curation/registry.csv: an IRI that was published is never removed"
    new = [key for key in keys if key not in kept]
    assert new == [], f"add these keys to tests/corpus/registry_keys.txt, which is only ever added to: {' '.join(new)}"
