"""Trades on margin become events of the ledger like those of spot, and leave nothing unexplained."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

import pytest

from backend.core.import_status import ImportStatus
from backend.core.model.history import MARGIN_TRADES
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.core.model.wallets import Wallet
from backend.core.portfolio_view import ViewSettings
from backend.core.ports import Exchange
from backend.tests.fakes import CutExchange
from backend.tests.integration.services.conftest import Bourse, Rig

OpenBourse = Callable[..., Bourse]
MakeRig = Callable[..., Rig]
CROSS, ISOLATED = MARGIN_TRADES[Wallet.MARGIN_CROSS], MARGIN_TRADES[Wallet.MARGIN_ISOLATED]
SETTINGS: Final = ViewSettings("simulator", "USDT", 30, 3600, "UTC")
TRADES_OF_MARGIN: Final = "/sapi/v1/margin/myTrades"


def move(bourse: Bourse, source: str, target: str, asset: str, amount: str, **more: str) -> None:
    bourse.do("transfer", **{"from": source, "to": target}, asset=asset, amount=amount, **more)


def on_margin(rig: Rig) -> list[LedgerEvent]:
    return [event for event in rig.events() if event.source in MARGIN_TRADES.values()]


def nothing_is_unexplained(rig: Rig) -> None:
    assert rig.sync().unreconciled == ()
    assert not [event for event in rig.events() if event.kind is EventKind.UNEXPLAINED]
    rig.agree()


@pytest.fixture
def traded(open_bourse: OpenBourse) -> Bourse:
    """A past of trades in both margin wallets, one of a coin that came by nothing else."""
    bourse = open_bourse(USDT="20000", BNB="3")
    for wallet in ("margin", "isolated_margin"):
        move(bourse, "spot", wallet, "USDT", "6000", at="2026-05-26T10:00:00Z")
    move(bourse, "spot", "margin", "BNB", "1", at="2026-05-26T10:00:00Z")
    for at, market, symbol, side, quantity in (
        ("27T10", "margin", "BTCUSDT", "BUY", "0.03"),
        ("28T10", "isolated_margin", "ETHUSDT", "BUY", "1.5"),
        ("29T10", "margin", "BTCUSDT", "SELL", "0.01"),
        ("30T10", "isolated_margin", "ETHUSDT", "SELL", "0.5"),
        ("31T10", "margin", "SOLUSDT", "BUY", "2"),
        ("31T14", "margin", "SOLUSDT", "SELL", "2"),
    ):
        bourse.do("trade", market=market, symbol=symbol, side=side, quantity=quantity, at=f"2026-05-{at}:00:00Z")
    return bourse


def test_a_first_import_tells_every_trade_with_both_legs_and_its_fee(traded: Bourse, make_rig: MakeRig) -> None:
    rig = make_rig(traded)
    rig.step()
    found = on_margin(rig)
    assert [(event.source, event.symbol, event.side) for event in found] == [
        (CROSS, "BTCUSDT", "BUY"),
        (ISOLATED, "ETHUSDT", "BUY"),
        (CROSS, "BTCUSDT", "SELL"),
        (ISOLATED, "ETHUSDT", "SELL"),
        (CROSS, "SOLUSDT", "BUY"),
        (CROSS, "SOLUSDT", "SELL"),
    ]
    first, second = found[:2]
    price = traded.price("BTC", first.at_ms)
    assert [(leg.asset, leg.amount, leg.role) for leg in first.legs[:2]] == [
        ("BTC", Decimal("0.03"), "in"),
        ("USDT", -price * Decimal("0.03"), "out"),
    ]
    assert (first.legs[2].asset, second.legs[2].asset) == ("BNB", "ETH")
    nothing_is_unexplained(rig)


def test_trades_on_margin_are_booked_like_those_of_spot(traded: Bourse, make_rig: MakeRig) -> None:
    rig = make_rig(traded)
    rig.step()
    with rig.store.read() as unit:
        rows = unit.books.trades(rig.account, None, None, (None, None), None, 100)
        state = unit.books.state(rig.account)
    assert sorted(row.source for row in rows) == [ISOLATED] * 2 + [CROSS] * 4
    sold = next(row for row in rows if (row.symbol, row.side) == ("BTCUSDT", "SELL"))
    bought = next(row for row in rows if (row.symbol, row.side) == ("BTCUSDT", "BUY"))
    assert sold.realized[0] is not None
    assert sold.fee_value is not None
    assert bought.fee_value is not None
    unit_cost = (bought.quote_quantity + bought.fee_value) / bought.quantity
    assert sold.realized[0] == pytest.approx(sold.quote_quantity - sold.fee_value - unit_cost * sold.quantity)
    assert state is not None
    assert state.settled
    assert state.reason is None


def test_a_new_trade_on_margin_is_found_without_any_other_sign(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="5000")
    rig = make_rig(bourse)
    rig.step()
    move(bourse, "spot", "margin", "USDT", "3000")
    rig.step()
    bourse.do("trade", market="margin", symbol="ETHUSDT", side="BUY", quantity="0.5")
    # A start of the program: margin wallets are read by a slow clock else.
    rig = make_rig(bourse)
    rig.step()
    assert [event.symbol for event in on_margin(rig)] == ["ETHUSDT"]
    nothing_is_unexplained(rig)


def test_a_short_sale_on_margin_costs_its_interest_once(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="5000")
    rig = make_rig(bourse)
    rig.step()
    move(bourse, "spot", "margin", "USDT", "3000")
    bourse.do("event", kind="borrow", asset="ETH", amount="0.5")
    bourse.do("trade", market="margin", symbol="ETHUSDT", side="SELL", quantity="0.5")
    bourse.do("event", kind="interest", asset="ETH", amount="0.0002")
    bourse.do("trade", market="margin", symbol="ETHUSDT", side="BUY", quantity="0.51")
    bourse.do("event", kind="repay", asset="ETH", amount="0.5002")
    rig.step()
    charged = [event for event in rig.events() if event.kind is EventKind.INTEREST]
    assert [leg for event in charged for leg in event.legs] == [charged[0].legs[0]]
    assert (charged[0].legs[0].asset, charged[0].legs[0].amount) == ("ETH", Decimal("-0.0002"))
    nothing_is_unexplained(rig)


def test_an_import_cut_off_anywhere_goes_on_where_it_stopped(traded: Bourse, make_rig: MakeRig) -> None:
    rig = make_rig(traded)
    cuts = 0

    def cutting(exchange: Exchange) -> CutExchange:
        return CutExchange(exchange, 3 + 3 * cuts)

    rig.wrap = cutting
    while not rig.try_step():
        cuts += 1
    assert cuts >= 8
    assert len(on_margin(rig)) == 6
    nothing_is_unexplained(rig)


def test_nothing_is_called_unexplained_while_trades_on_margin_are_not_told(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(USDT="5000")
    rig = make_rig(bourse)
    rig.step()
    move(bourse, "spot", "margin", "USDT", "3000")
    bourse.do("trade", market="margin", symbol="ETHUSDT", side="BUY", quantity="0.5")
    bourse.break_answers("http_500", match="/sapi/v1/margin/myTrades")
    rig.step()
    assert {event.kind for event in rig.events()} == {EventKind.DEPOSIT}
    bourse.calm_down()
    rig.step()
    assert len(on_margin(rig)) == 1
    nothing_is_unexplained(rig)


def test_margin_wallets_that_were_never_used_are_not_asked_for_trades(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(USDT="5000", BTC="1")
    bourse.do("trade", symbol="BTCUSDT", side="SELL", quantity="0.1", at="2026-05-26T10:00:00Z")
    before = asked(bourse)
    rig = make_rig(bourse)
    rig.step()
    assert asked(bourse) == before
    rows = {one.source for _, one in ImportStatus(rig.store, rig.portfolio, SETTINGS, lambda: 0).coverage(None)[1]}
    assert not rows & set(MARGIN_TRADES.values())


def test_interest_and_loans_of_an_isolated_pair_are_read_by_its_name(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse("2025-09-01T10:00:00Z", USDT="5000")
    move(bourse, "spot", "isolated_margin", "USDT", "1000", at="2025-09-02T10:00:00Z")
    # What is held names the pair: nothing was traded in it.
    bourse.do("deposit", asset="ETH", amount="0.1", at="2025-09-02T11:00:00Z")
    move(bourse, "spot", "isolated_margin", "ETH", "0.1", at="2025-09-02T12:00:00Z")
    pair = {"asset": "USDT", "pair": "ETHUSDT"}
    for at, kind, amount in (
        ("2025-09-03", "borrow", "300"),
        ("2025-09-20", "interest", "1.5"),
        ("2026-05-20", "interest", "0.75"),
        ("2026-05-21", "repay", "302.25"),
    ):
        bourse.do("event", kind=kind, at=f"{at}T10:00:00Z", amount=amount, **pair)
    rig = make_rig(bourse)
    rig.step()
    rig.step()
    nothing_is_unexplained(rig)
    charged = [event for event in rig.events() if event.kind is EventKind.INTEREST]
    assert [(event.symbol, event.legs[0].amount) for event in charged] == [
        *(("ETHUSDT", Decimal("-1.5")), ("ETHUSDT", Decimal("-0.75"))),
    ]
    _, rows = ImportStatus(rig.store, rig.portfolio, SETTINGS, lambda: 0).coverage(None)
    told = {one.source: one for _, one in rows}
    # An archive is known to be told once it told anything; older loans are not.
    assert told["isolated_interest:ETHUSDT"].complete
    assert told["isolated_loan:ETHUSDT"].reason == "beyond_horizon"
    repaid = [event for event in rig.events() if event.source == "margin_repayment"]
    assert [event.symbol for event in repaid] == ["ETHUSDT"]


def test_the_coverage_names_trades_on_margin_once_there_are_any(traded: Bourse, make_rig: MakeRig) -> None:
    rig = make_rig(traded)
    rig.step()
    _, rows = ImportStatus(rig.store, rig.portfolio, SETTINGS, lambda: 0).coverage(None)
    told = {one.source: one.complete for _, one in rows}
    assert (told[CROSS], told[ISOLATED]) == (True, True)


def asked(bourse: Bourse) -> int:
    """How often anybody asked this exchange for trades on margin."""
    log = bourse.simulator.control("/sim/requests")
    return sum(row["count"] for row in log["requests"] if row["path"] == TRADES_OF_MARGIN)
