"""What every answer says beside its items: the release, how far it goes and how to cite it."""

from __future__ import annotations

from typing import Any

from api.citation import cite
from api.document import LICENCE
from api.service import Service


def context_iri(service: Service) -> str:
    """Where the JSON-LD context stands."""
    return f"{service.settings.base_iri}context.jsonld"


def release(service: Service, path: str, query: str) -> dict[str, Any]:
    """The release, and how to cite an answer from it at this path with this query. Of a plain file nobody told us date and licence."""
    citation = cite(service, f"{path}{query}")
    date = service.release.date
    return {
        "id": service.release.id,
        "date": date,
        "licence": LICENCE if date else None,
        "citation": citation.text,
        "link": citation.link,
    }
