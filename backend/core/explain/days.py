"""Figures of a day: the mean of its hours, what was held at its end, and what it returned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.explain.attributions import explain_held
from backend.core.explain.model import CUT, EXACTLY, Explained, Input
from backend.core.explain.rest import whole
from backend.core.explain.wording import WORDS, amount
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.performance.windows import Trust

if TYPE_CHECKING:
    from backend.core.display_rates import Rates
    from backend.core.model.valuation import SnapshotRow
    from backend.core.ports import UnitOfWork
    from backend.core.risk_views import DayView

DAY_RETURNS: Final = ("day_return", "day_benchmark_return")
DAYS: Final = (*DAY_RETURNS, "day_average", "day_benchmark_average", "day_close", "day_benchmark_close")
NO_SUCH_DAY: Final = "no_snapshots"


@dataclass(frozen=True, slots=True)
class DayOf:
    """A day as the pages tell it (None: there is none), and the accounts that it is of. `rates` of its currency."""

    day: DayView | None
    accounts: Sequence[int]
    rates: Rates | None


def explain_day(unit: UnitOfWork, metric: str, found: DayOf) -> Explained:
    """A figure of money of a day; returns are windows of two snapshots."""
    day = found.day
    if day is None:
        return nothing(metric, NO_SUCH_DAY, money=True)
    if metric == "day_average":
        told = _average(unit, found, day, day.average, benchmark=False)
    elif metric == "day_benchmark_average":
        told = _average(unit, found, day, day.benchmark_average, benchmark=True)
    elif metric == "day_benchmark_close":
        told = _benchmark_close(unit, found, day)
    elif day.close is None:
        return nothing(metric, day.reason, money=True)
    else:
        told = explain_held(metric, _closing_rows(unit, found, day), None, found.rates)
    trust = trust_of(metric, day)
    status = "unavailable" if told.result is None else trust.status
    return replace(told, method=metric, words=WORDS[metric], status=status, reason=trust.reason, start_ms=day.day_ms)


def trust_of(metric: str, day: DayView) -> Trust:
    """How far a figure of a day can be trusted."""
    return day.benchmark_trust if "benchmark" in metric else Trust(day.status, day.reason)


def nothing(metric: str, reason: str | None, money: bool = False) -> Explained:
    """No such figure, and why."""
    return Explained("money" if money else "percent", None, "unavailable", reason, metric, WORDS[metric], "not defined")


def ends_of(unit: UnitOfWork, account: int, day_ms: int) -> tuple[int, int] | None:
    """The instants of the snapshots that a day of an account lies between."""
    first, last = unit.snapshots.first(account), unit.snapshots.last(account)
    if first is None or last is None:
        return None
    start_ms, end_ms = max(day_ms, first.at_ms), min(day_ms + DAY_MS, last.at_ms)
    return (start_ms, end_ms) if start_ms < end_ms else None


def _closing_rows(unit: UnitOfWork, found: DayOf, day: DayView) -> list[SnapshotRow]:
    """Of each account that has one: the row at 24:00, of the running day the newest."""
    rows: list[SnapshotRow] = []
    for account in found.accounts:
        last = unit.snapshots.last(account)
        if last is not None:
            rows += unit.snapshots.at_instants(account, [min(day.day_ms + DAY_MS, last.at_ms)])
    return rows


def _benchmark_close(unit: UnitOfWork, found: DayOf, day: DayView) -> Explained:
    rows = _closing_rows(unit, found, day)
    inputs = [_line(row, found.rates, None) for row in rows]
    formula = f"benchmark = {' + '.join(amount(one.value) for one in inputs)} = {amount(day.benchmark_close)}"
    return _money(day.benchmark_close, formula, inputs, rows)


def _average(unit: UnitOfWork, found: DayOf, day: DayView, result: Decimal | None, benchmark: bool) -> Explained:
    """Each full hour has its share in the mean; over several accounts their means add up."""
    inputs: list[Input] = []
    hours: list[SnapshotRow] = []
    grid = list(range(day.day_ms, day.day_ms + DAY_MS, HOUR_MS))
    for account in found.accounts:
        rows = unit.snapshots.at_instants(account, grid)
        counted = [row for row in rows if not benchmark or row.benchmark_value is not None]
        for row in counted:
            value = row.benchmark_value if benchmark else row.value
            with localcontext(EXACTLY):
                part = None if value is None else (value / Decimal(len(counted))).quantize(CUT)
            inputs.append(Input("hour", "hour", value, row.at_ms, "snapshots", row.id, part=part))
        hours += counted
    formula = f"mean of {day.hours} full hours = {amount(result)}"
    return _money(result, formula, [] if result is None else whole(inputs, result), hours)


def _line(row: SnapshotRow, rates: Rates | None, part: Decimal | None) -> Input:
    value = row.benchmark_value if rates is None else rates.then(row.benchmark_value, row.at_ms)
    return Input("snapshot", "benchmark_value", value, row.at_ms, "snapshots", row.id, part=part or value)


def _money(result: Decimal | None, formula: str, inputs: Sequence[Input], rows: Iterable[SnapshotRow]) -> Explained:
    end_ms = max((row.at_ms for row in rows), default=None)
    return Explained("money", result, "exact", None, "", "", formula, inputs=inputs, end_ms=end_ms)
