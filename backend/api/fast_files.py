"""Files before Flask: one that was sent once is sent again from memory, with the very headers that Flask gave it.

A WSGI layer around the application, which stays the one place that decides what is there and how it is sent: a file
gets here only by an answer of its own. It is looked at (one `stat`) each time, so that a new build shows at once. Where
the build has put a compressed copy beside a file (`name.br`, `name.gz`) and the browser takes it, that copy is sent.
Queries, ranges, several tags, dates and requests of other origins go to the application.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from backend.api.protection import CORS_HEADERS, may_have_opener, of_own_page
from backend.api.request_layer import FILE_ROUTE, ROUTE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MAX_ENTRIES: Final = 512
MAX_FILE_BYTES: Final = 4 * 1024 * 1024
# The smaller first.
CODINGS: Final = {"br": ".br", "gzip": ".gz"}
# Requests that HTTP gives a meaning of their own. With a tag the date beside it means nothing.
PARTICULAR: Final = ("HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
# Headers that belong to one answer or one coding, not to the file.
OWN: Final = frozenset({"content-length", "content-encoding", "date", "etag", "vary", *CORS_HEADERS})
# What a 304 leaves out.
OF_BODIES: Final = frozenset({"content-type", "content-encoding"})
# Path, coding, language, whether another site may have opened it.
Question = tuple[str, str, str, bool]
Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it is sent: its content in one coding, and the headers but for those of a single answer."""

    path: Path
    stamp: Stamp
    etag: str
    body: bytes
    headers: list[tuple[str, str]]


class FastFiles:
    """Keeps files by path, coding, language and who may have opened them; thread-safe by whole replacement.

    `opens` hears when `/` is asked for.
    """

    def __init__(self, application: WSGIApplication, opens: Callable[[], None]) -> None:
        self._application = application
        self._opens = opens
        self._known: dict[Question, KeptFile] = {}

    def keep(self, environ: WSGIEnvironment, path: Path, headers: Iterable[tuple[str, str]]) -> None:
        """Remember the file at `path`, which the application is about to send whole with these headers."""
        if not _is_plain(environ):
            return
        question = _question(environ)
        try:
            made = _kept(path, question[1], list(headers))
        except OSError:
            return  # it went away meanwhile
        if made is not None:
            known = self._known if len(self._known) < MAX_ENTRIES else {}
            self._known = {**known, question: made}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/":
            self._opens()
        if _is_plain(environ):
            known = self._known.get(_question(environ))
            # Another tag, or several: the application reads the header as HTTP defines it.
            if known is not None and environ.get("HTTP_IF_NONE_MATCH") in (None, known.etag) and _stands(known):
                environ[ROUTE] = FILE_ROUTE
                return _send(known, environ, start_response)
        return self._application(environ, start_response)


def language_of(accepted: str) -> Literal["en", "fr"]:
    """The language of the dashboard that an Accept-Language header puts first, as the page itself decides it."""
    return "fr" if accepted[:2].lower() == "fr" else "en"


def _is_plain(environ: WSGIEnvironment) -> bool:
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("QUERY_STRING"):
        return False
    dated = "HTTP_IF_MODIFIED_SINCE" in environ and "HTTP_IF_NONE_MATCH" not in environ
    return not dated and of_own_page(environ) and not any(name in environ for name in PARTICULAR)


def _question(environ: WSGIEnvironment) -> Question:
    # A coding with a weight (`br;q=0.5`) is not taken for one.
    taken = {name.strip() for name in environ.get("HTTP_ACCEPT_ENCODING", "").split(",")}
    coding = next((one for one in CODINGS if one in taken), "")
    language = language_of(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    return environ["PATH_INFO"], coding, language, may_have_opener(environ)


def _stamp(path: Path) -> Stamp:
    found = os.stat(path)
    return found.st_mtime_ns, found.st_size, found.st_ino


def _stands(known: KeptFile) -> bool:
    try:
        return _stamp(known.path) == known.stamp
    except OSError:
        return False


def _kept(path: Path, coding: str, given: list[tuple[str, str]]) -> KeptFile | None:
    """The file in this coding where there is a copy of it, else as it is; None where it is not for keeping.

    Raises:
        OSError: the file cannot be read.
    """
    stamp = _stamp(path)
    named = {name.lower(): value for name, value in given}
    etag = named.get("etag", "")
    if stamp[1] > MAX_FILE_BYTES or not etag.startswith('"'):
        return None
    headers = [(name, value) for name, value in given if name.lower() not in OWN]
    headers.append(("Vary", ", ".join(filter(None, [named.get("vary"), "Accept-Encoding"]))))
    copy = path.with_name(path.name + CODINGS[coding]) if coding else path
    # A copy that is older than its file is one of another build.
    if coding and copy.is_file() and copy.stat().st_mtime_ns >= stamp[0]:
        etag = f'{etag[:-1]}-{coding}"'
        headers.append(("Content-Encoding", coding))
    else:
        copy = path
    headers.append(("ETag", etag))
    return KeptFile(path, stamp, etag, copy.read_bytes(), headers)


def _send(known: KeptFile, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    if environ.get("HTTP_IF_NONE_MATCH") == known.etag:
        start_response("304 NOT MODIFIED", [one for one in known.headers if one[0].lower() not in OF_BODIES])
        return []
    start_response("200 OK", [*known.headers, ("Content-Length", str(len(known.body)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [known.body]
