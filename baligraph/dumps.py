"""The dumps of a release, beside its graph as N-Quads: Turtle per graph, CSV per class with a Frictionless data package, and a list of all.

    python -m baligraph.dumps RELEASE FOLDER

They hold what the graph holds and nothing else, so they are made when somebody wants them. Read line by line: what is sorted by subject
needs the memory of one subject, and of a graph while it is written. The same release gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import json
import mmap
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
from pyoxigraph import Literal, RdfFormat

from baligraph.errors import ReleaseError
from baligraph.prefixes import expand, prefixes, shrink
from baligraph.release import Release

LISTING: Final = "dumps.json"
PACKAGE: Final = "datapackage.json"
LICENCE: Final = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "Creative Commons Attribution 4.0"}
_FIXED: Final = ("id", "type")
_RDF_TYPE: Final = expand("rdf:type")
_OWN: Final = f"<{expand('bp:')}"
_WAITING: Final = 1 << 26
"""Characters that wait to be written to the files of their graphs."""

_QUAD: Final = re.compile(r'(<[^>]*>|_:\S+) (<[^>]*>) (<[^>]*>|_:\S+|".*"(?:@[\w-]+|\^\^<[^>]*>)?)(?: (<[^>]*>))? \.\n')
_TYPES: Final = {
    f'"^^<{expand(f"xsd:{name}")}>': kind
    for name, kind in {"integer": "integer", "boolean": "boolean", "date": "date", "decimal": "number", "double": "number"}.items()
}


def write_dumps(release: Release, folder: Path) -> list[dict[str, Any]]:
    """Write the dumps into a folder, which is made; gives their list: path below the folder, media type, size, sha256, title."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [*_write_graphs(release, folder), *_write_tables(release, folder)]
    listed = [{**entry, **_measure(folder / entry["path"])} for entry in found]
    (folder / LISTING).write_text(_json(listed), encoding="utf-8")
    return listed


def _measure(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"size": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _lines(release: Release) -> Iterator[tuple[str, str, str, str]]:
    """(subject, predicate, object, graph) of each line, as they are written there; no graph in the accepted view. Raises ReleaseError.

    Taken apart without the RDF library, which takes ten times as long for it.
    """
    with release.lines() as lines:
        for line in lines:
            found = _QUAD.fullmatch(line)
            if found is None:
                raise ReleaseError(f"{release.quads_path}: not as a release writes a quad: {line[:200]!r}")
            yield found.groups("")  # type: ignore[misc]  # four groups


# --- Turtle per graph --------------------------------------------------------------------------------------------------------------------


def _write_graphs(release: Release, folder: Path) -> list[dict[str, Any]]:
    """A file for each named graph, and `accepted.ttl` for the default graph, the accepted view."""
    parts = folder / "graphs"
    parts.mkdir(exist_ok=True)
    names = _split(release, parts)
    found = []
    for graph, path in sorted(names.items()):
        target = path.with_suffix(".ttl")
        with path.open("rb") as triples:
            ox.serialize(
                (q.triple for q in ox.parse(triples, format=RdfFormat.N_TRIPLES)), target, format=RdfFormat.TURTLE, prefixes=_used(path)
            )
        path.unlink()
        title = f"Named graph {graph}" if graph else "The accepted view (default graph)"
        found.append({"path": f"graphs/{target.name}", "mediaType": "text/turtle", "title": title})
    return found


def _split(release: Release, parts: Path) -> dict[str, Path]:
    """A file of N-Triples for each graph. There are many thousands of graphs: none stays open, and what waits to be written is bounded."""
    names: dict[str, Path] = {}
    waiting: dict[str, list[str]] = {}
    size = 0

    def write() -> None:
        for graph, lines in waiting.items():
            with names.setdefault(graph, parts / f"{_file_name(graph)}.nt").open("a", encoding="utf-8", newline="\n") as file:
                file.writelines(lines)
        waiting.clear()

    for subject, predicate, value, name in _lines(release):
        line = f"{subject} {predicate} {value} .\n"
        waiting.setdefault(name[1:-1], []).append(line)
        size += len(line)
        if size > _WAITING:
            write()
            size = 0
    write()
    return names


def _file_name(graph: str) -> str:
    """`…/graph/doc/x` → doc_x."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", graph.removeprefix(expand("g:"))).strip("_") or "accepted"


def _used(path: Path) -> dict[str, str]:
    """The prefixes that a file of N-Triples has a use for."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        return {prefix: space for prefix, space in sorted(prefixes().items()) if text.find(f"<{space}".encode()) >= 0}


# --- CSV per class -----------------------------------------------------------------------------------------------------------------------


def _subjects(release: Release) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """The things of the accepted view with their values by property, as they are written there: sorted, as the release is."""
    view = ((s, p, o) for s, p, o, graph in _lines(release) if not graph and s.startswith("<"))
    for subject, triples in groupby(view, key=itemgetter(0)):
        values: dict[str, list[str]] = {}
        for _, predicate, value in triples:
            if not value.startswith("_:"):
                values.setdefault(predicate[1:-1], []).append(value)
        yield subject[1:-1], values


def _classes(values: dict[str, list[str]]) -> list[str]:
    return sorted({kind[1:-1] for kind in values.get(_RDF_TYPE, []) if kind.startswith(_OWN)})


def _write_tables(release: Release, folder: Path) -> list[dict[str, Any]]:
    """A table for each class of ours, its columns by the properties that its things have; a column with several values is a JSON array."""
    columns: dict[str, dict[str, set[str]]] = {}
    several: dict[str, set[str]] = {}
    rows: dict[str, int] = {}
    for _, values in _subjects(release):
        for kind in _classes(values):
            rows[kind] = rows.get(kind, 0) + 1
            for name, found in values.items():
                columns.setdefault(kind, {}).setdefault(name, set()).update(_type(value) for value in found)
                if len(found) > 1:
                    several.setdefault(kind, set()).add(name)
    tables = folder / "csv"
    tables.mkdir(exist_ok=True)
    order = {kind: sorted(names.keys() - {_RDF_TYPE}, key=lambda name: (_column(name), name)) for kind, names in columns.items()}
    with ExitStack() as files:
        writers = {}
        for kind, names in order.items():
            file = files.enter_context((tables / f"{_local(kind)}.csv").open("w", encoding="utf-8", newline=""))
            writers[kind] = csv.writer(file)
            writers[kind].writerow([*_FIXED, *map(_column, names)])
        for subject, values in _subjects(release):
            kinds = _classes(values)
            for kind in kinds:
                many = several.get(kind, set())
                cells = [_cell(values.get(name, []), several=name in many) for name in order[kind]]
                writers[kind].writerow([subject, json.dumps([_local(name) for name in kinds]), *cells])
    resources = [_resource(kind, order[kind], columns[kind], several.get(kind, set()), folder) for kind in sorted(order)]
    package = {
        "profile": "tabular-data-package",
        "name": "bali-process-graph",
        "id": release.id,
        "title": "Bali Process Graph",
        "version": release.id,
        "created": f"{release.manifest['date']}T00:00:00Z",
        "licenses": [LICENCE],
        "resources": resources,
    }
    (folder / PACKAGE).write_text(_json(package), encoding="utf-8")
    listed = [{"path": PACKAGE, "mediaType": "application/json", "title": "All tables as a Frictionless data package"}]
    return listed + [
        {"path": entry["path"], "mediaType": "text/csv", "title": f"{rows[kind]:,} × {entry['title']}"}
        for kind, entry in zip(sorted(order), resources, strict=True)
    ]


def _resource(kind: str, names: list[str], types: dict[str, set[str]], several: set[str], folder: Path) -> dict[str, Any]:
    path = f"csv/{_local(kind)}.csv"
    measured = _measure(folder / path)
    fields: list[dict[str, Any]] = [
        {"name": "id", "type": "string", "format": "uri", "constraints": {"required": True, "unique": True}},
        {"name": "type", "type": "array", "description": "All classes of the thing"},
    ]
    for name in names:
        kinds = types[name]
        one = next(iter(kinds)) if len(kinds) == 1 else "string"
        field = {"name": _column(name), "type": "array" if name in several else one.partition(":")[0], "rdfType": name}
        fields.append(field | ({"format": "uri"} if one == "string:uri" and name not in several else {}))
    return {
        "profile": "tabular-data-resource",
        "name": re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", _local(kind)).lower(),
        "title": _local(kind),
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": measured["size"],
        "hash": f"sha256:{measured['sha256']}",
        "schema": {"fields": fields, "primaryKey": "id", "rdfType": kind},
    }


def _type(value: str) -> str:
    return "string:uri" if value.startswith("<") else _TYPES.get(value[value.rindex('"') :], "string")


def _cell(values: list[str], *, several: bool) -> str:
    texts = sorted(map(_text, values))
    return (json.dumps(texts, ensure_ascii=False) if texts else "") if several else "".join(texts)


def _text(value: str) -> str:
    """An IRI or the text of a literal; what is escaped in it, the RDF library reads."""
    if value.startswith("<"):
        return value[1:-1]
    if "\\" not in value:
        return value[1 : value.rindex('"')]
    (quad,) = ox.parse(f"<x:s> <x:p> {value} .\n".encode(), format=RdfFormat.N_TRIPLES)
    return quad.object.value if isinstance(quad.object, Literal) else ""


def _column(name: str) -> str:
    """`bp:year` → year; of other vocabularies with the prefix: `skos_notation`."""
    short = shrink(name)
    return short.removeprefix("bp:").replace(":", "_") if short != name else re.sub(r"\W+", "_", name)


def _local(kind: str) -> str:
    return kind.removeprefix(expand("bp:"))


if __name__ == "__main__":
    write_dumps(Release.open(sys.argv[1]), Path(sys.argv[2]))
