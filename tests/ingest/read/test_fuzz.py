"""Documents that were damaged at random, in every format: no crash, every piece of evidence exact, and the gate holds.

`make test` tries a few hundred; FUZZ_CASES=10000 is the long mode. The seed is fixed (FUZZ_SEED), so a failure can be had again.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from made import MAKERS, blocks_of
from pyoxigraph import RdfFormat, Store

from baligraph import data
from baligraph.prefixes import sparql_header
from baligraph.release import Release
from baligraph.settings import Settings
from ingest.build import build
from ingest.cache import ReadingCache, context_digest
from ingest.contribution import TextInput
from ingest.nodes import node
from ingest.read.extraction import is_clean
from ingest.read.files import FileRead, read_files
from ingest.read.frozen import Frozen

CASES = int(os.environ.get("FUZZ_CASES", "200"))
SEED = int(os.environ.get("FUZZ_SEED", "2002"))
BATCH = 50

BLOCKS = [block for path in sorted(data.corpus("documents").glob("*.txt")) for block in blocks_of(path.read_text(encoding="utf-8"))]
SNIPPETS = [
    '"> . <http://evil.example/s> a <http://evil.example/o> . #',
    '""" ; bp:hostedBy id:area_mys ; rdfs:label """',
    "<https://w3id.org/baligraph/id/area_mys>",
    'urn:x-local:<>"{}|^`\\',
    "</script><script>alert(1)</script>",
    "<!DOCTYPE html><html><body><nav>",
    "{{ 7 * 7 }} ${7*7} %s %n",
    "\u202eaisyalaM\u202c \u2066x\u2069 \u200b\u200d\ufeff\u00ad",
    "\ud7ff\ue000\ufffd\U0001f600 e\u0301\u0301\u0301",
    "31 February 2012 30-29 June 2009 99 Month 2012-13-45 0 May 0000",
    "the 99999999999999999999th Meeting, the 0th Conference, the Second Third Meeting",
    "((((((((((((((((((((",
    "))))]]]>>>",
    "\t\t\x0b\x0c\x85\u2028",
    "• - * 1. (2) 3) iv. # ## ###### ",
    "Co-Chairs Co-Chairs' Co-Chairs’s Statement of of of",
    "Malaysia," * 200,
    "a" * 5000,
    "\\u0000 \\x00 &#0; &#xD800; &amp;lt;",
    "'; DROP TABLE x; --",
    "Hosted by Malaysia, Indonesia and and , , ; ; Australia (",
    "Ministers agreed to to agreed that agreed",
    "2002 2003 2004: : : 5 March 2005:",
]


def damaged_text(rng: random.Random) -> list[tuple[str, str]]:
    """A few blocks of the corpus, shuffled, cut and mixed with words that look like something else."""
    start = rng.randrange(len(BLOCKS))
    blocks = BLOCKS[start : start + rng.randint(2, 12)]
    if rng.random() < 0.2:
        rng.shuffle(blocks)
    done = []
    for kind, words in blocks:
        text = words
        for _ in range(rng.choice((0, 0, 1, 1, 2))):
            at, to = sorted(rng.choices(range(len(text) + 1), k=2))
            change: Callable[[], str] = rng.choice(
                (
                    lambda t=text, a=at: t[:a] + rng.choice(SNIPPETS) + t[a:],
                    lambda t=text, a=at, b=to: t[:a] + t[min(b, a + 40) :],
                    lambda t=text, a=at, b=to: t[:b] + t[a:],
                    lambda t=text: t.swapcase(),
                    lambda t=text: "".join(rng.choice("0123456789") if c.isdigit() else c for c in t),
                    lambda t=text: " ".join(rng.sample(t.split(), len(t.split()))),
                )
            )
            text = change()
        done.append((kind if kind != "numbered" or text[:1].isdigit() else "paragraph", text))
    return done


def damaged(rng: random.Random) -> tuple[str, bytes]:
    """A document with its suffix."""
    suffix = rng.choice([*MAKERS, "txt"])
    blocks = damaged_text(rng)
    try:
        raw = bytearray("\n\n".join(words for _, words in blocks).encode() if suffix == "txt" else MAKERS[suffix](blocks))
    except ValueError:  # what no word processor would write either
        raw = bytearray("\n".join(words for _, words in blocks).encode())
    for _ in range(rng.choice((0, 0, 0, 1, 1, 3, 20))):
        at = rng.randrange(len(raw) or 1)
        match rng.randrange(5):
            case 0:
                raw[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del raw[at : at + rng.choice((1, 10, 500))]
            case 2:
                raw[at:at] = rng.randbytes(rng.choice((1, 4, 100)))
            case 3:
                raw[at:at] = raw[: rng.choice((3, 50, 1000))]
            case _:
                raw[at:at] = rng.choice(SNIPPETS).encode(errors="ignore")
    return suffix, bytes(raw)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of their own: the bundled documents are made once, and nothing that other tests did to a cache is met here."""
    return tmp_path_factory.mktemp("damaged")


@pytest.mark.parametrize("batch", range(-(-CASES // BATCH)))
def test_damaged_documents(batch: int, tmp_path: Path, cache: Path) -> None:
    rng = random.Random(f"{SEED}-{batch}")
    folder = tmp_path / "documents"
    folder.mkdir()
    count = min(BATCH, CASES - batch * BATCH)
    for number in range(count):
        suffix, raw = damaged(rng)
        (folder / f"fuzz-{number:03}.{suffix}").write_bytes(raw)

    texts: dict[str, str] = {}
    for path, found in read_files(sorted(folder.iterdir()), Settings(), Frozen(), freeze=False):
        if isinstance(found, FileRead):
            texts[path.stem] = found.extraction.text
        else:
            assert "ended the process" not in found.problem, (path.name, found.problem)
    assert len(texts) > count / 2, "most can still be read, else little is tried"
    result = build(documents=[folder], out=tmp_path / "out", cache=cache)
    assert result.exit_code in (0, 2), result.error
    assert "could not be read" not in "".join(problem.message for problem in result.problems)
    kept = ReadingCache(cache, context_digest(data.corpus()))
    for slug, text in texts.items():
        assert is_clean(text), slug
        reading = kept.get(slug, TextInput(slug=slug, text=text, registered=False, title=slug).sha256)
        assert reading is not None, slug
        for finding in reading.findings:
            passage, anchor = finding.source.passage, finding.source.anchor
            assert 0 <= passage.start <= anchor.start < anchor.end <= passage.end <= len(text), (slug, finding)
    release = Release.open(tmp_path / "out")
    assert set(release.slugs) >= {path.stem for path in data.corpus("documents").glob("*.txt")}
    told = "".join(problem.message for problem in result.problems)
    assert all(slug in release.slugs or slug in told for slug in texts)
    exact(release)


def exact(release: Release) -> None:
    """Every quotation is the text at its place."""
    import gzip

    store = Store()
    store.bulk_load(gzip.decompress(release.quads_path.read_bytes()), format=RdfFormat.N_QUADS)
    rows = store.query(sparql_header() + "SELECT ?d ?s ?e ?q { ?x bp:fromDocument ?d ; bp:startOffset ?s ; bp:endOffset ?e ; bp:quote ?q }")
    texts = {node(f"id:doc_{slug}"): release.text(slug) for slug in release.slugs}
    seen = 0
    for document, start, end, quote in rows:
        assert texts[document][int(start.value) : int(end.value)] == quote.value
        seen += 1
    assert seen > 100
