"""Prepared answers before Flask: a question that was answered at this revision costs a dictionary look-up.

A WSGI layer around the application. It sends the very bytes and headers that the application sent for the same path
and query, and only while the data stand still and the answer is not due to be called stale. Everything else, and every
request that another origin makes, goes to the application.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from backend.api.answers import Coded, Prepared, takes_gzip
from backend.api.protection import CORS_HEADERS, of_own_page
from backend.api.request_layer import ROUTE, UNMATCHED

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MAX_ENTRIES: Final = 512
# Headers that belong to one answer or one coding, not to the question.
OWN: Final = frozenset({"content-length", "content-type", "content-encoding", "etag", *CORS_HEADERS})
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
        if environ["REQUEST_METHOD"] == "GET" and of_own_page(environ):
            known = self._known.get((environ["PATH_INFO"], environ.get("QUERY_STRING", "")))
            asked = environ.get("HTTP_IF_NONE_MATCH")
            if known is not None and self._stands(known[0]):
                told = known[0].coded(takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")))
                # Another ETag, or several: the application reads the header as HTTP defines it.
                if asked in (None, told.etag):
                    environ[ROUTE] = known[2]
                    return self._send(told, known[1], asked is not None, start_response)
        return self._application(environ, start_response)

    def _stands(self, entry: Prepared) -> bool:
        return entry.revision == self._revision() and self._monotonic() < entry.expires_at_s

    @staticmethod
    def _send(
        told: Coded, headers: list[tuple[str, str]], unchanged: bool, start_response: StartResponse
    ) -> Iterable[bytes]:
        own: list[Any] = [*headers, ("ETag", told.etag)]
        if unchanged:
            start_response("304 NOT MODIFIED", own)
            return []
        if told.coding is not None:
            own.append(("Content-Encoding", told.coding))
        start_response("200 OK", [*own, ("Content-Type", "application/json"), ("Content-Length", str(len(told.body)))])
        return [told.body]
