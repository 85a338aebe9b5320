"""The description of REST is what REST does: every answer fits its schema, every example is answered, whatever it allows is taken.

With `SCHEMATHESIS_CASES` in the environment, so many cases are tried of each operation instead of a few.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from api.rest import forms
from api.rest.openapi import description
from api.routes.questions import OFFERS
from baligraph.release import Release

DOCUMENT = description("../..", "0")
OPERATIONS = {path: operations["get"] for path, operations in DOCUMENT["paths"].items()}
CASES = int(os.environ.get("SCHEMATHESIS_CASES", "3"))


def asked() -> dict[str, Any]:
    """The description without cursors and releases, which nobody can make up: a schema can't say which texts are some. `test_rest` and
    `test_releases` follow them."""
    document = description("/", "0")
    for operations in document["paths"].values():
        operations["get"]["parameters"] = [entry for entry in operations["get"]["parameters"] if entry["name"] not in {"cursor", "release"}]
    return document


schema = schemathesis.openapi.from_dict(asked())


@pytest.fixture(scope="module")
def client(release: Release) -> Iterator[httpx.Client]:
    from conftest import serving

    with serving(release.path, client_seconds=0) as address, httpx.Client(base_url=address, timeout=30) as found:
        yield found


def validator(of: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({**of, "components": DOCUMENT["components"]}, validate_formats=True)


def filled(path: str, operation: dict[str, Any], client: httpx.Client) -> str:
    """The address of an operation, with its example; where it has none, with the first key of the list."""
    if "{key}" not in path:
        return path
    key = operation["parameters"][0].get("example")
    return path.replace("{key}", key or client.get(path.removesuffix("/{key}")).json()["items"][0]["key"])


def test_the_document_is_served_and_is_openapi(client: httpx.Client) -> None:
    answer = client.get("api/v1/openapi.json")
    body = answer.json()
    assert answer.headers["content-type"] == "application/json"
    assert client.get("api/v1/openapi.json", headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    assert {**body, "info": {}, "servers": []} == {**json.loads(json.dumps(DOCUMENT)), "info": {}, "servers": []}
    assert str(answer.url.join(body["servers"][0]["url"])) == str(client.base_url)
    names = [operation["operationId"] for operation in OPERATIONS.values()]
    assert len(names) == len(set(names))


def test_every_object_of_an_answer_is_closed() -> None:
    def walk(schema_: Any, where: str) -> Iterator[str]:
        if isinstance(schema_, dict):
            if schema_.get("type") == "object" and schema_.get("additionalProperties") is not False:
                yield where
            for name, inner in schema_.items():
                yield from walk(inner, f"{where}/{name}")
        elif isinstance(schema_, list):
            for place, inner in enumerate(schema_):
                yield from walk(inner, f"{where}/{place}")

    # the results of SPARQL have their own recommendation
    assert [where for where in walk(DOCUMENT, "") if "sparql-results" not in where] == []


@pytest.mark.parametrize("path", OPERATIONS)
def test_an_answer_fits_its_schema_in_every_form(client: httpx.Client, path: str) -> None:
    operation = OPERATIONS[path]
    address = filled(path, operation, client)
    given: dict[str, Any] = {"q": "trafficking"} if path.endswith("/search") else {}
    names = {parameter["name"] for parameter in operation["parameters"]}
    given |= {"include": "evidence"} if "include" in names else {}
    if "facets" in names:
        facets = next(parameter for parameter in operation["parameters"] if parameter["name"] == "facets")["schema"]["items"]["enum"]
        given |= {"facets": ",".join(facets), "limit": "500"}
    for media_type, content in operation["responses"]["200"]["content"].items():
        answer = client.get(address, params=given, headers={"accept": media_type})
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media_type)
        if "json" in media_type:
            errors = [
                f"{'/'.join(map(str, e.instance_path))}: {e.message[:300]}" for e in validator(content["schema"]).iter_errors(answer.json())
            ]
            assert errors == []


@pytest.mark.parametrize("path", OPERATIONS)
def test_every_example_is_answered(client: httpx.Client, path: str) -> None:
    address = filled(path, OPERATIONS[path], client)
    always = {"q": "trafficking"} if path.endswith("/search") else {}
    for parameter in OPERATIONS[path]["parameters"]:
        if parameter["in"] == "query" and "example" in parameter:
            answer = client.get(address, params=always | {parameter["name"]: parameter["example"]})
            assert answer.status_code == 200, (parameter["name"], answer.text)
            errors = validator(parameter["schema"]).iter_errors(parameter["example"])
            assert [error.message for error in errors] == []


@pytest.mark.parametrize("path", OPERATIONS)
def test_every_operation_takes_a_release(client: httpx.Client, release: Release, path: str) -> None:
    operation = OPERATIONS[path]
    address, always = filled(path, operation, client), {"q": "trafficking"} if path.endswith("/search") else {}
    (schema_,) = (entry["schema"] for entry in operation["parameters"] if entry["name"] == "release")
    unknown = "2011-03-13-000000000000"
    assert validator(schema_).is_valid(release.id) and validator(schema_).is_valid(unknown)
    assert client.get(address, params={**always, "release": release.id}).status_code == 200
    answer = client.get(address, params={**always, "release": unknown})
    problem = operation["responses"][str(answer.status_code)]["content"]["application/problem+json"]["schema"]
    assert answer.status_code == 404
    assert validator(problem).is_valid(answer.json())


def test_what_examples_name_is_in_the_release(client: httpx.Client) -> None:
    from api.rest.openapi import EXAMPLES

    for kind, value in EXAMPLES.items():
        thing = f"id/{value.replace(':', '_')}" if kind == "thing" else f"id/{kind}_{value}"
        if kind not in {"integer", "year", "date", "string", "class"}:
            assert client.get(thing).status_code == 303, thing


def test_all_addresses_are_described(client: httpx.Client) -> None:
    listed = [f"/api/v1/{entry['href'].removeprefix('v1/')}" for entry in client.get("api/v1").json()["collections"]]
    asked = [f"/api/v1/{entry['href']}" for entry in client.get("api/v1/queries").json()["queries"]]
    found = {*listed, *(f"{path}/{{key}}" for path in listed), *asked, "/api/v1", "/api/v1/search", "/api/v1/queries"}
    assert set(OPERATIONS) == found
    for path in asked:
        assert set(OPERATIONS[path]["responses"]["200"]["content"]) == {offer.media_type for offer in OFFERS}
    assert set(OPERATIONS["/api/v1/meetings"]["responses"]["200"]["content"]) == {offer.media_type for offer in forms.PLACED}


def test_the_page_shows_every_operation_and_loads_nothing(client: httpx.Client) -> None:
    text = client.get("api", headers={"accept": "text/html"}).text
    for path, operation in OPERATIONS.items():
        assert f'<section id="{operation["operationId"]}">' in text
        assert f"<h2><code>{path}</code></h2>" in text
    assert "<script" not in text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)


@schema.parametrize()
@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_description_allows_is_answered_as_it_says(case: Any, client: httpx.Client) -> None:
    """All checks of schemathesis: no 5xx, no status, type, header or body that is not described, nothing wrong that is taken, nothing right
    that is refused."""
    case.call_and_validate(base_url=str(client.base_url).rstrip("/"))
