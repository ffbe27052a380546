"""From ledger and prices to cash flows and snapshots: appends what is new, rebuilds from the instant that changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Final

from backend.core.flows import ENTERED, KEPT_OUTSIDE, NOT_A_FLOW, TO_CONFIRM, UNEXPLAINED_CHANGE
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.ledger.replay import coins_alone, quantities_before
from backend.core.model.amounts import MONEY, ZERO, product
from backend.core.model.holdings import CashFlow, EventKind, LedgerEvent, Leg
from backend.core.model.instants import from_ms, to_ms
from backend.core.model.task_log import TaskLine
from backend.core.model.valuation import Holding, SnapshotRow
from backend.core.performance.schedule import resets_between
from backend.core.performance.snapshot_chain import COINS, FINE_FOR_MS, Grid, Reset, ValuedPoint, extend
from backend.core.ports import Exchange, Store
from backend.core.valuation import PriceRoutes
from backend.services.entered_flows import at_prices
from backend.services.past_prices import PastPrice, PastPrices
from backend.services.watch import Watched

Prices = Mapping[str, Mapping[int, PastPrice]]
# Rows a transaction while history is appended; readers see it grow.
CHUNK_ROWS: Final = 2_000


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
        self._reporting = reporting
        self._interval_ms = snapshot_interval_s * 1000
        self._monotonic_s = monotonic_s
        self._started_s = monotonic_s()
        self._prices = PastPrices(store, exchange, epoch, PriceRoutes(exchange.symbols(), reporting))

    def update(
        self, events: Sequence[LedgerEvent], changed_from_ms: int | None, now_ms: int, manual_at_ms: int | None = None
    ) -> int:
        """Bring cash flows and snapshots up to `now_ms`; returns the number of rows written.

        Args:
            events: the whole ledger in booking order; replayed, it gives the reported balances.
            changed_from_ms: the earliest instant at which the ledger or a manual cash flow changed.
            manual_at_ms: take a snapshot at this instant too.

        Raises:
            ExchangeError: a price could not be read; what was there stays, and the next call goes on.
        """
        self._started_s = self._monotonic_s()
        with self._store.read() as unit:
            dirty = unit.accounts.sync_state(self._account).dirty_from_ms
            entered = [flow for flow in unit.cash_flows.all(self._account) if flow.source in ENTERED]
            tail = unit.snapshots.last(self._account)
            starts = [at_ms for at_ms in (changed_from_ms, dirty) if at_ms is not None]
            rebuild_from = min(starts, default=None)
            kept_manual: list[int] = []
            if rebuild_from is not None and tail is not None and rebuild_from <= tail.at_ms:
                kept_manual = list(unit.snapshots.manual_instants(self._account, rebuild_from))
                tail = unit.snapshots.last(self._account, rebuild_from)
            else:
                rebuild_from = None
            since = None if tail is None else tail.at_ms
            watched = Watched.since(unit, self._exchange, self._account, events, since)
        if manual_at_ms is not None and (tail is None or manual_at_ms > tail.at_ms):
            kept_manual.append(manual_at_ms)
        flows = self._valued_flows(events, since)
        return self._write_rows(events, watched, flows, entered, tail, rebuild_from, now_ms, kept_manual, bool(starts))

    def _valued_flows(self, events: Sequence[LedgerEvent], since_ms: int | None) -> list[CashFlow]:
        """The ledger's flows after an instant at the price of theirs."""
        crossing = [
            (event, leg) for event in events if since_ms is None or event.at_ms > since_ms for leg in _listed(event)
        ]
        wanted: dict[str, set[int]] = {}
        for event, leg in crossing:
            wanted.setdefault(leg.asset, set()).add(event.at_ms)
        prices = {asset: self._prices.of(asset, instants) for asset, instants in wanted.items()}
        found: list[CashFlow] = []
        for event, leg in crossing:
            price = prices[leg.asset][event.at_ms]
            unexplained = event.kind is EventKind.UNEXPLAINED
            status = TO_CONFIRM if unexplained else "exact" if price.doubt is None else "estimated"
            kept = event.kind is EventKind.KEPT_OUTSIDE
            if kept or event.kind is EventKind.ADJUSTMENT_INCOME:
                status = NOT_A_FLOW
            elif price.price is None and not unexplained:
                status = "unavailable"
            found.append(
                CashFlow(
                    id=None,
                    account_id=self._account,
                    at_ms=event.at_ms,
                    amount=None if price.price is None else product(leg.amount, price.price),
                    asset=leg.asset,
                    quantity=leg.amount,
                    price=price.price,
                    description="",
                    source=event.source,
                    external_id=event.external_id,
                    status=status,
                    reason=UNEXPLAINED_CHANGE if unexplained else KEPT_OUTSIDE if kept else price.doubt,
                )
            )
        return found

    def _write_rows(
        self,
        events: Sequence[LedgerEvent],
        watched: Watched,
        flows: Sequence[CashFlow],
        entered: Sequence[CashFlow],
        tail: SnapshotRow | None,
        rebuild_from: int | None,
        now_ms: int,
        manual_instants: Sequence[int],
        marked: bool,
    ) -> int:
        first = min((event.at_ms for event in events), default=None)
        opening = tail.at_ms if tail is not None else None if first is None else first - 1
        if opening is None:
            self._finish([], flows, rebuild_from, events, entered)
            return 0
        grid = Grid(self._interval_ms, now_ms - FINE_FOR_MS)
        slots = [at_ms for at_ms in grid.slots(opening, now_ms) if watched.holds(at_ms)]
        kinds = dict.fromkeys((at_ms for at_ms in manual_instants if opening < at_ms <= now_ms), "manual")
        within = [flow for flow in entered if opening < flow.at_ms <= now_ms]
        priced = at_prices(within, self._prices)
        counted = [flow for flow in flows if flow.status != NOT_A_FLOW and opening < flow.at_ms <= now_ms]
        all_flows = [*counted, *(priced.get(flow.id, flow) for flow in within)]
        kinds |= dict.fromkeys((flow.at_ms for flow in all_flows), "flow")
        if first is not None and tail is None:
            kinds[first] = "flow"
        kinds |= dict.fromkeys(slots, "slot")
        instants = sorted(kinds)
        replacing = rebuild_from is not None
        rows: list[SnapshotRow] = []
        written = 0
        for start in range(0, len(instants), CHUNK_ROWS):
            chunk = instants[start : start + CHUNK_ROWS]
            points, resets = self._points(events, watched, all_flows, chunk, kinds, tail)
            added = extend(self._account, tail, points, resets, grid)
            tail = added[-1] if added else tail
            written += len(added)
            rows.extend(added)
            if not replacing and start + CHUNK_ROWS < len(instants):
                with self._store.write(self._epoch) as unit:
                    unit.snapshots.append(rows)
                    unit.events.emit("snapshot", self._account, {"rows": len(rows)})
                rows = []
        if rows or flows or replacing or marked:
            self._finish(rows, flows, rebuild_from, events, entered, list(priced.values()), written)
        return written

    def _finish(
        self,
        rows: Sequence[SnapshotRow],
        flows: Sequence[CashFlow],
        rebuild_from: int | None,
        events: Sequence[LedgerEvent],
        entered: Sequence[CashFlow],
        priced: Sequence[CashFlow] = (),
        written: int = 0,
    ) -> None:
        with self._store.write(self._epoch) as unit:
            if rebuild_from is not None:
                unit.snapshots.delete_from(self._account, rebuild_from)
                unit.accounts.count_rebuild(self._account)
            unit.snapshots.append(rows)
            unit.cash_flows.upsert(flows)
            # A flow entered, changed, deleted or decided meanwhile is not in these rows: its mark stays for the next
            # step.
            entered_now = [flow for flow in unit.cash_flows.all(self._account) if flow.source in ENTERED]
            decided_now = list(unit.ledger.of_source(self._account, RECONCILIATION))
            decided = [event for event in events if event.source == RECONCILIATION]
            # Events of a statement that was imported or taken back meanwhile are not in these rows either.
            same = unit.ledger.count(self._account) == len(events)
            if not same:
                unit.ledger.forget_flows(self._account)
            if same and (entered_now, decided_now) == (list(entered), decided):
                unit.cash_flows.upsert(priced)
                unit.cash_flows.settle_pending(self._account)
                unit.accounts.update_sync(self._account, dirty_from=None)
            if rows:
                unit.task_log.note(self._told(rows[-1].seq, written))
                unit.events.emit("snapshot", self._account, {"rows": len(rows)})
            if flows:
                unit.events.emit("cashflow", self._account, {"flows": len(flows)})

    def _told(self, newest: int, written: int) -> TaskLine:
        took_ms = round((self._monotonic_s() - self._started_s) * 1000)
        numbers = {"number": newest, "rows": written}
        return TaskLine("ok", "snapshot", self._account, numbers=numbers, duration_ms=took_ms)

    def _points(
        self,
        events: Sequence[LedgerEvent],
        watched: Watched,
        flows: Sequence[CashFlow],
        instants: Sequence[int],
        kinds: Mapping[int, str],
        tail: SnapshotRow | None,
    ) -> tuple[list[ValuedPoint], list[Reset]]:
        owned = list(quantities_before(events, instants))
        alone = coins_alone(events)
        coins = owned if alone is events else quantities_before(alone, instants)
        short = {at_ms: doubt for at_ms, quantities in coins if (doubt := _short(quantities)) is not None}
        held = [watched.with_profit(at_ms, quantities) for at_ms, quantities in owned]
        wanted: dict[str, set[int]] = {coin: set(instants) for coin in COINS}
        for at_ms, quantities, _ in held:
            for asset in quantities:
                wanted.setdefault(asset, set()).add(at_ms)
        since = tail.at_ms if tail is not None else instants[0]
        reset_instants = [to_ms(at) for at in resets_between(from_ms(since), from_ms(instants[-1]))]
        for coin in COINS:
            wanted[coin].update(reset_instants)
        prices = {asset: self._prices.of(asset, at) for asset, at in wanted.items()}
        by_instant: dict[int, list[CashFlow]] = {}
        for flow in flows:
            by_instant.setdefault(flow.at_ms, []).append(flow)
        points = [
            _point(at_ms, kinds[at_ms], quantities, prices, by_instant.get(at_ms, ()), short.get(at_ms, doubt))
            for at_ms, quantities, doubt in held
            if kinds[at_ms] != "slot" or not self._without_trading(prices, at_ms, quantities)
        ]
        resets = [
            Reset(at_ms, known) for at_ms in reset_instants if (known := _benchmark_prices(prices, at_ms)) is not None
        ]
        return points, resets

    def _without_trading(self, prices: Prices, at_ms: int, held: Iterable[str]) -> bool:
        """Whether nothing that is held was traded in the hour before: a gap in the candles stays a gap.

        Where only some coins were not, the slot is an estimate.
        """
        told = [prices[asset][at_ms] for asset in held if asset != self._reporting]
        priced = [one for one in told if one.price is not None]
        return bool(priced) and all(one.paused for one in priced)

    def price_of(self, asset: str, instants_ms: Iterable[int]) -> dict[int, Decimal | None]:
        """Prices of an asset at instants, None where there is none."""
        return {at_ms: found.price for at_ms, found in self._prices.of(asset, instants_ms).items()}


def _listed(event: LedgerEvent) -> Sequence[Leg]:
    """What the list of cash flows shows of an event: also what the user said is none, so that it can be taken back."""
    if event.kind is EventKind.KEPT_OUTSIDE:
        return event.legs[:1]
    return event.legs if event.kind is EventKind.ADJUSTMENT_INCOME else event.flow_legs()


def _short(coins: Mapping[str, Decimal]) -> str | None:
    """The doubt where more coins had left than are known to have come, borrowed ones included."""
    return next((f"negative_quantity:{asset}" for asset, quantity in coins.items() if quantity < ZERO), None)


def _point(
    at_ms: int,
    kind: str,
    quantities: Mapping[str, Decimal],
    prices: Prices,
    flows: Iterable[CashFlow],
    quantity_doubt: str | None,
) -> ValuedPoint:
    composition = {asset: Holding(quantity, prices[asset][at_ms].price) for asset, quantity in quantities.items()}
    doubts = [f"{prices[asset][at_ms].doubt}:{asset}" for asset in quantities if prices[asset][at_ms].doubt is not None]
    if quantity_doubt is not None:
        doubts.append(quantity_doubt)
    with localcontext(MONEY):
        value = sum(
            (holding.quantity * holding.price for holding in composition.values() if holding.price is not None), ZERO
        )
        flow = sum((item.amount for item in flows if item.amount is not None), ZERO)
    flow_doubts = [item.reason or item.status for item in flows if item.status not in ("exact", "pending")]
    return ValuedPoint(
        at_ms=at_ms,
        kind=kind,
        value=value,
        flow=flow,
        deposits=max(flow, ZERO),
        composition=composition,
        doubt=doubts[0] if doubts else None,
        flow_doubt=flow_doubts[0] if flow_doubts else None,
        benchmark=_benchmark_prices(prices, at_ms),
    )


def _benchmark_prices(prices: Prices, at_ms: int) -> dict[str, Decimal] | None:
    found = {coin: price for coin in COINS if (price := prices[coin][at_ms].price) is not None}
    return found if len(found) == len(COINS) else None
