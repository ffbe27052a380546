"""What protects the browser: headers of every answer, and refusals that are made before Flask."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from backend.api.request_layer import REQUEST_ID

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
# Swagger UI and ReDoc set style attributes of their own: their two pages alone may.
DOCS_SECURITY_POLICY: Final = CONTENT_SECURITY_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
# Severs a page from the window that opened it; a browser gives such a page a process of its own.
OPENER_POLICY: Final = "Cross-Origin-Opener-Policy"
# What Sec-Fetch-Site says of a page that the reader opened, by its address or a bookmark, or a page of ours.
OWN_VISITS: Final = frozenset({"none", "same-origin"})
SECURITY_HEADERS: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    OPENER_POLICY: "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

# What an answer to another origin is given beside these; no part of an answer that is kept.
CORS_HEADERS: Final = frozenset({"access-control-allow-origin", "access-control-expose-headers"})


def may_have_opener(environ: WSGIEnvironment) -> bool:
    """Whether the page that is asked for may have been opened by another site, which then holds on to its window.

    Only the browser can say that it was not. Of a chain of redirections it names the farthest site.
    """
    return environ.get("HTTP_SEC_FETCH_SITE") not in OWN_VISITS


def of_own_page(environ: WSGIEnvironment) -> bool:
    """Whether a request names no origin, or that of the host it is sent to.

    Browsers name it with every module, font and preloaded answer of a page, and ask for no leave to read: those are the
    page's own. Behind a proxy with TLS the scheme is another one here, so the host decides.
    """
    origin = environ.get("HTTP_ORIGIN")
    return origin is None or origin.partition("://")[2] == environ.get("HTTP_HOST")


def refuse(
    environ: WSGIEnvironment,
    start_response: StartResponse,
    status: int,
    code: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
) -> Iterable[bytes]:
    """A problem document by a layer before Flask, with the headers that every answer carries."""
    content: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": code.replace("-", " ").capitalize(),
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": environ[REQUEST_ID],
    }
    body = json.dumps(content).encode()
    found = {
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        **SECURITY_HEADERS,
        **(headers or {}),
    }
    start_response(f"{status} {HTTPStatus(status).phrase.upper()}", list(found.items()))
    return [body]
