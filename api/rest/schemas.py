"""JSON Schemas (2020-12) of what REST takes and answers, made from the table. Answers hold nothing that a schema does not name."""

from __future__ import annotations

from typing import Any, Final

from api.rest.search import GROUPS
from api.rest.table import REFERENCE, Collection, Field
from baligraph.iris import TYPES
from baligraph.parameters import LONGEST, MOST, Parameter
from baligraph.questions import Question
from baligraph.search_index import FIELDS

Schema = dict[str, Any]

TEXT: Final[Schema] = {"type": "string"}
NULLABLE: Final[Schema] = {"type": ["string", "null"]}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
IRI: Final[Schema] = {"type": "string", "format": "uri"}
_CONTROL: Final = "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029"
_KEY: Final = "[a-z0-9][a-z0-9_-]*"
_LITERALS: Final[dict[str, Schema]] = {
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "iri": IRI,
}


def closed(properties: Schema, required: list[str] | None = None) -> Schema:
    """An object with these properties and no others; all of them are there unless `required` names fewer."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }


def listed(items: Schema) -> Schema:
    """An array."""
    return {"type": "array", "items": items}


def ref(name: str) -> Schema:
    """A schema of the document, by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def shared() -> dict[str, Schema]:
    """The schemas that all answers have in common."""
    place = {
        "quote": TEXT,
        "start": COUNT,
        "end": COUNT,
        "paragraph": NULLABLE,
        "page": NULLABLE,
        "document": ref("Reference"),
        "link": IRI,
    }
    sentence = {"kind": {"const": "sentence"}, **place}
    note = {"kind": {"enum": ["row", "rule", "decision", "file", "text", "release"]}, "text": TEXT, "link": NULLABLE}
    numbered = {"number": {"type": "integer", "minimum": 1}, "release": TEXT}
    return {
        "Reference": closed({"id": IRI, "key": TEXT, **dict.fromkeys(("label", "prefLabel", "title", "text"), TEXT)}, ["id", "key"]),
        "Release": closed({"id": TEXT, "date": NULLABLE, "licence": NULLABLE, "citation": TEXT, "link": TEXT}),
        "Sentence": closed({**sentence, "anchor": NULLABLE, "rule": NULLABLE}),
        "Note": closed(note),
        "Fact": closed(
            {
                "field": TEXT,
                "value": {"type": ["string", "integer", "number", "boolean"]},
                "origins": {"type": "array", "minItems": 1, "items": {"oneOf": [ref("Sentence"), ref("Note")]}},
            }
        ),
        "Count": closed({"id": NULLABLE, "value": TEXT, "name": TEXT, "count": COUNT}),
        "Footnote": {"oneOf": [closed({**sentence, **numbered}), closed({**note, **numbered})]},
        "Counted": closed({"id": IRI, "key": TEXT, "name": TEXT}),
        "Hit": closed(
            {
                "id": IRI,
                "key": TEXT,
                "type": {"enum": list(GROUPS)},
                "name": NULLABLE,
                "href": NULLABLE,
                "field": {"enum": list(FIELDS)},
                "parts": listed(closed({"text": TEXT, "match": {"type": "boolean"}})),
                "document": NULLABLE,
            }
        ),
        "Problem": closed(
            {
                "type": {"const": "about:blank"},
                "title": TEXT,
                "status": {"type": "integer"},
                "detail": TEXT,
                "parameter": TEXT,
                "limit": TEXT,
            },
            ["type", "title", "status", "detail"],
        ),
    }


# --- collections -------------------------------------------------------------------------------------------------------------------------


def item(collection: Collection) -> Schema:
    """An item. Which fields it has is chosen by `fields`."""
    return closed(_properties(collection), ["id", "key", "type"])


def alone(collection: Collection) -> Schema:
    """An item as an answer of its own."""
    frame = {"@context": IRI, "coverage": TEXT, "release": ref("Release")}
    return closed({**frame, **_properties(collection)}, [*frame, "id", "key", "type"])


def page(collection: Collection, name: str) -> Schema:
    """A page of items."""
    counts = closed({entry.name: listed(ref("Count")) for entry in collection.facets}, [])
    return closed(
        {
            "@context": IRI,
            "total": COUNT,
            "next": NULLABLE,
            "coverage": TEXT,
            "release": ref("Release"),
            "facets": counts,
            "items": listed(ref(name)),
        }
    )


def features(name: str) -> Schema:
    """The same on a map (RFC 7946)."""
    point = closed(
        {"type": {"const": "Point"}, "coordinates": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}}
    )
    feature = {"type": {"const": "Feature"}, "id": IRI, "geometry": {"anyOf": [point, {"type": "null"}]}, "properties": ref(name)}
    frame = {"type": {"const": "FeatureCollection"}, "total": COUNT, "coverage": TEXT, "release": ref("Release")}
    return closed({**frame, "features": listed(closed(feature))})


def _properties(collection: Collection) -> Schema:
    fields = {entry.name: _field(entry) for entry in collection.fields}
    return {"id": IRI, "key": TEXT, "type": listed(TEXT), **fields, "facts": listed(ref("Fact"))}


def _field(entry: Field) -> Schema:
    schema = ref("Reference") if entry.kind == REFERENCE else _LITERALS.get(entry.kind, TEXT)
    return listed(schema) if entry.many else {"anyOf": [schema, {"type": "null"}]}


# --- questions and search ----------------------------------------------------------------------------------------------------------------


def answer(question: Question) -> Schema:
    """The answer to a named question."""
    columns = [name for name, _ in question.columns if name not in question.witness]
    row = {
        "cells": closed({name: {"type": ["string", "number", "boolean", "null"]} for name in columns}),
        "notes": listed({"type": "integer", "minimum": 1}),
        "lists": closed({name: listed(ref("Counted")) for name in question.counted}),
    }
    return closed(
        {
            "name": {"const": question.name},
            "summary": TEXT,
            "description": NULLABLE,
            "topic": TEXT,
            "parameters": closed({parameter.name: listed(TEXT) for parameter in question.parameters}),
            "columns": listed(closed({"name": {"enum": columns}, "meaning": TEXT})),
            "coverage": TEXT,
            "total": COUNT,
            "rows": listed(closed(row)),
            "footnotes": listed(ref("Footnote")),
            "release": ref("Release"),
        }
    )


def library() -> Schema:
    """The list of the named questions."""
    strings = listed(TEXT)
    parameter = {"name": TEXT, "type": TEXT, "many": {"type": "boolean"}, "meaning": TEXT, "default": strings, "values": strings}
    question = {"name": TEXT, "id": TEXT, "summary": TEXT, "description": NULLABLE, "topic": TEXT, "parameters": listed(closed(parameter))}
    question |= {"columns": listed(closed({"name": TEXT, "meaning": TEXT})), "coverage": TEXT, "href": TEXT}
    return closed({"queries": listed(closed(question)), "release": ref("Release")})


def index() -> Schema:
    """The list of the collections."""
    entry = {"name": TEXT, "title": TEXT, "meaning": TEXT, "href": TEXT}
    return closed({"collections": listed(closed(entry)), "release": ref("Release")})


def hits() -> Schema:
    """A page of hits of a search."""
    counts = listed(closed({"value": {"enum": list(GROUPS)}, "count": COUNT}))
    frame = {"query": TEXT, "total": COUNT, "next": NULLABLE, "coverage": TEXT, "types": counts}
    return closed({**frame, "items": listed(ref("Hit")), "release": ref("Release")})


# --- parameters --------------------------------------------------------------------------------------------------------------------------


def taken(parameter: Parameter) -> Schema:
    """What a parameter takes."""
    one = {"enum": list(parameter.values)} if parameter.values else _TAKEN.get(parameter.type, _KEYED)
    return {"type": "array", "items": one, "minItems": 1, "maxItems": MOST} if parameter.many else one


_TAKEN: Final[dict[str, Schema]] = {
    "integer": {"type": "integer", "minimum": -(10**15) + 1, "maximum": 10**15 - 1},
    "year": {"type": "integer", "minimum": 1000, "maximum": 2999},
    "date": {"type": "string", "format": "date"},
    "string": {"type": "string", "maxLength": LONGEST, "pattern": f"^[^{_CONTROL}]*[^\\s{_CONTROL}][^{_CONTROL}]*$"},
    "class": {"type": "string", "maxLength": LONGEST, "pattern": "^[A-Z][A-Za-z]*$"},
    "thing": {"type": "string", "maxLength": LONGEST, "pattern": f"^({'|'.join(sorted(TYPES))}):{_KEY}$"},
}
_KEYED: Final[Schema] = {"type": "string", "maxLength": LONGEST, "pattern": f"^{_KEY}$"}
