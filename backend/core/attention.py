"""What waits for the user, most urgent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal

from backend.core.model.accounts import KEY_GONE
from backend.core.model.keys import KEY_LOST
from backend.core.proof_attention import unproved
from backend.core.views import Attention, BalancesView, NetDeposits

if TYPE_CHECKING:
    from backend.core.ports import UnitOfWork

EXHAUSTED: Final = "benchmark_exhausted"
RANK: Final = {"danger": 0, "warn": 1, "info": 2}


def attention(unit: UnitOfWork, view: BalancesView, flows: NetDeposits) -> Sequence[Attention]:
    """All of it, about the accounts of a view."""
    found = [
        *_of_figures(view, flows),
        *_of_names(unit, view),
        *_of_benchmarks(unit, view),
        *(one for holding in view.accounts for one in unproved(unit, holding)),
    ]
    return sorted(found, key=lambda item: RANK[item.severity])


def _of_names(unit: UnitOfWork, view: BalancesView) -> Iterator[Attention]:
    """Names that two accounts have: the settings can bring one that an account without a key has already."""
    names = Counter(account.name.casefold() for account in unit.accounts.in_environment(view.basis.environment))
    for holding in view.accounts:
        if names.pop(holding.account.name.casefold(), 1) > 1:
            yield Attention("same_name", "warn", {"account": holding.account.name}, "/settings")


def _of_benchmarks(unit: UnitOfWork, view: BalancesView) -> Iterator[Attention]:
    """Benchmarks that a withdrawal has emptied: their money line is 0 until the next deposit."""
    rows = unit.snapshots.newest([holding.account.id for holding in view.accounts])
    for holding in view.accounts:
        newest = rows.get(holding.account.id)
        if newest is not None and newest.benchmark is not None and newest.benchmark.exhausted:
            yield Attention(EXHAUSTED, "info", {"account": holding.account.name}, "/performance")


def _of_figures(view: BalancesView, flows: NetDeposits) -> list[Attention]:
    found: list[Attention] = []
    for holding in view.accounts:
        sync, name = holding.sync, holding.account.name
        if sync.error_code == KEY_GONE:
            found.append(Attention("key_gone", "warn", {"account": name}, "/settings"))
        elif sync.error_code == KEY_LOST:
            found.append(Attention("key_lost", "danger", {"account": name}, "/settings"))
        elif sync.error:
            code = sync.error_code or "exchange-error"
            severity: Literal["danger", "warn"] = "danger" if code == "credentials-refused" else "warn"
            found.append(
                Attention("sync_failed", severity, {"account": name, "code": code, "detail": sync.error}, "/system")
            )
        if holding.freshness != "fresh" and holding.valuation is not None:
            found.append(Attention("stale_balances", "warn", {"account": name}, "/system"))
        if holding.valuation is not None and holding.valuation.unknown_wallets:
            wallets = list(holding.valuation.unknown_wallets)
            found.append(Attention("wallets_unknown", "warn", {"account": name, "wallets": wallets}, "/system"))
        rights = sync.permissions
        if rights is not None and rights.can_withdraw:
            found.append(Attention("key_can_withdraw", "danger", {"account": name}, "/settings"))
        if rights is not None and rights.ip_restricted is False and view.basis.environment == "live":
            found.append(Attention("no_ip_restriction", "warn", {"account": name}, "/settings"))
        if sync.unreconciled:
            found.append(
                Attention("unreconciled", "warn", {"account": name, "assets": list(sync.unreconciled)}, "/cash-flows")
            )
        if sync.dirty_from_ms is not None and holding.valuation is not None:
            found.append(Attention("recomputing", "info", {"account": name}, "/performance"))
        if not sync.import_complete and holding.valuation is not None:
            params = {"account": name, "done": sync.import_done, "total": sync.import_total}
            found.append(Attention("history_importing", "info", params, "/system"))
    if view.basis.depegged:
        currency = {"currency": view.basis.reporting_currency}
        found.append(Attention("reporting_currency_depeg", "danger", currency, "/settings"))
    if view.unpriced:
        found.append(Attention("unpriced_assets", "warn", {"assets": list(view.unpriced)}, "/?filter=unpriced"))
    if flows.reason == "unexplained_change":
        found.append(Attention("flows_to_confirm", "warn", {}, "/cash-flows"))
    if flows.open_moves:
        found.append(Attention("moves_to_confirm", "warn", {"n": flows.open_moves}, "/cash-flows"))
    return found
