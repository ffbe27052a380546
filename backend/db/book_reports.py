"""Disposals and income as the yearly lists tell them, in pages by key."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, case, insert, or_, select

from backend.core.ledger.book_sums import METHODS
from backend.core.model.booked import BookedDisposal, BookedIncome
from backend.db.book_models import booked_disposals, booked_income, booked_trades
from backend.db.models import ledger_events

if TYPE_CHECKING:
    from backend.core.book_ports import Key


class SqlBookReports:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_disposals(self, account_id: int, rows: Sequence[BookedDisposal]) -> None:
        if rows:
            self._connection.execute(insert(booked_disposals), [_disposal_values(account_id, row) for row in rows])

    def add_income(self, account_id: int, rows: Sequence[BookedIncome]) -> None:
        if rows:
            self._connection.execute(insert(booked_income), [_income_values(account_id, row) for row in rows])

    def disposals(
        self, account_id: int, span_ms: tuple[int, int], after: Key | None, limit: int
    ) -> Sequence[BookedDisposal]:
        """With start <= instant < end, oldest first; `after` is the (instant, id) of the last row before."""
        # A coin that paid the fee of a trade has none itself.
        fee = case((booked_disposals.c.kind == "sale", booked_trades.c.fee_usd))
        trade = booked_trades.c.event_id == booked_disposals.c.event_id
        query = _page(booked_disposals, account_id, span_ms, after, limit, fee.label("fee_usd"))
        rows = self._connection.execute(query.outerjoin(booked_trades, trade))
        return [
            BookedDisposal(
                at_ms=row.at,
                kind=row.kind,
                asset=row.asset,
                quantity=row.quantity,
                proceeds=row.proceeds,
                cost=by_method(row, "cost"),
                acquired_ms=by_method(row, "acquired"),
                acquired_last_ms=by_method(row, "acquired_last"),
                estimated=row.estimated,
                event_id=row.event_id,
                old_price=row.old_price,
                id=row.id,
                fee_value=row.fee_usd,
                source=row.source,
                external_id=row.external_id,
            )
            for row in rows
        ]

    def income(
        self, account_id: int, span_ms: tuple[int, int], after: Key | None, limit: int
    ) -> Sequence[BookedIncome]:
        """With start <= instant < end, oldest first; `after` is the (instant, id) of the last row before."""
        rows = self._connection.execute(
            _page(booked_income, account_id, span_ms, after, limit, ledger_events.c.note.label("note"))
        )
        return [
            BookedIncome(
                at_ms=row.at,
                kind=row.kind,
                asset=row.asset,
                symbol=row.symbol,
                quantity=row.quantity,
                value=row.value_usd,
                event_id=row.event_id,
                old_price=row.old_price,
                id=row.id,
                source=row.source,
                external_id=row.external_id,
                note=row.note,
            )
            for row in rows
        ]

    def trade_fees(self, account_id: int, span_ms: tuple[int, int]) -> Sequence[tuple[str, Decimal | None]]:
        """Kind and worth of the fee of every trade with start <= instant < end that had one; None: not known."""
        start, end = span_ms
        trade = booked_trades.c
        query = select(trade.kind, trade.fee_usd).where(
            trade.account_id == account_id, trade.at >= start, trade.at < end, trade.fee.is_not(None)
        )
        return [(kind, value) for kind, value in self._connection.execute(query).all()]


def _page(
    table: Table, account_id: int, span_ms: tuple[int, int], after: Key | None, limit: int, *more: ColumnElement[Any]
) -> Select[Any]:
    start, end = span_ms
    told = ledger_events.c
    query = (
        select(table, told.source, told.external_id, *more)
        .join_from(table, ledger_events, told.id == table.c.event_id)
        .where(table.c.account_id == account_id, table.c.at >= start, table.c.at < end)
    )
    if after is not None:
        later = and_(table.c.at == after[0], table.c.id > after[1])
        query = query.where(table.c.at >= after[0], or_(table.c.at > after[0], later))
    return query.order_by(table.c.at, table.c.id).limit(limit)


def _disposal_values(account_id: int, row: BookedDisposal) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "at": row.at_ms,
        "kind": row.kind,
        "asset": row.asset,
        "quantity": row.quantity,
        "proceeds": row.proceeds,
        **{f"cost_{method}": cost for method, cost in zip(METHODS, row.cost, strict=True)},
        **{f"acquired_{method}": at_ms for method, at_ms in zip(METHODS, row.acquired_ms, strict=True)},
        **{f"acquired_last_{method}": at_ms for method, at_ms in zip(METHODS, row.acquired_last_ms, strict=True)},
        "estimated": row.estimated,
        "event_id": row.event_id,
        "old_price": row.old_price,
    }


def _income_values(account_id: int, row: BookedIncome) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "at": row.at_ms,
        "kind": row.kind,
        "asset": row.asset,
        "symbol": row.symbol,
        "quantity": row.quantity,
        "value_usd": row.value,
        "event_id": row.event_id,
        "old_price": row.old_price,
    }


def by_method(row: Row[Any], name: str) -> tuple[Any, ...]:
    """The columns of a figure, in the order of `METHODS`."""
    return tuple(getattr(row, f"{name}_{method}") for method in METHODS)
