"""What is asked about all accounts together is asked once, however many there are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import Engine, event

from backend.core.errors import NotFoundError
from backend.core.model.holdings import Balance
from backend.core.model.valuation import PricedBalance, Valuation
from backend.core.portfolio_view import PortfolioView, ViewSettings
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0

HERE = "simulator"


def valued(coins: dict[str, str]) -> Valuation:
    lines = tuple(
        PricedBalance(
            Balance("spot", asset, Decimal(free), Decimal(0), Decimal(0), Decimal(0), Decimal(0)),
            Decimal(2),
            Decimal(free) * 2,
            None,
            None,
            None,
        )
        for asset, free in coins.items()
    )
    return Valuation.of(T0, lines, T0)


def add(store: SqlStore, name: str, coins: dict[str, str] | None) -> int:
    with store.write() as unit:
        account = unit.accounts.ensure(HERE, name, f"reference of {name}")
        if coins is not None:
            unit.balances.replace(account.id, valued(coins))
            unit.accounts.update_sync(account.id, as_of=T0, prices_at=T0)
        return account.id


def test_balances_of_thirty_accounts_are_as_many_questions_as_of_one(store: SqlStore, engine: Engine) -> None:
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    view = PortfolioView(store, ViewSettings(HERE, "USDT", 30, 3600, "UTC"), lambda: T0)

    def questions() -> int:
        asked.clear()
        view.balances(None)
        return len(asked)

    add(store, "one", {"BTC": "1"})
    alone = questions()
    for number in range(30):
        add(store, f"account {number}", {"BTC": "1", "ETH": str(number)})
    assert questions() == alone


def test_each_account_gets_its_own_lines_and_state(store: SqlStore) -> None:
    one, other = add(store, "one", {"BTC": "1", "ETH": "3"}), add(store, "other", {"BTC": "5"})
    empty, unread = add(store, "empty", {}), add(store, "unread", None)
    with store.read() as unit:
        found = unit.balances.latest_of([one, other, empty, unread])
        assert {
            account: {line.balance.asset: line.balance.free for line in valuation.lines}
            for account, valuation in found.items()
        } == {one: {"BTC": 1, "ETH": 3}, other: {"BTC": 5}, empty: {}}
        assert found[other] == unit.balances.latest(other)
        assert unit.balances.latest(unread) is None
        assert set(unit.accounts.sync_states([one, unread, 999])) == {one, unread}
        with pytest.raises(NotFoundError, match="no account 999"):
            unit.accounts.sync_state(999)
