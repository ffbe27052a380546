"""Rows of the books: trades, positions and sums as cost basis booked them. Lists are by method, as `METHODS`.

Instants in ms, money in the reporting currency.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class BookState:
    """How far the books of an account are.

    `at_ms` and `last_id`: the last instant booked, and the highest id of a ledger event seen. `dirty_from_ms`: the
    ledger changed from there on. `settled`: nothing is being booked. `reason`: why profit cannot be split.
    """

    at_ms: int
    last_id: int
    version: int
    settled: bool
    dirty_from_ms: int | None
    reason: str | None
    first_trade_ms: int | None
    open_count: int
    closed_count: int
    unknown_lots: int


@dataclass(frozen=True, slots=True)
class BookedTrade:
    """A fill or a swap outside the order book; `id` is that of the ledger's event.

    `counted`: buys and sells up to and including it, then those of its symbol.
    """

    id: int
    account_id: int
    at_ms: int
    kind: str
    symbol: str
    side: str
    base: str
    quote: str
    quantity: Decimal
    price: Decimal | None
    quote_quantity: Decimal
    value: Decimal | None
    fee: Decimal | None
    fee_asset: str | None
    fee_value: Decimal | None
    realized: tuple[Decimal | None, ...]
    source: str
    status: str
    reason: str | None
    counted: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class StoredRun:
    """What was booked of a coin or contract up to an instant: its sums as text, what was held, its cost by method."""

    figures: str
    held: Decimal
    held_cost: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class BookedPosition:
    """A position from the first coin to the last; see `Holding` of the books."""

    id: int
    account_id: int
    asset: str
    number: int
    opened_ms: int
    closed_ms: int | None
    came: Decimal
    cost: Decimal
    sold: Decimal
    proceeds: Decimal
    income: Decimal
    fees: Decimal
    trades: int
    cost_status: Literal["known", "entered", "unknown"]
    held: Decimal
    held_cost: tuple[Decimal, ...]
    realized: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class BookedLot:
    """Coins that came from outside; `id` is that of the ledger's event. `cost` is what the user said of them."""

    id: int
    account_id: int
    at_ms: int
    asset: str
    quantity: Decimal
    market_value: Decimal | None
    cost: Decimal | None
    acquired_ms: int | None


@dataclass(frozen=True, slots=True)
class BookedDisposal:
    """Coins that were sold, swapped or paid as a fee. `cost`, and when the oldest and the newest of them were acquired,
    are by method.

    `estimated`: coins of unknown cost were among them, or coins that were never seen coming. `old_price`: what they
    brought, or what was paid with them, rests on a price that is older than its instant allows. `event_id` is that of
    the ledger's event. What follows `old_price` is told of stored rows alone: the fee of the trade, and what the event
    is called.
    """

    at_ms: int
    kind: str
    asset: str
    quantity: Decimal
    proceeds: Decimal
    cost: tuple[Decimal, ...]
    acquired_ms: tuple[int | None, ...]
    acquired_last_ms: tuple[int | None, ...]
    estimated: bool
    event_id: int
    old_price: bool
    id: int | None = None
    fee_value: Decimal | None = None
    source: str = ""
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class BookedIncome:
    """What was earned or, negative, charged; `value` is None without a price, and an estimate at an `old_price`.

    `event_id` is that of the ledger's event. What follows `old_price` is told of stored rows alone.
    """

    at_ms: int
    kind: str
    asset: str
    symbol: str | None
    quantity: Decimal
    value: Decimal | None
    event_id: int
    old_price: bool
    id: int | None = None
    source: str = ""
    external_id: str = ""
    note: str = ""
