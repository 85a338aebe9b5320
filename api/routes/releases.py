"""`/releases`: those that are kept, the manifest and the dumps of each, and what changed from one to another."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from api.citation import cite
from api.document import LICENCE, Document, base_of, known, split_suffix
from api.dumps import Dumps
from api.kept import find_release, releases_of
from api.negotiate import DATASETS, HTML, Format
from api.pages import page
from api.problems import Problem
from api.service import Service, service_of
from baligraph.diff import Diff, Fact, compare
from baligraph.errors import ReleaseError
from baligraph.prefixes import prefixes
from baligraph.release import Release

_JSON: Final = Format("json", "application/json", "JSON")
_FORMS: Final = (_JSON, HTML)
_DIFF: Final = (_JSON, HTML, *DATASETS)
_COMPARED: Final = 4
_SHOWN: Final = 1000
"""Facts of either kind that a page shows."""


async def releases(request: Request) -> Response:
    """All that are kept, the newest first."""
    service = service_of(request)
    document = Document(f"{base_of(request)}releases", "releases", _FORMS)
    chosen = document.choose(request, request.path_params.get("suffix", ""))
    kept = releases_of(service)
    headers = document.headers(service, chosen, "-".join([service.release.id, *(release.id[-12:] for release in kept)])[:200])
    if answer := known(request, headers):
        return answer
    if chosen is HTML:
        return page(request, "releases.html", headers=headers, forms=document.forms(), releases=kept)
    listed = [_brief(service, release) for release in kept]
    return _json({"current": service.release.id, "releases": listed}, headers)


async def release(request: Request) -> Response:
    """The manifest of one with its files; `/releases/current` leads to the one that is served."""
    service = service_of(request)
    name, suffix = split_suffix(request.path_params["id"], _FORMS)
    if name == "current":
        return RedirectResponse(f"{service.release.id}{f'.{suffix}' if suffix else ''}", 302, {"Cache-Control": "no-cache"})
    found = find_release(service, name)
    document = Document(f"{base_of(request)}releases/{found.id}", f"releases/{found.id}", _FORMS)
    chosen = document.choose(request, suffix)
    headers = document.headers(service, chosen, found.id)
    if answer := known(request, headers):
        return answer
    files = await _dumps(request).listing(found)
    if chosen is HTML:
        before = _before(service, found)
        return page(request, "release.html", headers=headers, forms=document.forms(), found=found, files=files, before=before)
    base = f"{base_of(request)}releases/{found.id}/"
    body = _brief(service, found) | {"manifest": dict(found.manifest), "files": [{**entry, "url": base + entry["path"]} for entry in files]}
    return _json(body, headers)


async def file(request: Request) -> Response:
    """A file of a release: whole, or a part of it (RFC 9110, section 14)."""
    found = find_release(service_of(request), request.path_params["id"])
    wanted = request.path_params["path"]
    dumps = _dumps(request)
    entry = next((entry for entry in await dumps.listing(found) if entry["path"] == wanted), None)
    if entry is None:
        raise Problem(404, "Not found", f"The release {found.id} has no file {wanted[:80]!r}; /releases/{found.id} lists them.")
    own = wanted in found.manifest["files"]
    path = Path(found.path if own else await dumps.of(found)) / wanted
    digest = entry["sha256"]
    headers = {"ETag": f'"{digest}"', "Cache-Control": "public, max-age=31536000, immutable", "Link": f'<{LICENCE}>; rel="license"'}
    headers["Repr-Digest"] = f"sha-256=:{_base64(digest)}:"
    kind = "text/plain; charset=utf-8" if entry["mediaType"] == "text/plain" else entry["mediaType"]
    return known(request, headers) or FileResponse(path, headers=headers, media_type=kind)


async def diff(request: Request) -> Response:
    """What came and went from release `a` to release `b`: in words, or as two graphs."""
    service = service_of(request)
    name, suffix = split_suffix(request.path_params["b"], _DIFF)
    old, new = find_release(service, request.path_params["a"]), find_release(service, name)
    path = f"releases/{old.id}/diff/{new.id}"
    document = Document(f"{base_of(request)}{path}", path, _DIFF)
    chosen = document.choose(request, suffix)
    headers = document.headers(service, chosen, f"{old.id}-{new.id}")
    if answer := known(request, headers):
        return answer
    found = await difference(service, old, new)
    if chosen.name in {offer.name for offer in DATASETS}:
        return Response(_quads(found, document.about, chosen), headers={**headers, "Content-Type": chosen.content_type})
    added, removed = found.facts(found.added), found.facts(found.removed)
    if chosen is HTML:
        shown = {"added": added[:_SHOWN], "removed": removed[:_SHOWN]}
        return page(request, "diff.html", headers=headers, forms=document.forms(), diff=found, shown=shown, more=(len(added), len(removed)))
    body: dict[str, Any] = {"old": old.id, "new": new.id, "triples": {"added": len(found.added), "removed": len(found.removed)}}
    body |= {"added": [_fact(fact) for fact in added], "removed": [_fact(fact) for fact in removed]}
    return _json(body | {"citation": cite(service, path).text}, headers)


async def difference(service: Service, old: Release, new: Release) -> Diff:
    """Two releases compared; the last few comparisons are remembered. Raises Problem."""
    remembered: dict[tuple[str, str], Diff] = service.kept.setdefault("differences", {})
    key = (old.id, new.id)
    if key not in remembered:
        try:
            found = await asyncio.to_thread(compare, old, new)
        except ReleaseError as error:
            raise Problem(503, "Too different", str(error)) from None
        while len(remembered) >= _COMPARED:
            remembered.pop(next(iter(remembered)), None)
        remembered[key] = found
    return remembered[key]


def _quads(found: Diff, about: str, chosen: Format) -> bytes:
    """The graphs `…#added` and `…#removed`."""

    def graph(triples: tuple[Triple, ...], name: str) -> list[Quad]:
        return [Quad(t.subject, t.predicate, t.object, NamedNode(f"{about}#{name}")) for t in triples]

    kind = RdfFormat.from_media_type(chosen.media_type)
    used = dict(prefixes()) if chosen.name == "trig" else None
    quads = [*graph(found.added, "added"), *graph(found.removed, "removed")]
    return pyoxigraph.serialize(quads, format=kind, prefixes=used) or b""


def _fact(fact: Fact) -> dict[str, str]:
    return {"id": fact.subject, "subject": fact.name, "property": fact.property, "value": fact.value}


def _before(service: Service, found: Release) -> Release | None:
    """The kept release before this one."""
    kept = releases_of(service)
    place = next((n for n, release in enumerate(kept) if release.id == found.id), len(kept))
    return kept[place + 1] if place + 1 < len(kept) else None


def _brief(service: Service, found: Release) -> dict[str, Any]:
    base = service.settings.base_iri
    citation = cite(replace(service, release=found))
    return {
        "id": found.id,
        "date": found.manifest["date"],
        "url": f"{base}releases/{found.id}",
        "counts": found.manifest.get("counts", {}),
        "license": LICENCE,
        "citation": {"text": citation.text, "bibtex": citation.bibtex, "csl": citation.csl},
    }


def _dumps(request: Request) -> Dumps:
    dumps: Dumps = request.app.state.dumps
    return dumps


def _json(body: dict[str, Any], headers: dict[str, str]) -> Response:
    content = (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()
    return Response(content, headers={**headers, "Content-Type": _JSON.content_type})


def _base64(digest: str) -> str:
    return base64.b64encode(bytes.fromhex(digest)).decode()
