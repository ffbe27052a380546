"""A thousand random plans on random markets, judged by arithmetic that shares nothing with the planner."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Final

import pytest

from backend.core.rebalancing.eligibility import Position, Rules
from backend.core.rebalancing.errors import CashTooShortError, PlanError
from backend.core.rebalancing.market import Market
from backend.core.rebalancing.planner import Plan, PlanInputs, make_plan
from backend.core.rebalancing.routing import Route, best_route
from backend.core.rebalancing.wishes import Sizes
from backend.tests.unit.core.rebalancing.markets import bounds, pair
from backend.tests.unit.core.rebalancing.plan_judge import (
    Order,
    World,
    cheapest,
    judge,
    moved,
    residue,
    scaled_targets,
    taking_part,
)
from backend.tests.unit.core.rebalancing.random_plans import BASE, inputs, orders_of, world

PLANS: Final = 1000
ROUTES: Final = 1000
COINS: Final = range(3, 10)


def planned(count: int) -> list[tuple[int, World, Plan]]:
    """So many cases that have a plan with orders, and their seeds."""
    found = []
    for seed in range(100 * count):
        case = world(seed, COINS[seed % len(COINS)])
        try:
            plan = make_plan(inputs(case))
        except PlanError:
            continue
        if any(line.route is not None for line in plan.lines):
            found.append((seed, case, plan))
            if len(found) == count:
                return found
    raise AssertionError(f"only {len(found)} plans")


@pytest.fixture(scope="module")
def plans() -> list[tuple[int, World, Plan]]:
    return planned(PLANS)


def test_plans_keep_to_filters_purse_and_half_the_drift_and_make_it_no_worse(
    plans: list[tuple[int, World, Plan]],
) -> None:
    wrong = []
    smaller = 0
    for seed, case, plan in plans:
        verdict = judge(case, orders_of(plan))
        wrong += [f"seed {seed}: {sentence}" for sentence in verdict.wrong]
        smaller += verdict.drift_after < verdict.drift_before
    assert wrong == []
    # Where the base asset is nobody's target, a sale alone moves drift from one coin to another.
    assert smaller > PLANS * 0.8
    assert {case.mode for _, case, _ in plans} == {"full", "buy_only", "sell_only"}


def test_no_full_plan_sells_what_it_does_not_spend(plans: list[tuple[int, World, Plan]]) -> None:
    """Of what the sales bring the base asset keeps its target's part, what is too little to trade, or the rest of steps
    without which there would be no order: less than what is spent then.
    """
    kept = 0
    for seed, case, plan in plans:
        if case.mode != "full":
            continue
        orders = orders_of(plan)
        gained = moved(case, orders).get(BASE, Decimal(0)) * case.prices[BASE]
        values = taking_part(case)
        missing = scaled_targets(case, values).get(BASE, Decimal(0)) * sum(values.values()) - values.get(
            BASE, Decimal(0)
        )
        idle = gained - max(missing, Decimal(0))
        kept += gained > 0
        spent = sum(line.route.spent for line in plan.lines if line.action == "BUY" and line.route is not None)
        assert idle <= max(plan.minimum + residue(case, orders), spent * case.prices[BASE]), f"seed {seed}: {idle}"
    assert kept > PLANS / 10


def test_the_same_case_gives_the_same_plan_in_whatever_order_it_is_told(plans: list[tuple[int, World, Plan]]) -> None:
    for seed, case, plan in plans:
        assert make_plan(inputs(case, random.Random(seed))) == plan, f"seed {seed}"


@pytest.mark.parametrize("restricted", [False, True], ids=["any", "deep only"])
def test_no_way_through_a_small_market_costs_less_than_the_chosen_one(restricted: bool) -> None:
    """Over any asset, and over deep markets only as a plan of an account goes."""
    chosen = 0
    for seed in range(ROUTES):
        dice, case = random.Random(f"route {seed}"), world(seed, 5)
        given, wanted = dice.sample(sorted(case.prices), 2)
        amount = (Decimal(repr(10 ** dice.uniform(-1, 5))) / case.prices[given]).quantize(Decimal("1e-8"))
        if not amount:
            continue
        deep = frozenset(dice.sample(sorted(case.prices), 2)) if restricted else None
        found = best_route(replace(inputs(case).market, deep=deep), given, wanted, amount)
        least = cheapest(case, given, wanted, amount, deep)
        if not isinstance(found, Route):
            assert least is None, f"seed {seed}: {found}, but there is a way for {least}"
            continue
        chosen += 1
        assert least is not None, f"seed {seed}: a way where there is none"
        share = found.cost / (found.spent * case.prices[given])
        assert abs(share - least) < Decimal("1e-20"), f"seed {seed}: {share} instead of {least}"
    assert chosen > ROUTES / 3


def test_the_judge_sees_each_kind_of_mistake(plans: list[tuple[int, World, Plan]]) -> None:
    """Plans that are made wrong on purpose: a judge that finds nothing in them would find nothing anywhere."""
    found: dict[str, int] = {}
    for _, case, plan in plans[:300]:
        orders = orders_of(plan)
        first = orders[0]
        spoiled = {
            "beside the step": _resized(case, first, first.quantity + Decimal("0.00000000001")),
            "too much": _resized(case, first, first.quantity * 10**9),
            "too little": _resized(case, first, first.quantity / 100_000),
            "a better price": first._replace(received=first.received * 2),
        }
        for name, order in spoiled.items():
            found[name] = found.get(name, 0) + bool(judge(case, [order, *orders[1:]]).wrong)
        found["twice"] = found.get("twice", 0) + bool(judge(case, [*orders, *orders, *orders]).wrong)
    assert found.pop("too little") > 200
    assert found.pop("twice") > 100
    assert set(found.values()) == {300}, found


@pytest.mark.parametrize(
    ("mode", "coins", "cash", "order"),
    [
        # All of the new money into the coin, though half of it is the base asset's: no drift is worse for it.
        ("buy_only", "0", "100", Order("BTCUSDT", "BUY", Decimal(1), Decimal(100), Decimal(100), Decimal(1))),
        # Enough lies in the base asset to be taken out: the coin is too little already.
        (
            "sell_only",
            "0.2",
            "150",
            Order("BTCUSDT", "SELL", Decimal("0.2"), Decimal(100), Decimal("0.2"), Decimal(20)),
        ),
    ],
)
def test_the_judge_sees_more_than_half_the_drift_moved(mode: str, coins: str, cash: str, order: Order) -> None:
    owned = {"BTC": Decimal(coins), BASE: Decimal(cash)}
    half = {"BTC": Decimal("0.5"), BASE: Decimal("0.5")}
    case = World(
        entries={"BTCUSDT": {"baseAsset": "BTC", "quoteAsset": BASE, "filters": []}},
        book={"BTCUSDT": (Decimal(100), Decimal(100))},
        prices={"BTC": Decimal(100), BASE: Decimal(1)},
        owned=owned,
        free=owned,
        targets=half,
        fee=Decimal(0),
        fee_apart=False,
        base=BASE,
        mode=mode,
        amount=Decimal(100),
    )
    assert any("more than half" in sentence for sentence in judge(case, [order]).wrong)


def _resized(case: World, order: Order, quantity: Decimal) -> Order:
    spent, gross = (quantity, quantity * order.price) if order.side == "SELL" else (quantity * order.price, quantity)
    return order._replace(quantity=quantity, spent=spent, received=gross if case.fee_apart else gross * (1 - case.fee))


def test_a_way_over_two_orders_leaves_nothing_in_the_coin_between() -> None:
    prices = {"XYZ": Decimal(1), "ETH": Decimal(100), BASE: Decimal(1)}
    pairs = (pair("XYZ", "ETH", "0.01", "0.01", rules=bounds(min_notional="0")), pair("ETH", BASE, "100", "100"))
    capped = (pairs[0], pair("ETH", BASE, "100", "100", rules=bounds(most="10")))
    whole, part = (best_route(Market(one, prices), "XYZ", BASE, Decimal(5000)) for one in (pairs, capped))
    assert isinstance(whole, Route)
    assert isinstance(part, Route)
    assert whole.spent == 5000
    assert Decimal("9.9999") < part.hops[1].spent <= 10
    assert part.hops[0].received - part.hops[1].spent < Decimal("0.00001")


def test_protected_coins_of_the_base_asset_are_no_new_money() -> None:
    market = Market((pair("BTC", BASE, "50000", "50000"),), {"BTC": Decimal(50000), BASE: Decimal(1)})
    purse = {BASE: Position(Decimal(1000), Decimal(1000))}
    rules, sizes = Rules(protected={BASE: Decimal(500)}), Sizes("buy_only", Decimal(501))
    case = PlanInputs(BASE, purse, {"BTC": Decimal(1)}, market, rules, sizes)
    with pytest.raises(CashTooShortError, match="500 of USDT"):
        make_plan(case)
    assert make_plan(replace(case, sizes=Sizes("buy_only", Decimal(500)))).bought > 499
