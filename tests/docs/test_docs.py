"""What is documented exists and is as shown; what exists is documented."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import doc_pages
import httpx
import pyoxigraph as ox
import pytest
import typer
from doc_pages import ADDRESS, PAGES, ROOT, Block

from api.app import create_app
from api.negotiate import PLACED, SOLUTIONS
from api.rest.collections import collections
from baligraph.checks import load_checks
from baligraph.cli import app
from baligraph.prefixes import prefixes, shrink, turtle_header
from baligraph.questions import load_questions
from baligraph.release import Release
from baligraph.rules import load_rules
from baligraph.settings import Settings, documentation
from bench.__main__ import app as bench
from ingest.curation import COLUMNS
from ingest.extract import GENERAL, GENRES

DOCS = ROOT / "docs"
W3ID = DOCS / "w3id"
LANGUAGES = {"sh", "console", "sparql", "turtle", "python", "text", "py", "r", "js"}
CLI = {command.name or "" for command in app.registered_commands} | {
    command.callback.__name__ for command in app.registered_commands if command.callback and not command.name
}
CLI.discard("")
TARGETS = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
DIALOGUES = [(block, *line) for block in doc_pages.all_blocks("console") for line in doc_pages.dialogue(block.body)]


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def cells(page: str, first: str, column: int = 0) -> list[str]:
    """One column of the table whose head begins with `first`, without the marks of code."""
    return [row[column].strip("`") for row in doc_pages.table(text(page), first)]


@pytest.fixture(scope="module")
def folder(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the pages suppose it: a checkout with a release."""
    place = tmp_path_factory.mktemp("checkout")
    (place / "build").mkdir()
    (place / "build" / "releases").symlink_to(release.path.parent)
    (place / "queries").symlink_to(ROOT / "queries")
    return place


@pytest.fixture(scope="module")
def store(release: Release) -> ox.Store:
    found = ox.Store()
    with gzip.open(release.quads_path) as quads:
        found.bulk_load(cast(BinaryIO, quads), format=ox.RdfFormat.N_QUADS)
    return found


@pytest.fixture(scope="module")
def served(release: Release) -> Iterator[str]:
    from conftest import serving

    with serving(release.path) as address:
        yield address


# --- blocks of code ----------------------------------------------------------------------------------------------------------------------


def test_every_block_is_of_a_language_that_is_tested() -> None:
    found = {str(block): block.language for block in doc_pages.all_blocks()}
    assert set(found.values()) == LANGUAGES, {where: what for where, what in found.items() if what not in LANGUAGES}


@pytest.mark.parametrize("block", doc_pages.all_blocks("sh"), ids=str)
def test_commands_are_such_as_exist(block: Block) -> None:
    for line in doc_pages.commands(block.body):
        words = shlex.split(line, comments=True)
        while "=" in words[0]:
            assert words.pop(0).partition("=")[0] in {name for name, _, _ in documentation()}, line
        match words:
            case ["make", target]:
                assert target in TARGETS, line
            case ["baligraph", name, *rest]:
                command = typer.main.get_command(app)
                command.commands[name].make_context(name, rest)  # type: ignore[attr-defined]  # raises for what it does not take
            case ["python", "-m", "bench", name, *rest]:
                command = typer.main.get_command(bench)
                command.commands[name].make_context(name, rest)  # type: ignore[attr-defined]
            case ["python", "-m", "pytest", *rest]:
                for word in rest:
                    assert word in {"-n", "auto"} or (ROOT / word).exists(), line
            case _:
                pytest.fail(f"{block}: nothing tests {line!r}")


@pytest.mark.parametrize(("block", "command", "shown"), DIALOGUES, ids=[f"{block} {line[:30]}" for block, line, _ in DIALOGUES])
def test_a_command_prints_what_is_shown(block: Block, command: str, shown: str, folder: Path, request: pytest.FixtureRequest) -> None:
    if command.startswith("curl "):
        real = doc_pages.curl(command, request.getfixturevalue("served"))
    else:
        program, *rest = shlex.split(command)
        assert program == "baligraph"
        real = subprocess.run(
            [sys.executable, "-m", "baligraph.cli", *rest],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1", "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        ).stdout
    assert doc_pages.agrees(shown, real), f"{block}: {command} prints\n{real}"


@pytest.mark.parametrize("block", doc_pages.all_blocks("sparql"), ids=str)
def test_a_query_has_the_answer_that_is_shown(block: Block, store: ox.Store) -> None:
    head, rows = doc_pages.table_after(block)
    answer = cast(ox.QuerySolutions, store.query(block.body))
    names = [variable.value for variable in answer.variables]
    assert head == names
    assert rows == [[cell(row[name]) for name in names] for row in answer]
    assert rows, f"{block}: an example should answer something"


def cell(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return f"`{shrink(term.value)}`"
    return " ".join(term.value.split()) if isinstance(term, ox.Literal) else ""


@pytest.mark.parametrize("block", doc_pages.all_blocks("turtle"), ids=str)
def test_triples_that_are_shown_are_in_the_release(block: Block, store: ox.Store) -> None:
    triples = list(ox.parse(turtle_header() + block.body, format=ox.RdfFormat.TURTLE))
    assert triples
    missing = [
        str(triple) for triple in triples if ox.Quad(triple.subject, triple.predicate, triple.object, ox.DefaultGraph()) not in store
    ]
    assert not missing


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")  # rdflib's own use
def test_python_prints_what_is_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    ran = 0
    for page in PAGES:
        names: dict[str, object] = {}
        found = doc_pages.blocks(page, "python", "text")
        for block, printed in zip(found[::2], found[1::2], strict=True):
            assert (block.language, printed.language) == ("python", "text"), f"{block}: a block of text with its output follows"
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(block.body, str(block), "exec"), names)
            assert doc_pages.agrees(printed.body, out.getvalue()), f"{block} prints\n{out.getvalue()}"
            ran += 1
    assert ran


# --- names that pages use ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", doc_pages.prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        other = page.parent / path if path else page
        assert other.exists(), f"{named(page)} links to {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", doc_pages.prose(other), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}, (
                f"{named(page)}: {target}"
            )


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_files_and_tests_that_are_named_exist(page: Path) -> None:
    folders = "|".join(path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "build")))
    for path, test in re.findall(rf"`((?:{folders})/[\w./-]*)(?:::(\w+))?`", doc_pages.prose(page)):
        assert (ROOT / path).exists(), f"{named(page)} names {path}"
        if test:
            assert f"def {test}(" in text(path), f"{named(page)} names {path}::{test}"


def mentions(pattern: str) -> set[str]:
    return {name for page in PAGES for name in re.findall(pattern, doc_pages.code(page))}


def test_commands_are_documented_and_those_documented_exist() -> None:
    assert mentions(r"(?<![\w./-])(?<!from )baligraph ([a-z]+)\b") == CLI


def test_measurements_are_documented() -> None:
    assert mentions(r"python -m bench ([a-z]+)\b") == set(typer.main.get_command(bench).commands)  # type: ignore[attr-defined]


def test_make_targets_are_documented_and_those_documented_exist() -> None:
    assert mentions(r"(?<![\w./-])make ([a-z]+)\b") == TARGETS
    assert {name.removeprefix("make ") for name in cells("CONTRIBUTING.md", "command")} == TARGETS


def test_the_changelog_speaks_of_this_version() -> None:
    assert tomllib.loads(text("pyproject.toml"))["project"]["version"] in text("CHANGELOG.md")


def test_every_page_is_reachable_from_the_readme() -> None:
    reached, todo = set[Path](), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        if page not in reached:
            reached.add(page)
            links = re.findall(r"\]\(([^)\s:#]+\.md)[^)]*\)", doc_pages.prose(page))
            todo += [(page.parent / link).resolve() for link in links]
    assert set(PAGES) <= reached


# --- tables that pages hold --------------------------------------------------------------------------------------------------------------


def test_the_settings_are_as_documented() -> None:
    rows = [(name.strip("`"), default.strip("`"), doc) for name, default, doc in doc_pages.table(text("docs/settings.md"), "variable")]
    assert rows == documentation()


def test_the_map_has_every_folder() -> None:
    """The folders of the checkout, without what is built."""
    there = {path.name for path in ROOT.iterdir() if path.is_dir() and re.match("[a-z]", path.name)} - {"build", "dist", "screenshots"}
    assert {name.strip("/") for name in cells("README.md", "folder")} == there


def test_the_prefixes_are_as_documented() -> None:
    shown = {row[0].strip("`:"): row[2].strip("`") for row in doc_pages.table(text("docs/sparql.md"), "prefix")}
    assert shown == {prefix: space for prefix, space in prefixes().items() if "baligraph" in space and prefix in shown}
    assert set(shown) == {prefix for prefix, space in prefixes().items() if "w3id.org/baligraph/" in space and prefix != "prefix"}


def test_the_numbers_of_queries_are_as_documented() -> None:
    found = re.search(r"`queries/` holds (\d+) such questions.*?; (\d+) rules and (\d+) checks", text("docs/sparql.md"), re.DOTALL)
    assert found is not None
    assert tuple(map(int, found.groups())) == (len(load_questions()), len(load_rules()), len(load_checks()))


def test_the_graphs_are_as_documented(store: ox.Store) -> None:
    names = {graph.value.removeprefix(prefixes()["g"]) for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    patterns = [
        re.sub(r"\\\{\w+\\\}", "[a-z0-9-]+", re.escape(name.removeprefix("graph/"))) for name in cells("docs/sparql.md", "named graph")
    ]
    assert [name for name in names if not any(re.fullmatch(pattern, name) for pattern in patterns)] == []
    assert [pattern for pattern in patterns if not any(re.fullmatch(pattern, name) for name in names)] == []


def test_the_files_of_a_release_are_as_documented(release: Release) -> None:
    assert set(cells("docs/releases.md", "file")) == {path.name + "/" * path.is_dir() for path in release.path.iterdir()}


def test_the_forms_are_as_documented() -> None:
    assert {(row[0].strip("`."), row[1].strip("`")) for row in doc_pages.table(text("docs/linked-data.md"), "suffix")} == {
        (form.name, form.media_type) for form in PLACED
    }
    assert {(row[0].strip("`"), row[1].strip("`")) for row in doc_pages.table(text("docs/linked-data.md"), "`format`")} == {
        (form.name, form.media_type) for form in SOLUTIONS
    }


QUERIES = {"/why": "?s=id:area_mys&p=bp:iso3&o=MYS", "/search": "?q=malaysia", "/api/v1/search": "?q=malaysia"}


def test_the_addresses_are_as_documented(release: Release, served: str) -> None:
    def plain(path: str) -> str:
        return re.sub(r"\{.*?\}", "{}", path)

    service = create_app(Settings(release=release.path))
    routes = {plain(str(getattr(route, "path", ""))) + "/…" * (route.__class__.__name__ == "Mount") for route in service.routes}
    assert {plain(address) for address in cells("docs/linked-data.md", "address")} == routes
    examples = {
        "/id/{}": "area_mys",
        "/data/{}": "area_mys",
        "/concept/{}": "role_host",
        "/shapes.{}": "ttl",
        "/data.{}": "ttl",
        "/releases.{}": "json",
        "/releases/{}": release.id,
        "/releases/{}/diff/{}": f"{release.id} {release.id}",
        "/releases/{}/{}": f"{release.id} csv/Meeting.csv",
        "/prefixes.{}": "ttl",
        "/ontology.{}": "ttl",
        "/ontology/{}": "1.0.0",
        "/ontology/class/{}": "Meeting",
        "/documents/{}": "workshop-recommendations",
        "/static/…": "style.css",
        "/queries.{}": "ttl",
        "/api/v1.{}": "json",
        "/api/v1/queries.{}": "html",
        "/queries/{}": "observers",
        "/api/v1/queries/{}": "observers",
        "/api/v1/search.{}": "csv?q=malaysia",
        "/api/v1/{}": "meetings",
        "/api/v1/{}/{}": "states mys",
    }
    for route in routes:
        names = iter(examples.get(route, "doc/workshop-recommendations").split(" "))
        path = re.sub(r"\{\}|…", lambda _, names=names: next(names), route).lstrip("/")  # type: ignore[misc]
        path += QUERIES.get(route, "")
        assert httpx.get(served + path, timeout=60).status_code == (303 if path.startswith(("id/", "concept/")) else 200), path


def test_the_collections_are_as_documented() -> None:
    assert cells("docs/rest.md", "collection") == list(collections())


def test_the_forty_questions_are_answered_by_address(served: str) -> None:
    rows = doc_pages.table(text("docs/rest.md"), "question")
    assert [int(row[0]) for row in rows] == list(range(1, 41))
    named = {question.id: question.name for question in load_questions()}
    for number, _, name, address, items in rows:
        assert name.strip("`") == named.get(f"Q{number}", ""), number
        assert name or address, number
        if name:
            assert httpx.get(f"{served}api/v1/queries/{name.strip('`')}").status_code == 200, number
        if address:
            answer = httpx.get(f"{served}api/v1/{address.strip('`')}")
            assert (answer.status_code, answer.json()["total"]) == (200, int(items)), (number, answer.text[:200])


RECIPES = doc_pages.all_blocks("py", "r", "js")


@pytest.mark.parametrize("block", RECIPES, ids=str)
def test_the_addresses_of_a_recipe_are_answered(block: Block, served: str) -> None:
    found = re.findall(rf'"{re.escape(ADDRESS)}([^"]*)"', block.body)
    assert found
    for path in found:
        assert httpx.get(served + path, timeout=60).status_code == 200, path
    if block.language == "py":
        compile(block.body, str(block), "exec")


def test_addresses_for_spreadsheets_are_answered(served: str) -> None:
    found = re.findall(rf"`{re.escape(ADDRESS)}([^`]+)`", doc_pages.prose(DOCS / "rest.md"))
    assert found
    for path in found:
        assert httpx.get(served + path, timeout=60).status_code == 200, path


def test_a_recipe_with_httpx_and_one_for_node_run(served: str) -> None:
    with_httpx = next(block for block in RECIPES if "import httpx" in block.body)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(with_httpx.body.replace(ADDRESS, served), str(with_httpx), "exec"), {})
    assert len([line for line in out.getvalue().splitlines() if line.strip()]) >= 30
    if node := shutil.which("node"):
        script = next(block for block in RECIPES if block.language == "js" and "fetch(" in block.body).body.replace(ADDRESS, served)
        ran = subprocess.run([node, "--input-type=module", "-e", script], capture_output=True, text=True, check=False, timeout=60)
        assert "2004 9" in ran.stdout, ran.stderr


def test_the_recipe_for_comunica_runs(served: str) -> None:
    node = shutil.which("node")
    if not node or not (Path(os.environ.get("NODE_PATH", "")) / "@comunica").is_dir():
        pytest.skip("NOT TESTED: the recipe for Comunica; `npm install @comunica/query-sparql`, and name its node_modules in NODE_PATH")
    script = next(block for block in RECIPES if "comunica" in block.body).body.replace(ADDRESS, served)
    ran = subprocess.run([node, "-e", script], capture_output=True, text=True, check=False, timeout=120)
    assert ran.stdout.split() == ["2004-12", "2012-05-28/2012-05-30"], ran.stderr


def test_things_that_pages_name_by_their_address_are_there(served: str) -> None:
    found = {path for page in PAGES for path in re.findall(r"`/((?:data|id|concept|graph)/[\w./-]+)`", doc_pages.prose(page))}
    assert found
    for path in sorted(found):
        assert httpx.get(served + path, follow_redirects=True).status_code == 200, path


def test_the_tables_of_decisions_are_as_documented() -> None:
    assert set(cells("CONTRIBUTING.md", "table")) == {f"{name}.csv" for name in COLUMNS}


def test_genres_are_listed_and_used() -> None:
    listed = re.search(r"^A genre is .*?: (.*?)\. What", text("CONTRIBUTING.md"), re.MULTILINE | re.DOTALL)
    assert listed is not None
    used = {genre.NAME for genre in GENRES}
    written = {path.stem for path in (ROOT / "ingest" / "genres").glob("*.py") if "\ndef likeness(" in path.read_text(encoding="utf-8")}
    assert used == written, "a genre is a module of ingest/genres that stands in GENRES of ingest/extract.py"
    assert set(re.findall(r"`([a-z_-]+)`", listed[1])) == used
    assert GENERAL not in used


# --- the picture and the redirects -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("picture", sorted(DOCS.rglob("*.svg")), ids=named)
def test_a_picture_stands_alone_in_light_and_dark(picture: Path) -> None:
    source = picture.read_text(encoding="utf-8")
    parts = {element.tag.rpartition("}")[2] for element in ET.fromstring(source).iter()}
    assert {"title", "desc"} <= parts
    assert not parts & {"image", "script", "foreignObject", "use"}
    assert "prefers-color-scheme: dark" in source
    assert not re.search(r"@import|@font-face|url\(|href=", source), "a picture loads nothing"


def redirect(path: str) -> tuple[int, str]:
    """What the rules of `.htaccess` answer: the first rule with a target that matches the path, as mod_rewrite reads them."""
    service = ""
    for line in (W3ID / ".htaccess").read_text(encoding="utf-8").splitlines():
        rule = re.fullmatch(r"RewriteRule (\S+) (\S+) \[(\S+)\]", line)
        if rule is None:
            assert line.startswith("#") or line in {"", "RewriteEngine on"}, line
        elif rule[3].startswith("E=SERVICE:"):
            service = rule[3].removeprefix("E=SERVICE:")
        elif found := re.match(rule[1], path.partition("?")[0]):
            target = re.sub(r"\$(\d)", lambda group, found=found: found[int(group[1])], rule[2])
            status = re.search(r"R=(\d+)", rule[3])
            assert status is not None, line
            return int(status[1]), target.replace("%{ENV:SERVICE}", service) + "".join(path.partition("?")[1:])
    raise LookupError(path)


@pytest.mark.parametrize(("request_", "answer"), doc_pages.table((W3ID / "README.md").read_text(encoding="utf-8"), "request"))
def test_a_redirect_leads_where_it_says(request_: str, answer: str, served: str) -> None:
    status, target = redirect(request_.strip("`/"))
    shown = re.fullmatch(r"(\d+) to `(/\S+)`", answer)
    assert shown is not None
    assert (str(status), target.removeprefix("https://baligraph.example")) == shown.groups()
    assert httpx.get(served + shown[2].lstrip("/")).status_code == 200


def test_redirects_and_pages_name_the_same_place() -> None:
    assert redirect("") == (302, "https://baligraph.example/")
    assert "https://baligraph.example" in text("docs/w3id/README.md")
    assert ADDRESS.rstrip("/") in text("docs/linked-data.md")


# --- the reader itself --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "real", "same"),
    [
        ("a\n…\nz", "a\nb\nc\nz\n", True),
        ("a\n…\nz", "a\nb\n", False),
        ("one (1)", "one 1", False),
        ("rest …", "rest of it", True),
    ],
)
def test_what_is_shown_is_compared(shown: str, real: str, same: bool) -> None:
    assert doc_pages.agrees(shown, real) is same


def test_an_answer_that_changed_is_seen(store: ox.Store) -> None:
    block = next(block for block in doc_pages.all_blocks("sparql") if "2003-03" in block.after)
    wrong = Block(block.page, block.line, block.language, block.body, block.after.replace("2003-03", "2003-04", 1))
    with pytest.raises(AssertionError):
        test_a_query_has_the_answer_that_is_shown(wrong, store)
