"""Hedge mode: LONG and SHORT of one contract are two positions, open at once, and never made one of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from backend.core.model.contracts import BOTH_SIDES, DIFFERS
from backend.core.model.futures import FuturesPosition, FuturesTrade
from backend.core.model.wallets import Wallet
from backend.core.position_views import PositionView
from backend.exchange.binance import futures_parse
from backend.tests.integration.services.conftest import Bourse, Rig, ms_of
from backend.tests.integration.services.test_contracts import day, fill, listed

OpenBourse = Callable[..., Bourse]
MakeRig = Callable[..., Rig]


@dataclass
class Book:
    """What the exchange tells of BTCUSDT in hedge mode: rows of its answers, and what is held of each side."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)

    def trade(self, side: str, position: str, quantity: str, at_ms: int, realized: str = "0") -> None:
        number = len(self.rows) + 1
        self.rows.append(
            {
                "symbol": "BTCUSDT", "id": number, "orderId": 100 + number, "side": side, "positionSide": position,
                "price": "50000", "qty": quantity, "quoteQty": str(Decimal(quantity) * 50000), "commission": "0.5",
                "commissionAsset": "USDT", "realizedPnl": realized, "buyer": side == "BUY", "maker": False,
                "time": at_ms,
            }
        )  # fmt: skip

    def positions(self) -> list[dict[str, Any]]:
        return [
            {
                "symbol": "BTCUSDT", "positionSide": side, "positionAmt": amount, "entryPrice": "50000",
                "breakEvenPrice": "50010", "markPrice": "50100", "unRealizedProfit": "1.5", "liquidationPrice": "0",
                "isolatedMargin": "0", "notional": str(Decimal(amount) * 50100), "marginAsset": "USDT",
                "isolatedWallet": "0", "initialMargin": "10", "maintMargin": "1", "positionInitialMargin": "10",
                "openOrderInitialMargin": "0", "adl": 2, "bidNotional": "0", "askNotional": "0",
                "updateTime": 1_780_000_000_000,
            }
            for side, amount in self.held.items()
        ]  # fmt: skip


class Hedged:
    """A real client whose USD-M contracts are those of a `Book`."""

    def __init__(self, inner: Any, book: Book) -> None:
        self._inner = inner
        self._book = book

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def futures_positions(self, wallet: Wallet) -> Sequence[FuturesPosition]:
        return [one for one in futures_parse.positions(self._book.positions(), wallet) if one.quantity]

    def futures_trades(self, wallet: Wallet, symbol: str, start_ms: int, end_ms: int) -> Sequence[FuturesTrade]:
        rows = [row for row in self._book.rows if start_ms <= row["time"] <= end_ms and row["symbol"] == symbol]
        return futures_parse.trades(rows)


@pytest.fixture
def trader(open_bourse: OpenBourse) -> Bourse:
    """Its trades leave the lines of the wallet that ask for fills; what those were, the `Book` tells."""
    bourse = open_bourse(USDT="20000")
    bourse.do("transfer", **{"from": "spot", "to": "usdm"}, asset="USDT", amount="8000", at=day(25, 11))
    fill(bourse, "BUY", "0.03", at=day(26))
    fill(bourse, "SELL", "0.03", at=day(27))
    return bourse


def sides(rows: Sequence[PositionView]) -> dict[bool, PositionView]:
    found = {row.short: row for row in rows}
    assert len(found) == len(rows)
    return found


@pytest.fixture
def book() -> Book:
    found = Book(held={"LONG": "0.03", "SHORT": "-0.03", "BOTH": "0"})
    found.trade("BUY", "LONG", "0.03", ms_of(day(26)))
    found.trade("SELL", "SHORT", "0.03", ms_of(day(27)))
    return found


@pytest.fixture
def rig(trader: Bourse, make_rig: MakeRig, book: Book) -> Rig:
    made = make_rig(trader)
    made.wrap = lambda exchange: Hedged(exchange, book)
    made.step()
    return made


def test_both_sides_of_a_contract_are_positions_of_their_own(trader: Bourse, rig: Rig, book: Book) -> None:
    opened = sides(listed(rig, "open"))
    assert {short: (row.quantity, row.opened_ms, row.trades, row.fees) for short, row in opened.items()} == {
        False: (Decimal("0.03"), ms_of(day(26)), 1, Decimal("0.5")),
        True: (Decimal("0.03"), ms_of(day(27)), 1, Decimal("0.5")),
    }
    assert opened[False].id != opened[True].id
    # Lines of funding do not say of which side they are: unknown, not zero.
    assert {(row.status, row.reason, row.income) for row in opened.values()} == {("estimated", BOTH_SIDES, None)}

    fill(trader, "BUY", "0.01")
    now_ms = trader.now_ms()
    book.trade("BUY", "SHORT", "0.01", now_ms, realized="5")
    book.trade("SELL", "LONG", "0.03", now_ms, realized="-7")
    book.held = {"SHORT": "-0.02"}
    rig.step()
    (left,) = listed(rig, "open")
    assert (left.short, left.quantity, left.trades) == (True, Decimal("0.02"), 2)
    (closed,) = listed(rig, "closed")
    assert (closed.short, closed.closed_ms, closed.quantity) == (False, now_ms, Decimal("0.03"))


def test_one_side_that_agrees_does_not_settle_the_doubt_about_the_other(trader: Bourse, rig: Rig, book: Book) -> None:
    fill(trader, "BUY", "0.01")
    now_ms = trader.now_ms()
    book.trade("SELL", "SHORT", "0.01", now_ms)
    book.trade("BUY", "LONG", "0.01", now_ms)
    book.held = {"LONG": "0.04", "SHORT": "-0.05"}
    rig.step()
    assert {short: row.reason for short, row in sides(listed(rig, "open")).items()} == {
        True: DIFFERS,
        False: BOTH_SIDES,
    }
    # Listed late: nothing in the wallet says so, the doubt alone asks for it.
    book.trade("SELL", "SHORT", "0.01", now_ms)
    rig.step()
    short = sides(listed(rig, "open"))[True]
    assert (short.quantity, short.trades, short.reason) == (Decimal("0.05"), 3, BOTH_SIDES)
