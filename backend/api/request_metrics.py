"""Requests as Prometheus counts them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
# Seconds. Kept answers take less than the first; a conversion waits for the exchange.
BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


# When each series began is told by Prometheus' own record of it.
disable_created_metrics()  # type: ignore[no-untyped-call]  # the library has no types for it


class RequestMetrics:
    """Counts and durations of requests by route. Thread-safe."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "portfolio_http_requests",
            "Requests answered, by route, method and status",
            ["route", "method", "status"],
            registry=self.registry,
        )
        self._durations = Histogram(
            "portfolio_http_request_duration_seconds",
            "Seconds until the answer was ready to be sent; of a stream until it began",
            ["route", "method"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        # The same few come again and again.
        self._known: dict[tuple[str, str, str], tuple[Callable[[], None], Callable[[float], None]]] = {}

    def observe(self, route: str, method: str, status: str, seconds: float) -> None:
        """Count one request."""
        key = (route, method, status)
        known = self._known.get(key)
        if known is None:
            named = method if method in METHODS else "other"
            known = (self._requests.labels(route, named, status).inc, self._durations.labels(route, named).observe)
            if method in METHODS:
                self._known[key] = known
        known[0]()
        known[1](seconds)
