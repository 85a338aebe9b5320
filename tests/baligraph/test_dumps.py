"""The dumps of a release with more graphs than files may be open, and with what has to be escaped."""

from __future__ import annotations

import csv
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import releases

from baligraph.dumps import write_dumps
from baligraph.prefixes import expand
from baligraph.release_writer import write_release

GRAPHS = 200
TEXTS = ['a "quoted" word', "two\nlines\tand a \\ slash", "é ü 漢 \U0001f428", 'ends with a slash \\"', "<x> . <y> .", ""]


@contextmanager
def few_files() -> Iterator[None]:
    """No more than sixteen files may be opened besides those that are open."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(int(path.name) for path in Path("/proc/self/fd").iterdir()) + 16, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_graphs_and_tables_hold_what_the_release_holds(tmp_path: Path) -> None:
    label, kind, meeting = (ox.NamedNode(expand(name)) for name in ("rdfs:label", "rdf:type", "bp:Meeting"))
    quads = []
    for number in range(GRAPHS):
        thing, graph = ox.NamedNode(expand(f"id:meeting_{number:04}")), ox.NamedNode(expand(f"g:doc/d{number:04}"))
        text = ox.Literal(TEXTS[number % len(TEXTS)], language="en")
        for place in (graph, ox.DefaultGraph()):
            quads += [ox.Quad(thing, label, text, place), ox.Quad(thing, kind, meeting, place)]
    release = write_release(tmp_path / "releases", releases.draft(lines=sorted({f"{quad} .\n" for quad in quads})))
    with few_files():
        write_dumps(release, tmp_path / "dumps")
    files = sorted((tmp_path / "dumps" / "graphs").iterdir())
    assert [path.name for path in files] == ["accepted.ttl", *(f"doc_d{number:04}.ttl" for number in range(GRAPHS))]
    for path in files:
        name = ox.NamedNode(expand(f"g:doc/{path.stem[4:]}")) if path.stem != "accepted" else ox.DefaultGraph()
        assert {q.triple for q in ox.parse(path=path)} == {q.triple for q in quads if q.graph_name == name}
    with (tmp_path / "dumps" / "csv" / "Meeting.csv").open(encoding="utf-8", newline="") as table:
        told = [row["rdfs_label"] for row in csv.DictReader(table)]
    assert told == [TEXTS[number % len(TEXTS)] for number in range(GRAPHS)]
