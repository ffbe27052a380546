"""The outermost layer: gives each request its id, sends it back, and measures how long the answer took.

Files and kept answers pass it too, so it does little: no look-up in a registry, no context, no log line. An id that the
client sends (`X-Request-ID`) is taken where it is well-formed, so that a proxy's log and ours speak of one request.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REQUEST_ID: Final = "portfolio.request_id"
# The rule of the route that answers, not the path: a monitor must not keep a line for each id in an address.
ROUTE: Final = "portfolio.route"
FILE_ROUTE: Final = "file"
UNMATCHED: Final = "unmatched"
WELL_FORMED: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
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


class RequestLayer:
    """A WSGI layer around everything else."""

    def __init__(
        self,
        application: WSGIApplication,
        metrics: RequestMetrics,
        clock_s: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._application = application
        self._metrics = metrics
        self._clock_s = clock_s

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began_s = self._clock_s()
        given = environ.get("HTTP_X_REQUEST_ID", "")
        request_id = given if given and WELL_FORMED.fullmatch(given) else secrets.token_hex(8)
        environ[REQUEST_ID] = request_id
        told = "500"

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            nonlocal told
            told = status[:3]
            return start_response(status, [*headers, ("X-Request-Id", request_id)], *error)

        try:
            return self._application(environ, start)
        finally:
            route = environ.get(ROUTE, UNMATCHED)
            self._metrics.observe(route, environ["REQUEST_METHOD"], told, self._clock_s() - began_s)
