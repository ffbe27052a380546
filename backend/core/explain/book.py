"""ExplainBook: any figure that is shown, opened to its formula, its rows and its doubts.

It asks the services that the pages ask, so that it explains the figure that is shown and no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from backend.core.display_rates import Rates, stored_rates
from backend.core.display_windows import OTHER_CURRENCY
from backend.core.errors import BadInputError
from backend.core.explain.days import DAY_RETURNS, DAYS, NO_SUCH_DAY, DayOf, ends_of, explain_day, nothing, trust_of
from backend.core.explain.instants import explain_change, explain_deposits, explain_value
from backend.core.explain.over_time import Asked, OverTime
from backend.core.explain.positions import POSITIONS, explain_position
from backend.core.explain.profits import explain_profit, explain_realized, explain_unrealized
from backend.core.explain.risks import OF_BENCHMARK
from backend.core.explain.spans import Instants, Span, subject_of
from backend.core.explain.trips import TRIPS, closing_trades, explain_trips
from backend.core.explain.wording import METHOD_VERSIONS, WORDS
from backend.core.ledger.lots import Method
from backend.core.model.instants import DAY_MS
from backend.core.performance.windows import TOTAL
from backend.core.position_views import RoundTrips
from backend.core.risk_views import shown_in

if TYPE_CHECKING:
    from backend.core.display_view import DisplayView
    from backend.core.explain.model import Explained
    from backend.core.performance_tracker import PerformanceTracker
    from backend.core.portfolio_view import PortfolioView, ViewSettings
    from backend.core.ports import Store, UnitOfWork
    from backend.core.report_book import Books

METRICS: Final = tuple(METHOD_VERSIONS)
NOW: Final = ("value", "change_today", "net_deposits", "profit", "realized", "unrealized", *POSITIONS)


@dataclass(frozen=True, slots=True)
class Question:
    """Which figure is asked about.

    `metric`: one of `METRICS`; `span`: of what time; `benchmark`: the benchmark's instead of the portfolio's;
    `currency`: where it is another one than the reporting currency; `positions` by their ids, or `asset`: the coin;
    `method`: of costs; `number`: which fall, 1 is the deepest; `day_ms`: which day.
    """

    metric: str
    span: Span = TOTAL
    account: int | None = None
    benchmark: bool = False
    currency: str | None = None
    asset: str | None = None
    positions: Sequence[str] = ()
    method: Method = Method.AVERAGE
    number: int = 1
    day_ms: int | None = None


class ExplainBook:
    """Answers "how was this made?" over a store."""

    def __init__(
        self,
        store: Store,
        portfolio: PortfolioView,
        performance: PerformanceTracker,
        display: DisplayView,
        settings: ViewSettings,
        books: Books,
    ) -> None:
        self._store = store
        self._portfolio = portfolio
        self._performance = performance
        self._display = display
        self._books = books
        self._reporting = settings.reporting_currency
        self._over_time = OverTime(portfolio, performance, books, settings.snapshot_interval_s * 1000)

    def explain(self, asked: Question) -> Explained:
        """What a figure is made of.

        Raises:
            NotFoundError: no such account in this environment, or no such position.
            BadInputError: a position without its coin, a day without its date, an instant without a snapshot, or a
                benchmark that has no such figure.
        """
        if asked.benchmark and asked.metric not in OF_BENCHMARK:
            raise BadInputError(f"The benchmark has no {asked.metric}", "of")
        if asked.currency == self._reporting:
            asked = replace(asked, currency=None)
        if asked.metric in NOW:
            return self._now(asked)
        if asked.metric in DAYS:
            return self._day(asked)
        if asked.metric in TRIPS and isinstance(asked.span, int):
            return self._trips(asked, asked.span)
        with self._store.read() as unit:
            subject = subject_of(unit, self._performance, asked.span, asked.account, asked.currency)
            return self._over_time.explain(unit, subject, _question(asked))

    def _trips(self, asked: Question, days: int) -> Explained:
        shown = self._performance.window(days, asked.account)
        trips = self._profits_of(asked, days)
        accounts = [holding.account.id for holding in self._portfolio.balances(asked.account).accounts]
        with self._store.read() as unit:
            found = explain_trips(closing_trades(unit, accounts, days, shown, trips), asked.metric)
        return replace(found, basis=shown_in(shown.basis, asked.currency))

    def _profits_of(self, asked: Question, days: int) -> RoundTrips:
        if asked.currency is not None:
            return RoundTrips(asked.method, None, "unavailable", OTHER_CURRENCY)
        return self._books.profits.round_trips(days, asked.method, asked.account)

    def _day(self, asked: Question) -> Explained:
        if asked.day_ms is None:
            raise BadInputError("Which day? A date such as 2026-10-31", "date")
        with self._store.read() as unit:
            span = (asked.day_ms, asked.day_ms + DAY_MS)
            day = next(iter(self._books.daily.between(unit, span, asked.account, asked.currency)), None)
            whole = subject_of(unit, self._performance, TOTAL, asked.account, asked.currency)
            # Until all together have a chain, days are those of each account added up.
            shown = self._portfolio.balances_in(unit, asked.account).accounts
            accounts = [one.account.id for one in shown] if whole.account is None else [whole.account]
            if asked.metric not in DAY_RETURNS:
                rates = self._rates_of_day(unit, accounts, asked)
                return replace(explain_day(unit, asked.metric, DayOf(day, accounts, rates)), basis=whole.basis)
            growth = None if day is None else day.growth if asked.metric == "day_return" else day.benchmark_growth
            ends = None if whole.account is None else ends_of(unit, whole.account, asked.day_ms)
            if day is None or growth is None or ends is None:
                reason = NO_SUCH_DAY if day is None else trust_of(asked.metric, day).reason
                return replace(nothing(asked.metric, reason), basis=whole.basis)
            metric = "twr" if asked.metric == "day_return" else "benchmark_twr"
            subject = subject_of(unit, self._performance, Instants(*ends), asked.account, asked.currency)
            found = self._over_time.explain(unit, subject, replace(_question(asked), metric=metric))
        return replace(
            found,
            method=asked.metric,
            words=WORDS[asked.metric],
            status="unavailable" if found.result is None else trust_of(asked.metric, day).status,
            reason=trust_of(asked.metric, day).reason,
        )

    def _rates_of_day(self, unit: UnitOfWork, accounts: Sequence[int], asked: Question) -> Rates | None:
        if asked.currency is None or asked.day_ms is None:
            return None
        instants = [ends[1] for one in accounts if (ends := ends_of(unit, one, asked.day_ms)) is not None]
        return Rates(asked.currency, None, stored_rates(unit, asked.currency, self._reporting, instants))

    def _now(self, asked: Question) -> Explained:
        metric, currency = asked.metric, asked.currency
        own = self._portfolio.overview(asked.account)
        overview = own if currency is None else self._display.overview(asked.account, currency)
        view = overview.balances
        with self._store.read() as unit:
            rates = None if currency is None else self._display.rates(unit, own, currency)
            if metric == "value":
                found = explain_value(unit, view, None if currency is None else (own.balances, currency))
            elif metric == "change_today":
                found = explain_change(unit, view, overview.change_today, rates)
            elif metric == "net_deposits":
                found = explain_deposits(unit, own.balances, overview.net_deposits, rates)
            elif metric == "profit":
                found = explain_profit(overview)
            elif metric == "realized":
                found = explain_realized(unit, view, overview.profit)
            elif metric == "unrealized":
                found = explain_unrealized(view, overview.profit)
            elif currency is not None:
                found = nothing(metric, OTHER_CURRENCY, money=True)
            else:
                found = explain_position(unit, view, metric, asked.asset, asked.positions, asked.method)
        return replace(found, basis=view.basis)


def _question(asked: Question) -> Asked:
    return Asked(asked.metric, asked.account, asked.benchmark, asked.method, asked.number)
