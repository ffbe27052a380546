"""One pass over the snapshots of an account, oldest first, beside its events, flows and prices."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy import Row as SqlRow

from backend.core.model.amounts import ZERO
from backend.core.model.holdings import LedgerEvent
from backend.core.model.instants import MINUTE_MS
from backend.db.models import closings, profit_readings, snapshots
from backend.verify.benchmark_line import BenchmarkLine
from backend.verify.charts import Charts, Point
from backend.verify.days import Days, Valued
from backend.verify.differences import EXACT, Report, Row, same_money
from backend.verify.doubts import GAIN_WITHOUT_CAPITAL, Doubts, untold_stretches
from backend.verify.findings import Findings
from backend.verify.flows import FlowPass, Moved, net
from backend.verify.hold_line import HoldPass
from backend.verify.packed import PackedLines
from backend.verify.parts import Parts
from backend.verify.price_book import PriceBook, Told
from backend.verify.slots import Slots

ROWS_A_CHUNK: Final = 500
NEGATIVE_VALUE: Final = "negative_value"
NEGATIVE_BASE: Final = "negative_base"
Composition = dict[str, tuple[Decimal, Decimal | None]]


@dataclass(slots=True)
class Chain:
    """The running figures of the rows so far."""

    seq: int = 0
    index: Decimal | None = Decimal(1)
    value: Decimal = ZERO
    flow: Decimal = ZERO
    flows: Decimal = ZERO
    deposits: Decimal = ZERO
    first: Decimal = ZERO
    # Why there is no index any more, and why the last link is doubtful.
    broken: str | None = None
    warning: str | None = None

    def take(self, value: Decimal, flow: Decimal, holds_nothing: bool) -> None:
        """Go on to the next row."""
        if self.seq == 0:
            self.first = value
            self.broken = NEGATIVE_VALUE if value < 0 else None
            self.index = None if value < 0 else Decimal(1)
        else:
            self.flows = EXACT.add(self.flows, self.flow)
            self.deposits = EXACT.add(self.deposits, max(self.flow, ZERO))
            self.index = self._linked(value, holds_nothing)
        self.seq += 1
        self.value, self.flow = value, flow

    def _linked(self, value: Decimal, holds_nothing: bool) -> Decimal | None:
        base = EXACT.add(self.value, self.flow)
        self.warning = None
        if self.index is None:
            return None
        if holds_nothing and value == 0 and self.flow < 0 < base < self.value:
            # Everything was withdrawn; what stayed behind was the fee, a cost of the capital before.
            return EXACT.multiply(self.index, EXACT.divide(EXACT.subtract(self.value, base), self.value))
        if value < 0 or base < 0:
            self.broken = NEGATIVE_VALUE if value < 0 else NEGATIVE_BASE
            return None
        if base == 0:
            self.warning = GAIN_WITHOUT_CAPITAL if value > 0 else None
            return self.index
        return EXACT.multiply(self.index, EXACT.divide(value, base))


class SnapshotPass:
    """Compares snapshots, the flows of the ledger, and closings of one account."""

    def __init__(
        self,
        connection: Connection,
        account: int,
        events: Sequence[LedgerEvent],
        prices: PriceBook,
        plan: str | None,
        days: Days,
        report: Report,
        until_ms: int | None,
        interval_ms: int,
    ) -> None:
        self._connection = connection
        self._account = account
        self._events = events
        self._done = 0
        self._prices = prices
        self._days = days
        self._report = report
        self._until_ms = until_ms
        self._held: dict[str, Decimal] = {}
        self._parts = Parts(prices.reporting)
        self._chain = Chain()
        self._line = BenchmarkLine(plan)
        self._flows = FlowPass(connection, account, events, prices, report)
        self._doubts = Doubts(untold_stretches(events))
        self._slots = Slots(interval_ms)
        self._hold = HoldPass(connection, account, report)
        self._findings = Findings(connection, account, report)
        self._packed = PackedLines(connection, account, report)
        self._charts = Charts(connection, account, report)
        self._readings = [
            (at_ms, {asset: Decimal(amount) for asset, amount in json.loads(amounts).items()})
            for at_ms, amounts in connection.execute(
                select(profit_readings.c.at, profit_readings.c.amounts)
                .where(profit_readings.c.account_id == account)
                .order_by(profit_readings.c.at)
            )
        ]

    def run(self) -> Iterator[int]:
        """Compare everything; yields how many rows were seen, chunk by chunk."""
        table = snapshots.c
        query = select(snapshots).where(table.account_id == self._account)
        if self._until_ms is not None:
            query = query.where(table.timestamp < self._until_ms)
        rows = iter(self._connection.execute(query.order_by(table.timestamp).execution_options(yield_per=ROWS_A_CHUNK)))
        seen, after_ms = 0, self._events[0].at_ms - 1 if self._events else 0
        while chunk := list(islice(rows, ROWS_A_CHUNK)):
            self._prices.load(min(after_ms + 1, chunk[0].timestamp), chunk[-1].timestamp)
            self._chunk(chunk, after_ms)
            after_ms = chunk[-1].timestamp
            seen += len(chunk)
            yield seen
        self._findings.finish()
        if self._until_ms is None:
            self._charts.finish()

    def _chunk(self, rows: Sequence[SqlRow[Any]], after_ms: int) -> None:
        flows = self._flows.between(after_ms, rows[-1].timestamp)
        self._hold.load(rows[0].timestamp, rows[-1].timestamp)
        table = closings.c
        query = select(closings).where(
            table.account_id == self._account,
            table.timestamp >= rows[0].timestamp,
            table.timestamp <= rows[-1].timestamp,
        )
        closed = {row.timestamp: row for row in self._connection.execute(query)}
        instants = iter(sorted(flows))
        pending = next(instants, None)
        for row in rows:
            while pending is not None and pending < row.timestamp:
                self._missing(pending)
                self._enter(flows[pending])
                pending = next(instants, None)
            self._advance(row.timestamp)
            here = flows.get(row.timestamp, []) if pending == row.timestamp else []
            self._row(row, here, closed.get(row.timestamp))
            if pending == row.timestamp:
                self._enter(here)
                pending = next(instants, None)

    def _missing(self, at_ms: int) -> None:
        if self._chain.seq:
            Row(self._report, "snapshots", self._account, None, at_ms).exactly("row", "none", "a row at a cash flow")

    def _enter(self, flows: Sequence[Moved]) -> None:
        for flow in flows:
            if flow.entered and flow.amount is not None and self._chain.seq:
                self._parts.enter(flow.amount)

    def _advance(self, until_ms: int) -> None:
        """Take in the events before an instant."""
        while self._done < len(self._events) and self._events[self._done].at_ms < until_ms:
            event = self._events[self._done]
            self._done += 1
            self._parts.book(event, self._prices.of)
            self._doubts.take(event)
            for leg in event.legs:
                self._held[leg.asset] = EXACT.add(self._held.get(leg.asset, ZERO), leg.amount)

    def _row(self, row: SqlRow[Any], flows: Sequence[Moved], closed: SqlRow[Any] | None) -> None:
        at_ms = row.timestamp
        told = Row(self._report, "snapshots", self._account, row.id, at_ms)
        stored = _composition(row.composition)
        profit = self._profit(at_ms, stored)
        owned: Composition = {}
        doubtful: dict[str, str | None] = {}
        for asset in {**self._held, **profit}:
            quantity = EXACT.add(self._held.get(asset, ZERO), profit.get(asset, ZERO))
            if quantity != 0:
                hint = stored.get(asset, (ZERO, None))[1]
                price, doubtful[asset] = self._prices.told(asset, at_ms, hint)
                owned[asset] = quantity, price
        told.exactly("composition", _words(stored), _words(owned) if not _same(stored, owned) else _words(stored))
        value = ZERO
        for quantity, price in owned.values():
            if price is not None:
                value = EXACT.add(value, EXACT.multiply(quantity, price))
        flow = net(flows)
        chain = self._chain
        chain.take(value, flow, not owned)
        flow_doubts = [one.doubt for one in flows if one.doubt is not None]
        reason = chain.broken or self._doubts.of_value(at_ms, doubtful, row.reason)
        flow_doubt = next(iter(flow_doubts), None)
        reason = reason or chain.warning or flow_doubt
        doubts = self._doubts.link(reason, flow, flow_doubts, chain.warning is not None)
        index, line = self._line.at(at_ms, value, flow, self._prices.told, reason, flow_doubt)
        self._days.take(Valued(at_ms, value, chain.index, index, line, reason, doubts))
        self._packed.take(at_ms, value, chain.index, index)
        self._charts.take(at_ms, Point(value, EXACT.add(chain.first, chain.flows), chain.index, index))
        self._hold.at(at_ms, value, {coin: held for coin, (held, _) in owned.items()}, flows, self._hinted(stored))
        pnl = EXACT.subtract(EXACT.subtract(value, chain.first), chain.flows)
        capital = EXACT.add(chain.first, chain.deposits)
        told.money("total_value_usd", row.total_value_usd, value)
        told.money("flow_usd", row.flow_usd, flow)
        told.money("deposits_usd", row.deposits_usd, max(flow, ZERO))
        told.money("cum_flows_usd", row.cum_flows_usd, chain.flows)
        told.money("cum_deposits_usd", row.cum_deposits_usd, chain.deposits)
        told.money("first_value_usd", row.first_value_usd, chain.first)
        told.money("pnl", row.pnl, pnl)
        told.statistic("pnl_percent", row.pnl_percent, EXACT.divide(pnl * 100, capital) if capital > 0 else None)
        told.statistic("growth_index", row.growth_index, chain.index)
        told.statistic("twr", row.twr, None if chain.index is None else (chain.index - 1) * 100)
        told.statistic("benchmark_index", row.benchmark_index, index)
        told.money("benchmark_value_usd", row.benchmark_value_usd, line)
        told.exactly("seq", row.seq, chain.seq)
        told.exactly("reason", row.reason, reason)
        told.exactly("status", row.status, "exact" if reason is None else "estimated")
        told.exactly("doubts", row.doubts, doubts)
        self._slots.take(at_ms)
        if self._slots.known:
            told.exactly("slots", row.slots, self._slots.taken)
            told.exactly("slots_expected", row.slots_expected, self._slots.expected)
        self._line.compare(told, row.benchmark_state)
        if closed is not None:
            self._closing(closed, value, profit, {asset: price for asset, (_, price) in owned.items()})

    def _hinted(self, stored: Composition) -> Callable[[str, int], Told]:
        return lambda coin, at_ms: self._prices.told(coin, at_ms, stored.get(coin, (ZERO, None))[1])

    def _closing(
        self, row: SqlRow[Any], value: Decimal, profit: Mapping[str, Decimal], prices: Mapping[str, Decimal | None]
    ) -> None:
        told = Row(self._report, "closings", self._account, row.snapshot_id, row.timestamp)
        parts = self._parts
        told.money("flows_usd", row.flows_usd, parts.flows)
        told.money("realized_usd", row.realized_usd, parts.realized)
        unrealized = parts.unrealized(profit, prices)
        told.money("unrealized_usd", row.unrealized_usd, unrealized)
        told.money("income_usd", row.income_usd, parts.income)
        told.money("fees_usd", row.fees_usd, parts.fees)
        with localcontext(EXACT):
            explained = parts.flows + parts.realized + unrealized + parts.income - parts.fees
        self._findings.take(row.timestamp, value, explained)

    def _profit(self, at_ms: int, stored: Composition) -> Mapping[str, Decimal]:
        """Open futures profit: what a reading beside the instant told, or none; the stored row says which."""
        if not self._readings:
            return {}
        beyond: dict[str, Decimal] = {}
        for asset in {**stored, **self._held}:
            rest = EXACT.subtract(stored.get(asset, (ZERO, None))[0], self._held.get(asset, ZERO))
            if rest != 0:
                beyond[asset] = rest
        place = bisect_left(self._readings, at_ms, key=lambda reading: reading[0])
        beside = [*self._readings[place : place + 1], *self._readings[max(place - 1, 0) : place]]
        if not beyond or any(amounts == beyond for _, amounts in beside):
            return beyond
        return next((amounts for read_ms, amounts in beside if abs(read_ms - at_ms) <= MINUTE_MS), {})


def _composition(text: str) -> Composition:
    return {
        asset: (Decimal(quantity), None if price is None else Decimal(price))
        for asset, (quantity, price) in json.loads(text).items()
    }


def _same(one: Composition, other: Composition) -> bool:
    return one.keys() == other.keys() and all(
        same_money(one[asset][0], other[asset][0]) and same_money(one[asset][1], other[asset][1]) for asset in one
    )


def _words(owned: Composition) -> str:
    return ", ".join(f"{quantity:f} {asset} at {price}" for asset, (quantity, price) in sorted(owned.items()))
