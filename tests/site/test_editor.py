"""The query page with its editor and without, the names that it completes, and what is bundled."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from api import pages
from api.app import create_app
from api.site import editor
from baligraph.settings import Settings

EDITOR = Path(pages.__file__).parent / "editor"


def within(release: Path, ask: Callable[[httpx.AsyncClient], Awaitable[None]]) -> None:
    """Ask an application in this process."""

    async def run() -> None:
        app = create_app(Settings(release=release, workers=1))
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client,
        ):
            await ask(client)

    asyncio.run(run())


def test_without_the_script_the_page_is_a_form_and_runs_none(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor, "script", lambda: None)

    async def ask(client: httpx.AsyncClient) -> None:
        answer = await client.get("/query")
        assert '<textarea id="query"' in answer.text
        assert "<script" not in answer.text
        assert "script-src" not in answer.headers["content-security-policy"]
        found = await client.post("/sparql", data={"query": "SELECT (1 AS ?one) {}", "format": "html"})
        assert '<td class="number">1</td>' in found.text

    within(tiny, ask)


def test_without_node_the_set_up_says_so_and_goes_on(tmp_path: Path) -> None:
    make = shutil.which("make")
    assert make is not None
    bare = {"PATH": str(tmp_path)}  # nothing is found here: neither node nor npm
    done = subprocess.run([make, "editor"], cwd=EDITOR.parents[1], env=bare, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("NO EDITOR: Node and npm are not on this machine")


def test_with_it_only_the_script_of_the_page_may_run(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor, "script", lambda: "static/built/editor-x.js")

    async def ask(client: httpx.AsyncClient) -> None:
        pages = [await client.get("/query") for _ in range(2)]
        nonces = [re.findall(r'<script type="module" nonce="([\w-]+)" src="static/built/editor-x.js">', page.text) for page in pages]
        assert [len(found) for found in nonces] == [1, 1]
        assert nonces[0] != nonces[1]
        policy = pages[0].headers.get_list("content-security-policy")
        assert len(policy) == 1
        assert f"script-src 'nonce-{nonces[0][0]}';" in policy[0]
        assert "unsafe" not in policy[0]
        assert "script-src" not in (await client.get("/about")).headers["content-security-policy"]

    within(tiny, ask)


def test_a_manifest_that_is_missing_or_broken_means_no_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor, "FOLDER", tmp_path)
    assert editor.script.__wrapped__() is None
    built = tmp_path / "static" / "built"
    built.mkdir(parents=True)
    (built / "manifest.json").write_text("{")
    assert editor.script.__wrapped__() is None
    (built / "manifest.json").write_text('{"editor": "editor-1.js"}')
    assert editor.script.__wrapped__() == "static/built/editor-1.js"


def test_the_names_are_those_of_the_release(server: str) -> None:
    answer = httpx.get(f"{server}query/names.json")
    body = answer.json()
    names = {name: (label, kind) for name, label, kind in body["names"]}
    assert names["bp:Meeting"] == ("Meeting", "class")
    assert names["bp:hostedBy"][1] == "property"
    assert names["c:role_host"] == ("host", "concept")
    assert names["id:area_mys"] == ("Malaysia", "area")
    assert not any(name.startswith(("id:evidence_", "id:claim_")) for name in names)
    assert httpx.get(f"{server}query/names.json", headers={"if-none-match": answer.headers["etag"]}).status_code == 304


def test_the_result_tells_how_to_ask_it_from_a_program(server: str) -> None:
    text = httpx.get(f"{server}sparql?format=html&query=SELECT%20%2A%20%7B%20%3Fs%20%3Fp%20%22%3Cb%3E%22%20%7D").text
    recipes = text.partition('<details id="recipes">')[2].partition("</details>")[0]
    assert recipes.count("SELECT * { ?s ?p &#34;&lt;b&gt;&#34; }") == 3
    assert recipes.count("https://w3id.org/baligraph/sparql") == 3


def test_what_is_bundled_is_pinned_and_names_no_registry() -> None:
    package = json.loads((EDITOR / "package.json").read_text())
    lock = json.loads((EDITOR / "package-lock.json").read_text())
    assert lock["packages"][""]["dependencies"] == package["dependencies"]
    assert "http" not in re.sub(r'"(?:url|funding)": "[^"]*"', "", json.dumps(lock))
    assert all("integrity" in entry for name, entry in lock["packages"].items() if name)
    scripts = {name for name, entry in lock["packages"].items() if entry.get("hasInstallScript")}
    assert scripts <= {"node_modules/esbuild"}, "the build runs no script of a package: see what these would do"
