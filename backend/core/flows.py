"""Cash flows added up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import ZERO, total
from backend.core.views import NetDeposits, Status

if TYPE_CHECKING:
    from backend.core.model.holdings import CashFlow

MANUAL: Final = "manual"
CSV: Final = "csv"
TO_CONFIRM: Final = "to_confirm"
NOT_A_FLOW: Final = "not_flow"
UNEXPLAINED_CHANGE: Final = "unexplained_change"
# It went to, or came from, a wallet of the user's own that counts in the value.
KEPT_OUTSIDE: Final = "kept_outside"
# Brought for a time of which no quantity is known: nothing that is valued could have received it.
BEFORE_FIRST_ENTRY: Final = "before_first_entry"
# Where flows come from that the user brought: those may be changed and deleted.
ENTERED: Final = frozenset({MANUAL, CSV})


def counts(flow: CashFlow) -> bool:
    """Whether a flow is in the figures, moves between own accounts apart."""
    return flow.status != NOT_A_FLOW and flow.reason != BEFORE_FIRST_ENTRY


def net_deposits(flows: Sequence[CashFlow]) -> NetDeposits:
    """Deposits, withdrawals and their sum. A flow without a known value makes the sum an estimate, and is not in it."""
    amounts = [flow.amount for flow in flows if flow.amount is not None]
    status: Status = "exact"
    reason = None
    if len(amounts) < len(flows):
        status, reason = "estimated", "no_price"
    elif any(flow.status == TO_CONFIRM for flow in flows):
        status, reason = "estimated", UNEXPLAINED_CHANGE
    elif any(flow.status == "estimated" for flow in flows):
        status, reason = "estimated", next(flow.reason for flow in flows if flow.status == "estimated")
    deposits = [amount for amount in amounts if amount >= 0]
    withdrawals = [amount for amount in amounts if amount < 0]
    return NetDeposits(
        net=total(amounts) if amounts or not flows else None,
        deposits=total(deposits),
        withdrawals=total(withdrawals) if withdrawals else ZERO,
        deposit_count=len(deposits),
        withdrawal_count=len(withdrawals),
        first_ms=min((flow.at_ms for flow in flows), default=None),
        status=status,
        reason=reason,
    )
