"""Read the reference tables: each row to its record, then all tables against each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from baligraph import data
from baligraph.tables import Row, read_table
from ingest.findings import Ref
from ingest.phrases import Phrase, PhraseError
from ingest.reference import model, schema
from ingest.reference.checks import check

# table → type of its refs, class of its records
TABLES: Final[dict[str, tuple[str, Callable[..., model.Entry]]]] = {
    "areas": ("area", model.Area),
    "places": ("place", model.Place),
    "organisations": ("org", model.Organisation),
    "governments": ("gov", model.Government),
    "bodies": ("body", model.Body),
    "instruments": ("instrument", model.Instrument),
    "people": ("person", model.Entry),
    "series": ("series", model.Series),
    "events": ("event", model.Entry),
    "groups": ("group", model.Entry),
}
_PLAIN: Final = {
    "areas": ("iso2", "iso3", "m49", "region", "subregion", "eu_authority", "wikidata", "wikidata_match"),
    "places": ("geonames",),
    "organisations": ("wikidata", "wikidata_match"),
    "bodies": ("established", "basis", "coordination"),
    "instruments": ("published",),
}
_REFS: Final = {
    "governments": {"parent": "gov"},
    "bodies": {"process": "process"},
    "instruments": {"process": "process"},
    "series": {"process": "process", "body": "body"},
}


def load_reference(corpus: Path | None = None) -> model.Reference:
    """Read `corpus/reference/*.csv` and `corpus/documents.csv` (by default those of this installation).

    Raises:
        InputError: a table can't be used; the message names file, line, column and the mend.
    """
    folder = corpus or data.corpus()
    entries: dict[Ref, model.Entry] = {}
    for table in TABLES:
        for row in _rows(folder, table):
            entry = _entry(table, row)
            entries[entry.ref] = entry
    members = tuple(_membership(row) for row in _rows(folder, "members"))
    documents = {row["slug"]: _document(row) for row in _rows(folder, "documents")}
    check(entries, members, documents, {row["key"]: row for row in _rows(folder, "codes")})
    return model.Reference(entries, members, documents, folder)


def _rows(corpus: Path, table: str) -> list[Row]:
    place = "documents.csv" if table == "documents" else f"reference/{table}.csv"
    return read_table(corpus / place, schema.COLUMNS[table], key="slug" if table == "documents" else "key", file=f"corpus/{place}")


def _entry(table: str, row: Row) -> model.Entry:
    kind, record = TABLES[table]
    kind = "process" if row.cells.get("type") == "process" else kind
    has = row.cells.keys()
    return record(
        ref=f"{kind}:{row['key']}",
        label=row["label"],
        sources=row.many("source"),
        checked=row.date("checked"),
        note=row["note"],
        row=row,
        type=row.cells.get("type", ""),
        aliases=row.many("aliases"),
        acronyms=row.many("acronyms") if "acronyms" in has else (),
        adjectives=row.many("adjectives") if "adjectives" in has else (),
        phrases=_phrases(row) if "phrases" in has else (),
        generic=bool(row.flag("generic")) if "generic" in has else False,
        area=_ref("area", row.cells.get("area", "")),
        **_extra(table, row),
    )


def _extra(table: str, row: Row) -> dict[str, Any]:
    """The fields that only this table has: plain cells as they are, refs made of keys."""
    found: dict[str, Any] = {column: row[column] for column in _PLAIN.get(table, ())}
    found |= {column: _ref(kind, row[column]) for column, kind in _REFS.get(table, {}).items()}
    if table == "areas":
        found["pacific_island"] = row.flag("pacific_island")
    elif table == "places":
        found |= {"lat": row.number("lat"), "long": row.number("long")}
    elif table == "instruments":
        found["publishers"] = row.many("publishers")
    return found


def _membership(row: Row) -> model.Membership:
    return model.Membership(
        key=row["key"],
        member=row["member"],
        organisation=row["organisation"],
        status=row["status"],
        since=row["since"],
        attested=row.date("attested"),
        sources=row.many("source"),
        checked=row.date("checked"),
        note=row["note"],
        row=row,
    )


def _document(row: Row) -> model.DocumentRecord:
    plain = ("slug", "title", "language", "source", "sha256", "rights")
    return model.DocumentRecord(**{c: row[c] for c in plain}, retrieved=row.date("retrieved"), row=row)


def _phrases(row: Row) -> tuple[Phrase, ...]:
    try:
        return tuple(Phrase.parse(text) for text in row.many("phrases"))
    except PhraseError as error:
        row.fail("phrases", str(error), "Mark the words that name this entity, once, in each phrase.")


def _ref(kind: str, key: str) -> Ref | None:
    return f"{kind}:{key}" if key else None
