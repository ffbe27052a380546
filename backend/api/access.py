"""Who may do what: one table of every operation. What is not in it is refused to everybody but an administrator.

`read` sees; `trade` also plans, executes and stops; `admin` also changes the books, the settings, keys and who may sign
in. Each scope holds those before it. `confirmed`: a person must have typed the password within the last minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from backend.core.sign_in.model import Scope


@dataclass(frozen=True, slots=True)
class Need:
    """What an operation asks for. `scope` None: nothing, everybody may."""

    scope: Scope | None
    confirmed: bool = False


PUBLIC: Final = Need(None)
READ: Final = Need(Scope.READ)
TRADE: Final = Need(Scope.TRADE)
TRADE_CONFIRMED: Final = Need(Scope.TRADE, confirmed=True)
ADMIN: Final = Need(Scope.ADMIN)
ADMIN_CONFIRMED: Final = Need(Scope.ADMIN, confirmed=True)

# Reads of figures, of what was done, and of how things stand.
READS: Final = (
    "/api/accounts",
    "/api/addresses",
    "/api/alerts",
    "/api/alerts/rules",
    "/api/audit",
    "/api/audit/export",
    "/api/audit/verify",
    "/api/events",
    "/api/imports",
    "/api/imports/certificate",
    "/api/imports/coverage",
    "/api/imports/progress",
    "/api/imports/{import_id}",
    "/api/imports/{import_id}/lines",
    "/api/logs",
    "/api/logs/export",
    "/api/logs/latency",
    "/api/logs/lines",
    "/api/performance/attribution",
    "/api/performance/benchmark",
    "/api/performance/cashflows",
    "/api/performance/compare",
    "/api/performance/daily",
    "/api/performance/drawdowns",
    "/api/performance/explain",
    "/api/performance/monthly",
    "/api/performance/pnl/{days}",
    "/api/performance/risk",
    "/api/performance/snapshots",
    "/api/performance/stats",
    "/api/performance/twr-history",
    "/api/performance/twr/{days}",
    "/api/portfolio/balances",
    "/api/portfolio/connection/test",
    "/api/portfolio/export",
    "/api/portfolio/export/all",
    "/api/portfolio/lots",
    "/api/portfolio/metrics",
    "/api/portfolio/nav",
    "/api/portfolio/overview",
    "/api/portfolio/pnl-by-symbol",
    "/api/portfolio/positions",
    "/api/portfolio/trade-history",
    "/api/rebalancing/allocation",
    "/api/rebalancing/automatic",
    "/api/rebalancing/automatic/log",
    "/api/rebalancing/backtest/{job_id}",
    "/api/rebalancing/backtests",
    "/api/rebalancing/conversions",
    "/api/rebalancing/kill-switch",
    "/api/rebalancing/plan/{plan_id}",
    "/api/rebalancing/rank-key",
    "/api/rebalancing/runs",
    "/api/rebalancing/runs/{run_id}",
    "/api/rebalancing/runs/{run_id}/score",
    "/api/rebalancing/score",
    "/api/rebalancing/settings",
    "/api/reports",
    "/api/reports/periods",
    "/api/settings",
    "/api/settings/benchmark",
)

ACCESS: Final[dict[tuple[str, str], Need]] = {("GET", path): READ for path in READS} | {
    # Neither tells a figure; the rest of what everybody may ask for is pages, below.
    ("GET", "/health"): PUBLIC,
    # It lets in this machine and whoever has its own token.
    ("GET", "/metrics"): PUBLIC,
    ("GET", "/api/auth/session"): PUBLIC,
    ("POST", "/api/auth/set-up"): PUBLIC,
    ("POST", "/api/auth/login"): PUBLIC,
    ("POST", "/api/auth/logout"): READ,
    ("POST", "/api/auth/confirm"): READ,
    ("POST", "/api/auth/password"): ADMIN,
    ("GET", "/api/auth/sessions"): ADMIN,
    ("DELETE", "/api/auth/sessions"): ADMIN,
    ("DELETE", "/api/auth/sessions/{session_id}"): ADMIN,
    ("GET", "/api/auth/tokens"): ADMIN,
    ("POST", "/api/auth/tokens"): ADMIN_CONFIRMED,
    ("DELETE", "/api/auth/tokens/{token_id}"): ADMIN,
    ("GET", "/api/auth/second-factor"): ADMIN,
    ("POST", "/api/auth/second-factor"): ADMIN_CONFIRMED,
    ("PUT", "/api/auth/second-factor"): ADMIN_CONFIRMED,
    ("DELETE", "/api/auth/second-factor"): ADMIN_CONFIRMED,
    # Asks the exchange anew, within its limits; changes nothing.
    ("POST", "/api/portfolio/refresh"): READ,
    ("POST", "/api/audit/verify"): READ,
    ("POST", "/api/alerts/read"): READ,
    # What trades, and what stops it.
    ("POST", "/api/rebalancing/plan"): TRADE,
    ("POST", "/api/rebalancing/execute"): TRADE,
    ("POST", "/api/rebalancing/convert"): TRADE,
    ("POST", "/api/rebalancing/convert/plan"): TRADE,
    ("POST", "/api/rebalancing/runs/{run_id}/stop"): TRADE,
    ("POST", "/api/rebalancing/kill-switch"): TRADE,
    ("DELETE", "/api/rebalancing/kill-switch"): TRADE_CONFIRMED,
    ("POST", "/api/rebalancing/allocation"): TRADE,
    ("DELETE", "/api/rebalancing/allocation"): TRADE,
    ("PUT", "/api/rebalancing/automatic"): TRADE,
    ("POST", "/api/rebalancing/backtest"): TRADE,
    ("DELETE", "/api/rebalancing/backtest/{job_id}"): TRADE,
    ("POST", "/api/accounts/{account_id}/arm"): TRADE_CONFIRMED,
    ("POST", "/api/accounts/{account_id}/disarm"): TRADE,
    # They hold the limits that bind whoever trades.
    ("PUT", "/api/rebalancing/settings"): ADMIN,
    ("POST", "/api/accounts"): ADMIN,
    ("PUT", "/api/accounts/{account_id}"): ADMIN,
    ("DELETE", "/api/accounts/{account_id}"): ADMIN_CONFIRMED,
    ("PUT", "/api/accounts/{account_id}/key"): ADMIN_CONFIRMED,
    ("DELETE", "/api/accounts/{account_id}/key"): ADMIN_CONFIRMED,
    ("POST", "/api/accounts/{account_id}/check"): ADMIN,
    ("PUT", "/api/rebalancing/rank-key"): ADMIN_CONFIRMED,
    ("DELETE", "/api/rebalancing/rank-key"): ADMIN_CONFIRMED,
    # Where messages go, and what they tell.
    ("PUT", "/api/alerts/rules"): ADMIN,
    ("GET", "/api/alerts/channels"): ADMIN,
    ("PUT", "/api/alerts/channels/webhook"): ADMIN,
    ("PUT", "/api/alerts/channels/telegram"): ADMIN,
    ("PUT", "/api/alerts/channels/email"): ADMIN,
    ("DELETE", "/api/alerts/channels/webhook"): ADMIN,
    ("DELETE", "/api/alerts/channels/telegram"): ADMIN,
    ("DELETE", "/api/alerts/channels/email"): ADMIN,
    ("POST", "/api/alerts/test"): ADMIN,
    ("GET", "/api/backups"): ADMIN,
    ("POST", "/api/backups"): ADMIN,
    ("PUT", "/api/settings"): ADMIN,
    ("PUT", "/api/settings/benchmark"): ADMIN,
    # The books, by hand and from files.
    ("POST", "/api/addresses"): ADMIN,
    ("PATCH", "/api/addresses/{address_id}"): ADMIN,
    ("DELETE", "/api/addresses/{address_id}"): ADMIN,
    ("POST", "/api/imports"): ADMIN,
    ("PUT", "/api/imports/{import_id}"): ADMIN,
    ("POST", "/api/imports/pause"): ADMIN,
    ("POST", "/api/imports/resume"): ADMIN,
    ("POST", "/api/imports/{import_id}/commit"): ADMIN,
    ("POST", "/api/imports/{import_id}/dismiss"): ADMIN,
    ("POST", "/api/imports/{import_id}/undo"): ADMIN,
    ("PUT", "/api/portfolio/lots/{lot_id}"): ADMIN,
    ("POST", "/api/performance/snapshots"): ADMIN,
    ("POST", "/api/performance/cashflows"): ADMIN,
    ("PUT", "/api/performance/cashflows/{flow_id}"): ADMIN,
    ("DELETE", "/api/performance/cashflows/{flow_id}"): ADMIN,
    ("POST", "/api/performance/cashflows/{flow_id}/move"): ADMIN,
    ("POST", "/api/performance/cashflows/{flow_id}/address"): ADMIN,
    ("POST", "/api/performance/cashflows/{flow_id}/decision"): ADMIN,
    ("POST", "/api/demo/actions"): ADMIN,
}


def need_of(method: str, path: str) -> Need:
    """What an operation asks for, by its path in the API document; one that is not in the table: all there is."""
    return ACCESS.get((method, path), ADMIN)


# Pages and files, which hold no figure: the sign-in itself is one of them. Flask's own names of the paths.
PAGES: Final = frozenset(
    {
        "/",
        "/<page:path>",
        "/static/<path:filename>",
        "/api-docs/page/<path:filename>",
        "/openapi.json",
        "/docs",
        "/redoc",
    }
)
