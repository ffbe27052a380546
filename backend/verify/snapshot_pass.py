"""One pass over the snapshots of an account, oldest first, beside its events, flows and prices."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, select
from sqlalchemy import Row as SqlRow

from backend.core.model.amounts import ZERO
from backend.core.model.instants import MINUTE_MS
from backend.db.models import closings, profit_readings, snapshots
from backend.verify.chain_figures import ChainFigures, Composition, Link, compare_held, composition_of
from backend.verify.differences import EXACT, Report, Row
from backend.verify.doubts import Doubts, untold_stretches
from backend.verify.findings import Findings
from backend.verify.flows import FlowPass, Moved, net
from backend.verify.parts import Parts

if TYPE_CHECKING:
    from backend.core.model.holdings import LedgerEvent
    from backend.verify.days import Days
    from backend.verify.price_book import PriceBook

ROWS_A_CHUNK: Final = 500


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
        self._report = report
        self._until_ms = until_ms
        self._held: dict[str, Decimal] = {}
        self._parts = Parts(prices.reporting)
        self._flows = FlowPass(connection, account, events, prices, report)
        self._doubts = Doubts(untold_stretches(events))
        self._figures = ChainFigures(connection, account, prices, plan, days, report, interval_ms, self._doubts)
        self._findings = Findings(connection, account, report)
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
            self._figures.finish()

    def _chunk(self, rows: Sequence[SqlRow[Any]], after_ms: int) -> None:
        flows = self._flows.between(after_ms, rows[-1].timestamp)
        self._figures.load(rows[0].timestamp, rows[-1].timestamp)
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
        if self._figures.seq:
            Row(self._report, "snapshots", self._account, None, at_ms).exactly("row", "none", "a row at a cash flow")

    def _enter(self, flows: Sequence[Moved]) -> None:
        for flow in flows:
            if flow.entered and flow.amount is not None and self._figures.seq:
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
        stored = composition_of(row.composition)
        profit = self._profit(at_ms, stored)
        owned: Composition = {}
        doubtful: dict[str, str | None] = {}
        for asset in {**self._held, **profit}:
            quantity = EXACT.add(self._held.get(asset, ZERO), profit.get(asset, ZERO))
            if quantity != 0:
                hint = stored.get(asset, (ZERO, None))[1]
                price, doubtful[asset] = self._prices.told(asset, at_ms, hint)
                owned[asset] = quantity, price
        compare_held(told, stored, owned)
        value = ZERO
        for quantity, price in owned.values():
            if price is not None:
                value = EXACT.add(value, EXACT.multiply(quantity, price))
        flow = net(flows)
        doubt = self._doubts.of_value(at_ms, doubtful, row.reason)
        self._figures.take(told, row, Link(value, flow, owned, flows, doubt, stored))
        if closed is not None:
            self._closing(closed, value, profit, {asset: price for asset, (_, price) in owned.items()})

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
