"""Answers of /api/performance, and what the cash-flow forms mean."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from backend.api.answers import Draft, compact
from backend.api.schemas.cash_flows import CashFlowChangeIn, CashFlowIn
from backend.api.shapes.common import base, fall, instant, money, percent
from backend.core.errors import BadInputError, NotFoundError
from backend.core.flow_book import NewFlow
from backend.core.flows import ENTERED, TO_CONFIRM
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.model.imported import IMPORTED, ImportedValue
from backend.core.model.instants import iso, to_ms
from backend.core.performance.windows import WINDOWS, Trust, WindowFigures
from backend.core.stored_charts import ChartBody

if TYPE_CHECKING:
    from backend.core.model.addresses import AtAddress
    from backend.core.model.valuation import SnapshotRow
    from backend.core.performance.benchmark_plan import BenchmarkPlan
    from backend.core.performance.restart import Restart
    from backend.core.views import (
        Basis,
        FlowChange,
        FlowPage,
        FlowRow,
        HistoryView,
        MonthlyView,
        MonthView,
        NetDeposits,
        OtherSide,
        PeriodView,
        SnapshotPage,
        StatisticsView,
        WindowView,
    )


def twr(view: WindowView, days: int) -> Draft:
    figures = view.figures
    body = base(view.basis) | {
        "days": days,
        **span(figures, view.reason),
        **returns(figures, view.reason),
        **against(figures, view.reason),
    }
    return Draft(body, view.basis.expires_s)


def pnl(view: WindowView, days: int) -> Draft:
    figures = view.figures
    body = base(view.basis) | {
        "days": days,
        **span(figures, view.reason),
        **trust("", figures.money if figures else Trust("unavailable", view.reason)),
        **profit(figures, view.reason),
        "start_value_usd": money(view.start_value),
        "end_value_usd": money(view.end_value),
        "net_flows_usd": money(figures.net_flows if figures else None),
    }
    return Draft(body, view.basis.expires_s)


def stats(view: StatisticsView, plan: BenchmarkPlan) -> Draft:
    """`plan`: what the benchmark of these figures is made of."""
    body = base(view.basis) | {
        "benchmark_mix": {
            "coins": [{"coin": coin, "weight_percent": percent(share)} for coin, share in plan.shares.items()],
            "resets": plan.hour is not None,
        },
        "tracking": {
            "snapshots": view.snapshots,
            "first": instant(view.first.at_ms if view.first else None),
            "last": instant(view.last.at_ms if view.last else None),
            "expected": view.expected,
            "missing": view.missing,
            "cash_flows": view.cash_flows,
        },
        "periods": {name: _period(view.periods[name]) for name in WINDOWS},
    }
    return Draft(body, view.basis.expires_s)


def history(view: HistoryView) -> Draft:
    return stored_history(view.basis, chart_body(view))


def stored_history(basis: Basis, body: ChartBody) -> Draft:
    return Draft(base(basis), basis.expires_s, body)


def chart_body(view: HistoryView) -> ChartBody:
    """All of a chart but what every answer begins with: that is of the moment at which it is sent."""
    body = {
        "days": view.days,
        **span(view.figures, view.reason, with_available_from=False),
        "series": [
            {
                "t": instant(point.at_ms),
                "twr_percent": percent(point.twr),
                "benchmark_percent": percent(point.benchmark),
                "hold_percent": percent(point.hold),
                "drawdown_percent": percent(point.drawdown),
                "benchmark_drawdown_percent": percent(point.benchmark_drawdown),
                "value_usd": money(point.value),
                "net_deposits_usd": money(point.net_deposits),
            }
            for point in view.points
        ],
        "flows": [
            {"t": instant(at_ms), "amount_usd": money(amount), "type": "DEPOSIT" if amount >= 0 else "WITHDRAW"}
            for at_ms, amount in view.flows
        ],
        "gaps": [{"from": instant(start), "to": instant(end)} for start, end in view.gaps],
        "replayed_until": None if view.replayed_until_ms is None else instant(view.replayed_until_ms),
    }
    return ChartBody.of(compact(body))


def monthly(view: MonthlyView) -> Draft:
    items = [{"month": month.month, **calendar(month)} for month in view.months]
    years = [{"year": int(year.month), **calendar(year)} for year in view.years]
    return Draft(base(view.basis) | {"items": items, "years": years}, view.basis.expires_s)


def calendar(period: MonthView) -> dict[str, Any]:
    """A calendar month or year, but for its name."""
    figures = period.figures
    return {
        "end_value_usd": money(period.end_value),
        "net_flows_usd": money(figures.net_flows),
        "twr_percent": percent(figures.twr),
        "benchmark_twr_percent": percent(figures.benchmark_twr),
        **trust("benchmark_", figures.benchmark),
        "complete": period.complete,
        "status": figures.status,
        "reason": figures.reason,
    }


def snapshots(page: SnapshotPage) -> Draft:
    body = base(page.basis) | {"items": [_snapshot(row, page) for row in page.rows], "next_cursor": page.next_cursor}
    return Draft(body, page.basis.expires_s)


def snapshot_created(page: SnapshotPage) -> dict[str, Any]:
    if not page.rows:
        raise NotFoundError("The snapshot is not there any more")
    return base(page.basis) | {"snapshot": _snapshot(page.rows[0], page)}


def cash_flows(page: FlowPage) -> Draft:
    body = base(page.basis) | {
        "items": [flow_line(row) for row in page.rows],
        "next_cursor": page.next_cursor,
        "totals": totals(page.totals, page.value),
    }
    return Draft(body, page.basis.expires_s)


def new_flow(form: CashFlowIn) -> NewFlow:
    """Read the form; the sign of the amount, where there is one, must agree with the type."""
    amount = Decimal(form.amount_usd)
    if form.type == "DEPOSIT" and amount < 0:
        raise BadInputError("A deposit cannot be negative: choose WITHDRAW for money that left", "amount_usd")
    if form.timestamp.tzinfo is None:
        raise BadInputError("timestamp needs a zone, such as 2026-11-20T14:00:00Z", "timestamp")
    signed = abs(amount) if form.type == "DEPOSIT" else -abs(amount)
    quantity = None if form.quantity is None else Decimal(form.quantity) * (1 if form.type == "DEPOSIT" else -1)
    return NewFlow(to_ms(form.timestamp), signed, form.description.strip(), form.asset, quantity)


def flow_change(form: CashFlowChangeIn) -> dict[str, Any]:
    """The fields that were sent, in the words of the domain."""
    changes: dict[str, Any] = {}
    if form.timestamp is not None:
        if form.timestamp.tzinfo is None:
            raise BadInputError("timestamp needs a zone, such as 2026-11-20T14:00:00Z", "timestamp")
        changes["at_ms"] = to_ms(form.timestamp)
    if form.type is not None:
        changes["type"] = form.type
    if form.amount_usd is not None:
        changes["amount"] = Decimal(form.amount_usd)
    if form.description is not None:
        changes["description"] = form.description.strip()
    if not changes:
        raise BadInputError("Nothing to change: send at least one field")
    return changes


def flow_changed(after: tuple[FlowRow, FlowPage], change: FlowChange, recomputing: bool) -> dict[str, Any]:
    row, page = after
    if change.deleted:
        return base(page.basis) | {"id": row.flow.id, "recomputing": recomputing}
    return base(page.basis) | {"item": flow_line(row), "recomputing": recomputing}


def span(figures: WindowFigures | None, reason: str | None, with_available_from: bool = True) -> dict[str, Any]:
    """From when to when an answer is about, and how far it can be trusted."""
    told: dict[str, Any] = {
        "start": iso(figures.start) if figures and figures.start else None,
        "end": iso(figures.end) if figures else None,
        "status": figures.status if figures else "unavailable",
        "reason": figures.reason if figures else reason,
    }
    if with_available_from:
        told["available_from"] = iso(figures.available_from) if figures and figures.available_from else None
    return told


def trust(name: str, told: Trust) -> dict[str, Any]:
    """How far a figure can be trusted; `name` begins the names of both fields."""
    return {f"{name}status": told.status, f"{name}reason": told.reason}


def returns(figures: WindowFigures | None, reason: str | None) -> dict[str, Any]:
    """The return of a window, and of a year at its pace."""
    return {
        "twr_percent": percent(figures.twr if figures else None),
        "twr_annualized_percent": percent(figures.twr_annualized if figures else None),
        "twr_annualized_reason": figures.annualized_reason if figures else reason,
    }


def profit(figures: WindowFigures | None, reason: str | None) -> dict[str, Any]:
    """The profit of a window in money, and as a share of the capital."""
    return {
        "pnl_usd": money(figures.pnl if figures else None),
        "pnl_percent": percent(figures.pnl_ratio if figures else None),
        "pnl_percent_reason": figures.pnl_ratio_reason if figures else reason,
    }


def against(figures: WindowFigures | None, reason: str | None) -> dict[str, Any]:
    """The return of the benchmark and what the own one is above it; each may be doubtful where the other is not."""
    nothing = Trust("unavailable", reason)
    return {
        "benchmark_twr_percent": percent(figures.benchmark_twr if figures else None),
        **trust("benchmark_", figures.benchmark if figures else nothing),
        "excess_percent": percent(figures.excess if figures else None),
        **trust("excess_", figures.against if figures else nothing),
    }


def period_figures(view: PeriodView) -> dict[str, Any]:
    """Return, profit and money-weighted return of a period."""
    figures = view.figures
    return {
        **returns(figures, view.reason),
        **profit(figures, view.reason),
        **trust("pnl_", figures.money if figures else Trust("unavailable", view.reason)),
        **against(figures, view.reason),
        "xirr_percent": percent(view.xirr.value),
        **trust("xirr_", view.xirr_trust),
        "xirr_several_roots": view.xirr.several,
    }


def _period(view: PeriodView) -> dict[str, Any]:
    figures = view.figures
    return {
        "days": view.days,
        **span(figures, view.reason),
        **period_figures(view),
        **fall("max_drawdown", view.max_drawdown, view.drawdown_doubt, view.reason or view.drawdown_doubt),
        **fall(
            "benchmark_max_drawdown",
            view.benchmark_max_drawdown,
            view.benchmark_drawdown_doubt,
            (figures.benchmark.reason if figures else view.reason) or view.benchmark_drawdown_doubt,
        ),
        "restart": None if view.restart is None else _restarted(view.restart),
        "needs_days": view.days,
        "has_days": view.has_days,
    }


def _restarted(found: Restart) -> dict[str, Any]:
    figures = found.figures
    return {
        "at": instant(found.at_ms),
        "twr_percent": percent(figures.twr),
        "status": figures.status,
        "reason": figures.reason,
    }


def _imported(row: ImportedValue) -> dict[str, Any]:
    """A value and nothing else: what it was made of, and what went in and out, is not known."""
    unknown = ("id", "flow_usd", "net_deposits_usd", "pnl", "pnl_percent", "twr", "benchmark_twr_percent")
    return dict.fromkeys((*unknown, "benchmark_value_usd")) | {
        "account": row.account_id,
        "timestamp": instant(row.at_ms),
        "kind": IMPORTED,
        "replayed": False,
        "total_value_usd": money(row.value),
        "composition": [],
        "status": "estimated",
        "reason": IMPORTED,
    }


def _snapshot(row: SnapshotRow | ImportedValue, page: SnapshotPage) -> dict[str, Any]:
    if isinstance(row, ImportedValue):
        return _imported(row)
    growth = None if row.growth_index != row.growth_index else row.growth_index - 1.0
    benchmark = None if row.benchmark_index is None else row.benchmark_index - 1.0
    return {
        "id": row.id,
        "account": row.account_id,
        "timestamp": instant(row.at_ms),
        "kind": row.kind,
        "replayed": page.replayed(row),
        "total_value_usd": money(row.value),
        "flow_usd": money(row.flow),
        "net_deposits_usd": money(row.net_deposits),
        "pnl": money(row.pnl),
        "pnl_percent": percent(row.pnl / row.capital) if row.capital > 0 else None,
        "twr": percent(growth),
        "benchmark_twr_percent": percent(benchmark),
        "benchmark_value_usd": money(row.benchmark_value),
        "composition": [
            {"asset": asset, "quantity": money(holding.quantity), "price_usd": money(holding.price)}
            for asset, holding in row.composition.items()
        ],
        "status": row.status,
        "reason": row.reason,
    }


def flow_line(row: FlowRow) -> dict[str, Any]:
    """A cash flow of a list."""
    flow = row.flow
    incoming = (flow.amount if flow.amount is not None else flow.quantity or 0) >= 0
    return {
        "id": flow.id,
        "account_id": flow.account_id,
        "account_name": row.account_name,
        "timestamp": instant(flow.at_ms),
        "type": "DEPOSIT" if incoming else "WITHDRAW",
        "amount_usd": money(flow.amount),
        "asset": flow.asset,
        "quantity": money(None if flow.quantity is None else abs(flow.quantity)),
        "price_usd": money(flow.price),
        "description": flow.description,
        "source": flow.source if flow.source in ENTERED else "exchange",
        "value_before_usd": money(row.value_before),
        "status": flow.status,
        "reason": flow.reason,
        "decided": flow.source == RECONCILIATION and flow.status != TO_CONFIRM,
        "move": None if row.other is None else _other_side(row.other),
        "counted": row.counted,
        "address": None if row.at is None else _at_address(row.at),
    }


def _at_address(at: AtAddress) -> dict[str, Any]:
    told = at.address
    return {"id": told.id, "label": told.label, "address": told.address, "state": at.state}


def _other_side(other: OtherSide) -> dict[str, Any]:
    return {
        "state": other.move.state,
        "basis": other.move.basis,
        "flow_id": other.flow_id,
        "account_id": other.account.id,
        "account_name": other.account.name,
        "timestamp": instant(other.at_ms),
        "quantity": money(other.move.quantity),
    }


def totals(totals: NetDeposits, value: Decimal | None) -> dict[str, Any]:
    """Sums of cash flows, and what a value is of them."""
    net = totals.net
    return {
        "deposits_usd": None if net is None else money(totals.deposits),
        "withdrawals_usd": None if net is None else money(totals.withdrawals),
        "net_usd": money(net),
        "deposits": totals.deposit_count,
        "withdrawals": totals.withdrawal_count,
        "first_at": instant(totals.first_ms),
        "own_moves": totals.own_moves,
        "moves_to_confirm": totals.open_moves,
        "value_to_net_ratio": float(value / net) if value is not None and net is not None and net > 0 else None,
        "status": totals.status,
        "reason": totals.reason,
    }
