"""MetricsBook: the figures that a monitor reads again and again. Prepared rows only: years of history cost nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.model.alerts import AlertCounts
    from backend.core.model.runs import LegState
    from backend.core.model.task_log import RefreshCount
    from backend.core.portfolio_view import PortfolioView
    from backend.core.ports import Store
    from backend.core.views import AccountHoldings, Attention

# Orders of so many newest runs are counted.
COUNTED_RUNS: Final = 50
COUNTED_HOURS: Final = 24


@dataclass(frozen=True, slots=True)
class AccountMetrics:
    """One account. None: not known yet.

    `value` in the reporting currency, `complete`: all of it was read and has a price. `lag_s`: since the last good
    refresh. `failures`: refreshes that failed since. `snapshot_lag_s`: how much newer the balances are than the last
    snapshot. `gaps`: snapshots that are missing since the first.
    """

    account: Account
    value: Decimal | None
    complete: bool
    lag_s: float | None
    failures: int
    answer_s: float | None
    clock_offset_s: float | None
    snapshot_lag_s: float | None
    gaps: int | None


@dataclass(frozen=True, slots=True)
class ProgramMetrics:
    """All accounts, orders of the newest runs by state, refreshes of a day, what waits for the user, and alerts."""

    accounts: Sequence[AccountMetrics]
    orders: Mapping[LegState, int]
    refreshes: RefreshCount
    attention: Sequence[Attention]
    alerts: AlertCounts


class MetricsBook:
    """Answers a monitor. `now_ms` is this machine's clock."""

    def __init__(self, store: Store, portfolio: PortfolioView, environment: str, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._portfolio = portfolio
        self._environment = environment
        self._now_ms = now_ms

    def read(self) -> ProgramMetrics:
        """Everything at once.

        Raises:
            DatabaseUnavailableError: nothing can be read.
        """
        overview = self._portfolio.overview(None)
        incomplete = {one.account.id for one in overview.balances.wallets if not one.complete}
        accounts: list[AccountMetrics] = []
        with self._store.read() as unit:
            tails = unit.snapshots.newest([holding.account.id for holding in overview.balances.accounts])
            for holding in overview.balances.accounts:
                tail = tails.get(holding.account.id)
                accounts.append(
                    self._account(
                        holding,
                        holding.account.id not in incomplete,
                        None if tail is None else tail.at_ms,
                        None if tail is None else tail.slots_expected - tail.slots,
                    )
                )
            return ProgramMetrics(
                accounts=accounts,
                orders=unit.runs.leg_states(self._environment, COUNTED_RUNS),
                refreshes=unit.task_log.refreshes(self._environment, COUNTED_HOURS),
                attention=overview.attention,
                alerts=unit.alerts.counts(self._environment),
            )

    def _account(
        self, holding: AccountHoldings, complete: bool, last_ms: int | None, gaps: int | None
    ) -> AccountMetrics:
        sync, valuation = holding.sync, holding.valuation
        refreshed = sync.refreshed_machine_ms
        return AccountMetrics(
            account=holding.account,
            value=None if valuation is None else valuation.total,
            complete=complete and valuation is not None,
            lag_s=None if refreshed is None else max(self._now_ms() - refreshed, 0) / 1000,
            failures=sync.failures,
            answer_s=None if sync.latency_ms is None else sync.latency_ms / 1000,
            clock_offset_s=None if sync.clock_offset_ms is None else sync.clock_offset_ms / 1000,
            snapshot_lag_s=None if last_ms is None or sync.as_of_ms is None else max(sync.as_of_ms - last_ms, 0) / 1000,
            gaps=gaps,
        )
