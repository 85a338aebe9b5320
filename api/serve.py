"""Run the service with uvicorn."""

from __future__ import annotations

import asyncio
import logging
import math
import signal
from collections.abc import Callable
from functools import partial

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.current import Current
from api.wire import Wire
from baligraph.errors import EngineError
from baligraph.settings import Settings


def run(settings: Settings, ready: Callable[[str], None] | None = None, *, log_level: str = "warning") -> None:
    """Serve until interrupted. `ready` is called once with the address, when the first request can be answered.

    SIGHUP makes it look for another release. On SIGTERM it takes no more requests, and ends when those under way have their answer.

    Raises ReleaseError if there is nothing to serve, EngineError if it can't be loaded or the port can't be had.
    """
    app = create_app(settings)
    config = uvicorn.Config(
        app.entry,
        interface="asgi3",
        http=partial(Wire, app.state.current),  # type: ignore[arg-type]  # it is only called
        loop="uvloop",
        host=settings.host,
        port=settings.port,
        log_level=log_level,
        access_log=False,  # query texts can hold what is nobody's business
        server_header=False,
        lifespan="on",
        proxy_headers=bool(settings.proxies),  # else anybody could say who asks
        forwarded_allow_ips=settings.proxies,
        timeout_graceful_shutdown=math.ceil(settings.query_timeout),
    )
    _log_lines()
    server = _Server(config, ready, app.state.current)
    log = logging.getLogger("uvicorn.error")

    def told(record: logging.LogRecord) -> bool:
        return not _said_by_us(record, app)

    log.addFilter(told)
    try:
        server.run()
    except SystemExit:  # how uvicorn says that it could not start
        why = app.state.failure or f"port {settings.port} of {settings.host} can't be had; name another with --port"
        raise EngineError(f"the service did not start: {why}") from None
    finally:
        log.removeFilter(told)


_CUT = "ASGI callable returned without completing response."


def _said_by_us(record: logging.LogRecord, app: FastAPI) -> bool:
    """Whether uvicorn logs what we say ourselves: why it can't start, which `run` raises as an error, and that an answer was cut, for which
    `streaming` has a line. All else that goes wrong stays in the log."""
    return isinstance(record.msg, OSError) or app.state.failure is not None or record.msg == _CUT


def _log_lines() -> None:
    """Requests as they are, one line of JSON each; what is said of the service, with its time and place."""
    for name, form in (("baligraph.access", "%(message)s"), ("api", "%(asctime)s %(levelname)s %(message)s")):
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter(form))
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(logging.INFO)
        logger.propagate = False


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None] | None, current: Current) -> None:
        super().__init__(config)
        self._ready = ready
        self._current = current

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        if not self.started:
            return
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._current.look)
        if self._ready is not None:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._ready(f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/")
