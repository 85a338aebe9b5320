"""What every document about something has in common: the choice of its form, its `Link`, `Vary` and `ETag`, and the answer 304.

Addresses in `Link` are relative, apart from canonical IRIs and those of others: they hold behind any proxy and below any path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from api.negotiate import HTML, Format, by_name, negotiate
from api.pages import edition
from api.problems import Problem
from api.service import Service, service_of
from api.streaming import unchanged

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
"""Of what this project writes (RIGHTS.md). A plain file that is served has a licence of its own, which nobody told us."""

_IRI: Final = "/:?#[]@!$&'()*+,;=%-._~"


@dataclass(frozen=True, slots=True)
class Document:
    """A document that is had in several forms.

    `about` is the canonical IRI of what it describes, `path` its own path below the base, without a suffix. `offers` are its forms in
    the order of preference, `links` further fields of `Link`. `query` is the part of the address that chooses among documents of one path,
    with its question mark; the forms keep it.
    """

    about: str
    path: str
    offers: Sequence[Format]
    links: tuple[str, ...] = ()
    query: str = ""

    def choose(self, request: Request, suffix: str = "") -> Format:
        """The form that the suffix names, else the one that is negotiated. Raises Problem (404 for the suffix, 406)."""
        if suffix:
            chosen = by_name(suffix, self.offers)
            if chosen is None or chosen.name != suffix:
                forms = ", ".join(f".{offer.name}" for offer in self.offers)
                raise Problem(404, "Not found", f"There is no form .{suffix[:20]} of this; there are {forms}.")
            return chosen
        chosen = negotiate(request.headers.get("accept"), self.offers)
        if chosen is None:
            names = ", ".join(offer.media_type for offer in self.offers)
            raise Problem(
                406,
                "Not acceptable",
                f"There are {names}.",
                headers={"Vary": "Accept", "Link": ", ".join(self._forms(service_of(request)))},
            )
        return chosen

    def headers(self, service: Service, chosen: Format, tag: str = "") -> dict[str, str]:
        """The headers of one form. `tag` is what its bytes depend on, if not on the release."""
        up = "../" * self.path.count("/")
        fields = [f'<{uri(self.about)}>; rel="canonical"']
        fields += [f'<{service.keep(f"{up}{name}")}>; rel="describedby"' for name in ("ontology", "shapes")]
        if service.release.date:
            fields.append(f'<{LICENCE}>; rel="license"')
        return {
            "Vary": "Accept",
            "Link": ", ".join([*fields, *self._forms(service), *self.links]),
            "Cache-Control": "no-cache",
            "ETag": f'"{tag or service.release.id}-{edition() if chosen is HTML else chosen.name}-{chosen.media_type.replace("/", "-")}"',
        }

    def forms(self) -> list[tuple[str, str]]:
        """(label, path) of the other forms, for a page."""
        return [(offer.label, f"{self.path}.{offer.name}{self.query}") for offer in self.offers if offer is not HTML]

    def _forms(self, service: Service) -> list[str]:
        name = quote(self.path.rpartition("/")[2])
        addresses = [(service.keep(f"{name}.{offer.name}{self.query}"), offer.media_type) for offer in self.offers]
        return [f'<{address}>; rel="alternate"; type="{media_type}"' for address, media_type in addresses]


def known(request: Request, headers: dict[str, str]) -> Response | None:
    """304, where the client has this answer already."""
    return Response(status_code=304, headers=headers) if unchanged(request.scope, headers["ETag"]) else None


def split_suffix(name: str, offers: Sequence[Format]) -> tuple[str, str]:
    """A path and the form that its suffix names: `x.ttl` → ("x", "ttl"). What is no form of ours belongs to the name."""
    stem, dot, suffix = name.rpartition(".")
    found = bool(dot and stem) and any(offer.name == suffix for offer in offers)
    return (stem, suffix) if found else (name, "")


def uri(iri: str) -> str:
    """An IRI as a URI, for headers, which are ASCII (RFC 3987, section 3.1)."""
    return quote(iri, safe=_IRI)


def page_number(request: Request) -> int:
    """`?page=`, from 1. Raises Problem."""
    text = request.query_params.get("page", "1")
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 1_000_000):
        raise Problem(400, "No such page", f"page={text[:20]!r}: pages are counted from 1.")
    return int(text)


def with_pages(service: Service, document: Document, number: int, *, more: bool) -> Document:
    """The document with its links to the pages beside this one."""
    name = quote(document.path.rpartition("/")[2])
    beside = [(f"{name}?page={number - 1}", "prev"), (name, "first")] if number > 1 else []
    beside += [(f"{name}?page={number + 1}", "next")] if more else []
    links = [f'<{service.keep(address)}>; rel="{rel}"' for address, rel in beside]
    query = f"?page={number}" if number > 1 else ""
    return replace(document, links=(*document.links, *links), query=query)


def base_of(request: Request) -> str:
    """The start of canonical IRIs."""
    return service_of(request).settings.base_iri
