"""Blocks that are kept from the release before, and changed, are those that a build from nothing cuts."""

from __future__ import annotations

import gzip
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from baligraph.blocks import HEAD, Block, cut, end, packed
from baligraph.errors import ReleaseError
from ingest.parts import graph
from ingest.parts.memo import Memo

Sources = dict[str, list[str]]


@pytest.fixture
def memo(tmp_path: Path) -> Iterator[Memo]:
    made = Memo(tmp_path / "cache" / "made.sqlite")
    yield made
    made.close()


def some(random: Random) -> list[str]:
    return [f"<http://x/{random.randrange(300)}> <http://x/p> {random.randrange(3)} .\n" for _ in range(random.randrange(60))]


def made(memo: Memo, sources: Sources) -> list[Block]:
    return list(graph.blocks(memo, sources, sources.__getitem__))


def anew(tmp_path: Path, sources: Sources) -> list[Block]:
    other = Memo(tmp_path / "another" / "made.sqlite")
    found = made(other, sources)
    other.close()
    shutil.rmtree(tmp_path / "another")
    return found


def test_changed_blocks_are_those_of_a_build_from_nothing(tmp_path: Path, memo: Memo) -> None:
    random = Random(7)
    every: Sources = {}
    now = [f"first {n}" for n in range(30)]
    for step in range(40):
        for name in now:
            every.setdefault(name, some(random))
        found = list(graph.blocks(memo, now, every.__getitem__))
        sources = {name: every[name] for name in now}
        assert found == anew(tmp_path, sources)
        assert b"".join(block.text for block in found).decode() == "".join(sorted({line for name in now for line in every[name]}))
        random.shuffle(now)
        now = [*now[random.randrange(4) :], *(f"{step} {n}" for n in range(random.randrange(4)))]


def test_what_has_not_changed_is_not_asked_for_again(memo: Memo) -> None:
    random = Random(3)
    sources = {str(n): some(random) for n in range(20)}
    made(memo, sources)
    asked: list[str] = []
    left = {name: lines for name, lines in sources.items() if name != "4"}
    list(graph.blocks(memo, left, lambda name: asked.append(name) or sources[name]))  # type: ignore[func-returns-value]
    assert asked == ["4"]


@pytest.mark.parametrize("damage", [b"", b"no blocks"])
def test_a_damaged_file_is_begun_again(tmp_path: Path, memo: Memo, damage: bytes) -> None:
    random = Random(5)
    sources = {str(n): some(random) for n in range(20)}
    first = made(memo, sources)
    memo.path.with_name("graph.blocks").write_bytes(damage)
    assert made(memo, sources) == first == anew(tmp_path, sources)


def test_the_first_subject_of_a_block_may_go_and_come(tmp_path: Path, memo: Memo) -> None:
    lines = [f"<http://x/{n:04}> <http://x/p> 1 .\n" for n in range(400)]
    texts = list(cut(lines))
    assert len(texts) > 4
    first = texts[2].decode().splitlines(keepends=True)[0]
    whole = {str(n): [line] for n, line in enumerate(lines) if line != first}
    every = whole | {"first": [first]}
    second = {line.decode() for line in texts[2].splitlines(keepends=True)}
    less = {name: given for name, given in whole.items() if given[0] not in second}
    for sources in (whole, every, whole, less):
        assert list(graph.blocks(memo, sources, every.__getitem__)) == anew(tmp_path, sources)


def test_blocks_are_one_gzip_file() -> None:
    lines = [f"<http://x/{n:04}> <http://x/p> 1 .\n" for n in range(400)]
    blocks = list(packed(cut(lines)))
    text = "".join(lines).encode()
    assert gzip.decompress(HEAD + b"".join(b.packed for b in blocks) + end(zlib.crc32(text), len(text))) == text
    assert [Block.known(b.packed, b.sought) for b in blocks] == blocks


def test_lines_out_of_order_are_refused() -> None:
    with pytest.raises(ReleaseError, match="not sorted"):
        list(cut(["b x\n", "a x\n"]))
    with pytest.raises(ReleaseError, match="twice"):
        list(cut(["a x\n", "a x\n"]))
