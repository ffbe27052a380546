"""Faults: repeatable, aimed, limited, and honest about whether the exchange acted."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from backend.exchange.simulator.faults import AFTERWARDS, INSTEAD, KINDS, FaultPlan, Faults
from backend.tests.simulator.world import KEY, Received, World

BUY = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quoteOrderQty": "100"}


def start(world: World, *kinds: str, **fields: Any) -> None:
    world.control("/sim/faults", {"p": 1, "seed": 1, "kinds": list(kinds)} | fields)


def order_under(world: World, kind: str) -> tuple[Received, int]:
    """Place an order under a fault; the answer, and how many orders the exchange really has."""
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "1000"})
    start(world, kind)
    answer = world.signed("POST", "/api/v3/order", **BUY)
    world.control("/sim/faults", method="DELETE")
    return answer, len(world.control(f"/sim/orders?api_key={KEY}"))


@pytest.mark.parametrize("kind", INSTEAD)
def test_a_fault_in_place_of_the_answer_leaves_the_exchange_untouched(world: World, kind: str) -> None:
    _, orders = order_under(world, kind)
    assert orders == 0


@pytest.mark.parametrize("kind", AFTERWARDS)
def test_a_fault_on_the_way_back_means_that_the_exchange_did_act(world: World, kind: str) -> None:
    _, orders = order_under(world, kind)
    assert orders == 1


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("http_503_unknown", 503, -1000),
        ("unknown_1001", 500, -1001),
        ("unknown_1006", 500, -1006),
        ("unknown_1007", 503, -1007),
    ],
)
def test_an_unknown_outcome_may_or_may_not_have_acted(world: World, kind: str, status: int, code: int) -> None:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "10000"})
    start(world, kind, match="/api/v3/order")
    for _ in range(20):
        answer = world.signed("POST", "/api/v3/order", **BUY)
        assert (answer.status, answer.error[0]) == (status, code)
    assert 0 < len(world.control(f"/sim/orders?api_key={KEY}")) < 20


@pytest.mark.parametrize(
    ("kind", "status", "how"),
    [
        ("http_403_html", 403, "send"),
        ("http_500", 500, "send"),
        ("http_503_overloaded", 503, "send"),
        ("http_502_html", 502, "send"),
        ("http_429", 429, "send"),
        ("http_418", 418, "send"),
        ("error_200", 200, "send"),
        ("truncated", 200, "send_part"),
        ("slow", 200, "send_slowly"),
        ("timeout_before", 0, "hold"),
        ("timeout_after", 0, "hold"),
        ("reset_before", 0, "reset"),
        ("reset_after", 0, "reset"),
    ],
)
def test_each_kind_shows_itself_in_its_way(world: World, kind: str, status: int, how: str) -> None:
    start(world, kind)
    answer = world.get("/api/v3/time")
    assert (answer.how, answer.status) == (how, status)
    if kind in ("http_429", "http_418"):
        assert int(answer.answer.headers["Retry-After"]) > 0


def test_garbage_and_emptiness_are_no_json(world: World) -> None:
    for kind in ("garbage", "empty"):
        start(world, kind)
        with pytest.raises(ValueError, match=r".*"):
            json.loads(world.get("/api/v3/time").answer.body)


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in leaves(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in leaves(one)]
    return [value]


def test_damaged_answers_differ_from_the_real_one_in_one_place(world: World) -> None:
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "1000"})
    real = world.signed("GET", "/api/v3/account").json()
    for kind in ("wrong_type", "missing_field", "nan"):
        start(world, kind)
        damaged = json.loads(world.signed("GET", "/api/v3/account").answer.body)
        assert str(damaged) != str(real), kind
        if kind == "nan":
            assert len(leaves(damaged)) == len(leaves(real))
            assert sum(str(a) != str(b) for a, b in zip(leaves(damaged), leaves(real), strict=True)) == 1


def test_a_skewed_clock_refuses_good_timestamps_or_shows_a_wrong_time(world: World) -> None:
    start(world, "clock_skew")
    codes = {world.signed("GET", "/api/v3/account").answer.status for _ in range(20)}
    assert 400 in codes
    assert world.get("/api/v3/time").json()["serverTime"] != world.now


def test_a_pattern_aims_and_a_count_limits(world: World) -> None:
    start(world, "http_500", match="^GET /api/v3/time$", count=2)
    assert world.get("/api/v3/ping").status == 200
    assert [world.get("/api/v3/time").status for _ in range(3)] == [500, 500, 200]


def test_control_paths_are_never_hit(world: World) -> None:
    start(world, *KINDS)
    for _ in range(30):
        assert world.control("/sim/clock")["speed"] == "0"


PLAN = FaultPlan(p=0.2, seed=5, kinds=("http_500", "garbage"))


def test_the_same_seed_throws_the_same_faults_at_about_the_rate_asked() -> None:
    faults = Faults()
    runs = []
    for _ in range(2):
        faults.start(PLAN)
        runs.append([faults.draw("GET /x") for _ in range(2000)])
    assert runs[0] == runs[1]
    assert 340 < sum(fault is not None for fault in runs[0]) < 460


def test_a_plan_ends_with_its_time() -> None:
    now = [100.0]
    faults = Faults(lambda: now[0])
    faults.start(replace(PLAN, p=1, for_s=30, latency_ms=250))
    assert faults.draw("GET /x")
    assert faults.delays("GET /x") == (0, 0.25)
    now[0] += 30
    assert faults.draw("GET /x") is None
    assert faults.delays("GET /x") == (0, 0)


def test_reads_that_lag_do_not_show_what_just_happened(world: World) -> None:
    world.control("/sim/faults", {"kinds": [], "read_lag_s": 60})
    world.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "1000"})
    order = world.signed("POST", "/api/v3/order", **BUY).json()
    assert world.free("USDT") == 0
    assert world.signed("GET", "/api/v3/myTrades", symbol="BTCUSDT").json() == []
    query = {"symbol": "BTCUSDT", "orderId": order["orderId"]}
    assert world.signed("GET", "/api/v3/order", **query).error[0] == -2013
    world.control("/sim/faults", method="DELETE")
    assert world.free("USDT") < Decimal(1000)
    assert world.signed("GET", "/api/v3/order", **query).json()["orderId"] == order["orderId"]


def test_lost_answers_are_logged_by_their_kind(world: World) -> None:
    start(world, "reset_after", match="time")
    world.get("/api/v3/time")
    (row,) = world.control("/sim/requests")["requests"]
    assert row["status"] == {"reset_after": 1}
