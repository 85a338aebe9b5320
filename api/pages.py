"""HTML from templates: one environment, everything escaped, links relative so that the site works under any sub-path."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.service import service_of
from baligraph.iris import path_of_iri
from baligraph.prefixes import shrink

FOLDER = Path(__file__).parent

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""Content-Security-Policy of every answer: nothing from elsewhere, no script."""


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
    environment.filters["thousands"] = lambda number: f"{int(number):,}"
    return environment


class Links:
    """Addresses for one page, relative to where it stands."""

    def __init__(self, path: str, base_iri: str) -> None:
        self._up = "../" * (path.count("/") - 1)
        self._base = base_iri

    def to(self, target: str) -> str:
        """A page of ours: `to("query")` from /data/x is `../query`."""
        return (self._up + target) or "./"

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
        return self.to(quote(local)) + (f"#{quote(fragment)}" if fragment else "")

    def query(self, text: str) -> str:
        """The query page, filled in."""
        return self.to("query?query=" + quote(text, safe=""))


def page(request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any) -> HTMLResponse:
    """Render a template. It finds `links`, `service` and `path` beside its own context."""
    service = service_of(request)
    links = Links(request.scope["path"].removeprefix(request.scope.get("root_path", "")), service.settings.base_iri)
    body = _environment().get_template(template).render(links=links, service=service, path=request.url.path, **context)
    return HTMLResponse(body, status, dict(headers or {}))
