"""The items of a page in each form: JSON (which is JSON-LD), CSV, GeoJSON, Turtle."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from api.negotiate import CSV, GEOJSON, JSONLD, TURTLE, Format
from api.rest.facts import quoted
from api.rest.items import Item, Items
from api.rest.table import REFERENCE, Collection
from api.workbook import XLSX
from baligraph.prefixes import shrink

JSON: Final = Format("json", "application/json", "JSON")
OFFERS: Final = (JSON, Format(JSONLD.name, JSONLD.media_type, JSONLD.label), CSV, XLSX, TURTLE)
"""A client that is indifferent gets JSON."""

PLACED: Final = (*OFFERS, GEOJSON)
"""Of what has a place on the map."""


_encode: Final = json.JSONEncoder(ensure_ascii=False).encode
_DEEP: Final = 4
"""Levels of JSON that are broken into lines: the answer, its items, an item, the list of its facts."""


def offers(collection: Collection) -> Sequence[Format]:
    """The forms of a collection."""
    return PLACED if collection.geometry else OFFERS


def dump(body: dict[str, Any]) -> bytes:
    """JSON as people can read it: a line for each value of an item, and for each of its facts."""
    return (_lines(body, "\n") + "\n").encode()


def _lines(value: Any, margin: str) -> str:
    """What stands deeper than `_DEEP` is one line: it is written by the quick encoder, which knows no lines."""
    if not value or not isinstance(value, dict | list) or len(margin) > _DEEP:
        return _encode(value)
    inner = f"{margin} "
    if isinstance(value, list):
        return f"[{inner}{f',{inner}'.join(_lines(entry, inner) for entry in value)}{margin}]"
    entries = (f"{_encode(name)}: {_lines(entry, inner)}" for name, entry in value.items())
    return f"{{{inner}{f',{inner}'.join(entries)}{margin}}}"


def objects(items: Items, *, evidence: bool) -> list[dict[str, Any]]:
    """The items as JSON, with their facts where these are asked for."""
    return [items.json(item) | ({"facts": item.facts} if evidence else {}) for item in items.items]


def table(items: Items, release: str, coverage: str, *, evidence: bool) -> tuple[list[str], list[list[Any]]]:
    """A row for each item. What is pointed to stands there by its names, and in a column of its own by its IRIs."""
    columns = ["id", "key", "type"]
    for entry in items.fields:
        columns += [entry.name, f"{entry.name}_id"] if entry.kind == REFERENCE else [entry.name]
    columns += ["quotes", "evidence"] if evidence else []
    rows = [[*_row(items, item, evidence=evidence), release, coverage] for item in items.items]
    return [*columns, "release", "coverage"], rows


def _row(items: Items, item: Item, *, evidence: bool) -> list[Any]:
    cells: list[Any] = [item.iri, items.collection.key(item.iri), " ".join(shrink(kind).partition(":")[2] for kind in item.kinds)]
    for entry in items.fields:
        values = item.values.get(entry.name, [])
        if entry.kind == REFERENCE:
            cells += ["; ".join(items.name(value.value) for value in values), " ".join(value.value for value in values)]
        else:
            cells.append(int(values[0].value) if entry.kind == "integer" and values else "; ".join(value.value for value in values))
    if evidence:
        sentences = {found["link"]: found for fact in item.facts for found in fact["origins"] if found["kind"] == "sentence"}
        cells += [" | ".join(quoted(found) for found in sentences.values()), " ".join(sentences)]
    return cells


def geojson(items: Items, more: dict[str, Any], *, evidence: bool) -> bytes:
    """A feature collection (RFC 7946); what has no known place has no geometry."""
    features = [
        {"type": "Feature", "id": item.iri, "geometry": _point(item), "properties": body}
        for item, body in zip(items.items, objects(items, evidence=evidence), strict=True)
    ]
    return dump({"type": "FeatureCollection", **more, "features": features})


def _point(item: Item) -> dict[str, Any] | None:
    if item.place is None:
        return None
    latitude, longitude = item.place
    return {"type": "Point", "coordinates": [float(longitude), float(latitude)]}
