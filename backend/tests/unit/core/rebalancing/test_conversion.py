"""A conversion is one line over the cheapest way, and a refusal says what to change."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backend.core.errors import BadInputError
from backend.core.rebalancing.conversion import ConversionWish, conversion_plan
from backend.core.rebalancing.eligibility import Position, Rules
from backend.core.rebalancing.market import Market
from backend.core.rebalancing.planner import PlanInputs
from backend.core.rebalancing.routing import best_route
from backend.core.rebalancing.wishes import Sizes
from backend.tests.unit.core.rebalancing.markets import ASSETS, bounds, markets, pair

D = Decimal
PRICES = {"BTC": D(50000), "ETH": D(2500), "ADA": D("0.5"), "USDT": D(1)}
PAIRS = (
    pair("BTC", "USDT", "50000", "50010"),
    pair("ETH", "USDT", "2500", "2500"),
    pair("ETH", "BTC", "0.05", "0.0501", rules=bounds(step="0.001", min_notional="0.0001")),
    pair("ADA", "USDT", "0.5", "0.5", rules=bounds(step="0.1", min_qty="0.1")),
)


def inputs(**more: Any) -> PlanInputs:
    held = {"BTC": Position(D(2), D(1)), "ADA": Position(D(1000), D(1000)), "USDT": Position(D(50), D(50))}
    return PlanInputs("USDT", held, {}, Market(PAIRS, PRICES), **more)


def wish(given: str, taken: str, amount: str) -> ConversionWish:
    return ConversionWish(given, taken, D(amount))


@pytest.mark.parametrize(
    ("given", "taken", "hops"),
    [
        ("BTC", "USDT", [("BTCUSDT", "SELL")]),
        ("USDT", "BTC", [("BTCUSDT", "BUY")]),
        ("ADA", "ETH", [("ADAUSDT", "SELL"), ("ETHUSDT", "BUY")]),
    ],
    ids=["direct", "inverse", "over one coin"],
)
def test_the_way_is_direct_inverse_or_over_one_coin(given: str, taken: str, hops: list[tuple[str, str]]) -> None:
    amount = "50" if given == "USDT" else "1" if given == "BTC" else "1000"
    plan = conversion_plan(inputs(), wish(given, taken, amount))
    (line,) = plan.lines
    assert line.route is not None
    assert [(hop.symbol, hop.side) for hop in line.route.hops] == hops
    assert (line.action, line.asset, line.against, line.reason) == ("SELL", given, taken, "")
    assert plan.fees > 0
    assert line.route.spent <= D(amount)


@pytest.mark.parametrize(
    ("asked", "more", "field", "words"),
    [
        (("USDT", "USDT", "5"), {}, "to", "USDT into USDT changes nothing"),
        (("BTC", "ETH", "0"), {}, "amount", "above 0"),
        (("BTC", "ETH", "1.5"), {}, "amount", "Convert at most 1: no more BTC is free in the spot wallet"),
        (
            ("BTC", "ETH", "0.8"),
            {"rules": Rules(protected={"BTC": D("1.5")})},
            "amount",
            "Convert at most 0.5: 0.5 more BTC are free, and protected by the settings",
        ),
        (("BTC", "ADA", "1"), {"rules": Rules(excluded=frozenset({"ADA"}))}, "to", "ADA is excluded"),
        (("ADA", "USDT", "10"), {"sizes": Sizes(min_trade_value=D(20))}, "amount", "your minimum trade of 20"),
        (("BTC", "ETH", "0.00001"), {}, "amount", "the smallest order of ETHBTC takes 0.0001002 BTC now"),
        (("ADA", "USDT", "5"), {}, "amount", "the smallest order of ADAUSDT takes 10 ADA now"),
        (("ADA", "BTC", "5"), {}, "amount", "Too little ADA for the smallest order on the way"),
        (("BTC", "NOPE", "1"), {}, "to", "NOPE has no price here now"),
    ],
)
def test_a_refusal_names_the_field_and_what_to_change(
    asked: tuple[str, str, str], more: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(BadInputError, match=words) as refused:
        conversion_plan(inputs(**more), wish(*asked))
    assert refused.value.field == field


def test_the_least_amount_that_is_named_is_enough() -> None:
    assert conversion_plan(inputs(), wish("ADA", "USDT", "10")).sold == D(5)
    assert conversion_plan(inputs(), wish("BTC", "ETH", "0.0001002")).lines[0].route is not None


def test_a_coin_that_nothing_leads_to_is_refused() -> None:
    alone = inputs()
    alone = replace(alone, market=Market(PAIRS, {**PRICES, "XMR": D(100)}))
    with pytest.raises(BadInputError, match="cannot be turned into XMR") as refused:
        conversion_plan(alone, wish("BTC", "XMR", "1"))
    assert refused.value.field == "to"


def test_the_profit_of_what_is_given_is_told_where_its_cost_is_known() -> None:
    known = conversion_plan(inputs(unit_costs={"BTC": D(40000)}), wish("BTC", "USDT", "1"))
    sale = known.lines[0]
    assert sale.route is not None
    assert sale.realised == D(10000) - sale.route.cost
    assert conversion_plan(inputs(), wish("BTC", "USDT", "1")).lines[0].realised is None


@given(markets(), st.sampled_from(ASSETS), st.sampled_from(ASSETS), st.decimals("0.001", "100000", places=3))
def test_no_more_is_given_than_was_asked_and_no_way_is_cheaper(
    market: Market, given_asset: str, taken: str, amount: Decimal
) -> None:
    assume(given_asset != taken)
    one = PlanInputs("USDT", {given_asset: Position(amount, amount)}, {}, market)
    asked = ConversionWish(given_asset, taken, amount)
    best = best_route(market, given_asset, taken, amount)
    if isinstance(best, str):
        with pytest.raises(BadInputError):
            conversion_plan(one, asked)
        return
    plan = conversion_plan(one, asked)
    assert conversion_plan(one, asked) == plan
    (line,) = plan.lines
    assert line.route == best
    assert best.spent <= amount
    assert (best.hops[0].given, best.hops[-1].taken) == (given_asset, taken)
    assert ConversionWish.of(asked.body()) == asked
