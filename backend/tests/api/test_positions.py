"""Positions, trades, profit and lots over the API: parts add up, pages join without gap, an entered cost is kept."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from backend.tests.api.contract import Api, field_errors
from backend.tests.api.installation import Installation

METHODS = ("average", "fifo", "lifo", "hifo")
TOLERANCE = Decimal("1e-15")
OF_THE_PRICE = {"current_price", "value_usd", "pnl", "pnl_percent"}


def pages(api: Api, path: str, limit: int) -> list[Any]:
    """All items of a list, page by page."""
    found: list[Any] = []
    cursor: str | None = None
    while True:
        join = "&" if "?" in path else "?"
        body = api.read(f"{path}{join}limit={limit}" + (f"&cursor={cursor}" if cursor else ""))
        found += body["items"]
        cursor = body["next_cursor"]
        if cursor is None:
            return found
        assert len(body["items"]) == limit


@pytest.mark.parametrize("method", METHODS)
def test_profit_by_coin_adds_up_to_the_profit_of_the_overview(api: Api, method: str) -> None:
    overview = api.read("/api/portfolio/overview")
    body = api.read("/api/portfolio/pnl-by-symbol", method=method)
    # Coins came whose cost nobody has told: the sums rest on their market value, and say so.
    assert (body["status"], body["reason"]) == ("estimated", "unknown_cost")
    for item in body["items"]:
        assert Decimal(item["realized_pnl"]) + Decimal(item["unrealized_pnl"]) == Decimal(item["total_pnl"])
    # The overview says the same of the same sums, and of which coins.
    assert (overview["pnl_parts_status"], overview["pnl_parts_reason"]) == ("estimated", "unknown_cost")
    lots = api.read("/api/portfolio/lots", status="unknown", limit=1000)["items"]
    assert overview["unknown_cost_assets"] == sorted({lot["asset"] for lot in lots}) != []
    totals = body["totals"]
    assert abs(Decimal(totals["total_pnl"]) - Decimal(overview["total_pnl_usd"])) < TOLERANCE
    if method == "average":
        assert abs(Decimal(totals["unrealized_pnl"]) - Decimal(overview["unrealized_pnl_usd"])) < TOLERANCE


@pytest.mark.parametrize("method", METHODS)
def test_open_positions_are_the_balances_with_their_cost(api: Api, method: str) -> None:
    balances = {row["asset"]: row for row in api.read("/api/portfolio/balances")["balances"]}
    body = api.read("/api/portfolio/positions", method=method)
    assert len(body["items"]) == body["open_count"] > 0
    for item in body["items"]:
        row = balances[item["asset"]]
        assert (row["unrealized_pnl_status"], row["unrealized_pnl_reason"]) == (
            item["figures_status"],
            item["figures_reason"],
        )
        assert Decimal(item["quantity"]) == Decimal(row["total"])
        assert item["current_price"] == row["price_usd"]
        gain = Decimal(item["value_usd"]) - Decimal(item["cost_usd"])
        assert abs(Decimal(item["pnl"]) - gain) < TOLERANCE
        assert item["close_time"] is None
        if method == "average":
            assert abs(Decimal(item["cost_usd"]) - Decimal(row["cost_usd"])) < TOLERANCE


def test_positions_of_both_kinds_come_page_by_page_open_ones_first(api: Api) -> None:
    whole = api.read("/api/portfolio/positions", status="all", limit=1000)
    assert len(whole["items"]) == whole["open_count"] + whole["closed_count"]
    assert pages(api, "/api/portfolio/positions?status=all", 2) == whole["items"]
    closed = [item for item in whole["items"] if item["status"] == "closed"]
    assert whole["items"][-len(closed) or len(whole["items"]) :] == closed
    assert pages(api, "/api/portfolio/positions?status=closed", 1) == closed


def test_trades_come_newest_first_page_by_page_and_by_filter(api: Api) -> None:
    whole = api.read("/api/portfolio/trade-history", limit=1000)["items"]
    assert len(whole) > 5
    assert [item["time"] for item in whole] == sorted((item["time"] for item in whole), reverse=True)
    assert pages(api, "/api/portfolio/trade-history", 3) == whole
    symbol = whole[0]["symbol"]
    assert pages(api, f"/api/portfolio/trade-history?symbol={symbol}", 2) == [
        item for item in whole if item["symbol"] == symbol
    ]
    assert pages(api, "/api/portfolio/trade-history?side=SELL", 2) == [item for item in whole if item["side"] == "SELL"]
    middle = whole[len(whole) // 2]["time"]
    later = api.read("/api/portfolio/trade-history", **{"from": middle, "limit": 1000})["items"]
    earlier = api.read("/api/portfolio/trade-history", to=middle, limit=1000)["items"]
    assert later + earlier == whole
    for item in whole:
        assert Decimal(item["fee_usd"]) > 0
        assert (item["realized_pnl"] is None) == (item["side"] == "BUY" and item["quote_asset"] == "USDT")


def test_metrics_of_the_whole_history_split_the_profit_of_the_window(api: Api) -> None:
    body = api.read("/api/portfolio/metrics", period="total")
    window = api.read("/api/performance/pnl/0")
    trades = api.read("/api/portfolio/trade-history", limit=1000)["items"]
    assert body["total_pnl"] == window["pnl_usd"]
    assert body["roi_percent"] == window["pnl_percent"]
    assert Decimal(body["realized_pnl"]) + Decimal(body["unrealized_pnl"]) == Decimal(body["total_pnl"])
    assert (body["parts_status"], body["parts_reason"]) == ("estimated", "unknown_cost")
    assert body["trades"] == len(trades)
    closing = [Decimal(item["realized_pnl"]) for item in trades if item["realized_pnl"] is not None]
    assert body["closing_trades"] == len(closing)
    assert body["winning_trades"] == sum(result > 0 for result in closing)
    assert abs(Decimal(body["fees_usd"]) - sum(Decimal(item["fee_usd"]) for item in trades)) < TOLERANCE
    assert body["first_trade_at"] == trades[-1]["time"]
    assert body["risk_reason"] is None
    short = api.read("/api/portfolio/metrics", period="7d")
    assert (short["sharpe_ratio"], short["risk_reason"]) == (None, "too_few_days")
    too_long = api.read("/api/portfolio/metrics", period="2y")
    assert (too_long["status"], too_long["reason"]) == ("unavailable", "history_too_short")
    assert too_long["parts_status"] == "unavailable"
    assert too_long["realized_pnl"] is None


def booked(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Positions without what moves with the price of now, which the collector may read at any moment."""
    return sorted(
        ({name: value for name, value in item.items() if name not in OF_THE_PRICE} for item in items),
        key=lambda item: str(item["id"]),
    )


def test_an_entered_cost_is_kept_and_taken_back(api: Api, installation: Installation) -> None:
    before = api.read("/api/portfolio/positions")["items"]
    lots = api.read("/api/portfolio/lots", status="unknown", limit=1000)
    assert len(lots["items"]) == lots["unknown_count"] > 0
    lot = lots["items"][-1]
    path = f"/api/portfolio/lots/{lot['id']}"
    answer = api.send("PUT", path, json={"cost_usd": "1.5", "acquired_at": "2020-01-01T00:00:00Z"})
    changed: Any = answer.json
    assert answer.status_code == 200, answer.text
    assert (changed["item"]["cost_usd"], changed["item"]["cost_status"]) == ("1.5", "entered")
    installation.settled()
    after = api.read("/api/portfolio/lots", status="entered")
    assert [item["id"] for item in after["items"]] == [lot["id"]]
    assert after["unknown_count"] == lots["unknown_count"] - 1
    position = next(item for item in api.read("/api/portfolio/positions")["items"] if item["asset"] == lot["asset"])
    was = next(item for item in before if item["asset"] == lot["asset"])
    assert position["cost_usd"] != was["cost_usd"]
    overview = api.read("/api/portfolio/overview")
    unknown = api.read("/api/portfolio/lots", status="unknown", limit=1000)["items"]
    assert overview["unknown_cost_assets"] == sorted({item["asset"] for item in unknown})
    totals = api.read("/api/portfolio/pnl-by-symbol")["totals"]
    # What was gained before the coins came is no profit of this portfolio.
    assert abs(Decimal(totals["total_pnl"]) - Decimal(overview["total_pnl_usd"])) < TOLERANCE
    assert api.send("PUT", path, json={"cost_usd": None}).status_code == 200
    installation.settled()
    assert booked(api.read("/api/portfolio/positions")["items"]) == booked(before)


def test_what_cannot_be_is_refused(api: Api) -> None:
    lot = api.read("/api/portfolio/lots", status="all")["items"][0]
    path = f"/api/portfolio/lots/{lot['id']}"
    assert field_errors(api.send("PUT", path, json={"cost_usd": "-1"})) == {"cost_usd"}
    late = {"cost_usd": "1", "acquired_at": "2099-01-01T00:00:00Z"}
    assert field_errors(api.send("PUT", path, json=late)) == {"acquired_at"}
    assert field_errors(api.send("PUT", path, json={"cost_usd": "1", "acquired_at": "2020-01-01T00:00:00"})) == {
        "acquired_at"
    }
    assert api.send("PUT", "/api/portfolio/lots/999999999", json={"cost_usd": "1"}).status_code == 404
    assert field_errors(api.get("/api/portfolio/positions?method=best")) == {"method"}
    assert field_errors(api.get("/api/portfolio/trade-history?from=2026-01-01T00:00:00")) == {"from"}
    assert api.get("/api/portfolio/positions?account=99").status_code == 404


def table(api: Api, **query: Any) -> list[dict[str, str]]:
    """An exported CSV as a spreadsheet reads it."""
    answer = api.get("/api/portfolio/export", query_string=query)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "text/csv"
    assert answer.text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(answer.text[1:], newline="")))


def test_every_list_can_be_taken_away_as_csv_and_json_with_the_same_rows(api: Api) -> None:
    for what in ("balances", "trades", "cash_flows", "snapshots", "ledger", "disposals", "income"):
        year = {"year": 2026} if what in ("disposals", "income") else {}
        rows = table(api, what=what, **year)
        body = api.read("/api/portfolio/export", what=what, format="json", **year)
        if year:
            *rows, total, note = rows
            assert {name: cell for name, cell in total.items() if cell} == {
                body["columns"][0]: "total",
                **{name: str(cell) for name, cell in body["totals"].items()},
            }
            assert note[body["columns"][0]] == body["note"]
        assert [list(item.values()) for item in rows] == [
            ["" if cell is None else str(cell) for cell in item.values()] for item in body["items"]
        ], what
        assert (body["note"] is None) == (body["totals"] is None) == (not year)


def test_the_exported_trades_and_flows_are_those_of_the_pages(api: Api) -> None:
    trades = api.read("/api/portfolio/trade-history", limit=1000, method="fifo")["items"]
    rows = table(api, what="trades", method="fifo")
    assert [(row["id"], row["realized_pnl"] or None) for row in rows] == [
        (item["id"], item["realized_pnl"]) for item in trades
    ]
    sold = table(api, what="trades", side="SELL")
    assert [row["id"] for row in sold] == [item["id"] for item in trades if item["side"] == "SELL"]
    flows = api.read("/api/performance/cashflows", limit=1000)["items"]
    assert [row["id"] for row in table(api, what="cash_flows")] == [str(item["id"]) for item in flows]


def test_a_year_of_disposals_is_what_its_closing_trades_realised(api: Api) -> None:
    for method in METHODS:
        trades = api.read("/api/portfolio/trade-history", limit=1000, method=method)["items"]
        closing = sum(
            (Decimal(item["realized_pnl"]) for item in trades if item["realized_pnl"] is not None), Decimal(0)
        )
        rows = table(api, what="disposals", year=2026, method=method)
        *sales, total, note = rows
        assert "no tax advice" in note["disposed_at"]
        assert "Year 2026 in UTC: from 2026-01-01T00:00:00Z until before 2027-01-01T00:00:00Z" in note["disposed_at"]
        for name in ("proceeds", "cost", "gain"):
            assert Decimal(total[name]) == sum((Decimal(row[name]) for row in sales), Decimal(0))
        gains = [Decimal(row["gain"]) for row in sales if row["kind"] == "sale"]
        assert abs(sum(gains, Decimal(0)) - closing) < TOLERANCE
        assert all(row["acquired_at"] <= row["acquired_last_at"] <= row["disposed_at"] for row in sales)
        told = {item["id"]: item for item in trades}
        for row in sales:
            held = datetime.fromisoformat(row["disposed_at"]) - datetime.fromisoformat(row["acquired_at"])
            assert int(row["holding_days"]) == held.days
            assert (row["cost_status"] == "unknown") == (row["status"] == "estimated")
        fees = [Decimal(row["fee"]) for row in sales if row["kind"] == "sale"]
        closed = [Decimal(item["fee_usd"]) for item in told.values() if item["realized_pnl"] is not None]
        assert sorted(fees) == sorted(closed)
    none = table(api, what="disposals", year=2019)
    assert [row["disposed_at"] for row in none][:1] == ["total"]
    assert len(none) == 2


def test_the_rows_of_a_year_name_the_events_that_they_are_of(api: Api) -> None:
    ledger = {(row["source"], row["external_id"]): row for row in table(api, what="ledger")}
    *sales, _, _ = table(api, what="disposals", year=2026)
    assert sales
    assert [ledger[row["source"], row["source_id"]]["time"] for row in sales] == [row["disposed_at"] for row in sales]


def test_a_year_begins_and_ends_in_its_zone(api: Api) -> None:
    whole = table(api, what="disposals", year=2026)
    for zone, first, end in (
        ("Pacific/Kiritimati", "2025-12-31T10:00:00Z", "2026-12-31T10:00:00Z"),
        ("-11:00", "2026-01-01T11:00:00Z", "2027-01-01T11:00:00Z"),
    ):
        rows = table(api, what="disposals", year=2026, zone=zone)
        assert f"from {first} until before {end}" in rows[-1]["disposed_at"]
        assert len(rows) == len(whole)
    assert field_errors(api.get("/api/portfolio/export?what=income&year=2026&zone=Mars/Olympus")) == {"zone"}


def test_a_year_cannot_be_told_while_its_books_are_made(api: Api, installation: Installation) -> None:
    lot = api.read("/api/portfolio/lots", status="all")["items"][0]
    with installation.container.store.write() as unit:
        unit.books.mark(lot["account"], 0)
    answer = api.get("/api/portfolio/export?what=disposals&year=2026")
    problem: Any = answer.json
    assert (answer.status_code, problem["code"]) == (409, "domain-error")
    assert "being made" in problem["detail"]
    installation.refresh()
    installation.settled()
    assert len(table(api, what="disposals", year=2026)) > 2


def test_cells_that_a_spreadsheet_would_run_are_disarmed(api: Api) -> None:
    flow = {"timestamp": "2026-05-20T12:00:00Z", "type": "DEPOSIT", "amount_usd": "1", "description": '=HYPERLINK("x")'}
    made: Any = api.post("/api/performance/cashflows", json=flow).json
    row = next(row for row in table(api, what="cash_flows") if row["id"] == str(made["item"]["id"]))
    assert row["description"] == '\'=HYPERLINK("x")'
    assert row["amount_usd"] == "1"
    api.send("DELETE", f"/api/performance/cashflows/{made['item']['id']}")


def test_an_export_that_has_not_changed_is_not_sent_again(api: Api) -> None:
    first = api.get("/api/portfolio/export?what=trades")
    again = api.get("/api/portfolio/export?what=trades", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert field_errors(api.get("/api/portfolio/export?what=disposals")) == {"year"}
    assert field_errors(api.get("/api/portfolio/export?what=secrets")) == {"what"}
