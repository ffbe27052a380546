"""What an account without a key holds: its ledger replayed, as of its last line, never below nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from backend.core.ledger.reconcile import difference
from backend.core.ledger.statement_holdings import settle, statement_holdings, told_until_ms
from backend.core.model.accounts import LastReading
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.tests.builders import T0, deposit, loan, trade, unexplained, withdrawal

LATER = T0 + 1000
LATEST = T0 + 2000
SALE = trade("SELL", "BTC", "1", "USDT", "50000", LATER)


def settled(events: Sequence[LedgerEvent], last: LastReading | None = None) -> list[LedgerEvent]:
    """The ledger with the entries that it needs."""
    plan = settle(events, last)
    gone = {event.external_id for event in plan.removed}
    kept = [event for event in events if event.source != "reconciliation" or event.external_id not in gone]
    return sorted([*kept, *plan.added], key=lambda event: (event.at_ms, event.source))


def owned(events: Sequence[LedgerEvent], last: LastReading | None = None) -> dict[str, Decimal]:
    found = statement_holdings(events, last)
    assert found is not None
    return dict(found.owned)


def test_while_nothing_is_told_holdings_are_unknown_and_not_nothing() -> None:
    assert statement_holdings([], None) is None
    assert told_until_ms([unexplained("BTC", "1", T0)], None) is None


def test_quantities_are_those_of_the_last_line() -> None:
    found = statement_holdings([deposit("BTC", "2", T0), withdrawal("BTC", "0.5", LATER, fee="0.1")], None)
    assert found is not None
    assert (found.as_of_ms, dict(found.owned)) == (LATER, {"BTC": Decimal("1.4")})


def test_a_complete_ledger_needs_no_entry() -> None:
    plan = settle([deposit("BTC", "2", T0), SALE], None)
    assert (plan.removed, plan.added) == ((), ())


def test_coins_sold_that_were_never_bought_were_there_before_the_first_line() -> None:
    events = settled([deposit("USDT", "100", T0), SALE])
    (entry,) = [event for event in events if event.source == "reconciliation"]
    assert (entry.kind, entry.at_ms, entry.legs[0].asset, entry.legs[0].amount) == (
        EventKind.UNEXPLAINED,
        T0,
        "BTC",
        Decimal(1),
    )
    assert owned(events) == {"USDT": Decimal(50_100)}
    assert difference(owned(events), events) == {}


def test_an_entry_goes_when_a_later_statement_tells_what_it_stood_for() -> None:
    events = settled([deposit("USDT", "100", T0), SALE])
    told = sorted([*events, deposit("BTC", "1", T0 + 1)], key=lambda event: event.at_ms)
    assert not [event for event in settled(told) if event.source == "reconciliation"]


def test_the_same_lines_give_the_same_entries_in_whatever_order_they_were_told() -> None:
    lines = [deposit("USDT", "100", T0), SALE, trade("SELL", "BTC", "2", "USDT", "9", LATEST, number=2)]
    results = []
    for order in permutations(lines):
        events: list[LedgerEvent] = []
        for line in order:
            events = settled(sorted([*events, line], key=lambda event: event.at_ms))
        results.append([(event.external_id, event.kind) for event in events])
    assert all(result == results[0] for result in results)
    assert [name for name, _ in results[0]] == [f"d{T0}USDT", f"BTC:{T0}:3", "BTCUSDT:1", "BTCUSDT:2"]


def test_what_the_user_said_of_an_entry_stays() -> None:
    events = settled([deposit("USDT", "100", T0), SALE])
    decided = [
        replace(event, kind=EventKind.ADJUSTMENT_INCOME) if event.source == "reconciliation" else event
        for event in events
    ]
    assert settled(decided) == decided


def test_what_is_owed_is_no_missing_coin() -> None:
    events = [deposit("USDT", "100", T0), loan("BTC", "1", LATER), withdrawal("BTC", "1", LATEST)]
    assert owned(events) == {"USDT": Decimal(100), "BTC": Decimal(-1)}
    assert settle(events, None).added == ()


def test_the_last_reading_of_a_former_key_stands_for_everything_until_then() -> None:
    last = LastReading(LATER, {"BTC": Decimal(3)})
    events = [deposit("BTC", "1", T0), deposit("BTC", "0.5", LATEST)]
    assert owned(events, last) == {"BTC": Decimal("3.5")}
    assert told_until_ms(events, last) == LATEST
    assert told_until_ms(events[:1], last) == LATER


def test_a_statement_that_explains_the_time_of_the_key_is_not_counted_twice() -> None:
    last = LastReading(LATER, {"BTC": Decimal(3)})
    events = settled([deposit("BTC", "1", T0), unexplained("BTC", "2", LATER)], last)
    assert difference(owned(events, last), events) == {}
    told = settled([*events, deposit("BTC", "2", T0 + 5)], last)
    assert not [event for event in told if event.source == "reconciliation"]
    assert owned(told, last) == {"BTC": Decimal(3)}


def test_more_sold_than_the_key_had_read_is_never_below_nothing() -> None:
    last = LastReading(T0, {"BTC": Decimal("0.4")})
    events = settled([deposit("BTC", "0.4", T0), SALE], last)
    assert owned(events, last) == {"USDT": Decimal(50_000)}
    assert difference(owned(events, last), events) == {}
