"""Both shadows: plans of any weights, flows that are mirrored, and holding only."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.model.amounts import MONEY
from backend.core.model.instants import DAY_MS, HOUR_MS, from_ms
from backend.core.model.valuation import BenchmarkTail
from backend.core.performance.benchmark_plan import (
    DEFAULT_PLAN,
    BenchmarkPlan,
    HoldChoice,
    decode_plan,
    encode_plan,
    hold_choice,
)
from backend.core.performance.errors import InvalidWeightsError
from backend.core.performance.hold_only import HoldFlows, HoldPoint, HoldRow, HoldState, next_hold, open_hold
from backend.core.performance.snapshot_chain import Reset, ValuedPoint, benchmark_step
from backend.tests.builders import T0, point

D = Decimal
PRICES = {"BTC": D(50000), "ETH": D(2500)}
AMOUNTS = st.decimals(min_value=1, max_value=10**6, places=6)
QUOTES = st.decimals(min_value="0.01", max_value=10**5, places=4)
BTC_ONLY = BenchmarkPlan({"BTC": D(1)})


def priced(at_ms: int, value: str, flow: str = "0", bitcoin: str = "50000", ether: str = "2500") -> ValuedPoint:
    return replace(point(at_ms, value, flow), benchmark={"BTC": D(bitcoin), "ETH": D(ether)})


def step(
    held: BenchmarkTail | None,
    at: ValuedPoint,
    resets: tuple[Reset, ...] = (),
    plan: BenchmarkPlan = DEFAULT_PLAN,
    doubt: str | None = None,
) -> tuple[float | None, Decimal | None, BenchmarkTail]:
    index, value, tail = benchmark_step(held, at, resets, plan, doubt)
    assert tail is not None
    return index, value, tail


def test_flows_come_before_a_reset_of_the_same_instant() -> None:
    *_, held = step(None, priced(T0, "1000"))
    at_ms = T0 + HOUR_MS
    moved = {"BTC": D(100000), "ETH": D(2500)}
    *_, tail = step(held, priced(at_ms, "1500", "-750", "100000"), (Reset(at_ms, moved),))
    # Worth 1,500 then; half goes, and what is left is split evenly.
    assert tail.units == {"BTC": D("0.00375"), "ETH": D("0.15")}


def test_an_exhausted_line_stays_at_zero_and_the_next_deposit_begins_it_anew() -> None:
    *_, held = step(None, priced(T0, "1000"))
    _, worth, gone = step(held, priced(T0 + HOUR_MS, "5000", "-1000.01"))
    assert (worth, gone.exhausted, set(gone.units.values())) == (D(1000), True, {D(0)})
    index, worth, still = step(gone, priced(T0 + 2 * HOUR_MS, "4000", bitcoin="60000"))
    assert (worth, still.exhausted) == (D(0), True)
    assert index == pytest.approx(1.1)
    _, worth, back = step(still, priced(T0 + 3 * HOUR_MS, "4000", "500"))
    assert (worth, back.exhausted) == (D(0), False)
    assert back.units == {"BTC": D("0.005"), "ETH": D("0.1")}


def test_a_withdrawal_by_share_leaves_the_share_that_the_account_kept() -> None:
    by_share = replace(DEFAULT_PLAN, by_share=True)
    *_, held = step(None, priced(T0, "1000"), plan=by_share)
    *_, tail = step(held, priced(T0 + HOUR_MS, "4000", "-1000"), plan=by_share)
    assert tail.units == {coin: quantity * D("0.75") for coin, quantity in held.units.items()}


@settings(max_examples=60)
@given(st.lists(st.tuples(AMOUNTS, st.booleans(), QUOTES, QUOTES), min_size=1, max_size=8))
def test_without_resets_the_line_is_worth_the_units_and_flows_change_it_by_their_amount(
    flows: list[tuple[Decimal, bool, Decimal, Decimal]],
) -> None:
    *_, held = step(None, priced(T0, "1000"))
    for number, (amount, comes, bitcoin, ether) in enumerate(flows):
        signed = amount if comes else -amount
        at = priced(T0 + (number + 1) * HOUR_MS, "1", str(signed), str(bitcoin), str(ether))
        _, worth, tail = step(held, at)
        with localcontext(MONEY):
            before = held.units["BTC"] * bitcoin + held.units["ETH"] * ether
            after = tail.units["BTC"] * bitcoin + tail.units["ETH"] * ether
        assert worth == pytest.approx(before, rel=D("1e-40"))
        assert tail.exhausted == (not comes and amount > before)
        assert after == pytest.approx(max(before + signed, D(0)), rel=D("1e-20"), abs=D("1e-20"))
        held = tail


def test_a_flow_without_a_price_leaves_the_line_unknown_for_good_and_the_index_alone() -> None:
    *_, held = step(None, priced(T0, "1000"))
    blind = replace(point(T0 + HOUR_MS, "1000", "100", benchmark=None), benchmark_doubt="no_price:ETH")
    index, worth, tail = step(held, blind)
    assert (index, worth, tail.doubt, tail.missed) == (None, None, "no_price:ETH", "flow_not_mirrored")
    index, worth, tail = step(tail, priced(T0 + 2 * HOUR_MS, "1000", bitcoin="60000"))
    assert (worth, tail.doubt, tail.missed) == (None, None, "flow_not_mirrored")
    assert index == pytest.approx(1.1)


def test_a_benchmark_begins_when_all_of_its_coins_have_a_price() -> None:
    assert benchmark_step(None, point(T0, "1000", benchmark=None), (), DEFAULT_PLAN, None) == (None, None, None)
    index, worth, tail = step(None, priced(T0 + HOUR_MS, "1200"))
    assert (index, worth, tail.reset_at_ms) == (1.0, D(1200), T0 + HOUR_MS)


OLD = "old_price:BTC"


def test_a_reset_at_an_old_price_is_doubtful_until_the_next_one_and_the_units_for_good() -> None:
    *_, held = step(None, priced(T0, "1000"))
    noon, later = T0 + 12 * HOUR_MS, T0 + 180 * HOUR_MS
    *_, wrong = step(held, priced(noon + HOUR_MS, "1000"), (Reset(noon, PRICES, OLD),))
    assert (wrong.doubted_at_ms, wrong.doubted, wrong.line_doubt, wrong.doubt) == (noon, OLD, OLD, None)
    *_, after = step(wrong, priced(later + HOUR_MS, "1000"), (Reset(later, PRICES),))
    *_, end = step(after, priced(later + 2 * HOUR_MS, "1000"))
    assert end.doubt_since(held) == end.doubt_since(wrong) == OLD
    assert (end.doubt_since(after), end.line_doubt) == (None, OLD)


def test_a_reset_without_a_price_is_left_out_and_is_a_doubt_all_the_same() -> None:
    *_, held = step(None, priced(T0, "1000"))
    *_, tail = step(held, priced(T0 + 2 * HOUR_MS, "1000"), (Reset(T0 + HOUR_MS, None, "no_price:ETH"),))
    assert (tail.reset_at_ms, tail.units) == (T0, held.units)
    assert tail.doubt_since(held) == tail.line_doubt == "no_price:ETH"


@pytest.mark.parametrize(
    ("flow", "changes", "doubt", "plan", "told"),
    [
        ("10", {}, None, DEFAULT_PLAN, None),
        ("10", {}, "old_price:SOL", DEFAULT_PLAN, None),
        ("10", {"benchmark_doubt": OLD}, None, DEFAULT_PLAN, OLD),
        ("0", {"benchmark_doubt": OLD}, None, DEFAULT_PLAN, None),
        ("10", {"flow_doubt": "unexplained_change"}, None, DEFAULT_PLAN, "unexplained_change"),
        ("0", {"flow_doubt": "no_price"}, None, DEFAULT_PLAN, "no_price"),
        ("-10", {}, "old_price:SOL", replace(DEFAULT_PLAN, by_share=True), "old_price:SOL"),
    ],
)
def test_a_flow_mirrored_at_an_old_price_or_of_a_doubtful_amount_is_remembered(
    flow: str, changes: dict[str, Any], doubt: str | None, plan: BenchmarkPlan, told: str | None
) -> None:
    *_, held = step(None, priced(T0, "1000"), plan=plan)
    *_, tail = step(held, replace(priced(T0 + HOUR_MS, "1000", flow), **changes), (), plan, doubt)
    *_, tail = step(tail, priced(T0 + 2 * HOUR_MS, "1000"), (), plan)
    # The index knows no flows.
    assert (tail.line_doubt, tail.doubt_since(held)) == (told, None)


def test_a_benchmark_that_begins_at_an_old_price_or_with_a_doubtful_value_says_so() -> None:
    *_, old = step(None, replace(priced(T0, "1000"), benchmark_doubt=OLD))
    assert (old.doubted_at_ms, old.doubted, old.line_doubt) == (T0, OLD, OLD)
    *_, unsure = step(None, priced(T0, "1000"), doubt="old_price:SOL")
    assert (unsure.doubted, unsure.line_doubt) == (None, "old_price:SOL")


@pytest.mark.parametrize(
    "weights",
    [{}, {"BTC": D("0.9998")}, {"BTC": D("1.0002")}, {"BTC": D("1.5"), "ETH": D("-0.5")}, {"BTC": D(1), "ETH": D(0)}],
)
def test_what_does_not_add_up_is_no_plan(weights: dict[str, Decimal]) -> None:
    with pytest.raises(InvalidWeightsError):
        BenchmarkPlan(weights).check()


def test_a_plan_has_ten_coins_at_most() -> None:
    BenchmarkPlan({f"C{n}": D("0.1") for n in range(10)}).check()
    with pytest.raises(InvalidWeightsError):
        BenchmarkPlan({f"C{n}": D(1) / 11 for n in range(11)}).check()


def test_weights_that_lack_a_hair_are_reckoned_with_as_shares_of_their_sum() -> None:
    plan = BenchmarkPlan({coin: D("0.3333") for coin in ("A", "B", "C")})
    plan.check()
    with localcontext(MONEY):
        assert abs(sum(plan.shares.values(), D(0)) - 1) < D("1e-50")
    assert float(plan.shares["A"]) == 1 / 3


@given(st.integers(0, 6), st.integers(0, 23) | st.none(), st.booleans())
def test_a_plan_is_read_as_it_was_written(weekday: int, hour: int | None, by_share: bool) -> None:
    plan = BenchmarkPlan({"SOL": D("0.25"), "BTC": D("0.75")}, weekday, hour, by_share)
    again = decode_plan(encode_plan(plan))
    assert again == plan
    assert list(again.coins) == ["SOL", "BTC"]
    assert hold_choice("5", plan) == HoldChoice(5, by_share)
    assert hold_choice(None, plan) == hold_choice("null", plan) == HoldChoice(None, by_share)


@given(st.integers(0, 6), st.integers(0, 23), st.integers(0, 60 * DAY_MS), st.integers(0, 60 * DAY_MS))
def test_resets_fall_on_the_weekday_and_hour_wherever_the_time_is_cut(
    weekday: int, hour: int, length_ms: int, cut_ms: int
) -> None:
    plan = BenchmarkPlan({"BTC": D(1)}, weekday, hour)
    whole = plan.resets(T0, T0 + length_ms)
    middle = T0 + min(cut_ms, length_ms)
    assert plan.resets(T0, middle) + plan.resets(middle, T0 + length_ms) == whole
    assert all((from_ms(at).weekday(), from_ms(at).hour, at % HOUR_MS) == (weekday, hour, 0) for at in whole)
    assert plan.next_reset(T0 + length_ms) == plan.resets(T0 + length_ms, T0 + length_ms + 7 * DAY_MS)[0]


def test_never_is_never() -> None:
    never = replace(BTC_ONLY, hour=None)
    assert (never.resets(T0, T0 + 400 * DAY_MS), never.next_reset(T0)) == ([], None)


def hold_point(hours: int, prices: dict[str, str | None], flows: HoldFlows | None = None) -> HoldPoint:
    told = {coin: None if price is None else D(price) for coin, price in prices.items()}
    doubts = {coin: f"no_price:{coin}" for coin, price in told.items() if price is None}
    return HoldPoint(T0 + hours * HOUR_MS, told, doubts, flows)


def state_of(row: HoldRow) -> HoldState:
    assert row.state is not None
    return row.state


def test_holding_only_follows_the_prices_of_what_was_there() -> None:
    opened = open_hold({"BTC": D(1), "USDT": D(50)}, hold_point(0, {"BTC": "50", "USDT": "1"}))
    row = next_hold(state_of(opened), hold_point(1, {"BTC": "100", "USDT": "1"}))
    assert (opened.value, opened.index, row.value, row.index, row.state) == (D(100), 1.0, D(150), 1.5, None)


def test_a_deposit_is_no_gain_and_stays_the_coin_that_came() -> None:
    opened = open_hold({"USDT": D(100)}, hold_point(0, {"USDT": "1"}))
    came = HoldFlows(D(100), {"SOL": D(2)}, arrived=D(300))
    row = next_hold(state_of(opened), hold_point(1, {"USDT": "1", "SOL": "150"}, came))
    assert (row.value, row.index, state_of(row).base) == (D(100), 1.0, D(400))
    later = next_hold(state_of(row), hold_point(2, {"USDT": "1", "SOL": "250"}))
    assert (later.value, later.index) == (D(600), 1.5)


@pytest.mark.parametrize(("by_share", "kept"), [(False, "0.75"), (True, "0.875")])
def test_a_withdrawal_takes_the_same_share_of_every_coin(by_share: bool, kept: str) -> None:
    opened = open_hold({"USDT": D(100), "BTC": D(2)}, hold_point(0, {"USDT": "1", "BTC": "50"}), by_share)
    left = HoldFlows(D(400), {}, left=D(50))
    row = next_hold(state_of(opened), hold_point(1, {"USDT": "1", "BTC": "50"}, left), by_share)
    assert state_of(row).units == {"USDT": 100 * D(kept), "BTC": 2 * D(kept)}
    after = next_hold(state_of(row), hold_point(2, {"USDT": "1", "BTC": "50"}), by_share)
    assert (after.value, after.index) == (200 * D(kept), 1.0)


def test_deposits_come_before_withdrawals_of_the_same_instant() -> None:
    opened = open_hold({"USDT": D(100)}, hold_point(0, {"USDT": "1"}))
    both = HoldFlows(D(100), {"BTC": D(1)}, arrived=D(100), left=D(150))
    state = state_of(next_hold(state_of(opened), hold_point(1, {"USDT": "1", "BTC": "100"}, both)))
    assert (state.units, state.exhausted) == ({"USDT": D(25), "BTC": D("0.25")}, False)


def test_more_than_the_shadow_has_exhausts_it_until_the_next_deposit() -> None:
    opened = open_hold({"USDT": D(100)}, hold_point(0, {"USDT": "1"}))
    gone = state_of(next_hold(state_of(opened), hold_point(1, {"USDT": "1"}, HoldFlows(D(500), {}, left=D(101)))))
    assert (gone.units, gone.base, gone.exhausted) == ({}, D(0), True)
    empty = next_hold(gone, hold_point(2, {}))
    assert (empty.value, empty.index) == (D(0), 1.0)
    back = state_of(next_hold(gone, hold_point(3, {"BTC": "10"}, HoldFlows(D(400), {"BTC": D(1)}, arrived=D(10)))))
    assert (back.units, back.base, back.exhausted) == ({"BTC": D(1)}, D(10), False)


def test_a_coin_without_a_price_is_outside_the_value_and_makes_an_estimate_from_then_on() -> None:
    opened = open_hold({"BTC": D(1), "SPAM": D(9)}, hold_point(0, {"BTC": "50", "SPAM": None}))
    assert (opened.value, opened.reason) == (D(50), "no_price:SPAM")
    later = next_hold(state_of(opened), hold_point(1, {"BTC": "60", "SPAM": "1"}))
    assert later.reason == "no_price:SPAM"


def test_below_nothing_there_is_no_index_any_more() -> None:
    opened = open_hold({"BTC": D(-1), "USDT": D(100)}, hold_point(0, {"BTC": "50", "USDT": "1"}))
    row = next_hold(state_of(opened), hold_point(1, {"BTC": "150", "USDT": "1"}, HoldFlows(D(1), {}, doubt="x")))
    assert (row.value, row.index, row.reason) == (D(-50), None, "negative_value")
    assert next_hold(state_of(row), hold_point(2, {"BTC": "50", "USDT": "1"})).index is None


@settings(max_examples=60)
@given(st.lists(st.tuples(QUOTES, QUOTES, AMOUNTS, st.sampled_from(["in", "out", "none"])), min_size=2, max_size=8))
def test_scaling_everything_changes_no_return_and_flows_change_none_either(
    steps: list[tuple[Decimal, Decimal, Decimal, str]],
) -> None:
    def run(scale: int, flowing: bool) -> list[float | None]:
        row = open_hold({"A": D(scale), "B": D(scale)}, hold_point(0, {"A": "1", "B": "1"}))
        state, found = state_of(row), [row.index]
        for number, (a, b, amount, way) in enumerate(steps):
            prices = {"A": str(a), "B": str(b)}
            worth = sum((quantity * D(prices[coin]) for coin, quantity in state.units.items()), D(0))
            flows = None
            # In the proportions that are held: so that what is held keeps its mix.
            if flowing and way == "in":
                came = {coin: quantity * amount / 1000 for coin, quantity in state.units.items()}
                flows = HoldFlows(D(1), came, arrived=worth * amount / 1000)
            elif flowing and way == "out":
                flows = HoldFlows(D(1), {}, left=worth / 2)
            row = next_hold(state, hold_point(number + 1, dict(prices), flows))
            state = row.state or state
            found.append(row.index)
        return found

    plain = run(1, flowing=False)
    for other in (run(1000, flowing=False), run(1, flowing=True)):
        assert other == pytest.approx(plain, rel=1e-12)
