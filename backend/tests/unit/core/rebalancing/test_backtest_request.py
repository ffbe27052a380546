"""What can be asked of a backtest, what cannot, and how it is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from backend.core.errors import BadInputError
from backend.core.model.instants import HOUR_MS
from backend.core.rebalancing.backtest import follow
from backend.core.rebalancing.backtest_assumptions import assumptions
from backend.core.rebalancing.backtest_figures import figures
from backend.core.rebalancing.backtest_inputs import Flow, PriceGap, Rule
from backend.core.rebalancing.backtest_request import MOST_ASSETS, BacktestRequest, checked
from backend.core.rebalancing.backtest_text import (
    BacktestFacts,
    decode_facts,
    decode_figures,
    decode_request,
    encode_facts,
    encode_figures,
    encode_request,
)
from backend.tests.unit.core.rebalancing.backtest_cases import START_MS, random_inputs

D = Decimal
ASKED = BacktestRequest(
    base_asset="USDT",
    allocations={"BTC": D("33.34"), "ETH": D("66.66")},
    rules=(Rule("hold"), Rule("threshold", HOUR_MS, D("0.05"))),
    heat_map=True,
    from_ms=START_MS,
    to_ms=START_MS + 100 * HOUR_MS,
    interval="1h",
    start_value=D("10000.5"),
    account_id=None,
    flows=(Flow(START_MS + 5, D("-12.25")),),
    fee_percent=D("0.075"),
    bnb_discount=False,
    spread_percent=D("0.01"),
    min_trade=D(0),
    min_trade_percent=D("0.5"),
    max_turnover_percent=D("12.5"),
    cooldown_ms=6 * HOUR_MS,
    settle_ms=HOUR_MS // 2,
)
FACTS = BacktestFacts(
    START_MS + HOUR_MS, START_MS + 90 * HOUR_MS, D("10000.5"), 1, (PriceGap("BTC", 1, 3, 1),), 1, START_MS, "mark"
)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"allocations": {"BTC": D(60), "ETH": D(39)}}, "allocations", "1.00 % left"),
        ({"allocations": {"BTC": D(101), "ETH": D(-1)}}, "allocations", "below 0"),
        ({"allocations": {"USDT": D(100)}}, "allocations", "besides USDT"),
        ({"allocations": {f"C{n}": D(1) for n in range(100)}}, "allocations", f"At most {MOST_ASSETS}"),
        ({"rules": (), "heat_map": False}, "strategies", "heat map"),
        ({"rules": (Rule("hold", HOUR_MS),)}, "strategies", "leave them out"),
        ({"rules": (Rule("periodic"),)}, "strategies", "interval_hours"),
        ({"rules": (Rule("periodic", HOUR_MS, D("0.1")),)}, "strategies", "no threshold_percent"),
        ({"rules": (Rule("periodic", 5 * HOUR_MS),)}, "cooldown_hours", "longer interval_hours"),
        ({"rules": (Rule("threshold", HOUR_MS),)}, "strategies", "threshold_percent"),
        ({"to_ms": START_MS}, "to", "two candles"),
        ({"to_ms": START_MS - HOUR_MS}, "to", "two candles"),
        ({"from_ms": START_MS - 200_000 * HOUR_MS}, "interval", "longer interval"),
        ({"from_ms": -HOUR_MS, "to_ms": 9 * HOUR_MS}, "from", "1970"),
        ({"start_value": None}, "start_value_usd", "one of the two"),
        ({"account_id": 1}, "start_value_usd", "one of the two"),
        ({"start_value": D(0)}, "start_value_usd", "above 0"),
        ({"start_value": None, "account_id": 1}, "flows", "leave flows out"),
        ({"flows": (Flow(START_MS, D(0)),)}, "flows", "flow of 0"),
        ({"min_trade": D(-1)}, "min_trade_usd", "below 0"),
        ({"bnb_discount": True}, "bnb_discount", "give BNB a target"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_change(changes: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(BadInputError, match=words) as refused:
        checked(replace(ASKED, **changes))
    assert refused.value.field == field


def test_targets_of_zero_are_none() -> None:
    given = checked(replace(ASKED, allocations={**ASKED.allocations, "DOGE": D(0)}))
    assert given == ASKED
    assert given.coins == ("BTC", "ETH")


def test_what_was_kept_before_there_were_pauses_has_none() -> None:
    kept = {name: value for name, value in encode_request(ASKED).items() if name not in ("cooldown_ms", "settle_ms")}
    assert decode_request(kept) == replace(ASKED, cooldown_ms=0, settle_ms=0)


def test_what_is_asked_is_read_as_it_was_written() -> None:
    for asked in (ASKED, replace(ASKED, start_value=None, account_id=3, flows=(), max_turnover_percent=None)):
        assert decode_request(json.loads(json.dumps(encode_request(asked)))) == asked
    assert decode_facts(json.loads(json.dumps(encode_facts(FACTS)))) == FACTS


@pytest.mark.parametrize("seed", range(5))
def test_figures_are_read_as_they_were_written(seed: int) -> None:
    given = random_inputs(seed)
    found = figures(given, follow(given, Rule("periodic", HOUR_MS)), 50)
    assert decode_figures(json.loads(json.dumps(encode_figures(found)))) == found


def test_everything_taken_for_granted_is_said() -> None:
    codes = [one.code for one in assumptions(replace(ASKED, bnb_discount=True, account_id=1), FACTS)]
    assert codes == [
        "fill_at_close",
        "straight_pairs",
        "fee",
        "bnb_discount",
        "half_spread",
        "looks_at_candle_ends",
        "pauses",
        "minimum_trade",
        "flows_at_once",
        "max_turnover",
        "account_value",
        "filters_of_today",
        "starts_later",
        "ends_earlier",
        "prices_missing",
        "past_only",
    ]
    plain = replace(ASKED, spread_percent=D(0), max_turnover_percent=None, cooldown_ms=0, settle_ms=0)
    whole = replace(FACTS, start_ms=START_MS, end_ms=ASKED.to_ms, gaps=(), gaps_total=0, rules_ms=None)
    assert [one.code for one in assumptions(plain, whole)] == [
        "fill_at_close",
        "straight_pairs",
        "fee",
        "no_spread",
        "looks_at_candle_ends",
        "no_pause",
        "minimum_trade",
        "flows_at_once",
        "filters_of_file",
        "past_only",
    ]
