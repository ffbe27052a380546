"""The benchmark, accounts side by side, and what the user sets of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.core.model.instants import HOUR_MS
from backend.core.performance.benchmark_plan import PLAN_SETTING, BenchmarkPlan, encode_plan
from backend.core.performance.snapshot_chain import Grid, extend
from backend.tests.api.contract import Api, field_errors
from backend.tests.api.installation import Installation, simulator_settings
from backend.tests.builders import T0, point
from backend.tests.simulator.harness import SimulatorProcess

D = Decimal
SETTINGS: dict[str, Any] = {
    "coins": [{"coin": "BTC", "weight": "0.5"}, {"coin": "ETH", "weight": "0.5"}],
    "reset": {"weekday": 0, "hour": 12},
    "withdrawal": "benchmark",
    "hold_since": None,
}


@pytest.fixture(scope="module")
def own(exchange: SimulatorProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation whose settings may be changed."""
    folder = tmp_path_factory.mktemp("own")
    with Installation(simulator_settings(exchange.url, folder), folder) as running:
        running.settled()
        settled(running)
        yield running


def settled(own: Installation) -> dict[str, Any]:
    """Wait until both shadows are made: each refresh makes some of them."""
    for _ in range(50):
        body: dict[str, Any] = own.api.read("/api/performance/benchmark", days=0)
        reasons = {body["reason"], body["hold_only"]["reason"]}
        if "recomputing" not in reasons and not own.api.read("/api/settings/benchmark")["recomputing"]:
            return body
        own.refresh()
    raise AssertionError("the shadows are not made")


def put(api: Api, **changes: Any) -> Any:
    return api.send("PUT", "/api/settings/benchmark", json=SETTINGS | changes)


def test_the_window_says_what_the_chart_and_the_tiles_say(own: Installation) -> None:
    api = own.api
    body = settled(own)
    twr = api.read("/api/performance/twr/0")
    assert body["index_percent"] == twr["benchmark_twr_percent"]
    assert (body["twr_percent"], body["excess_percent"]) == (twr["twr_percent"], twr["excess_percent"])
    chart = api.read("/api/performance/twr-history", days=0, points=100)
    last = chart["series"][-1]
    assert last["benchmark_percent"] == body["index_percent"]
    assert last["hold_percent"] == body["hold_only"]["hold_percent"]
    assert chart["series"][0]["hold_percent"] == 0.0
    line, compared = body["money_line"], body["comparison"]
    assert line["value_usd"] == compared["benchmark_usd"]
    assert compared["nav_usd"] == last["value_usd"]
    gap = D(compared["nav_usd"]) - D(compared["benchmark_usd"])
    assert D(compared["difference_usd"]) == pytest.approx(gap, rel=D("1e-20"))
    assert compared["outperformance_pct"] == pytest.approx(float(gap / D(line["value_usd"]) * 100), abs=1e-7)
    parts = [D(part["value_usd"]) for part in body["composition"]]
    # Units are those after the flow of the end, the line is what they were worth before it.
    moved = sum(D(flow["amount_usd"]) for flow in chart["flows"] if flow["t"] == body["end"])
    assert sum(parts) == pytest.approx(D(line["value_usd"]) + moved, rel=D("1e-9"))


def test_resets_are_told_with_the_prices_of_their_instants(own: Installation) -> None:
    resets = settled(own)["resets"]
    assert (resets["weekday"], resets["hour"], resets["never"]) == (0, 12, False)
    instants = [reset["at"] for reset in resets["last"]]
    assert len(instants) == 5
    assert instants == sorted(instants, reverse=True)
    assert {at[10:] for at in instants} == {"T12:00:00Z"}
    assert all(price["price_usd"] is not None for reset in resets["last"] for price in reset["prices"])


def test_a_plan_that_is_set_changes_the_past_and_one_that_is_set_back_gives_it_back(own: Installation) -> None:
    api = own.api
    before = settled(own)
    answer = put(api, coins=[{"coin": "SOL", "weight": "1"}], reset=None, withdrawal="share")
    assert (answer.status_code, answer.json["recomputing"]) == (200, True)
    changed = settled(own)
    assert [part["coin"] for part in changed["composition"]] == ["SOL"]
    assert changed["resets"] == {"weekday": 0, "hour": None, "never": True, "next": None, "last": []}
    assert changed["index_percent"] != before["index_percent"]
    assert changed["twr_percent"] == before["twr_percent"]
    put(api)
    again = settled(own)
    assert {name: again[name] for name in ("index_percent", "composition", "money_line", "resets")} == {
        name: before[name] for name in ("index_percent", "composition", "money_line", "resets")
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"coins": []}, "coins"),
        ({"coins": [{"coin": "BTC", "weight": "0.4"}, {"coin": "ETH", "weight": "0.5"}]}, "coins"),
        ({"coins": [{"coin": "BTC", "weight": "0.5"}, {"coin": "BTC", "weight": "0.5"}]}, "coins"),
        ({"coins": [{"coin": "BTC", "weight": "1"}, {"coin": "ETH", "weight": "0"}]}, "coins"),
        ({"coins": [{"coin": "NOSUCHCOIN", "weight": "1"}]}, "coins"),
        ({"coins": [{"coin": "BTC", "weight": "-1"}]}, "coins"),
        ({"reset": {"weekday": 7, "hour": 1}}, "reset.weekday"),
        ({"reset": {"weekday": 1, "hour": 24}}, "reset.hour"),
        ({"withdrawal": "half"}, "withdrawal"),
        ({"hold_since": "2026-01-01T00:00:00"}, "hold_since"),
        ({"other": 1}, "other"),
    ],
)
def test_what_is_no_benchmark_is_refused_at_its_field(own: Installation, changes: Any, field: str) -> None:
    kept = own.api.read("/api/settings/benchmark")
    answer = put(own.api, **changes)
    assert answer.status_code == 422
    assert any(name.startswith(field) for name in field_errors(answer)), field_errors(answer)
    assert own.api.read("/api/settings/benchmark") == kept


def test_weights_that_lack_a_hair_are_taken(own: Installation) -> None:
    thirds = [{"coin": coin, "weight": "0.3333"} for coin in ("BTC", "ETH", "USDT")]
    assert put(own.api, coins=thirds).json["coins"] == thirds
    body = settled(own)
    assert [part["weight_percent"] for part in body["composition"]] == [33.33333333] * 3
    put(own.api)
    settled(own)


def test_before_there_is_a_history_the_benchmark_is_unavailable_and_says_why(empty: Installation) -> None:
    body = empty.api.read("/api/performance/benchmark")
    assert (body["status"], body["reason"], body["index_percent"]) == ("unavailable", "no_history", None)
    assert [part["coin"] for part in body["composition"]] == ["BTC", "ETH"]
    assert body["hold_only"]["status"] == body["comparison"]["status"] == "unavailable"
    compared = empty.api.read("/api/performance/compare")
    assert (compared["accounts"], compared["series"]) == ([], [])


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Api]:
    """Two accounts with chains of their own, the second one shorter and without every third slot."""
    settings = simulator_settings("http://127.0.0.1:9", tmp_path)
    with Installation(settings, tmp_path, collecting=False) as running:
        with running.container.store.write() as unit:
            first = unit.accounts.ensure("simulator", "first", "one").id
            second = unit.accounts.ensure("simulator", "second", "two").id
            ups = [point(T0 + n * HOUR_MS, str(1000 + (n * 37) % 100)) for n in range(400)]
            ups[137] = point(T0 + 137 * HOUR_MS, "5000")
            downs = [point(T0 + n * HOUR_MS, str(2000 - n)) for n in range(100, 400) if n % 3 != 1]
            downs[50] = point(downs[50].at_ms, "7")
            unit.snapshots.append(extend(first, None, ups, [], Grid(HOUR_MS)))
            unit.snapshots.append(extend(second, None, downs, [], Grid(HOUR_MS)))
        yield running.api


def test_accounts_side_by_side_keep_the_extremes_of_each_on_one_axis(two: Api) -> None:
    body = two.read("/api/performance/compare", days=0, points=60)
    assert [one["name"] for one in body["accounts"]] == ["first", "second"]
    for place, one in enumerate(body["accounts"]):
        window = two.read("/api/performance/twr/0", account=one["id"])
        assert (one["twr_percent"], one["status"]) == (window["twr_percent"], window["status"])
        told = [entry["twr_percent"][place] for entry in body["series"] if entry["twr_percent"][place] is not None]
        assert told[0] == 0.0
        assert told[-1] == one["twr_percent"]
    assert len(body["series"]) <= 60
    values = [{D(entry["value_usd"][n]) for entry in body["series"] if entry["value_usd"][n]} for n in range(2)]
    assert max(values[0]) == 5000
    assert min(values[1]) == 7
    instants = [entry["t"] for entry in body["series"]]
    assert instants == sorted(set(instants))
    # What an account does not know is nothing, and never the value of another instant.
    assert body["series"][0]["twr_percent"][1] is None
    # Of the daily index, as everywhere: the 7 was there for an hour of an afternoon.
    stats = two.read("/api/performance/stats", account=2)["periods"]["total"]
    for name in ("percent", "status", "reason"):
        assert body["accounts"][1][f"max_drawdown_{name}"] == stats[f"max_drawdown_{name}"]
    assert -50 < body["accounts"][1]["max_drawdown_percent"] < 0


def test_without_names_the_ten_largest_are_compared_and_the_rest_is_counted(tmp_path: Path) -> None:
    settings = simulator_settings("http://127.0.0.1:9", tmp_path)
    with Installation(settings, tmp_path, collecting=False) as running:
        with running.container.store.write() as unit:
            for n in range(12):
                account = unit.accounts.ensure("simulator", f"a{n}", f"k{n}").id
                rows = [point(T0 + hour * HOUR_MS, str(100 * ((n * 7) % 12 + 1))) for hour in range(3)]
                if n != 5:
                    unit.snapshots.append(extend(account, None, rows, [], Grid(HOUR_MS)))
        body = running.api.read("/api/performance/compare", days=0)
        # The fifth has no snapshot yet, the first is worth least.
        assert [one["name"] for one in body["accounts"]] == [f"a{n}" for n in range(1, 12) if n != 5]
        assert body["left_out"] == 2
        assert running.api.read("/api/performance/compare", accounts="1,2", days=0)["left_out"] == 0
        asked = ",".join(str(n) for n in range(1, 12))
        assert running.api.get(f"/api/performance/compare?accounts={asked}").status_code == 422


def test_accounts_are_compared_in_the_order_asked_for_and_unknown_ones_are_not_found(two: Api) -> None:
    body = two.read("/api/performance/compare", accounts="2,1,2", days=7)
    assert [one["id"] for one in body["accounts"]] == [2, 1]
    assert two.get("/api/performance/compare?accounts=3").status_code == 404
    assert two.get("/api/performance/compare?accounts=1;2").status_code == 422


def test_figures_name_the_mix_they_rest_on_and_not_the_one_that_is_wanted(tmp_path: Path) -> None:
    settings = simulator_settings("http://127.0.0.1:9", tmp_path)
    only_btc = encode_plan(BenchmarkPlan({"BTC": D(1)}, hour=None))
    with Installation(settings, tmp_path, collecting=False) as running:
        with running.container.store.write() as unit:
            accounts = [unit.accounts.ensure("simulator", name, name).id for name in ("one", "two")]
            for account in accounts:
                rows = [point(T0 + n * HOUR_MS, "1000") for n in range(40)]
                unit.snapshots.append(extend(account, None, rows, [], Grid(HOUR_MS)))
            unit.settings.set(PLAN_SETTING, only_btc)
            unit.shadows.set_plan(accounts[1], only_btc)

        def mix(**query: Any) -> list[tuple[str, float]]:
            told = running.api.read("/api/performance/stats", **query)["benchmark_mix"]
            assert told["resets"] is (len(told["coins"]) == 2)
            return [(part["coin"], part["weight_percent"]) for part in told["coins"]]

        assert mix(account=accounts[0]) == [("BTC", 50.0), ("ETH", 50.0)]
        assert mix(account=accounts[1]) == mix(account=accounts[1], display="EUR") == [("BTC", 100.0)]
        # Accounts that follow different plans have no mix in common: what is set is told.
        assert mix() == [("BTC", 100.0)]
