"""Any moves between tracked accounts: whatever went between them, all of them together have the flows they had."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from backend.core.model.instants import MINUTE_MS
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, deposit, withdrawal
from backend.tests.two_accounts import House, make_house


@pytest.fixture
def house(store: SqlStore) -> House:
    return make_house(store)


@pytest.mark.parametrize("seed", range(8))
def test_no_number_of_moves_changes_the_net_deposits_of_all_accounts(house: House, seed: int) -> None:
    dice = random.Random(seed)
    accounts = [house.first, house.second]
    for number in range(6):
        amount = Decimal(dice.randint(1, 900)) / 100
        at_ms = T0 + number * 60 * MINUTE_MS
        event = deposit("BTC", amount, at_ms, f"in{number}")
        if dice.random() < 0.3:
            event = withdrawal("BTC", amount, at_ms, f"out{number}", fee="0.001")
        house.tell(dice.choice(accounts), event)
    house.settle()
    before = house.net()
    assert before not in (None, 0)
    moves = dice.randint(3, 12)
    for number in range(moves):
        amount, at_ms = Decimal(dice.randint(1, 10**6)) / 1000, T0 + dice.randint(1, 400) * MINUTE_MS
        dice.shuffle(accounts)
        # The price moves on while they are on their way, and the network takes its fee.
        leaves = withdrawal("BTC", amount, at_ms, f"w{number}", fee=str(Decimal(dice.randint(0, 9)) / 1000))
        arrives = deposit("BTC", amount, at_ms + dice.randint(1, 30) * MINUTE_MS, f"d{number}")
        house.tell(accounts[0], replace(leaves, transaction=f"t{number}"))
        house.tell(accounts[1], replace(arrives, transaction=f"t{number}"))
    house.settle()
    assert house.net() == before
    totals = house.book.cash_flows(50, None, None, None, None).totals
    assert (totals.own_moves, totals.open_moves, totals.status) == (moves, 0, "exact")
    alone = [house.net(one) for one in (house.first, house.second)]
    assert before not in alone
