"""What the market says: symbols, tickers and candles."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Symbol:
    """A listed pair. `tradable`: its status is TRADING; others keep candles and must not price a live balance."""

    name: str
    base: str
    quote: str
    tradable: bool


@dataclass(frozen=True, slots=True)
class Ticker:
    """Last price of a symbol at `at_ms` (exchange clock), and its change over the 24 hours before, in percent."""

    symbol: str
    price: Decimal
    change_24h_percent: Decimal | None
    at_ms: int


@dataclass(frozen=True, slots=True)
class Candle:
    """The open instant (inclusive), the close instant (exclusive) and the close price of one interval."""

    open_ms: int
    end_ms: int
    close: Decimal


@dataclass(frozen=True, slots=True)
class CandleAsk:
    """A question for the closed candles with start <= open < end, at most 1000, oldest first; a gap is a gap.

    Without a start: for the newest one that ended by then, at most one.
    """

    symbol: str
    interval: str
    start_ms: int | None
    end_ms: int


@dataclass(frozen=True, slots=True)
class SymbolPrice:
    """The last price of a symbol; `at_ms` where the answer tells it (futures)."""

    symbol: str
    price: Decimal
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class BestOffers:
    """The best bid and ask of a symbol; zero where nobody offers."""

    symbol: str
    bid: Decimal
    bid_quantity: Decimal
    ask: Decimal
    ask_quantity: Decimal
