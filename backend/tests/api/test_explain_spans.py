"""Figures of months, years, days and other windows open, and so do those of the shadows and of the closing equation."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from backend.tests.api.contract import Api, field_errors
from backend.tests.api.test_explain import DIGIT, LAST_PLACES, linked_percent, opened
from backend.tests.api.test_explain_risk import added

CURRENCIES = ("USDT", "BTC")
PARTS = {
    "attribution_flows": ("flows_usd",),
    "attribution_realized": ("realized_pnl_usd",),
    "attribution_unrealized": ("unrealized_change_usd",),
    "attribution_prices": ("realized_pnl_usd", "unrealized_change_usd"),
    "attribution_income": ("income_usd",),
    "attribution_fees": ("fees_usd",),
    "attribution_residual": ("residual_usd",),
}


def returns(found: Any) -> float:
    return linked_percent([one["return"] for one in found["sub_periods"]])


def same(told: Any, shown: Any) -> None:
    assert (told["result"] is None) == (shown is None)
    assert told["result"] == shown if not isinstance(shown, str) else Decimal(told["result"]) == Decimal(shown)


def mondays_at_noon(start: str, end: str) -> list[str]:
    """The resets of the benchmark between two instants, neither of them included."""
    first = datetime.fromisoformat(start)
    days = (first.replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(n) for n in range(500))
    return [
        f"{day:%Y-%m-%dT%H:%M:%SZ}" for day in days if day.weekday() == 0 and first < day < datetime.fromisoformat(end)
    ]


@pytest.mark.parametrize("currency", CURRENCIES)
def test_every_cell_and_year_of_the_table_of_months_opens(api: Api, currency: str) -> None:
    table = api.read("/api/performance/monthly", display=currency)
    cells = [("month", one["month"], one) for one in table["items"]]
    cells += [("year", one["year"], one) for one in table["years"]]
    assert len(cells) > 2
    for kind, name, cell in cells:
        asked = {kind: name, "display": currency, "limit": 500}
        found = opened(api, "twr", **asked)
        assert found["result"] == cell["twr_percent"] == returns(found)
        assert (found["status"], found["reason"]) == (cell["status"], cell["reason"])
        assert found["reporting_currency"] == currency
        benchmark = opened(api, "benchmark_twr", **asked)
        assert benchmark["result"] == cell["benchmark_twr_percent"] == returns(benchmark)
        profit = opened(api, "pnl", **asked)
        gains = [Decimal(one["profit"]) for one in profit["sub_periods"] if one["profit"] is not None]
        assert abs(sum(gains) - Decimal(profit["result"])) < LAST_PLACES
        flows = opened(api, "net_flows", **asked)
        same(flows, cell["net_flows_usd"])
        assert abs(sum(Decimal(one["value"]) for one in flows["inputs"]) - Decimal(flows["result"])) < LAST_PLACES
        end = opened(api, "end_value", **asked)
        same(end, cell["end_value_usd"])
        assert abs(added(end["inputs"]) - Decimal(end["result"])) < LAST_PLACES


@pytest.mark.parametrize("currency", CURRENCIES)
@pytest.mark.parametrize("period", ["2026-05", "2026"])
def test_the_figures_of_a_report_open(api: Api, period: str, currency: str) -> None:
    report = api.read("/api/reports", period=period, display=currency)
    asked = {"month" if "-" in period else "year": period, "display": currency, "limit": 500}
    summary, risk = report["summary"], report["risk"]
    for metric, field in (
        ("twr", "twr_percent"), ("pnl", "pnl_usd"), ("pnl_percent", "pnl_percent"), ("net_flows", "net_flows_usd"),
        ("xirr", "xirr_percent"), ("excess", "excess_percent"), ("benchmark_twr", "benchmark_twr_percent"),
        ("start_value", "start_value_usd"), ("end_value", "end_value_usd"),
    ):  # fmt: skip
        assert summary[field] is not None
        same(opened(api, metric, **asked), summary[field])
    for name in ("volatility", "sharpe", "best_day", "max_drawdown", "win_rate", "beta"):
        found = opened(api, name, **asked)
        shown = risk[name]["value"]
        scale = 1 if name in ("sharpe", "beta") else 100
        assert found["result"] == (None if shown is None else round(shown * scale, 8))
        assert (found["status"], found["reason"]) == (risk[name]["status"], risk[name]["reason"])
    for number, fall in enumerate(report["drawdowns"], 1):
        found = opened(api, "drawdown", number=number, **asked)
        assert found["result"] == fall["depth_percent"] == returns(found)
    for metric in ("fees", "income"):
        found = opened(api, metric, **asked)
        same(found, report[metric]["total_usd"])
        assert found["result"] is None or added(found["inputs"]) == Decimal(found["result"])
        assert found["reason"] == report[metric]["reason"]


@pytest.mark.parametrize("days", [0, 7, 30])
def test_the_parts_of_the_closing_equation_are_the_sums_of_their_rows(api: Api, days: int) -> None:
    told = api.read("/api/performance/attribution", days=days)
    for metric, fields in PARTS.items():
        found = opened(api, metric, days=days)
        assert abs(Decimal(found["result"]) - sum(Decimal(told[field]) for field in fields)) < LAST_PLACES
        assert abs(added(found["inputs"]) - Decimal(found["result"])) < LAST_PLACES
        assert (found["status"], found["reason"]) == (told["status"], told["reason"])
        assert "other" not in {one["label"] for one in found["inputs"]}, metric
    flows = opened(api, "attribution_flows", days=days)
    assert all(one["table"] == "cash_flows" and one["id"] for one in flows["inputs"])
    fees = opened(api, "attribution_fees", days=days)
    assert all(one["ids"] for one in fees["inputs"])
    assert {"start_value", "end_value"} == {
        metric
        for metric in ("start_value", "end_value")
        if Decimal(opened(api, metric, days=days)["result"]) == Decimal(told[f"{metric}_usd"])
    }


@pytest.mark.parametrize("currency", CURRENCIES)
@pytest.mark.parametrize("days", [0, 30])
def test_the_money_line_and_the_shadow_that_only_holds_open_to_coins_at_prices(
    api: Api, days: int, currency: str
) -> None:
    shown = api.read("/api/performance/benchmark", days=days, display=currency)
    assert shown["reporting_currency"] == currency
    line, held, beside = shown["money_line"], shown["hold_only"], shown["comparison"]
    for metric, told in (("benchmark_value", line["value_usd"]), ("hold_value", held["value_usd"])):
        found = opened(api, metric, days=days, display=currency)
        same(found, told)
        assert abs(added(found["inputs"]) - Decimal(told)) < LAST_PLACES
        assert "other" not in {one["label"] for one in found["inputs"]}
        coins = [one for one in found["inputs"] if one["kind"] == "coin"]
        assert coins
        for one in coins:
            assert abs(Decimal(one["quantity"]) * Decimal(one["price"]) - Decimal(one["value"])) < Decimal("1e-15")
    for metric, told in (
        ("benchmark_difference", beside["difference_usd"]),
        ("hold_difference", held["difference_usd"]),
    ):
        found = opened(api, metric, days=days, display=currency)
        same(found, told)
        assert abs(added(found["inputs"]) - Decimal(told)) < LAST_PLACES
    ahead = opened(api, "outperformance", days=days, display=currency)
    assert ahead["result"] == beside["outperformance_pct"] == float((added(ahead["inputs"]) * 100).quantize(DIGIT))
    assert ahead["status"] == beside["status"]
    grown = opened(api, "hold_twr", days=days, display=currency, limit=500)
    assert grown["result"] == held["hold_percent"] == returns(grown)
    above = opened(api, "hold_excess", days=days, display=currency)
    assert above["result"] == held["excess_percent"] == float((added(above["inputs"]) * 100).quantize(DIGIT))


@pytest.mark.parametrize("currency", CURRENCIES)
@pytest.mark.parametrize("days", [0, 7, 30])
def test_what_one_unit_held_of_the_benchmark_makes_its_return(api: Api, days: int, currency: str) -> None:
    found = opened(api, "benchmark_twr", days=days, display=currency)
    shown = api.read("/api/performance/benchmark", days=days, display=currency)["index_percent"]
    assert found["result"] == shown == float((added(found["inputs"]) * 100).quantize(DIGIT))
    rows = [one for one in found["inputs"] if one["kind"] != "rounding"]
    instants = list(dict.fromkeys(one["at"] for one in rows))
    assert instants == [found["from"], *(one["to"] for one in found["sub_periods"] if one["kind"] == "reset")]
    by_instant = {at: {one["label"]: one for one in rows if one["at"] == at} for at in instants}
    for before, after, piece in zip(instants, instants[1:], found["sub_periods"], strict=False):
        units = {coin: Decimal(one["quantity"]) for coin, one in by_instant[before].items()}
        first, last = (
            sum([units[coin] * Decimal(by_instant[at][coin]["price"]) for coin in units], Decimal(0))
            for at in (before, after)
        )
        grown: Decimal = last / first - 1
        assert abs(grown - Decimal(piece["return"])) < Decimal("1e-12")
    for at in instants:
        weights = sum([Decimal(one["weight"]) for one in by_instant[at].values()], Decimal(0))
        assert abs(weights - 1) < Decimal("1e-12")
    # Seven days that end with the snapshot of a Monday's noon lie between two resets.
    reset_at = mondays_at_noon(found["from"], found["to"])
    assert instants[1:] == [*reset_at, found["to"]]
    resets = [one for one in rows if one["kind"] == "benchmark_reset"]
    assert list(dict.fromkeys(one["at"] for one in resets)) == reset_at
    assert all(one["weight"] == "0.5" for one in resets)


@pytest.mark.parametrize("currency", CURRENCIES)
def test_the_figures_of_each_day_open(api: Api, currency: str) -> None:
    days = api.read("/api/performance/daily", days=60, display=currency)["items"]
    chosen = [days[0], days[len(days) // 2], days[-2], days[-1]]
    for day in chosen:
        asked = {"date": day["date"], "display": currency}
        for metric, field in (("day_return", "return_percent"), ("day_benchmark_return", "benchmark_return_percent")):
            found = opened(api, metric, **asked)
            assert found["result"] == day[field]
            assert day[field] is None or returns(found) == day[field]
            own = "benchmark_" if "benchmark" in metric else ""
            status = "unavailable" if day[field] is None else day[f"{own}status"]
            assert (found["status"], found["reason"]) == (status, day[f"{own}reason"])
        for metric, field in (
            ("day_average", "nav_avg_usd"), ("day_benchmark_average", "benchmark_avg_usd"),
            ("day_close", "nav_close_usd"), ("day_benchmark_close", "benchmark_close_usd"),
        ):  # fmt: skip
            found = opened(api, metric, **asked)
            same(found, day[field])
            if day[field] is not None:
                assert abs(added(found["inputs"]) - Decimal(day[field])) < LAST_PLACES
                assert "other" not in {one["label"] for one in found["inputs"]}


def test_a_row_of_the_table_of_drawdowns_is_the_product_of_its_days(api: Api) -> None:
    table = api.read("/api/performance/drawdowns", days=0)["items"]
    assert len(table) > 1
    for number, fall in enumerate(table, 1):
        found = opened(api, "drawdown", number=number, limit=500)
        assert found["result"] == fall["depth_percent"] == returns(found)
        assert (found["from"], found["status"]) == (fall["peak"], fall["status"])
        assert [one["at"] for one in found["inputs"]] == [
            at for at in (fall["peak"], fall["trough"], fall["recovered"]) if at is not None
        ]
        assert all(one["id"] for one in found["inputs"])
    assert opened(api, "drawdown", number=50)["reason"] == "no_drawdown"


def test_any_two_snapshots_are_a_window(api: Api) -> None:
    rows = api.read("/api/performance/snapshots", limit=400)["items"]
    start, end = rows[-1]["timestamp"], rows[3]["timestamp"]
    found = opened(api, "twr", limit=500, **{"from": start, "to": end})
    assert (found["from"], found["to"]) == (start, end)
    assert found["result"] == returns(found)
    assert Decimal(opened(api, "end_value", **{"from": start, "to": end})["result"]) == Decimal(
        rows[3]["total_value_usd"]
    )


@pytest.mark.parametrize("metric", ["value", "change_today", "net_deposits", "profit"])
def test_figures_of_now_open_in_another_currency(api: Api, metric: str) -> None:
    shown = api.read("/api/portfolio/overview", display="BTC")
    field = {"value": "total_value_usd", "profit": "total_pnl_usd"}.get(metric, f"{metric}_usd")
    found = opened(api, metric, display="BTC")
    same(found, shown[field])
    assert found["reporting_currency"] == "BTC"
    rows = [Decimal(one["value"]) for one in found["inputs"] if one["value"] is not None]
    if metric in ("value", "net_deposits"):
        assert abs(sum(rows) - Decimal(found["result"])) < LAST_PLACES
    elif metric == "change_today":
        assert abs(rows[0] - rows[1] - sum(rows[2:]) - Decimal(found["result"])) < LAST_PLACES


@pytest.mark.parametrize("metric", ["realized", "unrealized", "win_rate", "attribution_prices", "fees"])
def test_what_needs_the_price_of_each_booking_is_not_told_in_another_currency(api: Api, metric: str) -> None:
    found = opened(api, metric, display="BTC")
    assert (found["result"], found["status"], found["reason"]) == (None, "unavailable", "other_currency")
    told = api.read("/api/performance/attribution", display="BTC")
    assert (told["status"], told["reason"], told["change_usd"]) == ("unavailable", "other_currency", None)
    assert told["reporting_currency"] == "BTC"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"month": "2026-05", "days": 7}, "month"),
        ({"month": "2026-05", "year": "2026"}, "month"),
        ({"from": "2026-05-01T00:00:00Z"}, "to"),
        ({"from": "2026-05-02T00:00:00Z", "to": "2026-05-01T00:00:00Z"}, "to"),
        ({"from": "2026-05-01T00:00:01Z", "to": "2026-05-02T00:00:00Z"}, "from"),
        ({"month": "2026-13"}, "month"),
    ],
)
def test_a_time_that_is_none_is_refused_by_name(api: Api, query: dict[str, Any], field: str) -> None:
    answer = api.get("/api/performance/explain", query_string={"metric": "twr", **query})
    assert answer.status_code == 422
    assert field in field_errors(answer)


def test_a_day_needs_its_date_and_a_month_without_snapshots_says_so(api: Api) -> None:
    assert "date" in field_errors(api.get("/api/performance/explain?metric=day_close"))
    assert opened(api, "day_close", date="2020-01-01")["reason"] == "no_snapshots"
    assert opened(api, "twr", month="2020-01")["reason"] == "no_snapshots"
