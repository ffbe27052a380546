"""DisplayView: the figures of the pages in another currency, each by the price of its own time.

It asks for the figures in the reporting currency and divides them. What cannot be had that way (costs, which need the
price at every purchase) is unknown with the reason `other_currency`; an instant without a price is `no_rate`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from backend.core.benchmark_display import benchmark_in_display, instants_of
from backend.core.display_rates import NO_RATE, Rates, latest_rate, stored_rates
from backend.core.display_windows import (
    OTHER_CURRENCY,
    Course,
    figures_in_display,
    in_display,
    month_in_display,
    points_in_display,
    sum_in_display,
)
from backend.core.flows import net_deposits
from backend.core.model.amounts import minus
from backend.core.model.instants import to_ms
from backend.core.own_moves import flows_of
from backend.core.proof_view import AttributionView
from backend.core.risk_views import shown_in
from backend.core.views import (
    BalancesView,
    ChangeView,
    CostView,
    HistoryView,
    MonthlyView,
    NetDeposits,
    OverviewView,
    ProfitView,
    StatisticsView,
)

if TYPE_CHECKING:
    from backend.core.benchmark_book import BenchmarkView
    from backend.core.model.holdings import CashFlow
    from backend.core.model.valuation import PricedBalance, Valuation
    from backend.core.performance.windows import WindowFigures
    from backend.core.performance_tracker import PerformanceTracker
    from backend.core.portfolio_view import PortfolioView
    from backend.core.ports import Store, UnitOfWork


class DisplayView:
    """As PortfolioView and PerformanceTracker, in a currency of the reader's choice."""

    def __init__(self, store: Store, portfolio: PortfolioView, performance: PerformanceTracker) -> None:
        self._store = store
        self._portfolio = portfolio
        self._performance = performance

    def rates(self, unit: UnitOfWork, view: OverviewView, currency: str) -> Rates:
        """The prices that `overview` divides by: those of now, of each flow and of the start of the day."""
        flows = flows_of(unit, view.balances).counted
        instants = [flow.at_ms for flow in flows] + _hour_before(view.change_today.since_ms)
        return rates_of(unit, view.balances, currency, instants)

    def balances(self, account_id: int | None, currency: str) -> BalancesView:
        """`PortfolioView.balances` by the prices of now."""
        view = self._portfolio.balances(account_id)
        if view.basis.reporting_currency == currency:
            return view
        with self._store.read() as unit:
            return _balances(view, Rates(currency, _now(unit, view, currency), {}))

    def overview(self, account_id: int | None, currency: str) -> OverviewView:
        """`PortfolioView.overview`: the present by the price of now, each flow and each start by that of its time."""
        view = self._portfolio.overview(account_id)
        held = view.balances
        if held.basis.reporting_currency == currency:
            return view
        with self._store.read() as unit:
            flows = flows_of(unit, held).counted
            rates = self.rates(unit, view, currency)
        put_in = _net_deposits(view.net_deposits, flows, rates)
        return replace(
            view,
            balances=_balances(held, rates),
            change_today=_change(view.change_today, held.total, flows, rates),
            net_deposits=put_in,
            profit=_profit(view.profit, rates.shown(held.total), put_in),
            benchmark_value=rates.shown(view.benchmark_value),
        )

    def statistics(self, account_id: int | None, currency: str) -> StatisticsView:
        """`PerformanceTracker.statistics`: returns, profit and XIRR in the currency; drawdowns are not told in it."""
        view = self._performance.statistics(account_id)
        if view.basis.reporting_currency == currency:
            return view
        known = [period.figures for period in view.periods.values() if period.figures is not None]
        known += [period.restart.figures for period in view.periods.values() if period.restart is not None]
        basis = replace(view.basis, reporting_currency=currency)
        if view.first is None:
            return replace(view, basis=basis)
        with self._store.read() as unit:
            course = course_of(unit, view.first.account_id, known, currency, view.basis.reporting_currency)
        return replace(view, basis=basis, periods={name: in_display(one, course) for name, one in view.periods.items()})

    def history(self, days: int, points: int, account_id: int | None, currency: str) -> HistoryView:
        """`PerformanceTracker.history`: every point by the price of its instant."""
        view = self._performance.history(days, points, account_id)
        reporting = view.basis.reporting_currency
        if reporting == currency:
            return view
        basis = replace(view.basis, reporting_currency=currency)
        if not view.points:
            return replace(view, basis=basis)
        with self._store.read() as unit:
            account = self._chain(unit, account_id)
            first = unit.snapshots.first(account)
            opening = (first.at_ms, first.value) if first is not None else (view.points[0].at_ms, Decimal(0))
            figures = [] if view.figures is None else [view.figures]
            instants = [point.at_ms for point in view.points] + [opening[0]]
            course = course_of(unit, account, figures, currency, reporting, instants)
        rates = course.rates
        return replace(
            view,
            basis=basis,
            figures=None if view.figures is None else figures_in_display(view.figures, course),
            points=points_in_display(view.points, opening, course),
            flows=[(at, shown) for at, amount in view.flows if (shown := rates.then(amount, at)) is not None],
        )

    def monthly(self, months: int, account_id: int | None, currency: str) -> MonthlyView:
        """`PerformanceTracker.monthly`: the end by the price of then, each flow by its own."""
        view = self._performance.monthly(months, account_id)
        reporting = view.basis.reporting_currency
        if reporting == currency:
            return view
        basis = replace(view.basis, reporting_currency=currency)
        if not view.months:
            return replace(view, basis=basis)
        with self._store.read() as unit:
            account = self._chain(unit, account_id)
            figures = [period.figures for period in (*view.months, *view.years)]
            course = course_of(unit, account, figures, currency, reporting)
        return replace(
            view,
            basis=basis,
            months=[month_in_display(month, course) for month in view.months],
            years=[month_in_display(year, course) for year in view.years],
        )

    def benchmark(self, view: BenchmarkView, account_id: int | None, currency: str) -> BenchmarkView:
        """A benchmark that the book told, in the currency."""
        if view.basis.reporting_currency == currency:
            return view
        figures = [] if view.figures is None else [view.figures]
        with self._store.read() as unit:
            account = self._chain(unit, account_id)
            course = course_of(unit, account, figures, currency, view.basis.reporting_currency, instants_of(view))
        return benchmark_in_display(view, course, currency)

    def _chain(self, unit: UnitOfWork, account_id: int | None) -> int:
        """Whose rows are priced: an account's or those of all together; 0, which has none, where there is no figure."""
        return self._performance.chain(unit, account_id) or 0

    def attribution(self, view: AttributionView, currency: str) -> AttributionView:
        """The closing equation is not told in another currency: each booking would need the price of its own time."""
        if view.window.basis.reporting_currency == currency:
            return view
        window = replace(view.window, basis=shown_in(view.window.basis, currency))
        return AttributionView(window, None, "unavailable", OTHER_CURRENCY if view.attribution else view.reason)


def _now(unit: UnitOfWork, view: BalancesView, currency: str) -> Decimal | None:
    """The price in the present value itself where the coin is held, else the newest stored one."""
    for _, _, line in view.lines:
        if line.balance.asset == currency and line.price and line.reason is None:
            return line.price
    as_of = view.basis.as_of_ms
    return None if as_of is None else latest_rate(unit, currency, view.basis.reporting_currency, as_of)


def rates_of(
    unit: UnitOfWork, view: BalancesView | None, currency: str, instants: Sequence[int], reporting: str = ""
) -> Rates:
    """Prices of a currency at some instants, and with a present value that of now.

    Args:
        reporting: the currency to be told in the other one, where no `view` says it.
    """
    wanted = sorted(set(instants))
    past = stored_rates(unit, currency, view.basis.reporting_currency if view is not None else reporting, wanted)
    return Rates(currency, None if view is None else _now(unit, view, currency), past)


def _hour_before(at_ms: int | None) -> list[int]:
    """An instant that need not be that of a snapshot, and the full hour before it, which is one."""
    return [] if at_ms is None else [at_ms, at_ms - at_ms % 3_600_000]


def course_of(
    unit: UnitOfWork,
    account: int,
    figures: Sequence[WindowFigures],
    currency: str,
    reporting: str,
    instants: Sequence[int] = (),
) -> Course:
    """What windows of an account are made of, with the prices of its instants and of some more."""
    ends = sorted({to_ms(at) for one in figures for at in (one.start, one.end) if at is not None})
    flows = [flow for flow in unit.cash_flows.all(account) if flow.amount is not None]
    rates = rates_of(unit, None, currency, [*ends, *(flow.at_ms for flow in flows), *instants], reporting)
    return Course({row.at_ms: row.value for row in unit.snapshots.at_instants(account, ends)}, flows, rates)


def _balances(view: BalancesView, rates: Rates) -> BalancesView:
    basis = replace(view.basis, reporting_currency=rates.currency)
    unknown = rates.now is None
    return replace(
        view,
        basis=basis,
        accounts=[replace(one, valuation=_valuation(one.valuation, rates)) for one in view.accounts],
        lines=[(account, at_ms, _line(line, rates)) for account, at_ms, line in view.lines],
        total=rates.shown(view.total),
        status="unavailable" if unknown else view.status,
        reason=NO_RATE if unknown else view.reason,
        wallets=[replace(wallet, value=rates.shown(wallet.value)) for wallet in view.wallets],
        spot_futures=rates.shown(view.spot_futures),
        costs={key: CostView(None, None, OTHER_CURRENCY, cost.quantity) for key, cost in view.costs.items()},
    )


def _valuation(valuation: Valuation | None, rates: Rates) -> Valuation | None:
    if valuation is None or rates.now is None:
        return None
    return valuation.with_lines(
        tuple(_line(line, rates) for line in valuation.lines), valuation.at_ms, valuation.prices_at_ms
    )


def _line(line: PricedBalance, rates: Rates) -> PricedBalance:
    # How the price of a coin moved within a day would need the currency's own day: it is not told.
    change = line.change_24h_percent if line.price is None else None
    return replace(line, price=rates.shown(line.price), value=rates.shown(line.value), change_24h_percent=change)


def _change(change: ChangeView, now: Decimal | None, flows: Sequence[CashFlow], rates: Rates) -> ChangeView:
    """Today's change: what there is now less what there was at the start and each flow, each at its own price."""
    since, amount, flowed = change.since_ms, change.amount, change.net_flow
    today = [flow for flow in flows if flow.amount is not None and since is not None and flow.at_ms >= since]
    shown_flows = sum_in_display(today, flowed, rates)
    if since is None or amount is None or now is None or flowed is None or shown_flows is None:
        return ChangeView(None, None, since, None, "unavailable", change.reason or NO_RATE)
    start = rates.then(minus(now, amount, flowed), since)
    shown = rates.shown(now)
    if start is None or shown is None:
        return ChangeView(None, None, since, shown_flows, "unavailable", NO_RATE)
    return replace(
        change,
        amount=minus(shown, start, shown_flows),
        ratio=rates.growth(change.ratio, since, rates.now),
        net_flow=shown_flows,
    )


def _net_deposits(told: NetDeposits, flows: Sequence[CashFlow], rates: Rates) -> NetDeposits:
    if told.net is None:
        return told
    shown = net_deposits([replace(flow, amount=rates.then(flow.amount, flow.at_ms)) for flow in flows])
    if sum(flow.amount is not None for flow in flows) != shown.deposit_count + shown.withdrawal_count:
        return replace(shown, net=None, status="unavailable", reason=NO_RATE)
    return replace(shown, status=told.status, reason=told.reason, own_moves=told.own_moves, open_moves=told.open_moves)


def _profit(told: ProfitView, value: Decimal | None, put_in: NetDeposits) -> ProfitView:
    known = told.total is not None and value is not None and put_in.net is not None
    return replace(
        told,
        total=minus(value, put_in.net) if known and value is not None and put_in.net is not None else None,
        realized=None,
        unrealized=None,
        status=told.status if known else "unavailable",
        reason=told.reason if known else told.reason or NO_RATE,
        parts_reason=OTHER_CURRENCY,
    )
