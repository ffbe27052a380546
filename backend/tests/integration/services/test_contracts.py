"""Positions in futures contracts, beside what the exchange itself booked; the coins they move are counted once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import pytest

from backend.core.import_status import ImportStatus
from backend.core.ledger.lots import Method
from backend.core.ledger.replay import final_quantities
from backend.core.model.holdings import EventKind
from backend.core.model.instants import DAY_MS, MINUTE_MS
from backend.core.portfolio_view import ViewSettings
from backend.core.ports import Exchange
from backend.core.position_views import PositionView
from backend.core.trade_book import TradeBook, Wanted
from backend.tests.fakes import CutExchange
from backend.tests.integration.services.conftest import Bourse, Rig, ms_of

OpenBourse = Callable[..., Bourse]
MakeRig = Callable[..., Rig]
SETTINGS: Final = ViewSettings("simulator", "USDT", 30, 3600, "UTC")
HISTORY: Final = "futures_trades_usdm"
RESULTS: Final = frozenset({"futures_commission", "realized_pnl", "funding_fee"})


def day(number: int, hour: int = 10, minute: int = 0) -> str:
    return f"2026-05-{number:02}T{hour:02}:{minute:02}:00Z"


def fill(bourse: Bourse, side: str, quantity: str, symbol: str = "BTCUSDT", market: str = "usdm", **more: str) -> Any:
    told = bourse.do("trade", market=market, symbol=symbol, side=side, quantity=quantity, **more)
    return told["fills"][0]


def listed(rig: Rig, wanted: Wanted = "all", limit: int = 100, cursor: str | None = None) -> list[PositionView]:
    return [row for row in page(rig, wanted, limit, cursor).rows if row.futures]


def page(rig: Rig, wanted: Wanted = "all", limit: int = 100, cursor: str | None = None) -> Any:
    return TradeBook(rig.store, rig.portfolio, SETTINGS).positions(wanted, Method.AVERAGE, limit, cursor, None)


def booked(bourse: Bourse, wallet: str = "usdm") -> dict[str, Decimal]:
    """What the exchange booked for contracts of a wallet, by kind."""
    found: dict[str, Decimal] = dict.fromkeys(RESULTS, Decimal(0))
    for row in bourse.ledger():
        if row["wallet"] == wallet and row["kind"] in RESULTS:
            found[row["kind"]] += Decimal(row["change"])
    return found


@pytest.fixture
def trader(open_bourse: OpenBourse) -> Bourse:
    bourse = open_bourse(USDT="20000", BTC="0.5")
    bourse.do("transfer", **{"from": "spot", "to": "usdm"}, asset="USDT", amount="8000", at=day(25, 11))
    bourse.do("transfer", **{"from": "spot", "to": "coinm"}, asset="BTC", amount="0.3", at=day(25, 11))
    return bourse


def test_an_open_position_is_what_the_exchange_says_of_it(trader: Bourse, make_rig: MakeRig) -> None:
    first = fill(trader, "BUY", "0.03", at=day(26))
    second = fill(trader, "BUY", "0.01", at=day(27))
    rig = make_rig(trader)
    rig.step()
    (row,) = listed(rig, "open")
    prices = [Decimal(one["price"]) for one in (first, second)]
    entry = (prices[0] * 3 + prices[1]) / 4
    told = booked(trader)
    assert (row.symbol, row.asset, row.short, row.quantity, row.trades) == ("BTCUSDT", "BTC", False, Decimal("0.04"), 2)
    assert (row.opened_ms, row.closed_ms) == (ms_of(day(26)), None)
    assert row.entry_price == entry
    assert row.price is not None
    assert row.unrealized == (row.price - entry) * Decimal("0.04")
    assert row.cost == pytest.approx(entry * Decimal("0.04"))
    assert row.value == row.price * Decimal("0.04")
    assert row.fees == -told["futures_commission"]
    assert row.income == told["funding_fee"] != 0
    assert row.realized == told["futures_commission"] + told["funding_fee"]
    assert (row.status, row.reason) == ("exact", None)
    assert page(rig).open_count == len(page(rig, "open").rows)
    assert rig.portfolio.overview(None).profit.open_positions == page(rig).open_count


def test_positions_that_were_closed_add_up_to_what_the_exchange_booked(trader: Bourse, make_rig: MakeRig) -> None:
    fill(trader, "BUY", "0.03", at=day(26))
    fill(trader, "SELL", "0.01", at=day(26, 20))
    fill(trader, "SELL", "0.02", at=day(27))
    fill(trader, "SELL", "0.05", at=day(28))
    fill(trader, "BUY", "0.08", at=day(29))  # closes a short position and opens a long one
    fill(trader, "SELL", "0.03", at=day(30))
    rig = make_rig(trader)
    rig.step()
    rows = listed(rig, "closed")
    assert [(row.short, row.quantity, row.trades) for row in rows] == [
        (False, Decimal("0.03"), 2),
        (True, Decimal("0.05"), 2),
        (False, Decimal("0.03"), 3),
    ]
    assert [(row.opened_ms, row.closed_ms) for row in rows] == [
        (ms_of(day(29)), ms_of(day(30))),
        (ms_of(day(28)), ms_of(day(29))),
        (ms_of(day(26)), ms_of(day(27))),
    ]
    assert sum(row.realized or 0 for row in rows) == sum(booked(trader).values())
    assert sum(row.fees or 0 for row in rows) == -booked(trader)["futures_commission"]
    assert listed(rig, "open") == []
    assert page(rig).closed_count == 3


def test_fills_change_no_quantity_of_a_coin_and_nothing_is_counted_twice(trader: Bourse, make_rig: MakeRig) -> None:
    fill(trader, "SELL", "0.05", at=day(26))
    rig = make_rig(trader)
    rig.step()
    fill(trader, "BUY", "0.02")
    fill(trader, "BUY", "0.03")
    rig.step()
    assert rig.sync().unreconciled == ()
    kinds = {event.kind for event in rig.events()}
    assert EventKind.TRADE not in kinds
    assert final_quantities(rig.events()) == trader.held_before(2**60)
    (row,) = listed(rig)
    assert (row.short, row.closed_ms is not None) == (True, True)
    assert row.realized == sum(booked(trader).values())


def test_a_coin_margined_position_is_worth_its_coin(trader: Bourse, make_rig: MakeRig) -> None:
    opened = fill(trader, "BUY", "50", "BTCUSD_PERP", "coinm", at=day(27, 12))
    closed = fill(trader, "SELL", "20", "BTCUSD_PERP", "coinm", at=day(27, 15))
    rig = make_rig(trader)
    rig.step()
    (row,) = listed(rig)
    assert (row.symbol, row.asset, row.quantity, row.trades) == ("BTCUSD_PERP", "BTC", Decimal(30), 2)
    assert row.entry_price == pytest.approx(Decimal(opened["price"]))
    worth = sum(
        Decimal(change["change"]) * trader.price("BTC", change["at_ms"])
        for change in trader.ledger()
        if change["wallet"] == "coinm" and change["kind"] in RESULTS
    )
    assert row.realized == pytest.approx(worth)
    assert row.exit_price == pytest.approx(Decimal(closed["price"]))
    assert row.value is not None
    assert row.value == pytest.approx(Decimal(3000), rel=Decimal("0.01"))


def test_what_began_before_the_exchange_remembers_has_no_beginning(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse("2026-01-10T10:00:00Z", USDT="20000")
    bourse.do("transfer", **{"from": "spot", "to": "usdm"}, asset="USDT", amount="8000", at="2026-01-11T10:00:00Z")
    old = fill(bourse, "BUY", "0.05", at="2026-01-12T10:00:00Z")
    fill(bourse, "SELL", "0.02", at="2026-05-20T10:00:00Z")
    rig = make_rig(bourse)
    rig.step()
    (row,) = listed(rig)
    assert (row.quantity, row.entry_price) == (Decimal("0.03"), Decimal(old["price"]))
    assert (row.opened_ms, row.status, row.reason) == (None, "estimated", "beyond_horizon")
    assert row.unrealized is not None
    fill(bourse, "SELL", "0.03")
    rig.step()
    (row,) = listed(rig)
    assert (row.closed_ms is not None, row.opened_ms, row.entry_price) == (True, None, None)
    assert (row.status, row.reason) == ("estimated", "beyond_horizon")
    fill(bourse, "SELL", "0.01")
    rig.step()
    newest = listed(rig, "open")[0]
    assert (newest.short, newest.status) == (True, "exact")
    _, rows = ImportStatus(rig.store, rig.portfolio, SETTINGS, lambda: 0).coverage(None)
    gaps = {one.source: [gap.reason for gap in one.gaps] for _, one in rows}
    assert gaps["futures_usdm"] == gaps["futures_trades_usdm"] == ["beyond_horizon"]


def test_answers_that_cannot_be_used_leave_nothing_wrong_behind(trader: Bourse, make_rig: MakeRig) -> None:
    for number in range(26, 31):
        fill(trader, "BUY", "0.01", at=day(number))
        fill(trader, "SELL", "0.01", "ETHUSDT", at=day(number))
    fill(trader, "SELL", "0.05", at=day(31))
    whole = make_rig(trader)
    whole.step()
    assert len(listed(whole)) == 2
    trader.break_answers("http_500", "garbage", p=0.5, seed=3, match="userTrades|positionRisk")
    fill(trader, "BUY", "0.02")
    for _ in range(6):
        whole.step()
    trader.calm_down()
    whole.step()
    rows = listed(whole)
    assert [row.symbol for row in rows if row.closed_ms is None] == ["ETHUSDT", "BTCUSDT"]
    assert sum(row.realized or 0 for row in rows) == sum(booked(trader).values())


def test_fills_cut_off_between_two_windows_are_read_on_from_there(trader: Bourse, make_rig: MakeRig) -> None:
    for number in range(26, 31):
        fill(trader, "BUY", "0.01", at=day(number))
    rig = make_rig(trader)
    cuts = 0

    def cutting(exchange: Exchange) -> CutExchange:
        return CutExchange(exchange, 20 * cuts)

    rig.wrap = cutting
    while cuts < 20:
        rig.try_step()
        cuts += 1
    rig.wrap = lambda exchange: exchange
    rig.step()
    (row,) = listed(rig)
    assert (row.trades, row.opened_ms, row.status) == (5, ms_of(day(26)), "exact")


def test_pages_of_coins_and_contracts_tell_every_row_once(trader: Bourse, make_rig: MakeRig) -> None:
    for number in (26, 27, 28):
        fill(trader, "BUY", "0.01", at=day(number, 9))
        fill(trader, "SELL", "0.01", at=day(number))
        for side, quantity in (("BUY", "1"), ("SELL", "0.999")):
            trader.do("trade", symbol="SOLUSDT", side=side, quantity=quantity, at=day(number))
    fill(trader, "BUY", "0.01", at=day(29))
    rig = make_rig(trader)
    rig.step()
    wanted: tuple[Wanted, ...] = ("open", "closed", "all")
    for status in wanted:
        whole = [row.id for row in page(rig, status).rows]
        told: list[str] = []
        cursor = None
        while True:
            one = page(rig, status, 1, cursor)
            told += [row.id for row in one.rows]
            cursor = one.next_cursor
            if cursor is None:
                break
        assert told == whole
        assert len(set(told)) == len(told) > 1


def test_fills_of_a_time_that_nobody_looked_at_are_a_gap_once_they_are_not_told_any_more(
    trader: Bourse, make_rig: MakeRig
) -> None:
    fill(trader, "BUY", "0.03", at=day(26))
    fill(trader, "SELL", "0.03", at=day(27))
    rig = make_rig(trader)
    rig.step()
    looked = covered(rig)["since"]
    # The program was off for a hundred days, and contracts are told for eighty-nine.
    with rig.store.write() as unit:
        unit.ledger.set_cursor(rig.account, HISTORY, "until", trader.now_ms() - 100 * DAY_MS)
        unit.ledger.set_cursor(rig.account, HISTORY, "since", trader.now_ms() - 300 * DAY_MS)
    fill(trader, "BUY", "0.01")
    rig.step()
    edge = trader.now_ms() - 89 * DAY_MS
    assert covered(rig)["since"] == pytest.approx(edge, abs=MINUTE_MS)
    assert covered(rig)["since"] >= looked
    assert covered(rig)["until"] == pytest.approx(trader.now_ms(), abs=MINUTE_MS)


def test_contracts_that_are_closed_are_looked_at_all_the_same(trader: Bourse, make_rig: MakeRig) -> None:
    fill(trader, "BUY", "0.03", at=day(26))
    fill(trader, "SELL", "0.03", at=day(27))
    rig = make_rig(trader)
    rig.step()
    trader.pass_s(2 * 3_600)
    rig.step()
    assert covered(rig)["until"] == pytest.approx(trader.now_ms(), abs=MINUTE_MS)


def covered(rig: Rig) -> dict[str, int]:
    with rig.store.read() as unit:
        return dict(unit.ledger.cursors(rig.account, HISTORY))
