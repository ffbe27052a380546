"""What two histories tell is one payment."""

from __future__ import annotations

from dataclasses import replace

from backend.core.ledger.twins import APART_MS, without_twins
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.tests.builders import T0, income


def paid(source: str, amount: str = "0.5", at_ms: int = T0, name: str = "1", asset: str = "ADA") -> LedgerEvent:
    return replace(income(EventKind.REWARD, asset, amount, at_ms), source=source, external_id=name)


def test_a_reward_told_by_another_history_is_left_out_minutes_apart_at_most() -> None:
    known = [paid("dividend")]
    assert without_twins([paid("earn_locked")], known) == []
    assert without_twins([paid("earn_locked", at_ms=T0 - APART_MS)], known) == []
    later = [paid("earn_locked", at_ms=T0 + APART_MS + 1)]
    assert without_twins(later, known) == later


def test_another_amount_or_coin_and_the_same_history_again_are_no_twins() -> None:
    known = [paid("dividend")]
    others = [
        paid("earn_locked", "0.51"),
        paid("earn_locked", asset="BNB"),
        paid("dividend", name="2"),
        replace(paid("futures_usdm"), kind=EventKind.FUNDING),
    ]
    assert without_twins(others, known) == others
