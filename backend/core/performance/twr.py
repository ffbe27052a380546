"""Time-weighted return: exact linking at every flow, and Modified Dietz where a valuation is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Final

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.performance.errors import (
    FlowOutsidePeriodError,
    FlowWithoutValuationError,
    NegativeBaseError,
    NegativeValueError,
    NoHistoryError,
    NonPositiveAverageCapitalError,
    UnorderedHistoryError,
)

GAIN_WITHOUT_CAPITAL: Final = "gain_without_capital"


@dataclass(frozen=True, slots=True)
class ValuePoint:
    """Value of the portfolio at `at`, just before any flow of the same instant; reporting currency."""

    at: datetime
    value: Decimal


@dataclass(frozen=True, slots=True)
class Flow:
    """Money that enters (positive) or leaves (negative) at `at`; reporting currency."""

    at: datetime
    amount: Decimal


@dataclass(frozen=True, slots=True)
class LinkWarning:
    """Something odd that did not stop the chain; `at` is the valuation that shows it."""

    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LinkedReturn:
    """Ratios without unit (`Decimal("0.10")` is +10 %), not annualised, not rounded.

    `cumulative` has one figure per valuation, the first is 0. `pnl` is in the reporting currency.
    """

    twr: Decimal
    cumulative: tuple[Decimal, ...]
    pnl: Decimal
    warnings: tuple[LinkWarning, ...]


@dataclass(frozen=True, slots=True)
class DietzReturn:
    """`value` and `average_capital` of one interval by Modified Dietz; `pnl` in the reporting currency."""

    value: Decimal
    average_capital: Decimal
    pnl: Decimal


def net_flows(flows: Sequence[Flow]) -> dict[datetime, Decimal]:
    """Flows of one instant added up; an instant whose deposits and withdrawals cancel is no flow."""
    with localcontext(MONEY):
        totals: dict[datetime, Decimal] = {}
        for flow in flows:
            totals[flow.at] = totals.get(flow.at, ZERO) + flow.amount
    return {at: amount for at, amount in totals.items() if amount != 0}


def linked_return(valuations: Sequence[ValuePoint], flows: Sequence[Flow]) -> LinkedReturn:
    """Link the sub-periods between consecutive valuations into one time-weighted return.

    Args:
        valuations: n >= 1, strictly rising in time, one of them at every flow.
        flows: in any order. At the first instant: part of the opening capital. At the last: after the period.

    Raises:
        NoHistoryError: there is no valuation.
        UnorderedHistoryError: valuations do not rise in time.
        FlowWithoutValuationError: a flow has no valuation at its instant.
        NegativeValueError, NegativeBaseError: the portfolio, or what a withdrawal left of it, is below zero.

    Source:
        docs/formulas.md#twr (GIPS 2020, true time-weighted return).
    """
    if not valuations:
        raise NoHistoryError("at least one valuation is needed")
    flow_at = net_flows(flows)
    _check_instants(valuations, flow_at)
    with localcontext(MONEY):
        growth = ONE
        cumulative = [ZERO]
        warnings: list[LinkWarning] = []
        previous = valuations[0]
        for current in valuations[1:]:
            base = previous.value + flow_at.get(previous.at, ZERO)
            if base < 0:
                raise NegativeBaseError(f"a withdrawal left {base} at {previous.at.isoformat()}", previous.at)
            if current.value < 0:
                raise NegativeValueError(f"the value was {current.value} at {current.at.isoformat()}", current.at)
            if base > 0:
                growth *= current.value / base
            elif current.value > 0:
                warnings.append(LinkWarning(GAIN_WITHOUT_CAPITAL, current.at))
            cumulative.append(growth - ONE)
            previous = current
        last = valuations[-1]
        inside = sum((amount for at, amount in flow_at.items() if at < last.at), ZERO)
        pnl = last.value - valuations[0].value - inside
    return LinkedReturn(cumulative[-1], tuple(cumulative), pnl, tuple(warnings))


def _check_instants(valuations: Sequence[ValuePoint], flow_at: Mapping[datetime, Decimal]) -> None:
    instants = [valuation.at for valuation in valuations]
    for earlier, later in pairwise(instants):
        if later <= earlier:
            raise UnorderedHistoryError(f"{later.isoformat()} does not come after {earlier.isoformat()}", later)
    unvalued = sorted(flow_at.keys() - set(instants))
    if unvalued:
        raise FlowWithoutValuationError(f"no valuation at the flow of {unvalued[0].isoformat()}", unvalued[0])
    if valuations[0].value < 0:
        raise NegativeValueError(f"the value was {valuations[0].value} at the start", valuations[0].at)


def modified_dietz(start: ValuePoint, end: ValuePoint, flows: Sequence[Flow]) -> DietzReturn:
    """Estimate the return of one interval whose flows have no valuation.

    Weight of a flow = time left / length of the interval, in exact seconds: 1 at the start, 0 at the end. `end` is
    the value before any flow of its own instant, so a flow there is outside the profit as well.

    Raises:
        UnorderedHistoryError: `end` is not after `start`.
        FlowOutsidePeriodError: a flow lies outside the interval.
        NonPositiveAverageCapitalError: value and weighted flows add up to zero or less.

    Source:
        docs/formulas.md#modified-dietz.
    """
    if end.at <= start.at:
        raise UnorderedHistoryError(f"{end.at.isoformat()} does not come after {start.at.isoformat()}", end.at)
    for flow in flows:
        if not start.at <= flow.at <= end.at:
            raise FlowOutsidePeriodError(f"the flow of {flow.at.isoformat()} is outside the interval", flow.at)
    with localcontext(MONEY):
        length = _microseconds(start.at, end.at)
        inside = [flow for flow in flows if flow.at < end.at]
        weighted = sum((flow.amount * _microseconds(flow.at, end.at) for flow in inside), ZERO) / length
        capital = start.value + weighted
        if capital <= 0:
            raise NonPositiveAverageCapitalError(f"the average capital is {capital}", start.at)
        pnl = end.value - start.value - sum((flow.amount for flow in inside), ZERO)
        return DietzReturn(pnl / capital, capital, pnl)


def _microseconds(start: datetime, end: datetime) -> int:
    length = end - start
    return (length.days * 86_400 + length.seconds) * 1_000_000 + length.microseconds
