"""What was booked so far: sums of a coin or contract, and positions from the first coin to the last."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, Final

from backend.core.ledger.lots import Method
from backend.core.model.amounts import ZERO

METHODS: Final = tuple(Method)
NOTHING_HELD: Final = (ZERO,) * len(METHODS)


def no_amounts() -> list[Decimal]:
    return [ZERO] * len(METHODS)


def _counts() -> list[int]:
    return [0] * len(METHODS)


@dataclass(slots=True)
class Sums:
    """What was booked so far, in the reporting currency; lists are by method, in the order of `METHODS`.

    `realized` is what trades brought, less costs; `income` stands beside it. `transferred`: gain of coins withdrawn
    less gain of coins brought in. `gains` and `losses` are those of closing trades, both >= 0.
    """

    trades: int = 0
    closing: int = 0
    income: Decimal = ZERO
    fees: Decimal = ZERO
    realized: list[Decimal] = field(default_factory=no_amounts)
    transferred: list[Decimal] = field(default_factory=no_amounts)
    winning: list[int] = field(default_factory=_counts)
    gains: list[Decimal] = field(default_factory=no_amounts)
    losses: list[Decimal] = field(default_factory=no_amounts)

    def freeze(self) -> list[Any]:
        """For JSON, in the order of the fields; written after every event, so field by field."""
        return [
            self.trades,
            self.closing,
            str(self.income),
            str(self.fees),
            [str(value) for value in self.realized],
            [str(value) for value in self.transferred],
            self.winning,
            [str(value) for value in self.gains],
            [str(value) for value in self.losses],
        ]

    def text(self) -> str:
        """As JSON text."""
        return json.dumps(self.freeze(), separators=(",", ":"))

    @classmethod
    def thaw(cls, frozen: Sequence[Any]) -> Sums:
        """What `freeze` described."""
        trades, closing, income, fees, realized, transferred, winning, gains, losses = frozen
        return cls(
            trades,
            closing,
            Decimal(income),
            Decimal(fees),
            _amounts(realized),
            _amounts(transferred),
            list(winning),
            _amounts(gains),
            _amounts(losses),
        )


@dataclass(frozen=True, slots=True)
class SubjectRun:
    """The sums of a coin or contract up to an instant, and what was held of it then and had cost, by method."""

    sums: Sums
    held: Decimal = ZERO
    held_cost: tuple[Decimal, ...] = NOTHING_HELD


@dataclass(frozen=True, slots=True)
class BookedStep:
    """What a coin had come to at an instant that changed it; `ids` and `kinds` of the ledger's events of it then."""

    at_ms: int
    run: SubjectRun
    ids: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(slots=True)
class Holding:
    """A position from the first coin to the last; `number` counts those of its asset from 1.

    `came` and `cost` are all that ever came in, `sold` and `proceeds` what was sold of it, after fees. `unknown`: coins
    came from outside at a cost that nobody told; `entered`: the user told it.
    """

    asset: str
    number: int
    opened_ms: int
    closed_ms: int | None = None
    came: Decimal = ZERO
    cost: Decimal = ZERO
    sold: Decimal = ZERO
    proceeds: Decimal = ZERO
    income: Decimal = ZERO
    fees: Decimal = ZERO
    trades: int = 0
    unknown: bool = False
    entered: bool = False
    realized: list[Decimal] = field(default_factory=no_amounts)
    held: Decimal = ZERO
    held_cost: list[Decimal] = field(default_factory=no_amounts)

    def freeze(self) -> list[Any]:
        """For JSON, in the order of the fields."""
        return [_plain(getattr(self, one.name)) for one in fields(self)]

    @classmethod
    def thaw(cls, frozen: Sequence[Any]) -> Holding:
        """What `freeze` described."""
        asset, number, opened, closed, *amounts, trades, unknown, entered, realized, held, held_cost = frozen
        came, cost, sold, proceeds, income, fees = map(Decimal, amounts)
        return cls(
            asset,
            number,
            opened,
            closed,
            came,
            cost,
            sold,
            proceeds,
            income,
            fees,
            trades,
            bool(unknown),
            bool(entered),
            _amounts(realized),
            Decimal(held),
            _amounts(held_cost),
        )


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value


def _amounts(values: Sequence[str]) -> list[Decimal]:
    return [Decimal(value) for value in values]
