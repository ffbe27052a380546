"""Conversions, automatic runs and scores over the API, with the simulator's ledger as the judge."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import pytest

from backend.api.deps import ApiServices
from backend.app import create_app
from backend.core.errors import WorkGoesOnError
from backend.core.model.jobs import Job
from backend.core.model.rebalancing import MAKE_PLAN, RebalancingSettings
from backend.core.model.runs import EXECUTE_RUN
from backend.services.job_queue import JobQueue
from backend.tests.api.contract import Api
from backend.tests.api.installation import KEY, NOON, Installation, simulator_settings
from backend.tests.leaks import SECRET
from backend.tests.simulator.harness import SimulatorProcess

D = Decimal
CONVERT: Final = "/api/rebalancing/convert"
RUNS: Final = "/api/rebalancing/runs"
CONVERSIONS: Final = "/api/rebalancing/conversions"
AUTOMATIC: Final = "/api/rebalancing/automatic"
SCORE: Final = "/api/rebalancing/score"
NAME: Final = "simulator"
WITHIN_S: Final = 30.0
HELD: Final = {"spot": {"BTC": "0.5", "LTC": "20", "USDT": "5000"}}


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorProcess]:
    with SimulatorProcess(tmp_path_factory.mktemp("exchange"), ["--start-time", NOON]) as process:
        process.open_account(KEY, SECRET, balances=HELD, created_at="2026-05-25T00:00:00Z")
        yield process


@pytest.fixture(scope="module")
def running(simulator: SimulatorProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("data")
    with Installation(simulator_settings(simulator.url, folder), folder) as installation:
        installation.settled()
        yield installation


@pytest.fixture
def api(running: Installation) -> Api:
    return running.api


def refused(api: Api, status: int, **asked: Any) -> Any:
    answer = api.post(CONVERT, json=asked)
    assert answer.status_code == status, answer.text
    return answer.json


def orders(simulator: SimulatorProcess) -> list[Any]:
    """Every order that the exchange was ever sent."""
    return list(simulator.control(f"/sim/orders?api_key={KEY}"))


def arm(api: Api, how: str) -> None:
    (account,) = api.read("/api/accounts")["items"]
    body = {"minutes": 5, "confirmation": account["name"]} if how == "arm" else None
    assert api.post(f"/api/accounts/{account['id']}/{how}", json=body).status_code == 200


def ended(api: Api, running: Installation, run_id: int) -> Any:
    """The run once it is over."""
    deadline = time.monotonic() + WITHIN_S
    while (run := api.read(f"/api/rebalancing/runs/{run_id}"))["state"] in ("queued", "running"):
        assert time.monotonic() < deadline
        running.container.feed.after(running.container.feed.revision, 0.5)
    return run


def test_without_a_word_it_is_a_dry_run_and_no_order_is_sent(api: Api, simulator: SimulatorProcess) -> None:
    before = orders(simulator)
    answer = api.post(CONVERT, json={"from": "LTC", "to": "USDT", "amount": "1.0009"})
    assert answer.status_code == 202, answer.text
    told: Any = answer.json
    assert (told["dry_run"], told["from"], told["to"], told["amount"]) == (True, "LTC", "USDT", "1.0009")
    assert D(told["spent"]) <= D("1.0009")
    assert D(told["expected"]) > 0
    item = api.read(CONVERSIONS, limit=1)["items"][0]
    assert (item["run_id"], item["dry_run"], item["state"]) == (told["run_id"], True, "complete")
    assert (item["spent"], item["received"]) == (None, None)
    assert api.read(f"/api/rebalancing/runs/{told['run_id']}")["source"] == "conversion"
    assert api.read(f"/api/rebalancing/runs/{told['run_id']}/score")["reason"] == "dry_run"
    assert orders(simulator) == before


def test_what_it_would_give_is_told_before_anything_is_begun(api: Api, simulator: SimulatorProcess) -> None:
    before, runs = orders(simulator), api.read("/api/rebalancing/runs")["items"]
    answer = api.post(f"{CONVERT}/plan", json={"from": "LTC", "to": "BTC", "amount": "3"})
    assert answer.status_code == 200, answer.text
    told: Any = answer.json
    first, last = told["legs"][0], told["legs"][-1]
    assert (first["given"], last["taken"]) == ("LTC", "BTC")
    assert (first["spent"], last["received"]) == (told["spent"], told["expected"])
    for leg in told["legs"]:
        gross = D(leg["quantity"]) * (D(leg["price"]) if leg["side"] == "SELL" else 1)
        assert D("0.99") * gross < D(leg["received"]) < gross
    assert sum(D(leg["fee_usd"]) for leg in told["legs"]) == pytest.approx(D(told["fee_usd"]))
    assert api.read("/api/rebalancing/runs")["items"] == runs
    assert orders(simulator) == before
    # It is a plan as any other: what was seen is what is executed, once.
    body = {"plan_id": told["plan_id"], "hash": told["hash"], "dry_run": True}
    begun: Any = api.post("/api/rebalancing/execute", json=body).json
    item = api.read(CONVERSIONS, limit=1)["items"][0]
    assert (item["run_id"], item["expected"]) == (begun["run_id"], told["expected"])
    assert refused(api, 422, **{"from": "BTC", "to": "BTC"}, amount="1")["errors"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from": "BTC", "to": "BTC", "amount": "0.1"}, "to"),
        ({"from": "USDC", "to": "USDC", "amount": "10"}, "to"),
        ({"from": "BTC", "to": "ETH", "amount": "0.6"}, "amount"),
        ({"from": "BTC", "to": "ETH", "amount": "0.00000001"}, "amount"),
        ({"from": "BTC", "to": "NOPE", "amount": "0.1"}, "to"),
        ({"from": "BTC", "to": "ETH", "amount": "0"}, "amount"),
        ({"from": "BTC", "to": "ETH", "amount": "0.1", "dry_run": False}, "confirmation"),
        ({"from": "BTC", "to": "ETH", "amount": "0.1", "dry_run": False, "confirmation": "another"}, "confirmation"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field_that_is_to_change(
    api: Api, simulator: SimulatorProcess, asked: dict[str, Any], field: str
) -> None:
    before = orders(simulator)
    problem = refused(api, 422, **asked)
    assert [one["field"] for one in problem["errors"]] == [field]
    assert orders(simulator) == before


@pytest.mark.parametrize(
    "asked",
    [{"to": "ETH", "amount": "1"}, {"from": "BTC", "to": "ETH", "amount": "-1"}, {"from": "BTC", "to": "ETH"},
     {"from": "BTC", "to": "ETH", "amount": "1", "account": 4711}, {"from": "BTC", "to": "E H", "amount": "1"},
     {"from": "BTC", "to": "ETH", "amount": "1", "dry_run": "no"}, {"from": "BTC", "to": "ETH", "amount": 1}],
)  # fmt: skip
def test_what_is_no_conversion_at_all_is_refused(api: Api, asked: dict[str, Any]) -> None:
    assert api.post(CONVERT, json=asked).status_code in (404, 422)


def test_an_account_that_is_not_armed_sends_nothing(api: Api, simulator: SimulatorProcess) -> None:
    arm(api, "disarm")
    before = orders(simulator)
    problem = refused(api, 409, **{"from": "BTC", "to": "ETH"}, amount="0.1", dry_run=False, confirmation=NAME)
    assert problem["code"] == "trading-disarmed"
    assert orders(simulator) == before


def test_an_armed_one_converts_once_and_the_ledger_says_the_same(
    api: Api, running: Installation, simulator: SimulatorProcess
) -> None:
    arm(api, "arm")
    before = orders(simulator)
    body = {"from": "LTC", "to": "ETH", "amount": "5", "dry_run": False, "confirmation": NAME}
    answers = [api.post(CONVERT, json=body, headers={"Idempotency-Key": "one"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json == answers[1].json
    told: Any = answers[0].json
    run = ended(api, running, told["run_id"])
    assert (run["state"], run["source"]) == ("complete", "conversion")
    sent = orders(simulator)[len(before) :]
    assert len(sent) == len(told["route"]) == len(run["legs"])
    item = api.read(CONVERSIONS, limit=1)["items"][0]
    assert [item["route"][0], item["route"][-1]] == ["LTC", "ETH"]
    moved: dict[str, Decimal] = {}
    for row in simulator.control(f"/sim/ledger?api_key={KEY}"):
        if row["kind"] not in ("deposit", "opening"):
            moved[row["asset"]] = moved.get(row["asset"], D(0)) + D(row["change"])
    assert (D(item["spent"]), D(item["received"])) == (-moved["LTC"], moved["ETH"])
    # What the run made is what the account is worth less what it would be worth without it.
    running.refresh()
    running.settled()
    score = api.read(SCORE)
    (account,) = score["items"]
    assert score["status"] == "exact"
    assert D(account["actual_usd"]) - D(account["hold_usd"]) == D(score["score_usd"])
    assert {line["asset"]: D(line["quantity"]) for line in account["lines"]} == {k: v for k, v in moved.items() if v}
    proof = api.read(f"/api/rebalancing/runs/{told['run_id']}/score")
    assert sum((D(line["value_usd"]) for line in proof["lines"]), D(0)) == D(proof["score_usd"])
    assert proof["score_usd"] == api.read(f"/api/rebalancing/runs/{told['run_id']}")["score_usd"]
    arm(api, "disarm")


class LosingQueue(JobQueue):
    """Waits for the work to be done, and then says that it goes on."""

    def __init__(self, running: Installation, losing: str) -> None:
        super().__init__(running.container.store, lambda: round(time.time() * 1000))
        self._losing = losing
        self._kinds: dict[int, str] = {}

    def submit(self, kind: str, account_id: int | None, payload: Mapping[str, Any]) -> int:
        job = super().submit(kind, account_id, payload)
        self._kinds[job] = kind
        return job

    def wait(self, job_id: int, timeout_s: float) -> Job:
        found = super().wait(job_id, timeout_s)
        if self._kinds[job_id] == self._losing:
            self._losing = ""
            raise WorkGoesOnError("The collector has not answered in time; the work goes on")
        return found


@pytest.mark.parametrize("losing", [MAKE_PLAN, EXECUTE_RUN])
def test_a_conversion_whose_answer_was_lost_is_told_by_its_key_and_not_done_again(
    api: Api, running: Installation, simulator: SimulatorProcess, losing: str
) -> None:
    arm(api, "arm")
    services: ApiServices = api.app.extensions["portfolio"]
    app = create_app(replace(services, jobs=LosingQueue(running, losing)))
    runs = len(api.read(RUNS)["items"])
    before = orders(simulator)
    body = {"from": "LTC", "to": "USDT", "amount": "1", "dry_run": False, "confirmation": NAME}
    key = {"Idempotency-Key": f"lost {losing}"}
    lost: Any = app.test_client().post(CONVERT, json=body, headers=key)
    assert (lost.status_code, lost.json["code"]) == (503, "exchange-unavailable")
    assert api.post(CONVERT, json=body | {"amount": "2"}, headers=key).status_code == 422
    told: Any = api.post(CONVERT, json=body, headers=key).json
    assert ended(api, running, told["run_id"])["state"] == "complete"
    assert api.post(CONVERT, json=body, headers=key).json == told
    assert len(api.read(RUNS)["items"]) == runs + 1
    assert len(orders(simulator)) == len(before) + 1
    arm(api, "disarm")


def test_pages_of_conversions_follow_each_other(api: Api) -> None:
    whole = api.read(CONVERSIONS)["items"]
    assert len(whole) >= 2
    first = api.read(CONVERSIONS, limit=1)
    second = api.read(CONVERSIONS, limit=1, cursor=first["next_cursor"])
    assert [*first["items"], *second["items"]] == whole[:2]
    assert api.get("/api/rebalancing/runs/4711/score").status_code == 404
    assert api.get(f"{CONVERSIONS}?account=4711").status_code == 404


def test_automatic_runs_say_when_the_next_one_is_due_and_rest_when_told(api: Api, running: Installation) -> None:
    store = running.container.store
    with store.write() as unit:
        unit.rebalancing_settings.replace("simulator", None, RebalancingSettings(strategy="periodic"))
    view = api.read(AUTOMATIC)
    (account,) = view["items"]
    assert (view["paused"], account["strategy"], account["dry_run"], account["hold"]) == (
        False, "periodic", True, "not_due",
    )  # fmt: skip
    assert account["next_check"] > account["counting_since"]
    assert view["interval_presets_hours"][0] == 0.5
    paused: Any = api.send("PUT", AUTOMATIC, json={"paused": True}).json
    assert (paused["paused"], paused["items"][0]["hold"]) == (True, "paused")
    assert api.send("PUT", AUTOMATIC, json={"paused": "yes"}).status_code == 422
    assert api.send("PUT", AUTOMATIC, json={"paused": False}).status_code == 200
    assert api.read(AUTOMATIC)["paused"] is False
    assert api.read(f"{AUTOMATIC}/log") == {"environment": "simulator", "items": [], "next_cursor": None}
    with store.write() as unit:
        unit.rebalancing_settings.replace("simulator", None, RebalancingSettings())
