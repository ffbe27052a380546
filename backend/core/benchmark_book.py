"""BenchmarkBook: the benchmark and the hold-only shadow of a window, and what the user set of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from backend.core.attention import EXHAUSTED
from backend.core.display_rates import stored_rates
from backend.core.errors import BadInputError
from backend.core.model.amounts import ONE, minus, product
from backend.core.model.instants import DAY_MS, iso_ms
from backend.core.performance.benchmark_plan import (
    HOLD_SETTING,
    PLAN_SETTING,
    BenchmarkPlan,
    decode_plan,
    encode_plan,
    hold_choice,
)
from backend.core.performance.errors import InvalidWeightsError
from backend.core.performance.windows import TOTAL_LOSS, Trust, WindowFigures
from backend.core.performance_tracker import Measured, PerformanceTracker, Refused
from backend.core.told_accounts import told_accounts
from backend.core.whole import RECOMPUTING

if TYPE_CHECKING:
    from backend.core.model.valuation import BenchmarkTail, SnapshotRow
    from backend.core.portfolio_view import PortfolioView, ViewSettings
    from backend.core.ports import Store, UnitOfWork
    from backend.core.views import Basis, Status

RESETS_TOLD: Final = 5
# The newest snapshot is compared for a day; an older one says nothing of now.
NEWEST_WITHIN_MS: Final = DAY_MS
NOT_BEGUN: Final = "no_price"
NO_RECENT_SNAPSHOT: Final = "no_recent_snapshot"
HOLD_NOT_STARTED: Final = "hold_not_started"
# While it catches up, older rows than these are no answer.
HOLD_LAGS_MS: Final = DAY_MS


@dataclass(frozen=True, slots=True)
class BenchmarkChoice:
    """What is set; `recomputing`: some account's rows do not follow it yet."""

    plan: BenchmarkPlan
    hold_since_ms: int | None
    recomputing: bool = False


@dataclass(frozen=True, slots=True)
class CoinPart:
    """A coin of the benchmark: its share (sum 1), and what of it is held at the end of the window."""

    coin: str
    share: Decimal
    units: Decimal | None
    price: Decimal | None

    @property
    def value(self) -> Decimal | None:
        return None if self.units is None or self.price is None else product(self.units, self.price)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The real value beside that of a shadow at one instant, in the reporting currency."""

    at_ms: int | None
    value: Decimal | None
    shadow: Decimal | None
    status: Status
    reason: str | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.value is None or self.shadow is None else minus(self.value, self.shadow)

    @property
    def ratio(self) -> Decimal | None:
        """What the real value is above the shadow's, as a ratio of the latter."""
        gap = self.difference
        return None if gap is None or not self.shadow else gap / self.shadow


@dataclass(frozen=True, slots=True)
class HoldView:
    """What holding only would have made since an instant; `twr` is the real return of the same time.

    `against`: how far the difference of both can be trusted; either may be doubtful.
    """

    since_ms: int | None
    growth: float | None
    twr: float | None
    value: Comparison
    exhausted: bool
    status: Status
    reason: str | None
    against: Trust


@dataclass(frozen=True, slots=True)
class ResetView:
    """A reset of the benchmark and the prices of its instant."""

    at_ms: int
    prices: Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class BenchmarkView:
    """The benchmark of a window; without figures `reason` says why. `next_reset_ms` None: never."""

    basis: Basis
    figures: WindowFigures | None
    plan: BenchmarkPlan
    parts: Sequence[CoinPart]
    line: Decimal | None
    exhausted: bool
    line_reason: str | None
    comparison: Comparison
    hold: HoldView
    next_reset_ms: int | None
    resets: Sequence[ResetView]
    status: Status
    reason: str | None


class BenchmarkBook:
    """Reads prepared rows; nothing here grows with the history."""

    def __init__(
        self,
        store: Store,
        portfolio: PortfolioView,
        performance: PerformanceTracker,
        settings: ViewSettings,
        unpriced: Callable[[Sequence[str]], Sequence[str]],
    ) -> None:
        """`unpriced(coins)` asks the exchange which of some coins have no price."""
        self._store = store
        self._portfolio = portfolio
        self._performance = performance
        self._settings = settings
        self._unpriced = unpriced

    def choice(self) -> BenchmarkChoice:
        """What is set for this installation."""
        with self._store.read() as unit:
            return self._choice(unit)

    def choose(self, plan: BenchmarkPlan, hold_since_ms: int | None) -> BenchmarkChoice:
        """Set it; the collector makes the rows of the past anew.

        Raises:
            BadInputError: no plan, or a coin without a price.
            ExchangeUnavailableError: no collector answers.
        """
        try:
            plan.check()
        except InvalidWeightsError as error:
            raise BadInputError(str(error), "coins") from error
        known = self.choice().plan
        added = [coin for coin in plan.coins if coin not in known.weights]
        if added and (unpriced := self._unpriced(added)):
            raise BadInputError(f"There is no price of {', '.join(unpriced)} on this exchange", "coins")
        with self._store.write() as unit:
            unit.settings.set(PLAN_SETTING, encode_plan(plan))
            unit.settings.set(HOLD_SETTING, json.dumps(hold_since_ms))
            told = {
                "weights": plan.weights,
                "weekday": plan.weekday,
                "hour": plan.hour,
                "by_share": plan.by_share,
                "hold_since": None if hold_since_ms is None else iso_ms(hold_since_ms),
            }
            unit.audit.record("settings.benchmark", details=told)
            unit.events.emit("snapshot", None, {"by": "settings"})
            return self._choice(unit)

    def followed(self, account_id: int | None) -> BenchmarkPlan:
        """The plan that the figures of an account, or of all, rest on: what is set once their rows follow it.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            accounts = [one.id for one in told_accounts(unit, self._settings.environment, account_id)]
            kept = unit.shadows.plans(accounts)
            plans = [decode_plan(kept.get(one)) for one in accounts if unit.snapshots.last(one) is not None]
            if plans and all(plan == plans[0] for plan in plans):
                return plans[0]
            return decode_plan(unit.settings.get(PLAN_SETTING))

    def view(self, days: int, account_id: int | None) -> BenchmarkView:
        """The benchmark of the last `days` (0: all).

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            return self.of_newest(unit, self._performance.measured(unit, days, account_id), account_id)

    def of_newest(self, unit: UnitOfWork, found: Measured | Refused, account_id: int | None) -> BenchmarkView:
        """The benchmark of a window that ends with the newest snapshot."""
        view = self.of_window(unit, found)
        newest_ms = self._portfolio.balances_in(unit, account_id).basis.as_of_ms
        if isinstance(found, Refused) or newest_ms is None or newest_ms - found.last.at_ms <= NEWEST_WITHIN_MS:
            return view
        return replace(view, comparison=Comparison(found.last.at_ms, None, None, "unavailable", NO_RECENT_SNAPSHOT))

    def of_window(self, unit: UnitOfWork, found: Measured | Refused) -> BenchmarkView:
        """The benchmark of any window."""
        if isinstance(found, Refused):
            return _nothing(found.basis, decode_plan(unit.settings.get(PLAN_SETTING)), found.reason)
        return self.between(unit, found.basis, found.figures, found.start, found.last)

    def between(
        self, unit: UnitOfWork, basis: Basis, figures: WindowFigures, start: SnapshotRow | None, end: SnapshotRow
    ) -> BenchmarkView:
        """The benchmark of the window between two rows of an account; no `start`: a window without figures."""
        plan = decode_plan(unit.shadows.plan(end.account_id))
        tail, reporting = end.benchmark, basis.reporting_currency
        first = unit.snapshots.first(end.account_id)
        begun_ms = end.at_ms if first is None else first.at_ms
        since_ms = max(begun_ms, end.at_ms - (RESETS_TOLD + 1) * 7 * DAY_MS)
        instants = plan.resets(since_ms, end.at_ms)[-RESETS_TOLD:][::-1]
        prices = {coin: _prices(unit, coin, reporting, [*instants, end.at_ms]) for coin in plan.coins}
        parts = [
            CoinPart(
                coin, share, None if tail is None or tail.missed else tail.units.get(coin), prices[coin][end.at_ms]
            )
            for coin, share in plan.shares.items()
        ]
        line_reason = _line_reason(tail, end.benchmark_value)
        # What is being made anew is right for what was wanted before.
        anew = RECOMPUTING if figures.benchmark.reason == RECOMPUTING else None
        return BenchmarkView(
            basis=basis,
            figures=figures,
            plan=plan,
            parts=parts,
            line=end.benchmark_value,
            exhausted=tail is not None and tail.exhausted,
            line_reason=line_reason,
            comparison=_compared(end, end.benchmark_value, anew or line_reason),
            hold=self._hold(unit, start, end),
            next_reset_ms=plan.next_reset(end.at_ms),
            resets=[ResetView(at, {coin: prices[coin][at] for coin in plan.coins}) for at in instants],
            status=figures.against.status,
            reason=figures.against.reason,
        )

    def _hold(self, unit: UnitOfWork, start: SnapshotRow | None, end: SnapshotRow) -> HoldView:
        """From the start of the window, or from when the shadow began, up to its newest row."""
        account = end.account_id
        first, last = unit.shadows.hold_first(account), unit.shadows.hold_by(account, end.at_ms)
        # Far behind it tells of another window than the one that was asked for.
        if first is None or last is None or start is None or last.at_ms < max(start.at_ms, end.at_ms - HOLD_LAGS_MS):
            sync = unit.accounts.sync_state(account)
            waiting = last is not None or sync.dirty_from_ms is not None or unit.shadows.hold_choice(account) is None
            return _no_hold(RECOMPUTING if waiting else HOLD_NOT_STARTED)
        since = first if first.at_ms >= start.at_ms else unit.shadows.hold_by(account, start.at_ms) or first
        rows = {row.at_ms: row for row in unit.snapshots.at_instants(account, [since.at_ms, last.at_ms])}
        real = self._performance.between(unit, rows[since.at_ms], rows[last.at_ms])
        state = unit.shadows.hold_state(account, last.at_ms)
        growth = None if last.index is None or not since.index else last.index / since.index - 1.0
        late = RECOMPUTING if last.at_ms < end.at_ms else None
        # What was worth a doubtful value at the start has grown by a doubtful factor; what it is worth now is known.
        lost = TOTAL_LOSS if growth is None else None
        told = Trust.of(growth is not None, last.reason or since.reason or late or lost)
        against = told if growth is None else Trust(real.status, real.reason)
        if against.status == "exact":
            against = told
        return HoldView(
            since_ms=since.at_ms,
            growth=growth,
            twr=real.twr,
            value=_compared(rows[last.at_ms], last.value, last.reason or late),
            exhausted=state is not None and state.exhausted,
            status=told.status,
            reason=told.reason,
            against=against,
        )

    def _choice(self, unit: UnitOfWork) -> BenchmarkChoice:
        plan = decode_plan(unit.settings.get(PLAN_SETTING))
        hold = hold_choice(unit.settings.get(HOLD_SETTING), plan)
        accounts = [account.id for account in unit.accounts.in_environment(self._settings.environment)]
        whole = unit.wholes.of(self._settings.environment)
        accounts += [] if whole is None else [whole]
        kept = unit.shadows.plans(accounts)
        behind = any(
            unit.snapshots.last(account) is not None
            and (decode_plan(kept.get(account)) != plan or unit.shadows.hold_choice(account) != hold.encoded())
            for account in accounts
        )
        return BenchmarkChoice(plan, hold.since_ms, behind)


def _nothing(basis: Basis, plan: BenchmarkPlan, reason: str | None) -> BenchmarkView:
    none = Comparison(None, None, None, "unavailable", reason)
    return BenchmarkView(
        basis=basis,
        figures=None,
        plan=plan,
        parts=[CoinPart(coin, share, None, None) for coin, share in plan.shares.items()],
        line=None,
        exhausted=False,
        line_reason=reason,
        comparison=none,
        hold=_no_hold(reason),
        next_reset_ms=None if basis.as_of_ms is None else plan.next_reset(basis.as_of_ms),
        resets=[],
        status="unavailable",
        reason=reason,
    )


def _prices(unit: UnitOfWork, coin: str, reporting: str, instants: Sequence[int]) -> Mapping[int, Decimal | None]:
    if coin == reporting:
        return dict.fromkeys(instants, ONE)
    return dict.fromkeys(instants) | stored_rates(unit, coin, reporting, instants)


def _line_reason(tail: BenchmarkTail | None, value: Decimal | None) -> str | None:
    if tail is None:
        return NOT_BEGUN
    told = tail.missed or tail.doubt or tail.line_doubt or (EXHAUSTED if tail.exhausted else None)
    return told or (NOT_BEGUN if value is None else None)


def _compared(row: SnapshotRow, shadow: Decimal | None, doubt: str | None) -> Comparison:
    if shadow is None:
        return Comparison(row.at_ms, row.value, None, "unavailable", doubt)
    # A shadow that is exhausted is worth nothing for certain.
    reason = row.reason or (None if doubt == EXHAUSTED else doubt)
    return Comparison(row.at_ms, row.value, shadow, "exact" if reason is None else "estimated", reason)


def _no_hold(reason: str | None) -> HoldView:
    none = Comparison(None, None, None, "unavailable", reason)
    return HoldView(None, None, None, none, False, "unavailable", reason, Trust("unavailable", reason))
