"""Lots of one coin in one account: what was acquired, when, for how much, and which of it leaves first."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import ROUND_CEILING, Decimal, localcontext
from enum import StrEnum
from typing import Any, Final, NamedTuple, Self

from backend.core.model.amounts import MONEY, ZERO

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


class Method(StrEnum):
    """Which lot a disposal takes; with `AVERAGE` it takes every lot at the same unit cost, the oldest coins first."""

    AVERAGE = "average"
    FIFO = "fifo"
    LIFO = "lifo"
    HIFO = "hifo"


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


# A lot inside a pool, in the order of the fields of `Lot`: plain tuples are made in a fifth of the time.
Part = tuple[int, datetime, Decimal, Decimal, bool]
# What decides who leaves first, the number of the arrival where that is equal, and the lot.
Ranked = tuple[tuple[Decimal, int, int], int, Part]


SMALLEST: Final = Decimal(1).scaleb(-18)
# Place of the flag of `AveragePool` in a frozen lot.
FRESH: Final = 5


class LotPool:
    """The lots of one position, in the order of one method.

    A disposal costs O(1) where age decides and the coins came in the order of their age, else O(log n). A pool without
    coins costs exactly 0: no rounding stays behind. Its sums keep their digits within the context `MONEY`, which the
    caller sets.
    """

    __slots__ = ("_arrivals", "_end", "_estimated", "_line", "_method", "_ranked", "cost", "quantity")

    def __init__(self, method: Method) -> None:
        self._method = method
        # The lots by age while they come in that order; from the first that does not on, all stand in a heap.
        self._line: deque[Part] | None = None if method is Method.HIFO else deque()
        self._end = -1 if method is Method.LIFO else 0
        self._ranked: list[Ranked] = []
        self._arrivals = 0
        self._estimated = 0
        self.quantity = ZERO
        self.cost = ZERO

    @property
    def estimated(self) -> bool:
        """Whether the cost of a lot still here is a fallback."""
        return self._estimated > 0

    def __len__(self) -> int:
        return len(self._ranked if self._line is None else self._line)

    def freeze(self) -> dict[str, Any]:
        """Everything it knows, for JSON; `thaw` makes a pool of it that goes on in the same way."""
        lots: list[list[Any]] = [
            [ordinal, _age(acquired_at), str(quantity), str(cost), int(estimated), 0]
            for ordinal, acquired_at, quantity, cost, estimated in self._parts()
        ]
        if self._method is Method.HIFO:
            # What is left of a lot has its unit cost but for rounding, which must not decide who leaves first.
            for lot, ((minus_unit_cost, _, _), _, _) in zip(lots, sorted(self._ranked, key=_arrival), strict=True):
                lot.append(str(minus_unit_cost.copy_negate()))
        return {"quantity": str(self.quantity), "cost": str(self.cost), "lots": lots}

    @classmethod
    def thaw(cls, method: Method, frozen: Mapping[str, Any]) -> Self:
        """The pool that `freeze` described."""
        pool = cls(method)
        for ordinal, age, quantity, cost, estimated, _, *unit_cost in frozen["lots"]:
            part = (ordinal, EPOCH + age * MICROSECOND, Decimal(quantity), Decimal(cost), bool(estimated))
            pool.add(part, *map(Decimal, unit_cost))
        pool.quantity, pool.cost = Decimal(frozen["quantity"]), Decimal(frozen["cost"])
        return pool

    def add(self, part: Part, unit_cost: Decimal | None = None) -> None:
        """Put a lot in; `unit_cost` is that of the whole lot where only a part of it is left."""
        ordinal, acquired_at, quantity, cost, estimated = part
        self.quantity += quantity
        self.cost += cost
        if estimated:
            self._estimated += 1
        line = self._line
        if line is None:
            self._rank(part, unit_cost)
        elif not line or line[-1][1] < acquired_at or (line[-1][1] == acquired_at and line[-1][0] < ordinal):
            line.append(part)
        else:
            self._line = None
            for one in (*line, part):
                self._rank(one)

    def take(self, quantity: Decimal) -> tuple[list[Part], Decimal, bool]:
        """Remove `quantity` coins, or all there are.

        Returns the parts in the order they leave, their cost, and whether it is doubtful: a part's cost is a fallback,
        or there were fewer coins.
        """
        doubtful = quantity > self.quantity
        wanted = self.quantity if doubtful else quantity
        if wanted <= ZERO:
            return [], ZERO, doubtful
        self.quantity -= wanted
        line, ranked, end = self._line, self._ranked, self._end
        parts: list[Part] = []
        rest, sum_of_costs = self.cost, ZERO
        while wanted:
            part = ranked[0][2] if line is None else line[end]
            ordinal, acquired_at, held, cost, estimated = part
            if held > wanted:
                whole, cost = cost, cost * wanted / held
                stays = (ordinal, acquired_at, held - wanted, whole - cost, estimated)
                if line is None:
                    ranked[0] = (*ranked[0][:2], stays)
                else:
                    line[end] = stays
                part = (ordinal, acquired_at, wanted, cost, estimated)
                wanted = ZERO
            else:
                wanted -= held
                if line is None:
                    heapq.heappop(ranked)
                elif end:
                    line.pop()
                else:
                    line.popleft()
                if estimated:
                    self._estimated -= 1
            parts.append(part)
            rest -= cost
            sum_of_costs += cost
            if estimated:
                doubtful = True
        self.cost = rest if self.quantity else ZERO
        return parts, sum_of_costs, doubtful

    def lots(self) -> list[Lot]:
        """What is left, in order of arrival in this account."""
        return [Lot(*part) for part in self._parts()]

    def _parts(self) -> list[Part]:
        """In order of arrival."""
        if self._line is not None:
            return list(self._line)
        return [part for _, _, part in sorted(self._ranked, key=_arrival)]

    def _rank(self, part: Part, unit_cost: Decimal | None = None) -> None:
        ordinal, acquired_at, quantity, cost, _ = part
        age = _age(acquired_at)
        rank = (ZERO, age, ordinal)
        if self._method is Method.LIFO:
            rank = (ZERO, -age, -ordinal)
        elif self._method is Method.HIFO:
            rank = (MONEY.minus(MONEY.divide(cost, quantity) if unit_cost is None else unit_cost), age, ordinal)
        self._arrivals += 1
        heapq.heappush(self._ranked, (rank, self._arrivals, part))


class AveragePool(LotPool):
    """Lots that leave at the unit cost of all, the oldest first.

    The average is kept as one sum for the pool, so a thousand lots are not rewritten by every sale: what a lot itself
    cost counts from its arrival to the next disposal only.
    """

    __slots__ = ("_fresh",)

    def __init__(self, method: Method) -> None:
        super().__init__(method)
        # Arrivals since the last disposal: the last ones of the lots.
        self._fresh = 0

    def freeze(self) -> dict[str, Any]:
        frozen = super().freeze()
        for lot in frozen["lots"][len(self) - self._fresh :]:
            lot[FRESH] = 1
        return frozen

    @classmethod
    def thaw(cls, method: Method, frozen: Mapping[str, Any]) -> Self:
        pool = super().thaw(method, frozen)
        pool._fresh = sum(lot[FRESH] for lot in frozen["lots"])
        return pool

    def add(self, part: Part, unit_cost: Decimal | None = None) -> None:
        super().add(part, unit_cost)
        self._fresh += 1

    def take(self, quantity: Decimal) -> tuple[list[Part], Decimal, bool]:
        all_cost, held = self.cost, self.quantity
        parts, _, doubtful = super().take(quantity)
        if not parts:
            return parts, ZERO, doubtful
        wanted = quantity if quantity < held else held
        parts = _share(all_cost * wanted / held, parts, wanted)
        self._fresh = 0
        rest, cost = all_cost, ZERO
        for part in parts:
            rest -= part[3]
            cost += part[3]
        self.cost = rest if self.quantity else ZERO
        return parts, cost, doubtful

    def lots(self) -> list[Lot]:
        lots = super().lots()
        old, fresh = lots[: len(lots) - self._fresh], lots[len(lots) - self._fresh :]
        with localcontext(MONEY):
            cost = self.cost - sum((lot.cost for lot in fresh), ZERO)
            quantity = self.quantity - sum((lot.quantity for lot in fresh), ZERO)
            return [*(lot._replace(cost=cost * lot.quantity / quantity) for lot in old), *fresh]


def pool_of(method: Method) -> type[LotPool]:
    """What keeps the lots of a position under a method."""
    return AveragePool if method is Method.AVERAGE else LotPool


def scaled(parts: Sequence[Part], quantity: Decimal, into: Decimal) -> list[Part]:
    """Parts of `quantity` coins that go on as `into` others and cost the same.

    Places are cut, so that sums stay exact however often they are taken apart; the last coin takes the rest.
    """
    found: list[Part] = []
    for ordinal, acquired_at, held, cost, estimated in parts:
        share = into if held == quantity else (into * held / quantity).quantize(SMALLEST, ROUND_CEILING)
        quantity -= held
        into -= share
        if share > ZERO:
            found.append((ordinal, acquired_at, share, cost, estimated))
    return found


def _arrival(ranked: Ranked) -> int:
    return ranked[1]


def _age(acquired_at: datetime) -> int:
    """Microseconds from 1970 to the acquisition."""
    return (acquired_at - EPOCH) // MICROSECOND


def _share(cost: Decimal, parts: list[Part], quantity: Decimal) -> list[Part]:
    """The parts with `cost` spread over their quantities; the last one takes the rest, so that the sum is exact."""
    shared: list[Part] = []
    rest = cost
    for ordinal, acquired_at, held, _, estimated in parts[:-1]:
        share = cost * held / quantity
        rest -= share
        shared.append((ordinal, acquired_at, held, share, estimated))
    ordinal, acquired_at, held, _, estimated = parts[-1]
    return [*shared, (ordinal, acquired_at, held, rest, estimated)]
