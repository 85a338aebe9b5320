"""Sorted lines without repetition, from more lines than memory holds: first spread over files by where they belong, then file by file."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, TextIO

_READ: Final = 10_000  # lines that are read at once
_MOST: Final = 64 << 20  # characters that are held at once


class Sorter:
    """Takes lines in any order and gives them back sorted. What does not fit into memory goes to files in `folder`.

    `repeated` is how often more than once a line was given, as far as they were given back.
    """

    def __init__(self, folder: Path, most: int = _MOST):
        self._folder, self._most = folder, most
        self.repeated: Counter[str] = Counter()
        self._held: list[str] = []
        self._size = 0
        self._bounds: list[str] = []
        self._files: list[TextIO] = []

    def add(self, lines: Sequence[str]) -> None:
        """Lines with their line feeds."""
        self._held.extend(lines)
        self._size += sum(map(len, lines))
        if self._size > self._most:
            self._spill()

    def __iter__(self) -> Iterator[str]:
        if not self._files:
            yield from self._once(self._held)
            return
        self._spill()
        for file in self._files:
            file.close()
            path = Path(file.name)
            with path.open(encoding="utf-8", newline="\n") as lines:
                if path.stat().st_size <= 4 * self._most:
                    yield from self._once(lines)
                else:  # what came later was not spread like the first lines
                    yield from self._further(path, lines)
            path.unlink()
        self._files = []

    def _once(self, lines: Iterable[str]) -> Iterator[str]:
        before = ""
        for line in sorted(lines):
            if line == before:
                self.repeated[line] += 1
            else:
                yield line
                before = line

    def _further(self, path: Path, lines: Iterator[str]) -> Iterator[str]:
        folder = path.with_suffix(".more")
        folder.mkdir()
        further = Sorter(folder, self._most)
        while some := Counter(islice(lines, _READ)):
            self.repeated.update({line: times - 1 for line, times in some.items() if times > 1})
            further.add(list(some))
        yield from further
        self.repeated.update(further.repeated)
        folder.rmdir()

    def _spill(self) -> None:
        if not self._files:  # the first lines show how all will be spread
            known = sorted(self._held)
            self._bounds = known[:: max(1, len(known) // 64)][1:]
            for number in range(len(self._bounds) + 1):
                self._files.append((self._folder / f"lines-{number:03}").open("w", encoding="utf-8", newline="\n"))
        spread: list[list[str]] = [[] for _ in self._files]
        for line in self._held:
            spread[bisect_right(self._bounds, line)].append(line)
        for file, lines in zip(self._files, spread, strict=True):
            file.writelines(lines)
        self._held, self._size = [], 0
