"""What is counted and logged of each request."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping

from api.service import Service

log = logging.getLogger("baligraph.access")
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})


def record(
    service: Service,
    method: str,
    path: str,
    route: str,
    status: int,
    size: int,
    seconds: float,
    more: Mapping[str, object],
    *,
    whole: bool = True,
) -> None:
    """`route` names the series, `size` is the length of the body; `more` is for the log alone. Nothing of the query is told."""
    service.metrics.answered(route, method if method in _METHODS else "other", status, seconds)
    if status == 200 and not whole:
        service.metrics.cut()
    if service.settings.access_log:
        line: dict[str, object] = {"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "method": method, "path": path}
        line |= {"status": status, "bytes": size, "ms": round(seconds * 1000, 1), "whole": whole, "release": service.release.id}
        log.info(json.dumps({**line, **more}))
