"""The outermost layer of every request: which service answers, who asks, the headers that all answers carry, what is counted and logged.

Plain ASGI: a middleware that wraps the response would break the rule that half an answer looks broken to the client. The endpoints that are
asked most stand directly behind it, since the framework between would take most of the time of a small answer.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.current import Current
from api.fairness import CLIENT, client_of
from api.headers import ALWAYS, PREFLIGHT, Fields
from api.pinned import take_release, told
from api.record import record
from api.service import Service
from baligraph.errors import StoreError


class Entry:
    """See above. `app` is the framework, `direct` the endpoints by path that need none of it; `current` gives each request the service that
    it keeps."""

    def __init__(self, app: ASGIApp, direct: Mapping[str, ASGIApp], current: Current) -> None:
        self._app = app
        self._direct = direct
        self._current = current

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        current = scope["service"] = self._current.take()
        pin = scope["baligraph.pin"] = partial(self._pin, scope, current)  # for a release that the body names
        settings = current.settings
        client = scope["baligraph.client"] = client_of(scope, settings)
        CLIENT.set(client)
        if settings.root_path:
            _place(scope, settings.root_path)
        method, status, size, whole = scope["method"], 0, 0, False

        async def with_headers(message: Message) -> None:
            nonlocal status, size, whole
            if message["type"] == "http.response.start":
                status = message["status"]
                always = _policed(policy) if (policy := scope.get("baligraph.policy")) else ALWAYS
                message["headers"] = [*told(scope, status, message["headers"]), *always, *(PREFLIGHT if method == "OPTIONS" else ())]
            else:
                size += len(message.get("body", b""))
                whole = not message.get("more_body", False)
            await send(message)

        try:
            if method == "OPTIONS" and any(name == b"access-control-request-method" for name, _ in scope["headers"]):
                await with_headers({"type": "http.response.start", "status": 204, "headers": []})
                await with_headers({"type": "http.response.body", "body": b""})
            else:
                try:
                    if (name := take_release(scope)) is not None:
                        await pin(name)
                    endpoint = self._direct.get(scope["path"][len(settings.root_path) :])
                    if endpoint is not None:
                        scope["endpoint"] = endpoint
                    await (endpoint or self._app)(scope, receive, with_headers)
                except Exception as error:
                    if status:
                        raise
                    response = await problems.on_problem(Request(scope), error)
                    await response(scope, receive, with_headers)
                    if not isinstance(error, (problems.Problem, StoreError)):
                        raise  # for the log
        except BaseException:
            status = status or 500
            raise
        finally:
            service = scope["service"]
            self._current.kept.leave(service)
            self._current.leave(current)
            seconds, more = time.perf_counter() - began, scope.get("baligraph.log", {})
            record(service, method, scope["path"], _route(scope), status, size, seconds, more, whole=whole)

    async def _pin(self, scope: Scope, current: Service, name: str) -> None:
        """Let a release that is kept answer the request. Raises Problem and StoreError."""
        scope["service"] = await self._current.kept.take(current, name)


def _place(scope: Scope, root: str) -> None:
    """Below a sub-path: some proxies leave it in the path, others take it off. The application sees it always."""
    scope["root_path"] = root
    if not scope["path"].startswith(f"{root}/"):
        scope["path"] = root + scope["path"]


def _route(scope: Scope) -> str:
    """The first part of the path, where it leads somewhere; names of things and of nothing would make a series each."""
    if "endpoint" not in scope:
        return "other"
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    return "/" + path.strip("/").partition("/")[0]


def _policed(policy: str) -> Fields:
    """The headers of every answer, with the policy of a page that runs a script."""
    return [(name, policy.encode() if name == b"content-security-policy" else value) for name, value in ALWAYS]
