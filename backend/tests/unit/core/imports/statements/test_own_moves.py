"""Moves between own wallets: out of the rows of exports, and each once, whoever told of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from backend.core.ledger.told_moves import counting
from backend.core.model.instants import DAY_MS
from backend.core.model.wallet_moves import WalletMove
from backend.tests.builders import ms
from backend.tests.unit.core.imports.statements.told import history, looked_at

AT = ms("2024-03-01T10:00:00Z")
MOVE = WalletMove("statement:transactions", "1:0:0", AT, "USDT", Decimal(5), "spot", "funding")


def moves(*rows: str) -> list[str]:
    return [f"{one.asset} {one.amount} {one.from_wallet}>{one.to_wallet}" for one in history(*rows).moves]


@pytest.mark.parametrize(("rows", "expected"), [
    (("Spot,Transfer Between Main and Funding Wallet,USDT,-5",
      "Funding,Transfer Between Main and Funding Wallet,USDT,5"), ["USDT 5 spot>funding"]),
    (("Funding,Transfer Between Main and Funding Wallet,USDT,-5",), ["USDT 5 funding>spot"]),
    (("Spot,transfer between spot account and UM futures account,USDT,-5",), ["USDT 5 spot>futures_usdm"]),
    (("USD-M Futures,Transfer Between Spot Account and UM Futures Account,USDT,-5",), ["USDT 5 futures_usdm>spot"]),
    (("Spot,Simple Earn Flexible Subscription,ADA,-7", "Earn,Simple Earn Flexible Subscription,ADA,7"),
     ["ADA 7 spot>earn_flexible"]),
    (("Earn,Simple Earn Locked Redemption,ADA,-7",), ["ADA 7 earn_locked>spot"]),
    # Two of one size, and one that has its other side.
    (("Spot,Transfer Between Main and Funding Wallet,USDT,-5",) * 2 +
     ("Funding,Transfer Between Main and Funding Wallet,USDT,5",), ["USDT 5 spot>funding"] * 2),
    # Where the other wallet is named by both rows alone.
    (("Spot,Asset - Transfer,USDT,-5", "Funding,Asset - Transfer,USDT,5"), ["USDT 5 spot>funding"]),
    (("Spot,Asset - Transfer,USDT,-5",), []),
    (("Mining,Transfer Between Main Account and Mining Account,BTC,-1",), []),
])  # fmt: skip
def test_rows_of_a_move_say_from_where_to_where(rows: tuple[str, ...], expected: list[str]) -> None:
    assert moves(*(f"10:00:0{number},{row}" for number, row in enumerate(rows))) == expected


def test_each_move_of_a_file_has_a_name_of_its_own() -> None:
    file = history(*["10:00:00,Spot,Transfer Between Main and Funding Wallet,USDT,-5"] * 2)
    assert [one.external_id for one in looked_at(file, [], 7).moves] == ["7:0:0", "7:0:1"]


def test_a_move_that_several_files_tell_counts_as_often_as_one_of_them_tells_it() -> None:
    names = ("1:0:0", "1:0:1", "2:0:4", "2:1:0", "2:1:1", "2:1:2")
    assert len(counting([replace(MOVE, external_id=name) for name in names])) == 3
    assert counting([MOVE, replace(MOVE, external_id="2:0:0", at_ms=AT + 1000)])[1].at_ms == AT + 1000


def test_a_move_that_the_exchange_told_is_not_counted_again() -> None:
    api = replace(MOVE, source="transfer_spot_funding", external_id="99", at_ms=AT + 1_345)
    assert counting([MOVE, api]) == [api]
    # One for one, of one coin, amount and way.
    second = replace(MOVE, external_id="1:0:1")
    assert counting([MOVE, second, api]) == [second, api]
    for other in ({"amount": Decimal(6)}, {"asset": "BTC"}, {"to_wallet": "futures_usdm"}, {"at_ms": AT + 120_000}):
        assert len(counting([MOVE, replace(api, **other)])) == 2


def test_a_locked_position_is_paid_back_days_after_it_was_asked_for() -> None:
    back = replace(MOVE, from_wallet="earn_locked", to_wallet="spot")
    api = replace(back, source="earn_locked_out", external_id="5", at_ms=AT - 2 * DAY_MS)
    assert counting([back, api]) == [api]
