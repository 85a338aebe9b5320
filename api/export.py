"""The whole as static files: every IRI of the release in every form, the pages and the dumps, for any web server.

The service itself writes them, in this process and without a port. A server of files can't negotiate and can't answer 303, so a folder of
the name of each thing leads to its page, and names its other forms; these stand beside it, `data/x.ttl` and so on. What has to be computed
(`/sparql` and its like) has a page that says where to ask.
"""

from __future__ import annotations

import asyncio
import gzip
import html
import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final, cast
from urllib.parse import quote, unquote, urljoin

import pyoxigraph as ox
import uvloop
from fastapi import FastAPI
from starlette.types import Message, Scope

from api.app import create_app
from api.pages import FOLDER
from baligraph.errors import ReleaseError
from baligraph.release import Release
from baligraph.settings import Settings

STARTS: Final = ("", "about", "data", "ontology", "shapes", "prefixes", "context.jsonld", "releases", "limits", "calendar.ics")
FURTHER: Final = ("feeds/changes.atom", "sitemap.xml", "robots.txt", ".well-known/void")
COMPUTED: Final = frozenset("sparql query build graphs why cite api queries search metrics healthz readyz".split())
"""First parts of the addresses that only a service can answer."""

DONE: Final = "export.json"
_AT_ONCE: Final = 4
_WHOLE: Final = 5000
_HTML: Final = "text/html"
_TYPES: Final = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "geojson": "application/geo+json",
    "csv": "text/csv",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "ics": "text/calendar",
    "atom": "application/atom+xml",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: addresses of the release that lead somewhere, files, bytes; and what the service could not answer."""

    release: str
    iris: int
    files: int
    bytes: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    kind: str
    links: str
    body: bytes


def export(settings: Settings, folder: Path, told: Callable[[int, int], None] | None = None) -> Exported:
    """Write the release that the settings name into a folder, which is made. `told` hears how many addresses of how many are done.

    Raises ReleaseError where the folder is not empty or there is no release.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ReleaseError(f"{folder}: stands there already and is not empty; name a new folder")
    half = folder.with_name(f".{folder.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    # nobody else asks, and nothing may be left out for want of time; a static copy holds one release
    patient = replace(settings, query_timeout=3600.0, queue_timeout=3600.0)
    quiet = replace(patient, client_seconds=0.0, client_queries=0, kept_loaded=0, release_poll=0.0, root_path="", dataset=None)
    try:
        found = uvloop.run(_Export(quiet, half, told or (lambda _done, _all: None)).run())
        if folder.exists():
            folder.rmdir()
        half.rename(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return found


class _Export:
    def __init__(self, settings: Settings, folder: Path, told: Callable[[int, int], None]) -> None:
        self._app: FastAPI = create_app(settings)
        self._base = settings.base_iri
        self._folder = folder
        self._told = told
        self._todo: list[str] = []
        self._seen: set[str] = set()
        self._missing: list[str] = []

    async def run(self) -> Exported:
        async with self._app.router.lifespan_context(self._app):
            current = self._app.state.current
            current.service = replace(current.service, rows=_WHOLE)  # a file has no further pages
            release = current.service.release
            if not isinstance(release, Release):
                raise ReleaseError("only a release can be exported")
            iris = await asyncio.to_thread(_iris, release, self._base)
            self._add([*STARTS, *FURTHER, *sorted(iris)])
            await asyncio.gather(*(self._work() for _ in range(_AT_ONCE)))
            await self._copy(release)
        for name in sorted(COMPUTED):
            self._put(f"{name}/index.html", _computed(name, self._base).encode())
        self._put(".htaccess", "".join(f"AddType {kind} .{suffix}\n" for suffix, kind in _TYPES.items()).encode())
        _straighten(self._folder)
        files = [path for path in self._folder.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        done = Exported(release.id, len(iris), len(files) + 1, size, tuple(sorted(self._missing)))
        said = {"release": done.release, "iris": done.iris, "files": done.files, "missing": done.missing}
        self._put(DONE, (json.dumps(said, indent=1) + "\n").encode())
        return done

    def _add(self, paths: Iterable[str]) -> None:
        for path in paths:
            if path not in self._seen:
                self._seen.add(path)
                self._todo.append(path)

    async def _work(self) -> None:
        while self._todo:
            await self._write(self._todo.pop())
            self._told(len(self._seen) - len(self._todo), len(self._seen))

    async def _write(self, path: str) -> None:
        """An address with all its forms, and a folder of its name that leads to its page."""
        if path.partition("/")[0] in COMPUTED:
            return
        answer = await self._ask(path, known=True)
        if answer.status in {301, 303}:
            target = urljoin(path, answer.links)
            self._add([target])
            self._lead(path, f"{target}.html", _forms(target, await self._ask(target, known=True)))
            return
        if answer.status == 304 and not _forms(path, answer):
            answer = await self._ask(path)
        if answer.status not in {200, 304}:
            self._missing.append(path)
            return
        forms = _forms(path, answer)
        for _, form in forms:  # one after the other: the service remembers what it read for the last
            self._store(form, await self._ask(form))
        if not forms and answer.kind != _HTML:
            self._store(path, answer)
            return
        page = next(
            (form for _, form in forms if form.endswith(".html")), forms[0][1] if forms else f"{path}.html" if path else "index.html"
        )
        if not forms:
            self._store(page, answer)
        if path:
            self._lead(path, page, forms)

    def _lead(self, path: str, page: str, forms: list[tuple[str, str]]) -> None:
        up = "../" * (path.count("/") + 1)
        self._put(f"{path}/index.html", _leads(self._base + path, up + page, [(kind, up + form) for kind, form in forms]).encode())

    def _store(self, path: str, answer: _Answer) -> None:
        if answer.status != 200:
            self._missing.append(path)
            return
        self._put(path, answer.body)
        if answer.kind == _HTML:
            self._add(_linked(path, answer.body.decode()))

    def _put(self, path: str, content: bytes) -> None:
        target = self._folder / unquote(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    async def _copy(self, release: Release) -> None:
        """The dumps, the files of the pages."""
        dumps = self._app.state.dumps
        made = await dumps.of(release)
        for entry in await dumps.listing(release):
            source = (release.path if entry["path"] in release.manifest["files"] else made) / entry["path"]
            target = self._folder / "releases" / release.id / entry["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            await asyncio.to_thread(shutil.copyfile, source, target)
        await asyncio.to_thread(shutil.copytree, FOLDER / "static", self._folder / "static", dirs_exist_ok=True)

    async def _ask(self, path: str, *, known: bool = False) -> _Answer:
        """GET, in this process; `known` asks for the headers alone, by the condition that the client has every answer already."""
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": f"/{unquote(path)}",
            "raw_path": f"/{path}".encode("ascii", "replace"),
            "root_path": "",
            "query_string": b"",
            "headers": [(b"host", b"localhost"), (b"accept", b"*/*"), *([(b"if-none-match", b"*")] if known else [])],
            "client": ("127.0.0.1", 0),
            "server": ("127.0.0.1", 80),
        }
        status, headers, body = 0, dict[bytes, bytes](), bytearray()

        async def receive() -> Message:
            await asyncio.Event().wait()  # the client stays
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status, headers = message["status"], {}
                for name, value in message["headers"]:
                    headers[name] = headers[name] + b", " + value if name in headers else value
            else:
                body.extend(message.get("body", b""))

        await self._app(scope, receive, send)
        links = headers.get(b"location" if status in {301, 302, 303} else b"link", b"").decode("latin-1")
        return _Answer(status, headers.get(b"content-type", b"").decode("latin-1").partition(";")[0], links, bytes(body))


def _forms(path: str, answer: _Answer) -> list[tuple[str, str]]:
    """(media type, address) of the forms of a document."""
    found = re.findall(r'<([^>]*)>; rel="alternate"; type="([^"]*)"', answer.links)
    return [(kind, urljoin(path, target)) for target, kind in found if "?" not in target]


def _iris(release: Release, base: str) -> set[str]:
    """The paths of all IRIs of the release that are ours."""
    found = set()
    with gzip.open(release.quads_path) as quads:
        for quad in ox.parse(cast(BinaryIO, quads), format=ox.RdfFormat.N_QUADS):
            for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
                if isinstance(term, ox.NamedNode) and term.value.startswith(base):
                    found.add(quote(term.value.removeprefix(base).partition("#")[0], safe="/%"))
    return found - {""}


def _straighten(folder: Path) -> None:
    """Let links of pages lead to files: by way of a folder, a server of files would lose the fragment."""

    def straight(match: re.Match[str]) -> str:
        link = html.unescape(match[2])
        path, rest = re.fullmatch(r"([^?#]*)(.*)", link, re.DOTALL).groups()  # type: ignore[union-attr]  # any text matches
        target = (here / unquote(path)).resolve() if path and "://" not in path else None
        if target is None or target.suffix == ".html" or not target.is_relative_to(root):
            return match[0]
        first = target.relative_to(root).parts[:1]
        if first and first[0] in COMPUTED:  # what it would ask is lost: its page says where to ask
            up = "../" * len(here.relative_to(root).parts)
            return f"{match[1]}{up}{first[0]}/index.html{match[3]}"
        page = root / "index.html" if target == root else target.with_name(f"{target.name}.html")
        if not page.is_file():
            return match[0]
        return match[1] + html.escape(f"{path.rstrip('/')}.html{rest}" if target != root else f"{path}index.html{rest}") + match[3]

    root = folder.resolve()
    for file in sorted(root.rglob("*.html")):
        here, text = file.parent, file.read_text(encoding="utf-8")
        there = re.sub(rf'<link rel="alternate"[^>]* href="(?:\.\./)*(?:{"|".join(COMPUTED)})[/."?][^>]*>\n?', "", text)  # forms of answers
        straightened = re.sub(r'(<a [^>]*?href=")([^"]*)(")', straight, there)
        if straightened != text:
            file.write_text(straightened, encoding="utf-8")


def _linked(path: str, page: str) -> set[str]:
    """The addresses of ours that a page leads to, without queries and fragments."""
    found = set()
    for link in re.findall(r'<(?:a|link) [^>]*?href="([^"]*)"', page):
        target = html.unescape(link).partition("#")[0].partition("?")[0]
        if target and "://" not in target and not target.startswith(("mailto:", "/")):
            local = urljoin(f"/{path}", target).lstrip("/")
            if not local.startswith("static/") and not re.match("releases/[^/]+/", local):  # files, which are copied
                found.add(_document(local))
    return found


def _document(path: str) -> str:
    """The address of which a link names a form: forms are written with it."""
    stem, dot, suffix = path.rpartition(".")
    return stem if dot and (suffix in _TYPES or suffix in {"html", "json"}) and suffix not in {"ics", "atom"} else path


def _leads(iri: str, page: str, forms: list[tuple[str, str]]) -> str:
    """The page of a folder that leads to another page."""
    alternates = "".join(f'<link rel="alternate" type="{html.escape(kind)}" href="{html.escape(target)}">\n' for kind, target in forms)
    name, address = html.escape(iri), html.escape(page)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n<link rel="canonical" href="{name}">\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n{alternates}</head>\n'
        f'<body><p><a href="{address}">{name}</a></p></body>\n</html>\n'
    )


def _computed(name: str, base: str) -> str:
    """The page of what a folder of files can't answer."""
    address = html.escape(f"{base}{name}")
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n</head>\n<body>\n<h1>{name}</h1>\n'
        f'<p>This is a copy in files, which can compute nothing. Ask the service at <a href="{address}">{address}</a>, or load the '
        'graph from <a href="../releases.html">the release</a> into a store of your own.</p>\n</body>\n</html>\n'
    )
