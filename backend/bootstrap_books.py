"""The part of the composition root that puts together what pages and reports are read from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from backend.core.benchmark_book import BenchmarkBook
from backend.core.daily_book import DailyBook
from backend.core.profit_book import ProfitBook
from backend.core.rebalancing_book import RebalancingBook
from backend.core.report_book import Books
from backend.core.risk_book import RiskBook

if TYPE_CHECKING:
    from backend.core.performance_tracker import PerformanceTracker
    from backend.core.portfolio_view import PortfolioView, ViewSettings
    from backend.core.ports import Store, UnitOfWork
    from backend.core.proof_view import ProofView
    from backend.services.price_check import PriceQuestions


def books(
    store: Store,
    portfolio: PortfolioView,
    performance: PerformanceTracker,
    settings: ViewSettings,
    proofs: ProofView,
    asked: PriceQuestions,
) -> Books:
    """The books; `asked` puts questions for prices to the collector."""
    return Books(
        risk=RiskBook(store, performance, settings.snapshot_interval_s),
        daily=DailyBook(store, performance, settings),
        profits=ProfitBook(store, portfolio, performance, settings),
        benchmarks=BenchmarkBook(store, portfolio, performance, settings, asked.unpriced),
        proofs=proofs,
    )


def rebalancing(
    store: Store,
    portfolio: PortfolioView,
    settings: ViewSettings,
    asked: PriceQuestions,
    has_ranks: Callable[[UnitOfWork], bool],
    now_ms: Callable[[], int],
) -> RebalancingBook:
    """Targets and settings of rebalancing; `asked` has the names of new coins checked."""
    return RebalancingBook(store, portfolio, settings, asked.unpriced, has_ranks, now_ms)
