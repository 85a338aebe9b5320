"""`/feeds/changes.atom`: what each kept release added or changed (RFC 4287)."""

from __future__ import annotations

from itertools import pairwise
from typing import Final
from xml.etree import ElementTree as ET

from starlette.requests import Request
from starlette.responses import Response

from api.document import LICENCE, base_of, known
from api.kept import releases_of
from api.problems import Problem
from api.routes.releases import difference
from api.service import Service, service_of
from baligraph.diff import Fact
from baligraph.release import Release

_ATOM: Final = "http://www.w3.org/2005/Atom"
_NAMED: Final = 50
"""Facts of either kind that an entry names."""


async def feed(request: Request) -> Response:
    """An entry for each release."""
    service = service_of(request)
    kept = releases_of(service)
    if not kept:
        raise Problem(404, "Not found", "A plain file is served here, which has no releases.")
    headers = {"Cache-Control": "no-cache", "ETag": f'"{"-".join(release.id[-12:] for release in kept)[:200]}-feed"'}
    if answer := known(request, headers):
        return answer
    base = base_of(request)
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _say(root, "id", f"{base}feeds/changes.atom")
    _say(root, "title", "Bali Process Graph: changes")
    _say(root, "updated", _moment(kept[0]))
    _say(root, "rights", LICENCE)
    _say(ET.SubElement(root, "author"), "name", "Bali Process Graph")
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{base}feeds/changes.atom"})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}releases.html"})
    for new, old in pairwise([*kept, None]):
        if new is not None:
            root.append(await _entry(service, new, old))
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, headers={**headers, "Content-Type": "application/atom+xml; charset=utf-8"})


async def _entry(service: Service, new: Release, old: Release | None) -> ET.Element:
    base = service.settings.base_iri
    entry = ET.Element("entry")
    _say(entry, "id", f"{base}releases/{new.id}")
    _say(entry, "updated", _moment(new))
    if old is None:
        _say(entry, "title", f"Release {new.id}")
        _say(entry, "summary", f"The oldest release that is kept: {new.manifest['graph']['quads']:,} quads.")
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}releases/{new.id}.html"})
        return entry
    found = await difference(service, old, new)
    added, removed = found.facts(found.added), found.facts(found.removed)
    _say(entry, "title", f"Release {new.id}: {len(added):,} facts added, {len(removed):,} removed")
    lines = [f"+ {_words(fact)}" for fact in added[:_NAMED]] + [f"− {_words(fact)}" for fact in removed[:_NAMED]]
    more = max(0, len(added) - _NAMED) + max(0, len(removed) - _NAMED)
    _say(entry, "content", "\n".join([*lines, *([f"and {more:,} more"] if more else [])]) or "No fact of the world changed.")
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}releases/{old.id}/diff/{new.id}.html"})
    return entry


def _words(fact: Fact) -> str:
    return f"{fact.name}: {fact.property}: {fact.value}"


def _moment(release: Release) -> str:
    """A release has a date and no time of day: its first moment, in UTC."""
    return f"{release.manifest['date']}T00:00:00Z"


def _say(element: ET.Element, name: str, text: str) -> None:
    child = ET.SubElement(element, name)
    child.text = "".join(letter for letter in text if letter in "\t\n\r" or letter >= " ")
