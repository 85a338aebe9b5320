"""Builds of generated collections: how quick on one process and on two, how much memory, how quick after one change, and how right."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bench import child
from bench.child import Built
from bench.documents import write
from bench.documents.score import KINDS, Scores, Tally, score
from bench.spread import figure
from bench.table import Table

SEED = 2002
_CHANGED = "\nThis page was printed on paper.\n"


@dataclass(frozen=True, slots=True)
class Measured:
    """Builds of one collection: on one process and on two from nothing, and with a cache after one document was changed; its scores."""

    documents: int
    one: Built
    two: Built
    changed: Built
    anew: Built
    scores: Scores


def measure(documents: int, console: Console, keep: Path | None = None) -> Measured:
    """Generate, build four times, and judge the first release. The documents and their truth stay in `keep`, if it is given.

    Raises BenchError if a build gives no release.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as name, console.status("") as status:
        folder = Path(name)
        texts = (keep or folder) / f"documents-{documents}"
        truth = write.write(texts, documents, SEED)
        write.save(truth, texts.with_suffix(".json"))

        def build(what: str, out: str, cache: Path | None = None, processes: int | None = None) -> Built:
            status.update(f"{documents:,} documents, {what} …")
            return child.build(folder / out, documents=texts, cache=cache, processes=processes)

        one = build("one process", "one", folder / "cache", 1)
        scores = score(folder / "one" / "current", truth)
        two = build("two processes", "two", None, 2)
        first = min(texts.iterdir())
        text = first.read_text(encoding="utf-8")
        first.write_text(text + _CHANGED, encoding="utf-8")
        changed = build("one changed", "one", folder / "cache")
        anew = build("one changed, from nothing", "anew")
        first.write_text(text, encoding="utf-8")
    return Measured(documents, one, two, changed, anew, scores)


def tables(measured: Measured) -> Iterator[Table]:
    """How quick, and how right."""
    many, one, two = f"{measured.documents:,} generated documents", measured.one, measured.two
    quick = Table(f"Building {many}", ("build", "reading, s", "documents per s", "all, s", "documents per s of all", "most memory, MiB"))
    builds = {"one process": one, "two processes": two, "one changed, cache": measured.changed, "the same, anew": measured.anew}
    for name, built in builds.items():
        reading = built.steps["reading"]
        rates = (measured.documents / reading, measured.documents / built.wall)
        quick.add(name, figure(reading), figure(rates[0]), figure(built.wall), figure(rates[1]), figure(built.memory / 2**20))
    quick.note = " ".join(
        [
            f"Two processes against one: reading {figure(one.steps['reading'] / two.steps['reading'])} times as quick (asked: 1.7),",
            f"all {figure(one.wall / two.wall)} times; {_same(one, two)} release.",
            f"After one change a build with the cache takes 1/{figure(measured.anew.wall / measured.changed.wall)} of one from nothing",
            f"(asked: 1/20), and gives {_same(measured.changed, measured.anew)} release.",
            f"Left out as unfit: {one.left_out} documents. The corpus itself is part of each build.",
        ]
    )
    yield quick
    right = Table(f"Reading {many}: F1 by genre", ("genre", *KINDS, "all", "precision", "recall"))
    whole = {kind: Tally() for kind in KINDS}
    for genre, tallies in sorted(measured.scores.items()):
        right.add(genre, *_row(tallies))
        for kind in KINDS:
            whole[kind] += tallies[kind]
    right.add("all", *_row(whole))
    right.note = "Empty where there is nothing of the kind and nothing was asserted. Asked: 0.99 for each genre."
    yield right


def _same(one: Built, other: Built) -> str:
    return "the same" if one.release == other.release else "ANOTHER"


def _row(tallies: dict[str, Tally]) -> list[str]:
    together = Tally()
    for tally in tallies.values():
        together += tally
    cells = [f"{tally.f1:.3f}" if tally.due + tally.asserted else "" for tally in tallies.values()]
    return [*cells, f"{together.f1:.3f}", f"{together.precision:.3f}", f"{together.recall:.3f}"]
