"""Two accounts of one installation: coins go from one to the other, as a running collector sees it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext

from backend.core.ledger.positions import Position, decode_positions
from backend.core.model.accounts import Account
from backend.core.model.amounts import MONEY
from backend.core.own_moves import flows_of
from backend.core.portfolio_view import PortfolioView, ViewSettings
from backend.tests.integration.services.conftest import Bourse
from backend.tests.integration.services.test_many_accounts import LONG_S, NOW_MS, House, keys_of, make_house
from backend.tests.process.harness import wait_for

__all__ = ["make_house"]  # the fixture
SENT, FEE = Decimal("0.3"), Decimal("0.1")


def coins_of(house: House, account: Account) -> Position | None:
    """What an account has of BTC, and what it cost; None while it is being booked."""
    book = decode_positions(house.sync(account).positions)
    return None if book is None else book.open.get("BTC")


def two_accounts(open_bourse: Callable[..., Bourse], make_house: Callable[..., House]) -> tuple[Bourse, Bourse, House]:
    """One with a coin that it bought, and one with a little money."""
    first = open_bourse(USDT="100000")
    second = Bourse(first.simulator, "2026-05-25T10:00:00Z", {"USDT": "50"})
    first.do("trade", symbol="BTCUSDT", side="BUY", quantity="1")
    return first, second, make_house(first.simulator, keys_of(first, "A"), keys_of(second, "B"))


def coins_sent(house: House, first: Bourse) -> tuple[Account, Account, Position, dict[str, str]]:
    """The sender, the receiver, what the sender had, and the withdrawal of a part, which nobody has read yet."""
    wait_for(lambda: len(house.imported()) == 2, "both histories", LONG_S)
    sender, receiver = house.accounts()
    bought = wait_for(lambda: coins_of(house, sender), "what the coins cost", LONG_S)
    first.pass_s(60)
    return sender, receiver, bought, first.do("withdraw", asset="BTC", amount=str(SENT), fee=str(FEE))


def test_coins_that_move_between_two_accounts_are_no_flow_of_both_and_keep_their_cost(
    open_bourse: Callable[..., Bourse], make_house: Callable[..., House]
) -> None:
    first, second, house = two_accounts(open_bourse, make_house)
    with house.collecting():
        sender, receiver, bought, told = coins_sent(house, first)
        first.pass_s(60)
        second.do("deposit", asset="BTC", amount=str(SENT), tx_id=told["tx_id"])
        house.jobs.submit("refresh", None, {})
        left = bought.quantity - SENT - FEE
        wait_for(lambda: (coins := coins_of(house, sender)) and coins.quantity == left, "the coins gone", LONG_S)
        with localcontext(MONEY):
            cost = bought.cost * SENT / bought.quantity
        wait_for(lambda: (coins := coins_of(house, receiver)) and coins.cost == cost, "the cost they had", LONG_S)
    settings = ViewSettings("simulator", "USDT", 30, 3600, "UTC")
    portfolio = PortfolioView(house.store, settings, lambda: NOW_MS)
    with house.store.read() as unit:
        both = flows_of(unit, portfolio.balances_in(unit, None))
        alone = [flows_of(unit, portfolio.balances_in(unit, one.id)) for one in (sender, receiver)]
    assert (len(both.moved), both.open) == (2, 0)
    assert sum(flow.amount or 0 for flow in both.counted) == Decimal(100_050)
    assert [sum(flow.asset == "BTC" for flow in one.counted) for one in alone] == [1, 1]


def test_a_pair_found_when_the_other_account_had_its_turn_has_that_one_refreshed_too(
    open_bourse: Callable[..., Bourse], make_house: Callable[..., House]
) -> None:
    first, second, house = two_accounts(open_bourse, make_house)
    with house.collecting():
        sender, receiver, bought, told = coins_sent(house, first)
        house.jobs.wait(house.jobs.submit("refresh", sender.id, {}), LONG_S)
        first.pass_s(60)
        second.do("deposit", asset="BTC", amount=str(SENT), tx_id=told["tx_id"])
        house.jobs.wait(house.jobs.submit("refresh", receiver.id, {}), LONG_S)
        with localcontext(MONEY):
            cost = bought.cost * SENT / bought.quantity
        wait_for(lambda: (coins := coins_of(house, receiver)) and coins.cost == cost, "the cost they had", LONG_S)
        wait_for(lambda: coins_of(house, sender), "the sender's own", LONG_S)
