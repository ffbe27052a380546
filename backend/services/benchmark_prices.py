"""The prices of the benchmark's coins at an instant, as the chain of snapshots wants them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from backend.core.performance.snapshot_chain import Reset
from backend.services.past_prices import PastPrice

if TYPE_CHECKING:
    from backend.core.performance.benchmark_plan import BenchmarkPlan

Prices = Mapping[str, Mapping[int, PastPrice]]
# Price of each coin, None where one has none; and the doubt about them.
BenchmarkPrices = tuple[Mapping[str, Decimal] | None, str | None]


def benchmark_prices(plan: BenchmarkPlan, prices: Prices, at_ms: int) -> BenchmarkPrices:
    """Price of each coin, None where one has none; and which has none, or an old one (`no_price:SOL`)."""
    told = {coin: prices[coin][at_ms] for coin in plan.coins}
    found = {coin: one.price for coin, one in told.items() if one.price is not None}
    lacking = [coin for coin in told if coin not in found]
    doubtful = lacking or [coin for coin, one in told.items() if one.doubt is not None]
    doubt = f"{told[doubtful[0]].doubt}:{doubtful[0]}" if doubtful else None
    return None if lacking else found, doubt


def benchmark_resets(plan: BenchmarkPlan, prices: Prices, instants_ms: Iterable[int]) -> list[Reset]:
    """The resets of some instants, each with what is doubtful about its prices."""
    return [Reset(at_ms, *benchmark_prices(plan, prices, at_ms)) for at_ms in instants_ms]
