"""Coins that were paid back before anybody had read that they were borrowed: nothing stands in for them for good."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from backend.tests.histories.in_process import KEY, NOW
from backend.tests.histories.judge import played, wrong_flows
from backend.tests.histories.maker import OTHER
from backend.tests.histories.script import Call, Crossing, Look, Script
from backend.tests.process.reference import DAY, HOUR, MINUTE, iso


def test_a_loan_of_before_the_first_movement_that_was_read_is_found(tmp_path: Path, database: Path) -> None:
    """The account's first money came from another of its owner, whose list is read when the loans have been."""
    begin = NOW - 2 * DAY
    script = Script("short coins", "master", begin - DAY)
    at_first = {"api_key": OTHER, "asset": "USDT"}
    came = {"kind": "sub_transfer", "amount": "1000", "to_key": KEY, "to_wallet": "margin"}
    owed = {"api_key": KEY, "asset": "ETH"}
    bought = {"kind": "p2p", "side": "BUY", "amount": "0.1", "fiat": "CNY", "price": "7.1"}
    script.steps += [
        Call("deposit", at_first | {"at": iso(begin - HOUR), "amount": "100000"}),
        Call("event", at_first | came | {"at": iso(begin)}),
        Call("event", owed | {"at": iso(begin + 3 * MINUTE), "kind": "borrow", "amount": "1.1"}),
        Call("event", {"api_key": KEY, "asset": "BNB", "at": iso(begin + 40 * MINUTE)} | bought),
        Call("deposit", {"api_key": KEY, "asset": "BTC", "at": iso(begin + 7 * HOUR), "amount": "0.05"}),
        Call("event", owed | {"at": iso(begin + 11 * HOUR), "kind": "repay", "amount": "0.55"}),
        Look(),
    ]
    script.crossings += [
        Crossing(begin, "USDT", Decimal(1000)),
        Crossing(begin + 40 * MINUTE, "BNB", Decimal("0.1")),
        Crossing(begin + 7 * HOUR, "BTC", Decimal("0.05")),
    ]
    with played(script, tmp_path / "played", database) as one:
        assert wrong_flows(one) == []
