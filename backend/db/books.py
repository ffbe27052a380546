"""The books: trades, positions, lots and sums, and what booking needs to go on. Every read is bounded by an index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, Table, and_, case, delete, func, insert, or_, select, update

from backend.core.ledger.book_sums import METHODS, Holding
from backend.core.ledger.cost_translation import EnteredCost
from backend.core.model.booked import BookedLot, BookedPosition, BookedTrade, BookState
from backend.db.book_models import (
    COUNTS,
    book_checkpoints,
    booked_disposals,
    booked_income,
    booked_lots,
    booked_positions,
    booked_runs,
    booked_subject_runs,
    booked_sums,
    booked_trades,
    books,
    entered_costs,
)
from backend.db.book_reports import by_method
from backend.db.book_runs import SqlBookRuns
from backend.db.dialect import upsert
from backend.db.models import ledger_events

if TYPE_CHECKING:
    from backend.core.book_ports import Key, LotState


class SqlBooks(SqlBookRuns):
    """What readers and booking need; sums are the inherited `SqlBookRuns`."""

    def state(self, account_id: int) -> BookState | None:
        """How far the books are; None before the first event."""
        row = self._connection.execute(select(books).where(books.c.account_id == account_id)).first()
        if row is None:
            return None
        return BookState(
            at_ms=row.at,
            last_id=row.last_id,
            version=row.version,
            settled=row.settled,
            dirty_from_ms=row.dirty_from,
            reason=row.reason,
            first_trade_ms=row.first_trade_at,
            open_count=row.open_count,
            closed_count=row.closed_count,
            unknown_lots=row.unknown_lots,
        )

    def set_state(self, account_id: int, state: BookState) -> None:
        values = {
            "at": state.at_ms,
            "last_id": state.last_id,
            "version": state.version,
            "settled": state.settled,
            "dirty_from": state.dirty_from_ms,
            "reason": state.reason,
            "first_trade_at": state.first_trade_ms,
            "open_count": state.open_count,
            "closed_count": state.closed_count,
            "unknown_lots": state.unknown_lots,
        }
        statement = upsert(self._connection)(books).values(account_id=account_id, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["account_id"], set_=values))

    def mark(self, account_id: int, from_ms: int) -> None:
        """Say that the ledger, or a cost that the user entered, changed from an instant on; an earlier mark stays."""
        earliest = case((books.c.dirty_from < from_ms, books.c.dirty_from), else_=from_ms)
        self._connection.execute(
            update(books)
            .where(books.c.account_id == account_id, books.c.at >= from_ms)
            .values(dirty_from=earliest, version=books.c.version + 1)
        )

    def new_since(self, account_id: int, last_id: int) -> tuple[int, int] | None:
        """The earliest instant and the highest id of the ledger's rows that came after an id; None where none did."""
        table = ledger_events.c
        # Read by the key of the rows: an index that begins with the account would be read from its first row.
        own = table.account_id + 0 == account_id
        query = select(func.min(table.at), func.max(table.id)).where(table.id > last_id, own)
        at_ms, newest = self._connection.execute(query).one()
        return None if newest is None else (at_ms, newest)

    def checkpoint_before(self, account_id: int, at_ms: int | None) -> tuple[int, int, str] | None:
        """The newest checkpoint, or the newest before an instant: (instant, events, state)."""
        table = book_checkpoints.c
        query = select(table.at, table.events, table.state).where(table.account_id == account_id)
        if at_ms is not None:
            query = query.where(table.at < at_ms)
        row = self._connection.execute(query.order_by(table.at.desc()).limit(1)).first()
        return None if row is None else (row.at, row.events, row.state)

    def add_checkpoint(self, account_id: int, at_ms: int, events: int, state: str) -> None:
        """Keep a checkpoint, and of the older ones about one for each doubling of their distance."""
        table = book_checkpoints.c
        query = select(table.at, table.events).where(table.account_id == account_id).order_by(table.at)
        seen: set[int] = set()
        for row in self._connection.execute(query).all():
            distance = (events - row.events).bit_length()
            if distance in seen:
                self._connection.execute(
                    delete(book_checkpoints).where(table.account_id == account_id, table.at == row.at)
                )
            seen.add(distance)
        self._connection.execute(
            insert(book_checkpoints).values(account_id=account_id, at=at_ms, events=events, state=state)
        )

    def forget_after(self, account_id: int, at_ms: int) -> None:
        """Drop everything booked later than an instant; the caller writes anew what was open and the sums then."""
        for table in (
            booked_trades,
            booked_lots,
            booked_runs,
            booked_subject_runs,
            booked_disposals,
            booked_income,
            book_checkpoints,
        ):
            self._connection.execute(delete(table).where(table.c.account_id == account_id, table.c.at > at_ms))
        changed = (
            (booked_positions.c.opened_at > at_ms)
            | booked_positions.c.closed_at.is_(None)
            | (booked_positions.c.closed_at > at_ms)
        )
        self._connection.execute(delete(booked_positions).where(booked_positions.c.account_id == account_id, changed))
        self._connection.execute(delete(booked_sums).where(booked_sums.c.account_id == account_id))

    def add_trades(self, rows: Sequence[BookedTrade]) -> None:
        self._insert(booked_trades, [_trade_values(row) for row in rows])

    def add_lots(self, rows: Sequence[BookedLot]) -> None:
        self._insert(booked_lots, [_lot_values(row) for row in rows])

    def put_positions(self, account_id: int, holdings: Iterable[Holding]) -> None:
        rows = [{"account_id": account_id, **_holding_values(holding)} for holding in holdings]
        self._put(booked_positions, ["account_id", "asset", "number"], rows)

    def trades(
        self,
        account_id: int,
        symbol: str | None,
        side: str | None,
        span_ms: tuple[int | None, int | None],
        after: Key | None,
        limit: int,
    ) -> Sequence[BookedTrade]:
        """Newest first with start <= instant < end; `after` is the (instant, id) of the last row before."""
        table = booked_trades.c
        query = select(booked_trades).where(table.account_id == account_id)
        if symbol is not None:
            query = query.where(table.symbol == symbol)
        if side is not None:
            query = query.where(table.side == side)
        query = _within(query, booked_trades, span_ms, after)
        query = query.order_by(table.at.desc(), table.event_id.desc()).limit(limit)
        return [_trade(row) for row in self._connection.execute(query)]

    def lots(self, account_id: int, state: LotState, after: Key | None, limit: int) -> Sequence[BookedLot]:
        """Newest first."""
        table = booked_lots.c
        query = select(booked_lots).where(table.account_id == account_id, table.state == state)
        query = _within(query, booked_lots, (None, None), after)
        query = query.order_by(table.at.desc(), table.event_id.desc()).limit(limit)
        return [_lot(row) for row in self._connection.execute(query)]

    def lot(self, lot_id: int) -> BookedLot | None:
        row = self._connection.execute(select(booked_lots).where(booked_lots.c.event_id == lot_id)).first()
        return None if row is None else _lot(row)

    def position(self, account_id: int, asset: str, number: int) -> BookedPosition | None:
        table = booked_positions.c
        query = select(booked_positions).where(
            table.account_id == account_id, table.asset == asset, table.number == number
        )
        row = self._connection.execute(query).first()
        return None if row is None else _position(row)

    def open_positions(self, account_id: int, after_id: int, limit: int) -> Sequence[BookedPosition]:
        """In the order in which they were first seen."""
        table = booked_positions.c
        query = select(booked_positions).where(
            table.account_id == account_id, table.closed_at.is_(None), table.id > after_id
        )
        return [_position(row) for row in self._connection.execute(query.order_by(table.id).limit(limit))]

    def closed_positions(self, account_id: int, after: Key | None, limit: int) -> Sequence[BookedPosition]:
        """Those closed last first; `after` is the (instant, id) of the last row before."""
        table = booked_positions.c
        query = select(booked_positions).where(table.account_id == account_id, table.closed_at.is_not(None))
        if after is not None:
            earlier = and_(table.closed_at == after[0], table.id < after[1])
            query = query.where(table.closed_at <= after[0], or_(table.closed_at < after[0], earlier))
        query = query.order_by(table.closed_at.desc(), table.id.desc()).limit(limit)
        return [_position(row) for row in self._connection.execute(query)]

    def entered(self, account_id: int) -> Mapping[tuple[str, str], EnteredCost]:
        """Costs that the user entered, by the source and external id of the ledger's event."""
        query = select(entered_costs).where(entered_costs.c.account_id == account_id)
        return {
            (row.source, row.external_id): EnteredCost(row.cost, row.acquired_at)
            for row in self._connection.execute(query)
        }

    def enter_cost(self, lot_id: int, entered: EnteredCost | None) -> None:
        """Write down, or take back, what the user says of the coins of a ledger event."""
        table = ledger_events.c
        query = select(table.account_id, table.source, table.external_id).where(table.id == lot_id)
        key = self._connection.execute(query).one()._asdict()
        if entered is None:
            wanted = [entered_costs.c[name] == value for name, value in key.items()]
            self._connection.execute(delete(entered_costs).where(*wanted))
            return
        values = {"cost": entered.cost, "acquired_at": entered.acquired_ms}
        statement = upsert(self._connection)(entered_costs).values(**key, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))


def _within(query: Select[Any], table: Table, span_ms: tuple[int | None, int | None], after: Key | None) -> Select[Any]:
    start, end = span_ms
    if start is not None:
        query = query.where(table.c.at >= start)
    if end is not None:
        query = query.where(table.c.at < end)
    if after is not None:
        # The first condition alone is a range of the index: rows of the same instant are told apart by the second.
        earlier = and_(table.c.at == after[0], table.c.event_id < after[1])
        query = query.where(table.c.at <= after[0], or_(table.c.at < after[0], earlier))
    return query


def _trade_values(row: BookedTrade) -> dict[str, Any]:
    return {
        "event_id": row.id,
        "account_id": row.account_id,
        "at": row.at_ms,
        "kind": row.kind,
        "symbol": row.symbol,
        "side": row.side,
        "base": row.base,
        "quote": row.quote,
        "quantity": row.quantity,
        "price": row.price,
        "quote_quantity": row.quote_quantity,
        "value_usd": row.value,
        "fee": row.fee,
        "fee_asset": row.fee_asset,
        "fee_usd": row.fee_value,
        **{f"realized_{method}": result for method, result in zip(METHODS, row.realized, strict=True)},
        "source": row.source,
        "status": row.status,
        "reason": row.reason,
        **dict(zip(COUNTS, row.counted, strict=True)),
    }


def _trade(row: Row[Any]) -> BookedTrade:
    return BookedTrade(
        id=row.event_id,
        account_id=row.account_id,
        at_ms=row.at,
        kind=row.kind,
        symbol=row.symbol,
        side=row.side,
        base=row.base,
        quote=row.quote,
        quantity=row.quantity,
        price=row.price,
        quote_quantity=row.quote_quantity,
        value=row.value_usd,
        fee=row.fee,
        fee_asset=row.fee_asset,
        fee_value=row.fee_usd,
        realized=by_method(row, "realized"),
        source=row.source,
        status=row.status,
        reason=row.reason,
        counted=(row.buys, row.sells, row.symbol_buys, row.symbol_sells),
    )


def _lot_values(row: BookedLot) -> dict[str, Any]:
    return {
        "event_id": row.id,
        "account_id": row.account_id,
        "at": row.at_ms,
        "asset": row.asset,
        "quantity": row.quantity,
        "market_value": row.market_value,
        "state": "unknown" if row.cost is None else "entered",
        "cost": row.cost,
        "acquired_at": row.acquired_ms,
    }


def _lot(row: Row[Any]) -> BookedLot:
    return BookedLot(
        row.event_id, row.account_id, row.at, row.asset, row.quantity, row.market_value, row.cost, row.acquired_at
    )


def _holding_values(holding: Holding) -> dict[str, Any]:
    return {
        "asset": holding.asset,
        "number": holding.number,
        "opened_at": holding.opened_ms,
        "closed_at": holding.closed_ms,
        "came": holding.came,
        "cost": holding.cost,
        "sold": holding.sold,
        "proceeds": holding.proceeds,
        "income": holding.income,
        "fees": holding.fees,
        "trades": holding.trades,
        "cost_status": "unknown" if holding.unknown else "entered" if holding.entered else "known",
        "held": holding.held,
        **{f"held_cost_{method}": cost for method, cost in zip(METHODS, holding.held_cost, strict=True)},
        **{f"realized_{method}": result for method, result in zip(METHODS, holding.realized, strict=True)},
    }


def _position(row: Row[Any]) -> BookedPosition:
    return BookedPosition(
        id=row.id,
        account_id=row.account_id,
        asset=row.asset,
        number=row.number,
        opened_ms=row.opened_at,
        closed_ms=row.closed_at,
        came=row.came,
        cost=row.cost,
        sold=row.sold,
        proceeds=row.proceeds,
        income=row.income,
        fees=row.fees,
        trades=row.trades,
        cost_status=row.cost_status,
        held=row.held,
        held_cost=by_method(row, "held_cost"),
        realized=by_method(row, "realized"),
    )
