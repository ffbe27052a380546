"""A late or corrected cash flow: the rows at the flows that changed are made anew, all others move by one step.

What cannot be told that way is left to a rebuild (docs/decisions/0022-late-flows.md).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from backend.core.flows import ENTERED, NOT_A_FLOW
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.model.amounts import ZERO
from backend.core.model.instants import iso_ms
from backend.core.model.task_log import TaskLine
from backend.core.performance.benchmark_plan import BenchmarkPlan, decode_plan
from backend.core.performance.chain_shift import NO_STEP, AtFlow, Repair, Shift, Step, moved, step_behind
from backend.core.performance.snapshot_chain import FINE_FOR_MS, Grid, extend
from backend.core.series import BEFORE_EVERYTHING
from backend.services.entered_flows import at_prices
from backend.services.snapshot_values import NO_FLOWS, Points, listed, net_flow, valued_flows
from backend.services.watch import Watched

if TYPE_CHECKING:
    from backend.core.model.accounts import SyncState
    from backend.core.model.holdings import CashFlow, LedgerEvent
    from backend.core.model.valuation import SnapshotRow
    from backend.core.ports import Exchange, Store, UnitOfWork
    from backend.services.past_prices import PastPrices

# At the instant of a new row each coin may need a price that nobody has asked for: more of them go piece by piece.
NEW_ROWS: Final = 4
TRIES: Final = 3
AFTER_EVERYTHING: Final = -BEFORE_EVERYTHING
# Why the money line of the benchmark is not told for a while.
RECOMPUTING: Final = "recomputing"


def entered_flows(unit: UnitOfWork, account_id: int) -> list[CashFlow]:
    """The flows that the user brought, oldest first."""
    return [flow for flow in unit.cash_flows.all(account_id) if flow.source in ENTERED]


@dataclass(slots=True)
class _Ground:
    """What a repair rests on, as it was read when it began. `first` and `newest` are the ends of the chain."""

    sync: SyncState
    from_ms: int
    events: Sequence[LedgerEvent]
    entered: Sequence[CashFlow]
    first: SnapshotRow
    newest: SnapshotRow
    stored: Mapping[int, AtFlow]
    plan: BenchmarkPlan
    grid: Grid
    watched: Watched
    points: Points
    # By instant: the flows that count there; those of the ledger, and those with a price, as they are worth now.
    flows: dict[int, list[CashFlow]] = field(default_factory=dict)
    told: list[CashFlow] = field(default_factory=list)
    priced: Mapping[int | None, CashFlow] = field(default_factory=dict)

    def still(self, unit: UnitOfWork, account_id: int) -> bool:
        """Whether nothing of it has changed since."""
        sync = unit.accounts.sync_state(account_id)
        decided = [event for event in self.events if event.source == RECONCILIATION]
        return (
            (sync.dirty_from_ms, sync.flows_only, sync.rebuilds)
            == (self.sync.dirty_from_ms, self.sync.flows_only, self.sync.rebuilds)
            and unit.ledger.count(account_id) == len(self.events)
            and entered_flows(unit, account_id) == self.entered
            and list(unit.ledger.of_source(account_id, RECONCILIATION)) == decided
        )


@dataclass(slots=True)
class _Made:
    """A repair as far as it is made: `step` moves the rows later than `since_ms`."""

    since_ms: int
    step: Step = NO_STEP
    shifts: list[Shift] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    put: list[SnapshotRow] = field(default_factory=list)
    line_lost: bool = False
    new_rows: int = 0

    def moved(self, before: SnapshotRow) -> SnapshotRow:
        """A stored row as it is by now, or the row that has come behind it."""
        if self.put and self.put[-1].at_ms >= before.at_ms:
            return self.put[-1]
        if before.at_ms > self.since_ms:
            return moved(before, self.step)
        inside = (shift.step for shift in self.shifts if shift.after_ms < before.at_ms < shift.before_ms)
        return moved(before, next(inside, NO_STEP))

    def change(
        self, at_ms: int, was: SnapshotRow | None, now: SnapshotRow | None, behind: Step, line_moved: bool
    ) -> None:
        """Take in the row of an instant, which is another one or none from now on, and the step of those behind it.

        `line_moved`: the money line behind it is another one, or as doubtful as it was not before.
        """
        self._close(at_ms)
        if now is None:
            self.removed.append(at_ms)
        else:
            # Behind the first flow that is another one the stored units are not the line's any more.
            self.put.append(replace(now, benchmark_value=None) if self.line_lost else now)
        self.step, self.since_ms = behind, at_ms
        self.line_lost = self.line_lost or line_moved

    def repair(self) -> Repair:
        """All of it."""
        changes = [*self.removed, *(row.at_ms for row in self.put)]
        self._close(AFTER_EVERYTHING)
        return Repair(min(changes, default=self.since_ms), self.removed, self.shifts, self.put, self.line_lost)

    def _close(self, before_ms: int) -> None:
        if self.removed or self.put:
            self.shifts.append(Shift(self.since_ms, before_ms, self.step))


class FlowRepair:
    """Repairs the chain of one account where only flows have changed."""

    def __init__(
        self,
        store: Store,
        exchange: Exchange,
        account_id: int,
        epoch: int,
        interval_ms: int,
        prices: PastPrices,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._exchange = exchange
        self._account = account_id
        self._epoch = epoch
        self._interval_ms = interval_ms
        self._prices = prices
        self._monotonic_s = monotonic_s

    def run(self, events: Sequence[LedgerEvent], now_ms: int) -> bool:
        """Whether the chain is right again; False where there is nothing to repair, or only a rebuild can.

        Raises:
            ExchangeError: a price could not be read; what was there stays.
        """
        for _ in range(TRIES):
            started_s = self._monotonic_s()
            ground = self._ground(events, now_ms)
            if ground is None:
                return False
            self._value(ground)
            repair = self._repair(ground)
            if repair is None:
                return False
            if self._write(ground, repair, started_s):
                return True
        return False

    def _ground(self, events: Sequence[LedgerEvent], now_ms: int) -> _Ground | None:
        with self._store.read() as unit:
            sync = unit.accounts.sync_state(self._account)
            from_ms = sync.dirty_from_ms
            if from_ms is None or not sync.flows_only or sync.rebuilt_to_ms is not None:
                return None
            first, newest = unit.snapshots.first(self._account), unit.snapshots.last(self._account)
            if first is None or newest is None or not first.at_ms < from_ms <= newest.at_ms:
                return None
            plan = decode_plan(unit.shadows.plan(self._account))
            watched = Watched.since(unit, self._exchange, self._account, events, from_ms)
            return _Ground(
                sync=sync,
                from_ms=from_ms,
                events=events,
                entered=entered_flows(unit, self._account),
                first=first,
                newest=newest,
                stored={row.at_ms: row for row in unit.snapshots.at_flows(self._account, from_ms)},
                plan=plan,
                grid=Grid(self._interval_ms, now_ms - FINE_FOR_MS),
                watched=watched,
                points=Points(events, watched, self._prices, plan),
            )

    def _value(self, ground: _Ground) -> None:
        """Find what counts at each instant from the first change on."""
        inside = range(ground.from_ms, ground.newest.at_ms + 1)
        crossing = [event for event in ground.events if event.at_ms in inside and listed(event)]
        entered = [flow for flow in ground.entered if flow.at_ms in inside]
        ground.told = valued_flows(self._account, crossing, self._prices)
        ground.priced = at_prices(entered, self._prices)
        for event in crossing:
            if event.kind not in NO_FLOWS:
                ground.flows.setdefault(event.at_ms, [])
        for flow in (*ground.told, *(ground.priced.get(flow.id, flow) for flow in entered)):
            if flow.status != NOT_A_FLOW:
                ground.flows.setdefault(flow.at_ms, []).append(flow)

    def _repair(self, ground: _Ground) -> Repair | None:
        """What becomes of the rows; None where it takes a rebuild to tell."""
        made = _Made(ground.from_ms)
        for at_ms in sorted({*ground.flows, *ground.stored}):
            if not _may_differ(ground.stored.get(at_ms), ground.flows.get(at_ms)):
                continue
            with self._store.read() as unit:
                was = next(iter(unit.snapshots.at_instants(self._account, [at_ms])), None)
                stored = before = unit.snapshots.last(self._account, at_ms)
                while before is not None and before.at_ms in made.removed:
                    before = unit.snapshots.last(self._account, before.at_ms)
                after = unit.snapshots.first_after(self._account, at_ms)
            if before is None or stored is None:
                return None
            tail = made.moved(before)
            now = None
            if at_ms in ground.flows or (was is not None and was.kind != "flow"):
                made.new_rows += was is None
                now = self._row(ground, tail, None if was is None else moved(was, made.step), at_ms)
                if made.new_rows > NEW_ROWS or (was is not None and now.value != was.value):
                    # Or it is not the flows alone that are others.
                    return None
                if was is not None and _same(now, moved(was, made.step)):
                    continue
            step = NO_STEP if after is None else step_behind(was or stored, now or tail, after)
            if step is None:
                return None
            flows = [ZERO if row is None else row.flow for row in (was, now)]
            line_moved = flows[0] != flows[1] or _line_doubt(was or stored) != _line_doubt(now or tail)
            made.change(at_ms, was, now, step, line_moved)
        return made.repair()

    def _row(self, ground: _Ground, tail: SnapshotRow, kept: SnapshotRow | None, at_ms: int) -> SnapshotRow:
        """The row of an instant as it follows from the one before it; `kept`: as it would be without a change."""
        points, resets = ground.points.at([at_ms], {at_ms: "flow"}, ground.flows.get(at_ms, ()), tail.at_ms)
        now = extend(self._account, tail, points, resets, ground.grid, ground.plan)[0]
        if kept is None:
            slot = ground.grid.holds(at_ms) and ground.watched.holds(at_ms)
            return replace(now, kind="slot") if slot else now
        return replace(now, id=kept.id, kind=kept.kind, slots=kept.slots, slots_expected=kept.slots_expected)

    def _write(self, ground: _Ground, repair: Repair, started_s: float) -> bool:
        """Make the repair in one transaction; False where something has changed meanwhile."""
        account, rebuilds = self._account, ground.sync.rebuilds
        with self._store.write(self._epoch) as unit:
            if not ground.still(unit, account):
                return False
            if repair.changed:
                unit.snapshots.repair(account, repair)
                unit.shadows.forget_hold(account, repair.from_ms)
                unit.proofs.forget_closings(account, repair.from_ms)
                block = unit.packed.series(account, rebuilds)
                if block is not None:
                    unit.packed.put(account, rebuilds + 1, block.repaired(repair))
                unit.accounts.count_rebuild(account)
            if repair.line_lost:
                unit.snapshots.lose_line(account, RECOMPUTING)
                known = unit.shadows.line_from_ms(account)
                unit.shadows.set_line_from(account, repair.from_ms if known is None else min(known, repair.from_ms))
            changed = {*repair.removed, *(row.at_ms for row in repair.put)}
            known_flows = {flow.id: flow for flow in ground.entered}
            unit.cash_flows.upsert(flow for flow in ground.told if flow.at_ms in changed)
            unit.cash_flows.upsert(flow for number, flow in ground.priced.items() if flow != known_flows[number])
            unit.cash_flows.settle_pending(account, ground.first.at_ms)
            unit.accounts.update_sync(account, dirty_from=None)
            newest = unit.snapshots.last(account)
            before = unit.snapshots.last(account, repair.from_ms)
            rows = 0 if newest is None or before is None else newest.seq - before.seq
            took_ms = round((self._monotonic_s() - started_s) * 1000)
            unit.task_log.note(TaskLine("ok", "snapshot", account, numbers={"repaired": rows}, duration_ms=took_ms))
            unit.events.emit("snapshot", account, {"repaired": rows, "from": iso_ms(repair.from_ms)})
            unit.events.emit("cashflow", account, {"flows": len(changed)})
        return True


def _may_differ(stored: AtFlow | None, flows: Sequence[CashFlow] | None) -> bool:
    """Whether the row of an instant may be another one by the flows that count there."""
    if stored is None or flows is None:
        return True
    flow, doubt = net_flow(flows)
    return flow != stored.flow or doubt is not None or stored.reason is not None


def _line_doubt(row: SnapshotRow) -> str | None:
    return None if row.benchmark is None else row.benchmark.line_doubt


def _same(one: SnapshotRow, other: SnapshotRow) -> bool:
    """Whether nothing behind two rows of one instant can tell them apart."""
    return (one.flow, one.status, one.reason, one.doubts) == (other.flow, other.status, other.reason, other.doubts)
