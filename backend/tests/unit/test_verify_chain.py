"""The formulas of `verify` give what the chain of snapshots gives, for accounts wilder than any made-up history."""

from __future__ import annotations

import math
import random
from decimal import Decimal

import pytest

from backend.core.model.instants import HOUR_MS
from backend.core.performance.benchmark_plan import BenchmarkPlan, encode_plan
from backend.core.performance.snapshot_chain import Grid, Reset, ValuedPoint, extend
from backend.tests.builders import T0
from backend.tests.unit.core.explain.ledgers import random_rows
from backend.verify.benchmark_line import BenchmarkLine
from backend.verify.chain_figures import Chain
from backend.verify.differences import same_money, same_statistic

SEEDS = range(30)
PLANS = (
    BenchmarkPlan({"BTC": Decimal("0.5"), "ETH": Decimal("0.5")}),
    BenchmarkPlan({"BTC": Decimal("0.3"), "ETH": Decimal("0.2"), "SOL": Decimal("0.5")}, 4, 23, by_share=True),
    BenchmarkPlan({"BTC": Decimal(1)}, hour=None),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_recomputed_chain_is_the_stored_one_whatever_happens(seed: int) -> None:
    chain = Chain()
    for row in random_rows(random.Random(seed), 300, wild=50):
        chain.take(row.value, row.flow, not row.composition)
        assert (chain.index is None) == math.isnan(row.growth_index)
        assert chain.index is None or same_statistic(float(chain.index), row.growth_index)
        assert (chain.flows, chain.deposits, chain.seq) == (row.cum_flows, row.cum_deposits, row.seq)


@pytest.mark.parametrize("plan", PLANS, ids=["default", "by share", "never reset"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_recomputed_benchmark_is_the_stored_one(plan: BenchmarkPlan, seed: int) -> None:
    dice = random.Random(seed)
    rows = random_rows(dice, 400, wild=50)
    # Days apart, so that many resets fall in between; some have a coin without a price.
    instants = [T0 + place * 7 * HOUR_MS for place in range(len(rows))]
    resets = plan.resets(instants[0], instants[-1])
    known = {
        (coin, at_ms): Decimal(dice.randint(10, 10**6)) / 100
        for coin in plan.coins
        for at_ms in sorted({*instants, *resets})
        if dice.random() > 0.02
    }

    def priced(at_ms: int) -> dict[str, Decimal] | None:
        found = {coin: known[coin, at_ms] for coin in plan.coins if (coin, at_ms) in known}
        return found if len(found) == len(plan.coins) else None

    points = [
        ValuedPoint(at_ms, row.kind, row.value, row.flow, row.deposits, row.composition, None, None, priced(at_ms))
        for at_ms, row in zip(instants, rows, strict=True)
    ]
    told = [Reset(at_ms, prices) for at_ms in resets if (prices := priced(at_ms)) is not None]
    line = BenchmarkLine(encode_plan(plan))
    for row in extend(1, None, points, told, Grid(HOUR_MS), plan):
        index, value = line.at(row.at_ms, row.value, row.flow, lambda coin, at_ms: (known.get((coin, at_ms)), None))
        assert (index is None) == (row.benchmark_index is None)
        assert index is None or row.benchmark_index is None or same_statistic(float(index), row.benchmark_index)
        assert same_money(value, row.benchmark_value)
