"""Backtests over the API and on the command line."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner

from backend.command_line import main
from backend.core.backtest_book import MOST_WAITING
from backend.core.model.instants import DAY_MS
from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation
from backend.tests.simulator.candle_writer import write_candles

BACKTEST: Final = "/api/rebalancing/backtest"
ASKED: Final[Mapping[str, Any]] = {
    "allocations": {"BTC": 60, "ETH": 39.5, "USDT": 0.5},
    "strategies": [
        {"kind": "hold"},
        {"kind": "periodic", "interval_hours": 24},
        {"kind": "threshold", "threshold_percent": 1},
    ],
    "from": "2026-05-01T00:00:00Z",
    "to": "2026-05-20T00:00:00Z",
    "start_value_usd": "10000",
}
WITHIN_S: Final = 300


def started(api: Api, **changes: Any) -> int:
    answer = api.post(BACKTEST, json={**ASKED, **changes})
    assert answer.status_code == 202, answer.text
    return int(answer.json["job_id"])  # type: ignore[index]  # it is JSON


def finished(running: Installation, number: int) -> Any:
    """Wait until it is: the collector does it."""
    deadline = time.monotonic() + WITHIN_S
    feed = running.container.feed
    while True:
        found = running.api.read(f"{BACKTEST}/{number}")
        if found["state"] in ("done", "failed", "cancelled"):
            return found
        assert time.monotonic() < deadline
        feed.after(feed.revision, 0.2)


def test_rules_are_tried_in_the_background(installation: Installation) -> None:
    number = started(installation.api, heat_map=True)
    found = finished(installation, number)
    assert (found["state"], found["progress"], found["code"]) == ("done", 1.0, None)
    assert [one["strategy"]["kind"] for one in found["results"]] == ["hold", "periodic", "threshold"]
    assert found["start_value_usd"] == "10000"
    assert (found["start"], found["end"]) == ("2026-05-01T00:00:00Z", "2026-05-20T00:00:00Z")
    hold, periodic, threshold = found["results"]
    assert (hold["orders"], hold["flow_orders"], hold["turnover_percent"]) == (0, 2, 0)
    assert periodic["orders"] > 0
    for one in found["results"]:
        end = float(one["end_value_usd"])
        assert one["twr_percent"] == pytest.approx((end / 10_000 - 1) * 100, abs=1e-6)
        assert one["series"][0] == {"t": "2026-05-01T00:00:00Z", "value_usd": "10000", "twr_percent": 0}
        assert one["series"][-1]["value_usd"] == one["end_value_usd"]
        assert one["status"] == "exact"
    cells = found["heat_map"]["cells"]
    assert len(cells) == 80
    same = next(cell for cell in cells if (cell["interval_hours"], cell["threshold_percent"]) == (1, 1))
    # Candles of an hour: looking at each of them is looking every hour.
    assert same["twr_percent"] == threshold["twr_percent"]
    assert {one["code"] for one in found["assumptions"]} >= {"fill_at_close", "fee", "filters_of_today", "no_spread"}
    listed = installation.api.read("/api/rebalancing/backtests", limit=1)["items"]
    assert [one["job_id"] for one in listed] == [number]


def test_an_account_is_tried_with_its_own_flows(installation: Installation) -> None:
    number = started(installation.api, account=1, start_value_usd=None)
    found = finished(installation, number)
    assert found["state"] == "done", found["detail"]
    assert float(found["start_value_usd"]) > 0
    net = {one["net_flows_usd"] for one in found["results"]}
    flows = installation.api.read("/api/performance/cashflows", limit=1000)["items"]
    inside = [one for one in flows if found["start"] < one["timestamp"] < found["end"]]
    assert len(net) == 1
    assert float(net.pop()) == pytest.approx(sum(float(one["amount_usd"]) for one in inside))
    assert "account_value" in {one["code"] for one in found["assumptions"]}


def test_numbers_are_taken_as_they_are_written(empty: Installation) -> None:
    number = started(empty.api, fee_percent=0.075, allocations={"BTC": 33.33, "ETH": 66.67})
    with empty.container.store.read() as unit:
        stored = unit.backtests.find("simulator", number)
    assert stored is not None
    assert [str(one) for one in stored.request.allocations.values()] == ["33.33", "66.67"]
    assert str(stored.request.fee_percent) == "0.075"


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"allocations": {"BTC": 50}}, 422, "50.00 % left"),
        ({"strategies": []}, 422, "heat map"),
        ({"strategies": [{"kind": "periodic"}]}, 422, "interval_hours"),
        ({"start_value_usd": None}, 422, "one of the two"),
        ({"from": "2026-05-01T00:00:00"}, 422, "timezone"),
        ({"interval": "7m"}, 422, "1h"),
        ({"unknown": 1}, 422, "unknown"),
        ({"start_value_usd": None, "account": 77}, 404, "no account 77"),
    ],
)
def test_bad_input_says_what_to_change(empty: Installation, changes: dict[str, Any], status: int, words: str) -> None:
    answer = empty.api.post(BACKTEST, json={**ASKED, **changes})
    assert answer.status_code == status
    assert words in answer.text


def test_one_that_waits_can_be_called_off_once(empty: Installation) -> None:
    number = started(empty.api)
    assert empty.api.read(f"{BACKTEST}/{number}")["state"] == "queued"
    for _ in range(2):
        answer = empty.api.send("DELETE", f"{BACKTEST}/{number}")
        assert (answer.status_code, answer.json["state"]) == (200, "cancelled")  # type: ignore[index]  # it is JSON
    assert empty.api.send("DELETE", f"{BACKTEST}/99").status_code == 404
    assert empty.api.get(f"{BACKTEST}/{2**70}").status_code == 404
    with empty.container.store.write() as unit:
        done = unit.backtests.add("simulator", _stored(empty, number))
        unit.backtests.move(done, "done")
    refused = empty.api.send("DELETE", f"{BACKTEST}/{done}")
    assert (refused.status_code, refused.json["code"]) == (409, "backtest-ended")  # type: ignore[index]  # it is JSON


def _stored(running: Installation, number: int) -> Any:
    with running.container.store.read() as unit:
        stored = unit.backtests.find("simulator", number)
    assert stored is not None
    return stored.request


def test_too_many_are_not_taken(empty: Installation) -> None:
    for _ in range(MOST_WAITING):
        started(empty.api)
    answer = empty.api.post(BACKTEST, json=ASKED)
    assert (answer.status_code, answer.json["code"]) == (409, "too-many-backtests")  # type: ignore[index]  # it is JSON


def test_the_same_key_asks_for_one(empty: Installation) -> None:
    answers = [empty.api.post(BACKTEST, json=ASKED, headers={"Idempotency-Key": "one"}) for _ in range(2)]
    assert answers[0].json == answers[1].json
    assert len(empty.api.read("/api/rebalancing/backtests")["items"]) == 1


def test_those_of_another_environment_are_not_there(empty: Installation) -> None:
    number = started(empty.api)
    with empty.container.store.write() as unit:
        other = unit.backtests.add("live", _stored(empty, number))
    assert empty.api.get(f"{BACKTEST}/{other}").status_code == 404
    assert [one["job_id"] for one in empty.api.read("/api/rebalancing/backtests")["items"]] == [number]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty days of two coins, one of which doubles."""
    start = 1_704_067_200_000
    for coin, last in (("BTC", 200.0), ("ETH", 100.0)):
        closes = [f"{100 + (last - 100) * day / 39:.2f}" for day in range(40)]
        rows = [(start + day * DAY_MS, close, close, close, close, "1") for day, close in enumerate(closes)]
        write_candles(tmp_path / "candles", f"{coin}USDT-1d", rows)
    return tmp_path / "candles"


def ran(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["backtest", *arguments], prog_name="backtest")


def test_the_command_needs_a_folder_and_no_exchange(folder: Path) -> None:
    common = [
        "--target",
        "BTC=50",
        "--target",
        "ETH=50",
        "--from",
        "2024-01-02",
        "--to",
        "2024-02-10",
        "--interval",
        "1d",
    ]
    told = ran(
        *common, "--market-data", str(folder), "--fee-percent", "0", "--json", "--rule", "hold", "--rule", "periodic:24"
    )
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    hold, daily = found["results"]
    assert hold["twr_percent"] == pytest.approx(50, abs=1e-6)
    assert daily["twr_percent"] < hold["twr_percent"]
    assert (found["start"], found["end"]) == ("2024-01-02T00:00:00Z", "2024-02-10T00:00:00Z")
    table = ran(*common, "--market-data", str(folder))
    assert table.exit_code == 0
    assert "periodic every 168 h" in table.stdout
    assert "- A fee of 0.1 % of what is received" in table.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--target", "BTC=50"], "50.00 % left"),
        (["--target", "BTC"], "BTC=60"),
        (["--target", "BTC=100", "--rule", "weekly"], "periodic:24"),
        (["--target", "FOO=100"], "no candles of FOO"),
        (["--target", "BTC=100", "--to", "yesterday"], "2024-01-31"),
        (["--target", "BTC=100", "--exchange-info", __file__], "no exchangeInfo"),
    ],
)
def test_wrong_use_of_the_command_says_what_to_change(folder: Path, arguments: list[str], words: str) -> None:
    told = ran(
        "--from", "2024-01-02", "--to", "2024-02-10", "--interval", "1d", "--market-data", str(folder), *arguments
    )
    assert told.exit_code == 2
    assert words in told.output
