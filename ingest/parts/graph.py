"""The quads of a release in blocks: from those of the release before, of which only what has changed is sorted and packed anew.

The cache keeps the blocks in one file and, beside the parts, what stands in it: which sources it was made of, and which lines several of
them gave. What does not fit together is made from nothing.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from baligraph.blocks import Block, Known, begins, cut, packed
from ingest.parts.memo import Memo
from ingest.parts.merge import Sorter

_FILE: Final = "graph.blocks"
_KEY: Final = "graph"
_READ: Final = 1 << 20  # bytes that are read at once
_TOGETHER: Final = 8  # blocks that are unpacked at once
_SHARE: Final = 8  # of the sources, one in so many may change: with more, sorting all is quicker

Lines = Callable[[str], list[str]]
"""The lines that a source gives."""


@dataclass(slots=True)
class _Kept:
    """What is known of the blocks of a release: `blocks` have their first subject, the sizes of what is packed and of what is sought,
    `repeated` how often a line was given more than once."""

    sources: list[str] = field(default_factory=list)
    repeated: dict[str, int] = field(default_factory=dict)
    blocks: list[tuple[str, int, int]] = field(default_factory=list)
    crc: int = 0  # of the file


def blocks(memo: Memo, sources: Iterable[str], lines: Lines) -> Iterator[Block]:
    """The sorted lines of all sources. A source always gives the same lines, however long ago it was asked for."""
    wanted = list(dict.fromkeys(sources))
    kept = _Kept(wanted)
    file = memo.path.with_name(_FILE)
    texts = _edited(memo, file, kept, lines) or cut(_sorted(memo, kept, lines))
    memo.put([(_KEY, b"")])  # until the new ones are whole, there are none
    memo.flush()
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f"{_FILE}-", delete=False) as fresh:
        try:
            for block in packed(texts):
                kept.blocks.append((block.subject, len(block.packed), len(block.sought)))
                for data in (block.packed, block.sought):
                    kept.crc = zlib.crc32(data, kept.crc)
                    fresh.write(data)
                yield block
            fresh.close()
            Path(fresh.name).replace(file)
            memo.put([(_KEY, json.dumps(asdict(kept)).encode())])
        finally:
            Path(fresh.name).unlink(missing_ok=True)


def every(memo: Memo, sources: Iterable[str], lines: Lines) -> Iterator[str]:
    """The same lines, and nothing kept."""
    yield from _sorted(memo, _Kept(list(dict.fromkeys(sources))), lines)


def _sorted(memo: Memo, kept: _Kept, lines: Lines) -> Iterator[str]:
    """The lines of all sources, each once."""
    with tempfile.TemporaryDirectory(prefix="lines-", dir=memo.path.parent) as name:
        sorter = Sorter(Path(name))
        for source in kept.sources:
            sorter.add(lines(source))
        yield from sorter
        kept.repeated = dict(sorter.repeated)


# --- changes ----------------------------------------------------------------------------------------------------------------------------


def _edited(memo: Memo, file: Path, kept: _Kept, lines: Lines) -> Iterator[bytes | list[Known]] | None:
    """The blocks of the release before, with what has changed since; None where there are none, or too much has changed."""
    with suppress(OSError, ValueError, TypeError):
        before = _Kept(**json.loads(memo.get(_KEY) or b""))
        come, gone = set(kept.sources).difference(before.sources), set(before.sources).difference(kept.sources)
        if max(len(come), len(gone)) * _SHARE > len(kept.sources):
            return None
        changes: Counter[str] = Counter()
        for source in come:
            changes.update(lines(source))
        for source in gone:
            changes.subtract(lines(source))
        opened = file.open("rb")  # once: another build may put its own in this place
        if _crc(opened) != before.crc:
            opened.close()
            return None
        kept.repeated = before.repeated
        return _merged(opened, before.blocks, {line: n for line, n in changes.items() if n}, kept.repeated)
    return None


def _crc(opened: BinaryIO) -> int:
    """To know damage: the cache is nobody's but the user's."""
    found = 0
    while data := opened.read(_READ):
        found = zlib.crc32(data, found)
    opened.seek(0)
    return found


def _merged(
    opened: BinaryIO, known: list[tuple[str, int, int]], changes: Mapping[str, int], repeated: dict[str, int]
) -> Iterator[bytes | list[Known]]:
    """Blocks as they were, and the texts of those that have changed: cut where a build from nothing cuts them. Closes the file."""
    firsts = [subject for subject, _, _ in known]
    touched: dict[int, list[str]] = {}
    for line in changes:
        touched.setdefault(max(bisect_right(firsts, line) - 1, 0), []).append(line)
    held: list[Known] = []  # the last of them may yet have to be joined to what follows
    fresh: list[str] = []
    with opened:
        for number, (_, size, more) in enumerate(known):
            block = (opened.read(size), opened.read(more))
            if number not in touched:
                yield from cut(fresh)
                fresh = []
                if len(held) >= _TOGETHER:
                    yield held
                    held = []
                held.append(block)
                continue
            told = _changed(Block.known(*block), {line: changes[line] for line in touched[number]}, repeated)
            if held and told:
                if not begins(_subject(told[0])):
                    fresh = _lines(Block.known(*held.pop()))
                yield held
                held = []
            fresh += told
    yield held
    yield from cut(fresh)


def _changed(block: Block, changes: Mapping[str, int], repeated: dict[str, int]) -> list[str]:
    """The lines of a block after these changes. Raises OSError for a line that is taken away and was not there."""
    there = dict.fromkeys(_lines(block), 1)
    for line, change in changes.items():
        times = there.get(line, 0) + repeated.pop(line, 0) + change
        if times < 0:
            raise OSError(f"{_FILE}: the graph in the cache is not that of the parts in it; build again")
        if times:
            there[line] = 1
        else:
            there.pop(line, None)
        if times > 1:
            repeated[line] = times - 1
    return sorted(there)


def _lines(block: Block) -> list[str]:
    return [f"{line}\n" for line in block.text.decode().split("\n")[:-1]]


def _subject(line: str) -> str:
    return line[: line.index(" ") + 1]
