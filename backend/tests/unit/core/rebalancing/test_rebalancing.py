"""Targets, drift, plans, filters and costs beyond the known-answer cases."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.rebalancing.cost import rebalance_cost
from backend.core.rebalancing.drift import drifting_weights, drifts
from backend.core.rebalancing.errors import (
    CapTooLowError,
    EmptyPortfolioError,
    UnpricedAssetError,
    WithdrawalTooLargeError,
)
from backend.core.rebalancing.filters import filter_order, round_down, whole_units
from backend.core.rebalancing.plan import flow_only_trades, price_holdings, sells_first, target_trades
from backend.core.rebalancing.targets import cap_weights, limit_step, targets_are_whole

D = Decimal
VALUES = st.dictionaries(st.sampled_from("ABCDE"), st.decimals("0", "1e6", places=2), min_size=1)
PARTS = st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 100), min_size=1).filter(
    lambda parts: any(parts.values())
)


def amounts(**values: str) -> dict[str, Decimal]:
    return {asset: D(value) for asset, value in values.items()}


def weights_of(parts: dict[str, int]) -> dict[str, Decimal]:
    return {asset: D(part) / sum(parts.values()) for asset, part in parts.items()}


@pytest.mark.parametrize(
    ("total", "whole"), [("1", True), ("0.9999", True), ("1.0001", True), ("0.99989", False), ("1.00011", False)]
)
def test_targets_add_up_to_a_hundred_percent_within_a_hundredth_of_a_point(total: str, whole: bool) -> None:
    assert targets_are_whole({"A": D(total)}) is whole


def test_a_negative_target_is_never_whole() -> None:
    assert not targets_are_whole(amounts(A="1.5", B="-0.5"))


def test_a_limited_step_also_moves_what_has_no_target_any_more() -> None:
    assert limit_step(amounts(A="0.3", B="0.7"), amounts(A="1"), D("0.2")) == amounts(A="0.5", B="0.5")


def test_a_cap_pushes_on_until_nobody_is_above_it() -> None:
    # 0.2 is over; the first share-out lifts B to 0.525, so it is capped as well and C takes the rest.
    capped = cap_weights(amounts(A="0.6", B="0.35", C="0.05", E="0"), D("0.4"))
    assert capped == amounts(A="0.4", B="0.4", C="0.2", E="0")


@given(PARTS, st.decimals("0.05", "1", places=2))
def test_capped_weights_keep_their_sum_and_stay_under_the_cap(parts: dict[str, int], share: Decimal) -> None:
    targets, total = {asset: D(part) for asset, part in parts.items()}, D(sum(parts.values()))
    cap = share * total
    try:
        capped = cap_weights(targets, cap)
    except CapTooLowError:
        assert cap * sum(1 for part in parts.values() if part) < total
        return
    assert abs(sum(capped.values(), D(0)) - total) <= total * D("1e-20")
    assert all(weight <= cap for weight in capped.values())


def test_a_drift_that_reaches_the_threshold_is_off_target() -> None:
    rows = drifts(amounts(A="55", B="45"), amounts(A="0.5", B="0.5"), D("0.05"))
    assert {row.asset: row.status for row in rows} == {"A": "OVERWEIGHT", "B": "UNDERWEIGHT"}


def test_an_asset_that_is_targeted_and_not_held_drifts_by_its_whole_target() -> None:
    first = drifts(amounts(A="100"), amounts(A="0.7", B="0.3"))[1]
    assert (first.asset, first.weight, first.drift, first.status) == ("B", D(0), D("-0.3"), "UNDERWEIGHT")


def test_nothing_has_no_weights() -> None:
    with pytest.raises(EmptyPortfolioError):
        drifts({}, amounts(A="1"))


def test_weights_reset_before_every_period_do_not_drift() -> None:
    returns = {"A": [D("0.5"), D("0.1")], "B": [D("-0.5"), D("0.3")]}
    weights = amounts(A="0.5", B="0.5")
    second = drifting_weights(returns, weights, rebalance=True)[1]
    assert (second.weights_before, second.portfolio_return) == (weights, D("0.2"))
    assert drifting_weights(returns, weights)[1].portfolio_return == D("0.15")


def test_a_portfolio_that_lost_everything_has_no_later_weights() -> None:
    with pytest.raises(EmptyPortfolioError):
        drifting_weights({"A": [D(-1), D(0)]}, amounts(A="1"))


@given(VALUES, PARTS, st.decimals("0", "1e6", places=2))
def test_the_trades_of_a_plan_spend_exactly_the_cash(
    values: dict[str, Decimal], parts: dict[str, int], cash: Decimal
) -> None:
    result = target_trades(values, weights_of(parts), cash)
    assert abs(sum(result.trades.values()) - cash) <= result.total * D("1e-20")


def test_an_asset_without_a_target_is_sold() -> None:
    result = target_trades(amounts(A="10", B="10"), amounts(A="1"))
    assert (result.trades, result.sides) == (amounts(A="10", B="-10"), {"A": "buy", "B": "sell"})


def test_an_asset_without_a_price_is_named_and_cannot_be_planned_in_coins() -> None:
    assert price_holdings(amounts(A="1", X="5"), amounts(A="10")).unpriced == ("X",)
    with pytest.raises(UnpricedAssetError):
        target_trades({}, amounts(X="1"), D(10)).quantities({})


def test_new_money_raises_the_lowest_positions_to_one_level() -> None:
    trades = flow_only_trades(amounts(A="10", B="20", C="90"), weights_of({"A": 1, "B": 1, "C": 1}), D(30))
    assert {asset: round(trade, 20) for asset, trade in trades.items()} == amounts(A="20", B="10", C="0")


def test_a_withdrawal_takes_what_has_no_target_first_and_then_the_highest() -> None:
    trades = flow_only_trades(amounts(A="10", B="50", X="15"), amounts(A="0.5", B="0.5"), D(-35))
    assert trades == amounts(A="0", B="-20", X="-15")
    assert flow_only_trades(amounts(A="10", X="30"), amounts(A="1"), D(-15)) == amounts(A="0", X="-15")


@given(VALUES, PARTS, st.decimals("-1", "1", places=3))
def test_only_the_new_money_trades_and_nothing_goes_the_other_way(
    values: dict[str, Decimal], parts: dict[str, int], share: Decimal
) -> None:
    whole = sum(values.values()) + 1
    cash = (whole * share).quantize(D("0.01"))
    try:
        trades = flow_only_trades(values, weights_of(parts), cash)
    except WithdrawalTooLargeError:
        assert -cash > sum(values.values())
        return
    assert abs(sum(trades.values()) - cash) <= whole * D("1e-20")
    assert all(trade * cash >= 0 for trade in trades.values())
    assert all(values.get(asset, D(0)) + trade >= -whole * D("1e-20") for asset, trade in trades.items())


def test_buys_shrink_in_proportion_to_what_the_sells_brought() -> None:
    result = sells_first(amounts(A="100", B="0", C="0"), amounts(B="0.75", C="0.25"), D("0.1"))
    assert (result.sell_value, result.buy_budget, result.buys) == (D(100), D(90), amounts(B="67.5", C="22.5"))


def test_buys_never_grow_beyond_their_target_because_money_is_left() -> None:
    result = sells_first(amounts(A="100", B="0"), amounts(A="0.2", B="0.3"), D(0))
    assert (result.buy_budget, result.buys) == (D(80), amounts(B="30"))


def test_free_quote_is_part_of_the_base_and_of_the_budget() -> None:
    result = sells_first(amounts(A="100", B="0"), amounts(A="0.5", B="0.5"), D(0), quote_free=D(50))
    assert (result.sell_value, result.buy_budget, result.buys) == (D(25), D(75), amounts(B="75"))


@pytest.mark.parametrize(
    ("quantity", "dropped"),
    [("0.0099", "min_qty"), ("0.019", "min_notional"), ("0.05", "min_value"), ("0.0999", "min_value"), ("0.1", None)],
)
def test_an_order_is_dropped_by_the_first_rule_it_fails(quantity: str, dropped: str | None) -> None:
    order = filter_order(D(quantity), D(100), D("0.01"), D("0.01"), min_notional=D(5), min_value=D(10))
    assert order.dropped == dropped


def test_a_quantity_is_never_raised_to_a_minimum() -> None:
    order = filter_order(D("0.9"), D(100), D(1))
    assert (order.quantity, order.value, order.dropped) == (D(0), D(0), "min_qty")


@given(st.decimals("0", "1e9", places=8), st.integers(1, 10**9))
def test_rounding_down_to_a_step_leaves_less_than_a_step(quantity: Decimal, steps: int) -> None:
    step = D(steps) / 10**8
    rounded = round_down(quantity, step)
    assert rounded <= quantity < rounded + step
    assert rounded % step == 0


def test_a_sale_pays_its_own_fee_before_the_buy() -> None:
    # 100 of the sale, less 1, plus 50 in cash: 149 less the buy's fee buys 14 at 10.
    result = whole_units(D(50), D(10), D(1), fee_per_order=D(1), sale=D(100))
    assert (result.quantity, result.cash_left, result.value) == (D(14), D(8), D(148))


def test_without_room_for_one_step_there_is_no_order_and_no_fee() -> None:
    result = whole_units(D(10), D(10), D(1), fee_per_order=D(1))
    assert (result.quantity, result.cash_left, result.value) == (D(0), D(10), D(10))


def test_the_cost_of_a_rebalance_is_that_of_every_side_traded() -> None:
    result = rebalance_cost(amounts(A="1"), amounts(A="0.4", B="0.6"), amounts(A="0.001", B="0.002"), D("0.5"))
    assert (result.turnover, result.drag, result.return_difference) == (D("1.2"), D("0.0018"), D("0.0027"))
