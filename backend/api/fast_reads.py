"""Prepared answers before Flask: a question that was answered at this revision costs a dictionary look-up.

A WSGI layer around the application. It sends the very bytes and headers that the application sent for the same path
and query, and only while the data stand still and the answer is not due to be called stale. Everything else, and every
request that another origin makes, goes to the application.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from backend.api.answers import Prepared
from backend.api.request_layer import ROUTE, UNMATCHED

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MAX_ENTRIES: Final = 512
# Headers that belong to one answer, not to the question.
OWN: Final = frozenset({"content-length", "content-type"})
Question = tuple[str, str]
# An answer, its headers and the route that gave it.
Kept = tuple[Prepared, list[tuple[str, str]], str]


class FastReads:
    """Keeps answers by (path, query). `revision` is that of the data; thread-safe by whole replacement."""

    def __init__(
        self,
        application: WSGIApplication,
        revision: Callable[[], int],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._application = application
        self._revision = revision
        self._monotonic = monotonic
        self._known: dict[Question, Kept] = {}

    def keep(self, environ: WSGIEnvironment, entry: Prepared, headers: Iterable[tuple[str, str]]) -> None:
        """Remember an answer that the application is about to send."""
        if len(self._known) >= MAX_ENTRIES:
            self._known = {}
        kept = [(name, value) for name, value in headers if name.lower() not in OWN]
        question = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        self._known[question] = (entry, kept, environ.get(ROUTE, UNMATCHED))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "GET" and "HTTP_ORIGIN" not in environ:
            known = self._known.get((environ["PATH_INFO"], environ.get("QUERY_STRING", "")))
            asked = environ.get("HTTP_IF_NONE_MATCH")
            # Another ETag, or several: the application reads the header as HTTP defines it.
            if known is not None and asked in (None, known[0].etag) and self._stands(known[0]):
                return self._send(known, environ, start_response)
        return self._application(environ, start_response)

    def _stands(self, entry: Prepared) -> bool:
        return entry.revision == self._revision() and self._monotonic() < entry.expires_at_s

    @staticmethod
    def _send(known: Kept, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        entry, headers, environ[ROUTE] = known
        if environ.get("HTTP_IF_NONE_MATCH") == entry.etag:
            start_response("304 NOT MODIFIED", headers)
            return []
        start_response(
            "200 OK", [*headers, ("Content-Type", "application/json"), ("Content-Length", str(len(entry.body)))]
        )
        return [entry.body]
