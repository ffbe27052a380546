"""Profit of a period by coin on a ledger that changes: nothing is told that rests on what is being booked anew."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from backend.core.ledger.lots import Method
from backend.core.portfolio_view import ViewSettings
from backend.core.position_views import SymbolsView
from backend.core.profit_book import ProfitBook
from backend.tests.integration.services.conftest import Bourse, Rig

SETTINGS: Final = ViewSettings("simulator", "USDT", 30, 3600, "UTC")


def of_a_week(rig: Rig) -> SymbolsView:
    return ProfitBook(rig.store, rig.portfolio, rig.tracker, SETTINGS).by_symbol("7d", Method.AVERAGE, None)


def test_nothing_is_told_of_a_period_while_what_was_before_it_is_booked_anew(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", BTC="0.1")
    bourse.do("deposit", asset="BTC", amount="0.01", at="2026-05-30T10:00:00Z")
    rig = make_rig(bourse)
    rig.step()
    known = of_a_week(rig)
    assert known.start_ms is not None
    assert known.rows
    for from_ms, told in ((known.start_ms + 1, known.rows), (known.start_ms, [])):
        with rig.store.write() as unit:
            unit.books.mark(rig.account, from_ms)
        found = of_a_week(rig)
        assert [row.total for row in found.rows] == [row.total for row in told]
        assert found.reason == "recomputing"
        assert (found.status == "unavailable") is (told == [])
    rig.step()
    assert of_a_week(rig).rows == known.rows


def test_coins_that_were_held_before_a_period_earn_in_it_what_their_price_gained(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    rig = make_rig(open_bourse(USDT="1000", BTC="0.1"))
    rig.step()
    found = of_a_week(rig)
    assert found.start_ms is not None
    (coin,) = [row for row in found.rows if row.asset == "BTC"]
    now = next(line.price for _, _, line in rig.portfolio.balances(None).lines if line.balance.asset == "BTC")
    assert now is not None
    gained = Decimal("0.1") * (now - rig.bourse.price("BTC", found.start_ms))
    assert (coin.realized, coin.trades, coin.unrealized) == (Decimal(0), 0, gained)
