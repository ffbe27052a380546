"""The benchmark and the hold-only shadow of a window in another currency, each amount by the price of its instant."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from backend.core.benchmark_book import BenchmarkView, CoinPart, Comparison, HoldView, ResetView
from backend.core.display_rates import NO_RATE, Rates
from backend.core.display_windows import Course, figures_in_display
from backend.core.model.instants import to_ms
from backend.core.performance.windows import Trust
from backend.core.risk_views import shown_in


def instants_of(view: BenchmarkView) -> list[int]:
    """The instants, beside the ends of its window, that a benchmark has amounts of."""
    instants = [view.comparison.at_ms, view.hold.since_ms, view.hold.value.at_ms]
    return [reset.at_ms for reset in view.resets] + [at_ms for at_ms in instants if at_ms is not None]


def benchmark_in_display(view: BenchmarkView, course: Course, currency: str) -> BenchmarkView:
    """A benchmark in the currency; what has no price at its instant is unknown (`no_rate`)."""
    figures = view.figures
    if figures is None:
        return replace(view, basis=shown_in(view.basis, currency))
    rates, end_ms = course.rates, to_ms(figures.end)
    shown = figures_in_display(figures, course)
    lost = figures.excess is not None and shown.excess is None
    line = rates.then(view.line, end_ms)
    return replace(
        view,
        basis=shown_in(view.basis, currency),
        figures=shown,
        parts=[CoinPart(part.coin, part.share, part.units, rates.then(part.price, end_ms)) for part in view.parts],
        line=line,
        line_reason=view.line_reason or (NO_RATE if line is None else None),
        comparison=_compared(view.comparison, rates),
        hold=_hold(view.hold, rates),
        resets=[
            ResetView(reset.at_ms, {coin: rates.then(price, reset.at_ms) for coin, price in reset.prices.items()})
            for reset in view.resets
        ],
        status="unavailable" if lost else view.status,
        reason=NO_RATE if lost else view.reason,
    )


def _compared(one: Comparison, rates: Rates) -> Comparison:
    if one.at_ms is None or one.shadow is None:
        return replace(one, value=None if one.at_ms is None else rates.then(one.value, one.at_ms))
    value, shadow = rates.then(one.value, one.at_ms), rates.then(one.shadow, one.at_ms)
    if shadow is None:
        return Comparison(one.at_ms, None, None, "unavailable", NO_RATE)
    return replace(one, value=value, shadow=shadow)


def _hold(hold: HoldView, rates: Rates) -> HoldView:
    since_ms, at_ms = hold.since_ms, hold.value.at_ms
    if since_ms is None or at_ms is None:
        return hold
    end: Decimal | None = rates.at(at_ms)
    growth = rates.growth(hold.growth, since_ms, end)
    lost = hold.growth is not None and growth is None
    return replace(
        hold,
        growth=growth,
        twr=rates.growth(hold.twr, since_ms, end),
        value=_compared(hold.value, rates),
        status="unavailable" if lost else hold.status,
        reason=NO_RATE if lost else hold.reason,
        against=Trust("unavailable", NO_RATE) if lost else hold.against,
    )
