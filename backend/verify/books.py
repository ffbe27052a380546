"""The books, booked once more from the first event to the last in one go, without checkpoints.

This is the one figure that is recomputed by the code that made it: cost basis under four methods is checked against
definitions by the known-answer cases and, for its sums, by the closing equation, which shares nothing with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Table, select

from backend.core.ledger.account_book import AccountBook
from backend.core.ledger.book_sums import METHODS, Holding, SubjectRun, Sums
from backend.core.ledger.booked_rows import disposal_rows, income_rows, lot_row, trade_row
from backend.core.ledger.carried import read, written
from backend.core.ledger.cost_translation import wanted_prices
from backend.core.ledger.positions import Position, decode_positions
from backend.core.model.holdings import LedgerEvent
from backend.db.book_models import (
    COUNTS,
    booked_disposals,
    booked_income,
    booked_lots,
    booked_positions,
    booked_runs,
    booked_subject_runs,
    booked_sums,
    booked_trades,
    books,
)
from backend.db.models import account_sync
from backend.db.move_models import carried_lots
from backend.verify.differences import Report, Row

if TYPE_CHECKING:
    from backend.core.model.booked import BookedDisposal, BookedIncome, BookedLot, BookedTrade
    from backend.db.unit_of_work import SqlUnitOfWork
    from backend.verify.price_book import PriceBook

EVENTS_A_CHUNK: Final = 500
Told = tuple[int, LedgerEvent]
NO_POSITION: Final = Position(Decimal(0), Decimal(0))


class BooksPass:
    """Compares the books of one account."""

    def __init__(self, unit: SqlUnitOfWork, account: int, prices: PriceBook, report: Report) -> None:
        self._unit = unit
        self._account = account
        self._prices = prices
        self._report = report
        self._book = AccountBook(prices.reporting)
        self._holdings: dict[tuple[str, int], Holding] = {}
        self._subject_runs: dict[tuple[str, bool, int], SubjectRun] = {}

    def run(self, events: Sequence[Told]) -> None:
        """Book everything and compare row by row."""
        unit, account = self._unit, self._account
        entered = unit.books.entered(account)
        sent, received = unit.moves.sent_by(account), unit.moves.received_by(account)
        run = self._book.totals.text()
        runs: dict[int, str] = {}
        for start in range(0, len(events), EVENTS_A_CHUNK):
            chunk = events[start : start + EVENTS_A_CHUNK]
            self._prices.load_instants([event.at_ms for _, event in chunk])
            trades: dict[int, BookedTrade] = {}
            lots: dict[int, BookedLot] = {}
            disposals: dict[int, list[BookedDisposal]] = {}
            income: dict[int, list[BookedIncome]] = {}
            for place, (event_id, event) in enumerate(chunk, start):
                key = event.source, event.external_id
                found = {
                    asset: self._prices.told(asset, event.at_ms)
                    for asset in wanted_prices(event, self._prices.reporting)
                }
                known = {asset: price for asset, (price, _) in found.items()}
                old = any(price is not None and doubt is not None for price, doubt in found.values())
                cost, brought = entered.get(key), received.get(key)
                carried = None if brought is None or brought[1] is None else read(brought[1], brought[0].quantity)
                entry = self._book.book(event, known, cost, carried, old_price=old)
                if key in sent:
                    self._carried(key, event.at_ms, written(entry.left))
                trade = trade_row(account, event_id, event, entry)
                if trade is not None:
                    trades[event_id] = trade
                lot = lot_row(account, event_id, event, entry, cost)
                if lot is not None:
                    lots[event_id] = lot
                disposals[event_id] = disposal_rows(event_id, event, entry)
                income[event_id] = income_rows(event_id, event, self._prices.reporting, known, old_price=old)
                for holding in entry.holdings:
                    self._holdings[holding.asset, holding.number] = holding
                for subject in entry.subjects:
                    self._subject_runs[*subject, event.at_ms] = self._run_of(subject)
                if place + 1 == len(events) or events[place + 1][1].at_ms != event.at_ms:
                    now = self._book.totals.text()
                    if now != run:
                        runs[event.at_ms] = run = now
            ids = [event_id for event_id, _ in chunk]
            self._trades(ids, trades)
            self._lots(ids, lots)
            self._disposals(ids, disposals)
            self._income(ids, income)
        self._runs(runs)
        self._of_subjects()
        self._sums()
        self._positions()
        self._state()

    def _row(self, table: Table, row_id: int | None, at_ms: int | None, key: str = "") -> Row:
        return Row(self._report, table.name, self._account, row_id, at_ms, key)

    def _stored(self, table: Table, ids: Sequence[int]) -> Iterable[Any]:
        query = select(table).where(table.c.event_id.in_(ids), table.c.account_id == self._account)
        return self._unit.connection.execute(query)

    def _trades(self, ids: Sequence[int], made: Mapping[int, BookedTrade]) -> None:
        stored = {row.event_id: row for row in self._stored(booked_trades, ids)}
        for event_id in ids:
            row, own = stored.get(event_id), made.get(event_id)
            told = self._row(booked_trades, event_id, None if row is None else row.at)
            told.exactly("row", row is not None, own is not None)
            if row is None or own is None:
                continue
            named = ("kind", "symbol", "side", "base", "quote", "fee_asset", "status", "reason")
            for name in named:
                told.exactly(name, getattr(row, name), getattr(own, name))
            told.exactly("counted", tuple(getattr(row, name) for name in COUNTS), own.counted)
            told.money("quantity", row.quantity, own.quantity)
            told.money("price", row.price, own.price)
            told.money("quote_quantity", row.quote_quantity, own.quote_quantity)
            told.money("value_usd", row.value_usd, own.value)
            told.money("fee", row.fee, own.fee)
            told.money("fee_usd", row.fee_usd, own.fee_value)
            self._by_method(told, row, "realized", own.realized)

    def _lots(self, ids: Sequence[int], made: Mapping[int, BookedLot]) -> None:
        stored = {row.event_id: row for row in self._stored(booked_lots, ids)}
        for event_id in ids:
            row, own = stored.get(event_id), made.get(event_id)
            told = self._row(booked_lots, event_id, None if row is None else row.at)
            told.exactly("row", row is not None, own is not None)
            if row is not None and own is not None:
                told.money("quantity", row.quantity, own.quantity)
                told.money("market_value", row.market_value, own.market_value)
                told.money("cost", row.cost, own.cost)
                told.exactly("state", row.state, "unknown" if own.cost is None else "entered")
                told.exactly("acquired_at", row.acquired_at, own.acquired_ms)

    def _disposals(self, ids: Sequence[int], made: Mapping[int, Sequence[BookedDisposal]]) -> None:
        stored: dict[int, list[Any]] = {}
        for row in sorted(self._stored(booked_disposals, ids), key=lambda row: int(row.id)):
            stored.setdefault(row.event_id, []).append(row)
        for event_id in ids:
            rows, own = stored.get(event_id, []), made[event_id]
            self._row(booked_disposals, None, None, f"event {event_id}").exactly("rows", len(rows), len(own))
            for row, one in zip(rows, own, strict=False):
                told = self._row(booked_disposals, row.id, row.at)
                told.money("quantity", row.quantity, one.quantity)
                told.money("proceeds", row.proceeds, one.proceeds)
                self._by_method(told, row, "cost", one.cost)
                for name in ("kind", "asset", "estimated", "old_price"):
                    told.exactly(name, getattr(row, name), getattr(one, name))
                for place, method in enumerate(METHODS):
                    told.exactly(f"acquired_{method}", getattr(row, f"acquired_{method}"), one.acquired_ms[place])
                    last = f"acquired_last_{method}"
                    told.exactly(last, getattr(row, last), one.acquired_last_ms[place])

    def _income(self, ids: Sequence[int], made: Mapping[int, Sequence[BookedIncome]]) -> None:
        stored: dict[int, list[Any]] = {}
        for row in sorted(self._stored(booked_income, ids), key=lambda row: int(row.id)):
            stored.setdefault(row.event_id, []).append(row)
        for event_id in ids:
            rows, own = stored.get(event_id, []), made[event_id]
            self._row(booked_income, None, None, f"event {event_id}").exactly("rows", len(rows), len(own))
            for row, one in zip(rows, own, strict=False):
                told = self._row(booked_income, row.id, row.at)
                told.money("quantity", row.quantity, one.quantity)
                told.money("value_usd", row.value_usd, one.value)
                for name in ("kind", "asset", "symbol", "old_price"):
                    told.exactly(name, getattr(row, name), getattr(one, name))

    def _by_method(self, told: Row, row: Any, name: str, values: Sequence[Decimal | None]) -> None:
        for method, value in zip(METHODS, values, strict=True):
            told.money(f"{name}_{method}", getattr(row, f"{name}_{method}"), value)

    def _carried(self, key: tuple[str, str], at_ms: int, lots: str) -> None:
        table = carried_lots.c
        query = select(table.lots).where(
            table.account_id == self._account, table.source == key[0], table.external_id == key[1]
        )
        stored = self._unit.connection.execute(query).scalar()
        self._row(carried_lots, None, at_ms, " ".join(key)).exactly("lots", stored, lots)

    def _runs(self, made: Mapping[int, str]) -> None:
        query = select(booked_runs.c.at, booked_runs.c.figures).where(booked_runs.c.account_id == self._account)
        stored = {row.at: row.figures for row in self._unit.connection.execute(query)}
        for at_ms in sorted({*stored, *made}):
            _figures(self._row(booked_runs, None, at_ms), stored.get(at_ms), made.get(at_ms))

    def _run_of(self, subject: tuple[str, bool]) -> SubjectRun:
        """What a coin or contract has come to; what comes later must not change it."""
        sums = Sums.thaw(self._book.sums[subject].freeze())
        held = None if subject[1] else self._book.open.get(subject[0])
        return SubjectRun(sums) if held is None else SubjectRun(sums, held.held, tuple(held.held_cost))

    def _of_subjects(self) -> None:
        table = booked_subject_runs.c
        query = select(booked_subject_runs).where(table.account_id == self._account)
        query = query.execution_options(yield_per=EVENTS_A_CHUNK)
        seen = set()
        for row in self._unit.connection.execute(query):
            key = row.subject, bool(row.futures), row.at
            seen.add(key)
            own = self._subject_runs.get(key)
            told = self._row(booked_subject_runs, None, row.at, row.subject)
            if own is None:
                told.exactly("row", "a row", "none")
                continue
            _figures(told, row.figures, own.sums.text())
            told.money("held", row.held, own.held)
            self._by_method(told, row, "held_cost", own.held_cost)
        for subject, _, at_ms in sorted(self._subject_runs.keys() - seen):
            self._row(booked_subject_runs, None, at_ms, subject).exactly("row", "none", "a row")

    def _state(self) -> None:
        """What is counted over all books, and why profit is not split."""
        state, book = self._unit.books.state(self._account), self._book
        if state is None:
            return
        told = self._row(books, None, None, "state")
        told.exactly("reason", state.reason, book.doubt)
        told.exactly("first_trade_at", state.first_trade_ms, book.first_trade_ms)
        told.exactly("open_count", state.open_count, len(book.open))
        told.exactly("closed_count", state.closed_count, book.closed_count)
        told.exactly("unknown_lots", state.unknown_lots, book.unknown_lots)

    def _sums(self) -> None:
        table = booked_sums.c
        query = select(table.subject, table.futures, table.figures).where(table.account_id == self._account)
        stored = {(row.subject, row.futures): row.figures for row in self._unit.connection.execute(query)}
        for subject in sorted({*stored, *self._book.sums}):
            own = self._book.sums.get(subject)
            told = self._row(booked_sums, None, None, subject[0])
            _figures(told, stored.get(subject), None if own is None else own.text())
        positions = select(account_sync.c.positions).where(account_sync.c.account_id == self._account)
        known = decode_positions(self._unit.connection.execute(positions).scalar())
        if known is None:
            return
        own_book = self._book.positions()
        told = self._row(account_sync, None, None, "positions")
        told.money("realized", known.realized, own_book.realized)
        told.exactly("complete", known.complete, own_book.complete)
        told.exactly("reason", known.reason, own_book.reason)
        told.exactly("unknown", tuple(known.unknown), own_book.unknown)
        for asset in sorted({*known.open, *own_book.open}):
            told = self._row(account_sync, None, None, f"positions {asset}")
            one, other = known.open.get(asset, NO_POSITION), own_book.open.get(asset, NO_POSITION)
            told.money("quantity", one.quantity, other.quantity)
            told.money("cost", one.cost, other.cost)
            told.exactly("unknown", one.unknown, other.unknown)

    def _positions(self) -> None:
        query = select(booked_positions).where(booked_positions.c.account_id == self._account)
        stored = {(row.asset, row.number): row for row in self._unit.connection.execute(query)}
        for asset, number in sorted({*stored, *self._holdings}):
            row, own = stored.get((asset, number)), self._holdings.get((asset, number))
            told = self._row(booked_positions, None if row is None else row.id, None, f"{asset} {number}")
            told.exactly("row", row is not None, own is not None)
            if row is None or own is None:
                continue
            for name in ("came", "cost", "sold", "proceeds", "income", "fees", "held"):
                told.money(name, getattr(row, name), getattr(own, name))
            told.exactly("opened_at", row.opened_at, own.opened_ms)
            told.exactly("closed_at", row.closed_at, own.closed_ms)
            told.exactly("trades", row.trades, own.trades)
            cost_status = "unknown" if own.unknown else "entered" if own.entered else "known"
            told.exactly("cost_status", row.cost_status, cost_status)
            self._by_method(told, row, "held_cost", own.held_cost)
            self._by_method(told, row, "realized", own.realized)


def _figures(told: Row, stored: str | None, own: str | None) -> None:
    """Compare sums, field by field; absent on one side: the whole row."""
    if stored is None or own is None:
        told.exactly("row", stored is not None, own is not None)
        return
    for one, value, other in zip(fields(Sums), json.loads(stored), json.loads(own), strict=True):
        values, others = (list(side) if isinstance(side, list) else [side] for side in (value, other))
        for place, (known, made) in enumerate(zip(values, others, strict=True)):
            name = one.name if len(values) == 1 else f"{one.name}_{METHODS[place]}"
            told.money(name, Decimal(known), Decimal(made))
