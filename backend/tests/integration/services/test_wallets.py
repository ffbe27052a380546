"""Every wallet is in the value, or the value says what it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

import pytest

from backend.core.model.valuation import Valuation
from backend.core.views import BalancesView
from backend.exchange.binance.client import Endpoints
from backend.exchange.factory import ExchangeAccess
from backend.tests.integration.services.conftest import Bourse, Rig

PRICES: Final = {"BTCUSDT": "50000", "ETHUSDT": "2500", "USDCUSDT": "1"}
FUNDING: Final = "/sapi/v1/asset/get-funding-asset"


@pytest.fixture
def bourse(open_bourse: Callable[..., Bourse]) -> Iterator[Bourse]:
    """1000 USDT, 1 BTC and 2 ETH in spot, at prices that stand still."""
    found = open_bourse(USDT="1000", BTC="1", ETH="2")
    found.simulator.control("/sim/prices", PRICES)
    yield found
    found.simulator.control("/sim/prices", dict.fromkeys(PRICES, "free"))


def held(valuation: Valuation) -> Mapping[tuple[str, str], Decimal]:
    return {(line.balance.wallet, line.balance.asset): line.balance.total for line in valuation.lines}


def look(rig: Rig) -> BalancesView:
    return rig.portfolio.balances(None)


def move(bourse: Bourse, wallet: str, asset: str, amount: str) -> None:
    bourse.do("transfer", **{"from": "spot", "to": wallet, "asset": asset, "amount": amount})


def asked(bourse: Bourse) -> Counter[str]:
    """Requests by path since the exchange started."""
    found: Counter[str] = Counter()
    for row in bourse.simulator.control("/sim/requests")["requests"]:
        found[row["path"]] += row["count"]
    return found


def test_what_is_moved_between_wallets_stays_in_the_value(bourse: Bourse, make_rig: Callable[..., Rig]) -> None:
    for number, wallet in enumerate(
        ("funding", "earn_flexible", "earn_locked", "margin", "isolated_margin", "usdm"), 1
    ):
        move(bourse, wallet, "USDT", str(number))
    move(bourse, "coinm", "BTC", "0.25")
    move(bourse, "earn_flexible", "ETH", "0.5")
    valuation = make_rig(bourse).step()
    assert held(valuation) == {
        ("spot", "USDT"): Decimal(1000 - 21),
        ("spot", "BTC"): Decimal("0.75"),
        ("spot", "ETH"): Decimal("1.5"),
        ("funding", "USDT"): Decimal(1),
        ("earn_flexible", "USDT"): Decimal(2),
        ("earn_flexible", "ETH"): Decimal("0.5"),
        ("earn_locked", "USDT"): Decimal(3),
        ("margin_cross", "USDT"): Decimal(4),
        ("margin_isolated", "USDT"): Decimal(5),
        ("futures_usdm", "USDT"): Decimal(6),
        ("futures_coinm", "BTC"): Decimal("0.25"),
    }
    assert valuation.total == 1000 + 50000 + 2 * 2500
    assert (valuation.unknown_wallets, valuation.unpriced) == ((), ())


def test_futures_count_with_their_unrealised_profit_at_the_market_price(
    bourse: Bourse, make_rig: Callable[..., Rig]
) -> None:
    move(bourse, "usdm", "USDT", "500")
    move(bourse, "coinm", "BTC", "0.5")
    bourse.do("trade", symbol="BTCUSDT", side="BUY", quantity="0.01", market="usdm")
    bourse.do("trade", symbol="BTCUSD_PERP", side="SELL", quantity="10", market="coinm")
    bourse.simulator.control("/sim/prices", {"BTCUSDT": "60000"})
    rig = make_rig(bourse)
    valuation = rig.step()
    lines = {line.balance.wallet: line for line in valuation.lines if line.balance.wallet.startswith("futures")}
    usdm, coinm = lines["futures_usdm"], lines["futures_coinm"]
    assert usdm.balance.unrealized == Decimal(100)
    assert usdm.value == usdm.balance.total + 100
    # Ten contracts of 100 USD, sold at 50000 and worth 60000: a loss, in the coin.
    assert coinm.balance.unrealized == pytest.approx(Decimal(1000) / 60000 - Decimal(1000) / 50000, rel=Decimal("1e-6"))
    assert coinm.value == (coinm.balance.total + coinm.balance.unrealized) * 60000
    spot = sum(line.value or 0 for line in valuation.lines if line.balance.wallet == "spot")
    assert look(rig).spot_futures == valuation.total == spot + usdm.value + coinm.value


def test_debts_of_margin_are_taken_off_the_value(bourse: Bourse, make_rig: Callable[..., Rig]) -> None:
    move(bourse, "margin", "USDT", "100")
    bourse.do("event", kind="borrow", asset="ETH", amount="1")
    bourse.do("event", kind="interest", asset="ETH", amount="0.1")
    valuation = make_rig(bourse).step()
    (debt,) = [line for line in valuation.lines if line.balance.wallet == "margin_cross" and line.balance.borrowed]
    assert (debt.balance.borrowed, debt.balance.interest) == (Decimal(1), Decimal("0.1"))
    assert debt.value == Decimal("-0.1") * 2500
    assert valuation.total == 1000 + 50000 + 2 * 2500 - 250


@pytest.mark.parametrize(
    ("simulated", "wallet", "path"),
    [
        ("funding", "funding", FUNDING),
        ("earn_flexible", "earn_flexible", "/sapi/v1/simple-earn/flexible/position"),
        ("earn_locked", "earn_locked", "/sapi/v1/simple-earn/locked/position"),
        ("margin", "margin_cross", "/sapi/v1/margin/account"),
        ("isolated_margin", "margin_isolated", "/sapi/v1/margin/isolated/account"),
        ("usdm", "futures_usdm", "/fapi/v3/account"),
        ("coinm", "futures_coinm", "/dapi/v1/account"),
    ],
)
def test_a_wallet_that_cannot_be_read_keeps_its_last_value_and_time_and_is_named(
    bourse: Bourse, make_rig: Callable[..., Rig], simulated: str, wallet: str, path: str
) -> None:
    move(bourse, simulated, "ETH", "1")
    rig = make_rig(bourse)
    before = rig.step()
    bourse.break_answers("http_500", match=f"{path}$")
    bourse.simulator.control("/sim/prices", {"ETHUSDT": "5000"})
    # Another run of the program: it asks every wallet anew, and what it was is in the database.
    other = make_rig(bourse)
    after = other.step()
    assert after.total == before.total + 2500
    (line,) = [line for line in after.lines if line.balance.wallet == wallet]
    (known,) = [line for line in before.lines if line.balance.wallet == wallet]
    assert (line.value, line.price, line.reason) == (known.value, Decimal(2500), "wallet_unknown")
    view = look(other)
    assert (view.status, view.reason, view.complete) == ("estimated", "partial", False)
    assert (list(view.unknown_wallets), view.total) == ([wallet], after.total)
    (unknown,) = [one for one in view.wallets if one.wallet == wallet]
    assert (unknown.value, unknown.complete, unknown.reason) == (known.value, False, "exchange-unavailable")
    (at_ms,) = [at_ms for _, at_ms, line in view.lines if line.balance.wallet == wallet]
    assert at_ms <= before.at_ms
    assert unknown.as_of_ms == at_ms
    bourse.calm_down()
    assert other.step().total == before.total + 2 * 2500
    assert (look(other).status, look(other).unknown_wallets) == ("exact", ())


def test_a_wallet_that_was_never_read_is_no_zero(bourse: Bourse, make_rig: Callable[..., Rig]) -> None:
    move(bourse, "funding", "USDT", "400")
    bourse.break_answers("http_500", match=f"{FUNDING}$")
    rig = make_rig(bourse)
    valuation = rig.step()
    assert valuation.total == 600 + 50000 + 2 * 2500
    view = look(rig)
    (funding,) = [one for one in view.wallets if one.wallet == "funding"]
    assert (funding.value, funding.as_of_ms, funding.complete) == (None, None, False)
    assert (view.status, view.reason) == ("estimated", "partial")


def test_a_refresh_asks_the_dear_wallets_rarely(bourse: Bourse, make_rig: Callable[..., Rig]) -> None:
    rig = make_rig(bourse)
    rig.step()
    first = asked(bourse)
    rig.step()
    again = asked(bourse)
    assert again[FUNDING] == first[FUNDING] + 1
    dear = [path for path in first if path.startswith("/sapi/") and path.endswith(("/position", "/account"))]
    assert len(dear) == 6
    assert all(again[path] == first[path] for path in dear)


def test_a_testnet_is_never_asked_for_a_path_that_it_has_not(
    bourse: Bourse, make_rig: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ExchangeAccess, "_endpoints", lambda _: Endpoints(f"{bourse.simulator.url}/api"))
    rig = make_rig(bourse)
    before = asked(bourse)
    valuation = rig.step()
    new = asked(bourse) - before
    assert valuation.total == 1000 + 50000 + 2 * 2500
    assert {path.split("/")[1] for path in new} == {"api"}
    assert (look(rig).status, {reason for _, _, reason in look(rig).absent}) == ("exact", {"not_here"})


def test_a_dollar_that_is_none_is_said_with_every_figure(bourse: Bourse, make_rig: Callable[..., Rig]) -> None:
    rig = make_rig(bourse)
    for price, gone in (("0.9949", True), ("0.995", False), ("1.005", False), ("1.0051", True)):
        bourse.simulator.control("/sim/prices", {"USDCUSDT": price})
        assert rig.step().depegged is gone
        assert look(rig).basis.depegged is gone
        assert rig.tracker.window(0, None).basis.depegged is gone


def test_the_index_of_margin_assets_is_told_by_asset(bourse: Bourse, make_rig: Callable[..., Rig]) -> None:
    index = make_rig(bourse).session().exchange.margin_index()
    assert (index["BTC"], index["USDT"]) == (Decimal(50000), Decimal(1))
