"""Read answers: built once a revision, kept as bytes, sent with an ETag.

Nothing is computed on the request path while the data stand still: the key names the question, the revision the
data, and `expires_s` the moment at which the same data must be called stale.
"""

from __future__ import annotations

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

from flask import Response, g, request

from backend.core.stored_charts import ChartBody

MAX_ENTRIES: Final = 512
READ_HEADERS: Final = {"Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A body ready to be sent."""

    revision: int
    expires_at_s: float
    etag: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is written; `expires_s`: how long it stays true without new data (None: for ever).

    `rest`: what follows `body`, written already.
    """

    body: dict[str, Any]
    expires_s: float | None = None
    rest: ChartBody | None = None

    def written(self) -> tuple[bytes, str]:
        """The bytes that are sent, and their ETag."""
        body = compact(self.body)
        if self.rest is None:
            return body, _tag(body)
        # The digest in place of what it is of: a chart is long, and nothing else is worth as much of the time.
        return body[:-1] + b"," + self.rest.content[1:], _tag(body + self.rest.digest.encode())


class ReadCache:
    """The newest answers, least recently asked dropped first. Shared by all threads of the web process."""

    def __init__(self, revision: Callable[[], int], monotonic: Callable[[], float] = time.monotonic) -> None:
        self.revision = revision
        self._monotonic = monotonic
        self._entries: OrderedDict[Hashable, Prepared] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, draft: Callable[[], Draft]) -> Prepared:
        """The answer to `key` at the newest revision, built by `draft` where it is not at hand."""
        # The revision is read before the data: an answer may then be newer than its revision, never older.
        revision, now = self.revision(), self._monotonic()
        entry = self._entries.get(key)
        if entry is not None and entry.revision == revision and now < entry.expires_at_s:
            return entry
        made = draft()
        body, etag = made.written()
        expires = float("inf") if made.expires_s is None else now + made.expires_s
        entry = Prepared(revision, expires, etag, body)
        with self._lock:
            self._entries[key] = entry
            self._entries.move_to_end(key)
            while len(self._entries) > MAX_ENTRIES:
                self._entries.popitem(last=False)
        return entry


def compact(body: dict[str, Any]) -> bytes:
    """JSON without spaces."""
    return json.dumps(body, separators=(",", ":"), allow_nan=False).encode()


def _tag(content: bytes) -> str:
    return f'"{blake2b(content, digest_size=12).hexdigest()}"'


def send(entry: Prepared) -> Response:
    """The answer, or 304 when the client has it already."""
    # A proxy that compresses makes a weak tag of ours: for a read it is the same answer.
    if request.if_none_match.contains_weak(entry.etag.strip('"')):
        answer = Response(status=304)
    else:
        answer = Response(entry.body, mimetype="application/json")
    answer.headers["ETag"] = entry.etag
    answer.headers.extend(READ_HEADERS)
    g.prepared = entry
    return answer
