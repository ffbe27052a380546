"""Lots of one coin in one account: what was acquired, when, for how much, and which of it leaves first."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import Any, Final, NamedTuple

from backend.core.model.amounts import MONEY, ZERO

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


class Method(StrEnum):
    """Which lot a disposal takes; with `AVERAGE` it takes every lot at the same unit cost, the oldest coins first."""

    AVERAGE = "average"
    FIFO = "fifo"
    LIFO = "lifo"
    HIFO = "hifo"


OLDEST_FIRST: Final = frozenset({Method.AVERAGE, Method.FIFO})


class Lot(NamedTuple):
    """`quantity` > 0 coins that cost `cost` in the reporting currency.

    `ordinal` counts the acquisitions of the whole ledger from 1; the parts of a lot keep it, also across accounts.
    `estimated`: the cost is a fallback (market value of a deposit, or nothing known).
    """

    ordinal: int
    acquired_at: datetime
    quantity: Decimal
    cost: Decimal
    estimated: bool = False

    @property
    def unit_cost(self) -> Decimal:
        with localcontext(MONEY):
            return self.cost / self.quantity


class LotPool:
    """The lots of one position, in the order of one method.

    A disposal costs O(log n), O(1) where the oldest leave first and came in the order of their age. The average is kept
    as one sum for the pool, so a thousand lots are not rewritten by every sale. A pool without coins costs exactly 0:
    no rounding stays behind. Its sums keep their digits within the context `MONEY`, which the caller sets.
    """

    def __init__(self, method: Method) -> None:
        self._method = method
        self._averages = method is Method.AVERAGE
        self._lots: dict[int, Lot] = {}
        # Arrivals by age while they come in that order; from the first that does not on, all stand in a heap.
        self._in_order: deque[int] | None = deque() if method in OLDEST_FIRST else None
        self._newest = (EPOCH, 0)
        self._queue: list[tuple[tuple[Decimal | int, ...], int]] = []
        self._arrivals = 0
        # Arrivals since the last disposal: with the average method these still show their own cost.
        self._fresh: set[int] = set()
        self._estimated = 0
        self.quantity = ZERO
        self.cost = ZERO

    @property
    def estimated(self) -> bool:
        """Whether the cost of a lot still here is a fallback."""
        return self._estimated > 0

    def __len__(self) -> int:
        return len(self._lots)

    def freeze(self) -> dict[str, Any]:
        """Everything it knows, for JSON; `thaw` makes a pool of it that goes on in the same way."""
        return {
            "quantity": str(self.quantity),
            "cost": str(self.cost),
            "lots": [
                [
                    lot.ordinal,
                    _age(lot),
                    str(lot.quantity),
                    str(lot.cost),
                    int(lot.estimated),
                    int(arrival in self._fresh),
                ]
                for arrival, lot in self._lots.items()
            ],
        }

    @classmethod
    def thaw(cls, method: Method, frozen: Mapping[str, Any]) -> LotPool:
        """The pool that `freeze` described."""
        pool = cls(method)
        for ordinal, age, quantity, cost, estimated, fresh in frozen["lots"]:
            acquired_at = EPOCH + age * MICROSECOND
            pool.add(Lot(ordinal, acquired_at, Decimal(quantity), Decimal(cost), bool(estimated)))
            if not fresh:
                pool._fresh.discard(pool._arrivals)
        pool.quantity, pool.cost = Decimal(frozen["quantity"]), Decimal(frozen["cost"])
        return pool

    def add(self, lot: Lot) -> None:
        self._arrivals += 1
        arrival = self._arrivals
        self._lots[arrival] = lot
        if lot.estimated:
            self._estimated += 1
        if self._averages:
            self._fresh.add(arrival)
        self.quantity += lot.quantity
        self.cost += lot.cost
        if self._in_order is not None and (lot.acquired_at, lot.ordinal) >= self._newest:
            self._newest = (lot.acquired_at, lot.ordinal)
            self._in_order.append(arrival)
        else:
            self._enqueue(lot, arrival)

    def _enqueue(self, lot: Lot, arrival: int) -> None:
        if self._in_order is not None:
            self._queue = [(self._rank(self._lots[one]), one) for one in self._in_order]
            heapq.heapify(self._queue)
            self._in_order = None
        heapq.heappush(self._queue, (self._rank(lot), arrival))

    def take(self, quantity: Decimal) -> list[Lot]:
        """Remove `quantity` coins, or all there are; returns the parts in the order they leave, with their cost."""
        wanted = quantity if quantity < self.quantity else self.quantity
        if wanted <= ZERO:
            return []
        taken = self._take_lots(wanted)
        if self._averages:
            taken = _share(self.cost * wanted / self.quantity, taken, wanted)
            self._fresh.clear()
        self.quantity -= wanted
        if self.quantity:
            for part in taken:
                self.cost -= part.cost
        else:
            self.cost = ZERO
        return taken

    def _take_lots(self, wanted: Decimal) -> list[Lot]:
        taken: list[Lot] = []
        lots, in_order = self._lots, self._in_order
        while True:
            arrival = self._queue[0][1] if in_order is None else in_order[0]
            lot = lots[arrival]
            held = lot.quantity
            if held > wanted:
                break
            if in_order is None:
                heapq.heappop(self._queue)
            else:
                in_order.popleft()
            del lots[arrival]
            if lot.estimated:
                self._estimated -= 1
            taken.append(lot)
            wanted -= held
            if not wanted:
                return taken
        ordinal, acquired_at, _, whole, estimated = lot
        cost = whole * wanted / held
        lots[arrival] = Lot(ordinal, acquired_at, held - wanted, whole - cost, estimated)
        taken.append(Lot(ordinal, acquired_at, wanted, cost, estimated))
        return taken

    def lots(self) -> list[Lot]:
        """What is left, in order of arrival in this account."""
        if self._method is not Method.AVERAGE:
            return list(self._lots.values())
        with localcontext(MONEY):
            fresh = [self._lots[arrival] for arrival in self._fresh]
            averaged_cost = self.cost - sum((lot.cost for lot in fresh), ZERO)
            averaged_quantity = self.quantity - sum((lot.quantity for lot in fresh), ZERO)
            return [
                lot
                if arrival in self._fresh
                else _resized(lot, lot.quantity, averaged_cost * lot.quantity / averaged_quantity)
                for arrival, lot in self._lots.items()
            ]

    def _rank(self, lot: Lot) -> tuple[Decimal | int, ...]:
        age = _age(lot)
        if self._method is Method.LIFO:
            return (-age, -lot.ordinal)
        if self._method is Method.HIFO:
            return (-lot.unit_cost, age, lot.ordinal)
        return (age, lot.ordinal)


def _age(lot: Lot) -> int:
    """Microseconds from 1970 to its acquisition."""
    return (lot.acquired_at - EPOCH) // MICROSECOND


def _resized(lot: Lot, quantity: Decimal, cost: Decimal) -> Lot:
    return Lot(lot.ordinal, lot.acquired_at, quantity, cost, lot.estimated)


def _share(cost: Decimal, parts: list[Lot], quantity: Decimal) -> list[Lot]:
    """The parts with `cost` spread over their quantities; the last one takes the rest, so that the sum is exact."""
    shared: list[Lot] = []
    rest = cost
    for part in parts[:-1]:
        share = cost * part.quantity / quantity
        rest -= share
        shared.append(_resized(part, part.quantity, share))
    return [*shared, _resized(parts[-1], parts[-1].quantity, rest)]
