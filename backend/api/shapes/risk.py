"""Answers about risk and about days."""

from __future__ import annotations

from decimal import localcontext
from typing import TYPE_CHECKING, Any, Final

from backend.api.answers import Draft
from backend.api.shapes.common import base, instant, money, percent
from backend.api.shapes.performance import span
from backend.core.display_windows import OTHER_CURRENCY
from backend.core.model.amounts import MONEY
from backend.core.model.instants import DAY_MS, from_ms
from backend.core.performance.risk_sample import FEWEST_RETURNS

if TYPE_CHECKING:
    from backend.core.position_views import RoundTrips
    from backend.core.risk_views import Comparison, DailyView, DayView, DrawdownsView, Fall, RiskFigure, RiskView

DRAWDOWN: Final = "max_drawdown"
BEST_AND_WORST: Final = ("best_day", "worst_day")


def risk(view: RiskView, trips: RoundTrips, in_reporting: bool) -> Draft:
    figures = view.figures
    body = base(view.basis) | {
        "days": view.days,
        **span(figures, view.reason),
        "daily_returns": {
            "count": view.count,
            "missing": view.missing,
            "needed": FEWEST_RETURNS,
            "first_day": _day(view.first_ms),
            "last_day": _day(view.last_ms),
            "benchmark_count": view.benchmark_count,
        },
        "risk_free_rate_percent": percent(view.risk_free_rate),
        "method": trips.method.value,
        **{
            name: _figure(name, line.own)
            | {"benchmark": None if line.benchmark is None else _figure(name, line.benchmark)}
            for name, line in view.lines.items()
        },
        **_trades(trips, in_reporting),
    }
    return Draft(body, view.basis.expires_s)


def drawdowns(view: DrawdownsView) -> Draft:
    body = base(view.basis) | {
        "days": view.days,
        **span(view.figures, view.reason),
        "status": view.status,
        "reason": view.reason,
        "items": [
            {
                "depth_percent": percent(fall.depth),
                **_dates(fall),
                "days": _days(fall.peak_ms, fall.until_ms),
                "days_to_trough": _days(fall.peak_ms, fall.trough_ms),
                "status": view.status,
                "reason": view.reason,
            }
            for fall in view.falls
        ],
    }
    return Draft(body, view.basis.expires_s)


def daily(view: DailyView) -> Draft:
    body = base(view.basis) | {
        "days": view.days,
        "status": view.status,
        "reason": view.reason,
        "items": [day_line(row) for row in view.rows],
        "latest": None if view.latest is None else _comparison(view.latest),
        "last_24_hours": [_comparison(one) for one in view.hours],
    }
    return Draft(body, view.basis.expires_s)


def _figure(name: str, figure: RiskFigure) -> dict[str, Any]:
    told: dict[str, Any] = {
        "value": figure.value,
        "status": figure.status,
        "reason": figure.reason,
        "count": figure.count,
        "available_from": instant(figure.available_from_ms),
    }
    if name == DRAWDOWN:
        fall = figure.fall
        told |= dict.fromkeys(("peak", "trough", "recovered")) if fall is None else _dates(fall)
        told["days_under_water"] = None if fall is None else _days(fall.peak_ms, fall.until_ms)
    if name in BEST_AND_WORST:
        told["date"] = _day(figure.day_ms)
    return told


def _dates(fall: Fall) -> dict[str, str | None]:
    return {"peak": instant(fall.peak_ms), "trough": instant(fall.trough_ms), "recovered": instant(fall.recovered_ms)}


def _days(start_ms: int, end_ms: int) -> float:
    return (end_ms - start_ms) / DAY_MS


def _day(day_ms: int | None) -> str | None:
    return None if day_ms is None else from_ms(day_ms).date().isoformat()


def _trades(trips: RoundTrips, in_reporting: bool) -> dict[str, Any]:
    """Figures of closing trades. In another currency each would need the price of its own time: they are not told."""
    parts = trips.parts if in_reporting else None
    reason = trips.reason if in_reporting else OTHER_CURRENCY
    if parts is None:
        nothing = _trade(None, "unavailable", reason, 0)
        return {"win_rate": nothing, "expectancy": nothing, "profit_factor": nothing}
    count = parts.closing
    if count == 0:
        nothing = _trade(None, "unavailable", "no_closing_trades", 0)
        return {"win_rate": nothing, "expectancy": nothing, "profit_factor": nothing}
    with localcontext(MONEY):
        mean = (parts.gains - parts.losses) / count
        factor = parts.gains / parts.losses if parts.losses else None
    no_factor = _trade(None, "unavailable", "no_loss", count)
    return {
        "win_rate": _trade(parts.winning / count, trips.status, reason, count),
        "expectancy": _trade(money(mean), trips.status, reason, count),
        "profit_factor": no_factor if factor is None else _trade(float(factor), trips.status, reason, count),
    }


def _trade(value: float | str | None, status: str, reason: str | None, count: int) -> dict[str, Any]:
    return {
        "value": value,
        "status": status,
        "reason": reason,
        "count": count,
        "available_from": None,
        "benchmark": None,
    }


def day_line(row: DayView) -> dict[str, Any]:
    """One day of a list."""
    return {
        "date": _day(row.day_ms),
        "nav_avg_usd": money(row.average),
        "nav_close_usd": money(row.close),
        "benchmark_avg_usd": money(row.benchmark_average),
        "benchmark_close_usd": money(row.benchmark_close),
        "return_percent": percent(row.growth),
        "benchmark_return_percent": percent(row.benchmark_growth),
        "hours": row.hours,
        "complete": row.complete,
        "status": row.status,
        "reason": row.reason,
        "benchmark_status": row.benchmark_trust.status,
        "benchmark_reason": row.benchmark_trust.reason,
    }


def _comparison(one: Comparison) -> dict[str, Any]:
    return {
        "timestamp": instant(one.at_ms),
        "nav_usd": money(one.value),
        "benchmark_usd": money(one.benchmark),
        "difference": money(one.difference),
        "outperformance_pct": percent(one.ratio),
        "status": one.status,
        "reason": one.reason,
    }
