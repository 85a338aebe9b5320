"""What all routes share: one record, which a request keeps from its first to its last byte even if the release changes meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from api.cache import Cache
from api.fairness import Ledger
from api.known import Known
from api.metrics import Metrics
from baligraph.dataset import Served
from baligraph.settings import Settings
from baligraph.store import Engine


@dataclass(frozen=True, slots=True)
class Service:
    """A release, the engine that answers from it, and the settings. `kept` holds what is computed once per release,
    `known` what was asked of it.

    The ledger, the cache and the metrics outlive the release.
    """

    settings: Settings
    release: Served
    engine: Engine
    ledger: Ledger
    cache: Cache
    metrics: Metrics
    kept: dict[str, Any] = field(default_factory=dict)
    known: Known = field(default_factory=Known)
    pinned: bool = False
    """Whether the request named the release, so that links keep it."""

    rows: int = 0
    """How many rows a list on the page of a thing has before it goes on on another page; 0 for as many as suits the list."""

    def keep(self, address: str) -> str:
        """A relative address of ours, with the release where the request named it."""
        if not self.pinned:
            return address
        path, mark, fragment = address.partition("#")
        joint = "" if path.endswith("?") else "&" if "?" in path else "?"
        return f"{path}{joint}release={self.release.id}{mark}{fragment}"

    def term(self, name: str) -> str:
        """The IRI of a term of our ontology."""
        return f"{self.settings.base_iri}ontology#{name}"


def service_of(request: Request) -> Service:
    """The service of a request."""
    service: Service = request.scope["service"]
    return service
