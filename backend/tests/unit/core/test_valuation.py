"""Balances to value: which pairs price a coin, in which order, and what happens where none does."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.model.holdings import Balance
from backend.core.model.market import Symbol
from backend.core.valuation import Hop, PriceRoutes, Route, RouteBook, depegged, route_price, value_balances
from backend.tests.builders import T0, held, pair, tickers

LISTED = [pair("BTC", "USDT"), pair("ETH", "USDT"), pair("ETH", "BTC"), pair("USDT", "TRY"), pair("BTC", "TRY")]


def routes(symbols: list[Symbol] | None = None, reporting: str = "USDT") -> PriceRoutes:
    return PriceRoutes(LISTED if symbols is None else symbols, reporting)


def over(route: Route) -> list[str]:
    return [hop.symbol for hop in route.hops]


def test_a_direct_pair_comes_before_one_hop() -> None:
    best, second = routes().of("ETH")[:2]
    assert best == Route((Hop("ETHUSDT", False),), True)
    assert second == Route((Hop("ETHBTC", False), Hop("BTCUSDT", False)), True)


def test_an_inverse_pair_is_divided_by() -> None:
    # 1 USDT = 40 TRY, so 1000 TRY are 25 USDT.
    valuation = value_balances([held("TRY", "1000")], routes(), tickers({"USDTTRY": "40"}), T0)
    assert valuation.lines[0].price == Decimal("0.025")
    assert valuation.total == Decimal(25)


def test_one_hop_over_an_inverse_pair() -> None:
    # 4,000,000 TRY per BTC and 40 TRY per USDT: one BTC is worth 100,000 USDT.
    only_lira = [pair("USDT", "TRY"), pair("BTC", "TRY")]
    valuation = value_balances(
        [held("BTC", "0.5")], routes(only_lira), tickers({"USDTTRY": "40", "BTCTRY": "4000000"}), T0
    )
    assert valuation.total == Decimal(50_000)


def test_any_coin_may_stand_between_and_the_well_known_ones_come_first() -> None:
    listed = [pair("ABC", "ZZZ"), pair("ZZZ", "USDT"), pair("ABC", "AAA"), pair("AAA", "USDT"), pair("ZZZ", "BTC")]
    # ZZZ trades against more than AAA does.
    assert [over(route) for route in routes(listed).of("ABC")] == [["ABCZZZ", "ZZZUSDT"], ["ABCAAA", "AAAUSDT"]]
    known = [*listed, pair("ABC", "EUR"), pair("EUR", "USDT"), pair("ABC", "ETH"), pair("ETH", "USDT")]
    assert over(routes(known).of("ABC")[0]) == ["ABCETH", "ETHUSDT"]


def test_two_coins_stand_between_only_where_no_shorter_way_trades() -> None:
    chain = [pair("ABC", "ETH"), pair("ETH", "BTC"), pair("BTC", "USDT")]
    assert [over(route) for route in routes(chain).of("ABC")] == [["ABCETH", "ETHBTC", "BTCUSDT"]]
    halted = [*chain, pair("ABC", "USDT", tradable=False)]
    assert [over(route) for route in routes(halted).of("ABC")] == [["ABCETH", "ETHBTC", "BTCUSDT"], ["ABCUSDT"]]
    shorter = [*chain, pair("ETH", "USDT")]
    assert [over(route) for route in routes(shorter).of("ABC")] == [["ABCETH", "ETHUSDT"]]


def test_three_coins_are_too_many() -> None:
    chain = [pair("ABC", "DEF"), pair("DEF", "ETH"), pair("ETH", "BTC"), pair("BTC", "USDT")]
    assert routes(chain).of("ABC") == []


def test_a_long_way_is_not_taken_over_a_pair_that_is_halted() -> None:
    chain = [pair("ABC", "ETH"), pair("ETH", "BTC", tradable=False), pair("BTC", "USDT")]
    assert routes(chain).of("ABC") == []


def test_a_price_over_two_coins_is_the_product_of_three() -> None:
    chain = routes([pair("ABC", "ETH"), pair("BTC", "ETH"), pair("BTC", "USDT")])
    prices = tickers({"ABCETH": "0.5", "BTCETH": "20", "BTCUSDT": "50000"})
    line = value_balances([held("ABC", "2")], chain, prices, T0).lines[0]
    assert (line.price, line.value) == (Decimal(1250), Decimal(2500))


def test_the_same_list_is_searched_once() -> None:
    book = RouteBook("USDT")
    found = book.routes(LISTED)
    assert book.routes(LISTED) is found
    assert book.routes(list(LISTED)) is not found


@pytest.mark.parametrize(
    ("price", "gone"), [("0.9949", True), ("0.995", False), ("1", False), ("1.005", False), ("1.0051", True)]
)
def test_a_dollar_has_left_the_dollar_beyond_half_a_percent(price: str, gone: bool) -> None:
    listed = [pair("USDC", "USDT")]
    assert depegged(routes(listed), tickers({"USDCUSDT": price})) is gone
    # Seen from the other side the same pair is divided by: 1 / 0.995 is a little more than 1.005.
    inverse = depegged(routes(listed, "USDC"), tickers({"USDCUSDT": price}))
    assert inverse is (gone or price == "0.995")


def test_what_is_no_dollar_has_no_peg_and_a_peg_without_price_is_not_broken() -> None:
    listed = [pair("USDC", "USDT"), pair("EUR", "USDT"), pair("EUR", "USDC")]
    assert routes(listed, "EUR").peg() is None
    assert not depegged(routes(listed, "EUR"), tickers({"USDCUSDT": "0.5", "EURUSDT": "1"}))
    assert not depegged(routes(listed), {})
    assert routes([pair("BTC", "USDT")]).peg() is None


def test_debts_count_against_the_value_and_unrealised_profit_for_it() -> None:
    margin = Balance("margin_cross", "BTC", Decimal(1), Decimal(0), borrowed=Decimal(2), interest=Decimal("0.5"))
    futures = Balance("futures_coinm", "BTC", Decimal("0.5"), Decimal(0), unrealized=Decimal("-0.25"))
    lines = value_balances([margin, futures], routes(), tickers({"BTCUSDT": "100"}), T0).lines
    assert [line.balance.total for line in lines] == [Decimal("-1.5"), Decimal("0.5")]
    assert [line.value for line in lines] == [Decimal(-150), Decimal(25)]


def test_the_reporting_currency_is_one_and_needs_no_pair() -> None:
    valuation = value_balances([held("USDT", "12.5", "7.5")], routes([]), {}, T0)
    assert (valuation.lines[0].price, valuation.total, valuation.lines[0].reason) == (Decimal(1), Decimal(20), None)


def test_another_reporting_currency_turns_the_pairs_round() -> None:
    # In EUR: BTCEUR direct; USDT by the inverse of EURUSDT.
    in_euros = routes([pair("BTC", "EUR"), pair("EUR", "USDT")], "EUR")
    valuation = value_balances(
        [held("BTC", "1"), held("USDT", "110"), held("EUR", "5")],
        in_euros,
        tickers({"BTCEUR": "90000", "EURUSDT": "1.1"}),
        T0,
    )
    bitcoin, dollars, euros = (line.value for line in valuation.lines)
    assert (bitcoin, euros) == (Decimal(90_000), Decimal(5))
    assert dollars is not None
    assert abs(dollars - 100) < Decimal("1e-24")  # 1 / 1.1 has no end


def test_stablecoins_are_priced_at_their_pair_never_at_one() -> None:
    valuation = value_balances([held("USDC", "100")], routes([pair("USDC", "USDT")]), tickers({"USDCUSDT": "0.93"}), T0)
    assert valuation.total == Decimal(93)


def test_a_trading_pair_over_a_hop_comes_before_a_halted_direct_pair() -> None:
    listed = [pair("ABC", "USDT", tradable=False), pair("ABC", "BTC"), pair("BTC", "USDT")]
    prices = tickers({"ABCUSDT": "9", "ABCBTC": "0.0001", "BTCUSDT": "50000"})
    line = value_balances([held("ABC", "1")], routes(listed), prices, T0).lines[0]
    assert (line.price, line.reason) == (Decimal(5), None)


def test_a_coin_with_halted_pairs_alone_keeps_its_last_price_and_is_marked() -> None:
    listed = [pair("ABC", "USDT", tradable=False)]
    valuation = value_balances([held("ABC", "2")], routes(listed), tickers({"ABCUSDT": "9"}), T0)
    assert (valuation.total, valuation.lines[0].reason) == (Decimal(18), "not_trading")
    assert valuation.doubts == ("not_trading",)


def test_a_coin_without_price_is_named_and_never_zero() -> None:
    valuation = value_balances(
        [held("GHOST", "5"), held("BTC", "1"), held("SILENT", "1")],
        routes([*LISTED, pair("SILENT", "USDT")]),
        tickers({"BTCUSDT": "50000"}),
        T0,
    )
    assert valuation.unpriced == ("GHOST", "SILENT")
    assert [line.value for line in valuation.lines if line.balance.asset != "BTC"] == [None, None]
    assert valuation.total == Decimal(50_000)


def test_a_delisted_coin_keeps_the_last_known_price_and_is_marked() -> None:
    valuation = value_balances([held("GONE", "4")], routes(), {}, T0, {"GONE": Decimal("2.5"), "BTC": Decimal(1)})
    assert (valuation.lines[0].value, valuation.lines[0].reason) == (Decimal(10), "not_trading")
    assert (valuation.unpriced, valuation.doubts) == ((), ("not_trading",))


def test_a_price_of_zero_is_no_price() -> None:
    assert route_price(Route((Hop("BTCUSDT", False),), True), lambda _: Decimal(0)) is None
    assert route_price(Route((Hop("USDTTRY", True),), True), lambda _: Decimal(0)) is None


def test_the_next_route_prices_what_the_best_one_cannot() -> None:
    # ETHUSDT is listed and trades, but has no ticker.
    line = value_balances([held("ETH", "2")], routes(), tickers({"ETHBTC": "0.05", "BTCUSDT": "50000"}), T0).lines[0]
    assert line.value == Decimal(5000)


def test_symbols_asked_for_are_those_of_the_best_trading_routes() -> None:
    assert routes().symbols_of(["ETH", "USDT", "NONE"]) == {"ETHUSDT", "ETHBTC", "BTCUSDT"}
    halted = [pair("ABC", "USDT", tradable=False)]
    assert routes(halted).symbols_of(["ABC"]) == {"ABCUSDT"}


def test_the_same_list_gives_the_same_routes_in_any_order() -> None:
    assert routes(LISTED).of("ETH") == routes(LISTED[::-1]).of("ETH")


@given(
    free=st.decimals("0", "1e12", places=18),
    locked=st.decimals("0", "1e12", places=18),
    first=st.decimals("0.00000001", "999999", places=8),
    second=st.decimals("0.00000001", "999999", places=8),
)
def test_values_along_direct_pairs_are_exact_to_the_last_digit(
    free: Decimal, locked: Decimal, first: Decimal, second: Decimal
) -> None:
    over = routes([pair("ABC", "BTC"), pair("BTC", "USDT")])
    prices = tickers({"ABCBTC": str(first), "BTCUSDT": str(second)})
    valuation = value_balances([held("ABC", str(free), str(locked))], over, prices, T0)
    exact = (Fraction(free) + Fraction(locked)) * Fraction(first) * Fraction(second)
    assert Fraction(valuation.total) == exact


@given(price=st.decimals("0.00000001", "1e9", places=8))
def test_an_inverse_price_keeps_twenty_eight_digits(price: Decimal) -> None:
    found = route_price(Route((Hop("USDTTRY", True),), True), lambda _: price)
    assert found is not None
    assert abs(Fraction(found) * Fraction(price) - 1) < Fraction(1, 10**27)


@pytest.mark.parametrize(
    ("asset", "change", "expected"),
    [
        # A pair that fell by a fifth, taken upside down: up by a quarter.
        ("TRY", "-20", "25.000"),
        # Both hops up by a tenth: 1.1 x 1.1.
        ("HOP", "10", "21.000"),
        ("BTC", "-12.345", "-12.345"),
        ("USDT", "5", "0.000"),
        # Nothing is left to divide by.
        ("TRY", "-100", None),
    ],
)
def test_the_change_over_a_day_follows_the_route(asset: str, change: str, expected: str | None) -> None:
    listed = [*LISTED, pair("HOP", "BTC")]
    prices = tickers({"USDTTRY": "40", "BTCUSDT": "50000", "HOPBTC": "0.1"}, change)
    line = value_balances([held(asset, "1")], routes(listed), prices, T0).lines[0]
    assert line.change_24h_percent == (None if expected is None else Decimal(expected))
