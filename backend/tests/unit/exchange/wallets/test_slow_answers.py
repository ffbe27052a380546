"""Wallets whose answer comes long after the instant that it is told with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from backend.core.model.wallets import Wallet
from backend.tests.unit.exchange.wallets.test_reader import EMPTY, NAMES, Desk, funding


def taking(desk: Desk, seconds: float, answer: Any) -> Callable[..., Any]:
    """An answer that comes so long after it was asked for."""

    def answered(**_: Any) -> Any:
        desk.now_s += seconds
        return answer

    return answered


@pytest.mark.parametrize(("seconds", "slow"), [
    (2.0, set()),
    (2.001, {Wallet.FUNDING, Wallet.FUTURES_USDM, Wallet.FUTURES_COINM}),
])  # fmt: skip
def test_cheap_wallets_share_an_instant_and_are_slow_where_their_answer_comes_long_after_it(
    seconds: float, slow: set[Wallet]
) -> None:
    desk = Desk()
    desk.answers["funding_wallet"] = taking(desk, seconds, funding("7"))
    reading = desk.read(after_s=10)
    assert (reading.at_ms, reading.read_ms[Wallet.FUNDING]) == (10_000, 10_000)
    assert reading.slow == slow


def test_a_dear_wallet_has_the_instant_of_its_own_question() -> None:
    desk = Desk()
    locked, margin = NAMES[Wallet.EARN_LOCKED], NAMES[Wallet.MARGIN_CROSS]
    desk.answers[locked] = taking(desk, 3.0, EMPTY[locked])
    desk.answers[margin] = taking(desk, 1.5, EMPTY[margin])
    reading = desk.read()
    assert reading.slow == {Wallet.EARN_LOCKED}


def test_a_slow_answer_is_asked_for_again_and_always_slow_ones_by_their_clock() -> None:
    desk = Desk()
    locked = NAMES[Wallet.EARN_LOCKED]
    desk.answers[locked] = taking(desk, 3.0, EMPTY[locked])
    assert desk.read().slow == {Wallet.EARN_LOCKED}
    assert desk.read(after_s=1).slow == {Wallet.EARN_LOCKED}
    assert locked in desk.asked
    assert desk.read(after_s=1).slow == {Wallet.EARN_LOCKED}
    assert locked not in desk.asked
    desk.answers[locked] = EMPTY[locked]
    assert desk.read(after_s=300).slow == set()
    desk.answers[locked] = taking(desk, 3.0, EMPTY[locked])
    desk.read(after_s=300)
    desk.answers[locked] = EMPTY[locked]
    assert desk.read(after_s=1).slow == set()
