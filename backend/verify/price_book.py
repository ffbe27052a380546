"""Prices of coins from the stored prices of pairs, without the list of pairs that the exchange has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, select

from backend.db.models import prices
from backend.verify.differences import EXACT, same_money

ONE: Final = Decimal(1)
# Pairs on the way to the reporting currency.
LONGEST_ROUTE: Final = 3
# Older than this a close is not a price of its instant; another route may have a newer one.
FRESH_MS: Final = 3_600_000
Hop = tuple[str, bool]
# A price, and why it is doubtful.
Told = tuple[Decimal | None, str | None]
OLD_PRICE: Final = "old_price"
NO_PRICE: Final = "no_price"


class PriceBook:
    """Holds the stored prices of one stretch of time at once."""

    def __init__(self, connection: Connection, reporting: str) -> None:
        self._connection = connection
        self.reporting = reporting
        self._symbols = list(connection.execute(select(prices.c.symbol).distinct()).scalars())
        self._routes: dict[str, list[tuple[Hop, ...]]] = {}
        self._points: dict[tuple[str, int], tuple[Decimal | None, int | None]] = {}

    def load(self, from_ms: int, until_ms: int) -> None:
        """Put the prices with from <= instant <= until in the place of those before."""
        self._points = {}
        for symbol in self._symbols:
            query = select(prices.c.at, prices.c.price, prices.c.candle_end).where(
                prices.c.symbol == symbol, prices.c.at >= from_ms, prices.c.at <= until_ms
            )
            for at_ms, price, candle_end in self._connection.execute(query):
                self._points[symbol, at_ms] = price, candle_end

    def load_instants(self, instants_ms: Sequence[int]) -> None:
        """Put the prices of some instants in the place of those before."""
        self._points = {}
        query = select(prices.c.symbol, prices.c.at, prices.c.price, prices.c.candle_end).where(
            prices.c.symbol.in_(self._symbols), prices.c.at.in_(sorted(set(instants_ms)))
        )
        for symbol, at_ms, price, candle_end in self._connection.execute(query):
            self._points[symbol, at_ms] = price, candle_end

    def of(self, asset: str, at_ms: int, stored: Decimal | None = None) -> Decimal | None:
        """The price of a coin at an instant, None where no pair tells one.

        Args:
            stored: the price that is to be checked: where several routes tell prices, the one that tells this is taken,
                for which pairs traded at the time is not stored.
        """
        return self.told(asset, at_ms, stored)[0]

    def told(self, asset: str, at_ms: int, stored: Decimal | None = None) -> Told:
        """The same, and why it is doubtful: `no_price`, or `old_price` where no trade of the hour before made it."""
        if asset == self.reporting:
            return ONE, None
        found = list(self._told(asset, at_ms))
        if stored is not None:
            ages = [age for price, age in found if same_money(price, stored)]
            if ages:
                return next(price for price, age in found if same_money(price, stored)), _doubt(min(ages))
        fresh = next((price for price, age in found if age < FRESH_MS), None)
        if fresh is not None:
            return fresh, None
        if found:
            return found[0][0], OLD_PRICE
        last = None if stored is None else self._last(asset, at_ms)
        return last, NO_PRICE if last is None else OLD_PRICE

    def _told(self, asset: str, at_ms: int) -> Iterator[tuple[Decimal, int]]:
        """What each route tells, shortest first, with the age of its oldest close."""
        for route in self._of(asset):
            price, age = ONE, 0
            for symbol, inverted in route:
                told, candle_end = self._points.get((symbol, at_ms), (None, None))
                if told is None or told == 0:
                    break
                price = EXACT.multiply(price, EXACT.divide(ONE, told) if inverted else told)
                age = max(age, 0 if candle_end is None else at_ms - candle_end)
            else:
                yield price, age

    def _last(self, asset: str, at_ms: int) -> Decimal | None:
        """The last price of a coin that is not listed any more."""
        query = select(prices.c.price).where(prices.c.symbol == asset + self.reporting, prices.c.at <= at_ms)
        return self._connection.execute(query.order_by(prices.c.at.desc()).limit(1)).scalar()

    def _of(self, asset: str) -> Sequence[tuple[Hop, ...]]:
        found = self._routes.get(asset)
        if found is None:
            routes = self._search(asset, LONGEST_ROUTE, {asset})
            found = self._routes[asset] = sorted(routes, key=lambda route: (len(route), route[0][1]))
        return found

    def _search(self, asset: str, left: int, seen: set[str]) -> Iterator[tuple[Hop, ...]]:
        for symbol in self._symbols:
            for middle, inverted in ((symbol.removeprefix(asset), False), (symbol.removesuffix(asset), True)):
                if middle == symbol or not middle or middle in seen:
                    continue
                if middle == self.reporting:
                    yield ((symbol, inverted),)
                elif left > 1:
                    for rest in self._search(middle, left - 1, seen | {middle}):
                        yield ((symbol, inverted), *rest)


def _doubt(age_ms: int) -> str | None:
    return None if age_ms < FRESH_MS else OLD_PRICE
