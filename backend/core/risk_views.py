"""What the risk book answers: values, not JSON and not rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.core.performance.windows import Trust, WindowFigures
    from backend.core.views import Basis, Status


@dataclass(frozen=True, slots=True)
class Fall:
    """A fall below a peak: instants, and the share that was lost (<= 0). `until_ms`: recovered, or the window's end."""

    depth: float
    peak_ms: int
    trough_ms: int
    recovered_ms: int | None
    until_ms: int


@dataclass(frozen=True, slots=True)
class RiskFigure:
    """A figure of a window; a ratio without unit, of `count` values.

    `available_from_ms`: when it will be known, while there are too few days. `fall` and `day_ms` are told with the
    drawdown and with the best and worst day.
    """

    value: float | None
    status: Status
    reason: str | None
    count: int
    available_from_ms: int | None = None
    fall: Fall | None = None
    day_ms: int | None = None


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A figure and the same of the benchmark, None where that has no meaning."""

    own: RiskFigure
    benchmark: RiskFigure | None = None


@dataclass(frozen=True, slots=True)
class RiskView:
    """Risk figures of a window by name. `figures` is None where there is no chain to look at; `reason` says why.

    `first_ms` and `last_ms`: 00:00 of the first and the last day of the sample.
    """

    basis: Basis
    days: int
    figures: WindowFigures | None
    reason: str | None
    risk_free_rate: Decimal
    count: int
    missing: int
    benchmark_count: int
    first_ms: int | None
    last_ms: int | None
    lines: Mapping[str, RiskLine]


@dataclass(frozen=True, slots=True)
class DrawdownsView:
    """Falls of a window, the deepest first."""

    basis: Basis
    days: int
    figures: WindowFigures | None
    status: Status
    reason: str | None
    falls: Sequence[Fall]


@dataclass(frozen=True, slots=True)
class DayView:
    """One day; money in the currency of the basis, ratios without unit. `complete`: it is over and no hour is missing.

    `average` and `benchmark_average` are over `hours` full hours, `close` is the value at 24:00, of the running day the
    newest. `benchmark_trust`: how far the benchmark's value and return at the day's ends can be trusted.
    """

    day_ms: int
    average: Decimal | None
    close: Decimal | None
    benchmark_average: Decimal | None
    benchmark_close: Decimal | None
    growth: float | None
    benchmark_growth: float | None
    hours: int
    complete: bool
    status: Status
    reason: str | None
    benchmark_trust: Trust


@dataclass(frozen=True, slots=True)
class Comparison:
    """Value against the benchmark's money line at one instant; `ratio` is the difference over the benchmark."""

    at_ms: int
    value: Decimal | None
    benchmark: Decimal | None
    difference: Decimal | None
    ratio: Decimal | None
    status: Status
    reason: str | None


@dataclass(frozen=True, slots=True)
class DailyView:
    """Days, oldest first, and the comparison of now and of the last 24 hours."""

    basis: Basis
    days: int
    rows: Sequence[DayView]
    latest: Comparison | None
    hours: Sequence[Comparison]
    status: Status
    reason: str | None


def shown_in(basis: Basis, currency: str | None) -> Basis:
    """What an answer in another currency rests on."""
    return basis if currency is None else replace(basis, reporting_currency=currency)
