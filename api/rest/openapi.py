"""The description of REST (OpenAPI 3.1), made from the table of collections and from the named questions. What it says is tested."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from api.negotiate import CSV, GEOJSON, HTML, TURTLE, Format
from api.rest import forms, schemas
from api.rest.answers import questions
from api.rest.asked import INCLUDES, MOST, USUAL
from api.rest.collections import collections
from api.rest.schemas import Schema, ref
from api.rest.search import DOCUMENT, TYPE, Q
from api.rest.table import Collection
from api.workbook import XLSX
from baligraph.parameters import Parameter

EXAMPLES: Final = {
    "integer": "4",
    "year": "2012",
    "date": "2012-01-12",
    "string": "trafficking",
    "area": "mys",
    "place": "bali",
    "thing": "area:mys",
    "body": "aheg-1",
    "process": "bali-process",
    "series": "ministerial-conferences",
    "meeting": "2012-01-12_kuala-lumpur_workshop",
    "doc": "victim-protection-workshop-2012",
    "instrument": "model-legislation",
    "class": "Workshop",
}
"""A value of each type that means something in the release of the bundled documents."""

SRJ: Final = "application/sparql-results+json"
_ABOUT: Final = (
    "What the Bali Process did and promised, read from its documents. Every answer names its release and how far it goes; every value can"
    " be taken to its sentence with `include=evidence`. A parameter that is unknown or wrong is refused (422) by its name. A list is read"
    " in pages: `next` and `Link: rel=next` lead on. The form of an answer is negotiated by `Accept`, or named by a suffix of the path."
)
_ERRORS: Final = {
    "400": "The parameters can't be read.",
    "404": "There is no such thing, or no such release is kept.",
    "406": "None of the forms is acceptable.",
    "410": "What this named was withdrawn.",
    "422": "A parameter is unknown or wrong; the problem names it.",
    "429": "This client asks too much; `Retry-After` says when to come back.",
    "503": "A limit was reached, or too many queries wait.",
}
_USUAL_ERRORS: Final = ("400", "404", "406", "422", "429", "503")
_BINARY: Final[Schema] = {"type": "string", "contentEncoding": "binary"}

RELEASE: Final[Schema] = {
    "name": "release",
    "in": "query",
    "description": "The release that answers, by its id: one of `/releases`, else the current one. Links in the answer keep it.",
    "schema": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{12}$"},
}


def example(parameter: Parameter) -> str:
    """A value that a parameter takes."""
    return (parameter.default or parameter.values or (EXAMPLES.get(parameter.type, "x"),))[0]


def description(server: str, version: str) -> dict[str, Any]:
    """The document. `server` is the base of all paths, relative to where the document stands."""
    found = schemas.shared()
    paths: dict[str, Any] = {
        "/api/v1": _get("listCollections", "What there is", _json(schemas.index())),
        "/api/v1/search": _search(),
        "/api/v1/queries": _get("listQueries", "The named questions", _json(schemas.library()) | _page()),
    }
    for name, question in questions().items():
        content = _json(schemas.answer(question)) | _content(CSV, XLSX) | {SRJ: {"schema": {"type": "object"}}} | _page()
        parameters = [_query(parameter, parameter.default) for parameter in question.parameters]
        paths[f"/api/v1/queries/{name}"] = _get(f"query-{name}", question.summary, content, parameters, "queries", question.description)
    for name, collection in collections().items():
        kind = f"{name}-item"
        found[kind] = schemas.item(collection)
        paths[f"/api/v1/{name}"] = _list(collection, kind)
        paths[f"/api/v1/{name}/{{key}}"] = _one(collection, kind)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Bali Process Graph",
            "version": version,
            "summary": "Meetings, who took part, and what was promised, each with its sentence.",
            "description": _ABOUT,
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": server}],
        "tags": [{"name": "queries", "description": "Named questions with tested answers."}]
        + [{"name": name, "description": collection.meaning} for name, collection in collections().items()],
        "paths": paths,
        "components": {"schemas": found},
    }


def _list(collection: Collection, kind: str) -> Schema:
    names = [entry.name for entry in collection.fields]
    facets = [entry.name for entry in collection.facets]
    sorts = [order for sort in collection.sorts for order in (sort.name, f"-{sort.name}")]
    parameters = [
        *(_query(entry.parameter) for entry in collection.filters),
        _named("with", names, "Only what has a value of these fields."),
        _named("without", names, "Only what has no value of these fields."),
        _plain("sort", {"enum": sorts, "default": sorts[0]}, "The order; what has no value stands last.", sorts[0]),
        _named("fields", names, "Only these fields."),
        *([_named("facets", facets, "Counts of the values of these fields among all that was found.")] if facets else []),
        _named("include", list(INCLUDES), "Where each value comes from."),
        *_paging(),
    ]
    content = _items(collection, schemas.page(collection, kind), kind)
    return _get(f"list-{collection.name}", collection.title, content, parameters, collection.name, collection.meaning)


def _one(collection: Collection, kind: str) -> Schema:
    key = {
        "name": "key",
        "in": "path",
        "required": True,
        "description": "The end of its IRI.",
        "schema": {"type": "string", "pattern": "^[a-z0-9_-]+$"},
    }
    parameters = [
        key | ({"example": collection.example} if collection.example else {}),
        _named("fields", [entry.name for entry in collection.fields], "Only these fields."),
        _named("include", list(INCLUDES), "Where each value comes from."),
    ]
    content = _items(collection, schemas.alone(collection), kind)
    more = {"301": {"description": "It was given up for another; `Location` leads there."}}
    found = _get(f"get-{collection.name}", f"{collection.title}: one", content, parameters, collection.name, "", ("410",))
    found["get"]["responses"] |= more
    return found


def _items(collection: Collection, schema: Schema, kind: str) -> Schema:
    content = _json(schema) | {"application/ld+json": {"schema": schema}} | _content(CSV, XLSX, TURTLE)
    if GEOJSON in forms.offers(collection):
        content |= {GEOJSON.media_type: {"schema": schemas.features(kind)}}
    return content


def _search() -> Schema:
    parameters = [_query(Q) | {"required": True}, _query(TYPE), _query(DOCUMENT), *_paging()]
    return _get("search", "Full text", _json(schemas.hits()) | _content(CSV), parameters)


def _get(
    name: str,
    summary: str,
    content: Schema,
    parameters: Sequence[Schema] = (),
    tag: str = "",
    text: str = "",
    more: Sequence[str] = (),
) -> Schema:
    problem = {"application/problem+json": {"schema": ref("Problem")}}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            **({"description": text} if text else {}),
            **({"tags": [tag]} if tag else {}),
            "parameters": [*parameters, RELEASE],
            "responses": {
                "200": {"description": "The answer.", "content": content},
                "304": {"description": "Not changed since the `ETag` that the client has."},
                **{status: {"description": _ERRORS[status], "content": problem} for status in sorted({*_USUAL_ERRORS, *more})},
            },
        }
    }


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _page() -> Schema:
    return _content(HTML)


def _content(*offers: Format) -> Schema:
    return {offer.media_type: {"schema": _BINARY if offer is XLSX else schemas.TEXT} for offer in offers}


def _query(parameter: Parameter, default: Sequence[str] = ()) -> Schema:
    schema = schemas.taken(parameter)
    number = parameter.type in {"integer", "year"}
    given: Any = int(example(parameter)) if number else example(parameter)
    found = _plain(parameter.name, schema, parameter.meaning, [given] if parameter.many else given)
    if default:
        values: list[Any] = [int(value) if number else value for value in default]
        found["schema"] = {**schema, "default": values if parameter.many else values[0]}
    return found


def _named(name: str, values: Sequence[str], meaning: str) -> Schema:
    schema = {"type": "array", "items": {"enum": list(values)}, "minItems": 1}
    return _plain(name, schema, f"{meaning} Given more than once, or separated by commas.", [values[0]])


def _paging() -> tuple[Schema, Schema]:
    limit = {"type": "integer", "minimum": 1, "maximum": MOST}
    return (
        _plain("limit", limit, f"Items of a page: of JSON {USUAL} unless said otherwise; tables are whole.", 10),
        _plain("cursor", schemas.TEXT, "Where the page begins: as it stands in `next` of the page before."),
    )


def _plain(name: str, schema: Schema, meaning: str, given: Any = None) -> Schema:
    found = {"name": name, "in": "query", "description": meaning, "schema": schema}
    return found if given is None else found | {"example": given}
