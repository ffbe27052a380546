"""The newest wins between what streams tell and what was read, and nothing is shown by halves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from backend.core.live_values import AHEAD_MS, SpotChange, as_ticker, merged, moved, overtaken, repriced
from backend.core.model.market import Ticker
from backend.core.model.stream_events import MiniTicker
from backend.core.model.valuation import WALLET_UNKNOWN, PricedBalance, Valuation
from backend.core.valuation import PriceRoutes, value_balances
from backend.tests.builders import T0, held, pair, tickers

ROUTES = PriceRoutes(
    [pair("BTC", "USDT"), pair("ETH", "USDT"), pair("DOGE", "BTC"), pair("OLD", "USDT", tradable=False)], "USDT"
)
READ = tickers({"BTCUSDT": "50000", "ETHUSDT": "2000", "DOGEBTC": "0.000002", "OLDUSDT": "3"}, "1")
BALANCES = [held("USDT", "100"), held("BTC", "0.5", "0.5"), held("DOGE", "1000"), held("OLD", "10")]
FUNDED = replace(held("BTC", "3"), wallet="funding")
SHOWN = value_balances(BALANCES, ROUTES, READ, T0)


def change(at_ms: int = T0 + 100, **quantities: str) -> SpotChange:
    return SpotChange(at_ms, {asset: (Decimal(free), Decimal(0)) for asset, free in quantities.items()})


def line(valuation: Valuation | None, asset: str) -> PricedBalance | None:
    assert valuation is not None
    return next((one for one in valuation.lines if one.balance.asset == asset), None)


def ticker(symbol: str, price: str, later_ms: int) -> dict[str, Ticker]:
    return {symbol: Ticker(symbol, Decimal(price), Decimal(2), T0 + later_ms)}


def test_newer_prices_move_the_shown_instant_and_not_the_one_of_the_balances() -> None:
    newer = repriced(SHOWN, ROUTES, ticker("BTCUSDT", "60000", 500))
    assert (newer.at_ms, newer.prices_at_ms, newer.shown_at_ms) == (T0, T0 + 500, T0 + 500)
    bitcoin = line(newer, "BTC")
    assert bitcoin is not None
    assert (bitcoin.price, bitcoin.value, bitcoin.change_24h_percent) == (Decimal(60000), Decimal(60000), Decimal(2))
    assert newer.total == SHOWN.total + 10000


def test_a_quantity_from_statements_stays_one_at_a_newer_price() -> None:
    told = replace(held("BTC", "3"), wallet="statements")
    shown = value_balances([told], ROUTES, READ, T0)
    old = Valuation.of(T0, (replace(shown.lines[0], reason="from_statements", read_ms=T0 - 5000),))
    newer = repriced(old, ROUTES, ticker("BTCUSDT", "60000", 500))
    assert (newer.total, newer.doubts) == (Decimal(180_000), ("from_statements",))
    assert newer.lines[0].read_ms == T0 - 5000


def test_prices_that_are_not_newer_change_nothing() -> None:
    assert repriced(SHOWN, ROUTES, ticker("BTCUSDT", "60000", 0)) is SHOWN
    newer = repriced(SHOWN, ROUTES, ticker("BTCUSDT", "60000", 500))
    assert repriced(newer, ROUTES, ticker("BTCUSDT", "70000", 400)) is newer


def test_a_price_over_another_coin_needs_both_and_takes_the_newest_instant() -> None:
    assert repriced(SHOWN, ROUTES, ticker("DOGEBTC", "0.000004", 500)) is SHOWN
    both = ticker("DOGEBTC", "0.000004", 500) | ticker("BTCUSDT", "60000", 700)
    newer = repriced(SHOWN, ROUTES, both)
    doge = line(newer, "DOGE")
    assert doge is not None
    assert (doge.price, newer.shown_at_ms) == (Decimal("0.24"), T0 + 700)


def test_a_halted_pair_and_an_unread_wallet_keep_what_they_have() -> None:
    assert repriced(SHOWN, ROUTES, ticker("OLDUSDT", "9", 500)) is SHOWN
    unread = Valuation.of(
        T0, (PricedBalance(held("BTC", "1"), Decimal(1), Decimal(1), None, WALLET_UNKNOWN, read_ms=T0 - 1000),)
    )
    assert repriced(unread, ROUTES, ticker("BTCUSDT", "60000", 500)) is unread


def test_a_trade_changes_both_coins_at_the_prices_shown() -> None:
    after = moved(SHOWN, change(USDT="50100", BTC="0"), ROUTES, {})
    assert after is not None
    assert line(after, "BTC") is None
    money, doge = line(after, "USDT"), line(after, "DOGE")
    assert money is not None
    assert doge == line(SHOWN, "DOGE")
    assert (money.balance.total, after.total, after.at_ms) == (Decimal(50100), SHOWN.total, T0 + 100)


def test_only_the_spot_wallet_is_vouched_for_and_others_keep_the_instant_of_their_reading() -> None:
    shown = value_balances([*BALANCES, FUNDED], ROUTES, READ, T0)
    for after in (repriced(shown, ROUTES, ticker("BTCUSDT", "60000", 500)), moved(shown, change(USDT="7"), ROUTES, {})):
        assert after is not None
        read_ms = {(one.balance.wallet, one.balance.asset): one.read_ms for one in after.lines}
        assert read_ms["funding", "BTC"] == T0
        assert {read_ms["spot", asset] for asset in ("USDT", "BTC", "DOGE")} == {None}


def test_a_changed_coin_has_nothing_of_its_line_in_another_wallet() -> None:
    funded = value_balances([held("USDT", "100"), FUNDED], ROUTES, READ, T0).lines
    unread = tuple(replace(one, read_ms=T0 - 900, price=Decimal(9)) for one in funded if one.balance == FUNDED)
    for reason, price in ((None, Decimal(9)), (WALLET_UNKNOWN, Decimal(50000))):
        lines = (funded[0], *(replace(one, reason=reason) for one in unread))
        after = moved(Valuation.of(T0, lines), change(USDT="0", BTC="1"), ROUTES, ticker("BTCUSDT", "50000", 50))
        assert after is not None
        (bought,) = [one for one in after.lines if one.balance.wallet == "spot"]
        assert (bought.price, bought.reason, bought.read_ms) == (price, None, None)


def test_a_coin_new_to_the_account_takes_its_price_from_the_stream_or_the_whole_waits() -> None:
    bought = change(USDT="0", ETH="0.05")
    assert moved(SHOWN, bought, ROUTES, {}) is None
    after = moved(SHOWN, bought, ROUTES, ticker("ETHUSDT", "2000", 50))
    assert after is not None
    ether = line(after, "ETH")
    assert ether is not None
    assert (ether.value, ether.balance.wallet) == (Decimal(100), "spot")
    assert line(after, "USDT") is None


def test_a_move_into_earn_waits_for_the_refresh_that_knows_the_folded_coin() -> None:
    assert moved(SHOWN, change(USDT="0", LDUSDT="100"), ROUTES, {}) is None


def test_a_change_that_is_not_newer_than_the_balances_is_in_them() -> None:
    assert moved(SHOWN, change(T0, USDT="1"), ROUTES, {}) is None
    assert moved(SHOWN, change(T0 - 1, USDT="1"), ROUTES, {}) is None


def test_of_several_changes_the_newest_of_each_coin_counts() -> None:
    one = merged([change(T0 + 300, USDT="3"), change(T0 + 200, USDT="2", BTC="2"), change(T0 + 100, ETH="1", BTC="1")])
    assert one.at_ms == T0 + 300
    assert {asset: free for asset, (free, _) in one.quantities.items()} == {"USDT": 3, "BTC": 2, "ETH": 1}
    same = merged([change(T0, USDT="1"), change(T0, USDT="2")])
    assert same.quantities["USDT"][0] == 2


def test_balances_read_before_a_change_are_overtaken_unless_its_clock_has_gone_wrong() -> None:
    assert not overtaken(None, T0)
    assert not overtaken(T0, T0)
    assert overtaken(T0 + 1, T0)
    assert overtaken(T0 + AHEAD_MS, T0)
    assert not overtaken(T0 + AHEAD_MS + 1, T0)


def test_a_mini_ticker_says_the_change_since_a_day_ago() -> None:
    def told(open_: str) -> MiniTicker:
        return MiniTicker(T0, "BTCUSDT", Decimal(110), Decimal(open_), *[Decimal(1)] * 4)

    assert as_ticker(told("100")) == Ticker("BTCUSDT", Decimal(110), Decimal(10), T0)
    assert as_ticker(told("0")).change_24h_percent is None
