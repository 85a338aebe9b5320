"""Calls of the store: only to the configured address, never after a redirect, with credentials that stand in no message and no log."""

from __future__ import annotations

import ssl
from collections.abc import Generator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx

from baligraph.errors import BusyError, EngineError, LimitError, QueryError, SettingsError, StoreError
from baligraph.settings import Settings, variable

LONGEST_REASON = 300
"""Characters of a refusal that are passed on."""


class Credentials(httpx.Auth):
    """Name and password, shown in the way that the store asks for: Basic, or Digest as Virtuoso does."""

    def __init__(self, user: str, password: str) -> None:
        self._user = user
        self._password = password
        self._known: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Called by httpx for each request."""
        if self._known is not None:
            yield from self._known.auth_flow(request)
            return
        response = yield request
        challenge = response.headers.get("www-authenticate", "").lower()
        if response.status_code != 401:
            return
        if challenge.startswith("digest"):
            self._known = httpx.DigestAuth(self._user, self._password)
            flow = self._known.auth_flow(request)
            next(flow)  # the request as it has just been answered
            yield flow.send(response)
        elif challenge.startswith("basic"):
            self._known = httpx.BasicAuth(self._user, self._password)
            yield from self._known.auth_flow(request)


def options(settings: Settings) -> dict[str, Any]:
    """What every client of the store is made with. Raises SettingsError if the file of the password can't be read."""
    user = settings.store_user
    return {
        "auth": Credentials(user, _password(settings)) if user else None,
        "follow_redirects": False,
        "trust_env": False,  # no proxy and no netrc of whoever starts the service
        "verify": ssl.create_default_context(),
        "headers": {"User-Agent": f"baligraph/{version('baligraph')}", "Accept-Encoding": "identity"},
    }


def _password(settings: Settings) -> str:
    path: Path | None = settings.store_password_file
    if path is None:
        return settings.store_password
    try:
        return path.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{variable('store_password_file')}={str(path)!r} can't be read: {error}") from None


def unreachable(error: httpx.TransportError) -> EngineError:
    """The store did not answer; its address is for the log of whoever runs the service, not for clients."""
    return EngineError(f"the store behind this service can't be reached ({type(error).__name__}); ask again later")


def misfit(status: int) -> SettingsError | None:
    """What is wrong with our settings where a status says so."""
    store, user = variable("store"), variable("store_user")
    match status:
        case 401:
            return SettingsError(f"the store refuses the credentials; mend {user} and {variable('store_password')}, or set them")
        case 403:
            return SettingsError(f"the store does not let this user do that; give the right to it, or set another {user}")
        case 301 | 302 | 303 | 307 | 308:
            return SettingsError(f"the store sends us to another address, where we do not go; put the final one into {store}")
        case 404 | 405 | 406 | 415:
            return SettingsError(f"there is no SPARQL service at that address (it answers {status}); mend {store}")
    return None


def refusal(status: int, body: bytes) -> StoreError:
    """The error for an answer of the store that is none. It is about a query that our own parser has accepted."""
    said = body.decode("utf-8", "replace").partition("SPARQL query:")[0]  # what follows repeats the query, with what we added
    reason = " ".join(said.split())[:LONGEST_REASON]
    if status == 400:
        return QueryError(f"the store behind this service can't evaluate this query: {reason or 'it gives no reason'}")
    if status in {408, 504} or "S1T" in reason or "timed out" in reason.lower() or "timeout" in reason.lower():
        return LimitError("time", "the store behind this service ended the query at a time limit of its own")
    if status in {429, 503}:
        return BusyError("the store behind this service has too much to do; ask again in a moment")
    return EngineError(f"the store behind this service did not answer the query (it says {status})")
