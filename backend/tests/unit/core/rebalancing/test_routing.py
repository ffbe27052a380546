"""The cheapest way from one asset to another keeps to every filter and never spends more than there is."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from backend.core.rebalancing.market import Market, tradable_pairs
from backend.core.rebalancing.routing import Route, best_route, walk
from backend.tests.unit.core.rebalancing.markets import ASSETS, bounds, markets, pair

PRICES = {"BTC": Decimal(50000), "ETH": Decimal(2500), "USDT": Decimal(1), "USDC": Decimal(1), "XYZ": Decimal(2)}


def routed(market: Market, given: str, wanted: str, amount: str) -> Route:
    found = best_route(market, given, wanted, Decimal(amount))
    assert isinstance(found, Route), found
    return found


def test_a_sale_is_direct_and_pays_spread_and_fee() -> None:
    market = Market((pair("BTC", "USDT", "49990", "50010"),), PRICES)
    route = routed(market, "BTC", "USDT", "0.5")
    (hop,) = route.hops
    assert (hop.symbol, hop.side, hop.quantity, hop.notional) == ("BTCUSDT", "SELL", Decimal("0.5"), Decimal("24995"))
    assert route.received == Decimal("24995") * Decimal("0.999")
    assert (route.fee, route.spread, route.cost) == (Decimal("24.995"), Decimal(5), Decimal("29.995"))


def test_the_inverse_order_buys_no_more_than_the_quote_pays() -> None:
    market = Market((pair("BTC", "USDT", "49990", "50010", rules=bounds(step="0.001")),), PRICES)
    (hop,) = routed(market, "USDT", "BTC", "100").hops
    assert (hop.side, hop.quantity, hop.spent) == ("BUY", Decimal("0.001"), Decimal("50.010"))


def test_a_fee_paid_in_another_asset_leaves_all_that_was_bought() -> None:
    market = Market((pair("BTC", "USDT", "50000", "50000", fee="0.00075", apart=True),), PRICES)
    route = routed(market, "BTC", "USDT", "1")
    assert (route.received, route.fee) == (Decimal(50000), Decimal("37.5"))


def test_where_there_is_no_pair_one_coin_stands_between() -> None:
    market = Market((pair("XYZ", "USDT", "2", "2"), pair("ETH", "USDT", "2500", "2500")), PRICES)
    route = routed(market, "XYZ", "ETH", "1000")
    assert [(hop.symbol, hop.side) for hop in route.hops] == [("XYZUSDT", "SELL"), ("ETHUSDT", "BUY")]
    assert route.hops[1].spent <= route.hops[0].received


def test_two_cheap_orders_win_over_one_dear_one() -> None:
    rules = bounds(min_notional="0.0001")
    dear = pair("ETH", "BTC", "0.045", "0.055", rules=rules)
    cheap = (pair("ETH", "USDT", "2500", "2500"), pair("BTC", "USDT", "50000", "50000"))
    assert len(routed(Market((dear, *cheap), PRICES), "ETH", "BTC", "10").hops) == 2
    fair = pair("ETH", "BTC", "0.05", "0.05", rules=rules)
    assert len(routed(Market((fair, *cheap), PRICES), "ETH", "BTC", "10").hops) == 1


def test_what_cannot_be_done_says_why() -> None:
    pairs = (pair("BTC", "USDT", "50000", "50000", rules=bounds(step="0.001", min_qty="0.001")),)
    market = Market(pairs, PRICES)
    assert best_route(market, "USDT", "USDT", Decimal(5)) == "same_asset"
    assert best_route(market, "XYZ", "USDT", Decimal(5)) == "no_market"
    assert best_route(market, "USDT", "BTC", Decimal(40)) == "min_qty"
    small = Market((pair("BTC", "USDT", "50000", "50000"),), PRICES)
    assert best_route(small, "USDT", "BTC", Decimal(4)) == "min_notional"


def test_a_pair_without_offers_on_both_sides_is_none() -> None:
    dead = (pair("XYZ", "USDT", "0", "2"), pair("ADA", "USDT", "2", "0"), pair("ETH", "USDT", "2499", "2500"))
    assert [one.symbol for one in tradable_pairs(dead)] == ["ETHUSDT"]


def test_an_order_is_no_larger_than_the_exchange_takes() -> None:
    market = Market((pair("XYZ", "USDT", "2", "2", rules=bounds(most="100")),), PRICES)
    assert routed(market, "XYZ", "USDT", "250").spent == Decimal(100)


@given(markets(), st.sampled_from(list(permutations(ASSETS, 2))), st.decimals("0.001", "9999", places=3))
def test_no_way_is_cheaper_than_the_chosen_one(market: Market, ends: tuple[str, str], worth: Decimal) -> None:
    start, end = ends
    amount = (worth / market.prices[start]).quantize(Decimal("1e-8"))
    if not amount:
        return
    paths = [[start, end], *([start, over, end] for over in ASSETS if over not in ends)]
    every = [found for path in paths if isinstance(found := walk(market, path, amount), Route)]
    chosen = best_route(market, start, end, amount)
    if not isinstance(chosen, Route):
        assert every == []
        return

    def share(route: Route) -> Decimal:
        return route.cost / (route.spent * market.prices[start])

    assert share(chosen) == min(share(route) for route in every)
    left = amount
    for hop in chosen.hops:
        (used,) = [one for one in market.pairs if one.symbol == hop.symbol]
        assert hop.quantity % used.bounds.step == 0
        assert hop.notional >= used.bounds.min_notional
        assert hop.spent <= left
        left = hop.received
