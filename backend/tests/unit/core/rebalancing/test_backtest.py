"""Backtests: what is traded when, at what price, and what is left of the money."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, localcontext

import numpy as np
import pytest

from backend.core.model.amounts import MONEY, ZERO
from backend.core.rebalancing.backtest import Track, _Walk, follow
from backend.core.rebalancing.backtest_figures import figures
from backend.core.rebalancing.backtest_inputs import BacktestInputs, Costs, Rule, heat_map_rules, price_gaps
from backend.core.rebalancing.backtest_skip import Looks, due_rows
from backend.core.rebalancing.triggers import Past, Schedule, decide
from backend.tests.unit.core.rebalancing.backtest_cases import (
    BASE,
    BOUNDS,
    HOUR_MS,
    START_MS,
    inputs,
    random_inputs,
    table,
)

HOLD = Rule("hold")
RULES = (
    HOLD,
    Rule("periodic", HOUR_MS),
    Rule("periodic", 7 * HOUR_MS),
    Rule("threshold", None, Decimal("0.005")),
    Rule("threshold", 3 * HOUR_MS, Decimal("0.02")),
    Rule("threshold", HOUR_MS // 2, Decimal("0.1")),
)


@pytest.mark.parametrize("seed", range(60))
def test_leaving_instants_out_changes_nothing(seed: int) -> None:
    given = random_inputs(seed)
    for rule in RULES:
        assert follow(given, rule) == follow(given, rule, every_row=True)


def test_a_sale_that_the_turnover_cap_makes_small_is_not_left_out() -> None:
    """Nothing can be bought: 1.75 % would lie idle and are kept, just above the minimum of 1 % they are sold."""
    prices = table({"A": [100.0, 108.1, 108.1], "B": [100.0] * 3, "C": [100.0] * 3})
    third = str(Decimal(1) / 3)
    targets = {"A": third, "B": third, "C": third}
    for turnover, runs in (("0.010005", 1), (None, 0)):
        given = inputs(prices, targets, start="1000000", share="0.01", turnover=turnover)
        track = follow(given, Rule("periodic", HOUR_MS))
        assert track.runs == runs
        assert track == follow(given, Rule("periodic", HOUR_MS), every_row=True)


def test_instants_are_left_out() -> None:
    """Between two runs of a ten-point threshold nearly every hour is."""
    given = random_inputs(4, rows=3000)
    given = replace(given, max_turnover=None, start_value=Decimal(100_000), min_trade_share=Decimal("0.005"))
    rule = Rule("threshold", None, Decimal("0.1"))
    looks, track = Looks(given, rule), follow(given, rule)
    ends = [*(stretch.row for stretch in track.stretches[1:]), track.end]
    looked = sum(
        len(list(looks.after(stretch.row, end, stretch.held)))
        for stretch, end in zip(track.stretches, ends, strict=True)
    )
    assert looked < 0.05 * len(due_rows(given, rule))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("interval_ms", [HOUR_MS // 2, HOUR_MS, 5 * HOUR_MS, 1_000_000])
def test_it_looks_when_a_real_run_would_be_due(seed: int, interval_ms: int) -> None:
    given = random_inputs(seed)
    schedule, dealt, expected = Schedule("periodic", interval_ms, START_MS), None, []
    for row, at_ms in enumerate(given.prices.at_ms.tolist()[:-1]):
        if not given.prices.known[row]:
            continue
        due = decide(schedule, Past(last_due_ms=dealt), at_ms).due_ms
        if due is not None:
            dealt = due
            expected.append(row)
    assert due_rows(given, Rule("periodic", interval_ms)).tolist() == expected


class _ByTheClock(_Walk):
    """Asks the clock of real runs at every known candle, and remembers what it remembers."""

    seen: Past = Past()
    at: int = 1

    def _runs(self, looks: Looks, before: int) -> None:
        table, end = self.inputs.prices, len(self.inputs.prices.at_ms) - 1
        interval = self.rule.interval_ms or HOUR_MS
        schedule = Schedule("periodic", interval, START_MS, self.inputs.cooldown_ms, self.inputs.settle_ms)
        for row in range(self.at, min(before, end)):
            decision = decide(schedule, self.seen, int(table.at_ms[row])) if table.known[row] else None
            if decision is None or decision.due_ms is None or self.rule.kind == "hold":
                continue
            self.seen = replace(self.seen, last_due_ms=decision.due_ms)
            if self._run(row):
                self.seen = replace(self.seen, last_run_ms=int(table.at_ms[row]))
        self.at = max(self.at, before)

    def _pay(self, row: int, amount: Decimal) -> None:
        if amount > 0 and row > 0:
            self.seen = replace(self.seen, last_deposit_ms=int(self.inputs.prices.at_ms[row]))
        super()._pay(row, amount)


@pytest.mark.parametrize("seed", range(24))
def test_pauses_are_those_of_real_runs(seed: int) -> None:
    """After a run, and after money came in, what is due waits and is done once when the pause is over."""
    hours = (0, 1, 5, 26, 80)
    given = replace(
        random_inputs(seed, rows=250),
        cooldown_ms=hours[seed % 5] * HOUR_MS,
        settle_ms=hours[(seed // 5) % 4] * HOUR_MS + seed * 60_000,
    )
    for rule in RULES:
        assert follow(given, rule) == _ByTheClock(given, rule, every_row=True).walked()


def test_what_falls_due_in_a_pause_is_done_when_it_is_over() -> None:
    wild = [100.0, 130.0, 100.0, 140.0, 100.0, 150.0, 100.0, 160.0, 100.0]
    given = inputs(table({"BTC": wild, "ETH": [10.0] * 9}), {"BTC": "0.5", "ETH": "0.5"})

    def hours_of(paused: BacktestInputs) -> list[int]:
        fills = follow(paused, Rule("periodic", HOUR_MS)).fills
        return sorted({(fill.at_ms - START_MS) // HOUR_MS for fill in fills} - {0})

    assert hours_of(given) == [1, 2, 3, 4, 5, 6, 7]
    # Two and a half hours after the run of the first hour is between two candles: the next one it is.
    assert hours_of(replace(given, cooldown_ms=5 * HOUR_MS // 2)) == [1, 4, 7]
    assert hours_of(replace(given, cooldown_ms=100 * HOUR_MS)) == [1]


@pytest.mark.parametrize("seed", range(20))
def test_no_order_is_filled_where_a_price_is_missing(seed: int) -> None:
    given = random_inputs(seed)
    unknown = set(given.prices.at_ms[~given.prices.known].tolist())
    for rule in RULES:
        assert not unknown & {fill.at_ms for fill in follow(given, rule).fills}


def test_what_falls_due_in_a_gap_is_done_at_the_first_known_candle() -> None:
    prices = table({"BTC": [100, 100, 0, 0, 140, 140, 140], "ETH": [10, 10, 10, 10, 10, 10, 10]})
    given = inputs(prices, {"BTC": "0.5", "ETH": "0.5"})
    track = follow(given, Rule("periodic", 3 * HOUR_MS))
    assert {fill.at_ms for fill in track.fills} == {START_MS, START_MS + 4 * HOUR_MS}
    assert [(gap.asset, gap.candles, gap.from_ms, gap.to_ms) for gap in price_gaps(prices)] == [
        ("BTC", 2, START_MS + HOUR_MS, START_MS + 4 * HOUR_MS)
    ]
    assert figures(given, track, 10).doubt == "prices_missing"
    assert START_MS + 2 * HOUR_MS not in [point.at_ms for point in figures(given, track, 10).points]


def test_holding_only_buys_once() -> None:
    given = inputs(table({"BTC": [100, 150, 300]}), {"BTC": "0.75", BASE: "0.25"})
    track = follow(given, HOLD)
    (fill,) = track.fills
    assert [fill.quantity, fill.price, fill.quote, fill.fee] == [75, 100, 7500, Decimal("0.075")]
    found = figures(given, track, 10)
    assert found.end_value == Decimal("74.925") * 300 + 2500
    assert found.twr == found.end_value / 10_000 - 1
    assert (found.orders, found.flow_orders, found.fees) == (0, 1, Decimal("7.5"))


def test_the_threshold_is_reached_to_the_last_digit() -> None:
    """60 % against a target of 50 is ten points: exactly the threshold trades, a little less does not."""
    free = Costs(ZERO)
    for last, runs in (("150", 1), ("149.999999", 0)):
        given = inputs(table({"BTC": [100, float(last), 200]}), {"BTC": "0.5", BASE: "0.5"}, costs=free)
        assert follow(given, Rule("threshold", None, Decimal("0.1"))).runs == runs


def test_nothing_is_traded_at_the_last_candle() -> None:
    given = inputs(table({"BTC": [100, 100, 900]}), {"BTC": "0.5", BASE: "0.5"})
    assert follow(given, Rule("periodic", HOUR_MS)).runs == 0


def test_half_the_spread_is_paid_on_each_side() -> None:
    given = inputs(
        table({"BTC": [100, 200, 200]}), {"BTC": "0.5", BASE: "0.5"}, costs=Costs(Decimal("0.001"), Decimal("0.002"))
    )
    bought, sold = follow(given, Rule("periodic", HOUR_MS)).fills
    assert (bought.side, bought.price, bought.spread_value) == ("BUY", Decimal("100.1"), bought.quantity / 10)
    assert (sold.side, sold.price, sold.spread_value) == ("SELL", Decimal("199.8"), sold.quantity * Decimal("0.2"))


def test_fees_are_paid_in_bnb_while_there_is_enough() -> None:
    prices = table({"BNB": [500, 500, 500], "BTC": [100, 200, 200]})
    given = inputs(
        prices, {"BNB": "0.01", "BTC": "0.49", BASE: "0.5"}, costs=Costs(Decimal("0.001"), bnb_discount=True)
    )
    track = follow(given, Rule("periodic", HOUR_MS))
    # The largest order is the first: there is no BNB yet.
    assert [(fill.symbol, fill.fee_asset) for fill in track.fills[:2]] == [("BTCUSDT", "BTC"), ("BNBUSDT", "BNB")]
    sold = next(fill for fill in track.fills if fill.side == "SELL" and fill.symbol == "BTCUSDT")
    assert sold.fee_asset == "BNB"
    assert sold.fee == (sold.quote * Decimal("0.00075") / 500).quantize(Decimal("0.00000001"), "ROUND_DOWN")


def test_a_purchase_is_made_smaller_where_the_sales_paid_less_than_planned() -> None:
    """The BNB lasts for the fee of one sale; that of the other comes out of what it brings."""
    prices = table({"BNB": [500] * 3, "BTC": [100, 150, 150], "ETH": [10, 15, 15], "SOL": [20] * 3})
    targets = {"BNB": "0.00006", "BTC": "0.3", "ETH": "0.3", "SOL": "0.39994"}
    given = inputs(prices, targets, start="100000", costs=Costs(Decimal("0.001"), bnb_discount=True))
    track = follow(given, Rule("periodic", HOUR_MS))
    one, other, bought = track.fills[-3:]
    assert [one.fee_asset, other.fee_asset, bought.symbol] == ["BNB", BASE, "SOLUSDT"]
    there = track.stretches[0].held[BASE] + one.quote + other.quote - other.fee
    assert 0 <= there - bought.quote < bought.price * BOUNDS.step
    assert track.stretches[1].held[BASE] == there - bought.quote


@pytest.mark.parametrize("seed", range(30))
def test_money_is_neither_made_nor_lost(seed: int) -> None:
    """With prices that stand still all that is missing at the end is fees and spread, less what the exchange cuts."""
    moving = random_inputs(seed)
    still = {asset: np.full_like(units, int(units[0])) for asset, units in moving.prices.units.items()}
    given = replace(moving, prices=replace(moving.prices, units=still))
    for rule in RULES:
        track = follow(given, rule)
        found = figures(given, track, 0)
        with localcontext(MONEY):
            paid_in = sum((stretch.flow for stretch in track.stretches), ZERO)
            assert abs(found.end_value - (paid_in - found.fees - found.spread)) <= Decimal("1e-8") * len(track.fills)


@pytest.mark.parametrize("seed", range(30))
def test_nothing_held_is_ever_negative(seed: int) -> None:
    given = random_inputs(seed)
    for rule in RULES:
        for stretch in follow(given, rule).stretches:
            assert min(stretch.held.values()) >= 0


@pytest.mark.parametrize("seed", range(12))
def test_the_return_is_that_of_a_chain_of_all_candles(seed: int) -> None:
    given = random_inputs(seed)
    for rule in RULES:
        track = follow(given, rule)
        found = figures(given, track, 60)
        values, growth = _chain(given, track)
        assert float(found.twr) == pytest.approx(growth[track.end] - 1, rel=1e-9)
        known = np.array([growth[row] for row in sorted(growth)])
        assert found.max_drawdown == pytest.approx((known / np.maximum.accumulate(known) - 1).min(), abs=1e-12)
        for point in found.points:
            row = (point.at_ms - START_MS) // HOUR_MS
            assert point.value == values[row]
            assert point.growth == pytest.approx(growth[row] - 1, abs=1e-9)
        assert found.points[0].at_ms == START_MS
        assert len(found.points) <= 60


def _chain(given: BacktestInputs, track: Track) -> tuple[dict[int, Decimal], dict[int, float]]:
    """Value and growth at each candle at which they are known, candle by candle."""
    by_row = {stretch.row: stretch for stretch in track.stretches}
    held, capital, index = by_row[0].held, by_row[0].flow, 1.0
    values, growth = {0: capital}, {0: 1.0}
    for row in range(1, track.end + 1):
        if not given.prices.known[row]:
            continue
        with localcontext(MONEY):
            value = held[BASE] + sum(
                (count * given.prices.price(asset, row) for asset, count in held.items() if asset != BASE), ZERO
            )
        index *= float(value / capital)
        values[row], growth[row] = value, index
        capital = value
        if row in by_row:
            held, capital = by_row[row].held, value + by_row[row].flow
    return values, growth


def test_new_money_is_spent_at_once_and_no_return() -> None:
    given = inputs(
        table({"BTC": [100, 100, 110, 110]}), {"BTC": "1"}, flows=[(1, "5000")], costs=Costs(ZERO), start="10000"
    )
    track = follow(given, HOLD)
    assert [fill.quantity for fill in track.fills] == [100, 50]
    assert figures(given, track, 0).twr == Decimal("0.1")
    assert figures(given, track, 0).net_flows == 5000


def test_money_that_goes_out_is_raised_after_fee_and_spread() -> None:
    given = inputs(
        table({"BTC": [100] * 4, "ETH": [10] * 4}),
        {"BTC": "0.5", "ETH": "0.5"},
        flows=[(2, "-4000")],
        costs=Costs(Decimal("0.001"), Decimal("0.002")),
    )
    for rule in (HOLD, RULES[1]):
        track = follow(given, rule)
        assert track.doubt is None
        assert track.stretches[-1].flow == -4000
        assert figures(given, track, 0).net_flows == -4000


def test_more_than_there_is_ends_it_and_says_so() -> None:
    given = inputs(table({"BTC": [100, 100, 120, 500]}), {"BTC": "1"}, flows=[(2, "-50000")])
    track = follow(given, HOLD)
    assert (track.doubt, track.end) == ("emptied", 2)
    found = figures(given, track, 5)
    assert found.doubt == "emptied"
    assert found.twr == pytest.approx(Decimal("0.1988"), abs=Decimal("1e-9"))


def test_a_run_due_with_a_flow_follows_it() -> None:
    given = inputs(
        table({"BTC": [100, 100, 100, 250, 250], "ETH": [10] * 5}),
        {"BTC": "0.5", "ETH": "0.5"},
        flows=[(3, "1000")],
    )
    track = follow(given, Rule("periodic", 3 * HOUR_MS))
    assert track.runs == 1
    assert [stretch.row for stretch in track.stretches] == [0, 3]
    assert track.stretches[1].flow == 1000


def test_the_heat_map_is_ten_intervals_by_eight_thresholds() -> None:
    rules = heat_map_rules()
    assert len(set(rules)) == 80
    assert {rule.interval_ms for rule in rules} == {
        h * HOUR_MS // 2 for h in (1, 2, 8, 16, 24, 48, 144, 336, 672, 1344)
    }
    assert sorted({rule.threshold for rule in rules if rule.threshold is not None}) == [
        Decimal(one) / 1000 for one in (5, 10, 20, 50, 100, 200, 300, 500)
    ]
