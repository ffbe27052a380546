"""Quantities replayed from events: just before an instant, at the end, and their lowest."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from backend.core.ledger.replay import Replay, coins_alone, final_quantities, lowest_quantities
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.tests.builders import T0, deposit, income, loan, trade, withdrawal

amounts = st.decimals("0.000000000000000001", "1e9", places=18)


@st.composite
def histories(draw: st.DrawFn) -> list[LedgerEvent]:
    """Random deposits, withdrawals and trades of three coins, several of them at one instant, in booking order."""
    steps = draw(st.lists(st.tuples(st.integers(0, 5), st.sampled_from("dwbs"), amounts, amounts), max_size=25))
    events: list[LedgerEvent] = []
    at_ms = T0
    for number, (gap, kind, first, second) in enumerate(steps):
        at_ms += gap
        match kind:
            case "d":
                events.append(deposit("BTC", first, at_ms, f"d{number}"))
            case "w":
                events.append(withdrawal("BTC", first, at_ms, f"w{number}", fee=second))
            case "b":
                events.append(trade("BUY", "ETH", first, "BTC", second, at_ms, number, ("BNB", "0.001")))
            case _:
                events.append(trade("SELL", "ETH", first, "BTC", second, at_ms, number, ("BTC", "0.001")))
    return events


def test_an_event_at_the_very_instant_is_not_in_it_yet() -> None:
    events = [deposit("BTC", "1", T0), deposit("BTC", "2", T0 + 1)]
    found = dict(Replay(events).before([T0 - 1, T0, T0 + 1, T0 + 2]))
    assert found == {T0 - 1: {}, T0: {}, T0 + 1: {"BTC": Decimal(1)}, T0 + 2: {"BTC": Decimal(3)}}


def test_a_coin_that_is_fully_gone_is_left_out() -> None:
    events = [deposit("BTC", "1", T0), withdrawal("BTC", "0.9", T0 + 1, fee="0.1")]
    assert final_quantities(events) == {}


def test_a_deposit_and_its_sale_in_one_millisecond_never_go_below_zero() -> None:
    sale_first = [trade("SELL", "ETH", "5", "USDT", "100", T0), deposit("ETH", "5", T0)]
    assert lowest_quantities(sale_first) == {"ETH": Decimal(0), "USDT": Decimal(0)}


def test_what_was_sold_before_it_came_in_shows_as_below_zero() -> None:
    events = [trade("SELL", "ETH", "5", "USDT", "100", T0), deposit("ETH", "2", T0 + 1)]
    assert lowest_quantities(events)["ETH"] == -5


@given(events=histories())
def test_final_quantities_are_the_exact_sums_of_all_legs(events: list[LedgerEvent]) -> None:
    sums: dict[str, Fraction] = {}
    for event in events:
        for leg in event.legs:
            sums[leg.asset] = sums.get(leg.asset, Fraction(0)) + Fraction(leg.amount)
    found = final_quantities(events)
    assert {asset: Fraction(held) for asset, held in found.items()} == {a: s for a, s in sums.items() if s}


@given(events=histories(), data=st.data())
def test_the_order_within_an_instant_changes_no_quantity(events: list[LedgerEvent], data: st.DataObject) -> None:
    shuffled = sorted(data.draw(st.permutations(events)), key=lambda event: event.at_ms)
    instants = sorted({event.at_ms for event in events} | {T0 - 1, T0 + 10_000})
    assert Replay(shuffled).before(instants) == Replay(events).before(instants)
    assert lowest_quantities(shuffled) == lowest_quantities(events)


@given(events=histories())
def test_quantities_before_an_instant_are_final_quantities_of_the_events_before_it(events: list[LedgerEvent]) -> None:
    instants = sorted({event.at_ms + shift for event in events for shift in (0, 1)})
    for at_ms, found in Replay(events).before(instants):
        assert found == final_quantities([event for event in events if event.at_ms < at_ms])


def test_a_loan_brings_coins_and_leaves_what_is_owned_as_it_is() -> None:
    events = [
        deposit("USDT", "100", T0),
        loan("ETH", "2", T0 + 1),
        trade("SELL", "ETH", "2", "USDT", "4000", T0 + 2),
        income(EventKind.INTEREST, "ETH", "-0.01", T0 + 3),
    ]
    assert final_quantities(events)["ETH"] == Decimal("-2.01")
    assert final_quantities(coins_alone(events)) == {"USDT": 4100}
    assert lowest_quantities(events)["ETH"] == 0
    # More was sold than was borrowed: that is missing from the ledger.
    more = [*events, trade("SELL", "ETH", "1", "USDT", "2000", T0 + 4, 2)]
    assert lowest_quantities(more)["ETH"] == -1


def test_without_debts_the_coins_are_what_is_owned() -> None:
    events = [deposit("USDT", "100", T0), trade("BUY", "ETH", "2", "USDT", "50", T0 + 2)]
    assert coins_alone(events) is events
