"""Executing a plan over the API: armed, once, watched, stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from backend.tests.api.contract import Api
from backend.tests.api.installation import KEY, NOON, Installation, simulator_settings
from backend.tests.leaks import SECRET
from backend.tests.simulator.harness import SimulatorProcess

EXECUTE = "/api/rebalancing/execute"
SWITCH = "/api/rebalancing/kill-switch"
RUNS = "/api/rebalancing/runs"
NAME = "simulator"
WITHIN_S = 60.0


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorProcess]:
    """An exchange with an account of its own, coins and dollars, which other tests do not see traded."""
    prices = {"BTCUSDT": "50000", "ETHUSDT": "2500", "ETHBTC": "0.05", "BNBUSDT": "500"}
    with SimulatorProcess(tmp_path_factory.mktemp("market"), ["--start-time", NOON]) as exchange:
        balances = {"spot": {"BTC": "0.1", "USDT": "5000"}}
        exchange.open_account(KEY, SECRET, balances=balances, created_at="2026-05-31T12:00:00Z")
        exchange.control("/sim/prices", prices)
        yield exchange


@pytest.fixture(scope="module")
def own(market: SimulatorProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("own")
    with Installation(simulator_settings(market.url, folder), folder) as running:
        running.settled()
        wish(running.api, BTC=40.0, ETH=30.0, USDT=30.0)
        yield running


@pytest.fixture
def page(own: Installation) -> Iterator[Api]:
    yield own.api
    own.api.post("/api/accounts/1/disarm")
    own.api.send("DELETE", SWITCH)


def wish(api: Api, **targets: float) -> None:
    assert api.post("/api/rebalancing/allocation", json={"allocations": targets}).status_code == 200


def plan_of(api: Api) -> dict[str, Any]:
    """A plan that may be executed, once the last run's trades are read."""
    pause, deadline = threading.Event(), time.monotonic() + WITHIN_S
    while True:
        answer = api.post("/api/rebalancing/plan", json={"account": 1})
        body: Any = answer.json
        if answer.status_code == 200 and body["executable"]:
            return dict(body)
        assert time.monotonic() < deadline, body
        pause.wait(0.2)


def execute(api: Api, plan: dict[str, Any], **changes: Any) -> tuple[int, dict[str, Any]]:
    body = {"plan_id": plan["plan_id"], "hash": plan["hash"], "dry_run": False, "confirmation": NAME} | changes
    return told(api.post(EXECUTE, json=body))


def told(answer: Any) -> tuple[int, dict[str, Any]]:
    return answer.status_code, dict(answer.json)


def ended(api: Api, run_id: int) -> dict[str, Any]:
    pause, deadline = threading.Event(), time.monotonic() + WITHIN_S
    while (run := dict(api.read(f"{RUNS}/{run_id}")))["state"] in ("queued", "running"):
        assert time.monotonic() < deadline
        pause.wait(0.1)
    return run


def arm(api: Api, **changes: Any) -> tuple[int, dict[str, Any]]:
    return told(api.post("/api/accounts/1/arm", json={"minutes": 5, "confirmation": NAME} | changes))


def account(api: Api) -> dict[str, Any]:
    return dict(api.read("/api/accounts")["items"][0])


def test_an_account_that_is_not_armed_sends_nothing(page: Api) -> None:
    assert (account(page)["armed"], account(page)["armed_until"]) == (False, None)
    trading = account(page)["trading"]
    assert (trading["allowed"], trading["armed"], trading["reason"]) == (True, False, "trading-disarmed")
    assert "arm" in trading["detail"]
    status, body = execute(page, plan_of(page))
    assert (status, body["code"]) == (409, "trading-disarmed")


def test_arming_names_the_account_and_ends_by_itself_or_by_hand(page: Api) -> None:
    status, body = arm(page, confirmation="other")
    assert (status, body["errors"][0]["field"]) == (422, "confirmation")
    assert arm(page, minutes=0)[0] == 422
    status, body = arm(page)
    assert (status, body["armed"]) == (200, True)
    assert account(page)["armed_until"] == body["armed_until"]
    trading = {"allowed": True, "armed": True, "armed_until": body["armed_until"], "reason": None, "detail": None}
    assert account(page)["trading"] == trading
    assert told(page.post("/api/accounts/1/disarm"))[1]["armed"] is False
    assert account(page)["armed"] is False
    assert page.post("/api/accounts/99/disarm").status_code == 404


def test_a_dry_run_records_what_would_be_sent(page: Api) -> None:
    plan = plan_of(page)
    status, body = execute(page, plan, dry_run=True, confirmation=None)
    assert status == 202
    run = page.read(f"{RUNS}/{body['run_id']}")
    assert (run["state"], run["dry_run"], run["filled"], run["score_usd"]) == ("complete", True, 0, None)
    assert {leg["state"] for leg in run["legs"]} == {"PLANNED"}
    assert execute(page, plan)[1]["code"] == "plan-used"
    (line,) = page.read("/api/logs", task="runs", limit=1)["items"]
    assert (line["level"], line["code"], line["account"]) == ("ok", None, 1)
    assert line["numbers"] == {"run": run["id"], "orders": run["orders"], "filled": 0, "dry_run": 1}


def test_an_armed_account_executes_the_plan_that_was_seen(page: Api) -> None:
    arm(page)
    plan = plan_of(page)
    assert execute(page, plan, hash="0" * 64)[1]["code"] == "plan-changed"
    assert execute(page, plan, confirmation="else")[0] == 422
    assert execute(page, plan, extra=1)[0] == 422
    status, body = execute(page, plan)
    assert status == 202
    run = ended(page, body["run_id"])
    hops = [hop for line in plan["lines"] for hop in line["route"]]
    assert (run["state"], run["reason"], run["orders"], run["filled"]) == ("complete", None, len(hops), len(hops))
    assert [(leg["symbol"], leg["side"]) for leg in run["legs"]] == [(hop["symbol"], hop["side"]) for hop in hops]
    assert {(leg["state"], leg["attempts"], leg["error"]) for leg in run["legs"]} == {("FILLED", 1, None)}
    assert len({leg["client_order_id"] for leg in run["legs"]}) == len(hops)
    sold = next(leg for leg in run["legs"] if leg["action"] == "SELL")
    assert sold["filled"]["quantity"] == sold["planned"]["quantity"]
    over, began = page.read("/api/logs", task="runs", limit=2)["items"]
    assert (began["level"], began["numbers"]) == ("run", {"run": run["id"], "orders": len(hops)})
    assert (over["level"], over["code"], over["numbers"]["filled"]) == ("ok", None, len(hops))
    assert over["duration_ms"] >= 0
    assert told(page.post(f"{RUNS}/{run['id']}/stop"))[1]["code"] == "run-over"


def test_runs_are_listed_the_newest_first_page_by_page(page: Api) -> None:
    first = page.read(RUNS, limit=1)
    second = page.read(RUNS, limit=1, cursor=first["next_cursor"])
    ids = [run["id"] for found in (first, second) for run in found["items"]]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == 2
    # A score may come while one looks.
    mine, newest = (
        {name: value for name, value in found["items"][0].items() if not name.startswith("score")}
        for found in (page.read(RUNS, account=1), first)
    )
    assert mine == newest
    assert page.send("GET", f"{RUNS}/999").status_code == 404
    assert page.send("GET", f"{RUNS}/{2**64}").status_code == 404
    assert page.post(f"{RUNS}/999/stop").status_code == 404


def test_the_switch_stops_everything_and_the_file_does_too(page: Api, own: Installation) -> None:
    arm(page)
    plan = plan_of(page)
    thrown: Any = page.post(SWITCH).json
    assert (thrown["on"], thrown["by"], thrown["in_flight"]) == (True, ["switch"], 0)
    assert execute(page, plan)[1]["code"] == "kill-switch"
    own.container.kill_switch_file.touch()
    try:
        status, refused = told(page.send("DELETE", SWITCH))
        assert (status, refused["code"]) == (409, "kill-switch")
        assert page.read(SWITCH)["by"] == ["file"]
        assert execute(page, plan)[1]["code"] == "kill-switch"
    finally:
        own.container.kill_switch_file.unlink()
    assert page.read(SWITCH) == {"environment": "simulator", "on": False, "by": [], "since": None, "in_flight": 0}


def test_a_run_that_is_stopped_sends_no_order_after_the_one_under_way(page: Api, market: SimulatorProcess) -> None:
    wish(page, ETH=60.0, BNB=20.0, USDT=20.0)
    arm(page)
    plan = plan_of(page)
    before = market.control(f"/sim/orders?api_key={KEY}")
    market.control("/sim/faults", {"kinds": [], "match": "/api/v3/order", "latency_ms": 1_000})
    try:
        run_id = execute(page, plan)[1]["run_id"]
        answer = page.post(f"{RUNS}/{run_id}/stop")
        assert answer.status_code == 200
        run = ended(page, run_id)
    finally:
        market.session.delete(f"{market.url}/sim/faults", timeout=10)
    assert run["orders"] > 1
    assert run["state"] == "stopped"
    sent = [leg["client_order_id"] for leg in run["legs"] if leg["client_order_id"] is not None]
    assert len(sent) <= 1
    assert len(market.control(f"/sim/orders?api_key={KEY}")) == len(before) + len(sent)
