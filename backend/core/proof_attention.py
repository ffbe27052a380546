"""What waits for the user because the proofs found something: coins that differ, residuals, histories not read, lines
of files that were not understood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from backend.core.import_coverage import histories
from backend.core.imports.refused import Refusals
from backend.core.ledger.certificate import DIFFERENCES, HISTORY_UNKNOWN
from backend.core.model.wallet_moves import tells_moves
from backend.core.views import AccountHoldings, Attention

if TYPE_CHECKING:
    from backend.core.ports import UnitOfWork

CERTIFICATE: Final = "/imports#certificate"
CLOSING: Final = "/imports#closing"
COVERAGE: Final = "/imports#coverage"
FILES: Final = "/imports#files"
# No snapshot is later.
FOREVER_MS: Final = 2**62


def unproved(unit: UnitOfWork, holding: AccountHoldings) -> list[Attention]:
    """The findings of one account. While its history is read, or returns are computed anew, nothing is found yet.

    What was not read is told where a coin differs: otherwise nothing is missing.
    """
    account, sync = holding.account, holding.sync
    if not sync.import_complete or sync.settling:
        return []
    found: list[Attention] = []
    name = account.name
    certificate = None if account.keyless else unit.proofs.certificate(account.id)
    differing = certificate is not None and certificate.reason == DIFFERENCES
    if certificate is not None and differing:
        # What was asked of the user stands in a line of its own, and what was answered waits for nothing.
        open_ones = [one.asset for one in certificate.assets if one.difference != one.decided]
        coins = [asset for asset in open_ones if asset not in sync.unreconciled]
        if coins:
            found.append(Attention("coins_differ", "warn", {"account": name, "assets": coins}, CERTIFICATE))
    findings, count = unit.proofs.findings(account.id, 0, FOREVER_MS, 1)
    if count:
        params: dict[str, Any] = {"account": name, "residuals": count, "cause": findings[0].cause}
        found.append(Attention("residuals", "warn", params, CLOSING))
    if certificate is not None and certificate.reason in (DIFFERENCES, HISTORY_UNKNOWN):
        # No move between own wallets explains a coin that differs.
        unread = [one.source for one in histories(unit, account.id) if not one.complete]
        sources = [name for name in unread if not tells_moves(name)]
        if sources:
            severity: Literal["warn", "info"] = "warn" if differing else "info"
            found.append(Attention("history_gaps", severity, {"account": name, "sources": sources}, COVERAGE))
    refused = [Refusals.decode(text) for text in unit.imports.all_refused(account.id)]
    lines = sum(one.not_understood for one in refused if not one.dismissed)
    if lines:
        found.append(Attention("lines_refused", "warn", {"account": name, "lines": lines}, FILES))
    return found
