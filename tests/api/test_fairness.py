"""Fair shares: of turns, of seconds, and who is one client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from runaway import RUNAWAY

from api.fairness import Ledger, client_of
from baligraph.errors import RateError
from baligraph.settings import Settings

TOKEN = "a-token-of-an-operator"
Serve = Callable[..., AbstractContextManager[str]]


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002::/64"),
        ("2001:db8:1:2::9", "2001:0db8:0001:0002::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
        ("not:an:address", "not:an:address"),
    ],
)
def test_who_is_one_client(host: str, client: str) -> None:
    assert client_of({"headers": [], "client": (host, 1)}, Settings()) == client


@pytest.mark.parametrize(("shown", "is_operator"), [(f"Bearer {TOKEN}", True), ("Bearer other", False), ("Bearer ", False), ("", False)])
def test_an_operator_is_known_by_the_token(shown: str, is_operator: bool) -> None:
    scope = {"headers": [(b"authorization", shown.encode())], "client": ("192.0.2.7", 1)}
    assert (client_of(scope, Settings(operator_token=TOKEN)) is None) is is_operator
    assert client_of(scope, Settings()) == "192.0.2.7"  # without a token nobody is one


def test_seconds_are_used_up_and_come_back() -> None:
    now = [0.0]
    ledger = Ledger(Settings(client_seconds=30.0), lambda: now[0])

    async def work() -> None:
        assert ledger.fields("a") == [(b"ratelimit-policy", b'"query-seconds";q=30;w=60'), (b"ratelimit", b'"query-seconds";r=30;t=0')]
        await ledger.enter("a")
        ledger.leave("a", 40.0)
        assert dict(ledger.fields("a"))[b"ratelimit"] == b'"query-seconds";r=0;t=60'
        with pytest.raises(RateError) as caught:
            await ledger.enter("a")
        assert caught.value.wait == pytest.approx(22)  # ten seconds owed and one to spend, at half a second a second
        await ledger.enter("b")  # others are not concerned
        now[0] += caught.value.wait
        await ledger.enter("a")
        ledger.leave("a", 0.0)
        now[0] += 1000
        assert dict(ledger.fields("a"))[b"ratelimit"] == b'"query-seconds";r=30;t=0'

    asyncio.run(work())


def test_turns_are_taken_in_order_and_the_line_is_short() -> None:
    ledger = Ledger(Settings(client_queries=1, client_queue=1, queue_timeout=5.0))

    async def work() -> None:
        await ledger.enter("a")
        second = asyncio.ensure_future(ledger.enter("a"))
        await asyncio.sleep(0)
        with pytest.raises(RateError, match="1 wait already"):
            await ledger.enter("a")
        await ledger.enter("b")
        ledger.leave("a", 0.1)
        await second
        third = asyncio.ensure_future(ledger.enter("a"))
        await asyncio.sleep(0)
        third.cancel()  # the client left while it waited
        await asyncio.gather(third, return_exceptions=True)
        ledger.leave("a", 0.1)
        await ledger.enter("a")

    asyncio.run(work())


def test_who_waits_too_long_is_told_so() -> None:
    ledger = Ledger(Settings(client_queries=1, queue_timeout=0.05))

    async def work() -> None:
        await ledger.enter("a")
        with pytest.raises(RateError, match="none ended"):
            await ledger.enter("a")
        ledger.leave("a", 0.0)
        await ledger.enter("a")

    asyncio.run(work())


def test_accounts_of_the_quiet_are_forgotten() -> None:
    now = [0.0]
    ledger = Ledger(Settings(), lambda: now[0])
    for number in range(30_000):
        ledger.fields(f"client {number}")
        now[0] += 0.01
    assert len(ledger._accounts) <= 10_000


def test_a_client_past_its_share_is_told_when_to_come_back(tiny: Path, serve: Serve) -> None:
    with serve(tiny, query_timeout=1.0, client_seconds=1.0, operator_token=TOKEN) as address, httpx.Client(timeout=30) as client:
        first = client.get(f"{address}sparql", params={"query": RUNAWAY})
        assert first.status_code == 503
        told = client.get(f"{address}sparql", params={"query": "ASK {}"})
        assert told.status_code == 429
        assert int(told.headers["retry-after"]) >= 1
        assert told.json()["limit"] == "client"
        assert client.get(f"{address}limits").status_code == 200  # what needs no engine is there for everybody
        operator = client.get(f"{address}sparql", params={"query": "ASK {}"}, headers={"authorization": f"Bearer {TOKEN}"})
        assert operator.status_code == 200
        assert "ratelimit" not in operator.headers
        assert client.get(f"{address}metrics").status_code == 401
        assert client.get(f"{address}metrics", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_answers_tell_what_is_left(server: str) -> None:
    answer = httpx.get(f"{server}sparql", params={"query": "ASK {}"})
    assert answer.headers["ratelimit-policy"] == '"query-seconds";q=60;w=60'
    assert answer.headers["ratelimit"].startswith('"query-seconds";r=')


@pytest.mark.parametrize(("proxies", "believed"), [("", False), ("127.0.0.1", True)])
def test_a_proxy_is_believed_only_where_it_is_configured(tiny: Path, serve: Serve, proxies: str, believed: bool) -> None:
    with serve(tiny, query_timeout=0.3, client_seconds=0.1, proxies=proxies) as address:
        httpx.get(f"{address}sparql", params={"query": RUNAWAY}, headers={"x-forwarded-for": "192.0.2.1"})
        other = httpx.get(f"{address}sparql", params={"query": "ASK {}"}, headers={"x-forwarded-for": "192.0.2.2"})
        assert other.status_code == (200 if believed else 429)
