"""Orders, their fills and what they cost. `None` where the answer of that endpoint does not tell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

Side = Literal["BUY", "SELL"]
# A market order that runs out of book ends as EXPIRED with a quantity: what was filled is booked.
FINAL: Final = frozenset({"FILLED", "CANCELED", "REJECTED", "EXPIRED", "EXPIRED_IN_MATCH"})


@dataclass(frozen=True, slots=True)
class Fill:
    """One execution. The fee is taken out of what was received, or in BNB."""

    symbol: str
    trade_id: str
    price: Decimal
    quantity: Decimal
    commission: Decimal
    commission_asset: str


@dataclass(frozen=True, slots=True)
class AccountTrade:
    """A fill as the account's history tells it."""

    fill: Fill
    order_id: str
    quote_quantity: Decimal
    buyer: bool
    maker: bool
    at_ms: int


@dataclass(frozen=True, slots=True)
class Order:
    """The state of one order.

    `client_id` is the one it was placed under (a cancel's own id is not kept). `executed_quote` is None where the
    exchange does not know it (negative on old orders). `fills` only in the answer that placed it.
    """

    symbol: str
    order_id: str
    client_id: str
    status: str
    kind: str
    side: Side
    time_in_force: str
    price: Decimal
    quantity: Decimal
    executed: Decimal
    executed_quote: Decimal | None
    quote_ordered: Decimal | None
    stop_price: Decimal | None
    placed_ms: int | None
    updated_ms: int | None
    expiry_reason: str | None
    fills: tuple[Fill, ...] = ()

    @property
    def ended(self) -> bool:
        return self.status in FINAL


@dataclass(frozen=True, slots=True)
class FuturesOrder:
    """The state of one futures order. `average_price` is 0 before the first fill; None where it is not told."""

    symbol: str
    order_id: str
    client_id: str
    status: str
    kind: str
    side: Side
    position_side: str
    time_in_force: str
    price: Decimal
    quantity: Decimal
    executed: Decimal
    executed_quote: Decimal | None
    average_price: Decimal | None
    stop_price: Decimal | None
    reduce_only: bool
    updated_ms: int


@dataclass(frozen=True, slots=True)
class Rates:
    """Fees as fractions of what is traded; `buyer` and `seller` are None where they are not told apart."""

    maker: Decimal
    taker: Decimal
    buyer: Decimal | None = None
    seller: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Discount:
    """What paying fees in `asset` saves, where it is on; `factor` is what remains of the fee."""

    for_account: bool
    for_symbol: bool
    asset: str
    factor: Decimal | None


@dataclass(frozen=True, slots=True)
class Commission:
    """What trading a symbol costs this account. `symbol` is None where the answer is of no symbol."""

    symbol: str | None
    standard: Rates | None
    special: Rates | None
    tax: Rates | None
    discount: Discount | None


@dataclass(frozen=True, slots=True)
class TradingRights:
    """What an account may trade: a symbol asks for some of `permissions`. `rates`: of symbols without others."""

    can_trade: bool
    permissions: frozenset[str]
    rates: Rates


@dataclass(frozen=True, slots=True)
class OrderCount:
    """How many orders count against one limit of the account now."""

    interval: str
    intervals: int
    limit: int
    count: int
