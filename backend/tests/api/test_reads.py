"""Every read answers what the document says: with figures, before there are any, and again with 304."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.test import TestResponse

from backend.openapi import is_current
from backend.tests.api.contract import Api, field_errors
from backend.tests.api.installation import Installation
from backend.tests.simulator.harness import SimulatorProcess

FIGURES = (
    "/api/portfolio/balances",
    "/api/portfolio/overview",
    "/api/portfolio/nav",
    "/api/portfolio/positions?status=all",
    "/api/portfolio/metrics?period=30d",
    "/api/portfolio/pnl-by-symbol",
    "/api/portfolio/trade-history?limit=20",
    "/api/portfolio/lots?status=all",
    "/api/performance/twr/30",
    "/api/performance/twr/0",
    "/api/performance/twr/36500",
    "/api/performance/pnl/7",
    "/api/performance/pnl/0",
    "/api/performance/stats",
    "/api/performance/twr-history?days=30&points=100",
    "/api/performance/twr-history?days=0",
    "/api/performance/monthly?months=3",
    "/api/performance/attribution?days=30",
    "/api/performance/benchmark?days=30",
    "/api/performance/compare?days=30",
    "/api/performance/risk?days=30",
    "/api/performance/drawdowns?days=30",
    "/api/performance/daily",
    "/api/performance/snapshots?limit=20",
    "/api/performance/cashflows",
    "/api/rebalancing/allocation",
    "/api/imports",
    "/api/imports/progress",
    "/api/imports/coverage",
    "/api/imports/certificate",
)


def test_the_committed_document_is_the_one_of_the_code() -> None:
    assert is_current()


def test_every_read_of_the_document_is_held_against_it_here(api: Api) -> None:
    tested = {api.described_path("GET", path) for path in FIGURES}
    elsewhere = {"/health", "/api/events", "/api/portfolio/connection/test"}
    # Files: test_positions.py, test_exports.py.
    elsewhere |= {"/api/portfolio/export", "/api/portfolio/export/all"}
    # test_logs.py, test_log_lines.py, test_metrics.py.
    elsewhere |= {"/api/logs", "/api/logs/latency", "/api/logs/lines", "/api/logs/export", "/metrics"}
    # What the user keeps of the installation: test_settings.py, test_addresses.py.
    elsewhere |= {"/api/settings", "/api/settings/benchmark", "/api/addresses"}
    # test_explain.py, test_accounts.py.
    elsewhere |= {"/api/performance/explain", "/api/accounts"}
    # test_rebalancing.py, test_rank_key.py.
    elsewhere |= {f"/api/rebalancing/{name}" for name in ("settings", "plan/{plan_id}", "rank-key")}
    # Runs, backtests, conversions, automatic runs and their scores: the tests named like them.
    runs = ("runs", "runs/{run_id}", "runs/{run_id}/score", "score", "kill-switch", "automatic", "automatic/log")
    others = ("conversions", "backtests", "backtest/{job_id}")
    elsewhere |= {f"/api/rebalancing/{name}" for name in (*runs, *others)}
    # test_reports.py.
    elsewhere |= {"/api/reports", "/api/reports/periods"}
    # Reads of one import: test_imports.py.
    elsewhere |= {"/api/imports/{import_id}", "/api/imports/{import_id}/lines"}
    # test_sign_in.py.
    elsewhere |= {f"/api/auth/{name}" for name in ("session", "sessions", "tokens", "second-factor")}
    # test_alerts.py, test_audit.py, test_backups.py.
    elsewhere |= {f"/api/alerts{name}" for name in ("", "/rules", "/channels")}
    elsewhere |= {f"/api/audit{name}" for name in ("", "/export", "/verify")} | {"/api/backups"}
    assert {path for method, path in api.contract.operations if method == "GET"} == tested | elsewhere


@pytest.mark.parametrize("path", FIGURES)
def test_an_answer_with_figures_keeps_the_document(api: Api, path: str) -> None:
    body = api.read(path)
    assert body["environment"] == "simulator"
    assert body["reporting_currency"] == "USDT"
    assert body["as_of"].startswith("2026-06-01T1")
    assert body["stale"] is False


@pytest.mark.parametrize("path", FIGURES)
def test_before_the_first_refresh_everything_is_unknown_and_nothing_is_zero(empty: Installation, path: str) -> None:
    body = empty.api.read(path)
    assert body["as_of"] is None
    assert body["stale"] is True
    settings = {"risk_free_rate_percent", "drift_band_percent", "threshold_percent"}
    money = {name: body[name] for name in set(body) - settings if name.endswith(("_usd", "_percent"))}
    assert set(money.values()) <= {None}
    if "status" in body and "days" in body:
        assert (body["status"], body["reason"]) == ("unavailable", "no_history")


def test_complete_and_fresh_data_are_exact(api: Api) -> None:
    overview = api.read("/api/portfolio/overview")
    statuses = {name: value for name, value in overview.items() if name.endswith("status")}
    # Coins came whose cost nobody has told: their profit is known, its parts are not.
    assert statuses.pop("pnl_parts_status") == "estimated"
    assert set(statuses.values()) == {"exact"}
    assert (overview["complete"], overview["freshness"], overview["sync"]["error"]) == (True, "fresh", None)
    assert all(row["status"] == "exact" for row in api.read("/api/portfolio/balances")["balances"])
    assert api.read("/api/performance/twr/30")["status"] == "exact"


def test_the_same_figure_is_the_same_everywhere(api: Api) -> None:
    overview, balances = api.read("/api/portfolio/overview"), api.read("/api/portfolio/balances")
    stats, window = api.read("/api/performance/stats"), api.read("/api/performance/twr/30")
    history = api.read("/api/performance/twr-history", days=30)
    assert overview["total_value_usd"] == balances["total_value_usd"] == api.read("/api/portfolio/nav")["nav"]
    values = [Decimal(row["usd_value"]) for row in balances["balances"]]
    assert sum(values) == Decimal(balances["total_value_usd"])
    assert stats["periods"]["30d"]["twr_percent"] == window["twr_percent"]
    assert history["series"][-1]["twr_percent"] == window["twr_percent"]
    profit = api.read("/api/performance/pnl/30")
    assert stats["periods"]["30d"]["pnl_usd"] == profit["pnl_usd"]
    parts = [Decimal(profit[name]) for name in ("end_value_usd", "start_value_usd", "net_flows_usd")]
    assert parts[0] - parts[1] - parts[2] == Decimal(profit["pnl_usd"])


def test_a_chart_of_few_points_falls_as_deep_as_one_of_all(api: Api) -> None:
    few, every = (api.read("/api/performance/twr-history", days=30, points=count)["series"] for count in (10, 5000))
    assert len(few) < len(every)
    for name in ("drawdown_percent", "benchmark_drawdown_percent"):
        lows = [min((p for p in points if p[name] is not None), key=lambda p: p[name]) for points in (few, every)]
        assert lows[0][name] < 0
        assert (lows[0]["t"], lows[0][name]) == (lows[1]["t"], lows[1][name])


def test_one_account_answers_like_all_when_it_is_the_only_one(api: Api) -> None:
    whole = api.read("/api/portfolio/overview")
    account = whole["accounts"][0]["id"]
    assert api.read("/api/portfolio/overview", account=account)["total_value_usd"] == whole["total_value_usd"]
    assert api.get("/api/portfolio/overview?account=77").status_code == 404


def test_a_window_longer_than_the_history_says_from_when_it_can_be_told(api: Api) -> None:
    window = api.read("/api/performance/twr/365")
    assert (window["twr_percent"], window["status"]) == (None, "unavailable")
    assert window["reason"]
    assert window["available_from"] > "2027"


@pytest.mark.parametrize("path", FIGURES)
def test_a_read_that_did_not_change_is_answered_304(api: Api, path: str) -> None:
    first = api.get(path)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = api.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert api.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("form", ["W/{}", '"other", {}', "*"])
def test_if_none_match_is_read_as_http_defines_it(api: Api, form: str) -> None:
    etag = api.get("/api/portfolio/balances").headers["ETag"]
    asked = {"If-None-Match": form.format(etag)}
    assert api.get("/api/portfolio/balances", headers=asked).status_code == 304


def test_a_change_of_the_data_is_answered_200_with_another_etag(
    exchange: SimulatorProcess, installation: Installation
) -> None:
    api = installation.api
    before = api.get("/api/portfolio/balances")
    exchange.control("/sim/deposit", {"api_key": "key", "asset": "USDT", "amount": "11"})
    installation.refresh()
    after = api.get("/api/portfolio/balances", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]
    assert cash(after) == cash(before) + 11
    flow = api.read("/api/performance/cashflows")["items"][0]
    assert (flow["asset"], flow["quantity"]) == ("USDT", "11")


def cash(balances: TestResponse) -> Decimal:
    rows: list[dict[str, Any]] = balances.json["balances"] if balances.json else []
    return next(Decimal(row["total"]) for row in rows if row["asset"] == "USDT")


def pages(api: Api, path: str, limit: int) -> Iterator[list[dict[str, Any]]]:
    """Every page of a list, following its cursor."""
    cursor: str | None = None
    while True:
        query = {"limit": limit} | ({} if cursor is None else {"cursor": cursor})
        body = api.read(path, **query)
        assert len(body["items"]) <= limit
        yield body["items"]
        cursor = body["next_cursor"]
        if cursor is None:
            return


@pytest.mark.parametrize(
    ("path", "limits"),
    [("/api/performance/snapshots", (1000, 97)), ("/api/performance/cashflows", (1000, 1, 3))],
)
def test_a_list_is_read_page_by_page_without_loss_or_repeats(api: Api, path: str, limits: tuple[int, ...]) -> None:
    whole = [row["id"] for page in pages(api, path, 1000) for row in page]
    assert len(whole) > 10
    assert len(set(whole)) == len(whole)
    for limit in limits:
        found = [row for page in pages(api, path, limit) for row in page]
        assert [row["id"] for row in found] == whole
        instants = [datetime.fromisoformat(row["timestamp"]) for row in found]
        assert instants == sorted(instants, reverse=True)


def test_values_from_before_the_account_was_read_are_said_to_be_replayed(api: Api) -> None:
    until = api.read("/api/performance/twr-history", days=0)["replayed_until"]
    rows = api.read("/api/performance/snapshots", limit=1000)["items"]
    assert rows[-1]["timestamp"] < until
    assert [row["replayed"] for row in rows] == [row["timestamp"] < until for row in rows]


def test_snapshots_before_an_instant_are_those_not_later(api: Api) -> None:
    rows = api.read("/api/performance/snapshots", limit=5, before="2026-05-20T06:00:00+02:00")["items"]
    assert rows[0]["timestamp"] == "2026-05-20T04:00:00Z"
    naive = api.get("/api/performance/snapshots?before=2026-05-20T06:00:00")
    assert field_errors(naive) == {"before"}


def test_cash_flows_are_found_by_type_and_text(api: Api) -> None:
    every = [row for page in pages(api, "/api/performance/cashflows", 1000) for row in page]
    deposits = api.read("/api/performance/cashflows", type="DEPOSIT", limit=1000)["items"]
    assert deposits == [row for row in every if row["type"] == "DEPOSIT"]
    assert 0 < len(deposits) < len(every)
    assert api.read("/api/performance/cashflows", q="no such note")["items"] == []


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/api/portfolio/balances?acount=1", "acount"),
        ("/api/portfolio/overview?account=0", "account"),
        ("/api/portfolio/nav?account=one", "account"),
        ("/api/performance/twr/36501", "days"),
        ("/api/performance/pnl/30?days=30", "days"),
        ("/api/performance/twr-history?points=9", "points"),
        ("/api/performance/twr-history?days=-1", "days"),
        ("/api/performance/monthly?months=0", "months"),
        ("/api/performance/snapshots?limit=1001", "limit"),
        ("/api/performance/snapshots?limit=0", "limit"),
        ("/api/performance/snapshots?cursor=abc", "cursor"),
        ("/api/performance/snapshots?before=yesterday", "before"),
        ("/api/performance/cashflows?cursor=99999999999999999999999-1", "cursor"),
        ("/api/performance/cashflows?cursor=1-99999999999999999999999", "cursor"),
        ("/api/performance/cashflows?type=GIFT", "type"),
    ],
)
def test_a_query_that_cannot_be_is_refused_and_its_field_named(api: Api, path: str, field: str) -> None:
    assert field_errors(api.get(path)) == {field}


@pytest.mark.parametrize("path", ["/api/performance/twr/-1", "/api/performance/twr/x", "/api/performance/nothing"])
def test_a_path_that_is_not_there_is_a_problem_too(api: Api, path: str) -> None:
    assert api.get(path).status_code == 404


def test_numbers_beyond_any_database_are_refused_like_others(api: Api) -> None:
    assert api.get("/api/performance/twr/" + "9" * 40).status_code == 422
    assert api.get("/api/performance/twr/" + "9" * 5000).status_code in (404, 422)
    assert api.send("DELETE", "/api/performance/cashflows/" + "9" * 40).status_code == 404
    assert api.send("PUT", "/api/performance/cashflows/" + "9" * 40, json={"description": "x"}).status_code == 404


def test_the_connection_test_tells_the_keys_rights(api: Api) -> None:
    found = api.read("/api/portfolio/connection/test")
    assert (found["ok"], found["can_read"], found["can_trade"]) == (True, True, True)
    assert found["server_time"].startswith("2026-06-01T12:")
