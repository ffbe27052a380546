"""Backtests as JSON values, decimals as text: how their rows are kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from backend.core.model.amounts import plain
from backend.core.rebalancing.backtest_figures import BacktestFigures, BacktestPoint
from backend.core.rebalancing.backtest_inputs import Flow, PriceGap, Rule
from backend.core.rebalancing.backtest_request import BacktestRequest

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class BacktestFacts:
    """What was found before anything was computed.

    `start_ms`, `end_ms`: the first and the last candle with every price known. `gaps`: the first of `gaps_total`.
    `flows`: how many fall between. `rules_ms`: when the exchange's rules were read, its clock; None: given by a file.
    `mark`: of everything that results rest on.
    """

    start_ms: int
    end_ms: int
    start_value: Decimal
    flows: int
    gaps: tuple[PriceGap, ...]
    gaps_total: int
    rules_ms: int | None
    mark: str


def encode_rule(rule: Rule) -> Json:
    return {"kind": rule.kind, "interval_ms": rule.interval_ms, "threshold": _text(rule.threshold)}


def decode_rule(stored: Json) -> Rule:
    return Rule(stored["kind"], stored["interval_ms"], _number(stored["threshold"]))


def encode_request(request: BacktestRequest) -> Json:
    return {
        **_plain(request),
        "rules": [encode_rule(rule) for rule in request.rules],
        "flows": [[flow.at_ms, plain(flow.amount)] for flow in request.flows],
        "allocations": {asset: plain(share) for asset, share in request.allocations.items()},
    }


def decode_request(stored: Json) -> BacktestRequest:
    return BacktestRequest(
        **stored
        | {
            "rules": tuple(decode_rule(rule) for rule in stored["rules"]),
            "flows": tuple(Flow(at_ms, Decimal(amount)) for at_ms, amount in stored["flows"]),
            "allocations": {asset: Decimal(share) for asset, share in stored["allocations"].items()},
        }
        | {name: _number(stored[name]) for name in ("start_value", "max_turnover_percent")}
        | {name: Decimal(stored[name]) for name in ("fee_percent", "spread_percent", "min_trade", "min_trade_percent")}
    )


def encode_facts(facts: BacktestFacts) -> Json:
    return _plain(facts)


def decode_facts(stored: Json) -> BacktestFacts:
    gaps = tuple(PriceGap(**gap) for gap in stored["gaps"])
    return BacktestFacts(**stored | {"gaps": gaps, "start_value": Decimal(stored["start_value"])})


def encode_figures(figures: BacktestFigures) -> Json:
    points = [[point.at_ms, plain(point.value), point.growth] for point in figures.points]
    return _plain(figures) | {"points": points}


def decode_figures(stored: Json) -> BacktestFigures:
    points = tuple(BacktestPoint(at_ms, Decimal(value), growth) for at_ms, value, growth in stored["points"])
    money = ("end_value", "net_flows", "twr", "turnover", "fees", "fees_share", "spread")
    return BacktestFigures(**stored | {"points": points} | {name: Decimal(stored[name]) for name in money})


def _plain(value: Any) -> Json:
    return {name: plain(one) if isinstance(one, Decimal) else one for name, one in asdict(value).items()}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
