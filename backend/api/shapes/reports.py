"""The report of a month or a year: parts that a page has too are shaped as for the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.api.answers import Draft
from backend.api.shapes import performance, positions, proof, risk
from backend.api.shapes.common import base, instant, money, percent
from backend.core.display_windows import OTHER_CURRENCY
from backend.core.model.asset_names import asset_name
from backend.core.performance.windows import Trust

if TYPE_CHECKING:
    from backend.core.benchmark_book import BenchmarkView
    from backend.core.calendar_periods import CalendarPeriod
    from backend.core.report_views import HoldingsAt, KindSums, PeriodsView, ReportView


def periods(view: PeriodsView) -> Draft:
    items = [_period(one.period, one.running) for one in view.periods]
    body = base(view.basis) | {"items": items, "status": view.status, "reason": view.reason}
    return Draft(body, view.basis.expires_s)


def report(view: ReportView) -> Draft:
    profit = positions.symbols(view.profit).body
    certificate = proof.certificate(view.certificate).body
    body = base(view.basis) | {
        "period": _period(view.period, view.running),
        "accounts": [{"id": account.id, "name": account.name} for account in view.accounts],
        "method": view.method.value,
        "summary": _summary(view),
        "benchmark": None if view.benchmark is None else _benchmark(view.benchmark, view.in_reporting),
        "attribution": proof.attribution(view.attribution, view.period.days).body,
        "months": [{"month": month.month, **performance.calendar(month)} for month in view.months],
        "series": [
            {
                "t": instant(point.at_ms),
                "value_usd": money(point.value),
                "twr_percent": percent(point.twr),
                "benchmark_percent": percent(point.benchmark),
            }
            for point in view.line
        ],
        "days": [risk.day_line(day) for day in view.days],
        "risk": risk.risk(view.risk, view.trips, view.in_reporting).body,
        "drawdowns": risk.drawdowns(view.falls).body["items"],
        "flows": {
            "items": [performance.flow_line(one.row) | {"in_figures": one.in_figures} for one in view.flows],
            "totals": performance.totals(view.flows_total, None),
        },
        "opening_holdings": _holdings(view.opening),
        "closing_holdings": _holdings(view.closing),
        "profit": {name: profit[name] for name in ("method", "items", "totals", "status", "reason")},
        "fees": _sums(view.fees),
        "income": _sums(view.income),
        "quality": {
            "snapshots_expected": view.quality.expected,
            "snapshots_missing": view.quality.missing,
            "estimated_links": view.quality.doubtful,
            "replayed_until": instant(view.quality.replayed_until_ms),
        },
        "certificate": {name: certificate[name] for name in ("complete", "status", "reason", "accounts")},
        "method_versions": dict(view.versions),
    }
    return Draft(body, view.basis.expires_s)


def _period(period: CalendarPeriod, running: bool) -> dict[str, Any]:
    return {
        "name": period.name,
        "kind": "year" if period.yearly else "month",
        "start": instant(period.start_ms),
        "end": instant(period.end_ms),
        "running": running,
    }


def _summary(view: ReportView) -> dict[str, Any]:
    told, period = view.summary, view.summary.figures
    figures = period.figures
    return {
        "start": instant(told.begun_ms),
        "end": instant(told.ended_ms),
        "complete": told.complete,
        "start_value_usd": money(told.start_value),
        "end_value_usd": money(told.end_value),
        "values_status": told.values_status,
        "values_reason": told.values_reason,
        "net_flows_usd": money(figures.net_flows if figures else None),
        **performance.period_figures(period),
        "status": figures.status if figures else "unavailable",
        "reason": figures.reason if figures else period.reason,
    }


def _benchmark(view: BenchmarkView, in_reporting: bool) -> dict[str, Any]:
    """Its money would need the price of each of its own instants in another currency: it is not told then."""
    line = view.comparison
    return {
        "coins": [{"coin": part.coin, "weight_percent": percent(part.share)} for part in view.parts],
        "value_usd": money(line.shadow if in_reporting else None),
        "difference_usd": money(line.difference if in_reporting else None),
        "outperformance_percent": percent(line.ratio if in_reporting else None),
        "value_status": line.status if in_reporting else "unavailable",
        "value_reason": line.reason if in_reporting else OTHER_CURRENCY,
        **performance.trust("", view.figures.benchmark if view.figures else Trust("unavailable", view.reason)),
    }


def _holdings(held: HoldingsAt) -> dict[str, Any]:
    return {
        "timestamp": instant(held.at_ms),
        "value_usd": money(held.value),
        "items": [
            {
                "asset": coin.asset,
                "name": asset_name(coin.asset),
                "quantity": money(coin.quantity),
                "price_usd": money(coin.price),
                "value_usd": money(coin.value),
                "share_percent": percent(coin.share),
                "reason": coin.reason,
            }
            for coin in held.coins
        ],
        "status": held.status,
        "reason": held.reason,
    }


def _sums(sums: KindSums) -> dict[str, Any]:
    return {
        "items": [
            {"kind": one.kind, "count": one.count, "value_usd": money(one.value), "unpriced": one.unpriced}
            for one in sums.kinds
        ],
        "total_usd": money(sums.value),
        "status": sums.status,
        "reason": sums.reason,
    }
