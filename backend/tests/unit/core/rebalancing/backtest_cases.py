"""Made-up prices and rules for the tests of backtests."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from backend.core.rebalancing.backtest_inputs import BacktestInputs, Costs, Flow, PriceTable, TradedPair
from backend.core.rebalancing.order_bounds import OrderBounds

HOUR_MS = 3_600_000
START_MS = 1_704_067_200_000  # 2024-01-01
BASE = "USDT"
BOUNDS = OrderBounds(Decimal("0.00001"), Decimal("0.00001"), Decimal(90_000), Decimal(5))


def table(rows: dict[str, Sequence[float]], step_ms: int = HOUR_MS) -> PriceTable:
    """Prices by asset, 0 where a candle is missing."""
    count = len(next(iter(rows.values())))
    units = {asset: np.array([round(price * 1e8) for price in line], dtype=np.int64) for asset, line in rows.items()}
    return PriceTable(np.arange(count, dtype=np.int64) * step_ms + START_MS, units)


def inputs(
    prices: PriceTable,
    targets: dict[str, str],
    start: str = "10000",
    costs: Costs | None = None,
    flows: Sequence[tuple[int, str]] = (),
    bounds: OrderBounds = BOUNDS,
    share: str = "0.005",
    least: str = "0",
    turnover: str | None = None,
) -> BacktestInputs:
    """`flows`: rows and amounts."""
    return BacktestInputs(
        base_asset=BASE,
        targets={asset: Decimal(weight) for asset, weight in targets.items()},
        pairs={asset: TradedPair(asset + BASE, bounds) for asset in prices.assets},
        prices=prices,
        start_value=Decimal(start),
        costs=costs or Costs(Decimal("0.001")),
        flows=[Flow(int(prices.at_ms[row]), Decimal(amount)) for row, amount in flows],
        min_trade_value=Decimal(least),
        min_trade_share=Decimal(share),
        max_turnover=None if turnover is None else Decimal(turnover),
    )


def random_inputs(seed: int, rows: int = 400) -> BacktestInputs:
    """Any mixture: few or many assets, the base asset with a target or without, gaps, flows, small and large money."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 7))
    # A backtest's own fee coin among them in every other case.
    assets = ["BNB", *(f"C{number}" for number in range(1, count))]
    common = rng.normal(0, 0.01, rows)
    lines: dict[str, Sequence[float]] = {}
    for asset in assets:
        path = 10.0 ** rng.integers(-2, 5) * np.exp(np.cumsum(common + rng.normal(0, 0.015, rows)))
        path = np.maximum(np.round(path, 6), 0.000001)
        if rng.random() < 0.4:
            low = int(rng.integers(5, rows - 20))
            path[low : low + int(rng.integers(1, 12))] = 0
        lines[asset] = path.tolist()
    parts = rng.integers(1, 10, count + 1).tolist()
    if rng.random() < 0.5:
        parts[-1] = 0
    whole = Decimal(sum(parts))
    targets = {asset: str(Decimal(part) / whole) for asset, part in zip([*assets, BASE], parts, strict=True) if part}
    flows = [
        (int(row), str(int(rng.integers(-900, 1500))))
        for row in rng.integers(1, rows - 1, int(rng.integers(0, 5))).tolist()
    ]
    step = rng.choice(["1", "0.01", "0.00001"])
    return inputs(
        table(lines),
        targets,
        start=str(rng.choice([60, 900, 20_000, 3_000_000])),
        costs=Costs(Decimal("0.001"), Decimal(str(rng.choice(["0", "0.0007"]))), bool(rng.random() < 0.5)),
        flows=flows,
        bounds=OrderBounds(Decimal(step), Decimal(step), Decimal(900_000), Decimal(int(rng.integers(0, 12)))),
        share=str(rng.choice(["0", "0.001", "0.005", "0.03"])),
        least=str(rng.choice(["0", "25"])),
        turnover=None if rng.random() < 0.6 else "0.02",
    )
