"""Read answers: built once a revision, kept as bytes, sent with an ETag, long ones as gzip to whoever takes it.

Nothing is computed on the request path while the data stand still: the key names the question, the revision the
data, and `expires_s` the moment at which the same data must be called stale.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

from flask import Response, g, request

from backend.core.packed_json import gzip_behind

if TYPE_CHECKING:
    from backend.core.stored_charts import ChartBody

MAX_ENTRIES: Final = 512
READ_HEADERS: Final = {"Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}


# From this length on an answer is sent as gzip; a shorter one costs more to compress than it saves on the way.
LEAST_GZIP: Final = 32_768
GZIP: Final = "gzip"


@dataclass(frozen=True, slots=True)
class Coded:
    """An answer in one coding (None: as it is), each with an ETag of its own."""

    etag: str
    body: bytes
    coding: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is written; `expires_s`: how long it stays true without new data (None: for ever).

    `rest`: what follows `body`, written already.
    """

    body: dict[str, Any]
    expires_s: float | None = None
    rest: ChartBody | None = None

    def written(self) -> tuple[bytes, str]:
        """The bytes that are sent as they are, and their ETag."""
        told = self.prepared(0, 0.0).coded(False)
        return told.body, told.etag

    def prepared(self, revision: int, expires_at_s: float) -> Prepared:
        """The answer as it is kept at a revision of the data."""
        body = compact(self.body)
        if self.rest is None:
            return Prepared.of(revision, expires_at_s, body)
        # The digest in place of what it is of: a chart is long, and nothing else is worth as much of the time.
        digest = _digest(body + self.rest.digest.encode())
        return Prepared(revision, expires_at_s, digest, body[:-1] + b",", self.rest)


@dataclass(frozen=True, slots=True)
class Written:
    """An answer that another web process has written; `expires_s` as of `Draft`."""

    body: bytes
    expires_s: float | None

    def prepared(self, revision: int, expires_at_s: float) -> Prepared:
        """The answer as it is kept at a revision of the data."""
        return Prepared.of(revision, expires_at_s, self.body)


class Prepared:
    """An answer ready to be sent: `head`, then `rest` behind its first brace.

    Each coding is made once, when it is asked for first. Threads may make the same one at once; each puts a whole
    one in place.
    """

    __slots__ = ("_as_gzip", "_as_it_is", "_digest", "_head", "_rest", "expires_at_s", "revision")

    def __init__(
        self, revision: int, expires_at_s: float, digest: str, head: bytes, rest: ChartBody | None = None
    ) -> None:
        self.revision = revision
        self.expires_at_s = expires_at_s
        self._digest = digest
        self._head = head
        self._rest = rest
        self._as_it_is: Coded | None = None
        self._as_gzip: Coded | None = None

    @classmethod
    def of(cls, revision: int, expires_at_s: float, body: bytes) -> Self:
        """An answer that is written already."""
        return cls(revision, expires_at_s, _digest(body), body)

    def coded(self, takes_gzip: bool) -> Coded:
        """The answer for a client that takes gzip, or does not."""
        if takes_gzip and (self._rest is not None or len(self._head) >= LEAST_GZIP):
            if self._as_gzip is None:
                self._as_gzip = Coded(f'"{self._digest}-{GZIP}"', self._gzipped(), GZIP)
            return self._as_gzip
        if self._as_it_is is None:
            behind = b"" if self._rest is None else self._rest.content[1:]
            self._as_it_is = Coded(f'"{self._digest}"', self._head + behind)
        return self._as_it_is

    def _gzipped(self) -> bytes:
        if self._rest is not None:
            return gzip_behind(self._head, self._rest.kept)
        # The quickest level: it is done while somebody waits.
        return gzip.compress(self._head, 1, mtime=0)


class Shared(Protocol):
    """Answers that other web processes have computed, too (`shared_answers`)."""

    def get(self, key: Hashable, draft: Callable[[], Draft]) -> Draft | Written: ...


class ReadCache:
    """The newest answers, least recently asked dropped first. Shared by all threads of the web process."""

    def __init__(
        self,
        revision: Callable[[], int],
        monotonic: Callable[[], float] = time.monotonic,
        shared: Shared | None = None,
    ) -> None:
        self.revision = revision
        self._monotonic = monotonic
        self._shared = shared
        self._entries: OrderedDict[Hashable, Prepared] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, draft: Callable[[], Draft], heavy: bool = False) -> Prepared:
        """The answer to `key` at the newest revision, built by `draft` where it is not at hand.

        `heavy`: it takes longer to compute than to ask Redis for, and rests on nothing but what is stored, the settings
        of views and the clock; web processes share it.
        """
        # The revision is read before the data: an answer may then be newer than its revision, never older.
        revision, now = self.revision(), self._monotonic()
        entry = self._entries.get(key)
        if entry is not None and entry.revision == revision and now < entry.expires_at_s:
            return entry
        made = self._shared.get(key, draft) if heavy and self._shared is not None else draft()
        entry = made.prepared(revision, float("inf") if made.expires_s is None else now + made.expires_s)
        with self._lock:
            self._entries[key] = entry
            self._entries.move_to_end(key)
            while len(self._entries) > MAX_ENTRIES:
                self._entries.popitem(last=False)
        return entry


def compact(body: dict[str, Any]) -> bytes:
    """JSON without spaces."""
    return json.dumps(body, separators=(",", ":"), allow_nan=False).encode()


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header names gzip; with a weight (`gzip;q=0`) it is not taken for it."""
    return GZIP in accepted and any(name.strip() == GZIP for name in accepted.split(","))


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=12).hexdigest()


def send(entry: Prepared) -> Response:
    """The answer, or 304 when the client has it already."""
    told = entry.coded(takes_gzip(request.headers.get("Accept-Encoding", "")))
    # A proxy that compresses makes a weak tag of ours: for a read it is the same answer.
    if request.if_none_match.contains_weak(told.etag.strip('"')):
        answer = Response(status=304)
    else:
        answer = Response(told.body, mimetype="application/json")
        if told.coding is not None:
            answer.headers["Content-Encoding"] = told.coding
    answer.headers["ETag"] = told.etag
    answer.headers.extend(READ_HEADERS)
    g.prepared = entry
    return answer
