"""RiskBook: risk figures of a window and its drawdowns. It reads days, never every snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.core.display_rates import Rates, stored_rates
from backend.core.display_windows import OTHER_CURRENCY
from backend.core.model.instants import DAY_MS, HOUR_MS, to_ms
from backend.core.model.risk_rate import RISK_FREE, decode_rate
from backend.core.performance.annualize import annualize
from backend.core.performance.day_rows import day_of, midnights
from backend.core.performance.drawdown import Drawdown, drawdowns
from backend.core.performance.figure import Figure, undefined
from backend.core.performance.risk_lines import NO_BENCHMARK, TOO_FEW_DAYS, Named, Pair, risk_pairs
from backend.core.performance.risk_sample import (
    FEWEST_RETURNS,
    MISSING_DAYS,
    MISSING_HOURS,
    Line,
    Sample,
    Start,
    hourly_fall,
    known_returns,
    sample_of,
)
from backend.core.performance.windows import HISTORY_TOO_SHORT, TOTAL
from backend.core.performance_tracker import Measured, PerformanceTracker, Refused
from backend.core.risk_views import DrawdownsView, Fall, RiskFigure, RiskLine, RiskView, shown_in
from backend.core.whole import RECOMPUTING
from backend.core.window_doubts import behind, benchmark_doubt

if TYPE_CHECKING:
    from backend.core.performance.day_series import Floats, Whole
    from backend.core.ports import Store, UnitOfWork
    from backend.core.views import Status

HOURLY: Final = "max_drawdown_hourly"
ALONE: Final = (
    *("volatility", "sharpe", "sortino", "calmar", "max_drawdown", HOURLY),
    *("var_95", "cvar_95", "best_day", "worst_day", "positive_days"),
)
AGAINST: Final = ("beta", "alpha", "tracking_error", "information_ratio")
# How many days of history each of these needs, where more than FEWEST_RETURNS.
LONGER: Final = {"calmar": 365}


@dataclass(frozen=True, slots=True)
class OpenedRisk:
    """Risk figures with what they were made of; that is None where there are none. `yearly`: annual return of the
    window, own and of the benchmark.
    """

    view: RiskView
    window: Measured | None = None
    sample: Sample | None = None
    yearly: tuple[Figure, Figure] | None = None


class RiskBook:
    """Answers about risk over a store."""

    def __init__(self, store: Store, performance: PerformanceTracker, snapshot_interval_s: int) -> None:
        self._store = store
        self._performance = performance
        # Snapshots further apart than an hour leave the others of a day out by design.
        self._hours_a_day = 24 // max(-(-snapshot_interval_s // 3600), 1)

    def risk(self, days: int, account_id: int | None, currency: str | None = None) -> RiskView:
        """Risk figures of the last `days` (0: all), in the reporting currency or in another one.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            found = self._performance.measured(unit, days, account_id)
            return self.opened(unit, found, (days, days), currency).view

    def of_period(
        self, unit: UnitOfWork, found: Measured | Refused, days: int, currency: str | None = None
    ) -> RiskView:
        """The figures of a window with ends of its own, `days` long when it is over."""
        return self.opened(unit, found, (days, TOTAL), currency).view

    def opened(
        self, unit: UnitOfWork, found: Measured | Refused, of: tuple[int, int], currency: str | None
    ) -> OpenedRisk:
        """The figures and what they were made of, in one look.

        Args:
            of: how many days the window is called, and how many its sample goes back (0: to its start).
        """
        days, sampled = of
        currency = _other(currency, found)
        rate = decode_rate(unit.settings.get(RISK_FREE))
        sample = self._sample(unit, found, sampled, currency)
        if isinstance(found, Refused) or found.start is None or sample is None:
            figures, reason = (None, found.reason) if isinstance(found, Refused) else (found.figures, None)
            lines = self._unknown(unit, found)
            basis = shown_in(found.basis, currency)
            return OpenedRisk(RiskView(basis, days, figures, reason, rate, 0, 0, 0, None, None, lines))
        yearly = _yearly(unit, found, currency)
        pairs = dict(risk_pairs(sample, float(rate), yearly))
        pairs[HOURLY] = self._hourly(unit, found, sample, currency)
        mark_doubt = _mark_doubt(unit, found, sample)
        known = len(sample.own.returns) > 0
        view = RiskView(
            basis=shown_in(found.basis, currency),
            days=days,
            figures=found.figures,
            reason=None,
            risk_free_rate=rate,
            count=sample.own.count,
            missing=sample.own.missing,
            benchmark_count=sample.benchmark.count,
            first_ms=sample.first_ms if known else None,
            last_ms=sample.day_ms(len(sample.own.returns) - 1) if known else None,
            lines={name: _line(name, pairs[name], sample, found, days, mark_doubt) for name in (*ALONE, *AGAINST)},
        )
        return OpenedRisk(view, found, sample, yearly)

    def drawdowns(self, days: int, most: int, account_id: int | None, currency: str | None = None) -> DrawdownsView:
        """The deepest falls of the daily index of a window; what is not recovered lasts to the end of it.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            found = self._performance.measured(unit, days, account_id)
            return self.opened_falls(unit, found, (days, days), most, currency)[0]

    def falls_of_period(
        self, unit: UnitOfWork, found: Measured | Refused, days: int, most: int, currency: str | None = None
    ) -> DrawdownsView:
        """The same of a window with ends of its own, `days` long when it is over."""
        return self.opened_falls(unit, found, (days, TOTAL), most, currency)[0]

    def opened_falls(
        self, unit: UnitOfWork, found: Measured | Refused, of: tuple[int, int], most: int, currency: str | None
    ) -> tuple[DrawdownsView, Line | None]:
        """Falls, and the line that they are of; `of`: as of `opened`."""
        days, sampled = of
        currency = _other(currency, found)
        sample = self._sample(unit, found, sampled, currency)
        basis = shown_in(found.basis, currency)
        if isinstance(found, Refused):
            return DrawdownsView(basis, days, None, "unavailable", found.reason, []), None
        if sample is None:
            return DrawdownsView(basis, days, found.figures, "unavailable", found.figures.reason, []), None
        # The start of the window, and each 00:00 in it.
        whole = found.start is not None and len(sample.own.index) > midnights(found.start.at_ms, found.last.at_ms)
        doubt = found.figures.reason or sample.doubt or (None if whole else MISSING_DAYS)
        falls = drawdowns(sample.own.index)[:most] if len(sample.own.index) else []
        told = [_fall(fall, sample.own, found.last.at_ms) for fall in falls]
        status: Status = "estimated" if doubt else "exact"
        return DrawdownsView(basis, days, found.figures, status, doubt, told), sample.own

    def _sample(self, unit: UnitOfWork, found: Measured | Refused, days: int, currency: str | None) -> Sample | None:
        """None where the window has no return."""
        if isinstance(found, Refused) or found.start is None or found.figures.twr is None:
            return None
        start, end_ms, prices = found.start, found.last.at_ms, None
        first_ms = day_of(start.at_ms) - DAY_MS
        every = self._performance.days_of(unit, found.last.account_id)
        # The first day of all begins at 00:00 only where the first snapshot is of that instant.
        begun_ms = int(every.day_ms[0]) + (0 if np.isfinite(every.growth[0]) else DAY_MS)
        series = every.part(first_ms, end_ms)
        if currency is not None:
            instants = [*range(first_ms, end_ms + 1, DAY_MS), start.at_ms]
            rates = Rates(currency, None, stored_rates(unit, currency, found.basis.reporting_currency, instants))

            def prices_at(at_ms: Whole) -> Floats:
                told = [rates.at(at) for at in at_ms.tolist()]
                return np.array([np.nan if price is None else float(price) for price in told])

            prices = prices_at
        opening = Start(start.at_ms, start.growth_index, start.benchmark_index)
        return sample_of(series, opening, end_ms, days, begun_ms, prices)

    def _unknown(self, unit: UnitOfWork, found: Measured | Refused) -> dict[str, RiskLine]:
        if isinstance(found, Refused):
            nothing = RiskFigure(None, "unavailable", found.reason, 0)
        else:
            reason, since, count = found.figures.reason, found.figures.available_from, 0
            if reason == HISTORY_TOO_SHORT:
                series = self._performance.days_of(unit, found.last.account_id)
                reason, count = TOO_FEW_DAYS, known_returns(series)
            nothing = RiskFigure(None, "unavailable", reason, count, None if since is None else to_ms(since))
        return {name: RiskLine(nothing, nothing) for name in ALONE} | {name: RiskLine(nothing) for name in AGAINST}

    def _hourly(self, unit: UnitOfWork, found: Measured, sample: Sample, currency: str | None) -> Pair:
        """The deepest fall over full hours: those up to the first whole day, and then day by day."""
        own, benchmark = sample.own.count, sample.benchmark.count
        if currency is not None:
            other = undefined(OTHER_CURRENCY)
            return Pair(Named(other, own), Named(other, benchmark))
        start, end_ms = found.start, found.last.at_ms
        if start is None or own < FEWEST_RETURNS:
            few = undefined(TOO_FEW_DAYS)
            return Pair(Named(few, own), Named(few, benchmark))
        account = start.account_id
        whole_ms = -(-start.at_ms // DAY_MS) * DAY_MS
        early = range(start.at_ms // HOUR_MS * HOUR_MS + HOUR_MS, whole_ms, HOUR_MS)
        rows = [start, *unit.snapshots.at_instants(account, list(early))]
        series = self._performance.days_of(unit, account).part(whole_ms, end_ms)
        over = series.part(whole_ms, day_of(end_ms) - DAY_MS)
        days = (day_of(end_ms) - whole_ms) // DAY_MS
        reason = next((told or any_hour for told, any_hour in series.reasons.values()), None)
        doubt = reason or (MISSING_HOURS if _short(over.hours, days, self._hours_a_day) else None)
        marks = [np.nan if row.benchmark_index is None else row.benchmark_index for row in rows]
        fall = hourly_fall(np.array([row.growth_index for row in rows]), (series.high, series.low, series.fall))
        theirs = hourly_fall(np.array(marks), (series.benchmark_high, series.benchmark_low, series.benchmark_fall))
        cut = MISSING_HOURS if _short(over.benchmark_hours, days, self._hours_a_day) else None
        return Pair(
            Named(undefined(TOO_FEW_DAYS) if fall is None else Figure(fall), own, doubt),
            Named(undefined(NO_BENCHMARK) if theirs is None else Figure(theirs), benchmark, cut),
        )


def _short(hours: Whole, days: int, hours_a_day: int) -> bool:
    return len(hours) < days or bool(np.any(hours < hours_a_day))


def _other(currency: str | None, found: Measured | Refused) -> str | None:
    """The currency where it is another one than the reporting one."""
    return None if currency == found.basis.reporting_currency else currency


def _yearly(unit: UnitOfWork, found: Measured, currency: str | None) -> tuple[Figure, Figure]:
    """Annual return of the window, own and of the benchmark."""
    figures = found.figures
    if figures.start is None:
        return undefined(TOO_FEW_DAYS), undefined(TOO_FEW_DAYS)
    start_ms, end_ms = to_ms(figures.start), to_ms(figures.end)
    ratios = [figures.twr, figures.benchmark_twr]
    if currency is not None:
        stored = stored_rates(unit, currency, found.basis.reporting_currency, [start_ms, end_ms])
        rates = Rates(currency, None, stored)
        ratios = [rates.growth(ratio, start_ms, rates.at(end_ms)) for ratio in ratios]
    length = (end_ms - start_ms) / DAY_MS
    own, benchmark = (undefined(NO_BENCHMARK) if one is None else annualize(one, length) for one in ratios)
    return own, benchmark


def _mark_doubt(unit: UnitOfWork, found: Measured, sample: Sample) -> str | None:
    """Why the benchmark's figures are estimates: they are computed anew, or a price was old.

    What else is doubtful about the account is not about the benchmark.
    """
    account, end = found.last.account_id, found.last
    if found.figures.reason == RECOMPUTING or behind(unit, account):
        return RECOMPUTING
    start = unit.snapshots.at_or_before(account, sample.first_ms) or found.start
    return None if start is None else benchmark_doubt(unit, start, end, found.figures)


def _line(name: str, pair: Pair, sample: Sample, found: Measured, days: int, mark_doubt: str | None) -> RiskLine:
    since, other = _since(name, sample, days), pair.benchmark
    doubt = found.figures.reason or (mark_doubt if name in AGAINST else None)
    own = _figure(pair.own, sample.own, sample, found, since, doubt)
    return RiskLine(own, None if other is None else _figure(other, sample.benchmark, sample, found, since, mark_doubt))


def _figure(
    named: Named, line: Line, sample: Sample, found: Measured, since_ms: int | None, window_doubt: str | None
) -> RiskFigure:
    value, reason = named.figure.value, named.figure.reason
    doubt = window_doubt or named.doubt
    if value is None:
        waiting = reason in (TOO_FEW_DAYS, "period_too_short") and not line.missing
        return RiskFigure(None, "unavailable", reason, named.count, since_ms if waiting else None)
    return RiskFigure(
        value=value,
        status="estimated" if doubt else "exact",
        reason=doubt,
        count=named.count,
        fall=None if named.fall is None or named.fall.depth == 0 else _fall(named.fall, line, found.last.at_ms),
        day_ms=None if named.place is None else sample.day_ms(named.place),
    )


def _since(name: str, sample: Sample, days: int) -> int | None:
    """When a window of this length has enough days; None: never."""
    wanted = LONGER.get(name, FEWEST_RETURNS)
    return sample.first_ms + wanted * DAY_MS if days == TOTAL or days >= wanted else None


def _fall(fall: Drawdown, line: Line, end_ms: int) -> Fall:
    recovered = None if fall.recovered is None else int(line.at_ms[fall.recovered])
    return Fall(
        depth=fall.depth,
        peak_ms=int(line.at_ms[fall.peak]),
        trough_ms=int(line.at_ms[fall.trough]),
        recovered_ms=recovered,
        until_ms=end_ms if recovered is None else recovered,
    )
