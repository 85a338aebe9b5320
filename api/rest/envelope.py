"""What every answer says beside its items: the release, how far it goes and how to cite it."""

from __future__ import annotations

from typing import Any

from api.document import LICENCE
from api.service import Service
from baligraph.release import Release


def context_iri(service: Service) -> str:
    """Where the JSON-LD context stands."""
    return f"{service.settings.base_iri}context.jsonld"


def release(service: Service, path: str, query: str) -> dict[str, Any]:
    """The release, and how to cite an answer from it at this path with this query. Of a plain file nobody told us date and licence."""
    link = f"{service.settings.base_iri}{path}{query}"
    judged = isinstance(service.release, Release)
    return {
        "id": service.release.id,
        "date": str(service.release.manifest.get("date")) if isinstance(service.release, Release) else None,
        "licence": LICENCE if judged else None,
        "citation": f"Bali Process Graph, release {service.release.id}. {link}",
        "link": link,
    }
