"""Profit of a period by coin, the number of trades, positions as a file: sums over coins are the profit of the window,
pages add up, files tell what the pages do.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest

from backend.core import export_book
from backend.tests.api.contract import Api

METHODS = ("average", "fifo", "lifo", "hifo")
TOLERANCE = Decimal("1e-12")
BEFORE_ALL = "2011-01-01T00:00:00Z"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("period", ["7d", "30d"])
def test_profit_by_coin_of_a_period_adds_up_to_that_of_the_window(api: Api, period: str, method: str) -> None:
    window = api.read("/api/portfolio/metrics", period=period, method=method)
    # A window ends with the newest snapshot, profit by coin with the balances of now.
    since = Decimal(api.read("/api/portfolio/overview")["total_pnl_usd"]) - Decimal(
        api.read("/api/portfolio/metrics", period="total")["total_pnl"]
    )
    body = api.read("/api/portfolio/pnl-by-symbol", period=period, method=method)
    assert (body["period"], body["start"]) == (period, window["start"])
    assert abs(Decimal(body["totals"]["total_pnl"]) - Decimal(window["total_pnl"]) - since) < TOLERANCE
    for item in body["items"]:
        assert Decimal(item["realized_pnl"]) + Decimal(item["unrealized_pnl"]) == Decimal(item["total_pnl"])
    assert sum(item["trades"] for item in body["items"]) == window["trades"]
    # Coins of unknown cost are in the sums, so they are estimates, and say so.
    assert (body["status"], body["reason"]) == ("estimated", "unknown_cost")


def test_a_period_longer_than_the_history_has_no_figures_and_says_why(api: Api) -> None:
    body = api.read("/api/portfolio/pnl-by-symbol", period="2y")
    assert (body["status"], body["reason"], body["items"]) == ("unavailable", "history_too_short", [])
    assert set(body["totals"].values()) == {None}
    assert body["start"] is None


def test_trades_tell_how_many_there_are_on_all_pages(api: Api) -> None:
    path = "/api/portfolio/trade-history"
    whole: Any = api.read(path, limit=1000)
    assert whole["total"] == len(whole["items"]) > 5
    symbol, middle = whole["items"][0]["symbol"], whole["items"][len(whole["items"]) // 2]["time"]
    for asked in ({"symbol": symbol}, {"side": "SELL"}, {"from": middle}, {"to": middle, "side": "BUY"}):
        assert api.read(path, limit=1, **asked)["total"] == len(api.read(path, limit=1000, **asked)["items"])
    assert api.read(path, to=BEFORE_ALL)["total"] == 0
    page = api.read(path, limit=2)
    assert api.read(path, limit=2, cursor=page["next_cursor"])["total"] == whole["total"]


@pytest.mark.parametrize("method", METHODS)
def test_positions_as_a_file_are_those_of_the_page(api: Api, method: str) -> None:
    page = api.read("/api/portfolio/positions", status="all", limit=1000, method=method)["items"]
    assert len(page) > 2
    written: Any = api.get(f"/api/portfolio/export?what=positions&format=json&method={method}").json
    same = (
        "symbol",
        "asset",
        "side",
        "status",
        "quantity",
        "cost_usd",
        "realized_pnl",
        "open_time",
        "close_time",
        "id",
    )
    assert [{name: item[name] for name in same} for item in written["items"]] == [
        {name: item[name] for name in same} for item in page
    ]
    for item, shown in zip(written["items"], page, strict=True):
        assert item["unrealized_pnl" if shown["status"] == "open" else "realized_pnl"] == shown["pnl"]
        assert (item["method"], item["cost_status"]) == (method, shown["cost_status"])
    text = api.get(f"/api/portfolio/export?what=positions&method={method}").text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == written["columns"]
    assert [row["quantity"] for row in rows] == [item["quantity"] or "" for item in page]


def test_positions_as_a_file_come_page_by_page(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    path = "/api/portfolio/export?what=positions&format=json"
    whole: Any = api.get(path).json
    monkeypatch.setattr(export_book, "PAGE_ROWS", 1)
    assert api.get(path).json == whole
