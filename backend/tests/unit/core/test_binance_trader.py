"""BinanceTrader reads balances and prices at two moments; what it says of both must be true at one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import pytest

from backend.core.binance_trader import APART_MS, LOOKS, BinanceTrader
from backend.core.errors import ExchangeUnavailableError
from backend.core.model.instants import MINUTE_MS
from backend.core.model.market import Ticker
from backend.core.model.valuation import LATER_BALANCE, LATER_PRICE
from backend.core.model.wallets import AbsentWallet, UnknownWallet, Unrealized, Wallet, WalletBalance, WalletsReading
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
    assert exchange.reads == 2  # as far behind as before: a third look would be so too
    assert valuation.at_ms == held_then.at_ms == exchange.now_ms - 60 * MINUTE_MS
    assert valuation.doubts == (LATER_PRICE,)
    assert {line.balance.asset: line.reason for line in valuation.lines} == {"BTC": LATER_PRICE}


def test_prices_that_are_hardly_later_are_not_doubted() -> None:
    exchange = PausingExchange(APART_MS, times=LOOKS)
    assert BinanceTrader(exchange, "USDT").held_and_valued()[1].doubts == ()


def test_prices_of_a_moment_ago_do_not_date_balances_back() -> None:
    class Shared(FakeExchange):
        """Told the prices that another account asked for."""

        def tickers(self, symbols: Iterable[str]) -> Sequence[Ticker]:
            return [Ticker(name, Decimal(100), None, self.now_ms - 4_000) for name in symbols]

    exchange = Shared(T0, [pair("BTC", "USDT")], MINUTES, balances=[held("BTC", "2")])
    held_then, valuation = BinanceTrader(exchange, "USDT").held_and_valued()
    assert valuation.at_ms == held_then.at_ms == T0


def test_on_a_clock_that_is_always_fast_one_look_is_enough() -> None:
    exchange = PausingExchange(60 * MINUTE_MS, times=100)
    held_then, valuation = BinanceTrader(exchange, "USDT", apart_ms=50 * MINUTE_MS).held_and_valued()
    assert (exchange.reads, valuation.at_ms) == (1, held_then.at_ms)
    exchange = PausingExchange(150 * MINUTE_MS, times=1)
    BinanceTrader(exchange, "USDT", apart_ms=50 * MINUTE_MS).held_and_valued()
    assert exchange.reads == 2  # a pause of its own


class WalletsExchange(FakeExchange):
    """Its wallets are what a test says."""

    def __init__(self, reading: WalletsReading) -> None:
        super().__init__(T0, [pair("BTC", "USDT")], MINUTES)
        self.reading = reading
        self.asked_fresh: list[bool] = []

    def wallets(self, fresh: bool = False) -> WalletsReading:
        self.asked_fresh.append(fresh)
        return self.reading


def test_a_quantity_whose_answer_was_slow_is_doubted_and_no_other() -> None:
    spot = WalletBalance(Wallet.SPOT, "USDT", Decimal(5))
    reading = WalletsReading(T0, (spot, FUNDING), read_ms=READ, slow=frozenset({Wallet.SPOT}))
    valuation = BinanceTrader(WalletsExchange(reading), "USDT").held_and_valued()[1]
    assert {line.balance.asset: line.reason for line in valuation.lines} == {"USDT": LATER_BALANCE, "BTC": None}
    assert valuation.doubts == (LATER_BALANCE,)


def test_slow_balances_are_read_again_once_unless_they_were_slow_before() -> None:
    spot = WalletBalance(Wallet.SPOT, "USDT", Decimal(5))
    exchange = WalletsExchange(WalletsReading(T0, (spot,), slow=frozenset({Wallet.SPOT})))
    valuation = BinanceTrader(exchange, "USDT").held_and_valued()[1]
    assert (len(exchange.asked_fresh), valuation.doubts) == (2, (LATER_BALANCE,))
    BinanceTrader(exchange, "USDT", previous=valuation).held_and_valued()
    assert len(exchange.asked_fresh) == 3


FUNDING = WalletBalance(Wallet.FUNDING, "BTC", Decimal(3))
READ = {Wallet.SPOT: T0, Wallet.FUNDING: T0 - 90_000}


def test_pairs_positions_and_profits_of_one_wallet_and_asset_are_one_line() -> None:
    rows = (
        WalletBalance(Wallet.MARGIN_ISOLATED, "BTC", Decimal(1), borrowed=Decimal("0.5"), pair="BTCUSDT"),
        WalletBalance(Wallet.MARGIN_ISOLATED, "BTC", Decimal(2), interest=Decimal("0.1"), pair="ETHBTC"),
        WalletBalance(Wallet.FUTURES_COINM, "BTC", Decimal(4)),
        WalletBalance(Wallet.FUNDING, "BTC", Decimal(1), frozen=Decimal(5), withdrawing=Decimal(9)),
    )
    profits = (
        Unrealized(Wallet.FUTURES_COINM, "BTC", Decimal("0.25")),
        Unrealized(Wallet.FUTURES_USDM, "USDT", Decimal(-7)),
    )
    valuation = BinanceTrader(WalletsExchange(WalletsReading(T0, rows, profits)), "USDT").held_and_valued()[1]
    assert [(line.balance.wallet, line.balance.asset, line.balance.total, line.value) for line in valuation.lines] == [
        ("margin_isolated", "BTC", Decimal("2.4"), Decimal(240)),
        ("futures_coinm", "BTC", Decimal(4), Decimal(425)),
        ("funding", "BTC", Decimal(6), Decimal(600)),
        ("futures_usdm", "USDT", Decimal(0), Decimal(-7)),
    ]


def test_a_line_of_a_wallet_read_earlier_says_when() -> None:
    spot = WalletBalance(Wallet.SPOT, "BTC", Decimal(1))
    valuation = BinanceTrader(WalletsExchange(WalletsReading(T0, (spot, FUNDING), read_ms=READ)), "USDT")
    _, found = valuation.held_and_valued()
    assert [(line.balance.wallet, line.read_ms) for line in found.lines] == [("spot", None), ("funding", T0 - 90_000)]
    assert (found.at_ms, found.total) == (T0, Decimal(400))


def test_an_unknown_wallet_keeps_its_lines_however_often_it_fails() -> None:
    exchange = WalletsExchange(WalletsReading(T0, (FUNDING,), read_ms=READ))
    known = BinanceTrader(exchange, "USDT").held_and_valued()[1]
    exchange.reading = WalletsReading(T0, (), unknown=(UnknownWallet(Wallet.FUNDING, "exchange-unavailable"),))
    for _ in range(2):
        previous, known = known, BinanceTrader(exchange, "USDT", previous=known).held_and_valued()[1]
        (line,) = known.lines
        assert (line.value, line.reason, line.read_ms) == (Decimal(300), "wallet_unknown", T0 - 90_000)
        assert known.unknown_wallets == ("funding",)
        assert (known.total, known.doubts) == (previous.total, ())
        (state,) = known.wallets
        assert (state.as_of_ms, state.reason) == (T0 - 90_000, "exchange-unavailable")


def test_an_absent_wallet_that_held_something_is_unknown() -> None:
    exchange = WalletsExchange(WalletsReading(T0, (FUNDING,), read_ms=READ))
    known = BinanceTrader(exchange, "USDT").held_and_valued()[1]
    exchange.reading = WalletsReading(T0, (), absent=(AbsentWallet(Wallet.FUNDING, "no_right"),))
    held_now, found = BinanceTrader(exchange, "USDT", previous=known).held_and_valued()
    assert (found.unknown_wallets, found.total, held_now.reading.complete) == (("funding",), Decimal(300), False)
    held_now, found = BinanceTrader(exchange, "USDT").held_and_valued()
    assert (found.unknown_wallets, found.total, held_now.reading.complete) == ((), Decimal(0), True)


def test_who_asks_for_a_fresh_reading_gets_one() -> None:
    exchange = WalletsExchange(WalletsReading(T0, ()))
    trader = BinanceTrader(exchange, "USDT")
    trader.held()
    trader.held(fresh=True)
    assert exchange.asked_fresh == [False, True]


@pytest.mark.parametrize(
    ("index", "value", "reason"),
    [
        ({"BNFCR": Decimal("1.5"), "USDT": Decimal("0.75")}, Decimal(20), None),
        ({"BNFCR": Decimal("1.5")}, None, "no_price"),
        (ExchangeUnavailableError("down"), None, "no_price"),
    ],
)
def test_a_coin_that_only_the_futures_know_is_priced_by_their_index_or_named(
    index: dict[str, Decimal] | ExchangeUnavailableError, value: Decimal | None, reason: str | None
) -> None:
    class Indexed(WalletsExchange):
        def margin_index(self) -> Mapping[str, Decimal]:
            if isinstance(index, ExchangeUnavailableError):
                raise index
            return index

    row = WalletBalance(Wallet.FUTURES_USDM, "BNFCR", Decimal(10))
    (line,) = BinanceTrader(Indexed(WalletsReading(T0, (row,))), "USDT").held_and_valued()[1].lines
    assert (line.value, line.reason) == (value, reason)
