"""What the known-answer cases leave open: undefined figures, missing days, noise."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.performance import relative_risk, risk
from backend.core.performance.figure import Figure
from backend.core.performance.trades import expectancy, profit_factor, win_rate

NAN = math.nan
MIXED = [0.01, -0.02, 0.015, NAN, 0.003]
KNOWN = [0.01, -0.02, 0.015, 0.003]


@pytest.mark.parametrize(
    "figure",
    [risk.volatility, risk.sharpe, risk.sortino, risk.value_at_risk, risk.pain_index],
)
def test_a_missing_day_is_left_out_and_never_zero(figure: Callable[[list[float]], Figure]) -> None:
    assert figure(MIXED) == figure(KNOWN)
    assert figure(MIXED) != figure([0.0 if math.isnan(one) else one for one in MIXED])


def test_only_days_of_both_series_count_against_the_benchmark() -> None:
    benchmark = [0.02, NAN, 0.01, 0.5, -0.01]
    both = relative_risk.beta([0.01, 0.015, 0.003], [0.02, 0.01, -0.01])
    assert relative_risk.beta(MIXED, benchmark) == both


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        (risk.volatility([0.01]), "too_few_values"),
        (risk.sharpe([0.01]), "too_few_values"),
        (risk.sortino([0.01]), "too_few_values"),
        (risk.value_at_risk([]), "too_few_values"),
        (risk.conditional_value_at_risk([NAN]), "too_few_values"),
        (risk.annual_return([]), "too_few_values"),
        (risk.sharpe([0.1, 0.1, 0.1]), "no_deviation"),
        (risk.sharpe([0.3, 0.6], rf=[0.1, 0.4]), "no_deviation"),
        (risk.sortino([0.1, 0.2]), "no_loss"),
        (risk.omega([0.1, 0.2]), "no_loss"),
        (risk.calmar([0.1] * 365), "no_drawdown"),
        (risk.calmar([0.1, -0.1] * 182), "period_too_short"),
        (risk.annual_return([9.0], 365.0), "out_of_range"),
        (relative_risk.beta([0.1, 0.2], [0.1, 0.1]), "flat_benchmark"),
        (relative_risk.alpha([0.1, 0.2], [0.3, 0.3]), "flat_benchmark"),
        (relative_risk.information_ratio([0.3, 0.6], [0.1, 0.4]), "no_deviation"),
        (relative_risk.tracking_error([0.1], [0.1]), "too_few_values"),
        (relative_risk.m_squared([0.1, 0.1], [0.1, 0.2]), "no_deviation"),
        (relative_risk.jensen_alpha_annual([0.1, 0.2], [0.1, 0.1]), "flat_benchmark"),
    ],
)
def test_what_is_not_defined_has_a_reason_and_no_number(figure: Figure, reason: str) -> None:
    assert (figure.value, figure.reason) == (None, reason)


def test_returns_that_never_move_have_no_volatility() -> None:
    assert risk.volatility([0.1, 0.1, 0.1]).value == 0.0


def test_the_risk_free_rate_of_a_day_compounds_to_the_year() -> None:
    assert (1 + risk.rf_per_period(0.05)) ** 365 == pytest.approx(1.05, rel=1e-12)


def test_a_series_of_one_rate_is_that_rate() -> None:
    assert risk.sharpe(KNOWN, rf=[0.001] * 4).value == pytest.approx(risk.sharpe(KNOWN, rf=0.001).value, rel=1e-12)


def test_beta_is_that_of_the_excess_over_a_risk_free_rate_that_moves() -> None:
    free = [0.01, 0.05, 0.02]
    figure = relative_risk.beta([0.21, 0.05, 0.12], [0.11, 0.05, 0.07], free)
    assert figure.value == pytest.approx(2.0, rel=1e-12)


@given(st.lists(st.floats(-0.5, 0.5), min_size=1, max_size=60), st.floats(0.01, 0.5))
def test_the_tail_is_never_better_than_its_edge(returns: list[float], cutoff: float) -> None:
    edge, tail = risk.value_at_risk(returns, cutoff).value, risk.conditional_value_at_risk(returns, cutoff).value
    assert edge is not None
    assert tail is not None
    assert tail <= edge + 1e-12


def test_a_result_of_exactly_zero_is_no_win_but_counts() -> None:
    assert win_rate([Decimal(1), Decimal(0)]) == Decimal("0.5")


def test_trade_figures_without_trades_or_without_losses_are_not_defined() -> None:
    assert (win_rate([]), expectancy([]), profit_factor([Decimal(1)])) == (None, None, None)
    assert profit_factor([Decimal(3), Decimal(-2)]) == Decimal("1.5")
