"""Open profit at past instants: told where it was read, zero where nothing can have been open, marked elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.ledger.unrealized import (
    LATE,
    LATE_MS,
    NEAR_MS,
    NOTHING,
    UNKNOWN,
    OpenProfit,
    ProfitBook,
    ProfitReading,
)
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.core.model.instants import DAY_MS, HOUR_MS, MINUTE_MS
from backend.tests.builders import T0, deposit, income

NOON = T0 + 12 * HOUR_MS


def read(at_ms: int, amount: str | None = None) -> ProfitReading:
    return ProfitReading(at_ms, {} if amount is None else {"USDT": Decimal(amount)})


def line(at_ms: int, kind: EventKind = EventKind.FUTURES_FEE, symbol: str = "BTCUSDT") -> LedgerEvent:
    return income(kind, "USDT", "-1", at_ms, symbol=symbol)


def told(amount: str) -> OpenProfit:
    return OpenProfit({"USDT": Decimal(amount)})


def test_an_account_without_futures_has_none_at_any_time() -> None:
    book = ProfitBook([], [deposit("BTC", "1", T0)])
    assert book.at(T0) == book.at(T0 + DAY_MS) == NOTHING


@pytest.mark.parametrize("after_ms", [0, 1, NEAR_MS])
def test_the_first_reading_from_the_instant_on_tells_it(after_ms: int) -> None:
    book = ProfitBook([read(NOON - 1, "5"), read(NOON + after_ms, "7")], [line(T0)])
    assert book.at(NOON) == told("7")


def test_a_trade_in_between_makes_the_reading_before_the_better_one() -> None:
    readings = [read(NOON - 20_000, "5"), read(NOON + 10_000, "7")]
    assert ProfitBook(readings, [line(NOON + 5_000)]).at(NOON) == told("5")
    # A trade of the very instant is not in the quantities of the instant either.
    assert ProfitBook(readings, [line(NOON)]).at(NOON) == told("5")
    # Funding changes no position.
    assert ProfitBook(readings, [line(NOON + 5_000, EventKind.FUNDING)]).at(NOON) == told("7")


def test_with_trades_on_both_sides_nothing_is_sure() -> None:
    readings = [read(NOON - 20_000, "5"), read(NOON + 10_000, "7")]
    found = ProfitBook(readings, [line(NOON - 5_000), line(NOON + 5_000)]).at(NOON)
    assert (found.doubt, found.lost) == (UNKNOWN, True)


def test_a_reading_that_came_late_is_an_estimate_and_one_much_later_is_none() -> None:
    late = ProfitBook([read(T0, "1"), read(NOON + LATE_MS, "7")], [line(T0)]).at(NOON)
    assert (late.amounts, late.doubt, late.lost) == ({"USDT": Decimal(7)}, LATE, False)
    gone = ProfitBook([read(T0, "1"), read(NOON + LATE_MS + 1, "7")], [line(T0)]).at(NOON)
    assert (gone.amounts, gone.doubt, gone.lost) == ({"USDT": Decimal(1)}, UNKNOWN, True)


def test_before_anybody_watched_an_open_position_is_unknown_and_not_lost() -> None:
    found = ProfitBook([read(NOON + DAY_MS, "7")], [line(T0)]).at(NOON)
    assert (found.amounts, found.doubt, found.lost) == ({}, UNKNOWN, False)


def test_a_reading_without_positions_holds_until_the_next_trade_and_back_to_the_last() -> None:
    readings = [read(NOON), read(NOON + 5 * DAY_MS, "3")]
    book = ProfitBook(readings, [line(T0), line(NOON + 4 * DAY_MS)])
    assert book.at(NOON + 4 * DAY_MS) == NOTHING
    assert book.at(NOON + 4 * DAY_MS + 1).lost
    assert book.at(T0 + 1) == NOTHING


def test_a_position_at_its_entry_price_is_open() -> None:
    book = ProfitBook([read(NOON, "0"), read(NOON + DAY_MS, "3")], [line(NOON - 1)])
    assert book.at(NOON) == told("0")
    assert book.at(NOON + HOUR_MS).doubt == UNKNOWN


def test_who_paid_no_funding_held_no_perpetual_contract() -> None:
    opened = T0 + 30 * HOUR_MS
    readings = [read(T0 + 10 * DAY_MS, "3")]
    book = ProfitBook(readings, [line(opened)])
    # The funding of 8:00 is not there: nothing was open until then. That of 16:00 might have been for either.
    assert book.at(T0 + 24 * HOUR_MS) == NOTHING
    assert book.at(T0 + 24 * HOUR_MS + 1).doubt == UNKNOWN
    assert ProfitBook(readings, [line(opened)], told_since_ms=opened).at(T0).doubt == UNKNOWN
    # A contract with a day of delivery pays none.
    assert ProfitBook(readings, [line(opened, symbol="BTCUSDT_260327")]).at(T0).doubt == UNKNOWN
    assert ProfitBook(readings, [line(opened, symbol="BTCUSD_PERP")]).at(T0) == NOTHING


@st.composite
def lives(draw: st.DrawFn) -> tuple[Sequence[ProfitReading], Sequence[LedgerEvent], Sequence[tuple[int, int]]]:
    """Positions opened and closed at random, funding paid, and the readings of a program that was up now and then."""
    edges = sorted(draw(st.sets(st.integers(1, 10 * 24 * 60), min_size=2, max_size=8)))
    spans = [(T0 + a * MINUTE_MS, T0 + b * MINUTE_MS) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    lines = [line(at) for span in spans for at in span]
    lines += [
        line(at, EventKind.FUNDING)
        for at in range(T0, T0 + 10 * DAY_MS, 8 * HOUR_MS)
        if any(start < at <= end for start, end in spans)
    ]
    up = sorted(draw(st.sets(st.integers(1, 10 * 24 * 60), max_size=40)))
    readings = [read(T0 + at * MINUTE_MS, amount_at(T0 + at * MINUTE_MS, spans)) for at in up]
    return readings, sorted(lines, key=lambda event: event.at_ms), spans


def amount_at(at_ms: int, spans: Sequence[tuple[int, int]]) -> str | None:
    return "5" if any(start <= at_ms < end for start, end in spans) else None


@settings(max_examples=200, deadline=None)
@given(lives(), st.integers(0, 10 * 24 * 60))
def test_what_is_called_sure_is_true(
    life: tuple[Sequence[ProfitReading], Sequence[LedgerEvent], Sequence[tuple[int, int]]], minute: int
) -> None:
    readings, lines, spans = life
    at_ms = T0 + minute * MINUTE_MS
    found = ProfitBook(readings, lines).at(at_ms)
    if found.doubt is None:
        just_before = any(start < at_ms <= end for start, end in spans)
        assert dict(found.amounts) == ({"USDT": Decimal(5)} if just_before else {})
