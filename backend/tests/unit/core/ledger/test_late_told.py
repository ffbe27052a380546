"""What was held before and after a deposit that was told late, and where both ledgers hold the same."""

from __future__ import annotations

from dataclasses import replace

from backend.core.ledger.late_told import flows_told_late
from backend.core.model.holdings import EventKind
from backend.tests.builders import T0, deposit, trade, unexplained, withdrawal

OLD = [deposit("USDT", "1000", T0), trade("BUY", "BTC", "0.01", "USDT", "500", T0 + 1000)]


def test_the_span_reaches_from_the_event_to_the_entry_and_over_its_doubt() -> None:
    entry = unexplained("ETH", "2", T0 + 9_000)
    told = deposit("ETH", "2", T0 + 5_000)
    assert flows_told_late([*OLD, entry], [*OLD, told]) == (T0 + 5_000, T0 + 9_000)
    doubtful = replace(entry, since_ms=T0 + 2_000)
    assert flows_told_late([*OLD, doubtful], [*OLD, told]) == (T0 + 2_000, T0 + 9_000)


def test_a_withdrawal_with_its_fee_is_what_the_entry_stood_for() -> None:
    entry = unexplained("USDT", "-101", T0 + 9_000)
    told = withdrawal("USDT", "100", T0 + 5_000, fee="1")
    assert flows_told_late([*OLD, entry], [*OLD, told]) == (T0 + 5_000, T0 + 9_000)


def test_what_is_held_for_good_or_was_traded_is_no_late_flow() -> None:
    entry = unexplained("ETH", "2", T0 + 9_000)
    assert flows_told_late([*OLD, entry], [*OLD, deposit("ETH", "1.5", T0 + 5_000)]) is None
    assert flows_told_late([*OLD, entry], [*OLD, deposit("BTC", "2", T0 + 5_000)]) is None
    bought = trade("BUY", "ETH", "2", "USDT", "100", T0 + 5_000, 2)
    paid = unexplained("USDT", "-100", T0 + 9_000)
    assert flows_told_late([*OLD, entry, paid], [*OLD, bought]) is None
    income = replace(deposit("ETH", "2", T0 + 5_000), kind=EventKind.REWARD)
    assert flows_told_late([*OLD, entry], [*OLD, income]) is None


def test_nothing_changed_is_nothing_to_repair() -> None:
    assert flows_told_late(OLD, list(OLD)) is None
