"""HTML from templates: one environment, everything escaped, links relative so that the site works under any sub-path."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import jinja2
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.citation import Citation, cite
from api.draw.marks import mark
from api.navigation import sections, within
from api.service import Service, service_of
from api.shortened import shortened
from baligraph.iris import path_of_iri
from baligraph.passages import visible
from baligraph.prefixes import shrink

FOLDER = Path(__file__).parent

_SCRIPTED = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; img-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals["shrink"] = shrink
    environment.globals["sections"] = sections
    environment.globals["mark"] = mark
    environment.filters["visible"] = visible
    environment.filters["shortened"] = shortened
    environment.filters["thousands"] = lambda number: f"{int(number):,}"
    return environment


@cache
def edition() -> str:
    """A digest of the templates and the style: with the release, it says which page this is."""
    digest = hashlib.sha256()
    for path in sorted((*(FOLDER / "templates").rglob("*.html"), *(FOLDER / "static").rglob("*.*"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


class Links:
    """Addresses for one page, relative to where it stands."""

    def __init__(self, path: str, service: Service) -> None:
        base_iri = service.settings.base_iri
        self._service = service
        self._up = "../" * (path.count("/") - 1)
        self._base = self.base = base_iri
        self.here = path.strip("/").removesuffix(".html")  # a form is the same page
        self.canonical = base_iri + quote(self.here)
        self._named: set[str] = set()

    def first(self, name: str) -> bool:
        """Whether the page names something for the first time: what is long to say is said once."""
        new = name not in self._named
        self._named.add(name)
        return new

    def to(self, target: str) -> str:
        """A page of ours: `to("query")` from /data/x is `../query`."""
        return self._service.keep((self._up + target) or "./")

    def page(self, number: int) -> str:
        """Another page of this one."""
        return self.again(f"?page={number}")

    def again(self, query: str) -> str:
        """This page with another query."""
        return self._service.keep(query or "?")

    def named(self) -> Markup:
        """For a form that is asked by GET, whose fields replace the query of its address: the release, where the request named it."""
        field = Markup('<input type="hidden" name="release" value="{}">')
        return field.format(self._service.release.id) if self._service.pinned else Markup()

    def cite(self, title: str) -> Citation:
        """How to cite this page."""
        return cite(self._service, quote(self.here), title.removesuffix(" · Bali Process Graph"))

    def of(self, iri: str) -> str | None:
        """Where to read about an IRI: a page of ours, the address itself for http(s) IRIs of others, else nothing to follow."""
        path = path_of_iri(iri, self._base)
        if path is None:
            return iri if urlsplit(iri).scheme in {"http", "https"} else None
        fragment = urlsplit(iri).fragment
        local = path.removeprefix("/")
        if local.startswith("id/"):
            local = f"data/{local.removeprefix('id/')}.html"
        elif local.startswith("concept/"):
            local = f"data/concept_{local.removeprefix('concept/')}.html"
        target = quote(local) + (f"#{quote(fragment)}" if fragment else "")
        if local.startswith("data/") and re.fullmatch("data/[^/]+", self.here):  # pages of things lead to many others, in their own folder
            return self._service.keep(target.removeprefix("data/"))
        return self.to(target)

    def passage(self, document: str, evidence: str) -> str:
        """The reader of a document, at a passage of it."""
        return self.to(f"documents/{quote(document.rpartition('/doc_')[2])}#{quote(evidence.rpartition('/')[2])}")

    def asset(self, name: str) -> str:
        """A file of `static/`, under an address that changes with it."""
        return f"{self._up}static/{name}?v={edition()}"

    def query(self, text: str) -> str:
        """The query page, filled in."""
        return self.to("query?query=" + quote(text, safe=""))


def links_of(request: Request) -> Links:
    """The addresses for the page that a request asks for."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    return Links(path, service_of(request))


def page(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, script: bool = False, **context: Any
) -> HTMLResponse:
    """Render a template. It finds `links`, `service`, `path`, `section` and `nonce` beside its own context.

    `script`: the page may run the scripts that carry its nonce, and ask this server; every other page runs none.
    """
    service, links = service_of(request), links_of(request)
    nonce = secrets.token_urlsafe(16) if script else ""
    if script:
        request.scope["baligraph.policy"] = _SCRIPTED.format(nonce=nonce)
    context = {"path": request.url.path, "section": within(links.here), "nonce": nonce, **context}
    body = _environment().get_template(template).render(links=links, service=service, **context)
    return HTMLResponse(body, status, dict(headers or {}))


def unchanged(request: Request, name: str = "") -> tuple[dict[str, str], Response | None]:
    """The headers of a page that changes only with the release, and the 304 where the client has it already. `name` tells forms apart."""
    headers = {"Cache-Control": "no-cache", "ETag": f'"{service_of(request).release.id}-{edition()}{name}"'}
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    return headers, Response(status_code=304, headers=headers) if headers["ETag"] in known else None


async def kept(request: Request, make: Callable[[Mapping[str, str]], Awaitable[Response]]) -> Response:
    """A page that changes only with the release: 304 where the client has it, from the cache where it was made before, else made now."""
    headers, known = unchanged(request)
    if known is not None:
        return known
    service = service_of(request)
    key = (
        service.release.id,
        "pinned page" if service.pinned else "page",
        edition(),
        request.scope["path"],
        request.scope["query_string"].decode("latin-1"),
    )
    if found := service.cache.get(key):
        return Response(found.body, headers={**headers, "Content-Type": found.content_type})
    response = await make(headers)
    if response.status_code == 200:
        service.cache.put(key, response.headers["content-type"], bytes(response.body))
    return response
