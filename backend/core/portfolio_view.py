"""PortfolioView: what is held, what it is worth now, and what needs attention. Reads prepared rows only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from backend.core.attention import attention
from backend.core.errors import NotFoundError
from backend.core.flows import net_deposits
from backend.core.freshness import freshness
from backend.core.ledger.positions import decode_positions
from backend.core.model.accounts import KEY_GONE, Account, is_whole
from backend.core.model.amounts import minus, total
from backend.core.model.display_zone import DISPLAY_ZONE, DisplayZone, decode_zone
from backend.core.model.instants import from_ms, to_ms
from backend.core.model.stream_state import StreamsSummary, summary
from backend.core.model.valuation import FROM_STATEMENTS, LATER_BALANCE, LATER_PRICE, UNKNOWN_COST
from backend.core.own_moves import MOVE_SUGGESTED, flows_of, key_of
from backend.core.untold import untold, why_nothing
from backend.core.views import (
    AccountHoldings,
    BalancesView,
    Basis,
    ChangeView,
    Freshness,
    HealthView,
    NetDeposits,
    OverviewView,
    ProfitView,
    Status,
    SyncView,
)
from backend.core.wallet_view import absent_of, costs_of, spot_and_futures, wallets_of
from backend.core.whole import RECOMPUTING, chain_account, not_in_it

if TYPE_CHECKING:
    from backend.core.model.valuation import SnapshotRow
    from backend.core.ports import Store, UnitOfWork

FAILURES_UNTIL_FAILING = 3
OLDEST_MIDNIGHT_MS = 2 * 3_600_000
RANK: dict[Freshness, int] = {"fresh": 0, "stale": 1, "unknown": 2}


@dataclass(frozen=True, slots=True)
class ViewSettings:
    """What reading services need to know of the settings."""

    environment: str
    reporting_currency: str
    interval_s: int
    snapshot_interval_s: int
    display_time_zone: str


class PortfolioView:
    """Answers about balances and value over a store. `now_ms` is this machine's clock: ages are measured on it."""

    def __init__(self, store: Store, settings: ViewSettings, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._settings = settings
        self._now_ms = now_ms

    def balances(self, account_id: int | None) -> BalancesView:
        """The last good balances of one account, or of all accounts of the environment.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            return self.balances_in(unit, account_id)

    def overview(self, account_id: int | None) -> OverviewView:
        """Total value, change, profit, attention and freshness.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            view = self.balances_in(unit, account_id)
            tails = [_tail(unit, holding) for holding in view.accounts]
            flows = flows_behind(unit, view)
            tail = tails[0] if len(tails) == 1 else _tail_together(unit, view)
            return OverviewView(
                balances=view,
                change_today=self._change_today(unit, view, tail),
                net_deposits=flows,
                profit=_profit(view, flows, sum(unit.contracts.counts(one.account.id)[0] for one in view.accounts)),
                benchmark_value=_benchmark_value(tails if tail is None else [tail]),
                attention=attention(unit, view, flows),
                sync=self._sync(view, tails, self._streams(unit)),
                assets=len({line.balance.asset for _, _, line in view.lines}),
                display_zone=self.display_zone(unit),
                alerts_unread=unit.alerts.unread(self._settings.environment),
            )

    def health(self) -> HealthView:
        """Whether refreshes succeed."""
        with self._store.read() as unit:
            view = self.balances_in(unit, None)
            tails = list(unit.snapshots.newest([holding.account.id for holding in view.accounts]).values())
            streams = self._streams(unit)
        syncs = [holding.sync for holding in view.accounts]
        tries = [sync.attempted_machine_ms for sync in syncs if sync.attempted_machine_ms is not None]
        offsets = [sync.clock_offset_ms for sync in syncs if sync.clock_offset_ms is not None]
        return HealthView(
            basis=view.basis,
            sync=self._sync(view, tails, streams),
            lag_s=self._age_s(view.basis.refreshed_machine_ms),
            attempted_age_s=self._age_s(max(tries, default=None)),
            clock_offset_ms=max(offsets, key=abs, default=None),
        )

    def display_zone(self, unit: UnitOfWork) -> DisplayZone:
        """The zone whose midnight starts "today"."""
        return decode_zone(unit.settings.get(DISPLAY_ZONE), self._settings.display_time_zone)

    def _age_s(self, at_ms: int | None) -> float | None:
        """How long ago an instant of this machine's clock is."""
        return None if at_ms is None else max(self._now_ms() - at_ms, 0) / 1000

    def balances_in(self, unit: UnitOfWork, account_id: int | None) -> BalancesView:
        """`balances` inside a caller's transaction."""
        accounts = wanted_accounts(unit, self._settings.environment, account_id)
        held: list[AccountHoldings] = []
        expiries: list[float] = []
        now = self._now_ms()
        waiting = untold(unit, accounts) if account_id is None else frozenset()
        told = [one for one in accounts if one.id not in waiting]
        numbers = [one.id for one in told]
        syncs, valuations = unit.accounts.sync_states(numbers), unit.balances.latest_of(numbers)
        for account in told:
            sync = syncs[account.id]
            refreshed = sync.refreshed_machine_ms
            age_s = None if refreshed is None else max(now - refreshed, 0) / 1000
            state, expires = freshness(age_s, self._settings.interval_s)
            if expires is not None:
                expiries.append(expires)
            held.append(AccountHoldings(account, sync, valuations.get(account.id), state))
        return _combined(held, self._settings, min(expiries, default=None))

    def _change_today(self, unit: UnitOfWork, view: BalancesView, tail: SnapshotRow | None) -> ChangeView:
        as_of = view.basis.as_of_ms
        if as_of is None or view.total is None or tail is None:
            return ChangeView(None, None, None, None, "unavailable", "no_history")
        midnight = local_midnight_ms(as_of, self.display_zone(unit).name)
        chain = tail.account_id
        start = unit.snapshots.at_or_before(chain, midnight)
        if start is None:
            start = unit.snapshots.first(chain)
        if start is None or midnight - start.at_ms > OLDEST_MIDNIGHT_MS:
            return ChangeView(None, None, midnight, None, "unavailable", "gap_at_start")
        base = total([tail.value, tail.flow])
        later = _behind_tail(unit, view, tail)
        flows = minus(total([tail.cum_flows, tail.flow, *later]), start.cum_flows)
        ratio = None
        if start.growth_index > 0 and base > 0:
            ratio = tail.growth_index / start.growth_index * float(minus(view.total, *later) / base) - 1.0
        doubtful = tail.doubts > start.doubts or start.reason is not None or view.status != "exact" or bool(later)
        accounts = [holding.account for holding in view.accounts]
        recomputing = (
            any(holding.sync.settling for holding in view.accounts)
            or not_in_it(unit, accounts, chain, as_of) is not None
        )
        return ChangeView(
            amount=minus(view.total, start.value, flows),
            ratio=ratio,
            since_ms=max(midnight, start.at_ms),
            net_flow=flows,
            status="estimated" if doubtful or recomputing else "exact",
            reason=RECOMPUTING if recomputing else "estimated_value" if doubtful else None,
        )

    def _streams(self, unit: UnitOfWork) -> StreamsSummary:
        states, told_ms = unit.streams.last_told()
        return summary(states, told_ms, self._now_ms())

    def _sync(self, view: BalancesView, tails: Sequence[SnapshotRow | None], streams: StreamsSummary) -> SyncView:
        syncs = [holding.sync for holding in view.accounts]
        last = max((tail.at_ms for tail in tails if tail is not None), default=None)
        interval_ms = self._settings.snapshot_interval_s * 1000
        as_of = view.basis.as_of_ms
        failing = any(sync.failures >= FAILURES_UNTIL_FAILING for sync in syncs)
        latencies = [sync.latency_ms for sync in syncs if sync.latency_ms is not None]
        weights = [sync.weight_used for sync in syncs if sync.weight_used is not None]
        limits = [sync.weight_limit for sync in syncs if sync.weight_limit is not None]
        return SyncView(
            status=_sync_status(view, failing),
            interval_s=self._settings.interval_s,
            snapshot_interval_s=self._settings.snapshot_interval_s,
            last_snapshot_ms=last,
            next_snapshot_ms=None if as_of is None else (as_of // interval_ms + 1) * interval_ms,
            latency_ms=max(latencies, default=None),
            weight_used=max(weights, default=None),
            weight_limit=max(limits, default=None),
            accounts_ok=sum(1 for holding in view.accounts if holding.freshness == "fresh"),
            accounts_total=len(view.accounts),
            error=next((sync.error for sync in syncs if sync.error), None),
            error_code=next((sync.error_code for sync in syncs if sync.error_code), None),
            import_done=sum(sync.import_done for sync in syncs),
            import_total=sum(sync.import_total for sync in syncs),
            import_detail=next((sync.import_detail for sync in syncs if not sync.import_complete), ""),
            importing=any(not sync.import_complete for sync in syncs),
            streams=streams,
        )


def wanted_accounts(unit: UnitOfWork, environment: str, account_id: int | None) -> Sequence[Account]:
    """One account, or all of the environment: those of other environments are not there."""
    accounts = unit.accounts.in_environment(environment)
    if account_id is None:
        return accounts
    found = [account for account in accounts if account.id == account_id]
    if not found:
        raise NotFoundError(f"There is no account {account_id} in the {environment} environment")
    return found


def local_midnight_ms(at_ms: int, zone: str) -> int:
    """The start of the day of an instant in a time zone."""
    local = from_ms(at_ms).astimezone(ZoneInfo(zone))
    midnight = datetime(local.year, local.month, local.day, tzinfo=local.tzinfo)
    return to_ms(midnight.astimezone(ZoneInfo("UTC")) + timedelta(0))


def _combined(held: Sequence[AccountHoldings], settings: ViewSettings, expires_s: float | None) -> BalancesView:
    valuations = [holding.valuation for holding in held if holding.valuation is not None]
    missing = [holding for holding in held if holding.valuation is None]
    states: list[Freshness] = [holding.freshness for holding in held]
    refreshed = [holding.sync.refreshed_machine_ms for holding in held]
    basis = Basis(
        environment=settings.environment,
        reporting_currency=settings.reporting_currency,
        as_of_ms=min((valuation.shown_at_ms for valuation in valuations), default=None),
        refreshed_machine_ms=None if None in refreshed else min((at for at in refreshed if at), default=None),
        freshness=max(states, key=lambda state: RANK[state], default="unknown"),
        expires_s=expires_s,
        depegged=any(valuation.depegged for valuation in valuations),
    )
    lines = [
        (holding.account, holding.valuation.shown_at_ms if line.read_ms is None else line.read_ms, line)
        for holding in held
        if holding.valuation is not None
        for line in holding.valuation.lines
    ]
    unpriced = tuple(dict.fromkeys(asset for valuation in valuations for asset in valuation.unpriced))
    doubts = {reason for valuation in valuations for reason in valuation.doubts}
    doubts |= {FROM_STATEMENTS for holding in held if holding.account.keyless and holding.valuation is not None}
    unknown = tuple(dict.fromkeys(wallet for valuation in valuations for wallet in valuation.unknown_wallets))
    status: Status = "exact"
    reason = None
    if not valuations:
        status, reason = "unavailable", why_nothing(held)
    elif missing or unknown:
        status, reason = "estimated", "partial"
    elif any(holding.sync.moved_at_ms is not None for holding in held):
        # A stream told of a change; what else it touched is known when a refresh has seen it.
        status, reason = "estimated", RECOMPUTING
    elif unpriced:
        status, reason = "estimated", "no_price"
    elif doubts:
        status, reason = "estimated", _doubt(doubts)
    return BalancesView(
        basis=basis,
        accounts=held,
        lines=lines,
        total=total([valuation.total for valuation in valuations]) if valuations else None,
        complete=bool(valuations) and not (missing or unpriced or unknown),
        status=status,
        reason=reason,
        unpriced=unpriced,
        unknown_wallets=unknown,
        wallets=[wallet for holding in held for wallet in wallets_of(holding)],
        absent=[wallet for holding in held for wallet in absent_of(holding)],
        spot_futures=total([spot_and_futures(valuation) for valuation in valuations]) if valuations else None,
        costs={key: cost for holding in held for key, cost in costs_of(holding, settings.reporting_currency).items()},
    )


def _doubt(doubts: Collection[str]) -> str:
    """The reason of a sum whose lines are doubted for these."""
    if FROM_STATEMENTS in doubts:
        return FROM_STATEMENTS
    apart = {LATER_PRICE, LATER_BALANCE}
    if not apart.issuperset(doubts):
        return "old_price"
    return LATER_BALANCE if LATER_BALANCE in doubts else LATER_PRICE


def _tail(unit: UnitOfWork, holding: AccountHoldings) -> SnapshotRow | None:
    """The newest snapshot that the valuation beside it covers: rows are written a moment before the balances."""
    if holding.valuation is None:
        return unit.snapshots.last(holding.account.id)
    return unit.snapshots.at_or_before(holding.account.id, holding.valuation.at_ms)


def _tail_together(unit: UnitOfWork, view: BalancesView) -> SnapshotRow | None:
    """The newest snapshot of all accounts together that every valuation covers."""
    covered = [None if holding.valuation is None else holding.valuation.at_ms for holding in view.accounts]
    known = [at_ms for at_ms in covered if at_ms is not None]
    chain = chain_account(unit, view.basis.environment, [holding.account for holding in view.accounts])
    return None if chain is None or not known or None in covered else unit.snapshots.at_or_before(chain, min(known))


def _behind_tail(unit: UnitOfWork, view: BalancesView, tail: SnapshotRow) -> list[Decimal]:
    """Flows in the values of now that are not in the rows of all accounts together: later ones, and coins on their way
    to an account whose value they are not in yet.
    """
    if not is_whole(tail.account_id):
        return []
    moves = unit.moves.all([holding.account.id for holding in view.accounts])
    inside = {key for move in moves if move.state == "paired" for key in move.keys}
    return [
        flow.amount
        for flow in flows_of(unit, view).counted
        if flow.amount is not None and (flow.at_ms > tail.at_ms or key_of(flow) in inside)
    ]


def flows_behind(unit: UnitOfWork, view: BalancesView) -> NetDeposits:
    """The sums of the cash flows of some accounts; moves among these accounts are none."""
    behind = flows_of(unit, view)
    known = behind.counted
    flows = replace(net_deposits(known), own_moves=len(behind.moved) // 2, open_moves=behind.open)
    if behind.open and flows.status == "exact":
        flows = replace(flows, status="estimated", reason=MOVE_SUGGESTED)
    if not view.accounts or any(holding.valuation is None for holding in view.accounts):
        return replace(flows, net=None, status="unavailable", reason=why_nothing(view.accounts))
    syncs = [holding.sync for holding in view.accounts]
    if any(not sync.import_complete for sync in syncs):
        return replace(flows, net=None, status="unavailable", reason="history_importing")
    if any(sync.settling for sync in syncs):
        # The flows of the first import are valued with the last of its snapshots; later, only what changed is missing.
        if not known:
            return replace(flows, net=None, status="unavailable", reason=RECOMPUTING)
        return replace(flows, status="estimated", reason=RECOMPUTING)
    return flows


def _sync_status(view: BalancesView, failing: bool) -> Literal["healthy", "degraded", "failing", "starting"]:
    states = {holding.freshness for holding in view.accounts}
    if all(holding.valuation is None and not holding.sync.error for holding in view.accounts):
        return "starting"
    if failing or "unknown" in {one.freshness for one in view.accounts if one.sync.error_code != KEY_GONE}:
        return "failing"
    errors = any(holding.sync.error for holding in view.accounts)
    return "degraded" if states != {"fresh"} or errors else "healthy"


def _profit(view: BalancesView, flows: NetDeposits, contracts: int) -> ProfitView:
    if view.total is None or flows.net is None:
        reason = flows.reason or "no_data_yet"
        return ProfitView(None, None, None, None, "unavailable", reason, reason)
    books = [decode_positions(holding.sync.positions) for holding in view.accounts]
    known = [book for book in books if book is not None]
    gains = [cost for cost in view.costs.values() if cost.reason != "not_applicable"]
    missing = [RECOMPUTING] if len(known) < len(books) else []
    missing += [book.reason or RECOMPUTING for book in known if not book.complete]
    realized = None if missing else total([book.realized for book in known])
    missing += [gain.reason or RECOMPUTING for gain in gains if gain.unrealized is None]
    # The reporting currency has no cost; what open positions are going to pay in it is a gain all the same.
    due = [line.balance.unrealized for _, _, line in view.lines if line.balance.asset == view.basis.reporting_currency]
    unrealized = None if missing else total([*(gain.unrealized for gain in gains if gain.unrealized is not None), *due])
    estimated = view.status != "exact" or flows.status != "exact"
    unknown = sorted({asset for book in known for asset in book.unknown})
    doubts = [view.reason, UNKNOWN_COST if unknown else None, *(book.reason for book in known)]
    doubt = next((one for one in doubts if one is not None), None)
    return ProfitView(
        total=minus(view.total, flows.net),
        realized=realized,
        unrealized=unrealized,
        open_positions=sum((len(book.open) for book in known), contracts) if len(known) == len(books) else None,
        status="estimated" if estimated else "exact",
        reason=view.reason or flows.reason,
        parts_reason=missing[0] if missing else doubt,
        parts_status="unavailable" if missing else "estimated" if doubt or view.status != "exact" else "exact",
        unknown_cost=unknown,
    )


def _benchmark_value(tails: Sequence[SnapshotRow | None]) -> Decimal | None:
    known = [tail.benchmark_value for tail in tails if tail is not None and tail.benchmark_value is not None]
    return total(known) if known and len(known) == len(tails) else None
