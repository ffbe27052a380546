"""Metrics of several accounts: as many days of each, not the whole history of all."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation, simulator_settings
from backend.tests.simulator.harness import SimulatorProcess

KEYS = ("metrics-one", "metrics-two")
# Each answer is rounded to its own last digit.
DIGITS_SHOWN = Decimal("1e-20")
ADDED_UP = ("realized_pnl", "income_usd", "fees_usd", "trades", "closing_trades")


@pytest.fixture(scope="module")
def both(exchange: SimulatorProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """An installation with two accounts whose histories are read and booked."""
    folder: Path = tmp_path_factory.mktemp("metrics")
    entries = []
    for seed, key in enumerate(KEYS, 21):
        exchange.open_account(key, "secret", balances={}, created_at="2026-04-01T00:00:00Z")
        exchange.control("/sim/history", {"api_key": key, "days": 20, "seed": seed, "trades": 16, "flows": 6})
        entries.append(f'[[account]]\nname = "{key}"\napi_key = "{key}"\napi_secret = "secret"\n')
    file = folder / "accounts.toml"
    file.touch(0o600)
    file.write_text("\n".join(entries), "utf-8")
    settings = simulator_settings(exchange.url, folder)
    del settings["BINANCE_API_KEY"], settings["BINANCE_API_SECRET"]
    with Installation(settings, folder) as installation:
        installation.settled()
        yield installation.api


@pytest.mark.parametrize("period", ["7d", "14d", "total"])
def test_metrics_of_all_accounts_are_those_of_each_added_up(both: Api, period: str) -> None:
    together = both.read("/api/portfolio/metrics", period=period)
    accounts = {row["account"] for row in both.read("/api/portfolio/balances")["balances"]}
    assert len(accounts) == len(KEYS)
    alone = [both.read("/api/portfolio/metrics", period=period, account=account) for account in accounts]
    for name in ADDED_UP:
        added = sum((Decimal(str(one[name])) for one in alone), Decimal(0))
        assert abs(Decimal(str(together[name])) - added) < DIGITS_SHOWN


def test_a_short_period_holds_less_than_the_whole_history(both: Api) -> None:
    assert (
        both.read("/api/portfolio/metrics", period="7d")["trades"]
        < both.read("/api/portfolio/metrics", period="total")["trades"]
    )


def test_a_report_of_all_accounts_adds_them_up_and_tells_their_return(both: Api) -> None:
    accounts = [account["id"] for account in both.read("/api/portfolio/overview")["accounts"]]
    every = both.read("/api/reports", period="2026")
    ones = [both.read("/api/reports", period="2026", account=account) for account in accounts]
    told = every["summary"]
    returns = [one["summary"]["twr_percent"] for one in ones]
    assert (told["status"], told["reason"]) == ("exact", None)
    assert min(returns) <= told["twr_percent"] <= max(returns)
    change = Decimal(told["end_value_usd"]) - Decimal(told["start_value_usd"])
    assert Decimal(told["pnl_usd"]) == change - Decimal(told["net_flows_usd"])
    assert every["benchmark"]["status"] == "exact"
    assert every["series"][-1]["twr_percent"] == told["twr_percent"]
    parts = every["attribution"]
    assert (parts["status"], parts["reason"]) == ("exact", None)
    assert Decimal(parts["residual_usd"]) == 0
    assert [one["id"] for one in every["accounts"]] == accounts
    for name in ("start_value_usd", "end_value_usd"):
        assert Decimal(told[name]) == sum(Decimal(one["summary"][name]) for one in ones)
    for name in ("fees", "income"):
        assert Decimal(every[name]["total_usd"]) == sum(Decimal(one[name]["total_usd"]) for one in ones)
    for name in ("realized_pnl", "unrealized_pnl"):
        parts = sum(Decimal(one["profit"]["totals"][name]) for one in ones)
        assert abs(Decimal(every["profit"]["totals"][name]) - parts) < DIGITS_SHOWN
    assert len(every["flows"]["items"]) == sum(len(one["flows"]["items"]) for one in ones)
    assert Decimal(every["flows"]["totals"]["net_usd"]) == sum(Decimal(one["summary"]["net_flows_usd"]) for one in ones)
    held = {coin["asset"]: Decimal(coin["quantity"]) for coin in every["closing_holdings"]["items"]}
    for asset, quantity in held.items():
        coins = [coin for one in ones for coin in one["closing_holdings"]["items"] if coin["asset"] == asset]
        assert quantity == sum(Decimal(coin["quantity"]) for coin in coins)
