"""Figures in another currency: each by the price of its own time, held against the exchange's own candles."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
import requests

from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation
from backend.tests.simulator.harness import SimulatorProcess

IN_OTHERS = (
    "/api/portfolio/balances",
    "/api/portfolio/overview",
    "/api/portfolio/nav",
    "/api/performance/stats",
    "/api/performance/twr-history",
    "/api/performance/monthly",
)
CLOSE = 4
NEAR = Decimal("1e-15")


def price(exchange: SimulatorProcess, symbol: str, at: str) -> Decimal:
    """The close of the last one-minute candle ended by an instant, read from the exchange itself."""
    ends_ms = int(datetime.fromisoformat(at).timestamp() * 1000) - 1
    asked: dict[str, str | int] = {"symbol": symbol, "interval": "1m", "endTime": ends_ms - 59_999, "limit": 1}
    rows = requests.get(f"{exchange.url}/api/v3/klines", params=asked, timeout=10).json()
    return Decimal(rows[-1][CLOSE])


def close_to(found: str, expected: Decimal) -> bool:
    return abs(Decimal(found) - expected) <= NEAR * max(abs(expected), Decimal(1))


@pytest.fixture(scope="module")
def rated(installation: Installation) -> Api:
    """The installation once the prices of the display currencies are there."""
    installation.refresh()
    installation.api.read(
        "/api/portfolio/connection/test"
    )  # the account's next task: the refresh and its prices are done
    return installation.api


@pytest.mark.parametrize("path", IN_OTHERS)
@pytest.mark.parametrize("currency", ["EUR", "BTC", "ETH"])
def test_every_answer_names_the_unit_it_is_in(rated: Api, path: str, currency: str) -> None:
    assert rated.read(path, display=currency)["reporting_currency"] == currency


@pytest.mark.parametrize("path", IN_OTHERS)
def test_the_reporting_currency_itself_changes_nothing(rated: Api, path: str) -> None:
    assert rated.read(path, display="USDT") == rated.read(path)


def test_a_currency_that_is_not_offered_is_refused(rated: Api) -> None:
    assert rated.get("/api/portfolio/overview?display=XAU").status_code == 422


def test_each_point_of_the_chart_takes_the_price_of_its_instant(rated: Api, exchange: SimulatorProcess) -> None:
    own = rated.read("/api/performance/twr-history", days=0, points=40)
    shown = rated.read("/api/performance/twr-history", days=0, points=40, display="EUR")
    assert [point["t"] for point in shown["series"]] == [point["t"] for point in own["series"]]
    prices = set()
    for before, after in zip(own["series"], shown["series"], strict=True):
        rate = price(exchange, "EURUSDT", before["t"])
        prices.add(rate)
        assert close_to(after["value_usd"], Decimal(before["value_usd"]) / rate)
    assert len(prices) > 1
    for before, after in zip(own["flows"], shown["flows"], strict=True):
        assert close_to(after["amount_usd"], Decimal(before["amount_usd"]) / price(exchange, "EURUSDT", before["t"]))


def test_a_return_is_chained_from_values_and_flows_in_the_currency(rated: Api) -> None:
    shown = rated.read("/api/performance/twr-history", days=0, points=5000, display="EUR")
    flows: dict[str, Decimal] = {}
    for flow in shown["flows"]:
        flows[flow["t"]] = flows.get(flow["t"], Decimal(0)) + Decimal(flow["amount_usd"])
    growth, capital = Decimal(1), Decimal(0)
    for point in shown["series"]:
        value = Decimal(point["value_usd"])
        if capital > 0:
            growth *= value / capital
        capital = value + flows.get(point["t"], Decimal(0))
    assert float(growth - 1) * 100 == pytest.approx(shown["series"][-1]["twr_percent"], abs=1e-6)
    stats = rated.read("/api/performance/stats", display="EUR")["periods"]["total"]
    assert stats["twr_percent"] == shown["series"][-1]["twr_percent"]


def test_net_deposits_are_each_flow_at_its_own_price(rated: Api, exchange: SimulatorProcess) -> None:
    flows = rated.read("/api/performance/cashflows", limit=1000)["items"]
    put_in = sum(
        (Decimal(flow["amount_usd"]) / price(exchange, "EURUSDT", flow["timestamp"]) for flow in flows), Decimal(0)
    )
    overview = rated.read("/api/portfolio/overview", display="EUR")
    assert close_to(overview["net_deposits_usd"], put_in)
    profit = Decimal(overview["total_value_usd"]) - Decimal(overview["net_deposits_usd"])
    assert close_to(overview["total_pnl_usd"], profit)


@pytest.mark.parametrize("currency", ["EUR", "ETH"])
def test_the_profit_of_a_window_is_its_end_less_its_start_and_flows_each_at_its_price(
    rated: Api, exchange: SimulatorProcess, currency: str
) -> None:
    symbol = f"{currency}USDT"
    told = rated.read("/api/performance/stats", display=currency)["periods"]
    flows = rated.read("/api/performance/cashflows", limit=1000)["items"]
    judged = 0
    for days, period in ((7, told["7d"]), (30, told["30d"]), (0, told["total"])):
        own = rated.read(f"/api/performance/pnl/{days}")
        if own["pnl_usd"] is None:
            continue
        start, end = own["start"], own["end"]
        worth = Decimal(own["end_value_usd"]) / price(exchange, symbol, end)
        before = Decimal(own["start_value_usd"]) / price(exchange, symbol, start)
        inside = [
            Decimal(flow["amount_usd"]) / price(exchange, symbol, flow["timestamp"])
            for flow in flows
            if start <= flow["timestamp"] < end
        ]
        assert close_to(period["pnl_usd"], worth - before - sum(inside, Decimal(0)))
        assert period["pnl_usd"] != own["pnl_usd"]
        judged += 1
    assert judged >= 2


def test_the_money_weighted_return_brings_the_payments_of_the_currency_to_nothing(
    rated: Api, exchange: SimulatorProcess
) -> None:
    own, flows = rated.read("/api/performance/pnl/0"), rated.read("/api/performance/cashflows", limit=1000)["items"]
    told = rated.read("/api/performance/stats", display="EUR")["periods"]["total"]
    days = [datetime.fromisoformat(at) for at in (own["start"], own["end"])]
    payments = [(own["start"], -Decimal(own["start_value_usd"])), (own["end"], Decimal(own["end_value_usd"]))]
    payments += [
        (flow["timestamp"], -Decimal(flow["amount_usd"]))
        for flow in flows
        if own["start"] <= flow["timestamp"] < own["end"]
    ]
    length = (days[1] - days[0]).total_seconds()
    # Below a year the figure is that of the period itself: time is counted in periods.
    growth = 1 + told["xirr_percent"] / 100
    worth = [float(amount / price(exchange, "EURUSDT", at)) for at, amount in payments]
    passed = [(datetime.fromisoformat(at) - days[0]).total_seconds() / length for at, _ in payments]
    left = sum(amount * growth**-years for amount, years in zip(worth, passed, strict=True))
    assert abs(left) < 1e-6 * max(map(abs, worth))


def test_a_coin_is_worth_its_own_quantity_in_itself(rated: Api) -> None:
    rows = rated.read("/api/portfolio/balances", display="BTC")["balances"]
    for row in (row for row in rows if row["asset"] == "BTC"):
        assert close_to(row["usd_value"], Decimal(row["total"]))


def test_what_would_need_the_price_of_every_purchase_is_unknown(rated: Api) -> None:
    overview = rated.read("/api/portfolio/overview", display="EUR")
    assert (overview["unrealized_pnl_usd"], overview["pnl_parts_reason"]) == (None, "other_currency")
    rows = rated.read("/api/portfolio/balances", display="EUR")["balances"]
    assert {(row["cost_usd"], row["unrealized_pnl_reason"]) for row in rows} == {(None, "other_currency")}


@pytest.mark.parametrize("path", IN_OTHERS)
def test_before_there_is_a_price_everything_is_unknown_and_nothing_zero(empty: Installation, path: str) -> None:
    body: dict[str, Any] = empty.api.read(path, display="EUR")
    money = {value for name, value in body.items() if name.endswith("_usd")}
    assert money <= {None}


@pytest.mark.parametrize("currency", ["EUR", "ETH"])
def test_a_report_in_another_currency_tells_what_the_pages_tell_in_it(rated: Api, currency: str) -> None:
    body = rated.read("/api/reports", period="2026", display=currency)
    told, page = body["summary"], rated.read("/api/performance/stats", display=currency)["periods"]["total"]
    for name in ("twr_percent", "pnl_usd", "pnl_percent", "xirr_percent", "benchmark_twr_percent", "excess_percent"):
        assert told[name] == page[name], name
    assert body["months"] == rated.read("/api/performance/monthly", months=240, display=currency)["items"]
    assert body["days"] == rated.read("/api/performance/daily", days=366, display=currency)["items"]
    risk = rated.read("/api/performance/risk", days=0, display=currency)
    for name in ("volatility", "sharpe", "max_drawdown", "best_day", "beta", "win_rate"):
        assert body["risk"][name] == risk[name], name
    assert body["series"][-1]["twr_percent"] == told["twr_percent"]
    assert body["series"][-1]["value_usd"] == told["end_value_usd"] == body["closing_holdings"]["value_usd"]
    assert Decimal(body["flows"]["totals"]["net_usd"]) == Decimal(told["net_flows_usd"])
    for part in (body["attribution"], body["profit"], body["fees"], body["income"]):
        assert (part["status"], part["reason"]) == ("unavailable", "other_currency")
    assert body["profit"]["totals"]["realized_pnl"] is body["fees"]["total_usd"] is None
