"""The outermost layer of every request: which service answers, who asks, the headers that all answers carry, what is counted and logged.

Plain ASGI: a middleware that wraps the response would break the rule that half an answer looks broken to the client.
"""

from __future__ import annotations

import json
import logging
import time

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.current import Current
from api.fairness import CLIENT, client_of
from api.headers import ALWAYS, PREFLIGHT
from api.pinned import take_release, told
from api.problems import Problem, on_problem
from baligraph.errors import StoreError

log = logging.getLogger("baligraph.access")


class Entry:
    """See above. `current` gives each request the service that it keeps."""

    def __init__(self, app: ASGIApp, current: Current) -> None:
        self.app = app
        self._current = current

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        current = service = scope["service"] = self._current.take()
        settings = service.settings
        client = scope["baligraph.client"] = client_of(scope, settings)
        CLIENT.set(client)
        _place(scope, settings.root_path)
        began, status, size, whole = time.perf_counter(), 0, 0, False

        async def with_headers(message: Message) -> None:
            nonlocal status, size, whole
            if message["type"] == "http.response.start":
                status = message["status"]
                always = _policed(policy) if (policy := scope.get("baligraph.policy")) else _ALWAYS
                message["headers"] = [
                    *told(scope, status, message["headers"]),
                    *always,
                    *(_PREFLIGHT if scope["method"] == "OPTIONS" else ()),
                ]
            else:
                size += len(message.get("body", b""))
                whole = not message.get("more_body", False)
            await send(message)

        try:
            if scope["method"] == "OPTIONS" and any(name == b"access-control-request-method" for name, _ in scope["headers"]):
                await with_headers({"type": "http.response.start", "status": 204, "headers": []})
                await with_headers({"type": "http.response.body", "body": b""})
            elif (pinned := take_release(scope)) is not None:
                try:
                    service = scope["service"] = await self._current.kept.take(current, pinned)
                except (Problem, StoreError) as error:
                    refused = await on_problem(Request(scope, receive), error)
                    await refused(scope, receive, with_headers)
                else:
                    await self.app(scope, receive, with_headers)
            else:
                await self.app(scope, receive, with_headers)
        except BaseException:
            status = status or 500
            raise
        finally:
            self._current.kept.leave(service)
            self._current.leave(current)
            seconds = time.perf_counter() - began
            service.metrics.answered(_route(scope), scope["method"] if scope["method"] in _METHODS else "other", status, seconds)
            if status == 200 and not whole:
                service.metrics.cut()
            if settings.access_log:
                line = {"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "method": scope["method"], "path": scope["path"]}
                line |= {"status": status, "bytes": size, "ms": round(seconds * 1000, 1), "whole": whole, "release": service.release.id}
                log.info(json.dumps(line | scope.get("baligraph.log", {})))


def _place(scope: Scope, root: str) -> None:
    """Below a sub-path: some proxies leave it in the path, others take it off. The application sees it always."""
    if root:
        scope["root_path"] = root
        if not scope["path"].startswith(f"{root}/"):
            scope["path"] = root + scope["path"]


def _route(scope: Scope) -> str:
    """The first part of the path, where it leads somewhere; names of things and of nothing would make a series each."""
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    return "/" + path.strip("/").partition("/")[0] if scope.get("endpoint") is not None else "other"


def _policed(policy: str) -> list[tuple[bytes, bytes]]:
    """The headers of every answer, with the policy of a page that runs a script."""
    return [(name, policy.encode() if name == b"content-security-policy" else value) for name, value in _ALWAYS]


_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})
_ALWAYS = [(name.lower().encode(), value.encode()) for name, value in ALWAYS.items()]
_PREFLIGHT = [(name.lower().encode(), value.encode()) for name, value in PREFLIGHT.items()]
