"""The frame of all pages: navigation, footer, the policy for scripts, and the answer that says nothing changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from api.navigation import sections, within


def test_a_page_that_did_not_change_is_not_sent_again(server: str) -> None:
    first = httpx.get(f"{server}about")
    assert first.status_code == 200
    again = httpx.get(f"{server}about", headers={"if-none-match": f'W/"x", {first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert httpx.get(f"{server}about", headers={"if-none-match": '"another"'}).status_code == 200


def test_every_entry_of_the_navigation_leads_somewhere(server: str) -> None:
    for section in sections():
        for path, name in section.pages:
            answer = httpx.get(f"{server}{path}", headers={"accept": "text/html"})
            assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8"), path
            assert re.search(rf'aria-current="page">{re.escape(name)}<|class="here" aria-current="page"', answer.text), path


@pytest.mark.parametrize(
    ("path", "name"),
    [("/ontology/1.0.0", "Data and API"), ("/sparql", "Query"), ("/data/area_mys.html", None), ("/", None), ("/nowhere", None)],
)
def test_a_page_belongs_to_the_section_of_its_first_step(path: str, name: str | None) -> None:
    found = within(path)
    assert (found.name if found else None) == name


def test_the_contact_of_the_operator_stands_on_the_page_about(
    tiny: Path, server: str, serve: Callable[..., AbstractContextManager[str]]
) -> None:
    assert "named no address" in httpx.get(f"{server}about").text
    with serve(tiny, contact="errors@example.org") as address:
        assert '<a href="mailto:errors@example.org">' in httpx.get(f"{address}about").text


def test_the_citation_names_the_canonical_address_and_the_release(server: str, tiny: Path) -> None:
    text = httpx.get(f"{server}about").text
    release = (tiny / "current").resolve().name
    address = f"https://w3id.org/baligraph/about?release={release}"
    assert f"<p>“About”. In: Bali Process Graph, release {release}. {address}</p>" in text
    assert f"@misc{{baligraph-about-{release}," in text


def test_no_page_without_a_need_runs_a_script(server: str) -> None:
    policy = httpx.get(f"{server}about").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
