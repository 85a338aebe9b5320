"""The full-text index of a release: labels, names as written, provisions and passages in one SQLite file (FTS5), which is only read.

It is made from the accepted view alone. The same graph gives the same bytes under the same SQLite, whose version stands in the file: so the
identity of a release does not depend on it.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from baligraph.errors import LimitError, ReleaseError
from baligraph.prefixes import expand

NAME: Final = "search.sqlite"
FIELDS: Final = {"label": 4.0, "other name": 3.0, "name as written": 2.0, "provision": 1.0, "passage": 0.8}
"""What a text is, and how much it weighs in the order of hits."""

TYPES: Final = "meeting area org gov body person provision doc instrument concept place process group series event evidence".split()
"""Types of things that are indexed: what stands before the key of an IRI; `concept` for the concepts of all schemes."""

_LABELS: Final = {
    "rdfs:label": "label",
    "skos:prefLabel": "label",
    "dcterms:title": "label",
    "skos:altLabel": "other name",
    "skos:hiddenLabel": "other name",
    "bp:text": "provision",
    "bp:quote": "passage",
}
_JOINED: Final = ("bp:nameAsWritten", "bp:participant", "bp:fromDocument", "bp:inDocument", "bp:evidence")
# The properties, and how the lines begin that are looked at: whose evidence a passage is matters for provisions alone.
_MARKS: Final = {f"<{expand(name)}>".encode(): b"<" for name in (*_LABELS, *_JOINED)} | {
    f"<{expand('bp:evidence')}>".encode(): f"<{expand('id:provision_')}".encode()
}
_OPEN, _CLOSE = "\ue000", "\ue001"  # of the private use area: they stand in no text of ours, and are taken out of every one
_AROUND: Final = 48  # words of a snippet
_STEPS: Final = 20_000  # of SQLite's machine between two looks at the clock
_WORDS: Final = re.compile(r'"([^"]*)"?|(\S+)')
_SCHEMA: Final = """
CREATE TABLE entries (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, type TEXT NOT NULL, field TEXT NOT NULL, weight REAL NOT NULL,
 document TEXT, twin INTEGER NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE texts USING fts5(text, content='entries', content_rowid='id', tokenize="unicode61 remove_diacritics 2", prefix='2 3');
"""
# each thing once, by the best of its texts
_HITS: Final = """
CREATE TEMP TABLE hits AS SELECT id, iri, type, field, document, score FROM (
 SELECT *, ROW_NUMBER() OVER (PARTITION BY iri ORDER BY score, id) AS place FROM (
  SELECT id, iri, type, field, document, bm25(texts) * weight AS score FROM texts JOIN entries ON entries.id = texts.rowid
  WHERE texts MATCH ? AND (? = '[]' OR type IN (SELECT value FROM json_each(?)))
  AND (? = '[]' OR document IN (SELECT value FROM json_each(?))) AND (twin = 0 OR ?)))
WHERE place = 1
"""
_PAGE: Final = """
SELECT hits.iri, hits.type, hits.field, hits.document, hits.score, snippet(texts, 0, ?, ?, ' … ', ?)
FROM hits JOIN texts ON texts.rowid = hits.id
WHERE texts MATCH ? AND (hits.score, hits.iri) > (?, ?) ORDER BY hits.score, hits.iri LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found by one of its texts. `parts` are the words around, those that were asked for marked; a low score is a good
    one."""

    iri: str
    type: str
    field: str
    document: str | None
    parts: tuple[tuple[str, bool], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, how many things there are in all, and how many of each type."""

    hits: list[Hit]
    total: int
    types: dict[str, int]


# --- writing -----------------------------------------------------------------------------------------------------------------------------


def sift(text: bytes) -> bytes:
    """The lines of N-Quads of which the index is made: triples of the default graph. Taking lines apart is quick, parsing is not."""
    return b"".join(
        line
        for line in text.splitlines(keepends=True)
        if (begins := _MARKS.get(line.split(b" ", 2)[1])) and line.startswith(begins) and not _in_graph(line)
    )


def _in_graph(line: bytes) -> bool:
    """Whether a graph is named behind the object: what stands last before the point, where no literal ends there."""
    value = line.split(b" ", 2)[2]
    if value.startswith(b"<"):
        return value.count(b" ") > 1
    last = value.rsplit(b" ", 2)[1]
    return last.startswith(b"<") and b'"' not in last


def write(path: Path, lines: bytes) -> None:
    """Index lines that were sifted. Raises ReleaseError where this Python's SQLite has no FTS5."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        try:
            base.executescript(_SCHEMA)
        except sqlite3.OperationalError as error:
            raise ReleaseError(f"{path}: the full-text index can't be made ({error}); use a Python whose SQLite has FTS5") from None
        base.execute("BEGIN")
        base.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", ((n, *entry) for n, entry in enumerate(_entries(lines), 1)))
        for command in ("rebuild", "optimize"):
            base.execute("INSERT INTO texts (texts) VALUES (?)", (command,))
        base.execute("COMMIT")
        base.execute("VACUUM")


def _entries(lines: bytes) -> list[tuple[str, str, str, float, str | None, int, str]]:
    """Sorted rows: IRI, type, field, weight, document, whether a provision says the same, text."""
    labels: list[tuple[str, str, str]] = []
    joined: dict[str, dict[str, str]] = {name: {} for name in _JOINED}
    short = {expand(name): name for name in (*_LABELS, *_JOINED)}
    for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS):
        subject, name, value = quad.subject, short[quad.predicate.value], quad.object
        if name in _LABELS and isinstance(value, ox.Literal):
            labels.append((subject.value, _LABELS[name], value.value))
        elif name in _JOINED and isinstance(value, ox.NamedNode | ox.Literal):
            joined[name][subject.value] = value.value
    twins = set(joined["bp:evidence"].values())
    documents = joined["bp:fromDocument"] | joined["bp:inDocument"]
    names = {(joined["bp:participant"].get(node, ""), text) for node, text in joined["bp:nameAsWritten"].items()}
    labels += [(who, "name as written", text) for who, text in names]
    rows = {
        (iri, kind, field, FIELDS[field], documents.get(iri), int(iri in twins), text.replace(_OPEN, "").replace(_CLOSE, ""))
        for iri, field, text in labels
        if (kind := type_of(iri)) in TYPES and text.strip()
    }
    return sorted(rows, key=lambda row: (row[0], -row[3], row[-1]))


def type_of(iri: str) -> str:
    """`meeting`, `area`, `concept` …: what stands before the key of an IRI of ours; nothing for others."""
    if iri.startswith(expand("c:")):
        return "concept"
    return iri.removeprefix(expand("id:")).partition("_")[0] if iri.startswith(expand("id:")) else ""


# --- reading -----------------------------------------------------------------------------------------------------------------------------


def expression(text: str) -> str | None:
    """What is typed as an FTS5 expression: words that must all be there, `"words in a row"`, `begin*`; None where there is no word."""
    found = []
    for phrase, word in _WORDS.findall(text.replace("\0", " ")):
        given = phrase or word
        if any(c.isalnum() for c in given):
            prefix = "*" if word.endswith("*") else ""
            found.append('"' + given.rstrip("*").replace('"', '""') + '"' + prefix)
    return " ".join(found) or None


def search(
    path: Path, text: str, *, types: Sequence[str], documents: Sequence[str], limit: int, after: tuple[float, str] | None, timeout: float
) -> Found:
    """A page of things, best first, after a score and an IRI; each by the best of its texts. Of a provision and its passage, which say the
    same, the provision alone is found, unless passages are asked for.

    Where `text` holds no word, nothing is found. Raises LimitError if it takes longer than `timeout` seconds.
    """
    wanted = expression(text)
    if wanted is None:
        return Found([], 0, {})
    end = time.monotonic() + timeout
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
        base.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
        try:
            return _search(base, wanted, types, documents, limit, after)
        except sqlite3.OperationalError as error:
            if str(error) == "interrupted":
                raise LimitError("time", f"the search took longer than {timeout:g} s and was ended") from None
            raise


def _search(
    base: sqlite3.Connection, wanted: str, types: Sequence[str], documents: Sequence[str], limit: int, after: tuple[float, str] | None
) -> Found:
    score, last = after or (float("-inf"), "")
    base.execute("PRAGMA temp_store = MEMORY")
    base.execute(_HITS, (wanted, json.dumps(types), json.dumps(types), json.dumps(documents), json.dumps(documents), "evidence" in types))
    counts = dict(base.execute("SELECT type, COUNT(*) FROM hits GROUP BY type ORDER BY COUNT(*) DESC, type"))
    rows = base.execute(_PAGE, (_OPEN, _CLOSE, _AROUND, wanted, score, last, limit)).fetchall()
    return Found(
        [Hit(iri, kind, field, document, _parts(text), mark) for iri, kind, field, document, mark, text in rows],
        sum(counts.values()),
        counts,
    )


def _parts(marked: str) -> tuple[tuple[str, bool], ...]:
    found: list[tuple[str, bool]] = []
    for piece in marked.split(_OPEN):
        inside, closed, outside = piece.partition(_CLOSE)
        found += [(inside, True), (outside, False)] if closed else [(piece, False)]
    return tuple((text, match) for text, match in found if text)
