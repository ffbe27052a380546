"""Targets, settings and plans over the API, with the simulator as the exchange."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from backend.bootstrap_first import now_ms
from backend.bootstrap_sessions import session_manager
from backend.core.model.rebalancing import RebalancingSettings, body_hash
from backend.core.rebalancing.plan_body import inputs_of, plan_body
from backend.core.rebalancing.planner import make_plan
from backend.db.work_models import lease
from backend.services.plan_maker import PlanMaker
from backend.services.rank_book import RankBook
from backend.tests.api.contract import Api
from backend.tests.api.installation import KEY, NOON, Installation, simulator_settings
from backend.tests.leaks import SECRET
from backend.tests.simulator.harness import SimulatorProcess

D = Decimal
ALLOCATION: Final = "/api/rebalancing/allocation"
SETTINGS: Final = "/api/rebalancing/settings"
PLAN: Final = "/api/rebalancing/plan"
HELD: Final = {
    "spot": {"BTC": "0.5", "ETH": "12", "USDT": "20000", "LTC": "20"},
    "funding": {"USDT": "1000"},
}
TARGETS: Final = {"BTC": 40.0, "ETH": 30.0, "SOL": 10.0, "USDT": 20.0}


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorProcess]:
    with SimulatorProcess(tmp_path_factory.mktemp("exchange"), ["--start-time", NOON]) as process:
        process.open_account(KEY, SECRET, balances=HELD, created_at="2026-05-25T00:00:00Z")
        moved = {"api_key": KEY, "asset": "ETH", "amount": "2", "from": "spot", "to": "earn_flexible"}
        process.control("/sim/transfer", moved)
        yield process


@pytest.fixture(scope="module")
def running(simulator: SimulatorProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("data")
    settings = simulator_settings(simulator.url, folder) | {"EXCHANGE_TIMEOUT": "2"}
    with Installation(settings, folder) as installation:
        installation.settled()
        yield installation


@pytest.fixture
def api(running: Installation, simulator: SimulatorProcess) -> Iterator[Api]:
    """Without targets, settings and faults, and afterwards as it was."""

    def clean() -> None:
        simulator.session.delete(f"{simulator.url}/sim/faults", timeout=10)
        with running.container.store.write() as unit:
            for scope in (None, 1):
                unit.allocations.replace("simulator", scope, {})
            unit.rebalancing_settings.replace("simulator", 1, RebalancingSettings())
            unit.events.emit("balances", None)
        running.container.feed.catch_up()

    clean()
    yield running.api
    clean()


def aim(api: Api, targets: Mapping[str, float] = TARGETS) -> Any:
    answer = api.post(ALLOCATION, json={"allocations": targets})
    assert answer.status_code == 200, answer.text
    return answer.json


def planned(api: Api, **asked: Any) -> Any:
    answer = api.post(PLAN, json=asked)
    assert answer.status_code == 200, answer.text
    return answer.json


def refused(answer: TestResponse) -> tuple[int, str, str]:
    """Status, code, and what it says."""
    told: Any = answer.json
    return answer.status_code, told["code"], told["detail"]


def orders(simulator: SimulatorProcess) -> list[Any]:
    found: list[Any] = simulator.control(f"/sim/orders?api_key={KEY}")
    return found


def test_targets_are_told_as_they_were_set_with_weight_and_drift_of_what_takes_part(api: Api) -> None:
    assert api.read(ALLOCATION)["allocations"] == {}
    aim(api)
    told = api.read(ALLOCATION)
    assert told["allocations"] == TARGETS
    items = {one["asset"]: one for one in told["items"]}
    assert items["LTC"]["base_weight_percent"] is None
    assert items["LTC"]["target_percent"] is None
    assert items["SOL"]["drift_percent"] == -10.0
    weights = [one["base_weight_percent"] for one in items.values() if one["base_weight_percent"] is not None]
    assert sum(weights) == pytest.approx(100, abs=1e-6)
    eth = items["ETH"]
    assert eth["drift_percent"] == pytest.approx(eth["base_weight_percent"] - 30, abs=1e-6)
    shown = {one["asset"]: one for one in api.read("/api/portfolio/balances")["balances"]}
    assert shown["ETH"]["target_percent"] == 30.0
    assert shown["ETH"]["drift_percent"] == eth["drift_percent"]
    assert shown["LTC"]["drift_percent"] is None


@pytest.mark.parametrize(
    ("targets", "words"),
    [
        ({"BTC": 59.5, "ETH": 40.0}, "99.50 %, 0.50 % left"),
        ({"BTC": 60.5, "ETH": 40.0}, "100.50 %, 0.50 % too much"),
        ({"BTC": 99.985}, "99.985 %, 0.015 % left"),
    ],
)
def test_targets_that_do_not_add_up_say_by_how_much(api: Api, targets: Mapping[str, float], words: str) -> None:
    for path in (ALLOCATION, PLAN):
        status, code, detail = refused(api.post(path, json={"allocations": targets}))
        assert (status, code) == (422, "bad-input")
        assert words in detail
    assert api.read(ALLOCATION)["allocations"] == {}


def test_targets_within_a_hundredth_of_a_point_are_taken(api: Api) -> None:
    assert aim(api, {"BTC": 33.33, "ETH": 33.33, "SOL": 33.33})["allocations"]["SOL"] == 33.33


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"allocations": {}},
        {"allocations": {"BTC": "100"}},
        {"allocations": {"BTC": 101}},
        {"allocations": {"BTC": -1, "ETH": 101}},
        {"allocations": {"BTC": 100}, "category": "large"},
        {"allocations": {" ": 100}},
    ],
)
def test_targets_of_another_form_are_refused(api: Api, body: Any) -> None:
    answer = api.post(ALLOCATION, json=body)
    told: Any = answer.json
    assert (answer.status_code, bool(told["errors"])) == (422, True)


def test_a_coin_that_the_exchange_does_not_know_is_refused_by_name(api: Api) -> None:
    status, _, detail = refused(api.post(ALLOCATION, json={"allocations": {"BTC": 50, "NOSUCH": 50}}))
    assert status == 422
    assert "NOSUCH" in detail
    status, _, detail = refused(api.post(PLAN, json={"allocations": {"BTC": 50, "NOSUCH": 50}}))
    assert status == 422
    assert "Not on this exchange: NOSUCH" in detail


def test_settings_begin_as_a_dry_run_by_hand_and_change_field_by_field(api: Api) -> None:
    first = api.read(SETTINGS)
    assert (first["dry_run"], first["strategy"], first["base_asset"]) == (True, "manual", "USDT")
    assert (first["min_trade_percent"], first["rank_filter"]) == (0.5, "off")
    changes = {"protected": {"BTC": "0.10"}, "max_rank": 100, "limits": {"per_trade_usd": "500"}}
    second = api.send("PUT", SETTINGS, json=changes).json
    limits = first["limits"] | {"per_trade_usd": "500"}
    expected = {"protected": {"BTC": "0.1"}, "max_rank": 100, "limits": limits, "rank_filter": "no_key"}
    assert second == first | expected | {"own": True}
    third = api.send("PUT", SETTINGS, json={"max_rank": None, "limits": {"per_trade_usd": None}}).json
    assert third == first | {"protected": {"BTC": "0.1"}, "own": True}


def test_an_automatic_strategy_that_could_never_run_is_refused(api: Api) -> None:
    path = "/api/rebalancing/settings"
    for mode in ("buy_only", "sell_only"):
        answer: Any = api.send("PUT", path, json={"strategy": "periodic", "mode": mode})
        assert answer.status_code == 422
        assert [one["field"] for one in answer.json["errors"]] == ["mode"]
        assert api.send("PUT", path, json={"mode": mode}).status_code == 200
        assert api.send("PUT", path, json={"strategy": "threshold"}).status_code == 422
        assert api.send("PUT", path, json={"mode": "full"}).status_code == 200
    assert api.read(path)["strategy"] == "manual"


def test_a_periodic_strategy_that_its_own_pause_holds_up_is_refused(api: Api) -> None:
    """The pause is 6 hours where nobody set it: runs every hour would be runs every 6 hours, without a word."""
    path = "/api/rebalancing/settings"
    kept = api.read(path)
    paced: dict[str, Any] = {"strategy": "periodic", "interval_hours": 1}
    answer: Any = api.send("PUT", path, json=paced)
    assert answer.status_code == 422
    (told,) = answer.json["errors"]
    assert told["field"] == "interval_hours"
    assert "interval_hours to at least 6, or cooldown_hours to at most 1" in told["message"]
    assert api.read(path) == kept
    assert api.send("PUT", path, json=paced | {"cooldown_hours": 1}).status_code == 200
    assert api.send("PUT", path, json={"cooldown_hours": 1.5}).status_code == 422
    # Looking more often than acting is what a threshold does.
    assert api.send("PUT", path, json={"strategy": "threshold", "cooldown_hours": 6}).status_code == 200
    assert api.send("PUT", path, json={"strategy": "periodic"}).status_code == 422
    assert api.send("PUT", path, json={"strategy": "manual", "interval_hours": 24}).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"dry_run": "yes"},
        {"strategy": "often"},
        {"interval_hours": 0.4},
        {"threshold_percent": 0},
        {"min_trade_usd": "-1"},
        {"max_rank": 0},
        {"limits": {"everything": True}},
        {"colour": "red"},
    ],
)
def test_settings_that_cannot_be_are_refused_by_field(api: Api, body: Any) -> None:
    assert api.send("PUT", SETTINGS, json=body).status_code == 422


def test_a_plan_names_its_orders_with_what_they_cost_and_sends_none(api: Api, simulator: SimulatorProcess) -> None:
    aim(api)
    plan = planned(api)
    assert (plan["executable"], plan["blocked"], plan["expired"]) == (True, [], False)
    lines = {one["asset"]: one for one in plan["lines"]}
    assert lines["SOL"]["action"] == "BUY"
    assert lines["LTC"]["reason"] == "no_target"
    assert [one["action"] for one in plan["lines"]] == sorted(
        (one["action"] for one in plan["lines"]), key=["SELL", "BUY", "SKIP"].index
    )
    for one in plan["lines"]:
        if one["action"] == "SKIP":
            assert one["reason"]
            continue
        assert D(one["notional_usd"]) == pytest.approx(D(one["quantity"]) * D(one["est_price"]))
        assert D(one["fee_usd"]) > 0
        assert one["weight_after"] == pytest.approx(one["target"], abs=0.01)
    totals = plan["totals"]
    assert totals["orders"] == sum(len(one["route"]) for one in plan["lines"])
    assert totals["max_drift_after"] < 0.01
    named = {(one["asset"], one["wallet"]): D(one["quantity"]) for one in plan["not_tradable"]}
    assert named == {("ETH", "earn_flexible"): D(2), ("USDT", "funding"): D(1000)}
    assert api.read(f"{PLAN}/{plan['plan_id']}") == plan
    assert orders(simulator) == []


def test_the_stored_plan_proves_itself(api: Api, running: Installation) -> None:
    aim(api)
    plan = planned(api)
    with running.container.store.read() as unit:
        stored = unit.plans.find(plan["plan_id"])
    assert stored is not None
    assert body_hash(stored.body) == stored.hash == plan["hash"]
    assert stored.expires_ms - stored.created_ms == 60_000
    again = plan_body(inputs_of(stored.body), make_plan(inputs_of(stored.body)), D("0.005"))
    assert again["totals"] == stored.body["totals"]
    assert [one.symbol for one in stored.orders()] == [h["symbol"] for one in plan["lines"] for h in one["route"]]


def test_a_plan_without_targets_is_refused_and_says_what_to_do(api: Api) -> None:
    assert refused(api.post(PLAN, json={})) == (
        409,
        "no-targets",
        "There are no targets yet: set target weights that add up to 100 %",
    )
    assert planned(api, allocations={"BTC": 50, "USDT": 50})["allocations"] == {"BTC": 50.0, "USDT": 50.0}
    assert api.read(ALLOCATION)["allocations"] == {}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"mode": "buy_only"}, "Say how much money is to be put in"),
        ({"mode": "sell_only"}, "Say how much money is to be raised"),
        ({"mode": "buy_only", "amount_usd": "0"}, "above 0"),
        ({"mode": "buy_only", "amount_usd": "20000.01"}, "Put in at most 20000.00 USDT"),
        ({"mode": "sell_only", "amount_usd": "99999999"}, "raise less"),
        ({"mode": "sell_only", "amount_usd": "-5"}, "amount_usd"),
        ({"mode": "sideways"}, "mode"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_at_its_field(api: Api, asked: Any, words: str) -> None:
    aim(api)
    answer = api.post(PLAN, json=asked)
    told: Any = answer.json
    assert answer.status_code == 422
    assert words in told["detail"]
    assert told["errors"][0]["field"] in ("amount_usd", "mode")


def test_new_money_only_buys_and_raising_money_only_sells(api: Api) -> None:
    aim(api, {"BTC": 60, "ETH": 40})
    buys = planned(api, mode="buy_only", amount_usd="5000")
    assert {one["action"] for one in buys["lines"]} == {"BUY", "SKIP"}
    assert D(4950) < D(buys["totals"]["buys"]) <= D(5000)
    sells = planned(api, mode="sell_only", amount_usd="5000")
    assert {one["action"] for one in sells["lines"]} == {"SELL", "SKIP"}
    assert D(4950) < D(sells["totals"]["sells"]) <= D(5000)


def test_a_base_asset_without_markets_is_refused(api: Api) -> None:
    aim(api)
    api.send("PUT", SETTINGS, json={"base_asset": "BUSDX"})
    assert refused(api.post(PLAN, json={}))[:2] == (409, "base-asset-not-traded")


def test_a_rank_filter_without_a_key_is_off_and_says_so(api: Api) -> None:
    aim(api)
    api.send("PUT", SETTINGS, json={"max_rank": 1})
    plan = planned(api)
    assert plan["rank_filter"] == {"state": "no_key", "max_rank": 1, "as_of": None, "ambiguous": []}
    assert "not_ranked" not in {one["reason"] for one in plan["lines"]}


def test_nothing_is_planned_while_the_exchange_does_not_answer(api: Api, simulator: SimulatorProcess) -> None:
    aim(api)
    faults = {"p": 1, "seed": 3, "kinds": ["http_500"], "match": "GET /api/v3/(account|exchangeInfo|ticker/bookTicker)"}
    simulator.control("/sim/faults", faults)
    status, code, _ = refused(api.post(PLAN, json={}))
    assert (status, code) == (503, "exchange-unavailable")


def test_a_wallet_that_cannot_be_read_makes_a_plan_that_may_not_be_executed(
    api: Api, simulator: SimulatorProcess
) -> None:
    aim(api)
    simulator.control("/sim/faults", {"p": 1, "seed": 3, "kinds": ["http_500"], "match": "get-funding-asset"})
    plan = planned(api)
    assert plan["executable"] is False
    assert [one["code"] for one in plan["blocked"]] == ["wallet-unknown"]
    assert "funding" in plan["blocked"][0]["detail"]


def test_a_ledger_that_does_not_explain_the_balances_blocks_execution(api: Api, running: Installation) -> None:
    aim(api)
    assert planned(api)["executable"]
    keeps, plans = running.container.store, PlanOf(running)
    with keeps.write() as unit:
        unit.accounts.update_sync(1, unreconciled=("BTC",))
    assert plans.blocked() == ["not-reconciled"]
    with keeps.write() as unit:
        unit.accounts.update_sync(1, unreconciled=())
    assert plans.blocked() == []


class PlanOf:
    """Plans made as the collector makes them, but for the reading of the account before."""

    def __init__(self, running: Installation) -> None:
        container = running.container
        self._store = container.store
        self._maker = PlanMaker(container.store, "USDT", RankBook(container.store, lambda: None, now_ms))
        self._session = session_manager(container.store, container.exchange, "simulator")

    def blocked(self) -> list[str]:
        with self._store.read() as unit:
            epoch = int(unit.connection.execute(select(lease.c.epoch)).scalar_one())
        (session,) = self._session.sessions(epoch)
        asked: dict[str, Any] = {"mode": None, "amount_usd": None, "allocations": None}
        made = self._maker.make(session, epoch, asked, lambda: 0)
        with self._store.read() as unit:
            plan = unit.plans.find(str(made["plan_id"]))
        assert plan is not None
        return [one["code"] for one in plan.body["blocked"]]


def test_an_unknown_plan_and_an_unknown_account_are_not_found(api: Api) -> None:
    assert api.get(f"{PLAN}/nothing").status_code == 404
    assert api.post(PLAN, json={"account": 77}).status_code == 404
    assert api.get(ALLOCATION, query_string={"account": 77}).status_code == 404


def test_the_same_key_gives_the_same_plan(api: Api) -> None:
    aim(api)
    headers = {"Idempotency-Key": "plan-once"}
    one, other = (api.post(PLAN, json={}, headers=headers).json for _ in range(2))
    assert one == other
    assert api.post(PLAN, json={"mode": "full"}, headers=headers).status_code == 422
