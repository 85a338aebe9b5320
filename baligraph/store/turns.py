"""Waiting for a turn, with an end."""

from __future__ import annotations

import asyncio
from typing import TypeVar

T = TypeVar("T")


async def within(seconds: float, turn: asyncio.Future[T]) -> T:
    """What is set as the result of `turn`. Raises TimeoutError, which `turn` then holds, after `seconds`.

    A timer and nothing else: `asyncio.timeout` costs more than all the waiting of a small query does.
    """
    timer = asyncio.get_running_loop().call_later(seconds, _expire, turn)
    try:
        return await turn
    finally:
        timer.cancel()


def _expire(turn: asyncio.Future[T]) -> None:
    if not turn.done():
        turn.set_exception(TimeoutError())
