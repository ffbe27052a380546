"""Coins that leave though nobody knows their price, and what counts as a closing trade."""

from __future__ import annotations

from decimal import Decimal

from backend.core.ledger.account_book import AccountBook
from backend.core.model.holdings import EventKind
from backend.tests.builders import T0, income, trade, withdrawal
from backend.tests.unit.core.ledger.test_account_book import at_prices


def test_a_fee_without_a_price_leaves_at_its_cost_and_the_trade_is_booked() -> None:
    events = [
        trade("BUY", "BTC", "1", "USDT", "100", T0),
        income(EventKind.REWARD, "GHOST", "5", T0 + 1),
        trade("SELL", "BTC", "0.5", "USDT", "80", T0 + 2, 2, fee=("GHOST", "2")),
    ]
    book = AccountBook("USDT")
    book.book(events[0], {})
    book.book(events[1], at_prices(GHOST="3"))
    entry = book.book(events[2], {"GHOST": None})
    held = book.positions().open
    assert (held["BTC"].quantity, held["BTC"].cost) == (Decimal("0.5"), Decimal(50))
    assert (held["GHOST"].quantity, held["GHOST"].cost) == (Decimal(3), Decimal(9))
    # 80 less half of 100, less what two coins had cost, beside an income of 15.
    assert book.positions().realized == Decimal(80 - 50 - 6 + 15)
    assert (entry.booked, entry.doubt, entry.fee_value) == (True, "no_price", None)


def test_a_withdrawal_without_a_price_takes_its_lots_at_cost() -> None:
    book = AccountBook("USDT")
    book.book(trade("BUY", "GHOST", "4", "USDT", "100", T0), {})
    entry = book.book(withdrawal("GHOST", "3", T0 + 1), {"GHOST": None})
    position = book.positions().open["GHOST"]
    assert (position.quantity, position.cost) == (Decimal(1), Decimal(25))
    assert (book.totals.transferred[0], entry.doubt) == (Decimal(0), "no_price")


def test_what_pays_for_a_purchase_is_no_closing_trade() -> None:
    book = AccountBook("USDT")
    prices = at_prices(USDC="0.999", BTC="100")
    book.book(trade("BUY", "USDC", "300", "USDT", "299", T0), prices)
    book.book(trade("BUY", "BTC", "1", "USDC", "100", T0 + 1, 2), prices)
    assert book.totals.closing == 0
    book.book(trade("SELL", "BTC", "1", "USDC", "130", T0 + 2, 3), prices)
    assert (book.totals.closing, book.totals.winning[0]) == (1, 1)
