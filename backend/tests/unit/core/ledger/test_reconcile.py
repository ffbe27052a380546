"""Reconciliation: what the reports do not explain is booked, marked, and goes away when its cause turns up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.ledger.reconcile import SOURCE, Adjustments, adjust, difference
from backend.core.ledger.replay import final_quantities
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.tests.builders import T0, deposit, loan, trade, unexplained, withdrawal

HOUR = 3_600_000


def applied(events: Sequence[LedgerEvent], change: Adjustments) -> list[LedgerEvent]:
    """The ledger after the adjustments, keyed as the database keys it, in booking order."""
    gone = {event.external_id for event in change.removed}
    kept = {
        (event.source, event.external_id): event
        for event in events
        if not (event.source == SOURCE and event.external_id in gone)
    }
    for event in change.added:
        kept.setdefault((event.source, event.external_id), event)
    return sorted(kept.values(), key=lambda event: event.at_ms)


def reconciled(
    reported: dict[str, str],
    events: Sequence[LedgerEvent],
    at_ms: int = T0 + 9 * HOUR,
    first: bool = False,
    watched_ms: int | None = None,
) -> tuple[list[LedgerEvent], Adjustments]:
    quantities = {asset: Decimal(amount) for asset, amount in reported.items()}
    change = adjust(quantities, events, at_ms, first, watched_ms)
    return applied(events, change), change


def stand_ins(events: Sequence[LedgerEvent]) -> list[tuple[str, Decimal, int]]:
    return [(event.legs[0].asset, event.legs[0].amount, event.at_ms) for event in events if event.source == SOURCE]


def test_a_ledger_that_explains_the_balances_is_left_alone() -> None:
    _, change = reconciled({"BTC": "1"}, [deposit("BTC", "1", T0)])
    assert (change.removed, change.added, change.from_ms) == ((), (), None)


def test_a_difference_is_dated_when_it_was_first_seen() -> None:
    ledger, change = reconciled({"BTC": "1.5"}, [deposit("BTC", "1", T0)], at_ms=T0 + HOUR)
    assert stand_ins(ledger) == [("BTC", Decimal("0.5"), T0 + HOUR)]
    assert change.added[0].kind is EventKind.UNEXPLAINED
    assert change.added[0].flow_legs() == change.added[0].legs
    assert change.from_ms == T0 + HOUR


def test_a_coin_that_left_unexplained_goes_out() -> None:
    ledger, _ = reconciled({}, [deposit("BTC", "1", T0)], at_ms=T0 + HOUR)
    assert stand_ins(ledger) == [("BTC", Decimal(-1), T0 + HOUR)]
    assert [leg.role for event in ledger for leg in event.legs] == ["in", "out"]


def test_the_same_look_again_changes_nothing() -> None:
    ledger, _ = reconciled({"BTC": "1.5"}, [deposit("BTC", "1", T0)], at_ms=T0 + HOUR)
    again, change = reconciled({"BTC": "1.5"}, ledger, at_ms=T0 + 2 * HOUR)
    assert (again, change.from_ms) == (ledger, None)


def test_a_deposit_found_later_removes_the_entry_that_stood_in_for_it() -> None:
    found = [deposit("BTC", "1", T0), deposit("BTC", "0.5", T0 + HOUR // 2), unexplained("BTC", "0.5", T0 + HOUR)]
    ledger, change = reconciled({"BTC": "1.5"}, found)
    assert stand_ins(ledger) == []
    assert change.from_ms == T0 + HOUR


def test_what_is_only_partly_explained_keeps_its_date() -> None:
    # 10 came in unexplained at one o'clock; a deposit of 4 turns up. The other 6 were there since one o'clock too.
    found = [deposit("BTC", "4", T0 + HOUR // 2), unexplained("BTC", "10", T0 + HOUR)]
    ledger, _ = reconciled({"BTC": "10"}, found)
    assert stand_ins(ledger) == [("BTC", Decimal(6), T0 + HOUR)]


def test_the_newest_stand_in_goes_first() -> None:
    found = [
        deposit("BTC", "3", T0),
        unexplained("BTC", "2", T0 + HOUR),
        unexplained("BTC", "3", T0 + 2 * HOUR),
    ]
    ledger, _ = reconciled({"BTC": "5"}, found)
    assert stand_ins(ledger) == [("BTC", Decimal(2), T0 + HOUR)]


def test_a_found_withdrawal_removes_the_loss_that_stood_in_for_it() -> None:
    found = [
        deposit("BTC", "2", T0),
        withdrawal("BTC", "0.9", T0 + HOUR, fee="0.1"),
        unexplained("BTC", "-1", T0 + 2 * HOUR),
    ]
    ledger, _ = reconciled({"BTC": "1"}, found)
    assert stand_ins(ledger) == []


def test_two_equal_differences_in_one_millisecond_both_count() -> None:
    ledger, _ = reconciled({"BTC": "1"}, [], at_ms=T0)
    ledger, _ = reconciled({"BTC": "2"}, ledger, at_ms=T0)
    assert stand_ins(ledger) == [("BTC", Decimal(2), T0)]


def test_coins_sold_before_anything_is_known_were_there_at_the_first_event() -> None:
    sold = [trade("SELL", "ETH", "5", "USDT", "100", T0 + HOUR), deposit("BTC", "1", T0)]
    sold.sort(key=lambda event: event.at_ms)
    ledger, _ = reconciled({"BTC": "1", "USDT": "100"}, sold, first=True)
    assert stand_ins(ledger) == [("ETH", Decimal(5), T0)]


@pytest.mark.parametrize(
    ("borrowed", "left"), [("1", []), ("0.3", [("ETH", Decimal("0.2"), T0), ("ETH", Decimal("-0.2"), T0 + 9 * HOUR)])]
)
def test_a_loan_found_late_removes_what_stood_in_for_its_coins(
    borrowed: str, left: list[tuple[str, Decimal, int]]
) -> None:
    first = deposit("BTC", "1", T0)
    repaid = loan("ETH", "-0.5", T0 + 2 * HOUR)
    ledger, _ = reconciled({"BTC": "1"}, [first, repaid], first=True)
    assert stand_ins(ledger) == [("ETH", Decimal("0.5"), T0), ("ETH", Decimal("-0.5"), T0 + 9 * HOUR)]
    watched_ms = T0 + 8 * HOUR
    found = sorted([*ledger, loan("ETH", borrowed, T0 + HOUR)], key=lambda event: event.at_ms)
    ledger, _ = reconciled({"BTC": "1"}, found, T0 + 10 * HOUR, watched_ms=watched_ms)
    assert stand_ins(ledger) == left
    assert reconciled({"BTC": "1"}, ledger, T0 + 11 * HOUR, watched_ms=watched_ms)[1] == Adjustments((), ())


def test_what_came_and_went_while_it_was_watched_is_not_taken_for_coins_that_were_short() -> None:
    both = [deposit("BTC", "1", T0), unexplained("ETH", "1", T0 + HOUR), unexplained("ETH", "-1", T0 + 2 * HOUR)]
    ledger, change = reconciled({"BTC": "1"}, both, watched_ms=T0)
    assert change == Adjustments((), ())
    assert len(stand_ins(ledger)) == 2


def test_an_opening_entry_is_booked_at_the_first_look_only() -> None:
    sold = [deposit("BTC", "1", T0), trade("SELL", "ETH", "5", "USDT", "100", T0 + HOUR)]
    ledger, _ = reconciled({"BTC": "1", "USDT": "100"}, sold, at_ms=T0 + 2 * HOUR)
    assert stand_ins(ledger) == [("ETH", Decimal(5), T0 + 2 * HOUR)]


def test_a_first_look_without_any_history_books_what_is_there_now() -> None:
    ledger, _ = reconciled({"BTC": "1"}, [], at_ms=T0, first=True)
    assert stand_ins(ledger) == [("BTC", Decimal(1), T0)]


def decided(asset: str, amount: str, at_ms: int, kind: EventKind = EventKind.ADJUSTMENT_INCOME) -> LedgerEvent:
    return replace(unexplained(asset, amount, at_ms), kind=kind)


def test_an_answer_is_left_alone_while_the_balances_hold() -> None:
    ledger = [decided("BTC", "1", T0)]
    _, change = reconciled({"BTC": "1"}, ledger)
    assert (change.removed, change.added) == ((), ())


def test_an_answer_stays_with_the_rest_when_a_part_of_the_cause_turns_up() -> None:
    ledger, _ = reconciled({"BTC": "1"}, [decided("BTC", "1", T0), deposit("BTC", "0.4", T0 + 1)])
    assert stand_ins(ledger) == [("BTC", Decimal("0.6"), T0)]
    assert ledger[0].kind is EventKind.ADJUSTMENT_INCOME


def test_what_is_new_is_asked_whatever_was_answered_before() -> None:
    ledger, _ = reconciled({"BTC": "3"}, [decided("BTC", "1", T0)], at_ms=T0 + HOUR)
    assert [(event.legs[0].amount, event.kind) for event in ledger] == [
        (Decimal(1), EventKind.ADJUSTMENT_INCOME),
        (Decimal(2), EventKind.UNEXPLAINED),
    ]


def test_what_is_new_at_the_instant_of_an_answer_is_asked_with_it() -> None:
    ledger, _ = reconciled({"BTC": "3"}, [decided("BTC", "1", T0)], at_ms=T0)
    assert [(event.legs[0].amount, event.kind) for event in ledger] == [(Decimal(3), EventKind.UNEXPLAINED)]


@pytest.mark.parametrize("kind", [EventKind.ADJUSTMENT_FLOW, EventKind.ADJUSTMENT_INCOME])
def test_an_answer_goes_with_its_event_when_the_whole_cause_turns_up(kind: EventKind) -> None:
    ledger, _ = reconciled({"BTC": "1"}, [deposit("BTC", "1", T0 - 1), decided("BTC", "1", T0, kind)])
    assert stand_ins(ledger) == []


quantities = st.decimals("0", "1e6", places=18)
coins = st.sampled_from(["BTC", "ETH"])
reports = st.dictionaries(coins, quantities, max_size=2)
moves = st.tuples(st.sampled_from("dwt"), coins, quantities.filter(bool), st.integers(0, 20))


def _event(kind: str, coin: str, amount: Decimal, at_ms: int, number: int) -> LedgerEvent:
    match kind:
        case "d":
            return deposit(coin, amount, at_ms, f"d{number}")
        case "w":
            return withdrawal(coin, amount, at_ms, f"w{number}")
        case _:
            return trade("SELL", "ETH", amount, "BTC", amount, at_ms, number)


@settings(max_examples=150)
@given(rounds=st.lists(st.tuples(st.lists(moves, max_size=3), reports, st.integers(0, 3)), min_size=1, max_size=8))
def test_whatever_turns_up_the_ledger_always_gives_the_reported_balances(
    rounds: list[tuple[list[tuple[str, str, Decimal, int]], dict[str, Decimal], int]],
) -> None:
    ledger: list[LedgerEvent] = []
    now, number = T0 + 100, 0
    for position, (found, reported, gap) in enumerate(rounds):
        now += gap
        for kind, coin, amount, at in found:
            number += 1
            event = _event(kind, coin, amount, T0 + at, number)
            ledger.append(event)
        ledger.sort(key=lambda event: event.at_ms)
        change = adjust(reported, ledger, now, first_sync=position == 0)
        ledger = applied(ledger, change)
        assert difference(reported, ledger) == {}
        # No oscillation: the next look at the same balances finds nothing to do.
        settled = adjust(reported, ledger, now + 1, first_sync=False)
        assert (settled.removed, settled.added) == ((), ())


@given(amounts=st.lists(quantities.filter(bool), min_size=1, max_size=6), data=st.data())
def test_when_every_event_is_found_no_stand_in_is_left(amounts: list[Decimal], data: st.DataObject) -> None:
    missing = [deposit("BTC", amount, T0 + place, f"d{place}") for place, amount in enumerate(amounts)]
    reported = final_quantities(missing)
    ledger: list[LedgerEvent] = []
    for turn, event in enumerate(data.draw(st.permutations(missing))):
        ledger = applied(ledger, adjust(reported, ledger, T0 + 100 + turn, first_sync=False))
        ledger = sorted([*ledger, event], key=lambda one: one.at_ms)
    ledger = applied(ledger, adjust(reported, ledger, T0 + 200, first_sync=False))
    assert stand_ins(ledger) == []
