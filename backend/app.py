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
    problem_document,
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
from backend.api.layers import surround
from backend.api.request_layer import REQUESTS
from backend.api.request_metrics import RequestMetrics

if TYPE_CHECKING:
    from backend.api.deps import ApiServices

MAX_BODY_BYTES = 256 * 1024


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
        HTTP_ERROR_SCHEMA=problem_document.PROBLEM_SCHEMA,
        VALIDATION_ERROR_SCHEMA=problem_document.PROBLEM_SCHEMA,
        JSON_SORT_KEYS=False,
    )
    app.extensions["portfolio"] = container
    request_log.register(app)
    problems.register_validation(app)
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

    @app.spec_processor
    def describe_problems(spec: dict[Any, Any] | str) -> dict[Any, Any] | str:
        return problem_document.described(spec) if isinstance(spec, dict) else spec

    measured = app.extensions[REQUESTS] = RequestMetrics()
    surround(app, container, measured.observe)
    return app


if __name__ == "__main__":
    sys.argv[1:] = ["start", "--development"]
    runpy.run_module("backend", run_name="__main__")
