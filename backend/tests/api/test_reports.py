"""The report of a month or a year: its figures are those of the pages, and every row of it is in a list elsewhere."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from backend.core.model.instants import DAY_MS
from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation
from backend.tests.builders import ms

YEAR = "2026"
CURRENT = "2026-06"
# The history lies within one year: the report of it is about everything.
EVERYTHING: dict[str, Any] = {"days": 0}
PROFIT = ("realized_pnl", "income_usd", "transferred_out_usd", "fees_usd", "trades", "closing_trades", "win_rate")


def report(api: Api, period: str, **query: Any) -> Any:
    return api.read("/api/reports", period=period, **query)


@pytest.fixture(scope="module")
def year(api: Api) -> Any:
    return report(api, YEAR)


def without(body: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names}


def total(items: list[dict[str, Any]], name: str) -> Decimal:
    return sum((Decimal(item[name]) for item in items), Decimal(0))


def test_a_report_can_be_made_of_every_month_and_year_with_snapshots(api: Api) -> None:
    items = api.read("/api/reports/periods")["items"]
    months = [month["month"] for month in api.read("/api/performance/monthly", months=240)["items"]]
    assert [one["name"] for one in items] == [YEAR, *months[::-1]]
    assert [one["kind"] for one in items] == ["year"] + ["month"] * len(months)
    assert [one["name"] for one in items if one["running"]] == [YEAR, CURRENT]
    assert items[0]["start"] == "2026-01-01T00:00:00Z"
    assert items[1]["end"] == "2026-07-01T00:00:00Z"


def test_the_summary_of_a_year_is_that_of_the_same_window_of_the_pages(api: Api, year: Any) -> None:
    told, stats = year["summary"], api.read("/api/performance/stats")["periods"]["total"]
    pnl = api.read("/api/performance/pnl/0")
    for name in (
        *("start", "end", "twr_percent", "twr_annualized_percent", "pnl_usd", "pnl_percent"),
        *("xirr_percent", "xirr_status", "xirr_reason", "xirr_several_roots", "pnl_status", "pnl_reason"),
        *("twr_annualized_reason", "pnl_percent_reason", "benchmark_twr_percent", "excess_percent", "status", "reason"),
        *("benchmark_status", "benchmark_reason", "excess_status", "excess_reason"),
    ):
        assert told[name] == stats[name], name
    for name in ("start_value_usd", "end_value_usd", "net_flows_usd"):
        assert told[name] == pnl[name], name
    assert told["status"] == told["values_status"] == "exact"
    assert told["complete"] is False


def test_risk_drawdowns_and_the_closing_equation_of_a_year_are_those_of_the_pages(api: Api, year: Any) -> None:
    risk = api.read("/api/performance/risk", **EVERYTHING)
    # The year of which the history is a part will never have the days that this one needs.
    assert year["risk"]["calmar"]["available_from"] is None
    assert without(year["risk"], "days", "calmar") == without(risk, "days", "calmar")
    assert risk["volatility"]["value"] is not None
    falls = api.read("/api/performance/drawdowns", limit=5, **EVERYTHING)["items"]
    assert year["drawdowns"] == falls
    parts = api.read("/api/performance/attribution", **EVERYTHING)
    assert without(year["attribution"], "days") == without(parts, "days")


def test_months_and_days_of_a_report_are_those_of_their_tables(api: Api, year: Any) -> None:
    monthly = api.read("/api/performance/monthly", months=240)
    assert year["months"] == monthly["items"]
    days = api.read("/api/performance/daily", days=366)["items"]
    assert year["days"] == days
    may = report(api, "2026-05")
    assert may["days"] == [day for day in days if day["date"].startswith("2026-05")]
    assert len(may["days"]) == 31
    told = next(one for one in monthly["items"] if one["month"] == "2026-05")
    for name in ("end_value_usd", "net_flows_usd", "twr_percent", "benchmark_twr_percent", "complete"):
        assert may["summary"][name] == told[name], name
    assert may["months"] == []


def test_profit_by_coin_is_that_of_the_page_and_adds_up_to_the_profit(api: Api, year: Any) -> None:
    page = api.read("/api/portfolio/pnl-by-symbol")
    listed = {row["symbol"]: row for row in page["items"]}
    told = {row["symbol"]: row for row in year["profit"]["items"]}
    assert {name: {key: row[key] for key in PROFIT} for name, row in told.items()} == {
        name: {key: row[key] for key in PROFIT} for name, row in listed.items()
    }
    for period in (YEAR, "2026-05", CURRENT):
        body = report(api, period)
        profit, summary = body["profit"], body["summary"]
        assert (profit["status"], profit["reason"]) == (page["status"], page["reason"])
        assert Decimal(profit["totals"]["total_pnl"]) == pytest.approx(Decimal(summary["pnl_usd"]), abs=Decimal("1e-9"))


def test_other_costs_take_other_coins_and_the_profit_stays(api: Api, year: Any) -> None:
    other = report(api, YEAR, method="hifo")
    assert other["profit"]["totals"]["realized_pnl"] != year["profit"]["totals"]["realized_pnl"]
    assert other["summary"] == year["summary"]
    trips = api.read("/api/performance/risk", method="hifo", **EVERYTHING)
    assert other["risk"]["expectancy"] == trips["expectancy"] != year["risk"]["expectancy"]


def test_the_flows_are_all_of_the_period_and_add_up_to_its_net_flows(api: Api) -> None:
    every = api.read("/api/performance/cashflows", limit=1000)["items"]
    seen = 0
    for period in ("2026-04", "2026-05", CURRENT):
        body = report(api, period)
        told = body["flows"]["items"]
        listed = [flow for flow in every[::-1] if flow["timestamp"].startswith(period)]
        assert [without(flow, "in_figures") for flow in told] == listed
        inside = [flow for flow in told if flow["in_figures"]]
        assert Decimal(body["summary"]["net_flows_usd"]) == total(inside, "amount_usd")
        assert Decimal(body["flows"]["totals"]["net_usd"]) == total(inside, "amount_usd")
        seen += len(told)
    assert seen == len(every) > 5


def test_holdings_are_worth_the_value_at_both_ends(api: Api, year: Any) -> None:
    for body in (year, report(api, "2026-05"), report(api, CURRENT)):
        for name, value in (("opening_holdings", "start_value_usd"), ("closing_holdings", "end_value_usd")):
            held = body[name]
            assert held["status"] == "exact"
            assert held["value_usd"] == body["summary"][value]
            assert total(held["items"], "value_usd") == Decimal(held["value_usd"])
            for coin in held["items"]:
                assert Decimal(coin["quantity"]) * Decimal(coin["price_usd"]) == Decimal(coin["value_usd"])
    shares = [coin["share_percent"] for coin in year["closing_holdings"]["items"]]
    assert sum(shares) == pytest.approx(100)
    assert shares == sorted(shares, reverse=True)


def test_what_a_month_ends_with_the_next_one_begins_with(api: Api) -> None:
    may, june = report(api, "2026-05"), report(api, CURRENT)
    assert may["closing_holdings"] == june["opening_holdings"]
    assert may["summary"]["end"] == june["summary"]["start"] == "2026-06-01T00:00:00Z"
    assert (may["summary"]["complete"], june["summary"]["complete"]) == (True, False)
    assert (may["period"]["running"], june["period"]["running"]) == (False, True)


def test_fees_and_income_by_kind_add_up_to_what_the_books_say(api: Api, year: Any) -> None:
    metrics = api.read("/api/portfolio/metrics", period="total")
    for name in ("fees", "income"):
        assert year[name]["total_usd"] == metrics[f"{name}_usd"]
    for period in (YEAR, "2026-05", CURRENT):
        body = report(api, period)
        for name in ("fees", "income"):
            told = body[name]
            assert total(told["items"], "value_usd") == Decimal(told["total_usd"])
            assert (told["status"], told["reason"]) == ("exact", None), "what coins had cost does not matter"
            assert all(one["unpriced"] == 0 for one in told["items"])
    assert {one["kind"] for one in year["fees"]["items"]} >= {"trade"}


def test_the_line_begins_at_nothing_and_ends_with_the_return(api: Api, year: Any) -> None:
    for body in (year, report(api, "2026-05")):
        line, summary = body["series"], body["summary"]
        assert (line[0]["t"], line[-1]["t"]) == (summary["start"], summary["end"])
        assert line[0]["twr_percent"] == line[0]["benchmark_percent"] == 0
        assert line[-1]["twr_percent"] == summary["twr_percent"]
        assert line[-1]["benchmark_percent"] == summary["benchmark_twr_percent"]
        assert line[-1]["value_usd"] == summary["end_value_usd"]
        assert all(ms(point["t"]) % DAY_MS == 0 for point in line[1:-1])


def test_too_few_days_leave_risk_unknown_and_say_when_it_will_be_known(api: Api) -> None:
    april, june = report(api, "2026-04"), report(api, CURRENT)
    for body in (april, june):
        figure = body["risk"]["sharpe"]
        assert (figure["value"], figure["status"], figure["reason"]) == (None, "unavailable", "too_few_days")
    assert april["risk"]["sharpe"]["available_from"] is None, "it is over: time does not cure it"
    assert june["risk"]["sharpe"]["available_from"] == "2026-07-01T00:00:00Z"
    assert report(api, "2026-05")["risk"]["sharpe"]["status"] == "exact"


@pytest.mark.parametrize("period", ["2025", "2026-01", "2031-12"])
def test_a_period_without_snapshots_knows_nothing_and_says_why(api: Api, period: str) -> None:
    body = report(api, period)
    assert body["summary"]["status"] == body["summary"]["values_status"] == "unavailable"
    assert body["summary"]["reason"] == body["summary"]["values_reason"] == "no_snapshots"
    for name in ("start_value_usd", "end_value_usd", "pnl_usd", "twr_percent", "net_flows_usd", "xirr_percent"):
        assert body["summary"][name] is None, name
    assert body["flows"]["totals"]["net_usd"] is None
    for name in ("fees", "income"):
        assert (body[name]["total_usd"], body[name]["status"]) == (None, "unavailable")
    for part in (body["attribution"], body["profit"], body["opening_holdings"], body["closing_holdings"]):
        assert (part["status"], part["reason"]) == ("unavailable", "no_snapshots")
    assert body["profit"]["totals"]["realized_pnl"] is None


def test_a_name_that_is_no_month_or_year_is_refused(api: Api) -> None:
    for period in ("2026-13", "26", "2026-1", "2026-06-01", "", "0000"):
        assert api.get(f"/api/reports?period={period}").status_code == 422, period
    assert api.get("/api/reports").status_code == 422
    assert api.get("/api/reports?period=2026&account=4711").status_code == 404


def test_before_anything_was_read_there_is_no_period(empty: Installation) -> None:
    body = empty.api.read("/api/reports/periods")
    assert (body["items"], body["status"]) == ([], "unavailable")
    assert body["reason"] is not None
    told = report(empty.api, YEAR)
    assert told["summary"]["status"] == "unavailable"
    assert told["summary"]["end_value_usd"] is None
