"""What trading costs an account and which pairs matter to a plan."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from backend.core.model.orders import Commission, Discount, Rates
from backend.core.model.trading_rules import NotionalRule
from backend.core.rebalancing.market import Market
from backend.core.rebalancing.trade_terms import market_of, taker_rate
from backend.tests.unit.core.rebalancing.questions import PRICES, offers, readings, rules

D = Decimal
STANDARD = Rates(D("0.0008"), D("0.001"), D("0.0001"), D("0.0002"))
SPECIAL, TAX = Rates(D(0), D("0.0003")), Rates(D(0), D("0.00004"), D("0.00001"), D(0))


def saving(account: bool = True, symbol: bool = True, asset: str = "BNB", factor: str | None = "0.75") -> Discount:
    return Discount(account, symbol, asset, None if factor is None else D(factor))


def test_a_taker_pays_the_dearer_side_of_standard_special_and_tax() -> None:
    asked = Commission("BTCUSDT", STANDARD, SPECIAL, TAX, None)
    assert taker_rate(asked, bnb_pays=True) == (D("0.0012") + D("0.0003") + D("0.00005"), False)


def test_the_discount_is_on_the_standard_part_alone() -> None:
    asked = Commission("BTCUSDT", STANDARD, SPECIAL, TAX, saving())
    assert taker_rate(asked, bnb_pays=True) == (D("0.0009") + D("0.00035"), True)
    assert taker_rate(asked, bnb_pays=False) == (D("0.00155"), False)


@pytest.mark.parametrize(
    "discount", [saving(account=False), saving(symbol=False), saving(asset="XYZ"), saving(factor=None)]
)
def test_a_discount_that_is_not_on_is_none(discount: Discount) -> None:
    assert taker_rate(Commission("BTCUSDT", STANDARD, None, None, discount), bnb_pays=True) == (D("0.0012"), False)


def market(
    traded: set[str], base: str = "USDT", reporting: str = "USDT", prices: dict[str, str] | None = None
) -> Market:
    return market_of(readings(prices or PRICES), traded, (), base, reporting, bnb_pays=False)


def test_only_pairs_between_what_is_traded_and_deep_markets_are_kept() -> None:
    kept = {pair.symbol for pair in market({"ETH"}).pairs}
    assert kept == {"BTCUSDT", "ETHUSDT", "ETHBTC", "BNBUSDT"}


def test_what_is_not_traded_has_a_price_and_no_pair() -> None:
    found = market_of(readings(), {"ETH"}, {"SOL"}, "USDT", "USDT", bnb_pays=False)
    assert found.prices["SOL"] == D(100)
    assert "SOLUSDT" not in {pair.symbol for pair in found.pairs}


def test_a_price_goes_over_other_coins_where_no_pair_is_direct() -> None:
    found = market({"ETH", "BTC"}, prices={"BTCUSDT": "50000", "ETHBTC": "0.05"})
    assert found.prices["ETH"] == D(2500)


def test_a_price_is_the_middle_of_the_offers() -> None:
    wide = readings(offers=[offers("BTCUSDT", "49000", "51000")])
    assert market_of(wide, {"BTC"}, (), "USDT", "USDT", bnb_pays=False).prices["BTC"] == D(50000)


@pytest.mark.parametrize("change", [{"bid": D(0)}, {"ask": D(1)}, {"bid_quantity": D(0)}, {"ask_quantity": D(0)}])
def test_a_book_with_an_empty_or_crossed_side_is_no_market(change: dict[str, Any]) -> None:
    broken = readings(offers=[replace(offers("BTCUSDT", "50000"), **change)])
    found = market_of(broken, {"BTC"}, (), "USDT", "USDT", bnb_pays=False)
    assert (found.pairs, "BTC" in found.prices) == ((), False)


def test_an_order_stays_below_the_largest_notional_where_market_orders_have_one() -> None:
    rule = NotionalRule(D(5), True, D(102_000), True, 5)
    capped = readings(rules=[replace(rules("BTCUSDT"), notional=rule)])
    (pair,) = market_of(capped, {"BTC"}, (), "USDT", "USDT", bnb_pays=False).pairs
    assert pair.bounds.max_qty == D(2)


def test_pairs_without_market_orders_are_left_out() -> None:
    limit_only = readings(rules=[replace(rules("BTCUSDT"), order_types=frozenset({"LIMIT"}))])
    assert market_of(limit_only, {"BTC"}, (), "USDT", "USDT", bnb_pays=False).pairs == ()


def test_a_way_over_two_orders_goes_over_a_deep_market_or_the_base_asset() -> None:
    prices = {"BTCUSDT": "50000", "SOLUSDT": "100", "ETHSOL": "25", "ETHUSDT": "2500"}
    found = market({"ETH", "SOL", "BTC"}, prices=prices)
    assert found.over_one("ETH", "BTC") == ["USDT"]
    assert found.over_one("ETH", "USDT") == []
    assert "SOL" in market({"ETH", "BTC"}, base="SOL", prices=prices).over_one("ETH", "USDT")
