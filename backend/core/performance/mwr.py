"""Money-weighted return: the yearly rate at which all payments of an investor add up to nothing (XIRR)."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Final

import numpy as np
import pyxirr
from numpy.typing import NDArray

from backend.core.errors import DomainError
from backend.core.model.instants import from_ms
from backend.core.performance.errors import NeedsBothSignsError, NoSolutionError, PeriodTooShortError
from backend.core.performance.figure import Figure, undefined
from backend.core.performance.twr import Flow, net_flows

Floats = NDArray[np.float64]

YEAR_DAYS: Final = 365.0
DAY_S: Final = 86_400.0
AMOUNT: Final = attrgetter("amount")
# Newton doubles the digits at every step: behind one of this size another one would change nothing that a float holds.
# Where the balance is never on the other side, a root is off by no more than the square of the last step times the
# years that the payments span.
MOST_STEPS: Final = 20
LAST_STEP: Final = 1e-9
# The search runs over x = log(1 + rate), in which a loss of nearly everything has as much room as a gain of millions;
# it looks ten times closer between -63 % and +172 %, where portfolios live.
LOWEST: Final = math.log(1e-12)
HIGHEST: Final = math.log1p(1e6)
GRID: Final = np.union1d(np.linspace(LOWEST, HIGHEST, 4_001), np.linspace(-1.0, 1.0, 2_001))
# Payments are summed in blocks so that many payments do not need a table of grid x payments at once.
BLOCK: Final = 256
DAY_COUNTS: Final = {
    360.0: pyxirr.DayCount.ACT_360,
    365.0: pyxirr.DayCount.ACT_365F,
    365.25: pyxirr.DayCount.ACT_365_25,
}


@dataclass(frozen=True, slots=True)
class MoneyWeightedReturn:
    """`rate` a year, a float64 statistic: 0.10 is +10 % a year.

    With several roots it is the one nearest to 0 and `multiple` is true; `roots` are all that were found, rising.
    `days` is the time between the first payment and the last.
    """

    rate: float
    roots: tuple[float, ...]
    days: float

    @property
    def multiple(self) -> bool:
        return len(self.roots) > 1


@dataclass(frozen=True, slots=True)
class _Payments:
    """Amounts (one sign not all) and years since the first one, rising in time."""

    amounts: Floats
    years: Floats

    def value_at(self, x: Floats) -> Floats:
        """Sign-true sum of the payments at log rates `x` (float64[m]): scaled so that no power overflows."""
        result = np.zeros(len(x), dtype=np.float64)
        shift = np.where(x < 0, self.years[-1], 0.0)
        for low in range(0, len(self.years), BLOCK):
            years, amounts = self.years[low : low + BLOCK], self.amounts[low : low + BLOCK]
            result += np.exp(-np.multiply.outer(x, years) + (shift * x)[:, None]) @ amounts
        return result

    def sign_at(self, x: float) -> float:
        return float(np.sign(self.value_at(np.array([x]))[0]))


def xirr(payments: Sequence[Flow], year_days: float = YEAR_DAYS) -> MoneyWeightedReturn:
    """Solve `sum of a_i x (1 + r)^(-t_i) = 0` for r, t in years of `year_days` days, by the second.

    Args:
        payments: seen from the investor: opening value and deposits negative, withdrawals and closing value positive;
            in any order, those of one instant are added up.

    Raises:
        NeedsBothSignsError: no payment in, or no payment out.
        PeriodTooShortError: less than a day between the first payment and the last.
        NoSolutionError: no sign change between -1 + 1e-12 and 1e6.

    Source:
        docs/formulas.md#money-weighted-return.
    """
    moments = np.array([flow.at.timestamp() for flow in payments], dtype=np.float64)
    columns = _rising(moments, _floats(list(map(AMOUNT, payments))))
    return _solved(*(_netted(payments) if columns is None else columns), year_days)


def xirr_at(
    instants_ms: Sequence[int], amounts: Sequence[Decimal], year_days: float = YEAR_DAYS
) -> MoneyWeightedReturn:
    """`xirr` of payments as they are stored: instants in ms since the epoch and amounts, n of each."""
    moments = np.fromiter(instants_ms, np.int64, len(instants_ms)) / 1000.0
    columns = _rising(moments, _floats(amounts))
    if columns is None:
        return xirr(list(map(Flow, map(from_ms, instants_ms), amounts)), year_days)
    return _solved(*columns, year_days)


def _solved(moments: Floats, amounts: Floats, year_days: float) -> MoneyWeightedReturn:
    if not (np.count_nonzero(amounts > 0) and np.count_nonzero(amounts < 0)):
        raise NeedsBothSignsError("payments of both signs are needed")
    days = (moments - moments[0]) / DAY_S
    first = datetime.fromtimestamp(moments[0], UTC)
    if days[-1] < 1:
        raise PeriodTooShortError("less than a day between the first payment and the last", first)
    series = _Payments(amounts, days / year_days)
    quick = _only_root(series, _library_rate(moments, amounts, year_days))
    roots = _scan(series) if quick is None else (quick,)
    if not roots:
        raise NoSolutionError("no rate brings the payments to zero", first)
    return MoneyWeightedReturn(min(roots, key=abs), roots, float(days[-1]))


def _floats(amounts: Sequence[Decimal]) -> Floats:
    """Amounts as float64[n]: `struct` turns many decimals into floats in the least time."""
    return np.frombuffer(struct.pack(f"{len(amounts)}d", *amounts), np.float64)


def _rising(moments: Floats, amounts: Floats) -> tuple[Floats, Floats] | None:
    """Seconds since the epoch, rising, and the amount of each; None where some have to be added up, or say nothing."""
    if not (moments[1:] > moments[:-1]).all():
        order = np.argsort(moments, kind="stable")
        moments, amounts = moments[order], amounts[order]
        if not (moments[1:] > moments[:-1]).all():
            return None
    return (moments, amounts) if np.count_nonzero(amounts) == len(amounts) else None


def _netted(payments: Sequence[Flow]) -> tuple[Floats, Floats]:
    """Seconds and amounts; those of one instant added up, exactly."""
    netted = sorted(net_flows(payments).items())
    return (
        np.array([at.timestamp() for at, _ in netted], dtype=np.float64),
        np.array([float(amount) for _, amount in netted], dtype=np.float64),
    )


def period_rate(rate: float, days: float, year_days: float = YEAR_DAYS) -> Figure:
    """The figure of the period itself, shown instead of the yearly rate below a year: `(1 + r)^(days / year) - 1`."""
    if days < 1:
        return undefined("period_too_short")
    return Figure(float(math.expm1(math.log1p(rate) * days / year_days)))


def window_rate(payments: Sequence[Flow]) -> Figure:
    """XIRR of a window, or why there is none: a year's rate from 365 days on, below that the figure of the period."""
    return _shown(partial(xirr, payments))


def window_rate_at(instants_ms: Sequence[int], amounts: Sequence[Decimal]) -> Figure:
    """`window_rate` of payments as they are stored."""
    return _shown(partial(xirr_at, instants_ms, amounts))


def _shown(solve: Callable[[], MoneyWeightedReturn]) -> Figure:
    try:
        found = solve()
    except DomainError as error:
        return undefined(error.code)
    shown = Figure(found.rate) if found.days >= YEAR_DAYS else period_rate(found.rate, found.days)
    return replace(shown, several=found.multiple)


def _library_rate(moments: Floats, amounts: Floats, year_days: float) -> float | None:
    """What pyxirr says; it counts whole days, so payments within a day make it differ from the rate by the second."""
    day_count = DAY_COUNTS.get(year_days)
    if day_count is None:
        return None
    days = np.floor(moments / DAY_S).astype(np.int64).view("datetime64[D]")
    rate: float | None = pyxirr.xirr(days, amounts, silent=True, day_count=day_count)
    return rate


def _only_root(series: _Payments, guess: float | None) -> float | None:
    """The root next to a guess where it is the only one, else None.

    At a root at which everything paid in so far outweighs everything paid out until the very last payment, no other
    rate brings the payments to nothing: a higher one lets the balance grow faster at every step, a lower one slower.
    """
    if guess is None or not -0.99 < guess < 100:
        return None
    amounts, years = series.amounts, series.years
    x = math.log1p(guess)
    for _ in range(MOST_STEPS):
        parts = amounts * np.exp(-x * years)
        slope = float(parts @ years)
        if slope == 0:
            return None
        step = float(parts.sum()) / slope
        x += step
        if abs(step) <= LAST_STEP:
            break
    else:
        return None
    balance = np.cumsum(parts)[:-1]
    if amounts[0] < 0:
        balance = -balance
    return float(math.expm1(x)) if balance.min() >= 0 else None


def _scan(series: _Payments) -> tuple[float, ...]:
    signs = np.sign(series.value_at(GRID))
    roots = [float(math.expm1(x)) for x in GRID[signs == 0]]
    for low in np.flatnonzero(signs[:-1] * signs[1:] < 0):
        root = _bisect(series, float(GRID[low]), float(GRID[low + 1]))
        if root is not None:
            roots.append(root)
    return tuple(sorted(roots))


def _bisect(series: _Payments, low: float, high: float) -> float | None:
    """Rate at the sign change between two log rates, to the last bit; None when there is no change."""
    below, above = series.sign_at(low), series.sign_at(high)
    if below * above > 0:
        return None
    if below * above == 0:
        return float(math.expm1(low if below == 0 else high))
    while low < (middle := (low + high) / 2) < high:
        sign = series.sign_at(middle)
        if sign == 0:
            return float(math.expm1(middle))
        low, high = (middle, high) if sign == below else (low, middle)
    return float(math.expm1(middle))
