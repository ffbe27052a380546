"""Answers of /api/portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend import __version__
from backend.api.answers import Draft
from backend.api.shapes.common import base, instant, money, number, percent
from backend.core.model.asset_names import asset_name
from backend.core.wallet_view import cost_of_line

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.model.valuation import PricedBalance
    from backend.core.rebalancing_book import AllocationView
    from backend.core.settings_book import HiddenCoins
    from backend.core.views import AccountHoldings, BalancesView, OverviewView, SyncView, WalletView


def balances(view: BalancesView, hidden: HiddenCoins, wanted: AllocationView) -> Draft:
    stands = {line.asset: line for line in wanted.lines}
    body = base(view.basis) | {
        "total_value_usd": money(view.total),
        "complete": view.complete,
        "status": view.status,
        "reason": view.reason,
        "unpriced": list(view.unpriced),
        "unknown_wallets": list(view.unknown_wallets),
        "refreshed_at": instant(view.basis.refreshed_machine_ms),
        "hidden": {
            "minimum_usd": money(hidden.minimum),
            "count": len(hidden.reasons),
            "value_usd": money(hidden.value),
            "unpriced": hidden.unpriced,
        },
        "drift_band_percent": number(wanted.threshold),
        "balances": [
            _balance(view, account, at_ms, line)
            | {"hidden": hidden.reasons.get(line.balance.asset)}
            | {"target_percent": number(stands[line.balance.asset].target)}
            | {"drift_percent": number(stands[line.balance.asset].drift)}
            for account, at_ms, line in _by_value(view)
        ],
    }
    return Draft(body, view.basis.expires_s)


def overview(view: OverviewView) -> Draft:
    held, today, flows, profit = view.balances, view.change_today, view.net_deposits, view.profit
    body = base(held.basis) | {
        "total_value_usd": money(held.total),
        "complete": held.complete,
        "status": held.status,
        "reason": held.reason,
        "unpriced": list(held.unpriced),
        "unknown_wallets": list(held.unknown_wallets),
        "wallets": [_wallet(wallet) for wallet in held.wallets],
        "freshness": held.basis.freshness,
        "refreshed_at": instant(held.basis.refreshed_machine_ms),
        "change_today_usd": money(today.amount),
        "change_today_percent": percent(today.ratio),
        "change_today_since": instant(today.since_ms),
        "change_today_status": today.status,
        "change_today_reason": today.reason,
        "net_flow_today_usd": money(today.net_flow),
        "net_deposits_usd": money(flows.net),
        "net_deposits_status": flows.status,
        "net_deposits_reason": flows.reason,
        "total_pnl_usd": money(profit.total),
        "realized_pnl_usd": money(profit.realized),
        "unrealized_pnl_usd": money(profit.unrealized),
        "pnl_status": profit.status,
        "pnl_reason": profit.reason,
        "pnl_parts_status": profit.parts_status,
        "pnl_parts_reason": profit.parts_reason,
        "unknown_cost_assets": list(profit.unknown_cost),
        "open_positions": profit.open_positions,
        "assets": view.assets,
        "first_flow_at": instant(flows.first_ms),
        "benchmark_value_usd": money(view.benchmark_value),
        "accounts": [_account(held, holding) for holding in held.accounts],
        "attention": [
            {"kind": item.kind, "severity": item.severity, "params": dict(item.params), "href": item.href}
            for item in view.attention
        ],
        "sync": _sync(view.sync, held),
        "alerts_unread": view.alerts_unread,
        "display_time_zone": view.display_zone.name,
        "display_time_zone_chosen": view.display_zone.chosen,
        "version": __version__,
    }
    return Draft(body, held.basis.expires_s)


def nav(view: BalancesView) -> Draft:
    body = base(view.basis) | {
        "nav": money(view.total),
        "nav_spot_futures": money(view.spot_futures),
        "status": view.status,
        "reason": view.reason,
        "unknown_wallets": list(view.unknown_wallets),
        "wallets": [_wallet(wallet) for wallet in view.wallets],
        "absent_wallets": [
            {"account": account.id, "wallet": wallet, "reason": reason} for account, wallet, reason in view.absent
        ],
    }
    return Draft(body, view.basis.expires_s)


def _wallet(wallet: WalletView) -> dict[str, Any]:
    return {
        "account": wallet.account.id,
        "wallet": wallet.wallet,
        "value_usd": money(wallet.value),
        "complete": wallet.complete,
        "as_of": instant(wallet.as_of_ms),
        "reason": wallet.reason,
    }


def _by_value(view: BalancesView) -> list[tuple[Account, int, PricedBalance]]:
    """Largest value first; coins without a price last, by name."""
    return sorted(
        view.lines,
        key=lambda item: (item[2].value is None, -(item[2].value or 0), item[2].balance.asset),
    )


def _balance(view: BalancesView, account: Account, at_ms: int, line: PricedBalance) -> dict[str, Any]:
    share = None if line.value is None or not view.total else line.value / view.total
    status = "unavailable" if line.value is None else "estimated" if line.reason else "exact"
    cost = cost_of_line(view.costs[account.id, line.balance.asset], line)
    return {
        "account": account.id,
        "wallet": line.balance.wallet,
        "asset": line.balance.asset,
        "name": asset_name(line.balance.asset),
        "free": money(line.balance.free),
        "locked": money(line.balance.locked),
        "borrowed": money(line.balance.borrowed),
        "interest": money(line.balance.interest),
        "total": money(line.balance.total),
        "unrealized": money(line.balance.unrealized),
        "price_usd": money(line.price),
        "usd_value": money(line.value),
        "percentage": percent(share),
        "change_24h_percent": None if line.change_24h_percent is None else float(line.change_24h_percent),
        "cost_usd": money(cost.cost),
        "unrealized_pnl_usd": money(cost.unrealized),
        "unrealized_pnl_status": cost.status,
        "unrealized_pnl_reason": cost.reason,
        "status": status,
        "reason": line.reason,
        "timestamp": instant(at_ms),
    }


def _account(view: BalancesView, holding: AccountHoldings) -> dict[str, Any]:
    valuation = holding.valuation
    share = None if valuation is None or not view.total else valuation.total / view.total
    return {
        "id": holding.account.id,
        "name": holding.account.name,
        "has_key": not holding.account.keyless,
        "value_usd": None if valuation is None else money(valuation.total),
        "percentage": percent(share),
        "complete": valuation is not None and not valuation.unpriced and not valuation.unknown_wallets,
        "refreshed_at": instant(holding.sync.refreshed_machine_ms),
        "as_of": None if valuation is None else instant(valuation.shown_at_ms),
    }


def _sync(sync: SyncView, view: BalancesView) -> dict[str, Any]:
    progress = {"done": sync.import_done, "total": sync.import_total, "detail": sync.import_detail}
    return {
        "status": sync.status,
        "refreshed_at": instant(view.basis.refreshed_machine_ms),
        "balances_at": instant(
            min((one.valuation.at_ms for one in view.accounts if one.valuation is not None), default=None)
        ),
        "prices_at": instant(view.basis.as_of_ms),
        "streams": {
            "state": sync.streams.state,
            "since": instant(sync.streams.since_ms),
            "last_message_at": instant(sync.streams.last_message_ms),
            "reconnects": sync.streams.reconnects,
            "detail": sync.streams.detail,
        },
        "interval_s": sync.interval_s,
        "snapshot_interval_s": sync.snapshot_interval_s,
        "last_snapshot_at": instant(sync.last_snapshot_ms),
        "next_snapshot_at": instant(sync.next_snapshot_ms),
        "api_response_time_ms": sync.latency_ms,
        "weight_used": sync.weight_used,
        "weight_limit": sync.weight_limit,
        "accounts_ok": sync.accounts_ok,
        "accounts_total": sync.accounts_total,
        "error": sync.error,
        "import_progress": progress if sync.importing else None,
    }
