"""Perpetual contracts: what they are, what a position in one is worth, what its funding costs. Pure.

Linear contracts (USD-M) count in coins and earn in dollars; inverse ones (COIN-M) count in pieces of so many dollars
and earn in the coin. Positions are one-way: one signed quantity for each symbol.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from backend.exchange.simulator.symbols import SymbolBook
from backend.exchange.simulator.wire import HOUR_MS, cut

ZERO: Final = Decimal(0)
USDM, COINM = "usdm", "coinm"
FUNDING_MS: Final = 8 * HOUR_MS
FUNDING_RANGE: Final = (-0.0001, 0.0003)
TAKER_FEE: Final = Decimal("0.0005")
LEVERAGE: Final = 20
MAINTENANCE: Final = Decimal("0.004")
LINEAR_QUOTES: Final = ("USDT", "USDC")
COIN_BASES: Final = ("BTC", "ETH", "BNB", "SOL", "XRP", "ADA", "DOGE", "LINK", "LTC", "DOT")
BTC_PIECE, PIECE = Decimal(100), Decimal(10)
SUFFIX: Final = "USD_PERP"


@dataclass(frozen=True)
class Contract:
    """`spot` is the symbol whose price is the mark price; `piece` the dollars of one inverse contract, 1 if linear."""

    market: str
    symbol: str
    pair: str
    base: str
    quote: str
    margin_asset: str
    spot: str
    piece: Decimal
    tick: Decimal
    step: Decimal

    @property
    def inverse(self) -> bool:
        return self.market == COINM

    def notional(self, quantity: Decimal, price: Decimal) -> Decimal:
        """The size in the margin coin, with the sign of the quantity."""
        return cut(quantity * self.piece / price if self.inverse else quantity * price)

    def profit(self, quantity: Decimal, entry: Decimal, price: Decimal) -> Decimal:
        """What a signed quantity has earned on the way from entry to price, in the margin coin."""
        if not quantity:
            return ZERO
        return cut(quantity * self.piece * (1 / entry - 1 / price) if self.inverse else quantity * (price - entry))


@dataclass(frozen=True)
class ContractTrade:
    """One fill, as positions need it; `quantity` is positive."""

    at: int
    side: str
    quantity: Decimal
    price: Decimal


@dataclass(frozen=True)
class Holding:
    quantity: Decimal = ZERO
    entry: Decimal = ZERO
    updated_at: int = 0

    def after(self, contract: Contract, trade: ContractTrade) -> tuple["Holding", Decimal]:
        """The position after a trade, and the profit that the trade made real."""
        change = trade.quantity if trade.side == "BUY" else -trade.quantity
        quantity = self.quantity + change
        if self.quantity * change >= 0:
            return Holding(quantity, self._mean(contract, change, trade.price), trade.at), ZERO
        closed = min(abs(change), abs(self.quantity)) * (1 if self.quantity > 0 else -1)
        realized = contract.profit(closed, self.entry, trade.price)
        turned = quantity * self.quantity < 0
        entry = trade.price if turned else self.entry if quantity else ZERO
        return Holding(quantity, entry, trade.at), realized

    def _mean(self, contract: Contract, change: Decimal, price: Decimal) -> Decimal:
        whole = self.quantity + change
        if not self.quantity:
            return price
        if contract.inverse:
            return whole / (self.quantity / self.entry + change / price)
        return (self.quantity * self.entry + change * price) / whole


def holding_after(contract: Contract, trades: Iterable[ContractTrade]) -> Holding:
    held = Holding()
    for trade in trades:
        held, _ = held.after(contract, trade)
    return held


def funding_rate(symbol: str, at: int) -> Decimal:
    """The rate of one funding instant: the same for everybody who asks."""
    draw = int.from_bytes(hashlib.blake2b(f"{symbol}|{at}".encode(), digest_size=4).digest(), "big") / 2**32
    low, high = FUNDING_RANGE
    return Decimal(f"{low + draw * (high - low):.8f}")


def funding_instants(after: int, until: int) -> Iterator[int]:
    """Midnight, 8:00 and 16:00 UTC, later than `after` and not later than `until`."""
    yield from range(after - after % FUNDING_MS + FUNDING_MS, until + 1, FUNDING_MS)


def contract_of(book: SymbolBook, market: str, symbol: str) -> Contract | None:
    """The contract of the symbol; None when there is none."""
    if market == COINM:
        base = symbol.removesuffix(SUFFIX)
        listed = book.ever(base + "USDT") if base in COIN_BASES and symbol.endswith(SUFFIX) else None
        if listed is None:
            return None
        piece = BTC_PIECE if base == "BTC" else PIECE
        return Contract(market, symbol, base + "USD", base, "USD", base, listed.symbol, piece, listed.tick, Decimal(1))
    listed = book.ever(symbol)
    if listed is None or listed.quote not in LINEAR_QUOTES or listed.base in LINEAR_QUOTES:
        return None
    tick, step = listed.tick, listed.step
    one = Decimal(1)
    return Contract(market, symbol, symbol, listed.base, listed.quote, listed.quote, symbol, one, tick, step)


def contracts(book: SymbolBook, market: str) -> list[Contract]:
    names = [base + SUFFIX for base in COIN_BASES] if market == COINM else book.names()
    found = [contract_of(book, market, name) for name in names]
    return [one for one in found if one is not None]
