"""Three years of hours of ten assets: one rule, and all presets of the heat map on two processes."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Final

import numpy as np

from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.rebalancing.backtest import follow
from backend.core.rebalancing.backtest_figures import figures
from backend.core.rebalancing.backtest_inputs import (
    BacktestInputs,
    Costs,
    PriceTable,
    Rule,
    TradedPair,
    heat_map_rules,
)
from backend.core.rebalancing.order_bounds import OrderBounds
from backend.services.backtest_workers import MOST_PROCESSES, computed
from bench.report import Result

GOAL_RULE_S, GOAL_MAP_S = 2.0, 60.0
HOURS: Final = 3 * 365 * 24
ASSETS: Final = 10
POINTS: Final = 400
START_MS: Final = 1_609_459_200_000
EVERY: Final = 10
# From the one that looks least to those that trade most.
RULES: Final = {
    "hold": Rule("hold"),
    "threshold 5 %": Rule("threshold", None, Decimal("0.05")),
    "daily": Rule("periodic", DAY_MS),
    "hourly": Rule("periodic", HOUR_MS),
    "threshold 0.5 %": Rule("threshold", None, Decimal("0.005")),
}


def measure() -> list[Result]:
    """Return the seconds of the slowest rule, and those of the heat map from the first process to the last result."""
    rule_s = {name: _rule_s(rule) for name, rule in RULES.items()}
    slowest = max(rule_s, key=lambda name: rule_s[name])
    told = ", ".join(f"{name} {seconds:.2f}" for name, seconds in rule_s.items())
    rules = heat_map_rules()
    started = time.perf_counter()
    for done, (place, _) in enumerate(computed(_inputs(), [(n, rule, 0) for n, rule in enumerate(rules)]), 1):
        if done % EVERY == 0:
            print(f"heat map: {done} of {len(rules)} after {time.perf_counter() - started:.1f} s ({place})", flush=True)
    map_s = time.perf_counter() - started
    of = f"{HOURS} hours x {ASSETS} assets"
    return [
        Result("backtest of one rule", rule_s[slowest], GOAL_RULE_S, "s", f"{of}; seconds: {told}"),
        Result(
            "heat map of backtests", map_s, GOAL_MAP_S, "s", f"{of}; {len(rules)} rules, {MOST_PROCESSES} processes"
        ),
    ]


def _rule_s(rule: Rule) -> float:
    """Seconds of work, the better of two, each on inputs that nothing was computed of yet."""
    taken = []
    for _ in range(2):
        inputs = _inputs()
        started = time.process_time()
        figures(inputs, follow(inputs, rule), POINTS)
        taken.append(time.process_time() - started)
    return min(taken)


def _inputs() -> BacktestInputs:
    """Assets that move by two thirds of a percent an hour, a third of it together."""
    rng = np.random.default_rng(11)
    together = rng.normal(0, 0.004, HOURS)
    units = {}
    for number in range(ASSETS):
        path = 10.0 ** (number - 4) * np.exp(np.cumsum(together + rng.normal(0, 0.005, HOURS)))
        units[f"C{number}"] = np.maximum(np.rint(path * 1e6), 1).astype(np.int64) * 100
    step = Decimal("0.00001")
    return BacktestInputs(
        base_asset="USDT",
        targets={asset: Decimal(1) / ASSETS for asset in units},
        pairs={
            asset: TradedPair(f"{asset}USDT", OrderBounds(step, step, Decimal(90_000_000), Decimal(5)))
            for asset in units
        },
        prices=PriceTable(START_MS + HOUR_MS * np.arange(HOURS, dtype=np.int64), units),
        start_value=Decimal(100_000),
        costs=Costs(Decimal("0.001"), Decimal("0.0002")),
    )
