"""Answers about completeness: the certificate, and the closing equation of a window."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from backend.api.answers import Draft
from backend.api.shapes.common import base, instant, money
from backend.core.ledger.certificate import ALL_WALLETS, DIFFERENCES, NO_KEY, CertifiedAsset
from backend.core.model.amounts import plain
from backend.core.model.instants import to_ms

if TYPE_CHECKING:
    from backend.core.ledger.residuals import Finding
    from backend.core.ledger.wallet_lines import WalletLine
    from backend.core.proof_view import AccountCertificate, AttributionView, CertificateView


def certificate(view: CertificateView) -> Draft:
    body = base(view.basis) | {
        "complete": view.complete,
        "status": view.status,
        "reason": view.reason,
        "accounts": [_account(one) for one in view.accounts],
        "assets": [_asset(one, row) for one in view.accounts for row in one.certificate.assets],
    }
    return Draft(body, view.basis.expires_s)


def attribution(view: AttributionView, days: int) -> Draft:
    figures, found = view.window.figures, view.attribution
    body = base(view.window.basis) | {
        "days": days,
        "start": None if figures is None or figures.start is None else instant(to_ms(figures.start)),
        "end": None if figures is None else instant(to_ms(figures.end)),
        "start_value_usd": money(found.start_value if found else None),
        "end_value_usd": money(found.end_value if found else None),
        "change_usd": money(found.change if found else None),
        "flows_usd": money(found.flows if found else None),
        "realized_pnl_usd": money(found.realized if found else None),
        "unrealized_change_usd": money(found.unrealized if found else None),
        "income_usd": money(found.income if found else None),
        "fees_usd": money(found.fees if found else None),
        "residual_usd": money(found.residual if found else None),
        "tolerance_usd": money(found.tolerance if found else None),
        "findings": [_finding(one) for one in found.findings] if found else [],
        "findings_total": found.findings_total if found else 0,
        "status": view.status,
        "reason": view.reason,
        "available_from": None
        if figures is None or figures.available_from is None
        else instant(to_ms(figures.available_from)),
    }
    return Draft(body, view.window.basis.expires_s)


def _account(one: AccountCertificate) -> dict[str, Any]:
    found = one.certificate
    return {
        "account": one.account.id,
        "name": one.account.name,
        "complete": found.complete,
        "status": one.status,
        "reason": one.reason,
        "not_understood": one.not_understood,
        "compared_at": instant(one.compared_ms),
        "unknown_wallets": list(found.unknown_wallets),
        "missing_coverage": [
            {
                "source": history.source,
                "reason": history.reason,
                "gaps": [{"from": instant(gap.from_ms), "to": instant(gap.until_ms)} for gap in history.gaps],
            }
            for history in one.missing
        ],
    }


def _asset(one: AccountCertificate, row: CertifiedAsset) -> dict[str, Any]:
    return {
        "account": one.account.id,
        "wallet": ALL_WALLETS,
        "asset": row.asset,
        "replayed": plain(row.replayed),
        "reported": plain(row.reported),
        "difference": plain(row.difference),
        "decided": plain(row.decided),
        "likely_cause": row.cause,
        "wallets": [_line(line) for line in row.lines(one.certificate.moves_read)],
    }


def _line(line: WalletLine) -> dict[str, Any]:
    return {
        "wallet": line.wallet,
        "replayed": None if line.replayed is None else plain(line.replayed),
        "reported": plain(line.reported),
        "difference": None if line.difference is None else plain(line.difference),
        "state": line.state,
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "after": instant(found.after_ms),
        "until": instant(found.until_ms),
        "residual_usd": money(found.residual),
        "likely_cause": found.cause,
        "coins": [
            {
                "asset": one.asset,
                "quantity": None if one.quantity is None else plain(one.quantity),
                "value_usd": money(one.value),
                "likely_cause": one.cause,
            }
            for one in found.coins
        ],
    }


def written(view: CertificateView, as_json: bool) -> str:
    """The certificate for a terminal: as JSON, or a line an account, a coin that differs and a wallet that does."""
    if as_json:
        return json.dumps(certificate(view).body, indent=2)
    lines = []
    for one in view.accounts:
        found = one.certificate
        about = f"{one.account.name}, balances of {instant(one.compared_ms)}"
        if found.complete:
            lines.append(f"{about}: complete, {len(found.assets)} coins agree to the last digit")
        elif found.reason == DIFFERENCES:
            lines.append(f"{about}: not complete")
        elif found.reason == NO_KEY:
            lines.append(f"{one.account.name}: no key, so there are no balances to compare its ledger with")
        else:
            missing = "".join(f" {wallet}" for wallet in found.unknown_wallets)
            lines.append(f"{one.account.name}: not certified, {found.reason}{missing}")
        lines += [
            f"  {row.asset}: ledger {plain(row.replayed)}, balances {plain(row.reported)}, "
            f"difference {plain(row.difference)} ({row.cause})"
            for row in found.assets
            if row.cause is not None
        ]
        lines += [
            f"  {row.asset} in {line.wallet}: ledger {plain(line.replayed)}, balance {plain(line.reported)}, "
            f"difference {plain(line.difference)} ({line.state})"
            for row in found.assets
            for line in row.lines(found.moves_read)
            if line.state != "agrees" and line.replayed is not None and line.difference is not None
        ]
        if one.not_understood:
            lines.append(f"  estimated: {one.not_understood} lines of imported files were not understood")
        if not found.complete and one.missing:
            names = ", ".join(f"{history.source} ({history.reason})" for history in one.missing)
            lines.append(f"  not read to the end: {names}")
    return "\n".join(lines) or "No account was read yet: nothing is certified"
