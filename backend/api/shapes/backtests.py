"""Backtests to JSON."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

from backend.api.schemas.backtests import BacktestIn, StrategyIn
from backend.api.shapes.common import instant, money, percent
from backend.api.shapes.rebalancing import percents_of
from backend.core.model.amounts import MONEY
from backend.core.model.instants import HOUR_MS, MINUTE_MS, to_ms
from backend.core.rebalancing.backtest_inputs import Flow, Rule
from backend.core.rebalancing.backtest_request import BacktestRequest
from backend.core.rebalancing.triggers import INTERVAL_PRESETS_H, THRESHOLD_PRESETS_PERCENT, interval_ms

if TYPE_CHECKING:
    from backend.core.backtest_book import BacktestView
    from backend.core.backtest_ports import StoredBacktest
    from backend.core.rebalancing.backtest_figures import BacktestFigures


def request_of(asked: BacktestIn, base_asset: str) -> BacktestRequest:
    """What was asked for; every number as it was written."""
    return BacktestRequest(
        base_asset=base_asset,
        allocations=percents_of(asked.allocations),
        rules=tuple(_rule(one) for one in asked.strategies),
        heat_map=asked.heat_map,
        from_ms=to_ms(asked.from_),
        to_ms=to_ms(asked.to),
        interval=asked.interval,
        start_value=None if asked.start_value_usd is None else Decimal(asked.start_value_usd),
        account_id=asked.account,
        flows=tuple(Flow(to_ms(flow.t), Decimal(flow.amount_usd)) for flow in asked.flows),
        fee_percent=_written(asked.fee_percent),
        bnb_discount=asked.bnb_discount,
        spread_percent=_written(asked.spread_percent),
        min_trade=Decimal(asked.min_trade_usd),
        min_trade_percent=_written(asked.min_trade_percent),
        max_turnover_percent=None if asked.max_turnover_percent is None else _written(asked.max_turnover_percent),
        cooldown_ms=interval_ms(_written(asked.cooldown_hours)),
        settle_ms=asked.settle_minutes * MINUTE_MS,
    )


def _written(number: float) -> Decimal:
    return Decimal(str(number))


def _rule(asked: StrategyIn) -> Rule:
    hours, points = asked.interval_hours, asked.threshold_percent
    with localcontext(MONEY):
        return Rule(
            asked.kind,
            None if hours is None else interval_ms(_written(hours)),
            None if points is None else _written(points) / 100,
        )


def backtest(view: BacktestView, reporting_currency: str) -> dict[str, Any]:
    stored = view.stored
    request, facts = stored.request, stored.facts
    own = len(request.rules)
    return {
        "job_id": stored.id,
        "environment": stored.environment,
        "reporting_currency": reporting_currency,
        "state": stored.state,
        "progress": round(stored.progress, 4),
        "code": stored.code,
        "detail": stored.detail,
        "created_at": instant(stored.created_ms),
        "account": request.account_id,
        "allocations": {asset: float(share) for asset, share in request.allocations.items()},
        "from": instant(request.from_ms),
        "to": instant(request.to_ms),
        "interval": request.interval,
        "start": None if facts is None else instant(facts.start_ms),
        "end": None if facts is None else instant(facts.end_ms),
        "start_value_usd": money(request.start_value if facts is None else facts.start_value),
        "results": [_result(rule, view.results[n]) for n, rule in enumerate(request.rules) if n in view.results],
        "heat_map": _heat_map(request, view, own) if request.heat_map else None,
        "assumptions": [{"code": one.code, "values": one.values, "text": one.text} for one in view.assumptions],
        "gaps": [
            {
                "asset": gap.asset,
                "from": instant(gap.from_ms),
                "to": instant(gap.to_ms),
                "candles": gap.candles,
            }
            for gap in (facts.gaps if facts is not None else ())
        ],
        "gaps_total": 0 if facts is None else facts.gaps_total,
    }


def row(stored: StoredBacktest) -> dict[str, Any]:
    request = stored.request
    return {
        "job_id": stored.id,
        "state": stored.state,
        "progress": round(stored.progress, 4),
        "created_at": instant(stored.created_ms),
        "account": request.account_id,
        "from": instant(request.from_ms),
        "to": instant(request.to_ms),
        "interval": request.interval,
        "heat_map": request.heat_map,
        "strategies": [_strategy(rule) for rule in request.rules],
    }


def _heat_map(request: BacktestRequest, view: BacktestView, own: int) -> dict[str, Any]:
    cells = [
        _cell(rule, view.results[place])
        for place, rule in enumerate(request.all_rules)
        if place >= own and place in view.results
    ]
    return {
        "intervals_hours": [float(hours) for hours in INTERVAL_PRESETS_H],
        "thresholds_percent": [float(points) for points in THRESHOLD_PRESETS_PERCENT],
        "cells": cells,
    }


def _strategy(rule: Rule) -> dict[str, Any]:
    return {
        "kind": rule.kind,
        "interval_hours": None if rule.interval_ms is None else rule.interval_ms / HOUR_MS,
        "threshold_percent": percent(rule.threshold),
    }


def _cell(rule: Rule, found: BacktestFigures) -> dict[str, Any]:
    named = _strategy(rule)
    del named["kind"]
    return {**named, **_figures(found)}


def _result(rule: Rule, found: BacktestFigures) -> dict[str, Any]:
    return {
        "strategy": _strategy(rule),
        **_figures(found),
        "net_flows_usd": money(found.net_flows),
        "fees_percent": percent(found.fees_share),
        "spread_usd": money(found.spread),
        "flow_orders": found.flow_orders,
        "runs": found.runs,
        "series": [
            {"t": instant(point.at_ms), "value_usd": money(point.value), "twr_percent": percent(point.growth)}
            for point in found.points
        ],
    }


def _figures(found: BacktestFigures) -> dict[str, Any]:
    return {
        "end_value_usd": money(found.end_value),
        "twr_percent": percent(found.twr),
        "max_drawdown_percent": percent(found.max_drawdown),
        "sharpe_ratio": found.sharpe,
        "turnover_percent": percent(found.turnover),
        "fees_usd": money(found.fees),
        "orders": found.orders,
        "status": "exact" if found.doubt is None else "estimated",
        "reason": found.doubt,
    }
