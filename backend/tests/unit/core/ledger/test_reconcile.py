"""Reconciliation: what the reports do not explain is booked, marked, and goes away when its cause turns up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.ledger.reconcile import SOURCE, Adjustments, adjust, difference, in_doubt
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
    agreed_ms: int | None = None,
    told: dict[str, int] | None = None,
) -> tuple[list[LedgerEvent], Adjustments]:
    quantities = {asset: Decimal(amount) for asset, amount in reported.items()}
    change = adjust(quantities, events, at_ms, first, watched_ms, agreed_ms, told)
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
    # It may have happened at any time since the first event: rows from there on are in doubt.
    assert in_doubt(ledger) == [(T0, T0 + HOUR)]
    assert change.from_ms == T0


def test_what_happened_since_the_sums_were_right_is_in_doubt_from_there_on() -> None:
    ledger, change = reconciled({"BTC": "1.5"}, [deposit("BTC", "1", T0)], at_ms=T0 + 5 * HOUR, agreed_ms=T0 + 4 * HOUR)
    assert in_doubt(ledger) == [(T0 + 4 * HOUR, T0 + 5 * HOUR)]
    assert change.from_ms == T0 + 4 * HOUR
    # A part of it turns up: the rest has been in doubt since then all the same.
    found = [*ledger, deposit("BTC", "0.2", T0 + 4 * HOUR, "late")]
    rest, _ = reconciled({"BTC": "1.5"}, found, at_ms=T0 + 8 * HOUR, agreed_ms=T0 + 7 * HOUR)
    assert stand_ins(rest) == [("BTC", Decimal("0.3"), T0 + 5 * HOUR)]
    assert in_doubt(rest) == [(T0 + 4 * HOUR, T0 + 5 * HOUR)]
    # What the user said of it leaves nothing in doubt.
    said = [replace(event, kind=EventKind.ADJUSTMENT_INCOME) if event.source == SOURCE else event for event in rest]
    assert in_doubt(said) == []


def test_an_entry_that_more_the_other_way_takes_the_place_of_leaves_its_doubt() -> None:
    """Nobody knows whether its cause turned up or something else undid it."""
    ledger, _ = reconciled({"BTC": "1.5"}, [deposit("BTC", "1", T0)], at_ms=T0 + 2 * HOUR)
    undone, change = reconciled({"BTC": "0.7"}, ledger, at_ms=T0 + 4 * HOUR, agreed_ms=T0 + 3 * HOUR)
    assert stand_ins(undone) == [("BTC", Decimal("-0.3"), T0 + 4 * HOUR)]
    assert in_doubt(undone) == [(T0, T0 + 4 * HOUR)]
    assert change.from_ms == T0


@pytest.mark.parametrize("told", [{}, {"ETH": T0}, {"BTC": T0 + 3 * HOUR}])
def test_an_entry_gives_way_only_to_what_was_told_of_its_coin_until_it_was_booked(told: dict[str, int]) -> None:
    before = [deposit("BTC", "1", T0), unexplained("BTC", "0.5", T0 + HOUR)]
    ledger, _ = reconciled({"BTC": "1.2"}, before, T0 + 4 * HOUR, agreed_ms=T0 + 2 * HOUR, told=told)
    assert stand_ins(ledger) == [("BTC", Decimal("0.5"), T0 + HOUR), ("BTC", Decimal("-0.3"), T0 + 4 * HOUR)]
    assert in_doubt(ledger) == [(T0 + 2 * HOUR, T0 + 4 * HOUR)]
    # Neither where all of it is gone again: something else took it.
    ledger, _ = reconciled({"BTC": "1"}, before, T0 + 4 * HOUR, agreed_ms=T0 + 2 * HOUR, told=told)
    assert stand_ins(ledger) == [("BTC", Decimal("0.5"), T0 + HOUR), ("BTC", Decimal("-0.5"), T0 + 4 * HOUR)]


def test_when_both_causes_turn_up_later_both_entries_go() -> None:
    both = [deposit("BTC", "1", T0), unexplained("BTC", "0.5", T0 + HOUR), unexplained("BTC", "-0.3", T0 + 4 * HOUR)]
    sold = sorted([*both, withdrawal("BTC", "0.3", T0 + 3 * HOUR)], key=lambda event: event.at_ms)
    ledger, _ = reconciled({"BTC": "1.2"}, sold, T0 + 5 * HOUR, told={"BTC": T0 + 3 * HOUR})
    assert stand_ins(ledger) == [("BTC", Decimal("0.5"), T0 + HOUR)]
    found = sorted([*ledger, deposit("BTC", "0.5", T0 + HOUR // 2, "late")], key=lambda event: event.at_ms)
    ledger, _ = reconciled({"BTC": "1.2"}, found, T0 + 6 * HOUR, told={"BTC": T0 + HOUR // 2})
    assert stand_ins(ledger) == []


@pytest.mark.parametrize(("late_ms", "left"), [(20_000, 0), (120_000, 2)])
def test_what_happened_while_the_wallets_were_read_may_be_what_an_entry_stood_for(late_ms: int, left: int) -> None:
    at_ms = T0 + HOUR + late_ms
    found = [deposit("BTC", "1", T0), unexplained("BTC", "0.5", T0 + HOUR), deposit("BTC", "0.5", at_ms)]
    ledger, _ = reconciled({"BTC": "1.5"}, found, T0 + 2 * HOUR, told={"BTC": at_ms})
    assert len(stand_ins(ledger)) == left


@pytest.mark.parametrize(("at_ms", "left"), [(T0 + HOUR // 2, 0), (T0 - HOUR, 2)])
def test_wallets_that_were_behind_the_history_take_the_entry_back_when_they_have_caught_up(
    at_ms: int, left: int
) -> None:
    """The entry took back just what had been told in the hour before it."""
    known = [deposit("BTC", "1", T0 - 2 * HOUR), deposit("BTC", "0.5", at_ms), unexplained("BTC", "-0.5", T0 + HOUR)]
    ledger, _ = reconciled({"BTC": "1.5"}, known, T0 + 2 * HOUR, told={})
    assert len(stand_ins(ledger)) == left


def test_trades_made_while_an_account_was_read_leave_no_entry_behind() -> None:
    """The wallets are read in the midst of a run, the histories after its end."""
    before = [deposit("BTC", "1", T0, "d1"), trade("SELL", "BTC", "0.25", "USDT", "10", T0 + HOUR - 5, 1)]
    after = [trade("SELL", "BTC", "0.25", "USDT", "10", T0 + HOUR + late, 2 + late) for late in (5, 90)]
    known, _ = reconciled({"BTC": "0.75", "USDT": "10"}, [*before, *after], T0 + HOUR, told={"BTC": T0})
    assert len(stand_ins(known)) == 2
    caught_up = [*known, trade("SELL", "BTC", "0.1", "USDT", "4", T0 + 2 * HOUR, 200)]
    told = {"BTC": T0 + 2 * HOUR, "USDT": T0 + 2 * HOUR}
    ledger, _ = reconciled({"BTC": "0.15", "USDT": "34"}, caught_up, T0 + 3 * HOUR, told=told)
    assert stand_ins(ledger) == []


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


def test_coins_of_before_anything_is_known_are_in_doubt_until_the_last_of_them_were_short() -> None:
    """They may have come at any time until then."""
    sold = [
        deposit("BTC", "1", T0),
        trade("SELL", "ETH", "2", "USDT", "40", T0 + HOUR, 1),
        trade("SELL", "ETH", "3", "USDT", "60", T0 + 2 * HOUR, 2),
        deposit("ETH", "1", T0 + 3 * HOUR),
    ]
    ledger, change = reconciled({"BTC": "1", "USDT": "100", "ETH": "1"}, sold, first=True)
    assert stand_ins(ledger) == [("ETH", Decimal(5), T0)]
    assert in_doubt(ledger) == [(T0, T0 + 2 * HOUR)]
    assert change.from_ms == T0
    # A later deposit of some of them was found: the rest is in doubt until they were short.
    found = sorted([*ledger, deposit("ETH", "2", T0 + HOUR // 2, "late")], key=lambda event: event.at_ms)
    rest, _ = reconciled({"BTC": "1", "USDT": "100", "ETH": "1"}, found)
    assert stand_ins(rest) == [("ETH", Decimal(3), T0)]
    assert in_doubt(rest) == [(T0, T0 + 2 * HOUR)]


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


@settings(max_examples=150, deadline=None)
@given(
    rounds=st.lists(st.tuples(st.lists(moves, max_size=3), reports, st.integers(0, 3)), min_size=1, max_size=8),
    by_word=st.booleans(),
)
def test_whatever_turns_up_the_ledger_always_gives_the_reported_balances(
    rounds: list[tuple[list[tuple[str, str, Decimal, int]], dict[str, Decimal], int]], by_word: bool
) -> None:
    """Whether an entry gives way to anything, or (`by_word`) only where its coin was told of."""
    ledger: list[LedgerEvent] = []
    now, number = T0 + 100, 0
    for position, (found, reported, gap) in enumerate(rounds):
        now += gap
        told: dict[str, int] = {}
        for kind, coin, amount, at in found:
            number += 1
            event = _event(kind, coin, amount, T0 + at, number)
            ledger.append(event)
            for leg in event.legs:
                told[leg.asset] = min(event.at_ms, told.get(leg.asset, event.at_ms))
        ledger.sort(key=lambda event: event.at_ms)
        change = adjust(reported, ledger, now, first_sync=position == 0, told=told if by_word else None)
        ledger = applied(ledger, change)
        assert difference(reported, ledger) == {}
        # No oscillation: the next look at the same balances finds nothing to do.
        settled = adjust(reported, ledger, now + 1, first_sync=False, told={} if by_word else None)
        assert (settled.removed, settled.added) == ((), ())


@settings(deadline=None)
@given(amounts=st.lists(quantities.filter(bool), min_size=1, max_size=6), data=st.data())
def test_when_every_event_is_found_no_stand_in_is_left(amounts: list[Decimal], data: st.DataObject) -> None:
    missing = [deposit("BTC", amount, T0 + place, f"d{place}") for place, amount in enumerate(amounts)]
    reported = final_quantities(missing)
    ledger: list[LedgerEvent] = []
    told: dict[str, int] = {}
    for turn, event in enumerate(data.draw(st.permutations(missing))):
        ledger = applied(ledger, adjust(reported, ledger, T0 + 100 + turn, first_sync=False, told=told))
        ledger = sorted([*ledger, event], key=lambda one: one.at_ms)
        told = {"BTC": event.at_ms}
    ledger = applied(ledger, adjust(reported, ledger, T0 + 200, first_sync=False, told=told))
    assert stand_ins(ledger) == []
