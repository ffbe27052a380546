"""One pass over the snapshots of an account, oldest first, beside its events, flows and prices."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy import Row as SqlRow

from backend.core.model.amounts import ZERO
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.core.model.instants import MINUTE_MS
from backend.db.models import cash_flows, closings, profit_readings, snapshots
from backend.verify.benchmark_line import BenchmarkLine
from backend.verify.days import Days, Valued
from backend.verify.differences import EXACT, Report, Row, same_money
from backend.verify.parts import Parts
from backend.verify.price_book import PriceBook

ROWS_A_CHUNK: Final = 500
ENTERED: Final = ("manual", "csv")
NO_FLOW: Final = "not_flow"
# The user may say that a change was none: it is listed, and counts nothing.
LISTED: Final = {EventKind.ADJUSTMENT_INCOME, EventKind.KEPT_OUTSIDE}
FLOWS: Final = {EventKind.DEPOSIT, EventKind.WITHDRAWAL, EventKind.UNEXPLAINED, EventKind.ADJUSTMENT_FLOW}
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

    def take(self, value: Decimal, flow: Decimal, holds_nothing: bool) -> None:
        """Go on to the next row."""
        if self.seq == 0:
            self.first = value
            self.index = None if value < 0 else Decimal(1)
        else:
            self.flows = EXACT.add(self.flows, self.flow)
            self.deposits = EXACT.add(self.deposits, max(self.flow, ZERO))
            self.index = self._linked(value, holds_nothing)
        self.seq += 1
        self.value, self.flow = value, flow

    def _linked(self, value: Decimal, holds_nothing: bool) -> Decimal | None:
        base = EXACT.add(self.value, self.flow)
        if self.index is None or value < 0:
            return None
        if holds_nothing and value == 0 and self.flow < 0 < base < self.value:
            # Everything was withdrawn; what stayed behind was the fee, a cost of the capital before.
            return EXACT.multiply(self.index, EXACT.divide(EXACT.subtract(self.value, base), self.value))
        if base < 0:
            return None
        return self.index if base == 0 else EXACT.multiply(self.index, EXACT.divide(value, base))


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

    def _chunk(self, rows: Sequence[SqlRow[Any]], after_ms: int) -> None:
        flows = self._flows(after_ms, rows[-1].timestamp)
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

    def _enter(self, flows: Sequence[tuple[Decimal, bool]]) -> None:
        for amount, entered in flows:
            if entered and self._chain.seq:
                self._parts.enter(amount)

    def _advance(self, until_ms: int) -> None:
        """Take in the events before an instant."""
        while self._done < len(self._events) and self._events[self._done].at_ms < until_ms:
            event = self._events[self._done]
            self._done += 1
            self._parts.book(event, self._prices.of)
            for leg in event.legs:
                self._held[leg.asset] = EXACT.add(self._held.get(leg.asset, ZERO), leg.amount)

    def _row(self, row: SqlRow[Any], flows: Sequence[tuple[Decimal, bool]], closed: SqlRow[Any] | None) -> None:
        at_ms = row.timestamp
        told = Row(self._report, "snapshots", self._account, row.id, at_ms)
        stored = _composition(row.composition)
        profit = self._profit(at_ms, stored)
        owned: Composition = {}
        for asset in {**self._held, **profit}:
            quantity = EXACT.add(self._held.get(asset, ZERO), profit.get(asset, ZERO))
            if quantity != 0:
                hint = stored.get(asset, (ZERO, None))[1]
                owned[asset] = quantity, self._prices.of(asset, at_ms, hint)
        told.exactly("composition", _words(stored), _words(owned) if not _same(stored, owned) else _words(stored))
        value = ZERO
        for quantity, price in owned.values():
            if price is not None:
                value = EXACT.add(value, EXACT.multiply(quantity, price))
        flow = ZERO
        for amount, _ in flows:
            flow = EXACT.add(flow, amount)
        chain = self._chain
        chain.take(value, flow, not owned)
        index, line = self._line.at(at_ms, value, flow, self._prices.of)
        self._days.take(Valued(at_ms, value, chain.index, index, line))
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
        if closed is not None:
            self._closing(closed, profit, {asset: price for asset, (_, price) in owned.items()})

    def _closing(self, row: SqlRow[Any], profit: Mapping[str, Decimal], prices: Mapping[str, Decimal | None]) -> None:
        told = Row(self._report, "closings", self._account, row.snapshot_id, row.timestamp)
        parts = self._parts
        told.money("flows_usd", row.flows_usd, parts.flows)
        told.money("realized_usd", row.realized_usd, parts.realized)
        told.money("unrealized_usd", row.unrealized_usd, parts.unrealized(profit, prices))
        told.money("income_usd", row.income_usd, parts.income)
        told.money("fees_usd", row.fees_usd, parts.fees)

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

    def _flows(self, after_ms: int, until_ms: int) -> dict[int, list[tuple[Decimal, bool]]]:
        """Amounts of the flows with after < instant <= until, by instant, and whether the user told of them."""
        table = cash_flows.c
        query = select(cash_flows).where(
            table.account_id == self._account, table.timestamp > after_ms, table.timestamp <= until_ms
        )
        stored = {(row.source, row.external_id): row for row in self._connection.execute(query)}
        found: dict[int, list[tuple[Decimal, bool]]] = {}
        place = self._done
        while place < len(self._events) and self._events[place].at_ms <= until_ms:
            event = self._events[place]
            place += 1
            if event.at_ms <= after_ms:
                continue
            row = stored.pop((event.source, event.external_id), None)
            if event.kind in FLOWS:
                amount = self._valued(event, row)
                if amount is not None:
                    found.setdefault(event.at_ms, []).append((amount, False))
            elif event.kind not in LISTED and row is not None:
                Row(self._report, "cash_flows", self._account, row.id, row.timestamp).exactly("row", "a row", "none")
        for row in stored.values():
            if row.source in ENTERED and row.status != NO_FLOW:
                amount = self._entered(row)
                if amount is not None:
                    found.setdefault(row.timestamp, []).append((amount, True))
            elif row.status != NO_FLOW:
                Row(self._report, "cash_flows", self._account, row.id, row.timestamp).exactly("row", "a row", "none")
        return found

    def _valued(self, event: LedgerEvent, row: SqlRow[Any] | None) -> Decimal | None:
        legs = [leg for leg in event.legs if leg.role != "fee" and leg.amount != 0]
        if not legs:
            return None
        told = Row(self._report, "cash_flows", self._account, None if row is None else row.id, event.at_ms)
        if row is None:
            told.exactly("row", "none", f"{event.source} {event.external_id}")
        known: Decimal | None = None
        for leg in legs:
            price = self._prices.of(leg.asset, event.at_ms, None if row is None else row.price_usd)
            amount = None if price is None else EXACT.multiply(leg.amount, price)
            if amount is not None:
                known = EXACT.add(known or ZERO, amount)
            if row is not None:
                told.exactly("asset", row.asset, leg.asset)
                told.money("quantity", row.quantity, leg.amount)
                told.money("price_usd", row.price_usd, price)
                told.money("amount_usd", row.amount_usd, amount)
        return known

    def _entered(self, row: SqlRow[Any]) -> Decimal | None:
        """What the user said, or the worth of the quantity that the user said."""
        if row.asset is None or row.quantity is None or (row.amount_usd is not None and row.price_usd is None):
            return None if row.amount_usd is None else Decimal(row.amount_usd)
        price = self._prices.of(row.asset, row.timestamp, row.price_usd)
        worth = None if price is None else EXACT.multiply(row.quantity, price)
        told = Row(self._report, "cash_flows", self._account, row.id, row.timestamp)
        told.money("price_usd", row.price_usd, price)
        told.money("amount_usd", row.amount_usd, worth)
        return worth


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
