"""The money-weighted return, payment by payment, and the benchmark, reset by reset."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from backend.core.display_rates import NO_RATE
from backend.core.errors import DomainError
from backend.core.explain.benchmark_coins import Mark, benchmark_inputs, stretches
from backend.core.explain.in_currency import pieces_in
from backend.core.explain.model import Explained, Input
from backend.core.explain.pieces import rounded_to
from backend.core.explain.windows import Window, shown_percent
from backend.core.explain.wording import WORDS, chain, signed_percent
from backend.core.model.amounts import minus
from backend.core.model.instants import DAY_MS, from_ms
from backend.core.performance.figure import undefined
from backend.core.performance.mwr import YEAR_DAYS, MoneyWeightedReturn, window_rate, xirr
from backend.core.performance.twr import Flow

if TYPE_CHECKING:
    from backend.core.ports import UnitOfWork


def explain_xirr(window: Window) -> Explained:
    """Every payment with what it is discounted by; at the rate their sum is nothing."""
    inputs = _payments(window)
    if window.rates is not None and window.figures.pnl is None:
        # A payment without a price: the sum of the others is another one.
        inputs = []
    payments = [
        Flow(from_ms(one.at_ms), one.value) for one in inputs if one.at_ms is not None and one.value is not None
    ]
    figure = window_rate(payments) if payments else undefined(NO_RATE)
    found = None if figure.value is None else _solved(payments)
    days = (window.end.at_ms - window.start.at_ms) / DAY_MS
    formula = "sum of payment x (1 + rate)^(-years) = 0"
    if found is not None:
        formula += f" at {found.rate * 100:+.8f} % a year"
        inputs = [_discounted(one, found.rate, window.start.at_ms) for one in inputs]
        if days < YEAR_DAYS:
            told = signed_percent(shown_percent(figure.value))
            formula += f"; (1 {found.rate:+.10f})^({days:.6f} / 365) - 1 = {told}"
    if figure.several:
        formula += "; other rates solve it too, this is the nearest to 0"
    trust = window.figures.money
    return Explained(
        unit="percent",
        result=figure.value,
        status="unavailable" if figure.value is None else trust.status,
        reason=figure.reason if figure.value is None else trust.reason,
        method="xirr",
        words=WORDS["xirr"],
        formula=formula,
        inputs=inputs,
        start_ms=window.start.at_ms,
        end_ms=window.end.at_ms,
        data=window.data,
    )


def _solved(payments: Sequence[Flow]) -> MoneyWeightedReturn | None:
    try:
        return xirr(payments)
    except DomainError:
        return None


def _payments(window: Window) -> list[Input]:
    start, end = window.start, window.end
    flows = [
        Input("payment", flow.asset or "", minus(-flow.amount), flow.at_ms, "cash_flows", flow.id, reason=flow.reason)
        for flow in window.flows
        if flow.amount is not None
    ]
    return [
        Input("payment", "opening", -start.value, start.at_ms, "snapshots", start.id, reason=start.reason),
        *flows,
        Input("payment", "closing", end.value, end.at_ms, "snapshots", end.id, reason=end.reason),
    ]


def _discounted(payment: Input, rate: float, start_ms: int) -> Input:
    years = ((payment.at_ms or start_ms) - start_ms) / DAY_MS / YEAR_DAYS
    factor = math.exp(-math.log1p(rate) * years)
    return Input(
        payment.kind, payment.label, payment.value, payment.at_ms, payment.table, payment.id,
        factor=Decimal(repr(factor)), reason=payment.reason,
    )  # fmt: skip


def explain_benchmark(unit: UnitOfWork, account: int, window: Window, marks: Sequence[Mark]) -> Explained:
    """The benchmark's return as a chain of the stretches between its resets, and the coins that were held in each."""
    result = window.figures.benchmark_twr
    shown = shown_percent(result)
    pieces = [] if shown is None else stretches(marks)
    if window.rates is not None:
        pieces = pieces_in(pieces, window.rates)
    return Explained(
        unit="percent",
        result=result,
        status=window.figures.benchmark.status,
        reason=window.figures.benchmark.reason,
        method="benchmark_twr",
        words=WORDS["benchmark_twr"],
        formula=chain(pieces, "benchmark", shown),
        pieces=[] if shown is None else rounded_to(pieces, shown),
        inputs=[] if result is None else benchmark_inputs(unit, account, window, marks, result),
        start_ms=window.start.at_ms,
        end_ms=window.end.at_ms,
        data=window.data,
    )


def explain_excess(window: Window) -> Explained:
    """Return less that of the benchmark; the pieces are the return's."""
    figures = window.figures
    own, other = shown_percent(figures.twr), shown_percent(figures.benchmark_twr)
    inputs = [
        Input("figure", name, None if shown is None else Decimal(repr(shown)), status=status, reason=reason)
        for name, shown, status, reason in (
            ("twr", own, figures.status, figures.reason),
            ("benchmark_twr", other, figures.benchmark.status, figures.benchmark.reason),
        )
    ]
    return Explained(
        unit="percent",
        result=figures.excess,
        status=figures.against.status,
        reason=figures.against.reason,
        method="excess",
        words=WORDS["excess"],
        formula=f"{signed_percent(own)} - ({signed_percent(other)}) = {signed_percent(shown_percent(figures.excess))}",
        pieces=window.pieces,
        inputs=inputs,
        start_ms=window.start.at_ms,
        end_ms=window.end.at_ms,
        data=window.data,
    )
