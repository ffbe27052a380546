"""What the reading services answer: values, not JSON and not rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from backend.core.performance.windows import Trust, WindowFigures

if TYPE_CHECKING:
    from backend.core.model.accounts import Account, SyncState
    from backend.core.model.addresses import AtAddress
    from backend.core.model.display_zone import DisplayZone
    from backend.core.model.holdings import CashFlow
    from backend.core.model.imported import ImportedValue
    from backend.core.model.moves import Move
    from backend.core.model.stream_state import StreamsSummary
    from backend.core.model.valuation import PricedBalance, SnapshotRow, Valuation
    from backend.core.performance.figure import Figure
    from backend.core.performance.restart import Restart

Freshness = Literal["fresh", "stale", "unknown"]
Status = Literal["exact", "estimated", "unavailable"]


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer rests on. `expires_s`: how long it stays true without new data (None: for ever).

    `depegged`: the reporting currency is not worth a dollar now.
    """

    environment: str
    reporting_currency: str
    as_of_ms: int | None
    refreshed_machine_ms: int | None
    freshness: Freshness
    expires_s: float | None
    depegged: bool = False

    @property
    def stale(self) -> bool:
        return self.freshness != "fresh"


@dataclass(frozen=True, slots=True)
class AccountHoldings:
    """One account's last good valuation (None before the first) and how its refreshes went."""

    account: Account
    sync: SyncState
    valuation: Valuation | None
    freshness: Freshness


@dataclass(frozen=True, slots=True)
class CostView:
    """What a holding cost and what it has gained since; None with a reason where its cost is not known.

    With a gain the reason says why it is an estimate. `quantity`: of the asset, in all wallets of the account.
    """

    cost: Decimal | None
    unrealized: Decimal | None
    reason: str | None
    quantity: Decimal

    @property
    def status(self) -> Status:
        """How far the gain can be trusted."""
        return "unavailable" if self.unrealized is None else "exact" if self.reason is None else "estimated"


@dataclass(frozen=True, slots=True)
class WalletView:
    """One wallet of one account.

    `value` is None where it was never read. `complete`: it was read and all of it has a price; `reason` says what is
    missing (`no_price`), or the code of the error that came in place of an answer. `as_of_ms`: when it was read.
    """

    account: Account
    wallet: str
    value: Decimal | None
    complete: bool
    as_of_ms: int | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class BalancesView:
    """Everything held. `total` is None while nothing was ever read; `spot_futures` is its part in those wallets.

    `costs` are those of an asset over all wallets of an account. `absent`: wallets that an account cannot have, by why.
    """

    basis: Basis
    accounts: Sequence[AccountHoldings]
    lines: Sequence[tuple[Account, int, PricedBalance]]
    total: Decimal | None
    complete: bool
    status: Status
    reason: str | None
    unpriced: Sequence[str]
    unknown_wallets: Sequence[str]
    wallets: Sequence[WalletView]
    absent: Sequence[tuple[Account, str, str]]
    spot_futures: Decimal | None
    costs: Mapping[tuple[int, str], CostView]


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that waits for the user."""

    kind: str
    severity: Literal["danger", "warn", "info"]
    params: Mapping[str, Any]
    href: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """Change since an instant, cash flows taken out; ratio without unit."""

    amount: Decimal | None
    ratio: float | None
    since_ms: int | None
    net_flow: Decimal | None
    status: Status
    reason: str | None


@dataclass(frozen=True, slots=True)
class NetDeposits:
    """Sum of all cash flows whose value is known.

    `own_moves`: moves between the accounts shown, which are no part of it; `open_moves`: suggested ones, which are.
    """

    net: Decimal | None
    deposits: Decimal
    withdrawals: Decimal
    deposit_count: int
    withdrawal_count: int
    first_ms: int | None
    status: Status
    reason: str | None
    own_moves: int = 0
    open_moves: int = 0


@dataclass(frozen=True, slots=True)
class ProfitView:
    """Total profit and its parts, which may be known less well: `parts_status` and `parts_reason` are about them alone.

    `unknown_cost`: coins whose cost nobody told; the parts rest on their market value of when they came.
    """

    total: Decimal | None
    realized: Decimal | None
    unrealized: Decimal | None
    open_positions: int | None
    status: Status
    reason: str | None
    parts_reason: str | None
    parts_status: Status = "unavailable"
    unknown_cost: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SyncView:
    """How fresh everything is, over the accounts shown."""

    status: Literal["healthy", "degraded", "failing", "starting"]
    interval_s: int
    snapshot_interval_s: int
    last_snapshot_ms: int | None
    next_snapshot_ms: int | None
    latency_ms: int | None
    weight_used: int | None
    weight_limit: int | None
    accounts_ok: int
    accounts_total: int
    error: str | None
    error_code: str | None
    import_done: int
    import_total: int
    import_detail: str
    importing: bool
    streams: StreamsSummary


@dataclass(frozen=True, slots=True)
class OverviewView:
    """How much there is, and whether it works."""

    balances: BalancesView
    change_today: ChangeView
    net_deposits: NetDeposits
    profit: ProfitView
    benchmark_value: Decimal | None
    attention: Sequence[Attention]
    sync: SyncView
    assets: int
    display_zone: DisplayZone
    alerts_unread: int


@dataclass(frozen=True, slots=True)
class HealthView:
    """Whether the program does its work. `attempted_age_s`: since the collector last tried; None before its first try.

    `clock_offset_ms`: the exchange's clock minus this machine's, the largest of the accounts.
    """

    basis: Basis
    sync: SyncView
    lag_s: float | None
    attempted_age_s: float | None
    clock_offset_ms: int | None


@dataclass(frozen=True, slots=True)
class WindowView:
    """The figures of one window. `figures` is None while there is no snapshot at all."""

    basis: Basis
    figures: WindowFigures | None
    start_value: Decimal | None
    end_value: Decimal | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A window of the statistics, with what only they show. Ratios without unit.

    A drawdown is an estimate where it has a doubt: the figures of the window alone do not say so, for they need no
    value between its ends and its flows. The XIRR is as doubtful as the profit: it needs the same values and flows.
    `restart`: what was made since everything was lost in the window, where it was and new capital came.
    """

    days: int
    figures: WindowFigures | None
    reason: str | None
    max_drawdown: float | None
    benchmark_max_drawdown: float | None
    xirr: Figure
    has_days: int
    drawdown_doubt: str | None = None
    benchmark_drawdown_doubt: str | None = None
    restart: Restart | None = None

    @property
    def xirr_trust(self) -> Trust:
        """How far the XIRR can be trusted."""
        if self.xirr.value is None or self.figures is None:
            return Trust("unavailable", self.xirr.reason)
        return self.figures.money


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """Tracking statistics and all windows."""

    basis: Basis
    first: SnapshotRow | None
    last: SnapshotRow | None
    snapshots: int
    expected: int
    missing: int
    cash_flows: int
    periods: Mapping[str, PeriodView]


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """One chart point; returns rebased to the start of the window, without unit. Money is None only in a currency that
    has no price at the instant. A drawdown (<= 0) is below the highest row of the window so far, of all rows and not of
    the points alone; it is not known in another currency than the reporting one."""

    at_ms: int
    twr: float | None
    benchmark: float | None
    value: Decimal | None
    net_deposits: Decimal | None
    drawdown: float | None = None
    benchmark_drawdown: float | None = None
    hold: float | None = None


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The growth of a window. Values before `replayed_until_ms` were seen by nobody: ledger and candles make them.

    `since_ms`: the first row that it is made of; None without one.
    """

    basis: Basis
    days: int
    figures: WindowFigures | None
    points: Sequence[HistoryPoint]
    flows: Sequence[tuple[int, Decimal]]
    gaps: Sequence[tuple[int, int]]
    reason: str | None
    replayed_until_ms: int | None = None
    since_ms: int | None = None


@dataclass(frozen=True, slots=True)
class MonthView:
    """One calendar month or year, UTC. `complete`: it is over, and known from its first instant to its last.

    `end_value` is None where nothing of it is known, and in a currency without its prices.
    """

    month: str
    figures: WindowFigures
    end_value: Decimal | None
    complete: bool


@dataclass(frozen=True, slots=True)
class MonthlyView:
    """Months, oldest first, and the whole years that they are of."""

    basis: Basis
    months: Sequence[MonthView]
    years: Sequence[MonthView]


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """Snapshots, newest first, and behind them values that were imported for the time before an account's first.

    `watched_ms`: by account, when its wallets were read first; rows before are replayed.
    """

    basis: Basis
    rows: Sequence[SnapshotRow | ImportedValue]
    next_cursor: str | None
    watched_ms: Mapping[int, int]

    def replayed(self, row: SnapshotRow) -> bool:
        """Whether ledger and candles alone make a row: nobody saw its value."""
        return row.at_ms < self.watched_ms.get(row.account_id, row.at_ms)


@dataclass(frozen=True, slots=True)
class OtherSide:
    """The other side of a move between tracked accounts; `flow_id` is None while it is not valued yet."""

    move: Move
    account: Account
    at_ms: int
    flow_id: int | None


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A cash flow with the name of its account and the value just before it.

    `other`: where it came from or went to, where that is tracked too, or may be. `counted`: it is in the sums. `at`:
    the own address outside that it went to, came from, or may have come from.
    """

    flow: CashFlow
    account_name: str
    value_before: Decimal | None
    other: OtherSide | None = None
    counted: bool = True
    at: AtAddress | None = None


@dataclass(frozen=True, slots=True)
class FlowPage:
    """Cash flows, newest first, and the sums of all."""

    basis: Basis
    rows: Sequence[FlowRow]
    next_cursor: str | None
    totals: NetDeposits
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class FlowChange:
    """A cash flow as written, and from when on the returns must be computed anew (None: they need not)."""

    flow: CashFlow
    recompute_from_ms: int | None
    deleted: bool = False
