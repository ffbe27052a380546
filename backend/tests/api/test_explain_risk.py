"""Risk figures, figures of closing trades and of positions open to rows whose sum, or product, is the figure."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any

import pytest

from backend.tests.api.contract import Api, field_errors
from backend.tests.api.test_explain import LAST_PLACES, file_rows, linked_percent, opened

SHARES = ("volatility", "var_95", "cvar_95", "best_day", "worst_day", "positive_days", "tracking_error", "win_rate")
RATIOS = ("sharpe", "sortino", "beta", "information_ratio", "profit_factor")
AGAINST = ("beta", "tracking_error", "information_ratio")
OF_TRADES = ("win_rate", "profit_factor")
DIGIT = Decimal("1e-8")


def risk(api: Api, name: str, benchmark: bool = False) -> Any:
    figure = api.read("/api/performance/risk", days=0)[name]
    return figure["benchmark"] if benchmark else figure


def added(rows: list[dict[str, Any]]) -> Decimal:
    with localcontext() as context:
        context.prec = 100
        return sum((Decimal(row["part"]) for row in rows if row["part"] not in (None, "")), Decimal(0))


@pytest.mark.parametrize("of", ["portfolio", "benchmark"])
@pytest.mark.parametrize("name", [*SHARES, *RATIOS])
def test_the_rows_of_a_risk_figure_add_up_to_it_to_its_last_digit(api: Api, name: str, of: str) -> None:
    if of == "benchmark" and name in (*AGAINST, *OF_TRADES):
        answer = api.get(f"/api/performance/explain?metric={name}&of=benchmark")
        assert "of" in field_errors(answer)
        return
    shown = risk(api, name, of == "benchmark")
    found = opened(api, name, of=of)
    total, rows = added(found["inputs"]), file_rows(api, name, of=of)
    scale = 100 if name in SHARES else 1
    assert shown["value"] is not None
    assert found["result"] == round(shown["value"] * scale, 8)
    assert (found["status"], found["reason"]) == (shown["status"], shown["reason"])
    assert float((total * scale).quantize(DIGIT)) == found["result"]
    assert added(rows) == total == Decimal(found["parts_total"])
    assert len(rows) == found["inputs_total"] > 0
    assert "not_explained" not in {one["kind"] for one in found["inputs"]}


def test_alpha_compounds_from_what_each_day_has_in_it(api: Api) -> None:
    found = opened(api, "alpha")
    with localcontext() as context:
        context.prec = 60
        yearly = (1 + added(found["inputs"])) ** 365 - 1
    assert float((yearly * 100).quantize(DIGIT)) == found["result"] == round(risk(api, "alpha")["value"] * 100, 8)


@pytest.mark.parametrize("of", ["portfolio", "benchmark"])
@pytest.mark.parametrize("name", ["max_drawdown", "max_drawdown_hourly"])
def test_a_fall_is_the_product_of_its_days_from_peak_to_trough(api: Api, name: str, of: str) -> None:
    shown = risk(api, name, of == "benchmark")
    found = opened(api, name, of=of, limit=500)
    pieces = found["sub_periods"]
    assert found["result"] == round(shown["value"] * 100, 8) == linked_percent([one["return"] for one in pieces])
    assert found["result"] < 0
    assert all(one["start_snapshot_id"] and one["end_snapshot_id"] for one in pieces if one["kind"] == "index")
    assert [one["to"] for one in pieces[:-1]] == [one["from"] for one in pieces[1:]]
    if name == "max_drawdown":
        assert (pieces[0]["from"], pieces[-1]["to"]) == (shown["peak"], shown["trough"])


def test_every_day_of_a_figure_is_named_with_its_snapshot_and_its_return(api: Api) -> None:
    found = opened(api, "beta")
    days = {one["date"]: one for one in api.read("/api/performance/daily", days=3660)["items"]}
    assert found["inputs_total"] == risk(api, "beta")["count"]
    for row in found["inputs"]:
        assert round(float(row["returned"]) * 100, 8) == days[row["label"]]["return_percent"]
        assert round(float(row["benchmark"]) * 100, 8) == days[row["label"]]["benchmark_return_percent"]
        assert (row["table"], row["kind"]) == ("snapshots", "daily_return")
        assert row["id"] is not None


def test_a_figure_that_is_not_there_says_why_and_has_no_rows(api: Api) -> None:
    found = opened(api, "calmar")
    shown = risk(api, "calmar")
    assert (found["result"], found["reason"]) == (shown["value"], shown["reason"])
    assert (found["inputs"], found["parts_total"]) == ([], None)


def test_another_risk_free_rate_is_in_the_rows_of_sharpe(api: Api) -> None:
    before = opened(api, "sharpe")
    api.send("PUT", "/api/settings", json={"risk": {"risk_free_rate_percent": 12.5}})
    try:
        after = opened(api, "sharpe")
        assert after["result"] == round(risk(api, "sharpe")["value"], 8) != before["result"]
        assert float(added(after["inputs"]).quantize(DIGIT)) == after["result"]
    finally:
        api.send("PUT", "/api/settings", json={"risk": {"risk_free_rate_percent": 0}})


def test_what_a_closing_trade_brings_is_the_mean_of_the_trades_named(api: Api) -> None:
    found = opened(api, "expectancy")
    shown = risk(api, "expectancy")
    assert (found["unit"], found["result"]) == ("money", shown["value"])
    assert found["inputs_total"] == shown["count"] > 0
    assert abs(added(found["inputs"]) - Decimal(shown["value"])) < LAST_PLACES
    trades = {one["id"]: one for one in api.read("/api/portfolio/trade-history", limit=1000)["items"]}
    for row in found["inputs"]:
        assert trades[str(row["id"])]["realized_pnl"] == row["value"]


@pytest.mark.parametrize("method", ["average", "fifo", "lifo", "hifo"])
def test_lots_and_disposals_give_cost_average_price_and_gain_of_each_position(api: Api, method: str) -> None:
    listed = api.read("/api/portfolio/positions", status="open", method=method, limit=100)["items"]
    spot = [one for one in listed if one["kind"] == "spot"]
    assert spot
    for one in spot:
        figures = {
            "position_cost": one["cost_usd"],
            "position_average_price": one["entry_price"],
            "position_unrealized": one["pnl"],
            "position_realized": one["realized_pnl"],
        }
        for metric, shown in figures.items():
            found = opened(api, metric, position=one["id"], method=method)
            assert found["result"] == shown, (metric, one["id"])
            total = added(found["inputs"])
            wanted = one["cost_usd"] if metric == "position_average_price" else shown
            assert abs(total - Decimal(wanted)) < LAST_PLACES, (metric, one["id"])
            booked = [row for row in found["inputs"] if row["kind"] in ("lot", "disposal", "income")]
            assert all(row["ids"] for row in booked), (metric, one["id"])
        quantity = sum(
            (Decimal(row["quantity"]) for row in opened(api, "position_cost", position=one["id"])["inputs"]), Decimal(0)
        )
        assert quantity == Decimal(one["quantity"])


def test_closed_positions_open_to_what_they_brought(api: Api) -> None:
    closed = api.read("/api/portfolio/positions", status="closed", limit=100)["items"]
    for one in [row for row in closed if row["kind"] == "spot"]:
        found = opened(api, "position_realized", position=one["id"])
        assert found["result"] == one["realized_pnl"]
        assert abs(added(found["inputs"]) - Decimal(one["realized_pnl"])) < LAST_PLACES


@pytest.mark.parametrize(("position", "code"), [("nonsense", 422), ("1-BTC-99999", 404), ("999-BTC-1", 404)])
def test_a_position_that_is_none_is_refused(api: Api, position: str, code: int) -> None:
    assert api.get(f"/api/performance/explain?metric=position_cost&position={position}").status_code == code
