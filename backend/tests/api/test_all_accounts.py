"""Figures of all accounts together, as pages and scripts read them: one product, one chart, one proof."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from backend.core.model.accounts import is_whole
from backend.services.chart_keeper import ChartKeeper
from backend.tests.api import test_explain_spans as spans
from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation, simulator_settings
from backend.tests.api.test_explain import linked_percent
from backend.tests.simulator.harness import SimulatorProcess

KEYS = ("together-one", "together-two")
STATEMENT = (
    "User ID,Time,Account,Operation,Coin,Change,Remark\n"
    "1,26-05-20 10:00:00,Spot,Deposit,USDT,5000,\n"
    "1,26-05-24 09:00:00,Spot,Deposit,USDT,20,\n"
)


@pytest.fixture(scope="module")
def running(exchange: SimulatorProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder: Path = tmp_path_factory.mktemp("together")
    entries = []
    for seed, key in enumerate(KEYS, 31):
        exchange.open_account(key, "secret", balances={}, created_at="2026-04-01T00:00:00Z")
        exchange.control(
            "/sim/history", {"api_key": key, "days": 35 - seed % 2, "seed": seed, "trades": 12, "flows": 6}
        )
        entries.append(f'[[account]]\nname = "{key}"\napi_key = "{key}"\napi_secret = "secret"\n')
    file = folder / "accounts.toml"
    file.touch(0o600)
    file.write_text("\n".join(entries), "utf-8")
    settings = simulator_settings(exchange.url, folder)
    del settings["BINANCE_API_KEY"], settings["BINANCE_API_SECRET"]
    with Installation(settings, folder) as installation:
        installation.settled()
        yield installation


@pytest.fixture
def api(running: Installation) -> Api:
    return running.api


def test_every_figure_over_time_is_told_of_all_accounts(api: Api) -> None:
    stats = api.read("/api/performance/stats")
    assert {one["status"] for name, one in stats["periods"].items() if name in ("7d", "30d", "total")} == {"exact"}
    risk = api.read("/api/performance/risk", days=0)
    assert risk["volatility"]["status"] == "exact"
    assert api.read("/api/performance/drawdowns", days=0)["status"] == "exact"
    assert {row["reason"] for row in api.read("/api/performance/monthly")["items"]} == {None}
    benchmark = api.read("/api/performance/benchmark", days=0)
    assert benchmark["status"] == "exact"
    assert benchmark["hold_only"]["status"] == "exact"
    overview = api.read("/api/portfolio/overview")
    assert (overview["change_today_status"], overview["change_today_reason"]) == ("exact", None)
    assert overview["benchmark_value_usd"] == benchmark["money_line"]["value_usd"]


def test_profit_of_all_is_that_of_each_added_up(api: Api) -> None:
    accounts = [account["id"] for account in api.read("/api/portfolio/overview")["accounts"]]
    together = api.read("/api/performance/pnl/7")
    ones = [api.read("/api/performance/pnl/7", account=account) for account in accounts]
    for name in ("pnl_usd", "net_flows_usd"):
        assert Decimal(together[name]) == sum(Decimal(one[name]) for one in ones)


def test_the_explained_rows_multiply_to_the_return(api: Api) -> None:
    shown = api.read("/api/performance/twr/0")["twr_percent"]
    found = api.read("/api/performance/explain", metric="twr", days=0, limit=500)
    assert found["result"] == shown == linked_percent([one["return"] for one in found["sub_periods"]])
    profit = api.read("/api/performance/explain", metric="pnl", days=0, limit=500)["sub_periods"]
    flows = {one["id"]: one for one in api.read("/api/performance/cashflows", limit=1000)["items"]}
    for earlier, later in pairwise(profit):
        assert Decimal(earlier["end_value_before_flow"]) + Decimal(earlier["flow"]) == Decimal(later["start_value"])
        # The rows are those that the list of cash flows shows.
        assert sum(Decimal(flows[one]["amount_usd"]) for one in earlier["flow_ids"]) == Decimal(earlier["flow"])


@pytest.mark.parametrize("currency", spans.CURRENCIES)
def test_months_days_and_reports_of_all_open_as_those_of_one_do(api: Api, currency: str) -> None:
    spans.test_every_cell_and_year_of_the_table_of_months_opens(api, currency)
    spans.test_the_figures_of_each_day_open(api, currency)
    spans.test_the_figures_of_a_report_open(api, "2026-05", currency)
    spans.test_the_figures_of_a_report_open(api, "2026", currency)


@pytest.mark.parametrize("days", [0, 7])
def test_the_parts_of_the_closing_equation_of_all_open(api: Api, days: int) -> None:
    spans.test_the_parts_of_the_closing_equation_are_the_sums_of_their_rows(api, days)


def test_two_snapshots_and_the_falls_of_all_open(api: Api) -> None:
    spans.test_a_row_of_the_table_of_drawdowns_is_the_product_of_its_days(api)


def test_the_stored_chart_is_the_one_of_the_rows(running: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    monkeypatch.setattr(ChartKeeper, "_make", lambda *told: made.append(told))
    services = running.api.app.extensions["portfolio"]
    assert services.charts.find(0, 500, None, None) is not None
    ready = running.api.get("/api/performance/twr-history?days=0&points=500")
    monkeypatch.setattr(type(services.charts), "find", lambda *_: None)
    assert running.api.get("/api/performance/twr-history?days=0&points=500").data == ready.data


def test_nobody_lists_what_stands_for_all(running: Installation) -> None:
    api = running.api
    with running.container.store.read() as unit:
        whole = unit.wholes.of("simulator")
    assert whole is not None
    assert is_whole(whole)
    listed = [one["id"] for one in api.read("/api/accounts")["items"]]
    assert whole not in listed
    assert api.get(f"/api/performance/twr/0?account={whole}").status_code in (404, 422)
    rows = api.read("/api/performance/snapshots", limit=200)["items"]
    assert {row["account"] for row in rows} <= set(listed)


def test_an_account_without_a_key_marks_the_whole(running: Installation) -> None:
    api = running.api
    told: Any = api.post("/api/accounts", json={"name": "Paper"}).json
    number = told["item"]["id"]
    file = {"account": number, "name": "Transaction-History(UTC+0).csv", "content": STATEMENT}
    preview: Any = api.post("/api/imports", json=file).json
    assert api.post(f"/api/imports/{preview['import_id']}/commit").status_code == 200
    running.settled()
    found = api.read("/api/performance/twr/0")
    assert (found["status"], found["reason"]) == ("estimated", "from_statements")
    assert found["twr_percent"] is not None
    # Nothing is known of before its first line, and nothing of before is missing.
    assert api.read("/api/performance/pnl/0")["pnl_usd"] is not None
