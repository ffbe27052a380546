"""Answers about positions, trades and profit."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

from backend.api.answers import Draft
from backend.api.shapes.common import base, instant, money, percent
from backend.core.model.amounts import MONEY, ZERO, total
from backend.core.model.asset_names import asset_name
from backend.core.model.instants import iso

if TYPE_CHECKING:
    from backend.core.position_views import (
        LotPage,
        LotView,
        MetricsView,
        PositionPage,
        PositionView,
        SymbolProfit,
        SymbolsView,
        TradePage,
        TradeView,
    )
    from backend.core.views import Basis

RATIO_DIGITS = 8


def positions(page: PositionPage) -> Draft:
    body = base(page.basis) | {
        "method": page.method.value,
        "items": [_position(row) for row in page.rows],
        "next_cursor": page.next_cursor,
        "open_count": page.open_count,
        "closed_count": page.closed_count,
        "status": page.status,
        "reason": page.reason,
    }
    return Draft(body, page.basis.expires_s)


def metrics(view: MetricsView) -> Draft:
    window, parts = view.window, view.parts
    figures = window.figures
    start, end = (None, None) if figures is None else (figures.start, figures.end)
    risk = (view.volatility, view.sharpe, view.sortino, view.max_drawdown)
    unknown = next((one.reason for one in risk if one.value is None), None)
    risk_reason = unknown or next((one.reason for one in risk if one.reason is not None), None)
    gains_over_losses = None if parts is None else _ratio(parts.gains, parts.losses)
    body = base(window.basis) | {
        "period": view.period,
        "method": view.method.value,
        "start": None if start is None else iso(start),
        "end": None if end is None else iso(end),
        "total_pnl": money(None if figures is None else figures.pnl),
        "realized_pnl": money(None if parts is None else parts.realized),
        "unrealized_pnl": money(None if parts is None else parts.unrealized),
        "roi_percent": percent(None if figures is None else figures.pnl_ratio),
        "status": "unavailable" if figures is None else figures.status,
        "reason": window.reason if figures is None else figures.reason,
        "available_from": None if figures is None or figures.available_from is None else iso(figures.available_from),
        "parts_status": view.parts_status,
        "parts_reason": view.parts_reason,
        "income_usd": money(None if parts is None else parts.income),
        "transferred_out_usd": money(None if parts is None else parts.transferred_out),
        "fees_usd": money(None if parts is None else parts.fees),
        "trades": None if parts is None else parts.trades,
        "closing_trades": None if parts is None else parts.closing,
        "winning_trades": None if parts is None else parts.winning,
        "win_rate": None if parts is None else _ratio(Decimal(parts.winning), Decimal(parts.closing)),
        "win_rate_reason": view.parts_reason if parts is None else None if parts.closing else "no_closing_trades",
        "profit_factor": gains_over_losses,
        "profit_factor_reason": view.parts_reason if parts is None else None if parts.losses else "no_loss",
        "first_trade_at": instant(view.first_trade_ms),
        "volatility_percent": percent(view.volatility.value),
        "sharpe_ratio": view.sharpe.value,
        "sortino_ratio": view.sortino.value,
        "max_drawdown_percent": percent(view.max_drawdown.value),
        "risk_status": "unavailable" if unknown is not None else "exact" if risk_reason is None else "estimated",
        "risk_reason": risk_reason,
    }
    return Draft(body, window.basis.expires_s)


def symbols(view: SymbolsView) -> Draft:
    known = [row for row in view.rows if row.total is not None]
    whole = len(known) == len(view.rows) and view.status != "unavailable"
    body = base(view.basis) | {
        "method": view.method.value,
        "period": view.period,
        "start": instant(view.start_ms),
        "items": [_symbol(row) for row in view.rows],
        "totals": {
            "realized_pnl": money(None if view.status == "unavailable" else total([row.realized for row in view.rows])),
            "unrealized_pnl": money(total([row.unrealized or ZERO for row in known]) if whole else None),
            "total_pnl": money(total([row.total or ZERO for row in known]) if whole else None),
            "fees_usd": money(None if view.status == "unavailable" else total([row.fees for row in view.rows])),
        },
        "status": view.status,
        "reason": view.reason,
    }
    return Draft(body, view.basis.expires_s)


def trades(page: TradePage) -> Draft:
    body = base(page.basis) | {
        "method": page.method.value,
        "items": [trade(row) for row in page.rows],
        "next_cursor": page.next_cursor,
        "total": page.total,
        "status": page.status,
        "reason": page.reason,
    }
    return Draft(body, page.basis.expires_s)


def lots(page: LotPage) -> Draft:
    body = base(page.basis) | {
        "items": [_lot(row) for row in page.rows],
        "next_cursor": page.next_cursor,
        "unknown_count": page.unknown_count,
        "status": page.status,
        "reason": page.reason,
    }
    return Draft(body, page.basis.expires_s)


def lot_changed(basis: Basis, row: LotView, recomputing: bool) -> dict[str, Any]:
    return base(basis) | {"item": _lot(row), "recomputing": recomputing}


def trade(row: TradeView) -> dict[str, Any]:
    """One trade as the list and the export show it."""
    return {
        "id": str(row.id),
        "account": row.account.id,
        "account_name": row.account.name,
        "time": instant(row.at_ms),
        "kind": "convert" if row.convert else "trade",
        "symbol": row.symbol,
        "side": row.side,
        "base_asset": row.base,
        "quote_asset": row.quote,
        "quantity": money(row.quantity),
        "price": money(row.price),
        "quote_quantity": money(row.quote_quantity),
        "value_usd": money(row.value),
        "fee": money(row.fee),
        "fee_asset": row.fee_asset,
        "fee_usd": money(row.fee_value),
        "realized_pnl": money(row.realized),
        "status": row.status,
        "reason": row.reason,
        "source": row.source,
    }


def _position(row: PositionView) -> dict[str, Any]:
    closed = row.closed_ms is not None
    gain = row.realized if closed else row.unrealized
    return {
        "id": row.id,
        "account": row.account.id,
        "account_name": row.account.name,
        "kind": "futures" if row.futures else "spot",
        "symbol": row.symbol,
        "asset": row.asset,
        "name": asset_name(row.asset),
        "side": "SHORT" if row.short else "LONG",
        "quantity": money(row.quantity),
        "entry_price": money(row.entry_price),
        "exit_price": money(row.exit_price),
        "current_price": money(row.price),
        "cost_usd": money(row.cost),
        "value_usd": money(row.value),
        "pnl": money(gain),
        "pnl_percent": percent(None if gain is None or not row.cost else _quotient(gain, row.cost)),
        "realized_pnl": money(row.realized),
        "income_usd": money(row.income),
        "fees_usd": money(row.fees),
        "trades": row.trades,
        "status": "closed" if closed else "open",
        "open_time": instant(row.opened_ms),
        "close_time": instant(row.closed_ms),
        "cost_status": row.cost_status,
        "figures_status": row.status,
        "figures_reason": row.reason,
    }


def _symbol(row: SymbolProfit) -> dict[str, Any]:
    return {
        "symbol": row.symbol,
        "asset": row.asset,
        "name": asset_name(row.asset),
        "kind": "futures" if row.futures else "spot",
        "realized_pnl": money(row.realized),
        "unrealized_pnl": money(row.unrealized),
        "total_pnl": money(row.total),
        "income_usd": money(row.income),
        "transferred_out_usd": money(row.transferred_out),
        "fees_usd": money(row.fees),
        "trades": row.trades,
        "closing_trades": row.closing,
        "win_rate": _ratio(Decimal(row.winning), Decimal(row.closing)),
        "status": row.status,
        "reason": row.reason,
    }


def _lot(row: LotView) -> dict[str, Any]:
    return {
        "id": row.id,
        "account": row.account.id,
        "account_name": row.account.name,
        "asset": row.asset,
        "name": asset_name(row.asset),
        "quantity": money(row.quantity),
        "received_at": instant(row.at_ms),
        "market_value_usd": money(row.market_value),
        "cost_usd": money(row.cost),
        "acquired_at": instant(row.acquired_ms),
        "cost_status": "unknown" if row.cost is None else "entered",
        "status": "unavailable" if row.market_value is None else "exact",
        "reason": row.reason,
    }


def _quotient(a: Decimal, b: Decimal) -> Decimal:
    with localcontext(MONEY):
        return a / b


def _ratio(part: Decimal, whole: Decimal) -> float | None:
    return round(float(_quotient(part, whole)), RATIO_DIGITS) if whole else None
