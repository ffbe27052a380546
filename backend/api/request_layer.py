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

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Where an application keeps what counts its requests.
REQUESTS: Final = "portfolio.request_metrics"
REQUEST_ID: Final = "portfolio.request_id"
# The rule of the route that answers, not the path: a monitor must not keep a line for each id in an address.
ROUTE: Final = "portfolio.route"
FILE_ROUTE: Final = "file"
UNMATCHED: Final = "unmatched"
WELL_FORMED: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
# Takes the route, the method, the status and the seconds of a request.
Observe = Callable[[str, str, str, float], None]


class RequestLayer:
    """A WSGI layer around everything else."""

    def __init__(
        self,
        application: WSGIApplication,
        observe: Observe,
        clock_s: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._application = application
        self._observe = observe
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
            self._observe(route, environ["REQUEST_METHOD"], told, self._clock_s() - began_s)
