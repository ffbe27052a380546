"""Listing and last prices of a host, asked once for all of its accounts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.core.errors import ExchangeError, RequestRefusedError
from backend.exchange.binance import parse
from backend.exchange.binance.one_answer import OneAnswer

if TYPE_CHECKING:
    from backend.core.model.market import Symbol, Ticker
    from backend.exchange.binance.client import ApiClient

LISTING_LIFE_S: Final = 600.0
# Accounts that are refreshed within this time share prices, where the exchange's clock agrees that it was so short.
PRICES_LIFE_S: Final = 5.0
# Pairs that some account asked for are read with the others for this long.
WANTED_FOR_S: Final = 600.0
TICKERS_A_CALL: Final = 100
UNKNOWN_SYMBOL: Final = -1121


@dataclass(frozen=True, slots=True)
class Listing:
    """All listed pairs, by name too, and the coins in them."""

    symbols: Sequence[Symbol]
    by_name: Mapping[str, Symbol]
    assets: Collection[str]
    read_s: float


@dataclass(frozen=True, slots=True)
class _Prices:
    """Tickers of `names` (those without a price are missing), read at an instant of both clocks."""

    names: frozenset[str]
    tickers: Mapping[str, Ticker]
    read_s: float
    exchange_ms: int | None


class MarketBook:
    """One for a host. Thread-safe; whoever asks lends his client."""

    def __init__(self, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._monotonic_s = monotonic_s
        self._listing: OneAnswer[Listing] = OneAnswer()
        self._prices: OneAnswer[_Prices] = OneAnswer()
        self._wanted_s: dict[str, float] = {}
        self._outdated_s = float("-inf")

    def listing(self, client: ApiClient) -> Listing:
        """What the exchange lists; asked anew every ten minutes, and kept when that fails.

        Raises:
            ExchangeError: it was never told.
        """

        def usable(known: Listing) -> bool:
            return self._monotonic_s() - known.read_s <= LISTING_LIFE_S and known.read_s > self._outdated_s

        return self._listing.get(0, usable, lambda: self._read_listing(client))[1]

    def tickers(self, client: ApiClient, names: Iterable[str], seen: int) -> tuple[int, Sequence[Ticker]]:
        """Last prices, and the number of this reading.

        Args:
            seen: the number that the caller got last time (0: none): he is never told the same reading twice.

        Raises:
            ExchangeError: they could not be read.
        """
        wanted = frozenset(names)
        now_s = self._monotonic_s()
        self._wanted_s.update(dict.fromkeys(wanted, now_s))
        told_ms = client.clock.last_told_ms

        def usable(known: _Prices) -> bool:
            close = known.exchange_ms is None or told_ms is None or told_ms - known.exchange_ms <= PRICES_LIFE_S * 1000
            return close and self._monotonic_s() - known.read_s <= PRICES_LIFE_S and wanted <= known.names

        number, prices = self._prices.get(seen, usable, lambda: self._read_prices(client, wanted))
        return number, [prices.tickers[name] for name in sorted(wanted & prices.tickers.keys())]

    def _read_listing(self, client: ApiClient) -> Listing:
        try:
            symbols = client.read("api", 20, lambda one: one.get_exchange_info(), parse.symbols)
        except ExchangeError:
            known = self._listing.last
            if known is None:
                raise
            symbols = known.symbols
        return Listing(
            symbols,
            {symbol.name: symbol for symbol in symbols},
            {asset for symbol in symbols for asset in (symbol.base, symbol.quote)},
            self._monotonic_s(),
        )

    def _read_prices(self, client: ApiClient, wanted: frozenset[str]) -> _Prices:
        now_s = self._monotonic_s()
        recent = {name for name, asked_s in list(self._wanted_s.items()) if now_s - asked_s <= WANTED_FOR_S}
        names = sorted(wanted | recent)
        try:
            found = _all_tickers(client, names)
        except RequestRefusedError as error:
            if error.exchange_code != UNKNOWN_SYMBOL:
                raise
            # One of them left the listing since we read it; Binance then refuses the whole question.
            self._outdated_s = now_s
            listed = self.listing(client).by_name.keys()
            for name in set(names) - listed:
                self._wanted_s.pop(name, None)
            found = _all_tickers(client, sorted(listed & set(names)))
        return _Prices(frozenset(names), {ticker.symbol: ticker for ticker in found}, now_s, client.clock.last_told_ms)


def _all_tickers(client: ApiClient, names: Sequence[str]) -> Sequence[Ticker]:
    found: list[Ticker] = []
    for start in range(0, len(names), TICKERS_A_CALL):
        found.extend(_tickers(client, names[start : start + TICKERS_A_CALL]))
    return found


def _tickers(client: ApiClient, names: Sequence[str]) -> Sequence[Ticker]:
    weight = 2 if len(names) <= 20 else 40
    wanted = json.dumps(list(names), separators=(",", ":"))
    found = client.read("api", weight, lambda one: one.get_ticker(symbols=wanted), parse.tickers)
    return [ticker for ticker in found if ticker.symbol in names]
