"""The formulas of `verify` give what the chain of snapshots gives, for accounts wilder than any made-up history."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from backend.core.model.instants import HOUR_MS
from backend.core.performance.benchmark_plan import BenchmarkPlan, encode_plan
from backend.core.performance.snapshot_chain import Grid, extend
from backend.db.snapshots import benchmark_text
from backend.services.benchmark_prices import benchmark_prices, benchmark_resets
from backend.services.past_prices import PastPrice
from backend.tests.builders import T0, point
from backend.tests.unit.core.explain.ledgers import random_rows
from backend.verify.benchmark_line import BenchmarkLine
from backend.verify.chain_figures import Chain
from backend.verify.differences import Report, Row, same_money, same_statistic

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
    known: dict[str, dict[int, PastPrice]] = {coin: {} for coin in plan.coins}
    for coin in plan.coins:
        for at_ms in sorted({*instants, *resets}):
            price = PastPrice(Decimal(dice.randint(10, 10**6)) / 100, None if dice.random() > 0.03 else "old_price")
            known[coin][at_ms] = price if dice.random() > 0.02 else PastPrice(None, "no_price")
    doubts = ["no_price" if dice.random() < 0.01 else None for _ in rows]
    points = [
        replace(point(at_ms, row.value, row.flow, doubt=doubt), benchmark=found, benchmark_doubt=old, flow_doubt=said)
        for (at_ms, row, said) in zip(instants, rows, doubts, strict=True)
        for found, old in [benchmark_prices(plan, known, at_ms)]
        for doubt in [None if dice.random() > 0.02 else "old_price:XYZ"]
    ]
    line, report = BenchmarkLine(encode_plan(plan)), Report()
    marked = 0
    for row, said in zip(
        extend(1, None, points, benchmark_resets(plan, known, resets), Grid(HOUR_MS), plan), doubts, strict=True
    ):
        index, value = line.at(row.at_ms, row.value, row.flow, lambda *of: told(known, *of), row.reason, said)
        assert (index is None) == (row.benchmark_index is None)
        assert index is None or row.benchmark_index is None or same_statistic(float(index), row.benchmark_index)
        assert same_money(value, row.benchmark_value)
        line.compare(Row(report, "snapshots", 1), None if row.benchmark is None else benchmark_text(row.benchmark))
        marked += row.benchmark is not None and row.benchmark.line_doubt is not None
    assert (report.differences, marked > 100) == ([], True)


def told(known: Mapping[str, Mapping[int, PastPrice]], coin: str, at_ms: int) -> tuple[Decimal | None, str | None]:
    """As the book of prices tells it."""
    return known[coin][at_ms].price, known[coin][at_ms].doubt
