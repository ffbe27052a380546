"""A plan moves only what is off its target, over the cheapest orders, and spends no more than there is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.rebalancing.eligibility import Position, Rules, eligible
from backend.core.rebalancing.errors import CashTooShortError, EmptyPortfolioError, PlanError
from backend.core.rebalancing.market import Market
from backend.core.rebalancing.planner import Plan, PlanInputs, make_plan
from backend.core.rebalancing.wishes import Sizes
from backend.tests.unit.core.rebalancing.markets import ASSETS, bounds, markets, pair

PRICES = {"BTC": Decimal(50000), "ETH": Decimal(2500), "BNB": Decimal(500), "USDT": Decimal(1), "USDC": Decimal(1)}
PAIRS = (
    pair("BTC", "USDT", "50000", "50000"),
    pair("ETH", "USDT", "2500", "2500"),
    pair("BNB", "USDT", "500", "500", rules=bounds(step="0.001")),
)


def held(**quantities: str) -> dict[str, Position]:
    return {asset: Position(Decimal(one), Decimal(one)) for asset, one in quantities.items()}


def inputs(positions: dict[str, Position], **more: Any) -> PlanInputs:
    targets = more.pop("targets", {"BTC": "0.5", "ETH": "0.5"})
    weights = {asset: Decimal(weight) for asset, weight in targets.items()}
    market = more.pop("market", Market(PAIRS, PRICES))
    return PlanInputs("USDT", positions, weights, market, **more)


def rows(plan: Plan) -> list[tuple[str, str, str, str]]:
    return [(line.action, line.asset, line.against, line.reason) for line in plan.lines]


def test_what_is_over_its_target_is_sold_and_what_is_under_is_bought_with_the_proceeds() -> None:
    plan = make_plan(inputs(held(BTC="3", ETH="20")))
    assert rows(plan) == [("SELL", "BTC", "USDT", ""), ("BUY", "ETH", "USDT", "")]
    sell, buy = (line.route for line in plan.lines)
    assert sell is not None
    assert buy is not None
    assert sell.hops[0].quantity == Decimal(1)
    assert buy.hops[0].spent <= sell.received == Decimal(49950)
    assert plan.sold == Decimal(50000)
    assert plan.max_drift_after < Decimal("0.001")


@pytest.mark.parametrize(("most", "why"), [("39", "max_position"), ("40", "")])
def test_a_coin_of_which_the_exchange_lets_nobody_hold_more_is_not_bought(most: str, why: str) -> None:
    limited = pair("ETH", "USDT", "2500", "2500", rules=replace(bounds(), max_position=Decimal(most)))
    plan = make_plan(inputs(held(BTC="3", ETH="20"), market=Market((PAIRS[0], limited), PRICES)))
    found = {line.asset: (line.action, line.reason) for line in plan.lines}
    if why:
        # Nothing is sold either: what it brings would lie idle.
        assert found == {"BTC": ("SKIP", "nothing_to_buy"), "ETH": ("SKIP", "max_position")}
    else:
        assert found == {"BTC": ("SELL", ""), "ETH": ("BUY", "")}


def test_a_pair_of_the_two_coins_saves_the_way_over_the_base_asset() -> None:
    market = Market((*PAIRS, pair("ETH", "BTC", "0.05", "0.05", rules=bounds(min_notional="0.0001"))), PRICES)
    plan = make_plan(inputs(held(BTC="3", ETH="20"), market=market))
    assert rows(plan) == [("SELL", "BTC", "ETH", "")]
    assert plan.fees == Decimal(50)


def test_a_coin_without_a_market_takes_no_part_and_the_others_share_its_target() -> None:
    market = Market(PAIRS, PRICES | {"XYZ": Decimal(1)})
    targets = {"BTC": "0.25", "ETH": "0.25", "XYZ": "0.5"}
    plan = make_plan(inputs(held(BTC="3", ETH="20", XYZ="900000"), market=market, targets=targets))
    assert rows(plan) == [
        ("SELL", "BTC", "USDT", ""),
        ("BUY", "ETH", "USDT", ""),
        ("SKIP", "XYZ", "", "no_market"),
    ]
    assert plan.total == Decimal(200000)


def test_nothing_is_sold_to_lie_idle_where_what_it_should_pay_for_cannot_be_bought() -> None:
    dear = pair("BNB", "USDT", "500", "500", rules=bounds(step="0.001", min_notional="60000"))
    market = Market((*PAIRS[:2], dear), PRICES)
    targets = {"BTC": "0.4", "ETH": "0.4", "BNB": "0.2"}
    plan = make_plan(inputs(held(BTC="3", ETH="20"), market=market, targets=targets))
    assert rows(plan) == [("SELL", "BTC", "USDT", ""), ("BUY", "ETH", "USDT", ""), ("SKIP", "BNB", "", "min_notional")]
    assert plan.bought < plan.sold < plan.bought + 100
    alone = make_plan(inputs(held(BTC="3"), market=market, targets={"BTC": "0.7", "BNB": "0.3"}))
    assert rows(alone) == [("SKIP", "BNB", "", "min_notional"), ("SKIP", "BTC", "", "nothing_to_buy")]


def test_coins_that_are_not_free_are_not_sold_and_say_so() -> None:
    plan = make_plan(inputs(held(ETH="20") | {"BTC": Position(Decimal(3), Decimal(0))}))
    assert rows(plan) == [("SKIP", "BTC", "", "not_free"), ("SKIP", "ETH", "", "no_proceeds")]
    part = make_plan(inputs(held(ETH="20") | {"BTC": Position(Decimal(3), Decimal("0.25"))}))
    assert part.sold == Decimal(12500)


def test_protected_coins_stay_and_are_no_part_of_the_base() -> None:
    rules = Rules(protected={"BTC": Decimal(2)})
    plan = make_plan(inputs(held(BTC="3", ETH="20"), rules=rules))
    assert plan.total == Decimal(100000)
    assert rows(plan) == [("SKIP", "BTC", "", "on_target"), ("SKIP", "ETH", "", "on_target")]


def test_what_is_left_out_is_named_with_its_reason() -> None:
    positions = held(BTC="3", ETH="20", BNB="10", XYZ="7", USDT="100", ADA="5")
    market = Market(PAIRS, PRICES | {"ADA": Decimal(1)})
    rules = Rules(excluded=frozenset({"ETH"}), ranks={"BTC": 1}, max_rank=10)
    targets = {"BTC": "0.4", "ETH": "0.2", "BNB": "0.2", "XYZ": "0.2"}
    reasons = {
        line.asset: line.reason
        for line in make_plan(inputs(positions, market=market, targets=targets, rules=rules)).lines
    }
    assert reasons == {
        "ADA": "no_target",
        "BNB": "not_ranked",
        "BTC": "on_target",
        "ETH": "excluded",
        "USDT": "no_target",
        "XYZ": "unpriced",
    }


def test_a_coin_without_a_target_is_sold_only_when_the_user_says_so() -> None:
    positions = held(BTC="1", ETH="20", BNB="10")
    assert ("SKIP", "BNB", "", "no_target") in rows(make_plan(inputs(positions)))
    plan = make_plan(inputs(positions, rules=Rules(sell_untargeted=True)))
    assert rows(plan)[0] == ("SELL", "BNB", "USDT", "")
    assert plan.sold == Decimal(5000)


def test_only_held_gives_the_strict_intersection() -> None:
    positions = held(ETH="20")
    assert rows(make_plan(inputs(positions, rules=Rules(only_held=True)))) == [
        ("SKIP", "BTC", "", "not_held"),
        ("SKIP", "ETH", "", "on_target"),
    ]
    assert rows(make_plan(inputs(positions)))[1] == ("BUY", "BTC", "USDT", "")


def test_new_money_only_buys_and_raising_money_only_sells() -> None:
    positions = held(BTC="1", ETH="10", USDT="10000")
    buying = make_plan(inputs(positions, sizes=Sizes("buy_only", Decimal(10000))))
    assert rows(buying)[0] == ("BUY", "ETH", "USDT", "")
    assert buying.sold == 0
    assert buying.bought < Decimal(10000)
    selling = make_plan(inputs(positions, sizes=Sizes("sell_only", Decimal(10000))))
    assert rows(selling)[0] == ("SELL", "BTC", "USDT", "")
    assert selling.bought == 0
    assert selling.sold == Decimal(10000)


def test_money_that_is_not_there_is_refused_in_words() -> None:
    with pytest.raises(CashTooShortError):
        make_plan(inputs(held(BTC="1", USDT="50"), sizes=Sizes("buy_only", Decimal(51))))
    with pytest.raises(EmptyPortfolioError):
        make_plan(inputs({}))
    with pytest.raises(PlanError):
        make_plan(inputs(held(BTC="1"), sizes=Sizes("sell_only", Decimal(50001))))


def test_trades_below_half_a_percent_or_the_own_minimum_are_skipped() -> None:
    near = held(BTC="1.0099", ETH="20")
    assert rows(make_plan(inputs(near))) == [("SKIP", "BTC", "", "below_minimum"), ("SKIP", "ETH", "", "below_minimum")]
    sizes = Sizes(min_trade_value=Decimal(30000))
    assert make_plan(inputs(held(BTC="2", ETH="20"), sizes=sizes)).sold == 0


def test_the_turnover_cap_takes_the_same_part_of_every_trade() -> None:
    plan = make_plan(inputs(held(BTC="3", ETH="20"), sizes=Sizes(max_turnover=Decimal("0.1"))))
    assert plan.sold == Decimal(20000)
    assert plan.turnover == Decimal("0.1")


def test_a_base_asset_with_a_target_keeps_its_share_of_the_proceeds() -> None:
    targets = {"BTC": "0.25", "ETH": "0.25", "USDT": "0.5"}
    plan = make_plan(inputs(held(BTC="4", ETH="0"), targets=targets))
    assert (plan.sold, rows(plan)[1]) == (Decimal(150000), ("BUY", "ETH", "USDT", ""))
    (buy,) = [line.route for line in plan.lines if line.action == "BUY"]
    assert buy is not None
    assert buy.spent <= Decimal(50000)


def test_the_profit_of_a_sale_is_unknown_where_its_cost_is() -> None:
    positions = held(BTC="3", ETH="20")
    assert make_plan(inputs(positions)).lines[0].realised is None
    known = make_plan(inputs(positions, unit_costs={"BTC": Decimal(30000)}))
    assert known.lines[0].realised == Decimal(20000) - Decimal(50)


@st.composite
def situations(draw: st.DrawFn) -> PlanInputs:
    market = draw(markets())
    positions = {}
    for asset in draw(st.sets(st.sampled_from(ASSETS), min_size=1)):
        owned = (draw(st.decimals("1", "99999", places=2)) / market.prices[asset]).quantize(Decimal("1e-8"))
        positions[asset] = Position(owned, (owned * draw(st.sampled_from([0, 1, 1, 1])) / 1))
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=5, max_size=5)))
    shares = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    targets = {asset: Decimal(share) / 100 for asset, share in zip(ASSETS, shares, strict=True)}
    rules = Rules(
        protected={asset: one.owned / 3 for asset, one in positions.items() if draw(st.booleans())},
        excluded=frozenset(draw(st.sets(st.sampled_from(ASSETS), max_size=1))),
        only_held=draw(st.booleans()),
        sell_untargeted=draw(st.booleans()),
    )
    sizes = Sizes(max_turnover=draw(st.sampled_from([None, Decimal("0.1"), Decimal("0.5")])))
    return PlanInputs("USDT", positions, targets, market, rules, sizes)


@given(situations())
def test_no_plan_trades_more_than_it_must_or_spends_what_is_not_there(case: PlanInputs) -> None:
    try:
        plan = make_plan(case)
    except EmptyPortfolioError:
        return
    assert plan == make_plan(replace(case, positions=dict(reversed(list(case.positions.items())))))
    # A coin that another one is sold for has no line of its own, nor has the base asset: drift is taken of the values.
    reached = case.market.reaching(case.base_asset)
    part = eligible(case.positions, case.targets, case.market.prices, case.rules, case.base_asset, reached)
    whole = sum((case.targets.get(asset, Decimal(0)) for asset in part.values), Decimal(0))
    gaps = [case.targets.get(asset, Decimal(0)) / whole * plan.total - worth for asset, worth in part.values.items()]
    most = sum((abs(gap) for gap in gaps), Decimal(0)) / 2 + Decimal("1e-9")
    assert plan.sold <= most
    assert plan.bought <= most
    spendable = {asset: one.free for asset, one in case.positions.items()}
    for line in plan.lines:
        if line.route is None:
            continue
        assert line.asset not in case.rules.excluded
        for hop in line.route.hops:
            spendable[hop.given] = spendable.get(hop.given, Decimal(0)) - hop.spent
            assert spendable[hop.given] >= 0
            spendable[hop.taken] = spendable.get(hop.taken, Decimal(0)) + hop.received
    for asset, kept in case.rules.protected.items():
        owned = case.positions[asset].owned - case.positions[asset].free + spendable[asset]
        assert owned >= min(kept, case.positions[asset].owned)
