"""Prices of the past that valuations rest on: one row a symbol and instant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from backend.core.model.valuation import PricePoint
from backend.db.dialect import upsert
from backend.db.models import prices

CHUNK = 500


class SqlPrices:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, symbol: str, instants_ms: Sequence[int]) -> Mapping[int, PricePoint]:
        """The stored prices of a symbol at some instants; those that are not stored are left out."""
        if not instants_ms:
            return {}
        wanted = set(instants_ms)
        # A few may lie years apart, with a price of every hour between them.
        inside = prices.c.at.in_(wanted) if len(wanted) <= CHUNK else prices.c.at.between(min(wanted), max(wanted))
        query = select(prices.c.at, prices.c.price, prices.c.candle_end).where(prices.c.symbol == symbol, inside)
        # By position: a rebuild reads a hundred thousand of these.
        return {
            at_ms: PricePoint(symbol, at_ms, price, candle_end)
            for at_ms, price, candle_end in self._connection.execute(query).all()
            if at_ms in wanted
        }

    def latest(self, symbol: str, by_ms: int | None = None) -> PricePoint | None:
        """The newest stored price, or the newest not later than an instant."""
        query = select(prices.c.at, prices.c.price, prices.c.candle_end).where(prices.c.symbol == symbol)
        if by_ms is not None:
            query = query.where(prices.c.at <= by_ms)
        row = self._connection.execute(query.order_by(prices.c.at.desc()).limit(1)).first()
        return None if row is None else PricePoint(symbol, row.at, row.price, row.candle_end)

    def add(self, points: Iterable[PricePoint]) -> None:
        """Store prices; one that is known already stays as it is: the past does not change."""
        rows = [
            {"symbol": point.symbol, "at": point.at_ms, "price": point.price, "candle_end": point.candle_end_ms}
            for point in points
        ]
        for start in range(0, len(rows), CHUNK):
            statement = upsert(self._connection)(prices).on_conflict_do_nothing()
            self._connection.execute(statement, rows[start : start + CHUNK])
