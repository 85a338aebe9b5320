"""A folder of documents of every genre in turn, and the truth of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from baligraph import data
from bench.documents import lists, reports
from bench.documents.draw import Draw
from bench.documents.truth import TABLES, Record, Written
from ingest.reference import Reference, load_reference

GENRES: Mapping[str, Callable[[Written, Draw], None]] = {
    "chronology": lists.chronology,
    "numbered-paragraph-report": reports.numbered,
    "headed-bullet-plan": lists.plan,
    "recommendations": lists.recommendations,
    "unnumbered-report": reports.unnumbered,
    "website-event-page": reports.event_page,
    "news-page": reports.news,
    "first-person-declaration": lists.declaration,
    "table-flattened": lists.members,
    "flattened-pdf": reports.flattened,
}
"""Name of a genre → what writes a document of it."""


def document(reference: Reference, number: int, seed: int) -> Written:
    """The document of that number: its genre by turns, all else by seed and number."""
    genre = list(GENRES)[number % len(GENRES)]
    written = Written(f"generated-{number:06}", genre)
    GENRES[genre](written, Draw(reference, f"{seed}|{number}"))
    return written


def write(folder: Path, documents: int, seed: int) -> Record:
    """Write the documents to `folder`, and give their truth. The same seed gives the same bytes, however many documents follow."""
    reference = load_reference(data.corpus())
    truth: Record = {"schema": "bali-gold/1", "note": f"generated with seed {seed}", "documents": [], **{name: [] for name in TABLES}}
    folder.mkdir(parents=True)
    for number in range(documents):
        written = document(reference, number, seed)
        (folder / f"{written.slug}.txt").write_text(written.text, encoding="utf-8")
        truth["documents"].append(written.record())
        for name in TABLES:
            truth[name] += written.tables[name]
    return truth


def save(truth: Record, path: Path) -> None:
    """Write a truth as JSON."""
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
