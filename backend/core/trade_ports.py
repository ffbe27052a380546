"""What sends orders: built for a run that is no dry run, and for nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from backend.core.model.orders import AccountTrade, Order
    from backend.core.model.trading_rules import SymbolRules

# Who may trade: everybody, who was armed for a time, or nobody before there is a sign-in to arm with.
ArmingRule = Literal["always", "by_hand"]


@dataclass(frozen=True, slots=True)
class OrderToSend:
    """A market order exactly as it is signed: the journal has all of it before it is sent.

    Exactly one is given: `quantity` of the base asset, or how much of the quote asset is to be spent at most.
    """

    client_order_id: str
    symbol: str
    side: Literal["BUY", "SELL"]
    quantity: Decimal | None
    quote_quantity: Decimal | None
    stamp_ms: int
    recv_window_ms: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Best offers of a pair, and its last price from another endpoint."""

    bid: Decimal
    ask: Decimal
    last: Decimal


@dataclass(frozen=True, slots=True)
class BookLevel:
    """So much of the base asset is offered, or wanted, at a price."""

    price: Decimal
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class BookDepth:
    """Both sides of a pair's book, the best first."""

    bids: Sequence[BookLevel]
    asks: Sequence[BookLevel]


@dataclass(frozen=True, slots=True)
class Held:
    """Of one asset in the spot wallet."""

    free: Decimal
    locked: Decimal

    @property
    def total(self) -> Decimal:
        return self.free + self.locked


@dataclass(frozen=True, slots=True)
class Payment:
    """Income that the exchange paid into the spot wallet: a reward, interest, an airdrop. `at_ms`: as it is stamped."""

    key: str
    asset: str
    amount: Decimal
    at_ms: int


class TradingExchange(Protocol):
    """One account's orders. Every call may raise `ExchangeError`. Reads are retried; `place` never is.

    Used by one thread at a time.
    """

    def stamp_ms(self) -> int:
        """The exchange's clock as of now, measured not long ago: what an order is signed with."""

    def measure_clock(self) -> None:
        """Measure the clock anew: a time stamp was refused."""

    def server_time_ms(self) -> int:
        """An instant that the exchange's clock has certainly passed."""

    def place(self, order: OrderToSend) -> Order:
        """Send an order once.

        Raises:
            OutcomeUnknownError: it may have been placed.
            ExchangeError: it was refused; `core.rebalancing.orders` says which of them are certain.
        """

    def find(self, symbol: str, client_order_id: str) -> Order:
        """An order by the id it was placed under.

        Raises:
            OrderNotFoundError: reads do not show it; it may have been placed a moment ago.
        """

    def open_orders(self, symbol: str) -> Sequence[Order]: ...
    def trades_of(self, symbol: str, order_id: str) -> Sequence[AccountTrade]: ...
    def trades_since(self, symbol: str, since_ms: int) -> Sequence[AccountTrade]:
        """Trades of any order from an instant on, at most the oldest 1000."""

    def held(self) -> Mapping[str, Held]:
        """The spot wallet, assets without a quantity left out."""

    def payments_since(self, since_ms: int) -> Sequence[Payment]:
        """Income that was paid into the spot wallet from an instant on, in any order; never what somebody moved."""

    def quote(self, symbol: str) -> Quote: ...
    def depth(self, symbol: str, levels: int) -> BookDepth:
        """So many of the best prices of each side at most; many are dear."""

    def rules(self, symbol: str) -> SymbolRules:
        """What an order of the symbol must keep to, read now."""
