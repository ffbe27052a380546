"""BinanceTrader reads balances and prices at two moments; what it says of both must be true at one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from backend.core.binance_trader import APART_MS, LOOKS, BinanceTrader
from backend.core.model.instants import MINUTE_MS
from backend.core.model.market import Ticker
from backend.tests.builders import T0, held, pair
from backend.tests.fakes import FakeExchange

MINUTES = {"BTCUSDT": {T0 + minute * MINUTE_MS: "100" for minute in range(-5, 600)}}


class PausingExchange(FakeExchange):
    """Time passes, and a coin is sold, between the answer about the balances and the answer about the prices."""

    def __init__(self, pause_ms: int, times: int) -> None:
        super().__init__(T0, [pair("BTC", "USDT")], MINUTES, balances=[held("BTC", "2")])
        self.pause_ms, self.times = pause_ms, times
        self.reads = 0

    def tickers(self, symbols: Iterable[str]) -> Sequence[Ticker]:
        self.reads += 1
        if self.times:
            self.times -= 1
            self.now_ms += self.pause_ms
            self.held = [held("BTC", "1")]
        return super().tickers(symbols)


def test_prices_at_once_give_the_value_their_instant() -> None:
    exchange = PausingExchange(APART_MS, times=LOOKS)
    _, valuation = BinanceTrader(exchange, "USDT").held_and_valued()
    assert (valuation.at_ms, exchange.reads) == (T0 + APART_MS, 1)


def test_balances_much_older_than_their_prices_are_read_again() -> None:
    exchange = PausingExchange(60 * MINUTE_MS, times=1)
    held_then, valuation = BinanceTrader(exchange, "USDT").held_and_valued()
    assert (valuation.at_ms, held_then.at_ms) == (exchange.now_ms, exchange.now_ms)
    assert valuation.total == Decimal(100)


def test_a_value_never_claims_to_be_newer_than_balances_that_stay_far_behind() -> None:
    exchange = PausingExchange(60 * MINUTE_MS, times=100)
    held_then, valuation = BinanceTrader(exchange, "USDT").held_and_valued()
    assert exchange.reads == LOOKS
    assert valuation.at_ms == held_then.at_ms == exchange.now_ms - 60 * MINUTE_MS
