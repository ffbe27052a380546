"""Disposals and income as the yearly lists tell them, in pages by key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, insert, or_, select

from backend.core.book_ports import Key
from backend.core.ledger.book_sums import METHODS
from backend.core.model.booked import BookedDisposal, BookedIncome
from backend.db.book_models import booked_disposals, booked_income


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
        rows = self._connection.execute(_page(booked_disposals, account_id, span_ms, after, limit))
        return [
            BookedDisposal(
                row.at,
                row.kind,
                row.asset,
                row.quantity,
                row.proceeds,
                tuple(getattr(row, f"cost_{method}") for method in METHODS),
                tuple(getattr(row, f"acquired_{method}") for method in METHODS),
                row.estimated,
                row.id,
            )
            for row in rows
        ]

    def income(
        self, account_id: int, span_ms: tuple[int, int], after: Key | None, limit: int
    ) -> Sequence[BookedIncome]:
        """With start <= instant < end, oldest first; `after` is the (instant, id) of the last row before."""
        rows = self._connection.execute(_page(booked_income, account_id, span_ms, after, limit))
        return [
            BookedIncome(row.at, row.kind, row.asset, row.symbol, row.quantity, row.value_usd, row.id) for row in rows
        ]


def _page(table: Table, account_id: int, span_ms: tuple[int, int], after: Key | None, limit: int) -> Select[Any]:
    start, end = span_ms
    query = select(table).where(table.c.account_id == account_id, table.c.at >= start, table.c.at < end)
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
        "estimated": row.estimated,
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
    }
