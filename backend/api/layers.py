"""What stands around an application of ours: who may ask, what protects the browser, what is sent from memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, g, request
from flask_cors import CORS

from backend.api import problems
from backend.api.fast_files import FastFiles
from backend.api.fast_reads import FastReads
from backend.api.gate import WRITES, AccessGate
from backend.api.host_guard import HostGuard
from backend.api.protection import (
    CONTENT_SECURITY_POLICY,
    DOCS_SECURITY_POLICY,
    OPENER_POLICY,
    SECURITY_HEADERS,
    may_have_opener,
    of_own_page,
)
from backend.api.request_layer import Observe, RequestLayer

if TYPE_CHECKING:
    from flask import Flask

    from backend.api.deps import FirstServices

DEVELOPMENT_ORIGINS = ("http://localhost:5173", "http://127.0.0.1:5173")


def surround(app: Flask, container: FirstServices, observe: Observe) -> None:
    """Put them around `app`, whose routes are all there; `observe` hears of every request."""
    origins = [*container.allowed_origins, *(DEVELOPMENT_ORIGINS if container.development else ())]
    CORS(app, resources={r"/api/*": {"origins": origins}}, expose_headers=["ETag", "X-Request-Id"])
    allowed = frozenset(origins)

    @app.before_request
    def guard() -> Response | None:
        return refuse_foreign_write(allowed) if request.method in WRITES else None

    @app.after_request
    def protect(answer: Response) -> Response:
        headers = answer.headers
        documents_api = request.path in ("/docs", "/redoc")
        headers["Content-Security-Policy"] = DOCS_SECURITY_POLICY if documents_api else CONTENT_SECURITY_POLICY
        for name, value in SECURITY_HEADERS.items():
            headers[name] = value
        if "page" in g and not may_have_opener(request.environ):
            del headers[OPENER_POLICY]
        if "prepared" in g and of_own_page(request.environ):
            reads.keep(request.environ, g.prepared, headers.items())
        if "sent_file" in g and answer.status_code == 200:
            files.keep(request.environ, g.sent_file, headers.items())
        return answer

    reads = FastReads(app.wsgi_app, lambda: container.cache.revision())
    files = FastFiles(reads, lambda: container.page_opens())
    gate = AccessGate(files, app.url_map, lambda: container.sessions)
    layers = RequestLayer(HostGuard(gate, origins), observe)
    app.wsgi_app = layers  # type: ignore[method-assign]  # Flask's own way to put a layer around an application
    app.url_map.update()  # sorts the routes, for which the first answer would wait


def refuse_foreign_write(allowed: frozenset[str]) -> Response | None:
    """Refuse a write that another site's page makes in the user's browser."""
    origin = request.headers.get("Origin")
    own = request.host_url.rstrip("/")
    if origin is not None and origin != own and origin not in allowed:
        return problems.problem(403, "foreign-origin", f"Writes from {origin} are not allowed (ALLOWED_ORIGINS)")
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site") and origin not in allowed:
        return problems.problem(403, "foreign-origin", "Writes from another site are not allowed")
    if request.content_length and request.mimetype != "application/json":
        return problems.problem(415, "unsupported-media-type", "Send JSON with Content-Type: application/json")
    return None
