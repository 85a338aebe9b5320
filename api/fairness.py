"""Fair shares: how many queries of one client run at once, and how many seconds of work it may cause in a minute.

An engine in front of the engine, so that the shares hold for every page and endpoint alike. Who asks is known from the context of the
request. A client that passes its share is told when to come back (429); others never wait for it.
"""

from __future__ import annotations

import asyncio
import hmac
import time
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

from starlette.types import Scope

from api.headers import Fields
from baligraph.errors import BusyError, RateError
from baligraph.settings import Settings
from baligraph.store import Answer, Engine, Query, Status
from baligraph.store.turns import within

CLIENT: ContextVar[str | None] = ContextVar("client", default=None)
"""Who asks; None is not bound by shares: an operator, or the service itself."""

_MINUTE = 60.0
_MOST_ACCOUNTS = 10_000


def client_of(scope: Scope, settings: Settings) -> str | None:
    """The client of a request: its address, of IPv6 the network of one customer; None for an operator who shows the token."""
    if settings.operator_token:
        shown = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
        if hmac.compare_digest(shown, b"Bearer " + settings.operator_token.encode()):
            return None
    host = (scope.get("client") or ("unknown", 0))[0]
    if ":" not in host:
        return str(host)
    try:
        address = ip_address(host)
    except ValueError:
        return str(host)
    if not isinstance(address, IPv6Address):
        return str(host)
    return str(address.ipv4_mapped) if address.ipv4_mapped else f"{address.exploded[:19]}::/64"


@dataclass(slots=True)
class _Account:
    left: float
    at: float
    running: int = 0
    line: deque[asyncio.Future[None]] = field(default_factory=deque)


class Ledger:
    """The accounts of all clients. Seconds are paid back steadily: after a quiet minute everybody has the whole share again."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once = settings.client_queries
        self._line = settings.client_queue
        self._share = settings.client_seconds
        self._wait = settings.queue_timeout
        self._policy = (b"ratelimit-policy", b'"query-seconds";q=%d;w=%d' % (max(int(self._share), 1), _MINUTE))
        self._clock = clock
        self._accounts: dict[str, _Account] = {}
        self.refused = 0
        """How often a client was told to come back later."""

    def fields(self, client: str | None) -> Fields:
        """What the share is and what is left of it, as the RateLimit fields of the IETF's draft have it."""
        if client is None or not self._share:
            return []
        left = max(self._account(client).left, 0.0)
        rest = b'"query-seconds";r=%d;t=%d' % (int(left), int((self._share - left) * _MINUTE / self._share + 0.999))
        return [self._policy, (b"ratelimit", rest)]

    async def enter(self, client: str) -> None:
        """Wait for this client's turn. Raises RateError if its share is used up, or too many of its queries wait."""
        account = self._account(client)
        if self._share and account.left <= 0:
            self.refused += 1
            wait = (1.0 - account.left) * _MINUTE / self._share
            raise RateError(f"the {self._share:g} seconds of work that one client may cause in a minute are used up", wait)
        if not self._at_once or account.running < self._at_once:
            account.running += 1
            return
        if len(account.line) >= self._line:
            self.refused += 1
            raise RateError(f"{account.running} queries of this client run and {len(account.line)} wait already", 1.0)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        account.line.append(turn)
        try:
            await within(self._wait, turn)  # whoever leaves hands its place on, so `running` stays
        except BaseException as error:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self.leave(client, 0.0)
            elif turn in account.line:
                account.line.remove(turn)
            if isinstance(error, TimeoutError):
                self.refused += 1
                raise RateError(f"{account.running} queries of this client run already, and none ended in {self._wait:g} s", 1.0) from None
            raise

    def leave(self, client: str, seconds: float) -> None:
        """A query of this client has ended, after so many seconds of work."""
        account = self._account(client)
        account.left -= seconds
        while account.line:
            turn = account.line.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        account.running -= 1

    def _account(self, client: str) -> _Account:
        now = self._clock()
        account = self._accounts.get(client)
        if account is None:
            if len(self._accounts) >= _MOST_ACCOUNTS:
                self._forget(now)
            account = self._accounts[client] = _Account(self._share, now)
        account.left = min(account.left + (now - account.at) * self._share / _MINUTE, self._share)
        account.at = now
        return account

    def _forget(self, now: float) -> None:
        """Drop the accounts that are as new ones would be."""
        full = [
            name for name, a in self._accounts.items() if not a.running and a.left + (now - a.at) * self._share / _MINUTE >= self._share
        ]
        for name in full:
            del self._accounts[name]


class FairEngine:
    """The engine, behind the shares."""

    def __init__(self, engine: Engine, ledger: Ledger) -> None:
        self._engine = engine
        self._ledger = ledger

    async def start(self) -> None:
        """See `Engine.start`."""
        await self._engine.start()

    async def close(self) -> None:
        """See `Engine.close`."""
        await self._engine.close()

    def status(self) -> Status:
        """See `Engine.status`."""
        return self._engine.status()

    async def ask(self, query: Query) -> Answer:
        """See `Engine.ask`; raises RateError besides."""
        client = CLIENT.get()
        if client is None:
            return await self._engine.ask(query)
        came = time.monotonic()
        await self._ledger.enter(client)
        began = time.monotonic()
        try:
            answer = await self._engine.ask(query)
        except BusyError:
            self._ledger.leave(client, 0.0)
            raise
        except BaseException:
            self._ledger.leave(client, time.monotonic() - began)
            raise
        answer.queued += began - came
        answer.on_close = lambda: self._ledger.leave(client, answer.worked)
        return answer
