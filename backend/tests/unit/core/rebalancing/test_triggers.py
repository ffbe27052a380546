"""Automatic runs are due at fixed instants, each dealt with once, and never because something was saved."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.model.instants import HOUR_MS
from backend.core.rebalancing.errors import EmptyPortfolioError
from backend.core.rebalancing.triggers import (
    INTERVAL_PRESETS_H,
    THRESHOLD_PRESETS_PERCENT,
    Past,
    Schedule,
    decide,
    interval_ms,
    off_target,
)
from backend.tests.builders import T0

DAILY = Schedule("periodic", 24 * HOUR_MS, T0)
DAY = 24 * HOUR_MS


def test_presets_are_those_of_the_exchanges_bot() -> None:
    assert [interval_ms(hours) // 60_000 for hours in INTERVAL_PRESETS_H] == [
        30, 60, 240, 480, 720, 1440, 4320, 10080, 20160, 40320,
    ]  # fmt: skip
    assert [str(points) for points in THRESHOLD_PRESETS_PERCENT] == ["0.5", "1", "2", "5", "10", "20", "30", "50"]


def test_saving_never_fires_and_the_first_run_is_a_whole_interval_later() -> None:
    at_save = decide(DAILY, Past(), T0)
    assert (at_save.due_ms, at_save.hold, at_save.next_ms) == (None, "not_due", T0 + DAY)
    assert decide(DAILY, Past(), T0 + DAY - 1).due_ms is None
    assert decide(DAILY, Past(), T0 + DAY).due_ms == T0 + DAY


def test_saving_again_starts_the_clock_again() -> None:
    again = replace(DAILY, started_ms=T0 + DAY - 1)
    assert decide(again, Past(), T0 + DAY).due_ms is None
    assert decide(again, Past(last_due_ms=T0), T0 + DAY).next_ms == T0 + 2 * DAY - 1


def test_a_due_instant_that_was_dealt_with_is_not_due_again() -> None:
    assert decide(DAILY, Past(last_due_ms=T0 + DAY), T0 + DAY + 1).due_ms is None
    assert decide(DAILY, Past(last_due_ms=T0 + DAY), T0 + DAY + 1).next_ms == T0 + 2 * DAY


def test_what_was_missed_while_the_program_was_down_is_one_run_and_not_many() -> None:
    now = T0 + 10 * DAY + HOUR_MS
    found = decide(DAILY, Past(last_due_ms=T0 + DAY), now)
    assert found.due_ms == T0 + 10 * DAY
    assert decide(DAILY, Past(last_due_ms=found.due_ms), now).due_ms is None


def test_a_clock_that_went_back_fires_nothing_twice() -> None:
    back = decide(DAILY, Past(last_due_ms=T0 + 5 * DAY), T0 + 3 * DAY)
    assert (back.due_ms, back.next_ms) == (None, T0 + 6 * DAY)
    assert decide(DAILY, Past(), T0 - 5 * DAY).next_ms == T0 + DAY


def test_by_hand_and_paused_nothing_is_ever_due() -> None:
    assert decide(replace(DAILY, strategy="manual"), Past(), T0 + 9 * DAY).hold == "manual"
    assert decide(replace(DAILY, paused=True), Past(), T0 + 9 * DAY).hold == "paused"


def test_a_run_a_cooldown_or_a_deposit_puts_the_run_off_and_does_not_cancel_it() -> None:
    careful = replace(DAILY, cooldown_ms=6 * HOUR_MS, settle_ms=HOUR_MS)
    due = T0 + DAY
    assert decide(careful, Past(running=True), due).hold == "running"
    cooling = decide(careful, Past(last_run_ms=due - HOUR_MS, last_deposit_ms=due), due)
    assert (cooling.due_ms, cooling.hold, cooling.next_ms) == (None, "cooldown", due + 5 * HOUR_MS)
    settling = decide(careful, Past(last_deposit_ms=due), due + HOUR_MS - 1)
    assert (settling.due_ms, settling.hold, settling.next_ms) == (None, "settling", due + HOUR_MS)
    assert decide(careful, Past(last_deposit_ms=due), due + HOUR_MS).due_ms == due
    assert decide(careful, Past(last_run_ms=due - HOUR_MS), due + 5 * HOUR_MS).due_ms == due


def test_any_drift_that_reaches_the_threshold_counts_whatever_its_sign() -> None:
    targets = {"BTC": Decimal("0.5"), "ETH": Decimal("0.5")}
    values = {"BTC": Decimal(55), "ETH": Decimal(45)}
    assert [row.asset for row in off_target(values, targets, Decimal("0.05"))] == ["BTC", "ETH"]
    assert off_target(values, targets, Decimal("0.0501")) == ()
    missing = off_target({"BTC": Decimal(100)}, targets, Decimal("0.5"))
    assert {(row.asset, row.drift) for row in missing} == {("BTC", Decimal("0.5")), ("ETH", Decimal("-0.5"))}


def test_without_a_value_or_a_threshold_nothing_is_off_target() -> None:
    assert off_target({"BTC": Decimal(1)}, {"ETH": Decimal(1)}, Decimal(0)) == ()
    with pytest.raises(EmptyPortfolioError):
        off_target({}, {"ETH": Decimal(1)}, Decimal("0.05"))


MINUTE = 60_000
STEPS = st.lists(
    st.tuples(
        # Minutes until the next look: a refresh, a night, or months in which the program was down; or a clock put back.
        st.one_of(st.integers(1, 90), st.integers(600, 3000), st.integers(50_000, 90_000), st.integers(-300, -1)),
        st.sampled_from(["look", "look", "look", "deposit", "run", "save", "pause"]),
    ),
    max_size=60,
)


@given(
    st.integers(30, 40_320).map(lambda minutes: minutes * MINUTE),
    st.integers(0, 2000).map(lambda minutes: minutes * MINUTE),
    st.integers(0, 300).map(lambda minutes: minutes * MINUTE),
    STEPS,
)
def test_whatever_happens_a_run_has_its_own_due_instant_and_keeps_every_pause(
    interval: int, cooldown: int, settle: int, steps: list[tuple[int, str]]
) -> None:
    schedule = Schedule("periodic", interval, T0, cooldown, settle)
    past, now, fired = Past(), T0, list[int]()
    for minutes, what in steps:
        now += minutes * MINUTE
        if what == "deposit":
            past = replace(past, last_deposit_ms=now)
        elif what == "run":
            past = replace(past, last_run_ms=now)
        elif what == "save":
            schedule = replace(schedule, started_ms=now)
        elif what == "pause":
            schedule = replace(schedule, paused=not schedule.paused)
        found = decide(schedule, past, now)
        assert (found.due_ms is None) == (found.hold is not None)
        if found.due_ms is None:
            assert found.next_ms is None or found.next_ms > now
            continue
        due = found.due_ms
        assert what != "save"
        assert not schedule.paused
        assert schedule.started_ms + interval <= due <= now < due + interval
        assert (due - schedule.started_ms) % interval == 0
        assert past.last_run_ms is None or now - past.last_run_ms >= cooldown
        assert past.last_deposit_ms is None or now - past.last_deposit_ms >= settle
        assert not fired or due > fired[-1]
        fired.append(due)
        past = replace(past, last_due_ms=due, last_run_ms=now)


@given(st.integers(1, 40_320), st.integers(1, 30))
def test_asked_at_the_next_instant_it_names_no_due_instant_is_passed_over(minutes: int, runs: int) -> None:
    schedule = Schedule("threshold", minutes * MINUTE, T0)
    past, now, fired = Past(), T0, list[int]()
    for _ in range(2 * runs):
        found = decide(schedule, past, now)
        if found.due_ms is not None:
            fired.append(found.due_ms)
            past = replace(past, last_due_ms=found.due_ms)
        else:
            assert found.next_ms is not None
            now = found.next_ms
    assert fired == [T0 + (number + 1) * minutes * MINUTE for number in range(runs)]
