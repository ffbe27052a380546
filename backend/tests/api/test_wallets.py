"""Wallets as the API tells them: each with value, instant and reason, and the sums over all of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import pytest

from backend.core.model.holdings import Balance
from backend.core.model.instants import iso_ms
from backend.core.model.valuation import WALLET_UNKNOWN, PricedBalance, Valuation
from backend.core.model.wallets import WalletState
from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation
from backend.tests.builders import T0

D = Decimal
EARLIER: Final = T0 - 120_000
READ: Final = {"spot": T0, "earn_locked": EARLIER, "margin_cross": EARLIER, "futures_usdm": T0}


def line(balance: Balance, price: str, reason: str | None = None, read_ms: int | None = None) -> PricedBalance:
    return PricedBalance(balance, D(price), balance.valued * D(price), None, reason, read_ms)


VALUATION: Final = Valuation.of(
    T0,
    (
        line(Balance("spot", "BTC", D("0.5"), D("0.5")), "100"),
        line(Balance("earn_locked", "BTC", D(3), D(0)), "100", read_ms=EARLIER),
        line(Balance("margin_cross", "USDT", D(20), D(0), D(50), D(2)), "1", read_ms=EARLIER),
        line(Balance("futures_usdm", "USDT", D(30), D(0), unrealized=D(-5)), "1"),
        line(Balance("funding", "BTC", D(2), D(0)), "90", WALLET_UNKNOWN, EARLIER),
    ),
    wallets=(
        *(WalletState(wallet, "read", at_ms) for wallet, at_ms in READ.items()),
        WalletState("funding", "unknown", EARLIER, "exchange-unavailable"),
        WalletState("staking", "unknown", None, "request-budget"),
        WalletState("futures_coinm", "absent", None, "no_right"),
    ),
    depegged=True,
)


@pytest.fixture
def api(empty: Installation) -> Api:
    """Answers about an account that was valued once."""
    with empty.container.store.write() as unit:
        account = unit.accounts.ensure("simulator", "main", "digest").id
        unit.balances.replace(account, VALUATION)
        unit.accounts.update_sync(
            account, as_of=T0, refreshed_machine=T0, wallets=VALUATION.wallets, depegged=VALUATION.depegged
        )
    return empty.api


def test_the_net_asset_value_is_told_by_wallet(api: Api) -> None:
    nav = api.read("/api/portfolio/nav")
    assert (nav["nav"], nav["nav_spot_futures"]) == ("573", "125")
    assert (nav["status"], nav["reason"], nav["unknown_wallets"]) == ("estimated", "partial", ["funding", "staking"])
    found = {row["wallet"]: (row["value_usd"], row["complete"], row["as_of"], row["reason"]) for row in nav["wallets"]}
    assert found == {
        "spot": ("100", True, iso_ms(T0), None),
        "funding": ("180", False, iso_ms(EARLIER), "exchange-unavailable"),
        "earn_locked": ("300", True, iso_ms(EARLIER), None),
        "staking": (None, False, None, "request-budget"),
        "margin_cross": ("-32", True, iso_ms(EARLIER), None),
        "futures_usdm": ("25", True, iso_ms(T0), None),
    }
    assert [(row["wallet"], row["reason"]) for row in nav["absent_wallets"]] == [("futures_coinm", "no_right")]
    values = [D(row["value_usd"]) for row in nav["wallets"] if row["value_usd"] is not None]
    assert sum(values) == D(nav["nav"])


def test_each_balance_names_its_wallet_its_debts_and_its_instant(api: Api) -> None:
    body = api.read("/api/portfolio/balances")
    rows: dict[str, Any] = {row["wallet"]: row for row in body["balances"]}
    assert (body["complete"], body["unknown_wallets"]) == (False, ["funding", "staking"])
    margin, futures, funding = rows["margin_cross"], rows["futures_usdm"], rows["funding"]
    assert [margin[name] for name in ("free", "borrowed", "interest", "total", "usd_value")] == [
        "20", "50", "2", "-32", "-32",
    ]  # fmt: skip
    assert [futures[name] for name in ("total", "unrealized", "usd_value")] == ["30", "-5", "25"]
    assert (funding["status"], funding["reason"], funding["timestamp"]) == (
        "estimated", "wallet_unknown", iso_ms(EARLIER),
    )  # fmt: skip
    assert {wallet: row["timestamp"] for wallet, row in rows.items() if wallet in READ} == {
        wallet: iso_ms(at_ms) for wallet, at_ms in READ.items()
    }


def test_the_overview_lists_wallets_and_says_what_waits_for_the_user(api: Api) -> None:
    overview, nav = api.read("/api/portfolio/overview"), api.read("/api/portfolio/nav")
    assert (overview["total_value_usd"], overview["wallets"]) == (nav["nav"], nav["wallets"])
    assert (overview["complete"], overview["accounts"][0]["complete"]) == (False, False)
    waiting = {item["kind"]: item["params"] for item in overview["attention"]}
    assert waiting["wallets_unknown"] == {"account": "main", "wallets": ["funding", "staking"]}
    assert waiting["reporting_currency_depeg"] == {"currency": "USDT"}


@pytest.mark.parametrize(
    "path",
    [
        "portfolio/balances",
        "portfolio/overview",
        "portfolio/nav",
        "performance/twr/30",
        "performance/pnl/7",
        "performance/stats",
        "performance/twr-history",
        "performance/monthly",
        "performance/snapshots",
        "performance/cashflows",
    ],
)
def test_a_reporting_currency_that_left_the_dollar_is_said_with_every_figure(api: Api, path: str) -> None:
    assert api.read(f"/api/{path}")["reporting_currency_depeg"] is True
