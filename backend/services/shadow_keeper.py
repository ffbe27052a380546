"""Keeps the shadows of each account in step: the benchmark columns after another plan, and the rows of holding only.

Both go a while at a step and go on at the next one; what is shown meanwhile is whole: columns are put in at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import ExchangeError
from backend.core.flows import NOT_A_FLOW
from backend.core.model.amounts import ZERO, total
from backend.core.performance.benchmark_plan import (
    HOLD_SETTING,
    PLAN_SETTING,
    BenchmarkPlan,
    HoldChoice,
    decode_plan,
    encode_plan,
    hold_choice,
)
from backend.core.performance.hold_only import HoldFlows, HoldPoint, HoldRow, HoldState, next_hold, open_hold
from backend.core.performance.snapshot_chain import ValuedPoint, benchmark_step, with_resets
from backend.core.series import BEFORE_EVERYTHING
from backend.core.valuation import RouteBook
from backend.services.benchmark_alerts import tell_exhausted
from backend.services.benchmark_prices import benchmark_prices, benchmark_resets
from backend.services.past_prices import PastPrices
from backend.services.snapshot_values import net_flow
from backend.services.turns import always

if TYPE_CHECKING:
    from backend.core.model.holdings import CashFlow
    from backend.core.model.valuation import BenchmarkTail
    from backend.core.ports import Store
    from backend.core.shadow_ports import BenchmarkColumns, ChainRow
    from backend.services.session_manager import Session

log = structlog.get_logger(__name__)

CHUNK_ROWS: Final = 500
# How long one step may reckon: the refreshes of others wait for it.
LONGEST_S: Final = 2.0
BEFORE_ALL: Final = -1
# Rows that are read one by one after a start; packing them anew writes the whole block.
PACK_ROWS: Final = 2_000


@dataclass(slots=True)
class _Replan:
    """Columns of a plan as far as they are made; `rebuilds` tells when the snapshots are others.

    `line_ms`: from when on a flow has changed, None: all columns follow another plan.
    """

    plan: BenchmarkPlan
    rebuilds: int
    line_ms: int | None
    until_ms: int = BEFORE_ALL
    held: BenchmarkTail | None = None
    columns: list[tuple[int, BenchmarkColumns]] = field(default_factory=list)


class ShadowKeeper:
    """One for all accounts of a collector; outlives its steps."""

    def __init__(self, store: Store, reporting: str, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._reporting = reporting
        self._routes = RouteBook(reporting)
        self._monotonic_s = monotonic_s
        self._replans: dict[int, _Replan] = {}
        # Many accounts may have a long past to make, after an upgrade say: one at a time does more than a piece of it.
        self._at_length = threading.Lock()

    def forget(self, account_id: int) -> None:
        """Others may have changed the account's rows: what is half made of new columns is begun again."""
        self._replans.pop(account_id, None)

    def update(self, session: Session, epoch: int, go_on: Callable[[], bool] = always) -> bool:
        """A while of what there is to do; whether there is more, and this account's turn to do it.

        `go_on` is asked between two pieces; where it says no, the next step goes on after the last one. What could not
        be read is asked for at the next refresh.

        Raises:
            LeaseLostError: another collector works now.
        """
        exchange, account = session.exchange, session.account.id
        left = False
        exchange.set_purpose("import")
        try:
            prices = PastPrices(self._store, exchange, epoch, self._routes.routes(exchange.symbols()))
            more = [make for make in (self._replan, self._hold) if make(prices, account, epoch)]
            # While another account is at it, one piece of each at a time.
            left = bool(more)
            if more and self._at_length.acquire(blocking=False):
                try:
                    left = self._make_more(more, prices, account, epoch, go_on)
                finally:
                    self._at_length.release()
        except ExchangeError as error:
            log.info("shadows not made yet", account=session.account.name, code=error.code)
        finally:
            exchange.set_purpose("live")
        self._pack(account, epoch)
        return left

    def _make_more(
        self,
        pieces: Sequence[Callable[[PastPrices, int, int], bool]],
        prices: PastPrices,
        account: int,
        epoch: int,
        go_on: Callable[[], bool],
    ) -> bool:
        """Make pieces for a while; whether some are left."""
        until_s = self._monotonic_s() + LONGEST_S
        for make in pieces:
            while True:
                if self._monotonic_s() >= until_s or not go_on():
                    return True
                if not make(prices, account, epoch):
                    break
        return False

    def _pack(self, account: int, epoch: int) -> None:
        """Pack the lines of a long history where many are not: a new process has them at once."""
        with self._store.read() as unit:
            sync = unit.accounts.sync_state(account)
            last = unit.snapshots.last(account)
            known = unit.packed.rows(account, sync.rebuilds)
            if last is None or sync.dirty_from_ms is not None or last.seq - known < PACK_ROWS:
                return
            block = unit.packed.series(account, sync.rebuilds)
            after_ms = BEFORE_EVERYTHING if block is None else int(block.at_ms[-1])
            newer = unit.snapshots.series_after(account, after_ms)
        with self._store.write(epoch) as unit:
            unit.packed.put(account, sync.rebuilds, newer if block is None else block.joined(newer))

    def unpriced(self, session: Session, coins: Sequence[str]) -> list[str]:
        """Coins that no route of pairs leads from to the reporting currency.

        Raises:
            ExchangeError: the list of pairs could not be read.
        """
        routes = self._routes.routes(session.exchange.symbols())
        return [coin for coin in coins if not routes.of(coin)]

    def _replan(self, prices: PastPrices, account: int, epoch: int) -> bool:
        """Make some columns of the plan that is wanted, or behind a changed flow; whether more are to be made."""
        with self._store.read() as unit:
            wanted = decode_plan(unit.settings.get(PLAN_SETTING))
            sync = unit.accounts.sync_state(account)
            other = wanted != decode_plan(unit.shadows.plan(account))
            line_ms = None if other else unit.shadows.line_from_ms(account)
            if not (other or line_ms is not None) or sync.dirty_from_ms is not None:
                # What is being computed anew is so by the plan that its rows have.
                self._replans.pop(account, None)
                return False
            work = self._replans.get(account)
            if work is None or (work.plan, work.rebuilds, work.line_ms) != (wanted, sync.rebuilds, line_ms):
                work = self._replans[account] = _Replan(wanted, sync.rebuilds, line_ms)
                before = None if line_ms is None else unit.snapshots.last(account, line_ms)
                if before is not None:
                    work.until_ms, work.held = before.at_ms, before.benchmark
            rows = unit.shadows.chain(account, work.until_ms, CHUNK_ROWS)
            flows = unit.cash_flows.between(account, rows[0][1], rows[-1][1] + 1) if rows else ()
        if not rows:
            with self._store.write(epoch) as unit:
                newest = unit.snapshots.last(account)
                unit.shadows.put_benchmark(account, work.columns)
                tell_exhausted(unit, account, newest, unit.snapshots.last(account))
                unit.shadows.set_line_from(account, None)
                if other:
                    unit.shadows.set_plan(account, encode_plan(wanted))
                else:
                    # The index is what it was, and so is the block with it.
                    unit.packed.carry(account, work.rebuilds)
                if work.columns:
                    unit.daily.refold(account, work.line_ms or 0)
                    unit.accounts.count_rebuild(account)
                    unit.events.emit("snapshot", account, {"benchmark": len(work.columns)})
            del self._replans[account]
            return False
        self._make_columns(work, prices, rows, flows)
        return True

    def _make_columns(
        self, work: _Replan, prices: PastPrices, rows: Sequence[ChainRow], flows: Sequence[CashFlow]
    ) -> None:
        instants = [row[1] for row in rows]
        since = work.until_ms if work.until_ms != BEFORE_ALL else instants[0]
        resets = work.plan.resets(since, instants[-1])
        known = prices.of_all({coin: [*instants, *resets] for coin in work.plan.coins})
        moved = _by_instant(flows)
        points = []
        for _, at_ms, value, flow, _ in rows:
            _, flow_doubt = net_flow(moved.get(at_ms, ()))
            priced = benchmark_prices(work.plan, known, at_ms)
            points.append(ValuedPoint(at_ms, "", value, flow, ZERO, {}, None, flow_doubt, *priced))
        due = with_resets(points, benchmark_resets(work.plan, known, resets))
        for (_, at_ms, _, _, doubt), (point, own) in zip(rows, due, strict=True):
            columns = benchmark_step(work.held, point, own, work.plan, doubt)
            work.held = columns[2]
            work.columns.append((at_ms, columns))
            work.until_ms = at_ms

    def _hold(self, prices: PastPrices, account: int, epoch: int) -> bool:
        """Add some rows of holding only; whether more are to be added."""
        with self._store.read() as unit:
            plan = decode_plan(unit.settings.get(PLAN_SETTING))
            choice = hold_choice(unit.settings.get(HOLD_SETTING), plan)
            if unit.accounts.sync_state(account).dirty_from_ms is not None:
                return False
            anew = unit.shadows.hold_choice(account) != choice.encoded()
            newest = None if anew else unit.shadows.hold_last_ms(account)
            state = None if newest is None else unit.shadows.hold_state(account, newest)
            after_ms = (choice.since_ms or 0) - 1 if newest is None else newest
            rows = unit.shadows.chain(account, after_ms, CHUNK_ROWS)
            flows: Sequence[CashFlow] = ()
            held: Mapping[str, Decimal] = {}
            if rows:
                flows = unit.cash_flows.between(account, rows[0][1], rows[-1][1] + 1)
            if rows and state is None:
                first = unit.snapshots.at_instants(account, [rows[0][1]])[0]
                held = {asset: holding.quantity for asset, holding in first.composition.items()}
        made = _held(rows, flows, state, held, prices, choice, self._reporting)
        if made or anew:
            with self._store.write(epoch) as unit:
                if anew:
                    unit.shadows.begin_hold(account, choice.encoded())
                unit.shadows.add_hold(account, made)
                unit.events.emit("snapshot", account, {"hold": len(made)})
        return len(rows) == CHUNK_ROWS


def _held(
    rows: Sequence[ChainRow],
    flows: Sequence[CashFlow],
    state: HoldState | None,
    held: Mapping[str, Decimal],
    prices: PastPrices,
    choice: HoldChoice,
    reporting: str,
) -> list[tuple[int, HoldRow]]:
    moved = _by_instant(flows)
    coins = {*held, *(state.units if state else ()), *(_coin(flow, reporting)[0] for flow in flows)}
    instants = [row[1] for row in rows]
    known = prices.of_all(dict.fromkeys(sorted(coins), instants))
    made: list[tuple[int, HoldRow]] = []
    for snapshot, at_ms, value, _, _ in rows:
        point = HoldPoint(
            at_ms,
            {coin: of[at_ms].price for coin, of in known.items()},
            {coin: f"{doubt}:{coin}" for coin, of in known.items() if (doubt := of[at_ms].doubt) is not None},
            _flows(value, moved[at_ms], reporting) if at_ms in moved else None,
        )
        row = open_hold(held, point, choice.by_share) if state is None else next_hold(state, point, choice.by_share)
        state = row.state or state
        made.append((snapshot, row))
    return made


def _by_instant(flows: Sequence[CashFlow]) -> Mapping[int, Sequence[CashFlow]]:
    """The flows that count."""
    moved: dict[int, list[CashFlow]] = {}
    for flow in flows:
        if flow.status != NOT_A_FLOW:
            moved.setdefault(flow.at_ms, []).append(flow)
    return moved


def _flows(value: Decimal, flows: Sequence[CashFlow], reporting: str) -> HoldFlows:
    arrivals: dict[str, Decimal] = {}
    came: list[Decimal] = []
    left: list[Decimal] = []
    for flow in flows:
        coin, quantity = _coin(flow, reporting)
        if quantity > ZERO:
            arrivals[coin] = total([arrivals.get(coin, ZERO), quantity])
        if flow.amount is not None:
            (came if flow.amount > ZERO else left).append(flow.amount)
    doubts = [flow.reason or flow.status for flow in flows if flow.status not in ("exact", "pending")]
    return HoldFlows(value, arrivals, total(came), -total(left), doubts[0] if doubts else None)


def _coin(flow: CashFlow, reporting: str) -> tuple[str, Decimal]:
    """What came or left. For which somebody said an amount, that amount did: the price of its coin was another."""
    if flow.asset is None or flow.quantity is None or (flow.price is None and flow.amount is not None):
        return reporting, flow.amount or ZERO
    return flow.asset, flow.quantity
