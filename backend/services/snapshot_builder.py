"""From ledger and prices to cash flows and snapshots: appends what is new, rebuilds from the instant that changed.

A long rebuild goes piece by piece (docs/decisions/0018-rebuild-in-pieces.md).
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.core.flows import NOT_A_FLOW
from backend.core.ledger.cost_translation import wanted_prices
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.model.task_log import TaskLine
from backend.core.performance.benchmark_plan import BenchmarkPlan, decode_plan
from backend.core.performance.snapshot_chain import FINE_FOR_MS, Grid, extend, without_line
from backend.core.valuation import PriceRoutes
from backend.services.benchmark_alerts import tell_exhausted
from backend.services.entered_flows import at_prices
from backend.services.flow_repair import RECOMPUTING, FlowRepair, entered_flows
from backend.services.past_prices import PastPrice, PastPrices
from backend.services.price_looks import Ahead
from backend.services.snapshot_values import NO_FLOWS, Points, listed, valued_flows
from backend.services.watch import Watched

if TYPE_CHECKING:
    from backend.core.model.holdings import CashFlow, LedgerEvent
    from backend.core.model.valuation import SnapshotRow
    from backend.core.ports import Exchange, Store, UnitOfWork

# What one piece may hold. At the instant of a flow each coin may need a question of its own.
PIECE_ROWS: Final = 1_000
PIECE_FLOWS: Final = 4


@dataclass(slots=True)
class _Work:
    """What a rebuild rests on, as it was read when it began, and how far it is.

    `base_ms`: rows from there on are replaced; None where rows are only added. `crossing`: events that are listed as
    flows. `before`: the last row that stays. `rebuilt_to_ms`: as the account's state says it.
    """

    events: Sequence[LedgerEvent]
    entered: Sequence[CashFlow]
    crossing: Sequence[LedgerEvent]
    base_ms: int | None
    rebuilt_to_ms: int | None
    dirty_from_ms: int | None
    before: SnapshotRow | None
    replacing: bool
    tail: SnapshotRow | None
    opening_ms: int
    until_ms: int
    grid: Grid
    kinds: Mapping[int, str]
    instants: Sequence[int]
    watched: Watched
    plan: BenchmarkPlan
    points: Points | None = None
    instants_done: int = 0
    written: int = 0
    crossing_done: int = 0

    def next_end(self) -> int:
        """Where the next piece ends among the instants."""
        end, flows = self.instants_done, 0
        most = min(self.instants_done + PIECE_ROWS, len(self.instants))
        while end < most and flows < PIECE_FLOWS:
            flows += self.kinds[self.instants[end]] == "flow"
            end += 1
        return end

    def crossing_until(self, at_ms: int | None) -> Sequence[LedgerEvent]:
        """The listed events that follow, up to and including an instant; None: all of them."""
        start, end = self.crossing_done, len(self.crossing)
        if at_ms is not None:
            end = start
            while end < len(self.crossing) and self.crossing[end].at_ms <= at_ms:
                end += 1
        self.crossing_done = end
        return self.crossing[start:end]


class SnapshotBuilder:
    """Keeps the snapshots of one account up to the exchange's present."""

    def __init__(
        self,
        store: Store,
        exchange: Exchange,
        account_id: int,
        epoch: int,
        reporting: str,
        snapshot_interval_s: int,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._exchange = exchange
        self._account = account_id
        self._epoch = epoch
        self._interval_ms = snapshot_interval_s * 1000
        self._monotonic_s = monotonic_s
        self._started_s = monotonic_s()
        self._prices = PastPrices(store, exchange, epoch, PriceRoutes(exchange.symbols(), reporting))
        self._flow_repair = FlowRepair(store, exchange, account_id, epoch, self._interval_ms, self._prices, monotonic_s)

    def update(
        self, events: Sequence[LedgerEvent], changed_from_ms: int | None, now_ms: int, manual_at_ms: int | None = None
    ) -> int:
        """All pieces at once, as `pieces` takes them; returns the number of rows written."""
        changed_from_ms = self._repaired(events, changed_from_ms, now_ms)
        work = self._begun(events, changed_from_ms, now_ms, manual_at_ms)
        for _ in self._done_by_pieces(work):
            pass
        return work.written

    def pieces(
        self, events: Sequence[LedgerEvent], changed_from_ms: int | None, now_ms: int, manual_at_ms: int | None = None
    ) -> Iterator[bool]:
        """Bring cash flows and snapshots up to `now_ms`, one piece and its transaction at a time.

        Whoever stops in between, or is cut off, loses nothing: the next call goes on after the last piece. Until the
        last one is there, readers have the rows that were there, marked as being computed anew.

        Args:
            events: the whole ledger in booking order; replayed, it gives the reported balances.
            changed_from_ms: the earliest instant at which the ledger or a manual cash flow changed.
            manual_at_ms: take a snapshot at this instant too.

        Yields:
            After each piece, whether more is left; true after the last one too where the ledger changed meanwhile.

        Raises:
            ExchangeError: a price could not be read; what was there stays, and the next call goes on.
        """
        changed_from_ms = self._repaired(events, changed_from_ms, now_ms)
        yield from self._done_by_pieces(self._begun(events, changed_from_ms, now_ms, manual_at_ms))

    def _repaired(self, events: Sequence[LedgerEvent], changed_from_ms: int | None, now_ms: int) -> int | None:
        """Where only cash flows have changed, put right the rows there are; returns from when on the pieces have to
        make rows anew (None: as far as they know of, from nowhere on).
        """
        return None if self._flow_repair.run(events, now_ms) else changed_from_ms

    def _begun(
        self, events: Sequence[LedgerEvent], changed_from_ms: int | None, now_ms: int, manual_at_ms: int | None
    ) -> _Work:
        self._started_s = self._monotonic_s()
        with self._store.read() as unit:
            sync = unit.accounts.sync_state(self._account)
            plan = decode_plan(unit.shadows.plan(self._account))
            entered = entered_flows(unit, self._account)
            before = newest = unit.snapshots.last(self._account)
            base = min((at_ms for at_ms in (changed_from_ms, sync.dirty_from_ms) if at_ms is not None), default=None)
            replacing = base is not None and newest is not None and base <= newest.at_ms
            manual: list[int] = []
            drafted: SnapshotRow | None = None
            if base is not None:
                before = unit.snapshots.last(self._account, base)
                manual = list(unit.snapshots.manual_instants(self._account, base))
                if sync.rebuilt_to_ms is not None:
                    drafted = unit.drafts.last(self._account, sync.rebuilt_to_ms)
            line_ms = unit.shadows.line_from_ms(self._account)
            if before is not None and line_ms is not None and before.at_ms >= line_ms:
                # The units of the benchmark are not the right ones: what follows tells no line until they are.
                before = without_line(before, RECOMPUTING)
            tail = drafted or before
            since = None if tail is None else tail.at_ms
            watched = Watched.since(unit, self._exchange, self._account, events, since)
        if manual_at_ms is not None:
            manual.append(manual_at_ms)
        first = min((event.at_ms for event in events), default=None)
        # Without a row before and without an event there is nothing to begin with.
        opening = since if since is not None else now_ms if first is None else first - 1
        crossing = [event for event in events if (since is None or event.at_ms > since) and listed(event)]
        grid = Grid(self._interval_ms, now_ms - FINE_FOR_MS)
        kinds = dict.fromkeys((at_ms for at_ms in manual if opening < at_ms <= now_ms), "manual")
        counted = [event.at_ms for event in crossing if event.kind not in NO_FLOWS]
        moved = [*counted, *(flow.at_ms for flow in entered), *([first] if first is not None and tail is None else ())]
        kinds |= dict.fromkeys((at_ms for at_ms in moved if opening < at_ms <= now_ms), "flow")
        kinds |= dict.fromkeys((at_ms for at_ms in grid.slots(opening, now_ms) if watched.holds(at_ms)), "slot")
        work = _Work(
            events=events,
            entered=entered,
            crossing=crossing,
            base_ms=base,
            rebuilt_to_ms=sync.rebuilt_to_ms,
            dirty_from_ms=sync.dirty_from_ms,
            before=before,
            replacing=replacing,
            tail=tail,
            opening_ms=opening,
            until_ms=now_ms,
            grid=grid,
            kinds=kinds,
            instants=sorted(kinds),
            watched=watched,
            plan=plan,
        )
        self._prices.expect(lambda: _ahead(events, since, work.instants, self._prices.reporting))
        return work

    def _done_by_pieces(self, work: _Work) -> Iterator[bool]:
        while True:
            end = work.next_end()
            last = end == len(work.instants)
            written = work.written
            if not self._piece(work, end, last):
                # The ledger changed meanwhile: the next step begins with what it is by then.
                yield True
                return
            if last:
                yield False
                return
            if work.written > written:
                # A piece without rows, in a pause of trading, leaves nothing that the next call could go on after.
                yield True

    def _piece(self, work: _Work, end: int, last: bool) -> bool:
        """Value and write the instants up to a place; False where they are not to count, or not for good."""
        instants = work.instants[work.instants_done : end]
        until_ms = work.until_ms if last else instants[-1]
        flows = valued_flows(self._account, work.crossing_until(None if last else until_ms), self._prices)
        within = [flow for flow in work.entered if work.opening_ms < flow.at_ms <= until_ms]
        priced = at_prices(within, self._prices)
        counted = [flow for flow in flows if flow.status != NOT_A_FLOW and work.opening_ms < flow.at_ms <= until_ms]
        rows: list[SnapshotRow] = []
        if instants:
            since_ms = None if work.tail is None else work.tail.at_ms
            all_flows = [*counted, *(priced.get(flow.id, flow) for flow in within)]
            # It replays the ledger from its first event: once for all pieces, and not where nothing is to be valued.
            work.points = work.points or Points(work.events, work.watched, self._prices, work.plan)
            points, resets = work.points.at(instants, work.kinds, all_flows, since_ms)
            rows = extend(self._account, work.tail, points, resets, work.grid, work.plan)
        work.written += len(rows)
        work.instants_done = end
        work.opening_ms = until_ms
        if not last:
            # In a pause of trading as long as a piece there is nothing to write.
            return not (rows or flows) or self._draft(work, rows, flows, list(priced.values()))
        if rows or flows or work.base_ms is not None:
            return self._finish(work, rows, flows, list(priced.values()))
        return True

    def _draft(
        self, work: _Work, rows: list[SnapshotRow], flows: Sequence[CashFlow], priced: Sequence[CashFlow]
    ) -> bool:
        """Write a piece that others follow; whether it counts."""
        with self._store.write(self._epoch) as unit:
            if not self._same(unit, work):
                return False
            if work.base_ms is None and rows:
                # Rows behind all others: readers see them grow.
                unit.snapshots.append(rows)
                unit.events.emit("snapshot", self._account, {"rows": len(rows)})
            elif rows:
                # Behind a row that is no draft there are none of this rebuild.
                behind_ms = work.tail.at_ms if work.tail is not None and work.tail is not work.before else 0
                unit.drafts.replace_after(self._account, behind_ms, rows)
                work.rebuilt_to_ms = rows[-1].at_ms + 1
                unit.accounts.update_sync(self._account, rebuilt_to=work.rebuilt_to_ms)
                unit.events.emit("import", self._account, {"rebuilt_to": work.rebuilt_to_ms})
            unit.cash_flows.upsert([*flows, *priced])
            work.entered = entered_flows(unit, self._account)
        if rows:
            work.tail = rows[-1]
        return True

    def _finish(
        self, work: _Work, rows: Sequence[SnapshotRow], flows: Sequence[CashFlow], priced: Sequence[CashFlow]
    ) -> bool:
        """Write the last piece and put it and the drafts in the place of the old rows; whether it is for good."""
        with self._store.write(self._epoch) as unit:
            # A flow entered, changed, deleted or decided meanwhile is not in these rows: its mark stays for the next
            # step. Events of a statement that was imported or taken back meanwhile are not in these rows either.
            same = self._same(unit, work)
            if not same and work.rebuilt_to_ms is not None:
                return False
            newest = unit.snapshots.last(self._account) if work.replacing else work.before
            if work.replacing and work.base_ms is not None:
                unit.snapshots.delete_from(self._account, work.base_ms)
                line_ms = unit.shadows.line_from_ms(self._account)
                if line_ms is not None and work.base_ms <= line_ms:
                    unit.shadows.set_line_from(self._account, None)
                unit.accounts.count_rebuild(self._account)
            if work.rebuilt_to_ms is not None:
                unit.drafts.adopt(self._account, work.rebuilt_to_ms)
            unit.snapshots.append(rows)
            unit.cash_flows.upsert(flows)
            if same:
                unit.cash_flows.upsert(priced)
                first = unit.snapshots.first(self._account)
                unit.cash_flows.settle_pending(self._account, None if first is None else first.at_ms)
                unit.accounts.update_sync(self._account, dirty_from=None, rebuilt_to=None)
            else:
                unit.ledger.forget_flows(self._account)
            if rows:
                written = rows[-1].seq - (work.before.seq if work.before is not None else 0)
                unit.task_log.note(self._told(rows[-1].seq, written))
                unit.events.emit("snapshot", self._account, {"rows": written})
                tell_exhausted(unit, self._account, newest, rows[-1])
            if flows:
                unit.events.emit("cashflow", self._account, {"flows": len(flows)})
        return same

    def _same(self, unit: UnitOfWork, work: _Work) -> bool:
        """Whether nothing that the rows rest on has changed since the work began."""
        sync = unit.accounts.sync_state(self._account)
        decided = [event for event in work.events if event.source == RECONCILIATION]
        return (
            (sync.dirty_from_ms, sync.rebuilt_to_ms) == (work.dirty_from_ms, work.rebuilt_to_ms)
            and unit.ledger.count(self._account) == len(work.events)
            and entered_flows(unit, self._account) == work.entered
            and list(unit.ledger.of_source(self._account, RECONCILIATION)) == decided
        )

    def _told(self, newest: int, written: int) -> TaskLine:
        took_ms = round((self._monotonic_s() - self._started_s) * 1000)
        numbers = {"number": newest, "rows": written}
        return TaskLine("ok", "snapshot", self._account, numbers=numbers, duration_ms=took_ms)

    def price_of(self, asset: str, instants_ms: Iterable[int]) -> Mapping[int, PastPrice]:
        """Prices of an asset at instants, each with what is doubtful about it."""
        return self._prices.of(asset, instants_ms)


def _ahead(events: Sequence[LedgerEvent], since_ms: int | None, instants: Sequence[int], reporting: str) -> Ahead:
    """What the rows, and then the books, ask prices of."""
    own: dict[str, list[int]] = {}
    first = 0 if since_ms is None else bisect_right(events, since_ms, key=lambda event: event.at_ms)
    for event in events[first:]:
        for asset in wanted_prices(event, reporting):
            own.setdefault(asset, []).append(event.at_ms)
    return Ahead(instants, own)
