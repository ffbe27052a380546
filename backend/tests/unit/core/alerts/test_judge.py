"""A level fires once, waits until it is armed again, and does neither on what is not known."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.alerts.judge import Measured, Threshold, judged
from backend.core.alerts.kinds import TERMS, default_rules, refused_limit, threshold
from backend.core.model.alerts import AlertRule, RuleState

D = Decimal
FRESH = RuleState("loss_24h", 1)
EIGHT = Threshold(D(8), D(6))


def course(at: Threshold, *measures: str | None) -> list[str]:
    """What each measure of a course comes to."""
    state = FRESH
    told: list[str] = []
    for text in measures:
        measured: Measured | None = None if text is None else {"": D(text)}
        found = judged([state], FRESH, measured, at)
        told.append(found[0][0] if found else "nothing")
        state = found[0][1] if found else state
    return told


def test_it_fires_at_its_limit_once_and_again_only_after_it_was_armed() -> None:
    told = course(EIGHT, "7.99", "8", "9", "7", "8.5", "6", "8", "20")
    assert told == ["nothing", "fires", "nothing", "nothing", "nothing", "rearms", "fires", "nothing"]


def test_what_is_not_known_neither_fires_nor_arms() -> None:
    assert course(EIGHT, None, "9", None, None, "6.1") == ["nothing", "fires", "nothing", "nothing", "nothing"]
    state = RuleState("loss_24h", 1, fired=True)
    assert judged([state], FRESH, None, EIGHT) == []
    assert judged([state], FRESH, {"": None}, EIGHT) == []


def test_a_price_below_fires_below_and_is_armed_above() -> None:
    at = threshold(AlertRule("price_below", D(100), asset="BTC"), D(100))
    assert course(at, "101", "100", "99", "100.9", "101", "90") == [
        "nothing", "fires", "nothing", "nothing", "rearms", "fires",
    ]  # fmt: skip


def test_a_limit_of_nothing_fires_above_it() -> None:
    assert course(Threshold(D(0), D(0)), "0", "0.1", "0", "5") == ["nothing", "fires", "rearms", "fires"]


def test_each_subject_stands_for_itself_and_one_that_is_gone_is_armed() -> None:
    first = judged([], FRESH, {"BTC": D(9), "ETH": D(1)}, EIGHT)
    assert [(verdict, state.subject, state.times) for verdict, state, _ in first] == [("fires", "BTC", 1)]
    states = [state for _, state, _ in first]
    assert judged(states, FRESH, {"BTC": None, "ETH": D(9)}, EIGHT)[0][1].subject == "ETH"
    assert [one[0] for one in judged(states, FRESH, {}, EIGHT)] == ["rearms"]


@given(measures=st.lists(st.none() | st.decimals(0, 20, places=2), max_size=40))
def test_between_two_firings_it_was_armed(measures: list[Decimal | None]) -> None:
    state, seen = FRESH, []
    for measure in measures:
        for verdict, after, by in judged([state], FRESH, {"": measure}, EIGHT):
            assert by is not None
            seen.append(verdict)
            state = after
    assert all(one != other for one, other in pairwise(seen))
    assert state.times == seen.count("fires")


@pytest.mark.parametrize("rule", default_rules(), ids=lambda rule: str(rule.kind))
def test_what_the_program_watches_by_itself_can_be(rule: AlertRule) -> None:
    assert refused_limit(rule.kind, rule.limit) is None
    assert not rule.channels
    terms = TERMS[rule.kind]
    if terms.unit is not None and rule.limit is not None and terms.nature == "level":
        at = threshold(rule, rule.limit)
        assert at.rearm > at.limit if terms.falling else at.rearm < at.limit


def test_a_limit_that_its_kind_cannot_have_is_refused() -> None:
    assert all(refused_limit("loss_24h", limit) for limit in (None, D(101), D(0)))
    assert refused_limit("price_above", None)
    assert refused_limit("run_failed", D(1))
    assert refused_limit("drift_band", None) is None
