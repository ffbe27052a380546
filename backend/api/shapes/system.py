"""Answers about the program itself."""

from __future__ import annotations

from typing import Any

from backend import __version__
from backend.api.schemas.system import DemoActionIn
from backend.api.shapes.common import instant
from backend.core.errors import BadInputError
from backend.core.views import HealthView


def health(view: HealthView, pages: bool) -> dict[str, Any]:
    """200 only when pages can be served; a failing exchange degrades, it does not take the program down."""
    status = "down" if not pages else "ok" if view.sync.status in ("healthy", "starting") else "degraded"
    return {
        "status": status,
        "sync_status": view.sync.status,
        "last_sync": instant(view.basis.refreshed_machine_ms),
        "sync_lag_seconds": view.lag_s,
        "api_response_time_ms": view.sync.latency_ms,
        "database_connection": "ok",
        "redis_connection": "not_configured",
        "pages": "ok" if pages else "not_built",
        "environment": view.basis.environment,
        "version": __version__,
        "detail": view.sync.error if pages else "The dashboard is not built",
    }


def health_down(environment: str, detail: str, pages: bool) -> dict[str, Any]:
    """The database cannot be read: nothing can be shown."""
    return {
        "status": "down",
        "sync_status": "failing",
        "last_sync": None,
        "sync_lag_seconds": None,
        "api_response_time_ms": None,
        "database_connection": "failed",
        "redis_connection": "not_configured",
        "pages": "ok" if pages else "not_built",
        "environment": environment,
        "version": __version__,
        "detail": detail,
    }


def demo_action(form: DemoActionIn) -> dict[str, Any]:
    """Read the form: a movement needs an amount, a price shock a percentage."""
    if form.action == "price_shock":
        if form.percent is None or form.percent == 0:
            raise BadInputError("A price shock needs a percentage other than 0", "percent")
        return {"action": form.action, "asset": form.asset, "percent": form.percent}
    if form.amount is None or not form.amount.strip("0."):
        raise BadInputError("Enter an amount above 0", "amount")
    return {"action": form.action, "asset": form.asset, "amount": form.amount}
