"""What `/metrics` tells, in the text format of Prometheus. Each application has a registry of its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import accumulate

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from api.cache import Cache
from api.fairness import Ledger
from baligraph.store import Status

CONTENT_TYPE = CONTENT_TYPE_LATEST
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """Counts requests; the state of the engine, the cache and the shares is read when somebody asks."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = _Requests()
        self._registry.register(self._requests)
        self._cut = Counter("baligraph_answers_cut", "Answers broken off after their first byte.", registry=self._registry)
        self._switches = Counter(
            "baligraph_release_switches", "Changes of the release that is served.", ("result",), registry=self._registry
        )

    def watch(self, state: Callable[[], tuple[str, Status]], cache: Cache, ledger: Ledger) -> None:
        """Read these from now on; `state` gives the release and how its engine is."""
        self._registry.register(_State(state, cache, ledger))

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """A request is over."""
        self._requests.add(route, method, status, seconds)

    def cut(self) -> None:
        """An answer was broken off."""
        self._cut.inc()

    def switched(self, *, done: bool) -> None:
        """Another release is served, or could not be."""
        self._switches.labels("done" if done else "failed").inc()

    def text(self) -> bytes:
        """Everything, as `CONTENT_TYPE` says."""
        return generate_latest(self._registry)


class _Requests(Collector):
    """Plain numbers: the library's own counters, with a lock each, would cost a small answer more than its look-up in the cache."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str, int], int] = {}
        self._took: dict[str, list[int]] = {}  # by bucket, the last without end
        self._seconds: dict[str, float] = {}

    def add(self, route: str, method: str, status: int, seconds: float) -> None:
        key = (route, method, status)
        self._counts[key] = self._counts.get(key, 0) + 1
        took = self._took.get(route)
        if took is None:
            took = self._took[route] = [0] * (len(_BUCKETS) + 1)
        took[bisect_left(_BUCKETS, seconds)] += 1
        self._seconds[route] = self._seconds.get(route, 0.0) + seconds

    def describe(self) -> list[CounterMetricFamily]:
        """Nothing that is known before the first request."""
        return []

    def collect(self) -> Iterator[CounterMetricFamily | HistogramMetricFamily]:
        """Called by the registry."""
        requests = CounterMetricFamily("baligraph_requests", "Requests answered.", labels=("route", "method", "status"))
        for (route, method, status), count in self._counts.items():
            requests.add_metric((route, method, str(status)), count)
        yield requests
        seconds = HistogramMetricFamily("baligraph_request_seconds", "From the request to its last byte.", labels=("route",))
        for route, took in self._took.items():
            ends = (*map(str, _BUCKETS), "+Inf")
            seconds.add_metric((route,), list(zip(ends, accumulate(took), strict=True)), self._seconds[route])
        yield seconds


class _State(Collector):
    def __init__(self, state: Callable[[], tuple[str, Status]], cache: Cache, ledger: Ledger) -> None:
        self._state = state
        self._cache = cache
        self._ledger = ledger

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: the state is read when it is asked for, not when this is registered."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        """Called by the registry."""
        release, status = self._state()
        about = GaugeMetricFamily("baligraph_release_info", "The release that is served.", labels=("release",))
        about.add_metric((release,), 1)
        yield about
        yield GaugeMetricFamily("baligraph_workers", "Processes that evaluate queries.", status.workers)
        yield GaugeMetricFamily("baligraph_workers_idle", "Those that are free.", status.idle)
        yield GaugeMetricFamily("baligraph_queries_waiting", "Queries that wait for a worker.", status.waiting)
        ended = CounterMetricFamily("baligraph_workers_ended", "Workers ended and replaced.", labels=("reason",))
        for reason, count in sorted(status.ended.items()):
            ended.add_metric((reason,), count)
        yield ended
        yield CounterMetricFamily("baligraph_cache_hits", "Answers sent again.", self._cache.hits)
        yield CounterMetricFamily("baligraph_cache_misses", "Answers that were not kept.", self._cache.misses)
        yield GaugeMetricFamily("baligraph_cache_entries", "Answers kept.", len(self._cache))
        yield GaugeMetricFamily("baligraph_cache_bytes", "What they take.", self._cache.bytes)
        yield CounterMetricFamily("baligraph_clients_refused", "Queries of clients past their share.", self._ledger.refused)
