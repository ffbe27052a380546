"""Figures of a window that come from its two ends and what flowed between: return, profit, net flows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from backend.core.explain.distances import distances
from backend.core.explain.model import DataBehind, Explained, Input, Piece, Unit, WhyDiffers
from backend.core.explain.pieces import rounded_to, window_pieces
from backend.core.explain.wording import WORDS, amount, chain, difference, signed_percent
from backend.core.model.amounts import ZERO, minus
from backend.core.model.instants import DAY_MS, to_ms
from backend.core.performance.annualize import annualize
from backend.core.performance.windows import Trust, WindowFigures

if TYPE_CHECKING:
    from backend.core.display_rates import Rates
    from backend.core.model.holdings import CashFlow
    from backend.core.model.valuation import SnapshotRow
    from backend.core.ports import UnitOfWork
    from backend.core.views import Status, WindowView

PERCENT_DIGITS: Final = 8
ROWS_A_READ: Final = 2_000
# What is as doubtful as the values and flows it is made of: they are known after a total loss too.
OF_MONEY: Final = ("pnl", "pnl_percent", "net_flows")
FLOWS_CHANGED_CAPITAL: Final = "flows_changed_capital"
# Result, formula, pieces and inputs.
Parts = tuple[float | Decimal | None, str, Sequence[Piece], Sequence[Input]]


@dataclass(frozen=True, slots=True)
class Window:
    """The stored rows that a window rests on, and what the pages show of it.

    `rates`: of another currency that all of it is told in; None: the `reporting` one.
    """

    figures: WindowFigures
    start: SnapshotRow
    end: SnapshotRow
    at_flows: Sequence[SnapshotRow]
    flows: Sequence[CashFlow]
    pieces: Sequence[Piece]
    data: DataBehind
    reporting: str
    rates: Rates | None = None


def shown_percent(value: float | Decimal | None) -> float | None:
    """A ratio in percent, to the digit that the API tells."""
    return None if value is None else round(float(value) * 100.0, PERCENT_DIGITS)


def read_window(unit: UnitOfWork, account: int, shown: WindowView, gaps: Sequence[tuple[int, int]]) -> Window | None:
    """The rows of a window; None where they are not those that the figures were made of: they were just replaced."""
    figures = shown.figures
    if figures is None or figures.start is None or figures.pnl is None:
        return None
    ends = unit.snapshots.at_instants(account, [to_ms(figures.start), to_ms(figures.end)])
    if len(ends) != 2:
        return None
    start, end = ends
    flows = unit.cash_flows.between(account, start.at_ms, end.at_ms)
    instants = sorted({flow.at_ms for flow in flows if flow.at_ms > start.at_ms})
    at_flows = unit.snapshots.at_instants(account, instants)
    if not _same(figures, start, end):
        return None
    ids: dict[int, list[int]] = {}
    for flow in flows:
        if flow.id is not None and flow.amount is not None:
            ids.setdefault(flow.at_ms, []).append(flow.id)

    def between(from_ms: int, until_ms: int) -> Iterator[SnapshotRow]:
        while True:
            rows = unit.snapshots.from_instant(account, from_ms, ROWS_A_READ)
            yield from (row for row in rows if row.at_ms <= until_ms)
            if len(rows) < ROWS_A_READ or rows[-1].at_ms >= until_ms:
                return
            from_ms = rows[-1].at_ms + 1

    pieces = [] if figures.twr is None else window_pieces(start, at_flows, end, between, ids)
    far = distances(unit, at_flows, shown.basis.reporting_currency)
    pieces = [piece if piece.flow is None else replace(piece, distance=far.get(piece.end_ms)) for piece in pieces]
    shown_twr = shown_percent(figures.twr)
    data = DataBehind(
        snapshots=end.slots - start.slots,
        expected=end.slots_expected - start.slots_expected,
        flows=len(flows),
        flows_valued=sum(1 for flow in flows if flow.amount is not None),
        gaps=gaps,
    )
    linked = [] if shown_twr is None else rounded_to(pieces, shown_twr)
    return Window(figures, start, end, at_flows, flows, linked, data, shown.basis.reporting_currency)


def explain_window(metric: str, window: Window) -> Explained:
    """Any figure of a window."""
    figures = window.figures
    unit: Unit = "money" if metric in ("pnl", "net_flows") else "percent"
    result, formula, pieces, inputs = _BY_METRIC[metric](window)
    told = figures.money if metric in OF_MONEY else Trust(figures.status, figures.reason)
    if result is None:
        why = {"twr_annualized": figures.annualized_reason, "pnl_percent": figures.pnl_ratio_reason}
        told = Trust("unavailable", why.get(metric, told.reason))
    return Explained(
        unit=unit,
        result=result,
        status=told.status,
        reason=told.reason,
        method=metric,
        words=WORDS[metric],
        formula=formula,
        pieces=pieces,
        inputs=inputs,
        start_ms=window.start.at_ms,
        end_ms=window.end.at_ms,
        available_from=figures.available_from,
        data=window.data,
        why=_why(figures) if metric in ("twr", "twr_annualized", "pnl", "pnl_percent") else None,
    )


def _twr(window: Window) -> Parts:
    shown = shown_percent(window.figures.twr)
    return window.figures.twr, chain(window.pieces, "TWR", shown), window.pieces, _corners(window)


def _annualized(window: Window) -> Parts:
    twr = window.figures.twr
    days = (window.end.at_ms - window.start.at_ms) / DAY_MS
    yearly = None if twr is None else annualize(twr, days).value
    formula = f"(1 {shown_percent(twr) or 0:+.8f} %)^(365 / {days:.6f}) - 1 = {signed_percent(shown_percent(yearly))}"
    return yearly, formula, window.pieces, _corners(window)


def _pnl(window: Window) -> Parts:
    figures = window.figures
    terms = [("end", window.end.value), ("start", window.start.value), ("flows", figures.net_flows)]
    return figures.pnl, difference("P&L", terms, figures.pnl), window.pieces, _corners(window)


def _pnl_percent(window: Window) -> Parts:
    figures = window.figures
    deposits = minus(window.end.cum_deposits, window.start.cum_deposits)
    formula = (
        f"P&L {amount(figures.pnl)} / (start {amount(window.start.value)} + deposits {amount(deposits)})"
        f" = {signed_percent(shown_percent(figures.pnl_ratio))}"
    )
    return figures.pnl_ratio, formula, window.pieces, _corners(window)


def _net_flows(window: Window) -> Parts:
    figures = window.figures
    told = f"net flows = sum of {len(window.flows)} cash flows = {amount(figures.net_flows)}"
    return figures.net_flows, told, (), [flow_input(flow) for flow in window.flows]


def _corners(window: Window) -> list[Input]:
    """The rows that the pieces were cut at, and the flows they were cut by."""
    rows = [window.start, *window.at_flows, window.end]
    labels = ["opening", *("before_flow" for _ in window.at_flows), "closing"]
    snapshots = [snapshot_input(row, label) for row, label in zip(rows, labels, strict=True)]
    return [*snapshots, *(flow_input(flow) for flow in window.flows)]


def snapshot_input(row: SnapshotRow, label: str) -> Input:
    """A stored value."""
    doubt = row.value_doubt
    status: Status = "exact" if doubt is None else "estimated"
    return Input("snapshot", label, row.value, row.at_ms, "snapshots", row.id, status=status, reason=doubt)


def flow_input(flow: CashFlow) -> Input:
    """A cash flow with the price of its minute."""
    known = flow.amount is not None
    status: Status = "unavailable" if not known else "exact" if flow.reason is None else "estimated"
    return Input(
        kind="cash_flow",
        label=flow.asset or "",
        value=flow.amount,
        at_ms=flow.at_ms,
        table="cash_flows",
        id=flow.id,
        quantity=flow.quantity,
        price=flow.price,
        status=status,
        reason=flow.reason,
    )


def _why(figures: WindowFigures) -> WhyDiffers:
    both = figures.twr is not None and figures.pnl is not None
    if not both:
        reasons, words = ["not_defined"], "One of the two is not defined for this window."
    elif figures.net_flows == ZERO:
        reasons = ["no_flows"]
        words = "No money was moved on balance: the return is the profit over the capital of each piece."
    else:
        reasons = [FLOWS_CHANGED_CAPITAL]
        words = (
            "Profit counts how much money was there when prices moved, the time-weighted return does not: each piece "
            "weighs the same, however much was invested. They may differ in size and in sign."
        )
    return WhyDiffers(figures.twr, figures.pnl, figures.pnl_ratio, reasons, words)


def _same(figures: WindowFigures, start: SnapshotRow, end: SnapshotRow) -> bool:
    """Whether the rows are those that the figures were made of."""
    if figures.pnl != minus(end.value, start.value, minus(end.cum_flows, start.cum_flows)):
        return False
    return figures.twr is None or figures.twr == end.growth_index / start.growth_index - 1.0


_BY_METRIC: Final = {
    "twr": _twr,
    "twr_annualized": _annualized,
    "pnl": _pnl,
    "pnl_percent": _pnl_percent,
    "net_flows": _net_flows,
}
