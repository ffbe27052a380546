"""Money-weighted return: roots, reasons for none, exact seconds."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from backend.core.performance.errors import NeedsBothSignsError, NoSolutionError, PeriodTooShortError
from backend.core.performance.mwr import period_rate, window_rate, window_rate_at, xirr
from backend.core.performance.twr import Flow

T0 = datetime(2021, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)


def payments(*pairs: tuple[float, str]) -> list[Flow]:
    return [Flow(T0 + years * YEAR, Decimal(amount)) for years, amount in pairs]


def test_of_several_roots_the_one_nearest_to_zero_is_taken_and_marked() -> None:
    # -100 + 230 / 1.1 - 132 / 1.21 = 0, and the same at 1.2.
    result = xirr(payments((0, "-100"), (1, "230"), (2, "-132")))
    assert result.roots == pytest.approx((0.1, 0.2), rel=1e-12)
    assert (result.rate, result.multiple) == (result.roots[0], True)


def test_one_change_of_sign_has_one_root() -> None:
    result = xirr(payments((0, "-100"), (1, "-50"), (2, "300")))
    assert result.rate == pytest.approx(0.5, rel=1e-14)
    assert not result.multiple


def test_time_counts_by_the_second_and_not_by_the_day() -> None:
    # The library behind it knows days only: 36 hours would be one or two of them.
    result = xirr([Flow(T0, Decimal(-100)), Flow(T0 + timedelta(hours=36), Decimal(101))])
    assert result.rate == pytest.approx(1.01 ** (365 / 1.5) - 1, rel=1e-11)
    assert result.days == 1.5


def test_payments_of_one_instant_are_one_payment() -> None:
    with pytest.raises(NeedsBothSignsError):
        xirr(payments((0, "-100"), (0, "150"), (1, "10")))


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([(0, "-100"), (1, "-100")], NeedsBothSignsError),
        ([], NeedsBothSignsError),
        ([(0, "-100"), (0.002, "101")], PeriodTooShortError),
        ([(0, "-100"), (1, "230"), (2, "-135")], NoSolutionError),
        ([(0, "-1"), (1, "1e9")], NoSolutionError),
    ],
)
def test_where_there_is_no_rate_the_reason_is_named(rows: list[tuple[float, str]], error: type[Exception]) -> None:
    with pytest.raises(error):
        xirr(payments(*rows))


def test_decades_of_payments_do_not_overflow() -> None:
    rows = [(float(year), "-1") for year in range(60)] + [(60.0, "100"), (61.0, "-0.1")]
    with np.errstate(over="raise"):
        assert [root > 0 for root in xirr(payments(*rows)).roots] == [False, True]


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.decimals("-1e6", "1e6", places=2)), min_size=2, max_size=12),
    st.sampled_from([365.0, 365.25, 364.0]),
)
def test_every_rate_brings_the_payments_to_zero(rows: list[tuple[int, Decimal]], year_days: float) -> None:
    flows = [Flow(T0 + timedelta(days=days), amount) for days, amount in rows]
    try:
        result = xirr(flows, year_days)
    except (NeedsBothSignsError, NoSolutionError, PeriodTooShortError):
        return
    first = min(at for at, amount in ((flow.at, flow.amount) for flow in flows))
    for root in result.roots:
        years = [(flow.at - first) / timedelta(days=1) / year_days for flow in flows]
        terms = [float(flow.amount) * (1 + root) ** -t for flow, t in zip(flows, years, strict=True)]
        # Close to -100 % two neighbouring floats lie further apart than that: the nearer one is all there is to give.
        step = math.ulp(root) / (1 + root) * sum(abs(t * term) for t, term in zip(years, terms, strict=True))
        assert abs(sum(terms)) <= 1e-6 * sum(abs(term) for term in terms) + step


def test_below_a_year_the_figure_of_the_period_is_shown() -> None:
    rate = xirr([Flow(T0, Decimal(-100)), Flow(T0 + timedelta(days=90), Decimal(104))]).rate
    assert period_rate(rate, 90).value == pytest.approx(0.04, rel=1e-12)
    assert period_rate(rate, 0.5).reason == "period_too_short"


def account(seed: int) -> list[Flow]:
    """An opening value, deposits and withdrawals at whole days, and a closing value."""
    rng = random.Random(seed)
    days = rng.randint(30, 2500)
    opening = Decimal(rng.randint(1_000, 100_000))
    rows, held = [Flow(T0, -opening)], opening
    for day in sorted(rng.sample(range(1, days), min(days - 1, rng.randint(0, 60)))):
        amount = Decimal(rng.randint(-500_000, 800_000)) / 100
        if held + amount > 0 and amount:
            rows.append(Flow(T0 + timedelta(days=day), -amount))
            held += amount
    closing = (held * Decimal(rng.randint(20, 400)) / 100).quantize(Decimal("0.01"))
    return [*rows, Flow(T0 + timedelta(days=days), closing)]


@pytest.mark.parametrize("part", range(10))
def test_the_rate_of_500_random_accounts_is_that_of_pyxirr_and_the_only_root(part: int) -> None:
    for seed in range(part, 500, 10):
        rows = account(seed)
        found = xirr(rows)
        theirs = pyxirr.xirr([row.at for row in rows], [float(row.amount) for row in rows])
        assert theirs is not None
        years = [(row.at - T0) / YEAR for row in rows]

        def worth(x: float, rows: list[Flow] = rows, years: list[float] = years) -> float:
            return math.fsum(float(row.amount) * math.exp(-x * t) for row, t in zip(rows, years, strict=True))

        root = math.log1p(found.rate)
        assert min(abs(rate - theirs) for rate in found.roots) < 1e-7 * max(1, abs(theirs)), seed
        below, above = (worth(root + step) for step in (-1e-9, 1e-9))
        assert below * above < 0, seed
        signs = [worth(-4 + place / 25) > 0 for place in range(201)]
        changes = sum(earlier != later for earlier, later in pairwise(signs))
        assert changes <= len(found.roots), seed


def test_payments_need_not_be_in_order_and_those_of_one_instant_cancel_exactly() -> None:
    rows = payments((0, "-100"), (0.5, "0.3"), (0.5, "-0.1"), (0.5, "-0.2"), (1, "110"))
    assert xirr(rows[::-1]).rate == pytest.approx(0.1, rel=1e-14)


@given(
    st.lists(
        st.tuples(st.integers(0, 10**11), st.decimals(-(10**6), 10**6, places=2, allow_nan=False)),
        min_size=1,
        max_size=12,
    ),
    st.booleans(),
)
def test_payments_as_they_are_stored_have_the_rate_of_the_same_payments(
    rows: list[tuple[int, Decimal]], crowded: bool
) -> None:
    if crowded:
        # Several at one instant, in any order.
        rows = [*rows, *((at_ms, -amount * 2) for at_ms, amount in reversed(rows))]
    flows = [Flow(datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=at_ms), amount) for at_ms, amount in rows]
    assert window_rate_at([row[0] for row in rows], [row[1] for row in rows]) == window_rate(flows)
