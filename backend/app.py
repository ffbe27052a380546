"""The web application. `python backend/app.py` serves it for development, the collector included.

Nothing starts on import or in `create_app`: entry points start and stop background work.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":  # run as a file: the package lies one folder up
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from apiflask import APIFlask
from flask import Response, g, request
from flask_cors import CORS

from backend import __version__
from backend.api import (
    accounts,
    acting,
    addresses,
    alerts,
    audit,
    auth,
    backtests,
    backups,
    benchmark,
    conversions,
    dashboard,
    data_export,
    events,
    explain,
    import_progress,
    imports,
    logs,
    metrics,
    performance,
    portfolio,
    positions,
    problems,
    proof,
    rank_key,
    rebalancing,
    reports,
    request_log,
    risk,
    runs,
    settings,
    strategies,
    system,
    texts,
)
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
from backend.api.request_layer import RequestLayer, RequestMetrics

if TYPE_CHECKING:
    from backend.api.deps import ApiServices

MAX_BODY_BYTES = 256 * 1024
DEVELOPMENT_ORIGINS = ("http://localhost:5173", "http://127.0.0.1:5173")


def create_app(container: ApiServices) -> APIFlask:
    """Build the application around its services; does no work of its own."""
    app = APIFlask("backend", title="Binance Portfolio Manager", version=__version__, docs_path=None, spec_path=None)
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        DESCRIPTION="What you own on Binance, what it is worth, and how well you really did. "
        "Money is a decimal string in the reporting currency; fields named *_percent are in percent; "
        "instants are ISO 8601 UTC; what is not known is null with a reason.",
        VALIDATION_ERROR_STATUS_CODE=422,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        HTTP_ERROR_SCHEMA=problems.PROBLEM_SCHEMA,
        VALIDATION_ERROR_SCHEMA=problems.PROBLEM_SCHEMA,
        JSON_SORT_KEYS=False,
    )
    app.extensions["portfolio"] = container
    request_log.register(app)
    problems.register(app)
    acting.register(app)
    texts.register(app)
    for blueprint in (
        portfolio.portfolio,
        performance.performance,
        risk.risk,
        benchmark.benchmark,
        backtests.backtests,
        backups.backups,
        rebalancing.rebalancing,
        rank_key.rank_key,
        positions.positions,
        imports.imports,
        import_progress.import_progress,
        proof.proof,
        reports.reports,
        explain.explain,
        accounts.accounts,
        runs.runs,
        runs.arming,
        strategies.strategies,
        conversions.conversions,
        addresses.addresses,
        settings.settings,
        audit.audit,
        auth.auth,
        alerts.alerts,
        events.events,
        system.system,
        logs.logs,
        metrics.metrics,
        data_export.data_export,
        dashboard.dashboard,
    ):
        app.register_blueprint(blueprint)
    origins = [*container.allowed_origins, *(DEVELOPMENT_ORIGINS if container.development else ())]
    CORS(app, resources={r"/api/*": {"origins": origins}}, expose_headers=["ETag", "X-Request-Id"])
    allowed = frozenset(origins)

    @app.spec_processor
    def describe_problems(spec: dict[Any, Any] | str) -> dict[Any, Any] | str:
        return problems.described(spec) if isinstance(spec, dict) else spec

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
    gate = AccessGate(files, app.url_map, lambda: container.auth)
    measured = app.extensions[metrics.REQUESTS] = RequestMetrics()
    layers = RequestLayer(HostGuard(gate, origins), measured)
    app.wsgi_app = layers  # type: ignore[method-assign]  # Flask's own way to put a layer around an application
    app.url_map.update()  # sorts the routes, for which the first answer would wait
    return app


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


if __name__ == "__main__":
    sys.argv[1:] = ["start", "--development"]
    runpy.run_module("backend", run_name="__main__")
