"""Answers about the benchmark and about accounts side by side, and what the settings form means."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from backend.api.answers import Draft
from backend.api.schemas.benchmark import BenchmarkSettingsIn
from backend.api.shapes.common import base, fall, instant, money, percent
from backend.api.shapes.performance import against, profit, trust
from backend.core.errors import BadInputError
from backend.core.model.amounts import plain
from backend.core.model.instants import iso, to_ms
from backend.core.performance.benchmark_plan import BenchmarkPlan
from backend.core.performance.windows import Trust, WindowFigures

if TYPE_CHECKING:
    from backend.core.benchmark_book import BenchmarkChoice, BenchmarkView, HoldView
    from backend.core.comparison_book import ComparedAccount, ComparisonView


def benchmark(view: BenchmarkView, days: int) -> Draft:
    figures, compared = view.figures, view.comparison
    body = base(view.basis) | {
        "days": days,
        **_span(figures),
        "status": view.status,
        "reason": view.reason,
        "composition": [
            {
                "coin": part.coin,
                "weight_percent": percent(part.share),
                "units": money(part.units),
                "price_usd": money(part.price),
                "value_usd": money(part.value),
            }
            for part in view.parts
        ],
        "index_percent": percent(figures.benchmark_twr if figures else None),
        **trust("index_", figures.benchmark if figures else Trust("unavailable", view.reason)),
        "twr_percent": percent(figures.twr if figures else None),
        "excess_percent": percent(figures.excess if figures else None),
        "money_line": {"value_usd": money(view.line), "exhausted": view.exhausted, "reason": view.line_reason},
        "comparison": {
            "at": instant(compared.at_ms),
            "nav_usd": money(compared.value),
            "benchmark_usd": money(compared.shadow),
            "difference_usd": money(compared.difference),
            "outperformance_pct": percent(compared.ratio),
            "status": compared.status,
            "reason": compared.reason,
        },
        "hold_only": _hold(view.hold),
        "resets": {
            "weekday": view.plan.weekday,
            "hour": view.plan.hour,
            "never": view.plan.hour is None,
            "next": instant(view.next_reset_ms),
            "last": [
                {
                    "at": instant(reset.at_ms),
                    "prices": [{"coin": coin, "price_usd": money(price)} for coin, price in reset.prices.items()],
                }
                for reset in view.resets
            ],
        },
    }
    return Draft(body, view.basis.expires_s)


def comparison(view: ComparisonView, days: int) -> Draft:
    spans = [one.window.figures for one in view.accounts if one.window.figures is not None]
    starts = [figures.start for figures in spans if figures.start is not None]
    body = base(view.basis) | {
        "days": days,
        "start": iso(min(starts)) if starts else None,
        "end": iso(max(figures.end for figures in spans)) if spans else None,
        "left_out": view.left_out,
        "accounts": [_account(one) for one in view.accounts],
        "series": [
            {
                "t": instant(point.at_ms),
                "twr_percent": [percent(twr) for twr in point.twr],
                "value_usd": [money(value) for value in point.values],
            }
            for point in view.points
        ],
    }
    return Draft(body, view.basis.expires_s)


def settings(choice: BenchmarkChoice) -> dict[str, Any]:
    plan = choice.plan
    return {
        "coins": [{"coin": coin, "weight": plain(weight)} for coin, weight in plan.weights.items()],
        "reset": None if plan.hour is None else {"weekday": plan.weekday, "hour": plan.hour},
        "withdrawal": "share" if plan.by_share else "benchmark",
        "hold_since": instant(choice.hold_since_ms),
        "recomputing": choice.recomputing,
    }


def plan_of(form: BenchmarkSettingsIn) -> BenchmarkPlan:
    """The plan that a form describes.

    Raises:
        BadInputError: a coin is there twice.
    """
    weights = {one.coin: Decimal(one.weight) for one in form.coins}
    if len(weights) < len(form.coins):
        raise BadInputError("A coin is there twice", "coins")
    by_share = form.withdrawal == "share"
    if form.reset is None:
        return BenchmarkPlan(weights, hour=None, by_share=by_share)
    return BenchmarkPlan(weights, form.reset.weekday, form.reset.hour, by_share)


def hold_since_of(form: BenchmarkSettingsIn) -> int | None:
    """The instant that a form names.

    Raises:
        BadInputError: it has no zone.
    """
    if form.hold_since is None:
        return None
    if form.hold_since.tzinfo is None:
        raise BadInputError("hold_since needs a zone, such as 2026-01-01T00:00:00Z", "hold_since")
    return to_ms(form.hold_since)


def _span(figures: WindowFigures | None) -> dict[str, Any]:
    if figures is None:
        return {"start": None, "end": None, "available_from": None}
    return {
        "start": None if figures.start is None else iso(figures.start),
        "end": iso(figures.end),
        "available_from": None if figures.available_from is None else iso(figures.available_from),
    }


def _hold(hold: HoldView) -> dict[str, Any]:
    excess = None if hold.growth is None or hold.twr is None else hold.twr - hold.growth
    return {
        "since": instant(hold.since_ms),
        "hold_percent": percent(hold.growth),
        "excess_percent": percent(excess),
        **trust("excess_", hold.against),
        "value_usd": money(hold.value.shadow),
        "difference_usd": money(hold.value.difference),
        "difference_status": hold.value.status,
        "difference_reason": hold.value.reason,
        "exhausted": hold.exhausted,
        "status": hold.status,
        "reason": hold.reason,
    }


def _account(one: ComparedAccount) -> dict[str, Any]:
    figures = one.window.figures
    return {
        "id": one.account.id,
        "name": one.account.name,
        **_span(figures),
        "twr_percent": percent(figures.twr if figures else None),
        **against(figures, one.window.reason),
        **profit(figures, one.window.reason),
        **trust("pnl_", figures.money if figures else Trust("unavailable", one.window.reason)),
        **fall("max_drawdown", one.drawdown, one.drawdown_doubt, one.drawdown_doubt),
        "value_usd": money(one.window.end_value),
        "status": figures.status if figures else "unavailable",
        "reason": figures.reason if figures else one.window.reason,
    }
