"""Windows in another currency: value, flows, profit, return and XIRR, each amount by the price of its own instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.display_rates import NO_RATE, Rates
from backend.core.model.amounts import MONEY, minus, total
from backend.core.model.instants import DAY_MS, from_ms, to_ms
from backend.core.performance.annualize import annualize
from backend.core.performance.figure import Figure, undefined
from backend.core.performance.mwr import window_rate
from backend.core.performance.restart import Restart
from backend.core.performance.twr import Flow
from backend.core.performance.windows import Trust, WindowFigures
from backend.core.views import HistoryPoint, MonthView, PeriodView

if TYPE_CHECKING:
    from backend.core.model.holdings import CashFlow

OTHER_CURRENCY: Final = "other_currency"


@dataclass(frozen=True, slots=True)
class Course:
    """What windows are made of: values at their ends by instant in ms and the valued flows of the account, both in the
    reporting currency, and the prices of all these instants."""

    values: Mapping[int, Decimal]
    flows: Sequence[CashFlow]
    rates: Rates

    def between(self, start_ms: int, end_ms: int) -> Sequence[CashFlow]:
        """The flows of a window: those of its start are in it, those of its end are not."""
        return [flow for flow in self.flows if start_ms <= flow.at_ms < end_ms]

    def value(self, at_ms: int) -> Decimal | None:
        """A value at the end of a window, in the currency."""
        return self.rates.then(self.values.get(at_ms), at_ms)


@dataclass(frozen=True, slots=True)
class _Money:
    """Profit of a window in the currency; every field None where a price is missing."""

    pnl: Decimal | None = None
    pnl_ratio: Decimal | None = None
    net_flows: Decimal | None = None


def sum_in_display(flows: Sequence[CashFlow], expected: Decimal | None, rates: Rates) -> Decimal | None:
    """Flows added up in the currency; None where a price is missing, or where they are not the flows of a figure."""
    amounts = [flow.amount for flow in flows if flow.amount is not None]
    shown = [rates.then(flow.amount, flow.at_ms) for flow in flows if flow.amount is not None]
    known = [amount for amount in shown if amount is not None]
    return total(known) if len(known) == len(amounts) and total(amounts) == expected else None


def figures_in_display(figures: WindowFigures, course: Course) -> WindowFigures:
    """A window's returns and profit in the currency (docs/formulas.md#another-display-currency)."""
    rates = course.rates
    if figures.start is None:
        return replace(figures, pnl=None, pnl_ratio=None, net_flows=None)
    start_ms, end_ms = to_ms(figures.start), to_ms(figures.end)
    money = _money(figures, course, start_ms, end_ms)
    told = figures.money if figures.pnl is None or money.pnl is not None else Trust("unavailable", NO_RATE)
    figures = replace(figures, pnl=money.pnl, pnl_ratio=money.pnl_ratio, net_flows=money.net_flows, money=told)
    end = rates.at(end_ms)
    twr = rates.growth(figures.twr, start_ms, end)
    benchmark = rates.growth(figures.benchmark_twr, start_ms, end)
    unpriced = Trust("unavailable", NO_RATE)
    known = twr is not None or figures.twr is None
    excess = None if twr is None or benchmark is None else twr - benchmark
    days = (end_ms - start_ms) / DAY_MS
    return replace(
        figures,
        twr=twr,
        twr_annualized=None if twr is None or figures.twr_annualized is None else annualize(twr, days).value,
        benchmark_twr=benchmark,
        excess=excess,
        status=figures.status if known else "unavailable",
        reason=figures.reason if known else NO_RATE,
        benchmark=unpriced if benchmark is None and figures.benchmark_twr is not None else figures.benchmark,
        against=unpriced if excess is None and figures.excess is not None else figures.against,
    )


def in_display(period: PeriodView, course: Course) -> PeriodView:
    """A period of the statistics in the currency. Drawdowns would need the price of every day: they are not told."""
    figures = None if period.figures is None else figures_in_display(period.figures, course)
    rate = _money_weighted(period, course)
    return replace(
        period,
        figures=figures,
        reason=period.reason if figures is None else figures.reason,
        max_drawdown=None,
        benchmark_max_drawdown=None,
        drawdown_doubt=OTHER_CURRENCY,
        benchmark_drawdown_doubt=OTHER_CURRENCY,
        xirr=rate,
        restart=None if period.restart is None else _restart(period.restart, course),
    )


def _restart(found: Restart, course: Course) -> Restart:
    return Restart(found.at_ms, figures_in_display(found.figures, course))


def points_in_display(
    points: Sequence[HistoryPoint], opening: tuple[int, Decimal], course: Course
) -> list[HistoryPoint]:
    """Points in the currency. What was put in: the opening value and every flow before a point, each at its price."""
    rates = course.rates
    first_ms, first_value = opening
    told, shown = first_value, rates.then(first_value, first_ms)
    waiting = [flow for flow in sorted(course.flows, key=lambda flow: flow.at_ms) if flow.at_ms >= first_ms]
    place = 0
    found: list[HistoryPoint] = []
    for point in points:
        while place < len(waiting) and waiting[place].at_ms < point.at_ms:
            flow = waiting[place]
            amount, part = flow.amount or Decimal(0), rates.then(flow.amount, flow.at_ms)
            told = total([told, amount])
            shown = None if shown is None or part is None else total([shown, part])
            place += 1
        end = rates.at(point.at_ms)
        found.append(
            HistoryPoint(
                at_ms=point.at_ms,
                twr=rates.growth(point.twr, points[0].at_ms, end),
                benchmark=rates.growth(point.benchmark, points[0].at_ms, end),
                hold=rates.growth(point.hold, points[0].at_ms, end),
                value=rates.then(point.value, point.at_ms),
                # Not the flows that this figure was made of: better unknown than another sum.
                net_deposits=shown if told == point.net_deposits else None,
            )
        )
    return found


def month_in_display(month: MonthView, course: Course) -> MonthView:
    """A month in the currency."""
    figures = figures_in_display(month.figures, course)
    known = figures.net_flows is not None
    value = course.rates.then(month.end_value, to_ms(figures.end)) if known else None
    return MonthView(month.month, figures, value, month.complete)


def _money(figures: WindowFigures, course: Course, start_ms: int, end_ms: int) -> _Money:
    inside = course.between(start_ms, end_ms)
    net_flows = sum_in_display(inside, figures.net_flows, course.rates)
    start, end = course.value(start_ms), course.value(end_ms)
    if figures.pnl is None or start is None or end is None or net_flows is None:
        return _Money(net_flows=net_flows)
    deposited = [course.rates.then(flow.amount, flow.at_ms) for flow in inside if (flow.amount or 0) > 0]
    with localcontext(MONEY):
        pnl = minus(end, start, net_flows)
        capital = start + total([amount for amount in deposited if amount is not None])
        return _Money(pnl, pnl / capital if capital > 0 else None, net_flows)


def _money_weighted(period: PeriodView, course: Course) -> Figure:
    figures = period.figures
    if figures is None or figures.start is None or period.xirr.value is None:
        return undefined(period.xirr.reason or OTHER_CURRENCY)
    start_ms, end_ms = to_ms(figures.start), to_ms(figures.end)
    inside = course.between(start_ms, end_ms)
    start, end = course.value(start_ms), course.value(end_ms)
    if start is None or end is None or sum_in_display(inside, figures.net_flows, course.rates) is None:
        return undefined(NO_RATE)
    payments = [Flow(figures.start, -start), Flow(figures.end, end)]
    for flow in inside:
        amount = course.rates.then(flow.amount, flow.at_ms)
        if amount is not None:
            payments.append(Flow(from_ms(flow.at_ms), -amount))
    return window_rate(payments)
