"""Runner of the family `benchmark` (and of `nav.total`, which the rebalancing file holds)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np

from backend.core.model.instants import iso, to_ms
from backend.core.performance.benchmark import (
    HALF_AND_HALF,
    BenchmarkLine,
    deposit,
    line_value,
    open_line,
    rebalance,
    withdraw,
)
from backend.core.performance.benchmark_index import benchmark_index
from backend.core.performance.nav import net_asset_value
from backend.core.performance.schedule import next_rebalance, resets_between
from backend.tests.vectors.cases import Inputs, UnknownFieldError, instant


def value(inputs: Inputs) -> dict[str, Any]:
    return {"value": line_value(inputs.money_map("units"), inputs.money_map("prices"))}


def run(inputs: Inputs) -> dict[str, Any]:
    weights = inputs.money_map("weights") if inputs.has("weights") else dict(HALF_AND_HALF)
    by_money = by_share = BenchmarkLine(inputs.money_map("units"))
    account = inputs.money("account_value_before") if inputs.has("account_value_before") else None
    shared = account is not None
    prices = inputs.money_map("prices")
    for event in inputs.rows("events"):
        prices = event.money_map("prices")
        event.raw("at")
        kind = event.text("type")
        if kind == "withdraw":
            amount = event.money("value")
            before = event.money("account_value_before") if event.has("account_value_before") else account
            shared = shared or before is not None
            by_money, by_share = withdraw(by_money, amount, prices), withdraw(by_share, amount, prices, before)
        else:
            by_money, by_share = (_step(event, kind, line, prices, weights) for line in (by_money, by_share))
    results = _line(by_money, prices)
    return results | ({"by_money": results, "by_account_share": _line(by_share, prices)} if shared else {})


def _step(
    event: Inputs, kind: str, line: BenchmarkLine, prices: dict[str, Decimal], weights: dict[str, Decimal]
) -> BenchmarkLine:
    if kind == "init":
        return open_line(event.money("value"), prices, weights)
    if kind == "deposit":
        return deposit(line, event.money("value"), prices, weights)
    if kind == "rebalance":
        return rebalance(line, prices, weights)
    raise UnknownFieldError(f"event type {kind}")


def _line(line: BenchmarkLine, prices: dict[str, Decimal]) -> dict[str, Any]:
    return {
        "units": line.units,
        "value": line_value(line.units, prices),
        "exhausted": line.exhausted,
        "benchmark_exhausted": line.exhausted,
    }


def index(inputs: Inputs) -> dict[str, Any]:
    mode = inputs.text("rebalance")
    rows = list(inputs.raw("prices"))
    at = [instant(row["at"]) if "at" in row else None for row in rows]
    coins = [coin for coin in rows[0] if coin != "at"]
    prices = np.array([[float(row[coin]) for coin in coins] for row in rows])
    times = np.array([position if stamp is None else to_ms(stamp) for position, stamp in enumerate(at)], dtype=np.int64)
    if mode == "none":
        due = []
    elif mode == "each":
        due = list(range(len(rows)))
    elif mode == "weekly" and None not in at:
        schedule = resets_between(
            instant(rows[0]["at"]),
            instant(rows[-1]["at"]),
            int(inputs.money("weekday", "0")),
            int(inputs.money("hour", "12")),
            int(inputs.money("minute", "0")),
        )
        due = [at.index(reset) for reset in schedule]
    else:
        raise UnknownFieldError(f"rebalance {mode!r}")
    values, _ = benchmark_index(times, prices, times[due], prices[due])
    return {"return": float(values[-1]) - 1.0, "index": [float(figure) for figure in values]}


def schedule(inputs: Inputs) -> dict[str, Any]:
    now, weekday = instant(inputs.text("now")), int(inputs.money("weekday", "0"))
    return {"at": iso(next_rebalance(now, weekday, int(inputs.money("hour", "12")), int(inputs.money("minute", "0"))))}


def nav(inputs: Inputs) -> dict[str, Any]:
    names = ("wallet", "unrealized", "borrowed", "interest")
    return {"nav": net_asset_value(*(inputs.money(name, "0") for name in names))}


RUNNERS: dict[str, Callable[[Inputs], dict[str, Any]]] = {
    "benchmark.value": value,
    "benchmark.run": run,
    "benchmark.index": index,
    "benchmark.next_rebalance": schedule,
    "nav.total": nav,
}
